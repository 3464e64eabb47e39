/*
 * The catalog under construction, private to resolve.
 *
 * Every object has a `struct object` from the statement that declares it until the end;
 * what is dropped stays in the list, marked.  Maps lead from names to objects, from a
 * table to the foreign keys that refer to it and to the views that read it, so that a
 * statement costs what it touches.  The catalog's own lists are filled at the end
 * (build_finish) from what is left.
 *
 * Tables of a base catalog are copied at the start, so that all of them may be changed.
 */
#ifndef SCHEMAC_RESOLVE_BUILD_H
#define SCHEMAC_RESOLVE_BUILD_H

#include "resolve/resolve.h"
#include "resolve/terms.h"

/* ---- what stands behind an object ---- */

struct work_column {
    struct column *column;
    const struct ast_column *ast; /* NULL: inherited from the base */
    struct slice base_name;       /* its name there; none: new */
};

struct work_constraint {
    struct constraint *constraint;
    const struct ast_constraint *ast; /* NULL: inherited from the base */
    struct slice base_name;
    struct work_table *owner;
    const struct work_constraint *named_after; /* LIKE copied it with its name; NULL */
    struct work_constraint *parent; /* of the parent table, that it is a copy of; NULL */
    struct work_index *part_of; /* an index of the parent that its index is a part of */
    bool named_by_engine;       /* RESOLVE_SCRIPT: as it was when it was made */
    bool broken;                /* an error was reported: check nothing more */
    bool dropped;
};

struct work_index {
    struct index *index;
    const struct ast_create_index *ast; /* NULL: inherited from the base */
    bool named_by_engine;               /* as of work_constraint */
    struct slice base_name;
    struct object *object;
    struct work_table *owner;
    struct work_index *parent; /* of the parent table, that it is a part of; NULL */
    bool dropped;
};

struct work_rows {
    struct initial_rows *rows;
    const struct initial_rows *base; /* NULL: not inherited */
    bool dropped;
};

struct work_table {
    struct table *table;      /* columns and column_names are kept true all the time */
    const struct table *base; /* NULL: new */
    struct object *object;
    bool doubtful; /* declared twice: what is missing may be in the other declaration */
    VEC(struct work_column) columns; /* beside table->columns */
    VEC(struct work_constraint *) constraints;
    VEC(struct work_index *) indexes;
    VEC(struct work_rows *) rows;
    VEC(struct work_table *) parents; /* in order; of a partition: one */
    VEC(struct work_table *) children;
    size_t depth; /* parents above it in a row */
    bool is_ordered;
    struct index_keys *partition_keys; /* of table->partition_by; NULL */
    /* What CLUSTER ON and REPLICA IDENTITY USING INDEX name: one of each pair, or none.
     */
    struct work_index *cluster_index;
    struct work_constraint *cluster_key;
    struct work_index *replica_index;
    struct work_constraint *replica_key;
};

enum view_state {
    VIEW_UNBOUND,
    VIEW_BINDING, /* met again in this state: the views read each other */
    VIEW_BOUND,
};

/* ALTER VIEW v RENAME COLUMN: done when the columns of the query are known. */
struct view_rename {
    struct slice from;
    struct slice to;
    struct span span;
};

struct work_view {
    struct view *view;
    const struct ast_create_view *ast; /* NULL: inherited from the base */
    struct slice base_name;
    struct slices names; /* CREATE VIEW v (a, b): until they are aliases; else empty */
    VEC(struct view_rename) renames;
    struct object *object;
    enum view_state state;
};

struct work_enum {
    struct enum_type *type;
    const struct enum_type *base; /* NULL: new */
};

/* GRANT and REVOKE of one grantee about one object (define_grant.c). */
struct work_grant {
    struct grant *grant;
    struct object *object; /* of the definition */
    struct object *on;     /* NULL: the server's, or a serial column's */
};

enum object_role {
    ROLE_TABLE,      /* u.table */
    ROLE_VIEW,       /* u.view */
    ROLE_INDEX,      /* u.index */
    ROLE_ENUM,       /* u.enum_type */
    ROLE_DEFINITION, /* u.definition */
};

struct object {
    enum object_role role;
    struct slice schema;
    struct slice
        name; /* none: an index whose name will be derived, a nameless definition */
    struct slice only; /* @only, of indexes and definitions; none */
    struct span span;  /* where it was declared */
    bool dropped;
    const struct definition *base; /* of a definition that is inherited; NULL: new */
    union {
        struct work_table *table;
        struct work_view *view;
        struct work_index *index;
        struct work_enum *enum_type;
        struct definition *definition;
    } u;
};

/* Foreign keys that refer to one table; some may be dropped. */
struct referrers {
    VEC(struct work_constraint *) all;
};

/* Views that read one table or view, and triggers, rules and policies that do or that
 * stand on it; some may be dropped. */
struct readers {
    VEC(struct work_view *) all;
    VEC(struct object *) code;
};

/* Routines of one name; some may be dropped. */
struct overloads {
    VEC(struct object *) all;
};

/*
 * Objects of one kind by catalog_key.  A name that is not there as it was written is
 * looked for without regard to case: SQLite and MySQL do so, and what is declared as
 * "parentId" may be meant by parentId, which is folded.
 */
struct names {
    struct map exact;  /* → struct object *; NULL value: gone */
    struct map folded; /* the same by lower-case key, where that is another one */
};

/* The statement that is being applied, for the account. */
struct at_hand {
    enum fate fate;
    bool is_said;  /* by account_say */
    size_t errors; /* that there were before it */
};

struct build {
    struct session *s;
    struct arena *a;
    const struct terms *terms;
    const struct terms
        *engine; /* that keeps the names: of the terms, or ran the script */
    enum resolve_mode mode;
    bool is_bare;   /* as of struct resolve_input */
    bool of_sqlite; /* its declarations are read for another engine */
    struct catalog *out;
    struct at_hand at_hand;
    VEC(struct object *) objects;
    VEC(struct object *) declared_sequences; /* of them; some may be dropped */
    VEC(struct work_rows *) rows;            /* in the order of the statements */
    VEC(const struct stmt *) event_triggers; /* kept whole; some may be dropped */
    VEC(const struct stmt *) late;           /* about a table that is not declared yet */
    struct names relations; /* table, view, index, what is kept whole like a table */
    VEC(struct work_grant *) all_grants;
    struct map grants;        /* object and grantee → struct work_grant * */
    struct names types;       /* enum; domain or other type that is kept whole */
    struct map definitions;   /* definition_key → object */
    struct map routines;      /* catalog_key → struct overloads * */
    struct map routine_names; /* name in any schema → struct overloads * */
    struct map temporaries;   /* catalog_key of temporary tables and views; NULL: gone */
    struct map drops;  /* catalog_key or column_key → struct span *: who dropped it */
    bool has_families; /* some table has a parent */
    struct map bound;  /* bindtable.c: address of an expression → what it became */
    struct map referrers; /* catalog_key in lower case → struct referrers * */
    struct map readers;   /* catalog_key in lower case → struct readers * */
    struct map given;     /* RESOLVE_SCRIPT: name → struct work_constraint * */
    struct map sequences; /* RESOLVE_SCRIPT: those of serial columns, by name */
    size_t view_depth;    /* of the view that is being bound */
    bool has_extension;   /* types that we cannot know may exist */
    bool has_hidden;      /* a block may have made objects that are not seen */
};

/* ---- build.c: the working state ---- */

void build_init(struct build *b, struct session *s, const struct resolve_input *in);
void build_finish(struct build *b);

/* public and main are the default schemas; writing them means nothing. */
struct slice schema_of(const struct ast_name *name);
struct slice schema_plain(struct slice schema);
/* As the engine keeps it, which may be cut. */
struct slice name_kept(const struct build *b, struct slice name);

/* "table(column)": what drops are found by. */
struct slice column_key(struct build *b, const struct table *t, struct slice column);
void remember_drop(struct build *b, struct slice key, struct span span);
const struct span *find_drop(const struct build *b, struct slice key);

struct object *object_add(struct build *b, enum object_role role, struct slice schema,
                          struct slice name, struct span span);
void names_put(struct build *b, struct names *names, struct slice key, struct object *o);
/* NULL: not there (any more). */
struct object *object_find(const struct build *b, const struct names *names,
                           struct slice schema, struct slice name);
/* Both are for one dialect each, and for two: never in one database. */
bool only_differs(struct slice a, struct slice b);
/* Declares the name; false after reporting that it is taken. */
bool object_declare(struct build *b, struct names *names, struct object *o);
void object_drop(struct build *b, struct names *names, struct object *o);
/* rowtype.c: may it have the name beside what is a type, or a relation, by that name?
 * False after reporting that it may not. */
bool rowtype_allows(struct build *b, const struct object *o, struct slice schema,
                    struct slice name, struct span span);
/* The same of the type of several ranges that a range of that name brings along. */
bool multirange_allows(struct build *b, const struct object *o, struct slice schema,
                       struct slice name, struct span span);
/* The same of what was declared and annotated; nothing of what has no such name. */
void rowtype_check(struct build *b, const struct object *o);
/* keyname.c: of keys beside relations. */
void key_names_check(struct build *b);
/* False after reporting that the new name is taken. */
bool object_may_rename(struct build *b, const struct names *names, const struct object *o,
                       struct slice schema, struct slice name, struct span span);
/* Needs: it may be renamed, and who follows by the old name has done so. */
void object_rename(struct build *b, struct names *names, struct object *o,
                   struct slice schema, struct slice name);
const char *object_words(const struct object *o); /* "table", "type", … */
const char *object_a_word(struct build *b, const struct object *o); /* "an index" */

/* NULL after reporting D_NO_SUCH_TABLE (or, where `if_exists`, silently). */
struct work_table *table_need(struct build *b, const struct ast_name *name,
                              bool if_exists);
/* A table that is kept whole: what stands on it is kept as text too. */
bool is_definition_relation(const struct build *b, const struct ast_name *name);
struct work_table *table_find(const struct build *b, struct slice schema,
                              struct slice name);
struct slice table_key(const struct build *b, const struct table *t);

struct referrers *referrers_of(struct build *b, struct slice key);
struct readers *readers_of(struct build *b, struct slice key);

struct slice definition_key(struct build *b, struct slice kind, struct slice schema,
                            struct slice name, struct slice table);

/* base.c: everything of the catalog that a delta extends, copied. */
void build_take_base(struct build *b, const struct catalog *base);

struct index_keys keys_copy(struct build *b, const struct index_keys *from);
struct constraint *constraint_copy(struct build *b, const struct constraint *from);

/* ---- inherit.c: tables with parents ---- */

bool is_partition(const struct work_table *w);
/* The child is being made and gets what the parent has; false after reporting. */
bool table_inherit(struct build *b, struct work_table *child, struct work_table *parent,
                   struct span span);
/* The child is there and must have what the parent has. */
void table_attach(struct build *b, struct work_table *child, struct work_table *parent,
                  struct span span);
void table_detach(struct work_table *child, struct work_table *parent);
void table_leave_parents(struct work_table *w);
/* The same to every table below, after it was done to `w`. */
void children_add_column(struct build *b, struct work_table *w, const struct column *c);
void children_add_constraint(struct build *b, struct work_table *w,
                             struct work_constraint *c);
void children_add_index(struct build *b, struct work_table *w, struct work_index *i);
void children_drop_column(struct build *b, struct work_table *w, struct slice name,
                          bool cascade, struct span span);
void children_drop_constraint(struct build *b, struct work_table *w,
                              const struct work_constraint *c);
void children_drop_index(struct build *b, struct work_table *w,
                         const struct work_index *x);
bool column_is_inherited(const struct work_table *w, struct slice name);
void tables_retie(struct build *b);   /* of a base catalog */
/* family.c */
void inherit_finish(struct build *b);
/* A serial column whose sequence stands by itself from now on: so do those below it. */
void family_counts_by(struct build *b, const struct table *t, const struct column *c);

/* ---- partition.c ---- */

const struct partition_by *partition_by_make(struct build *b, struct work_table *w,
                                             const struct ast_partition_by *ast);
const struct partition_bound *bound_make(struct build *b, const struct ast_bound *ast);
/* False after reporting that the table has no partitions at all. */
bool partitioned_need(struct build *b, const struct work_table *parent, struct span span);
void partitions_check(struct build *b);

/* ---- like.c: columns from elsewhere ---- */

void table_add_like(struct build *b, struct work_table *w, const struct ast_like *ast);
/* CREATE TABLE AS: false when not all columns are known. */
bool table_add_query(struct build *b, struct work_table *w,
                     const struct ast_create_table *ast);

/* ---- setting.c: actions of ALTER TABLE about how a relation is kept ---- */

bool alter_setting(struct build *b, struct work_table *w, const struct ast_alter *action);
void alter_index(struct build *b, const struct stmt *stmt, struct work_index *w);
void alter_view(struct build *b, const struct stmt *stmt, struct work_view *w);
/* ALTER INDEX of a key, or of an index with a derived name; false: there is none. */
bool alter_unnamed(struct build *b, const struct stmt *stmt);
/* The names of the indexes that CLUSTER ON and REPLICA IDENTITY named, when final. */
void settings_finish(struct build *b);

/* ---- hint.c: "did you mean" ---- */

void hint_column(struct session *s, struct diag *d, const struct table *t,
                 struct slice wrong);
void hint_relation(struct build *b, struct diag *d, struct slice wrong);
void hint_nearest(struct session *s, struct diag *d, struct slice wrong,
                  const struct slices *candidates);

/* ---- annotate.c: annotations into catalog fields ---- */

void annotate_table(struct build *b, struct table *t, const struct annotations *from);
void annotate_column(struct build *b, struct column *c, const struct annotations *from);
/* An action of ALTER TABLE that changes nothing of what annotations say. */
void annotate_no_action(struct build *b, const struct annotations *from);
/* Before it goes: @back says its older self. */
void annotate_drop_column(struct build *b, struct table *t, const struct column *c,
                          const struct annotations *from);
void annotate_constraint(struct build *b, struct constraint *c,
                         const struct annotations *from);
void annotate_index(struct build *b, struct index *i, const struct annotations *from);
void annotate_view(struct build *b, struct view *v, const struct annotations *from);
void annotate_enum(struct build *b, struct enum_type *t, const struct annotations *from);
void annotate_attribute(struct build *b, struct attribute *x,
                        const struct annotations *from);
void annotate_value(struct build *b, struct enum_type *t, struct enum_value *v,
                    const struct annotations *from);
void annotate_definition(struct build *b, struct definition *r,
                         const struct annotations *from);

/* ---- declare.c: CREATE …; table.c, column.c, constraint.c, index.c for tables ---- */

void declare_statement(struct build *b, const struct stmt *stmt);
void declare_table(struct build *b, const struct stmt *stmt);
void declare_index(struct build *b, const struct stmt *stmt);
void declare_view(struct build *b, const struct stmt *stmt);
/* Tells the relations that it reads that it does. */
void view_register(struct build *b, struct work_view *w);
void view_freeze(struct build *b, struct work_view *w);
/* view_replace.c: may the one take the place of the other? */
void view_check_replaced(struct build *b, const struct work_view *old,
                         const struct work_view *new);
/* Left out with a note, and so is what is said about it: it ends with the session. */
void temporary_add(struct build *b, const struct ast_name *name, const char *what);
bool is_temporary(const struct build *b, const struct ast_name *name);
void declare_definition(struct build *b, const struct stmt *stmt, struct slice kind,
                        const struct ast_name *name, const struct ast_name *table);

/* A column and, through *lifted, what was written on it. */
struct column *column_make(struct build *b, const struct ast_column *ast);
/* False after reporting that the table has such a column. */
bool table_add_column(struct build *b, struct work_table *w,
                      const struct ast_column *ast);
/* At the end of its columns; its name is free. */
void table_push_column(struct build *b, struct work_table *w, struct work_column column);
/* A copy without what is about the way from the version before: @was, @from, @back. */
struct column *column_copy(struct build *b, const struct column *from);
void table_remove_column(struct work_table *w, struct column *c);
void table_rename_column(struct work_table *w, struct column *c, struct slice name);
/* By its name, else by the only name that differs in case. */
struct column *find_column(const struct table *t, struct slice name);
struct work_column *table_work_column(struct work_table *w, const struct column *c);
struct column *table_need_column(struct build *b, struct work_table *w, struct slice name,
                                 struct span span, bool if_exists);

/* `on`: the column that it was written on, or none. */
/* NULL after reporting. */
struct work_constraint *table_add_constraint(struct build *b, struct work_table *w,
                                             const struct ast_constraint *ast,
                                             struct slice on);
/* NULL: it has none. */
struct work_constraint *table_primary_key(const struct work_table *w);
bool table_key_has(const struct work_table *w, struct slice column);
void table_remove_constraint(struct work_table *w, struct work_constraint *c);
void table_adopt_constraint(struct build *b, struct work_table *w,
                            struct work_constraint *c);
struct index_keys keys_make(struct build *b, const struct ast_keys *from);
/* Of unique ones, MySQL's name(10): it refuses rows that the whole column would take. */
void keys_tell_prefixes(struct build *b, const struct ast_keys *keys);
struct slices slices_from_names(struct build *b, const struct ast_names *from);
/* options.c; `span`: what they stand on, for options without a place of their own. */
struct slice options_text(struct build *b, const struct ast_options *from,
                          struct span span);
/* Canonical options with those of `set` instead or as well, and without those of `reset`;
   both may be NULL. */
struct slice options_merge(struct build *b, struct slice old,
                           const struct ast_options *set, const struct ast_options *reset,
                           struct span span);
/* pg_default is what a table without a tablespace has. */
struct slice tablespace_plain(struct slice tablespace);
/* The name it has or will have. */
struct slice constraint_name(struct build *b, const struct work_constraint *c);

void table_add_index(struct build *b, struct work_table *w,
                     const struct ast_create_index *ast,
                     const struct annotations *annotations, struct span span);
void index_drop(struct build *b, struct work_index *i);
/* A part of `from` on a partition; its name will be derived. */
struct work_index *index_copy(struct build *b, struct work_table *w,
                              const struct work_index *from);

/* `quiet`: one of that name may be there, and stays. */
void definition_add(struct build *b, struct definition *r, const struct stmt *stmt,
                    bool quiet);
struct definition *definition_new(struct build *b, const struct stmt *stmt,
                                  struct slice kind, const struct ast_name *name);
/* Its object, found by name from now on. */
void definition_put(struct build *b, struct definition *d);

/* visit.c: each expression of the table becomes what `edit` makes of it.  PLACE_ROW may
 * name its columns, PLACE_ALONE (a default) does not. */
enum visit_place { PLACE_ROW, PLACE_ALONE };
typedef const struct expr *table_edit_fn(void *context, enum visit_place place,
                                         const struct expr *e);
void table_edit(struct work_table *w, table_edit_fn *edit, void *context);

/* account.c: this is what became of the statement at hand.  The first to say it is right:
 * a schema brings its tables after it, a table its indexes. */
void account_say(struct build *b, enum fate fate);

/* ---- define_routine.c, alter_routine.c ---- */

void declare_routine(struct build *b, const struct stmt *stmt);
void alter_routine(struct build *b, const struct stmt *stmt);
void drop_routines(struct build *b, const struct stmt *stmt);

/* ---- routine_names.c ---- */

/* "integer, text": the types of the input arguments as definition.signature has them. */
struct slice signature_of(struct arena *a, const struct ast_arguments *arguments);
void routine_register(struct build *b, struct object *o);
/* Rows of tables and views are types of arguments and results: those follow a rename. */
void routine_register_types(struct build *b, struct object *o);
void routine_rename_type(struct build *b, struct object *o, struct slice schema,
                         struct slice name, struct slice schema_now,
                         struct slice name_now);
/* The first of *count that fit; without arguments every overload does. */
struct object *routine_find(struct build *b, enum routine_kind kind,
                            const struct ast_signature *s, size_t *count);
/* NULL after reporting that there is none, or several. */
struct object *routine_need(struct build *b, enum routine_kind kind,
                            const struct ast_signature *s, bool if_exists);

/* ---- define_trigger.c, define_rule.c, define_policy.c, define_code.c ---- */

void declare_trigger(struct build *b, const struct stmt *stmt);
void declare_rule(struct build *b, const struct stmt *stmt);
void declare_policy(struct build *b, const struct stmt *stmt);
void alter_policy(struct build *b, const struct stmt *stmt);
void rename_on_table(struct build *b, const struct stmt *stmt);
/* ALTER TABLE … ENABLE, DISABLE TRIGGER and RULE. */
void alter_enable(struct build *b, struct slice schema, struct slice table,
                  const struct ast_alter *action);
void triggers_follow_function(struct build *b, struct slice schema, struct slice name,
                              struct slice schema_now, struct slice name_now);
void triggers_drop_by_function(struct build *b, struct slice schema, struct slice name);
void trigger_register(struct build *b, struct object *o);
/* Tells the relations that a trigger, rule or policy names about it. */
void code_register(struct build *b, struct object *o);
void code_add_reader(struct build *b, struct object *o, struct slice schema,
                     struct slice name);
void code_drop_readers(struct build *b, struct slice key);

/* ---- alter.c, rename.c, drop.c, comment.c ---- */

void alter_table(struct build *b, const struct stmt *stmt);
void note_owner(struct build *b, struct span span, struct slice name);
void alter_type(struct build *b, const struct stmt *stmt);
void rename_table(struct build *b, struct work_table *w, struct slice schema,
                  struct slice name, struct span span);
void rename_column(struct build *b, struct work_table *w, struct column *c,
                   struct slice name, struct span span);
void rename_work_index(struct build *b, struct work_index *w, struct slice name,
                       struct span span);
/* By its name, or by the one that it was written with in MySQL's words; NULL. */
struct work_index *table_find_index(const struct work_table *w, struct slice name);
void rename_object(struct build *b, const struct stmt *stmt);
void rename_one(struct build *b, const struct ast_rename *ast);
/* ALTER TABLE … RENAME CONSTRAINT, and ALTER INDEX … RENAME of a key. */
void rename_constraint(struct build *b, struct work_constraint *c,
                       const struct ast_alter *action);
void drop_objects(struct build *b, const struct stmt *stmt);
void drop_column(struct build *b, struct work_table *w, struct column *c, bool cascade,
                 struct span span);
void drop_constraint(struct build *b, struct work_constraint *c, bool cascade);
void comment_object(struct build *b, const struct stmt *stmt);
/* labels.c: texts that are compared with the enum follow the rename of a value. */
void labels_rename(struct build *b, const struct enum_type *type, struct slice old,
                   struct slice name);
struct work_index *table_find_work_index(struct build *b, struct work_table *w,
                                         struct slice name);
/* By its name, given or derived; NULL: there is none. */
struct work_constraint *table_find_work_constraint(struct build *b, struct work_table *w,
                                                   struct slice name);

/* ---- script.c: statements that are steps ---- */

/* False: it counts for nothing in the schema. */
bool script_statement(struct build *b, const struct stmt *stmt);
void script_sections(struct build *b, const struct ast *ast);
/* After the last statement: what has the name that would be derived is not named. */
void script_release_names(struct build *b);

/*
 * follow.c: what is kept as text and stands on the table says its new name from now on.
 * Text that says the old name in a place that may mean something else is left as it is.
 * Nothing to do for declarations.
 */
void script_follow_table(struct build *b, const struct table *t, struct slice schema,
                         struct slice name);

/* ---- rows.c, section.c, definition.c ---- */

struct work_rows *rows_add(struct build *b, struct work_table *w,
                           struct initial_rows *rows);
/* rowsfrom.c: inherited rows get the columns that this version computes by @from. */
void rows_compute(struct build *b, const struct table *t, struct work_rows *work);
void rows_declare(struct build *b, const struct stmt *stmt);
void rows_rename_column(struct work_table *w, struct slice old, struct slice name);
void rows_drop_column(struct work_table *w, struct slice name);
void rows_check(struct build *b); /* bound values, keys chosen; after the constraints */
void sections_take(struct build *b, const struct resolve_input *in,
                   const struct ast *ast);
/* Of what is kept whole: the rest makes things (CREATE CAST, GRANT and their like). */
bool section_changes_rows(const struct ast_raw *raw);
/* sectionquery.c: what `lint` wants to know of the statements of a section. */
void section_read(struct build *b, const struct resolve_input *in,
                  const struct ast_section *ast, struct section *section);
/* Finds its place in the maps; a type or domain becomes a name of a type. */
void definition_register(struct build *b, struct object *o);
void definition_drop(struct build *b, struct object *o); /* drop.c */
struct slice definition_normal(struct arena *a, struct slice text);

/* bindtable.c: what an expression that a family of tables shares became, the first time
   that it was looked at; NULL: it was not. */
const struct expr *expr_find_known(struct build *b, const struct expr *e);
const struct expr *expr_remember(struct build *b, const struct expr *e,
                                 const struct expr *result);

/* ---- the passes at the end ---- */

void rowids_take(struct build *b);  /* rowid.c: what SQLite counts, for other engines */
void serials_fold(struct build *b); /* serial.c: what dumps make of serial */
void types_check(struct build *b);  /* types.c: named types exist, arguments make sense */
void tables_bind(struct build *b);  /* bindtable.c: expressions of tables and indexes */
/* Does text on the view say `word`, which is to be renamed?  Reports it. */
bool view_refuses_text(struct build *b, const struct view *v, struct slice word,
                       struct span span);
void view_rename_column(struct build *b, struct work_view *w, struct view_rename rename);
void views_bind(struct build *b); /* view.c */
void code_bind(struct build *b);  /* define_code.c: triggers, rules, policies */
void keys_check(struct build *b); /* keys.c: foreign keys */
void names_derive(struct build *b);
void tables_check(struct build *b);      /* check.c */
void successions_check(struct build *b); /* succession.c */
void enums_check(struct build *b);

/* The name that PostgreSQL gives; `taken` gets it. */
struct slice constraint_derive_name(struct build *b, struct map *taken,
                                    const struct table *t, const struct constraint *c);

/* What a domain is made of in the end; every other type itself; NULL stays NULL. */
const struct type *type_plain(const struct build *b, const struct type *t);
/* The enum that a column type names; NULL: it names none. */
const struct enum_type *type_enum(const struct build *b, const struct type *t);

/*
 * value.c: can this constant be a value of the column?  Says no, and reports it as
 * `code`, only when it is certain; *out is the value as it is kept: 0 for a boolean
 * becomes false, '7' for a number becomes 7.
 */
bool value_fits(struct build *b, const struct column *c, const struct expr *value,
                enum diag_code code, const struct expr **out);

#endif
