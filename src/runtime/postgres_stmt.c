/*
 * Prepared statements of the PostgreSQL driver.
 *
 * A result is fetched whole, or streamed: then its rows come one by one (or in chunks,
 * where libpq can) while the connection is busy with them.  Whatever else wants the
 * connection meanwhile drains the stream first: the rows that are left wait in memory.
 * So cursors nest, and a loop that only reads holds one row.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/postgres_stmt.h"
#include "runtime/postgres_types.h"

#define DEALLOCATE_BYTES 48 /* DEALLOCATE and a name */
#define CHUNK_ROWS 128
/* A stream that is closed early is read to its end, unless more rows than these come:
 * then it is cancelled, where that harms no transaction. */
#define ABANDON_ROWS 1000

/* ---- preparing ---- */

static void
clear_rows(struct postgres_statement *s)
{
    if (s->rows == NULL)
        return;
    PQclear(s->rows);
    s->rows = NULL;
    if (s->unescaped == NULL)
        return;
    PQfreemem(s->unescaped);
    s->unescaped = NULL;
}

static void
free_waiting(struct postgres_statement *s)
{
    for (size_t i = s->waiting_at; i < s->waiting_count; i++)
        PQclear(s->waiting[i]);
    schemac__free(s->waiting);
    s->waiting = NULL;
    s->waiting_count = 0;
    s->waiting_at = 0;
}

static void
free_statement(struct postgres_statement *s)
{
    clear_rows(s);
    free_waiting(s);
    for (int i = 0; i < s->count; i++)
        schemac__free(s->slots[i].copy);
    schemac__free(s->slots);
    schemac__free(s->wires);
    PQclear(s->shape);
    schemac__free(s->sql);
    schemac__free(s);
}

/*
 * Two statements in one are a syntax error to the server, too.  Only the function that
 * refused them tells the two apart, as messages are translated (lc_messages).
 */
static enum schemac_status
prepare_error(struct schemac_db *db, const PGresult *result)
{
    enum schemac_status status = schemac__postgres_error(db, result);
    const char *refused_by = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (refused_by == NULL || strcmp(refused_by, "exec_parse_message") != 0
        || state == NULL || strcmp(state, "42601") != 0)
        return status;
    return schemac__refuse(db, SCHEMAC_MISUSE, "the SQL holds",
                           " more than one statement");
}

/* Does the connection that we have know it?  In a transaction that has failed, the server
 * takes no more than its end. */
static bool
is_at_server(const struct schemac_db *db, const struct postgres_statement *s)
{
    return s->connection == db->connections && PQstatus(db->native) == CONNECTION_OK
           && PQtransactionStatus(db->native) != PQTRANS_INERROR;
}

/* Not OK: others have done so (DISCARD ALL), and the transaction failed because of it. */
static enum schemac_status
deallocate(struct schemac_db *db, struct postgres_statement *s)
{
    bool was_there = is_at_server(db, s);
    enum schemac_status status = SCHEMAC_OK;
    char sql[DEALLOCATE_BYTES];
    PGresult *result;

    s->connection = NOWHERE;
    if (!was_there)
        return SCHEMAC_OK;
    (void)snprintf(sql, sizeof sql, "DEALLOCATE %s", s->name);
    result = PQexec(db->native, sql);
    if (schemac__postgres_plan_of(result) == POSTGRES_PLAN_GONE)
        db->is_unsettled = true;
    if (PQtransactionStatus(db->native) == PQTRANS_INERROR)
        status = schemac__postgres_error(db, result);
    PQclear(result);
    return status;
}

/* Tell the server the statement, under a new name; types NULL or 0: it finds them. */
static enum schemac_status
announce(struct schemac_db *db, struct postgres_statement *s, const Oid *types)
{
    enum schemac_status status = SCHEMAC_OK;
    PGresult *made;

    (void)snprintf(s->name, sizeof s->name, "schemac_%" PRIu64, ++db->prepared);
    made = PQprepare(db->native, s->name, s->sql, types == NULL ? 0 : s->count, types);
    if (PQresultStatus(made) == PGRES_COMMAND_OK)
        s->connection = db->connections;
    else
        status = prepare_error(db, made);
    PQclear(made);
    return status;
}

/* The forms of its columns. */
static enum schemac_status
note_columns(struct schemac_db *db, const PGresult *shape, uint8_t *wires)
{
    enum schemac_status status = SCHEMAC_OK;

    for (int i = 0; i < PQnfields(shape) && status == SCHEMAC_OK; i++) {
        struct postgres_type type;

        status = schemac__postgres_type(db, PQftype(shape, i), &type);
        wires[i] = (uint8_t)type.wire;
    }
    return status;
}

/* What the server says of its columns and parameters, in the place of what it said. */
static enum schemac_status
ask_shape(struct schemac_db *db, struct postgres_statement *s)
{
    PGresult *shape = PQdescribePrepared(db->native, s->name);
    uint8_t *wires = schemac__alloc((size_t)PQnfields(shape) + 1);
    enum schemac_status status = SCHEMAC_OK;

    if (PQresultStatus(shape) != PGRES_COMMAND_OK)
        status = schemac__postgres_error(db, shape);
    else if (wires == NULL)
        status = schemac__no_memory(db);
    else
        status = note_columns(db, shape, wires);
    if (status != SCHEMAC_OK) {
        PQclear(shape);
        schemac__free(wires);
        return status;
    }
    PQclear(s->shape);
    schemac__free(s->wires);
    s->shape = shape;
    s->wires = wires;
    return SCHEMAC_OK;
}

static enum schemac_status
note_parameters(struct schemac_db *db, struct postgres_statement *s)
{
    enum schemac_status status = SCHEMAC_OK;

    for (int i = 0; i < s->count && status == SCHEMAC_OK; i++) {
        struct postgres_type type;

        status = schemac__postgres_type(db, PQparamtype(s->shape, i), &type);
        s->slots[i].wire = type.wire;
        s->slots[i].item = type.item;
        s->slots[i].element = type.element;
    }
    return status;
}

/* What a parameter takes, one array of it behind the other. */
static enum schemac_status
make_places(struct schemac_db *db, struct postgres_statement *s)
{
    size_t count = (size_t)PQnparams(s->shape);
    char *room = schemac__alloc(count * (sizeof *s->slots + sizeof *s->values
                                         + sizeof *s->lengths + sizeof *s->formats)
                                + 1); /* never 0 */

    if (room == NULL)
        return schemac__no_memory(db);
    s->slots = (struct postgres_slot *)(void *)room;
    s->values = (const char **)(void *)(s->slots + count);
    s->lengths = (int *)(void *)(s->values + count);
    s->formats = s->lengths + count;
    s->count = (int)count;
    return note_parameters(db, s);
}

static enum schemac_status
make_statement(struct schemac_db *db, struct postgres_statement *s, const char *sql)
{
    size_t bytes = strlen(sql) + 1;
    enum schemac_status status;

    s->sql = schemac__alloc(bytes);
    if (s->sql == NULL)
        return schemac__no_memory(db);
    memcpy(s->sql, sql, bytes);
    status = announce(db, s, NULL);
    if (status == SCHEMAC_OK)
        status = ask_shape(db, s);
    return status == SCHEMAC_OK ? make_places(db, s) : status;
}

/* On another connection, or because a table is not what it was.  How its rows are read
 * is forgotten, as it may have other columns now. */
static enum schemac_status
prepare_anew(struct schemac_stmt *stmt, const Oid *types)
{
    struct postgres_statement *s = stmt->native;
    struct schemac_db *db = stmt->db;
    enum schemac_status status = deallocate(db, s);

    s->is_planned = false;
    if (status == SCHEMAC_OK)
        status = announce(db, s, types);
    if (status == SCHEMAC_OK)
        status = ask_shape(db, s);
    if (status == SCHEMAC_OK)
        status = note_parameters(db, s);
    s->is_outdated = status != SCHEMAC_OK;
    s->keeps_types = types != NULL;
    return status;
}

/* The same with values that are bound already: what is in binary keeps its type. */
static enum schemac_status
prepare_for_values(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    Oid *types = schemac__alloc(((size_t)s->count + 1) * sizeof *types);
    enum schemac_status status;

    if (types == NULL)
        return schemac__no_memory(stmt->db);
    for (int i = 0; i < s->count; i++)
        if (s->values[i] != NULL && s->formats[i] == 1)
            types[i] = PQparamtype(s->shape, i);
    status = prepare_anew(stmt, types);
    schemac__free(types);
    return status;
}

enum schemac_status
schemac__postgres_prepare(struct schemac_stmt *stmt, const char *sql)
{
    struct schemac_db *db = stmt->db;
    struct postgres_statement *s;
    enum schemac_status status;

    status = schemac__postgres_ready(db);
    if (status != SCHEMAC_OK)
        return status;
    s = schemac__alloc(sizeof *s);
    if (s == NULL)
        return schemac__no_memory(db);
    s->connection = NOWHERE;
    status = make_statement(db, s, sql);
    if (status != SCHEMAC_OK) {
        struct schemac__error why = db->error;

        (void)deallocate(db, s);
        free_statement(s);
        schemac__error_restore(db, &why);
        return status;
    }
    stmt->native = s;
    return SCHEMAC_OK;
}

/* What a connection that is gone had prepared went with it. */
void
schemac__postgres_finalize(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    struct schemac_db *db = stmt->db;

    (void)schemac__postgres_reset(stmt);
    if (db->streaming != NULL)
        schemac__postgres_drain(db);
    (void)deallocate(db, s);
    free_statement(s);
}

/* ---- parameters ---- */

char *
schemac__postgres_slot_room(struct schemac_db *db, struct postgres_slot *slot,
                            size_t bytes)
{
    char *copy;

    if (bytes <= slot->size)
        return slot->copy;
    copy = schemac__resize(slot->copy, bytes);
    if (copy == NULL) {
        schemac__no_memory(db);
        return NULL;
    }
    slot->copy = copy;
    slot->size = bytes;
    return copy;
}

/* ---- running ---- */

static int
result_format(const struct postgres_statement *s)
{
    return s->is_binary ? 1 : 0;
}

enum schemac_status
schemac__postgres_too_long(struct schemac_db *db)
{
    return schemac__refuse(db, SCHEMAC_CHECK, "the values of the statement",
                           " are longer than 1 GiB together, and PostgreSQL takes no "
                           "more");
}

enum schemac_status
schemac__postgres_statement_ready(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    struct schemac_db *db = stmt->db;
    enum schemac_status status = schemac__postgres_values_fit(stmt);

    if (status != SCHEMAC_OK)
        return status;
    if (schemac__postgres_is_free(db) && schemac__postgres_knows(db, s)
        && !s->is_outdated)
        return SCHEMAC_OK;
    status = schemac__postgres_ready(db);
    if (status == SCHEMAC_OK && (s->is_outdated || s->connection != db->connections))
        status = prepare_for_values(stmt);
    return status;
}

enum schemac_status
schemac__postgres_statement_renew(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    struct schemac_db *db = stmt->db;
    enum schemac_status status = schemac__postgres_ready(db);

    if (status != SCHEMAC_OK || schemac__postgres_is_fresh(db, s))
        return status;
    return prepare_anew(stmt, NULL);
}

/* It could be prepared once: prepared anew it may run, or be refused for good. */
static enum schemac_status
failed_by_types(struct schemac_stmt *stmt, const PGresult *result)
{
    struct postgres_statement *s = stmt->native;
    struct schemac_db *db = stmt->db;

    s->is_outdated = true;
    (void)schemac__postgres_error(db, result);
    db->error.status = SCHEMAC_RETRY;
    db->info.status = SCHEMAC_RETRY;
    return SCHEMAC_RETRY;
}

enum schemac_status
schemac__postgres_failed(struct schemac_stmt *stmt, const PGresult *result)
{
    struct postgres_statement *s = stmt->native;

    switch (schemac__postgres_plan_of(result)) {
    case POSTGRES_PLAN_FITS:
        break;
    case POSTGRES_PLAN_OUTDATED:
        s->is_outdated = true;
        break;
    case POSTGRES_PLAN_MISTYPED:
        return failed_by_types(stmt, result);
    case POSTGRES_PLAN_GONE: /* with what the session was told, where it was DISCARD */
        s->connection = NOWHERE;
        stmt->db->is_unsettled = true;
        break;
    }
    return schemac__postgres_error(stmt->db, result);
}

/* It failed before it did anything, and no transaction failed with it. */
static bool
may_run_again(const struct schemac_stmt *stmt, enum schemac_status status)
{
    const struct postgres_statement *s = stmt->native;

    return status == SCHEMAC_RETRY && (s->is_outdated || s->connection == NOWHERE)
           && PQtransactionStatus(stmt->db->native) == PQTRANS_IDLE;
}

static bool
is_copy(ExecStatusType outcome)
{
    return outcome == PGRES_COPY_IN || outcome == PGRES_COPY_OUT
           || outcome == PGRES_COPY_BOTH;
}

static bool
is_error(ExecStatusType outcome)
{
    return outcome != PGRES_TUPLES_OK && outcome != PGRES_COMMAND_OK;
}

/*
 * Into s->rows, as PQexecPrepared does, which first ends what others may have begun; it
 * is called where they have.  Outside of a transaction what is checked at its end
 * (DEFERRED) is refused behind a result that was fine.
 */
static ExecStatusType
run(PGconn *connection, struct postgres_statement *s)
{
    ExecStatusType outcome;
    PGresult *more;

    if (PQsendQueryPrepared(connection, s->name, s->count, s->values, s->lengths,
                            s->formats, result_format(s))
        == 0) {
        s->rows = PQexecPrepared(connection, s->name, s->count, s->values, s->lengths,
                                 s->formats, result_format(s));
        return PQresultStatus(s->rows);
    }
    s->rows = PQgetResult(connection);
    outcome = PQresultStatus(s->rows);
    while (!is_copy(outcome) && (more = PQgetResult(connection)) != NULL) {
        bool is_worse = is_error(PQresultStatus(more)) && !is_error(outcome);

        PQclear(is_worse ? s->rows : more);
        s->rows = is_worse ? more : s->rows;
        outcome = PQresultStatus(s->rows);
    }
    return outcome;
}

/* RETURNING gives a row for each that was written. */
static enum schemac_status
fetch_once(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    enum schemac_status status = schemac__postgres_statement_ready(stmt);
    ExecStatusType outcome;

    if (status != SCHEMAC_OK)
        return status;
    clear_rows(s);
    outcome = run(stmt->db->native, s);
    s->row = -1;
    if (outcome == PGRES_TUPLES_OK) {
        s->row_count = PQntuples(s->rows);
        stmt->db->changed = s->row_count;
        return SCHEMAC_OK;
    }
    s->row_count = 0;
    if (outcome != PGRES_COMMAND_OK)
        status = schemac__postgres_failed(stmt, s->rows);
    stmt->db->changed =
        status == SCHEMAC_OK ? strtoll(PQcmdTuples(s->rows), NULL, 10) : 0;
    return status;
}

static enum schemac_status
fetch(struct schemac_stmt *stmt)
{
    enum schemac_status status;
    int turns = 0;

    do
        status = fetch_once(stmt);
    while (turns++ == 0 && may_run_again(stmt, status));
    return status;
}

/* ---- streaming ---- */

static bool
holds_rows(const PGresult *result)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    if (PQresultStatus(result) == PGRES_TUPLES_CHUNK)
        return true;
#endif
    return PQresultStatus(result) == PGRES_SINGLE_TUPLE;
}

static void
want_few_rows(PGconn *connection)
{
#ifdef LIBPQ_HAS_CHUNK_MODE
    (void)PQsetChunkedRowsMode(connection, CHUNK_ROWS);
#else
    (void)PQsetSingleRowMode(connection);
#endif
}

static enum schemac_status
start_stream(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    struct schemac_db *db = stmt->db;
    enum schemac_status status = schemac__postgres_statement_ready(stmt);

    if (status != SCHEMAC_OK)
        return status;
    s->began_inside = PQtransactionStatus(db->native) != PQTRANS_IDLE;
    if (PQsendQueryPrepared(db->native, s->name, s->count, s->values, s->lengths,
                            s->formats, result_format(s))
        == 0)
        return schemac__postgres_error(db, NULL);
    want_few_rows(db->native);
    s->is_running = true;
    s->saw_end = false;
    db->streaming = stmt;
    return SCHEMAC_OK;
}

/* The next result of the stream, from memory or from the connection; NULL: no more. */
static PGresult *
next_result(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    PGresult *result = NULL;

    if (s->waiting_at < s->waiting_count)
        return s->waiting[s->waiting_at++];
    if (stmt->db->streaming == stmt)
        result = PQgetResult(stmt->db->native);
    if (result == NULL && stmt->db->streaming == stmt)
        stmt->db->streaming = NULL;
    return result;
}

/* Whoever used the connection behind our back has thrown the rest away. */
static enum schemac_status
cut_short(struct schemac_stmt *stmt)
{
    static const char coming[] = " while rows of a cursor were coming";
    struct postgres_statement *s = stmt->native;

    if (s->lost_memory)
        return schemac__no_memory(stmt->db);
    if (s->lost_connection)
        return schemac__refuse(stmt->db, SCHEMAC_CONNECTION, "the connection was lost",
                               coming);
    schemac__refuse(stmt->db, SCHEMAC_MISUSE, "the connection was used", coming);
    schemac__error_add(stmt->db, ": the rest of them is lost");
    return SCHEMAC_MISUSE;
}

/* Until a result with rows, the end, or a failure. */
static enum schemac_status
next_rows(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    enum schemac_status status = SCHEMAC_DONE;

    clear_rows(s);
    while ((s->rows = next_result(stmt)) != NULL) {
        s->row = 0;
        if (holds_rows(s->rows))
            return SCHEMAC_ROW;
        if (PQresultStatus(s->rows) == PGRES_TUPLES_OK)
            s->saw_end = true;
        else if (status == SCHEMAC_DONE)
            status = schemac__postgres_failed(stmt, s->rows);
        PQclear(s->rows);
    }
    s->is_running = false;
    free_waiting(s);
    if (s->saw_end)
        return status;
    return status == SCHEMAC_DONE || s->lost_connection ? cut_short(stmt) : status;
}

static bool
wait_with(struct postgres_statement *s, PGresult *result)
{
    size_t size = s->waiting_count == 0 ? 16 : s->waiting_count * 2;
    PGresult **grown;

    /* A power of two and full, or nothing there yet. */
    if ((s->waiting_count & (s->waiting_count - 1)) == 0
        && (s->waiting_count == 0 || s->waiting_count >= 16)) {
        grown = schemac__resize(s->waiting, size * sizeof *grown);
        if (grown == NULL)
            return false;
        s->waiting = grown;
    }
    s->waiting[s->waiting_count++] = result;
    return true;
}

void
schemac__postgres_drain(struct schemac_db *db)
{
    struct postgres_statement *s = db->streaming->native;
    PGresult *result;

    if (s->waiting_at == s->waiting_count)
        free_waiting(s);
    while ((result = PQgetResult(db->native)) != NULL) {
        if (!s->lost_memory && wait_with(s, result))
            continue;
        s->lost_memory = true; /* told where the rows end */
        PQclear(result);
    }
    s->lost_connection = PQstatus(db->native) != CONNECTION_OK;
    db->streaming = NULL;
}

static void
cancel(PGconn *connection)
{
    PGcancel *cancel = PQgetCancel(connection);
    char ignored[256];

    if (cancel != NULL)
        (void)PQcancel(cancel, ignored, sizeof ignored);
    PQfreeCancel(cancel);
}

/* Nobody wants the rest. */
static void
abandon(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    PGresult *result;
    size_t rows = 0;

    while ((result = PQgetResult(stmt->db->native)) != NULL) {
        PQclear(result);
        if (++rows == ABANDON_ROWS && !s->began_inside)
            cancel(stmt->db->native);
    }
    stmt->db->streaming = NULL;
}

bool
schemac__postgres_streams_inside(const struct schemac_stmt *stmt)
{
    const struct postgres_statement *s = stmt->native;

    return s->began_inside;
}

static enum schemac_status
first_rows(struct schemac_stmt *stmt)
{
    enum schemac_status status = start_stream(stmt);

    return status == SCHEMAC_OK ? next_rows(stmt) : status;
}

static enum schemac_status
step_stream(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    enum schemac_status status;

    if (s->is_running && s->rows != NULL && ++s->row < PQntuples(s->rows))
        return SCHEMAC_ROW;
    if (s->is_running)
        return next_rows(stmt);
    status = first_rows(stmt);
    return may_run_again(stmt, status) ? first_rows(stmt) : status;
}

enum schemac_status
schemac__postgres_step(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    enum schemac_status status;

    if (s->streams)
        return step_stream(stmt);
    status = s->rows == NULL ? fetch(stmt) : SCHEMAC_OK;
    if (status == SCHEMAC_OK && ++s->row < s->row_count)
        return SCHEMAC_ROW;
    clear_rows(s);
    return status == SCHEMAC_OK ? SCHEMAC_DONE : status;
}

enum schemac_status
schemac__postgres_reset(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;

    clear_rows(s);
    if (!s->streams)
        return SCHEMAC_OK;
    if (stmt->db->streaming == stmt)
        abandon(stmt);
    free_waiting(s);
    s->is_running = false;
    s->streams = false;
    s->lost_memory = false;
    s->lost_connection = false;
    return SCHEMAC_OK;
}
