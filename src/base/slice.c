#include "base/slice.h"

#include <string.h>

static unsigned char
fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

struct slice
slice_from(const char *z)
{
    struct slice s = { z, z == NULL ? 0 : strlen(z) };

    return s;
}

struct slice
slice_copy(struct arena *a, struct slice s)
{
    if (s.ptr != NULL)
        s.ptr = arena_copy(a, s.ptr, s.len);
    return s;
}

const char *
slice_z(struct arena *a, struct slice s)
{
    char *z;

    if (s.ptr == NULL)
        return NULL;
    z = arena_alloc(a, s.len + 1);
    if (s.len > 0)
        memcpy(z, s.ptr, s.len);
    return z;
}

bool
slice_equal_fold(struct slice a, struct slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (fold(a.ptr[i]) != fold(b.ptr[i]))
            return false;
    return true;
}

bool
slice_starts(struct slice s, const char *prefix)
{
    size_t n = strlen(prefix);

    return s.len >= n && memcmp(s.ptr, prefix, n) == 0;
}

bool
slice_ends(struct slice s, const char *suffix)
{
    size_t n = strlen(suffix);

    return s.len >= n && memcmp(s.ptr + s.len - n, suffix, n) == 0;
}

int
slice_compare(struct slice a, struct slice b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);

    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

struct slice
slice_sub(struct slice s, size_t begin, size_t end)
{
    if (end > s.len)
        end = s.len;
    if (begin > end)
        begin = end;
    return (struct slice){ s.ptr == NULL ? NULL : s.ptr + begin, end - begin };
}

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice
slice_trim(struct slice s)
{
    while (s.len > 0 && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

struct slice
slice_lower(struct arena *a, struct slice s)
{
    char *to;

    if (s.ptr == NULL)
        return s;
    to = arena_alloc(a, s.len);
    for (size_t i = 0; i < s.len; i++)
        to[i] = (char)fold(s.ptr[i]);
    return (struct slice){ to, s.len };
}

/* The same byte eight times. */
#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

bool
slice_has_upper(struct slice s)
{
    uint64_t eight;
    size_t i = 0;

    /* The top bit of a byte says that the sum of its low seven bits went over 127. */
    for (; i + sizeof eight <= s.len; i += sizeof eight) {
        uint64_t low;

        memcpy(&eight, s.ptr + i, sizeof eight);
        low = eight & EIGHT(0x7F);
        if ((((low + EIGHT(0x80 - 'A')) ^ (low + EIGHT(0x7F - 'Z'))) & ~eight
             & EIGHT(0x80))
            != 0)
            return true;
    }
    for (; i < s.len; i++)
        if (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z')
            return true;
    return false;
}

uint64_t
slice_hash(struct slice s)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < s.len; i++) {
        h ^= (unsigned char)s.ptr[i];
        h *= UINT64_C(0x100000001b3);
    }
    return h;
}
