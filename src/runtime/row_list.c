/*
 * Rows whose key is in a list: cursors over them, and their end.
 *
 * One statement, however long the list is: all of it is one parameter.  How an engine
 * takes that is apart from its driver, as most programs have no lists
 * (drivers_*_lists.c).
 */
#include "runtime/row.h"

static const struct schemac__lists *
lists_of(const struct schemac_db *db)
{
    return schemac__lists[db->driver->engine];
}

/* A key over one column, and values of it. */
static enum schemac_status
check_list(struct schemac_db *db, const struct schemac_table *table, size_t key,
           const void *values, size_t count)
{
    const struct schemac_key *k = &table->keys[key];
    const struct row_place place = { db, table, &table->columns[k->columns[0]] };

    if (k->column_count != 1 || place.column->codec == SCHEMAC_CODEC_ARRAY)
        return schemac__row_refuse(
            db, table, SCHEMAC_MISUSE,
            ": lists are of keys with one column that is no array");
    if (values == NULL && count > 0)
        return schemac__row_tell(&place, SCHEMAC_MISUSE,
                                 ": %zu values, but no pointer to them", count);
    if (count > ROW_ITEMS_MAX)
        return schemac__row_tell(&place, SCHEMAC_CHECK,
                                 ": the list has %zu values, more than %zu", count,
                                 ROW_ITEMS_MAX);
    return SCHEMAC_OK;
}

/* What the engine needs is there before a statement with a list is prepared. */
static enum schemac_status
begin(struct schemac_db *db, struct row_table *home)
{
    enum schemac_status status = SCHEMAC_OK;

    if (home == NULL)
        return SCHEMAC_NO_MEMORY;
    if (!db->rows.takes_lists && lists_of(db)->begin != NULL)
        status = lists_of(db)->begin(db);
    db->rows.takes_lists = status == SCHEMAC_OK;
    return status;
}

/* Is the one column of the key in the list? */
static void
add_listed(struct row_sql *q, char letter)
{
    (void)letter; /* there is one */
    schemac__sql_add_key(q, row_key_of(q->request->form), "t.%n", "");
    schemac__sql_add(q, q->driver->is_listed);
}

/* What has to be before a statement with such a list is prepared. */
static enum schemac_status
get_ready(struct schemac_db *db, const struct schemac_table *table, row_form form,
          const void *values, size_t count)
{
    enum schemac_status status;

    if (!schemac__row_allows(db, table, form, table))
        return SCHEMAC_MISUSE;
    status = check_list(db, table, row_key_of(form), values, count);
    return status == SCHEMAC_OK ? begin(db, schemac__row_table(db, table)) : status;
}

static enum schemac_status
bind(struct schemac__statement *s, const void *values, size_t count)
{
    const struct schemac_key *key = &s->stmt->plan->table->keys[row_key_of(s->form)];

    return lists_of(s->stmt->db)->bind(s->stmt, key->columns[0], values, count);
}

enum schemac_status
schemac_cursor_list(struct schemac_db *db, const struct schemac_table *table, size_t key,
                    struct schemac_cursor *cursor, const void *values, size_t count)
{
    static const struct row_pattern pattern = { "SELECT %a FROM %t AS t WHERE %l",
                                                add_listed };
    const row_form form = row_form_of(ROW_LIST, key);
    enum schemac_status status;

    if (cursor == NULL)
        return SCHEMAC_MISUSE;
    *cursor = (struct schemac_cursor){ .ended = SCHEMAC_MISUSE };
    status = get_ready(db, table, form, values, count);
    if (status == SCHEMAC_OK)
        status = schemac__cursor_open(db, table, &pattern, form, cursor, cursor);
    if (status == SCHEMAC_OK)
        status = bind(cursor->statement, values, count);
    return status == SCHEMAC_OK ? SCHEMAC_OK : schemac__cursor_end(cursor, status);
}

static enum schemac_status
delete_bound(struct schemac_db *db, const struct schemac_table *table,
             struct schemac__statement *s, int64_t *deleted)
{
    enum schemac_status status = db->driver->step(s->stmt);

    if (status != SCHEMAC_DONE)
        return schemac__row_explain(db, table, status);
    *deleted = db->driver->changes(db);
    return SCHEMAC_OK;
}

enum schemac_status
schemac_row_delete_list(struct schemac_db *db, const struct schemac_table *table,
                        const void *values, size_t count, int64_t *deleted)
{
    static const struct row_pattern pattern = { "DELETE FROM %t AS t WHERE %l",
                                                add_listed };
    const row_form form = row_form_of(ROW_DELETE_LIST, 0);
    struct schemac__statement *s;
    enum schemac_status status;

    if (!schemac__row_ready(db, table, deleted))
        return SCHEMAC_MISUSE;
    *deleted = 0;
    status = get_ready(db, table, form, values, count);
    if (status != SCHEMAC_OK)
        return status;
    s = schemac__row_statement(db, table, &pattern, form, NULL, deleted);
    if (s == NULL)
        return schemac__row_status(db);
    status = bind(s, values, count);
    if (status == SCHEMAC_OK)
        status = delete_bound(db, table, s, deleted);
    (void)db->driver->reset(s->stmt);
    return status;
}
