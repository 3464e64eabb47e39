/*
 * The bytes themselves: UTF-16, NUL bytes and bad UTF-8, each reported once for a source
 * with the first place.  The lexer leaves such bytes out and reads on.
 */
#include <string.h>

#include "base/utf8.h"
#include "syntax/token.h"

static struct span
span_at(struct span all, size_t begin, size_t length)
{
    return (struct span){ all.source, (uint32_t)begin, (uint32_t)(begin + length) };
}

#define UTF16_BYTES_SEEN 32 /* enough to tell "C R E A T E" from a stray NUL */

/* UTF-16 without a mark: ASCII with a NUL before or behind each character. */
static bool
is_every_other_nul(struct slice text, size_t first)
{
    size_t most = text.len < UTF16_BYTES_SEEN ? text.len : UTF16_BYTES_SEEN;

    for (size_t i = 0; i < most; i++)
        if ((text.ptr[i] == '\0') != (i % 2 == first))
            return false;
    return most >= 4;
}

static bool
is_utf16(struct slice text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;

    if (text.len < 2)
        return false;
    return (p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF)
           || is_every_other_nul(text, 0) || is_every_other_nul(text, 1);
}

/* The first byte at or behind `at` that is not ASCII, or the length; eight at a time. */
static size_t
skip_ascii(struct slice text, size_t at)
{
    uint64_t eight;

    for (; at + sizeof eight <= text.len; at += sizeof eight) {
        memcpy(&eight, text.ptr + at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
        at++;
    return at;
}

/* Offset of the first byte that is no part of a character, or the length. */
static size_t
find_bad_utf8(struct slice text)
{
    for (size_t at = skip_ascii(text, 0); at < text.len; at = skip_ascii(text, at)) {
        size_t length = utf8_length(slice_sub(text, at, text.len));

        if (length == 0)
            return at;
        at += length;
    }
    return text.len;
}

bool
text_check(struct session *s, struct span span)
{
    struct slice text = source_slice(&s->sources, span);
    const char *nul = text.len == 0 ? NULL : memchr(text.ptr, '\0', text.len);
    size_t bad;

    if (span.begin == 0 && is_utf16(text)) {
        struct diag *d = diag_add(&s->diags, D_UTF16, span_at(span, 0, 2),
                                  "this text is UTF-16; schemac reads UTF-8");

        diag_hint(&s->diags, d, "convert it: iconv -f UTF-16 -t UTF-8");
        return false;
    }
    if (nul != NULL)
        diag_add(&s->diags, D_NUL_BYTE,
                 span_at(span, span.begin + (size_t)(nul - text.ptr), 1),
                 "a NUL byte cannot stand in SQL");
    bad = find_bad_utf8(text);
    if (bad < text.len)
        diag_add(&s->diags, D_BAD_UTF8, span_at(span, span.begin + bad, 1),
                 "the byte 0x%02X is not valid UTF-8 here", (unsigned char)text.ptr[bad]);
    return true;
}
