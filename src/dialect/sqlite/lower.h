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
void lite_note_comments(struct lite_lowering *l);
/* True after noting that it is left out. */
bool lite_is_needless(struct lite_lowering *l, const struct definition *r);

#endif
