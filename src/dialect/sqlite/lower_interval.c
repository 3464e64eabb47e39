/*
 * Intervals: sums of a time and a constant, which SQLite writes as modifiers:
 * ts + INTERVAL '1 day' → datetime(ts, '+1 day'); and values, which are text in the form
 * of ISO 8601: '1 day 02:30' → 'P1DT2H30M'.
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
    { "mons", "months", 1 },        { "year", "years", 1 },     { "years", "years", 1 },
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

/* ---- values ---- */

struct interval {
    long months, days, seconds;
    struct slice fraction; /* ".5"; empty */
};

/* "02:30", "-02:30:15.5": hours, minutes and seconds. */
static bool
add_clock(struct interval *to, struct slice word)
{
    bool negative = slice_starts(word, "-");
    long part[3] = { 0, 0, 0 };
    size_t count = 0;
    size_t at = negative;

    for (; count < ARRAY_LEN(part) && at <= word.len; count++) {
        size_t end = at;

        while (end < word.len && word.ptr[end] != ':' && word.ptr[end] != '.')
            end++;
        if (!parse_count(slice_sub(word, at, end), negative, &part[count]))
            return false;
        at = end + 1;
        if (end < word.len && word.ptr[end] == '.') {
            to->fraction = slice_sub(word, end, word.len);
            at = word.len + 1;
        }
    }
    to->seconds += part[0] * 3600 + part[1] * 60 + part[2];
    return count > 1 && at == word.len + 1 && (count == 3 || to->fraction.len == 0)
           && !(negative && to->fraction.len > 0);
}

/* A bare number counts seconds. */
static bool
add_counted(struct interval *to, long n, struct slice unit)
{
    static const struct {
        const char *ours;
        long months, days, seconds;
    } sizes[] = {
        { "years", 12, 0, 0 },  { "months", 1, 0, 0 },    { "days", 0, 1, 0 },
        { "hours", 0, 0, 3600 }, { "minutes", 0, 0, 60 }, { "seconds", 0, 0, 1 },
    };

    if (unit.len == 0)
        unit = SLICE("seconds");
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        for (size_t k = 0; slice_is_fold(unit, units[i].word) && k < ARRAY_LEN(sizes);
             k++)
            if (slice_is(slice_from(units[i].ours), sizes[k].ours)) {
                n *= units[i].factor;
                to->months += n * sizes[k].months;
                to->days += n * sizes[k].days;
                to->seconds += n * sizes[k].seconds;
                return true;
            }
    return false;
}

static bool
parse_interval(struct slice text, struct interval *out)
{
    *out = (struct interval){ .fraction = SLICE("") };
    while (slice_trim(text).len > 0) {
        struct slice word = next_word(&text);
        long n;

        if (parse_count(word, false, &n) ? !add_counted(out, n, next_word(&text))
                                         : !add_clock(out, word))
            return false;
    }
    return out->seconds >= 0 || out->fraction.len == 0;
}

static void
add_part(struct text *out, long n, char unit)
{
    if (n != 0)
        text_addf(out, "%ld%c", n, unit);
}

const struct expr *
lite_interval_literal(struct lite_scope *scope, const struct expr *e)
{
    struct interval v;
    struct text out;

    if (slice_starts(e->text, "P"))
        return e;
    if (!parse_interval(e->text, &v)) {
        lite_problem(scope, e, "the interval '%.*s' is to be written as in 'P1DT2H'",
                     SLICE_ARG(e->text));
        return e;
    }
    text_init(&out, &scope->s->arena);
    text_addc(&out, 'P');
    add_part(&out, v.months / 12, 'Y');
    add_part(&out, v.months % 12, 'M');
    add_part(&out, v.days, 'D');
    if (v.seconds != 0 || v.fraction.len > 0 || (v.months == 0 && v.days == 0))
        text_addc(&out, 'T');
    add_part(&out, v.seconds / 3600, 'H');
    add_part(&out, v.seconds / 60 % 60, 'M');
    if (v.fraction.len > 0 || v.seconds % 60 != 0
        || (v.seconds == 0 && v.months == 0 && v.days == 0))
        text_addf(&out, "%ld%.*sS", v.seconds % 60, SLICE_ARG(v.fraction));
    return lite_string(&scope->s->arena, text_slice(&out));
}

const struct expr *
lite_interval_constant(struct arena *a, const struct expr *e)
{
    const struct expr *constant = interval_constant(e);

    return constant == NULL ? NULL : lite_string(a, constant->text);
}

/* ---- sums ---- */

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
