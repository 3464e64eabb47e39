/*
 * What forms ask of a catalog: its routines and types by name.
 */
#include "dialect/postgres/form.h"

static const struct definition several;

static void
add_routine(struct form_world *w, const struct definition *d)
{
    struct slice key = catalog_key(w->a, d->schema, d->name);

    map_put(&w->routines, key, map_has(&w->routines, key) ? (void *)&several : (void *)d);
}

static void
add_type(struct form_world *w, struct slice schema, struct slice name,
         struct form_type type)
{
    map_put(&w->types, catalog_key(w->a, schema, name),
            arena_copy(w->a, &type, sizeof type));
}

const struct form_world *
form_open(struct session *s, const struct catalog *c)
{
    struct form_world *w = ARENA_NEW(&s->arena, struct form_world);

    *w = (struct form_world){ .a = &s->arena, .catalog = c };
    map_init(&w->routines, w->a);
    map_init(&w->types, w->a);
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_ROUTINE)
            add_routine(w, d);
        else if (d->detail == DETAIL_DOMAIN)
            add_type(w, d->schema, d->name, (struct form_type){ .domain = d->u.domain });
        else if (d->detail == DETAIL_RANGE)
            add_type(w, d->schema, d->name, (struct form_type){ .range = d->u.range });
        else if (d->detail == DETAIL_COMPOSITE)
            add_type(w, d->schema, d->name,
                     (struct form_type){ .composite = d->u.composite });
    }
    map_init(&w->views, w->a);
    VEC_EACH (i, &c->views) {
        struct view *v = c->views.items[i];

        map_put(&w->views, catalog_key(w->a, v->schema, v->name), v);
    }
    VEC_EACH (i, &c->enums) {
        const struct enum_type *t = c->enums.items[i];

        add_type(w, t->schema, t->name, (struct form_type){ .enum_type = t });
    }
    return w;
}

struct slice
form_schema(struct slice schema)
{
    return slice_is(schema, "public") ? SLICE_NONE : schema;
}

const struct form_type *
form_named_type(const struct form *s, const struct type *t)
{
    return map_get(&s->world->types, catalog_key(s->a, form_schema(t->schema), t->name));
}

const struct view *
form_view(const struct form *s, struct slice schema, struct slice name)
{
    return map_get(&s->world->views, catalog_key(s->a, form_schema(schema), name));
}

const struct routine *
form_routine(const struct form *s, struct slice schema, struct slice name)
{
    const struct definition *d =
        map_get(&s->world->routines, catalog_key(s->a, form_schema(schema), name));

    return d == NULL || d->detail != DETAIL_ROUTINE ? NULL : d->u.routine;
}
