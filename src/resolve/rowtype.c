/*
 * Names that a relation and a type cannot share.  PostgreSQL makes a type for the rows of
 * each table and view, by its name, and a composite type is a relation itself: whichever
 * comes second is refused.  Indexes have no rows, nor have sequences; but where a type is
 * the server makes no sequence of its name, while it makes a type beside a sequence.  The
 * type of arrays, "_t" for t, steps aside by itself.
 */
#include "resolve/definitions.h"

static struct slice
only_of(const struct object *o)
{
    switch (o->role) {
    case ROLE_TABLE:
        return o->u.table->table->only;
    case ROLE_VIEW:
        return o->u.view->view->only;
    case ROLE_INDEX:
        return o->u.index->index->only;
    case ROLE_ENUM:
        return o->u.enum_type->type->only;
    case ROLE_DEFINITION:
        return o->u.definition->only;
    }
    return SLICE_NONE;
}

/* Neutral declarations are for every engine, so for that one, too. */
static bool
is_where_rows_are_types(const struct build *b, const struct object *o)
{
    const struct terms *only = terms_find(only_of(o));

    return b->terms->rows_are_types && only != NULL && only->rows_are_types;
}

static bool
is_composite(const struct object *type)
{
    return type->role == ROLE_DEFINITION
           && type->u.definition->detail == DETAIL_COMPOSITE;
}

static bool
definition_clashes(const struct build *b, const struct definition *d,
                   const struct object *type)
{
    if (slice_is(d->kind, "sequence"))
        return b->terms->types_bar_sequences || is_composite(type);
    if (slice_is(d->kind, "index"))
        return is_composite(type);
    return slice_ends(d->kind, "table") && !slice_is(d->kind, "virtual table");
}

static bool
clashes(const struct build *b, const struct object *relation, const struct object *type)
{
    if (!is_where_rows_are_types(b, relation) || !is_where_rows_are_types(b, type))
        return false;
    switch (relation->role) {
    case ROLE_TABLE:
    case ROLE_VIEW:
        return true;
    case ROLE_INDEX:
        return is_composite(type);
    case ROLE_DEFINITION:
        return definition_clashes(b, relation->u.definition, type);
    case ROLE_ENUM:
        break;
    }
    return false;
}

static const char *
reason(struct build *b, const struct object *relation, const struct object *type)
{
    if (is_composite(type))
        return "a composite type is a relation on PostgreSQL, as tables and indexes are";
    if (relation->role == ROLE_DEFINITION
        && slice_is(relation->u.definition->kind, "sequence"))
        return "PostgreSQL makes no sequence where a type has its name";
    return slice_z(b->a, slice_format(b->a,
                                      "PostgreSQL has a type for the rows of each %s, by "
                                      "its name",
                                      object_words(relation)));
}

bool
rowtype_allows(struct build *b, const struct object *o, struct slice schema,
               struct slice name, struct span span)
{
    bool is_type = is_type_object(o);
    const struct names *others = is_type ? &b->relations : &b->types;
    const struct object *other = map_get(&others->exact, catalog_key(b->a, schema, name));
    struct diag *d;

    if (other == NULL || other->dropped
        || !clashes(b, is_type ? other : o, is_type ? o : other))
        return true;
    d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span, "%s \"%.*s\" has the name of %s",
                 object_words(o), SLICE_ARG(name), object_a_word(b, other));
    diag_note(&b->s->diags, d, other->span,
              slice_equal(other->name, name) ? "it is declared here first"
                                             : "it is made along with this one");
    diag_hint(&b->s->diags, d, "%s: give one of them another name",
              reason(b, is_type ? other : o, is_type ? o : other));
    return false;
}

/* The type of several ranges, which another may have or be. */
bool
multirange_allows(struct build *b, const struct object *o, struct slice schema,
                  struct slice name, struct span span)
{
    struct definition then = *o->u.definition;
    const struct object *other;
    struct slice key;
    struct diag *d;

    then.name = name;
    then.schema = schema;
    name = definition_multirange(b->a, &then);
    key = catalog_key(b->a, schema, name);
    other = map_get(&b->relations.exact, key);
    if (other == NULL || other->dropped || !clashes(b, other, o))
        other = map_get(&b->types.exact, key);
    if (other == NULL || other == o || other->dropped || !is_where_rows_are_types(b, o)
        || !is_where_rows_are_types(b, other))
        return true;
    d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
                 "type \"%.*s\", which is made along with \"%.*s\", has the name of %s",
                 SLICE_ARG(name), SLICE_ARG(then.name), object_a_word(b, other));
    diag_note(&b->s->diags, d, other->span, "it is declared here first");
    diag_hint(&b->s->diags, d,
              "MULTIRANGE_TYPE_NAME = … gives the type of several ranges another name");
    return false;
}

void
rowtype_check(struct build *b, const struct object *o)
{
    const struct names *names = is_type_object(o) ? &b->types : &b->relations;

    if (map_get(&names->exact, catalog_key(b->a, o->schema, o->name)) == o)
        (void)rowtype_allows(b, o, o->schema, o->name, o->span);
}
