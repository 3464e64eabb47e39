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
 * server for one program is no path of a file for the other.
 */
struct scheme {
    const char *prefix;
    enum schemac__engine engine;
    bool is_part_of_target;
};

static const struct scheme schemes[] = {
    { "sqlite:", SCHEMAC__SQLITE, false },
    { "postgresql://", SCHEMAC__POSTGRES, true },
    { "postgres://", SCHEMAC__POSTGRES, true },
    /* libpq's keywords that a connection string begins with */
    { "service=", SCHEMAC__POSTGRES, true },
    { "host=", SCHEMAC__POSTGRES, true },
    { "hostaddr=", SCHEMAC__POSTGRES, true },
    { "port=", SCHEMAC__POSTGRES, true },
    { "user=", SCHEMAC__POSTGRES, true },
    { "dbname=", SCHEMAC__POSTGRES, true },
    { "password=", SCHEMAC__POSTGRES, true },
    { "passfile=", SCHEMAC__POSTGRES, true },
    { "sslmode=", SCHEMAC__POSTGRES, true },
    { "connect_timeout=", SCHEMAC__POSTGRES, true },
    { "options=", SCHEMAC__POSTGRES, true },
    { "application_name=", SCHEMAC__POSTGRES, true },
};

static const struct scheme *
find_scheme(const char *url)
{
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(url, schemes[i].prefix, strlen(schemes[i].prefix)) == 0)
            return &schemes[i];
    return NULL;
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
    const struct scheme *s = find_scheme(url);

    if (s == NULL)
        return choose_for_path(db, url);
    db->driver = schemac__drivers[s->engine];
    if (db->driver != NULL)
        return s->is_part_of_target ? url : url + strlen(s->prefix);
    schemac__fail(db, SCHEMAC_MISUSE, "this library has no driver for %s…", s->prefix);
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
