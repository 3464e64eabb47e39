/*
 * What the files that lower the parts of a catalog share.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_LOWER_H
#define SCHEMAC_DIALECT_SQLITE_LOWER_H

#include "dialect/sqlite/lite.h"

/* ---- lower.c ---- */

/* Reports that the name is taken, or SQLite's own. */
void lite_claim_name(struct lite_lowering *l, struct map *names, struct slice name,
                     struct span span);
/* The expressions of a neutral table; NULL: of a view or a row. */
struct lite_scope lite_scope_of(const struct lite_lowering *l,
                                const struct table *neutral);
struct span lite_span_or(struct span span, struct span other);
void lite_report_note(struct lite_lowering *l, const struct lite_scope *scope,
                      struct span span, struct slice what);
void lite_report_left_out(struct lite_lowering *l, const struct lite_scope *scope,
                          struct span span, struct slice what);
/* The expression of an object that goes without it, or goes itself; NULL after reporting.
 */
const struct expr *lite_lower_or_leave(struct lite_lowering *l, struct lite_scope *scope,
                                       const struct expr *e, const struct type *target,
                                       struct span span, struct slice what);

/* ---- lower_column.c ---- */

/* column "t.c", as messages call it. */
struct slice lite_column_title(struct lite_lowering *l, const struct table *t,
                               const struct column *c);
/* A unique column that counts becomes the primary key of a table without one. */
void lite_make_counter_key(struct lite_lowering *l, struct table *t);
void lite_lower_column(struct lite_lowering *l, const struct table *neutral,
                       struct table *t, struct column *c);

/* ---- lower_table.c ---- */

void lite_lower_table(struct lite_lowering *l, const struct table *neutral);
/* Names no column that @only keeps for another dialect. */
bool lite_keys_are_there(const struct table *t, const struct index_keys *keys);
bool lite_expr_is_there(const struct table *neutral, const struct table *t,
                        const struct expr *e);
/* The lowered table; NULL: it is left out. */
const struct table *lite_our_table(const struct lite_lowering *l,
                                   const struct table *neutral);

/* ---- lower_view.c ---- */

void lite_lower_views(struct lite_lowering *l);

/* ---- lower_keys.c ---- */

/* Drops those that do not stay, and makes the indexes that some become. */
void lite_lower_constraints(struct lite_lowering *l, const struct table *neutral,
                            struct table *t);
void lite_lower_index(struct lite_lowering *l, const struct index *from);

/* ---- lower_trigger.c ---- */

/* new.c */
const struct expr *lite_row_column(struct arena *a, const char *row, struct slice column);
/* The same about new or old, for an expression over the columns of t; NULL for NULL. */
const struct expr *lite_over_row(struct arena *a, const struct table *t,
                                 const struct expr *e, const char *row);
/* AND, where either may be NULL: nothing is asked. */
const struct expr *lite_both(struct arena *a, const struct expr *one,
                             const struct expr *other);
/* id = new.id over the primary key, or the rowid where there is none. */
const struct expr *lite_key_row(struct arena *a, const struct table *t);
/* The same by the rowid where there is one: it stays when a trigger writes the key. */
const struct expr *lite_own_row(struct arena *a, const struct table *t);
/* False: no key, and columns have all names of the rowid. */
bool lite_row_is_known(const struct table *t);
/* Every row but the one that was written. */
const struct expr *lite_other_rows(struct arena *a, const struct table *t);
const struct expr *lite_assign(struct arena *a, struct slice column,
                               const struct expr *value);
/* Several columns: a LIST of what lite_assign gives. */
const struct expr *lite_update_all(struct arena *a, struct slice table,
                                   const struct expr *assigns, const struct expr *where);
/* UPDATE table SET column = value WHERE where; where may be NULL. */
const struct expr *lite_update(struct arena *a, struct slice table, struct slice column,
                               const struct expr *value, const struct expr *where);
/* SELECT what FROM from WHERE where; from may be none, where NULL. */
const struct expr *lite_select(struct arena *a, const struct expr *what,
                               struct slice from, const struct expr *where);
const struct expr *lite_subquery(struct arena *a, const struct expr *query);
/* INSERT INTO table (column) query */
const struct expr *lite_insert_query(struct arena *a, struct slice table,
                                     struct slice column, const struct expr *query);
/* SELECT raise(ABORT, 'why') FROM from WHERE where */
const struct expr *lite_raise(struct arena *a, struct slice why, struct slice from,
                              const struct expr *where);
struct trigger *lite_new_trigger(struct arena *a, enum trigger_timing timing,
                                 enum trigger_event event);
void lite_add_trigger(struct lite_lowering *l, struct slice table, struct slice name,
                      struct span span, const struct trigger *trigger);

/* ---- lower_count.c: what counts up beside the INTEGER PRIMARY KEY ---- */

void lite_find_sequences(struct lite_lowering *l);
/* Nobody's CHECK is about a number that is still to come.  Needs: all columns lowered. */
void lite_open_checks(struct lite_lowering *l, struct table *t);
/* False: it cannot count.  Else the column is counted by a trigger, or by the engine. */
bool lite_lower_counter(struct lite_lowering *l, const struct table *neutral,
                        struct table *t, struct column *c);
/* No counter of the row is still to be set; NULL: the table has none. */
const struct expr *lite_row_is_counted(const struct lite_lowering *l,
                                       const struct table *t);
void lite_lower_counters(struct lite_lowering *l);
/* Reports initial rows without a number that only a trigger would give. */
void lite_check_counters_given(struct lite_lowering *l, const struct table *t,
                               const struct initial_rows *rows);
/* True after reporting: counters take its place, in part or whole. */
bool lite_is_counter(struct lite_lowering *l, const struct definition *r);

/* ---- lower_quotient.c ---- */

/* The check, and that nothing is divided by 0; *all: no division is left that may be. */
const struct expr *lite_refuse_zero(struct arena *a, const struct table *neutral,
                                    const struct expr *check, bool *all);

/* ---- lower_guard.c: constraints that triggers keep ---- */

/* EXCLUDE over more than equal values; false after saying why it is left out. */
bool lite_guard_overlap(struct lite_lowering *l, const struct table *neutral,
                        const struct table *t, const struct constraint *k);
/* A CHECK, in SQLite's terms, that reads the clock. */
void lite_guard_check(struct lite_lowering *l, const struct table *t,
                      const struct constraint *k, const struct expr *check);
/* ON DELETE SET NULL (c), SET DEFAULT (c) of a key that is lowered already. */
void lite_guard_set_columns(struct lite_lowering *l, const struct table *t,
                            const struct constraint *k);
/* Makes the triggers; needs all tables lowered. */
void lite_lower_guards(struct lite_lowering *l);

/* inline.c: columns of a domain get its base type and its checks. */
const struct catalog *lite_inline_domains(struct session *s, const struct catalog *c);

/* lower_lost.c: notes on what is left out. */
void lite_note_options(struct lite_lowering *l, struct span span, struct slice what,
                       struct slice options);
void lite_warn_tablespace(struct lite_lowering *l, struct span span,
                          struct slice tablespace);
void lite_note_storage(struct lite_lowering *l, const struct table *t);
void lite_note_key_extras(struct lite_lowering *l, const struct index_key *k,
                          struct span span, struct slice what);
/* True after noting that it is left out. */
bool lite_is_needless(struct lite_lowering *l, const struct definition *r);

#endif
