/*
 * Which engine a handle speaks decides who describes it.
 */
#include "describe/describe.h"

#include <string.h>

#include "describe/engines.h"

static const struct {
    const char *dialect;
    bool (*describe)(struct session *s, struct schemac_db *db,
                     const struct describe_filter *filter, struct slice *out);
} engines[] = {
    { "sqlite", describe_sqlite },
};

bool
describe_database(struct session *s, struct schemac_db *db,
                  const struct describe_filter *filter, struct slice *out)
{
    const char *dialect = schemac_dialect(db);

    for (size_t i = 0; i < ARRAY_LEN(engines); i++)
        if (strcmp(engines[i].dialect, dialect) == 0)
            return engines[i].describe(s, db, filter, out);
    *out = SLICE_NONE;
    diag_add(&s->diags, D_DATABASE, SPAN_NONE, "the database is not open");
    return false;
}

static bool
same_byte(char a, char b, bool fold)
{
    if (fold && a >= 'A' && a <= 'Z')
        a = (char)(a - 'A' + 'a');
    if (fold && b >= 'A' && b <= 'Z')
        b = (char)(b - 'A' + 'a');
    return a == b;
}

/* The last * is the only one to come back to: what is before it matched as early as it
 * could. */
static bool
matches(struct slice pattern, struct slice name, bool fold)
{
    size_t p = 0;
    size_t n = 0;
    size_t star = SIZE_MAX;
    size_t from = 0;

    while (n < name.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            from = n;
        } else if (p < pattern.len
                   && (pattern.ptr[p] == '?'
                       || same_byte(pattern.ptr[p], name.ptr[n], fold))) {
            p++;
            n++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            n = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

bool
filter_excludes(const struct describe_filter *filter, struct slice name, bool fold)
{
    if (filter == NULL)
        return false;
    VEC_EACH (i, &filter->excluded.all)
        if (matches(filter->excluded.all.items[i], name, fold))
            return true;
    return false;
}

static struct slice
schema_or_public(struct slice schema)
{
    return slice_is_none(schema) ? SLICE("public") : schema;
}

bool
describe_filter_has_schema(const struct describe_filter *filter, struct slice schema)
{
    VEC_EACH (i, &filter->schemas.all)
        if (slice_equal(filter->schemas.all.items[i], schema_or_public(schema)))
            return true;
    return filter->schemas.all.count == 0;
}

/* Is it what a pattern of the form schema.name says?  One without a dot is about names
 * alone: p* is not all that is in public. */
static bool
excludes_in_schema(struct arena *a, const struct describe_filter *filter,
                   struct slice schema, struct slice name)
{
    struct slice whole = slice_format(a, "%.*s.%.*s", SLICE_ARG(schema_or_public(schema)),
                                      SLICE_ARG(name));

    VEC_EACH (i, &filter->excluded.all) {
        struct slice pattern = filter->excluded.all.items[i];

        if (memchr(pattern.ptr, '.', pattern.len) != NULL
            && matches(pattern, whole, false))
            return true;
    }
    return false;
}

bool
describe_filter_hides(struct arena *a, const struct describe_filter *filter,
                      const char *dialect, struct slice schema, struct slice name)
{
    if (strcmp(dialect, "sqlite") == 0)
        return filter_excludes(filter, name, true);
    return !describe_filter_has_schema(filter, schema)
           || filter_excludes(filter, name, false)
           || excludes_in_schema(a, filter, schema, name);
}
