/*
 * ALTER TABLE, action by action, applied to the table under construction.
 */
#include "resolve/build.h"

#include <assert.h>

struct alteration {
    struct build *b;
    struct work_table *table;
    const struct stmt *stmt;
    const struct ast_alter *action;
};

static struct column *
need_column(const struct alteration *a)
{
    return table_need_column(a->b, a->table, a->action->name, a->action->name_span,
                             a->action->if_exists);
}

/* ---- columns ---- */

static void
add_column(const struct alteration *a)
{
    const struct ast_column *ast = a->action->column;
    struct column *c;

    if (a->action->if_exists && table_find_column(a->table->table, ast->name) != NULL)
        return;
    if (!table_add_column(a->b, a->table, ast))
        return;
    c = table_find_column(a->table->table, ast->name);
    annotate_column(a->b, c, &a->action->annotations);
}

static void
alter_drop_column(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c != NULL)
        drop_column(a->b, a->table, c, a->action->cascade, a->action->name_span);
}

static void
alter_rename_column(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL)
        return;
    rename_column(a->b, a->table, c, a->action->new_name, a->action->name_span);
    annotate_column(a->b, c, &a->action->annotations);
}

/* USING computes the new value from the old row: that is what @from says. */
static void
alter_column_type(const struct alteration *a)
{
    struct column *c = need_column(a);
    const struct ast_column *ast = a->action->column;

    if (c == NULL || ast == NULL || ast->type == NULL)
        return;
    c->has_type = true;
    c->type = *ast->type;
    c->type.schema = schema_plain(c->type.schema);
    c->span = ast->type_span.source != 0 ? ast->type_span : a->action->span;
    if (!slice_is_none(ast->collation))
        c->collation = ast->collation;
    if (a->action->expr != NULL && a->b->mode == RESOLVE_DECLARATIONS)
        c->from = a->action->expr;
    annotate_column(a->b, c, &a->action->annotations);
}

static void
alter_default(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL)
        return;
    c->default_value = a->action->expr; /* NULL for DROP DEFAULT */
    if (c->identity == IDENTITY_SERIAL)
        c->identity = IDENTITY_NONE;
    annotate_column(a->b, c, &a->action->annotations);
}

static void
alter_set_not_null(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL)
        return;
    c->not_null = true;
    annotate_column(a->b, c, &a->action->annotations);
}

static void
alter_drop_not_null(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL)
        return;
    c->not_null = false;
    c->not_null_on_conflict = SLICE_NONE;
    annotate_column(a->b, c, &a->action->annotations);
}

static void
alter_add_identity(const struct alteration *a)
{
    struct column *c = need_column(a);
    struct column *declared;

    if (c == NULL)
        return;
    declared = column_make(a->b, a->action->column);
    c->identity = declared->identity;
    c->identity_options = declared->identity_options;
    c->not_null = true;
}

static void
alter_drop_identity(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL)
        return;
    c->identity = IDENTITY_NONE;
    c->identity_options = SLICE("");
}

static void
alter_drop_expression(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c != NULL)
        c->generated = NULL;
}

/* ---- constraints ---- */

static struct work_constraint *
need_constraint(const struct alteration *a)
{
    struct work_constraint *c =
        table_find_work_constraint(a->b, a->table, a->action->name);
    struct slices names = { 0 };
    struct diag *d;

    if (c != NULL || a->action->if_exists)
        return c;
    d = diag_add(&a->b->s->diags, D_NO_SUCH_OBJECT, a->action->name_span,
                 "table \"%.*s\" has no constraint \"%.*s\"",
                 SLICE_ARG(a->table->table->name), SLICE_ARG(a->action->name));
    VEC_EACH (i, &a->table->constraints)
        if (!slice_is_none(a->table->constraints.items[i]->constraint->name))
            VEC_PUSH(a->b->a, &names.all,
                     a->table->constraints.items[i]->constraint->name);
    hint_nearest(a->b->s, d, a->action->name, &names);
    return NULL;
}

static void
alter_add_constraint(const struct alteration *a)
{
    table_add_constraint(a->b, a->table, a->action->constraint, SLICE_NONE);
}

static void
alter_drop_constraint(const struct alteration *a)
{
    struct work_constraint *c = need_constraint(a);

    if (c != NULL)
        drop_constraint(a->b, c, a->action->cascade);
}

static void
alter_validate(const struct alteration *a)
{
    struct work_constraint *c = need_constraint(a);

    if (c != NULL)
        c->constraint->not_valid = false;
}

static void
alter_rename_constraint(const struct alteration *a)
{
    struct work_constraint *c = need_constraint(a);

    if (c == NULL)
        return;
    if (table_find_work_constraint(a->b, a->table, a->action->new_name) != NULL) {
        diag_add(&a->b->s->diags, D_DUPLICATE_OBJECT, a->action->span,
                 "table \"%.*s\" has a constraint \"%.*s\" already",
                 SLICE_ARG(a->table->table->name), SLICE_ARG(a->action->new_name));
        return;
    }
    c->constraint->name = a->action->new_name;
    c->constraint->name_is_derived = false;
    c->constraint->was =
        slice_is_none(c->base_name) || slice_equal(c->base_name, a->action->new_name)
            ? SLICE_NONE
            : c->base_name;
}

/* ---- the table ---- */

static void
alter_rename_table(const struct alteration *a)
{
    rename_table(a->b, a->table, a->table->table->schema, a->action->new_name,
                 a->action->span);
}

static void
alter_set_schema(const struct alteration *a)
{
    rename_table(a->b, a->table, schema_plain(a->action->new_name), a->table->table->name,
                 a->action->span);
}

/* Who owns what is an affair of the server, not of the schema. */
void
note_owner(struct build *b, struct span span, struct slice name)
{
    diag_add(&b->s->diags, D_OWNER, span,
             "the owner of \"%.*s\" is not kept: it is no part of a schema",
             SLICE_ARG(name));
}

static bool
says(const struct ast_alter *action, struct slice words)
{
    return action->kind == ALTER_OTHER
           && slice_equal_fold(slice_sub(action->text, 0, words.len), words);
}

static bool
is_owner(const struct ast_alter *action)
{
    return says(action, SLICE("owner to"));
}

/* MySQL's, where a primary key has no name. */
static void
drop_primary_key(const struct alteration *a)
{
    VEC_EACH (i, &a->table->constraints)
        if (a->table->constraints.items[i]->constraint->kind == CONSTRAINT_PRIMARY_KEY) {
            drop_constraint(a->b, a->table->constraints.items[i], false);
            return;
        }
}

static void
alter_other(const struct alteration *a)
{
    struct ast_name none = { .span = a->action->span };
    struct ast_name table = { .schema = a->table->table->schema,
                              .name = a->table->table->name };

    if (is_owner(a->action)) {
        note_owner(a->b, a->action->span, a->table->table->name);
        return;
    }
    if (says(a->action, SLICE("drop primary key"))) {
        drop_primary_key(a);
        return;
    }
    declare_definition(a->b, a->stmt, SLICE("table setting"), &none, &table);
}

typedef void alter_fn(const struct alteration *a);

static alter_fn *const alter_actions[] = {
    [ALTER_ADD_COLUMN] = add_column,
    [ALTER_DROP_COLUMN] = alter_drop_column,
    [ALTER_RENAME_COLUMN] = alter_rename_column,
    [ALTER_RENAME_TABLE] = alter_rename_table,
    [ALTER_RENAME_CONSTRAINT] = alter_rename_constraint,
    [ALTER_SET_SCHEMA] = alter_set_schema,
    [ALTER_ADD_CONSTRAINT] = alter_add_constraint,
    [ALTER_DROP_CONSTRAINT] = alter_drop_constraint,
    [ALTER_VALIDATE_CONSTRAINT] = alter_validate,
    [ALTER_COLUMN_TYPE] = alter_column_type,
    [ALTER_SET_DEFAULT] = alter_default,
    [ALTER_DROP_DEFAULT] = alter_default,
    [ALTER_SET_NOT_NULL] = alter_set_not_null,
    [ALTER_DROP_NOT_NULL] = alter_drop_not_null,
    [ALTER_ADD_IDENTITY] = alter_add_identity,
    [ALTER_DROP_IDENTITY] = alter_drop_identity,
    [ALTER_DROP_EXPRESSION] = alter_drop_expression,
    [ALTER_OTHER] = alter_other,
};
static_assert(ARRAY_LEN(alter_actions) == ALTER_OTHER + 1, "apply every action");

/* Dumps say ALTER TABLE of sequences and views as well.  False: it is a table. */
static bool
alter_other_relation(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_table *ast = stmt->u.alter_table;
    const struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);
    bool only_owner = true;

    if (o == NULL || o->role == ROLE_TABLE)
        return false;
    VEC_EACH (i, &ast->actions)
        only_owner &= is_owner(ast->actions.items[i]);
    if (only_owner) {
        note_owner(b, ast->name.span, ast->name.name);
        return true;
    }
    if (o->role == ROLE_DEFINITION)
        declare_definition(b, stmt, SLICE("alter table"), &ast->name, &ast->name);
    return o->role == ROLE_DEFINITION;
}

void
alter_table(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_table *ast = stmt->u.alter_table;
    struct alteration a = { .b = b, .stmt = stmt };

    if (alter_other_relation(b, stmt))
        return;
    a.table = table_need(b, &ast->name, ast->if_exists);
    if (a.table == NULL)
        return;
    VEC_EACH (i, &ast->actions) {
        a.action = ast->actions.items[i];
        alter_actions[a.action->kind](&a);
    }
    annotate_table(b, a.table->table, &stmt->annotations);
}
