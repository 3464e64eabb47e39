/*
 * Parents and partitions.  What a table gets from a parent that it keeps changes with the
 * parent, in the database as in the catalog, so that it is no change of its own.
 */
#include "diff/differ.h"

/* The column of the parent that value number `i` is of; NULL: not known. */
static const struct column *
key_column(const struct differ *d, const struct table *t, size_t i)
{
    const struct relation_name *n = &t->parents.all.items[0];
    const struct table *parent = catalog_find_table(d->to, n->schema, n->name);
    const struct partition_by *by = parent == NULL ? NULL : parent->partition_by;

    if (by == NULL || by->keys.all.count == 0)
        return NULL;
    i = t->bound->kind == BOUND_LIST ? 0 : i;
    if (i >= by->keys.all.count || by->keys.all.items[i].expr != NULL)
        return NULL;
    return table_find_column(parent, by->keys.all.items[i].column);
}

/* As the server keeps a value of the key's type: 1 for a text is '1'. */
static const struct expr *
bound_form(const struct differ *d, const struct column *key, const struct expr *e)
{
    struct expr *text;

    if (key == NULL)
        return e;
    if (e->kind != EXPR_NUMBER || type_family(&key->type) != FAMILY_TEXT)
        return differ_default_form(d, key, e);
    text = arena_copy(&d->s->arena, e, sizeof *e);
    text->kind = EXPR_STRING;
    return differ_default_form(d, key, text);
}

static bool
values_equal(const struct differ *d, const struct table *t, const struct expr *const *a,
             size_t a_count, const struct expr *const *b, size_t b_count)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++) {
        const struct column *key = key_column(d, t, i);

        if (!expr_equal(bound_form(d, key, a[i]), bound_form(d, key, b[i])))
            return false;
    }
    return true;
}

/* Needs: the parents are the same. */
static bool
same_bound(const struct differ *d, const struct table *old, const struct table *new)
{
    const struct partition_bound *a = old->bound;
    const struct partition_bound *b = new->bound;

    if (a == NULL || b == NULL)
        return a == b;
    return a->kind == b->kind && a->modulus == b->modulus && a->remainder == b->remainder
           && values_equal(d, new, a->from.items, a->from.count, b->from.items,
                           b->from.count)
           && values_equal(d, new, a->to.items, a->to.count, b->to.items, b->to.count);
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

    if (old->parents.all.count != new->parents.all.count)
        return false;
    VEC_EACH (i, &new->parents.all)
        if (!same_parent(d, &old->parents.all.items[i], &new->parents.all.items[i]))
            return false;
    return same_bound(d, old, new);
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

    if (old == NULL || new == NULL)
        return old == new;
    key.keys = old->keys;
    key = differ_rename_constraint(d, p, &key);
    return old->strategy == new->strategy &&index_keys_equal(&key.keys, &new->keys);
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
