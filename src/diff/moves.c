/*
 * Schemas that were called otherwise.
 *
 * An empty one is renamed.  What another one holds is told from what is new by schema and
 * name, one object at a time: so the new schema is made, each object moves into it, and
 * the old one is dropped when it is empty.
 */
#include <stdint.h>

#include "diff/differ.h"

static void
find_moves(struct differ *d, const struct catalog *c)
{
    VEC_EACH (i, &c->definitions) {
        const struct definition *r = c->definitions.items[i];

        if (r->detail == DETAIL_SCHEMA && !slice_is_none(r->was))
            map_put(&d->old_schemas, r->name, arena_copy(&d->s->arena, &r->was,
                                                         sizeof r->was));
    }
}

/* Both sides may say it: the old one, on the way back. */
void
differ_find_moves(struct differ *d)
{
    map_init(&d->old_schemas, &d->s->arena);
    find_moves(d, d->from);
    find_moves(d, d->to);
}

struct slice
differ_was(const struct differ *d, struct slice schema, struct slice name,
           struct slice was)
{
    const struct slice *old =
        slice_is_none(schema) ? NULL : map_get(&d->old_schemas, schema);

    if (old == NULL || was_is_moved(was))
        return was;
    return was_said(&d->s->arena,
                    &(struct relation_name){ *old, slice_is_none(was) ? name : was },
                    &(struct relation_name){ schema, name });
}

static bool
holds(const struct catalog *c, struct slice schema)
{
    VEC_EACH (i, &c->tables)
        if (same_text(c->tables.items[i]->schema, schema))
            return true;
    VEC_EACH (i, &c->views)
        if (same_text(c->views.items[i]->schema, schema))
            return true;
    VEC_EACH (i, &c->enums)
        if (same_text(c->enums.items[i]->schema, schema))
            return true;
    VEC_EACH (i, &c->definitions)
        if (same_text(c->definitions.items[i]->schema, schema))
            return true;
    return false;
}

bool
differ_renames_schema(const struct differ *d, const struct definition *schema)
{
    return !holds(d->from, schema->was) && !holds(d->from, schema->name);
}
