/*
 * Rules about queries whose parts are bound: what an engine refuses though every name is
 * there.  Only neutral catalogs are asked; a query in one engine's own terms was taken by
 * that engine.
 */
#ifndef SCHEMAC_RESOLVE_QUERYCHECK_H
#define SCHEMAC_RESOLVE_QUERYCHECK_H

#include "resolve/places.h"

/* Is it asked for at all? */
bool query_is_checked(const struct binder *b);

/* WHERE, GROUP BY, HAVING, ORDER BY and DISTINCT of a bound QUERY_SELECT. */
void select_check(struct binder *b, const struct scope *scope, const struct expr *select);
/* The condition of a join. */
void join_check(struct binder *b, const struct scope *scope, const struct expr *on);
/* The last item of the scope is called as no other one is. */
void alias_check(struct binder *b, const struct scope *scope, struct span span);
/* Names of WITH differ, and what reads itself is a UNION. */
void with_check(struct binder *b, const struct expr *list, bool recursive);
/* (new.*) has as many values as the table has columns. */
bool row_is_of_unknown_length(const struct expr *row);
/* Rows of one length. */
void values_check(struct binder *b, const struct expr *values);
/* `wanted` columns on one side, `given` on the other. */
void column_counts_check(struct binder *b, const struct expr *at, size_t wanted,
                         size_t given);
/* Names of columns behind an alias: no more than there are. */
void names_count_check(struct binder *b, const struct expr *list, size_t given);
/* A query that stands for a value, in targets and behind IN, gives one column. */
void value_query_check(struct binder *b, const struct expr *e);
/* group.c */
void group_check(struct binder *b, const struct scope *scope, const struct expr *select);

/* The item of the scope itself that a bound column belongs to; NULL: of a query around
   it, or merged. */
const struct from_item *scope_column_item(const struct scope *scope,
                                          const struct expr *column);
/* The expression that a number or an alias in ORDER BY or GROUP BY stands for. */
const struct expr *select_meant(const struct expr *select, const struct expr *e);
/* The same but for what says which table a column is of. */
bool expr_same_unqualified(struct arena *a, const struct expr *x, const struct expr *y);

#endif
