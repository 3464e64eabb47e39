/*
 * Indexes that read what the version drops: a routine, a type, a collation, or something
 * of an extension.  Dropping them cannot wait for the end of the plan, as it does for
 * tables in use: the server drops nothing that an index needs.
 *
 * Told by the name alone: to drop an index early costs a moment, no more.
 */
#include "dialect/postgres/alter.h"

struct alter_going {
    struct map names;    /* of old definitions and enums that go or are made anew */
    bool takes_what_not; /* an extension goes */
};

static void
note_going(const struct change *c, struct alter_going *out)
{
    if (c->kind == CHANGE_DROP_ENUM)
        map_put(&out->names, c->old.enum_type->name, NULL);
    if (c->kind != CHANGE_DROP_DEFINITION && c->kind != CHANGE_REPLACE_DEFINITION)
        return;
    map_put(&out->names, c->old.definition->name, NULL);
    out->takes_what_not |= c->kind == CHANGE_DROP_DEFINITION
                           && c->old.definition->detail == DETAIL_EXTENSION;
}

static const struct alter_going *
going_of(struct alter *a)
{
    if (a->gone == NULL) {
        a->gone = ARENA_NEW(&a->s->arena, struct alter_going);
        map_init(&a->gone->names, &a->s->arena);
        VEC_EACH (i, &a->r->changes->all)
            note_going(&a->r->changes->all.items[i], a->gone);
    }
    return a->gone;
}

/* False: the walk ends, it names one of them. */
static bool
names_none(void *context, const struct expr *e)
{
    const struct alter_going *going = context;

    if (e->kind == EXPR_CAST)
        return e->type == NULL || e->type->kind != TYPE_NAMED
               || !map_has(&going->names, e->type->name);
    return (e->kind != EXPR_CALL && e->kind != EXPR_COLLATE)
           || !map_has(&going->names, e->text);
}

static bool
key_names_one(const struct alter_going *going, const struct index_key *k)
{
    return (!slice_is_none(k->collation) && map_has(&going->names, k->collation))
           || (k->expr != NULL && !expr_walk(k->expr, names_none, (void *)going));
}

bool
alter_needs_what_goes(struct alter *a, const struct index *x)
{
    const struct alter_going *going = going_of(a);

    if (going->takes_what_not)
        return true;
    VEC_EACH (i, &x->keys.all)
        if (key_names_one(going, &x->keys.all.items[i]))
            return true;
    return x->where != NULL && !expr_walk(x->where, names_none, (void *)going);
}
