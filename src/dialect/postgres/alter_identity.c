/*
 * A column begins to count, counts otherwise, or counts no more.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

static struct slice
sequence_of(struct alter *a, const struct change *c)
{
    return alter_name(a, c->new.table->schema,
                      naming_sequence(a->s, c->new.table, c->new.column));
}

/* The server checks the bounds against the narrower type when the column gets it. */
static bool
gets_narrower(const struct change *c)
{
    enum type_kind old = c->old.column->type.kind;
    enum type_kind new = c->new.column->type.kind;

    return (new == TYPE_INT2 &&old != TYPE_INT2) || (new == TYPE_INT4 &&old == TYPE_INT8);
}

/* Another sequence counts from now on: it goes on where the old one is, also where the
 * rows with the last numbers are gone. */
static bool
goes_on(const struct change *c)
{
    struct sequence old = numbering_of(c->old.column->numbering);
    struct sequence new = numbering_of(c->new.column->numbering);

    return c->old.column->identity != IDENTITY_NONE
           && c->new.column->identity != IDENTITY_NONE
           && (old.increment > 0) == (new.increment > 0);
}

static void
note_number(struct alter *a, struct action *to, const struct change *c)
{
    if (goes_on(c))
        alter_sql(a, to, postgres_note_number(a->s, c->new.table, c->new.column));
}

static void
remove_numbering(struct alter *a, struct action *to, const struct change *c)
{
    struct slice sequence = sequence_of(a, c);

    if (c->old.column->identity == IDENTITY_NONE)
        return;
    if (c->old.column->identity != IDENTITY_SERIAL) {
        note_number(a, to, c);
        alter_column_words(a, to, c, "DROP IDENTITY");
        return;
    }
    alter_column_words(a, to, c, "DROP DEFAULT");
    note_number(a, to, c);
    alter_sql(
        a, to,
        slice_format(&a->s->arena, "DROP SEQUENCE IF EXISTS %.*s", SLICE_ARG(sequence)));
}

static void
set_next(struct alter *a, struct action *to, const struct change *c,
         struct slice sequence)
{
    struct postgres_statement st;

    alter_begin_column(a, &st, c, "SET DEFAULT nextval(");
    st.w.need_blank = false;
    sqlw_string(&st.w, sequence);
    sqlw_close(&st.w);
    alter_sql(a, to, postgres_end(&st));
}

static void
add_serial(struct alter *a, struct action *to, const struct change *c)
{
    struct slice sequence = sequence_of(a, c);
    struct slice table = alter_name(a, c->new.table->schema, c->new.table->name);
    struct slice column = alter_ident(a, c->new.column->name);

    alter_sql(a, to,
              slice_format(&a->s->arena, "CREATE SEQUENCE %.*s AS %s OWNED BY %.*s.%.*s",
                           SLICE_ARG(sequence),
                           type_canonical_name(c->new.column->type.kind),
                           SLICE_ARG(table), SLICE_ARG(column)));
    set_next(a, to, c, sequence);
}

/* The greatest number is the last of a key that begins with the column. */
static bool
is_found_at_once(const struct table *t, const struct column *c)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if ((k->kind == CONSTRAINT_PRIMARY_KEY || k->kind == CONSTRAINT_UNIQUE)
            && k->keys.all.count > 0 && slice_equal(k->keys.all.items[0].column, c->name))
            return true;
    }
    return false;
}

static bool
is_identity(const struct column *c)
{
    return c->identity == IDENTITY_ALWAYS || c->identity == IDENTITY_BY_DEFAULT;
}

static void
catch_up(struct alter *a, struct action *to, const struct change *c)
{
    bool is_noted = !(is_identity(c->old.column) && is_identity(c->new.column));

    alter_sql(a, to,
              postgres_catch_up(a->s, c->new.table, c->new.column,
                                is_noted && goes_on(c)));
    to->scans |= !is_found_at_once(c->new.table, c->new.column);
}

static void
add_numbering(struct alter *a, struct action *to, const struct change *c)
{
    struct postgres_statement st;

    if (c->new.column->identity == IDENTITY_NONE)
        return;
    if (c->new.column->identity == IDENTITY_SERIAL) {
        add_serial(a, to, c);
    } else {
        alter_begin_column(a, &st, c, "ADD");
        postgres_write_identity(&st.w, c->new.column);
        alter_sql(a, to, postgres_end(&st));
    }
    catch_up(a, to, c);
}

/* Where it stands may be out of bounds now. */
static bool
narrows(const struct sequence *old, const struct sequence *new)
{
    bool min = new->has_min && (old->has_min ? new->min > old->min : new->min > 1);
    bool max = new->has_max && (!old->has_max || new->max < old->max);

    return (min || max) && (old->increment > 0) == (new->increment > 0);
}

/* The sequence behind it stays. */
static void
renumber(struct alter *a, struct action *to, const struct change *c)
{
    struct sequence old = numbering_of(c->old.column->numbering);
    struct sequence new = numbering_of(c->new.column->numbering);
    struct postgres_statement st;

    /* The server changes it with that of the column. */
    old.type = new.type;
    postgres_begin_alter(a->s, &st, c->new.table, "ALTER COLUMN");
    sqlw_ident(&st.w, c->new.column->name);
    if (c->old.column->identity != c->new.column->identity)
        sqlw_kw(&st.w, c->new.column->identity == IDENTITY_ALWAYS
                           ? "SET GENERATED ALWAYS"
                           : "SET GENERATED BY DEFAULT");
    alter_write_counting(&st.w, &old, &new, true);
    if (narrows(&old, &new))
        sqlw_kw(&st.w, "RESTART");
    alter_sql(a, to, postgres_end(&st));
    if (narrows(&old, &new) && new.increment > 0)
        catch_up(a, to, c);
}

/* ---- a serial column's sequence that stands alone now, or did ---- */

static bool
is_serial_turning(const struct change *c)
{
    return c->kind == CHANGE_COLUMN_IDENTITY
           && (c->old.column->identity == IDENTITY_SERIAL
                   ? c->new.column->identity == IDENTITY_NONE
                   : c->new.column->identity == IDENTITY_SERIAL
                         && c->old.column->identity == IDENTITY_NONE);
}

/* The sequence of the serial side, by the name that the new side has for the table. */
static struct definition *
serial_sequence(struct alter *a, const struct change *c)
{
    bool was = c->old.column->identity == IDENTITY_SERIAL;
    const struct column *column = was ? c->old.column : c->new.column;
    struct definition *d = ARENA_NEW(&a->s->arena, struct definition);
    struct sequence *q = ARENA_NEW(&a->s->arena, struct sequence);

    *q = numbering_of(NULL);
    q->type = column->type;
    q->owner_schema = c->new.table->schema;
    q->owner_table = c->new.table->name;
    q->owner_column = c->new.column->name;
    d->kind = SLICE("sequence");
    d->schema = c->new.table->schema;
    d->name = naming_sequence(a->s, c->new.table, c->new.column);
    d->detail = DETAIL_SEQUENCE;
    d->u.sequence = q;
    return d;
}

/* The sequence of that name which the other side declares by itself; NULL: none. */
static const struct definition *
other_sequence(struct alter *a, const struct change *c, const struct definition *serial)
{
    bool was = c->old.column->identity == IDENTITY_SERIAL;
    const struct catalog *side = was ? a->r->to : a->r->from;

    VEC_EACH (i, &side->definitions) {
        const struct definition *d = side->definitions.items[i];

        if (d->detail == DETAIL_SEQUENCE && slice_equal(d->name, serial->name)
            && d->schema.len == serial->schema.len
            && (d->schema.len == 0 || slice_equal(d->schema, serial->schema)))
            return d;
    }
    return NULL;
}

bool
alter_serial_takes(struct alter *a, const struct definition *d)
{
    if (d->detail != DETAIL_SEQUENCE)
        return false;
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (is_serial_turning(c) && other_sequence(a, c, serial_sequence(a, c)) == d)
            return true;
    }
    return false;
}

/* The sequence stays, with its place; false: there is none on the other side. */
static bool
keep_sequence(struct alter *a, const struct change *c)
{
    bool was = c->old.column->identity == IDENTITY_SERIAL;
    struct definition *serial = serial_sequence(a, c);
    const struct definition *other =
        is_serial_turning(c) ? other_sequence(a, c, serial) : NULL;
    struct change change = { .kind = CHANGE_REPLACE_DEFINITION,
                             .old.definition = was ? serial : other,
                             .new.definition = was ? other : serial };
    struct action *to;

    if (other == NULL)
        return false;
    alter_counter(a, &change);
    if (was)
        return true; /* its default is a change of its own */
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_COLUMNS, c);
    set_next(a, to, c, alter_name(a, serial->schema, serial->name));
    return true;
}

void
alter_column_identity(struct alter *a, const struct change *c)
{
    struct action *to;

    if (online_goes_on_counting(a, c) || keep_sequence(a, c))
        return;
    to = alter_action(a, PHASE_TIGHTEN,
                      gets_narrower(c) ? TIGHTEN_NUMBERS : TIGHTEN_COLUMNS, c);
    if (is_identity(c->old.column) && is_identity(c->new.column)) {
        renumber(a, to, c);
        return;
    }
    remove_numbering(a, to, c);
    add_numbering(a, to, c);
    alter_reason(a, to,
                 goes_on(c) ? "The numbers go on behind the last one that was given, and "
                              "the highest one that is there."
                            : "The numbers go on behind the highest one that is there.");
}
