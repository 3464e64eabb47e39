/*
 * Transactions that nest: the outermost begin starts one, each further begin a savepoint.
 *
 * An engine may end a transaction on its own (a full disk, a failed write).  Then commit
 * says so, and rollback has nothing left to do.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/driver.h"

#define SAVEPOINT_SQL_BYTES 96 /* two statements with a number each */
#define DEPTH_MAX 1000         /* deeper is a begin without its end in a loop */

/* Is the innermost level a savepoint, not a transaction of its own? */
static bool
innermost_is_savepoint(const struct schemac_db *db)
{
    return db->depth > 1 || db->outer_is_savepoint;
}

static enum schemac_status
exec_savepoint(struct schemac_db *db, const char *verb, int number)
{
    char sql[SAVEPOINT_SQL_BYTES];

    (void)snprintf(sql, sizeof sql, "%s schemac_%d", verb, number);
    return db->driver->exec(db, sql);
}

/* There is no transaction any more, although nobody has ended it here. */
static enum schemac_status
gone_already(struct schemac_db *db, enum schemac_status status, const char *story)
{
    if (db->driver->is_lost != NULL && db->driver->is_lost(db))
        return schemac__fail(db, SCHEMAC_CONNECTION,
                             "the connection was lost, and the transaction with it: "
                             "call schemac_rollback");
    return schemac__fail(db, status, "%s", story);
}

enum schemac_status
schemac_begin(struct schemac_db *db)
{
    enum schemac_status status;
    bool nested;

    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (db->depth >= DEPTH_MAX)
        return schemac__fail(db, SCHEMAC_MISUSE, "more than %d transactions in another",
                             DEPTH_MAX);
    nested = db->driver->in_transaction(db);
    if (db->depth > 0 && !nested)
        return gone_already(db, SCHEMAC_MISUSE,
                            "the database has rolled the transaction back already; "
                            "call schemac_rollback");
    status = nested ? exec_savepoint(db, "SAVEPOINT", db->depth)
                    : db->driver->exec(db, db->driver->begin(db));
    if (status != SCHEMAC_OK)
        return status;
    if (db->depth == 0)
        db->outer_is_savepoint = nested;
    db->depth++;
    return SCHEMAC_OK;
}

enum schemac_status
schemac_commit(struct schemac_db *db)
{
    enum schemac_status status;

    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (db->depth == 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "commit without a begin");
    if (!db->driver->in_transaction(db))
        return gone_already(db, SCHEMAC_ERROR,
                            "nothing was committed: the database has rolled the "
                            "transaction back already");
    status = innermost_is_savepoint(db) ? exec_savepoint(db, "RELEASE", db->depth - 1)
                                        : db->driver->exec(db, "COMMIT");
    if (status == SCHEMAC_OK)
        db->depth--;
    return status;
}

/*
 * A commit of which only the answer was lost has taken the savepoint away.  PostgreSQL
 * fails the whole transaction for that, which undoes what was to be undone.
 */
static enum schemac_status
rollback_savepoint(struct schemac_db *db)
{
    enum schemac_status status = exec_savepoint(db, "ROLLBACK TO", db->depth - 1);

    if (status != SCHEMAC_OK && strcmp(db->error.code, "3B001") == 0)
        return SCHEMAC_OK;
    return status != SCHEMAC_OK ? status : exec_savepoint(db, "RELEASE", db->depth - 1);
}

enum schemac_status
schemac_rollback(struct schemac_db *db)
{
    enum schemac_status status = SCHEMAC_OK;

    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (db->depth == 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "rollback without a begin");
    if (db->driver->in_transaction(db))
        status = innermost_is_savepoint(db) ? rollback_savepoint(db)
                                            : db->driver->exec(db, "ROLLBACK");
    if (status == SCHEMAC_OK)
        db->depth--;
    return status;
}
