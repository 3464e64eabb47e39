/*
 * Schemas and extensions: what ALTER and DROP of them do to everything inside.
 */
#include "resolve/definitions.h"

/* ---- what a schema holds ---- */

static bool
is_in(const struct object *o, struct slice schema)
{
    return !o->dropped && slice_equal(o->schema, schema);
}

/* Indexes, triggers, sequences of a column and the like go with what they stand on. */
static bool
stands_alone(const struct object *o)
{
    if (o->role == ROLE_INDEX)
        return false;
    return o->role != ROLE_DEFINITION || slice_is_none(o->u.definition->table);
}

/* ---- DROP SCHEMA ---- */

static void
report_contents(struct build *b, const struct object *schema, const struct object *first,
                struct span span)
{
    struct diag *d =
        diag_add(&b->s->diags, D_DROP_HAS_DEPENDANTS, span,
                 "schema \"%.*s\" is not empty: %s \"%.*s\" is in it",
                 SLICE_ARG(schema->name), object_words(first), SLICE_ARG(first->name));

    diag_note(&b->s->diags, d, first->span, "it is declared here");
    diag_hint(&b->s->diags, d, "CASCADE drops what is in it as well");
}

void
drop_schema(struct build *b, struct object *schema, bool cascade, struct span span)
{
    size_t count = b->objects.count;

    for (size_t i = 0; i < count; i++) {
        struct object *o = b->objects.items[i];

        if (!is_in(o, schema->name) || !stands_alone(o))
            continue;
        if (!cascade) {
            report_contents(b, schema, o, span);
            return;
        }
        drop_object(b, o, span);
    }
    definition_drop(b, schema);
}

/* ---- ALTER SCHEMA … RENAME TO ---- */

/* Other texts may say where it is, and cannot be told. */
static bool
is_text(const struct object *o)
{
    return o->role == ROLE_DEFINITION
           && (o->u.definition->detail == DETAIL_NONE
               || o->u.definition->detail == DETAIL_ROUTINE);
}

static bool
was_inherited(const struct object *o)
{
    switch (o->role) {
    case ROLE_TABLE:
        return o->u.table->base != NULL;
    case ROLE_VIEW:
        return !slice_is_none(o->u.view->base_name);
    case ROLE_ENUM:
        return o->u.enum_type->base != NULL;
    case ROLE_DEFINITION:
        return o->base != NULL;
    case ROLE_INDEX:
        return false;
    }
    return false;
}

/* From version to version, objects are told by schema and name. */
static bool
refuse_inherited(struct build *b, const struct object *schema, struct span span)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct diag *d;

        if (!is_in(o, schema->name) || !stands_alone(o)
            || (!was_inherited(o) && !is_text(o)))
            continue;
        d = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, span,
                     "schema \"%.*s\" cannot be renamed: %s \"%.*s\" is in it%s",
                     SLICE_ARG(schema->name), object_words(o), SLICE_ARG(o->name),
                     is_text(o) ? ", and what calls it is text"
                                : " since an earlier version");
        diag_hint(&b->s->diags, d, "make the new schema and move what is in the old one");
        return true;
    }
    return false;
}

static void
move_object(struct build *b, struct object *o, struct slice schema, struct span span)
{
    switch (o->role) {
    case ROLE_TABLE:
        rename_table(b, o->u.table, schema, o->name, span);
        break;
    case ROLE_VIEW:
        move_view(b, o, schema, span);
        break;
    case ROLE_ENUM:
        rename_any_type(b, o, schema, o->name, span);
        break;
    case ROLE_DEFINITION:
        if (is_type_kind(o->u.definition->kind))
            rename_any_type(b, o, schema, o->name, span);
        else if (o->u.definition->detail == DETAIL_SEQUENCE)
            rename_sequence(b, o, schema, o->name, span);
        else
            definition_rename(b, o, schema, o->name, span);
        break;
    case ROLE_INDEX:
        break;
    }
}

static void
rename_schema(struct build *b, struct object *schema, struct slice name, struct span span)
{
    struct slice old = schema->name;
    size_t count = b->objects.count;

    if (refuse_inherited(b, schema, span)
        || !definition_rename(b, schema, SLICE_NONE, name, span))
        return;
    for (size_t i = 0; i < count; i++)
        if (is_in(b->objects.items[i], old) && stands_alone(b->objects.items[i]))
            move_object(b, b->objects.items[i], name, span);
}

void
alter_schema(struct build *b, const struct ast_alter_object *ast)
{
    struct object *o = definition_need(b, "schema", &ast->name, ast->if_exists);

    if (o == NULL)
        return;
    if (ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_RENAME_TABLE)
        rename_schema(b, o, ast->action->new_name, ast->name.span);
    else
        diag_add(&b->s->diags, D_SYNTAX, ast->name.span,
                 "a schema cannot be altered like this");
}

/* ---- extensions ---- */

static struct extension *
edit_extension(struct build *b, struct object *o)
{
    struct extension *e = arena_copy(b->a, o->u.definition->u.extension, sizeof *e);

    o->u.definition->u.extension = e;
    return e;
}

void
alter_extension(struct build *b, const struct ast_alter_object *ast)
{
    struct object *o = definition_need(b, "extension", &ast->name, ast->if_exists);

    if (o == NULL)
        return;
    if (ast->kind == ALTER_OBJECT_UPDATE)
        edit_extension(b, o)->version = ast->version;
    else if (ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_SET_SCHEMA)
        edit_extension(b, o)->in_schema = schema_plain(ast->action->new_name);
    else
        diag_add(&b->s->diags, D_SYNTAX, ast->name.span,
                 "an extension cannot be altered like this");
    definition_respell(b, o);
}
