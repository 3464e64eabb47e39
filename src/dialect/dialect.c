/*
 * The registry: one line per dialect.
 */
#include "dialect/dialect.h"

static const struct dialect *const dialects[] = {
    &dialect_sqlite,
    &dialect_postgres,
};

size_t
dialect_count(void)
{
    return ARRAY_LEN(dialects);
}

const struct dialect *
dialect_at(size_t index)
{
    return index < ARRAY_LEN(dialects) ? dialects[index] : NULL;
}

const struct dialect *
dialect_find(struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(dialects); i++)
        if (slice_is(name, dialects[i]->name))
            return dialects[i];
    return NULL;
}
