/*
 * The arena of callers: blocks that double.
 */
#include "runtime/row.h"

#define BLOCK_BYTES_MIN ((size_t)4096)
#define BLOCK_BYTES_MAX ((size_t)1 << 24) /* larger ones only waste their second half */
#define ALIGN 16
#define ALLOC_BYTES_MAX (SIZE_MAX / 2) /* no object of C is larger */

/* The head keeps what follows it aligned. */
#define HEAD_BYTES ((sizeof(struct schemac_arena_block) + ALIGN - 1) / ALIGN * ALIGN)

static char *
block_data(struct schemac_arena_block *block)
{
    return (char *)block + HEAD_BYTES;
}

static bool
add_block(struct schemac_arena *arena, size_t bytes)
{
    size_t size = BLOCK_BYTES_MIN;
    struct schemac_arena_block *block;

    if (arena->newest != NULL)
        size = arena->newest->size * 2;
    if (size > BLOCK_BYTES_MAX)
        size = BLOCK_BYTES_MAX;
    if (size < bytes)
        size = bytes;
    block = schemac__resize(NULL, HEAD_BYTES + size);
    if (block == NULL)
        return false;
    block->older = arena->newest;
    block->used = 0;
    block->size = size;
    arena->newest = block;
    return true;
}

static void *
take(struct schemac_arena_block *block, size_t rounded)
{
    void *p = block_data(block) + block->used;

    block->used += rounded;
    return p;
}

static SCHEMAC__APART void *
take_of_new_block(struct schemac_arena *arena, size_t bytes, size_t rounded)
{
    return bytes <= ALLOC_BYTES_MAX && add_block(arena, rounded)
               ? take(arena->newest, rounded)
               : NULL;
}

static inline void *
alloc(struct schemac_arena *arena, size_t bytes)
{
    size_t rounded = (bytes + ALIGN - 1) / ALIGN * ALIGN; /* too many bytes: fewer */
    struct schemac_arena_block *block = arena->newest;

    return block != NULL && rounded >= bytes && block->size - block->used >= rounded
               ? take(block, rounded)
               : take_of_new_block(arena, bytes, rounded);
}

void *
schemac_arena_alloc(struct schemac_arena *arena, size_t bytes)
{
    return alloc(arena, bytes);
}

void *
schemac__arena_copy(struct schemac_arena *arena, const void *from, size_t bytes)
{
    void *copy = alloc(arena, bytes);

    if (copy != NULL)
        memcpy(copy, from, bytes);
    return copy;
}

static void
free_older(struct schemac_arena_block *block)
{
    while (block != NULL) {
        struct schemac_arena_block *older = block->older;

        schemac__free(block);
        block = older;
    }
}

void
schemac_arena_reset(struct schemac_arena *arena)
{
    struct schemac_arena_block *block = arena->newest;

    if (block == NULL)
        return;
    if (block->older != NULL)
        free_older(block->older);
    block->older = NULL;
    block->used = 0;
}

void
schemac_arena_free(struct schemac_arena *arena)
{
    free_older(arena->newest);
    arena->newest = NULL;
}

bool
schemac__arena_holds(const struct schemac_arena *arena, const void *p)
{
    uintptr_t at = (uintptr_t)p;

    for (struct schemac_arena_block *b = arena->newest; b != NULL; b = b->older) {
        uintptr_t begin = (uintptr_t)block_data(b);

        if (at >= begin && at < begin + b->used)
            return true;
    }
    return false;
}
