/*
 * Tables: made, dropped, renamed, and what they say about themselves as a whole.
 */
#include "diff/differ.h"

static bool
same_options(const struct table *old, const struct table *new)
{
    return old->strict == new->strict && old->without_rowid == new->without_rowid
           && old->unlogged == new->unlogged &&same_text(old->options, new->options)
           && same_text(old->tablespace, new->tablespace)
           && same_text(old->method, new->method)
           && same_text(old->of_type.name, new->of_type.name)
           && same_text(old->of_type.schema, new->of_type.schema)
           && same_text(old->clustered_on, new->clustered_on)
           && same_text(old->replica_identity, new->replica_identity)
           && same_text(old->replica_index, new->replica_index)
           && old->row_security == new->row_security
           && old->force_row_security == new->force_row_security;
}

/* Two sides of one table; each change of it holds both. */
static void
add_table_change(struct differ *d, enum change_kind kind, const struct table_pair *p)
{
    add_change(d, kind, (struct change_side){ .table = p->old },
               (struct change_side){ .table = p->new });
}

static void
diff_table(struct differ *d, const struct table_pair *p)
{
    const struct table *old = p->old;
    const struct table *new = p->new;

    if (!slice_equal(old->name, new->name) || !same_text(old->schema, new->schema))
        add_table_change(d, CHANGE_RENAME_TABLE, p);
    if (!same_options(old, new))
        add_table_change(d, CHANGE_TABLE_OPTIONS, p);
    if (!differ_same_partition_key(d, p))
        add_table_change(d, CHANGE_PARTITION_KEY, p);
    if (!differ_keeps_parents(d, p))
        add_table_change(d, CHANGE_TABLE_PARENTS, p);
    diff_table_columns(d, p);
    diff_table_constraints(d, p);
    if (old->append_only != new->append_only)
        add_table_change(d, CHANGE_APPEND_ONLY, p);
    if (!same_text(old->comment, new->comment))
        add_table_change(d, CHANGE_TABLE_COMMENT, p);
}

static void
diff_dropped_tables(struct differ *d)
{
    VEC_EACH (i, &d->from->tables) {
        const struct table *t = d->from->tables.items[i];

        if (pair_of_old_table(d, t->schema, t->name) == NULL)
            add_change(d, CHANGE_DROP_TABLE, (struct change_side){ .table = t },
                       (struct change_side){ 0 });
    }
}

void
diff_tables(struct differ *d)
{
    VEC_EACH (i, &d->to->tables) {
        const struct table_pair *p = &d->pairs[i];

        if (p->old == NULL)
            add_table_change(d, CHANGE_CREATE_TABLE, p);
        else
            diff_table(d, p);
    }
    diff_dropped_tables(d);
}
