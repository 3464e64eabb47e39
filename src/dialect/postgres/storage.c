/*
 * How C reads a type from the server in the text format, which every type has: numbers
 * that C has are parsed as such, exact decimals stay text, because the server does not
 * scale them.
 */
#include "dialect/postgres/postgres.h"

#include <assert.h>

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

enum storage
postgres_storage(const struct catalog *c, const struct type *t)
{
    (void)c;
    return t->dimensions > 0 ? STORAGE_TEXT : storages[t->kind];
}
