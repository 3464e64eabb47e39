/*
 * Tables made of tables (PARTITION OF, INHERITS, LIKE, OF), and the actions of ALTER
 * TABLE, INDEX and VIEW that say how a relation is kept.
 */
#include "syntax/build.h"

#include <errno.h>
#include <stdlib.h>

/* ---- CREATE TABLE ---- */

void
build_table_query(struct reader *rd, const struct expr *query, uint32_t flags)
{
    rd->table->query = query;
    rd->table->with_no_data = flags & CREATE_NO_DATA;
}

void
build_partition_of(struct reader *rd, struct ast_name parent,
                   const struct ast_bound *bound)
{
    VEC_PUSH(rd->arena, &rd->table->parents.all, parent);
    rd->table->bound = bound;
}

void
build_inherits(struct reader *rd, struct span span, struct slice word,
               const struct ast_names *parents)
{
    if (!slice_is(word, "inherits")) {
        build_table_word(rd, span, word);
        return;
    }
    rd->table->parents = *parents;
}

void
build_partition_by(struct reader *rd, struct span span, struct slice strategy,
                   const struct ast_keys *keys)
{
    struct ast_partition_by *p = ARENA_NEW(rd->arena, struct ast_partition_by);

    p->strategy = strategy;
    p->keys = *keys;
    p->span = span;
    rd->table->partition_by = p;
}

const struct ast_bound *
build_bound(struct reader *rd, struct span span, enum bound_kind kind,
            const struct exprs *from, const struct exprs *to,
            const struct ast_options *options)
{
    struct ast_bound *b = ARENA_NEW(rd->arena, struct ast_bound);

    b->kind = kind;
    b->span = span;
    if (from != NULL)
        VEC_EACH (i, &from->all)
            VEC_PUSH(rd->arena, &b->from, build_checked(rd, from->all.items[i]));
    if (to != NULL)
        VEC_EACH (i, &to->all)
            VEC_PUSH(rd->arena, &b->to, build_checked(rd, to->all.items[i]));
    if (options != NULL)
        b->options = *options;
    return b;
}

void
build_add_like(struct reader *rd, struct ast_like *like)
{
    like->columns_before = rd->table->columns.count;
    VEC_PUSH(rd->arena, &rd->table->likes, like);
}

struct ast_like *
build_like_source(struct reader *rd, struct span span, struct ast_name source)
{
    struct ast_like *l = ARENA_NEW(rd->arena, struct ast_like);

    l->source = source;
    l->span = span;
    return l;
}

static const struct {
    struct slice word;
    unsigned parts;
} like_parts[] = {
    { { "comments", 8 }, LIKE_COMMENTS },
    { { "compression", 11 }, LIKE_COMPRESSION },
    { { "constraints", 11 }, LIKE_CONSTRAINTS },
    { { "defaults", 8 }, LIKE_DEFAULTS },
    { { "generated", 9 }, LIKE_GENERATED },
    { { "identity", 8 }, LIKE_IDENTITY },
    { { "indexes", 7 }, LIKE_INDEXES },
    { { "statistics", 10 }, LIKE_STATISTICS },
    { { "storage", 7 }, LIKE_STORAGE },
    { { "all", 3 }, LIKE_ALL },
};

static void
report_like_part(struct reader *rd, struct span span, struct slice part)
{
    struct slice known[ARRAY_LEN(like_parts)];
    struct diag *d =
        reader_error(rd, D_SYNTAX, span, "LIKE copies no \"%.*s\"", SLICE_ARG(part));
    struct slice near;

    for (size_t i = 0; i < ARRAY_LEN(like_parts); i++)
        known[i] = like_parts[i].word;
    near = diag_nearest(part, known, ARRAY_LEN(known));
    if (!slice_is_none(near))
        diag_hint(&rd->s->diags, d, "did you mean %.*s?", SLICE_ARG(near));
}

struct ast_like *
build_like_part(struct reader *rd, struct span span, struct ast_like *like,
                struct slice verb, struct span part_span, struct slice part)
{
    like->span = span;
    if (!slice_is(verb, "including") && !slice_is(verb, "excluding")) {
        reader_error(rd, D_SYNTAX, part_span,
                     "LIKE is followed by INCLUDING or EXCLUDING");
        return like;
    }
    for (size_t i = 0; i < ARRAY_LEN(like_parts); i++) {
        if (!slice_equal_fold(part, like_parts[i].word))
            continue;
        if (slice_is(verb, "including"))
            like->parts |= like_parts[i].parts;
        else
            like->parts &= ~like_parts[i].parts;
        return like;
    }
    report_like_part(rd, part_span, part);
    return like;
}

/* CONSTRAINT n NOT NULL c as an element of the table: the column is told. */
void
build_table_not_null(struct reader *rd, struct span span, struct slice name,
                     struct span column_span, struct slice column, bool no_inherit)
{
    struct ast_column *c = build_find_column(rd->table, column);

    if (no_inherit) {
        reader_error(rd, D_NOT_MODELLED, span,
                     "NOT NULL … NO INHERIT is not supported: each child has it too");
        return;
    }
    if (c == NULL) {
        reader_error(rd, D_NO_SUCH_COLUMN, column_span,
                     "NOT NULL of a column \"%.*s\" that is not declared above",
                     SLICE_ARG(column));
        return;
    }
    c->not_null = true;
    build_column_rare(rd, c)->not_null_name = name;
}

struct ast_column *
build_with_options(struct reader *rd, struct span span, struct ast_column *c,
                   struct slice word)
{
    if (!slice_is(word, "options"))
        reader_error(rd, D_SYNTAX, span, "a column is followed by WITH OPTIONS");
    return c;
}

/* ---- ALTER TABLE ---- */

struct ast_alter *
build_alter_options(struct reader *rd, enum alter_kind kind, struct slice name,
                    struct span name_span, const struct ast_options *options)
{
    struct ast_alter *a = build_alter_name(rd, kind, name, name_span);

    a->options = *options;
    return a;
}

struct ast_alter *
build_alter_other_table(struct reader *rd, enum alter_kind kind, struct ast_name table)
{
    struct ast_alter *a = build_alter_name(rd, kind, SLICE_NONE, table.span);

    a->table = table;
    return a;
}

struct ast_alter *
build_alter_deferral(struct reader *rd, struct slice name, struct span span)
{
    struct ast_alter *a = build_alter_name(rd, ALTER_CONSTRAINT, name, span);

    a->constraint = build_constraint(rd, span, CONSTRAINT_FOREIGN_KEY);
    return a;
}

struct ast_alter *
build_set_logged(struct reader *rd, struct span span, struct slice word)
{
    if (!slice_is(word, "logged"))
        reader_error(rd, D_SYNTAX, span, "a table cannot be SET \"%.*s\"",
                     SLICE_ARG(word));
    return build_alter_name(rd, ALTER_SET_LOGGED, SLICE_NONE, span);
}

struct ast_alter *
build_set_method(struct reader *rd, struct span span, struct slice access,
                 struct slice word, struct slice method)
{
    if (!slice_is(access, "access") || !slice_is(word, "method"))
        reader_error(rd, D_SYNTAX, span, "expected SET ACCESS METHOD");
    return build_alter_rename(rd, ALTER_SET_METHOD, SLICE_NONE, span, method);
}

struct ast_alter *
build_set_without(struct reader *rd, struct span span, struct slice word)
{
    if (slice_is(word, "cluster"))
        return build_alter_name(rd, ALTER_WITHOUT_CLUSTER, SLICE_NONE, span);
    if (!slice_is(word, "oids"))
        reader_error(rd, D_SYNTAX, span,
                     "a table is SET WITHOUT CLUSTER or WITHOUT OIDS");
    return build_alter_name(rd, ALTER_WITHOUT_OIDS, SLICE_NONE, span);
}

struct ast_alter *
build_row_security(struct reader *rd, struct span span, struct slice word,
                   struct slice level, struct slice security)
{
    if (!slice_is(level, "level") || !slice_is(security, "security"))
        reader_error(rd, D_SYNTAX, span, "expected ROW LEVEL SECURITY");
    return build_alter_rename(rd, ALTER_ROW_SECURITY, SLICE_NONE, span, word);
}

static int64_t
whole_number(struct reader *rd, struct span span, struct slice text)
{
    char digits[24]; /* of any 64 bit number */
    long long value;

    if (text.len >= sizeof digits)
        text = SLICE("x");
    for (size_t i = 0; i < text.len; i++)
        digits[i] = text.ptr[i];
    digits[text.len] = '\0';
    errno = 0;
    {
        char *end;

        value = strtoll(digits, &end, 10);
        if (errno != 0 || end == digits || *end != '\0')
            reader_error(rd, D_SYNTAX, span, "a whole number must stand here");
    }
    return value;
}

/* SET STATISTICS 100, SET STORAGE main, SET COMPRESSION lz4. */
struct ast_alter *
build_column_setting(struct reader *rd, struct slice name, struct span name_span,
                     struct span span, struct slice word, struct slice value)
{
    struct ast_alter *a;

    if (slice_is(word, "statistics")) {
        a = build_alter_name(rd, ALTER_COLUMN_STATISTICS, name, name_span);
        a->value = slice_is_none(value) ? -1 : whole_number(rd, span, value);
        return a;
    }
    if (!slice_is(word, "storage") && !slice_is(word, "compression"))
        reader_error(rd, D_SYNTAX, span, "a column has no setting \"%.*s\"",
                     SLICE_ARG(word));
    return build_alter_rename(
        rd, slice_is(word, "storage") ? ALTER_COLUMN_STORAGE : ALTER_COLUMN_COMPRESSION,
        name, name_span, slice_is(value, "default") ? SLICE_NONE : value);
}
