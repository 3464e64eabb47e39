/*
 * Failures that are told with a format.  Apart from error.c, because those of rows are
 * told in words alone.
 */
#include <stdio.h>

#include "runtime/driver.h"

static bool
is_continuation(const char *p)
{
    return ((unsigned char)*p & 0xC0) == 0x80;
}

/* Of a character of UTF-8, by its first byte. */
static size_t
character_bytes(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

void
schemac__format(char *to, size_t size, const char *format, va_list args)
{
    int wanted = vsnprintf(to, size, format, args);
    size_t at = size - 1;

    if (wanted < 0)
        to[0] = '\0';
    if (wanted < 0 || (size_t)wanted < size)
        return;
    while (at > 0 && is_continuation(to + at - 1))
        at--;
    /* Behind the first byte of the last character now, of which there may be a part. */
    if (at > 0 && character_bytes((unsigned char)to[at - 1]) > size - at)
        to[at - 1] = '\0';
}

enum schemac_status
schemac__fail(struct schemac_db *db, enum schemac_status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    schemac__format(db->error.message, sizeof db->error.message, format, args);
    va_end(args);
    return schemac__refuse(db, status, db->error.message, "");
}
