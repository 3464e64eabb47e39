/*
 * Forms of operators: the operands are cast to what both are compared as, and LIKE and
 * BETWEEN are kept as the operators that they stand for.
 */
#include "dialect/postgres/form.h"

static bool
is_comparison(struct slice op)
{
    static const char *const ops[] = { "=", "<>", "<", "<=", ">", ">=" };

    return form_is_one_of(op, ops, ARRAY_LEN(ops));
}

bool
form_is_text_operator(struct slice op)
{
    static const char *const ops[] = { "~~", "!~~", "~~*", "!~~*", "~",
                                       "~*", "!~",  "!~*", "||" };

    return is_comparison(op) || form_is_one_of(op, ops, ARRAY_LEN(ops));
}

static bool
is_arithmetic(struct slice op)
{
    static const char *const ops[] = { "+", "-", "*", "/" };

    return is_comparison(op) || form_is_one_of(op, ops, ARRAY_LEN(ops));
}

static const struct expr *
as_number(const struct form *s, const struct expr *e, const struct expr *other)
{
    if (form_is_type(other, TYPE_DECIMAL) && form_is_whole(e))
        return form_cast(s, type_shared(TYPE_DECIMAL), e);
    if (form_is_floating(other) && (form_is_whole(e) || form_is_type(e, TYPE_DECIMAL)))
        return form_cast(s, type_shared(TYPE_DOUBLE), e);
    return e;
}

/* What a string beside it is read as by a comparison. */
const struct type *
form_compared_type(const struct expr *e)
{
    return form_is_unknown(e) || e->result == NULL || e->result->dimensions > 0
                   || e->result->kind == TYPE_BOOLEAN
               ? NULL
               : e->result;
}

/* The two operands as the server casts them. */
static void
balance(const struct form *s, struct slice op, const struct expr **sides)
{
    const struct expr *left = sides[0];
    const struct expr *right = sides[1];

    if (left == NULL || right == NULL || (form_is_unknown(left) && form_is_unknown(right)))
        return;
    if (form_is_text_operator(op) && (form_is_texty(left) || form_is_unknown(left))
        && (form_is_texty(right) || form_is_unknown(right))) {
        sides[0] = form_as_text(s, left);
        sides[1] = form_as_text(s, right);
    } else if ((slice_is(op, "->") || slice_is(op, "->>"))
               && (form_is_type(left, TYPE_JSON) || form_is_type(left, TYPE_JSONB))) {
        sides[1] = form_as_text(s, right);
    } else if (is_comparison(op) && (form_is_unknown(left) || form_is_unknown(right))) {
        sides[0] = form_typed(s, form_compared_type(right), left);
        sides[1] = form_typed(s, form_compared_type(left), right);
    } else if (is_arithmetic(op)) {
        sides[0] = as_number(s, left, right);
        sides[1] = as_number(s, right, left);
    }
}

const struct expr *
form_operation(const struct form *s, const struct expr *from, struct slice op,
          const struct expr *left, const struct expr *right)
{
    struct expr *e = expr_2(s->a, EXPR_BINARY, from->span, op, left, right);

    e->result = from->kind == EXPR_BINARY ? from->result : type_shared(TYPE_BOOLEAN);
    balance(s, op, e->args);
    return e;
}

const struct expr *
form_like(const struct form *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    bool folded = slice_is(e->text, "ilike");

    if ((!folded && !slice_is(e->text, "like"))
        || (e->arg_count > 2 && e->args[2] != NULL))
        return e;
    return form_operation(s, e,
                     folded ? (negated ? SLICE("!~~*") : SLICE("~~*"))
                            : (negated ? SLICE("!~~") : SLICE("~~")),
                     e->args[0], e->args[1]);
}

const struct expr *
form_between(const struct form *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    struct expr *both;

    if ((e->flags & EXPR_SYMMETRIC) != 0)
        return e;
    both = expr_2(
        s->a, negated ? EXPR_OR : EXPR_AND, e->span, SLICE_NONE,
        form_operation(s, e, negated ? SLICE("<") : SLICE(">="), e->args[0], e->args[1]),
        form_operation(s, e, negated ? SLICE(">") : SLICE("<="), e->args[0], e->args[2]));
    both->result = type_shared(TYPE_BOOLEAN);
    return both;
}

