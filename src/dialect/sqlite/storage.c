/*
 * How the generated code finds a logical type in a row, and a row again.
 */
#include <assert.h>

#include "dialect/sqlite/lite.h"

static const enum storage storages[] = {
    [TYPE_BOOLEAN] = STORAGE_INTEGER,
    [TYPE_INT2] = STORAGE_INTEGER,
    [TYPE_INT4] = STORAGE_INTEGER,
    [TYPE_INT8] = STORAGE_INTEGER,
    [TYPE_DECIMAL] = STORAGE_TEXT, /* beyond 18 digits */
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
    [TYPE_DECIMAL_INT] = STORAGE_INTEGER,
    [TYPE_DECIMAL_TEXT] = STORAGE_TEXT,
    [TYPE_JSON_TEXT] = STORAGE_TEXT,
    [TYPE_ARRAY_TEXT] = STORAGE_ARRAY,
    [TYPE_NAMED] = STORAGE_TEXT,
};
static_assert(ARRAY_LEN(storages) == TYPE_KIND_COUNT, "a storage for every type");

enum storage
lite_storage(const struct catalog *c, const struct type *t)
{
    (void)c; /* enums are text, whatever their values */
    if (t->dimensions > 0)
        return STORAGE_ARRAY;
    return lite_scale(t, true) != SCALE_NONE ? STORAGE_INTEGER : storages[t->kind];
}

const char *
lite_row_name(const struct table *t)
{
    return t->without_rowid ? NULL : lite_rowid_name(t, t);
}
