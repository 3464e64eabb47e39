/*
 * Running out of memory, at every allocation that the runtime and SQLite make: the n-th
 * fails, for n = 1, 2, 3 … until everything succeeds.  Each time the failure is reported
 * as what it is, nothing leaks, and the database is as it was or as it should be.
 *
 * The three functions below take the place of those in src/runtime/memory.c.
 */
#define _POSIX_C_SOURCE 200809L

#include "database.h"

#include <sqlite3.h>

#include "runtime/driver.h"

static struct {
    long calls;
    long fail_at; /* 0: never */
    long live;    /* allocations that are not freed, of the runtime alone */
    bool failed;
} memory;

static bool
is_refused(void)
{
    bool refused = ++memory.calls == memory.fail_at;

    memory.failed |= refused;
    return refused;
}

void *
schemac__alloc(size_t bytes)
{
    if (is_refused())
        return NULL;
    memory.live++;
    return calloc(1, bytes);
}

void *
schemac__resize(void *p, size_t bytes)
{
    if (is_refused())
        return NULL;
    if (p == NULL)
        memory.live++;
    return realloc(p, bytes);
}

void
schemac__free(void *p)
{
    if (p != NULL)
        memory.live--;
    free(p);
}

/* ---- SQLite's, through its own door ---- */

static sqlite3_mem_methods real;

static void *
sqlite_alloc(int bytes)
{
    return is_refused() ? NULL : real.xMalloc(bytes);
}

static void *
sqlite_resize(void *p, int bytes)
{
    return is_refused() ? NULL : real.xRealloc(p, bytes);
}

static int
count_through_us(void **state)
{
    sqlite3_mem_methods ours;

    (void)state;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
        return -1;
    ours = real;
    ours.xMalloc = sqlite_alloc;
    ours.xRealloc = sqlite_resize;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK ? 0 : -1;
}

/* ---- what is tried ---- */

#define AUDIT                                                                            \
    "CREATE TABLE audit (id INTEGER PRIMARY KEY, vehicle INTEGER REFERENCES vehicles)"

static const char *const create_sql[] = {
    "CREATE TABLE vehicles (id INTEGER PRIMARY KEY, plate TEXT)", AUDIT,
    "INSERT INTO vehicles (plate) VALUES ('KA-1')", "INSERT INTO audit VALUES (1, 1)"
};

static const char *const rebuild_sql[] = {
    "CREATE TABLE schemac_new_vehicles (id INTEGER PRIMARY KEY, plate TEXT NOT NULL)",
    "INSERT INTO schemac_new_vehicles (id, plate) SELECT id, plate FROM vehicles",
    "DROP TABLE vehicles",
    "ALTER TABLE schemac_new_vehicles RENAME TO vehicles",
};

static const char *const verify_sql[] = { "SELECT count(*) = 1 FROM vehicles" };

static const struct schemac_check checks[] = {
    { "vehicles.plate holds NULL", "SELECT id FROM vehicles WHERE plate IS NULL" },
};

static const struct schemac_step create_steps[] = {
    { .name = "create", .sql = create_sql, .sql_count = 4 },
};

static const struct schemac_step up_steps[] = {
    { .name = "rebuild",
      .sql = rebuild_sql,
      .sql_count = 4,
      .hazards = SCHEMAC_HAZARD_REWRITE,
      .stake = "SELECT count(*) FROM vehicles",
      .preconditions = checks,
      .precondition_count = 1 },
    { .name = "verify", .sql = verify_sql, .sql_count = 1, .is_verify = true },
};

static const struct schemac_version versions[] = {
    { .version = "1", .fingerprint = "a", .create = { "", "1", create_steps, 1, false } },
    { .version = "2", .fingerprint = "b", .up = { "1", "2", up_steps, 2, true } },
};

static const struct schemac_schema schema = { .name = "tiny",
                                             .dialect = "sqlite",
                                             .versions = versions,
                                             .version_count = 2 };

static enum schemac_status
migrate_both(struct schemac_db *db)
{
    struct schemac_migrate_options options = { .target = "1",
                                               .allow = SCHEMAC_HAZARD_ALL };
    struct schemac_status_report report;
    enum schemac_status status = schemac_migration_status(db, &schema, &report);

    if (status == SCHEMAC_OK && report.state == SCHEMAC_STATE_NEW)
        status = schemac_migrate(db, &schema, &options);
    options.target = "2";
    if (status == SCHEMAC_OK)
        status = schemac_migrate(db, &schema, &options);
    return status == SCHEMAC_OK ? schemac_check_version(db, &schema) : status;
}

static enum schemac_status
use_statements(struct schemac_db *db)
{
    struct schemac_stmt *stmt;
    enum schemac_status status =
        schemac_prepare(db, "INSERT INTO vehicles (plate) VALUES (?1)", &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac_bind_text(stmt, 1, schemac_text("KA-2"));
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
use_transaction(struct schemac_db *db)
{
    enum schemac_status status = schemac_begin(db);

    if (status != SCHEMAC_OK)
        return status;
    status = use_statements(db);
    if (status == SCHEMAC_OK)
        status = schemac_commit(db);
    if (status != SCHEMAC_OK)
        (void)schemac_rollback(db);
    return status;
}

static enum schemac_status
live_a_life(const char *path)
{
    struct schemac_db *db;
    enum schemac_status status = schemac_open(path, &db);

    if (status == SCHEMAC_OK)
        status = migrate_both(db);
    if (status == SCHEMAC_OK)
        status = use_transaction(db);
    if (status != SCHEMAC_OK)
        assert_int_equal(schemac_error(db)->status, status);
    schemac_close(db);
    return status;
}

/* A life that was cut short can be finished, and nothing of it is left half done. */
static void
assert_consistent(const char *path)
{
    struct schemac_db *db;

    memory.fail_at = 0;
    db = must_open(path, 0);
    ASSERT_TEXT(db, "PRAGMA integrity_check", "ok");
    ASSERT_OK(db, migrate_both(db));
    assert_int_equal(ask(db, "SELECT count(*) FROM audit"), 1);
    assert_int_equal(ask(db, "SELECT count(*) FROM schemac_history"), 2);
    schemac_close(db);
    assert_int_equal(memory.live, 0);
}

static void
every_allocation_may_fail(void **state)
{
    struct test_place *p = *state;
    long failures = 0;
    long n = 1;

    do {
        enum schemac_status status;

        memory.calls = 0;
        memory.fail_at = n;
        memory.failed = false;
        status = live_a_life(p->path);
        assert_int_equal(memory.live, 0);
        if (status != SCHEMAC_OK) {
            assert_int_equal(status, SCHEMAC_NO_MEMORY);
            failures++;
        }
        /* Most of the states on disk repeat: look at some of them. */
        if (n % 17 == 0)
            assert_consistent(p->path);
        (void)unlink(p->path);
        n += n < 2000 ? 1 : 7; /* the first are opening, the rest much alike */
    } while (memory.failed);
    assert_true(failures > 100);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_may_fail, place_setup,
                                        place_teardown),
    };

    return cmocka_run_group_tests(tests, count_through_us, NULL);
}
