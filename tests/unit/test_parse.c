/*
 * Tokens to expression trees: every form, and how tightly each binds.  Statements are in
 * test_statements.c.
 */
#include "parsed.h"

/* The tree of a lone expression, or its errors. */
static const char *
tree(struct parsed *p, const char *text)
{
    const struct expr *e;
    struct text out;

    parsed_open(p, "", 0);
    p->source = source_add(&p->s.arena, &p->s.sources, SLICE("e"), slice_from(text));
    e = parse_expr(&p->s, (struct span){ p->source, 0, (uint32_t)strlen(text) });
    if (e == NULL)
        return parsed_errors(p);
    text_init(&out, &p->s.arena);
    dump(&out, e);
    return slice_z(&p->s.arena, text_slice(&out));
}

struct expected {
    const char *text;
    const char *tree;
};

static void
check_trees(const struct expected *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct parsed p;

        assert_string_equal(tree(&p, all[i].text), all[i].tree);
        parsed_close(&p);
    }
}

#define CHECK_TREES(all) check_trees(all, ARRAY_LEN(all))

static void
literals_and_names(void **state)
{
    static const struct expected all[] = {
        { "NULL", "(null)" },
        { "TRUE", "(bool 'true')" },
        { "1.50", "(number '1.50')" },
        { "'it''s'", "(string 'it's')" },
        { "'a'\n'b'", "(string 'ab')" },
        { "X'0F'", "(blob '0f')" },
        { "B'01'", "(bits '01')" },
        { "DATE '2024-01-01'", "(typed '2024-01-01' date)" },
        { "INTERVAL '1 day'", "(typed '1 day' interval)" },
        { "INTERVAL '1' DAY", "(typed '1 day' interval)" },
        { "timestamp with time zone 'x'", "(typed 'x' timestamptz)" },
        { "numeric(3,1) '1.5'", "(typed '1.5' numeric(3, 1))" },
        { "double precision '1'", "(typed '1' double precision)" },
        { "Abc", "(name 'abc')" },
        { "\"Abc\"", "(name 'Abc' #80000)" },
        { "s.t.c", "(name 'c' (part 's') (part 't'))" },
        { "t.*", "(star (part 't'))" },
        { "$1", "(parameter '$1')" },
        { "?", "(parameter '?')" },
        { ":a", "(parameter ':a')" },
        { "CURRENT_TIMESTAMP", "(keyword 'current_timestamp')" },
        { "current_timestamp(3)", "(keyword 'current_timestamp' (number '3'))" },
    };

    (void)state;
    CHECK_TREES(all);
}

/* Each pair of neighbours in PostgreSQL's table of precedence. */
static void
precedence_is_that_of_postgres(void **state)
{
    static const struct expected all[] = {
        { "a OR b AND c", "(or (name 'a') (and (name 'b') (name 'c')))" },
        { "a OR b OR c", "(or (name 'a') (name 'b') (name 'c'))" },
        { "a AND (b AND c)", "(and (name 'a') (name 'b' 1<>0) (name 'c' 0<>1))" },
        { "((a) AND b) AND c", "(and (name 'a' 2<>1) (name 'b' 0<>1) (name 'c'))" },
        { "((a OR b))", "(or 2<>2 (name 'a') (name 'b'))" },
        { "NOT a AND b", "(and (not (name 'a')) (name 'b'))" },
        { "NOT a IS NULL", "(not (is 'null' (name 'a')))" },
        { "a = b IS NULL", "(is 'null' (binary '=' (name 'a') (name 'b')))" },
        { "a < b LIKE c",
          "(binary '<' (name 'a') (like 'like' (name 'b') (name 'c') -))" },
        { "a LIKE b || c",
          "(like 'like' (name 'a') (binary '||' (name 'b') (name 'c')) -)" },
        { "a || b + c", "(binary '||' (name 'a') (binary '+' (name 'b') (name 'c')))" },
        { "a - b - c", "(binary '-' (binary '-' (name 'a') (name 'b')) (name 'c'))" },
        { "a + b * c", "(binary '+' (name 'a') (binary '*' (name 'b') (name 'c')))" },
        { "a * b ^ c", "(binary '*' (name 'a') (binary '^' (name 'b') (name 'c')))" },
        { "a ^ b AT TIME ZONE c",
          "(binary '^' (name 'a') (at_time_zone (name 'b') (name 'c')))" },
        { "a AT TIME ZONE b COLLATE c",
          "(at_time_zone (name 'a') (collate 'c' (name 'b')))" },
        { "-a COLLATE c", "(collate 'c' (unary '-' (name 'a')))" },
        { "-a::int", "(unary '-' (cast integer (name 'a')))" },
        { "-a ^ b", "(binary '^' (unary '-' (name 'a')) (name 'b'))" },
        { "a == b", "(binary '=' (name 'a') (name 'b'))" },
        { "a != b", "(binary '<>' (name 'a') (name 'b'))" },
        { "a BETWEEN 1 AND 2 AND b", "(and (between (name 'a') (number '1') (number "
                                     "'2')) (name 'b'))" },
        { "a IN (1) = b", "(binary '=' (in (name 'a') (list (number '1'))) (name 'b'))" },
        { "a = b = c",
          "S0101 1:7 unexpected \"=\" | comparisons cannot be chained: use AND" },
        { "a < b < c",
          "S0101 1:7 unexpected \"<\" | comparisons cannot be chained: use AND" },
    };

    (void)state;
    CHECK_TREES(all);
}

static void
tests_and_patterns(void **state)
{
    static const struct expected all[] = {
        { "a IS NOT TRUE", "(is 'true' #1 (name 'a'))" },
        { "a ISNULL", "(is 'null' (name 'a'))" },
        { "a NOTNULL", "(is 'null' #1 (name 'a'))" },
        { "a IS DISTINCT FROM b", "(is_distinct (name 'a') (name 'b'))" },
        { "a IS NOT DISTINCT FROM b", "(is_distinct #1 (name 'a') (name 'b'))" },
        { "a IS b", "(is_distinct #1 (name 'a') (name 'b'))" },
        { "a IS NOT 1", "(is_distinct (name 'a') (number '1'))" },
        { "a NOT BETWEEN SYMMETRIC 1 AND 2",
          "(between #9 (name 'a') (number '1') (number '2'))" },
        { "a NOT LIKE b ESCAPE '!'",
          "(like 'like' #1 (name 'a') (name 'b') (string '!'))" },
        { "a ILIKE b", "(like 'ilike' (name 'a') (name 'b') -)" },
        { "a SIMILAR TO b", "(like 'similar' (name 'a') (name 'b') -)" },
        { "a NOT GLOB b", "(like 'glob' #1 (name 'a') (name 'b') -)" },
        { "a REGEXP b", "(like 'regexp' (name 'a') (name 'b') -)" },
        { "a MATCH b", "(like 'match' (name 'a') (name 'b') -)" },
        { "a !~* b", "(binary '!~*' (name 'a') (name 'b'))" },
        { "a NOT IN (SELECT 1)", "(in #1 (name 'a') (select - - (list (target (number "
                                 "'1'))) - - - - - - - - -))" },
        { "a IN ()", "(in (name 'a') (list))" },
        { "a = ANY (b)", "(quantified '=' (name 'a') (name 'b'))" },
        { "a <> ALL (ARRAY[1])", "(quantified '<>' #4 (name 'a') (array (number '1')))" },
        { "EXISTS (SELECT 1)",
          "(exists (select - - (list (target (number '1'))) - - - - - - - - -))" },
    };

    (void)state;
    CHECK_TREES(all);
}

static void
composed_values(void **state)
{
    static const struct expected all[] = {
        { "(a, b)", "(row (name 'a') (name 'b'))" },
        { "ROW(a)", "(row (name 'a'))" },
        { "ARRAY[[1],[2]]", "(array (array (number '1')) (array (number '2')))" },
        { "ARRAY(SELECT 1)",
          "(array_query (select - - (list (target (number '1'))) - - - - - - - - -))" },
        { "a[1][2]", "(subscript (subscript (name 'a') (number '1')) (number '2'))" },
        { "a[:n]", "(slice (name 'a') - (name 'n'))" },
        { "(a).b.c", "(field 'c' (field 'b' (name 'a' 1<>1)))" },
        { "a.b[1].c", "(field 'c' (subscript (name 'b' (part 'a')) (number '1')))" },
        { "a -> 'b' ->> 'c'",
          "(binary '->>' (binary '->' (name 'a') (string 'b')) (string 'c'))" },
        { "CASE a WHEN 1 THEN 2 ELSE 3 END",
          "(case (name 'a') (number '3') (number '1') (number '2'))" },
        { "CASE WHEN a THEN b END", "(case - - (name 'a') (name 'b'))" },
        { "CAST(a AS varchar(3))", "(cast varchar(3) (name 'a'))" },
        { "a::s.t", "(cast s.t (name 'a'))" },
        { "a::int[]", "(cast integer[] (name 'a'))" },
        { "a::timestamp(3) without time zone", "(cast timestamp(3) (name 'a'))" },
        { "a::float(24)", "(cast real (name 'a'))" },
        { "a::character varying(5)", "(cast varchar(5) (name 'a'))" },
        { "(SELECT 1)",
          "(subquery (select - - (list (target (number '1'))) - - - - - - - - -))" },
    };

    (void)state;
    CHECK_TREES(all);
}

static void
calls(void **state)
{
    static const struct expected all[] = {
        { "f()", "(call 'f' - - - -)" },
        { "s.f(a, b)", "(call 'f' (part 's') - - - (name 'a') (name 'b'))" },
        { "count(*)", "(call 'count' #20 - - - -)" },
        { "count(DISTINCT a)", "(call 'count' #2 - - - - (name 'a'))" },
        { "f(VARIADIC a)", "(call 'f' #10 - - - - (name 'a'))" },
        { "f(x => 1)", "(call 'f' - - - - (named_arg 'x' (number '1')))" },
        { "agg(a ORDER BY b DESC NULLS LAST)",
          "(call 'agg' - (list (order #5000 (name 'b'))) - - (name 'a'))" },
        { "sum(a) FILTER (WHERE b)", "(call 'sum' - - (name 'b') - (name 'a'))" },
        { "p(0.5) WITHIN GROUP (ORDER BY a)",
          "(call 'p' #100000 - (list (order (name 'a'))) - - (number '0.5'))" },
        { "f() OVER w", "(call 'f' - - - (window 'w' #80 - - -))" },
        { "f() OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)",
          "(call 'f' - - - (window (list (name 'a')) (list (order (name 'b'))) (frame "
          "'rows between preceding and current row' (number '1') -)))" },
        { "f() OVER (RANGE UNBOUNDED PRECEDING EXCLUDE TIES)",
          "(call 'f' - - - (window - - (frame 'range unbounded preceding exclude ties' - "
          "-)))" },
        { "EXTRACT(year FROM a)",
          "(call 'extract' #40 - - - - (string 'year') (name 'a'))" },
        { "POSITION('a' IN b)", "(call 'position' #40 - - - - (string 'a') (name 'b'))" },
        { "SUBSTRING(a FROM 1 FOR 2)",
          "(call 'substring' #40 - - - - (name 'a') (number '1') (number '2'))" },
        { "SUBSTRING(a, 1)", "(call 'substring' - - - - (name 'a') (number '1'))" },
        { "OVERLAY(a PLACING b FROM 1)",
          "(call 'overlay' #40 - - - - (name 'a') (name 'b') (number '1'))" },
        { "TRIM(LEADING 'x' FROM a)",
          "(call 'ltrim' #40 - - - - (name 'a') (string 'x'))" },
        { "TRIM(a)", "(call 'trim' - - - - (name 'a'))" },
        { "left(a, 1)", "(call 'left' - - - - (name 'a') (number '1'))" },
        { "char(10)", "(call 'char' - - - - (number '10'))" },
        { "date('now', '-1 day')",
          "(call 'date' - - - - (string 'now') (string '-1 day'))" },
        { "glob(a, b)", "(call 'glob' - - - - (name 'a') (name 'b'))" },
        { "replace(a, 'b', '')",
          "(call 'replace' - - - - (name 'a') (string 'b') (string ''))" },
        { "COALESCE(a, b)", "(call 'coalesce' - - - - (name 'a') (name 'b'))" },
        { "(a, b) OVERLAPS (c, d)", "(call 'overlaps' #40 - - - - (name 'a') (name 'b') "
                                    "(name 'c') (name 'd'))" },
    };

    (void)state;
    CHECK_TREES(all);
}

/* ---- depth ---- */

static bool
parses(const char *open, const char *inner, const char *close, size_t times)
{
    struct parsed p;
    struct text t;
    bool good;
    const char *errors;

    parsed_open(&p, "", 0);
    text_init(&t, &p.s.arena);
    text_addz(&t, "SELECT ");
    for (size_t i = 0; i < times; i++)
        text_addz(&t, open);
    text_addz(&t, inner);
    for (size_t i = 0; i < times; i++)
        text_addz(&t, close);
    p.source = source_add(&p.s.arena, &p.s.sources, SLICE("a"), text_slice(&t));
    good = parse_source(&p.s, p.source, &p.ast);
    errors = parsed_errors(&p);
    if (!good) {
        assert_memory_equal(errors, "S0108", 5);
        assert_int_equal(p.s.diags.error_count, 1);
    }
    parsed_close(&p);
    return good;
}

static void
depth_has_a_limit_and_length_has_none(void **state)
{
    size_t most = EXPR_DEPTH_MAX - 4; /* the select, its list, its target, the 1 */

    (void)state;
    assert_true(parses("NOT ", "1", "", most));
    assert_false(parses("NOT ", "1", "", most + 1));
    assert_false(parses("NOT ", "1", "", 100000));
    assert_true(parses("(", "1", ")", 2000));
    assert_false(parses("(", "1", ")", 100000));
    assert_false(parses("CASE WHEN 1 THEN ", "1", " END", 100000));
    assert_false(parses("(SELECT ", "1", ")", 100000));
    assert_false(parses("1 + ", "1", "", 100000));
    assert_true(parses("a OR ", "a", "", 100000));
    assert_true(parses("a AND ", "a", "", 100000));
    assert_true(parses("f(1), ", "1", "", 100000));
}

static void
check_type(const char *text, const char *expected)
{
    struct parsed p;
    const struct type *t;
    struct text out;

    parsed_open(&p, "", 0);
    p.source = source_add(&p.s.arena, &p.s.sources, SLICE("e"), slice_from(text));
    t = parse_type(&p.s, (struct span){ p.source, 0, (uint32_t)strlen(text) });
    text_init(&out, &p.s.arena);
    if (t != NULL)
        type_print(t, &out);
    assert_string_equal(
        t == NULL ? parsed_errors(&p) : slice_z(&p.s.arena, text_slice(&out)), expected);
    parsed_close(&p);
}

static void
lone_types(void **state)
{
    (void)state;
    check_type("numeric(10,2)[]", "numeric(10, 2)[]");
    check_type("INT(11) UNSIGNED ZEROFILL", "bigint");
    check_type("UNSIGNED BIG INT", "bigint");
    check_type("timestamp with time zone", "timestamptz");
    check_type("interval day to second", "interval day to second");
    check_type("\"Role\"", "\"Role\"");
    check_type("int array", "integer[]");
    check_type("text(100)", "text");
    check_type("numeric(1, 2, 3)", "S0405 1:1 this type takes at most 2 arguments");
    check_type("geometry(Point, 4326)", "geometry(point, 4326)");
    check_type("vector(3)", "vector(3)");
    check_type("numeric(a)", "S0405 1:9 the argument of a type must be a whole number");
    check_type("geometry(a + 1)",
               "S0405 1:10 the argument of a type must be a number, a word or a string");
    check_type("numeric(", "S0101 1:9 this ends too early, expected an expression");
    check_type("numeric x", "S0101 1:9 unexpected \"x\"");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_and_names),
        cmocka_unit_test(precedence_is_that_of_postgres),
        cmocka_unit_test(tests_and_patterns),
        cmocka_unit_test(composed_values),
        cmocka_unit_test(calls),
        cmocka_unit_test(depth_has_a_limit_and_length_has_none),
        cmocka_unit_test(lone_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
