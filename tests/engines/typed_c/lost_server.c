/*
 * lost_server DATABASE: the server ends the session at every kind of moment.  That is
 * told once, as CONNECTION; then the handle works again, as it was set up, or says that
 * its transaction is gone until it is rolled back.
 */
#include "faults.h"

#define MANY 2000

static PGconn *other;

/* Returns when the session is gone: its backend has left. */
static void
terminate(struct schemac_db *db)
{
    char sql[200];

    (void)snprintf(sql, sizeof sql,
                   "DO $$ BEGIN PERFORM pg_terminate_backend(%d); WHILE EXISTS (SELECT "
                   "FROM pg_stat_activity WHERE pid = %d) LOOP PERFORM pg_sleep(0.001); "
                   "PERFORM pg_stat_clear_snapshot(); END LOOP; END $$",
                   PQbackendPID(schemac_native(db)), PQbackendPID(schemac_native(db)));
    ask(other, sql);
}

/* Everything that was prepared works on the new connection, which is set up as the old
 * one was. */
static void
works_again(struct schemac_db *db)
{
    struct lot_owners found;

    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("first"), &found));
    CHECK(schemac_text_equal(found.name, schemac_text("first")));
    IS(SCHEMAC_OK, lot_owners_update(db, &found, LOT_OWNERS_COL_BOSS_ID));
    CHECK(number(db, "SELECT setting FROM pg_settings WHERE name = 'lock_timeout'")
          == 1234);
}

static void
test_idle(struct schemac_db *db)
{
    struct lot_owners found;

    works_again(db);
    terminate(db);
    IS(SCHEMAC_CONNECTION, lot_owners_find_by_name(db, schemac_text("first"), &found));
    CHECK(schemac_error(db)->message[0] != '\0');
    works_again(db);
}

static void
test_cursor(struct schemac_db *db)
{
    struct lot_owners_cursor c;
    enum schemac_status status;

    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    terminate(db);
    do
        status = lot_owners_next(&c);
    while (status == SCHEMAC_ROW);
    /* All of it may have been under way already. */
    CHECK(status == SCHEMAC_CONNECTION || status == SCHEMAC_DONE);
    IS(status == SCHEMAC_DONE ? SCHEMAC_OK : status, lot_owners_close(&c));
    if (status == SCHEMAC_DONE)
        CHECK(lot_owners_count(db, &(int64_t){ 0 }) == SCHEMAC_CONNECTION);
    works_again(db);
}

/* Before the first row is asked for, and between: the list is still there for a new
 * connection, or the cursor says what it has lost. */
static void
test_lists(struct schemac_db *db)
{
    const struct schemac_text names[] = { schemac_text("first"), schemac_text("none"),
                                          schemac_text("row 7"), schemac_text("row 8") };
    struct lot_owners_cursor c;
    enum schemac_status status;
    int64_t deleted = -1;

    IS(SCHEMAC_OK, lot_owners_by_name_list(db, names, 4, &c));
    terminate(db);
    IS(SCHEMAC_CONNECTION, lot_owners_next(&c));
    IS(SCHEMAC_CONNECTION, lot_owners_close(&c));
    IS(SCHEMAC_OK, lot_owners_by_name_list(db, names, 4, &c));
    for (size_t i = 0; i < 3; i++)
        IS(SCHEMAC_ROW, lot_owners_next(&c));
    terminate(db);
    do
        status = lot_owners_next(&c);
    while (status == SCHEMAC_ROW);
    CHECK(status == SCHEMAC_CONNECTION || status == SCHEMAC_DONE);
    (void)lot_owners_close(&c);
    if (status == SCHEMAC_DONE)
        CHECK(lot_owners_count(db, &(int64_t){ 0 }) == SCHEMAC_CONNECTION);
    works_again(db);
    terminate(db);
    IS(SCHEMAC_CONNECTION, lot_owners_delete_list(db, &(int32_t){ -1 }, 1, &deleted));
    CHECK(deleted == 0);
    IS(SCHEMAC_OK, lot_owners_delete_list(db, &(int32_t){ -1 }, 1, &deleted));
    CHECK(deleted == 0);
    works_again(db);
}

/* Somebody else needs the connection while rows are coming, and finds it gone: the cursor
 * has the story, and what was asked is done on a new connection. */
static void
test_drained_cursor(struct schemac_db *db)
{
    struct lot_owners_cursor c;
    struct lot_owners found;
    enum schemac_status status;

    ask(other, "ALTER TABLE owners RENAME TO owners_kept");
    ask(other, "CREATE VIEW owners AS SELECT g AS id, repeat('x', 1000) AS name, "
               "NULL::int AS boss_id FROM generate_series(1, 50000) AS g");
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    terminate(db);
    ask(other, "DROP VIEW owners");
    ask(other, "ALTER TABLE owners_kept RENAME TO owners");
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("first"), &found));
    do
        status = lot_owners_next(&c);
    while (status == SCHEMAC_ROW);
    IS(SCHEMAC_CONNECTION, status);
    SAYS("lost while rows of a cursor were coming");
    IS(SCHEMAC_CONNECTION, lot_owners_close(&c));
    works_again(db);
}

static void
test_transaction(struct schemac_db *db)
{
    struct lot_owners row = { .name = schemac_text("in a transaction") };
    int64_t count;

    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    terminate(db);
    IS(SCHEMAC_CONNECTION, lot_owners_count(db, &count));
    IS(SCHEMAC_CONNECTION, lot_owners_count(db, &count));
    SAYS("call schemac_rollback");
    IS(SCHEMAC_CONNECTION, schemac_begin(db));
    IS(SCHEMAC_CONNECTION, schemac_commit(db));
    SAYS("call schemac_rollback");
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_CONNECTION, lot_owners_count(db, &count));
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_NOT_FOUND,
       lot_owners_find_by_name(db, schemac_text("in a transaction"), &row));
    works_again(db);
}

static void
test_begin_and_commit(struct schemac_db *db)
{
    terminate(db);
    IS(SCHEMAC_CONNECTION, schemac_begin(db));
    works_again(db);
    IS(SCHEMAC_OK, schemac_begin(db));
    terminate(db);
    IS(SCHEMAC_CONNECTION, schemac_commit(db));
    IS(SCHEMAC_OK, schemac_rollback(db));
    works_again(db);
}

/* The backend ends itself while it works: in a trigger of row 700. */
static void
end_in_trigger(void)
{
    ask(other, "CREATE OR REPLACE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS $$ "
               "BEGIN IF NEW.name = 'end 700' THEN PERFORM "
               "pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$");
    ask(other, "CREATE TRIGGER ends BEFORE INSERT ON owners FOR EACH ROW EXECUTE "
               "FUNCTION ends()");
}

static void
test_bulk(struct schemac_db *db)
{
    struct lot_owners *rows = make_owners(MANY, "end");
    int64_t before = count_owners(db);

    end_in_trigger();
    IS(SCHEMAC_CONNECTION, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    works_again(db);
    IS(SCHEMAC_CONNECTION, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    works_again(db);
    CHECK(count_owners(db) == before);
    /* The same inside of a transaction of ours, which is gone, too. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_CONNECTION, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    IS(SCHEMAC_CONNECTION, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    SAYS("call schemac_rollback");
    IS(SCHEMAC_OK, schemac_rollback(db));
    ask(other, "DROP TRIGGER ends ON owners");
    IS(SCHEMAC_OK, lot_owners_insert_many(db, rows, MANY, LOT_OWNERS_NEW));
    ask(other, "DELETE FROM owners WHERE name LIKE 'end %'");
    IS(SCHEMAC_OK, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    CHECK(count_owners(db) == before + MANY);
    free_owners(rows);
}

/* A column gets another type while there is no connection: neither what is sent nor what
 * comes is taken for what it was. */
static void
test_other_types_behind_it(struct schemac_db *db)
{
    struct lot_owners *rows = make_owners(20, "typed");
    struct lot_owners_cursor c;
    struct lot_owners found;

    IS(SCHEMAC_OK, lot_owners_load(db, rows, 10, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_by_boss_id_list(db, &(int32_t){ 1 }, 1, &c));
    IS(SCHEMAC_DONE, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
    terminate(db);
    ask(other, "ALTER TABLE owners ALTER boss_id TYPE bigint");
    ask(other, "ALTER TABLE owners ALTER id TYPE bigint");
    IS(SCHEMAC_CONNECTION, lot_owners_get(db, 1, &found));
    IS(SCHEMAC_OK, lot_owners_get(db, 1, &found));
    CHECK(found.id == 1);
    rows[10].boss_id = (struct schemac_int32_opt){ found.id, true };
    IS(SCHEMAC_OK, lot_owners_load(db, rows + 10, 10, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, rows[10].name, &found));
    CHECK(found.boss_id.is_set && found.boss_id.value == 1);
    IS(SCHEMAC_OK, lot_owners_by_boss_id_list(db, &(int32_t){ 1 }, 1, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    CHECK(c.row.id == found.id);
    IS(SCHEMAC_OK, lot_owners_close(&c));
    free_owners(rows);
}

static void
test_read_only(const char *url)
{
    struct lot_owners row = { .name = schemac_text("forbidden") };
    struct schemac_db *db;

    IS(SCHEMAC_OK, schemac_open_with(url, SCHEMAC_OPEN_READ_ONLY, &db));
    IS(SCHEMAC_READ_ONLY, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    terminate(db);
    IS(SCHEMAC_CONNECTION, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_READ_ONLY, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, schemac_exec(db, "DISCARD ALL"));
    IS(SCHEMAC_READ_ONLY, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    terminate(db);
    schemac_close(db); /* gone, and nobody was told */
}

int
main(int argc, char **argv)
{
    struct lot_owners first = { .name = schemac_text("first") };
    struct schemac_db *db;
    struct lot_owners *rows;

    if (argc != 2)
        return 2;
    other = other_session(argv[1]);
    IS(SCHEMAC_OK, lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db));
    IS(SCHEMAC_OK, schemac_busy_timeout(db, 1234));
    IS(SCHEMAC_OK, lot_owners_insert(db, &first, LOT_OWNERS_NEW));
    ask(other, "DROP VIEW item_owners"); /* it holds on to types */
    rows = make_owners(MANY, "row");
    IS(SCHEMAC_OK, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    free_owners(rows);
    test_idle(db);
    test_cursor(db);
    test_lists(db);
    test_drained_cursor(db);
    test_transaction(db);
    test_begin_and_commit(db);
    test_bulk(db);
    test_read_only(argv[1]);
    test_other_types_behind_it(db);
    schemac_close(db);
    PQfinish(other);
    printf("ok\n");
    return 0;
}
