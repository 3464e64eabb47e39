/*
 * Ranges in SQLite's terms: text in PostgreSQL's own spelling, or two values that make
 * one, as in tstzrange(starts_at, ends_at).
 */
#ifndef SCHEMAC_DIALECT_SQLITE_LOWER_RANGE_H
#define SCHEMAC_DIALECT_SQLITE_LOWER_RANGE_H

#include "dialect/sqlite/lower.h"

struct lite_range {
    const struct expr *low, *high;           /* never NULL */
    const struct expr *no_low, *no_high;     /* is it without end?  NULL: never */
    const struct expr *full;                 /* it is not empty; NULL: always */
    const struct expr *with_low, *with_high; /* the end is in it; NULL: see below */
    bool closed;                             /* both ends are always in it */
    const struct expr *invalid; /* it ends before it begins; NULL: it cannot */
};

enum range_kind {
    RANGE_NONE, /* no range, or one that is kept as any text */
    RANGE_INT4,
    RANGE_INT8,
    RANGE_DATE,
    RANGE_TIMESTAMP,
};

enum range_kind lite_range_kind(const struct type *t);
/* The text of both ends; '' is no end. */
const struct expr *lite_range_low(struct arena *a, const struct expr *range);
const struct expr *lite_range_high(struct arena *a, const struct expr *range);

/* False after noting the problem: no range, or one that SQLite cannot compare. */
bool lite_range_of(struct lite_scope *scope, const struct expr *e,
                   struct lite_range *out);
/* The range of the row of t overlaps that of new. */
const struct expr *lite_ranges_overlap(struct arena *a, const struct table *t,
                                       const struct lite_range *range);

#endif
