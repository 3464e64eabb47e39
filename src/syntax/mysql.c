/*
 * Is a source MySQL's?  One thing depends on it before anything is parsed: whether a
 * backslash in a plain string takes the next character with it.
 */
#include <string.h>

#include "syntax/token.h"

/* The word at `at`, whatever its case; `word` is in lower case. */
static bool
is_word_at(struct slice text, size_t at, const char *word)
{
    size_t len = strlen(word);

    return at + len <= text.len && slice_is_fold(slice_sub(text, at, at + len), word);
}

/* ENGINE = … with its '=' at `at`. */
static bool
is_engine_at(struct slice text, size_t at)
{
    size_t len = strlen("engine");

    while (at > 0 && text.ptr[at - 1] == ' ')
        at--;
    return at >= len && is_word_at(text, at - len, "engine");
}

/* The opening of a conditional comment, with its '!' at `at`. */
static bool
is_condition_at(struct slice text, size_t at)
{
    return at >= 2 && at + 1 < text.len && text.ptr[at - 2] == '/'
           && text.ptr[at - 1] == '*' && text.ptr[at + 1] >= '0'
           && text.ptr[at + 1] <= '9';
}

/* A DELIMITER line behind the line's end at `at`. */
static bool
is_delimiter_behind(struct slice text, size_t at)
{
    return at + 1 < text.len && (text.ptr[at + 1] | 0x20) == 'd'
           && is_word_at(text, at + 1, "delimiter ");
}

/* AUTO_INCREMENT with its '_' at `at`. */
static bool
is_counter_at(struct slice text, size_t at)
{
    size_t len = strlen("auto");

    return at >= len && is_word_at(text, at - len, "auto_increment");
}

/* Does what is asked for stand at any byte `c`?  Such bytes are few, and found fast. */
static bool
stands_at_any(struct slice text, char c, bool (*is_at)(struct slice text, size_t at))
{
    size_t at = 0;

    while (at < text.len) {
        const char *hit = memchr(text.ptr + at, c, text.len - at);

        if (hit == NULL)
            return false;
        at = (size_t)(hit - text.ptr);
        if (is_at(text, at))
            return true;
        at++;
    }
    return false;
}

/* ENGINE =, a conditional comment, a DELIMITER line; or AUTO_INCREMENT and backquotes. */
static bool
shows_mysql(struct slice text)
{
    if (text.len == 0)
        return false;
    return stands_at_any(text, '=', is_engine_at)
           || stands_at_any(text, '!', is_condition_at)
           || is_word_at(text, 0, "delimiter ")
           || stands_at_any(text, '\n', is_delimiter_behind)
           || (memchr(text.ptr, '`', text.len) != NULL
               && stands_at_any(text, '_', is_counter_at));
}

bool
tokens_are_of_mysql(struct tokens *t)
{
    if (!t->asked_mysql) {
        t->asked_mysql = true;
        t->is_mysql = shows_mysql(t->text);
    }
    return t->is_mysql;
}
