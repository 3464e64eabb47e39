#include "base/vec.h"

#include <string.h>

void *
vec_grow(struct arena *a, void *items, size_t count, size_t *capacity, size_t item_bytes)
{
    void *to;

    *capacity = *capacity == 0 ? 4 : *capacity * 2;
    to = arena_alloc(a, *capacity * item_bytes);
    if (count > 0)
        memcpy(to, items, count * item_bytes);
    return to;
}
