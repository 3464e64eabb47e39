/*
 * Indexes: matched by @was and name, then by what they say on the same table (a derived
 * name follows the names of table and columns).  An index never changes: what differs is
 * dropped and made again.  Indexes of a dropped table go with it and are no change.
 */
#include "diff/differ.h"

static bool
same_keys(const struct differ *d, struct slice method, const struct index_keys *old,
          const struct index_keys *new)
{
    struct index_keys before = differ_keys_form(d, method, old);
    struct index_keys after = differ_keys_form(d, method, new);

    return index_keys_equal(&before, &after);
}

static bool
same_index(const struct differ *d, const struct index *old, const struct index *new)
{
    return old->table == new->table && old->unique == new->unique
           && old->nulls_not_distinct
                  == new->nulls_not_distinct &&same_text(old->method, new->method)
           && same_text(old->options, new->options)
           && slices_equal(&old->include, &new->include)
           && old->on_only
                  == new->on_only &&same_keys(d, new->method, &old->keys, &new->keys)
           && expr_equal(differ_form(d, old->where), differ_form(d, new->where));
}

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

/* The pair of the table that an old index stands on; NULL: the table is gone. */
static const struct table_pair *
pair_of(const struct differ *d, const struct index *i)
{
    return pair_of_old_table(d, i->table->schema, i->table->name);
}

static void
add_name(struct arena *a, const struct index *x, struct slice schema, struct nameds *out)
{
    VEC_PUSH(a, &out->all,
             ((struct named){ catalog_key(a, schema, x->name),
                              was_key(a, schema, x->was) }));
}

/* Old indexes are in the schema that their table is in now: they move with it. */
static void
name_indexes(const struct differ *d, struct nameds *olds, struct nameds *news)
{
    VEC_EACH (i, &d->from->indexes) {
        const struct index *x = d->from->indexes.items[i];
        const struct table_pair *p = pair_of(d, x);

        add_name(&d->s->arena, x, p == NULL ? x->table->schema : p->new->schema, olds);
    }
    VEC_EACH (i, &d->to->indexes)
        add_name(&d->s->arena, d->to->indexes.items[i],
                 d->to->indexes.items[i]->table->schema, news);
}

struct positions {
    VEC(size_t) all;
};

/* New indexes without a partner, by table: key → struct positions *. */
static void
group_unmatched(struct differ *d, const struct matching *m, struct map *out)
{
    struct arena *a = &d->s->arena;

    map_init(out, a);
    VEC_EACH (i, &d->to->indexes) {
        const struct table *t = d->to->indexes.items[i]->table;
        struct slice key = catalog_key(a, t->schema, t->name);
        struct positions *group = map_get(out, key);

        if (m->old_of_new[i] != MATCH_NONE)
            continue;
        if (group == NULL) {
            group = ARENA_NEW(a, struct positions);
            map_put(out, key, group);
        }
        VEC_PUSH(a, &group->all, i);
    }
}

static void
match_content(struct differ *d, struct matching *m, const struct map *groups, size_t at)
{
    const struct table_pair *p = pair_of(d, d->from->indexes.items[at]);
    const struct positions *group;
    struct index old;

    if (p == NULL || m->new_of_old[at] != MATCH_NONE)
        return;
    group = map_get(groups, catalog_key(&d->s->arena, p->new->schema, p->new->name));
    old = differ_rename_index(d, p, d->from->indexes.items[at]);
    for (size_t i = 0; group != NULL && i < group->all.count; i++) {
        size_t new = group->all.items[i];

        if (m->old_of_new[new] != MATCH_NONE
            || !same_index(d, &old, d->to->indexes.items[new]))
            continue;
        m->old_of_new[new] = at;
        m->new_of_old[at] = new;
        return;
    }
}

static void
match_indexes(struct differ *d, struct matching *m)
{
    struct nameds olds = { 0 };
    struct nameds news = { 0 };
    struct map groups;

    name_indexes(d, &olds, &news);
    match_names(&d->s->arena, &olds, &news, m);
    group_unmatched(d, m, &groups);
    VEC_EACH (i, &d->from->indexes)
        match_content(d, m, &groups, i);
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
    const struct table_pair *p = pair_of(d, old);
    struct index renamed;

    if (p != NULL) {
        renamed = differ_rename_index(d, p, old);
        if (goes_with_parent(d, p, old) && !new->inherited) {
            add_index_change(d, CHANGE_CREATE_INDEX, NULL, new);
            return; /* the whole took its part along */
        }
        if (same_index(d, &renamed, new)) {
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

        if (m.new_of_old[i] == MATCH_NONE && pair_of(d, old) != NULL
            && !goes_with_parent(d, pair_of(d, old), old))
            add_index_change(d, CHANGE_DROP_INDEX, old, NULL);
    }
}
