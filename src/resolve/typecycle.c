/*
 * Types that are made of each other: a domain over one, a composite type with one among
 * its attributes, also as an array.  The server makes each of them whole at once, so none
 * can be made of itself, and whoever looks below a domain relies on getting to an end.
 */
#include "resolve/definitions.h"

#define TYPES_MAX 1000 /* made of each other in a row; looking recurses */

struct looking {
    struct build *b;
    struct map seen; /* catalog_key → how it ended */
    size_t depth;
    const struct object *found; /* one that is made of itself, or of too many */
};

/* Values of `seen`. */
static int on_the_way, ended;

static bool reaches_itself(struct looking *l, const struct object *o);

static bool
is_type(const struct object *o)
{
    return !o->dropped && o->role == ROLE_DEFINITION
           && (o->u.definition->detail == DETAIL_DOMAIN
               || o->u.definition->detail == DETAIL_COMPOSITE);
}

static bool
is_made_of_itself(struct looking *l, const struct type *t)
{
    const struct object *o =
        t->kind != TYPE_NAMED
            ? NULL
            : object_find(l->b, &l->b->types, schema_plain(t->schema), t->name);

    return o != NULL && is_type(o) && reaches_itself(l, o);
}

static bool
parts_reach(struct looking *l, const struct definition *d)
{
    if (d->detail == DETAIL_DOMAIN)
        return is_made_of_itself(l, &d->u.domain->base);
    VEC_EACH (i, &d->u.composite->attributes)
        if (is_made_of_itself(l, &d->u.composite->attributes.items[i].type))
            return true;
    return false;
}

static bool
reaches_itself(struct looking *l, const struct object *o)
{
    const struct slice key = catalog_key(l->b->a, o->schema, o->name);
    const void *state = map_get(&l->seen, key);
    bool found;

    if (state == &ended)
        return false;
    if (state == &on_the_way || l->depth == TYPES_MAX) {
        l->found = o;
        return true;
    }
    map_put(&l->seen, key, &on_the_way);
    l->depth++;
    found = parts_reach(l, o->u.definition);
    l->depth--;
    map_put(&l->seen, key, &ended);
    return found;
}

bool
types_refuse_cycles(struct build *b)
{
    struct looking l = { .b = b };
    bool any = false;

    map_init(&l.seen, b->a);
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (!is_type(o) || !reaches_itself(&l, o))
            continue;
        any = true;
        diag_add(&b->s->diags, D_TYPE_CYCLE, l.found->span,
                 "type \"%.*s\" is made of itself, perhaps through other types",
                 SLICE_ARG(l.found->name));
    }
    return any;
}
