/*
 * A piece of text that somebody else owns: pointer and length, not terminated.  ptr is
 * NULL for "there is none", which is not the same as empty.
 */
#ifndef SCHEMAC_BASE_SLICE_H
#define SCHEMAC_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct slice {
    const char *ptr;
    size_t len;
};

#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })
#define SLICE_NONE ((struct slice){ NULL, 0 })

/* For "%.*s". */
#define SLICE_ARG(s) (int)(s).len, (s).ptr

struct slice slice_from(const char *z); /* z may be NULL: none */
bool slice_is_none(struct slice s);
struct slice slice_copy(struct arena *a, struct slice s);
const char *slice_z(struct arena *a,
                    struct slice s); /* a terminated copy; NULL for none */
bool slice_equal_fold(struct slice a, struct slice b); /* ASCII letters without case */
/* Is it one of these words?  The other way: ASCII letters without case. */
bool slice_is_one_of(struct slice s, const char *const *words, size_t count);
bool slice_is_one_of_fold(struct slice s, const char *const *words, size_t count);
bool slice_starts(struct slice s, const char *prefix);
bool slice_ends(struct slice s, const char *suffix);
bool slice_holds(struct slice s, struct slice part); /* somewhere in it */
int slice_compare(struct slice a, struct slice b); /* by bytes, as memcmp */
/* What lies outside of `s` is left out. */
struct slice slice_sub(struct slice s, size_t begin, size_t end);
struct slice slice_trim(struct slice s); /* without ASCII white space around */
struct slice slice_lower(struct arena *a, struct slice s);
bool slice_has_upper(struct slice s); /* any of A to Z? */
uint64_t slice_hash(struct slice s);  /* FNV-1a, the same on every machine */

/* The reader asks these for each token: they are here to be inlined. */

/* Up to eight bytes as a number that is the same for the same bytes, and for no others of
 * their count. */
static inline uint64_t
slice_load(const char *p, size_t n)
{
    uint64_t eight;
    uint32_t four[2];
    unsigned char three[3];

    if (n == 8) {
        memcpy(&eight, p, 8);
        return eight;
    }
    if (n >= 4) {
        memcpy(&four[0], p, 4);
        memcpy(&four[1], p + n - 4, 4);
        return (uint64_t)four[1] << 32 | four[0];
    }
    if (n == 0)
        return 0;
    three[0] = (unsigned char)p[0];
    three[1] = (unsigned char)p[n / 2];
    three[2] = (unsigned char)p[n - 1];
    return (uint64_t)three[2] << 16 | (uint64_t)three[1] << 8 | three[0];
}

static inline bool
slice_equal(struct slice a, struct slice b)
{
    if (a.len != b.len)
        return false;
    return a.ptr == b.ptr || a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0;
}

static inline bool
slice_is(struct slice s, const char *z)
{
    return slice_equal(s, (struct slice){ z, strlen(z) });
}

/* White space, as SQL has it: ASCII's, whatever the locale. */
static inline bool
slice_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Most words differ in their first letter; nothing else is asked then. */
static inline bool
slice_is_fold(struct slice s, const char *z)
{
    if (s.len > 0 && ((s.ptr[0] ^ z[0]) & ~0x20) != 0)
        return false;
    return slice_equal_fold(s, (struct slice){ z, strlen(z) });
}

#endif
