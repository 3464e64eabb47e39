/*
 * Building the tree of a document.
 */
#include <assert.h>

#include "plan/document.h"

static struct doc_block *
add_block(struct document *d, enum doc_kind kind)
{
    struct doc_block *b = ARENA_NEW(d->arena, struct doc_block);

    b->kind = kind;
    VEC_PUSH(d->arena, &d->blocks, b);
    return b;
}

static struct doc_block *
last_block(struct document *d)
{
    assert(d->blocks.count > 0);
    return d->blocks.items[d->blocks.count - 1];
}

static bool
is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

/* On one line: whatever breaks a line or cannot be seen is a blank. */
static struct slice
one_line(struct arena *a, struct slice s)
{
    struct text out;

    text_init(&out, a);
    for (size_t i = 0; i < s.len; i++)
        text_addc(&out, is_control(s.ptr[i]) ? ' ' : s.ptr[i]);
    return text_slice(&out);
}

/* Lines end with '\n' alone; other control characters cannot be shown. */
static struct slice
several_lines(struct arena *a, struct slice s)
{
    struct text out;

    text_init(&out, a);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (c == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
            continue;
        if (is_control(c) && c != '\n' && c != '\t')
            text_addz(&out, "\xef\xbf\xbd");
        else
            text_addc(&out, c);
    }
    return text_slice(&out);
}

void
doc_heading(struct document *d, unsigned level, struct slice text)
{
    struct doc_block *b = add_block(d, DOC_HEADING);

    assert(level >= 1 && level <= DOC_LEVEL_MAX);
    b->level = level;
    b->number = ++d->headings;
    b->text = one_line(d->arena, text);
}

static struct slice format_line(struct arena *a, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

static struct slice
format_line(struct arena *a, const char *format, va_list args)
{
    struct text out;

    text_init(&out, a);
    text_vaddf(&out, format, args);
    return one_line(a, text_slice(&out));
}

void
doc_paragraph(struct document *d, const char *format, ...)
{
    struct doc_block *b = add_block(d, DOC_PARAGRAPH);
    va_list args;

    va_start(args, format);
    b->text = format_line(d->arena, format, args);
    va_end(args);
}

void
doc_sql(struct document *d, struct slice sql)
{
    if (sql.len > 0)
        add_block(d, DOC_CODE)->text = several_lines(d->arena, sql);
}

void
doc_list(struct document *d)
{
    add_block(d, DOC_LIST)->columns = 1;
}

void
doc_checklist(struct document *d)
{
    add_block(d, DOC_CHECKLIST)->columns = 1;
}

void
doc_table(struct document *d, const char *const *head, size_t columns)
{
    add_block(d, DOC_TABLE)->columns = columns;
    for (size_t i = 0; i < columns; i++)
        doc_cell(d, slice_from(head[i]));
}

static void
add_cell(struct document *d, struct slice text, bool is_code)
{
    struct doc_block *b = last_block(d);
    struct doc_cell cell = { .text = text, .is_code = is_code && text.len > 0 };

    assert(b->columns > 0);
    VEC_PUSH(d->arena, &b->cells, cell);
}

void
doc_cell(struct document *d, struct slice text)
{
    add_cell(d, one_line(d->arena, text), false);
}

void
doc_cellf(struct document *d, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_cell(d, format_line(d->arena, format, args), false);
    va_end(args);
}

void
doc_code(struct document *d, struct slice text)
{
    add_cell(d, one_line(d->arena, text), true);
}

void
doc_number(struct document *d, size_t n)
{
    doc_cellf(d, "%zu", n);
}

void
doc_end(struct document *d, const char *none)
{
    struct doc_block *b = last_block(d);
    size_t head = b->kind == DOC_TABLE ? b->columns : 0;

    assert(b->columns > 0);
    assert(b->cells.count % b->columns == 0);
    if (b->cells.count > head)
        return;
    b->kind = DOC_PARAGRAPH;
    b->text = slice_from(none);
}
