/*
 * INSERT, UPDATE and DELETE bound: in the bodies of triggers and rules, and inside WITH.
 */
#include "resolve/querycheck.h"

/* ---- columns that are written ---- */

static void
report_no_column(struct binder *b, const struct from_item *item, const struct expr *part)
{
    struct slices names = { 0 };
    struct diag *d;

    if (b->quiet || !b->terms->checks_queries)
        return;
    b->errors++;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, part->span,
                 "table \"%.*s\" has no column \"%.*s\"", SLICE_ARG(item->name),
                 SLICE_ARG(part->text));
    if (item->table != NULL)
        VEC_EACH (i, &item->table->columns)
            VEC_PUSH(b->a, &names.all, item->table->columns.items[i]->name);
    VEC_EACH (i, &item->columns.all)
        VEC_PUSH(b->a, &names.all, item->columns.all.items[i].name);
    hint_nearest(b->s, d, part->text, &names);
}

/* The column as it is declared, or by its new name. */
static const struct expr *
bind_written(struct binder *b, const struct scope *scope, const struct from_item *item,
             const struct expr *part)
{
    struct slice name = part->text;

    if (part->kind != EXPR_PART)
        return bind_expr(b, scope, part);
    if (!scope_item_column(b, item, &name)) {
        if (!item->opaque)
            report_no_column(b, item, part);
        return part;
    }
    return slice_equal(name, part->text) ? part
                                         : expr_leaf(b->a, EXPR_PART, part->span, name);
}

static const struct expr *
bind_written_list(struct binder *b, const struct scope *scope,
                  const struct from_item *item, const struct expr *list)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    copy = expr_new(b->a, list->kind, list->span, list->text, list->arg_count);
    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++)
        copy->args[i] = bind_written(b, scope, item, list->args[i]);
    return copy;
}

static const struct expr *
bind_assigns(struct binder *b, const struct scope *scope, const struct from_item *item,
             const struct expr *list)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    copy = expr_new(b->a, list->kind, list->span, list->text, list->arg_count);
    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *assign = list->args[i];

        copy->args[i] = expr_2(b->a, assign->kind, assign->span, assign->text,
                               bind_written_list(b, scope, item, assign->args[0]),
                               bind_expr(b, scope, assign->args[1]));
    }
    return copy;
}

/* ---- the statements ---- */

static struct expr *
copy_of(struct binder *b, const struct expr *e)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);

    copy->flags = e->flags;
    return copy;
}

/* What the row that is in the way may be called. */
static struct from_item *
excluded_item(struct binder *b, const struct from_item *target)
{
    struct from_item *item = arena_copy(b->a, target, sizeof *target);

    item->alias = SLICE("excluded");
    item->alias_now = item->alias;
    item->qualified_only = true;
    return item;
}

static const struct expr *
bind_conflict(struct binder *b, const struct scope *scope, const struct from_item *item,
              const struct expr *e)
{
    struct scope with_row = { .outer = scope->outer };
    struct expr *copy;

    if (e == NULL)
        return NULL;
    copy = copy_of(b, e);
    VEC_EACH (i, &scope->items)
        VEC_PUSH(b->a, &with_row.items, scope->items.items[i]);
    VEC_PUSH(b->a, &with_row.items, excluded_item(b, item));
    with_row.opaque = scope->opaque;
    copy->args[0] = bind_expr(b, scope, e->args[0]);
    copy->args[1] = bind_expr(b, scope, e->args[1]);
    copy->args[2] = bind_assigns(b, &with_row, item, e->args[2]);
    copy->args[3] = bind_expr(b, &with_row, e->args[3]);
    return copy;
}

static void
check_columns_once(struct binder *b, const struct expr *list)
{
    struct map seen;

    if (list == NULL || !query_is_checked(b))
        return;
    map_init(&seen, b->a);
    for (size_t i = 0; i < list->arg_count; i++) {
        if (list->args[i]->kind != EXPR_PART)
            return; /* a field of a column */
        if (map_has(&seen, list->args[i]->text)) {
            b->errors++;
            diag_add(&b->s->diags, D_DUPLICATE_COLUMN, list->args[i]->span,
                     "column \"%.*s\" is written twice", SLICE_ARG(list->args[i]->text));
            return;
        }
        map_put(&seen, list->args[i]->text, b);
    }
}

/* As many values as columns; without a list of columns there may be fewer. */
static void
check_count(struct binder *b, const struct from_item *item, const struct expr *e,
            size_t given)
{
    const struct expr *list = e->args[INSERT_COLUMNS];
    size_t columns =
        item->table != NULL ? item->table->columns.count : item->columns.all.count;

    if (list != NULL)
        column_counts_check(b, e->args[INSERT_QUERY], list->arg_count, given);
    else if (!item->opaque && given > columns)
        column_counts_check(b, e->args[INSERT_QUERY], columns, given);
}

static const struct expr *
bind_insert(struct binder *b, const struct scope *outer, const struct expr *e)
{
    struct scope around = { .outer = outer };
    struct scope scope = { .outer = &around };
    struct expr *copy = copy_of(b, e);
    struct scope_columns columns = { 0 };
    const struct from_item *item;
    bool opaque = false;

    copy->args[INSERT_WITH] = scope_bind_with(b, &around, e->args[INSERT_WITH],
                                              (e->flags & EXPR_RECURSIVE) != 0);
    copy->args[INSERT_TABLE] = scope_bind_table(b, &scope, e->args[INSERT_TABLE]);
    item = scope.items.items[0];
    check_columns_once(b, e->args[INSERT_COLUMNS]);
    copy->args[INSERT_COLUMNS] =
        bind_written_list(b, &scope, item, e->args[INSERT_COLUMNS]);
    if (e->args[INSERT_QUERY] != NULL)
        copy->args[INSERT_QUERY] =
            bind_query(b, &around, e->args[INSERT_QUERY], &columns, &opaque);
    if (e->args[INSERT_QUERY] != NULL && !opaque)
        check_count(b, item, e, columns.all.count);
    copy->args[INSERT_CONFLICT] =
        bind_conflict(b, &scope, item, e->args[INSERT_CONFLICT]);
    copy->args[INSERT_RETURNING] = bind_expr(b, &scope, e->args[INSERT_RETURNING]);
    return copy;
}

static const struct expr *
bind_update(struct binder *b, const struct scope *outer, const struct expr *e)
{
    struct scope around = { .outer = outer };
    struct scope scope = { .outer = &around };
    struct expr *copy = copy_of(b, e);

    copy->args[UPDATE_WITH] = scope_bind_with(b, &around, e->args[UPDATE_WITH],
                                              (e->flags & EXPR_RECURSIVE) != 0);
    copy->args[UPDATE_TABLE] = scope_bind_table(b, &scope, e->args[UPDATE_TABLE]);
    copy->args[UPDATE_FROM] = scope_bind_from(b, &around, &scope, e->args[UPDATE_FROM]);
    copy->args[UPDATE_ASSIGNS] =
        bind_assigns(b, &scope, scope.items.items[0], e->args[UPDATE_ASSIGNS]);
    copy->args[UPDATE_WHERE] = bind_expr(b, &scope, e->args[UPDATE_WHERE]);
    copy->args[UPDATE_RETURNING] = bind_expr(b, &scope, e->args[UPDATE_RETURNING]);
    return copy;
}

static const struct expr *
bind_delete(struct binder *b, const struct scope *outer, const struct expr *e)
{
    struct scope around = { .outer = outer };
    struct scope scope = { .outer = &around };
    struct expr *copy = copy_of(b, e);

    copy->args[DELETE_WITH] = scope_bind_with(b, &around, e->args[DELETE_WITH],
                                              (e->flags & EXPR_RECURSIVE) != 0);
    copy->args[DELETE_TABLE] = scope_bind_table(b, &scope, e->args[DELETE_TABLE]);
    copy->args[DELETE_USING] = scope_bind_from(b, &around, &scope, e->args[DELETE_USING]);
    copy->args[DELETE_WHERE] = bind_expr(b, &scope, e->args[DELETE_WHERE]);
    copy->args[DELETE_RETURNING] = bind_expr(b, &scope, e->args[DELETE_RETURNING]);
    return copy;
}

const struct expr *
bind_change(struct binder *b, const struct scope *outer, const struct expr *e)
{
    if (e->kind == QUERY_INSERT)
        return bind_insert(b, outer, e);
    if (e->kind == QUERY_UPDATE)
        return bind_update(b, outer, e);
    return e->kind == QUERY_DELETE ? bind_delete(b, outer, e) : e;
}
