/*
 * Looking at the tokens of one statement before the grammar does: classify.c,
 * other_code.c, statement.c.
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

/* ---- what a statement is: classify.c ---- */

enum about {
#define OBJECT(about, words, create, alter, drop, comment) ABOUT_##about,
#include "syntax/statements.def"
#undef OBJECT
    ABOUT_COUNT
};

enum object_verb { ON_CREATE, ON_ALTER, ON_DROP, ON_COMMENT };
#define OBJECT_VERB_COUNT (ON_COMMENT + 1)

struct classified {
    enum treatment treatment;
    struct slice kind; /* "insert"; "sequence", "alter sequence" */
    size_t name;       /* index of the token behind the first words */
    bool is_object;    /* else there is no verb and no object */
    enum object_verb verb;
    enum about about;
    size_t into, into_end; /* of SELECT … INTO t: the tokens of INTO t; 0: none */
};

/* False after reporting that it is none. */
bool scan_classify(const struct scan *c, struct classified *out);
struct slice scan_object_words(enum about about); /* "materialized view" */

static inline bool
is_about(const struct classified *how, enum object_verb verb, enum about about)
{
    return how->is_object && how->verb == verb && how->about == about;
}

/* ---- looking at its tokens ---- */

/* ALGORITHM = x DEFINER = user@host SQL SECURITY y, of MySQL: count of tokens. */
size_t scan_definer_length(const struct tokens *t, size_t at);

/* [schema.]name at token `at`; *next is behind it. */
struct ast_name scan_read_name(const struct scan *c, size_t at, size_t *next);
size_t scan_skip_name(const struct scan *c, size_t at); /* behind the name */
size_t scan_skip_if_exists(const struct scan *c, size_t at);
/* Behind the ')' that closes the '(' at `at`. */
size_t scan_skip_parens(const struct scan *c, size_t at);

/* other_comment.c: COMMENT ON what no door leads to; false after reporting. */
bool scan_comment(const struct scan *c, struct slice kind, size_t name,
                  struct stmt *stmt);

/* virtual_table.c: CREATE VIRTUAL TABLE, its name at `at`; false after reporting. */
bool scan_virtual_table(const struct scan *c, size_t at, struct stmt *stmt);

/* role.c: a role, user or group; false: in a form that is kept whole. */
bool scan_role(const struct scan *c, const struct classified *how, struct stmt *stmt);

/* dumped_table.c: an INSERT that stands for CREATE VIRTUAL TABLE; that statement. */
bool scan_dumped_table(const struct scan *c, struct scan *out, struct slice *text);

/* guarded_role.c: a DO block of ours that makes a role; its CREATE ROLE. */
bool scan_guarded_role(const struct scan *c, struct scan *out, struct slice *text);

/* other_code.c: a routine, trigger or rule in a form that the grammar does not read? */
bool scan_is_other_code(const struct scan *c, const struct classified *how);

#endif
