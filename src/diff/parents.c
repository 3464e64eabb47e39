/*
 * Parents and partitions.  What a table gets from a parent that it keeps changes with the
 * parent, in the database as in the catalog, so that it is no change of its own.
 */
#include "diff/differ.h"

/* Of a key that is an expression the type is not known: its values are compared as the
 * server writes them, which is as texts. */
static const struct type *
key_type(const struct table *parent, size_t at)
{
    static const struct type text = { .kind = TYPE_TEXT };
    const struct index_keys *keys = parent == NULL || parent->partition_by == NULL
                                        ? NULL
                                        : &parent->partition_by->keys;
    const struct column *c = NULL;

    if (keys == NULL || at >= keys->all.count)
        return NULL;
    if (keys->all.items[at].expr != NULL)
        return &text;
    c = table_find_column(parent, keys->all.items[at].column);
    return c == NULL || !c->has_type ? NULL : &c->type;
}

/* The values of a range belong to a key each, those of a list to the only one. */
static bool
same_values(const struct differ *d, const struct table *parent,
            const struct partition_bound *old, const struct partition_bound *new,
            bool upper)
{
    const struct expr *const *a = upper ? old->to.items : old->from.items;
    const struct expr *const *b = upper ? new->to.items : new->from.items;
    size_t count = upper ? new->to.count : new->from.count;

    if (count != (upper ? old->to.count : old->from.count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct type *t = key_type(parent, new->kind == BOUND_LIST ? 0 : i);

        if (!expr_equal(a[i], b[i])
            && !expr_equal(differ_bound_form(d, t, a[i]), differ_bound_form(d, t, b[i])))
            return false;
    }
    return true;
}

static bool
same_bound(const struct differ *d, const struct table_pair *p)
{
    const struct partition_bound *a = p->old->bound;
    const struct partition_bound *b = p->new->bound;
    const struct table *parent;

    if (a == NULL || b == NULL || p->new->parents.all.count == 0)
        return a == b;
    parent = catalog_whole_of(d->to, p->new);
    return a->kind == b->kind && a->modulus == b->modulus && a->remainder == b->remainder
           && same_values(d, parent, a, b, false) && same_values(d, parent, a, b, true);
}

/* The parent by its new name: a parent that was renamed is the same. */
static bool
same_parent(const struct differ *d, const struct relation_name *old,
            const struct relation_name *new)
{
    const struct table_pair *p = pair_of_old_table(d, old->schema, old->name);

    return p != NULL && slice_equal(p->new->name, new->name)
           && same_text(p->new->schema, new->schema);
}

bool
differ_keeps_parents(const struct differ *d, const struct table_pair *p)
{
    const struct table *old = p->old;
    const struct table *new = p->new;

    if (old->parents.all.count != new->parents.all.count || !same_bound(d, p))
        return false;
    VEC_EACH (i, &new->parents.all)
        if (!same_parent(d, &old->parents.all.items[i], &new->parents.all.items[i]))
            return false;
    return true;
}

bool
differ_comes_from_parent(const struct differ *d, const struct table_pair *p,
                         const struct constraint *c)
{
    if (!c->inherited)
        return false;
    return differ_keeps_parents(d, p) || c->kind != CONSTRAINT_CHECK;
}

bool
differ_same_partition_key(const struct differ *d, const struct table_pair *p)
{
    const struct partition_by *old = p->old->partition_by;
    const struct partition_by *new = p->new->partition_by;
    struct constraint key = { .kind = CONSTRAINT_EXCLUDE };
    struct index_keys before;
    struct index_keys then;

    if (old == NULL || new == NULL)
        return old == new;
    key.keys = old->keys;
    key = differ_rename_constraint(d, p, &key);
    before = differ_keys_form(d, SLICE("btree"), &key.keys);
    then = differ_keys_form(d, SLICE("btree"), &new->keys);
    return old->strategy == new->strategy && index_keys_equal(&before, &then);
}

/* The same column one level up, on the side of `t`; NULL: no parent has it. */
static const struct column *
parent_column(const struct catalog *c, const struct table *t, struct slice name)
{
    VEC_EACH (i, &t->parents.all) {
        const struct relation_name *n = &t->parents.all.items[i];
        const struct table *parent = catalog_find_table(c, n->schema, n->name);
        const struct column *found =
            parent == NULL ? NULL : table_find_column(parent, name);

        if (found != NULL)
            return found;
    }
    return NULL;
}

/* ALTER TABLE p … SET DEFAULT reaches the children, whatever they had. */
bool
differ_default_was_overrun(const struct differ *d, const struct table_pair *p,
                           const struct column *old, const struct column *new)
{
    const struct column *before = parent_column(d->from, p->old, old->name);
    const struct column *after = parent_column(d->to, p->new, new->name);

    return before != NULL && after != NULL && new->own_default
           && !expr_equal(before->default_value, after->default_value);
}
