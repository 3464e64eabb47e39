/*
 * The catalog: the resolved, immutable world that every later stage reads.
 *
 * Column constraints are lifted to the table, ALTER and DROP have been applied, names are
 * bound, every constraint has a name.  Objects are in the order of declaration, which no
 * stage may give a meaning to except for columns.
 *
 * A catalog is either neutral (dialect none) or in one dialect's own terms (after
 * `lower`, or read from a live database): then types are storage types and checks are
 * spelt out.
 */
#ifndef SCHEMAC_MODEL_CATALOG_H
#define SCHEMAC_MODEL_CATALOG_H

#include "diag/session.h"
#include "expr/expr.h"
#include "expr/kinds.h"
#include "model/account.h"
#include "model/definition.h"

struct table;

/* schema.name of a table or type; schema none: the default one, name none: no such thing
 */
struct relation_name {
    struct slice schema;
    struct slice name;
};

/* The annotations that an object may carry besides @was; all none or NULL when absent. */
struct column {
    struct slice name;
    struct slice was; /* @was; none */
    struct type type;
    bool has_type; /* false: a SQLite column without a type */
    bool not_null; /* also set for members of a primary key (PostgreSQL's rule) */
    bool generated_stored;
    bool has_statistics;
    bool touch;
    /* A table with parents: what comes from them, and what it says itself. */
    bool inherited;
    bool is_local; /* declared here too; always true where it is not inherited */
    bool own_default;
    bool own_not_null;
    bool own_sequence; /* of a serial column that is inherited: it is not the parent's */
    enum identity_kind identity;
    const struct expr *shared_default; /* nextval() of the parent's sequence; NULL */
    struct slice not_null_name;        /* CONSTRAINT n NOT NULL; none */
    struct slice not_null_on_conflict; /* SQLite, as of constraints; none */
    const struct expr *default_value;  /* NULL: none */
    bool null_default; /* DEFAULT NULL is said; default_value is NULL then, too */
    /* Each row may have its own (random()); false: all rows of a statement have the same
       (now()). */
    bool default_varies;
    const struct expr *generated;      /* NULL: none */
    const struct sequence *numbering;  /* of an identity; NULL: it counts 1, 2, 3 */
    /* SQLite's terms: where AUTOINCREMENT begins in a new table; 0: at 1.  As it is no
       part of what a database says of itself, it is not compared. */
    int64_t first_number;
    struct slice collation;        /* none: default */
    struct slice storage;          /* "external", …; none: as its type says */
    struct slice compression;      /* "lz4", …; none: the server's choice */
    int64_t statistics;            /* the target, where it has one of its own */
    struct slice options;          /* n_distinct …, canonical text; empty */
    struct slice comment;          /* none */
    const struct expr
        *from; /* @from, bound to the *old* table when the plan is made; NULL */
    const struct expr *back;            /* @back; NULL */
    struct slice only;                  /* @only DIALECT; none */
    struct slice type_override_dialect; /* @type D: T; none */
    const struct type *type_override;   /* NULL where its dialect is none */
    struct slice c_type;                /* @c TYPE; none */
    struct slice c_name;                /* @c name=ID; none */
    size_t number;                      /* position in its table, from 0 */
    struct span span;
};

struct index_key {
    struct slice column;     /* none for an expression */
    const struct expr *expr; /* NULL for a plain column */
    struct slice collation;
    struct slice opclass;
    bool descending;
    enum nulls_order nulls;
    struct slice operator; /* EXCLUDE only */
    bool has_statistics;   /* of an expression in an index */
    int64_t statistics;
};

struct index_keys {
    VEC(struct index_key) all;
};

struct constraint {
    enum constraint_kind kind;
    struct slice name;    /* never none */
    bool name_is_derived; /* by PostgreSQL's rule (model/naming.h), not written */
    bool shares_name;     /* another table has it too: never left to the rule */
    struct slice was;
    struct index_keys keys;   /* PRIMARY KEY, UNIQUE, EXCLUDE, FOREIGN KEY */
    const struct expr *check; /* CHECK: never NULL; EXCLUDE: its WHERE or NULL */
    struct slice ref_schema;
    struct slice ref_table; /* FOREIGN KEY: by name; catalog_find_table gives the table */
    struct slices ref_columns; /* never empty: the primary key was filled in */
    enum fk_match match;
    enum fk_action on_delete;
    enum fk_action on_update;
    struct slices set_columns;
    enum deferral deferral;
    bool nulls_not_distinct;
    bool not_valid;
    bool no_inherit;
    struct slices include;
    struct slice method;
    struct slice on_conflict; /* SQLite; none */
    struct slice options;     /* canonical text of WITH (…); empty */
    struct slice tablespace;  /* of its index; none */
    bool inherited;           /* a parent has it, and this one goes and comes with it */
    bool is_local;            /* declared here too; true where it is not inherited */
    bool on_only;             /* a key of a partitioned table that no partition has */
    struct slice comment;
    struct slice only;
    struct span span;
};

struct index {
    struct slice name;    /* never none: PostgreSQL's rule where not written */
    bool name_is_derived; /* as of constraint: by model/naming.h, nobody wrote it */
    struct slice was;
    const struct table *table; /* never NULL */
    bool unique;
    struct slice method; /* "btree" when not written */
    struct index_keys keys;
    struct slices include;
    bool nulls_not_distinct;
    const struct expr *where;
    struct slice options;    /* canonical text of WITH (…); empty */
    struct slice tablespace; /* none */
    bool inherited;          /* a part of an index on the table's parent */
    struct slice part_of;    /* the name of that one; none */
    bool on_only; /* on a partitioned table: some partition has no part of it */
    struct slice comment;
    struct slice only;
    struct span span;
};

/* PARTITION BY: constraints and indexes have keys of the same form. */
struct partition_by {
    enum partition_strategy strategy;
    struct index_keys keys;
    struct span span;
};

/* Values are constants, or EXPR_NAME minvalue and maxvalue. */
struct partition_bound {
    enum bound_kind kind;
    VEC(const struct expr *) from; /* RANGE; LIST: all values */
    VEC(const struct expr *) to;   /* RANGE */
    int64_t modulus;               /* HASH */
    int64_t remainder;
    struct span span;
};

struct relation_names {
    VEC(struct relation_name) all;
};

/*
 * Rows that are inserted once, when a database first reaches the version that brings
 * them. One per INSERT statement and table; values are constants or expressions without
 * columns.
 */
struct initial_row {
    VEC(const struct expr *) values; /* as many as columns */
    struct span span;
};

struct initial_rows {
    const struct table *table;
    struct slices columns;
    VEC(struct initial_row) rows;
    /* The columns that tell whether a row is there already; empty: all of them do. */
    struct slices key;
    struct span span;
};

struct table {
    struct slice schema; /* none: the default one */
    struct slice name;
    struct slice was;
    VEC(struct column *) columns;
    VEC(struct column *) gone; /* dropped by this version, with @back: name, back, span */
    VEC(struct constraint *) constraints; /* primary key first, then as declared */
    const struct constraint *primary_key; /* NULL: none; also in constraints */
    bool strict;
    bool without_rowid;
    bool unlogged;
    bool append_only;
    struct slice options;                    /* canonical text of WITH (…); empty */
    const struct partition_by *partition_by; /* NULL: not partitioned */
    const struct partition_bound *bound; /* NULL: not a partition, else of parents[0] */
    struct relation_names parents;       /* whose columns it has as well, in order */
    size_t depth;  /* of parents above it in a row; 0: it has none */
    bool attached; /* made on its own and given to its parents then: ATTACH, INHERIT */
    /* Of one that makes room while a plan runs (plan/remake.c): who takes its name, or
       its rows; NULL: any other. */
    const struct table *successor;
    struct relation_name of_type;
    struct slice tablespace;       /* none */
    struct slice method;           /* access method; none: heap */
    struct slice replica_identity; /* "full", "nothing", "index"; none: default */
    struct slice replica_index;
    struct slice clustered_on; /* index or constraint; none */
    bool row_security;
    bool force_row_security;
    struct slice
        row_security_only; /* @only of both; none: others are told they lack it */
    struct slice comment;
    struct slice c_name;
    struct slice only;
    struct map column_names; /* name → struct column * */
    struct span span;
};

struct view_column {
    struct slice name;
    const struct type *type; /* NULL: unknown */
};

struct view {
    struct slice schema;
    struct slice name;
    struct slice was;
    const struct expr *query; /* bound as far as we can */
    /* The same where each `*` over a join by names says its columns, in the order that
       PostgreSQL gives them; NULL: it has none. */
    const struct expr *spread;
    struct slice text;        /* the query as written */
    VEC(struct view_column) columns;
    struct slices depends; /* tables and views that it reads, in order of appearance */
    bool materialized;
    struct slice options; /* canonical text of WITH (…), check_option in it; empty */
    struct slice comment;
    struct slice only;
    struct span span;
};

struct enum_value {
    struct slice label;
    struct slice was; /* none */
    struct span span;
};

struct value_map { /* @map 'old' = 'new' */
    struct slice from;
    struct slice to;
};

struct enum_type {
    struct slice schema;
    struct slice name;
    struct slice was;
    VEC(struct enum_value) values;
    VEC(struct value_map) maps;
    struct slice comment;
    struct slice only;
    struct span span;
};

struct unknown_table {
    struct slice name;
    struct span span;
};

struct section {
    enum section_kind kind;
    struct slice dialect;         /* none: every dialect */
    struct slice title;           /* @verify; none */
    VEC(struct slice) statements; /* each without its ';' */
    /* The SELECTs in them, outermost only, bound as far as we can. */
    VEC(const struct expr *) queries;
    /* Tables that they name and that nothing declares, in this version or before: as far
       as that is known. */
    VEC(struct unknown_table) unknown_tables;
    struct span span;
};

/* A `@lint off RULE "why"`, for the lint command. */
struct lint_off {
    struct slice rule;
    struct slice why;
    struct span span;
    struct span target; /* where it counts: a column, constraint, statement or file */
    bool inherited;     /* from the version that this one extends */
};

/* catalog_key(schema, name) → struct table *, struct view *, struct enum_type * */
struct catalog_names {
    struct map tables, views, enums;
};

/*
 * What a run that was stopped left in a live database, beside what is described: of an
 * INVALID index nothing, of a partition that is half detached the table of its own that
 * it is about to be.
 */
struct leftover {
    bool is_partition;
    struct slice schema;
    struct slice name;
    struct slice of_schema; /* of the parent; of the index's table */
    struct slice of;
};

struct catalog {
    struct slice name;    /* of the schema: @schema or the folder; none */
    struct slice version; /* "1.2.0"; none when the source is not a version */
    struct slice dialect; /* none: neutral */
    struct slice role; /* who described it: CURRENT_USER says that one; none: no server */
    /* Made by `lower` from a neutral one: @from and @back are still neutral expressions.
       Where it was declared in the dialect's own terms they are its own, too. */
    bool is_lowered;
    VEC(struct table *) tables;
    VEC(struct index *) indexes;
    VEC(struct view *) views;
    VEC(struct enum_type *) enums;
    VEC(struct definition *) definitions;
    VEC(struct initial_rows *) initial_rows;
    VEC(struct section *)
    sections; /* of this version only, never inherited through @extends */
    VEC(struct lint_off) lint_offs;
    VEC(struct leftover) leftovers; /* of a live database; not compared */
    struct account account; /* of the files that it was made from; not compared */
    struct catalog_names names; /* of what catalog_add_ has added */
};

/* What tables are found by: the name alone, or "schema.name" (in `a`). */
struct slice catalog_key(struct arena *a, struct slice schema, struct slice name);

/* Without anything. */
struct catalog *catalog_new(struct arena *a);
/* A shallow copy to which others are added starts so: until then the names that it knows
 * are the original's. */
void catalog_empty_tables(struct catalog *c, struct arena *a);
void catalog_empty_views(struct catalog *c, struct arena *a);
/* Behind what is there, to be found by its name. */
void catalog_add_table(struct catalog *c, struct arena *a, struct table *t);
void catalog_add_view(struct catalog *c, struct arena *a, struct view *v);
void catalog_add_enum(struct catalog *c, struct arena *a, struct enum_type *e);

/* In one step, whatever the size of the schema; NULL: not there. */
struct table *catalog_find_table(const struct catalog *c, struct slice schema,
                                 struct slice name);
/* The table that it is a declared partition of; NULL: it is none, or `c` has no such. */
struct table *catalog_whole_of(const struct catalog *c, const struct table *t);
/* The uppermost of these; the table itself where it is no partition. */
const struct table *catalog_root_of(const struct catalog *c, const struct table *t);
/* The only table that it is a child of, by INHERITS or as a partition; NULL: it has no
 * parent, has several, or `c` has no such. */
struct table *catalog_only_parent(const struct catalog *c, const struct table *t);
struct column *table_find_column(const struct table *t, struct slice name);
/* One that the version drops; NULL where it is said of none, or the column is there. */
const struct column *table_find_gone(const struct table *t, struct slice name);
struct constraint *table_find_constraint(const struct table *t, struct slice name);
struct view *catalog_find_view(const struct catalog *c, struct slice schema,
                               struct slice name);
struct enum_type *catalog_find_enum(const struct catalog *c, struct slice schema,
                                    struct slice name);
bool enum_has_label(const struct enum_type *e, struct slice label);

/* Is it written when the table is made, or does it come from a parent? */
bool column_is_written(const struct table *t, const struct column *c);
/* As it is written where a partition is made on its own: a serial column of it counts by
 * the sequence of the whole.  Itself, or a copy. */
const struct column *column_as_made(struct arena *a, const struct table *t,
                                    const struct column *c);
/* Is it a key or an exclusion, for which engines make an index by its name? */
bool constraint_has_index(const struct constraint *c);
bool constraint_is_written(const struct table *t, const struct constraint *c);
bool index_is_written(const struct index *x);

/* The SQLite rowid alias: the sole primary key column, of type INTEGER; else NULL. */
const struct column *table_rowid_column(const struct table *t);
bool index_keys_equal(const struct index_keys *a, const struct index_keys *b);
bool slices_equal(const struct slices *a, const struct slices *b);
bool constraint_equal(const struct constraint *a,
                      const struct constraint *b); /* names aside */
/* Is it partitioned by the column, or by what is computed from it? */
bool table_is_divided_by(const struct table *t, struct slice column);
bool column_is_in(const struct index_keys *keys, struct slice column);
bool index_keys_have_expression(const struct index_keys *keys);
/* Does the primary key, where the table is made with it, say that the column is NOT NULL?
 */
bool key_implies_not_null(const struct table *t, const struct column *c);

/* A shallow copy to be changed by whoever builds a new catalog: no input is ever edited.
 */
struct table *table_copy(struct arena *a, const struct table *t);
/* The same of all that a catalog holds; what it says stays the original's. */
struct catalog *catalog_copy(struct arena *a, const struct catalog *from);

#endif
