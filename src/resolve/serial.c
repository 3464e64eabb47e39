/*
 * A dump tells a serial column in three statements: CREATE SEQUENCE, ALTER SEQUENCE …
 * OWNED BY and a default of nextval().  Where all three say exactly what the server makes
 * of serial, NOT NULL included, the column is serial again and the statements are gone.
 *
 * A statement about the sequence of a serial column takes it apart first; what it changes
 * decides whether it is folded again.
 *
 * Needs: all statements applied.  Leaves: what was changed by hand as it is written.
 */
#include "model/naming.h"
#include "resolve/definitions.h"

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

/* What a key implies is found out later (check.c). */
static bool
is_never_null(const struct work_table *w, const struct column *c)
{
    const struct work_constraint *key = table_primary_key(w);

    return c->not_null
           || (key != NULL && column_is_in(&key->constraint->keys, c->name));
}

static void
fold_column(struct build *b, const struct work_table *w, struct column *c)
{
    const struct table *t = w->table;
    struct object *o = default_sequence(b, c->default_value);

    if (o == NULL || o->dropped || !is_never_null(w, c)
        || !slice_equal(o->schema, t->schema)
        || !is_as_made(o->u.definition, t, c)
        || !slice_equal(o->name, naming_sequence(b->s, t, c)))
        return;
    grants_detach(b, o);
    definition_drop(b, o);
    c->identity = IDENTITY_SERIAL;
    c->own_sequence = c->inherited;
    c->default_value = NULL;
    c->not_null = true;
}

/* ---- the other way: a statement names the sequence of a serial column ---- */

static const struct expr *
nextval_of(struct build *b, const struct object *sequence)
{
    struct expr *call =
        expr_new(b->a, EXPR_CALL, SPAN_NONE, SLICE("nextval"), CALL_ARGS + 1);

    call->args[CALL_ARGS] = expr_leaf(b->a, EXPR_STRING, SPAN_NONE,
                                      sequence_text(b, sequence->schema, sequence->name));
    return call;
}

static struct object *
unfold_column(struct build *b, const struct table *t, struct column *c, struct slice name)
{
    struct sequence *s = ARENA_NEW(b->a, struct sequence);
    struct definition *d = ARENA_NEW(b->a, struct definition);
    struct object *o;

    *s = (struct sequence){ .type = { .kind = c->type.kind },
                            .increment = 1,
                            .cache = 1,
                            .unlogged = t->unlogged,
                            .owner_schema = t->schema,
                            .owner_table = t->name,
                            .owner_column = c->name };
    *d = (struct definition){ .kind = SLICE("sequence"),
                              .schema = t->schema,
                              .name = name,
                              .only = c->only,
                              .span = c->span,
                              .detail = DETAIL_SEQUENCE,
                              .u.sequence = s };
    o = object_add(b, ROLE_DEFINITION, d->schema, d->name, d->span);
    o->only = d->only;
    o->u.definition = d;
    definition_respell(b, o);
    definition_register(b, o);
    c->identity = IDENTITY_NONE;
    c->default_value = nextval_of(b, o);
    c->not_null = true;
    family_counts_by(b, t, c);
    return o;
}

/* "t_id_seq" begins with its table's name, or with what is left of a long one. */
static bool
may_own(const struct table *t, struct slice schema, struct slice name)
{
    return slice_equal(t->schema, schema) && name.len > 0 && t->name.len > 0
           && name.ptr[0] == t->name.ptr[0];
}

struct object *
serial_unfold(struct build *b, struct slice schema, struct slice name)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE
            || !may_own(o->u.table->table, schema, name))
            continue;
        VEC_EACH (k, &o->u.table->table->columns) {
            struct column *c = o->u.table->table->columns.items[k];

            if (c->identity == IDENTITY_SERIAL
                && slice_equal(naming_sequence(b->s, o->u.table->table, c), name))
                return unfold_column(b, o->u.table->table, c, name);
        }
    }
    return NULL;
}

void
serials_keep_names(struct build *b, const struct table *t, const struct column *column)
{
    if (!b->engine->keeps_sequences)
        return;
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        if (c->identity == IDENTITY_SERIAL && (column == NULL || c == column))
            (void)unfold_column(b, t, c, naming_sequence(b->s, t, c));
    }
}

void
serial_let_be_null(struct build *b, const struct table *t, struct column *c)
{
    if (c->identity == IDENTITY_SERIAL)
        (void)unfold_column(b, t, c, naming_sequence(b->s, t, c));
    c->not_null = false;
}

/* ---- all of them ---- */

/* By a relation, which composite types are; by any type, unless databases in which the
 * sequence came first may be meant. */
static bool
is_taken(const struct build *b, struct slice schema, struct slice name)
{
    const struct object *type = object_find(b, &b->types, schema, name);

    return object_find(b, &b->relations, schema, name) != NULL
           || (type != NULL
               && (b->terms->types_bar_sequences
                   || (type->role == ROLE_DEFINITION
                       && type->u.definition->detail == DETAIL_COMPOSITE)));
}

/* Where the name is taken the server counts on: t_id_seq1.  That is no name of a serial
 * column, so it is told as what it is made of. */
static void
make_room(struct build *b, const struct table *t, struct column *c)
{
    struct slice usual;
    struct slice name;

    if (c->identity != IDENTITY_SERIAL)
        return;
    usual = naming_sequence(b->s, t, c);
    name = usual;
    for (unsigned n = 1; is_taken(b, t->schema, name); n++)
        name = slice_format(b->a, "%.*s%u", SLICE_ARG(usual), n);
    if (!slice_equal(name, usual))
        (void)unfold_column(b, t, c, name);
}

void
serials_fold(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->table->columns) {
            fold_column(b, o->u.table, o->u.table->table->columns.items[k]);
            make_room(b, o->u.table->table, o->u.table->table->columns.items[k]);
        }
    }
}
