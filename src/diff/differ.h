/*
 * What the files of this folder share: pairs of old and new objects, and old text said
 * with new names.  Nobody outside of src/diff includes this.
 *
 * Everything is compared with the names of the new catalog: an old constraint is first
 * rewritten through the renames of its table (rename.c), so that a renamed column does
 * not look like a change of each check, key and index that names it.
 */
#ifndef SCHEMAC_DIFF_DIFFER_H
#define SCHEMAC_DIFF_DIFFER_H

#include "diff/diff.h"
#include "model/retype.h"
#include "model/was.h"

#define MATCH_NONE SIZE_MAX

/* An object as the matcher sees it. */
struct named {
    struct slice name;
    struct slice was; /* none */
};

struct nameds {
    VEC(struct named) all;
};

/* Both hold positions or MATCH_NONE, and mirror each other. */
struct matching {
    size_t *old_of_new;
    size_t *new_of_old;
};

struct table_pair {
    const struct table *old; /* NULL: the table is new */
    const struct table *new; /* NULL: the table is gone */
    struct matching columns; /* both sides there */
    bool renames_columns;
};

struct differ {
    struct session *s;
    const struct diff_forms *forms; /* NULL: as it is written */
    const struct form_world *old_world;
    const struct form_world *new_world; /* also of what is old and has its new names */
    const struct catalog *from;
    const struct catalog *to;
    struct changes *out;
    struct table_pair *pairs; /* one per table of `to`, in its order */
    struct map old_schemas; /* schema that has another name on the other side → it */
    struct retyping types;  /* renamed ones, as the new side calls them */
    struct matching definitions; /* by what they say, else by name; match_definitions */
    struct matching enums;       /* diff_enums */
    bool renames; /* any table, column or type has another name: rewriting is needed */
};

/* match.c */
void match_names(struct arena *a, const struct nameds *old, const struct nameds *new,
                 struct matching *out);
/* The values of one enum type; enums.c. */
void match_values(struct arena *a, const struct enum_type *old,
                  const struct enum_type *new, struct matching *out);
/* @was as a key: qualified where it was written so, else in the object's own schema. */
struct slice was_key(struct arena *a, struct slice schema, struct slice was);
void match_tables(struct differ *d);
const struct table_pair *pair_of_old_table(const struct differ *d, struct slice schema,
                                           struct slice name); /* NULL: gone */

/* match_indexes.c: behind the tables. */
void match_indexes(struct differ *d, struct matching *m);
/* The old one with the names of the new side. */
bool differ_same_index(const struct differ *d, const struct index *old,
                       const struct index *new);
/* Of the table that an old index stands on; NULL: the table is gone. */
const struct table_pair *differ_pair_of_index(const struct differ *d,
                                              const struct index *i);

/* rename.c: what the old side says, in the names of the new side. */
struct slice differ_rename_column(const struct table_pair *pair, struct slice name);
const struct expr *differ_rename_expr(const struct differ *d,
                                      const struct table_pair *pair,
                                      const struct expr *e);
void differ_rename_type(const struct differ *d, const struct type *t, struct type *out);
struct constraint differ_rename_constraint(const struct differ *d,
                                           const struct table_pair *pair,
                                           const struct constraint *c);
struct index differ_rename_index(const struct differ *d, const struct table_pair *pair,
                                 const struct index *i);

void differ_add_type(struct differ *d, struct slice old_schema, struct slice old,
                     struct slice schema, struct slice name);
/* As the new side calls what it names; itself where nothing has another name. */
const struct definition *differ_rename_definition(const struct differ *d,
                                                  const struct definition *old,
                                                  const struct definition *new);

/* form.c: as the engine keeps it; itself where nothing is known of the engine.  All that
 * is given has the names of the new side. */
const struct expr *differ_form(const struct differ *d, const struct expr *e);
/* Of two expressions that say the same: do the domains of their columns stand over the
 * same types?  Where not, the server keeps the older one with its casts. */
bool differ_domains_agree(const struct differ *d, const struct expr *old,
                          const struct expr *new);
bool differ_keys_agree(const struct differ *d, const struct index_keys *old,
                       const struct index_keys *new);
const struct expr *differ_default_form(const struct differ *d,
                                       const struct column *column, const struct expr *e);
const struct expr *differ_bound_form(const struct differ *d, const struct type *t,
                                     const struct expr *e);
struct index_keys differ_keys_form(const struct differ *d, struct slice method,
                                   const struct index_keys *keys);
const struct expr *differ_query_form(const struct differ *d, const struct form_world *w,
                                     const struct view *v);

/* moves.c: @was of an object, or where it was when its schema was called otherwise. */
struct slice differ_was(const struct differ *d, struct slice schema, struct slice name,
                        struct slice was);
/* Is this schema renamed?  No: what is in it moves, and the old one is dropped. */
bool differ_renames_schema(const struct differ *d, const struct definition *schema);
void differ_find_moves(struct differ *d);

/* definitions.c: after match_tables, before types are compared. */
void match_definitions(struct differ *d);
/* parents.c: what a table gets from parents that it keeps is no change of its own. */
bool differ_keeps_parents(const struct differ *d, const struct table_pair *p);
/* A constraint of the new side that comes with the parent. */
bool differ_comes_from_parent(const struct differ *d, const struct table_pair *p,
                              const struct constraint *c);
bool differ_same_partition_key(const struct differ *d, const struct table_pair *p);
bool differ_default_was_overrun(const struct differ *d, const struct table_pair *p,
                                const struct column *old, const struct column *new);

/* One file each: what has changed in one family of objects. */
void diff_tables(struct differ *d);
void diff_table_columns(struct differ *d, const struct table_pair *pair);
void diff_table_constraints(struct differ *d, const struct table_pair *pair);
void diff_indexes(struct differ *d);
void diff_views(struct differ *d);
void diff_enums(struct differ *d);
void diff_definitions(struct differ *d);
void diff_initial_rows(struct differ *d);
/* rows.c: an initial row of the old side that the new side does not bring, in a table
 * that stays; NULL: there is none. */
const struct initial_row *differ_row_that_goes(struct differ *d,
                                               const struct table **table);

void add_change(struct differ *d, enum change_kind kind, struct change_side old,
                struct change_side new);
/* Both none, or the same text. */
bool same_text(struct slice a, struct slice b);

#endif
