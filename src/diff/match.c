/*
 * Which new object was which old one: by declared rename first, then by name.
 *
 * A rename counts in both directions, so that the way back undoes it: `phone @was
 * phone_number` on the new side matches an old phone_number, and on the old side a new
 * phone_number.  It counts only where the old name is there and the new one is not, which
 * makes it idempotent.
 *
 * To SQLite names that differ in the letter case only are one name, and no two things can
 * have them: what is called Size in one file and "SIZE" in the next is renamed.
 */
#include "diff/differ.h"

static void
index_names(struct arena *a, const struct nameds *names, struct map *out)
{
    map_init(out, a);
    for (size_t i = names->all.count; i-- > 0;)
        map_put(out, names->all.items[i].name, &names->all.items[i]);
}

static size_t
find_name(const struct map *by_name, const struct nameds *names, struct slice name)
{
    const struct named *found = map_get(by_name, name);

    return found == NULL ? MATCH_NONE : (size_t)(found - names->all.items);
}

static size_t *
new_positions(struct arena *a, size_t count)
{
    size_t *all = ARENA_ARRAY(a, size_t, count + 1);

    for (size_t i = 0; i < count; i++)
        all[i] = MATCH_NONE;
    return all;
}

static void
pair(struct matching *m, size_t old, size_t new)
{
    m->old_of_new[new] = old;
    m->new_of_old[old] = new;
}

/* `x @was y` on the new side: y is there in the old one, x is not. */
static void
match_renames(const struct nameds *old, const struct map *old_names,
              const struct nameds *new, struct matching *m)
{
    VEC_EACH (i, &new->all) {
        const struct named *n = &new->all.items[i];
        size_t at;

        if (slice_is_none(n->was) || map_has(old_names, n->name))
            continue;
        at = find_name(old_names, old, n->was);
        if (at != MATCH_NONE && m->new_of_old[at] == MATCH_NONE)
            pair(m, at, i);
    }
}

/* `x @was y` on the old side, on the way back: y is there in the new one, x is not. */
static void
match_renames_back(const struct nameds *old, const struct map *old_names,
                   const struct nameds *new, const struct map *new_names,
                   struct matching *m)
{
    VEC_EACH (i, &old->all) {
        const struct named *o = &old->all.items[i];
        size_t at;

        if (slice_is_none(o->was) || m->new_of_old[i] != MATCH_NONE)
            continue;
        if (map_has(new_names, o->name) || map_has(old_names, o->was))
            continue;
        at = find_name(new_names, new, o->was);
        if (at != MATCH_NONE && m->old_of_new[at] == MATCH_NONE)
            pair(m, i, at);
    }
}

static void
match_same_names(const struct nameds *old, const struct map *old_names,
                 const struct nameds *new, struct matching *m)
{
    VEC_EACH (i, &new->all) {
        size_t at = find_name(old_names, old, new->all.items[i].name);

        if (m->old_of_new[i] == MATCH_NONE && at != MATCH_NONE
            && m->new_of_old[at] == MATCH_NONE)
            pair(m, at, i);
    }
}

static bool
names_fold(const struct differ *d)
{
    return slice_is(d->to->dialect, "sqlite");
}

/* Only what no other match has taken. */
static void
match_same_letters(struct arena *a, const struct nameds *old, const struct nameds *new,
                   struct matching *m)
{
    struct map left;

    map_init(&left, a);
    VEC_EACH (i, &old->all)
        if (m->new_of_old[i] == MATCH_NONE)
            map_put(&left, slice_lower(a, old->all.items[i].name),
                    (void *)(uintptr_t)&old->all.items[i]);
    VEC_EACH (i, &new->all) {
        const struct named *found =
            m->old_of_new[i] != MATCH_NONE
                ? NULL
                : map_get(&left, slice_lower(a, new->all.items[i].name));

        if (found != NULL)
            pair(m, (size_t)(found - old->all.items), i);
    }
}

void
match_names(struct arena *a, const struct nameds *old, const struct nameds *new,
            struct matching *out)
{
    struct map old_names;
    struct map new_names;

    index_names(a, old, &old_names);
    index_names(a, new, &new_names);
    out->old_of_new = new_positions(a, new->all.count);
    out->new_of_old = new_positions(a, old->all.count);
    match_renames(old, &old_names, new, out);
    match_renames_back(old, &old_names, new, &new_names, out);
    match_same_names(old, &old_names, new, out);
}

static void
name_columns(struct arena *a, const struct table *t, struct nameds *out)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        VEC_PUSH(a, &out->all, ((struct named){ c->name, c->was }));
    }
}

static void
match_columns(const struct differ *d, const struct table *old, const struct table *new,
              struct matching *out)
{
    struct arena *a = &d->s->arena;
    struct nameds olds = { 0 };
    struct nameds news = { 0 };

    name_columns(a, old, &olds);
    name_columns(a, new, &news);
    match_names(a, &olds, &news, out);
    if (names_fold(d))
        match_same_letters(a, &olds, &news, out);
}

static void
name_tables(const struct differ *d, const struct catalog *c, struct nameds *out)
{
    struct arena *a = &d->s->arena;

    VEC_EACH (i, &c->tables) {
        const struct table *t = c->tables.items[i];

        VEC_PUSH(a, &out->all,
                 ((struct named){ catalog_key(a, t->schema, t->name),
                                  was_key(a, t->schema,
                                          differ_was(d, t->schema, t->name, t->was)) }));
    }
}

static bool
renames_columns(const struct table_pair *p)
{
    VEC_EACH (i, &p->new->columns) {
        size_t at = p->columns.old_of_new[i];

        if (at != MATCH_NONE
            && !slice_equal(p->old->columns.items[at]->name,
                            p->new->columns.items[i]->name))
            return true;
    }
    return false;
}

static void
fill_pair(struct differ *d, struct table_pair *p, const struct table *old,
          const struct table *new)
{
    p->new = new;
    p->old = old;
    if (old == NULL)
        return;
    match_columns(d, old, new, &p->columns);
    p->renames_columns = renames_columns(p);
    d->renames = d->renames || p->renames_columns || !slice_equal(old->name, new->name)
                 || !same_text(old->schema, new->schema);
}

void
match_tables(struct differ *d)
{
    struct arena *a = &d->s->arena;
    struct nameds olds = { 0 };
    struct nameds news = { 0 };
    struct matching m;

    name_tables(d, d->from, &olds);
    name_tables(d, d->to, &news);
    match_names(a, &olds, &news, &m);
    if (names_fold(d))
        match_same_letters(a, &olds, &news, &m);
    map_init(&d->out->pair_of_old, a);
    map_init(&d->out->pair_of_new, a);
    d->pairs = ARENA_ARRAY(a, struct table_pair, d->to->tables.count + 1);
    VEC_EACH (i, &d->to->tables) {
        size_t at = m.old_of_new[i];
        struct table_pair *p = &d->pairs[i];

        fill_pair(d, p, at == MATCH_NONE ? NULL : d->from->tables.items[at],
                  d->to->tables.items[i]);
        map_put(&d->out->pair_of_new, news.all.items[i].name, p);
        if (at != MATCH_NONE)
            map_put(&d->out->pair_of_old, olds.all.items[at].name, p);
    }
}

const struct table_pair *
pair_of_old_table(const struct differ *d, struct slice schema, struct slice name)
{
    return map_get(&d->out->pair_of_old, catalog_key(&d->s->arena, schema, name));
}

void
diff_match_tables(struct session *s, const struct catalog *from, const struct catalog *to,
                  struct changes *out)
{
    struct differ d = { .s = s, .from = from, .to = to, .out = out };

    *out = (struct changes){ 0 };
    differ_find_moves(&d);
    match_tables(&d);
}

/* Tables are asked for by the thousand: the key is no part of the session's memory. */
static const struct table_pair *
pair_of(const struct map *pairs, const struct table *t)
{
    struct arena a = { 0 };
    const struct table_pair *p;

    if (pairs->count == 0)
        return NULL;
    a.out_of_memory = pairs->arena->out_of_memory;
    p = map_get(pairs, catalog_key(&a, t->schema, t->name));
    arena_free(&a);
    return p;
}

const struct table *
diff_old_table(const struct changes *changes, const struct table *t)
{
    const struct table_pair *p = pair_of(&changes->pair_of_new, t);

    return p == NULL ? NULL : p->old;
}

const struct table *
diff_new_table(const struct changes *changes, const struct table *t)
{
    const struct table_pair *p = pair_of(&changes->pair_of_old, t);

    return p == NULL ? NULL : p->new;
}

static const struct column *
column_that_was(const struct table *all, struct slice name, const struct table *other)
{
    VEC_EACH (i, &all->columns) {
        const struct column *c = all->columns.items[i];

        if (slice_equal(c->was, name) && table_find_column(other, c->name) == NULL)
            return c;
    }
    return NULL;
}

const struct column *
diff_old_column(const struct table *old, const struct table *t, const struct column *c)
{
    const struct column *same = table_find_column(old, c->name);
    const struct column *claimed;

    if (same == NULL && !slice_is_none(c->was)) {
        const struct column *was = table_find_column(old, c->was);

        if (was != NULL)
            return was;
    }
    if (same == NULL)
        return column_that_was(old, c->name, t);
    claimed = column_that_was(t, c->name, old);
    return claimed == NULL || claimed == c ? same : NULL;
}
