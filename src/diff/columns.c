/*
 * The columns of one table that is on both sides.
 */
#include "diff/differ.h"

static void
add_column_change(struct differ *d, enum change_kind kind, const struct table_pair *p,
                  const struct column *old, const struct column *new)
{
    add_change(d, kind, (struct change_side){ .table = p->old, .column = old },
               (struct change_side){ .table = p->new, .column = new });
}

static bool
same_type(const struct differ *d, const struct column *old, const struct column *new)
{
    struct type before;
    struct type after = new->type;

    if (!old->has_type || !new->has_type)
        return old->has_type == new->has_type;
    differ_rename_type(d, &old->type, &before);
    before.dimensions = before.dimensions > 0;
    after.dimensions = after.dimensions > 0; /* no engine looks at how many */
    return type_equal(&before, &after);
}

static struct slice
collation_meant(const struct column *c)
{
    return slice_is_fold(c->collation, "binary") ? SLICE_NONE : c->collation;
}

static bool
same_identity(const struct column *old, const struct column *new)
{
    return old->identity
           == new->identity &&numbering_is_same(old->numbering, new->numbering);
}

static bool
same_generated(const struct differ *d, const struct table_pair *p,
               const struct column *old, const struct column *new)
{
    const struct expr *before = differ_rename_expr(d, p, old->generated);

    if (!expr_equal(differ_form(d, before), differ_form(d, new->generated)))
        return false;
    return new->generated == NULL || old->generated_stored == new->generated_stored;
}

static bool
same_storage(const struct column *old, const struct column *new)
{
    return same_text(old->storage, new->storage)
           && same_text(old->compression, new->compression)
           && old->has_statistics == new->has_statistics
           && old->statistics == new->statistics &&same_text(old->options, new->options);
}

/* The column belongs to a parent that the table keeps: it changes there. */
static bool
belongs_to_parent(const struct differ *d, const struct table_pair *p,
                  const struct column *c)
{
    return c->inherited && differ_keeps_parents(d, p);
}

/* DEFAULT NULL means what no default means, but for a domain that has one. */
static bool
overrules_domain(const struct catalog *c, const struct column *column)
{
    if (!column->null_default || column->type.kind != TYPE_NAMED
        || column->type.dimensions > 0)
        return false;
    VEC_EACH (i, &c->definitions) {
        const struct definition *m = c->definitions.items[i];

        if (m->detail == DETAIL_DOMAIN && slice_equal(m->name, column->type.name)
            && slice_equal(m->schema, column->type.schema))
            return m->u.domain->default_value != NULL;
    }
    return false;
}

static const struct expr *
renamed_default(const struct differ *d, const struct table_pair *p,
                const struct column *old)
{
    struct type type;

    differ_rename_type(d, &old->type, &type);
    return retype_value(&d->types, &type, differ_rename_expr(d, p, old->default_value));
}

static bool
same_default(const struct differ *d, const struct table_pair *p, const struct column *old,
             const struct column *new)
{
    bool inherited = belongs_to_parent(d, p, new);

    if (inherited && !old->own_default && !new->own_default)
        return true;
    if (inherited && differ_default_was_overrun(d, p, old, new))
        return false;
    if (overrules_domain(d->from, old) != overrules_domain(d->to, new))
        return false;
    return expr_equal(differ_default_form(d, old, renamed_default(d, p, old)),
                      differ_default_form(d, new, new->default_value));
}

static bool
same_nullability(const struct differ *d, const struct table_pair *p,
                 const struct column *old, const struct column *new)
{
    if (belongs_to_parent(d, p, new) && !old->own_not_null && !new->own_not_null)
        return true;
    return old->not_null
           == new->not_null &&same_text(old->not_null_on_conflict,
                                        new->not_null_on_conflict);
}

static void
diff_column(struct differ *d, const struct table_pair *p, const struct column *old,
            const struct column *new)
{
    bool parents = belongs_to_parent(d, p, new);

    const struct {
        enum change_kind kind;
        bool same;
    } facets[] = {
        { CHANGE_RENAME_COLUMN, parents || slice_equal(old->name, new->name) },
        { CHANGE_COLUMN_TYPE, parents || same_type(d, old, new) },
        { CHANGE_COLUMN_COLLATION,
          parents || same_text(collation_meant(old), collation_meant(new)) },
        { CHANGE_COLUMN_DEFAULT, same_default(d, p, old, new) },
        { CHANGE_COLUMN_GENERATED, parents || same_generated(d, p, old, new) },
        { CHANGE_COLUMN_NULLABILITY, same_nullability(d, p, old, new) },
        { CHANGE_COLUMN_IDENTITY, parents || same_identity(old, new) },
        { CHANGE_COLUMN_STORAGE, same_storage(old, new) },
        { CHANGE_COLUMN_TOUCH, old->touch == new->touch },
        { CHANGE_COLUMN_COMMENT, same_text(old->comment, new->comment) },
    };

    for (size_t i = 0; i < ARRAY_LEN(facets); i++)
        if (!facets[i].same)
            add_column_change(d, facets[i].kind, p, old, new);
}

static void
diff_dropped_columns(struct differ *d, const struct table_pair *p)
{
    VEC_EACH (i, &p->old->columns) {
        if (p->columns.new_of_old[i] == MATCH_NONE
            && !belongs_to_parent(d, p, p->old->columns.items[i]))
            add_column_change(d, CHANGE_DROP_COLUMN, p, p->old->columns.items[i], NULL);
    }
}

/* Only columns that are on both sides count: one that is added lands at the end in every
 * engine, wherever it is declared. */
static bool
same_order(const struct table_pair *p)
{
    size_t last = 0;

    VEC_EACH (i, &p->new->columns) {
        size_t at = p->columns.old_of_new[i];

        if (at == MATCH_NONE)
            continue;
        if (at < last)
            return false;
        last = at;
    }
    return true;
}

void
diff_table_columns(struct differ *d, const struct table_pair *p)
{
    VEC_EACH (i, &p->new->columns) {
        size_t at = p->columns.old_of_new[i];

        if (at == MATCH_NONE && belongs_to_parent(d, p, p->new->columns.items[i]))
            continue;
        if (at == MATCH_NONE)
            add_column_change(d, CHANGE_ADD_COLUMN, p, NULL, p->new->columns.items[i]);
        else
            diff_column(d, p, p->old->columns.items[at], p->new->columns.items[i]);
    }
    diff_dropped_columns(d, p);
    if (!same_order(p))
        add_change(d, CHANGE_COLUMN_ORDER, (struct change_side){ .table = p->old },
                   (struct change_side){ .table = p->new });
}
