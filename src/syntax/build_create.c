/*
 * CREATE TABLE, INDEX, VIEW, TYPE … AS ENUM, EXTENSION, SCHEMA.
 */
#include "syntax/build.h"

/* ---- tables ---- */

void
build_table_open(struct reader *rd, uint32_t flags, bool if_not_exists,
                 struct ast_name name)
{
    struct ast_create_table *t = ARENA_NEW(rd->arena, struct ast_create_table);

    t->name = name;
    t->if_not_exists = if_not_exists;
    t->temporary = flags & CREATE_TEMPORARY;
    t->unlogged = flags & CREATE_UNLOGGED;
    rd->table = t;
    rd->stmt->kind = STMT_CREATE_TABLE;
    rd->stmt->u.create_table = t;
}

void
build_add_column(struct reader *rd, struct ast_column *c)
{
    VEC_PUSH(rd->arena, &rd->table->columns, c);
}

void
build_add_constraint(struct reader *rd, struct ast_constraint *c)
{
    VEC_PUSH(rd->arena, &rd->table->constraints, c);
}

struct ast_create_index *
build_inline_key(struct reader *rd, struct span span, struct slice name,
                 struct span name_span, struct slice method, const struct ast_keys *keys)
{
    struct ast_create_index *i = ARENA_NEW(rd->arena, struct ast_create_index);

    i->name = name;
    i->name_span = slice_is_none(name) ? span : name_span;
    i->table = rd->alter != NULL ? rd->alter->name : rd->table->name;
    i->method = method;
    i->keys = *keys;
    return i;
}

void
build_add_key(struct reader *rd, struct ast_create_index *i)
{
    VEC_PUSH(rd->arena, &rd->table->inline_indexes, i);
}

void
build_table_option(struct reader *rd, struct span span, struct slice name,
                   struct slice value)
{
    build_options(rd, &rd->table->options, build_option(span, name, value));
}

void
build_table_options(struct reader *rd, const struct ast_options *options)
{
    VEC_EACH (i, &options->all)
        build_options(rd, &rd->table->options, options->all.items[i]);
}

void
build_table_comment(struct reader *rd, struct slice text)
{
    rd->table->comment = text;
}

/* A lone word behind the columns: STRICT is the only one. */
void
build_table_word(struct reader *rd, struct span span, struct slice word)
{
    static const struct slice known[] = { { "STRICT", 6 }, { "WITHOUT", 7 } };
    struct slice near;
    struct diag *d;

    if (slice_is(word, "strict")) {
        rd->table->strict = true;
        return;
    }
    if (slice_is(word, "engine") || slice_is(word, "charset")) { /* its value follows */
        rd->bare_option = word;
        return;
    }
    if (!slice_is_none(rd->bare_option)) {
        build_table_option(rd, span, rd->bare_option, word);
        rd->bare_option = SLICE_NONE;
        return;
    }
    d = reader_error(rd, D_SYNTAX, span, "a table has no option \"%.*s\"",
                     SLICE_ARG(word));
    near = diag_nearest(word, known, ARRAY_LEN(known));
    if (!slice_is_none(near))
        diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
}

/* WITHOUT ROWID is SQLite's; WITHOUT OIDS is what every table is by now. */
void
build_without(struct reader *rd, struct span span, struct slice word)
{
    if (slice_is(word, "rowid"))
        rd->table->without_rowid = true;
    else if (!slice_is(word, "oids"))
        reader_error(rd, D_SYNTAX, span, "a table is WITHOUT ROWID or WITHOUT OIDS");
}

/* ---- indexes ---- */

void
build_index_open(struct reader *rd, bool unique, bool concurrently, bool if_not_exists,
                 struct ast_name name)
{
    struct ast_create_index *i = ARENA_NEW(rd->arena, struct ast_create_index);

    i->name = name.name;
    i->name_span = name.span;
    i->unique = unique;
    i->concurrently = concurrently;
    i->if_not_exists = if_not_exists;
    rd->index = i;
    rd->stmt->kind = STMT_CREATE_INDEX;
    rd->stmt->u.create_index = i;
}

void
build_index(struct reader *rd, struct relation on, const struct ast_keys *keys)
{
    rd->index->table = on.name;
    rd->index->only = on.flags & EXPR_ONLY;
    rd->index->keys = *keys;
}

/* ---- views ---- */

void
build_view_open(struct reader *rd, struct ast_name name, const struct ast_names *columns)
{
    struct ast_create_view *v = ARENA_NEW(rd->arena, struct ast_create_view);

    v->name = name;
    if (columns != NULL)
        v->columns = *columns;
    rd->view = v;
    rd->stmt->kind = STMT_CREATE_VIEW;
    rd->stmt->u.create_view = v;
}

void
build_view_query(struct reader *rd, const struct expr *query, struct span span)
{
    rd->view->query = query;
    rd->view->query_span = span;
}

void
build_view(struct reader *rd, uint32_t flags, bool if_not_exists,
           struct slice check_option)
{
    struct ast_create_view *v = rd->view;

    v->temporary = flags & CREATE_TEMPORARY;
    v->or_replace = flags & CREATE_OR_REPLACE;
    v->materialized = flags & CREATE_MATERIALIZED;
    v->with_no_data = flags & CREATE_NO_DATA;
    v->if_not_exists = if_not_exists;
    if (!slice_is_none(check_option))
        build_options(rd, &v->options,
                      build_option(SPAN_NONE, SLICE("check_option"), check_option));
}

/*
 * CREATE RECURSIVE VIEW v (a) AS q is CREATE VIEW v (a) AS
 * WITH RECURSIVE v (a) AS (q) SELECT a FROM v.
 */
void
build_recursive_view(struct reader *rd, uint32_t flags, struct span span)
{
    struct ast_create_view *v = rd->view;
    struct exprs *columns = exprs_none(rd);
    struct exprs *targets = exprs_none(rd);
    struct relation self = { { .name = v->name.name, .span = v->name.span }, 0 };
    struct select_parts parts = { 0 };
    const struct expr *cte;

    (void)flags;
    if (v->columns.all.count == 0)
        reader_error(rd, D_SYNTAX, span,
                     "a recursive view needs the names of its columns");
    VEC_EACH (i, &v->columns.all) {
        struct slice name = v->columns.all.items[i].name;
        struct span at = v->columns.all.items[i].span;

        columns = exprs_add(rd, columns, expr_leaf(rd->arena, EXPR_PART, at, name));
        targets = exprs_add(rd, targets,
                            build_target(rd, at, build_name(rd, at, name), SLICE_NONE));
    }
    cte = build_cte(rd, span, v->name.name, columns, 0, v->query, NULL, NULL);
    parts.targets = targets;
    parts.from = exprs_add(
        rd, NULL, build_table(rd, v->name.span, self, (struct alias){ .name = NULL }));
    v->query =
        build_ordered(rd, span, build_recursive(rd, span, exprs_add(rd, NULL, cte)),
                      build_select(rd, span, parts), NULL, (struct limits){ 0 }, NULL);
    v->columns = (struct ast_names){ 0 };
}

/* ---- the rest ---- */

struct label_list *
build_labels(struct reader *rd, struct label_list *to, struct slice label,
             struct span span)
{
    struct ast_enum_value value = { .label = label, .span = span };

    if (to == NULL)
        to = ARENA_NEW(rd->scratch, struct label_list);
    VEC_PUSH(rd->arena, &to->all, value);
    return to;
}

void
build_enum(struct reader *rd, struct ast_name name, const struct label_list *labels)
{
    struct ast_create_enum *e = ARENA_NEW(rd->arena, struct ast_create_enum);

    e->name = name;
    if (labels != NULL) {
        e->values.items = labels->all.items;
        e->values.count = labels->all.count;
        e->values.capacity = labels->all.capacity;
    }
    rd->stmt->kind = STMT_CREATE_ENUM;
    rd->stmt->u.create_enum = e;
}

void
build_extension(struct reader *rd, bool if_not_exists, struct slice name)
{
    struct ast_create_extension *e = ARENA_NEW(rd->arena, struct ast_create_extension);

    e->name = name;
    e->if_not_exists = if_not_exists;
    rd->extension = e;
    rd->stmt->kind = STMT_CREATE_EXTENSION;
    rd->stmt->u.create_extension = e;
}

void
build_schema(struct reader *rd, bool if_not_exists, struct slice name, struct slice owner)
{
    struct ast_create_schema *c = ARENA_NEW(rd->arena, struct ast_create_schema);

    c->name = name;
    c->owner = owner;
    c->if_not_exists = if_not_exists;
    rd->stmt->kind = STMT_CREATE_SCHEMA;
    rd->stmt->u.create_schema = c;
}
