/*
 * Names in SQL text, without a grammar: sections are kept as text, and all that must be
 * known of them is which names they use.  Strings and comments hold no names.
 */
#include "plan/internal.h"

#include <string.h>

static bool
is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
           || (unsigned char)c >= 0x80;
}

static bool
is_name_part(char c)
{
    return is_name_start(c) || (c >= '0' && c <= '9') || c == '$';
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static struct slice
take(struct tokens *t, size_t bytes)
{
    struct slice taken = slice_sub(t->rest, 0, bytes);

    t->rest = slice_sub(t->rest, bytes, t->rest.len);
    return taken;
}

/* The offset behind the next `mark` at or after `from`; the end where there is none. */
static size_t
behind(struct slice s, size_t from, struct slice mark)
{
    for (size_t i = from; i + mark.len <= s.len; i++)
        if (memcmp(s.ptr + i, mark.ptr, mark.len) == 0)
            return i + mark.len;
    return s.len;
}

/* Block comments nest in PostgreSQL and not in SQLite: a nested one is rare enough, and
 * reading it short only means that words of a comment count as names. */
static bool
skip_blank(struct tokens *t)
{
    if (t->rest.len > 0 && is_blank(t->rest.ptr[0]))
        take(t, 1);
    else if (slice_starts(t->rest, "--"))
        take(t, behind(t->rest, 2, SLICE("\n")));
    else if (slice_starts(t->rest, "/*"))
        take(t, behind(t->rest, 2, SLICE("*/")));
    else
        return false;
    return true;
}

/* The length of "x""y", with its quotes. */
static size_t
quoted_length(struct slice s, char close)
{
    size_t i = 1;

    while (i < s.len) {
        bool doubled = i + 1 < s.len && s.ptr[i + 1] == close;

        if (s.ptr[i] == close && !doubled)
            return i + 1;
        i += s.ptr[i] == close ? 2 : 1;
    }
    return s.len;
}

/* $tag$ at the beginning of `s`; 0: a parameter or a lone $. */
static size_t
dollar_tag_length(struct slice s)
{
    size_t i = 1;

    while (i < s.len && is_name_part(s.ptr[i]) && s.ptr[i] != '$')
        i++;
    return i < s.len && s.ptr[i] == '$' ? i + 1 : 0;
}

static struct token
name_token(struct tokens *t)
{
    size_t i = 1;

    while (i < t->rest.len && is_name_part(t->rest.ptr[i]))
        i++;
    return (struct token){ TOKEN_NAME, slice_lower(t->arena, take(t, i)) };
}

static struct token
quoted_token(struct tokens *t, char close, enum token_kind kind)
{
    struct slice all = take(t, quoted_length(t->rest, close));

    return (struct token){ kind, slice_sub(all, 1, all.len > 1 ? all.len - 1 : all.len) };
}

static struct token
dollar_token(struct tokens *t)
{
    size_t tag = dollar_tag_length(t->rest);

    if (tag == 0)
        return (struct token){ TOKEN_OTHER, take(t, 1) };
    return (struct token){ TOKEN_STRING,
                           take(t, behind(t->rest, tag, slice_sub(t->rest, 0, tag))) };
}

struct token
token_next(struct tokens *t)
{
    while (skip_blank(t))
        continue;
    if (t->rest.len == 0)
        return (struct token){ TOKEN_END, SLICE_NONE };
    switch (t->rest.ptr[0]) {
    case '\'':
        return quoted_token(t, '\'', TOKEN_STRING);
    case '"':
        return quoted_token(t, '"', TOKEN_NAME);
    case '`':
        return quoted_token(t, '`', TOKEN_NAME);
    case '$':
        return dollar_token(t);
    default:
        return is_name_start(t->rest.ptr[0]) ? name_token(t)
                                             : (struct token){ TOKEN_OTHER, take(t, 1) };
    }
}

static int
depth_change(struct token k)
{
    if (k.kind != TOKEN_OTHER)
        return 0;
    return slice_is(k.text, "(") ? 1 : slice_is(k.text, ")") ? -1 : 0;
}

static bool
is_word(struct token k, const char *word)
{
    return k.kind == TOKEN_NAME && slice_is(k.text, word);
}

/* Past WITH … to the SELECT of the query itself; false where there is none. */
static bool
find_select(struct tokens *t)
{
    int depth = 0;

    for (struct token k = token_next(t); k.kind != TOKEN_END; k = token_next(t)) {
        depth += depth_change(k);
        if (depth == 0 && is_word(k, "select"))
            return true;
    }
    return false;
}

/* Is the target more than the name of a column?  `true` is a value. */
static bool
is_value(struct token k)
{
    if (k.kind != TOKEN_NAME)
        return !slice_is(k.text, ".") && !slice_is(k.text, "*");
    return slice_is(k.text, "true") || slice_is(k.text, "false");
}

bool
query_asks_for_truth(struct arena *a, struct slice sql)
{
    struct tokens t = { a, sql };
    bool value = false;
    int depth = 0;

    if (!find_select(&t))
        return false;
    for (struct token k = token_next(&t); k.kind != TOKEN_END; k = token_next(&t)) {
        depth += depth_change(k);
        if (depth == 0 && is_word(k, "from"))
            break;
        if (depth == 0 && slice_is(k.text, ","))
            return false;
        value = value || is_value(k);
    }
    return value;
}
