/*
 * Statements come and go.  A handle knows its statements, so that closing it leaves
 * nothing behind.
 */
#include <string.h>

#include "runtime/driver.h"

struct schemac_text
schemac_text(const char *z)
{
    return (struct schemac_text){ z, z == NULL ? 0 : strlen(z) };
}

bool
schemac__is_open(struct schemac_db *db)
{
    if (db == NULL)
        return false;
    if (db->native == NULL)
        schemac__fail(db, SCHEMAC_MISUSE, "the database is not open");
    return db->native != NULL;
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

static void
link_statement(struct schemac_stmt *stmt)
{
    stmt->older = stmt->db->statements;
    if (stmt->older != NULL)
        stmt->older->newer = stmt;
    stmt->db->statements = stmt;
}

static void
unlink_statement(struct schemac_stmt *stmt)
{
    if (stmt->older != NULL)
        stmt->older->newer = stmt->newer;
    if (stmt->newer != NULL)
        stmt->newer->older = stmt->older;
    else
        stmt->db->statements = stmt->older;
}

enum schemac_status
schemac_prepare(struct schemac_db *db, const char *sql, struct schemac_stmt **stmt)
{
    struct schemac_stmt *made;
    enum schemac_status status;

    if (stmt == NULL)
        return SCHEMAC_MISUSE;
    *stmt = NULL;
    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (sql == NULL)
        return schemac__fail(db, SCHEMAC_MISUSE, "schemac_prepare: no SQL");
    made = schemac__alloc(sizeof *made);
    if (made == NULL)
        return schemac__no_memory(db);
    made->db = db;
    status = db->driver->prepare(made, sql);
    if (status != SCHEMAC_OK) {
        schemac__free(made);
        return status;
    }
    link_statement(made);
    *stmt = made;
    return SCHEMAC_OK;
}

void
schemac_finalize(struct schemac_stmt *stmt)
{
    if (stmt == NULL)
        return;
    stmt->db->driver->finalize(stmt);
    unlink_statement(stmt);
    schemac_arena_free(&stmt->items);
    schemac__free(stmt->plan);
    schemac__free(stmt);
}
