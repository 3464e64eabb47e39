/*
 * Which function a call names, from the table functions.def.
 */
#include "model/functions.h"

#include <string.h>

/* What the last word of a row stands for. */
#define FACTS_IMMUTABLE VOLATILITY_IMMUTABLE, false
#define FACTS_STABLE VOLATILITY_STABLE, false
#define FACTS_MOMENT VOLATILITY_STABLE, true
#define FACTS_VOLATILE VOLATILITY_VOLATILE, false

static const struct function functions[] = {
#define FUNCTION(name, arguments, result, kind, steadiness)                              \
    { name, arguments, RESULT_##result, { FUNCTION_##kind, FACTS_##steadiness } },
#include "model/functions.def"
#undef FUNCTION
};

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

/* Not in a schema of the user's own. */
static bool
is_of_engine(const struct expr *call)
{
    const struct expr *qualifier = call->args[CALL_QUALIFIER];

    return qualifier == NULL || slice_is(qualifier->text, "pg_catalog");
}

const struct function *
function_find(const struct expr *call)
{
    return is_of_engine(call) ? find_overload(call, first_row(call->text)) : NULL;
}

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
