/*
 * Rows: get, by a key.
 */
#include "runtime/row.h"

const struct row_pattern schemac__row_get_pattern = {
    "SELECT %a FROM %t AS t WHERE %k", NULL
};

enum schemac_status
schemac_row_get(struct schemac_db *db, const struct schemac_table *table, size_t key,
                void *row)
{
    return schemac__row_do(db, table, &schemac__row_get_pattern,
                           row_form_of(ROW_GET, key), row, NULL);
}
