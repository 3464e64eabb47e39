/*
 * Whether an expression over a row can be NULL, as far as its tree tells.
 */
#ifndef SCHEMAC_DIALECT_NEVER_NULL_H
#define SCHEMAC_DIALECT_NEVER_NULL_H

#include "model/catalog.h"

/* True: it is not, whatever the row of `t`; false: it may be, or nobody knows. */
bool never_null_in_row(const struct table *t, const struct expr *e);

#endif
