/*
 * A connection that speaks UTF-8, does not wait for ever, and prints nothing by itself.
 */
#include <stdlib.h>
#include <string.h>

#include "describe/postgres.h"

/* A server that does not answer; the user's own connect_timeout goes before it. */
#define CONNECT_SECONDS "10"

static void
be_quiet(void *arg, const char *message)
{
    (void)arg;
    (void)message;
}

/* The string was understood as it was meant, so that what libpq repeats of it are names.
 */
static bool
may_be_repeated(struct session *s, const char *url)
{
    return !slice_is(describe_shown_url(&s->arena, url), "PostgreSQL");
}

struct slice
postgres_message(struct session *s, const char *url, const char *message)
{
    struct slice rest = slice_trim(slice_from(message));
    struct text out;

    if (!may_be_repeated(s, url))
        return SLICE("the connection string cannot be read");
    text_init(&out, &s->arena);
    for (size_t i = 0; i < rest.len; i++)
        if (rest.ptr[i] == '\n')
            text_addz(&out, "; ");
        else if (rest.ptr[i] != '\t')
            text_addc(&out, rest.ptr[i]);
    return text_slice(&out);
}

static PGconn *
open_connection(const char *url)
{
    /* Later words go before earlier ones, and those of the URL stand in "dbname". */
    const char *keywords[] = { "connect_timeout", "fallback_application_name", "dbname",
                               "client_encoding", NULL };
    const char *values[] = { CONNECT_SECONDS, "schemac", url, "UTF8", NULL };

    if (getenv("PGCONNECT_TIMEOUT") != NULL)
        values[0] = NULL;
    return PQconnectdbParams(keywords, values, true);
}

static bool
report(struct session *s, const char *url, const char *message)
{
    struct diag *d = diag_add(&s->diags, D_DATABASE, SPAN_NONE, "%.*s: %.*s",
                              SLICE_ARG(describe_shown_url(&s->arena, url)),
                              SLICE_ARG(postgres_message(s, url, message)));

    if (!may_be_repeated(s, url))
        diag_hint(&s->diags, d,
                  "in a URL an @ in a password is written %%40, a / is written %%2F "
                  "and a %% is written %%25");
    return false;
}

static bool
is_usable(struct session *s, const char *url, PGconn *connection)
{
    int version;

    if (PQstatus(connection) != CONNECTION_OK)
        return report(s, url, PQerrorMessage(connection));
    version = PQserverVersion(connection);
    if (version >= POSTGRES_VERSION_MIN)
        return true;
    diag_add(&s->diags, D_DATABASE, SPAN_NONE,
             "%.*s: the server is PostgreSQL %d, and %d is the oldest that is described",
             SLICE_ARG(describe_shown_url(&s->arena, url)), version / 10000,
             POSTGRES_VERSION_MIN / 10000);
    return false;
}

PGconn *
postgres_connect(struct session *s, const char *url)
{
    PGconn *connection;

    if (!may_be_repeated(s, url)) {
        report(s, url, "");
        return NULL;
    }
    connection = open_connection(url);
    if (connection == NULL) {
        report(s, url, "out of memory");
        return NULL;
    }
    PQsetNoticeProcessor(connection, be_quiet, NULL);
    if (is_usable(s, url, connection))
        return connection;
    PQfinish(connection);
    return NULL;
}
