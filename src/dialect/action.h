/*
 * What a dialect proposes for a set of changes: actions, each with the SQL that does it
 * and the truth about it.  The plan puts them in order and adds data steps and checks.
 */
#ifndef SCHEMAC_DIALECT_ACTION_H
#define SCHEMAC_DIALECT_ACTION_H

#include "diff/diff.h"

/*
 * The order in which actions run.  Everything that grows comes before the data steps,
 * everything that tightens or shrinks after them.
 */
enum phase {
    PHASE_PREPARE, /* online: copies of columns, made beside the old ones */
    PHASE_CLEAR,   /* views, triggers and indexes that stand in the way are taken down */
    PHASE_GROW, /* types, tables, columns (nullable where a data step follows), renames */
    PHASE_FILL, /* @from of added columns, initial rows */
    PHASE_DATA, /* @migrate, @rollback */
    PHASE_TIGHTEN, /* rebuilds, NOT NULL, constraints */
    PHASE_SHRINK,  /* columns, tables and types that are gone */
    PHASE_INDEX,   /* indexes */
    PHASE_RESTORE, /* views, triggers, rules: new ones and those taken down */
    PHASE_SETTLE,  /* online: what reads tables in use, each by itself */
    PHASE_VERIFY,  /* @verify */
    PHASE_COUNT
};

enum hazard {
    HAZARD_DATA_LOSS = 1 << 0,
    HAZARD_REWRITE = 1 << 1,
    HAZARD_LONG_LOCK = 1 << 2,
    HAZARD_UNTRACKED = 1 << 3,
};

/* A form that was not taken although it would have done the same, and what it costs. */
struct refusal {
    const char *form; /* "CREATE INDEX without CONCURRENTLY" */
    const char *cost; /* "a SHARE lock: writers wait for the whole build" */
};

/* What makes a step necessary that carries no change out by itself. */
struct occasion {
    struct slice what; /* "drop column vehicles.phone", "@migrate" */
    struct span span;  /* SPAN_NONE: no declaration says it */
};

/* Changes that are about one thing. */
struct change_list {
    VEC(const struct change *) all;
};

struct action {
    enum phase phase;
    struct slice title;        /* "rebuild table vehicles" */
    VEC(struct slice) sql;     /* statements without ';' */
    VEC(struct slice) reasons; /* why this way, and what was refused: full sentences */
    VEC(struct refusal) refused; /* empty: there was no other form */
    VEC(struct change) causes; /* the changes that it carries out */
    VEC(struct occasion) occasions; /* what it makes way for, or is asked for by */
    uint32_t hazards;          /* enum hazard */
    struct slice loss;         /* data loss: "column vehicles.phone_number"; none */
    struct slice stake;        /* a query that counts the rows at stake; none */
    struct slice parks;        /* "column t.c in schemac_kept_…": not lost; none */
    struct slice restores;     /* "column t.c out of schemac_kept_…"; none */
    struct slice side;         /* of what is restored: "schemac_kept_…"; none */
    bool fills_new_tables; /* rows go into tables whose parents may come later */
    bool takes_rows_over; /* makes a table for rows of one that was there */
    /* Queries that return one row per violation, and what each says: "vehicles.plate
       holds NULL".  Empty: the action may always run. */
    VEC(struct slice) preconditions;
    VEC(struct slice) precondition_titles;
    struct slice postcondition; /* returns one true value once it is done; none */
    /* What kind of statements these are, each once: "add-column"; none on SQLite. */
    VEC(const char *) forms;
    bool rewrites;    /* all rows of a table are written again */
    bool scans;       /* all rows are read */
    bool samples;     /* some rows are read, however many there are */
    const char *lock; /* "ACCESS EXCLUSIVE", or "database" on SQLite; NULL: none */
    bool outside_transaction; /* the engine refuses it within one */
    bool own_transaction;     /* nothing else may hold locks while it runs */
    /* Outside of transactions, for the runner; none: nothing.  A query that gives the
     * statements which clear away what a try that failed left, and one that gives true
     * where a try that was interrupted has done it. */
    struct slice leftovers;
    struct slice done;
    bool bounded_wait;  /* gives up waiting for its lock: others queue behind it */
    struct slice table; /* that it is about; none */
    size_t order;       /* within its phase: dependency order, set by who made it */
};

/* Taken on the way up and not kept. */
struct not_returned {
    struct slice what; /* "the values of t.c" */
    /* A query that counts it before the way up; none: it is gone, or not to be counted */
    struct slice stake;
};

struct actions {
    VEC(struct action *) all;
    VEC(struct not_returned) missing;
};

/* In the order in which they run: by phase, order, table, and who made them. */
void actions_sort(struct session *s, struct actions *actions);

/* action.c; what is said twice is kept once. */
void action_refuses(struct arena *a, struct action *to, const struct refusal *r);
void action_add_occasion(struct arena *a, struct action *to, struct slice what,
                         struct span span);
void action_makes_way(struct arena *a, struct action *to, const struct change *c);
void action_makes_way_for_all(struct arena *a, struct action *to,
                              const struct change_list *changes); /* NULL: none */

/* In a map of lists: key → struct change_list *.  `c` NULL: an empty one is made. */
void change_list_add(struct arena *a, struct map *lists, struct slice key,
                     const struct change *c);
void change_list_add_all(struct arena *a, struct map *lists, struct slice key,
                         const struct change_list *more);

#endif
