/*
 * Definitions under construction: what the files that declare and alter them share.
 *
 * A detail is never edited in place: a base catalog may share it.  An ALTER copies it,
 * changes the copy and gives it to the definition (definition_give), which is then spelt
 * again.
 */
#ifndef SCHEMAC_RESOLVE_DEFINITIONS_H
#define SCHEMAC_RESOLVE_DEFINITIONS_H

#include "resolve/build.h"

/* declare.c: spelt from its detail and put into the maps.  IF NOT EXISTS is quiet. */
void definition_declare(struct build *b, const struct stmt *stmt, struct definition *d,
                        bool if_not_exists);

/* The definition of that kind and name; NULL. */
struct object *definition_find(struct build *b, const char *kind, struct slice schema,
                               struct slice name);
/* NULL after reporting that there is none, or that it is something else. */
struct object *definition_need(struct build *b, const char *kind,
                               const struct ast_name *name, bool if_exists);
/* It is there, but the statement is about another kind of thing. */
void report_wrong_kind(struct build *b, const struct object *o, struct span span,
                       const char *wanted);
/* After its detail, its name or its schema was changed. */
void definition_respell(struct build *b, struct object *o);
/* Another name or schema; false after reporting that it is taken. */
bool definition_rename(struct build *b, struct object *o, struct slice schema,
                       struct slice name, struct span span);
/* What is declared under one of the type names: "domain", "type". */
bool is_type_kind(struct slice kind);
/* An enum, or one of those. */
bool is_type_object(const struct object *o);

/* define_domain.c */
void declare_domain(struct build *b, const struct stmt *stmt);
void alter_domain(struct build *b, const struct ast_alter_object *ast);
/* The domain that the type names; NULL. */
const struct domain *type_domain(const struct build *b, const struct type *t);
/* Names of checks that nobody wrote, when the domain is called so. */
void domain_derive_names(struct build *b, struct object *o, struct slice name);
void domain_bind(struct build *b, struct object *o);
/* COMMENT ON CONSTRAINT of a domain. */
void check_comment(struct build *b, struct object *o, const struct ast_comment *ast);

/* define_composite.c */
void declare_composite(struct build *b, const struct stmt *stmt);
void alter_attributes(struct build *b, struct object *o,
                      const struct ast_alter_type *ast);
void drop_attributes_of_type(struct build *b, struct object *o,
                             const struct object *type);
/* COMMENT ON COLUMN of a composite type. */
void attribute_comment(struct build *b, struct object *o, const struct ast_comment *ast);
/* The types of its attributes are there. */
void composite_check(struct build *b, struct object *o);

/* define_range.c */
void declare_range(struct build *b, const struct stmt *stmt);
/* The server makes a type of several ranges along with it. */
void range_register(struct build *b, struct object *o);
void range_forget(struct build *b, const struct object *o);
void range_check(struct build *b, struct object *o);

/* define_types.c */
/* No schema for the default one. */
struct type type_plain_schema(const struct type *from);
/* "default" is what a column has without a COLLATE. */
struct slice collation_without_default(struct slice collation);
/* A domain or other type that is no enum gets another name or schema. */
void rename_type_definition(struct build *b, struct object *o, struct slice schema,
                            struct slice name, struct span span);
/* base.c: @was of attributes is about the way to the base. */
void definition_forget_names(struct build *b, struct object *o);
/* Expressions and types of what is declared here; after all statements. */
void definitions_bind(struct build *b);

/* define_schema.c */
void drop_schema(struct build *b, struct object *schema, bool cascade, struct span span);
void alter_schema(struct build *b, const struct ast_alter_object *ast);
void alter_extension(struct build *b, const struct ast_alter_object *ast);
/* drop.c: with all that depends on it, whatever it is. */
void drop_object(struct build *b, struct object *o, struct span span);
/* rename.c, altertype.c: to another schema, or another name too. */
void move_view(struct build *b, struct object *o, struct slice schema, struct span span);
void rename_any_type(struct build *b, struct object *o, struct slice schema,
                     struct slice name, struct span span);

/* comment.c: the view has the column that the comment is on. */
void comment_check(struct build *b, const struct object *o);

/* define_grant.c */
void declare_grant(struct build *b, const struct stmt *stmt);
void grant_register(struct build *b, struct object *o);
void grants_follow_column(struct build *b, const struct object *on, struct slice column,
                          struct slice name);
void grants_detach(struct build *b, const struct object *on);
void grants_finish(struct build *b);

/* typed.c: CREATE TABLE … OF; false after reporting. */
bool table_take_type(struct build *b, struct work_table *w,
                     const struct ast_create_table *ast);
void table_tie(struct build *b, struct work_table *w, const struct ast_name *type);
/* The tables of a type follow an ALTER TYPE … CASCADE, and its renames. */
void typed_follow(struct build *b, const struct object *type,
                  const struct ast_alter *action);
void typed_rename(struct build *b, const struct object *type, struct slice schema,
                  struct slice name);
void typed_check(struct build *b);

/* define_virtual.c: SQLite's virtual tables */
void declare_virtual(struct build *b, const struct stmt *stmt);
bool is_virtual(const struct object *o);
/* ALTER TABLE of one: the actions that there are. */
void alter_virtual(struct build *b, struct object *o, const struct ast_alter_table *ast);
void rename_virtual(struct build *b, struct object *o, struct slice name,
                    struct span span);
/* The table of that name is one that the module makes for itself; NULL: it is not. */
const struct object *virtual_owner(const struct build *b, struct slice schema,
                                   struct slice name);
/* After all statements: tables that a dump wrote and that belong to a virtual table. */
void virtual_take_shadows(struct build *b);

/* define_role.c: made, altered and dropped */
void declare_role(struct build *b, const struct stmt *stmt);

/* define_statistics.c */
void declare_statistics(struct build *b, const struct stmt *stmt);
void alter_statistics(struct build *b, const struct ast_alter_object *ast);
/* The table got another name or schema. */
void statistics_move(struct build *b, struct object *o, struct slice schema,
                     struct slice table);
/* Those on the table, or that look at its column: column none for any. */
void statistics_drop(struct build *b, const struct table *t, struct slice column);
/* LIKE … INCLUDING STATISTICS. */
void statistics_copy(struct build *b, const struct table *from, const struct table *to,
                     bool with_comments);

/* define_sequence.c */
void declare_sequence(struct build *b, const struct stmt *stmt);
/* How an identity column counts; what an ALTER does not name keeps its value. */
void column_number(struct build *b, struct column *c, const struct ast_options *options,
                   bool is_new);
void alter_sequence(struct build *b, const struct ast_alter_object *ast);
void rename_sequence(struct build *b, struct object *o, struct slice schema,
                     struct slice name, struct span span);
void drop_sequence(struct build *b, struct object *o, bool cascade, struct span span);
/* Sequences that the table, or the column of it, owns: column none for any. */
void sequences_drop_owned(struct build *b, const struct table *t, struct slice column);
void sequences_follow_table(struct build *b, const struct table *t, struct slice schema,
                            struct slice name);
void sequences_follow_column(struct build *b, const struct table *t, struct slice column,
                             struct slice name);
/* typecycle.c: reports types that are made of themselves; true: there are some. */
bool types_refuse_cycles(struct build *b);
/* The sequence whose next value a default takes; NULL: it takes none that is declared. */
struct object *default_sequence(struct build *b, const struct expr *e);
/* … is it the one of the serial column, which no statement declares? */
bool default_takes_serial(struct build *b, const struct expr *e, const struct table *t,
                          const struct column *c);

/* "s.q", as nextval() takes it. */
struct slice sequence_text(struct build *b, struct slice schema, struct slice name);

/* serial.c: the sequence of a serial column as one of its own; NULL: there is none. */
struct object *serial_unfold(struct build *b, struct slice schema, struct slice name);
/* Before the table, or `column` of it (NULL: all), gets another name: where the engine
 * does not rename their sequences, they become sequences of their own. */
void serials_keep_names(struct build *b, const struct table *t,
                        const struct column *column);
/* DROP NOT NULL: a serial column that may be NULL is what it is made of. */
void serial_let_be_null(struct build *b, const struct table *t, struct column *c);

/* retype.c: what names the type says its new name; called before the rename is made. */
void types_follow(struct build *b, struct slice old_schema, struct slice old,
                  struct slice schema, struct slice name);
/* Is the domain over the type, the range a range of it? */
bool type_is_made_of(const struct object *o, const struct object *type);

/* routine_names.c */
void routine_check_types(struct build *b, const struct object *o);

/* types.c */
/* Of an argument or a result: rows and the types that only functions have as well. */
void type_check_signature(struct build *b, const struct type *t, struct span span);
void type_check(struct build *b, struct type *t, struct span span);

#endif
