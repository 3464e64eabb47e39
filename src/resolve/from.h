/*
 * from.c: WITH and FROM, for query.c.
 */
#ifndef SCHEMAC_RESOLVE_FROM_H
#define SCHEMAC_RESOLVE_FROM_H

#include "resolve/querycheck.h"

struct from {
    const struct scope *around; /* WITH names, outer queries: what a plain item sees */
    struct scope *scope;        /* and the items so far: what LATERAL sees */
};

void from_add_column(struct binder *b, struct scope_columns *to, struct slice name,
                     const struct type *type);
/* The columns that an item of FROM gives to t.*. */
void from_add_item(struct binder *b, struct scope_columns *to,
                   const struct from_item *item);
void from_take_view(struct binder *b, struct from_item *item, const struct view *v);
/* Of a column that USING or NATURAL made one; NULL: unknown. */
const struct type *from_merged_type(struct binder *b, const struct scope *scope,
                                    struct slice name);
const struct expr *from_bind_with(struct binder *b, struct scope *scope,
                                  const struct expr *list, bool recursive);
const struct expr *from_bind_list(struct binder *b, struct from *from,
                                  const struct expr *list);
const struct expr *from_bind_table(struct binder *b, struct from *from,
                                   const struct expr *e);
/* A column that `*` stands for. */
struct star_column {
    struct scope_column column;
    size_t item; /* of the scope */
    bool merged; /* of both sides of a join by names */
};

struct star_columns {
    VEC(struct star_column) all;
};

/* The columns that a join is by come once, before its others. */
void from_show_star(struct binder *b, const struct scope *scope,
                    struct star_columns *out);
void from_add_star(struct binder *b, const struct scope *scope, struct scope_columns *out,
                   bool *opaque);

#endif
