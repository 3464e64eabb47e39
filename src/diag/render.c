/*
 * Diagnostics as text for people:
 *
 *     lot.sql:3:18: error[S0303]: there is no table "vehicle"
 *         3 |     REFERENCES vehicle (id)
 *           |                ^~~~~~~
 *     lot.sql:1:14: note: "vehicles" is declared here
 *     hint: did you mean "vehicles"?
 */
#include "diag/diag.h"

#define LINE_SHOWN_MAX 160 /* bytes of a long line that are shown around the place */

static const char *const severity_colors[] = {
    [DIAG_NOTE] = "\033[1;36m",
    [DIAG_WARNING] = "\033[1;35m",
    [DIAG_ERROR] = "\033[1;31m",
};

static void
add_place(struct text *out, const struct place *p)
{
    if (p->line > 0)
        text_addf(out, "%.*s:%zu:%zu: ", SLICE_ARG(p->file), p->line, p->column);
}

static bool
is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The part of a long line that is shown: it begins on a character, near the place. */
static size_t
first_shown(struct slice line, size_t at)
{
    size_t first = line.len > LINE_SHOWN_MAX && at > LINE_SHOWN_MAX / 2
                       ? at - LINE_SHOWN_MAX / 2
                       : 0;

    while (first > 0 && first < line.len && is_continuation(line.ptr[first]))
        first--;
    return first;
}

static size_t
last_shown(struct slice line, size_t first)
{
    size_t last = line.len - first > LINE_SHOWN_MAX ? first + LINE_SHOWN_MAX : line.len;

    while (last < line.len && is_continuation(line.ptr[last]))
        last++;
    return last;
}

/* Control characters would move the caret, or the terminal. */
static void
add_visible(struct text *out, struct slice line)
{
    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.ptr[i];

        text_addc(out, c < ' ' || c == 0x7F ? ' ' : line.ptr[i]);
    }
}

static void
add_carets(struct text *out, struct slice shown, size_t at, size_t length)
{
    for (size_t i = 0; i < at && i < shown.len; i++)
        if (!is_continuation(shown.ptr[i]))
            text_addc(out, ' ');
    text_addc(out, '^');
    for (size_t i = at + 1; i < at + length && i < shown.len; i++)
        if (!is_continuation(shown.ptr[i]))
            text_addc(out, '~');
}

static void
add_line(struct text *out, const struct place *p, struct span span)
{
    size_t at = span.begin - p->line_begin;
    size_t first = first_shown(p->text, at);
    struct slice shown = slice_sub(p->text, first, last_shown(p->text, first));

    text_addf(out, "%6zu | ", p->line);
    add_visible(out, shown);
    text_addz(out, "\n       | ");
    add_carets(out, shown, at - first, span.end > span.begin ? span.end - span.begin : 1);
    text_addc(out, '\n');
}

static void
add_note(struct arena *a, struct sources *sources, const struct diag_note *n,
         struct text *out)
{
    struct place p = source_place(a, sources, n->span);

    add_place(out, &p);
    text_addf(out, "note: %.*s\n", SLICE_ARG(n->message));
    if (p.line > 0)
        add_line(out, &p, n->span);
}

void
diag_render_text(struct arena *a, struct sources *sources, const struct diag *d,
                 bool color, struct text *out)
{
    const struct diag_info *info = diag_info_of(d);
    struct place p = source_place(a, sources, d->span);

    add_place(out, &p);
    text_addf(out, "%s%s[%s]%s: %.*s\n", color ? severity_colors[info->severity] : "",
              diag_severity_name(info->severity), info->code, color ? "\033[0m" : "",
              SLICE_ARG(d->message));
    if (p.line > 0)
        add_line(out, &p, d->span);
    VEC_EACH (i, &d->notes)
        add_note(a, sources, &d->notes.items[i], out);
    if (!slice_is_none(d->hint))
        text_addf(out, "hint: %.*s\n", SLICE_ARG(d->hint));
}
