/*
 * The table of privileges.
 */
#include "model/privileges.h"

#include "base/vec.h"

static const struct {
    const char *kind;
    const char *names[8];  /* sorted: what ALL stands for */
    const char *of_all[3]; /* what PUBLIC has */
    const char *newer;     /* that ALL stands for on later servers only; NULL: none */
} kinds[] = {
    { "table",
      { "delete", "insert", "references", "select", "trigger", "truncate", "update" },
      { 0 },
      "maintain" },
    { "sequence", { "select", "update", "usage" }, { 0 }, NULL },
    { "function", { "execute" }, { "execute" }, NULL },
    { "procedure", { "execute" }, { "execute" }, NULL },
    { "schema", { "create", "usage" }, { 0 }, NULL },
    { "type", { "usage" }, { "usage" }, NULL },
    { "database", { "connect", "create", "temporary" }, { "connect", "temporary" },
      NULL },
    { "language", { "usage" }, { "usage" }, NULL },
    { "tablespace", { "create" }, { 0 }, NULL },
};

static size_t
find_kind(struct slice kind)
{
    size_t i = 0;

    while (i < ARRAY_LEN(kinds) && !slice_is(kind, kinds[i].kind))
        i++;
    return i; /* the count: not known */
}

size_t
privilege_count(struct slice kind)
{
    size_t at = find_kind(kind);
    size_t n = 0;

    while (at < ARRAY_LEN(kinds) && kinds[at].names[n] != NULL)
        n++;
    return n;
}

struct slice
privilege_at(struct slice kind, size_t i)
{
    return slice_from(kinds[find_kind(kind)].names[i]);
}

bool
privilege_is_in_all(struct slice kind, struct slice name)
{
    for (size_t i = 0; i < privilege_count(kind); i++)
        if (slice_equal(privilege_at(kind, i), name))
            return true;
    return false;
}

bool
privilege_is_of(struct slice kind, struct slice name)
{
    size_t at = find_kind(kind);

    return privilege_is_in_all(kind, name)
           || (at < ARRAY_LEN(kinds) && kinds[at].newer != NULL
               && slice_is(name, kinds[at].newer));
}

bool
privilege_has_columns(struct slice name)
{
    return slice_is(name, "insert") || slice_is(name, "references")
           || slice_is(name, "select") || slice_is(name, "update");
}

bool
privilege_is_public(struct slice kind, struct slice name)
{
    size_t at = find_kind(kind);

    for (size_t i = 0; at < ARRAY_LEN(kinds) && kinds[at].of_all[i] != NULL; i++)
        if (slice_is(name, kinds[at].of_all[i]))
            return true;
    return false;
}
