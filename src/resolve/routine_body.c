/*
 * What the server reads of a routine at once, bodies in BEGIN ATOMIC and RETURN and the
 * defaults of arguments: their names are bound, so that they are compared as it keeps
 * them.  What is printed of a body stays as it was written, and nothing is reported.
 */
#include <stdlib.h>
#include <string.h>

#include "resolve/define.h"
#include "resolve/routine.h"

struct body {
    struct arena *a;
    const struct routine *routine;
    struct slice name; /* of the routine */
};

/* The one of that number among those that are given; NULL. */
static const struct argument *
numbered_argument(const struct routine *r, struct slice parameter)
{
    long number =
        slice_starts(parameter, "$") ? strtol(parameter.ptr + 1, NULL, 10) : 0;

    VEC_EACH (i, &r->arguments.all) {
        const struct argument *a = &r->arguments.all.items[i];

        if (argument_is_input(a->mode) && --number == 0)
            return a;
    }
    return NULL;
}

/* $1 is the argument by its name; one without a name has its type. */
static const struct expr *
parameter_named(void *context, const struct expr *e)
{
    const struct body *body = context;
    const struct argument *a =
        e->kind == EXPR_PARAMETER ? numbered_argument(body->routine, e->text) : NULL;
    struct expr *out;

    if (a == NULL)
        return e;
    if (slice_is_none(a->name)) {
        out = arena_copy(body->a, e, sizeof *e);
        out->result = &a->type;
        return out;
    }
    out = expr_new(body->a, EXPR_NAME, e->span, a->name, 1);
    out->args[0] = expr_leaf(body->a, EXPR_PART, e->span, body->name);
    return out;
}

/* f.a, or a where no column is called so. */
static struct from_item *
arguments_item(struct arena *a, const struct body *body)
{
    struct from_item *item = ARENA_NEW(a, struct from_item);

    item->name = body->name;
    item->alias = body->name;
    item->alias_now = body->name;
    VEC_EACH (i, &body->routine->arguments.all) {
        const struct argument *from = &body->routine->arguments.all.items[i];

        if (argument_is_input(from->mode) && !slice_is_none(from->name))
            VEC_PUSH(a, &item->columns.all,
                     ((struct scope_column){ from->name, &from->type }));
    }
    return item;
}

static bool
is_sound(void *context, const struct expr *e)
{
    (void)context;
    return e->kind != EXPR_POISON;
}

static const struct expr *
bind_body_statement(struct code_binding *c, const struct expr *e)
{
    const struct expr *bound = expr_is_query(e) ? code_bind_statement(c, e)
                                                : bind_expr(&c->binder, &c->scope, e);

    return expr_walk(bound, is_sound, NULL) ? bound : e;
}

bool
routine_is_read(const struct routine *r)
{
    if (r->statements.count > 0)
        return true;
    VEC_EACH (i, &r->arguments.all)
        if (r->arguments.all.items[i].default_value != NULL)
            return true;
    return false;
}

/* A default sees no other argument. */
static void
bind_defaults(struct code_binding *c, const struct routine *old, struct routine *r)
{
    memset(&r->arguments.all, 0, sizeof r->arguments.all);
    VEC_EACH (i, &old->arguments.all) {
        struct argument a = old->arguments.all.items[i];
        const struct expr *bound = a.default_value == NULL
                                       ? NULL
                                       : bind_expr(&c->binder, NULL, a.default_value);

        if (bound != NULL && expr_walk(bound, is_sound, NULL))
            a.default_value = bound;
        VEC_PUSH(c->binder.a, &r->arguments.all, a);
    }
}

void
routine_bind(struct code_binding *c, struct definition *d)
{
    const struct routine *old = d->u.routine;
    struct routine *r = arena_copy(c->binder.a, old, sizeof *r);
    struct body body = { c->binder.a, old, d->name };

    c->binder.quiet = true;
    bind_defaults(c, old, r);
    VEC_PUSH(c->binder.a, &c->scope.items, arguments_item(c->binder.a, &body));
    memset(&r->statements, 0, sizeof r->statements);
    VEC_EACH (i, &old->statements) {
        const struct expr *e = expr_rewrite(c->binder.a, old->statements.items[i],
                                            parameter_named, &body);

        VEC_PUSH(c->binder.a, &r->statements, bind_body_statement(c, e));
    }
    d->u.routine = r;
}
