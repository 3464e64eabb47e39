/*
 * The migration runner on SQLite, with a small chain written by hand:
 *
 *     1.0.0  vehicles, audit (which refers to vehicles with ON DELETE CASCADE)
 *     1.1.0  a column and an index, in place
 *     1.2.0  vehicles rebuilt: plate becomes NOT NULL
 *     1.3.0  the column phone is dropped, which loses data
 *
 * Every test has rows in the parent and in the child.
 */
#define _POSIX_C_SOURCE 200809L

#include "database.h"

#include <signal.h>
#include <sys/wait.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SQL(...)                                                                         \
    .sql = (const char *const[]){ __VA_ARGS__ },                                         \
    .sql_count = COUNT(((const char *const[]){ __VA_ARGS__ }))
#define STEPS(array) .steps = (array), .step_count = COUNT(array)

#define AUDIT                                                                            \
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, vehicle_id INTEGER NOT NULL "           \
    "REFERENCES vehicles (id) ON DELETE CASCADE, what TEXT)"
#define INDEX_KIND "CREATE INDEX vehicles_kind ON vehicles (kind)"

/* The same text with and without a rebuild, so that a database looks the same on every
 * road. */
#define VEHICLES_1_0                                                                     \
    "vehicles (id INTEGER PRIMARY KEY AUTOINCREMENT, plate TEXT UNIQUE, phone TEXT)"
#define COLUMNS_1_2                                                                      \
    "(id INTEGER PRIMARY KEY AUTOINCREMENT, plate TEXT NOT NULL UNIQUE, phone TEXT, "    \
    "kind TEXT)"
#define COLUMNS_1_1                                                                      \
    "(id INTEGER PRIMARY KEY AUTOINCREMENT, plate TEXT UNIQUE, phone TEXT, kind TEXT)"

static const struct schemac_step create_1_0[] = {
    { .name = "create table vehicles", SQL("CREATE TABLE " VEHICLES_1_0) },
    { .name = "create table audit", SQL(AUDIT) },
};

static const struct schemac_step create_1_3[] = {
    { .name = "create table vehicles",
      SQL("CREATE TABLE vehicles (id INTEGER PRIMARY KEY AUTOINCREMENT, "
          "plate TEXT NOT NULL UNIQUE, kind TEXT)") },
    { .name = "create table audit", SQL(AUDIT) },
    { .name = "create index vehicles_kind", SQL(INDEX_KIND) },
};

static const struct schemac_step down_1_0[] = {
    { .name = "drop table audit",
      SQL("DROP TABLE audit"),
      .hazards = SCHEMAC_HAZARD_DATA_LOSS,
      .loss = "table audit",
      .stake = "SELECT count(*) FROM audit" },
    { .name = "drop table vehicles",
      SQL("DROP TABLE vehicles"),
      .hazards = SCHEMAC_HAZARD_DATA_LOSS,
      .loss = "table vehicles",
      .stake = "SELECT count(*) FROM vehicles" },
};

static const struct schemac_step up_1_1[] = {
    { .name = "add column vehicles.kind",
      SQL("ALTER TABLE vehicles ADD COLUMN kind TEXT") },
    { .name = "fill vehicles.kind",
      SQL("UPDATE vehicles SET kind = CASE WHEN plate LIKE 'T%' THEN 'truck' ELSE 'car' "
          "END") },
    { .name = "create index vehicles_kind", SQL(INDEX_KIND) },
    { .name = "every vehicle has a kind",
      SQL("SELECT kind IS NOT NULL FROM vehicles"),
      .is_verify = true },
};

static const struct schemac_step down_1_1[] = {
    { .name = "drop index vehicles_kind", SQL("DROP INDEX vehicles_kind") },
    { .name = "drop column vehicles.kind",
      SQL("ALTER TABLE vehicles DROP COLUMN kind"),
      .hazards = SCHEMAC_HAZARD_DATA_LOSS,
      .loss = "column vehicles.kind",
      .stake = "SELECT count(*) FROM vehicles WHERE kind IS NOT NULL" },
};

#define REBUILD(columns)                                                                 \
    SQL("CREATE TABLE schemac_new_vehicles " columns,                                    \
        "INSERT INTO schemac_new_vehicles (id, plate, phone, kind) "                     \
        "SELECT id, plate, phone, kind FROM vehicles",                                   \
        "DROP TABLE vehicles", "ALTER TABLE schemac_new_vehicles RENAME TO vehicles",    \
        INDEX_KIND)

static const struct schemac_check no_null_plate[] = {
    { "vehicles.plate holds NULL", "SELECT id, plate FROM vehicles WHERE plate IS NULL" },
};

static const struct schemac_step up_1_2[] = {
    { .name = "rebuild table vehicles",
      REBUILD(COLUMNS_1_2),
      .preconditions = no_null_plate,
      .precondition_count = 1,
      .postcondition = "SELECT count(*) = 0 FROM vehicles WHERE plate IS NULL" },
};

static const struct schemac_step down_1_2[] = {
    { .name = "rebuild table vehicles", REBUILD(COLUMNS_1_1) },
};

static const struct schemac_step up_1_3[] = {
    { .name = "drop column vehicles.phone",
      SQL("ALTER TABLE vehicles DROP COLUMN phone"),
      .hazards = SCHEMAC_HAZARD_DATA_LOSS | SCHEMAC_HAZARD_REWRITE,
      .loss = "column vehicles.phone",
      .stake = "SELECT count(*) FROM vehicles WHERE phone IS NOT NULL" },
};

static const struct schemac_step down_1_3[] = {
    { .name = "add column vehicles.phone",
      SQL("CREATE TABLE schemac_new_vehicles " COLUMNS_1_2,
          "INSERT INTO schemac_new_vehicles (id, plate, kind) "
          "SELECT id, plate, kind FROM vehicles",
          "DROP TABLE vehicles", "ALTER TABLE schemac_new_vehicles RENAME TO vehicles",
          INDEX_KIND) },
};

static const struct schemac_step create_1_1[] = {
    { .name = "create table vehicles", SQL("CREATE TABLE vehicles " COLUMNS_1_1) },
    { .name = "create table audit", SQL(AUDIT) },
    { .name = "create index vehicles_kind", SQL(INDEX_KIND) },
};

static const struct schemac_step create_1_2[] = {
    { .name = "create table vehicles", SQL("CREATE TABLE vehicles " COLUMNS_1_2) },
    { .name = "create table audit", SQL(AUDIT) },
    { .name = "create index vehicles_kind", SQL(INDEX_KIND) },
};

#define FINGERPRINT(c) c c c c c c c c c c c c c c c c

static const struct schemac_version versions[] = {
    { .version = "1.0.0",
      .fingerprint = FINGERPRINT("aaaa"),
      .create = { "", "1.0.0", STEPS(create_1_0), false },
      .up = { "", "1.0.0", NULL, 0, false },
      .down = { "1.0.0", "", STEPS(down_1_0), false } },
    { .version = "1.1.0",
      .fingerprint = FINGERPRINT("bbbb"),
      .create = { "", "1.1.0", STEPS(create_1_1), false },
      .up = { "1.0.0", "1.1.0", STEPS(up_1_1), false },
      .down = { "1.1.0", "1.0.0", STEPS(down_1_1), false } },
    { .version = "1.2.0",
      .fingerprint = FINGERPRINT("cccc"),
      .create = { "", "1.2.0", STEPS(create_1_2), false },
      .up = { "1.1.0", "1.2.0", STEPS(up_1_2), true },
      .down = { "1.2.0", "1.1.0", STEPS(down_1_2), true } },
    { .version = "1.3.0",
      .fingerprint = FINGERPRINT("dddd"),
      .create = { "", "1.3.0", STEPS(create_1_3), false },
      .up = { "1.2.0", "1.3.0", STEPS(up_1_3), false },
      .down = { "1.3.0", "1.2.0", STEPS(down_1_3), true } },
};

static const struct schemac_schema parking = { "parking", "sqlite", versions, 4 };

/* ---- help ---- */

static enum schemac_status
migrate(struct schemac_db *db, const char *target, unsigned allow)
{
    const struct schemac_migrate_options options = { .target = target, .allow = allow };

    return schemac_migrate(db, &parking, &options);
}

static struct schemac_status_report
report_of(struct schemac_db *db, const struct schemac_schema *schema)
{
    struct schemac_status_report report;

    ASSERT_OK(db, schemac_migration_status(db, schema, &report));
    return report;
}

static void
assert_at(struct schemac_db *db, enum schemac_state state, const char *version)
{
    const struct schemac_status_report report = report_of(db, &parking);

    assert_int_equal(report.state, state);
    assert_string_equal(report.version, version);
}

static void
fill(struct schemac_db *db)
{
    ASSERT_OK(db,
              schemac_exec(db, "INSERT INTO vehicles (plate, phone) VALUES ('KA-1', '5'),"
                               "('T-2', NULL), ('KA-3', '7');"
                               "INSERT INTO audit (vehicle_id, what) "
                               "SELECT id, 'parked' FROM vehicles ORDER BY id"));
}

static struct schemac_db *
open_at(const struct place *p, const char *version)
{
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_OK(db, migrate(db, "1.0.0", 0));
    fill(db);
    if (strcmp(version, "1.0.0") != 0)
        ASSERT_OK(db, migrate(db, version, SCHEMAC_HAZARD_ALL));
    return db;
}

static void
assert_sound(struct schemac_db *db)
{
    ASSERT_TEXT(db, "PRAGMA integrity_check", "ok");
    assert_int_equal(ask(db, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_int_equal(ask(db, "PRAGMA foreign_keys"), 1);
    assert_int_equal(ask(db, "SELECT count(*) FROM vehicles"), 3);
    assert_int_equal(ask(db, "SELECT count(*) FROM audit"), 3);
    assert_int_equal(ask(db, "SELECT count(*) FROM sqlite_temp_schema"), 0);
}

/* A chain of two versions whose second has the given steps. */
struct chain {
    struct schemac_version versions[2];
    struct schemac_schema schema;
};

static void
chain_make(struct chain *c, const struct schemac_step *steps, size_t count, bool rebuilds)
{
    c->versions[0] = versions[0];
    c->versions[1] = (struct schemac_version){
        .version = "2.0.0",
        .fingerprint = FINGERPRINT("eeee"),
        .up = { "1.0.0", "2.0.0", steps, count, rebuilds },
    };
    c->schema = (struct schemac_schema){ "parking", "sqlite", c->versions, 2 };
}

/* Migrating by these steps fails and leaves everything as it was. */
static void
assert_fails(const struct place *p, const struct schemac_step *steps, size_t count,
             bool rebuilds, enum schemac_status expected, const char *message)
{
    const struct schemac_migrate_options options = { .allow = SCHEMAC_HAZARD_ALL };
    struct schemac_db *db = open_at(p, "1.0.0");
    struct chain c;

    chain_make(&c, steps, count, rebuilds);
    ASSERT_STATUS(db, schemac_migrate(db, &c.schema, &options), expected);
    assert_int_equal(schemac_error(db)->status, expected);
    ASSERT_MESSAGE(db, message);
    ASSERT_MESSAGE(db, "the migration from 1.0.0 to 2.0.0 ");
    ASSERT_MESSAGE(db, "the database is as it was, at version 1.0.0");
    assert_sound(db);
    assert_at(db, SCHEMAC_STATE_OLDER, "1.0.0");
    ASSERT_OK(db, schemac_begin(db)); /* no transaction is left open */
    ASSERT_OK(db, schemac_commit(db));
    schemac_close(db);
}

/* ---- reaching versions ---- */

static void
a_new_database_is_created_at_the_target(void **state)
{
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_STATUS(db, schemac_baseline(db, &parking, "1.0.0"), SCHEMAC_REFUSED);
    assert_at(db, SCHEMAC_STATE_NEW, "");
    ASSERT_STATUS(db, schemac_baseline(db, &parking, NULL), SCHEMAC_MISUSE);
    schemac_close(db);
}

static void
drift_is_refused_and_named(void **state)
{
    const struct place *p = *state;
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
what_analyze_and_others_keep_is_no_drift(void **state)
{
    const struct place *p = *state;
    struct schemac_db *db = open_at(p, "1.1.0");

    ASSERT_OK(db, schemac_exec(db, "ANALYZE; VACUUM; CREATE TEMP TABLE scratch (a)"));
    assert_at(db, SCHEMAC_STATE_OLDER, "1.1.0");
    schemac_close(db);
}

static void
a_newer_version_is_refused(void **state)
{
    const struct place *p = *state;
    struct schemac_db *db = open_at(p, "1.3.0");
    const struct schemac_schema older = { "parking", "sqlite", versions, 2 };

    assert_int_equal(report_of(db, &older).state, SCHEMAC_STATE_NEWER);
    ASSERT_STATUS(db, schemac_migrate(db, &older, NULL), SCHEMAC_STALE_SCHEMA);
    ASSERT_MESSAGE(db, "at version 1.3.0, which this program does not know");
    ASSERT_STATUS(db, schemac_check_version(db, &older), SCHEMAC_STALE_SCHEMA);
    schemac_close(db);
}

static void
an_edited_version_is_refused(void **state)
{
    const struct place *p = *state;
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
    const struct place *p = *state;
    struct schemac_db *db = open_at(p, "1.0.0");
    const struct schemac_schema other = { "library", "sqlite", versions, 4 };

    assert_int_equal(report_of(db, &other).state, SCHEMAC_STATE_FOREIGN);
    ASSERT_STATUS(db, schemac_migrate(db, &other, NULL), SCHEMAC_REFUSED);
    ASSERT_MESSAGE(db, "belongs to schema \"parking\"");
    ASSERT_STATUS(db, schemac_baseline(db, &other, "1.0.0"), SCHEMAC_REFUSED);
    schemac_close(db);
}

static void
wrong_arguments_are_misuse(void **state)
{
    const struct place *p = *state;
    struct schemac_db *db = must_open(p->path, 0);
    const struct schemac_schema postgres = { "parking", "postgres", versions, 4 };
    const struct schemac_schema none = { "parking", "sqlite", versions, 0 };

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
        "PRAGMA journal_mode = DELETE; "
        "PRAGMA journal_mode = MEMORY",
        "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF",
    };
    const struct place *p = *state;

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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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

/* ---- failures in the middle ---- */

#define GROW                                                                             \
    {                                                                                    \
        .name = "grow", SQL("ALTER TABLE vehicles ADD COLUMN extra TEXT")                \
    }

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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
        assert_int_equal(unlink(((const struct place *)*state)->path), 0);
    }
}

static const struct schemac_step sly_steps[] = {
    { .name = "sly", SQL("SELECT 1; COMMIT") },
};

/* Then nothing can be undone any more; at least it is not said that it was. */
static void
a_transaction_ended_slyly_is_told(void **state)
{
    const struct place *p = *state;
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

static const struct schemac_step full_steps[] = {
    { .name = "fill the disk",
      SQL("CREATE TABLE big (a)", "INSERT INTO big VALUES (zeroblob(1000000))") },
};

static void
a_full_disk_changes_nothing(void **state)
{
    const struct place *p = *state;
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
    const struct place *p = *state;
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
    const struct place *p = *state;
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
run_until_killed(const struct place *p, const char *journal, size_t at)
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
    const struct place *p = *state;
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

/* Several programs of one application start together: one migrates, all are content. */
static void
programs_that_start_together_agree(void **state)
{
    const struct place *p = *state;
    pid_t children[4];
    struct schemac_db *db;

    schemac_close(open_at(p, "1.0.0"));
    for (size_t i = 0; i < COUNT(children); i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            db = NULL;
            if (schemac_open(p->path, &db) != SCHEMAC_OK
                || migrate(db, NULL, SCHEMAC_HAZARD_ALL) != SCHEMAC_OK)
                _exit(1);
            schemac_close(db);
            _exit(0);
        }
    }
    for (size_t i = 0; i < COUNT(children); i++) {
        int outcome;

        assert_int_equal(waitpid(children[i], &outcome, 0), children[i]);
        assert_true(WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
    }
    db = must_open(p->path, 0);
    assert_at(db, SCHEMAC_STATE_CURRENT, "1.3.0");
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history"), 4);
    assert_sound(db);
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
        TEST(a_precondition_that_cannot_be_asked_stops),
        TEST(objects_without_history_are_refused_until_baselined),
        TEST(an_empty_database_is_not_baselined),
        TEST(drift_is_refused_and_named),
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
        TEST(a_full_disk_changes_nothing),
        TEST(a_locked_database_is_busy),
        TEST(a_reader_that_blocks_the_commit_is_busy),
        TEST(a_killed_migration_leaves_the_old_version),
        TEST(programs_that_start_together_agree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
