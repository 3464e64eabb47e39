/*
 * The normal text of what is kept whole: comments are left out and white space becomes
 * one blank, but not inside quotes.  "a  -- x\n + 'b  c'" becomes "a + 'b  c'".
 */
#include "resolve/build.h"

#include <string.h>

struct cursor {
    struct slice text;
    size_t at;
};

static char
peek(const struct cursor *c, size_t ahead)
{
    return c->at + ahead < c->text.len ? c->text.ptr[c->at + ahead] : '\0';
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || (unsigned char)c >= 0x80;
}

static bool
at_comment(const struct cursor *c)
{
    return (peek(c, 0) == '-' && peek(c, 1) == '-')
           || (peek(c, 0) == '/' && peek(c, 1) == '*');
}

static void
skip_line(struct cursor *c)
{
    while (c->at < c->text.len && c->text.ptr[c->at] != '\n')
        c->at++;
}

/* Block comments nest in PostgreSQL; a text that nests none reads the same. */
static void
skip_block(struct cursor *c)
{
    size_t depth = 0;

    do {
        if (peek(c, 0) == '/' && peek(c, 1) == '*') {
            depth++;
            c->at += 2;
        } else if (peek(c, 0) == '*' && peek(c, 1) == '/') {
            depth--;
            c->at += 2;
        } else {
            c->at++;
        }
    } while (depth > 0 && c->at < c->text.len);
}

static void
skip_space(struct cursor *c)
{
    for (;;) {
        if (c->at < c->text.len && is_blank(c->text.ptr[c->at]))
            c->at++;
        else if (at_comment(c) && peek(c, 0) == '-')
            skip_line(c);
        else if (at_comment(c))
            skip_block(c);
        else
            return;
    }
}

/* Up to and with the closing quote; a doubled quote ends one and begins another. */
static void
skip_quoted(struct cursor *c, char close)
{
    c->at++;
    while (c->at < c->text.len && c->text.ptr[c->at] != close)
        c->at++;
    if (c->at < c->text.len)
        c->at++;
}

/* E'it\'s': a backslash takes the next byte with it. */
static void
skip_escaped(struct cursor *c)
{
    c->at += 2;
    while (c->at < c->text.len && c->text.ptr[c->at] != '\'')
        c->at += c->text.ptr[c->at] == '\\' && c->at + 1 < c->text.len ? 2 : 1;
    if (c->at < c->text.len)
        c->at++;
}

static bool
at_escaped(const struct cursor *c)
{
    return (peek(c, 0) | 0x20) == 'e' && peek(c, 1) == '\''
           && (c->at == 0 || !is_word(c->text.ptr[c->at - 1]));
}

/* Length of "$tag$" here, or 0.  "a$1$b" has none: a word goes on over its dollars. */
static size_t
dollar_tag(const struct cursor *c)
{
    size_t n = 1;

    if (peek(c, 0) != '$' || (c->at > 0 && is_word(c->text.ptr[c->at - 1]))
        || (peek(c, 1) >= '0' && peek(c, 1) <= '9'))
        return 0;
    while (is_word(peek(c, n)))
        n++;
    return peek(c, n) == '$' ? n + 1 : 0;
}

static void
skip_dollar(struct cursor *c, size_t tag)
{
    const char *open = c->text.ptr + c->at;

    c->at += tag;
    while (c->at + tag <= c->text.len && memcmp(c->text.ptr + c->at, open, tag) != 0)
        c->at++;
    c->at = c->at + tag <= c->text.len ? c->at + tag : c->text.len;
}

static void
skip_piece(struct cursor *c)
{
    size_t tag = dollar_tag(c);
    char now = peek(c, 0);

    if (tag > 0)
        skip_dollar(c, tag);
    else if (at_escaped(c))
        skip_escaped(c);
    else if (now == '\'' || now == '"' || now == '`')
        skip_quoted(c, now);
    else
        c->at++;
}

struct slice
definition_normal(struct arena *a, struct slice text)
{
    struct cursor c = { text, 0 };
    struct text out;

    text_init(&out, a);
    skip_space(&c);
    while (c.at < text.len) {
        size_t begin = c.at;

        skip_piece(&c);
        text_add(&out, slice_sub(text, begin, c.at));
        begin = c.at;
        skip_space(&c);
        if (c.at > begin && c.at < text.len)
            text_addc(&out, ' ');
    }
    return text_slice(&out);
}
