/*
 * Small expression trees.  They have the shape that the parser gives the same words, so
 * that a lowered catalog equals the one read back from the database.
 */
#include "dialect/sqlite/lite.h"

#include <assert.h>

const struct expr *
lite_column(struct arena *a, struct slice name)
{
    return expr_leaf(a, EXPR_COLUMN, SPAN_NONE, name);
}

const struct expr *
lite_digits(struct arena *a, struct slice digits, bool negative)
{
    const struct expr *e = expr_leaf(a, EXPR_NUMBER, SPAN_NONE, digits);

    return negative ? expr_1(a, EXPR_UNARY, SPAN_NONE, SLICE("-"), e) : e;
}

const struct expr *
lite_number(struct arena *a, int64_t n)
{
    uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    return lite_digits(a, slice_format(a, "%llu", (unsigned long long)magnitude), n < 0);
}

const struct expr *
lite_string(struct arena *a, struct slice text)
{
    return expr_leaf(a, EXPR_STRING, SPAN_NONE, text);
}

const struct expr *
lite_stringz(struct arena *a, const char *text)
{
    return lite_string(a, slice_from(text));
}

const struct expr *
lite_null(struct arena *a)
{
    return expr_leaf(a, EXPR_NULL, SPAN_NONE, SLICE_NONE);
}

const struct expr *
lite_keyword(struct arena *a, const char *word)
{
    return expr_leaf(a, EXPR_CALL_KEYWORD, SPAN_NONE, slice_from(word));
}

static struct expr *
call(struct arena *a, const char *name, size_t count)
{
    return expr_new(a, EXPR_CALL, SPAN_NONE, slice_from(name), CALL_ARGS + count);
}

const struct expr *
lite_call_1(struct arena *a, const char *name, const struct expr *x)
{
    struct expr *e = call(a, name, 1);

    e->args[CALL_ARGS] = x;
    return e;
}

const struct expr *
lite_call_2(struct arena *a, const char *name, const struct expr *x, const struct expr *y)
{
    struct expr *e = call(a, name, 2);

    e->args[CALL_ARGS] = x;
    e->args[CALL_ARGS + 1] = y;
    return e;
}

const struct expr *
lite_call_3(struct arena *a, const char *name, const struct expr *x, const struct expr *y,
            const struct expr *z)
{
    struct expr *e = call(a, name, 3);

    e->args[CALL_ARGS] = x;
    e->args[CALL_ARGS + 1] = y;
    e->args[CALL_ARGS + 2] = z;
    return e;
}

const struct expr *
lite_binary(struct arena *a, const char *operator, const struct expr * left,
            const struct expr *right)
{
    return expr_2(a, EXPR_BINARY, SPAN_NONE, slice_from(operator), left, right);
}

static size_t
part_count(enum expr_kind kind, const struct expr *e)
{
    return e->kind == kind ? e->arg_count : 1;
}

static void
add_parts(struct expr *to, size_t at, const struct expr *e)
{
    if (e->kind != to->kind) {
        to->args[at] = e;
        return;
    }
    for (size_t i = 0; i < e->arg_count; i++)
        to->args[at + i] = e->args[i];
}

/* AND and OR are flat. */
static const struct expr *
flat(struct arena *a, enum expr_kind kind, const struct expr *left,
     const struct expr *right)
{
    size_t before = part_count(kind, left);
    struct expr *e =
        expr_new(a, kind, SPAN_NONE, SLICE_NONE, before + part_count(kind, right));

    add_parts(e, 0, left);
    add_parts(e, before, right);
    return e;
}

const struct expr *
lite_and(struct arena *a, const struct expr *left, const struct expr *right)
{
    return flat(a, EXPR_AND, left, right);
}

const struct expr *
lite_or(struct arena *a, const struct expr *left, const struct expr *right)
{
    return flat(a, EXPR_OR, left, right);
}

const struct expr *
lite_not(struct arena *a, const struct expr *x)
{
    return expr_1(a, EXPR_NOT, SPAN_NONE, SLICE_NONE, x);
}

const struct expr *
lite_is(struct arena *a, const struct expr *left, const struct expr *right)
{
    struct expr *e = expr_2(a, EXPR_IS_DISTINCT, SPAN_NONE, SLICE_NONE, left, right);

    e->flags = EXPR_NEGATED;
    return e;
}

const struct expr *
lite_is_null(struct arena *a, const struct expr *x, bool negated)
{
    struct expr *e = expr_1(a, EXPR_IS, SPAN_NONE, SLICE("null"), x);

    e->flags = negated ? EXPR_NEGATED : 0;
    return e;
}

const struct expr *
lite_between(struct arena *a, const struct expr *x, const struct expr *low,
             const struct expr *high)
{
    struct expr *e = expr_new(a, EXPR_BETWEEN, SPAN_NONE, SLICE_NONE, 3);

    e->args[0] = x;
    e->args[1] = low;
    e->args[2] = high;
    return e;
}

const struct expr *
lite_in(struct arena *a, const struct expr *x, const struct expr *list)
{
    return expr_2(a, EXPR_IN, SPAN_NONE, SLICE_NONE, x, list);
}

const struct expr *
lite_glob(struct arena *a, const struct expr *x, struct slice pattern, bool negated)
{
    struct expr *e = expr_new(a, EXPR_LIKE, SPAN_NONE, SLICE("glob"), 3);

    e->args[0] = x;
    e->args[1] = lite_string(a, pattern);
    e->flags = negated ? EXPR_NEGATED : 0;
    return e;
}

const struct expr *
lite_cast(struct arena *a, enum type_kind kind, const struct expr *x)
{
    struct expr *e = expr_1(a, EXPR_CAST, SPAN_NONE, SLICE_NONE, x);
    struct type *t = ARENA_NEW(a, struct type);

    t->kind = kind;
    e->type = t;
    return e;
}

struct expr *
lite_copy(struct arena *a, const struct expr *e)
{
    struct expr *copy = arena_copy(a, e, sizeof *e);

    copy->args =
        e->arg_count == 0 ? NULL : arena_copy(a, e->args, e->arg_count * sizeof *e->args);
    return copy;
}
