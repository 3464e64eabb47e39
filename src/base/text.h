/*
 * Text that grows, in an arena.  What text_slice returns stays valid until the next
 * addition.
 */
#ifndef SCHEMAC_BASE_TEXT_H
#define SCHEMAC_BASE_TEXT_H

#include <stdarg.h>

#include "base/slice.h"

#if defined(__GNUC__)
#define PRINTF_LIKE(at, first) __attribute__((__format__(__printf__, at, first)))
#else
#define PRINTF_LIKE(at, first)
#endif

struct text {
    struct arena *arena;
    char *ptr; /* NULL while empty; not terminated */
    size_t len;
    size_t capacity;
};

void text_init(struct text *t, struct arena *a);
/* Make room for `more` bytes behind what is there. */
void text_reserve(struct text *t, size_t more);
void text_add(struct text *t, struct slice s);
void text_addz(struct text *t, const char *z);
void text_addc(struct text *t, char c);
void text_addf(struct text *t, const char *format, ...) PRINTF_LIKE(2, 3);
void text_vaddf(struct text *t, const char *format, va_list args) PRINTF_LIKE(2, 0);
/* Between `quote`s, which are doubled inside. */
void text_add_quoted(struct text *t, char quote, struct slice s);
void text_repeat(struct text *t, char c, size_t times);
struct slice text_slice(const struct text *t); /* empty, never none */

/* "%s" and friends into the arena. */
struct slice slice_format(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
struct slice slice_vformat(struct arena *a, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

#endif
