/*
 * CREATE TABLE.
 */
#include "resolve/build.h"

static struct work_table *
work_table_new(struct build *b, const struct ast_create_table *ast)
{
    struct work_table *w = ARENA_NEW(b->a, struct work_table);
    struct table *t = ARENA_NEW(b->a, struct table);

    t->schema = schema_of(&ast->name);
    t->name = ast->name.name;
    t->strict = ast->strict;
    t->without_rowid = ast->without_rowid;
    t->unlogged = ast->unlogged;
    t->comment = ast->comment;
    t->options = options_text(b, &ast->options, ast->name.span);
    t->span = ast->name.span;
    map_init(&t->column_names, b->a);
    w->table = t;
    return w;
}

/* Not a part of the schema: nothing of it is there when the session ends. */
static bool
refuse_temporary(struct build *b, const struct ast_create_table *ast)
{
    struct diag *d;

    if (!ast->temporary)
        return false;
    d = diag_add(&b->s->diags, D_STATEMENT_MISPLACED, ast->name.span,
                 "temporary table \"%.*s\" is no part of a schema",
                 SLICE_ARG(ast->name.name));
    diag_hint(&b->s->diags, d, "a section (@migrate … @end) may create temporary tables");
    return true;
}

static bool
exists_already(struct build *b, const struct ast_create_table *ast)
{
    return ast->if_not_exists
           && table_find(b, schema_of(&ast->name), ast->name.name) != NULL;
}

void
declare_table(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_table *ast = stmt->u.create_table;
    struct work_table *w;

    if (refuse_temporary(b, ast) || exists_already(b, ast))
        return;
    w = work_table_new(b, ast);
    w->object =
        object_add(b, ROLE_TABLE, w->table->schema, w->table->name, ast->name.span);
    w->object->u.table = w;
    if (!object_declare(b, &b->relations, w->object))
        return;
    annotate_table(b, w->table, &stmt->annotations);
    VEC_EACH (i, &ast->columns)
        table_add_column(b, w, ast->columns.items[i]);
    VEC_EACH (i, &ast->constraints)
        table_add_constraint(b, w, ast->constraints.items[i], SLICE_NONE);
    VEC_EACH (i, &ast->inline_indexes)
        table_add_index(b, w, ast->inline_indexes.items[i], NULL, stmt->span);
}
