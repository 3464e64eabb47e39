/*
 * What the rules share, private to lint: the functions of rules.def, the facts that are
 * gathered once, and how to report.
 */
#ifndef SCHEMAC_LINT_RULE_H
#define SCHEMAC_LINT_RULE_H

#include "lint/lint.h"
#include "lint/operation.h"

/* An index, or the constraint that has one: what rows can be found by. */
struct key_set {
    const struct index *index;           /* NULL: of a constraint */
    const struct constraint *constraint; /* NULL: an index of its own */
    const struct index_keys *keys;
    const struct expr *where; /* NULL: all rows */
    bool unique;
    struct span span;
};

struct key_sets {
    VEC(const struct key_set *) all;
};

/* The values that a CHECK or an enum type allows for a column. */
struct value_list {
    struct slices labels;
    bool from_check; /* else from an enum type */
    const struct table *table;
    const struct column *column;
    struct span span;
};

/* The columns of one name, in all tables. */
struct namesakes {
    size_t texts;                     /* that may be any text */
    size_t lists;                     /* that have a list of values */
    const struct value_list *first;   /* of all; NULL: none has one */
    const struct value_list *checked; /* the first from a CHECK; NULL */
};

struct silencer {
    struct span target;
    uint32_t
        reach; /* the farthest end of this one and of those before it in its source */
    size_t at; /* into catalog.lint_offs */
};

struct silencers {
    VEC(struct silencer) all; /* by where their target begins */
};

/* What is looked at. */
enum lint_subject {
    LINT_SCHEMA,
    LINT_SCRIPT,
    LINT_CHANGE,
};

struct lint {
    struct session *s;
    enum lint_subject subject;
    struct arena *a;
    const struct catalog *catalog;         /* of a script: nothing but its silencers */
    const struct operations *operations;   /* of a script or a change; else NULL */
    const struct written_columns *columns; /* of a script; else NULL */
    const struct lint_settings *settings;
    struct lint_counts *counts;
    enum lint_rule rule;                         /* that is being asked */
    struct silencers silencers[LINT_RULE_COUNT]; /* those of each rule */
    bool *silencer_used;                         /* one for each of catalog.lint_offs */
    struct map beginnings;   /* first keys of a table's indexes → struct key_sets * */
    struct map values;       /* lint_member(table, column) → struct value_list * */
    struct map namesakes;    /* column name → struct namesakes * */
    struct map policies;     /* catalog_key of tables that have one */
    struct map row_security; /* catalog_key of tables where it is on */
    struct map words;        /* words of texts that are kept whole → struct word * */
};

struct word {
    size_t count;
};

/* ---- reporting (lint.c) ---- */

/* A finding of the rule that is being asked, at `span`; never NULL. */
struct diag *lint_found(struct lint *l, struct span span, const char *format, ...)
    PRINTF_LIKE(3, 4);
void lint_note(struct lint *l, struct diag *d, struct span span, const char *format, ...)
    PRINTF_LIKE(4, 5);
void lint_hint(struct lint *l, struct diag *d, const char *format, ...) PRINTF_LIKE(3, 4);

/* Ask all rules of the subject. */
void lint_ask_all(struct lint *l);

/* ---- facts (facts.c) ---- */

void lint_gather(struct lint *l);
/* What maps know a column of a table by. */
struct slice lint_member(struct lint *l, const struct table *t, struct slice column);
/* The indexes and keys that begin with these, in whatever order; never NULL. */
const struct key_sets *lint_beginning(struct lint *l, const struct table *t,
                                      const struct index_keys *keys);
/* NULL: any value. */
const struct value_list *lint_values(struct lint *l, const struct table *t,
                                     const struct column *c);
const struct namesakes *lint_namesakes(struct lint *l, struct slice column);
bool lint_is_text(const struct column *c);
/* How the type of a column is written, in lower case: "timestamp(3)"; may be empty. */
struct slice lint_written_type(struct lint *l, const struct column *c);
/* (a, b) */
struct slice lint_key_text(struct lint *l, const struct index_keys *keys);
struct slice lint_type_text(struct lint *l, const struct type *t);
bool lint_is_native_sqlite(const struct lint *l);

/*
 * Objects that the catalog keeps whole.  Each of these is the one place that has to
 * change when such an object is modelled.
 */
bool lint_has_extension(const struct lint *l, const char *name);
/* The words of everything that is kept whole, of defaults, views and sections. */
size_t lint_word_count(struct lint *l, struct slice name);
typedef void lint_object_fn(struct lint *l, const struct definition *o);
void lint_each_sequence(struct lint *l, lint_object_fn *visit);
void lint_each_policy(struct lint *l, lint_object_fn *visit);
typedef void lint_table_fn(struct lint *l, const struct table *t);
void lint_each_row_security(struct lint *l, lint_table_fn *visit); /* ENABLE … */
void lint_each_definer(struct lint *l, lint_object_fn *visit);     /* SECURITY DEFINER */
bool lint_sets_search_path(struct lint *l, const struct definition *function);

/* ---- the rules ---- */

#define RULE_TAKES_TABLE (struct lint * l, const struct table *t)
#define RULE_TAKES_COLUMN (struct lint * l, const struct table *t, const struct column *c)
#define RULE_TAKES_CONSTRAINT                                                            \
    (struct lint * l, const struct table *t, const struct constraint *k)
#define RULE_TAKES_INDEX (struct lint * l, const struct index *i)
#define RULE_TAKES_VIEW (struct lint * l, const struct view *v)
#define RULE_TAKES_SCHEMA (struct lint * l)
#define RULE_TAKES_STEP (struct lint * l, const struct operation *o)
#define RULE_TAKES_LAST (struct lint * l) /* when all others have been asked */

#define RULE(scope, engine, id, name, severity, summary)                                 \
    void rule_##id RULE_TAKES_##scope;
#include "lint/rules.def"
#undef RULE

#endif
