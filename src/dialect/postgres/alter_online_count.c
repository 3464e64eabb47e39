/*
 * A new column that counts, identity or serial, in a table that others use.  ADD COLUMN
 * would write the table again while nobody may read it, to give each row its number.
 *
 * So the column comes empty, with a sequence whose next value is its default; batches
 * give numbers to the rows that are there; a validated check proves that none is left;
 * and at last the column is NOT NULL and counts as declared, behind the last number that
 * was given (facts, safe recipe 4).  The sequence has a name for now until then: what
 * owns a sequence of the usual name is taken for a serial column, which is never NULL.
 *
 * A database tells by that name that the rows were to be numbered, so that the next diff
 * goes on where a script stopped.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

struct counting {
    const struct change *change;
    struct slice sequence; /* by its name for now */
};

/* ---- the sequence ---- */

static struct slice
sequence_name(struct alter *a, const struct counting *n)
{
    return alter_name(a, n->change->new.table->schema, n->sequence);
}

static struct slice
create_sequence(struct alter *a, const struct counting *n)
{
    const struct change *c = n->change;
    struct sequence *q = ARENA_NEW(&a->s->arena, struct sequence);
    struct definition d = { .kind = SLICE("sequence"),
                            .schema = c->new.table->schema,
                            .name = n->sequence,
                            .detail = DETAIL_SEQUENCE,
                            .u.sequence = q };

    *q = numbering_of(c->new.column->numbering);
    q->type = c->new.column->type;
    q->unlogged = c->new.table->unlogged;
    q->owner_schema = c->new.table->schema;
    q->owner_table = c->new.table->name;
    q->owner_column = c->new.column->name;
    definition_spell(&a->s->arena, &d, &postgres_style);
    return d.text;
}

static struct slice
next_value(struct alter *a, const struct counting *n)
{
    struct postgres_statement st;

    alter_begin_column(a, &st, n->change, "SET DEFAULT nextval(");
    st.w.need_blank = false;
    sqlw_string(&st.w, sequence_name(a, n));
    sqlw_close(&st.w);
    return postgres_end(&st);
}

/* An identity asks nobody who writes a row for a right on its sequence; a default
 * does. */
static struct slice
let_all_count(struct alter *a, const struct counting *n)
{
    return slice_format(&a->s->arena, "GRANT USAGE ON SEQUENCE %.*s TO PUBLIC",
                        SLICE_ARG(sequence_name(a, n)));
}

bool
online_is_right_for_now(const struct alter *a, const struct definition *d)
{
    return a->r->online && d->detail == DETAIL_GRANT
           && slice_is(d->u.grant->object_kind, "sequence")
           && online_is_name_for_now(d->name);
}

/* Rights and comments on the sequence come before it has its name. */
static bool
is_spoken_of(const struct alter *a, const struct change *c, struct slice sequence)
{
    struct slice schema = c->new.table->schema;

    VEC_EACH (i, &a->r->to->definitions) {
        const struct definition *d = a->r->to->definitions.items[i];

        if (slice_equal(d->name, sequence) && d->schema.len == schema.len
            && (schema.len == 0 || slice_equal(d->schema, schema)))
            return true;
    }
    return false;
}

/* ---- steps ---- */

static void
add_bare(struct alter *a, const struct counting *n)
{
    const struct change *c = n->change;
    struct column bare = *c->new.column;
    struct action *to = alter_action(a, PHASE_GROW, alter_columns_order(a), c);
    struct postgres_statement st;

    bare.identity = IDENTITY_NONE;
    bare.numbering = NULL;
    postgres_begin_alter(a->s, &st, c->new.table, "ADD COLUMN");
    postgres_write_column(&st.w, &bare, false);
    alter_sql(a, to, postgres_end(&st));
    alter_sql(a, to, create_sequence(a, n));
    if (c->new.column->identity != IDENTITY_SERIAL)
        alter_sql(a, to, let_all_count(a, n));
    alter_sql(a, to, next_value(a, n));
    if (bare.comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, c->new.column, NULL,
                                          bare.comment));
    alter_reason(a, to,
                 "Rows that others write from here on get their number from a sequence; "
                 "ADD COLUMN with the whole column would write the table again while "
                 "nobody may read it.");
}

static void
fill(struct alter *a, const struct counting *n)
{
    struct action *to = alter_action(a, PHASE_FILL, 0, n->change);

    to->title = alter_member_title(a, "number the rows in", n->change->new.table,
                                   n->change->new.column);
    online_fill_in_batches(a, to, n->change, SLICE("DEFAULT"));
    alter_reason(a, to,
                 "In batches that are committed one by one.  Rows that have a number are "
                 "left alone: run again, it goes on where it was.");
}

static void
become_serial(struct alter *a, struct action *to, const struct counting *n)
{
    const struct change *c = n->change;
    struct slice name = naming_sequence(a->s, c->new.table, c->new.column);

    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER SEQUENCE %.*s RENAME TO %.*s",
                           SLICE_ARG(sequence_name(a, n)),
                           SLICE_ARG(alter_ident(a, name))));
}

/* The table first: who writes it waits there, and not for the sequence.
 * pg_get_serial_sequence finds the new one only when the column owns no
 * other. */
static void
become_identity(struct alter *a, struct action *to, const struct counting *n)
{
    const struct change *c = n->change;
    struct slice sequence = sequence_name(a, n);
    struct postgres_statement st;

    alter_column_words(a, to, c, "DROP DEFAULT");
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER SEQUENCE %.*s OWNED BY NONE",
                           SLICE_ARG(sequence)));
    alter_begin_column(a, &st, c, "ADD");
    postgres_write_identity(&st.w, c->new.column);
    alter_sql(a, to, postgres_end(&st));
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT setval(");
    st.w.need_blank = false;
    postgres_write_sequence_of(a->s, &st.w, c->new.table, c->new.column);
    text_addz(&st.text, ", last_value, is_called) FROM ");
    text_add(&st.text, sequence);
    alter_sql(a, to, postgres_end(&st));
    alter_sql(a, to,
              slice_format(&a->s->arena, "DROP SEQUENCE %.*s", SLICE_ARG(sequence)));
}

static void
finish(struct alter *a, const struct counting *n)
{
    const struct change *c = n->change;
    struct action *to = online_require_by_check(a, c);

    online_settle(to, SETTLE_NOT_NULL);
    to->title = alter_member_title(a, "count", c->new.table, c->new.column);
    if (c->new.column->identity == IDENTITY_SERIAL)
        become_serial(a, to, n);
    else
        become_identity(a, to, n);
    alter_reason(a, to,
                 "The numbers go on behind the last one that was given.  By itself, so "
                 "that no other table is locked meanwhile.");
}

bool
online_add_counting(struct alter *a, const struct change *c)
{
    struct slice usual = naming_sequence(a->s, c->new.table, c->new.column);
    struct counting n = { .change = c };

    if (c->new.column->identity == IDENTITY_NONE || !online_takes_batches(a, c)
        || is_spoken_of(a, c, usual))
        return false;
    n.sequence = online_spare_name(a, c->new.table, usual);
    add_bare(a, &n);
    fill(a, &n);
    finish(a, &n);
    return true;
}

/* ---- where a script stopped ---- */

/* The names that the old side has for a column that owns such a sequence. */
static struct slice
counting_key(struct alter *a, struct slice schema, struct slice table,
             struct slice column)
{
    struct slice key = catalog_key(&a->s->arena, schema, table);

    return slice_format(&a->s->arena, "%.*s\1%.*s", SLICE_ARG(key), SLICE_ARG(column));
}

void
online_note_counting(struct alter *a)
{
    map_init(&a->counting, &a->s->arena);
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        if (d->detail == DETAIL_SEQUENCE && online_is_name_for_now(d->name)
            && !slice_is_none(d->u.sequence->owner_column))
            map_put(&a->counting,
                    counting_key(a, d->u.sequence->owner_schema,
                                 d->u.sequence->owner_table,
                                 d->u.sequence->owner_column),
                    (void *)(uintptr_t)d);
    }
}

/* NULL: no script stopped there. */
static const struct definition *
begun_sequence(struct alter *a, const struct change *c)
{
    if (!a->r->online || a->counting.count == 0 || c->old.column == NULL
        || c->new.column == NULL || c->old.column->identity != IDENTITY_NONE
        || c->new.column->identity == IDENTITY_NONE
        || !type_equal(&c->old.column->type, &c->new.column->type)
        || !online_takes_batches(a, c))
        return NULL;
    return map_get(&a->counting, counting_key(a, c->old.table->schema, c->old.table->name,
                                              c->old.column->name));
}

bool
online_goes_on_counting(struct alter *a, const struct change *c)
{
    const struct definition *d = begun_sequence(a, c);
    struct counting n = { .change = c };

    if (d == NULL)
        return false;
    n.sequence = d->name;
    if (c->kind == CHANGE_COLUMN_IDENTITY) {
        fill(a, &n);
        finish(a, &n);
    }
    return true;
}

bool
online_counts_by(struct alter *a, const struct definition *d)
{
    for (size_t i = 0; a->counting.count > 0 && i < a->r->changes->all.count; i++) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_COLUMN_IDENTITY && begun_sequence(a, c) == d)
            return true;
    }
    return false;
}
