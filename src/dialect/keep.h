/*
 * What a step takes away and the way back returns: side tables.
 *
 * With --keep, a column that goes, is written anew by @from or comes back from another
 * type as another value, and a table that goes, are copied before that: one side table
 * for each table, with the values of all such columns of it and the key by which their
 * rows are found again, or with whole rows where the table goes.  A row of schemac_kept
 * says of each what it holds, since when, and how long it is to be kept.  The way back
 * takes the values from there.
 *
 * Which side tables there are follows from the two catalogs alone, so the way up and the
 * way back agree on them.  How they are written is the dialect's.
 */
#ifndef SCHEMAC_DIALECT_KEEP_H
#define SCHEMAC_DIALECT_KEEP_H

#include "dialect/action.h"

#define KEEP_REGISTRY "schemac_kept"
#define KEEP_PREFIX KEEP_REGISTRY "_"
/* schemac_kept.row_count of one that is being filled. */
#define KEEP_INCOMPLETE "-1"
#define KEEP_UNCOUNTED "-2" /* all of it is there */
#define KEEP_DAYS_MAX 36500 /* a hundred years: more is for ever */

/* What is asked for. */
struct keep_request {
    struct slice schema;      /* "parking"; "" for none */
    struct slice version;     /* the later of the two; "" for none.  plan_make knows both
                                 where this is none */
    unsigned days;            /* how long; 0: until it is forgotten */
    const struct map *parked; /* way back: names of those there are; NULL: all */
};

struct keep_column {
    const struct column *older;
    const struct column *newer; /* that it becomes; NULL: it goes */
    struct slice
        now; /* in the side table: what the value became, quoted; none: it goes */
};

/* Of one table. */
struct keep_side {
    struct slice name;
    const struct table *older;
    const struct table *newer;       /* NULL: the table goes */
    VEC(const struct column *) keys; /* of `older`; none where the table goes */
    VEC(struct keep_column) columns;
    const char *obstacle; /* why it is not kept: the end of "… is not kept: "; NULL */
    bool is_there;        /* it is parked, or was, and comes back */
    struct change_list occasions; /* what takes the values away, or gives them back */
};

struct keep_sides {
    struct session *s;
    const struct keep_request *request; /* NULL: nothing is asked for */
    VEC(struct keep_side *) all;        /* in the order of the older catalog */
    struct map by_table; /* catalog_key of `older` → struct keep_side * */
};

struct keep_rules {
    /* Is the value of a column that stays written anew, so that the old one is lost? */
    bool (*is_rewritten)(struct arena *a, const struct changes *changes,
                         const struct keep_column *c, const struct keep_side *side);
    /* Why the dialect cannot keep it; NULL: it can. */
    const char *(*obstacle)(const struct catalog *older, const struct keep_side *side);
    /* Must its rows each have a value? */
    bool (*is_never_null)(const struct table *t, const struct column *c);
};

/* Needs: lowered.  `request` NULL: what would be lost, none of it there.  `older` is
 * where the changes lead on the way down, else where they begin. */
void keep_find(struct session *s, const struct keep_rules *rules,
               const struct keep_request *request, const struct catalog *older,
               const struct changes *changes, bool down, struct keep_sides *out);

/* NULL: nothing of that older table is lost. */
const struct keep_side *keep_of_table(const struct keep_sides *all,
                                      const struct table *older);
/* The same if it is parked and the column in it; NULL. */
const struct keep_side *keep_of_column(const struct keep_sides *all,
                                       const struct table *older, const struct column *c);
const struct keep_column *keep_find_column(const struct keep_side *side,
                                           const struct column *older);
/* The column of the newer table that an older one became; NULL: it is gone. */
const struct column *keep_newer_column(const struct keep_side *side,
                                       const struct column *older);
/* Is it a number that the engine counts by itself?  NULL: no column of it is. */
const struct column *keep_counter(const struct table *t);

/* "column t.c", "columns t.c, t.d", "table t" */
struct slice keep_what(struct arena *a, const struct keep_side *side);
/* What the way back cannot return: "the values of t.c, t.d".  What @back is declared for
 * is the writer's word. */
void keep_tell_missing(struct arena *a, const struct keep_side *side, struct slice stake,
                       struct actions *out);
/* Is it not the writer's word that its value comes back? */
bool keep_is_missing(const struct keep_side *side, const struct keep_column *c);

/* The side table as a table: its key, values that may be NULL, and what became of them.
 */
struct table *keep_as_table(struct session *s, const struct keep_side *side);

#endif
