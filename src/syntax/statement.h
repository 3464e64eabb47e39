/*
 * Cutting tokens into statements, and what a statement is by its first words.
 */
#ifndef SCHEMAC_SYNTAX_STATEMENT_H
#define SCHEMAC_SYNTAX_STATEMENT_H

#include "syntax/reader.h"

enum treatment {
    TREAT_PARSED,
    TREAT_RENAMED,
    TREAT_WHOLE,
    TREAT_SKIPPED,
    TREAT_NONE,
};

/* Tokens [begin, end) of one statement, without its ';'. */
struct piece {
    size_t begin;
    size_t end;
};

/*
 * The statement that begins at token `at`; *next is where the following one begins.
 * Statements end at ';', but not at those inside of BEGIN … END of a trigger or routine;
 * at a client command; and at byte `limit`, where a section begins or ends.  *next is
 * `at` where it goes on behind the last token (tokens.is_part).
 */
struct piece statement_cut(struct session *s, const struct tokens *t, size_t at,
                           uint32_t limit, size_t *next);

/* Read one statement; NULL after reporting an error. */
struct stmt *statement_parse(struct session *s, const struct tokens *t,
                             struct piece piece);

#endif
