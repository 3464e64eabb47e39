/*
 * The migration runner on SQLite: reaching versions up and down, what is refused before
 * anything is changed, and the history.  Failures in the middle: test_migrate_failure.c.
 */
#define _POSIX_C_SOURCE 200809L

#include "chain.h"

/* ---- reaching versions ---- */

static void
a_new_database_is_created_at_the_target(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);

    assert_at(db, SCHEMAC_STATE_NEW, "");
    assert_int_equal(report_of(db, &parking).pending, 4);
    ASSERT_STATUS(db, schemac_check_version(db, &parking), SCHEMAC_STALE_SCHEMA);
    ASSERT_OK(db, schemac_migrate(db, &parking, NULL));
    assert_at(db, SCHEMAC_STATE_CURRENT, "1.3.0");
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history"), 1);
    ASSERT_TEXT(db, "SELECT direction FROM schemac_history", "create");
    ASSERT_OK(db, schemac_check_version(db, &parking));
    ASSERT_OK(db, schemac_migrate(db, &parking, NULL)); /* nothing is left to do */
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history"), 1);
    schemac_close(db);
}

static void
the_chain_goes_up_and_down(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.3.0");

    assert_at(db, SCHEMAC_STATE_CURRENT, "1.3.0");
    assert_sound(db);
    assert_int_equal(ask(db, "SELECT count(*) FROM vehicles WHERE kind = 'truck'"), 1);
    ASSERT_OK(db, migrate(db, "1.0.0", SCHEMAC_HAZARD_ALL));
    assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0");
    assert_int_equal(report_of(db, &parking).pending, 3);
    assert_sound(db);
    ASSERT_STATUS(db, schemac_check_version(db, &parking), SCHEMAC_STALE_SCHEMA);
    ASSERT_MESSAGE(db, "at version 1.0.0");
    ASSERT_OK(db, migrate(db, "1.2.0", SCHEMAC_HAZARD_ALL));
    assert_at(db, SCHEMAC_STATE_OLDER, "1.2.0");
    assert_sound(db);
    schemac_close(db);
}

static void
down_to_nothing_and_up_again(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, migrate(db, "", SCHEMAC_HAZARD_ALL));
    assert_at(db, SCHEMAC_STATE_NEW, "");
    assert_int_equal(
        ask(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'vehicles'"), 0);
    ASSERT_OK(db, migrate(db, "", SCHEMAC_HAZARD_ALL));
    ASSERT_OK(db, migrate(db, NULL, 0));
    assert_at(db, SCHEMAC_STATE_CURRENT, "1.3.0");
    schemac_close(db);
}

static void
history_says_what_was_done(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.3.0");
    const struct schemac_status_report report = report_of(db, &parking);

    assert_string_equal(report.fingerprint, FINGERPRINT("dddd"));
    assert_true(report.applied_at > INT64_C(1700000000) * 1000000);
    assert_int_equal(
        ask(db, "SELECT abs(strftime('%s', finished_at) - strftime('%s', 'now')) < 60 "
                "FROM schemac_history ORDER BY id DESC"),
        1);
    assert_int_equal(report.applied_at / 1000000,
                     ask(db, "SELECT strftime('%s', finished_at) FROM schemac_history "
                             "ORDER BY id DESC"));
    ASSERT_TEXT(db,
                "SELECT group_concat(direction || ' ' || from_version || '-' || version "
                "|| ' ' || steps || ' ' || rows_at_stake, ', ') FROM schemac_history",
                "create -1.0.0 2 0, up 1.0.0-1.1.0 4 0, up 1.1.0-1.2.0 1 0, "
                "up 1.2.0-1.3.0 1 2");
    assert_int_equal(ask(db, "SELECT count(objects) FROM schemac_history"), 1);
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history WHERE tool_version "
                             "= '" SCHEMAC_VERSION "' AND length(schema_digest) = 16 "
                             "AND schema = 'parking' AND duration_ms >= 0"),
                     4);
    schemac_close(db);
}

struct told {
    size_t steps;
    size_t versions;
};

static void
count_progress(void *context, const struct schemac_progress *p)
{
    struct told *told = context;

    assert_true(p->seconds >= 0);
    if (p->step == NULL) {
        told->versions++;
        return;
    }
    told->steps++;
    assert_true(p->step_number >= 1 && p->step_number <= p->step_count);
}

static void
progress_is_told_for_each_step(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    struct told told = { 0, 0 };
    const struct schemac_migrate_options options = { .allow = SCHEMAC_HAZARD_ALL,
                                                     .progress = count_progress,
                                                     .context = &told };

    ASSERT_OK(db, schemac_migrate(db, &parking, &options));
    assert_int_equal(told.steps, 6);
    assert_int_equal(told.versions, 3);
    schemac_close(db);
}

/* ---- refusals ---- */

static void
a_hazard_is_refused_before_anything_happens(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");

    ASSERT_STATUS(db, migrate(db, NULL, SCHEMAC_HAZARD_REWRITE), SCHEMAC_REFUSED);
    ASSERT_MESSAGE(db, "from 1.2.0 to 1.3.0");
    ASSERT_MESSAGE(db, "data-loss: column vehicles.phone");
    assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0"); /* not 1.2.0: the way is asked whole */
    assert_sound(db);
    ASSERT_OK(db, migrate(db, "1.2.0", 0));
    ASSERT_STATUS(db, migrate(db, NULL, 0), SCHEMAC_REFUSED);
    ASSERT_MESSAGE(db, "step 1 (drop column vehicles.phone) is data-loss, rewrite: "
                       "column vehicles.phone, 2 rows at stake");
    assert_sound(db);
    schemac_close(db);
}

static void
preconditions_are_asked_first(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, schemac_exec(db, "INSERT INTO vehicles (plate) VALUES (NULL), (NULL),"
                                   "(NULL), (NULL)"));
    ASSERT_STATUS(db, migrate(db, "1.2.0", 0), SCHEMAC_REFUSED);
    ASSERT_MESSAGE(db, "vehicles.plate holds NULL (4 rows, for instance (id 4, plate "
                       "NULL), (id 5, plate NULL), (id 6, plate NULL))");
    ASSERT_MESSAGE(db, "at version 1.1.0");
    assert_at(db, SCHEMAC_STATE_OLDER, "1.1.0");
    assert_int_equal(ask(db, "PRAGMA foreign_keys"), 1);
    schemac_close(db);
}

static const struct schemac_check strange_checks[] = {
    { "strange", "SELECT 'a' || char(10) || 'b' AS text, x'FF41', "
                 "replace(hex(zeroblob(50)), '00', 'ä') FROM vehicles" },
};

static const struct schemac_step strange_steps[] = {
    { .name = "strange", .preconditions = strange_checks, .precondition_count = 1 },
};

static void
sample_rows_are_clean_text(void **state)
{
    assert_fails(*state, strange_steps, 1, false, SCHEMAC_REFUSED,
                 "(text a?b, x'FF41' ?A, replace(hex(zeroblob(50)), '00' äää");
}

#define BAD_ROWS "SELECT *, '" LONG_TEXT "', '" LONG_TEXT "' FROM vehicles"
#define LONG_TEXT "a text that is long enough to be cut when it is shown"
#define LONG_TITLE                                                                       \
    LONG_TEXT " " LONG_TEXT " " LONG_TEXT " " LONG_TEXT " " LONG_TEXT " " LONG_TEXT

static const struct schemac_check many_checks[] = {
    { "1 " LONG_TITLE, BAD_ROWS }, { "2 " LONG_TITLE, BAD_ROWS },
    { "3 " LONG_TITLE, BAD_ROWS }, { "4 " LONG_TITLE, BAD_ROWS },
    { "5 " LONG_TITLE, BAD_ROWS }, { "6 " LONG_TITLE, BAD_ROWS },
    { "7 " LONG_TITLE, BAD_ROWS }, { "8 " LONG_TITLE, BAD_ROWS },
};

static const struct schemac_step many_steps[] = {
    { .name = "many", .preconditions = many_checks, .precondition_count = 8 },
};

/* The message has a limit; what state the database is in is always in it. */
static void
the_end_of_a_long_message_is_kept(void **state)
{
    assert_fails(*state, many_steps, 1, false, SCHEMAC_REFUSED,
                 "…; the database is as it was");
}

static const struct schemac_check short_checks[] = {
    { "1", "VALUES (1)" }, { "2", "VALUES (1)" }, { "3", "VALUES (1)" },
    { "4", "VALUES (1)" }, { "5", "VALUES (1)" }, { "6", "VALUES (1)" },
    { "7", "VALUES (1)" }, { "8", "VALUES (1)" },
};

static const struct schemac_step short_steps[] = {
    { .name = "many", .preconditions = short_checks, .precondition_count = 8 },
};

static void
many_failures_are_counted(void **state)
{
    assert_fails(*state, short_steps, 1, false, SCHEMAC_REFUSED,
                 "6 (1 row, for instance (column1 1)); and 2 more; the database");
}

static const struct schemac_check wrong_checks[] = { { "wrong", "SELECT * FROM no" } };

static const struct schemac_step wrong_steps[] = {
    { .name = "wrong", .preconditions = wrong_checks, .precondition_count = 1 },
};

static void
a_precondition_that_cannot_be_asked_stops(void **state)
{
    assert_fails(*state, wrong_steps, 1, false, SCHEMAC_ERROR,
                 "the precondition \"wrong\" cannot be asked: no such table: no");
}

static void
objects_without_history_are_refused_until_baselined(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_OK(db, schemac_exec(db, "CREATE TABLE " VEHICLES_1_0 ";" AUDIT));
    fill(db);
    assert_at(db, SCHEMAC_STATE_FOREIGN, "");
    ASSERT_STATUS(db, migrate(db, NULL, SCHEMAC_HAZARD_ALL), SCHEMAC_REFUSED);
    ASSERT_MESSAGE(db, "baseline");
    ASSERT_STATUS(db, schemac_baseline(db, &parking, "9.9"), SCHEMAC_NOT_FOUND);
    assert_at(db, SCHEMAC_STATE_FOREIGN, "");
    ASSERT_OK(db, schemac_baseline(db, &parking, "1.0.0"));
    assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0");
    ASSERT_OK(db, migrate(db, NULL, SCHEMAC_HAZARD_ALL));
    assert_sound(db);
    schemac_close(db);
}

static void
an_empty_database_is_not_baselined(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_STATUS(db, schemac_baseline(db, &parking, "1.0.0"), SCHEMAC_REFUSED);
    assert_at(db, SCHEMAC_STATE_NEW, "");
    ASSERT_STATUS(db, schemac_baseline(db, &parking, NULL), SCHEMAC_MISUSE);
    schemac_close(db);
}

static void
drift_is_refused_and_named(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, schemac_exec(db, "DROP INDEX vehicles_kind; ALTER TABLE audit ADD "
                                   "COLUMN more; CREATE VIEW all_audit AS SELECT * FROM "
                                   "audit"));
    assert_at(db, SCHEMAC_STATE_DRIFTED, "1.1.0");
    ASSERT_STATUS(db, migrate(db, NULL, SCHEMAC_HAZARD_ALL), SCHEMAC_STALE_SCHEMA);
    ASSERT_MESSAGE(db, "index vehicles_kind is gone, table audit was changed, view "
                       "all_audit is new");
    ASSERT_STATUS(db, schemac_check_version(db, &parking), SCHEMAC_STALE_SCHEMA);
    ASSERT_OK(db, schemac_baseline(db, &parking, "1.1.0")); /* accept it */
    assert_at(db, SCHEMAC_STATE_OLDER, "1.1.0");
    schemac_close(db);
}

static void
much_drift_is_counted(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");
    char sql[40];

    for (int i = 0; i < 100; i++) {
        snprintf(sql, sizeof sql, "CREATE TABLE t%02d (a)", i);
        ASSERT_OK(db, schemac_exec(db, sql));
    }
    ASSERT_STATUS(db, migrate(db, NULL, SCHEMAC_HAZARD_ALL), SCHEMAC_STALE_SCHEMA);
    ASSERT_MESSAGE(db, "table t00 is new, table t01 is new");
    ASSERT_MESSAGE(db, "table t07 is new and 92 more");
    schemac_close(db);
}

static void
what_analyze_and_others_keep_is_no_drift(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, schemac_exec(db, "ANALYZE; VACUUM; CREATE TEMP TABLE scratch (a)"));
    assert_at(db, SCHEMAC_STATE_OLDER, "1.1.0");
    schemac_close(db);
}

static void
a_newer_version_is_refused(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.3.0");
    const struct schemac_schema older = {
        .name = "parking", .dialect = "sqlite", .versions = versions, .version_count = 2
    };

    assert_int_equal(report_of(db, &older).state, SCHEMAC_STATE_NEWER);
    ASSERT_STATUS(db, schemac_migrate(db, &older, NULL), SCHEMAC_STALE_SCHEMA);
    ASSERT_MESSAGE(db, "at version 1.3.0, which this program does not know");
    ASSERT_STATUS(db, schemac_check_version(db, &older), SCHEMAC_STALE_SCHEMA);
    schemac_close(db);
}

static void
an_edited_version_is_refused(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    struct chain c;

    chain_make(&c, up_1_1, COUNT(up_1_1), false);
    c.versions[0].fingerprint = FINGERPRINT("ffff");
    assert_int_equal(report_of(db, &c.schema).state, SCHEMAC_STATE_DRIFTED);
    ASSERT_STATUS(db, schemac_migrate(db, &c.schema, NULL), SCHEMAC_STALE_SCHEMA);
    ASSERT_MESSAGE(db, "is not what it was");
    schemac_close(db);
}

static void
the_database_of_another_schema_is_refused(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    const struct schemac_schema other = {
        .name = "library", .dialect = "sqlite", .versions = versions, .version_count = 4
    };

    assert_int_equal(report_of(db, &other).state, SCHEMAC_STATE_FOREIGN);
    ASSERT_STATUS(db, schemac_migrate(db, &other, NULL), SCHEMAC_REFUSED);
    ASSERT_MESSAGE(db, "belongs to schema \"parking\"");
    ASSERT_STATUS(db, schemac_baseline(db, &other, "1.0.0"), SCHEMAC_REFUSED);
    schemac_close(db);
}

static void
wrong_arguments_are_misuse(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);
    const struct schemac_schema postgres = {
        .name = "parking", .dialect = "postgres", .versions = versions, .version_count = 4
    };
    const struct schemac_schema none = {
        .name = "parking", .dialect = "sqlite", .versions = versions, .version_count = 0
    };

    assert_int_equal(schemac_migrate(NULL, &parking, NULL), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_migrate(db, NULL, NULL), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_migrate(db, &none, NULL), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, schemac_migrate(db, &postgres, NULL), SCHEMAC_MISUSE);
    ASSERT_STATUS(db, migrate(db, "0.9", 0), SCHEMAC_NOT_FOUND);
    ASSERT_STATUS(db, schemac_migration_status(db, &parking, NULL), SCHEMAC_MISUSE);
    ASSERT_OK(db, schemac_begin(db));
    ASSERT_STATUS(db, migrate(db, NULL, 0), SCHEMAC_MISUSE);
    ASSERT_OK(db, schemac_rollback(db));
    schemac_close(db);
}

/* ---- settings ---- */

static void
unsafe_settings_are_refused(void **state)
{
    static const char *const settings[] = {
        "PRAGMA legacy_alter_table = ON",
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA writable_schema = ON",
        ("PRAGMA journal_mode = DELETE; "
         "PRAGMA journal_mode = MEMORY"),
        ("PRAGMA journal_mode = DELETE; "
         "PRAGMA journal_mode = OFF"),
    };
    const struct test_place *p = *state;

    schemac_close(open_at(p, "1.0.0"));
    for (size_t i = 0; i < COUNT(settings); i++) {
        struct schemac_db *db = must_open(p->path, 0);

        ASSERT_OK(db, schemac_exec(db, settings[i]));
        ASSERT_STATUS(db, migrate(db, "1.1.0", 0), SCHEMAC_REFUSED);
        ASSERT_MESSAGE(db, "the database is as it was, at version 1.0.0");
        assert_sound(db);
        schemac_close(db);
    }
}

static void
a_running_statement_is_misuse(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    struct schemac_stmt *stmt;

    ASSERT_OK(db, schemac_prepare(db, "SELECT * FROM vehicles", &stmt));
    ASSERT_STATUS(db, schemac_step(stmt), SCHEMAC_ROW);
    ASSERT_STATUS(db, migrate(db, "1.2.0", 0), SCHEMAC_MISUSE);
    ASSERT_MESSAGE(db, "SELECT * FROM vehicles");
    schemac_finalize(stmt);
    ASSERT_OK(db, migrate(db, "1.2.0", 0));
    schemac_close(db);
}

static void
a_read_only_database_says_so(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db;

    schemac_close(open_at(p, "1.0.0"));
    db = must_open(p->path, SCHEMAC_OPEN_READ_ONLY);
    assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0");
    ASSERT_STATUS(db, migrate(db, "1.1.0", 0), SCHEMAC_READ_ONLY);
    schemac_close(db);
}

static void
foreign_keys_that_were_off_stay_off(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, schemac_exec(db, "PRAGMA foreign_keys = OFF"));
    ASSERT_OK(db, migrate(db, "1.2.0", 0));
    assert_int_equal(ask(db, "PRAGMA foreign_keys"), 0);
    schemac_close(db);
}

/* A sparse file: the tail that SQLite does not use makes the file larger than the disk.
 */
static void
a_rebuild_wants_free_space(void **state)
{
    const struct test_place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, schemac_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)"));
    if (truncate(p->path, (off_t)1 << 43) != 0) {
        schemac_close(db);
        print_message("this file system has no files of 8 TB: not tested\n");
        skip();
    }
    ASSERT_STATUS(db, migrate(db, "1.2.0", 0), SCHEMAC_FULL);
    ASSERT_MESSAGE(db, "the disk has");
    ASSERT_MESSAGE(db, "at version 1.1.0");
    schemac_close(db);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_new_database_is_created_at_the_target),
        TEST(the_chain_goes_up_and_down),
        TEST(down_to_nothing_and_up_again),
        TEST(history_says_what_was_done),
        TEST(progress_is_told_for_each_step),
        TEST(a_hazard_is_refused_before_anything_happens),
        TEST(preconditions_are_asked_first),
        TEST(sample_rows_are_clean_text),
        TEST(many_failures_are_counted),
        TEST(the_end_of_a_long_message_is_kept),
        TEST(a_precondition_that_cannot_be_asked_stops),
        TEST(objects_without_history_are_refused_until_baselined),
        TEST(an_empty_database_is_not_baselined),
        TEST(drift_is_refused_and_named),
        TEST(much_drift_is_counted),
        TEST(what_analyze_and_others_keep_is_no_drift),
        TEST(a_newer_version_is_refused),
        TEST(an_edited_version_is_refused),
        TEST(the_database_of_another_schema_is_refused),
        TEST(wrong_arguments_are_misuse),
        TEST(unsafe_settings_are_refused),
        TEST(a_running_statement_is_misuse),
        TEST(a_read_only_database_says_so),
        TEST(foreign_keys_that_were_off_stay_off),
        TEST(a_rebuild_wants_free_space),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
