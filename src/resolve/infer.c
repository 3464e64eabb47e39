/*
 * Result types where they are plain: literals, columns, comparisons, arithmetic of
 * numbers, casts.  Unknown (NULL) is always a right answer.
 */
#include "resolve/infer.h"

static const struct type type_boolean = { .kind = TYPE_BOOLEAN };
const struct type infer_integer = { .kind = TYPE_INT4 };
static const struct type type_bigint = { .kind = TYPE_INT8 };
static const struct type type_numeric = { .kind = TYPE_DECIMAL };
static const struct type type_double = { .kind = TYPE_DOUBLE };
static const struct type type_text = { .kind = TYPE_TEXT };
static const struct type type_bytes = { .kind = TYPE_BYTES };
static const struct type type_date = { .kind = TYPE_DATE };
static const struct type type_time = { .kind = TYPE_TIME };
static const struct type type_timetz = { .kind = TYPE_TIMETZ };
static const struct type type_timestamp = { .kind = TYPE_TIMESTAMP };
static const struct type type_timestamptz = { .kind = TYPE_TIMESTAMPTZ };
static const struct type type_interval = { .kind = TYPE_INTERVAL };
static const struct type type_json = { .kind = TYPE_JSON };
static const struct type type_xml = { .kind = TYPE_NAMED, .name = { "xml", 3 } };

static const struct type *
number_type(struct slice digits)
{
    bool hex = slice_starts(digits, "0x") || slice_starts(digits, "0X");

    for (size_t i = 0; i < digits.len && !hex; i++)
        if (digits.ptr[i] == '.' || digits.ptr[i] == 'e' || digits.ptr[i] == 'E')
            return &type_numeric;
    return digits.len <= 9    ? &infer_integer
           : digits.len <= 18 ? &type_bigint
                              : &type_numeric;
}

static const struct type *
keyword_type(struct slice word)
{
    static const struct {
        const char *word;
        const struct type *type;
    } known[] = {
        { "current_timestamp", &type_timestamptz },
        { "current_date", &type_date },
        { "current_time", &type_timetz },
        { "localtimestamp", &type_timestamp },
        { "localtime", &type_time },
        { "current_user", &type_text },
        { "session_user", &type_text },
        { "user", &type_text },
        { "current_role", &type_text },
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (slice_is_fold(word, known[i].word))
            return known[i].type;
    return NULL;
}

static bool
is_one_of(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(name, names[i]))
            return true;
    return false;
}

/* The wider of two numbers; a decimal forgets its digits, as the engines do. */
const struct type *
infer_wider(const struct type *a, const struct type *b)
{
    static const enum type_kind order[] = { TYPE_INT2,    TYPE_INT4, TYPE_INT8,
                                            TYPE_DECIMAL, TYPE_REAL, TYPE_DOUBLE };
    static const struct type *const results[] = { &infer_integer, &infer_integer,
                                                  &type_bigint,   &type_numeric,
                                                  &type_double,   &type_double };

    for (size_t i = ARRAY_LEN(order); i-- > 0;)
        if (a->kind == order[i] || b->kind == order[i])
            return results[i];
    return NULL;
}

static bool
is_number(const struct type *t)
{
    return t != NULL && t->dimensions == 0 && type_family(t) == FAMILY_NUMBER;
}

/* ---- several values ---- */

/* a and b, where one may be unknown: the type of a column that holds both. */
static const struct type *
common_type(const struct type *a, const struct type *b)
{
    if (a == NULL || b == NULL || type_equal(a, b))
        return a == NULL || b == NULL ? NULL : a;
    if (is_number(a) && is_number(b))
        return infer_wider(a, b);
    if (type_family(a) == FAMILY_TEXT && type_family(b) == FAMILY_TEXT)
        return a->kind == TYPE_TEXT ? a : b->kind == TYPE_TEXT ? b : &type_text;
    return NULL;
}

/* A plain string takes the type of what stands beside it. */
static bool
takes_any_type(const struct expr *e)
{
    return e == NULL || e->kind == EXPR_NULL || e->kind == EXPR_STRING
           || e->kind == EXPR_PARAMETER;
}

const struct type *
infer_common(const struct expr *const *values, size_t count)
{
    const struct type *found = NULL;
    bool any = false;
    bool string = false;

    for (size_t i = 0; i < count; i++) {
        const struct expr *value = values[i];

        string |= value != NULL && value->kind == EXPR_STRING;
        if (takes_any_type(value))
            continue;
        found = any ? common_type(found, value->result) : value->result;
        if (found == NULL)
            return NULL;
        any = true;
    }
    return any ? found : string ? &type_text : NULL;
}

const struct type *
infer_element(struct arena *a, const struct type *array)
{
    struct type *element;

    if (array == NULL || array->dimensions == 0)
        return NULL;
    element = arena_copy(a, array, sizeof *array);
    element->dimensions = 0;
    return element;
}

const struct type *
infer_array(struct arena *a, const struct type *element)
{
    struct type *array;

    if (element == NULL)
        return NULL;
    array = arena_copy(a, element, sizeof *element);
    array->dimensions++;
    return array;
}

/* ---- operators ---- */

static bool
is_kind(const struct type *t, enum type_kind kind)
{
    return t != NULL && t->dimensions == 0 && t->kind == kind;
}

static bool
is_timestamp(const struct type *t)
{
    return is_kind(t, TYPE_TIMESTAMP) || is_kind(t, TYPE_TIMESTAMPTZ);
}

static bool
is_whole(const struct type *t)
{
    return is_kind(t, TYPE_INT2) || is_kind(t, TYPE_INT4) || is_kind(t, TYPE_INT8);
}

/* What a time and an interval, or a date and days, make. */
static const struct type *
moved_time(const struct type *time, const struct type *by)
{
    if (is_kind(time, TYPE_DATE) && is_whole(by))
        return time;
    if (!is_kind(by, TYPE_INTERVAL))
        return NULL;
    if (is_kind(time, TYPE_DATE))
        return &type_timestamp;
    return time != NULL && time->dimensions == 0
                   && (type_family(time) == FAMILY_TIME || time->kind == TYPE_INTERVAL)
               ? time
               : NULL;
}

static const struct type *
time_difference(const struct type *a, const struct type *b)
{
    if (is_kind(a, TYPE_DATE) && is_kind(b, TYPE_DATE))
        return &infer_integer;
    if ((is_timestamp(a) || is_kind(a, TYPE_DATE))
        && (is_timestamp(b) || is_kind(b, TYPE_DATE)))
        return &type_interval;
    return is_kind(a, TYPE_TIME) && is_kind(b, TYPE_TIME) ? &type_interval : NULL;
}

static const struct type *
arithmetic_type(struct slice op, const struct type *a, const struct type *b)
{
    const struct type *moved;

    if (is_number(a) && is_number(b))
        return infer_wider(a, b);
    if (slice_is(op, "+")) {
        moved = moved_time(a, b);
        return moved != NULL ? moved : moved_time(b, a);
    }
    if (slice_is(op, "-") && is_kind(a, TYPE_JSONB))
        return a;
    if (slice_is(op, "-")) {
        moved = moved_time(a, b);
        return moved != NULL ? moved : time_difference(a, b);
    }
    if (is_kind(a, TYPE_INTERVAL) && is_number(b))
        return a;
    return slice_is(op, "*") && is_kind(b, TYPE_INTERVAL) && is_number(a) ? b : NULL;
}

/* Text takes everything but arrays and JSON, which have a || of their own. */
static const struct type *
concatenated_type(const struct expr *e)
{
    const struct type *a = e->args[0]->result;
    const struct type *b = e->args[1]->result;
    bool plain = b == NULL || (b->dimensions == 0 && b->kind != TYPE_JSONB);

    if (a != NULL && a->dimensions > 0)
        return a;
    if (b != NULL && b->dimensions > 0)
        return b;
    if (is_kind(a, TYPE_JSONB) || is_kind(a, TYPE_BYTES))
        return a;
    if (a != NULL && plain && type_family(a) == FAMILY_TEXT)
        return &type_text;
    if (is_kind(b, TYPE_JSONB))
        return b;
    return a != NULL && b != NULL && type_family(b) == FAMILY_TEXT ? &type_text : NULL;
}

static const struct type *
power_type(const struct type *a, const struct type *b)
{
    if (!is_number(a) || !is_number(b))
        return NULL;
    return is_kind(a, TYPE_DECIMAL) || is_kind(b, TYPE_DECIMAL) ? &type_numeric
                                                                : &type_double;
}

static const struct type *
bits_type(const struct type *a, const struct type *b)
{
    return is_whole(a) && is_whole(b) ? infer_wider(a, b) : NULL;
}

static bool
gives_boolean(struct slice op)
{
    static const char *const comparisons[] = {
        "=",  "<>",  "<",   ">",    "<=", ">=", "~",   "~*", "!~", "!~*",
        "~~", "!~~", "~~*", "!~~*", "@>", "<@", "&&",  "?",  "?|", "?&",
        "@?", "@@",  "^@",  "-|-",  "&<", "&>", "<=>", "<%", "%>",
    };

    return is_one_of(op, comparisons, ARRAY_LEN(comparisons));
}

static const struct type *
operator_type(struct arena *a, const struct expr *e)
{
    static const char *const arithmetic[] = { "+", "-", "*", "/", "%" };
    static const char *const bits[] = { "&", "|", "#", "<<", ">>" };
    const struct type *left = e->args[0]->result;
    const struct type *right = e->args[1]->result;

    (void)a;
    if (gives_boolean(e->text))
        return &type_boolean;
    if (slice_is(e->text, "->>") || slice_is(e->text, "#>>"))
        return &type_text;
    if (slice_is(e->text, "->") || slice_is(e->text, "#>") || slice_is(e->text, "#-"))
        return is_kind(left, TYPE_JSON) || is_kind(left, TYPE_JSONB) ? left : NULL;
    if (is_one_of(e->text, arithmetic, ARRAY_LEN(arithmetic)))
        return arithmetic_type(e->text, left, right);
    if (is_one_of(e->text, bits, ARRAY_LEN(bits)))
        return bits_type(left, right);
    if (slice_is(e->text, "^"))
        return power_type(left, right);
    return slice_is(e->text, "||") ? concatenated_type(e) : NULL;
}

static const struct type *
unary_type(struct arena *a, const struct expr *e)
{
    const struct type *t = e->args[0]->result;

    (void)a;
    if (slice_is(e->text, "-") || slice_is(e->text, "+") || slice_is(e->text, "@"))
        return is_number(t) || is_kind(t, TYPE_INTERVAL) ? t : NULL;
    if (slice_is(e->text, "~"))
        return is_whole(t) ? t : NULL;
    if (slice_is(e->text, "|/") || slice_is(e->text, "||/"))
        return &type_double;
    return NULL;
}

/* ---- the other kinds ---- */

#define CASE_VALUES_MAX                                                                  \
    1000 /* more branches than anybody writes: their type is unknown */

/* args: operand?, else?, then pairs: when, then. */
static const struct type *
case_type(struct arena *a, const struct expr *e)
{
    const struct expr *values[CASE_VALUES_MAX];
    size_t count = 0;

    (void)a;
    for (size_t i = 1; i < e->arg_count; i += 2) {
        if (count == CASE_VALUES_MAX)
            return NULL;
        values[count++] = e->args[i];
    }
    return infer_common(values, count);
}

static const struct type *
array_type(struct arena *a, const struct expr *e)
{
    return infer_array(a, infer_common(e->args, e->arg_count));
}

static const struct type *
array_query_type(struct arena *a, const struct expr *e)
{
    return infer_array(a, e->args[0]->result);
}

/* a[1]: all dimensions are taken off at once, as PostgreSQL keeps none of them apart. */
static const struct type *
subscript_type(struct arena *a, const struct expr *e)
{
    const struct type *base = e->args[0]->result;

    return is_kind(base, TYPE_JSONB) ? base : infer_element(a, base);
}

static const struct type *
zoned_type(struct arena *a, const struct expr *e)
{
    (void)a;
    return infer_at_time_zone(e->args[0]->result);
}

/* JSON_OBJECT(… RETURNING jsonb), xmlserialize(… AS text): the type behind the words. */
static const struct type *
form_type(struct arena *a, const struct expr *e)
{
    (void)a;
    for (size_t i = 0; i < e->arg_count; i++)
        if (e->args[i]->kind == EXPR_WORDS && e->args[i]->type != NULL)
            return e->args[i]->type;
    if (slice_is(e->text, "xmlexists") || slice_is(e->text, "json_exists"))
        return &type_boolean;
    if (slice_starts(e->text, "xml"))
        return &type_xml;
    if (slice_is(e->text, "json_value") || slice_is(e->text, "substring")
        || slice_is(e->text, "collation for"))
        return &type_text;
    return slice_starts(e->text, "json") && !slice_is(e->text, "json_query") ? &type_json
                                                                             : NULL;
}

typedef const struct type *infer_fn(struct arena *a, const struct expr *e);

static const struct type *
boolean_type(struct arena *a, const struct expr *e)
{
    (void)a;
    (void)e;
    return &type_boolean;
}

static const struct type *
number_literal_type(struct arena *a, const struct expr *e)
{
    (void)a;
    return number_type(e->text);
}

static const struct type *
string_type(struct arena *a, const struct expr *e)
{
    (void)a;
    (void)e;
    return &type_text;
}

static const struct type *
blob_type(struct arena *a, const struct expr *e)
{
    (void)a;
    (void)e;
    return &type_bytes;
}

static const struct type *
written_type(struct arena *a, const struct expr *e)
{
    (void)a;
    return e->type;
}

static const struct type *
operand_type(struct arena *a, const struct expr *e)
{
    (void)a;
    return e->args[0]->result;
}

static const struct type *
keyword_call_type(struct arena *a, const struct expr *e)
{
    (void)a;
    return keyword_type(e->text);
}

/* A kind that is not listed has a result that we do not know. */
static infer_fn *const inferences[EXPR_KIND_COUNT] = {
    [EXPR_BOOL] = boolean_type,
    [EXPR_AND] = boolean_type,
    [EXPR_OR] = boolean_type,
    [EXPR_NOT] = boolean_type,
    [EXPR_IS] = boolean_type,
    [EXPR_IS_DISTINCT] = boolean_type,
    [EXPR_BETWEEN] = boolean_type,
    [EXPR_IN] = boolean_type,
    [EXPR_LIKE] = boolean_type,
    [EXPR_QUANTIFIED] = boolean_type,
    [EXPR_EXISTS] = boolean_type,
    [EXPR_NUMBER] = number_literal_type,
    [EXPR_STRING] = string_type,
    [EXPR_BLOB] = blob_type,
    [EXPR_TYPED_STRING] = written_type,
    [EXPR_CAST] = written_type,
    [EXPR_UNARY] = unary_type,
    [EXPR_COLLATE] = operand_type,
    [EXPR_BINARY] = operator_type,
    [EXPR_CASE] = case_type,
    [EXPR_CALL] = infer_call,
    [EXPR_CALL_KEYWORD] = keyword_call_type,
    [EXPR_NAMED_ARGUMENT] = operand_type,
    [EXPR_SUBQUERY] = operand_type,
    [EXPR_ARRAY] = array_type,
    [EXPR_ARRAY_QUERY] = array_query_type,
    [EXPR_SUBSCRIPT] = subscript_type,
    [EXPR_SUBSCRIPT_SLICE] = operand_type,
    [EXPR_AT_TIME_ZONE] = zoned_type,
    [EXPR_FORM] = form_type,
};

const struct type *
infer_type(struct arena *a, const struct expr *e)
{
    return inferences[e->kind] == NULL ? NULL : inferences[e->kind](a, e);
}
