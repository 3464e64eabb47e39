/*
 * What the files that make forms of queries share: the items that names may mean.
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_FORM_SCOPE_H
#define SCHEMAC_DIALECT_POSTGRES_FORM_SCOPE_H

#include "dialect/postgres/form.h"

struct form_item {
    struct slice alias;  /* as it is written */
    struct slice schema; /* of a table without an alias; none */
    struct slice name;   /* as the server calls it */
    struct form_columns columns;
    bool is_call;        /* of a function */
    bool qualified_only; /* NEW, OLD, EXCLUDED: a column alone never means theirs */
};

struct form_cte {
    struct slice name;
    struct form_columns columns;
};

/* A column that a star shows. */
struct form_shown {
    size_t item; /* of the scope */
    struct slice name;
    bool bare; /* of FULL JOIN USING: it is neither item's */
};

struct form_shown_columns {
    VEC(struct form_shown) all;
    bool opaque; /* there may be more, or others */
};

struct form_scope {
    const struct form_scope *outer; /* whose items are seen, too */
    struct form_level *level;       /* whose names are taken */
    VEC(struct form_item) items;
    VEC(struct form_cte) ctes;
    struct slices merged; /* columns of USING: the first item has them */
    struct slices merged_right; /* of RIGHT JOIN USING: the last one has them */
    struct form_shown_columns shown; /* by a star without a name, in their order */
    const struct expr *recursive; /* of WITH: the query whose CTE is last; NULL */
    const struct expr *recursive_names; /* LIST, of its columns; NULL */
    bool bare;            /* its columns go without the name of the item */
};

/* What is wanted of the targets of a query. */
enum target_names {
    TARGETS_NAMED, /* each has its name */
    TARGETS_BARE,  /* nobody sees the names: EXISTS, the second query of a UNION */
};

/* ---- form_values.c: VALUES that fill no table ---- */

const struct expr *form_values(const struct form *f, const struct form_scope *outer,
                               const struct expr *q, struct form_columns *out);

/* ---- form_query.c ---- */

/* A query, whose texts and NULLs among the targets are texts where nothing decides. */
const struct expr *form_whole_query(const struct form *f, const struct form_scope *outer,
                                    const struct expr *q, enum target_names names,
                                    struct form_columns *out);
/* The same where something else decides: the columns of INSERT. */
const struct expr *form_rows_in(const struct form *f, const struct form_scope *outer,
                                const struct expr *q, struct form_columns *out);
/* An expression whose names have the item that they are of; NULL stays NULL. */
const struct expr *form_name_in(const struct form *f, const struct form_scope *scope,
                                const struct expr *e);
/* … of its arguments; queries among them have scopes of their own. */
const struct expr *form_children_in(const struct form *f, const struct form_scope *scope,
                                    const struct expr *e);

/* ---- form_from.c ---- */

struct form_columns form_columns_copy(const struct form *f,
                                      const struct form_columns *from);
/* An item of FROM, or a list of them; each is put into the scope. */
const struct expr *form_from(const struct form *f, struct form_scope *scope,
                             const struct expr *e);

/* ---- form_query.c ---- */

/* list may be NULL. */
const struct expr *form_with(const struct form *f, struct form_scope *scope,
                             const struct expr *list, bool recursive);
const struct expr *form_targets(const struct form *f, const struct form_scope *scope,
                                const struct expr *list, enum target_names names,
                                struct form_columns *out);

/* ---- form_change.c ---- */

/* INSERT, UPDATE or DELETE; its columns are those of RETURNING. */
const struct expr *form_change(const struct form *f, const struct form_scope *outer,
                               const struct expr *q, struct form_columns *out);

#endif
