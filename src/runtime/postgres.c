/*
 * The PostgreSQL driver: connections and statements, by libpq.  What errors mean is in
 * postgres_error.c, what the migration runner needs in postgres_ddl.c.
 *
 * Values go and come as text, so that the server takes them for whatever type it needs;
 * bytes go in binary.  All rows of a result are fetched at once.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/postgres.h"

/* A server that does not answer; the user's own connect_timeout goes before it. */
#define CONNECT_SECONDS "10"

#define NAME_BYTES 32    /* "schemac_" and a number */
#define NUMBER_BYTES 40  /* of an integer, or a double with 17 digits */
#define SETTING_BYTES 64 /* "SET lock_timeout = 2147483647" */
#define BOOL_OID 16      /* of pg_type, in every server */

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

static enum schemac_status
postgres_exec(struct schemac_db *db, const char *sql)
{
    PGresult *result = PQexec(db->native, sql);
    ExecStatusType outcome = PQresultStatus(result);
    enum schemac_status status = SCHEMAC_OK;

    if (outcome != PGRES_COMMAND_OK && outcome != PGRES_TUPLES_OK
        && outcome != PGRES_EMPTY_QUERY)
        status = schemac__postgres_error(db, result);
    else if (strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        status = schemac__fail(db, SCHEMAC_ERROR,
                               "nothing was committed: a statement of the transaction "
                               "had failed");
    db->changed = status == SCHEMAC_OK ? strtoll(PQcmdTuples(result), NULL, 10) : 0;
    PQclear(result);
    return status;
}

static enum schemac_status
postgres_open(struct schemac_db *db, const char *url, unsigned flags)
{
    if (!schemac__postgres_is_clear(url))
        return schemac__fail(db, SCHEMAC_MISUSE, "the connection string cannot be read");
    db->native = connect_to(url);
    if (db->native == NULL)
        return schemac__no_memory(db);
    PQsetNoticeProcessor(db->native, be_quiet, NULL);
    if (PQstatus(db->native) != CONNECTION_OK)
        return schemac__postgres_error(db, NULL);
    if ((flags & SCHEMAC_OPEN_READ_ONLY) != 0)
        return postgres_exec(db, "SET default_transaction_read_only = on");
    return SCHEMAC_OK;
}

static void
postgres_close(struct schemac_db *db)
{
    PQfinish(db->native);
}

/* 0 would be for ever. */
static enum schemac_status
postgres_busy_timeout(struct schemac_db *db, int milliseconds)
{
    char sql[SETTING_BYTES];

    (void)snprintf(sql, sizeof sql, "SET lock_timeout = %d",
                   milliseconds == 0 ? 1 : milliseconds);
    return postgres_exec(db, sql);
}

static int64_t
postgres_changes(const struct schemac_db *db)
{
    return db->changed;
}

static bool
postgres_in_transaction(const struct schemac_db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(db->native);

    return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

static const char *
postgres_begin(const struct schemac_db *db)
{
    (void)db;
    return "BEGIN";
}

/* ---- statements ---- */

struct parameter {
    char *text; /* a copy, terminated; NULL: SQL NULL */
    int length;
    int format; /* 0: text, 1: binary */
};

struct statement {
    char name[NAME_BYTES];
    PGresult *shape; /* columns and parameters, as the server described them */
    PGresult *rows;  /* NULL: not run yet, or reset */
    int row;         /* that was stepped to, from 0 */
    int count;       /* of parameters */
    struct parameter *parameters;
    unsigned char *unescaped; /* what column_bytes gave last; libpq's */
};

static void
clear_rows(struct statement *s)
{
    PQclear(s->rows);
    PQfreemem(s->unescaped);
    s->rows = NULL;
    s->unescaped = NULL;
}

static void
free_statement(struct statement *s)
{
    clear_rows(s);
    for (int i = 0; i < s->count; i++)
        schemac__free(s->parameters[i].text);
    schemac__free(s->parameters);
    PQclear(s->shape);
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
    return schemac__fail(db, SCHEMAC_MISUSE, "the SQL holds more than one statement");
}

static enum schemac_status
ask_shape(struct schemac_db *db, struct statement *s, const char *sql)
{
    PGresult *made = PQprepare(db->native, s->name, sql, 0, NULL);
    enum schemac_status status = SCHEMAC_OK;

    if (PQresultStatus(made) != PGRES_COMMAND_OK)
        status = prepare_error(db, made);
    PQclear(made);
    if (status != SCHEMAC_OK)
        return status;
    s->shape = PQdescribePrepared(db->native, s->name);
    if (PQresultStatus(s->shape) != PGRES_COMMAND_OK)
        return schemac__postgres_error(db, s->shape);
    s->count = PQnparams(s->shape);
    if (s->count == 0)
        return SCHEMAC_OK;
    s->parameters = schemac__alloc((size_t)s->count * sizeof *s->parameters);
    if (s->parameters != NULL)
        return SCHEMAC_OK;
    s->count = 0;
    return schemac__no_memory(db);
}

static void
forget(struct schemac_db *db, const struct statement *s)
{
    char sql[NAME_BYTES + 16];

    (void)snprintf(sql, sizeof sql, "DEALLOCATE %s", s->name);
    if (PQtransactionStatus(db->native) != PQTRANS_INERROR)
        PQclear(PQexec(db->native, sql));
}

static enum schemac_status
postgres_prepare(struct schemac_stmt *stmt, const char *sql)
{
    struct schemac_db *db = stmt->db;
    struct statement *s;
    enum schemac_status status;

    if (*schemac__skip_blank(sql) == '\0')
        return schemac__fail(db, SCHEMAC_MISUSE, "the SQL holds no statement");
    s = schemac__alloc(sizeof *s);
    if (s == NULL)
        return schemac__no_memory(db);
    (void)snprintf(s->name, sizeof s->name, "schemac_%" PRIu64, ++db->prepared);
    status = ask_shape(db, s, sql);
    if (status != SCHEMAC_OK) {
        free_statement(s);
        return status;
    }
    stmt->native = s;
    return SCHEMAC_OK;
}

static void
postgres_finalize(struct schemac_stmt *stmt)
{
    forget(stmt->db, stmt->native);
    free_statement(stmt->native);
}

/* ---- parameters ---- */

static enum schemac_status
bind(struct schemac_stmt *stmt, int at, const void *bytes, size_t len, int format)
{
    struct statement *s = stmt->native;
    struct parameter p = { .text = NULL, .length = (int)len, .format = format };

    if (at < 1 || at > s->count)
        return schemac__fail(stmt->db, SCHEMAC_MISUSE, "there is no parameter %d", at);
    if (len > INT_MAX - 1)
        return schemac__fail(stmt->db, SCHEMAC_ERROR, "a value is longer than 2 GiB");
    if (bytes != NULL) {
        p.text = schemac__alloc(len + 1);
        if (p.text == NULL)
            return schemac__no_memory(stmt->db);
        memcpy(p.text, bytes, len);
    }
    schemac__free(s->parameters[at - 1].text);
    s->parameters[at - 1] = p;
    return SCHEMAC_OK;
}

static enum schemac_status
postgres_bind_null(struct schemac_stmt *stmt, int at)
{
    return bind(stmt, at, NULL, 0, 0);
}

static enum schemac_status
postgres_bind_int64(struct schemac_stmt *stmt, int at, int64_t v)
{
    char text[NUMBER_BYTES];

    (void)snprintf(text, sizeof text, "%" PRId64, v);
    return bind(stmt, at, text, strlen(text), 0);
}

static enum schemac_status
postgres_bind_double(struct schemac_stmt *stmt, int at, double v)
{
    char text[NUMBER_BYTES];

    (void)snprintf(text, sizeof text, "%.17g", v);
    return bind(stmt, at, text, strlen(text), 0);
}

static enum schemac_status
postgres_bind_text(struct schemac_stmt *stmt, int at, struct schemac_text v)
{
    if (v.ptr != NULL && memchr(v.ptr, '\0', v.len) != NULL)
        return schemac__fail(stmt->db, SCHEMAC_DECODE,
                             "PostgreSQL keeps no text with a zero byte");
    return bind(stmt, at, v.ptr, v.len, 0);
}

static enum schemac_status
postgres_bind_bytes(struct schemac_stmt *stmt, int at, struct schemac_bytes v)
{
    return bind(stmt, at, v.ptr, v.len, 1);
}

/* ---- running ---- */

struct arguments {
    const char **values;
    int *lengths;
    int *formats;
};

static PGresult *
run_with(struct schemac_db *db, const struct statement *s, const struct arguments *a)
{
    for (int i = 0; i < s->count; i++) {
        a->values[i] = s->parameters[i].text;
        a->lengths[i] = s->parameters[i].length;
        a->formats[i] = s->parameters[i].format;
    }
    return PQexecPrepared(db->native, s->name, s->count, a->values, a->lengths,
                          a->formats, 0);
}

/* NULL also when there is no memory, which libpq's own message says, too. */
static PGresult *
run(struct schemac_db *db, const struct statement *s)
{
    size_t count = (size_t)s->count + 1;
    struct arguments a = {
        .values = schemac__alloc(count * sizeof *a.values),
        .lengths = schemac__alloc(count * sizeof *a.lengths),
        .formats = schemac__alloc(count * sizeof *a.formats),
    };
    PGresult *result = NULL;

    if (a.values != NULL && a.lengths != NULL && a.formats != NULL)
        result = run_with(db, s, &a);
    schemac__free(a.values);
    schemac__free(a.lengths);
    schemac__free(a.formats);
    return result;
}

static enum schemac_status
fetch(struct schemac_stmt *stmt)
{
    struct statement *s = stmt->native;
    ExecStatusType outcome;
    enum schemac_status status = SCHEMAC_OK;

    s->rows = run(stmt->db, s);
    s->row = -1;
    outcome = PQresultStatus(s->rows);
    if (outcome != PGRES_TUPLES_OK && outcome != PGRES_COMMAND_OK)
        status = schemac__postgres_error(stmt->db, s->rows);
    stmt->db->changed =
        status == SCHEMAC_OK ? strtoll(PQcmdTuples(s->rows), NULL, 10) : 0;
    return status;
}

static enum schemac_status
postgres_step(struct schemac_stmt *stmt)
{
    struct statement *s = stmt->native;
    enum schemac_status status = s->rows == NULL ? fetch(stmt) : SCHEMAC_OK;

    if (status == SCHEMAC_OK && ++s->row < PQntuples(s->rows))
        return SCHEMAC_ROW;
    clear_rows(s);
    return status == SCHEMAC_OK ? SCHEMAC_DONE : status;
}

static enum schemac_status
postgres_reset(struct schemac_stmt *stmt)
{
    clear_rows(stmt->native);
    return SCHEMAC_OK;
}

/* ---- columns ---- */

static int
postgres_column_count(const struct schemac_stmt *stmt)
{
    const struct statement *s = stmt->native;

    return PQnfields(s->shape);
}

static const char *
postgres_column_name(const struct schemac_stmt *stmt, int at)
{
    const struct statement *s = stmt->native;

    return PQfname(s->shape, at);
}

/* NULL for SQL NULL, and where there is no such column or no row. */
static const char *
value_of(const struct schemac_stmt *stmt, int at)
{
    const struct statement *s = stmt->native;

    if (s->rows == NULL || at < 0 || at >= PQnfields(s->rows)
        || PQgetisnull(s->rows, s->row, at) == 1)
        return NULL;
    return PQgetvalue(s->rows, s->row, at);
}

static bool
postgres_column_is_null(struct schemac_stmt *stmt, int at)
{
    return value_of(stmt, at) == NULL;
}

static int64_t
postgres_column_int64(struct schemac_stmt *stmt, int at)
{
    const struct statement *s = stmt->native;
    const char *text = value_of(stmt, at);

    if (text == NULL)
        return 0;
    if (PQftype(s->rows, at) == BOOL_OID)
        return text[0] == 't';
    return strtoll(text, NULL, 10);
}

static double
postgres_column_double(struct schemac_stmt *stmt, int at)
{
    const char *text = value_of(stmt, at);

    return text == NULL ? 0 : strtod(text, NULL);
}

static struct schemac_text
postgres_column_text(struct schemac_stmt *stmt, int at)
{
    return schemac_text(value_of(stmt, at));
}

static struct schemac_bytes
postgres_column_bytes(struct schemac_stmt *stmt, int at)
{
    struct statement *s = stmt->native;
    const char *text = value_of(stmt, at);
    struct schemac_bytes bytes = { NULL, 0 };

    if (text == NULL)
        return bytes;
    PQfreemem(s->unescaped);
    s->unescaped = PQunescapeBytea((const unsigned char *)text, &bytes.len);
    bytes.ptr = s->unescaped;
    return bytes;
}

const struct schemac_driver schemac__postgres = {
    .name = "postgres",
    .ddl = &schemac__postgres_ddl,
    .rows = NULL, /* the typed rows are SQLite's only */
    .open = postgres_open,
    .close = postgres_close,
    .busy_timeout = postgres_busy_timeout,
    .exec = postgres_exec,
    .changes = postgres_changes,
    .in_transaction = postgres_in_transaction,
    .begin = postgres_begin,
    .prepare = postgres_prepare,
    .finalize = postgres_finalize,
    .bind_null = postgres_bind_null,
    .bind_int64 = postgres_bind_int64,
    .bind_double = postgres_bind_double,
    .bind_text = postgres_bind_text,
    .bind_bytes = postgres_bind_bytes,
    .step = postgres_step,
    .reset = postgres_reset,
    .column_count = postgres_column_count,
    .column_name = postgres_column_name,
    .column_is_null = postgres_column_is_null,
    .column_int64 = postgres_column_int64,
    .column_double = postgres_column_double,
    .column_text = postgres_column_text,
    .column_bytes = postgres_column_bytes,
};
