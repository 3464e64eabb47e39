/*
 * What the migration runner needs from SQLite: queries about the schema, foreign keys on
 * and off, and the refusal to change a database in a state in which a crash or a setting
 * could spoil it.
 */
#define _POSIX_C_SOURCE 200809L

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "runtime/sqlite.h"

/* Settings of a connection under which a migration would not be safe. */
static const struct {
    const char *query;
    const char *value; /* that is refused */
    bool in_memory_too;
    const char *why;
} settings[] = {
    { "PRAGMA journal_mode", "off", true,
      "journal_mode is off, so a failed migration could not be rolled back" },
    { "PRAGMA journal_mode", "memory", false,
      "journal_mode is memory, so a crash during the migration would leave the database "
      "damaged; use wal or delete" },
    { "PRAGMA legacy_alter_table", "1", true,
      "legacy_alter_table is on, so renaming a table would leave triggers and views that "
      "name the old one" },
    { "PRAGMA ignore_check_constraints", "1", true,
      "ignore_check_constraints is on, so rows that break a constraint would be copied" },
    { "PRAGMA writable_schema", "1", true,
      "writable_schema is on, so the schema could be changed behind SQLite's back" },
};

#define SETTING_COUNT (sizeof settings / sizeof *settings)

static enum schemac_status
check_setting(struct schemac_db *db, size_t at)
{
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac_prepare(db, settings[at].query, &stmt);
    bool is_refused = false;

    if (status != SCHEMAC_OK)
        return status;
    status = schemac_step(stmt);
    if (status == SCHEMAC_ROW) {
        struct schemac_text value = schemac_column_text(stmt, 0);

        is_refused = value.ptr != NULL && strcmp(value.ptr, settings[at].value) == 0;
    }
    schemac_finalize(stmt);
    if (is_refused)
        return schemac__fail(db, SCHEMAC_REFUSED, "%s", settings[at].why);
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
check_settings(struct schemac_db *db)
{
    bool in_memory = schemac__sqlite_is_in_memory(db->native);
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; status == SCHEMAC_OK && i < SETTING_COUNT; i++)
        if (!in_memory || settings[i].in_memory_too)
            status = check_setting(db, i);
    return status;
}

/* A SELECT that has not been stepped to its end keeps tables from being dropped. */
static enum schemac_status
check_statements(struct schemac_db *db)
{
    sqlite3_stmt *at = sqlite3_next_stmt(db->native, NULL);

    while (at != NULL && sqlite3_stmt_busy(at) == 0)
        at = sqlite3_next_stmt(db->native, at);
    if (at == NULL)
        return SCHEMAC_OK;
    return schemac__fail(db, SCHEMAC_MISUSE,
                         "a statement on this connection is still running: %s",
                         sqlite3_sql(at));
}

/*
 * A rewrite needs as much again as the tables hold, in the journal or in the file; nobody
 * needs more than the size of the file for one table.  Where the system cannot tell, the
 * engine will.
 */
static enum schemac_status
check_space(struct schemac_db *db)
{
    const char *file = sqlite3_db_filename(db->native, "main");
    unsigned long long available;
    unsigned long long needed;
    struct statvfs volume;
    struct stat about;

    if (schemac__sqlite_is_in_memory(db->native) || stat(file, &about) != 0
        || statvfs(file, &volume) != 0)
        return SCHEMAC_OK;
    available = (unsigned long long)volume.f_bavail * volume.f_frsize;
    needed = (unsigned long long)about.st_size;
    if (available >= needed)
        return SCHEMAC_OK;
    return schemac__fail(db, SCHEMAC_FULL,
                         "tables are written again, which may need as much space as the "
                         "database has now: %llu bytes, and the disk has %llu left",
                         needed, available);
}

static enum schemac_status
check_ready(struct schemac_db *db, bool rewrites)
{
    enum schemac_status status;

    if (sqlite3_db_readonly(db->native, "main") == 1)
        return schemac__fail(db, SCHEMAC_READ_ONLY, "the database is read-only");
    status = check_settings(db);
    if (status == SCHEMAC_OK)
        status = check_statements(db);
    if (status == SCHEMAC_OK && rewrites)
        status = check_space(db);
    return status;
}

/* The pragma would be ignored inside a transaction without a word; reading it back tells.
 */
static enum schemac_status
set_foreign_keys(struct schemac_db *db, bool on)
{
    int is_on = -1;

    if (sqlite3_get_autocommit(db->native) == 0)
        return schemac__fail(db, SCHEMAC_MISUSE,
                             "foreign keys cannot be turned on or off in a transaction");
    if (sqlite3_db_config(db->native, SQLITE_DBCONFIG_ENABLE_FKEY, on ? 1 : 0, &is_on)
            != SQLITE_OK
        || is_on != (on ? 1 : 0))
        return schemac__fail(db, SCHEMAC_ERROR, "foreign keys cannot be turned %s",
                             on ? "on" : "off");
    return SCHEMAC_OK;
}

static enum schemac_status
get_foreign_keys(struct schemac_db *db, bool *on)
{
    int is_on = 0;

    if (sqlite3_db_config(db->native, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &is_on)
        != SQLITE_OK)
        return schemac__sqlite_error(db);
    *on = is_on == 1;
    return SCHEMAC_OK;
}

/* system objects are those that SQLite makes; their names are reserved in any case */
#define IS_OURS                                                                          \
    "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND lower(tbl_name) NOT IN "                 \
    "('schemac_history', 'schemac_comments', 'schemac_kept') AND tbl_name NOT LIKE "     \
    "'schemac\\_kept\\_%' ESCAPE '\\'"

static const char *const objects[] = {
    "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE " IS_OURS
    " ORDER BY type, name",
    NULL,
};

const struct schemac__ddl schemac__sqlite_ddl = {
    .begin = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
    .history_create =
        "CREATE TABLE schemac_history (\n"
        "    id INTEGER PRIMARY KEY AUTOINCREMENT,\n"
        "    schema TEXT NOT NULL,\n"
        "    version TEXT NOT NULL,\n"
        "    from_version TEXT NOT NULL,\n"
        "    direction TEXT NOT NULL\n"
        "        CHECK (direction IN ('create', 'up', 'down', 'baseline')),\n"
        "    fingerprint TEXT NOT NULL,\n"
        "    started_at TEXT NOT NULL,\n"
        "    finished_at TEXT NOT NULL,\n"
        "    duration_ms INTEGER NOT NULL,\n"
        "    steps INTEGER NOT NULL,\n"
        "    rows_at_stake INTEGER NOT NULL,\n"
        "    tool_version TEXT NOT NULL,\n"
        "    schema_digest TEXT NOT NULL,\n"
        "    objects TEXT\n"
        ")",
    .history_exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                      "name = 'schemac_history'",
    .kept_exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                   "name = 'schemac_kept'",
    .objects = objects,
    .comments = "SELECT 'comment', rtrim(object || ' ' || name || ' ' || part), comment "
                "FROM schemac_comments ORDER BY 2",
    .comments_exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND "
                       "lower(name) = 'schemac_comments'",
    .broken_keys = "SELECT \"table\", rowid AS \"row\", parent AS \"refers to\" "
                   "FROM pragma_foreign_key_check",
    .check_ready = check_ready,
    .set_foreign_keys = set_foreign_keys,
    .get_foreign_keys = get_foreign_keys,
};
