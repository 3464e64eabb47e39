/*
 * What may stand where: functions that return rows, aggregates, queries and what changes
 * by itself are not allowed in every expression.
 */
#ifndef SCHEMAC_RESOLVE_PLACES_H
#define SCHEMAC_RESOLVE_PLACES_H

#include "resolve/infer.h"

enum place_flag {
    PLACE_QUERY = 1 << 0,     /* a query may stand in it */
    PLACE_AGGREGATE = 1 << 1, /* there are several rows to put together */
    PLACE_WINDOW = 1 << 2,
    PLACE_SET = 1 << 3, /* a call may give several rows */
    /* What it holds must not change while the row stays as it is (PostgreSQL: IMMUTABLE,
       SQLite: deterministic): a stored column or an index would be wrong the next day. */
    PLACE_FIXED = 1 << 4,
};

struct place_rules {
    enum diag_code code;
    const char *words; /* "a CHECK" */
    unsigned allows;   /* enum place_flag */
};

/* What a call is, as far as it is certain: an engine's function, or one that is declared
   here and that hides it. */
struct function_facts call_facts(struct build *b, const struct expr *call);
/* Of a function that is declared, where all of its name give the same; NULL: unknown. */
const struct type *call_declared_result(struct build *b, const struct expr *call);
/*
 * May each row have its own value of a default?  What is worked out once for all rows is
 * IMMUTABLE or STABLE throughout; a function that nobody knows may be anything.
 */
bool value_varies(struct build *b, const struct expr *e);
bool call_is_aggregate(struct build *b, const struct expr *call);

/* True after reporting the first thing in `e` that its place does not allow. */
bool place_refuses(struct build *b, const struct expr *e,
                   const struct place_rules *place);

/*
 * False after reporting that it is certainly neither true nor false; `place`: "a CHECK".
 * Asks the operands of AND, OR and NOT, and the whole.
 */
bool condition_check(struct build *b, const struct expr *e, const char *place);

/* FILTER, OVER, WITHIN GROUP and DISTINCT on what takes them; aggregates inside. */
void call_check(struct binder *b, const struct expr *call);

#endif
