/*
 * Columns: from their declaration to struct column, and in and out of their table.
 * What is written on a column but belongs to the table is lifted by table.c.
 */
#include "resolve/definitions.h"

#include <string.h>

/* "default" and SQLite's BINARY are what a column has without a COLLATE; SQLite itself
 * keeps the word, and where it is said for SQLite alone, another engine gets the order of
 * bytes, too. */
static struct slice
collation_plain(const struct build *b, struct slice collation)
{
    if (b->of_sqlite && slice_is_fold(collation, "binary"))
        return SLICE("C");
    if (slice_is(collation, "default")
        || (slice_is_fold(collation, "binary") && !b->terms->quoted_may_be_text))
        return SLICE_NONE;
    return collation;
}

/* Name and type: enough to recognise the column, short enough for a caret line. */
static struct span
column_span(const struct ast_column *ast)
{
    if (ast->type == NULL || ast->type_span.source == 0)
        return ast->name_span;
    return span_join(ast->name_span, ast->type_span);
}

/* "VARCHAR (10)" → "varchar": folded, one blank apart, without what is in parentheses. */
static struct slice
written_type_words(struct build *b, struct slice text)
{
    struct text words;
    bool blank = false;

    text_init(&words, b->a);
    for (size_t i = 0; i < text.len && text.ptr[i] != '('; i++) {
        bool is_blank = text.ptr[i] <= ' ';

        if (!is_blank && blank && words.len > 0)
            text_addc(&words, ' ');
        if (!is_blank && strchr("\"`[]", text.ptr[i]) == NULL)
            text_addc(&words, text.ptr[i]);
        blank = is_blank;
    }
    return slice_lower(b->a, text_slice(&words));
}

/* The numbers in the parentheses of a type. */
static void
take_written_arguments(struct type *t, struct slice text)
{
    size_t at = 0;

    while (at < text.len && text.ptr[at] != '(')
        at++;
    for (t->arg_count = 0; at < text.len && t->arg_count < TYPE_ARGS_MAX; at++) {
        int32_t n = 0;

        if (text.ptr[at] < '0' || text.ptr[at] > '9')
            continue;
        for (; at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9'; at++)
            n = n > INT32_MAX / 10 - 1 ? INT32_MAX / 10 : n * 10 + (text.ptr[at] - '0');
        t->args[t->arg_count++] = n;
    }
}

/* text(255): SQLite takes arguments of every type. */
static bool
drops_arguments(const struct type *t, struct slice text)
{
    return t->kind != TYPE_NAMED && type_args_max(t->kind) == 0 && t->dimensions == 0
           && memchr(text.ptr, '(', text.len) != NULL;
}

/* In an engine's own terms a type that its dialect would write in other words is just a
 * name. */
static void
keep_spelling(struct build *b, struct type *t, struct span span)
{
    struct slice text = source_slice(&b->s->sources, span);
    struct slice words;

    if (b->terms->type_words == NULL || span.source == 0)
        return;
    words = written_type_words(b, text);
    for (const char *const *known = b->terms->type_words; *known != NULL; known++)
        if (slice_is(words, *known) && !drops_arguments(t, text))
            return;
    *t = (struct type){ .kind = TYPE_NAMED, .name = words };
    take_written_arguments(t, text);
}

/* "BIGINT(20) UNSIGNED": its upper half has no place in PostgreSQL or SQLite. */
static bool
is_eight_bytes_unsigned(struct slice text)
{
    bool eight_bytes = slice_starts(text, "bigint") || slice_starts(text, "int8");

    return slice_starts(text, "unsigned")
           || (eight_bytes
               && (slice_ends(text, "unsigned") || slice_ends(text, "zerofill")));
}

/* A key that counts never comes so far. */
static void
tell_unsigned(struct build *b, const struct ast_column *ast)
{
    struct slice text = source_slice(&b->s->sources, ast->type_span);

    if (ast->type->kind != TYPE_INT8 || ast->autoincrement_written
        || b->terms->type_words != NULL || b->of_sqlite || ast->type_span.source == 0
        || !is_eight_bytes_unsigned(slice_lower(b->a, text)))
        return;
    diag_add(&b->s->diags, D_LOWER_NOTE, ast->type_span,
             "\"%.*s\" is bigint: numbers from 9223372036854775808 on are refused",
             SLICE_ARG(ast->name));
}

static void
column_take_type(struct build *b, struct column *c, const struct ast_column *ast)
{
    if (ast->type == NULL)
        return;
    c->has_type = true;
    c->type = *ast->type;
    c->type.schema = schema_plain(c->type.schema);
    tell_unsigned(b, ast);
    keep_spelling(b, &c->type, ast->type_span);
}

struct column *
column_make(struct build *b, const struct ast_column *ast)
{
    const struct ast_column_rare *rare = ast_column_rare(ast);
    struct column *c = ARENA_NEW(b->a, struct column);

    c->name = ast->name;
    c->span = column_span(ast);
    column_take_type(b, c, ast);
    c->not_null = ast->not_null;
    c->not_null_on_conflict = rare->not_null_on_conflict;
    c->default_value = ast->default_value;
    c->generated = ast->generated;
    c->generated_stored = ast->generated_stored;
    c->identity = ast->identity;
    if (rare->identity_options.all.count > 0)
        column_number(b, c, &rare->identity_options, true);
    c->collation = collation_plain(b, rare->collation);
    c->storage = rare->storage;
    c->compression = rare->compression;
    c->not_null_name = rare->not_null_name;
    c->comment = rare->comment;
    if (!slice_is_none(rare->charset))
        diag_add(&b->s->diags, D_STORAGE_WORD, c->span,
                 "CHARACTER SET %.*s is not kept: text is UTF-8 in every engine here",
                 SLICE_ARG(rare->charset));
    c->touch = ast->touch;
    annotate_column(b, c, &ast->annotations);
    return c;
}

static void
report_null_clash(struct build *b, const struct ast_column *ast)
{
    bool is_key = false;

    VEC_EACH (i, &ast->constraints)
        is_key |= ast->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY;
    if (!ast->null_written || !b->terms->null_says_something
        || !(ast->not_null || (is_key && b->terms->key_is_not_null)))
        return;
    diag_add(&b->s->diags, D_BAD_CONSTRAINT, ast->name_span,
             is_key ? "column \"%.*s\" is a primary key and cannot be NULL"
                    : "column \"%.*s\" is declared both NULL and NOT NULL",
             SLICE_ARG(ast->name));
}

struct column *
column_copy(struct build *b, const struct column *from)
{
    struct column *c = arena_copy(b->a, from, sizeof *from);

    c->was = SLICE_NONE;
    c->from = NULL;
    c->back = NULL;
    return c;
}

void
table_push_column(struct build *b, struct work_table *w, struct work_column column)
{
    VEC_PUSH(b->a, &w->columns, column);
    VEC_PUSH(b->a, &w->table->columns, column.column);
    map_put(&w->table->column_names, column.column->name, column.column);
}

bool
table_add_column(struct build *b, struct work_table *w, const struct ast_column *ast)
{
    const struct column *other = table_find_column(w->table, ast->name);
    struct work_column column = { .ast = ast };
    struct diag *d;

    if (other != NULL) {
        d = diag_add(&b->s->diags, D_DUPLICATE_COLUMN, ast->name_span,
                     "table \"%.*s\" has two columns named \"%.*s\"",
                     SLICE_ARG(w->table->name), SLICE_ARG(ast->name));
        diag_note(&b->s->diags, d, other->span, "the first is here");
        return false;
    }
    report_null_clash(b, ast);
    column.column = column_make(b, ast);
    table_push_column(b, w, column);
    VEC_EACH (i, &ast->constraints)
        table_add_constraint(b, w, ast->constraints.items[i], ast->name);
    return true;
}

void
table_remove_column(struct work_table *w, struct column *c)
{
    size_t kept = 0;

    VEC_EACH (i, &w->columns) {
        if (w->columns.items[i].column == c)
            continue;
        w->columns.items[kept] = w->columns.items[i];
        w->table->columns.items[kept++] = w->table->columns.items[i];
    }
    w->columns.count = kept;
    w->table->columns.count = kept;
    map_put(&w->table->column_names, c->name, NULL);
}

struct work_column *
table_work_column(struct work_table *w, const struct column *c)
{
    VEC_EACH (i, &w->columns)
        if (w->columns.items[i].column == c)
            return &w->columns.items[i];
    return NULL;
}

/* A column of the base remembers its name there; one that gets it back was never renamed.
 */
void
table_rename_column(struct work_table *w, struct column *c, struct slice name)
{
    struct slice base_name = table_work_column(w, c)->base_name;

    map_put(&w->table->column_names, c->name, NULL);
    map_put(&w->table->column_names, name, c);
    c->name = name;
    if (!slice_is_none(base_name))
        c->was = slice_equal(base_name, name) ? SLICE_NONE : base_name;
}

struct column *
find_column(const struct table *t, struct slice name)
{
    struct column *found = table_find_column(t, name);

    VEC_EACH (i, &t->columns) {
        if (found != NULL && slice_equal(found->name, name))
            return found;
        if (!slice_equal_fold(t->columns.items[i]->name, name))
            continue;
        if (found != NULL)
            return NULL; /* two that differ in case: neither is meant for sure */
        found = t->columns.items[i];
    }
    return found;
}

struct column *
table_need_column(struct build *b, struct work_table *w, struct slice name,
                  struct span span, bool if_exists)
{
    struct column *c = find_column(w->table, name);
    struct diag *d;

    if (c != NULL || if_exists || w->doubtful || session_is_unread(b->s, name))
        return c;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, span,
                 "table \"%.*s\" has no column \"%.*s\"", SLICE_ARG(w->table->name),
                 SLICE_ARG(name));
    hint_column(b->s, d, w->table, name);
    return NULL;
}
