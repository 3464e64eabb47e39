/*
 * Values of one type as values of another.  A conversion is lossless, or it comes with
 * the condition that finds what would not survive; that is asked before anything is
 * changed.  Pairs that are not here are copied as they are, and the new check decides.
 */
#include <assert.h>
#include <string.h>

#include "dialect/sqlite/alter.h"

enum value_class {
    CLASS_OTHER, /* copied as it is */
    CLASS_INTEGER,
    CLASS_BOOLEAN,
    CLASS_SCALED,
    CLASS_NUMERIC, /* NUMERIC of SQLite: an integer or a floating point number */
    CLASS_REAL,
    CLASS_TEXT,
    CLASS_BYTES,
    CLASS_DATE,
    CLASS_TIMESTAMP,
    CLASS_COUNT
};

static const enum value_class classes[] = {
    [TYPE_BOOLEAN] = CLASS_BOOLEAN,     [TYPE_INT2] = CLASS_INTEGER,
    [TYPE_INT4] = CLASS_INTEGER,        [TYPE_INT8] = CLASS_INTEGER,
    [TYPE_DECIMAL] = CLASS_NUMERIC,     [TYPE_REAL] = CLASS_REAL,
    [TYPE_DOUBLE] = CLASS_REAL,         [TYPE_TEXT] = CLASS_TEXT,
    [TYPE_VARCHAR] = CLASS_TEXT,        [TYPE_CHAR] = CLASS_TEXT,
    [TYPE_BYTES] = CLASS_BYTES,         [TYPE_DATE] = CLASS_DATE,
    [TYPE_TIME] = CLASS_OTHER,          [TYPE_TIMETZ] = CLASS_OTHER,
    [TYPE_TIMESTAMP] = CLASS_TIMESTAMP, [TYPE_TIMESTAMPTZ] = CLASS_TIMESTAMP,
    [TYPE_INTERVAL] = CLASS_OTHER,      [TYPE_UUID] = CLASS_OTHER,
    [TYPE_JSON] = CLASS_OTHER,          [TYPE_JSONB] = CLASS_OTHER,
    [TYPE_DECIMAL_INT] = CLASS_SCALED,  [TYPE_DECIMAL_TEXT] = CLASS_TEXT,
    [TYPE_JSON_TEXT] = CLASS_OTHER,     [TYPE_ARRAY_TEXT] = CLASS_OTHER,
    [TYPE_NAMED] = CLASS_OTHER,
};
static_assert(ARRAY_LEN(classes) == TYPE_KIND_COUNT, "a class for every type");

struct pair {
    struct arena *a;
    const struct expr *v;
    int from_scale;
    int to_scale;
};

typedef struct lite_conversion convert_fn(const struct pair *p);

/* The largest whole number up to which a floating point number counts one by one. */
#define REAL_WHOLE_MAX ((int64_t)1 << 53)

static const struct expr *
scaled_by(const struct pair *p, const char *operator, const struct expr * e, int digits)
{
    if (digits == 0)
        return e;
    return lite_binary(p->a, operator, e, lite_number(p->a, lite_ten_to(digits)));
}

static const struct expr *
differs(const struct pair *p, const struct expr *x, const struct expr *y)
{
    return lite_binary(p->a, "<>", x, y);
}

/* ---- to numbers ---- */

static struct lite_conversion
integer_to_scaled(const struct pair *p)
{
    return (struct lite_conversion){ scaled_by(p, "*", p->v, p->to_scale), NULL };
}

static struct lite_conversion
divided(const struct pair *p, int digits)
{
    struct lite_conversion c = { scaled_by(p, "/", p->v, digits), NULL };

    if (digits > 0)
        c.bad = differs(p, scaled_by(p, "%", p->v, digits), lite_number(p->a, 0));
    return c;
}

static struct lite_conversion
scaled_to_integer(const struct pair *p)
{
    return divided(p, p->from_scale);
}

static struct lite_conversion
scaled_to_scaled(const struct pair *p)
{
    if (p->from_scale > p->to_scale)
        return divided(p, p->from_scale - p->to_scale);
    return (struct lite_conversion){ scaled_by(p, "*", p->v, p->to_scale - p->from_scale),
                                     NULL };
}

static struct lite_conversion
whole_to_real(const struct pair *p)
{
    const struct expr *too_large = lite_binary(p->a, ">", lite_call_1(p->a, "abs", p->v),
                                               lite_number(p->a, REAL_WHOLE_MAX));

    return (struct lite_conversion){
        scaled_by(p, "/", lite_cast(p->a, TYPE_REAL, p->v), p->from_scale), too_large
    };
}

static const struct expr *
is_no_number(const struct pair *p)
{
    struct expr *in = lite_copy(
        p->a, lite_in(p->a, lite_call_1(p->a, "typeof", p->v),
                      expr_2(p->a, EXPR_LIST, SPAN_NONE, SLICE_NONE,
                             lite_stringz(p->a, "integer"), lite_stringz(p->a, "real"))));

    in->flags = EXPR_NEGATED;
    return lite_and(p->a, lite_is_null(p->a, p->v, true), in);
}

/* 12.3 * 100 may be 1230.0000000000002: a millionth is no digit that got lost. */
static struct lite_conversion
number_to_scaled(const struct pair *p)
{
    const struct expr *product = scaled_by(p, "*", p->v, p->to_scale);
    const struct expr *round = lite_call_1(p->a, "round", product);
    const struct expr *rest = lite_binary(
        p->a, ">", lite_call_1(p->a, "abs", lite_binary(p->a, "-", product, round)),
        lite_digits(p->a, SLICE("0.000001"), false));

    return (struct lite_conversion){ lite_cast(p->a, TYPE_INT4, round),
                                     lite_or(p->a, is_no_number(p), rest) };
}

static struct lite_conversion
number_to_integer(const struct pair *p)
{
    const struct expr *whole = lite_cast(p->a, TYPE_INT4, p->v);

    return (struct lite_conversion){ whole, lite_or(p->a, is_no_number(p),
                                                    differs(p, whole, p->v)) };
}

/* The text that the number would be written as must be the text that is there. */
static struct lite_conversion
text_to_integer(const struct pair *p)
{
    const struct expr *whole = lite_cast(p->a, TYPE_INT4, p->v);

    return (struct lite_conversion){ whole, differs(p, lite_cast(p->a, TYPE_TEXT, whole),
                                                    p->v) };
}

/* Digits with at most one point among them and a sign before. */
static const struct expr *
is_no_decimal(const struct pair *p)
{
    static const char *const never[] = { "?*-*", "*.*.*", ".*", "-.*", "*." };
    const struct expr *bad =
        lite_or(p->a, lite_glob(p->a, p->v, SLICE("*[^-0-9.]*"), false),
                lite_glob(p->a, p->v, SLICE("*[0-9]*"), true));

    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        bad = lite_or(p->a, bad, lite_glob(p->a, p->v, slice_from(never[i]), false));
    return bad;
}

static struct lite_conversion
text_to_real(const struct pair *p)
{
    return (struct lite_conversion){ lite_cast(p->a, TYPE_REAL, p->v), is_no_decimal(p) };
}

/* '12.5' at scale 2: '12' || substr('5' || '00', 1, 2). */
static struct lite_conversion
text_to_scaled(const struct pair *p)
{
    struct arena *a = p->a;
    const struct expr *point =
        lite_call_2(a, "instr", lite_binary(a, "||", p->v, lite_stringz(a, ".")),
                    lite_stringz(a, "."));
    const struct expr *whole = lite_call_3(a, "substr", p->v, lite_number(a, 1),
                                           lite_binary(a, "-", point, lite_number(a, 1)));
    const struct expr *fraction =
        lite_call_2(a, "substr", p->v, lite_binary(a, "+", point, lite_number(a, 1)));
    const struct expr *padded =
        lite_call_3(a, "substr",
                    lite_binary(a, "||", fraction, lite_stringz(a, "000000000000000000")),
                    lite_number(a, 1), lite_number(a, p->to_scale));
    const struct expr *too_long = lite_binary(a, ">", lite_call_1(a, "length", fraction),
                                              lite_number(a, p->to_scale));

    return (struct lite_conversion){ lite_cast(a, TYPE_INT4,
                                               lite_binary(a, "||", whole, padded)),
                                     lite_or(a, is_no_decimal(p), too_long) };
}

static const struct expr *
words(struct arena *a, const char *const *all, size_t count)
{
    struct expr *list = expr_new(a, EXPR_LIST, SPAN_NONE, SLICE_NONE, count);

    for (size_t i = 0; i < count; i++)
        list->args[i] = lite_stringz(a, all[i]);
    return list;
}

static struct lite_conversion
text_to_boolean(const struct pair *p)
{
    static const char *const yes[] = { "t", "true", "y", "yes", "on", "1" };
    static const char *const no[] = { "f", "false", "n", "no", "off", "0" };
    const struct expr *word = lite_call_1(p->a, "lower", lite_call_1(p->a, "trim", p->v));
    const struct expr *is_yes = lite_in(p->a, word, words(p->a, yes, ARRAY_LEN(yes)));
    const struct expr *is_no = lite_in(p->a, word, words(p->a, no, ARRAY_LEN(no)));
    struct expr *value = expr_new(p->a, EXPR_CASE, SPAN_NONE, SLICE_NONE, 6);

    value->args[2] = is_yes;
    value->args[3] = lite_number(p->a, 1);
    value->args[4] = is_no;
    value->args[5] = lite_number(p->a, 0);
    return (struct lite_conversion){ value,
                                     lite_not(p->a, lite_or(p->a, is_yes, is_no)) };
}

/* ---- to text ---- */

static struct lite_conversion
any_to_text(const struct pair *p)
{
    return (struct lite_conversion){ lite_cast(p->a, TYPE_TEXT, p->v), NULL };
}

/* 15 digits are all that the text of a floating point number has. */
static struct lite_conversion
real_to_text(const struct pair *p)
{
    const struct expr *text = lite_cast(p->a, TYPE_TEXT, p->v);
    const struct expr *is_real = lite_binary(p->a, "=", lite_call_1(p->a, "typeof", p->v),
                                             lite_stringz(p->a, "real"));

    return (struct lite_conversion){
        text, lite_and(p->a, is_real, differs(p, lite_cast(p->a, TYPE_REAL, text), p->v))
    };
}

static struct lite_conversion
boolean_to_text(const struct pair *p)
{
    struct expr *value = expr_new(p->a, EXPR_CASE, SPAN_NONE, SLICE_NONE, 6);

    value->args[0] = p->v;
    value->args[1] = lite_cast(p->a, TYPE_TEXT, p->v);
    value->args[2] = lite_number(p->a, 0);
    value->args[3] = lite_stringz(p->a, "false");
    value->args[4] = lite_number(p->a, 1);
    value->args[5] = lite_stringz(p->a, "true");
    return (struct lite_conversion){ value, NULL };
}

/* -1250 at scale 2: '-' || 12 || '.' || '50'. */
static struct lite_conversion
scaled_to_text(const struct pair *p)
{
    struct arena *a = p->a;
    const struct expr *size = lite_call_1(a, "abs", p->v);
    struct expr *sign = expr_new(a, EXPR_CASE, SPAN_NONE, SLICE_NONE, 4);
    const struct expr *digits;

    if (p->from_scale == 0)
        return any_to_text(p);
    sign->args[1] = lite_stringz(a, "");
    sign->args[2] = lite_binary(a, "<", p->v, lite_number(a, 0));
    sign->args[3] = lite_stringz(a, "-");
    digits = lite_call_2(a, "substr",
                         lite_binary(a, "||", lite_stringz(a, "000000000000000000"),
                                     scaled_by(p, "%", size, p->from_scale)),
                         lite_number(a, -p->from_scale));
    return (struct lite_conversion){
        lite_binary(a, "||",
                    lite_binary(a, "||",
                                lite_binary(a, "||", sign,
                                            scaled_by(p, "/", size, p->from_scale)),
                                lite_stringz(a, ".")),
                    digits),
        NULL
    };
}

static struct lite_conversion
text_to_bytes(const struct pair *p)
{
    return (struct lite_conversion){ lite_cast(p->a, TYPE_BYTES, p->v), NULL };
}

/* ---- times ---- */

static struct lite_conversion
date_to_timestamp(const struct pair *p)
{
    return (struct lite_conversion){
        lite_binary(p->a, "||", p->v, lite_stringz(p->a, " 00:00:00")), NULL
    };
}

static struct lite_conversion
timestamp_to_date(const struct pair *p)
{
    const struct expr *clock = lite_call_2(p->a, "substr", p->v, lite_number(p->a, 12));

    return (struct lite_conversion){
        lite_call_3(p->a, "substr", p->v, lite_number(p->a, 1), lite_number(p->a, 10)),
        differs(p, clock, lite_stringz(p->a, "00:00:00"))
    };
}

static convert_fn *const conversions[CLASS_COUNT][CLASS_COUNT] = {
    /* A column that may hold anything: a number in it was never scaled. */
    [CLASS_OTHER] = { [CLASS_SCALED] = number_to_scaled },
    [CLASS_INTEGER] = { [CLASS_SCALED] = integer_to_scaled,
                        [CLASS_REAL] = whole_to_real,
                        [CLASS_TEXT] = any_to_text },
    [CLASS_BOOLEAN] = { [CLASS_SCALED] = integer_to_scaled,
                        [CLASS_TEXT] = boolean_to_text },
    [CLASS_SCALED] = { [CLASS_INTEGER] = scaled_to_integer,
                       [CLASS_BOOLEAN] = scaled_to_integer,
                       [CLASS_SCALED] = scaled_to_scaled,
                       [CLASS_NUMERIC] = whole_to_real,
                       [CLASS_REAL] = whole_to_real,
                       [CLASS_TEXT] = scaled_to_text },
    [CLASS_NUMERIC] = { [CLASS_INTEGER] = number_to_integer,
                        [CLASS_SCALED] = number_to_scaled,
                        [CLASS_TEXT] = real_to_text },
    [CLASS_REAL] = { [CLASS_INTEGER] = number_to_integer,
                     [CLASS_SCALED] = number_to_scaled,
                     [CLASS_TEXT] = real_to_text },
    [CLASS_TEXT] = { [CLASS_INTEGER] = text_to_integer,
                     [CLASS_BOOLEAN] = text_to_boolean,
                     [CLASS_SCALED] = text_to_scaled,
                     [CLASS_REAL] = text_to_real,
                     [CLASS_BYTES] = text_to_bytes },
    [CLASS_BYTES] = { [CLASS_SCALED] = number_to_scaled, [CLASS_TEXT] = any_to_text },
    [CLASS_DATE] = { [CLASS_TIMESTAMP] = date_to_timestamp },
    [CLASS_TIMESTAMP] = { [CLASS_DATE] = timestamp_to_date },
};

/* SQLite's own rule (https://www.sqlite.org/datatype3.html section 3.1). */
static enum value_class
class_of_affinity(struct slice name)
{
    static const struct {
        const char *letters;
        enum value_class class;
    } rules[] = {
        { "int", CLASS_INTEGER }, { "char", CLASS_TEXT },  { "clob", CLASS_TEXT },
        { "text", CLASS_TEXT },   { "blob", CLASS_OTHER }, { "real", CLASS_REAL },
        { "floa", CLASS_REAL },   { "doub", CLASS_REAL },
    };

    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        for (size_t at = 0; at + 4 <= name.len + 1; at++)
            if (slice_is_fold(slice_sub(name, at, at + strlen(rules[i].letters)),
                              rules[i].letters))
                return rules[i].class;
    return CLASS_NUMERIC;
}

/*
 * A database made by hand has types of its own spelling: DATETIME means what we call
 * TIMESTAMP, and DECIMAL(10,2) holds numbers that are not scaled.
 */
static enum value_class
class_of(const struct type *t)
{
    struct type known;

    if (t->kind != TYPE_NAMED)
        return classes[t->kind];
    known = type_from_words(SLICE_NONE, t->name, false, NULL);
    return known.kind == TYPE_NAMED ? class_of_affinity(t->name) : classes[known.kind];
}

static int
scale_of(const struct type *t)
{
    int scale = lite_scale(t, false);

    return scale == SCALE_NONE ? 0 : scale;
}

struct lite_conversion
lite_convert(struct arena *a, const struct type *from, const struct type *to,
             const struct expr *value)
{
    struct pair p = {
        .a = a, .v = value, .from_scale = scale_of(from), .to_scale = scale_of(to)
    };
    convert_fn *convert = conversions[class_of(from)][class_of(to)];

    if (convert == NULL || from->dimensions > 0 || to->dimensions > 0)
        return (struct lite_conversion){ value, NULL };
    return convert(&p);
}

/* ---- columns ---- */

/* Of what converts otherwise than its type in a STRICT table: the checks tell it. */
static const struct {
    enum type_kind stored;
    struct type meant;
} checked_types[] = {
    { TYPE_INT4, { .kind = TYPE_BOOLEAN } },
    { TYPE_TEXT, { .kind = TYPE_DATE } },
    { TYPE_TEXT, { .kind = TYPE_TIMESTAMP } },
};

/* SQLite gives a column without a type the affinity of a BLOB, which is none. */
static const struct type *
type_of(struct arena *a, const struct table *t, const struct column *c)
{
    static const struct type none = { .kind = TYPE_BYTES };
    const struct constraint *k = t->strict ? lite_type_check(t, c) : NULL;

    if (!c->has_type)
        return &none;
    for (size_t i = 0; k != NULL && i < ARRAY_LEN(checked_types); i++)
        if (checked_types[i].stored == c->type.kind
            && expr_equal(lite_check_of_type(a, &checked_types[i].meant, c->name),
                          lite_without_null(k->check)))
            return &checked_types[i].meant;
    return &c->type;
}

struct lite_conversion
lite_convert_column(struct arena *a, const struct lite_work *w, const struct column *old,
                    const struct column *new, const struct expr *value)
{
    if (!new->has_type)
        return (struct lite_conversion){ value, NULL };
    return lite_convert(a, type_of(a, w->old, old), type_of(a, w->new, new), value);
}

/* Has a value several spellings that are taken: '12' and '12.00', 't' and 'yes'? */
static bool
has_spellings(const struct type *from, const struct type *to)
{
    enum value_class class = class_of(to);

    return class_of(from) == CLASS_TEXT
           && (class == CLASS_BOOLEAN || class == CLASS_SCALED || class == CLASS_NUMERIC
               || class == CLASS_REAL);
}

const struct expr *
lite_respelt(struct arena *a, const struct table *old_table, const struct column *old,
             const struct table *new_table, const struct column *new)
{
    const struct type *from = type_of(a, old_table, old);
    const struct type *to = type_of(a, new_table, new);
    const struct expr *text = lite_column(a, old->name);
    const struct expr *differs;
    struct lite_conversion conversion;

    if (!old->has_type || !new->has_type || !has_spellings(from, to))
        return NULL;
    conversion = lite_convert(a, from, to, text);
    if (class_of(to) == CLASS_NUMERIC) { /* SQLite itself makes a number of what is one */
        conversion = lite_convert(a, from, type_shared(TYPE_REAL), text);
        conversion.value = lite_cast(a, TYPE_DECIMAL, text);
    }
    differs = expr_2(a, EXPR_BINARY, SPAN_NONE, SLICE("<>"), text,
                     lite_convert(a, to, from, conversion.value).value);
    return lite_and(a, lite_not(a, conversion.bad), differs);
}
