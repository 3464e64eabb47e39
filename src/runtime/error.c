/*
 * The record of the last failure.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/driver.h"

#define TAIL_BYTES 2048 /* less than a message: a sample of rows is the longest */
#define CUT "…"         /* where the middle of a message was left out */

const struct schemac_error_info *
schemac_error(const struct schemac_db *db)
{
    /* The only failure without a handle is that there was no memory for one. */
    static const struct schemac_error_info no_handle = {
        SCHEMAC_NO_MEMORY, "there is no memory for a database handle", "", "", "", "", 0
    };

    return db == NULL ? &no_handle : &db->info;
}

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
schemac__copy(char *to, size_t size, const char *from, size_t len)
{
    size_t take = len < size ? len : size - 1;

    while (take < len && take > 0 && is_continuation(from + take))
        take--;
    memmove(to, from, take);
    to[take] = '\0';
}

void
schemac__append(char *to, size_t size, const char *from, size_t len)
{
    size_t used = strlen(to);

    schemac__copy(to + used, size - used, from, len);
}

static void format_into(char *to, size_t size, const char *format, va_list args)
    SCHEMAC__PRINTF(3, 0);

/* vsnprintf, but what does not fit is cut at a character. */
static void
format_into(char *to, size_t size, const char *format, va_list args)
{
    int wanted = vsnprintf(to, size, format, args);
    size_t at = size - 1;

    if (wanted < 0)
        to[0] = '\0';
    if (wanted < 0 || (size_t)wanted < size)
        return;
    while (at > 0 && is_continuation(to + at - 1))
        at--;
    /* At a lead byte now, or behind an ASCII character: keep it if it is whole. */
    if (at > 0 && schemac__utf8_length(to + at - 1, size - at) == 0)
        to[at - 1] = '\0';
}

static void
forget_details(struct schemac__error *e)
{
    e->code[0] = '\0';
    e->table[0] = '\0';
    e->column[0] = '\0';
    e->constraint[0] = '\0';
    e->hazards = 0;
}

void
schemac__error_restore(struct schemac_db *db, const struct schemac__error *story)
{
    db->error = *story;
    db->info.status = story->status;
    db->info.hazards = story->hazards;
}

enum schemac_status
schemac__fail(struct schemac_db *db, enum schemac_status status, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    format_into(db->error.message, sizeof db->error.message, format, args);
    va_end(args);
    forget_details(&db->error);
    db->error.status = status;
    db->info.status = status;
    db->info.hazards = 0;
    return status;
}

enum schemac_status
schemac__no_memory(struct schemac_db *db)
{
    return schemac__fail(db, SCHEMAC_NO_MEMORY, "out of memory");
}

void
schemac__error_before(struct schemac_db *db, const char *format, ...)
{
    char *message = db->error.message;
    char behind[sizeof db->error.message];
    va_list args;

    memcpy(behind, message, sizeof behind);
    va_start(args, format);
    format_into(message, sizeof behind, format, args);
    va_end(args);
    schemac__append(message, sizeof behind, behind, strlen(behind));
}

/* The tail is always whole: it says what state things are in. */
void
schemac__error_after_list(struct schemac_db *db, const char *format, va_list args)
{
    char *message = db->error.message;
    const size_t size = sizeof db->error.message;
    size_t at = strlen(message);
    char tail[TAIL_BYTES];
    size_t tail_bytes;

    format_into(tail, sizeof tail, format, args);
    tail_bytes = strlen(tail);
    if (at + tail_bytes >= size) {
        schemac__copy(message, size - tail_bytes - strlen(CUT), message, at);
        schemac__append(message, size, CUT, strlen(CUT));
        at = strlen(message);
    }
    memcpy(message + at, tail, tail_bytes + 1);
}

void
schemac__error_after(struct schemac_db *db, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    schemac__error_after_list(db, format, args);
    va_end(args);
}
