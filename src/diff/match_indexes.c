/*
 * Which new index was which old one: by @was and name, parts of indexes on partitioned
 * tables by what they are parts of, then by what they say on the same table (a derived
 * name follows the names of table and columns).
 */
#include "diff/differ.h"

static bool
same_condition(const struct differ *d, const struct expr *old, const struct expr *new)
{
    const struct expr *before = differ_form(d, old);
    const struct expr *after = differ_form(d, new);

    return expr_equal(before, after) && differ_domains_agree(d, before, after);
}

static bool
same_keys(const struct differ *d, struct slice method, const struct index_keys *old,
          const struct index_keys *new)
{
    struct index_keys before = differ_keys_form(d, method, old);
    struct index_keys after = differ_keys_form(d, method, new);

    return index_keys_equal(&before, &after) && differ_keys_agree(d, &before, &after);
}

bool
differ_same_index(const struct differ *d, const struct index *old,
                  const struct index *new)
{
    return old->table == new->table && old->unique == new->unique
           && old->nulls_not_distinct
                  == new->nulls_not_distinct &&same_text(old->method, new->method)
           && same_text(old->options, new->options)
           && slices_equal(&old->include, &new->include)
           && old->on_only
                  == new->on_only &&same_keys(d, new->method, &old->keys, &new->keys)
           && same_condition(d, old->where, new->where);
}

const struct table_pair *
differ_pair_of_index(const struct differ *d, const struct index *i)
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
        const struct table_pair *p = differ_pair_of_index(d, x);

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
    const struct table_pair *p = differ_pair_of_index(d, d->from->indexes.items[at]);
    const struct positions *group;
    struct index old;

    if (p == NULL || m->new_of_old[at] != MATCH_NONE)
        return;
    group = map_get(groups, catalog_key(&d->s->arena, p->new->schema, p->new->name));
    old = differ_rename_index(d, p, d->from->indexes.items[at]);
    for (size_t i = 0; group != NULL && i < group->all.count; i++) {
        size_t new = group->all.items[i];

        if (m->old_of_new[new] != MATCH_NONE
            || !differ_same_index(d, &old, d->to->indexes.items[new]))
            continue;
        m->old_of_new[new] = at;
        m->new_of_old[at] = new;
        return;
    }
}

/* ---- parts of indexes on partitioned tables ---- */

/*
 * The server names a part, by when it was made.  Of two indexes that are alike one goes:
 * its part goes with it, and a part that stays gets the name which that one had.
 */
struct parts {
    struct differ *d;
    struct matching *m;
    struct map old_positions; /* catalog_key of an index → its position and one */
    struct map new_positions;
    struct map old_parts; /* place_of_part → likewise */
    bool *goes;           /* by position of the old side: its namesake is another one */
};

static void
note_positions(struct arena *a, const struct catalog *c, struct map *out)
{
    map_init(out, a);
    VEC_EACH (i, &c->indexes) {
        const struct index *x = c->indexes.items[i];

        map_put(out, catalog_key(a, x->table->schema, x->name), (void *)(i + 1));
    }
}

static size_t
find_position(const struct map *positions, struct slice key)
{
    uintptr_t found = (uintptr_t)map_get(positions, key);

    return found == 0 ? MATCH_NONE : (size_t)found - 1;
}

/* The index that it is a part of, over all levels; itself where it is no part. */
static size_t
find_root(const struct parts *p, const struct catalog *c, const struct map *positions,
          size_t at)
{
    for (;;) {
        const struct index *x = c->indexes.items[at];
        const struct relation_names *parents = &x->table->parents;
        size_t whole;

        if (slice_is_none(x->part_of) || parents->all.count != 1)
            return at;
        whole = find_position(positions,
                              catalog_key(&p->d->s->arena, parents->all.items[0].schema,
                                          x->part_of));
        if (whole == MATCH_NONE)
            return at;
        at = whole;
    }
}

static size_t
old_root(const struct parts *p, size_t at)
{
    return find_root(p, p->d->from, &p->old_positions, at);
}

/* The part of an old index on an old table. */
static struct slice
place_of_part(const struct parts *p, size_t root, const struct table *t)
{
    struct slice table = catalog_key(&p->d->s->arena, t->schema, t->name);

    return slice_format(&p->d->s->arena, "%zu\1%.*s", root, SLICE_ARG(table));
}

static void
note_old_parts(struct parts *p)
{
    const struct catalog *c = p->d->from;

    map_init(&p->old_parts, &p->d->s->arena);
    VEC_EACH (i, &c->indexes) {
        const struct table *t = c->indexes.items[i]->table;
        size_t root = old_root(p, i);

        if (root != i)
            map_put(&p->old_parts, place_of_part(p, root, t), (void *)(i + 1));
    }
}

/* Of an old index that is no part. */
static bool
stays(const struct parts *p, size_t old)
{
    const struct differ *d = p->d;
    const struct index *x = d->from->indexes.items[old];
    const struct table_pair *pair = differ_pair_of_index(d, x);
    size_t new = p->m->new_of_old[old];
    struct index renamed;

    if (pair == NULL || new == MATCH_NONE)
        return false;
    renamed = differ_rename_index(d, pair, x);
    return differ_same_index(d, &renamed, d->to->indexes.items[new]);
}

/* It was the part of the old index `root`.  One that waits for the name of a later one is
 * told by what it says: names are given in this order. */
static void
take_own_part(struct parts *p, size_t new, size_t root)
{
    const struct table *before =
        diff_old_table(p->d->out, p->d->to->indexes.items[new]->table);
    size_t own = before == NULL
                     ? MATCH_NONE
                     : find_position(&p->old_parts, place_of_part(p, root, before));
    size_t other = own == MATCH_NONE ? MATCH_NONE : p->m->new_of_old[own];

    if (own == MATCH_NONE || (other != MATCH_NONE && other < new))
        return;
    if (other != MATCH_NONE)
        p->m->old_of_new[other] = MATCH_NONE;
    p->m->old_of_new[new] = own;
    p->m->new_of_old[own] = new;
}

static void
settle_part(struct parts *p, size_t new)
{
    size_t old = p->m->old_of_new[new];
    size_t whole = find_root(p, p->d->to, &p->new_positions, new);
    size_t root = p->m->old_of_new[whole];

    if (whole == new || root == MATCH_NONE || !stays(p, root))
        return;
    if (old != MATCH_NONE) {
        if (old_root(p, old) == old || stays(p, old_root(p, old)))
            return;
        p->goes[old] = true;
        p->m->old_of_new[new] = MATCH_NONE;
        p->m->new_of_old[old] = MATCH_NONE;
    }
    take_own_part(p, new, root);
}

static void
settle_parts(struct differ *d, struct matching *m, struct parts *out)
{
    *out = (struct parts){ .d = d, .m = m };
    note_positions(&d->s->arena, d->from, &out->old_positions);
    note_positions(&d->s->arena, d->to, &out->new_positions);
    note_old_parts(out);
    out->goes = ARENA_ARRAY(&d->s->arena, bool, d->from->indexes.count + 1);
    VEC_EACH (i, &d->to->indexes)
        settle_part(out, i);
}

/* ---- all of them ---- */

void
match_indexes(struct differ *d, struct matching *m)
{
    struct nameds olds = { 0 };
    struct nameds news = { 0 };
    struct parts parts;
    struct map groups;

    name_indexes(d, &olds, &news);
    match_names(&d->s->arena, &olds, &news, m);
    settle_parts(d, m, &parts);
    group_unmatched(d, m, &groups);
    VEC_EACH (i, &d->from->indexes)
        if (!parts.goes[i])
            match_content(d, m, &groups, i);
}
