/*
 * The direct way: from one version to a later one, over those between, in one plan.
 *
 * A plan comes out of two catalogs, and what ties them together is @was, which speaks of
 * the version right before.  So the newest catalog is copied, and each @was in the copy
 * made to say what the object was called in the oldest one; from there on it is a change
 * like any.
 *
 * It has to end where the way through each version ends, with the same rows.  What could
 * make a difference is refused: data steps, a name that passes to something else, values
 * that change twice (direct_values.c).
 */
#include "diff/direct.h"

#include <stdarg.h>

void
direct_refuse(const struct direct *j, struct span span, size_t at, const char *format,
              ...)
{
    struct arena *a = &j->s->arena;
    struct diag *d;
    struct text why;
    va_list args;

    text_init(&why, a);
    va_start(args, format);
    text_vaddf(&why, format, args);
    va_end(args);
    d = diag_add(&j->s->diags, D_NO_DIRECT_WAY, span,
                 "one plan cannot go over version %.*s: %.*s",
                 SLICE_ARG(j->versions[at]->version), SLICE_ARG(text_slice(&why)));
    diag_hint(&j->s->diags, d, "leave out --direct: the way goes through each version");
}

static void
compare_neighbours(struct direct *j)
{
    struct arena *a = &j->s->arena;

    j->steps = ARENA_ARRAY(a, struct differ, j->count);
    j->rows_added = ARENA_ARRAY(a, struct map, j->count);
    j->types_changed = ARENA_ARRAY(a, struct map, j->count);
    for (size_t k = 1; k < j->count; k++) {
        struct differ *d = &j->steps[k];

        *d = (struct differ){ .s = j->s,
                              .from = j->versions[k - 1],
                              .to = j->versions[k],
                              .out = ARENA_NEW(a, struct changes) };
        differ_find_moves(d);
        map_init(&d->type_of_old, a);
        match_tables(d);
        match_definitions(d);
        diff_enums(d); /* which types have another name */
        diff_initial_rows(d);
        map_init(&j->rows_added[k], a);
        map_init(&j->types_changed[k], a);
        VEC_EACH (i, &d->out->all) {
            const struct change *c = &d->out->all.items[i];

            if (c->kind == CHANGE_INITIAL_ROWS)
                map_put(&j->rows_added[k],
                        catalog_key(a, c->new.table->schema, c->new.table->name), NULL);
        }
    }
}

/* ---- tables and columns ---- */

static struct direct_table
trace_table(const struct direct *j, const struct table *newest)
{
    struct arena *a = &j->s->arena;
    struct direct_table t = { ARENA_ARRAY(a, const struct table *, j->count),
                              ARENA_ARRAY(a, const struct table_pair *, j->count), 0 };
    const struct table *here =
        catalog_find_table(j->versions[j->count - 1], newest->schema, newest->name);

    for (size_t k = j->count - 1; here != NULL; k--) {
        t.at[k] = here;
        t.born = k;
        if (k == 0)
            break;
        t.pairs[k] = map_get(&j->steps[k].out->pair_of_new,
                             catalog_key(a, here->schema, here->name));
        here = t.pairs[k]->old;
    }
    return t;
}

static struct direct_column
trace_column(const struct direct *j, const struct direct_table *t, size_t number)
{
    struct direct_column c = { ARENA_ARRAY(&j->s->arena, const struct column *, j->count),
                               0 };
    size_t k = j->count - 1;

    for (;; k--) {
        c.at[k] = t->at[k]->columns.items[number];
        if (k == t->born)
            break;
        number = t->pairs[k]->columns.old_of_new[number];
        if (number == MATCH_NONE)
            break;
    }
    c.born = k;
    return c;
}

static void
refuse_heir(const struct direct *j, const char *what, struct slice name, struct span span)
{
    direct_refuse(j, span, j->count - 1,
                  "%s \"%.*s\" is not the one that version %.*s has", what,
                  SLICE_ARG(name), SLICE_ARG(j->versions[0]->version));
}

/* Does one of the two names belong to something else on the other side? */
static bool
passes_on(const struct table *oldest, const struct table *newest,
          const struct column *old, const struct column *new)
{
    const struct column *same = table_find_column(oldest, new->name);
    const struct column *heir = old == NULL ? NULL : table_find_column(newest, old->name);

    return (same != NULL && same != old) || (heir != NULL && heir->number != new->number);
}

static void
join_column(struct direct *j, const struct direct_table *t, struct column *out)
{
    const struct direct_column c = trace_column(j, t, out->number);
    const struct column *old = c.at[0];

    direct_check_column(j, t, &c);
    if (t->born == 0 && passes_on(t->at[0], t->at[j->count - 1], old, out))
        refuse_heir(j, "column", out->name, out->span);
    out->was = old == NULL || slice_equal(old->name, out->name) ? SLICE_NONE : old->name;
}

static bool
table_passes_on(const struct direct *j, const struct table *old, const struct table *new)
{
    const struct table *same = catalog_find_table(j->versions[0], new->schema, new->name);
    const struct table *heir =
        old == NULL ? NULL : catalog_find_table(j->out, old->schema, old->name);

    return (same != NULL && same != old) || (heir != NULL && heir != new);
}

/* Constraints are told by what they say where their names are not the same. */
static void
join_table(struct direct *j, struct table *out)
{
    const struct direct_table t = trace_table(j, out);
    const struct table *old = t.at[0];

    direct_check_table(j, &t);
    if (table_passes_on(j, old, out))
        refuse_heir(j, "table", out->name, out->span);
    out->was = old == NULL ? SLICE_NONE
                           : was_said(&j->s->arena,
                                      &(struct relation_name){ old->schema, old->name },
                                      &(struct relation_name){ out->schema, out->name });
    VEC_EACH (i, &out->columns)
        join_column(j, &t, out->columns.items[i]);
    VEC_EACH (i, &out->constraints)
        out->constraints.items[i]->was = SLICE_NONE;
}

/* ---- what else has a name ---- */

/* The objects of one family in each version, from `born` on, and which was which. */
struct family {
    struct nameds *at;
    struct matching *steps; /* [k]: from versions[k - 1] to versions[k] */
    struct map oldest;      /* name → NULL, in versions[0] */
    size_t born;
};

static struct family
match_family(const struct direct *j, struct nameds *at, size_t born)
{
    struct arena *a = &j->s->arena;
    struct family f = { .at = at,
                        .steps = ARENA_ARRAY(a, struct matching, j->count),
                        .born = born };

    for (size_t k = born + 1; k < j->count; k++)
        match_names(a, &at[k - 1], &at[k], &f.steps[k]);
    map_init(&f.oldest, a);
    VEC_EACH (i, &at[0].all)
        map_put(&f.oldest, at[0].all.items[i].name, NULL);
    return f;
}

/* Where in the oldest version the one is that is at `position` of the newest one;
 * MATCH_NONE. */
static size_t
oldest_position(const struct direct *j, const struct family *f, size_t position)
{
    for (size_t k = j->count - 1; k > f->born && position != MATCH_NONE; k--)
        position = f->steps[k].old_of_new[position];
    return f->born == 0 ? position : MATCH_NONE;
}

/* Is a name of the oldest version that of another one by now? */
static bool
is_handed_on(const struct direct *j, const struct family *f, size_t position)
{
    struct slice name = f->at[j->count - 1].all.items[position].name;
    size_t old = oldest_position(j, f, position);

    if (old != MATCH_NONE && slice_equal(f->at[0].all.items[old].name, name))
        return false;
    return map_has(&f->oldest, name);
}

typedef void family_namer(struct arena *a, const struct catalog *c, struct nameds *out);

static struct family
name_family(const struct direct *j, family_namer *name)
{
    struct nameds *at = ARENA_ARRAY(&j->s->arena, struct nameds, j->count);

    for (size_t k = 0; k < j->count; k++)
        name(&j->s->arena, j->versions[k], &at[k]);
    return match_family(j, at, 0);
}

/* ---- enums and their values ---- */

static void
name_enums(struct arena *a, const struct catalog *c, struct nameds *out)
{
    VEC_EACH (i, &c->enums) {
        const struct enum_type *e = c->enums.items[i];

        VEC_PUSH(a, &out->all,
                 ((struct named){ catalog_key(a, e->schema, e->name),
                                  was_key(a, e->schema, e->was) }));
    }
}

static void
name_values(struct arena *a, const struct enum_type *e, struct nameds *out)
{
    VEC_EACH (i, &e->values)
        VEC_PUSH(a, &out->all,
                 ((struct named){ e->values.items[i].label, e->values.items[i].was }));
}

/* Of the enum at `position` of the newest version. */
static struct family
family_of_values(const struct direct *j, const struct family *enums, size_t position)
{
    struct nameds *at = ARENA_ARRAY(&j->s->arena, struct nameds, j->count);
    size_t k = j->count - 1;

    for (;; k--) {
        name_values(&j->s->arena, j->versions[k]->enums.items[position], &at[k]);
        if (k == 0)
            break;
        position = enums->steps[k].old_of_new[position];
        if (position == MATCH_NONE)
            break;
    }
    return match_family(j, at, k);
}

static void
join_values(const struct direct *j, const struct family *enums, size_t position)
{
    struct enum_type *out = j->out->enums.items[position];
    const struct family f = family_of_values(j, enums, position);

    VEC_EACH (i, &out->values) {
        struct enum_value *v = &out->values.items[i];
        size_t old = oldest_position(j, &f, i);

        if (is_handed_on(j, &f, i))
            refuse_heir(j, "value", v->label, v->span);
        v->was = old == MATCH_NONE ? SLICE_NONE : f.at[0].all.items[old].name;
        if (slice_equal(v->was, v->label))
            v->was = SLICE_NONE;
    }
}

static void
join_enums(const struct direct *j)
{
    const struct family f = name_family(j, name_enums);

    VEC_EACH (i, &j->out->enums) {
        struct enum_type *out = j->out->enums.items[i];
        size_t at = oldest_position(j, &f, i);
        const struct enum_type *old =
            at == MATCH_NONE ? NULL : j->versions[0]->enums.items[at];

        if (is_handed_on(j, &f, i))
            refuse_heir(j, "type", out->name, out->span);
        out->was = old == NULL
                       ? SLICE_NONE
                       : was_said(&j->s->arena,
                                  &(struct relation_name){ old->schema, old->name },
                                  &(struct relation_name){ out->schema, out->name });
        join_values(j, &f, i);
    }
}

/* ---- indexes, and what is kept as definitions ---- */

static void
name_indexes(struct arena *a, const struct catalog *c, struct nameds *out)
{
    VEC_EACH (i, &c->indexes) {
        const struct index *x = c->indexes.items[i];

        VEC_PUSH(a, &out->all,
                 ((struct named){ catalog_key(a, x->table->schema, x->name),
                                  was_key(a, x->table->schema, x->was) }));
    }
}

static void
join_indexes(const struct direct *j)
{
    const struct family f = name_family(j, name_indexes);

    VEC_EACH (i, &j->out->indexes) {
        struct index *out = j->out->indexes.items[i];
        size_t at = oldest_position(j, &f, i);

        out->was = SLICE_NONE;
        if (at != MATCH_NONE && !is_handed_on(j, &f, i)
            && !slice_equal(j->versions[0]->indexes.items[at]->name, out->name))
            out->was = j->versions[0]->indexes.items[at]->name;
    }
}

static struct slice
definition_key(struct arena *a, const struct definition *d, struct relation_name name)
{
    return slice_format(a, "%.*s\1%.*s\1%.*s\1%.*s\1%.*s", SLICE_ARG(d->kind),
                        SLICE_ARG(name.schema), SLICE_ARG(d->table), SLICE_ARG(name.name),
                        SLICE_ARG(d->signature));
}

static void
name_definitions(struct arena *a, const struct catalog *c, struct nameds *out)
{
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];
        struct relation_name now = { d->schema, d->name };
        struct slice was = slice_is_none(d->was)
                               ? SLICE_NONE
                               : definition_key(a, d, was_name(d->schema, d->was));

        VEC_PUSH(a, &out->all, ((struct named){ definition_key(a, d, now), was }));
    }
}

/* Do rows hold its values, or does it count? */
static bool
holds_state(const struct definition *d)
{
    return d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
           || d->detail == DETAIL_RANGE || d->detail == DETAIL_SEQUENCE;
}

static void
join_definitions(const struct direct *j)
{
    const struct family f = name_family(j, name_definitions);

    VEC_EACH (i, &j->out->definitions) {
        struct definition *out = j->out->definitions.items[i];
        size_t at = oldest_position(j, &f, i);
        const struct definition *old =
            at == MATCH_NONE ? NULL : j->versions[0]->definitions.items[at];

        if (holds_state(out) && is_handed_on(j, &f, i))
            refuse_heir(j, slice_z(&j->s->arena, out->kind), out->name, out->span);
        out->was = old == NULL || is_handed_on(j, &f, i)
                       ? SLICE_NONE
                       : was_said(&j->s->arena,
                                  &(struct relation_name){ old->schema, old->name },
                                  &(struct relation_name){ out->schema, out->name });
    }
}

/* ---- the way ---- */

const struct catalog *
diff_join(struct session *s, struct slice dialect, const struct catalog *const *versions,
          size_t count)
{
    struct direct j = { .s = s,
                        .dialect = dialect,
                        .versions = versions,
                        .count = count,
                        .out = catalog_copy(&s->arena, versions[count - 1]) };
    size_t errors = s->diags.error_count;

    compare_neighbours(&j);
    direct_check_versions(&j);
    VEC_EACH (i, &j.out->tables)
        join_table(&j, j.out->tables.items[i]);
    join_enums(&j);
    join_indexes(&j);
    join_definitions(&j);
    return s->diags.error_count == errors ? j.out : NULL;
}
