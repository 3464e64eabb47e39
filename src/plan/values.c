/*
 * @from and @back are expressions over the row as it was, so their names can only be
 * checked against the old table, which is known here for the first time.
 */
#include "plan/internal.h"

struct value_check {
    struct session *s;
    const struct table *old;
    const struct column *column; /* that the value is for */
    const char *annotation;
    bool has_query; /* it reads other tables: their names are the engine's affair */
    bool fits;
};

static bool
find_query(void *context, const struct expr *e)
{
    struct value_check *v = context;

    v->has_query = v->has_query || expr_is_query(e);
    return !v->has_query;
}

static struct slice
nearest_column(struct session *s, const struct table *t, struct slice wrong)
{
    struct slices names = { 0 };

    VEC_EACH (i, &t->columns)
        VEC_PUSH(&s->arena, &names.all, t->columns.items[i]->name);
    return diag_nearest(wrong, names.all.items, names.all.count);
}

static void
report(struct value_check *v, const struct expr *e)
{
    struct span span = e->span.source != 0 ? e->span : v->column->span;
    struct slice nearest = nearest_column(v->s, v->old, e->text);
    struct diag *d;

    v->fits = false;
    if (plan_is_reported(v->s, D_NO_SUCH_COLUMN, span))
        return;
    d = diag_add(&v->s->diags, D_NO_SUCH_COLUMN, span,
                 "%s of \"%.*s\" reads \"%.*s\", which the table \"%.*s\" did not have",
                 v->annotation, SLICE_ARG(v->column->name), SLICE_ARG(e->text),
                 SLICE_ARG(v->old->name));
    if (!slice_is_none(nearest))
        diag_hint(&v->s->diags, d, "did you mean \"%.*s\"?", SLICE_ARG(nearest));
}

static bool
check_node(void *context, const struct expr *e)
{
    struct value_check *v = context;

    if ((e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        && table_find_column(v->old, e->text) == NULL && !slice_is(e->text, "rowid"))
        report(v, e);
    return true;
}

static bool
uses_value(const struct change *c)
{
    return c->kind == CHANGE_ADD_COLUMN || c->kind == CHANGE_COLUMN_TYPE
           || (c->kind == CHANGE_COLUMN_NULLABILITY && c->new.column->not_null);
}

/* The column whose annotation says the value; NULL: none. */
static const struct column *
column_that_says(const struct change *c, bool down)
{
    if (!down)
        return c->new.column;
    return c->old.column != NULL ? c->old.column
                                 : table_find_gone(c->old.table, c->new.column->name);
}

static bool
check_value(struct session *s, const struct change *c, bool down)
{
    const struct column *column = column_that_says(c, down);
    const struct expr *value = column == NULL ? NULL : down ? column->back : column->from;
    struct value_check v = {
        .s = s,
        .old = c->old.table,
        .column = column,
        .annotation = down ? "@back" : "@from",
        .fits = true,
    };

    if (value == NULL)
        return true;
    expr_walk(value, find_query, &v);
    if (!v.has_query)
        expr_walk(value, check_node, &v);
    return v.fits;
}

bool
plan_check_values(struct session *s, const struct changes *changes, bool down)
{
    bool fits = true;

    VEC_EACH (i, &changes->all)
        if (uses_value(&changes->all.items[i]))
            fits = check_value(s, &changes->all.items[i], down) && fits;
    return fits;
}
