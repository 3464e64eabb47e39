/*
 * How C has a type of the server: what has a binary form that we know as its value, exact
 * decimals as far as 64 bits hold them, the rest as the server's text.
 */
#include "dialect/postgres/postgres.h"

#include <assert.h>

#define DECIMAL_DIGITS_MAX 18 /* 10^18 fits into an int64_t */

static const enum storage storages[] = {
    [TYPE_BOOLEAN] = STORAGE_INTEGER,
    [TYPE_INT2] = STORAGE_INTEGER,
    [TYPE_INT4] = STORAGE_INTEGER,
    [TYPE_INT8] = STORAGE_INTEGER,
    [TYPE_DECIMAL] = STORAGE_TEXT,
    [TYPE_REAL] = STORAGE_REAL,
    [TYPE_DOUBLE] = STORAGE_REAL,
    [TYPE_TEXT] = STORAGE_TEXT,
    [TYPE_VARCHAR] = STORAGE_TEXT,
    [TYPE_CHAR] = STORAGE_TEXT,
    [TYPE_BYTES] = STORAGE_BYTES,
    [TYPE_DATE] = STORAGE_DATE_TEXT,
    [TYPE_TIME] = STORAGE_TIME_TEXT,
    [TYPE_TIMETZ] = STORAGE_TEXT,
    [TYPE_TIMESTAMP] = STORAGE_TIMESTAMP_TEXT,
    [TYPE_TIMESTAMPTZ] = STORAGE_TIMESTAMP_TEXT,
    [TYPE_INTERVAL] = STORAGE_TEXT,
    [TYPE_UUID] = STORAGE_UUID_TEXT,
    [TYPE_JSON] = STORAGE_TEXT,
    [TYPE_JSONB] = STORAGE_TEXT,
    [TYPE_DECIMAL_INT] = STORAGE_TEXT,
    [TYPE_DECIMAL_TEXT] = STORAGE_TEXT,
    [TYPE_JSON_TEXT] = STORAGE_TEXT,
    [TYPE_ARRAY_TEXT] = STORAGE_TEXT,
    [TYPE_NAMED] = STORAGE_TEXT,
};

static_assert(ARRAY_LEN(storages) == TYPE_KIND_COUNT, "say how each type is read");

/* numeric(p, s) whose values fit into 64 bits, counted in units of 10^-s. */
static bool
is_scaled(const struct type *t)
{
    int scale = t->arg_count > 1 ? t->args[1] : 0;

    return t->kind == TYPE_DECIMAL && t->arg_count > 0 && t->args[0] <= DECIMAL_DIGITS_MAX
           && scale >= 0 && scale <= t->args[0];
}

enum storage
postgres_storage(const struct catalog *c, const struct type *t)
{
    (void)c;
    if (t->dimensions > 0)
        return STORAGE_ARRAY;
    return is_scaled(t) ? STORAGE_DECIMAL : storages[t->kind];
}
