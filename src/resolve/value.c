/*
 * Constants against column types: defaults and initial rows.
 *
 * A constant is refused only when no engine could take it for a value of the type.  What
 * one engine spells in another's way is kept in ours: 0 and 1 for booleans (SQLite and
 * MySQL have none), quoted numbers, a cast to the very type of the column.
 */
#include "resolve/build.h"

#include "expr/sqlw.h"

struct fitting {
    struct build *b;
    const struct column *column;
    enum diag_code code;
    const struct expr *value; /* as written, for its span and text */
};

static bool
refuse(const struct fitting *f, const char *why)
{
    struct slice text = expr_text(f->b->a, f->value);
    struct text type;

    text_init(&type, f->b->a);
    type_print(&f->column->type, &type);
    struct slice type_text = text_slice(&type);
    diag_add(&f->b->s->diags, f->code, f->value->span,
             "%.*s cannot be a value of \"%.*s\", which is %.*s%s%s", SLICE_ARG(text),
             SLICE_ARG(f->column->name), SLICE_ARG(type_text), why == NULL ? "" : ": ",
             why == NULL ? "" : why);
    return false;
}

static bool
refuse_with_hint(const struct fitting *f, const char *hint)
{
    struct diags *all = &f->b->s->diags;

    refuse(f, NULL);
    if (all->dropped == 0 && all->all.count > 0)
        diag_hint(all, all->all.items[all->all.count - 1], "%s", hint);
    return false;
}

/* ---- numbers ---- */

/* Digits with at most one point and an exponent; *digits: those before the point. */
static bool
is_number_text(struct slice s, size_t *digits)
{
    size_t i = 0;
    size_t seen = 0;

    while (i < s.len && s.ptr[i] == '0' && i + 1 < s.len)
        i++;
    *digits = 0;
    for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
        *digits += 1;
    seen = i;
    if (i < s.len && s.ptr[i] == '.')
        for (i++; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
            seen++;
    if (seen > 0 && i < s.len && (s.ptr[i] == 'e' || s.ptr[i] == 'E')) {
        *digits = 0; /* the exponent moves the point: no certain size */
        i++;
        if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
            i++;
        seen = 0;
        for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++)
            seen++;
    }
    return i == s.len && seen > 0;
}

static bool
is_whole(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

/* Is the whole number (without its sign) above what the type holds? */
static bool
is_above(struct slice digits, const char *limit)
{
    struct slice most = slice_from(limit);

    while (digits.len > 1 && digits.ptr[0] == '0')
        digits = slice_sub(digits, 1, digits.len);
    return digits.len > most.len
           || (digits.len == most.len && slice_compare(digits, most) > 0);
}

/* How far the whole numbers of a type go below and above zero. */
static const char *
whole_limit(enum type_kind kind, bool negative)
{
    if (kind == TYPE_INT2)
        return negative ? "32768" : "32767";
    if (kind == TYPE_INT4)
        return negative ? "2147483648" : "2147483647";
    if (kind == TYPE_INT8)
        return negative ? "9223372036854775808" : "9223372036854775807";
    return NULL;
}

static bool
number_fits(const struct fitting *f, struct slice digits, bool negative)
{
    const struct type *t = &f->column->type;
    const char *limit = whole_limit(t->kind, negative);
    size_t before = 0;

    if (limit != NULL && is_whole(digits) && is_above(digits, limit))
        return refuse(f, "it is out of range");
    if (t->kind != TYPE_DECIMAL || t->arg_count == 0 || !is_number_text(digits, &before))
        return true;
    if (before == 1 && digits.ptr[0] == '0')
        before = 0;
    if (before > (size_t)(t->args[0] - (t->arg_count > 1 ? t->args[1] : 0)))
        return refuse(f, "it has too many digits");
    return true;
}

static bool
is_odd_number(struct slice s)
{
    return slice_is_fold(s, "nan") || slice_is_fold(s, "infinity")
           || slice_is_fold(s, "-infinity") || slice_is_fold(s, "inf")
           || slice_is_fold(s, "-inf");
}

/* '7' and '-1.5' become numbers. */
static bool
text_fits_number(const struct fitting *f, const struct expr *e, const struct expr **out)
{
    struct slice s = slice_trim(e->text);
    bool negative = slice_starts(s, "-");
    size_t digits;
    struct expr *number;

    if (is_odd_number(s) && whole_limit(f->column->type.kind, false) == NULL)
        return true;
    if (negative || slice_starts(s, "+"))
        s = slice_sub(s, 1, s.len);
    if (!is_number_text(s, &digits))
        return refuse(f, NULL);
    if (!number_fits(f, s, negative))
        return false;
    number = expr_leaf(f->b->a, EXPR_NUMBER, e->span, s);
    *out = negative ? expr_1(f->b->a, EXPR_UNARY, e->span, SLICE("-"), number) : number;
    return true;
}

static bool
fits_number(const struct fitting *f, const struct expr *e, const struct expr **out)
{
    if (e->kind == EXPR_NUMBER)
        return number_fits(f, e->text, false);
    if (e->kind == EXPR_UNARY && slice_is(e->text, "-")
        && e->args[0]->kind == EXPR_NUMBER)
        return number_fits(f, e->args[0]->text, true);
    if (e->kind == EXPR_STRING)
        return text_fits_number(f, e, out);
    if (e->kind == EXPR_BOOL)
        return refuse_with_hint(f, slice_is(e->text, "true") ? "write 1" : "write 0");
    return true;
}

/* ---- the other families ---- */

/* What PostgreSQL reads as a boolean; -1: nothing of it. */
static int
boolean_text(struct slice s)
{
    static const char *const yes[] = { "true", "t", "yes", "y", "on", "1" };
    static const char *const no[] = { "false", "f", "no", "n", "off", "0" };

    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (slice_is_fold(s, yes[i]))
            return 1;
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (slice_is_fold(s, no[i]))
            return 0;
    return -1;
}

static bool
fits_boolean(const struct fitting *f, const struct expr *e, const struct expr **out)
{
    int meant;

    if (e->kind != EXPR_NUMBER && e->kind != EXPR_STRING)
        return true;
    meant = boolean_text(slice_trim(e->text));
    if (meant < 0)
        return refuse_with_hint(f, "write true or false");
    *out = expr_leaf(f->b->a, EXPR_BOOL, e->span,
                     meant == 1 ? SLICE("true") : SLICE("false"));
    return true;
}

static size_t
character_count(struct slice s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
    return n;
}

static bool
fits_text(const struct fitting *f, const struct expr *e)
{
    const struct type *t = &f->column->type;

    if (e->kind == EXPR_STRING && t->arg_count > 0
        && character_count(e->text) > (size_t)t->args[0])
        return refuse(f, "it is too long");
    return true;
}

static bool
has_digit(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            return true;
    return false;
}

static bool
is_time_word(struct slice s)
{
    static const char *const words[] = {
        "now",      "today",     "tomorrow", "yesterday",
        "infinity", "-infinity", "epoch",    "allballs"
    };

    return slice_is_one_of_fold(s, words, ARRAY_LEN(words));
}

/* Two digits at `at`; -1: there are none. */
static int
two_digits(struct slice s, size_t at)
{
    if (at + 2 > s.len || s.ptr[at] < '0' || s.ptr[at] > '9' || s.ptr[at + 1] < '0'
        || s.ptr[at + 1] > '9')
        return -1;
    return (s.ptr[at] - '0') * 10 + (s.ptr[at + 1] - '0');
}

static int
days_of_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

/*
 * A text that begins as 2024-02-31 and is no day of the calendar.  MySQL's zero date is
 * left alone: it says "none" there.
 */
static bool
is_no_day(struct slice s)
{
    int century = two_digits(s, 0);
    int year = two_digits(s, 2);
    int month = two_digits(s, 5);
    int day = two_digits(s, 8);

    if (century < 0 || year < 0 || month < 0 || day < 0 || s.ptr[4] != '-'
        || s.ptr[7] != '-' || (s.len > 10 && s.ptr[10] >= '0' && s.ptr[10] <= '9'))
        return false;
    if (century + year + month + day == 0)
        return false;
    return month < 1 || month > 12 || day < 1
           || day > days_of_month(century * 100 + year, month);
}

static bool
fits_time(const struct fitting *f, const struct expr *e)
{
    if (e->kind == EXPR_STRING && is_no_day(slice_trim(e->text)))
        return refuse(f, "there is no such day");
    if (e->kind == EXPR_NUMBER || e->kind == EXPR_BOOL)
        return refuse(f, NULL);
    if (e->kind == EXPR_STRING && !has_digit(e->text)
        && !is_time_word(slice_trim(e->text)))
        return refuse(f, NULL);
    return true;
}

static bool
fits_uuid(const struct fitting *f, const struct expr *e)
{
    size_t digits = 0;
    bool plain = true;

    if (e->kind == EXPR_NUMBER || e->kind == EXPR_BOOL)
        return refuse(f, NULL);
    if (e->kind != EXPR_STRING)
        return true;
    for (size_t i = 0; i < e->text.len; i++) {
        char c = (char)(e->text.ptr[i] | 0x20);

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))
            digits++;
        else
            plain &=
                e->text.ptr[i] == '-' || e->text.ptr[i] == '{' || e->text.ptr[i] == '}';
    }
    return (plain && digits == 32) || refuse(f, NULL);
}

static bool
fits_enum(const struct fitting *f, const struct enum_type *t, const struct expr *e)
{
    struct slices labels = { 0 };
    struct diag *d;

    if (e->kind != EXPR_STRING)
        return e->kind == EXPR_NUMBER || e->kind == EXPR_BOOL ? refuse(f, NULL) : true;
    VEC_EACH (i, &t->values) {
        if (slice_equal(t->values.items[i].label, e->text))
            return true;
        VEC_PUSH(f->b->a, &labels.all, t->values.items[i].label);
    }
    d = diag_add(&f->b->s->diags, f->code, f->value->span,
                 "'%.*s' is no value of type \"%.*s\"", SLICE_ARG(e->text),
                 SLICE_ARG(t->name));
    diag_note(&f->b->s->diags, d, t->span, "its values are declared here");
    hint_nearest(f->b->s, d, e->text, &labels);
    return false;
}

/* ---- what is not a literal: by its result type ---- */

static bool
families_clash(enum type_family column, enum type_family value)
{
    if (value == FAMILY_TIME)
        return column == FAMILY_NUMBER || column == FAMILY_BOOLEAN
               || column == FAMILY_UUID;
    if (value == FAMILY_BOOLEAN)
        return column == FAMILY_NUMBER || column == FAMILY_TIME || column == FAMILY_UUID;
    if (value == FAMILY_NUMBER)
        return column == FAMILY_BOOLEAN || column == FAMILY_TIME || column == FAMILY_UUID;
    return false;
}

static bool
is_literal(const struct expr *e)
{
    return e->kind == EXPR_NUMBER || e->kind == EXPR_STRING || e->kind == EXPR_BOOL
           || (e->kind == EXPR_UNARY && e->args[0]->kind == EXPR_NUMBER);
}

static bool
is_bits(const struct type *t)
{
    return slice_is(t->name, "bit") || slice_is(t->name, "varbit");
}

static bool
fits_literal(const struct fitting *f, const struct expr *e, const struct expr **out)
{
    switch (type_family(&f->column->type)) {
    case FAMILY_BOOLEAN:
        return fits_boolean(f, e, out);
    case FAMILY_NUMBER:
        return fits_number(f, e, out);
    case FAMILY_TEXT:
        return fits_text(f, e);
    case FAMILY_TIME:
        return fits_time(f, e);
    case FAMILY_UUID:
        return fits_uuid(f, e);
    case FAMILY_BYTES:
    case FAMILY_OTHER:
    case FAMILY_NAMED:
        return true;
    }
    return true;
}

/* 'x'::color on a column of type color, as dumps write it. */
static const struct expr *
without_own_cast(const struct column *c, const struct expr *e)
{
    if (e->kind != EXPR_CAST || e->type == NULL || e->type->kind != c->type.kind
        || e->type->dimensions != c->type.dimensions || !is_literal(e->args[0]))
        return e;
    if (c->type.kind == TYPE_NAMED && !slice_equal(e->type->name, c->type.name))
        return e;
    return e->args[0];
}

bool
value_fits(struct build *b, const struct column *c, const struct expr *value,
           enum diag_code code, const struct expr **out)
{
    struct column plain = *c;
    const struct fitting f = { b, &plain, code, value };
    const struct expr *e = without_own_cast(c, value);
    const struct enum_type *t;

    plain.type = *type_plain(b, &c->type);
    t = type_enum(b, &plain.type);
    *out = e;
    if (plain.type.dimensions > 0)
        return true;
    if (e->kind == EXPR_BLOB && is_bits(&plain.type))
        *out = expr_bits_of_hex(b->a, e);
    if (t != NULL)
        return fits_enum(&f, t, e);
    if (is_literal(e))
        return fits_literal(&f, e, out);
    if (e->result != NULL
        && families_clash(type_family(&plain.type), type_family(e->result)))
        return refuse(&f, NULL);
    return true;
}
