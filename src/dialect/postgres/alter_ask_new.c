/*
 * What a question asked beforehand cannot say: types and collations that the version
 * makes, and what may come with an extension of it, are not there yet.
 *
 * A label of an enum that is new is a text until then: it is as alike or unlike others,
 * but not in the order of the enum.
 */
#include "dialect/postgres/alter.h"

struct saying {
    struct alter *a;
    bool cannot; /* it names such a type, or asks for the order of its labels */
};

static bool
is_new_enum(const struct alter *a, const struct type *t)
{
    return t->dimensions == 0 && alter_is_new_enum(a, t);
}

/* What say_cast made. */
static bool
is_bare_label(struct saying *k, const struct expr *e)
{
    return (e->kind == EXPR_STRING || e->kind == EXPR_NULL) && e->result != NULL
           && is_new_enum(k->a, e->result);
}

/* To what is below a new domain, whose own check is asked for beside this. */
static const struct expr *
say_stored(struct saying *k, const struct expr *cast, const struct type *stored)
{
    struct expr *out = arena_copy(&k->a->s->arena, cast, sizeof *out);

    out->type = stored;
    out->result = stored;
    return out;
}

static const struct expr *
say_cast(struct saying *k, const struct expr *cast)
{
    const struct type *stored;
    struct expr *label;

    if (cast->type == NULL || alter_type_is_there(k->a, cast->type))
        return cast;
    stored = alter_stored_type(k->a, cast->type);
    if (stored->kind != TYPE_NAMED)
        return say_stored(k, cast, stored);
    if ((cast->args[0]->kind != EXPR_STRING && cast->args[0]->kind != EXPR_NULL)
        || !is_new_enum(k->a, cast->type)) {
        k->cannot = true;
        return cast;
    }
    label = arena_copy(&k->a->s->arena, cast->args[0], sizeof *label);
    label->result = cast->type;
    return label;
}

/* Of what it compares: a call may. */
static bool
looks_at_order(const struct expr *e)
{
    if (e->kind == EXPR_CALL)
        return !slice_is(e->text, "coalesce") && !slice_is(e->text, "nullif");
    return e->kind == EXPR_BETWEEN
           || (e->kind == EXPR_BINARY && !slice_is(e->text, "=")
               && !slice_is(e->text, "<>"));
}

static bool
is_no_label(void *context, const struct expr *e)
{
    return !is_bare_label(context, e);
}

static const struct expr *
say_node(void *context, const struct expr *e)
{
    struct saying *k = context;

    k->cannot |= alter_may_be_new(k->a, e);
    if (looks_at_order(e) && !expr_walk(e, is_no_label, k))
        k->cannot = true;
    return e->kind == EXPR_CAST ? say_cast(k, e) : e;
}

const struct expr *
alter_said_before(struct alter *a, const struct expr *e)
{
    struct saying k = { .a = a };
    const struct expr *said =
        e == NULL ? NULL : expr_rewrite(&a->s->arena, e, say_node, &k);

    return k.cannot ? NULL : said;
}
