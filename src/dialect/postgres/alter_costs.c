/*
 * What the server does with the rows of a table when a column comes or gets another type:
 * it writes them all again, reads them all, or leaves them alone (measured: facts
 * addcol.*, type.*; the rules are ATExecAddColumn and ATColumnChangeRequiresRewrite of
 * the server's tablecmds.c).
 */
#include "dialect/postgres/alter.h"

#define SECOND_DIGITS_MAX 6

/* ---- domains ---- */

static const struct domain_types *
domains_of(struct alter *a, const struct catalog *c)
{
    struct domain_types *kept = c == a->r->from ? &a->old_domains : &a->new_domains;

    if (kept->a == NULL) {
        domain_types_init(kept, &a->s->arena);
        domain_types_add(kept, c);
    }
    return kept;
}

const struct domain *
alter_domain_of(struct alter *a, const struct catalog *c, const struct type *t)
{
    return domain_types_get(domains_of(a, c), t);
}

/* NOT NULL or a CHECK, of the domain itself or of one that it is made of. */
static bool
has_conditions(struct alter *a, const struct catalog *c, const struct type *t)
{
    for (const struct domain *d; (d = alter_domain_of(a, c, t)) != NULL; t = &d->base)
        if (d->not_null || d->checks.count > 0)
            return true;
    return false;
}

static bool
is_made_of(struct alter *a, const struct type *t, const struct definition *wanted)
{
    for (const struct domain *d; (d = alter_domain_of(a, a->r->from, t)) != NULL;
         t = &d->base)
        if (slice_equal(t->name, wanted->name) && slice_equal(t->schema, wanted->schema))
            return true;
    return false;
}

bool
alter_domain_is_stored(struct alter *a, const struct definition *d)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->columns)
            if (is_made_of(a, &t->columns.items[k]->type, d))
                return true;
    }
    return false;
}

const struct type *
alter_stored_type(const struct alter *a, const struct type *t)
{
    return diff_stored(a->r->changes, t);
}

/* ---- a column is added ---- */

bool
alter_default_varies(struct alter *a, const struct column *c)
{
    const struct domain *d;

    if (c->default_value != NULL || c->null_default)
        return c->default_varies;
    d = alter_domain_of(a, a->r->to, &c->type);
    return d != NULL && d->default_varies;
}

/* A domain without one has that of the domain that it is made of. */
static bool
has_default(struct alter *a, const struct catalog *c, const struct type *t)
{
    for (const struct domain *d; (d = alter_domain_of(a, c, t)) != NULL; t = &d->base)
        if (d->default_value != NULL)
            return true;
    return false;
}

bool
alter_fills_itself(struct alter *a, const struct column *c)
{
    if (c->default_value != NULL || c->null_default)
        return c->default_value != NULL;
    return has_default(a, a->r->to, &c->type) || has_default(a, a->r->from, &c->type);
}

bool
alter_domain_asks_rows(struct alter *a, const struct column *c)
{
    return has_conditions(a, a->r->to, &c->type);
}

bool
alter_adding_rewrites(struct alter *a, const struct column *c)
{
    return c->generated != NULL || c->identity != IDENTITY_NONE
           || alter_default_varies(a, c) || alter_domain_asks_rows(a, c);
}

/* ---- a column gets another type ---- */

/*
 * Types whose values are stored alike (pg_cast: binary coercible, at least on
 * assignment).  Where the two have operators of their own, indexes are built anew.
 */
static const struct {
    const char *from;
    const char *to;
    bool keeps_indexes;
} alike[] = {
    { "cidr", "inet", true },       { "text", "citext", false },
    { "varchar", "citext", false }, { "citext", "text", false },
    { "citext", "varchar", false }, { "integer", "oid", false },
    { "oid", "integer", false },    { "bit", "varbit", false },
    { "xml", "text", false },       { "xml", "varchar", false },
};

static bool
type_is_called(const struct type *t, const char *name)
{
    return t->kind == TYPE_NAMED ? slice_is(t->name, name)
                                 : strcmp(type_canonical_name(t->kind), name) == 0;
}

/* Its place in that table plus one; 0: they are not in it. */
static size_t
find_alike(const struct type *old, const struct type *new)
{
    for (size_t i = 0; i < ARRAY_LEN(alike); i++)
        if (new->arg_count == 0 && type_is_called(old, alike[i].from)
            && type_is_called(new, alike[i].to))
            return i + 1;
    return 0;
}

static int32_t
scale_of(const struct type *t)
{
    return t->arg_count == 2 ? t->args[1] : 0;
}

static bool
is_longer(const struct type *old, const struct type *new)
{
    return new->arg_count == 0 || (old->arg_count > 0 && new->args[0] >= old->args[0]);
}

/* A number that was kept with any scale is rounded to the new one. */
static bool
keeps_decimals(const struct type *old, const struct type *new)
{
    return new->arg_count == 0 || (is_longer(old, new) && scale_of(old) == scale_of(new));
}

static int32_t
second_digits(const struct type *t)
{
    return t->arg_count == 0 ? SECOND_DIGITS_MAX : t->args[0];
}

static bool
has_second_digits(enum type_kind k)
{
    return k == TYPE_TIME || k == TYPE_TIMETZ || k == TYPE_TIMESTAMP
           || k == TYPE_TIMESTAMPTZ || k == TYPE_INTERVAL;
}

static bool
is_varying_text(const struct type *t)
{
    return t->kind == TYPE_TEXT || t->kind == TYPE_VARCHAR;
}

/* Needs: neither is a domain. */
static bool
are_stored_alike(const struct type *old, const struct type *new)
{
    if (type_equal(old, new))
        return true;
    if (old->dimensions > 0 || new->dimensions > 0)
        return false;
    if (is_varying_text(old) && is_varying_text(new))
        return new->arg_count == 0 || is_longer(old, new);
    if (old->kind == TYPE_DECIMAL && new->kind == TYPE_DECIMAL)
        return keeps_decimals(old, new);
    if (old->kind == new->kind && has_second_digits(old->kind))
        return second_digits(new) >= second_digits(old);
    if (type_is_called(old, "varbit") && type_is_called(new, "varbit"))
        return is_longer(old, new);
    return find_alike(old, new) > 0;
}

bool
alter_keeps_bytes(struct alter *a, const struct change *c)
{
    const struct type *was = &c->old.column->type;
    struct type old = *alter_stored_type(a, was);
    const struct type *new = alter_stored_type(a, &c->new.column->type);

    if (has_conditions(a, a->r->to, &c->new.column->type))
        return false;
    if (alter_domain_of(a, a->r->from, was) != NULL) {
        if (type_equal(&old, new) && new->arg_count == 0)
            return true;
        old.arg_count = 0; /* the server does not look at the length that a domain has */
    }
    return are_stored_alike(&old, new);
}

/* ---- what has to be read although the rows stay as they are ---- */

static struct map *
indexes_by_table(struct arena *arena, const struct catalog *c)
{
    struct map *out = ARENA_NEW(arena, struct map);

    map_init(out, arena);
    VEC_EACH (i, &c->indexes) {
        const struct index *x = c->indexes.items[i];
        struct slice key = catalog_key(arena, x->table->schema, x->table->name);
        struct table_indexes *own = map_get(out, key);

        if (own == NULL) {
            own = ARENA_NEW(arena, struct table_indexes);
            map_put(out, key, own);
        }
        VEC_PUSH(arena, &own->all, x);
    }
    return out;
}

static const struct table_indexes *
indexes_of(struct alter *a, struct map **by_table, const struct catalog *c,
           const struct table *t)
{
    static const struct table_indexes none = { 0 };
    const struct table_indexes *found;

    if (*by_table == NULL)
        *by_table = indexes_by_table(&a->s->arena, c);
    found = map_get(*by_table, catalog_key(&a->s->arena, t->schema, t->name));
    return found == NULL ? &none : found;
}

const struct table_indexes *
alter_indexes_of(struct alter *a, const struct table *t)
{
    return indexes_of(a, &a->table_indexes, a->r->to, t);
}

const struct table_indexes *
alter_old_indexes_of(struct alter *a, const struct table *t)
{
    return indexes_of(a, &a->old_table_indexes, a->r->from, t);
}

/* It is built again where an expression reads the column, whatever happens to that; by
 * its own operators or collation only where those are others. */
static bool
index_is_rebuilt(const struct index_keys *keys, const struct expr *where,
                 const struct change *c, bool other_order)
{
    struct slice name = c->new.column->name;

    if (expr_mentions_column(where, name))
        return true;
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        if (expr_mentions_column(k->expr, name))
            return true;
        if (other_order && slice_equal(k->column, name) && slice_is_none(k->collation))
            return true;
    }
    return false;
}

static bool
constraint_is_asked_again(const struct constraint *k, const struct change *c,
                          bool other_order)
{
    if (k->kind == CONSTRAINT_CHECK)
        return !k->not_valid && expr_mentions_column(k->check, c->new.column->name);
    return k->kind != CONSTRAINT_FOREIGN_KEY
           && index_is_rebuilt(&k->keys, k->check, c, other_order);
}

/* Does the column get other operators, or other words to compare its values by? */
static bool
gets_other_order(struct alter *a, const struct change *c)
{
    const struct type *old = alter_stored_type(a, &c->old.column->type);
    const struct type *new = alter_stored_type(a, &c->new.column->type);
    size_t row = type_equal(old, new) ? 0 : find_alike(old, new);

    if (!slice_equal(c->old.column->collation, c->new.column->collation))
        return true;
    return row > 0 && !alike[row - 1].keeps_indexes;
}

bool
alter_retyping_reads(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.table;
    const struct table_indexes *indexes = alter_indexes_of(a, t);
    bool other_order = gets_other_order(a, c);

    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if (constraint_is_asked_again(k, c, other_order)
            && !map_has(&a->added_constraints, order_constraint_key(&a->s->arena, t, k)))
            return true;
    }
    VEC_EACH (i, &indexes->all) {
        const struct index *x = indexes->all.items[i];

        if (index_is_rebuilt(&x->keys, x->where, c, other_order)
            && !map_has(&a->made_indexes, catalog_key(&a->s->arena, t->schema, x->name)))
            return true;
    }
    return false;
}
