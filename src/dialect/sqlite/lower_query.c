/*
 * Queries of views in SQLite's words.
 */
#include "dialect/sqlite/lite.h"

static struct lite_value
lower_all(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    for (size_t i = 0; i < e->arg_count; i++)
        if (e->args[i] != NULL)
            copy->args[i] = lite_lower_node(scope, e->args[i]).e;
    return lite_plain(copy, e->result);
}

static struct lite_value
lower_targets(struct lite_scope *scope, const struct expr *list)
{
    struct expr *copy = lite_copy(&scope->s->arena, list);
    int *scales = ARENA_ARRAY(&scope->s->arena, int, list->arg_count + 1);
    struct lite_value out = lite_plain(copy, NULL);

    for (size_t i = 0; i < list->arg_count; i++) {
        struct lite_value v = lite_lower_node(scope, list->args[i]);

        copy->args[i] = v.e;
        scales[i] = v.scale;
    }
    out.scales = scales;
    out.scale_count = list->arg_count;
    return out;
}

static struct lite_value
lower_select(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value out = lite_plain(copy, NULL);

    if (e->args[SELECT_DISTINCT_ON] != NULL)
        lite_problem(scope, e->args[SELECT_DISTINCT_ON], false,
                     "SQLite has no DISTINCT ON");
    for (size_t i = 0; i < e->arg_count; i++) {
        if (e->args[i] == NULL)
            continue;
        if (i == SELECT_TARGETS) {
            struct lite_value targets = lower_targets(scope, e->args[i]);

            copy->args[i] = targets.e;
            out.scales = targets.scales;
            out.scale_count = targets.scale_count;
        } else {
            copy->args[i] = lite_lower_node(scope, e->args[i]).e;
        }
    }
    copy->args[SELECT_LOCKING] = NULL; /* a lock of rows: SQLite locks the database */
    return out;
}

/* UNION and kin: a column must have one scale on both sides. */
static struct lite_value
lower_set(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value left = lite_lower_node(scope, e->args[0]);
    struct lite_value right = lite_lower_node(scope, e->args[1]);
    struct lite_value out = lite_plain(copy, NULL);

    copy->args[0] = left.e;
    copy->args[1] = right.e;
    out.scales = left.scales;
    out.scale_count = left.scale_count;
    for (size_t i = 0; i < left.scale_count && i < right.scale_count; i++)
        if (left.scales[i] != right.scales[i]
            && (left.scales[i] > 0 || right.scales[i] > 0))
            lite_problem(scope, e, true,
                         "column %zu is a decimal with another scale on each side",
                         i + 1);
    return out;
}

static struct lite_value
lower_ordered(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value out = lite_plain(copy, NULL);

    for (size_t i = 0; i < e->arg_count; i++) {
        struct lite_value v;

        if (e->args[i] == NULL)
            continue;
        v = lite_lower_node(scope, e->args[i]);
        copy->args[i] = v.e;
        if (i == ORDERED_QUERY) {
            out.scales = v.scales;
            out.scale_count = v.scale_count;
        }
    }
    return out;
}

static struct lite_value
lower_target(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value v = lite_lower_node(scope, e->args[0]);

    copy->args[0] = v.e;
    v.e = copy;
    return v;
}

/* schema.table → schema__table; args: alias?, column aliases?, then schema parts */
static struct lite_value
lower_table(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    if (e->arg_count > 2) {
        copy->text =
            lite_flat_name(&scope->s->arena, e->args[e->arg_count - 1]->text, e->text);
        copy->arg_count = 2;
    }
    copy->flags &= ~(uint32_t)EXPR_ONLY;
    if (e->args[1] != NULL)
        lite_problem(scope, e, false, "SQLite has no column aliases of a table");
    return lite_plain(copy, NULL);
}

static struct lite_value
lower_from(struct lite_scope *scope, const struct expr *e)
{
    if (e->flags & (EXPR_LATERAL | EXPR_ORDINALITY))
        lite_problem(scope, e, false, "SQLite has no LATERAL and no WITH ORDINALITY");
    if (e->arg_count > 2 && e->args[2] != NULL)
        lite_problem(scope, e, false, "SQLite has no column aliases of a query");
    return lower_all(scope, e);
}

struct lite_value
lite_lower_query(struct lite_scope *scope, const struct expr *e)
{
    if (e->kind == QUERY_SELECT)
        return lower_select(scope, e);
    if (e->kind == QUERY_SET)
        return lower_set(scope, e);
    if (e->kind == QUERY_ORDERED)
        return lower_ordered(scope, e);
    if (e->kind == QUERY_TARGET)
        return lower_target(scope, e);
    if (e->kind == QUERY_TABLE)
        return lower_table(scope, e);
    if (e->kind == QUERY_FROM_QUERY || e->kind == QUERY_FROM_CALL)
        return lower_from(scope, e);
    if (e->kind == QUERY_VALUES)
        return lower_all(scope, e);
    lite_problem(scope, e, false, "SQLite has no statement that changes rows in here");
    return lite_plain(e, NULL);
}
