/*
 * SQL as it is written: quoting, blanks, and parentheses exactly where they are needed.
 * The last tests ask SQLite and our own parser whether they read a tree as it was meant.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "syntax/parse.h"
#include "trees.h"

#define assert_prints(e, expected) assert_prints_at((e), (expected), __FILE__, __LINE__)

static void
assert_prints_at(const struct expr *e, const char *expected, const char *file, int line)
{
    struct slice text = expr_text(&trees, e);

    if (slice_is(text, expected))
        return;
    print_error("got      %.*s\nexpected %s\n", SLICE_ARG(text), expected);
    _fail(file, line);
}

static const struct expr *
op(enum expr_kind kind, size_t count, const struct expr *const *args)
{
    return node(kind, NULL, 0, count, args);
}

/* ---- words ---- */

static struct slice
ident(const char *name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &trees);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_ident(&w, slice_from(name));
    return text_slice(&out);
}

static void
names_are_quoted_where_they_must_be(void **state)
{
    static const struct {
        const char *name;
        const char *written;
    } cases[] = {
        { "vehicles", "vehicles" },
        { "a_1", "a_1" },
        { "_", "_" },
        { "Vehicles", "\"Vehicles\"" },
        { "1a", "\"1a\"" },
        { "a b", "\"a b\"" },
        { "a\"b", "\"a\"\"b\"" },
        { "", "\"\"" },
        { "gr\xc3\xb6\xc3\x9f"
          "e",
          "\"gr\xc3\xb6\xc3\x9f"
          "e\"" },
        { "a$b", "\"a$b\"" },
        { "user", "\"user\"" },
        { "order", "\"order\"" },
        { "with", "\"with\"" },
        { "add", "\"add\"" },
        { "name", "name" },
        { "status", "status" },
        { "selects", "selects" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        assert_true(slice_is(ident(cases[i].name), cases[i].written));
}

static void
blanks_stand_between_words_only(void **state)
{
    struct slice columns[] = { SLICE("a"), SLICE("B") };
    struct text out;
    struct sqlw w;

    (void)state;
    text_init(&out, &trees);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_kw(&w, "CREATE INDEX");
    sqlw_ident(&w, SLICE("i"));
    sqlw_kw(&w, "ON");
    sqlw_qualified(&w, SLICE("app"), SLICE("t"));
    sqlw_idents(&w, columns, 2);
    sqlw_kw(&w, "WHERE");
    sqlw_qualified(&w, SLICE_NONE, SLICE("a"));
    sqlw_kw(&w, "=");
    sqlw_string(&w, SLICE("it's"));
    w.indent = 2;
    sqlw_newline(&w);
    sqlw_kw(&w, "LIMIT");
    sqlw_number(&w, -5);
    assert_true(
        slice_is(text_slice(&out),
                 "CREATE INDEX i ON app.t (a, \"B\") WHERE a = 'it''s'\n  LIMIT -5"));
}

/* ---- parentheses ---- */

static void
arithmetic_needs_few_parentheses(void **state)
{
    const struct expr *a = col("a"), *b = col("b"), *c = col("c");

    (void)state;
    assert_prints(bin(bin(a, "+", b), "-", c), "a + b - c");
    assert_prints(bin(a, "-", bin(b, "+", c)), "a - (b + c)");
    assert_prints(bin(a, "-", bin(b, "-", c)), "a - (b - c)");
    assert_prints(bin(bin(a, "+", b), "*", c), "(a + b) * c");
    assert_prints(bin(a, "+", bin(b, "*", c)), "a + b * c");
    assert_prints(bin(a, "/", bin(b, "*", c)), "a / (b * c)");
    assert_prints(bin(bin(a, "^", b), "^", c), "a ^ b ^ c");
    assert_prints(bin(a, "^", bin(b, "^", c)), "a ^ (b ^ c)");
    assert_prints(un("-", bin(a, "+", b)), "-(a + b)");
    assert_prints(un("-", un("-", a)), "- -a");
    assert_prints(bin(un("-", a), "^", b), "-a ^ b");
    assert_prints(un("-", bin(a, "^", b)), "-(a ^ b)");
    assert_prints(bin(a, "-", un("-", num("1"))), "a - -1");
    assert_prints(un("~", a), "~a");
    assert_prints(un("@", a), "@ a");
    assert_prints(un("~", un("@", a)), "~ @ a");
    assert_prints(un("~", bin(a, "#", b)), "~(a # b)");
}

/* PostgreSQL ranks || below +, SQLite above *. */
static void
parentheses_serve_both_engines(void **state)
{
    const struct expr *a = col("a"), *b = col("b"), *c = col("c");

    (void)state;
    assert_prints(bin(a, "||", bin(b, "+", c)), "a || (b + c)");
    assert_prints(bin(bin(a, "||", b), "+", c), "(a || b) + c");
    assert_prints(bin(bin(a, "||", b), "||", c), "a || b || c");
    assert_prints(bin(bin(a, "->", b), "->>", c), "a -> b ->> c");
    assert_prints(bin(bin(a, "&", b), "||", c), "(a & b) || c");
    assert_prints(un("~", bin(a, "+", b)), "~(a + b)");
    assert_prints(bin(un("~", a), "+", b), "(~a) + b");
    assert_prints(bin(a, "=", node(EXPR_LIKE, "like", 0, ARGS(b, c))), "a = (b LIKE c)");
}

static void
comparisons_do_not_chain(void **state)
{
    const struct expr *a = col("a"), *b = col("b"), *c = col("c");

    (void)state;
    assert_prints(bin(bin(a, "=", b), "=", c), "(a = b) = c");
    assert_prints(bin(a, "<", bin(b, "<", c)), "a < (b < c)");
    assert_prints(bin(bin(a, "+", b), "<", bin(b, "*", c)), "a + b < b * c");
    assert_prints(node(EXPR_IS, "null", 0, ARGS(bin(a, "=", b))), "(a = b) IS NULL");
    assert_prints(node(EXPR_IS, "true", EXPR_NEGATED, ARGS(a)), "a IS NOT TRUE");
    assert_prints(node(EXPR_IS_DISTINCT, NULL, EXPR_NEGATED, ARGS(a, bin(b, "+", c))),
                  "a IS NOT DISTINCT FROM b + c");
}

static void
logic_is_flat(void **state)
{
    const struct expr *a = col("a"), *b = col("b"), *c = col("c");

    (void)state;
    assert_prints(op(EXPR_AND, ARGS(op(EXPR_OR, ARGS(a, b)), c)), "(a OR b) AND c");
    assert_prints(op(EXPR_OR, ARGS(op(EXPR_AND, ARGS(a, b)), c)), "a AND b OR c");
    assert_prints(op(EXPR_NOT, ARGS(op(EXPR_AND, ARGS(a, b)))), "NOT (a AND b)");
    assert_prints(op(EXPR_AND, ARGS(op(EXPR_NOT, ARGS(a)), b)), "NOT a AND b");
    assert_prints(op(EXPR_NOT, ARGS(bin(a, "=", b))), "NOT a = b");
    assert_prints(bin(op(EXPR_NOT, ARGS(a)), "=", b), "(NOT a) = b");
}

static void
between_in_and_like(void **state)
{
    const struct expr *a = col("a"), *b = col("b"), *c = col("c");
    const struct expr *both = op(EXPR_AND, ARGS(b, c));

    (void)state;
    assert_prints(op(EXPR_BETWEEN, ARGS(a, b, bin(c, "+", num("1")))),
                  "a BETWEEN b AND c + 1");
    assert_prints(op(EXPR_BETWEEN, ARGS(a, both, c)), "a BETWEEN (b AND c) AND c");
    assert_prints(op(EXPR_BETWEEN, ARGS(a, node(EXPR_COLLATE, "C", 0, ARGS(b)), c)),
                  "a BETWEEN (b COLLATE \"C\") AND c");
    assert_prints(node(EXPR_BETWEEN, NULL, EXPR_NEGATED | EXPR_SYMMETRIC, ARGS(a, b, c)),
                  "a NOT BETWEEN SYMMETRIC b AND c");
    assert_prints(node(EXPR_IN, NULL, EXPR_NEGATED,
                       ARGS(bin(a, "+", b), list(ARGS(num("1"), both)))),
                  "a + b NOT IN (1, b AND c)");
    assert_prints(node(EXPR_LIKE, "like", EXPR_NEGATED, ARGS(a, str("x%"), str("\\"))),
                  "a NOT LIKE 'x%' ESCAPE '\\'");
    assert_prints(node(EXPR_LIKE, "similar", 0, ARGS(a, b)), "a SIMILAR TO b");
    assert_prints(
        node(EXPR_QUANTIFIED, "=", 0, ARGS(a, op(EXPR_ARRAY, ARGS(num("1"), num("2"))))),
        "a = ANY (ARRAY[1, 2])");
}

static void
postfix_operators(void **state)
{
    const struct expr *a = col("a"), *b = col("b");

    (void)state;
    assert_prints(node(EXPR_COLLATE, "nocase", 0, ARGS(bin(a, "||", b))),
                  "(a || b) COLLATE nocase");
    assert_prints(op(EXPR_AT_TIME_ZONE, ARGS(bin(a, "+", b), str("UTC"))),
                  "(a + b) AT TIME ZONE 'UTC'");
    assert_prints(op(EXPR_SUBSCRIPT, ARGS(a, num("1"))), "a[1]");
    assert_prints(op(EXPR_SUBSCRIPT, ARGS(call("f", 0, ARGS(a)), num("1"))), "(f(a))[1]");
    assert_prints(op(EXPR_SUBSCRIPT_SLICE, ARGS(a, NULL, b)), "a[: b]");
    assert_prints(node(EXPR_FIELD, "x", 0, ARGS(a)), "(a).x");
    assert_prints(cast(bin(a, "+", b), "int4"), "CAST(a + b AS integer)");
    assert_prints(op(EXPR_ROW, ARGS(a)), "ROW(a)");
    assert_prints(op(EXPR_ROW, ARGS(a, b)), "(a, b)");
}

/* ---- leaves and calls ---- */

static void
literals(void **state)
{
    (void)state;
    assert_prints(leaf(EXPR_NULL, NULL), "NULL");
    assert_prints(leaf(EXPR_BOOL, "true"), "TRUE");
    assert_prints(str("it's"), "'it''s'");
    assert_prints(leaf(EXPR_BLOB, "00ff"), "x'00ff'");
    assert_prints(leaf(EXPR_BITS, "0101"), "b'0101'");
    assert_prints(leaf(EXPR_PARAMETER, "$1"), "$1");
    assert_prints(
        node(EXPR_NAME, "b", 0, ARGS(leaf(EXPR_PART, "Old"), leaf(EXPR_PART, "a"))),
        "\"Old\".a.b");
    assert_prints(node(EXPR_STAR, NULL, 0, ARGS(leaf(EXPR_PART, "t"))), "t.*");
}

static void
calls(void **state)
{
    const struct expr *a = col("a");
    struct expr *filtered =
        expr_new(&trees, EXPR_CALL, SPAN_NONE, SLICE("count"), CALL_ARGS);

    (void)state;
    filtered->flags = EXPR_CALL_STAR;
    filtered->args[CALL_FILTER] = bin(a, ">", num("0"));
    assert_prints(filtered, "count(*) FILTER (WHERE a > 0)");
    assert_prints(call("count", EXPR_DISTINCT, ARGS(a)), "count(DISTINCT a)");
    assert_prints(call("now", 0, 0, NULL), "now()");
    assert_prints(call("left", 0, ARGS(a, num("1"))), "left(a, 1)");
    assert_prints(call("coalesce", 0, ARGS(a, num("1"))), "coalesce(a, 1)");
    assert_prints(call("Odd", 0, ARGS(a)), "\"Odd\"(a)");
    assert_prints(call("extract", EXPR_SPECIAL, ARGS(str("year"), a)),
                  "extract(year FROM a)");
    assert_prints(call("substring", EXPR_SPECIAL, ARGS(a, num("1"), num("2"))),
                  "substring(a FROM 1 FOR 2)");
    assert_prints(call("ltrim", EXPR_SPECIAL, ARGS(a, str("x"))),
                  "trim(LEADING 'x' FROM a)");
    assert_prints(leaf(EXPR_CALL_KEYWORD, "current_timestamp"), "CURRENT_TIMESTAMP");
    assert_prints(node(EXPR_CALL_KEYWORD, "current_timestamp", 0, ARGS(num("3"))),
                  "CURRENT_TIMESTAMP(3)");
}

static void
windows_and_frames(void **state)
{
    const struct expr *frame = node(EXPR_FRAME, "rows between preceding and current row",
                                    0, ARGS(num("2"), NULL));
    const struct expr *order =
        node(QUERY_ORDER, NULL, EXPR_DESC | EXPR_NULLS_LAST, ARGS(col("b")));
    struct expr *e = expr_new(&trees, EXPR_CALL, SPAN_NONE, SLICE("sum"), CALL_ARGS + 1);

    (void)state;
    e->args[CALL_ARGS] = col("a");
    e->args[CALL_OVER] =
        op(EXPR_WINDOW, ARGS(list(ARGS(col("c"))), list(ARGS(order)), frame));
    assert_prints(e, "sum(a) OVER (PARTITION BY c ORDER BY b DESC NULLS LAST ROWS "
                     "BETWEEN 2 PRECEDING AND CURRENT ROW)");
}

/* ---- queries ---- */

static const struct expr *
table_of(const char *name)
{
    return node(QUERY_TABLE, name, 0, ARGS(NULL, NULL));
}

static struct expr *
select_from(const char *column, const char *table)
{
    struct expr *e =
        expr_new(&trees, QUERY_SELECT, SPAN_NONE, SLICE_NONE, SELECT_SLOT_COUNT);

    e->args[SELECT_TARGETS] = list(ARGS(node(QUERY_TARGET, NULL, 0, ARGS(col(column)))));
    e->args[SELECT_FROM] = list(ARGS(table_of(table)));
    return e;
}

static const struct expr *
set_of(const char *operator, const struct expr * left, const struct expr *right)
{
    return node(QUERY_SET, operator, 0, ARGS(left, right));
}

static void
select_in_full(void **state)
{
    struct expr *e = select_from("a", "t");
    const struct expr *alias = leaf(EXPR_PART, "u");
    const struct expr *joined =
        node(QUERY_JOIN, "left", 0,
             ARGS(table_of("t"), node(QUERY_TABLE, "other", 0, ARGS(alias, NULL)),
                  bin(col("a"), "=", col("b")), NULL));

    (void)state;
    e->flags = EXPR_DISTINCT | EXPR_RECURSIVE;
    e->args[SELECT_WITH] =
        list(ARGS(node(QUERY_CTE, "c", 0, ARGS(select_from("x", "y"), NULL))));
    e->args[SELECT_TARGETS] = list(
        ARGS(node(QUERY_TARGET, "n", 0, ARGS(call("count", EXPR_CALL_STAR, 0, NULL)))));
    e->args[SELECT_FROM] = list(ARGS(joined));
    e->args[SELECT_WHERE] = op(EXPR_EXISTS, ARGS(select_from("x", "y")));
    e->args[SELECT_GROUP] = list(ARGS(col("a")));
    e->args[SELECT_HAVING] = bin(col("n"), ">", num("1"));
    e->args[SELECT_ORDER] = list(ARGS(node(QUERY_ORDER, NULL, 0, ARGS(col("a")))));
    e->args[SELECT_LIMIT] = num("10");
    assert_prints(e,
                  "WITH RECURSIVE c AS (SELECT x FROM y) SELECT DISTINCT count(*) AS n "
                  "FROM t LEFT JOIN other AS u ON a = b WHERE EXISTS (SELECT x FROM y) "
                  "GROUP BY a HAVING n > 1 ORDER BY a LIMIT 10");
}

static void
clauses_stand_in_lines(void **state)
{
    struct expr *inner = select_from("x", "y");
    struct expr *e = select_from("a", "t");
    struct text out;
    struct sqlw w;

    (void)state;
    inner->args[SELECT_WHERE] = col("z");
    e->args[SELECT_FROM] = list(ARGS(node(
        QUERY_JOIN, "inner", 0,
        ARGS(table_of("t"), table_of("u"), NULL, list(ARGS(leaf(EXPR_PART, "a")))))));
    e->args[SELECT_WHERE] = op(EXPR_EXISTS, ARGS(inner));
    text_init(&out, &trees);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_query(&w, set_of("union", e, select_from("b", "v")));
    assert_true(slice_is(text_slice(&out), "SELECT a\nFROM t\n    JOIN u USING (a)\n"
                                           "WHERE EXISTS (SELECT x FROM y WHERE z)\n"
                                           "UNION\nSELECT b\nFROM v"));
}

static void
set_operations(void **state)
{
    const struct expr *a = select_from("a", "t");
    const struct expr *b = select_from("b", "t");
    struct expr *sorted = select_from("c", "t");

    (void)state;
    sorted->args[SELECT_LIMIT] = num("1");
    assert_prints(set_of("union", set_of("union", a, b), a),
                  "SELECT a FROM t UNION SELECT b FROM t UNION SELECT a FROM t");
    assert_prints(set_of("except", a, set_of("except", b, a)),
                  "SELECT a FROM t EXCEPT (SELECT b FROM t EXCEPT SELECT a FROM t)");
    assert_prints(set_of("union", a, set_of("intersect", b, a)),
                  "SELECT a FROM t UNION SELECT b FROM t INTERSECT SELECT a FROM t");
    assert_prints(set_of("intersect", set_of("union", a, b), a),
                  "(SELECT a FROM t UNION SELECT b FROM t) INTERSECT SELECT a FROM t");
    assert_prints(set_of("union", sorted, a),
                  "(SELECT c FROM t LIMIT 1) UNION SELECT a FROM t");
}

static void
statements_that_change_rows(void **state)
{
    const struct expr *row = list(ARGS(num("1"), leaf(EXPR_DEFAULT, NULL)));
    const struct expr *names = list(ARGS(leaf(EXPR_PART, "a"), leaf(EXPR_PART, "order")));
    const struct expr *assign = op(QUERY_ASSIGN, ARGS(list(ARGS(leaf(EXPR_PART, "a"))),
                                                      bin(col("a"), "+", num("1"))));
    const struct expr *conflict =
        op(QUERY_CONFLICT,
           ARGS(list(ARGS(leaf(EXPR_PART, "a"))), NULL, list(ARGS(assign)), NULL));

    (void)state;
    assert_prints(
        op(QUERY_INSERT, ARGS(NULL, table_of("t"), names,
                              op(QUERY_VALUES, ARGS(row, row)), conflict, NULL)),
        "INSERT INTO t (a, \"order\") VALUES (1, DEFAULT), (1, DEFAULT) ON "
        "CONFLICT (a) DO UPDATE SET a = a + 1");
    assert_prints(node(QUERY_INSERT, "ignore", 0,
                       ARGS(NULL, table_of("t"), NULL, NULL, NULL, NULL)),
                  "INSERT OR IGNORE INTO t DEFAULT VALUES");
    assert_prints(
        op(QUERY_UPDATE, ARGS(NULL, table_of("t"), list(ARGS(assign)), NULL,
                              bin(col("a"), "<", num("9")), NULL, NULL, NULL, NULL)),
        "UPDATE t SET a = a + 1 WHERE a < 9");
    assert_prints(op(QUERY_DELETE, ARGS(NULL, table_of("t"), NULL,
                                        node(EXPR_IS, "null", 0, ARGS(col("a"))), NULL,
                                        NULL, NULL, NULL)),
                  "DELETE FROM t WHERE a IS NULL");
}

/* ---- SQLite agrees ---- */

#define TREE_COUNT 3000
#define TREE_DEPTH 4

static uint32_t
random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * UINT32_C(1664525) + UINT32_C(1013904223);
    return (*seed >> 16) % below;
}

static const struct expr *
random_tree(uint32_t *seed, int depth)
{
    static const char *const digits[] = { "0", "1", "2", "3", "7", "12" };
    static const char *const operators[] = {
        "+",  "-",  "*", "/",  "%", "||", "&",  "|",
        "<<", ">>", "=", "<>", "<", ">",  "<=", ">="
    };
    const struct expr *a, *b, *c;

    if (depth == 0 || random_below(seed, 8) == 0)
        return num(digits[random_below(seed, ARRAY_LEN(digits))]);
    a = random_tree(seed, depth - 1);
    b = random_tree(seed, depth - 1);
    c = random_tree(seed, depth - 1);
    switch (random_below(seed, 14)) {
    case 0:
        return un("-", a);
    case 1:
        return un("~", a);
    case 2:
        return op(EXPR_NOT, ARGS(a));
    case 3:
        return op(EXPR_AND, ARGS(a, b, c));
    case 4:
        return op(EXPR_OR, ARGS(a, b));
    case 5:
        return node(EXPR_IS, "null", random_below(seed, 2) ? EXPR_NEGATED : 0, ARGS(a));
    case 6:
        return op(EXPR_BETWEEN, ARGS(a, b, c));
    case 7:
        return op(EXPR_IN, ARGS(a, list(ARGS(b, c))));
    case 8:
        return node(EXPR_LIKE, "like", 0, ARGS(a, b));
    default:
        return bin(a, operators[random_below(seed, ARRAY_LEN(operators))], b);
    }
}

/* EXPR_SUBQUERY puts parentheses around whatever it holds. */
static const struct expr *
put_in_parens(void *context, const struct expr *e)
{
    (void)context;
    if (e->kind == EXPR_NUMBER || e->kind == EXPR_LIST)
        return e;
    return op(EXPR_SUBQUERY, ARGS(e));
}

/* The value of an expression in a form that can be compared. */
static struct slice
value_in_sqlite(sqlite3 *db, const struct expr *e)
{
    struct slice sql =
        slice_format(&trees, "SELECT quote(%.*s)", SLICE_ARG(expr_text(&trees, e)));
    sqlite3_stmt *stmt;
    struct slice value;

    if (sqlite3_prepare_v2(db, sql.ptr, (int)sql.len, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %.*s", sqlite3_errmsg(db), SLICE_ARG(sql));
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    value = slice_format(&trees, "%s", (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return value;
}

static void
sqlite_reads_the_tree_that_was_meant(void **state)
{
    uint32_t seed = 20240229;
    sqlite3 *db;

    (void)state;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (int i = 0; i < TREE_COUNT; i++) {
        const struct expr *e = random_tree(&seed, TREE_DEPTH);
        const struct expr *bracketed = expr_rewrite(&trees, e, put_in_parens, NULL);

        if (!slice_equal(value_in_sqlite(db, e), value_in_sqlite(db, bracketed)))
            fail_msg("tree %d: %.*s is not %.*s", i, SLICE_ARG(expr_text(&trees, e)),
                     SLICE_ARG(expr_text(&trees, bracketed)));
    }
    sqlite3_close(db);
}

/* ---- the parser agrees ---- */

/* AND and OR as the parser builds them: flat. */
static const struct expr *
flat(enum expr_kind kind, const struct expr *a, const struct expr *b)
{
    const struct expr *const sides[] = { a, b };
    const struct expr *items[64];
    size_t count = 0;

    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < (sides[s]->kind == kind ? sides[s]->arg_count : 1); i++)
            items[count++] = sides[s]->kind == kind ? sides[s]->args[i] : sides[s];
    return op(kind, count, items);
}

static const struct expr *random_readable(uint32_t *seed, int depth);

static const struct expr *
random_predicate(uint32_t *seed, const struct expr *a, const struct expr *b,
                 const struct expr *c)
{
    uint32_t negated = random_below(seed, 2) ? EXPR_NEGATED : 0;

    switch (random_below(seed, 8)) {
    case 0:
        return node(EXPR_IS, random_below(seed, 2) ? "null" : "true", negated, ARGS(a));
    case 1:
        return node(EXPR_IS_DISTINCT, NULL, negated, ARGS(a, b));
    case 2:
        return node(EXPR_BETWEEN, NULL, negated, ARGS(a, b, c));
    case 3:
        return node(EXPR_IN, NULL, negated, ARGS(a, list(ARGS(b, c))));
    case 4:
        return node(EXPR_LIKE, random_below(seed, 2) ? "like" : "ilike", negated,
                    ARGS(a, b, random_below(seed, 3) ? NULL : c));
    case 5:
        return node(EXPR_QUANTIFIED, "=", random_below(seed, 2) ? EXPR_ALL : 0,
                    ARGS(a, op(EXPR_ARRAY, ARGS(b, c))));
    case 6:
        return op(EXPR_NOT, ARGS(a));
    default:
        return flat(random_below(seed, 2) ? EXPR_AND : EXPR_OR, a, b);
    }
}

static const struct expr *
random_value(uint32_t *seed, const struct expr *a, const struct expr *b,
             const struct expr *c)
{
    static const char *const operators[] = {
        "+", "-",   "*",  "/", "%",  "^", "||", "->",
        "&", "->>", "<<", "=", "<>", "<", "@>", "~"
    };
    static const char *const prefixes[] = { "-", "+", "~", "@" };

    switch (random_below(seed, 11)) {
    case 0:
        return un(prefixes[random_below(seed, ARRAY_LEN(prefixes))], a);
    case 1:
        return node(EXPR_COLLATE, "C", 0, ARGS(a));
    case 2:
        return op(EXPR_AT_TIME_ZONE, ARGS(a, b));
    case 3:
        return op(EXPR_SUBSCRIPT, ARGS(a, b));
    case 4:
        return cast(a, random_below(seed, 2) ? "integer" : "timestamp with time zone");
    case 5:
        return call("coalesce", 0, ARGS(a, b, c));
    case 6:
        return op(EXPR_CASE, ARGS(random_below(seed, 2) ? c : NULL,
                                  random_below(seed, 2) ? b : NULL, a, b, c, a));
    case 7:
        return op(EXPR_ROW, ARGS(a, b));
    default:
        return bin(a, operators[random_below(seed, ARRAY_LEN(operators))], b);
    }
}

static const struct expr *
random_readable(uint32_t *seed, int depth)
{
    const struct expr *a, *b, *c;

    if (depth == 0 || random_below(seed, 7) == 0)
        switch (random_below(seed, 5)) {
        case 0:
            return num(random_below(seed, 2) ? "1.50" : "7");
        case 1:
            return str("it's");
        case 2:
            return leaf(EXPR_NULL, NULL);
        case 3:
            return node(EXPR_NAME, "order", 0, ARGS(leaf(EXPR_PART, "t")));
        default:
            return col("a");
        }
    a = random_readable(seed, depth - 1);
    b = random_readable(seed, depth - 1);
    c = random_readable(seed, depth - 1);
    return random_below(seed, 2) ? random_value(seed, a, b, c)
                                 : random_predicate(seed, a, b, c);
}

static void
the_parser_reads_the_tree_that_was_printed(void **state)
{
    uint32_t seed = 20240301;
    struct session s;

    (void)state;
    session_init(&s);
    for (int i = 0; i < TREE_COUNT; i++) {
        const struct expr *e = random_readable(&seed, TREE_DEPTH);
        struct slice text = expr_text(&s.arena, e);
        uint32_t source = source_add(&s.arena, &s.sources, SLICE("tree"), text);
        const struct expr *read =
            parse_expr(&s, (struct span){ source, 0, (uint32_t)text.len });

        if (read == NULL)
            fail_msg("tree %d is not read: %.*s", i, SLICE_ARG(text));
        if (!expr_equal(e, read))
            fail_msg("tree %d: %.*s is read as %.*s", i, SLICE_ARG(text),
                     SLICE_ARG(expr_text(&s.arena, read)));
    }
    session_free(&s);
}

static void
a_text_does_not_end_its_dollar_quotes(void **state)
{
    static const struct {
        const char *word, *text, *quoted;
    } cases[] = {
        { "", "a", "$$a$$" },
        { "", "$1", "$$$1$$" },
        { "", "a$$b", "$body$a$$b$body$" },
        { "", "a$", "$body$a$$body$" },
        { "", "$$ $body$", "$body1$$$ $body$$body1$" },
        { "", "$$ $body", "$body1$$$ $body$body1$" },
        { "schemac", "\nEND\n", "$schemac$\nEND\n$schemac$" },
        { "schemac", "$schemac$ $schemac1$", "$schemac2$$schemac$ $schemac1$$schemac2$" },
    };
    struct arena a = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct slice text = slice_from(cases[i].text);
        struct slice quoted = dollar_quoted(&a, text, cases[i].word);

        if (!slice_is(quoted, cases[i].quoted))
            fail_msg("%s: %.*s", cases[i].text, SLICE_ARG(quoted));
    }
    arena_free(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_quoted_where_they_must_be),
        cmocka_unit_test(blanks_stand_between_words_only),
        cmocka_unit_test(arithmetic_needs_few_parentheses),
        cmocka_unit_test(parentheses_serve_both_engines),
        cmocka_unit_test(comparisons_do_not_chain),
        cmocka_unit_test(logic_is_flat),
        cmocka_unit_test(between_in_and_like),
        cmocka_unit_test(postfix_operators),
        cmocka_unit_test(literals),
        cmocka_unit_test(calls),
        cmocka_unit_test(windows_and_frames),
        cmocka_unit_test(select_in_full),
        cmocka_unit_test(clauses_stand_in_lines),
        cmocka_unit_test(set_operations),
        cmocka_unit_test(statements_that_change_rows),
        cmocka_unit_test(sqlite_reads_the_tree_that_was_meant),
        cmocka_unit_test(the_parser_reads_the_tree_that_was_printed),
        cmocka_unit_test(a_text_does_not_end_its_dollar_quotes),
    };

    return cmocka_run_group_tests_name("sqlw", tests, NULL, NULL);
}
