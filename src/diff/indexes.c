/*
 * Indexes.  An index never changes: what differs is dropped and made again.  Indexes of a
 * dropped table go with it and are no change.
 */
#include "diff/differ.h"

static bool
same_settings(const struct index *old, const struct index *new)
{
    if (!same_text(old->tablespace, new->tablespace))
        return false;
    VEC_EACH (i, &new->keys.all)
        if (old->keys.all.items[i].has_statistics != new->keys.all.items[i].has_statistics
            || old->keys.all.items[i].statistics != new->keys.all.items[i].statistics)
            return false;
    return true;
}

static void
add_index_change(struct differ *d, enum change_kind kind, const struct index *old,
                 const struct index *new)
{
    add_change(d, kind, (struct change_side){ .index = old },
               (struct change_side){ .index = new });
}

/* A part of an index on a parent that the table keeps. */
static bool
goes_with_parent(const struct differ *d, const struct table_pair *p,
                 const struct index *old)
{
    return old->inherited && differ_keeps_parents(d, p);
}

/* `old` was made again where it differs; nothing is to be dropped where its table goes.
 */
static void
diff_matched(struct differ *d, const struct index *old, const struct index *new)
{
    const struct table_pair *p = differ_pair_of_index(d, old);
    struct index renamed;

    if (p != NULL) {
        renamed = differ_rename_index(d, p, old);
        if (goes_with_parent(d, p, old) && !new->inherited) {
            add_index_change(d, CHANGE_CREATE_INDEX, NULL, new);
            return; /* the whole took its part along */
        }
        if (differ_same_index(d, &renamed, new)) {
            if (!slice_equal(old->name, new->name))
                add_index_change(d, CHANGE_RENAME_INDEX, old, new);
            if (!same_settings(old, new))
                add_index_change(d, CHANGE_INDEX_OPTIONS, old, new);
            if (!same_text(old->comment, new->comment))
                add_index_change(d, CHANGE_OBJECT_COMMENT, old, new);
            return;
        }
        if (!goes_with_parent(d, p, old))
            add_index_change(d, CHANGE_DROP_INDEX, old, NULL);
    }
    if (index_is_written(new))
        add_index_change(d, CHANGE_CREATE_INDEX, NULL, new);
}

void
diff_indexes(struct differ *d)
{
    struct matching m;

    match_indexes(d, &m);
    VEC_EACH (i, &d->to->indexes) {
        const struct index *new = d->to->indexes.items[i];

        if (m.old_of_new[i] == MATCH_NONE && !index_is_written(new))
            continue; /* the index on the parent brings it */
        if (m.old_of_new[i] == MATCH_NONE)
            add_index_change(d, CHANGE_CREATE_INDEX, NULL, new);
        else
            diff_matched(d, d->from->indexes.items[m.old_of_new[i]], new);
    }
    VEC_EACH (i, &d->from->indexes) {
        const struct index *old = d->from->indexes.items[i];

        if (m.new_of_old[i] == MATCH_NONE && differ_pair_of_index(d, old) != NULL
            && !goes_with_parent(d, differ_pair_of_index(d, old), old))
            add_index_change(d, CHANGE_DROP_INDEX, old, NULL);
    }
}
