/*
 * Memory by lifetime.  An arena hands out zeroed memory that is released all at once;
 * nothing in it is freed alone.  A session has one arena for what lives as long as the
 * command, and one named scratch for temporary work (arena_mark, arena_reset).
 *
 * Running out of memory is not an error value: a compiler that cannot allocate cannot go
 * on.  The arena calls `out_of_memory`, which must not return (the command line installs
 * one that prints and exits with 4; the default aborts).
 */
#ifndef SCHEMAC_BASE_ARENA_H
#define SCHEMAC_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define ARENA_ALIGN 8 /* enough for every type that we store */

/* In here only so that what each node costs is inlined. */
struct arena_block {
    struct arena_block *older;
    size_t used;
    size_t dirty; /* bytes that may not be zero any more */
    size_t size;
    _Alignas(ARENA_ALIGN) unsigned char bytes[];
};

struct arena {
    struct arena_block *newest;  /* NULL while empty */
    struct arena_block *spare;   /* given back by a reset, for the next block; or NULL */
    void (*out_of_memory)(void); /* NULL: abort */
};

/* A position to return to. */
struct arena_mark {
    struct arena_block *block;
    size_t used;
};

/* The same from another block, for what the newest has no room for. */
void *arena_alloc_block(struct arena *a, size_t bytes);

static inline size_t
arena_round(size_t bytes)
{
    return (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

static inline bool
arena_has_room(const struct arena *a, size_t bytes)
{
    const struct arena_block *b = a->newest;

    return b != NULL && bytes <= SIZE_MAX / 2 && b->size - b->used >= arena_round(bytes);
}

/* Needs: there is room.  Not zeroed. */
static inline void *
arena_take(struct arena *a, size_t bytes)
{
    struct arena_block *b = a->newest;
    void *p = b->bytes + b->used;

    b->used += arena_round(bytes);
    if (b->dirty < b->used)
        b->dirty = b->used;
    return p;
}

/* Zeroed.  What lies behind `dirty` is as calloc gave it: most is never cleared twice. */
static inline void *
arena_alloc(struct arena *a, size_t bytes)
{
    bool dirty;
    void *p;

    if (!arena_has_room(a, bytes))
        return arena_alloc_block(a, bytes);
    dirty = a->newest->used < a->newest->dirty;
    p = arena_take(a, bytes);
    return dirty ? memset(p, 0, bytes) : p;
}

static inline void *
arena_copy(struct arena *a, const void *from, size_t bytes)
{
    void *to = arena_has_room(a, bytes) ? arena_take(a, bytes)
                                        : arena_alloc_block(a, bytes);

    return bytes == 0 ? to : memcpy(to, from, bytes);
}

/*
 * Make `bytes` at `p` longer: where they are when nothing was allocated behind them, else
 * copied.  What is new is not zeroed.  p may be NULL.
 */
void *arena_extend(struct arena *a, void *p, size_t bytes, size_t more_bytes);
struct arena_mark arena_mark(const struct arena *a);
void arena_reset(struct arena *a, struct arena_mark mark);
void arena_free(struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count)                                                      \
    ((type *)arena_alloc((a), sizeof(type) * (size_t)(count)))

#endif
