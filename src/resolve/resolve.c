/*
 * The recipe: statements in the order written, then what can only be known when all of
 * them are applied.
 */
#include "resolve/resolve.h"

#include "resolve/account.h"
#include "resolve/definitions.h"
#include "resolve/path.h"
#include "resolve/scope.h"

/* Files of one source speak of one schema in one dialect's terms. */
static void
take_head(struct build *b, const struct ast *ast)
{
    if (!slice_is_none(ast->schema))
        b->out->name = ast->schema;
    if (slice_is_none(ast->dialect))
        return;
    if (!slice_is_none(b->out->dialect) && !slice_equal(b->out->dialect, ast->dialect)) {
        diag_add(&b->s->diags, D_WRONG_DIALECT, SPAN_NONE,
                 "the files of one source are in the terms of %.*s and of %.*s",
                 SLICE_ARG(b->out->dialect), SLICE_ARG(ast->dialect));
        return;
    }
    b->out->dialect = ast->dialect;
}

static void
take_heads(struct build *b, const struct resolve_input *in)
{
    const struct terms *terms;

    if (in->base != NULL) {
        b->out->dialect = in->base->dialect;
        if (slice_is_none(b->out->name))
            b->out->name = in->base->name;
    }
    for (size_t i = 0; i < in->count; i++)
        take_head(b, in->asts[i]);
    if (slice_is_none(b->out->dialect))
        b->out->dialect = in->dialect;
    if (in->leaves_sqlite && slice_is(b->out->dialect, "sqlite")) {
        b->of_sqlite = true;
        b->out->dialect = SLICE_NONE;
    }
    terms = terms_find(b->out->dialect);
    if (terms != NULL)
        b->terms = terms;
    b->engine = b->terms;
    if (slice_is_none(b->out->dialect) && terms_find(in->engine) != NULL)
        b->engine = terms_find(in->engine);
}

static void
take_silencers(struct build *b, const struct ast *ast)
{
    VEC_EACH (i, &ast->silencers) {
        const struct ast_silencer *from = &ast->silencers.items[i];
        struct lint_off off = { .rule = from->annotation->first,
                                .why = from->annotation->second,
                                .span = from->annotation->span,
                                .target = from->target };

        VEC_PUSH(b->a, &b->out->lint_offs, off);
    }
}

/* COMMENT ON TABLE, VIEW, COLUMN and CONSTRAINT name a relation. */
static const struct ast_name *
comment_relation(const struct ast_comment *ast)
{
    return ast->object == OBJECT_TABLE || ast->object == OBJECT_VIEW
                   || ast->object == OBJECT_COLUMN || ast->object == OBJECT_CONSTRAINT
               ? &ast->name
               : NULL;
}

/*
 * The relation that a statement is about and does not declare; NULL: none.  IF EXISTS
 * speaks of the time before its statement: `pg_dump --clean` drops first what it adds
 * later.
 */
static const struct ast_name *
relation_of(const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_INDEX)
        return &stmt->u.create_index->table;
    if (stmt->kind == STMT_CREATE_TRIGGER)
        return &stmt->u.create_trigger->table;
    if (stmt->kind == STMT_CREATE_RULE)
        return &stmt->u.create_rule->table;
    if (stmt->kind == STMT_CREATE_POLICY || stmt->kind == STMT_ALTER_POLICY)
        return &stmt->u.policy->table;
    if (stmt->kind == STMT_CREATE_STATISTICS)
        return &stmt->u.create_statistics->table;
    if (stmt->kind == STMT_RENAME_ON)
        return &stmt->u.rename_on->table;
    if (stmt->kind == STMT_ALTER_TABLE && !stmt->u.alter_table->if_exists)
        return &stmt->u.alter_table->name;
    return stmt->kind == STMT_COMMENT ? comment_relation(stmt->u.comment) : NULL;
}

static bool
is_missing(const struct build *b, const struct ast_name *name)
{
    return object_find(b, &b->relations, schema_of(name), name->name) == NULL;
}

static bool
finds_all(void *context, const struct expr *e)
{
    const struct build *b = context;
    struct slice schema = SLICE_NONE;

    if (e->kind != QUERY_TABLE)
        return true;
    if (e->arg_count > 2)
        schema = schema_plain(e->args[e->arg_count - 1]->text);
    return object_find(b, &b->relations, schema, e->text) != NULL;
}

/* A table that it is made of: a parent, the source of LIKE or of a query. */
static bool
misses_table(struct build *b, const struct ast_create_table *ast)
{
    if (ast->query != NULL && !expr_walk(ast->query, finds_all, b))
        return true;
    if (!slice_is_none(ast->of_type.name)
        && object_find(b, &b->types, schema_of(&ast->of_type), ast->of_type.name) == NULL)
        return true;
    VEC_EACH (i, &ast->parents.all)
        if (is_missing(b, &ast->parents.all.items[i]))
            return true;
    VEC_EACH (i, &ast->likes)
        if (is_missing(b, &ast->likes.items[i]->source))
            return true;
    return false;
}

static bool
misses_relation(struct build *b, const struct stmt *stmt)
{
    const struct ast_name *name = relation_of(stmt);

    if (name != NULL && is_missing(b, name))
        return stmt->kind != STMT_ALTER_TABLE
               || stmt->u.alter_table->object == OBJECT_TABLE;
    if (stmt->kind == STMT_CREATE_TABLE)
        return misses_table(b, stmt->u.create_table);
    if (stmt->kind == STMT_ALTER_TABLE && stmt->u.alter_table->object == OBJECT_TABLE)
        VEC_EACH (i, &stmt->u.alter_table->actions) {
            const struct ast_alter *action = stmt->u.alter_table->actions.items[i];

            if ((action->kind == ALTER_ATTACH_PARTITION || action->kind == ALTER_INHERIT)
                && is_missing(b, &action->table))
                return true;
        }
    return false;
}

/* DROP of one takes it out of the names, so that a table may have it. */
static bool
is_about_temporary(struct build *b, const struct stmt *stmt)
{
    const struct ast_name *name = relation_of(stmt);

    if (stmt->kind == STMT_ALTER_TABLE)
        name = &stmt->u.alter_table->name;
    if (stmt->kind == STMT_DROP && stmt->u.drop->names.all.count == 1)
        name = &stmt->u.drop->names.all.items[0];
    if (name == NULL || !is_temporary(b, name) || !is_missing(b, name))
        return false;
    if (stmt->kind == STMT_DROP)
        map_put(&b->temporaries, name->name, NULL);
    return true;
}

static void
apply_statement(struct build *b, const struct stmt *stmt)
{
    account_begin(b, stmt);
    declare_statement(b, stmt);
    account_end(b);
}

/*
 * A statement about a table that no statement has declared so far waits until the last:
 * files of one source may come in any order, and what is printed is sorted.
 */
static void
apply_statements(struct build *b, const struct ast *ast)
{
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];

        if (is_about_temporary(b, stmt))
            account_skipped(b);
        else if (misses_relation(b, stmt))
            VEC_PUSH(b->a, &b->late, stmt);
        else
            apply_statement(b, stmt);
    }
}

/* Tables that wait, by their names: each is declared once, after what it is made of. */
struct waiting {
    struct map tables; /* catalog_key → struct stmt *, the first of that name */
    struct map done;   /* address of the statement */
    size_t depth;
};

#define WAITING_DEPTH_MAX 200 /* parents of parents that all come later in the source */

static void declare_waiting(struct build *b, struct waiting *w, const struct stmt *stmt);

static void
declare_first(struct build *b, struct waiting *w, const struct ast_name *name)
{
    const struct stmt *stmt =
        map_get(&w->tables, catalog_key(b->a, schema_of(name), name->name));

    if (stmt != NULL && w->depth < WAITING_DEPTH_MAX)
        declare_waiting(b, w, stmt);
}

static void
declare_waiting(struct build *b, struct waiting *w, const struct stmt *stmt)
{
    const struct ast_create_table *ast = stmt->u.create_table;
    const void *address = stmt;
    struct slice key = { arena_copy(b->a, &address, sizeof address), sizeof address };

    if (map_has(&w->done, key))
        return;
    map_put(&w->done, key, NULL);
    w->depth++;
    VEC_EACH (i, &ast->parents.all)
        declare_first(b, w, &ast->parents.all.items[i]);
    VEC_EACH (i, &ast->likes)
        declare_first(b, w, &ast->likes.items[i]->source);
    w->depth--;
    apply_statement(b, stmt);
}

static void
apply_script(struct build *b, const struct ast *ast)
{
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];

        account_begin(b, stmt);
        if (script_statement(b, stmt))
            account_end(b);
        else
            account_skipped(b);
    }
    script_sections(b, ast);
}

static void
await_table(struct build *b, struct waiting *w, const struct stmt *stmt)
{
    const struct ast_name *name = &stmt->u.create_table->name;
    struct slice key = catalog_key(b->a, schema_of(name), name->name);

    if (!map_has(&w->tables, key))
        map_put(&w->tables, key, (void *)(uintptr_t)stmt);
}

static void
apply_late(struct build *b)
{
    struct waiting w = { .depth = 0 };

    map_init(&w.tables, b->a);
    map_init(&w.done, b->a);
    VEC_EACH (i, &b->late)
        if (b->late.items[i]->kind == STMT_CREATE_TABLE)
            await_table(b, &w, b->late.items[i]);
    VEC_EACH (i, &b->late)
        if (b->late.items[i]->kind == STMT_CREATE_TABLE)
            declare_waiting(b, &w, b->late.items[i]);
    VEC_EACH (i, &b->late)
        if (b->late.items[i]->kind != STMT_CREATE_TABLE)
            apply_statement(b, b->late.items[i]);
}

bool
resolve_catalog(struct session *s, const struct resolve_input *in, struct catalog **out)
{
    size_t errors = s->diags.error_count;
    struct build b;

    build_init(&b, s, in);
    take_heads(&b, in);
    if (in->base != NULL)
        build_take_base(&b, in->base);
    path_qualify(&b, in);
    for (size_t i = 0; i < in->count; i++) {
        if (in->mode == RESOLVE_SCRIPT)
            apply_script(&b, in->asts[i]);
        else
            apply_statements(&b, in->asts[i]);
        account_source(&b, in->asts[i]);
    }
    apply_late(&b);
    script_release_names(&b);

    virtual_take_shadows(&b);
    rowids_take(&b);
    serials_fold(&b);
    grants_finish(&b);
    enums_check(&b);
    types_check(&b);
    definitions_bind(&b);
    typed_check(&b);
    tables_bind(&b);
    tables_check(&b);
    successions_check(&b);
    keys_check(&b);
    partitions_check(&b);
    key_names_check(&b);
    names_derive(&b);
    inherit_finish(&b);
    settings_finish(&b);
    views_bind(&b);
    code_bind(&b);
    rows_check(&b);
    for (size_t i = 0; i < in->count; i++) {
        if (in->mode == RESOLVE_DECLARATIONS)
            sections_take(&b, in, in->asts[i]);
        take_silencers(&b, in->asts[i]);
    }

    build_finish(&b);
    *out = b.out;
    return s->diags.error_count == errors;
}
