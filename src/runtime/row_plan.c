/*
 * How the rows of a statement are read: found out once, from the descriptions of its
 * columns, and kept with it.
 */
#include "runtime/row.h"

static enum row_simple
simple_of(const struct schemac_column *c)
{
    if (row_has_opt(c))
        return ROW_NOT_SIMPLE;
    return c->codec == SCHEMAC_CODEC_INT64    ? ROW_SIMPLE_INT64
           : c->codec == SCHEMAC_CODEC_TEXT   ? ROW_SIMPLE_TEXT
           : c->codec == SCHEMAC_CODEC_INT32  ? ROW_SIMPLE_INT32
           : c->codec == SCHEMAC_CODEC_DOUBLE ? ROW_SIMPLE_DOUBLE
                                              : ROW_NOT_SIMPLE;
}

struct row_plan *
schemac__row_new_plan(struct schemac_stmt *stmt, const struct schemac_table *table,
                      struct row_columns columns)
{
    struct row_plan *plan =
        schemac__alloc(sizeof *plan + columns.count * sizeof *plan->fields);

    if (plan == NULL) {
        schemac__no_memory(stmt->db);
        return NULL;
    }
    plan->table = table;
    plan->columns = columns;
    for (size_t i = 0; i < columns.count; i++) {
        const struct schemac_column *c = &table->columns[row_column_at(columns, i)];

        plan->fields[i].simple = simple_of(c);
        plan->fields[i].offset = c->offset;
        plan->fields[i].is_nullable = (c->flags & SCHEMAC_COLUMN_NULLABLE) != 0;
    }
    schemac__free(stmt->plan);
    stmt->plan = plan;
    return plan;
}
