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
    struct map definitions;    /* slice_lower of the names that any version defines */
    const struct table *moving; /* joins or leaves a parent on the way; NULL: none does */
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

/* What has this name now is not what had it in the oldest version. */
void direct_refuse_heir(const struct direct *j, const char *what, struct slice name,
                        struct span span);
/* @was of what is called so now, and was so in the oldest version. */
struct slice direct_was(const struct direct *j, struct slice old_schema, struct slice old,
                        struct slice schema, struct slice name);

/* direct_enums.c: of the newest version, by its position there. */
void direct_join_enum(const struct direct *j, size_t position);

/* direct_values.c: what the versions between do to rows that one plan would not. */
void direct_check_versions(const struct direct *j);
void direct_check_computed(const struct direct *j, const struct direct_table *t);
void direct_check_column(const struct direct *j, const struct direct_table *t,
                         const struct direct_column *c);
/* But for the names of types of ours.  Then: are the values that are there the same? */
bool direct_same_types(const struct differ *d, const struct column *old,
                       const struct column *new);
bool direct_keeps_values(const struct differ *d, const struct column *old,
                         const struct column *new);
/* Does versions[at] make the type of the column another by the same name? */
bool direct_type_changes(const struct direct *j, const struct column *c, size_t at);
/* Initial rows, by versions[at]. */
bool direct_gets_rows(const struct direct *j, const struct direct_table *t, size_t at);

/* direct_transforms.c: what versions[at] says of column `number` (@from, @back), where
 * its change asks for it; NULL: nothing. */
const struct expr *direct_transform(const struct direct *j, const struct table_pair *p,
                                    size_t at, size_t number, bool back);
/* In `out`, which the plan goes by, they are about the rows of the two ends. */
void direct_join_transforms(struct direct *j, const struct direct_table *t,
                            const struct direct_column *c, struct column *out);
void direct_join_gone(struct direct *j, const struct direct_table *t, struct table *out);

#endif
