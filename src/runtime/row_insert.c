/*
 * Rows: insert.  What the caller does not give comes back from the database.
 */
#include "runtime/row.h"

const struct row_pattern schemac__row_insert_pattern = { "INSERT INTO %t%g%r", NULL };

enum schemac_status
schemac_row_insert(struct schemac_db *db, const struct schemac_table *table, void *row,
                   const uint64_t *mask)
{
    return schemac__row_do(db, table, &schemac__row_insert_pattern,
                           row_form_of(ROW_INSERT, 0), row, mask);
}

enum schemac_status
schemac_row_insert_64(struct schemac_db *db, const struct schemac_table *table, void *row,
                      uint64_t mask)
{
    return schemac_row_insert(db, table, row, &mask);
}
