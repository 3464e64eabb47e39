/*
 * The registry: one line per dialect.
 */
#include "dialect/dialect.h"

#include <string.h>

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

/* The runtime's (history.h, journal.h, expressions.h, kept.h) and SQLite's comments. */
bool
dialect_is_own_table(struct slice name)
{
    static const char *const own[] = { "schemac_history", "schemac_steps",
                                       "schemac_expressions", "schemac_comments",
                                       KEEP_REGISTRY };

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (slice_is_fold(name, own[i]))
            return true;
    return slice_is_fold(slice_sub(name, 0, strlen(KEEP_PREFIX)), KEEP_PREFIX);
}
