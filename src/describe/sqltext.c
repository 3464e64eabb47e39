#include "describe/sqltext.h"

#include <string.h>

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t
word_length(struct slice s)
{
    size_t len = 1;

    while (len < s.len && is_word_byte(s.ptr[len]))
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

static size_t
line_length(struct slice s)
{
    const char *end = memchr(s.ptr, '\n', s.len);

    return end == NULL ? s.len : (size_t)(end - s.ptr);
}

static size_t
block_length(struct slice s)
{
    for (size_t at = 2; at + 1 < s.len; at++)
        if (s.ptr[at] == '*' && s.ptr[at + 1] == '/')
            return at + 2;
    return s.len;
}

static enum sqltext_kind
kind_at(struct slice s)
{
    if (slice_starts(s, "--"))
        return SQLTEXT_LINE_COMMENT;
    if (slice_starts(s, "/*"))
        return SQLTEXT_BLOCK_COMMENT;
    if (s.ptr[0] == '\'')
        return SQLTEXT_STRING;
    if (s.ptr[0] == '"' || s.ptr[0] == '`' || s.ptr[0] == '[')
        return SQLTEXT_QUOTED;
    return is_word_byte(s.ptr[0]) ? SQLTEXT_WORD : SQLTEXT_OTHER;
}

static size_t
length_of(enum sqltext_kind kind, struct slice s)
{
    switch (kind) {
    case SQLTEXT_END:
        return 0;
    case SQLTEXT_WORD:
        return word_length(s);
    case SQLTEXT_QUOTED:
    case SQLTEXT_STRING:
        return quoted_length(s, s.ptr[0] == '[' ? ']' : s.ptr[0]);
    case SQLTEXT_LINE_COMMENT:
        return line_length(s);
    case SQLTEXT_BLOCK_COMMENT:
        return block_length(s);
    case SQLTEXT_OTHER:
        return 1;
    }
    return 1;
}

struct sqltext_token
sqltext_next(struct slice *rest)
{
    struct sqltext_token token = { .kind = SQLTEXT_END };
    size_t len;

    if (rest->len == 0)
        return token;
    token.kind = kind_at(*rest);
    len = length_of(token.kind, *rest);
    token.text = slice_sub(*rest, 0, len);
    *rest = slice_sub(*rest, len, rest->len);
    return token;
}

bool
sqltext_is_annotation(struct sqltext_token token)
{
    size_t at = 2; /* behind the two bytes that begin it */

    if (token.kind != SQLTEXT_LINE_COMMENT && token.kind != SQLTEXT_BLOCK_COMMENT)
        return false;
    while (at < token.text.len && strchr(" \t\r\n*-", token.text.ptr[at]) != NULL
           && token.text.ptr[at] != '\0')
        at++;
    return at < token.text.len && token.text.ptr[at] == '@';
}

struct slice
sqltext_name(struct arena *a, struct sqltext_token token)
{
    struct slice inner = token.text;

    if (token.kind == SQLTEXT_QUOTED)
        inner = slice_sub(inner, 1, inner.len > 1 ? inner.len - 1 : 1);
    return slice_lower(a, inner);
}
