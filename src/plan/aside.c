/*
 * Types that become others under their names.  No engine turns a domain over integers
 * into one over texts, or into an enum: the old type is set aside under another name
 * first, and from there on it is a type that goes, the new one a type that comes, and
 * every column of it one that changes its type.
 *
 * So is a type that goes where a table takes its name, which comes before that: the rows
 * of a table are a type.  Tables that go make room in the dialect (alter_names.c).
 */
#include <string.h>

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

/* It is called after the range then, whatever was said. */
static void
set_multirange_aside(struct asides *x, const struct definition *old,
                     struct definition *then)
{
    struct arena *a = &x->s->arena;
    struct range *range = arena_copy(a, old->u.range, sizeof *range);

    memset(&range->options, 0, sizeof range->options);
    VEC_EACH (i, &old->u.range->options.all)
        if (!slice_is(old->u.range->options.all.items[i].name, "multirange_type_name"))
            VEC_PUSH(a, &range->options.all, old->u.range->options.all.items[i]);
    then->u.range = range;
    retyping_add(&x->names, old->schema, definition_multirange(a, old), then->schema,
                 definition_multirange(a, then));
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
    if (old->detail == DETAIL_RANGE)
        set_multirange_aside(x, old, then);
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

/* What takes a name: catalog_key → struct span *, of who does. */
struct heirs {
    struct asides *x;
    struct map types;     /* and what has a type for its rows, and sequences */
    struct map relations; /* without rows, for which composite types alone make room */
};

static void
note_heir(struct heirs *h, struct map *out, struct slice schema, struct slice name,
          const struct span *span)
{
    map_put(out, catalog_key(&h->x->s->arena, schema, name), (void *)(uintptr_t)span);
}

static void
note_key(struct heirs *h, const struct table *t, const struct constraint *k)
{
    if (constraint_has_index(k))
        note_heir(h, &h->relations, t->schema, k->name, &k->span);
}

static void
note_sequence(struct heirs *h, const struct table *t, const struct column *c)
{
    if (c->identity != IDENTITY_NONE)
        note_heir(h, &h->types, t->schema, naming_sequence(h->x->s, t, c), &c->span);
}

static void
note_table(struct heirs *h, const struct table *t)
{
    note_heir(h, &h->types, t->schema, t->name, &t->span);
    VEC_EACH (i, &t->columns)
        note_sequence(h, t, t->columns.items[i]);
    VEC_EACH (i, &t->constraints)
        note_key(h, t, t->constraints.items[i]);
}

static void
note_definition(struct heirs *h, const struct definition *d)
{
    if (!is_type(d) && !slice_ends(d->kind, "table") && !slice_is(d->kind, "sequence"))
        return;
    note_heir(h, &h->types, d->schema, d->name, &d->span);
    if (d->detail == DETAIL_RANGE)
        note_heir(h, &h->types, d->schema, definition_multirange(&h->x->s->arena, d),
                  &d->span);
}

/* Views are made when types that go are gone. */
static void
note_change(struct heirs *h, const struct change *c)
{
    const struct change_side *n = &c->new;

    if (c->kind == CHANGE_CREATE_ENUM || c->kind == CHANGE_RENAME_ENUM)
        note_heir(h, &h->types, n->enum_type->schema, n->enum_type->name,
                  &n->enum_type->span);
    else if (c->kind == CHANGE_CREATE_DEFINITION || c->kind == CHANGE_RENAME_DEFINITION)
        note_definition(h, n->definition);
    else if (c->kind == CHANGE_CREATE_TABLE || c->kind == CHANGE_RENAME_TABLE)
        note_table(h, n->table);
    else if (c->kind == CHANGE_ADD_COLUMN)
        note_sequence(h, n->table, n->column);
    else if (c->kind == CHANGE_ADD_CONSTRAINT || c->kind == CHANGE_RENAME_CONSTRAINT)
        note_key(h, n->table, n->constraint);
    else if (c->kind == CHANGE_CREATE_INDEX || c->kind == CHANGE_RENAME_INDEX)
        note_heir(h, &h->relations, n->index->table->schema, n->index->name,
                  &n->index->span);
}

static const struct span *
heir_of(const struct heirs *h, struct slice schema, struct slice name, bool is_composite)
{
    struct slice key = catalog_key(&h->x->s->arena, schema, name);
    const struct span *heir = map_get(&h->types, key);

    return heir == NULL && is_composite ? map_get(&h->relations, key) : heir;
}

static const struct span *
heir_of_definition(const struct heirs *h, const struct definition *d)
{
    const struct span *heir =
        heir_of(h, d->schema, d->name, d->detail == DETAIL_COMPOSITE);

    return heir == NULL && d->detail == DETAIL_RANGE
               ? heir_of(h, d->schema, definition_multirange(&h->x->s->arena, d), false)
               : heir;
}

/* A domain after an enum, an enum after a composite type, a table after either. */
static void
find_succeeded(struct asides *x, const struct changes *changes)
{
    struct heirs h = { .x = x };

    map_init(&h.types, &x->s->arena);
    map_init(&h.relations, &x->s->arena);
    VEC_EACH (i, &changes->all)
        note_change(&h, &changes->all.items[i]);
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];
        const struct enum_type *e = c->old.enum_type;
        const struct definition *d = c->old.definition;
        const struct span *heir = NULL;

        if (c->kind == CHANGE_DROP_ENUM)
            heir = heir_of(&h, e->schema, e->name, false);
        else if (c->kind == CHANGE_DROP_DEFINITION && is_type(d)
                 && d->detail != DETAIL_NONE)
            heir = heir_of_definition(&h, d);
        if (heir != NULL && e != NULL)
            set_enum_aside(x, e, *heir);
        else if (heir != NULL)
            set_definition_aside(x, d, *heir);
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
