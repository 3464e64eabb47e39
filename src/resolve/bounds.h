/*
 * The bounds of the partitions of one table, compared: what is certain of them.
 */
#ifndef SCHEMAC_RESOLVE_BOUNDS_H
#define SCHEMAC_RESOLVE_BOUNDS_H

#include "resolve/build.h"

enum point_kind {
    POINT_LOWEST, /* MINVALUE */
    POINT_VALUE,
    POINT_HIGHEST, /* MAXVALUE */
    POINT_UNKNOWN,
};

/*
 * A value so that two of one type can be compared: `whole` by its length and then by its
 * bytes, `rest` by its bytes.  A date is 20240131, a time on it the same with 093000
 * behind; a UUID is its digits.
 */
struct point {
    enum point_kind kind;
    bool negative;
    struct slice whole;
    struct slice rest; /* behind the point; without zeros at the end */
    struct slice zone; /* +02, UTC: only points of one zone are compared */
};

struct point point_make(struct build *b, const struct type *type, const struct expr *e);
/* Below, equal or above: negative, 0 or positive.  Needs: neither is unknown. */
int point_compare(const struct point *x, const struct point *y);

/* After the values of all bounds were bound: each partition beside those before it. */
void bounds_check(struct build *b, const struct work_table *parent);

#endif
