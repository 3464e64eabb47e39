/*
 * --schema and --exclude: lists of names, of the database that is described.  Where no
 * argument is a database they are refused, because they would do nothing.
 */
#include "cli/filter.h"

#include <string.h>

static bool
split_list(struct cli *c, const char *option, const char *list, struct name_list *out)
{
    struct slice rest = slice_from(list);

    while (!slice_is_none(rest)) {
        const char *comma = memchr(rest.ptr, ',', rest.len);
        size_t n = comma == NULL ? rest.len : (size_t)(comma - rest.ptr);
        struct slice item = slice_trim(slice_sub(rest, 0, n));

        if (item.len == 0) {
            diag_add(&c->s.diags, D_USAGE, SPAN_NONE, "--%s \"%s\" has an empty name",
                     option, list);
            return false;
        }
        VEC_PUSH(&c->s.arena, &out->all, item);
        rest = comma == NULL ? SLICE_NONE : slice_sub(rest, n + 1, rest.len);
    }
    return true;
}

bool
filter_read(struct cli *c, struct describe_filter *out)
{
    *out = (struct describe_filter){ 0 };
    return split_list(c, "schema", c->o.schema, &out->schemas)
           && split_list(c, "exclude", c->o.exclude, &out->excluded);
}

bool
filter_has_use(struct cli *c)
{
    if (c->o.schema == NULL && c->o.exclude == NULL)
        return true;
    for (size_t i = 0; i < c->o.arg_count; i++)
        if (source_database_dialect(c->o.args[i]) != NULL)
            return true;
    diag_add(&c->s.diags, D_USAGE, SPAN_NONE,
             "--%s chooses from a live database, and none is named here",
             c->o.schema != NULL ? "schema" : "exclude");
    return false;
}

/* ---- what the other side declares ---- */

struct hidden {
    struct cli *c;
    const struct describe_filter *filter;
    const char *dialect; /* of the database */
    size_t count;
};

static bool
is_hidden(const struct hidden *h, struct slice schema, struct slice name)
{
    return describe_filter_hides(&h->c->s.arena, h->filter, h->dialect, schema,
                                 name);
}

static void
look_at(struct hidden *h, struct slice kind, struct slice schema, struct slice name,
        struct span span)
{
    struct diag *d;

    if (!is_hidden(h, schema, name))
        return;
    h->count++;
    d = diag_add(&h->c->s.diags, D_USAGE, span,
                 "%.*s \"%.*s\" is declared, and --%s leaves it out of the database",
                 SLICE_ARG(kind), SLICE_ARG(name),
                 describe_filter_has_schema(h->filter, schema) ? "exclude" : "schema");
    diag_hint(&h->c->s.diags, d, "it would be made there again, or left behind");
}

static void
look_at_definition(struct hidden *h, const struct definition *d)
{
    switch (d->detail) {
    case DETAIL_SCHEMA:
        if (!describe_filter_has_schema(h->filter, d->name))
            look_at(h, d->kind, d->name, d->name, d->span);
        break;
    case DETAIL_NONE:
    case DETAIL_DOMAIN:
    case DETAIL_COMPOSITE:
    case DETAIL_RANGE:
    case DETAIL_SEQUENCE:
    case DETAIL_ROUTINE:
    case DETAIL_STATISTICS:
    case DETAIL_VIRTUAL_TABLE:
        if (!slice_is_none(d->name))
            look_at(h, d->kind, d->schema, d->name, d->span);
        break;
    case DETAIL_EXTENSION: /* stays, whatever schema it is in */
    case DETAIL_ROLE:      /* is in none */
    case DETAIL_TRIGGER:   /* these go with what they stand on */
    case DETAIL_RULE:
    case DETAIL_POLICY:
    case DETAIL_GRANT:
    case DETAIL_COMMENT:
        break;
    }
}

static void
look_at_index(struct hidden *h, const struct index *x)
{
    if (!is_hidden(h, x->table->schema, x->table->name))
        look_at(h, SLICE("index"), x->table->schema, x->name, x->span);
}

static void
look_at_all(struct hidden *h, const struct catalog *k)
{
    VEC_EACH (i, &k->tables)
        look_at(h, SLICE("table"), k->tables.items[i]->schema, k->tables.items[i]->name,
                k->tables.items[i]->span);
    VEC_EACH (i, &k->indexes)
        look_at_index(h, k->indexes.items[i]);
    VEC_EACH (i, &k->views)
        look_at(h, SLICE("view"), k->views.items[i]->schema, k->views.items[i]->name,
                k->views.items[i]->span);
    VEC_EACH (i, &k->enums)
        look_at(h, SLICE("type"), k->enums.items[i]->schema, k->enums.items[i]->name,
                k->enums.items[i]->span);
    VEC_EACH (i, &k->definitions)
        look_at_definition(h, k->definitions.items[i]);
}

bool
filter_fits(struct cli *c, const struct loaded_source *one,
            const struct loaded_source *other)
{
    const struct loaded_source *live = one->kind == SOURCE_DATABASE ? one : other;
    const struct loaded_source *declared = live == one ? other : one;
    struct describe_filter filter;
    struct hidden h = { .c = c, .filter = &filter };

    if (c->o.schema == NULL && c->o.exclude == NULL)
        return true;
    if (declared->kind == SOURCE_DATABASE)
        return true; /* the filter has been at both */
    if (!filter_read(c, &filter))
        return false;
    h.dialect = slice_z(&c->s.arena, live->catalog->dialect);
    look_at_all(&h, declared->catalog);
    return h.count == 0;
}
