/*
 * Rows: update, by the primary key.
 */
#include "runtime/row.h"

enum schemac_status
schemac_row_update(struct schemac_db *db, const struct schemac_table *table,
                   const void *row, const uint64_t *mask)
{
    static const struct row_pattern pattern = { "UPDATE %t AS t SET %s WHERE %k", NULL };

    return schemac__row_do(db, table, &pattern, row_form_of(ROW_UPDATE, 0),
                           schemac__row_unwritten(row), mask);
}

enum schemac_status
schemac_row_update_64(struct schemac_db *db, const struct schemac_table *table,
                      const void *row, uint64_t mask)
{
    return schemac_row_update(db, table, row, &mask);
}
