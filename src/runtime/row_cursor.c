/*
 * Rows: cursors.
 *
 * An open cursor has a statement of its own: while it is busy, a second cursor over the
 * same query prepares another one, which is kept like the first.
 */
#include "runtime/row.h"

/* What the statement locked is free again. */
enum schemac_status
schemac__cursor_end(struct schemac_cursor *cursor, enum schemac_status status)
{
    if (cursor->statement != NULL) {
        (void)cursor->db->driver->reset(cursor->statement->stmt);
        cursor->statement->busy = false;
    }
    cursor->statement = NULL;
    cursor->ended = status;
    return status;
}

enum schemac_status
schemac__cursor_open(struct schemac_db *db, const struct schemac_table *table,
                     const struct row_pattern *pattern, row_form form,
                     struct schemac_cursor *cursor, const void *argument)
{
    struct schemac__statement *s;

    if (cursor == NULL)
        return SCHEMAC_MISUSE;
    s = schemac__row_statement(db, table, pattern, form, NULL, argument);
    cursor->db = db;
    cursor->table = table;
    cursor->statement = s;
    cursor->ended = s == NULL ? schemac__row_status(db) : SCHEMAC_OK;
    if (s == NULL)
        return cursor->ended;
    s->busy = true;
    if (db->driver->rows->stream != NULL)
        db->driver->rows->stream(s->stmt);
    return SCHEMAC_OK;
}

enum schemac_status
schemac_cursor_scan(struct schemac_db *db, const struct schemac_table *table,
                    struct schemac_cursor *cursor)
{
    static const struct row_pattern pattern = { "SELECT %a FROM %t AS t", NULL };

    return schemac__cursor_open(db, table, &pattern, row_form_of(ROW_SCAN, 0), cursor,
                                cursor);
}

/* There is no row: the end, or a failure. */
static enum schemac_status
end_without_row(struct schemac_cursor *cursor, enum schemac_status status)
{
    if (status != SCHEMAC_DONE)
        return schemac__cursor_end(
            cursor, schemac__row_explain(cursor->db, cursor->table, status));
    (void)schemac__cursor_end(cursor, SCHEMAC_OK);
    return SCHEMAC_DONE;
}

enum schemac_status
schemac__cursor_step(struct schemac_cursor *cursor, void *row, struct schemac_arena *into)
{
    enum schemac_status status =
        cursor->db->driver->rows->next(cursor->statement->stmt, row, into);

    return status == SCHEMAC_ROW ? status : end_without_row(cursor, status);
}

enum schemac_status
schemac_cursor_next(struct schemac_cursor *cursor, void *row)
{
    if (cursor != NULL && row != NULL && cursor->statement != NULL)
        return schemac__cursor_step(cursor, row, NULL);
    if (cursor == NULL || row == NULL)
        return SCHEMAC_MISUSE;
    return cursor->ended == SCHEMAC_OK && cursor->db != NULL
               ? SCHEMAC_DONE
               : (cursor->ended == SCHEMAC_OK ? SCHEMAC_MISUSE : cursor->ended);
}

enum schemac_status
schemac_cursor_close(struct schemac_cursor *cursor)
{
    enum schemac_status status;

    if (cursor == NULL)
        return SCHEMAC_MISUSE;
    status = schemac__cursor_end(cursor, cursor->ended);
    *cursor = (struct schemac_cursor){ .db = NULL };
    return status;
}
