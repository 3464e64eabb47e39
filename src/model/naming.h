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

/* suffix: pkey key fkey check excl idx seq */
struct slice naming_derive(struct session *s, struct map *taken, struct slice table,
                           const struct slices *columns, const char *suffix);

#endif
