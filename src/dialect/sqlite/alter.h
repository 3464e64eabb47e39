/*
 * What the files that change a live database share.
 *
 * Changes are grouped by table first (struct lite_work), because one rebuild carries out
 * all that ALTER TABLE cannot do for a table.  Renames are always done in place and
 * before: ALTER TABLE then follows them through foreign keys and indexes.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_ALTER_H
#define SCHEMAC_DIALECT_SQLITE_ALTER_H

#include "dialect/sqlite/objects.h"

struct lite_obstacle_of {
    enum lite_obstacle obstacle;
    struct text objects; /* "a, b": what cannot be changed in place therefore */
};

struct lite_reasons {
    VEC(struct lite_obstacle_of) all; /* each obstacle once */
};

/* A table that is on both sides. */
struct lite_work {
    const struct table *old;
    const struct table *new;
    VEC(struct change) changes;
    VEC(const struct column *) adds;  /* of new */
    VEC(const struct column *) drops; /* of old */
    VEC(struct change) rules; /* that can be changed in place, where it is not rebuilt */
    struct lite_reasons reasons;      /* why it is rebuilt; empty: it is not */
    struct map old_columns;           /* name in new → struct column of old */
    struct map new_names;             /* name in old → struct column of new */
    bool loosens; /* a data step follows, and needs rules gone before it */
    bool hides_rowid; /* a data step follows, and needs a column that is not added so */
    bool fills;   /* rows are updated in place */
};

struct lite_alter {
    struct session *s;
    const struct alter_request *r;
    struct actions *out;
    struct map works;     /* name of the new table → struct lite_work * */
    struct map old_works; /* name of the old table → struct lite_work * */
    /* Folded names → struct change_list *, of what does it.  Tables, old and new, that
     * lose their shape; tables whose rows are updated in place; views taken down. */
    struct map parted;
    struct map filled;
    struct map views_down;
    struct map causes;    /* "view v", "trigger t" → its own struct change */
    struct keep_sides sides; /* what is lost on the way up, and what of it is kept */
};

bool lite_is_rebuilt(const struct lite_work *w);
/* What is refused for a change in place. */
extern const struct refusal lite_rebuilding;
/* What has that name, in whatever case, is one of those in `marks`. */
void lite_mark(struct lite_alter *x, struct map *marks, struct slice name,
               const struct change *c);

/* ---- dependents.c: what stands in the way, and comes back ---- */

void lite_clear_dependents(struct lite_alter *x);
void lite_restore_dependents(struct lite_alter *x);

/* ---- rules.c: checks and NOT NULL in place ---- */

/* The SQLite that a plan may count on: 3053; 0: any. */
int lite_runs_on(const struct session *s);
bool lite_is_rule_change(const struct change *c);
enum lite_obstacle lite_cannot_change_rule(struct lite_alter *x,
                                           const struct lite_work *w,
                                           const struct change *c);
/* PHASE_GROW: those that loosen; PHASE_TIGHTEN: the others. */
void lite_change_rules(struct lite_alter *x, const struct lite_work *w,
                       enum phase phase);
/* Asks for a condition over `sql`, the text that SQLite keeps of the table. */
struct slice lite_text_query(struct arena *a, const struct table *t,
                             struct slice condition);

/* ---- trigger_writes.c ---- */

/* False after reporting a trigger that would write a column which goes. */
bool lite_check_trigger_writes(struct lite_alter *x);

/* ---- renames.c ---- */

/* Does the SQLite that runs the plan, or may, refuse to add, drop and rename a column of
 * that name? */
bool lite_refuses_name(const struct lite_alter *x, const struct table *t,
                   struct slice column);
void lite_rename_tables(struct lite_alter *x);
void lite_rename_columns(struct lite_alter *x, const struct lite_work *w);

/* ---- values.c: where the value of a column comes from ---- */

enum lite_when {
    LITE_BEFORE, /* names are those of the old catalog */
    LITE_NOW,    /* renames are done; where a data step went before, columns are there */
};

/* @from of a column that it rewrites, on the way up and in the old names. */
struct slice lite_from_text(struct lite_alter *x, const struct table *old_table,
                            const struct table *new_table, const struct column *old,
                            const struct column *new);
/* False after reporting a @from or @back that cannot be. */
bool lite_check_sources(struct lite_alter *x, const struct lite_work *w);
/* The value of a column of `new` out of a row of the old table; NULL: nothing gives it,
 * and its default will. */
const struct expr *lite_source(struct lite_alter *x, const struct lite_work *w,
                               const struct column *c, enum lite_when when);
/* @from or @back, if it applies to this column in this direction; else NULL. */
const struct expr *lite_transform(struct lite_alter *x, const struct lite_work *w,
                                  const struct column *c);
/* What says columns of the old table, once those that stay have their new names. */
const struct expr *lite_in_new_names(struct lite_alter *x, const struct lite_work *w,
                                     const struct expr *e);
/* Is the value of every row written by @from or @back? */
bool lite_has_transform(struct lite_alter *x, const struct lite_work *w,
                        const struct column *c);
/* What the last rebuild copies: after a data step, what is in the row by then. */
const struct expr *lite_final_source(struct lite_alter *x, const struct lite_work *w,
                                     const struct column *c);
void lite_fill_columns(struct lite_alter *x, const struct lite_work *w);
bool lite_needs_fill(struct lite_alter *x, const struct lite_work *w);
bool lite_fills_column(struct lite_alter *x, const struct lite_work *w,
                       const struct column *c);

/* @from where it applies to a column that stays; NULL: its values do. */
const struct expr *lite_from(const struct table *old_table, const struct table *new_table,
                             const struct column *old, const struct column *new);

/* ---- keep.c: what is parked, and what comes back ---- */

void lite_keep_begin(struct lite_alter *x);
void lite_keep_end(struct lite_alter *x);
/* The side table that has the column of an older table; NULL: it is not kept. */
const struct keep_side *lite_keeps(const struct lite_alter *x, const struct table *older,
                                   const struct column *c);
/* Way up: is the column that `a` drops parked?  If not, says why where it was asked. */
bool lite_parks(struct lite_alter *x, const struct table *old, const struct column *c,
                struct action *a);
void lite_drops_parked(struct lite_alter *x, const struct table *old, struct action *a);
/* Way back: the value that was kept; NULL: none was.  Rows that came since get
 * `otherwise`; NULL: they get NULL. */
const struct expr *lite_kept_value(struct lite_alter *x, const struct lite_work *w,
                                   const struct column *c, const struct expr *otherwise,
                                   enum lite_when when);
/* " AND NOT …": behind a condition, only rows that do not get a kept value. */
struct slice lite_but_kept(struct lite_alter *x, const struct lite_work *w,
                           const struct column *c, enum lite_when when);
/* Way back: the side table out of which the rows of `t` come; NULL: none. */
const struct keep_side *lite_brings_back(const struct lite_alter *x,
                                         const struct table *t);

/* ---- rebuild.c ---- */

void lite_rebuild(struct lite_alter *x, const struct lite_work *w);
/* The table with everything that a data step may need: all columns, few rules. */
void lite_grow(struct lite_alter *x, const struct lite_work *w);

/* ---- checks.c: what must hold of the rows ---- */

void lite_add_checks(struct lite_alter *x, const struct lite_work *w, struct action *a);
/* The same for one check that is added, or one column that gets NOT NULL. */
void lite_add_rule_checks(struct lite_alter *x, const struct lite_work *w,
                          const struct change *c, struct action *a);
/* Asks the rows that are there what a trigger asks of those that come; `a` makes it. */
void lite_add_trigger_check(struct lite_alter *x, const struct lite_work *w,
                            const struct definition *r, struct action *a);
/* Before rows are filled in place: does @from give them all a value? */
void lite_add_fill_checks(struct lite_alter *x, const struct lite_work *w,
                          struct action *a);
/* One that stood is asked about where it reads what has another value by then. */
void lite_add_index_check(struct lite_alter *x, const struct lite_work *w,
                          const struct index *index, bool is_new, struct action *a);

/* ---- convert.c ---- */

struct lite_conversion {
    const struct expr *value;
    const struct expr *bad; /* true for a value that would not survive; NULL: all do */
};

struct lite_conversion lite_convert(struct arena *a, const struct type *from,
                                    const struct type *to, const struct expr *value);
/* Of an old column to a new one of the same table. */
struct lite_conversion lite_convert_column(struct arena *a, const struct lite_work *w,
                                           const struct column *old,
                                           const struct column *new,
                                           const struct expr *value);
/* True of texts of the old column that come back as others, as '12' does out of 12.00;
 * NULL: all are the same again. */
const struct expr *lite_respelt(struct arena *a, const struct table *old_table,
                                const struct column *old, const struct table *new_table,
                                const struct column *new);

#endif
