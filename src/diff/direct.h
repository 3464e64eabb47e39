/*
 * What the files of the direct way share: the versions that it goes over, and what the
 * objects of the newest one were in each of them.  Nobody outside of src/diff includes
 * this.
 */
#ifndef SCHEMAC_DIFF_DIRECT_H
#define SCHEMAC_DIFF_DIRECT_H

#include "diff/differ.h"

struct direct {
    struct session *s;
    struct slice dialect;
    const struct catalog *const *versions; /* oldest first, at least two */
    size_t count;
    struct differ *steps;   /* [k]: from versions[k - 1] to versions[k]; [0] is unused */
    struct map *rows_added; /* [k]: catalog_key → NULL, tables that get initial rows */
    struct map *types_changed; /* [k]: catalog_key → NULL, types that versions[k] makes
                                  others by the same name, or of other labels */
    struct catalog *out;       /* a copy of the newest, whose @was are being rewritten */
};

/* One table of the newest version: [k] is what it is in versions[k], NULL before the
 * version that makes it.  Then one of its columns. */
struct direct_table {
    const struct table **at;
    const struct table_pair **pairs; /* [k]: of steps[k]; NULL likewise */
    size_t born;                     /* the oldest version that has it */
};

struct direct_column {
    const struct column **at;
    size_t born;
};

/* One plan cannot go over versions[at]; what is said goes on behind "2.0.0". */
void direct_refuse(const struct direct *j, struct span span, size_t at,
                   const char *format, ...) PRINTF_LIKE(4, 5);

/* direct_values.c: what the versions between do to rows that one plan would not. */
void direct_check_versions(const struct direct *j);
void direct_check_table(const struct direct *j, const struct direct_table *t);
void direct_check_column(const struct direct *j, const struct direct_table *t,
                         const struct direct_column *c);

#endif
