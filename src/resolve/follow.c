/*
 * Texts that follow the rename of their table, as they do in an engine: "CREATE TRIGGER t
 * AFTER INSERT ON old …" says ON new from then on.
 *
 * A word means the table where ON, UPDATE, INTO, FROM, JOIN or TABLE stands before it or
 * a point behind it.  Anywhere else it may be a column, so the text is left as it is and
 * the rename is refused by whoever asked.
 */
#include "resolve/build.h"

#include <string.h>

#include "expr/sqlw.h"

struct retext {
    struct slice text;
    struct slice old;
    struct slice name; /* quoted where needed */
    struct text out;
    struct slice before; /* the word before the one at hand */
    bool is_doubtful;
};

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
           || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static char
closing_quote(char c)
{
    return c == '[' ? ']' : c == '"' || c == '`' || c == '\'' ? c : '\0';
}

/* The end of the word, the quoted piece or the byte at `at`. */
static size_t
piece_end(struct slice text, size_t at)
{
    char close = closing_quote(text.ptr[at]);
    size_t end = at + 1;

    if (close != '\0') {
        while (end < text.len && text.ptr[end] != close)
            end++;
        return end < text.len ? end + 1 : end;
    }
    while (is_word_byte(text.ptr[at]) && end < text.len && is_word_byte(text.ptr[end]))
        end++;
    return end;
}

static bool
is_old_name(const struct retext *r, struct slice piece)
{
    if (piece.ptr[0] == '\'')
        return false;
    if (closing_quote(piece.ptr[0]) != '\0')
        return slice_equal_fold(slice_sub(piece, 1, piece.len - 1), r->old);
    return slice_equal_fold(piece, r->old);
}

static bool
means_table(const struct retext *r, size_t end)
{
    static const char *const words[] = { "on",   "update", "into", "from",
                                         "join", "table",  "only" };

    if (end < r->text.len && r->text.ptr[end] == '.')
        return true;
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (slice_is_fold(r->before, words[i]))
            return true;
    return false;
}

static void
take_piece(struct retext *r, size_t at, size_t end)
{
    struct slice piece = slice_sub(r->text, at, end);

    if (!is_old_name(r, piece)) {
        text_add(&r->out, piece);
    } else {
        r->is_doubtful |= !means_table(r, end);
        text_add(&r->out, r->name);
    }
    /* public.old: what stands before the schema decides, and has been asked. */
    if (piece.ptr[0] != ' ' && piece.ptr[0] != '.'
        && !(end < r->text.len && r->text.ptr[end] == '.'))
        r->before = piece;
}

static struct slice
written_name(struct build *b, struct slice name)
{
    struct text out;
    struct sqlw w;

    text_init(&out, b->a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_ident(&w, name);
    return text_slice(&out);
}

/* The text with the new name; none: there is no telling what it means. */
static struct slice
follow_text(struct build *b, struct slice text, struct slice old, struct slice name)
{
    struct retext r = { .text = text, .old = old, .name = written_name(b, name) };

    text_init(&r.out, b->a);
    for (size_t at = 0; at < text.len;) {
        size_t end = piece_end(text, at);

        take_piece(&r, at, end);
        at = end;
    }
    return r.is_doubtful ? SLICE_NONE : text_slice(&r.out);
}

static void
follow_object(struct build *b, struct object *o, struct slice schema, struct slice name)
{
    struct definition *r = o->u.definition;
    struct slice text = follow_text(b, r->normal, r->table, name);

    if (slice_is_none(text))
        return;
    if (!slice_is_none(r->name))
        map_put(&b->definitions, definition_key(b, r->kind, r->schema, r->name, r->table),
                NULL);
    r->text = text;
    r->normal = text;
    r->table = name;
    r->schema = schema;
    o->schema = schema;
    if (!slice_is_none(r->name))
        map_put(&b->definitions, definition_key(b, r->kind, r->schema, r->name, r->table),
                o);
}

void
script_follow_table(struct build *b, const struct table *t, struct slice schema,
                    struct slice name)
{
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (b->mode == RESOLVE_SCRIPT && !o->dropped && o->role == ROLE_DEFINITION
            && o->u.definition->detail == DETAIL_NONE
            && !slice_is_none(o->u.definition->table)
            && slice_equal(o->u.definition->table, t->name)
            && slice_equal(o->u.definition->schema, t->schema))
            follow_object(b, o, schema, name);
    }
}
