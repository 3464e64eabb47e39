/*
 * The old names of objects that may have moved between schemas.
 */
#include "model/was.h"

#include <string.h>

#define PUBLIC "public"

static struct slice
plain(struct slice schema)
{
    return slice_is(schema, PUBLIC) ? SLICE_NONE : schema;
}

struct slice
was_said(struct arena *a, const struct relation_name *old,
         const struct relation_name *now)
{
    struct slice from = plain(old->schema);
    struct slice to = plain(now->schema);

    if (slice_is_none(from) != slice_is_none(to)
        || (!slice_is_none(from) && !slice_equal(from, to)))
        return catalog_key(a, slice_is_none(from) ? SLICE(PUBLIC) : from, old->name);
    return slice_equal(old->name, now->name) ? SLICE_NONE : old->name;
}

bool
was_is_moved(struct slice was)
{
    return !slice_is_none(was) && memchr(was.ptr, '.', was.len) != NULL;
}

struct relation_name
was_name(struct slice schema, struct slice was)
{
    size_t at = 0;

    if (!was_is_moved(was))
        return (struct relation_name){ .schema = schema, .name = was };
    while (was.ptr[at] != '.')
        at++;
    return (struct relation_name){ .schema = plain(slice_sub(was, 0, at)),
                                   .name = slice_sub(was, at + 1, was.len) };
}

struct slice
was_key(struct arena *a, struct slice schema, struct slice was)
{
    struct relation_name old;

    if (slice_is_none(was))
        return was;
    old = was_name(schema, was);
    return catalog_key(a, old.schema, old.name);
}

const struct table *
was_table(const struct catalog *older, const struct table *t)
{
    const struct table *same = catalog_find_table(older, t->schema, t->name);
    struct relation_name was = was_name(t->schema, t->was);

    if (same != NULL || slice_is_none(t->was))
        return same;
    return catalog_find_table(older, was.schema, was.name);
}

const struct column *
was_column(const struct table *older, const struct column *c)
{
    const struct column *same = table_find_column(older, c->name);

    if (same != NULL || slice_is_none(c->was))
        return same;
    return table_find_column(older, c->was);
}
