/*
 * What is compared, in the form that the engine keeps: the dialect's forms applied to
 * whatever holds an expression.
 */
#include "diff/differ.h"

const struct expr *
differ_form(const struct differ *d, const struct expr *e)
{
    return d->forms == NULL || e == NULL ? e : d->forms->expr(d->s, d->to, e);
}

const struct expr *
differ_default_form(const struct differ *d, const struct column *column,
                    const struct expr *e)
{
    if (d->forms == NULL || e == NULL)
        return e;
    return d->forms->value(d->s, d->to, column->has_type ? &column->type : NULL, e);
}

struct index_keys
differ_keys_form(const struct differ *d, const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];

        k.expr = differ_form(d, k.expr);
        VEC_PUSH(&d->s->arena, &out.all, k);
    }
    return out;
}
