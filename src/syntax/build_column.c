/*
 * Columns of CREATE TABLE and ADD COLUMN, one attribute at a time.
 */
#include "syntax/build.h"

/* ---- the type, where MySQL's ENUM is a CHECK ---- */

static bool
is_inline_list(const struct type_parts *p, const char *word)
{
    if (p->quoted || !slice_is(p->words, word) || p->args == NULL)
        return false;
    VEC_EACH (i, &p->args->all)
        if (p->args->all.items[i]->kind != EXPR_STRING)
            return false;
    return true;
}

static struct ast_constraint *
push_constraint(struct reader *rd, struct ast_column *c, struct ast_constraint *k)
{
    if (slice_is_none(k->name))
        k->name = rd->next_name;
    rd->next_name = SLICE_NONE;
    VEC_PUSH(rd->arena, &c->constraints, k);
    return k;
}

/* ENUM ('a', 'b') is text with CHECK (column IN ('a', 'b')). */
static void
set_inline_enum(struct reader *rd, struct ast_column *c, const struct type_parts *p)
{
    struct type_parts text = { .words = SLICE("text"), .zone = "" };
    const struct expr *name = expr_leaf(rd->arena, EXPR_NAME, c->name_span, c->name);
    const struct expr *list = exprs_list(rd, c->type_span, p->args);
    struct ast_constraint *k =
        build_check(rd, c->type_span, build_in(rd, c->type_span, 0, name, list));

    c->type = build_type(rd, c->type_span, &text, NULL);
    push_constraint(rd, c, k);
}

/* SET ('a', 'b') is text: which of its values a row has, with commas between them. */
static void
set_inline_set(struct reader *rd, struct ast_column *c)
{
    struct type_parts text = { .words = SLICE("text"), .zone = "" };

    c->type = build_type(rd, c->type_span, &text, NULL);
    diag_add(&rd->s->diags, D_VALUES_UNCHECKED, c->type_span,
             "this SET is text here: its values are not checked");
}

struct ast_column *
build_column(struct reader *rd, struct span span, struct slice name,
             const struct type_parts *type, struct span type_span)
{
    struct ast_column *c = ARENA_NEW(rd->arena, struct ast_column);
    bool is_serial = false;

    c->name = name;
    c->name_span = span;
    c->type_span = type_span;
    c->span = span_join(span, type_span);
    rd->next_name = SLICE_NONE;
    if (type == NULL)
        return c;
    if (is_inline_list(type, "enum")) {
        set_inline_enum(rd, c, type);
        return c;
    }
    if (is_inline_list(type, "set")) {
        set_inline_set(rd, c);
        return c;
    }
    c->type = build_type(rd, type_span, type, &is_serial);
    if (is_serial)
        c->identity = IDENTITY_SERIAL;
    return c;
}

/* ---- attributes ---- */

struct ast_column_rare *
build_column_rare(struct reader *rd, struct ast_column *c)
{
    struct ast_column_rare *rare = ARENA_NEW(rd->arena, struct ast_column_rare);

    *rare = *ast_column_rare(c);
    c->rare = rare;
    return rare;
}

/* `span` is the column up to and with the attribute. */
static struct ast_column *
grown(struct reader *rd, struct ast_column *c, struct span span)
{
    rd->next_name = SLICE_NONE;
    c->span = span;
    return c;
}

/* A mistake of which each engine would say the same: a second DEFAULT and its kin. */
static void
refuse_second(struct reader *rd, const struct ast_column *c, struct span span,
              bool second, const char *what)
{
    struct span at = { span.source, c->span.end, span.end };

    if (second)
        reader_error(rd, D_SYNTAX, at, "the column \"%.*s\" has a second %s",
                     SLICE_ARG(c->name), what);
}

struct ast_column *
build_name_next(struct reader *rd, struct span span, struct ast_column *c,
                struct slice name)
{
    rd->next_name = name;
    c->span = span;
    return c;
}

struct ast_column *
build_not_null(struct reader *rd, struct span span, struct ast_column *c,
               struct slice on_conflict)
{
    c->not_null = true;
    if (!slice_is_none(rd->next_name) || !slice_is_none(on_conflict)) {
        struct ast_column_rare *rare = build_column_rare(rd, c);

        rare->not_null_name = rd->next_name;
        rare->not_null_on_conflict = on_conflict;
    }
    return grown(rd, c, span);
}

struct ast_column *
build_null(struct reader *rd, struct span span, struct ast_column *c)
{
    c->null_written = true;
    return grown(rd, c, span);
}

struct ast_column *
build_default(struct reader *rd, struct span span, struct ast_column *c,
              const struct expr *e)
{
    refuse_second(rd, c, span, c->default_value != NULL, "DEFAULT");
    c->default_value = build_checked(rd, e);
    return grown(rd, c, span);
}

struct ast_column *
build_column_key(struct reader *rd, struct span span, struct span key_span,
                 struct ast_column *c, bool descending, struct slice on_conflict)
{
    struct span own = { span.source, key_span.begin, span.end };
    struct ast_constraint *k = build_constraint(rd, own, CONSTRAINT_PRIMARY_KEY);

    k->on_conflict = on_conflict;
    push_constraint(rd, c, k);
    if (descending) {
        struct ast_key key = { .column = c->name, .descending = true, .span = own };

        VEC_PUSH(rd->arena, &k->keys.all, key);
    }
    return grown(rd, c, span);
}

struct ast_column *
build_autoincrement(struct reader *rd, struct span span, struct ast_column *c)
{
    c->identity = IDENTITY_BY_DEFAULT;
    c->autoincrement_written = true;
    return grown(rd, c, span);
}

struct ast_column *
build_column_unique(struct reader *rd, struct span span, struct span key_span,
                    struct ast_column *c, bool nulls_not_distinct,
                    struct slice on_conflict)
{
    struct span own = { span.source, key_span.begin, span.end };
    struct ast_constraint *k = build_constraint(rd, own, CONSTRAINT_UNIQUE);

    k->nulls_not_distinct = nulls_not_distinct;
    k->on_conflict = on_conflict;
    push_constraint(rd, c, k);
    return grown(rd, c, span);
}

struct ast_column *
build_column_check(struct reader *rd, struct span span, struct span check_span,
                   struct ast_column *c, const struct expr *check,
                   struct slice on_conflict)
{
    struct span own = { span.source, check_span.begin, span.end };
    struct ast_constraint *k = build_check(rd, own, check);

    k->on_conflict = on_conflict;
    push_constraint(rd, c, k);
    return grown(rd, c, span);
}

static struct ast_constraint *
last_constraint(const struct ast_column *c)
{
    return c->constraints.count == 0 ? NULL
                                     : c->constraints.items[c->constraints.count - 1];
}

struct ast_column *
build_no_inherit(struct reader *rd, struct span span, struct ast_column *c)
{
    struct ast_constraint *k = last_constraint(c);

    if (k == NULL || k->kind != CONSTRAINT_CHECK) {
        reader_error(rd, D_SYNTAX, span, "NO INHERIT belongs behind a CHECK");
        return c;
    }
    k->no_inherit = true;
    k->span.end = span.end;
    return grown(rd, c, span);
}

struct ast_column *
build_column_reference(struct reader *rd, struct span span, struct ast_column *c,
                       struct ast_constraint *reference)
{
    push_constraint(rd, c, reference);
    return grown(rd, c, span);
}

struct ast_column *
build_column_deferral(struct reader *rd, struct span span, struct span words_span,
                      struct ast_column *c, enum deferral_words words)
{
    struct ast_constraint *k = last_constraint(c);

    if (k == NULL) {
        reader_error(rd, D_SYNTAX, words_span,
                     "there is no constraint here that could be deferred");
        return c;
    }
    build_defer(k, words);
    k->span.end = span.end;
    return grown(rd, c, span);
}

/* WITH (…): of the index behind the key before them. */
struct ast_column *
build_column_options(struct reader *rd, struct span span, struct span words_span,
                     struct ast_column *c, const struct ast_options *options)
{
    struct ast_constraint *k = last_constraint(c);

    if (k == NULL
        || (k->kind != CONSTRAINT_PRIMARY_KEY && k->kind != CONSTRAINT_UNIQUE)) {
        reader_error(rd, D_SYNTAX, words_span,
                     "there is no PRIMARY KEY or UNIQUE here that this could belong to");
        return c;
    }
    VEC_EACH (i, &options->all)
        build_options(rd, &k->options, options->all.items[i]);
    k->span.end = span.end;
    return grown(rd, c, span);
}

/* USING INDEX TABLESPACE: as above. */
struct ast_column *
build_column_tablespace(struct reader *rd, struct span span, struct span words_span,
                        struct ast_column *c, struct slice name)
{
    static const struct ast_options none;

    c = build_column_options(rd, span, words_span, c, &none);
    if (c->constraints.count > 0)
        last_constraint(c)->tablespace = name;
    return c;
}

/* A collation is known by its name alone, so that one of a schema of its own has none. */
struct slice
build_collation_name(struct reader *rd, struct ast_name name)
{
    if (!slice_is_none(name.schema) && !slice_is(name.schema, "pg_catalog")
        && !slice_is(name.schema, "public"))
        reader_error(rd, D_NOT_MODELLED, name.span,
                     "a collation of schema \"%.*s\" is not supported: only those of the "
                     "server and of the default schema are",
                     SLICE_ARG(name.schema));
    return name.name;
}

struct ast_column *
build_collation(struct reader *rd, struct span span, struct ast_column *c,
                struct slice collation)
{
    build_column_rare(rd, c)->collation = collation;
    return grown(rd, c, span);
}

struct ast_column *
build_storage(struct reader *rd, struct span span, struct ast_column *c,
              struct slice storage)
{
    build_column_rare(rd, c)->storage = storage;
    c->span = span;
    return c;
}

struct ast_column *
build_compression(struct reader *rd, struct span span, struct ast_column *c,
                  struct slice method)
{
    build_column_rare(rd, c)->compression = method;
    c->span = span;
    return c;
}

struct ast_column *
build_column_comment(struct reader *rd, struct span span, struct ast_column *c,
                     struct slice text)
{
    build_column_rare(rd, c)->comment = text;
    return grown(rd, c, span);
}

struct ast_column *
build_touch(struct reader *rd, struct span span, struct ast_column *c)
{
    c->touch = true;
    return grown(rd, c, span);
}

struct ast_column *
build_generated(struct reader *rd, struct span span, struct ast_column *c,
                const struct expr *e, bool stored)
{
    refuse_second(rd, c, span, c->generated != NULL, "expression that generates it");
    c->generated = e;
    c->generated_stored = stored;
    return grown(rd, c, span);
}

struct ast_column *
build_identity(struct reader *rd, struct span span, struct ast_column *c,
               enum identity_kind identity, const struct ast_options *options)
{
    refuse_second(rd, c, span, c->identity != IDENTITY_NONE, "identity");
    c->identity = identity;
    if (options != NULL)
        build_column_rare(rd, c)->identity_options = *options;
    return grown(rd, c, span);
}
