#include "diag/source.h"

#include <assert.h>

uint32_t
source_add(struct arena *a, struct sources *all, struct slice name, struct slice text)
{
    struct source s = { .name = name, .text = text };

    VEC_PUSH(a, &all->all, s);
    return (uint32_t)all->all.count;
}

const struct source *
source_get(const struct sources *all, uint32_t number)
{
    assert(number >= 1);
    assert(number <= all->all.count);
    return &all->all.items[number - 1];
}

struct slice
source_slice(const struct sources *all, struct span span)
{
    if (span.source == 0)
        return SLICE("");
    return slice_sub(source_get(all, span.source)->text, span.begin, span.end);
}

static void
find_lines(struct arena *a, struct source *s)
{
    if (s->lines.count > 0)
        return;
    VEC_PUSH(a, &s->lines, 0);
    for (size_t i = 0; i < s->text.len; i++)
        if (s->text.ptr[i] == '\n')
            VEC_PUSH(a, &s->lines, (uint32_t)(i + 1));
}

/* The index of the line that holds `offset`: the last that begins at or before it. */
static size_t
line_of(const struct source *s, uint32_t offset)
{
    size_t low = 0;
    size_t high = s->lines.count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (s->lines.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t
count_characters(struct slice s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] & 0xC0) != 0x80)
            n++;
    return n;
}

static struct slice
line_text(struct slice text, size_t begin)
{
    size_t end = begin;

    while (end < text.len && text.ptr[end] != '\n')
        end++;
    if (end > begin && text.ptr[end - 1] == '\r')
        end--;
    return slice_sub(text, begin, end);
}

struct place
source_place(struct arena *a, struct sources *all, struct span span)
{
    struct source *s;
    struct place p = { 0 };
    size_t line;

    if (span.source == 0)
        return p;
    s = &all->all.items[span.source - 1];
    find_lines(a, s);
    line = line_of(s, span.begin);
    p.file = s->name;
    p.line = line + 1;
    p.line_begin = s->lines.items[line];
    p.text = line_text(s->text, p.line_begin);
    p.column = 1 + count_characters(slice_sub(s->text, p.line_begin, span.begin));
    return p;
}
