/*
 * Nodes and records to text.
 */
#include "gen/template_node.h"

#include <inttypes.h>
#include <string.h>

struct renderer {
    const struct template_set *set;
    const struct record *root;
    struct arena *work; /* for what is written at once */
    struct text *out;
    size_t depth;
};

static bool render_nodes(struct renderer *r, const struct template_nodes *nodes,
                         const struct template_scope *scope);

static bool
fail(const struct renderer *r, struct span span, const char *message, struct slice name)
{
    diag_add(&r->set->session->diags, D_TEMPLATE, span, "%s: %.*s", message,
             SLICE_ARG(name));
    return false;
}

/* ---- names ---- */

static const struct value *
find_first(struct slice name, const struct record *root,
           const struct template_scope *scope)
{
    for (; scope != NULL; scope = scope->outer)
        if (slice_equal(scope->name, name))
            return &scope->value;
    return record_find(root, name);
}

const struct value *
template_lookup(struct session *s, struct slice path, struct span span,
                const struct record *root, const struct template_scope *scope)
{
    const struct value *found = NULL;
    size_t begin = 0;

    while (begin <= path.len) {
        size_t end = begin;
        struct slice name;

        while (end < path.len && path.ptr[end] != '.')
            end++;
        name = slice_sub(path, begin, end);
        if (begin == 0)
            found = find_first(name, root, scope);
        else
            found =
                found->kind == VALUE_RECORD ? record_find(found->u.record, name) : NULL;
        if (found == NULL) {
            diag_add(&s->diags, D_TEMPLATE, span, "there is no value %.*s", (int)end,
                     path.ptr);
            return NULL;
        }
        begin = end + 1;
    }
    return found;
}

static const struct value *
lookup(const struct renderer *r, const struct template_node *node,
       const struct template_scope *scope)
{
    return template_lookup(r->set->session, node->text, node->span, r->root, scope);
}

/* ---- filters ---- */

static void
filter_case(struct slice s, bool upper, struct text *out)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (upper && c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        else if (!upper && c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        text_addc(out, c);
    }
}

/*
 * Plain ASCII, whatever the compiler takes a source file for.  Octal always has three
 * digits, so that a digit behind it is not taken for one of its own; the second of two
 * question marks is escaped, or they could begin a trigraph.
 */
static void
filter_c(struct slice s, struct text *out)
{
    size_t from = 0; /* what is not written yet */

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bool is_quoted = c == '"' || c == '\\'
                         || (c == '?' && i > 0 && s.ptr[i - 1] == '?');

        if (c >= 0x20 && c < 0x7F && !is_quoted)
            continue;
        text_add(out, slice_sub(s, from, i));
        from = i + 1;
        if (c == '\n')
            text_addz(out, "\\n");
        else if (is_quoted)
            text_add(out, (struct slice){ (char[]){ '\\', (char)c }, 2 });
        else
            text_addf(out, "\\%03o", c);
    }
    text_add(out, slice_sub(s, from, s.len));
}

/* Neither the end nor the beginning of a comment; line breaks become blanks. */
static void
filter_comment(struct slice s, struct text *out)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        char before = i > 0 ? s.ptr[i - 1] : ' ';

        if ((c == '/' && before == '*') || (c == '*' && before == '/'))
            text_addc(out, ' ');
        text_addc(out, c == '\n' || c == '\r' || c == '\\' ? ' ' : c);
    }
}

static bool
is_in_word(struct slice s, size_t at)
{
    unsigned char c = at < s.len ? (unsigned char)s.ptr[at] : ' ';

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c >= 0x80 || c == '_';
}

/*
 * Text that is only text, on one line, in a cell of a table too.  An underscore within a
 * word means nothing to CommonMark (section 6.2), and stays as it is.
 */
static void
filter_markdown(struct slice s, struct text *out)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool is_bare = c == '_' && i > 0 && is_in_word(s, i - 1) && is_in_word(s, i + 1);

        if (!is_bare && (c != '\0' && strchr("\\`*_{}[]<>#|~&", c) != NULL))
            text_addc(out, '\\');
        text_addc(out, c == '\n' || c == '\r' ? ' ' : c);
    }
}

static struct slice
apply_filter(const struct renderer *r, enum filter filter, struct slice s)
{
    struct text t;

    text_init(&t, r->work);
    switch (filter) {
    case FILTER_UPPER:
        filter_case(s, true, &t);
        break;
    case FILTER_LOWER:
        filter_case(s, false, &t);
        break;
    case FILTER_C:
        filter_c(s, &t);
        break;
    case FILTER_COMMENT:
        filter_comment(s, &t);
        break;
    case FILTER_JSON:
        text_add_json_string(&t, s);
        break;
    case FILTER_MARKDOWN:
        filter_markdown(s, &t);
        break;
    case FILTER_COUNT:
        break;
    }
    return text_slice(&t);
}

/* ---- nodes ---- */

/* Of what has one; false after reporting a list or record. */
static bool
value_text(const struct renderer *r, const struct template_node *node,
           const struct value *v, struct slice *out)
{
    switch (v->kind) {
    case VALUE_TEXT:
        *out = v->u.text;
        return true;
    case VALUE_NUMBER:
        *out = slice_format(r->work, "%" PRId64, v->u.number);
        return true;
    case VALUE_BOOL:
        *out = v->u.boolean ? SLICE("true") : SLICE("false");
        return true;
    case VALUE_LIST:
    case VALUE_RECORD:
        break;
    }
    return fail(r, node->span, "a list or record has no text", node->text);
}

static bool
render_value(struct renderer *r, const struct template_node *node,
             const struct template_scope *scope)
{
    const struct value *v = lookup(r, node, scope);
    struct arena_mark before = arena_mark(r->work);
    struct slice s = SLICE_NONE;

    if (v == NULL || !value_text(r, node, v, &s))
        return false;
    for (size_t i = 0; i < node->filter_count; i++)
        s = apply_filter(r, node->filters[i], s);
    text_add(r->out, s);
    arena_reset(r->work, before);
    return true;
}

static bool
render_if(struct renderer *r, const struct template_node *node,
          const struct template_scope *scope)
{
    const struct value *v = lookup(r, node, scope);
    struct slice text = SLICE_NONE;
    bool holds;

    if (v == NULL
        || (!slice_is_none(node->word) && !value_text(r, node, v, &text)))
        return false;
    holds = slice_is_none(node->word) ? value_is_true(v) : slice_equal(text, node->word);
    return render_nodes(r, holds != node->negated ? &node->body : &node->otherwise,
                        scope);
}

/* first, last, index (from 0) and number (from 1) of the innermost loop: one record, told
 * anew of each item. */
struct loop {
    struct field fields[4];
    struct field_run run;
    struct record record;
};

static void
note_loop(struct loop *loop, size_t index, size_t count)
{
    const struct field fields[] = {
        { SLICE("first"), { VALUE_BOOL, { .boolean = index == 0 } } },
        { SLICE("last"), { VALUE_BOOL, { .boolean = index + 1 == count } } },
        { SLICE("index"), { VALUE_NUMBER, { .number = (int64_t)index } } },
        { SLICE("number"), { VALUE_NUMBER, { .number = (int64_t)index + 1 } } },
    };

    memcpy(loop->fields, fields, sizeof fields);
    loop->run = (struct field_run){ .items = loop->fields, .count = ARRAY_LEN(fields) };
    loop->record = (struct record){ .first = &loop->run, .last = &loop->run };
}

static bool
render_for(struct renderer *r, const struct template_node *node,
           const struct template_scope *scope)
{
    const struct value *v = lookup(r, node, scope);
    const struct list *list;
    struct loop numbers;

    if (v == NULL)
        return false;
    if (v->kind != VALUE_LIST)
        return fail(r, node->span, "a loop needs a list", node->text);
    list = v->u.list;
    VEC_EACH (i, &list->items) {
        const struct template_scope loop = {
            .outer = scope,
            .name = SLICE("loop"),
            .value = { VALUE_RECORD, { .record = &numbers.record } },
        };
        const struct template_scope item = { .outer = &loop,
                                             .name = node->item,
                                             .value = list->items.items[i] };

        note_loop(&numbers, i, list->items.count);
        if (!render_nodes(r, &node->body, &item))
            return false;
    }
    return true;
}

static bool
render_include(struct renderer *r, const struct template_node *node,
               const struct template_scope *scope)
{
    const struct template *included = map_get(&r->set->by_name, node->text);

    if (included == NULL)
        return fail(r, node->span, "there is no template of this name", node->text);
    /* One that includes itself stops here; blocks are counted while parsing. */
    if (r->depth > 2 * TEMPLATE_DEPTH_MAX)
        return fail(r, node->span, "inclusions are nested too deeply", node->text);
    return render_nodes(r, included->body, scope);
}

static bool
render_node(struct renderer *r, const struct template_node *node,
            const struct template_scope *scope)
{
    switch (node->kind) {
    case NODE_TEXT:
        text_add(r->out, node->text);
        return true;
    case NODE_VALUE:
        return render_value(r, node, scope);
    case NODE_IF:
        return render_if(r, node, scope);
    case NODE_FOR:
        return render_for(r, node, scope);
    case NODE_INCLUDE:
        return render_include(r, node, scope);
    }
    return false;
}

static bool
render_nodes(struct renderer *r, const struct template_nodes *nodes,
             const struct template_scope *scope)
{
    bool ok = true;

    r->depth++;
    for (size_t i = 0; ok && i < nodes->items.count; i++)
        ok = render_node(r, nodes->items.items[i], scope);
    r->depth--;
    return ok;
}

bool
template_render(const struct template_set *set, const struct template_nodes *nodes,
                const struct record *root, const struct template_scope *scope,
                struct text *out)
{
    struct arena *work = &set->session->scratch;
    struct arena_mark before = arena_mark(work);
    struct renderer r = { .set = set, .root = root, .work = work, .out = out };
    bool ok = render_nodes(&r, nodes, scope);

    arena_reset(work, before);
    return ok;
}
