/*
 * Where statements end.
 */
#include <assert.h>

#include "grammar/parser.h"
#include "syntax/statement.h"

static const struct token *
token_at(const struct tokens *t, size_t i)
{
    return &t->all.items[i];
}

/* What a ';' inside the statement may mean. */
enum body {
    CUT_PLAIN,
    CUT_BLOCK,  /* BEGIN … END of a trigger or routine */
    CUT_PARENS, /* CREATE RULE … DO (a; b) */
};

#define HEAD_TOKENS_MAX 12 /* CREATE OR REPLACE DEFINER = a @ b CONSTRAINT TRIGGER */

static enum body
find_body(const struct tokens *t, size_t begin)
{
    if (token_at(t, begin)->kind != T_CREATE)
        return CUT_PLAIN;
    for (size_t i = begin + 1; i < begin + HEAD_TOKENS_MAX; i++) {
        const struct token *token = token_at(t, i);

        if (token->kind == T_END || token->kind == ';' || token->kind == '(')
            return CUT_PLAIN;
        if (token->kind == T_TRIGGER || token->kind == T_FUNCTION)
            return CUT_BLOCK;
        if (token->kind == T_TABLE || token->kind == T_INDEX)
            return CUT_PLAIN;
        if (token->kind != T_IDENT)
            continue;
        if (token_is_word(t, token, "procedure") || token_is_word(t, token, "event"))
            return CUT_BLOCK;
        if (token_is_word(t, token, "rule"))
            return CUT_PARENS;
    }
    return CUT_PLAIN;
}

/* MySQL's END IF, END LOOP, … close what they name, and that is not counted. */
static bool
ends_block(const struct tokens *t, size_t i)
{
    const struct token *next = token_at(t, i + 1);

    return !token_is_word(t, next, "if") && !token_is_word(t, next, "loop")
           && !token_is_word(t, next, "while") && !token_is_word(t, next, "repeat");
}

/* How token `i` changes the count of open blocks. */
static int
block_step(const struct tokens *t, size_t i, size_t open)
{
    const struct token *token = token_at(t, i);

    if (i > 0 && token_at(t, i - 1)->kind == '.')
        return 0;
    if (token->kind == T_END_P && open > 0)
        return ends_block(t, i) ? -1 : 0;
    if (token->kind == T_CASE && open > 0)
        return i > 0 && token_at(t, i - 1)->kind == T_END_P ? 0 : 1;
    return token->kind == T_IDENT && token_is_word(t, token, "begin") ? 1 : 0;
}

/* Is the ';' at token `i` inside of something?  *open is kept up to date. */
static void
count_open(const struct tokens *t, size_t i, enum body body, size_t *open)
{
    int kind = token_at(t, i)->kind;
    int step = 0;

    switch (body) {
    case CUT_PLAIN:
        return;
    case CUT_BLOCK:
        step = block_step(t, i, *open);
        break;
    case CUT_PARENS:
        step = kind == '(' ? 1 : kind == ')' ? -1 : 0;
        break;
    }
    if (step > 0)
        ++*open;
    else if (step < 0 && *open > 0)
        --*open;
}

static void
report_unclosed(struct session *s, const struct tokens *t, size_t begin, enum body body)
{
    diag_add(&s->diags, D_SYNTAX, token_span(t, token_at(t, begin)), "%s",
             body == CUT_BLOCK ? "the body of this statement has no END"
                               : "a parenthesis of this statement is not closed");
}

static bool
is_semicolon(int kind)
{
    return kind == ';' || kind == T_INNER_SEMICOLON;
}

/* The tokens that may end a statement have lower numbers than all words. */
static_assert(T_INNER_SEMICOLON < T_IDENT && T_CLIENT_COMMAND < T_IDENT
                  && T_DELIMITER < T_IDENT && T_END < T_IDENT,
              "see may_end");

static bool
may_end(int kind)
{
    return kind < T_IDENT
           && (is_semicolon(kind) || kind == T_END || kind == T_CLIENT_COMMAND
               || kind == T_DELIMITER);
}

/* Where a statement without a body ends. */
static size_t
find_plain_end(const struct tokens *t, size_t i, uint32_t limit)
{
    while (!may_end(token_at(t, i)->kind) && token_at(t, i)->begin < limit)
        i++;
    return i;
}

/* Where one ends in which a ';' may be inside of something; *open: it does not close. */
static size_t
find_end(const struct tokens *t, size_t i, uint32_t limit, enum body body, size_t *open)
{
    for (;; i++) {
        int kind = token_at(t, i)->kind;

        if (may_end(kind) && (!is_semicolon(kind) || (*open == 0 && kind == ';')))
            return i;
        if (token_at(t, i)->begin >= limit)
            return i;
        count_open(t, i, body, open);
    }
}

struct piece
statement_cut(struct session *s, const struct tokens *t, size_t at, uint32_t limit,
              size_t *next)
{
    enum body body = find_body(t, at);
    size_t open = 0;
    size_t i;

    if (token_at(t, at)->kind == T_CLIENT_COMMAND) {
        *next = at + 1;
        return (struct piece){ at, at + 1 };
    }
    i = body == CUT_PLAIN ? find_plain_end(t, at, limit)
                          : find_end(t, at, limit, body, &open);
    if (token_at(t, i)->kind == T_END && t->is_part) {
        *next = at;
        return (struct piece){ at, at };
    }
    *next = is_semicolon(token_at(t, i)->kind) || token_at(t, i)->kind == T_DELIMITER
                ? i + 1
                : i;
    if (token_at(t, i)->kind == T_DELIMITER) /* it knows better than the count of BEGIN */
        open = 0;
    if (open > 0)
        report_unclosed(s, t, at, body);
    while (i > at && token_at(t, i - 1)->kind == T_INNER_SEMICOLON)
        i--;
    return (struct piece){ at, i };
}

bool
tokens_are_copy(const struct tokens *t, size_t first)
{
    size_t count = t->all.count;

    if (first >= count || !token_is_word(t, token_at(t, first), "copy"))
        return false;
    for (size_t i = first + 1; i + 1 < count; i++)
        if (token_at(t, i)->kind == T_FROM)
            return token_is_word(t, token_at(t, i + 1), "stdin");
    return false;
}
