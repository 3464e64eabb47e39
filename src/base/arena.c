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

void *
arena_alloc_block(struct arena *a, size_t bytes)
{
    struct arena_block *b;

    if (bytes > SIZE_MAX / 2)
        fail(a);
    bytes = arena_round(bytes);
    grow(a, bytes);
    b = a->newest;
    b->used = bytes;
    if (b->dirty > 0) /* a spare one */
        memset(b->bytes, 0, b->dirty < bytes ? b->dirty : bytes);
    if (b->dirty < bytes)
        b->dirty = bytes;
    return b->bytes;
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
    size_t old = arena_round(bytes);
    size_t size = arena_round(more_bytes);
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
