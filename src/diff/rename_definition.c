/*
 * A definition of the old side, in the names of the new side: what is left to compare is
 * what it does.
 */
#include <string.h>

#include "diff/differ.h"
#include "expr/sqlw.h"

static const struct domain *
rename_domain(const struct differ *d, const struct domain *from)
{
    struct arena *a = &d->s->arena;
    struct domain *m = arena_copy(a, from, sizeof *m);

    memset(&m->checks, 0, sizeof m->checks);
    differ_rename_type(d, &from->base, &m->base);
    m->default_value = differ_rename_expr(d, NULL, from->default_value);
    VEC_EACH (i, &from->checks) {
        struct domain_check c = from->checks.items[i];

        c.check = differ_rename_expr(d, NULL, c.check);
        VEC_PUSH(a, &m->checks, c);
    }
    return m;
}

static const struct composite *
rename_composite(const struct differ *d, const struct composite *from)
{
    struct composite *c = ARENA_NEW(&d->s->arena, struct composite);

    VEC_EACH (i, &from->attributes) {
        struct attribute x = from->attributes.items[i];

        differ_rename_type(d, &from->attributes.items[i].type, &x.type);
        VEC_PUSH(&d->s->arena, &c->attributes, x);
    }
    return c;
}

static const struct range *
rename_range(const struct differ *d, const struct range *from)
{
    struct range *r = arena_copy(&d->s->arena, from, sizeof *r);

    differ_rename_type(d, &from->subtype, &r->subtype);
    return r;
}

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

static void
rename_detail(const struct differ *d, struct definition *out)
{
    switch (out->detail) {
    case DETAIL_DOMAIN:
        out->u.domain = rename_domain(d, out->u.domain);
        break;
    case DETAIL_COMPOSITE:
        out->u.composite = rename_composite(d, out->u.composite);
        break;
    case DETAIL_RANGE:
        out->u.range = rename_range(d, out->u.range);
        break;
    case DETAIL_SEQUENCE:
        out->u.sequence = rename_sequence(d, out->u.sequence);
        break;
    case DETAIL_GRANT:
        out->u.grant = rename_grant(d, out);
        break;
    case DETAIL_STATISTICS:
        out->u.statistics = rename_statistics(d, out->u.statistics);
        break;
    case DETAIL_NONE:
    case DETAIL_EXTENSION:
    case DETAIL_SCHEMA:
    case DETAIL_ROUTINE:
    case DETAIL_TRIGGER:
    case DETAIL_RULE:
    case DETAIL_POLICY:
    case DETAIL_VIRTUAL_TABLE:
    case DETAIL_COMMENT:
    case DETAIL_ROLE:
        break;
    }
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
