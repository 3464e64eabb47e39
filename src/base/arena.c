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
    size_t size = next_block_size(a, bytes);
    struct arena_block *block = malloc(sizeof *block + size);

    if (block == NULL)
        fail(a);
    block->older = a->newest;
    block->used = 0;
    block->size = size;
    a->newest = block;
}

void *
arena_alloc(struct arena *a, size_t bytes)
{
    unsigned char *p;

    if (bytes > SIZE_MAX / 2)
        fail(a);
    bytes = (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (a->newest == NULL || a->newest->size - a->newest->used < bytes)
        grow(a, bytes);
    p = a->newest->bytes + a->newest->used;
    a->newest->used += bytes;
    return memset(p, 0, bytes);
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

void
arena_reset(struct arena *a, struct arena_mark mark)
{
    while (a->newest != mark.block) {
        struct arena_block *older = a->newest->older;

        free(a->newest);
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
}
