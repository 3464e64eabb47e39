/*
 * What stands below domains: the type that is stored.
 */
#ifndef SCHEMAC_MODEL_DOMAINS_H
#define SCHEMAC_MODEL_DOMAINS_H

#include "base/map.h"
#include "model/catalog.h"

struct domain_types {
    struct arena *a;
    struct map domains; /* catalog_key → const struct domain * */
};

/* The domains of several catalogs: of two that are called alike the first one counts. */
void domain_types_init(struct domain_types *s, struct arena *a);
void domain_types_add(struct domain_types *s, const struct catalog *c);

/* NULL: it is none, nor is an array of one. */
const struct domain *domain_types_get(const struct domain_types *s, const struct type *t);
/* Itself where it is no domain, and so is an array of one. */
const struct type *domain_types_find(const struct domain_types *s, const struct type *t);

#endif
