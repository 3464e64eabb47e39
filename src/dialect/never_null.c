/*
 * What is not known here may be NULL, which is never wrong: SQLite rebuilds a table then,
 * on PostgreSQL the rows are asked.  The operators and functions are those that are NULL
 * for no others than NULL on both engines.
 */
#include "dialect/never_null.h"

/* A column that an arm before this one has asked for: `c IS NULL OR …`. */
struct asked {
    const struct table *t;
    struct slice column;
    const struct asked *next;
};

static bool never_null(const struct asked *known, const struct expr *e);

static bool
is_column(const struct expr *e)
{
    return e->kind == EXPR_COLUMN || e->kind == EXPR_NAME;
}

static bool
column_is_never_null(const struct asked *known, const struct expr *e)
{
    const struct column *c = table_find_column(known->t, e->text);

    for (const struct asked *a = known; a != NULL; a = a->next)
        if (slice_equal_fold(a->column, e->text))
            return true;
    return c != NULL && (c->not_null || table_rowid_column(known->t) == c);
}

static bool
args_are_never_null(const struct asked *known, const struct expr *e, size_t from)
{
    for (size_t i = from; i < e->arg_count; i++)
        if (e->args[i] != NULL && !never_null(known, e->args[i]))
            return false;
    return true;
}

/* `c IS NULL OR …`, `c IS NOT NULL AND …`: behind it c is not NULL where it counts. */
static bool
asks_for_null(const struct expr *e, const struct expr *arm)
{
    bool negated = (arm->flags & EXPR_NEGATED) != 0;

    return arm->kind == EXPR_IS && slice_is(arm->text, "null") && is_column(arm->args[0])
           && negated == (e->kind == EXPR_AND);
}

static bool
arms_are_never_null(const struct asked *known, const struct expr *e)
{
    const struct expr *first = e->args[0];
    struct asked asked = { known->t, SLICE_NONE, known };

    if (!asks_for_null(e, first))
        return args_are_never_null(known, e, 0);
    asked.column = first->args[0]->text;
    return args_are_never_null(&asked, e, 1);
}

/* NULL for no others than NULL; dividing is not, and a sum of infinities is not. */
static bool
operator_keeps_values(struct slice operator)
{
    static const char *const names[] = { "=", "<>", "<", "<=", ">", ">=", "||" };

    return slice_is_one_of(operator, names, ARRAY_LEN(names));
}

static bool
function_keeps_values(struct slice name)
{
    static const char *const names[] = { "length", "lower", "upper", "trim",
                                         "ltrim",  "rtrim", "hex",   "instr" };

    return slice_is_one_of_fold(name, names, ARRAY_LEN(names));
}

static bool
call_is_never_null(const struct asked *known, const struct expr *e)
{
    if (slice_is_fold(e->text, "typeof"))
        return true;
    if (slice_is_fold(e->text, "coalesce") || slice_is_fold(e->text, "ifnull"))
        return never_null(known, e->args[e->arg_count - 1]);
    return function_keeps_values(e->text) && args_are_never_null(known, e, CALL_ARGS);
}

/* operand, else, then pairs: without an ELSE it may be none of them */
static bool
case_is_never_null(const struct asked *known, const struct expr *e)
{
    if (e->args[1] == NULL || !never_null(known, e->args[1]))
        return false;
    for (size_t i = 3; i < e->arg_count; i += 2)
        if (!never_null(known, e->args[i]))
            return false;
    return true;
}

static bool
is_value(const struct expr *e)
{
    return e->kind == EXPR_BOOL || e->kind == EXPR_NUMBER || e->kind == EXPR_STRING
           || e->kind == EXPR_BLOB || e->kind == EXPR_IS || e->kind == EXPR_IS_DISTINCT;
}

/* NULL only where an argument is. */
static bool
is_made_of_args(const struct expr *e)
{
    return e->kind == EXPR_NOT || e->kind == EXPR_UNARY || e->kind == EXPR_BETWEEN
           || e->kind == EXPR_IN || e->kind == EXPR_LIST || e->kind == EXPR_LIKE
           || e->kind == EXPR_COLLATE || e->kind == EXPR_CAST
           || (e->kind == EXPR_BINARY && operator_keeps_values(e->text));
}

static bool
never_null(const struct asked *known, const struct expr *e)
{
    if (is_value(e))
        return true;
    if (is_column(e))
        return column_is_never_null(known, e);
    if (e->kind == EXPR_AND || e->kind == EXPR_OR)
        return arms_are_never_null(known, e);
    if (e->kind == EXPR_CALL)
        return call_is_never_null(known, e);
    if (e->kind == EXPR_CASE)
        return case_is_never_null(known, e);
    return is_made_of_args(e) && args_are_never_null(known, e, 0);
}

bool
never_null_in_row(const struct table *t, const struct expr *e)
{
    struct asked known = { .t = t };

    return never_null(&known, e);
}
