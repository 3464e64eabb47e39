/*
 * Enums on the direct way: which type and value each one was in the oldest version, and
 * what @map, of one version after the other, makes of the values that are gone.
 */
#include "diff/direct.h"

#include <string.h>

/* What a value of the oldest version has become, from version to version. */
struct value_way {
    size_t at;   /* its position in the version that is reached; MATCH_NONE: gone */
    bool mapped; /* it is another one there */
};

/* The enum in each version; false: it is newer than the oldest. */
static bool
trace_enum(const struct direct *j, size_t position, const struct enum_type **at)
{
    for (size_t k = j->count - 1; k > 0; k--) {
        at[k] = j->versions[k]->enums.items[position];
        position = j->steps[k].enums.old_of_new[position];
        if (position == MATCH_NONE)
            return false;
    }
    at[0] = j->versions[0]->enums.items[position];
    return true;
}

/* Where @map leads; MATCH_NONE: nowhere, and rows with that value are refused. */
static size_t
mapped_position(const struct enum_type *e, struct slice label)
{
    struct slice to = SLICE_NONE;

    VEC_EACH (i, &e->maps)
        if (slice_equal(e->maps.items[i].from, label))
            to = e->maps.items[i].to;
    VEC_EACH (i, &e->values)
        if (slice_equal(e->values.items[i].label, to))
            return i;
    return MATCH_NONE;
}

static void
go_on(struct arena *a, const struct enum_type *old, const struct enum_type *new,
      struct value_way *ways, size_t count)
{
    struct matching m;

    match_values(a, old, new, &m);
    for (size_t i = 0; i < count; i++) {
        struct value_way *w = &ways[i];
        size_t at = w->at == MATCH_NONE ? MATCH_NONE : m.new_of_old[w->at];

        if (w->at != MATCH_NONE && at == MATCH_NONE) {
            at = mapped_position(new, old->values.items[w->at].label);
            w->mapped = true;
        }
        w->at = at;
    }
}

/* One plan knows a value that comes back only as the one that was there. */
static void
refuse_values_that_pass_on(const struct direct *j, const struct enum_type *old,
                           const struct enum_type *out)
{
    struct map labels;

    map_init(&labels, &j->s->arena);
    VEC_EACH (i, &old->values)
        map_put(&labels, old->values.items[i].label, NULL);
    VEC_EACH (i, &out->values) {
        const struct enum_value *v = &out->values.items[i];

        if (!slice_equal(v->was, v->label) && map_has(&labels, v->label))
            direct_refuse_heir(j, "value", v->label, v->span);
    }
}

static void
join_values(const struct direct *j, const struct enum_type **at, struct enum_type *out)
{
    struct arena *a = &j->s->arena;
    const struct enum_type *old = at[0];
    struct value_way *ways = ARENA_ARRAY(a, struct value_way, old->values.count);

    VEC_EACH (i, &old->values)
        ways[i].at = i;
    for (size_t k = 1; k < j->count; k++)
        go_on(a, at[k - 1], at[k], ways, old->values.count);
    memset(&out->maps, 0, sizeof out->maps);
    VEC_EACH (i, &out->values)
        out->values.items[i].was = SLICE_NONE;
    VEC_EACH (i, &old->values) {
        struct slice label = old->values.items[i].label;

        if (ways[i].at == MATCH_NONE)
            continue;
        if (ways[i].mapped)
            VEC_PUSH(a, &out->maps,
                     ((struct value_map){ label, out->values.items[ways[i].at].label }));
        else
            out->values.items[ways[i].at].was = label;
    }
    refuse_values_that_pass_on(j, old, out);
}

void
direct_join_enum(const struct direct *j, size_t position)
{
    const struct enum_type **at =
        ARENA_ARRAY(&j->s->arena, const struct enum_type *, j->count);
    struct enum_type *out = j->out->enums.items[position];
    const struct enum_type *old = trace_enum(j, position, at) ? at[0] : NULL;
    const struct enum_type *same =
        catalog_find_enum(j->versions[0], out->schema, out->name);

    if (same != NULL && same != old)
        direct_refuse_heir(j, "type", out->name, out->span);
    out->was = SLICE_NONE;
    if (old != NULL) {
        out->was = direct_was(j, old->schema, old->name, out->schema, out->name);
        join_values(j, at, out);
    }
    VEC_EACH (i, &out->values) {
        struct enum_value *v = &out->values.items[i];

        if (old == NULL || slice_equal(v->was, v->label))
            v->was = SLICE_NONE; /* as before, or new */
    }
}
