/*
 * Definitions in PostgreSQL's terms: expressions as PostgreSQL spells them, and names
 * that nobody wrote as the server would give them.
 */
#include <string.h>

#include "dialect/postgres/postgres.h"

static const struct domain *
lower_domain(struct lower_scope *scope, const struct domain *from)
{
    struct arena *a = &scope->s->arena;
    struct domain *m = arena_copy(a, from, sizeof *m);

    memset(&m->checks, 0, sizeof m->checks);
    m->base = postgres_lower_type(&from->base);
    m->default_value = postgres_lower_expr(scope, from->default_value);
    VEC_EACH (i, &from->checks) {
        struct domain_check c = from->checks.items[i];

        c.check = postgres_lower_expr(scope, c.check);
        c.name_is_derived = false;
        VEC_PUSH(a, &m->checks, c);
    }
    return m;
}

static const struct composite *
lower_composite(struct arena *a, const struct composite *from)
{
    struct composite *m = ARENA_NEW(a, struct composite);

    VEC_EACH (i, &from->attributes) {
        struct attribute attribute = from->attributes.items[i];

        attribute.type = postgres_lower_type(&attribute.type);
        VEC_PUSH(a, &m->attributes, attribute);
    }
    return m;
}

static const struct statistics *
lower_statistics(struct lower_scope *scope, const struct statistics *from)
{
    struct arena *a = &scope->s->arena;
    struct statistics *s = arena_copy(a, from, sizeof *s);

    memset(&s->keys, 0, sizeof s->keys);
    VEC_EACH (i, &from->keys)
        VEC_PUSH(a, &s->keys, postgres_lower_expr(scope, from->keys.items[i]));
    return s;
}

bool
postgres_lower_definition(struct session *s, const struct map *routines,
                          const struct definition *from, struct definition **out)
{
    struct lower_scope scope = { .s = s, .routines = routines };
    struct definition *d = arena_copy(&s->arena, from, sizeof *from);

    if (d->detail == DETAIL_DOMAIN)
        d->u.domain = lower_domain(&scope, d->u.domain);
    else if (d->detail == DETAIL_COMPOSITE)
        d->u.composite = lower_composite(&s->arena, d->u.composite);
    else if (d->detail == DETAIL_STATISTICS)
        d->u.statistics = lower_statistics(&scope, d->u.statistics);
    definition_spell(&s->arena, d, &postgres_style);
    *out = d;
    return !scope.failed;
}
