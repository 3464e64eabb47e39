/*
 * A dump tells a serial column in three statements: CREATE SEQUENCE, ALTER SEQUENCE …
 * OWNED BY and a default of nextval().  Where all three say exactly what the server makes
 * of serial, the column is serial again and the statements are gone.
 *
 * Needs: all statements applied.  Leaves: what was changed by hand as it is written.
 */
#include "model/naming.h"
#include "resolve/define.h"

static struct slice
sequence_name(struct build *b, const struct table *t, const struct column *c)
{
    struct slices columns = { 0 };
    struct map taken;

    map_init(&taken, b->a);
    VEC_PUSH(b->a, &columns.all, c->name);
    return naming_derive(b->s, &taken, t->name, &columns, "seq");
}

/* What the server makes of serial: every option as usual, owned by the column. */
static bool
is_as_made(const struct definition *d, const struct table *t, const struct column *c)
{
    const struct sequence *s = d->u.sequence;

    return d->detail == DETAIL_SEQUENCE && slice_is_none(d->comment)
           && slice_is_none(d->only) && s->type.kind == c->type.kind && s->increment == 1
           && !s->has_min && !s->has_max && !s->has_start && s->cache == 1 && !s->cycle
           && s->unlogged == t->unlogged && slice_equal(s->owner_schema, t->schema)
           && slice_equal(s->owner_table, t->name)
           && slice_equal(s->owner_column, c->name);
}

static void
fold_column(struct build *b, const struct table *t, struct column *c)
{
    struct object *o = default_sequence(b, c->default_value);

    if (o == NULL || o->dropped || !slice_equal(o->schema, t->schema)
        || !is_as_made(o->u.definition, t, c)
        || !slice_equal(o->name, sequence_name(b, t, c)))
        return;
    definition_drop(b, o);
    c->identity = IDENTITY_SERIAL;
    c->default_value = NULL;
    c->not_null = true;
}

void
serials_fold(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->table->columns)
            fold_column(b, o->u.table->table, o->u.table->table->columns.items[k]);
    }
}
