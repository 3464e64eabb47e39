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

static void
add(struct script_words *out, struct slice word)
{
    if (out->count < SCRIPT_WORDS_MAX)
        out->all[out->count++] = word;
}

void
script_words_read(struct arena *a, struct slice text, struct script_words *out)
{
    size_t at = 0;
    size_t end;

    out->count = 0;
    while (at < text.len && out->count < SCRIPT_WORDS_MAX) {
        if (begins_comment(text, at)) {
            at = skip_comment(text, at);
        } else if (text.ptr[at] == '\'' || text.ptr[at] == '"') {
            end = end_of_quoted(text, at);
            add(out, slice_sub(text, at, end));
            at = end;
        } else if (is_word_char(text.ptr[at])) {
            end = end_of_word(text, at);
            add(out, slice_lower(a, slice_sub(text, at, end)));
            at = end;
        } else {
            at++;
        }
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
