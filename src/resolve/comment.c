/*
 * COMMENT ON: into the field of the object.  Where there is none (a column of a view, an
 * operator), the comment is a definition of its own.
 */
#include "resolve/define.h"
#include "resolve/definitions.h"

#include <string.h>

/* ---- comments that no field holds ---- */

/* In the place of an older one on the same; NULL takes that away. */
static void
put_comment(struct build *b, const struct stmt *stmt, struct definition *d)
{
    struct object *old = map_get(
        &b->definitions, definition_key(b, d->kind, d->schema, d->name, d->table));

    if (old != NULL && !old->dropped)
        definition_drop(b, old);
    if (stmt->u.comment->text.len > 0)
        definition_declare(b, stmt, d, false);
}

static struct definition *
new_comment(struct build *b, const struct stmt *stmt, struct slice on)
{
    const struct ast_name name = { .name = on, .span = stmt->u.comment->name.span };
    struct object_comment *c = ARENA_NEW(b->a, struct object_comment);
    struct definition *d = definition_new(b, stmt, SLICE("comment"), &name);

    c->on = on;
    c->text = stmt->u.comment->text;
    d->detail = DETAIL_COMMENT;
    d->u.object_comment = c;
    return d;
}

static void
comment_view_column(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    struct definition *d = new_comment(b, stmt, SLICE_NONE);

    d->schema = schema_of(&ast->name);
    d->name = ast->part;
    d->table = ast->name.name;
    put_comment(b, stmt, d);
}

/* "COMMENT ON x IS …" without its head and its text. */
static struct slice
commented_words(struct build *b, const struct stmt *stmt)
{
    struct slice words = slice_trim(definition_normal(b->a, stmt->text));
    struct slice is = SLICE(" is ");
    bool quoted = false;
    size_t end = 0;

    words = slice_sub(words, strlen("comment on "), words.len);
    for (; end + is.len <= words.len; end++) {
        quoted ^= words.ptr[end] == '"';
        if (!quoted && slice_equal_fold(slice_sub(words, end, end + is.len), is))
            break;
    }
    return slice_sub(words, 0, end);
}

static void
comment_words(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    struct slice on = slice_is_none(ast->on) ? commented_words(b, stmt)
                                             : definition_normal(b->a, ast->on);

    put_comment(b, stmt, new_comment(b, stmt, on));
}

void
comment_check(struct build *b, const struct object *o)
{
    const struct definition *d = o->u.definition;
    const struct object *on = object_find(b, &b->relations, d->schema, d->table);
    struct slices names = { 0 };
    const struct view *v;
    struct diag *diag;

    if (slice_is_none(d->table) || on == NULL || on->role != ROLE_VIEW)
        return;
    v = on->u.view->view;
    VEC_EACH (i, &v->columns) {
        if (slice_equal_fold(v->columns.items[i].name, d->name))
            return;
        VEC_PUSH(b->a, &names.all, v->columns.items[i].name);
    }
    if (v->columns.count == 0)
        return; /* not known */
    diag = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, d->span,
                    "view \"%.*s\" has no column \"%.*s\"", SLICE_ARG(v->name),
                    SLICE_ARG(d->name));
    hint_nearest(b->s, diag, d->name, &names);
}

/* ---- columns and constraints ---- */

/* False: there is no composite type of that name. */
static bool
comment_attribute(struct build *b, const struct ast_comment *ast)
{
    struct object *o = object_find(b, &b->types, schema_of(&ast->name), ast->name.name);

    if (o == NULL || o->role != ROLE_DEFINITION
        || o->u.definition->detail != DETAIL_COMPOSITE)
        return false;
    attribute_comment(b, o, ast);
    return true;
}

static void
comment_column(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    const struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);
    struct work_table *w;
    struct column *c;

    if (o == NULL && comment_attribute(b, ast))
        return;
    if (o != NULL
        && (o->role == ROLE_VIEW
            || (o->role == ROLE_DEFINITION && o->u.definition->detail == DETAIL_NONE))) {
        comment_view_column(b, stmt);
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
    struct object *domain;

    if (ast->on_domain) {
        domain = definition_need(b, "domain", &ast->name, false);
        if (domain != NULL && domain->u.definition->detail == DETAIL_DOMAIN)
            check_comment(b, domain, ast);
        return;
    }
    if (is_definition_relation(b, &ast->name)) {
        comment_words(b, stmt);
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
    } else if (o != NULL) {
        o->u.definition->comment = ast->text;
    } else if (session_is_unread(b->s, ast->name.name)) {
        return; /* said already */
    } else if (ast->object == OBJECT_INDEX) {
        comment_words(b, stmt);
    } else {
        d = diag_add(&b->s->diags,
                     ast->object == OBJECT_TABLE ? D_NO_SUCH_TABLE : D_NO_SUCH_OBJECT,
                     ast->name.span, "there is no %s\"%.*s\"",
                     ast->object == OBJECT_TABLE ? "table " : "",
                     SLICE_ARG(ast->name.name));
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
        o->u.definition->comment = ast->text;
    else
        diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->name.span,
                 "there is no type \"%.*s\"", SLICE_ARG(ast->name.name));
}

static bool
is_default_schema(const struct ast_comment *ast)
{
    return slice_is_none(schema_plain(ast->name.name));
}

/* A dump comments on what every server has; that is no part of a schema. */
static bool
is_of_the_server(const struct ast_comment *ast)
{
    if (ast->object == OBJECT_SCHEMA)
        return is_default_schema(ast) && slice_is(ast->text, COMMENT_OF_INITDB);
    return ast->object == OBJECT_EXTENSION && slice_is(ast->name.name, "plpgsql");
}

/* ---- definitions ---- */

static const char *const comment_kinds[] = {
    [OBJECT_SCHEMA] = "schema",     [OBJECT_EXTENSION] = "extension",
    [OBJECT_SEQUENCE] = "sequence", [OBJECT_TRIGGER] = "trigger",
    [OBJECT_POLICY] = "policy",
};

static void
comment_named(struct build *b, const struct ast_comment *ast, const char *kind)
{
    struct object *o = definition_need(b, kind, &ast->name, false);

    if (o != NULL)
        o->u.definition->comment = ast->text;
}

/* It stands on a table or view, which ast->name names. */
static void
comment_on_relation(struct build *b, const struct ast_comment *ast, const char *kind)
{
    const struct ast_name name = { .name = ast->part, .span = ast->name.span };
    const struct object *on = code_need_relation(b, &ast->name);
    struct object *o = on == NULL ? NULL : code_need(b, kind, &name, on, false);

    if (o != NULL)
        o->u.definition->comment = ast->text;
}

static enum routine_kind
routine_kind_of(struct slice kind)
{
    if (slice_is(kind, "aggregate"))
        return ROUTINE_AGGREGATE;
    return slice_is(kind, "procedure") ? ROUTINE_PROCEDURE : ROUTINE_FUNCTION;
}

/* What an extension brings along may be commented, and is not declared. */
static void
comment_routine(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    enum routine_kind kind = routine_kind_of(ast->kind);
    size_t count;
    struct object *o = routine_find(b, kind, ast->signature, &count);

    if (o == NULL && slice_is(ast->kind, "routine"))
        o = routine_find(b, ROUTINE_PROCEDURE, ast->signature, &count);
    if (o == NULL
        && definition_find(b, slice_z(b->a, ast->kind), schema_of(&ast->name),
                           ast->name.name)
               != NULL)
        comment_words(b, stmt);
    else if (o == NULL)
        routine_need(b, kind, ast->signature, false); /* reports it */
    else
        o->u.definition->comment = ast->text;
}

/* Kinds that are kept whole, if at all: what is not declared may be the server's. */
static void
comment_other(struct build *b, const struct stmt *stmt)
{
    const struct ast_comment *ast = stmt->u.comment;
    struct object *o = slice_is_none(ast->name.name)
                           ? NULL
                           : definition_find(b, slice_z(b->a, ast->kind),
                                             schema_of(&ast->name), ast->name.name);

    if (!slice_is_none(ast->part))
        comment_on_relation(b, ast, slice_z(b->a, ast->kind));
    else if (o != NULL)
        o->u.definition->comment = ast->text;
    else
        comment_words(b, stmt);
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
        if (is_of_the_server(ast))
            break;
        if (ast->object == OBJECT_SCHEMA && is_default_schema(ast))
            comment_words(b, stmt); /* nobody declares it */
        else
            comment_named(b, ast, comment_kinds[ast->object]);
        break;
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
        comment_on_relation(b, ast, comment_kinds[ast->object]);
        break;
    case OBJECT_RULE:
        comment_on_relation(b, ast, "rule");
        break;
    case OBJECT_FUNCTION:
        comment_routine(b, stmt);
        break;
    case OBJECT_OTHER:
        comment_other(b, stmt);
        break;
    }
}
