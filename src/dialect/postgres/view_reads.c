/*
 * By names, not by scopes: a name anywhere in the query may be a column of any of its
 * tables.  What is taken down without need costs a lock; what is left standing in the
 * way stops the plan, so every doubt counts as read.
 */
#include "dialect/postgres/view_reads.h"

static void
note(struct map *names, struct slice name)
{
    if (!slice_is_none(name))
        map_put(names, name, NULL);
}

/* t AS x (a, b): what is called a is another column of t. */
static void
note_table(struct view_reads *r, const struct expr *e)
{
    note(&r->relations, e->text);
    if (e->arg_count > 0 && e->args[0] != NULL)
        note(&r->relations, e->args[0]->text);
    r->all |= e->arg_count > 1 && e->args[1] != NULL;
}

static bool
note_node(void *context, const struct expr *e)
{
    struct view_reads *r = context;

    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN || e->kind == EXPR_PART
        || e->kind == EXPR_FIELD)
        note(&r->names, e->text);
    else if (e->kind == QUERY_TABLE)
        note_table(r, e);
    else if (e->kind == QUERY_FROM_CALL)
        r->calls = true;
    else if (e->kind == EXPR_STAR
             || (e->kind == QUERY_JOIN && (e->flags & EXPR_NATURAL) != 0))
        r->all = true;
    else if (e->kind == QUERY_SELECT)
        r->groups |= e->args[SELECT_GROUP] != NULL;
    return true;
}

/* A row as a value is called like the table that it is of. */
static bool
note_row(void *context, const struct expr *e)
{
    struct view_reads *r = context;

    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        r->all |= map_has(&r->relations, e->text);
    return true;
}

static void
find_out(struct view_reads *r)
{
    if (r->is_known)
        return;
    r->is_known = true;
    map_init(&r->names, r->a);
    map_init(&r->relations, r->a);
    expr_walk(r->query, note_node, r);
    expr_walk(r->query, note_row, r);
}

static bool
reads(const struct view_reads *r, struct slice column)
{
    return r->all || map_has(&r->names, column);
}

/* A generated column that reads one which changes is made anew. */
static bool
reads_computed(const struct view_reads *r, const struct table *t, struct slice column)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i];

        if (c->generated != NULL && reads(r, c->name)
            && expr_mentions_column(c->generated, column))
            return true;
    }
    return false;
}

bool
view_reads_calls(struct view_reads *r)
{
    find_out(r);
    return r->calls;
}

bool
view_reads_column(struct view_reads *r, const struct table *t, const struct column *c)
{
    find_out(r);
    return reads(r, c->name) || reads_computed(r, t, c->name);
}

bool
view_holds_on_to(struct view_reads *r, const struct change *c)
{
    find_out(r);
    if (c->old.constraint != NULL)
        return r->groups && c->old.constraint->kind == CONSTRAINT_PRIMARY_KEY;
    if (c->old.column == NULL)
        return true;
    return view_reads_column(r, c->old.table, c->old.column);
}
