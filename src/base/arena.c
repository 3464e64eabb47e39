#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * Blocks double up to this size, so that a small schema costs little and a large one few
 * calls.
 */
#define BLOCK_BYTES_MIN ((size_t)16 * 1024)
#define BLOCK_BYTES_MAX ((size_t)4 * 1024 * 1024)

struct arena_block {
    struct arena_block *older;
    size_t used;
    size_t dirty; /* bytes that may not be zero any more */
    size_t size;
    _Alignas(ARENA_ALIGN) unsigned char bytes[];
};

static void
fail(const struct arena *a)
{
    if (a->out_of_memory != NULL)
        a->out_of_memory();
    abort();
}

static size_t
next_block_size(const struct arena *a, size_t bytes)
{
    size_t size = a->newest == NULL ? BLOCK_BYTES_MIN : a->newest->size * 2;

    if (size > BLOCK_BYTES_MAX)
        size = BLOCK_BYTES_MAX;
    return bytes > size ? bytes : size;
}

static void
grow(struct arena *a, size_t bytes)
{
    struct arena_block *block = a->spare;

    if (block != NULL && block->size >= bytes) {
        a->spare = NULL;
        block->used = 0;
    } else {
        size_t size = next_block_size(a, bytes);

        block = calloc(1, sizeof *block + size);
        if (block == NULL)
            fail(a);
        block->size = size;
    }
    block->older = a->newest;
    a->newest = block;
}

static size_t
round_up(size_t bytes)
{
    return (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
}

/* What lies behind `dirty` is as calloc gave it: most memory is never cleared twice. */
void *
arena_alloc(struct arena *a, size_t bytes)
{
    struct arena_block *b = a->newest;
    unsigned char *p;

    if (bytes > SIZE_MAX / 2)
        fail(a);
    bytes = round_up(bytes);
    if (b == NULL || b->size - b->used < bytes) {
        grow(a, bytes);
        b = a->newest;
    }
    p = b->bytes + b->used;
    if (b->used < b->dirty)
        memset(p, 0, b->dirty - b->used < bytes ? b->dirty - b->used : bytes);
    b->used += bytes;
    if (b->dirty < b->used)
        b->dirty = b->used;
    return p;
}

/* A block that holds nothing but what ends at its end: it grows as a whole. */
static void *
extend_block(struct arena *a, size_t size)
{
    struct arena_block *b = realloc(a->newest, sizeof *b + size);

    if (b == NULL)
        fail(a);
    b->size = size;
    b->used = size;
    b->dirty = size;
    a->newest = b;
    return b->bytes;
}

void *
arena_extend(struct arena *a, void *p, size_t bytes, size_t more_bytes)
{
    struct arena_block *b = a->newest;
    size_t old = round_up(bytes);
    size_t size = round_up(more_bytes);
    void *to;

    if (p == NULL || more_bytes > SIZE_MAX / 2)
        return arena_alloc(a, more_bytes);
    if (b != NULL && b->used >= old && (unsigned char *)p == b->bytes + b->used - old) {
        if (b->size - (b->used - old) >= size) {
            b->used += size - old;
            if (b->dirty < b->used)
                b->dirty = b->used;
            return p;
        }
        if (b->used == old && old > BLOCK_BYTES_MIN)
            return extend_block(a, size);
    }
    to = arena_alloc(a, more_bytes);
    memcpy(to, p, bytes);
    return to;
}

void *
arena_copy(struct arena *a, const void *from, size_t bytes)
{
    void *to = arena_alloc(a, bytes);

    if (bytes > 0)
        memcpy(to, from, bytes);
    return to;
}

struct arena_mark
arena_mark(const struct arena *a)
{
    struct arena_mark mark = { a->newest, a->newest == NULL ? 0 : a->newest->used };

    return mark;
}

/* One block of what a reset gives back is kept, for work is often repeated; not one that
 * a single large array has filled. */
static void
give_back(struct arena *a, struct arena_block *block)
{
    if (block->size > BLOCK_BYTES_MAX) {
        free(block);
        return;
    }
    free(a->spare);
    a->spare = block;
}

void
arena_reset(struct arena *a, struct arena_mark mark)
{
    while (a->newest != mark.block) {
        struct arena_block *older = a->newest->older;

        give_back(a, a->newest);
        a->newest = older;
    }
    if (a->newest != NULL)
        a->newest->used = mark.used;
}

void
arena_free(struct arena *a)
{
    struct arena_mark start = { NULL, 0 };

    arena_reset(a, start);
    free(a->spare);
    a->spare = NULL;
}
