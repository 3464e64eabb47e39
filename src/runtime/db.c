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
    db->info = (struct schemac_error_info){
        .status = SCHEMAC_OK,
        .message = db->error.message,
        .code = db->error.code,
        .table = db->error.table,
        .column = db->error.column,
        .constraint = db->error.constraint,
    };
    return db;
}

/* Does the text begin with a scheme ("http://…"), so that it is no path? */
static bool
has_scheme(const char *url)
{
    size_t letters = strspn(url, "abcdefghijklmnopqrstuvwxyz0123456789+.-");

    return letters > 1 && strncmp(url + letters, "://", 3) == 0;
}

/* What the URL means; NULL after recording why nothing can be done with it. */
static const char *
choose_driver(struct schemac_db *db, const char *url)
{
    for (const struct schemac__scheme *s = schemac__schemes; s->prefix != NULL; s++) {
        size_t len = strlen(s->prefix);

        if (strncmp(url, s->prefix, len) != 0)
            continue;
        db->driver = s->driver;
        if (db->driver != NULL)
            return s->is_part_of_target ? url : url + len;
        schemac__fail(db, SCHEMAC_MISUSE, "this library has no driver for %s…",
                      s->prefix);
        return NULL;
    }
    if (has_scheme(url)) {
        schemac__fail(db, SCHEMAC_MISUSE,
                      "a database is \"sqlite:PATH\" or the path of a SQLite file; "
                      "this is the URL of something else");
        return NULL;
    }
    db->driver = &schemac__sqlite;
    return url;
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
        return schemac__fail(*db, SCHEMAC_MISUSE, "schemac_open: wrong arguments");
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

const char *
schemac_dialect(const struct schemac_db *db)
{
    return db == NULL || db->driver == NULL ? "" : db->driver->name;
}

void *
schemac_native(struct schemac_db *db)
{
    return db == NULL ? NULL : db->native;
}

enum schemac_status
schemac_busy_timeout(struct schemac_db *db, int milliseconds)
{
    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (milliseconds < 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "a busy timeout cannot be negative");
    return db->driver->busy_timeout(db, milliseconds);
}
