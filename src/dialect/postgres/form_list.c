/*
 * Forms of lists: IN is kept as = ANY (ARRAY[…]), and an array as its cast items.
 */
#include "dialect/postgres/form.h"

/* Of a text and a varchar the operand's type is what both have in common. */
static const struct expr *
known_item(const struct form *s, const struct expr *operand, const struct expr *item)
{
    const struct type *t = operand->result;
    const struct type *u = item->result;

    if (u == NULL || t->dimensions != u->dimensions)
        return NULL;
    if (form_is_texty(operand) && form_is_texty(item))
        return t->kind == u->kind ? item : form_cast(s, form_literal_type(s, t), item);
    return type_equal(t, u) && t->arg_count == 0 ? item : NULL;
}

/* One item of IN as the type that all have in common with the operand; NULL: not known.
 */
static const struct expr *
list_item(const struct form *s, const struct expr *operand, const struct expr *item)
{
    const struct expr *pair[] = { operand, item };
    const struct type *t = form_compared_type(operand);

    if (t == NULL || form_literal_type(s, t) == NULL)
        return NULL;
    if (form_is_unknown(item) || item->kind == EXPR_NULL)
        return form_cast(s, form_literal_type(s, t), item);
    if (item->kind != EXPR_NUMBER)
        return known_item(s, operand, item);
    if (form_is_type(operand, TYPE_INT2) && form_is_type(item, TYPE_INT4))
        return item;
    t = form_common(s, pair, ARRAY_LEN(pair));
    if (t == NULL || t->kind != operand->result->kind)
        return NULL;
    return form_as(s, t, item);
}

/* 'a' = ANY (kinds): of the type of the items, and varchars are texts. */
static const struct expr *
any_item(const struct form *s, const struct expr *e)
{
    const struct expr *list = e->args[1] == NULL ? NULL : form_as_texts(s, e->args[1]);
    const struct expr *value = e->args[0];
    struct type *item;
    struct expr *out;

    if (list == NULL || list->result == NULL || list->result->dimensions == 0
        || (!form_is_unknown(value) && list == e->args[1]))
        return e;
    item = arena_copy(s->a, list->result, sizeof *item);
    item->dimensions = 0;
    value = list == e->args[1] ? form_typed(s, item, value) : form_as_text(s, value);
    out = expr_2(s->a, EXPR_QUANTIFIED, e->span, e->text, value, list);
    out->flags = e->flags;
    out->result = e->result;
    return out;
}

/* a = ANY (ARRAY[…]): varchars are compared as text, item by item. */
static const struct expr *
quantified(const struct form *s, const struct expr *e)
{
    const struct expr *list = e->args[1];
    struct expr *array;
    struct expr *out;
    struct type *t;

    if (list != NULL && form_is_unknown(list)) {
        t = arena_copy(s->a,
                       e->args[0]->result == NULL ? type_shared(TYPE_TEXT)
                                                  : e->args[0]->result,
                       sizeof *t);
        t->dimensions = 1;
        t->arg_count = 0;
        if (e->args[0]->result == NULL)
            return e;
        out = expr_2(s->a, EXPR_QUANTIFIED, e->span, e->text, e->args[0],
                     form_typed(s, t, list));
        out->flags = e->flags;
        out->result = e->result;
        return out;
    }
    if (list == NULL || list->kind != EXPR_ARRAY || !form_is_text_operator(e->text)
        || (!form_is_texty(e->args[0]) && !form_is_of(s, e->args[0], "citext")))
        return e;
    for (size_t i = 0; i < list->arg_count; i++)
        if (!form_is_texty(list->args[i]))
            return e;
    array = expr_new(s->a, EXPR_ARRAY, list->span, SLICE_NONE, list->arg_count);
    for (size_t i = 0; i < list->arg_count; i++)
        array->args[i] = form_as_text(s, list->args[i]);
    out = expr_2(s->a, EXPR_QUANTIFIED, e->span, e->text, form_as_text(s, e->args[0]),
                 array);
    out->flags = e->flags;
    out->result = e->result;
    return out;
}

/* Of a query: a varchar is compared as a text, = ANY (SELECT …) is IN (SELECT …), and
 * a NOT IN (SELECT …) is NOT (a IN (SELECT …)). */
static const struct expr *
beside_query(const struct form *s, const struct expr *e)
{
    bool is_any = e->kind == EXPR_QUANTIFIED && slice_is(form_operator(e->text), "=")
                  && (e->flags & EXPR_ALL) == 0;
    struct expr *in =
        expr_2(s->a, is_any ? EXPR_IN : e->kind, e->span,
               e->kind == EXPR_IN || is_any ? SLICE_NONE : form_operator(e->text),
               form_is_type(e->args[0], TYPE_VARCHAR) ? form_as_text(s, e->args[0])
                                                      : e->args[0],
               e->args[1]);
    struct expr * not ;

    in->flags = is_any ? 0 : e->flags & ~(uint32_t)EXPR_NEGATED;
    in->result = e->result;
    if ((e->flags & EXPR_NEGATED) == 0)
        return in;
    not = expr_1(s->a, EXPR_NOT, e->span, SLICE_NONE, in);
    not ->result = e->result;
    return not ;
}

const struct expr *
form_quantified(const struct form *s, const struct expr *e)
{
    struct expr *plain;

    if (e->args[1] != NULL && expr_is_query(e->args[1])
        && form_is_text_operator(form_operator(e->text)))
        return beside_query(s, e);
    e = any_item(s, e);
    if (!slice_starts(e->text, "OPERATOR("))
        return quantified(s, e);
    plain = arena_copy(s->a, e, sizeof *e);
    plain->text = form_operator(e->text);
    return quantified(s, plain);
}

static bool
has_column(const struct expr *e)
{
    if (e == NULL)
        return false;
    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        return true;
    for (size_t i = 0; i < e->arg_count; i++)
        if (has_column(e->args[i]))
            return true;
    return false;
}

/* Items with columns in them, and rows, are compared one by one. */
static bool
is_one_array(const struct expr *e)
{
    const struct expr *list = e->args[1];

    for (size_t i = 0; i < list->arg_count; i++)
        if (has_column(list->args[i]) || list->args[i]->kind == EXPR_ROW)
            return false;
    return true;
}

static const struct expr *
item_by_item(const struct form *s, const struct expr *e, struct slice op)
{
    const struct expr *list = e->args[1];
    struct expr *all = expr_new(s->a, slice_is(op, "=") ? EXPR_OR : EXPR_AND, e->span,
                                SLICE_NONE, list->arg_count);
    size_t constants = 0;

    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *rows = form_rows(s, op, e->args[0], list->args[i]);

        constants += !has_column(list->args[i]) && rows == NULL ? 1 : 0;
        all->args[i] =
            rows != NULL ? rows : form_operation(s, e, op, e->args[0], list->args[i]);
    }
    if (list->arg_count < 2 || constants > 1) /* those would be an array again */
        return e;
    all->result = type_shared(TYPE_BOOLEAN);
    return all;
}

const struct expr *
form_in(const struct form *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    struct slice op = negated ? SLICE("<>") : SLICE("=");
    const struct expr *list = e->args[1];
    struct expr *array;
    struct expr *any;

    if (list != NULL && expr_is_query(list))
        return beside_query(s, e);
    if (list == NULL || list->kind != EXPR_LIST || list->arg_count == 0)
        return e;
    if (list->arg_count == 1 && expr_is_constant(list->args[0]))
        return form_operation(s, e, op, e->args[0], list->args[0]);
    if (!is_one_array(e))
        return item_by_item(s, e, op);
    array = expr_new(s->a, EXPR_ARRAY, list->span, SLICE_NONE, list->arg_count);
    for (size_t i = 0; i < list->arg_count; i++) {
        array->args[i] = list_item(s, e->args[0], list->args[i]);
        if (array->args[i] == NULL)
            return e;
    }
    any = expr_2(s->a, EXPR_QUANTIFIED, e->span, op, e->args[0], array);
    any->flags = negated ? EXPR_ALL : 0;
    any->result = type_shared(TYPE_BOOLEAN);
    return form_quantified(s, any);
}

/* ARRAY['a', 'b'] is an array of text, whatever it stands beside. */
const struct expr *
form_array(const struct form *s, const struct expr *e)
{
    struct expr *out;

    for (size_t i = 0; i < e->arg_count; i++)
        if (!form_is_unknown(e->args[i]))
            return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = ARENA_ARRAY(s->a, const struct expr *, e->arg_count + 1);
    for (size_t i = 0; i < e->arg_count; i++)
        out->args[i] = form_cast(s, type_shared(TYPE_TEXT), e->args[i]);
    return out;
}

/* ARRAY[a, b]::t[] casts each item and then nothing more. */
const struct expr *
form_array_cast(const struct form *s, const struct expr *e)
{
    const struct expr *array = e->args[0];
    struct type *item = arena_copy(s->a, e->type, sizeof *e->type);
    struct expr *out = expr_new(s->a, EXPR_ARRAY, e->span, SLICE_NONE, array->arg_count);

    item->dimensions = 0;
    for (size_t i = 0; i < array->arg_count; i++) {
        const struct expr *arg = form_of(s, array->args[i]);
        bool same =
            !form_is_unknown(arg) && arg->result != NULL && type_equal(arg->result, item);

        out->args[i] = same ? arg : form_cast(s, item, arg);
    }
    out->result = e->type;
    return out;
}
