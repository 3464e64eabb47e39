/*
 * Stories around the record of a failure, as migrations and many rows tell them.  Apart
 * from error.c, because single rows need none of it.
 */
#include <string.h>

#include "runtime/driver.h"

#define TAIL_BYTES 2048 /* less than a message: a sample of rows is the longest */
#define CUT "…"         /* where the middle of a message was left out */

static bool
is_continuation(const char *p)
{
    return ((unsigned char)*p & 0xC0) == 0x80;
}

size_t
schemac__utf8_length(const char *p, size_t left)
{
    unsigned char lead = left == 0 ? 0 : (unsigned char)*p;
    size_t length = 0;

    if (left > 0 && lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF)
        length = 3;
    else if (lead >= 0xF0 && lead <= 0xF4)
        length = 4;
    if (length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (!is_continuation(p + i))
            return 0;
    return length;
}

void
schemac__error_before(struct schemac_db *db, const char *format, ...)
{
    char *message = db->error.message;
    char behind[sizeof db->error.message];
    va_list args;

    memcpy(behind, message, sizeof behind);
    va_start(args, format);
    schemac__format(message, sizeof behind, format, args);
    va_end(args);
    schemac__append(message, sizeof behind, behind, strlen(behind));
}

/* The tail is always whole: it says what state things are in. */
void
schemac__error_after(struct schemac_db *db, const char *format, ...)
{
    char *message = db->error.message;
    const size_t size = sizeof db->error.message;
    size_t at = strlen(message);
    char tail[TAIL_BYTES];
    size_t tail_bytes;
    va_list args;

    va_start(args, format);
    schemac__format(tail, sizeof tail, format, args);
    va_end(args);
    tail_bytes = strlen(tail);
    if (at + tail_bytes >= size) {
        schemac__copy(message, size - tail_bytes - strlen(CUT), message, at);
        schemac__append(message, size, CUT, strlen(CUT));
        at = strlen(message);
    }
    memcpy(message + at, tail, tail_bytes + 1);
}
