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
    uint32_t flags; /* of the list that is made of it */
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
    bool ties; /* FETCH FIRST … WITH TIES */
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

/* Of UPDATE and DELETE, where `from` is what stands behind USING. */
struct update_parts {
    const struct expr *with;
    struct slice or_word;
    const struct expr *target;
    const struct exprs *assigns;
    const struct exprs *from;
    const struct expr *where;
    const struct exprs *order;
    struct limits limits;
    const struct exprs *returning;
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
/* ( e ): counted on the node itself, which nothing else refers to yet. */
const struct expr *build_in_parens(const struct expr *e);
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
const struct expr *build_hex(struct reader *rd, struct span span, struct slice digits);
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
/* SELECT * FROM the item. */
const struct expr *build_select_all(struct reader *rd, struct span span,
                                    const struct expr *from);
const struct expr *build_from_table(struct reader *rd, struct span span,
                                    struct ast_name name);
/* The table with INDEXED BY i or NOT INDEXED behind it. */
const struct expr *build_hinted(struct reader *rd, struct span span,
                                const struct expr *table, const struct exprs *hint);
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
                             const struct expr *query, const struct expr *search,
                             const struct expr *cycle);
/* WITH, handed to the slot of the query that it belongs to. */
void build_attach_with(struct expr *query, size_t slot, const struct expr *with);
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
                                    struct slice name, const struct type *type,
                                    struct slice collation);
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
                                struct update_parts parts);
const struct expr *build_delete(struct reader *rd, struct span span,
                                struct update_parts parts);
struct insert_rest build_insert_set(struct reader *rd, struct span span,
                                    const struct exprs *assigns);
/* VALUES(a), which is excluded.a */
const struct expr *build_excluded(struct reader *rd, struct span span,
                                  struct span name_span, struct slice name);
const struct expr *build_assigned(struct reader *rd, struct span name_span,
                                  struct slice name, const struct exprs *items);
const struct expr *build_assign(struct reader *rd, struct span span,
                                const struct exprs *columns, const struct expr *value);
const struct expr *build_conflict(struct reader *rd, struct span span,
                                  struct conflict_target target,
                                  const struct exprs *assigns, const struct expr *where,
                                  const struct expr *next);

/* ---- MySQL's ALTER TABLE and RENAME TABLE: build_alter.c ---- */

struct ast_alter *build_alter_change(struct reader *rd, struct slice name,
                                     struct span name_span, struct ast_column *column);
struct ast_alter *build_alter_index(struct reader *rd, struct span span,
                                    struct ast_create_index *index);
/* part: "primary key", "foreign key", "index", "key", "check" */
struct ast_alter *build_drop_part(struct reader *rd, struct span span, struct slice part,
                                  struct slice name, struct span name_span,
                                  bool if_exists);
struct ast_alter *build_alter_comment(struct reader *rd, struct slice text);
/* Several of one statement follow each other. */
void build_rename_table(struct reader *rd, bool if_exists, struct ast_name name,
                        struct ast_name new_name);

/* ---- forms: build_form.c; `to` may be NULL ---- */

struct exprs *form_words(struct reader *rd, struct exprs *to, struct span span,
                         struct slice words);
struct exprs *form_join(struct reader *rd, struct exprs *to, const struct exprs *more);
struct exprs *form_first(struct reader *rd, const struct expr *first,
                         const struct exprs *rest);
struct exprs *form_commas(struct reader *rd, const struct exprs *items);
struct exprs *form_parens(struct reader *rd, struct exprs *to, struct span open,
                          const struct exprs *items, struct span close);
struct exprs *form_name(struct reader *rd, struct exprs *to, struct span span,
                        struct slice words, struct span name_span, struct slice name);
struct exprs *form_type(struct reader *rd, struct exprs *to, struct span span,
                        struct slice words, const struct type *type);
struct exprs *form_column(struct reader *rd, struct span span, struct slice name,
                          const struct type *type);
const struct expr *build_form(struct reader *rd, struct span span, struct slice name,
                              const struct exprs *parts);
const struct expr *build_search(struct reader *rd, struct span span, struct slice words,
                                const struct exprs *by, struct span column_span,
                                struct slice column);
const struct expr *build_cycle(struct reader *rd, struct span span,
                               const struct exprs *columns, struct span mark_span,
                               struct slice mark, const struct expr *to,
                               const struct expr *otherwise, struct span path_span,
                               struct slice path);
const struct expr *build_merge_when(struct reader *rd, struct span span,
                                    struct slice words, const struct expr *condition,
                                    const struct exprs *action);
const struct expr *build_merge(struct reader *rd, struct span span,
                               const struct expr *with, const struct expr *target,
                               const struct expr *source, const struct expr *on,
                               const struct exprs *whens, const struct exprs *returning);
const struct expr *build_sample(struct reader *rd, struct span span,
                                const struct expr *table, struct slice method,
                                const struct expr *arguments,
                                const struct expr *repeatable);
const struct expr *build_using_alias(struct reader *rd, struct span span,
                                     const struct exprs *columns, struct slice alias);
const struct expr *build_like_any(struct reader *rd, struct span span, struct slice word,
                                  uint32_t negated, uint32_t quantifier,
                                  const struct expr *a, const struct expr *b);
const struct expr *build_interval_fields(struct reader *rd, struct span span,
                                         struct slice text, struct span fields_span,
                                         struct slice fields, const struct exprs *args);
const struct expr *build_interval_times(struct reader *rd, struct span span,
                                        const struct expr *amount, struct slice unit);

/* ---- names and types: build_name.c ---- */

/* A keyword that is a name here: folded and interned. */
struct slice build_word(struct reader *rd, struct slice keyword);
struct ast_name build_word_name(struct reader *rd, struct span span, struct slice name);
/* database.schema.name: `second` is the schema, and one item follows. */
struct ast_name build_long_name(struct reader *rd, struct span span, struct slice second,
                                const struct exprs *items);
struct ast_name build_any_name(struct reader *rd, struct span span, struct slice first,
                               const struct exprs *items);
struct slice build_dotted_word(struct reader *rd, struct slice a, struct slice b);
struct ast_names *build_names(struct reader *rd, struct ast_names *to,
                              struct ast_name name);
/* Was the token at `span` written in quotes of any kind? */
bool build_was_quoted(const struct reader *rd, struct span span);
/* One more dimension. */
uint16_t build_dimension(struct reader *rd, struct span span, uint16_t dimensions);
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

/* To be written to; made when first asked for. */
struct ast_column_rare *build_column_rare(struct reader *rd, struct ast_column *c);
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
struct ast_column *build_storage(struct reader *rd, struct span span,
                                 struct ast_column *c, struct slice storage);
struct ast_column *build_compression(struct reader *rd, struct span span,
                                     struct ast_column *c, struct slice method);
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
struct ast_create_index *build_inline_key(struct reader *rd, struct span span,
                                          struct slice name, struct span name_span,
                                          struct slice method,
                                          const struct ast_keys *keys);
void build_add_key(struct reader *rd, struct ast_create_index *index);
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

/* ---- domains, types, sequences: build_types.c ---- */

void build_domain(struct reader *rd, struct ast_name name, const struct type *base,
                  struct span base_span);
void build_domain_collation(struct reader *rd, struct slice collation);
void build_domain_default(struct reader *rd, const struct expr *e);
void build_domain_name(struct reader *rd, struct slice name);
void build_domain_not_null(struct reader *rd, bool not_null);
void build_domain_check(struct reader *rd, struct span span, const struct expr *check);
void build_composite(struct reader *rd, struct ast_name name);
void build_attribute(struct reader *rd, struct span span, struct slice name,
                     const struct type *type, struct slice collation);
void build_range(struct reader *rd, struct ast_name name);
void build_range_option(struct reader *rd, struct span span, struct slice name,
                        const struct type *value);
void build_sequence(struct reader *rd, uint32_t flags, bool if_not_exists,
                    struct ast_name name, struct ast_sequence *settings);
struct ast_sequence *build_sequence_setting(struct reader *rd, struct ast_option option);
struct ast_sequence *build_sequence_type(struct reader *rd, struct span span,
                                         const struct type *type);
struct ast_sequence *build_sequence_owner(struct reader *rd, struct span word_span,
                                          struct slice word, struct span span,
                                          struct slice first, const struct exprs *items);
struct ast_sequence *build_sequence_restart(struct reader *rd, struct span span,
                                            struct slice word);
struct ast_sequence *build_sequence_logged(struct reader *rd, struct span span,
                                           struct slice word);
/* Both, in the first. */
struct ast_sequence *build_sequence_join(struct reader *rd, struct ast_sequence *first,
                                         const struct ast_sequence *second);
struct ast_alter_object *build_alter_object(struct reader *rd, bool if_exists,
                                            struct ast_name name,
                                            enum alter_object_kind kind);
void build_statistics(struct reader *rd, bool if_not_exists, struct ast_name name,
                      const struct ast_names *kinds, const struct exprs *keys,
                      struct ast_name table);
void build_statistics_target(struct reader *rd, bool if_exists, struct ast_name name,
                             struct span span, struct slice word, struct slice number);
void build_alter_attributes(struct reader *rd, struct ast_name type);
void build_attribute_action(struct reader *rd, struct span span,
                            struct ast_alter *action);
/* `word`: must be ATTRIBUTE. */
struct ast_alter *build_alter_attribute(struct reader *rd, struct span word_span,
                                        struct slice word, enum alter_kind kind,
                                        struct span name_span, struct slice name);
void build_attribute_type(struct reader *rd, struct ast_alter *to, struct span span,
                          const struct type *type, struct slice collation);
void build_type_schema(struct reader *rd, struct ast_name type, struct slice schema);
/* ---- routines, triggers, rules, policies: build_code.c ---- */

enum trigger_flag {
    TRIGGER_IS_TEMPORARY = 1 << 0,
    TRIGGER_IS_CONSTRAINT = 1 << 1,
};
#define TRIGGER_NO_TIMING 99 /* none was written; else enum trigger_timing */

struct ast_argument build_argument(struct span span, const struct type *type,
                                   bool is_set);
struct ast_arguments *build_arguments(struct reader *rd, struct ast_arguments *to,
                                      const struct ast_argument *argument);
struct ast_arguments *build_order_arguments(struct reader *rd,
                                            struct ast_arguments *direct,
                                            const struct ast_arguments *ordered);
struct ast_arguments *build_table_column(struct reader *rd, struct ast_arguments *to,
                                         struct span span, struct slice name,
                                         struct ast_argument column);
struct ast_signature *build_signature(struct reader *rd, struct ast_name name,
                                      const struct ast_arguments *arguments);
struct ast_signatures *build_signatures(struct reader *rd, struct ast_signatures *to,
                                        const struct ast_signature *signature);
void build_routine_open(struct reader *rd, enum routine_kind kind, bool or_replace,
                        const struct ast_signature *signature);
void build_routine_option(struct reader *rd, struct span span,
                          enum ast_routine_option_kind kind, struct slice name,
                          struct slice value);
void build_returns(struct reader *rd, struct span span, struct ast_argument result);
void build_returns_table(struct reader *rd, struct span span,
                         const struct ast_arguments *columns);
void build_body(struct reader *rd, struct span span, enum body_kind kind,
                struct slice body, struct slice body2);
void build_returned(struct reader *rd, struct span span, const struct expr *e);
void build_transform(struct reader *rd, struct span span, const struct type *type);
struct slice build_dotted_text(struct reader *rd, struct ast_name name);
struct slice build_set_value(struct reader *rd, struct slice value);
struct slice build_set_values(struct reader *rd, struct slice before, struct slice value);
void build_routine_set(struct reader *rd, struct span span, struct ast_name name,
                       struct slice values);
void build_routine_reset(struct reader *rd, struct span span, struct ast_name name);
void build_aggregate(struct reader *rd, bool or_replace,
                     const struct ast_signature *signature,
                     const struct ast_options *options);
void build_old_aggregate(struct reader *rd, bool or_replace, struct ast_name name,
                         const struct ast_options *options);
struct ast_option build_definition_name(struct reader *rd, struct span span,
                                        struct slice option, struct span name_span,
                                        struct type_parts parts);
void build_alter_routine_open(struct reader *rd, enum routine_kind kind,
                              const struct ast_signature *signature);
void build_alter_routine(struct reader *rd, enum alter_routine_kind change,
                         struct slice new_name, struct span new_span);
void build_drop_routine(struct reader *rd, enum routine_kind kind, bool if_exists,
                        const struct ast_signatures *signatures, bool cascade);
void build_trigger_open(struct reader *rd, struct ast_name name, bool or_replace,
                        bool if_not_exists, uint32_t flags);
void build_trigger(struct reader *rd, uint32_t timing, uint32_t events,
                   struct ast_name table);
uint32_t build_trigger_columns(struct reader *rd, const struct ast_names *columns);
void build_trigger_each(struct reader *rd, struct slice words);
void build_trigger_deferral(struct reader *rd, enum deferral_words words);
void build_transition(struct reader *rd, struct slice words, struct slice name);
void build_trigger_when(struct reader *rd, const struct expr *when);
void build_trigger_call(struct reader *rd, struct ast_name function,
                        const struct ast_names *arguments);
void build_trigger_statement(struct reader *rd, const struct expr *query);
struct ast_alter *build_enable(struct reader *rd, struct slice words, struct slice name,
                               struct span name_span);
void build_rule(struct reader *rd, bool or_replace, struct ast_name name, uint32_t event,
                struct ast_name table, const struct expr *where, struct slice how);
void build_rule_action(struct reader *rd, const struct expr *query);
struct ast_policy *build_policy_as(struct reader *rd, struct span span,
                                   struct ast_policy *p, struct slice word);
void build_policy(struct reader *rd, enum stmt_kind kind, struct ast_name name,
                  struct ast_name table, struct ast_policy *p);
void build_rename_on(struct reader *rd, const char *kind, struct ast_name name,
                     bool if_exists, struct ast_name table, struct slice new_name);

/* ---- GRANT, REVOKE: build_grant.c ---- */

struct ast_privilege build_privilege(struct reader *rd, struct span span,
                                     struct slice name, const struct ast_names *columns);
/* ALL PRIVILEGES: `second` must be that word. */
struct ast_privilege build_all_privileges(struct reader *rd, struct span span,
                                          struct span second_span, struct slice name,
                                          struct slice second,
                                          const struct ast_names *columns);
struct ast_grant *build_privileges(struct reader *rd, struct ast_grant *to,
                                   struct ast_privilege privilege);
struct ast_grant *build_grant_role(struct reader *rd, struct ast_grant *g);
void build_grant_on(struct reader *rd, struct slice kind,
                    const struct ast_signatures *objects);
void build_grant_on_word(struct reader *rd, struct span span, struct slice word,
                         const struct ast_signatures *objects);
void build_grant_in_schema(struct reader *rd, struct span span, struct slice word,
                           const struct ast_signatures *schemas);
void build_grantee(struct reader *rd, struct span span, struct slice role);
void build_grant_option(struct reader *rd, struct span span, struct slice word);
void build_granted_by(struct reader *rd, struct span span, struct slice word);

/* ---- statements: build_alter.c ---- */

void build_alter_open(struct reader *rd, enum object_kind object, bool if_exists,
                      struct relation table);
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
void build_drop_kind(struct reader *rd, bool if_exists, const struct ast_names *names,
                     bool cascade);
void build_comment(struct reader *rd, enum object_kind object, struct ast_name name,
                   struct slice part, struct slice text);
/* Of a kind that the statement's first words said; `on`: its table. */
void build_comment_kind(struct reader *rd, struct ast_name name, struct ast_name on,
                        struct slice text);
void build_comment_routine(struct reader *rd, const struct ast_signature *signature,
                           struct slice text);
void build_comment_on_domain(struct reader *rd, struct span span, enum object_kind part,
                             struct ast_name domain, struct slice name,
                             struct slice text);
void build_comment_column(struct reader *rd, struct span span, struct slice first,
                          const struct exprs *items, struct slice text);

/* ---- tables made of tables, how relations are kept: build_table.c ---- */

struct ast_column *build_find_column(const struct ast_create_table *t, struct slice name);
void build_table_query(struct reader *rd, const struct expr *query, uint32_t flags);
void build_partition_of(struct reader *rd, struct ast_name parent,
                        const struct ast_bound *bound);
void build_inherits(struct reader *rd, struct span span, struct slice word,
                    const struct ast_names *parents);
void build_partition_by(struct reader *rd, struct span span, struct slice strategy,
                        const struct ast_keys *keys);
/* `from`, `to` and `options` are NULL where the kind has none. */
const struct ast_bound *build_bound(struct reader *rd, struct span span,
                                    enum bound_kind kind, const struct exprs *from,
                                    const struct exprs *to,
                                    const struct ast_options *options);
void build_add_like(struct reader *rd, struct ast_like *like);
struct ast_like *build_like_source(struct reader *rd, struct span span,
                                   struct ast_name source);
struct ast_like *build_like_part(struct reader *rd, struct span span,
                                 struct ast_like *like, struct slice verb,
                                 struct span part_span, struct slice part);
void build_table_not_null(struct reader *rd, struct span span, struct slice name,
                          struct span column_span, struct slice column, bool no_inherit);
struct ast_column *build_with_options(struct reader *rd, struct span span,
                                      struct ast_column *c, struct slice word);
struct ast_column *build_column_tablespace(struct reader *rd, struct span span,
                                           struct span words_span, struct ast_column *c,
                                           struct slice name);
void build_recursive_view(struct reader *rd, uint32_t flags, struct span span);
struct ast_alter *build_alter_options(struct reader *rd, enum alter_kind kind,
                                      struct slice name, struct span name_span,
                                      const struct ast_options *options);
struct ast_alter *build_alter_other_table(struct reader *rd, enum alter_kind kind,
                                          struct ast_name table);
struct ast_alter *build_alter_deferral(struct reader *rd, struct slice name,
                                       struct span span);
struct ast_alter *build_set_logged(struct reader *rd, struct span span,
                                   struct slice word);
struct ast_alter *build_set_method(struct reader *rd, struct span span,
                                   struct slice access, struct slice word,
                                   struct slice method);
struct ast_alter *build_set_without(struct reader *rd, struct span span,
                                    struct slice word);
struct ast_alter *build_row_security(struct reader *rd, struct span span,
                                     struct slice word, struct slice level,
                                     struct slice security);
struct ast_alter *build_column_setting(struct reader *rd, struct slice name,
                                       struct span name_span, struct span span,
                                       struct slice word, struct slice value);

#endif
