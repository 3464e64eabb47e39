#include "base/utf8.h"

#include "base/text.h"

static bool
is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* RFC 3629, table 3-7. */
size_t
utf8_length(struct slice s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;

    if (s.len == 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return s.len >= 2 && is_tail(p[1]) ? 2 : 0;
    if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        unsigned char low = p[0] == 0xE0 ? 0xA0 : 0x80;
        unsigned char high = p[0] == 0xED ? 0x9F : 0xBF;

        return s.len >= 3 && p[1] >= low && p[1] <= high && is_tail(p[2]) ? 3 : 0;
    }
    if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        unsigned char low = p[0] == 0xF0 ? 0x90 : 0x80;
        unsigned char high = p[0] == 0xF4 ? 0x8F : 0xBF;

        return s.len >= 4 && p[1] >= low && p[1] <= high && is_tail(p[2]) && is_tail(p[3])
                   ? 4
                   : 0;
    }
    return 0;
}

/* How many bytes at the beginning are whole characters. */
static size_t
valid_length(struct slice s)
{
    size_t at = 0;
    size_t length;

    while ((length = utf8_length(slice_sub(s, at, s.len))) > 0)
        at += length;
    return at;
}

struct slice
utf8_repair(struct arena *a, struct slice s)
{
    size_t valid = valid_length(s);
    struct text t;

    if (valid == s.len)
        return s;
    text_init(&t, a);
    while (valid < s.len) {
        text_add(&t, slice_sub(s, 0, valid));
        text_addz(&t, "\xEF\xBF\xBD");
        s = slice_sub(s, valid + 1, s.len);
        valid = valid_length(s);
    }
    text_add(&t, s);
    return text_slice(&t);
}
