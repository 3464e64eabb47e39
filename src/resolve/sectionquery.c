/*
 * What the statements of a section read: their queries bound to what this version
 * declares, and the tables that nothing declares.  A section may speak of what is gone
 * after it, so nothing is an error here; `lint` reports.
 */
#include "resolve/scope.h"

struct section_reading {
    struct build *b;
    const struct resolve_input *in;
    struct section *section;
    struct map made; /* names of CTEs and of temporary tables */
};

/* ---- names that the section makes itself ---- */

static bool
take_cte_name(void *context, const struct expr *e)
{
    struct section_reading *r = context;

    if (e->kind == QUERY_CTE)
        map_put(&r->made, e->text, r);
    return true;
}

static void
take_made_names(struct section_reading *r, const struct stmt *stmt)
{
    if (stmt->kind == STMT_QUERY)
        expr_walk(stmt->u.query->query, take_cte_name, r);
    if (stmt->kind == STMT_CREATE_TABLE)
        map_put(&r->made, stmt->u.create_table->name.name, r);
    if (stmt->kind == STMT_CREATE_VIEW)
        map_put(&r->made, stmt->u.create_view->name.name, r);
}

/* ---- tables that are not there ---- */

/* In the version before. */
static bool
was_there(const struct section_reading *r, struct slice schema, struct slice name)
{
    const struct catalog *base = r->in->base;

    return base != NULL
           && (catalog_find_table(base, schema, name) != NULL
               || catalog_find_view(base, schema, name) != NULL);
}

static bool
check_table(void *context, const struct expr *e)
{
    struct section_reading *r = context;
    struct slice schema = SLICE_NONE;
    struct unknown_table unknown = { e->text, e->span };

    if (e->kind != QUERY_TABLE)
        return true;
    if (e->arg_count > 2 && e->args[2] != NULL)
        schema = schema_plain(e->args[2]->text);
    if (relation_is_system(schema, e->text) || map_has(&r->made, e->text)
        || object_find(r->b, &r->b->relations, schema, e->text) != NULL
        || was_there(r, schema, e->text))
        return true;
    VEC_PUSH(r->b->a, &r->section->unknown_tables, unknown);
    return true;
}

/* Does it run where the tables of an older version are that we do not know? */
static bool
may_read_older_tables(const struct section_reading *r)
{
    return r->section->kind != SECTION_VERIFY && r->in->base == NULL
           && !slice_is_none(r->in->version);
}

/* A statement that is kept whole may make a table: CREATE TEMP TABLE x AS … */
static bool
makes_unknown(const struct ast_section *ast)
{
    VEC_EACH (i, &ast->statements)
        if (ast->statements.items[i]->kind == STMT_RAW)
            return true;
    return false;
}

/* ---- queries ---- */

static bool
reads_only(const struct expr *e)
{
    return expr_is_query(e) && e->kind != QUERY_INSERT && e->kind != QUERY_UPDATE
           && e->kind != QUERY_DELETE;
}

static void
bind_quietly(struct section_reading *r, const struct expr *query)
{
    struct scope_columns columns = { 0 };
    struct binder binder;
    bool opaque = false;

    binder_init(&binder, r->b);
    binder.quiet = true;
    VEC_PUSH(r->b->a, &r->section->queries,
             bind_query(&binder, NULL, query, &columns, &opaque));
}

/* The outermost SELECTs; INSERT, UPDATE and DELETE around them are not bound. */
static void
read_queries(struct section_reading *r, const struct expr *e)
{
    if (e == NULL)
        return;
    if (reads_only(e)) {
        bind_quietly(r, e);
        return;
    }
    for (size_t i = 0; i < e->arg_count; i++)
        read_queries(r, e->args[i]);
}

void
section_read(struct build *b, const struct resolve_input *in,
             const struct ast_section *ast, struct section *section)
{
    struct section_reading r = { .b = b, .in = in, .section = section };
    bool exact;

    map_init(&r.made, b->a);
    exact = !may_read_older_tables(&r) && !makes_unknown(ast);
    VEC_EACH (i, &ast->statements)
        take_made_names(&r, ast->statements.items[i]);
    VEC_EACH (i, &ast->statements) {
        const struct stmt *stmt = ast->statements.items[i];

        if (stmt->kind != STMT_QUERY)
            continue;
        read_queries(&r, stmt->u.query->query);
        if (exact)
            expr_walk(stmt->u.query->query, check_table, &r);
    }
}
