/*
 * Initial rows that a delta inherits, in columns that it computes by @from: a new
 * database gets them with the value that an old one gets by migrating.
 *
 *     1.0.0:  INSERT INTO config (hours) VALUES (24);
 *     1.1.0:  ALTER TABLE config ADD COLUMN minutes integer NOT NULL; -- @from hours * 60
 *     result: INSERT INTO config (hours, minutes) VALUES (24, 24 * 60)
 */
#include "resolve/build.h"

struct substitution {
    struct build *b;
    const struct initial_rows *rows; /* of the base: old names, old values */
    const struct initial_row *row;
    bool failed; /* it reads what the row does not tell */
};

static const struct expr *
old_value(struct substitution *s, const struct expr *name)
{
    const struct column *c;

    VEC_EACH (i, &s->rows->columns.all)
        if (slice_equal(s->rows->columns.all.items[i], name->text))
            return s->row->values.items[i];
    c = table_find_column(s->rows->table, name->text);
    if (c == NULL || c->identity != IDENTITY_NONE || c->generated != NULL) {
        s->failed = true;
        return name;
    }
    if (c->default_value != NULL)
        return c->default_value;
    return expr_leaf(s->b->a, EXPR_NULL, SPAN_NONE, SLICE_NONE);
}

static const struct expr *
substitute(void *context, const struct expr *e)
{
    struct substitution *s = context;

    if (expr_is_query(e))
        s->failed = true;
    return e->kind == EXPR_NAME || e->kind == EXPR_COLUMN ? old_value(s, e) : e;
}

static size_t
place_of(const struct initial_rows *rows, struct slice column)
{
    size_t i = 0;

    while (i < rows->columns.all.count
           && !slice_equal(rows->columns.all.items[i], column))
        i++;
    return i;
}

/* All rows or none: they share the list of columns. */
static void
compute_column(struct build *b, const struct column *c, struct initial_rows *rows,
               const struct initial_rows *base)
{
    size_t at = place_of(rows, c->name);
    const struct expr **values = ARENA_ARRAY(b->a, const struct expr *, base->rows.count);

    VEC_EACH (i, &base->rows) {
        struct substitution s = { b, base, &base->rows.items[i], false };

        values[i] = expr_rewrite(b->a, c->from, substitute, &s);
        if (s.failed)
            return;
    }
    if (at == rows->columns.all.count)
        VEC_PUSH(b->a, &rows->columns.all, c->name);
    VEC_EACH (i, &rows->rows) {
        struct initial_row *row = &rows->rows.items[i];

        if (at == row->values.count)
            VEC_PUSH(b->a, &row->values, values[i]);
        else
            row->values.items[at] = values[i];
    }
}

void
rows_compute(struct build *b, const struct table *t, struct work_rows *work)
{
    if (work->base == NULL)
        return;
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->from != NULL && t->columns.items[i]->generated == NULL)
            compute_column(b, t->columns.items[i], work->rows, work->base);
}
