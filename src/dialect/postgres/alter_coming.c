/*
 * What the version makes and nobody can name before: types, collations, and what may come
 * with an extension of it.
 */
#include "dialect/postgres/alter.h"

struct alter_coming {
    struct map old; /* catalog_key → struct definition *, or NULL */
    struct map new;
    struct map old_rows; /* catalog_key of tables and views, which are types of rows */
    struct map new_rows;
    struct map made;    /* names of what the version makes, of any schema and kind */
    struct map aside;   /* catalog_key of what is called so only once it is set aside */
    bool brings_others; /* it makes an extension */
};

static void
note_names(struct arena *a, const struct catalog *c, struct map *out)
{
    map_init(out, a);
    VEC_EACH (i, &c->enums)
        map_put(out, catalog_key(a, c->enums.items[i]->schema, c->enums.items[i]->name),
                NULL);
    VEC_EACH (i, &c->tables) /* a table is the type of its rows */
        map_put(out, catalog_key(a, c->tables.items[i]->schema, c->tables.items[i]->name),
                NULL);
    VEC_EACH (i, &c->views)
        map_put(out, catalog_key(a, c->views.items[i]->schema, c->views.items[i]->name),
                NULL);
    VEC_EACH (i, &c->definitions) {
        struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
            || d->detail == DETAIL_RANGE || d->detail == DETAIL_NONE)
            map_put(out, catalog_key(a, d->schema, d->name), d);
    }
}

static void
note_rows(struct arena *a, const struct catalog *c, struct map *out)
{
    map_init(out, a);
    VEC_EACH (i, &c->tables)
        map_put(out, catalog_key(a, c->tables.items[i]->schema, c->tables.items[i]->name),
                NULL);
    VEC_EACH (i, &c->views)
        map_put(out, catalog_key(a, c->views.items[i]->schema, c->views.items[i]->name),
                NULL);
}

static void
note_made(struct arena *a, const struct changes *changes, struct alter_coming *out)
{
    map_init(&out->made, a);
    map_init(&out->aside, a);
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];
        const struct enum_type *e = c->new.enum_type;
        const struct definition *d = c->new.definition;

        if (c->kind == CHANGE_SET_ASIDE)
            map_put(&out->aside,
                    e != NULL ? catalog_key(a, e->schema, e->name)
                              : catalog_key(a, d->schema, d->name),
                    NULL);
        if (c->kind != CHANGE_CREATE_DEFINITION)
            continue;
        map_put(&out->made, c->new.definition->name, NULL);
        out->brings_others |= c->new.definition->detail == DETAIL_EXTENSION;
    }
}

static const struct alter_coming *
coming_of(struct alter *a)
{
    if (a->coming == NULL) {
        a->coming = ARENA_NEW(&a->s->arena, struct alter_coming);
        note_names(&a->s->arena, a->r->from, &a->coming->old);
        note_names(&a->s->arena, a->r->to, &a->coming->new);
        note_rows(&a->s->arena, a->r->from, &a->coming->old_rows);
        note_rows(&a->s->arena, a->r->to, &a->coming->new_rows);
        note_made(&a->s->arena, a->r->changes, a->coming);
    }
    return a->coming;
}

/* The name of a type that a table has from now on, or the other way round. */
static bool
is_handed_on(const struct alter_coming *coming, struct slice key)
{
    return map_has(&coming->old, key) && map_has(&coming->new, key)
           && map_has(&coming->old_rows, key) != map_has(&coming->new_rows, key);
}

bool
alter_type_is_there(struct alter *a, const struct type *t)
{
    const struct alter_coming *coming = coming_of(a);
    struct slice key = catalog_key(&a->s->arena, t->schema, t->name);

    if (t->kind != TYPE_NAMED)
        return true;
    if (map_has(&coming->aside, key) || is_handed_on(coming, key))
        return false;
    if (map_has(&coming->old, key))
        return !map_has(&a->growing_enums, key);
    return !map_has(&coming->new, key) && !coming->brings_others;
}

bool
alter_is_new_type(struct alter *a, const struct type *t)
{
    const struct alter_coming *coming = coming_of(a);
    struct slice key = catalog_key(&a->s->arena, t->schema, t->name);

    return t->kind == TYPE_NAMED && map_has(&coming->new, key)
           && (!map_has(&coming->old, key) || is_handed_on(coming, key));
}

const struct definition *
alter_type_definition(struct alter *a, const struct type *t)
{
    return map_get(&coming_of(a)->new, catalog_key(&a->s->arena, t->schema, t->name));
}

bool
alter_is_new_enum(const struct alter *a, const struct type *t)
{
    return t->kind == TYPE_NAMED
           && catalog_find_enum(a->r->to, t->schema, t->name) != NULL
           && catalog_find_enum(a->r->from, t->schema, t->name) == NULL;
}

/* ---- expressions ---- */

/* Operators of which extensions bring none for types that are there. */
static bool
is_plain_operator(struct slice text)
{
    static const char *const plain[] = { "=",  "<>", "<", ">", "<=", ">=",
                                         "+",  "-",  "*", "/", "||" };

    return slice_is_one_of(text, plain, ARRAY_LEN(plain));
}

/* The few that need no looking up; others may be an extension's. */
static bool
is_plain_call(struct slice name)
{
    static const char *const plain[] = { "abs",   "coalesce", "length",
                                         "lower", "nullif",   "upper" };

    return slice_is_one_of(name, plain, ARRAY_LEN(plain));
}

bool
alter_may_be_new(struct alter *a, const struct expr *e)
{
    const struct alter_coming *coming = coming_of(a);

    if (e->kind == EXPR_COLLATE)
        return coming->brings_others || map_has(&coming->made, e->text);
    if (!coming->brings_others)
        return false;
    return (e->kind == EXPR_CALL && !is_plain_call(e->text))
           || (e->kind == EXPR_BINARY && !is_plain_operator(e->text));
}
