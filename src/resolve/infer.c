/*
 * Result types where they are plain: literals, columns, comparisons, arithmetic of
 * numbers, casts.  Unknown (NULL) is always a right answer.
 */
#include "resolve/scope.h"

#include <assert.h>

static const struct type type_boolean = { .kind = TYPE_BOOLEAN };
static const struct type type_integer = { .kind = TYPE_INT4 };
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
    return digits.len <= 9    ? &type_integer
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
        return &type_integer;
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
    static const struct type *const results[] = { &type_integer, &type_integer,
                                                  &type_bigint,  &type_numeric,
                                                  &type_double,  &type_double };

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

const struct type *
infer_type(struct arena *a, const struct expr *e)
{
    (void)a;
    switch (e->kind) {
    case EXPR_BOOL:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_IS:
    case EXPR_IS_DISTINCT:
    case EXPR_BETWEEN:
    case EXPR_IN:
    case EXPR_LIKE:
    case EXPR_QUANTIFIED:
    case EXPR_EXISTS:
        return &type_boolean;
    case EXPR_NUMBER:
        return number_type(e->text);
    case EXPR_STRING:
        return &type_text;
    case EXPR_BLOB:
        return &type_bytes;
    case EXPR_TYPED_STRING:
    case EXPR_CAST:
        return e->type;
    case EXPR_UNARY:
        return slice_is(e->text, "-") || slice_is(e->text, "+") ? e->args[0]->result
                                                                : NULL;
    case EXPR_COLLATE:
        return e->args[0]->result;
    case EXPR_BINARY:
        return operator_type(e);
    case EXPR_CASE:
        return case_type(e);
    case EXPR_CALL:
        return call_type(e);
    case EXPR_CALL_KEYWORD:
        return keyword_type(e->text);
    case EXPR_COLUMN:
        return e->result;
    case EXPR_NULL:
    case EXPR_BITS:
    case EXPR_NAME:
    case EXPR_PART:
    case EXPR_STAR:
    case EXPR_PARAMETER:
    case EXPR_DEFAULT:
    case EXPR_AT_TIME_ZONE:
    case EXPR_SUBSCRIPT:
    case EXPR_SUBSCRIPT_SLICE:
    case EXPR_FIELD:
    case EXPR_ROW:
    case EXPR_ARRAY:
    case EXPR_ARRAY_QUERY:
    case EXPR_SUBQUERY:
    case EXPR_LIST:
    case EXPR_NAMED_ARGUMENT:
    case EXPR_WINDOW:
    case EXPR_FRAME:
    case QUERY_SELECT:
    case QUERY_VALUES:
    case QUERY_SET:
    case QUERY_ORDERED:
    case QUERY_INSERT:
    case QUERY_UPDATE:
    case QUERY_DELETE:
    case QUERY_TARGET:
    case QUERY_TABLE:
    case QUERY_FROM_QUERY:
    case QUERY_FROM_CALL:
    case QUERY_JOIN:
    case QUERY_ORDER:
    case QUERY_CTE:
    case QUERY_GROUPING:
    case QUERY_ASSIGN:
    case QUERY_CONFLICT:
    case QUERY_LOCKING:
    case EXPR_POISON:
    case EXPR_KIND_COUNT:
        return NULL;
    }
    return NULL;
}
