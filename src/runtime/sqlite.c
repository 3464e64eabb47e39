/*
 * The SQLite driver: connections and statements.  What errors mean is in sqlite_error.c,
 * what the migration runner needs in sqlite_ddl.c.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/sqlite.h"

/* The oldest that has all that is used: pragma_table_list, sqlite3_changes64, DROP
 * COLUMN.
 */
#define VERSION_MIN 3037000

#if SQLITE_VERSION_NUMBER < VERSION_MIN
#error "SQLite 3.37 or newer is needed"
#endif

#define BUSY_TIMEOUT_MS 5000
#define REASON_BYTES 128 /* "Permission denied" and its kin */

bool
schemac__sqlite_is_in_memory(sqlite3 *native)
{
    const char *file = sqlite3_db_filename(native, "main");

    return file == NULL || file[0] == '\0';
}

/* ---- opening ---- */

/* About a file: the words before its name and behind it. */
static enum schemac_status
refuse_path(struct schemac_db *db, enum schemac_status status, const char *before,
            const char *path, const char *behind)
{
    schemac__refuse(db, status, before, path);
    schemac__error_add(db, behind);
    return status;
}

/* SQLite tells these apart late or not at all. */
static enum schemac_status
check_path(struct schemac_db *db, const char *path, unsigned flags)
{
    struct stat about;

    if (path[0] == '\0')
        return schemac__refuse(db, SCHEMAC_MISUSE, "the path of the database",
                               " is empty");
    if (strcmp(path, ":memory:") == 0)
        return SCHEMAC_OK;
    if (stat(path, &about) == 0)
        return S_ISDIR(about.st_mode)
                   ? refuse_path(db, SCHEMAC_NOT_A_DATABASE, "\"", path,
                                 "\" is a folder")
                   : SCHEMAC_OK;
    if (errno == ENOENT
        && (flags & (SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_READ_ONLY)) != 0)
        return refuse_path(db, SCHEMAC_NOT_FOUND, "there is no database \"", path, "\"");
    return SCHEMAC_OK;
}

static int
open_flags(unsigned flags)
{
    int result = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

    if ((flags & SCHEMAC_OPEN_READ_ONLY) != 0)
        return result | SQLITE_OPEN_READONLY;
    result |= SQLITE_OPEN_READWRITE;
    return (flags & SCHEMAC_OPEN_EXISTING) != 0 ? result : result | SQLITE_OPEN_CREATE;
}

/* A file that cannot be made is tried again for reading, and SQLite tells that it is not
 * there: ask its folder for the reason. */
static int
why_missing(const char *path)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - path) + 1;

    if (length >= sizeof folder)
        return ENAMETOOLONG;
    if (length > 0) {
        memcpy(folder, path, length);
        folder[length] = '\0';
    }
    return access(folder, W_OK) == 0 ? ENOENT : errno;
}

/* The connection's error with the path, and why the system refused if it was that. */
static enum schemac_status
open_error(struct schemac_db *db, const char *path)
{
    int system_error = sqlite3_system_errno(db->native);
    bool cannot = (sqlite3_errcode(db->native) & 0xFF) == SQLITE_CANTOPEN;
    enum schemac_status status = schemac__sqlite_error(db);
    char reason[REASON_BYTES];

    db->error.message[0] = '\0';
    schemac__error_add(db, "cannot open \"");
    schemac__error_add(db, path);
    schemac__error_add(db, "\": ");
    schemac__error_add(db, sqlite3_errmsg(db->native));
    if (status == SCHEMAC_NOT_A_DATABASE)
        schemac__error_add(db, " (it is something else, encrypted or damaged)");
    if (cannot && system_error == ENOENT)
        system_error = why_missing(path);
    if (cannot && system_error != 0
        && strerror_r(system_error, reason, sizeof reason) == 0) {
        schemac__error_add(db, ": ");
        schemac__error_add(db, reason);
    }
    return status;
}

/* SQLite opens a file when it is first read: do that now, so that open tells the truth.
 */
static bool
is_readable(sqlite3 *native)
{
    return sqlite3_exec(native, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL)
           == SQLITE_OK;
}

/* A journal that a killed process left: only a connection that may write rolls it back.
 */
static bool
needs_recovery(sqlite3 *native)
{
    int code = sqlite3_extended_errcode(native);

    return code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY;
}

static bool
recover(const char *path)
{
    sqlite3 *native = NULL;
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE;
    bool done = sqlite3_open_v2(path, &native, flags, NULL) == SQLITE_OK
                && sqlite3_busy_timeout(native, BUSY_TIMEOUT_MS) == SQLITE_OK
                && is_readable(native);

    sqlite3_close(native);
    return done;
}

static bool
is_readable_at_last(sqlite3 *native, const char *path)
{
    return is_readable(native)
           || (needs_recovery(native) && recover(path) && is_readable(native));
}

static bool
enable_foreign_keys(sqlite3 *native)
{
    int on = 0;

    return sqlite3_db_config(native, SQLITE_DBCONFIG_ENABLE_FKEY, 1, &on) == SQLITE_OK
           && on == 1;
}

/* Another connection that reads or writes at this moment only puts the change off until
 * the next open: the journal mode is a property of the file. */
static bool
use_wal(sqlite3 *native, unsigned flags)
{
    int code;

    if ((flags & (SCHEMAC_OPEN_KEEP_JOURNAL | SCHEMAC_OPEN_READ_ONLY)) != 0
        || schemac__sqlite_is_in_memory(native)
        || sqlite3_db_readonly(native, "main") == 1)
        return true;
    code = sqlite3_exec(native, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    return code == SQLITE_OK || (code & 0xFF) == SQLITE_BUSY;
}

int
schemac__sqlite_version(void)
{
    return sqlite3_libversion_number() / 1000;
}

static enum schemac_status
sqlite_open(struct schemac_db *db, const char *path, unsigned flags)
{
    enum schemac_status status = check_path(db, path, flags);
    sqlite3 *native = NULL;
    int code;

    if (status != SCHEMAC_OK)
        return status;
    if (sqlite3_libversion_number() < VERSION_MIN)
        return schemac__refuse(db, SCHEMAC_ERROR,
                               "SQLite 3.37 or newer is needed, this is ",
                               sqlite3_libversion());
    code = sqlite3_open_v2(path, &native, open_flags(flags), NULL);
    db->native = native;
    if (native == NULL)
        return schemac__no_memory(db);
    if (code != SQLITE_OK || sqlite3_busy_timeout(native, BUSY_TIMEOUT_MS) != SQLITE_OK
        || !is_readable_at_last(native, path) || !use_wal(native, flags))
        return open_error(db, path);
    if (!enable_foreign_keys(native))
        return schemac__refuse(db, SCHEMAC_ERROR, "this build of SQLite does not",
                               " enforce foreign keys");
    return SCHEMAC_OK;
}

static void
sqlite_close(struct schemac_db *db)
{
    (void)sqlite3_close_v2(db->native);
}

static enum schemac_status
sqlite_busy_timeout_set(struct schemac_db *db, int milliseconds)
{
    return sqlite3_busy_timeout(db->native, milliseconds) == SQLITE_OK
               ? SCHEMAC_OK
               : schemac__sqlite_error(db);
}

/* ---- statements ---- */

static enum schemac_status
sqlite_exec(struct schemac_db *db, const char *sql)
{
    return sqlite3_exec(db->native, sql, NULL, NULL, NULL) == SQLITE_OK
               ? SCHEMAC_OK
               : schemac__sqlite_error(db);
}

static int64_t
sqlite_changes(const struct schemac_db *db)
{
    return sqlite3_changes64(db->native);
}

static bool
sqlite_in_transaction(const struct schemac_db *db)
{
    return sqlite3_get_autocommit(db->native) == 0;
}

/*
 * The write lock is taken at once: a transaction that reads first and wants to write
 * later could only fail then, because what it has read may be out of date.
 */
static const char *
sqlite_begin(const struct schemac_db *db)
{
    return sqlite3_db_readonly(db->native, "main") == 1 ? "BEGIN" : "BEGIN IMMEDIATE";
}

static enum schemac_status
sqlite_prepare(struct schemac_stmt *stmt, const char *sql)
{
    sqlite3 *native = stmt->db->native;
    sqlite3_stmt *made = NULL;

    if (sqlite3_prepare_v3(native, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL)
        != SQLITE_OK)
        return schemac__sqlite_error(stmt->db);
    if (made == NULL)
        return schemac__refuse(stmt->db, SCHEMAC_MISUSE, "the SQL holds",
                               " no statement");
    stmt->native = made;
    return SCHEMAC_OK;
}

static void
sqlite_finalize(struct schemac_stmt *stmt)
{
    (void)sqlite3_finalize(stmt->native);
}

/* A statement that failed is reset, so that it holds no lock and can be bound again. */
enum schemac_status
schemac__sqlite_stepped(struct schemac_stmt *stmt, int code)
{
    enum schemac_status status;

    if (code == SQLITE_ROW)
        return SCHEMAC_ROW;
    if (code == SQLITE_DONE)
        return SCHEMAC_DONE;
    status = schemac__sqlite_error(stmt->db);
    (void)sqlite3_reset(stmt->native);
    return status;
}

static enum schemac_status
sqlite_step(struct schemac_stmt *stmt)
{
    return schemac__sqlite_stepped(stmt, sqlite3_step(stmt->native));
}

/* sqlite3_reset repeats the failure of the last step, which has been reported. */
static enum schemac_status
sqlite_reset(struct schemac_stmt *stmt)
{
    (void)sqlite3_reset(stmt->native);
    return SCHEMAC_OK;
}

const struct schemac_driver schemac__sqlite = {
    .name = "sqlite",
    .engine = SCHEMAC__SQLITE,
    .rows = &schemac__sqlite_rows,
    .open = sqlite_open,
    .close = sqlite_close,
    .busy_timeout = sqlite_busy_timeout_set,
    .exec = sqlite_exec,
    .changes = sqlite_changes,
    .in_transaction = sqlite_in_transaction,
    .begin = sqlite_begin,
    .prepare = sqlite_prepare,
    .finalize = sqlite_finalize,
    .step = sqlite_step,
    .reset = sqlite_reset,
};
