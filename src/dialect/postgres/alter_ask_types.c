/*
 * What a question asked beforehand cannot say: types and collations that the version
 * makes, and what may come with an extension of it, are not there yet.
 *
 * A label of an enum that is new is a text until then: it is as alike or unlike others,
 * but not in the order of the enum.
 */
#include "dialect/postgres/alter.h"

/* ---- what is there ---- */

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
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
            || d->detail == DETAIL_RANGE || d->detail == DETAIL_NONE)
            map_put(out, catalog_key(a, d->schema, d->name), NULL);
    }
}

struct alter_types {
    struct map old; /* catalog_key → NULL */
    struct map new;
    struct map made;    /* names of what the version makes, of any schema and kind */
    bool brings_others; /* it makes an extension */
};

static void
note_made(struct arena *a, const struct changes *changes, struct alter_types *out)
{
    map_init(&out->made, a);
    VEC_EACH (i, &changes->all) {
        const struct change *c = &changes->all.items[i];

        if (c->kind != CHANGE_CREATE_DEFINITION)
            continue;
        map_put(&out->made, c->new.definition->name, NULL);
        out->brings_others |= c->new.definition->detail == DETAIL_EXTENSION;
    }
}

static const struct alter_types *
types_of(struct alter *a)
{
    if (a->types == NULL) {
        a->types = ARENA_NEW(&a->s->arena, struct alter_types);
        note_names(&a->s->arena, a->r->from, &a->types->old);
        note_names(&a->s->arena, a->r->to, &a->types->new);
        note_made(&a->s->arena, a->r->changes, a->types);
    }
    return a->types;
}

/* With all the values that it has by then. */
static bool
is_there(struct alter *a, const struct type *t)
{
    const struct alter_types *types = types_of(a);
    struct slice key = catalog_key(&a->s->arena, t->schema, t->name);

    if (t->kind != TYPE_NAMED)
        return true;
    if (map_has(&types->old, key))
        return !map_has(&a->growing_enums, key);
    return !map_has(&types->new, key) && !types->brings_others;
}

static bool
is_new_enum(struct alter *a, const struct type *t)
{
    return t->kind == TYPE_NAMED && t->dimensions == 0
           && catalog_find_enum(a->r->to, t->schema, t->name) != NULL
           && !map_has(&types_of(a)->old, catalog_key(&a->s->arena, t->schema, t->name));
}

/* ---- expressions ---- */

struct saying {
    struct alter *a;
    bool cannot; /* it names such a type, or asks for the order of its labels */
};

/* What say_cast made. */
static bool
is_bare_label(struct saying *k, const struct expr *e)
{
    return (e->kind == EXPR_STRING || e->kind == EXPR_NULL) && e->result != NULL
           && is_new_enum(k->a, e->result);
}

static const struct expr *
say_cast(struct saying *k, const struct expr *cast)
{
    struct expr *label;

    if (cast->type == NULL || is_there(k->a, cast->type))
        return cast;
    if ((cast->args[0]->kind != EXPR_STRING && cast->args[0]->kind != EXPR_NULL)
        || !is_new_enum(k->a, cast->type)) {
        k->cannot = true;
        return cast;
    }
    label = arena_copy(&k->a->s->arena, cast->args[0], sizeof *label);
    label->result = cast->type;
    return label;
}

/* Of what it compares: a call may. */
static bool
looks_at_order(const struct expr *e)
{
    if (e->kind == EXPR_CALL)
        return !slice_is(e->text, "coalesce") && !slice_is(e->text, "nullif");
    return e->kind == EXPR_BETWEEN
           || (e->kind == EXPR_BINARY && !slice_is(e->text, "=")
               && !slice_is(e->text, "<>"));
}

static bool
is_no_label(void *context, const struct expr *e)
{
    return !is_bare_label(context, e);
}

/* Operators of which extensions bring none for types that are there. */
static bool
is_plain_operator(struct slice text)
{
    static const char *const plain[] = { "=",  "<>", "<", ">", "<=", ">=",
                                         "+",  "-",  "*", "/", "||" };

    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (slice_is(text, plain[i]))
            return true;
    return false;
}

/* The few that need no looking up; others may be an extension's. */
static bool
is_plain_call(struct slice name)
{
    static const char *const plain[] = { "abs",   "coalesce", "length",
                                         "lower", "nullif",   "upper" };

    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (slice_is(name, plain[i]))
            return true;
    return false;
}

/* It names what the version makes, or what may come with an extension. */
static bool
may_be_new(struct saying *k, const struct expr *e)
{
    const struct alter_types *types = types_of(k->a);

    if (e->kind == EXPR_COLLATE)
        return types->brings_others || map_has(&types->made, e->text);
    if (!types->brings_others)
        return false;
    return (e->kind == EXPR_CALL && !is_plain_call(e->text))
           || (e->kind == EXPR_BINARY && !is_plain_operator(e->text));
}

static const struct expr *
say_node(void *context, const struct expr *e)
{
    struct saying *k = context;

    k->cannot |= may_be_new(k, e);
    if (looks_at_order(e) && !expr_walk(e, is_no_label, k))
        k->cannot = true;
    return e->kind == EXPR_CAST ? say_cast(k, e) : e;
}

const struct expr *
alter_said_before(struct alter *a, const struct expr *e)
{
    struct saying k = { .a = a };
    const struct expr *said =
        e == NULL ? NULL : expr_rewrite(&a->s->arena, e, say_node, &k);

    return k.cannot ? NULL : said;
}
