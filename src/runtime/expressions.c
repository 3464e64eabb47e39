#include "runtime/expressions.h"

#include <stdio.h>
#include <string.h>

#include "runtime/run.h"

enum schemac_status
schemac__expressions_write(struct schemac_db *db, const char *lines)
{
    const struct schemac__ddl *ddl = db->driver->ddl;
    struct schemac_stmt *stmt;
    bool exists;
    enum schemac_status status =
        schemac__gives_row(db, db->driver->ddl->expressions_exists, &exists);

    if (status != SCHEMAC_OK || ddl->expressions_create == NULL)
        return status;
    if (!exists)
        status = db->driver->exec(db, ddl->expressions_create);
    if (status == SCHEMAC_OK)
        status = db->driver->exec(db, "DELETE FROM schemac_expressions");
    if (status != SCHEMAC_OK || lines == NULL)
        return status;
    status = schemac_prepare(db, ddl->expressions_insert, &stmt);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac_bind_text(stmt, 1, schemac_text(lines));
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
read_lines(struct schemac_db *db, char **lines)
{
    struct schemac_stmt *stmt;
    enum schemac_status status =
        schemac_prepare(db, db->driver->ddl->expressions_unchanged, &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac_step(stmt);
    if (status == SCHEMAC_ROW) {
        struct schemac_text text = schemac_column_text(stmt, 0);

        *lines = schemac__alloc(text.len + 1);
        if (*lines == NULL)
            status = schemac__no_memory(db);
        else if (text.ptr != NULL)
            memcpy(*lines, text.ptr, text.len);
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

enum schemac_status
schemac__expressions_read(struct schemac_db *db, char **lines)
{
    bool exists = false;
    enum schemac_status status = schemac__enter(db, false);

    *lines = NULL;
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__gives_row(db, db->driver->ddl->expressions_exists, &exists);
    if (status == SCHEMAC_OK && exists)
        status = read_lines(db, lines);
    schemac__leave(db);
    if (status != SCHEMAC_OK || *lines != NULL)
        return status;
    *lines = schemac__alloc(1);
    return *lines == NULL ? schemac__no_memory(db) : SCHEMAC_OK;
}
