/*
 * Rows: cursors by a key.
 */
#include "runtime/row.h"

enum schemac_status
schemac_cursor_by(struct schemac_db *db, const struct schemac_table *table, size_t key,
                  struct schemac_cursor *cursor, const void *row)
{
    enum schemac_status status = schemac__cursor_open(
        db, table, &schemac__row_get_pattern, row_form_of(ROW_GET, key), cursor, row);

    if (status != SCHEMAC_OK)
        return status;
    status = db->driver->rows->bind(cursor->statement->stmt, row, true);
    return status == SCHEMAC_OK ? SCHEMAC_OK : schemac__cursor_end(cursor, status);
}
