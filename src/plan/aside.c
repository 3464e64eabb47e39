/*
 * Types that become others under their names.  No engine turns a domain over integers
 * into one over texts, or into an enum: the old type is set aside under another name
 * first, and from there on it is a type that goes, the new one a type that comes, and
 * every column of it one that changes its type.
 */
#include "model/naming.h"
#include "model/retype.h"
#include "plan/internal.h"

/* A domain over a domain that is set aside is another one, too. */
#define LEVELS_MAX 100

struct asides {
    struct session *s;
    const struct dialect *dialect;
    const struct catalog *from;
    const struct catalog *to;
    struct map taken;       /* catalog_key of every type of both sides */
    struct retyping names;  /* of this level */
    VEC(struct change) all; /* CHANGE_SET_ASIDE, of every level */
};

/* ---- names ---- */

static bool
is_type(const struct definition *d)
{
    return d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
           || d->detail == DETAIL_RANGE
           || (d->detail == DETAIL_NONE && slice_is(d->kind, "type"));
}

static void
note_type(struct asides *x, struct slice schema, struct slice name)
{
    map_put(&x->taken, catalog_key(&x->s->arena, schema, name), NULL);
}

/* Types share their names with tables and views, whose rows are types. */
static void
note_types(struct asides *x, const struct catalog *c)
{
    VEC_EACH (i, &c->enums)
        note_type(x, c->enums.items[i]->schema, c->enums.items[i]->name);
    VEC_EACH (i, &c->tables)
        note_type(x, c->tables.items[i]->schema, c->tables.items[i]->name);
    VEC_EACH (i, &c->views)
        note_type(x, c->views.items[i]->schema, c->views.items[i]->name);
    VEC_EACH (i, &c->definitions)
        if (is_type(c->definitions.items[i]))
            note_type(x, c->definitions.items[i]->schema, c->definitions.items[i]->name);
}

/* One that nothing has, and that the server takes whole. */
struct slice
plan_name_aside(struct arena *a, struct map *taken, struct slice schema,
                struct slice name)
{
    struct slice out = SLICE_NONE;

    for (size_t n = 1;
         slice_is_none(out) || map_has(taken, catalog_key(a, schema, out)); n++) {
        out = n == 1 ? slice_format(a, NAME_SET_ASIDE "%.*s", SLICE_ARG(name))
                     : slice_format(a, NAME_SET_ASIDE "%zu_%.*s", n, SLICE_ARG(name));
        out = naming_clip(out, IDENTIFIER_BYTES_MAX);
    }
    map_put(taken, catalog_key(a, schema, out), NULL);
    return out;
}

static struct slice
free_name(struct asides *x, struct slice schema, struct slice name)
{
    if (x->taken.count == 0) {
        note_types(x, x->from);
        note_types(x, x->to);
    }
    return plan_name_aside(&x->s->arena, &x->taken, schema, name);
}

bool
plan_is_set_aside(const struct change_side *old)
{
    struct slice name = SLICE_NONE;

    if (old->enum_type != NULL)
        name = old->enum_type->name;
    else if (old->definition != NULL && is_type(old->definition))
        name = old->definition->name;
    return !slice_is_none(name) && slice_starts(name, NAME_SET_ASIDE);
}

/* ---- which ---- */

static void
set_enum_aside(struct asides *x, const struct enum_type *old, struct span successor)
{
    struct enum_type *then = arena_copy(&x->s->arena, old, sizeof *old);
    struct change c = { .kind = CHANGE_SET_ASIDE,
                        .old.enum_type = old,
                        .new.enum_type = then };

    then->span = successor; /* which is why it goes */
    then->name = free_name(x, old->schema, old->name);
    retyping_add(&x->names, old->schema, old->name, then->schema, then->name);
    VEC_PUSH(&x->s->arena, &x->all, c);
}

static void
set_definition_aside(struct asides *x, const struct definition *old,
                     struct span successor)
{
    struct definition *then = arena_copy(&x->s->arena, old, sizeof *old);
    struct change c = { .kind = CHANGE_SET_ASIDE,
                        .old.definition = old,
                        .new.definition = then };

    then->span = successor; /* which is why it goes */
    then->name = free_name(x, old->schema, old->name);
    retyping_add(&x->names, old->schema, old->name, then->schema, then->name);
    VEC_PUSH(&x->s->arena, &x->all, c);
}

/* As the old side calls it: a change of what is renamed, too, has its new name. */
static const struct definition *
original(const struct changes *changes, const struct change *replaced)
{
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];

        if (c->kind == CHANGE_RENAME_DEFINITION
            && c->new.definition == replaced->new.definition)
            return c->old.definition;
    }
    return replaced->old.definition;
}

static void
find_replaced(struct asides *x, const struct changes *changes)
{
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];

        if (c->kind == CHANGE_REPLACE_DEFINITION && x->dialect->replaces_type(c))
            set_definition_aside(x, original(changes, c), c->new.definition->span);
    }
}

/* The types that the version makes: catalog_key → struct span *. */
static struct map
made_types(struct asides *x, const struct changes *changes)
{
    struct arena *a = &x->s->arena;
    struct map made;

    map_init(&made, a);
    VEC_EACH (i, &changes->all) {
        const struct enum_type *e = changes->all.items[i].new.enum_type;
        const struct definition *d = changes->all.items[i].new.definition;

        if (changes->all.items[i].kind == CHANGE_CREATE_ENUM)
            map_put(&made, catalog_key(a, e->schema, e->name),
                    (void *)(uintptr_t)&e->span);
        else if (changes->all.items[i].kind == CHANGE_CREATE_DEFINITION && is_type(d))
            map_put(&made, catalog_key(a, d->schema, d->name),
                    (void *)(uintptr_t)&d->span);
    }
    return made;
}

/* A domain after an enum, an enum after a composite type. */
static void
find_succeeded(struct asides *x, const struct changes *changes)
{
    const struct map made = made_types(x, changes);

    for (size_t i = 0; made.count > 0 && i < changes->all.count; i++) {
        const struct change *c = &changes->all.items[i];
        const struct enum_type *e = c->old.enum_type;
        const struct definition *d = c->old.definition;
        const struct span *successor = NULL;

        if (c->kind == CHANGE_DROP_ENUM)
            successor = map_get(&made, catalog_key(&x->s->arena, e->schema, e->name));
        else if (c->kind == CHANGE_DROP_DEFINITION && is_type(d)
                 && d->detail != DETAIL_NONE)
            successor = map_get(&made, catalog_key(&x->s->arena, d->schema, d->name));
        if (successor != NULL && e != NULL)
            set_enum_aside(x, e, *successor);
        else if (successor != NULL)
            set_definition_aside(x, d, *successor);
    }
}

/* ---- all of it ---- */

static void
put_first(struct asides *x, struct changes *changes)
{
    const struct changes found = *changes;

    changes->all.items = NULL;
    changes->all.count = changes->all.capacity = 0;
    VEC_EACH (i, &x->all)
        VEC_PUSH(&x->s->arena, &changes->all, x->all.items[i]);
    VEC_EACH (i, &found.all)
        VEC_PUSH(&x->s->arena, &changes->all, found.all.items[i]);
}

const struct catalog *
plan_set_aside(struct session *s, const struct plan_request *r, const struct catalog *to,
               struct changes *changes)
{
    struct asides x = { .s = s, .dialect = r->dialect, .from = r->from, .to = to };
    size_t found = 0;

    map_init(&x.taken, &s->arena);
    for (size_t level = 0; r->dialect->replaces_type != NULL && level < LEVELS_MAX;
         level++) {
        retyping_init(&x.names, &s->arena);
        find_replaced(&x, changes);
        find_succeeded(&x, changes);
        if (x.all.count == found)
            break;
        found = x.all.count;
        x.from = retype_catalog(&x.names, x.from, r->dialect->style);
        diff_catalogs(s, r->dialect->forms, x.from, x.to, changes);
    }
    if (found > 0)
        put_first(&x, changes);
    return x.from;
}
