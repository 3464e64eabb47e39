/*
 * How a connection string may be shown: with what tells one database from another, and
 * without what opens it.
 */
#include <stdlib.h>
#include <string.h>

#include "describe/postgres.h"

#include "runtime/postgres.h"

/* Of libpq's keywords; anything else, such as an option of tomorrow, is not repeated. */
static const char *const shown_words[] = { "service", "host", "hostaddr",
                                           "port",    "user", "dbname" };

static bool
is_shown(const char *keyword)
{
    for (size_t i = 0; i < ARRAY_LEN(shown_words); i++)
        if (strcmp(shown_words[i], keyword) == 0)
            return true;
    return false;
}

static bool
is_uri(struct slice url)
{
    return slice_starts(url, "postgresql://") || slice_starts(url, "postgres://");
}

static struct slice
shown_options(struct arena *a, const PQconninfoOption *options)
{
    struct text out;

    text_init(&out, a);
    for (const PQconninfoOption *o = options; o->keyword != NULL; o++)
        if (o->val != NULL && is_shown(o->keyword))
            text_addf(&out, "%s%s=%s", out.len == 0 ? "" : " ", o->keyword, o->val);
    return out.len == 0 ? SLICE("the default database") : text_slice(&out);
}

struct slice
describe_shown_url(struct arena *a, const char *url)
{
    struct slice whole = slice_from(url);
    PQconninfoOption *options;
    struct slice out;

    if (!is_uri(whole) && strchr(url, '=') == NULL)
        return whole;
    if (slice_starts(whole, "sqlite:"))
        return whole;
    options = schemac__postgres_is_clear(url) ? PQconninfoParse(url, NULL) : NULL;
    if (options == NULL)
        return SLICE("PostgreSQL");
    /* A URL with nothing to hide is shown as the user wrote it. */
    out = whole;
    for (const PQconninfoOption *o = options; o->keyword != NULL; o++)
        if (o->val != NULL && !is_shown(o->keyword))
            out = SLICE_NONE;
    if (slice_is_none(out))
        out = shown_options(a, options);
    PQconninfoFree(options);
    return out;
}
