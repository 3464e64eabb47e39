/*
 * Questions that hold only as long as a table is the old one.
 *
 * A run that was stopped asks once more what the steps ask that are left.  What would
 * read otherwise behind the renames, conversions and swaps, which are one transaction, is
 * asked with a step of that, and so not once more behind it.
 */
#include "dialect/postgres/alter.h"

void
alter_require_of_old(struct alter *a, struct action *to, const struct question *q)
{
    struct early_question early = { *q, to };

    if (to->phase < PHASE_SETTLE || slice_equal(q->query, q->then))
        alter_require(a, to, q->title, q->query);
    else
        VEC_PUSH(&a->s->arena, &a->early_questions, early);
}

static bool
alters_tables(const struct action *x)
{
    return x->phase > PHASE_PREPARE && x->phase < PHASE_SETTLE;
}

static bool
is_earlier(const struct action *x, const struct action *y)
{
    return y == NULL || x->phase < y->phase
           || (x->phase == y->phase && x->order < y->order);
}

static struct slice
key_of(struct alter *a, const struct table *t)
{
    return catalog_key(&a->s->arena, t->schema, t->name);
}

/* What alters each old table first, and what makes each constraint. */
struct places {
    struct map tables;
    struct map constraints;
};

static void
note_cause(struct alter *a, struct places *p, struct action *x, const struct change *c)
{
    const struct table *t = c->old.table;

    if (t != NULL && is_earlier(x, map_get(&p->tables, key_of(a, t))))
        map_put(&p->tables, key_of(a, t), x);
    if (c->kind == CHANGE_ADD_CONSTRAINT)
        map_put(&p->constraints,
                order_constraint_key(&a->s->arena, c->new.table, c->new.constraint), x);
}

static void
find_places(struct alter *a, struct places *p)
{
    map_init(&p->tables, &a->s->arena);
    map_init(&p->constraints, &a->s->arena);
    VEC_EACH (i, &a->out->all) {
        struct action *x = a->out->all.items[i];

        for (size_t k = 0; alters_tables(x) && k < x->causes.count; k++)
            note_cause(a, p, x, &x->causes.items[k]);
    }
}

/* The one that makes what the asker validates, before any other. */
static struct action *
maker_of(struct alter *a, const struct places *p, const struct action *asker)
{
    const struct change *c = &asker->causes.items[0];

    return c->kind != CHANGE_ADD_CONSTRAINT
               ? NULL
               : map_get(&p->constraints, order_constraint_key(&a->s->arena, c->new.table,
                                                               c->new.constraint));
}

/* The key's other side may be all that is altered. */
static struct action *
first_of(struct alter *a, const struct places *p, const struct question *q)
{
    struct action *to = map_get(&p->tables, key_of(a, q->old));
    struct action *other =
        q->parent == NULL ? NULL : map_get(&p->tables, key_of(a, q->parent));

    return other != NULL && is_earlier(other, to) ? other : to;
}

void
alter_place_questions(struct alter *a)
{
    struct places places;

    if (a->early_questions.count == 0)
        return;
    find_places(a, &places);
    VEC_EACH (i, &a->early_questions) {
        const struct early_question *early = &a->early_questions.items[i];
        const struct question *q = &early->question;
        struct action *to = maker_of(a, &places, early->asker);

        if (to == NULL)
            to = first_of(a, &places, q);
        alter_require(a, to == NULL ? early->asker : to, q->title, q->query);
    }
}
