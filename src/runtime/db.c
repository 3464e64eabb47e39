/*
 * Handles: which engine a URL means, opening and closing.
 */
#include <string.h>

#include "runtime/driver.h"

static struct schemac_db *
db_new(void)
{
    struct schemac_db *db = schemac__alloc(sizeof *db);

    if (db == NULL)
        return NULL;
    db->info.message = db->error.message;
    db->info.code = db->error.code;
    db->info.table = db->error.table;
    db->info.column = db->error.column;
    db->info.constraint = db->error.constraint;
    return db;
}

#define BEGINS_WITH(text, prefix) (strncmp(text, prefix, sizeof prefix - 1) == 0)

/*
 * What the engine is given of the URL, for db->driver; NULL after recording why nothing
 * can be done with it.  It does not depend on the engines that are in this library: a
 * text that names a server for one program is no path of a file for the other.
 */
static const char *
choose_driver(struct schemac_db *db, const char *url)
{
    /* Its first word: "http" of "http://…", "host" of libpq's "host=db dbname=lot". */
    const char *behind = url + strcspn(url, "=:/. ");
    const char *engine = "SQLite, whose file a path is";
    bool has_scheme = BEGINS_WITH(behind, "://");

    db->driver = schemac__drivers[SCHEMAC__SQLITE];
    if (*behind == '=' || (has_scheme && BEGINS_WITH(url, "postgres"))) {
        engine = "PostgreSQL";
        db->driver = schemac__drivers[SCHEMAC__POSTGRES];
    } else if (BEGINS_WITH(url, "sqlite:")) {
        url += strlen("sqlite:");
    } else if (has_scheme) {
        schemac__refuse(db, SCHEMAC_MISUSE, "a database is \"postgresql://…\", ",
                        "\"sqlite:PATH\" or the path of a file");
        return NULL;
    }
    if (db->driver != NULL)
        return url;
    schemac__refuse(db, SCHEMAC_MISUSE, "this library has no driver for ", engine);
    return NULL;
}

static void
close_native(struct schemac_db *db)
{
    schemac__rows_free(db);
    while (db->statements != NULL)
        schemac_finalize(db->statements);
    if (db->native != NULL)
        db->driver->close(db);
    db->native = NULL;
}

enum schemac_status
schemac_open_with(const char *url, unsigned flags, struct schemac_db **db)
{
    const unsigned known =
        SCHEMAC_OPEN_EXISTING | SCHEMAC_OPEN_READ_ONLY | SCHEMAC_OPEN_KEEP_JOURNAL;
    enum schemac_status status;
    const char *target;

    if (db == NULL)
        return SCHEMAC_MISUSE;
    *db = db_new();
    if (*db == NULL)
        return SCHEMAC_NO_MEMORY;
    if (url == NULL || (flags & ~known) != 0)
        return schemac__refuse(*db, SCHEMAC_MISUSE, "schemac_open", ": wrong arguments");
    target = choose_driver(*db, url);
    if (target == NULL)
        return (*db)->error.status;
    status = (*db)->driver->open(*db, target, flags);
    if (status != SCHEMAC_OK)
        close_native(*db);
    return status;
}

enum schemac_status
schemac_open(const char *url, struct schemac_db **db)
{
    return schemac_open_with(url, 0, db);
}

void
schemac_close(struct schemac_db *db)
{
    if (db == NULL)
        return;
    close_native(db);
    schemac__free(db);
}
