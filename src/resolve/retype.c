/*
 * A type has another name or schema: columns, casts, views, and the types and routines
 * that are made of it say so.
 */
#include "resolve/definitions.h"
#include "resolve/scope.h"

#include <string.h>

struct retyping {
    struct build *b;
    struct slice old_schema;
    struct slice old;
    struct slice schema;
    struct slice name;
};

static bool
is_this(const struct retyping *r, const struct type *t)
{
    return t->kind == TYPE_NAMED && slice_equal(t->name, r->old)
           && slice_equal(schema_plain(t->schema), r->old_schema);
}

static void
retype_type(const struct retyping *r, struct type *t)
{
    if (!is_this(r, t))
        return;
    t->schema = r->schema;
    t->name = r->name;
}

static const struct expr *
retype_node(void *context, const struct expr *e)
{
    const struct retyping *r = context;
    struct expr *copy;
    struct type *type;

    if (e->type == NULL || !is_this(r, e->type))
        return e;
    type = arena_copy(r->b->a, e->type, sizeof *type);
    retype_type(r, type);
    copy = arena_copy(r->b->a, e, sizeof *e);
    copy->type = type;
    return copy;
}

static const struct expr *
retype(struct retyping *r, const struct expr *e)
{
    return e == NULL ? NULL : expr_rewrite(r->b->a, e, retype_node, r);
}

static const struct expr *
retype_in_table(void *context, enum visit_place place, const struct expr *e)
{
    (void)place; /* a default may cast, too */
    return retype(context, e);
}

static void
retype_table(struct retyping *r, struct work_table *w)
{
    table_edit(w, retype_in_table, r);
    VEC_EACH (i, &w->table->columns)
        if (w->table->columns.items[i]->has_type)
            retype_type(r, &w->table->columns.items[i]->type);
}

/* ---- definitions ---- */

bool
type_is_made_of(struct build *b, const struct object *o, const struct object *type)
{
    const struct retyping r = { .b = b, .old_schema = type->schema, .old = type->name };
    const struct definition *d = o->u.definition;

    if (d->detail == DETAIL_DOMAIN)
        return is_this(&r, &d->u.domain->base);
    return d->detail == DETAIL_RANGE && is_this(&r, &d->u.range->subtype);
}

static void
retype_domain(struct retyping *r, struct definition *d)
{
    const struct domain *from = d->u.domain;
    struct domain *m = arena_copy(r->b->a, from, sizeof *m);

    memset(&m->checks, 0, sizeof m->checks);
    VEC_EACH (i, &from->checks) {
        struct domain_check c = from->checks.items[i];

        c.check = retype(r, c.check);
        VEC_PUSH(r->b->a, &m->checks, c);
    }
    retype_type(r, &m->base);
    m->default_value = retype(r, m->default_value);
    d->u.domain = m;
}

static void
retype_composite(struct retyping *r, struct definition *d)
{
    const struct composite *from = d->u.composite;
    struct composite *c = ARENA_NEW(r->b->a, struct composite);

    VEC_EACH (i, &from->attributes) {
        struct attribute x = from->attributes.items[i];

        retype_type(r, &x.type);
        VEC_PUSH(r->b->a, &c->attributes, x);
    }
    d->u.composite = c;
}

static void
retype_range(struct retyping *r, struct definition *d)
{
    struct range *range = arena_copy(r->b->a, d->u.range, sizeof *range);

    retype_type(r, &range->subtype);
    d->u.range = range;
}

static void
retype_routine(struct retyping *r, struct definition *d)
{
    const struct routine *from = d->u.routine;
    struct routine *routine = arena_copy(r->b->a, from, sizeof *routine);

    memset(&routine->arguments.all, 0, sizeof routine->arguments.all);
    VEC_EACH (i, &from->arguments.all) {
        struct argument x = from->arguments.all.items[i];

        retype_type(r, &x.type);
        x.default_value = retype(r, x.default_value);
        VEC_PUSH(r->b->a, &routine->arguments.all, x);
    }
    retype_type(r, &routine->result);
    d->u.routine = routine;
    d->signature = routine_signature(r->b->a, routine);
}

static void
retype_definition(struct retyping *r, struct object *o)
{
    if (o->u.definition->detail == DETAIL_DOMAIN)
        retype_domain(r, o->u.definition);
    else if (o->u.definition->detail == DETAIL_COMPOSITE)
        retype_composite(r, o->u.definition);
    else if (o->u.definition->detail == DETAIL_RANGE)
        retype_range(r, o->u.definition);
    else if (o->u.definition->detail == DETAIL_ROUTINE)
        retype_routine(r, o->u.definition);
    definition_respell(r->b, o);
}

void
types_follow(struct build *b, struct slice old_schema, struct slice old,
             struct slice schema, struct slice name)
{
    struct retyping r = { b, old_schema, old, schema, name };

    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (o->dropped)
            continue;
        if (o->role == ROLE_TABLE)
            retype_table(&r, o->u.table);
        else if (o->role == ROLE_VIEW)
            o->u.view->view->query = retype(&r, o->u.view->view->query);
        else if (o->role == ROLE_DEFINITION)
            retype_definition(&r, o);
    }
    code_edit(b, retype_node, &r);
}
