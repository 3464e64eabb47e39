/*
 * Operators in SQLite's words: what compares, calculates or asks whether, each with the
 * scales of both sides in mind (lower_scale.c).
 */
#include <string.h>

#include "dialect/sqlite/lower_expr.h"

struct lite_value
lite_lower_comparison(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2] = { lite_lower_child(scope, e->args[0]),
                               lite_lower_child(scope, e->args[1]) };

    (void)lite_unify(scope, v, 2);
    return lite_plain(lite_with_args(scope, e, v), e->result);
}

/* A sum of scaled integers is one itself, though numeric without digits is its type. */
static void
refuse_decimal_text(struct lite_scope *scope, const struct lite_value *v)
{
    if (v->scale == SCALE_NONE && lite_is_decimal_text(scope, v->type)
        && !expr_is_constant(v->e))
        lite_problem(scope, v->e,
                     "the digits of numeric beyond 18 are kept as text, which cannot be "
                     "calculated with");
}

static struct lite_value
lower_sum(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2];
    struct lite_value interval;
    int scale;

    if (lite_lower_interval_sum(scope, e, &interval))
        return interval;
    v[0] = lite_lower_child(scope, e->args[0]);
    v[1] = lite_lower_child(scope, e->args[1]);
    refuse_decimal_text(scope, &v[0]);
    refuse_decimal_text(scope, &v[1]);
    if (lite_largest_scale(v, 2) == SCALE_NONE)
        return lite_plain(lite_with_args(scope, e, v), e->result);
    scale = lite_unify(scope, v, 2);
    return lite_scaled_value(lite_with_args(scope, e, v), e->result, scale);
}

/* A constant with its own digits: 1.19 becomes 119 at scale 2. */
static void
scale_constant(struct lite_scope *scope, struct lite_value *v)
{
    if (v->scale != SCALE_NONE || !lite_is_number(v->e))
        return;
    v->scale = lite_fraction_digits(v->e);
    if (v->scale < 0)
        lite_problem(scope, v->e, "this number has an exponent");
    else
        v->e = lite_scaled(scope, v->e, v->scale);
}

/* CURRENT_TIMESTAMP * 1: only MySQL multiplies it, as the number 20260131235959. */
static bool
is_clock(const struct expr *e)
{
    return (e->kind == EXPR_CALL_KEYWORD && e->arg_count == 0
            && slice_is(e->text, "current_timestamp"))
           || (e->kind == EXPR_CALL && e->arg_count == CALL_ARGS
               && slice_is(e->text, "now"));
}

static void
clock_as_number(struct lite_scope *scope, const struct expr *from, struct lite_value *v)
{
    struct arena *a = &scope->s->arena;

    if (!is_clock(from) || lite_has_problem(scope))
        return;
    v->e = lite_call_2(a, "strftime", lite_stringz(a, "%Y%m%d%H%M%S"),
                       lite_stringz(a, "now"));
    v->e = lite_cast(a, TYPE_INT4, v->e);
    v->type = type_shared(TYPE_INT8);
}

/* SQLite would take the year of a moment for the number: 2026-01-31 * 1000 = 2026000. */
static void
refuse_moment(struct lite_scope *scope, const struct lite_value *v)
{
    if (v->type != NULL && v->type->dimensions == 0
        && (v->type->kind == TYPE_DATE || v->type->kind == TYPE_TIMESTAMP
            || v->type->kind == TYPE_TIMESTAMPTZ))
        lite_problem(scope, v->e, "a moment is no number to multiply");
}

static struct lite_value
lower_product(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2] = { lite_lower_child(scope, e->args[0]),
                               lite_lower_child(scope, e->args[1]) };

    clock_as_number(scope, e->args[0], &v[0]);
    clock_as_number(scope, e->args[1], &v[1]);
    refuse_moment(scope, &v[0]);
    refuse_moment(scope, &v[1]);
    refuse_decimal_text(scope, &v[0]);
    refuse_decimal_text(scope, &v[1]);
    if (v[0].scale == SCALE_NONE && v[1].scale == SCALE_NONE)
        return lite_plain(lite_with_args(scope, e, v), e->result);
    if (v[0].scale > 0 && v[1].scale > 0)
        lite_problem(scope, e,
                     "the product of two decimals that are stored as integers can "
                     "overflow 64 bits, which SQLite turns into a floating point number");
    scale_constant(scope, &v[0]);
    scale_constant(scope, &v[1]);
    for (size_t i = 0; i < 2; i++)
        if (v[i].scale == SCALE_NONE && !lite_is_whole(&v[i]))
            lite_problem(scope, v[i].e,
                         "a decimal that is stored as an integer can only be multiplied "
                         "by a constant or a whole number");
    return lite_scaled_value(lite_with_args(scope, e, v), e->result,
                             (v[0].scale > 0 ? v[0].scale : 0)
                                 + (v[1].scale > 0 ? v[1].scale : 0));
}

/*
 * Divided by a power of ten, a decimal has more digits behind the point and is the same
 * integer; so is a whole number, where the divisor is no whole number to PostgreSQL
 * (100.0).  What a view gives stays a plain number.
 */
static bool
moves_the_point(const struct lite_scope *scope, const struct expr *e,
                const struct lite_value v[2], int *digits)
{
    bool is_decimal = memchr(e->args[1]->text.ptr, '.', e->args[1]->text.len) != NULL;
    int scale = v[0].scale > 0 ? v[0].scale : 0;

    if (e->args[1]->kind != EXPR_NUMBER)
        return false;
    *digits = lite_power_of_ten(v[1].e);
    if (*digits < 0 || scale + *digits > DECIMAL_INT_DIGITS_MAX)
        return false;
    *digits += scale;
    return scale > 0 || (is_decimal && scope->table != NULL && lite_is_whole(&v[0]));
}

static struct lite_value
lower_quotient(struct lite_scope *scope, const struct expr *e)
{
    int digits;
    struct lite_value v[2] = { lite_lower_child(scope, e->args[0]),
                               lite_lower_child(scope, e->args[1]) };

    refuse_decimal_text(scope, &v[0]);
    refuse_decimal_text(scope, &v[1]);
    if (moves_the_point(scope, e, v, &digits))
        return lite_scaled_value(v[0].e, e->result, digits);
    if (lite_largest_scale(v, 2) != SCALE_NONE)
        lite_problem(scope, e,
                     "a decimal that is stored as an integer cannot be divided without "
                     "losing digits");
    if (e->args[1]->kind != EXPR_NUMBER)
        lite_note(scope, e, LITE_NOTE_ZERO " gives NULL in SQLite, and no error");
    return lite_plain(lite_with_args(scope, e, v), e->result);
}

static struct lite_value
lower_power(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lite_lower_plain(scope, e);

    if (lite_has_problem(scope))
        return v;
    return lite_plain(lite_call_2(&scope->s->arena, "pow", v.e->args[0], v.e->args[1]),
                      e->result);
}

typedef struct lite_value lower_fn(struct lite_scope *scope, const struct expr *e);

static const struct {
    const char *operator;
    lower_fn *lower;
} binaries[] = {
    { "=", lite_lower_comparison },
    { "<>", lite_lower_comparison },
    { "<", lite_lower_comparison },
    { ">", lite_lower_comparison },
    { "<=", lite_lower_comparison },
    { ">=", lite_lower_comparison },
    { "+", lower_sum },
    { "-", lower_sum },
    { "*", lower_product },
    { "/", lower_quotient },
    { "%", lower_quotient },
    { "^", lower_power },
    { "||", lite_lower_plain },
    { "->", lite_lower_plain },
    { "->>", lite_lower_plain },
    { "&", lite_lower_plain },
    { "|", lite_lower_plain },
    { "<<", lite_lower_plain },
    { ">>", lite_lower_plain },
    { "~", lite_lower_regex },
    { "~*", lite_lower_regex },
    { "!~", lite_lower_regex },
    { "!~*", lite_lower_regex },
};

struct lite_value
lite_lower_binary(struct lite_scope *scope, const struct expr *e)
{
    for (size_t i = 0; i < ARRAY_LEN(binaries); i++)
        if (slice_is(e->text, binaries[i].operator))
            return binaries[i].lower(scope, e);
    lite_problem(scope, e, "SQLite has no operator %.*s", SLICE_ARG(e->text));
    return lite_plain(e, NULL);
}

struct lite_value
lite_lower_unary(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lite_lower_child(scope, e->args[0]);
    bool sign = slice_is(e->text, "-") || slice_is(e->text, "+");

    if (!sign && !slice_is(e->text, "~"))
        lite_problem(scope, e, "SQLite has no operator %.*s", SLICE_ARG(e->text));
    if (!sign && v.scale > 0)
        lite_problem(scope, e, "a decimal is stored as an integer here");
    refuse_decimal_text(scope, &v);
    return lite_scaled_value(lite_with_args(scope, e, &v), v.type, v.scale);
}

struct lite_value
lite_lower_is(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lite_lower_child(scope, e->args[0]);
    struct expr *copy = lite_copy(&scope->s->arena, e);

    copy->args[0] = v.e;
    if (slice_is(e->text, "unknown"))
        copy->text = SLICE("null");
    else if (!slice_is(e->text, "null") && !slice_is(e->text, "true")
             && !slice_is(e->text, "false"))
        lite_problem(scope, e, "SQLite has no IS %.*s", SLICE_ARG(e->text));
    return lite_plain(copy, e->result);
}

struct lite_value
lite_lower_between(struct lite_scope *scope, const struct expr *e)
{
    struct arena *a = &scope->s->arena;
    struct lite_value v[3] = { lite_lower_child(scope, e->args[0]),
                               lite_lower_child(scope, e->args[1]),
                               lite_lower_child(scope, e->args[2]) };
    const struct expr *either;

    (void)lite_unify(scope, v, 3);
    if (!(e->flags & EXPR_SYMMETRIC))
        return lite_plain(lite_with_args(scope, e, v), e->result);
    either = lite_or(a, lite_between(a, v[0].e, v[1].e, v[2].e),
                     lite_between(a, v[0].e, v[2].e, v[1].e));
    return lite_plain(e->flags & EXPR_NEGATED ? lite_not(a, either) : either, e->result);
}

/* x IN (list): one scale for all of them. */
static struct lite_value
lower_in_list(struct lite_scope *scope, const struct expr *e, const struct expr *list)
{
    size_t count = list->arg_count + 1;
    struct lite_value *v = ARENA_ARRAY(&scope->s->arena, struct lite_value, count);
    struct expr *copy = lite_copy(&scope->s->arena, e);

    v[0] = lite_lower_child(scope, e->args[0]);
    for (size_t i = 1; i < count; i++)
        v[i] = lite_lower_child(scope, list->args[i - 1]);
    (void)lite_unify(scope, v, count);
    copy->args[0] = v[0].e;
    copy->args[1] = lite_with_args(scope, list, v + 1);
    return lite_plain(copy, e->result);
}

struct lite_value
lite_lower_in(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2];

    if (e->args[1]->kind == EXPR_LIST)
        return lower_in_list(scope, e, e->args[1]);
    v[0] = lite_lower_child(scope, e->args[0]);
    v[1] = lite_lower_child(scope, e->args[1]);
    if (lite_query_scale(&v[1]) != v[0].scale
        && (lite_query_scale(&v[1]) > 0 || v[0].scale > 0))
        lite_problem(scope, e, "decimals of different scale are stored as integers here");
    return lite_plain(lite_with_args(scope, e, v), e->result);
}

/* x = ANY (ARRAY[…]) and x <> ALL (ARRAY[…]) are how PostgreSQL stores IN. */
struct lite_value
lite_lower_quantified(struct lite_scope *scope, const struct expr *e)
{
    const struct expr *array = e->args[1];
    bool all = (e->flags & EXPR_ALL) != 0;
    struct expr *in;
    struct expr *list;

    while (array->kind == EXPR_CAST)
        array = array->args[0];
    if (array->kind != EXPR_ARRAY || !slice_is(e->text, all ? "<>" : "=")) {
        lite_problem(scope, e, "SQLite has no arrays to compare with");
        return lite_plain(e, NULL);
    }
    list = lite_copy(&scope->s->arena, array);
    list->kind = EXPR_LIST;
    in = expr_2(&scope->s->arena, EXPR_IN, e->span, SLICE_NONE, e->args[0], list);
    in->flags = all ? EXPR_NEGATED : 0;
    return lower_in_list(scope, in, list);
}
