/*
 * What alter_move.c, which moves the rows of a table that is made anew, shares with
 * alter_move_ask.c, which asks beforehand.
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_ALTER_MOVE_H
#define SCHEMAC_DIALECT_POSTGRES_ALTER_MOVE_H

#include "dialect/postgres/alter.h"

/* Where the values of a new column are: of the table that is set aside; NULL: it has none
 * that is moved. */
const struct column *move_column_there(const struct table *aside,
                                       const struct column *now);
/* Do they get another type on the way? */
bool move_converts(const struct column *there, const struct column *now);
/* What the move does to that column, as a change of its type. */
struct change move_column_change(const struct change *c, const struct column *now);

/* alter_move_ask.c: does the new table take all rows?  And what is lost. */
void move_require(struct alter *a, struct action *to, const struct change *c,
                  const struct table *aside);

#endif
