/*
 * PostgreSQL keeps no text of what made its objects, so the server is asked to write it:
 * each query of queries/ gives statements of one kind, for all objects at once.  They are
 * read by the one parser, as a dump would be; so their order is that of their names, not
 * of what needs what.
 *
 * All queries run in one transaction that reads, and see one snapshot.  But the server's
 * functions that write definitions (pg_get_viewdef and the like) see what others commit
 * in the meantime.  So the state of the catalogs is asked for in the snapshot and once
 * more behind it: if it has moved, or an object was gone when it was to be written, all
 * is read again.
 */
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "describe/engines.h"
#include "describe/postgres.h"

#define TRIES_MAX 5 /* a server whose schema changes all the time cannot be described */
#define SHOWN_BYTES_MAX 60 /* of a statement in a message */

struct reading {
    struct session *s;
    const char *url;
    PGconn *connection;
    int version;
    const struct describe_filter *filter;
    struct map left_out; /* id → itself */
    struct text text;
    VEC(struct slice) warnings;
    bool has_moved; /* the schema changed meanwhile: read again */
};

/* search_path: names are written with their schema.  The others: the same database is
 * written the same, whatever its settings are. */
static const char begin[] =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
    "SET LOCAL search_path = '';"
    "SET LOCAL datestyle = 'ISO, YMD';"
    "SET LOCAL intervalstyle = 'postgres';"
    "SET LOCAL timezone = 'UTC';"
    "SET LOCAL extra_float_digits = 3;"
    "SET LOCAL bytea_output = 'hex';"
    "SET LOCAL quote_all_identifiers = off;"
    "SET LOCAL standard_conforming_strings = on;"
    "SET LOCAL statement_timeout = 0;"
    "SET LOCAL jit = off;"
    /* a table that another session holds would stop us for ever */
    "SELECT set_config('lock_timeout', '30s', true) "
    "WHERE current_setting('lock_timeout') = '0'";

/* ---- asking ---- */

/* SQLSTATEs of an object that was there in the snapshot and is not there any more; the
 * first is "cache lookup failed". */
static const char *const gone_states[] = { "XX000", "42P01", "42703", "42704",
                                           "42883", "3F000", "42P02" };

static bool
is_gone(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    for (size_t i = 0; state != NULL && i < ARRAY_LEN(gone_states); i++)
        if (strcmp(gone_states[i], state) == 0)
            return true;
    return false;
}

static bool
fail(struct reading *r, const char *message)
{
    diag_add(&r->s->diags, D_DATABASE, SPAN_NONE, "%.*s: the database cannot be read: %.*s",
             SLICE_ARG(describe_shown_url(&r->s->arena, r->url)),
             SLICE_ARG(postgres_message(r->s, r->url, message)));
    return false;
}

/* NULL after reporting why, or when the schema has moved.  The caller calls PQclear. */
static PGresult *
take(struct reading *r, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return result;
    if (is_gone(result))
        r->has_moved = true;
    else
        fail(r, result == NULL ? PQerrorMessage(r->connection)
                               : PQresultErrorMessage(result));
    PQclear(result);
    return NULL;
}

static bool
run(struct reading *r, const char *sql)
{
    PGresult *result = take(r, PQexec(r->connection, sql));

    PQclear(result);
    return result != NULL;
}

static PGresult *
ask(struct reading *r, const char *sql, const char *const *values, int count)
{
    return take(r, PQexecParams(r->connection, sql, count, NULL, values, NULL, NULL, 0));
}

static struct slice
field(const PGresult *result, int row, int column)
{
    if (column >= PQnfields(result) || PQgetisnull(result, row, column))
        return SLICE_NONE;
    return (struct slice){ PQgetvalue(result, row, column),
                           (size_t)PQgetlength(result, row, column) };
}

/* ---- what is left out ---- */

static void
leave_out(struct reading *r, struct slice id)
{
    struct slice key = slice_copy(&r->s->arena, id);

    map_put(&r->left_out, key, (void *)(uintptr_t)key.ptr);
}

static void
warn(struct reading *r, struct slice warning)
{
    if (!slice_is_none(warning))
        VEC_PUSH(&r->s->arena, &r->warnings, slice_copy(&r->s->arena, warning));
}

static bool
ask_what_is_left_out(struct reading *r, const char *name, const char *const *values,
                     int count)
{
    const char *sql = postgres_query_named(&r->s->arena, name, r->version);
    PGresult *result = ask(r, sql, values, count);

    if (result == NULL)
        return false;
    for (int i = 0; i < PQntuples(result); i++) {
        leave_out(r, field(result, i, 0));
        warn(r, field(result, i, 2));
    }
    PQclear(result);
    return true;
}

static void
add_array_item(struct text *out, struct slice item)
{
    text_addz(out, out->len == 1 ? "\"" : ",\"");
    for (size_t i = 0; i < item.len; i++) {
        if (item.ptr[i] == '"' || item.ptr[i] == '\\')
            text_addc(out, '\\');
        text_addc(out, item.ptr[i]);
    }
    text_addc(out, '"');
}

/* "a?_*" as LIKE has it: "a_\_%". */
static struct slice
like_pattern(struct arena *a, struct slice pattern)
{
    struct text out;

    text_init(&out, a);
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.ptr[i];

        if (c == '%' || c == '_' || c == '\\')
            text_addc(&out, '\\');
        text_addc(&out, c == '*' ? '%' : c == '?' ? '_' : c);
    }
    return text_slice(&out);
}

static const char *
schemas_array(struct reading *r)
{
    struct text out;

    if (r->filter->schemas.count == 0)
        return NULL;
    text_init(&out, &r->s->arena);
    text_addc(&out, '{');
    VEC_EACH (i, &r->filter->schemas)
        add_array_item(&out, r->filter->schemas.items[i]);
    text_addc(&out, '}');
    return slice_z(&r->s->arena, text_slice(&out));
}

static const char *
patterns_array(struct reading *r)
{
    struct text out;

    text_init(&out, &r->s->arena);
    text_addc(&out, '{');
    VEC_EACH (i, &r->filter->excluded)
        add_array_item(&out, like_pattern(&r->s->arena, r->filter->excluded.items[i]));
    text_addc(&out, '}');
    return slice_z(&r->s->arena, text_slice(&out));
}

/* A name that was mistyped would describe an empty database. */
static bool
check_schemas(struct reading *r, const char *schemas)
{
    const char *sql = postgres_query_named(&r->s->arena, "no-such-schema.sql", r->version);
    PGresult *result = ask(r, sql, &schemas, 1);
    bool is_good = result != NULL && PQntuples(result) == 0;

    for (int i = 0; result != NULL && i < PQntuples(result); i++)
        diag_add(&r->s->diags, D_USAGE, SPAN_NONE, "%.*s has no schema %.*s",
                 SLICE_ARG(describe_shown_url(&r->s->arena, r->url)),
                 SLICE_ARG(field(result, i, 0)));
    PQclear(result);
    return is_good;
}

static bool
find_left_out(struct reading *r)
{
    const char *values[2];

    if (!ask_what_is_left_out(r, "left-out.sql", NULL, 0))
        return false;
    if (r->filter == NULL
        || (r->filter->schemas.count == 0 && r->filter->excluded.count == 0))
        return true;
    values[0] = schemas_array(r);
    values[1] = patterns_array(r);
    return check_schemas(r, values[0])
           && ask_what_is_left_out(r, "filter.sql", values, 2);
}

/* ---- statements ---- */

/* A database without an encoding (SQL_ASCII) gives bytes as they were put in. */
static bool
check_utf8(struct reading *r, struct slice text)
{
    struct slice shown = slice_sub(text, 0, SHOWN_BYTES_MAX);
    struct slice rest = text;
    size_t n;

    while (rest.len > 0 && (n = utf8_length(rest)) > 0)
        rest = slice_sub(rest, n, rest.len);
    if (rest.len == 0)
        return true;
    diag_add(&r->s->diags, D_DATABASE, SPAN_NONE,
             "%.*s: the database (encoding %s) holds bytes that are not UTF-8 in: %.*s...",
             SLICE_ARG(describe_shown_url(&r->s->arena, r->url)),
             PQparameterStatus(r->connection, "server_encoding"),
             SLICE_ARG(utf8_repair(&r->s->arena, shown)));
    return false;
}

static bool
add_row(struct reading *r, struct slice id, struct slice statement, struct slice warning)
{
    if (!slice_is_none(id) && map_has(&r->left_out, id))
        return true;
    warn(r, warning);
    if (slice_is_none(statement)) {
        /* The functions give NULL for what is gone. */
        r->has_moved = r->has_moved || slice_is_none(warning);
        return !r->has_moved;
    }
    if (!check_utf8(r, statement))
        return false;
    text_add(&r->text, statement);
    text_addz(&r->text, ";\n\n");
    return true;
}

static bool
ask_for_statements(struct reading *r, size_t at)
{
    const char *sql = postgres_query(&r->s->arena, at, r->version);
    PGresult *result = ask(r, sql, NULL, 0);
    bool is_good = result != NULL;

    for (int i = 0; is_good && i < PQntuples(result); i++)
        is_good = add_row(r, field(result, i, 0), field(result, i, 1),
                          field(result, i, 2));
    PQclear(result);
    return is_good;
}

static bool
ask_for_state(struct reading *r, struct slice *out)
{
    const char *sql = postgres_query_named(&r->s->arena, "state.sql", r->version);
    PGresult *result = ask(r, sql, NULL, 0);

    *out = SLICE_NONE;
    if (result == NULL)
        return false;
    *out = slice_copy(&r->s->arena, field(result, 0, 0));
    PQclear(result);
    return true;
}

/* ---- all of it ---- */

static bool
read_snapshot(struct reading *r)
{
    struct slice before;
    struct slice after;

    if (!run(r, begin) || !ask_for_state(r, &before) || !find_left_out(r))
        return false;
    for (size_t i = 0; i < postgres_queries_count; i++)
        if (postgres_is_statement_query(i) && !ask_for_statements(r, i))
            return false;
    if (!run(r, "COMMIT") || !run(r, begin) || !ask_for_state(r, &after)
        || !run(r, "COMMIT"))
        return false;
    r->has_moved = !slice_equal(before, after);
    return !r->has_moved;
}

static void
begin_reading(struct reading *r)
{
    r->has_moved = false;
    r->warnings.count = 0;
    map_init(&r->left_out, &r->s->arena);
    text_init(&r->text, &r->s->arena);
    text_addz(&r->text, "-- @dialect postgres\n\n");
}

static bool
read_until_it_holds_still(struct reading *r)
{
    for (int i = 0; i < TRIES_MAX; i++) {
        begin_reading(r);
        if (read_snapshot(r))
            return true;
        if (!r->has_moved)
            return false;
        PQclear(PQexec(r->connection, "ROLLBACK"));
    }
    fail(r, "its schema changes while it is read");
    return false;
}

static bool
finish_reading(struct reading *r, struct slice *out)
{
    VEC_EACH (i, &r->warnings)
        diag_add(&r->s->diags, D_NOT_DESCRIBED, SPAN_NONE, "%.*s",
                 SLICE_ARG(r->warnings.items[i]));
    *out = text_slice(&r->text);
    if (out->len <= FILE_BYTES_MAX)
        return true;
    diag_add(&r->s->diags, D_DATABASE, SPAN_NONE,
             "the declarations of the database are longer than %zu bytes",
             FILE_BYTES_MAX);
    return false;
}

bool
describe_postgres(struct session *s, const char *url,
                  const struct describe_filter *filter, struct slice *out)
{
    struct reading r = { .s = s, .url = url, .filter = filter };
    bool is_read;

    *out = SLICE_NONE;
    r.connection = postgres_connect(s, url);
    if (r.connection == NULL)
        return false;
    r.version = PQserverVersion(r.connection);
    is_read = read_until_it_holds_still(&r);
    PQfinish(r.connection);
    return is_read && finish_reading(&r, out);
}
