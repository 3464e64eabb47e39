/*
 * The words that the lexer knows: keywords, from grammar/keywords.def, and what may begin
 * a phrase, from phrases.def and forms.def.
 */
#include <assert.h>

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

/* Index into keywords plus one by token; tokens begin behind the characters. */
#define FIRST_TOKEN 256

enum keyword_number {
#define KEYWORD(token, word, category) NUMBER_##token,
#include "grammar/keywords.def"
#undef KEYWORD
};

static const uint16_t numbers[] = {
#define KEYWORD(token, word, category) [T_##token - FIRST_TOKEN] = NUMBER_##token + 1,
#include "grammar/keywords.def"
#undef KEYWORD
};

/* ---- from text ---- */

/* A keyword, or a word that may begin a phrase: then T_IDENT. */
struct word {
    char text[20]; /* in place: nothing to follow, and nothing to relocate */
    uint8_t length;
    uint8_t cues;
    uint16_t token;
};

#include "grammar/words.h"

static_assert(WORD_BYTES_MAX <= sizeof((struct word){ 0 }.text), "room for every word");

/*
 * The same in words.awk, which fills the table: letters are hashed by their low five
 * bits, which are the same in both cases.
 */
static size_t
first_slot(struct slice word)
{
    size_t first = (unsigned char)word.ptr[0] & 31;
    size_t second = (unsigned char)word.ptr[1] & 31;
    size_t last = (unsigned char)word.ptr[word.len - 1] & 31;

    return (first * 37 + second * 101 + last * 211 + word.len * 59)
           % ARRAY_LEN(word_slots);
}

/* The bit that lower case has; '_' has it never, so that it may be set in both. */
#define LOWER UINT64_C(0x2020202020202020)

/* Needs: as many bytes at both, those of a name. */
static bool
is_same_word(const char *a, const char *b, size_t length)
{
    size_t i = 0;

    for (; i + 8 < length; i += 8)
        if ((slice_load(a + i, 8) | LOWER) != (slice_load(b + i, 8) | LOWER))
            return false;
    return (slice_load(a + i, length - i) | LOWER)
           == (slice_load(b + i, length - i) | LOWER);
}

int
keyword_look_up(struct slice word, uint8_t *cues)
{
    size_t slot;

    *cues = 0;
    if (word.len < WORD_BYTES_MIN || word.len > WORD_BYTES_MAX)
        return T_IDENT;
    slot = first_slot(word);
    while (word_slots[slot] != 0) {
        const struct word *w = &words[word_slots[slot] - 1];

        if (w->length == word.len && is_same_word(w->text, word.ptr, word.len)) {
            *cues = w->cues;
            return w->token;
        }
        slot = (slot + 1) % ARRAY_LEN(word_slots);
    }
    return T_IDENT;
}

const struct keyword *
keyword_find(struct slice word)
{
    uint8_t cues;

    return keyword_of_token(keyword_look_up(word, &cues));
}

/* ---- from tokens ---- */

const struct keyword *
keyword_of_token(int token)
{
    size_t at = (size_t)token - FIRST_TOKEN;

    if (token < FIRST_TOKEN || at >= ARRAY_LEN(numbers) || numbers[at] == 0)
        return NULL;
    return &keywords[numbers[at] - 1];
}
