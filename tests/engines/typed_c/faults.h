/*
 * What the programs share that try generated code on a PostgreSQL server where something
 * goes wrong: a second connection that makes it go wrong.
 */
#ifndef FAULTS_H
#define FAULTS_H

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"
#include "lot.h"

#define SAYS(words) CHECK(strstr(schemac_error(db)->message, (words)) != NULL)
#define NAMES(what, wanted) CHECK(strcmp(schemac_error(db)->what, (wanted)) == 0)

/* Another session, without the library. */
static inline PGconn *
other_session(const char *url)
{
    PGconn *other = PQconnectdb(url);

    if (PQstatus(other) == CONNECTION_OK)
        return other;
    fprintf(stderr, "%s", PQerrorMessage(other));
    exit(1);
}

static inline void
ask(PGconn *other, const char *sql)
{
    PGresult *result = PQexec(other, sql);

    if (PQresultStatus(result) != PGRES_COMMAND_OK
        && PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(other));
        exit(1);
    }
    PQclear(result);
}

/* A number from the server, in the handle's own session. */
static inline int64_t
number(struct schemac_db *db, const char *sql)
{
    struct schemac_stmt *stmt;
    int64_t v;

    IS(SCHEMAC_OK, schemac_prepare(db, sql, &stmt));
    IS(SCHEMAC_ROW, schemac_step(stmt));
    v = schemac_column_int64(stmt, 0);
    schemac_finalize(stmt);
    return v;
}

#define NAME_BYTES 40

/* Owners whose names are a word and a number, so that they are all different. */
static inline struct lot_owners *
make_owners(size_t count, const char *word)
{
    struct lot_owners *rows = calloc(count, sizeof *rows);
    char *names = calloc(count, NAME_BYTES);

    if (rows == NULL || names == NULL)
        exit(1);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(names + i * NAME_BYTES, NAME_BYTES, "%.10s %zu", word, i);
        rows[i].name = schemac_text(names + i * NAME_BYTES);
    }
    return rows;
}

static inline void
free_owners(struct lot_owners *rows)
{
    void *names;

    memcpy(&names, &rows[0].name.ptr, sizeof names);
    free(names);
    free(rows);
}

static inline int64_t
count_owners(struct schemac_db *db)
{
    int64_t count = -1;

    IS(SCHEMAC_OK, lot_owners_count(db, &count));
    return count;
}

#endif
