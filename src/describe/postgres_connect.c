/*
 * A connection of the runtime library's driver, and what is said where there is none.
 */
#include "describe/postgres.h"

#include "runtime/postgres.h"

#define LINE_BYTES 4096

struct slice
postgres_message(struct session *s, const char *url, const char *message)
{
    char line[LINE_BYTES];

    if (!schemac__postgres_is_clear(url))
        return SLICE("the connection string cannot be read");
    schemac__postgres_line(message, line, sizeof line);
    return slice_copy(&s->arena, slice_from(line));
}

static void
report(struct session *s, const char *url, const char *message)
{
    struct diag *d = diag_add(&s->diags, D_DATABASE, SPAN_NONE, "%.*s: %.*s",
                              SLICE_ARG(describe_shown_url(&s->arena, url)),
                              SLICE_ARG(postgres_message(s, url, message)));

    if (!schemac__postgres_is_clear(url))
        diag_hint(&s->diags, d,
                  "in a URL an @ in a password is written %%40, a / is written %%2F "
                  "and a %% is written %%25");
}

static bool
is_new_enough(struct session *s, const char *url, struct schemac_db *db)
{
    int version = PQserverVersion(schemac_native(db));

    if (version >= POSTGRES_VERSION_MIN)
        return true;
    diag_add(&s->diags, D_DATABASE, SPAN_NONE,
             "%.*s: the server is PostgreSQL %d, and %d is the oldest that is described",
             SLICE_ARG(describe_shown_url(&s->arena, url)), version / 10000,
             POSTGRES_VERSION_MIN / 10000);
    return false;
}

struct schemac_db *
postgres_connect(struct session *s, const char *url)
{
    struct schemac_db *db = NULL;

    if (schemac_open(url, &db) != SCHEMAC_OK)
        report(s, url, schemac_error(db)->message);
    else if (is_new_enough(s, url, db))
        return db;
    schemac_close(db);
    return NULL;
}
