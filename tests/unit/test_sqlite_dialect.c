/*
 * The SQLite dialect against SQLite itself: what is lowered and created is read back
 * equal, each type accepts and refuses what it should, expressions keep their meaning.
 */
#include "lite.h"

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
    { "char(3)", "'ab'", "ab" },
    { "char(3)", "'abc  '", "abc  " },
    { "char(3)", "'abcd'", NULL },
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

/* With --strict, where it is not refused anyhow. */
static void
assert_refused(const char *sql, const char *words)
{
    struct catalog *out;
    bool said = false;

    s.diags.strict = true;
    assert_false(dialect_sqlite.lower(&s, resolve_text(slice_from(sql)), &out));
    VEC_EACH (i, &s.diags.all)
        if (s.diags.all.items[i]->code == D_LOWER_IMPOSSIBLE
            || s.diags.all.items[i]->code == D_LOWER_STRICT)
            said = said
                   || strstr(slice_z(&s.arena, s.diags.all.items[i]->message), words)
                          != NULL;
    if (!said)
        fail_msg("\"%s\" is not refused with \"%s\"", sql, words);
    session_free(&s);
    session_init(&s);
}

#define DECIMALS                                                                         \
    "CREATE TABLE t (id integer PRIMARY KEY, n numeric(10,2), m numeric(10,2), r real, " \
    "t text, big numeric(30,2) "

/* Each view counts the rows that its condition lets through: what it should be. */
static void
views_over_decimals_count_right(void **state)
{
    static const struct {
        const char *view;
        const char *count;
    } views[] = {
        { "SELECT * FROM totals WHERE total > 100", "1" },
        { "SELECT t.who FROM totals AS t JOIN pay AS p ON p.amount * 2 = t.total + 0.0",
          "2" },
        { "SELECT s FROM (SELECT sum(amount) AS s FROM pay) AS x WHERE x.s >= 160.1",
          "1" },
        { "WITH c (w, t) AS (SELECT who, sum(amount) FROM pay GROUP BY who) SELECT w "
          "FROM "
          "c WHERE t BETWEEN 60 AND 60.10",
          "1" },
        { "SELECT who FROM pay AS p WHERE amount < (SELECT max(total) FROM totals) / 3",
          NULL },
        { "SELECT who FROM pay AS p WHERE amount > 50 AND EXISTS (SELECT 1 FROM totals "
          "AS "
          "t WHERE t.who = p.who AND t.total = 100)",
          "0" },
        { "SELECT DISTINCT who FROM app.paid WHERE since > '2024-01-01T01:00+01:00'",
          "1" },
    };
    const char *base =
        "CREATE SCHEMA app; CREATE TABLE pay (who text, amount numeric(10,2));"
        "CREATE TABLE app.paid (who text, since timestamptz);"
        "CREATE VIEW totals AS SELECT who, sum(amount) AS total FROM pay GROUP BY who;";

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        struct slice sql =
            slice_format(&s.arena, "%s CREATE VIEW probe AS %s;", base, views[i].view);
        sqlite3 *db = open_database();

        if (views[i].count == NULL) {
            assert_refused(slice_z(&s.arena, sql), "divided");
            sqlite3_close(db);
            continue;
        }
        assert_fixed_point(slice_z(&s.arena, sql));
        create(db, lower_text(slice_z(&s.arena, sql)));
        run(db, SLICE("INSERT INTO pay VALUES ('a', 5005), ('a', 5005), ('b', 6000); "
                      "INSERT INTO app__paid VALUES ('a', '2024-01-01 00:00:00'), ('a', "
                      "'2024-01-01 00:00:00.5')"));
        assert_string_equal(ask(db, SLICE("SELECT count(*) FROM probe")), views[i].count);
        sqlite3_close(db);
    }
}

static void
wrong_numbers_are_refused(void **state)
{
    (void)state;
    assert_refused(DECIMALS ", CHECK (n * m > 1));", "overflow");
    assert_refused(DECIMALS ", CHECK (n / 2 > 1));", "divided");
    assert_refused(DECIMALS ", CHECK (n > r));", "neither a decimal");
    assert_refused(DECIMALS ", CHECK (n > 1.234));", "more than 2 digits");
    assert_refused(DECIMALS ", CHECK (round(n, id) > 1));", "how many digits");
    assert_refused(DECIMALS ", CHECK (length(n) > 1));", "length()");
    assert_refused(DECIMALS ", CHECK (t || n = 'x'));", "operator");
    assert_refused(DECIMALS ", CHECK ((n / 10)::text = 'x'));", "quotient");
    assert_refused(DECIMALS ", CHECK (n::jsonb = '1'));", "cast");
    assert_refused(DECIMALS ", CHECK (big + 1 > 2));", "text");
    assert_refused(DECIMALS ", g numeric(10,1) GENERATED ALWAYS AS (n) STORED);",
                   "say how");
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
    assert_refused("CREATE SEQUENCE q; CREATE TABLE t (id integer PRIMARY KEY, n numeric "
                   "DEFAULT nextval('q'));",
                   "whole numbers only");
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY, n text DEFAULT md5('x'));",
                   "md5");
    assert_refused("CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE \"T\" (id "
                   "integer PRIMARY KEY);",
                   "without case");
    assert_refused("CREATE TABLE sqlite_x (id integer PRIMARY KEY);", "reserved");
}

static void
checks_without_words_are_left_out_with_a_warning(void **state)
{
    struct catalog *c =
        lower_text("CREATE TABLE t (id integer PRIMARY KEY, e text CHECK (e ~ "
                   "'^[a-z]+@[a-z]+\\.[a-z]{2,}$'), at timestamp CHECK (at < now()));");

    (void)state;
    assert_null(table_find_constraint(c->tables.items[0], SLICE("t_e_check")));
    assert_null(table_find_constraint(c->tables.items[0], SLICE("t_at_check")));
    assert_int_equal(s.diags.all.count, 1);
    assert_int_equal(c->definitions.count, 2); /* triggers: what is asked of the clock */
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
        cmocka_unit_test_setup_teardown(views_over_decimals_count_right, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(wrong_numbers_are_refused, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(what_sqlite_lacks_is_refused, open_session,
                                        close_session),
        cmocka_unit_test_setup_teardown(checks_without_words_are_left_out_with_a_warning,
                                        open_session, close_session),
        cmocka_unit_test_setup_teardown(initial_rows_come_once, open_session,
                                        close_session),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
