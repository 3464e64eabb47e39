/*
 * What is compared, in the form that the engine keeps: the dialect's forms applied to
 * whatever holds an expression.
 */
#include "diff/differ.h"

const struct expr *
differ_form(const struct differ *d, const struct expr *e)
{
    return d->forms == NULL || e == NULL ? e : d->forms->expr(d->new_world, e);
}

const struct expr *
differ_default_form(const struct differ *d, const struct column *column,
                    const struct expr *e)
{
    if (d->forms == NULL || e == NULL)
        return e;
    return d->forms->value(d->new_world, column->has_type ? &column->type : NULL, e);
}

const struct expr *
differ_bound_form(const struct differ *d, const struct type *t, const struct expr *e)
{
    return d->forms == NULL || e == NULL ? e : d->forms->bound(d->new_world, t, e);
}

struct index_keys
differ_keys_form(const struct differ *d, struct slice method,
                 const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        VEC_PUSH(&d->s->arena, &out.all,
                 d->forms == NULL ? *k : d->forms->key(d->new_world, method, k));
    }
    return out;
}

const struct expr *
differ_query_form(const struct differ *d, const struct form_world *w,
                  const struct view *v)
{
    return d->forms == NULL ? v->query : d->forms->query(w, v);
}
