/*
 * What a handle keeps for the row layer: per table its prepared statements.
 *
 * Tables are found by the address of their description, so that several schemas may share
 * a handle and no table needs a number.  The statements of a table are in a list, the
 * last used first: a program that is at work on a table has few of them.
 */
#include <string.h>

#include "runtime/row.h"

#define MASKED_MAX                                                                       \
    128 /* per table; a program that has more of them builds masks from data */

/* ---- tables ---- */

static struct row_table **
find_place(struct schemac__rows *rows, const struct schemac_table *table)
{
    uint32_t address = (uint32_t)((uintptr_t)table / sizeof(void *));

    return &rows->places[address * UINT32_C(2654435769) >> (32 - ROW_PLACES_BITS)];
}

struct row_table *
schemac__row_table(struct schemac_db *db, const struct schemac_table *table)
{
    struct row_table *home = NULL;
    struct row_table **place;

    if (db->rows != NULL && db->rows->last != NULL && db->rows->last->table == table)
        return db->rows->last;
    if (db->rows == NULL)
        db->rows = schemac__alloc(sizeof *db->rows);
    if (db->rows == NULL) {
        schemac__no_memory(db);
        return NULL;
    }
    place = find_place(db->rows, table);
    for (home = *place; home != NULL && home->table != table; home = home->next)
        continue;
    if (home == NULL) {
        home = schemac__alloc(sizeof *home);
        if (home == NULL) {
            schemac__no_memory(db);
            return NULL;
        }
        home->table = table;
        home->next = *place;
        *place = home;
    }
    db->rows->last = home;
    return home;
}

/* ---- statements ---- */

static void
free_statement(struct schemac__statement *s)
{
    schemac_finalize(s->stmt);
    schemac_finalize(s->again);
    schemac_finalize(s->many);
    schemac__free(s);
}

enum schemac_status
schemac__row_prepare_request(struct schemac_db *db, const struct row_request *request,
                             struct schemac_stmt **stmt)
{
    char *sql = schemac__row_sql(db->driver->rows, request);
    enum schemac_status status;

    if (sql == NULL)
        return schemac__no_memory(db);
    status = schemac__prepare(db, sql, stmt);
    schemac__free(sql);
    if (status == SCHEMAC_OK && db->driver->rows->prepared != NULL)
        db->driver->rows->prepared(*stmt);
    return schemac__row_explain(db, request->table, status);
}

/* ---- statements with a mask ---- */

/* Where the numbers of columns stand, behind the mask. */
static uint16_t *
numbers_of(struct schemac__statement *s, const struct schemac_table *table)
{
    return (uint16_t *)(void *)(s->mask + row_mask_words(table));
}

static bool
is_text(const struct schemac_column *c)
{
    return c->codec == SCHEMAC_CODEC_TEXT || c->codec == SCHEMAC_CODEC_BYTES
           || c->codec == SCHEMAC_CODEC_ARRAY;
}

static bool
is_key(const struct schemac_table *table, size_t column)
{
    for (size_t i = 0; i < table->keys[0].column_count; i++)
        if (table->keys[0].columns[i] == column)
            return true;
    return false;
}

/* A column that an INSERT leaves out comes back. */
static void
leave_out(struct schemac__statement *s, const struct schemac_table *table, size_t column)
{
    if (row_op_of(s->form) != ROW_INSERT)
        return;
    numbers_of(s, table)[table->column_count + s->returned.count++] = (uint16_t)column;
    s->returns_text |= is_text(&table->columns[column]);
}

static enum schemac_status
give(struct schemac_db *db, struct schemac__statement *s,
     const struct schemac_table *table, size_t column)
{
    const struct row_place place = { db, table, &table->columns[column] };

    if ((place.column->flags & SCHEMAC_COLUMN_GENERATED) != 0)
        return schemac__row_fail(&place, SCHEMAC_MISUSE,
                                 " is computed and cannot be written");
    if (row_op_of(s->form) != ROW_UPDATE || !is_key(table, column))
        numbers_of(s, table)[s->bound.count++] = (uint16_t)column;
    return SCHEMAC_OK;
}

/* s->bound, for an UPDATE what is set and no part of the key, and s->returned. */
static enum schemac_status
list_columns(struct schemac_db *db, struct schemac__statement *s,
             const struct schemac_table *table)
{
    const size_t count = table->column_count;
    enum schemac_status status = SCHEMAC_OK;

    if (count % 64 != 0 && s->mask[count / 64] >> count % 64 != 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "%s: the mask has a bit of no column",
                             table->name);
    s->bound.items = numbers_of(s, table);
    s->returned.items = s->bound.items + count;
    for (size_t i = 0; i < count && status == SCHEMAC_OK; i++)
        if (row_mask_has(s->mask, i))
            status = give(db, s, table, i);
        else
            leave_out(s, table, i);
    return status;
}

/* Is the number of the row, which the engine tells, all that comes back? */
static bool
is_id_alone(const struct schemac_db *db, const struct schemac__statement *s,
            const struct schemac_table *table)
{
    return db->driver->rows->inserted_id != NULL && s->returned.count == 1
           && (table->columns[s->returned.items[0]].flags & SCHEMAC_COLUMN_ROWID) != 0;
}

/* ---- one of them ---- */

/* Behind what is set stands the key. */
static enum schemac_status
add_key(struct schemac_db *db, struct schemac__statement *s,
        const struct schemac_table *table)
{
    if (s->bound.count == 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "%s: the mask names no column to set",
                             table->name);
    for (size_t i = 0; i < table->keys[0].column_count; i++)
        numbers_of(s, table)[s->bound.count++] = table->keys[0].columns[i];
    return SCHEMAC_OK;
}

/* What comes back is read again where triggers set it later than the engine tells it.
 * Said, not guessed, where the description does not name what does so. */
static enum schemac_status
prepare_again(struct schemac_db *db, struct schemac__statement *s,
              struct row_request *request)
{
    const struct schemac_table *table = request->table;
    const unsigned later = SCHEMAC_COLUMN_AFTER_INSERT | SCHEMAC_COLUMN_AFTER_UPDATE;

    if (table->again != NULL)
        return table->again->prepare(db, s, request);
    for (size_t i = 0; i < s->returned.count; i++) {
        const struct row_place place = {
            db, table, &table->columns[row_column_at(s->returned, i)]
        };

        if ((place.column->flags & later) != 0)
            return schemac__row_undescribed(&place);
    }
    return SCHEMAC_OK;
}

static enum schemac_status
prepare_masked(struct schemac_db *db, struct schemac__statement *s,
               struct row_request *request)
{
    const struct schemac_table *table = request->table;
    enum schemac_status status = list_columns(db, s, table);

    if (status != SCHEMAC_OK)
        return status;
    s->inserted_id_is_enough = is_id_alone(db, s, table);
    if (row_op_of(s->form) == ROW_UPSERT)
        s->returned = row_all_columns(table);
    request->bound = s->bound;
    if (!s->inserted_id_is_enough)
        request->returned = s->returned;
    if (db->driver->rows->bind_results != NULL)
        status = prepare_again(db, s, request);
    if (status == SCHEMAC_OK && row_op_of(s->form) == ROW_UPDATE)
        status = add_key(db, s, table);
    return status == SCHEMAC_OK ? schemac__row_prepare_request(db, request, &s->stmt)
                                : status;
}

static void
drop_last_masked(struct row_table *home)
{
    struct schemac__statement **last = NULL;
    struct schemac__statement *s;

    for (struct schemac__statement **link = &home->statements; *link != NULL;
         link = &(*link)->next)
        if (row_op_of((*link)->form) >= ROW_INSERT)
            last = link;
    s = *last;
    *last = s->next;
    free_statement(s);
    home->masked_count--;
}

static struct schemac__statement *
new_statement(const struct schemac_table *table, row_form form, const uint64_t *mask)
{
    size_t words = mask == NULL ? 0 : row_mask_words(table);
    struct schemac__statement *s =
        schemac__alloc(sizeof *s + words * sizeof *mask
                       + 2 * (size_t)table->column_count * sizeof(uint16_t));

    if (s == NULL)
        return NULL;
    s->form = form;
    if (mask != NULL)
        memcpy(s->mask, mask, words * sizeof *mask);
    return s;
}

static enum schemac_status
make_statement(struct schemac_db *db, struct row_table *home,
               const struct row_pattern *pattern, row_form form, const uint64_t *mask,
               struct schemac__statement **out)
{
    struct row_request request = { .table = home->table,
                                   .pattern = pattern,
                                   .form = form };
    struct schemac__statement *s = new_statement(home->table, form, mask);
    enum schemac_status status;

    if (s == NULL)
        return schemac__no_memory(db);
    status = mask == NULL ? schemac__row_prepare_request(db, &request, &s->stmt)
                          : prepare_masked(db, s, &request);
    if (status != SCHEMAC_OK) {
        free_statement(s);
        return status;
    }
    if (mask != NULL && home->masked_count++ == MASKED_MAX)
        drop_last_masked(home);
    *out = s;
    return SCHEMAC_OK;
}

enum schemac_status
schemac__row_find_statement(struct schemac_db *db, struct row_table *home,
                            const struct row_pattern *pattern, row_form form,
                            const uint64_t *mask, struct schemac__statement **out)
{
    size_t bytes = mask == NULL ? 0 : row_mask_words(home->table) * sizeof *mask;
    struct schemac__statement **link = &home->statements;
    struct schemac__statement *s;

    while (*link != NULL
           && ((*link)->form != form || (*link)->busy
               || (bytes > 0 && memcmp((*link)->mask, mask, bytes) != 0)))
        link = &(*link)->next;
    s = *link;
    if (s != NULL) {
        *link = s->next;
    } else {
        enum schemac_status status = make_statement(db, home, pattern, form, mask, &s);

        if (status != SCHEMAC_OK)
            return status;
    }
    s->next = home->statements;
    home->statements = s;
    *out = s;
    return SCHEMAC_OK;
}

/* ---- the end ---- */

static void
free_table(struct row_table *home)
{
    while (home->statements != NULL) {
        struct schemac__statement *s = home->statements;

        home->statements = s->next;
        free_statement(s);
    }
    schemac_arena_free(&home->current);
    schemac_arena_free(&home->spare);
    schemac__free(home);
}

void
schemac__rows_free(struct schemac_db *db)
{
    struct schemac__rows *rows = db->rows;

    if (rows == NULL)
        return;
    db->rows = NULL;
    for (size_t i = 0; i < ROW_PLACES; i++)
        while (rows->places[i] != NULL) {
            struct row_table *home = rows->places[i];

            rows->places[i] = home->next;
            free_table(home);
        }
    schemac__free(rows);
}
