/*
 * The PostgreSQL driver: connections, by libpq.  Statements are in postgres_stmt.c,
 * rows in postgres_rows.c, what errors mean in postgres_error.c, what the
 * migration runner needs in postgres_ddl.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "runtime/postgres_types.h"

/* A server that does not answer; the user's own connect_timeout goes before it. */
#define CONNECT_SECONDS "10"

#define SETTING_BYTES 64 /* "SET lock_timeout = 2147483647" */

/* ---- opening ---- */

static void
be_quiet(void *arg, const char *message)
{
    (void)arg;
    (void)message;
}

static PGconn *
connect_to(const char *url)
{
    /* Later words go before earlier ones, and those of the URL stand in "dbname". */
    const char *keywords[] = { "connect_timeout", "fallback_application_name", "dbname",
                               "client_encoding", NULL };
    const char *values[] = { CONNECT_SECONDS, "schemac", url, "UTF8", NULL };

    if (getenv("PGCONNECT_TIMEOUT") != NULL)
        values[0] = NULL;
    return PQconnectdbParams(keywords, values, true);
}

/* Without a look at what is under way. */
static enum schemac_status
execute(struct schemac_db *db, const char *sql)
{
    PGresult *result = PQexec(db->native, sql);
    ExecStatusType outcome = PQresultStatus(result);
    enum schemac_status status = SCHEMAC_OK;

    if (outcome != PGRES_COMMAND_OK && outcome != PGRES_TUPLES_OK
        && outcome != PGRES_EMPTY_QUERY)
        status = schemac__postgres_error(db, result);
    else if (strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        status = schemac__refuse(db, SCHEMAC_ERROR, "nothing was committed",
                                 ": a statement of the transaction had failed");
    db->changed = status == SCHEMAC_OK ? strtoll(PQcmdTuples(result), NULL, 10) : 0;
    PQclear(result);
    return status;
}

static enum schemac_status
postgres_exec(struct schemac_db *db, const char *sql)
{
    enum schemac_status status = schemac__postgres_ready(db);

    return status == SCHEMAC_OK ? execute(db, sql) : status;
}

static bool
is_idle(const struct schemac_db *db)
{
    return PQtransactionStatus(db->native) == PQTRANS_IDLE;
}

/*
 * What the application has asked for, on this connection and each that replaces it.  A
 * transaction that is rolled back takes a SET with it, so that it is said again then.
 */
static enum schemac_status
settle_in(struct schemac_db *db)
{
    char sql[SETTING_BYTES];
    enum schemac_status status = SCHEMAC_OK;

    db->is_unsettled = true;
    if (db->is_read_only)
        status = execute(db, "SET default_transaction_read_only = on");
    (void)snprintf(sql, sizeof sql, "SET lock_timeout = %d", db->wait_milliseconds);
    if (status == SCHEMAC_OK && db->wait_milliseconds != 0)
        status = execute(db, sql);
    db->is_unsettled = status != SCHEMAC_OK || !is_idle(db);
    return status;
}

static enum schemac_status
postgres_open(struct schemac_db *db, const char *url, unsigned flags)
{
    enum schemac_status status = schemac__postgres_check_url(url);

    if (status == SCHEMAC_NO_MEMORY)
        return schemac__no_memory(db);
    if (status != SCHEMAC_OK)
        return schemac__refuse(db, status, "the connection string", " cannot be read");
    db->native = connect_to(url);
    if (db->native == NULL)
        return schemac__no_memory(db);
    PQsetNoticeProcessor(db->native, be_quiet, NULL);
    if (PQstatus(db->native) != CONNECTION_OK)
        return schemac__postgres_error(db, NULL);
    db->is_read_only = (flags & SCHEMAC_OPEN_READ_ONLY) != 0;
    return settle_in(db);
}

static const char lost[] = "the connection was lost";

/*
 * A connection that was lost is made again by the call after the one that was told so.
 * Not where something would go on that the old one held: a transaction, or the lock of a
 * migration.
 */
static enum schemac_status
connect_again(struct schemac_db *db)
{
    if (db->depth > 0)
        return schemac__refuse(db, SCHEMAC_CONNECTION, lost,
                               ", and the transaction with it: call schemac_rollback");
    if (db->session != NULL)
        return schemac__refuse(db, SCHEMAC_CONNECTION, lost, "");
    PQreset(db->native);
    if (PQstatus(db->native) != CONNECTION_OK)
        return schemac__postgres_error(db, NULL);
    db->connections++;
    return settle_in(db);
}

enum schemac_status
schemac__postgres_ready(struct schemac_db *db)
{
    if (db->streaming != NULL)
        schemac__postgres_drain(db);
    if (PQstatus(db->native) != CONNECTION_OK)
        return connect_again(db);
    if (db->is_unsettled && db->session == NULL && is_idle(db))
        return settle_in(db);
    return SCHEMAC_OK;
}

#define LEFT_READS 10000 /* of at least a byte each, until a closed socket is empty */

void
schemac__postgres_cut_off(struct schemac_db *db)
{
    (void)shutdown(PQsocket(db->native), SHUT_RDWR);
    for (int i = 0; i < LEFT_READS && PQstatus(db->native) == CONNECTION_OK; i++)
        if (PQconsumeInput(db->native) == 0)
            return;
}

static void
postgres_close(struct schemac_db *db)
{
    schemac__postgres_forget_types(db);
    PQfinish(db->native);
}

/* 0 would be for ever. */
static enum schemac_status
postgres_busy_timeout(struct schemac_db *db, int milliseconds)
{
    enum schemac_status status = schemac__postgres_ready(db);

    db->wait_milliseconds = milliseconds == 0 ? 1 : milliseconds;
    return status == SCHEMAC_OK ? settle_in(db) : status;
}

static int64_t
postgres_changes(const struct schemac_db *db)
{
    return db->changed;
}

/* While rows come, the connection says "active", whatever was before. */
static bool
postgres_in_transaction(const struct schemac_db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(db->native);

    if (db->streaming != NULL && status == PQTRANS_ACTIVE)
        return schemac__postgres_streams_inside(db->streaming);
    return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

static bool
postgres_is_lost(const struct schemac_db *db)
{
    return PQstatus(db->native) != CONNECTION_OK;
}

static const char *
postgres_begin(const struct schemac_db *db)
{
    (void)db;
    return "BEGIN";
}

const struct schemac_driver schemac__postgres = {
    .name = "postgres",
    .engine = SCHEMAC__POSTGRES,
    .rows = &schemac__postgres_rows,
    .open = postgres_open,
    .close = postgres_close,
    .busy_timeout = postgres_busy_timeout,
    .exec = postgres_exec,
    .changes = postgres_changes,
    .in_transaction = postgres_in_transaction,
    .is_lost = postgres_is_lost,
    .begin = postgres_begin,
    .prepare = schemac__postgres_prepare,
    .finalize = schemac__postgres_finalize,
    .step = schemac__postgres_step,
    .reset = schemac__postgres_reset,
};
