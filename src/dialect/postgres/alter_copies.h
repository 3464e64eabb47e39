/*
 * What the files that copy columns share (alter_online_beside.c, alter_online_swap.c).
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_ALTER_COPIES_H
#define SCHEMAC_DIALECT_POSTGRES_ALTER_COPIES_H

#include "dialect/postgres/alter.h"

/* The new side of what is over an old table; NULL: a change drops it. */
const struct constraint *copies_constraint_then(const struct alter *a,
                                                const struct table *old,
                                                const struct table *new,
                                                const struct constraint *k);
const struct index *copies_index_then(const struct alter *a, const struct table_copy *t,
                                      const struct index *x);
/* NULL: nothing of the old table is copied. */
const struct table_copy *copies_of(const struct alter *a, struct slice schema,
                                   struct slice table);
/* The same over the copies, NOT VALID and by that name.  `t` NULL: the table has none,
 * but may refer to some. */
struct constraint copies_constraint(struct alter *a, const struct table_copy *t,
                                    const struct constraint *k, struct slice name);
void copies_keys(struct alter *a, const struct table_copy *t,
                 const struct index_keys *keys, struct index_keys *out);
void copies_names(struct alter *a, const struct table_copy *t, const struct slices *names,
                  struct slices *out);
const struct expr *copies_expr(struct alter *a, const struct table_copy *t,
                               const struct expr *e);
/* "verb the copy of t.c" */
struct action *copies_action(struct alter *a, enum phase phase, size_t order,
                             const struct table_copy *t, const char *verb);
struct action *copies_prepare(struct alter *a, enum prepare_order order,
                              const struct table_copy *t, const char *verb);
struct action *copies_validate(struct alter *a, enum prepare_order order,
                               const struct table_copy *t, const struct table *table,
                               struct slice name);
/* The step that adds the columns and the trigger; NOT VALID constraints go there, too. */
struct action *copies_begin(struct alter *a, const struct table_copy *t);
void copies_fill(struct alter *a, const struct table_copy *t);
/* By the names that hold in PHASE_PREPARE, or by those behind the renames. */
struct slice copies_make_routine(struct alter *a, const struct table_copy *t,
                                 bool by_then);
struct slice copies_routine_name(struct alter *a, const struct table_copy *t);
/* NOT NULL before and behind it: the copy has it from the first moment on. */
bool copies_stay_not_null(const struct column_copy *copy);
struct slice copies_not_null_check(struct alter *a, const struct table_copy *t,
                                   const struct column_copy *copy);

#endif
