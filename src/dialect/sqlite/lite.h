/*
 * What the files of this folder share.  Nobody outside of src/dialect/sqlite includes
 * this.
 *
 * Two roads meet here: lower_*.c turns a neutral catalog into SQLite's terms, and
 * write.c, alter.c, rebuild.c turn catalogs in those terms into statements.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_LITE_H
#define SCHEMAC_DIALECT_SQLITE_LITE_H

#include "dialect/dialect.h"

/* ---- style.c ---- */

extern const struct sql_style lite_style;

/* SQLite text of an expression. */
struct slice lite_expr_text(struct arena *a, const struct expr *e);
/* A name as it is written, with quotes where it needs them. */
struct slice lite_quoted(struct arena *a, struct slice name);

/* ---- make.c: small expression trees, the same as the parser builds them ---- */

const struct expr *lite_column(struct arena *a, struct slice name);
const struct expr *lite_number(struct arena *a, int64_t n);
const struct expr *lite_digits(struct arena *a, struct slice digits, bool negative);
const struct expr *lite_string(struct arena *a, struct slice text);
const struct expr *lite_stringz(struct arena *a, const char *text);
const struct expr *lite_null(struct arena *a);
const struct expr *lite_keyword(struct arena *a, const char *word);
const struct expr *lite_call_1(struct arena *a, const char *name, const struct expr *x);
const struct expr *lite_call_2(struct arena *a, const char *name, const struct expr *x,
                               const struct expr *y);
const struct expr *lite_call_3(struct arena *a, const char *name, const struct expr *x,
                               const struct expr *y, const struct expr *z);
const struct expr *lite_binary(struct arena *a, const char *operator,
                               const struct expr * left, const struct expr *right);
const struct expr *lite_and(struct arena *a, const struct expr *left,
                            const struct expr *right);
const struct expr *lite_or(struct arena *a, const struct expr *left,
                           const struct expr *right);
const struct expr *lite_not(struct arena *a, const struct expr *x);
const struct expr *lite_is(struct arena *a, const struct expr *left,
                           const struct expr *right); /* SQLite's IS */
const struct expr *lite_is_null(struct arena *a, const struct expr *x, bool negated);
const struct expr *lite_between(struct arena *a, const struct expr *x,
                                const struct expr *low, const struct expr *high);
const struct expr *lite_in(struct arena *a, const struct expr *x,
                           const struct expr *list);
const struct expr *lite_glob(struct arena *a, const struct expr *x, struct slice pattern,
                             bool negated);
const struct expr *lite_cast(struct arena *a, enum type_kind kind, const struct expr *x);
/* A copy of the node whose arguments may be changed. */
struct expr *lite_copy(struct arena *a, const struct expr *e);

/* ---- lower_types.c ---- */

#define DECIMAL_INT_DIGITS_MAX 18 /* whose integer fits 64 bits */
#define SCALE_NONE (-1)           /* not a decimal that is stored as an integer */

/* Digits behind the point that a value of this type has lost to its integer. */
int lite_scale(const struct type *t, bool neutral);
/* The check of a type that has one, without what lets NULL through. */
const struct expr *lite_check_of_type(struct arena *a, const struct type *t,
                                      struct slice column);
/* `c IS NULL OR (…)` without what lets NULL through. */
const struct expr *lite_without_null(const struct expr *check);

struct lite_lowering;

/* The column in SQLite's terms, and the check that keeps its meaning (NULL: none). */
void lite_lower_column_type(struct lite_lowering *l, const struct table *t,
                            struct column *c, const struct expr **check);

/* ---- lower_expr.c ---- */

/* A column that a query gives. */
struct lite_output {
    struct slice name;       /* none: it has none */
    const struct type *type; /* NULL: unknown */
    int scale;
};

struct lite_outputs {
    VEC(struct lite_output) all;
};

/* What stands in FROM, innermost query first: exactly one of table and outputs is set. */
struct lite_relation {
    struct slice alias;
    const struct table *table;
    const struct lite_outputs *outputs;
    const struct lite_relation *next;
};

/*
 * Where an expression stands.  The first thing that SQLite cannot say is noted here, and
 * whoever asked decides whether that is an error or leaves something out.
 */
struct lite_scope {
    struct session *s;
    const struct catalog *catalog; /* enums and tables; may be NULL */
    const struct table *table;     /* NULL: a view */
    const struct map *views;       /* flat name → struct lite_outputs *; may be NULL */
    const struct map *routines;    /* dialect_find_routines; may be NULL */
    const struct lite_relation *relations; /* of the queries around */
    const struct lite_relation *ctes;      /* by their names */
    bool neutral;                          /* column types are logical types */
    bool fixed;                            /* the current time cannot be asked for */
    uint32_t flags;                        /* EXPR_RECURSIVE inside WITH RECURSIVE */
    struct slice problem;                  /* "SQLite has no …"; none: all went well */
    struct slice hint;                     /* none */
    struct span span;                      /* of the problem */
    bool is_needed;    /* nothing stays without it: always an error */
    struct slice note; /* what is kept only in part; none */
    struct span note_span;
};

struct lite_value {
    const struct expr *e;               /* NULL for an argument that is not there */
    const struct type *type;            /* NULL: unknown */
    int scale;                          /* SCALE_NONE, or digits that were moved away */
    const struct lite_outputs *outputs; /* of a query; NULL: it is none */
};

void lite_problem(struct lite_scope *scope, const struct expr *at, const char *format,
                  ...) PRINTF_LIKE(3, 4);
void lite_note(struct lite_scope *scope, const struct expr *at, const char *format, ...)
    PRINTF_LIKE(3, 4);
bool lite_has_problem(const struct lite_scope *scope);

#define LITE_NOTE_ZERO "dividing by zero" /* how the note about it begins */

struct lite_value lite_lower_node(struct lite_scope *scope, const struct expr *e);
/* The same tree in SQLite's words; NULL for NULL and after a problem. */
const struct expr *lite_lower_expr(struct lite_scope *scope, const struct expr *e);
/* A value for a column of this type: scaled, spelt as the column's check wants it. */
const struct expr *lite_lower_value(struct lite_scope *scope, const struct expr *e,
                                    const struct type *type);

/* ---- lower_scale.c ---- */

/* Values that are compared or stand for one another get one scale. */
int lite_unify(struct lite_scope *scope, struct lite_value *values, size_t count);
struct lite_value lite_plain(const struct expr *e, const struct type *type);
/* What an integer with so many digits behind the point counts in.  Needs: exponent is 0
 * to DECIMAL_INT_DIGITS_MAX. */
int64_t lite_ten_to(int exponent);

/* ---- lower_call.c ---- */

struct lite_value lite_lower_call(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_call_keyword(struct lite_scope *scope, const struct expr *e);

/* ---- lower_cast.c ---- */

struct lite_value lite_lower_cast(struct lite_scope *scope, const struct expr *e);

/* ---- lower_interval.c ---- */

/* ts + INTERVAL '1 day' → datetime(ts, '+1 day'); false: it is no such sum. */
bool lite_lower_interval_sum(struct lite_scope *scope, const struct expr *e,
                             struct lite_value *out);

/* A string as an interval in ISO's form: 'P1DT2H'; unchanged after a problem. */
const struct expr *lite_interval_literal(struct lite_scope *scope, const struct expr *e);
/* The string of INTERVAL '1 day' or '1 day'::interval; NULL: it is neither. */
const struct expr *lite_interval_constant(struct arena *a, const struct expr *e);

/* ---- lower_match.c ---- */

struct lite_value lite_lower_like(struct lite_scope *scope, const struct expr *e);
struct lite_value lite_lower_regex(struct lite_scope *scope, const struct expr *e);

/* ---- lower_literal.c ---- */

bool lite_is_number(const struct expr *e); /* 7, -1.50 */
/* A constant as a column of this type stores it; others come back as they are. */
const struct expr *lite_literal(struct lite_scope *scope, const struct expr *e,
                                const struct type *type);
/* 12.5 at scale 2 → 1250; NULL after a problem. */
const struct expr *lite_scaled(struct lite_scope *scope, const struct expr *number,
                               int scale);
int lite_fraction_digits(const struct expr *number); /* 1.50 → 2; -1: no plain number */
/* The value of a whole number from 0 to `max`; -1: it is none. */
int lite_small_number(const struct expr *number, int max);
/* 100.0 → 2: the exponent of a power of ten from 1 on, however it is written; -1. */
int lite_power_of_ten(const struct expr *number);
const struct expr *lite_array_literal(struct lite_scope *scope, const struct expr *e);

/* ---- lower_query.c ---- */

struct lite_value lite_lower_query(struct lite_scope *scope, const struct expr *e);
/* A column by its name among what stands in FROM; false: it is not known there. */
bool lite_find_output(const struct lite_scope *scope, const struct expr *column,
                      struct lite_output *out);
/* The type that says how the column is stored: @type, or its own; NULL: it has none. */
const struct type *lite_logical_type(const struct column *c);

/* ---- lower.c ---- */

struct counted;

/* Rows that a trigger refuses, or what it does to the rows of a key. */
struct guard {
    const struct table *t;      /* lowered */
    const struct constraint *k; /* neutral, but for a key */
    const struct expr *bad;     /* over new, and the rows of t where `others` */
    bool others;
    const struct expr *invalid; /* asked before: a range that ends too early; NULL */
    struct span span;
    struct slice why;           /* none: ON DELETE SET … of the key */
};

struct lite_lowering {
    struct session *s;
    const struct catalog *from;
    struct catalog *to;
    struct map names;    /* folded name → what has it: tables, views, indexes */
    struct map triggers; /* folded name → trigger */
    struct map routines; /* dialect_find_routines */
    struct map views;    /* flat name → struct lite_outputs * of those lowered so far */
    struct map left_out; /* catalog_key of tables and views that SQLite does not get */
    struct map sequences;      /* text of nextval('…') → struct definition * */
    struct map used_sequences; /* flat name → struct counted *; NULL: AUTOINCREMENT */
    struct map counted;        /* flat table name → struct counted * (lower_count.c) */
    VEC(struct counted *) counters; /* the same in the order of declaration */
    VEC(struct guard) guards;       /* constraints that triggers keep */
};

bool lite_lower(struct session *s, const struct catalog *c, struct catalog **out);
/* schema.name as one name: SQLite has no schemas inside a database. */
struct slice lite_flat_name(struct arena *a, struct slice schema, struct slice name);
/* What @was says of an object of that schema, as it is called here; none stays none. */
struct slice lite_flat_was(struct arena *a, struct slice schema, struct slice was);
/* Is it declared for SQLite? */
bool lite_is_ours(struct slice only);

/* ---- lower_rules.c: @touch and @append_only as triggers ---- */

void lite_lower_rules(struct lite_lowering *l, const struct table *neutral,
                      const struct table *t);

/* ---- write.c ---- */

struct slice lite_create_table(struct arena *a, const struct table *t, struct slice name);
/* What SQLite keeps of it once that was renamed to t's name: the name is in quotes. */
struct slice lite_renamed_table(struct arena *a, const struct table *t);
struct slice lite_column_definition(struct arena *a, const struct table *t,
                                    const struct column *c);
/* As it stands behind the columns: "CONSTRAINT k CHECK (a > 0)". */
struct slice lite_table_constraint(struct arena *a, const struct table *t,
                                   const struct constraint *k);
struct slice lite_create_index(struct arena *a, const struct index *i);
struct slice lite_create_view(struct arena *a, const struct view *v);
struct slice lite_insert_row(struct session *s, const struct initial_rows *rows,
                             size_t row);
void lite_create(struct session *s, const struct catalog *c, struct actions *out);
/* Tables so that each comes after those that it references, where that is possible. */
void lite_sort_tables(struct arena *a, const struct catalog *c,
                      const struct table **sorted);
void lite_sort_views(struct arena *a, const struct catalog *c, const struct view **out);

/* An action with its title, added to `out`. */
struct action *lite_action(struct session *s, struct actions *out, enum phase phase,
                           struct slice table, const char *format, ...) PRINTF_LIKE(5, 6);
void lite_sql(struct session *s, struct action *a, const char *format, ...)
    PRINTF_LIKE(3, 4);
void lite_reason(struct session *s, struct action *a, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* ---- facts.c ---- */

/* The check that lowering made for this column's type; NULL: none. */
const struct constraint *lite_type_check(const struct table *t, const struct column *c);
/* The only column that a check is about, which it is then written with; NULL. */
const struct column *lite_only_column(const struct table *t, const struct constraint *k);
/* The type of a STRICT table that holds what this storage type holds. */
struct type lite_strict_type(const struct type *t);
bool lite_check_mentions(const struct constraint *k, struct slice column);
/* What ALTER TABLE cannot do. */
enum lite_obstacle {
    LITE_CAN, /* it can */
#define OBSTACLE(id, what, form, cost) id,
#include "dialect/sqlite/obstacles.def"
#undef OBSTACLE
};

struct lite_refusal {
    const char *what; /* the end of "ALTER TABLE cannot …" */
    struct refusal in_place;
};

const struct lite_refusal *lite_refusal(enum lite_obstacle o); /* not of LITE_CAN */
enum lite_obstacle lite_cannot_add(const struct table *t, const struct column *c);
enum lite_obstacle lite_cannot_drop(const struct table *t, const struct column *c);
/* "rowid", or another name for it where that is taken; NULL: there is none to be had. */
const char *lite_rowid_name(const struct table *old, const struct table *new);
/* Does a column of that name stand before the rowid of its table? */
bool lite_hides_rowid(const struct table *t, struct slice column);

/* ---- alter.c, dependents.c, rebuild.c, convert.c: see alter.h ---- */

bool lite_alter(struct session *s, const struct alter_request *request,
                struct actions *out);

/* ---- storage.c, script.c ---- */

enum storage lite_storage(const struct catalog *c, const struct type *t);
const char *lite_row_name(const struct table *t);
void lite_script_begin(struct session *s, const struct actions *actions,
                       struct text *out);
void lite_script_end(struct session *s, const struct actions *actions, struct text *out);

#endif
