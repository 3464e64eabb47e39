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

#include "dialect/postgres/form.h"

struct form_column {
    struct slice name;
    const struct type *type; /* NULL: unknown */
    bool untyped;            /* a string or a NULL, whose type its place decides */
};

struct form_columns {
    VEC(struct form_column) all;
    bool opaque; /* there may be more */
};

struct form_item {
    struct slice alias;
    struct form_columns columns;
};

struct form_cte {
    struct slice name;
    struct form_columns columns;
};

struct form_scope {
    const struct form_scope *outer;
    VEC(struct form_item) items;
    VEC(struct form_cte) ctes;
    struct slices merged; /* columns of USING: the first item has them */
};

/* What is wanted of the targets of a query. */
enum target_names {
    TARGETS_NAMED, /* each has its name */
    TARGETS_BARE,  /* nobody sees the names: EXISTS, the second query of a UNION */
};

static const struct expr *query_form(const struct form *f, const struct form_scope *outer,
                                     const struct expr *q, enum target_names names,
                                     struct form_columns *out);
static const struct expr *whole_query_form(const struct form *f,
                                           const struct form_scope *outer,
                                           const struct expr *q, enum target_names names,
                                           struct form_columns *out);
static const struct expr *name_form(const struct form *f, const struct form_scope *scope,
                                    const struct expr *e);

/* ---- columns ---- */

static void
add_column(const struct form *f, struct form_columns *to, struct slice name,
           const struct type *type)
{
    VEC_PUSH(f->a, &to->all, ((struct form_column){ name, type, false }));
}

static const struct form_column *
find_column(const struct form_columns *columns, struct slice name)
{
    VEC_EACH (i, &columns->all)
        if (slice_equal(columns->all.items[i].name, name))
            return &columns->all.items[i];
    return NULL;
}

static void
rename_columns(struct form_columns *columns, const struct expr *list)
{
    for (size_t i = 0; list != NULL && i < list->arg_count; i++)
        if (i < columns->all.count)
            columns->all.items[i].name = list->args[i]->text;
}

static void
relation_columns(const struct form *f, const struct expr *e, struct form_columns *out)
{
    struct slice schema = e->arg_count > 2 ? e->args[e->arg_count - 1]->text : SLICE_NONE;
    const struct table *t = catalog_find_table(f->world->catalog, schema, e->text);
    const struct view *v = form_view(f, schema, e->text);

    out->opaque = t == NULL && (v == NULL || v->columns.count == 0);
    for (size_t i = 0; t != NULL && i < t->columns.count; i++) {
        const struct column *c = t->columns.items[i];

        add_column(f, out, c->name, c->has_type ? &c->type : NULL);
    }
    for (size_t i = 0; t == NULL && v != NULL && i < v->columns.count; i++)
        add_column(f, out, v->columns.items[i].name, v->columns.items[i].type);
}

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

            opaque |= item->columns.opaque;
            if (find_column(&item->columns, name) == NULL)
                continue;
            if (found != NULL)
                return slices_have(&scope->merged, name) ? found : NULL;
            found = item;
        }
        if (found != NULL || opaque)
            return found;
    }
    return NULL;
}

static const struct expr *
column_of(const struct form *f, const struct form_item *item, struct slice name)
{
    struct expr *c = expr_new(f->a, EXPR_COLUMN, SPAN_NONE, name, 1);

    c->args[0] = expr_leaf(f->a, EXPR_PART, SPAN_NONE, item->alias);
    c->result = find_column(&item->columns, name)->type;
    return c;
}

static const struct expr *
qualified(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    const struct form_item *item;
    struct expr *c;

    if (e->arg_count > 0)
        return e;
    item = find_item(scope, e->text);
    if (item == NULL)
        return e;
    c = expr_new(f->a, EXPR_COLUMN, e->span, e->text, 1);
    c->args[0] = expr_leaf(f->a, EXPR_PART, e->span, item->alias);
    c->result =
        e->result != NULL ? e->result : find_column(&item->columns, e->text)->type;
    return c;
}

static bool
hides_names(enum expr_kind kind)
{
    return kind == EXPR_EXISTS || kind == EXPR_IN || kind == EXPR_QUANTIFIED
           || kind == EXPR_SUBQUERY || kind == EXPR_ARRAY_QUERY;
}

static const struct expr *
children_form(const struct form *f, const struct form_scope *scope, const struct expr *e)
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
            copy->args[i] = whole_query_form(
                f, scope, arg, hides_names(e->kind) ? TARGETS_BARE : TARGETS_NAMED,
                &columns);
        else
            copy->args[i] = name_form(f, scope, arg);
    }
    return copy;
}

/* ASC is not said, and where NULLs are is said where it is not the usual place. */
static const struct expr *
order_form(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, children_form(f, scope, e), sizeof *e);
    bool usual = (e->flags & EXPR_DESC) ? (e->flags & EXPR_NULLS_FIRST) != 0
                                        : (e->flags & EXPR_NULLS_LAST) != 0;

    if (usual)
        copy->flags &= ~(uint32_t)(EXPR_NULLS_FIRST | EXPR_NULLS_LAST);
    return copy;
}

static const struct expr *
name_form(const struct form *f, const struct form_scope *scope, const struct expr *e)
{
    if (e == NULL)
        return NULL;
    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        return qualified(f, scope, e);
    if (e->kind == QUERY_ORDER)
        return order_form(f, scope, e);
    return children_form(f, scope, e);
}

/* ---- FROM ---- */

static void
push_item(const struct form *f, struct form_scope *scope, const struct expr *alias,
          const struct expr *list, struct slice name, struct form_columns columns)
{
    struct form_item item = { alias == NULL ? name : alias->text, columns };

    rename_columns(&item.columns, list);
    VEC_PUSH(f->a, &scope->items, item);
}

static const struct form_cte *
find_cte(const struct form_scope *scope, struct slice name)
{
    for (; scope != NULL; scope = scope->outer)
        VEC_EACH (i, &scope->ctes)
            if (slice_equal(scope->ctes.items[i].name, name))
                return &scope->ctes.items[i];
    return NULL;
}

static struct form_columns
columns_copy(const struct form *f, const struct form_columns *from)
{
    struct form_columns out = { .opaque = from->opaque };

    VEC_EACH (i, &from->all)
        VEC_PUSH(f->a, &out.all, from->all.items[i]);
    return out;
}

static const struct expr *
from_table(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    const struct form_cte *cte = e->arg_count > 2 ? NULL : find_cte(scope, e->text);
    struct form_columns columns = { 0 };
    struct expr *copy;

    if (cte != NULL)
        columns = columns_copy(f, &cte->columns);
    else
        relation_columns(f, e, &columns);
    push_item(f, scope, e->args[0], e->args[1], e->text, columns);
    if (e->args[0] == NULL || !slice_equal(e->args[0]->text, e->text)
        || e->args[1] != NULL)
        return e;
    copy = arena_copy(f->a, e, sizeof *e); /* t AS t */
    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    copy->args[0] = NULL;
    return copy;
}

static const struct expr *from_form(const struct form *f, struct form_scope *scope,
                                    const struct expr *e);

static const struct expr *
from_query(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, e, sizeof *e);
    const struct form_scope *sees = (e->flags & EXPR_LATERAL) != 0 ? scope : scope->outer;
    struct form_columns columns = { 0 };

    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    if (e->args[0]->kind == QUERY_JOIN) {
        columns.opaque = true;
        push_item(f, scope, e->args[1], e->args[2], SLICE_NONE, columns);
        return e;
    }
    copy->args[0] = whole_query_form(f, sees, e->args[0], TARGETS_NAMED, &columns);
    push_item(f, scope, e->args[1], e->args[2], SLICE_NONE, columns);
    return copy;
}

/* Functions that give one column without a name of its own. */
static bool
gives_one_column(struct slice name)
{
    static const char *const names[] = {
        "generate_series",  "generate_subscripts",
        "json_object_keys", "jsonb_object_keys",
        "regexp_matches",   "regexp_split_to_table",
        "string_to_table",  "unnest",
    };

    return form_is_one_of(name, names, ARRAY_LEN(names));
}

/* An array of rows gives the columns of a row. */
static bool
may_give_rows(const struct expr *call)
{
    return slice_is(call->text, "unnest")
           && (call->arg_count > CALL_ARGS + 1 || call->result == NULL
               || call->result->kind == TYPE_NAMED);
}

/* Where it is certain that there is one: the list names it, or the alias does. */
static void
call_columns(const struct form *f, const struct expr *from, struct slice alias,
             struct form_columns *out)
{
    const struct expr *call = from->args[0];
    const struct expr *list = from->args[2];

    if (call->kind != EXPR_CALL || call->args[CALL_QUALIFIER] != NULL
        || !gives_one_column(call->text) || call->arg_count < CALL_ARGS + 1
        || may_give_rows(call) || (from->flags & EXPR_ORDINALITY) != 0
        || (list != NULL && list->arg_count != 1))
        return;
    add_column(f, out, list == NULL ? alias : list->args[0]->text, call->result);
    out->opaque = false;
}

/* f(x) AS a is f(x) a(a): the one column of a function is named after the alias. */
static const struct expr *
from_call(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, children_form(f, scope, e), sizeof *e);
    const struct expr *list = e->args[2];
    struct form_columns columns = { .opaque = true };
    struct slice alias = e->args[1] == NULL ? e->args[0]->text : e->args[1]->text;

    copy->args = arena_copy(f->a, copy->args, sizeof *copy->args * e->arg_count);
    copy->args[1] = expr_leaf(f->a, EXPR_PART, e->span, alias);
    if (list != NULL && list->arg_count == 1 && list->args[0]->type == NULL
        && slice_equal(list->args[0]->text, alias))
        copy->args[2] = NULL;
    call_columns(f, e, alias, &columns);
    push_item(f, scope, copy->args[1], NULL, alias, columns);
    return copy;
}

static const struct expr *
from_join(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, e, sizeof *e);
    const struct expr *names = e->args[3];

    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    copy->args[0] = from_form(f, scope, e->args[0]);
    copy->args[1] = from_form(f, scope, e->args[1]);
    /* Of a full join the merged column is neither side's. */
    for (size_t i = 0; names != NULL && i < names->arg_count; i++)
        if (!slice_is(e->text, "full") && !slice_is(e->text, "right"))
            VEC_PUSH(f->a, &scope->merged.all, names->args[i]->text);
    copy->args[2] = name_form(f, scope, e->args[2]);
    return copy;
}

static const struct expr *
from_form(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct form_columns columns = { .opaque = true };

    switch ((int)e->kind) {
    case QUERY_TABLE:
        return from_table(f, scope, e);
    case QUERY_FROM_QUERY:
        return from_query(f, scope, e);
    case QUERY_FROM_CALL:
        return from_call(f, scope, e);
    case QUERY_JOIN:
        return from_join(f, scope, e);
    case EXPR_LIST: {
        struct expr *copy = arena_copy(f->a, e, sizeof *e);

        copy->args = ARENA_ARRAY(f->a, const struct expr *, e->arg_count + 1);
        for (size_t i = 0; i < e->arg_count; i++)
            copy->args[i] = from_form(f, scope, e->args[i]);
        return copy;
    }
    default:
        push_item(f, scope, NULL, NULL, SLICE_NONE, columns);
        return e;
    }
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
    copy->args[0] = whole_query_form(f, scope, e->args[0], TARGETS_NAMED, &columns);
    rename_columns(&columns, e->args[1]);
    columns.opaque |= e->arg_count > 2;
    cte.columns = columns;
    if (recursive)
        scope->ctes.items[scope->ctes.count - 1] = cte;
    else
        VEC_PUSH(f->a, &scope->ctes, cte);
    return copy;
}

static const struct expr *
with_form(const struct form *f, struct form_scope *scope, const struct expr *list,
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

/* The name that the server gives (its FigureColname). */
static struct slice
target_name(const struct expr *e)
{
    struct slice inner;

    switch ((int)e->kind) {
    case EXPR_NAME:
    case EXPR_COLUMN:
    case EXPR_CALL_KEYWORD:
        return e->text;
    case EXPR_FIELD:
        return e->text;
    case EXPR_CALL:
        return e->text;
    case EXPR_CAST:
        inner = target_name(e->args[0]);
        if (!slice_is(inner, "?column?") || e->type->kind != TYPE_NAMED)
            return inner;
        return e->type->name;
    case EXPR_COLLATE:
    case EXPR_SUBSCRIPT:
        return target_name(e->args[0]);
    case EXPR_CASE:
        if (e->args[1] != NULL) {
            inner = target_name(e->args[1]);
            if (!slice_is(inner, "?column?"))
                return inner;
        }
        return SLICE("case");
    case EXPR_EXISTS:
        return SLICE("exists");
    case EXPR_ARRAY:
    case EXPR_ARRAY_QUERY:
        return SLICE("array");
    case EXPR_ROW:
        return SLICE("row");
    case EXPR_SUBQUERY: {
        const struct expr *first = query_first_select(e->args[0]);

        if (first == NULL || first->args[SELECT_TARGETS]->arg_count != 1)
            return SLICE("?column?");
        first = first->args[SELECT_TARGETS]->args[0];
        return slice_is_none(first->text) ? target_name(first->args[0]) : first->text;
    }
    default:
        return SLICE("?column?");
    }
}

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
    add_column(f, out, name, e->result);
    out->all.items[out->all.count - 1].untyped = is_untyped(e);
    VEC_PUSH(f->a, &to->all,
             make_target(f, e, names == TARGETS_NAMED ? name : SLICE_NONE));
}

/* All that a star stands for; false: there is no telling. */
static bool
add_star(const struct form *f, const struct form_scope *scope, const struct expr *star,
         struct targets *to, enum target_names names, struct form_columns *out)
{
    bool any = false;

    VEC_EACH (i, &scope->items) {
        const struct form_item *item = &scope->items.items[i];

        if (star->arg_count > 0
            && !slice_equal(star->args[star->arg_count - 1]->text, item->alias))
            continue;
        if (item->columns.opaque || (star->arg_count == 0 && scope->merged.all.count > 0))
            return false;
        any = true;
        VEC_EACH (k, &item->columns.all) {
            struct slice name = item->columns.all.items[k].name;

            add_target(f, to, column_of(f, item, name), name, names, out);
        }
    }
    return any;
}

static const struct expr *
targets_form(const struct form *f, const struct form_scope *scope,
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
            name = target_name(t->args[0]);
        add_target(f, &targets, name_form(f, scope, t->args[0]), name, names, out);
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

        copy->args[i] = name_form(f, scope, e);
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
    struct form_scope with = { .outer = outer };
    struct form_scope scope = { .outer = &with };
    struct expr *copy = arena_copy(f->a, q, sizeof *q);
    const struct expr *targets;

    copy->args = ARENA_ARRAY(f->a, const struct expr *, q->arg_count);
    copy->args[SELECT_WITH] =
        with_form(f, &with, q->args[SELECT_WITH], (q->flags & EXPR_RECURSIVE) != 0);
    if (q->args[SELECT_FROM] != NULL)
        copy->args[SELECT_FROM] = from_form(f, &scope, q->args[SELECT_FROM]);
    targets = targets_form(f, &scope, q->args[SELECT_TARGETS], names, out);
    copy->args[SELECT_TARGETS] = targets;
    for (size_t i = 0; i < q->arg_count; i++)
        if (i != SELECT_WITH && i != SELECT_FROM && i != SELECT_TARGETS
            && i != SELECT_GROUP && i != SELECT_ORDER && i != SELECT_DISTINCT_ON)
            copy->args[i] = name_form(f, &scope, q->args[i]);
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

static const struct expr *
whole_query_form(const struct form *f, const struct form_scope *outer,
                 const struct expr *q, enum target_names names, struct form_columns *out)
{
    return texts_form(f, query_form(f, outer, q, names, out), out);
}

static const struct expr *
set_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
         enum target_names names, struct form_columns *out)
{
    struct expr *copy = arena_copy(f->a, q, sizeof *q);
    struct form_columns right = { 0 };

    copy->args = ARENA_ARRAY(f->a, const struct expr *, q->arg_count);
    copy->args[0] = query_form(f, outer, q->args[0], names, out);
    copy->args[1] = query_form(f, outer, q->args[1], TARGETS_BARE, &right);
    copy->args[0] = typed_side(f, copy->args[0], out, &right);
    copy->args[1] = typed_side(f, copy->args[1], &right, out);
    return copy;
}

static const struct expr *
ordered_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
             enum target_names names, struct form_columns *out)
{
    struct form_scope with = { .outer = outer };
    struct expr *copy = arena_copy(f->a, q, sizeof *q);

    copy->args = arena_copy(f->a, q->args, sizeof *q->args * q->arg_count);
    copy->args[ORDERED_WITH] =
        with_form(f, &with, q->args[ORDERED_WITH], (q->flags & EXPR_RECURSIVE) != 0);
    copy->args[ORDERED_QUERY] =
        whole_query_form(f, &with, q->args[ORDERED_QUERY], names, out);
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
    default:
        out->opaque = true;
        return q;
    }
}

const struct expr *
form_queries_in(const struct form *f, const struct expr *e)
{
    static const struct form_scope nothing;

    return name_form(f, &nothing, e);
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

    if (v->query == NULL)
        return NULL;
    return form_of(
        &f, named_by_view(
                &f, whole_query_form(&f, NULL, v->query, TARGETS_NAMED, &columns), v));
}
