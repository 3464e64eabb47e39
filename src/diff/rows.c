/*
 * Initial rows that the old catalog does not have.  A row is known by its table and the
 * values of its key, or all its values where there is no key; a row whose other values
 * were edited has been inserted already, and one that is gone stays in the database.
 */
#include "diff/differ.h"

#include <stdlib.h>

#include "expr/sqlw.h"

static size_t
column_position(const struct slices *columns, struct slice name)
{
    for (size_t i = 0; i < columns->all.count; i++)
        if (slice_equal(columns->all.items[i], name))
            return i;
    return MATCH_NONE;
}

static int
compare_slices(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* "column=value" for each of `named`, sorted, so that the order of writing is nothing.
 * None where the row does not give one of them. */
static struct slice
row_key(struct differ *d, const struct table_pair *renamed, const struct table *table,
        const struct initial_rows *rows, const struct initial_row *row,
        const struct slices *named)
{
    struct arena *a = &d->s->arena;
    struct text out;
    struct slices parts = { 0 };

    VEC_EACH (i, &named->all) {
        struct slice name = named->all.items[i];
        size_t at = column_position(&rows->columns, name);
        struct slice value;

        if (at == MATCH_NONE || at >= row->values.count)
            return SLICE_NONE;
        if (renamed != NULL)
            name = differ_rename_column(renamed, name);
        value = expr_text(a, row->values.items[at]);
        VEC_PUSH(a, &parts.all,
                 slice_format(a, "\1%.*s=%.*s", SLICE_ARG(name), SLICE_ARG(value)));
    }
    if (parts.all.count > 0)
        qsort(parts.all.items, parts.all.count, sizeof *parts.all.items, compare_slices);
    text_init(&out, a);
    text_add(&out, catalog_key(a, table->schema, table->name));
    VEC_EACH (i, &parts.all)
        text_add(&out, parts.all.items[i]);
    return text_slice(&out);
}

static void
remember(struct map *known, struct slice key)
{
    if (!slice_is_none(key))
        map_put(known, key, NULL);
}

static void
remember_rows(struct differ *d, struct map *known, const struct initial_rows *rows)
{
    const struct table_pair *p =
        pair_of_old_table(d, rows->table->schema, rows->table->name);

    if (p == NULL)
        return;
    VEC_EACH (i, &rows->rows) {
        const struct initial_row *row = &rows->rows.items[i];

        remember(known, row_key(d, p, p->new, rows, row, &rows->columns));
        if (rows->key.all.count > 0)
            remember(known, row_key(d, p, p->new, rows, row, &rows->key));
    }
}

static bool
is_known(struct differ *d, const struct map *known, const struct initial_rows *rows,
         const struct initial_row *row)
{
    struct slice all = row_key(d, NULL, rows->table, rows, row, &rows->columns);
    struct slice key = rows->key.all.count == 0
                           ? SLICE_NONE
                           : row_key(d, NULL, rows->table, rows, row, &rows->key);

    return map_has(known, all) || (!slice_is_none(key) && map_has(known, key));
}

/* `rows` without those that are known; NULL: nothing is left. */
static struct initial_rows *
unknown_rows(struct differ *d, const struct map *known, const struct initial_rows *rows)
{
    struct initial_rows *out =
        arena_copy(&d->s->arena, rows, sizeof(struct initial_rows));

    out->rows.items = NULL;
    out->rows.count = 0;
    out->rows.capacity = 0;
    VEC_EACH (i, &rows->rows) {
        if (!is_known(d, known, rows, &rows->rows.items[i]))
            VEC_PUSH(&d->s->arena, &out->rows, rows->rows.items[i]);
    }
    return out->rows.count == 0 ? NULL : out;
}

void
diff_initial_rows(struct differ *d)
{
    struct map known;

    map_init(&known, &d->s->arena);
    VEC_EACH (i, &d->from->initial_rows)
        remember_rows(d, &known, d->from->initial_rows.items[i]);
    VEC_EACH (i, &d->to->initial_rows) {
        const struct initial_rows *rows = d->to->initial_rows.items[i];
        const struct initial_rows *fresh = unknown_rows(d, &known, rows);

        if (fresh != NULL)
            add_change(d, CHANGE_INITIAL_ROWS, (struct change_side){ 0 },
                       (struct change_side){ .table = fresh->table, .rows = fresh });
    }
}

/* By all its values, in the names of the new side. */
static struct slice
whole_row(struct differ *d, const struct table_pair *renamed,
          const struct initial_rows *rows, const struct initial_row *row)
{
    const struct table *table = renamed == NULL ? rows->table : renamed->new;

    return row_key(d, renamed, table, rows, row, &rows->columns);
}

static const struct initial_row *
row_that_goes(struct differ *d, const struct map *known, const struct initial_rows *rows)
{
    const struct table_pair *p =
        pair_of_old_table(d, rows->table->schema, rows->table->name);

    if (p == NULL)
        return NULL;
    VEC_EACH (i, &rows->rows)
        if (!map_has(known, whole_row(d, p, rows, &rows->rows.items[i])))
            return &rows->rows.items[i];
    return NULL;
}

const struct initial_row *
differ_row_that_goes(struct differ *d, const struct table **table)
{
    const struct initial_row *found = NULL;
    struct map known;

    map_init(&known, &d->s->arena);
    VEC_EACH (i, &d->to->initial_rows) {
        const struct initial_rows *rows = d->to->initial_rows.items[i];

        VEC_EACH (k, &rows->rows)
            remember(&known, whole_row(d, NULL, rows, &rows->rows.items[k]));
    }
    for (size_t i = 0; found == NULL && i < d->from->initial_rows.count; i++) {
        *table = d->from->initial_rows.items[i]->table;
        found = row_that_goes(d, &known, d->from->initial_rows.items[i]);
    }
    return found;
}
