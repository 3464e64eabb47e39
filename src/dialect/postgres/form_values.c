/*
 * Forms of VALUES that are a query of their own: each column has the type that all its
 * values have in common, and strings alone are texts.  Its columns are called column1,
 * column2, …  [PostgreSQL: VALUES; UNION, CASE, and Related Constructs]
 */
#include "dialect/postgres/form_scope.h"

static bool
is_even(const struct expr *q)
{
    for (size_t i = 0; i < q->arg_count; i++)
        if (q->args[i]->arg_count != q->args[0]->arg_count)
            return false;
    return q->arg_count > 0;
}

static struct expr *
copy_of(const struct form *f, const struct expr *e)
{
    struct expr *copy = arena_copy(f->a, e, sizeof *e);

    copy->args = arena_copy(f->a, e->args, sizeof *e->args * e->arg_count);
    return copy;
}

static void
type_column(const struct form *f, const struct expr *rows, size_t at,
            struct form_columns *out)
{
    const struct expr **values = ARENA_ARRAY(f->a, const struct expr *, rows->arg_count);
    const struct type *t;

    for (size_t i = 0; i < rows->arg_count; i++)
        values[i] = rows->args[i]->args[at];
    t = form_common(f, values, rows->arg_count);
    for (size_t i = 0; t != NULL && i < rows->arg_count; i++)
        rows->args[i]->args[at] = form_as(f, t, values[i]);
    form_add_column(f, out, slice_format(f->a, "column%zu", at + 1), t);
}

const struct expr *
form_values(const struct form *f, const struct form_scope *outer, const struct expr *q,
            struct form_columns *out)
{
    struct expr *copy = copy_of(f, q);

    if (!is_even(q)) {
        out->opaque = true;
        return q;
    }
    for (size_t i = 0; i < q->arg_count; i++) {
        struct expr *row = copy_of(f, q->args[i]);

        for (size_t k = 0; k < row->arg_count; k++)
            row->args[k] = form_name_in(f, outer, row->args[k]);
        copy->args[i] = row;
    }
    for (size_t k = 0; k < q->args[0]->arg_count; k++)
        type_column(f, copy, k, out);
    return copy;
}
