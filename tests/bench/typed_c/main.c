/*
 * typed URL WORK SIDE COUNT: one kind of work on COUNT rows, by generated code or by
 * hand.
 * Prints the seconds that it took and a sum of what was read.  What callgrind counts is
 * inside of measured().
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "work.h"

static bool
typed_insert(struct work *w)
{
    for (size_t i = 0; i < w->count; i++)
        if (bench_readings_insert(w->db, &w->rows[i], BENCH_READINGS_ALL) != SCHEMAC_OK)
            return false;
    return true;
}

static bool
typed_load(struct work *w)
{
    return bench_readings_load(w->db, w->rows, w->count, BENCH_READINGS_ALL)
           == SCHEMAC_OK;
}

static bool
typed_get(struct work *w)
{
    for (size_t i = 0; i < w->count; i++) {
        struct bench_readings row;

        if (bench_readings_get(w->db, (int64_t)(i * 7919 % w->count), &row) != SCHEMAC_OK)
            return false;
        w->sum += sum_of(&row);
    }
    return true;
}

static bool
typed_scan(struct work *w)
{
    struct bench_readings_cursor c;

    if (bench_readings_scan(w->db, &c) != SCHEMAC_OK)
        return false;
    while (bench_readings_next(&c) == SCHEMAC_ROW)
        w->sum += sum_of(&c.row);
    return bench_readings_close(&c) == SCHEMAC_OK;
}

static bool
typed_all(struct work *w)
{
    struct schemac_arena arena = { 0 };
    struct bench_readings *rows = NULL;
    size_t count = 0;
    bool ok = bench_readings_all(w->db, &arena, &rows, &count) == SCHEMAC_OK;

    for (size_t i = 0; ok && i < count; i++)
        w->sum += sum_of(&rows[i]);
    schemac_arena_free(&arena);
    return ok;
}

/* ---- what there is to do ---- */

struct side {
    const char *dialect, *work, *side;
    bool is_filled; /* the rows are there before */
    bool in_transaction;
    bool (*prepare)(struct work *w); /* NULL: nothing */
    bool (*run)(struct work *w);
};

static const struct side sides[] = {
    { "sqlite", "insert", "typed", false, true, NULL, typed_insert },
    { "sqlite", "insert", "hand", false, true, hand_sqlite_prepare_insert,
      hand_sqlite_insert },
    { "sqlite", "get", "typed", true, true, NULL, typed_get },
    { "sqlite", "get", "hand", true, true, hand_sqlite_prepare_get, hand_sqlite_get },
    { "sqlite", "scan", "typed", true, false, NULL, typed_scan },
    { "sqlite", "scan", "hand", true, false, hand_sqlite_prepare_scan, hand_sqlite_scan },
    { "sqlite", "all", "typed", true, false, NULL, typed_all },
    { "sqlite", "all", "hand", true, false, hand_sqlite_prepare_scan, hand_sqlite_all },
    { "postgres", "get", "typed", true, false, NULL, typed_get },
    { "postgres", "get", "hand", true, false, hand_postgres_prepare_get,
      hand_postgres_get },
    { "postgres", "load", "typed", false, false, NULL, typed_load },
    { "postgres", "load", "hand", false, false, NULL, hand_postgres_load },
};

static const struct side *
find_side(const char *dialect, const char *work, const char *side)
{
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        if (strcmp(sides[i].dialect, dialect) == 0 && strcmp(sides[i].work, work) == 0
            && strcmp(sides[i].side, side) == 0)
            return &sides[i];
    return NULL;
}

static void
make_rows(struct work *w)
{
    static const char *const labels[] = { "north", "a longer label of the second device",
                                          "x" };

    w->rows = calloc(w->count, sizeof *w->rows);
    for (size_t i = 0; w->rows != NULL && i < w->count; i++)
        w->rows[i] = (struct bench_readings){
            .id = (int64_t)i,
            .device = (int32_t)(i % 97),
            .value = (double)i / 8.0,
            .amount = (int64_t)i * 1000003,
            .label = schemac_text(labels[i % 3]),
            .note = i % 4 == 0 ? schemac_text("note") : (struct schemac_text){ NULL, 0 },
        };
}

/* The first call of each side prepares what is kept: it is no part of the work. */
static bool
warm_up(struct work *w, const struct side *side)
{
    size_t count = w->count;
    bool ok;

    if (!side->is_filled)
        return true;
    w->count = count < 10 ? count : 10;
    ok = side->run(w);
    w->count = count;
    w->sum = 0;
    return ok;
}

/* Not inlined, and no jump at its end: callgrind counts from its call to its return. */
void measured(struct work *w, const struct side *side);

void __attribute__((noinline))
measured(struct work *w, const struct side *side)
{
    w->is_done = side->run(w);
}

static bool
go(struct work *w, const struct side *side)
{
    struct timespec from, to;
    bool ok = !side->is_filled || typed_load(w);

    if (ok && side->in_transaction)
        ok = schemac_begin(w->db) == SCHEMAC_OK;
    ok = ok && (side->prepare == NULL || side->prepare(w)) && warm_up(w, side);
    (void)clock_gettime(CLOCK_MONOTONIC, &from);
    if (ok)
        measured(w, side);
    (void)clock_gettime(CLOCK_MONOTONIC, &to);
    if (side->prepare != NULL && strcmp(side->dialect, "sqlite") == 0)
        hand_sqlite_finish(w);
    ok = ok && w->is_done;
    if (ok && side->in_transaction)
        ok = schemac_commit(w->db) == SCHEMAC_OK;
    printf("%.6f %lld\n",
           (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9,
           (long long)w->sum);
    return ok;
}

int
main(int argc, char **argv)
{
    struct work w = { 0 };
    const struct side *side;
    bool ok;

    if (argc != 5)
        return 2;
    w.count = strtoul(argv[4], NULL, 10);
    ok = bench_open(argv[1], SCHEMAC_POLICY_MIGRATE, &w.db) == SCHEMAC_OK;
    side = ok ? find_side(schemac_dialect(w.db), argv[2], argv[3]) : NULL;
    make_rows(&w);
    ok = side != NULL && w.rows != NULL && go(&w, side);
    if (!ok)
        fprintf(stderr, "failed: %s\n", w.db == NULL ? "" : schemac_error(w.db)->message);
    free(w.rows);
    schemac_close(w.db);
    return ok ? 0 : 1;
}
