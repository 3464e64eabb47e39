/*
 * Names that come before what has them goes.  Tables and columns are dropped late, so
 * that data steps can read them; their sequences and the indexes behind their keys go
 * with them, and meanwhile step aside for new ones of the same name.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

struct room {
    struct alter *a;
    struct map wanted; /* catalog_key of what is made anew */
};

/* ---- what is wanted ---- */

static void
want(struct room *r, struct slice schema, struct slice name)
{
    map_put(&r->wanted, catalog_key(&r->a->s->arena, schema, name), NULL);
}

static void
want_sequence(struct room *r, const struct table *t, const struct column *c)
{
    if (c->identity != IDENTITY_NONE)
        want(r, t->schema, naming_sequence(r->a->s, t, c));
}

static void
want_of_table(struct room *r, const struct table *t)
{
    want(r, t->schema, t->name);
    VEC_EACH (i, &t->columns)
        want_sequence(r, t, t->columns.items[i]);
    VEC_EACH (i, &t->constraints)
        if (constraint_has_index(t->constraints.items[i]))
            want(r, t->schema, t->constraints.items[i]->name);
}

static void
find_wanted(struct room *r)
{
    map_init(&r->wanted, &r->a->s->arena);
    VEC_EACH (i, &r->a->r->changes->all) {
        const struct change *c = &r->a->r->changes->all.items[i];
        const struct definition *d = c->new.definition;

        if (c->kind == CHANGE_CREATE_TABLE)
            want_of_table(r, c->new.table);
        else if (c->kind == CHANGE_RENAME_TABLE)
            want(r, c->new.table->schema, c->new.table->name);
        else if (c->kind == CHANGE_ADD_COLUMN)
            want_sequence(r, c->new.table, c->new.column);
        else if (c->kind == CHANGE_ADD_CONSTRAINT
                 && constraint_has_index(c->new.constraint))
            want(r, c->new.table->schema, c->new.constraint->name);
        else if (c->kind == CHANGE_CREATE_INDEX)
            want(r, c->new.index->table->schema, c->new.index->name);
        else if ((c->kind == CHANGE_CREATE_DEFINITION
                  || c->kind == CHANGE_RENAME_DEFINITION)
                 && (d->detail == DETAIL_SEQUENCE || d->detail == DETAIL_COMPOSITE))
            want(r, d->schema, d->name);
    }
}

/* ---- what steps aside ---- */

static struct slice
set_aside(struct room *r, struct slice name)
{
    return alter_ident(r->a, slice_format(&r->a->s->arena, NAME_SET_ASIDE "%.*s",
                                          SLICE_ARG(name)));
}

static bool
is_wanted(struct room *r, struct slice schema, struct slice name)
{
    return map_has(&r->wanted, catalog_key(&r->a->s->arena, schema, name));
}

static struct action *
room_action(struct room *r, const struct change *c, struct slice name)
{
    struct action *to =
        alter_action(r->a, PHASE_CLEAR, alter_clear_order(r->a, false), c);

    to->title = slice_format(&r->a->s->arena, "make room for %.*s", SLICE_ARG(name));
    return to;
}

static void
move_sequence(struct room *r, const struct change *c, struct slice schema,
              struct slice name)
{
    struct action *to;

    if (!is_wanted(r, schema, name))
        return;
    to = room_action(r, c, name);
    alter_sql(r->a, to,
              slice_format(&r->a->s->arena, "ALTER SEQUENCE %.*s RENAME TO %.*s",
                           SLICE_ARG(alter_name(r->a, schema, name)),
                           SLICE_ARG(set_aside(r, name))));
}

static void
move_column(struct room *r, const struct change *c, const struct column *column)
{
    const struct table *t = c->old.table;

    if (column->identity != IDENTITY_NONE)
        move_sequence(r, c, t->schema, naming_sequence(r->a->s, t, column));
}

static void
move_of_table(struct room *r, const struct change *c)
{
    const struct table *t = c->old.table;

    VEC_EACH (i, &t->columns)
        move_column(r, c, t->columns.items[i]);
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];
        struct action *to;

        if (!constraint_has_index(k) || k->inherited || !is_wanted(r, t->schema, k->name))
            continue;
        to = room_action(r, c, k->name);
        alter_sql(r->a, to,
                  slice_format(&r->a->s->arena,
                               "ALTER TABLE %.*s RENAME CONSTRAINT %.*s TO %.*s",
                               SLICE_ARG(alter_name(r->a, t->schema, t->name)),
                               SLICE_ARG(alter_ident(r->a, k->name)),
                               SLICE_ARG(set_aside(r, k->name))));
    }
}

void
alter_make_room(struct alter *a)
{
    struct room r = { .a = a };

    find_wanted(&r);
    for (size_t i = 0; r.wanted.count > 0 && i < a->r->changes->all.count; i++) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct definition *d = c->old.definition;

        if (c->kind == CHANGE_DROP_TABLE)
            move_of_table(&r, c);
        else if (c->kind == CHANGE_DROP_COLUMN)
            move_column(&r, c, c->old.column);
        else if (c->kind == CHANGE_DROP_DEFINITION && d->detail == DETAIL_SEQUENCE
                 && alter_goes_with_its_owner(a, d))
            move_sequence(&r, c, d->schema, d->name);
    }
}
