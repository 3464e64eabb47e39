/*
 * The table schemac_kept: what steps with --keep have put aside, one row for each side
 * table.  The plans write and delete its rows themselves, so that printed SQL does the
 * same; here they are tied to the history, listed and forgotten.
 *
 *     side        the side table, schemac_kept_1_1_0_people
 *     schema      name of the schema, "parking"; '' for none
 *     version     that took away what is in it
 *     what        "column people.phone"
 *     row_count   when it was made
 *     counter     of a table that went: the last number that its column had counted
 *     kept_at     UTC, YYYY-MM-DD HH:MM:SS
 *     keep_until  the same; NULL: until it is forgotten
 *     migration   schemac_history.id of the way up that made it; NULL: a script did
 */
#ifndef SCHEMAC_RUNTIME_KEPT_H
#define SCHEMAC_RUNTIME_KEPT_H

#include "runtime/driver.h"

struct schemac__kept {
    const char *side;
    const char *version;
    const char *what;
    int64_t row_count;
    const char *kept_at;
    const char *keep_until; /* "": until it is forgotten */
    /* By the last way up to its version: only then does the way back take it. */
    bool is_current;
    bool is_expired;
};

/* All of a schema, oldest first; the texts are valid during the call only. */
enum schemac_status schemac__kept_read(struct schemac_db *db, const char *schema,
                                       void (*tell)(void *context,
                                                    const struct schemac__kept *k),
                                       void *context);
/* Drop the side tables and their rows, all or none. */
enum schemac_status schemac__kept_forget(struct schemac_db *db, const char *const *sides,
                                         size_t count);
/* The newest row of the history is the one that the new side tables belong to. */
enum schemac_status schemac__kept_settle(struct schemac_db *db);

#endif
