/*
 * The keyword table, from grammar/keywords.def.
 */
#include <string.h>

#include "grammar/parser.h"
#include "syntax/token.h"

#define UNRESERVED KEYWORD_UNRESERVED
#define AS_LABEL KEYWORD_AS_LABEL
#define COLUMN KEYWORD_COLUMN
#define FUNCTION KEYWORD_FUNCTION
#define RESERVED KEYWORD_RESERVED

static const struct keyword keywords[] = {
#define KEYWORD(token, word, category) { word, T_##token, category },
#include "grammar/keywords.def"
#undef KEYWORD
};

#define WORD_BYTES_MAX 32 /* above the longest keyword */

const struct keyword *
keyword_find(struct slice word)
{
    char folded[WORD_BYTES_MAX + 1] = { 0 };
    size_t low = 0;
    size_t high = ARRAY_LEN(keywords);

    if (word.len > WORD_BYTES_MAX)
        return NULL;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        folded[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(folded, keywords[middle].word);

        if (order == 0)
            return &keywords[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Only messages and rare look-aheads ask; so a plain search is enough. */
const struct keyword *
keyword_of_token(int token)
{
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++)
        if (keywords[i].token == token)
            return &keywords[i];
    return NULL;
}
