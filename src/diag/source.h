/*
 * The texts that a command reads, and places in them.
 *
 * A span names bytes [begin, end) of one source; sources are numbered from 1, and
 * span.source 0 means "nowhere" (a file that cannot be opened, a command line that is
 * wrong).
 */
#ifndef SCHEMAC_DIAG_SOURCE_H
#define SCHEMAC_DIAG_SOURCE_H

#include "base/slice.h"
#include "base/vec.h"

struct span {
    uint32_t source;
    uint32_t begin;
    uint32_t end;
};

#define SPAN_NONE ((struct span){ 0, 0, 0 })

struct source {
    struct slice name; /* as the user wrote it; "<stdin>" */
    struct slice text;
    VEC(uint32_t) lines; /* offset at which each line begins; filled when first asked */
};

struct sources {
    VEC(struct source) all;
};

/* Line and column count from 1; columns count characters (UTF-8), not bytes. */
struct place {
    struct slice file;
    size_t line;
    size_t column;
    struct slice text; /* the line itself, without its end */
    size_t line_begin; /* its offset in the source */
};

uint32_t source_add(struct arena *a, struct sources *all, struct slice name,
                    struct slice text);
const struct source *source_get(const struct sources *all, uint32_t number);
struct slice source_slice(const struct sources *all, struct span span);
struct place source_place(struct arena *a, struct sources *all, struct span span);

static inline bool
span_equal(struct span a, struct span b)
{
    return a.source == b.source && a.begin == b.begin && a.end == b.end;
}

/* From the first to the last byte of both. */
static inline struct span
span_join(struct span a, struct span b)
{
    if (a.source == 0)
        return b;
    if (b.source != a.source)
        return a;
    return (struct span){ a.source, a.begin < b.begin ? a.begin : b.begin,
                          a.end > b.end ? a.end : b.end };
}

#endif
