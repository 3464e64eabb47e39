#include "base/sqltext.h"

#include <string.h>

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
begins_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
           || (unsigned char)c >= 0x80;
}

static bool
is_word_byte(char c)
{
    return begins_word(c) || is_digit(c) || c == '$';
}

/* ---- how long a piece is ---- */

static char
closing_quote(struct slice quoted)
{
    return quoted.ptr[0] == '[' ? ']' : quoted.ptr[0];
}

static size_t
run_length(struct slice s, bool (*belongs)(char c))
{
    size_t len = 1;

    while (len < s.len && belongs(s.ptr[len]))
        len++;
    return len;
}

/* Up to and with `close`; doubled, it stands for itself (but not in brackets). */
static size_t
quoted_length(struct slice s, char close)
{
    for (size_t at = 1; at < s.len; at++) {
        if (s.ptr[at] != close)
            continue;
        if (close == ']' || at + 1 == s.len || s.ptr[at + 1] != close)
            return at + 1;
        at++;
    }
    return s.len;
}

/* E'it\'s': a backslash takes the next byte with it. */
static size_t
escaped_length(struct slice s)
{
    for (size_t at = 2; at < s.len; at++) {
        if (s.ptr[at] == '\\')
            at++;
        else if (s.ptr[at] == '\'' && at + 1 < s.len && s.ptr[at + 1] == '\'')
            at++;
        else if (s.ptr[at] == '\'')
            return at + 1;
    }
    return s.len;
}

static size_t
line_length(struct slice s)
{
    const char *end = memchr(s.ptr, '\n', s.len);

    return end == NULL ? s.len : (size_t)(end - s.ptr);
}

static size_t
block_length(struct slice s, bool nested)
{
    size_t depth = 1;

    for (size_t at = 2; at + 1 < s.len; at++) {
        if (s.ptr[at] == '*' && s.ptr[at + 1] == '/') {
            at++;
            if (--depth == 0)
                return at + 1;
        } else if (nested && s.ptr[at] == '/' && s.ptr[at + 1] == '*') {
            at++;
            depth++;
        }
    }
    return s.len;
}

/* Of "$tag$" at the beginning; 0: a parameter ($1) or a lone $. */
static size_t
tag_length(struct slice s)
{
    size_t len = 1;

    if (s.len > 1 && is_digit(s.ptr[1]))
        return 0;
    while (len < s.len && is_word_byte(s.ptr[len]) && s.ptr[len] != '$')
        len++;
    return len < s.len && s.ptr[len] == '$' ? len + 1 : 0;
}

static size_t
dollar_length(struct slice s)
{
    size_t tag = tag_length(s);

    for (size_t at = tag; at + tag <= s.len; at++)
        if (memcmp(s.ptr + at, s.ptr, tag) == 0)
            return at + tag;
    return s.len;
}

/* ---- pieces ---- */

static bool
is_escaped(struct slice s)
{
    return s.len > 1 && (s.ptr[0] | 0x20) == 'e' && s.ptr[1] == '\'';
}

static enum sqltext_kind
kind_at(struct slice s, bool is_lite)
{
    char c = s.ptr[0];

    if (slice_is_blank(c))
        return SQLTEXT_BLANK;
    if (slice_starts(s, "--"))
        return SQLTEXT_LINE_COMMENT;
    if (slice_starts(s, "/*"))
        return SQLTEXT_BLOCK_COMMENT;
    if (c == '\'' || (!is_lite && (is_escaped(s) || (c == '$' && tag_length(s) > 0))))
        return SQLTEXT_STRING;
    if (c == '"' || c == '`' || (is_lite && c == '['))
        return SQLTEXT_QUOTED;
    if (begins_word(c))
        return SQLTEXT_WORD;
    return is_digit(c) ? SQLTEXT_NUMBER : SQLTEXT_OTHER;
}

static size_t
string_length(struct slice s)
{
    if (s.ptr[0] == '$')
        return dollar_length(s);
    return s.ptr[0] == '\'' ? quoted_length(s, '\'') : escaped_length(s);
}

static size_t
length_of(enum sqltext_kind kind, struct slice s, bool is_lite)
{
    switch (kind) {
    case SQLTEXT_END:
        return 0;
    case SQLTEXT_WORD:
    case SQLTEXT_NUMBER:
        return run_length(s, is_word_byte);
    case SQLTEXT_QUOTED:
        return quoted_length(s, closing_quote(s));
    case SQLTEXT_STRING:
        return string_length(s);
    case SQLTEXT_LINE_COMMENT:
        return line_length(s);
    case SQLTEXT_BLOCK_COMMENT:
        return block_length(s, !is_lite);
    case SQLTEXT_BLANK:
        return run_length(s, slice_is_blank);
    case SQLTEXT_OTHER:
        return 1;
    }
    return 1;
}

struct sqltext_token
sqltext_next(struct sqltext *t)
{
    struct sqltext_token token = { .kind = SQLTEXT_END };
    size_t len;

    if (t->rest.len == 0)
        return token;
    token.kind = kind_at(t->rest, t->is_lite);
    len = length_of(token.kind, t->rest, t->is_lite);
    token.text = slice_sub(t->rest, 0, len);
    t->rest = slice_sub(t->rest, len, t->rest.len);
    return token;
}

struct sqltext_token
sqltext_next_code(struct sqltext *t)
{
    struct sqltext_token token;

    do
        token = sqltext_next(t);
    while (token.kind == SQLTEXT_BLANK || token.kind == SQLTEXT_LINE_COMMENT
           || token.kind == SQLTEXT_BLOCK_COMMENT);
    return token;
}

/* ---- what a piece says ---- */

bool
sqltext_is_word(struct sqltext_token token, const char *word)
{
    return token.kind == SQLTEXT_WORD && slice_is_fold(token.text, word);
}

/* Without one byte at each end, if they are there. */
static struct slice
without_quotes(struct slice s)
{
    return slice_sub(s, 1, s.len > 1 ? s.len - 1 : 1);
}

/* A name that has its quote in it is in the text with two of them. */
static bool
is_quoted_name(struct slice quoted, struct slice name)
{
    char quote = closing_quote(quoted);
    struct slice inner = without_quotes(quoted);
    size_t at = 0;

    for (size_t i = 0; i < name.len; i++, at++) {
        if (at >= inner.len || inner.ptr[at] != name.ptr[i])
            return false;
        at += name.ptr[i] == quote;
    }
    return at == inner.len;
}

bool
sqltext_is_name(struct sqltext_token token, struct slice name)
{
    if (token.kind == SQLTEXT_QUOTED)
        return is_quoted_name(token.text, name);
    return token.kind == SQLTEXT_WORD && slice_equal_fold(token.text, name);
}

struct slice
sqltext_name(struct arena *a, struct sqltext_token token)
{
    struct slice inner = without_quotes(token.text);
    char quote = closing_quote(token.text);
    struct text name;

    if (token.kind != SQLTEXT_QUOTED)
        return slice_lower(a, token.text);
    if (memchr(inner.ptr, quote, inner.len) == NULL)
        return inner;
    text_init(&name, a);
    for (size_t i = 0; i < inner.len; i++) {
        text_addc(&name, inner.ptr[i]);
        i += inner.ptr[i] == quote;
    }
    return text_slice(&name);
}

struct slice
sqltext_inside(struct sqltext_token token)
{
    size_t mark = 1;

    if (token.text.ptr[0] == '$')
        mark = tag_length(token.text);
    else if (token.text.ptr[0] != '\'')
        return without_quotes(slice_sub(token.text, 1, token.text.len));
    return token.text.len >= 2 * mark ? slice_sub(token.text, mark, token.text.len - mark)
                                      : slice_sub(token.text, mark, token.text.len);
}

bool
sqltext_says_word(struct sqltext t, const char *word)
{
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (sqltext_is_word(token, word))
            return true;
    return false;
}

bool
sqltext_says_name(struct sqltext t, struct slice name)
{
    struct sqltext_token token;

    while ((token = sqltext_next_code(&t)).kind != SQLTEXT_END)
        if (sqltext_is_name(token, name))
            return true;
    return false;
}

bool
sqltext_next_name(struct sqltext *t, struct arena *a, struct slice *name)
{
    struct sqltext_token token;

    do
        token = sqltext_next(t);
    while (token.kind != SQLTEXT_END && token.kind != SQLTEXT_WORD
           && token.kind != SQLTEXT_QUOTED);
    if (token.kind == SQLTEXT_END)
        return false;
    *name = sqltext_name(a, token);
    return true;
}

bool
sqltext_is_annotation(struct sqltext_token token)
{
    size_t at = 2; /* behind the two bytes that begin it */

    if (token.kind != SQLTEXT_LINE_COMMENT && token.kind != SQLTEXT_BLOCK_COMMENT)
        return false;
    while (at < token.text.len && token.text.ptr[at] != '\0'
           && strchr(" \t\r\n*-", token.text.ptr[at]) != NULL)
        at++;
    return at < token.text.len && token.text.ptr[at] == '@';
}
