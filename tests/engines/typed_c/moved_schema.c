/*
 * moved_schema DATABASE: rows that do not decode, and tables that others change while
 * statements for them are prepared.
 */
#include "faults.h"

static PGconn *other;

static struct lot_items
item(void)
{
    return (struct lot_items){
        .label = schemac_text("plain"),
        .huge = schemac_text("0"),
        .data = { "", 0 },
        .doc = schemac_text("{}"),
        .paint = LOT_TINT_RED,
        .state = LOT_ITEMS_STATE_NEW,
    };
}

/* The only item after `change`, which is taken back. */
static void
cannot_be_read(struct schemac_db *db, const char *change, const char *column,
               const char *back)
{
    struct lot_items_cursor c;
    struct lot_items found;

    ask(other, change);
    IS(SCHEMAC_DECODE, lot_items_get(db, 1, &found));
    NAMES(table, "items");
    NAMES(column, column);
    IS(SCHEMAC_OK, lot_items_scan(db, &c));
    IS(SCHEMAC_DECODE, lot_items_next(&c));
    IS(SCHEMAC_DECODE, lot_items_close(&c));
    ask(other, back);
    IS(SCHEMAC_OK, lot_items_get(db, 1, &found));
}

static void
test_decode(struct schemac_db *db)
{
    struct lot_items v = item();

    IS(SCHEMAC_OK, lot_items_insert(db, &v, LOT_ITEMS_NEW));
    ask(other, "ALTER TYPE tint ADD VALUE 'ultraviolet'");
    cannot_be_read(db, "UPDATE items SET paint = 'ultraviolet'", "paint",
                   "UPDATE items SET paint = 'red'");
    cannot_be_read(db, "ALTER TABLE items ALTER medium_o TYPE bigint, ALTER medium_o SET "
                       "DEFAULT 1; UPDATE items SET medium_o = 3000000000",
                   "medium_o",
                   "UPDATE items SET medium_o = NULL; ALTER TABLE items ALTER medium_o "
                   "TYPE integer");
    cannot_be_read(db, "ALTER TABLE items ALTER money TYPE numeric; UPDATE items SET "
                       "money = 'NaN'",
                   "money", "UPDATE items SET money = 0");
    cannot_be_read(db, "UPDATE items SET money = 0.001", "money",
                   "UPDATE items SET money = 0");
    cannot_be_read(db, "ALTER TABLE items ALTER label DROP NOT NULL; UPDATE items SET "
                       "label = NULL",
                   "label", "UPDATE items SET label = 'x'");
    cannot_be_read(db, "ALTER TABLE items ALTER day TYPE text", "day",
                   "ALTER TABLE items ALTER day TYPE date USING day::date");
    cannot_be_read(db, "ALTER TABLE items ALTER large TYPE timestamp USING now()",
                   "large",
                   "ALTER TABLE items ALTER large TYPE bigint USING 7");
}

/* owners.boss_id goes from one type to another between two runs of each statement. */
static void
alter_boss(const char *type)
{
    char sql[200];

    (void)snprintf(sql, sizeof sql, "ALTER TABLE owners ALTER boss_id TYPE %s", type);
    ask(other, sql);
}

static void
test_plans(struct schemac_db *db)
{
    struct lot_owners first = { .name = schemac_text("plan") };
    struct lot_owners *rows = make_owners(600, "plan");
    static const int32_t bosses[] = { 7, 8 };
    struct lot_owners_cursor c;
    struct lot_owners found;
    int64_t count;

    IS(SCHEMAC_OK, lot_owners_insert(db, &first, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_get(db, first.id, &found));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    IS(SCHEMAC_OK, lot_owners_upsert_by_name(db, &found, LOT_OWNERS_COL_NAME));
    IS(SCHEMAC_OK, lot_owners_by_boss_id_list(db, bosses, 2, &c));
    IS(SCHEMAC_DONE, lot_owners_next(&c));
    ask(other, "ALTER TABLE owners DROP CONSTRAINT owners_boss_id_fkey");
    alter_boss("bigint");
    found.boss_id = (struct schemac_int32_opt){ 7, true };
    IS(SCHEMAC_OK, lot_owners_update(db, &found, LOT_OWNERS_COL_BOSS_ID));
    IS(SCHEMAC_OK, lot_owners_by_boss_id_list(db, bosses, 2, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    CHECK(c.row.id == first.id);
    IS(SCHEMAC_DONE, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_get(db, first.id, &found)); /* prepared anew, run again */
    IS(SCHEMAC_OK, lot_owners_upsert_by_name(db, &found, LOT_OWNERS_COL_NAME));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    /* insert: boss_id comes back */
    IS(SCHEMAC_OK, lot_owners_insert_many(db, rows, 300, LOT_OWNERS_COL_NAME));
    alter_boss("integer");
    IS(SCHEMAC_OK,
       lot_owners_insert_many(db, rows + 300, 300, LOT_OWNERS_COL_NAME));
    CHECK(rows[300].id > rows[299].id && rows[599].id > 0);
    IS(SCHEMAC_OK, lot_owners_get(db, first.id, &found));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    alter_boss("bigint");
    /* Inside of a transaction: RETRY, and the next one works. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    IS(SCHEMAC_RETRY, lot_owners_get(db, first.id, &found));
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_get(db, first.id, &found));
    IS(SCHEMAC_OK, schemac_commit(db));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_RETRY, lot_owners_next(&c));
    IS(SCHEMAC_RETRY, lot_owners_close(&c));
    IS(SCHEMAC_OK, schemac_rollback(db));
    alter_boss("integer");
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    free_owners(rows);
}

/* What a statement compares becomes a text: its plan is refused by name of an operator.
 * Nothing that was prepared before, between or behind stays unusable. */
static void
test_compared_types(struct schemac_db *db)
{
    struct lot_owners first = { .name = schemac_text("compared") };
    struct lot_owners found;
    struct lot_owners_cursor c;
    enum schemac_status status;

    IS(SCHEMAC_OK, lot_owners_insert(db, &first, LOT_OWNERS_NEW));
    first.boss_id = (struct schemac_int32_opt){ 55, true };
    IS(SCHEMAC_OK, lot_owners_update(db, &first, LOT_OWNERS_COL_BOSS_ID));
    IS(SCHEMAC_OK, lot_owners_by_boss_id(db, 55, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    alter_boss("text");
    status = lot_owners_by_boss_id(db, 55, &c);
    status = status == SCHEMAC_OK ? lot_owners_next(&c) : status;
    CHECK(status != SCHEMAC_OK && status != SCHEMAC_DONE);
    (void)lot_owners_close(&c);
    status = lot_owners_get(db, first.id, &found); /* a text is not read as a number */
    CHECK(status == SCHEMAC_DECODE || status == SCHEMAC_OK);
    IS(SCHEMAC_OK, schemac_exec(db, "DEALLOCATE ALL"));
    for (int i = 0; i < 2; i++) { /* the second compares texts from now on */
        status = lot_owners_by_boss_id(db, 55, &c);
        status = status == SCHEMAC_OK ? lot_owners_next(&c) : status;
        CHECK(status != SCHEMAC_OK && status != SCHEMAC_DONE);
        (void)lot_owners_close(&c);
    }
    (void)lot_owners_update(db, &first, LOT_OWNERS_COL_BOSS_ID);
    alter_boss("integer USING boss_id::integer");
    IS(SCHEMAC_OK, lot_owners_get(db, first.id, &found));
    CHECK(found.boss_id.value == 55);
    IS(SCHEMAC_OK, lot_owners_by_boss_id(db, 55, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    CHECK(c.row.id == first.id);
    IS(SCHEMAC_OK, lot_owners_close(&c));
    IS(SCHEMAC_OK, lot_owners_update(db, &first, LOT_OWNERS_COL_BOSS_ID));
}

/* The bytes of an integer are not taken for those of a float, nor the other way round. */
static void
test_types_of_copy(struct schemac_db *db)
{
    struct lot_owners *rows = make_owners(40, "copied");
    struct lot_owners found;

    for (size_t i = 0; i < 40; i++)
        rows[i].boss_id = (struct schemac_int32_opt){ 77, true };
    IS(SCHEMAC_OK, lot_owners_load(db, rows, 10, LOT_OWNERS_NEW));
    alter_boss("real");
    IS(SCHEMAC_OK, lot_owners_load(db, rows + 10, 10, LOT_OWNERS_NEW));
    CHECK(number(db, "SELECT count(*) FROM owners WHERE boss_id = 77") == 20);
    alter_boss("bigint");
    IS(SCHEMAC_OK, lot_owners_load(db, rows + 20, 10, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, rows[25].name, &found));
    CHECK(found.boss_id.value == 77);
    alter_boss("integer");
    IS(SCHEMAC_OK, lot_owners_load(db, rows + 30, 5, LOT_OWNERS_NEW)); /* no COPY */
    CHECK(number(db, "SELECT count(*) FROM owners WHERE boss_id = 77") == 35);
    free_owners(rows);
}

static void
test_column_gone(struct schemac_db *db)
{
    struct lot_owners found;

    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    ask(other, "ALTER TABLE owners RENAME boss_id TO chief_id");
    IS(SCHEMAC_ERROR, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    NAMES(code, "42703");
    SAYS("boss_id");
    IS(SCHEMAC_ERROR, lot_owners_insert(db, &found, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_count(db, &(int64_t){ 0 }));
    ask(other, "ALTER TABLE owners RENAME chief_id TO boss_id");
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    ask(other, "ALTER TABLE owners RENAME TO former_owners");
    IS(SCHEMAC_ERROR, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    NAMES(code, "42P01");
    ask(other, "ALTER TABLE former_owners RENAME TO owners");
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("plan"), &found));
}

/* What the session had prepared is gone, as behind a pooler. */
static void
test_discarded(struct schemac_db *db)
{
    struct lot_owners found;
    struct lot_owners_cursor c;

    IS(SCHEMAC_OK, schemac_busy_timeout(db, 4321));
    IS(SCHEMAC_OK, schemac_exec(db, "DISCARD ALL"));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    CHECK(number(db, "SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
          == 4321);
    IS(SCHEMAC_OK, schemac_exec(db, "DEALLOCATE ALL"));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_RETRY, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("plan"), &found));
    IS(SCHEMAC_OK, schemac_commit(db));
    /* A transaction that is rolled back does not take the timeout with it. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, schemac_busy_timeout(db, 999));
    IS(SCHEMAC_OK, schemac_rollback(db));
    CHECK(number(db, "SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
          == 999);
}

static void
test_search_path(struct schemac_db *db)
{
    struct lot_notes note = { .note = schemac_text("elsewhere") };
    int64_t count;

    IS(SCHEMAC_OK, lot_notes_insert(db, &note, LOT_NOTES_NEW));
    ask(other, "CREATE SCHEMA mine");
    ask(other, "CREATE TABLE mine.notes (note text)");
    IS(SCHEMAC_OK, lot_notes_count(db, &count));
    CHECK(count == 1);
    IS(SCHEMAC_OK, schemac_exec(db, "SET search_path = mine, public"));
    IS(SCHEMAC_OK, lot_notes_count(db, &count));
    CHECK(count == 0);
    IS(SCHEMAC_OK, lot_notes_insert(db, &note, LOT_NOTES_NEW));
    IS(SCHEMAC_OK, lot_notes_insert_many(db, &note, 1, LOT_NOTES_NEW));
    CHECK(number(db, "SELECT count(*) FROM mine.notes") == 2);
    IS(SCHEMAC_OK, schemac_exec(db, "RESET search_path"));
    IS(SCHEMAC_OK, lot_notes_count(db, &count));
    CHECK(count == 1);
}

/* Looking at the schema changes settings for a while; what nobody has set is as if
 * nobody had set it, also the next time. */
static void
test_settings(struct schemac_db *db)
{
    static const char were_set[] =
        "SELECT count(*) FROM pg_settings WHERE source = 'session' AND name IN "
        "('lock_timeout', 'statement_timeout', 'search_path', 'row_security')";

    CHECK(number(db, were_set) == 0);
    (void)lot_check(db);
    CHECK(number(db, were_set) == 0);
    IS(SCHEMAC_OK, schemac_exec(db, "SET search_path = ''; SET statement_timeout = 70"));
    (void)lot_check(db);
    CHECK(number(db, were_set) == 2);
    CHECK(number(db, "SELECT length(current_setting('search_path'))") == 2);
    CHECK(number(db, "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'")
          == 70);
    IS(SCHEMAC_OK, schemac_exec(db, "SELECT set_config('search_path', '', false)"));
    (void)lot_check(db);
    CHECK(number(db, "SELECT length(current_setting('search_path'))") == 0);
    IS(SCHEMAC_OK, schemac_exec(db, "RESET search_path; RESET statement_timeout"));
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;

    if (argc != 2)
        return 2;
    other = other_session(argv[1]);
    IS(SCHEMAC_OK, lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db));
    test_settings(db);
    ask(other, "DROP VIEW item_owners"); /* it holds on to types */
    ask(other, "DROP INDEX items_money");
    test_decode(db);
    test_plans(db);
    test_compared_types(db);
    test_types_of_copy(db);
    test_column_gone(db);
    test_discarded(db);
    test_search_path(db);
    schemac_close(db);
    PQfinish(other);
    printf("ok\n");
    return 0;
}
