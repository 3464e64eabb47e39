/*
 * What the files of the PostgreSQL driver share, and what describe takes from it.
 */
#ifndef SCHEMAC_RUNTIME_POSTGRES_H
#define SCHEMAC_RUNTIME_POSTGRES_H

#include <libpq-fe.h>

#include "runtime/driver.h"

#define POSTGRES_VERSION_MIN 140000 /* as PQserverVersion has it */

/* ---- postgres.c ---- */

/*
 * The connection is there and free: one that was lost is made again, rows that are still
 * coming are drained.  CONNECTION where there is none.
 */
enum schemac_status schemac__postgres_ready(struct schemac_db *db);

/* Does nothing stand in the way of a connection that is there? */
static inline bool
schemac__postgres_is_free(const struct schemac_db *db)
{
    return db->streaming == NULL && !db->is_unsettled;
}
/*
 * End a connection of which nobody knows what comes next: libpq had no memory to say what
 * the server waits for.
 */
void schemac__postgres_cut_off(struct schemac_db *db);

/* ---- postgres_stmt.c: the driver's functions of these names ---- */

enum schemac_status schemac__postgres_prepare(struct schemac_stmt *stmt, const char *sql);
void schemac__postgres_finalize(struct schemac_stmt *stmt);
enum schemac_status schemac__postgres_step(struct schemac_stmt *stmt);
enum schemac_status schemac__postgres_reset(struct schemac_stmt *stmt);

/* Rows that are still coming go into memory.  Needs: db->streaming. */
void schemac__postgres_drain(struct schemac_db *db);
/* Was there a transaction when the stream began? */
bool schemac__postgres_streams_inside(const struct schemac_stmt *stmt);

/* ---- postgres_rows.c ---- */

extern const struct schemac__row_driver schemac__postgres_rows;

/* ---- postgres_url.c ---- */

/*
 * Is the connection string understood as it was meant?  An '@' or a '/' in a password
 * that is not written %40 or %2F cuts it in two, and the second half is taken for a host
 * or a database: of such a string nothing is repeated, nor is it used.
 */
bool schemac__postgres_is_clear(const char *url);
/* OK, or why not: MISUSE, NO_MEMORY. */
enum schemac_status schemac__postgres_check_url(const char *url);

/* libpq's sentence in one line; cut at a character where it does not fit. */
void schemac__postgres_line(const char *message, char *to, size_t size);

/* ---- postgres_error.c ---- */

/* Record what the result says of its failure (NULL: what the connection says), and say
 * what it means. */
enum schemac_status schemac__postgres_error(struct schemac_db *db,
                                            const PGresult *result);

/* How the server says that a prepared statement has to be prepared once more. */
enum postgres_plan {
    POSTGRES_PLAN_FITS,     /* the failure is another */
    POSTGRES_PLAN_OUTDATED, /* its result would have other types than it had */
    POSTGRES_PLAN_MISTYPED, /* or what it compares has: an error where it is prepared */
    POSTGRES_PLAN_GONE,     /* DEALLOCATE, DISCARD, a pooler */
};

enum postgres_plan schemac__postgres_plan_of(const PGresult *result);

/* ---- postgres_objects.c ---- */

/* The queries of struct schemac__ddl that ask for objects. */
extern const char *const schemac__postgres_objects[];

/* ---- postgres_expressions.c ---- */

extern const char schemac__postgres_expressions_insert[];
extern const char schemac__postgres_expressions_unchanged[];

/* ---- postgres_session.c ---- */

enum schemac_status schemac__postgres_enter(struct schemac_db *db, bool alone);
void schemac__postgres_leave(struct schemac_db *db);

/* How long the session waits for a lock, in milliseconds. */
int64_t schemac__postgres_lock_timeout(struct schemac_db *db);
enum schemac_status schemac__postgres_set_lock_timeout(struct schemac_db *db,
                                                       int64_t milliseconds);

#endif
