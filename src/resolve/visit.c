/*
 * Every expression that a table holds, for whoever puts others in their place: renames of
 * columns, of the values of an enum type, of types.
 *
 * What stands in views, triggers, rules and policies has scopes: it is bound again, with
 * an edit (struct binder).
 */
#include "resolve/build.h"

struct visit {
    table_edit_fn *edit;
    void *context;
};

static const struct expr *
visit_expr(const struct visit *v, const struct expr *e)
{
    return e == NULL ? NULL : v->edit(v->context, PLACE_ROW, e);
}

static void
visit_column(const struct visit *v, struct column *c)
{
    if (c->default_value != NULL)
        c->default_value = v->edit(v->context, PLACE_ALONE, c->default_value);
    c->generated = visit_expr(v, c->generated);
    c->back = visit_expr(v, c->back);
}

static void
visit_keys(const struct visit *v, struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        keys->all.items[i].expr = visit_expr(v, keys->all.items[i].expr);
}

void
table_edit(struct work_table *w, table_edit_fn *edit, void *context)
{
    struct visit v = { edit, context };

    VEC_EACH (i, &w->table->columns)
        visit_column(&v, w->table->columns.items[i]);
    VEC_EACH (i, &w->table->gone)
        visit_column(&v, w->table->gone.items[i]);
    if (w->partition_keys != NULL)
        visit_keys(&v, w->partition_keys);
    VEC_EACH (i, &w->constraints) {
        struct constraint *c = w->constraints.items[i]->constraint;

        visit_keys(&v, &c->keys);
        c->check = visit_expr(&v, c->check);
    }
    VEC_EACH (i, &w->indexes) {
        struct index *k = w->indexes.items[i]->index;

        visit_keys(&v, &k->keys);
        k->where = visit_expr(&v, k->where);
    }
}
