/*
 * Short names for building expression trees in tests; the arena is never freed, because
 * a test program ends soon.  Each program uses some of them.
 */
#ifndef SCHEMAC_TESTS_TREES_H
#define SCHEMAC_TESTS_TREES_H

#include "base/vec.h"
#include "expr/sqlw.h"

#if defined(__GNUC__)
#define MAYBE_UNUSED __attribute__((__unused__))
#else
#define MAYBE_UNUSED
#endif

static struct arena trees;

MAYBE_UNUSED static const struct expr *
leaf(enum expr_kind kind, const char *text)
{
    return expr_leaf(&trees, kind, SPAN_NONE, slice_from(text));
}

MAYBE_UNUSED static const struct expr *
col(const char *name)
{
    return leaf(EXPR_NAME, name);
}

MAYBE_UNUSED static const struct expr *
num(const char *digits)
{
    return leaf(EXPR_NUMBER, digits);
}

MAYBE_UNUSED static const struct expr *
str(const char *text)
{
    return leaf(EXPR_STRING, text);
}

/* The arguments up to the first NULL; `count` makes NULL arguments possible. */
MAYBE_UNUSED static const struct expr *
node(enum expr_kind kind, const char *text, uint32_t flags, size_t count,
     const struct expr *const *args)
{
    struct expr *e = expr_new(&trees, kind, SPAN_NONE, slice_from(text), count);

    e->flags = flags;
    for (size_t i = 0; i < count; i++)
        e->args[i] = args[i];
    return e;
}

#define ARGS(...)                                                                        \
    ARRAY_LEN(((const struct expr *const[]){ __VA_ARGS__ })),                            \
        ((const struct expr *const[]){ __VA_ARGS__ })

MAYBE_UNUSED static const struct expr *
un(const char *operator, const struct expr * operand)
{
    return node(EXPR_UNARY, operator, 0, ARGS(operand));
}

MAYBE_UNUSED static const struct expr *
bin(const struct expr *left, const char *operator, const struct expr * right)
{
    return node(EXPR_BINARY, operator, 0, ARGS(left, right));
}

MAYBE_UNUSED static const struct expr *
list(size_t count, const struct expr *const *args)
{
    return node(EXPR_LIST, NULL, 0, count, args);
}

MAYBE_UNUSED static const struct expr *
cast(const struct expr *operand, const char *type)
{
    struct expr *e = expr_1(&trees, EXPR_CAST, SPAN_NONE, SLICE_NONE, operand);
    struct type *t = ARENA_NEW(&trees, struct type);

    *t = type_from_words(SLICE_NONE, slice_from(type), false, NULL);
    e->type = t;
    return e;
}

MAYBE_UNUSED static const struct expr *
call(const char *name, uint32_t flags, size_t count, const struct expr *const *args)
{
    struct expr *e =
        expr_new(&trees, EXPR_CALL, SPAN_NONE, slice_from(name), CALL_ARGS + count);

    e->flags = flags;
    for (size_t i = 0; i < count; i++)
        e->args[CALL_ARGS + i] = args[i];
    return e;
}

#endif
