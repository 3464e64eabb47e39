/*
 * A type has another name or schema: columns, casts, views, and the types and routines
 * that are made of it say so.
 */
#include "model/retype.h"
#include "resolve/definitions.h"

bool
type_is_made_of(const struct object *o, const struct object *type)
{
    const struct definition *d = o->u.definition;
    const struct type *of = NULL;

    if (d->detail == DETAIL_DOMAIN)
        of = &d->u.domain->base;
    else if (d->detail == DETAIL_RANGE)
        of = &d->u.range->subtype;
    return of != NULL && of->kind == TYPE_NAMED && slice_equal(of->name, type->name)
           && slice_equal(schema_plain(of->schema), type->schema);
}

static const struct expr *
retype_in_table(void *context, enum visit_place place, const struct expr *e)
{
    (void)place; /* a default may cast, too */
    return retype_expr(context, e);
}

static void
retype_table(struct retyping *r, struct work_table *w)
{
    table_edit(w, retype_in_table, r);
    VEC_EACH (i, &w->table->columns)
        (void)retype_type(r, &w->table->columns.items[i]->type);
}

/* A new definition in the place of the old, which a base catalog may hold as well. */
static void
retype_object(struct build *b, const struct retyping *r, struct object *o)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);

    if (!retype_definition(r, d))
        return;
    o->u.definition = d;
    definition_respell(b, o);
}

/* What is not bound yet may say "public". */
static void
begin_retyping(struct build *b, struct retyping *r, const struct relation_name *old,
               const struct relation_name *now)
{
    retyping_init(r, b->a);
    retyping_add(r, old->schema, old->name, now->schema, now->name);
    if (slice_is_none(old->schema))
        retyping_add(r, SLICE("public"), old->name, now->schema, now->name);
}

void
types_follow(struct build *b, struct slice old_schema, struct slice old,
             struct slice schema, struct slice name)
{
    struct retyping r;

    begin_retyping(b, &r, &(struct relation_name){ old_schema, old },
                   &(struct relation_name){ schema, name });
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (o->dropped)
            continue;
        if (o->role == ROLE_TABLE)
            retype_table(&r, o->u.table);
        else if (o->role == ROLE_VIEW)
            o->u.view->view->query = retype_expr(&r, o->u.view->view->query);
        else if (o->role == ROLE_DEFINITION)
            retype_object(b, &r, o);
    }
}
