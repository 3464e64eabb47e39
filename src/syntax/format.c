/*
 * fmt: a declaration file laid out anew, from its tokens.
 *
 * CREATE TABLE gets a line for each column and constraint, types under each other, ALTER
 * TABLE a line for each action; where one is too long it goes on below, from a clause or
 * behind a comma.  Other declarations stand on one line where they fit; one that does not
 * goes on below, unless the writer laid it out on several already.  Comments stay with
 * what they stood beside, single empty lines stay, and words keep their spelling but for
 * the case of keywords (format_words.c).  What holds text of its own (views, triggers,
 * data statements, sections, everything that is kept whole) is copied as it is.
 *
 * Laying out twice changes nothing: each rule looks at tokens, at whether a blank or line
 * end stands between two of them, and at nothing else.
 */
#include "syntax/format.h"
#include "syntax/parse.h"

#include <string.h>

#include "grammar/parser.h"
#include "syntax/token.h"

#define INDENT 4
#define LINE_WIDTH 90
#define UTF8_BYTES_MAX 4
/* A longer name would push the types of its table too far to the right. */
#define NAME_WIDTH_MAX 32

struct layout {
    struct session *s;
    struct tokens tokens;
    size_t token;   /* the next one to write */
    size_t comment; /* the next one to write */
    struct text *out;
    size_t written; /* offset in the source behind what was written last */
    size_t keywords_end; /* the tokens before it are keywords: a phrase, a head */
};

/* Tokens [begin, end). */
struct range {
    size_t begin;
    size_t end;
};

static const struct token *
token_at(const struct layout *l, size_t i)
{
    return &l->tokens.all.items[i];
}

static bool
is_kind(const struct layout *l, size_t i, int kind)
{
    return i < l->tokens.all.count && token_at(l, i)->kind == kind;
}

static bool
is_word(const struct layout *l, size_t i, const char *word)
{
    return i < l->tokens.all.count && token_is_word(&l->tokens, token_at(l, i), word);
}

static bool
is_one_of(const struct layout *l, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (is_word(l, i, words[k]))
            return true;
    return false;
}

static bool
opens(const struct layout *l, size_t i)
{
    return is_kind(l, i, '(') || is_kind(l, i, '[');
}

static bool
closes(const struct layout *l, size_t i)
{
    return is_kind(l, i, ')') || is_kind(l, i, ']');
}

/* The index behind the token that closes the parenthesis at `open`, or `end`. */
static size_t
behind_close(const struct layout *l, size_t open, size_t end)
{
    size_t depth = 0;

    for (size_t i = open; i < end; i++) {
        if (is_kind(l, i, '('))
            depth++;
        if (is_kind(l, i, ')') && --depth == 0)
            return i + 1;
    }
    return end;
}

/* ---- lines ---- */

static size_t
count_newlines(const struct layout *l, size_t begin, size_t end)
{
    size_t n = 0;

    for (size_t i = begin; i < end; i++)
        n += l->tokens.text.ptr[i] == '\n';
    return n;
}

static void
new_line(struct layout *l, size_t indent)
{
    text_addc(l->out, '\n');
    text_repeat(l->out, ' ', indent);
}

/* Begin the line of something that begins at `offset`, keeping one empty line before it.
 */
static void
begin_line(struct layout *l, size_t offset, size_t indent)
{
    if (text_slice(l->out).len == 0)
        return;
    if (count_newlines(l, l->written, offset) > 1)
        text_addc(l->out, '\n');
    new_line(l, indent);
}

static void
write_bytes(struct layout *l, size_t begin, size_t end)
{
    text_add(l->out, slice_sub(l->tokens.text, begin, end));
    l->written = end;
}

/* ---- comments ---- */

static const struct comment *
next_comment(const struct layout *l)
{
    return l->comment < l->tokens.comments.count ? &l->tokens.comments.items[l->comment]
                                                 : NULL;
}

/* Comments on lines of their own that stand before token `before`. */
static void
write_own_comments(struct layout *l, size_t before, size_t indent)
{
    const struct comment *c;

    while ((c = next_comment(l)) != NULL && c->next <= before) {
        begin_line(l, c->begin, indent);
        write_bytes(l, c->begin, c->end);
        l->comment++;
    }
}

/* Comments that stand behind something on its line, before token `before`. */
static void
write_trailing_comments(struct layout *l, size_t before)
{
    const struct comment *c;

    while ((c = next_comment(l)) != NULL && c->next <= before && !c->own_line) {
        text_addc(l->out, ' ');
        write_bytes(l, c->begin, c->end);
        l->comment++;
    }
}

static bool
ends_its_line(const struct layout *l, const struct comment *c)
{
    char first = l->tokens.text.ptr[c->begin]; /* '*' ends what only MySQL reads */

    return first == '-' || first == '#';
}

/* Comments in the middle of something.  True: the line has ended. */
static bool
write_inner_comments(struct layout *l, size_t before, size_t indent)
{
    const struct comment *c;
    bool ended = false;

    while ((c = next_comment(l)) != NULL && c->next <= before) {
        if (ended || c->own_line)
            new_line(l, indent);
        else
            text_addc(l->out, ' ');
        write_bytes(l, c->begin, c->end);
        ended = ends_its_line(l, c) || c->own_line;
        l->comment++;
    }
    return ended;
}

/* ---- words ---- */

static void
write_upper(struct layout *l, struct slice word)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];

        text_addc(l->out, (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c));
    }
}

static void
write_token(struct layout *l, size_t depth, bool is_name)
{
    const struct token *t = token_at(l, l->token);
    struct slice text = token_text(&l->tokens, t);

    if (l->token >= l->keywords_end && !is_name)
        l->keywords_end = l->token + format_phrase_length(&l->tokens, l->token);
    if (l->token < l->keywords_end
        || format_is_keyword(&l->tokens, l->token, depth > 0, is_name))
        write_upper(l, text);
    else
        text_add(l->out, text);
    l->written = t->end;
    l->token++;
}

/* The comma of DECIMAL(10,2) stands close where it was written so. */
static bool
is_tight_comma(const struct layout *l, size_t i)
{
    return i > 1 && is_kind(l, i - 2, T_NUMBER) && is_kind(l, i, T_NUMBER)
           && token_at(l, i - 1)->end == token_at(l, i)->begin;
}

/*
 * A blank where the writer had one and between words ("a"TEXT), but never inside of
 * parentheses, nor before a comma.
 */
static bool
wants_blank(const struct layout *l, size_t i)
{
    const struct token *before = token_at(l, i - 1);
    const struct token *here = token_at(l, i);

    if (before->kind == ',')
        return !is_tight_comma(l, i);
    if (before->kind == '(' || here->kind == ')' || here->kind == ','
        || here->kind == ';')
        return false;
    if (format_is_word(here)
        && (before->kind == ')' || before->kind == T_SCONST
            || format_is_word(before)))
        return true;
    return before->end < here->begin;
}

/* Characters, not bytes. */
static size_t
width_of(struct slice text)
{
    size_t width = 0;

    for (size_t i = 0; i < text.len; i++)
        width += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return width;
}

static size_t
token_width(const struct layout *l, size_t i)
{
    const struct token *t = token_at(l, i);

    return width_of(slice_sub(l->tokens.text, t->begin, t->end));
}

/* How wide the name of a column is padded; 0: not at all. */
static void
pad_name(struct layout *l, size_t line_begin, size_t width)
{
    struct slice out = text_slice(l->out);
    size_t written = width_of(slice_sub(out, line_begin, out.len));

    if (written < width)
        text_repeat(l->out, ' ', width - written);
}

static const char *const clause_words[] = {
    "references", "check", "where", "include", "tablespace", "increment", "owned",
};

/* The ON of CREATE INDEX, behind the index's name. */
static bool
is_on_of_index(const struct layout *l, size_t begin, size_t i)
{
    return is_word(l, i, "on") && is_word(l, begin, "create")
           && (is_word(l, begin + 1, "index") || is_word(l, begin + 2, "index"));
}

/* A clause that may have a line of its own, outside of parentheses. */
static bool
begins_clause(const struct layout *l, size_t begin, size_t i)
{
    if (i >= begin + 2 && is_word(l, i - 2, "constraint"))
        return true; /* what kind it is, behind its name */
    if (is_on_of_index(l, begin, i))
        return true;
    if (is_word(l, i, "using"))
        return !is_word(l, i - 1, "exclude") && !is_word(l, i + 1, "index");
    return (is_word(l, i, "constraint") && !is_word(l, i - 1, "add"))
           || is_one_of(l, i, clause_words, ARRAY_LEN(clause_words));
}

/* The width of the line that is being written, as far as it matters. */
static size_t
line_width(const struct layout *l)
{
    struct slice out = text_slice(l->out);
    size_t begin = out.len;

    while (begin > 0 && out.len - begin <= LINE_WIDTH * UTF8_BYTES_MAX
           && out.ptr[begin - 1] != '\n')
        begin--;
    return width_of(slice_sub(out, begin, out.len));
}

/* Would the line pass the margin with the tokens from `i` to `end`, and what follows? */
static bool
passes_margin(const struct layout *l, size_t i, size_t end, bool to_comma)
{
    size_t width = line_width(l) + !to_comma;

    for (; i < end && width <= LINE_WIDTH; i++) {
        width += token_width(l, i) + wants_blank(l, i);
        if (to_comma && (is_kind(l, i, ',') || is_kind(l, i, ')')))
            break;
    }
    return width > LINE_WIDTH;
}

/* Must a long item go on on another line here?  How deep that begins; 0: no. */
static size_t
wrap(const struct layout *l, struct range item, size_t indent, size_t depth)
{
    size_t i = l->token;

    if (depth == 0)
        return begins_clause(l, item.begin, i) && passes_margin(l, i, item.end, false)
                   ? indent
                   : 0;
    return is_kind(l, i - 1, ',') && passes_margin(l, i, item.end, true) ? indent + INDENT
                                                                         : 0;
}

/*
 * The tokens up to `end`, one blank apart.  `is_column`: the first is the name of a
 * column, padded to `name_width`.  `is_long`: an item that does not fit on a line.
 */
static void
write_tokens_of(struct layout *l, size_t end, size_t indent, bool is_column,
                size_t name_width, bool is_long)
{
    size_t begin = l->token;
    size_t line_begin = text_slice(l->out).len;
    size_t depth = 0;

    while (l->token < end) {
        size_t i = l->token;
        size_t wrapped = is_long && i > begin
                             ? wrap(l, (struct range){ begin, end }, indent, depth)
                             : 0;

        if (i > begin && write_inner_comments(l, i, indent))
            new_line(l, indent);
        else if (wrapped > 0)
            new_line(l, wrapped);
        else if (i > begin && wants_blank(l, i))
            text_addc(l->out, ' ');
        if (closes(l, i) && depth > 0)
            depth--;
        write_token(l, depth, is_column && i == begin);
        if (opens(l, i))
            depth++;
        if (is_column && i == begin)
            pad_name(l, line_begin, name_width);
    }
}

static void
write_tokens(struct layout *l, size_t end, size_t indent, bool is_column,
             size_t name_width)
{
    write_tokens_of(l, end, indent, is_column, name_width, false);
}

/* ---- lists ---- */

static const char *const constraint_words[] = {
    "constraint", "primary", "unique", "check",    "foreign", "exclude",
    "like",       "key",     "index",  "fulltext", "spatial",
};

/* Does a column begin here, rather than a constraint?  A column's name may be such a word
 * too. */
static bool
begins_column(const struct layout *l, size_t i)
{
    if (!is_one_of(l, i, constraint_words, ARRAY_LEN(constraint_words)))
        return true;
    return is_word(l, i, "key") && !is_kind(l, i + 1, '(') && !is_kind(l, i + 2, '(');
}

/* The end of the item that begins at `i`: its comma, or `end`. */
static size_t
item_end(const struct layout *l, size_t i, size_t end)
{
    size_t depth = 0;

    for (; i < end; i++) {
        if (opens(l, i))
            depth++;
        else if (closes(l, i) && depth > 0)
            depth--;
        else if (is_kind(l, i, ',') && depth == 0)
            break;
    }
    return i;
}

static size_t
widest_name(const struct layout *l, struct range items)
{
    size_t widest = 0;

    for (size_t i = items.begin; i < items.end; i = item_end(l, i, items.end) + 1) {
        size_t width = begins_column(l, i) ? token_width(l, i) : 0;

        if (width > widest && width <= NAME_WIDTH_MAX)
            widest = width;
    }
    return widest;
}

/* How wide the item is on one line, up to `end` and with its comma. */
static size_t
item_width(const struct layout *l, size_t end, size_t name_width)
{
    size_t width = INDENT + 1;

    for (size_t i = l->token; i < end; i++)
        width += token_width(l, i) + (i > l->token && wants_blank(l, i));
    if (token_width(l, l->token) < name_width && begins_column(l, l->token))
        width += name_width - token_width(l, l->token);
    return width;
}

/* Items one per line, each with the comments that stand before and behind it. */
static void
write_items(struct layout *l, struct range items, bool columns)
{
    size_t width = columns ? widest_name(l, items) : 0;

    while (l->token < items.end) {
        size_t end = item_end(l, l->token, items.end);
        bool is_column = columns && begins_column(l, l->token);

        write_own_comments(l, l->token, INDENT);
        begin_line(l, token_at(l, l->token)->begin, INDENT);
        write_tokens_of(l, end, 2 * INDENT, is_column, width,
                        item_width(l, end, width) > LINE_WIDTH);
        if (end < items.end) {
            text_addc(l->out, ',');
            l->token++;
        }
        if (columns || end < items.end) /* else the ';' goes before them */
            write_trailing_comments(l, l->token);
    }
}

/* ---- statements ---- */

/* A statement without an inner layout: as it is. */
static void
copy_statement(struct layout *l, struct span span)
{
    write_bytes(l, span.begin, span.end);
    while (token_at(l, l->token)->begin < span.end && !is_kind(l, l->token, 0))
        l->token++;
    while (next_comment(l) != NULL && next_comment(l)->begin < span.end)
        l->comment++;
}

static size_t
end_of_statement(const struct layout *l, struct span span)
{
    size_t i = l->token;

    while (i < l->tokens.all.count && token_at(l, i)->begin < span.end
           && token_at(l, i)->end > token_at(l, i)->begin)
        i++;
    return i;
}

/* Does it fit on one line, and is no comment inside? */
static bool
fits_on_line(const struct layout *l, size_t end)
{
    const struct comment *c = next_comment(l);
    size_t width = 1;

    if (c != NULL && c->next < end)
        return false;
    for (size_t i = l->token; i < end; i++)
        width += token_width(l, i) + (i > l->token && wants_blank(l, i));
    return width <= LINE_WIDTH;
}

/* A long one goes on below if it stood on one line; else its layout is the writer's. */
static void
write_short(struct layout *l, struct span span)
{
    size_t end = end_of_statement(l, span);
    const struct comment *c = next_comment(l);
    bool has_comment = c != NULL && c->next < end;
    bool is_short = fits_on_line(l, end);

    if (is_short || (!has_comment && count_newlines(l, span.begin, span.end) == 0))
        write_tokens_of(l, end, INDENT, false, 0, !is_short);
    else
        copy_statement(l, span);
}

static void
write_create_table(struct layout *l, struct span span)
{
    size_t end = end_of_statement(l, span);
    struct range items = { l->token, end };
    size_t close;

    while (items.begin < end && !is_kind(l, items.begin, '(')
           && !is_word(l, items.begin, "values") && !is_word(l, items.begin, "as"))
        items.begin++;
    if (items.begin == end || !is_kind(l, items.begin, '(')) {
        if (is_word(l, items.begin, "as"))
            copy_statement(l, span);
        else
            write_short(l, span); /* PARTITION OF t FOR VALUES IN (…) */
        return;
    }
    close = behind_close(l, items.begin, end) - 1;
    write_tokens(l, items.begin, INDENT, false, 0);
    text_addz(l->out, " (");
    l->written = token_at(l, l->token)->end;
    l->token++;
    items = (struct range){ l->token, close };
    write_trailing_comments(l, l->token);
    write_items(l, items, true);
    write_own_comments(l, close, INDENT);
    new_line(l, 0);
    write_tokens(l, end, INDENT, false, 0);
}

/* The first token behind ALTER TABLE [IF EXISTS] [ONLY] name. */
static size_t
first_action(const struct layout *l, size_t end)
{
    size_t i = l->token + 2;

    if (is_word(l, i, "if"))
        i += 2;
    if (is_word(l, i, "only"))
        i++;
    for (i++; i + 1 < end && is_kind(l, i, '.'); i += 2)
        ;
    if (is_kind(l, i, '*'))
        i++;
    return i;
}

static void
write_alter_table(struct layout *l, struct span span)
{
    size_t end = end_of_statement(l, span);
    struct range actions = { first_action(l, end), end };

    if (actions.begin >= end
        || (item_end(l, actions.begin, end) == end && fits_on_line(l, end))) {
        write_tokens(l, end, INDENT, false, 0);
        return;
    }
    write_tokens(l, actions.begin, INDENT, false, 0);
    write_trailing_comments(l, l->token);
    write_items(l, actions, false);
}

static void
write_statement(struct layout *l, const struct stmt *stmt)
{
    l->keywords_end = l->token + format_head_length(&l->tokens, l->token);
    switch (stmt->kind) {
    case STMT_CREATE_TABLE:
        if (is_kind(l, l->token, T_CREATE))
            write_create_table(l, stmt->span);
        else
            copy_statement(l, stmt->span); /* SELECT … INTO */
        break;
    case STMT_ALTER_TABLE:
        write_alter_table(l, stmt->span);
        break;
    case STMT_CREATE_INDEX:
    case STMT_CREATE_ENUM:
    case STMT_CREATE_EXTENSION:
    case STMT_CREATE_DOMAIN:
    case STMT_CREATE_COMPOSITE:
    case STMT_CREATE_RANGE:
    case STMT_CREATE_SEQUENCE:
    case STMT_CREATE_STATISTICS:
    case STMT_ALTER_OBJECT:
    case STMT_GRANT:
    case STMT_ALTER_TYPE:
    case STMT_RENAME:
    case STMT_DROP:
    case STMT_COMMENT:
    case STMT_ALTER_ROUTINE:
    case STMT_DROP_ROUTINE:
    case STMT_RENAME_ON:
        write_short(l, stmt->span);
        break;
    case STMT_CREATE_SCHEMA:
        if (stmt->u.create_schema->elements.count > 0)
            copy_statement(l, stmt->span);
        else
            write_short(l, stmt->span);
        break;
    case STMT_CREATE_VIEW:
    case STMT_CREATE_TRIGGER:
    case STMT_CREATE_ROUTINE:
    case STMT_CREATE_RULE:
    case STMT_CREATE_POLICY:
    case STMT_ALTER_POLICY:
    case STMT_CREATE_VIRTUAL:
    case STMT_ROLE:
    case STMT_QUERY:
    case STMT_RAW:
    case STMT_SKIPPED:
        copy_statement(l, stmt->span);
        break;
    }
}

/* Must comments that stand before the ';' stay there?  A lone "-- …" goes behind it. */
static bool
is_pinned(const struct layout *l)
{
    const struct comment *c = next_comment(l);
    const struct comment *after = c + 1;

    if (c == NULL || c->next > l->token)
        return false;
    if (c->own_line || !ends_its_line(l, c))
        return true;
    return l->comment + 1 < l->tokens.comments.count && after->next <= l->token + 1
           && (!after->own_line || after->next <= l->token);
}

/* Up to the mark of a DELIMITER line, comments and all. */
static void
copy_to_delimiter(struct layout *l)
{
    uint32_t end = token_at(l, l->token)->end;

    write_bytes(l, l->written, end);
    l->token++;
    while (next_comment(l) != NULL && next_comment(l)->begin < end)
        l->comment++;
}

static void
write_whole_statement(struct layout *l, const struct stmt *stmt)
{
    write_own_comments(l, l->token, 0);
    begin_line(l, stmt->span.begin, 0);
    write_statement(l, stmt);
    if (is_kind(l, l->token, T_INNER_SEMICOLON) || is_kind(l, l->token, T_DELIMITER)) {
        copy_to_delimiter(l);
    } else if (is_kind(l, l->token, ';')) {
        if (is_pinned(l) && write_inner_comments(l, l->token, INDENT))
            new_line(l, 0);
        text_addc(l->out, ';');
        l->written = token_at(l, l->token)->end;
        l->token++;
    }
    write_trailing_comments(l, l->token);
}

/* From the line of @migrate to the end of that of @end. */
static void
copy_section(struct layout *l, const struct ast_section *section)
{
    struct slice text = l->tokens.text;
    struct span span = section->span;

    while (span.begin > 0 && text.ptr[span.begin - 1] != '\n')
        span.begin--;
    while (span.end < text.len && text.ptr[span.end] != '\n'
           && text.ptr[span.end] != '\r')
        span.end++;
    while (next_comment(l) != NULL && next_comment(l)->end <= span.begin) {
        begin_line(l, next_comment(l)->begin, 0);
        write_bytes(l, next_comment(l)->begin, next_comment(l)->end);
        l->comment++;
    }
    begin_line(l, span.begin, 0);
    copy_statement(l, span);
}

static void
write_everything(struct layout *l, const struct ast *ast)
{
    size_t section = 0;

    for (size_t i = 0; i < ast->statements.count || section < ast->sections.count;) {
        bool is_section = section < ast->sections.count
                          && (i == ast->statements.count
                              || ast->sections.items[section]->span.begin
                                     < ast->statements.items[i]->span.begin);

        if (is_section)
            copy_section(l, ast->sections.items[section++]);
        else
            write_whole_statement(l, ast->statements.items[i++]);
        /* An empty statement is a ';' alone: it says nothing. */
        while (is_kind(l, l->token, ';'))
            l->token++;
    }
    write_own_comments(l, SIZE_MAX, 0);
    if (text_slice(l->out).len > 0)
        text_addc(l->out, '\n');
}

bool
format_source(struct session *s, uint32_t source, struct slice *out)
{
    const struct source *text = source_get(&s->sources, source);
    struct span all = { source, 0, (uint32_t)text->text.len };
    struct layout l = { .s = s };
    struct text t;
    struct ast *ast;

    if (!parse_source(s, source, &ast))
        return false;
    text_init(&t, &s->arena);
    l.out = &t;
    lex_span(s, &s->arena, all, &l.tokens);
    write_everything(&l, ast);
    *out = text_slice(&t);
    return true;
}
