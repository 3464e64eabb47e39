/*
 * A document as one HTML file that needs nothing else: no script, no font, no picture.
 */
#include "plan/document.h"

static const char style[] =
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:70rem;"
    "padding:1rem}\n"
    "h1,h2,h3,h4{line-height:1.2;margin:1.6em 0 .5em}\n"
    "div{overflow-x:auto}table{border-collapse:collapse}\n"
    "th,td{border:1px solid #8886;padding:.25rem .6rem;text-align:left;"
    "vertical-align:top}\n"
    "th{background:#8882}\n"
    "pre{background:#8881;border:1px solid #8884;overflow-x:auto;padding:.6rem}\n"
    "code{font:.9em ui-monospace,monospace}\n"
    "ul.tasks{list-style:none;padding-left:.3rem}\n"
    "nav ul{list-style:none;padding-left:0}nav .deeper{padding-left:1.2rem}\n"
    "@media print{nav{display:none}}\n";

static void
add_escaped(struct slice s, struct text *out)
{
    for (size_t i = 0; i < s.len; i++)
        switch (s.ptr[i]) {
        case '<':
            text_addz(out, "&lt;");
            break;
        case '>':
            text_addz(out, "&gt;");
            break;
        case '&':
            text_addz(out, "&amp;");
            break;
        case '"':
            text_addz(out, "&quot;");
            break;
        case '\'':
            text_addz(out, "&#39;");
            break;
        default: /* a byte of text */
            text_addc(out, s.ptr[i]);
        }
}

static void
add_cell(const struct doc_cell *cell, struct text *out)
{
    text_addz(out, cell->is_code ? "<code>" : "");
    add_escaped(cell->text, out);
    text_addz(out, cell->is_code ? "</code>" : "");
}

static void
write_heading(const struct doc_block *b, struct text *out)
{
    text_addf(out, "<h%u id=\"s%zu\">", b->level, b->number);
    add_escaped(b->text, out);
    text_addf(out, "</h%u>\n", b->level);
}

static void
write_paragraph(const struct doc_block *b, struct text *out)
{
    text_addz(out, "<p>");
    add_escaped(b->text, out);
    text_addz(out, "</p>\n");
}

static void
write_code(const struct doc_block *b, struct text *out)
{
    text_addz(out, "<pre><code>");
    add_escaped(b->text, out);
    text_addz(out, "</code></pre>\n");
}

static void
write_list(const struct doc_block *b, struct text *out)
{
    text_addz(out, "<ul>\n");
    VEC_EACH (i, &b->cells) {
        text_addz(out, "<li>");
        add_cell(&b->cells.items[i], out);
        text_addz(out, "</li>\n");
    }
    text_addz(out, "</ul>\n");
}

static void
write_checklist(const struct doc_block *b, struct text *out)
{
    text_addz(out, "<ul class=\"tasks\">\n");
    VEC_EACH (i, &b->cells) {
        text_addz(out, "<li><label><input type=\"checkbox\"> ");
        add_cell(&b->cells.items[i], out);
        text_addz(out, "</label></li>\n");
    }
    text_addz(out, "</ul>\n");
}

static void
write_row(const struct doc_block *b, size_t first, struct text *out)
{
    const char *tag = first == 0 ? "th" : "td";

    text_addz(out, "<tr>");
    for (size_t i = first; i < first + b->columns; i++) {
        text_addf(out, "<%s>", tag);
        add_cell(&b->cells.items[i], out);
        text_addf(out, "</%s>", tag);
    }
    text_addz(out, "</tr>\n");
}

static void
write_table(const struct doc_block *b, struct text *out)
{
    text_addz(out, "<div><table>\n<thead>\n");
    for (size_t i = 0; i < b->cells.count; i += b->columns) {
        write_row(b, i, out);
        if (i == 0)
            text_addz(out, "</thead>\n<tbody>\n");
    }
    text_addz(out, "</tbody>\n</table></div>\n");
}

/* The headings below the title, two levels of them. */
static void
write_contents(const struct document *d, struct text *out)
{
    text_addz(out, "<nav>\n<ul>\n");
    VEC_EACH (i, &d->blocks) {
        const struct doc_block *b = d->blocks.items[i];

        if (b->kind != DOC_HEADING || b->level < 2 || b->level > 3)
            continue;
        text_addf(out, "<li%s><a href=\"#s%zu\">",
                  b->level > 2 ? " class=\"deeper\"" : "", b->number);
        add_escaped(b->text, out);
        text_addz(out, "</a></li>\n");
    }
    text_addz(out, "</ul>\n</nav>\n<main>\n");
}

static void
begin(const struct document *d, struct text *out)
{
    text_addz(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                   "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                   "content=\"width=device-width, initial-scale=1\">\n<title>");
    if (d->blocks.count > 0)
        add_escaped(d->blocks.items[0]->text, out);
    text_addf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
    write_contents(d, out);
}

static void
end(struct text *out)
{
    text_addz(out, "</main>\n</body>\n</html>\n");
}

const struct doc_writer doc_writer_html = {
    .name = "html",
    .begin = begin,
    .block = { [DOC_HEADING] = write_heading,
               [DOC_PARAGRAPH] = write_paragraph,
               [DOC_CODE] = write_code,
               [DOC_LIST] = write_list,
               [DOC_CHECKLIST] = write_checklist,
               [DOC_TABLE] = write_table },
    .end = end,
};
