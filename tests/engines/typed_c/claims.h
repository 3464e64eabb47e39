/*
 * What programs claim of generated code: the first claim that does not hold stops them,
 * with its place and the last error.  Needs `db`, which may be NULL.
 */
#ifndef CLAIMS_H
#define CLAIMS_H

#include <stdio.h>
#include <stdlib.h>

#include "schemac.h"

#define CHECK(condition) check(db, (condition), #condition, __FILE__, __LINE__)
#define IS(wanted, call) is(db, (wanted), (call), #call, __FILE__, __LINE__)

static inline void
check(struct schemac_db *db, bool ok, const char *what, const char *file, int line)
{
    if (ok)
        return;
    fprintf(stderr, "%s:%d: %s is not so; last error: %s (%s, table '%s', column '%s')\n",
            file, line, what, schemac_error(db)->message, schemac_error(db)->code,
            schemac_error(db)->table, schemac_error(db)->column);
    exit(1);
}

static inline void
is(struct schemac_db *db, enum schemac_status wanted, enum schemac_status got,
   const char *what, const char *file, int line)
{
    if (got == wanted)
        return;
    fprintf(stderr, "%s:%d: %s is %s, not %s: %s (%s)\n", file, line, what,
            schemac_status_name(got), schemac_status_name(wanted),
            schemac_error(db)->message, schemac_error(db)->code);
    exit(1);
}

#endif
