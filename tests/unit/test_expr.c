/*
 * Comparing, hashing, rewriting and walking trees.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "trees.h"

static bool
same(const struct expr *a, const struct expr *b)
{
    if (expr_equal(a, b) && expr_hash(a) != expr_hash(b))
        fail_msg("equal trees with different hashes: %.*s",
                 SLICE_ARG(expr_text(&trees, a)));
    return expr_equal(a, b);
}

static void
equal_is_by_structure(void **state)
{
    (void)state;
    assert_true(same(bin(col("a"), "+", num("1")), bin(col("a"), "+", num("1"))));
    assert_false(same(bin(col("a"), "+", num("1")), bin(num("1"), "+", col("a"))));
    assert_false(same(bin(col("a"), "+", num("1")), bin(col("a"), "-", num("1"))));
    assert_false(same(num("1"), str("1")));
    assert_false(
        same(call("f", 0, ARGS(col("a"))), call("f", 0, ARGS(col("a"), col("b")))));
    assert_false(same(call("count", 0, ARGS(col("a"))),
                      call("count", EXPR_DISTINCT, ARGS(col("a")))));
    assert_true(same(NULL, NULL));
    assert_false(same(NULL, num("1")));
    assert_int_equal(expr_hash(NULL), 0);
}

static void
equal_does_not_see_spans_results_and_quotes(void **state)
{
    struct expr *a = expr_leaf(&trees, EXPR_NAME, (struct span){ 1, 2, 3 }, SLICE("a"));
    struct type t = { .kind = TYPE_TEXT };

    (void)state;
    a->result = &t;
    a->flags = EXPR_QUOTED;
    assert_true(same(a, col("a")));
}

static void
equal_compares_types_by_value(void **state)
{
    (void)state;
    assert_true(same(cast(col("a"), "int4"), cast(col("a"), "integer")));
    assert_true(same(cast(col("a"), "bool"), cast(col("a"), "boolean")));
    assert_false(same(cast(col("a"), "text"), cast(col("a"), "integer")));
}

static const struct expr *
rename_a(void *context, const struct expr *e)
{
    size_t *calls = context;

    ++*calls;
    return e->kind == EXPR_NAME && slice_is(e->text, "a") ? col("b") : e;
}

static void
rewrite_makes_a_new_tree_and_leaves_the_old(void **state)
{
    const struct expr *untouched = bin(col("x"), "*", num("2"));
    const struct expr *old = bin(bin(col("a"), "+", num("1")), "<", untouched);
    size_t calls = 0;
    const struct expr *new = expr_rewrite(&trees, old, rename_a, &calls);

    (void)state;
    assert_int_equal(calls, 7);
    assert_true(slice_is(expr_text(&trees, old), "a + 1 < x * 2"));
    assert_true(slice_is(expr_text(&trees, new), "b + 1 < x * 2"));
    assert_ptr_equal(new->args[1], untouched);
    assert_null(expr_rewrite(&trees, NULL, rename_a, &calls));
}

/* CASE WHEN … END without operand and ELSE: NULL arguments stay. */
static void
rewrite_keeps_null_arguments(void **state)
{
    const struct expr *old =
        node(EXPR_CASE, NULL, 0, ARGS(NULL, NULL, col("a"), num("1")));
    size_t calls = 0;
    const struct expr *new = expr_rewrite(&trees, old, rename_a, &calls);

    (void)state;
    assert_null(new->args[0]);
    assert_null(new->args[1]);
    assert_true(slice_is(expr_text(&trees, new), "CASE WHEN b THEN 1 END"));
}

struct visited {
    char order[64];
    size_t count;
};

static bool
note_kind(void *context, const struct expr *e)
{
    struct visited *v = context;

    v->order[v->count++] = e->text.ptr[0];
    return !slice_is(e->text, "stop");
}

static void
walk_sees_parents_first_and_stops(void **state)
{
    const struct expr *e =
        bin(bin(col("a"), "+", col("b")), "=", bin(col("stop"), "-", col("c")));
    struct visited v = { .count = 0 };

    (void)state;
    assert_false(expr_walk(e, note_kind, &v));
    assert_int_equal(v.count, 6);
    assert_memory_equal(v.order, "=+ab-s", 6);
    v.count = 0;
    assert_true(expr_walk(e->args[0], note_kind, &v));
    assert_int_equal(v.count, 3);
}

static void
predicates(void **state)
{
    const struct expr *sum = bin(col("a"), "+", num("1"));

    (void)state;
    assert_true(expr_mentions_column(call("f", 0, ARGS(sum)), SLICE("a")));
    assert_false(expr_mentions_column(call("f", 0, ARGS(sum)), SLICE("f")));
    assert_false(expr_mentions_column(NULL, SLICE("a")));
    assert_true(expr_is_constant(num("1")));
    assert_true(expr_is_constant(un("-", num("1"))));
    assert_true(expr_is_constant(cast(str("x"), "text")));
    assert_false(expr_is_constant(sum));
    assert_false(expr_is_constant(un("~", num("1"))));
    assert_false(expr_is_constant(NULL));
    assert_true(expr_is_query(node(QUERY_VALUES, NULL, 0, 0, NULL)));
    assert_false(expr_is_query(sum));
    assert_false(expr_is_query(NULL));
}

static void
parentheses_are_counted_and_not_compared(void **state)
{
    struct expr *a = expr_leaf(&trees, EXPR_NAME, SPAN_NONE, SLICE("a"));

    (void)state;
    expr_add_parens(a, 2, 1);
    assert_int_equal(expr_opened(a), 2);
    assert_int_equal(expr_closed(a), 1);
    assert_int_equal(expr_parens(a), 1);
    expr_add_parens(a, 0, 1);
    assert_int_equal(expr_parens(a), 2);
    assert_true(same(a, col("a")));
    expr_add_parens(a, 1000, 1000);
    assert_int_equal(expr_parens(a), EXPR_PARENS_MAX);
    assert_int_equal(expr_parens(expr_unwrapped(&trees, a)), 0);
    assert_int_equal(expr_parens(a), EXPR_PARENS_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_is_by_structure),
        cmocka_unit_test(equal_does_not_see_spans_results_and_quotes),
        cmocka_unit_test(equal_compares_types_by_value),
        cmocka_unit_test(rewrite_makes_a_new_tree_and_leaves_the_old),
        cmocka_unit_test(rewrite_keeps_null_arguments),
        cmocka_unit_test(walk_sees_parents_first_and_stops),
        cmocka_unit_test(predicates),
        cmocka_unit_test(parentheses_are_counted_and_not_compared),
    };

    return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
