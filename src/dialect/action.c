/*
 * What those who make actions say about them.
 */
#include "dialect/action.h"

#include <stdlib.h>

void
action_refuses(struct arena *a, struct action *to, const struct refusal *r)
{
    VEC_EACH (i, &to->refused)
        if (strcmp(to->refused.items[i].form, r->form) == 0
            && strcmp(to->refused.items[i].cost, r->cost) == 0)
            return;
    VEC_PUSH(a, &to->refused, *r);
}

static bool
is_same(const struct occasion *o, struct slice what, struct span span)
{
    return o->span.source == span.source && o->span.begin == span.begin
           && slice_equal(o->what, what);
}

void
action_add_occasion(struct arena *a, struct action *to, struct slice what,
                    struct span span)
{
    VEC_EACH (i, &to->occasions)
        if (is_same(&to->occasions.items[i], what, span))
            return;
    VEC_PUSH(a, &to->occasions, ((struct occasion){ what, span }));
}

void
action_makes_way(struct arena *a, struct action *to, const struct change *c)
{
    action_add_occasion(a, to, change_title(a, c), change_span(c));
}

void
action_makes_way_for_all(struct arena *a, struct action *to,
                         const struct change_list *changes)
{
    for (size_t i = 0; changes != NULL && i < changes->all.count; i++)
        action_makes_way(a, to, changes->all.items[i]);
}

/* ---- lists of changes by what they are about ---- */

static struct change_list *
list_of(struct arena *a, struct map *lists, struct slice key)
{
    struct change_list *list = map_get(lists, key);

    if (list == NULL) {
        list = ARENA_NEW(a, struct change_list);
        map_put(lists, key, list);
    }
    return list;
}

void
change_list_add(struct arena *a, struct map *lists, struct slice key,
                const struct change *c)
{
    struct change_list *list = list_of(a, lists, key);

    if (c == NULL
        || (list->all.count > 0 && list->all.items[list->all.count - 1] == c))
        return;
    VEC_PUSH(a, &list->all, c);
}

void
change_list_add_all(struct arena *a, struct map *lists, struct slice key,
                    const struct change_list *more)
{
    change_list_add(a, lists, key, NULL);
    for (size_t i = 0; more != NULL && i < more->all.count; i++)
        change_list_add(a, lists, key, more->all.items[i]);
}

/* ---- order ---- */

struct placed {
    struct action *action;
    size_t at; /* where it was made: the last word where nothing else decides */
};

static int
compare_sizes(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int
compare_actions(const void *left, const void *right)
{
    const struct placed *a = left;
    const struct placed *b = right;
    int order;

    if (a->action->phase != b->action->phase)
        return a->action->phase < b->action->phase ? -1 : 1;
    order = compare_sizes(a->action->order, b->action->order);
    if (order == 0)
        order = slice_compare(a->action->table, b->action->table);
    return order != 0 ? order : compare_sizes(a->at, b->at);
}

void
actions_sort(struct session *s, struct actions *actions)
{
    size_t count = actions->all.count;
    struct placed *all = ARENA_ARRAY(&s->arena, struct placed, count + 1);

    for (size_t i = 0; i < count; i++)
        all[i] = (struct placed){ actions->all.items[i], i };
    qsort(all, count, sizeof *all, compare_actions);
    for (size_t i = 0; i < count; i++)
        actions->all.items[i] = all[i].action;
}
