/*
 * The keyword table, from grammar/keywords.def.
 */
#include "grammar/keyword_slots.h"
#include "grammar/parser.h"
#include "syntax/token.h"

#define UNRESERVED KEYWORD_UNRESERVED
#define AS_LABEL KEYWORD_AS_LABEL
#define COLUMN KEYWORD_COLUMN
#define FUNCTION KEYWORD_FUNCTION
#define RESERVED KEYWORD_RESERVED

/* In the order of the file, which the slots count in. */
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

/*
 * The same in slots.awk, which fills the table: letters are hashed by their low five
 * bits, which are the same in both cases.
 */
static size_t
first_slot(struct slice word)
{
    size_t first = (unsigned char)word.ptr[0] & 31;
    size_t second = (unsigned char)word.ptr[1] & 31;
    size_t last = (unsigned char)word.ptr[word.len - 1] & 31;

    return (first * 37 + second * 101 + last * 211 + word.len * 59)
           % ARRAY_LEN(keyword_slots);
}

const struct keyword *
keyword_find(struct slice word)
{
    size_t slot;

    if (word.len < KEYWORD_BYTES_MIN || word.len > KEYWORD_BYTES_MAX)
        return NULL;
    slot = first_slot(word);
    while (keyword_slots[slot] != 0) {
        const struct keyword *k = &keywords[keyword_slots[slot] - 1];

        if (slice_is_fold(word, k->word))
            return k;
        slot = (slot + 1) % ARRAY_LEN(keyword_slots);
    }
    return NULL;
}

const struct keyword *
keyword_of_token(int token)
{
    size_t at = (size_t)token - FIRST_TOKEN;

    if (token < FIRST_TOKEN || at >= ARRAY_LEN(numbers) || numbers[at] == 0)
        return NULL;
    return &keywords[numbers[at] - 1];
}
