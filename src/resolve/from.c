/*
 * What a query reads: WITH and FROM build the scope that the rest of it is bound in.
 */
#include "resolve/from.h"

#include <string.h>

/* ---- columns ---- */

void
from_add_column(struct binder *b, struct scope_columns *to, struct slice name,
                const struct type *type)
{
    struct scope_column column = { name, type };

    VEC_PUSH(b->a, &to->all, column);
}

static void
add_table_columns(struct binder *b, struct scope_columns *to, const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        from_add_column(b, to, c->name, c->has_type ? &c->type : NULL);
    }
}

void
from_add_item(struct binder *b, struct scope_columns *to, const struct from_item *item)
{
    if (item->table != NULL)
        add_table_columns(b, to, item->table);
    VEC_EACH (i, &item->columns.all)
        VEC_PUSH(b->a, &to->all, item->columns.all.items[i]);
}

/* (a, b) behind an alias or a WITH name: the first columns are called so. */
static void
rename_columns(struct binder *b, struct scope_columns *columns, const struct expr *list)
{
    struct scope_columns renamed = { 0 };

    for (size_t i = 0; i < list->arg_count; i++)
        from_add_column(b, &renamed, list->args[i]->text,
                        i < columns->all.count ? columns->all.items[i].type : NULL);
    for (size_t i = list->arg_count; i < columns->all.count; i++)
        VEC_PUSH(b->a, &renamed.all, columns->all.items[i]);
    *columns = renamed;
}

/* ---- WITH ---- */

static const struct cte *
find_cte(const struct scope *scope, struct slice name)
{
    for (; scope != NULL; scope = scope->outer)
        for (size_t i = scope->ctes.count; i-- > 0;)
            if (slice_equal(scope->ctes.items[i]->name, name))
                return scope->ctes.items[i];
    return NULL;
}

/* SEARCH … SET a, CYCLE … SET b USING c: columns that the query gets beside its own. */
static void
add_named_columns(struct binder *b, struct scope_columns *to, const struct expr *form)
{
    for (size_t i = 1; form != NULL && i < form->arg_count; i++) {
        const struct expr *before = form->args[i - 1];

        if (form->args[i]->kind == EXPR_PART && before->kind == EXPR_WORDS
            && (slice_is(before->text, "set") || slice_is(before->text, "using")))
            from_add_column(b, to, form->args[i]->text, NULL);
    }
}

/* A recursive query may name itself before its columns are known. */
static const struct expr *
bind_cte(struct binder *b, struct scope *scope, const struct expr *e, bool recursive)
{
    struct cte *cte = ARENA_NEW(b->a, struct cte);
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    const struct expr *list = e->arg_count > 1 ? e->args[1] : NULL;
    struct scope_columns columns = { 0 };
    bool opaque = false;

    copy->flags = e->flags;
    for (size_t i = 1; i < e->arg_count; i++)
        copy->args[i] = e->args[i];
    cte->name = e->text;
    cte->opaque = true;
    if (recursive)
        VEC_PUSH(b->a, &scope->ctes, cte);
    copy->args[0] = bind_query(b, scope, e->args[0], &columns, &opaque);
    if (list != NULL && !opaque)
        names_count_check(b, list, columns.all.count);
    if (list != NULL)
        rename_columns(b, &columns, list);
    for (size_t i = CTE_SEARCH; i < e->arg_count; i++)
        add_named_columns(b, &columns, e->args[i]);
    cte->columns = columns;
    cte->opaque = opaque;
    if (!recursive)
        VEC_PUSH(b->a, &scope->ctes, cte);
    return copy;
}

const struct expr *
from_bind_with(struct binder *b, struct scope *scope, const struct expr *list,
               bool recursive)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    with_check(b, list, recursive);
    copy = expr_new(b->a, list->kind, list->span, list->text, list->arg_count);
    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++)
        copy->args[i] = bind_cte(b, scope, list->args[i], recursive);
    return copy;
}

/* ---- FROM ---- */

static void
push_item(struct binder *b, struct scope *scope, struct from_item *item, struct span span)
{
    VEC_PUSH(b->a, &scope->items, item);
    scope->opaque |= item->opaque;
    alias_check(b, scope, span);
}

static void
take_alias(struct binder *b, struct from_item *item, const struct expr *alias,
           const struct expr *list)
{
    if (alias != NULL) {
        item->alias = alias->text;
        item->alias_now = alias->text;
    }
    if (list == NULL)
        return;
    if (item->table != NULL) {
        add_table_columns(b, &item->columns, item->table);
        item->table = NULL;
    }
    if (!item->opaque)
        names_count_check(b, list, item->columns.all.count);
    rename_columns(b, &item->columns, list);
}

/* What an engine has without a declaration. */
bool
relation_is_system(struct slice schema, struct slice name)
{
    return slice_is(schema, "pg_catalog") || slice_is(schema, "information_schema")
           || slice_starts(name, "pg_") || slice_starts(name, "sqlite_")
           || slice_starts(name, "pragma_");
}

static void
report_no_relation(struct binder *b, const struct expr *e, struct slice schema)
{
    struct diag *d;
    const struct span *drop = NULL;

    if (b->quiet || !b->terms->checks_queries || relation_is_system(schema, e->text)
        || session_is_unread(b->s, e->text))
        return;
    b->errors++;
    if (b->b != NULL)
        drop = find_drop(b->b, catalog_key(b->a, schema, e->text));
    if (drop != NULL) {
        d = diag_add(&b->s->diags, D_DROP_HAS_DEPENDANTS, *drop, "\"%.*s\" is still read",
                     SLICE_ARG(e->text));
        diag_note(&b->s->diags, d, e->span, "it is read here");
        diag_hint(&b->s->diags, d, "CASCADE drops what reads it as well");
        return;
    }
    d = diag_add(&b->s->diags, D_NO_SUCH_TABLE, e->span, "there is no table \"%.*s\"",
                 SLICE_ARG(e->text));
    if (b->b != NULL)
        hint_relation(b->b, d, e->text);
}

static void
add_read(struct binder *b, struct slice key)
{
    if (b->reads == NULL || map_has(b->reads_seen, key))
        return;
    map_put(b->reads_seen, key, b->reads);
    VEC_PUSH(b->a, &b->reads->all, key);
}

void
from_take_view(struct binder *b, struct from_item *item, const struct view *v)
{
    item->opaque = v->columns.count == 0;
    VEC_EACH (i, &v->columns)
        from_add_column(b, &item->columns, v->columns.items[i].name,
                        v->columns.items[i].type);
}

static void
take_relation(struct binder *b, struct from_item *item, const struct expr *e,
              struct slice schema)
{
    struct relation r = b->find(b, schema, e->text);

    item->table = r.table;
    item->name = r.table != NULL  ? r.table->name
                 : r.view != NULL ? r.view->name
                                  : e->text;
    if (r.view != NULL)
        from_take_view(b, item, r.view);
    else if (r.table == NULL)
        item->opaque = true;
    if (r.module != NULL) {
        item->hidden = r.module->hidden;
        item->opaque = r.module->is_opaque;
    }
    item->is_target = (r.table != NULL && r.table == b->follow.table)
                      || (r.view != NULL && r.view == b->follow.view);
    if (r.found)
        add_read(b, catalog_key(b->a, schema, item->name));
    else
        report_no_relation(b, e, schema);
}

/* The node with its schema as short as it can be, and the new name where it has one. */
static const struct expr *
remake_table(struct binder *b, const struct expr *e, const struct from_item *item,
             struct slice schema)
{
    bool renamed = item->is_target && slice_is_none(b->follow.column);
    struct slice schema_now = renamed ? b->follow.schema : schema;
    struct expr *copy =
        expr_new(b->a, e->kind, e->span, renamed ? b->follow.name : item->name,
                 slice_is_none(schema_now) ? 2 : 3);

    copy->flags = e->flags;
    copy->args[0] = e->args[0];
    copy->args[1] = e->args[1];
    if (!slice_is_none(schema_now))
        copy->args[2] = expr_leaf(b->a, EXPR_PART, e->span, schema_now);
    return copy;
}

const struct expr *
from_bind_table(struct binder *b, struct from *from, const struct expr *e)
{
    struct from_item *item = ARENA_NEW(b->a, struct from_item);
    const struct cte *cte;
    struct slice schema = SLICE_NONE;

    if (e->arg_count > 2)
        schema = schema_plain(e->args[e->arg_count - 1]->text);
    cte = e->arg_count > 2 ? NULL : find_cte(from->around, e->text);
    if (cte != NULL) {
        item->columns = cte->columns;
        item->opaque = cte->opaque;
    } else {
        take_relation(b, item, e, schema);
    }
    item->alias = cte != NULL ? e->text : item->name;
    item->alias_now =
        item->is_target && slice_is_none(b->follow.column) ? b->follow.name : item->alias;
    take_alias(b, item, e->args[0], e->args[1]);
    push_item(b, from->scope, item, e->span);
    return cte != NULL ? e : remake_table(b, e, item, schema);
}

static const struct expr *bind_from(struct binder *b, struct from *from,
                                    const struct expr *e);
/* (a JOIN b) AS c: outside, only c is seen, with all columns of both. */
static const struct expr *
bind_aliased_join(struct binder *b, struct from *from, const struct expr *join,
                  struct from_item *item)
{
    struct scope inner = { .outer = from->scope };
    struct from inside = { from->around, &inner };
    const struct expr *bound = bind_from(b, &inside, join);

    from_add_star(b, &inner, &item->columns, &item->opaque);
    return bound;
}

static const struct expr *
bind_from_query(struct binder *b, struct from *from, const struct expr *e)
{
    struct from_item *item = ARENA_NEW(b->a, struct from_item);
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    const struct scope *sees = e->flags & EXPR_LATERAL ? from->scope : from->around;
    const struct scope *beside = b->beside;

    b->beside = sees == from->scope ? NULL : from->scope;
    copy->flags = e->flags;
    for (size_t i = 1; i < e->arg_count; i++)
        copy->args[i] = e->args[i];
    if (e->args[0]->kind == QUERY_JOIN)
        copy->args[0] = bind_aliased_join(b, from, e->args[0], item);
    else
        copy->args[0] = bind_query(b, sees, e->args[0], &item->columns, &item->opaque);
    b->beside = beside;
    take_alias(b, item, e->args[1], e->args[2]);
    push_item(b, from->scope, item, e->span);
    return copy;
}

/* Columns that are declared with types: AS t (a int, b text), COLUMNS a int PATH …. */
static bool
add_typed_columns(struct binder *b, struct scope_columns *to, const struct expr *list)
{
    bool any = false;

    for (size_t i = 0; list != NULL && i < list->arg_count; i++) {
        const struct expr *part = list->args[i];
        bool ordinal = i + 1 < list->arg_count && list->args[i + 1]->kind == EXPR_WORDS
                       && slice_is(list->args[i + 1]->text, "for ordinality");

        if (part->kind != EXPR_PART || (part->type == NULL && !ordinal))
            continue;
        from_add_column(b, to, part->text, ordinal ? &infer_integer : part->type);
        any = true;
    }
    return any;
}

/*
 * A function that returns rows, and may see the other items.  Its columns are known only
 * where they are declared beside it; the names behind an alias may be some of them.
 */
static void
take_call_columns(struct binder *b, struct from_item *item, const struct expr *e)
{
    const struct expr *call = e->args[0];
    const struct expr *names = e->args[2];
    bool known = call->kind == EXPR_FORM && add_typed_columns(b, &item->columns, call);

    if (add_typed_columns(b, &item->columns, names))
        known = true;
    else if (names != NULL)
        rename_columns(b, &item->columns, names);
    item->opaque = !known || (e->flags & EXPR_ORDINALITY) != 0;
}

static const struct expr *
bind_from_call(struct binder *b, struct from *from, const struct expr *e)
{
    struct from_item *item = ARENA_NEW(b->a, struct from_item);
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);

    copy->flags = e->flags;
    for (size_t i = 1; i < e->arg_count; i++)
        copy->args[i] = e->args[i];
    copy->args[0] = bind_expr(b, from->scope, e->args[0]);
    take_call_columns(b, item, e);
    item->alias = e->args[0]->text;
    item->alias_now = item->alias;
    take_alias(b, item, e->args[1], NULL);
    push_item(b, from->scope, item, e->span);
    return copy;
}

static bool
items_have(struct binder *b, const struct scope *scope, size_t begin, size_t end,
           struct slice name)
{
    for (size_t i = begin; i < end; i++) {
        struct scope_columns columns = { 0 };

        from_add_item(b, &columns, scope->items.items[i]);
        VEC_EACH (k, &columns.all)
            if (slice_equal(columns.all.items[k].name, name))
                return true;
    }
    return false;
}

/* NATURAL joins by every name that both sides have, in the order of the left one. */
static void
find_natural(struct binder *b, const struct scope *scope, struct scope_join *join)
{
    struct scope_columns left = { 0 };

    for (size_t i = join->begin; i < join->middle; i++)
        from_add_item(b, &left, scope->items.items[i]);
    VEC_EACH (i, &left.all) {
        struct slice name = left.all.items[i].name;

        if (!slices_have(&join->names, name)
            && items_have(b, scope, join->middle, join->end, name))
            VEC_PUSH(b->a, &join->names.all, name);
    }
}

static struct slice
using_name(struct binder *b, const struct scope *scope, size_t begin,
           const struct expr *part)
{
    VEC_EACH (i, &scope->items)
        if (i >= begin && scope->items.items[i]->is_target
            && !slice_is_none(b->follow.column)
            && slice_equal(b->follow.column, part->text) && b->follow.met != NULL)
            *b->follow.met = true;
    return part->text;
}

/* Both sides of the join must have it. */
static void
check_using(struct binder *b, const struct scope *scope, size_t begin, size_t end,
            const struct expr *part, const char *side)
{
    struct scope_columns columns = { 0 };
    struct slices names = { 0 };
    struct diag *d;

    for (size_t i = begin; i < end; i++)
        if (scope->items.items[i]->opaque)
            return;
    for (size_t i = begin; i < end; i++)
        from_add_item(b, &columns, scope->items.items[i]);
    VEC_EACH (i, &columns.all) {
        if (slice_equal_fold(columns.all.items[i].name, part->text))
            return;
        VEC_PUSH(b->a, &names.all, columns.all.items[i].name);
    }
    if (b->errors > 0 || session_is_unread(b->s, part->text))
        return;
    b->errors++;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, part->span,
                 "the %s side of the join has no column \"%.*s\"", side,
                 SLICE_ARG(part->text));
    hint_nearest(b->s, d, part->text, &names);
}

static void
find_using(struct binder *b, const struct scope *scope, struct scope_join *join,
           const struct expr *list)
{
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *part = list->args[i];

        if (query_is_checked(b)) {
            check_using(b, scope, join->begin, join->middle, part, "left");
            check_using(b, scope, join->middle, join->end, part, "right");
        }
        VEC_PUSH(b->a, &join->names.all, using_name(b, scope, join->begin, part));
    }
}

static void
merge_names(struct binder *b, struct scope *scope, const struct expr *e,
            struct scope_join join)
{
    join.end = scope->items.count;
    if (e->flags & EXPR_NATURAL)
        find_natural(b, scope, &join);
    if (e->args[3] != NULL)
        find_using(b, scope, &join, e->args[3]);
    if (join.names.all.count == 0)
        return;
    VEC_EACH (i, &join.names.all)
        if (!slices_have(&scope->merged, join.names.all.items[i]))
            VEC_PUSH(b->a, &scope->merged.all, join.names.all.items[i]);
    VEC_PUSH(b->a, &scope->joins, join);
}

const struct type *
from_merged_type(struct binder *b, const struct scope *scope, struct slice name)
{
    VEC_EACH (i, &scope->items) {
        struct scope_columns columns = { 0 };

        from_add_item(b, &columns, scope->items.items[i]);
        VEC_EACH (k, &columns.all)
            if (slice_equal(columns.all.items[k].name, name))
                return columns.all.items[k].type;
    }
    return NULL;
}

/* USING (a, b) AS j: j.a is the merged column. */
static void
push_using_alias(struct binder *b, struct scope *scope, const struct expr *list)
{
    struct from_item *item = ARENA_NEW(b->a, struct from_item);

    item->alias = list->text;
    item->alias_now = list->text;
    item->merged_only = true;
    for (size_t i = 0; i < list->arg_count; i++)
        from_add_column(b, &item->columns, list->args[i]->text,
                        from_merged_type(b, scope, list->args[i]->text));
    push_item(b, scope, item, list->span);
}

/* t TABLESAMPLE …: its rows are fewer, its columns the same. */
static const struct expr *
bind_sample(struct binder *b, struct from *from, const struct expr *e)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);

    copy->args[0] = bind_from(b, from, e->args[0]);
    copy->args[1] = bind_expr(b, from->around, e->args[1]);
    copy->args[2] = bind_expr(b, from->around, e->args[2]);
    return copy;
}

/* t INDEXED BY i */
static const struct expr *
bind_hinted(struct binder *b, struct from *from, const struct expr *e)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);

    memcpy(copy->args, e->args, e->arg_count * sizeof *e->args);
    copy->args[0] = bind_from(b, from, e->args[0]);
    return copy;
}

static const struct expr *
bind_join(struct binder *b, struct from *from, const struct expr *e)
{
    struct expr *copy = expr_new(b->a, e->kind, e->span, e->text, e->arg_count);
    struct scope_join join = { .begin = from->scope->items.count };

    copy->flags = e->flags;
    copy->args[0] = bind_from(b, from, e->args[0]);
    join.middle = from->scope->items.count;
    copy->args[1] = bind_from(b, from, e->args[1]);
    copy->args[3] = e->args[3];
    merge_names(b, from->scope, e, join);
    copy->args[2] = bind_expr(b, from->scope, e->args[2]);
    join_check(b, from->scope, copy->args[2]);
    if (e->args[3] != NULL && !slice_is_none(e->args[3]->text))
        push_using_alias(b, from->scope, e->args[3]);
    return copy;
}

static const struct expr *
bind_from(struct binder *b, struct from *from, const struct expr *e)
{
    if (e->kind == QUERY_TABLE)
        return from_bind_table(b, from, e);
    if (e->kind == QUERY_FROM_QUERY)
        return bind_from_query(b, from, e);
    if (e->kind == QUERY_FROM_CALL)
        return bind_from_call(b, from, e);
    if (e->kind == QUERY_JOIN)
        return bind_join(b, from, e);
    if (e->kind == QUERY_SAMPLE)
        return bind_sample(b, from, e);
    if (e->kind == EXPR_FORM)
        return bind_hinted(b, from, e);
    from->scope->opaque = true;
    return e;
}

const struct expr *
from_bind_list(struct binder *b, struct from *from, const struct expr *list)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    copy = expr_new(b->a, list->kind, list->span, list->text, list->arg_count);
    copy->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++)
        copy->args[i] = bind_from(b, from, list->args[i]);
    return copy;
}

/* ---- what `*` stands for ---- */

static bool
is_within(const struct scope_join *join, const struct star_column *c)
{
    return c->item >= join->begin && c->item < join->end;
}

/* The columns that it joins by, which the left side has, too. */
static void
show_merged(struct binder *b, const struct scope_join *join,
            const struct star_columns *from, struct star_columns *to)
{
    VEC_EACH (k, &join->names.all)
        VEC_EACH (i, &from->all) {
            struct star_column c = from->all.items[i];

            if (!is_within(join, &c)
                || !slice_equal(c.column.name, join->names.all.items[k]))
                continue;
            c.merged = true;
            VEC_PUSH(b->a, &to->all, c);
            break;
        }
}

static bool
is_second(const struct scope_join *join, const struct star_column *c)
{
    return c->item >= join->middle && slices_have(&join->names, c->column.name);
}

static void
show_in_place(struct binder *b, const struct scope_join *join, struct star_columns *shown)
{
    struct star_columns out = { 0 };

    VEC_EACH (i, &shown->all) {
        struct star_column c = shown->all.items[i];

        if (!is_within(join, &c) || !is_second(join, &c))
            VEC_PUSH(b->a, &out.all, c);
    }
    *shown = out;
}

static void
show_joined(struct binder *b, const struct scope_join *join, struct star_columns *shown)
{
    struct star_columns out = { 0 };
    bool is_inside = false;

    VEC_EACH (i, &shown->all) {
        const struct star_column *c = &shown->all.items[i];

        if (is_within(join, c) && !is_inside)
            show_merged(b, join, shown, &out);
        is_inside |= is_within(join, c);
        if (!is_within(join, c) || !slices_have(&join->names, c->column.name))
            VEC_PUSH(b->a, &out.all, *c);
    }
    *shown = out;
}

void
from_show_star(struct binder *b, const struct scope *scope, struct star_columns *out)
{
    VEC_EACH (i, &scope->items) {
        struct scope_columns columns = { 0 };

        if (!scope->items.items[i]->merged_only)
            from_add_item(b, &columns, scope->items.items[i]);
        VEC_EACH (k, &columns.all)
            VEC_PUSH(b->a, &out->all,
                     ((struct star_column){ columns.all.items[k], i, false }));
    }
    VEC_EACH (i, &scope->joins)
        (b->b != NULL && b->b->engine->joins_in_place ? show_in_place : show_joined)(
            b, &scope->joins.items[i], out);
}

void
from_add_star(struct binder *b, const struct scope *scope, struct scope_columns *out,
              bool *opaque)
{
    struct star_columns shown = { 0 };

    from_show_star(b, scope, &shown);
    VEC_EACH (i, &shown.all)
        VEC_PUSH(b->a, &out->all, shown.all.items[i].column);
    *opaque |= scope->opaque;
}
