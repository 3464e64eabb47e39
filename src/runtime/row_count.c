/*
 * Rows: is there one, and how many are there?
 */
#include "runtime/row.h"

enum schemac_status
schemac_row_exists(struct schemac_db *db, const struct schemac_table *table, size_t key,
                   const void *row, bool *exists)
{
    static const struct row_pattern pattern = { "SELECT 1 FROM %t AS t WHERE %k", NULL };
    const struct schemac__statement *s;
    enum schemac_status status;

    if (!schemac__row_ready(db, table, exists))
        return SCHEMAC_MISUSE;
    s = schemac__row_statement(db, table, &pattern, row_form_of(ROW_EXISTS, key), NULL,
                               row);
    status = s == NULL ? schemac__row_status(db)
                       : schemac__row_run(s, schemac__row_unwritten(row));
    *exists = status == SCHEMAC_OK;
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

enum schemac_status
schemac_row_count(struct schemac_db *db, const struct schemac_table *table,
                  int64_t *count)
{
    static const struct row_pattern pattern = { "SELECT count(*) FROM %t AS t", NULL };
    const struct schemac__statement *s = schemac__row_statement(
        db, table, &pattern, row_form_of(ROW_COUNT, 0), NULL, count);
    enum schemac_status status;

    if (s == NULL)
        return schemac__row_status(db);
    status = db->driver->step(s->stmt);
    if (status == SCHEMAC_ROW)
        *count = db->driver->rows->read_count(s->stmt);
    (void)db->driver->reset(s->stmt);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : schemac__row_explain(db, table, status);
}
