/*
 * What the files that park share: alter_keep_side.c has it, alter_keep.c decides and has
 * the way back, alter_online_keep.c fills side tables while others write.
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_ALTER_KEEP_H
#define SCHEMAC_DIALECT_POSTGRES_ALTER_KEEP_H

#include "dialect/postgres/alter.h"

struct slice side_string(struct alter *a, struct slice text); /* 'text' */
struct slice side_full_name(struct alter *a, const struct keep_side *side);
bool side_keeps_as_text(const struct type *t);
/* A column as the side table keeps it: "t.c" or "t.c::text". */
struct slice side_value(struct alter *a, struct slice table, const struct column *c,
                        struct slice name);
/* The table by its last name, to be named in an expression; and in a statement. */
struct slice side_table(struct alter *a, const struct keep_side *side);
struct slice side_qualified_table(struct alter *a, const struct keep_side *side);
/* A column of it by its name once renames are done. */
struct slice side_column(const struct alter *a, const struct keep_side *side,
                         const struct column *c);
/* "schemac_k.a = t.a AND schemac_k.b = t.b"; `is_before`: by the names that hold before
 * the way back. */
struct slice side_same_key(struct alter *a, const struct keep_side *side,
                           struct slice table, bool is_before);

struct action *side_action(struct alter *a, enum phase phase, size_t order,
                           const struct keep_side *side, struct slice title);
struct slice side_create(struct alter *a, const struct keep_side *side);
void side_require_none(struct alter *a, const struct keep_side *side, struct action *to);
/* The row of the registry, with how many rows the table of that name has; none: it is
 * not complete, and side_count_later is due. */
void side_register(struct alter *a, const struct keep_side *side, struct action *to,
                   struct slice counted);
/* Of a table that goes: numbers go on where they were, also behind rows that are gone. */
void side_keep_counter(struct alter *a, const struct keep_side *side, struct action *to);
void side_begin_retention(struct alter *a, const struct keep_side *side,
                          struct action *to);
void side_count_later(struct alter *a, const struct keep_side *side);

/* alter_keep_move.c: does the table that goes become its side table?  Else why not. */
bool side_is_moved(const struct alter *a, const struct keep_side *side,
                   const char **why_not);
/* `to` would drop it. */
void side_move(struct alter *a, const struct keep_side *side, struct action *to);

/* alter_online_keep.c; false: the plain way is as good, or `why_not` says why it has to
 * be. */
bool online_park(struct alter *a, const struct keep_side *side, const char **why_not);

#endif
