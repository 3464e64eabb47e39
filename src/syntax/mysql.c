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

/* ENGINE = … */
static bool
is_engine_at(struct slice text, size_t at)
{
    if (!is_word_at(text, at, "engine"))
        return false;
    at += strlen("engine");
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at < text.len && text.ptr[at] == '=';
}

/* The opening of a conditional comment. */
static bool
is_condition_at(struct slice text, size_t at)
{
    return at + 3 < text.len && text.ptr[at + 1] == '*' && text.ptr[at + 2] == '!'
           && text.ptr[at + 3] >= '0' && text.ptr[at + 3] <= '9';
}

/* ENGINE =, a conditional comment, a DELIMITER line; or AUTO_INCREMENT and backquotes. */
static bool
shows_mysql(struct slice text)
{
    bool counts = false;
    bool line = true;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (((c | 0x20) == 'e' && is_engine_at(text, i))
            || (c == '/' && is_condition_at(text, i))
            || (line && (c | 0x20) == 'd' && is_word_at(text, i, "delimiter ")))
            return true;
        if ((c | 0x20) == 'a' && !counts)
            counts = is_word_at(text, i, "auto_increment");
        line = c == '\n';
    }
    return counts && memchr(text.ptr, '`', text.len) != NULL;
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
