/*
 * Definitions that PostgreSQL alters where they stand: sequences, extensions, and what
 * gets another name or comment.  Domains are in alter_domain.c, composite types in
 * alter_composite.c.
 */
#include "dialect/postgres/alter.h"

/* ---- what all of them are altered with ---- */

void
alter_definition_begin(struct alter *a, struct postgres_statement *st,
                       const struct definition *d, const char *words)
{
    postgres_begin(a->s, st);
    sqlw_kw(&st->w, "ALTER");
    definition_write_name(&st->w, d);
    if (words[0] != '\0')
        sqlw_kw(&st->w, words);
}

void
alter_definition_add(struct alter *a, struct action *to,
                     const struct postgres_statement *st)
{
    alter_sql(a, to, postgres_end(st));
}

void
alter_definition_words(struct alter *a, struct action *to, const struct definition *d,
                       const char *words)
{
    struct postgres_statement st;

    alter_definition_begin(a, &st, d, words);
    alter_definition_add(a, to, &st);
}

void
alter_member_comment(struct alter *a, struct action *to, const struct definition *d,
                     struct slice name, struct slice comment)
{
    struct postgres_statement st;
    bool column = d->detail == DETAIL_COMPOSITE;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, column ? "COMMENT ON COLUMN" : "COMMENT ON CONSTRAINT");
    if (!column) {
        sqlw_ident(&st.w, name);
        sqlw_kw(&st.w, "ON DOMAIN");
    }
    sqlw_qualified(&st.w, d->schema, d->name);
    if (column) {
        sqlw_dot(&st.w);
        sqlw_ident(&st.w, name);
    }
    sqlw_kw(&st.w, "IS");
    if (comment.len > 0)
        sqlw_string(&st.w, comment);
    else
        sqlw_kw(&st.w, "NULL");
    alter_definition_add(a, to, &st);
}

bool
alter_same_comment(struct slice a, struct slice b)
{
    return a.len == b.len && slice_equal(a, b);
}

/* ---- sequences ---- */

static bool
same_limit(bool has, int64_t a, bool also, int64_t b)
{
    return has == also && (!has || a == b);
}

/* Without a START the first value is the end that it counts from. */
static int64_t
start_of(const struct sequence *s)
{
    if (s->has_start)
        return s->start;
    if (s->increment > 0)
        return s->has_min ? s->min : 1;
    return s->has_max ? s->max : -1;
}

/* ALTER SEQUENCE takes the options as they are, ALTER COLUMN with SET before each. */
static void
write_word(struct sqlw *w, bool of_column, const char *words)
{
    if (of_column)
        sqlw_kw(w, "SET");
    sqlw_kw(w, words);
}

static void
write_limit(struct sqlw *w, bool of_column, const char *words, bool has, int64_t value)
{
    if (!has) {
        write_word(w, of_column, "NO");
        sqlw_kw(w, words);
        return;
    }
    write_word(w, of_column, words);
    sqlw_number(w, value);
}

void
alter_write_counting(struct sqlw *w, const struct sequence *old,
                     const struct sequence *new, bool of_column)
{
    bool turned = (old->increment > 0) != (new->increment > 0);
    bool moved = turned || old->type.kind != new->type.kind;

    if (old->type.kind != new->type.kind) {
        sqlw_kw(w, "AS");
        sqlw_type(w, &new->type);
    }
    if (old->increment != new->increment) {
        write_word(w, of_column, "INCREMENT BY");
        sqlw_number(w, new->increment);
    }
    if (moved || !same_limit(old->has_min, old->min, new->has_min, new->min))
        write_limit(w, of_column, "MINVALUE", new->has_min, new->min);
    if (moved || !same_limit(old->has_max, old->max, new->has_max, new->max))
        write_limit(w, of_column, "MAXVALUE", new->has_max, new->max);
    if (start_of(old) != start_of(new)) {
        write_word(w, of_column, "START WITH");
        sqlw_number(w, start_of(new));
    }
    if (turned)
        sqlw_kw(w, "RESTART"); /* where it stands is no value of it any more */
    if (old->cache != new->cache) {
        write_word(w, of_column, "CACHE");
        sqlw_number(w, new->cache);
    }
    if (old->cycle != new->cycle)
        write_word(w, of_column, new->cycle ? "CYCLE" : "NO CYCLE");
}

static bool
same_owner(const struct sequence *a, const struct sequence *b)
{
    return slice_equal(a->owner_table, b->owner_table)
           && slice_equal(a->owner_schema, b->owner_schema)
           && slice_equal(a->owner_column, b->owner_column);
}

/*
 * The place that it stands at may be out of the new bounds, which the server does not
 * take.  What was given out stays given out: it moves to the next end, no further.
 */
static void
move_into_bounds(struct alter *a, struct action *to, const struct definition *d,
                 const struct sequence *new)
{
    struct slice name = alter_name(a, d->schema, d->name);
    long long low = sequence_lowest(new);
    long long high = sequence_highest(new);
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT setval(");
    st.w.need_blank = false;
    sqlw_string(&st.w, name);
    sqlw_raw(&st.w,
             slice_format(&a->s->arena,
                          ", least(greatest(last_value, %lld), %lld), is_called AND "
                          "last_value %s %lld) FROM %.*s",
                          low, high, new->increment > 0 ? ">=" : "<=",
                          new->increment > 0 ? low : high, SLICE_ARG(name)));
    alter_sql(a, to, postgres_end(&st));
}

/* No place of the old bounds is one of the new. */
static bool
bounds_part(const struct sequence *old, const struct sequence *new)
{
    return sequence_lowest(new) > sequence_highest(old)
           || sequence_highest(new) < sequence_lowest(old);
}

static bool
bounds_narrow(const struct sequence *old, const struct sequence *new)
{
    return sequence_lowest(new) > sequence_lowest(old)
           || sequence_highest(new) < sequence_highest(old);
}

void
alter_counter(struct alter *a, const struct change *c)
{
    const struct sequence *old = c->old.definition->u.sequence;
    const struct sequence *new = c->new.definition->u.sequence;
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);
    struct postgres_statement st;
    bool turns = (old->increment > 0) != (new->increment > 0);
    size_t bare;

    to->lock = "SHARE ROW EXCLUSIVE";
    if (!turns && bounds_narrow(old, new) && !bounds_part(old, new))
        move_into_bounds(a, to, c->new.definition, new);
    alter_definition_begin(a, &st, c->new.definition, "");
    bare = st.text.len;
    alter_write_counting(&st.w, old, new, false);
    if (!turns && bounds_part(old, new))
        sqlw_kw(&st.w, "RESTART"); /* where it stands is no value of it any more */
    if (st.text.len > bare)
        alter_definition_add(a, to, &st);
    if (old->unlogged != new->unlogged)
        alter_definition_words(a, to, c->new.definition,
                  new->unlogged ? "SET UNLOGGED" : "SET LOGGED");
    if (!same_owner(old, new))
        alter_sql(a, to, postgres_own_sequence(a->s, c->new.definition));
}

/* ---- names and comments ---- */

static bool
same_schema(const struct definition *a, const struct definition *b)
{
    return slice_equal(a->schema, b->schema);
}

void
alter_rename_definition(struct alter *a, const struct change *c)
{
    struct definition old = *c->old.definition;
    const struct definition *new = c->new.definition;
    size_t order =
        new->detail == DETAIL_SCHEMA ? GROW_RENAME_SCHEMAS : GROW_RENAME_TYPES;
    struct action *to;
    struct postgres_statement st;

    if (slice_is(new->kind, "type") || slice_is(new->kind, "domain")
        || slice_is(new->kind, "sequence")) {
        alter_rename_type(a, c);
        return;
    }
    to = alter_action(a, PHASE_GROW, order, c);
    if (!same_schema(&old, new)) {
        alter_definition_begin(a, &st, &old, "SET SCHEMA");
        sqlw_ident(&st.w, slice_is_none(new->schema) ? SLICE("public") : new->schema);
        alter_definition_add(a, to, &st);
        old.schema = new->schema;
    }
    if (!slice_equal(old.name, new->name)) {
        alter_definition_begin(a, &st, &old, "RENAME TO");
        sqlw_ident(&st.w, new->name);
        alter_definition_add(a, to, &st);
    }
}

/* ---- set aside ---- */

bool
alter_replaces_type(const struct change *c)
{
    const struct definition *old = c->old.definition;
    const struct definition *new = c->new.definition;

    if (old->detail == DETAIL_DOMAIN && new->detail == DETAIL_DOMAIN)
        return !type_equal(&old->u.domain->base, &new->u.domain->base)
               || !slice_equal(old->u.domain->collation, new->u.domain->collation);
    return old->detail == DETAIL_RANGE && new->detail == DETAIL_RANGE;
}

/* Is a type what takes its name? */
static bool
is_a_type(struct alter *a, const struct change *c)
{
    const struct enum_type *e = c->old.enum_type;
    struct type t = {
        .kind = TYPE_NAMED,
        .schema = e != NULL ? e->schema : c->old.definition->schema,
        .name = e != NULL ? e->name : c->old.definition->name,
    };

    return alter_type_definition(a, &t) != NULL || alter_is_new_enum(a, &t);
}

void
alter_set_aside(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_CLEAR, CLEAR_ASIDE, c);

    to->lock = NULL;
    alter_rename_aside(a, to, c);
    alter_reason(a, to,
                 is_a_type(a, c)
                     ? "No ALTER makes another type of it where it stands, so it makes "
                       "room for one of its name; its columns are converted, and then it "
                       "is dropped."
                     : "What takes its name comes before the columns of the type are "
                       "converted, and then it is dropped.");
}

/* ---- extensions ---- */

static struct slice
schema_name(struct slice schema)
{
    return slice_is_none(schema) ? SLICE("public") : schema;
}

static void
alter_extension(struct alter *a, const struct change *c)
{
    const struct extension *old = c->old.definition->u.extension;
    const struct definition *d = c->new.definition;
    const struct extension *new = d->u.extension;
    size_t order = GROW_DEFINITIONS + order_of_definition(&a->new_routines, d);
    struct action *to = alter_action(a, PHASE_GROW, order, c); /* behind its schema */
    struct postgres_statement st;

    to->lock = NULL;
    if (!slice_equal(schema_name(old->in_schema), schema_name(new->in_schema))) {
        alter_definition_begin(a, &st, d, "SET SCHEMA");
        sqlw_ident(&st.w, schema_name(new->in_schema));
        alter_definition_add(a, to, &st);
    }
    if (slice_is_none(new->version) || slice_equal(old->version, new->version))
        return;
    alter_definition_begin(a, &st, d, "UPDATE TO");
    sqlw_string(&st.w, new->version);
    alter_definition_add(a, to, &st);
}

bool
alter_definition_in_place(struct alter *a, const struct change *c)
{
    if (c->old.definition->detail != c->new.definition->detail)
        return false;
    if (c->new.definition->detail == DETAIL_SEQUENCE)
        alter_counter(a, c);
    else if (c->new.definition->detail == DETAIL_DOMAIN)
        alter_domain_in_place(a, c);
    else if (c->new.definition->detail == DETAIL_COMPOSITE)
        alter_composite_in_place(a, c);
    else if (c->new.definition->detail == DETAIL_EXTENSION)
        alter_extension(a, c);
    else if (c->new.definition->detail == DETAIL_ROLE)
        alter_role(a, c);
    else
        return false;
    return true;
}
