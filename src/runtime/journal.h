/*
 * The table schemac_steps: which steps of a migration of several transactions stand.  It
 * holds rows while such a migration is under way or was interrupted, else none; engines
 * that do all in one transaction have no such table.
 *
 *     number         of the step, from 1
 *     from_version   of the migration; '' from nothing
 *     to_version     '' to nothing
 *     step           its name
 *     sql_digest     16 hex digits over the SQL of this step and those before it
 *     state          running or done
 *     schema_digest  of the objects: before the step while it runs, else behind it
 *     started_at     UTC, YYYY-MM-DD HH:MM:SS.mmm; when the row was written
 */
#ifndef SCHEMAC_RUNTIME_JOURNAL_H
#define SCHEMAC_RUNTIME_JOURNAL_H

#include "runtime/history.h"

#define JOURNAL_RUNNING "running"
#define JOURNAL_DONE "done"

struct schemac__journal {
    size_t count; /* rows; 0: no migration is under way */
    size_t done;  /* steps that stand: count, or one less while the last one runs */
    char from_version[HISTORY_VERSION_MAX + 1];
    char to_version[HISTORY_VERSION_MAX + 1];
    char sql_digest[17];    /* of the last row */
    char schema_digest[17]; /* of the last row */
};

/* Empty where there is no table. */
enum schemac_status schemac__journal_read(struct schemac_db *db,
                                          struct schemac__journal *journal);
enum schemac_status schemac__journal_clear(struct schemac_db *db);

#endif
