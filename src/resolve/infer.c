/*
 * Result types where they are plain: literals, columns, comparisons, arithmetic of
 * numbers, casts.  Unknown (NULL) is always a right answer.
 */
#include "resolve/scope.h"

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

static const struct expr *
argument(const struct expr *call, size_t i)
{
    return CALL_ARGS + i < call->arg_count ? call->args[CALL_ARGS + i] : NULL;
}

static bool
is_one_of(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(name, names[i]))
            return true;
    return false;
}

/* Functions of one result type in every dialect, or of their first argument's. */
static const struct type *
call_type(const struct expr *e)
{
    static const char *const texts[] = { "lower",    "upper",   "trim",   "ltrim",
                                         "rtrim",    "replace", "substr", "substring",
                                         "concat",   "printf",  "format", "to_char",
                                         "strftime", "hex",     "md5" };
    static const char *const same[] = { "min", "max", "coalesce", "nullif", "abs" };
    static const char *const integers[] = { "length", "char_length", "instr" };
    const struct expr *first = argument(e, 0);

    if (slice_is(e->text, "count"))
        return &type_bigint;
    if (slice_is(e->text, "now"))
        return &type_timestamptz;
    if (is_one_of(e->text, integers, ARRAY_LEN(integers)))
        return &infer_integer;
    if (is_one_of(e->text, texts, ARRAY_LEN(texts)))
        return &type_text;
    if (is_one_of(e->text, same, ARRAY_LEN(same)))
        return first == NULL ? NULL : first->result;
    return NULL;
}

/* The wider of two numbers; a decimal forgets its digits, as the engines do. */
static const struct type *
wider(const struct type *a, const struct type *b)
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
    return t != NULL && type_family(t) == FAMILY_NUMBER;
}

static const struct type *
operator_type(const struct expr *e)
{
    static const char *const comparisons[] = { "=",  "<>", "<",   ">",  "<=", ">=", "~",
                                               "~*", "!~", "!~*", "@>", "<@", "&&" };
    static const char *const arithmetic[] = { "+", "-", "*", "/", "%" };
    const struct type *left = e->args[0]->result;
    const struct type *right = e->args[1]->result;

    if (is_one_of(e->text, comparisons, ARRAY_LEN(comparisons)))
        return &type_boolean;
    if (slice_is(e->text, "->>"))
        return &type_text;
    if (is_one_of(e->text, arithmetic, ARRAY_LEN(arithmetic)) && is_number(left)
        && is_number(right))
        return wider(left, right);
    if (slice_is(e->text, "||") && left != NULL && type_family(left) == FAMILY_TEXT)
        return &type_text;
    return NULL;
}

/* args: operand?, else?, then pairs: when, then. */
static const struct type *
case_type(const struct expr *e)
{
    const struct type *found = NULL;

    for (size_t i = 1; i < e->arg_count; i += 2) {
        const struct expr *value = e->args[i];

        if (value == NULL || value->kind == EXPR_NULL)
            continue;
        if (value->result == NULL
            || (found != NULL && type_family(found) != type_family(value->result)))
            return NULL;
        if (found == NULL)
            found = value->result;
    }
    return found;
}

typedef const struct type *infer_fn(const struct expr *e);

static const struct type *
boolean_type(const struct expr *e)
{
    (void)e;
    return &type_boolean;
}

static const struct type *
number_literal_type(const struct expr *e)
{
    return number_type(e->text);
}

static const struct type *
text_type(const struct expr *e)
{
    (void)e;
    return &type_text;
}

static const struct type *
blob_type(const struct expr *e)
{
    (void)e;
    return &type_bytes;
}

static const struct type *
written_type(const struct expr *e)
{
    return e->type;
}

static const struct type *
operand_type(const struct expr *e)
{
    return e->args[0]->result;
}

static const struct type *
sign_type(const struct expr *e)
{
    return slice_is(e->text, "-") || slice_is(e->text, "+") ? e->args[0]->result : NULL;
}

static const struct type *
keyword_call_type(const struct expr *e)
{
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
    [EXPR_STRING] = text_type,
    [EXPR_BLOB] = blob_type,
    [EXPR_TYPED_STRING] = written_type,
    [EXPR_CAST] = written_type,
    [EXPR_UNARY] = sign_type,
    [EXPR_COLLATE] = operand_type,
    [EXPR_BINARY] = operator_type,
    [EXPR_CASE] = case_type,
    [EXPR_CALL] = call_type,
    [EXPR_CALL_KEYWORD] = keyword_call_type,
};

const struct type *
infer_type(const struct expr *e)
{
    return inferences[e->kind] == NULL ? NULL : inferences[e->kind](e);
}
