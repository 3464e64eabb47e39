/*
 * Rows: upsert, by a key.
 */
#include "runtime/row.h"

/* A row that is there keeps its key; with nothing else to set, the key is set to itself
 * so that the row still comes back. */
static void
add_replaced(struct row_sql *q, const struct schemac_key *key)
{
    const struct row_plan *plan = q->request->plan;

    q->column = NULL;
    for (size_t i = 0; i < plan->given; i++) {
        const struct schemac_column *c = plan->fields[i].column;

        if (plan->given == key->column_count
            || !schemac__row_is_in_key(key, (size_t)(c - plan->table->columns)))
            schemac__sql_add_item(q, c, "%n = excluded.%n", ", ");
    }
}

static void
add_upsert_part(struct row_sql *q, char letter)
{
    const struct schemac_table *table = q->request->plan->table;

    if (letter == 'u') /* the columns of the key */
        schemac__sql_add_key(q, row_key_of(q->request->form), "%n", ", ");
    else /* what is given, in the place of what is there */
        add_replaced(q, &table->keys[row_key_of(q->request->form)]);
}

static bool
check_upsert(struct schemac_db *db, const struct schemac_table *table, size_t key,
             const uint64_t *mask)
{
    if (table->is_view || table->is_append_only || key >= table->key_count
        || table->keys[key].kind > SCHEMAC_KEY_UNIQUE) {
        schemac__row_refuse(db, table, SCHEMAC_MISUSE, ": no upsert by such a key");
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

    return schemac__row_ready(db, table, mask) && check_upsert(db, table, key, mask)
               ? schemac__row_do(db, table, &pattern, row_form_of(ROW_UPSERT, key), row,
                                 mask)
               : SCHEMAC_MISUSE;
}

enum schemac_status
schemac_row_upsert_64(struct schemac_db *db, const struct schemac_table *table,
                      size_t key, void *row, uint64_t mask)
{
    return schemac_row_upsert(db, table, key, row, &mask);
}
