/*
 * What @was says: the name that an object had in the version before, or "schema.name"
 * where it was in another schema.  The default schema is called "public" there: none is
 * the schema that the object is in now.
 *
 *     CREATE TABLE sales.orders   -- @was purchases          sales.purchases
 *                                 -- @was public.purchases   purchases
 */
#ifndef SCHEMAC_MODEL_WAS_H
#define SCHEMAC_MODEL_WAS_H

#include "model/catalog.h"

/* Of what is called so now and was called so before; none: it has kept its name. */
struct slice was_said(struct arena *a, const struct relation_name *old,
                      const struct relation_name *now);
/* Was it in another schema? */
bool was_is_moved(struct slice was);
/* Where an object that is in `schema` now was, and what it was called. */
struct relation_name was_name(struct slice schema, struct slice was);
/* The same as a catalog_key; none: nothing is said. */
struct slice was_key(struct arena *a, struct slice schema, struct slice was);

/* What a table of the newer version is in `older`, and a column in the older form of its
 * table: that of its own name, which makes a rename idempotent, else the one that it was.
 * NULL: neither is there. */
const struct table *was_table(const struct catalog *older, const struct table *t);
const struct column *was_column(const struct table *older, const struct column *c);

#endif
