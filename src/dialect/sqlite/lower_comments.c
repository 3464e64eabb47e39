/*
 * Which comments stay: those of tables, columns, views and their columns, indexes,
 * triggers, and constraints that have a name of their own.  Of others there is nothing in
 * SQLite that they would be about.
 *
 * Declarations in SQLite's own terms may say comments in two ways: by COMMENT ON, and as
 * rows of the table that keeps them (comments.c), as a dump of a database does.
 */
#include "dialect/sqlite/comments.h"
#include "dialect/sqlite/lower.h"

/* ---- what is lost ---- */

static void
note_lost(struct session *s, struct span span, struct slice what, const char *why)
{
    diag_add(&s->diags, D_LOWER_FORM, span, "the comment on %.*s is not kept: %s",
             SLICE_ARG(what), why);
}

/* "mood" in quotes, behind its kind. */
static struct slice
title_of(struct session *s, struct slice kind, struct slice name)
{
    return slice_format(&s->arena, "%.*s%s%.*s%s", SLICE_ARG(kind),
                        slice_is_none(name) ? "" : " \"", SLICE_ARG(name),
                        slice_is_none(name) ? "" : "\"");
}

struct slice
lite_constraint_comment(struct session *s, const struct table *t,
                        const struct constraint *k)
{
    struct slice what;

    if (k->comment.len == 0 || !k->name_is_derived)
        return k->comment;
    what = slice_format(&s->arena, "constraint \"%.*s\" of \"%.*s\"", SLICE_ARG(k->name),
                        SLICE_ARG(t->name));
    note_lost(s, k->span, what,
              "it has no name in SQLite; write CONSTRAINT and its name where it is "
              "declared");
    return SLICE_NONE;
}

static void
note_definition(struct session *s, const struct definition *d)
{
    bool is_kept = d->detail == DETAIL_TRIGGER || d->detail == DETAIL_VIRTUAL_TABLE;

    if (d->comment.len > 0 && !is_kept)
        note_lost(s, d->span, title_of(s, d->kind, d->name), "SQLite has no such thing");
}

void
lite_note_comments(struct lite_lowering *l)
{
    const struct catalog *c = l->from;

    VEC_EACH (i, &c->enums)
        if (c->enums.items[i]->comment.len > 0)
            note_lost(l->s, c->enums.items[i]->span,
                      title_of(l->s, SLICE("type"), c->enums.items[i]->name),
                      "SQLite has no types of one's own");
    VEC_EACH (i, &c->definitions)
        note_definition(l->s, c->definitions.items[i]);
}

/* ---- columns of views ---- */

static void
note_comment(struct session *s, const struct definition *d)
{
    struct slice on = d->u.object_comment->on;

    note_lost(s, d->span,
              slice_is_none(on) ? title_of(s, SLICE("column"), d->name) : on,
              "it is not in SQLite");
}

bool
lite_lower_comment(struct lite_lowering *l, const struct definition *d)
{
    struct slice view = lite_flat_name(&l->s->arena, d->schema, d->table);
    struct definition *lowered;

    if (d->detail != DETAIL_COMMENT)
        return false;
    if (slice_is_none(d->table)
        || catalog_find_view(l->to, SLICE_NONE, view) == NULL) {
        note_comment(l->s, d);
        return true;
    }
    lowered = arena_copy(&l->s->arena, d, sizeof *d);
    lowered->schema = SLICE_NONE;
    lowered->table = view;
    lowered->only = SLICE_NONE;
    definition_spell(&l->s->arena, lowered, &lite_style);
    VEC_PUSH(&l->s->arena, &l->to->definitions, lowered);
    return true;
}

/* ---- declarations in SQLite's own terms ---- */

struct own_comments {
    struct session *s;
    const struct catalog *from;
    struct catalog *to;
    struct map indexes; /* name → struct index * of `to` */
};

static bool
is_lost(const struct catalog *c, const struct definition *d)
{
    return d->detail == DETAIL_COMMENT
           && (slice_is_none(d->table)
               || catalog_find_view(c, SLICE_NONE, d->table) == NULL);
}

static bool
is_table_of_comments(const struct table *t)
{
    return slice_is_fold(t->name, LITE_COMMENTS);
}

static bool
has_lost_constraint(const struct table *t)
{
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->comment.len > 0
            && t->constraints.items[i]->name_is_derived)
            return true;
    return false;
}

/* Most declarations are taken as they are. */
static bool
is_as_it_is(const struct catalog *c)
{
    VEC_EACH (i, &c->tables)
        if (is_table_of_comments(c->tables.items[i])
            || has_lost_constraint(c->tables.items[i]))
            return false;
    VEC_EACH (i, &c->definitions)
        if (is_lost(c, c->definitions.items[i]))
            return false;
    return true;
}

static void
take_table(struct own_comments *o, const struct table *from)
{
    struct table *t;

    if (is_table_of_comments(from))
        return;
    t = table_copy(&o->s->arena, from);
    VEC_EACH (i, &t->constraints)
        t->constraints.items[i]->comment =
            lite_constraint_comment(o->s, t, t->constraints.items[i]);
    catalog_add_table(o->to, &o->s->arena, t);
}

static void
take_index(struct own_comments *o, const struct index *from)
{
    struct index *x;

    if (is_table_of_comments(from->table))
        return;
    x = arena_copy(&o->s->arena, from, sizeof *from);
    x->table = catalog_find_table(o->to, from->table->schema, from->table->name);
    VEC_PUSH(&o->s->arena, &o->to->indexes, x);
    map_put(&o->indexes, x->name, x);
}

static void
take_definition(struct own_comments *o, const struct definition *from)
{
    if (is_lost(o->from, from))
        note_comment(o->s, from);
    else
        VEC_PUSH(&o->s->arena, &o->to->definitions,
                 arena_copy(&o->s->arena, from, sizeof *from));
}

static void
take_rows(struct own_comments *o, const struct initial_rows *from)
{
    struct initial_rows *rows;

    if (is_table_of_comments(from->table))
        return;
    rows = arena_copy(&o->s->arena, from, sizeof *from);
    rows->table = catalog_find_table(o->to, from->table->schema, from->table->name);
    VEC_PUSH(&o->s->arena, &o->to->initial_rows, rows);
}

static void
copy_catalog(struct own_comments *o)
{
    struct arena *a = &o->s->arena;
    const struct catalog *from = o->from;
    struct catalog *to = arena_copy(a, from, sizeof *from);

    o->to = to;
    catalog_empty_tables(to, a);
    to->indexes.items = NULL;
    to->indexes.count = to->indexes.capacity = 0;
    catalog_empty_views(to, a);
    to->definitions.items = NULL;
    to->definitions.count = to->definitions.capacity = 0;
    to->initial_rows.items = NULL;
    to->initial_rows.count = to->initial_rows.capacity = 0;
    map_init(&o->indexes, a);
    VEC_EACH (i, &from->tables)
        take_table(o, from->tables.items[i]);
    VEC_EACH (i, &from->indexes)
        take_index(o, from->indexes.items[i]);
    VEC_EACH (i, &from->views)
        catalog_add_view(to, a,
                         arena_copy(a, from->views.items[i],
                                    sizeof *from->views.items[i]));
    VEC_EACH (i, &from->definitions)
        take_definition(o, from->definitions.items[i]);
    VEC_EACH (i, &from->initial_rows)
        take_rows(o, from->initial_rows.items[i]);
}

/* ---- rows that are comments ---- */

struct said {
    struct slice object, name, part, comment;
};

static void
comment_on_view_column(struct own_comments *o, const struct said *said)
{
    struct definition *d = ARENA_NEW(&o->s->arena, struct definition);
    struct object_comment *c = ARENA_NEW(&o->s->arena, struct object_comment);

    c->text = said->comment;
    d->kind = SLICE("comment");
    d->name = said->part;
    d->table = said->name;
    d->detail = DETAIL_COMMENT;
    d->u.object_comment = c;
    definition_spell(&o->s->arena, d, &lite_style);
    VEC_PUSH(&o->s->arena, &o->to->definitions, d);
}

static void
comment_on_column(struct own_comments *o, const struct said *said)
{
    const struct table *t = catalog_find_table(o->to, SLICE_NONE, said->name);
    struct column *c = t == NULL ? NULL : table_find_column(t, said->part);

    if (c != NULL)
        c->comment = said->comment;
    else if (catalog_find_view(o->to, SLICE_NONE, said->name) != NULL)
        comment_on_view_column(o, said);
}

static void
comment_on_definition(struct own_comments *o, const struct said *said,
                      enum definition_detail detail)
{
    VEC_EACH (i, &o->to->definitions) {
        struct definition *d = o->to->definitions.items[i];

        if (d->detail == detail && slice_equal(d->name, said->name))
            d->comment = said->comment;
    }
}

static void
comment_on_table(struct own_comments *o, const struct said *said)
{
    struct table *t = catalog_find_table(o->to, SLICE_NONE, said->name);

    if (t != NULL)
        t->comment = said->comment;
    else
        comment_on_definition(o, said, DETAIL_VIRTUAL_TABLE);
}

static void
comment_on_constraint(struct own_comments *o, const struct said *said)
{
    const struct table *t = catalog_find_table(o->to, SLICE_NONE, said->name);
    struct constraint *k = t == NULL ? NULL : table_find_constraint(t, said->part);

    if (k != NULL && !k->name_is_derived)
        k->comment = said->comment;
}

static void
comment_on_index(struct own_comments *o, const struct said *said)
{
    struct index *x = map_get(&o->indexes, said->name);

    if (x != NULL)
        x->comment = said->comment;
}

static void
comment_on_view(struct own_comments *o, const struct said *said)
{
    struct view *v = catalog_find_view(o->to, SLICE_NONE, said->name);

    if (v != NULL)
        v->comment = said->comment;
}

static void
comment_on_trigger(struct own_comments *o, const struct said *said)
{
    comment_on_definition(o, said, DETAIL_TRIGGER);
}

static const struct {
    const char *object;
    void (*comment)(struct own_comments *o, const struct said *said);
} commenters[] = {
    { "table", comment_on_table },           { "column", comment_on_column },
    { "constraint", comment_on_constraint }, { "index", comment_on_index },
    { "view", comment_on_view },             { "trigger", comment_on_trigger },
};

/* char(10) or char(13) */
static bool
is_line_end(const struct expr *e, char *out)
{
    bool is_line_feed;

    if (e->kind != EXPR_CALL || !slice_is_fold(e->text, "char")
        || e->arg_count != CALL_ARGS + 1)
        return false;
    is_line_feed = slice_is(e->args[CALL_ARGS]->text, "10");
    *out = is_line_feed ? '\n' : '\r';
    return is_line_feed || slice_is(e->args[CALL_ARGS]->text, "13");
}

static struct slice
replaced(struct arena *a, struct slice text, struct slice from, char to)
{
    struct text out;

    text_init(&out, a);
    while (text.len > 0) {
        bool is_here = from.len > 0 && text.len >= from.len
                       && slice_equal(slice_sub(text, 0, from.len), from);

        text_addc(&out, is_here ? to : *text.ptr);
        text = slice_sub(text, is_here ? from.len : 1, text.len);
    }
    return text_slice(&out);
}

/* A string, or what the shell's .dump makes of one with line breaks:
 * replace('a\nb','\n',char(10)).  None: something else. */
static struct slice
string_of(struct arena *a, const struct expr *e)
{
    struct slice text;
    char c;

    if (e == NULL || e->kind == EXPR_STRING)
        return e == NULL ? SLICE_NONE : e->text;
    if (e->kind != EXPR_CALL || !slice_is_fold(e->text, "replace")
        || e->arg_count != CALL_ARGS + 3 || e->args[CALL_ARGS + 1]->kind != EXPR_STRING
        || !is_line_end(e->args[CALL_ARGS + 2], &c))
        return SLICE_NONE;
    text = string_of(a, e->args[CALL_ARGS]);
    return slice_is_none(text) ? text
                               : replaced(a, text, e->args[CALL_ARGS + 1]->text, c);
}

static struct slice
text_of(struct own_comments *o, const struct initial_rows *rows,
        const struct initial_row *row, const char *column)
{
    VEC_EACH (i, &rows->columns.all)
        if (slice_is_fold(rows->columns.all.items[i], column))
            return string_of(&o->s->arena, row->values.items[i]);
    return SLICE_NONE;
}

/* What is about nothing that is there says nothing, as in a database. */
static void
say_rows(struct own_comments *o, const struct initial_rows *rows)
{
    VEC_EACH (i, &rows->rows) {
        const struct initial_row *row = &rows->rows.items[i];
        struct said said = {
            .object = text_of(o, rows, row, "object"),
            .name = text_of(o, rows, row, "name"),
            .part = text_of(o, rows, row, "part"),
            .comment = text_of(o, rows, row, "comment"),
        };

        for (size_t k = 0; k < ARRAY_LEN(commenters); k++)
            if (slice_is(said.object, commenters[k].object))
                commenters[k].comment(o, &said);
    }
}

void
lite_own_comments(struct session *s, const struct catalog *c, struct catalog **out)
{
    struct own_comments o = { .s = s, .from = c };

    if (is_as_it_is(c)) {
        *out = arena_copy(&s->arena, c, sizeof *c);
        return;
    }
    copy_catalog(&o);
    VEC_EACH (i, &c->initial_rows)
        if (is_table_of_comments(c->initial_rows.items[i]->table))
            say_rows(&o, c->initial_rows.items[i]);
    *out = o.to;
}
