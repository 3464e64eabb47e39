#define _POSIX_C_SOURCE 200809L /* strnlen */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

void
text_init(struct text *t, struct arena *a)
{
    *t = (struct text){ .arena = a };
}

void
text_reserve(struct text *t, size_t more)
{
    size_t capacity = t->capacity == 0 ? 64 : t->capacity * 2;

    if (t->capacity - t->len >= more && t->ptr != NULL)
        return;
    if (capacity - t->len < more)
        capacity = t->len + more;
    t->ptr = arena_extend(t->arena, t->ptr, t->capacity, capacity);
    t->capacity = capacity;
}

void
text_add(struct text *t, struct slice s)
{
    if (s.len == 0)
        return;
    text_reserve(t, s.len);
    memcpy(t->ptr + t->len, s.ptr, s.len);
    t->len += s.len;
}

void
text_addz(struct text *t, const char *z)
{
    text_add(t, slice_from(z));
}

void
text_addc(struct text *t, char c)
{
    text_reserve(t, 1);
    t->ptr[t->len++] = c;
}

void
text_add_quoted(struct text *t, char quote, struct slice s)
{
    text_addc(t, quote);
    for (size_t i = 0; i < s.len; i++)
        text_repeat(t, s.ptr[i], s.ptr[i] == quote ? 2 : 1);
    text_addc(t, quote);
}

void
text_repeat(struct text *t, char c, size_t times)
{
    for (size_t i = 0; i < times; i++)
        text_addc(t, c);
}

/* What a format leaves to vsnprintf, with the arguments that are left. */
static void PRINTF_LIKE(2, 0)
add_by_library(struct text *t, const char *format, va_list args)
{
    va_list again;
    size_t room;
    int len;

    text_reserve(t, 1);
    room = t->capacity - t->len;
    va_copy(again, args);
    len = vsnprintf(t->ptr + t->len, room, format, args);
    assert(len >= 0);
    if ((size_t)len >= room) {
        text_reserve(t, (size_t)len + 1);
        (void)vsnprintf(t->ptr + t->len, (size_t)len + 1, format, again);
    }
    va_end(again);
    t->len += (size_t)len;
}

static void
add_unsigned(struct text *t, uintmax_t n)
{
    char digits[3 * sizeof n];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    text_add(t, (struct slice){ digits + at, sizeof digits - at });
}

static void
add_signed(struct text *t, intmax_t n)
{
    if (n < 0)
        text_addc(t, '-');
    add_unsigned(t, n < 0 ? 0 - (uintmax_t)n : (uintmax_t)n);
}

/* "%.*s": at most `most` bytes of it, where that is negative all, and none behind a NUL.
 * Of none `ptr` may be NULL. */
static void
add_clipped(struct text *t, int most, const char *ptr)
{
    size_t len = 0;

    if (most != 0)
        len = most < 0 ? strlen(ptr) : strnlen(ptr, (size_t)most);
    text_add(t, (struct slice){ ptr, len });
}

/* Not a part of the text, but there, as vsnprintf has it. */
static void
end_text(struct text *t)
{
    text_reserve(t, 1);
    t->ptr[t->len] = '\0';
}

/*
 * Emitters write names and words by the million, and vsnprintf takes a thousand
 * instructions for each of them.  So the conversions that they use are written here; from
 * any other one on the library has the rest.
 */
void
text_vaddf(struct text *t, const char *format, va_list args)
{
    for (;; format++) {
        size_t plain = strcspn(format, "%");

        text_add(t, (struct slice){ format, plain });
        format += plain;
        if (*format == '\0') {
            end_text(t);
            return;
        }
        switch (format[1]) {
        case 's':
            text_addz(t, va_arg(args, const char *));
            format += 1;
            continue;
        case 'c':
            text_addc(t, (char)va_arg(args, int));
            format += 1;
            continue;
        case 'd':
            add_signed(t, va_arg(args, int));
            format += 1;
            continue;
        case 'u':
            add_unsigned(t, va_arg(args, unsigned));
            format += 1;
            continue;
        case '.':
            if (format[2] == '*' && format[3] == 's') {
                int most = va_arg(args, int);

                add_clipped(t, most, va_arg(args, const char *));
                format += 3;
                continue;
            }
            break;
        case 'z':
            if (format[2] == 'u') {
                add_unsigned(t, va_arg(args, size_t));
                format += 2;
                continue;
            }
            break;
        case 'l':
            if (format[2] == 'd') {
                add_signed(t, va_arg(args, long));
                format += 2;
                continue;
            }
            break;
        }
        add_by_library(t, format, args);
        return;
    }
}

void
text_addf(struct text *t, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    text_vaddf(t, format, args);
    va_end(args);
}

struct slice
text_slice(const struct text *t)
{
    return t->ptr == NULL ? SLICE("") : (struct slice){ t->ptr, t->len };
}

struct slice
slice_vformat(struct arena *a, const char *format, va_list args)
{
    struct text t;

    text_init(&t, a);
    text_vaddf(&t, format, args);
    return text_slice(&t);
}

struct slice
slice_format(struct arena *a, const char *format, ...)
{
    struct slice out;
    va_list args;

    va_start(args, format);
    out = slice_vformat(a, format, args);
    va_end(args);
    return out;
}
