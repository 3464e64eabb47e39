/*
 * many URL WAY ROWS TURNS: ROWS rows into a table whose key is generated, or out of it.
 * Prints the microseconds that a row takes, of the quickest turn.
 *
 *   each   insert, in a transaction
 *   many   insert_many; the keys come back
 *   array  PostgreSQL, by hand: the same as a statement over an array per column
 *   load   nothing comes back
 *   get    one after the other
 *   list   by a list of keys
 *   json   SQLite, by hand: by the same list as JSON
 */
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "many.h"

#define COLUMNS (MANY_EVENTS_NEW)
#define PARAMETERS 4
#define ITEM_BYTES_MAX 64 /* of the longest text, with its length */
#define HEAD_BYTES 20

struct work {
    struct schemac_db *db;
    struct many_events *rows;
    size_t count;
    char *arrays[PARAMETERS];
    int64_t *keys;
    char *json;
    struct schemac_stmt *by_json;
    int64_t sum;
};

static bool
insert_each(struct work *w)
{
    bool ok = schemac_begin(w->db) == SCHEMAC_OK;

    for (size_t i = 0; ok && i < w->count; i++)
        ok = many_events_insert(w->db, &w->rows[i], COLUMNS) == SCHEMAC_OK;
    return ok && schemac_commit(w->db) == SCHEMAC_OK;
}

static bool
insert_many(struct work *w)
{
    return many_events_insert_many(w->db, w->rows, w->count, COLUMNS) == SCHEMAC_OK;
}

static bool
load(struct work *w)
{
    return many_events_load(w->db, w->rows, w->count, COLUMNS) == SCHEMAC_OK;
}

/* ---- arrays, by hand ---- */

static const Oid items[PARAMETERS] = { 23, 701, 25, 1114 };

static char *
put_32(char *to, uint32_t v)
{
    uint32_t wire = htobe32(v);

    memcpy(to, &wire, sizeof wire);
    return to + sizeof wire;
}

static char *
put_64(char *to, uint64_t v)
{
    uint64_t wire = htobe64(v);

    to = put_32(to, sizeof wire);
    memcpy(to, &wire, sizeof wire);
    return to + sizeof wire;
}

static char *
put_item(char *to, const struct many_events *row, size_t parameter)
{
    uint64_t bits;

    memcpy(&bits, &row->value, sizeof bits);
    switch (parameter) {
    case 0:
        return put_32(put_32(to, sizeof row->device), (uint32_t)row->device);
    case 1:
        return put_64(to, bits);
    case 2:
        to = put_32(to, (uint32_t)row->label.len);
        memcpy(to, row->label.ptr, row->label.len);
        return to + row->label.len;
    default:
        return put_64(to, (uint64_t)(row->at - 946684800000000));
    }
}

static int
put_array(const struct work *w, size_t parameter)
{
    char *to = w->arrays[parameter];

    to = put_32(to, 1);
    to = put_32(to, 0);
    to = put_32(to, items[parameter]);
    to = put_32(to, (uint32_t)w->count);
    to = put_32(to, 1);
    for (size_t i = 0; i < w->count; i++)
        to = put_item(to, &w->rows[i], parameter);
    return (int)(to - w->arrays[parameter]);
}

static bool
prepare_unnest(struct work *w)
{
    static const char sql[] =
        "INSERT INTO events (device, value, label, at) SELECT * FROM unnest($1::int4[], "
        "$2::float8[], $3::text[], $4::timestamp[]) RETURNING id";
    PGresult *result = PQprepare(schemac_native(w->db), "by_hand", sql, 0, NULL);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    for (size_t i = 0; i < PARAMETERS; i++) {
        w->arrays[i] = malloc(HEAD_BYTES + w->count * ITEM_BYTES_MAX);
        ok = ok && w->arrays[i] != NULL;
    }
    return ok;
}

static bool
insert_unnest(struct work *w)
{
    const char *values[PARAMETERS];
    int lengths[PARAMETERS];
    static const int formats[PARAMETERS] = { 1, 1, 1, 1 };
    PGresult *result;
    bool ok = schemac_begin(w->db) == SCHEMAC_OK;

    for (size_t i = 0; i < PARAMETERS; i++) {
        lengths[i] = put_array(w, i);
        values[i] = w->arrays[i];
    }
    result = PQexecPrepared(schemac_native(w->db), "by_hand", PARAMETERS, values, lengths,
                            formats, 1);
    ok = ok && PQresultStatus(result) == PGRES_TUPLES_OK
         && (size_t)PQntuples(result) == w->count;
    for (size_t i = 0; ok && i < w->count; i++) {
        uint64_t id;

        memcpy(&id, PQgetvalue(result, (int)i, 0), sizeof id);
        w->rows[i].id = (int64_t)be64toh(id);
    }
    PQclear(result);
    return ok && schemac_commit(w->db) == SCHEMAC_OK;
}

/* ---- reading: the rows are there, and each key is asked for ---- */

static bool
get_each(struct work *w)
{
    bool ok = schemac_begin(w->db) == SCHEMAC_OK;

    for (size_t i = 0; ok && i < w->count; i++) {
        struct many_events row;

        ok = many_events_get(w->db, w->keys[i], &row) == SCHEMAC_OK
             && row.id == w->keys[i];
    }
    return ok && schemac_commit(w->db) == SCHEMAC_OK;
}

static bool
get_list(struct work *w)
{
    struct many_events_cursor c;
    size_t count = 0;

    if (many_events_by_id_list(w->db, w->keys, w->count, &c) != SCHEMAC_OK)
        return false;
    while (many_events_next(&c) == SCHEMAC_ROW)
        count++;
    return many_events_close(&c) == SCHEMAC_OK && count == w->count;
}

static bool
prepare_json(struct work *w)
{
    static const char sql[] =
        "SELECT t.id, t.device, t.value, t.label, t.at FROM events AS t "
        "WHERE t.id IN (SELECT value FROM json_each(?1))";

    w->json = malloc(3 + w->count * 21);
    return w->json != NULL && schemac_prepare(w->db, sql, &w->by_json) == SCHEMAC_OK;
}

/* As the generated code reads a row, but for what it checks. */
static bool
get_json(struct work *w)
{
    char *to = w->json;
    size_t count = 0;

    *to++ = '[';
    for (size_t i = 0; i < w->count; i++)
        to += sprintf(to, "%s%lld", i == 0 ? "" : ",", (long long)w->keys[i]);
    *to++ = ']';
    if (schemac_bind_text(w->by_json, 1,
                          (struct schemac_text){ w->json, (size_t)(to - w->json) })
        != SCHEMAC_OK)
        return false;
    for (; schemac_step(w->by_json) == SCHEMAC_ROW; count++) {
        w->sum += schemac_column_int64(w->by_json, 0);
        w->sum += schemac_column_int64(w->by_json, 1);
        w->sum += (int64_t)schemac_column_double(w->by_json, 2);
        w->sum += (int64_t)schemac_column_text(w->by_json, 3).len;
        w->sum += (int64_t)schemac_column_text(w->by_json, 4).len;
    }
    return schemac_reset(w->by_json) == SCHEMAC_OK && count == w->count;
}

/* ---- turns ---- */

#define STORED 100000 /* rows that there are to read */

static const struct way {
    const char *name;
    bool (*prepare)(struct work *w); /* NULL: nothing */
    bool (*run)(struct work *w);
    bool reads; /* rows that are there before */
} ways[] = {
    { "each", NULL, insert_each, false },
    { "many", NULL, insert_many, false },
    { "array", prepare_unnest, insert_unnest, false },
    { "load", NULL, load, false },
    { "get", NULL, get_each, true },
    { "list", NULL, get_list, true },
    { "json", prepare_json, get_json, true },
};

static bool
make_rows(struct work *w, size_t count)
{
    static const char *const labels[] = { "north", "a longer label of the second device",
                                          "x" };

    w->rows = calloc(count, sizeof *w->rows);
    for (size_t i = 0; w->rows != NULL && i < count; i++)
        w->rows[i] = (struct many_events){
            .device = (int32_t)(i % 97),
            .value = (double)i / 8.0,
            .label = schemac_text(labels[i % 3]),
            .at = 1700000000000000 + (int64_t)i,
        };
    return w->rows != NULL;
}

static double
seconds(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool
store(struct work *w)
{
    w->keys = calloc(w->count, sizeof *w->keys);
    if (w->keys == NULL
        || many_events_insert_many(w->db, w->rows, STORED, COLUMNS) != SCHEMAC_OK)
        return false;
    for (size_t i = 0; i < w->count; i++)
        w->keys[i] = w->rows[i * 7919 % STORED].id;
    return true;
}

/* A way that gives keys back has them in the order of its rows. */
static bool
keys_are_right(const struct work *w, const struct way *way)
{
    for (size_t i = 1; !way->reads && way->run != load && i < w->count; i++)
        if (w->rows[i].id != w->rows[0].id + (int64_t)i)
            return false;
    return true;
}

static bool
measure(struct work *w, const struct way *way, long turns, double *best)
{
    *best = 1e9;
    for (long i = 0; i <= turns; i++) {
        double from = seconds();
        double spent;

        if (!way->run(w))
            return false;
        spent = seconds() - from;
        *best = i > 0 && spent < *best ? spent : *best; /* the first one prepares */
        if (!keys_are_right(w, way))
            return false;
    }
    return true;
}

static const struct way *
find_way(const char *name)
{
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].name, name) == 0)
            return &ways[i];
    return NULL;
}

static bool
go(struct work *w, const char *url, const char *name, long turns)
{
    const struct way *way = find_way(name);
    double best;
    bool ok = way != NULL
              && many_open(url, SCHEMAC_POLICY_MIGRATE, &w->db) == SCHEMAC_OK
              && make_rows(w, w->count > STORED ? w->count : STORED)
              && schemac_exec(w->db, "DELETE FROM events") == SCHEMAC_OK
              && (!way->reads || store(w)) && (way->prepare == NULL || way->prepare(w))
              && measure(w, way, turns, &best);

    if (ok)
        printf("%.3f\n", best * 1e6 / (double)w->count);
    return ok;
}

int
main(int argc, char **argv)
{
    struct work w = { .count = 0 };
    bool ok;

    if (argc != 5)
        return 2;
    w.count = strtoul(argv[3], NULL, 10);
    ok = go(&w, argv[1], argv[2], strtol(argv[4], NULL, 10));
    if (!ok)
        fprintf(stderr, "failed: %s\n", w.db == NULL ? "" : schemac_error(w.db)->message);
    for (size_t i = 0; i < PARAMETERS; i++)
        free(w.arrays[i]);
    free(w.rows);
    free(w.keys);
    free(w.json);
    schemac_finalize(w.by_json);
    schemac_close(w.db);
    return ok ? 0 : 1;
}
