/*
 * Definitions by name: found, missed, renamed, spelt again.
 */
#include "model/was.h"
#include "resolve/definitions.h"

#include "expr/sqlw.h"

static const char *const type_kinds[] = { "domain", "type", "composite", "range" };

bool
is_type_kind(struct slice kind)
{
    return slice_is_one_of(kind, type_kinds, ARRAY_LEN(type_kinds));
}

bool
is_type_object(const struct object *o)
{
    return o->role == ROLE_ENUM
           || (o->role == ROLE_DEFINITION && is_type_kind(o->u.definition->kind));
}

/* Names that tables, or types, share; NULL: the kind has names of its own. */
static struct names *
names_of(struct build *b, struct slice kind)
{
    if (is_type_kind(kind))
        return &b->types;
    return slice_is(kind, "sequence") || slice_ends(kind, "table") ? &b->relations : NULL;
}

/* Whatever has the name, of the kind or not. */
static struct object *
find_named(struct build *b, struct slice kind, struct slice schema, struct slice name)
{
    struct names *names = names_of(b, kind);

    if (names != NULL)
        return object_find(b, names, schema, name);
    return map_get(&b->definitions, definition_key(b, kind, schema, name, SLICE_NONE));
}

static bool
is_of_kind(const struct object *o, struct slice kind)
{
    return o->role == ROLE_DEFINITION && slice_equal(o->u.definition->kind, kind);
}

struct object *
definition_find(struct build *b, const char *kind, struct slice schema, struct slice name)
{
    struct object *o = find_named(b, slice_from(kind), schema, name);

    return o != NULL && is_of_kind(o, slice_from(kind)) ? o : NULL;
}

void
report_wrong_kind(struct build *b, const struct object *o, struct span span,
                  const char *wanted)
{
    struct diag *d = diag_add(&b->s->diags, D_WRONG_KIND, span, "\"%.*s\" is %s, not %s",
                              SLICE_ARG(o->name), object_a_word(b, o), wanted);

    diag_note(&b->s->diags, d, o->span, "it is declared here");
}

static void
report_none(struct build *b, struct slice kind, const struct ast_name *name)
{
    struct diag *d =
        diag_add(&b->s->diags, D_NO_SUCH_OBJECT, name->span, "there is no %.*s \"%.*s\"",
                 SLICE_ARG(kind), SLICE_ARG(name->name));
    struct slices names = { 0 };

    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && is_of_kind(b->objects.items[i], kind)
            && !slice_is_none(b->objects.items[i]->name))
            VEC_PUSH(b->a, &names.all, b->objects.items[i]->name);
    hint_nearest(b->s, d, name->name, &names);
}

struct object *
definition_need(struct build *b, const char *kind, const struct ast_name *name,
                bool if_exists)
{
    struct slice words = slice_from(kind);
    struct object *o = find_named(b, words, schema_of(name), name->name);

    if (o == NULL && slice_is(words, "sequence"))
        o = serial_unfold(b, schema_of(name), name->name);
    if (o != NULL && is_of_kind(o, words))
        return o;
    if (o == NULL)
        o = object_find(b, &b->relations, schema_of(name), name->name);
    if (o != NULL)
        report_wrong_kind(b, o, name->span,
                          slice_z(b->a, slice_format(b->a, "a %s", kind)));
    else if (!if_exists && !session_is_unread(b->s, name->name))
        report_none(b, words, name);
    return NULL;
}

void
definition_respell(struct build *b, struct object *o)
{
    definition_spell(b->a, o->u.definition, &sql_style_canonical);
}

static struct slice
was_of_definition(struct build *b, const struct object *o)
{
    const struct definition *base = o->base;

    if (base == NULL)
        return SLICE_NONE;
    return was_said(b->a, &(struct relation_name){ base->schema, base->name },
                    &(struct relation_name){ o->schema, o->name });
}

bool
definition_rename(struct build *b, struct object *o, struct slice schema,
                  struct slice name, struct span span)
{
    struct definition *d = o->u.definition;
    struct names *names = names_of(b, d->kind);
    struct object *other = find_named(b, d->kind, schema, name);
    struct diag *report;

    if (other == o)
        return true;
    if (names != NULL && !object_may_rename(b, names, o, schema, name, span))
        return false;
    if (names == NULL && other != NULL) {
        report = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
                          "there is %s \"%.*s\" already", object_a_word(b, other),
                          SLICE_ARG(name));
        diag_note(&b->s->diags, report, other->span, "it is declared here");
        return false;
    }
    if (d->detail == DETAIL_RANGE && !multirange_allows(b, o, schema, name, span))
        return false;
    map_put(&b->definitions, definition_key(b, d->kind, o->schema, o->name, d->table),
            NULL);
    if (d->detail == DETAIL_RANGE)
        range_forget(b, o);
    if (names != NULL)
        object_rename(b, names, o, schema, name);
    o->schema = schema;
    o->name = name;
    d->schema = schema;
    d->name = name;
    d->was = was_of_definition(b, o);
    if (d->detail == DETAIL_RANGE)
        range_register(b, o);
    map_put(&b->definitions, definition_key(b, d->kind, schema, name, d->table), o);
    definition_respell(b, o);
    return true;
}
