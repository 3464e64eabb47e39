/*
 * round_trip URL SEED [WORDS]: rows for every table of the schema `corpus`, in and out
 * again through the functions that generated code calls.
 *
 * It knows no schema: what the struct schemac_table of each table says is all.  Parents
 * come first; a row that the database refuses is tried with other values, some of them
 * the literals of the file WORDS, one a line.  What was taken must come back as it was
 * given: by get, by scan, after an update of some columns, after insert_many and load.
 * At the end every row is deleted.
 *
 * Prints "differs …" for each field that came back otherwise, "empty TABLE: why" for
 * each table that took no row, and what it did; exits with 1 where something differs.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "values.h"

/* Of the generated code, whatever its schema. */
extern const struct schemac_table *const corpus_tables[];
extern const size_t corpus_table_count;
enum schemac_status corpus_open(const char *url, enum schemac_policy policy,
                                struct schemac_db **db);

enum {
    ROWS_WANTED = 8,
    TRIES_MAX = 60,
    EDGES = 3,
    UPDATES = 3,
    BATCH = 3,
    MASK_WORDS = 32
};

struct tally {
    size_t tables, filled, rows, fields, updated, batches, deleted, kept_by_keys, views;
    size_t differences;
};

/* A table and the rows that it has taken. */
struct home {
    const struct schemac_table *table;
    char *rows;
    size_t count;
    bool is_done;
    char why[300]; /* the last refusal */
};

struct trip {
    struct schemac_db *db;
    struct maker maker;
    struct schemac_arena arena;
    struct home *homes;
    struct home **order; /* in which they were filled */
    size_t ordered;
    struct tally tally;
};

/* ---- telling ---- */

static void
die(const struct trip *trip, const char *what)
{
    printf("failed: %s: %s\n", what,
           trip->db == NULL ? "no handle" : schemac_error(trip->db)->message);
    exit(1);
}

static void
tell(struct trip *trip, const struct schemac_table *table, const char *format, ...)
{
    va_list args;

    trip->tally.differences++;
    printf("differs %s: ", table->name);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    printf(" (%s)\n", schemac_error(trip->db)->message);
}

static void *
room(struct trip *trip, size_t bytes)
{
    void *to = schemac_arena_alloc(&trip->arena, bytes);

    if (to == NULL)
        abort();
    memset(to, 0, bytes);
    return to;
}

/* ---- masks ---- */

static bool
is_known(const struct schemac_column *c)
{
    return c->codec <= SCHEMAC_CODEC_ARRAY;
}

static void
mask_add(uint64_t *mask, size_t column)
{
    mask[column / 64] |= UINT64_C(1) << column % 64;
}

static bool
mask_has(const uint64_t *mask, size_t column)
{
    return (mask[column / 64] >> column % 64 & 1) != 0;
}

static bool
in_key(const struct schemac_key *key, size_t column)
{
    for (size_t i = 0; i < key->column_count; i++)
        if (key->columns[i] == column)
            return true;
    return false;
}

static bool
has_primary_key(const struct schemac_table *table)
{
    return table->key_count > 0 && table->keys[0].kind == SCHEMAC_KEY_PRIMARY;
}

static bool
in_any_key(const struct schemac_table *table, size_t column)
{
    for (size_t i = 0; i < table->key_count; i++)
        if (in_key(&table->keys[i], column))
            return true;
    return false;
}

/* Every column that can be written; or those without a default of their own. */
static void
mask_of(const struct schemac_table *table, bool with_defaults, uint64_t *mask)
{
    memset(mask, 0, MASK_WORDS * sizeof *mask);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct schemac_column *c = &table->columns[i];
        bool has_default = (c->flags & SCHEMAC_COLUMN_DEFAULT) != 0;

        if (is_known(c) && (c->flags & SCHEMAC_COLUMN_GENERATED) == 0
            && (with_defaults || !has_default))
            mask_add(mask, i);
    }
}

/* ---- parents ---- */

static struct home *
home_named(struct trip *trip, const char *name)
{
    for (size_t i = 0; i < corpus_table_count; i++)
        if (!trip->homes[i].table->is_view
            && strcmp(trip->homes[i].table->name, name) == 0)
            return &trip->homes[i];
    return NULL;
}

static bool
has_null_column(const struct schemac_table *table, const struct schemac_key *key)
{
    for (size_t i = 0; i < key->column_count; i++)
        if ((table->columns[key->columns[i]].flags & SCHEMAC_COLUMN_NULLABLE) != 0)
            return true;
    return false;
}

/* Column names that agree, for a key that a foreign key may refer to; -1: none can. */
static int
likeness(const struct schemac_table *table, const struct schemac_key *foreign,
         const struct schemac_table *parent, const struct schemac_key *key)
{
    int alike = key->kind == SCHEMAC_KEY_PRIMARY ? 1 : 0;

    if (key->kind > SCHEMAC_KEY_UNIQUE || key->column_count != foreign->column_count)
        return -1;
    for (size_t i = 0; i < key->column_count; i++) {
        const struct schemac_column *to = &parent->columns[key->columns[i]];
        const struct schemac_column *from = &table->columns[foreign->columns[i]];

        if (to->codec != from->codec)
            return -1;
        alike += strcmp(to->name, from->name) == 0 ? 2 : 0;
    }
    return alike;
}

/* The tables say which table is referred to, not by which key: the likeliest. */
static const struct schemac_key *
parent_key(const struct schemac_table *table, const struct schemac_key *foreign,
           const struct schemac_table *parent)
{
    const struct schemac_key *best = NULL;
    int most = -1;

    for (size_t i = 0; i < parent->key_count; i++) {
        int alike = likeness(table, foreign, parent, &parent->keys[i]);

        if (alike > most) {
            most = alike;
            best = &parent->keys[i];
        }
    }
    return best;
}

static void
copy_key(const struct schemac_table *table, const struct schemac_key *foreign,
         const struct schemac_table *parent, const void *from, void *row)
{
    const struct schemac_key *key = parent_key(table, foreign, parent);

    for (size_t i = 0; key != NULL && i < key->column_count; i++)
        copy_field(&parent->columns[key->columns[i]], from,
                   &table->columns[foreign->columns[i]], row);
}

static void
refer(struct trip *trip, const struct home *home, const struct schemac_key *foreign,
      void *row)
{
    struct maker *m = &trip->maker;
    const struct schemac_table *table = home->table;
    struct home *parent = home_named(trip, foreign->refers_to);
    bool may_be_null = has_null_column(table, foreign);

    if (parent == NULL
        || (may_be_null && (parent->count == 0 || random_below(m, 4) == 0)))
        for (size_t i = 0; i < foreign->column_count; i++)
            (void)make_null(&table->columns[foreign->columns[i]], row);
    else if (parent->count > 0)
        copy_key(table, foreign, parent->table,
                 parent->rows + random_below(m, parent->count) * parent->table->row_bytes,
                 row);
    else if (parent == home)
        copy_key(table, foreign, table, row, row);
}

/* ---- a row ---- */

/* The first tries have edges, the later ones are humble, the last ones a mixture. */
static enum wish
wish_of(struct maker *m, size_t number)
{
    if (number >= TRIES_MAX / 2)
        return (enum wish)random_below(m, 4);
    if (number < EDGES)
        return WISH_EDGE;
    return number % 3 == 0 ? WISH_WORD : number % 3 == 1 ? WISH_SMALL : WISH_ANY;
}

static void
make_row(struct trip *trip, const struct home *home, size_t number, void *row)
{
    const struct schemac_table *table = home->table;
    struct maker *m = &trip->maker;
    size_t longest = random_below(m, table->column_count);

    memset(row, 0, table->row_bytes);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct schemac_column *c = &table->columns[i];
        bool is_plain = !in_any_key(table, i);
        enum wish wish = wish_of(m, number);

        if (!is_known(c) || (random_below(m, 6) == 0 && make_null(c, row)))
            continue;
        make_value(m, table, i, wish, is_plain && i == longest && number < EDGES, row);
    }
    for (size_t i = 0; i < table->key_count; i++)
        if (table->keys[i].kind == SCHEMAC_KEY_FOREIGN)
            refer(trip, home, &table->keys[i], row);
}

/* Texts of the handle go with its next call: a row of our own has its own. */
static void
keep_texts(struct trip *trip, const struct schemac_table *table, void *row)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (has_text(&table->columns[i]))
            keep_value(&trip->maker, &table->columns[i], row);
}

/* Does a trigger set it, whatever is given? */
static bool
is_touched(const struct schemac_column *c, bool by_update)
{
    return (c->flags & (by_update ? SCHEMAC_COLUMN_AFTER_UPDATE
                                  : SCHEMAC_COLUMN_AFTER_INSERT)) != 0;
}

/* Of the columns that were given, or of all. */
static bool
compare(struct trip *trip, const struct schemac_table *table, const char *how,
        const void *sent, const void *got, const uint64_t *mask, bool by_update)
{
    bool same = true;

    for (size_t i = 0; i < table->column_count; i++) {
        const struct schemac_column *c = &table->columns[i];

        if (!is_known(c) || is_touched(c, by_update) || !mask_has(mask, i))
            continue;
        trip->tally.fields++;
        if (same_field(c, sent, got))
            continue;
        same = false;
        trip->tally.differences++;
        printf("differs %s.%s %s (%s): sent ", table->name, c->name, how, c->type);
        print_field(c, sent);
        printf(", got ");
        print_field(c, got);
        printf("\n");
    }
    return same;
}

/* `mask` NULL: in all columns. */
static bool
is_same(const struct schemac_table *table, const void *a, const void *b,
        const uint64_t *mask)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (is_known(&table->columns[i]) && !is_touched(&table->columns[i], false)
            && (mask == NULL || mask_has(mask, i))
            && !same_field(&table->columns[i], a, b))
            return false;
    return true;
}

/* ---- reading ---- */

/* Without a primary key: some row of the table is the one that was given. */
static void
find_by_scan(struct trip *trip, const struct home *home, const char *how,
             const void *sent)
{
    struct schemac_cursor cursor = { 0 };
    void *row = room(trip, home->table->row_bytes);
    bool found = false;

    if (schemac_cursor_scan(trip->db, home->table, &cursor) != SCHEMAC_OK)
        tell(trip, home->table, "%s: scan failed", how);
    while (!found && schemac_cursor_next(&cursor, row) == SCHEMAC_ROW)
        found = is_same(home->table, sent, row, NULL);
    if (schemac_cursor_close(&cursor) != SCHEMAC_OK || !found)
        tell(trip, home->table, "%s: the row is not among those of scan", how);
    trip->tally.fields += home->table->column_count;
}

/* `sent` has every column as it should be now. */
static void
read_back(struct trip *trip, const struct home *home, const char *how, const void *sent,
          bool by_update)
{
    const struct schemac_table *table = home->table;
    uint64_t all[MASK_WORDS];
    bool exists = false;
    void *got;

    if (!has_primary_key(table)) {
        find_by_scan(trip, home, how, sent);
        return;
    }
    got = room(trip, table->row_bytes);
    memcpy(got, sent, table->row_bytes);
    memset(all, 0xFF, sizeof all);
    if (schemac_row_get(trip->db, table, 0, got) != SCHEMAC_OK)
        tell(trip, table, "%s: get failed", how);
    else
        (void)compare(trip, table, how, sent, got, all, by_update);
    if (schemac_row_exists(trip->db, table, 0, sent, &exists) != SCHEMAC_OK || !exists)
        tell(trip, table, "%s: exists says no", how);
}

/* ---- writing ---- */

static void
note_refusal(struct trip *trip, struct home *home, enum schemac_status status)
{
    const struct schemac_error_info *e = schemac_error(trip->db);

    (void)snprintf(home->why, sizeof home->why, "%s: %.200s", schemac_status_name(status),
                   e->message);
    for (char *p = home->why; *p != '\0'; p++)
        *p = *p == '\n' ? ' ' : *p;
}

static char *
add_room(struct trip *trip, struct home *home)
{
    if (home->rows == NULL)
        home->rows = room(trip, (ROWS_WANTED + 3 * BATCH) * home->table->row_bytes);
    return home->rows + home->count * home->table->row_bytes;
}

static void
insert_one(struct trip *trip, struct home *home, size_t number)
{
    const struct schemac_table *table = home->table;
    char *row = add_room(trip, home), *sent = room(trip, table->row_bytes);
    uint64_t mask[MASK_WORDS];
    enum schemac_status status;

    /* The first row takes what has a default from there; so does each fourth. */
    mask_of(table, home->count > 0 && number % 4 != 3, mask);
    make_row(trip, home, number, row);
    memcpy(sent, row, table->row_bytes);
    status = schemac_row_insert(trip->db, table, row, mask);
    if (status != SCHEMAC_OK) {
        note_refusal(trip, home, status);
        return;
    }
    keep_texts(trip, table, row);
    (void)compare(trip, table, "after insert", sent, row, mask, false);
    home->count++;
    trip->tally.rows++;
    read_back(trip, home, "by get", row, false);
}

static void
fill(struct trip *trip, struct home *home)
{
    for (size_t i = 0; i < TRIES_MAX && home->count < ROWS_WANTED; i++)
        insert_one(trip, home, i);
    home->is_done = home->count > 0;
    if (home->is_done)
        trip->order[trip->ordered++] = home;
}

/* Is it the row that one of the first `count` is? */
static bool
has_key_of(const struct home *home, size_t count, const void *row)
{
    const struct schemac_table *table = home->table;
    uint64_t mask[MASK_WORDS] = { 0 };

    for (size_t i = 0; i < table->keys[0].column_count; i++)
        mask_add(mask, table->keys[0].columns[i]);
    for (size_t i = 0; i < count; i++)
        if (is_same(table, home->rows + i * table->row_bytes, row, mask))
            return true;
    return false;
}

/* Load tells no key that the engine has counted: the row is one with what was given, and
 * none of the first `count`. */
static void
find_loaded(struct trip *trip, const struct home *home, size_t count,
            const uint64_t *mask, char *row)
{
    const struct schemac_table *table = home->table;
    struct schemac_cursor cursor = { 0 };
    char *got = room(trip, table->row_bytes);
    bool found = false;

    if (schemac_cursor_scan(trip->db, table, &cursor) != SCHEMAC_OK)
        tell(trip, table, "load: scan failed");
    while (!found && schemac_cursor_next(&cursor, got) == SCHEMAC_ROW)
        found = is_same(table, row, got, mask) && !has_key_of(home, count, got);
    if (found) {
        memcpy(row, got, table->row_bytes);
        keep_texts(trip, table, row);
    }
    if (schemac_cursor_close(&cursor) != SCHEMAC_OK || !found)
        tell(trip, table, "load: the row is not among those of scan");
    trip->tally.fields += table->column_count;
}

static bool
is_key_given(const struct schemac_table *table, const uint64_t *mask)
{
    for (size_t i = 0; i < table->keys[0].column_count; i++)
        if (!mask_has(mask, table->keys[0].columns[i]))
            return false;
    return true;
}

/* Several at once: all of them or none, so values that have been refused are no loss. */
static void
insert_batch(struct trip *trip, struct home *home, bool by_load)
{
    const struct schemac_table *table = home->table;
    char *rows = add_room(trip, home);
    enum schemac_status status = SCHEMAC_ERROR;
    uint64_t mask[MASK_WORDS];

    mask_of(table, true, mask);
    for (size_t t = 0; t < TRIES_MAX && status != SCHEMAC_OK; t++) {
        for (size_t i = 0; i < BATCH; i++)
            make_row(trip, home, t + i, rows + i * table->row_bytes);
        status = by_load
                     ? schemac_row_load(trip->db, table, rows, BATCH, mask)
                     : schemac_row_insert_many(trip->db, table, rows, BATCH, mask);
    }
    if (status != SCHEMAC_OK)
        return;
    trip->tally.batches++;
    for (size_t i = 0; i < BATCH; i++) {
        char *row = rows + i * table->row_bytes;
        char *got = room(trip, table->row_bytes);

        keep_texts(trip, table, row);
        memcpy(got, row, table->row_bytes);
        /* What is generated does not come back from load. */
        if (by_load && has_primary_key(table) && !is_key_given(table, mask)) {
            find_loaded(trip, home, home->count + i, mask, row);
        } else if (by_load && has_primary_key(table)) {
            if (schemac_row_get(trip->db, table, 0, got) != SCHEMAC_OK)
                tell(trip, table, "load: get failed");
            (void)compare(trip, table, "after load", row, got, mask, false);
            memcpy(row, got, table->row_bytes);
            keep_texts(trip, table, row);
        } else {
            read_back(trip, home, "after insert_many", row, false);
        }
    }
    home->count += BATCH;
}

/* Some columns of a row that is there: the others stay as they are. */
static void
update_one(struct trip *trip, struct home *home, char *row, size_t number)
{
    const struct schemac_table *table = home->table;
    char *wanted = room(trip, table->row_bytes);
    uint64_t mask[MASK_WORDS] = { 0 };
    enum schemac_status status;

    make_row(trip, home, number, wanted);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct schemac_column *c = &table->columns[i];

        if (is_known(c) && (c->flags & SCHEMAC_COLUMN_GENERATED) == 0
            && !in_key(&table->keys[0], i) && random_below(&trip->maker, 2) == 0)
            mask_add(mask, i);
        else
            copy_field(c, row, c, wanted);
    }
    status = schemac_row_update(trip->db, table, wanted, mask);
    if (status != SCHEMAC_OK)
        return;
    trip->tally.updated++;
    memcpy(row, wanted, table->row_bytes);
    if (schemac_row_get(trip->db, table, 0, row) != SCHEMAC_OK) {
        tell(trip, table, "update: get failed");
        return;
    }
    keep_texts(trip, table, row);
    for (size_t i = 0; i < table->column_count; i++)
        if ((table->columns[i].flags & SCHEMAC_COLUMN_GENERATED) == 0)
            mask_add(mask, i);
    (void)compare(trip, table, "after update", wanted, row, mask, true);
}

static void
update_rows(struct trip *trip, struct home *home)
{
    if (!has_primary_key(home->table) || home->table->is_append_only)
        return;
    for (size_t r = 0; r < home->count && r < UPDATES; r++)
        for (size_t i = 0; i < UPDATES; i++)
            update_one(trip, home, home->rows + r * home->table->row_bytes, 2 + 4 * i);
}

/* ---- the whole ---- */

static bool
is_parent_ready(struct trip *trip, const struct home *home,
                const struct schemac_key *foreign, bool is_last_chance)
{
    const struct home *parent = home_named(trip, foreign->refers_to);

    return parent == NULL || parent == home || parent->count > 0
           || (is_last_chance && has_null_column(home->table, foreign));
}

static bool
is_ready(struct trip *trip, const struct home *home, bool is_last_chance)
{
    if (home->is_done || home->table->is_view)
        return false;
    for (size_t i = 0; i < home->table->key_count; i++)
        if (home->table->keys[i].kind == SCHEMAC_KEY_FOREIGN
            && !is_parent_ready(trip, home, &home->table->keys[i], is_last_chance))
            return false;
    return true;
}

/* Parents first; where nothing goes on, keys that may be NULL are. */
static void
fill_all(struct trip *trip)
{
    bool is_last_chance = false;

    for (;;) {
        bool went_on = false;

        for (size_t i = 0; i < corpus_table_count; i++) {
            struct home *home = &trip->homes[i];

            if (home->why[0] != '\0' || !is_ready(trip, home, is_last_chance))
                continue;
            fill(trip, home);
            went_on = went_on || home->is_done;
        }
        if (!went_on && is_last_chance)
            return;
        is_last_chance = !went_on;
    }
}

static void
count_all(struct trip *trip)
{
    for (size_t i = 0; i < trip->ordered; i++) {
        const struct home *home = trip->order[i];
        struct schemac_arena arena = { 0 };
        int64_t counted = -1;
        size_t count = 0;
        void *rows;

        if (schemac_row_count(trip->db, home->table, &counted) != SCHEMAC_OK
            || schemac_row_all(trip->db, home->table, &arena, &rows, &count) != SCHEMAC_OK
            || (size_t)counted != count || count < home->count)
            tell(trip, home->table, "%zu rows in, count says %lld, all gives %zu",
                 home->count, (long long)counted, count);
        schemac_arena_free(&arena);
    }
}

/* What a view gives can be read.  That the engine cannot compute it from such rows ("out
 * of range"), or does not have it, is its own word. */
static void
read_views(struct trip *trip)
{
    for (size_t i = 0; i < corpus_table_count; i++) {
        const struct schemac_table *table = corpus_tables[i];
        struct schemac_arena arena = { 0 };
        size_t count;
        void *rows;

        if (!table->is_view)
            continue;
        trip->tally.views++;
        if (schemac_row_all(trip->db, table, &arena, &rows, &count) == SCHEMAC_DECODE)
            tell(trip, table, "the view cannot be read");
        schemac_arena_free(&arena);
    }
}

/* Children first.  A key that holds a row back, and one that took it along, is right. */
static void
delete_one(struct trip *trip, const struct home *home, void *row)
{
    const struct schemac_table *table = home->table;
    enum schemac_status status = schemac_row_delete(trip->db, table, row);

    if (status == SCHEMAC_FOREIGN_KEY || status == SCHEMAC_NOT_FOUND
        || status == SCHEMAC_CHECK || status == SCHEMAC_NOT_NULL) {
        trip->tally.kept_by_keys++;
        return;
    }
    if (status != SCHEMAC_OK)
        tell(trip, table, "delete is %s", schemac_status_name(status));
    trip->tally.deleted++;
    if (schemac_row_get(trip->db, table, 0, row) != SCHEMAC_NOT_FOUND)
        tell(trip, table, "a row that was deleted is there");
}

static void
delete_all(struct trip *trip)
{
    for (size_t i = trip->ordered; i-- > 0;) {
        const struct home *home = trip->order[i];

        if (!has_primary_key(home->table) || home->table->is_append_only)
            continue;
        for (size_t r = home->count; r-- > 0;)
            delete_one(trip, home, home->rows + r * home->table->row_bytes);
    }
}

static void
tell_all(const struct trip *trip)
{
    const struct tally *t = &trip->tally;

    for (size_t i = 0; i < corpus_table_count; i++)
        if (!trip->homes[i].table->is_view && trip->homes[i].count == 0)
            printf("empty %s: %s\n", trip->homes[i].table->name,
                   trip->homes[i].why[0] != '\0' ? trip->homes[i].why
                                                 : "what it refers to is empty");
    printf("done tables=%zu filled=%zu views=%zu rows=%zu fields=%zu updated=%zu"
           " batches=%zu deleted=%zu held=%zu differences=%zu\n",
           t->tables, t->filled, t->views, t->rows, t->fields, t->updated, t->batches,
           t->deleted, t->kept_by_keys, t->differences);
}

static void
begin(struct trip *trip)
{
    trip->homes = room(trip, corpus_table_count * sizeof *trip->homes);
    trip->order = room(trip, corpus_table_count * sizeof(struct home *));
    for (size_t i = 0; i < corpus_table_count; i++) {
        trip->homes[i].table = corpus_tables[i];
        trip->tally.tables += !corpus_tables[i]->is_view;
    }
}

static void
go(struct trip *trip)
{
    fill_all(trip);
    for (size_t i = 0; i < trip->ordered; i++) {
        trip->tally.filled++;
        insert_batch(trip, trip->order[i], false);
        insert_batch(trip, trip->order[i], true);
        update_rows(trip, trip->order[i]);
    }
    count_all(trip);
    read_views(trip);
    delete_all(trip);
    tell_all(trip);
}

static void
read_words(struct trip *trip, const char *path)
{
    FILE *file = path == NULL ? NULL : fopen(path, "r");
    struct words *words = &trip->maker.words;
    char line[256];

    words->items = room(trip, 4096 * sizeof *words->items);
    while (file != NULL && words->count < 4096
           && fgets(line, sizeof line, file) != NULL) {
        size_t len = strcspn(line, "\n");
        char *to = room(trip, len + 1);

        memcpy(to, line, len);
        words->items[words->count++] = (struct schemac_text){ to, len };
    }
    if (file != NULL)
        (void)fclose(file);
}

int
main(int argc, char **argv)
{
    struct trip trip = { 0 };

    if (argc < 3)
        return 2;
    trip.maker.state = UINT64_C(0x9E3779B97F4A7C15) * (strtoull(argv[2], NULL, 10) + 1);
    trip.maker.arena = &trip.arena;
    if (corpus_open(argv[1], SCHEMAC_POLICY_MIGRATE, &trip.db) != SCHEMAC_OK)
        die(&trip, "open");
    trip.maker.is_postgres = strcmp(schemac_dialect(trip.db), "postgres") == 0;
    read_words(&trip, argc > 3 ? argv[3] : NULL);
    begin(&trip);
    go(&trip);
    schemac_close(trip.db);
    schemac_arena_free(&trip.arena);
    return trip.tally.differences == 0 ? 0 : 1;
}
