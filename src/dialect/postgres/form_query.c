/*
 * Forms of queries: the server keeps which column a name means and not how it was said.
 * Names get their table, stars become columns, targets their names; ORDER BY and GROUP BY
 * say the expression and not its number.  The casts inside come last, as in any tree.
 *
 * Where the columns of an item of FROM are not known, names that it may explain stay as
 * they are written.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/postgres/form_scope.h"

static const struct expr *query_form(const struct form *f, const struct form_scope *outer,
                                     const struct expr *q, enum target_names names,
                                     struct form_columns *out);

/* ---- names ---- */

/* The item that an unqualified name is a column of; NULL: none, or there is no telling.
 */
static const struct form_item *
find_item(const struct form_scope *scope, struct slice name)
{
    for (; scope != NULL; scope = scope->outer) {
        const struct form_item *found = NULL;
        bool opaque = false;

        VEC_EACH (i, &scope->items) {
            const struct form_item *item = &scope->items.items[i];

            if (item->qualified_only)
                continue;
            opaque |= item->columns.opaque;
            if (form_find_column(&item->columns, name) == NULL)
                continue;
            if (found != NULL && slices_have(&scope->merged, name))
                return found;
            if (found != NULL && !slices_have(&scope->merged_right, name))
                return NULL;
            found = item;
        }
        if (found != NULL || opaque)
            return found;
    }
    return NULL;
}

static bool
is_called(const struct form_item *item, const struct expr *e)
{
    struct slice schema = e->arg_count < 2 ? SLICE_NONE : e->args[e->arg_count - 2]->text;

    return slice_equal(item->alias, e->args[e->arg_count - 1]->text)
           && (e->arg_count < 2 || slice_equal(form_schema(schema), item->schema));
}

/* Of u.id, s.u.id, u.*; NULL: there is none. */
static const struct form_item *
find_called(const struct form_scope *scope, const struct expr *e)
{
    for (; e->arg_count > 0 && scope != NULL; scope = scope->outer)
        VEC_EACH (i, &scope->items)
            if (is_called(&scope->items.items[i], e))
                return &scope->items.items[i];
    return NULL;
}

/* NULL: there is none. */
static const struct form_item *
find_alias(const struct form_scope *scope, struct slice alias)
{
    for (; scope != NULL; scope = scope->outer)
        VEC_EACH (i, &scope->items)
            if (slice_equal(scope->items.items[i].alias, alias))
                return &scope->items.items[i];
    return NULL;
}

static const struct expr *
column_of(const struct form *f, const struct form_item *item, struct slice name)
{
    struct expr *c = expr_new(f->a, EXPR_COLUMN, SPAN_NONE, name, 1);

    c->args[0] = expr_leaf(f->a, EXPR_PART, SPAN_NONE, item->name);
    c->result = form_find_column(&item->columns, name)->type;
    return c;
}

/* u.id, u.*: by the name that u has. */
static const struct expr *
renamed(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    const struct form_item *item = find_called(scope, e);
    const struct form_column *column;
    struct expr *c;

    if (item == NULL)
        return e;
    c = expr_new(f->a, e->kind == EXPR_STAR ? EXPR_STAR : EXPR_COLUMN, e->span, e->text,
                 1);
    c->args[0] = expr_leaf(f->a, EXPR_PART, e->span, item->name);
    column = form_find_column(&item->columns, e->text);
    c->result = e->result == NULL && e->kind != EXPR_STAR && column != NULL ? column->type
                                                                           : e->result;
    return c;
}

/* to_json(u) is to_json(u.*); of a function that gives plain values, u is u.u. */
static const struct expr *
row_form(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    const struct form_item *item = find_alias(scope, e->text);
    struct slice name = item != NULL && item->is_call ? e->text : SLICE_NONE;
    struct expr *row;

    if (item == NULL || (item->columns.opaque && !item->is_call))
        return e;
    if (item->is_call && !item->columns.opaque)
        name = item->columns.all.count == 1 ? item->columns.all.items[0].name
                                            : SLICE_NONE;
    row = !slice_is_none(name) ? expr_new(f->a, EXPR_COLUMN, e->span, name, 1)
                               : expr_new(f->a, EXPR_STAR, e->span, SLICE_NONE, 1);
    row->args[0] = expr_leaf(f->a, EXPR_PART, e->span, item->name);
    if (!slice_is_none(name) && form_find_column(&item->columns, name) != NULL)
        row->result = form_find_column(&item->columns, name)->type;
    return row;
}

static const struct expr *
qualified(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    const struct form_item *item;
    struct expr *c;

    if (e->arg_count > 0)
        return renamed(f, scope, e);
    item = find_item(scope, e->text);
    if (item == NULL)
        return row_form(f, scope, e);
    if (scope->bare)
        return e;
    c = expr_new(f->a, EXPR_COLUMN, e->span, e->text, 1);
    c->args[0] = expr_leaf(f->a, EXPR_PART, e->span, item->name);
    c->result =
        e->result != NULL ? e->result : form_find_column(&item->columns, e->text)->type;
    return c;
}

static bool
hides_names(enum expr_kind kind)
{
    return kind == EXPR_EXISTS || kind == EXPR_IN || kind == EXPR_QUANTIFIED
           || kind == EXPR_SUBQUERY || kind == EXPR_ARRAY_QUERY;
}

const struct expr *
form_children_in(const struct form *f, const struct form_scope *scope,
                 const struct expr *e)
{
    struct expr *copy;

    if (e->arg_count == 0)
        return e;
    copy = arena_copy(f->a, e, sizeof *e);
    copy->args = ARENA_ARRAY(f->a, const struct expr *, e->arg_count);
    for (size_t i = 0; i < e->arg_count; i++) {
        struct form_columns columns = { 0 };
        const struct expr *arg = e->args[i];

        if (arg != NULL && expr_is_query(arg))
            copy->args[i] = form_whole_query(
                f, scope, arg, hides_names(e->kind) ? TARGETS_BARE : TARGETS_NAMED,
                &columns);
        else
            copy->args[i] = form_name_in(f, scope, arg);
    }
    return copy;
}

/* ASC is not said, and where NULLs are is said where it is not the usual place. */
static const struct expr *
order_form(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, form_children_in(f, scope, e), sizeof *e);
    bool usual = (e->flags & EXPR_DESC) ? (e->flags & EXPR_NULLS_FIRST) != 0
                                        : (e->flags & EXPR_NULLS_LAST) != 0;

    if (usual)
        copy->flags &= ~(uint32_t)(EXPR_NULLS_FIRST | EXPR_NULLS_LAST);
    return copy;
}

const struct expr *
form_name_in(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    if (e == NULL)
        return NULL;
    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        return qualified(f, scope, e);
    if (e->kind == EXPR_STAR)
        return renamed(f, scope, e);
    if (e->kind == QUERY_ORDER)
        return order_form(f, scope, e);
    return form_children_in(f, scope, e);
}

/* ---- WITH ---- */

static const struct expr *
cte_form(const struct form *f, struct form_scope *scope, const struct expr *e,
         bool recursive)
{
    struct expr *copy = arena_copy(f->a, e, sizeof *e);
    struct form_cte cte = { .name = e->text, .columns = { .opaque = true } };
    struct form_columns columns = { 0 };

    if (recursive)
        VEC_PUSH(f->a, &scope->ctes, cte);
    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    scope->recursive = recursive ? e->args[0] : NULL;
    scope->recursive_names = e->args[1];
    copy->args[0] = form_whole_query(f, scope, e->args[0], TARGETS_NAMED, &columns);
    scope->recursive = NULL;
    form_rename_columns(&columns, e->args[1]);
    columns.opaque |= e->arg_count > 2;
    cte.columns = columns;
    if (recursive)
        scope->ctes.items[scope->ctes.count - 1] = cte;
    else
        VEC_PUSH(f->a, &scope->ctes, cte);
    return copy;
}

const struct expr *
form_with(const struct form *f, struct form_scope *scope, const struct expr *list,
          bool recursive)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    copy = arena_copy(f->a, list, sizeof *list);
    copy->args = ARENA_ARRAY(f->a, const struct expr *, list->arg_count + 1);
    for (size_t i = 0; i < list->arg_count; i++)
        copy->args[i] = cte_form(f, scope, list->args[i], recursive);
    return copy;
}

/* ---- targets ---- */

static const struct expr *
make_target(const struct form *f, const struct expr *e, struct slice name)
{
    struct expr *t = expr_new(f->a, QUERY_TARGET, SPAN_NONE, name, 1);

    t->args[0] = e;
    return t;
}

struct targets {
    VEC(const struct expr *) all;
};

static bool
is_untyped(const struct expr *e)
{
    return form_is_unknown(e) || e->kind == EXPR_NULL;
}

static void
add_target(const struct form *f, struct targets *to, const struct expr *e,
           struct slice name, enum target_names names, struct form_columns *out)
{
    form_add_column(f, out, name, e->result);
    out->all.items[out->all.count - 1].untyped = is_untyped(e);
    VEC_PUSH(f->a, &to->all,
             make_target(f, e, names == TARGETS_NAMED ? name : SLICE_NONE));
}

/* Of the items as they are joined; false: there is no telling. */
static bool
add_shown(const struct form *f, const struct form_scope *scope, struct targets *to,
          enum target_names names, struct form_columns *out)
{
    if (scope->shown.opaque)
        return false;
    VEC_EACH (i, &scope->shown.all) {
        const struct form_shown *one = &scope->shown.all.items[i];
        const struct expr *c = column_of(f, &scope->items.items[one->item], one->name);
        struct expr *bare = expr_leaf(f->a, EXPR_COLUMN, SPAN_NONE, one->name);

        bare->result = c->result;
        add_target(f, to, one->bare ? bare : c, one->name, names, out);
    }
    return scope->shown.all.count > 0;
}

/* All that a star stands for; false: there is no telling. */
static bool
add_star(const struct form *f, const struct form_scope *scope, const struct expr *star,
         struct targets *to, enum target_names names, struct form_columns *out)
{
    bool any = false;

    if (star->arg_count == 0)
        return add_shown(f, scope, to, names, out);
    VEC_EACH (i, &scope->items) {
        const struct form_item *item = &scope->items.items[i];

        if (!slice_equal(star->args[star->arg_count - 1]->text, item->alias))
            continue;
        if (item->columns.opaque)
            return false;
        any = true;
        VEC_EACH (k, &item->columns.all) {
            struct slice name = item->columns.all.items[k].name;

            add_target(f, to, column_of(f, item, name), name, names, out);
        }
    }
    return any;
}

const struct expr *
form_targets(const struct form *f, const struct form_scope *scope,
             const struct expr *list, enum target_names names, struct form_columns *out)
{
    struct targets targets = { 0 };
    struct expr *copy;

    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *t = list->args[i];
        struct slice name = t->text;

        if (t->args[0]->kind == EXPR_STAR
            && add_star(f, scope, t->args[0], &targets, names, out))
            continue;
        out->opaque |= t->args[0]->kind == EXPR_STAR;
        if (slice_is_none(name) && t->args[0]->kind != EXPR_STAR)
            name = form_target_name(t->args[0]);
        add_target(f, &targets, form_name_in(f, scope, t->args[0]), name, names, out);
    }
    copy = expr_new(f->a, EXPR_LIST, list->span, list->text, targets.all.count);
    copy->flags = list->flags;
    for (size_t i = 0; i < targets.all.count; i++)
        copy->args[i] = targets.all.items[i];
    return copy;
}

/* 2, or the name of a target: the expression itself.  GROUP BY looks for a column of FROM
 * first, ORDER BY for a target. */
static const struct expr *
target_meant(const struct form_scope *scope, const struct expr *targets,
             const struct form_columns *names, const struct expr *e, bool is_group)
{
    long number = e->kind == EXPR_NUMBER ? strtol(e->text.ptr, NULL, 10) : 0;

    if (number > 0 && (size_t)number <= targets->arg_count)
        return targets->args[number - 1]->args[0];
    if ((e->kind != EXPR_NAME && e->kind != EXPR_COLUMN) || e->arg_count > 0
        || (is_group && find_item(scope, e->text) != NULL))
        return NULL;
    for (size_t i = 0; i < targets->arg_count && i < names->all.count; i++)
        if (slice_equal(names->all.items[i].name, e->text)
            && targets->args[i]->args[0]->kind != EXPR_STAR)
            return targets->args[i]->args[0];
    return NULL;
}

static const struct expr *
sorted_form(const struct form *f, const struct form_scope *scope,
            const struct expr *targets, const struct form_columns *names,
            const struct expr *list, bool is_group)
{
    struct expr *copy;

    if (list == NULL)
        return NULL;
    copy = arena_copy(f->a, list, sizeof *list);
    copy->args = ARENA_ARRAY(f->a, const struct expr *, list->arg_count + 1);
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *e = list->args[i];
        bool is_order = e->kind == QUERY_ORDER;
        const struct expr *meant =
            target_meant(scope, targets, names, is_order ? e->args[0] : e, is_group);

        copy->args[i] = form_name_in(f, scope, e);
        if (meant == NULL)
            continue;
        if (!is_order) {
            copy->args[i] = meant;
            continue;
        }
        struct expr *order = arena_copy(f->a, copy->args[i], sizeof *e);

        order->args = ARENA_ARRAY(f->a, const struct expr *, 1);
        order->args[0] = meant;
        copy->args[i] = order;
    }
    return copy;
}

/* ---- queries ---- */

static const struct expr *
select_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
            enum target_names names, struct form_columns *out)
{
    struct form_level level;
    struct form_scope with = { .outer = outer, .level = &level };
    struct form_scope scope = { .outer = &with, .level = &level };
    struct expr *copy = arena_copy(f->a, q, sizeof *q);
    const struct expr *targets;

    form_names_open(f, &level, outer->level, q->args[SELECT_FROM]);
    copy->args = ARENA_ARRAY(f->a, const struct expr *, q->arg_count);
    copy->args[SELECT_WITH] =
        form_with(f, &with, q->args[SELECT_WITH], (q->flags & EXPR_RECURSIVE) != 0);
    if (q->args[SELECT_FROM] != NULL)
        copy->args[SELECT_FROM] = form_from(f, &scope, q->args[SELECT_FROM]);
    targets = form_targets(f, &scope, q->args[SELECT_TARGETS], names, out);
    copy->args[SELECT_TARGETS] = targets;
    for (size_t i = 0; i < q->arg_count; i++)
        if (i != SELECT_WITH && i != SELECT_FROM && i != SELECT_TARGETS
            && i != SELECT_GROUP && i != SELECT_ORDER && i != SELECT_DISTINCT_ON)
            copy->args[i] = form_name_in(f, &scope, q->args[i]);
    copy->args[SELECT_GROUP] =
        sorted_form(f, &scope, targets, out, q->args[SELECT_GROUP], true);
    copy->args[SELECT_ORDER] =
        sorted_form(f, &scope, targets, out, q->args[SELECT_ORDER], false);
    copy->args[SELECT_DISTINCT_ON] =
        sorted_form(f, &scope, targets, out, q->args[SELECT_DISTINCT_ON], false);
    return copy;
}

/* In UNION and the like a text or a NULL has the type of the column on the other side;
 * two of them are texts. */
static const struct expr *
typed_target(const struct form *f, const struct expr *target, struct form_column *own,
             const struct form_column *other)
{
    const struct expr *e = target->args[0];
    const struct type *t = other->untyped        ? type_shared(TYPE_TEXT)
                           : other->type == NULL ? NULL
                                                 : form_literal_type(f, other->type);

    if (!is_untyped(e) || t == NULL)
        return target;
    own->type = t;
    own->untyped = false;
    return make_target(f, form_cast(f, t, e), target->text);
}

static const struct expr *
typed_side(const struct form *f, const struct expr *q, struct form_columns *own,
           const struct form_columns *other)
{
    const struct expr *list = q->kind == QUERY_SELECT ? q->args[SELECT_TARGETS] : NULL;
    struct expr *targets;
    struct expr *copy;

    if (list == NULL || own->opaque || other->opaque || own->all.count != list->arg_count
        || other->all.count != list->arg_count)
        return q;
    targets = expr_new(f->a, EXPR_LIST, list->span, list->text, list->arg_count);
    targets->flags = list->flags;
    for (size_t i = 0; i < list->arg_count; i++)
        targets->args[i] =
            typed_target(f, list->args[i], &own->all.items[i], &other->all.items[i]);
    copy = arena_copy(f->a, q, sizeof *q);
    copy->args = arena_copy(f->a, q->args, sizeof *q->args * q->arg_count);
    copy->args[SELECT_TARGETS] = targets;
    return copy;
}

/* Where nothing else decides, a string or a NULL among the targets is a text. */
static const struct expr *
texts_form(const struct form *f, const struct expr *q, struct form_columns *columns)
{
    const struct expr *list;
    struct expr *targets;
    struct expr *copy;

    if (q->kind != QUERY_SELECT)
        return q;
    list = q->args[SELECT_TARGETS];
    targets = arena_copy(f->a, list, sizeof *list);
    targets->args = ARENA_ARRAY(f->a, const struct expr *, list->arg_count + 1);
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *e = list->args[i]->args[0];

        targets->args[i] = is_untyped(e)
                               ? make_target(f, form_cast(f, type_shared(TYPE_TEXT), e),
                                             list->args[i]->text)
                               : list->args[i];
    }
    VEC_EACH (i, &columns->all)
        if (columns->all.items[i].untyped)
            columns->all.items[i].type = type_shared(TYPE_TEXT);
    copy = arena_copy(f->a, q, sizeof *q);
    copy->args = arena_copy(f->a, q->args, sizeof *q->args * q->arg_count);
    copy->args[SELECT_TARGETS] = targets;
    return copy;
}

/* The second query of a recursive one reads what the first one gives. */
static void
tell_recursive(const struct form *f, const struct form_scope *with,
               const struct form_columns *first)
{
    struct form_cte *cte = &with->ctes.items[with->ctes.count - 1];

    cte->columns = form_columns_copy(f, first);
    form_rename_columns(&cte->columns, with->recursive_names);
}

const struct expr *
form_whole_query(const struct form *f, const struct form_scope *outer,
                 const struct expr *q, enum target_names names, struct form_columns *out)
{
    return q->kind == QUERY_VALUES
               ? form_values(f, outer, q, out)
               : texts_form(f, query_form(f, outer, q, names, out), out);
}

static const struct expr *
set_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
         enum target_names names, struct form_columns *out)
{
    struct expr *copy = arena_copy(f->a, q, sizeof *q);
    struct form_columns right = { 0 };

    copy->args = ARENA_ARRAY(f->a, const struct expr *, q->arg_count);
    copy->args[0] = query_form(f, outer, q->args[0], names, out);
    if (outer->recursive == q)
        tell_recursive(f, outer, out);
    copy->args[1] = query_form(f, outer, q->args[1], TARGETS_BARE, &right);
    copy->args[0] = typed_side(f, copy->args[0], out, &right);
    copy->args[1] = typed_side(f, copy->args[1], &right, out);
    return copy;
}

static const struct expr *
ordered_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
             enum target_names names, struct form_columns *out)
{
    struct form_scope with = { .outer = outer, .level = outer->level };
    struct expr *copy = arena_copy(f->a, q, sizeof *q);

    copy->args = arena_copy(f->a, q->args, sizeof *q->args * q->arg_count);
    copy->args[ORDERED_WITH] =
        form_with(f, &with, q->args[ORDERED_WITH], (q->flags & EXPR_RECURSIVE) != 0);
    copy->args[ORDERED_QUERY] =
        form_whole_query(f, &with, q->args[ORDERED_QUERY], names, out);
    return copy;
}

static const struct expr *
query_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
           enum target_names names, struct form_columns *out)
{
    switch ((int)q->kind) {
    case QUERY_SELECT:
        return select_form(f, outer, q, names, out);
    case QUERY_SET:
        return set_form(f, outer, q, names, out);
    case QUERY_ORDERED:
        return ordered_form(f, outer, q, names, out);
    case QUERY_INSERT:
    case QUERY_UPDATE:
    case QUERY_DELETE:
        return form_change(f, outer, q, out);
    default:
        out->opaque = true;
        return q;
    }
}

const struct expr *
form_rows_in(const struct form *f, const struct form_scope *outer, const struct expr *q,
             struct form_columns *out)
{
    return query_form(f, outer, q, TARGETS_NAMED, out);
}

const struct expr *
form_queries_in(const struct form *f, const struct expr *e)
{
    static const struct form_scope nothing;

    return form_name_in(f, &nothing, e);
}

const struct expr *
form_queries_on(const struct form *f, struct slice schema, struct slice table,
                const struct expr *e)
{
    const struct table *t = catalog_find_table(f->world->catalog, schema, table);
    struct form_level level;
    struct form_scope scope = { .level = &level, .bare = true };
    struct form_item item = { .alias = table, .name = table };

    form_names_open(f, &level, NULL, NULL);
    form_names_reserve(f, &level, table);
    form_table_columns(f, t, &item.columns);
    VEC_PUSH(f->a, &scope.items, item);
    return form_name_in(f, &scope, e);
}

/* CREATE VIEW v (a, b) AS SELECT x, y says SELECT x AS a, y AS b. */
static const struct expr *
named_by_view(const struct form *f, const struct expr *q, const struct view *v)
{
    const struct expr *targets;
    struct expr *list;
    struct expr *copy;

    if (q->kind != QUERY_SELECT)
        return q;
    targets = q->args[SELECT_TARGETS];
    if (targets->arg_count != v->columns.count)
        return q;
    copy = arena_copy(f->a, q, sizeof *q);
    copy->args = arena_copy(f->a, q->args, sizeof *q->args * q->arg_count);
    list = arena_copy(f->a, targets, sizeof *targets);
    list->args = ARENA_ARRAY(f->a, const struct expr *, targets->arg_count + 1);
    for (size_t i = 0; i < targets->arg_count; i++)
        list->args[i] =
            make_target(f, targets->args[i]->args[0], v->columns.items[i].name);
    copy->args[SELECT_TARGETS] = list;
    return copy;
}

const struct expr *
form_query(const struct form_world *w, const struct view *v)
{
    const struct form f = { w->a, w };
    struct form_columns columns = { 0 };
    struct form_level level;
    const struct form_scope outside = { .level = &level };

    if (v->query == NULL)
        return NULL;
    form_names_open(&f, &level, NULL, NULL);
    form_names_reserve(&f, &level, SLICE("old")); /* a view has those of its rules */
    form_names_reserve(&f, &level, SLICE("new"));
    return form_of(
        &f,
        named_by_view(
            &f, form_whole_query(&f, &outside, v->query, TARGETS_NAMED, &columns), v));
}
