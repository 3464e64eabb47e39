/*
 * Texts that follow the rename of their table, as they do in an engine: "CREATE TRIGGER t
 * AFTER INSERT ON old …" says ON new from then on.
 *
 * A word means the table where ON, UPDATE, INTO, FROM, JOIN or TABLE stands before it or
 * a point behind it.  Anywhere else it may be a column, so the text is left as it is and
 * the rename is refused by whoever asked.
 */
#include "resolve/build.h"

#include "base/sqltext.h"
#include "expr/sqlw.h"

struct retext {
    struct sqltext text;
    struct slice old;
    struct slice name; /* quoted where needed */
    struct text out;
    struct slice before; /* the word or sign before the piece at hand */
    bool is_doubtful;
};

static bool
is_before_point(const struct retext *r)
{
    return r->text.rest.len > 0 && r->text.rest.ptr[0] == '.';
}

static bool
means_table(const struct retext *r)
{
    static const char *const words[] = { "on",   "update", "into", "from",
                                         "join", "table",  "only" };

    if (is_before_point(r))
        return true;
    return slice_is_one_of_fold(r->before, words, ARRAY_LEN(words));
}

static void
take_piece(struct retext *r, struct sqltext_token piece)
{
    if (!sqltext_is_name(piece, r->old)) {
        text_add(&r->out, piece.text);
    } else {
        r->is_doubtful |= !means_table(r);
        text_add(&r->out, r->name);
    }
    /* public.old: what stands before the schema decides, and has been asked. */
    if (piece.kind != SQLTEXT_BLANK && piece.text.ptr[0] != '.' && !is_before_point(r))
        r->before = piece.text;
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
    struct retext r = { .text = { .rest = text },
                        .old = old,
                        .name = written_name(b, name) };
    struct sqltext_token piece;

    text_init(&r.out, b->a);
    while ((piece = sqltext_next(&r.text)).kind != SQLTEXT_END)
        take_piece(&r, piece);
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
