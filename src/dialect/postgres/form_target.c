/*
 * The name of a target that has none, as the server gives it (parse_target.c,
 * FigureColname).
 */
#include "dialect/postgres/form.h"

struct slice
form_target_name(const struct expr *e)
{
    struct slice inner;

    switch ((int)e->kind) {
    case EXPR_NAME:
    case EXPR_COLUMN:
    case EXPR_CALL_KEYWORD:
        return e->text;
    case EXPR_FIELD:
        return e->text;
    case EXPR_CALL:
        return e->text;
    case EXPR_CAST:
        inner = form_target_name(e->args[0]);
        if (!slice_is(inner, "?column?") || e->type->kind != TYPE_NAMED)
            return inner;
        return e->type->name;
    case EXPR_COLLATE:
    case EXPR_SUBSCRIPT:
        return form_target_name(e->args[0]);
    case EXPR_CASE:
        if (e->args[1] != NULL) {
            inner = form_target_name(e->args[1]);
            if (!slice_is(inner, "?column?"))
                return inner;
        }
        return SLICE("case");
    case EXPR_EXISTS:
        return SLICE("exists");
    case EXPR_ARRAY:
    case EXPR_ARRAY_QUERY:
        return SLICE("array");
    case EXPR_ROW:
        return SLICE("row");
    case EXPR_SUBQUERY: {
        const struct expr *first = query_first_select(e->args[0]);

        if (first == NULL || first->args[SELECT_TARGETS]->arg_count != 1)
            return SLICE("?column?");
        first = first->args[SELECT_TARGETS]->args[0];
        return slice_is_none(first->text) ? form_target_name(first->args[0])
                                          : first->text;
    }
    default:
        return SLICE("?column?");
    }
}
