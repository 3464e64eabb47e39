/*
 * Migrations that fail in the middle, are killed, or meet another process: either a
 * version is reached completely or the database is as it was.
 */
#define _POSIX_C_SOURCE 200809L

#include "chain.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

/* ---- failures in the middle ---- */

static const struct schemac_step failing_steps[] = {
    GROW,
    { .name = "rebuild table vehicles",
      SQL("CREATE TABLE schemac_new_vehicles (id INTEGER PRIMARY KEY, phone TEXT "
          "CONSTRAINT has_phone CHECK (phone IS NOT NULL))",
          "INSERT INTO schemac_new_vehicles (id, phone) SELECT id, phone FROM vehicles",
          "DROP TABLE vehicles", "ALTER TABLE schemac_new_vehicles RENAME TO vehicles") },
};

static void
a_failing_step_changes_nothing(void **state)
{
    assert_fails(*state, failing_steps, COUNT(failing_steps), true, SCHEMAC_CHECK,
                 "failed in step 2 of 2 (rebuild table vehicles): CHECK constraint "
                 "failed: has_phone");
}

static void
the_parts_of_an_error_survive_the_rollback(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    struct chain c;

    chain_make(&c, failing_steps, COUNT(failing_steps), true);
    ASSERT_STATUS(db, schemac_migrate(db, &c.schema, NULL), SCHEMAC_CHECK);
    assert_string_equal(schemac_error(db)->constraint, "has_phone");
    assert_string_equal(schemac_error(db)->code, "SQLITE_CONSTRAINT_CHECK");
    schemac_close(db);
}

static const struct schemac_step guard_steps[] = {
    GROW,
    { .name = "lose rows",
      SQL("DELETE FROM vehicles WHERE phone IS NULL",
          "CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT \"rows of vehicles "
          "were "
          "lost\" CHECK (ok))",
          "INSERT INTO temp.schemac_guard SELECT count(*) = 3 FROM vehicles",
          "DROP TABLE temp.schemac_guard") },
};

static void
a_guard_inside_a_step_stops(void **state)
{
    assert_fails(*state, guard_steps, COUNT(guard_steps), false, SCHEMAC_CHECK,
                 "rows of vehicles were lost");
}

static const struct schemac_step postcondition_steps[] = {
    { .name = "grow",
      SQL("ALTER TABLE vehicles ADD COLUMN extra TEXT"),
      .postcondition = "SELECT count(*) = 4 FROM vehicles" },
};

static void
a_postcondition_that_is_false_stops(void **state)
{
    assert_fails(*state, postcondition_steps, 1, false, SCHEMAC_CHECK,
                 "what must hold afterwards does not: SELECT count(*) = 4");
}

static const struct schemac_step verify_steps[] = {
    { .name = "every vehicle has a phone",
      SQL("SELECT phone IS NOT NULL FROM vehicles"),
      .is_verify = true },
    GROW,
};

static const struct schemac_step verify_null_steps[] = {
    GROW,
    { .name = "null is not true", SQL("SELECT NULL"), .is_verify = true },
};

static void
a_verification_that_fails_stops(void **state)
{
    assert_fails(*state, verify_steps, 2, false, SCHEMAC_CHECK,
                 "step 1 of 2 (every vehicle has a phone): it does not hold");
}

static void
null_verifies_nothing(void **state)
{
    assert_fails(*state, verify_null_steps, 2, false, SCHEMAC_CHECK,
                 "(null is not true): it does not hold");
}

static const struct schemac_step orphan_steps[] = {
    { .name = "lose a parent", SQL("DELETE FROM vehicles WHERE plate = 'T-2'") },
};

static void
orphans_are_found_before_commit(void **state)
{
    assert_fails(*state, orphan_steps, 1, true, SCHEMAC_FOREIGN_KEY,
                 "rows refer to rows that are not there: foreign keys (1 row, for "
                 "instance (table audit, row 2, refers to vehicles))");
}

static void
orphans_from_before_are_said_to_be_so(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db,
              schemac_exec(db, "PRAGMA foreign_keys = OFF; DELETE FROM vehicles WHERE "
                               "id = 2; PRAGMA foreign_keys = ON"));
    ASSERT_STATUS(db, migrate(db, "1.2.0", 0), SCHEMAC_FOREIGN_KEY);
    ASSERT_MESSAGE(db, "there were such rows before the migration");
    schemac_close(db);
}

static const char *const transaction_sql[] = {
    "COMMIT",
    "-- done\n end transaction",
    "/* a */ /* b */Rollback",
    "RELEASE x",
    " ;savepoint a",
    "BEGIN",
};

static void
a_step_does_not_end_the_transaction(void **state)
{
    for (size_t i = 0; i < COUNT(transaction_sql); i++) {
        const struct schemac_step steps[] = {
            GROW,
            { .name = "end", .sql = &transaction_sql[i], .sql_count = 1 },
        };

        assert_fails(*state, steps, 2, false, SCHEMAC_MISUSE,
                     "a step must not begin or end a transaction");
        assert_int_equal(unlink(((const struct test_place *)*state)->path), 0);
    }
}

static const struct schemac_step sly_steps[] = {
    { .name = "sly", SQL("SELECT 1; COMMIT") },
};

/* Then nothing can be undone any more; at least it is not said that it was. */
static void
a_transaction_ended_slyly_is_told(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    struct chain c;

    chain_make(&c, sly_steps, 1, false);
    ASSERT_STATUS(db, schemac_migrate(db, &c.schema, NULL), SCHEMAC_MISUSE);
    ASSERT_MESSAGE(db, "what ran before it is kept");
    assert_null(strstr(schemac_error(db)->message, "as it was"));
    schemac_close(db);
}

static const struct schemac_step rollback_steps[] = {
    GROW,
    { .name = "roll back",
      SQL("INSERT OR ROLLBACK INTO vehicles (plate) VALUES ('KA-1')") },
};

static void
a_rollback_by_the_engine_is_a_failure(void **state)
{
    assert_fails(*state, rollback_steps, 2, true, SCHEMAC_UNIQUE, "vehicles.plate");
}

/* The first version fails too. */
static void
an_empty_database_stays_empty(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);
    struct chain c;

    chain_make(&c, NULL, 0, false);
    c.versions[0].create.steps = failing_steps;
    c.versions[0].create.step_count = COUNT(failing_steps);
    c.schema.version_count = 1;
    ASSERT_STATUS(db, schemac_migrate(db, &c.schema, NULL), SCHEMAC_ERROR);
    ASSERT_MESSAGE(db,
                   "from nothing to 1.0.0 failed in step 1 of 2 (grow): no such table");
    ASSERT_MESSAGE(db, "the database is as it was, empty");
    assert_int_equal(ask(db, "SELECT count(*) FROM sqlite_schema"), 0);
    schemac_close(db);
}

static const struct schemac_step full_steps[] = {
    { .name = "fill the disk",
      SQL("CREATE TABLE big (a)", "INSERT INTO big VALUES (zeroblob(1000000))") },
};

static void
a_full_disk_changes_nothing(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    struct chain c;

    chain_make(&c, full_steps, 1, true);
    ASSERT_OK(db, schemac_exec(db, "PRAGMA max_page_count = 40"));
    ASSERT_STATUS(db, schemac_migrate(db, &c.schema, NULL), SCHEMAC_FULL);
    ASSERT_MESSAGE(db, "the database is as it was, at version 1.0.0");
    assert_sound(db);
    assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0");
    schemac_close(db);
}

static void
a_locked_database_is_busy(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");
    struct schemac_db *other = must_open(p->path, 0);

    ASSERT_OK(db, schemac_busy_timeout(db, 20));
    ASSERT_OK(other, schemac_begin(other));
    ASSERT_STATUS(db, migrate(db, "1.2.0", 0), SCHEMAC_BUSY);
    ASSERT_MESSAGE(db, "the database is as it was, at version 1.1.0");
    assert_sound(db);
    ASSERT_OK(other, schemac_rollback(other));
    ASSERT_OK(db, migrate(db, "1.2.0", 0));
    schemac_close(other);
    schemac_close(db);
}

/* A reader keeps a commit from happening when the journal is no write-ahead log. */
static void
a_reader_that_blocks_the_commit_is_busy(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    struct schemac_db *reader;

    ASSERT_OK(db, migrate(db, "1.1.0", 0));
    fill(db);
    reader = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    ASSERT_OK(reader, schemac_exec(reader, "BEGIN; SELECT count(*) FROM vehicles"));
    ASSERT_OK(db, schemac_busy_timeout(db, 20));
    ASSERT_STATUS(db, migrate(db, "1.2.0", 0), SCHEMAC_BUSY);
    ASSERT_MESSAGE(db, "the database is as it was, at version 1.1.0");
    assert_sound(db);
    schemac_close(reader);
    ASSERT_OK(db, migrate(db, "1.2.0", 0));
    assert_sound(db);
    schemac_close(db);
}

/* ---- two processes ---- */

static void
die(void *context, const struct schemac_progress *p)
{
    const size_t *at = context;

    if (p->step != NULL && p->step_number == *at)
        (void)raise(SIGKILL);
}

static const struct schemac_step long_steps[] = {
    { .name = "many rows",
      SQL("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
          "20000) INSERT INTO vehicles (plate) SELECT 'X-' || i FROM n") },
};

static void
run_until_killed(const struct test_place *p, const char *journal, size_t at)
{
    struct schemac_migrate_options options = { .progress = die, .context = &at };
    struct schemac_db *db = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
    struct schemac_step steps[2] = { long_steps[0], up_1_1[0] };
    struct chain c;

    chain_make(&c, steps, 2, true);
    (void)schemac_exec(db, journal);
    (void)schemac_exec(db, "PRAGMA cache_size = 10"); /* so that pages are spilled */
    (void)schemac_migrate(db, &c.schema, &options);
    _exit(0); /* not reached */
}

static void
a_killed_migration_leaves_the_old_version(void **state)
{
    static const char *const journals[] = { "PRAGMA journal_mode = WAL",
                                            "PRAGMA journal_mode = DELETE",
                                            "PRAGMA journal_mode = TRUNCATE",
                                            "PRAGMA journal_mode = PERSIST" };
    const struct test_place *p = *state;
    struct schemac_db *db;

    schemac_close(open_at(p, "1.0.0"));
    for (size_t i = 0; i < COUNT(journals) * 2; i++) {
        pid_t child = fork();
        int outcome;

        assert_true(child >= 0);
        if (child == 0)
            run_until_killed(p, journals[i / 2], i % 2 + 1);
        assert_int_equal(waitpid(child, &outcome, 0), child);
        assert_true(WIFSIGNALED(outcome) && WTERMSIG(outcome) == SIGKILL);
        db = must_open(p->path, SCHEMAC_OPEN_KEEP_JOURNAL);
        assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0");
        assert_sound(db);
        schemac_close(db);
    }
    db = must_open(p->path, 0);
    ASSERT_OK(db, migrate(db, NULL, SCHEMAC_HAZARD_ALL));
    assert_sound(db);
    schemac_close(db);
}

/* SQLite tells of a statement before it runs: just before the first BEGIN, somebody else
 * does the work. */
static int
overtake(unsigned event, void *context, void *statement, void *text)
{
    struct schemac_db **other = context;

    (void)event;
    (void)statement;
    if (*other == NULL || strcmp(text, "BEGIN IMMEDIATE") != 0)
        return 0;
    ASSERT_OK(*other, migrate(*other, "1.2.0", SCHEMAC_HAZARD_ALL));
    schemac_close(*other);
    *other = NULL;
    return 0;
}

static void
being_overtaken_is_noticed(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");
    struct schemac_db *other = must_open(p->path, 0);

    assert_int_equal(
        sqlite3_trace_v2(schemac_native(db), SQLITE_TRACE_STMT, overtake, &other),
        SQLITE_OK);
    ASSERT_OK(db, migrate(db, NULL, SCHEMAC_HAZARD_ALL));
    assert_null(other);
    assert_at(db, SCHEMAC_STATE_CURRENT, "1.3.0");
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history"), 4);
    assert_sound(db);
    schemac_close(db);
}

static void
migrate_as_a_program(const char *path)
{
    struct schemac_db *db = NULL;

    if (schemac_open(path, &db) != SCHEMAC_OK
        || migrate(db, NULL, SCHEMAC_HAZARD_ALL) != SCHEMAC_OK)
        _exit(1);
    schemac_close(db);
    _exit(0);
}

/* How often: the programs must meet at the few microseconds that matter. */
#define MEETINGS 20

/* Several programs of one application start together: one migrates, all are content. */
static void
programs_that_start_together_agree(void **state)
{
    const struct test_place *p = *state;
    pid_t children[4];
    struct schemac_db *db;

    for (int round = 0; round < MEETINGS; round++) {
        db = round == 0 ? open_at(p, "1.0.0") : must_open(p->path, 0);
        ASSERT_OK(db, migrate(db, "1.0.0", SCHEMAC_HAZARD_ALL));
        schemac_close(db);
        for (size_t i = 0; i < COUNT(children); i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0)
                migrate_as_a_program(p->path);
        }
        for (size_t i = 0; i < COUNT(children); i++) {
            int outcome;

            assert_int_equal(waitpid(children[i], &outcome, 0), children[i]);
            assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
        }
    }
    db = must_open(p->path, 0);
    assert_at(db, SCHEMAC_STATE_CURRENT, "1.3.0");
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history"),
                     1 + 3 * (2 * MEETINGS - 1));
    assert_sound(db);
    schemac_close(db);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_failing_step_changes_nothing),
        TEST(the_parts_of_an_error_survive_the_rollback),
        TEST(a_guard_inside_a_step_stops),
        TEST(a_postcondition_that_is_false_stops),
        TEST(a_verification_that_fails_stops),
        TEST(null_verifies_nothing),
        TEST(orphans_are_found_before_commit),
        TEST(orphans_from_before_are_said_to_be_so),
        TEST(a_step_does_not_end_the_transaction),
        TEST(a_transaction_ended_slyly_is_told),
        TEST(a_rollback_by_the_engine_is_a_failure),
        TEST(an_empty_database_stays_empty),
        TEST(a_full_disk_changes_nothing),
        TEST(a_locked_database_is_busy),
        TEST(a_reader_that_blocks_the_commit_is_busy),
        TEST(a_killed_migration_leaves_the_old_version),
        TEST(being_overtaken_is_noticed),
        TEST(programs_that_start_together_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
