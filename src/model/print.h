/*
 * The canonical text of a catalog: declarations in PostgreSQL's spelling with annotations
 * for what SQL cannot say, objects sorted (types, tables by name, indexes by table and
 * name, views by dependency, definitions), every constraint at table level and named
 * where the writer named it.  Parsing it gives an equal catalog.  The fingerprint is the
 * SHA-256 of it without what does not change a database: comments of ours, @was, @from,
 * @back, @c,
 * @lint, @map and the sections.
 */
#ifndef SCHEMAC_MODEL_PRINT_H
#define SCHEMAC_MODEL_PRINT_H

#include "model/catalog.h"

void catalog_print(struct session *s, const struct catalog *c, struct text *out);

/* The part of it that the fingerprint is made of, and that explains why two differ. */
void catalog_print_structure(struct session *s, const struct catalog *c,
                             struct text *out);

/* The canonical statement that makes the index, without its comment and settings. */
struct slice index_canonical(struct arena *a, const struct index *x);

#define FINGERPRINT_HEX_LEN 64
struct slice catalog_fingerprint(struct session *s,
                                 const struct catalog *c); /* lower-case hex */

#endif
