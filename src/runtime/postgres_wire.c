/*
 * Values in PostgreSQL's binary form.
 */
#include "runtime/postgres_wire.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/times.h"

#define EPOCH_DAYS 10957 /* from 1970-01-01 to 2000-01-01 */
#define EPOCH_MICROSECONDS (DAY_MICROSECONDS * EPOCH_DAYS)

/* ---- types ---- */

/* src/include/catalog/pg_type.dat; numbers of built-in types never change. */
static const struct {
    uint16_t type;
    uint8_t wire; /* enum wire */
} types[] = {
    { 16, WIRE_BOOL },         { 17, WIRE_BYTES },       { 19, WIRE_CHARACTERS },
    { 20, WIRE_INT8 },         { 21, WIRE_INT2 },        { 23, WIRE_INT4 },
    { 25, WIRE_CHARACTERS },   { 114, WIRE_CHARACTERS }, { 700, WIRE_FLOAT4 },
    { 701, WIRE_FLOAT8 },      { 705, WIRE_CHARACTERS }, { 1042, WIRE_CHARACTERS },
    { 1043, WIRE_CHARACTERS }, { 1082, WIRE_DATE },      { 1083, WIRE_TIME },
    { 1114, WIRE_TIMESTAMP },  { 1184, WIRE_TIMESTAMP }, { 1700, WIRE_NUMERIC },
    { 2950, WIRE_UUID },       { 3802, WIRE_JSONB },
};

/* The same for the arrays of those types. */
static const struct {
    uint16_t type;
    uint16_t element;
} arrays[] = {
    { 199, 114 },   { 1000, 16 },   { 1001, 17 },   { 1003, 19 },   { 1005, 21 },
    { 1007, 23 },   { 1009, 25 },   { 1014, 1042 }, { 1015, 1043 }, { 1016, 20 },
    { 1021, 700 },  { 1022, 701 },  { 1115, 1114 }, { 1182, 1082 }, { 1183, 1083 },
    { 1185, 1184 }, { 1231, 1700 }, { 2951, 2950 }, { 3807, 3802 },
};

uint32_t
schemac__wire_element(uint32_t type)
{
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (arrays[i].type == type)
            return arrays[i].element;
    return 0;
}

enum wire
schemac__wire_of(uint32_t type)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].type == type)
            return (enum wire)types[i].wire;
    return schemac__wire_element(type) != 0 ? WIRE_ARRAY : WIRE_OTHER;
}

/* ---- numeric: groups of four decimal digits (numeric_send) ---- */

#define GROUP 10000 /* NBASE */
#define GROUP_DIGITS 4
#define HEADER_BYTES 8 /* ndigits, weight, sign, dscale: two bytes each */
#define GROUPS_MAX 6 /* of 19 digits, wherever the point is: (WIRE_FIXED_BYTES - 8) / 2  \
                      */
#define SIGN_NEGATIVE 0x4000
#define SIGN_NAN 0xC000
#define SIGN_INFINITE 0xD000 /* and 0xF000: -Infinity */
#define POWER_MAX 19

static const uint64_t powers[POWER_MAX + 1] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

/* The digits of `whole` in groups, the most significant first; how many. */
static int
put_whole(uint16_t *groups, uint64_t whole)
{
    int count = 0;

    for (uint64_t rest = whole; rest > 0; rest /= GROUP)
        count++;
    for (int i = count - 1; i >= 0; i--, whole /= GROUP)
        groups[i] = (uint16_t)(whole % GROUP);
    return count;
}

/* `scale` digits behind the point, in groups; the last is filled with zeros. */
static int
put_fraction(uint16_t *groups, uint64_t fraction, int scale)
{
    int count = 0;

    for (int left = scale; left > 0; left -= GROUP_DIGITS) {
        if (left >= GROUP_DIGITS)
            groups[count] = (uint16_t)(fraction / powers[left - GROUP_DIGITS] % GROUP);
        else
            groups[count] =
                (uint16_t)(fraction % powers[left] * powers[GROUP_DIGITS - left]);
        count++;
    }
    return count;
}

int
schemac__wire_put_numeric(char *to, int64_t value, int scale)
{
    uint64_t size = value < 0 ? -(uint64_t)value : (uint64_t)value;
    uint16_t groups[GROUPS_MAX];
    int whole = put_whole(groups, size / powers[scale]);
    int count = whole + put_fraction(groups + whole, size % powers[scale], scale);
    int first = 0;

    while (first < count && groups[first] == 0) /* 0.00001: its first group is zero */
        first++;
    while (count > first && groups[count - 1] == 0)
        count--;
    schemac__wire_put(to, (uint64_t)(count - first), 2);
    schemac__wire_put(to + 2, first == count ? 0 : (uint64_t)(int64_t)(whole - 1 - first),
                      2);
    schemac__wire_put(to + 4, value < 0 ? SIGN_NEGATIVE : 0, 2);
    schemac__wire_put(to + 6, (uint64_t)scale, 2);
    for (int i = first; i < count; i++)
        schemac__wire_put(to + HEADER_BYTES + 2 * (i - first), groups[i], 2);
    return HEADER_BYTES + 2 * (count - first);
}

/* *sum += digits × 10^exponent, exactly; false where that cannot be. */
static bool
add_group(uint64_t *sum, uint64_t digits, int exponent)
{
    uint64_t v;

    if (digits == 0)
        return true;
    if (exponent > POWER_MAX || exponent <= -GROUP_DIGITS)
        return false;
    if (exponent < 0) {
        if (digits % powers[-exponent] != 0)
            return false;
        v = digits / powers[-exponent];
    } else {
        if (digits > UINT64_MAX / powers[exponent])
            return false;
        v = digits * powers[exponent];
    }
    if (v > UINT64_MAX - *sum)
        return false;
    *sum += v;
    return true;
}

bool
schemac__wire_get_numeric(const char *from, int len, int scale, int64_t *value)
{
    uint64_t sum = 0;
    bool is_negative;
    int weight;
    int count;

    if (len < HEADER_BYTES)
        return false;
    count = (int)schemac__wire_get(from, 2);
    weight = (int16_t)schemac__wire_get(from + 2, 2);
    is_negative = schemac__wire_get(from + 4, 2) == SIGN_NEGATIVE;
    if (len != HEADER_BYTES + 2 * count
        || (!is_negative && schemac__wire_get(from + 4, 2) != 0))
        return false; /* NaN and the infinities have signs of their own */
    for (int i = 0; i < count; i++)
        if (!add_group(&sum, schemac__wire_get(from + HEADER_BYTES + 2 * i, 2),
                       GROUP_DIGITS * (weight - i) + scale))
            return false;
    if (sum > (uint64_t)INT64_MAX + (is_negative ? 1 : 0))
        return false;
    *value = is_negative ? (int64_t)-sum : (int64_t)sum;
    return true;
}

#define DOUBLE_GROUPS_MAX 16 /* 64 digits: what follows decides no double */
#define EXPONENT_BYTES 16

/* "1234 0567 e-4" without the blanks: strtod rounds it right. */
bool
schemac__wire_numeric_to_double(const char *from, int len, double *value)
{
    char text[1 + DOUBLE_GROUPS_MAX * GROUP_DIGITS + EXPONENT_BYTES];
    size_t used = 0;
    unsigned sign;
    int weight;
    int count;

    if (len < HEADER_BYTES)
        return false;
    count = (int)schemac__wire_get(from, 2);
    weight = (int16_t)schemac__wire_get(from + 2, 2);
    sign = (unsigned)schemac__wire_get(from + 4, 2);
    if (len != HEADER_BYTES + 2 * count)
        return false;
    if (sign != 0 && sign != SIGN_NEGATIVE) {
        *value = sign == SIGN_NAN        ? (double)NAN
                 : sign == SIGN_INFINITE ? (double)INFINITY
                                         : -(double)INFINITY;
        return true;
    }
    if (count > DOUBLE_GROUPS_MAX)
        count = DOUBLE_GROUPS_MAX;
    text[used++] = sign == 0 ? '+' : '-';
    text[used] = '0';
    for (int i = 0; i < count; i++, used += GROUP_DIGITS) {
        unsigned group = (unsigned)schemac__wire_get(from + HEADER_BYTES + 2 * i, 2);

        for (int k = GROUP_DIGITS - 1; k >= 0; k--, group /= 10)
            text[used + (size_t)k] = (char)('0' + group % 10);
    }
    used += count == 0 ? 1 : 0;
    (void)snprintf(text + used, EXPONENT_BYTES, "e%d",
                   count == 0 ? 0 : GROUP_DIGITS * (weight - count + 1));
    *value = strtod(text, NULL);
    return true;
}

/* ---- dates and times ---- */

bool
schemac__wire_put_date(char *to, int32_t days)
{
    int64_t v = days;

    if (days != INT32_MAX && days != INT32_MIN)
        v -= EPOCH_DAYS;
    if (v < INT32_MIN || (v == INT32_MIN && days != INT32_MIN))
        return false;
    schemac__wire_put(to, (uint64_t)v, 4);
    return true;
}

bool
schemac__wire_get_date(const char *from, int32_t *days)
{
    int64_t v = (int32_t)schemac__wire_get(from, 4);

    if (v != INT32_MAX && v != INT32_MIN)
        v += EPOCH_DAYS;
    *days = (int32_t)v;
    return true; /* the latest day that the server has is in 5874897 */
}

bool
schemac__wire_put_timestamp(char *to, int64_t microseconds)
{
    bool is_infinite = microseconds == INT64_MAX || microseconds == INT64_MIN;

    if (!is_infinite && microseconds < INT64_MIN + 1 + EPOCH_MICROSECONDS)
        return false;
    schemac__wire_put(
        to, (uint64_t)(is_infinite ? microseconds : microseconds - EPOCH_MICROSECONDS),
        8);
    return true;
}

bool
schemac__wire_get_timestamp(const char *from, int64_t *microseconds)
{
    int64_t v = (int64_t)schemac__wire_get(from, 8);

    if (v != INT64_MAX && v != INT64_MIN) {
        if (v >= INT64_MAX - EPOCH_MICROSECONDS)
            return false;
        v += EPOCH_MICROSECONDS;
    }
    *microseconds = v;
    return true;
}
