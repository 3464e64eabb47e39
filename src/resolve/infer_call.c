/*
 * What a call gives: the function that it names says it, from its arguments.
 */
#include "resolve/infer.h"

#include <assert.h>

#include "model/functions.h"

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

static const struct expr *
argument(const struct expr *call, size_t i)
{
    return CALL_ARGS + i < call->arg_count ? call->args[CALL_ARGS + i] : NULL;
}

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
dependent_type(struct arena *a, const struct expr *call, enum function_result rule)
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

const struct type *
infer_call(struct arena *a, const struct expr *call)
{
    const struct function *f = function_find(call);

    if (f == NULL)
        return NULL;
    return f->result < RESULT_TYPE_COUNT ? &result_types[f->result]
                                         : dependent_type(a, call, f->result);
}
