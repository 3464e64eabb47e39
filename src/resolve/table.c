/*
 * CREATE TABLE.
 */
#include "resolve/definitions.h"

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
    t->tablespace = tablespace_plain(ast->tablespace);
    t->method = slice_is(ast->method, "heap") ? SLICE_NONE : ast->method;
    t->of_type.schema = schema_of(&ast->of_type);
    t->of_type.name = ast->of_type.name;
    t->span = ast->name.span;
    map_init(&t->column_names, b->a);
    w->table = t;
    return w;
}

/* Not a part of the schema: nothing of it is there when the session ends. */
static bool
leave_out_temporary(struct build *b, const struct ast_create_table *ast)
{
    if (ast->temporary)
        temporary_add(b, &ast->name, "table");
    return ast->temporary;
}

static bool
exists_already(struct build *b, const struct ast_create_table *ast)
{
    return ast->if_not_exists
           && table_find(b, schema_of(&ast->name), ast->name.name) != NULL;
}

/* ---- what comes from parents ---- */

static void
take_parents(struct build *b, struct work_table *w, const struct ast_create_table *ast)
{
    VEC_EACH (i, &ast->parents.all) {
        const struct ast_name *name = &ast->parents.all.items[i];
        struct work_table *parent = table_need(b, name, false);

        if (parent == NULL) {
            w->doubtful = true; /* its columns are not known */
            w->table->bound = NULL;
        } else if (ast->bound == NULL || partitioned_need(b, parent, name->span)) {
            table_inherit(b, w, parent, name->span);
        } else {
            w->doubtful = true;
            w->table->bound = NULL;
        }
    }
}

/* The column comes from a parent, and more is said about it here. */
static void
add_to_inherited(struct build *b, struct work_table *w, struct column *c,
                 const struct ast_column *ast)
{
    const struct column *made = column_make(b, ast);
    struct slice base_name = table_work_column(w, c)->base_name;

    table_work_column(w, c)->ast = ast;
    table_work_column(w, c)->base_name = base_name;
    c->is_local = !is_partition(w);
    if (made->has_type && c->has_type && !type_equal(&made->type, &c->type))
        diag_add(&b->s->diags, D_BAD_PARENT, made->span,
                 "column \"%.*s\" has another type in the parent of \"%.*s\"",
                 SLICE_ARG(c->name), SLICE_ARG(w->table->name));
    if (made->default_value != NULL) {
        c->default_value = made->default_value;
        c->null_default = false;
        c->identity = IDENTITY_NONE;
    }
    if (made->identity != IDENTITY_NONE) {
        c->identity = made->identity;
        c->numbering = made->numbering;
        c->own_sequence = made->identity == IDENTITY_SERIAL;
    }
    if (made->generated != NULL) {
        c->generated = made->generated;
        c->generated_stored = made->generated_stored;
    }
    c->not_null |= made->not_null;
    c->comment = made->comment;
    annotate_column(b, c, &ast->annotations);
    VEC_EACH (i, &ast->constraints)
        table_add_constraint(b, w, ast->constraints.items[i], ast->name);
}

static void
add_column(struct build *b, struct work_table *w, const struct ast_column *ast)
{
    struct column *c = table_find_column(w->table, ast->name);
    struct diag *d;

    if (c != NULL && c->inherited && table_work_column(w, c)->ast == NULL) {
        add_to_inherited(b, w, c, ast);
    } else if (is_partition(w) && !w->doubtful) {
        d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, ast->name_span,
                     "the parent of partition \"%.*s\" has no column \"%.*s\"",
                     SLICE_ARG(w->table->name), SLICE_ARG(ast->name));
        hint_column(b->s, d, w->table, ast->name);
    } else {
        table_add_column(b, w, ast);
    }
}

/* LIKE stands between the columns, and brings its own there. */
static void
add_columns(struct build *b, struct work_table *w, const struct ast_create_table *ast)
{
    size_t like = 0;

    VEC_EACH (i, &ast->columns) {
        while (like < ast->likes.count && ast->likes.items[like]->columns_before <= i)
            table_add_like(b, w, ast->likes.items[like++]);
        add_column(b, w, ast->columns.items[i]);
    }
    while (like < ast->likes.count)
        table_add_like(b, w, ast->likes.items[like++]);
}

static void
note_no_data(struct build *b, const struct ast_create_table *ast)
{
    diag_add(&b->s->diags, D_NO_DATA, ast->name.span,
             "table \"%.*s\" has the columns of its query, not the rows",
             SLICE_ARG(ast->name.name));
}

static void
declare_from_query(struct build *b, const struct stmt *stmt, struct work_table *w)
{
    const struct ast_create_table *ast = stmt->u.create_table;

    if (!table_add_query(b, w, ast)) {
        w->object->dropped = true;
        declare_definition(b, stmt, SLICE("table"), &ast->name, NULL);
        return;
    }
    if (object_declare(b, &b->relations, w->object)) {
        account_say(b, FATE_TABLE);
        annotate_table(b, w->table, &stmt->annotations);
        rowtype_check(b, w->object);
        note_no_data(b, ast);
    }
}

/*
 * A table that is new has no rows that were not asked: what a server makes of NOT VALID
 * there is a constraint like any other.  A declaration says by it what ALTER TABLE ADD
 * leaves behind, and so does a constraint with @was, which is not for servers either.
 */
static void
add_constraint(struct build *b, struct work_table *w, const struct ast_constraint *ast)
{
    struct work_constraint *c = table_add_constraint(b, w, ast, SLICE_NONE);

    if (c != NULL && c->ast == ast && b->is_bare && slice_is_none(c->constraint->was))
        c->constraint->not_valid = false;
}

void
declare_table(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_table *ast = stmt->u.create_table;
    struct work_table *w;

    if (leave_out_temporary(b, ast) || exists_already(b, ast))
        return;
    w = work_table_new(b, ast);
    w->object =
        object_add(b, ROLE_TABLE, w->table->schema, w->table->name, ast->name.span);
    w->object->u.table = w;
    if (ast->query != NULL) {
        declare_from_query(b, stmt, w);
        return;
    }
    if (!object_declare(b, &b->relations, w->object))
        return;
    account_say(b, FATE_TABLE);
    annotate_table(b, w->table, &stmt->annotations);
    rowtype_check(b, w->object);
    if (ast->bound != NULL)
        w->table->bound = bound_make(b, ast->bound);
    take_parents(b, w, ast);
    if (slice_is_none(ast->of_type.name))
        add_columns(b, w, ast);
    else if (!table_take_type(b, w, ast))
        w->doubtful = true;
    if (ast->partition_by != NULL)
        w->table->partition_by = partition_by_make(b, w, ast->partition_by);
    VEC_EACH (i, &ast->constraints)
        add_constraint(b, w, ast->constraints.items[i]);
    VEC_EACH (i, &ast->inline_indexes)
        table_add_index(b, w, ast->inline_indexes.items[i], NULL, stmt->span);
}
