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
slice_is_none(struct slice s)
{
    return s.ptr == NULL;
}

/* ---- eight bytes at a time ---- */

/* The same byte eight times. */
#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/*
 * The top bit of each byte that is one of A to Z.  A sum of low seven bits sets it when
 * it goes over 127; neighbours never carry into each other.
 */
static uint64_t
upper_bits(uint64_t eight)
{
    uint64_t low = eight & EIGHT(0x7F);

    return ((low + EIGHT(0x80 - 'A')) ^ (low + EIGHT(0x7F - 'Z'))) & ~eight & EIGHT(0x80);
}

/* 0x80 >> 2 is what upper and lower case differ by. */
static uint64_t
fold_eight(uint64_t eight)
{
    return eight | upper_bits(eight) >> 2;
}

bool
slice_has_upper(struct slice s)
{
    size_t i = 0;

    for (; i + 8 <= s.len; i += 8)
        if (upper_bits(slice_load(s.ptr + i, 8)) != 0)
            return true;
    return upper_bits(slice_load(s.ptr + i, s.len - i)) != 0;
}

bool
slice_equal_fold(struct slice a, struct slice b)
{
    size_t i = 0;

    if (a.len != b.len)
        return false;
    for (; i + 8 <= a.len; i += 8)
        if (fold_eight(slice_load(a.ptr + i, 8)) != fold_eight(slice_load(b.ptr + i, 8)))
            return false;
    return fold_eight(slice_load(a.ptr + i, a.len - i))
           == fold_eight(slice_load(b.ptr + i, a.len - i));
}

bool
slice_is_one_of(struct slice s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(s, words[i]))
            return true;
    return false;
}

bool
slice_is_one_of_fold(struct slice s, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is_fold(s, words[i]))
            return true;
    return false;
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

bool
slice_holds(struct slice s, struct slice part)
{
    for (size_t i = 0; i + part.len <= s.len; i++)
        if (part.len == 0 || memcmp(s.ptr + i, part.ptr, part.len) == 0)
            return true;
    return false;
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

struct slice
slice_trim(struct slice s)
{
    while (s.len > 0 && slice_is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && slice_is_blank(s.ptr[s.len - 1]))
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
