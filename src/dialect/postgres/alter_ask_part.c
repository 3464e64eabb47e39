/*
 * Rows of a table that becomes a partition, asked for before anything changes: what does
 * not satisfy its bound, the keys and unique indexes of the whole, or its foreign keys.
 * Of a default partition beside it: what is within the new bound.
 */
#include "dialect/postgres/alter.h"

/* ---- the bound ---- */

static bool
has_same_keys(const struct table *old, const struct table *parent)
{
    VEC_EACH (i, &parent->partition_by->keys.all) {
        const struct column *key =
            table_find_column(parent, parent->partition_by->keys.all.items[i].column);
        const struct column *now = key == NULL ? NULL : table_find_column(old, key->name);

        if (now == NULL || !type_equal(&now->type, &key->type))
            return false;
    }
    return true;
}

static bool
has_old_name(const struct alter *a, const struct table *t)
{
    const struct table *old = diff_old_table(a->r->changes, t);

    return old != NULL && slice_equal(old->name, t->name)
           && old->schema.len == t->schema.len
           && (t->schema.len == 0 || slice_equal(old->schema, t->schema));
}

static struct slice
ask_for_rows_in_the_way(struct alter *a, const struct table *asked, struct slice bound,
                        bool is_default)
{
    return slice_format(&a->s->arena, "SELECT %.*s FROM %.*s WHERE %s%.*s%s",
                        SLICE_ARG(alter_sample(a, asked)),
                        SLICE_ARG(alter_name(a, asked->schema, asked->name)),
                        is_default ? "" : "NOT (", SLICE_ARG(bound),
                        is_default ? "" : ")");
}

/* A remainder is told by the parent's name. */
static bool
says_parent(const struct alter *a, const struct table *t)
{
    return t->bound->kind == BOUND_HASH
           && !has_old_name(a, catalog_whole_of(a->r->to, t));
}

bool
alter_bound_can_be_asked(const struct alter *a, const struct table *t,
                         const struct table *old)
{
    if (!online_bound_can_be_written(a, t))
        return false;
    for (const struct table *p = t; p->bound != NULL; p = catalog_whole_of(a->r->to, p))
        if (says_parent(a, p) || !has_same_keys(old, catalog_whole_of(a->r->to, p)))
            return false;
    return true;
}

void
alter_require_bound(struct alter *a, struct action *to, const struct change *c,
                    const struct table *t, bool is_default)
{
    struct question q = { .old = diff_old_table(a->r->changes, t) };
    struct slice bound;

    if (!alter_bound_can_be_asked(a, c->new.table, q.old))
        return;
    bound = online_bound(a, c->new.table, false);
    q.title = slice_format(&a->s->arena, "%.*s has rows %s the bound of %.*s",
                           SLICE_ARG(q.old->name), is_default ? "within" : "outside of",
                           SLICE_ARG(c->new.table->name));
    q.query = ask_for_rows_in_the_way(a, q.old, bound, is_default);
    q.then = ask_for_rows_in_the_way(a, t, bound, is_default);
    alter_require_of_old(a, to, &q);
}

/* ---- keys, indexes and foreign keys ---- */

static bool
has_key(const struct table *t, const struct constraint *key)
{
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->kind == key->kind
            && index_keys_equal(&t->constraints.items[i]->keys, &key->keys))
            return true;
    return false;
}

/* The server takes it for the part; nothing is built. */
static bool
has_index(struct alter *a, const struct table *old, const struct index *x)
{
    const struct table_indexes *indexes = alter_old_indexes_of(a, old);

    VEC_EACH (i, &indexes->all) {
        const struct index *k = indexes->all.items[i];

        if (k->unique && k->where == NULL && x->where == NULL
            && k->nulls_not_distinct == x->nulls_not_distinct
            && index_keys_equal(&k->keys, &x->keys))
            return true;
    }
    return false;
}

/* ATTACH makes the keys and unique indexes that the whole has and the table has not. */
static void
require_keys(struct alter *a, struct action *to, const struct change *c)
{
    const struct table_indexes *indexes = alter_indexes_of(a, c->new.table);

    VEC_EACH (i, &c->new.table->constraints) {
        const struct constraint *k = c->new.table->constraints.items[i];

        if ((k->kind == CONSTRAINT_PRIMARY_KEY || k->kind == CONSTRAINT_UNIQUE)
            && k->inherited && !has_key(c->old.table, k))
            alter_require_key_of_part(a, to, c->new.table, k);
    }
    VEC_EACH (i, &indexes->all)
        if (indexes->all.items[i]->inherited
            && !has_index(a, c->old.table, indexes->all.items[i]))
            alter_require_index_rows(a, to, indexes->all.items[i]);
}

static bool
has_reference(const struct table *old, const struct constraint *key)
{
    VEC_EACH (i, &old->constraints) {
        const struct constraint *k = old->constraints.items[i];

        if (k->kind == CONSTRAINT_FOREIGN_KEY && !k->not_valid
            && index_keys_equal(&k->keys, &key->keys)
            && slice_equal(k->ref_table, key->ref_table)
            && k->ref_schema.len == key->ref_schema.len
            && (k->ref_schema.len == 0 || slice_equal(k->ref_schema, key->ref_schema))
            && slices_equal(&k->ref_columns, &key->ref_columns))
            return true;
    }
    return false;
}

static void
require_parents(struct alter *a, struct action *to, const struct change *c)
{
    VEC_EACH (i, &c->new.table->constraints) {
        const struct constraint *k = c->new.table->constraints.items[i];

        if (k->kind == CONSTRAINT_FOREIGN_KEY && k->inherited
            && !has_reference(c->old.table, k))
            alter_require_key_of_part(a, to, c->new.table, k);
    }
}

void
alter_require_joining(struct alter *a, struct action *to, const struct change *c)
{
    const struct table *rest = online_default_partition(a, c->new.table);

    require_parents(a, to, c);
    if (a->r->has_data_step)
        return;
    alter_require_bound(a, to, c, c->new.table, false);
    if (rest != NULL)
        alter_require_bound(a, to, c, rest, true);
}

void
alter_require_part(struct alter *a, struct action *to, const struct change *c)
{
    require_keys(a, to, c);
    alter_require_joining(a, to, c);
}
