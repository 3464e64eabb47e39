/*
 * Rows: upsert, by a key.
 */
#include "runtime/row.h"

static bool
is_in(struct row_columns columns, size_t column)
{
    for (size_t i = 0; i < columns.count; i++)
        if (row_column_at(columns, i) == column)
            return true;
    return false;
}

/* A row that is there keeps its key; with nothing else to set, the key is set to itself
 * so that the row still comes back. */
static void
add_replaced(struct row_sql *q, struct row_columns key)
{
    struct row_columns given = q->request->bound;
    const char *between = "";

    for (size_t i = 0; i < given.count; i++) {
        size_t column = row_column_at(given, i);

        if (is_in(key, column) && given.count > key.count)
            continue;
        q->column = &q->request->table->columns[column];
        schemac__sql_add(q, between);
        schemac__sql_add(q, "%n = excluded.%n");
        between = ", ";
    }
}

static void
add_upsert_part(struct row_sql *q, char letter)
{
    struct row_columns key =
        row_key_columns(q->request->table, row_key_of(q->request->form));

    if (letter == 'u') /* the columns of the key */
        schemac__sql_add_list(q, key, "%n", ", ");
    else /* what is given, in the place of what is there */
        add_replaced(q, key);
}

static bool
check_upsert(struct schemac_db *db, const struct schemac_table *table, size_t key,
             const uint64_t *mask)
{
    if (table->is_view || table->is_append_only || key >= table->key_count
        || table->keys[key].kind > SCHEMAC_KEY_UNIQUE) {
        schemac__fail(db, SCHEMAC_MISUSE, "%s: no upsert by key number %zu", table->name,
                      key);
        return false;
    }
    for (size_t i = 0; i < table->keys[key].column_count; i++) {
        size_t column = table->keys[key].columns[i];
        const struct row_place place = { db, table, &table->columns[column] };

        if (row_mask_has(mask, column))
            continue;
        (void)schemac__row_fail(&place, SCHEMAC_MISUSE,
                                " is in the key of the upsert, not in its mask");
        return false;
    }
    return true;
}

enum schemac_status
schemac_row_upsert(struct schemac_db *db, const struct schemac_table *table, size_t key,
                   void *row, const uint64_t *mask)
{
    static const struct row_pattern pattern = {
        "INSERT INTO %t%g ON CONFLICT (%u) DO UPDATE SET %x%r", add_upsert_part
    };
    struct row_writing w = { .db = db, .rows = row, .count = 1 };
    enum schemac_status status;

    if (!schemac__row_ready(db, table, mask) || !check_upsert(db, table, key, mask))
        return SCHEMAC_MISUSE;
    status = schemac__row_prepare(&w, table, &pattern, row_form_of(ROW_UPSERT, key),
                                  mask);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__row_write(&w, row);
    schemac_arena_reset(&w.home->spare);
    return status;
}

enum schemac_status
schemac_row_upsert_64(struct schemac_db *db, const struct schemac_table *table,
                      size_t key, void *row, uint64_t mask)
{
    return schemac_row_upsert(db, table, key, row, &mask);
}
