/*
 * Foreign keys to partitioned tables.  The server has such a key stand on each partition
 * of what it refers to: it drops none of them under it, detaches none whose rows are
 * referred to, and checks a new key against the partitions that are there.
 *
 * So a partition that goes is detached first, one that gets another bound leaves while
 * the keys are down, and keys come behind the tables that join.
 */
#include "dialect/postgres/alter.h"

struct referrer {
    const struct table *child;
    const struct constraint *key;
};

struct referrers {
    VEC(struct referrer) all;
};

static struct slice
key_of(const struct alter *a, const struct table *t)
{
    return catalog_key(&a->s->arena, t->schema, t->name);
}

/* ---- which ---- */

static bool
is_above(const struct catalog *c, const struct table *part, const struct table *whole)
{
    for (part = catalog_whole_of(c, part); part != NULL; part = catalog_whole_of(c, part))
        if (part == whole)
            return true;
    return false;
}

/* Of all wholes of the old partition those that it comes back to. */
static void
note_coming_back(struct alter *a, const struct change *c)
{
    const struct table *whole = catalog_whole_of(a->r->from, c->old.table);

    for (; whole != NULL; whole = catalog_whole_of(a->r->from, whole)) {
        const struct table *now = diff_new_table(a->r->changes, whole);

        if (now != NULL && is_above(a->r->to, c->new.table, now))
            map_put(&a->rebound, key_of(a, whole), NULL);
    }
}

static void
note_joining(struct alter *a, const struct change *c)
{
    const struct table *whole = catalog_whole_of(a->r->to, c->new.table);

    for (; whole != NULL; whole = catalog_whole_of(a->r->to, whole))
        map_put(&a->joined, key_of(a, whole), NULL);
}

static void
note_referrer(struct alter *a, const struct table *child, const struct constraint *key)
{
    struct arena *arena = &a->s->arena;
    struct slice name = catalog_key(arena, key->ref_schema, key->ref_table);
    struct referrers *found = map_get(&a->referred, name);

    if (found == NULL)
        map_put(&a->referred, name, found = ARENA_NEW(arena, struct referrers));
    VEC_PUSH(arena, &found->all, ((struct referrer){ child, key }));
}

static void
note_referred(struct alter *a)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->constraints)
            if (t->constraints.items[k]->kind == CONSTRAINT_FOREIGN_KEY)
                note_referrer(a, t, t->constraints.items[k]);
    }
}

void
alter_find_referred(struct alter *a)
{
    map_init(&a->referred, &a->s->arena);
    map_init(&a->rebound, &a->s->arena);
    map_init(&a->joined, &a->s->arena);
    map_init(&a->renamed_keys, &a->s->arena);
    note_referred(a);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_RENAME_CONSTRAINT)
            map_put(&a->renamed_keys,
                    order_constraint_key(&a->s->arena, c->old.table, c->old.constraint),
                    NULL);
        if (c->kind != CHANGE_TABLE_PARENTS)
            continue;
        note_coming_back(a, c);
        note_joining(a, c);
    }
}

bool
alter_is_referred_to(const struct alter *a, const struct table *part)
{
    const struct table *whole = catalog_whole_of(a->r->from, part);

    while (whole != NULL && !map_has(&a->referred, key_of(a, whole)))
        whole = catalog_whole_of(a->r->from, whole);
    return whole != NULL;
}

/* Is it there before and after?  What goes is down before a partition leaves. */
static bool
stays(const struct alter *a, const struct table *child, const struct constraint *key)
{
    const struct table *now = diff_new_table(a->r->changes, child);
    const struct constraint *then =
        now == NULL || key->inherited ? NULL : table_find_constraint(now, key->name);

    return map_has(&a->renamed_keys, order_constraint_key(&a->s->arena, child, key))
           || (then != NULL && then->kind == CONSTRAINT_FOREIGN_KEY);
}

/* NULL: no key refers to it. */
static const struct referrers *
referrers_of(const struct alter *a, const struct table *whole)
{
    return map_get(&a->referred, key_of(a, whole));
}

static bool
any_key_goes(const struct alter *a, const struct table *part)
{
    const struct table *whole = catalog_whole_of(a->r->from, part);

    for (; whole != NULL; whole = catalog_whole_of(a->r->from, whole)) {
        const struct referrers *to = referrers_of(a, whole);

        for (size_t i = 0; to != NULL && i < to->all.count; i++)
            if (!to->all.items[i].key->inherited
                && !stays(a, to->all.items[i].child, to->all.items[i].key))
                return true;
    }
    return false;
}

/* Does any partition of its wholes that keys refer to? */
static bool
any_comes_back(const struct alter *a, const struct table *part)
{
    const struct table *whole = catalog_whole_of(a->r->from, part);

    while (whole != NULL
           && !(map_has(&a->rebound, key_of(a, whole))
                && map_has(&a->referred, key_of(a, whole))))
        whole = catalog_whole_of(a->r->from, whole);
    return whole != NULL;
}

bool
alter_leaves_behind_keys(const struct alter *a, const struct table *part)
{
    return alter_is_referred_to(a, part)
           && (any_comes_back(a, part) || any_key_goes(a, part));
}

size_t
alter_detach_order(const struct alter *a, const struct table *part)
{
    return alter_is_referred_to(a, part) ? alter_clear_order(a, true) + 1
                                         : CLEAR_TRIGGERS;
}

bool
alter_key_is_in_the_way(const struct alter *a, const struct constraint *key)
{
    return map_has(&a->rebound,
                   catalog_key(&a->s->arena, key->ref_schema, key->ref_table));
}

bool
alter_key_waits_for_parts(const struct alter *a, const struct constraint *key)
{
    return map_has(&a->joined,
                   catalog_key(&a->s->arena, key->ref_schema, key->ref_table));
}

/* ---- rows that are referred to ---- */

static void
ask_for_referrers(struct alter *a, struct action *to, const struct table *part,
                  const struct table *child, const struct constraint *key)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    sqlw_raw(&st.w, alter_sample(a, child));
    sqlw_kw(&st.w, "FROM");
    sqlw_qualified(&st.w, child->schema, child->name);
    sqlw_kw(&st.w, "AS child WHERE EXISTS (SELECT 1 FROM");
    sqlw_qualified(&st.w, part->schema, part->name);
    sqlw_kw(&st.w, "AS parent WHERE");
    alter_write_join(&st.w, &key->keys, &key->ref_columns);
    sqlw_close(&st.w);
    alter_require(a, to,
                  slice_format(&a->s->arena,
                               "%.*s has rows that refer to rows of %.*s (%.*s)",
                               SLICE_ARG(child->name), SLICE_ARG(part->name),
                               SLICE_ARG(key->name)),
                  postgres_end(&st));
}

/* With another bound: to what it was a part of, on whatever level. */
static bool
stays_below(const struct alter *a, const struct table *part, const struct table *whole)
{
    const struct table *now = diff_new_table(a->r->changes, part);
    const struct table *then = diff_new_table(a->r->changes, whole);

    return now != NULL && then != NULL && is_above(a->r->to, now, then);
}

void
alter_require_unreferred(struct alter *a, struct action *to, const struct table *part)
{
    const struct table *whole = catalog_whole_of(a->r->from, part);

    for (; whole != NULL; whole = catalog_whole_of(a->r->from, whole)) {
        const struct referrers *by = referrers_of(a, whole);

        for (size_t i = 0; by != NULL && i < by->all.count; i++)
            if (stays(a, by->all.items[i].child, by->all.items[i].key)
                && !stays_below(a, part, whole))
                ask_for_referrers(a, to, part, by->all.items[i].child,
                                  by->all.items[i].key);
    }
}
