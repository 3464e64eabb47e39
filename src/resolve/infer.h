/*
 * The types of bound expressions, as far as they can be known.
 */
#ifndef SCHEMAC_RESOLVE_INFER_H
#define SCHEMAC_RESOLVE_INFER_H

#include "resolve/scope.h"

/* infer_call.c */
const struct type *infer_call(struct arena *a, const struct expr *call);
const struct type *infer_at_time_zone(const struct type *t);

/* infer.c: one type that all have (NULLs aside), or the widest of numbers; NULL. */
const struct type *infer_common(const struct expr *const *values, size_t count);
const struct type *infer_wider(const struct type *a, const struct type *b);
const struct type *infer_element(struct arena *a, const struct type *array);
const struct type *infer_array(struct arena *a, const struct type *element);

#endif
