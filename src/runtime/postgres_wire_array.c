/*
 * Arrays in PostgreSQL's binary form (array_send).
 */
#include "runtime/postgres_wire.h"

int
schemac__wire_put_array(char *to, uint32_t element, size_t count, bool has_null)
{
    schemac__wire_put(to, count == 0 ? 0 : 1, 4);
    schemac__wire_put(to + 4, has_null ? 1 : 0, 4);
    schemac__wire_put(to + 8, element, 4);
    if (count == 0)
        return WIRE_ARRAY_EMPTY_BYTES;
    schemac__wire_put(to + 12, count, 4);
    schemac__wire_put(to + 16, 1, 4);
    return WIRE_ARRAY_HEAD_BYTES;
}

const char *
schemac__wire_get_array(const char *from, int len, struct wire_array *out)
{
    uint64_t dimensions;

    if (len < WIRE_ARRAY_EMPTY_BYTES)
        return "an array";
    dimensions = schemac__wire_get(from, 4);
    *out = (struct wire_array){ (uint32_t)schemac__wire_get(from + 8, 4), 0,
                                from + WIRE_ARRAY_EMPTY_BYTES, from + len };
    if (dimensions == 0)
        return len == WIRE_ARRAY_EMPTY_BYTES ? NULL : "an array";
    if (dimensions != 1)
        return "an array of one dimension";
    if (len < WIRE_ARRAY_HEAD_BYTES)
        return "an array";
    out->count = (size_t)schemac__wire_get(from + 12, 4);
    out->items = from + WIRE_ARRAY_HEAD_BYTES;
    if (schemac__wire_get(from + 16, 4) != 1)
        return "an array that counts from 1";
    return out->count <= (size_t)(len - WIRE_ARRAY_HEAD_BYTES) / WIRE_LENGTH_BYTES
               ? NULL
               : "an array";
}

bool
schemac__wire_next_item(struct wire_array *array, const char **ptr, int *len)
{
    uint64_t bytes;

    if (array->end - array->items < WIRE_LENGTH_BYTES)
        return false;
    bytes = schemac__wire_get(array->items, WIRE_LENGTH_BYTES);
    array->items += WIRE_LENGTH_BYTES;
    *ptr = NULL;
    *len = 0;
    if (bytes == UINT32_MAX)
        return true;
    if (bytes > (uint64_t)(array->end - array->items))
        return false;
    *ptr = array->items;
    *len = (int)bytes;
    array->items += bytes;
    return true;
}
