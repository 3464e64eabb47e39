/*
 * "did you mean": the nearest name among those that would have been right.
 */
#include "resolve/build.h"

/* Errors past the limit are counted, not kept: looking for a hint would be in vain. */
static bool
is_in_vain(const struct session *s)
{
    return s->diags.dropped > 0;
}

void
hint_nearest(struct session *s, struct diag *d, struct slice wrong,
             const struct slices *candidates)
{
    struct slice near = diag_nearest(wrong, candidates->all.items, candidates->all.count);

    /* Any letter is one edit away from any other. */
    if (!slice_is_none(near) && wrong.len > 1)
        diag_hint(&s->diags, d, "did you mean \"%.*s\"?", SLICE_ARG(near));
}

void
hint_column(struct session *s, struct diag *d, const struct table *t, struct slice wrong)
{
    struct slices names = { 0 };

    if (is_in_vain(s))
        return;
    VEC_EACH (i, &t->columns)
        VEC_PUSH(&s->arena, &names.all, t->columns.items[i]->name);
    hint_nearest(s, d, wrong, &names);
}

void
hint_relation(struct build *b, struct diag *d, struct slice wrong)
{
    struct slices names = { 0 };

    if (is_in_vain(b->s))
        return;
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (!o->dropped && (o->role == ROLE_TABLE || o->role == ROLE_VIEW))
            VEC_PUSH(b->a, &names.all, o->name);
    }
    hint_nearest(b->s, d, wrong, &names);
}
