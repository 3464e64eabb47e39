/*
 * Growing arrays in an arena.  Declare a field as VEC(struct column *) columns; push with
 * VEC_PUSH; read items[i] for i < count.  Growing leaves the old items behind in the
 * arena (at most as many again), unless nothing was allocated behind them.
 */
#ifndef SCHEMAC_BASE_VEC_H
#define SCHEMAC_BASE_VEC_H

#include <stddef.h>

#include "base/arena.h"

#define VEC(type)                                                                        \
    struct {                                                                             \
        type *items;                                                                     \
        size_t count;                                                                    \
        size_t capacity;                                                                 \
    }

/* Room for one more; used by VEC_PUSH only. */
void *vec_grow(struct arena *a, void *items, size_t count, size_t *capacity,
               size_t item_bytes);

#define VEC_PUSH(a, v, value)                                                            \
    do {                                                                                 \
        if ((v)->count == (v)->capacity)                                                 \
            (v)->items = vec_grow((a), (v)->items, (v)->count, &(v)->capacity,           \
                                  sizeof *(v)->items);                                   \
        (v)->items[(v)->count++] = (value);                                              \
    } while (0)

/* A new last item, to be filled. */
#define VEC_ADD(a, v)                                                                    \
    ((v)->items = (v)->count < (v)->capacity                                             \
                      ? (v)->items                                                       \
                      : vec_grow((a), (v)->items, (v)->count, &(v)->capacity,            \
                                 sizeof *(v)->items),                                    \
     &(v)->items[(v)->count++])

#define VEC_EACH(index, v) for (size_t index = 0; index < (v)->count; index++)

#define ARRAY_LEN(array) (sizeof(array) / sizeof *(array))

#endif
