/*
 * What a call gives and what kind of function it names, from the table functions.def.
 */
#include "resolve/infer.h"

#include <assert.h>
#include <string.h>

enum result_rule {
    RESULT_BOOLEAN,
    RESULT_INT4,
    RESULT_INT8,
    RESULT_NUMERIC,
    RESULT_REAL,
    RESULT_DOUBLE,
    RESULT_TEXT,
    RESULT_BYTES,
    RESULT_DATE,
    RESULT_TIME,
    RESULT_TIMESTAMP,
    RESULT_TIMESTAMPTZ,
    RESULT_INTERVAL,
    RESULT_UUID,
    RESULT_JSON,
    RESULT_JSONB,
    RESULT_TSVECTOR,
    RESULT_TSQUERY,
    RESULT_INET,
    RESULT_XML,
    RESULT_REGCLASS,
    RESULT_NAME,
    RESULT_INT4_ARRAY,
    RESULT_TEXT_ARRAY,
    RESULT_TYPE_COUNT, /* those behind it depend on the arguments */
    RESULT_SAME,
    RESULT_EXTREME,
    RESULT_SAME2,
    RESULT_COMMON,
    RESULT_SECOND_COMMON,
    RESULT_ELEMENT,
    RESULT_ARRAY,
    RESULT_SUM,
    RESULT_AVG,
    RESULT_TIMEZONE,
    RESULT_UNKNOWN,
};

#define NAMED(words)                                                                     \
    {                                                                                    \
        .kind = TYPE_NAMED, .name = { words, sizeof words - 1 }                          \
    }

static const struct type result_types[] = {
    [RESULT_BOOLEAN] = { .kind = TYPE_BOOLEAN },
    [RESULT_INT4] = { .kind = TYPE_INT4 },
    [RESULT_INT8] = { .kind = TYPE_INT8 },
    [RESULT_NUMERIC] = { .kind = TYPE_DECIMAL },
    [RESULT_REAL] = { .kind = TYPE_REAL },
    [RESULT_DOUBLE] = { .kind = TYPE_DOUBLE },
    [RESULT_TEXT] = { .kind = TYPE_TEXT },
    [RESULT_BYTES] = { .kind = TYPE_BYTES },
    [RESULT_DATE] = { .kind = TYPE_DATE },
    [RESULT_TIME] = { .kind = TYPE_TIME },
    [RESULT_TIMESTAMP] = { .kind = TYPE_TIMESTAMP },
    [RESULT_TIMESTAMPTZ] = { .kind = TYPE_TIMESTAMPTZ },
    [RESULT_INTERVAL] = { .kind = TYPE_INTERVAL },
    [RESULT_UUID] = { .kind = TYPE_UUID },
    [RESULT_JSON] = { .kind = TYPE_JSON },
    [RESULT_JSONB] = { .kind = TYPE_JSONB },
    [RESULT_TSVECTOR] = NAMED("tsvector"),
    [RESULT_TSQUERY] = NAMED("tsquery"),
    [RESULT_INET] = NAMED("inet"),
    [RESULT_XML] = NAMED("xml"),
    [RESULT_REGCLASS] = NAMED("regclass"),
    [RESULT_NAME] = NAMED("name"),
    [RESULT_INT4_ARRAY] = { .kind = TYPE_INT4, .dimensions = 1 },
    [RESULT_TEXT_ARRAY] = { .kind = TYPE_TEXT, .dimensions = 1 },
};
static_assert(ARRAY_LEN(result_types) == RESULT_TYPE_COUNT, "one type for each result");

struct function {
    const char *name;
    const char *arguments;
    enum result_rule result;
    struct function_facts facts;
};

/* What the last word of a row stands for. */
#define FACTS_IMMUTABLE VOLATILITY_IMMUTABLE, false
#define FACTS_STABLE VOLATILITY_STABLE, false
#define FACTS_MOMENT VOLATILITY_STABLE, true
#define FACTS_VOLATILE VOLATILITY_VOLATILE, false

static const struct function functions[] = {
#define FUNCTION(name, arguments, result, kind, steadiness)                              \
    { name, arguments, RESULT_##result, { FUNCTION_##kind, FACTS_##steadiness } },
#include "resolve/functions.def"
#undef FUNCTION
};

/* ---- finding the row ---- */

static const struct expr *
argument(const struct expr *call, size_t i)
{
    return CALL_ARGS + i < call->arg_count ? call->args[CALL_ARGS + i] : NULL;
}

static bool
is_of_letter(const struct type *t, char letter)
{
    bool plain = t != NULL && t->dimensions == 0;

    switch (letter) {
    case 'x':
        return true;
    case 'n':
        return plain && type_family(t) == FAMILY_NUMBER;
    case 'f':
        return plain && (t->kind == TYPE_REAL || t->kind == TYPE_DOUBLE);
    case 'd':
        return plain && t->kind == TYPE_DECIMAL;
    case 't':
        return plain && type_family(t) == FAMILY_TEXT;
    case 'y':
        return plain && t->kind == TYPE_BYTES;
    case 'm':
        return plain && type_family(t) == FAMILY_TIME;
    case 'v':
        return plain && t->kind == TYPE_INTERVAL;
    case 'a':
        return t != NULL && t->dimensions > 0;
    default:
        return false;
    }
}

static bool
arguments_agree(const struct expr *call, const char *letters)
{
    size_t count = call->arg_count - CALL_ARGS;
    size_t i = 0;

    for (; letters[i] != '\0' && letters[i] != '*'; i++)
        if (i >= count || argument(call, i) == NULL
            || !is_of_letter(argument(call, i)->result, letters[i]))
            return false;
    return letters[i] == '*' || i == count;
}

/* As slice_compare, without measuring the name of the row. */
static int
compare_name(const char *row, struct slice name)
{
    int order = strncmp(row, name.ptr, name.len);

    return order != 0 ? order : row[name.len] != '\0';
}

/* The first row of that name; the table is sorted. */
static size_t
first_row(struct slice name)
{
    size_t low = 0;
    size_t high = ARRAY_LEN(functions);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_name(functions[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The row for these arguments, from the first of the name on. */
static const struct function *
find_overload(const struct expr *call, size_t first)
{
    for (size_t i = first;
         i < ARRAY_LEN(functions) && slice_is(call->text, functions[i].name); i++)
        if (arguments_agree(call, functions[i].arguments))
            return &functions[i];
    return NULL;
}

static const struct function *
find_function(const struct expr *call)
{
    return find_overload(call, first_row(call->text));
}

/* ---- results that depend on the arguments ---- */

static const struct type *
result_of(const struct expr *call, size_t i)
{
    return argument(call, i) == NULL ? NULL : argument(call, i)->result;
}

static const struct type *
common_of(const struct expr *call, size_t first)
{
    return call->arg_count < CALL_ARGS + first
               ? NULL
               : infer_common(call->args + CALL_ARGS + first,
                              call->arg_count - CALL_ARGS - first);
}

/* PostgreSQL sums whole numbers in the next wider type. */
static const struct type *
sum_type(const struct type *t)
{
    if (t->kind == TYPE_INT2 || t->kind == TYPE_INT4)
        return &result_types[RESULT_INT8];
    if (t->kind == TYPE_INT8 || t->kind == TYPE_DECIMAL)
        return &result_types[RESULT_NUMERIC];
    return t->kind == TYPE_REAL || t->kind == TYPE_DOUBLE ? t : NULL;
}

static const struct type *
average_type(const struct type *t)
{
    return t->kind == TYPE_REAL || t->kind == TYPE_DOUBLE ? &result_types[RESULT_DOUBLE]
                                                          : &result_types[RESULT_NUMERIC];
}

static const struct type *
other_timestamp(const struct type *t)
{
    if (t == NULL)
        return NULL;
    if (t->kind == TYPE_TIMESTAMPTZ)
        return &result_types[RESULT_TIMESTAMP];
    return t->kind == TYPE_TIMESTAMP ? &result_types[RESULT_TIMESTAMPTZ] : NULL;
}

const struct type *
infer_at_time_zone(const struct type *t)
{
    return t != NULL && t->kind == TYPE_TIMETZ ? t : other_timestamp(t);
}

/* max(text) is all that PostgreSQL has for varchar. */
static const struct type *
extreme_type(const struct type *t)
{
    return t != NULL && t->kind == TYPE_VARCHAR && t->dimensions == 0
               ? &result_types[RESULT_TEXT]
               : t;
}

/* Needs: the row agrees with the arguments, so that a letter's type is known. */
static const struct type *
dependent_type(struct arena *a, const struct expr *call, enum result_rule rule)
{
    if (rule == RESULT_UNKNOWN)
        return NULL;
    if (rule == RESULT_SAME)
        return result_of(call, 0);
    if (rule == RESULT_EXTREME)
        return extreme_type(result_of(call, 0));
    if (rule == RESULT_SAME2)
        return result_of(call, 1);
    if (rule == RESULT_COMMON)
        return common_of(call, 0);
    if (rule == RESULT_SECOND_COMMON)
        return common_of(call, 1);
    if (rule == RESULT_ELEMENT)
        return infer_element(a, result_of(call, 0));
    if (rule == RESULT_ARRAY)
        return infer_array(a, result_of(call, 0));
    if (rule == RESULT_SUM)
        return sum_type(result_of(call, 0));
    if (rule == RESULT_AVG)
        return average_type(result_of(call, 0));
    return other_timestamp(result_of(call, 1));
}

/* Not in a schema of the user's own. */
static bool
is_of_engine(const struct expr *call)
{
    const struct expr *qualifier = call->args[CALL_QUALIFIER];

    return qualifier == NULL || slice_is(qualifier->text, "pg_catalog");
}

const struct type *
infer_call(struct arena *a, const struct expr *call)
{
    const struct function *f = is_of_engine(call) ? find_function(call) : NULL;

    if (f == NULL)
        return NULL;
    return f->result < RESULT_TYPE_COUNT ? &result_types[f->result]
                                         : dependent_type(a, call, f->result);
}

/* Before the arguments are bound their types are not known: then the name decides. */
bool
function_find_facts(const struct expr *call, struct function_facts *out)
{
    const struct function *f;
    size_t first = first_row(call->text);

    if (first == ARRAY_LEN(functions) || !slice_is(call->text, functions[first].name))
        return false;
    if (call->kind == EXPR_CALL && !is_of_engine(call))
        return false;
    f = call->kind == EXPR_CALL ? find_overload(call, first) : NULL;
    if (f == NULL)
        f = &functions[first];
    *out = f->facts;
    return true;
}

bool
function_varies(const struct expr *call)
{
    struct function_facts facts;

    return !function_find_facts(call, &facts) || facts.volatility == VOLATILITY_VOLATILE;
}
