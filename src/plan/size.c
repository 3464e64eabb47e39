/*
 * Rows and bytes of the table that a step is about, where a database was asked.
 */
#include "plan/internal.h"

#include <assert.h>

static const struct table *
table_of_change(const struct plan *p, const struct change *c)
{
    const struct table *new = c->new.index != NULL ? c->new.index->table : c->new.table;
    const struct table *old = c->old.index != NULL ? c->old.index->table : c->old.table;
    const struct table *was = new == NULL ? NULL : diff_old_table(p->changes, new);

    return was != NULL ? was : old;
}

const struct table *
plan_old_table(const struct plan *p, const struct action *a)
{
    if (p->from == NULL || p->changes == NULL)
        return NULL;
    VEC_EACH (i, &a->causes) {
        const struct table *t = table_of_change(p, &a->causes.items[i]);

        if (t != NULL)
            return t;
    }
    if (a->causes.count > 0 || slice_is_none(a->table))
        return NULL;
    return catalog_find_table(p->from, SLICE_NONE, a->table);
}

struct slice
plan_size_key(struct arena *a, struct slice schema, struct slice name)
{
    return catalog_key(a, slice_is(schema, "public") ? SLICE_NONE : schema, name);
}

const struct plan_size *
plan_size_of(struct arena *a, const struct plan *p, const struct action *action)
{
    const struct table *t = p->sizes == NULL ? NULL : plan_old_table(p, action);

    return t == NULL ? NULL : map_get(p->sizes, plan_size_key(a, t->schema, t->name));
}

const char *
plan_rows_word(const struct plan_size *size)
{
    static const char *const words[] = {
        [PLAN_ROWS_UNKNOWN] = "unknown",
        [PLAN_ROWS_ESTIMATE] = "estimate",
        [PLAN_ROWS_EXACT] = "exact",
        [PLAN_ROWS_AT_LEAST] = "at least",
    };

    static_assert(ARRAY_LEN(words) == PLAN_ROWS_COUNT, "each has a word");
    return words[size->rows_known];
}

static struct slice
rows_words(struct arena *a, const struct plan_size *size)
{
    const char *plural = size->rows == 1 ? "" : "s";

    switch (size->rows_known) {
    case PLAN_ROWS_UNKNOWN:
        return SLICE("an unknown number of rows (never analysed)");
    case PLAN_ROWS_ESTIMATE:
        return slice_format(a, "about %llu row%s, by the server's statistics",
                            (unsigned long long)size->rows, plural);
    case PLAN_ROWS_EXACT:
        return slice_format(a, "%llu row%s", (unsigned long long)size->rows, plural);
    case PLAN_ROWS_AT_LEAST:
        return slice_format(a, "more than %llu rows", (unsigned long long)size->rows);
    case PLAN_ROWS_COUNT:
        break;
    }
    assert(false);
    return SLICE("");
}

/* 8192 → "8.0 kB" */
static struct slice
bytes_words(struct arena *a, uint64_t bytes)
{
    static const char *const units[] = { "kB", "MB", "GB", "TB" };
    double n = (double)bytes / 1024;
    size_t at = 0;

    if (bytes < 1024)
        return slice_format(a, "%llu bytes", (unsigned long long)bytes);
    while (n >= 1024 && at + 1 < ARRAY_LEN(units)) {
        n /= 1024;
        at++;
    }
    return slice_format(a, "%.1f %s", n, units[at]);
}

struct slice
plan_size_words(struct arena *a, const struct plan_size *size)
{
    struct slice rows = rows_words(a, size);

    if (!size->bytes_known)
        return rows;
    return slice_format(a, "%.*s; %.*s", SLICE_ARG(rows),
                        SLICE_ARG(bytes_words(a, size->bytes)));
}
