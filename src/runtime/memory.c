/*
 * Where the library gets memory.  Nothing else is in this file, so that a program can
 * bring its own three functions: an archive member is linked only when a name is missing.
 */
#include <stdlib.h>

#include "runtime/driver.h"

void *
schemac__alloc(size_t bytes)
{
    return calloc(1, bytes);
}

void *
schemac__resize(void *p, size_t bytes)
{
    return realloc(p, bytes);
}

void
schemac__free(void *p)
{
    free(p);
}
