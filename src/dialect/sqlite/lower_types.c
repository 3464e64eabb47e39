/*
 * Logical types → what SQLite stores, and the check that keeps the meaning.  One row per
 * type; a row whose check is NULL promises nothing beyond the affinity of its name.
 */
#include <assert.h>

#include "dialect/sqlite/lite.h"
#include "dialect/sqlite/lower_network.h"
#include "dialect/sqlite/lower_range.h"

/* What a check is made of. */
struct typed {
    struct arena *a;
    const struct expr *c;    /* the column */
    const struct type *type; /* the logical type */
    bool nullable;
    const struct enum_type *enumeration; /* NULL: none */
};

typedef const struct expr *check_fn(const struct typed *t);

struct type_rule {
    enum type_kind kind;
    enum type_kind strict_kind; /* STRICT tables know five types */
    check_fn *check;
    const char *note; /* what is lost, after "column x: "; NULL: nothing */
};

/* ---- checks ---- */

/* typeof(NULL) is 'null' and json_valid(NULL) is 0: NULL must be let through by name. */
static const struct expr *
or_null(const struct typed *t, const struct expr *check)
{
    if (!t->nullable)
        return check;
    return lite_or(t->a, lite_is_null(t->a, t->c, false), check);
}

static const struct expr *
type_is(const struct typed *t, const char *name)
{
    return lite_binary(t->a, "=", lite_call_1(t->a, "typeof", t->c),
                       lite_stringz(t->a, name));
}

static const struct expr *
list_of_two(struct arena *a, const struct expr *x, const struct expr *y)
{
    return expr_2(a, EXPR_LIST, SPAN_NONE, SLICE_NONE, x, y);
}

static const struct expr *
check_boolean(const struct typed *t)
{
    return lite_in(t->a, t->c,
                   list_of_two(t->a, lite_number(t->a, 0), lite_number(t->a, 1)));
}

static const struct expr *
integer_between(const struct typed *t, int64_t low, int64_t high)
{
    const struct expr *range =
        lite_between(t->a, t->c, lite_number(t->a, low), lite_number(t->a, high));

    return or_null(t, lite_and(t->a, type_is(t, "integer"), range));
}

static const struct expr *
check_int2(const struct typed *t)
{
    return integer_between(t, INT16_MIN, INT16_MAX);
}

static const struct expr *
check_int4(const struct typed *t)
{
    return integer_between(t, INT32_MIN, INT32_MAX);
}

/* Beyond 64 bits SQLite stores a REAL without a word. */
static const struct expr *
check_int8(const struct typed *t)
{
    return or_null(t, type_is(t, "integer"));
}

/* The affinity turns whole numbers into reals, and leaves text that is no number. */
static const struct expr *
check_real(const struct typed *t)
{
    return or_null(t, type_is(t, "real"));
}

static const struct expr *
check_decimal_int(const struct typed *t)
{
    const struct expr *fits =
        lite_binary(t->a, "<", lite_call_1(t->a, "abs", t->c),
                    lite_number(t->a, lite_ten_to(t->type->args[0])));

    return or_null(t, lite_and(t->a, type_is(t, "integer"), fits));
}

/* Digits with at most one point among them and a sign before: no '5.', '.5', '1e3'. */
static const struct expr *
decimal_form(const struct typed *t)
{
    static const char *const never[] = {
        "*[^-0-9.]*", "?*-*", "*.*.*", ".*", "-.*", "*."
    };
    const struct expr *e = lite_glob(t->a, t->c, SLICE("*[0-9]*"), false);

    for (size_t i = 0; i < ARRAY_LEN(never); i++)
        e = lite_and(t->a, e, lite_glob(t->a, t->c, slice_from(never[i]), true));
    return e;
}

static const struct expr *
without(const struct typed *t, const struct expr *x, const char *character)
{
    return lite_call_3(t->a, "replace", x, lite_stringz(t->a, character),
                       lite_stringz(t->a, ""));
}

static const struct expr *
length_at_most(const struct typed *t, const struct expr *x, int64_t n)
{
    return lite_binary(t->a, "<=", lite_call_1(t->a, "length", x), lite_number(t->a, n));
}

static const struct expr *
check_decimal_text(const struct typed *t)
{
    const struct expr *form = lite_and(t->a, type_is(t, "text"), decimal_form(t));
    const struct expr *point;
    int64_t scale = t->type->arg_count > 1 ? t->type->args[1] : 0;

    if (t->type->arg_count == 0)
        return or_null(t, form);
    point = lite_call_2(t->a, "instr", t->c, lite_stringz(t->a, "."));
    form = lite_and(
        t->a, form,
        length_at_most(t, without(t, without(t, t->c, "-"), "."), t->type->args[0]));
    form = lite_and(
        t->a, form,
        lite_or(
            t->a, lite_binary(t->a, "=", point, lite_number(t->a, 0)),
            lite_binary(t->a, "<=",
                        lite_binary(t->a, "-", lite_call_1(t->a, "length", t->c), point),
                        lite_number(t->a, scale))));
    return or_null(t, form);
}

static const struct expr *
check_length_max(const struct typed *t)
{
    return t->type->arg_count == 0 ? NULL : length_at_most(t, t->c, t->type->args[0]);
}

/* Blanks at the end are no part of a char(n), which the collation RTRIM knows, too. */
static const struct expr *
check_char(const struct typed *t)
{
    int64_t n = t->type->arg_count == 0 ? 1 : t->type->args[0];

    return length_at_most(t, lite_call_1(t->a, "rtrim", t->c), n);
}

static const struct expr *
check_blob(const struct typed *t)
{
    return or_null(t, type_is(t, "blob"));
}

/* Without '+0 days' SQLite takes day 31 of every month for good. */
static const struct expr *
normalised(const struct typed *t, const char *function, const struct expr *x)
{
    return lite_call_2(t->a, function, x, lite_stringz(t->a, "+0 days"));
}

static const struct expr *
check_date(const struct typed *t)
{
    return lite_is(t->a, t->c, normalised(t, "date", t->c));
}

static const struct expr *
substr_from(const struct typed *t, int64_t at)
{
    return lite_call_2(t->a, "substr", t->c, lite_number(t->a, at));
}

/* Digits of a second that the type allows. */
static int64_t
second_digits(const struct type *type)
{
    return type->arg_count == 0 ? 6 : type->args[0];
}

/* `.5` to `.123456` behind the first `whole` characters, without zeros at the end. */
static const struct expr *
fraction_form(const struct typed *t, int64_t whole)
{
    const struct expr *e =
        lite_glob(t->a, substr_from(t, whole + 1), SLICE(".*[1-9]"), false);

    e = lite_and(t->a, e,
                 lite_glob(t->a, substr_from(t, whole + 2), SLICE("*[^0-9]*"), true));
    return lite_and(t->a, e, length_at_most(t, t->c, whole + 1 + second_digits(t->type)));
}

/*
 * `whole` characters that SQLite's own function gives back unchanged, then nothing or a
 * fraction.  So that order of text is order of time, and CURRENT_TIMESTAMP fits as it is.
 */
static const struct expr *
check_clock(const struct typed *t, const char *function, int64_t whole)
{
    const struct expr *front =
        lite_call_3(t->a, "substr", t->c, lite_number(t->a, 1), lite_number(t->a, whole));
    const struct expr *again = lite_binary(t->a, "||", normalised(t, function, front),
                                           substr_from(t, whole + 1));
    const struct expr *bare = lite_binary(t->a, "=", lite_call_1(t->a, "length", t->c),
                                          lite_number(t->a, whole));
    const struct expr *tail = bare;

    if (second_digits(t->type) > 0)
        tail = lite_or(t->a, bare, fraction_form(t, whole));
    return lite_and(t->a, lite_is(t->a, t->c, again), tail);
}

static const struct expr *
check_time(const struct typed *t)
{
    return check_clock(t, "time", 8); /* 23:59:59 */
}

static const struct expr *
check_timestamp(const struct typed *t)
{
    return check_clock(t, "datetime", 19); /* 2024-12-31 23:59:59 */
}

/* The pattern is in pieces because of C's trigraphs. */
static const struct expr *
check_uuid(const struct typed *t)
{
    const struct expr *digits = without(t, t->c, "-");
    const struct expr *e = lite_glob(t->a, t->c,
                                     SLICE("????????"
                                           "-????"
                                           "-????"
                                           "-????"
                                           "-????????????"),
                                     false);

    e = lite_and(t->a, e,
                 lite_binary(t->a, "=", lite_call_1(t->a, "length", digits),
                             lite_number(t->a, 32)));
    return lite_and(t->a, e, lite_glob(t->a, digits, SLICE("*[^0-9a-f]*"), true));
}

static const struct expr *
check_json(const struct typed *t)
{
    return or_null(t, lite_call_1(t->a, "json_valid", t->c));
}

static const struct expr *
check_array(const struct typed *t)
{
    const struct expr *is_array = lite_binary(
        t->a, "=", lite_call_1(t->a, "json_type", t->c), lite_stringz(t->a, "array"));

    return or_null(t, lite_and(t->a, lite_call_1(t->a, "json_valid", t->c), is_array));
}

static const struct expr *
has_none(const struct typed *t, const struct expr *x, const char *const *never,
         size_t count)
{
    const struct expr *all = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct expr *e = lite_glob(t->a, x, slice_from(never[i]), true);

        all = all == NULL ? e : lite_and(t->a, all, e);
    }
    return all;
}

/* P1Y2M3DT4H5M6.5S: letters in this order, a number before each. */
static const struct expr *
check_interval(const struct typed *t)
{
    static const char *const anywhere[] = {
        "?*[^-0-9.YMDTHS]*", "*[PYMDHST][YMDHS]*", "*[-0-9.]-*",
        "*[^0-9].*",         "*.[^0-9]*",          "*.*[.YMDH]*",
    };
    static const char *const of_days[] = { "*[HS.]*", "*[YMD]*Y*", "*[MD]*M*", "*D*D*" };
    static const char *const of_clock[] = { "*[YDT]*", "*[HMS]*H*", "*[MS]*M*",
                                            "*S*S*" };
    const struct expr *at = lite_call_2(
        t->a, "instr", lite_binary(t->a, "||", t->c, lite_stringz(t->a, "T")),
        lite_stringz(t->a, "T"));
    const struct expr *days =
        lite_call_3(t->a, "substr", t->c, lite_number(t->a, 1), at);
    const struct expr *clock = lite_call_2(
        t->a, "substr", t->c, lite_binary(t->a, "+", at, lite_number(t->a, 1)));
    const struct expr *e = lite_glob(t->a, t->c, SLICE("P*[0-9][YMDHS]"), false);

    e = lite_and(t->a, e, has_none(t, t->c, anywhere, ARRAY_LEN(anywhere)));
    e = lite_and(t->a, e, has_none(t, days, of_days, ARRAY_LEN(of_days)));
    return lite_and(t->a, e, has_none(t, clock, of_clock, ARRAY_LEN(of_clock)));
}

/* ---- ranges ---- */

static const struct expr *
whole_end(const struct typed *t, const struct expr *end)
{
    const struct expr *number = lite_cast(t->a, TYPE_INT4, end);
    const struct expr *e =
        lite_binary(t->a, "=", end, lite_cast(t->a, TYPE_TEXT, number));

    if (lite_range_kind(t->type) == RANGE_INT8)
        return e;
    return lite_and(t->a, e,
                    lite_between(t->a, number, lite_number(t->a, INT32_MIN),
                                 lite_number(t->a, INT32_MAX)));
}

/* An end that is there is a value as the column of such values would have it. */
static const struct expr *
check_range_end(const struct typed *t, const struct expr *end)
{
    struct type moment = { .kind = TYPE_TIMESTAMP };
    struct typed value = { .a = t->a, .c = end, .type = &moment };
    enum range_kind kind = lite_range_kind(t->type);
    const struct expr *e = kind == RANGE_DATE        ? check_date(&value)
                           : kind == RANGE_TIMESTAMP ? check_timestamp(&value)
                                                     : whole_end(t, end);

    return lite_or(t->a, lite_binary(t->a, "=", end, lite_stringz(t->a, "")), e);
}

/* low <= high; whole numbers and days are kept as '[1,4)', where they differ. */
static const struct expr *
range_order(const struct typed *t, const struct expr *low, const struct expr *high)
{
    enum range_kind kind = lite_range_kind(t->type);
    const struct expr *none = lite_stringz(t->a, "");
    const struct expr *open = lite_or(t->a, lite_binary(t->a, "=", low, none),
                                      lite_binary(t->a, "=", high, none));

    if (kind == RANGE_INT4 || kind == RANGE_INT8) {
        low = lite_cast(t->a, TYPE_INT4, low);
        high = lite_cast(t->a, TYPE_INT4, high);
    }
    return lite_or(t->a, open, lite_binary(t->a, "<", low, high));
}

/* 'empty', or '[low,high)' as the server writes it, without quotes around the ends. */
static const struct expr *
check_range(const struct typed *t)
{
    bool closes = lite_range_kind(t->type) == RANGE_TIMESTAMP;
    const struct expr *low = lite_range_low(t->a, t->c);
    const struct expr *high = lite_range_high(t->a, t->c);
    const struct expr *e = lite_glob(
        t->a, t->c, closes ? SLICE("[[(]*,*[])]") : SLICE("[[(]*,*)"), false);

    e = lite_and(t->a, e, lite_glob(t->a, t->c, SLICE("*,*,*"), true));
    e = lite_and(t->a, e, check_range_end(t, low));
    e = lite_and(t->a, e, check_range_end(t, high));
    e = lite_and(t->a, e, range_order(t, low, high));
    if (!closes)
        e = lite_and(t->a, e,
                     lite_binary(t->a, "=", lite_glob(t->a, t->c, SLICE("(*"), false),
                                 lite_binary(t->a, "=", low, lite_stringz(t->a, ""))));
    return lite_or(t->a,
                   lite_binary(t->a, "=", t->c, lite_stringz(t->a, "empty")), e);
}

static const struct expr *
check_network(const struct typed *t)
{
    return or_null(t, lite_network_check(t->a, lite_network_kind(t->type), t->c));
}

static const struct expr *
check_enum(const struct typed *t)
{
    size_t count = t->enumeration->values.count;
    struct expr *list = expr_new(t->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, count);

    VEC_EACH (i, &t->enumeration->values)
        list->args[i] = lite_string(t->a, t->enumeration->values.items[i].label);
    return lite_in(t->a, t->c, list);
}

/* ---- the table ---- */

static const struct type_rule rules[] = {
    [TYPE_BOOLEAN] = { TYPE_BOOLEAN, TYPE_INT4, check_boolean, NULL },
    [TYPE_INT2] = { TYPE_INT2, TYPE_INT4, check_int2, NULL },
    [TYPE_INT4] = { TYPE_INT4, TYPE_INT4, check_int4, NULL },
    [TYPE_INT8] = { TYPE_INT8, TYPE_INT4, check_int8, NULL },
    [TYPE_DECIMAL] = { TYPE_DECIMAL_TEXT, TYPE_TEXT, check_decimal_text,
                       "digits are kept as text, so they are compared and sorted as "
                       "text; numeric(18, s) and below is kept as an integer" },
    [TYPE_REAL] = { TYPE_REAL, TYPE_REAL, check_real, NULL },
    [TYPE_DOUBLE] = { TYPE_DOUBLE, TYPE_REAL, check_real, NULL },
    [TYPE_TEXT] = { TYPE_TEXT, TYPE_TEXT, NULL, NULL },
    [TYPE_VARCHAR] = { TYPE_VARCHAR, TYPE_TEXT, check_length_max, NULL },
    [TYPE_CHAR] = { TYPE_CHAR, TYPE_TEXT, check_char,
                    "char is not padded with blanks: a value comes back as it was given, "
                    "and compares without the blanks at its end" },
    [TYPE_BYTES] = { TYPE_BYTES, TYPE_BYTES, check_blob, NULL },
    [TYPE_DATE] = { TYPE_DATE, TYPE_TEXT, check_date, NULL },
    [TYPE_TIME] = { TYPE_TIME, TYPE_TEXT, check_time, NULL },
    [TYPE_TIMETZ] = { TYPE_TEXT, TYPE_TEXT, NULL, "timetz is kept as any text" },
    [TYPE_TIMESTAMP] = { TYPE_TIMESTAMP, TYPE_TEXT, check_timestamp, NULL },
    [TYPE_TIMESTAMPTZ] = { TYPE_TIMESTAMPTZ, TYPE_TEXT, check_timestamp, NULL },
    [TYPE_INTERVAL] = { TYPE_TEXT, TYPE_TEXT, check_interval,
                        "interval is kept as text in ISO's form, 'P1DT2H', which is "
                        "compared and sorted as text" },
    [TYPE_UUID] = { TYPE_UUID, TYPE_TEXT, check_uuid, NULL },
    [TYPE_JSON] = { TYPE_JSON_TEXT, TYPE_TEXT, check_json, NULL },
    [TYPE_JSONB] = { TYPE_JSON_TEXT, TYPE_TEXT, check_json, NULL },
    [TYPE_DECIMAL_INT] = { TYPE_DECIMAL_INT, TYPE_INT4, check_decimal_int, NULL },
    [TYPE_DECIMAL_TEXT] = { TYPE_DECIMAL_TEXT, TYPE_TEXT, check_decimal_text, NULL },
    [TYPE_JSON_TEXT] = { TYPE_JSON_TEXT, TYPE_TEXT, check_json, NULL },
    [TYPE_ARRAY_TEXT] = { TYPE_ARRAY_TEXT, TYPE_TEXT, check_array, NULL },
    [TYPE_NAMED] = { TYPE_TEXT, TYPE_TEXT, NULL, "the type is kept as any text" },
};
static_assert(ARRAY_LEN(rules) == TYPE_KIND_COUNT, "a rule for every type");

static const struct type_rule enum_rule = { TYPE_TEXT, TYPE_TEXT, check_enum, NULL };
static const struct type_rule network_rule = {
    TYPE_TEXT, TYPE_TEXT, check_network,
    "an address is kept as text in the server's own spelling, which is compared and "
    "sorted as text"
};
static const struct type_rule range_rule = { TYPE_TEXT, TYPE_TEXT, check_range, NULL };
static const struct type_rule array_rule = { TYPE_ARRAY_TEXT, TYPE_TEXT, check_array,
                                             NULL };

/* numeric(5, -2) counts hundreds, numeric(2, 5) has fewer digits than places: as text. */
static bool
has_plain_scale(const struct type *t)
{
    return t->arg_count < 2 || (t->args[1] >= 0 && t->args[1] <= t->args[0]);
}

int
lite_scale(const struct type *t, bool neutral)
{
    bool scaled = t != NULL && t->dimensions == 0
                  && (t->kind == TYPE_DECIMAL_INT
                      || (neutral && t->kind == TYPE_DECIMAL && t->arg_count > 0
                          && t->args[0] <= DECIMAL_INT_DIGITS_MAX && has_plain_scale(t)));

    if (!scaled)
        return SCALE_NONE;
    return t->arg_count > 1 ? t->args[1] : 0;
}

static const struct type_rule *
find_rule(const struct type *t, const struct enum_type *enumeration)
{
    if (t->dimensions > 0)
        return &array_rule;
    if (enumeration != NULL)
        return &enum_rule;
    if (lite_range_kind(t) != RANGE_NONE)
        return &range_rule;
    if (lite_network_kind(t) != NETWORK_NONE)
        return &network_rule;
    return &rules[lite_scale(t, true) == SCALE_NONE ? t->kind : TYPE_DECIMAL_INT];
}

static const struct enum_type *
find_enum(const struct catalog *c, const struct type *t)
{
    if (t->kind != TYPE_NAMED || t->dimensions > 0)
        return NULL;
    return catalog_find_enum(c, t->schema, t->name);
}

const struct expr *
lite_without_null(const struct expr *check)
{
    bool lets_null = check->kind == EXPR_OR && check->arg_count == 2
                     && check->args[0]->kind == EXPR_IS
                     && slice_is(check->args[0]->text, "null");

    return lets_null ? check->args[1] : check;
}

const struct expr *
lite_check_of_type(struct arena *a, const struct type *t, struct slice column)
{
    struct typed typed = { .a = a, .c = lite_column(a, column), .type = t };

    return rules[t->kind].check(&typed);
}

/* ---- columns ---- */

static bool
is_sole_key(const struct table *t, const struct column *c)
{
    return t->primary_key != NULL && t->primary_key->keys.all.count == 1
           && column_is_in(&t->primary_key->keys, c->name)
           && !t->primary_key->keys.all.items[0].descending;
}

static bool
is_integer(const struct type *t)
{
    return t->dimensions == 0
           && (t->kind == TYPE_INT2 || t->kind == TYPE_INT4 || t->kind == TYPE_INT8);
}

static struct type
stored_type(const struct table *t, const struct type *logical,
            const struct type_rule *rule)
{
    struct type out = { .kind = t->strict ? rule->strict_kind : rule->kind };

    if (!t->strict && type_args_max(out.kind) > 0 && logical->dimensions == 0) {
        out.arg_count = logical->arg_count;
        for (size_t i = 0; i < TYPE_ARGS_MAX; i++)
            out.args[i] = logical->args[i];
    }
    if (out.kind == TYPE_DECIMAL_INT && out.arg_count == 1)
        out.args[out.arg_count++] = 0;
    return out;
}

static void
note_loss(struct lite_lowering *l, const struct table *t, const struct column *c,
          const char *loss)
{
    diag_add(&l->s->diags, D_LOWER_NOTE, c->span, "column \"%.*s.%.*s\": %s",
             SLICE_ARG(t->name), SLICE_ARG(c->name), loss);
}

/*
 * A STRICT table has no type that tells how many digits were moved away, so that the next
 * version would not know how to read the numbers.
 */
static void
refuse_strict_decimal(struct lite_lowering *l, const struct table *t,
                      const struct column *c)
{
    struct diag *d = diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, c->span,
                              "column \"%.*s.%.*s\": a STRICT table in SQLite cannot "
                              "tell the scale of a decimal",
                              SLICE_ARG(t->name), SLICE_ARG(c->name));

    diag_hint(&l->s->diags, d, "leave out STRICT, or write `-- @type sqlite: text`");
}

static bool
keep_as_written(const struct table *t, struct column *c)
{
    if (lite_is_ours(c->type_override_dialect)
        && !slice_is_none(c->type_override_dialect)) {
        c->type = *c->type_override;
        c->has_type = true;
        return true;
    }
    return !c->has_type
           || (t->strict && c->type.kind == TYPE_NAMED && slice_is(c->type.name, "any"));
}

/* citext is the one extension type with a counterpart. */
static bool
lower_citext(struct lite_lowering *l, const struct table *t, struct column *c)
{
    if (c->type.kind != TYPE_NAMED || c->type.dimensions > 0
        || !slice_is(c->type.name, "citext"))
        return false;
    c->type = (struct type){ .kind = TYPE_TEXT };
    c->collation = SLICE("nocase");
    note_loss(l, t, c, "case is ignored for the letters A to Z only");
    return true;
}

void
lite_lower_column_type(struct lite_lowering *l, const struct table *t, struct column *c,
                       const struct expr **check)
{
    struct type logical = c->type;
    const struct enum_type *enumeration = find_enum(l->from, &c->type);
    const struct type_rule *rule = find_rule(&logical, enumeration);
    struct typed typed = { .a = &l->s->arena,
                           .c = lite_column(&l->s->arena, c->name),
                           .type = &logical,
                           .nullable = !c->not_null,
                           .enumeration = enumeration };

    *check = NULL;
    if (keep_as_written(t, c) || lower_citext(l, t, c))
        return;
    if (t->strict && lite_scale(&logical, true) > 0)
        refuse_strict_decimal(l, t, c);
    if (rule->note != NULL)
        note_loss(l, t, c, rule->note);
    c->type = stored_type(t, &logical, rule);
    if (is_sole_key(t, c) && is_integer(&logical) && !t->without_rowid
        && (c->identity != IDENTITY_NONE || logical.kind == TYPE_INT4))
        c->type = (struct type){ .kind = TYPE_INT4 }; /* the rowid: no check */
    else if (rule->check != NULL)
        *check = rule->check(&typed);
}
