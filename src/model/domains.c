#include "model/domains.h"

void
domain_types_init(struct domain_types *s, struct arena *a)
{
    s->a = a;
    map_init(&s->domains, a);
}

void
domain_types_add(struct domain_types *s, const struct catalog *c)
{
    VEC_EACH (i, &c->definitions) {
        const struct definition *d = c->definitions.items[i];
        struct slice key;

        if (d->detail != DETAIL_DOMAIN)
            continue;
        key = catalog_key(s->a, d->schema, d->name);
        if (!map_has(&s->domains, key))
            map_put(&s->domains, key, (void *)(uintptr_t)d->u.domain);
    }
}

const struct domain *
domain_types_get(const struct domain_types *s, const struct type *t)
{
    if (s->domains.count == 0 || t->kind != TYPE_NAMED || t->dimensions > 0)
        return NULL;
    return map_get(&s->domains, catalog_key(s->a, t->schema, t->name));
}

const struct type *
domain_types_find(const struct domain_types *s, const struct type *t)
{
    /* in no circle: types_refuse_cycles */
    for (const struct domain *d; (d = domain_types_get(s, t)) != NULL; t = &d->base)
        continue;
    return t;
}
