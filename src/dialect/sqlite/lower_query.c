/*
 * Queries of views in SQLite's words.
 *
 * A query gives columns, and each has a scale: `total > 100` over a view that sums prices
 * must compare with 10000.  So FROM is lowered before everything that reads it, and what
 * it gives stays known while the query around it is lowered.
 */
#include "dialect/sqlite/lite.h"

/* ---- columns of what stands in FROM ---- */

static bool
table_output(const struct lite_scope *scope, const struct table *t, struct slice name,
             struct lite_output *out)
{
    const struct column *c = table_find_column(t, name);

    if (c == NULL)
        return false;
    out->name = c->name;
    out->type = lite_logical_type(c);
    out->scale = lite_scale(out->type, scope->neutral);
    return true;
}

static bool
relation_output(const struct lite_scope *scope, const struct lite_relation *r,
                struct slice name, struct lite_output *out)
{
    if (r->table != NULL)
        return table_output(scope, r->table, name, out);
    VEC_EACH (i, &r->outputs->all)
        if (slice_equal(r->outputs->all.items[i].name, name)) {
            *out = r->outputs->all.items[i];
            return true;
        }
    return false;
}

bool
lite_find_output(const struct lite_scope *scope, const struct expr *column,
                 struct lite_output *out)
{
    struct slice alias = column->arg_count == 0 || column->args[0] == NULL
                             ? SLICE_NONE
                             : column->args[column->arg_count - 1]->text;

    for (const struct lite_relation *r = scope->relations; r != NULL; r = r->next)
        if ((slice_is_none(alias) || slice_equal(alias, r->alias))
            && relation_output(scope, r, column->text, out))
            return true;
    return false;
}

static const struct lite_outputs *
find_outputs(const struct lite_scope *scope, struct slice name)
{
    for (const struct lite_relation *r = scope->ctes; r != NULL; r = r->next)
        if (slice_equal(r->alias, name))
            return r->outputs;
    return scope->views == NULL ? NULL : map_get(scope->views, name);
}

static void
push(struct lite_scope *scope, const struct lite_relation **list, struct slice alias,
     const struct table *table, const struct lite_outputs *outputs)
{
    struct lite_relation *r;

    if (table == NULL && outputs == NULL)
        return;
    r = ARENA_NEW(&scope->s->arena, struct lite_relation);
    *r = (struct lite_relation){ alias, table, outputs, *list };
    *list = r;
}

/* ---- what a query gives ---- */

static void
add_output(struct lite_scope *scope, struct lite_outputs *out, struct slice name,
           const struct lite_value *v)
{
    struct lite_output o = { name, v->type, v->scale };

    VEC_PUSH(&scope->s->arena, &out->all, o);
}

static void
add_relation_outputs(struct lite_scope *scope, const struct lite_relation *r,
                     struct lite_outputs *out)
{
    if (r->table == NULL) {
        VEC_EACH (i, &r->outputs->all)
            VEC_PUSH(&scope->s->arena, &out->all, r->outputs->all.items[i]);
        return;
    }
    VEC_EACH (i, &r->table->columns) {
        struct lite_output o;

        (void)table_output(scope, r->table, r->table->columns.items[i]->name, &o);
        VEC_PUSH(&scope->s->arena, &out->all, o);
    }
}

/* t.* or *: all that was pushed since `before`, in the order of FROM. */
static void
add_star_outputs(struct lite_scope *scope, const struct lite_relation *r,
                 const struct lite_relation *before, const struct expr *star,
                 struct lite_outputs *out)
{
    struct slice alias =
        star->arg_count == 0 ? SLICE_NONE : star->args[star->arg_count - 1]->text;

    if (r == before)
        return;
    add_star_outputs(scope, r->next, before, star, out);
    if (slice_is_none(alias) || slice_equal(alias, r->alias))
        add_relation_outputs(scope, r, out);
}

static struct slice
target_name(const struct expr *target)
{
    const struct expr *e = target->args[0];

    if (!slice_is_none(target->text))
        return target->text;
    return e->kind == EXPR_COLUMN || e->kind == EXPR_NAME || e->kind == EXPR_CALL
               ? e->text
               : SLICE_NONE;
}

static struct lite_value
lower_targets(struct lite_scope *scope, const struct expr *list,
              const struct lite_relation *before)
{
    struct expr *copy = lite_copy(&scope->s->arena, list);
    struct lite_outputs *outputs = ARENA_NEW(&scope->s->arena, struct lite_outputs);
    struct lite_value out = lite_plain(copy, NULL);

    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *target = list->args[i];
        struct lite_value v = lite_lower_node(scope, target);

        copy->args[i] = v.e;
        if (target->kind == QUERY_TARGET && target->args[0]->kind == EXPR_STAR)
            add_star_outputs(scope, scope->relations, before, target->args[0], outputs);
        else
            add_output(scope, outputs,
                       target->kind == QUERY_TARGET ? target_name(target) : SLICE_NONE,
                       &v);
    }
    out.outputs = outputs;
    return out;
}

/* ---- queries ---- */

static struct lite_value
lower_all(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    for (size_t i = 0; i < e->arg_count; i++)
        if (e->args[i] != NULL)
            copy->args[i] = lite_lower_node(scope, e->args[i]).e;
    return lite_plain(copy, e->result);
}

static void
lower_slot(struct lite_scope *scope, struct expr *copy, size_t slot)
{
    if (copy->args[slot] != NULL)
        copy->args[slot] = lite_lower_node(scope, copy->args[slot]).e;
}

static void
refuse_ties(struct lite_scope *scope, const struct expr *e)
{
    if (e->flags & EXPR_WITH_TIES)
        lite_problem(scope, e, "SQLite has no FETCH FIRST ... WITH TIES");
}

static struct lite_value
lower_select(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    const struct lite_relation *relations = scope->relations;
    const struct lite_relation *ctes = scope->ctes;
    struct lite_value out;

    if (e->args[SELECT_DISTINCT_ON] != NULL)
        lite_problem(scope, e->args[SELECT_DISTINCT_ON], 
                     "SQLite has no DISTINCT ON");
    refuse_ties(scope, e);
    if (e->args[SELECT_GROUP] != NULL && (e->args[SELECT_GROUP]->flags & EXPR_DISTINCT))
        lite_problem(scope, e->args[SELECT_GROUP], "SQLite has no grouping sets");
    lower_slot(scope, copy, SELECT_WITH);
    lower_slot(scope, copy, SELECT_FROM);
    out = lower_targets(scope, e->args[SELECT_TARGETS], relations);
    copy->args[SELECT_TARGETS] = out.e;
    for (size_t i = SELECT_WHERE; i < SELECT_LOCKING; i++)
        lower_slot(scope, copy, i);
    copy->args[SELECT_LOCKING] = NULL; /* a lock of rows: SQLite locks the database */
    scope->relations = relations;
    scope->ctes = ctes;
    out.e = copy;
    return out;
}

/* UNION and kin: a column must have one scale on both sides. */
static void
refuse_mixed_scales(struct lite_scope *scope, const struct expr *e,
                    const struct lite_outputs *left, const struct lite_outputs *right)
{
    if (left == NULL || right == NULL)
        return;
    for (size_t i = 0; i < left->all.count && i < right->all.count; i++) {
        int x = left->all.items[i].scale;
        int y = right->all.items[i].scale;

        if (x != y && (x > 0 || y > 0))
            lite_problem(scope, e, 
                         "column %zu is a decimal with another scale on each side",
                         i + 1);
    }
}

static struct lite_value
lower_set(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value left = lite_lower_node(scope, e->args[0]);
    struct lite_value right = lite_lower_node(scope, e->args[1]);

    copy->args[0] = left.e;
    copy->args[1] = right.e;
    refuse_mixed_scales(scope, e, left.outputs, right.outputs);
    left.e = copy;
    return left;
}

static struct lite_value
lower_ordered(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    const struct lite_relation *ctes = scope->ctes;
    struct lite_value out;

    refuse_ties(scope, e);
    lower_slot(scope, copy, ORDERED_WITH);
    out = lite_lower_node(scope, e->args[ORDERED_QUERY]);
    copy->args[ORDERED_QUERY] = out.e;
    for (size_t i = ORDERED_ORDER; i < e->arg_count; i++)
        lower_slot(scope, copy, i);
    scope->ctes = ctes;
    out.e = copy;
    return out;
}

static struct lite_value
lower_target(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value v = lite_lower_node(scope, e->args[0]);

    copy->args[0] = v.e;
    v.e = copy;
    v.outputs = NULL;
    return v;
}

/* ---- what stands in FROM ---- */

static struct slice
alias_of(const struct expr *e, size_t slot, struct slice otherwise)
{
    return e->arg_count > slot && e->args[slot] != NULL ? e->args[slot]->text : otherwise;
}

/* schema.table → schema__table; args: alias?, column aliases?, then schema parts */
static struct lite_value
lower_table(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct slice schema = e->arg_count > 2 ? e->args[e->arg_count - 1]->text : SLICE_NONE;
    const struct lite_outputs *outputs;
    const struct table *t = NULL;

    copy->text = lite_flat_name(&scope->s->arena, schema, e->text);
    if (e->arg_count > 2)
        copy->arg_count = 2;
    copy->flags &= ~(uint32_t)EXPR_ONLY;
    if (e->arg_count > 1 && e->args[1] != NULL)
        lite_problem(scope, e, "SQLite has no column aliases of a table");
    outputs = find_outputs(scope, copy->text);
    if (outputs == NULL && scope->catalog != NULL)
        t = catalog_find_table(scope->catalog, schema, e->text);
    push(scope, &scope->relations, alias_of(e, 0, e->text), t, outputs);
    return lite_plain(copy, NULL);
}

/* (SELECT …) AS alias, f(…) AS alias */
static struct lite_value
lower_from(struct lite_scope *scope, const struct expr *e)
{
    const struct lite_relation *before = scope->relations;
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value v;

    if (e->flags & (EXPR_LATERAL | EXPR_ORDINALITY))
        lite_problem(scope, e, "SQLite has no LATERAL and no WITH ORDINALITY");
    if (e->arg_count > 2 && e->args[2] != NULL)
        lite_problem(scope, e, "SQLite has no column aliases of a query");
    if (e->args[0]->kind == QUERY_JOIN)
        lite_problem(scope, e, "SQLite has no alias of a JOIN");
    v = lite_lower_node(scope, e->args[0]);
    copy->args[0] = v.e;
    scope->relations = before;
    push(scope, &scope->relations, alias_of(e, 1, SLICE_NONE), NULL, v.outputs);
    return lite_plain(copy, NULL);
}

/* args: query, LIST columns?.  A CTE that reads itself would be read before its columns
 * are known. */
static struct lite_value
lower_cte(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    struct lite_value v = lite_lower_node(scope, e->args[0]);
    const struct expr *names = e->arg_count > 1 ? e->args[1] : NULL;
    struct lite_outputs *named = ARENA_NEW(&scope->s->arena, struct lite_outputs);

    copy->args[0] = v.e;
    if (e->arg_count > CTE_SEARCH)
        lite_problem(scope, e, "SQLite has no SEARCH and no CYCLE");
    for (size_t i = 0; v.outputs != NULL && i < v.outputs->all.count; i++) {
        struct lite_output o = v.outputs->all.items[i];

        if (names != NULL && i < names->arg_count)
            o.name = names->args[i]->text;
        if (o.scale > 0 && (scope->flags & EXPR_RECURSIVE))
            lite_problem(scope, e, 
                         "a recursive query over decimals that are stored as integers "
                         "is not followed");
        VEC_PUSH(&scope->s->arena, &named->all, o);
    }
    push(scope, &scope->ctes, e->text, NULL, named);
    return lite_plain(copy, NULL);
}

struct lite_value
lite_lower_query(struct lite_scope *scope, const struct expr *e)
{
    uint32_t flags = scope->flags;
    struct lite_value out;

    scope->flags |= e->flags & EXPR_RECURSIVE;
    if (e->kind == QUERY_SELECT)
        out = lower_select(scope, e);
    else if (e->kind == QUERY_SET)
        out = lower_set(scope, e);
    else if (e->kind == QUERY_ORDERED)
        out = lower_ordered(scope, e);
    else if (e->kind == QUERY_TARGET)
        out = lower_target(scope, e);
    else if (e->kind == QUERY_TABLE)
        out = lower_table(scope, e);
    else if (e->kind == QUERY_FROM_QUERY || e->kind == QUERY_FROM_CALL)
        out = lower_from(scope, e);
    else if (e->kind == QUERY_CTE)
        out = lower_cte(scope, e);
    else if (e->kind == QUERY_VALUES)
        out = lower_all(scope, e);
    else {
        lite_problem(scope, e, 
                     "SQLite has no statement that changes rows in here");
        out = lite_plain(e, NULL);
    }
    scope->flags = flags;
    return out;
}
