/*
 * What the files of fmt share; everybody else calls format_source (syntax/parse.h).
 */
#ifndef SCHEMAC_SYNTAX_FORMAT_H
#define SCHEMAC_SYNTAX_FORMAT_H

#include "syntax/token.h"

/* How many tokens from `i` on are keywords because they stand together; 0: none. */
size_t format_phrase_length(const struct tokens *t, size_t i);

/* A name or a keyword. */
bool format_is_word(const struct token *t);

/* CREATE UNIQUE INDEX CONCURRENTLY: how many tokens come before a name; at least 1. */
size_t format_head_length(const struct tokens *t, size_t begin);

/* Is this word a keyword by itself?  `is_name`: a name is due here. */
bool format_is_keyword(const struct tokens *t, size_t i, bool in_parens, bool is_name);

#endif
