/*
 * Expressions as a PostgreSQL server keeps them, so that its dump and the declaration it
 * was made from compare equal.
 *
 * Nothing is stripped: both sides get the casts that the server adds by itself where the
 * types of all that matters are known, and keep those that are written.  So two trees are
 * equal only where the server stores the same.  What is not known here stays as it is and
 * differs if it is spelled in another way.  Only comparison sees this form.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/postgres/form.h"

#define EXPONENT_MAX 30 /* digits that a number is written out to */

static const struct expr *
zoned_form(const struct form *s, const struct expr *e)
{
    struct expr *zoned;

    if (!form_is_unknown(e->args[1]))
        return e;
    zoned = expr_2(s->a, EXPR_AT_TIME_ZONE, e->span, SLICE_NONE, e->args[0],
                   form_cast(s, type_shared(TYPE_TEXT), e->args[1]));
    zoned->result = e->result;
    return zoned;
}

/* BETWEEN beside AND makes one chain of them, as reading the dump does. */
static const struct expr *
flat_form(const struct form *s, const struct expr *e)
{
    size_t count = 0;
    size_t at = 0;
    struct expr *out;

    for (size_t i = 0; i < e->arg_count; i++)
        count += e->args[i]->kind == e->kind ? e->args[i]->arg_count : 1;
    if (count == e->arg_count)
        return e;
    out = expr_new(s->a, e->kind, e->span, e->text, count);
    out->result = e->result;
    for (size_t i = 0; i < e->arg_count; i++) {
        const struct expr *arg = e->args[i];

        for (size_t k = 0; arg->kind == e->kind && k < arg->arg_count; k++)
            out->args[at++] = arg->args[k];
        if (arg->kind != e->kind)
            out->args[at++] = arg;
    }
    return out;
}

static const struct expr *
with_forms(const struct form *s, const struct expr *e)
{
    struct expr *copy;

    if (e->arg_count == 0)
        return e;
    copy = arena_copy(s->a, e, sizeof *e);
    copy->args = ARENA_ARRAY(s->a, const struct expr *, e->arg_count);
    for (size_t i = 0; i < e->arg_count; i++)
        copy->args[i] = form_of(s, e->args[i]);
    return copy;
}

/* Forms of one kind of node, whose arguments have theirs already. */
typedef const struct expr *form_fn(const struct form *s, const struct expr *e);

static const struct expr *
binary_form(const struct form *s, const struct expr *e)
{
    const struct expr *rows = form_rows(s, e->text, e->args[0], e->args[1]);

    return rows != NULL ? rows : form_operation(s, e, e->text, e->args[0], e->args[1]);
}

static bool is_surely(const struct form *s, const struct expr *e, enum type_kind kind);

/* a * b of two numerics is one, and so on. */
static bool
is_sum_of(const struct form *s, const struct expr *e, enum type_kind kind)
{
    static const char *const ops[] = { "+", "-", "*", "/" };

    return e->kind == EXPR_BINARY && slice_is_one_of(e->text, ops, ARRAY_LEN(ops))
           && is_surely(s, e->args[0], kind) && is_surely(s, e->args[1], kind);
}

/* Numbers whose type does not rest on what resolving guessed. */
static bool
is_surely(const struct form *s, const struct expr *e, enum type_kind kind)
{
    return form_is_type(e, kind)
           && (e->kind == EXPR_COLUMN || e->kind == EXPR_CAST || e->kind == EXPR_NUMBER
               || form_is_built_in(s, e) || is_sum_of(s, e, kind));
}

/* A column as the type that it has is the column, and so is what a known function gives.
 * One of a domain has the type below it here, as the server uses it, and so has its cast
 * to that domain (bind.c).  Of other values the type is not known as surely, and char
 * without a length has one. */
static bool
is_cast_of_nothing(const struct form *s, const struct expr *e)
{
    const struct expr *column = e->args[0];

    if (column->kind == EXPR_COLUMN && e->result != NULL && e->result == column->result)
        return true;
    if ((e->type->kind == TYPE_DECIMAL || e->type->kind == TYPE_DOUBLE)
        && e->type->arg_count == 0 && e->type->dimensions == 0
        && is_sum_of(s, column, e->type->kind))
        return true;
    return (column->kind == EXPR_COLUMN || form_is_built_in(s, column))
           && column->result != NULL && column->result->kind == e->type->kind
           && (e->type->kind != TYPE_NAMED || type_equal(column->result, e->type))
           && e->type->kind != TYPE_CHAR
           && e->type->arg_count == 0
           && (column->result->dimensions > 0) == (e->type->dimensions > 0);
}

static const struct expr *
cast_form(const struct form *s, const struct expr *e)
{
    const struct type *literal;

    if (is_cast_of_nothing(s, e))
        return e->args[0];
    if (e->args[0]->kind == EXPR_ROW)
        return form_cast(s, e->type, form_row_as(s, e->type, e->args[0]));
    if (!form_is_unknown(e->args[0]))
        return e;
    literal = form_domain_literal(s, e->type);
    return form_cast(s, e->type,
                     literal == NULL ? e->args[0] : form_cast(s, literal, e->args[0]));
}

/* The key of a jsonb object is a text. */
static const struct expr *
subscript_form(const struct form *s, const struct expr *e)
{
    struct expr *out;

    if (!form_is_type(e->args[0], TYPE_JSONB) || !form_is_unknown(e->args[1]))
        return e;
    out = expr_2(s->a, EXPR_SUBSCRIPT, e->span, e->text, e->args[0],
                 form_as_text(s, e->args[1]));
    out->result = e->result;
    return out;
}

/* (info).price has the type of the attribute. */
static const struct expr *
field_form(const struct form *s, const struct expr *e)
{
    const struct type *t = e->args[0]->result;
    const struct form_type *type = t == NULL || t->kind != TYPE_NAMED || t->dimensions > 0
                                       ? NULL
                                       : form_named_type(s, t);
    struct expr *out;

    if (e->result != NULL || type == NULL || type->composite == NULL)
        return e;
    VEC_EACH (i, &type->composite->attributes) {
        const struct attribute *a = &type->composite->attributes.items[i];

        if (!slice_equal(a->name, e->text))
            continue;
        out = arena_copy(s->a, e, sizeof *e);
        out->result = &a->type;
        return out;
    }
    return e;
}

static form_fn *const forms[EXPR_KIND_COUNT] = {
    [EXPR_BINARY] = binary_form,   [EXPR_LIKE] = form_like,
    [EXPR_BETWEEN] = form_between, [EXPR_IN] = form_in,
    [EXPR_ARRAY] = form_array,     [EXPR_QUANTIFIED] = form_quantified,
    [EXPR_CALL] = form_call,       [EXPR_AT_TIME_ZONE] = zoned_form,
    [EXPR_AND] = flat_form,        [EXPR_OR] = flat_form,
    [EXPR_CAST] = cast_form,       [EXPR_FIELD] = field_form,
    [EXPR_CASE] = form_case,       [EXPR_IS_DISTINCT] = form_distinct,
    [EXPR_COLLATE] = form_collate, [EXPR_SUBSCRIPT] = subscript_form,
};

static bool
is_minus(const struct expr *e)
{
    return e->kind == EXPR_UNARY && slice_is(e->text, "-");
}

/* -5 and -(-5) are constants from the start, -('-5'::integer) is not.  NULL: it is none.
 */
static const struct expr *
negative_number(const struct form *s, const struct expr *e)
{
    const struct expr *inner = e->args[0];
    bool negative = true;
    struct expr *n;

    for (; is_minus(inner); inner = inner->args[0])
        negative = !negative;
    if (inner->kind != EXPR_NUMBER)
        return NULL;
    n = arena_copy(s->a, inner, sizeof *inner);
    n->text = slice_format(s->a, "%s%s%.*s", negative ? "-" : "",
                           slice_starts(inner->text, ".") ? "0" : "",
                           SLICE_ARG(inner->text));
    return n;
}

/* 1e3 is '1000'::numeric, 007.50 is 7.50, .5 is 0.5. */
static const struct expr *
number_form(const struct form *s, const struct expr *e)
{
    const char *exponent = memchr(e->text.ptr, 'e', e->text.len);
    struct expr *n = arena_copy(s->a, e, sizeof *e);
    long zeros;

    if (exponent == NULL) {
        if (slice_starts(n->text, "."))
            n->text = slice_format(s->a, "0%.*s", SLICE_ARG(n->text));
        while (n->text.len > 1 && n->text.ptr[0] == '0' && n->text.ptr[1] >= '0'
               && n->text.ptr[1] <= '9' && !slice_starts(n->text, "0x"))
            n->text = slice_sub(n->text, 1, n->text.len);
        return n;
    }
    n->text = slice_sub(e->text, 0, (size_t)(exponent - e->text.ptr));
    zeros = strtol(exponent + 1, NULL, 10);
    if (zeros < 0 || zeros > EXPONENT_MAX
        || memchr(n->text.ptr, '.', n->text.len) != NULL)
        return e;
    for (; zeros > 0; zeros--)
        n->text = slice_format(s->a, "%.*s0", SLICE_ARG(n->text));
    n->kind = EXPR_STRING;
    return form_cast(s, type_shared(TYPE_DECIMAL), n);
}

/* b'101' is '101'::"bit": of any length, where bit alone is one digit. */
static const struct expr *
bits_form(const struct form *s, const struct expr *e)
{
    struct type *t = ARENA_NEW(s->a, struct type);

    *t = type_from_words(SLICE_NONE, SLICE("bit"), false, NULL);
    return form_cast(s, t, expr_leaf(s->a, EXPR_STRING, e->span, e->text));
}

const struct expr *
form_of(const struct form *s, const struct expr *e)
{
    if (e == NULL)
        return NULL;
    if (is_minus(e) && negative_number(s, e) != NULL)
        return negative_number(s, e);
    if (e->kind == EXPR_TYPED_STRING && e->type->arg_count == 0)
        return form_cast(s, e->type, expr_leaf(s->a, EXPR_STRING, e->span, e->text));
    if (e->kind == EXPR_BITS)
        return bits_form(s, e);
    if (e->kind == EXPR_CAST && e->args[0]->kind == EXPR_ARRAY && e->type->dimensions == 1
        && e->type->arg_count == 0 && e->args[0]->arg_count > 0)
        return form_array_cast(s, e);
    if (e->kind == EXPR_NUMBER)
        return number_form(s, e);
    if (e->kind == EXPR_BITS)
        return bits_form(s, e);
    e = with_forms(s, e);
    return forms[e->kind] == NULL ? e : forms[e->kind](s, e);
}

static const struct expr *
expr_form(const struct form_world *w, const struct expr *e)
{
    const struct form f = { w->a, w };

    return form_of(&f, form_queries_in(&f, e));
}

/* For a column of bits B'101', '101'::"bit" and '101' are one value. */
static const struct expr *
plain_bits(const struct form_world *w, const struct expr *e)
{
    bool is_cast = e->kind == EXPR_CAST && e->args[0]->kind == EXPR_STRING
                   && slice_is(e->type->name, "bit") && e->type->arg_count == 0
                   && e->type->dimensions == 0;

    if (is_cast)
        return e->args[0];
    return e->kind == EXPR_BITS ? expr_leaf(w->a, EXPR_STRING, e->span, e->text) : e;
}

/* For a column of whole numbers 3, '3' and 3::smallint are one value. */
static const struct expr *
plain_number(const struct form_world *w, const struct type *t, const struct expr *e)
{
    const struct expr *inner =
        e->kind == EXPR_CAST && type_equal(e->type, t) ? e->args[0] : e;

    if ((t->kind != TYPE_INT2 && t->kind != TYPE_INT4 && t->kind != TYPE_INT8)
        || t->dimensions > 0)
        return e;
    if (inner->kind == EXPR_STRING && form_is_whole_text(inner->text))
        return expr_leaf(w->a, EXPR_NUMBER, e->span, inner->text);
    return inner->kind == EXPR_NUMBER ? inner : e;
}

static const struct expr *
value_form(const struct form_world *w, const struct type *t, const struct expr *e)
{
    const struct form f = { w->a, w };
    bool number = e->kind == EXPR_NUMBER;

    if (t != NULL && e->kind == EXPR_CAST && type_equal(e->type, t)
        && form_domain_literal(&f, t) != NULL)
        e = e->args[0]; /* the place says it as well */
    if (t != NULL && slice_is(t->name, "bit") && t->dimensions == 0)
        e = plain_bits(w, e);
    e = form_of(&f, e);
    if (t != NULL)
        e = plain_number(w, t, e);
    if (number && e->kind == EXPR_CAST && t != NULL && t->kind == TYPE_DECIMAL)
        return expr_leaf(w->a, EXPR_NUMBER, e->span, e->args[0]->text); /* 1e3 */
    return t == NULL ? e : form_typed(&f, t, form_row_as(&f, t, e));
}

const struct diff_forms postgres_forms = {
    .open = form_open,
    .expr = expr_form,
    .value = value_form,
    .bound = form_bound,
    .query = form_query,
    .key = form_key,
    .definition = form_definition,
    .same_comment = form_same_comment,
};
