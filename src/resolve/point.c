/*
 * Constants of bounds as points on a line.  What an engine reads by its settings
 * (31/1/2024, texts in an order of letters) is no point.
 */
#include "resolve/bounds.h"

static const struct point unknown = { .kind = POINT_UNKNOWN };

/* ---- numbers ---- */

static size_t
digits_at(struct slice s, size_t at)
{
    size_t end = at;

    while (end < s.len && s.ptr[end] >= '0' && s.ptr[end] <= '9')
        end++;
    return end - at;
}

static struct point
number_point(struct slice s, bool negative)
{
    struct point p = { .kind = POINT_VALUE };
    size_t whole = digits_at(s, 0);
    size_t rest = whole < s.len && s.ptr[whole] == '.' ? digits_at(s, whole + 1) : 0;
    size_t zeros = 0;

    if (whole + rest == 0 || (whole < s.len && whole + 1 + rest != s.len))
        return unknown; /* 1e3, 0xff */
    while (zeros < whole && s.ptr[zeros] == '0')
        zeros++;
    while (rest > 0 && s.ptr[whole + rest] == '0')
        rest--;
    p.whole = slice_sub(s, zeros, whole);
    p.rest = rest == 0 ? SLICE("") : slice_sub(s, whole + 1, whole + 1 + rest);
    p.negative = negative && p.whole.len + p.rest.len > 0;
    return p;
}

/* ---- times ---- */

/* One or two digits as two; false: there are none, or more. */
static bool
take_two(struct text *out, struct slice s, size_t *at)
{
    size_t digits = digits_at(s, *at);

    if (digits < 1 || digits > 2)
        return false;
    if (digits == 1)
        text_addc(out, '0');
    text_add(out, slice_sub(s, *at, *at + digits));
    *at += digits;
    return true;
}

static bool
take_char(struct slice s, size_t *at, char wanted)
{
    if (*at >= s.len || s.ptr[*at] != wanted)
        return false;
    *at += 1;
    return true;
}

/* 2024-1-31; only with the year first, which no setting of the server changes. */
static bool
take_day(struct text *out, struct slice s, size_t *at)
{
    if (digits_at(s, 0) != 4)
        return false;
    text_add(out, slice_sub(s, 0, 4));
    *at = 4;
    return take_char(s, at, '-') && take_two(out, s, at) && take_char(s, at, '-')
           && take_two(out, s, at);
}

static bool
take_clock(struct text *out, struct slice s, size_t *at, struct slice *rest)
{
    size_t digits;

    if (!take_two(out, s, at) || !take_char(s, at, ':') || !take_two(out, s, at))
        return false;
    if (!take_char(s, at, ':')) {
        text_addz(out, "00");
        return true;
    }
    if (!take_two(out, s, at))
        return false;
    if (!take_char(s, at, '.'))
        return true;
    digits = digits_at(s, *at);
    *rest = slice_sub(s, *at, *at + digits);
    *at += digits;
    while (rest->len > 0 && rest->ptr[rest->len - 1] == '0')
        rest->len--;
    return true;
}

static struct point
time_point(struct build *b, const struct type *type, struct slice s)
{
    struct point p = { .kind = POINT_VALUE, .rest = SLICE(""), .zone = SLICE("") };
    struct text out;
    size_t at = 0;

    s = slice_trim(s);
    text_init(&out, b->a);
    if (!take_day(&out, s, &at))
        return unknown;
    if (type->kind == TYPE_DATE || at == s.len)
        text_addz(&out, type->kind == TYPE_DATE ? "" : "000000");
    else if (!(take_char(s, &at, ' ') || take_char(s, &at, 'T'))
             || !take_clock(&out, s, &at, &p.rest))
        return unknown;
    if (type->kind == TYPE_TIMESTAMPTZ)
        p.zone = slice_trim(slice_sub(s, at, s.len));
    else if (at < s.len && type->kind == TYPE_TIMESTAMP)
        return unknown;
    p.whole = text_slice(&out);
    return p;
}

/* ---- the others ---- */

static struct point
uuid_point(struct build *b, struct slice s)
{
    struct point p = { .kind = POINT_VALUE, .rest = SLICE("") };
    struct text out;

    text_init(&out, b->a);
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != '-' && s.ptr[i] != '{' && s.ptr[i] != '}')
            text_addc(&out, s.ptr[i]);
    p.whole = slice_lower(b->a, text_slice(&out));
    return p;
}

static struct point
text_point(struct build *b, const struct type *type, const struct expr *e)
{
    if (type_family(type) == FAMILY_UUID)
        return uuid_point(b, e->text);
    if (type->kind == TYPE_DATE || type->kind == TYPE_TIMESTAMP
        || type->kind == TYPE_TIMESTAMPTZ)
        return time_point(b, type, e->text);
    return unknown;
}

struct point
point_make(struct build *b, const struct type *type, const struct expr *e)
{
    if (e->kind == EXPR_NAME && slice_is(e->text, "minvalue"))
        return (struct point){ .kind = POINT_LOWEST };
    if (e->kind == EXPR_NAME && slice_is(e->text, "maxvalue"))
        return (struct point){ .kind = POINT_HIGHEST };
    if (type == NULL || type->dimensions > 0)
        return unknown;
    if ((e->kind == EXPR_CAST || e->kind == EXPR_TYPED_STRING)
        && (e->type == NULL || e->type->kind != type->kind))
        return unknown;
    if (e->kind == EXPR_CAST)
        return point_make(b, type, e->args[0]);
    if (type_family(type) == FAMILY_NUMBER && e->kind == EXPR_NUMBER)
        return number_point(e->text, false);
    if (type_family(type) == FAMILY_NUMBER && e->kind == EXPR_UNARY
        && slice_is(e->text, "-") && e->args[0]->kind == EXPR_NUMBER)
        return number_point(e->args[0]->text, true);
    return e->kind == EXPR_STRING || e->kind == EXPR_TYPED_STRING ? text_point(b, type, e)
                                                                  : unknown;
}

static int
compare_sizes(const struct point *x, const struct point *y)
{
    int order;

    if (x->whole.len != y->whole.len)
        return x->whole.len < y->whole.len ? -1 : 1;
    order = slice_compare(x->whole, y->whole);
    return order != 0 ? order : slice_compare(x->rest, y->rest);
}

int
point_compare(const struct point *x, const struct point *y)
{
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->kind != POINT_VALUE)
        return 0;
    if (x->negative != y->negative)
        return x->negative ? -1 : 1;
    return x->negative ? compare_sizes(y, x) : compare_sizes(x, y);
}
