#include "base/text.h"

#include <assert.h>
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

void
text_vaddf(struct text *t, const char *format, va_list args)
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
