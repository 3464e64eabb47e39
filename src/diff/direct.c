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
    struct diag *d;
    struct slice why;
    va_list args;

    va_start(args, format);
    why = slice_vformat(&j->s->arena, format, args);
    va_end(args);
    d = diag_add(&j->s->diags, D_NO_DIRECT_WAY, span,
                 "one plan cannot go over version %.*s: %.*s",
                 SLICE_ARG(j->versions[at]->version), SLICE_ARG(why));
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
        retyping_init(&d->types, a);
        match_tables(d);
        match_definitions(d);
        diff_enums(d);
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

/* What @from and @back may not lean on, as it may be another by then. */
static void
note_what_may_change(struct direct *j)
{
    map_init(&j->definitions, &j->s->arena);
    for (size_t k = 0; k < j->count; k++)
        VEC_EACH (i, &j->versions[k]->definitions)
            map_put(&j->definitions,
                    slice_lower(&j->s->arena, j->versions[k]->definitions.items[i]->name),
                    NULL);
    for (size_t k = 1; k < j->count; k++)
        VEC_EACH (i, &j->versions[k]->tables) {
            const struct table_pair *p = &j->steps[k].pairs[i];

            if (p->old != NULL && p->new != NULL
                && !differ_keeps_parents(&j->steps[k], p))
                j->moving = p->new;
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

void
direct_refuse_heir(const struct direct *j, const char *what, struct slice name,
                   struct span span)
{
    direct_refuse(j, span, j->count - 1,
                  "%s \"%.*s\" is not the one that version %.*s has", what,
                  SLICE_ARG(name), SLICE_ARG(j->versions[0]->version));
}

struct slice
direct_was(const struct direct *j, struct slice old_schema, struct slice old,
         struct slice schema, struct slice name)
{
    return was_said(&j->s->arena, &(struct relation_name){ old_schema, old },
                    &(struct relation_name){ schema, name });
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
        direct_refuse_heir(j, "column", out->name, out->span);
    direct_join_transforms(j, t, &c, out);
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

    direct_check_computed(j, &t);
    if (table_passes_on(j, old, out))
        direct_refuse_heir(j, "table", out->name, out->span);
    out->was = old == NULL
                   ? SLICE_NONE
                   : direct_was(j, old->schema, old->name, out->schema, out->name);
    VEC_EACH (i, &out->columns)
        join_column(j, &t, out->columns.items[i]);
    direct_join_gone(j, &t, out);
    VEC_EACH (i, &out->constraints)
        out->constraints.items[i]->was = SLICE_NONE;
}

/* ---- what is kept as definitions ---- */

/* Do rows hold its values, or does it count? */
static bool
holds_state(const struct definition *d)
{
    return d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE
           || d->detail == DETAIL_RANGE || d->detail == DETAIL_SEQUENCE;
}

/* Those of the oldest version. */
static struct map
states_by_name(const struct direct *j)
{
    const struct catalog *c = j->versions[0];
    struct map out;

    map_init(&out, &j->s->arena);
    VEC_EACH (i, &c->definitions) {
        struct definition *d = c->definitions.items[i];

        if (holds_state(d))
            map_put(&out, catalog_key(&j->s->arena, d->schema, d->name), d);
    }
    return out;
}

static bool
is_owned(const struct definition *d)
{
    return d->detail == DETAIL_SEQUENCE && !slice_is_none(d->u.sequence->owner_table);
}

static void
join_definition(const struct direct *j, size_t position, const struct map *states)
{
    struct definition *out = j->out->definitions.items[position];
    const struct definition *same =
        !holds_state(out)
            ? NULL
            : map_get(states, catalog_key(&j->s->arena, out->schema, out->name));
    const struct definition *old = NULL;

    for (size_t k = j->count - 1; k > 0 && position != MATCH_NONE; k--)
        position = j->steps[k].definitions.old_of_new[position];
    if (position != MATCH_NONE)
        old = j->versions[0]->definitions.items[position];
    if (same != NULL && same != old)
        direct_refuse_heir(j, slice_z(&j->s->arena, out->kind), out->name, out->span);
    out->was = SLICE_NONE;
    if (old != NULL) /* an owned sequence is where its table is by then */
        out->was =
            direct_was(j, is_owned(old) && is_owned(out) ? out->schema : old->schema,
                       old->name, out->schema, out->name);
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
    struct map states;

    compare_neighbours(&j);
    note_what_may_change(&j);
    direct_check_versions(&j);
    VEC_EACH (i, &j.out->tables)
        join_table(&j, j.out->tables.items[i]);
    VEC_EACH (i, &j.out->enums)
        direct_join_enum(&j, i);
    VEC_EACH (i, &j.out->indexes) /* told by what they say */
        j.out->indexes.items[i]->was = SLICE_NONE;
    states = states_by_name(&j);
    VEC_EACH (i, &j.out->definitions)
        join_definition(&j, i, &states);
    return s->diags.error_count == errors ? j.out : NULL;
}
