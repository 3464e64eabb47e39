/*
 * Domains are inlined before anything is lowered: a column gets the base type, and what
 * the domain asks of every value becomes a check of the table.
 *
 * Needs: a neutral catalog.  Leaves: a copy whose columns are of no domain; the tables
 * that have none are the same ones.
 */
#include "dialect/sqlite/lower.h"

#define DOMAIN_DEPTH_MAX 50 /* domains over domains; a cycle cannot be declared */

struct inlining {
    struct arena *a;
    const struct catalog *from;
    struct map domains; /* catalog_key → struct domain * */
    struct map tables;  /* catalog_key → struct table *, the new one */
};

static const struct domain *
domain_of(const struct inlining *in, const struct type *t)
{
    return t->kind != TYPE_NAMED
               ? NULL
               : map_get(&in->domains, catalog_key(in->a, t->schema, t->name));
}

struct naming_value {
    struct arena *a;
    const struct column *column;
};

static const struct expr *
name_value(void *context, const struct expr *e)
{
    const struct naming_value *n = context;
    struct expr *named;

    if ((e->kind != EXPR_COLUMN && e->kind != EXPR_NAME) || !slice_is(e->text, "value")
        || e->arg_count > 0)
        return e;
    named = expr_leaf(n->a, EXPR_COLUMN, e->span, n->column->name);
    named->result = &n->column->type;
    return named;
}

static void
add_checks(const struct inlining *in, struct table *t, const struct column *c,
           const struct domain *m)
{
    struct naming_value n = { in->a, c };

    VEC_EACH (i, &m->checks) {
        const struct domain_check *from = &m->checks.items[i];
        struct constraint *k = ARENA_NEW(in->a, struct constraint);

        k->kind = CONSTRAINT_CHECK;
        k->name = slice_format(in->a, "%.*s_%.*s_%.*s", SLICE_ARG(t->name),
                               SLICE_ARG(c->name), SLICE_ARG(from->name));
        k->check = expr_rewrite(in->a, from->check, name_value, &n);
        k->is_local = true;
        k->span = c->span;
        VEC_PUSH(in->a, &t->constraints, k);
    }
}

/* An array of a domain is an array of its base, whose elements SQLite does not see. */
static void
inline_column(const struct inlining *in, struct table *t, struct column *c)
{
    const struct domain *m;

    for (size_t depth = 0;
         depth < DOMAIN_DEPTH_MAX && (m = domain_of(in, &c->type)) != NULL; depth++) {
        uint16_t dimensions = c->type.dimensions;

        c->type = m->base;
        c->type.dimensions = (uint16_t)(c->type.dimensions + dimensions);
        if (dimensions > 0)
            continue;
        c->not_null |= m->not_null;
        if (c->default_value == NULL && !c->null_default && c->generated == NULL)
            c->default_value = m->default_value;
        if (slice_is_none(c->collation))
            c->collation = m->collation;
        add_checks(in, t, c, m);
    }
}

static bool
has_domain(const struct inlining *in, const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (domain_of(in, &t->columns.items[i]->type) != NULL)
            return true;
    return false;
}

static struct table *
inline_table(struct inlining *in, struct table *t)
{
    struct slice key = catalog_key(in->a, t->schema, t->name);
    struct table *copy;

    if (!has_domain(in, t))
        return t;
    copy = table_copy(in->a, t);
    VEC_EACH (i, &copy->columns)
        inline_column(in, copy, copy->columns.items[i]);
    map_put(&in->tables, key, copy);
    return copy;
}

static const struct table *
new_table(const struct inlining *in, const struct table *t)
{
    const struct table *copy =
        map_get(&in->tables, catalog_key(in->a, t->schema, t->name));

    return copy == NULL ? t : copy;
}

/* What points to a table points to its copy. */
static void
follow_tables(struct inlining *in, struct catalog *to)
{
    VEC_EACH (i, &in->from->indexes) {
        struct index *x = arena_copy(in->a, in->from->indexes.items[i], sizeof *x);

        x->table = new_table(in, x->table);
        VEC_PUSH(in->a, &to->indexes, x);
    }
    VEC_EACH (i, &in->from->initial_rows) {
        struct initial_rows *rows =
            arena_copy(in->a, in->from->initial_rows.items[i], sizeof *rows);

        rows->table = new_table(in, rows->table);
        VEC_PUSH(in->a, &to->initial_rows, rows);
    }
}

static void
find_domains(struct inlining *in)
{
    map_init(&in->domains, in->a);
    VEC_EACH (i, &in->from->definitions) {
        const struct definition *d = in->from->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN)
            map_put(&in->domains, catalog_key(in->a, d->schema, d->name),
                    (void *)(uintptr_t)d->u.domain);
    }
}

const struct catalog *
lite_inline_domains(struct session *s, const struct catalog *c)
{
    struct inlining in = { .a = &s->arena, .from = c };
    struct catalog *to;

    find_domains(&in);
    if (in.domains.count == 0)
        return c;
    to = arena_copy(&s->arena, c, sizeof *c);
    catalog_empty_tables(to, in.a);
    to->indexes.items = NULL;
    to->indexes.count = to->indexes.capacity = 0;
    to->initial_rows.items = NULL;
    to->initial_rows.count = to->initial_rows.capacity = 0;
    map_init(&in.tables, in.a);
    VEC_EACH (i, &c->tables)
        catalog_add_table(to, in.a, inline_table(&in, c->tables.items[i]));
    follow_tables(&in, to);
    return to;
}
