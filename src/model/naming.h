/*
 * The names that PostgreSQL gives to what was not named (src/backend:
 * ChooseConstraintName, makeObjectName): table_column_suffix cut to 63 bytes, table and
 * columns shortened in turn, with a number behind where the name is taken.  `taken` holds
 * the names used so far and gets the new one.
 */
#ifndef SCHEMAC_MODEL_NAMING_H
#define SCHEMAC_MODEL_NAMING_H

#include "model/catalog.h"

#define IDENTIFIER_BYTES_MAX 63 /* NAMEDATALEN - 1 */

/* What makes room for another of its name during a migration: with this before it. */
#define NAME_SET_ASIDE "schemac_old_"

/* The first bytes of a name, where no letter is cut in two. */
struct slice naming_clip(struct slice name, size_t bytes_max);

/*
 * suffix: pkey key fkey check excl idx seq.  `columns` may be NULL: a check takes the
 * column that it reads, if it reads exactly one; pkey never has columns in its name; key,
 * excl and idx take what naming_index_columns gives.
 */
struct slice naming_derive(struct session *s, struct map *taken, struct slice table,
                           const struct slices *columns, const char *suffix);

/* "vehicles_id_seq": what the server calls the sequence of a column that counts. */
struct slice naming_sequence(struct session *s, const struct table *t,
                             const struct column *c);
/* The type of several ranges: floatrange → floatmultirange, span → span_multirange. */
struct slice naming_multirange(struct arena *a, struct slice range);
/* nextval('vehicles_id_seq'): the default of another column that counts by it. */
const struct expr *naming_nextval(struct session *s, const struct table *t,
                                  const struct column *c);

/*
 * What the keys of an index and its INCLUDE columns are called in the name of the index:
 * an expression by its function, or "expr"; the second of two alike gets a number.
 * `include` may be NULL.
 */
void naming_index_columns(struct session *s, const struct index_keys *keys,
                          const struct slices *include, struct slices *out);

#endif
