/*
 * A small chain of versions written by hand, for the tests of the migration runner:
 *
 *     1.0.0  vehicles, audit (which refers to vehicles with ON DELETE CASCADE)
 *     1.1.0  a column and an index, in place
 *     1.2.0  vehicles rebuilt: plate becomes NOT NULL
 *     1.3.0  the column phone is dropped, which loses data
 *
 * Databases made by it have rows in the parent and in the child.
 */
#ifndef TESTS_UNIT_CHAIN_H
#define TESTS_UNIT_CHAIN_H

#include "database.h"

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

static const struct schemac_schema parking = { .name = "parking",
                                              .dialect = "sqlite",
                                              .versions = versions,
                                              .version_count = 4 };

/* ---- help ---- */

static inline enum schemac_status
migrate(struct schemac_db *db, const char *target, unsigned allow)
{
    const struct schemac_migrate_options options = { .target = target, .allow = allow };

    return schemac_migrate(db, &parking, &options);
}

static inline struct schemac_status_report
report_of(struct schemac_db *db, const struct schemac_schema *schema)
{
    struct schemac_status_report report;

    ASSERT_OK(db, schemac_migration_status(db, schema, &report));
    return report;
}

static inline void
assert_at(struct schemac_db *db, enum schemac_state state, const char *version)
{
    const struct schemac_status_report report = report_of(db, &parking);

    assert_int_equal(report.state, state);
    assert_string_equal(report.version, version);
}

static inline void
fill(struct schemac_db *db)
{
    ASSERT_OK(db,
              schemac_exec(db, "INSERT INTO vehicles (plate, phone) VALUES ('KA-1', '5'),"
                               "('T-2', NULL), ('KA-3', '7');"
                               "INSERT INTO audit (vehicle_id, what) "
                               "SELECT id, 'parked' FROM vehicles ORDER BY id"));
}

static inline struct schemac_db *
open_at(const struct test_place *p, const char *version)
{
    struct schemac_db *db = must_open(p->path, 0);

    ASSERT_OK(db, migrate(db, "1.0.0", 0));
    fill(db);
    if (strcmp(version, "1.0.0") != 0)
        ASSERT_OK(db, migrate(db, version, SCHEMAC_HAZARD_ALL));
    return db;
}

static inline void
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

static inline void
chain_make(struct chain *c, const struct schemac_step *steps, size_t count, bool rebuilds)
{
    c->versions[0] = versions[0];
    c->versions[1] = (struct schemac_version){
        .version = "2.0.0",
        .fingerprint = FINGERPRINT("eeee"),
        .up = { "1.0.0", "2.0.0", steps, count, rebuilds },
    };
    c->schema = (struct schemac_schema){ .name = "parking",
                                         .dialect = "sqlite",
                                         .versions = c->versions,
                                         .version_count = 2 };
}

/* Migrating by these steps fails and leaves everything as it was. */
static inline void
assert_fails(const struct test_place *p, const struct schemac_step *steps, size_t count,
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

/* The smallest step that changes something. */
#define GROW                                                                             \
    {                                                                                    \
        .name = "grow", SQL("ALTER TABLE vehicles ADD COLUMN extra TEXT")                \
    }

#endif
