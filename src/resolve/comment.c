/*
 * COMMENT ON: into the field of the object.  On what is kept whole, the comment is kept
 * whole as well.
 */
#include "resolve/build.h"

static void
comment_column(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    const struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);
    struct work_table *w;
    struct column *c;

    if (o != NULL && o->role != ROLE_TABLE) {
        declare_definition(b, stmt, SLICE("comment"), &ast->name, &ast->name);
        return;
    }
    w = table_need(b, &ast->name, false);
    if (w == NULL)
        return;
    c = table_need_column(b, w, ast->part, ast->name.span, false);
    if (c != NULL)
        c->comment = ast->text;
}

static void
comment_constraint(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    struct work_table *w;
    struct work_constraint *c;

    if (is_definition_relation(b, &ast->name)) {
        declare_definition(b, stmt, SLICE("comment"), &ast->name, &ast->name);
        return;
    }
    w = table_need(b, &ast->name, false);
    if (w == NULL)
        return;
    c = table_find_work_constraint(b, w, ast->part);
    if (c != NULL)
        c->constraint->comment = ast->text;
    else
        diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->name.span,
                 "table \"%.*s\" has no constraint \"%.*s\"", SLICE_ARG(w->table->name),
                 SLICE_ARG(ast->part));
}

static void
comment_relation(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    const struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);
    struct diag *d;

    if (o != NULL && o->role == ROLE_TABLE) {
        o->u.table->table->comment = ast->text;
    } else if (o != NULL && o->role == ROLE_VIEW) {
        o->u.view->view->comment = ast->text;
    } else if (o != NULL && o->role == ROLE_INDEX) {
        o->u.index->index->comment = ast->text;
    } else if (o != NULL || ast->object == OBJECT_INDEX) {
        declare_definition(b, stmt, SLICE("comment"), &ast->name, NULL);
    } else {
        d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->name.span,
                     "there is no \"%.*s\"", SLICE_ARG(ast->name.name));
        hint_relation(b, d, ast->name.name);
    }
}

static void
comment_type(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    const struct object *o =
        object_find(b, &b->types, schema_of(&ast->name), ast->name.name);

    if (o != NULL && o->role == ROLE_ENUM)
        o->u.enum_type->type->comment = ast->text;
    else if (o != NULL)
        declare_definition(b, stmt, SLICE("comment"), &ast->name, NULL);
    else
        diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->name.span,
                 "there is no type \"%.*s\"", SLICE_ARG(ast->name.name));
}

/* A dump comments on what every server has; that is no part of a schema. */
static bool
is_of_the_server(const struct ast_comment *ast)
{
    if (ast->object == OBJECT_SCHEMA)
        return slice_is_none(schema_plain(ast->name.name));
    return ast->object == OBJECT_EXTENSION && slice_is(ast->name.name, "plpgsql");
}

void
comment_object(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;

    switch (ast->object) {
    case OBJECT_COLUMN:
        comment_column(b, stmt);
        break;
    case OBJECT_CONSTRAINT:
        comment_constraint(b, stmt);
        break;
    case OBJECT_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW:
    case OBJECT_INDEX:
        comment_relation(b, stmt);
        break;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        comment_type(b, stmt);
        break;
    case OBJECT_SCHEMA:
    case OBJECT_EXTENSION:
    case OBJECT_SEQUENCE:
    case OBJECT_FUNCTION:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_OTHER:
        if (!is_of_the_server(ast))
            declare_definition(b, stmt, SLICE("comment"), &ast->name,
                               slice_is_none(ast->part) ? NULL : &ast->name);
        break;
    }
}
