/*
 * What the catalog says of what is right, and that a delta gives what the complete form
 * gives.
 */
#include "resolving.h"

#include "expr/sqlw.h"

static struct table *
table_of(const struct catalog *c, const char *name)
{
    struct table *t = catalog_find_table(c, SLICE_NONE, slice_from(name));

    if (t == NULL)
        fail_msg("no table %s", name);
    return t;
}

static struct column *
column_of(const struct catalog *c, const char *table, const char *name)
{
    struct column *k = table_find_column(table_of(c, table), slice_from(name));

    if (k == NULL)
        fail_msg("no column %s.%s", table, name);
    return k;
}

static struct constraint *
constraint_of(const struct catalog *c, const char *table, const char *name)
{
    struct constraint *k = table_find_constraint(table_of(c, table), slice_from(name));

    if (k == NULL)
        fail_msg("no constraint %s on %s", name, table);
    return k;
}

static void
is_text(struct slice got, const char *wanted)
{
    if (!slice_is(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%s\"", SLICE_ARG(got), wanted);
}

static void
is_expr(const struct expr *e, const char *wanted)
{
    assert_non_null(e);
    is_text(expr_text(&s.arena, e), wanted);
}

/* ---- what is right ---- */

static const char *const accepted[] = {
    /* Forward references and cycles of foreign keys. */
    "CREATE TABLE a (id integer PRIMARY KEY, b integer REFERENCES b (id));"
    "CREATE TABLE b (id integer PRIMARY KEY, a integer REFERENCES a (id))",
    "CREATE TABLE t (id integer PRIMARY KEY, up integer REFERENCES t (id))",
    "CREATE INDEX i ON t (a); CREATE TABLE t (a integer)",
    "CREATE VIEW v AS SELECT id FROM t; " T,
    "CREATE TABLE a (x integer, y text, UNIQUE (y, x));"
    "CREATE TABLE b (x integer, y varchar(9), FOREIGN KEY (x, y) REFERENCES a (x, y))",
    "CREATE TABLE a (x integer); CREATE UNIQUE INDEX i ON a (x);"
    "CREATE TABLE b (x bigint REFERENCES a (x))",
    T "CREATE TABLE IF NOT EXISTS t (id integer); CREATE INDEX IF NOT EXISTS i ON t (id);"
      "CREATE INDEX IF NOT EXISTS i ON t (id)",
    /* Views: scopes, aliases, WITH, subqueries, functions. */
    T "CREATE VIEW v AS WITH w AS (SELECT id AS k FROM t) SELECT k, (SELECT max(id) FROM "
      "t WHERE t.id = w.k) AS m FROM w",
    T "CREATE VIEW v AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
      "WHERE i < 9) SELECT i FROM n",
    T "CREATE VIEW v AS SELECT q.total FROM (SELECT sum(amount) AS total FROM t) q "
      "ORDER BY total",
    T "CREATE VIEW v AS SELECT name AS n, count(*) AS c FROM t GROUP BY n ORDER BY c",
    T "CREATE VIEW v AS SELECT id, name FROM t a JOIN t b USING (id, name)",
    T "CREATE VIEW v AS SELECT g, name FROM t, generate_series(1, 3) g",
    T "CREATE VIEW v AS SELECT a.id FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE "
      "b.name = a.name)",
    T "CREATE VIEW v (a, b) AS SELECT id, name FROM t; CREATE VIEW w AS SELECT a, b FROM "
      "v",
    T "CREATE VIEW v AS SELECT id FROM t UNION SELECT length(name) FROM t ORDER BY id",
    T "CREATE VIEW v AS VALUES (1, 'x')",
    /* Values that some engine spells in its way. */
    "CREATE TABLE t (a boolean DEFAULT 0, b boolean DEFAULT 't', c integer DEFAULT '7')",
    "CREATE TABLE t (a text DEFAULT 1, b text DEFAULT CURRENT_TIMESTAMP)",
    "CREATE TABLE t (a timestamp DEFAULT 'now', b date DEFAULT '2024-01-01')",
    "CREATE TABLE t (a int(11), b tinyint(1) DEFAULT '0', c datetime)",
    COLOR "CREATE TABLE t (a color DEFAULT 'red', b color DEFAULT 'green'::color)",
    "CREATE EXTENSION postgis; CREATE TABLE t (a geometry)",
    "CREATE TABLE t (a inet, b tsvector, c int4range)",
    "CREATE TABLE t (a integer); DROP TABLE t; CREATE TABLE t (b text)",
    T "CREATE TABLE c (a integer REFERENCES t); DROP TABLE t CASCADE",
    T "CREATE TABLE c (a integer REFERENCES t); DROP TABLE t; DROP TABLE c",
    T "CREATE VIEW v AS SELECT name FROM t; CREATE VIEW w AS SELECT * FROM v;"
      "ALTER TABLE t DROP COLUMN name CASCADE",
    "DROP TABLE IF EXISTS nothing; DROP INDEX IF EXISTS nothing",
    /* One name for two dialects; types of one dialect in its parts. */
    T "-- @only sqlite\nCREATE INDEX i ON t (name);\n"
      "-- @only postgres\nCREATE INDEX i ON t USING gin (name);\n"
      "-- @only postgres\nCREATE TABLE p (a geometry);\n",
    /* What dumps and other engines' files say. */
    T "INSERT INTO sqlite_sequence (name, seq) VALUES ('t', 100)",
    T "CREATE VIEW v AS SELECT id FROM t; ALTER TABLE v OWNER TO me; ALTER TABLE t OWNER "
      "TO me; SELECT pg_catalog.set_config('search_path', '', false)",
    "CREATE TABLE a (x integer, KEY k (x)); CREATE TABLE b (x integer, KEY k (x))",
    "CREATE TABLE a (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY)",
    T "CREATE INDEX i ON t (lower(normalize(name, NFKC)))",
    /* In SQLite's own terms, what SQLite accepts. */
    "-- @dialect sqlite\nCREATE TABLE t (a, b STRING, c TEXT REFERENCES nowhere (x),"
    " d INTEGER DEFAULT abc, e TEXT DEFAULT \"x\", CHECK (b <> \"y\"));"
    "CREATE VIEW v AS SELECT zz FROM nothing",
    "-- @dialect sqlite\nCREATE TABLE p (a TEXT); CREATE TABLE c (a INTEGER REFERENCES p "
    "(a))",
};

static void
what_is_right_is_accepted(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(accepted); i++) {
        end(state);
        begin(state);
        good(accepted[i]);
    }
}

static void
names_are_found_without_case_and_kept_as_declared(void **state)
{
    const struct catalog *c =
        good("CREATE TABLE \"Note\" (\"noteId\" integer PRIMARY KEY, \"Parent\" integer "
             "REFERENCES note (noteid), CHECK (parent > 0));"
             "CREATE INDEX i ON Note (PARENT) WHERE noteId > 0;"
             "CREATE VIEW v AS SELECT n.noteid, parent FROM note n;"
             "INSERT INTO note (noteid) VALUES (1)");

    (void)state;
    is_text(c->indexes.items[0]->keys.all.items[0].column, "Parent");
    is_expr(c->indexes.items[0]->where, "\"noteId\" > 0");
    is_text(constraint_of(c, "Note", "Note_Parent_fkey")->ref_table, "Note");
    is_text(constraint_of(c, "Note", "Note_Parent_fkey")->ref_columns.all.items[0],
            "noteId");
    is_expr(constraint_of(c, "Note", "Note_Parent_check")->check, "\"Parent\" > 0");
    is_text(c->views.items[0]->columns.items[0].name, "noteId");
    is_text(c->views.items[0]->depends.all.items[0], "Note");
    is_text(c->initial_rows.items[0]->key.all.items[0], "noteId");
}

static void
column_constraints_are_lifted(void **state)
{
    const struct catalog *c = good(
        "CREATE TABLE p (k text PRIMARY KEY);"
        "CREATE TABLE t (a integer UNIQUE CHECK (a > 0), b text REFERENCES p ON DELETE "
        "CASCADE, id bigint PRIMARY KEY, CHECK (a < id))");
    const struct table *t = table_of(c, "t");

    (void)state;
    assert_int_equal(t->constraints.count, 5);
    assert_ptr_equal(t->constraints.items[0], t->primary_key);
    is_text(t->primary_key->name, "t_pkey");
    assert_true(column_of(c, "t", "id")->not_null);
    assert_false(column_of(c, "t", "a")->not_null);
    assert_int_equal(constraint_of(c, "t", "t_a_key")->kind, CONSTRAINT_UNIQUE);
    is_expr(constraint_of(c, "t", "t_a_check")->check, "a > 0");
    is_expr(constraint_of(c, "t", "t_check")->check, "a < id");
    is_text(constraint_of(c, "t", "t_b_fkey")->ref_columns.all.items[0], "k");
    assert_true(constraint_of(c, "t", "t_b_fkey")->name_is_derived);
}

static void
repeated_keys_are_one(void **state)
{
    const struct catalog *c =
        good("CREATE TABLE t (a integer PRIMARY KEY UNIQUE, b text UNIQUE, UNIQUE (b),"
             " CONSTRAINT named UNIQUE (b))");

    (void)state;
    assert_int_equal(table_of(c, "t")->constraints.count, 2);
    constraint_of(c, "t", "named");
}

static void
expressions_are_bound_and_typed(void **state)
{
    const struct catalog *c =
        good("CREATE TABLE t (a integer, b numeric(10, 2) CHECK (t.b > a),"
             " s text GENERATED ALWAYS AS (lower('x') || 'y') STORED);"
             "CREATE INDEX i ON t ((a + 1), (s COLLATE \"C\"), (a)) WHERE b IS NOT NULL");
    const struct expr *check = constraint_of(c, "t", "t_check")->check;
    const struct index *i = c->indexes.items[0];

    (void)state;
    is_expr(check, "b > a");
    assert_int_equal(check->args[0]->kind, EXPR_COLUMN);
    assert_int_equal(check->args[0]->result->kind, TYPE_DECIMAL);
    assert_int_equal(check->result->kind, TYPE_BOOLEAN);
    assert_int_equal(i->keys.all.items[0].expr->result->kind, TYPE_INT4);
    is_text(i->keys.all.items[1].column, "s");
    is_text(i->keys.all.items[1].collation, "C");
    is_text(i->keys.all.items[2].column, "a");
    assert_null(i->keys.all.items[2].expr);
    assert_int_equal(i->where->result->kind, TYPE_BOOLEAN);
}

static void
values_are_kept_in_our_spelling(void **state)
{
    const struct catalog *c = good(
        "CREATE TABLE t (a boolean DEFAULT 0, b integer DEFAULT '-7', c text DEFAULT "
        "NULL, d text DEFAULT 'x'::text);"
        "INSERT INTO t (a, b) VALUES (1, DEFAULT)");

    (void)state;
    is_expr(column_of(c, "t", "a")->default_value, "FALSE");
    is_expr(column_of(c, "t", "b")->default_value, "-7");
    assert_null(column_of(c, "t", "c")->default_value);
    is_expr(column_of(c, "t", "d")->default_value, "'x'");
    is_expr(c->initial_rows.items[0]->rows.items[0].values.items[0], "TRUE");
    is_expr(c->initial_rows.items[0]->rows.items[0].values.items[1], "-7");
}

static void
not_null_of_keys_is_what_each_engine_says(void **state)
{
    const struct catalog *c =
        good("-- @dialect sqlite\nCREATE TABLE a (k TEXT PRIMARY KEY);"
             "CREATE TABLE b (k INTEGER PRIMARY KEY);"
             "CREATE TABLE c (k TEXT PRIMARY KEY) WITHOUT ROWID;"
             "CREATE TABLE d (k TEXT PRIMARY KEY) STRICT");

    (void)state;
    assert_false(column_of(c, "a", "k")->not_null);
    assert_false(column_of(c, "b", "k")->not_null); /* never NULL, and not marked */
    assert_true(column_of(c, "c", "k")->not_null);
    assert_true(column_of(c, "d", "k")->not_null);
}

static void
the_key_of_initial_rows_is_chosen(void **state)
{
    const struct catalog *c =
        good("CREATE TABLE a (id integer PRIMARY KEY, code text UNIQUE, x text);"
             "INSERT INTO a (x, code, id) VALUES ('x', 'c', 1);"
             "INSERT INTO a (x, code) VALUES ('x', 'd');"
             "INSERT INTO a (x) VALUES ('x'), ('x');"
             "CREATE TABLE u (a text, b text); CREATE UNIQUE INDEX i ON u (a);"
             "INSERT INTO u VALUES ('a', 'b')");

    (void)state;
    assert_int_equal(c->initial_rows.count, 4);
    is_text(c->initial_rows.items[0]->key.all.items[0], "id");
    is_text(c->initial_rows.items[1]->key.all.items[0], "code");
    assert_int_equal(c->initial_rows.items[2]->key.all.count, 0);
    is_text(c->initial_rows.items[3]->key.all.items[0], "a");
    assert_int_equal(c->initial_rows.items[3]->columns.all.count, 2);
}

static void
views_tell_their_columns_and_what_they_read(void **state)
{
    const struct catalog *c =
        good(T "CREATE TABLE u (t_id integer REFERENCES t, note text);"
               "CREATE VIEW v AS SELECT t.*, u.note AS remark, count(*) FROM public.t "
               "LEFT JOIN u ON u.t_id = t.id GROUP BY t.id, u.note;"
               "CREATE VIEW w AS SELECT remark FROM v");
    const struct view *v = c->views.items[0];

    (void)state;
    assert_int_equal(v->columns.count, 5);
    is_text(v->columns.items[1].name, "name");
    assert_int_equal(v->columns.items[2].type->kind, TYPE_DECIMAL);
    is_text(v->columns.items[3].name, "remark");
    assert_int_equal(v->columns.items[3].type->kind, TYPE_TEXT);
    is_text(v->columns.items[4].name, "count");
    assert_int_equal(v->depends.all.count, 2);
    is_text(v->depends.all.items[0], "t");
    is_text(v->depends.all.items[1], "u");
    is_text(c->views.items[1]->depends.all.items[0], "v");
}

static void
raw_text_is_made_normal(void **state)
{
    const struct catalog *c =
        good(T "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW\n  -- why\n"
               "  SET NEW.name = 'a  -- b' /* x */ ;");

    (void)state;
    assert_int_equal(c->definitions.count, 1);
    is_text(c->definitions.items[0]->kind, "trigger");
    is_text(c->definitions.items[0]->name, "g");
    is_text(c->definitions.items[0]->table, "t");
    is_text(c->definitions.items[0]->normal,
            "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.name = 'a  -- b'");
}

static void
annotations_become_fields(void **state)
{
    const struct catalog *c =
        good("-- @schema parking\n"
             "-- @was cars\n-- @append_only\n"
             "CREATE TABLE vehicles (\n"
             "    plate text NOT NULL, -- @was number_plate\n"
             "    kind text NOT NULL, -- @from CASE WHEN a = 1 THEN 'x' ELSE 'y' END\n"
             "    moved timestamp, -- @touch\n"
             "    UNIQUE (plate) -- @only sqlite\n"
             ");\n");

    (void)state;
    is_text(c->name, "parking");
    is_text(table_of(c, "vehicles")->was, "cars");
    assert_true(table_of(c, "vehicles")->append_only);
    is_text(column_of(c, "vehicles", "plate")->was, "number_plate");
    assert_true(column_of(c, "vehicles", "moved")->touch);
    assert_non_null(column_of(c, "vehicles", "kind")->from);
    is_text(constraint_of(c, "vehicles", "vehicles_plate_key")->only, "sqlite");
}

/* ---- deltas ---- */

#define BASE                                                                             \
    "CREATE TABLE vehicles (id integer PRIMARY KEY, number_plate text UNIQUE NOT NULL,"  \
    " phone_number text CHECK (phone_number <> ''));\n"                                  \
    "CREATE INDEX ON vehicles (phone_number);\n"                                         \
    "CREATE TABLE stays (id integer PRIMARY KEY, plate text REFERENCES vehicles "        \
    "(number_plate));\n"                                                                 \
    "CREATE TYPE color AS ENUM ('red', 'green');\n"                                      \
    "CREATE TABLE paints (c color DEFAULT 'red' CHECK (c <> 'green'));\n"                \
    "CREATE VIEW phones AS SELECT phone_number FROM vehicles;\n"                         \
    "INSERT INTO vehicles (id, number_plate, phone_number) VALUES (1, 'A', '5');\n"

struct delta {
    const char *delta;
    const char *complete;
};

static const struct delta deltas[] = {
    { "", BASE },
    { "ALTER TABLE vehicles RENAME COLUMN phone_number TO phone;",
      "CREATE TABLE vehicles (id integer PRIMARY KEY, number_plate text UNIQUE NOT "
      "NULL,\n"
      " phone text CHECK (phone <> '') -- @was phone_number\n);\n"
      "CREATE INDEX ON vehicles (phone);\n"
      "CREATE TABLE stays (id integer PRIMARY KEY, plate text REFERENCES vehicles "
      "(number_plate));\n"
      "CREATE TYPE color AS ENUM ('red', 'green');\n"
      "CREATE TABLE paints (c color DEFAULT 'red' CHECK (c <> 'green'));\n"
      "CREATE VIEW phones AS SELECT phone AS phone_number FROM vehicles;\n"
      "INSERT INTO vehicles (id, number_plate, phone) VALUES (1, 'A', '5');" },
    { "ALTER TABLE vehicles RENAME TO cars; ALTER TABLE cars RENAME COLUMN number_plate "
      "TO plate; ALTER TABLE cars RENAME COLUMN plate TO no;",
      "-- @was vehicles\n"
      "CREATE TABLE cars (id integer PRIMARY KEY,\n no text UNIQUE NOT NULL, -- @was "
      "number_plate\n phone_number text CHECK (phone_number <> ''));\n"
      "CREATE INDEX ON cars (phone_number);\n"
      "CREATE TABLE stays (id integer PRIMARY KEY, plate text REFERENCES cars (no));\n"
      "CREATE TYPE color AS ENUM ('red', 'green');\n"
      "CREATE TABLE paints (c color DEFAULT 'red' CHECK (c <> 'green'));\n"
      "CREATE VIEW phones AS SELECT phone_number FROM cars;\n"
      "INSERT INTO cars (id, no, phone_number) VALUES (1, 'A', '5');" },
    { "ALTER TABLE vehicles DROP COLUMN phone_number CASCADE; DROP TABLE paints, stays;"
      "DROP TYPE color;"
      "ALTER TABLE vehicles ADD COLUMN kind text DEFAULT 'car' NOT NULL CHECK (kind IN "
      "('car', 'truck'));",
      "CREATE TABLE vehicles (id integer PRIMARY KEY, number_plate text UNIQUE NOT NULL,"
      " kind text DEFAULT 'car' NOT NULL CHECK (kind IN ('car', 'truck')));\n"
      "INSERT INTO vehicles (id, number_plate) VALUES (1, 'A');" },
    { "ALTER TYPE color RENAME VALUE 'red' TO 'x'; ALTER TYPE color RENAME VALUE 'x' TO "
      "'crimson'; ALTER TYPE color RENAME VALUE 'green' TO 'verde'; ALTER TYPE color ADD "
      "VALUE "
      "'blue' AFTER 'crimson'; ALTER TYPE color RENAME TO hue;"
      "DROP TABLE stays; DROP VIEW phones; DROP TABLE vehicles;",
      "-- @was color\nCREATE TYPE hue AS ENUM (\n'crimson', -- @was 'red'\n'blue', "
      "'verde' -- @was 'green'\n);\n"
      "CREATE TABLE paints (c hue DEFAULT 'crimson' CHECK (c <> 'verde'));" },
    { "ALTER TABLE vehicles ALTER COLUMN phone_number SET NOT NULL,"
      " ALTER COLUMN phone_number SET DEFAULT '-',"
      " DROP CONSTRAINT vehicles_phone_number_check,"
      " ADD CONSTRAINT short CHECK (length(phone_number) < 20);"
      "DROP INDEX vehicles_phone_number_idx;"
      "ALTER TABLE stays ALTER COLUMN plate TYPE varchar(20);"
      "COMMENT ON COLUMN vehicles.phone_number IS 'reachable';",
      "CREATE TABLE vehicles (id integer PRIMARY KEY, number_plate text UNIQUE NOT NULL,"
      " phone_number text DEFAULT '-' NOT NULL, CONSTRAINT short CHECK "
      "(length(phone_number) < 20));\n"
      "COMMENT ON COLUMN vehicles.phone_number IS 'reachable';"
      "CREATE TABLE stays (id integer PRIMARY KEY, plate varchar(20) REFERENCES vehicles "
      "(number_plate));\n"
      "CREATE TYPE color AS ENUM ('red', 'green');\n"
      "CREATE TABLE paints (c color DEFAULT 'red' CHECK (c <> 'green'));\n"
      "CREATE VIEW phones AS SELECT phone_number FROM vehicles;\n"
      "INSERT INTO vehicles (id, number_plate, phone_number) VALUES (1, 'A', '5');" },
};

static struct slice
printed(const struct catalog *c)
{
    struct text out;

    text_init(&out, &s.arena);
    catalog_print(&s, c, &out);
    return text_slice(&out);
}

static void
same_catalog(const struct catalog *a, const struct catalog *b)
{
    assert_string_equal(slice_z(&s.arena, printed(a)), slice_z(&s.arena, printed(b)));
    assert_string_equal(slice_z(&s.arena, catalog_fingerprint(&s, a)),
                        slice_z(&s.arena, catalog_fingerprint(&s, b)));
}

static void
a_delta_gives_what_the_complete_form_gives(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(deltas); i++) {
        const struct catalog *base;
        struct slice before;

        end(state);
        begin(state);
        base = good(BASE);
        before = printed(base);
        same_catalog(resolve_good_on(base, deltas[i].delta), good(deltas[i].complete));
        is_text(printed(base), slice_z(&s.arena, before)); /* the base is not edited */
    }
}

static void
what_is_printed_resolves_to_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(accepted); i++) {
        const struct catalog *c;

        end(state);
        begin(state);
        c = good(accepted[i]);
        same_catalog(c, good(slice_z(&s.arena, printed(c))));
    }
}

static void
renames_back_and_of_new_columns_are_none(void **state)
{
    const struct catalog *base = good(BASE);
    const struct catalog *c =
        resolve_good_on(base, "ALTER TABLE vehicles RENAME COLUMN phone_number TO a;"
                              "ALTER TABLE vehicles RENAME COLUMN a TO phone_number;"
                              "ALTER TABLE stays ADD COLUMN x text;"
                              "ALTER TABLE stays RENAME COLUMN x TO y");

    (void)state;
    assert_true(slice_is_none(column_of(c, "vehicles", "phone_number")->was));
    assert_true(slice_is_none(column_of(c, "stays", "y")->was));
}

static void
what_led_to_the_base_is_not_inherited(void **state)
{
    const struct catalog *base =
        good("-- @was old\nCREATE TABLE t (\n a text, -- @was b\n c text -- @from b\n);\n"
             "-- @migrate\nUPDATE t SET a = 'x';\n-- @end\n");
    const struct catalog *c = resolve_good_on(base, "COMMENT ON TABLE t IS 'x'");

    (void)state;
    assert_int_equal(base->sections.count, 1);
    assert_int_equal(c->sections.count, 0);
    assert_true(slice_is_none(table_of(c, "t")->was));
    assert_true(slice_is_none(column_of(c, "t", "a")->was));
    assert_null(column_of(c, "t", "c")->from);
}

static void
inherited_rows_get_what_from_computes(void **state)
{
    const struct catalog *base =
        good("CREATE TABLE config (hours integer NOT NULL DEFAULT 1, note text);"
             "INSERT INTO config (hours) VALUES (24)");
    const struct catalog *c = resolve_good_on(
        base, "ALTER TABLE config\n    RENAME COLUMN hours TO h;\nALTER TABLE config\n"
              "    ADD COLUMN minutes integer NOT NULL; -- @from hours * 60\n");
    const struct initial_rows *rows = c->initial_rows.items[0];

    (void)state;
    assert_int_equal(rows->columns.all.count, 2);
    is_text(rows->columns.all.items[0], "h");
    is_text(rows->columns.all.items[1], "minutes");
    is_expr(rows->rows.items[0].values.items[1], "24 * 60");
    assert_int_equal(base->initial_rows.items[0]->columns.all.count, 1);
}

static void
a_stale_trigger_stops_a_rename(void **state)
{
    const struct catalog *base =
        good(T "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.name = 'x'");

    (void)state;
    resolve_on(base, "ALTER TABLE t RENAME COLUMN name TO title");
    assert_int_equal(s.diags.error_count, 1);
    assert_int_equal(s.diags.all.items[s.diags.all.count - 1]->code,
                     D_DROP_HAS_DEPENDANTS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_right_is_accepted),
        TEST(names_are_found_without_case_and_kept_as_declared),
        TEST(column_constraints_are_lifted),
        TEST(repeated_keys_are_one),
        TEST(expressions_are_bound_and_typed),
        TEST(values_are_kept_in_our_spelling),
        TEST(not_null_of_keys_is_what_each_engine_says),
        TEST(the_key_of_initial_rows_is_chosen),
        TEST(views_tell_their_columns_and_what_they_read),
        TEST(raw_text_is_made_normal),
        TEST(annotations_become_fields),
        TEST(a_delta_gives_what_the_complete_form_gives),
        TEST(what_is_printed_resolves_to_the_same),
        TEST(renames_back_and_of_new_columns_are_none),
        TEST(what_led_to_the_base_is_not_inherited),
        TEST(inherited_rows_get_what_from_computes),
        TEST(a_stale_trigger_stops_a_rename),
    };

    return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
