/*
 * Names as PostgreSQL 15 gave them to the same declarations, in the same order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/naming.h"
#include "trees.h"

#define LONG_TABLE "a_table_with_a_rather_long_name_that_needs_all_of_its_room_63x"
#define LONG_COLUMN "a_column_with_a_rather_long_name_that_needs_all_of_its_room_x63"
#define UMLAUT_TABLE "Überraschend_lange_Tabelle_für_Größenänderungen_äöüß"
#define UMLAUT_COLUMN "Spalte_mit_vielen_Umläuten_äöüäöüäöüäöüäöüäöüäöüäöü"
#define WIDE_TABLE "表表表表表表表表表表表表表表表表表表表表表"
#define WIDE_COLUMN "列列列列列列列列列列列列列列列列列列列列列"

struct named {
    const char *table;
    const char *columns[3];
    const char *suffix;
    const char *name;
};

static void
assert_names(const struct named *cases, size_t count)
{
    struct session s;
    struct map taken;

    session_init(&s);
    map_init(&taken, &s.arena);
    for (size_t i = 0; i < count; i++) {
        struct slices columns = { 0 };
        struct slice name;

        for (size_t k = 0; k < ARRAY_LEN(cases[i].columns); k++)
            if (cases[i].columns[k] != NULL)
                VEC_PUSH(&s.arena, &columns.all, slice_from(cases[i].columns[k]));
        name = naming_derive(&s, &taken, slice_from(cases[i].table), &columns,
                             cases[i].suffix);
        assert_string_equal(slice_z(&s.arena, name), cases[i].name);
        assert_true(map_has(&taken, name));
    }
    session_free(&s);
}

static void
clashes_are_numbered(void **state)
{
    static const struct named cases[] = {
        { "t", { "a" }, "pkey", "t_pkey" },
        { "t", { "b" }, "key", "t_b_key" },
        { "t", { "c" }, "check", "t_c_check" },
        { "t", { "d" }, "fkey", "t_d_fkey" },
        { "t", { NULL }, "check", "t_check" },
        { "t", { "c" }, "check", "t_c_check1" },
        { "t", { "a" }, "check", "t_a_check" },
        { "t", { NULL }, "check", "t_check1" },
        { "t", { "b", "c" }, "key", "t_b_c_key" },
        { "t", { "b", "c" }, "key", "t_b_c_key1" },
        { "t", { "d" }, "fkey", "t_d_fkey1" },
        { "t", { "b" }, "idx", "t_b_idx" },
        { "t", { "b" }, "idx", "t_b_idx1" },
        { "u", { "a" }, "excl", "u_a_excl" },
        { "u", { "a", "expr" }, "excl", "u_a_expr_excl" },
        { "s", { "id" }, "seq", "s_id_seq" },
    };

    (void)state;
    assert_names(cases, ARRAY_LEN(cases));
}

static void
the_longer_of_the_two_gives_way(void **state)
{
    static const struct named cases[] = {
        { LONG_TABLE,
          { NULL },
          "pkey",
          "a_table_with_a_rather_long_name_that_needs_all_of_its_room_pkey" },
        { LONG_TABLE,
          { "short" },
          "key",
          "a_table_with_a_rather_long_name_that_needs_all_of_its_short_key" },
        { LONG_TABLE,
          { LONG_COLUMN },
          "key",
          "a_table_with_a_rather_long_na_a_column_with_a_rather_long_n_key" },
        { LONG_TABLE,
          { LONG_COLUMN },
          "key",
          "a_table_with_a_rather_long_na_a_column_with_a_rather_long__key1" },
        { LONG_TABLE,
          { LONG_COLUMN },
          "check",
          "a_table_with_a_rather_long_n_a_column_with_a_rather_long__check" },
        { LONG_TABLE,
          { LONG_COLUMN },
          "check",
          "a_table_with_a_rather_long_n_a_column_with_a_rather_long_check1" },
        { LONG_TABLE,
          { "short" },
          "fkey",
          "a_table_with_a_rather_long_name_that_needs_all_of_it_short_fkey" },
        { LONG_TABLE,
          { NULL },
          "check",
          "a_table_with_a_rather_long_name_that_needs_all_of_its_roo_check" },
        { LONG_TABLE,
          { LONG_COLUMN },
          "idx",
          "a_table_with_a_rather_long_na_a_column_with_a_rather_long_n_idx" },
        { LONG_TABLE,
          { "short", LONG_COLUMN },
          "idx",
          "a_table_with_a_rather_long_na_short_a_column_with_a_rather__idx" },
        { LONG_TABLE,
          { LONG_COLUMN, LONG_COLUMN, LONG_COLUMN },
          "idx",
          "a_table_with_a_rather_long_na_a_column_with_a_rather_long__idx1" },
        { LONG_TABLE,
          { "expr", "expr1" },
          "idx",
          "a_table_with_a_rather_long_name_that_needs_all_o_expr_expr1_idx" },
    };

    (void)state;
    assert_names(cases, ARRAY_LEN(cases));
}

static void
characters_are_never_cut(void **state)
{
    static const struct named cases[] = {
        { UMLAUT_TABLE,
          { "größe" },
          "check",
          "Überraschend_lange_Tabelle_für_Größenänderun_größe_check" },
        { UMLAUT_TABLE,
          { NULL },
          "pkey",
          "Überraschend_lange_Tabelle_für_Größenänderungen_äö_pkey" },
        { UMLAUT_TABLE,
          { "größe" },
          "key",
          "Überraschend_lange_Tabelle_für_Größenänderunge_größe_key" },
        { UMLAUT_TABLE,
          { UMLAUT_COLUMN },
          "key",
          "Überraschend_lange_Tabelle_f_Spalte_mit_vielen_Umläuten__key" },
        { UMLAUT_TABLE,
          { UMLAUT_COLUMN, "größe" },
          "key",
          "Überraschend_lange_Tabelle_f_Spalte_mit_vielen_Umläuten__key1" },
        { UMLAUT_TABLE,
          { UMLAUT_COLUMN },
          "seq",
          "Überraschend_lange_Tabelle_f_Spalte_mit_vielen_Umläuten__seq" },
        { WIDE_TABLE,
          { WIDE_COLUMN },
          "key",
          "表表表表表表表表表_列列列列列列列列列_key" },
        { WIDE_TABLE,
          { "x" WIDE_COLUMN },
          "key",
          "表表表表表表表表表_x列列列列列列列列列_key" },
    };

    (void)state;
    assert_names(cases, ARRAY_LEN(cases));
}

/* ---- keys of indexes ---- */

static const char *
index_name(const struct index_keys *keys, const struct slices *include)
{
    struct session s;
    struct map taken;
    struct slices columns;
    const char *name;

    session_init(&s);
    map_init(&taken, &s.arena);
    naming_index_columns(&s, keys, include, &columns);
    name = slice_z(&trees, naming_derive(&s, &taken, SLICE("t"), &columns, "idx"));
    session_free(&s);
    return name;
}

static const char *
name_of_keys(size_t count, const struct expr *const *exprs)
{
    struct index_keys keys = { 0 };

    for (size_t i = 0; i < count; i++) {
        struct index_key key = { .expr = exprs[i] };

        if (exprs[i]->kind == EXPR_PART) {
            key.column = exprs[i]->text;
            key.expr = NULL;
        }
        VEC_PUSH(&trees, &keys.all, key);
    }
    return index_name(&keys, NULL);
}

static void
plain_keys_are_named_and_numbered(void **state)
{
    struct index_keys keys = { 0 };
    struct index_key key = { .column = SLICE("b") };
    struct slices include = { 0 };

    (void)state;
    assert_string_equal(name_of_keys(ARGS(leaf(EXPR_PART, "b"), leaf(EXPR_PART, "c"))),
                        "t_b_c_idx");
    assert_string_equal(name_of_keys(ARGS(leaf(EXPR_PART, "b"), leaf(EXPR_PART, "b"))),
                        "t_b_b1_idx");
    VEC_PUSH(&trees, &keys.all, key);
    VEC_PUSH(&trees, &include.all, SLICE("c"));
    VEC_PUSH(&trees, &include.all, SLICE("b"));
    assert_string_equal(index_name(&keys, &include), "t_b_c_b1_idx");
}

static void
expressions_are_named_by_their_function(void **state)
{
    const struct expr *a = col("a"), *b = col("b"), *e = col("e");
    const struct expr *sum = bin(a, "+", b);
    const struct expr *when = bin(a, ">", num("1"));

    (void)state;
    assert_string_equal(name_of_keys(ARGS(call("lower", 0, ARGS(e)))), "t_lower_idx");
    assert_string_equal(name_of_keys(ARGS(sum)), "t_expr_idx");
    assert_string_equal(name_of_keys(ARGS(sum, sum, sum)), "t_expr_expr1_expr2_idx");
    assert_string_equal(name_of_keys(ARGS(cast(e, "varchar"))), "t_e_idx");
    assert_string_equal(name_of_keys(ARGS(cast(call("lower", 0, ARGS(e)), "varchar"))),
                        "t_lower_idx");
    assert_string_equal(name_of_keys(ARGS(cast(sum, "bigint"))), "t_int8_idx");
    assert_string_equal(name_of_keys(ARGS(cast(sum, "boolean"))), "t_bool_idx");
    assert_string_equal(name_of_keys(ARGS(cast(num("7"), "numeric"))), "t_numeric_idx");
    assert_string_equal(
        name_of_keys(ARGS(node(EXPR_CASE, NULL, 0, ARGS(NULL, col("c"), when, b)))),
        "t_c_idx");
    assert_string_equal(
        name_of_keys(ARGS(node(EXPR_CASE, NULL, 0, ARGS(NULL, num("7"), when, b)))),
        "t_case_idx");
    assert_string_equal(name_of_keys(ARGS(call("coalesce", 0, ARGS(a, b)))),
                        "t_coalesce_idx");
    assert_string_equal(name_of_keys(ARGS(call("trim", EXPR_SPECIAL, ARGS(e)))),
                        "t_btrim_idx");
    assert_string_equal(
        name_of_keys(ARGS(node(EXPR_AT_TIME_ZONE, NULL, 0, ARGS(col("g"), str("UTC"))))),
        "t_timezone_idx");
    assert_string_equal(
        name_of_keys(ARGS(node(EXPR_SUBSCRIPT, NULL, 0, ARGS(col("h"), num("1"))))),
        "t_h_idx");
    assert_string_equal(name_of_keys(ARGS(node(EXPR_ARRAY, NULL, 0, ARGS(a, b)))),
                        "t_array_idx");
    assert_string_equal(name_of_keys(ARGS(node(EXPR_COLLATE, "C", 0, ARGS(e)))),
                        "t_e_idx");
    assert_string_equal(name_of_keys(ARGS(node(EXPR_IS, "null", 0, ARGS(e)))),
                        "t_expr_idx");
}

static const char *
multirange(const char *range)
{
    return slice_z(&trees, naming_multirange(&trees, slice_from(range)));
}

/* What PostgreSQL 15 makes of them. */
static void
multiranges_are_named_after_their_range(void **state)
{
    (void)state;
    assert_string_equal(multirange("floatrange"), "floatmultirange");
    assert_string_equal(multirange("span"), "span_multirange");
    assert_string_equal(multirange("rangerange"), "multirangerange");
    assert_string_equal(
        multirange("a23456789_123456789_123456789_123456789_123456789_123456789_"),
        "a23456789_123456789_123456789_123456789_123456789_12_multirange");
    assert_string_equal(
        multirange("a23456789_123456789_123456789_123456789_123456789_1234range"),
        "a23456789_123456789_123456789_123456789_123456789_1234multirang");
    assert_string_equal(
        multirange("a23456789_123456789_123456789_123456789_123456789_1\xc3\xa4xyz"),
        "a23456789_123456789_123456789_123456789_123456789_1_multirange");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clashes_are_numbered),
        cmocka_unit_test(the_longer_of_the_two_gives_way),
        cmocka_unit_test(characters_are_never_cut),
        cmocka_unit_test(plain_keys_are_named_and_numbered),
        cmocka_unit_test(expressions_are_named_by_their_function),
        cmocka_unit_test(multiranges_are_named_after_their_range),
    };

    return cmocka_run_group_tests_name("naming", tests, NULL, NULL);
}
