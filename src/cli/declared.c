#include "cli/declared.h"

static void
find_in(struct arena *a, const struct definition *d, struct describe_declared *out)
{
    if (d->detail == DETAIL_EXTENSION && !slice_is_none(d->u.extension->version))
        VEC_PUSH(a, &out->versions.all, d->name);
}

void
declared_find(struct arena *a, const struct catalog *beside,
              struct describe_declared *out)
{
    *out = (struct describe_declared){ .has_all_versions = beside == NULL };
    for (size_t i = 0; beside != NULL && i < beside->definitions.count; i++)
        find_in(a, beside->definitions.items[i], out);
}
