#include "base/vec.h"

#define FIRST_BYTES 32 /* four pointers; most lists are short, and many */

void *
vec_grow(struct arena *a, void *items, size_t count, size_t *capacity, size_t item_bytes)
{
    size_t first = FIRST_BYTES / item_bytes;

    *capacity = *capacity == 0 ? (first == 0 ? 1 : first) : *capacity * 2;
    return arena_extend(a, items, count * item_bytes, *capacity * item_bytes);
}
