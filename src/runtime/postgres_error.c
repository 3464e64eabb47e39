/*
 * What PostgreSQL's errors mean: the status, and the SQLSTATE, table, column and
 * constraint that the server names.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/postgres.h"

#define SQLSTATE_BYTES 6 /* five characters */
#define LINE_BYTES 2048 /* of a message of libpq, which repeats host names */

/* The first that the SQLSTATE begins with; whole states stand before their class. */
static const struct {
    char prefix[SQLSTATE_BYTES];
    uint8_t status; /* enum schemac_status */
} states[] = {
    { "23505", SCHEMAC_UNIQUE },
    { "23503", SCHEMAC_FOREIGN_KEY },
    { "23001", SCHEMAC_FOREIGN_KEY }, /* RESTRICT */
    { "23502", SCHEMAC_NOT_NULL },
    { "23", SCHEMAC_CHECK },
    /* values that the type of the column does not take */
    { "22001", SCHEMAC_CHECK }, /* too long */
    { "22003", SCHEMAC_CHECK }, /* a number out of range */
    { "22007", SCHEMAC_CHECK }, /* no date, no time */
    { "22008", SCHEMAC_CHECK },
    { "2200M", SCHEMAC_CHECK }, /* no document, no content of XML */
    { "2200N", SCHEMAC_CHECK },
    { "22021", SCHEMAC_CHECK }, /* no character of the encoding */
    { "22026", SCHEMAC_CHECK }, /* not as long as bit(n) */
    { "22P02", SCHEMAC_CHECK }, /* no text of the type */
    { "22P03", SCHEMAC_CHECK },
    { "22P05", SCHEMAC_CHECK },
    { "P0001", SCHEMAC_CHECK }, /* RAISE in a trigger or a function */
    { "40001", SCHEMAC_RETRY },
    { "40P01", SCHEMAC_RETRY },
    { "26000", SCHEMAC_RETRY }, /* the prepared statement is gone: it is made again */
    { "55P03", SCHEMAC_BUSY },
    { "55006", SCHEMAC_BUSY }, /* object_in_use */
    { "53100", SCHEMAC_FULL },
    { "53200", SCHEMAC_NO_MEMORY },
    { "25006", SCHEMAC_READ_ONLY },
    { "3D000", SCHEMAC_NOT_FOUND }, /* no such database */
    { "08", SCHEMAC_CONNECTION },
    { "28", SCHEMAC_CONNECTION }, /* wrong password, no such role */
    { "53300", SCHEMAC_CONNECTION },
    { "57P", SCHEMAC_CONNECTION }, /* the server or the session was ended */
    { "25P03", SCHEMAC_CONNECTION },
};

#define STATE_COUNT (sizeof states / sizeof *states)

static enum schemac_status
status_of(const char *state)
{
    for (size_t i = 0; i < STATE_COUNT; i++)
        if (strncmp(state, states[i].prefix, strlen(states[i].prefix)) == 0)
            return states[i].status;
    return SCHEMAC_ERROR;
}

static const char *
field(const PGresult *result, int code)
{
    const char *text = result == NULL ? NULL : PQresultErrorField(result, code);

    return text == NULL ? "" : text;
}

static void
copy_field(char *to, size_t size, const PGresult *result, int code)
{
    const char *text = field(result, code);

    schemac__copy(to, size, text, strlen(text));
}

/* No such operator, or no cast to the type of a column: of the statement itself, not of a
 * routine that it calls, which would be the context. */
static bool
is_mistyped(const PGresult *result)
{
    const char *state = field(result, PG_DIAG_SQLSTATE);

    return (strcmp(state, "42883") == 0 || strcmp(state, "42804") == 0)
           && field(result, PG_DIAG_CONTEXT)[0] == '\0';
}

/* Messages are translated, names of functions are not. */
enum postgres_plan
schemac__postgres_plan_of(const PGresult *result)
{
    const char *state = field(result, PG_DIAG_SQLSTATE);
    const char *function = field(result, PG_DIAG_SOURCE_FUNCTION);

    if (strcmp(state, "26000") == 0)
        return POSTGRES_PLAN_GONE;
    if (strcmp(state, "0A000") == 0 && strcmp(function, "RevalidateCachedQuery") == 0)
        return POSTGRES_PLAN_OUTDATED;
    if (is_mistyped(result))
        return POSTGRES_PLAN_MISTYPED;
    return POSTGRES_PLAN_FITS;
}

/* The trigger of an append-only table says RESTRICT as well, of no constraint. */
static bool
is_refused_by_trigger(const PGresult *result)
{
    return strcmp(field(result, PG_DIAG_SQLSTATE), "23001") == 0
           && field(result, PG_DIAG_CONSTRAINT_NAME)[0] == '\0';
}

/* A server that says FATAL closes the connection, even if libpq has not seen it yet. */
static enum schemac_status
status_of_server(const PGresult *result)
{
    const char *severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (strcmp(severity, "FATAL") == 0 || strcmp(severity, "PANIC") == 0)
        return SCHEMAC_CONNECTION;
    switch (schemac__postgres_plan_of(result)) {
    case POSTGRES_PLAN_OUTDATED:
    case POSTGRES_PLAN_GONE:
        return SCHEMAC_RETRY;
    case POSTGRES_PLAN_MISTYPED:
    case POSTGRES_PLAN_FITS:
        break;
    }
    if (is_refused_by_trigger(result))
        return SCHEMAC_CHECK;
    return status_of(field(result, PG_DIAG_SQLSTATE));
}

/*
 * What libpq itself failed at.  Where it could not write, it has not seen yet that there
 * is nothing to read either, so it looks once more.  For want of memory it has no code:
 * it returns nothing and says nothing, or says it in words, which a program that calls
 * setlocale may have translated; then it is an ERROR with those words.
 */
static enum schemac_status
status_of_client(const struct schemac_db *db, const char *words)
{
    (void)PQconsumeInput(db->native);
    if (PQstatus(db->native) == CONNECTION_BAD)
        return SCHEMAC_CONNECTION;
    if (words[0] == '\0' || strstr(words, "out of memory") != NULL)
        return SCHEMAC_NO_MEMORY;
    return SCHEMAC_ERROR;
}

/* libpq's words about the connection, with what the server said before it left; or about
 * a result that waited while the connection was used. */
static const char *
words_of_client(const struct schemac_db *db, const PGresult *result)
{
    const char *words = PQerrorMessage(db->native);

    return words[0] != '\0' ? words : PQresultErrorMessage(result);
}

enum schemac_status
schemac__postgres_error(struct schemac_db *db, const PGresult *result)
{
    const char *state = field(result, PG_DIAG_SQLSTATE);
    const char *detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    bool is_of_client = state[0] == '\0';
    const char *words = is_of_client ? words_of_client(db, result)
                                     : field(result, PG_DIAG_MESSAGE_PRIMARY);
    struct schemac__error *e = &db->error;
    enum schemac_status status;
    char line[LINE_BYTES];

    schemac__postgres_line(words, line, sizeof line);
    status = is_of_client ? status_of_client(db, line) : status_of_server(result);
    if (line[0] == '\0')
        schemac__copy(line, sizeof line, "out of memory", strlen("out of memory"));
    schemac__refuse(db, status, line, "");
    if (detail[0] != '\0') {
        schemac__postgres_line(detail, line, sizeof line);
        schemac__error_add(db, " (");
        schemac__error_add(db, line);
        schemac__error_add(db, ")");
    }
    copy_field(e->code, sizeof e->code, result, PG_DIAG_SQLSTATE);
    copy_field(e->table, sizeof e->table, result, PG_DIAG_TABLE_NAME);
    copy_field(e->column, sizeof e->column, result, PG_DIAG_COLUMN_NAME);
    copy_field(e->constraint, sizeof e->constraint, result, PG_DIAG_CONSTRAINT_NAME);
    return status;
}
