/*
 * Looking at the tokens of one statement before the grammar does: shared by statement.c
 * and other_code.c.
 */
#ifndef SCHEMAC_SYNTAX_SCAN_H
#define SCHEMAC_SYNTAX_SCAN_H

#include "grammar/parser.h"
#include "syntax/statement.h"

struct scan {
    struct session *s;
    const struct tokens *t;
    struct piece piece;
};

static const struct token scan_nothing = { .kind = T_END };

static inline const struct token *
token_at(const struct scan *c, size_t i)
{
    return i < c->piece.end ? &c->t->all.items[i] : &scan_nothing;
}

static inline int
kind_at(const struct scan *c, size_t i)
{
    return token_at(c, i)->kind;
}

static inline bool
word_at(const struct scan *c, size_t i, const char *word)
{
    return i < c->piece.end && token_is_word(c->t, token_at(c, i), word);
}

/* [schema.]name at token `at`; *next is behind it. */
struct ast_name scan_read_name(const struct scan *c, size_t at, size_t *next);
size_t scan_skip_if_exists(const struct scan *c, size_t at);
/* Behind the ')' that closes the '(' at `at`. */
size_t scan_skip_parens(const struct scan *c, size_t at);

/* other_comment.c: COMMENT ON what no door leads to; false after reporting. */
bool scan_comment(const struct scan *c, struct slice kind, size_t name,
                  struct stmt *stmt);

/* virtual_table.c: CREATE VIRTUAL TABLE, its name at `at`; false after reporting. */
bool scan_virtual_table(const struct scan *c, size_t at, struct stmt *stmt);

/* other_code.c: a routine, trigger or rule in a form that the grammar does not read? */
bool scan_is_other_code(const struct scan *c, struct slice kind, size_t name);

#endif
