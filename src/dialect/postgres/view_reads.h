/*
 * What of its tables a view holds on to, as far as its query tells: the server refuses to
 * change or drop that while the view stands, and nothing else.
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_VIEW_READS_H
#define SCHEMAC_DIALECT_POSTGRES_VIEW_READS_H

#include "diff/diff.h"

/* Begin with the arena and the query: the rest is found out when it is asked for. */
struct view_reads {
    struct arena *a;
    const struct expr *query;
    bool is_known;
    bool all;    /* * or a whole row: any column */
    bool calls;  /* a function in FROM: of its rows only the server knows */
    bool groups; /* GROUP BY, which may rest on a primary key */
    struct map names;     /* that may be columns */
    struct map relations; /* of FROM, as they are called in the query */
};

bool view_reads_calls(struct view_reads *r);
/* Of a table that the view reads, in doubt true: is the column used, or one that is
 * computed from it?  Then: is the change in the way? */
bool view_reads_column(struct view_reads *r, const struct table *t,
                       const struct column *c);
bool view_holds_on_to(struct view_reads *r, const struct change *c);

#endif
