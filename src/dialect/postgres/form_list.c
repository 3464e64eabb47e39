/*
 * Forms of lists: IN is kept as = ANY (ARRAY[…]), and an array as its cast items.
 */
#include "dialect/postgres/form.h"

/* One item of IN as the type that all have in common with the operand; NULL: not known.
 */
static const struct expr *
list_item(const struct form *s, const struct expr *operand, const struct expr *item)
{
    const struct type *t = form_compared_type(operand);

    if (form_is_unknown(item)) {
        t = form_literal_type(s, t);
        return t == NULL ? NULL : form_cast(s, t, item);
    }
    if (item->kind != EXPR_NUMBER)
        return NULL;
    if (form_is_type(item, TYPE_INT4) && form_is_type(operand, TYPE_INT8))
        return form_cast(s, type_shared(TYPE_INT8), item);
    if (form_is_type(operand, TYPE_DECIMAL) && form_is_whole(item))
        return form_cast(s, type_shared(TYPE_DECIMAL), item);
    if ((form_is_type(item, TYPE_INT4)
         && (form_is_type(operand, TYPE_INT2) || form_is_type(operand, TYPE_INT4)))
        || (form_is_type(item, TYPE_INT8) && form_is_type(operand, TYPE_INT8))
        || (form_is_type(item, TYPE_DECIMAL) && form_is_type(operand, TYPE_DECIMAL)))
        return item;
    return NULL;
}

/* a = ANY (ARRAY[…]): varchars are compared as text, item by item. */
const struct expr *
form_quantified(const struct form *s, const struct expr *e)
{
    const struct expr *list = e->args[1];
    struct expr *array;
    struct expr *out;

    if (list == NULL || list->kind != EXPR_ARRAY || !form_is_texty(e->args[0])
        || !form_is_text_operator(e->text))
        return e;
    for (size_t i = 0; i < list->arg_count; i++)
        if (!form_is_texty(list->args[i]))
            return e;
    array = expr_new(s->a, EXPR_ARRAY, list->span, SLICE_NONE, list->arg_count);
    for (size_t i = 0; i < list->arg_count; i++)
        array->args[i] = form_as_text(s, list->args[i]);
    out = expr_2(s->a, EXPR_QUANTIFIED, e->span, e->text, form_as_text(s, e->args[0]), array);
    out->flags = e->flags;
    out->result = e->result;
    return out;
}

const struct expr *
form_in(const struct form *s, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;
    struct slice op = negated ? SLICE("<>") : SLICE("=");
    const struct expr *list = e->args[1];
    struct expr *array;
    struct expr *any;

    if (list == NULL || list->kind != EXPR_LIST || list->arg_count == 0)
        return e;
    if (list->arg_count == 1 && expr_is_constant(list->args[0]))
        return form_operation(s, e, op, e->args[0], list->args[0]);
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

