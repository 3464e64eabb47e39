/*
 * Forms: what SQL spells with words of its own, kept as its parts in order; and what is
 * made of the standard's longer words for something plain.
 */
#include "syntax/build.h"

#include <string.h>

/* ---- parts ---- */

struct exprs *
form_words(struct reader *rd, struct exprs *to, struct span span, struct slice words)
{
    return exprs_add(rd, to, expr_leaf(rd->arena, EXPR_WORDS, span, words));
}

struct exprs *
form_join(struct reader *rd, struct exprs *to, const struct exprs *more)
{
    for (size_t i = 0; more != NULL && i < more->all.count; i++)
        exprs_add(rd, to, more->all.items[i]);
    return to;
}

struct exprs *
form_first(struct reader *rd, const struct expr *first, const struct exprs *rest)
{
    return form_join(rd, exprs_add(rd, NULL, first), rest);
}

struct exprs *
form_commas(struct reader *rd, const struct exprs *items)
{
    struct exprs *to = exprs_none(rd);

    VEC_EACH (i, &items->all) {
        if (i > 0)
            form_words(rd, to, SPAN_NONE, SLICE(","));
        exprs_add(rd, to, items->all.items[i]);
    }
    return to;
}

struct exprs *
form_parens(struct reader *rd, struct exprs *to, struct span open,
            const struct exprs *items, struct span close)
{
    form_words(rd, to, open, SLICE("("));
    form_join(rd, to, items);
    return form_words(rd, to, close, SLICE(")"));
}

struct exprs *
form_name(struct reader *rd, struct exprs *to, struct span span, struct slice words,
          struct span name_span, struct slice name)
{
    to = form_words(rd, to, span, words);
    return exprs_add(rd, to, expr_leaf(rd->arena, EXPR_PART, name_span, name));
}

struct exprs *
form_type(struct reader *rd, struct exprs *to, struct span span, struct slice words,
          const struct type *type)
{
    struct expr *e = expr_leaf(rd->arena, EXPR_WORDS, span, words);

    e->type = type;
    return exprs_add(rd, to, e);
}

struct exprs *
form_column(struct reader *rd, struct span span, struct slice name,
            const struct type *type)
{
    return exprs_add(rd, NULL, build_typed_part(rd, span, name, type, SLICE_NONE));
}

const struct expr *
build_form(struct reader *rd, struct span span, struct slice name,
           const struct exprs *parts)
{
    struct expr *e = (struct expr *)exprs_node(rd, EXPR_FORM, span, parts);

    e->text = name;
    return e;
}

/* ---- SEARCH, CYCLE ---- */

const struct expr *
build_search(struct reader *rd, struct span span, struct slice words,
             const struct exprs *by, struct span column_span, struct slice column)
{
    struct exprs *parts = form_words(rd, NULL, span, words);

    form_join(rd, parts, form_commas(rd, by));
    form_name(rd, parts, column_span, SLICE("set"), column_span, column);
    return build_form(rd, span, SLICE_NONE, parts);
}

/* A server shows 'Y'::text where it reads a constant alone. */
static const struct expr *
constant_alone(const struct expr *e)
{
    return e->kind == EXPR_CAST && e->args[0]->kind == EXPR_STRING ? e->args[0] : e;
}

const struct expr *
build_cycle(struct reader *rd, struct span span, const struct exprs *columns,
            struct span mark_span, struct slice mark, const struct expr *to,
            const struct expr *otherwise, struct span path_span, struct slice path)
{
    struct exprs *parts = form_words(rd, NULL, span, SLICE("cycle"));

    form_join(rd, parts, form_commas(rd, columns));
    form_name(rd, parts, mark_span, SLICE("set"), mark_span, mark);
    if (to != NULL) {
        exprs_add(rd, form_words(rd, parts, mark_span, SLICE("to")), constant_alone(to));
        exprs_add(rd, form_words(rd, parts, mark_span, SLICE("default")),
                  constant_alone(otherwise));
    }
    form_name(rd, parts, path_span, SLICE("using"), path_span, path);
    return build_form(rd, span, SLICE_NONE, parts);
}

/* ---- MERGE ---- */

const struct expr *
build_merge_when(struct reader *rd, struct span span, struct slice words,
                 const struct expr *condition, const struct exprs *action)
{
    struct exprs *parts = form_words(rd, NULL, span, words);

    if (condition != NULL)
        exprs_add(rd, form_words(rd, parts, span, SLICE("and")), condition);
    form_words(rd, parts, span, SLICE("then"));
    return build_form(rd, span, SLICE_NONE, form_join(rd, parts, action));
}

const struct expr *
build_merge(struct reader *rd, struct span span, const struct expr *with,
            const struct expr *target, const struct expr *source, const struct expr *on,
            const struct exprs *whens, const struct exprs *returning)
{
    size_t count = whens->all.count;
    struct expr *e =
        expr_new(rd->arena, QUERY_MERGE, span, SLICE_NONE, MERGE_WHENS + count);

    build_attach_with(e, MERGE_WITH, with);
    e->args[MERGE_TABLE] = target;
    e->args[MERGE_SOURCE] = source;
    e->args[MERGE_ON] = on;
    e->args[MERGE_RETURNING] = exprs_list(rd, span, returning);
    memcpy(e->args + MERGE_WHENS, whens->all.items, count * sizeof *e->args);
    return e;
}

/* ---- FROM ---- */

const struct expr *
build_sample(struct reader *rd, struct span span, const struct expr *table,
             struct slice method, const struct expr *arguments,
             const struct expr *repeatable)
{
    struct expr *e = expr_new(rd->arena, QUERY_SAMPLE, span, method, 3);

    e->args[0] = table;
    e->args[1] = arguments;
    e->args[2] = repeatable;
    return e;
}

const struct expr *
build_using_alias(struct reader *rd, struct span span, const struct exprs *columns,
                  struct slice alias)
{
    struct expr *e = (struct expr *)exprs_list(rd, span, columns);

    e->text = alias;
    return e;
}

/* ---- operators in words ---- */

/* a LIKE ANY (…) is a ~~ ANY (…), which is how PostgreSQL keeps it. */
const struct expr *
build_like_any(struct reader *rd, struct span span, struct slice word, uint32_t negated,
               uint32_t quantifier, const struct expr *a, const struct expr *b)
{
    static const struct {
        const char *word;
        const char *operators[2];
    } known[] = {
        { "like", { "~~", "!~~" } },
        { "ilike", { "~~*", "!~~*" } },
    };

    for (size_t i = 0; i < ARRAY_LEN(known); i++)
        if (slice_is(word, known[i].word))
            return build_quantified(
                rd, span, slice_from(known[i].operators[negated != 0]), quantifier, a, b);
    reader_error(rd, D_SYNTAX, span, "only LIKE and ILIKE can be followed by ANY or ALL");
    return a;
}

/* ---- intervals ---- */

/* INTERVAL '1-2' YEAR TO MONTH is a cast: no other form of it may stand everywhere. */
const struct expr *
build_interval_fields(struct reader *rd, struct span span, struct slice text,
                      struct span fields_span, struct slice fields,
                      const struct exprs *args)
{
    const struct type_parts *parts =
        build_type_parts(rd, fields_span, SLICE_NONE, fields, args, "");
    const struct expr *string = expr_leaf(rd->arena, EXPR_STRING, span, text);

    return build_cast(rd, span, string, build_type(rd, span, parts, NULL));
}

/* INTERVAL n SECOND, of MySQL, is n * INTERVAL '1 second'. */
const struct expr *
build_interval_times(struct reader *rd, struct span span, const struct expr *amount,
                     struct slice unit)
{
    struct expr *one = expr_leaf(rd->arena, EXPR_TYPED_STRING, span, unit);
    struct type *type = ARENA_NEW(rd->arena, struct type);

    type->kind = TYPE_INTERVAL;
    one->type = type;
    return build_binary(rd, span, "*", amount, one);
}
