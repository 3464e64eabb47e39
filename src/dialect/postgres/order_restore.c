/*
 * Views and routines in one order: a view needs the routines that it calls, and a body
 * that the server reads at once needs the views that it names.  Routines that no view
 * calls have no place here: they come behind all views.
 */
#include "dialect/postgres/postgres.h"

#include "base/sqltext.h"

/* All of one name, in whatever schema: a body does not say which one it means. */
struct named {
    VEC(const struct view *) views;
    VEC(const struct definition *) routines;
};

struct walk {
    struct session *s;
    struct restore_order *out;
    struct map names; /* → struct named * */
    struct map views; /* catalog_key → struct view * */
    struct map met;   /* catalog_key of views, normal of routines */
};

static void walk_view(struct walk *w, const struct view *v);
static void walk_routine(struct walk *w, const struct definition *d);

static struct named *
named_of(struct walk *w, struct slice name)
{
    struct named *n = map_get(&w->names, name);

    if (n == NULL) {
        n = ARENA_NEW(&w->s->arena, struct named);
        map_put(&w->names, name, n);
    }
    return n;
}

static void
note_names(struct walk *w, const struct catalog *c)
{
    struct arena *a = &w->s->arena;

    VEC_EACH (i, &c->views) {
        const struct view *v = c->views.items[i];

        map_put(&w->views, catalog_key(a, v->schema, v->name), (void *)(uintptr_t)v);
        VEC_PUSH(a, &named_of(w, v->name)->views, v);
    }
    VEC_EACH (i, &c->definitions)
        if (c->definitions.items[i]->detail == DETAIL_ROUTINE)
            VEC_PUSH(a, &named_of(w, c->definitions.items[i]->name)->routines,
                     c->definitions.items[i]);
}

static bool
meet(void *context, const struct expr *e)
{
    struct walk *w = context;
    struct named *n = e->kind == EXPR_CALL || e->kind == QUERY_TABLE
                          ? map_get(&w->names, e->text)
                          : NULL;

    for (size_t i = 0; n != NULL && e->kind == EXPR_CALL && i < n->routines.count; i++)
        walk_routine(w, n->routines.items[i]);
    for (size_t i = 0; n != NULL && e->kind == QUERY_TABLE && i < n->views.count; i++)
        walk_view(w, n->views.items[i]);
    return true;
}

static void
meet_words(struct walk *w, struct slice text)
{
    struct sqltext t = { .rest = text };
    struct slice name;

    while (sqltext_next_name(&t, &w->s->arena, &name)) {
        struct named *n = map_get(&w->names, name);

        for (size_t i = 0; n != NULL && i < n->routines.count; i++)
            walk_routine(w, n->routines.items[i]);
    }
}

static void
meet_type(struct walk *w, const struct type *t)
{
    const struct view *v =
        t->kind == TYPE_NAMED
            ? map_get(&w->views, catalog_key(&w->s->arena, t->schema, t->name))
            : NULL;

    if (v != NULL)
        walk_view(w, v);
}

static void
meet_signature(struct walk *w, const struct routine *r)
{
    if (r->has_result)
        meet_type(w, &r->result);
    VEC_EACH (i, &r->arguments.all) {
        const struct argument *x = &r->arguments.all.items[i];

        meet_type(w, &x->type);
        if (x->default_value != NULL)
            (void)expr_walk(x->default_value, meet, w);
    }
    VEC_EACH (i, &r->options.all)
        if (!slice_is_none(r->options.all.items[i].value))
            meet_words(w, r->options.all.items[i].value);
}

static void
take_place(struct walk *w, struct slice key)
{
    map_put(&w->out->places, key, (void *)(uintptr_t)++w->out->count);
}

/* No engine takes two that need each other: who meets one that is being walked has been
 * misled by a name. */
static void
walk_routine(struct walk *w, const struct definition *d)
{
    const struct routine *r = d->u.routine;

    if (map_has(&w->met, d->normal))
        return;
    map_put(&w->met, d->normal, NULL);
    meet_signature(w, r);
    VEC_EACH (i, &r->statements)
        (void)expr_walk(r->statements.items[i], meet, w);
    take_place(w, d->normal);
}

static void
walk_view(struct walk *w, const struct view *v)
{
    struct slice key = catalog_key(&w->s->arena, v->schema, v->name);

    if (map_has(&w->met, key))
        return;
    map_put(&w->met, key, NULL);
    VEC_EACH (i, &v->depends.all) {
        const struct view *other = map_get(&w->views, v->depends.all.items[i]);

        if (other != NULL)
            walk_view(w, other);
    }
    if (v->query != NULL)
        (void)expr_walk(v->query, meet, w);
    take_place(w, key);
}

void
order_restores(struct session *s, const struct catalog *c, struct restore_order *out)
{
    struct walk w = { .s = s, .out = out };
    struct view_order views;

    out->count = 0;
    map_init(&out->places, &s->arena);
    map_init(&w.names, &s->arena);
    map_init(&w.views, &s->arena);
    map_init(&w.met, &s->arena);
    if (c->views.count == 0)
        return;
    note_names(&w, c);
    order_views(s, c, &views);
    VEC_EACH (i, &views.views)
        walk_view(&w, views.views.items[i]);
}

static size_t
place_of(const struct restore_order *o, struct slice key)
{
    return (size_t)(uintptr_t)map_get(&o->places, key);
}

size_t
order_of_view(struct session *s, const struct restore_order *o, const struct view *v)
{
    return place_of(o, catalog_key(&s->arena, v->schema, v->name)) - 1;
}

bool
order_is_among_views(const struct restore_order *o, const struct definition *d)
{
    return place_of(o, d->normal) > 0;
}

size_t
order_of_restored(const struct restore_order *o, struct routine_order *routines,
                  const struct definition *d)
{
    return order_is_among_views(o, d) ? place_of(o, d->normal) - 1
                                      : o->count + order_of_definition(routines, d);
}
