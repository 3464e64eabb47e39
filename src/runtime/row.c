/*
 * Rows: the road that each operation over one row takes, and what is said of tables.  A
 * file for each of the operations has no more than its pattern, so that a program links
 * what it calls.
 */
#include <string.h>

#include "runtime/row.h"

/* ---- what is said of a table ---- */

enum schemac_status
schemac__row_refuse(struct schemac_db *db, const struct schemac_table *table,
                    enum schemac_status status, const char *words)
{
    schemac__refuse(db, status, table->name, words);
    schemac__copy(db->error.table, sizeof db->error.table, table->name,
                  strlen(table->name));
    return status;
}

enum schemac_status
schemac__row_not_found(struct schemac_db *db, const struct schemac_table *table)
{
    return schemac__row_refuse(db, table, SCHEMAC_NOT_FOUND, ": there is no such row");
}

enum schemac_status
schemac__row_gone(struct schemac_db *db, const struct schemac_table *table)
{
    return schemac__row_refuse(db, table, SCHEMAC_NOT_FOUND,
                               ": a trigger took the row away or moved it");
}

bool
schemac__row_ready(struct schemac_db *db, const struct schemac_table *table,
                   const void *argument)
{
    if (db != NULL && db->native != NULL && table != NULL && argument != NULL)
        return true;
    if (schemac__is_open(db))
        schemac__refuse(db, SCHEMAC_MISUSE, table == NULL ? "" : table->name,
                        ": a NULL argument");
    return false;
}

enum schemac_status
schemac__row_explain_failure(struct schemac_db *db, const struct schemac_table *table,
                             enum schemac_status status)
{
    const char *name = row_name_in(db->driver->rows, table);
    struct schemac__error *e = &db->error;

    if (e->table[0] == '\0')
        schemac__append(e->table, sizeof e->table, name, strlen(name));
    /* A trigger may have written to another table. */
    if (strcmp(e->table, name) == 0)
        db->driver->rows->name_key(e, table);
    return status;
}

/* ---- before: may it be asked, and the statement ---- */

/* Why this cannot be asked of the table; NULL: it can. */
static const char *
objection_to(const struct schemac_table *table, row_form form)
{
    enum row_op op = row_op_of(form);

    if (op >= ROW_INSERT)
        return table->is_view ? " is a view: it takes no rows" : NULL;
    if (op >= ROW_DELETE
        && (table->is_append_only || table->key_count == 0
            || table->keys[0].kind != SCHEMAC_KEY_PRIMARY))
        return ": rows are not changed by primary key";
    return op >= ROW_GET && row_key_of(form) >= table->key_count
               ? " has no key of this number"
               : NULL;
}

bool
schemac__row_allows(struct schemac_db *db, const struct schemac_table *table,
                    row_form form, const void *argument)
{
    const char *objection;

    if (!schemac__row_ready(db, table, argument))
        return false;
    objection = objection_to(table, form);
    if (objection != NULL)
        schemac__row_refuse(db, table, SCHEMAC_MISUSE, objection);
    return objection == NULL;
}

/* What the field has in the handle's memory goes to what that is going to be. */
static enum schemac_status
keep_value(struct row_table *home, const struct schemac_column *c, char *field)
{
    struct row_array value;

    if (!row_is_text(c))
        return SCHEMAC_OK;
    if (c->codec == SCHEMAC_CODEC_ARRAY)
        return home->table->arrays == NULL ? SCHEMAC_OK
                                           : home->table->arrays->keep(home, c, field);
    value = schemac__row_array(field); /* a pointer, and how many bytes */
    if (!schemac__arena_holds(&home->current, value.items))
        return SCHEMAC_OK;
    value.items = schemac__row_keep(home->db, &home->spare, value.items, value.count);
    if (value.items == NULL)
        return SCHEMAC_NO_MEMORY;
    schemac__row_put_array(field, value);
    return SCHEMAC_OK;
}

/*
 * The handle has what these rows give out of it and what comes back for them, and nothing
 * else: so inserting in a loop does not grow it, and a text that came from the handle can
 * be given to it again.  The other fields, which nobody needs to have set, are not looked
 * at.
 */
enum schemac_status
schemac__row_keep_given(const struct schemac__statement *s, void *rows, size_t count)
{
    enum schemac_status status = SCHEMAC_OK;
    char *row = rows;

    for (; count > 0; count--, row += s->home->table->row_bytes)
        for (size_t i = 0; i < s->plan->bound && status == SCHEMAC_OK; i++) {
            const struct row_field *f = &s->plan->fields[i];

            status = keep_value(s->home, f->column, row + f->offset);
        }
    return status;
}

/* ---- the statement ---- */

/* What comes back, into the fields.  Of a row that was written, before the statement
 * ends: its end is the commit. */
static SCHEMAC__WITHIN enum schemac_status
take_row(const struct schemac__statement *s, void *row)
{
    const struct schemac_driver *driver = s->home->db->driver;
    enum schemac_status status =
        s->again != NULL ? s->home->table->again->read(s, row)
                         : driver->rows->read(s->stmt, row, &s->home->spare);

    if (status != SCHEMAC_OK || row_op_of(s->form) < ROW_UPDATE)
        return status;
    status = driver->step(s->stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* The statement gave no row. */
static enum schemac_status
take_nothing(const struct schemac__statement *s, void *row)
{
    const bool inserts = row_op_of(s->form) >= ROW_INSERT;
    struct schemac_db *db = s->home->db;

    if (row_op_of(s->form) < ROW_DELETE)
        return SCHEMAC_DONE;
    if (inserts && s->id == NULL ? s->returns : db->driver->changes(db) == 0)
        return inserts ? schemac__row_gone(db, s->home->table) : SCHEMAC_DONE;
    return s->id != NULL ? db->driver->rows->read_id(s, row) : SCHEMAC_OK;
}

static SCHEMAC__WITHIN enum schemac_status
run(const struct schemac__statement *s, void *row)
{
    struct schemac_db *db = s->home->db;
    enum schemac_status status = db->driver->rows->bind(s->stmt, row, false);

    if (status == SCHEMAC_OK)
        status = db->driver->step(s->stmt);
    if (status == SCHEMAC_ROW)
        status = take_row(s, row);
    else if (status == SCHEMAC_DONE)
        status = take_nothing(s, row);
    (void)db->driver->reset(s->stmt);
    return schemac__row_explain(db, s->home->table, status);
}

enum schemac_status
schemac__row_run(const struct schemac__statement *s, void *row)
{
    return run(s, row);
}

/* ---- behind it ---- */

void
schemac__row_end(const struct schemac__statement *s)
{
    struct row_table *home = s->home;
    struct schemac_arena read = home->spare;

    if (row_arena_is_empty(&read))
        return;
    home->spare = home->current;
    home->current = read;
    schemac_arena_reset(&home->spare);
}

/* The last used of the table of the last call, which has been allowed then; NULL: ask. */
static SCHEMAC__WITHIN const struct schemac__statement *
last_statement(const struct schemac_db *db, const struct schemac_table *table,
               row_form form)
{
    const struct row_table *home = db == NULL ? NULL : db->rows.last;
    const struct schemac__statement *s =
        home == NULL || home->table != table ? NULL : home->statements;

    return s == NULL || s->form != form || s->busy ? NULL : s;
}

enum schemac_status
schemac__row_do(struct schemac_db *db, const struct schemac_table *table,
                const struct row_pattern *pattern, row_form form, void *row,
                const uint64_t *mask)
{
    const struct schemac__statement *s =
        SCHEMAC__QUICK && mask == NULL && row != NULL ? last_statement(db, table, form)
                                                      : NULL;
    enum schemac_status status;

    if (s == NULL)
        s = schemac__row_statement(db, table, pattern, form, mask, row);
    if (s == NULL)
        return schemac__row_status(db);
    status = s->gives_text ? schemac__row_keep_given(s, row, 1) : SCHEMAC_OK;
    if (status != SCHEMAC_OK)
        return status;
    status = run(s, row);
    schemac__row_end(s);
    return status == SCHEMAC_DONE ? schemac__row_not_found(db, table) : status;
}
