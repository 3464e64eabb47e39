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

void script_words_read(struct arena *a, struct slice text, struct script_words *out);
struct slice script_word(const struct script_words *w, size_t at);       /* "": no such */
size_t script_find_word(const struct script_words *w, const char *word); /* count: no */
bool script_says(const struct script_words *w, const char *option);

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
};

/* Add one that is about `table`; never NULL, and valid until the next is added. */
struct operation *script_add(struct script *sc, enum operation_kind kind,
                             struct span span, const struct ast_name *table);
bool script_made_table(const struct script *sc, const struct ast_name *table);
bool script_made_index(const struct script *sc, struct slice name);
struct slice script_key(struct script *sc, const struct ast_name *name);

/* script_table.c */
void script_read_create_table(struct script *sc, const struct ast_create_table *t);
void script_read_alter_table(struct script *sc, const struct stmt *stmt);
void script_read_alter_type(struct script *sc, const struct stmt *stmt);

/* script_waits.c: does it take a lock that others queue behind? */
bool script_waits(struct script *sc, const struct stmt *stmt);

#endif
