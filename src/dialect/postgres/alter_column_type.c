/*
 * A column gets another type or collation: what the server converts by itself, what must
 * be written, and what is lost on the way.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

static bool
is_integer(enum type_kind k)
{
    return k == TYPE_INT2 || k == TYPE_INT4 || k == TYPE_INT8;
}

static bool
is_float(enum type_kind k)
{
    return k == TYPE_REAL || k == TYPE_DOUBLE;
}

static bool
has_day_and_time(enum type_kind k)
{
    return k == TYPE_TIMESTAMP || k == TYPE_TIMESTAMPTZ;
}

static bool
has_seconds(enum type_kind k)
{
    return has_day_and_time(k) || k == TYPE_TIME || k == TYPE_TIMETZ
           || k == TYPE_INTERVAL;
}

static int32_t
scale_of(const struct type *t)
{
    return t->arg_count == 2 ? t->args[1] : 0;
}

#define SECOND_DIGITS_MAX 6

static int32_t
second_digits(const struct type *t)
{
    return t->arg_count > 0 ? t->args[0] : SECOND_DIGITS_MAX;
}

static bool
number_loses(const struct type *old, const struct type *new)
{
    bool is_limited = new->kind == TYPE_DECIMAL &&new->arg_count > 0;

    if (old->kind == TYPE_DOUBLE && new->kind == TYPE_REAL)
        return true;
    if (is_float(old->kind)) /* as a numeric it has the digits that are sure, no more */
        return is_integer(new->kind) || new->kind == TYPE_DECIMAL;
    if (old->kind == TYPE_DECIMAL)
        return is_float(new->kind)
               || ((is_integer(new->kind) || is_limited)
                   && (old->arg_count == 0 || scale_of(old) > scale_of(new)));
    return (old->kind == TYPE_INT8 && is_float(new->kind))
           || (old->kind == TYPE_INT4
               && (new->kind == TYPE_REAL || new->kind == TYPE_BOOLEAN));
}

static bool
time_loses(const struct type *old, const struct type *new)
{
    if (has_day_and_time(old->kind)
        && (new->kind == TYPE_DATE || new->kind == TYPE_TIME || new->kind == TYPE_TIMETZ))
        return true;
    if (new->kind == TYPE_TIME
        && (old->kind == TYPE_TIMETZ || old->kind == TYPE_INTERVAL))
        return true;
    return has_seconds(old->kind) && has_seconds(new->kind)
           && second_digits(old) > second_digits(new);
}

/* What the server converts without a word, although there is no way back to it. */
bool
alter_loses_digits(const struct type *old, const struct type *new)
{
    return old->dimensions == new->dimensions
           && (number_loses(old, new) || time_loses(old, new));
}

/* Are two values of the one type two values of the other?  One that the new type has no
 * room for is refused, and asked for by itself. */
bool
alter_keeps_apart(const struct type *old, const struct type *new)
{
    static const enum type_kind spelt_apart[] = {
        TYPE_INT2,   TYPE_INT4,    TYPE_INT8, TYPE_DECIMAL, TYPE_REAL,
        TYPE_DOUBLE, TYPE_BOOLEAN, TYPE_UUID, TYPE_DATE,    TYPE_VARCHAR,
    };

    if (type_equal(old, new))
        return true;
    if (old->dimensions > 0 || new->dimensions > 0)
        return false;
    if (type_family(old) == FAMILY_NUMBER && type_family(new) == FAMILY_NUMBER)
        return !number_loses(old, new);
    if (new->kind == TYPE_VARCHAR)
        return old->kind == TYPE_VARCHAR || old->kind == TYPE_TEXT;
    for (size_t i = 0; new->kind == TYPE_TEXT &&i < ARRAY_LEN(spelt_apart); i++)
        if (old->kind == spelt_apart[i])
            return true;
    return false;
}

/* Is the old value the same text again on the way back?  '03' is the number 3, which is
 * '3'; a label, a longer varchar and json keep the text. */
bool
alter_respells(const struct type *old, const struct type *new)
{
    if (old->dimensions > 0 || new->dimensions > 0)
        return false;
    if (old->kind == TYPE_JSON)
        return new->kind == TYPE_JSONB;
    return (old->kind == TYPE_TEXT || old->kind == TYPE_VARCHAR)
           && (new->kind == TYPE_CHAR
               || (type_family(new) != FAMILY_TEXT
                   && new->kind != TYPE_NAMED &&new->kind != TYPE_JSON));
}

/* The server converts by itself: a cast with USING would cut text that is too long. */
static bool
converts_by_itself(const struct alter *a, const struct change *c)
{
    const struct type *old = alter_stored_type(a, &c->old.column->type);
    const struct type *new = alter_stored_type(a, &c->new.column->type);

    if (old->dimensions != new->dimensions)
        return false;
    if (type_family(new) == FAMILY_TEXT)
        return true;
    if (new->kind == TYPE_NAMED)
        return false;
    return old->kind == new->kind
           || (type_family(old) == type_family(new) && type_family(new) == FAMILY_NUMBER)
           || (type_family(old) == type_family(new) && type_family(new) == FAMILY_TIME);
}

static struct slice
type_text(struct alter *a, const struct type *t)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_type(&st.w, t);
    return postgres_end(&st);
}

struct slice
alter_is_rounded(struct alter *a, const struct column *old, const struct type *new)
{
    const struct type *was_type = alter_stored_type(a, &old->type);
    struct slice column = alter_ident(a, old->name);
    struct slice type = type_text(a, was_type);
    struct slice bad = SLICE_NONE;
    struct slice was = column;
    struct slice is;

    new = alter_stored_type(a, new);
    if (!alter_server_reads(new))
        bad = alter_no_value(a, column, was_type, new);
    if (was_type->kind == TYPE_JSON) { /* has no <> */
        type = SLICE("text");
        was = slice_format(&a->s->arena, "CAST(%.*s AS text)", SLICE_ARG(column));
    }
    is = slice_format(&a->s->arena, "%.*s <> CAST(CAST(%.*s AS %.*s) AS %.*s)",
                      SLICE_ARG(was), SLICE_ARG(column), SLICE_ARG(type_text(a, new)),
                      SLICE_ARG(type));
    if (slice_is_none(bad) || !alter_respells(was_type, new))
        return is;
    return slice_format(&a->s->arena, "CASE WHEN %.*s THEN false ELSE %.*s END",
                        SLICE_ARG(bad), SLICE_ARG(is));
}

/* How many values are not what they were. */
static struct slice
ask_for_rounded(struct alter *a, const struct change *c)
{
    struct slice table = alter_name(a, c->old.table->schema, c->old.table->name);

    return slice_format(
        &a->s->arena, "SELECT count(*) FROM %.*s WHERE %.*s", SLICE_ARG(table),
        SLICE_ARG(alter_is_rounded(a, c->old.column, &c->new.column->type)));
}

struct slice
alter_rounding(struct alter *a, const struct change *c)
{
    bool loses = c->kind == CHANGE_COLUMN_TYPE && alter_declared_value(a, c) == NULL
                 && alter_loses_digits(alter_stored_type(a, &c->old.column->type),
                                       alter_stored_type(a, &c->new.column->type));

    return loses ? ask_for_rounded(a, c) : SLICE_NONE;
}

/* The old value as it is read; by then it has another name, and its label may have. */
static const struct expr *
value_read(struct alter *a, const struct change *c, bool by_then)
{
    const struct expr *column =
        expr_leaf(&a->s->arena, EXPR_COLUMN, SPAN_NONE,
                  by_then ? c->new.column->name : c->old.column->name);
    const struct expr *label =
        by_then ? alter_label_before(a, &c->old.column->type, NULL, column) : NULL;

    return label == NULL ? column : label;
}

/* To what is below a domain, whose own rules the server asks then: a cast to the domain
 * itself would cut and round without a word. */
static void
write_cast(const struct alter *a, struct sqlw *w, const struct change *c,
           const struct expr *value)
{
    const struct type *new = alter_stored_type(a, &c->new.column->type);

    sqlw_kw(w, "CAST(");
    w->need_blank = false;
    sqlw_expr(w, value);
    if (value->kind == EXPR_COLUMN
        && (new->kind == TYPE_NAMED
            || alter_was_enum(a, alter_stored_type(a, &c->old.column->type))))
        postgres_write_cast(w, SLICE("text")); /* every type goes there and back */
    sqlw_kw(w, "AS");
    sqlw_type(w, new);
    sqlw_close(w);
}

void
alter_write_converted(struct alter *a, struct sqlw *w, const struct change *c,
                      bool by_then)
{
    const struct expr *value = value_read(a, c, by_then);

    if (converts_by_itself(a, c))
        sqlw_expr(w, value);
    else
        write_cast(a, w, c, value);
}

static void
write_using(struct alter *a, struct sqlw *w, const struct change *c,
            const struct expr *value)
{
    bool as_it_is =
        converts_by_itself(a, c) && value_read(a, c, true)->kind == EXPR_COLUMN;

    if (value == NULL && (as_it_is || alter_keeps_bytes(a, c)))
        return;
    sqlw_kw(w, "USING");
    if (value == NULL)
        alter_write_converted(a, w, c, true);
    else
        sqlw_expr_parens(w, alter_value_by_then(a, c->old.table, c->new.table, value,
                                                &c->new.column->type));
}

/* ---- one ALTER TABLE for all of a table: its rows are written again once ---- */

struct retyping {
    struct action *action;
    struct text text;
    size_t columns;
};

static struct retyping *
begin_retyping(struct alter *a, const struct change *c)
{
    struct retyping *out = ARENA_NEW(&a->s->arena, struct retyping);

    out->action = alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);
    out->columns = 1;
    online_tell_why_short(a, out->action, c);
    text_init(&out->text, &a->s->arena);
    text_addz(&out->text, "ALTER TABLE ");
    text_add(&out->text, alter_name(a, c->new.table->schema, c->new.table->name));
    alter_sql(a, out->action, SLICE_NONE);
    return out;
}

/* What loses digits stands by itself: it says how many values are at stake. */
static struct retyping *
retyping_of(struct alter *a, const struct change *c, bool alone)
{
    struct slice key =
        catalog_key(&a->s->arena, c->new.table->schema, c->new.table->name);
    struct retyping *out = alone ? NULL : map_get(&a->retyped, key);

    if (out == NULL) {
        out = begin_retyping(a, c);
        if (!alone)
            map_put(&a->retyped, key, out);
        return out;
    }
    out->columns++;
    VEC_PUSH(&a->s->arena, &out->action->causes, *c);
    out->action->title = slice_format(&a->s->arena, "change types of %zu columns of %.*s",
                                      out->columns, SLICE_ARG(c->new.table->name));
    if (out->columns == 2)
        alter_reason(a, out->action, WRITTEN_ONCE);
    return out;
}

static void
begin_clause(struct alter *a, struct retyping *r, struct postgres_statement *st,
             const struct change *c)
{
    text_addz(&r->text, slice_is_none(r->action->sql.items[0]) ? " " : ",\n    ");
    postgres_begin(a->s, st);
    sqlw_kw(&st->w, "ALTER COLUMN");
    sqlw_ident(&st->w, c->new.column->name);
}

static void
end_clause(struct retyping *r, struct postgres_statement *st)
{
    text_add(&r->text, postgres_end(st));
    r->action->sql.items[0] = text_slice(&r->text);
}

static void
set_type(struct alter *a, struct retyping *r, const struct change *c,
         const struct expr *value)
{
    struct column plain = *c->new.column;
    struct postgres_statement st;

    plain.identity = IDENTITY_NONE; /* serial is no type */
    begin_clause(a, r, &st, c);
    sqlw_kw(&st.w, "TYPE");
    postgres_write_column_type(&st.w, &plain);
    write_using(a, &st.w, c, value);
    end_clause(r, &st);
}

static void
drop_default(struct alter *a, struct retyping *r, const struct change *c)
{
    struct postgres_statement st;

    begin_clause(a, r, &st, c);
    sqlw_kw(&st.w, "DROP DEFAULT");
    end_clause(r, &st);
}

static void
set_default(struct alter *a, struct retyping *r, const struct change *c)
{
    struct postgres_statement st;

    begin_clause(a, r, &st, c);
    alter_write_default(&st.w, c->new.column);
    end_clause(r, &st);
}

/* serial becomes bigserial: its sequence counts as far as the column goes. */
static void
retype_sequence(struct alter *a, struct retyping *r, const struct change *c)
{
    struct slice name = alter_name(a, c->new.table->schema,
                                   naming_sequence(a->s, c->new.table, c->new.column));

    alter_sql(a, r->action,
              slice_format(&a->s->arena, "ALTER SEQUENCE %.*s AS %s", SLICE_ARG(name),
                           type_canonical_name(c->new.column->type.kind)));
}

bool
alter_keeps_kind(const struct change *c)
{
    return c->old.column->type.kind == c->new.column->type.kind
           && c->old.column->type.kind != TYPE_NAMED;
}

bool
alter_rewrites_type(struct alter *a, const struct change *c)
{
    return alter_declared_value(a, c) != NULL || !alter_keeps_bytes(a, c);
}

/* A server keeps the DEFAULT NULL of a column with a domain, which may have a default of
 * its own, and no other; what it keeps would stay behind as NULL of the domain's type. */
static bool
keeps_null_default(const struct column *c)
{
    return c->null_default && c->type.kind == TYPE_NAMED;
}

/* The way back is left to the server, which refuses it where there are rows or not: a
 * version that cannot be left is a version all the same. */
bool
alter_refuse_without_cast(struct alter *a, const struct change *c)
{
    const struct type *old = alter_stored_type(a, &c->old.column->type);
    const struct type *new = alter_stored_type(a, &c->new.column->type);

    if (a->r->down || alter_declared_value(a, c) != NULL || type_may_become(old, new))
        return false;
    alter_refuse(a, c,
                 "PostgreSQL has no cast between the two types; say the values with "
                 "@from");
    return true;
}

/* The old default need not be a value of the new type. */
void
alter_column_type(struct alter *a, const struct change *c)
{
    const struct expr *value = alter_declared_value(a, c);
    struct slice rounded = alter_rounding(a, c);
    struct retyping *r;

    if (alter_refuse_without_cast(a, c) || online_copies(a, c))
        return;
    r = retyping_of(a, c, !slice_is_none(rounded));
    alter_require_castable(a, r->action, c);
    if (!alter_keeps_kind(c)
        && (c->old.column->default_value != NULL || keeps_null_default(c->old.column)))
        drop_default(a, r, c);
    set_type(a, r, c, value);
    if (!alter_keeps_kind(c) && !alter_calls_late(a, c->new.column->default_value)
        && (c->new.column->default_value != NULL || keeps_null_default(c->new.column)))
        set_default(a, r, c);
    if (c->old.column->identity == IDENTITY_SERIAL
        && c->new.column->identity == IDENTITY_SERIAL)
        retype_sequence(a, r, c);
    r->action->rewrites |= alter_rewrites_type(a, c);
    r->action->scans |= alter_retyping_reads(a, c);
    if (!slice_is_none(rounded)
        && !alter_parks(a, c->old.table, c->old.column, r->action))
        alter_loses(r->action,
                    alter_member_title(a, "digits of", c->old.table, c->old.column),
                    rounded);
}

/* A collation is no property of the stored bytes: they stay, and indexes are read anew.
 */
void
alter_column_collation(struct alter *a, const struct change *c)
{
    struct postgres_statement st;
    struct retyping *r;

    if (!type_equal(&c->old.column->type, &c->new.column->type))
        return; /* change_type says it */
    if (online_copies(a, c))
        return;
    r = retyping_of(a, c, false);
    r->action->scans |= alter_retyping_reads(a, c);
    if (!slice_is_none(c->new.column->collation)) {
        set_type(a, r, c, NULL);
        return;
    }
    begin_clause(a, r, &st, c);
    sqlw_kw(&st.w, "TYPE");
    sqlw_type(&st.w, &c->new.column->type);
    sqlw_kw(&st.w, "COLLATE \"default\"");
    end_clause(r, &st);
}
