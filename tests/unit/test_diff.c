/*
 * Which changes lie between two declarations.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "diff/diff.h"
#include "declared.h"

static struct slice
titles(struct session *s, const char *from, const char *to)
{
    struct changes changes;
    struct text out;

    diff_catalogs(s, NULL, declare(s, from), declare(s, to), &changes);
    text_init(&out, &s->arena);
    VEC_EACH (i, &changes.all) {
        struct slice title = change_title(&s->arena, &changes.all.items[i]);

        text_addf(&out, "%.*s\n", SLICE_ARG(title));
    }
    return text_slice(&out);
}

static void
assert_changes(const char *from, const char *to, const char *expected)
{
    struct session s;

    session_init(&s);
    assert_string_equal(slice_z(&s.arena, titles(&s, from, to)), expected);
    session_free(&s);
}

#define PARKING                                                                          \
    "CREATE TABLE vehicles (id integer PRIMARY KEY, plate text NOT NULL UNIQUE,"         \
    " owner text CHECK (length(owner) > 1));"                                            \
    "CREATE INDEX vehicles_owner ON vehicles (owner) WHERE owner IS NOT NULL;"           \
    "CREATE TABLE payments (id integer PRIMARY KEY,"                                     \
    " vehicle_id integer REFERENCES vehicles (id) ON DELETE CASCADE,"                    \
    " amount numeric(10, 2) DEFAULT 0);"                                                 \
    "CREATE VIEW owners AS SELECT owner FROM vehicles;"                                  \
    "INSERT INTO vehicles (id, plate) VALUES (1, 'A'), (2, 'B');"

static void
equal_catalogs_give_nothing(void **state)
{
    (void)state;
    assert_changes(PARKING, PARKING, "");
    assert_changes("", "", "");
}

static void
order_of_declaration_is_nothing(void **state)
{
    (void)state;
    assert_changes(
        PARKING,
        "CREATE TABLE payments (id integer, vehicle_id integer,"
        " amount numeric(10, 2) DEFAULT 0, PRIMARY KEY (id),"
        " FOREIGN KEY (vehicle_id) REFERENCES vehicles ON DELETE CASCADE);"
        "CREATE VIEW owners AS SELECT owner FROM vehicles;"
        "CREATE TABLE vehicles (id integer, plate text NOT NULL, owner text,"
        " CHECK (length(owner) > 1), UNIQUE (plate), PRIMARY KEY (id));"
        "INSERT INTO vehicles (plate, id) VALUES ('B', 2);"
        "INSERT INTO vehicles (id, plate) VALUES (1, 'A');"
        "CREATE INDEX vehicles_owner ON vehicles (owner) WHERE owner IS NOT NULL;",
        "");
}

static void
spelling_is_nothing(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a int8, b varchar(5), c decimal(4), d bool);",
                   "CREATE TABLE t (a bigint, b character varying(5), c numeric(4, 0),"
                   " d boolean);",
                   "");
}

static void
a_renamed_column_is_one_change(void **state)
{
    (void)state;
    assert_changes(
        PARKING,
        "CREATE TABLE vehicles (id integer PRIMARY KEY,"
        " number_plate text NOT NULL UNIQUE, -- @was plate\n"
        " keeper text CHECK (length(keeper) > 1) -- @was owner\n"
        ");"
        "CREATE INDEX vehicles_owner ON vehicles (keeper) WHERE keeper IS NOT NULL;"
        "CREATE TABLE payments (id integer PRIMARY KEY,"
        " vehicle_id integer REFERENCES vehicles (id) ON DELETE CASCADE,"
        " amount numeric(10, 2) DEFAULT 0);"
        "CREATE VIEW owners AS SELECT keeper AS owner FROM vehicles;"
        "INSERT INTO vehicles (id, number_plate) VALUES (1, 'A'), (2, 'B');",
        "rename column vehicles.plate to number_plate\n"
        "rename column vehicles.owner to keeper\n"
        "replace view owners\n");
}

static void
a_renamed_table_is_one_change(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE a (id integer PRIMARY KEY, up integer REFERENCES a,"
                   " x integer UNIQUE);"
                   "CREATE INDEX ON a (up);"
                   "CREATE TABLE c (id integer REFERENCES a);",
                   "-- @was a\n"
                   "CREATE TABLE b (id integer PRIMARY KEY, up integer REFERENCES b,"
                   " x integer UNIQUE);"
                   "CREATE INDEX ON b (up);"
                   "CREATE TABLE c (id integer REFERENCES b);",
                   "rename table a to b\n"
                   "rename index a_up_idx to b_up_idx\n");
}

static void
the_way_back_undoes_a_rename(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (phone text -- @was phone_number\n);",
                   "CREATE TABLE t (phone_number text);",
                   "rename column t.phone to phone_number\n");
}

static void
a_rename_that_happened_is_nothing(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (phone text);",
                   "CREATE TABLE t (phone text -- @was phone_number\n);", "");
}

static void
each_facet_of_a_column_is_a_change(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a integer, b integer NOT NULL, c text DEFAULT 'x',"
                   " d integer GENERATED ALWAYS AS (a + 1) STORED, e text);",
                   "CREATE TABLE t (a bigint, b integer, c text DEFAULT 'y',"
                   " d integer GENERATED ALWAYS AS (a + 2) STORED, e text COLLATE \"C\","
                   " f date);",
                   "change type t.a\n"
                   "change NOT NULL t.b\n"
                   "change default t.c\n"
                   "change generated expression t.d\n"
                   "change collation t.e\n"
                   "add column t.f\n");
}

static void
constraints_match_by_name_then_content(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a integer, b integer,"
                   " CONSTRAINT small CHECK (a < 10), CONSTRAINT old_name UNIQUE (b),"
                   " CHECK (b > 0));",
                   "CREATE TABLE t (a integer, b integer,"
                   " CONSTRAINT small CHECK (a < 20), CONSTRAINT new_name UNIQUE (b),"
                   " CHECK (b > 1));",
                   "drop constraint t.small\n"
                   "add constraint t.small\n"
                   "rename constraint t.old_name to new_name\n"
                   "add constraint t.t_b_check\n"
                   "drop constraint t.t_b_check\n");
}

static void
an_index_that_differs_is_made_again(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a integer, b integer); CREATE INDEX i ON t (a);"
                   "CREATE INDEX j ON t (b);",
                   "CREATE TABLE t (a integer, b integer); CREATE INDEX i ON t (a DESC);"
                   "CREATE UNIQUE INDEX k ON t (a, b);",
                   "drop index i\ncreate index i\ncreate index k\ndrop index j\n");
}

static void
what_stands_on_a_dropped_table_goes_with_it(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a integer); CREATE INDEX i ON t (a);"
                   "CREATE TABLE u (a integer);",
                   "CREATE TABLE u (a integer);", "drop table t\n");
}

static void
column_order_is_a_change_of_its_own(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a integer, b integer);",
                   "CREATE TABLE t (b integer, a integer);", "change column order t\n");
    assert_changes("CREATE TABLE t (a integer, b integer);",
                   "CREATE TABLE t (a integer, x integer, b integer);",
                   "add column t.x\n");
}

static void
enum_values_and_renames(void **state)
{
    (void)state;
    assert_changes("CREATE TYPE s AS ENUM ('a'); CREATE TABLE t (x s);",
                   "-- @was s\nCREATE TYPE state AS ENUM ('a', 'b');"
                   "CREATE TABLE t (x state);",
                   "rename type s to state\nchange enum values state\n");
}

static void
only_new_rows_are_inserted(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (id integer PRIMARY KEY, x text);"
                   "INSERT INTO t VALUES (1, 'a');",
                   "CREATE TABLE t (id integer PRIMARY KEY, x text);"
                   "INSERT INTO t VALUES (1, 'edited'), (2, 'b');",
                   "insert initial rows of t\n");
}

static void
comments_are_changes(void **state)
{
    (void)state;
    assert_changes("CREATE TABLE t (a integer); CREATE INDEX i ON t (a);"
                   "COMMENT ON COLUMN t.a IS 'old';",
                   "CREATE TABLE t (a integer); CREATE INDEX i ON t (a);"
                   "COMMENT ON COLUMN t.a IS 'new'; COMMENT ON TABLE t IS 'table';"
                   "COMMENT ON INDEX i IS 'index';",
                   "change comment t.a\nchange comment t\nchange comment i\n");
}

static size_t
count_notes(const char *from, const char *to, enum diag_code code)
{
    struct session s;
    struct changes changes;
    size_t n = 0;

    session_init(&s);
    diff_catalogs(&s, NULL, declare(&s, from), declare(&s, to), &changes);
    diff_notes(&s, &changes);
    VEC_EACH (i, &s.diags.all)
        n += s.diags.all.items[i]->code == code ? 1 : 0;
    session_free(&s);
    return n;
}

static void
a_likely_rename_is_noted(void **state)
{
    const char *from = "CREATE TABLE t (id integer, a text);";

    (void)state;
    assert_int_equal(
        count_notes(from, "CREATE TABLE t (id integer, b text);", D_LOOKS_LIKE_RENAME),
        1);
    assert_int_equal(
        count_notes(from, "CREATE TABLE t (id integer, b date);", D_LOOKS_LIKE_RENAME),
        0);
    assert_int_equal(count_notes(from, "CREATE TABLE t (id integer, b text, c text);",
                                 D_LOOKS_LIKE_RENAME),
                     0);
    assert_int_equal(count_notes(from,
                                 "CREATE TABLE t (id integer, a text, c text -- @was z\n"
                                 ");",
                                 D_RENAME_UNKNOWN),
                     1);
    assert_int_equal(
        count_notes(from, "CREATE TABLE t (a text, id integer);", D_COLUMN_ORDER), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_catalogs_give_nothing),
        cmocka_unit_test(order_of_declaration_is_nothing),
        cmocka_unit_test(spelling_is_nothing),
        cmocka_unit_test(a_renamed_column_is_one_change),
        cmocka_unit_test(a_renamed_table_is_one_change),
        cmocka_unit_test(the_way_back_undoes_a_rename),
        cmocka_unit_test(a_rename_that_happened_is_nothing),
        cmocka_unit_test(each_facet_of_a_column_is_a_change),
        cmocka_unit_test(constraints_match_by_name_then_content),
        cmocka_unit_test(an_index_that_differs_is_made_again),
        cmocka_unit_test(what_stands_on_a_dropped_table_goes_with_it),
        cmocka_unit_test(column_order_is_a_change_of_its_own),
        cmocka_unit_test(enum_values_and_renames),
        cmocka_unit_test(only_new_rows_are_inserted),
        cmocka_unit_test(comments_are_changes),
        cmocka_unit_test(a_likely_rename_is_noted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
