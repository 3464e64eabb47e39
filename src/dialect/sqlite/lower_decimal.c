/*
 * Out of a decimal that is stored as an integer: a whole number, a decimal with fewer
 * digits, a floating point number, a text.  As PostgreSQL does it: a cast and round() go
 * away from zero at a half, trunc() goes towards it (manual, 8.1.2 and 9.3).
 *
 *     price numeric(10,2) is 1250 for 12.50
 *     CAST(price AS integer)  →  (price + CASE WHEN price < 0 THEN -50 ELSE 50 END) / 100
 */
#include "dialect/sqlite/alter.h"
#include "dialect/sqlite/lower_expr.h"

static const struct expr *
is_below_zero(struct arena *a, const struct expr *x)
{
    return lite_binary(a, "<", x, lite_number(a, 0));
}

/* ---- whole numbers, from units of 1/`unit` ---- */

typedef const struct expr *whole_fn(struct arena *a, const struct expr *x, int64_t unit);

/* SQLite's own division goes towards zero. */
static const struct expr *
cut_off(struct arena *a, const struct expr *x, int64_t unit)
{
    return lite_binary(a, "/", x, lite_number(a, unit));
}

static const struct expr *
rounded(struct arena *a, const struct expr *x, int64_t unit)
{
    struct expr *half = expr_new(a, EXPR_CASE, SPAN_NONE, SLICE_NONE, 4);

    half->args[1] = lite_number(a, unit / 2);
    half->args[2] = is_below_zero(a, x);
    half->args[3] = lite_number(a, -unit / 2);
    return cut_off(a, lite_binary(a, "+", x, half), unit);
}

static const struct expr *
rest(struct arena *a, const struct expr *x, int64_t unit)
{
    return lite_binary(a, "%", x, lite_number(a, unit));
}

static const struct expr *
next_below(struct arena *a, const struct expr *x, int64_t unit)
{
    return lite_binary(a, "-", cut_off(a, x, unit), is_below_zero(a, rest(a, x, unit)));
}

static const struct expr *
next_above(struct arena *a, const struct expr *x, int64_t unit)
{
    return lite_binary(a, "+", cut_off(a, x, unit),
                       lite_binary(a, ">", rest(a, x, unit), lite_number(a, 0)));
}

/* The digits behind the point are `digits` afterwards; more than there were are zeros. */
static struct lite_value
with_digits(struct lite_scope *scope, const struct lite_value *v, int digits,
            whole_fn *drop)
{
    const struct expr *e =
        digits >= v->scale
            ? lite_rescaled(scope, v, digits)
            : drop(&scope->s->arena, v->e, lite_ten_to(v->scale - digits));

    return lite_scaled_value(e, v->type, digits);
}

struct lite_value
lite_rounded(struct lite_scope *scope, const struct lite_value *v, int digits)
{
    return with_digits(scope, v, digits, rounded);
}

/* ---- functions ---- */

static const struct {
    const char *name;
    whole_fn *drop;
    bool takes_digits;
} functions[] = {
    { "round", rounded, true },      { "trunc", cut_off, true },
    { "floor", next_below, false },  { "ceil", next_above, false },
    { "ceiling", next_above, false },
};

static whole_fn *
find_function(struct slice name, bool *takes_digits)
{
    for (size_t i = 0; i < ARRAY_LEN(functions); i++)
        if (slice_is_fold(name, functions[i].name)) {
            *takes_digits = functions[i].takes_digits;
            return functions[i].drop;
        }
    return NULL;
}

/* From the second argument; -1: it does not say. */
static int
asked_digits(const struct lite_value *args, size_t count, bool takes_digits)
{
    if (count == 1)
        return 0;
    return count == 2 && takes_digits
               ? lite_small_number(args[1].e, DECIMAL_INT_DIGITS_MAX)
               : -1;
}

bool
lite_drop_digits(struct lite_scope *scope, const struct expr *call,
                 const struct lite_value *args, size_t count, struct lite_value *out)
{
    bool takes_digits;
    whole_fn *drop = find_function(call->text, &takes_digits);
    int digits;

    if (drop == NULL || count == 0 || args[0].scale <= 0)
        return false;
    digits = asked_digits(args, count, takes_digits);
    if (digits < 0)
        lite_problem(scope, call,
                     "how many digits %.*s() keeps of a decimal that is stored as an "
                     "integer must be a number from 0 to %d",
                     SLICE_ARG(call->text), DECIMAL_INT_DIGITS_MAX);
    else
        *out = with_digits(scope, &args[0], digits, drop);
    return true;
}

/* ---- casts ---- */

/* Casts and these functions say how many digits they give. */
static bool
shows_quotient(const struct expr *e)
{
    bool takes_digits;

    if (e->kind == EXPR_CAST
        || (e->kind == EXPR_CALL && find_function(e->text, &takes_digits) != NULL))
        return false;
    if (e->kind == EXPR_BINARY && slice_is(e->text, "/"))
        return true;
    for (size_t i = 0; i < e->arg_count; i++)
        if (e->args[i] != NULL && shows_quotient(e->args[i]))
            return true;
    return false;
}

/* How many zeros a quotient ends in is the server's affair, and a text shows them. */
static void
refuse_quotient(struct lite_scope *scope, const struct expr *cast)
{
    if (shows_quotient(cast->args[0]))
        lite_problem(scope, cast,
                     "a quotient has as many digits behind the point as the server sees "
                     "fit: round() it to as many as the text is to have");
}

bool
lite_cast_decimal(struct lite_scope *scope, const struct expr *cast,
                  const struct lite_value *v, enum type_kind class,
                  struct lite_value *out)
{
    const struct type *to = cast->type;
    struct type from = { .kind = TYPE_DECIMAL_INT,
                         .arg_count = 2,
                         .args = { DECIMAL_INT_DIGITS_MAX, v->scale } };
    struct lite_conversion c;

    if (to->dimensions > 0
        || (class != TYPE_INT4 && class != TYPE_REAL && class != TYPE_TEXT))
        return false;
    if (class == TYPE_INT4) {
        *out = lite_plain(lite_rounded(scope, v, 0).e, to);
        return true;
    }
    if (class == TYPE_TEXT)
        refuse_quotient(scope, cast);
    c = lite_convert(&scope->s->arena, &from, to, v->e);
    *out = lite_plain(c.value, to);
    return true;
}
