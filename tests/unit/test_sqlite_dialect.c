/*
 * The SQLite dialect against SQLite itself: what is lowered and created is read back
 * equal; each type accepts and refuses what it should; a changed database with rows in it
 * equals a new one, and the rows are still there.
 */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "model/print.h"
#include "plan/plan.h"
#include "resolve/resolve.h"
#include "syntax/parse.h"

#define ORACLE "../shared/cases/oracle/norm_sqlite.py"

/* ---- sessions and catalogs ---- */

static struct session s;

static int
open_session(void **state)
{
    (void)state;
    session_init(&s);
    return 0;
}

static int
close_session(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static void
print_diagnostics(enum diag_severity least)
{
    struct text out;

    text_init(&out, &s.arena);
    VEC_EACH (i, &s.diags.all)
        if (diag_info(s.diags.all.items[i]->code)->severity >= least)
            diag_render_text(&s.arena, &s.sources, s.diags.all.items[i], false, &out);
    print_message("%.*s", SLICE_ARG(text_slice(&out)));
}

static struct catalog *
resolve_text(struct slice sql)
{
    uint32_t source = source_add(&s.arena, &s.sources, SLICE("test.sql"), sql);
    struct ast *ast;
    const struct ast *asts[1];
    struct resolve_input in = { .asts = asts, .count = 1 };
    struct catalog *out = NULL;
    bool ok = parse_source(&s, source, &ast);

    asts[0] = ast;
    if (!ok || !resolve_catalog(&s, &in, &out)) {
        print_diagnostics(DIAG_WARNING);
        print_message("%.*s\n", SLICE_ARG(sql));
        fail_msg("the text does not resolve");
    }
    return out;
}

static struct catalog *
lower_text(const char *sql)
{
    struct catalog *out;

    if (!dialect_sqlite.lower(&s, resolve_text(slice_from(sql)), &out)) {
        print_diagnostics(DIAG_WARNING);
        fail_msg("the catalog cannot be lowered: %s", sql);
    }
    return out;
}

/* ---- databases ---- */

static sqlite3 *
open_database(void)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    return db;
}

static void
run(sqlite3 *db, struct slice sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, slice_z(&s.arena, sql), NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %.*s", message, SLICE_ARG(sql));
}

static bool
accepts(sqlite3 *db, struct slice sql)
{
    return sqlite3_exec(db, slice_z(&s.arena, sql), NULL, NULL, NULL) == SQLITE_OK;
}

/* All rows of a query: columns with '|', rows with ';'. */
static const char *
ask(sqlite3 *db, struct slice sql)
{
    sqlite3_stmt *stmt;
    struct text out;
    int status;

    text_init(&out, &s.arena);
    if (sqlite3_prepare_v2(db, sql.ptr, (int)sql.len, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %.*s", sqlite3_errmsg(db), SLICE_ARG(sql));
    while ((status = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (out.len > 0)
            text_addc(&out, ';');
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *value = (const char *)sqlite3_column_text(stmt, i);

            text_addf(&out, "%s%s", i > 0 ? "|" : "", value == NULL ? "NULL" : value);
        }
    }
    if (status != SQLITE_DONE)
        fail_msg("%s: %.*s", sqlite3_errmsg(db), SLICE_ARG(sql));
    sqlite3_finalize(stmt);
    return out.len == 0 ? "" : slice_z(&s.arena, text_slice(&out));
}

static void
create(sqlite3 *db, const struct catalog *c)
{
    struct plan_request request = { .dialect = &dialect_sqlite, .to = c };
    struct plan *plan;

    assert_true(plan_make(&s, &request, &plan));
    VEC_EACH (i, &plan->steps)
        VEC_EACH (j, &plan->steps.items[i].action->sql)
            run(db, plan->steps.items[i].action->sql.items[j]);
}

/* The database as declarations, as describe gives them. */
static struct slice
describe(sqlite3 *db)
{
    const char *sql = ask(
        db, SLICE("SELECT group_concat(sql || ';', char(10)) FROM (SELECT sql FROM "
                  "sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
                  "ORDER BY type = 'trigger', type = 'view', type = 'index', rowid)"));

    return slice_format(&s.arena, "-- @dialect sqlite\n%s\n",
                        strcmp(sql, "NULL") == 0 ? "" : sql);
}

static void
assert_no_changes(const struct catalog *from, const struct catalog *to)
{
    struct changes changes;
    size_t count = 0;

    diff_catalogs(&s, from, to, &changes);
    VEC_EACH (i, &changes.all) {
        struct slice title = change_title(&s.arena, &changes.all.items[i]);

        if (changes.all.items[i].kind == CHANGE_COLUMN_ORDER
            || changes.all.items[i].kind == CHANGE_INITIAL_ROWS)
            continue;
        print_message("  differs: %.*s\n", SLICE_ARG(title));
        count++;
    }
    if (count == 0)
        return;
    {
        struct text a;
        struct text b;

        text_init(&a, &s.arena);
        text_init(&b, &s.arena);
        catalog_print(&s, from, &a);
        catalog_print(&s, to, &b);
        print_message("--- from\n%.*s--- to\n%.*s", SLICE_ARG(text_slice(&a)),
                      SLICE_ARG(text_slice(&b)));
    }
    fail_msg("the catalogs differ");
}

/* ---- lower, create, read back: a fixed point ---- */

static void
assert_fixed_point(const char *sql)
{
    sqlite3 *db = open_database();
    struct catalog *lowered = lower_text(sql);

    create(db, lowered);
    assert_no_changes(lowered, resolve_text(describe(db)));
    assert_no_changes(resolve_text(describe(db)), lowered);
    assert_string_equal(ask(db, SLICE("PRAGMA integrity_check")), "ok");
    sqlite3_close(db);
}

static void
every_type_is_read_back(void **state)
{
    (void)state;
    assert_fixed_point(
        "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');\n"
        "CREATE TABLE all_types (\n"
        "  id bigint PRIMARY KEY,\n"
        "  a boolean NOT NULL DEFAULT false, a2 boolean,\n"
        "  b smallint DEFAULT -5, c integer NOT NULL DEFAULT 7, d bigint,\n"
        "  e numeric(10,2) NOT NULL DEFAULT 12.5, e2 numeric(12),\n"
        "  f numeric, g numeric(30,4) DEFAULT 1.5,\n"
        "  h real DEFAULT 1.5, i double precision, j text DEFAULT 'it''s',\n"
        "  k varchar(20) NOT NULL, l char(3), m bytea,\n"
        "  n date DEFAULT CURRENT_DATE, o time, p timestamp(3),\n"
        "  q timestamptz NOT NULL DEFAULT now(),\n"
        "  r uuid DEFAULT gen_random_uuid(), t json, u jsonb NOT NULL,\n"
        "  v text[] DEFAULT '{}', w mood DEFAULT 'sad', x interval\n"
        ");");
}

static void
every_constraint_is_read_back(void **state)
{
    (void)state;
    assert_fixed_point(
        "CREATE TABLE parent (id integer PRIMARY KEY, a text, b text, UNIQUE (a, b));\n"
        "CREATE TABLE child (\n"
        "  id integer PRIMARY KEY AUTOINCREMENT,\n"
        "  parent_id integer NOT NULL REFERENCES parent (id) ON DELETE CASCADE,\n"
        "  a text, b text, email text UNIQUE,\n"
        "  boss integer REFERENCES child (id) ON DELETE SET NULL\n"
        "    DEFERRABLE INITIALLY DEFERRED,\n"
        "  amount numeric(10,2) CHECK (amount >= 0.01 AND amount < 1000),\n"
        "  doubled integer GENERATED ALWAYS AS (id * 2) STORED,\n"
        "  CONSTRAINT both_or_none CHECK ((a IS NULL) = (b IS NULL)),\n"
        "  FOREIGN KEY (a, b) REFERENCES parent (a, b) ON UPDATE CASCADE\n"
        ");\n"
        "CREATE TABLE keyed (a text, b integer, c integer, PRIMARY KEY (a, b)) WITHOUT "
        "ROWID;\n"
        "CREATE TABLE strict_one (a integer PRIMARY KEY, b text NOT NULL, c boolean,\n"
        "  d timestamp) STRICT;\n"
        "CREATE TABLE named (code text CONSTRAINT named_key PRIMARY KEY);\n"
        "CREATE UNIQUE INDEX one ON child (lower(email)) WHERE email IS NOT NULL;\n"
        "CREATE INDEX two ON child (parent_id, amount DESC);\n"
        "CREATE INDEX three ON child (amount) WHERE amount > 12.30;\n"
        "CREATE VIEW totals AS SELECT parent_id, sum(amount) AS total, count(*) FROM "
        "child GROUP BY parent_id;\n"
        "CREATE VIEW large AS SELECT * FROM totals WHERE total > 100;\n");
}

static void
rules_become_triggers(void **state)
{
    sqlite3 *db = open_database();
    const char *sql = "CREATE TABLE t (id integer PRIMARY KEY, v text,\n"
                      "  updated_at timestamp NOT NULL DEFAULT '2000-01-01' -- @touch\n"
                      ");\n"
                      "-- @append_only\n"
                      "CREATE TABLE logs (id integer PRIMARY KEY, v text);\n";

    (void)state;
    assert_fixed_point(sql);
    create(db, lower_text(sql));
    run(db,
        SLICE("PRAGMA recursive_triggers = ON; INSERT INTO t (v) VALUES ('a'); UPDATE "
              "t SET v = 'b'; INSERT INTO logs (v) VALUES ('x')"));
    assert_string_equal(ask(db, SLICE("SELECT updated_at > '2020' FROM t")), "1");
    run(db, SLICE("UPDATE t SET updated_at = '2001-01-01 00:00:00'"));
    assert_string_equal(ask(db, SLICE("SELECT updated_at FROM t")),
                        "2001-01-01 00:00:00");
    assert_false(accepts(db, SLICE("UPDATE logs SET v = 'y'")));
    assert_false(accepts(db, SLICE("DELETE FROM logs")));
    sqlite3_close(db);
}

static void
names_need_quotes(void **state)
{
    (void)state;
    assert_fixed_point(
        "CREATE TABLE \"order\" (\"select\" integer PRIMARY KEY, \"Group\" boolean NOT "
        "NULL, \"a b\" varchar(3), \"it's\" text DEFAULT 'x', \"q\"\"q\" date,\n"
        "  \"values\" integer REFERENCES \"order\" (\"select\"), key text, action "
        "text);\n"
        "CREATE INDEX \"index\" ON \"order\" (\"Group\", \"a b\");\n"
        "CREATE VIEW \"table\" AS SELECT \"Group\", \"a b\" FROM \"order\";\n");
}

static void
exclusions_and_nulls_are_kept(void **state)
{
    sqlite3 *db = open_database();
    const char *sql =
        "CREATE TABLE t (id integer PRIMARY KEY, a integer, b text, d boolean NOT NULL,\n"
        "  CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a, b),\n"
        "  CONSTRAINT x EXCLUDE (b WITH =) WHERE (d));";

    (void)state;
    assert_fixed_point(sql);
    create(db, lower_text(sql));
    run(db,
        SLICE("INSERT INTO t (a, b, d) VALUES (1, NULL, 0), (NULL, NULL, 0), (1, '0', "
              "1)"));
    assert_false(accepts(db, SLICE("INSERT INTO t (a, b, d) VALUES (NULL, NULL, 0)")));
    assert_false(accepts(db, SLICE("INSERT INTO t (a, b, d) VALUES (1, NULL, 0)")));
    assert_false(accepts(db, SLICE("INSERT INTO t (a, b, d) VALUES (2, '0', 1)")));
    assert_true(accepts(db, SLICE("INSERT INTO t (a, b, d) VALUES (2, '0', 0)")));
    sqlite3_close(db);
}

/* ---- what a type accepts ---- */

struct probe {
    const char *type;
    const char *value;
    const char *stored; /* NULL: refused */
};

static const struct probe probes[] = {
    { "boolean", "true", "1" },
    { "boolean", "NULL", "NULL" },
    { "boolean", "2", NULL },
    { "boolean", "'true'", NULL },
    { "smallint", "32767", "32767" },
    { "smallint", "-32769", NULL },
    { "integer", "'12'", "12" },
    { "integer", "NULL", "NULL" },
    { "integer", "'x'", NULL },
    { "integer", "1.5", NULL },
    { "integer", "2147483648", NULL },
    { "bigint", "9223372036854775807", "9223372036854775807" },
    { "bigint", "9223372036854775808", NULL },
    { "numeric(5,2)", "99999", "99999" },
    { "numeric(5,2)", "100000", NULL },
    { "numeric(5,2)", "12.5", NULL },
    { "numeric", "'-12.50'", "-12.50" },
    { "numeric", "'1e3'", NULL },
    { "numeric", "'5.'", NULL },
    { "numeric", "''", NULL },
    { "numeric", "'1-2'", NULL },
    { "numeric(20,2)", "'123.45'", "123.45" },
    { "numeric(20,2)", "'123.456'", NULL },
    { "varchar(5)", "'\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9'",
      "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9" },
    { "varchar(5)", "'abcdef'", NULL },
    { "char(3)", "'abc'", "abc" },
    { "char(3)", "'ab'", NULL },
    { "bytea", "x'00ff'", NULL }, /* text of it ends at the NUL: asked below */
    { "bytea", "'text'", NULL },
    { "date", "'2024-02-29'", "2024-02-29" },
    { "date", "'2023-02-29'", NULL },
    { "date", "'2023-02-31'", NULL },
    { "date", "20240101", NULL },
    { "time", "'23:59:59'", "23:59:59" },
    { "time", "'23:59:59.5'", "23:59:59.5" },
    { "time", "'24:00:00'", NULL },
    { "time", "'23:59'", NULL },
    { "timestamp", "CURRENT_TIMESTAMP || ''", "now" },
    { "timestamp", "'2024-02-29 23:59:59.123456'", "2024-02-29 23:59:59.123456" },
    { "timestamp", "'2024-02-29 23:59:59.120'", NULL },
    { "timestamp", "'2024-02-29 23:59:59.'", NULL },
    { "timestamp", "'2024-02-29 23:59:59.1234567'", NULL },
    { "timestamp", "'2024-02-30 23:59:59'", NULL },
    { "timestamp", "'2024-02-29T23:59:59'", NULL },
    { "timestamp", "'2024-02-29 23:59:59Z'", NULL },
    { "timestamp(0)", "'2024-02-29 23:59:59.5'", NULL },
    { "timestamp(3)", "'2024-02-29 23:59:59.123'", "2024-02-29 23:59:59.123" },
    { "timestamp(3)", "'2024-02-29 23:59:59.1234'", NULL },
    { "uuid", "'0b8f4e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b'",
      "0b8f4e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b" },
    { "uuid", "'0B8F4E7A-1C2D-4E3F-8A9B-0C1D2E3F4A5B'", NULL },
    { "uuid", "'0b8f4e7a1c2d-4e3f-8a9b-0c1d2e3f4a5b-'", NULL },
    { "uuid", "'----4e7a-1c2d-4e3f-8a9b-0c1d2e3f4a5b'", NULL },
    { "json", "'{\"a\": 1}'", "{\"a\": 1}" },
    { "json", "'{a'", NULL },
    { "jsonb", "NULL", "NULL" },
    { "integer[]", "'[1,2]'", "[1,2]" },
    { "integer[]", "'{1,2}'", NULL },
    { "mood", "'sad'", "sad" },
    { "mood", "'angry'", NULL },
};

static void
try_probe(const struct probe *p, const char *options)
{
    sqlite3 *db = open_database();
    const char *sql =
        slice_z(&s.arena, slice_format(&s.arena,
                                       "CREATE TYPE mood AS ENUM ('sad', 'happy');\n"
                                       "CREATE TABLE t (id integer PRIMARY KEY, c %s)%s;",
                                       p->type, options));
    bool ok;

    create(db, lower_text(sql));
    ok = accepts(db, slice_format(&s.arena, "INSERT INTO t (c) VALUES (%s)", p->value));
    if (strcmp(p->type, "bytea") == 0 && p->value[0] == 'x') {
        assert_true(ok);
    } else if (p->stored == NULL && ok) {
        fail_msg("%s%s accepts %s", p->type, options, p->value);
    } else if (p->stored != NULL && !ok) {
        fail_msg("%s%s refuses %s", p->type, options, p->value);
    } else if (ok && strcmp(p->stored, "now") != 0) {
        assert_string_equal(ask(db, SLICE("SELECT c FROM t")), p->stored);
    }
    sqlite3_close(db);
}

static void
types_accept_and_refuse(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(probes); i++)
        try_probe(&probes[i], "");
}

static void
strict_types_accept_and_refuse(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(probes); i++)
        if (strcmp(probes[i].type, "numeric(5,2)") != 0)
            try_probe(&probes[i], " STRICT");
}

/* ---- expressions ---- */

struct expression {
    const char *check;
    const char *passes;
    const char *fails;
};

/* Columns: a integer, t text, n numeric(10,2), m numeric(10,3), b boolean, at timestamp,
 * d date. */
static const struct expression expressions[] = {
    { "t LIKE 'T%'", "t = 'Truck'", "t = 'truck'" },
    { "t ILIKE 'T%'", "t = 'truck'", "t = 'car'" },
    { "t LIKE '%@%'", "t = 'a@b'", "t = 'ab'" },
    { "t LIKE 'a\\_%'", "t = 'a_x'", "t = 'abx'" },
    { "t NOT LIKE '%[x]*'", "t = 'bx*'", "t = 'b[x]*'" },
    { "t ~ '^[A-Z]+$'", "t = 'ABC'", "t = 'ABc'" },
    { "t ~ '^[A-Z]+$'", "t = 'A'", "t = ''" },
    { "t ~ '^[a-z]*$'", "t = ''", "t = '1'" },
    { "t ~ '^KA-[0-9]{2}-[A-Z]{2}$'", "t = 'KA-01-HH'", "t = 'KA-1-HH'" },
    { "t ~ '^[A-Z]{2}[0-9]{3,5}$'", "t = 'AB12345'", "t = 'AB123456'" },
    { "t ~ '^[A-Z]{2}[0-9]{3,5}$'", "t = 'AB123'", "t = 'AB12'" },
    { "t !~ '\\d'", "t = 'abc'", "t = 'ab1c'" },
    { "t ~ '.+@.+'", "t = 'a@b'", "t = '@b'" },
    { "n > 12.30", "n = 1231", "n = 1230" },
    { "n BETWEEN 0.01 AND 10", "n = 1000", "n = 1001" },
    { "n IN (1, 2.5)", "n = 250", "n = 2" },
    { "n + 1 > m", "n = 100, m = 1999", "n = 100, m = 2000" },
    { "n * 2 = m", "n = 100, m = 2000", "n = 100, m = 200" },
    { "n * 1.5 = m", "n = 200, m = 3000", "n = 200, m = 300" },
    { "n * a = m", "n = 200, a = 3, m = 6000", "n = 200, a = 3, m = 600" },
    { "abs(n) <= 1", "n = -100", "n = -101" },
    { "coalesce(n, 5) < m", "n = NULL, m = 5001", "n = NULL, m = 5000" },
    { "CASE WHEN b THEN n ELSE 1.5 END > 1", "b = 0, n = 1", "b = 1, n = 100" },
    { "n::numeric(10,3) = m", "n = 150, m = 1500", "n = 150, m = 150" },
    { "-n < 0", "n = 1", "n = 0" },
    { "b IS TRUE OR a = 1", "b = 1, a = 2", "b = NULL, a = 2" },
    { "b = (a > 5)", "b = 1, a = 6", "b = 1, a = 5" },
    { "a = ANY (ARRAY[1, 2, 3])", "a = 3", "a = 4" },
    { "a <> ALL (ARRAY[1, 2])", "a = 3", "a = 2" },
    { "a BETWEEN SYMMETRIC 5 AND 1", "a = 3", "a = 6" },
    { "char_length(t) = 2", "t = 'ab'", "t = 'abc'" },
    { "position('b' in t) = 2", "t = 'ab'", "t = 'ba'" },
    { "substring(t from 2 for 1) = 'b'", "t = 'abc'", "t = 'bbc' || '', t = 'acb'" },
    { "trim(both 'x' from t) = 'a'", "t = 'xax'", "t = 'xbx'" },
    { "left(t, 2) = 'ab'", "t = 'abc'", "t = 'bab'" },
    { "right(t, 2) = 'bc'", "t = 'abc'", "t = 'abd'" },
    { "concat(t, 'x') = 'x'", "t = NULL", "t = 'a'" },
    { "greatest(a, 3) = 3", "a = NULL", "a = 4" },
    { "extract(year from at) = 2024", "at = '2024-05-01 00:00:00'",
      "at = '2023-05-01 00:00:00'" },
    { "at > '2024-01-01'", "at = '2024-01-01 00:00:01'", "at = '2024-01-01 00:00:00'" },
    { "at < d + INTERVAL '1 day'", "at = '2024-01-01 23:59:59', d = '2024-01-01'",
      "at = '2024-01-02 00:00:00', d = '2024-01-01'" },
    { "at::date = d", "at = '2024-01-01 10:00:00', d = '2024-01-01'",
      "at = '2024-01-02 10:00:00', d = '2024-01-01'" },
    { "d = DATE '2024-01-01'", "d = '2024-01-01'", "d = '2024-01-02'" },
    { "a % 2 = 0 AND a / 2 > 1", "a = 4", "a = 2" },
    { "t || (a + 1) = 'x3'", "t = 'x', a = 2", "t = 'x', a = 3" },
    { "a IS DISTINCT FROM 1", "a = NULL", "a = 1" },
};

static void
expressions_keep_their_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(expressions); i++) {
        const struct expression *e = &expressions[i];
        sqlite3 *db = open_database();
        const char *sql =
            slice_z(&s.arena,
                    slice_format(
                        &s.arena,
                        "CREATE TABLE x (id integer PRIMARY KEY, a integer, t text, n "
                        "numeric(10,2), m numeric(10,3), b boolean, at timestamp, d date,"
                        " CONSTRAINT probe CHECK (%s));",
                        e->check));

        assert_fixed_point(sql);
        create(db, lower_text(sql));
        run(db, SLICE("INSERT INTO x (id) SELECT 1 WHERE 0; PRAGMA "
                      "ignore_check_constraints = ON; INSERT INTO x (id) VALUES (1); "
                      "PRAGMA ignore_check_constraints = OFF"));
        if (!accepts(db, slice_format(&s.arena, "UPDATE x SET %s", e->passes)))
            fail_msg("%s refuses %s: %s", e->check, e->passes,
                     ask(db, SLICE("SELECT sql FROM sqlite_schema")));
        if (accepts(db, slice_format(&s.arena, "UPDATE x SET %s", e->fails)))
            fail_msg("%s accepts %s: %s", e->check, e->fails,
                     ask(db, SLICE("SELECT sql FROM sqlite_schema")));
        sqlite3_close(db);
    }
}

static void
assert_refused(const char *sql, const char *words)
{
    struct catalog *out;
    struct slice message;

    assert_false(dialect_sqlite.lower(&s, resolve_text(slice_from(sql)), &out));
    message = s.diags.all.items[s.diags.all.count - 1]->message;
    VEC_EACH (i, &s.diags.all)
        if (s.diags.all.items[i]->code == D_LOWER_IMPOSSIBLE)
            message = s.diags.all.items[i]->message;
    if (strstr(slice_z(&s.arena, message), words) == NULL)
        fail_msg("\"%.*s\" does not say \"%s\"", SLICE_ARG(message), words);
    session_free(&s);
    session_init(&s);
}

#define DECIMALS                                                                         \
    "CREATE TABLE t (id integer PRIMARY KEY, n numeric(10,2), m numeric(10,2), r real, " \
    "t text, big numeric(30,2) "

static void
wrong_numbers_are_refused(void **state)
{
    (void)state;
    assert_refused(DECIMALS ", CHECK (n * m > 1));", "overflow");
    assert_refused(DECIMALS ", CHECK (n / 2 > 1));", "divided");
    assert_refused(DECIMALS ", CHECK (n > r));", "neither a decimal");
    assert_refused(DECIMALS ", CHECK (n > 1.234));", "more than 2 digits");
    assert_refused(DECIMALS ", CHECK (round(n) > 1));", "round()");
    assert_refused(DECIMALS ", CHECK (t || n = 'x'));", "operator");
    assert_refused(DECIMALS ", CHECK (n::text = 'x'));", "cast");
    assert_refused(DECIMALS ", CHECK (big + 1 > 2));", "text");
    assert_refused(DECIMALS ", g numeric(10,1) GENERATED ALWAYS AS (n) STORED);",
                   "rounding");
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY, n numeric(10,2) DEFAULT "
                   "1.234);",
                   "more than 2 digits");
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY, n numeric(10,2)) STRICT;",
                   "STRICT");
}

static void
what_sqlite_lacks_is_refused(void **state)
{
    (void)state;
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY, n integer GENERATED BY "
                   "DEFAULT AS IDENTITY);",
                   "INTEGER PRIMARY KEY");
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY, n text DEFAULT md5('x'));",
                   "md5");
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE \"T\" (id "
                   "integer PRIMARY KEY);",
                   "without case");
    assert_refused("CREATE TABLE sqlite_x (id integer PRIMARY KEY);", "reserved");
}

static void
checks_without_words_are_left_out_with_a_note(void **state)
{
    struct catalog *c =
        lower_text("CREATE TABLE t (id integer PRIMARY KEY, e text CHECK (e ~ "
                   "'^[a-z]+@[a-z]+\\.[a-z]{2,}$'), at timestamp CHECK (at < now()));");

    (void)state;
    assert_null(table_find_constraint(c->tables.items[0], SLICE("t_e_check")));
    assert_null(table_find_constraint(c->tables.items[0], SLICE("t_at_check")));
    assert_int_equal(s.diags.all.count, 2);
}

/* ---- rows ---- */

static void
initial_rows_come_once(void **state)
{
    const char *sql =
        "CREATE TABLE rates (id integer PRIMARY KEY, kind text NOT NULL "
        "UNIQUE, rate numeric(10,2) NOT NULL, on_ boolean, since timestamp);"
        "INSERT INTO rates (kind, rate, on_, since) VALUES ('car', 2.5, true,"
        " '2024-01-01'), ('it''s', 10, NULL, '2024-01-01T10:00+02:00');";
    sqlite3 *db = open_database();
    struct catalog *c = lower_text(sql);

    (void)state;
    create(db, c);
    for (size_t i = 0; i < 2; i++)
        run(db, dialect_sqlite.insert_row(&s, c->initial_rows.items[0], i));
    assert_string_equal(ask(db, SLICE("SELECT kind, rate, on_, since FROM rates")),
                        "car|250|1|2024-01-01 00:00:00;"
                        "it's|1000|NULL|2024-01-01 10:00:00");
    sqlite3_close(db);
}

/* ---- alter ---- */

struct alter_case {
    const char *name;
    const char *from;
    const char *to;
    const char *rows;   /* SQL on the old database */
    const char *query;  /* asked afterwards */
    const char *answer; /* NULL: a precondition refuses */
    bool rebuilds;
};

static bool
violates(sqlite3 *db, const struct plan *plan)
{
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        VEC_EACH (j, &a->preconditions)
            if (ask(db, a->preconditions.items[j])[0] != '\0')
                return true;
    }
    return false;
}

static void
run_plan(sqlite3 *db, const struct plan *plan)
{
    run(db, SLICE("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE"));
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        VEC_EACH (j, &a->sql)
            run(db, a->sql.items[j]);
        if (!slice_is_none(a->postcondition)
            && strcmp(ask(db, a->postcondition), "1") != 0)
            fail_msg("%.*s: not true afterwards: %.*s", SLICE_ARG(a->title),
                     SLICE_ARG(a->postcondition));
    }
    assert_string_equal(ask(db, SLICE("PRAGMA foreign_key_check")), "");
    run(db, SLICE("COMMIT; PRAGMA foreign_keys = ON"));
    assert_string_equal(ask(db, SLICE("PRAGMA integrity_check")), "ok");
}

static bool
plan_rebuilds(const struct plan *plan)
{
    VEC_EACH (i, &plan->steps)
        if (slice_starts(plan->steps.items[i].action->title, "rebuild"))
            return true;
    return false;
}

static void
print_plan(const struct plan *plan)
{
    VEC_EACH (i, &plan->steps) {
        const struct action *a = plan->steps.items[i].action;

        print_message("  -- %.*s\n", SLICE_ARG(plan->steps.items[i].name));
        VEC_EACH (j, &a->sql)
            print_message("  %.*s;\n", SLICE_ARG(a->sql.items[j]));
    }
}

/* The outside reader's verdict on two databases; true where it is not there. */
static bool
outside_reader_agrees(sqlite3 *a, sqlite3 *b)
{
    char name_a[] = "/tmp/schemac-unit-a-XXXXXX";
    char name_b[] = "/tmp/schemac-unit-b-XXXXXX";
    struct slice command;
    int status;

    if (access(ORACLE, R_OK) != 0)
        return true;
    close(mkstemp(name_a));
    close(mkstemp(name_b));
    run(a, slice_format(&s.arena, "VACUUM INTO '%s.db'", name_a));
    run(b, slice_format(&s.arena, "VACUUM INTO '%s.db'", name_b));
    command = slice_format(&s.arena, "python3 " ORACLE " -v %s.db %s.db >%s", name_a,
                           name_b, name_a);
    status = system(slice_z(&s.arena, command));
    if (status != 0 && WEXITSTATUS(status) != 10)
        (void)system(slice_z(&s.arena, slice_format(&s.arena, "cat %s", name_a)));
    (void)system(slice_z(&s.arena, slice_format(&s.arena, "rm -f %s %s.db %s %s.db",
                                                name_a, name_a, name_b, name_b)));
    return status == 0 || WEXITSTATUS(status) == 10;
}

static struct plan *
plan_between(const char *from, const char *to)
{
    struct plan_request request = { .dialect = &dialect_sqlite,
                                    .from = lower_text(from),
                                    .to = lower_text(to) };
    struct plan *plan;

    if (!plan_make(&s, &request, &plan)) {
        print_diagnostics(DIAG_WARNING);
        fail_msg("no plan");
    }
    return plan;
}

static void
try_alter(const struct alter_case *c)
{
    sqlite3 *db = open_database();
    sqlite3 *fresh = open_database();
    struct plan *plan = plan_between(c->from, c->to);
    const char *answer;

    create(db, lower_text(c->from));
    run(db, SLICE("PRAGMA foreign_keys = ON"));
    run(db, slice_from(c->rows));
    if (getenv("SHOW_PLANS") != NULL) {
        print_message("%s\n", c->name);
        print_plan(plan);
    }
    if (violates(db, plan) != (c->answer == NULL))
        fail_msg("%s: %s", c->name,
                 c->answer == NULL ? "no precondition refuses" : "refused");
    if (c->answer != NULL) {
        run_plan(db, plan);
        answer = ask(db, slice_from(c->query));
        if (strcmp(answer, c->answer) != 0)
            fail_msg("%s: %s instead of %s", c->name, answer, c->answer);
        assert_no_changes(resolve_text(describe(db)), lower_text(c->to));
        create(fresh, lower_text(c->to));
        if (!outside_reader_agrees(db, fresh))
            fail_msg("%s: the outside reader sees a difference", c->name);
    }
    if (plan_rebuilds(plan) != c->rebuilds)
        fail_msg("%s: %s", c->name, c->rebuilds ? "no rebuild" : "an idle rebuild");
    sqlite3_close(db);
    sqlite3_close(fresh);
}

#define T "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer"
#define T_ROWS "INSERT INTO t (a, b) VALUES ('x', 1), ('y', NULL), ('z', 3);"
#define CHILD                                                                            \
    "CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES t (id) ON "     \
    "DELETE CASCADE);"
#define CHILD_ROWS "INSERT INTO child (t_id) VALUES (1), (2);"

static const struct alter_case alter_cases[] = {
    { "add nullable column", T ");", T ", c text);", T_ROWS, "SELECT id, c FROM t",
      "1|NULL;2|NULL;3|NULL", false },
    { "add typed column with default", T ");",
      T ", c boolean NOT NULL DEFAULT false, d numeric(10,2) DEFAULT 1.5);", T_ROWS,
      "SELECT c, d FROM t WHERE id = 1", "0|150", false },
    { "add column with REFERENCES", T ");" CHILD,
      T ", c_id integer REFERENCES child (id));" CHILD, T_ROWS CHILD_ROWS,
      "SELECT count(*) FROM child", "2", false },
    { "add column with a default that is not constant", T ");" CHILD,
      T ", at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);" CHILD, T_ROWS CHILD_ROWS,
      "SELECT count(*), min(at) > '2020' FROM t", "3|1", true },
    { "add unique column", T ");", T ", c text UNIQUE);", T_ROWS,
      "SELECT id, c FROM t WHERE id = 3", "3|NULL", true },
    { "add NOT NULL column without a default", T ");", T ", c text NOT NULL);", T_ROWS,
      "", NULL, true },
    { "add NOT NULL column to an empty table", T ");", T ", c text NOT NULL);", "",
      "SELECT count(*) FROM t", "0", true },
    { "add stored generated column", T ");",
      T ", c integer GENERATED ALWAYS AS (b * 2) STORED);", T_ROWS,
      "SELECT c FROM t WHERE id = 3", "6", true },
    { "add column from others", T ");",
      T ", c text NOT NULL -- @from CASE WHEN a LIKE 'X%' THEN 'big' ELSE 'small' END\n"
        ");",
      "INSERT INTO t (a) VALUES ('Xa'), ('xa');", "SELECT c FROM t ORDER BY id",
      "big;small", true },
    { "add nullable column from others", T ");", T ", c integer -- @from b * 10\n);",
      T_ROWS, "SELECT c FROM t WHERE id = 3", "30", false },
    { "drop column", T ", c boolean);", T ");", T_ROWS, "SELECT count(*) FROM t", "3",
      false },
    { "drop column in a key", T ", c text UNIQUE);", T ");", T_ROWS,
      "SELECT count(*) FROM t", "3", true },
    { "drop column in a check", T ", c integer, CHECK (c > b));", T ");", T_ROWS,
      "SELECT count(*) FROM t", "3", true },
    { "drop column in an index",
      T ", c integer); CREATE INDEX i ON t (c); CREATE INDEX j ON t (a) WHERE c > 1;",
      T ");", T_ROWS, "SELECT count(*) FROM sqlite_schema WHERE type = 'index'", "0",
      false },
    { "drop column that a view and a trigger name",
      T
      ", c text); CREATE VIEW v AS SELECT id, a, c FROM t; CREATE VIEW w AS SELECT c "
      "FROM v; CREATE TABLE l (x text); CREATE TRIGGER g AFTER UPDATE ON t BEGIN INSERT "
      "INTO l VALUES (new.c); END;",
      T "); CREATE VIEW v AS SELECT id, a FROM t; CREATE TABLE l (x text);", T_ROWS,
      "SELECT count(*) FROM v", "3", false },
    { "rename column", T "); CREATE VIEW v AS SELECT a FROM t;",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a2 text, -- @was a\n"
      "b integer); CREATE VIEW v AS SELECT a2 AS a FROM t;",
      T_ROWS, "SELECT a FROM v WHERE a = 'x'", "x", false },
    { "rename typed column", T ", c boolean); CREATE INDEX i ON t (c) WHERE c;",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer, d "
      "boolean "
      "-- @was c\n); CREATE INDEX i ON t (d) WHERE d;",
      "INSERT INTO t (c) VALUES (1);", "SELECT d FROM t", "1", true },
    { "rename table", T ");" CHILD,
      "-- @was t\nCREATE TABLE u (id integer PRIMARY KEY AUTOINCREMENT, a text, b text);"
      "CREATE TABLE child (id integer PRIMARY KEY, t_id integer REFERENCES u (id) ON "
      "DELETE CASCADE);",
      T_ROWS CHILD_ROWS, "SELECT group_concat(b), (SELECT count(*) FROM child) FROM u",
      "1,3|2", true },
    { "swap columns", "CREATE TABLE t (id integer PRIMARY KEY, a text, b text);",
      "CREATE TABLE t (id integer PRIMARY KEY, a2 text, -- @was a\n"
      "b2 text -- @was b\n);",
      "INSERT INTO t (a, b) VALUES ('a', 'b');", "SELECT a2, b2 FROM t", "a|b", false },
    { "rebuild keeps children, counter, triggers and views",
      T
      ");" CHILD "CREATE TABLE log (what text); CREATE TRIGGER logs AFTER INSERT ON t "
      "BEGIN INSERT INTO log VALUES ('t'); END; CREATE TRIGGER other AFTER INSERT ON log "
      "BEGIN UPDATE t SET a = a WHERE id = 0; END; CREATE VIEW v AS SELECT count(*) AS "
      "n FROM t; CREATE VIEW w AS SELECT n FROM v; CREATE INDEX i ON t (lower(a)) WHERE "
      "b > 1;",
      T
      ", CHECK (b < 100));" CHILD
      "CREATE TABLE log (what text); CREATE TRIGGER logs AFTER INSERT ON t "
      "BEGIN INSERT INTO log VALUES ('t'); END; CREATE TRIGGER other AFTER INSERT ON log "
      "BEGIN UPDATE t SET a = a WHERE id = 0; END; CREATE VIEW v AS SELECT count(*) AS "
      "n FROM t; CREATE VIEW w AS SELECT n FROM v; CREATE INDEX i ON t (lower(a)) WHERE "
      "b > 1;",
      T_ROWS CHILD_ROWS "INSERT INTO t (id) VALUES (41); DELETE FROM t WHERE id = 41;",
      "SELECT (SELECT count(*) FROM child), (SELECT count(*) FROM log), (SELECT n FROM "
      "w), (SELECT seq FROM sqlite_sequence WHERE name = 't')",
      "2|4|3|41", true },
    { "rebuild keeps the counter of an empty table", T ");", T ", CHECK (b < 100));",
      T_ROWS "DELETE FROM t;", "SELECT seq FROM sqlite_sequence WHERE name = 't'", "3",
      true },
    { "rebuild keeps rowids", "CREATE TABLE t (a text, rowid text, b integer);",
      "CREATE TABLE t (a text NOT NULL, rowid text, b integer);",
      "INSERT INTO t (_rowid_, a) VALUES (10, 'x'), (20, 'y');",
      "SELECT _rowid_, a FROM t", "10|x;20|y", true },
    { "rowid becomes a key", "CREATE TABLE t (a text);",
      "CREATE TABLE t (id integer PRIMARY KEY, a text);",
      "INSERT INTO t (rowid, a) VALUES (10, 'x'), (20, 'y');", "SELECT id, a FROM t",
      "10|x;20|y", true },
    { "self reference",
      "CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id) ON DELETE "
      "CASCADE);",
      "CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id) ON DELETE "
      "CASCADE, a text UNIQUE);",
      "INSERT INTO t VALUES (1, NULL), (2, 1);", "SELECT id, up FROM t WHERE up = 1",
      "2|1", true },
    { "to WITHOUT ROWID", "CREATE TABLE t (a text PRIMARY KEY, b integer);",
      "CREATE TABLE t (a text PRIMARY KEY, b integer) WITHOUT ROWID;",
      "INSERT INTO t VALUES ('x', 1);", "SELECT a, b FROM t", "x|1", true },
    { "to STRICT", "CREATE TABLE t (a text PRIMARY KEY, b varchar(3));",
      "CREATE TABLE t (a text PRIMARY KEY, b varchar(3)) STRICT;",
      "INSERT INTO t VALUES ('x', 'abc');", "SELECT a, b FROM t", "x|abc", true },
    { "collation", "CREATE TABLE t (a text UNIQUE);",
      "CREATE TABLE t (a text COLLATE nocase UNIQUE);",
      "INSERT INTO t VALUES ('x'), "
      "('y');",
      "SELECT a FROM t WHERE a = 'X'", "x", true },
    { "collation that makes duplicates", "CREATE TABLE t (a text);",
      "CREATE TABLE t (a text COLLATE nocase UNIQUE);",
      "INSERT INTO t VALUES ('x'), "
      "('X');",
      "", NULL, true },
    { "generated columns are left out of the copy",
      "CREATE TABLE t (a integer, g integer GENERATED ALWAYS AS (a * 2) STORED, h "
      "integer "
      "GENERATED ALWAYS AS (a * 3) VIRTUAL);",
      "CREATE TABLE t (a integer NOT NULL, g integer GENERATED ALWAYS AS (a * 2) STORED, "
      "h integer GENERATED ALWAYS AS (a * 3) VIRTUAL);",
      "INSERT INTO t (a) VALUES (5);", "SELECT a, g, h FROM t", "5|10|15", true },
    { "NOT NULL with NULLs", T ");",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer NOT "
      "NULL);",
      T_ROWS, "", NULL, true },
    { "NOT NULL from", T ");",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer NOT NULL "
      "-- @from coalesce(b, 0)\n);",
      T_ROWS, "SELECT b FROM t", "1;0;3", true },
    { "NOT NULL goes",
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text, b integer NOT "
      "NULL);",
      T ");", "INSERT INTO t (b) VALUES (7);", "SELECT b FROM t", "7", true },
    { "CHECK that rows break", T ");", T ", CHECK (b < 3));", T_ROWS, "", NULL, true },
    { "UNIQUE with duplicates", T ");", T ", UNIQUE (a, b));",
      T_ROWS "INSERT INTO t (a, b) VALUES ('x', 1);", "", NULL, true },
    { "UNIQUE with NULLs", T ");", T ", UNIQUE (a, b));",
      T_ROWS "INSERT INTO t (a, b) VALUES ('y', NULL);", "SELECT count(*) FROM t", "4",
      true },
    { "unique index with duplicates", T ");",
      T "); CREATE UNIQUE INDEX i ON t (lower(a));",
      T_ROWS "INSERT INTO t (a) VALUES ('X');", "", NULL, false },
    { "foreign key with orphans",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer);",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer REFERENCES "
      "p "
      "(id));",
      "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (NULL), (9);", "", NULL,
      true },
    { "foreign key without orphans",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer);",
      "CREATE TABLE p (id integer PRIMARY KEY); CREATE TABLE c (p_id integer REFERENCES "
      "p "
      "(id));",
      "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1), (NULL);",
      "SELECT count(*) FROM c", "2", true },
    { "text to integer", "CREATE TABLE t (a text);", "CREATE TABLE t (a integer);",
      "INSERT INTO t VALUES ('12'), ('-5'), (NULL);", "SELECT a, typeof(a) FROM t",
      "12|integer;-5|integer;NULL|null", true },
    { "text that is no integer", "CREATE TABLE t (a text);",
      "CREATE TABLE t (a integer);", "INSERT INTO t VALUES ('007');", "", NULL, true },
    { "text to decimal", "CREATE TABLE t (a text);", "CREATE TABLE t (a numeric(10,2));",
      "INSERT INTO t VALUES ('12.3'), ('-0.50'), ('7'), (NULL);", "SELECT a FROM t",
      "1230;-50;700;NULL", true },
    { "text that is no decimal", "CREATE TABLE t (a text);",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES ('1.234');", "", NULL,
      true },
    { "decimal to text", "CREATE TABLE t (a numeric(10,2));", "CREATE TABLE t (a text);",
      "INSERT INTO t VALUES (1230), (-5), (0);", "SELECT a FROM t", "12.30;-0.05;0.00",
      true },
    { "decimal to finer decimal", "CREATE TABLE t (a numeric(10,2));",
      "CREATE TABLE t (a numeric(12,4));", "INSERT INTO t VALUES (1230);",
      "SELECT a FROM t", "123000", true },
    { "decimal to coarser decimal", "CREATE TABLE t (a numeric(10,2));",
      "CREATE TABLE t (a numeric(10,1));", "INSERT INTO t VALUES (1230);",
      "SELECT a FROM t", "123", true },
    { "decimal that would be rounded", "CREATE TABLE t (a numeric(10,2));",
      "CREATE TABLE t (a numeric(10,1));", "INSERT INTO t VALUES (1235);", "", NULL,
      true },
    { "integer to decimal", "CREATE TABLE t (a integer);",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES (7);", "SELECT a FROM t",
      "700", true },
    { "real to decimal", "CREATE TABLE t (a double precision);",
      "CREATE TABLE t (a numeric(10,2));", "INSERT INTO t VALUES (12.3), (1.1), (-0.29);",
      "SELECT a FROM t", "1230;110;-29", true },
    { "boolean to text and back", "CREATE TABLE t (a boolean, b text);",
      "CREATE TABLE t (a text, b boolean);", "INSERT INTO t VALUES (1, 'no');",
      "SELECT a, b FROM t", "true|0", true },
    { "date to timestamp", "CREATE TABLE t (a date);", "CREATE TABLE t (a timestamp);",
      "INSERT INTO t VALUES ('2024-01-02');", "SELECT a FROM t", "2024-01-02 00:00:00",
      true },
    { "timestamp to date loses the time", "CREATE TABLE t (a timestamp);",
      "CREATE TABLE t (a date);", "INSERT INTO t VALUES ('2024-01-02 10:00:00');", "",
      NULL, true },
    { "shorter varchar", "CREATE TABLE t (a varchar(5));",
      "CREATE TABLE t (a varchar(3));", "INSERT INTO t VALUES ('abcd');", "", NULL,
      true },
    { "enum gains a value",
      "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);",
      "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (v e NOT NULL);",
      "INSERT INTO t VALUES ('a');", "SELECT v FROM t", "a", true },
    { "enum loses a value that rows have",
      "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);",
      "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (v e NOT NULL);",
      "INSERT INTO t VALUES ('b');", "", NULL, true },
    { "enum loses a value that is mapped",
      "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (v e NOT NULL);",
      "-- @map 'b' = 'a'\nCREATE TYPE e AS ENUM ('a', 'c'); CREATE TABLE t (v e NOT "
      "NULL);",
      "INSERT INTO t VALUES ('b');", "SELECT v FROM t", "a", true },
    { "tables come and go",
      "CREATE TABLE old (id integer PRIMARY KEY); CREATE TABLE c (o integer REFERENCES "
      "old (id));",
      "CREATE TABLE new (id integer PRIMARY KEY); CREATE TABLE c (o integer);"
      "CREATE TABLE first (n integer REFERENCES new (id));",
      "INSERT INTO old VALUES (1); INSERT INTO c VALUES (1);", "SELECT o FROM c", "1",
      true },
    { "initial rows of a rebuilt table", "CREATE TABLE t (k text PRIMARY KEY);",
      "CREATE TABLE t (k text PRIMARY KEY, n integer NOT NULL UNIQUE DEFAULT (1 + 1));"
      "INSERT INTO t VALUES ('a', 5), ('b', 6);",
      "INSERT INTO t VALUES ('z');", "SELECT k, n FROM t ORDER BY k", "a|5;b|6;z|2",
      true },
    { "quoted names",
      "CREATE TABLE \"a b\" (\"select\" integer PRIMARY KEY, \"x\"\"y\" text, \"It's\" "
      "boolean); CREATE INDEX \"my index\" ON \"a b\" (\"x\"\"y\");",
      "CREATE TABLE \"a b\" (\"select\" integer PRIMARY KEY, \"x\"\"y\" text NOT NULL, "
      "\"It's\" boolean, \"new\" text); CREATE INDEX \"my index\" ON \"a b\" "
      "(\"x\"\"y\");",
      "INSERT INTO \"a b\" VALUES (1, 'v', 1);",
      "SELECT \"x\"\"y\", \"It's\" FROM \"a b\"", "v|1", true },
    { "touch comes in place", T ", at timestamp);", T ", at timestamp -- @touch\n);",
      T_ROWS, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", "1", false },
    { "index changes in place", T "); CREATE INDEX i ON t (a); CREATE INDEX k ON t (b);",
      T "); CREATE INDEX i ON t (a DESC); -- @was k\nCREATE INDEX l ON t (b);", T_ROWS,
      "SELECT count(*) FROM sqlite_schema WHERE type = 'index'", "2", false },
};

static void
changed_databases_equal_new_ones(void **state)
{
    (void)state;
    if (access(ORACLE, R_OK) != 0)
        print_message("SKIPPED: there is no %s to compare with\n", ORACLE);
    for (size_t i = 0; i < ARRAY_LEN(alter_cases); i++) {
        const char *only = getenv("ONLY_CASE");

        if (only != NULL && strstr(alter_cases[i].name, only) == NULL)
            continue;
        try_alter(&alter_cases[i]);
        session_free(&s);
        session_init(&s);
    }
}

/* ---- with a data step ---- */

static void
data_step_sees_both_shapes(void **state)
{
    const char *from = T ", CONSTRAINT known CHECK (a IN ('x', 'y', 'z')));" CHILD;
    const char *to =
        T ", c text NOT NULL, CONSTRAINT known CHECK (a IN ('new', 'y', 'z')));" CHILD
          "-- @migrate\nUPDATE t SET a = 'new', c = 'old ' || a WHERE a = 'x';\n"
          "UPDATE t SET c = 'same' WHERE c IS NULL;\n-- @end\n";
    sqlite3 *db = open_database();
    struct plan *plan = plan_between(from, to);

    (void)state;
    create(db, lower_text(from));
    run(db, SLICE(T_ROWS CHILD_ROWS));
    assert_false(violates(db, plan));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT a, c FROM t")), "new|old x;y|same;z|same");
    assert_string_equal(ask(db, SLICE("SELECT count(*) FROM child")), "2");
    assert_no_changes(resolve_text(describe(db)), lower_text(to));
    sqlite3_close(db);
}

static void
way_back_uses_back(void **state)
{
    const char *old = "CREATE TABLE t (id integer PRIMARY KEY, price text);";
    const char *new = "CREATE TABLE t (id integer PRIMARY KEY,\n"
                      "-- @from CASE WHEN price = 'free' THEN 0 ELSE 1.5 END\n"
                      "-- @back CASE WHEN price = 0 THEN 'free' ELSE 'paid' END\n"
                      "price numeric(10,2) NOT NULL);";
    struct plan_request request = { .dialect = &dialect_sqlite };
    sqlite3 *db = open_database();
    struct plan *plan = plan_between(old, new);

    (void)state;
    create(db, lower_text(old));
    run(db, SLICE("INSERT INTO t (price) VALUES ('free'), ('2')"));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT price FROM t")), "0;150");
    request.from = lower_text(new);
    request.to = lower_text(old);
    request.direction = PLAN_DOWN;
    assert_true(plan_make(&s, &request, &plan));
    run_plan(db, plan);
    assert_string_equal(ask(db, SLICE("SELECT price FROM t")), "free;paid");
    sqlite3_close(db);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_type_is_read_back, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(every_constraint_is_read_back, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(rules_become_triggers, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(names_need_quotes, open_session, close_session),
        cmocka_unit_test_setup_teardown(exclusions_and_nulls_are_kept, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(types_accept_and_refuse, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(strict_types_accept_and_refuse, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(expressions_keep_their_meaning, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(wrong_numbers_are_refused, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(what_sqlite_lacks_is_refused, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(checks_without_words_are_left_out_with_a_note,
                                        open_session, close_session),
        cmocka_unit_test_setup_teardown(initial_rows_come_once, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(changed_databases_equal_new_ones, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(data_step_sees_both_shapes, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(way_back_uses_back, open_session, close_session),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
