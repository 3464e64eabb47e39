/*
 * Rows: cursors over a range of a key.
 */
#include "runtime/row.h"

/* All columns of the key but the last are given; that is between two ends, or any. */
static void
add_range(struct row_sql *q, char letter)
{
    const struct row_plan *plan = q->request->plan;
    const struct schemac_key *key = &plan->table->keys[row_key_of(q->request->form)];
    unsigned range = row_range_of(q->request->form);

    (void)letter; /* there is one */
    for (size_t i = 0; i < plan->bound; i++)
        schemac__sql_add_item(q, plan->fields[i].column, " AND t.%n = %p", "");
    q->column = &plan->table->columns[key->columns[plan->bound]];
    if ((range & ROW_RANGE_FROM) != 0)
        schemac__sql_add(q, " AND t.%n >= %p");
    if ((range & ROW_RANGE_TO) != 0)
        schemac__sql_add(q, " AND t.%n < %p");
    if ((range & (ROW_RANGE_FROM | ROW_RANGE_TO)) == 0
        && (q->column->flags & SCHEMAC_COLUMN_NULLABLE) != 0)
        schemac__sql_add(q, " AND t.%n IS NOT NULL");
    schemac__sql_add(q, " ORDER BY t.%n");
    schemac__sql_add(q, (range & ROW_RANGE_DESCENDING) != 0 ? " DESC" : "");
}

static enum schemac_status
bind_range(struct schemac_cursor *cursor, size_t key, const void *row, const void *from,
           const void *to)
{
    const struct schemac__row_driver *rows = cursor->db->driver->rows;
    const struct schemac_key *k = &cursor->table->keys[key];
    size_t last = k->columns[k->column_count - 1];
    struct schemac_stmt *stmt = cursor->statement->stmt;
    enum schemac_status status = rows->bind(stmt, row, true);
    int at = k->column_count;

    if (status == SCHEMAC_OK && from != NULL)
        status = rows->bind_value(stmt, last, at++, from);
    if (status == SCHEMAC_OK && to != NULL)
        status = rows->bind_value(stmt, last, at, to);
    return status;
}

enum schemac_status
schemac_cursor_range(struct schemac_db *db, const struct schemac_table *table, size_t key,
                     struct schemac_cursor *cursor, const void *row, const void *from,
                     const void *to, enum schemac_order order)
{
    static const struct row_pattern pattern = { "SELECT %a FROM %t AS t WHERE true%e",
                                                add_range };
    unsigned range = (from != NULL ? (unsigned)ROW_RANGE_FROM : 0)
                     | (to != NULL ? (unsigned)ROW_RANGE_TO : 0)
                     | (order == SCHEMAC_DESCENDING ? (unsigned)ROW_RANGE_DESCENDING : 0);
    enum schemac_status status = schemac__cursor_open(
        db, table, &pattern, row_form_of_range(key, range), cursor, row);

    if (status != SCHEMAC_OK)
        return status;
    status = bind_range(cursor, key, row, from, to);
    return status == SCHEMAC_OK ? SCHEMAC_OK : schemac__cursor_end(cursor, status);
}
