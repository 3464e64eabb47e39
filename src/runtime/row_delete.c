/*
 * Rows: delete, by the primary key.
 */
#include "runtime/row.h"

enum schemac_status
schemac_row_delete(struct schemac_db *db, const struct schemac_table *table,
                   const void *row)
{
    static const struct row_pattern pattern = { "DELETE FROM %t AS t WHERE %k", NULL };

    return schemac__row_do(db, table, &pattern, row_form_of(ROW_DELETE, 0),
                           schemac__row_unwritten(row), NULL);
}
