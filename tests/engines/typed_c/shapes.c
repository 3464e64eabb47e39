/*
 * shapes DATABASE: keys over several columns, a table that refers to itself by one, @c on
 * each kind of column, and what is unique only sometimes, with rows.  Prints "ok".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "shapes.h"

#define COLUMN(name) CHECK(strcmp(schemac_error(db)->column, (name)) == 0)

static bool
same(struct schemac_text a, const char *b)
{
    return schemac_text_equal(a, schemac_text(b));
}

/* ---- keys over two columns ---- */

static void
add_part(struct schemac_db *db, int32_t site, const char *code, const char *parent)
{
    struct shapes_parts part = {
        .site = site,
        .code = schemac_text(code),
        .parent = schemac_text(parent),
        .title = schemac_text("a part"),
    };

    IS(SCHEMAC_OK, shapes_parts_insert(db, &part, SHAPES_PARTS_NEW));
}

static size_t
count_children(struct schemac_db *db, int32_t site, const char *parent)
{
    struct shapes_parts_cursor c;
    size_t count = 0;

    IS(SCHEMAC_OK,
       shapes_parts_by_site_parent(db, site, schemac_text(parent), &c));
    while (shapes_parts_next(&c) == SCHEMAC_ROW) {
        CHECK(c.row.site == site && same(c.row.parent, parent));
        count++;
    }
    IS(SCHEMAC_OK, shapes_parts_close(&c));
    return count;
}

static void
test_composite_keys(struct schemac_db *db)
{
    struct shapes_parts part = { .site = 1, .code = schemac_text("c") };
    struct shapes_uses use = { .site = 1, .code = schemac_text("b") };
    const struct schemac_text from = schemac_text("b");
    struct shapes_parts_cursor c;
    struct shapes_uses_cursor u;
    bool exists;

    add_part(db, 1, "a", NULL);
    add_part(db, 1, "b", "a");
    add_part(db, 1, "c", "a");
    add_part(db, 2, "a", NULL);
    add_part(db, 2, "b", "b"); /* of itself */
    CHECK(count_children(db, 1, "a") == 2 && count_children(db, 2, "b") == 1);
    CHECK(count_children(db, 2, "a") == 0);
    part.parent = schemac_text("zzz");
    IS(SCHEMAC_FOREIGN_KEY, shapes_parts_update(db, &part, SHAPES_PARTS_COL_PARENT));
    part.parent = schemac_text("b");
    IS(SCHEMAC_OK, shapes_parts_update(db, &part, SHAPES_PARTS_COL_PARENT));
    IS(SCHEMAC_OK, shapes_parts_get(db, 1, schemac_text("c"), &part));
    CHECK(same(part.parent, "b") && same(part.title, "a part"));
    IS(SCHEMAC_UNIQUE, shapes_parts_insert(db, &part, SHAPES_PARTS_NEW));
    COLUMN("site, code");
    part.title = schemac_text("another");
    IS(SCHEMAC_OK, shapes_parts_upsert_by_site_code(db, &part, SHAPES_PARTS_NEW));
    IS(SCHEMAC_OK, shapes_parts_exists(db, 2, schemac_text("c"), &exists));
    CHECK(!exists);
    IS(SCHEMAC_FOREIGN_KEY, shapes_parts_delete(db, 1, schemac_text("a")));
    IS(SCHEMAC_OK, shapes_uses_insert(db, &use, SHAPES_USES_NEW));
    IS(SCHEMAC_OK, shapes_uses_by_site_code(db, 1, schemac_text("b"), &u));
    IS(SCHEMAC_ROW, shapes_uses_next(&u));
    IS(SCHEMAC_DONE, shapes_uses_next(&u));
    use.code = schemac_text("none");
    IS(SCHEMAC_FOREIGN_KEY, shapes_uses_insert(db, &use, SHAPES_USES_NEW));
    IS(SCHEMAC_OK, shapes_parts_by_site_code_range(db, 1, &from, NULL,
                                                   SCHEMAC_DESCENDING, &c));
    IS(SCHEMAC_ROW, shapes_parts_next(&c));
    CHECK(same(c.row.code, "c") && same(c.row.title, "another"));
    IS(SCHEMAC_ROW, shapes_parts_next(&c));
    CHECK(same(c.row.code, "b"));
    IS(SCHEMAC_DONE, shapes_parts_next(&c));
}

/* ---- @c ---- */

static bool is_postgres;

/* Texts are as each engine spells them. */
static struct shapes_fancy
fancy(int32_t id)
{
    return (struct shapes_fancy){
        .id = id,
        .yes = { true, true },
        .tiny = INT16_MIN,
        .wide = INT32_MAX,
        .half = -0.1F,
        .full_ = { 0.5, true },
        .day = schemac_text("2024-02-29"),
        .moment = schemac_text("1969-12-31 23:59:59.5"),
        .zoned = schemac_text(is_postgres ? "2024-12-31 23:59:59.123456+00"
                                          : "2024-12-31 23:59:59.123456"),
        .clock = schemac_text("23:59:59.000001"),
        .ident = schemac_text("0b0cb1f6-3a57-4b6e-8d3e-6a1f7a0a3c11"),
        .paint = schemac_text("green"),
        .state = schemac_text("gone"),
        .flag = 1,
        .caption = schemac_text("\360\237\232\227"),
    };
}

static void
same_fancy(struct schemac_db *db, const struct shapes_fancy *a,
           const struct shapes_fancy *b)
{
    CHECK(a->id == b->id && a->tiny == b->tiny && a->wide == b->wide);
    CHECK(a->yes.is_set == b->yes.is_set && a->yes.value == b->yes.value);
    CHECK(memcmp(&a->half, &b->half, sizeof a->half) == 0);
    CHECK(a->full_.is_set == b->full_.is_set);
    CHECK(memcmp(&a->full_.value, &b->full_.value, sizeof a->full_.value) == 0);
    CHECK(schemac_text_equal(a->day, b->day));
    CHECK(schemac_text_equal(a->moment, b->moment));
    CHECK(schemac_text_equal(a->zoned, b->zoned));
    CHECK(schemac_text_equal(a->clock, b->clock));
    CHECK(schemac_text_equal(a->ident, b->ident));
    CHECK(schemac_text_equal(a->paint, b->paint));
    CHECK(schemac_text_equal(a->state, b->state));
    CHECK(a->flag == b->flag && schemac_text_equal(a->caption, b->caption));
}

#define FANCY_ROWS 12 /* enough for COPY */

static void
test_other_types(struct schemac_db *db)
{
    struct shapes_fancy rows[FANCY_ROWS];
    struct shapes_fancy in = fancy(1), out;

    IS(SCHEMAC_OK, shapes_fancy_insert(db, &in, SHAPES_FANCY_NEW));
    IS(SCHEMAC_OK, shapes_fancy_get(db, 1, &out));
    in = fancy(1);
    same_fancy(db, &in, &out);
    in.yes.is_set = in.full_.is_set = in.yes.value = false;
    in.full_.value = 0;
    in.moment = in.zoned = in.paint = in.state = in.caption = schemac_text(NULL);
    in.flag = 0;
    IS(SCHEMAC_OK,
       shapes_fancy_update(db, &in, SHAPES_FANCY_ALL & ~SHAPES_FANCY_COL_ID));
    IS(SCHEMAC_OK, shapes_fancy_get(db, 1, &out));
    same_fancy(db, &in, &out);
    for (int32_t i = 0; i < FANCY_ROWS; i++)
        rows[i] = fancy(10 + i);
    IS(SCHEMAC_OK, shapes_fancy_insert_many(db, rows, 4, SHAPES_FANCY_NEW));
    IS(SCHEMAC_OK, shapes_fancy_load(db, rows + 4, FANCY_ROWS - 4, SHAPES_FANCY_NEW));
    for (int32_t i = 0; i < FANCY_ROWS; i++) {
        in = fancy(10 + i);
        IS(SCHEMAC_OK, shapes_fancy_get(db, 10 + i, &out));
        same_fancy(db, &in, &out);
    }
}

/* What a field of another type cannot hold, and what its column does not take. */
static void
test_what_does_not_fit(struct schemac_db *db)
{
    static const char *const big[][2] = {
        { "UPDATE overrides SET tiny = 40000", "tiny" },
        { "UPDATE overrides SET yes = 2", "yes" },
        { "UPDATE overrides SET half = 1e300", "half" },
    };
    struct shapes_fancy row = fancy(50);

    row.day = schemac_text("2024-02-30");
    IS(SCHEMAC_CHECK, shapes_fancy_insert(db, &row, SHAPES_FANCY_NEW));
    row = fancy(50);
    row.state = schemac_text("neither");
    IS(SCHEMAC_CHECK, shapes_fancy_insert(db, &row, SHAPES_FANCY_NEW));
    row = fancy(50);
    row.paint = schemac_text("pink");
    IS(SCHEMAC_CHECK, shapes_fancy_insert(db, &row, SHAPES_FANCY_NEW));
    row = fancy(50);
    row.flag = 2;
    IS(SCHEMAC_CHECK, shapes_fancy_insert(db, &row, SHAPES_FANCY_NEW));
    row = fancy(50);
    row.wide = INT64_C(1) << 40;
    IS(SCHEMAC_CHECK, shapes_fancy_insert(db, &row, SHAPES_FANCY_NEW));
    row = fancy(50);
    for (size_t i = 0; i < sizeof big / sizeof *big; i++) {
        IS(SCHEMAC_OK, shapes_fancy_insert(db, &row, SHAPES_FANCY_NEW));
        IS(SCHEMAC_OK, schemac_exec(db, big[i][0]));
        IS(SCHEMAC_DECODE, shapes_fancy_get(db, 50, &row));
        COLUMN(big[i][1]);
        IS(SCHEMAC_OK, shapes_fancy_delete(db, 50));
        row = fancy(50);
    }
}

/* ---- unique on one engine, at the end of a transaction, of some rows ---- */

static void
test_unique_sometimes(struct schemac_db *db)
{
    struct shapes_codes codes[2] = { { .id = 1, .code = schemac_text("x") },
                                     { .id = 2, .code = schemac_text("x") } };
    struct shapes_places place = { .id = 1, .nth = 1 };
    struct shapes_sparse sparse = { .id = 1, .code = schemac_text("x") };
    struct shapes_codes_cursor c;
    struct shapes_sparse_cursor s;

    IS(SCHEMAC_OK, shapes_codes_insert(db, &codes[0], SHAPES_CODES_NEW));
    IS(is_postgres ? SCHEMAC_UNIQUE : SCHEMAC_OK,
       shapes_codes_insert(db, &codes[1], SHAPES_CODES_NEW));
    IS(SCHEMAC_OK, shapes_codes_by_code(db, schemac_text("x"), &c));
    IS(SCHEMAC_ROW, shapes_codes_next(&c));
    IS(is_postgres ? SCHEMAC_DONE : SCHEMAC_ROW, shapes_codes_next(&c));
    IS(SCHEMAC_OK, shapes_codes_close(&c));
    IS(SCHEMAC_OK, shapes_places_insert(db, &place, SHAPES_PLACES_NEW));
    IS(SCHEMAC_OK, shapes_places_find_by_nth(db, 1, &place));
    place.nth = 2;
    IS(SCHEMAC_OK, shapes_places_upsert_by_id(db, &place, SHAPES_PLACES_NEW));
    place.id = 2;
    IS(SCHEMAC_UNIQUE, shapes_places_insert(db, &place, SHAPES_PLACES_NEW));
    IS(SCHEMAC_OK, shapes_sparse_insert(db, &sparse, SHAPES_SPARSE_NEW));
    sparse.id = 2;
    IS(SCHEMAC_UNIQUE, shapes_sparse_insert(db, &sparse, SHAPES_SPARSE_NEW));
    IS(SCHEMAC_OK, shapes_sparse_by_code(db, schemac_text("x"), &s));
    IS(SCHEMAC_ROW, shapes_sparse_next(&s));
    IS(SCHEMAC_DONE, shapes_sparse_next(&s));
}

/* ---- keys that are told at the end of the transaction ---- */

static int64_t
count_chains(struct schemac_db *db)
{
    int64_t count = -1;

    IS(SCHEMAC_OK, shapes_chains_count(db, &count));
    return count;
}

/* Outside of a transaction the end is that of the call, which has to say so. */
static void
test_deferred_keys(struct schemac_db *db)
{
    struct shapes_chains first = { .id = 1, .before = { 2, true } };
    struct shapes_chains second = { .id = 2, .before = { 1, true } };
    struct shapes_chains rows[20];

    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_insert(db, &first, SHAPES_CHAINS_NEW));
    first.note = schemac_text("given");
    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_insert(db, &first, SHAPES_CHAINS_ALL));
    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_upsert_by_id(db, &first, SHAPES_CHAINS_NEW));
    CHECK(count_chains(db) == 0);
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, shapes_chains_insert(db, &first, SHAPES_CHAINS_NEW));
    IS(SCHEMAC_FOREIGN_KEY, schemac_commit(db));
    IS(SCHEMAC_OK, schemac_rollback(db));
    CHECK(count_chains(db) == 0);
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, shapes_chains_insert(db, &first, SHAPES_CHAINS_NEW));
    IS(SCHEMAC_OK, shapes_chains_insert(db, &second, SHAPES_CHAINS_NEW));
    IS(SCHEMAC_OK, schemac_commit(db));
    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_delete(db, 1));
    second.before.value = 9;
    IS(SCHEMAC_FOREIGN_KEY,
       shapes_chains_update(db, &second, SHAPES_CHAINS_COL_BEFORE));
    IS(SCHEMAC_OK, shapes_chains_get(db, 2, &second));
    CHECK(second.before.value == 1 && count_chains(db) == 2);
    for (int32_t i = 0; i < 20; i++)
        rows[i] = (struct shapes_chains){ .id = 10 + i, .before = { 11 + i, true } };
    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_insert_many(db, rows, 20, SHAPES_CHAINS_NEW));
    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_load(db, rows, 20, SHAPES_CHAINS_NEW));
    IS(SCHEMAC_FOREIGN_KEY, shapes_chains_load(db, rows, 2, SHAPES_CHAINS_NEW));
    CHECK(count_chains(db) == 2);
    rows[19].before.value = 1;
    IS(SCHEMAC_OK, shapes_chains_insert_many(db, rows, 20, SHAPES_CHAINS_NEW));
    CHECK(count_chains(db) == 22 && same(rows[7].note, "none"));
}

/* ---- columns that are on one engine only ---- */

static void
test_half_columns(struct schemac_db *db)
{
    struct shapes_halves rows[20], one;
    struct schemac_arena arena = { 0 };
    struct shapes_halves *all;
    size_t count;

    for (int32_t i = 0; i < 20; i++)
        rows[i] = (struct shapes_halves){ .id = i,
                                          .body = schemac_text("some words"),
                                          .last = { 100 + i, true } };
    IS(SCHEMAC_OK, shapes_halves_insert(db, &rows[0], SHAPES_HALVES_ALL));
    IS(SCHEMAC_OK, shapes_halves_insert_many(db, rows + 1, 4, SHAPES_HALVES_NEW));
    IS(SCHEMAC_OK, shapes_halves_load(db, rows + 5, 15, SHAPES_HALVES_ALL));
    rows[3].body = schemac_text("other");
    IS(SCHEMAC_OK, shapes_halves_update(db, &rows[3], SHAPES_HALVES_COL_BODY));
    IS(SCHEMAC_OK, shapes_halves_upsert_by_id(db, &rows[4], SHAPES_HALVES_ALL));
    IS(SCHEMAC_OK, shapes_halves_get(db, 3, &one));
    CHECK(same(one.body, "other") && one.last.value == 103);
    IS(SCHEMAC_OK, shapes_halves_all(db, &arena, &all, &count));
    CHECK(count == 20);
    for (size_t i = 0; i < count; i++)
        CHECK(all[i].last.value == 100 + all[i].id);
    schemac_arena_free(&arena);
    CHECK(sizeof rows[0]
          == sizeof(struct { int32_t id; struct schemac_text body;
                             struct schemac_int32_opt last; }));
}

/* ---- what the engine counts, NULL that is a value, a strict table, sums ---- */

/* GENERATED ALWAYS AS IDENTITY, alone in the key and outside of it. */
static void
test_counted(struct schemac_db *db)
{
    struct shapes_counted c = { .id = 99, .note = schemac_text("a") };
    struct shapes_counted many[10] = { { .id = 0 } };
    struct shapes_numbered n = { .code = schemac_text("x"), .nth = 99 };
    struct shapes_numbered found;

    IS(SCHEMAC_OK, shapes_counted_insert(db, &c, SHAPES_COUNTED_ALL));
    CHECK(c.id == 1);
    IS(SCHEMAC_OK, shapes_counted_insert_many(db, many, 10, SHAPES_COUNTED_ALL));
    CHECK(many[0].id == 2 && many[9].id == 11);
    IS(SCHEMAC_OK, shapes_counted_load(db, many, 10, SHAPES_COUNTED_ALL));
    IS(SCHEMAC_OK, shapes_counted_update(db, &c, SHAPES_COUNTED_ALL));
    IS(SCHEMAC_MISUSE, shapes_counted_insert(db, &c, SHAPES_COUNTED_ALL | 1));
    IS(SCHEMAC_MISUSE, shapes_counted_load(db, many, 10, SHAPES_COUNTED_ALL | 1));
    CHECK(strcmp(schemac_error(db)->column, "id") == 0);

    IS(SCHEMAC_OK, shapes_numbered_insert(db, &n, SHAPES_NUMBERED_ALL));
    CHECK(n.nth == 1);
    n.note = schemac_text("b");
    IS(SCHEMAC_OK, shapes_numbered_update(db, &n, SHAPES_NUMBERED_ALL));
    IS(SCHEMAC_OK, shapes_numbered_upsert_by_code(db, &n, SHAPES_NUMBERED_ALL));
    IS(SCHEMAC_OK, shapes_numbered_get(db, n.code, &found));
    CHECK(found.nth == 1 && schemac_text_equal(found.note, n.note));
}

static void
test_null_as_a_value(struct schemac_db *db)
{
    struct shapes_pairs row = { .a = 1, .c = { 1, true } };
    struct shapes_pairs found;

    IS(SCHEMAC_OK, shapes_pairs_insert(db, &row, SHAPES_PAIRS_ALL));
    row.c.value = 2;
    IS(SCHEMAC_UNIQUE, shapes_pairs_insert(db, &row, SHAPES_PAIRS_ALL));
    row.b = row.c;
    IS(SCHEMAC_OK, shapes_pairs_insert(db, &row, SHAPES_PAIRS_ALL));
    IS(SCHEMAC_OK, shapes_pairs_find_by_a_b(db, 1, 2, &found));
    CHECK(found.c.value == 2);
    IS(SCHEMAC_OK, shapes_pairs_find_by_c(db, 1, &found));
    CHECK(!found.b.is_set);
}

static void
test_strict_table(struct schemac_db *db)
{
    static const int32_t marks[] = { 3, -4 };
    struct shapes_firm row = { .id = 1,
                               .day = -719528,
                               .clock = { 86399999999, true },
                               .moment = { -1, true },
                               .ident = { { 0xab, 0xcd } },
                               .paint = SHAPES_TINT_GREEN,
                               .marks = { marks, 2 } };
    struct shapes_firm found;

    IS(SCHEMAC_OK, shapes_firm_insert(db, &row, SHAPES_FIRM_ALL));
    IS(SCHEMAC_OK, shapes_firm_get(db, 1, &found));
    CHECK(found.day == row.day && found.clock.value == row.clock.value);
    CHECK(found.moment.is_set && found.moment.value == -1);
    CHECK(memcmp(&found.ident, &row.ident, sizeof row.ident) == 0);
    CHECK(found.paint == row.paint && found.marks.count == 2);
    CHECK(found.marks.items[1] == -4);
}

/* By the place of a column, not by a name that another has in the query. */
static void
test_sums(struct schemac_db *db)
{
    struct shapes_sums_cursor sums;
    struct shapes_swapped_cursor swapped;
    struct shapes_beside_all_cursor beside;
    struct shapes_either_cursor either;
    const struct schemac_double_opt *mean = &sums.row.mean;
    const struct schemac_int64_opt *total = &sums.row.total;

    IS(SCHEMAC_OK, shapes_sums_scan(db, &sums));
    IS(SCHEMAC_ROW, shapes_sums_next(&sums));
    CHECK(mean->value == 11 && total->value == 231);
    IS(SCHEMAC_OK, shapes_sums_close(&sums));
    mean = &swapped.row.total;
    total = &swapped.row.mean;
    IS(SCHEMAC_OK, shapes_swapped_scan(db, &swapped));
    IS(SCHEMAC_ROW, shapes_swapped_next(&swapped));
    CHECK(mean->value == 11 && total->value == 231);
    IS(SCHEMAC_OK, shapes_swapped_close(&swapped));
    mean = &beside.row.mean;
    IS(SCHEMAC_OK, shapes_beside_all_scan(db, &beside));
    IS(SCHEMAC_ROW, shapes_beside_all_next(&beside));
    CHECK(mean->value == 11);
    IS(SCHEMAC_OK, shapes_beside_all_close(&beside));
    IS(SCHEMAC_OK, shapes_either_scan(db, &either));
    IS(SCHEMAC_ROW, shapes_either_next(&either));
    CHECK(schemac_text_equal(either.row.total, schemac_text("231")));
    IS(SCHEMAC_ROW, shapes_either_next(&either));
    CHECK(schemac_text_equal(either.row.total, schemac_text("1.5")));
    IS(SCHEMAC_OK, shapes_either_close(&either));
}

/* ---- no handle, and one that could not be opened ---- */

static void
test_without_a_database(struct schemac_db *gone)
{
    struct schemac_db *db = gone; /* for what the macros say */
    struct schemac_arena arena = { 0 };
    struct shapes_parts part = { .site = 1, .code = schemac_text("a") };
    struct shapes_places place = { .id = 1 };
    struct shapes_parts_cursor c;
    struct shapes_parts *all;
    struct schemac_stmt *stmt;
    struct schemac_status_report report;
    size_t rows;
    int64_t count;
    bool exists;

    IS(SCHEMAC_MISUSE, shapes_parts_insert(gone, &part, SHAPES_PARTS_NEW));
    IS(SCHEMAC_MISUSE, shapes_parts_insert_many(gone, &part, 1, SHAPES_PARTS_NEW));
    IS(SCHEMAC_MISUSE, shapes_parts_load(gone, &part, 1, SHAPES_PARTS_NEW));
    IS(SCHEMAC_MISUSE, shapes_parts_upsert_by_site_code(gone, &part, SHAPES_PARTS_NEW));
    IS(SCHEMAC_MISUSE, shapes_parts_get(gone, 1, part.code, &part));
    IS(SCHEMAC_MISUSE, shapes_parts_exists(gone, 1, part.code, &exists));
    IS(SCHEMAC_MISUSE, shapes_parts_update(gone, &part, SHAPES_PARTS_COL_TITLE));
    IS(SCHEMAC_MISUSE, shapes_parts_delete(gone, 1, part.code));
    IS(SCHEMAC_MISUSE, shapes_places_find_by_nth(gone, 1, &place));
    IS(SCHEMAC_MISUSE, shapes_parts_count(gone, &count));
    IS(SCHEMAC_MISUSE, shapes_parts_all(gone, &arena, &all, &rows));
    IS(SCHEMAC_MISUSE, shapes_parts_scan(gone, &c));
    IS(SCHEMAC_MISUSE, shapes_parts_next(&c));
    IS(SCHEMAC_MISUSE, shapes_parts_by_site_parent(gone, 1, part.code, &c));
    IS(SCHEMAC_MISUSE, shapes_parts_next(&c));
    IS(SCHEMAC_MISUSE, shapes_parts_by_site_code_range(gone, 1, NULL, NULL,
                                                       SCHEMAC_ASCENDING, &c));
    IS(SCHEMAC_MISUSE, shapes_parts_next(&c));
    IS(SCHEMAC_MISUSE, schemac_begin(gone));
    IS(SCHEMAC_MISUSE, schemac_commit(gone));
    IS(SCHEMAC_MISUSE, schemac_rollback(gone));
    IS(SCHEMAC_MISUSE, schemac_exec(gone, "SELECT 1"));
    IS(SCHEMAC_MISUSE, schemac_prepare(gone, "SELECT 1", &stmt));
    IS(SCHEMAC_MISUSE, schemac_busy_timeout(gone, 1));
    IS(SCHEMAC_MISUSE, shapes_check(gone));
    IS(SCHEMAC_MISUSE, shapes_attach(gone, SCHEMAC_POLICY_MIGRATE));
    IS(SCHEMAC_MISUSE, shapes_migrate(gone, NULL));
    IS(SCHEMAC_MISUSE, shapes_status(gone, &report));
    CHECK(schemac_error(gone)->message[0] != '\0');
    schemac_arena_free(&arena);
    schemac_close(gone);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_status status;

    if (argc != 2)
        return 2;
    status = shapes_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    is_postgres = strcmp(schemac_dialect(db), "postgres") == 0;
    if (is_postgres)
        IS(SCHEMAC_OK, schemac_exec(db, "SET TIME ZONE 'UTC'"));
    test_composite_keys(db);
    test_other_types(db);
    test_what_does_not_fit(db);
    test_unique_sometimes(db);
    test_deferred_keys(db);
    test_half_columns(db);
    test_counted(db);
    test_null_as_a_value(db);
    test_strict_table(db);
    test_sums(db);
    schemac_close(db);
    test_without_a_database(NULL);
    status = shapes_open(is_postgres ? "postgresql://nobody@/none?host=/not/there"
                                     : "/not/there/at/all.db",
                         SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_CONNECTION, status);
    test_without_a_database(db);
    printf("ok\n");
    return 0;
}
