/*
 * threads POSTGRES SQLITE: eight threads at once, each with handles of its own, write and
 * read the same tables on both engines.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lot.h"

#define THREADS 8
#define ROUNDS 6
#define ROWS 40

#define CHECK(condition) check(db, (condition), #condition, __LINE__)

static void
check(struct schemac_db *db, bool ok, const char *what, int line)
{
    if (ok)
        return;
    fprintf(stderr, "threads.c:%d: %s is not so: %s\n", line, what,
            schemac_error(db)->message);
    exit(1);
}

struct thread {
    pthread_t id;
    const char *url;
    int number;
};

static void
name_rows(struct lot_owners *rows, char names[ROWS][32], int number, int round)
{
    memset(rows, 0, ROWS * sizeof *rows);
    for (int i = 0; i < ROWS; i++) {
        (void)snprintf(names[i], 32, "%d/%d/%d", number, round, i);
        rows[i].name = schemac_text(names[i]);
    }
}

static void
read_own_rows(struct schemac_db *db, const struct lot_owners *rows)
{
    struct lot_owners_cursor c;
    struct lot_owners found;
    int seen = 0;

    CHECK(lot_owners_scan(db, &c) == SCHEMAC_OK);
    while (lot_owners_next(&c) == SCHEMAC_ROW)
        if (++seen == 5)
            CHECK(lot_owners_get(db, rows[0].id, &found) == SCHEMAC_OK);
    CHECK(lot_owners_close(&c) == SCHEMAC_OK && seen >= ROWS);
    CHECK(schemac_text_equal(found.name, rows[0].name));
}

static void
one_round(struct schemac_db *db, int number, int round)
{
    static const struct lot_owners nobody;
    struct lot_owners rows[ROWS], again = nobody;
    char names[ROWS][32];
    struct lot_notes notes[10];

    name_rows(rows, names, number, round);
    for (int i = 0; i < 10; i++)
        notes[i].note = schemac_text(names[i]);
    CHECK(lot_owners_insert_many(db, rows, ROWS, LOT_OWNERS_NEW) == SCHEMAC_OK);
    CHECK(lot_notes_load(db, notes, 10, LOT_NOTES_NEW) == SCHEMAC_OK);
    read_own_rows(db, rows);
    again.name = rows[1].name;
    CHECK(lot_owners_insert(db, &again, LOT_OWNERS_NEW) == SCHEMAC_UNIQUE);
    CHECK(strcmp(schemac_error(db)->column, "name") == 0);
    CHECK(schemac_begin(db) == SCHEMAC_OK);
    CHECK(lot_owners_delete(db, rows[2].id) == SCHEMAC_OK);
    CHECK(schemac_rollback(db) == SCHEMAC_OK);
    CHECK(lot_owners_get(db, rows[2].id, &again) == SCHEMAC_OK);
}

static void *
run(void *argument)
{
    const struct thread *t = argument;
    struct schemac_db *db;

    CHECK(lot_open(t->url, SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK);
    CHECK(schemac_busy_timeout(db, 60000) == SCHEMAC_OK);
    for (int round = 0; round < ROUNDS; round++)
        one_round(db, t->number, round);
    schemac_close(db);
    return NULL;
}

static void
run_all(const char *url)
{
    struct thread threads[THREADS];
    struct schemac_db *db = NULL;
    int64_t count;

    CHECK(lot_open(url, SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK);
    schemac_close(db);
    for (int i = 0; i < THREADS; i++) {
        threads[i] = (struct thread){ .url = url, .number = i };
        if (pthread_create(&threads[i].id, NULL, run, &threads[i]) != 0)
            exit(2);
    }
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i].id, NULL) == 0);
    CHECK(lot_open(url, SCHEMAC_POLICY_REFUSE, &db) == SCHEMAC_OK);
    CHECK(lot_owners_count(db, &count) == SCHEMAC_OK);
    CHECK(count == (int64_t)THREADS * ROUNDS * ROWS);
    schemac_close(db);
}

int
main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    run_all(argv[1]);
    run_all(argv[2]);
    printf("ok\n");
    return 0;
}
