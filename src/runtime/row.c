/*
 * Rows: get, exists, delete, count, and what all operations share.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/row.h"

bool
schemac__row_refuse(struct schemac_db *db, const struct schemac_table *table,
                    const void *argument)
{
    if (schemac__is_open(db) && (table == NULL || argument == NULL))
        schemac__fail(db, SCHEMAC_MISUSE, "%s: an argument is NULL",
                      table == NULL ? "schemac_row" : table->name);
    return false;
}

/* Are the columns of the key those that the engine named, "a, b"? */
static bool
is_named(const struct schemac_table *table, const struct schemac_key *key,
         const char *names)
{
    for (size_t i = 0; i < key->column_count; i++) {
        const char *name = table->columns[key->columns[i]].name;
        size_t len = strlen(name);

        if (i > 0 && strncmp(names, ", ", 2) != 0)
            return false;
        names += i > 0 ? 2 : 0;
        if (strncmp(names, name, len) != 0)
            return false;
        names += len;
    }
    return *names == '\0';
}

static void
name_unique(struct schemac_db *db, const struct schemac_table *table)
{
    for (size_t i = 0; i < table->key_count; i++) {
        const struct schemac_key *key = &table->keys[i];

        if (key->kind != SCHEMAC_KEY_PRIMARY && key->kind != SCHEMAC_KEY_UNIQUE)
            continue;
        if (!is_named(table, key, db->error.column))
            continue;
        schemac__copy(db->error.constraint, sizeof db->error.constraint, key->name,
                      strlen(key->name));
        return;
    }
}

/* PostgreSQL says which constraint, not which columns. */
static void
name_columns(struct schemac_db *db, const struct schemac_table *table)
{
    size_t used = 0;
    size_t i = 0;

    while (i < table->key_count && strcmp(table->keys[i].name, db->error.constraint) != 0)
        i++;
    for (size_t k = 0; i < table->key_count && k < table->keys[i].column_count; k++) {
        const char *name = table->columns[table->keys[i].columns[k]].name;
        size_t room = sizeof db->error.column - used;
        int len = snprintf(db->error.column + used, room, "%s%s", k == 0 ? "" : ", ",
                           name);

        if (len < 0 || (size_t)len >= room)
            return;
        used += (size_t)len;
    }
}

/* SQLite does not say which foreign key; where the table has one only, it is that. */
static void
name_foreign(struct schemac_db *db, const struct schemac_table *table)
{
    const struct schemac_key *found = NULL;

    for (size_t i = 0; i < table->key_count; i++) {
        if (table->keys[i].kind != SCHEMAC_KEY_FOREIGN)
            continue;
        if (found != NULL)
            return;
        found = &table->keys[i];
    }
    if (found != NULL)
        schemac__copy(db->error.constraint, sizeof db->error.constraint, found->name,
                      strlen(found->name));
}

enum schemac_status
schemac__row_explain_failure(struct schemac_db *db, const struct schemac_table *table,
                             enum schemac_status status)
{
    const char *name = row_table_name(db, table);

    if (db->error.table[0] == '\0')
        schemac__copy(db->error.table, sizeof db->error.table, name, strlen(name));
    /* A trigger may have written to another table. */
    if (strcmp(db->error.table, name) != 0)
        return status;
    if (db->error.constraint[0] != '\0' && db->error.column[0] == '\0')
        name_columns(db, table);
    else if (db->error.constraint[0] == '\0' && status == SCHEMAC_UNIQUE)
        name_unique(db, table);
    else if (db->error.constraint[0] == '\0' && status == SCHEMAC_FOREIGN_KEY)
        name_foreign(db, table);
    return status;
}

/* Bind the key of `row`, where one is given, and let the statement run until its first
 * row or its end. */
static SCHEMAC__WITHIN enum schemac_status
start(struct schemac_db *db, struct row_table *home, struct row_fixed fixed,
      const void *row, struct schemac__statement **out)
{
    const struct schemac_table *table = home->table;
    enum schemac_status status = schemac__row_statement(db, home, fixed, out);

    if (status != SCHEMAC_OK)
        return status;
    if (row != NULL)
        status = db->driver->rows->bind((*out)->stmt, table,
                                        row_key_columns(table, fixed.key), row, false);
    if (status == SCHEMAC_OK)
        status = db->driver->step((*out)->stmt);
    return schemac__row_explain(db, table, status);
}

/* Is there a row, and (number not NULL) what is the number in it? */
static enum schemac_status
ask(struct schemac_db *db, const struct schemac_table *table, struct row_fixed fixed,
    const void *row, int64_t *number)
{
    struct row_table *home = schemac__row_table(db, table);
    struct schemac__statement *s = NULL;
    enum schemac_status status;

    if (home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = start(db, home, fixed, row, &s);
    if (status == SCHEMAC_ROW && number != NULL)
        *number = db->driver->column_int64(s->stmt, 0);
    if (s != NULL)
        (void)db->driver->reset(s->stmt);
    return status;
}

static bool
check_key(struct schemac_db *db, const struct schemac_table *table, size_t key)
{
    if (key < table->key_count)
        return true;
    schemac__fail(db, SCHEMAC_MISUSE, "%s has no key number %zu", table->name, key);
    return false;
}

static enum schemac_status
not_found(struct schemac_db *db, const struct schemac_table *table)
{
    schemac__fail(db, SCHEMAC_NOT_FOUND, "%s: there is no such row", table->name);
    schemac__copy(db->error.table, sizeof db->error.table, table->name,
                  strlen(table->name));
    return SCHEMAC_NOT_FOUND;
}

enum schemac_status
schemac__row_take(struct schemac_db *db, struct row_table *home,
                  struct schemac_stmt *stmt, void *row)
{
    struct schemac_arena before = home->current;
    enum schemac_status status = db->driver->rows->read(
        stmt, home->table, row_all_columns(home->table), row, &home->spare);

    home->current = home->spare;
    home->spare = before;
    return status;
}

void
schemac__row_forget(struct row_table *home)
{
    schemac_arena_reset(&home->spare);
}

enum schemac_status
schemac_row_get(struct schemac_db *db, const struct schemac_table *table, size_t key,
                void *row)
{
    const struct row_fixed fixed = { .op = ROW_GET, .key = key };
    struct schemac__statement *s = NULL;
    enum schemac_status status;
    struct row_table *home;

    if (!schemac__row_ready(db, table, row) || !check_key(db, table, key))
        return SCHEMAC_MISUSE;
    home = schemac__row_table(db, table);
    if (home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = start(db, home, fixed, row, &s);
    if (status == SCHEMAC_ROW)
        status = schemac__row_take(db, home, s->stmt, row);
    if (s != NULL)
        (void)db->driver->reset(s->stmt);
    schemac__row_forget(home);
    return status == SCHEMAC_DONE ? not_found(db, table) : status;
}

enum schemac_status
schemac_row_exists(struct schemac_db *db, const struct schemac_table *table, size_t key,
                   const void *row, bool *exists)
{
    const struct row_fixed fixed = { .op = ROW_EXISTS, .key = key };
    enum schemac_status status;

    if (!schemac__row_ready(db, table, row) || !schemac__row_ready(db, table, exists)
        || !check_key(db, table, key))
        return SCHEMAC_MISUSE;
    status = ask(db, table, fixed, row, NULL);
    *exists = status == SCHEMAC_ROW;
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
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
schemac_row_delete(struct schemac_db *db, const struct schemac_table *table,
                   const void *row)
{
    const struct row_fixed fixed = { .op = ROW_DELETE };
    enum schemac_status status;

    if (!schemac__row_ready(db, table, row) || !schemac__row_changes(db, table))
        return SCHEMAC_MISUSE;
    status = ask(db, table, fixed, row, NULL);
    if (status != SCHEMAC_DONE)
        return status;
    return db->driver->changes(db) > 0 ? SCHEMAC_OK : not_found(db, table);
}

enum schemac_status
schemac_row_count(struct schemac_db *db, const struct schemac_table *table,
                  int64_t *count)
{
    const struct row_fixed fixed = { .op = ROW_COUNT };
    enum schemac_status status;

    if (!schemac__row_ready(db, table, count))
        return SCHEMAC_MISUSE;
    status = ask(db, table, fixed, NULL, count);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

enum schemac_status
schemac_row_update(struct schemac_db *db, const struct schemac_table *table,
                   const void *row, const uint64_t *mask)
{
    struct schemac__statement *s;
    enum schemac_status status;
    struct row_table *home;

    if (!schemac__row_ready(db, table, row) || !schemac__row_ready(db, table, mask)
        || !schemac__row_changes(db, table))
        return SCHEMAC_MISUSE;
    home = schemac__row_table(db, table);
    if (home == NULL)
        return SCHEMAC_NO_MEMORY;
    status = schemac__row_masked(db, home, ROW_UPDATE, 0, mask, &s);
    if (status != SCHEMAC_OK)
        return status;
    status = db->driver->rows->bind(s->stmt, table, s->bound, row, false);
    if (status == SCHEMAC_OK)
        status = schemac__row_explain(db, table, db->driver->step(s->stmt));
    (void)db->driver->reset(s->stmt);
    if (status != SCHEMAC_DONE)
        return status;
    return db->driver->changes(db) > 0 ? SCHEMAC_OK : not_found(db, table);
}
