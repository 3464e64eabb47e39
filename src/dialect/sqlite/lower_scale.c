/*
 * The scale of values.
 *
 * A decimal is stored as an integer times ten to its scale.  So each value carries its
 * scale upwards: sums and comparisons bring both sides to one scale, a product with a
 * whole number keeps it, and whatever would give a wrong number is refused.
 */
#include "dialect/sqlite/lower_expr.h"

/*
 * A value without a scale.  Resolve calls every product of numbers a decimal; only that
 * of a column says how it is stored, so that type is forgotten here.
 */
struct lite_value
lite_plain(const struct expr *e, const struct type *type)
{
    bool vague = type != NULL && type->kind == TYPE_DECIMAL && type->dimensions == 0;

    return (
        struct lite_value){ .e = e, .type = vague ? NULL : type, .scale = SCALE_NONE };
}

struct lite_value
lite_scaled_value(const struct expr *e, const struct type *type, int scale)
{
    return (struct lite_value){ .e = e, .type = type, .scale = scale };
}

bool
lite_is_whole(const struct lite_value *v)
{
    if (lite_is_number(v->e))
        return lite_fraction_digits(v->e) == 0;
    return v->type != NULL && v->type->dimensions == 0
           && (v->type->kind == TYPE_INT2 || v->type->kind == TYPE_INT4
               || v->type->kind == TYPE_INT8);
}

int64_t
lite_ten_to(int exponent)
{
    int64_t n = 1;

    for (int i = 0; i < exponent; i++)
        n *= 10;
    return n;
}

static const struct expr *
times_ten(struct arena *a, const struct expr *e, int digits)
{
    return digits == 0 ? e : lite_binary(a, "*", e, lite_number(a, lite_ten_to(digits)));
}

/* The results of CASE, one by one. */
static const struct expr *
rescaled_case(struct lite_scope *scope, const struct expr *e, int scale)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    for (size_t i = 1; i < e->arg_count; i += 2) {
        struct lite_value v = lite_plain(e->args[i], NULL);

        if (e->args[i] != NULL)
            copy->args[i] = lite_rescaled(scope, &v, scale);
    }
    return copy;
}

const struct expr *
lite_rescaled(struct lite_scope *scope, const struct lite_value *v, int scale)
{
    struct arena *a = &scope->s->arena;

    if (v->e->kind == EXPR_NULL || v->e->kind == EXPR_PARAMETER)
        return v->e;
    if (v->scale != SCALE_NONE)
        return times_ten(a, v->e, scale - v->scale);
    if (lite_is_number(v->e) || v->e->kind == EXPR_STRING)
        return lite_scaled(scope, v->e, scale);
    if (v->e->kind == EXPR_CASE)
        return rescaled_case(scope, v->e, scale);
    if (lite_is_whole(v))
        return times_ten(a, v->e, scale);
    lite_problem(scope, v->e,
                 "a decimal is stored as an integer here, and meets a value that is "
                 "neither a decimal nor a whole number");
    return v->e;
}

int
lite_largest_scale(const struct lite_value *values, size_t count)
{
    int scale = SCALE_NONE;

    for (size_t i = 0; i < count; i++)
        if (values[i].e != NULL && values[i].scale > scale)
            scale = values[i].scale;
    return scale;
}

const struct type *
lite_first_type(const struct lite_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].e != NULL && values[i].type != NULL
            && !expr_is_constant(values[i].e))
            return values[i].type;
    return NULL;
}

bool
lite_is_decimal_text(const struct lite_scope *scope, const struct type *t)
{
    return t != NULL && t->dimensions == 0 && lite_scale(t, scope->neutral) == SCALE_NONE
           && (t->kind == TYPE_DECIMAL_TEXT
               || (scope->neutral && t->kind == TYPE_DECIMAL));
}

/* Digits in text compare as numbers only after a cast, which keeps 15 of them. */
static void
unify_decimal_texts(struct lite_scope *scope, struct lite_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].e == NULL || !lite_is_decimal_text(scope, values[i].type)
            || expr_is_constant(values[i].e))
            continue;
        lite_note(scope, values[i].e,
                  "the digits of a decimal are kept as text and compared as a floating "
                  "point number");
        values[i].e = lite_cast(&scope->s->arena, TYPE_REAL, values[i].e);
        values[i].type = NULL;
    }
}

int
lite_unify(struct lite_scope *scope, struct lite_value *values, size_t count)
{
    int scale = lite_largest_scale(values, count);
    const struct type *type = lite_first_type(values, count);

    if (scale == SCALE_NONE && lite_is_decimal_text(scope, type)) {
        unify_decimal_texts(scope, values, count);
        return scale;
    }
    for (size_t i = 0; i < count; i++) {
        if (values[i].e == NULL || lite_has_problem(scope))
            continue;
        if (scale != SCALE_NONE)
            values[i].e = lite_rescaled(scope, &values[i], scale);
        else if (type != NULL && expr_is_constant(values[i].e))
            values[i].e = lite_literal(scope, values[i].e, type);
        values[i].scale = scale;
    }
    return scale;
}

int
lite_query_scale(const struct lite_value *v)
{
    return v->outputs != NULL && v->outputs->all.count == 1
               ? v->outputs->all.items[0].scale
               : SCALE_NONE;
}
