/*
 * What the files that lower expressions share.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_LOWER_EXPR_H
#define SCHEMAC_DIALECT_SQLITE_LOWER_EXPR_H

#include "dialect/sqlite/lite.h"

/* ---- lower_expr.c ---- */

/* No value for no expression. */
struct lite_value lite_lower_child(struct lite_scope *scope, const struct expr *e);
/* All arguments lowered; scaled ones are refused. */
struct lite_value lite_lower_plain(struct lite_scope *scope, const struct expr *e);
/* A copy of the node around other arguments. */
const struct expr *lite_with_args(struct lite_scope *scope, const struct expr *e,
                                  const struct lite_value *values);

/* ---- lower_operator.c ---- */

struct lite_value lite_lower_comparison(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_binary(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_unary(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_is(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_between(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_in(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_quantified(struct lite_scope *scope, const struct expr *e);

/* ---- lower_decimal.c: of a value with a scale above 0 ---- */

/* With so many digits behind the point, rounded where there were more. */
struct lite_value lite_rounded(struct lite_scope *scope, const struct lite_value *v,
                               int digits);
/* round(), trunc(), floor(), ceil(); false: it is none of them, or not of a decimal. */
bool lite_drop_digits(struct lite_scope *scope, const struct expr *call,
                      const struct lite_value *args, size_t count,
                      struct lite_value *out);
/* To a type of a storage class (lower_cast.c); false: there is no such cast. */
bool lite_cast_decimal(struct lite_scope *scope, const struct expr *cast,
                       const struct lite_value *v, enum type_kind class,
                       struct lite_value *out);

/* ---- lower_scale.c ---- */

struct lite_value lite_scaled_value(const struct expr *e, const struct type *type,
                                    int scale);
bool lite_is_whole(const struct lite_value *v);
/* Digits of numeric that no integer holds. */
bool lite_is_decimal_text(const struct lite_scope *scope, const struct type *t);
/*
 * The value at another scale.  Needs: scale is at least the value's own.  A value that
 * has no scale must be a constant, a whole number, or made of such.
 */
const struct expr *lite_rescaled(struct lite_scope *scope, const struct lite_value *v,
                                 int scale);
int lite_largest_scale(const struct lite_value *values, size_t count);
/* The first type that says how a constant beside it must be spelt; NULL. */
const struct type *lite_first_type(const struct lite_value *values, size_t count);
/* Of a query that gives one column. */
int lite_query_scale(const struct lite_value *v);

#endif
