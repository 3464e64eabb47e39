/*
 * Rows: insert_many and load, which are all or none.  An engine may have a faster way
 * than one row after the other (drivers_*_many.c).
 */
#include "runtime/row.h"

static enum schemac_status
write_one_by_one(struct row_writing *w)
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; i < w->count && status == SCHEMAC_OK; i++) {
        status = schemac__row_run(w->s, w->rows + i * w->s->home->table->row_bytes);
        w->failed = i;
    }
    return status;
}

/* Which row it was, before the message. */
static void
name_row(const struct row_writing *w)
{
    if (w->failed != ROW_UNKNOWN)
        schemac__error_before(w->db, "row %zu of %zu: ", w->failed + 1, w->count);
    else
        schemac__error_before(w->db, "one of %zu rows: ", w->count);
}

static enum schemac_status
write_rows(struct row_writing *w)
{
    enum schemac_status (*write_many)(struct row_writing *w) =
        schemac__write_many[w->db->driver->engine];
    enum schemac_status status;

    w->failed = 0;
    status = write_many == NULL
                 ? write_one_by_one(w)
                 : schemac__row_explain(w->db, w->s->home->table, write_many(w));
    if (status != SCHEMAC_OK)
        name_row(w);
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

/* Was it refused, by a row of which nobody says which it was? */
static bool
may_be_told_apart(const struct row_writing *w, enum schemac_status status)
{
    return row_op_of(w->s->form) == ROW_INSERT && w->failed == ROW_UNKNOWN
           && !w->is_told_apart
           && (status == SCHEMAC_UNIQUE || status == SCHEMAC_FOREIGN_KEY
               || status == SCHEMAC_NOT_NULL || status == SCHEMAC_CHECK
               || status == SCHEMAC_NOT_FOUND || status == SCHEMAC_DECODE
               || status == SCHEMAC_ERROR);
}

/* The table has changed since the statement was prepared, and nothing is open that failed
 * with it. */
static bool
may_run_again(const struct row_writing *w, enum schemac_status status)
{
    const struct schemac_db *db = w->db;

    return status == SCHEMAC_RETRY && db->depth == 0 && !db->driver->in_transaction(db)
           && db->driver->rows->is_outdated != NULL
           && db->driver->rows->is_outdated(w->s->stmt);
}

static enum schemac_status
write_all_or_none(struct row_writing *w)
{
    enum schemac_status status = schemac_begin(w->db);

    return status == SCHEMAC_OK ? end_all_or_none(w->db, write_rows(w)) : status;
}

static enum schemac_status
write_many(struct row_writing *w, const struct schemac_table *table, enum row_op op,
           const uint64_t *mask)
{
    const row_form form = row_form_of(op, 0);
    enum schemac_status status;

    if (w->count == 0)
        return schemac__row_allows(w->db, table, form, mask) ? SCHEMAC_OK
                                                             : SCHEMAC_MISUSE;
    w->s = schemac__row_statement(w->db, table, &schemac__row_insert_pattern, form, mask,
                                  w->rows);
    if (w->s == NULL)
        return schemac__row_status(w->db);
    status = schemac__row_keep_given(w->s, w->rows, w->s->gives_text ? w->count : 0);
    if (status != SCHEMAC_OK)
        return status;
    status = write_all_or_none(w);
    if (may_run_again(w, status))
        status = write_all_or_none(w);
    w->is_told_apart = may_be_told_apart(w, status);
    if (w->is_told_apart)
        status = write_all_or_none(w);
    schemac__row_end(w->s);
    return status;
}

enum schemac_status
schemac_row_insert_many(struct schemac_db *db, const struct schemac_table *table,
                        void *rows, size_t count, const uint64_t *mask)
{
    struct row_writing w = { .db = db, .rows = rows, .count = count };

    return write_many(&w, table, ROW_INSERT, mask);
}

enum schemac_status
schemac_row_load(struct schemac_db *db, const struct schemac_table *table,
                 const void *rows, size_t count, const uint64_t *mask)
{
    struct row_writing w = { .db = db,
                             .rows = schemac__row_unwritten(rows),
                             .count = count };

    return write_many(&w, table, ROW_LOAD, mask);
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
