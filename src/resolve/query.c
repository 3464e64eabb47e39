/*
 * Queries: their scopes come from from.c, the rest is bound in them, and the columns that
 * come out are told.
 */
#include "resolve/from.h"

#include <string.h>

/* ---- targets ---- */

static void
add_star_of(struct binder *b, const struct scope *scope, struct slice alias,
            struct scope_columns *out, bool *opaque)
{
    VEC_EACH (i, &scope->items) {
        const struct from_item *item = scope->items.items[i];

        if (!slice_equal(item->alias, alias))
            continue;
        from_add_item(b, out, item);
        *opaque |= item->opaque;
        return;
    }
    *opaque = true;
}

/* `*` gives the column that is looked for, if only by the way. */
static void
meet_star(struct binder *b, const struct scope *scope)
{
    VEC_EACH (i, &scope->items)
        if (scope->items.items[i]->is_target && b->follow.met != NULL)
            *b->follow.met = true;
}

/* A column whose name follows a rename keeps its name in the result. */
static const struct expr *
bind_target(struct binder *b, const struct scope *scope, const struct expr *target)
{
    struct expr *copy = expr_new(b->a, target->kind, target->span, target->text, 1);
    const struct expr *old = target->args[0];

    copy->flags = target->flags;
    copy->args[0] = bind_expr(b, scope, old);
    if (old->kind == EXPR_SUBQUERY)
        value_query_check(b, old);
    if (!slice_is_none(target->text) || old->kind == EXPR_STAR || b->follow.table == NULL)
        return copy;
    if (!slice_equal(output_name(old), output_name(copy->args[0])))
        copy->text = output_name(old);
    return copy;
}

/* (f(x)).*: every column of what f gives. */
static bool
is_row_star(const struct expr *e)
{
    return e->kind == EXPR_FIELD && slice_is(e->text, "*");
}

static void
add_target(struct binder *b, const struct scope *scope, const struct expr *old,
           const struct expr *bound, struct scope_columns *out, bool *opaque)
{
    const struct expr *star = old->args[0];

    if (is_row_star(star)) {
        *opaque = true; /* what columns a row has is not known */
        return;
    }
    if (star->kind != EXPR_STAR) {
        from_add_column(b, out,
                        slice_is_none(bound->text) ? output_name(bound->args[0])
                                                   : bound->text,
                        bound->args[0]->result);
        return;
    }
    meet_star(b, scope);
    if (star->arg_count == 0)
        from_add_star(b, scope, out, opaque);
    else
        add_star_of(b, scope, star->args[star->arg_count - 1]->text, out, opaque);
}

/* ---- stars that are written out ---- */

struct targets {
    VEC(const struct expr *) all;
};

/* u.id; of a join by names id alone, as it is neither side's. */
static void
write_out(struct binder *b, const struct scope *scope, const struct star_column *c,
          struct targets *to)
{
    struct expr *name =
        expr_new(b->a, EXPR_NAME, SPAN_NONE, c->column.name, c->merged ? 0 : 1);
    struct expr *target = expr_new(b->a, QUERY_TARGET, SPAN_NONE, SLICE_NONE, 1);

    if (!c->merged)
        name->args[0] =
            expr_leaf(b->a, EXPR_PART, SPAN_NONE, scope->items.items[c->item]->alias);
    target->args[0] = bind_expr(b, scope, name);
    VEC_PUSH(b->a, &to->all, target);
}

static void
write_out_item(struct binder *b, const struct scope *scope, size_t at, struct targets *to)
{
    struct scope_columns columns = { 0 };

    from_add_item(b, &columns, scope->items.items[at]);
    VEC_EACH (i, &columns.all)
        write_out(b, scope, &(struct star_column){ columns.all.items[i], at, false }, to);
}

/* Not of a view that is bound only later. */
static bool
columns_are_known(const struct from_item *item)
{
    return !slice_is_none(item->alias)
           && (item->table != NULL || item->columns.all.count > 0);
}

/* False: it stays, as there is no telling, or no simple one. */
static bool
expand_star(struct binder *b, const struct scope *scope, const struct expr *star,
            struct targets *to)
{
    struct slice alias = SLICE_NONE;
    struct star_columns shown = { 0 };

    if (star->kind != EXPR_STAR || scope->opaque
        || (star->arg_count > 0 && !b->expands_stars))
        return false;
    if (star->arg_count > 0)
        alias = star->args[star->arg_count - 1]->text;
    VEC_EACH (i, &scope->items)
        if (!columns_are_known(scope->items.items[i]))
            return false;
    if (slice_is_none(alias))
        from_show_star(b, scope, &shown);
    VEC_EACH (i, &shown.all)
        write_out(b, scope, &shown.all.items[i], to);
    for (size_t i = 0; !slice_is_none(alias) && i < scope->items.count; i++)
        if (slice_equal(scope->items.items[i]->alias, alias))
            write_out_item(b, scope, i, to);
    return true;
}

static const struct expr *
expand_stars(struct binder *b, const struct scope *scope, const struct expr *list)
{
    struct targets targets = { 0 };
    struct expr *copy;

    for (size_t i = 0; i < list->arg_count; i++)
        if (!expand_star(b, scope, list->args[i]->args[0], &targets))
            VEC_PUSH(b->a, &targets.all, list->args[i]);
    copy = expr_new(b->a, list->kind, list->span, list->text, targets.all.count);
    copy->flags = list->flags;
    for (size_t i = 0; i < targets.all.count; i++)
        copy->args[i] = targets.all.items[i];
    return copy;
}

static const struct expr *
bind_targets(struct binder *b, struct scope *scope, const struct expr *list,
             struct scope_columns *columns, bool *opaque)
{
    struct expr *copy;

    if (b->expands_stars || (b->expands_joined && scope->joins.count > 0))
        list = expand_stars(b, scope, list);
    copy = expr_new(b->a, list->kind, list->span, list->text, list->arg_count);
    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++) {
        copy->args[i] = bind_target(b, scope, list->args[i]);
        add_target(b, scope, list->args[i], copy->args[i], columns, opaque);
    }
    return copy;
}

/* ---- SELECT ---- */

static void
take_aliases(struct binder *b, struct scope *scope, const struct scope_columns *columns)
{
    VEC_EACH (i, &columns->all)
        VEC_PUSH(b->a, &scope->aliases.all, columns->all.items[i].name);
}

/* In ORDER BY a lone name means a column of the result before one of FROM. */
static const struct expr *
bind_order(struct binder *b, const struct scope *scope, const struct expr *list)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    copy = expr_new(b->a, list->kind, list->span, list->text, list->arg_count);
    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *order = list->args[i];
        const struct expr *e = order->arg_count > 0 ? order->args[0] : NULL;
        bool is_alias = false;

        VEC_EACH (k, &scope->aliases.all)
            is_alias |= e != NULL && e->kind == EXPR_NAME && e->arg_count == 0
                        && slice_equal(e->text, scope->aliases.all.items[k]);
        copy->args[i] = is_alias ? order : bind_expr(b, scope, order);
    }
    return copy;
}

static const struct expr *
bind_select(struct binder *b, const struct scope *outer, const struct expr *e,
            struct scope_columns *columns, bool *opaque)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    struct scope around = { .outer = outer };
    struct scope scope = { .outer = &around };
    struct from from = { &around, &scope };

    copy->flags = e->flags;
    copy->args[SELECT_WITH] = from_bind_with(b, &around, e->args[SELECT_WITH],
                                             (e->flags & EXPR_RECURSIVE) != 0);
    copy->args[SELECT_FROM] = from_bind_list(b, &from, e->args[SELECT_FROM]);
    copy->args[SELECT_WHERE] = bind_expr(b, &scope, e->args[SELECT_WHERE]);
    copy->args[SELECT_TARGETS] =
        bind_targets(b, &scope, e->args[SELECT_TARGETS], columns, opaque);
    copy->args[SELECT_WINDOWS] = bind_expr(b, &scope, e->args[SELECT_WINDOWS]);
    take_aliases(b, &scope, columns);
    copy->args[SELECT_DISTINCT_ON] = bind_expr(b, &scope, e->args[SELECT_DISTINCT_ON]);
    copy->args[SELECT_GROUP] = bind_expr(b, &scope, e->args[SELECT_GROUP]);
    copy->args[SELECT_HAVING] = bind_expr(b, &scope, e->args[SELECT_HAVING]);
    copy->args[SELECT_ORDER] = bind_order(b, &scope, e->args[SELECT_ORDER]);
    copy->args[SELECT_LIMIT] = bind_expr(b, outer, e->args[SELECT_LIMIT]);
    copy->args[SELECT_OFFSET] = bind_expr(b, outer, e->args[SELECT_OFFSET]);
    copy->args[SELECT_LOCKING] = e->args[SELECT_LOCKING];
    select_check(b, &scope, copy);
    return copy;
}

/* ---- the other kinds ---- */

/* The other side of a UNION: it says what NULL is, and may be the wider number. */
static void
meet_type(const struct type **type, const struct type *other)
{
    if (*type == NULL)
        *type = other;
    else if (other != NULL && type_family(*type) == FAMILY_NUMBER
             && type_family(other) == FAMILY_NUMBER && !type_equal(*type, other))
        *type = infer_wider(*type, other);
}

/* The type of column `at`, of which each row says a value. */
static const struct type *
values_type(const struct expr *values, size_t at)
{
    const struct type *type = NULL;

    for (size_t i = 0; i < values->arg_count; i++) {
        const struct expr *row = values->args[i];

        if (at < row->arg_count && row->args[at] != NULL)
            meet_type(&type, row->args[at]->result);
    }
    return type;
}

static const struct expr *
bind_values(struct binder *b, const struct scope *outer, const struct expr *e,
            struct scope_columns *columns, bool *opaque)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    const struct expr *first;

    copy->flags = e->flags;
    for (size_t i = 0; i < e->arg_count; i++)
        copy->args[i] = bind_expr(b, outer, e->args[i]);
    values_check(b, copy);
    first = e->arg_count > 0 ? copy->args[0] : NULL;
    *opaque |= first != NULL && row_is_of_unknown_length(first);
    for (size_t i = 0; first != NULL && i < first->arg_count; i++)
        from_add_column(b, columns, slice_format(b->a, "column%zu", i + 1),
                        values_type(copy, i));
    return copy;
}

static const struct expr *
bind_setop(struct binder *b, const struct scope *outer, const struct expr *e,
           struct scope_columns *columns, bool *opaque)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    struct scope_columns right = { 0 };
    bool right_opaque = false;

    copy->flags = e->flags;
    copy->args[0] = bind_query(b, outer, e->args[0], columns, opaque);
    copy->args[1] = bind_query(b, outer, e->args[1], &right, &right_opaque);
    if (!*opaque && !right_opaque)
        column_counts_check(b, e->args[1], columns->all.count, right.all.count);
    for (size_t i = 0; i < columns->all.count && i < right.all.count; i++)
        meet_type(&columns->all.items[i].type, right.all.items[i].type);
    return copy;
}

static const struct expr *
bind_ordered(struct binder *b, const struct scope *outer, const struct expr *e,
             struct scope_columns *columns, bool *opaque)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    struct scope around = { .outer = outer };
    struct scope scope = { .outer = &around };

    copy->flags = e->flags;
    copy->args[ORDERED_WITH] = from_bind_with(b, &around, e->args[ORDERED_WITH],
                                              (e->flags & EXPR_RECURSIVE) != 0);
    copy->args[ORDERED_QUERY] =
        bind_query(b, &around, e->args[ORDERED_QUERY], columns, opaque);
    take_aliases(b, &scope, columns);
    /* A SELECT in parentheses lends its FROM to ORDER BY, a UNION does not. */
    scope.opaque = *opaque || e->args[ORDERED_QUERY]->kind != QUERY_SET;
    copy->args[ORDERED_ORDER] = bind_order(b, &scope, e->args[ORDERED_ORDER]);
    copy->args[ORDERED_LIMIT] = e->args[ORDERED_LIMIT];
    copy->args[ORDERED_OFFSET] = e->args[ORDERED_OFFSET];
    return copy;
}

const struct expr *
bind_query(struct binder *b, const struct scope *outer, const struct expr *query,
           struct scope_columns *columns, bool *opaque)
{
    if (query->kind == QUERY_SELECT)
        return bind_select(b, outer, query, columns, opaque);
    if (query->kind == QUERY_VALUES)
        return bind_values(b, outer, query, columns, opaque);
    if (query->kind == QUERY_SET)
        return bind_setop(b, outer, query, columns, opaque);
    if (query->kind == QUERY_ORDERED)
        return bind_ordered(b, outer, query, columns, opaque);
    *opaque = true; /* what RETURNING gives */
    return bind_change(b, outer, query);
}

/* ---- for INSERT, UPDATE, DELETE, and the rows of triggers and rules ---- */

const struct expr *
scope_bind_with(struct binder *b, struct scope *scope, const struct expr *list,
                bool recursive)
{
    return from_bind_with(b, scope, list, recursive);
}

const struct expr *
scope_bind_table(struct binder *b, struct scope *scope, const struct expr *e)
{
    struct scope nothing = { 0 };
    struct from from = { &nothing, scope };

    return from_bind_table(b, &from, e);
}

const struct expr *
scope_bind_from(struct binder *b, const struct scope *around, struct scope *scope,
                const struct expr *list)
{
    struct from from = { around, scope };

    return from_bind_list(b, &from, list);
}

struct from_item *
scope_row_item(struct binder *b, struct relation r, struct slice alias)
{
    struct from_item *item = ARENA_NEW(b->a, struct from_item);

    item->name = r.table != NULL ? r.table->name : r.view != NULL ? r.view->name : alias;
    item->alias = alias;
    item->alias_now = alias;
    item->table = r.table;
    item->qualified_only = true;
    if (r.view != NULL)
        from_take_view(b, item, r.view);
    else if (r.table == NULL)
        item->opaque = true;
    item->is_target = r.table != NULL && r.table == b->follow.table;
    return item;
}
