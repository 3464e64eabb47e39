/*
 * What a program does with SQL of its own: arguments are checked here, the work is the
 * driver's.  Apart from stmt.c, because rows need none of it.
 */
#include <string.h>

#include "runtime/driver.h"

enum schemac_status
schemac_exec(struct schemac_db *db, const char *sql)
{
    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (sql == NULL)
        return schemac__fail(db, SCHEMAC_MISUSE, "schemac_exec: no SQL");
    return db->driver->exec(db, sql);
}

int64_t
schemac_changes(const struct schemac_db *db)
{
    return db == NULL || db->native == NULL ? 0 : db->driver->changes(db);
}

const char *
schemac__skip_blank(const char *sql)
{
    const char *end;

    for (;;) {
        sql += strspn(sql, " \t\r\n\f;");
        if (strncmp(sql, "--", 2) == 0)
            end = strchr(sql, '\n');
        else if (strncmp(sql, "/*", 2) == 0)
            end = strstr(sql + 2, "*/");
        else
            return sql;
        if (end == NULL)
            return sql + strlen(sql);
        sql = end + (*end == '\n' ? 1 : 2);
    }
}

static const struct schemac__values *
values_of(const struct schemac_stmt *stmt)
{
    return schemac__values[stmt->db->driver->engine];
}

static enum schemac_status
check_one(struct schemac_stmt *stmt, const char *sql)
{
    const struct schemac__values *values = values_of(stmt);

    return values->has_more == NULL || !values->has_more(stmt, sql)
               ? SCHEMAC_OK
               : schemac__fail(stmt->db, SCHEMAC_MISUSE,
                               "the SQL holds more than one statement");
}

enum schemac_status
schemac_prepare(struct schemac_db *db, const char *sql, struct schemac_stmt **stmt)
{
    enum schemac_status status;

    if (stmt == NULL)
        return SCHEMAC_MISUSE;
    *stmt = NULL;
    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (sql == NULL)
        return schemac__fail(db, SCHEMAC_MISUSE, "schemac_prepare: no SQL");
    if (*schemac__skip_blank(sql) == '\0')
        return schemac__fail(db, SCHEMAC_MISUSE, "the SQL holds no statement");
    status = schemac__prepare(db, sql, stmt);
    if (status == SCHEMAC_OK)
        status = check_one(*stmt, sql);
    if (status != SCHEMAC_OK) {
        schemac_finalize(*stmt);
        *stmt = NULL;
    }
    return status;
}

enum schemac_status
schemac_bind_null(struct schemac_stmt *stmt, int at)
{
    return stmt == NULL ? SCHEMAC_MISUSE : values_of(stmt)->bind_null(stmt, at);
}

enum schemac_status
schemac_bind_int64(struct schemac_stmt *stmt, int at, int64_t v)
{
    return stmt == NULL ? SCHEMAC_MISUSE : values_of(stmt)->bind_int64(stmt, at, v);
}

enum schemac_status
schemac_bind_double(struct schemac_stmt *stmt, int at, double v)
{
    return stmt == NULL ? SCHEMAC_MISUSE : values_of(stmt)->bind_double(stmt, at, v);
}

enum schemac_status
schemac_bind_text(struct schemac_stmt *stmt, int at, struct schemac_text v)
{
    return stmt == NULL ? SCHEMAC_MISUSE : values_of(stmt)->bind_text(stmt, at, v);
}

enum schemac_status
schemac_bind_bytes(struct schemac_stmt *stmt, int at, struct schemac_bytes v)
{
    return stmt == NULL ? SCHEMAC_MISUSE : values_of(stmt)->bind_bytes(stmt, at, v);
}

enum schemac_status
schemac_step(struct schemac_stmt *stmt)
{
    return stmt == NULL ? SCHEMAC_MISUSE : stmt->db->driver->step(stmt);
}

enum schemac_status
schemac_reset(struct schemac_stmt *stmt)
{
    return stmt == NULL ? SCHEMAC_MISUSE : stmt->db->driver->reset(stmt);
}

int
schemac_column_count(const struct schemac_stmt *stmt)
{
    return stmt == NULL ? 0 : values_of(stmt)->column_count(stmt);
}

const char *
schemac_column_name(const struct schemac_stmt *stmt, int at)
{
    return stmt == NULL ? NULL : values_of(stmt)->column_name(stmt, at);
}

bool
schemac_column_is_null(struct schemac_stmt *stmt, int at)
{
    return stmt == NULL || values_of(stmt)->column_is_null(stmt, at);
}

int64_t
schemac_column_int64(struct schemac_stmt *stmt, int at)
{
    return stmt == NULL ? 0 : values_of(stmt)->column_int64(stmt, at);
}

double
schemac_column_double(struct schemac_stmt *stmt, int at)
{
    return stmt == NULL ? 0 : values_of(stmt)->column_double(stmt, at);
}

struct schemac_text
schemac_column_text(struct schemac_stmt *stmt, int at)
{
    return stmt == NULL ? schemac_text(NULL) : values_of(stmt)->column_text(stmt, at);
}

struct schemac_bytes
schemac_column_bytes(struct schemac_stmt *stmt, int at)
{
    const struct schemac_bytes none = { NULL, 0 };

    return stmt == NULL ? none : values_of(stmt)->column_bytes(stmt, at);
}

enum schemac_status
schemac__query_int64(struct schemac_db *db, const char *sql, int64_t *value, bool *found)
{
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac_prepare(db, sql, &stmt);

    *value = 0;
    if (status != SCHEMAC_OK)
        return status;
    status = schemac_step(stmt);
    if (status == SCHEMAC_ROW)
        *value = schemac_column_int64(stmt, 0);
    if (found != NULL)
        *found = status == SCHEMAC_ROW;
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

enum schemac_status
schemac__gives_row(struct schemac_db *db, const char *sql, bool *does)
{
    int64_t ignored;

    *does = false;
    return sql == NULL ? SCHEMAC_OK : schemac__query_int64(db, sql, &ignored, does);
}
