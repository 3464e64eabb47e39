/*
 * The state of the lexer, for the files that it is made of: grammar/sql.re, which knows
 * where tokens begin, and lex_quoted.c, which knows where texts end.
 */
#ifndef SCHEMAC_SYNTAX_LEXER_H
#define SCHEMAC_SYNTAX_LEXER_H

#include <string.h>

#include "diag/session.h"
#include "syntax/token.h"

/* The state of one run. */
struct lexer {
    struct session *s;
    struct arena *arena;
    struct tokens *out;
    const char *text; /* of the whole source: offsets are those of spans */
    size_t at;        /* next byte to read */
    size_t end;       /* first byte that is not ours */
    size_t first;     /* index of the first token of the current statement */
    size_t brackets;  /* open '[' that are subscripts or ARRAY */
    size_t unended_dollars;
    bool rows_unended; /* no line "\." follows any more */
    struct slice delimiter; /* of MySQL's DELIMITER line; none: a ';' ends statements */
    size_t conditions;      /* open conditional comments of MySQL */
    bool line_begins; /* no token yet on this line */
    /* As it was at the first text of this statement that ends before a word; NULL. */
    struct stray *stray;
    size_t stray_count; /* gone back to */
};

/* 'O'Brien': what to go back to when what follows turns out to be inside out. */
struct stray {
    struct lexer before; /* behind the quote that ends it too early */
    struct diag_mark diags;
    size_t begin; /* of the text */
    size_t tokens;
    size_t comments;
};

static inline unsigned char
peek(const struct lexer *l)
{
    return (unsigned char)(l->at < l->end ? l->text[l->at] : '\0');
}

static inline struct span
span_from(const struct lexer *l, size_t begin)
{
    return (struct span){ l->out->source, (uint32_t)begin, (uint32_t)l->at };
}

static inline void
push_cued(struct lexer *l, int kind, size_t begin, uint8_t cues)
{
    struct token *t = VEC_ADD(l->arena, &l->out->all);

    t->begin = (uint32_t)begin;
    t->end = (uint32_t)l->at;
    t->kind = (uint16_t)kind;
    t->cues = cues;
    t->first_on_line = l->line_begins;
    l->line_begins = false;
}

static inline void
push(struct lexer *l, int kind, size_t begin)
{
    push_cued(l, kind, begin, 0);
}

/* Go behind the next byte `c`; false when there is none. */
static inline bool
skip_past(struct lexer *l, char c)
{
    const char *hit =
        l->at < l->end ? memchr(l->text + l->at, c, l->end - l->at) : NULL;

    l->at = hit == NULL ? l->end : (size_t)(hit - l->text) + 1;
    return hit != NULL;
}

static inline void
skip_line(struct lexer *l)
{
    if (skip_past(l, '\n'))
        l->at--;
    if (l->text[l->at - 1] == '\r')
        l->at--;
}

/* lex_quoted.c: each reads to the end of what its opening quote begins. */
void lex_string(struct lexer *l, size_t begin, int kind);
void lex_escape_string(struct lexer *l, size_t begin, int kind);
void lex_quoted_name(struct lexer *l, size_t begin, int quote);
void lex_report_unterminated(struct lexer *l, size_t begin, size_t quote_end,
                             const char *what);
/*
 * A text that does not end would swallow the rest of the source: only its first line is
 * left out, so that what follows is still read.
 */
void lex_leave_line(struct lexer *l, size_t begin);

#endif
