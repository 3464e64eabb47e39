/*
 * Rows: what is left of a cursor, and all rows at once, in the caller's memory.
 */
#include "runtime/row.h"

#define COLLECT_FIRST 16 /* rows that there is room for at first; then it doubles */

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
collect(struct schemac_cursor *cursor, struct schemac_arena *arena, void *rows,
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
        status = schemac__cursor_step(cursor, items + used * row_bytes, arena);
        used += status == SCHEMAC_ROW;
    } while (status == SCHEMAC_ROW);
    if (status != SCHEMAC_DONE)
        return status;
    memcpy(rows, &items, sizeof items);
    *count = used;
    return SCHEMAC_OK;
}

/* All pointers to objects look alike. */
static void
forget_rows(void *rows, size_t *count)
{
    void *none = NULL;

    memcpy(rows, &none, sizeof none);
    *count = 0;
}

enum schemac_status
schemac_cursor_collect(struct schemac_cursor *cursor, struct schemac_arena *arena,
                       void *rows, size_t *count)
{
    if (cursor == NULL || arena == NULL || rows == NULL || count == NULL)
        return SCHEMAC_MISUSE;
    forget_rows(rows, count);
    if (cursor->db == NULL)
        return SCHEMAC_MISUSE;
    if (cursor->statement == NULL)
        return cursor->ended;
    return collect(cursor, arena, rows, count);
}

enum schemac_status
schemac_row_all(struct schemac_db *db, const struct schemac_table *table,
                struct schemac_arena *arena, void *rows, size_t *count)
{
    struct schemac_cursor cursor;
    enum schemac_status status;

    if (rows == NULL || count == NULL)
        return SCHEMAC_MISUSE;
    forget_rows(rows, count);
    status = schemac_cursor_scan(db, table, &cursor);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac_cursor_collect(&cursor, arena, rows, count);
    (void)schemac_cursor_close(&cursor);
    return status;
}
