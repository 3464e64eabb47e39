/*
 * The types of @from and @back, over the row that each of them reads.
 */
#include "resolve/transform.h"

#include "model/was.h"
#include "resolve/infer.h"

struct typing {
    struct session *s;
    const struct table *row; /* that the expression is over */
    bool fits;
};

/* ---- the types of @from ---- */

static bool
is_text(const struct type *t)
{
    return type_family(t) == FAMILY_TEXT;
}

/* A text that is written out becomes what is asked of it. */
static bool
is_known(const struct expr *e)
{
    return e->result != NULL && e->kind != EXPR_STRING && e->kind != EXPR_NULL;
}

/* + and its like between a number and what no number is added to. */
static bool
is_mixed(const struct expr *e)
{
    const struct type *a = e->args[0]->result;
    const struct type *b = e->args[1]->result;
    const struct type *other;

    if (!slice_is(e->text, "+") && !slice_is(e->text, "-") && !slice_is(e->text, "*")
        && !slice_is(e->text, "/"))
        return false;
    if (!is_known(e->args[0]) || !is_known(e->args[1]) || a->dimensions > 0
        || b->dimensions > 0
        || (type_family(a) == FAMILY_NUMBER) == (type_family(b) == FAMILY_NUMBER))
        return false;
    other = type_family(a) == FAMILY_NUMBER ? b : a;
    return is_text(other) || other->kind == TYPE_BOOLEAN || other->kind == TYPE_TIMESTAMP
           || other->kind == TYPE_TIMESTAMPTZ || other->kind == TYPE_UUID;
}

static struct slice
type_words(struct typing *t, const struct type *type)
{
    struct text out;

    text_init(&out, &t->s->arena);
    type_print(type, &out);
    return text_slice(&out);
}

static void
check_operator(struct typing *t, const struct expr *e)
{
    struct diag *d;

    if (!is_mixed(e))
        return;
    t->fits = false;
    d = diag_add(&t->s->diags, D_BAD_TRANSFORM, e->span, "there is no %.*s %.*s %.*s",
                 SLICE_ARG(type_words(t, e->args[0]->result)), SLICE_ARG(e->text),
                 SLICE_ARG(type_words(t, e->args[1]->result)));
    diag_hint(&t->s->diags, d, "say which is meant: CAST(… AS …)");
}

static void
check_condition(struct typing *t, const struct expr *e)
{
    for (size_t i = 0; i < e->arg_count; i++) {
        const struct expr *arg = e->args[i];

        if (arg == NULL || !is_known(arg) || arg->result->kind == TYPE_BOOLEAN
            || arg->result->kind == TYPE_NAMED)
            continue;
        t->fits = false;
        diag_add(&t->s->diags, D_NOT_A_CONDITION, arg->span,
                 "a condition is true or false, and this is %.*s",
                 SLICE_ARG(type_words(t, arg->result)));
    }
}

/* Names become columns of the row, and each node gets its type, the leaves first. */
static const struct expr *
type_node(void *context, const struct expr *e)
{
    struct typing *t = context;
    const struct column *c = NULL;
    struct expr *typed = arena_copy(&t->s->arena, e, sizeof *e);

    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        c = table_find_column(t->row, e->text);
    if (c != NULL)
        typed->result = c->has_type ? &c->type : NULL;
    else
        typed->result = infer_type(&t->s->arena, typed);
    if (typed->kind == EXPR_BINARY)
        check_operator(t, typed);
    if (typed->kind == EXPR_AND || typed->kind == EXPR_OR || typed->kind == EXPR_NOT)
        check_condition(t, typed);
    return typed;
}

static bool
is_no_query(void *context, const struct expr *e)
{
    (void)context;
    return !expr_is_query(e) && e->kind != EXPR_POISON;
}

/* Over `row`; a query has scopes of its own, and is left to the engine. */
static void
check_value(struct typing *t, const char *annotation, const struct expr *value,
            const struct column *column)
{
    bool fits = t->fits;

    if (!column->has_type || !expr_walk(value, is_no_query, NULL))
        return;
    t->fits = true;
    value = expr_rewrite(&t->s->arena, value, type_node, t);
    if (t->fits && is_known(value) && !type_may_become(value->result, &column->type)) {
        t->fits = false;
        diag_add(&t->s->diags, D_BAD_TRANSFORM, value->span,
                 "%s of \"%.*s\" gives %.*s, which no cast makes %.*s", annotation,
                 SLICE_ARG(column->name), SLICE_ARG(type_words(t, value->result)),
                 SLICE_ARG(type_words(t, &column->type)));
    }
    t->fits = t->fits && fits;
}

/* ---- the two versions ---- */

/* @from is about the older row: where the column is as it is declared, it was used. */
static bool
is_used(const struct column *old, const struct column *new)
{
    return old == NULL || !type_equal(&old->type, &new->type)
           || (new->not_null && !old->not_null);
}

static void
check_up(struct typing *t, const struct table *old, const struct table *new)
{
    t->row = old;
    VEC_EACH (i, &new->columns) {
        const struct column *c = new->columns.items[i];

        if (c->from != NULL && is_used(was_column(old, c), c))
            check_value(t, "@from", c->from, c);
    }
}

static void
check_down(struct typing *t, const struct table *old, const struct table *new)
{
    t->row = new;
    VEC_EACH (i, &new->columns) {
        const struct column *c = new->columns.items[i];
        const struct column *to = was_column(old, c);

        if (c->back != NULL && to != NULL && is_used(c, to))
            check_value(t, "@back", c->back, to);
    }
    VEC_EACH (i, &new->gone) {
        const struct column *c = new->gone.items[i];
        const struct column *to = table_find_column(old, c->name);

        if (to != NULL)
            check_value(t, "@back", c->back, to);
    }
}

bool
transforms_check(struct session *s, const struct catalog *from, const struct catalog *to,
                 bool down)
{
    const struct catalog *older = down ? to : from;
    const struct catalog *newer = down ? from : to;
    struct typing t = { .s = s, .fits = true };

    VEC_EACH (i, &newer->tables) {
        const struct table *new = newer->tables.items[i];
        const struct table *old = was_table(older, new);

        if (old == NULL)
            continue;
        if (down)
            check_down(&t, old, new);
        else
            check_up(&t, old, new);
    }
    return t.fits;
}
