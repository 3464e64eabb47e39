/*
 * What a handle keeps for the row layer: per table its prepared statements, each with
 * what it binds and how its rows are read.
 *
 * Tables are found by the address of their description, so that several schemas may share
 * a handle and no table needs a number.  The statements of a table are in a list, the
 * last used first: a program that is at work on a table has few of them.
 */
#include <string.h>

#include "runtime/row.h"

/* Per table; a program that has more of them builds masks from data. */
#define MASKED_MAX 128

/* ---- tables ---- */

static struct row_table **
find_place(struct schemac__rows *rows, const struct schemac_table *table)
{
    uint32_t address = (uint32_t)((uintptr_t)table / sizeof(void *));

    return &rows->places[address * UINT32_C(2654435769) >> (32 - ROW_PLACES_BITS)];
}

/* NULL after recording that memory ran out. */
static void *
alloc(struct schemac_db *db, size_t bytes)
{
    void *p = schemac__alloc(bytes);

    if (p == NULL)
        schemac__no_memory(db);
    return p;
}

static SCHEMAC__APART struct row_table *
find_table(struct schemac_db *db, const struct schemac_table *table)
{
    struct row_table **place = find_place(&db->rows, table);
    struct row_table *home;

    for (home = *place; home != NULL && home->table != table; home = home->next)
        continue;
    if (home == NULL) {
        home = alloc(db, sizeof *home);
        if (home == NULL)
            return NULL;
        home->db = db;
        home->table = table;
        home->next = *place;
        *place = home;
    }
    db->rows.last = home;
    return home;
}

static SCHEMAC__WITHIN struct row_table *
table_of(struct schemac_db *db, const struct schemac_table *table)
{
    struct row_table *last = db->rows.last;

    return last != NULL && last->table == table ? last : find_table(db, table);
}

struct row_table *
schemac__row_table(struct schemac_db *db, const struct schemac_table *table)
{
    return table_of(db, table);
}

/* ---- how the rows of a statement are read ---- */

static uint8_t
simple_of(const struct schemac_column *c)
{
    static const uint8_t simple[SCHEMAC_CODEC_ARRAY + 1] = {
        [SCHEMAC_CODEC_INT64] = ROW_SIMPLE_INT64,
        [SCHEMAC_CODEC_INT32] = ROW_SIMPLE_INT32,
        [SCHEMAC_CODEC_DOUBLE] = ROW_SIMPLE_DOUBLE,
        [SCHEMAC_CODEC_TEXT] = ROW_SIMPLE_TEXT,
    };

    return row_has_opt(c) ? (uint8_t)ROW_NOT_SIMPLE : simple[c->codec];
}

static void
add_field(struct schemac__statement *s, const struct schemac_column *c)
{
    s->plan->fields[s->plan->end++] = (struct row_field){
        .column = c,
        .offset = c->offset,
        .simple = simple_of(c),
        .is_nullable = (c->flags & SCHEMAC_COLUMN_NULLABLE) != 0,
    };
    s->returns_text |= row_is_text(c);
}

bool
schemac__row_is_in_key(const struct schemac_key *key, size_t column)
{
    for (size_t i = 0; i < key->column_count; i++)
        if (key->columns[i] == column)
            return true;
    return false;
}

enum which { NONE, REST, GIVEN, ALL };

/* Columns that the mask does not give, or that it gives, or all.  An UPDATE sets nothing
 * of the key. */
static void
add_columns(struct schemac__statement *s, enum which which)
{
    const struct schemac_table *table = s->home->table;
    const bool sets = row_op_of(s->form) == ROW_UPDATE;

    for (size_t i = 0; i < table->column_count; i++)
        if ((which == ALL || row_mask_has(s->mask, i) == (which == GIVEN))
            && !(sets && schemac__row_is_in_key(&table->keys[0], i)))
            add_field(s, &table->columns[i]);
}

static enum schemac_status
add_given(struct schemac__statement *s)
{
    struct row_place place = { s->home->db, s->home->table, NULL };
    const unsigned count = place.table->column_count;

    add_columns(s, GIVEN);
    for (size_t i = 0; i < s->plan->end; i++) {
        place.column = s->plan->fields[i].column;
        if ((place.column->flags & SCHEMAC_COLUMN_GENERATED) != 0)
            return schemac__row_fail(&place, SCHEMAC_MISUSE,
                                     " is computed and cannot be written");
    }
    if (count % 64 != 0 && s->mask[count / 64] >> count % 64 != 0)
        return schemac__row_refuse(place.db, place.table, SCHEMAC_MISUSE,
                                   ": the mask has a bit of no column");
    return row_op_of(s->form) == ROW_UPDATE && s->plan->end == 0
               ? schemac__row_refuse(place.db, place.table, SCHEMAC_MISUSE,
                                     ": the mask names no column to set")
               : SCHEMAC_OK;
}

/* A range has ends in the last column of its key. */
static void
add_key(struct schemac__statement *s)
{
    const struct schemac_table *table = s->home->table;
    const struct schemac_key *key = &table->keys[row_key_of(s->form)];
    size_t count = key->column_count - (row_op_of(s->form) == ROW_RANGE ? 1u : 0u);

    for (size_t i = 0; i < count; i++)
        add_field(s, &table->columns[key->columns[i]]);
}

/* What statements have besides what is given by a mask: what they return, and the key. */
#define WITH_KEY 16

static const uint8_t traits[] = {
    [ROW_SCAN] = ALL,
    [ROW_GET] = ALL | WITH_KEY,
    [ROW_EXISTS] = NONE | WITH_KEY,
    [ROW_LIST] = ALL,
    [ROW_RANGE] = ALL | WITH_KEY,
    [ROW_DELETE] = NONE | WITH_KEY,
    [ROW_UPDATE] = NONE | WITH_KEY,
    [ROW_INSERT] = REST,
    [ROW_UPSERT] = ALL,
};

static enum schemac_status
add_fields(struct schemac__statement *s)
{
    const unsigned trait = traits[row_op_of(s->form)];
    enum schemac_status status =
        row_op_of(s->form) >= ROW_UPDATE ? add_given(s) : SCHEMAC_OK;

    if (status != SCHEMAC_OK)
        return status;
    s->plan->given = s->plan->end;
    if ((trait & WITH_KEY) != 0)
        add_key(s);
    s->plan->bound = s->plan->end;
    s->gives_text = s->returns_text; /* of the fields so far */
    s->returns_text = false;
    if ((trait & ALL) != NONE)
        add_columns(s, (enum which)(trait & ALL));
    s->gives_text &= s->returns_text & (trait == REST);
    s->returns = s->plan->end > s->plan->bound;
    return SCHEMAC_OK;
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
    enum schemac_status status =
        sql == NULL ? schemac__no_memory(db) : schemac__prepare(db, sql, stmt);

    schemac__free(sql);
    if (status != SCHEMAC_OK)
        return schemac__row_explain(db, request->plan->table, status);
    (*stmt)->plan = request->plan;
    if (db->driver->rows->prepared != NULL)
        db->driver->rows->prepared(*stmt);
    return SCHEMAC_OK;
}

/* Its plan, which is set, and by that its statements. */
static enum schemac_status
prepare(struct schemac__statement *s, const struct row_pattern *pattern)
{
    struct row_request request = { .plan = s->plan, .pattern = pattern, .form = s->form };
    const struct schemac__row_driver *rows = s->home->db->driver->rows;
    enum schemac_status status;

    s->plan->table = s->home->table;
    status = add_fields(s);
    if (status == SCHEMAC_OK && row_op_of(s->form) >= ROW_INSERT && s->returns
        && rows->returning != NULL)
        status = rows->returning(s, &request);
    return status == SCHEMAC_OK
               ? schemac__row_prepare_request(s->home->db, &request, &s->stmt)
               : status;
}

/* NULL after a failure, which is recorded. */
static struct schemac__statement *
make_statement(struct row_table *home, const struct row_pattern *pattern, row_form form,
               const uint64_t *mask)
{
    size_t mask_bytes = mask == NULL ? 0 : row_mask_words(home->table) * sizeof *mask;
    struct schemac__statement *s = alloc(home->db, sizeof *s + mask_bytes);

    if (s == NULL)
        return NULL;
    s->home = home;
    s->form = form;
    if (mask != NULL)
        memcpy(s->mask, mask, mask_bytes);
    /* all columns twice, but for an UPDATE, which returns none and has its key there */
    s->plan = alloc(home->db,
                    schemac__row_plan_bytes(2 * (size_t)home->table->column_count));
    if (s->plan != NULL && prepare(s, pattern) == SCHEMAC_OK)
        return s;
    schemac__free(s->plan);
    free_statement(s);
    return NULL;
}

static void
drop(struct schemac__statement **link)
{
    struct schemac__statement *s = *link;

    *link = s->next;
    free_statement(s);
}

static bool
is_wanted(const struct schemac__statement *s, row_form form, const uint64_t *mask)
{
    return s->form == form && !s->busy
           && (mask == NULL
               || memcmp(s->mask, mask,
                         row_mask_words(s->home->table) * sizeof *mask)
                      == 0);
}

/* One that is there, taken out of the list; or a new one. */
static struct schemac__statement *
take_statement(struct row_table *home, const struct row_pattern *pattern, row_form form,
               const uint64_t *mask)
{
    struct schemac__statement **link = &home->statements;
    struct schemac__statement **last_masked = NULL;
    struct schemac__statement *s;
    size_t masked = 0;

    for (; *link != NULL && !is_wanted(*link, form, mask); link = &(*link)->next)
        if (row_op_of((*link)->form) >= ROW_UPDATE) {
            last_masked = link;
            masked++;
        }
    s = *link;
    if (s != NULL) {
        *link = s->next;
        return s;
    }
    s = make_statement(home, pattern, form, mask);
    if (s != NULL && mask != NULL && masked >= MASKED_MAX)
        drop(last_masked);
    return s;
}

struct schemac__statement *
schemac__row_statement(struct schemac_db *db, const struct schemac_table *table,
                       const struct row_pattern *pattern, row_form form,
                       const uint64_t *mask, const void *argument)
{
    const bool lacks_mask = mask == NULL && row_op_of(form) >= ROW_UPDATE;
    struct schemac__statement *s;
    struct row_table *home;

    if (!schemac__row_allows(db, table, form, lacks_mask ? NULL : argument))
        return NULL;
    home = table_of(db, table);
    if (home == NULL)
        return NULL;
    s = take_statement(home, pattern, form, mask);
    if (s != NULL) {
        s->next = home->statements;
        home->statements = s;
    }
    return s;
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
    struct schemac__rows *rows = &db->rows;

    rows->last = NULL;
    for (size_t i = 0; i < ROW_PLACES; i++)
        while (rows->places[i] != NULL) {
            struct row_table *home = rows->places[i];

            rows->places[i] = home->next;
            free_table(home);
        }
}
