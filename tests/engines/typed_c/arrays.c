/*
 * arrays DATABASE: arrays and domains go in through the code generated for
 * arrays/1.0.0.sql and come back, or are refused with the right error.  Prints "ok" at
 * the end; the first difference stops it.
 *
 * It brings its own memory functions, so that allocations can be counted and refused.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrays.h"
#include "claims.h"
#include "runtime/driver.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_postgres;

/* ---- memory ---- */

static long until_failure = -1; /* allocations that still succeed; -1: all */
static long alive;
static long made; /* so far */

static bool
fails(void)
{
    made++;
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

/* ---- values ---- */

static const bool bools[] = { true, false, true };
static const int16_t int16s[] = { INT16_MIN, -1, 0, INT16_MAX };
static const int32_t int32s[] = { INT32_MIN, -1, 0, 1, INT32_MAX };
static const int64_t int64s[] = { INT64_MIN, INT64_MIN + 1, (INT64_C(1) << 53) + 1,
                                  INT64_MAX };
static const float floats[] = { -0.0F, 0.1F, FLT_MAX, -FLT_MAX, FLT_MIN, 1e-45F,
                                16777217.0F };
static const double doubles[] = { -0.0,    0.1,     1.0 / 3, DBL_MAX, -DBL_MAX,
                                  DBL_MIN, 5e-324, 1e22,    123456789.125 };
static const int64_t prices[] = { 0, 1, -1, 99, -1050, 999999999999 };
static const int32_t days[] = { 0, -719162, 2932896, 19782 };
static const int64_t clocks[] = { 0, 1, INT64_C(86399999999) };
static const int64_t moments[] = { 0, -1, 1, INT64_C(1704067200123456) };
static const struct schemac_uuid idents[] = {
    { { 0 } },
    { { 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 } },
};
static const enum arrays_tint tints[] = { ARRAYS_TINT_BLUE___GREY___, ARRAYS_TINT_NULL,
                                          ARRAYS_TINT_RED };
static const struct schemac_int32_opt maybes[] = { { 7, true },
                                                   { 0, false },
                                                   { 0, true } };
static const struct schemac_uuid_opt perhaps[] = {
    { { { 0 } }, false },
    { { { 1, 2 } }, true },
};

#define TEXT(literal) { literal, sizeof(literal) - 1 }

static const struct schemac_text words[] = {
    TEXT(""),
    { NULL, 0 },
    TEXT("NULL"),
    TEXT("a,b"),
    TEXT("{\"x\"}"),
    TEXT("'\"\\;-- \n\t\r\b\f\001\037\177"),
    TEXT("\360\237\232\227 na\303\257ve \364\217\277\277 \342\200\250"),
    TEXT("\\u0041\\x41"),
    TEXT(" "),
};
static const struct schemac_text with_zero[] = { TEXT("a\0b\0") };
static const struct schemac_text codes[] = { TEXT("abc"), TEXT("\303\244\303\266") };
static const struct schemac_text digits[] = {
    TEXT("12345678901234567890.123456789"), TEXT("0"), TEXT("-1.50"), { NULL, 0 }
};
static const struct schemac_text docs[] = { TEXT("{\"a\": [1, \"\\\"\"]}"), TEXT("null"),
                                            { NULL, 0 } };
static const struct schemac_text spans[] = { TEXT("1 day"), { NULL, 0 } };
static const struct schemac_text lite_spans[] = { TEXT("P1D"), { NULL, 0 } };
static const struct schemac_text hosts[] = { TEXT("10.0.0.1"), TEXT("::1"),
                                             TEXT("10.0.0.0/8"), { NULL, 0 } };
static const struct schemac_bytes blobs[] = {
    { "\0\377\\x\n\"", 6 },
    { "", 0 },
    { NULL, 0 },
};

#define ARRAY(values) { values, COUNT(values) }

/* Every kind of item with its edges. */
static struct arrays_sets
full_row(int64_t id)
{
    struct arrays_sets row = {
        .id = id,
        .flags = ARRAY(bools),
        .smalls = ARRAY(int16s),
        .numbers = ARRAY(int32s),
        .larges = ARRAY(int64s),
        .singles = ARRAY(floats),
        .doubles = ARRAY(doubles),
        .prices = ARRAY(prices),
        .digits = ARRAY(digits),
        .words = ARRAY(words),
        .codes = ARRAY(codes),
        .blobs = ARRAY(blobs),
        .days = ARRAY(days),
        .clocks = ARRAY(clocks),
        .moments = ARRAY(moments),
        .zoned = ARRAY(moments),
        .idents = ARRAY(idents),
        .tints = ARRAY(tints),
        .docs = ARRAY(docs),
        .spans = ARRAY(spans),
        .hosts = ARRAY(hosts),
        .points = ARRAY(int32s),
        .better = ARRAY(int32s),
        .maybe = ARRAY(maybes),
        .perhaps = ARRAY(perhaps),
        .spelled = schemac_text(is_postgres ? "{1,NULL}" : "[1,null]"),
    };

    if (!is_postgres)
        row.spans = (struct schemac_text_array)ARRAY(lite_spans);
    return row;
}

/* What an array that is there is when it has no items. */
static struct arrays_sets
empty_row(int64_t id)
{
    struct arrays_sets row = full_row(id);

    row.flags.count = row.smalls.count = row.numbers.count = row.larges.count = 0;
    row.singles.count = row.doubles.count = row.prices.count = row.digits.count = 0;
    row.words.count = row.codes.count = row.blobs.count = row.days.count = 0;
    row.clocks.count = row.moments.count = row.zoned.count = row.idents.count = 0;
    row.tints.count = row.docs.count = row.spans.count = row.hosts.count = 0;
    row.points.count = row.better.count = row.maybe.count = row.perhaps.count = 0;
    return row;
}

static struct arrays_sets
null_row(int64_t id)
{
    return (struct arrays_sets){ .id = id, .numbers = ARRAY(int32s) };
}

/* ---- the same ---- */

static bool
same_texts(struct schemac_text_array a, struct schemac_text_array b)
{
    if ((a.items == NULL) != (b.items == NULL) || a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!schemac_text_equal(a.items[i], b.items[i]))
            return false;
    return true;
}

static bool
same_blobs(struct schemac_bytes_array a, struct schemac_bytes_array b)
{
    if ((a.items == NULL) != (b.items == NULL) || a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if ((a.items[i].ptr == NULL) != (b.items[i].ptr == NULL)
            || a.items[i].len != b.items[i].len
            || (a.items[i].len > 0
                && memcmp(a.items[i].ptr, b.items[i].ptr, a.items[i].len) != 0))
            return false;
    return true;
}

static bool
same_maybe(struct schemac_int32_opt_array a, struct schemac_int32_opt_array b)
{
    if ((a.items == NULL) != (b.items == NULL) || a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].is_set != b.items[i].is_set
            || a.items[i].value != b.items[i].value)
            return false;
    return true;
}

static bool
same_perhaps(struct schemac_uuid_opt_array a, struct schemac_uuid_opt_array b)
{
    if ((a.items == NULL) != (b.items == NULL) || a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].is_set != b.items[i].is_set
            || memcmp(&a.items[i].value, &b.items[i].value, sizeof a.items[i].value) != 0)
            return false;
    return true;
}

/* Of plain items: bit by bit, so that -0.0 is not 0.0. */
#define SAME_ITEMS(x, y)                                                                 \
    (((x).items == NULL) == ((y).items == NULL) && (x).count == (y).count                \
     && ((x).count == 0                                                                  \
         || memcmp((x).items, (y).items, (x).count * sizeof *(x).items) == 0))

static void
same_row(struct schemac_db *db, const struct arrays_sets *a, const struct arrays_sets *b)
{
    CHECK(a->id == b->id);
    CHECK(SAME_ITEMS(a->flags, b->flags));
    CHECK(SAME_ITEMS(a->smalls, b->smalls));
    CHECK(SAME_ITEMS(a->numbers, b->numbers));
    CHECK(SAME_ITEMS(a->larges, b->larges));
    CHECK(SAME_ITEMS(a->singles, b->singles));
    CHECK(SAME_ITEMS(a->doubles, b->doubles));
    CHECK(SAME_ITEMS(a->prices, b->prices));
    CHECK(same_texts(a->digits, b->digits));
    CHECK(same_texts(a->words, b->words));
    CHECK(same_texts(a->codes, b->codes));
    CHECK(same_blobs(a->blobs, b->blobs));
    CHECK(SAME_ITEMS(a->days, b->days));
    CHECK(SAME_ITEMS(a->clocks, b->clocks));
    CHECK(SAME_ITEMS(a->moments, b->moments));
    CHECK(SAME_ITEMS(a->zoned, b->zoned));
    CHECK(SAME_ITEMS(a->idents, b->idents));
    CHECK(SAME_ITEMS(a->tints, b->tints));
    CHECK(same_texts(a->docs, b->docs));
    CHECK(same_texts(a->spans, b->spans));
    CHECK(same_texts(a->hosts, b->hosts));
    CHECK(SAME_ITEMS(a->points, b->points));
    CHECK(SAME_ITEMS(a->better, b->better));
    CHECK(same_maybe(a->maybe, b->maybe));
    CHECK(same_perhaps(a->perhaps, b->perhaps));
    CHECK(schemac_text_equal(a->spelled, b->spelled));
}

/* ---- rows in and out ---- */

static void
defaults(struct schemac_db *db, const struct arrays_sets *row)
{
    CHECK(row->filled.count == 2);
    CHECK(schemac_text_equal(row->filled.items[0], schemac_text("a")));
    CHECK(schemac_text_equal(row->filled.items[1], schemac_text("b, c")));
    CHECK(row->counted.count == 2 && row->counted.items[1] == 2);
}

static void
insert_and_get(struct schemac_db *db)
{
    struct arrays_sets (*const make[])(int64_t) = { full_row, empty_row, null_row };

    for (size_t i = 0; i < COUNT(make); i++) {
        const struct arrays_sets sent = make[i]((int64_t)i);
        struct arrays_sets row = sent;
        struct arrays_sets got;

        IS(SCHEMAC_OK, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
        same_row(db, &sent, &row);
        defaults(db, &row);
        IS(SCHEMAC_OK, arrays_sets_get(db, (int64_t)i, &got));
        same_row(db, &sent, &got);
        defaults(db, &got);
        /* A row from the handle goes back to it, and stays whole. */
        got.id += 10;
        IS(SCHEMAC_OK, arrays_sets_insert(db, &got, ARRAYS_SETS_NEW));
        got.id -= 10;
        same_row(db, &sent, &got);
        IS(SCHEMAC_OK, arrays_sets_upsert_by_id(db, &got, ARRAYS_SETS_ALL));
        same_row(db, &sent, &got);
    }
}

static void
update(struct schemac_db *db)
{
    const struct arrays_sets full = full_row(0);
    struct arrays_sets row = null_row(0);
    struct arrays_sets got;

    IS(SCHEMAC_OK, arrays_sets_update(db, &row, ARRAYS_SETS_COL_WORDS));
    IS(SCHEMAC_OK, arrays_sets_get(db, 0, &got));
    CHECK(got.words.items == NULL && got.words.count == 0);
    CHECK(SAME_ITEMS(got.larges, full.larges));
    row = empty_row(0);
    IS(SCHEMAC_OK, arrays_sets_update(db, &row, ARRAYS_SETS_COL_WORDS));
    IS(SCHEMAC_OK, arrays_sets_get(db, 0, &got));
    CHECK(got.words.items != NULL && got.words.count == 0);
    IS(SCHEMAC_OK, arrays_sets_update(db, &full, ARRAYS_SETS_COL_WORDS));
    IS(SCHEMAC_OK, arrays_sets_get(db, 0, &got));
    same_row(db, &full, &got);
}

/* An array as a key: of an index, and of a UNIQUE constraint. */
static void
keys(struct schemac_db *db)
{
    const struct arrays_tint_array wanted = ARRAY(tints);
    struct schemac_text names[] = { TEXT("x"), TEXT("y \"z\"") };
    struct arrays_tags tag = { .names = ARRAY(names) };
    struct arrays_sets_cursor cursor;
    struct arrays_tags found;
    size_t count = 0;

    IS(SCHEMAC_OK, arrays_sets_by_tints(db, wanted, &cursor));
    while (arrays_sets_next(&cursor) == SCHEMAC_ROW)
        count++;
    IS(SCHEMAC_OK, arrays_sets_close(&cursor));
    CHECK(count == 2);
    IS(SCHEMAC_OK, arrays_tags_insert(db, &tag, ARRAYS_TAGS_NEW));
    CHECK(tag.more.count == 1 && tag.more.items[0].len == 1);
    IS(SCHEMAC_OK, arrays_tags_find_by_names(db, tag.names, &found));
    CHECK(found.id == tag.id && same_texts(found.names, tag.names));
    IS(SCHEMAC_UNIQUE, arrays_tags_insert(db, &tag, ARRAYS_TAGS_NEW));
    tag.more = (struct schemac_text_array){ NULL, 0 };
    IS(SCHEMAC_OK, arrays_tags_upsert_by_names(
                       db, &tag, ARRAYS_TAGS_COL_NAMES | ARRAYS_TAGS_COL_MORE));
    CHECK(tag.id == found.id && tag.more.items == NULL);
    names[0] = schemac_text("w");
    IS(SCHEMAC_NOT_FOUND,
       arrays_tags_find_by_names(db, (struct schemac_text_array)ARRAY(names), &found));
}

/* Items of an array of our own that are in the memory of the handle stay, too. */
static void
texts_of_the_handle(struct schemac_db *db)
{
    struct schemac_text names[2] = { TEXT("first"), TEXT("second") };
    struct arrays_tags tag = { .names = ARRAY(names) };
    struct arrays_tags more = { .names = ARRAY(names) };

    IS(SCHEMAC_OK, arrays_tags_insert(db, &tag, ARRAYS_TAGS_NEW));
    IS(SCHEMAC_OK, arrays_tags_get(db, tag.id, &tag));
    names[0] = tag.names.items[1];
    names[1] = tag.names.items[0];
    IS(SCHEMAC_OK, arrays_tags_insert(db, &more, ARRAYS_TAGS_NEW));
    CHECK(more.names.count == 2);
    CHECK(schemac_text_equal(more.names.items[0], schemac_text("second")));
    CHECK(schemac_text_equal(more.names.items[1], schemac_text("first")));
    IS(SCHEMAC_OK, arrays_tags_delete(db, tag.id));
    IS(SCHEMAC_OK, arrays_tags_delete(db, more.id));
}

enum { MANY = 300, FIRST_OF_MANY = 1000 };

static void
many(struct schemac_db *db, bool by_load)
{
    static struct arrays_sets rows[MANY];
    struct schemac_arena arena = { NULL };
    struct arrays_sets *all;
    size_t count;
    size_t found = 0;

    for (size_t i = 0; i < MANY; i++)
        rows[i] = i % 3 == 0   ? full_row((int64_t)i + FIRST_OF_MANY)
                  : i % 3 == 1 ? empty_row((int64_t)i + FIRST_OF_MANY)
                               : null_row((int64_t)i + FIRST_OF_MANY);
    IS(SCHEMAC_OK, by_load ? arrays_sets_load(db, rows, MANY, ARRAYS_SETS_NEW)
                           : arrays_sets_insert_many(db, rows, MANY, ARRAYS_SETS_NEW));
    IS(SCHEMAC_OK, arrays_sets_all(db, &arena, &all, &count));
    CHECK(count == MANY + 6);
    for (size_t i = 0; i < count; i++) {
        if (all[i].id < FIRST_OF_MANY)
            continue;
        same_row(db, &rows[all[i].id - FIRST_OF_MANY], &all[i]);
        found++;
    }
    CHECK(found == MANY);
    schemac_arena_free(&arena);
}

/* The rows of a cursor use the same memory over and over. */
static void
steady(struct schemac_db *db)
{
    struct arrays_sets_cursor cursor;
    struct arrays_tinted_cursor view;
    size_t count = 0;
    long before = 0;

    IS(SCHEMAC_OK, arrays_sets_scan(db, &cursor));
    while (arrays_sets_next(&cursor) == SCHEMAC_ROW) {
        if (++count == MANY / 2)
            before = made;
        CHECK(cursor.row.numbers.items != NULL);
    }
    IS(SCHEMAC_OK, arrays_sets_close(&cursor));
    CHECK(count == MANY + 6 && made == before);
    IS(SCHEMAC_OK, arrays_tinted_scan(db, &view));
    IS(SCHEMAC_ROW, arrays_tinted_next(&view));
    IS(SCHEMAC_OK, arrays_tinted_close(&view));
    IS(SCHEMAC_OK,
       schemac_exec(db, "DELETE FROM sets WHERE id >= 1000")); /* FIRST_OF_MANY */
}

/* A long array, and a long text in one. */
static void
large(struct schemac_db *db)
{
    static int32_t numbers[100000];
    static char letters[1 << 20];
    const struct schemac_text texts[] = { { letters, sizeof letters }, TEXT("b") };
    struct arrays_sets row = null_row(99);
    struct arrays_sets got;

    for (size_t i = 0; i < COUNT(numbers); i++)
        numbers[i] = (int32_t)(i * 2654435761U);
    memset(letters, 'x', sizeof letters);
    row.numbers = (struct schemac_int32_array)ARRAY(numbers);
    row.words = (struct schemac_text_array)ARRAY(texts);
    IS(SCHEMAC_OK, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    IS(SCHEMAC_OK, arrays_sets_get(db, 99, &got));
    CHECK(SAME_ITEMS(row.numbers, got.numbers) && got.numbers.count == COUNT(numbers));
    CHECK(same_texts(got.words, (struct schemac_text_array)ARRAY(texts)));
    IS(SCHEMAC_OK, arrays_sets_delete(db, 99));
}

/* ---- what cannot be stored ---- */

static void
refused(struct schemac_db *db)
{
    static const double not_numbers[] = { 1, NAN, INFINITY };
    static const float not_floats[] = { -INFINITY };
    static const int32_t far[] = { INT32_MIN + 2 };
    static const enum arrays_tint unknown[] = { ARRAYS_TINT_RED, (enum arrays_tint)9 };
    struct arrays_sets row = null_row(50);
    struct arrays_sets got;

    row.doubles = (struct schemac_double_array)ARRAY(not_numbers);
    row.singles = (struct schemac_float_array)ARRAY(not_floats);
    IS(is_postgres ? SCHEMAC_OK : SCHEMAC_CHECK,
       arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    if (is_postgres) {
        IS(SCHEMAC_OK, arrays_sets_get(db, 50, &got));
        CHECK(isnan(got.doubles.items[1]) && isinf(got.singles.items[0]));
        IS(SCHEMAC_OK, arrays_sets_delete(db, 50));
    }
    row = null_row(50);
    row.days = (struct schemac_int32_array)ARRAY(far);
    IS(SCHEMAC_CHECK, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "days") == 0);
    row = null_row(50);
    row.tints = (struct arrays_tint_array)ARRAY(unknown);
    IS(SCHEMAC_CHECK, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    row = null_row(50);
    row.words = (struct schemac_text_array)ARRAY(with_zero);
    IS(is_postgres ? SCHEMAC_CHECK : SCHEMAC_OK,
       arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    if (!is_postgres) {
        IS(SCHEMAC_OK, arrays_sets_get(db, 50, &got));
        CHECK(same_texts(got.words, (struct schemac_text_array)ARRAY(with_zero)));
        IS(SCHEMAC_OK, arrays_sets_delete(db, 50));
    }
    row = null_row(50);
    row.larges = (struct schemac_int64_array){ int64s, (size_t)1 << 40 };
    IS(SCHEMAC_CHECK, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    row.larges = (struct schemac_int64_array){ NULL, 1 };
    IS(SCHEMAC_MISUSE, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    row = null_row(50);
    row.numbers.items = NULL;
    row.numbers.count = 0;
    IS(SCHEMAC_NOT_NULL, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
}

/* ---- what others have stored ---- */

static void
set(struct schemac_db *db, const char *column, const char *value)
{
    char sql[400];

    (void)snprintf(sql, sizeof sql, "UPDATE sets SET %s = %s WHERE id = 2", column,
                   value);
    IS(SCHEMAC_OK, schemac_exec(db, sql));
}

static void
does_not_decode(struct schemac_db *db, const char *column, const char *value)
{
    struct arrays_sets got;

    set(db, column, value);
    is(db, SCHEMAC_DECODE, arrays_sets_get(db, 2, &got), value, __FILE__, __LINE__);
    CHECK(strcmp(schemac_error(db)->column, column) == 0);
    CHECK(strcmp(schemac_error(db)->table, "sets") == 0);
    set(db, column, "NULL");
    IS(SCHEMAC_OK, arrays_sets_get(db, 2, &got));
}

static void
other_shapes(struct schemac_db *db)
{
    does_not_decode(db, "larges", "'{{1,2},{3,4}}'");
    does_not_decode(db, "larges", "'[0:1]={1,2}'");
    does_not_decode(db, "larges", "'{1,NULL}'");
    does_not_decode(db, "idents", "'{NULL}'");
    does_not_decode(db, "words", "'{{a}}'");
    does_not_decode(db, "words", "'[2:2]={a}'");
    does_not_decode(db, "prices", "'{NaN}'");
    does_not_decode(db, "hosts", "'{{10.0.0.1}}'");
}

static const struct {
    const char *column;
    const char *value;
} bad[] = {
    { "words", "''" },
    { "words", "'['" },
    { "words", "'[\"a\"'" },
    { "words", "'[\"a\",]'" },
    { "words", "'[,\"a\"]'" },
    { "words", "'[\"a\" \"b\"]'" },
    { "words", "'[\"a\"]]'" },
    { "words", "'[\"a]'" },
    { "words", "'[\"\\x\"]'" },
    { "words", "'[\"\\u12\"]'" },
    { "words", "'[\"\\ud800\"]'" },
    { "words", "'[\"\\udc00\\ud800\"]'" },
    { "words", "'[''a'']'" },
    { "words", "'[[\"a\"]]'" },
    { "words", "'[{}]'" },
    { "words", "'[true]'" },
    { "words", "'{\"a\":1}'" },
    { "words", "'null'" },
    { "words", "X'5b5d'" },
    { "words", "1" },
    { "flags", "'[1]'" },
    { "flags", "'[\"true\"]'" },
    { "larges", "'[9223372036854775808]'" },
    { "larges", "'[-9223372036854775809]'" },
    { "larges", "'[1.0]'" },
    { "larges", "'[1e2]'" },
    { "larges", "'[01]'" },
    { "larges", "'[+1]'" },
    { "larges", "'[\"1\"]'" },
    { "larges", "'[null]'" },
    { "smalls", "'[32768]'" },
    { "points", "'[2147483648]'" },
    { "doubles", "'[1e999]'" },
    { "doubles", "'[.5]'" },
    { "doubles", "'[5.]'" },
    { "doubles", "'[NaN]'" },
    { "singles", "'[1e39]'" },
    { "prices", "'[1.234]'" },
    { "prices", "'[\"1.00\"]'" },
    { "blobs", "'[\"00\"]'" },
    { "blobs", "'[\"\\\\x0\"]'" },
    { "blobs", "'[\"\\\\x0g\"]'" },
    { "days", "'[\"2024-02-30\"]'" },
    { "days", "'[20240101]'" },
    { "clocks", "'[\"25:00:00\"]'" },
    { "moments", "'[\"2024-01-01\"]'" },
    { "idents", "'[\"0\"]'" },
    { "tints", "'[\"yellow\"]'" },
    { "tints", "'[1]'" },
};

static void
malformed(struct schemac_db *db)
{
    struct arrays_sets got;

    IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA ignore_check_constraints = 1"));
    for (size_t i = 0; i < COUNT(bad); i++)
        does_not_decode(db, bad[i].column, bad[i].value);
    set(db, "words", "' [ \"\\u00e9\\ud83d\\ude97\\/\" ,\n12 ] '");
    IS(SCHEMAC_OK, arrays_sets_get(db, 2, &got));
    CHECK(got.words.count == 2);
    CHECK(schemac_text_equal(got.words.items[0],
                             schemac_text("\303\251\360\237\232\227/")));
    CHECK(schemac_text_equal(got.words.items[1], schemac_text("12")));
    set(db, "words", "NULL");
    IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA ignore_check_constraints = 0"));
}

/* ---- domains and addresses ---- */

static void
domains(struct schemac_db *db)
{
    struct arrays_made rows[20];
    struct arrays_made got;

    for (size_t i = 0; i < COUNT(rows); i++)
        rows[i] = (struct arrays_made){
            .id = (int32_t)i,
            .points = INT32_MAX,
            .better = { INT32_MIN, true },
            .cost = { -9999999999, true },
            .at = { 19782, true },
            .address = schemac_text(i % 2 == 0 ? "10.0.0.1" : "::1"),
            .home = schemac_text(i % 2 == 0 ? "10.0.0.0/8" : "255.255.255.255"),
            .network = schemac_text("10.0.0.0/8"),
        };
    IS(SCHEMAC_OK, arrays_made_load(db, rows, COUNT(rows) - 1, ARRAYS_MADE_ALL));
    IS(SCHEMAC_OK, arrays_made_insert(db, &rows[19], ARRAYS_MADE_ALL));
    for (int32_t i = 18; i < 20; i++) {
        IS(SCHEMAC_OK, arrays_made_get(db, i, &got));
        CHECK(got.points == INT32_MAX && got.better.value == INT32_MIN);
        CHECK(got.cost.value == -9999999999 && got.at.value == 19782);
        CHECK(schemac_text_equal(got.address,
                                 schemac_text(i == 18 ? "10.0.0.1" : "::1")));
        CHECK(schemac_text_equal(
            got.home, schemac_text(i == 18 ? "10.0.0.0/8" : "255.255.255.255")));
        CHECK(schemac_text_equal(got.network, schemac_text("10.0.0.0/8")));
    }
}

/* ---- out of memory ---- */

static enum schemac_status
work(struct schemac_db *db)
{
    struct arrays_sets row = full_row(70);
    struct arrays_sets rows[12];
    struct schemac_arena arena = { NULL };
    struct arrays_sets_cursor cursor;
    struct arrays_sets *all;
    enum schemac_status status;
    size_t count;

    for (size_t i = 0; i < COUNT(rows); i++)
        rows[i] = full_row(71 + (int64_t)i);
    status = arrays_sets_insert(db, &row, ARRAYS_SETS_NEW);
    if (status == SCHEMAC_OK)
        status = arrays_sets_get(db, 70, &row);
    if (status == SCHEMAC_OK)
        status = arrays_sets_upsert_by_id(db, &row, ARRAYS_SETS_ALL);
    if (status == SCHEMAC_OK)
        status = arrays_sets_load(db, rows, COUNT(rows), ARRAYS_SETS_NEW);
    if (status == SCHEMAC_OK)
        status = arrays_sets_scan(db, &cursor);
    if (status == SCHEMAC_OK) {
        while ((status = arrays_sets_next(&cursor)) == SCHEMAC_ROW)
            continue;
        status = arrays_sets_close(&cursor);
    }
    if (status == SCHEMAC_OK)
        status = arrays_sets_all(db, &arena, &all, &count);
    schemac_arena_free(&arena);
    return status;
}

static void
forget(struct schemac_db *db)
{
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM sets WHERE id >= 70"));
}

/* The n-th allocation of the work fails; false when there is no n-th. */
static bool
fail_at(const char *url, long n)
{
    struct schemac_db *db;
    enum schemac_status status = schemac_open(url, &db);
    struct arrays_sets row;
    bool is_over;

    IS(SCHEMAC_OK, status);
    until_failure = n;
    status = work(db);
    is_over = until_failure >= 0;
    until_failure = -1;
    IS(is_over ? SCHEMAC_OK : SCHEMAC_NO_MEMORY, status);
    forget(db);
    row = full_row(70); /* the handle goes on */
    IS(SCHEMAC_OK, arrays_sets_insert(db, &row, ARRAYS_SETS_NEW));
    IS(SCHEMAC_OK, arrays_sets_get(db, 70, &row));
    forget(db);
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
    status = arrays_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    is_postgres = strcmp(schemac_dialect(db), "postgres") == 0;
    insert_and_get(db);
    update(db);
    keys(db);
    texts_of_the_handle(db);
    many(db, false);
    steady(db);
    many(db, true);
    steady(db);
    large(db);
    refused(db);
    if (is_postgres)
        other_shapes(db);
    else
        malformed(db);
    domains(db);
    schemac_close(db);
    while (argc > 2 && fail_at(argv[1], n))
        n++;
    if (alive != 0 || (argc > 2 && n < 20)) {
        fprintf(stderr, "arrays.c: %ld are not given back, %ld failed\n", alive, n);
        return 1;
    }
    printf("ok\n");
    return 0;
}
