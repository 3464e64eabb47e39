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

static bool
domains_agree(const struct expr *old, const struct expr *new)
{
    if (old == NULL || new == NULL || old->arg_count != new->arg_count)
        return true;
    if (old->kind == EXPR_COLUMN && (old->flags & EXPR_OF_DOMAIN) != 0
        && old->result != NULL && new->result != NULL
        && !type_equal(old->result, new->result))
        return false;
    for (size_t i = 0; i < old->arg_count; i++)
        if (!domains_agree(old->args[i], new->args[i]))
            return false;
    return true;
}

/* PostgreSQL casts a column of a domain to what is below it, and the cast stays when the
 * column gets another type: n < 5 was (n)::integer < 5, and still is with a bigint.
 * Where the engine keeps the text that it was given there is no cast to stay. */
bool
differ_domains_agree(const struct differ *d, const struct expr *old,
                     const struct expr *new)
{
    return d->forms == NULL || domains_agree(old, new);
}

bool
differ_keys_agree(const struct differ *d, const struct index_keys *old,
                  const struct index_keys *new)
{
    for (size_t i = 0; i < old->all.count && i < new->all.count; i++)
        if (!differ_domains_agree(d, old->all.items[i].expr, new->all.items[i].expr))
            return false;
    return true;
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
