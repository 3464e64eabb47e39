/*
 * ALTER TABLE, action by action, applied to the table under construction.
 */
#include "resolve/alter.h"
#include "resolve/definitions.h"

#include <assert.h>

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
    size_t constraints = a->table->constraints.count;
    struct column *c;

    if (a->action->if_exists && table_find_column(a->table->table, ast->name) != NULL)
        return;
    if (!table_add_column(a->b, a->table, ast))
        return;
    c = table_find_column(a->table->table, ast->name);
    annotate_column(a->b, c, &a->action->annotations);
    c->is_local = true;
    children_add_column(a->b, a->table, c);
    for (size_t i = constraints; i < a->table->constraints.count; i++)
        children_add_constraint(a->b, a->table, a->table->constraints.items[i]);
}

/* What comes from a parent is changed there. */
static bool
refuse_inherited(const struct alteration *a, const struct column *c, const char *what)
{
    struct diag *d;

    if (!column_is_inherited(a->table, c->name))
        return false;
    d = diag_add(&a->b->s->diags, D_BAD_PARENT, a->action->name_span,
                 "cannot %s column \"%.*s\" of \"%.*s\": it is inherited", what,
                 SLICE_ARG(c->name), SLICE_ARG(a->table->table->name));
    diag_hint(&a->b->s->diags, d, "do it to the parent, and its children follow");
    return true;
}

static void
alter_drop_column(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL || refuse_inherited(a, c, "drop"))
        return;
    annotate_drop_column(a->b, a->table->table, c, &a->action->annotations);
    drop_column(a->b, a->table, c, a->action->cascade, a->action->name_span);
}

static void
rename_in_children(const struct alteration *a, struct work_table *w, struct slice old)
{
    VEC_EACH (i, &w->children) {
        struct work_table *child = w->children.items[i];
        struct column *c = table_find_column(child->table, old);

        if (c == NULL)
            continue; /* by another parent, already */
        rename_column(a->b, child, c, a->action->new_name, a->action->name_span);
        rename_in_children(a, child, old);
    }
}

static void
alter_rename_column(const struct alteration *a)
{
    struct column *c = need_column(a);
    struct slice old;

    if (c == NULL || refuse_inherited(a, c, "rename"))
        return;
    old = c->name;
    rename_column(a->b, a->table, c, a->action->new_name, a->action->name_span);
    rename_in_children(a, a->table, old);
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
    if (c->type.kind != ast->type->kind)
        serials_keep_names(a->b, a->table->table, c); /* the sequence keeps its type */
    c->has_type = true;
    c->type = *ast->type;
    c->storage = SLICE_NONE; /* that of the new type */
    c->type.schema = schema_plain(c->type.schema);
    if (c->numbering != NULL)
        column_number(a->b, c, &(struct ast_options){ 0 }, true);
    c->span = ast->type_span.source != 0 ? ast->type_span : a->action->span;
    if (!slice_is_none(ast_column_rare(ast)->collation))
        c->collation = ast_column_rare(ast)->collation;
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
    c->null_default = false;
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
    serial_let_be_null(a->b, a->table->table, c);
    c->not_null_on_conflict = SLICE_NONE;
    annotate_column(a->b, c, &a->action->annotations);
}

static void
alter_add_identity(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL)
        return;
    if (c->identity != IDENTITY_NONE || c->default_value != NULL
        || c->generated != NULL) {
        diag_add(&a->b->s->diags, D_BAD_GENERATED, a->action->name_span,
                 "column \"%.*s\" has %s already", SLICE_ARG(c->name),
                 c->identity != IDENTITY_NONE ? "numbers"
                 : c->generated != NULL       ? "an expression that it is generated from"
                                              : "a default");
        return;
    }
    c->identity = a->action->column->identity;
    c->not_null = true;
    column_number(a->b, c, &ast_column_rare(a->action->column)->identity_options, true);
}

/* NULL after reporting that the column has no numbers to speak of. */
static struct column *
need_identity(const struct alteration *a)
{
    struct column *c = need_column(a);

    if (c == NULL || c->identity == IDENTITY_ALWAYS || c->identity == IDENTITY_BY_DEFAULT)
        return c;
    if (!a->action->if_exists)
        diag_add(&a->b->s->diags, D_BAD_GENERATED, a->action->name_span,
                 "column \"%.*s\" is no identity column%s", SLICE_ARG(c->name),
                 c->identity == IDENTITY_SERIAL ? ": a serial column has a default" : "");
    return NULL;
}

/* SET GENERATED, SET START, …, RESTART. */
static void
alter_set_identity(const struct alteration *a)
{
    struct column *c = need_identity(a);
    const struct ast_options *options = &a->action->options;

    if (c == NULL)
        return;
    VEC_EACH (i, &options->all)
        if (slice_is(options->all.items[i].name, "generated"))
            c->identity = slice_is(options->all.items[i].value, "always")
                              ? IDENTITY_ALWAYS
                              : IDENTITY_BY_DEFAULT;
    column_number(a->b, c, options, false);
}

static void
alter_drop_identity(const struct alteration *a)
{
    struct column *c = need_identity(a);

    if (c == NULL)
        return;
    c->identity = IDENTITY_NONE;
    c->numbering = NULL;
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

    if (c != NULL || a->action->if_exists || session_is_unread(a->b->s, a->action->name))
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
    struct work_constraint *c =
        table_add_constraint(a->b, a->table, a->action->constraint, SLICE_NONE);

    if (c != NULL && !a->stmt->u.alter_table->only)
        children_add_constraint(a->b, a->table, c);
}

static void
alter_drop_constraint(const struct alteration *a)
{
    struct work_constraint *c = need_constraint(a);

    if (c != NULL && c->parent != NULL)
        diag_add(&a->b->s->diags, D_BAD_PARENT, a->action->name_span,
                 "constraint \"%.*s\" of \"%.*s\" is inherited: drop it at the parent",
                 SLICE_ARG(a->action->name), SLICE_ARG(a->table->table->name));
    else if (c != NULL)
        drop_constraint(a->b, c, a->action->cascade);
}

static void
alter_validate(const struct alteration *a)
{
    struct work_constraint *c = need_constraint(a);

    if (c != NULL)
        c->constraint->not_valid = false;
}

void
rename_constraint(struct build *b, struct work_constraint *c,
                  const struct ast_alter *action)
{
    struct work_constraint *root = c;

    if (table_find_work_constraint(b, c->owner, action->new_name) != NULL) {
        diag_add(&b->s->diags, D_DUPLICATE_OBJECT, action->span,
                 "table \"%.*s\" has a constraint \"%.*s\" already",
                 SLICE_ARG(c->owner->table->name), SLICE_ARG(action->new_name));
        return;
    }
    while (root->parent != NULL && root->constraint->kind == CONSTRAINT_CHECK)
        root = root->parent;
    if (root != c) {
        diag_add(&b->s->diags, D_BAD_PARENT, action->span,
                 "constraint \"%.*s\" is inherited: its name is that of the parent",
                 SLICE_ARG(action->name));
        return;
    }
    c->constraint->name = action->new_name;
    c->constraint->name_is_derived = false;
    c->constraint->was =
        slice_is_none(c->base_name) || slice_equal(c->base_name, action->new_name)
            ? SLICE_NONE
            : c->base_name;
}

static void
alter_rename_constraint(const struct alteration *a)
{
    struct work_constraint *c = need_constraint(a);

    if (c != NULL)
        rename_constraint(a->b, c, a->action);
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

/* What is said of views and of tables that are kept whole as well. */
static bool
is_enable(const struct ast_alter *action)
{
    return action->kind == ALTER_ENABLE;
}

static bool
is_owner(const struct ast_alter *action)
{
    return says(action, SLICE("owner to"));
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
    if (is_mysql_storage(a->action->text)) {
        diag_add(&a->b->s->diags, D_STORAGE_WORD, a->action->span,
                 "%.*s is not kept: it is no part of a schema",
                 SLICE_ARG(a->action->text));
        return;
    }
    declare_definition(a->b, a->stmt, SLICE("table setting"), &none, &table);
}

static void
alter_enabled(const struct alteration *a)
{
    alter_enable(a->b, a->table->table->schema, a->table->table->name, a->action);
}

static void
alter_kept(const struct alteration *a)
{
    alter_setting(a->b, a->table, a->action);
}

static void
alter_of(const struct alteration *a)
{
    table_tie(a->b, a->table, &a->action->table);
}

static void
alter_not_of(const struct alteration *a)
{
    a->table->table->of_type = (struct relation_name){ .name = SLICE_NONE };
}

/* ---- parents and partitions ---- */

static void
alter_attach(const struct alteration *a)
{
    struct work_table *child = table_need(a->b, &a->action->table, false);
    struct diag *d;

    if (child == NULL
        || !partitioned_need(a->b, a->table, a->stmt->u.alter_table->name.span))
        return;
    if (a->action->bound == NULL) {
        diag_add(&a->b->s->diags, D_SYNTAX, a->action->span,
                 "ATTACH PARTITION says FOR VALUES … or DEFAULT");
        return;
    }
    if (is_partition(child) || child->parents.count > 0) {
        d = diag_add(&a->b->s->diags, D_BAD_PARENT, a->action->name_span,
                     "table \"%.*s\" has a parent already",
                     SLICE_ARG(child->table->name));
        diag_note(&a->b->s->diags, d, child->table->span, "it is declared here");
        return;
    }
    child->table->bound = bound_make(a->b, a->action->bound);
    table_attach(a->b, child, a->table, a->action->name_span);
}

static void
alter_inherit(const struct alteration *a)
{
    struct work_table *parent = table_need(a->b, &a->action->table, false);

    if (parent != NULL)
        table_attach(a->b, a->table, parent, a->action->name_span);
}

/* DETACH names the child, NO INHERIT the parent. */
static void
alter_detach(const struct alteration *a)
{
    bool detach = a->action->kind == ALTER_DETACH_PARTITION;
    struct work_table *other = table_need(a->b, &a->action->table, false);
    struct work_table *child = detach ? other : a->table;
    struct work_table *parent = detach ? a->table : other;
    bool tied = false;

    if (other == NULL)
        return;
    VEC_EACH (i, &child->parents)
        tied |= child->parents.items[i] == parent;
    if (tied)
        table_detach(child, parent);
    else
        diag_add(&a->b->s->diags, D_BAD_PARENT, a->action->name_span,
                 "table \"%.*s\" is no parent of \"%.*s\"",
                 SLICE_ARG(parent->table->name), SLICE_ARG(child->table->name));
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
    [ALTER_SET_IDENTITY] = alter_set_identity,
    [ALTER_DROP_IDENTITY] = alter_drop_identity,
    [ALTER_DROP_EXPRESSION] = alter_drop_expression,
    [ALTER_ENABLE] = alter_enabled,
    [ALTER_COLUMN_STORAGE] = alter_kept,
    [ALTER_COLUMN_COMPRESSION] = alter_kept,
    [ALTER_COLUMN_STATISTICS] = alter_kept,
    [ALTER_COLUMN_SET] = alter_kept,
    [ALTER_COLUMN_RESET] = alter_kept,
    [ALTER_CONSTRAINT] = alter_kept,
    [ALTER_SET_OPTIONS] = alter_kept,
    [ALTER_RESET_OPTIONS] = alter_kept,
    [ALTER_SET_TABLESPACE] = alter_kept,
    [ALTER_SET_METHOD] = alter_kept,
    [ALTER_SET_LOGGED] = alter_kept,
    [ALTER_SET_UNLOGGED] = alter_kept,
    [ALTER_CLUSTER_ON] = alter_kept,
    [ALTER_WITHOUT_CLUSTER] = alter_kept,
    [ALTER_WITHOUT_OIDS] = alter_kept,
    [ALTER_REPLICA_IDENTITY] = alter_kept,
    [ALTER_ROW_SECURITY] = alter_kept,
    [ALTER_ATTACH_PARTITION] = alter_attach,
    [ALTER_DETACH_PARTITION] = alter_detach,
    [ALTER_INHERIT] = alter_inherit,
    [ALTER_NO_INHERIT] = alter_detach,
    [ALTER_OF] = alter_of,
    [ALTER_NOT_OF] = alter_not_of,
    [ALTER_CHANGE_COLUMN] = alter_change_column,
    [ALTER_ADD_INDEX] = alter_add_index,
    [ALTER_DROP_INDEX] = alter_drop_index,
    [ALTER_RENAME_INDEX] = alter_rename_index,
    [ALTER_DROP_PRIMARY_KEY] = alter_drop_primary_key,
    [ALTER_COMMENT] = alter_comment,
    [ALTER_OTHER] = alter_other,
};
static_assert(ARRAY_LEN(alter_actions) == ALTER_OTHER + 1, "apply every action");

/* ALTER TABLE does for a sequence what ALTER SEQUENCE would, and no more. */
static void
alter_sequence_as_table(struct build *b, struct object *o,
                        const struct ast_alter_table *ast)
{
    VEC_EACH (i, &ast->actions) {
        const struct ast_alter *action = ast->actions.items[i];

        if (action->kind == ALTER_RENAME_TABLE)
            rename_sequence(b, o, o->schema, action->new_name, ast->name.span);
        else if (action->kind == ALTER_SET_SCHEMA)
            rename_sequence(b, o, schema_plain(action->new_name), o->name,
                            ast->name.span);
        else if (is_owner(action))
            note_owner(b, ast->name.span, ast->name.name);
        else
            report_wrong_kind(b, o, ast->name.span, "a table");
    }
}

/* Dumps say ALTER TABLE of sequences and views as well.  False: it is a table. */
static bool
alter_other_relation(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_table *ast = stmt->u.alter_table;
    struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);
    bool only_owner = true;
    bool only_enable = true;

    if (o == NULL || o->role == ROLE_TABLE)
        return false;
    if (o->role == ROLE_DEFINITION && o->u.definition->detail == DETAIL_SEQUENCE) {
        alter_sequence_as_table(b, o, ast);
        return true;
    }
    if (is_virtual(o)) {
        alter_virtual(b, o, ast);
        return true;
    }
    VEC_EACH (i, &ast->actions)
        only_owner &= is_owner(ast->actions.items[i]);
    VEC_EACH (i, &ast->actions)
        only_enable &= is_enable(ast->actions.items[i]);
    VEC_EACH (i, &ast->actions)
        if (only_enable)
            alter_enable(b, o->schema, o->name, ast->actions.items[i]);
    if (only_enable)
        return true;
    if (only_owner) {
        note_owner(b, ast->name.span, ast->name.name);
        return true;
    }
    switch (o->role) {
    case ROLE_DEFINITION:
        declare_definition(b, stmt, SLICE("alter table"), &ast->name, &ast->name);
        return true;
    case ROLE_INDEX:
        alter_index(b, stmt, o->u.index);
        return true;
    case ROLE_VIEW:
        alter_view(b, stmt, o->u.view);
        return true;
    case ROLE_TABLE:
    case ROLE_ENUM:
        return false;
    }
    return false;
}

/* Actions that reach the children as well, unless ALTER TABLE ONLY is written. */
static bool
reaches_children(enum alter_kind kind)
{
    return kind == ALTER_COLUMN_TYPE || kind == ALTER_SET_DEFAULT
           || kind == ALTER_DROP_DEFAULT || kind == ALTER_SET_NOT_NULL
           || kind == ALTER_DROP_NOT_NULL || kind == ALTER_COLUMN_STORAGE
           || kind == ALTER_COLUMN_STATISTICS || kind == ALTER_DROP_EXPRESSION;
}

static void
apply_action(const struct alteration *a)
{
    alter_actions[a->action->kind](a);
    if (a->stmt->u.alter_table->only || !reaches_children(a->action->kind))
        return;
    VEC_EACH (i, &a->table->children) {
        struct alteration child = *a;

        child.table = a->table->children.items[i];
        if (table_find_column(child.table->table, a->action->name) != NULL)
            apply_action(&child);
    }
}

/* ALTER INDEX and VIEW of what is not there. */
static bool
misses_object(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_table *ast = stmt->u.alter_table;
    struct diag *d;

    if (ast->object == OBJECT_TABLE
        || object_find(b, &b->relations, schema_of(&ast->name), ast->name.name) != NULL)
        return false;
    if (alter_unnamed(b, stmt) || ast->if_exists)
        return true;
    d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->name.span, "there is no \"%.*s\"",
                 SLICE_ARG(ast->name.name));
    hint_relation(b, d, ast->name.name);
    return true;
}

/* ALTER INDEX i RENAME TO j, ALTER VIEW v RENAME TO w. */
static bool
renames_other(struct build *b, const struct ast_alter_table *ast)
{
    const struct ast_alter *action = ast->actions.items[0];
    const struct ast_rename rename = { .object = ast->object,
                                       .name = ast->name,
                                       .if_exists = ast->if_exists,
                                       .new_name = action->new_name };

    if (ast->object == OBJECT_TABLE || action->kind != ALTER_RENAME_TABLE)
        return false;
    rename_one(b, &rename);
    return true;
}

/* ---- @only ---- */

static const struct annotation *
find_only(const struct annotations *from)
{
    VEC_EACH (i, &from->all)
        if (from->all.items[i]->kind == ANNOTATION_ONLY)
            return from->all.items[i];
    return NULL;
}

/* What an action adds may be for one dialect; what it changes is there for all of them.
 * A setting is PostgreSQL's anyway. */
static void
check_only(const struct alteration *a, const struct annotation *of_statement)
{
    const struct annotation *only = find_only(&a->action->annotations);
    struct diag *d;

    if (only == NULL)
        only = of_statement;
    if (only == NULL || a->action->kind == ALTER_ADD_COLUMN
        || a->action->kind == ALTER_ADD_CONSTRAINT || a->action->kind == ALTER_OTHER
        || alter_actions[a->action->kind] == alter_kept)
        return;
    d = diag_add(&a->b->s->diags, D_ANNOTATION_MISPLACED, only->span,
                 "this annotation does not apply to a change of what is there");
    diag_hint(&a->b->s->diags, d,
              "ADD COLUMN and ADD CONSTRAINT may be for one dialect; the rest of the "
              "actions go into a statement of their own");
}

/* Those behind the first `columns` and `constraints` of the table. */
static void
mark_added(const struct alteration *a, size_t columns, size_t constraints,
           struct slice only)
{
    struct table *t = a->table->table;

    for (; columns < t->columns.count; columns++)
        t->columns.items[columns]->only = only;
    for (; constraints < a->table->constraints.count; constraints++)
        a->table->constraints.items[constraints]->constraint->only = only;
    if (a->action->kind == ALTER_ROW_SECURITY)
        t->row_security_only = only;
}

/* Those that belong to the table; @only belongs to what the statement adds to it. */
static void
annotate_altered(const struct alteration *a)
{
    struct annotations of_table = { 0 };

    VEC_EACH (i, &a->stmt->annotations.all)
        if (a->stmt->annotations.all.items[i]->kind != ANNOTATION_ONLY)
            VEC_PUSH(a->b->a, &of_table.all, a->stmt->annotations.all.items[i]);
    annotate_table(a->b, a->table->table, &of_table);
}

/* The others have no field that an annotation could go into. */
static bool
takes_annotations(enum alter_kind kind)
{
    return kind == ALTER_ADD_COLUMN || kind == ALTER_DROP_COLUMN
           || kind == ALTER_RENAME_COLUMN || kind == ALTER_COLUMN_TYPE
           || kind == ALTER_SET_DEFAULT || kind == ALTER_DROP_DEFAULT
           || kind == ALTER_SET_NOT_NULL || kind == ALTER_DROP_NOT_NULL
           || kind == ALTER_ADD_CONSTRAINT;
}

void
alter_table(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_table *ast = stmt->u.alter_table;
    const struct annotation *only = find_only(&stmt->annotations);
    struct alteration a = { .b = b, .stmt = stmt };

    if (renames_other(b, ast) || misses_object(b, stmt) || alter_other_relation(b, stmt))
        return;
    a.table = table_need(b, &ast->name, ast->if_exists);
    if (a.table == NULL)
        return;
    VEC_EACH (i, &ast->actions) {
        size_t columns = a.table->table->columns.count;
        size_t constraints = a.table->constraints.count;

        a.action = ast->actions.items[i];
        check_only(&a, only);
        if (!takes_annotations(a.action->kind))
            annotate_no_action(b, &a.action->annotations);
        apply_action(&a);
        if (only != NULL)
            mark_added(&a, columns, constraints, only->dialect);
    }
    annotate_altered(&a);
}
