/*
 * What the view decides about tables, before it becomes records: C names, codecs, keys
 * and the functions they give.
 */
#ifndef SCHEMAC_GEN_VIEW_MODEL_H
#define SCHEMAC_GEN_VIEW_MODEL_H

#include "gen/view.h"
#include "gen/view_names.h"

/* The codecs of schemac_row.h, without including the runtime. */
enum codec {
#define CODEC(codec, macro, plain, opt) codec,
#include "gen/codecs.def"
#undef CODEC
    CODEC_COUNT
};

struct codec_info {
    const char *macro; /* SCHEMAC_CODEC_INT32 */
    const char *plain; /* the type of a field that cannot be NULL, and of parameters */
    const char *opt;   /* the type of one that can; the same where the type says NULL */
};

const struct codec_info *codec_info(enum codec codec);
/* struct schemac_int32_array; not of enums, which have their own. */
struct slice codec_array_type(struct arena *a, enum codec element, bool opt_items);

/* An enum of C: a type of the database, or a CHECK (column IN ('a', 'b')). */
struct gen_enum {
    struct slice title;           /* of it in messages: "vehicles.vehicle_type" */
    struct slice comment;         /* may be empty */
    struct slice c;               /* parking_vehicles_vehicle_type */
    struct slices labels;         /* never empty */
    const struct enum_type *type; /* NULL: from a CHECK */
};

struct gen_column {
    const char *name;            /* as in the database */
    const struct column *column; /* as declared; NULL in views */
    struct slice type_text;
    const struct type *type; /* of a domain what it is made of; NULL: unknown */
    struct slice comment; /* may be none */
    struct slice field;   /* vehicle_type */
    struct slice macro;   /* VEHICLE_TYPE */
    struct slice param;   /* the field, unless a parameter of ours has that name */
    enum codec codec;
    enum codec element; /* of a CODEC_ARRAY */
    bool opt_items;     /* they may be NULL, and have is_set */
    bool is_inet;       /* or a domain over it */
    int scale;
    bool nullable;
    bool has_default; /* the database has a value: DEFAULT, identity */
    bool is_generated; /* computed, or always counted: never written */
    bool is_rowid;
    bool after_insert, after_update; /* a trigger behind that may set it */
    bool is_text; /* text, varchar or char: texts that have an order */
    const struct gen_enum *enumeration; /* CODEC_ENUM, or array of it; else NULL */
};

enum gen_key_kind { GEN_KEY_PRIMARY, GEN_KEY_UNIQUE, GEN_KEY_INDEX, GEN_KEY_FOREIGN };

struct gen_key {
    enum gen_key_kind kind;
    struct slice name;  /* of the constraint or index */
    struct slice macro; /* KEY_VEHICLES_PKEY */
    struct slice by;    /* "by_number_plate"; none: another key has the functions */
    struct slice refers_to;
    struct slice comment;                /* may be none */
    const struct constraint *constraint; /* NULL: an index */
    VEC(size_t) columns; /* numbers, never empty */
    bool is_by_columns; /* on each engine that the code is for */
    bool has_find;
    bool has_upsert;
    bool has_cursor;
    bool has_range;
    bool has_list;
};

struct gen_table {
    const struct table *table; /* NULL: a view */
    /* In the terms of each dialect; NULL: it has no such table, or this is a view. */
    const struct table *lowered[GEN_CHAINS_MAX];
    const struct view *view;   /* NULL: a table */
    struct slice name;      /* in the database, where it has schemas if one has */
    struct slice schema;    /* the same; may be none */
    struct slice flat_name; /* where there are no schemas; none: as `name` */
    struct slice comment;
    struct slice c;     /* parking_vehicles */
    struct slice upper; /* PARKING_VEHICLES */
    struct slice file;  /* parking_vehicles: of .h and .c */
    bool has_primary;   /* keys[0] is the primary key */
    const char *row_name; /* where a trigger sets a column, what finds the row; or NULL */
    bool is_append_only;
    VEC(struct gen_column *) columns;
    VEC(struct gen_key *) keys;
    VEC(const struct index *) indexes; /* all of our dialects, also those without a key */
    VEC(struct gen_enum *) enums; /* from its CHECK constraints */
    VEC(const struct initial_rows *) initial;
    bool uses_enum_types;
};

struct gen_model {
    struct session *s;
    const struct gen_request *request;
    struct slice name;   /* of the schema: parking */
    struct slice prefix; /* of everything: parking */
    struct slice upper;
    VEC(struct gen_enum *) enums;   /* from types */
    struct map enum_types;          /* struct enum_type's key → struct gen_enum * */
    struct map domains;             /* catalog_key → const struct domain * */
    VEC(struct gen_table *) tables; /* tables, then views */
    struct map taken;               /* identifiers with external meaning, and macros */
    struct map files;               /* stems, in lower case: some systems fold names */
};

/* Everything but the C names of tables and enums.  Leaves: model->tables, model->enums.
 * False after reporting an annotation that cannot be followed. */
bool model_build(struct session *s, const struct gen_request *request,
                 struct gen_model *out);

/* Does the object belong to one of our dialects?  `only`: of its @only. */
bool model_is_ours(const struct gen_model *m, struct slice only);
/* On each of the engines that the code is for? */
bool model_is_everywhere(const struct gen_model *m, struct slice only);
/* The enum of a column of this type, or of an array of it; NULL: it is no enumerated
 * type. */
struct gen_enum *model_find_enum(struct gen_model *m, const struct type *type);

/* The names that the columns of one table have so far. */
struct column_names {
    struct map fields;
    struct map macros;
};

void column_names_init(struct gen_model *m, struct column_names *names);
/* Field, macro and parameter; c_name is none, or that of @c name=ID. */
void column_name(struct gen_model *m, struct column_names *names, struct slice c_name,
                 struct gen_column *out);
void column_use_enum(struct gen_table *t, struct gen_column *c, const struct gen_enum *e);
struct slice type_text(struct arena *a, const struct type *type);

/* ---- view_views.c ---- */

/* False after reporting an annotation that cannot be followed. */
bool model_add_views(struct gen_model *m);

/* ---- view_triggers.c ---- */

/* Columns that a trigger sets behind what is written.  Needs: model->tables, no views. */
void model_mark_triggered(struct gen_model *m);

/* ---- view_types.c ---- */

/* The column in the terms of each dialect; NULL: not there. */
struct lowered_columns {
    const struct column *of[GEN_CHAINS_MAX];
};

/* Codec, scale and is_text of a column.  False after reporting a wrong @c, or dialects
 * that store it so differently that C cannot have it as one type. */
bool column_choose_codec(struct gen_model *m, const struct gen_table *t,
                         const struct column *neutral,
                         const struct lowered_columns *lowered, struct gen_column *out);
/* Is it a decimal of C, or an array of them? */
bool column_has_scale(const struct gen_column *c);
/* What a domain is made of, through domains over domains; another type is its own.  An
 * array of domains is one of what they are made of. */
const struct type *model_base_type(struct gen_model *m, const struct type *t);
/* The labels of CHECK (column IN ('a', 'b')), or of that or NULL; false: it is another.
 */
bool check_lists_labels(const struct expr *check, struct slice *column,
                        struct slices *labels, struct arena *a);

/* ---- view_keys.c ---- */

/* Keys and the functions that they give. */
void table_add_keys(struct gen_model *m, struct gen_table *t,
                    const struct index *const *indexes, size_t index_count);

/* ---- view_claim.c ---- */

/* Names for tables and enums that clash with nothing. */
void model_claim_names(struct gen_model *m);

/* ---- view_initial.c ---- */

/* The initial rows of each table.  Needs: model->tables. */
void model_collect_initial(struct gen_model *m);
/* Pieces of a string, each short enough for a line of C when it is escaped. */
void add_pieces(struct slice s, struct list *pieces);
/* As constants; `r` has the columns already. */
void add_initial(struct gen_model *m, const struct gen_table *t, struct record *r);

/* ---- view_facts.c ---- */

/* What was declared, in SQL and as numbers: for templates that write something else
 * than C. */
void add_column_facts(struct gen_model *m, const struct gen_column *c, struct record *r);
void add_key_facts(struct gen_model *m, const struct gen_key *k, struct record *r);
void add_table_facts(struct gen_model *m, const struct gen_table *t, struct record *r);
/* Must the column be given, because nothing else fills it? */
bool column_must_be_given(const struct gen_column *c);

/* ---- view_records.c, view_migrations.c ---- */

const struct record *model_records(struct gen_model *m);
void add_engines(struct gen_model *m, struct record *root);

#endif
