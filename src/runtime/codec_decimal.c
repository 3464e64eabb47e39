/*
 * Exact decimals as text: an int64_t that counts units of 10^-scale.
 */
#include <string.h>

#include "runtime/schemac_row.h"

size_t
schemac_decimal_to_text(int64_t value, int scale, char to[SCHEMAC_DECIMAL_TEXT_BYTES])
{
    uint64_t units = value < 0 ? (uint64_t)0 - (uint64_t)value : (uint64_t)value;
    char text[SCHEMAC_DECIMAL_TEXT_BYTES]; /* its end: the last digit comes first */
    size_t at = sizeof text;

    to[0] = '\0';
    if (scale < 0 || scale > SCHEMAC_DECIMAL_SCALE_MAX)
        return 0;
    text[--at] = '\0';
    for (int place = 0; place <= scale || units > 0; place++, units /= 10) {
        if (place == scale && scale > 0)
            text[--at] = '.';
        text[--at] = (char)('0' + units % 10);
    }
    if (value < 0)
        text[--at] = '-';
    memcpy(to, text + at, sizeof text - at);
    return sizeof text - at - 1;
}
