/*
 * Rows: is there one, and how many are there?
 */
#include "runtime/row.h"

enum schemac_status
schemac_row_exists(struct schemac_db *db, const struct schemac_table *table, size_t key,
                   const void *row, bool *exists)
{
    static const struct row_pattern pattern = { "SELECT 1 FROM %t AS t WHERE %k", NULL };
    struct row_table *home;
    enum schemac_status status = schemac__row_home(db, table, row, &home);

    if (status != SCHEMAC_OK)
        return status;
    if (!schemac__row_ready(db, table, exists) || !schemac__row_has_key(db, table, key))
        return SCHEMAC_MISUSE;
    status = schemac__row_ask(db, home, &pattern, row_form_of(ROW_EXISTS, key), row, NULL,
                              NULL, NULL);
    *exists = status == SCHEMAC_ROW;
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
read_count(struct schemac_db *db, struct row_table *home, struct schemac_stmt *stmt,
           void *count)
{
    (void)home;
    *(int64_t *)count = db->driver->rows->read_count(stmt);
    return SCHEMAC_OK;
}

enum schemac_status
schemac_row_count(struct schemac_db *db, const struct schemac_table *table,
                  int64_t *count)
{
    static const struct row_pattern pattern = { "SELECT count(*) FROM %t AS t", NULL };
    struct row_table *home;
    enum schemac_status status = schemac__row_home(db, table, count, &home);

    return status != SCHEMAC_OK
               ? status
               : schemac__row_ask(db, home, &pattern, row_form_of(ROW_COUNT, 0), NULL,
                                  NULL, read_count, count);
}
