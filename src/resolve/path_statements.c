/*
 * The names in each kind of statement: which are looked for along the path, and which are
 * made, in its first schema.
 */
#include <assert.h>

#include "resolve/path_names.h"

/* ---- parts of tables ---- */

static void
qualify_keys(struct path *p, struct ast_keys *keys)
{
    VEC_EACH (i, &keys->all)
        path_find_in(p, &keys->all.items[i].expr);
}

/* The index of a key is a relation of its table's schema. */
static void
qualify_constraint(struct path *p, struct slice schema, struct ast_constraint *c)
{
    path_find(p, &p->relations, &c->ref_table);
    path_find_in(p, &c->check);
    qualify_keys(p, &c->keys);
    if (c->keys.all.count > 0 && slice_is_none(c->ref_table.name))
        path_add(p, &p->relations, schema, c->name);
}

static void
add_serial(struct path *p, const struct ast_name *table, struct slice column)
{
    struct text name;

    text_init(&name, p->b->a);
    text_addf(&name, "%.*s_%.*s_seq", SLICE_ARG(table->name), SLICE_ARG(column));
    path_add(p, &p->relations, table->schema, text_slice(&name));
}

static void
qualify_column(struct path *p, const struct ast_name *table, struct ast_column *c)
{
    if (c == NULL)
        return;
    path_find_type(p, &c->type);
    path_find_in(p, &c->default_value);
    path_find_in(p, &c->generated);
    VEC_EACH (i, &c->constraints)
        qualify_constraint(p, table->schema, c->constraints.items[i]);
    if (c->identity != IDENTITY_NONE)
        add_serial(p, table, c->name);
}

static void
qualify_index(struct path *p, struct ast_create_index *ast)
{
    path_find(p, &p->relations, &ast->table);
    qualify_keys(p, &ast->keys);
    path_find_in(p, &ast->where);
    path_add(p, &p->relations, ast->table.schema, ast->name);
}

/* ---- CREATE ---- */

static void
qualify_table(struct path *p, struct stmt *stmt)
{
    struct ast_create_table *ast = stmt->u.create_table;

    if (!ast->temporary) {
        path_place(p, &p->relations, &ast->name);
        path_place(p, &p->types, &ast->name);
    }
    path_find(p, &p->types, &ast->of_type);
    path_find_all(p, &p->relations, &ast->parents);
    VEC_EACH (i, &ast->likes)
        path_find(p, &p->relations, &ast->likes.items[i]->source);
    path_find_in(p, &ast->query);
    VEC_EACH (i, &ast->columns)
        qualify_column(p, &ast->name, ast->columns.items[i]);
    VEC_EACH (i, &ast->constraints)
        qualify_constraint(p, ast->name.schema, ast->constraints.items[i]);
}

static void
qualify_create_index(struct path *p, struct stmt *stmt)
{
    qualify_index(p, stmt->u.create_index);
}

static void
qualify_view(struct path *p, struct stmt *stmt)
{
    struct ast_create_view *ast = stmt->u.create_view;

    path_find_in(p, &ast->query);
    if (ast->temporary)
        return;
    path_place(p, &p->relations, &ast->name);
    path_place(p, &p->types, &ast->name);
}

static void
qualify_enum(struct path *p, struct stmt *stmt)
{
    path_place(p, &p->types, &stmt->u.create_enum->name);
}

static void
qualify_extension(struct path *p, struct stmt *stmt)
{
    if (slice_is_none(stmt->u.create_extension->schema))
        stmt->u.create_extension->schema = p->first;
}

static void
qualify_domain(struct path *p, struct stmt *stmt)
{
    struct ast_create_domain *ast = stmt->u.create_domain;

    path_find_type(p, &ast->base);
    path_find_in(p, &ast->default_value);
    VEC_EACH (i, &ast->checks)
        path_find_in(p, &ast->checks.items[i]->check);
    path_place(p, &p->types, &ast->name);
}

static void
qualify_composite(struct path *p, struct stmt *stmt)
{
    struct ast_create_composite *ast = stmt->u.create_composite;

    VEC_EACH (i, &ast->attributes)
        path_find_type(p, &ast->attributes.items[i].type);
    path_place(p, &p->types, &ast->name);
}

static void
qualify_range(struct path *p, struct stmt *stmt)
{
    struct ast_create_range *ast = stmt->u.create_range;

    VEC_EACH (i, &ast->options)
        path_find_type(p, &ast->options.items[i].value);
    path_place(p, &p->types, &ast->name);
}

static void
qualify_sequence(struct path *p, struct stmt *stmt)
{
    struct ast_create_sequence *ast = stmt->u.create_sequence;

    if (ast->settings != NULL)
        path_find(p, &p->relations, &ast->settings->owner);
    if (!ast->temporary)
        path_place(p, &p->relations, &ast->name);
}

static void
qualify_statistics(struct path *p, struct stmt *stmt)
{
    struct ast_create_statistics *ast = stmt->u.create_statistics;

    path_find(p, &p->relations, &ast->table);
    VEC_EACH (i, &ast->keys)
        path_find_in(p, &ast->keys.items[i]);
    if (!slice_is_none(ast->name.name))
        path_place(p, &p->statistics, &ast->name);
}

static void
qualify_arguments(struct path *p, struct ast_arguments *arguments)
{
    VEC_EACH (i, &arguments->all) {
        path_find_type(p, &arguments->all.items[i].type);
        path_find_in(p, &arguments->all.items[i].default_value);
    }
}

static void
find_signature(struct path *p, struct ast_signature *s)
{
    qualify_arguments(p, &s->arguments);
    path_find(p, &p->routines, &s->name);
}

static void
qualify_routine(struct path *p, struct stmt *stmt)
{
    struct ast_create_routine *ast = stmt->u.create_routine;

    qualify_arguments(p, &ast->signature.arguments);
    path_find_type(p, &ast->result);
    VEC_EACH (i, &ast->statements)
        path_find_in(p, &ast->statements.items[i]);
    path_place(p, &p->routines, &ast->signature.name);
}

static void
qualify_trigger(struct path *p, struct stmt *stmt)
{
    struct ast_create_trigger *ast = stmt->u.create_trigger;

    path_find(p, &p->relations, &ast->table);
    path_find(p, &p->relations, &ast->from_table);
    path_find(p, &p->routines, &ast->function);
    path_find_in(p, &ast->when);
    VEC_EACH (i, &ast->body)
        path_find_in(p, &ast->body.items[i]);
}

static void
qualify_rule(struct path *p, struct stmt *stmt)
{
    struct ast_create_rule *ast = stmt->u.create_rule;

    path_find(p, &p->relations, &ast->table);
    path_find_in(p, &ast->where);
    VEC_EACH (i, &ast->actions)
        path_find_in(p, &ast->actions.items[i]);
}

static void
qualify_policy(struct path *p, struct stmt *stmt)
{
    struct ast_policy *ast = stmt->u.policy;

    path_find(p, &p->relations, &ast->table);
    path_find_in(p, &ast->using_expr);
    path_find_in(p, &ast->with_check);
}

/* ---- ALTER, DROP and the rest ---- */

/* It goes on under another name, or in another schema. */
static void
move(struct path *p, struct map *names, const struct ast_name *name, bool to_schema,
     struct slice new_name)
{
    path_take_away(p, names, name);
    path_add(p, names, to_schema ? new_name : name->schema,
             to_schema ? name->name : new_name);
}

static void
qualify_action(struct path *p, struct map *names, const struct ast_name *name,
               struct ast_alter *action)
{
    qualify_column(p, name, action->column);
    if (action->constraint != NULL)
        qualify_constraint(p, name->schema, action->constraint);
    if (action->index != NULL)
        qualify_keys(p, &action->index->keys);
    path_find_in(p, &action->expr);
    path_find(p, action->kind == ALTER_OF ? &p->types : &p->relations, &action->table);
    if (action->kind == ALTER_SET_SCHEMA || action->kind == ALTER_RENAME_TABLE)
        move(p, names, name, action->kind == ALTER_SET_SCHEMA, action->new_name);
}

static void
qualify_alter_table(struct path *p, struct stmt *stmt)
{
    struct ast_alter_table *ast = stmt->u.alter_table;

    path_find(p, &p->relations, &ast->name);
    VEC_EACH (i, &ast->actions)
        qualify_action(p, &p->relations, &ast->name, ast->actions.items[i]);
}

/* NULL: what the word calls has no schema. */
static struct map *
names_of_kind(struct path *p, struct slice kind)
{
    return slice_is(kind, "domain")                                        ? &p->types
           : slice_is(kind, "sequence") || slice_is(kind, "foreign table") ? &p->relations
           : slice_is(kind, "statistics") ? &p->statistics
                                          : NULL;
}

static void
qualify_alter_object(struct path *p, struct stmt *stmt)
{
    struct ast_alter_object *ast = stmt->u.alter_object;
    struct map *names = names_of_kind(p, ast->object);

    if (names == NULL)
        return;
    path_find(p, names, &ast->name);
    if (ast->sequence != NULL)
        path_find(p, &p->relations, &ast->sequence->owner);
    if (ast->action != NULL)
        qualify_action(p, names, &ast->name, ast->action);
}

static void
qualify_alter_type(struct path *p, struct stmt *stmt)
{
    struct ast_alter_type *ast = stmt->u.alter_type;

    path_find(p, &p->types, &ast->name);
    VEC_EACH (i, &ast->actions)
        if (ast->actions.items[i]->column != NULL)
            path_find_type(p, &ast->actions.items[i]->column->type);
    if (ast->kind == ALTER_TYPE_RENAME || ast->kind == ALTER_TYPE_SET_SCHEMA)
        move(p, &p->types, &ast->name, ast->kind == ALTER_TYPE_SET_SCHEMA, ast->new_name);
}

static void
qualify_alter_routine(struct path *p, struct stmt *stmt)
{
    struct ast_alter_routine *ast = stmt->u.alter_routine;

    find_signature(p, &ast->signature);
    if (ast->change == ALTER_ROUTINE_RENAME || ast->change == ALTER_ROUTINE_SCHEMA)
        path_add(p, &p->routines,
                 ast->change == ALTER_ROUTINE_SCHEMA ? ast->new_name
                                                     : ast->signature.name.schema,
                 ast->change == ALTER_ROUTINE_SCHEMA ? ast->signature.name.name
                                                     : ast->new_name);
}

static void
find_signatures(struct path *p, struct ast_signatures *all)
{
    VEC_EACH (i, &all->all)
        find_signature(p, &all->all.items[i]);
}

static void
qualify_drop_routine(struct path *p, struct stmt *stmt)
{
    find_signatures(p, &stmt->u.drop_routine->signatures);
}

/* What the name of an object of the kind is looked for in; NULL: it has no schema. */
static struct map *
names_of(struct path *p, enum object_kind kind)
{
    switch (kind) {
    case OBJECT_TABLE:
    case OBJECT_COLUMN:
    case OBJECT_CONSTRAINT:
    case OBJECT_INDEX:
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW:
    case OBJECT_SEQUENCE:
        return &p->relations;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        return &p->types;
    case OBJECT_FUNCTION:
        return &p->routines;
    case OBJECT_SCHEMA:
    case OBJECT_EXTENSION:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE:
    case OBJECT_OTHER:
        return NULL;
    }
    return NULL;
}

static void
qualify_rename(struct path *p, struct stmt *stmt)
{
    for (struct ast_rename *r = stmt->u.rename; r != NULL; r = r->next) {
        struct map *names = names_of(p, r->object);

        if (names == NULL)
            continue;
        path_find(p, names, &r->name);
        move(p, names, &r->name, false, r->new_name);
    }
}

static void
qualify_drop(struct path *p, struct stmt *stmt)
{
    struct ast_drop *ast = stmt->u.drop;
    struct map *names = ast->object == OBJECT_OTHER ? names_of_kind(p, ast->kind)
                                                    : names_of(p, ast->object);

    if (names == NULL || !slice_is_none(ast->on_table))
        return;
    VEC_EACH (i, &ast->names.all) {
        path_find(p, names, &ast->names.all.items[i]);
        path_take_away(p, names, &ast->names.all.items[i]);
    }
}

/* A trigger, a rule or a policy is named by its table and its part. */
static void
qualify_comment(struct path *p, struct stmt *stmt)
{
    struct ast_comment *ast = stmt->u.comment;
    struct map *names = names_of(p, ast->object);
    struct ast_signature copy;

    if (ast->object == OBJECT_OTHER)
        names = names_of_kind(p, ast->kind);
    if (ast->on_domain)
        names = &p->types;
    if (names == NULL && !slice_is_none(ast->part))
        names = &p->relations;
    if (names != NULL)
        path_find(p, names, &ast->name);
    if (ast->signature == NULL)
        return;
    copy = *ast->signature;
    find_signature(p, &copy);
    ast->signature = arena_copy(p->b->a, &copy, sizeof copy);
}

static void
qualify_grant(struct path *p, struct stmt *stmt)
{
    struct ast_grant *ast = stmt->u.grant;
    struct map *names =
        slice_is(ast->kind, "table") || slice_is(ast->kind, "sequence") ? &p->relations
        : slice_is(ast->kind, "type") || slice_is(ast->kind, "domain")  ? &p->types
                                                                        : NULL;

    if (ast->in_schema)
        return;
    if (slice_is(ast->kind, "function") || slice_is(ast->kind, "procedure")
        || slice_is(ast->kind, "routine"))
        find_signatures(p, &ast->objects);
    VEC_EACH (i, &ast->objects.all)
        if (names != NULL)
            path_find(p, names, &ast->objects.all.items[i].name);
}

static void
qualify_rename_on(struct path *p, struct stmt *stmt)
{
    path_find(p, &p->relations, &stmt->u.rename_on->table);
}

static void
qualify_query(struct path *p, struct stmt *stmt)
{
    path_find_in(p, &stmt->u.query->query);
}

static void
qualify_raw(struct path *p, struct stmt *stmt)
{
    path_find(p, &p->relations, &stmt->u.raw->table);
}

static void
qualify_nothing(struct path *p, struct stmt *stmt)
{
    (void)p;
    (void)stmt;
}

typedef void qualify_fn(struct path *p, struct stmt *stmt);

static qualify_fn *const qualifiers[] = {
    [STMT_CREATE_TABLE] = qualify_table,
    [STMT_CREATE_INDEX] = qualify_create_index,
    [STMT_CREATE_VIEW] = qualify_view,
    [STMT_CREATE_ENUM] = qualify_enum,
    [STMT_CREATE_EXTENSION] = qualify_extension,
    [STMT_CREATE_SCHEMA] = qualify_nothing,
    [STMT_CREATE_TRIGGER] = qualify_trigger,
    [STMT_CREATE_DOMAIN] = qualify_domain,
    [STMT_CREATE_COMPOSITE] = qualify_composite,
    [STMT_CREATE_RANGE] = qualify_range,
    [STMT_CREATE_SEQUENCE] = qualify_sequence,
    [STMT_CREATE_STATISTICS] = qualify_statistics,
    [STMT_CREATE_VIRTUAL] = qualify_nothing, /* SQLite has no search path */
    [STMT_ROLE] = qualify_nothing, /* no schema holds a role */
    [STMT_ALTER_OBJECT] = qualify_alter_object,
    [STMT_GRANT] = qualify_grant,
    [STMT_CREATE_ROUTINE] = qualify_routine,
    [STMT_ALTER_ROUTINE] = qualify_alter_routine,
    [STMT_DROP_ROUTINE] = qualify_drop_routine,
    [STMT_CREATE_RULE] = qualify_rule,
    [STMT_CREATE_POLICY] = qualify_policy,
    [STMT_ALTER_POLICY] = qualify_policy,
    [STMT_RENAME_ON] = qualify_rename_on,
    [STMT_ALTER_TABLE] = qualify_alter_table,
    [STMT_ALTER_TYPE] = qualify_alter_type,
    [STMT_RENAME] = qualify_rename,
    [STMT_DROP] = qualify_drop,
    [STMT_COMMENT] = qualify_comment,
    [STMT_QUERY] = qualify_query,
    [STMT_RAW] = qualify_raw,
    [STMT_SKIPPED] = qualify_nothing,
};

static_assert(ARRAY_LEN(qualifiers) == STMT_SKIPPED + 1, "qualify every statement");

void
path_qualify_statement(struct path *p, struct stmt *stmt)
{
    qualifiers[stmt->kind](p, stmt);
}
