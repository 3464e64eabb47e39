/*
 * Where a name without a schema is: `SET search_path` and the names known so far.
 *
 * The statements are gone through in their order with the path in force at each.  What is
 * created goes into the path's first schema; what is referred to is looked for in the
 * schemas of the path, in order, and is left as it is where none of them has it: it may
 * be a name of the default schema, of the server, or a mistake for others to report.
 * A file without SET search_path costs one look at its statements.
 */
#include <string.h>

#include "resolve/path_names.h"
#include "syntax/search_path.h"

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

void
path_add(struct path *p, struct map *names, struct slice schema, struct slice name)
{
    if (!slice_is_none(name))
        map_put(names, catalog_key(p->b->a, schema_plain(schema), name), p);
}

void
path_take_away(struct path *p, struct map *names, const struct ast_name *name)
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

void
path_find(struct path *p, const struct map *names, struct ast_name *name)
{
    if (slice_is_none(name->schema) && !slice_is_none(name->name))
        name->schema = schema_found(p, names, name->name);
}

void
path_find_all(struct path *p, const struct map *names, struct ast_names *all)
{
    VEC_EACH (i, &all->all)
        path_find(p, names, &all->all.items[i]);
}

void
path_place(struct path *p, struct map *names, struct ast_name *name)
{
    if (slice_is_none(name->schema))
        name->schema = p->first;
    path_add(p, names, name->schema, name->name);
}

void
path_find_type(struct path *p, const struct type **type)
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
    path_find_type(p, &type);
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

void
path_find_in(struct path *p, const struct expr **e)
{
    map_init(&p->ctes, p->b->a);
    expr_walk(*e, see_cte, p);
    *e = expr_rewrite(p->b->a, *e, edit, p);
}

/* ---- the statements, in their order ---- */

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
                path_qualify_statement(&p, stmt);
        }
    }
}
