/*
 * What the files of the SQLite driver share.
 */
#ifndef SCHEMAC_RUNTIME_SQLITE_H
#define SCHEMAC_RUNTIME_SQLITE_H

#include <sqlite3.h>

#include "runtime/driver.h"

extern const struct schemac__row_driver schemac__sqlite_rows; /* row_sqlite.c */

#define SQLITE_LIST "schemac__list" /* the table function of sqlite_list.c */

/* Record what the connection says about its last failure, and say what it means. */
enum schemac_status schemac__sqlite_error(struct schemac_db *db);

/* What a step that gave `code` has come to; one that failed resets the statement. */
enum schemac_status schemac__sqlite_stepped(struct schemac_stmt *stmt, int code);

/* Whether nothing of the main database is in a file, so that nothing outlives the
 * process. */
bool schemac__sqlite_is_in_memory(sqlite3 *native);

#endif
