/*
 * Triggers of tables whose rows are filled in batches while others use them: one that
 * runs for each row that is filled would tell of a change that nobody made.
 */
#include "dialect/postgres/postgres.h"

struct online_triggers {
    VEC(const struct definition *) all;
};

/* ---- which there are ---- */

void
online_note_triggers(struct alter *a)
{
    map_init(&a->triggers, &a->s->arena);
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];
        struct online_triggers *own;
        struct slice key;

        if (!slice_is(d->kind, "trigger") || slice_is_none(d->table))
            continue;
        key = catalog_key(&a->s->arena, d->schema, d->table);
        own = map_get(&a->triggers, key);
        if (own == NULL) {
            own = ARENA_NEW(&a->s->arena, struct online_triggers);
            map_put(&a->triggers, key, own);
        }
        VEC_PUSH(&a->s->arena, &own->all, d);
    }
}

/* ---- which run ---- */

/* Those that the version makes come behind the filling.  One that is kept as text may do
 * anything. */
static bool
fires(const struct definition *d, struct slice column)
{
    const struct trigger *g = d->u.trigger;

    if (d->detail != DETAIL_TRIGGER)
        return true;
    return (g->events & TRIGGER_UPDATE) != 0 && !slice_is(g->enabled, "disabled")
           && (g->columns.all.count == 0 || slices_have(&g->columns, column));
}

static bool
any_fires(const struct alter *a, const struct table *t, struct slice column)
{
    const struct online_triggers *own =
        map_get(&a->triggers, catalog_key(&a->s->arena, t->schema, t->name));

    for (size_t i = 0; own != NULL && i < own->all.count; i++)
        if (fires(own->all.items[i], column))
            return true;
    return false;
}

bool
online_fires_on_filling(const struct alter *a, const struct change *c)
{
    return any_fires(a, c->old.table,
                     c->old.column != NULL ? c->old.column->name
                                           : c->new.column->name);
}
