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

    return slice_is_one_of_fold(name, own, ARRAY_LEN(own))
           || slice_is_fold(slice_sub(name, 0, strlen(KEEP_PREFIX)), KEEP_PREFIX);
}

bool
dialect_is_sqlite_function(struct slice name)
{
    static const char *const names[] = {
        "changes",        "glob",       "hex",       "json_extract",      "json_patch",
        "json_type",      "json_valid", "julianday", "last_insert_rowid", "likelihood",
        "likely",         "printf",     "quote",     "randomblob",        "soundex",
        "sqlite_version", "strftime",   "total",     "total_changes",     "typeof",
        "unicode",        "unixepoch",  "unlikely",  "unix_timestamp",    "zeroblob",
    };

    return slice_is_one_of(name, names, ARRAY_LEN(names));
}

void
dialect_find_routines(struct arena *a, const struct catalog *c, struct map *out)
{
    map_init(out, a);
    VEC_EACH (i, &c->definitions) {
        struct definition *d = c->definitions.items[i];

        if (d->detail == DETAIL_ROUTINE)
            map_put(out, slice_lower(a, d->name), d);
    }
}
