/*
 * Nodes of expressions.  Nodes are immutable once the parser has returned; until then a
 * chain (a AND b AND c, the rows of VALUES, a.b[1]) may still grow in place.
 */
#include <string.h>

#include "syntax/build.h"

/* ---- lists ---- */

struct exprs *
exprs_none(struct reader *rd)
{
    return ARENA_NEW(rd->scratch, struct exprs);
}

struct exprs *
exprs_add(struct reader *rd, struct exprs *to, const struct expr *e)
{
    if (to == NULL)
        to = exprs_none(rd);
    VEC_PUSH(rd->scratch, &to->all, e);
    return to;
}

const struct expr *
exprs_node(struct reader *rd, enum expr_kind kind, struct span span,
           const struct exprs *from)
{
    size_t count = from == NULL ? 0 : from->all.count;
    struct expr *e = expr_new(rd->arena, kind, span, SLICE_NONE, count);

    if (count > 0)
        memcpy(e->args, from->all.items, count * sizeof *e->args);
    e->flags = from == NULL ? 0 : from->flags;
    return e;
}

const struct expr *
exprs_list(struct reader *rd, struct span span, const struct exprs *from)
{
    return from == NULL ? NULL : exprs_node(rd, EXPR_LIST, span, from);
}

/* ---- depth ---- */

static bool
is_shallow(const struct expr *e, size_t levels)
{
    if (e == NULL)
        return true;
    if (levels == 0)
        return false;
    for (size_t i = 0; i < e->arg_count; i++)
        if (!is_shallow(e->args[i], levels - 1))
            return false;
    return true;
}

const struct expr *
build_checked(struct reader *rd, const struct expr *e)
{
    if (is_shallow(e, EXPR_DEPTH_MAX))
        return e;
    reader_report_depth(rd, e->span);
    return expr_leaf(rd->arena, EXPR_POISON, e->span, SLICE_NONE);
}

/* ---- operators ---- */

const struct expr *
build_3(struct reader *rd, enum expr_kind kind, struct span span, const struct expr *a,
        const struct expr *b, const struct expr *c)
{
    struct expr *e = expr_new(rd->arena, kind, span, SLICE_NONE, 3);

    e->args[0] = a;
    e->args[1] = b;
    e->args[2] = c;
    return e;
}

/* The 1 that FETCH FIRST ROW and SUBSTRING (x FOR n) leave out. */
const struct expr *
build_one(struct reader *rd)
{
    return expr_leaf(rd->arena, EXPR_NUMBER, SPAN_NONE, SLICE("1"));
}

const struct expr *
build_unary(struct reader *rd, struct span span, const char *op, const struct expr *e)
{
    return expr_1(rd->arena, EXPR_UNARY, span, slice_from(op), e);
}

const struct expr *
build_binary(struct reader *rd, struct span span, const char *op, const struct expr *a,
             const struct expr *b)
{
    return expr_2(rd->arena, EXPR_BINARY, span, slice_from(op), a, b);
}

static bool
is_power_of_two(size_t n)
{
    return (n & (n - 1)) == 0;
}

/* The argument array holds a power of two, so a full one is seen by its count. */
static void
append_arg(struct reader *rd, struct expr *to, const struct expr *arg)
{
    if (is_power_of_two(to->arg_count)) {
        const struct expr **grown =
            ARENA_ARRAY(rd->arena, const struct expr *, to->arg_count * 2);

        memcpy(grown, to->args, to->arg_count * sizeof *grown);
        to->args = grown;
    }
    to->args[to->arg_count++] = arg;
}

const struct expr *
build_in_parens(const struct expr *e)
{
    expr_add_parens((struct expr *)e, 1, 1);
    return e;
}

/* The parentheses around a chain that becomes part of a longer one. */
static void
hand_parens_down(struct expr *chain)
{
    expr_add_parens((struct expr *)chain->args[0], expr_opened(chain), 0);
    expr_add_parens((struct expr *)chain->args[chain->arg_count - 1], 0,
                    expr_closed(chain));
    chain->flags &= ~(uint32_t)EXPR_PARENS_BITS;
}

/* Only a node that append_arg has grown may be grown again. */
const struct expr *
build_and_or(struct reader *rd, enum expr_kind kind, struct span span,
             const struct expr *a, const struct expr *b)
{
    struct expr *e;

    if (b->kind == kind)
        hand_parens_down((struct expr *)b);
    if (a->kind == kind) {
        e = (struct expr *)a;
        hand_parens_down(e);
    } else {
        e = expr_new(rd->arena, kind, span, SLICE_NONE, 1);
        e->args[0] = a;
    }
    e->span = span;
    if (b->kind != kind)
        append_arg(rd, e, b);
    else
        for (size_t i = 0; i < b->arg_count; i++)
            append_arg(rd, e, b->args[i]);
    return e;
}

const struct expr *
build_values(struct reader *rd, struct span span, const struct expr *values,
             const struct expr *row)
{
    struct expr *e = (struct expr *)values;

    if (e == NULL)
        return expr_1(rd->arena, QUERY_VALUES, span, SLICE_NONE, row);
    e->span = span;
    append_arg(rd, e, row);
    return e;
}

const struct expr *
build_not(struct reader *rd, struct span span, const struct expr *e)
{
    return expr_1(rd->arena, EXPR_NOT, span, SLICE_NONE, e);
}

static const struct expr *
with_flags(struct expr *e, uint32_t flags)
{
    e->flags = flags;
    return e;
}

const struct expr *
build_like(struct reader *rd, struct span span, struct slice word, uint32_t flags,
           const struct expr *a, const struct expr *b, const struct expr *escape)
{
    struct expr *e = expr_new(rd->arena, EXPR_LIKE, span, word, 3);

    e->args[0] = a;
    e->args[1] = b;
    e->args[2] = escape;
    return with_flags(e, flags);
}

const struct expr *
build_is(struct reader *rd, struct span span, struct slice test, uint32_t flags,
         const struct expr *e)
{
    return with_flags(expr_1(rd->arena, EXPR_IS, span, test, e), flags);
}

const struct expr *
build_distinct(struct reader *rd, struct span span, uint32_t flags, const struct expr *a,
               const struct expr *b)
{
    return with_flags(expr_2(rd->arena, EXPR_IS_DISTINCT, span, SLICE_NONE, a, b), flags);
}

const struct expr *
build_between(struct reader *rd, struct span span, uint32_t flags, const struct expr *e,
              const struct expr *low, const struct expr *high)
{
    struct expr *b = expr_new(rd->arena, EXPR_BETWEEN, span, SLICE_NONE, 3);

    b->args[0] = e;
    b->args[1] = low;
    b->args[2] = high;
    return with_flags(b, flags);
}

const struct expr *
build_in(struct reader *rd, struct span span, uint32_t flags, const struct expr *e,
         const struct expr *list)
{
    return with_flags(expr_2(rd->arena, EXPR_IN, span, SLICE_NONE, e, list), flags);
}

const struct expr *
build_quantified(struct reader *rd, struct span span, struct slice op, uint32_t flags,
                 const struct expr *a, const struct expr *b)
{
    return with_flags(expr_2(rd->arena, EXPR_QUANTIFIED, span, op, a, b), flags);
}

const struct expr *
build_case(struct reader *rd, struct span span, const struct expr *operand,
           const struct exprs *whens, const struct expr *otherwise)
{
    struct expr *e =
        expr_new(rd->arena, EXPR_CASE, span, SLICE_NONE, 2 + whens->all.count);

    e->args[0] = operand;
    e->args[1] = otherwise;
    memcpy(e->args + 2, whens->all.items, whens->all.count * sizeof *e->args);
    return e;
}

const struct expr *
build_cast(struct reader *rd, struct span span, const struct expr *e,
           const struct type *type)
{
    struct expr *cast = expr_1(rd->arena, EXPR_CAST, span, SLICE_NONE, e);

    cast->type = type;
    return cast;
}

/* ---- names, fields, subscripts ---- */

static bool
in_double_quotes(const struct reader *rd, struct span span)
{
    return span.source != 0 && rd->tokens->text.ptr[span.begin] == '"';
}

const struct expr *
build_name(struct reader *rd, struct span span, struct slice name)
{
    struct expr *e = expr_leaf(rd->arena, EXPR_NAME, span, name);

    return with_flags(e, in_double_quotes(rd, span) ? EXPR_QUOTED : 0);
}

/* How many of the items are ".name": they are parts of one dotted name. */
static size_t
count_parts(const struct exprs *items)
{
    size_t n = 0;

    while (n < items->all.count && items->all.items[n]->kind == EXPR_FIELD)
        n++;
    return n;
}

static const struct expr *
build_dotted_name(struct reader *rd, struct span first_span, struct slice first,
                  const struct exprs *items, size_t parts)
{
    const struct expr *last = items->all.items[parts - 1];
    bool star =
        slice_is(last->text, "*") && rd->tokens->text.ptr[last->span.begin] == '*';
    struct expr *e = expr_new(rd->arena, star ? EXPR_STAR : EXPR_NAME,
                              span_join(first_span, last->span),
                              star ? SLICE_NONE : last->text, parts);

    e->args[0] = expr_leaf(rd->arena, EXPR_PART, first_span, first);
    for (size_t i = 1; i < parts; i++)
        e->args[i] = expr_leaf(rd->arena, EXPR_PART, items->all.items[i - 1]->span,
                               items->all.items[i - 1]->text);
    return e;
}

/* Hang each item from `from` on around what stands before it. */
static const struct expr *
wrap_items(const struct expr *base, const struct exprs *items, size_t from)
{
    for (size_t i = from; i < items->all.count; i++) {
        struct expr *item = (struct expr *)items->all.items[i];

        item->args[0] = base;
        item->span = span_join(base->span, item->span);
        base = item;
    }
    return base;
}

const struct expr *
build_dotted(struct reader *rd, struct span first_span, struct slice first,
             const struct exprs *items)
{
    size_t parts = count_parts(items);
    const struct expr *base =
        parts == 0 ? build_name(rd, first_span, first)
                   : build_dotted_name(rd, first_span, first, items, parts);

    return wrap_items(base, items, parts);
}

const struct expr *
build_indirection(const struct expr *base, const struct exprs *items)
{
    return items == NULL ? base : wrap_items(base, items, 0);
}

/* ---- literals with a type ---- */

/* Bytes, as SQLite and MySQL have it; half a byte can only be PostgreSQL's bits. */
const struct expr *
build_hex(struct reader *rd, struct span span, struct slice digits)
{
    const struct expr *blob =
        expr_leaf(rd->arena, EXPR_BLOB, span, digits);

    return digits.len % 2 == 0 ? blob : expr_bits_of_hex(rd->arena, blob);
}

/* bit '101' and char 'abc' are as long as they are written, while bit and char as the
 * types of columns are one long (PostgreSQL, gram.y: ConstBit, ConstCharacter). */
static struct type_parts
without_meant_length(const struct type_parts *parts)
{
    struct type_parts p = *parts;
    bool plain = !p.quoted && slice_is_none(p.schema) && p.args == NULL;

    if (plain && (slice_is(p.words, "char") || slice_is(p.words, "character")))
        p.words = SLICE("bpchar");
    else if (plain && slice_is(p.words, "bit"))
        p.quoted = true;
    return p;
}

static const struct expr *
typed_string(struct reader *rd, struct span span, const struct type_parts *parts,
             struct slice text)
{
    struct expr *e = expr_leaf(rd->arena, EXPR_TYPED_STRING, span, text);
    const struct type_parts meant = without_meant_length(parts);

    e->type = build_type(rd, span, &meant, NULL);
    return e;
}

const struct expr *
build_zoned_string(struct reader *rd, struct span span, struct span name_span,
                   struct ast_name name, const struct exprs *args, const char *zone,
                   struct slice text)
{
    return typed_string(
        rd, span, build_type_parts(rd, name_span, name.schema, name.name, args, zone),
        text);
}

const struct expr *
build_typed_string(struct reader *rd, struct span span, struct span name_span,
                   struct ast_name name, const struct exprs *args, struct slice text)
{
    return build_zoned_string(rd, span, name_span, name, args, "", text);
}
