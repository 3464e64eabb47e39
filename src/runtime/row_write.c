/*
 * Rows: insert, upsert.  What the caller does not give comes back from the database: by
 * RETURNING, or, where only the rowid is missing, from the engine directly.
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

enum schemac_status
schemac__row_gone(struct schemac_db *db, const struct schemac_table *table)
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
find_returned(const struct row_writing *w, struct schemac_stmt **out)
{
    const struct schemac__statement *s = w->s;
    struct schemac_db *db = w->db;
    enum schemac_status status;

    *out = s->again == NULL ? s->stmt : s->again;
    if (s->again == NULL)
        return SCHEMAC_OK;
    status = db->driver->rows->bind_results(s->again, s->stmt,
                                            row_place_width(w->home->table));
    if (status == SCHEMAC_OK)
        status = db->driver->step(s->again);
    if (status == SCHEMAC_DONE)
        return schemac__row_gone(db, w->home->table);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

/* What comes back of one row, into its fields: of an upsert all of it, whose key may be
 * in the handle's memory. */
static enum schemac_status
read_returned(const struct row_writing *w, void *row)
{
    struct row_table *home = w->home;
    struct schemac_stmt *at;
    enum schemac_status status = find_returned(w, &at);

    if (status == SCHEMAC_OK)
        status = w->s->op == ROW_UPSERT
                     ? schemac__row_take(w->db, home, at, row)
                     : w->db->driver->rows->read(at, home->table, w->s->returned, row,
                                                 &home->current);
    if (w->s->again != NULL)
        (void)w->db->driver->reset(w->s->again);
    return status;
}

enum schemac_status
schemac__row_write(const struct row_writing *w, void *row)
{
    const struct schemac_table *table = w->home->table;
    const struct schemac__statement *s = w->s;
    struct schemac_db *db = w->db;
    enum schemac_status status =
        db->driver->rows->bind(s->stmt, table, s->bound, row, false);

    if (status == SCHEMAC_OK)
        status = db->driver->step(s->stmt);
    if (status == SCHEMAC_ROW)
        status = finish(db, s, read_returned(w, row));
    else
        (void)db->driver->reset(s->stmt);
    if (status == SCHEMAC_DONE && is_swallowed(db, s))
        status = schemac__row_gone(db, table);
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
all_bytes_in_handle(const struct row_writing *w)
{
    const struct schemac_table *table = w->home->table;
    size_t total = 0;

    for (size_t r = 0; r < w->count; r++)
        for (size_t i = 0; i < table->column_count; i++)
            total += bytes_in_handle(w->home, &table->columns[i],
                                     w->rows + r * table->row_bytes
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
move_values(const struct row_writing *w, char *to)
{
    const struct schemac_table *table = w->home->table;

    for (size_t r = 0; r < w->count; r++)
        for (size_t i = 0; i < table->column_count; i++) {
            char *field = w->rows + r * table->row_bytes + table->columns[i].offset;
            size_t bytes = bytes_in_handle(w->home, &table->columns[i], field);

            if (bytes == 0)
                continue;
            move_value(w->home, &table->columns[i], field, to);
            to += bytes;
        }
}

/*
 * Make home->current hold what these rows have there already and nothing else, so that
 * inserting in a loop does not grow it, and a row that came from the handle stays whole.
 */
static enum schemac_status
keep_only(const struct row_writing *w)
{
    struct schemac_arena before = w->home->current;
    char *to = schemac_arena_alloc(&w->home->spare, all_bytes_in_handle(w));

    if (to == NULL)
        return schemac__no_memory(w->db);
    move_values(w, to);
    w->home->current = w->home->spare;
    w->home->spare = before;
    schemac__row_forget(w->home);
    return SCHEMAC_OK;
}

/* ---- the operations ---- */

static bool
check_insertable(const struct row_writing *w, const struct schemac_table *table,
                 const uint64_t *mask)
{
    if (!schemac__row_ready(w->db, table, w->rows)
        || !schemac__row_ready(w->db, table, mask))
        return false;
    if (table->is_view)
        schemac__fail(w->db, SCHEMAC_MISUSE, "%s is a view: it takes no rows",
                      table->name);
    return !table->is_view;
}

enum schemac_status
schemac__row_prepare(struct row_writing *w, const struct schemac_table *table,
                     enum row_op op, size_t key, const uint64_t *mask)
{
    enum schemac_status status;

    if (!check_insertable(w, table, mask))
        return SCHEMAC_MISUSE;
    if (w->count == 0)
        return SCHEMAC_OK;
    w->home = schemac__row_table(w->db, table);
    if (w->home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = schemac__row_masked(w->db, w->home, op, key, mask, &w->s);
    return status == SCHEMAC_OK && op == ROW_INSERT && w->s->returns_text ? keep_only(w)
                                                                          : status;
}

enum schemac_status
schemac_row_insert(struct schemac_db *db, const struct schemac_table *table, void *row,
                   const uint64_t *mask)
{
    struct row_writing w = { .db = db, .rows = row, .count = 1 };
    enum schemac_status status = schemac__row_prepare(&w, table, ROW_INSERT, 0, mask);

    return status == SCHEMAC_OK ? schemac__row_write(&w, row) : status;
}

/* ---- upsert ---- */

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
    struct row_writing w = { .db = db, .rows = row, .count = 1 };
    enum schemac_status status;

    if (!check_insertable(&w, table, mask) || !check_upsert(db, table, key, mask))
        return SCHEMAC_MISUSE;
    status = schemac__row_prepare(&w, table, ROW_UPSERT, key, mask);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__row_write(&w, row);
    schemac__row_forget(w.home);
    return status;
}

/* ---- masks that are a number ---- */

enum schemac_status
schemac_row_insert_64(struct schemac_db *db, const struct schemac_table *table, void *row,
                      uint64_t mask)
{
    return schemac_row_insert(db, table, row, &mask);
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
