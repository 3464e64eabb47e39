/*
 * Rows: get, and what all operations share.  Each of the others is in a file of its own,
 * so that a program links what it calls.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/row.h"

static inline bool
is_ready(const struct schemac_db *db, const struct schemac_table *table,
         const void *argument)
{
    return db != NULL && db->native != NULL && table != NULL && argument != NULL;
}

bool
schemac__row_ready(struct schemac_db *db, const struct schemac_table *table,
                   const void *argument)
{
    if (is_ready(db, table, argument))
        return true;
    if (schemac__is_open(db))
        schemac__fail(db, SCHEMAC_MISUSE, "%s: an argument is NULL",
                      table == NULL ? "schemac_row" : table->name);
    return false;
}

/* "a, b", as error messages have the columns of a key. */
static void
list_columns(const struct schemac_table *table, const struct schemac_key *key, char *to,
             size_t size)
{
    to[0] = '\0';
    for (size_t i = 0; i < key->column_count; i++) {
        const char *name = table->columns[key->columns[i]].name;

        schemac__append(to, size, ", ", i == 0 ? 0 : 2);
        schemac__append(to, size, name, strlen(name));
    }
}

/* Is it the key that the failure is about?  PostgreSQL says which constraint, SQLite
 * which columns are not unique, and nothing of a foreign key. */
static bool
is_meant(const struct schemac__error *e, const struct schemac_key *key,
         const char *columns)
{
    if (e->constraint[0] != '\0')
        return strcmp(key->name, e->constraint) == 0;
    if (e->status == SCHEMAC_FOREIGN_KEY)
        return key->kind == SCHEMAC_KEY_FOREIGN;
    return e->status == SCHEMAC_UNIQUE && strcmp(columns, e->column) == 0
           && (key->kind == SCHEMAC_KEY_PRIMARY || key->kind == SCHEMAC_KEY_UNIQUE);
}

/* What the engine left out of these two: the name of the constraint, or its columns.
 * Where a table has several foreign keys, SQLite's is not known. */
static void
name_key(struct schemac__error *e, const struct schemac_table *table)
{
    bool is_named = e->constraint[0] != '\0';
    const struct schemac_key *found = NULL;
    char columns[sizeof e->column];

    for (size_t i = 0; i < table->key_count; i++) {
        const struct schemac_key *key = &table->keys[i];

        list_columns(table, key, columns, sizeof columns);
        if (!is_meant(e, key, columns))
            continue;
        if (found != NULL && !is_named && key->kind == SCHEMAC_KEY_FOREIGN)
            return;
        found = found == NULL ? key : found;
    }
    if (found == NULL)
        return;
    if (is_named && e->column[0] == '\0')
        list_columns(table, found, e->column, sizeof e->column);
    if (!is_named)
        schemac__copy(e->constraint, sizeof e->constraint, found->name,
                      strlen(found->name));
}

enum schemac_status
schemac__row_explain_failure(struct schemac_db *db, const struct schemac_table *table,
                             enum schemac_status status)
{
    const char *name = row_name_in(db->driver->rows, table);

    if (db->error.table[0] == '\0')
        schemac__copy(db->error.table, sizeof db->error.table, name, strlen(name));
    /* A trigger may have written to another table. */
    if (strcmp(db->error.table, name) == 0)
        name_key(&db->error, table);
    return status;
}

/* ---- what the operations over one row have in common ---- */

static SCHEMAC__WITHIN enum schemac_status
find_home(struct schemac_db *db, const struct schemac_table *table, const void *argument,
          struct row_table **home)
{
    if (!is_ready(db, table, argument)) {
        (void)schemac__row_ready(db, table, argument);
        return SCHEMAC_MISUSE;
    }
    *home = db->rows == NULL ? NULL : db->rows->last;
    if (*home == NULL || (*home)->table != table)
        *home = schemac__row_table(db, table);
    return *home == NULL ? SCHEMAC_NO_MEMORY : SCHEMAC_OK;
}

enum schemac_status
schemac__row_home(struct schemac_db *db, const struct schemac_table *table,
                  const void *argument, struct row_table **home)
{
    return find_home(db, table, argument, home);
}

static SCHEMAC__WITHIN enum schemac_status
ask(struct schemac_db *db, struct row_table *home, const struct row_pattern *pattern,
    row_form form, const void *row, const uint64_t *mask, row_reader *read, void *to)
{
    const struct schemac_driver *driver = db->driver;
    const struct schemac_table *table = home->table;
    struct schemac__statement *s;
    enum schemac_status status =
        schemac__row_statement(db, home, pattern, form, mask, &s);

    if (status != SCHEMAC_OK)
        return status;
    if (row != NULL)
        status = driver->rows->bind(
            s->stmt, table,
            mask != NULL ? s->bound : row_key_columns(table, row_key_of(form)), row,
            false);
    if (status == SCHEMAC_OK)
        status = driver->step(s->stmt);
    status = schemac__row_explain(db, table, status);
    if (status == SCHEMAC_ROW && read != NULL)
        status = read(db, home, s->stmt, to);
    (void)driver->reset(s->stmt);
    return status;
}

enum schemac_status
schemac__row_ask(struct schemac_db *db, struct row_table *home,
                 const struct row_pattern *pattern, row_form form, const void *row,
                 const uint64_t *mask, row_reader *read, void *to)
{
    return ask(db, home, pattern, form, row, mask, read, to);
}

/* ---- get ---- */

static SCHEMAC__WITHIN enum schemac_status
take(struct schemac_db *db, struct row_table *home, struct schemac_stmt *stmt, void *row)
{
    struct schemac_arena before = home->current;
    enum schemac_status status = db->driver->rows->read(
        stmt, home->table, row_all_columns(home->table), row, &home->spare);

    home->current = home->spare;
    home->spare = before;
    return status;
}

enum schemac_status
schemac__row_take(struct schemac_db *db, struct row_table *home,
                  struct schemac_stmt *stmt, void *row)
{
    return take(db, home, stmt, row);
}

enum schemac_status
schemac_row_get(struct schemac_db *db, const struct schemac_table *table, size_t key,
                void *row)
{
    struct row_table *home;
    enum schemac_status status = find_home(db, table, row, &home);

    if (status != SCHEMAC_OK)
        return status;
    if (!schemac__row_has_key(db, table, key))
        return SCHEMAC_MISUSE;
    status = ask(db, home, &schemac__row_get_pattern, row_form_of(ROW_GET, key), row,
                 NULL, take, row);
    schemac_arena_reset(&home->spare);
    return status == SCHEMAC_DONE ? schemac__row_not_found(db, table) : status;
}
