/*
 * What the files that read a script share.  Nobody outside of src/lint includes this.
 */
#ifndef SCHEMAC_LINT_SCRIPT_H
#define SCHEMAC_LINT_SCRIPT_H

#include "lint/rule.h"

/* What is asked of an unparsed statement stands at its beginning. */
#define SCRIPT_WORDS_MAX 64

struct script_words {
    size_t count;
    struct slice all[SCRIPT_WORDS_MAX]; /* lower case; quoted ones with their quotes */
};

/* The next word or quoted text from *at on, as it is written; none: there is no more. */
struct slice script_next_word(struct slice text, size_t *at);
void script_words_read(struct arena *a, struct slice text, struct script_words *out);
struct slice script_word(const struct script_words *w, size_t at);       /* "": no such */
size_t script_find_word(const struct script_words *w, const char *word); /* count: no */
bool script_says(const struct script_words *w, const char *option);

struct built_index;
struct seen_view;

/* What a later statement may have to do with (script_pairs.c). */
struct script_pairs {
    struct map labels;        /* "'label'" → struct new_label * */
    size_t label_transaction; /* that added the newest of them */
    struct map indexes;       /* name of those that the script says are one */
    struct map cleared;       /* name of those that DROP INDEX IF EXISTS took away */
    struct map built_names;   /* name → struct built_index * */
    VEC(struct built_index *) built; /* those that nobody has looked at */
    struct map checks;               /* "table hash" → struct seen_check * */
    struct map check_names;          /* "table.name" → struct seen_check * */
    struct map views;                /* key → struct seen_view * */
    VEC(struct seen_view *) views_again;
};

/* A transaction of a script: outside of BEGIN and COMMIT each statement is one. */
struct script {
    struct arena *a;
    struct operations *operations;
    struct written_columns *columns;
    struct map tables;      /* key of those made here */
    struct map indexes;     /* name of those on tables made here */
    struct map made_again;  /* key of tables that one made here takes the name of */
    struct map constraints; /* "table.name" → struct made_constraint * */
    struct map proven;      /* "table.column": a validated CHECK says NOT NULL */
    struct span begin;      /* of the open transaction */
    struct span statement;  /* that is being read */
    size_t transaction;     /* counts them */
    bool in_transaction;
    bool has_timeout;
    bool timeout_is_local; /* to the transaction */
    bool has_waited;       /* it was said which statement waits */
    size_t unread;         /* the operation that says what is not read, from 1 on; 0 */
    struct script_pairs pairs;
};

/* Add one that is about `table`; never NULL, and valid until the next is added. */
struct operation *script_add(struct script *sc, enum operation_kind kind,
                             struct span span, const struct ast_name *table);
bool script_made_table(const struct script *sc, const struct ast_name *table);
bool script_made_index(const struct script *sc, struct slice name);
struct slice script_key(struct script *sc, const struct ast_name *name);

struct slice script_member(struct script *sc, const struct ast_name *table,
                           struct slice name); /* "table.name" */

/* script_pairs.c: what shows where two statements are read together. */
void script_pairs_init(struct script_pairs *p, struct arena *a);
void script_pairs_read(struct script *sc, const struct stmt *stmt);
bool script_knows_index(const struct script *sc, struct slice name);

/* script_rows.c: what is said of rows, and what is not read. */
void script_read_query(struct script *sc, const struct expr *query);
void script_find_columns_twice(struct script *sc, const struct ast_create_table *t);
void script_find_added_twice(struct script *sc, const struct ast_alter_table *t);
void script_read_body(struct script *sc, const struct stmt *stmt);

/* script_table.c */
void script_read_create_table(struct script *sc, const struct ast_create_table *t);
void script_read_alter_table(struct script *sc, const struct stmt *stmt);
void script_read_alter_type(struct script *sc, const struct stmt *stmt);

/* script_waits.c: does it take a lock that others queue behind? */
bool script_waits(struct script *sc, const struct stmt *stmt);

#endif
