/*
 * Rows: insert_many and load, which are all or none.  An engine may have a faster way
 * than one row after the other (drivers_*_many.c).
 */
#include "runtime/row.h"

static enum schemac_status
insert_one_by_one(struct row_many *m)
{
    for (size_t i = 0; i < m->count; i++) {
        char *row = m->rows + i * m->home->table->row_bytes;
        enum schemac_status status = schemac__row_insert(m->db, m->home, m->s, row);

        m->failed = i;
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
load_one_by_one(struct row_many *m)
{
    struct schemac_stmt *stmt = m->s->stmt;

    for (size_t i = 0; i < m->count; i++) {
        const char *row = m->rows + i * m->home->table->row_bytes;
        enum schemac_status status = m->db->driver->rows->bind(
            stmt, m->home->table, m->s->bound, row, false);

        if (status == SCHEMAC_OK)
            status = m->db->driver->step(stmt);
        (void)m->db->driver->reset(stmt);
        m->failed = i;
        if (status != SCHEMAC_DONE)
            return status;
    }
    return SCHEMAC_OK;
}

static const struct schemac__many one_by_one = {
    .insert = insert_one_by_one,
    .load = load_one_by_one,
};

static const struct schemac__many *
many_of(const struct schemac_db *db)
{
    const struct schemac__many *many = schemac__many[db->driver->engine];

    return many != NULL ? many : &one_by_one;
}

/* Which row it was, before the message. */
static void
name_row(const struct row_many *m)
{
    if (m->failed != ROW_UNKNOWN)
        schemac__error_before(m->db, "row %zu of %zu: ", m->failed + 1, m->count);
    else
        schemac__error_before(m->db, "one of %zu rows: ", m->count);
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

static enum schemac_status
write_once(struct row_many *m, enum schemac_status (*write)(struct row_many *m))
{
    enum schemac_status status = schemac_begin(m->db);

    if (status != SCHEMAC_OK)
        return status;
    m->failed = 0;
    status = schemac__row_explain(m->db, m->home->table, write(m));
    if (status != SCHEMAC_OK)
        name_row(m);
    return end_all_or_none(m->db, status);
}

/* The table has changed since the statement was prepared, and nothing is open that failed
 * with it. */
static bool
may_run_again(const struct row_many *m, enum schemac_status status)
{
    const struct schemac_db *db = m->db;

    return status == SCHEMAC_RETRY && db->depth == 0 && !db->driver->in_transaction(db)
           && db->driver->rows->is_outdated != NULL
           && db->driver->rows->is_outdated(m->s->stmt);
}

static enum schemac_status
write_all_or_none(struct row_many *m, enum schemac_status (*write)(struct row_many *m))
{
    enum schemac_status status = write_once(m, write);

    return may_run_again(m, status) ? write_once(m, write) : status;
}

enum schemac_status
schemac_row_insert_many(struct schemac_db *db, const struct schemac_table *table,
                        void *rows, size_t count, const uint64_t *mask)
{
    struct row_many m = { .db = db, .rows = rows, .count = count };
    enum schemac_status status;

    if (!schemac__row_takes(db, table, rows, mask))
        return SCHEMAC_MISUSE;
    if (count == 0)
        return SCHEMAC_OK;
    status =
        schemac__row_prepare_insert(db, table, rows, count, mask, &m.home, &m.s);
    return status == SCHEMAC_OK ? write_all_or_none(&m, many_of(db)->insert) : status;
}

enum schemac_status
schemac_row_load(struct schemac_db *db, const struct schemac_table *table,
                 const void *rows, size_t count, const uint64_t *mask)
{
    struct row_many m = { .db = db, .count = count };
    enum schemac_status status;

    if (!schemac__row_takes(db, table, rows, mask))
        return SCHEMAC_MISUSE;
    if (count == 0)
        return SCHEMAC_OK;
    memcpy(&m.rows, &rows, sizeof rows); /* nothing comes back: they stay as they are */
    m.home = schemac__row_table(db, table);
    if (m.home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = schemac__row_masked(db, m.home, ROW_LOAD, 0, mask, &m.s);
    return status == SCHEMAC_OK ? write_all_or_none(&m, many_of(db)->load) : status;
}

/* ---- masks that are a number ---- */

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
