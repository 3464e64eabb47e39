/*
 * Names in expressions and queries, bound to what they mean.
 *
 * One binder serves a table's own expressions, views and @from: a scope is a list of
 * from items, and scopes nest.  What cannot be known (a function that returns rows, a
 * definition) makes its item opaque: then nothing is reported that it could explain.
 */
#ifndef SCHEMAC_RESOLVE_SCOPE_H
#define SCHEMAC_RESOLVE_SCOPE_H

#include "resolve/build.h"

/* What a FROM name leads to.  Neither set: something whose columns we do not know. */
struct relation {
    bool found;
    const struct table *table;
    const struct view *view;
    const struct virtual_table *module; /* `table` is its shape; NULL: it is no such */
};

struct scope_column {
    struct slice name;
    const struct type *type; /* NULL: unknown */
};

struct scope_columns {
    VEC(struct scope_column) all;
};

struct from_item {
    struct slice name;         /* of the table or view, as it is declared */
    struct slice alias;        /* what qualifies its columns; none: nothing does */
    struct slice alias_now;    /* the same after the rename that is being made */
    const struct table *table; /* columns by map; NULL: in `columns` */
    struct scope_columns columns;
    struct slices hidden; /* columns of `table` that `*` does not give */
    bool opaque;          /* it may have columns that we do not know */
    bool merged_only;     /* alias of USING: `*` has its columns already */
    bool is_target;       /* `table` is what a rename renames */
    bool qualified_only;  /* NEW, OLD, EXCLUDED: a column alone never means theirs */
};

struct cte {
    struct slice name;
    struct scope_columns columns;
    bool opaque;
};

/* A join by names: items begin to middle on the left side, from there to end on the
 * right. */
struct scope_join {
    size_t begin, middle, end;
    struct slices names; /* that both sides have, once each */
};

struct scope {
    const struct scope *outer; /* NULL: outermost */
    VEC(struct from_item *) items;
    VEC(struct cte *) ctes;
    struct slices merged;  /* columns of USING and NATURAL: one, not two */
    VEC(struct scope_join) joins; /* that made them; inner ones first */
    struct slices aliases; /* of the target list, for ORDER BY and GROUP BY */
    bool opaque;           /* some item is */
    bool bare;             /* a table's own expression: qualifiers are dropped */
};

/* A rename that views follow; table NULL: none. */
struct follow {
    const struct table *table; /* still by its old name */
    const struct view *view;   /* or this one */
    struct slice column;       /* none: the relation itself is renamed */
    struct slice name;         /* the new name */
    struct slice schema;       /* of the relation, where it is renamed */
    bool *met;                 /* not NULL: set when the column is named */
};

struct binder {
    struct session *s;
    struct arena *a;
    const struct terms *terms;
    struct relation (*find)(struct binder *binder, struct slice schema,
                            struct slice name);
    const void *context;     /* of find */
    struct build *b;         /* for hints and drops; NULL in resolve_expr_in_table */
    bool quiet;              /* report nothing */
    bool expands_stars;      /* a star becomes the columns that it means now */
    bool expands_joined;     /* … where a join by names gives them in an order that is not
                                the same everywhere */
    const char *place;       /* "check constraint", …; for messages; NULL */
    const struct table *own; /* the table whose expression it is; NULL */
    struct follow follow;
    expr_edit_fn *edit; /* NULL; what becomes of each node once it is bound */
    void *edit_context;
    struct slices *reads; /* relations met, in order; NULL: not asked for */
    struct map *reads_seen;
    const struct scope *beside; /* FROM items before this one; NULL: it may name them */
    const struct expr *column; /* bound last; NULL: none so far */
    const struct type *column_type; /* as it is declared, a domain, too */
    size_t errors;
};

/* bind.c */
const struct expr *bind_expr(struct binder *b, const struct scope *scope,
                             const struct expr *e);
/* output_name.c: of a column of a query that has no alias. */
struct slice output_name(const struct expr *e);

/* query.c: also tells the columns that it gives; *opaque when they are not all known. */
const struct expr *bind_query(struct binder *b, const struct scope *outer,
                              const struct expr *query, struct scope_columns *columns,
                              bool *opaque);

/* querychange.c: INSERT, UPDATE, DELETE. */
const struct expr *bind_change(struct binder *b, const struct scope *outer,
                               const struct expr *e);

/* The parts of queries that bind_change needs; each adds to the scope what it names. */
const struct expr *scope_bind_with(struct binder *b, struct scope *scope,
                                   const struct expr *list, bool recursive);
const struct expr *scope_bind_table(struct binder *b, struct scope *scope,
                                    const struct expr *e);
const struct expr *scope_bind_from(struct binder *b, const struct scope *around,
                                   struct scope *scope, const struct expr *list);
/* The columns of the relation under another name; the item of NEW and OLD. */
struct from_item *scope_row_item(struct binder *b, struct relation r, struct slice alias);
/* False: there is none; else *name as it is declared, or as the rename makes it. */
bool scope_item_column(struct binder *b, const struct from_item *item,
                       struct slice *name);
/* Of the engine itself: pg_class, sqlite_schema, information_schema.… */
bool relation_is_system(struct slice schema, struct slice name);

/* labels.c: texts that are compared with an enum are values of it. */
void labels_check(struct binder *b, const struct expr *e);

extern const struct type infer_integer;
/* infer.c: the result type of a node whose arguments are bound; NULL: unknown. */
const struct type *infer_type(struct arena *a, const struct expr *e);

/* PostgreSQL's USER and SYSTEM_USER: where they mean nothing else. */
bool bind_is_word_of_session(struct slice name);

/* In a scope of nothing but the columns of `t`; what is wrong becomes EXPR_POISON. */
const struct expr *bind_in_table(struct binder *b, const struct table *t,
                                 const struct expr *e);

void binder_init(struct binder *binder, struct build *b);

/* view.c: views that read the relation follow its rename; called before it is made. */
void views_follow_column(struct build *b, const struct table *t, struct slice column,
                         struct slice name);
void views_follow_table(struct build *b, const struct table *t, struct slice schema,
                        struct slice name);
void views_follow_view(struct build *b, const struct view *v, struct slice schema,
                       struct slice name);
/* define_domain.c: the CHECKs of a domain are bound anew; the caller spells it anew. */
struct domain *domain_edit(struct object *o, struct binder *binder);
/* Triggers, rules and policies are bound anew, with an edit. */
void code_edit(struct build *b, expr_edit_fn *edit, void *context);
/* define_code.c: the same for triggers, rules and policies; code_move after the rename.
 */
void code_follow(struct build *b, struct slice key, const struct follow *what);
void code_move(struct build *b, struct slice schema, struct slice name,
               struct slice schema_now, struct slice name_now);
/* Does the view name this column of the table? */
bool view_uses_column(struct build *b, struct work_view *w, const struct table *t,
                      struct slice column);

#endif
