/*
 * What tokens mean: folded names, decoded strings.
 */
#include "syntax/token.h"

#include <string.h>

#include "grammar/parser.h"

/* ---- code points ---- */

static void
add_utf8(struct text *out, uint32_t c)
{
    if (c < 0x80) {
        text_addc(out, (char)c);
    } else if (c < 0x800) {
        text_addc(out, (char)(0xC0 | c >> 6));
        text_addc(out, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        text_addc(out, (char)(0xE0 | c >> 12));
        text_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
        text_addc(out, (char)(0x80 | (c & 0x3F)));
    } else {
        text_addc(out, (char)(0xF0 | c >> 18));
        text_addc(out, (char)(0x80 | (c >> 12 & 0x3F)));
        text_addc(out, (char)(0x80 | (c >> 6 & 0x3F)));
        text_addc(out, (char)(0x80 | (c & 0x3F)));
    }
}

static int
digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

/* Up to `most` digits at *at; their count. */
static size_t
read_digits(struct slice s, size_t *at, int base, size_t most, uint32_t *value)
{
    size_t n = 0;

    *value = 0;
    while (n < most && *at < s.len && digit_value(s.ptr[*at]) < base) {
        *value = *value * (uint32_t)base + (uint32_t)digit_value(s.ptr[*at]);
        ++*at;
        n++;
    }
    return n;
}

/* A lone surrogate or a number past the last code point becomes U+FFFD. */
static uint32_t
valid_code_point(uint32_t c)
{
    return c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c;
}

/* \uD83D\uDE00: the second half of a pair that `high` began; else just `high`. */
static uint32_t
read_low_surrogate(struct slice s, size_t *at, uint32_t high, char escape)
{
    size_t ahead =
        *at + (escape == '\\' && *at + 1 < s.len && s.ptr[*at + 1] == 'u' ? 2 : 1);
    uint32_t low;

    if (high < 0xD800 || high > 0xDBFF || *at >= s.len || s.ptr[*at] != escape)
        return high;
    if (read_digits(s, &ahead, 16, 4, &low) != 4 || low < 0xDC00 || low > 0xDFFF)
        return high;
    *at = ahead;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* ---- E'…' ---- */

static char
plain_escape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/* Needs: *at stands behind a backslash. */
static void
add_escape(struct slice s, size_t *at, struct text *out)
{
    char c = s.ptr[(*at)++];
    uint32_t value;

    if (c == 'x' && read_digits(s, at, 16, 2, &value) > 0) {
        text_addc(out, (char)value);
    } else if (c == 'u' && read_digits(s, at, 16, 4, &value) == 4) {
        add_utf8(out, valid_code_point(read_low_surrogate(s, at, value, '\\')));
    } else if (c == 'U' && read_digits(s, at, 16, 8, &value) == 8) {
        add_utf8(out, valid_code_point(value));
    } else if (c >= '0' && c <= '7') {
        --*at;
        read_digits(s, at, 8, 3, &value);
        text_addc(out, (char)value);
    } else {
        text_addc(out, plain_escape(c));
    }
}

static struct slice
decode_escapes(struct arena *a, struct slice body)
{
    struct text out;

    text_init(&out, a);
    for (size_t at = 0; at < body.len;) {
        char c = body.ptr[at++];

        if (c == '\\' && at < body.len)
            add_escape(body, &at, &out);
        else
            text_addc(&out, c);
        if (c == '\'')
            at++; /* doubled */
    }
    return text_slice(&out);
}

/* MySQL's: \% and \_ are for LIKE, which reads the backslash. */
static struct slice
decode_mysql(struct arena *a, struct slice body)
{
    static const char from[] = "0bnrtZ";
    static const char to[] = "\0\b\n\r\t\x1a";
    struct text out;

    text_init(&out, a);
    for (size_t at = 0; at < body.len; at++) {
        char c = body.ptr[at];

        if (c == '\\' && at + 1 < body.len) {
            const char *known;

            c = body.ptr[++at];
            known = c == '\0' ? NULL : strchr(from, c);
            if (c == '%' || c == '_')
                text_addc(&out, '\\');
            text_addc(&out, known == NULL ? c : to[known - from]);
            continue;
        }
        text_addc(&out, c);
        if (c == '\'')
            at++; /* doubled */
    }
    return text_slice(&out);
}

/* ---- U&'…' and U&"…" ---- */

/* \0041, \+01F600, \\ */
static struct slice
decode_unicode(struct arena *a, struct slice body, char quote, char escape)
{
    struct text out;

    text_init(&out, a);
    for (size_t at = 0; at < body.len;) {
        char c = body.ptr[at++];
        uint32_t value;

        if (c == escape && at < body.len && body.ptr[at] == '+' && ++at
            && read_digits(body, &at, 16, 6, &value) > 0) {
            add_utf8(&out, valid_code_point(value));
        } else if (c == escape && read_digits(body, &at, 16, 4, &value) > 0) {
            add_utf8(&out,
                     valid_code_point(read_low_surrogate(body, &at, value, escape)));
        } else {
            text_addc(&out, c);
            if (c == quote || (c == escape && at < body.len && body.ptr[at] == escape))
                at++;
        }
    }
    return text_slice(&out);
}

/* ---- plain quotes ---- */

static struct slice
undouble(struct arena *a, struct slice body, char quote)
{
    struct text out;

    if (body.len == 0 || memchr(body.ptr, quote, body.len) == NULL)
        return body;
    text_init(&out, a);
    for (size_t at = 0; at < body.len; at++) {
        text_addc(&out, body.ptr[at]);
        if (body.ptr[at] == quote)
            at++;
    }
    return text_slice(&out);
}

static struct slice
dollar_body(struct slice text)
{
    const char *tag_end = memchr(text.ptr + 1, '$', text.len - 1);
    size_t tag_bytes = (size_t)(tag_end - text.ptr) + 1;

    return slice_sub(text, tag_bytes, text.len - tag_bytes);
}

static bool
is_unicode_form(struct slice text)
{
    return text.len > 2 && text.ptr[1] == '&';
}

struct slice
token_string(struct session *s, const struct tokens *t, const struct token *token)
{
    struct slice text = token_text(t, token);
    size_t quote = 0;
    struct slice body;

    if (text.ptr[0] == '$')
        return dollar_body(text);
    while (text.ptr[quote] != '\'')
        quote++;
    body = slice_sub(text, quote + 1, text.len - 1);
    if (text.ptr[0] == 'e' || text.ptr[0] == 'E')
        return decode_escapes(&s->arena, body);
    if (t->is_mysql && memchr(body.ptr, '\\', body.len) != NULL)
        return decode_mysql(&s->arena, body);
    if (is_unicode_form(text) && quote == 2)
        return decode_unicode(&s->arena, body, '\'', '\\');
    return undouble(&s->arena, body, '\'');
}

/* Only ASCII is folded: what upper case is elsewhere depends on the locale. */
static struct slice
fold_name(struct session *s, struct slice word)
{
    char folded[NAME_BYTES_LIMIT];

    if (!slice_has_upper(word))
        return word;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        folded[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return intern(&s->names, (struct slice){ folded, word.len });
}

static struct slice
unquote_name(struct session *s, struct slice text)
{
    struct slice body = slice_sub(text, 1, text.len - 1);

    if (text.ptr[0] == '[')
        return body;
    if (is_unicode_form(text) && text.ptr[2] == '"')
        return decode_unicode(&s->arena, slice_sub(text, 3, text.len - 1), '"', '\\');
    return undouble(&s->arena, body, text.ptr[0]);
}

struct slice
token_name(struct session *s, const struct tokens *t, const struct token *token)
{
    struct slice text = token_text(t, token);

    if (token->kind == T_IDENT && (token->cues & CUE_SPELLED) == 0)
        return text;
    if (text.len > NAME_BYTES_LIMIT) {
        diag_add(&s->diags, D_TOO_LONG, token_span(t, token),
                 "this name has %zu bytes; at most %d are read", text.len,
                 NAME_BYTES_LIMIT);
        text.len = NAME_BYTES_LIMIT;
        return intern(&s->names, text);
    }
    if (text.ptr[0] == '"' || text.ptr[0] == '`' || text.ptr[0] == '['
        || (is_unicode_form(text) && text.len > 3))
        return unquote_name(s, text);
    return fold_name(s, text);
}

struct slice
token_unicode(struct session *s, const struct tokens *t, const struct token *token,
              char escape)
{
    struct slice text = token_text(t, token);
    struct slice body = slice_sub(text, 3, text.len - 1);
    struct slice decoded = decode_unicode(&s->arena, body, text.ptr[2], escape);

    return text.ptr[2] == '"' ? intern(&s->names, decoded) : decoded;
}

/*
 * 1_000 is 1000, 0xff is 255: not every engine reads the new forms.  A number of more
 * than 63 bits stays as it is, because it means -1 to one and 2^64-1 to the other.
 */
struct slice
token_number(struct session *s, const struct tokens *t, const struct token *token)
{
    struct slice text = token_text(t, token);
    struct text digits;
    char base = text.len > 2 && text.ptr[0] == '0' ? (char)(text.ptr[1] | 0x20) : '\0';
    unsigned bits = base == 'x' ? 4 : base == 'o' ? 3 : base == 'b' ? 1 : 0;
    uint64_t value = 0;

    if (bits == 0 && memchr(text.ptr, '_', text.len) == NULL)
        return text;
    text_init(&digits, &s->arena);
    for (size_t i = bits == 0 ? 0 : 2; i < text.len; i++) {
        if (text.ptr[i] == '_')
            continue;
        text_addc(&digits, text.ptr[i]);
        if (bits != 0 && value >> (63 - bits) != 0)
            return text;
        value = bits == 0 ? 0 : value << bits | (uint64_t)digit_value(text.ptr[i]);
    }
    return bits == 0 ? text_slice(&digits)
                     : slice_format(&s->arena, "%llu", (unsigned long long)value);
}
