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

#include <stddef.h>

struct arena_block;

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

#define ARENA_ALIGN 8 /* enough for every type that we store */

void *arena_alloc(struct arena *a, size_t bytes);
/*
 * Make `bytes` at `p` longer: where they are when nothing was allocated behind them, else
 * copied.  What is new is not zeroed.  p may be NULL.
 */
void *arena_extend(struct arena *a, void *p, size_t bytes, size_t more_bytes);
void *arena_copy(struct arena *a, const void *from, size_t bytes);
struct arena_mark arena_mark(const struct arena *a);
void arena_reset(struct arena *a, struct arena_mark mark);
void arena_free(struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count)                                                      \
    ((type *)arena_alloc((a), sizeof(type) * (size_t)(count)))

#endif
