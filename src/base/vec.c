#include "base/vec.h"

/* Most lists are short, and there are many: room for four small items, or one large. */
static size_t
first_capacity(size_t item_bytes)
{
    return item_bytes <= 24 ? 4 : item_bytes <= 32 ? 2 : 1;
}

void *
vec_grow(struct arena *a, void *items, size_t count, size_t *capacity, size_t item_bytes)
{
    *capacity = *capacity == 0 ? first_capacity(item_bytes) : *capacity * 2;
    return arena_extend(a, items, count * item_bytes, *capacity * item_bytes);
}
