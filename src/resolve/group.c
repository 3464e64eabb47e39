/*
 * GROUP BY: what is selected is one value for each group.  That is what stands in GROUP
 * BY, an aggregate, or a column of a table whose whole primary key stands there
 * (PostgreSQL: SELECT, "functionally dependent").
 *
 * Queries inside are left out, and so is what cannot be told: a false mistake is worse.
 */
#include "resolve/querycheck.h"

struct grouping {
    struct binder *b;
    const struct scope *scope;
    const struct expr *select;
    VEC(const struct expr *) groups;
    bool unknown; /* something in GROUP BY cannot be told */
};

/* ---- what is grouped by ---- */

static void
take_group(struct grouping *g, const struct expr *e)
{
    if (e->kind == QUERY_GROUPING || e->kind == EXPR_LIST || e->kind == EXPR_ROW) {
        for (size_t i = 0; i < e->arg_count; i++)
            take_group(g, e->args[i]);
        return;
    }
    e = select_meant(g->select, e);
    if (e == NULL || e->kind == EXPR_STAR || e->kind == EXPR_NAME
        || e->kind == EXPR_POISON) {
        g->unknown = true;
        return;
    }
    VEC_PUSH(g->b->a, &g->groups, e);
}

/* ---- is there a group at all? ---- */

static bool
has_aggregate(struct build *b, const struct expr *e)
{
    if (e == NULL || expr_is_query(e))
        return false;
    if (e->kind == EXPR_CALL && call_is_aggregate(b, e))
        return true;
    for (size_t i = 0; i < e->arg_count; i++)
        if (has_aggregate(b, e->args[i]))
            return true;
    return false;
}

static bool
is_grouped(struct binder *b, const struct expr *select)
{
    return select->args[SELECT_GROUP] != NULL || select->args[SELECT_HAVING] != NULL
           || has_aggregate(b->b, select->args[SELECT_TARGETS])
           || has_aggregate(b->b, select->args[SELECT_ORDER]);
}

/* ---- columns ---- */

static bool
item_has_column(const struct from_item *item, struct slice name)
{
    if (item->table != NULL)
        return table_find_column(item->table, name) != NULL;
    VEC_EACH (i, &item->columns.all)
        if (slice_equal(item->columns.all.items[i].name, name))
            return true;
    return false;
}

const struct from_item *
scope_column_item(const struct scope *scope, const struct expr *column)
{
    if (slices_have(&scope->merged, column->text))
        return NULL;
    VEC_EACH (i, &scope->items) {
        const struct from_item *item = scope->items.items[i];

        if (item->opaque || item->merged_only || item->qualified_only
            || (column->arg_count > 0
                && !slice_equal(item->alias_now, column->args[0]->text)))
            continue;
        if (item_has_column(item, column->text))
            return item;
    }
    return NULL;
}

static bool
is_group_column(const struct grouping *g, const struct from_item *item, struct slice name)
{
    VEC_EACH (i, &g->groups) {
        const struct expr *e = g->groups.items[i];

        if (e->kind == EXPR_COLUMN && slice_equal(e->text, name)
            && scope_column_item(g->scope, e) == item)
            return true;
    }
    return false;
}

/* The whole key of its table is grouped by. */
static bool
depends_on_key(const struct grouping *g, const struct from_item *item)
{
    const struct work_table *w;
    const struct work_constraint *key;

    if (item->table == NULL) /* a table whose columns have other names: not told */
        return table_find(g->b->b, SLICE_NONE, item->name) != NULL;
    w = table_find(g->b->b, item->table->schema, item->table->name);
    key = w == NULL ? NULL : table_primary_key(w);
    if (key == NULL)
        return false;
    VEC_EACH (i, &key->constraint->keys.all)
        if (!is_group_column(g, item, key->constraint->keys.all.items[i].column))
            return false;
    return true;
}

static bool
is_group(const struct grouping *g, const struct expr *e)
{
    if (e->kind == EXPR_COLUMN)
        return false; /* by the table that it is of */
    VEC_EACH (i, &g->groups)
        if (expr_same_unqualified(g->b->a, g->groups.items[i], e))
            return true;
    return false;
}

/* Are all its columns one value for each group?  What is not known is taken so. */
static bool
is_whole_item_grouped(const struct grouping *g, const struct from_item *item)
{
    if (item->opaque || item->table == NULL || depends_on_key(g, item))
        return true;
    VEC_EACH (i, &item->table->columns)
        if (!slices_have(&g->scope->merged, item->table->columns.items[i]->name)
            && !is_group_column(g, item, item->table->columns.items[i]->name))
            return false;
    return true;
}

static bool
is_star_grouped(const struct grouping *g, const struct expr *star)
{
    VEC_EACH (i, &g->scope->items) {
        const struct from_item *item = g->scope->items.items[i];

        if (star->arg_count > 0
            && !slice_equal(item->alias_now, star->args[star->arg_count - 1]->text))
            continue;
        if (!is_whole_item_grouped(g, item))
            return false;
    }
    return true;
}

/* The first column that has several values in a group; NULL: none. */
static const struct expr *
find_ungrouped(const struct grouping *g, const struct expr *e)
{
    const struct from_item *item;
    const struct expr *found = NULL;

    if (e == NULL || expr_is_query(e) || is_group(g, e)
        || (e->kind == EXPR_CALL && call_is_aggregate(g->b->b, e)))
        return NULL;
    if (e->kind == EXPR_STAR)
        return is_star_grouped(g, e) ? NULL : e;
    if (e->kind == EXPR_COLUMN) {
        item = scope_column_item(g->scope, e);
        return item == NULL || is_group_column(g, item, e->text)
                       || depends_on_key(g, item)
                   ? NULL
                   : e;
    }
    for (size_t i = 0; i < e->arg_count && found == NULL; i++)
        found = find_ungrouped(g, e->args[i]);
    return found;
}

static void
report_ungrouped(struct binder *b, const struct expr *select, const struct expr *e)
{
    struct diag *d;

    b->errors++;
    if (e->kind == EXPR_STAR) {
        diag_add(&b->s->diags, D_BAD_QUERY, e->span,
                 "some columns of * are neither in GROUP BY nor in an aggregate");
        return;
    }
    d = diag_add(&b->s->diags, D_BAD_QUERY, e->span,
                 "column \"%.*s\" is neither in GROUP BY nor in an aggregate",
                 SLICE_ARG(e->text));
    if (select->args[SELECT_GROUP] != NULL)
        diag_note(&b->s->diags, d, select->args[SELECT_GROUP]->args[0]->span,
                  "a group of rows has one value of this");
    diag_hint(&b->s->diags, d, "group by it, or say which value: max(%.*s)",
              SLICE_ARG(e->text));
}

void
group_check(struct binder *b, const struct scope *scope, const struct expr *select)
{
    static const enum select_slot slots[] = { SELECT_TARGETS, SELECT_HAVING,
                                              SELECT_ORDER };
    struct grouping g = { .b = b, .scope = scope, .select = select };
    const struct expr *found = NULL;

    if (!is_grouped(b, select))
        return;
    if (select->args[SELECT_GROUP] != NULL)
        take_group(&g, select->args[SELECT_GROUP]);
    if (g.unknown)
        return;
    for (size_t i = 0; i < ARRAY_LEN(slots) && found == NULL; i++)
        found = find_ungrouped(&g, select->args[slots[i]]);
    if (found != NULL)
        report_ungrouped(b, select, found);
}
