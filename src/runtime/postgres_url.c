/*
 * What may be repeated of a connection string and of what libpq says of it.
 */
#include <string.h>

#include "runtime/postgres.h"

static bool
is_ambiguous(const char *url)
{
    const char *rest = strstr(url, "://");
    size_t count = 0;
    bool in_path = false;

    if (strncmp(url, "postgresql://", 13) != 0 && strncmp(url, "postgres://", 11) != 0)
        return false;
    /* One '@' at most, and it stands before the first '/'. */
    for (const char *p = rest + 3; *p != '\0' && *p != '?'; p++) {
        in_path = in_path || *p == '/';
        count += *p == '@';
        if (*p == '@' && (in_path || count > 1))
            return true;
    }
    return false;
}

/* libpq says what is wrong with a string, and nothing or this where it had no memory. */
static bool
is_for_want_of_memory(const char *words)
{
    return words == NULL || strstr(words, "out of memory") != NULL;
}

enum schemac_status
schemac__postgres_check_url(const char *url)
{
    enum schemac_status status = SCHEMAC_OK;
    PQconninfoOption *options;
    char *words = NULL;

    if (is_ambiguous(url))
        return SCHEMAC_MISUSE;
    options = PQconninfoParse(url, &words);
    if (options == NULL)
        status = is_for_want_of_memory(words) ? SCHEMAC_NO_MEMORY : SCHEMAC_MISUSE;
    PQconninfoFree(options);
    PQfreemem(words);
    return status;
}

bool
schemac__postgres_is_clear(const char *url)
{
    return schemac__postgres_check_url(url) == SCHEMAC_OK;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void
schemac__postgres_line(const char *message, char *to, size_t size)
{
    size_t end = strlen(message);
    size_t used = 0;

    while (end > 0 && is_blank(message[end - 1]))
        end--;
    while (is_blank(*message) && end > 0) {
        message++;
        end--;
    }
    for (size_t i = 0; i < end && used + 3 < size; i++) {
        if (message[i] == '\n')
            to[used++] = ';';
        if (message[i] == '\n')
            to[used++] = ' ';
        else if (message[i] != '\t')
            to[used++] = message[i];
    }
    schemac__copy(to, size, to, used);
}
