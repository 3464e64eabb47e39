/*
 * Where parentheses are needed.  PostgreSQL and SQLite rank operators differently (|| is
 * weaker than + in one and stronger than * in the other), and a tree must mean the same
 * to both.  So every operator has a level in each grammar, and parentheses go wherever
 * one of the two needs them.
 *
 * The levels are those of PostgreSQL's gram.y and of SQLite's parse.y, weakest first.
 */
#include <assert.h>

#include "base/vec.h"
#include "expr/print.h"

enum operator_class {
    CLASS_PRIMARY, /* needs no parentheses anywhere */
    CLASS_OR,
    CLASS_AND,
    CLASS_NOT,
    CLASS_IS,
    CLASS_EQUALITY,
    CLASS_ORDER,
    CLASS_MATCH, /* BETWEEN IN LIKE */
    CLASS_OTHER, /* every operator that has no other class */
    CLASS_CONCAT,
    CLASS_BITS,
    CLASS_PREFIX, /* a prefix operator that is not a sign */
    CLASS_SUM,
    CLASS_PRODUCT,
    CLASS_POWER,
    CLASS_AT_TIME_ZONE,
    CLASS_COLLATE,
    CLASS_SIGN,
};

enum associativity { ASSOC_NONE, ASSOC_LEFT, ASSOC_RIGHT };

struct rank {
    int postgres;
    int sqlite; /* 0: SQLite has no such operator */
    enum associativity associativity;
};

static const struct rank ranks[] = {
    [CLASS_OR] = { 1, 1, ASSOC_LEFT },
    [CLASS_AND] = { 2, 2, ASSOC_LEFT },
    [CLASS_NOT] = { 3, 3, ASSOC_RIGHT },
    [CLASS_IS] = { 4, 4, ASSOC_NONE },
    [CLASS_EQUALITY] = { 5, 4, ASSOC_NONE },
    [CLASS_ORDER] = { 5, 5, ASSOC_NONE },
    [CLASS_MATCH] = { 6, 4, ASSOC_NONE },
    [CLASS_OTHER] = { 7, 0, ASSOC_LEFT },
    [CLASS_BITS] = { 7, 6, ASSOC_LEFT },
    [CLASS_CONCAT] = { 7, 9, ASSOC_LEFT },
    [CLASS_PREFIX] = { 7, 11, ASSOC_RIGHT },
    [CLASS_SUM] = { 8, 7, ASSOC_LEFT },
    [CLASS_PRODUCT] = { 9, 8, ASSOC_LEFT },
    [CLASS_POWER] = { 10, 0, ASSOC_LEFT },
    [CLASS_AT_TIME_ZONE] = { 11, 0, ASSOC_LEFT },
    [CLASS_COLLATE] = { 12, 10, ASSOC_LEFT },
    [CLASS_SIGN] = { 13, 11, ASSOC_RIGHT },
    [CLASS_PRIMARY] = { 99, 99, ASSOC_NONE },
};
static_assert(ARRAY_LEN(ranks) == CLASS_SIGN + 1, "rank every class");

static const struct {
    const char *operator;
    enum operator_class class;
} binary_classes[] = {
    { "=", CLASS_EQUALITY }, { "<>", CLASS_EQUALITY }, { "<", CLASS_ORDER },
    { ">", CLASS_ORDER },    { "<=", CLASS_ORDER },    { ">=", CLASS_ORDER },
    { "||", CLASS_CONCAT },  { "->", CLASS_CONCAT },   { "->>", CLASS_CONCAT },
    { "&", CLASS_BITS },     { "|", CLASS_BITS },      { "<<", CLASS_BITS },
    { ">>", CLASS_BITS },    { "+", CLASS_SUM },       { "-", CLASS_SUM },
    { "*", CLASS_PRODUCT },  { "/", CLASS_PRODUCT },   { "%", CLASS_PRODUCT },
    { "^", CLASS_POWER },
};

static enum operator_class binary_class(struct slice operator)
{
    for (size_t i = 0; i < ARRAY_LEN(binary_classes); i++)
        if (slice_is(operator, binary_classes[i].operator))
            return binary_classes[i].class;
    return CLASS_OTHER;
}

static enum operator_class unary_class(struct slice operator)
{
    bool sign = slice_is(operator, "-") || slice_is(operator, "+");

    return sign ? CLASS_SIGN : CLASS_PREFIX;
}

/* The kinds that are not here bracket themselves. */
static const enum operator_class kind_classes[EXPR_KIND_COUNT] = {
    [EXPR_OR] = CLASS_OR,
    [EXPR_AND] = CLASS_AND,
    [EXPR_NOT] = CLASS_NOT,
    [EXPR_IS] = CLASS_IS,
    [EXPR_IS_DISTINCT] = CLASS_IS,
    [EXPR_BETWEEN] = CLASS_MATCH,
    [EXPR_IN] = CLASS_MATCH,
    [EXPR_LIKE] = CLASS_MATCH,
    [EXPR_AT_TIME_ZONE] = CLASS_AT_TIME_ZONE,
    [EXPR_COLLATE] = CLASS_COLLATE,
};

static enum operator_class
class_of(const struct expr *e)
{
    if (e->kind == EXPR_BINARY || e->kind == EXPR_QUANTIFIED)
        return binary_class(e->text);
    if (e->kind == EXPR_UNARY)
        return unary_class(e->text);
    return kind_classes[e->kind];
}

/*
 * Does an operator as strong as `outer` need no parentheses as argument `arg` of it?
 * AND and OR are flat: a AND (b AND c) says no more than a AND b AND c.  A prefix
 * operator takes another of its class, but not an infix operator of the same level:
 * ~a # b is (~a) # b.
 */
static bool
is_on_near_side(enum operator_class outer, size_t arg, enum operator_class inner)
{
    if (outer == CLASS_AND || outer == CLASS_OR
        || ranks[outer].associativity == ASSOC_RIGHT)
        return inner == outer;
    return ranks[outer].associativity == ASSOC_LEFT && arg == 0;
}

static bool
is_too_weak(int child, int parent, bool near_side)
{
    if (child == 0 || parent == 0)
        return false;
    return child < parent || (child == parent && !near_side);
}

/*
 * The low end of BETWEEN is a b_expr in PostgreSQL, which has no COLLATE and no AT TIME
 * ZONE outside of parentheses.
 */
static bool
is_no_b_expr(const struct expr *e)
{
    if (e->kind == EXPR_COLLATE || e->kind == EXPR_AT_TIME_ZONE)
        return true;
    if (e->kind != EXPR_BINARY && e->kind != EXPR_UNARY)
        return false;
    for (size_t i = 0; i < e->arg_count; i++)
        if (is_no_b_expr(e->args[i]))
            return true;
    return false;
}

bool
precedence_needs_parens(const struct expr *parent, size_t arg, const struct expr *child)
{
    enum operator_class outer = class_of(parent);
    enum operator_class inner = class_of(child);
    bool near_side = is_on_near_side(outer, arg, inner);

    if (parent->kind == EXPR_BETWEEN && arg == 1 && is_no_b_expr(child))
        return true;
    return is_too_weak(ranks[inner].postgres, ranks[outer].postgres, near_side)
           || is_too_weak(ranks[inner].sqlite, ranks[outer].sqlite, near_side);
}

bool
precedence_is_primary(const struct expr *e)
{
    return class_of(e) == CLASS_PRIMARY;
}

bool
precedence_is_weak(const struct expr *e)
{
    return ranks[class_of(e)].postgres < ranks[CLASS_OTHER].postgres || is_no_b_expr(e);
}
