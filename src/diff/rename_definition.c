/*
 * A definition of the old side, in the names of the new side: what is left to compare is
 * what it does.
 */
#include <string.h>

#include "diff/differ.h"
#include "expr/sqlw.h"

static const struct sequence *
rename_sequence(const struct differ *d, const struct sequence *from)
{
    struct sequence *s = arena_copy(&d->s->arena, from, sizeof *s);
    const struct table_pair *p =
        slice_is_none(from->owner_table)
            ? NULL
            : pair_of_old_table(d, from->owner_schema, from->owner_table);

    if (p == NULL)
        return s;
    s->owner_schema = p->new->schema;
    s->owner_table = p->new->name;
    s->owner_column = differ_rename_column(p, from->owner_column);
    return s;
}

static const struct grant *
rename_grant(const struct differ *d, const struct definition *old)
{
    struct grant *g = arena_copy(&d->s->arena, old->u.grant, sizeof *g);
    const struct table_pair *p =
        slice_is_none(old->table) ? NULL : pair_of_old_table(d, old->schema, old->table);

    if (p == NULL)
        return g;
    memset(&g->granted, 0, sizeof g->granted);
    VEC_EACH (i, &old->u.grant->granted.all) {
        struct privilege x = old->u.grant->granted.all.items[i];
        const struct slices columns = x.columns;

        memset(&x.columns, 0, sizeof x.columns);
        VEC_EACH (k, &columns.all)
            VEC_PUSH(&d->s->arena, &x.columns.all,
                     differ_rename_column(p, columns.all.items[k]));
        VEC_PUSH(&d->s->arena, &g->granted.all, x);
    }
    return g;
}

static const struct statistics *
rename_statistics(const struct differ *d, const struct statistics *from)
{
    struct statistics *s = arena_copy(&d->s->arena, from, sizeof *s);
    const struct table_pair *p = pair_of_old_table(d, from->table_schema, from->table);

    if (p == NULL)
        return s;
    memset(&s->keys, 0, sizeof s->keys);
    VEC_EACH (i, &from->keys)
        VEC_PUSH(&d->s->arena, &s->keys, differ_rename_expr(d, p, from->keys.items[i]));
    s->table_schema = p->new->schema;
    s->table = p->new->name;
    return s;
}

/* What follows the renames of types alone is model/retype.h's. */
static void
rename_detail(const struct differ *d, struct definition *out)
{
    (void)retype_definition(&d->types, out);
    if (out->detail == DETAIL_SEQUENCE)
        out->u.sequence = rename_sequence(d, out->u.sequence);
    else if (out->detail == DETAIL_GRANT)
        out->u.grant = rename_grant(d, out);
    else if (out->detail == DETAIL_STATISTICS)
        out->u.statistics = rename_statistics(d, out->u.statistics);
}

const struct definition *
differ_rename_definition(const struct differ *d, const struct definition *old,
                         const struct definition *new)
{
    struct definition same = *new;
    struct definition *out;

    bool same_name =
        slice_equal(old->name, new->name) && same_text(old->schema, new->schema);

    if ((same_name && !d->renames) || old->detail == DETAIL_NONE
        || old->detail != new->detail)
        return old;
    out = arena_copy(&d->s->arena, old, sizeof *out);
    rename_detail(d, out);
    out->schema = new->schema;
    out->name = new->name;
    out->table = new->table;
    /* Both were written in the style of their dialect, which is not known here. */
    definition_spell(&d->s->arena, out, &sql_style_canonical);
    definition_spell(&d->s->arena, &same, &sql_style_canonical);
    if (slice_equal(out->normal, same.normal))
        out->normal = new->normal;
    return out;
}
