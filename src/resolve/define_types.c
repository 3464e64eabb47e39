/*
 * What domains, composite and range types have in common: how they are renamed, and what
 * is checked at the end.
 */
#include "resolve/definitions.h"

struct type
type_plain_schema(const struct type *from)
{
    struct type t = *from;

    t.schema = schema_plain(t.schema);
    return t;
}

struct slice
collation_without_default(struct slice collation)
{
    return slice_is(collation, "default") ? SLICE_NONE : collation;
}

/* ---- renames ---- */

void
rename_type_definition(struct build *b, struct object *o, struct slice schema,
                       struct slice name, struct span span)
{
    struct slice old_schema = o->schema;
    struct slice old = o->name;

    if (o->u.definition->detail == DETAIL_NONE) {
        struct diag *d = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, span,
                                  "%.*s \"%.*s\" is kept as text and cannot be renamed",
                                  SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name));

        diag_note(&b->s->diags, d, o->span, "it is declared here");
        return;
    }
    if (!definition_rename(b, o, schema, name, span))
        return;
    typed_rename(b, &(struct object){ .schema = old_schema, .name = old }, schema, name);
    types_follow(b, old_schema, old, schema, name);
    if (o->u.definition->detail == DETAIL_DOMAIN) {
        domain_derive_names(b, o, name);
        definition_respell(b, o);
    }
}

/* ---- at the end ---- */

/* OWNED BY a column that is there; a table that is kept whole may have it. */
static void
check_owner(struct build *b, const struct object *o)
{
    const struct sequence *s = o->u.definition->u.sequence;
    const struct ast_name name = { s->owner_schema, s->owner_table, o->span };
    struct work_table *w;

    if (slice_is_none(s->owner_table) || is_definition_relation(b, &name))
        return;
    w = table_need(b, &name, false);
    if (w != NULL)
        table_need_column(b, w, s->owner_column, o->span, false);
}

void
definitions_bind(struct build *b)
{
    if (types_refuse_cycles(b))
        return;
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_DEFINITION)
            continue;
        if (o->u.definition->detail == DETAIL_DOMAIN)
            domain_bind(b, o);
        else if (o->u.definition->detail == DETAIL_COMPOSITE)
            composite_check(b, o);
        else if (o->u.definition->detail == DETAIL_RANGE)
            range_check(b, o);
        else if (o->u.definition->detail == DETAIL_SEQUENCE)
            check_owner(b, o);
    }
}
