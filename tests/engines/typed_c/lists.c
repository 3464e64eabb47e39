/*
 * lists DATABASE [fail]: rows whose key is in a list, by a key of each type: the same
 * rows as one key after the other finds.  With a second argument each allocation fails
 * once.  Prints "ok".
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "lists.h"

#define COUNT(items) (sizeof(items) / sizeof *(items))
#define ROWS 2000
#define MANY 100000
#define SAYS(words) CHECK(strstr(schemac_error(db)->message, (words)) != NULL)
#define NAMES(what, wanted) CHECK(strcmp(schemac_error(db)->what, (wanted)) == 0)

static bool is_postgres;

/* ---- memory of the library: memory.c is not linked, so that it can run out ---- */

static long until_failure = -1; /* allocations that still succeed; -1: all */
static long alive;

void *schemac__alloc(size_t bytes);
void *schemac__resize(void *p, size_t bytes);
void schemac__free(void *p);

static bool
fails(void)
{
    return until_failure >= 0 && until_failure-- == 0;
}

void *
schemac__alloc(size_t bytes)
{
    void *p = fails() ? NULL : calloc(1, bytes);

    alive += p != NULL;
    return p;
}

void *
schemac__resize(void *p, size_t bytes)
{
    void *grown = fails() ? NULL : realloc(p, bytes);

    alive += p == NULL && grown != NULL;
    return grown;
}

void
schemac__free(void *p)
{
    alive -= p != NULL;
    free(p);
}

/* ---- rows ---- */

#define TEXT_BYTES 40

static char texts[ROWS + 1][4][TEXT_BYTES];

/* What JSON, and the text of an array, would have to escape. */
static const char *const hard_texts[] = {
    "it's \"quoted\"", "back\\slash", "{x,y}", "NULL", "", " blank ", "[1]", "\303\251",
    "\360\237\232\227", "\t\n\001", "\\u0000", "$1", "?1",
};

static struct schemac_text
printed(int64_t id, size_t which, const char *format)
{
    (void)snprintf(texts[id][which], TEXT_BYTES, format, (int)id);
    return schemac_text(texts[id][which]);
}

static struct schemac_uuid
uuid_of(int64_t id)
{
    struct schemac_uuid uuid = { { 0 } };

    memcpy(uuid.bytes + 4, &id, sizeof id);
    return uuid;
}

/* NULL for the empty one would be no bytes. */
static struct schemac_bytes
bytes_of(int64_t id)
{
    char *bytes = texts[id][3];
    const char some[] = { (char)(id % 100), '\0', '\377', '"' };

    memcpy(bytes, some, sizeof some);
    return (struct schemac_bytes){ bytes, (size_t)(id % 5) };
}

static int64_t
large_of(int64_t id)
{
    /* Neighbours that are one double; the ends. */
    return id == 1 ? INT64_MIN : id == 2 ? INT64_MAX : (INT64_C(1) << 60) + id % 400;
}

static struct lists_things
thing(int64_t id)
{
    bool is_there = id % 7 != 0;
    struct lists_things row = {
        .id = id,
        .flag = id % 2 == 0,
        .small = { (int16_t)(id % 300 - 100), is_there },
        .medium = (int32_t)(id % 50) * 1000003,
        .large = { large_of(id), is_there },
        .ranked = { id % 90 + 1, is_there },
        .single = { (float)(id % 80) / 10, is_there },
        .twofold = { (double)(id % 80) / 10, is_there },
        .money = (id % 60) * 12345678901 - 7,
        .label = (size_t)id <= COUNT(hard_texts) ? schemac_text(hard_texts[id - 1])
                                                 : printed(id, 0, "label %d"),
        .short_ = schemac_text(id % 3 == 0 ? "fizz" : id % 5 == 0 ? "buzz" : "none"),
        .moment = (id % 70) * 1000001 - 35,
        .ident = uuid_of(id),
        .day = { (int32_t)(id % 100) - 50, is_there },
        .clock = { id % 40 * 3600000001 % 86400000000, is_there },
        .zoned = { (id % 70) * 1000003 - 35, is_there },
        .paint = (enum lists_tint)(id % (LISTS_TINT_COUNT + 1)),
        .state = (enum lists_things_state)(id % (LISTS_THINGS_STATE_COUNT + 1)),
        .owner_id = { (int32_t)(id % 10) + 1, is_there },
        .a = { (int32_t)(id % 11), true },
        .a_list = { (int32_t)(id % 12), true },
    };

    if (!is_there)
        return row;
    row.huge = printed(id % 90 + 1, 1, "%d2345678901234567890.00001");
    row.padded = schemac_text(id % 4 == 0 ? "abcd" : "dcba");
    row.data = bytes_of(id);
    row.doc = schemac_text(id % 4 == 0 ? "{\"n\": 3}" : "[\"it's\", null]");
    row.address = printed(id % 90 + 1, 2, "10.0.0.%d");
    return row;
}

static void
fill(struct schemac_db *db)
{
    static struct lists_things rows[ROWS];
    struct lists_owners owners[10] = { { .id = 0 } };

    for (size_t i = 0; i < COUNT(owners); i++)
        owners[i].id = (int32_t)i + 1;
    IS(SCHEMAC_OK, lists_owners_load(db, owners, COUNT(owners), LISTS_OWNERS_ALL));
    for (size_t i = 0; i < ROWS; i++)
        rows[i] = thing((int64_t)i + 1);
    IS(SCHEMAC_OK, lists_things_load(db, rows, ROWS, LISTS_THINGS_ALL));
    if (is_postgres)
        IS(SCHEMAC_OK, schemac_exec(db, "ANALYZE"));
}

/* ---- a key of each type ---- */

static unsigned char seen[ROWS + 1];
static unsigned char wanted[ROWS + 1];

static void
note_rows(struct schemac_db *db, struct lists_things_cursor *c, unsigned char *to)
{
    while (lists_things_next(c) == SCHEMAC_ROW) {
        struct lists_things row = thing(c->row.id);

        to[c->row.id]++;
        CHECK(schemac_text_equal(c->row.label, row.label));
    }
    IS(SCHEMAC_OK, lists_things_close(c));
}

static void
compare(struct schemac_db *db, size_t least)
{
    size_t count = 0;

    for (size_t i = 0; i <= ROWS; i++) {
        CHECK(seen[i] == (wanted[i] > 0));
        count += seen[i];
    }
    CHECK(count >= least);
    memset(seen, 0, sizeof seen);
    memset(wanted, 0, sizeof wanted);
}

/* The list against its values one after the other, with some of them twice. */
#define SAME(name, values)                                                               \
    do {                                                                                 \
        struct lists_things_cursor one, all;                                             \
        for (size_t i = 0; i < COUNT(values); i++) {                                     \
            IS(SCHEMAC_OK, lists_things_##name(db, (values)[i], &one));                  \
            note_rows(db, &one, wanted);                                                 \
        }                                                                                \
        IS(SCHEMAC_OK, lists_things_##name##_list(db, values, COUNT(values), &all));     \
        note_rows(db, &all, seen);                                                       \
        compare(db, 2);                                                                  \
    } while (0)

static struct schemac_text
t(const char *words)
{
    return schemac_text(words);
}

static void
numbers(struct schemac_db *db)
{
    static const bool flags[] = { true, true };
    static const int16_t small[] = { 3, -100, 3, INT16_MIN, INT16_MAX, 0 };
    static const int32_t medium[] = { 1000003, 2000006, 1000003, 5, INT32_MIN };
    static const int64_t large[] = { (INT64_C(1) << 60) + 1, INT64_MIN, INT64_MAX,
                                     (INT64_C(1) << 60) + 2, 0, INT64_MAX };
    static const int64_t ranked[] = { 3, 90, -1 };
    static const float single[] = { 0.1F, 7.9F, 0.1F, -0.0F };
    static const double twofold[] = { 0.1, 7.9, 0.3, 1e300 };
    static const int64_t money[] = { 12345678901 - 7, 5 * 12345678901 - 7, 1, 0 };
    static const int32_t owners[] = { 3, 7, 7, 100 };
    static const int32_t a[] = { 3, 7, 7, 100 };

    SAME(by_flag, flags);
    SAME(by_small, small);
    SAME(by_medium, medium);
    SAME(by_large, large);
    SAME(by_ranked, ranked);
    SAME(by_single, single);
    SAME(by_twofold, twofold);
    SAME(by_money, money);
    SAME(by_owner_id, owners);
    SAME(by_a, a);
    SAME(by_a_list_2, a);
}

static void
moments(struct schemac_db *db)
{
    static const int32_t days[] = { -50, 3, 3, 49, 1000 };
    static const int64_t clocks[] = { 3600000001, 7200000002, 0, 86400000000 };
    static const int64_t moments[] = { -35, 1000001 - 35, 0, -1 };
    static const int64_t zoned[] = { -35, 1000003 - 35, 0, -1 };

    SAME(by_day, days);
    SAME(by_clock, clocks);
    SAME(by_moment, moments);
    SAME(by_zoned, zoned);
}

static void
characters(struct schemac_db *db)
{
    const struct schemac_text huge[] = { t("12345678901234567890.00001"),
                                         t("902345678901234567890.00001"), t("1.00000") };
    const struct schemac_text shorts[] = { t("fizz"), t("buzz"), t("fizz"), t("") };
    const struct schemac_text padded[] = { t("abcd"), t("dcba"), t("zzzz") };
    const struct schemac_text docs[] = { t("{\"n\": 3}"), t("[\"it's\", null]") };
    const struct schemac_text addresses[] = { t("10.0.0.7"), t("10.0.0.9"), t("::1") };
    const struct schemac_bytes data[] = {
        { "\003\000\377\"", 3 }, { "\003\000\377\"", 4 }, { "", 0 }, { "\004", 1 },
        { "\003", 2 },           { "\021\000", 2 },
    };

    SAME(by_huge, huge);
    SAME(by_short, shorts);
    SAME(by_padded, padded);
    SAME(by_doc, docs);
    SAME(by_address, addresses);
    SAME(by_data, data);
}

static void
enums(struct schemac_db *db)
{
    static const enum lists_tint paints[] = { LISTS_TINT_RED, LISTS_TINT_BLUE_AND_GREY,
                                              LISTS_TINT_NULL };
    static const enum lists_things_state states[] = { LISTS_THINGS_STATE_IN_USE,
                                                      LISTS_THINGS_STATE_GONE };

    SAME(by_paint, paints);
    SAME(by_state, states);
}

/* Keys of which one row at most is found. */
static void
unique_keys(struct schemac_db *db)
{
    static const int64_t ids[] = { 5, 1, 5, -1, 2000, INT64_MAX };
    struct schemac_text labels[COUNT(hard_texts) + 2];
    struct schemac_uuid idents[3] = { uuid_of(3), uuid_of(70000), uuid_of(2000) };
    struct lists_things_cursor c;

    IS(SCHEMAC_OK, lists_things_by_id_list(db, ids, COUNT(ids), &c));
    note_rows(db, &c, seen);
    wanted[5] = wanted[1] = wanted[2000] = 1;
    compare(db, 3);
    for (size_t i = 0; i < COUNT(hard_texts); i++) {
        labels[i] = t(hard_texts[i]);
        wanted[i + 1] = 1;
    }
    labels[COUNT(hard_texts)] = t(NULL); /* finds no row */
    labels[COUNT(hard_texts) + 1] = t("label 1999");
    wanted[1999] = 1;
    IS(SCHEMAC_OK, lists_things_by_label_list(db, labels, COUNT(labels), &c));
    note_rows(db, &c, seen);
    compare(db, COUNT(hard_texts) + 1);
    IS(SCHEMAC_OK, lists_things_by_ident_list(db, idents, COUNT(idents), &c));
    note_rows(db, &c, seen);
    wanted[3] = wanted[2000] = 1;
    compare(db, 2);
}

/* SQLite keeps what stands behind a zero byte, PostgreSQL refuses the text. */
static void
zero_bytes(struct schemac_db *db)
{
    const struct schemac_text keys[] = { { "a\0b", 3 }, { "a\0c", 3 }, { "a", 1 } };
    struct lists_words words[] = { { .word = keys[0] }, { .word = t("a") } };
    struct lists_words_cursor c;

    if (is_postgres) {
        IS(SCHEMAC_CHECK, lists_words_by_word_list(db, keys, COUNT(keys), &c));
        SAYS("zero byte");
        NAMES(column, "word");
        return;
    }
    IS(SCHEMAC_OK, lists_words_load(db, words, COUNT(words), LISTS_WORDS_NEW));
    IS(SCHEMAC_OK, lists_words_by_word_list(db, keys, 2, &c));
    IS(SCHEMAC_ROW, lists_words_next(&c));
    CHECK(c.row.word.len == 3 && memcmp(c.row.word.ptr, "a\0b", 3) == 0);
    IS(SCHEMAC_DONE, lists_words_next(&c));
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM words"));
}

/* ---- how long lists are and live ---- */

/* From 1, in no order. */
static int64_t *
many_ids(size_t count)
{
    int64_t *ids = malloc(count * sizeof *ids);

    if (ids == NULL)
        exit(1);
    for (size_t i = 0; i < count; i++)
        ids[i] = (int64_t)(i * 7919 % count) + 1;
    return ids;
}

static void
long_lists(struct schemac_db *db)
{
    int64_t *ids = many_ids(MANY);
    struct schemac_text *labels = calloc(MANY, sizeof *labels);
    char *spelled = calloc(MANY, TEXT_BYTES);
    struct schemac_arena arena = { NULL };
    struct lists_things_cursor c;
    struct lists_things *rows;
    size_t count;

    if (labels == NULL || spelled == NULL)
        exit(1);
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(spelled + i * TEXT_BYTES, TEXT_BYTES, "label %d", (int)ids[i]);
        labels[i] = t(spelled + i * TEXT_BYTES);
    }
    IS(SCHEMAC_OK, lists_things_by_id_list(db, ids, MANY, &c));
    memset(ids, 0, MANY * sizeof *ids); /* the cursor has a copy */
    IS(SCHEMAC_OK, lists_things_collect(&c, &arena, &rows, &count));
    CHECK(count == ROWS);
    for (size_t i = 0; i < count; i++)
        CHECK(schemac_text_equal(rows[i].label, thing(rows[i].id).label));
    IS(SCHEMAC_OK, lists_things_by_label_list(db, labels, MANY, &c));
    memset(spelled, 0, (size_t)MANY * TEXT_BYTES);
    memset(labels, 0, MANY * sizeof *labels);
    IS(SCHEMAC_OK, lists_things_collect(&c, &arena, &rows, &count));
    CHECK(count == ROWS - COUNT(hard_texts));
    schemac_arena_free(&arena);
    free(spelled);
    free(labels);
    free(ids);
}

static void
empty_lists(struct schemac_db *db)
{
    struct schemac_arena arena = { NULL };
    struct lists_things_cursor c;
    struct lists_things *rows;
    size_t count = 1;
    int64_t id = 5;

    IS(SCHEMAC_OK, lists_things_by_id_list(db, NULL, 0, &c));
    IS(SCHEMAC_DONE, lists_things_next(&c));
    IS(SCHEMAC_OK, lists_things_by_id_list(db, &id, 0, &c));
    IS(SCHEMAC_OK, lists_things_collect(&c, &arena, &rows, &count));
    CHECK(count == 0);
    IS(SCHEMAC_OK, lists_things_by_label_list(db, &(struct schemac_text){ NULL, 0 }, 1,
                                              &c));
    IS(SCHEMAC_DONE, lists_things_next(&c));
    schemac_arena_free(&arena);
}

/* Two cursors by lists at once, and a call between. */
static void
nested(struct schemac_db *db)
{
    static const int64_t outer[] = { 11, 12, 13 };
    static const int64_t inner[] = { 21, 22 };
    struct lists_things_cursor a, b;
    struct lists_things row;
    size_t pairs = 0;

    IS(SCHEMAC_OK, lists_things_by_id_list(db, outer, COUNT(outer), &a));
    while (lists_things_next(&a) == SCHEMAC_ROW) {
        CHECK(a.row.id >= 11 && a.row.id <= 13);
        IS(SCHEMAC_OK, lists_things_by_id_list(db, inner, COUNT(inner), &b));
        while (lists_things_next(&b) == SCHEMAC_ROW) {
            CHECK(b.row.id == 21 || b.row.id == 22);
            IS(SCHEMAC_OK, lists_things_get(db, a.row.id, &row));
            pairs++;
        }
        IS(SCHEMAC_OK, lists_things_close(&b));
    }
    IS(SCHEMAC_OK, lists_things_close(&a));
    CHECK(pairs == 6);
    IS(SCHEMAC_OK, lists_things_by_id_list(db, outer, COUNT(outer), &a));
    IS(SCHEMAC_ROW, lists_things_next(&a));
    IS(SCHEMAC_OK, lists_things_close(&a)); /* early */
    IS(SCHEMAC_OK, lists_things_close(&a));
}

/* ---- what is refused ---- */

static void
refused(struct schemac_db *db)
{
    static const enum lists_tint wrong[] = { LISTS_TINT_RED, (enum lists_tint)9 };
    static const int32_t days[] = { 0, INT32_MIN + 1 };
    static const double reals[] = { 0.1, (double)NAN };
    struct lists_things_cursor c;
    struct schemac_db *const none = NULL;
    int64_t id = 1;

    IS(SCHEMAC_MISUSE, lists_things_by_id_list(db, NULL, 3, &c));
    SAYS("things.id: 3 values, but no pointer");
    IS(SCHEMAC_MISUSE, lists_things_next(&c));
    IS(SCHEMAC_MISUSE, lists_things_close(&c));
    IS(SCHEMAC_CHECK, lists_things_by_id_list(db, &id, 134217728, &c));
    SAYS("things.id: the list has 134217728 values, more than 134217727");
    IS(SCHEMAC_CHECK, lists_things_by_paint_list(db, wrong, COUNT(wrong), &c));
    SAYS("9 is no value of");
    NAMES(column, "paint");
    IS(SCHEMAC_CHECK, lists_things_next(&c));
    IS(SCHEMAC_CHECK, lists_things_close(&c));
    IS(SCHEMAC_CHECK, lists_things_by_day_list(db, days, COUNT(days), &c));
    NAMES(column, "day");
    IS(is_postgres ? SCHEMAC_OK : SCHEMAC_CHECK,
       lists_things_by_twofold_list(db, reals, COUNT(reals), &c));
    (void)lists_things_close(&c);
    IS(SCHEMAC_MISUSE, lists_things_by_id_list(none, &id, 1, &c));
    IS(SCHEMAC_MISUSE, lists_things_next(&c));
    IS(SCHEMAC_MISUSE, lists_things_delete_list(none, &id, 1, &(int64_t){ 0 }));
    IS(SCHEMAC_MISUSE, lists_things_delete_list(db, &id, 1, NULL));
    IS(SCHEMAC_MISUSE, schemac_cursor_list(db, &lists_things_table, 0, NULL, &id, 1));
    IS(SCHEMAC_MISUSE, schemac_cursor_list(db, &lists_things_table, 99, &c.base, &id, 1));
    SAYS("no key of this number");
    IS(SCHEMAC_MISUSE, schemac_cursor_list(db, &lists_pairs_table, 0, &c.base, &id, 1));
    SAYS("pairs: lists are of keys with one column");
    IS(SCHEMAC_MISUSE,
       schemac_row_delete_list(db, &lists_pairs_table, &id, 1, &(int64_t){ 0 }));
    IS(SCHEMAC_MISUSE,
       schemac_row_delete_list(db, &lists_log_table, &id, 1, &(int64_t){ 0 }));
    SAYS("log: rows are not changed");
    IS(SCHEMAC_OK, lists_things_by_id_list(db, &id, 1, &c));
    IS(SCHEMAC_ROW, lists_things_next(&c));
    IS(SCHEMAC_DONE, lists_things_next(&c));
}

/* ---- deleting ---- */

static void
deleting(struct schemac_db *db)
{
    static const int64_t ids[] = { 1990, 1991, 1990, 1995, 5000, -1 };
    static const int32_t owners[] = { 1, 2, 3 };
    int64_t deleted = -1;
    int64_t left;

    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lists_things_delete_list(db, ids, COUNT(ids), &deleted));
    CHECK(deleted == 3);
    IS(SCHEMAC_OK, lists_things_count(db, &left));
    CHECK(left == ROWS - 3);
    IS(SCHEMAC_OK, lists_things_delete_list(db, ids, COUNT(ids), &deleted));
    CHECK(deleted == 0);
    IS(SCHEMAC_OK, lists_things_delete_list(db, NULL, 0, &deleted));
    CHECK(deleted == 0);
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_OK, lists_things_count(db, &left));
    CHECK(left == ROWS);
    IS(SCHEMAC_FOREIGN_KEY, lists_owners_delete_list(db, owners, 3, &deleted));
    CHECK(deleted == 0);
    IS(SCHEMAC_OK, lists_owners_count(db, &left));
    CHECK(left == 10);
}

/* ---- how it is done ---- */

static int64_t
number(struct schemac_db *db, const char *sql)
{
    struct schemac_stmt *stmt;
    int64_t v;

    IS(SCHEMAC_OK, schemac_prepare(db, sql, &stmt));
    IS(SCHEMAC_ROW, schemac_step(stmt));
    v = schemac_column_int64(stmt, 0);
    schemac_finalize(stmt);
    return v;
}

/* Does the plan of the statement say that? */
static bool
plan_says(struct schemac_db *db, const char *explain, int column, const char *words)
{
    struct schemac_stmt *stmt;
    bool says = false;

    IS(SCHEMAC_OK, schemac_prepare(db, explain, &stmt));
    while (schemac_step(stmt) == SCHEMAC_ROW)
        says |= strstr(schemac_column_text(stmt, column).ptr, words) != NULL;
    schemac_finalize(stmt);
    return says;
}

/* Each statement that is prepared at the server, as it would be run for any list. */
static void
indexes_of_postgres(struct schemac_db *db)
{
    struct schemac_stmt *stmt;
    size_t count = 0;

    IS(SCHEMAC_OK, schemac_exec(db, "SET plan_cache_mode = force_generic_plan"));
    IS(SCHEMAC_OK, schemac_exec(db, "SET enable_seqscan = off"));
    IS(SCHEMAC_OK, schemac_prepare(db,
                                   "SELECT name, statement FROM pg_prepared_statements "
                                   "WHERE statement LIKE '%= ANY($1)' ORDER BY name",
                                   &stmt));
    for (; schemac_step(stmt) == SCHEMAC_ROW; count++) {
        char explain[120];

        (void)snprintf(explain, sizeof explain, "EXPLAIN EXECUTE %s (NULL)",
                       schemac_column_text(stmt, 0).ptr);
        if (!plan_says(db, explain, 0, "Index Cond:")
            || plan_says(db, explain, 0, "Filter:")) {
            fprintf(stderr, "no index: %s\n", schemac_column_text(stmt, 1).ptr);
            exit(1);
        }
    }
    schemac_finalize(stmt);
    CHECK(count >= 24);
    IS(SCHEMAC_OK, schemac_exec(db, "RESET enable_seqscan"));
    IS(SCHEMAC_OK, schemac_exec(db, "RESET plan_cache_mode"));
}

static void
indexes_of_sqlite(struct schemac_db *db)
{
    static const char *const columns[] = {
        "id",   "flag",  "small",  "medium", "large", "ranked", "single",  "twofold",
        "money", "huge", "label",  "short",  "padded", "data",  "day",     "clock",
        "moment", "zoned", "ident", "doc",   "address", "paint", "state", "owner_id",
    };

    for (size_t i = 0; i < COUNT(columns); i++) {
        char explain[200];
        char words[80];

        (void)snprintf(explain, sizeof explain,
                       "EXPLAIN QUERY PLAN SELECT * FROM \"things\" AS t WHERE t.\"%s\" "
                       "IN (SELECT value FROM schemac__list(?1))",
                       columns[i]);
        (void)snprintf(words, sizeof words, "(%s=?)", columns[i]);
        if (!plan_says(db, explain, 3, "SEARCH t USING")
            || !plan_says(db, explain, 3, words)) {
            fprintf(stderr, "no index: %s\n", explain);
            exit(1);
        }
    }
    CHECK(plan_says(db, "EXPLAIN QUERY PLAN DELETE FROM \"owners\" AS t WHERE t.\"id\" "
                        "IN (SELECT value FROM schemac__list(?1))",
                    3, "SEARCH t USING INTEGER PRIMARY KEY (rowid=?)"));
    /* Nobody else has a list. */
    CHECK(number(db, "SELECT count(*) FROM schemac__list(1)") == 0);
}

/* Lists of all lengths are one statement. */
static void
prepared_once(struct schemac_db *db)
{
    static const char statements[] = "SELECT count(*) FROM pg_prepared_statements";
    int64_t *ids = many_ids(100);
    int64_t before = 0;

    if (is_postgres)
        before = number(db, statements);
    for (size_t count = 0; count <= 100; count++) {
        struct lists_things_cursor c;

        IS(SCHEMAC_OK, lists_things_by_id_list(db, ids, count, &c));
        for (size_t i = 0; i < count; i++)
            IS(SCHEMAC_ROW, lists_things_next(&c));
        IS(SCHEMAC_DONE, lists_things_next(&c));
    }
    if (is_postgres)
        CHECK(number(db, statements) == before);
    free(ids);
}

/* ---- out of memory ---- */

static enum schemac_status
work(struct schemac_db *db)
{
    static const int64_t ids[] = { 1, 2, 3, 4, 5000 };
    const struct schemac_text labels[] = { t("label 30"), t("NULL"), t("none") };
    struct schemac_arena arena = { NULL };
    struct lists_things_cursor c;
    struct lists_things *rows;
    enum schemac_status status;
    size_t count = 0;
    int64_t deleted;

    status = lists_things_by_id_list(db, ids, COUNT(ids), &c);
    if (status == SCHEMAC_OK)
        status = lists_things_collect(&c, &arena, &rows, &count);
    if (status == SCHEMAC_OK)
        CHECK(count == 4);
    (void)lists_things_close(&c);
    if (status == SCHEMAC_OK)
        status = lists_things_by_label_list(db, labels, COUNT(labels), &c);
    if (status == SCHEMAC_OK) {
        while ((status = lists_things_next(&c)) == SCHEMAC_ROW)
            continue;
        status = lists_things_close(&c);
    }
    if (status == SCHEMAC_OK)
        status = lists_things_delete_list(db, &(int64_t){ 5000 }, 1, &deleted);
    schemac_arena_free(&arena);
    return status;
}

/* The n-th allocation of the work fails; false when there is no n-th. */
static bool
fail_at(const char *url, long n)
{
    struct schemac_db *db;
    enum schemac_status status = schemac_open(url, &db);
    bool is_over;

    IS(SCHEMAC_OK, status);
    until_failure = n;
    status = work(db);
    is_over = until_failure >= 0;
    until_failure = -1;
    IS(is_over ? SCHEMAC_OK : SCHEMAC_NO_MEMORY, status);
    IS(SCHEMAC_OK, work(db)); /* the handle goes on */
    schemac_close(db);
    return !is_over;
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_status status;
    long n = 0;

    if (argc < 2)
        return 2;
    status = lists_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    is_postgres = strcmp(schemac_dialect(db), "postgres") == 0;
    fill(db);
    numbers(db);
    moments(db);
    characters(db);
    enums(db);
    unique_keys(db);
    zero_bytes(db);
    long_lists(db);
    empty_lists(db);
    nested(db);
    refused(db);
    deleting(db);
    if (is_postgres)
        indexes_of_postgres(db);
    else
        indexes_of_sqlite(db);
    prepared_once(db);
    schemac_close(db);
    while (argc > 2 && fail_at(argv[1], n))
        n++;
    if (alive != 0 || (argc > 2 && n < 10)) {
        fprintf(stderr, "lists.c: %ld are not given back, %ld failed\n", alive, n);
        return 1;
    }
    printf("ok\n");
    return 0;
}
