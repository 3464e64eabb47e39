/*
 * Definitions that PostgreSQL alters where they stand: sequences, domains, composite
 * types; and what gets another name or comment.
 */
#include "dialect/postgres/postgres.h"

/* "ALTER DOMAIN s.d" and the words that follow. */
static void
begin(struct alter *a, struct postgres_statement *st, const struct definition *d,
      const char *words)
{
    postgres_begin(a->s, st);
    sqlw_kw(&st->w, "ALTER");
    definition_write_name(&st->w, d);
    if (words[0] != '\0')
        sqlw_kw(&st->w, words);
}

static void
add(struct alter *a, struct action *to, const struct postgres_statement *st)
{
    alter_sql(a, to, postgres_end(st));
}

static void
add_words(struct alter *a, struct action *to, const struct definition *d,
          const char *words)
{
    struct postgres_statement st;

    begin(a, &st, d, words);
    add(a, to, &st);
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

/* The ends that it counts between; of no written one, those of its type. */
static int64_t
lowest(const struct sequence *s)
{
    if (s->has_min)
        return s->min;
    if (s->increment > 0)
        return 1;
    return s->type.kind == TYPE_INT2   ? INT16_MIN
           : s->type.kind == TYPE_INT4 ? INT32_MIN
                                       : INT64_MIN;
}

static int64_t
highest(const struct sequence *s)
{
    if (s->has_max)
        return s->max;
    if (s->increment < 0)
        return -1;
    return s->type.kind == TYPE_INT2   ? INT16_MAX
           : s->type.kind == TYPE_INT4 ? INT32_MAX
                                       : INT64_MAX;
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
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT setval(");
    st.w.need_blank = false;
    sqlw_string(&st.w, name);
    sqlw_raw(&st.w,
             slice_format(&a->s->arena,
                          ", least(greatest(last_value, %lld), %lld), is_called AND "
                          "last_value %s %lld) FROM %.*s",
                          (long long)lowest(new), (long long)highest(new),
                          new->increment > 0 ? ">=" : "<=",
                          (long long)(new->increment > 0 ? lowest(new) : highest(new)),
                          SLICE_ARG(name)));
    alter_sql(a, to, postgres_end(&st));
}

/* No place of the old bounds is one of the new. */
static bool
bounds_part(const struct sequence *old, const struct sequence *new)
{
    return lowest(new) > highest(old) || highest(new) < lowest(old);
}

static bool
bounds_narrow(const struct sequence *old, const struct sequence *new)
{
    return lowest(new) > lowest(old) || highest(new) < highest(old);
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
    begin(a, &st, c->new.definition, "");
    bare = st.text.len;
    alter_write_counting(&st.w, old, new, false);
    if (!turns && bounds_part(old, new))
        sqlw_kw(&st.w, "RESTART"); /* where it stands is no value of it any more */
    if (st.text.len > bare)
        add(a, to, &st);
    if (old->unlogged != new->unlogged)
        add_words(a, to, c->new.definition,
                  new->unlogged ? "SET UNLOGGED" : "SET LOGGED");
    if (!same_owner(old, new))
        alter_sql(a, to, postgres_own_sequence(a->s, c->new.definition));
}

/* ---- comments on members ---- */

static void
add_member_comment(struct alter *a, struct action *to, const struct definition *d,
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
    add(a, to, &st);
}

static bool
same_comment(struct slice a, struct slice b)
{
    return a.len == b.len && slice_equal(a, b);
}

/* ---- domains ---- */

static const struct domain_check *
find_check(const struct domain *m, const struct domain_check *like)
{
    VEC_EACH (i, &m->checks)
        if (slice_equal(m->checks.items[i].name, like->name))
            return &m->checks.items[i];
    return NULL;
}

static bool
same_check(const struct domain_check *a, const struct domain_check *b)
{
    return b != NULL && expr_equal(a->check, b->check) && (a->not_valid || !b->not_valid);
}

static void
drop_checks(struct alter *a, struct action *to, const struct change *c)
{
    const struct domain *old = c->old.definition->u.domain;

    VEC_EACH (i, &old->checks) {
        const struct domain_check *k = &old->checks.items[i];
        const struct domain_check *kept = find_check(c->new.definition->u.domain, k);
        struct postgres_statement st;

        if (alter_is_held(a, NULL, k->check)
            || (kept != NULL && expr_equal(k->check, kept->check)
                && (k->not_valid || !kept->not_valid)))
            continue;
        begin(a, &st, c->new.definition, "DROP CONSTRAINT");
        sqlw_ident(&st.w, k->name);
        add(a, to, &st);
    }
}

static void
add_check(struct alter *a, struct action *to, const struct definition *d,
          const struct domain_check *k)
{
    struct postgres_statement st;

    begin(a, &st, d, "ADD CONSTRAINT");
    sqlw_ident(&st.w, k->name);
    sqlw_kw(&st.w, "CHECK");
    sqlw_expr_parens(&st.w, k->check);
    if (k->not_valid)
        sqlw_kw(&st.w, "NOT VALID");
    add(a, to, &st);
}

/* True: the server asks the rows that are there. */
static bool
add_checks(struct alter *a, struct action *to, const struct change *c)
{
    const struct domain *new = c->new.definition->u.domain;
    bool asks = false;

    VEC_EACH (i, &new->checks) {
        const struct domain_check *k = &new->checks.items[i];
        const struct domain_check *was = find_check(c->old.definition->u.domain, k);
        struct postgres_statement st;

        if (was != NULL && alter_is_held(a, NULL, was->check))
            was = NULL; /* down already */
        if (was == NULL || !same_check(was, k)) {
            add_check(a, to, c->new.definition, k);
            asks |= !k->not_valid;
        } else if (was->not_valid && !k->not_valid) {
            begin(a, &st, c->new.definition, "VALIDATE CONSTRAINT");
            sqlw_ident(&st.w, k->name);
            add(a, to, &st);
            asks = true;
        }
        if (was == NULL || !same_check(was, k) ? k->comment.len > 0
                                               : !same_comment(was->comment, k->comment))
            add_member_comment(a, to, c->new.definition, k->name, k->comment);
    }
    return asks;
}

/* Rows are read under a lock on each table that has a column of the domain. */
static void
set_domain_cost(struct alter *a, struct action *to, const struct definition *old,
                bool asks)
{
    to->scans = asks && alter_domain_is_stored(a, old);
    to->lock = to->scans ? "SHARE" : NULL;
}

static void
alter_default(struct alter *a, struct action *to, const struct change *c)
{
    const struct expr *value = c->new.definition->u.domain->default_value;
    struct postgres_statement st;

    if (expr_equal(c->old.definition->u.domain->default_value, value))
        return;
    begin(a, &st, c->new.definition, value == NULL ? "DROP DEFAULT" : "SET DEFAULT");
    if (value != NULL)
        sqlw_expr(&st.w, value);
    add(a, to, &st);
}

/* Its checks that hold on to what is made anew.  alter_domain puts back those of a domain
 * that changes, too. */
void
alter_free_domain(struct alter *a, const struct definition *d,
                  const struct definition *then)
{
    struct change c = { .kind = CHANGE_REPLACE_DEFINITION,
                        .old.definition = d,
                        .new.definition = then };

    VEC_EACH (i, &d->u.domain->checks) {
        const struct domain_check *k = &d->u.domain->checks.items[i];
        struct postgres_statement st;
        struct action *to;

        if (!alter_is_held(a, NULL, k->check))
            continue;
        to = alter_action(a, PHASE_CLEAR, alter_holder_order(a), &c);
        begin(a, &st, d, "DROP CONSTRAINT");
        sqlw_ident(&st.w, k->name);
        add(a, to, &st);
        if (then == NULL)
            continue;
        to = alter_back_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, &c);
        set_domain_cost(a, to, d, !k->not_valid);
        add_check(a, to, then, k);
        if (k->comment.len > 0)
            add_member_comment(a, to, then, k->name, k->comment);
    }
}

static void
alter_domain(struct alter *a, const struct change *c)
{
    const struct domain *old = c->old.definition->u.domain;
    const struct domain *new = c->new.definition->u.domain;
    struct action *to;
    bool asks;

    if (!type_equal(&old->base, &new->base)
        || !slice_equal(old->collation, new->collation)) {
        alter_refuse(a, c,
                     "a domain keeps its type, and columns hold on to it; change the "
                     "columns to a new domain in a @migrate section");
        return;
    }
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);
    drop_checks(a, to, c);
    alter_default(a, to, c);
    if (old->not_null != new->not_null)
        add_words(a, to, c->new.definition,
                  new->not_null ? "SET NOT NULL" : "DROP NOT NULL");
    asks = add_checks(a, to, c);
    set_domain_cost(a, to, c->old.definition, asks || (new->not_null && !old->not_null));
}

/* ---- composite types ---- */

static const struct attribute *
find_attribute(const struct composite *c, struct slice name)
{
    VEC_EACH (i, &c->attributes)
        if (slice_equal(c->attributes.items[i].name, name))
            return &c->attributes.items[i];
    return NULL;
}

/* On the way back: what has gone, and was called so before. */
static const struct attribute *
attribute_that_was(const struct composite *old, const struct composite *new,
                   struct slice name)
{
    VEC_EACH (i, &old->attributes) {
        const struct attribute *x = &old->attributes.items[i];

        if (slice_equal(x->was, name) && find_attribute(new, x->name) == NULL)
            return x;
    }
    return NULL;
}

/* The old attribute that became this one: by @was, of either side, else by name. */
static const struct attribute *
old_attribute(const struct composite *old, const struct composite *new,
              const struct attribute *x)
{
    const struct attribute *was =
        slice_is_none(x->was) ? NULL : find_attribute(old, x->was);

    if (was == NULL)
        was = attribute_that_was(old, new, x->name);
    return was != NULL ? was : find_attribute(old, x->name);
}

static const struct attribute *
new_attribute(const struct composite *old, const struct composite *new,
              const struct attribute *x)
{
    VEC_EACH (i, &new->attributes)
        if (old_attribute(old, new, &new->attributes.items[i]) == x)
            return &new->attributes.items[i];
    return NULL;
}

/* Attributes of the older version that the newer has not. */
void
alter_tell_gone_attributes(struct alter *a, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;
    const struct composite *new = c->new.definition->u.composite;
    const struct definition *older = a->r->down ? c->new.definition : c->old.definition;

    VEC_EACH (i, &older->u.composite->attributes) {
        const struct attribute *x = &older->u.composite->attributes.items[i];

        if (a->r->down ? old_attribute(old, new, x) == NULL
                       : new_attribute(old, new, x) == NULL)
            alter_tell_missing(a,
                               slice_format(&a->s->arena, "attribute %.*s.%.*s",
                                            SLICE_ARG(older->name), SLICE_ARG(x->name)),
                               SLICE_NONE);
    }
}

static void
write_attribute(struct sqlw *w, const struct attribute *x, const char *words)
{
    sqlw_ident(w, x->name);
    if (words[0] != '\0')
        sqlw_kw(w, words);
    sqlw_type(w, &x->type);
    if (!slice_is_none(x->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, x->collation);
    }
}

static void
drop_attributes(struct alter *a, struct action *to, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;

    VEC_EACH (i, &old->attributes) {
        const struct attribute *x = &old->attributes.items[i];
        struct postgres_statement st;

        if (new_attribute(old, c->new.definition->u.composite, x) != NULL)
            continue;
        begin(a, &st, c->new.definition, "DROP ATTRIBUTE");
        sqlw_ident(&st.w, x->name);
        add(a, to, &st);
        alter_loses(to,
                    slice_format(&a->s->arena, "attribute %.*s.%.*s",
                                 SLICE_ARG(c->new.definition->name), SLICE_ARG(x->name)),
                    SLICE_NONE);
    }
}

static void
change_attribute(struct alter *a, struct action *to, const struct definition *d,
                 const struct attribute *old, const struct attribute *x)
{
    struct postgres_statement st;

    if (old == NULL) {
        begin(a, &st, d, "ADD ATTRIBUTE");
        write_attribute(&st.w, x, "");
        add(a, to, &st);
        return;
    }
    if (!slice_equal(old->name, x->name)) {
        begin(a, &st, d, "RENAME ATTRIBUTE");
        sqlw_ident(&st.w, old->name);
        sqlw_kw(&st.w, "TO");
        sqlw_ident(&st.w, x->name);
        add(a, to, &st);
    }
    if (!type_equal(&old->type, &x->type) || !slice_equal(old->collation, x->collation)) {
        begin(a, &st, d, "ALTER ATTRIBUTE");
        write_attribute(&st.w, x, "TYPE");
        add(a, to, &st);
    }
}

/* New attributes come last; the others must stand as they stood. */
static bool
keeps_order(const struct composite *old, const struct composite *new)
{
    const struct attribute *last = NULL;
    bool fresh = false;

    VEC_EACH (i, &new->attributes) {
        const struct attribute *was = old_attribute(old, new, &new->attributes.items[i]);

        if (was == NULL) {
            fresh = true;
            continue;
        }
        if (fresh || (last != NULL && was < last))
            return false;
        last = was;
    }
    return true;
}

static bool
is_in_a_table(const struct alter *a, const struct definition *d)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->columns) {
            const struct type *type = &t->columns.items[k]->type;

            if (type->kind == TYPE_NAMED && slice_equal(type->name, d->name)
                && slice_equal(type->schema, d->schema))
                return true;
        }
    }
    return false;
}

static bool
retypes(const struct composite *old, const struct composite *new)
{
    VEC_EACH (i, &new->attributes) {
        const struct attribute *x = &new->attributes.items[i];
        const struct attribute *was = old_attribute(old, new, x);

        if (was != NULL
            && (!type_equal(&was->type, &x->type)
                || !slice_equal(was->collation, x->collation)))
            return true;
    }
    return false;
}

static void
alter_composite(struct alter *a, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;
    const struct composite *new = c->new.definition->u.composite;
    struct action *to;

    if (!keeps_order(old, new)) {
        alter_refuse(a, c,
                     "the attributes of a composite type keep their order, and new "
                     "ones come last");
        return;
    }
    if (retypes(old, new) && is_in_a_table(a, c->old.definition)) {
        alter_refuse(a, c,
                     "PostgreSQL changes no attribute's type while a table has a "
                     "column of the type; do it in a @migrate section");
        return;
    }
    to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);
    drop_attributes(a, to, c);
    VEC_EACH (i, &new->attributes) {
        const struct attribute *x = &new->attributes.items[i];

        const struct attribute *was = old_attribute(old, new, x);

        change_attribute(a, to, c->new.definition, was, x);
        if (!same_comment(was == NULL ? SLICE_NONE : was->comment, x->comment))
            add_member_comment(a, to, c->new.definition, x->name, x->comment);
    }
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
    struct action *to = alter_action(a, PHASE_GROW, order, c);
    struct postgres_statement st;

    if (!same_schema(&old, new)) {
        begin(a, &st, &old, "SET SCHEMA");
        sqlw_ident(&st.w, slice_is_none(new->schema) ? SLICE("public") : new->schema);
        add(a, to, &st);
        old.schema = new->schema;
    }
    if (!slice_equal(old.name, new->name)) {
        begin(a, &st, &old, "RENAME TO");
        sqlw_ident(&st.w, new->name);
        add(a, to, &st);
    }
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
        begin(a, &st, d, "SET SCHEMA");
        sqlw_ident(&st.w, schema_name(new->in_schema));
        add(a, to, &st);
    }
    if (slice_is_none(new->version) || slice_equal(old->version, new->version))
        return;
    begin(a, &st, d, "UPDATE TO");
    sqlw_string(&st.w, new->version);
    add(a, to, &st);
}

bool
alter_definition_in_place(struct alter *a, const struct change *c)
{
    if (c->old.definition->detail != c->new.definition->detail)
        return false;
    if (c->new.definition->detail == DETAIL_SEQUENCE)
        alter_counter(a, c);
    else if (c->new.definition->detail == DETAIL_DOMAIN)
        alter_domain(a, c);
    else if (c->new.definition->detail == DETAIL_COMPOSITE)
        alter_composite(a, c);
    else if (c->new.definition->detail == DETAIL_EXTENSION)
        alter_extension(a, c);
    else if (c->new.definition->detail == DETAIL_ROLE)
        alter_role(a, c);
    else
        return false;
    return true;
}
