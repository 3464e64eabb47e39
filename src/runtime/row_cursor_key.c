/*
 * Rows: cursors by a key.
 */
#include "runtime/row.h"

bool
schemac__cursor_check(struct schemac_db *db, const struct schemac_table *table,
                      size_t key, struct schemac_cursor *cursor, const void *argument)
{
    if (cursor == NULL)
        return false;
    *cursor = (struct schemac_cursor){ .ended = SCHEMAC_MISUSE };
    return schemac__row_ready(db, table, argument)
           && schemac__row_has_key(db, table, key);
}

enum schemac_status
schemac_cursor_by(struct schemac_db *db, const struct schemac_table *table, size_t key,
                  struct schemac_cursor *cursor, const void *row)
{
    enum schemac_status status;

    if (!schemac__cursor_check(db, table, key, cursor, row))
        return SCHEMAC_MISUSE;
    status = schemac__cursor_open(db, table, &schemac__row_get_pattern,
                                  row_form_of(ROW_GET, key), cursor);
    if (status != SCHEMAC_OK)
        return status;
    status = db->driver->rows->bind(cursor->statement->stmt, table,
                                    row_key_columns(table, key), row, true);
    return status == SCHEMAC_OK ? SCHEMAC_OK : schemac__cursor_end(cursor, status);
}
