/*
 * Values of a statement of the program's own SQL on SQLite.
 */
#include <string.h>

#include "runtime/sqlite.h"

/* Is there a second statement behind the first?  White space and comments are none. */
static bool
holds_statement(sqlite3 *native, const char *sql)
{
    sqlite3_stmt *second = NULL;
    bool is_fine;

    if (sql[strspn(sql, " \t\r\n;")] == '\0')
        return false;
    is_fine = sqlite3_prepare_v2(native, sql, -1, &second, NULL) == SQLITE_OK;
    sqlite3_finalize(second);
    return !is_fine || second != NULL;
}

/* SQLite keeps the text of the first. */
static bool
has_more(const struct schemac_stmt *stmt, const char *sql)
{
    return holds_statement(stmt->db->native, sql + strlen(sqlite3_sql(stmt->native)));
}

static enum schemac_status
bound(struct schemac_stmt *stmt, int code)
{
    return code == SQLITE_OK ? SCHEMAC_OK : schemac__sqlite_error(stmt->db);
}

static enum schemac_status
bind_null(struct schemac_stmt *stmt, int at)
{
    return bound(stmt, sqlite3_bind_null(stmt->native, at));
}

static enum schemac_status
bind_int64(struct schemac_stmt *stmt, int at, int64_t v)
{
    return bound(stmt, sqlite3_bind_int64(stmt->native, at, v));
}

static enum schemac_status
bind_double(struct schemac_stmt *stmt, int at, double v)
{
    return bound(stmt, sqlite3_bind_double(stmt->native, at, v));
}

static enum schemac_status
bind_text(struct schemac_stmt *stmt, int at, struct schemac_text v)
{
    return bound(stmt, sqlite3_bind_text64(stmt->native, at, v.ptr, v.len, SQLITE_STATIC,
                                           SQLITE_UTF8));
}

static enum schemac_status
bind_bytes(struct schemac_stmt *stmt, int at, struct schemac_bytes v)
{
    return bound(stmt,
                 sqlite3_bind_blob64(stmt->native, at, v.ptr, v.len, SQLITE_STATIC));
}

static int
column_count(const struct schemac_stmt *stmt)
{
    return sqlite3_column_count(stmt->native);
}

static const char *
column_name(const struct schemac_stmt *stmt, int at)
{
    return sqlite3_column_name(stmt->native, at);
}

static bool
column_is_null(struct schemac_stmt *stmt, int at)
{
    return sqlite3_column_type(stmt->native, at) == SQLITE_NULL;
}

static int64_t
column_int64(struct schemac_stmt *stmt, int at)
{
    return sqlite3_column_int64(stmt->native, at);
}

static double
column_double(struct schemac_stmt *stmt, int at)
{
    return sqlite3_column_double(stmt->native, at);
}

static struct schemac_text
column_text(struct schemac_stmt *stmt, int at)
{
    const unsigned char *ptr = sqlite3_column_text(stmt->native, at);
    struct schemac_text text = { (const char *)ptr, 0 };

    if (ptr != NULL)
        text.len = (size_t)sqlite3_column_bytes(stmt->native, at);
    return text;
}

/* SQLite gives NULL for an empty blob too; ours has an address. */
static struct schemac_bytes
column_bytes(struct schemac_stmt *stmt, int at)
{
    bool is_null = sqlite3_column_type(stmt->native, at) == SQLITE_NULL;
    struct schemac_bytes bytes = { sqlite3_column_blob(stmt->native, at), 0 };

    bytes.len = (size_t)sqlite3_column_bytes(stmt->native, at);
    if (bytes.ptr == NULL && bytes.len == 0 && !is_null)
        bytes.ptr = "";
    return bytes;
}

const struct schemac__values schemac__sqlite_values = {
    .has_more = has_more,
    .bind_null = bind_null,
    .bind_int64 = bind_int64,
    .bind_double = bind_double,
    .bind_text = bind_text,
    .bind_bytes = bind_bytes,
    .column_count = column_count,
    .column_name = column_name,
    .column_is_null = column_is_null,
    .column_int64 = column_int64,
    .column_double = column_double,
    .column_text = column_text,
    .column_bytes = column_bytes,
};
