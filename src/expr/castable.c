/*
 * Which values PostgreSQL converts by CAST: pg_cast of PostgreSQL 15, and the manual on
 * CREATE CAST for conversions to and from texts, which are there for every type.
 */
#include "expr/type.h"

#include <assert.h>

#define BIT(kind) (UINT32_C(1) << (kind))

static_assert(TYPE_KIND_COUNT <= 32, "a bit for each kind");

#define NUMBERS                                                                          \
    (BIT(TYPE_INT2) | BIT(TYPE_INT4) | BIT(TYPE_INT8) | BIT(TYPE_DECIMAL)                \
     | BIT(TYPE_REAL) | BIT(TYPE_DOUBLE))

/* What a kind becomes, beside texts and itself; nothing: only those. */
static const uint32_t casts[TYPE_KIND_COUNT] = {
    [TYPE_BOOLEAN] = BIT(TYPE_INT4),
    [TYPE_INT2] = NUMBERS,
    [TYPE_INT4] = NUMBERS | BIT(TYPE_BOOLEAN),
    [TYPE_INT8] = NUMBERS,
    [TYPE_DECIMAL] = NUMBERS,
    [TYPE_REAL] = NUMBERS,
    [TYPE_DOUBLE] = NUMBERS,
    [TYPE_DATE] = BIT(TYPE_TIMESTAMP) | BIT(TYPE_TIMESTAMPTZ),
    [TYPE_TIME] = BIT(TYPE_TIMETZ) | BIT(TYPE_INTERVAL),
    [TYPE_TIMETZ] = BIT(TYPE_TIME),
    [TYPE_TIMESTAMP] = BIT(TYPE_DATE) | BIT(TYPE_TIME) | BIT(TYPE_TIMESTAMPTZ),
    [TYPE_TIMESTAMPTZ] =
        BIT(TYPE_DATE) | BIT(TYPE_TIME) | BIT(TYPE_TIMETZ) | BIT(TYPE_TIMESTAMP),
    [TYPE_INTERVAL] = BIT(TYPE_TIME),
    [TYPE_JSON] = BIT(TYPE_JSONB),
    [TYPE_JSONB] = BIT(TYPE_JSON) | BIT(TYPE_BOOLEAN) | NUMBERS,
};

#define TEXTS (BIT(TYPE_TEXT) | BIT(TYPE_VARCHAR) | BIT(TYPE_CHAR))

/* Names may be anything; SQLite's storage types are no types of PostgreSQL. */
#define UNKNOWN                                                                          \
    (BIT(TYPE_NAMED) | BIT(TYPE_DECIMAL_INT) | BIT(TYPE_DECIMAL_TEXT)                    \
     | BIT(TYPE_JSON_TEXT) | BIT(TYPE_ARRAY_TEXT))

static bool
is_text(const struct type *t)
{
    return t->dimensions == 0 && (TEXTS & BIT(t->kind)) != 0;
}

static bool
is_array(const struct type *t)
{
    return t->dimensions > 0;
}

bool
type_may_become(const struct type *from, const struct type *to)
{
    uint32_t both = BIT(from->kind) | BIT(to->kind);
    bool may = from->kind == to->kind || (casts[from->kind] & BIT(to->kind)) != 0;

    if (is_text(from) || is_text(to) || (both & UNKNOWN) != 0)
        return true;
    if (is_array(from) && is_array(to)) /* item by item */
        return may || (both & TEXTS) != 0;
    return is_array(from) == is_array(to) && may;
}
