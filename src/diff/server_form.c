/*
 * Expressions as a PostgreSQL server keeps them, so that its dump and the declaration it
 * was made from compare equal.
 *
 * Nothing is stripped: both sides get the casts that the server adds by itself where the
 * types of all that matters are known, and keep those that are written.  So two trees are
 * equal only where the server stores the same.  What is not known here stays as it is and
 * differs if it is spelled in another way.  Only comparison sees this form.
 */
#include <string.h>

#include "diff/differ.h"

struct server {
    struct arena *a;
    const struct catalog *catalog;
};

static const struct type text_type = { .kind = TYPE_TEXT };
static const struct type numeric_type = { .kind = TYPE_DECIMAL };
static const struct type double_type = { .kind = TYPE_DOUBLE };
static const struct type bigint_type = { .kind = TYPE_INT8 };
static const struct type boolean_type = { .kind = TYPE_BOOLEAN };

static const struct expr *form(const struct server *s, const struct expr *e);

static bool
is_one_of(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(text, words[i]))
            return true;
    return false;
}

static bool
is_unknown(const struct expr *e)
{
    return e->kind == EXPR_STRING;
}

static bool
is_type(const struct expr *e, enum type_kind kind)
{
    return !is_unknown(e) && e->result != NULL && e->result->dimensions == 0
           && e->result->kind == kind;
}

static bool
is_whole(const struct expr *e)
{
    return is_type(e, TYPE_INT2) || is_type(e, TYPE_INT4) || is_type(e, TYPE_INT8);
}

static bool
is_floating(const struct expr *e)
{
    return is_type(e, TYPE_REAL) || is_type(e, TYPE_DOUBLE);
}

static bool
is_texty(const struct expr *e)
{
    return is_type(e, TYPE_TEXT) || is_type(e, TYPE_VARCHAR);
}

/* ---- constants ---- */

/* Digits, perhaps with a sign before them and one point among them. */
static bool
is_decimal(struct slice text, bool *has_point)
{
    size_t at = text.len > 1 && text.ptr[0] == '-' ? 1 : 0;
    size_t digits = 0;

    *has_point = false;
    for (; at < text.len; at++) {
        bool point = text.ptr[at] == '.';

        if (point ? *has_point || digits == 0 : text.ptr[at] < '0' || text.ptr[at] > '9')
            return false;
        *has_point |= point;
        digits += point ? 0 : 1;
    }
    return digits > 0 && text.ptr[text.len - 1] != '.';
}

/* Nine digits are an integer, and eleven to eighteen a bigint, whatever they are; between
 * them it depends, and the cast stays. */
static bool
is_number_of(enum type_kind kind, struct slice text)
{
    size_t sign = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;
    size_t digits = text.len - sign;
    bool point;

    if (!is_decimal(text, &point)
        || (digits > 1 && text.ptr[sign] == '0' && text.ptr[sign + 1] != '.'))
        return false;
    if (kind == TYPE_DECIMAL)
        return point;
    if (point || (sign == 1 && text.ptr[1] == '0'))
        return false;
    return (kind == TYPE_INT4 && digits <= 9)
           || (kind == TYPE_INT8 && digits >= 11 && digits <= 18);
}

static const struct expr *
cast(const struct server *s, const struct type *t, const struct expr *e)
{
    struct expr *c;

    if (e->kind == EXPR_STRING && t->dimensions == 0 && t->arg_count == 0
        && is_number_of(t->kind, e->text)) {
        c = expr_leaf(s->a, EXPR_NUMBER, e->span, e->text); /* '-5'::integer is -5 */
    } else {
        c = expr_1(s->a, EXPR_CAST, e->span, SLICE_NONE, e);
        c->type = t;
    }
    c->result = t;
    return c;
}

/* A string takes the type of its place, without a length; NULL where that is not known:
 * a domain gives its base type, an extension's type has rules of its own. */
static const struct type *
type_of_literal(const struct server *s, const struct type *t)
{
    struct type *bare;

    if (t == NULL
        || (t->kind == TYPE_NAMED
            && catalog_find_enum(s->catalog, t->schema, t->name) == NULL))
        return NULL;
    bare = arena_copy(s->a, t, sizeof *t);
    if (t->kind == TYPE_CHAR) {
        *bare = type_from_words(SLICE_NONE, SLICE("bpchar"), false, NULL);
        bare->dimensions = t->dimensions;
    }
    bare->arg_count = 0;
    memset(bare->args, 0, sizeof bare->args);
    return bare;
}

static const struct expr *
typed(const struct server *s, const struct type *t, const struct expr *e)
{
    t = is_unknown(e) ? type_of_literal(s, t) : NULL;
    return t == NULL ? e : cast(s, t, e);
}

static const struct expr *
as_text(const struct server *s, const struct expr *e)
{
    return is_unknown(e) || is_type(e, TYPE_VARCHAR) ? cast(s, &text_type, e) : e;
}

/* ---- operators ---- */

static bool
is_comparison(struct slice op)
{
    static const char *const ops[] = { "=", "<>", "<", "<=", ">", ">=" };

    return is_one_of(op, ops, ARRAY_LEN(ops));
}

static bool
is_text_operator(struct slice op)
{
    static const char *const ops[] = { "~~", "!~~", "~~*", "!~~*", "~",
                                       "~*", "!~",  "!~*", "||" };

    return is_comparison(op) || is_one_of(op, ops, ARRAY_LEN(ops));
}

static bool
is_arithmetic(struct slice op)
{
    static const char *const ops[] = { "+", "-", "*", "/" };

    return is_comparison(op) || is_one_of(op, ops, ARRAY_LEN(ops));
}

static const struct expr *
as_number(const struct server *s, const struct expr *e, const struct expr *other)
{
    if (is_type(other, TYPE_DECIMAL) && is_whole(e))
        return cast(s, &numeric_type, e);
    if (is_floating(other) && (is_whole(e) || is_type(e, TYPE_DECIMAL)))
        return cast(s, &double_type, e);
    return e;
}

/* What a string beside it is read as by a comparison. */
static const struct type *
compared_type(const struct expr *e)
{
    return is_unknown(e) || e->result == NULL || e->result->dimensions > 0
                   || e->result->kind == TYPE_BOOLEAN
               ? NULL
               : e->result;
}

/* The two operands as the server casts them. */
static void
balance(const struct server *s, struct slice op, const struct expr **sides)
{
    const struct expr *left = sides[0];
    const struct expr *right = sides[1];

    if (left == NULL || right == NULL || (is_unknown(left) && is_unknown(right)))
        return;
    if (is_text_operator(op) && (is_texty(left) || is_unknown(left))
        && (is_texty(right) || is_unknown(right))) {
        sides[0] = as_text(s, left);
        sides[1] = as_text(s, right);
    } else if ((slice_is(op, "->") || slice_is(op, "->>"))
               && (is_type(left, TYPE_JSON) || is_type(left, TYPE_JSONB))) {
        sides[1] = as_text(s, right);
    } else if (is_comparison(op) && (is_unknown(left) || is_unknown(right))) {
        sides[0] = typed(s, compared_type(right), left);
        sides[1] = typed(s, compared_type(left), right);
    } else if (is_arithmetic(op)) {
        sides[0] = as_number(s, left, right);
        sides[1] = as_number(s, right, left);
    }
}

static const struct expr *
operation(const struct server *s, const struct expr *from, struct slice op,
          const struct expr *left, const struct expr *right)
{
    struct expr *e = expr_2(s->a, EXPR_BINARY, from->span, op, left, right);

    e->result = from->kind == EXPR_BINARY ? from->result : &boolean_type;
    balance(s, op, e->args);
    return e;
}

static const struct expr *
like_form(const struct server *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    bool folded = slice_is(e->text, "ilike");

    if ((!folded && !slice_is(e->text, "like"))
        || (e->arg_count > 2 && e->args[2] != NULL))
        return e;
    return operation(s, e,
                     folded ? (negated ? SLICE("!~~*") : SLICE("~~*"))
                            : (negated ? SLICE("!~~") : SLICE("~~")),
                     e->args[0], e->args[1]);
}

static const struct expr *
between_form(const struct server *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    struct expr *both;

    if ((e->flags & EXPR_SYMMETRIC) != 0)
        return e;
    both = expr_2(
        s->a, negated ? EXPR_OR : EXPR_AND, e->span, SLICE_NONE,
        operation(s, e, negated ? SLICE("<") : SLICE(">="), e->args[0], e->args[1]),
        operation(s, e, negated ? SLICE(">") : SLICE("<="), e->args[0], e->args[2]));
    both->result = &boolean_type;
    return both;
}

/* ---- lists ---- */

/* One item of IN as the type that all have in common with the operand; NULL: not known.
 */
static const struct expr *
list_item(const struct server *s, const struct expr *operand, const struct expr *item)
{
    const struct type *t = compared_type(operand);

    if (is_unknown(item)) {
        t = type_of_literal(s, t);
        return t == NULL ? NULL : cast(s, t, item);
    }
    if (item->kind != EXPR_NUMBER)
        return NULL;
    if (is_type(item, TYPE_INT4) && is_type(operand, TYPE_INT8))
        return cast(s, &bigint_type, item);
    if (is_type(operand, TYPE_DECIMAL) && is_whole(item))
        return cast(s, &numeric_type, item);
    if ((is_type(item, TYPE_INT4)
         && (is_type(operand, TYPE_INT2) || is_type(operand, TYPE_INT4)))
        || (is_type(item, TYPE_INT8) && is_type(operand, TYPE_INT8))
        || (is_type(item, TYPE_DECIMAL) && is_type(operand, TYPE_DECIMAL)))
        return item;
    return NULL;
}

/* a = ANY (ARRAY[…]): varchars are compared as text, item by item. */
static const struct expr *
quantified_form(const struct server *s, const struct expr *e)
{
    const struct expr *list = e->args[1];
    struct expr *array;
    struct expr *out;

    if (list == NULL || list->kind != EXPR_ARRAY || !is_texty(e->args[0])
        || !is_text_operator(e->text))
        return e;
    for (size_t i = 0; i < list->arg_count; i++)
        if (!is_texty(list->args[i]))
            return e;
    array = expr_new(s->a, EXPR_ARRAY, list->span, SLICE_NONE, list->arg_count);
    for (size_t i = 0; i < list->arg_count; i++)
        array->args[i] = as_text(s, list->args[i]);
    out = expr_2(s->a, EXPR_QUANTIFIED, e->span, e->text, as_text(s, e->args[0]), array);
    out->flags = e->flags;
    out->result = e->result;
    return out;
}

static const struct expr *
in_form(const struct server *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    struct slice op = negated ? SLICE("<>") : SLICE("=");
    const struct expr *list = e->args[1];
    struct expr *array;
    struct expr *any;

    if (list == NULL || list->kind != EXPR_LIST || list->arg_count == 0)
        return e;
    if (list->arg_count == 1 && expr_is_constant(list->args[0]))
        return operation(s, e, op, e->args[0], list->args[0]);
    array = expr_new(s->a, EXPR_ARRAY, list->span, SLICE_NONE, list->arg_count);
    for (size_t i = 0; i < list->arg_count; i++) {
        array->args[i] = list_item(s, e->args[0], list->args[i]);
        if (array->args[i] == NULL)
            return e;
    }
    any = expr_2(s->a, EXPR_QUANTIFIED, e->span, op, e->args[0], array);
    any->flags = negated ? EXPR_ALL : 0;
    any->result = &boolean_type;
    return quantified_form(s, any);
}

/* ARRAY['a', 'b'] is an array of text, whatever it stands beside. */
static const struct expr *
array_form(const struct server *s, const struct expr *e)
{
    struct expr *out;

    for (size_t i = 0; i < e->arg_count; i++)
        if (!is_unknown(e->args[i]))
            return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = ARENA_ARRAY(s->a, const struct expr *, e->arg_count + 1);
    for (size_t i = 0; i < e->arg_count; i++)
        out->args[i] = cast(s, &text_type, e->args[i]);
    return out;
}

/* ARRAY[a, b]::t[] casts each item and then nothing more. */
static const struct expr *
array_cast_form(const struct server *s, const struct expr *e)
{
    const struct expr *array = e->args[0];
    struct type *item = arena_copy(s->a, e->type, sizeof *e->type);
    struct expr *out = expr_new(s->a, EXPR_ARRAY, e->span, SLICE_NONE, array->arg_count);

    item->dimensions = 0;
    for (size_t i = 0; i < array->arg_count; i++) {
        const struct expr *arg = form(s, array->args[i]);
        bool same =
            !is_unknown(arg) && arg->result != NULL && type_equal(arg->result, item);

        out->args[i] = same ? arg : cast(s, item, arg);
    }
    out->result = e->type;
    return out;
}

/* ---- calls ---- */

/* Functions all of whose arguments are text. */
static const char *const text_functions[] = { "btrim",  "char_length", "character_length",
                                              "length", "lower",       "ltrim",
                                              "md5",    "replace",     "rtrim",
                                              "upper" };

/* public is where a name without a schema is looked for. */
static const struct expr *
sequence_name(const struct server *s, const struct expr *e)
{
    struct type *t = ARENA_NEW(s->a, struct type);
    struct expr *name;

    if (e->kind == EXPR_CAST && e->type->kind == TYPE_NAMED
        && slice_is(e->type->name, "regclass") && e->args[0]->kind == EXPR_STRING)
        e = e->args[0];
    if (e->kind != EXPR_STRING)
        return e;
    *t = type_from_words(SLICE_NONE, SLICE("regclass"), false, NULL);
    name = arena_copy(s->a, e, sizeof *e);
    if (slice_starts(name->text, "public."))
        name->text = slice_sub(name->text, strlen("public."), name->text.len);
    return cast(s, t, name);
}

static const struct expr *
call_form(const struct server *s, const struct expr *e)
{
    bool is_text = is_one_of(e->text, text_functions, ARRAY_LEN(text_functions));
    bool is_sequence = slice_is(e->text, "nextval") && e->arg_count == CALL_ARGS + 1;
    struct expr *out;

    if ((!is_text && !is_sequence) || (e->flags & EXPR_SPECIAL) != 0
        || e->args[CALL_QUALIFIER] != NULL)
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = arena_copy(s->a, e->args, sizeof *e->args * e->arg_count);
    for (size_t i = CALL_ARGS; i < e->arg_count; i++)
        out->args[i] = is_text ? as_text(s, e->args[i]) : sequence_name(s, e->args[i]);
    return out;
}

static const struct expr *
zoned_form(const struct server *s, const struct expr *e)
{
    return is_unknown(e->args[1]) ? expr_2(s->a, EXPR_AT_TIME_ZONE, e->span, SLICE_NONE,
                                           e->args[0], cast(s, &text_type, e->args[1]))
                                  : e;
}

/* ---- the tree ---- */

/* BETWEEN beside AND makes one chain of them, as reading the dump does. */
static const struct expr *
flat_form(const struct server *s, const struct expr *e)
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
with_forms(const struct server *s, const struct expr *e)
{
    struct expr *copy;

    if (e->arg_count == 0)
        return e;
    copy = arena_copy(s->a, e, sizeof *e);
    copy->args = ARENA_ARRAY(s->a, const struct expr *, e->arg_count);
    for (size_t i = 0; i < e->arg_count; i++)
        copy->args[i] = form(s, e->args[i]);
    return copy;
}

/* Forms of one kind of node, whose arguments have theirs already. */
typedef const struct expr *form_fn(const struct server *s, const struct expr *e);

static const struct expr *
binary_form(const struct server *s, const struct expr *e)
{
    return operation(s, e, e->text, e->args[0], e->args[1]);
}

static const struct expr *
cast_form(const struct server *s, const struct expr *e)
{
    return is_unknown(e->args[0]) ? cast(s, e->type, e->args[0]) : e;
}

static form_fn *const forms[EXPR_KIND_COUNT] = {
    [EXPR_BINARY] = binary_form,   [EXPR_LIKE] = like_form,
    [EXPR_BETWEEN] = between_form, [EXPR_IN] = in_form,
    [EXPR_ARRAY] = array_form,     [EXPR_QUANTIFIED] = quantified_form,
    [EXPR_CALL] = call_form,       [EXPR_AT_TIME_ZONE] = zoned_form,
    [EXPR_AND] = flat_form,        [EXPR_OR] = flat_form,
    [EXPR_CAST] = cast_form,
};

static const struct expr *
negative_number(const struct server *s, const struct expr *e)
{
    struct expr *n = arena_copy(s->a, e->args[0], sizeof *e);

    n->text = slice_format(s->a, "-%.*s", SLICE_ARG(e->args[0]->text));
    return n;
}

static const struct expr *
form(const struct server *s, const struct expr *e)
{
    if (e == NULL || expr_is_query(e))
        return e;
    if (e->kind == EXPR_UNARY && slice_is(e->text, "-")
        && e->args[0]->kind == EXPR_NUMBER)
        return negative_number(s, e);
    if (e->kind == EXPR_TYPED_STRING && e->type->arg_count == 0)
        return cast(s, e->type, expr_leaf(s->a, EXPR_STRING, e->span, e->text));
    if (e->kind == EXPR_CAST && e->args[0]->kind == EXPR_ARRAY && e->type->dimensions == 1
        && e->type->arg_count == 0 && e->args[0]->arg_count > 0)
        return array_cast_form(s, e);
    e = with_forms(s, e);
    return forms[e->kind] == NULL ? e : forms[e->kind](s, e);
}

const struct expr *
differ_server_form(const struct differ *d, const struct catalog *c, const struct expr *e)
{
    const struct server s = { &d->s->arena, c };

    return slice_is(c->dialect, "postgres") ? form(&s, e) : e;
}

const struct expr *
differ_server_default(const struct differ *d, const struct catalog *c,
                      const struct column *column, const struct expr *e)
{
    const struct server s = { &d->s->arena, c };

    if (e == NULL || !slice_is(c->dialect, "postgres"))
        return e;
    e = form(&s, e);
    return column->has_type ? typed(&s, &column->type, e) : e;
}

struct index_keys
differ_server_keys(const struct differ *d, const struct catalog *c,
                   const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];

        k.expr = differ_server_form(d, c, k.expr);
        VEC_PUSH(&d->s->arena, &out.all, k);
    }
    return out;
}
