/*
 * The types of bound expressions, as far as they can be known.
 */
#ifndef SCHEMAC_RESOLVE_INFER_H
#define SCHEMAC_RESOLVE_INFER_H

#include "resolve/scope.h"

enum function_kind {
    FUNCTION_UNKNOWN, /* nothing is certain of it */
    FUNCTION_SCALAR,
    FUNCTION_AGGREGATE,
    FUNCTION_WINDOW,
    FUNCTION_SET, /* it returns rows */
};

struct function_facts {
    enum function_kind kind;
    enum volatility volatility; /* as pg_proc says */
    bool moment; /* STABLE, and another value in the next transaction or session */
};

/* functions.c */
/* Of a call or a word like CURRENT_USER; false: it is none that the engines have. */
bool function_find_facts(const struct expr *call, struct function_facts *out);
/* May one statement get several values of it?  True of what the engines do not have. */
bool function_varies(const struct expr *call);
const struct type *infer_call(struct arena *a, const struct expr *call);
const struct type *infer_at_time_zone(const struct type *t);

/* infer.c: one type that all have (NULLs aside), or the widest of numbers; NULL. */
const struct type *infer_common(const struct expr *const *values, size_t count);
const struct type *infer_wider(const struct type *a, const struct type *b);
const struct type *infer_element(struct arena *a, const struct type *array);
const struct type *infer_array(struct arena *a, const struct type *element);

#endif
