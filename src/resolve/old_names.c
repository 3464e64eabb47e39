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

        if (!slice_is_none(v->was) && !enum_has_label(old, v->was)
            && !enum_has_label(old, v->label))
            report_nothing(r, "value", v->label, v->was, v->span);
    }
}

static const struct composite *
find_composite(const struct catalog *c, struct relation_name name)
{
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_COMPOSITE && slice_equal(d->name, name.name)
            && slice_equal(d->schema, name.schema))
            return d->u.composite;
    }
    return NULL;
}

static bool
has_attribute(const struct composite *c, struct slice name)
{
    VEC_EACH (i, &c->attributes)
        if (slice_equal(c->attributes.items[i].name, name))
            return true;
    return false;
}

static void
check_composite(struct renaming *r, const struct catalog *older,
                const struct definition *d)
{
    const struct composite *old =
        slice_is_none(d->was) ? NULL : find_composite(older, was_name(d->schema, d->was));

    if (old == NULL)
        old = find_composite(older, (struct relation_name){ d->schema, d->name });
    for (size_t i = 0; old != NULL && i < d->u.composite->attributes.count; i++) {
        const struct attribute *x = &d->u.composite->attributes.items[i];

        if (!slice_is_none(x->was) && !has_attribute(old, x->was)
            && !has_attribute(old, x->name))
            report_nothing(r, "attribute", x->name, x->was, d->span);
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
    VEC_EACH (i, &newer->definitions)
        if (newer->definitions.items[i]->detail == DETAIL_COMPOSITE)
            check_composite(&r, older, newer->definitions.items[i]);
    return r.fits;
}
