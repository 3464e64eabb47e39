/*
 * What remake.c, which says which tables are made anew, shares with remake_aside.c, which
 * sets one of them aside.
 */
#ifndef SCHEMAC_PLAN_REMAKE_H
#define SCHEMAC_PLAN_REMAKE_H

#include "plan/internal.h"

struct remaking {
    struct session *s;
    const struct plan_request *r;
    const struct catalog *from;
    const struct changes *declared; /* between the two catalogs as they are */
    struct catalog *to;             /* a copy, which gets the tables that are set aside */
    struct map taken;               /* catalog_key of every relation and type */
    struct map partitions;          /* catalog_key of an old parent → struct family * */
    VEC(struct change) moves;       /* with the rows that come behind them */
    struct map done;                /* catalog_key of old tables that are set aside */
    bool failed;
};

struct family {
    VEC(const struct table *) all;
};

/* The catalog_key of a table. */
struct slice remake_key(const struct remaking *x, const struct table *t);

/* Sets the old table of the change aside, in the new catalog, and notes the moves of its
 * rows. */
void remake_table(struct remaking *x, const struct change *c);

#endif
