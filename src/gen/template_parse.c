/*
 * Templates from text to nodes.
 *
 * A line whose first character besides blanks is '%' is a directive and vanishes whole;
 * %{…} is the same within a line and takes nothing away around it.
 */
#include "gen/template_node.h"

#include <assert.h>

struct parser {
    struct session *s;
    struct slice text;
    uint32_t source;
    size_t at;
    size_t depth;
    struct template *made;
    bool ok;
};

/* What ends a block. */
enum ending {
    ENDING_NONE, /* the end of the text */
    ENDING_END,
    ENDING_ELSE,
};

/* One directive: the words between '%' and the end of its line, or between %{ and }. */
struct directive {
    struct slice words;
    struct span span;
};

static struct span
span_at(const struct parser *p, size_t begin, size_t end)
{
    return (struct span){ p->source, (uint32_t)begin, (uint32_t)end };
}

static void
fail(struct parser *p, struct span span, const char *message)
{
    if (p->ok)
        diag_add(&p->s->diags, D_TEMPLATE, span, "%s", message);
    p->ok = false;
}

static struct template_node *
new_node(struct parser *p, enum node_kind kind, struct span span,
         struct template_nodes *into)
{
    struct template_node *node = ARENA_NEW(&p->s->arena, struct template_node);

    node->kind = kind;
    node->span = span;
    VEC_PUSH(&p->s->arena, &into->items, node);
    return node;
}

static void
add_text(struct parser *p, size_t begin, size_t end, struct template_nodes *into)
{
    if (begin < end)
        new_node(p, NODE_TEXT, span_at(p, begin, end), into)->text =
            slice_sub(p->text, begin, end);
}

/* ---- words ---- */

static bool
is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || c == '.';
}

static bool
is_path(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_word(s.ptr[i]))
            return false;
    return s.len > 0 && s.ptr[0] != '.' && s.ptr[s.len - 1] != '.';
}

/* The first word of *rest, which is cut off; empty at the end. */
static struct slice
take_word(struct slice *rest)
{
    size_t end = 0;
    struct slice word;

    *rest = slice_trim(*rest);
    while (end < rest->len && rest->ptr[end] != ' ' && rest->ptr[end] != '\t')
        end++;
    word = slice_sub(*rest, 0, end);
    *rest = slice_trim(slice_sub(*rest, end, rest->len));
    return word;
}

/* ---- ${path|filter} ---- */

static const char *const filter_names[] = {
    [FILTER_UPPER] = "upper",     [FILTER_LOWER] = "lower", [FILTER_C] = "c",
    [FILTER_COMMENT] = "comment", [FILTER_JSON] = "json",
    [FILTER_MARKDOWN] = "markdown",
};

static_assert(ARRAY_LEN(filter_names) == FILTER_COUNT, "name every filter");

static void
add_filter(struct parser *p, struct template_node *node, struct slice name)
{
    size_t found = 0;

    while (found < FILTER_COUNT && !slice_is(name, filter_names[found]))
        found++;
    if (found == FILTER_COUNT)
        fail(p, node->span, 
             "there is no such filter: upper, lower, c, comment, json, markdown");
    else if (node->filter_count == NODE_FILTERS_MAX)
        fail(p, node->span, "more filters than anybody needs");
    else
        node->filters[node->filter_count++] = (enum filter)found;
}

static size_t
find_char(struct slice s, size_t from, char c)
{
    while (from < s.len && s.ptr[from] != c)
        from++;
    return from;
}

static void
parse_value(struct parser *p, struct slice inside, struct span span,
            struct template_nodes *into)
{
    struct template_node *node = new_node(p, NODE_VALUE, span, into);
    size_t bar = find_char(inside, 0, '|');

    node->text = slice_trim(slice_sub(inside, 0, bar));
    if (!is_path(node->text))
        fail(p, span, "a value is ${name} or ${name.field}");
    while (bar < inside.len) {
        size_t next = find_char(inside, bar + 1, '|');

        add_filter(p, node, slice_trim(slice_sub(inside, bar + 1, next)));
        bar = next;
    }
}

/* ---- blocks ---- */

static enum ending parse_block(struct parser *p, struct template_nodes *into,
                               struct directive *last);

/* The body of an if or for, up to its end. */
static void
parse_body(struct parser *p, struct template_node *node)
{
    struct directive last;
    enum ending ending;

    if (p->depth == TEMPLATE_DEPTH_MAX) {
        fail(p, node->span, "blocks are nested too deeply");
        return;
    }
    p->depth++;
    ending = parse_block(p, &node->body, &last);
    if (ending == ENDING_ELSE && node->kind == NODE_IF) {
        ending = parse_block(p, &node->otherwise, &last);
        if (ending == ENDING_ELSE)
            fail(p, last.span, "a second else");
    } else if (ending == ENDING_ELSE) {
        fail(p, last.span, "an else without an if");
    }
    if (ending == ENDING_NONE)
        fail(p, node->span, "the block has no end");
    p->depth--;
}

/* What follows the path: nothing, `is WORD` or `is not WORD`. */
static bool
parse_comparison(struct template_node *node, struct slice rest)
{
    if (rest.len == 0)
        return true;
    if (!slice_is(take_word(&rest), "is"))
        return false;
    node->word = take_word(&rest);
    if (slice_is(node->word, "not") && rest.len > 0) {
        node->negated = !node->negated;
        node->word = take_word(&rest);
    }
    return node->word.len > 0 && rest.len == 0;
}

static void
parse_if(struct parser *p, struct directive d, struct slice rest,
         struct template_nodes *into)
{
    struct template_node *node = new_node(p, NODE_IF, d.span, into);

    node->word = SLICE_NONE;
    node->text = take_word(&rest);
    if (slice_is(node->text, "not")) {
        node->negated = true;
        node->text = take_word(&rest);
    }
    if (!is_path(node->text) || !parse_comparison(node, rest))
        fail(p, d.span,
             "a condition is `if name`, `if not name`, `if name is WORD` or "
             "`if name is not WORD`");
    parse_body(p, node);
}

static void
parse_for(struct parser *p, struct directive d, struct slice rest,
          struct template_nodes *into)
{
    struct template_node *node = new_node(p, NODE_FOR, d.span, into);
    struct slice in;

    node->item = take_word(&rest);
    in = take_word(&rest);
    node->text = take_word(&rest);
    if (!is_path(node->item) || !slice_is(in, "in") || !is_path(node->text)
        || rest.len > 0)
        fail(p, d.span, "a loop is `for name in list`");
    parse_body(p, node);
}

static void
parse_include(struct parser *p, struct directive d, struct slice rest,
              struct template_nodes *into)
{
    struct template_node *node = new_node(p, NODE_INCLUDE, d.span, into);

    node->text = take_word(&rest);
    if (node->text.len == 0 || rest.len > 0)
        fail(p, d.span, "an inclusion is `include NAME.tmpl`");
}

static void parse_text(struct parser *p, struct template_nodes *into);

/* What follows the path: nothing, `if NAME`, or `for NAME in LIST`. */
static bool
parse_file_clause(struct parser *p, struct slice rest)
{
    struct slice word = take_word(&rest);
    struct slice in;

    if (word.len == 0)
        return true;
    p->made->item = take_word(&rest);
    if (slice_is(word, "if")) {
        p->made->condition = p->made->item;
        p->made->item = SLICE_NONE;
        return is_path(p->made->condition) && rest.len == 0;
    }
    in = take_word(&rest);
    p->made->item_list = take_word(&rest);
    return slice_is(word, "for") && slice_is(in, "in") && rest.len == 0
           && is_path(p->made->item) && is_path(p->made->item_list);
}

/* `file PATH …`; PATH may hold values, but no blanks. */
static void
parse_file(struct parser *p, struct directive d, struct slice rest)
{
    struct template_nodes *path = ARENA_NEW(&p->s->arena, struct template_nodes);
    struct slice name = take_word(&rest);
    struct parser inner = *p;

    if (p->made->path != NULL)
        fail(p, d.span, "a template writes one kind of file");
    if (name.len == 0 || !parse_file_clause(p, rest))
        fail(p, d.span,
             "it is `file PATH`, `file PATH if name` or `file PATH for name in list`");
    inner.at = (size_t)(name.ptr - p->text.ptr);
    inner.text = slice_sub(p->text, 0, inner.at + name.len);
    parse_text(&inner, path);
    if (inner.at < inner.text.len)
        fail(&inner, d.span, "a path holds values, no directives");
    p->ok = p->ok && inner.ok;
    p->made->path = path;
    p->made->span = d.span;
}

/* A directive that is no ending. */
static void
parse_directive(struct parser *p, struct directive d, struct template_nodes *into)
{
    struct slice rest = d.words;
    struct slice word = take_word(&rest);

    if (word.len == 0 || word.ptr[0] == '#')
        return;
    if (slice_is(word, "if"))
        parse_if(p, d, rest, into);
    else if (slice_is(word, "for"))
        parse_for(p, d, rest, into);
    else if (slice_is(word, "include"))
        parse_include(p, d, rest, into);
    else if (slice_is(word, "file"))
        parse_file(p, d, rest);
    else
        fail(p, d.span, "there is no such directive: if else for end include file");
}

/* ---- the text between ---- */

static bool
is_at(const struct parser *p, const char *z)
{
    return slice_starts(slice_sub(p->text, p->at, p->text.len), z);
}

static bool
at_line_start(const struct parser *p)
{
    return p->at == 0 || p->text.ptr[p->at - 1] == '\n';
}

/* Where '%' stands if this line is a directive; else false. */
static bool
is_directive_line(const struct parser *p, size_t *percent)
{
    size_t at = p->at;

    while (at < p->text.len && (p->text.ptr[at] == ' ' || p->text.ptr[at] == '\t'))
        at++;
    *percent = at;
    if (at >= p->text.len || p->text.ptr[at] != '%')
        return false;
    return at + 1 >= p->text.len
           || (p->text.ptr[at + 1] != '{' && p->text.ptr[at + 1] != '%');
}

static struct directive
take_line(struct parser *p, size_t percent)
{
    size_t end = find_char(p->text, percent, '\n');
    struct directive d = { slice_trim(slice_sub(p->text, percent + 1, end)),
                           span_at(p, percent, end) };

    p->at = end < p->text.len ? end + 1 : end;
    return d;
}

/* What stands between the braces of ${…} and %{…}; p->at is at the '$' or '%'. */
static struct directive
take_braces(struct parser *p)
{
    size_t begin = p->at;
    size_t end = find_char(p->text, begin, '}');
    struct directive d = { slice_sub(p->text, begin + 2, end),
                           span_at(p, begin, end < p->text.len ? end + 1 : end) };

    if (end == p->text.len)
        fail(p, span_at(p, begin, begin + 2), "the brace is not closed");
    p->at = end < p->text.len ? end + 1 : end;
    return d;
}

static enum ending
ending_of(struct directive d)
{
    struct slice rest = d.words;
    struct slice word = take_word(&rest);

    if (slice_is(word, "end") && rest.len == 0)
        return ENDING_END;
    return slice_is(word, "else") && rest.len == 0 ? ENDING_ELSE : ENDING_NONE;
}

/* $${ and %%{ stand for ${ and %{, %% at the beginning of a line for %. */
static bool
skip_escape(struct parser *p, bool line_start, size_t percent)
{
    size_t mark = line_start ? percent : p->at;

    if (!is_at(p, "$${") && !is_at(p, "%%{")
        && !(line_start && percent + 1 < p->text.len && p->text.ptr[percent] == '%'
             && p->text.ptr[percent + 1] == '%'))
        return false;
    p->at = mark + 1;
    return true;
}

/* Text and values up to the next directive, or the end. */
static void
parse_text(struct parser *p, struct template_nodes *into)
{
    size_t begin = p->at;

    while (p->ok && p->at < p->text.len) {
        bool line_start = at_line_start(p);
        size_t percent = p->at;

        if ((line_start && is_directive_line(p, &percent)) || is_at(p, "%{"))
            break;
        if (skip_escape(p, line_start, percent)) {
            add_text(p, begin, p->at - 1, into);
            begin = p->at;
            p->at += 2; /* what was escaped is text */
        } else if (is_at(p, "${")) {
            struct directive d;

            add_text(p, begin, p->at, into);
            d = take_braces(p);
            parse_value(p, d.words, d.span, into);
            begin = p->at;
        } else {
            p->at++;
        }
    }
    if (p->at > p->text.len)
        p->at = p->text.len;
    add_text(p, begin, p->at, into);
}

static enum ending
parse_block(struct parser *p, struct template_nodes *into, struct directive *last)
{
    for (;;) {
        enum ending ending;
        size_t percent;

        parse_text(p, into);
        if (!p->ok || p->at >= p->text.len)
            return ENDING_NONE;
        *last = at_line_start(p) && is_directive_line(p, &percent) ? take_line(p, percent)
                                                                   : take_braces(p);
        ending = ending_of(*last);
        if (ending != ENDING_NONE)
            return ending;
        if (p->ok)
            parse_directive(p, *last, into);
    }
}

struct template *
template_parse(struct session *s, struct slice file, struct slice name, struct slice text)
{
    struct template *made = ARENA_NEW(&s->arena, struct template);
    struct template_nodes *body = ARENA_NEW(&s->arena, struct template_nodes);
    struct parser p = {
        .s = s,
        .text = text,
        .source = source_add(&s->arena, &s->sources, file, text),
        .made = made,
        .ok = true,
    };
    struct directive last;

    made->name = name;
    made->body = body;
    if (text.len > TEMPLATE_BYTES_MAX)
        fail(&p, SPAN_NONE, "the template is larger than a megabyte");
    if (p.ok && parse_block(&p, body, &last) != ENDING_NONE)
        fail(&p, last.span, "an end or else without its block");
    return p.ok ? made : NULL;
}
