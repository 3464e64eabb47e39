/*
 * Exact decimals from text: an int64_t that counts units of 10^-scale.
 */
#include "runtime/schemac_row.h"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* *n × 10 + digit, or false where that is more than 2^63. */
static bool
push_digit(uint64_t *n, int digit)
{
    const uint64_t most = (uint64_t)INT64_MAX + 1;

    if (*n > (most - (uint64_t)digit) / 10)
        return false;
    *n = *n * 10 + (uint64_t)digit;
    return true;
}

/* Digits with at most one point → units; `scale` is how many digits may follow it. */
static bool
read_units(const char *at, const char *end, int scale, uint64_t *units)
{
    bool after_point = false;
    bool any = false;

    for (; at < end; at++) {
        if (*at == '.' && !after_point) {
            after_point = true;
            continue;
        }
        if (!is_digit(*at))
            return false;
        any = true;
        if (after_point && scale-- <= 0) {
            if (*at != '0')
                return false;
            scale = 0;
            continue;
        }
        if (!push_digit(units, *at - '0'))
            return false;
    }
    for (; scale > 0; scale--)
        if (!push_digit(units, 0))
            return false;
    return any;
}

bool
schemac_decimal_from_text(struct schemac_text text, int scale, int64_t *to)
{
    const char *at = text.ptr;
    const char *end = text.ptr == NULL ? NULL : text.ptr + text.len;
    bool negative = at < end && *at == '-';
    uint64_t units = 0;

    if (scale < 0 || scale > SCHEMAC_DECIMAL_SCALE_MAX)
        return false;
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (!read_units(at, end, scale, &units))
        return false;
    if (!negative && units > INT64_MAX)
        return false;
    *to = negative && units > 0 ? -(int64_t)(units - 1) - 1 : (int64_t)units;
    return true;
}
