/*
 * Rows: what goes by a key.
 */
#include "runtime/row.h"

const struct row_pattern schemac__row_get_pattern = {
    "SELECT %a FROM %t AS t WHERE %k", NULL
};

bool
schemac__row_has_key(struct schemac_db *db, const struct schemac_table *table,
                     size_t key)
{
    if (key < table->key_count)
        return true;
    schemac__fail(db, SCHEMAC_MISUSE, "%s has no key number %zu", table->name, key);
    return false;
}

enum schemac_status
schemac__row_not_found(struct schemac_db *db, const struct schemac_table *table)
{
    schemac__fail(db, SCHEMAC_NOT_FOUND, "%s: there is no such row", table->name);
    schemac__copy(db->error.table, sizeof db->error.table, table->name,
                  strlen(table->name));
    return SCHEMAC_NOT_FOUND;
}

bool
schemac__row_changes(struct schemac_db *db, const struct schemac_table *table)
{
    if (!table->is_view && !table->is_append_only && table->key_count > 0
        && table->keys[0].kind == SCHEMAC_KEY_PRIMARY)
        return true;
    schemac__fail(db, SCHEMAC_MISUSE, "%s: rows are not changed by primary key",
                  table->name);
    return false;
}

enum schemac_status
schemac__row_change(struct schemac_db *db, const struct schemac_table *table,
                    const struct row_pattern *pattern, row_form form, const void *row,
                    const uint64_t *mask)
{
    struct row_table *home;
    enum schemac_status status = schemac__row_home(db, table, row, &home);

    if (status != SCHEMAC_OK)
        return status;
    if (!schemac__row_changes(db, table))
        return SCHEMAC_MISUSE;
    status = schemac__row_ask(db, home, pattern, form, row, mask, NULL, NULL);
    if (status != SCHEMAC_DONE)
        return status;
    return db->driver->changes(db) > 0 ? SCHEMAC_OK : schemac__row_not_found(db, table);
}
