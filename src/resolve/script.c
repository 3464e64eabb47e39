/*
 * The steps of a script (RESOLVE_SCRIPT): what differs from declarations before a
 * statement reaches declare_statement.
 *
 * A step that changes rows changes no catalog.  A temporary object is gone with the
 * session that made it, so statements about it are passed over; its name hides that of a
 * real one, as it does in an engine.  CREATE OR REPLACE of what is kept as text takes the
 * place of the older text.
 */
#include "resolve/build.h"

#include "base/sqltext.h"
#include "model/naming.h"

#include <string.h>

/* ---- steps that change rows ---- */

static void
note_step(struct build *b, const struct stmt *stmt)
{
    diag_add(&b->s->diags, D_DATA_STEP, stmt->span,
             "a step that changes rows: it counts for nothing in the schema");
}

static bool
program_hides(struct slice program)
{
    static const char *const words[] = { "create", "alter", "drop", "execute" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (sqltext_says_word((struct sqltext){ .rest = program }, words[i]))
            return true;
    return false;
}

/*
 * A program that is run and not read: does it look as if it changed the structure?  It
 * stands in a string (DO $$ … $$), or in the open behind the word that begins the
 * statement.
 */
static bool
hides_structure(struct slice text)
{
    struct sqltext t = { .rest = text };
    struct sqltext_token token;

    sqltext_next_code(&t);
    if (program_hides(t.rest))
        return true;
    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (token.kind == SQLTEXT_STRING && program_hides(sqltext_inside(token)))
            return true;
    return false;
}

static void
warn_of_hidden(struct build *b, const struct stmt *stmt, const char *what)
{
    struct diag *d = diag_add(&b->s->diags, D_HIDDEN_STEP, stmt->span,
                              "what %s changes in the structure is not seen", what);

    b->has_hidden = true;
    diag_hint(&b->s->diags, d,
              "if it changes tables, the schema read here differs from the database");
}

/* SELECT f(…) of a function that the script made may do anything. */
static bool
calls_own_function(const struct build *b, const struct expr *query)
{
    const struct expr *targets;
    const struct expr *call;

    if (query->kind != QUERY_SELECT || query->args[SELECT_FROM] != NULL)
        return false;
    targets = query->args[SELECT_TARGETS];
    if (targets->arg_count == 0 || targets->args[0]->arg_count == 0)
        return false;
    call = targets->args[0]->args[0];
    if (call == NULL || call->kind != EXPR_CALL)
        return false;
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_DEFINITION
            && slice_is(o->u.definition->kind, "function")
            && slice_equal(o->name, call->text) && hides_structure(o->u.definition->text))
            return true;
    }
    return false;
}

static bool
is_step(const struct stmt *stmt)
{
    if (stmt->kind == STMT_QUERY)
        return true;
    if (stmt->kind == STMT_RAW)
        return section_changes_rows(stmt->u.raw)
               || slice_is(stmt->u.raw->kind, "import");
    return stmt->kind == STMT_SKIPPED && stmt->text.len > 4
           && slice_is_fold(slice_sub(stmt->text, 0, 4), "copy");
}

static void
take_step(struct build *b, const struct stmt *stmt)
{
    if (stmt->kind == STMT_RAW && slice_is(stmt->u.raw->kind, "do")
        && hides_structure(stmt->text))
        warn_of_hidden(b, stmt, "this block");
    else if (stmt->kind == STMT_QUERY && calls_own_function(b, stmt->u.query->query))
        warn_of_hidden(b, stmt, "this function");
    else
        note_step(b, stmt);
}

/* ---- temporary objects ---- */

static void
make_temporary(struct build *b, const struct ast_name *name)
{
    map_put(&b->temporaries, name->name, b);
    diag_add(&b->s->diags, D_TEMPORARY, name->span,
             "temporary \"%.*s\" is forgotten, and so is what is done to it",
             SLICE_ARG(name->name));
}

/* CREATE [GLOBAL | LOCAL] TEMP … of what the grammar keeps as text. */
static bool
is_temporary_text(struct slice text)
{
    struct sqltext t = { .rest = text };
    struct sqltext_token word = sqltext_next_code(&t);

    if (!sqltext_is_word(word, "create"))
        return false;
    do
        word = sqltext_next_code(&t);
    while (sqltext_is_word(word, "global") || sqltext_is_word(word, "local"));
    return sqltext_is_word(word, "temp") || sqltext_is_word(word, "temporary");
}

/* The name that a CREATE TEMPORARY gives; NULL: it is no such statement. */
static const struct ast_name *
temporary_made(const struct stmt *stmt)
{
    if (stmt->kind == STMT_CREATE_TABLE && stmt->u.create_table->temporary)
        return &stmt->u.create_table->name;
    if (stmt->kind == STMT_CREATE_SEQUENCE && stmt->u.create_sequence->temporary)
        return &stmt->u.create_sequence->name;
    if (stmt->kind == STMT_CREATE_VIEW && stmt->u.create_view->temporary)
        return &stmt->u.create_view->name;
    if (stmt->kind == STMT_RAW && is_temporary_text(stmt->text))
        return &stmt->u.raw->name;
    return NULL;
}

static void
rename_temporary(struct build *b, const struct ast_alter_table *ast)
{
    VEC_EACH (i, &ast->actions)
        if (ast->actions.items[i]->kind == ALTER_RENAME_TABLE) {
            map_put(&b->temporaries, ast->name.name, NULL);
            map_put(&b->temporaries, ast->actions.items[i]->new_name, b);
        }
}

/* The statement without the temporary names; NULL when nothing is left of it. */
static const struct stmt *
drop_temporaries(struct build *b, const struct stmt *stmt)
{
    const struct ast_drop *from = stmt->u.drop;
    struct ast_drop *drop = arena_copy(b->a, from, sizeof *from);
    struct stmt *rest = arena_copy(b->a, stmt, sizeof *stmt);

    memset(&drop->names, 0, sizeof drop->names);
    VEC_EACH (i, &from->names.all)
        if (is_temporary(b, &from->names.all.items[i]))
            map_put(&b->temporaries, from->names.all.items[i].name, NULL);
        else
            VEC_PUSH(b->a, &drop->names.all, from->names.all.items[i]);
    rest->u.drop = drop;
    return drop->names.all.count > 0 ? rest : NULL;
}

static const struct stmt *
without_temporaries(struct build *b, const struct stmt *stmt)
{
    const struct ast_name *made = temporary_made(stmt);

    if (made != NULL) {
        make_temporary(b, made);
        return NULL;
    }
    if (stmt->kind == STMT_DROP)
        return drop_temporaries(b, stmt);
    if (stmt->kind == STMT_ALTER_TABLE && is_temporary(b, &stmt->u.alter_table->name)) {
        rename_temporary(b, stmt->u.alter_table);
        return NULL;
    }
    if (stmt->kind != STMT_CREATE_INDEX || !is_temporary(b, &stmt->u.create_index->table))
        return stmt;
    if (!slice_is_none(stmt->u.create_index->name))
        map_put(&b->temporaries, stmt->u.create_index->name, b);
    return NULL;
}

/* ---- CREATE OR REPLACE of what is kept as text ---- */

/*
 * Of "create or replace function f(a int) returns …" the part "function f(a int)", so
 * that CREATE and CREATE OR REPLACE name the same object; without parentheses, all of it
 * from the kind on.
 */
static struct slice
signature(struct slice normal, struct slice kind)
{
    struct sqltext t = { .rest = normal };
    struct sqltext_token token;
    size_t begin = 0;
    int depth = 0;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END) {
        size_t end = normal.len - t.rest.len;
        size_t at = end - token.text.len;

        if (begin == 0 && token.kind == SQLTEXT_WORD
            && slice_equal_fold(slice_sub(normal, at, at + kind.len), kind))
            begin = at;
        depth += slice_is(token.text, "(") - slice_is(token.text, ")");
        if (depth == 0 && slice_is(token.text, ")"))
            return slice_sub(normal, begin, end);
    }
    return slice_sub(normal, begin, normal.len);
}

static bool
is_replacement(struct slice normal)
{
    struct sqltext t = { .rest = normal };

    return sqltext_is_word(sqltext_next_code(&t), "create")
           && sqltext_is_word(sqltext_next_code(&t), "or")
           && sqltext_is_word(sqltext_next_code(&t), "replace");
}

/*
 * A function with other arguments is another function.  A statement that only spells the
 * arguments in another way leaves both texts, as there is no telling.
 */
static void
replace_text(struct build *b, const struct stmt *stmt)
{
    const struct ast_raw *ast = stmt->u.raw;
    struct slice normal = definition_normal(b->a, stmt->text);

    if (!is_replacement(normal))
        return;
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (o->role == ROLE_DEFINITION && !o->dropped
            && slice_equal(o->u.definition->kind, ast->kind)
            && slice_equal(o->name, ast->name.name)
            && slice_equal(o->schema, schema_of(&ast->name))
            && slice_equal_fold(signature(o->u.definition->normal, ast->kind),
                                signature(normal, ast->kind)))
            definition_drop(b, o);
    }
}

/* False: IF NOT EXISTS, and it does. */
static bool
replace_trigger(struct build *b, const struct ast_create_trigger *ast)
{
    struct object *o = map_get(&b->definitions,
                               definition_key(b, SLICE("trigger"), schema_of(&ast->table),
                                              ast->name.name, ast->table.name));

    if (!ast->is_whole || o == NULL || o->dropped)
        return true;
    if (ast->or_replace)
        definition_drop(b, o);
    return !ast->if_not_exists;
}

/* ---- sequences behind serial columns ---- */

/* The server made them; what is done to them is done to a part of the column. */
static bool
is_of_serial(const struct build *b, const struct ast_name *name)
{
    return map_get(&b->sequences, catalog_key(b->a, schema_of(name), name->name)) != NULL
           && object_find(b, &b->relations, schema_of(name), name->name) == NULL;
}

static void
remember_sequences(struct build *b, const struct ast_name *table)
{
    const struct work_table *w = table_find(b, schema_of(table), table->name);

    for (size_t i = 0; w != NULL && i < w->table->columns.count; i++) {
        const struct column *c = w->table->columns.items[i];

        if (c->identity == IDENTITY_SERIAL)
            map_put(
                &b->sequences,
                catalog_key(b->a, w->table->schema, naming_sequence(b->s, w->table, c)),
                b);
    }
}

static void
note_sequence(struct build *b, const struct ast_name *name)
{
    diag_add(&b->s->diags, D_SERIAL_SEQUENCE, name->span,
             "sequence \"%.*s\" stands behind a serial column and is not kept apart",
             SLICE_ARG(name->name));
}

/* The statement without the sequences of serial columns; NULL: nothing is left. */
static const struct stmt *
drop_sequences(struct build *b, const struct stmt *stmt)
{
    const struct ast_drop *from = stmt->u.drop;
    struct ast_drop *drop = arena_copy(b->a, from, sizeof *from);
    struct stmt *rest = arena_copy(b->a, stmt, sizeof *stmt);

    memset(&drop->names, 0, sizeof drop->names);
    VEC_EACH (i, &from->names.all)
        if (is_of_serial(b, &from->names.all.items[i]))
            note_sequence(b, &from->names.all.items[i]);
        else
            VEC_PUSH(b->a, &drop->names.all, from->names.all.items[i]);
    rest->u.drop = drop;
    return drop->names.all.count > 0 ? rest : NULL;
}

static bool
renames_object(const struct stmt *stmt)
{
    const struct ast_alter_object *ast = stmt->u.alter_object;

    return ast->kind == ALTER_OBJECT_ACTION && ast->action->kind == ALTER_RENAME_TABLE;
}

static const struct stmt *
without_sequences(struct build *b, const struct stmt *stmt)
{
    const struct ast_name *name = NULL;

    if (stmt->kind == STMT_DROP && stmt->u.drop->object == OBJECT_SEQUENCE)
        return drop_sequences(b, stmt);
    if (stmt->kind == STMT_ALTER_OBJECT
        && slice_is(stmt->u.alter_object->object, "sequence"))
        name = &stmt->u.alter_object->name;
    if (name == NULL || !is_of_serial(b, name))
        return stmt;
    note_sequence(b, name);
    if (renames_object(stmt))
        map_put(
            &b->sequences,
            catalog_key(b->a, schema_of(name), stmt->u.alter_object->action->new_name),
            b);
    return NULL;
}

/*
 * ---- names that the engine gave ----
 *
 * They are given when an object is made and stay when what they are made of is renamed:
 * DROP CONSTRAINT and DROP INDEX say them later.
 */

/* Those with an index share their names with tables and indexes, others with the
 * constraints of their table alone. */
static bool
name_is_free(const struct build *b, const struct work_table *w, struct slice name)
{
    const struct work_constraint *other =
        map_get(&b->given, catalog_key(b->a, w->table->schema, name));

    VEC_EACH (i, &w->constraints)
        if (slice_equal(w->constraints.items[i]->constraint->name, name))
            return false;
    if (other != NULL && !other->dropped && !other->owner->object->dropped
        && constraint_has_index(other->constraint)
        && slice_equal(other->constraint->name, name))
        return false;
    return object_find(b, &b->relations, w->table->schema, name) == NULL;
}

static void
give_constraint_name(struct build *b, struct work_table *w, struct work_constraint *c)
{
    struct map taken;
    struct slice name;

    map_init(&taken, b->a);
    do
        name = constraint_derive_name(b, &taken, w->table, c->constraint);
    while (!name_is_free(b, w, name));
    c->constraint->name = name;
    c->named_by_engine = true;
}

static struct slice
index_name(struct build *b, const struct work_index *i, struct map *taken)
{
    struct slices columns = { 0 };

    naming_index_columns(b->s, &i->index->keys, &i->index->include, &columns);
    return naming_derive(b->s, taken, i->owner->table->name, &columns, "idx");
}

static void
give_index_name(struct build *b, struct work_table *w, struct work_index *i)
{
    struct map taken;
    struct slice name;

    map_init(&taken, b->a);
    do
        name = index_name(b, i, &taken);
    while (!name_is_free(b, w, name));
    i->index->name = name;
    i->index->name_is_derived = false;
    i->named_by_engine = true;
    i->object->name = name;
    names_put(b, &b->relations, catalog_key(b->a, i->object->schema, name), i->object);
}

static void
give_names(struct build *b, const struct ast_name *table)
{
    struct work_table *w = table_find(b, schema_of(table), table->name);

    if (w == NULL || !b->terms->names_constraints)
        return;
    VEC_EACH (i, &w->constraints) {
        struct work_constraint *c = w->constraints.items[i];

        if (slice_is_none(c->constraint->name))
            give_constraint_name(b, w, c);
        map_put(&b->given, catalog_key(b->a, w->table->schema, c->constraint->name), c);
    }
    VEC_EACH (i, &w->indexes)
        if (slice_is_none(w->indexes.items[i]->index->name))
            give_index_name(b, w, w->indexes.items[i]);
}

static void
release_index(struct build *b, struct work_index *i)
{
    names_put(b, &b->relations, catalog_key(b->a, i->object->schema, i->index->name),
              NULL);
    i->index->name = SLICE_NONE;
    i->index->name_is_derived = true;
    i->object->name = SLICE_NONE;
}

static void
release_names(struct build *b, struct work_table *w)
{
    struct map taken;

    VEC_EACH (i, &w->constraints) {
        struct work_constraint *c = w->constraints.items[i];

        map_init(&taken, b->a);
        if (c->named_by_engine
            && slice_equal(constraint_derive_name(b, &taken, w->table, c->constraint),
                           c->constraint->name))
            c->constraint->name = SLICE_NONE;
    }
    VEC_EACH (i, &w->indexes) {
        struct work_index *x = w->indexes.items[i];

        map_init(&taken, b->a);
        if (x->named_by_engine && slice_equal(index_name(b, x, &taken), x->index->name))
            release_index(b, x);
    }
}

void
script_release_names(struct build *b)
{
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_TABLE)
            release_names(b, b->objects.items[i]->u.table);
}

/* ---- the statement ---- */

/* What was made has its names before the next statement. */
static void
settle_table(struct build *b, const struct ast_name *table)
{
    give_names(b, table);
    remember_sequences(b, table);
}

static void
apply(struct build *b, const struct stmt *stmt)
{
    if (stmt->kind == STMT_RAW)
        replace_text(b, stmt);
    if (stmt->kind == STMT_CREATE_TRIGGER && !replace_trigger(b, stmt->u.create_trigger))
        return;
    declare_statement(b, stmt);
    if (stmt->kind == STMT_CREATE_INDEX)
        settle_table(b, &stmt->u.create_index->table);
    else if (stmt->kind == STMT_CREATE_TABLE)
        settle_table(b, &stmt->u.create_table->name);
    else if (stmt->kind == STMT_ALTER_TABLE)
        settle_table(b, &stmt->u.alter_table->name);
}

bool
script_statement(struct build *b, const struct stmt *stmt)
{
    if (is_step(stmt)) {
        take_step(b, stmt);
        return false;
    }
    stmt = without_temporaries(b, stmt);
    if (stmt != NULL)
        stmt = without_sequences(b, stmt);
    if (stmt != NULL)
        apply(b, stmt);
    return stmt != NULL;
}

void
script_sections(struct build *b, const struct ast *ast)
{
    VEC_EACH (i, &ast->sections)
        diag_add(&b->s->diags, D_DATA_STEP, ast->sections.items[i]->span,
                 "a section that changes rows: it counts for nothing in the schema");
}
