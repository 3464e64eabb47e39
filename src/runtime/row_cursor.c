/*
 * Rows: cursors, and all rows at once.
 *
 * An open cursor has a statement of its own: while it is busy, a second cursor over the
 * same query prepares another one, which is kept like the first.
 */
#include <string.h>

#include "runtime/row.h"

#define COLLECT_FIRST 16 /* rows that there is room for at first; then it doubles */

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
                     struct row_fixed fixed, struct schemac_cursor *cursor)
{
    struct row_table *home;

    *cursor = (struct schemac_cursor){ .db = db, .table = table };
    home = schemac__row_table(db, table);
    cursor->ended = home == NULL
                        ? SCHEMAC_NO_MEMORY
                        : schemac__row_statement(db, home, fixed, &cursor->statement);
    if (cursor->ended != SCHEMAC_OK)
        return cursor->ended;
    cursor->statement->busy = true;
    if (db->driver->rows->stream != NULL)
        db->driver->rows->stream(cursor->statement->stmt);
    return SCHEMAC_OK;
}

enum schemac_status
schemac_cursor_scan(struct schemac_db *db, const struct schemac_table *table,
                    struct schemac_cursor *cursor)
{
    if (cursor == NULL)
        return SCHEMAC_MISUSE;
    *cursor = (struct schemac_cursor){ .ended = SCHEMAC_MISUSE };
    if (!schemac__row_ready(db, table, cursor))
        return SCHEMAC_MISUSE;
    return schemac__cursor_open(db, table, (struct row_fixed){ .op = ROW_SCAN }, cursor);
}

bool
schemac__cursor_check(struct schemac_db *db, const struct schemac_table *table,
                      size_t key, struct schemac_cursor *cursor, const void *argument)
{
    if (cursor == NULL)
        return false;
    *cursor = (struct schemac_cursor){ .ended = SCHEMAC_MISUSE };
    if (!schemac__row_ready(db, table, argument))
        return false;
    if (key < table->key_count)
        return true;
    schemac__fail(db, SCHEMAC_MISUSE, "%s has no key number %zu", table->name, key);
    return false;
}

enum schemac_status
schemac_cursor_by(struct schemac_db *db, const struct schemac_table *table, size_t key,
                  struct schemac_cursor *cursor, const void *row)
{
    const struct row_fixed fixed = { .op = ROW_GET, .key = key };
    enum schemac_status status;

    if (!schemac__cursor_check(db, table, key, cursor, row))
        return SCHEMAC_MISUSE;
    status = schemac__cursor_open(db, table, fixed, cursor);
    if (status != SCHEMAC_OK)
        return status;
    status = db->driver->rows->bind(cursor->statement->stmt, table,
                                    row_key_columns(table, key), row, true);
    return status == SCHEMAC_OK ? SCHEMAC_OK : schemac__cursor_end(cursor, status);
}

static enum schemac_status
bind_range(struct schemac_cursor *cursor, size_t key, const void *row, const void *from,
           const void *to)
{
    const struct schemac__row_driver *rows = cursor->db->driver->rows;
    struct schemac_stmt *stmt = cursor->statement->stmt;
    struct row_columns columns = row_key_columns(cursor->table, key);
    size_t last = row_column_at(columns, columns.count - 1);
    int at = (int)columns.count;
    enum schemac_status status;

    columns.count--;
    status = rows->bind(stmt, cursor->table, columns, row, true);
    if (status == SCHEMAC_OK && from != NULL)
        status = rows->bind_value(stmt, cursor->table, last, at++, from);
    if (status == SCHEMAC_OK && to != NULL)
        status = rows->bind_value(stmt, cursor->table, last, at, to);
    return status;
}

enum schemac_status
schemac_cursor_range(struct schemac_db *db, const struct schemac_table *table, size_t key,
                     struct schemac_cursor *cursor, const void *row, const void *from,
                     const void *to, enum schemac_order order)
{
    struct row_fixed fixed = { .op = ROW_RANGE, .key = key };
    enum schemac_status status;

    if (!schemac__cursor_check(db, table, key, cursor, row))
        return SCHEMAC_MISUSE;
    fixed.range = (from != NULL ? (unsigned)ROW_RANGE_FROM : 0)
                  | (to != NULL ? (unsigned)ROW_RANGE_TO : 0)
                  | (order == SCHEMAC_DESCENDING ? (unsigned)ROW_RANGE_DESCENDING : 0);
    status = schemac__cursor_open(db, table, fixed, cursor);
    if (status != SCHEMAC_OK)
        return status;
    status = bind_range(cursor, key, row, from, to);
    return status == SCHEMAC_OK ? SCHEMAC_OK : schemac__cursor_end(cursor, status);
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

/* The next row into `row`; `into` NULL: its texts are views. */
static inline enum schemac_status
next(struct schemac_cursor *cursor, void *row, struct schemac_arena *into)
{
    enum schemac_status status = cursor->db->driver->rows->next(
        cursor->statement->stmt, cursor->table, row, into);

    return status == SCHEMAC_ROW ? status : end_without_row(cursor, status);
}

enum schemac_status
schemac_cursor_next(struct schemac_cursor *cursor, void *row)
{
    if (cursor != NULL && row != NULL && cursor->statement != NULL)
        return next(cursor, row, NULL);
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

/* Room for twice as many rows, with those that are there. */
static char *
grow_rows(struct schemac_arena *arena, const char *rows, size_t row_bytes,
          size_t *capacity)
{
    size_t wanted = *capacity == 0 ? COLLECT_FIRST : *capacity * 2;
    char *grown;

    if (wanted > SIZE_MAX / row_bytes)
        return NULL;
    grown = schemac_arena_alloc(arena, wanted * row_bytes);
    if (grown != NULL && *capacity > 0)
        memcpy(grown, rows, *capacity * row_bytes);
    *capacity = wanted;
    return grown;
}

static enum schemac_status
collect(struct schemac_cursor *cursor, struct schemac_arena *arena, void **rows,
        size_t *count)
{
    size_t row_bytes = cursor->table->row_bytes;
    enum schemac_status status;
    size_t capacity = 0;
    size_t used = 0;
    char *items = NULL;

    do {
        if (used == capacity)
            items = grow_rows(arena, items, row_bytes, &capacity);
        if (items == NULL)
            return schemac__cursor_end(cursor, schemac__no_memory(cursor->db));
        memset(items + used * row_bytes, 0, row_bytes);
        status = next(cursor, items + used * row_bytes, arena);
        used += status == SCHEMAC_ROW;
    } while (status == SCHEMAC_ROW);
    if (status != SCHEMAC_DONE)
        return status;
    *rows = items;
    *count = used;
    return SCHEMAC_OK;
}

enum schemac_status
schemac_cursor_collect(struct schemac_cursor *cursor, struct schemac_arena *arena,
                       void **rows, size_t *count)
{
    if (cursor == NULL || arena == NULL || rows == NULL || count == NULL)
        return SCHEMAC_MISUSE;
    *rows = NULL;
    *count = 0;
    if (cursor->db == NULL)
        return SCHEMAC_MISUSE;
    if (cursor->statement == NULL)
        return cursor->ended;
    return collect(cursor, arena, rows, count);
}

enum schemac_status
schemac_row_all(struct schemac_db *db, const struct schemac_table *table,
                struct schemac_arena *arena, void **rows, size_t *count)
{
    struct schemac_cursor cursor;
    enum schemac_status status = schemac_cursor_scan(db, table, &cursor);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac_cursor_collect(&cursor, arena, rows, count);
    (void)schemac_cursor_close(&cursor);
    return status;
}
