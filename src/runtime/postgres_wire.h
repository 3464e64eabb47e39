/*
 * Values in the binary form that PostgreSQL sends and takes (the typsend and typreceive
 * functions of each type, src/backend/utils/adt; all numbers big-endian).  Only forms
 * that have been the same since PostgreSQL 7.4 are used; whatever else a column may be
 * travels as text.
 *
 * Pure functions over bytes: no connection, no memory.
 */
#ifndef SCHEMAC_RUNTIME_POSTGRES_WIRE_H
#define SCHEMAC_RUNTIME_POSTGRES_WIRE_H

#include <string.h>

#include "runtime/schemac_row.h"

/* The binary form of a type of the server. */
enum wire {
    WIRE_OTHER, /* none that we know; that of an enum and most types of users is text */
    WIRE_BOOL,
    WIRE_INT2,
    WIRE_INT4,
    WIRE_INT8,
    WIRE_FLOAT4,
    WIRE_FLOAT8,
    WIRE_NUMERIC,
    WIRE_CHARACTERS, /* the text itself: text, varchar, char(n), name, json */
    WIRE_JSONB,      /* a version byte, then the text */
    WIRE_BYTES,
    WIRE_DATE,      /* int4: days since 2000-01-01 */
    WIRE_TIME,      /* int8: microseconds since midnight */
    WIRE_TIMESTAMP, /* int8: microseconds since 2000-01-01; timestamptz: UTC */
    WIRE_UUID,
    WIRE_ARRAY /* see below */
};

#define WIRES_MAX 16 /* sets of them are bits of a number */
/* Room for the longest form of a fixed size: a numeric of 19 digits has 18 bytes. */
#define WIRE_FIXED_BYTES 24
#define WIRE_JSONB_VERSION 1

/* Of a type by its number in pg_type, which built-in types have in every server. */
enum wire schemac__wire_of(uint32_t type);
/* The type of the elements of an array that is built in; 0: it is none. */
uint32_t schemac__wire_element(uint32_t type);

/* Bytes of a value in this form; 0: they depend on the value. */
static inline int
schemac__wire_bytes(enum wire wire)
{
    static const uint8_t bytes[WIRES_MAX] = {
        [WIRE_BOOL] = 1,      [WIRE_INT2] = 2,   [WIRE_INT4] = 4, [WIRE_INT8] = 8,
        [WIRE_FLOAT4] = 4,    [WIRE_FLOAT8] = 8, [WIRE_DATE] = 4, [WIRE_TIME] = 8,
        [WIRE_TIMESTAMP] = 8, [WIRE_UUID] = 16,
    };

    return bytes[wire];
}

/* ---- the values of a statement ---- */

/* The server ends a connection that sends a longer message (PQ_LARGE_MESSAGE_LIMIT). */
#define WIRE_MESSAGE_BYTES_MAX 0x3ffffffe

#define WIRE_BIND_BYTES 64 /* at most: the name of the statement, and counts */
#define WIRE_BIND_VALUE_BYTES 6 /* of each: its format, and its length */

/* Is the message with values of these lengths, 0 of NULL, no longer? */
static inline bool
schemac__wire_fits(const int *lengths, int count)
{
    uint64_t bytes = WIRE_BIND_BYTES;

    for (int i = 0; i < count; i++)
        bytes += WIRE_BIND_VALUE_BYTES + (uint64_t)lengths[i];
    return bytes <= WIRE_MESSAGE_BYTES_MAX;
}

/* ---- numbers of 2, 4 or 8 bytes, big-endian ---- */

/* Byte by byte without a loop: compilers make one instruction of it. */
static inline void
schemac__wire_put(char *to, uint64_t v, int bytes)
{
    if (bytes == 8) {
        to[0] = (char)(unsigned char)(v >> 56 & 0xff);
        to[1] = (char)(unsigned char)(v >> 48 & 0xff);
        to[2] = (char)(unsigned char)(v >> 40 & 0xff);
        to[3] = (char)(unsigned char)(v >> 32 & 0xff);
        to += 4;
    }
    if (bytes >= 4) {
        to[0] = (char)(unsigned char)(v >> 24 & 0xff);
        to[1] = (char)(unsigned char)(v >> 16 & 0xff);
        to += 2;
    }
    to[0] = (char)(unsigned char)(v >> 8 & 0xff);
    to[1] = (char)(unsigned char)(v & 0xff);
}

static inline uint64_t
schemac__wire_get(const char *from, int bytes)
{
    const unsigned char *p = (const unsigned char *)from;

    if (bytes == 2)
        return (uint64_t)p[0] << 8 | p[1];
    if (bytes == 4)
        return (uint64_t)p[0] << 24 | (uint64_t)p[1] << 16 | (uint64_t)p[2] << 8 | p[3];
    return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40
           | (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16
           | (uint64_t)p[6] << 8 | p[7];
}

/* ---- values ---- */

static inline bool
schemac__wire_is_integer(enum wire wire)
{
    return wire == WIRE_INT8 || wire == WIRE_INT4 || wire == WIRE_INT2;
}

/* A whole number as int2, int4 or int8; false: it does not fit. */
static inline bool
schemac__wire_put_integer(char *to, enum wire wire, int64_t v)
{
    if (wire == WIRE_INT8)
        schemac__wire_put(to, (uint64_t)v, 8);
    else if (wire == WIRE_INT4)
        schemac__wire_put(to, (uint32_t)v, 4);
    else
        schemac__wire_put(to, (uint16_t)v, 2);
    return wire == WIRE_INT8 || (wire == WIRE_INT4 ? v == (int32_t)v : v == (int16_t)v);
}

/* value × 10^-scale; the bytes it takes, at most WIRE_FIXED_BYTES. */
int schemac__wire_put_numeric(char *to, int64_t value, int scale);
/* False: NaN, infinite, more digits behind the point than `scale`, or too large. */
bool schemac__wire_get_numeric(const char *from, int len, int scale, int64_t *value);

/* From int2, int4, int8 or a numeric without a fraction.  Needs: the length that
 * schemac__wire_bytes says. */
static inline bool
schemac__wire_get_integer(const char *from, int len, enum wire wire, int64_t *v)
{
    if (wire == WIRE_INT8)
        *v = (int64_t)schemac__wire_get(from, 8);
    else if (wire == WIRE_INT4)
        *v = (int32_t)schemac__wire_get(from, 4);
    else if (wire == WIRE_INT2)
        *v = (int16_t)schemac__wire_get(from, 2);
    else
        return wire == WIRE_NUMERIC && schemac__wire_get_numeric(from, len, 0, v);
    return true;
}

/* The double that is nearest to it; what is larger than all of them is infinite. */
bool schemac__wire_numeric_to_double(const char *from, int len, double *value);

/*
 * Dates and times count from 1970 here, from 2000 there.  The largest and the smallest
 * number are infinity and -infinity on both sides.  False: out of range.
 */
bool schemac__wire_put_date(char *to, int32_t days);
bool schemac__wire_get_date(const char *from, int32_t *days);
bool schemac__wire_put_timestamp(char *to, int64_t microseconds);
bool schemac__wire_get_timestamp(const char *from, int64_t *microseconds);

/*
 * An array of one dimension: a head, then each item with its length before it, -1 for
 * NULL.  One without items has no dimension, and a head of its own.
 */
#define WIRE_ARRAY_EMPTY_BYTES 12 /* dimensions, has NULL, type of the elements */
#define WIRE_ARRAY_HEAD_BYTES 20  /* and of the dimension: how many, the first number */
#define WIRE_LENGTH_BYTES 4

struct wire_array {
    uint32_t element;
    size_t count;
    const char *items; /* behind the head */
    const char *end;
};

/* The bytes of the head. */
int schemac__wire_put_array(char *to, uint32_t element, size_t count, bool has_null);
/* NULL, or what the value is not: "an array of one dimension". */
const char *schemac__wire_get_array(const char *from, int len, struct wire_array *out);
/* The next item; ptr NULL: NULL.  False: there are not so many bytes. */
bool schemac__wire_next_item(struct wire_array *array, const char **ptr, int *len);

/* IEEE 754, as C has it here. */
static inline float
schemac__wire_get_float(const char *from)
{
    uint32_t bits = (uint32_t)schemac__wire_get(from, 4);
    float v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

static inline double /* float4 or float8 */
schemac__wire_get_double(const char *from, enum wire wire)
{
    uint64_t bits;
    double v;

    if (wire == WIRE_FLOAT4)
        return (double)schemac__wire_get_float(from);
    bits = schemac__wire_get(from, 8);
    memcpy(&v, &bits, sizeof v);
    return v;
}

static inline void
schemac__wire_put_float(char *to, float v)
{
    uint32_t bits;

    memcpy(&bits, &v, sizeof bits);
    schemac__wire_put(to, bits, 4);
}

static inline void
schemac__wire_put_double(char *to, double v)
{
    uint64_t bits;

    memcpy(&bits, &v, sizeof bits);
    schemac__wire_put(to, bits, 8);
}

#endif
