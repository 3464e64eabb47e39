/*
 * Was there what @was names?  Asked between neighbours: an older version still may have
 * the name that came before.
 */
#include "resolve/old_names.h"

#include "model/was.h"

struct renaming {
    struct session *s;
    struct slice version; /* the older one */
    bool fits;
};

static void
report_nothing(struct renaming *r, const char *kind, struct slice name, struct slice was,
               struct span span)
{
    r->fits = false;
    diag_add(&r->s->diags, D_RENAME_OF_NOTHING, span,
             "%s \"%.*s\" cannot have been \"%.*s\": version %.*s has neither", kind,
             SLICE_ARG(name), SLICE_ARG(was), SLICE_ARG(r->version));
}

static void
check_columns(struct renaming *r, const struct table *old, const struct table *new)
{
    VEC_EACH (i, &new->columns) {
        const struct column *c = new->columns.items[i];

        if (!slice_is_none(c->was) && was_column(old, c) == NULL)
            report_nothing(r, "column", c->name, c->was, c->span);
    }
}

static bool
has_label(const struct enum_type *e, struct slice label)
{
    VEC_EACH (i, &e->values)
        if (slice_equal(e->values.items[i].label, label))
            return true;
    return false;
}

static void
check_enum(struct renaming *r, const struct catalog *older, const struct enum_type *new)
{
    struct relation_name was = was_name(new->schema, new->was);
    const struct enum_type *old =
        slice_is_none(new->was) ? NULL : catalog_find_enum(older, was.schema, was.name);

    if (old == NULL)
        old = catalog_find_enum(older, new->schema, new->name);
    if (old == NULL && !slice_is_none(new->was))
        report_nothing(r, "type", new->name, new->was, new->span);
    if (old == NULL)
        return;
    VEC_EACH (i, &new->values) {
        const struct enum_value *v = &new->values.items[i];

        if (!slice_is_none(v->was) && !has_label(old, v->was)
            && !has_label(old, v->label))
            report_nothing(r, "value", v->label, v->was, v->span);
    }
}

bool
old_names_check(struct session *s, const struct catalog *older,
                const struct catalog *newer)
{
    struct renaming r = { s, older->version, true };

    VEC_EACH (i, &newer->tables) {
        const struct table *new = newer->tables.items[i];
        const struct table *old = was_table(older, new);

        if (old != NULL)
            check_columns(&r, old, new);
        else if (!slice_is_none(new->was))
            report_nothing(&r, "table", new->name, new->was, new->span);
    }
    VEC_EACH (i, &newer->enums)
        check_enum(&r, older, newer->enums.items[i]);
    return r.fits;
}
