/*
 * Views that CREATE OR REPLACE changes where they stand, so that what reads them stands
 * as well, with their rights.  The server takes more columns at the end and no other
 * difference: a column has to keep its name, its type and its collation.  That is sure
 * where it is the same expression over the same tables, and of nothing else.  A
 * materialized view has to be filled again with what the view shows then: where one reads
 * it, all are made anew.
 */
#include "dialect/postgres/alter.h"

struct view_replacing {
    const struct form_world *old_world;
    const struct form_world *new_world;
    bool something_goes; /* that the old query may need until the new one is there */
    struct map filled;   /* catalog_key of what materialized views read, at any depth */
    struct map known;    /* catalog_key of a view → itself: it is replaced; or NULL */
};

struct views {
    VEC(const struct view *) all;
};

static void
find_filled(struct alter *a, struct map *out)
{
    struct arena *arena = &a->s->arena;
    struct views to_do = { 0 };

    VEC_EACH (i, &a->r->from->views)
        if (a->r->from->views.items[i]->materialized)
            VEC_PUSH(arena, &to_do.all, a->r->from->views.items[i]);
    for (size_t i = 0; i < to_do.all.count; i++) {
        const struct view *v = to_do.all.items[i];

        VEC_EACH (k, &v->depends.all) {
            struct slice name = v->depends.all.items[k];
            const struct view *below = map_get(&a->r->from->names.views, name);

            if (below == NULL || map_has(out, name))
                continue;
            map_put(out, name, NULL);
            VEC_PUSH(arena, &to_do.all, below);
        }
    }
}

/* ---- what goes meanwhile ---- */

/* Nothing that a query could need: or it is known otherwise that it does. */
static bool
is_in_no_query(const struct definition *d)
{
    return d->detail == DETAIL_GRANT || d->detail == DETAIL_TRIGGER
           || d->detail == DETAIL_POLICY || d->detail == DETAIL_RULE
           || d->detail == DETAIL_STATISTICS || d->detail == DETAIL_COMMENT
           || d->detail == DETAIL_ROLE || slice_is(d->kind, "index");
}

/* A composite type may lose an attribute. */
static bool
takes_away(const struct change *c)
{
    if (c->kind == CHANGE_REPLACE_DEFINITION)
        return c->old.definition->detail == DETAIL_COMPOSITE;
    return c->kind == CHANGE_DROP_ENUM || c->kind == CHANGE_SET_ASIDE
           || (c->kind == CHANGE_DROP_DEFINITION && !is_in_no_query(c->old.definition));
}

static struct view_replacing *
replacing_of(struct alter *a)
{
    struct view_replacing *r = a->replacing;

    if (r != NULL)
        return r;
    r = a->replacing = ARENA_NEW(&a->s->arena, struct view_replacing);
    map_init(&r->known, &a->s->arena);
    map_init(&r->filled, &a->s->arena);
    find_filled(a, &r->filled);
    VEC_EACH (i, &a->r->changes->all)
        r->something_goes |= takes_away(&a->r->changes->all.items[i]);
    r->old_world = postgres_forms.open(a->s, a->r->from, SLICE_NONE);
    r->new_world = postgres_forms.open(a->s, a->r->to, SLICE_NONE);
    return r;
}

/* ---- the same tables ---- */

/* t, or a AS x JOIN b ON …: what a column of it is does not depend on the others.  Adds
 * the tables with their aliases; false: there is something else. */
static bool
find_tables(struct arena *a, const struct expr *e, struct map *out)
{
    const struct expr *alias;
    struct slice schema = SLICE_NONE;

    if (e->kind == EXPR_LIST || e->kind == QUERY_JOIN) {
        bool is_join = e->kind == QUERY_JOIN;
        size_t count = is_join ? 2 : e->arg_count;

        if (is_join && ((e->flags & EXPR_NATURAL) != 0 || e->args[3] != NULL))
            return false; /* a column may be of both */
        for (size_t i = 0; i < count; i++)
            if (!find_tables(a, e->args[i], out))
                return false;
        return true;
    }
    if (e->kind != QUERY_TABLE || (e->arg_count > 1 && e->args[1] != NULL))
        return false;
    alias = e->arg_count > 0 ? e->args[0] : NULL;
    if (e->arg_count > 2)
        schema = e->args[2]->text;
    map_put(out,
            slice_format(a, "%.*s\1%.*s", SLICE_ARG(catalog_key(a, schema, e->text)),
                         SLICE_ARG(alias == NULL ? e->text : alias->text)),
            NULL);
    return true;
}

static bool
reads_the_same(struct arena *a, const struct expr *old, const struct expr *new)
{
    struct map before;
    struct map after;

    if (old == NULL || new == NULL || expr_equal(old, new))
        return old == NULL || new != NULL;
    map_init(&before, a);
    map_init(&after, a);
    if (!find_tables(a, old, &before) || !find_tables(a, new, &after))
        return false;
    for (size_t i = 0; i < before.count; i++)
        if (!map_has(&after, before.entries[i].key))
            return false;
    return true;
}

/* ---- the same columns ---- */

static bool
keeps_columns(const struct view *old, const struct view *new, const struct expr *before,
              const struct expr *after)
{
    const struct expr *was = before->args[SELECT_TARGETS];
    const struct expr *is = after->args[SELECT_TARGETS];
    size_t count = old->columns.count;

    if (count > new->columns.count || was->arg_count != count
        || is->arg_count != new->columns.count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!slice_equal(old->columns.items[i].name, new->columns.items[i].name)
            || !expr_equal(was->args[i], is->args[i]))
            return false;
    return true;
}

static bool
is_replaced(struct alter *a, const struct view_replacing *r, const struct view *old,
            const struct view *new)
{
    const struct expr *before;
    const struct expr *after;

    if (r->something_goes || old->materialized || new->materialized
        || map_has(&r->filled, catalog_key(&a->s->arena, old->schema, old->name)))
        return false;
    before = postgres_forms.query(r->old_world, old);
    after = postgres_forms.query(r->new_world, new);
    return before != NULL && before->kind == QUERY_SELECT && after != NULL
           && after->kind == QUERY_SELECT
           && expr_equal(before->args[SELECT_WITH], after->args[SELECT_WITH])
           && reads_the_same(&a->s->arena, before->args[SELECT_FROM],
                             after->args[SELECT_FROM])
           && keeps_columns(old, new, before, after);
}

bool
alter_replaces_view(struct alter *a, const struct change *c)
{
    struct view_replacing *r;
    struct slice key;

    if (c->kind != CHANGE_REPLACE_VIEW)
        return false;
    r = replacing_of(a);
    key = catalog_key(&a->s->arena, c->new.view->schema, c->new.view->name);
    if (!map_has(&r->known, key))
        map_put(&r->known, key,
                is_replaced(a, r, c->old.view, c->new.view)
                    ? (void *)(uintptr_t)c->new.view
                    : NULL);
    return map_get(&r->known, key) != NULL;
}
