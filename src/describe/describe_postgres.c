/*
 * PostgreSQL keeps no text of what made its objects, so the server is asked to write it:
 * each query of queries/ gives statements of one kind, for all objects at once.  They are
 * read by the one parser, as a dump would be; so their order is that of their names, not
 * of what needs what.
 *
 * All queries run in one transaction that reads, and see one snapshot.  But the server's
 * functions that write definitions (pg_get_viewdef and the like) see what others commit
 * in the meantime.  So where the server has written anything since the snapshot, the
 * state of the catalogs is asked for in the snapshot and once more behind it: if it has
 * moved, or an object was gone when it was to be written, all is read again.
 */
#include <string.h>

#include "base/file.h"
#include "describe/engines.h"
#include "describe/postgres.h"

/* Locks that a server has for a transaction are few (max_locks_per_transaction); views
 * that would need more of them are asked for in shares. */
#define SHARES "64"
#define SHARE_COUNT 64

#define TRIES_MAX 5 /* a server whose schema changes all the time cannot be described */

struct reading {
    struct session *s;
    const char *url;
    PGconn *connection;
    int version;
    const char *subject; /* what is being asked for: "comments", "the database" */
    const struct describe_filter *filter;
    const struct describe_declared *declared; /* NULL: the schema alone is wanted */
    struct map left_out; /* id → itself */
    struct text text;
    VEC(struct slice) warnings;
    struct described_server *server;
    bool has_moved; /* the schema changed meanwhile: read again */
    bool may_share; /* a query that fails for want of locks is asked again in shares */
    bool lacks_locks;
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
    "SET LOCAL jit = off;"
    /* servers before 17 do not have it */
    "SELECT set_config(name, '0', true) FROM pg_settings "
    "WHERE name = 'transaction_timeout';"
    /* a table that another session holds would stop us for ever */
    "SELECT set_config('lock_timeout', '30s', true) "
    "WHERE current_setting('lock_timeout') = '0'";

/* What a role is given for its own queries.  It comes before any of ours. */
static const char lift_limits[] = "SET statement_timeout = 0;"
                                  "SET idle_in_transaction_session_timeout = 0";

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

/* out_of_memory, of which "out of shared memory" is one kind. */
static bool
lacks_locks(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    return state != NULL && strcmp(state, "53200") == 0;
}

/* The server's own sentence; libpq's where there is no server any more. */
static const char *
message_of(const struct reading *r, const PGresult *result)
{
    const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    return primary != NULL ? primary : PQerrorMessage(r->connection);
}

static struct diag *
report(struct reading *r, const char *message)
{
    return diag_add(&r->s->diags, D_DATABASE, SPAN_NONE, "%.*s: %s cannot be read: %.*s",
                    SLICE_ARG(describe_shown_url(&r->s->arena, r->url)), r->subject,
                    SLICE_ARG(postgres_message(r->s, r->url, message)));
}

/* What would help, by SQLSTATE.  The first two: a database without an encoding
 * (SQL_ASCII) has bytes as they were put in, and the server does not pass on what is not
 * UTF-8. */
static const struct advice {
    const char *state;
    const char *words;
    bool names_encoding;
} advices[] = {
    { "22021", "names, comments and definitions must be text that UTF-8 has", true },
    { "22P05", "names, comments and definitions must be text that UTF-8 has", true },
    { "42501", "describing needs the rights on the catalogs that everybody has unless "
               "they are revoked", false },
    { "55P03", "another session holds it; PGOPTIONS='-c lock_timeout=5min' waits longer",
      false },
};

static void
advise(struct reading *r, struct diag *d, const struct advice *advice)
{
    if (advice->names_encoding)
        diag_hint(&r->s->diags, d, "the database has the encoding %s; %s",
                  PQparameterStatus(r->connection, "server_encoding"), advice->words);
    else
        diag_hint(&r->s->diags, d, "%s", advice->words);
}

static void
fail(struct reading *r, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    struct diag *d = report(r, message_of(r, result));

    for (size_t i = 0; state != NULL && i < ARRAY_LEN(advices); i++)
        if (strcmp(advices[i].state, state) == 0)
            advise(r, d, &advices[i]);
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
    else if (r->may_share && lacks_locks(result))
        r->lacks_locks = true;
    else
        fail(r, result);
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
names_array(struct reading *r, const struct name_list *names)
{
    struct text out;

    text_init(&out, &r->s->arena);
    text_addc(&out, '{');
    VEC_EACH (i, &names->all)
        add_array_item(&out, names->all.items[i]);
    text_addc(&out, '}');
    return slice_z(&r->s->arena, text_slice(&out));
}

static const char *
schemas_array(struct reading *r)
{
    const struct name_list *schemas = &r->filter->schemas;

    return schemas->all.count == 0 ? NULL : names_array(r, schemas);
}

static const char *
patterns_array(struct reading *r)
{
    struct name_list patterns = { 0 };

    VEC_EACH (i, &r->filter->excluded.all)
        VEC_PUSH(&r->s->arena, &patterns.all,
                 like_pattern(&r->s->arena, r->filter->excluded.all.items[i]));
    return names_array(r, &patterns);
}

/* A name that was mistyped would describe an empty database. */
static bool
check_schemas(struct reading *r, const char *schemas)
{
    const char *sql =
        postgres_query_named(&r->s->arena, "no-such-schema.sql", r->version);
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
        || (r->filter->schemas.all.count == 0 && r->filter->excluded.all.count == 0))
        return true;
    values[0] = schemas_array(r);
    values[1] = patterns_array(r);
    return check_schemas(r, values[0])
           && ask_what_is_left_out(r, "filter.sql", values, 2);
}

/* ---- statements ---- */

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
    text_add(&r->text, statement);
    text_addz(&r->text, ";\n\n");
    return true;
}

static bool
ask_for_rows(struct reading *r, const char *sql, const char *const *values, int count)
{
    PGresult *result = ask(r, sql, values, count);
    bool is_good = result != NULL;

    for (int i = 0; is_good && i < PQntuples(result); i++)
        is_good =
            add_row(r, field(result, i, 0), field(result, i, 1), field(result, i, 2));
    PQclear(result);
    return is_good;
}

/* Going back to the savepoint gives back the locks that were taken behind it. */
static bool
ask_for_share(struct reading *r, const char *sql, const char *shares, size_t share)
{
    struct slice number = slice_format(&r->s->arena, "%zu", share);
    const char *values[] = { shares, slice_z(&r->s->arena, number) };
    bool is_good;

    if (!run(r, "SAVEPOINT share"))
        return false;
    is_good = ask_for_rows(r, sql, values, ARRAY_LEN(values));
    return (is_good || r->lacks_locks) && run(r, "ROLLBACK TO SAVEPOINT share")
           && is_good;
}

static bool
ask_in_shares(struct reading *r, const char *sql)
{
    bool is_good;

    r->may_share = true;
    is_good = ask_for_share(r, sql, "1", 0);
    r->may_share = false;
    if (!r->lacks_locks)
        return is_good;
    r->lacks_locks = false;
    for (size_t i = 0; i < SHARE_COUNT; i++)
        if (!ask_for_share(r, sql, SHARES, i))
            return false;
    return true;
}

static bool
ask_for_statements(struct reading *r, size_t at)
{
    const char *sql = postgres_query(&r->s->arena, at, r->version);

    r->subject = postgres_query_subject(&r->s->arena, at);
    if (strstr(sql, "$1") != NULL)
        return ask_in_shares(r, sql);
    return ask_for_rows(r, sql, NULL, 0);
}

static struct slice
kept_field(struct reading *r, const PGresult *result, int row, int column)
{
    return slice_copy(&r->s->arena, field(result, row, column));
}

static bool
ask_for_leftovers(struct reading *r)
{
    const char *sql = postgres_query_named(&r->s->arena, "leftovers.sql", r->version);
    PGresult *result = ask(r, sql, NULL, 0);

    for (int i = 0; result != NULL && i < PQntuples(result); i++) {
        struct described_leftover found = {
            .is_partition = slice_is(field(result, i, 1), "partition"),
            .schema = kept_field(r, result, i, 2),
            .name = kept_field(r, result, i, 3),
            .of_schema = kept_field(r, result, i, 4),
            .of = kept_field(r, result, i, 5),
        };

        if (!map_has(&r->left_out, field(result, i, 0)))
            VEC_PUSH(&r->s->arena, &r->server->leftovers, found);
    }
    PQclear(result);
    return result != NULL;
}

/* ---- what is declared beside the database ---- */

static bool
ask_for_versions(struct reading *r)
{
    const struct describe_declared *d = r->declared;
    const char *names = d->has_all_versions ? NULL : names_array(r, &d->versions);
    const char *sql =
        postgres_query_named(&r->s->arena, "declared-versions.sql", r->version);

    r->subject = "extensions";
    return ask_for_rows(r, sql, &names, 1);
}

static bool
ask_for_declared(struct reading *r)
{
    return r->declared == NULL || ask_for_versions(r);
}

/* The first field of the first row, as text. */
static bool
ask_for_one(struct reading *r, const char *name, struct slice *out)
{
    const char *sql = postgres_query_named(&r->s->arena, name, r->version);
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
ask_for_all_statements(struct reading *r)
{
    for (size_t i = 0; i < postgres_queries_count; i++)
        if (postgres_is_statement_query(i) && !ask_for_statements(r, i))
            return false;
    return true;
}

/* Is the state of the catalogs what it is in the snapshot? */
static bool
holds_still(struct reading *r)
{
    struct slice before;
    struct slice after;

    if (!ask_for_one(r, "state.sql", &before) || !run(r, "COMMIT") || !run(r, begin)
        || !ask_for_one(r, "state.sql", &after))
        return false;
    r->has_moved = !slice_equal(before, after);
    return !r->has_moved;
}

static bool
read_snapshot(struct reading *r)
{
    struct slice written;
    struct slice written_since;

    if (!run(r, lift_limits) || !ask_for_one(r, "written.sql", &written)
        || !run(r, begin) || !find_left_out(r)
        || !ask_for_all_statements(r) || !ask_for_declared(r) || !ask_for_leftovers(r)
        || !ask_for_one(r, "written.sql", &written_since))
        return false;
    return slice_equal(written, written_since) || holds_still(r);
}

static void
begin_reading(struct reading *r)
{
    r->has_moved = false;
    r->subject = "the database";
    r->warnings.count = 0;
    r->server->leftovers.count = 0;
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
    r->subject = "the database";
    report(r, "its schema changes while it is read");
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
                  const struct describe_filter *filter,
                  const struct describe_declared *declared, struct slice *out,
                  struct described_server *server)
{
    struct reading r = {
        .s = s, .url = url, .filter = filter, .declared = declared, .server = server
    };
    struct schemac_db *db = postgres_connect(s, url);
    bool is_read;

    *out = SLICE_NONE;
    *server = (struct described_server){ 0 };
    if (db == NULL)
        return false;
    r.connection = schemac_native(db);
    r.version = PQserverVersion(r.connection);
    server->version = r.version / 10000;
    is_read = read_until_it_holds_still(&r) && ask_for_one(&r, "role.sql", &server->role);
    schemac_close(db);
    return is_read && finish_reading(&r, out);
}
