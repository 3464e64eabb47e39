/*
 * Each mistake is one diagnostic: its code, the words that it points at, its hint.
 */
#include "resolving.h"

struct mistake {
    const char *sql;
    enum diag_code code;
    const char *at;   /* the text of the span */
    const char *hint; /* a part of the hint; NULL: there is none */
};

#define SUGGEST(name) "did you mean \"" name "\"?"

static const struct mistake mistakes[] = {
    /* The same object twice. */
    { T "CREATE TABLE T (a integer)", D_DUPLICATE_OBJECT, "T", NULL },
    { T "CREATE VIEW t AS SELECT 1 AS a", D_DUPLICATE_OBJECT, "t", NULL },
    { T "CREATE INDEX i ON t (id); CREATE INDEX i ON t (name)", D_DUPLICATE_OBJECT, "i",
      NULL },
    { T "CREATE INDEX t ON t (id)", D_DUPLICATE_OBJECT, "t", NULL },
    { "CREATE TABLE t (a integer, A text)", D_DUPLICATE_COLUMN, "A", NULL },
    { "CREATE TABLE t (a integer CONSTRAINT c CHECK (a > 0), CONSTRAINT c UNIQUE (a))",
      D_DUPLICATE_OBJECT, "CONSTRAINT c UNIQUE (a)", NULL },
    { COLOR "CREATE TYPE color AS ENUM ('x')", D_DUPLICATE_OBJECT, "color", NULL },
    { "CREATE TYPE e AS ENUM ('a', 'b', 'a')", D_BAD_ENUM, "'a'", NULL },

    /* Names that lead nowhere. */
    { T "CREATE INDEX i ON tt (id)", D_NO_SUCH_TABLE, "tt", SUGGEST("t") },
    { "CREATE TABLE vehicles (id integer PRIMARY KEY);"
      "CREATE TABLE p (v integer REFERENCES vehicle (id))",
      D_NO_SUCH_TABLE, "vehicle", SUGGEST("vehicles") },
    { T "CREATE INDEX i ON t (nam)", D_NO_SUCH_COLUMN, "nam", SUGGEST("name") },
    { T "CREATE INDEX i ON t (lower(nam))", D_NO_SUCH_COLUMN, "nam", SUGGEST("name") },
    { T "CREATE INDEX i ON t (id) INCLUDE (nam)", D_NO_SUCH_COLUMN, "nam",
      SUGGEST("name") },
    { T "CREATE INDEX i ON t (id) WHERE nam IS NULL", D_NO_SUCH_COLUMN, "nam",
      SUGGEST("name") },
    { "CREATE TABLE t (name text, UNIQUE (nmae))", D_NO_SUCH_COLUMN, "nmae",
      SUGGEST("name") },
    { "CREATE TABLE t (name text, PRIMARY KEY (xyz))", D_NO_SUCH_COLUMN, "xyz", NULL },
    { "CREATE TABLE t (name text CHECK (nmae <> ''))", D_NO_SUCH_COLUMN, "nmae",
      SUGGEST("name") },
    { "CREATE TABLE t (a text CHECK (a IN (\"x\")))", D_NO_SUCH_COLUMN, "\"x\"", "'x'" },
    { "CREATE TABLE t (a integer CHECK (b.a > 0))", D_NO_SUCH_TABLE, "b.a", NULL },
    { "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (aa + 1) STORED)",
      D_NO_SUCH_COLUMN, "aa", SUGGEST("a") },
    { T "CREATE TABLE c (x integer, FOREIGN KEY (y) REFERENCES t (id))", D_NO_SUCH_COLUMN,
      "y", NULL },
    { T "CREATE TABLE c (x integer REFERENCES t (idd))", D_NO_SUCH_COLUMN, "idd",
      SUGGEST("id") },
    { T "CREATE VIEW v AS SELECT nam FROM t", D_NO_SUCH_COLUMN, "nam", SUGGEST("name") },
    { T "CREATE VIEW v AS SELECT x.nam FROM t x", D_NO_SUCH_COLUMN, "x.nam",
      SUGGEST("name") },
    { T "CREATE VIEW v AS SELECT y.name FROM t x", D_NO_SUCH_TABLE, "y.name", NULL },
    { T "CREATE VIEW v AS SELECT name FROM tt", D_NO_SUCH_TABLE, "tt", SUGGEST("t") },
    { T "CREATE VIEW v AS SELECT name FROM t a JOIN t b ON a.id = b.id", D_AMBIGUOUS_NAME,
      "name", "a.name" },
    { "CREATE VIEW a AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM a", D_VIEW_CYCLE,
      "a", NULL },
    { T "CREATE VIEW v (a, b) AS SELECT id FROM t", D_VIEW_COLUMNS, "b", NULL },
    { T "CREATE TABLE c (a colour)", D_NO_SUCH_TYPE, "colour", NULL },
    { COLOR "CREATE TABLE c (a colr)", D_NO_SUCH_TYPE, "colr", SUGGEST("color") },
    { "CREATE TABLE c (a intger)", D_NO_SUCH_TYPE, "intger", SUGGEST("integer") },
    { T "COMMENT ON TABLE tt IS 'x'", D_NO_SUCH_TABLE, "tt", SUGGEST("t") },

    /* Foreign keys. */
    { T "CREATE TABLE c (a integer, b integer, FOREIGN KEY (a, b) REFERENCES t (id))",
      D_KEY_COLUMN_COUNT, "FOREIGN KEY (a, b) REFERENCES t (id)", NULL },
    { T "CREATE TABLE c (a text REFERENCES t (name))", D_KEY_NOT_UNIQUE, "name",
      "UNIQUE (name)" },
    { "CREATE TABLE n (a integer); CREATE TABLE c (a integer REFERENCES n)",
      D_KEY_NOT_UNIQUE, "n", NULL },
    { T "CREATE TABLE c (a text REFERENCES t (id))", D_KEY_TYPE_CLASH, "a text", NULL },
    { T "CREATE VIEW v AS SELECT id FROM t; CREATE TABLE c (a integer REFERENCES v (id))",
      D_NO_SUCH_TABLE, "v", NULL },

    /* Keys and sizes. */
    { "CREATE TABLE t (a integer PRIMARY KEY, b integer PRIMARY KEY)",
      D_SECOND_PRIMARY_KEY, "PRIMARY KEY", "PRIMARY KEY (a, b)" },
    { "CREATE TABLE t (a integer, UNIQUE (a, a))", D_BAD_CONSTRAINT, "a", NULL },
    { "CREATE TABLE t (a integer NULL NOT NULL)", D_BAD_CONSTRAINT, "a", NULL },
    { "CREATE TABLE t (a integer CHECK (a IN (SELECT 1)))", D_BAD_CONSTRAINT, "SELECT 1",
      NULL },
    { "CREATE TABLE t (a text GENERATED ALWAYS AS IDENTITY)", D_BAD_CONSTRAINT, "a text",
      "bigint" },

    /* Types. */
    { "CREATE TABLE t (a varchar(0))", D_BAD_TYPE_ARGUMENT, "varchar(0)", NULL },
    { "CREATE TABLE t (a numeric(2, 1001))", D_BAD_TYPE_ARGUMENT, "numeric(2, 1001)",
      NULL },
    { "CREATE TABLE t (a numeric(0))", D_BAD_TYPE_ARGUMENT, "numeric(0)", NULL },
    { "CREATE TABLE t (a numeric(1001))", D_BAD_TYPE_ARGUMENT, "numeric(1001)", NULL },
    { "CREATE TABLE t (a timestamp(7))", D_BAD_TYPE_ARGUMENT, "timestamp(7)", NULL },
    { "CREATE TABLE t (a)", D_NO_SUCH_TYPE, "a", "@dialect sqlite" },

    /* Defaults. */
    { "CREATE TABLE t (a integer DEFAULT 'x')", D_BAD_DEFAULT, "'x'", NULL },
    { "CREATE TABLE t (a integer DEFAULT true)", D_BAD_DEFAULT, "true", "write 1" },
    { "CREATE TABLE t (a smallint DEFAULT 32768)", D_BAD_DEFAULT, "32768", NULL },
    { "CREATE TABLE t (a integer DEFAULT CURRENT_TIMESTAMP)", D_BAD_DEFAULT,
      "CURRENT_TIMESTAMP", NULL },
    { "CREATE TABLE t (a boolean DEFAULT 'maybe')", D_BAD_DEFAULT, "'maybe'",
      "true or false" },
    { "CREATE TABLE t (a boolean DEFAULT 2)", D_BAD_DEFAULT, "2", "true or false" },
    { "CREATE TABLE t (a numeric(4, 2) DEFAULT 123.4)", D_BAD_DEFAULT, "123.4", NULL },
    { "CREATE TABLE t (a varchar(3) DEFAULT 'four')", D_BAD_DEFAULT, "'four'", NULL },
    { "CREATE TABLE t (a date DEFAULT 'soon')", D_BAD_DEFAULT, "'soon'", NULL },
    { "CREATE TABLE t (a timestamp DEFAULT 0)", D_BAD_DEFAULT, "0", NULL },
    { "CREATE TABLE t (a uuid DEFAULT 'x')", D_BAD_DEFAULT, "'x'", NULL },
    { COLOR "CREATE TABLE t (a color DEFAULT 'grean')", D_BAD_DEFAULT, "'grean'",
      SUGGEST("green") },
    { "CREATE TABLE t (b integer, a integer DEFAULT b)", D_BAD_DEFAULT, "b", "'b'" },
    { "CREATE TABLE t (a integer DEFAULT (SELECT 1))", D_BAD_DEFAULT, "SELECT 1", NULL },

    /* Texts that are compared with an enum. */
    { COLOR "CREATE TABLE t (a color CHECK (a <> 'grean'))", D_BAD_ENUM, "'grean'",
      SUGGEST("green") },
    { COLOR "CREATE TABLE t (a color); CREATE INDEX i ON t (a) WHERE a IN ('red', 'x')",
      D_BAD_ENUM, "'x'", NULL },
    { COLOR "CREATE TABLE t (a text CHECK (a::color = 'x'))", D_BAD_ENUM, "'x'", NULL },
    { COLOR
      "CREATE TABLE t (a color); CREATE VIEW v AS SELECT 1 AS one FROM t WHERE 'x' = "
      "t.a",
      D_BAD_ENUM, "'x'", NULL },

    /* Generated columns. */
    { "CREATE TABLE t (a integer GENERATED ALWAYS AS (a + 1) STORED)", D_BAD_GENERATED,
      "a", NULL },
    { "CREATE TABLE t (x integer, a integer GENERATED ALWAYS AS (x + 1) STORED,"
      " b integer GENERATED ALWAYS AS (a + 1) STORED)",
      D_BAD_GENERATED, "a", "stored" },
    { "CREATE TABLE t (x integer, a integer DEFAULT 1 GENERATED ALWAYS AS (x) STORED)",
      D_BAD_GENERATED, "1", NULL },

    /* Initial rows and data. */
    { T "INSERT INTO t (id, name) VALUES (1)", D_BAD_INITIAL_ROW, "1", NULL },
    { T "INSERT INTO t (id, nam) VALUES (1, 'x')", D_NO_SUCH_COLUMN, "nam",
      SUGGEST("name") },
    { T "INSERT INTO t (id, id) VALUES (1, 1)", D_BAD_INITIAL_ROW, "id", NULL },
    { T "INSERT INTO t (id, amount) VALUES (1, 'x')", D_BAD_INITIAL_ROW, "'x'", NULL },
    { T "INSERT INTO t (id, name) VALUES (1, x)", D_BAD_INITIAL_ROW, "x", "'x'" },
    { T "INSERT INTO t (id) VALUES (1), (1)", D_BAD_INITIAL_ROW, "1", NULL },
    { "CREATE TABLE t (a text NOT NULL, b text); INSERT INTO t (a) VALUES (NULL)",
      D_BAD_INITIAL_ROW, "NULL", NULL },
    { "CREATE TABLE t (a text NOT NULL, b text); INSERT INTO t (b) VALUES ('x')",
      D_BAD_INITIAL_ROW, "INSERT INTO t (b) VALUES ('x')", NULL },
    { T "INSERT INTO tt (id) VALUES (1)", D_NO_SUCH_TABLE, "tt", SUGGEST("t") },
    { T "UPDATE t SET name = 'x'", D_STATEMENT_MISPLACED, "UPDATE t SET name = 'x'",
      "@migrate" },
    { T "DELETE FROM t", D_STATEMENT_MISPLACED, "DELETE FROM t", "@migrate" },
    { T "INSERT INTO t (id) SELECT 1", D_STATEMENT_MISPLACED,
      "INSERT INTO t (id) SELECT 1", "@migrate" },
    { T "-- @migrate\nALTER TABLE t ADD COLUMN x text;\n-- @end\n", D_SECTION_STATEMENT,
      "ALTER TABLE t ADD COLUMN x text", NULL },
    { T "-- @verify \"x\"\nDELETE FROM t;\n-- @end\n", D_SECTION_STATEMENT,
      "DELETE FROM t", NULL },
    { T "-- @migrate\nCOMMIT;\n-- @end\n", D_SECTION_STATEMENT, "COMMIT", NULL },
    { T "-- @migrate\nDROP TABLE t;\n-- @end\n", D_SECTION_STATEMENT, "DROP TABLE t",
      NULL },
    { T "-- @migrate\nCREATE SEQUENCE q;\n-- @end\n", D_SECTION_STATEMENT,
      "CREATE SEQUENCE q", NULL },
    { T "-- @migrate\nGRANT SELECT ON t TO PUBLIC;\n-- @end\n", D_SECTION_STATEMENT,
      "GRANT SELECT ON t TO PUBLIC", NULL },
    { T "-- @migrate\nSET search_path = x;\n-- @end\n", D_SECTION_STATEMENT,
      "SET search_path = x", NULL },
    { T "-- @migrate\nPRAGMA foreign_keys = ON;\n-- @end\n", D_SECTION_STATEMENT,
      "PRAGMA foreign_keys = ON", NULL },
    { T "-- @migrate\nLOCK TABLE t;\n-- @end\n", D_SECTION_STATEMENT, "LOCK TABLE t",
      NULL },

    /* Annotations. */
    { "CREATE TABLE t (\n a integer -- @touch\n)", D_ANNOTATION_MISPLACED, "a integer",
      "timestamp" },
    { "-- @map 'x' = 'gren'\n" COLOR, D_BAD_ENUM, "color", SUGGEST("green") },
    { "CREATE TABLE t (\n a text, -- @map 'x' = 'y'\n b text\n)", D_ANNOTATION_MISPLACED,
      "@map 'x' = 'y'", "UPDATE" },
    { "CREATE TABLE t (a integer) WITHOUT ROWID", D_BAD_CONSTRAINT, "t", NULL },

    /* Nothing more is said about a table that is declared twice. */
    { T "CREATE TABLE t (other integer); CREATE INDEX i ON t (other);"
        "CREATE VIEW v AS SELECT other FROM t; CREATE TABLE c (a text REFERENCES t (b))",
      D_DUPLICATE_OBJECT, "t", NULL },
    /* Nor about a column whose type is wrong. */
    { "CREATE TABLE t (a varchar(0) DEFAULT 'x' PRIMARY KEY);"
      "CREATE TABLE c (a varchar(9) REFERENCES t)",
      D_BAD_TYPE_ARGUMENT, "varchar(0)", NULL },
    { "CREATE TABLE t (a intger DEFAULT 'x' PRIMARY KEY);"
      "CREATE TABLE c (a integer REFERENCES t)",
      D_NO_SUCH_TYPE, "intger", SUGGEST("integer") },

    /* ALTER and DROP. */
    { T "ALTER TABLE tt ADD COLUMN a text", D_NO_SUCH_TABLE, "tt", SUGGEST("t") },
    { T "ALTER TABLE t ADD COLUMN name text", D_DUPLICATE_COLUMN, "name", NULL },
    { T "ALTER TABLE t DROP COLUMN nam", D_NO_SUCH_COLUMN, "nam", SUGGEST("name") },
    { T "ALTER TABLE t RENAME COLUMN name TO id", D_DUPLICATE_COLUMN, "name", NULL },
    { T "ALTER TABLE t DROP CONSTRAINT t_pkei", D_NO_SUCH_OBJECT, "t_pkei", NULL },
    { T "CREATE TABLE u (a integer); ALTER TABLE u RENAME TO t", D_DUPLICATE_OBJECT,
      "RENAME TO t", NULL },
    { T "DROP TABLE tt", D_NO_SUCH_TABLE, "tt", SUGGEST("t") },
    { T "DROP VIEW t", D_NO_SUCH_OBJECT, "t", NULL },
    { T "CREATE TABLE c (a integer REFERENCES t); DROP TABLE t", D_DROP_HAS_DEPENDANTS,
      "t", "CASCADE" },
    { T "CREATE VIEW v AS SELECT id FROM t; DROP TABLE t", D_DROP_HAS_DEPENDANTS, "t",
      "CASCADE" },
    { T "CREATE VIEW v AS SELECT name FROM t; ALTER TABLE t DROP COLUMN name",
      D_DROP_HAS_DEPENDANTS, "name", NULL },
    { COLOR "CREATE TABLE c (a color); DROP TYPE color", D_DROP_HAS_DEPENDANTS, "color",
      "CASCADE" },
    { COLOR "ALTER TYPE color ADD VALUE 'red'", D_BAD_ENUM,
      "ALTER TYPE color ADD VALUE 'red'", NULL },
    { COLOR "ALTER TYPE color ADD VALUE 'x' BEFORE 'gren'", D_BAD_ENUM,
      "ALTER TYPE color ADD VALUE 'x' BEFORE 'gren'", SUGGEST("green") },
};

static bool
has_hint(const struct diag *d, const char *part)
{
    if (part == NULL)
        return d->hint.len == 0;
    return d->hint.len > 0 && strstr(slice_z(&s.arena, d->hint), part) != NULL;
}

static bool
is_said_once(const struct mistake *m)
{
    const struct diag *d = NULL;

    resolve_on(NULL, m->sql);
    if (s.diags.error_count != 1)
        return false;
    VEC_EACH (i, &s.diags.all)
        if (diag_info(s.diags.all.items[i]->code)->severity == DIAG_ERROR)
            d = s.diags.all.items[i];
    return d->code == m->code && slice_is(source_slice(&s.sources, d->span), m->at)
           && has_hint(d, m->hint);
}

static void
each_mistake_is_said_once(void **state)
{
    size_t failed = 0;

    for (size_t i = 0; i < ARRAY_LEN(mistakes); i++) {
        end(state);
        begin(state);
        if (is_said_once(&mistakes[i]))
            continue;
        failed++;
        print_error("wanted one %s at \"%s\": %s\n", diag_info(mistakes[i].code)->code,
                    mistakes[i].at, mistakes[i].sql);
        show_diagnostics();
    }
    assert_int_equal(failed, 0);
}

static void
too_many_columns_and_keys(void **state)
{
    struct text sql;

    (void)state;
    text_init(&sql, &s.arena);
    text_addz(&sql, "CREATE TABLE t (");
    for (int i = 0; i < 1601; i++)
        text_addf(&sql, "%sc%d integer", i == 0 ? "" : ", ", i);
    text_addz(&sql, "); CREATE INDEX i ON t (");
    for (int i = 0; i < 33; i++)
        text_addf(&sql, "%sc%d", i == 0 ? "" : ", ", i);
    text_addz(&sql, ")");
    resolve_on(NULL, slice_z(&s.arena, text_slice(&sql)));
    assert_int_equal(s.diags.error_count, 2);
    assert_int_equal(s.diags.all.items[0]->code, D_TOO_MANY);
    assert_int_equal(s.diags.all.items[1]->code, D_TOO_MANY);
}

static void
resolve_view_of(int columns)
{
    struct text sql;

    text_init(&sql, &s.arena);
    text_addz(&sql, "CREATE VIEW v AS SELECT ");
    for (int i = 0; i < columns; i++)
        text_addf(&sql, "%s1 AS c%d", i == 0 ? "" : ", ", i);
    resolve_on(NULL, slice_z(&s.arena, text_slice(&sql)));
}

static void
too_many_columns_of_a_view(void **state)
{
    resolve_view_of(1600);
    assert_int_equal(s.diags.error_count, 0);
    end(state);
    begin(state);
    resolve_view_of(1601);
    assert_int_equal(s.diags.error_count, 1);
    assert_int_equal(s.diags.all.items[0]->code, D_TOO_MANY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_mistake_is_said_once),
        TEST(too_many_columns_and_keys),
        TEST(too_many_columns_of_a_view),
    };

    return cmocka_run_group_tests_name("resolve mistakes", tests, NULL, NULL);
}
