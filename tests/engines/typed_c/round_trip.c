/*
 * round_trip DATABASE: what goes in through the code generated for lot/1.0.0.sql comes
 * back, or is refused with the right error.  Prints "ok" at the end; the first difference
 * stops it.
 */
#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "lot.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DAY INT64_C(86400000000)
/* Where the engines differ, each is asked for what is right there. */
static bool is_postgres;

static struct schemac_text
text_of(const char *ptr, size_t len)
{
    return (struct schemac_text){ ptr, len };
}

static bool
same_bytes(struct schemac_bytes a, struct schemac_bytes b)
{
    return (a.ptr == NULL) == (b.ptr == NULL) && a.len == b.len
           && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool
same_uuid(struct schemac_uuid a, struct schemac_uuid b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

/* ---- rows with the edges of every type ---- */

static char megabyte[1 << 20];
static const char with_nul[] = "a\0b\0";
static const unsigned char all_bytes[] = { 0x00, 0xFF, 0x80, 0x0A, 0x00 };

static struct lot_items
plain_item(void)
{
    return (struct lot_items){
        .label = schemac_text("plain"),
        .huge = schemac_text("0.00000"),
        .data = { "", 0 },
        .doc = schemac_text("{}"),
        .paint = LOT_TINT_RED,
        .state = LOT_ITEMS_STATE_NEW,
    };
}

static struct lot_items
lowest_item(void)
{
    struct lot_items v = plain_item();

    v.flag = false;
    v.flag_o = (struct schemac_bool_opt){ false, true };
    v.small = INT16_MIN;
    v.small_o = (struct schemac_int16_opt){ INT16_MIN, true };
    v.medium = INT32_MIN;
    v.medium_o = (struct schemac_int32_opt){ INT32_MIN, true };
    v.large = INT64_MIN;
    v.large_o = (struct schemac_int64_opt){ INT64_MIN, true };
    v.single = -FLT_MAX;
    v.single_o = (struct schemac_float_opt){ FLT_MIN, true };
    v.twofold = -DBL_MAX;
    v.twofold_o = (struct schemac_double_opt){ DBL_MIN, true };
    v.money = -INT64_C(999999999999999999);
    v.money_o = (struct schemac_int64_opt){ -1, true };
    v.huge = schemac_text("-9999999999999999999999999.99999");
    v.huge_o = schemac_text("-0.00001");
    v.label = schemac_text("");
    v.label_o = schemac_text("");
    v.data_o = (struct schemac_bytes){ "", 0 };
    v.day = -719528;
    v.day_o = (struct schemac_int32_opt){ -1, true };
    v.clock = 0;
    v.clock_o = (struct schemac_int64_opt){ 1, true };
    v.moment = -719528 * DAY;
    v.moment_o = (struct schemac_int64_opt){ -1, true };
    v.zoned = -719528 * DAY;
    v.zoned_o = (struct schemac_int64_opt){ -DAY, true };
    v.ident_o.is_set = true;
    v.doc_o = schemac_text("null");
    v.paint_o = LOT_TINT_RED;
    v.state_o = LOT_ITEMS_STATE_O_SMALL;
    v.code = schemac_text("");
    return v;
}

static struct lot_items
highest_item(void)
{
    struct lot_items v = plain_item();

    v.flag = true;
    v.flag_o = (struct schemac_bool_opt){ true, true };
    v.small = INT16_MAX;
    v.small_o = (struct schemac_int16_opt){ INT16_MAX, true };
    v.medium = INT32_MAX;
    v.medium_o = (struct schemac_int32_opt){ INT32_MAX, true };
    v.large = INT64_MAX;
    v.large_o = (struct schemac_int64_opt){ INT64_MAX, true };
    v.single = FLT_MAX;
    v.single_o = (struct schemac_float_opt){ INFINITY, true };
    v.twofold = DBL_MAX;
    v.twofold_o = (struct schemac_double_opt){ -(double)INFINITY, true };
    v.money = INT64_C(999999999999999999);
    v.money_o = (struct schemac_int64_opt){ 1230, true };
    v.huge = schemac_text("9999999999999999999999999.99999");
    v.huge_o = schemac_text("0.00001");
    memset(megabyte, 'x', sizeof megabyte);
    v.label = text_of(megabyte, sizeof megabyte);
    v.label_o = schemac_text("\360\237\232\227 na\303\257ve \364\217\277\277");
    v.data = (struct schemac_bytes){ all_bytes, sizeof all_bytes };
    v.data_o = (struct schemac_bytes){ megabyte, sizeof megabyte };
    v.day = 2932896;
    v.day_o = (struct schemac_int32_opt){ 11016, true };
    v.clock = DAY - 1;
    v.clock_o = (struct schemac_int64_opt){ DAY - 1000000, true };
    v.moment = 2932897 * DAY - 1;
    v.moment_o = (struct schemac_int64_opt){ 1, true };
    v.zoned = 2932897 * DAY - 1;
    v.zoned_o = (struct schemac_int64_opt){ 500000, true };
    memset(&v.ident, 0xFF, sizeof v.ident);
    v.ident_o = (struct schemac_uuid_opt){ v.ident, true };
    v.doc = schemac_text("[1, {\"a\": \"\\\\u\"}]");
    v.doc_o = schemac_text("\"text\"");
    v.paint = LOT_TINT_BLUE_AND_GREY;
    v.paint_o = LOT_TINT_GREEN;
    v.state = LOT_ITEMS_STATE_IN_USE;
    v.state_o = LOT_ITEMS_STATE_O_LARGE;
    v.code = schemac_text("code");
    return v;
}

static void
check_numbers(struct schemac_db *db, const struct lot_items *a, const struct lot_items *b)
{
    CHECK(a->flag == b->flag);
    CHECK(a->flag_o.is_set == b->flag_o.is_set && a->flag_o.value == b->flag_o.value);
    CHECK(a->small == b->small);
    CHECK(a->small_o.is_set == b->small_o.is_set && a->small_o.value == b->small_o.value);
    CHECK(a->medium == b->medium);
    CHECK(a->medium_o.is_set == b->medium_o.is_set);
    CHECK(a->medium_o.value == b->medium_o.value);
    CHECK(a->large == b->large);
    CHECK(a->large_o.is_set == b->large_o.is_set && a->large_o.value == b->large_o.value);
    CHECK(memcmp(&a->single, &b->single, sizeof a->single) == 0);
    CHECK(a->single_o.is_set == b->single_o.is_set);
    CHECK(memcmp(&a->single_o.value, &b->single_o.value, sizeof a->single) == 0);
    CHECK(memcmp(&a->twofold, &b->twofold, sizeof a->twofold) == 0);
    CHECK(a->twofold_o.is_set == b->twofold_o.is_set);
    CHECK(memcmp(&a->twofold_o.value, &b->twofold_o.value, sizeof a->twofold) == 0);
    CHECK(a->money == b->money);
    CHECK(a->money_o.is_set == b->money_o.is_set && a->money_o.value == b->money_o.value);
}

static void
check_texts(struct schemac_db *db, const struct lot_items *a, const struct lot_items *b)
{
    CHECK(schemac_text_equal(a->huge, b->huge));
    CHECK(schemac_text_equal(a->huge_o, b->huge_o));
    CHECK(schemac_text_equal(a->label, b->label));
    CHECK(schemac_text_equal(a->label_o, b->label_o));
    CHECK(same_bytes(a->data, b->data));
    CHECK(same_bytes(a->data_o, b->data_o));
    CHECK(schemac_text_equal(a->doc, b->doc));
    CHECK(schemac_text_equal(a->doc_o, b->doc_o));
    CHECK(schemac_text_equal(a->code, b->code));
    CHECK(same_uuid(a->ident, b->ident));
    CHECK(a->ident_o.is_set == b->ident_o.is_set);
    CHECK(same_uuid(a->ident_o.value, b->ident_o.value));
    CHECK(a->paint == b->paint && a->paint_o == b->paint_o);
    CHECK(a->state == b->state && a->state_o == b->state_o);
}

static void
check_times(struct schemac_db *db, const struct lot_items *a, const struct lot_items *b)
{
    CHECK(a->day == b->day);
    CHECK(a->day_o.is_set == b->day_o.is_set && a->day_o.value == b->day_o.value);
    CHECK(a->clock == b->clock);
    CHECK(a->clock_o.is_set == b->clock_o.is_set && a->clock_o.value == b->clock_o.value);
    CHECK(a->moment == b->moment);
    CHECK(a->moment_o.is_set == b->moment_o.is_set);
    CHECK(a->moment_o.value == b->moment_o.value);
    CHECK(a->zoned == b->zoned);
    CHECK(a->zoned_o.is_set == b->zoned_o.is_set && a->zoned_o.value == b->zoned_o.value);
}

static void
check_same(struct schemac_db *db, const struct lot_items *a, const struct lot_items *b)
{
    check_numbers(db, a, b);
    check_texts(db, a, b);
    check_times(db, a, b);
}

/* ---- the tests ---- */

static void
test_round_trip(struct schemac_db *db)
{
    struct lot_items in[] = { lowest_item(), highest_item(), plain_item() };

    if (!is_postgres)
        in[2].label = text_of(with_nul, sizeof with_nul - 1);
    in[2].code = schemac_text("third");
    for (size_t i = 0; i < COUNT(in); i++) {
        struct lot_items out;

        IS(SCHEMAC_OK, lot_items_insert(db, &in[i], LOT_ITEMS_NEW | LOT_ITEMS_COL_CODE));
        CHECK(in[i].id == (int32_t)i + 1);
        memset(&out, 0x55, sizeof out);
        IS(SCHEMAC_OK, lot_items_get(db, in[i].id, &out));
        check_same(db, &in[i], &out);
        CHECK(out.half.is_set && out.half.value == in[i].medium / 2);
        CHECK(!out.owner_id.is_set);
        IS(SCHEMAC_OK, lot_items_delete(db, in[i].id));
        IS(SCHEMAC_NOT_FOUND, lot_items_get(db, in[i].id, &out));
        IS(SCHEMAC_NOT_FOUND, lot_items_delete(db, in[i].id));
    }
}

static void
test_defaults_come_back(struct schemac_db *db)
{
    struct lot_items v = plain_item();
    struct lot_items stored;

    v.medium = 9;
    v.code = schemac_text("not taken");
    IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    CHECK(v.id > 0);
    CHECK(schemac_text_equal(v.code, schemac_text("none")));
    CHECK(v.half.is_set && v.half.value == 4);
    /* A row that came from the handle goes back, in a loop. */
    IS(SCHEMAC_OK, lot_items_get(db, v.id, &v));
    for (int i = 0; i < 100; i++) {
        IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
        CHECK(schemac_text_equal(v.label, schemac_text("plain")));
        CHECK(schemac_text_equal(v.code, schemac_text("none")));
        CHECK(schemac_text_equal(v.doc, schemac_text("{}")));
    }
    IS(SCHEMAC_OK, lot_items_get(db, v.id, &stored));
    check_same(db, &v, &stored);
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM items"));
}

static void
test_errors_of_sqlite(struct schemac_db *db)
{
    struct lot_items v = plain_item();

    v.day = 2932897; /* the year 10000 */
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "day") == 0);
    v.day = 0;
    v.twofold = NAN;
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "twofold") == 0);
}

/* What only this engine takes, and what only it refuses. */
static void
test_errors_of_postgres(struct schemac_db *db)
{
    struct lot_items v = plain_item();
    struct lot_items out;

    v.label = text_of(with_nul, sizeof with_nul - 1);
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "label") == 0);
    v.label = schemac_text("\xff");
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    v.label = schemac_text("far");
    v.clock = 86400 * INT64_C(1000000) + 1;
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "clock") == 0);
    v.clock = DAY; /* 24:00 */
    v.moment = INT64_MIN + 1;
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "moment") == 0);
    v.day = 2932897; /* the year 10000 */
    v.day_o = (struct schemac_int32_opt){ INT32_MAX, true }; /* infinity */
    v.moment = INT64_MIN;
    v.zoned = 2932897 * DAY;
    v.twofold = NAN;
    v.single = NAN;
    IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    IS(SCHEMAC_OK, lot_items_get(db, v.id, &out));
    check_times(db, &v, &out);
    CHECK(isnan(out.twofold) && isnan(out.single));
    IS(SCHEMAC_OK, schemac_exec(db, "UPDATE items SET huge = 'NaN', money_o = 'NaN'"));
    IS(SCHEMAC_DECODE, lot_items_get(db, v.id, &out));
    CHECK(strcmp(schemac_error(db)->column, "money_o") == 0);
    IS(SCHEMAC_OK, lot_items_delete(db, v.id));
}

static void
test_errors(struct schemac_db *db)
{
    struct lot_owners owner = { .name = schemac_text("Ada") };
    struct lot_owners twin = { .name = schemac_text("Ada") };
    struct lot_owners nobody = { .name = { NULL, 0 } };
    struct lot_items v = plain_item();

    IS(SCHEMAC_OK, lot_owners_insert(db, &owner, LOT_OWNERS_NEW));
    IS(SCHEMAC_UNIQUE, lot_owners_insert(db, &twin, LOT_OWNERS_NEW));
    CHECK(strcmp(schemac_error(db)->table, "owners") == 0);
    CHECK(strcmp(schemac_error(db)->column, "name") == 0);
    CHECK(strcmp(schemac_error(db)->constraint, "owners_name_key") == 0);
    IS(SCHEMAC_NOT_NULL, lot_owners_insert(db, &nobody, LOT_OWNERS_NEW));
    CHECK(strcmp(schemac_error(db)->column, "name") == 0);
    twin.name = schemac_text("Bob");
    twin.boss_id = (struct schemac_int32_opt){ 999, true };
    IS(SCHEMAC_FOREIGN_KEY, lot_owners_insert(db, &twin, LOT_OWNERS_NEW));
    CHECK(strcmp(schemac_error(db)->table, "owners") == 0);
    CHECK(strcmp(schemac_error(db)->constraint, "owners_boss_id_fkey") == 0);

    v.money = INT64_C(1000000000000000000); /* 19 digits */
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    v.money = 0;
    if (is_postgres)
        test_errors_of_postgres(db);
    else
        test_errors_of_sqlite(db);
    v.paint = (enum lot_tint)7;
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    v.paint = LOT_TINT_NULL;
    IS(SCHEMAC_NOT_NULL, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    v.paint = LOT_TINT_RED;
    v.doc = schemac_text("{");
    IS(SCHEMAC_CHECK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM owners"));
}

/* What the mask leaves out need not be set: valgrind sees whether it is looked at. */
static void
test_fields_that_nobody_set(struct schemac_db *db)
{
    const struct lot_items item = plain_item();
    struct lot_items *row = malloc(sizeof *row);

    CHECK(row != NULL);
    memcpy(row, &item, offsetof(struct lot_items, code)); /* a text with a default */
    row->owner_id = item.owner_id;
    IS(SCHEMAC_OK, lot_items_insert(db, row, LOT_ITEMS_NEW));
    CHECK(schemac_text_equal(row->code, schemac_text("none")));
    IS(SCHEMAC_OK, lot_items_delete(db, row->id));
    free(row);
}

static void
test_masks(struct schemac_db *db)
{
    struct lot_items v = plain_item();
    struct lot_items change = { .label = schemac_text("never seen") };
    struct lot_items out;

    v.medium = 5;
    v.label_o = schemac_text("here");
    IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    change.id = v.id;
    change.medium = 6;
    IS(SCHEMAC_OK,
       lot_items_update(db, &change, LOT_ITEMS_COL_MEDIUM | LOT_ITEMS_COL_LABEL_O));
    IS(SCHEMAC_OK, lot_items_get(db, v.id, &out));
    CHECK(out.medium == 6 && out.half.value == 3);               /* set */
    CHECK(out.label_o.ptr == NULL);                              /* set to NULL */
    CHECK(schemac_text_equal(out.label, schemac_text("plain"))); /* left alone */
    IS(SCHEMAC_MISUSE, lot_items_update(db, &change, 0));
    IS(SCHEMAC_MISUSE, lot_items_update(db, &change, LOT_ITEMS_COL_ID));
    IS(SCHEMAC_MISUSE, lot_items_update(db, &change, UINT64_C(1) << 63));
    IS(SCHEMAC_MISUSE, lot_items_update(db, &change, UINT64_C(1) << 38)); /* half */
    change.id = 12345;
    IS(SCHEMAC_NOT_FOUND, lot_items_update(db, &change, LOT_ITEMS_COL_MEDIUM));
    IS(SCHEMAC_NOT_NULL,
       lot_items_update(db, &(struct lot_items){ .id = v.id }, LOT_ITEMS_COL_LABEL));
    /* More masks than are kept. */
    for (uint64_t mask = 1; mask < 400; mask++)
        IS(SCHEMAC_OK, lot_items_update(db, &out, mask << 1 & LOT_ITEMS_ALL));
    IS(SCHEMAC_OK, lot_items_delete(db, v.id));
}

static void
test_explicit_key(struct schemac_db *db)
{
    struct lot_owners owner = { .id = 77, .name = schemac_text("Eve") };
    bool exists = false;

    IS(SCHEMAC_OK, lot_owners_insert(db, &owner, LOT_OWNERS_ALL));
    CHECK(owner.id == 77);
    IS(SCHEMAC_OK, lot_owners_exists(db, 77, &exists));
    CHECK(exists);
    IS(SCHEMAC_OK, lot_owners_exists(db, 78, &exists));
    CHECK(!exists);
    owner.name = schemac_text("Mallory");
    IS(SCHEMAC_UNIQUE, lot_owners_insert(db, &owner, LOT_OWNERS_ALL));
    CHECK(strcmp(schemac_error(db)->constraint, "owners_pkey") == 0);
    IS(SCHEMAC_OK, lot_owners_delete(db, 77));
}

/* Texts that a row has of the handle are there behind a call that failed: all of them
 * where nothing came back, else what was given. */
static void
test_texts_behind_a_failure(struct schemac_db *db)
{
    struct lot_pairs pair = { .a = 1,
                              .b = schemac_text("x"),
                              .class_ = schemac_text("1") };
    struct lot_pairs other;

    IS(SCHEMAC_OK, lot_pairs_insert(db, &pair, LOT_PAIRS_NEW));
    IS(SCHEMAC_OK, lot_pairs_get(db, 1, schemac_text("x"), &pair));
    for (int i = 0; i < 3; i++) {
        IS(SCHEMAC_NOT_FOUND, lot_pairs_get(db, 2, pair.b, &other));
        CHECK(schemac_text_equal(other.b, schemac_text("x")));
        pair.int_ = text_of(NULL, 0);
        IS(SCHEMAC_NOT_NULL, lot_pairs_upsert_by_a_b(db, &pair, LOT_PAIRS_ALL));
        CHECK(schemac_text_equal(pair.b, schemac_text("x")));
        CHECK(schemac_text_equal(pair.class_, schemac_text("1")));
        IS(SCHEMAC_UNIQUE, lot_pairs_insert(db, &pair, LOT_PAIRS_NEW));
        CHECK(schemac_text_equal(pair.b, schemac_text("x")));
        CHECK(schemac_text_equal(pair.class_, schemac_text("1")));
    }
    IS(SCHEMAC_OK, lot_pairs_delete(db, 1, pair.b));
}

static void
test_find_and_upsert(struct schemac_db *db)
{
    struct lot_owners owner = { .name = schemac_text("Zoe") };
    struct lot_owners found;
    struct lot_pairs pair = { .a = 1,
                              .b = schemac_text("x"),
                              .class_ = schemac_text("1") };
    int64_t count;

    IS(SCHEMAC_NOT_FOUND, lot_owners_find_by_name(db, owner.name, &found));
    CHECK(strcmp(schemac_error(db)->table, "owners") == 0);
    IS(SCHEMAC_OK, lot_owners_upsert_by_name(db, &owner, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("Zoe"), &found));
    CHECK(found.id == owner.id && !found.boss_id.is_set);
    /* The text of the row that was found is the key of the next one. */
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, found.name, &found));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, found.name, &found));
    CHECK(schemac_text_equal(found.name, schemac_text("Zoe")));
    IS(SCHEMAC_NOT_FOUND, lot_owners_find_by_name(db, text_of(NULL, 0), &found));
    found.name = schemac_text("Zoe");
    found.boss_id = (struct schemac_int32_opt){ owner.id, true };
    found.id = 0;
    IS(SCHEMAC_OK, lot_owners_upsert_by_name(db, &found, LOT_OWNERS_NEW));
    CHECK(found.id == owner.id && found.boss_id.value == owner.id);
    IS(SCHEMAC_MISUSE, lot_owners_upsert_by_name(db, &found, LOT_OWNERS_COL_BOSS_ID));
    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    CHECK(count == 1);

    IS(SCHEMAC_OK, lot_pairs_upsert_by_a_b(db, &pair, LOT_PAIRS_NEW));
    CHECK(schemac_text_equal(pair.int_, schemac_text("x")));
    pair.class_ = schemac_text("2");
    IS(SCHEMAC_OK, lot_pairs_upsert_by_a_b(db, &pair, LOT_PAIRS_NEW));
    IS(SCHEMAC_OK, lot_pairs_upsert_by_a_b(db, &pair, LOT_PAIRS_COL_A | LOT_PAIRS_COL_B));
    IS(SCHEMAC_OK, lot_pairs_get(db, 1, schemac_text("x"), &pair));
    CHECK(schemac_text_equal(pair.class_, schemac_text("2")));
    IS(SCHEMAC_OK, lot_pairs_delete(db, 1, schemac_text("x")));
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM owners"));
}

/* What a trigger counts or touches comes back as it is in the end. */
static void
test_triggered(struct schemac_db *db)
{
    struct lot_tickets rows[2] = { { .shop = 1 }, { .shop = 2 } };
    struct lot_tickets t = { .shop = 1, .code = schemac_text("x") };
    struct lot_tickets found;

    IS(SCHEMAC_OK, lot_tickets_insert_many(db, rows, 2, LOT_TICKETS_NEW));
    CHECK(rows[0].number == 1 && rows[0].serial == 50 && rows[0].twice.value == 100);
    CHECK(rows[1].number == 2 && rows[1].serial == 55 && rows[1].twice.value == 110);
    CHECK(schemac_text_equal(rows[0].label, schemac_text("fresh")));
    CHECK(schemac_text_equal(rows[1].label, schemac_text("fresh")));
    CHECK(rows[1].edited == INT64_C(946684800) * 1000000);

    IS(SCHEMAC_OK, lot_tickets_upsert_by_code(db, &t, LOT_TICKETS_NEW));
    CHECK(t.number == 3 && t.serial == 60 && t.twice.value == 120);
    CHECK(schemac_text_equal(t.code, schemac_text("x")));
    CHECK(t.edited == rows[1].edited);
    IS(SCHEMAC_OK, lot_tickets_upsert_by_code(db, &t, LOT_TICKETS_NEW));
    CHECK(t.number == 3 && t.serial == 60 && t.edited > rows[1].edited);
    IS(SCHEMAC_OK, lot_tickets_get(db, 1, 3, &found));
    CHECK(found.edited == t.edited && found.serial == 60);

    t.code = schemac_text("y");
    t.serial = 7;
    IS(SCHEMAC_OK,
       lot_tickets_insert(db, &t, LOT_TICKETS_NEW | LOT_TICKETS_COL_SERIAL));
    /* PostgreSQL counts for the row that was not inserted, too. */
    CHECK(t.number == (is_postgres ? 5 : 4) && t.serial == 7 && t.twice.value == 14);
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM tickets"));
}

static void
test_triggered_without_rowid(struct schemac_db *db)
{
    struct lot_badges b = { .badge = schemac_text("a") };

    IS(SCHEMAC_OK, lot_badges_insert(db, &b, LOT_BADGES_NEW));
    CHECK(b.number == 1);
    b = (struct lot_badges){ .badge = schemac_text("b") };
    IS(SCHEMAC_OK, lot_badges_upsert_by_badge(db, &b, LOT_BADGES_NEW));
    CHECK(b.number == 2 && schemac_text_equal(b.badge, schemac_text("b")));
    if (is_postgres)
        return;
    IS(SCHEMAC_OK, schemac_exec(db, "CREATE TRIGGER away AFTER INSERT ON badges BEGIN "
                                    "DELETE FROM badges WHERE badge = new.badge; END"));
    b.badge = schemac_text("c");
    IS(SCHEMAC_NOT_FOUND, lot_badges_insert(db, &b, LOT_BADGES_NEW));
    CHECK(strcmp(schemac_error(db)->table, "badges") == 0);
    IS(SCHEMAC_OK, schemac_exec(db, "DROP TRIGGER away; DELETE FROM badges"));
}

static void
add_items(struct schemac_db *db, int32_t owner, size_t count)
{
    struct lot_items rows[50];

    for (size_t i = 0; i < count; i++) {
        rows[i] = plain_item();
        rows[i].moment = (int64_t)i;
        rows[i].money = (int64_t)(count - i);
        rows[i].owner_id = (struct schemac_int32_opt){ owner, true };
    }
    IS(SCHEMAC_OK, lot_items_insert_many(db, rows, count, LOT_ITEMS_NEW));
    for (size_t i = 0; i < count; i++)
        CHECK(rows[i].id > 0 && schemac_text_equal(rows[i].code, schemac_text("none")));
}

static size_t
drain(struct schemac_db *db, struct lot_items_cursor *c)
{
    size_t count = 0;

    while (lot_items_next(c) == SCHEMAC_ROW)
        count++;
    IS(SCHEMAC_OK, lot_items_close(c));
    return count;
}

static void
test_cursors(struct schemac_db *db)
{
    struct lot_owners ada = { .name = schemac_text("Ada") };
    struct lot_owners bob = { .name = schemac_text("Bob") };
    const int64_t three = 3;
    const int64_t seven = 7;
    struct lot_items_cursor c;
    struct lot_items_cursor inner;
    struct lot_owners_cursor o;
    size_t pairs = 0;

    IS(SCHEMAC_OK, lot_owners_insert(db, &ada, LOT_OWNERS_NEW));
    bob.boss_id = (struct schemac_int32_opt){ ada.id, true };
    IS(SCHEMAC_OK, lot_owners_insert(db, &bob, LOT_OWNERS_NEW));
    add_items(db, ada.id, 50);
    add_items(db, bob.id, 10);
    IS(SCHEMAC_OK, lot_items_scan(db, &c));
    CHECK(drain(db, &c) == 60);
    IS(SCHEMAC_OK, lot_items_by_owner_id(db, bob.id, &c));
    CHECK(drain(db, &c) == 10);
    IS(SCHEMAC_OK, lot_items_by_owner_id(db, 999, &c));
    CHECK(drain(db, &c) == 0);
    IS(SCHEMAC_OK, lot_items_by_owner_id_moment(db, ada.id, 7, &c));
    CHECK(drain(db, &c) == 1);
    IS(SCHEMAC_OK, lot_items_by_owner_id_moment_range(db, ada.id, &three, &seven,
                                                      SCHEMAC_DESCENDING, &c));
    for (int64_t moment = 6; moment >= 3; moment--) {
        IS(SCHEMAC_ROW, lot_items_next(&c));
        CHECK(c.row.moment == moment && c.row.owner_id.value == ada.id);
    }
    IS(SCHEMAC_DONE, lot_items_next(&c));
    IS(SCHEMAC_DONE, lot_items_next(&c));
    IS(SCHEMAC_OK, lot_items_close(&c));
    IS(SCHEMAC_OK, lot_items_close(&c));
    IS(SCHEMAC_OK, lot_items_by_money_range(db, NULL, NULL, SCHEMAC_ASCENDING, &c));
    CHECK(drain(db, &c) == 60);
    IS(SCHEMAC_OK, lot_items_by_money_range(db, &seven, NULL, SCHEMAC_ASCENDING, &c));
    CHECK(drain(db, &c) == 44 + 4);
    IS(SCHEMAC_OK, lot_items_by_money_range(db, NULL, &seven, SCHEMAC_ASCENDING, &c));
    CHECK(drain(db, &c) == 12);

    /* A cursor in a cursor over the same query. */
    IS(SCHEMAC_OK, lot_items_by_owner_id(db, bob.id, &c));
    while (lot_items_next(&c) == SCHEMAC_ROW) {
        IS(SCHEMAC_OK, lot_items_by_owner_id(db, bob.id, &inner));
        pairs += drain(db, &inner);
    }
    IS(SCHEMAC_OK, lot_items_close(&c));
    CHECK(pairs == 100);

    /* Who refers to whom. */
    IS(SCHEMAC_OK, lot_owners_by_boss_id(db, ada.id, &o));
    IS(SCHEMAC_ROW, lot_owners_next(&o));
    CHECK(schemac_text_equal(o.row.name, schemac_text("Bob")));
    IS(SCHEMAC_DONE, lot_owners_next(&o));
    IS(SCHEMAC_OK, lot_owners_close(&o));
    IS(SCHEMAC_FOREIGN_KEY, lot_owners_delete(db, ada.id));
}

static void
test_all_into_an_arena(struct schemac_db *db)
{
    struct schemac_arena arena = { 0 };
    struct lot_items *rows;
    struct lot_item_owners *views;
    struct lot_items_cursor c;
    struct lot_notes *notes;
    size_t count;

    IS(SCHEMAC_OK, lot_items_all(db, &arena, &rows, &count));
    CHECK(count == 60);
    for (size_t i = 0; i < count; i++)
        CHECK(schemac_text_equal(rows[i].label, schemac_text("plain")));
    IS(SCHEMAC_OK, lot_items_scan(db, &c));
    IS(SCHEMAC_ROW, lot_items_next(&c));
    IS(SCHEMAC_OK, lot_items_collect(&c, &arena, &rows, &count));
    CHECK(count == 59);
    IS(SCHEMAC_OK, lot_items_close(&c));
    IS(SCHEMAC_OK, lot_item_owners_all(db, &arena, &views, &count));
    CHECK(count == 60 && views[0].money.is_set && views[0].moment.is_set);
    CHECK(schemac_text_equal(views[59].owner, schemac_text("Bob"))
          || schemac_text_equal(views[59].owner, schemac_text("Ada")));
    IS(SCHEMAC_OK, lot_notes_all(db, &arena, &notes, &count));
    CHECK(count == 0 && notes != NULL);
    schemac_arena_free(&arena);
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM items"));
    IS(SCHEMAC_OK, schemac_exec(db, "UPDATE owners SET boss_id = NULL"));
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM owners"));
}

/* What was loaded is what was given, by COPY or row by row. */
static void
test_load(struct schemac_db *db)
{
    struct lot_items rows[40];
    struct lot_items stored;
    int64_t count;

    for (int32_t i = 0; i < 40; i++) {
        rows[i] = i % 3 == 0 ? lowest_item() : i % 3 == 1 ? highest_item() : plain_item();
        rows[i].id = 1000 + i;
        rows[i].code = schemac_text("loaded");
    }
    IS(SCHEMAC_OK, lot_items_load(db, rows, 0, LOT_ITEMS_ALL));
    IS(SCHEMAC_OK, lot_items_load(db, NULL, 0, LOT_ITEMS_ALL));
    IS(SCHEMAC_MISUSE, lot_items_load(db, NULL, 1, LOT_ITEMS_ALL));
    IS(SCHEMAC_MISUSE, lot_items_load(NULL, NULL, 0, LOT_ITEMS_ALL));
    IS(SCHEMAC_OK, lot_items_load(db, rows, 3, LOT_ITEMS_ALL));
    IS(SCHEMAC_UNIQUE, lot_items_load(db, rows, 40, LOT_ITEMS_ALL));
    CHECK(strstr(schemac_error(db)->message, "row 1 of 40") != NULL);
    CHECK(strcmp(schemac_error(db)->constraint, "items_pkey") == 0);
    rows[39].state = (enum lot_items_state)9;
    IS(SCHEMAC_CHECK, lot_items_load(db, rows + 3, 37, LOT_ITEMS_ALL));
    CHECK(strstr(schemac_error(db)->message, "row 37 of 37") != NULL);
    IS(SCHEMAC_OK, lot_items_count(db, &count));
    CHECK(count == 3);
    rows[39].state = LOT_ITEMS_STATE_NEW;
    IS(SCHEMAC_OK, lot_items_load(db, rows + 3, 37, LOT_ITEMS_ALL));
    for (int32_t i = 0; i < 40; i++) {
        IS(SCHEMAC_OK, lot_items_get(db, 1000 + i, &stored));
        check_same(db, &rows[i], &stored);
    }
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM items"));
}

static void
test_many_or_none(struct schemac_db *db)
{
    struct lot_owners rows[] = { { .name = schemac_text("a") },
                                 { .name = schemac_text("b") },
                                 { .name = schemac_text("a") } };
    int64_t count;

    IS(SCHEMAC_OK, lot_owners_insert_many(db, rows, 0, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_insert_many(db, NULL, 0, LOT_OWNERS_NEW));
    IS(SCHEMAC_MISUSE, lot_owners_insert_many(db, NULL, 1, LOT_OWNERS_NEW));
    IS(SCHEMAC_UNIQUE, lot_owners_insert_many(db, rows, 3, LOT_OWNERS_NEW));
    CHECK(strstr(schemac_error(db)->message, "row 3 of 3") != NULL);
    CHECK(strcmp(schemac_error(db)->constraint, "owners_name_key") == 0);
    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    CHECK(count == 0);
    /* In a transaction of the caller, the rows before stay. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_insert(db, &rows[0], LOT_OWNERS_NEW));
    IS(SCHEMAC_UNIQUE, lot_owners_insert_many(db, &rows[1], 2, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, schemac_commit(db));
    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    CHECK(count == 1);
    IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM owners"));
}

/* Stored by somebody who switched the checks off. */
static void
test_values_that_do_not_fit(struct schemac_db *db)
{
    static const struct {
        const char *sql;
        const char *column;
    } cases[] = {
        { "UPDATE items SET medium = 2147483648", "medium" },
        { "UPDATE items SET medium = 'x'", "medium" },
        { "UPDATE items SET flag = 2", "flag" },
        { "UPDATE items SET label = x'00'", "label" },
        { "UPDATE items SET data = 'x'", "data" },
        { "UPDATE items SET day = '2024-02-30'", "day" },
        { "UPDATE items SET moment = 5", "moment" },
        { "UPDATE items SET clock = '25:00:00'", "clock" },
        { "UPDATE items SET ident = 'x'", "ident" },
        { "UPDATE items SET paint = 'pink'", "paint" },
        { "UPDATE items SET money = 1.5", "money" },
        { "UPDATE items SET single = 1e300", "single" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct schemac_arena arena = { 0 };
        struct lot_items v = plain_item();
        struct lot_items_cursor c;
        struct lot_items *rows;
        size_t count;

        IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
        IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA ignore_check_constraints = 1"));
        IS(SCHEMAC_OK, schemac_exec(db, cases[i].sql));
        IS(SCHEMAC_OK, schemac_exec(db, "PRAGMA ignore_check_constraints = 0"));
        IS(SCHEMAC_DECODE, lot_items_get(db, v.id, &v));
        CHECK(strcmp(schemac_error(db)->table, "items") == 0);
        CHECK(strcmp(schemac_error(db)->column, cases[i].column) == 0);
        IS(SCHEMAC_OK, lot_items_scan(db, &c));
        IS(SCHEMAC_DECODE, lot_items_next(&c));
        IS(SCHEMAC_DECODE, lot_items_next(&c));
        IS(SCHEMAC_DECODE, lot_items_close(&c));
        IS(SCHEMAC_DECODE, lot_items_all(db, &arena, &rows, &count));
        CHECK(rows == NULL && count == 0);
        schemac_arena_free(&arena);
        IS(SCHEMAC_OK, schemac_exec(db, "DELETE FROM items"));
    }
}

static void
test_tables_without_much(struct schemac_db *db)
{
    struct lot_log entry = { .what = schemac_text("opened") };
    struct lot_notes note = { .note = { NULL, 0 } };
    struct lot_notes_cursor c;
    int64_t count;

    IS(SCHEMAC_OK, lot_log_insert(db, &entry, LOT_LOG_NEW));
    CHECK(entry.id == 1);
    IS(SCHEMAC_OK, lot_log_get(db, entry.id, &entry));
    CHECK(schemac_exec(db, "DELETE FROM log") != SCHEMAC_OK);
    IS(SCHEMAC_OK, lot_notes_insert(db, &note, LOT_NOTES_NEW));
    IS(SCHEMAC_OK, lot_notes_insert(db, &note, 0));
    IS(SCHEMAC_OK, lot_notes_count(db, &count));
    CHECK(count == 2);
    IS(SCHEMAC_OK, lot_notes_scan(db, &c));
    IS(SCHEMAC_ROW, lot_notes_next(&c));
    CHECK(c.row.note.ptr == NULL);
    /* Left open: schemac_close takes care of its statement. */
}

static void
test_names_of_values(struct schemac_db *db)
{
    enum lot_tint tint;

    CHECK(strcmp(lot_tint_text(LOT_TINT_BLUE_AND_GREY), "blue and grey") == 0);
    CHECK(lot_tint_text(LOT_TINT_NULL) == NULL);
    CHECK(lot_tint_text((enum lot_tint)4) == NULL);
    CHECK(lot_tint_from_text(schemac_text("green"), &tint) && tint == LOT_TINT_GREEN);
    CHECK(!lot_tint_from_text(schemac_text("pink"), &tint));
    CHECK(!lot_tint_from_text(text_of(NULL, 0), &tint));
}

static void
test_description(struct schemac_db *db)
{
    const struct schemac_table *t = &lot_items_table;
    bool found = false;

    for (size_t i = 0; i < lot_table_count; i++)
        found |= lot_tables[i] == t;
    CHECK(found && lot_tables[lot_table_count] == NULL);
    CHECK(strcmp(t->name, "items") == 0 && t->row_bytes == sizeof(struct lot_items));
    CHECK(strcmp(t->columns[0].name, "id") == 0);
    CHECK(t->keys[0].kind == SCHEMAC_KEY_PRIMARY);
    CHECK(strlen(lot_fingerprint()) == 64 && strcmp(lot_version(), "1.0.0") == 0);
}

static void
test_misuse(struct schemac_db *db)
{
    struct lot_items_cursor c = { .base = { .db = NULL } };
    struct lot_items v;
    size_t count;
    struct lot_items *rows;

    IS(SCHEMAC_MISUSE, lot_items_insert(NULL, &v, 0));
    IS(SCHEMAC_MISUSE, lot_items_insert(db, NULL, 0));
    IS(SCHEMAC_MISUSE, lot_items_count(db, NULL));
    IS(SCHEMAC_MISUSE, lot_items_next(&c));
    IS(SCHEMAC_MISUSE, lot_items_collect(&c, NULL, &rows, &count));
    IS(SCHEMAC_OK, lot_items_close(&c));
    IS(SCHEMAC_MISUSE, lot_items_scan(NULL, &c));
    IS(SCHEMAC_MISUSE, lot_items_next(&c));
}

#include "undescribed.h"

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_status status;

    if (argc != 2)
        return 2;
    status = lot_open(argv[1], SCHEMAC_POLICY_REFUSE, &db);
    is_postgres = strcmp(schemac_dialect(db), "postgres") == 0;
    IS(is_postgres ? SCHEMAC_STALE_SCHEMA : SCHEMAC_NOT_FOUND, status);
    schemac_close(db);
    status = lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db);
    IS(SCHEMAC_OK, status);
    IS(SCHEMAC_OK, lot_check(db));
    test_round_trip(db);
    test_defaults_come_back(db);
    test_errors(db);
    test_masks(db);
    test_fields_that_nobody_set(db);
    test_explicit_key(db);
    test_texts_behind_a_failure(db);
    test_find_and_upsert(db);
    test_triggered(db);
    test_triggered_without_rowid(db);
    test_cursors(db);
    test_all_into_an_arena(db);
    test_many_or_none(db);
    test_load(db);
    if (!is_postgres) { /* which keeps no values as texts */
        test_values_that_do_not_fit(db);
        test_undescribed(db);
        test_undescribed_enums(db);
        test_undescribed_triggers(db);
    }
    test_names_of_values(db);
    test_description(db);
    test_misuse(db);
    test_tables_without_much(db);
    schemac_close(db);
    printf("ok\n");
    return 0;
}
