/*
 * A document as markdown: CommonMark with the tables and task lists of GitHub.
 */
#include "plan/document.h"

static bool
is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (unsigned char)c >= 0x80;
}

/* An underscore within a word (parking_spots) is no emphasis. */
static bool
is_within_word(struct slice s, size_t i)
{
    return i > 0 && i + 1 < s.len && is_alnum(s.ptr[i - 1]) && is_alnum(s.ptr[i + 1]);
}

/* "12." at the beginning would be an item of a list. */
static bool
ends_item_number(struct slice s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (s.ptr[k] < '0' || s.ptr[k] > '9')
            return false;
    return i > 0;
}

static bool
is_mark(char c)
{
    return strchr("\\`*[]~#$", c) != NULL && c != '\0';
}

/* Would it begin a list or a rule, at the beginning of a block? */
static bool
begins_block(struct slice s, size_t i)
{
    char c = s.ptr[i];

    if (c == '.' || c == ')')
        return ends_item_number(s, i);
    return i == 0 && (c == '-' || c == '+' || c == '=');
}

static bool
needs_backslash(struct slice s, size_t i)
{
    return is_mark(s.ptr[i]) || (s.ptr[i] == '_' && !is_within_word(s, i));
}

/* What stands for `c` in text that is markdown and may be in a table; NULL: itself. */
static const char *
entity_of(char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '|':
        return "&#124;";
    default: /* a byte of text */
        return NULL;
    }
}

static void
add_plain(struct slice s, bool begins, struct text *out)
{
    for (size_t i = 0; i < s.len; i++) {
        const char *entity = entity_of(s.ptr[i]);

        if (entity != NULL) {
            text_addz(out, entity);
            continue;
        }
        if (needs_backslash(s, i) || (begins && begins_block(s, i)))
            text_addc(out, '\\');
        text_addc(out, s.ptr[i]);
    }
}

static bool
is_simple_code(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '`' || s.ptr[i] == '|' || s.ptr[i] == '\\')
            return false;
    return s.len > 0 && s.ptr[0] != ' ' && s.ptr[s.len - 1] != ' ';
}

/* Code that backticks cannot hold in a table: a tag, and every sign as an entity, because
 * what stands between tags is markdown still. */
static void
add_tagged_code(struct slice s, struct text *out)
{
    text_addz(out, "<code>");
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (is_alnum(c) || (c == ' ' && i > 0 && i + 1 < s.len))
            text_addc(out, c);
        else
            text_addf(out, "&#%d;", c);
    }
    text_addz(out, "</code>");
}

static void
add_cell(const struct doc_cell *cell, bool begins, struct text *out)
{
    if (!cell->is_code)
        add_plain(cell->text, begins, out);
    else if (is_simple_code(cell->text))
        text_addf(out, "`%.*s`", SLICE_ARG(cell->text));
    else
        add_tagged_code(cell->text, out);
}

static void
write_heading(const struct doc_block *b, struct text *out)
{
    text_repeat(out, '#', b->level);
    text_addc(out, ' ');
    add_plain(b->text, false, out);
    text_addz(out, "\n\n");
}

static void
write_paragraph(const struct doc_block *b, struct text *out)
{
    add_plain(b->text, true, out);
    text_addz(out, "\n\n");
}

/* A fence is longer than any row of backticks within it. */
static size_t
fence_length(struct slice s)
{
    size_t longest = 2;
    size_t run = 0;

    for (size_t i = 0; i < s.len; i++) {
        run = s.ptr[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

static void
write_code(const struct doc_block *b, struct text *out)
{
    size_t fence = fence_length(b->text);

    text_repeat(out, '`', fence);
    text_addz(out, "sql\n");
    text_add(out, b->text);
    if (!slice_ends(b->text, "\n"))
        text_addc(out, '\n');
    text_repeat(out, '`', fence);
    text_addz(out, "\n\n");
}

static void
write_items(const struct doc_block *b, const char *mark, struct text *out)
{
    VEC_EACH (i, &b->cells) {
        text_addz(out, mark);
        add_cell(&b->cells.items[i], true, out);
        text_addc(out, '\n');
    }
    text_addc(out, '\n');
}

static void
write_list(const struct doc_block *b, struct text *out)
{
    write_items(b, "- ", out);
}

static void
write_checklist(const struct doc_block *b, struct text *out)
{
    write_items(b, "- [ ] ", out);
}

static void
write_table(const struct doc_block *b, struct text *out)
{
    VEC_EACH (i, &b->cells) {
        text_addz(out, "| ");
        add_cell(&b->cells.items[i], false, out);
        text_addz(out, (i + 1) % b->columns == 0 ? " |\n" : " ");
        if (i + 1 != b->columns)
            continue;
        for (size_t k = 0; k < b->columns; k++)
            text_addz(out, "| --- ");
        text_addz(out, "|\n");
    }
    text_addc(out, '\n');
}

static void
begin(const struct document *d, struct text *out)
{
    (void)d;
    (void)out;
}

/* The last block ends with a blank line, a file does not. */
static void
end(struct text *out)
{
    if (out->len > 1)
        out->len--;
}

const struct doc_writer doc_writer_markdown = {
    .name = "markdown",
    .begin = begin,
    .block = { [DOC_HEADING] = write_heading,
               [DOC_PARAGRAPH] = write_paragraph,
               [DOC_CODE] = write_code,
               [DOC_LIST] = write_list,
               [DOC_CHECKLIST] = write_checklist,
               [DOC_TABLE] = write_table },
    .end = end,
};
