/*
 * Where a name without a schema is: `SET search_path` and the names known so far.
 *
 * The statements are gone through in their order with the path in force at each.  What is
 * created goes into the path's first schema; what is referred to is looked for in the
 * schemas of the path, in order, and is left as it is where none of them has it: it may
 * be a name of the default schema, of the server, or a mistake for others to report.
 * A file without SET search_path costs one look at its statements.
 */
#include "resolve/path.h"

#include <assert.h>
#include <string.h>

#include "resolve/definitions.h"
#include "syntax/search_path.h"

struct path {
    struct build *b;
    struct slices schemas; /* as looked through; none: the default one */
    struct slice first;    /* where things are created */
    struct map relations;  /* catalog_key → non-NULL: it is there */
    struct map types;
    struct map routines;
    struct map statistics;
    struct map ctes; /* of the query at hand: they hide tables */
};

/* ---- the path ---- */

static bool
is_of_engine(struct slice schema)
{
    return slice_is(schema, "pg_catalog") || slice_is(schema, "pg_temp")
           || slice_is(schema, "information_schema") || slice_is(schema, "$user")
           || schema.len == 0;
}

static void
path_set(struct path *p, const struct ast_names *names)
{
    bool has_first = false;

    p->schemas = (struct slices){ .all = { .count = 0 } };
    p->first = SLICE_NONE;
    VEC_EACH (i, &names->all) {
        struct slice schema = schema_plain(names->all.items[i].name);

        if (!slice_is_none(schema) && is_of_engine(schema))
            continue;
        VEC_PUSH(p->b->a, &p->schemas.all, schema);
        if (!has_first)
            p->first = schema;
        has_first = true;
    }
}

/* ---- names ---- */

static bool
is_there(const struct path *p, const struct map *names, struct slice schema,
         struct slice name)
{
    struct slice key = catalog_key(p->b->a, schema, name);

    if (map_has(names, key))
        return map_get(names, key) != NULL;
    if (names == &p->routines)
        return map_get(&p->b->routines, key) != NULL;
    return object_find(p->b, names == &p->types ? &p->b->types : &p->b->relations, schema,
                       name)
           != NULL;
}

static void
add(struct path *p, struct map *names, struct slice schema, struct slice name)
{
    if (!slice_is_none(name))
        map_put(names, catalog_key(p->b->a, schema_plain(schema), name), p);
}

static void
take_away(struct path *p, struct map *names, const struct ast_name *name)
{
    map_put(names, catalog_key(p->b->a, schema_of(name), name->name), NULL);
}

/* The schema of a name that was written without one; none: the default one. */
static struct slice
schema_found(const struct path *p, const struct map *names, struct slice name)
{
    VEC_EACH (i, &p->schemas.all)
        if (is_there(p, names, p->schemas.all.items[i], name))
            return p->schemas.all.items[i];
    return SLICE_NONE;
}

static void
find(struct path *p, const struct map *names, struct ast_name *name)
{
    if (slice_is_none(name->schema) && !slice_is_none(name->name))
        name->schema = schema_found(p, names, name->name);
}

static void
find_all(struct path *p, const struct map *names, struct ast_names *all)
{
    VEC_EACH (i, &all->all)
        find(p, names, &all->all.items[i]);
}

static void
place(struct path *p, struct map *names, struct ast_name *name)
{
    if (slice_is_none(name->schema))
        name->schema = p->first;
    add(p, names, name->schema, name->name);
}

static void
find_type(struct path *p, const struct type **type)
{
    struct type copy;

    if (*type == NULL || (*type)->kind != TYPE_NAMED || !slice_is_none((*type)->schema))
        return;
    copy = **type;
    copy.schema = schema_found(p, &p->types, copy.name);
    if (!slice_is_none(copy.schema))
        *type = arena_copy(p->b->a, &copy, sizeof copy);
}

/* ---- expressions and queries ---- */

static bool
see_cte(void *context, const struct expr *e)
{
    struct path *p = context;

    if (e->kind == QUERY_CTE)
        map_put(&p->ctes, e->text, p);
    return true;
}

static const struct expr *
edit_table(struct path *p, const struct expr *e)
{
    struct slice schema = SLICE_NONE;
    struct expr *copy;

    if (e->arg_count > 2 || map_has(&p->ctes, e->text))
        return e;
    schema = schema_found(p, &p->relations, e->text);
    if (slice_is_none(schema))
        return e;
    copy = expr_new(p->b->a, QUERY_TABLE, e->span, e->text, 3);
    copy->flags = e->flags;
    copy->args[0] = e->args[0];
    copy->args[1] = e->args[1];
    copy->args[2] = expr_leaf(p->b->a, EXPR_PART, e->span, schema);
    return copy;
}

/* The string of nextval('s') and 's'::regclass. */
static const struct expr *
edit_regclass(struct path *p, const struct expr *e)
{
    struct slice name = e->text;
    struct slice schema;
    struct expr *copy;

    if (name.len == 0 || memchr(name.ptr, '.', name.len) != NULL)
        return e;
    if (slice_starts(name, "\"") && name.len > 2)
        name = slice_sub(name, 1, name.len - 1);
    else
        name = slice_lower(p->b->a, name);
    schema = schema_found(p, &p->relations, name);
    if (slice_is_none(schema))
        return e;
    copy = arena_copy(p->b->a, e, sizeof *e);
    copy->text = sequence_text(p->b, schema, name);
    return copy;
}

static bool
takes_sequence(struct slice function)
{
    return slice_is(function, "nextval") || slice_is(function, "setval")
           || slice_is(function, "currval");
}

static const struct expr *
with_argument(struct path *p, const struct expr *e, size_t i, const struct expr *arg)
{
    struct expr *copy;

    if (arg == e->args[i])
        return e;
    copy = arena_copy(p->b->a, e, sizeof *e);
    copy->args = arena_copy(p->b->a, e->args, e->arg_count * sizeof *e->args);
    copy->args[i] = arg;
    return copy;
}

static const struct expr *
edit_call(struct path *p, const struct expr *e)
{
    struct slice schema;

    if (takes_sequence(e->text) && e->arg_count > CALL_ARGS
        && e->args[CALL_ARGS]->kind == EXPR_STRING)
        e = with_argument(p, e, CALL_ARGS, edit_regclass(p, e->args[CALL_ARGS]));
    if (e->args[CALL_QUALIFIER] != NULL)
        return e;
    schema = schema_found(p, &p->routines, e->text);
    if (slice_is_none(schema))
        return e;
    return with_argument(p, e, CALL_QUALIFIER,
                         expr_leaf(p->b->a, EXPR_PART, e->span, schema));
}

static const struct expr *
edit_cast(struct path *p, const struct expr *e)
{
    const struct type *type = e->type;
    struct expr *copy;

    if (e->kind == EXPR_CAST && type != NULL && type->kind == TYPE_NAMED
        && slice_is(type->name, "regclass") && e->args[0]->kind == EXPR_STRING)
        return with_argument(p, e, 0, edit_regclass(p, e->args[0]));
    find_type(p, &type);
    if (type == e->type)
        return e;
    copy = arena_copy(p->b->a, e, sizeof *e);
    copy->type = type;
    return copy;
}

static const struct expr *
edit(void *context, const struct expr *e)
{
    if (e->kind == QUERY_TABLE)
        return edit_table(context, e);
    if (e->kind == EXPR_CALL)
        return edit_call(context, e);
    return e->type != NULL ? edit_cast(context, e) : e;
}

static void
find_in(struct path *p, const struct expr **e)
{
    map_init(&p->ctes, p->b->a);
    expr_walk(*e, see_cte, p);
    *e = expr_rewrite(p->b->a, *e, edit, p);
}

/* ---- parts of tables ---- */

static void
qualify_keys(struct path *p, struct ast_keys *keys)
{
    VEC_EACH (i, &keys->all)
        find_in(p, &keys->all.items[i].expr);
}

/* The index of a key is a relation of its table's schema. */
static void
qualify_constraint(struct path *p, struct slice schema, struct ast_constraint *c)
{
    find(p, &p->relations, &c->ref_table);
    find_in(p, &c->check);
    qualify_keys(p, &c->keys);
    if (c->keys.all.count > 0 && slice_is_none(c->ref_table.name))
        add(p, &p->relations, schema, c->name);
}

static void
add_serial(struct path *p, const struct ast_name *table, struct slice column)
{
    struct text name;

    text_init(&name, p->b->a);
    text_addf(&name, "%.*s_%.*s_seq", SLICE_ARG(table->name), SLICE_ARG(column));
    add(p, &p->relations, table->schema, text_slice(&name));
}

static void
qualify_column(struct path *p, const struct ast_name *table, struct ast_column *c)
{
    if (c == NULL)
        return;
    find_type(p, &c->type);
    find_in(p, &c->default_value);
    find_in(p, &c->generated);
    VEC_EACH (i, &c->constraints)
        qualify_constraint(p, table->schema, c->constraints.items[i]);
    if (c->identity != IDENTITY_NONE)
        add_serial(p, table, c->name);
}

static void
qualify_index(struct path *p, struct ast_create_index *ast)
{
    find(p, &p->relations, &ast->table);
    qualify_keys(p, &ast->keys);
    find_in(p, &ast->where);
    add(p, &p->relations, ast->table.schema, ast->name);
}

/* ---- CREATE ---- */

static void
qualify_table(struct path *p, struct stmt *stmt)
{
    struct ast_create_table *ast = stmt->u.create_table;

    if (!ast->temporary) {
        place(p, &p->relations, &ast->name);
        place(p, &p->types, &ast->name);
    }
    find(p, &p->types, &ast->of_type);
    find_all(p, &p->relations, &ast->parents);
    VEC_EACH (i, &ast->likes)
        find(p, &p->relations, &ast->likes.items[i]->source);
    find_in(p, &ast->query);
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

    find_in(p, &ast->query);
    if (ast->temporary)
        return;
    place(p, &p->relations, &ast->name);
    place(p, &p->types, &ast->name);
}

static void
qualify_enum(struct path *p, struct stmt *stmt)
{
    place(p, &p->types, &stmt->u.create_enum->name);
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

    find_type(p, &ast->base);
    find_in(p, &ast->default_value);
    VEC_EACH (i, &ast->checks)
        find_in(p, &ast->checks.items[i]->check);
    place(p, &p->types, &ast->name);
}

static void
qualify_composite(struct path *p, struct stmt *stmt)
{
    struct ast_create_composite *ast = stmt->u.create_composite;

    VEC_EACH (i, &ast->attributes)
        find_type(p, &ast->attributes.items[i].type);
    place(p, &p->types, &ast->name);
}

static void
qualify_range(struct path *p, struct stmt *stmt)
{
    struct ast_create_range *ast = stmt->u.create_range;

    VEC_EACH (i, &ast->options)
        find_type(p, &ast->options.items[i].value);
    place(p, &p->types, &ast->name);
}

static void
qualify_sequence(struct path *p, struct stmt *stmt)
{
    struct ast_create_sequence *ast = stmt->u.create_sequence;

    if (ast->settings != NULL)
        find(p, &p->relations, &ast->settings->owner);
    if (!ast->temporary)
        place(p, &p->relations, &ast->name);
}

static void
qualify_statistics(struct path *p, struct stmt *stmt)
{
    struct ast_create_statistics *ast = stmt->u.create_statistics;

    find(p, &p->relations, &ast->table);
    VEC_EACH (i, &ast->keys)
        find_in(p, &ast->keys.items[i]);
    if (!slice_is_none(ast->name.name))
        place(p, &p->statistics, &ast->name);
}

static void
qualify_arguments(struct path *p, struct ast_arguments *arguments)
{
    VEC_EACH (i, &arguments->all) {
        find_type(p, &arguments->all.items[i].type);
        find_in(p, &arguments->all.items[i].default_value);
    }
}

static void
find_signature(struct path *p, struct ast_signature *s)
{
    qualify_arguments(p, &s->arguments);
    find(p, &p->routines, &s->name);
}

static void
qualify_routine(struct path *p, struct stmt *stmt)
{
    struct ast_create_routine *ast = stmt->u.create_routine;

    qualify_arguments(p, &ast->signature.arguments);
    find_type(p, &ast->result);
    find_in(p, &ast->returned);
    place(p, &p->routines, &ast->signature.name);
}

static void
qualify_trigger(struct path *p, struct stmt *stmt)
{
    struct ast_create_trigger *ast = stmt->u.create_trigger;

    find(p, &p->relations, &ast->table);
    find(p, &p->relations, &ast->from_table);
    find(p, &p->routines, &ast->function);
    find_in(p, &ast->when);
    VEC_EACH (i, &ast->body)
        find_in(p, &ast->body.items[i]);
}

static void
qualify_rule(struct path *p, struct stmt *stmt)
{
    struct ast_create_rule *ast = stmt->u.create_rule;

    find(p, &p->relations, &ast->table);
    find_in(p, &ast->where);
    VEC_EACH (i, &ast->actions)
        find_in(p, &ast->actions.items[i]);
}

static void
qualify_policy(struct path *p, struct stmt *stmt)
{
    struct ast_policy *ast = stmt->u.policy;

    find(p, &p->relations, &ast->table);
    find_in(p, &ast->using_expr);
    find_in(p, &ast->with_check);
}

/* ---- ALTER, DROP and the rest ---- */

/* It goes on under another name, or in another schema. */
static void
move(struct path *p, struct map *names, const struct ast_name *name, bool to_schema,
     struct slice new_name)
{
    take_away(p, names, name);
    add(p, names, to_schema ? new_name : name->schema, to_schema ? name->name : new_name);
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
    find_in(p, &action->expr);
    find(p, action->kind == ALTER_OF ? &p->types : &p->relations, &action->table);
    if (action->kind == ALTER_SET_SCHEMA || action->kind == ALTER_RENAME_TABLE)
        move(p, names, name, action->kind == ALTER_SET_SCHEMA, action->new_name);
}

static void
qualify_alter_table(struct path *p, struct stmt *stmt)
{
    struct ast_alter_table *ast = stmt->u.alter_table;

    find(p, &p->relations, &ast->name);
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
    find(p, names, &ast->name);
    if (ast->sequence != NULL)
        find(p, &p->relations, &ast->sequence->owner);
    if (ast->action != NULL)
        qualify_action(p, names, &ast->name, ast->action);
}

static void
qualify_alter_type(struct path *p, struct stmt *stmt)
{
    struct ast_alter_type *ast = stmt->u.alter_type;

    find(p, &p->types, &ast->name);
    VEC_EACH (i, &ast->actions)
        if (ast->actions.items[i]->column != NULL)
            find_type(p, &ast->actions.items[i]->column->type);
    if (ast->kind == ALTER_TYPE_RENAME || ast->kind == ALTER_TYPE_SET_SCHEMA)
        move(p, &p->types, &ast->name, ast->kind == ALTER_TYPE_SET_SCHEMA, ast->new_name);
}

static void
qualify_alter_routine(struct path *p, struct stmt *stmt)
{
    struct ast_alter_routine *ast = stmt->u.alter_routine;

    find_signature(p, &ast->signature);
    if (ast->change == ALTER_ROUTINE_RENAME || ast->change == ALTER_ROUTINE_SCHEMA)
        add(p, &p->routines,
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
        find(p, names, &r->name);
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
        find(p, names, &ast->names.all.items[i]);
        take_away(p, names, &ast->names.all.items[i]);
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
        find(p, names, &ast->name);
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
            find(p, names, &ast->objects.all.items[i].name);
}

static void
qualify_rename_on(struct path *p, struct stmt *stmt)
{
    find(p, &p->relations, &stmt->u.rename_on->table);
}

static void
qualify_query(struct path *p, struct stmt *stmt)
{
    find_in(p, &stmt->u.query->query);
}

static void
qualify_raw(struct path *p, struct stmt *stmt)
{
    find(p, &p->relations, &stmt->u.raw->table);
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

/* Does any statement choose another schema than the default one? */
static bool
has_path(struct build *b, const struct resolve_input *in)
{
    struct path p = { .b = b };
    struct ast_names names;

    for (size_t i = 0; i < in->count; i++)
        VEC_EACH (j, &in->asts[i]->statements) {
            if (!search_path_read(b->s, b->a, in->asts[i]->statements.items[j], &names))
                continue;
            path_set(&p, &names);
            VEC_EACH (k, &p.schemas.all)
                if (!slice_is_none(p.schemas.all.items[k]))
                    return true;
        }
    return false;
}

void
path_qualify(struct build *b, const struct resolve_input *in)
{
    const struct ast_names nothing = { .all = { .count = 0 } };
    struct path p = { .b = b };
    struct ast_names names;

    if (!has_path(b, in))
        return;
    map_init(&p.relations, b->a);
    map_init(&p.types, b->a);
    map_init(&p.routines, b->a);
    map_init(&p.statistics, b->a);
    for (size_t i = 0; i < in->count; i++) {
        path_set(&p, &nothing); /* each file begins with a session's own */
        VEC_EACH (j, &in->asts[i]->statements) {
            struct stmt *stmt = in->asts[i]->statements.items[j];

            if (search_path_read(b->s, b->a, stmt, &names))
                path_set(&p, &names);
            else
                qualifiers[stmt->kind](&p, stmt);
        }
    }
}
