/*
 * The table schemac_history: what was done to a database, and what it looked like
 * afterwards.  Every database that was migrated has it; journal.h, expressions.h and
 * kept.h tell of the others that schemac may add.
 *
 *     id             1, 2, 3 …; the newest row says where the database is
 *     schema         name of the schema, "parking"
 *     version        that was reached; '' when everything was taken down
 *     from_version   that was left; '' when there was nothing
 *     direction      create, up, down or baseline
 *     fingerprint    of the version, 64 hex digits; '' for none
 *     started_at     UTC, YYYY-MM-DD HH:MM:SS.mmm
 *     finished_at    the same; written just before COMMIT
 *     duration_ms
 *     steps          how many were run
 *     rows_at_stake  what the stake queries of the steps counted beforehand, together
 *     tool_version   of the library that did it
 *     schema_digest  16 hex digits, see digest.h
 *     objects        a line per object with its own digest, to say what has drifted; in
 *                    the newest row only, NULL in the others
 *
 * A row is written in the transaction that makes the change, so the two never disagree.
 */
#ifndef SCHEMAC_RUNTIME_HISTORY_H
#define SCHEMAC_RUNTIME_HISTORY_H

#include "runtime/driver.h"
#include "runtime/times.h"

#define HISTORY_NAME_MAX 127 /* bytes of a schema's name */
#define HISTORY_VERSION_MAX                                                              \
    63 /* bytes of a version; what schemac_status_report holds                           \
        */

/* The newest row. */
struct schemac__history {
    int64_t id; /* 0: there is no row */
    char schema[HISTORY_NAME_MAX + 1];
    char version[HISTORY_VERSION_MAX + 1];
    char fingerprint[65];
    char digest[17];
    int64_t applied_at; /* microseconds since 1970 UTC */
};

struct schemac__history_row {
    const char *schema;
    const char *version;
    const char *from_version;
    const char *direction;
    const char *fingerprint;
    int64_t started_at; /* microseconds since 1970 UTC */
    size_t steps;
    int64_t rows_at_stake;
    unsigned keep_days; /* of what the way up parked; 0: until it is forgotten */
};

/* The newest row; id 0 where there is none, or no table. */
enum schemac_status schemac__history_read(struct schemac_db *db,
                                          struct schemac__history *last);
/* Write a row with the digest of the objects as they are now.  Creates the table. */
enum schemac_status schemac__history_write(struct schemac_db *db,
                                           const struct schemac__history_row *row);

#endif
