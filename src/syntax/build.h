/*
 * What the actions of the grammar call: one function per node that is more than one line.
 * They build and do nothing else; a mistake that the grammar cannot see (a fifth part of
 * a name) is reported by reader_error.
 */
#ifndef SCHEMAC_SYNTAX_BUILD_H
#define SCHEMAC_SYNTAX_BUILD_H

#include "syntax/reader.h"

/* ---- lists ---- */

/* Grows in scratch memory; NULL stands for no list. */
struct exprs {
    VEC(const struct expr *) all;
};

struct exprs *exprs_none(struct reader *rd);
struct exprs *exprs_add(struct reader *rd, struct exprs *to, const struct expr *e);
/* NULL for no list. */
const struct expr *exprs_list(struct reader *rd, struct span span,
                              const struct exprs *from);
/* A node whose arguments are the list. */
const struct expr *exprs_node(struct reader *rd, enum expr_kind kind, struct span span,
                              const struct exprs *from);

/* ---- values of the grammar that are no nodes ---- */

struct frame_bound {
    struct slice words;
    const struct expr *offset; /* n of n PRECEDING; else NULL */
};

struct limits {
    const struct expr *limit;
    const struct expr *offset;
};

struct alias {
    const struct expr *name;    /* EXPR_PART; NULL: none */
    const struct expr *columns; /* EXPR_LIST; NULL: none */
};

struct relation {
    struct ast_name name;
    uint32_t flags;
};

struct from_call {
    const struct expr *call;
    uint32_t flags;
};

struct join_on {
    const struct expr *on;
    const struct expr *using_columns;
};

struct insert_rest {
    struct exprs *columns;
    const struct expr *query; /* NULL: DEFAULT VALUES */
    const char *overriding;   /* NULL: not written */
};

struct conflict_target {
    const struct expr *keys;
    const struct expr *where;
    struct slice constraint;
};

struct select_parts {
    bool distinct;
    const struct exprs *distinct_on;
    const struct exprs *targets;
    const struct exprs *from;
    const struct expr *where;
    const struct exprs *group;
    const struct expr *having;
    const struct exprs *windows;
};

/* In scratch memory, as all that is too large for the stack of the grammar: its values
 * are copied at every step. */
struct type_parts {
    struct slice schema;
    struct slice words;
    bool quoted;
    bool is_unsigned;
    const struct exprs *args; /* NULL: none */
    const char *zone;         /* " with time zone" or "" */
    uint16_t dimensions;
};

struct key_action {
    enum fk_action action;
    const struct ast_names *columns;
};

enum deferral_words {
    WORDS_DEFERRABLE,
    WORDS_NOT_DEFERRABLE,
    WORDS_DEFERRED,
    WORDS_IMMEDIATE,
};

enum create_flag {
    CREATE_TEMPORARY = 1 << 0,
    CREATE_UNLOGGED = 1 << 1,
    CREATE_OR_REPLACE = 1 << 2,
    CREATE_MATERIALIZED = 1 << 3,
    CREATE_NO_DATA = 1 << 4,
};

struct label_list {
    VEC(struct ast_enum_value) all;
};

/* ---- expressions: build_expr.c ---- */

/* The same tree, or poison after reporting that it is too deep. */
const struct expr *build_checked(struct reader *rd, const struct expr *e);
const struct expr *build_3(struct reader *rd, enum expr_kind kind, struct span span,
                           const struct expr *a, const struct expr *b,
                           const struct expr *c);
const struct expr *build_one(struct reader *rd);
const struct expr *build_unary(struct reader *rd, struct span span, const char *op,
                               const struct expr *e);
const struct expr *build_binary(struct reader *rd, struct span span, const char *op,
                                const struct expr *a, const struct expr *b);
const struct expr *build_and_or(struct reader *rd, enum expr_kind kind, struct span span,
                                const struct expr *a, const struct expr *b);
const struct expr *build_not(struct reader *rd, struct span span, const struct expr *e);
const struct expr *build_like(struct reader *rd, struct span span, struct slice word,
                              uint32_t flags, const struct expr *a, const struct expr *b,
                              const struct expr *escape);
const struct expr *build_is(struct reader *rd, struct span span, struct slice test,
                            uint32_t flags, const struct expr *e);
const struct expr *build_distinct(struct reader *rd, struct span span, uint32_t flags,
                                  const struct expr *a, const struct expr *b);
const struct expr *build_between(struct reader *rd, struct span span, uint32_t flags,
                                 const struct expr *e, const struct expr *low,
                                 const struct expr *high);
const struct expr *build_in(struct reader *rd, struct span span, uint32_t flags,
                            const struct expr *e, const struct expr *list);
const struct expr *build_quantified(struct reader *rd, struct span span, struct slice op,
                                    uint32_t flags, const struct expr *a,
                                    const struct expr *b);
const struct expr *build_overlaps(struct reader *rd, struct span span,
                                  const struct expr *a, const struct expr *b);
const struct expr *build_case(struct reader *rd, struct span span,
                              const struct expr *operand, const struct exprs *whens,
                              const struct expr *otherwise);
const struct expr *build_cast(struct reader *rd, struct span span, const struct expr *e,
                              const struct type *type);
const struct expr *build_name(struct reader *rd, struct span span, struct slice name);
/* a.b.c, a.b.*, a.b[1].c: `first` is a. */
const struct expr *build_dotted(struct reader *rd, struct span first_span,
                                struct slice first, const struct exprs *items);
/* Subscripts and fields behind any expression; items may be NULL. */
const struct expr *build_indirection(const struct expr *base, const struct exprs *items);
const struct expr *build_typed_string(struct reader *rd, struct span span,
                                      struct span name_span, struct ast_name name,
                                      const struct exprs *args, struct slice text);
const struct expr *build_zoned_string(struct reader *rd, struct span span,
                                      struct span name_span, struct ast_name name,
                                      const struct exprs *args, const char *zone,
                                      struct slice text);

/* ---- calls: build_call.c ---- */

const struct expr *build_call(struct reader *rd, struct span span, struct span name_span,
                              struct ast_name name, uint32_t flags,
                              const struct exprs *args, const struct exprs *order);
const struct expr *build_call_tail(struct reader *rd, struct span span,
                                   const struct expr *call, const struct exprs *within,
                                   const struct expr *filter, const struct expr *over);
const struct expr *build_plain_call(struct reader *rd, struct span span,
                                    struct slice name, const struct exprs *args);
const struct expr *build_special(struct reader *rd, struct span span, const char *name,
                                 const struct expr *a, const struct expr *b,
                                 const struct expr *c, const struct expr *d);
/* side: "btrim", "ltrim" or "rtrim"; characters may be NULL. */
const struct expr *build_trim(struct reader *rd, struct span span, struct slice side,
                              const struct expr *characters, const struct exprs *from);
const struct expr *build_window_name(struct reader *rd, struct span span,
                                     struct slice name);
const struct expr *build_window(struct reader *rd, struct span span, struct slice base,
                                const struct exprs *partition, const struct exprs *order,
                                const struct expr *frame);
const struct expr *build_named_window(struct reader *rd, struct span span,
                                      struct slice name, const struct expr *window);
const struct expr *build_frame(struct reader *rd, struct span span, struct slice unit,
                               struct frame_bound start, struct frame_bound end,
                               struct slice exclusion);

/* ---- queries: build_query.c ---- */

void build_query(struct reader *rd, const struct expr *query);
const struct expr *build_select(struct reader *rd, struct span span,
                                struct select_parts parts);
const struct expr *build_select_all(struct reader *rd, struct span span,
                                    struct relation from);
const struct expr *build_set(struct reader *rd, struct span span, const char *word,
                             uint32_t flags, const struct expr *a, const struct expr *b);
const struct expr *build_values(struct reader *rd, struct span span,
                                const struct expr *values, const struct expr *row);
const struct expr *build_ordered(struct reader *rd, struct span span,
                                 const struct expr *with, const struct expr *query,
                                 const struct exprs *order, struct limits limits,
                                 const struct expr *locking);
const struct expr *build_recursive(struct reader *rd, struct span span,
                                   const struct exprs *ctes);
const struct expr *build_cte(struct reader *rd, struct span span, struct slice name,
                             const struct exprs *columns, uint32_t flags,
                             const struct expr *query);
const struct expr *build_target(struct reader *rd, struct span span, const struct expr *e,
                                struct slice alias);
const struct expr *build_table(struct reader *rd, struct span span, struct relation r,
                               struct alias alias);
const struct expr *build_from_call(struct reader *rd, struct span span, uint32_t flags,
                                   struct from_call call, struct alias alias);
const struct expr *build_from_query(struct reader *rd, struct span span, uint32_t flags,
                                    const struct expr *query, struct alias alias);
struct alias build_alias(struct reader *rd, struct span span, struct slice name,
                         const struct exprs *columns);
const struct expr *build_typed_part(struct reader *rd, struct span span,
                                    struct slice name, const struct type *type);
const struct expr *build_joined(struct reader *rd, struct span span, const char *word,
                                uint32_t flags, const struct expr *a,
                                const struct expr *b, struct join_on on);
const struct expr *build_grouping(struct reader *rd, struct span span, const char *word,
                                  const struct exprs *items);
const struct expr *build_order(struct reader *rd, struct span span, const struct expr *e,
                               bool descending, enum nulls_order nulls);
const struct expr *build_locking(struct reader *rd, struct span span,
                                 const char *strength, const struct exprs *tables,
                                 const char *wait);
const struct expr *build_two_locks(struct reader *rd, struct span span,
                                   const struct expr *a, const struct expr *b);
const struct expr *build_insert(struct reader *rd, struct span span,
                                const struct expr *with, struct slice or_word,
                                const struct expr *target, struct insert_rest rest,
                                const struct expr *conflict,
                                const struct exprs *returning);
const struct expr *build_update(struct reader *rd, struct span span,
                                const struct expr *with, struct slice or_word,
                                const struct expr *target, const struct exprs *assigns,
                                const struct exprs *from, const struct expr *where,
                                const struct exprs *returning);
const struct expr *build_delete(struct reader *rd, struct span span,
                                const struct expr *with, const struct expr *target,
                                const struct exprs *using_items, const struct expr *where,
                                const struct exprs *returning);
const struct expr *build_assigned(struct reader *rd, struct span name_span,
                                  struct slice name, const struct exprs *items);
const struct expr *build_assign(struct reader *rd, struct span span,
                                const struct exprs *columns, const struct expr *value);
const struct expr *build_conflict(struct reader *rd, struct span span,
                                  struct conflict_target target,
                                  const struct exprs *assigns, const struct expr *where);

/* ---- names and types: build_name.c ---- */

/* A keyword that is a name here: folded and interned. */
struct slice build_word(struct reader *rd, struct slice keyword);
struct ast_name build_word_name(struct reader *rd, struct span span, struct slice name);
struct ast_name build_any_name(struct reader *rd, struct span span, struct slice first,
                               const struct exprs *items);
struct slice build_dotted_word(struct reader *rd, struct slice a, struct slice b);
struct ast_names *build_names(struct reader *rd, struct ast_names *to,
                              struct ast_name name);
/* Was the token at `span` written in quotes of any kind? */
bool build_was_quoted(const struct reader *rd, struct span span);
/* One more dimension. */
uint16_t build_bound(struct reader *rd, struct span span, uint16_t dimensions);
struct type_parts *build_type_parts(struct reader *rd, struct span name_span,
                                    struct slice schema, struct slice words,
                                    const struct exprs *args, const char *zone);
/* is_serial may be NULL. */
const struct type *build_type(struct reader *rd, struct span span,
                              const struct type_parts *p, bool *is_serial);

/* ---- options ---- */

struct ast_option build_option(struct span span, struct slice name, struct slice value);
struct ast_options *build_options(struct reader *rd, struct ast_options *to,
                                  struct ast_option option);
struct ast_option build_sequence_option(struct reader *rd, struct span span,
                                        struct slice name, struct slice value);
struct slice build_negative(struct reader *rd, struct slice number);

/* ---- columns: build_column.c; each returns the column ---- */

struct ast_column *build_column(struct reader *rd, struct span span, struct slice name,
                                const struct type_parts *type, struct span type_span);
struct ast_column *build_name_next(struct reader *rd, struct span span,
                                   struct ast_column *c, struct slice name);
struct ast_column *build_not_null(struct reader *rd, struct span span,
                                  struct ast_column *c, struct slice on_conflict);
struct ast_column *build_null(struct reader *rd, struct span span, struct ast_column *c);
struct ast_column *build_default(struct reader *rd, struct span span,
                                 struct ast_column *c, const struct expr *e);
struct ast_column *build_column_key(struct reader *rd, struct span span,
                                    struct span key_span, struct ast_column *c,
                                    bool descending, struct slice on_conflict);
struct ast_column *build_autoincrement(struct reader *rd, struct span span,
                                       struct ast_column *c);
struct ast_column *build_column_unique(struct reader *rd, struct span span,
                                       struct span key_span, struct ast_column *c,
                                       bool nulls_not_distinct, struct slice on_conflict);
struct ast_column *build_column_check(struct reader *rd, struct span span,
                                      struct span check_span, struct ast_column *c,
                                      const struct expr *check, struct slice on_conflict);
struct ast_column *build_no_inherit(struct reader *rd, struct span span,
                                    struct ast_column *c);
struct ast_column *build_column_reference(struct reader *rd, struct span span,
                                          struct ast_column *c,
                                          struct ast_constraint *reference);
struct ast_column *build_column_deferral(struct reader *rd, struct span span,
                                         struct span words_span, struct ast_column *c,
                                         enum deferral_words words);
struct ast_column *build_column_options(struct reader *rd, struct span span,
                                        struct span words_span, struct ast_column *c,
                                        const struct ast_options *options);
struct slice build_collation_name(struct reader *rd, struct ast_name name);
struct ast_column *build_collation(struct reader *rd, struct span span,
                                   struct ast_column *c, struct slice collation);
struct ast_column *build_column_comment(struct reader *rd, struct span span,
                                        struct ast_column *c, struct slice text);
struct ast_column *build_touch(struct reader *rd, struct span span, struct ast_column *c);
struct ast_column *build_generated(struct reader *rd, struct span span,
                                   struct ast_column *c, const struct expr *e,
                                   bool stored);
struct ast_column *build_identity(struct reader *rd, struct span span,
                                  struct ast_column *c, enum identity_kind identity,
                                  const struct ast_options *options);

/* ---- constraints: build_constraint.c ---- */

struct ast_constraint *build_named_constraint(struct reader *rd, struct span span,
                                              struct slice name,
                                              struct ast_constraint *c);
struct ast_constraint *build_constraint(struct reader *rd, struct span span,
                                        enum constraint_kind kind);
void build_defer(struct ast_constraint *c, enum deferral_words words);
struct ast_constraint *build_deferral(struct reader *rd, struct span span,
                                      struct ast_constraint *c,
                                      enum deferral_words words);
struct ast_constraint *build_tablespace(struct reader *rd, struct span span,
                                        struct ast_constraint *c, struct slice name);
struct ast_constraint *build_exclude_where(struct reader *rd, struct span span,
                                           struct ast_constraint *c,
                                           const struct expr *where);
struct ast_constraint *build_check(struct reader *rd, struct span span,
                                   const struct expr *check);
struct ast_constraint *build_key(struct reader *rd, struct span span,
                                 enum constraint_kind kind, const struct ast_keys *keys);
struct ast_constraint *build_unique(struct reader *rd, struct span span,
                                    bool nulls_not_distinct, struct slice name,
                                    const struct ast_keys *keys);
struct ast_constraint *build_using_index(struct reader *rd, struct span span,
                                         enum constraint_kind kind, struct slice index);
struct ast_constraint *build_foreign_key(struct reader *rd, struct span span,
                                         const struct ast_names *columns,
                                         struct ast_constraint *reference);
struct ast_constraint *build_exclude(struct reader *rd, struct span span,
                                     struct slice method, const struct ast_keys *keys);
struct ast_constraint *build_reference(struct reader *rd, struct span span,
                                       struct ast_name table,
                                       const struct ast_names *columns);
struct ast_constraint *build_on_delete(struct reader *rd, struct span span,
                                       struct ast_constraint *c,
                                       struct key_action action);
struct ast_constraint *build_on_update(struct reader *rd, struct span span,
                                       struct ast_constraint *c,
                                       struct key_action action);
struct ast_keys *build_keys(struct reader *rd, struct ast_keys *to,
                            const struct ast_key *key);
struct ast_key *build_index_key(struct reader *rd, struct span span, const struct expr *e,
                                struct ast_name opclass, bool descending,
                                enum nulls_order nulls);
/* SQLite's PRIMARY KEY (id AUTOINCREMENT). */
struct ast_key *build_counted_key(struct reader *rd, struct span span,
                                  const struct expr *e);
struct ast_key *build_with(struct ast_key *key, struct slice operator);

/* ---- statements: build_create.c ---- */

void build_table_open(struct reader *rd, uint32_t flags, bool if_not_exists,
                      struct ast_name name);
void build_add_column(struct reader *rd, struct ast_column *c);
void build_add_constraint(struct reader *rd, struct ast_constraint *c);
void build_add_key(struct reader *rd, struct span span, struct slice name,
                   struct span name_span, struct slice method,
                   const struct ast_keys *keys);
void build_table_options(struct reader *rd, const struct ast_options *options);
void build_table_option(struct reader *rd, struct span span, struct slice name,
                        struct slice value);
void build_table_word(struct reader *rd, struct span span, struct slice word);
void build_table_comment(struct reader *rd, struct slice text);
void build_without(struct reader *rd, struct span span, struct slice word);
void build_index_open(struct reader *rd, bool unique, bool concurrently,
                      bool if_not_exists, struct ast_name name);
void build_index(struct reader *rd, struct relation on, const struct ast_keys *keys);
void build_view_open(struct reader *rd, struct ast_name name,
                     const struct ast_names *columns);
void build_view_query(struct reader *rd, const struct expr *query, struct span span);
void build_view(struct reader *rd, uint32_t flags, bool if_not_exists,
                struct slice check_option);
struct label_list *build_labels(struct reader *rd, struct label_list *to,
                                struct slice label, struct span span);
void build_enum(struct reader *rd, struct ast_name name, const struct label_list *labels);
void build_extension(struct reader *rd, bool if_not_exists, struct slice name);
void build_schema(struct reader *rd, bool if_not_exists, struct slice name,
                  struct slice owner);

/* ---- statements: build_alter.c ---- */

void build_alter_open(struct reader *rd, bool if_exists, struct relation table);
void build_action(struct reader *rd, struct span span, struct ast_alter *action);
struct ast_alter *build_other(struct reader *rd, struct slice text);
struct ast_alter *build_alter_column(struct reader *rd, bool if_not_exists,
                                     struct ast_column *column);
struct ast_alter *build_alter_constraint(struct reader *rd,
                                         struct ast_constraint *constraint);
struct ast_alter *build_alter_name(struct reader *rd, enum alter_kind kind,
                                   struct slice name, struct span name_span);
struct ast_alter *build_alter_drop(struct reader *rd, enum alter_kind kind,
                                   struct slice name, struct span name_span,
                                   bool if_exists, bool cascade);
struct ast_alter *build_alter_rename(struct reader *rd, enum alter_kind kind,
                                     struct slice name, struct span name_span,
                                     struct slice new_name);
struct ast_alter *build_alter_type(struct reader *rd, struct slice name,
                                   struct span name_span, const struct type *type,
                                   struct span type_span, struct slice collation,
                                   const struct expr *using_expr);
struct ast_alter *build_alter_identity(struct reader *rd, struct slice name,
                                       struct span name_span, enum identity_kind identity,
                                       const struct ast_options *options);
void build_add_value(struct reader *rd, struct ast_name type, bool if_not_exists,
                     struct slice label, struct slice neighbour, bool before);
void build_rename_value(struct reader *rd, struct ast_name type, struct slice label,
                        struct slice new_name);
void build_rename_type(struct reader *rd, struct ast_name type, struct slice new_name);
void build_type_other(struct reader *rd, struct ast_name type, struct slice text);
void build_rename(struct reader *rd, enum object_kind object, bool if_exists,
                  struct ast_name name, struct slice new_name);
void build_drop(struct reader *rd, enum object_kind object, bool if_exists,
                const struct ast_names *names, bool cascade, struct ast_name on);
void build_comment(struct reader *rd, enum object_kind object, struct ast_name name,
                   struct slice part, struct slice text);
void build_comment_column(struct reader *rd, struct span span, struct slice first,
                          const struct exprs *items, struct slice text);

#endif
