/*
 * What the versions between do to rows that one plan would not do.
 *
 * Each rule is about a value that has two causes, in two versions: one plan has only the
 * last of them.  The rules look at no row, so they refuse too often rather than once too
 * seldom.
 */
#include "diff/direct.h"

/* ---- a version ---- */

static void
check_sections(const struct direct *j, size_t at)
{
    const struct catalog *c = j->versions[at];

    VEC_EACH (i, &c->sections) {
        const struct section *section = c->sections.items[i];

        if (section->kind == SECTION_VERIFY
            || (!slice_is_none(section->dialect)
                && !slice_equal(section->dialect, j->dialect)))
            continue;
        direct_refuse(j, section->span, at, "it has a data step");
        return;
    }
}

static bool
renames_attribute(const struct definition *d)
{
    if (d->detail != DETAIL_COMPOSITE)
        return false;
    VEC_EACH (i, &d->u.composite->attributes)
        if (!slice_is_none(d->u.composite->attributes.items[i].was))
            return true;
    return false;
}

static void
check_definitions(const struct direct *j, size_t at)
{
    const struct catalog *c = j->versions[at];

    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_SCHEMA && !slice_is_none(d->was))
            direct_refuse(j, d->span, at, "it renames schema \"%.*s\"",
                          SLICE_ARG(d->was));
        if (renames_attribute(d))
            direct_refuse(j, d->span, at, "it renames an attribute of \"%.*s\"",
                          SLICE_ARG(d->name));
    }
}

/* An initial row that a version brings stays when a later one does not speak of it, or
 * says it otherwise; one plan would not know of it. */
static void
check_initial_rows(const struct direct *j, size_t at)
{
    const struct table *table;
    const struct initial_row *row =
        at < 2 ? NULL : differ_row_that_goes(&j->steps[at], &table);

    if (row != NULL)
        direct_refuse(j, row->span, at,
                      "it does not say this initial row of \"%.*s\" any more",
                      SLICE_ARG(table->name));
}

/* ---- types of ours, whose values columns hold ---- */

/* Domains and composite types of a catalog, by name. */
static struct map
types_of(const struct direct *j, const struct catalog *c)
{
    struct map out;

    map_init(&out, &j->s->arena);
    VEC_EACH (i, &c->definitions) {
        struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE)
            map_put(&out, catalog_key(&j->s->arena, d->schema, d->name), d);
    }
    return out;
}

/* Those that versions[at] makes another type, each for the first time on this way. */
static void
find_types(const struct direct *j, size_t at, struct map *before)
{
    const struct map now = types_of(j, j->versions[at]);
    const struct catalog *c = j->versions[at];

    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];
        struct slice key = catalog_key(&j->s->arena, d->schema, d->name);
        const struct definition *old = map_get(before, key);

        if (old == NULL || map_get(&now, key) != d || slice_equal(old->normal, d->normal))
            continue;
        for (size_t k = 1; k < at; k++)
            if (map_has(&j->types_changed[k], key))
                direct_refuse(j, d->span, at, "it changes \"%.*s\" a second time",
                              SLICE_ARG(d->name));
        map_put(&j->types_changed[at], key, NULL);
    }
    *before = now;
}

/* An enum whose values get other labels, or become others. */
static void
find_labels(const struct direct *j, size_t at)
{
    const struct catalog *c = j->versions[at];

    VEC_EACH (i, &c->enums) {
        const struct enum_type *e = c->enums.items[i];

        bool changes = e->maps.count > 0;

        VEC_EACH (k, &e->values)
            changes = changes || !slice_is_none(e->values.items[k].was);
        if (changes)
            map_put(&j->types_changed[at],
                    catalog_key(&j->s->arena, e->schema, e->name), NULL);
    }
}

void
direct_check_versions(const struct direct *j)
{
    struct map before = types_of(j, j->versions[0]);

    for (size_t k = 1; k < j->count; k++) {
        check_sections(j, k);
        check_definitions(j, k);
        check_initial_rows(j, k);
        find_types(j, k, &before);
        find_labels(j, k);
    }
}

/* ---- a column ---- */

static bool
same_expr(const struct expr *a, const struct expr *b)
{
    return a == NULL || b == NULL ? a == b : expr_equal(a, b);
}

/* But for the names of types of ours. */
static bool
same_type(const struct differ *d, const struct type *old, const struct type *new)
{
    struct type renamed;

    if (old == NULL || new == NULL)
        return old == new;
    differ_rename_type(d, old, &renamed);
    return type_equal(&renamed, new);
}

bool
direct_same_types(const struct differ *d, const struct column *old,
                  const struct column *new)
{
    return same_type(d, &old->type, &new->type)
           && same_type(d, old->type_override, new->type_override);
}

bool
direct_keeps_values(const struct differ *d, const struct column *old,
                    const struct column *new)
{
    return direct_same_types(d, old, new)
           && (old->generated == NULL) == (new->generated == NULL);
}

/* Would the values of a column that is added be the same? */
static bool
gives_same_values(const struct differ *d, const struct column *old,
                  const struct column *new)
{
    return direct_keeps_values(d, old, new) && same_expr(old->generated, new->generated)
           && same_expr(old->default_value, new->default_value)
           && old->identity == new->identity;
}

bool
direct_gets_rows(const struct direct *j, const struct direct_table *t, size_t at)
{
    const struct table *table = t->at[at];

    return map_has(&j->rows_added[at],
                   catalog_key(&j->s->arena, table->schema, table->name));
}

/* Are there rows in the table before versions[at], as far as one knows? */
static bool
has_rows_before(const struct direct *j, const struct direct_table *t, size_t at)
{
    for (size_t k = t->born; k > 0 && k < at; k++)
        if (direct_gets_rows(j, t, k))
            return true;
    return t->born == 0;
}

/* Do rows get a value of this column from what versions[at] says of it? */
static bool
is_filled_at(const struct direct *j, const struct direct_table *t,
             const struct direct_column *c, size_t at)
{
    return at > 0
           && (direct_gets_rows(j, t, at)
               || (c->born == at && has_rows_before(j, t, at)));
}

bool
direct_type_changes(const struct direct *j, const struct column *c, size_t at)
{
    return c->type.kind == TYPE_NAMED
           && map_has(&j->types_changed[at],
                      catalog_key(&j->s->arena, c->type.schema, c->type.name));
}

static bool
is_transformed(const struct direct *j, const struct direct_table *t, size_t at,
               const struct column *c)
{
    const struct table_pair *p = t->pairs[at];

    return direct_transform(j, p, at, c->number, false) != NULL
           || direct_transform(j, p, at, c->number, true) != NULL;
}

/* Where the values that are there in the end begin: of a column that comes on the way,
 * the last version that says them of the old row. */
static size_t
last_beginning(const struct direct *j, const struct direct_table *t,
               const struct direct_column *c)
{
    for (size_t k = j->count - 1; c->born > t->born && k >= c->born; k--)
        if (direct_transform(j, t->pairs[k], k, c->at[k]->number, false) != NULL)
            return k;
    return c->born;
}

void
direct_check_column(const struct direct *j, const struct direct_table *t,
                    const struct direct_column *c)
{
    size_t first = last_beginning(j, t, c);
    bool was_changed = /* the column has another type, or values */
        c->born > t->born && is_transformed(j, t, first, c->at[first]);
    bool is_filled = was_changed ? direct_gets_rows(j, t, first)
                                 : is_filled_at(j, t, c, first);
    bool was_rewritten = false; /* its type is another one by the same name */

    for (size_t k = first + 1; k < j->count; k++) {
        const struct differ *d = &j->steps[k];
        bool changes = !direct_keeps_values(d, c->at[k - 1], c->at[k])
                       || is_transformed(j, t, k, c->at[k]);
        bool rewrites = direct_type_changes(j, c->at[k], k);

        if ((is_filled && !gives_same_values(d, c->at[k - 1], c->at[k]))
            || (changes && (was_changed || was_rewritten || rewrites))
            || (rewrites && was_changed)) {
            direct_refuse(j, c->at[k]->span, k,
                          "the values of \"%.*s\" change a second time",
                          SLICE_ARG(c->at[k]->name));
            return;
        }
        was_changed = was_changed || changes;
        was_rewritten = was_rewritten || rewrites;
        is_filled = is_filled || is_filled_at(j, t, c, k);
    }
}

/* ---- a table ---- */

/* A column that is computed no more keeps what was computed last, of columns as they
 * were; `changed` is the version whose values they have by then. */
void
direct_check_computed(const struct direct *j, const struct direct_table *t)
{
    const struct column *stops = NULL;
    size_t stopped = 0;
    size_t changed = 0;

    for (size_t k = t->born + 1; k < j->count; k++) {
        const struct table_pair *p = t->pairs[k];

        VEC_EACH (i, &p->new->columns) {
            const struct column *new = p->new->columns.items[i];
            size_t at = p->columns.old_of_new[i];
            const struct column *old =
                at == MATCH_NONE ? NULL : p->old->columns.items[at];

            if (old == NULL
                || (direct_keeps_values(&j->steps[k], old, new)
                    && !is_transformed(j, t, k, new)))
                continue;
            if (old->generated != NULL && new->generated == NULL) {
                stops = new;
                stopped = k;
            } else {
                changed = k;
            }
        }
    }
    if (stops != NULL && changed != 0 && changed != stopped)
        direct_refuse(j, stops->span, stopped,
                      "\"%.*s\" is computed no more, of values that change in %.*s",
                      SLICE_ARG(stops->name), SLICE_ARG(j->versions[changed]->version));
}
