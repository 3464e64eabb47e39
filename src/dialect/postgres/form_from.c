/*
 * Forms of FROM: each item has the name that the server gives it, and is put into the
 * scope with its columns.
 */
#include "dialect/postgres/form_scope.h"

/* The name that the item has. */
static struct slice
push_item(const struct form *f, struct form_scope *scope, const struct expr *alias,
          const struct expr *list, struct slice name, struct form_columns columns)
{
    struct form_item item = { .alias = alias == NULL ? name : alias->text,
                              .name = form_names_next(scope->level),
                              .columns = columns };

    form_rename_columns(&item.columns, list);
    VEC_EACH (i, &item.columns.all)
        VEC_PUSH(f->a, &scope->shown.all,
                 ((struct form_shown){ scope->items.count,
                                       item.columns.all.items[i].name, false }));
    scope->shown.opaque |= item.columns.opaque;
    VEC_PUSH(f->a, &scope->items, item);
    return item.name;
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

struct form_columns
form_columns_copy(const struct form *f, const struct form_columns *from)
{
    struct form_columns out = { .opaque = from->opaque };

    VEC_EACH (i, &from->all)
        VEC_PUSH(f->a, &out.all, from->all.items[i]);
    return out;
}

/* A copy whose alias, the argument `at`, is `alias`; none: it has none. */
static struct expr *
with_alias(const struct form *f, const struct expr *e, size_t at, struct slice alias)
{
    struct expr *copy = arena_copy(f->a, e, sizeof *e);

    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    copy->args[at] =
        slice_is_none(alias) ? NULL : expr_leaf(f->a, EXPR_PART, e->span, alias);
    return copy;
}

static const struct expr *
from_table(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    const struct form_cte *cte = e->arg_count > 2 ? NULL : find_cte(scope, e->text);
    struct form_columns columns = { 0 };
    struct slice name;

    if (cte != NULL)
        columns = form_columns_copy(f, &cte->columns);
    else
        form_relation_columns(f, e, &columns);
    name = push_item(f, scope, e->args[0], e->args[1], e->text, columns);
    if (e->args[0] == NULL && e->arg_count > 2)
        scope->items.items[scope->items.count - 1].schema =
            form_schema(e->args[e->arg_count - 1]->text);
    if (slice_equal(name, e->text) && e->args[1] == NULL)
        return with_alias(f, e, 0, SLICE_NONE); /* t AS t */
    return with_alias(f, e, 0, name);
}

/* (a JOIN b ON …) AS c: what is inside is not seen from outside. */
static const struct expr *
from_named_join(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct form_scope inside = { .outer = scope, .level = scope->level };
    struct form_columns columns = { .opaque = true };
    const struct expr *join = form_from(f, &inside, e->args[0]);
    struct expr *copy;

    copy = with_alias(f, e, 1,
                      push_item(f, scope, e->args[1], e->args[2], SLICE_NONE, columns));
    copy->args[0] = join;
    return copy;
}

static const struct expr *
from_query(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct form_scope around = { .outer = scope->outer, .level = scope->level };
    const struct form_scope *sees = (e->flags & EXPR_LATERAL) != 0 ? scope : &around;
    struct form_columns columns = { 0 };
    const struct expr *query;
    struct expr *copy;

    if (e->args[0]->kind == QUERY_JOIN)
        return from_named_join(f, scope, e);
    query = form_whole_query(f, sees, e->args[0], TARGETS_NAMED, &columns);
    copy = with_alias(f, e, 1,
                      push_item(f, scope, e->args[1], e->args[2], SLICE_NONE, columns));
    copy->args[0] = query;
    return copy;
}

/* All names, as the server lists them. */
static const struct expr *
names_of(const struct form *f, const struct form_columns *columns)
{
    struct expr *list =
        expr_new(f->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, columns->all.count);

    VEC_EACH (i, &columns->all)
        list->args[i] =
            expr_leaf(f->a, EXPR_PART, SPAN_NONE, columns->all.items[i].name);
    return list;
}

static const struct expr *
from_call(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    const struct expr *called = form_children_in(f, scope, e);
    struct form_columns columns = { .opaque = true };
    struct slice alias = e->args[1] == NULL ? e->args[0]->text : e->args[1]->text;
    const struct expr *list = e->args[2];
    struct expr *copy;

    form_call_columns(f, e, alias, &columns);
    form_rename_columns(&columns, list);
    for (size_t i = 0; columns.opaque && list != NULL && i < list->arg_count; i++)
        form_add_column(f, &columns, list->args[i]->text, list->args[i]->type);
    copy =
        with_alias(f, called, 1, push_item(f, scope, e->args[1], NULL, alias, columns));
    copy->flags &= ~(uint32_t)EXPR_LATERAL; /* a function may see the others anyway */
    scope->items.items[scope->items.count - 1].is_call = true;
    if (!columns.opaque)
        copy->args[2] = names_of(f, &columns);
    else if (form_is_own_column(alias, list))
        copy->args[2] = NULL;
    return copy;
}

/* ---- joins by names ---- */

/* Where the columns of the two sides begin in what a star shows. */
struct sides {
    size_t left;
    size_t right;
};

static bool
is_shown(const struct form_scope *scope, size_t first, size_t end, struct slice name,
         struct form_shown *out)
{
    for (size_t i = first; i < end; i++) {
        if (!slice_equal(scope->shown.all.items[i].name, name))
            continue;
        if (out != NULL)
            *out = scope->shown.all.items[i];
        return true;
    }
    return false;
}

/* NATURAL JOIN is USING the names of both sides, in the order of the left; NULL: there
 * is no telling, or none of them. */
static const struct expr *
natural_names(const struct form *f, const struct form_scope *scope, struct sides at)
{
    size_t end = scope->shown.all.count;
    struct slices names = { 0 };
    struct expr *list;

    if (scope->shown.opaque)
        return NULL;
    for (size_t i = at.left; i < at.right; i++)
        if (is_shown(scope, at.right, end, scope->shown.all.items[i].name, NULL))
            VEC_PUSH(f->a, &names.all, scope->shown.all.items[i].name);
    if (names.all.count == 0)
        return NULL;
    list = expr_new(f->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, names.all.count);
    VEC_EACH (i, &names.all)
        list->args[i] = expr_leaf(f->a, EXPR_PART, SPAN_NONE, names.all.items[i]);
    return list;
}

static bool
is_named(const struct expr *names, struct slice name)
{
    for (size_t i = 0; i < names->arg_count; i++)
        if (slice_equal(names->args[i]->text, name))
            return true;
    return false;
}

/* Whose the column is that two of them became. */
enum merged_side { MERGED_LEFT, MERGED_RIGHT, MERGED_NONE };

/* A star shows the columns of USING once, before all others. */
static void
merge_shown(const struct form *f, struct form_scope *scope, const struct expr *names,
            struct sides at, enum merged_side side)
{
    struct form_shown_columns out = { .opaque = scope->shown.opaque };
    size_t end = scope->shown.all.count;

    for (size_t i = 0; i < at.left; i++)
        VEC_PUSH(f->a, &out.all, scope->shown.all.items[i]);
    for (size_t i = 0; i < names->arg_count; i++) {
        struct form_shown one;

        bool right = side == MERGED_RIGHT;

        if (!is_shown(scope, right ? at.right : at.left, right ? end : at.right,
                      names->args[i]->text, &one)) {
            out.opaque = true;
            continue;
        }
        one.bare = one.bare || side == MERGED_NONE;
        VEC_PUSH(f->a, &out.all, one);
    }
    for (size_t i = at.left; i < end; i++)
        if (!is_named(names, scope->shown.all.items[i].name))
            VEC_PUSH(f->a, &out.all, scope->shown.all.items[i]);
    scope->shown = out;
}

/* Of a right join the merged column is the right side's, of a full one neither's. */
static void
merge_names(const struct form *f, struct form_scope *scope, const struct expr *e,
            const struct expr *names, struct sides at)
{
    enum merged_side side = slice_is(e->text, "full")    ? MERGED_NONE
                            : slice_is(e->text, "right") ? MERGED_RIGHT
                                                         : MERGED_LEFT;

    for (size_t i = 0; side != MERGED_NONE && i < names->arg_count; i++)
        VEC_PUSH(f->a,
                 side == MERGED_RIGHT ? &scope->merged_right.all : &scope->merged.all,
                 names->args[i]->text);
    merge_shown(f, scope, names, at, side);
}

static const struct expr *
from_join(const struct form *f, struct form_scope *scope, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, e, sizeof *e);
    struct sides at = { .left = scope->shown.all.count };
    const struct expr *names = e->args[3];

    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    copy->args[0] = form_from(f, scope, e->args[0]);
    at.right = scope->shown.all.count;
    copy->args[1] = form_from(f, scope, e->args[1]);
    if ((e->flags & EXPR_NATURAL) != 0 && (names = natural_names(f, scope, at)) != NULL) {
        copy->flags &= ~(uint32_t)EXPR_NATURAL;
        copy->args[3] = names;
    }
    if (names != NULL)
        merge_names(f, scope, e, names, at);
    copy->args[2] = form_name_in(f, scope, e->args[2]);
    return copy;
}

const struct expr *
form_from(const struct form *f, struct form_scope *scope, const struct expr *e)
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
    case QUERY_SAMPLE: {
        struct expr *copy = arena_copy(f->a, form_children_in(f, scope, e), sizeof *e);

        copy->args = arena_copy(f->a, copy->args, sizeof *copy->args * e->arg_count);
        copy->args[0] = form_from(f, scope, e->args[0]);
        return copy;
    }
    case EXPR_LIST: {
        struct expr *copy = arena_copy(f->a, e, sizeof *e);

        copy->args = ARENA_ARRAY(f->a, const struct expr *, e->arg_count + 1);
        for (size_t i = 0; i < e->arg_count; i++)
            copy->args[i] = form_from(f, scope, e->args[i]);
        return copy;
    }
    default:
        push_item(f, scope, NULL, NULL, SLICE_NONE, columns);
        return e;
    }
}
