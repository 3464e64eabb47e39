/*
 * What a handle keeps for the row layer: per table its prepared statements.
 *
 * Tables are found by the address of their description, so that several schemas may share
 * a handle and no table needs a number.  A statement without a mask has a number; those
 * with a mask are in a list, the last used first.
 */
#include <string.h>

#include "runtime/row.h"

#define SLOTS_MIN 64 /* a power of two */
#define MASKED_MAX                                                                       \
    128 /* per table; a program that has more of them builds masks from data */

static size_t
number_count(const struct schemac_table *table)
{
    return (size_t)ROW_GET + (size_t)table->key_count * ROW_NUMBERS_PER_KEY;
}

/* ---- tables ---- */

static struct row_table **
find_slot(struct row_table **slots, size_t slot_count, const struct schemac_table *table)
{
    size_t at =
        (size_t)(((uint64_t)(uintptr_t)table * UINT64_C(0x9E3779B97F4A7C15)) >> 32);

    while (slots[at & (slot_count - 1)] != NULL
           && slots[at & (slot_count - 1)]->table != table)
        at++;
    return &slots[at & (slot_count - 1)];
}

/* Room for one more, at most half full. */
static bool
grow_slots(struct schemac__rows *rows)
{
    size_t wanted = rows->slot_count == 0 ? SLOTS_MIN : rows->slot_count * 2;
    struct row_table **slots;

    if (rows->count * 2 < rows->slot_count)
        return true;
    slots = schemac__alloc(wanted * sizeof(struct row_table *));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < rows->slot_count; i++)
        if (rows->slots[i] != NULL)
            *find_slot(slots, wanted, rows->slots[i]->table) = rows->slots[i];
    schemac__free(rows->slots);
    rows->slots = slots;
    rows->slot_count = wanted;
    return true;
}

static struct row_table *
new_table(struct schemac__rows *rows, const struct schemac_table *table)
{
    struct row_table *home;
    size_t bytes = number_count(table) * sizeof(struct schemac__statement *);

    if (!grow_slots(rows))
        return NULL;
    home = schemac__alloc(sizeof *home + bytes);
    if (home == NULL)
        return NULL;
    home->table = table;
    *find_slot(rows->slots, rows->slot_count, table) = home;
    rows->count++;
    return home;
}

struct row_table *
schemac__row_find_table(struct schemac_db *db, const struct schemac_table *table)
{
    struct row_table *home = NULL;

    if (db->driver->rows == NULL) {
        schemac__fail(db, SCHEMAC_MISUSE, "this library has no typed rows for %s",
                      db->driver->name);
        return NULL;
    }
    if (db->rows == NULL)
        db->rows = schemac__alloc(sizeof *db->rows);
    if (db->rows == NULL) {
        schemac__no_memory(db);
        return NULL;
    }
    if (db->rows->slot_count > 0)
        home = *find_slot(db->rows->slots, db->rows->slot_count, table);
    if (home == NULL)
        home = new_table(db->rows, table);
    if (home == NULL)
        schemac__no_memory(db);
    else
        db->rows->last = home;
    return home;
}

/* ---- statements ---- */

static enum schemac_status
prepare(struct schemac_db *db, const struct row_request *request,
        struct schemac_stmt **stmt)
{
    char *sql = schemac__row_sql(db->driver->rows, request);
    enum schemac_status status;

    if (sql == NULL)
        return schemac__no_memory(db);
    status = schemac_prepare(db, sql, stmt);
    schemac__free(sql);
    if (status == SCHEMAC_OK && request->op != ROW_COUNT
        && db->driver->rows->will_be_read != NULL)
        db->driver->rows->will_be_read(*stmt);
    return schemac__row_explain(db, request->table, status);
}

enum schemac_status
schemac__row_find_statement(struct schemac_db *db, struct row_table *home,
                            struct row_fixed fixed, struct schemac__statement **out)
{
    const struct row_request request = { .table = home->table,
                                         .op = fixed.op,
                                         .key = fixed.key,
                                         .range = fixed.range };
    struct schemac__statement **list = &home->fixed[row_number(fixed)];
    struct schemac__statement *made = *list;
    enum schemac_status status;

    while (made != NULL && made->busy)
        made = made->next;
    *out = made;
    if (made != NULL)
        return SCHEMAC_OK;
    made = schemac__alloc(sizeof *made);
    if (made == NULL)
        return schemac__no_memory(db);
    status = prepare(db, &request, &made->stmt);
    if (status != SCHEMAC_OK) {
        schemac__free(made);
        return status;
    }
    made->next = *list;
    *list = made;
    *out = made;
    return SCHEMAC_OK;
}

/* ---- statements with a mask ---- */

static bool
key_has(const struct schemac_table *table, size_t key, size_t column)
{
    struct row_columns columns = row_key_columns(table, key);

    for (size_t i = 0; i < columns.count; i++)
        if (columns.items[i] == column)
            return true;
    return false;
}

/* Where the numbers of columns stand, behind the mask. */
static uint16_t *
numbers_of(struct schemac__statement *s, const struct schemac_table *table)
{
    return (uint16_t *)(void *)(s->mask + row_mask_words(table));
}

/* UPDATE: what is set, then the key.  INSERT: what is given. */
static size_t
list_bound(struct schemac__statement *s, const struct schemac_table *table, uint16_t *to)
{
    size_t count = 0;

    for (size_t i = 0; i < table->column_count; i++)
        if (row_mask_has(s->mask, i)
            && (s->op != ROW_UPDATE || !key_has(table, s->key, i)))
            to[count++] = (uint16_t)i;
    return count;
}

static bool
holds_text(const struct schemac_table *table, struct row_columns columns)
{
    for (size_t i = 0; i < columns.count; i++) {
        uint8_t codec = table->columns[row_column_at(columns, i)].codec;

        if (codec == SCHEMAC_CODEC_TEXT || codec == SCHEMAC_CODEC_BYTES
            || codec == SCHEMAC_CODEC_ARRAY)
            return true;
    }
    return false;
}

static void
list_returned(struct schemac__statement *s, const struct schemac_table *table,
              uint16_t *to, bool has_inserted_id)
{
    size_t count = 0;

    for (size_t i = 0; i < table->column_count; i++)
        if (!row_mask_has(s->mask, i))
            to[count++] = (uint16_t)i;
    s->returned = (struct row_columns){ to, count };
    s->inserted_id_is_enough =
        has_inserted_id && count == 1
        && (table->columns[to[0]].flags & SCHEMAC_COLUMN_ROWID) != 0;
}

/* Does a trigger set what comes back, once it came back? */
static bool
comes_back_early(const struct schemac_table *table, const struct schemac__statement *s)
{
    const unsigned on_insert = SCHEMAC_COLUMN_AFTER_INSERT;
    const unsigned any = on_insert | SCHEMAC_COLUMN_AFTER_UPDATE;
    unsigned returned = 0;
    unsigned all = 0;

    for (size_t i = 0; i < s->returned.count; i++)
        returned |= table->columns[row_column_at(s->returned, i)].flags;
    for (size_t i = 0; i < table->column_count; i++)
        all |= table->columns[i].flags;
    /* What counts behind an INSERT does so by an UPDATE, which has triggers, too. */
    return (returned & any) != 0 && (s->op == ROW_UPSERT || (all & on_insert) != 0);
}

static void
free_statements(struct schemac__statement *s)
{
    schemac_finalize(s->stmt);
    schemac_finalize(s->again);
}

static enum schemac_status
prepare_again(struct schemac_db *db, const struct schemac_table *table,
              struct schemac__statement *s)
{
    const struct row_request request = { .table = table,
                                         .op = ROW_AGAIN,
                                         .returned = s->returned };

    return prepare(db, &request, &s->again);
}

static enum schemac_status
prepare_masked(struct schemac_db *db, const struct schemac_table *table,
               struct schemac__statement *s)
{
    uint16_t *numbers = numbers_of(s, table);
    size_t count = list_bound(s, table, numbers);
    struct row_request request = { .table = table, .op = s->op, .key = s->key };

    request.bound = (struct row_columns){ numbers, count };
    if (s->op == ROW_UPDATE && count == 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "%s: the mask names no column to set",
                             table->name);
    if (s->op == ROW_UPDATE)
        for (size_t i = 0; i < table->keys[s->key].column_count; i++)
            numbers[count++] = table->keys[s->key].columns[i];
    if (s->op == ROW_INSERT)
        list_returned(s, table, numbers + count, db->driver->rows->inserted_id != NULL);
    if (s->op == ROW_UPSERT)
        s->returned = row_all_columns(table);
    s->bound = (struct row_columns){ numbers, count };
    s->returns_text = holds_text(table, s->returned);
    if (!s->inserted_id_is_enough)
        request.returned = s->returned;
    request.returns_place =
        db->driver->rows->returns_early && comes_back_early(table, s);
    if (request.returns_place) {
        enum schemac_status status = prepare_again(db, table, s);

        if (status != SCHEMAC_OK)
            return status;
    }
    return prepare(db, &request, &s->stmt);
}

static bool
is_mask_of(const struct schemac__statement *s, enum row_op op, size_t key,
           const uint64_t *mask, size_t words)
{
    return s->op == op && s->key == key
           && memcmp(s->mask, mask, words * sizeof *mask) == 0;
}

/* Bits that name no column, or a column that is computed, are a mistake. */
static enum schemac_status
check_mask(struct schemac_db *db, const struct schemac_table *table, const uint64_t *mask)
{
    struct row_place place = { .db = db, .table = table };

    for (size_t i = 0; i < row_mask_words(table) * 64; i++) {
        if (!row_mask_has(mask, i))
            continue;
        if (i >= table->column_count)
            return schemac__fail(db, SCHEMAC_MISUSE,
                                 "%s: the mask has a bit of no column", table->name);
        place.column = &table->columns[i];
        if ((place.column->flags & SCHEMAC_COLUMN_GENERATED) != 0)
            return schemac__row_fail(&place, SCHEMAC_MISUSE,
                                     " is computed and cannot be written");
    }
    return SCHEMAC_OK;
}

static void
drop_last_masked(struct row_table *home)
{
    struct schemac__statement **link = &home->masked;

    while ((*link)->next != NULL)
        link = &(*link)->next;
    free_statements(*link);
    schemac__free(*link);
    *link = NULL;
    home->masked_count--;
}

static enum schemac_status
new_masked(struct schemac_db *db, struct row_table *home, enum row_op op, size_t key,
           const uint64_t *mask, struct schemac__statement **out)
{
    const struct schemac_table *table = home->table;
    size_t words = row_mask_words(table);
    enum schemac_status status = check_mask(db, table, mask);
    struct schemac__statement *s;

    if (status != SCHEMAC_OK)
        return status;
    s = schemac__alloc(sizeof *s + words * sizeof *mask
                       + 2 * (size_t)table->column_count * sizeof(uint16_t));
    if (s == NULL)
        return schemac__no_memory(db);
    s->op = op;
    s->key = key;
    memcpy(s->mask, mask, words * sizeof *mask);
    status = prepare_masked(db, table, s);
    if (status != SCHEMAC_OK) {
        free_statements(s);
        schemac__free(s);
        return status;
    }
    if (home->masked_count == MASKED_MAX)
        drop_last_masked(home);
    home->masked_count++;
    *out = s;
    return SCHEMAC_OK;
}

enum schemac_status
schemac__row_masked(struct schemac_db *db, struct row_table *home, enum row_op op,
                    size_t key, const uint64_t *mask, struct schemac__statement **out)
{
    struct schemac__statement **link = &home->masked;
    size_t words = row_mask_words(home->table);
    enum schemac_status status = SCHEMAC_OK;

    while (*link != NULL && !is_mask_of(*link, op, key, mask, words))
        link = &(*link)->next;
    *out = *link;
    if (*link != NULL)
        *link = (*link)->next;
    else
        status = new_masked(db, home, op, key, mask, out);
    if (status != SCHEMAC_OK)
        return status;
    (*out)->next = home->masked;
    home->masked = *out;
    return SCHEMAC_OK;
}

/* ---- the end ---- */

static void
free_list(struct schemac__statement *s)
{
    while (s != NULL) {
        struct schemac__statement *next = s->next;

        free_statements(s);
        schemac__free(s);
        s = next;
    }
}

static void
free_table(struct row_table *home)
{
    for (size_t i = 0; i < number_count(home->table); i++)
        free_list(home->fixed[i]);
    free_list(home->masked);
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
    for (size_t i = 0; i < rows->slot_count; i++)
        if (rows->slots[i] != NULL)
            free_table(rows->slots[i]);
    schemac__free(rows->slots);
    schemac__free(rows);
}
