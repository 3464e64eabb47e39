/*
 * Forms of values that must have one type: COALESCE, CASE, the items of an array.  The
 * rule is the manual's, "UNION, CASE, and Related Constructs".
 */
#include "dialect/postgres/form.h"

static bool
has_no_type(const struct expr *e)
{
    return e == NULL || form_is_unknown(e) || e->kind == EXPR_NULL;
}

static int
number_rank(const struct type *t)
{
    static const enum type_kind order[] = { TYPE_INT2,    TYPE_INT4, TYPE_INT8,
                                            TYPE_DECIMAL, TYPE_REAL, TYPE_DOUBLE };

    for (int i = 0; i < (int)ARRAY_LEN(order); i++)
        if (t->dimensions == 0 && t->kind == order[i])
            return i;
    return -1;
}

/* A date becomes a moment, and one of a place one of the world. */
static int
moment_rank(const struct type *t)
{
    if (t->dimensions > 0)
        return -1;
    return t->kind == TYPE_DATE          ? 0
           : t->kind == TYPE_TIMESTAMP   ? 1
           : t->kind == TYPE_TIMESTAMPTZ ? 2
                                         : -1;
}

static bool
is_string(const struct type *t)
{
    return t->dimensions == 0
           && (t->kind == TYPE_TEXT || t->kind == TYPE_VARCHAR || t->kind == TYPE_CHAR);
}

static bool
is_same(const struct type *a, const struct type *b)
{
    return a->kind == b->kind && a->dimensions == b->dimensions
           && (a->kind != TYPE_NAMED || slice_equal(a->name, b->name));
}

/* The first one stays unless it can only go to the other: numbers grow, and strings
 * of all types are cast to each other, so that the first decides. */
static const struct type *
common_of(const struct type *a, const struct type *b)
{
    if (is_same(a, b) || (is_string(a) && is_string(b)))
        return a;
    if (moment_rank(a) >= 0 && moment_rank(b) >= 0)
        return moment_rank(a) >= moment_rank(b) ? a : b;
    if (number_rank(a) < 0 || number_rank(b) < 0)
        return NULL;
    return number_rank(a) >= number_rank(b) ? a : b;
}

const struct type *
form_common(const struct form *s, const struct expr *const *values, size_t count)
{
    const struct type *found = NULL;
    bool string = false;

    (void)s;
    for (size_t i = 0; i < count; i++) {
        string |= values[i] != NULL && form_is_unknown(values[i]);
        if (has_no_type(values[i]))
            continue;
        if (values[i]->result == NULL)
            return NULL;
        found = found == NULL ? values[i]->result : common_of(found, values[i]->result);
        if (found == NULL)
            return NULL;
    }
    return found == NULL && string ? type_shared(TYPE_TEXT) : found;
}

const struct expr *
form_as(const struct form *s, const struct type *t, const struct expr *e)
{
    const struct type *bare = form_literal_type(s, t);

    if (e == NULL || bare == NULL)
        return e;
    if (has_no_type(e))
        return form_cast(s, bare, e);
    return e->result == NULL || is_same(e->result, t) ? e : form_cast(s, bare, e);
}

/* CASE c WHEN 'a' compares each value with c. */
static const struct expr *
compared_cases(const struct form *s, const struct expr *e)
{
    struct expr *out = arena_copy(s->a, e, sizeof *e);

    if (e->args[0] == NULL)
        return e;
    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    for (size_t i = 2; i < e->arg_count; i += 2)
        out->args[i] = form_operation(s, e, SLICE("="), e->args[0], e->args[i])->args[1];
    return out;
}

/* CASE WHEN c THEN 'a' END is CASE WHEN c THEN 'a'::text ELSE NULL::text END. */
const struct expr *
form_case(const struct form *s, const struct expr *e)
{
    struct expr *out;
    const struct expr **values = ARENA_ARRAY(s->a, const struct expr *, e->arg_count);
    const struct type *t;
    size_t count = 0;

    values[count++] = e->args[1]; /* ELSE decides before all others */
    for (size_t i = 3; i < e->arg_count; i += 2)
        values[count++] = e->args[i];
    t = form_common(s, values, count);
    e = compared_cases(s, e);
    if (t == NULL)
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    out->args[1] =
        form_as(s, t,
                e->args[1] != NULL ? e->args[1]
                                   : expr_leaf(s->a, EXPR_NULL, e->span, SLICE_NONE));
    for (size_t i = 3; i < e->arg_count; i += 2)
        out->args[i] = form_as(s, t, e->args[i]);
    return out;
}
