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
        schemac__refuse(db, SCHEMAC_MISUSE, "the database is not open", "");
    return db->native != NULL;
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
schemac__prepare(struct schemac_db *db, const char *sql, struct schemac_stmt **stmt)
{
    struct schemac_stmt *made = schemac__alloc(sizeof *made);
    enum schemac_status status;

    *stmt = NULL;
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
