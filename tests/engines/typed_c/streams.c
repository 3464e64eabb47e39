/*
 * streams DATABASE: cursors whose rows are still coming, and everything else that may
 * happen meanwhile; what other sessions hold; rows in bulk that are refused.
 */
#include "faults.h"

#define MANY 3000

static PGconn *other;

static int64_t
rest_of(struct lot_owners_cursor *c, enum schemac_status *status)
{
    int64_t rows = 0;

    while ((*status = lot_owners_next(c)) == SCHEMAC_ROW)
        rows++;
    return rows;
}

static void
ends_after(struct schemac_db *db, struct lot_owners_cursor *c, int64_t rows)
{
    enum schemac_status status;

    CHECK(rest_of(c, &status) == rows);
    IS(SCHEMAC_DONE, status);
    IS(SCHEMAC_OK, lot_owners_close(c));
}

static void
test_nested(struct schemac_db *db)
{
    struct lot_owners_cursor outer, same;
    struct lot_notes_cursor notes;

    IS(SCHEMAC_OK, lot_owners_scan(db, &outer));
    IS(SCHEMAC_ROW, lot_owners_next(&outer));
    for (int i = 0; i < 3; i++) {
        IS(SCHEMAC_OK, lot_owners_scan(db, &same));
        IS(SCHEMAC_ROW, lot_owners_next(&same));
        IS(SCHEMAC_OK, lot_notes_scan(db, &notes));
        IS(SCHEMAC_DONE, lot_notes_next(&notes));
        IS(SCHEMAC_ROW, lot_owners_next(&outer));
        ends_after(db, &same, MANY - 1);
    }
    ends_after(db, &outer, MANY - 4);
}

/* A stream that began in a transaction, or before one, outlives its end. */
static void
test_transactions(struct schemac_db *db)
{
    struct lot_owners row = { .name = schemac_text("passing") };
    struct lot_owners_cursor c;

    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, schemac_rollback(db));
    ends_after(db, &c, MANY - 2);
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, schemac_begin(db)); /* a savepoint while rows come */
    IS(SCHEMAC_OK, lot_owners_delete(db, row.id));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_OK, lot_owners_get(db, row.id, &row));
    IS(SCHEMAC_OK, schemac_rollback(db));
    ends_after(db, &c, MANY - 1);
    CHECK(count_owners(db) == MANY);
    /* begin and end while it streams */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, schemac_commit(db));
    ends_after(db, &c, MANY - 1);
    IS(SCHEMAC_MISUSE, schemac_commit(db));
}

/* More rows than libpq has at hand, in the place of the table. */
static void
stand_in(const char *last_column)
{
    char sql[400];

    ask(other, "ALTER TABLE owners RENAME TO owners_kept");
    (void)snprintf(sql, sizeof sql,
                   "CREATE VIEW owners AS SELECT g AS id, repeat('x', 500) AS name, %s "
                   "AS boss_id FROM generate_series(1, 40000) AS g",
                   last_column);
    ask(other, sql);
}

static void
stand_back(void)
{
    ask(other, "DROP VIEW owners");
    ask(other, "ALTER TABLE owners_kept RENAME TO owners");
}

static void
test_error_in_the_middle(struct schemac_db *db)
{
    struct lot_owners_cursor c;
    enum schemac_status status;
    int64_t count;

    stand_in("1 / (g - 20000)");
    for (int drained = 0; drained < 2; drained++) {
        IS(SCHEMAC_OK, lot_owners_scan(db, &c));
        IS(SCHEMAC_ROW, lot_owners_next(&c));
        if (drained == 1)
            IS(SCHEMAC_OK, lot_notes_count(db, &count));
        CHECK(rest_of(&c, &status) == 19998);
        IS(SCHEMAC_ERROR, status);
        NAMES(code, "22012");
        IS(SCHEMAC_ERROR, lot_owners_close(&c));
    }
    /* In a transaction, which fails with it; what is asked meanwhile is told so. */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_ERROR, lot_notes_count(db, &count));
    NAMES(code, "25P02");
    (void)rest_of(&c, &status);
    NAMES(code, "22012");
    IS(SCHEMAC_ERROR, lot_owners_close(&c));
    IS(SCHEMAC_ERROR, schemac_commit(db));
    SAYS("nothing was committed");
    IS(SCHEMAC_OK, schemac_rollback(db));
    stand_back();
    IS(SCHEMAC_OK, lot_notes_count(db, &count));
}

static void
test_early_close(struct schemac_db *db)
{
    struct lot_owners_cursor c;
    int64_t count;

    stand_in("NULL::int");
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    IS(SCHEMAC_OK, lot_notes_count(db, &count)); /* the cancel did not hit it */
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    IS(SCHEMAC_OK, lot_owners_close(&c));
    IS(SCHEMAC_OK, lot_notes_count(db, &count)); /* the transaction goes on */
    IS(SCHEMAC_OK, schemac_commit(db));
    stand_back();
}

static void
test_close_of_the_handle(const char *url)
{
    struct lot_owners_cursor c;
    struct schemac_db *db;

    IS(SCHEMAC_OK, schemac_open(url, &db));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    schemac_close(db);
    IS(SCHEMAC_OK, schemac_open(url, &db));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    schemac_close(db);
}

/* Whoever uses the connection himself throws away what the server has still to send. */
static void
test_native(struct schemac_db *db)
{
    struct lot_owners_cursor c;
    enum schemac_status status;

    stand_in("NULL::int");
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    PQclear(PQexec(schemac_native(db), "BEGIN"));
    (void)rest_of(&c, &status);
    IS(SCHEMAC_MISUSE, status);
    SAYS("the rest of them is lost");
    IS(SCHEMAC_MISUSE, lot_owners_close(&c));
    /* begin sees the transaction that was begun behind the back of the cursor */
    IS(SCHEMAC_OK, schemac_exec(db, "ROLLBACK"));
    IS(SCHEMAC_OK, lot_owners_scan(db, &c));
    IS(SCHEMAC_ROW, lot_owners_next(&c));
    PQclear(PQexec(schemac_native(db), "BEGIN"));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, schemac_rollback(db));
    CHECK(PQtransactionStatus(schemac_native(db)) == PQTRANS_INTRANS);
    IS(SCHEMAC_OK, schemac_exec(db, "ROLLBACK"));
    IS(SCHEMAC_MISUSE, lot_owners_next(&c));
    IS(SCHEMAC_MISUSE, lot_owners_close(&c));
    stand_back();
}

static void
test_locks(struct schemac_db *db)
{
    struct lot_owners row = { .name = schemac_text("row 1") };
    PGconn *native = schemac_native(db);
    int64_t count;

    IS(SCHEMAC_OK, schemac_busy_timeout(db, 20));
    ask(other, "BEGIN; LOCK TABLE owners");
    IS(SCHEMAC_BUSY, lot_owners_count(db, &count));
    NAMES(table, "owners");
    ask(other, "ROLLBACK");
    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("row 1"), &row));
    /* another has written what we write, since our transaction began */
    IS(SCHEMAC_OK, schemac_exec(db, "SET default_transaction_isolation = serializable"));
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_get(db, row.id, &row));
    ask(other, "UPDATE owners SET boss_id = NULL WHERE name = 'row 1'");
    IS(SCHEMAC_RETRY, lot_owners_update(db, &row, LOT_OWNERS_COL_NAME));
    NAMES(code, "40001");
    IS(SCHEMAC_OK, schemac_rollback(db));
    IS(SCHEMAC_OK, schemac_exec(db, "RESET default_transaction_isolation"));
    IS(SCHEMAC_OK, lot_owners_update(db, &row, LOT_OWNERS_COL_NAME));
    /* each has what the other waits for; the server ends ours, which asked first */
    IS(SCHEMAC_OK, schemac_busy_timeout(db, 60000));
    IS(SCHEMAC_OK, schemac_exec(db, "SET deadlock_timeout = '10ms'"));
    ask(other, "SET deadlock_timeout = '10s'");
    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, lot_owners_update(db, &row, LOT_OWNERS_COL_NAME));
    ask(other, "BEGIN; UPDATE owners SET name = name WHERE name = 'row 2'");
    CHECK(PQsendQuery(other, "UPDATE owners SET name = name WHERE name = 'row 1'") == 1);
    IS(SCHEMAC_OK, schemac_exec(db, "SELECT pg_sleep(0.05)"));
    IS(SCHEMAC_OK, lot_owners_find_by_name(db, schemac_text("row 2"), &row));
    IS(SCHEMAC_RETRY, lot_owners_update(db, &row, LOT_OWNERS_COL_NAME));
    NAMES(code, "40P01");
    IS(SCHEMAC_OK, schemac_rollback(db));
    PQclear(PQgetResult(other));
    CHECK(PQgetResult(other) == NULL);
    ask(other, "ROLLBACK");
    CHECK(schemac_native(db) == native);
}

static void
test_refusals(struct schemac_db *db)
{
    struct lot_owners row = { .name = schemac_text("row 1") };
    struct lot_tickets ticket = { .shop = 1, .code = schemac_text("once") };

    IS(SCHEMAC_UNIQUE, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    NAMES(table, "owners");
    NAMES(column, "name");
    NAMES(constraint, "owners_name_key");
    NAMES(code, "23505");
    row = (struct lot_owners){ .name = schemac_text("subordinate"),
                               .boss_id = { -5, true } };
    IS(SCHEMAC_FOREIGN_KEY, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    NAMES(table, "owners");
    NAMES(column, "boss_id");
    NAMES(constraint, "owners_boss_id_fkey");
    row.name = schemac_text(NULL);
    IS(SCHEMAC_NOT_NULL, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    NAMES(table, "owners");
    NAMES(column, "name");
    IS(SCHEMAC_OK, lot_tickets_insert(db, &ticket, LOT_TICKETS_NEW));
    IS(SCHEMAC_UNIQUE, lot_tickets_insert(db, &ticket, LOT_TICKETS_ALL));
    NAMES(column, "shop, number");
    ask(other, "ALTER TABLE owners ADD CONSTRAINT no_x CHECK (name <> 'x')");
    row = (struct lot_owners){ .name = schemac_text("x") };
    IS(SCHEMAC_CHECK, lot_owners_insert(db, &row, LOT_OWNERS_NEW));
    NAMES(table, "owners");
    NAMES(constraint, "no_x");
    IS(SCHEMAC_OK, schemac_exec(db, "CREATE TEMP TABLE odd_ones (b bit(3), x xml)"));
    IS(SCHEMAC_CHECK, schemac_exec(db, "INSERT INTO odd_ones VALUES ('1011')"));
    NAMES(code, "22026");
    IS(SCHEMAC_CHECK, schemac_exec(db, "INSERT INTO odd_ones (x) VALUES ('<a>')"));
    NAMES(code, "2200N");
}

/* ---- rows in bulk ---- */

#define ROWS 900

/* Row `at` of ROWS breaks something; both ways in say which, or that they do not know. */
static void
refuse_at(struct schemac_db *db, struct lot_owners *rows, size_t at,
          enum schemac_status wanted, bool load_knows)
{
    int64_t before = count_owners(db);
    char words[60];

    (void)snprintf(words, sizeof words, "row %zu of %d: ", at + 1, ROWS);
    IS(wanted, lot_owners_insert_many(db, rows, ROWS, LOT_OWNERS_NEW));
    SAYS(words);
    IS(wanted, lot_owners_load(db, rows, ROWS, LOT_OWNERS_NEW));
    SAYS(load_knows ? words : "one of 900 rows: ");
    CHECK(count_owners(db) == before);
}

static void
test_row_that_fails(struct schemac_db *db)
{
    static const size_t places[] = { 0, 1, 255, 256, 450, ROWS - 1 };
    struct lot_owners *rows = make_owners(ROWS, "bulk");

    ask(other, "CREATE FUNCTION owners() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n"
               "IF NEW.name = 'trigger' THEN\n\n RAISE 'no, 77'; END IF; RETURN NEW; END "
               "$$");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct lot_owners kept = rows[places[i]];

        rows[places[i]].name = schemac_text("row 7");
        refuse_at(db, rows, places[i], SCHEMAC_UNIQUE, true);
        NAMES(column, "name");
        rows[places[i]].name = schemac_text(NULL);
        refuse_at(db, rows, places[i], SCHEMAC_NOT_NULL, true);
        rows[places[i]].name = (struct schemac_text){ "a\0b", 3 };
        refuse_at(db, rows, places[i], SCHEMAC_CHECK, true);
        rows[places[i]] = kept;
        rows[places[i]].boss_id = (struct schemac_int32_opt){ -1, true };
        refuse_at(db, rows, places[i], SCHEMAC_FOREIGN_KEY, false);
        rows[places[i]] = kept;
        rows[places[i]].name = schemac_text("trigger");
        ask(other, "CREATE TRIGGER t BEFORE INSERT ON owners FOR EACH ROW EXECUTE "
                   "FUNCTION owners()");
        refuse_at(db, rows, places[i], SCHEMAC_CHECK, true);
        ask(other, "DROP TRIGGER t ON owners; CREATE TRIGGER t AFTER INSERT ON owners "
                   "FOR EACH ROW EXECUTE FUNCTION owners()");
        refuse_at(db, rows, places[i], SCHEMAC_CHECK, false);
        ask(other, "DROP TRIGGER t ON owners");
        rows[places[i]] = kept;
    }
    IS(SCHEMAC_OK, lot_owners_load(db, rows, ROWS, LOT_OWNERS_NEW));
    ask(other, "DELETE FROM owners WHERE name LIKE 'bulk %'");
    free_owners(rows);
}

/* What does not come back cannot be filled in; where nothing has to, all is well. */
static void
test_swallowed(struct schemac_db *db)
{
    struct lot_owners *rows = make_owners(30, "gone");
    struct lot_notes note = { .note = schemac_text("gone") };

    ask(other, "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
               "RETURN NULL; END $$");
    ask(other, "CREATE TRIGGER t BEFORE INSERT ON owners FOR EACH ROW EXECUTE FUNCTION "
               "swallow()");
    ask(other, "CREATE TRIGGER t BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION "
               "swallow()");
    IS(SCHEMAC_NOT_FOUND, lot_owners_insert(db, &rows[0], LOT_OWNERS_NEW));
    IS(SCHEMAC_NOT_FOUND, lot_owners_upsert_by_name(db, &rows[0], LOT_OWNERS_NEW));
    IS(SCHEMAC_NOT_FOUND, lot_owners_insert_many(db, rows, 30, LOT_OWNERS_NEW));
    SAYS("row 1 of 30: ");
    IS(SCHEMAC_OK, lot_owners_load(db, rows, 30, LOT_OWNERS_NEW));
    IS(SCHEMAC_OK, lot_notes_insert(db, &note, LOT_NOTES_NEW));
    IS(SCHEMAC_OK, lot_notes_insert_many(db, &note, 1, LOT_NOTES_NEW));
    ask(other, "DROP TRIGGER t ON owners");
    ask(other, "DROP TRIGGER t ON notes");
    CHECK(count_owners(db) == MANY);
    free_owners(rows);
}

#define VERY_MANY 70000 /* more than a statement may have parameters */

static void
test_very_many(struct schemac_db *db)
{
    struct lot_log *rows = calloc(VERY_MANY, sizeof *rows);
    int64_t count;

    if (rows == NULL)
        exit(1);
    for (size_t i = 0; i < VERY_MANY; i++)
        rows[i].what = schemac_text("one of very many");
    IS(SCHEMAC_OK, lot_log_load(db, rows, VERY_MANY, LOT_LOG_NEW));
    IS(SCHEMAC_OK, lot_log_insert_many(db, rows, VERY_MANY, LOT_LOG_NEW));
    IS(SCHEMAC_OK, lot_log_count(db, &count));
    CHECK(count == 2 * (int64_t)VERY_MANY);
    CHECK(rows[VERY_MANY - 1].id == rows[0].id + VERY_MANY - 1);
    free(rows);
}

int
main(int argc, char **argv)
{
    struct lot_owners *rows = make_owners(MANY, "row");
    struct schemac_db *db;

    if (argc != 2)
        return 2;
    other = other_session(argv[1]);
    IS(SCHEMAC_OK, lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db));
    ask(other, "DROP VIEW item_owners");
    ask(other, "CREATE INDEX ON owners (boss_id)");
    IS(SCHEMAC_OK, lot_owners_load(db, rows, MANY, LOT_OWNERS_NEW));
    free_owners(rows);
    test_nested(db);
    test_transactions(db);
    test_early_close(db);
    test_native(db);
    test_error_in_the_middle(db);
    test_close_of_the_handle(argv[1]);
    test_locks(db);
    test_refusals(db);
    test_row_that_fails(db);
    test_swallowed(db);
    test_very_many(db);
    schemac_close(db);
    PQfinish(other);
    printf("ok\n");
    return 0;
}
