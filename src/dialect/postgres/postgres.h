/*
 * What the files of the PostgreSQL dialect share.  Nobody outside of this folder includes
 * it; the door is dialect_postgres.
 *
 * In PostgreSQL's terms every constraint has a real name: lower makes derived names plain
 * ones, so that a renamed table renames the constraints that were named after it, as a
 * fresh database would have them.
 */
#ifndef SCHEMAC_DIALECT_POSTGRES_POSTGRES_H
#define SCHEMAC_DIALECT_POSTGRES_POSTGRES_H

#include "dialect/dialect.h"

extern const struct sql_style postgres_style;
extern const struct diff_forms postgres_forms; /* form.c */

/* The vtable's functions, one file each. */
bool postgres_lower(struct session *s, const struct catalog *c, struct catalog **out);
void postgres_create(struct session *s, const struct catalog *c, struct actions *out);
bool postgres_alter(struct session *s, const struct alter_request *request,
                    struct actions *out);
struct slice postgres_insert_row(struct session *s, const struct initial_rows *rows,
                                 size_t row);
enum storage postgres_storage(const struct catalog *c, const struct type *t);
void postgres_script_begin(struct session *s, const struct actions *actions,
                           struct text *out);
void postgres_script_end(struct session *s, const struct actions *actions,
                         struct text *out);

/* ---- drop_text.c ---- */

/* DROP of an object that is kept whole and has no plain name; none where the statement
 * that made it does not say what to call it. */
struct slice postgres_drop_text(struct arena *a, const struct definition *d,
                                bool family_is_declared);
/* An operator class that names no family is in one of its own name, which CREATE makes
 * where there is none, and which stays behind when the class is dropped: where none is
 * declared, the class goes with its family. */
bool postgres_names_own_family(const struct definition *d);

/* ---- write.c: one object as SQL ---- */

/* A statement that is being written. */
struct postgres_statement {
    struct text text;
    struct sqlw w;
};

void postgres_begin(struct session *s, struct postgres_statement *st);
struct slice postgres_end(const struct postgres_statement *st);
/* A body of plpgsql, which ends its last line, as the string that DO and AS take. */
struct slice postgres_code(struct session *s, struct slice body);

/* Members of a table, as in CREATE TABLE. */
void postgres_write_default(struct sqlw *w, const struct column *c); /* DEFAULT … */
/* "::text" right behind what was written */
void postgres_write_cast(struct sqlw *w, struct slice type);
void postgres_write_identity(struct sqlw *w, const struct column *c);
void postgres_write_column_type(struct sqlw *w, const struct column *c);
void postgres_write_column(struct sqlw *w, const struct column *c, bool not_null);
void postgres_write_constraint(struct sqlw *w, const struct constraint *c);

/* `leave_out`: constraints that are added later, by order_constraint_key, and names that
 * are taken when the table is made, by order_taken_key. */
struct slice postgres_create_table(struct session *s, const struct table *t,
                                   const struct map *leave_out);
/* ALTER TABLE … ATTACH PARTITION. */
struct slice postgres_attach(struct session *s, const struct table *t);
/* What CREATE TABLE cannot say, what names an index, what CREATE INDEX cannot say. */
void postgres_add_settings(struct session *s, const struct table *t, struct action *to);
void postgres_add_column_settings(struct session *s, const struct table *t,
                                  struct action *to);
void postgres_add_index_choices(struct session *s, const struct table *t,
                                struct action *to);
void postgres_add_index_settings(struct session *s, const struct index *i,
                                 struct action *to);
void postgres_settle_table(struct session *s, const struct table *t, struct actions *out);
size_t order_of_index(const struct index *i);
struct slice postgres_create_index(struct session *s, const struct index *i,
                                   bool concurrently);
struct slice postgres_create_view(struct session *s, const struct view *v);
struct slice postgres_replace_view(struct session *s, const struct view *v);
struct slice postgres_create_enum(struct session *s, const struct enum_type *e);
/* "ALTER TABLE vehicles" and the words that follow. */
void postgres_begin_alter(struct session *s, struct postgres_statement *st,
                          const struct table *t, const char *words);
struct slice postgres_add_constraint(struct session *s, const struct table *t,
                                     const struct constraint *c);

/* COMMENT ON what IS 'comment'; NULL where the comment is none. */
struct slice postgres_comment(struct session *s, const char *kind, struct slice schema,
                              struct slice name, struct slice comment);
struct slice postgres_comment_member(struct session *s, const struct table *t,
                                     const struct column *c, const struct constraint *k,
                                     struct slice comment);

/* ---- rows.c ---- */

/* `key_stands`: what makes the rows' key unique is there by then. */
void postgres_add_rows(struct session *s, const struct initial_rows *rows,
                       bool key_stands, struct action *to);
/* pg_get_serial_sequence('t', 'c') */
void postgres_write_sequence_of(struct session *s, struct sqlw *w, const struct table *t,
                                const struct column *c);
/* Set the sequence of an identity column past what the table holds; is_noted: and past
 * the last number of the sequence before it, which postgres_note_number has kept for the
 * transaction. */
struct slice postgres_catch_up(struct session *s, const struct table *t,
                               const struct column *c, bool is_noted);
struct slice postgres_note_number(struct session *s, const struct table *t,
                                  const struct column *c);

/* ---- order.c: what must be there before what ---- */

/* Why a constraint is added behind CREATE TABLE. */
enum cut_reason {
    CUT_CYCLE = 1, /* a foreign key to a table that waits for this one */
    CUT_NOT_VALID, /* CREATE TABLE takes NOT VALID for valid */
    CUT_LATE,      /* it calls a routine that is made behind the tables */
};

struct table_order {
    struct map rank;    /* catalog_key of a table → its place, from 1, as uintptr_t */
    /* order_constraint_key or late_default_key → enum cut_reason, as uintptr_t; and
     * order_taken_key */
    struct map cut;
    struct map targets; /* "table column column" of what foreign keys refer to */
};

void order_tables(struct session *s, const struct catalog *c, struct table_order *out);
size_t order_of_table(struct session *s, const struct table_order *o,
                      const struct table *t);
struct slice order_constraint_key(struct arena *a, const struct table *t,
                                  const struct constraint *c);
/* Of a name that a constraint of another table has while this one is made: the server
 * would give one without a name another. */
struct slice order_taken_key(struct arena *a, struct slice schema, struct slice name);
bool order_closes_cycle(struct session *s, const struct table_order *o,
                        const struct table *t, const struct constraint *c);

/* Does a foreign key rely on this index, where a constraint would do as well? */
bool order_is_key_index(struct session *s, const struct table_order *o,
                        const struct index *i);

struct view_order {
    VEC(const struct view *) views; /* what is read before what reads it */
};

void order_views(struct session *s, const struct catalog *c, struct view_order *out);

/* ---- late_views.c ---- */

#define ORDER_OF_FILLING (SIZE_MAX / 2) /* in PHASE_RESTORE: behind all else */

/* Views that run code of the schema, by catalog_key; the materialized ones of them are
 * made unfilled, and filled when everything else is there. */
void postgres_find_late_views(struct session *s, const struct catalog *c,
                              const struct view_order *order, struct map *late);
bool postgres_view_is_late(struct session *s, const struct map *late,
                           const struct view *v);
struct slice postgres_create_unfilled(struct session *s, const struct view *v);
struct slice postgres_fill_view(struct session *s, const struct view *v);

/* A longer chain of routines whose bodies are read at once counts as one. */
#define ROUTINE_DEPTH_MAX 64

struct routine_order {
    struct arena *a;
    struct map by_name; /* name → struct routine_node *, private to order.c */
};

void order_routines(struct session *s, const struct catalog *c,
                    struct routine_order *out);

/* Definitions: schemas before extensions before functions before triggers, and routines
 * behind those that they call. */
size_t order_of_definition(struct routine_order *o, const struct definition *d);
/* Does it call one of the routines?  They may need the domain: it is added behind them.
 */
bool order_check_waits(const struct routine_order *o, const struct domain_check *c);
bool order_domain_waits(const struct routine_order *o, const struct definition *d);
/* The domain without the checks that wait, and those: an ALTER DOMAIN for each. */
struct slice postgres_create_domain(struct session *s, const struct routine_order *o,
                                    const struct definition *d);
void postgres_add_waiting_checks(struct session *s, const struct routine_order *o,
                                 const struct definition *d, struct action *to);

#define DEFINITION_ORDER_END (30 * ROUTINE_DEPTH_MAX) /* above any of them */

/* ---- order_restore.c: views, and the routines that they call ---- */

struct restore_order {
    struct map places; /* catalog_key of a view, normal of a routine → from 1 */
    size_t count;
};

void order_restores(struct session *s, const struct catalog *c,
                    struct restore_order *out);
/* From 0.  A routine that no view calls, and any other definition, is behind them. */
size_t order_of_view(struct session *s, const struct restore_order *o,
                     const struct view *v);
bool order_is_among_views(const struct restore_order *o, const struct definition *d);
size_t order_of_restored(const struct restore_order *o, struct routine_order *routines,
                         const struct definition *d);

/* ---- alter_late.c: what calls a routine that is made behind the tables ---- */

/* Into the names of such routines, if it is one. */
void late_note_routine(const struct catalog *c, const struct definition *d,
                       struct map *names);
bool late_calls_index(const struct map *names, const struct index *x);
/* What CREATE TABLE leaves out of tables, for that. */
void late_cut(struct session *s, const struct catalog *c, const struct map *names,
              struct map *cut);
bool late_is_cut(struct session *s, const struct map *cut, const struct table *t,
                 const struct constraint *k);
struct slice late_default_key(struct arena *a, const struct table *t,
                              const struct column *c);
struct slice late_set_default(struct session *s, const struct table *t,
                              const struct column *c);
/* False after reporting what would be asked for before the routine is there. */
bool late_check(struct session *s, const struct catalog *c, const struct map *names,
                const struct map *cut);

enum definition_stage {
    STAGE_FIRST, /* before the enums and tables, which may name it */
    STAGE_CODE,  /* a routine: behind the types, before the tables that call it */
    STAGE_ROWS,  /* a routine that takes or gives rows of a table; a foreign table */
    STAGE_LAST,  /* triggers, rules, policies, and their functions: behind the views */
};
enum definition_stage definition_stage(const struct catalog *c,
                                       const struct definition *r);
bool definition_is_code(const struct definition *r); /* function, procedure, … */
bool definition_is_base_type(const struct definition *r);
bool definition_takes_views(const struct catalog *c, const struct definition *r);
/* The action that makes it, without the keys that `order` has cut; what it has to have
 * before it is given to its parents stands between the two. */
struct action *postgres_begin_table(struct session *s, const struct table *t,
                                    const struct table_order *order, struct actions *out);
void postgres_finish_table(struct session *s, const struct table *t,
                           const struct table_order *order, struct action *a);

/* ---- definitions.c ---- */

#define TYPE_DEPTH_MAX 1000 /* places for types that are made of types */

struct type_order {
    struct map depths; /* catalog_key → how deep a type is made of types, as uintptr_t */
};

void order_types(struct session *s, const struct catalog *c, struct type_order *out);
/* From 1; 0: it is no type. */
size_t order_of_type(struct session *s, const struct type_order *o,
                     const struct definition *d);

/* The statements that make it, and its comment. */
void postgres_create_definition(struct session *s, const struct catalog *c,
                                const struct definition *r, struct action *to);
/* create_role.c: made, or brought to what is declared where it is there; and whether it
 * is so, with its comment. */
struct slice postgres_create_role(struct session *s, const struct definition *d);
struct slice postgres_role_proof(struct session *s, const struct definition *d);
/* COMMENT ON … IS NULL where it has none. */
struct slice postgres_comment_definition(struct session *s, const struct definition *d);
/* A sequence that a column owns: said when the table is there. */
bool postgres_has_owner(const struct definition *d);
struct slice postgres_own_sequence(struct session *s, const struct definition *d);

/* lower_definition.c; false after reporting what PostgreSQL cannot do. */
/* lower_fulltext.c: methods that only MySQL has become what comes nearest. */
void postgres_lower_method(struct session *s, struct index *x);
bool postgres_lower_definition(struct session *s, const struct map *routines,
                               const struct definition *from,
                               struct definition **out);

/* ---- lower_expr.c ---- */

struct lower_scope {
    struct session *s;
    const struct table *table; /* that unqualified columns belong to; NULL: none */
    const struct map *routines; /* declared ones: their names are no other function's */
    bool of_other_version;     /* columns that are declared there stand unbound */
    bool failed;
};

/* PostgreSQL's spelling of an expression or query; NULL stays NULL. */
/* int[][] is int[]: how many dimensions an array has is not kept. */
struct type postgres_lower_type(const struct type *t);
const struct expr *postgres_lower_expr(struct lower_scope *scope, const struct expr *e);
/* A default or an initial row's value: a 0 for a boolean becomes false. */
const struct expr *postgres_lower_value(struct lower_scope *scope, const struct column *c,
                                        const struct expr *e);

/* MySQL's 0000-00-00 for a date or a moment; false for NULL. */
bool postgres_is_zero_date(const struct column *c, const struct expr *value);

/* ---- lower_names.c ---- */

/* None instead of a collation that only SQLite or MySQL has, with a note about `name`. */
void postgres_lower_collation(struct session *s, struct slice *collation,
                              struct span span, struct slice name);

/*
 * Keys whose name a relation has already get another one, with a note.  Needs: all
 * tables, indexes and views.  Leaves: no two relations of a schema of one name.
 */
void postgres_free_names(struct session *s, struct catalog *c);

/* ---- lower_time.c ---- */

/* A call of another engine's clock in PostgreSQL's words; NULL: there are none, or it is
 * no such call. */
const struct expr *postgres_lower_clock(struct arena *a, const struct expr *e);

/* CURRENT_TIMESTAMP as the number 20260131235959, which it is to MySQL in a product;
 * NULL: it is no clock. */
const struct expr *postgres_clock_as_number(struct arena *a, const struct expr *e);

/* ---- deferred.c ---- */

/* An action at that place of PHASE_TIGHTEN, if rows may wait for the end of the
 * transaction by then.  Where a data step has a transaction of its own, the request has
 * none. */
void postgres_ask_deferred(struct session *s, const struct alter_request *r, size_t order,
                           struct actions *out);

/* ---- proofs.c ---- */

/* The forms of the statements, a query that is true once they have run and,
 * where others may use what is there, the lock that they take if the forms tell it. */
void postgres_prove(struct session *s, struct actions *actions, bool sets_lock);

#endif
