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

/*
 * What a URL begins with, whichever engines are in this library: a text that names a
 * server for one program is no path of a file for the other.  One behind the other, each
 * with its zero byte, and an empty one.
 */
static const char sqlite_prefix[] = "sqlite:";
static const char postgres_prefixes[] = "postgresql://\0"
                                        "postgres://\0"
                                        /* libpq's keywords that a connection string
                                         * begins with */
                                        "service=\0"
                                        "host=\0"
                                        "hostaddr=\0"
                                        "port=\0"
                                        "user=\0"
                                        "dbname=\0"
                                        "password=\0"
                                        "passfile=\0"
                                        "sslmode=\0"
                                        "connect_timeout=\0"
                                        "options=\0"
                                        "application_name=\0";

static bool
begins_with(const char *url, const char *prefix)
{
    return strncmp(url, prefix, strlen(prefix)) == 0;
}

/* NULL: none of them. */
static const char *
find_postgres_prefix(const char *url)
{
    const char *prefix = postgres_prefixes;

    while (*prefix != '\0' && !begins_with(url, prefix))
        prefix += strlen(prefix) + 1;
    return *prefix == '\0' ? NULL : prefix;
}

/* Does the text begin with a scheme ("http://…"), so that it is no path? */
static bool
has_scheme(const char *url)
{
    size_t letters = strspn(url, "abcdefghijklmnopqrstuvwxyz0123456789+.-");

    return letters > 1 && strncmp(url + letters, "://", 3) == 0;
}

/* A path is a SQLite file. */
static const char *
choose_for_path(struct schemac_db *db, const char *path)
{
    if (has_scheme(path)) {
        schemac__fail(db, SCHEMAC_MISUSE,
                      "a database is \"sqlite:PATH\" or the path of a SQLite file; "
                      "this is the URL of something else");
        return NULL;
    }
    db->driver = schemac__drivers[SCHEMAC__SQLITE];
    if (db->driver != NULL)
        return path;
    schemac__fail(db, SCHEMAC_MISUSE,
                  "this library has no driver for SQLite, whose file a path without "
                  "\"postgresql://\" would be");
    return NULL;
}

/* What the URL means; NULL after recording why nothing can be done with it. */
static const char *
choose_driver(struct schemac_db *db, const char *url)
{
    const char *prefix = find_postgres_prefix(url);
    const char *target = url;

    if (prefix != NULL) {
        db->driver = schemac__drivers[SCHEMAC__POSTGRES];
    } else if (begins_with(url, sqlite_prefix)) {
        prefix = sqlite_prefix;
        target += strlen(prefix);
        db->driver = schemac__drivers[SCHEMAC__SQLITE];
    } else {
        return choose_for_path(db, url);
    }
    if (db->driver != NULL)
        return target;
    schemac__fail(db, SCHEMAC_MISUSE, "this library has no driver for %s…", prefix);
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
