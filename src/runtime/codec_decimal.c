/*
 * Exact decimals as text: an int64_t that counts units of 10^-scale.
 */
#include "runtime/schemac_row.h"

size_t
schemac_decimal_to_text(int64_t value, int scale, char to[SCHEMAC_DECIMAL_TEXT_BYTES])
{
    uint64_t units = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    char reversed[SCHEMAC_DECIMAL_TEXT_BYTES];
    size_t count = 0;
    size_t len = 0;

    to[0] = '\0';
    if (scale < 0 || scale > SCHEMAC_DECIMAL_SCALE_MAX)
        return 0;
    for (int place = 0; place <= scale || units > 0; place++, units /= 10) {
        if (place == scale && scale > 0)
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + units % 10);
    }
    if (value < 0)
        to[len++] = '-';
    while (count > 0)
        to[len++] = reversed[--count];
    to[len] = '\0';
    return len;
}
