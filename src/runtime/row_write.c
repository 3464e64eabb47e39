/*
 * Rows: insert, insert_many, upsert.  What the caller does not give comes back from the
 * database: by RETURNING, or, where only the rowid is missing, from the engine directly.
 *
 * SQLite's RETURNING comes before the triggers behind the row, so that it shows neither
 * what they count nor what they touch.  Then it returns what finds the row, which is read
 * again before the statement ends: all of its changes are made, its commit is not.
 */
#include <string.h>

#include "runtime/row.h"

/* The number of the row that was just inserted, into its field. */
static enum schemac_status
put_inserted_id(struct schemac_db *db, const struct schemac_table *table, size_t column,
                void *row)
{
    const struct row_place place = { db, table, &table->columns[column] };
    char *field = (char *)row + place.column->offset;

    return schemac__row_put_integer(place.column, field,
                                    db->driver->rows->inserted_id(db))
               ? SCHEMAC_OK
               : schemac__row_fail(&place, SCHEMAC_DECODE,
                                   ": the new row has a number that its type cannot "
                                   "hold");
}

/* The rows that came back are read before the statement ends: its end is the commit. */
static enum schemac_status
finish(struct schemac_db *db, const struct schemac__statement *s,
       enum schemac_status status)
{
    if (status == SCHEMAC_OK)
        status = db->driver->step(s->stmt);
    (void)db->driver->reset(s->stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
gone(struct schemac_db *db, const struct schemac_table *table)
{
    return schemac__fail(db, SCHEMAC_NOT_FOUND,
                         "%s: a trigger took the row away or moved it", table->name);
}

/* No row was written, although something was to come back of it. */
static bool
is_swallowed(const struct schemac_db *db, const struct schemac__statement *s)
{
    return s->inserted_id_is_enough ? db->driver->changes(db) == 0
                                    : s->returned.count > 0;
}

/*
 * The statement that is at the values of s->returned, for a row that s->stmt has written:
 * itself, or s->again, which is to be reset then.
 */
static enum schemac_status
find_returned(struct schemac_db *db, const struct schemac_table *table,
              const struct schemac__statement *s, struct schemac_stmt **out)
{
    enum schemac_status status;

    *out = s->again == NULL ? s->stmt : s->again;
    if (s->again == NULL)
        return SCHEMAC_OK;
    status = db->driver->rows->bind_results(s->again, s->stmt, row_place_width(table));
    if (status == SCHEMAC_OK)
        status = db->driver->step(s->again);
    if (status == SCHEMAC_DONE)
        return gone(db, table);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

/* What comes back of one row, into its fields. */
static enum schemac_status
read_returned(struct schemac_db *db, struct row_table *home,
              const struct schemac__statement *s, void *row)
{
    struct schemac_stmt *at;
    enum schemac_status status = find_returned(db, home->table, s, &at);

    if (status == SCHEMAC_OK)
        status =
            db->driver->rows->read(at, home->table, s->returned, row, &home->current);
    if (s->again != NULL)
        (void)db->driver->reset(s->again);
    return status;
}

/* The same of a whole row, where its key may be in the handle's memory. */
static enum schemac_status
take_returned(struct schemac_db *db, struct row_table *home,
              const struct schemac__statement *s, void *row)
{
    struct schemac_stmt *at;
    enum schemac_status status = find_returned(db, home->table, s, &at);

    if (status == SCHEMAC_OK)
        status = schemac__row_take(db, home, at, row);
    if (s->again != NULL)
        (void)db->driver->reset(s->again);
    return status;
}

static enum schemac_status
insert_row(struct schemac_db *db, struct row_table *home,
           const struct schemac__statement *s, void *row)
{
    const struct schemac_table *table = home->table;
    enum schemac_status status =
        db->driver->rows->bind(s->stmt, table, s->bound, row, false);

    if (status == SCHEMAC_OK)
        status = db->driver->step(s->stmt);
    if (status == SCHEMAC_ROW)
        status = finish(db, s, read_returned(db, home, s, row));
    else
        (void)db->driver->reset(s->stmt);
    if (status == SCHEMAC_DONE && is_swallowed(db, s))
        status = gone(db, table);
    if (status == SCHEMAC_DONE)
        status = s->inserted_id_is_enough
                     ? put_inserted_id(db, table, s->returned.items[0], row)
                     : SCHEMAC_OK;
    return schemac__row_explain(db, table, status);
}

/* ---- texts of rows that are given and come back ---- */

/* The room for a copy of what the field has in the handle's memory; 0: nothing.  Text,
 * bytes and arrays begin with the pointer, and have the same shape. */
static size_t
bytes_in_handle(const struct row_table *home, const struct schemac_column *c,
                const char *field)
{
    const struct schemac_arrays *arrays = home->table->arrays;
    struct row_array value;

    if (c->codec == SCHEMAC_CODEC_ARRAY)
        return arrays == NULL
                   ? 0
                   : arrays->bytes_in(&home->current, c, schemac__row_array(field));
    if (c->codec != SCHEMAC_CODEC_TEXT && c->codec != SCHEMAC_CODEC_BYTES)
        return 0;
    value = schemac__row_array(field);
    return value.items != NULL && schemac__arena_holds(&home->current, value.items)
               ? value.count + 1
               : 0;
}

static size_t
all_bytes_in_handle(const struct row_table *home, const char *rows, size_t count)
{
    const struct schemac_table *table = home->table;
    size_t total = 0;

    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < table->column_count; i++)
            total += bytes_in_handle(home, &table->columns[i],
                                     rows + r * table->row_bytes
                                         + table->columns[i].offset);
    return total;
}

/* A copy of what the field has, at `to`. */
static void
move_value(const struct row_table *home, const struct schemac_column *c, char *field,
           char *to)
{
    struct row_array value = schemac__row_array(field);

    if (c->codec == SCHEMAC_CODEC_ARRAY) {
        home->table->arrays->copy(c, field, to);
        return;
    }
    memcpy(to, value.items, value.count);
    schemac__row_put_array(field, (struct row_array){ to, value.count });
}

static void
move_values(const struct row_table *home, char *rows, size_t count, char *to)
{
    const struct schemac_table *table = home->table;

    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < table->column_count; i++) {
            char *field = rows + r * table->row_bytes + table->columns[i].offset;
            size_t bytes = bytes_in_handle(home, &table->columns[i], field);

            if (bytes == 0)
                continue;
            move_value(home, &table->columns[i], field, to);
            to += bytes;
        }
}

/*
 * Make home->current hold what these rows have there already and nothing else, so that
 * inserting in a loop does not grow it, and a row that came from the handle stays whole.
 */
static enum schemac_status
keep_only(struct schemac_db *db, struct row_table *home, void *rows, size_t count)
{
    struct schemac_arena before = home->current;
    char *to = schemac_arena_alloc(&home->spare, all_bytes_in_handle(home, rows, count));

    if (to == NULL)
        return schemac__no_memory(db);
    move_values(home, rows, count, to);
    home->current = home->spare;
    home->spare = before;
    schemac__row_forget(home);
    return SCHEMAC_OK;
}

/* ---- the operations ---- */

static bool
check_insertable(struct schemac_db *db, const struct schemac_table *table,
                 const void *rows, const uint64_t *mask)
{
    if (!schemac__row_ready(db, table, rows) || !schemac__row_ready(db, table, mask))
        return false;
    if (table->is_view)
        schemac__fail(db, SCHEMAC_MISUSE, "%s is a view: it takes no rows", table->name);
    return !table->is_view;
}

/* The statement for these rows, and a place for the texts that come back. */
static enum schemac_status
prepare_insert(struct schemac_db *db, const struct schemac_table *table, void *rows,
               size_t count, const uint64_t *mask, struct row_table **home,
               struct schemac__statement **s)
{
    enum schemac_status status;

    *home = schemac__row_table(db, table);
    if (*home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = schemac__row_masked(db, *home, ROW_INSERT, 0, mask, s);
    if (status == SCHEMAC_OK && (*s)->returns_text)
        status = keep_only(db, *home, rows, count);
    return status;
}

enum schemac_status
schemac_row_insert(struct schemac_db *db, const struct schemac_table *table, void *row,
                   const uint64_t *mask)
{
    struct schemac__statement *s;
    enum schemac_status status;
    struct row_table *home;

    if (!check_insertable(db, table, row, mask))
        return SCHEMAC_MISUSE;
    status = prepare_insert(db, table, row, 1, mask, &home, &s);
    return status == SCHEMAC_OK ? insert_row(db, home, s, row) : status;
}

static enum schemac_status
insert_one_by_one(struct schemac_db *db, struct row_table *home,
                  const struct schemac__statement *s, void *rows, size_t count,
                  size_t *failed)
{
    for (size_t i = 0; i < count; i++) {
        char *row = (char *)rows + i * home->table->row_bytes;
        enum schemac_status status = insert_row(db, home, s, row);

        if (status == SCHEMAC_OK)
            continue;
        *failed = i;
        return status;
    }
    return SCHEMAC_OK;
}

/* Which row it was, before the message. */
static void
name_row(struct schemac_db *db, enum schemac_status status, size_t failed, size_t count)
{
    if (status != SCHEMAC_OK && failed != ROW_UNKNOWN)
        schemac__error_before(db, "row %zu of %zu: ", failed + 1, count);
    else if (status != SCHEMAC_OK)
        schemac__error_before(db, "one of %zu rows: ", count);
}

static enum schemac_status
insert_rows(struct schemac_db *db, struct row_table *home,
            const struct schemac__statement *s, void *rows, size_t count)
{
    const struct schemac__row_driver *driver = db->driver->rows;
    size_t failed = 0;
    enum schemac_status status =
        driver->insert_many == NULL
            ? insert_one_by_one(db, home, s, rows, count, &failed)
            : schemac__row_explain(
                db, home->table,
                driver->insert_many(db, home, s, rows, count, &failed));

    name_row(db, status, failed, count);
    return status;
}

/* The end of a transaction that was begun for all rows or none. */
static enum schemac_status
end_all_or_none(struct schemac_db *db, enum schemac_status status)
{
    struct schemac__error first;

    if (status == SCHEMAC_OK)
        status = schemac_commit(db);
    if (status == SCHEMAC_OK)
        return SCHEMAC_OK;
    first = db->error;
    (void)schemac_rollback(db);
    /* What a failed rollback says is only its consequence. */
    schemac__error_restore(db, &first);
    return status;
}

/* The table has changed since the statement was prepared, and nothing is open that failed
 * with it. */
static bool
may_run_again(const struct schemac_db *db, const struct schemac__statement *s,
              enum schemac_status status)
{
    return status == SCHEMAC_RETRY && db->depth == 0 && !db->driver->in_transaction(db)
           && db->driver->rows->is_outdated != NULL
           && db->driver->rows->is_outdated(s->stmt);
}

static enum schemac_status
insert_all_or_none(struct schemac_db *db, struct row_table *home,
                   const struct schemac__statement *s, void *rows, size_t count)
{
    enum schemac_status status = schemac_begin(db);

    return status == SCHEMAC_OK
               ? end_all_or_none(db, insert_rows(db, home, s, rows, count))
               : status;
}

enum schemac_status
schemac_row_insert_many(struct schemac_db *db, const struct schemac_table *table,
                        void *rows, size_t count, const uint64_t *mask)
{
    struct schemac__statement *s;
    enum schemac_status status;
    struct row_table *home;

    if (!check_insertable(db, table, rows, mask))
        return SCHEMAC_MISUSE;
    if (count == 0)
        return SCHEMAC_OK;
    status = prepare_insert(db, table, rows, count, mask, &home, &s);
    if (status != SCHEMAC_OK)
        return status;
    status = insert_all_or_none(db, home, s, rows, count);
    return may_run_again(db, s, status) ? insert_all_or_none(db, home, s, rows, count)
                                        : status;
}

static enum schemac_status
load_one_by_one(struct schemac_db *db, const struct schemac_table *table,
                const struct schemac__statement *s, const void *rows, size_t count,
                size_t *failed)
{
    for (size_t i = 0; i < count; i++) {
        const char *row = (const char *)rows + i * table->row_bytes;
        enum schemac_status status =
            db->driver->rows->bind(s->stmt, table, s->bound, row, false);

        if (status == SCHEMAC_OK)
            status = db->driver->step(s->stmt);
        (void)db->driver->reset(s->stmt);
        *failed = i;
        if (status != SCHEMAC_DONE)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
load_rows(struct schemac_db *db, const struct schemac_table *table,
          const struct schemac__statement *s, const void *rows, size_t count)
{
    size_t failed = 0;
    enum schemac_status status =
        db->driver->rows->load != NULL
            ? db->driver->rows->load(db, table, s, rows, count, &failed)
            : load_one_by_one(db, table, s, rows, count, &failed);

    status = schemac__row_explain(db, table, status);
    name_row(db, status, failed, count);
    return status;
}

static enum schemac_status
load_all_or_none(struct schemac_db *db, const struct schemac_table *table,
                 const struct schemac__statement *s, const void *rows, size_t count)
{
    enum schemac_status status = schemac_begin(db);

    return status == SCHEMAC_OK
               ? end_all_or_none(db, load_rows(db, table, s, rows, count))
               : status;
}

enum schemac_status
schemac_row_load(struct schemac_db *db, const struct schemac_table *table,
                 const void *rows, size_t count, const uint64_t *mask)
{
    struct schemac__statement *s;
    enum schemac_status status;
    struct row_table *home;

    if (!check_insertable(db, table, rows, mask))
        return SCHEMAC_MISUSE;
    if (count == 0)
        return SCHEMAC_OK;
    home = schemac__row_table(db, table);
    if (home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = schemac__row_masked(db, home, ROW_LOAD, 0, mask, &s);
    if (status != SCHEMAC_OK)
        return status;
    status = load_all_or_none(db, table, s, rows, count);
    return may_run_again(db, s, status) ? load_all_or_none(db, table, s, rows, count)
                                        : status;
}

static bool
check_upsert(struct schemac_db *db, const struct schemac_table *table, size_t key,
             const uint64_t *mask)
{
    if (table->is_append_only || key >= table->key_count
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
    struct schemac__statement *s;
    enum schemac_status status;
    struct row_table *home;

    if (!check_insertable(db, table, row, mask) || !check_upsert(db, table, key, mask))
        return SCHEMAC_MISUSE;
    home = schemac__row_table(db, table);
    if (home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = schemac__row_masked(db, home, ROW_UPSERT, key, mask, &s);
    if (status != SCHEMAC_OK)
        return status;
    status = db->driver->rows->bind(s->stmt, table, s->bound, row, false);
    if (status == SCHEMAC_OK)
        status = db->driver->step(s->stmt);
    if (status == SCHEMAC_ROW)
        status = finish(db, s, take_returned(db, home, s, row));
    else
        (void)db->driver->reset(s->stmt);
    if (status == SCHEMAC_DONE)
        status = gone(db, table);
    schemac__row_forget(home);
    return schemac__row_explain(db, table, status);
}

/* ---- masks that are a number ---- */

enum schemac_status
schemac_row_insert_64(struct schemac_db *db, const struct schemac_table *table, void *row,
                      uint64_t mask)
{
    return schemac_row_insert(db, table, row, &mask);
}

enum schemac_status
schemac_row_insert_many_64(struct schemac_db *db, const struct schemac_table *table,
                           void *rows, size_t count, uint64_t mask)
{
    return schemac_row_insert_many(db, table, rows, count, &mask);
}

enum schemac_status
schemac_row_load_64(struct schemac_db *db, const struct schemac_table *table,
                    const void *rows, size_t count, uint64_t mask)
{
    return schemac_row_load(db, table, rows, count, &mask);
}

enum schemac_status
schemac_row_upsert_64(struct schemac_db *db, const struct schemac_table *table,
                      size_t key, void *row, uint64_t mask)
{
    return schemac_row_upsert(db, table, key, row, &mask);
}

enum schemac_status
schemac_row_update_64(struct schemac_db *db, const struct schemac_table *table,
                      const void *row, uint64_t mask)
{
    return schemac_row_update(db, table, row, &mask);
}
