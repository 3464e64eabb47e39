/*
 * Where `print` writes each @lint off: at the one column, constraint or statement that it
 * counts for; above a table if at several parts of it; else at the head of the file.
 */
#include "model/print_parts.h"

static bool
is_within(struct span span, struct span target)
{
    return span.source != 0 && span.source == target.source && span.begin >= target.begin
           && span.end <= target.end;
}

struct search {
    struct span target;
    struct span home;
    size_t found; /* objects: more than one have no common line but the head's */
};

static void
meet(struct search *x, struct span object)
{
    if (!is_within(object, x->target))
        return;
    x->home = object;
    x->found++;
}

static void
meet_table(struct search *x, const struct table *t)
{
    struct search parts = { .target = x->target };

    if (is_within(t->span, x->target)) {
        meet(x, t->span);
        return;
    }
    VEC_EACH (i, &t->columns)
        if (!t->columns.items[i]->inherited || t->columns.items[i]->is_local)
            meet(&parts, t->columns.items[i]->span);
    VEC_EACH (i, &t->constraints)
        if (!t->constraints.items[i]->inherited || t->constraints.items[i]->is_local)
            meet(&parts, t->constraints.items[i]->span);
    if (parts.found == 0)
        return;
    x->home = parts.found == 1 ? parts.home : t->span;
    x->found++;
}

static void
meet_enum(struct search *x, const struct enum_type *e)
{
    struct search values = { .target = x->target };

    VEC_EACH (i, &e->values)
        meet(&values, e->values.items[i].span);
    if (values.found > 0 || is_within(e->span, x->target)) {
        x->home = e->span;
        x->found++;
    }
}

static struct span
find_home(const struct catalog *c, struct span target)
{
    struct search x = { .target = target };

    if (target.begin == 0) /* the file: a statement has its silencer before it */
        return SPAN_NONE;
    VEC_EACH (i, &c->tables)
        meet_table(&x, c->tables.items[i]);
    VEC_EACH (i, &c->enums)
        meet_enum(&x, c->enums.items[i]);
    VEC_EACH (i, &c->views)
        meet(&x, c->views.items[i]->span);
    VEC_EACH (i, &c->definitions)
        meet(&x, c->definitions.items[i]->span);
    VEC_EACH (i, &c->indexes)
        meet(&x, c->indexes.items[i]->span);
    return x.found == 1 ? x.home : SPAN_NONE;
}

/* Each is looked for among all objects; what a program writes by the thousand stays at
 * the head. */
#define PLACED_MAX 1000

/* The indexes of the silencers at one place, in their order. */
struct at_home {
    VEC(size_t) all;
};

static struct slice
span_key(const struct span *span)
{
    return (struct slice){ (const char *)span, sizeof *span };
}

void
silencers_place(struct printer *p)
{
    const struct catalog *c = p->catalog;

    map_init(&p->homes, &p->temporary);
    p->at_head = ARENA_ARRAY(&p->temporary, bool, c->lint_offs.count + 1);
    VEC_EACH (i, &c->lint_offs) {
        struct span *home = ARENA_NEW(&p->temporary, struct span);
        struct at_home *list;

        *home = i < PLACED_MAX ? find_home(c, c->lint_offs.items[i].target) : SPAN_NONE;
        p->at_head[i] = home->source == 0;
        if (p->at_head[i])
            continue;
        list = map_get(&p->homes, span_key(home));
        if (list == NULL) {
            list = ARENA_NEW(&p->temporary, struct at_home);
            map_put(&p->homes, span_key(home), list);
        }
        VEC_PUSH(&p->temporary, &list->all, i);
    }
}

void
annotations_add_silencers(struct printer *p, struct annotation_texts *to,
                          struct span object)
{
    const struct at_home *list;

    if (p->structural || p->homes.count == 0)
        return;
    list = map_get(&p->homes, span_key(&object));
    if (list == NULL)
        return;
    VEC_EACH (i, &list->all) {
        const struct lint_off *off = &p->catalog->lint_offs.items[list->all.items[i]];

        annotations_add(p, to, "lint off %.*s \"%.*s\"", SLICE_ARG(off->rule),
                        SLICE_ARG(off->why));
    }
}
