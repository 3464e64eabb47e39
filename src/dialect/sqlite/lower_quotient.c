/*
 * Division by zero in a CHECK.  It is an error in PostgreSQL, so that the row is refused;
 * in SQLite it is NULL, which lets the row through:
 *
 *     CHECK (c / d = 2)  →  CHECK (c / d = 2 AND (c IS NULL OR d <> 0))
 *
 * Only where the quotient is computed for every row: behind OR or CASE somebody may have
 * asked for zero before.
 */
#include "dialect/sqlite/lower.h"

struct quotients {
    struct arena *a;
    const struct table *neutral;
    const struct expr *conditions; /* NULL: none yet */
    size_t met;                    /* divisions by what may be 0 */
    size_t certain;                /* those among them that a condition is made for */
};

static bool
may_divide_by_zero(const struct expr *e)
{
    return e->kind == EXPR_BINARY && (slice_is(e->text, "/") || slice_is(e->text, "%"))
           && e->args[1]->kind != EXPR_NUMBER;
}

static bool
count_quotient(void *context, const struct expr *e)
{
    struct quotients *q = context;

    if (may_divide_by_zero(e))
        q->met++;
    return true;
}

static bool
is_never_null(const struct quotients *q, const struct expr *e)
{
    const struct column *c =
        e->kind == EXPR_COLUMN ? table_find_column(q->neutral, e->text) : NULL;

    return e->kind == EXPR_NUMBER || (c != NULL && c->not_null);
}

static void
add_condition(struct quotients *q, const struct expr *e)
{
    const struct expr *condition =
        lite_binary(q->a, "<>", e->args[1], lite_number(q->a, 0));

    q->certain++;
    if (!is_never_null(q, e->args[0]))
        condition = lite_or(q->a, lite_is_null(q->a, e->args[0], false), condition);
    q->conditions = lite_both(q->a, q->conditions, condition);
}

/* Down through what computes all of its parts. */
static void
find_certain(struct quotients *q, const struct expr *e)
{
    if (e->kind != EXPR_BINARY && e->kind != EXPR_UNARY && e->kind != EXPR_AND
        && e->kind != EXPR_NOT && e->kind != EXPR_BETWEEN)
        return;
    if (may_divide_by_zero(e))
        add_condition(q, e);
    for (size_t i = 0; i < e->arg_count; i++)
        if (e->args[i] != NULL)
            find_certain(q, e->args[i]);
}

const struct expr *
lite_refuse_zero(struct arena *a, const struct table *neutral, const struct expr *check,
                 bool *all)
{
    struct quotients q = { .a = a, .neutral = neutral };

    (void)expr_walk(check, count_quotient, &q);
    find_certain(&q, check);
    *all = q.met > 0 && q.certain == q.met;
    return q.conditions == NULL ? check : lite_and(a, check, q.conditions);
}
