/*
 * "Did you mean": the distance of Damerau and Levenshtein (insert, delete, change, swap
 * neighbours), case ignored.
 */
#include "diag/diag.h"

#define NAME_BYTES_MAX                                                                   \
    64 /* longer names get no suggestion; they are rarely typed by hand */

static size_t
min3(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

static char
fold(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t
distance(struct slice a, struct slice b)
{
    size_t row[3][NAME_BYTES_MAX + 1];

    for (size_t j = 0; j <= b.len; j++)
        row[1][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *now = row[(i + 1) % 3];
        const size_t *last = row[i % 3];
        const size_t *before = row[(i + 2) % 3];

        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            char x = fold(a.ptr[i - 1]);
            char y = fold(b.ptr[j - 1]);

            now[j] = min3(last[j] + 1, now[j - 1] + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == fold(b.ptr[j - 2]) && y == fold(a.ptr[i - 2])
                && before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
    }
    return row[(a.len + 1) % 3][b.len];
}

static size_t
edits_allowed(size_t len)
{
    return len <= 5 ? 1 : len <= 10 ? 2 : 3;
}

struct slice
diag_nearest(struct slice wrong, const struct slice *candidates, size_t count)
{
    size_t best = edits_allowed(wrong.len) + 1;
    struct slice found = SLICE_NONE;

    if (wrong.len > NAME_BYTES_MAX)
        return found;
    for (size_t i = 0; i < count; i++) {
        size_t d;

        if (candidates[i].len > NAME_BYTES_MAX)
            continue;
        d = distance(wrong, candidates[i]);
        if (d < best) {
            best = d;
            found = candidates[i];
        } else if (d == best) {
            found = SLICE_NONE;
        }
    }
    return found;
}
