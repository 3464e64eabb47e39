/*
 * The words of a statement that is not parsed because it means nothing for a schema: SET,
 * BEGIN, REINDEX, VACUUM, TRUNCATE, ….
 */
#include "lint/script.h"

static bool
is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static size_t
skip_comment(struct slice text, size_t at)
{
    bool is_line = text.ptr[at] == '-';

    for (at += 2; at < text.len; at++) {
        if (is_line && text.ptr[at] == '\n')
            return at;
        if (!is_line && text.ptr[at] == '/' && text.ptr[at - 1] == '*')
            return at + 1;
    }
    return at;
}

static bool
begins_comment(struct slice text, size_t at)
{
    return at + 1 < text.len
           && ((text.ptr[at] == '-' && text.ptr[at + 1] == '-')
               || (text.ptr[at] == '/' && text.ptr[at + 1] == '*'));
}

static size_t
end_of_word(struct slice text, size_t at)
{
    while (at < text.len && is_word_char(text.ptr[at]))
        at++;
    return at;
}

/* Behind the closing quote. */
static size_t
end_of_quoted(struct slice text, size_t at)
{
    char quote = text.ptr[at];

    for (at++; at < text.len && text.ptr[at] != quote; at++)
        ;
    return at + (at < text.len);
}

/* The next word or quoted text from *at on, as it is written; none: there is no more. */
struct slice
script_next_word(struct slice text, size_t *at)
{
    while (*at < text.len) {
        size_t begin = *at;

        if (begins_comment(text, begin)) {
            *at = skip_comment(text, begin);
            continue;
        }
        if (text.ptr[begin] == '\'' || text.ptr[begin] == '"')
            *at = end_of_quoted(text, begin);
        else
            *at = end_of_word(text, begin);
        if (*at > begin)
            return slice_sub(text, begin, *at);
        (*at)++;
    }
    return SLICE_NONE;
}

static bool
is_quoted(struct slice word)
{
    return word.ptr[0] == '\'' || word.ptr[0] == '"';
}

void
script_words_read(struct arena *a, struct slice text, struct script_words *out)
{
    size_t at = 0;

    out->count = 0;
    while (out->count < SCRIPT_WORDS_MAX) {
        struct slice word = script_next_word(text, &at);

        if (slice_is_none(word))
            break;
        out->all[out->count++] = is_quoted(word) ? word : slice_lower(a, word);
    }
}

struct slice
script_word(const struct script_words *w, size_t at)
{
    return at < w->count ? w->all[at] : SLICE("");
}

size_t
script_find_word(const struct script_words *w, const char *word)
{
    for (size_t i = 0; i < w->count; i++)
        if (slice_is(w->all[i], word))
            return i;
    return w->count;
}

/* CONCURRENTLY, (CONCURRENTLY), (CONCURRENTLY true), but not (CONCURRENTLY false). */
bool
script_says(const struct script_words *w, const char *option)
{
    size_t at = script_find_word(w, option);
    struct slice value = script_word(w, at + 1);

    return at < w->count && !slice_is(value, "false") && !slice_is(value, "off")
           && !slice_is(value, "0");
}
