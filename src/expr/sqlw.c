/*
 * The words of SQL: blanks, names, strings.  Trees are printed in print_expr.c and
 * print_query.c.
 */
#include "expr/sqlw.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "expr/print.h"

/*
 * Names that the canonical style quotes, sorted by bytes: the reserved words of
 * PostgreSQL 15 (also those that are reserved except as function or type names), the
 * words of SQLite's grammar that it never reads as names, and AUTO_INCREMENT.
 */
static const char *const reserved_words[] = {
    "add",
    "all",
    "alter",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "auto_increment",
    "autoincrement",
    "between",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "commit",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "delete",
    "desc",
    "distinct",
    "do",
    "drop",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "index",
    "initially",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "set",
    "similar",
    "some",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "transaction",
    "true",
    "union",
    "unique",
    "update",
    "user",
    "using",
    "values",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
};

static int
compare_word(const void *name, const void *word)
{
    return slice_compare(*(const struct slice *)name,
                         slice_from(*(const char *const *)word));
}

static bool
canonical_is_reserved(struct slice name)
{
    return bsearch(&name, reserved_words, ARRAY_LEN(reserved_words),
                   sizeof *reserved_words, compare_word)
           != NULL;
}

static void
canonical_write_type(struct sqlw *w, const struct type *t)
{
    struct text name;

    text_init(&name, w->out->arena);
    type_print(t, &name);
    sqlw_raw(w, text_slice(&name));
}

const struct sql_style sql_style_canonical = {
    .name = "canonical",
    .is_reserved = canonical_is_reserved,
    .write_type = canonical_write_type,
};

void
sqlw_init(struct sqlw *w, const struct sql_style *style, struct text *out)
{
    *w = (struct sqlw){ .out = out, .style = style };
}

/* The blank before a word that follows another. */
static void
begin_word(struct sqlw *w)
{
    if (w->need_blank)
        text_addc(w->out, ' ');
    w->need_blank = true;
}

void
sqlw_kw(struct sqlw *w, const char *words)
{
    begin_word(w);
    text_addz(w->out, words);
}

void
sqlw_upper(struct sqlw *w, struct slice words)
{
    begin_word(w);
    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i];

        text_addc(w->out, (char)(c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c));
    }
}

void
sqlw_raw(struct sqlw *w, struct slice sql)
{
    begin_word(w);
    text_add(w->out, sql);
}

/* Letters that an unquoted name keeps: it is folded to lower case when read. */
static bool
is_plain_name(struct slice name)
{
    if (name.len == 0 || (name.ptr[0] >= '0' && name.ptr[0] <= '9'))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return true;
}

/* The text between two marks, with marks inside it doubled. */
static void
write_marked(struct sqlw *w, char mark, struct slice text)
{
    begin_word(w);
    text_addc(w->out, mark);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == mark)
            text_addc(w->out, mark);
        text_addc(w->out, text.ptr[i]);
    }
    text_addc(w->out, mark);
}

void
sqlw_ident(struct sqlw *w, struct slice name)
{
    if (is_plain_name(name) && !w->style->is_reserved(name))
        sqlw_raw(w, name);
    else
        write_marked(w, '"', name);
}

void
sqlw_qualified(struct sqlw *w, struct slice schema, struct slice name)
{
    if (!slice_is_none(schema)) {
        sqlw_ident(w, schema);
        sqlw_dot(w);
    }
    sqlw_ident(w, name);
}

void
sqlw_idents(struct sqlw *w, const struct slice *names, size_t count)
{
    sqlw_open(w);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_ident(w, names[i]);
    }
    sqlw_close(w);
}

void
sqlw_string(struct sqlw *w, struct slice text)
{
    write_marked(w, '\'', text);
}

void
sqlw_number(struct sqlw *w, int64_t n)
{
    begin_word(w);
    text_addf(w->out, "%lld", (long long)n);
}

void
sqlw_open(struct sqlw *w)
{
    begin_word(w);
    text_addc(w->out, '(');
    w->need_blank = false;
    w->depth++;
}

void
sqlw_close(struct sqlw *w)
{
    text_addc(w->out, ')');
    w->need_blank = true;
    w->depth--;
}

void
sqlw_comma(struct sqlw *w)
{
    text_addc(w->out, ',');
    w->need_blank = true;
}

void
sqlw_dot(struct sqlw *w)
{
    text_addc(w->out, '.');
    w->need_blank = false;
}

void
sqlw_newline(struct sqlw *w)
{
    text_addc(w->out, '\n');
    text_repeat(w->out, ' ', w->indent);
    w->need_blank = false;
}

void
sqlw_type(struct sqlw *w, const struct type *t)
{
    w->style->write_type(w, t);
}

void
print_open_tight(struct sqlw *w)
{
    w->need_blank = false;
    sqlw_open(w);
}

void
sqlw_query(struct sqlw *w, const struct expr *query)
{
    bool before = w->clause_lines;

    w->clause_lines = true;
    w->query_depth = w->depth;
    sqlw_expr(w, query);
    w->clause_lines = before;
}

void
print_line_break(struct sqlw *w, size_t indent)
{
    if (!w->clause_lines || w->depth != w->query_depth)
        return;
    w->indent += indent;
    sqlw_newline(w);
    w->indent -= indent;
}

static char
upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

void
print_upper(struct sqlw *w, struct slice words)
{
    begin_word(w);
    for (size_t i = 0; i < words.len; i++)
        text_addc(w->out, upper(words.ptr[i]));
}

struct slice
expr_text(struct arena *a, const struct expr *e)
{
    struct text out;
    struct sqlw w;

    text_init(&out, a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_expr(&w, e);
    return text_slice(&out);
}

/* ---- dollar quotes ---- */

/* A text that ends as the tag begins would close it one letter early. */
static bool
ends_tag(struct slice text, struct slice tag)
{
    size_t most = tag.len - 1;

    return slice_holds(text, tag)
           || (text.len >= most
               && memcmp(text.ptr + text.len - most, tag.ptr, most) == 0);
}

struct slice
dollar_quoted(struct arena *a, struct slice text, const char *word)
{
    struct slice tag = slice_format(a, "$%s$", word);

    if (*word == '\0' && ends_tag(text, tag)) {
        word = "body";
        tag = SLICE("$body$");
    }
    for (unsigned n = 1; ends_tag(text, tag); n++)
        tag = slice_format(a, "$%s%u$", word, n);
    return slice_format(a, "%.*s%.*s%.*s", SLICE_ARG(tag), SLICE_ARG(text),
                        SLICE_ARG(tag));
}
