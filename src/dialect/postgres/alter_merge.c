/*
 * Columns that have a table written again are added and changed in one statement: the
 * server then writes it once.  It does what a statement says in passes, types before new
 * columns (PostgreSQL 15 manual, ALTER TABLE, Notes; src/backend/commands/tablecmds.c),
 * so that a generated column may stand beside the column that it reads.
 *
 * What stands between two such columns goes with them, or the columns would come in
 * another order.
 */
#include <stdlib.h>

#include "dialect/postgres/alter.h"

struct candidate {
    struct action *action;
    struct slice clauses; /* behind ALTER TABLE and the name */
    size_t number;        /* in the list of actions */
};

/* Of one table and phase. */
struct candidates {
    VEC(struct candidate) all;
    bool is_apart; /* something of it stands alone, and would be overtaken */
};

static const struct table *
altered_table(const struct action *action)
{
    return action->causes.count == 0 ? NULL : action->causes.items[0].new.table;
}

/* None: it does something else, or more than that before. */
static struct slice
column_clauses(struct alter *a, const struct action *action)
{
    const struct table *t = altered_table(action);
    struct slice rest;
    struct slice begin;

    if (t == NULL || action->sql.count == 0 || action->outside_transaction
        || action->own_transaction)
        return SLICE_NONE;
    begin = slice_format(&a->s->arena, "ALTER TABLE %.*s ",
                         SLICE_ARG(alter_name(a, t->schema, t->name)));
    if (!slice_equal(slice_sub(action->sql.items[0], 0, begin.len), begin))
        return SLICE_NONE;
    rest = slice_sub(action->sql.items[0], begin.len, action->sql.items[0].len);
    return slice_starts(rest, "ADD COLUMN ")
                   || (slice_starts(rest, "ALTER COLUMN ") && action->rewrites)
               ? rest
               : SLICE_NONE;
}

/* It says itself what is at stake, or what it brings back. */
static bool
speaks_for_itself(const struct action *action)
{
    return !slice_is_none(action->loss) || !slice_is_none(action->stake)
           || !slice_is_none(action->parks) || !slice_is_none(action->restores);
}

static int
compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->action->order != y->action->order)
        return x->action->order < y->action->order ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static struct candidates *
candidates_of(struct alter *a, struct map *groups, const struct action *action)
{
    const struct table *t = altered_table(action);
    struct slice name = catalog_key(&a->s->arena, t->schema, t->name);
    struct slice key =
        slice_format(&a->s->arena, "%d %.*s", (int)action->phase, SLICE_ARG(name));
    struct candidates *group = map_get(groups, key);

    if (group == NULL) {
        group = ARENA_NEW(&a->s->arena, struct candidates);
        map_put(groups, key, group);
    }
    return group;
}

static void
collect(struct alter *a, struct map *groups)
{
    VEC_EACH (i, &a->out->all) {
        struct action *action = a->out->all.items[i];
        struct slice clauses;
        struct candidates *group;

        if (action->phase != PHASE_GROW && action->phase != PHASE_TIGHTEN)
            continue;
        clauses = column_clauses(a, action);
        if (slice_is_none(clauses))
            continue;
        group = candidates_of(a, groups, action);
        if (speaks_for_itself(action))
            group->is_apart = true;
        else
            VEC_PUSH(&a->s->arena, &group->all,
                     ((struct candidate){ action, clauses, i }));
    }
}

static void
add_all_of(struct arena *a, struct action *to, const struct action *from)
{
    for (size_t i = 1; i < from->sql.count; i++)
        VEC_PUSH(a, &to->sql, from->sql.items[i]);
    VEC_EACH (i, &from->reasons)
        VEC_PUSH(a, &to->reasons, from->reasons.items[i]);
    VEC_EACH (i, &from->refused)
        action_refuses(a, to, &from->refused.items[i]);
    VEC_EACH (i, &from->causes)
        VEC_PUSH(a, &to->causes, from->causes.items[i]);
    VEC_EACH (i, &from->occasions)
        action_add_occasion(a, to, from->occasions.items[i].what,
                            from->occasions.items[i].span);
    VEC_EACH (i, &from->preconditions)
        VEC_PUSH(a, &to->preconditions, from->preconditions.items[i]);
    VEC_EACH (i, &from->precondition_titles)
        VEC_PUSH(a, &to->precondition_titles, from->precondition_titles.items[i]);
    to->hazards |= from->hazards;
    to->rewrites |= from->rewrites;
    to->scans |= from->scans;
}

static void
name_merged(struct alter *a, struct action *to)
{
    size_t added = 0;
    const struct table *t = altered_table(to);

    VEC_EACH (i, &to->causes)
        added += to->causes.items[i].kind == CHANGE_ADD_COLUMN;
    to->title = slice_format(&a->s->arena, "%s %zu columns of %.*s",
                             added == to->causes.count ? "add" : "add and change",
                             to->causes.count, SLICE_ARG(t->name));
}

static bool
says_once(const struct action *action)
{
    VEC_EACH (i, &action->reasons)
        if (slice_is(action->reasons.items[i], WRITTEN_ONCE))
            return true;
    return false;
}

/* Into the first one; the others are gone from the list. */
static void
merge(struct alter *a, const struct candidate *all, size_t count)
{
    struct action *to = all[0].action;
    struct text sql;

    text_init(&sql, &a->s->arena);
    text_add(&sql, to->sql.items[0]);
    for (size_t i = 1; i < count; i++) {
        text_addz(&sql, ",\n    ");
        text_add(&sql, all[i].clauses);
        add_all_of(&a->s->arena, to, all[i].action);
        a->out->all.items[all[i].number] = NULL;
    }
    to->sql.items[0] = text_slice(&sql);
    name_merged(a, to);
    if (!says_once(to))
        alter_reason(a, to, WRITTEN_ONCE);
}

/* From the first that writes the table to the last one. */
static void
merge_group(struct alter *a, struct candidates *group)
{
    size_t first = group->all.count;
    size_t last = 0;

    if (group->is_apart)
        return;
    qsort(group->all.items, group->all.count, sizeof *group->all.items,
          compare_candidates);
    VEC_EACH (i, &group->all) {
        if (!group->all.items[i].action->rewrites)
            continue;
        first = first < i ? first : i;
        last = i;
    }
    if (first < last)
        merge(a, &group->all.items[first], last - first + 1);
}

static void
close_gaps(struct alter *a)
{
    size_t kept = 0;

    VEC_EACH (i, &a->out->all)
        if (a->out->all.items[i] != NULL)
            a->out->all.items[kept++] = a->out->all.items[i];
    a->out->all.count = kept;
}

void
alter_merge_rewrites(struct alter *a)
{
    struct map groups;

    map_init(&groups, &a->s->arena);
    collect(a, &groups);
    for (size_t i = 0; i < groups.count; i++)
        merge_group(a, groups.entries[i].value);
    close_gaps(a);
}
