/*
 * Sums of a time and a constant interval, which SQLite writes as modifiers:
 * ts + INTERVAL '1 day' → datetime(ts, '+1 day').
 */
#include "dialect/sqlite/lite.h"

static const struct {
    const char *word;
    const char *ours;
    int factor;
} units[] = {
    { "second", "seconds", 1 }, { "seconds", "seconds", 1 }, { "sec", "seconds", 1 },
    { "minute", "minutes", 1 }, { "minutes", "minutes", 1 }, { "min", "minutes", 1 },
    { "hour", "hours", 1 },     { "hours", "hours", 1 },     { "day", "days", 1 },
    { "days", "days", 1 },      { "week", "days", 7 },       { "weeks", "days", 7 },
    { "month", "months", 1 },   { "months", "months", 1 },   { "mon", "months", 1 },
    { "year", "years", 1 },     { "years", "years", 1 },
};

static struct slice
next_word(struct slice *rest)
{
    struct slice s = slice_trim(*rest);
    size_t n = 0;

    while (n < s.len && s.ptr[n] != ' ')
        n++;
    *rest = slice_sub(s, n, s.len);
    return slice_sub(s, 0, n);
}

#define INTERVAL_DIGITS_MAX 6 /* times seven stays far from any limit */

static bool
parse_count(struct slice word, bool negate, long *out)
{
    bool negative = word.len > 0 && word.ptr[0] == '-';
    struct slice digits = slice_sub(word, negative ? 1 : 0, word.len);

    if (digits.len == 0 || digits.len > INTERVAL_DIGITS_MAX)
        return false;
    *out = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
        *out = *out * 10 + (digits.ptr[i] - '0');
    }
    if (negative != negate)
        *out = -*out;
    return true;
}

/* '1 day 2 hours' → the modifiers '+1 days', '+2 hours' around `x`. */
static const struct expr *
shift(struct lite_scope *scope, const struct expr *x, struct slice text, bool negate)
{
    struct arena *a = &scope->s->arena;

    while (slice_trim(text).len > 0) {
        struct slice number = next_word(&text);
        struct slice unit = next_word(&text);
        const char *ours = NULL;
        long n;

        if (!parse_count(number, negate, &n))
            return NULL;
        for (size_t i = 0; i < ARRAY_LEN(units); i++)
            if (slice_is_fold(unit, units[i].word)) {
                ours = units[i].ours;
                n *= units[i].factor;
            }
        if (ours == NULL)
            return NULL;
        x = lite_call_2(a, "datetime", x,
                        lite_string(a, slice_format(a, "%+ld %s", n, ours)));
    }
    return x;
}

static const struct expr *
interval_constant(const struct expr *e)
{
    if (e->kind == EXPR_TYPED_STRING && e->type->kind == TYPE_INTERVAL)
        return e;
    if (e->kind == EXPR_CAST && e->type->kind == TYPE_INTERVAL
        && e->args[0]->kind == EXPR_STRING)
        return e->args[0];
    return NULL;
}

bool
lite_lower_interval_sum(struct lite_scope *scope, const struct expr *e,
                        struct lite_value *out)
{
    bool minus = slice_is(e->text, "-");
    const struct expr *interval = interval_constant(e->args[1]);
    const struct expr *base = e->args[0];
    const struct expr *shifted;

    if (interval == NULL && !minus) {
        interval = interval_constant(e->args[0]);
        base = e->args[1];
    }
    if (interval == NULL)
        return false;
    shifted = shift(scope, lite_lower_node(scope, base).e, interval->text, minus);
    if (shifted == NULL)
        lite_problem(scope, e, "SQLite has no interval '%.*s'",
                     SLICE_ARG(interval->text));
    lite_note(scope, e, "SQLite drops fractions of a second when it adds an interval");
    *out = lite_plain(shifted == NULL ? e : shifted, e->result);
    return true;
}
