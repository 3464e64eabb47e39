/*
 * What the files of the forms share (form.c is the door: postgres_forms).
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_FORM_H
#define SCHEMAC_DIALECT_POSTGRES_FORM_H

#include "dialect/postgres/postgres.h"

/* What is known of a catalog, by name; made once for all trees. */
struct form_world {
    struct arena *a;
    const struct catalog *catalog;
    struct slice role;   /* who CURRENT_USER is; none: not known */
    struct map routines; /* catalog_key → const struct definition *; the same name twice:
                            a definition without a detail, of which nothing is known */
    struct map types;    /* catalog_key → const struct form_type * */
    struct map views;    /* catalog_key → const struct view * */
};

struct form_type {
    const struct enum_type *enum_type; /* or */
    const struct domain *domain;       /* or */
    const struct range *range;         /* or */
    const struct composite *composite;
};

/* The work at one tree. */
struct form {
    struct arena *a;
    const struct form_world *world;
};

const struct expr *form_of(const struct form *s, const struct expr *e);

/* ---- form_type.c ---- */

bool form_is_unknown(const struct expr *e); /* a plain string: it takes any type */
bool form_is_type(const struct expr *e, enum type_kind kind);
bool form_is_whole(const struct expr *e);
bool form_is_whole_text(struct slice text); /* as the server writes such a number */
bool form_is_floating(const struct expr *e);
bool form_is_texty(const struct expr *e);
/* Of an extension's type, of that name. */
bool form_is_of(const struct form *s, const struct expr *e, const char *name);
const struct expr *form_cast(const struct form *s, const struct type *t,
                             const struct expr *e);
bool form_is_built_in(const struct form *s, const struct expr *e);
/* What a string in the place of a `t` is cast to; NULL: not known. */
const struct type *form_literal_type(const struct form *s, const struct type *t);
/* … in that of a domain; NULL: it is none, or not known. */
const struct type *form_domain_literal(const struct form *s, const struct type *t);
const struct expr *form_typed(const struct form *s, const struct type *t,
                              const struct expr *e);
const struct expr *form_as_base(const struct form *s, const struct expr *e);
/* A row as the composite type that it is for; anything else is itself. */
const struct expr *form_row_as(const struct form *s, const struct type *t,
                               const struct expr *e);
/* An array of varchars as one of texts, whose operators it uses. */
const struct expr *form_as_texts(const struct form *s, const struct expr *e);
const struct expr *form_as_text(const struct form *s, const struct expr *e);

/* ---- forms of one kind of node, whose arguments have theirs already ---- */

const struct type *form_compared_type(const struct expr *e);
bool form_is_text_operator(struct slice op);
struct slice form_operator(struct slice op); /* without the schema public */
const struct expr *form_operation(const struct form *s, const struct expr *from,
                                  struct slice op, const struct expr *left,
                                  const struct expr *right);
const struct expr *form_like(const struct form *s, const struct expr *e);
const struct expr *form_between(const struct form *s, const struct expr *e);
const struct expr *form_distinct(const struct form *s, const struct expr *e);
const struct expr *form_collate(const struct form *s, const struct expr *e);
/* The two sides of ||; true: they are joined as texts.  form_concat.c */
bool form_concat(const struct form *s, const struct expr **sides);
/* (a, b) = (c, d), item by item; NULL: it is not such a comparison. */
const struct expr *form_rows(const struct form *s, struct slice op,
                             const struct expr *left, const struct expr *right);
const struct expr *form_in(const struct form *s, const struct expr *e);
const struct expr *form_quantified(const struct form *s, const struct expr *e);
const struct expr *form_array(const struct form *s, const struct expr *e);
const struct expr *form_array_cast(const struct form *s, const struct expr *e);
const struct expr *form_call(const struct form *s, const struct expr *e);

/* ---- what the vtable points to ---- */

const struct form_world *form_open(struct session *s, const struct catalog *c,
                                   struct slice role);
const struct expr *form_query(const struct form_world *w, const struct view *v);
struct index_key form_key(const struct form_world *w, struct slice method,
                          const struct index_key *key);
const struct expr *form_bound(const struct form_world *w, const struct type *t,
                              const struct expr *e);
bool form_same_comment(const struct definition *old, const struct definition *new);
const struct definition *form_definition(const struct form_world *w,
                                         const struct definition *d);

/* ---- form_world.c ---- */

struct slice form_schema(struct slice schema); /* public is none */
const struct form_type *form_named_type(const struct form *s, const struct type *t);
/* The only routine of that name; NULL: there is none, or several. */
const struct routine *form_routine(const struct form *s, struct slice schema,
                                   struct slice name);

const struct view *form_view(const struct form *s, struct slice schema,
                             struct slice name);

/* ---- form_text.c: what is kept whole ---- */

/* `text` of an object of that kind in the words that the server has for it. */
struct slice form_text(struct arena *a, struct slice kind, struct slice text);

/* ---- form_literal.c, form_jsonb.c, form_hstore.c: constants ---- */

/* As the server writes what it reads there; itself where that is not known. */
struct slice form_literal_text(const struct form *s, const struct type *t,
                               struct slice text);
struct slice form_jsonb(const struct form *s, struct slice text);
struct slice form_hstore(const struct form *s, struct slice text);
const struct expr *form_boolean(const struct form *s, const struct expr *e); /* or NULL */

/* ---- form_columns.c: the columns of an item of FROM ---- */

struct form_column {
    struct slice name;
    const struct type *type; /* NULL: unknown */
    bool untyped;            /* a string or a NULL, whose type its place decides */
};

struct form_columns {
    VEC(struct form_column) all;
    bool opaque; /* there may be more */
};

void form_add_column(const struct form *f, struct form_columns *to, struct slice name,
                     const struct type *type);
/* NULL: there is none of the name. */
const struct form_column *form_find_column(const struct form_columns *columns,
                                           struct slice name);
/* As a list behind an alias does; list may be NULL. */
void form_rename_columns(struct form_columns *columns, const struct expr *list);
/* t may be NULL: not known. */
void form_table_columns(const struct form *f, const struct table *t,
                        struct form_columns *out);
void form_relation_columns(const struct form *f, const struct expr *e,
                           struct form_columns *out);
void form_call_columns(const struct form *f, const struct expr *from, struct slice alias,
                       struct form_columns *out);
/* Is `list` what a function's one column is called anyway? */
bool form_is_own_column(struct slice alias, const struct expr *list);

/* ---- form_names.c: the names that items of FROM get ---- */

/* Of one query.  They are known before anything inside of it is looked at. */
struct form_level {
    const struct form_level *above; /* the query around; NULL: none */
    struct map taken;               /* name → struct form_name * */
    VEC(struct slice) names;        /* in the order of FROM; none: an item without one */
    size_t next;
};

/* `from`: the FROM of the query, or NULL. */
void form_names_open(const struct form *f, struct form_level *level,
                     const struct form_level *above, const struct expr *from);
void form_names_reserve(const struct form *f, struct form_level *level,
                        struct slice name);
/* Of the next item: to be asked in the order of FROM, that of a join behind its sides. */
struct slice form_names_next(struct form_level *level);

/* ---- form_target.c ---- */

struct slice form_target_name(const struct expr *e);

/* ---- form_query.c ---- */

/* An expression whose queries have names in full; its own stay as they are. */
const struct expr *form_queries_in(const struct form *f, const struct expr *e);
/* The same of what stands on a table: its queries may say the table's columns. */
const struct expr *form_queries_on(const struct form *f, struct slice schema,
                                   struct slice table, const struct expr *e);

/* ---- form_change.c ---- */

/* A statement of the body of a routine, or the expression of its RETURN. */
const struct expr *form_routine_statement(const struct form *f,
                                          const struct definition *d,
                                          const struct expr *e);
const struct expr *form_rule_action(const struct form *f, const struct definition *d,
                                    const struct expr *e);

/* ---- form_common.c: values that must have one type ---- */

/* NULL: not known. */
const struct type *form_common(const struct form *s, const struct expr *const *values,
                               size_t count);
/* As what it is cast to beside the others. */
const struct expr *form_as(const struct form *s, const struct type *t,
                           const struct expr *e);
const struct expr *form_case(const struct form *s, const struct expr *e);

#endif
