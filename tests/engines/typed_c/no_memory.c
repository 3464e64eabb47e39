/*
 * no_memory DATABASE: each allocation of the library fails once, in turn.  Whatever a
 * call says then, it says NO_MEMORY; nothing is lost that was there, nothing leaks, and
 * the handle goes on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lot.h"
#include "runtime/driver.h"

#define CHECK(condition) check((condition), #condition, __LINE__)

static long until_failure = -1; /* allocations that still succeed; -1: all */
static long alive;

static void
check(bool ok, const char *what, int line)
{
    if (ok)
        return;
    fprintf(stderr, "no_memory.c:%d: %s is not so\n", line, what);
    exit(1);
}

/* These three stand in for those of the library. */

static bool
fails(void)
{
    if (until_failure < 0)
        return false;
    return until_failure-- == 0;
}

void *
schemac__alloc(size_t bytes)
{
    void *p = fails() ? NULL : calloc(1, bytes);

    alive += p != NULL;
    return p;
}

void *
schemac__resize(void *p, size_t bytes)
{
    void *grown = fails() ? NULL : realloc(p, bytes);

    alive += p == NULL && grown != NULL;
    return grown;
}

void
schemac__free(void *p)
{
    alive -= p != NULL;
    free(p);
}

/* Everything that allocates, once; the first failure ends it. */
static enum schemac_status
work(struct schemac_db *db)
{
    struct lot_owners rows[] = { { .name = schemac_text("a") },
                                 { .name = schemac_text("b") } };
    struct lot_pairs pair = { .a = 1, .b = schemac_text("x") };
    struct lot_tickets ticket = { .shop = 1, .code = schemac_text("x") };
    struct schemac_arena arena = { NULL };
    struct lot_owners_cursor cursor;
    struct lot_owners found;
    struct lot_owners *all;
    enum schemac_status status;
    size_t count;

    status = lot_owners_insert_many(db, rows, 2, LOT_OWNERS_NEW);
    if (status == SCHEMAC_OK)
        status = lot_owners_find_by_name(db, schemac_text("a"), &found);
    if (status == SCHEMAC_OK)
        status = lot_owners_upsert_by_name(db, &found, LOT_OWNERS_NEW);
    if (status == SCHEMAC_OK)
        status = lot_owners_update(db, &found, LOT_OWNERS_COL_NAME);
    if (status == SCHEMAC_OK)
        status = lot_pairs_insert(db, &pair, LOT_PAIRS_NEW); /* "int" comes back */
    if (status == SCHEMAC_OK)
        status = lot_pairs_insert(db, &pair, LOT_PAIRS_NEW) == SCHEMAC_NO_MEMORY
                     ? SCHEMAC_NO_MEMORY
                     : SCHEMAC_OK;
    if (status == SCHEMAC_OK)
        status = lot_tickets_insert(db, &ticket, LOT_TICKETS_NEW); /* is read again */
    if (status == SCHEMAC_OK)
        status = lot_tickets_upsert_by_code(db, &ticket, LOT_TICKETS_NEW);
    if (status == SCHEMAC_OK)
        status = lot_owners_by_boss_id(db, 1, &cursor);
    if (status == SCHEMAC_OK) {
        (void)lot_owners_next(&cursor);
        status = lot_owners_close(&cursor);
    }
    if (status == SCHEMAC_OK)
        status = lot_owners_all(db, &arena, &all, &count);
    schemac_arena_free(&arena);
    return status;
}

static void
forget(struct schemac_db *db)
{
    CHECK(schemac_exec(db, "DELETE FROM owners; DELETE FROM pairs; "
                            "DELETE FROM tickets") == SCHEMAC_OK);
}

/* The n-th allocation of the work fails; false when there is no n-th. */
static bool
fail_at(const char *path, long n)
{
    struct schemac_db *db;
    enum schemac_status status;

    CHECK(lot_open(path, SCHEMAC_POLICY_REFUSE, &db) == SCHEMAC_OK);
    until_failure = n;
    status = work(db);
    if (until_failure >= 0) {
        until_failure = -1;
        CHECK(status == SCHEMAC_OK);
        forget(db);
        schemac_close(db);
        return false;
    }
    CHECK(status == SCHEMAC_NO_MEMORY);
    CHECK(schemac_error(db)->status == SCHEMAC_NO_MEMORY);
    forget(db);
    CHECK(work(db) == SCHEMAC_OK); /* the handle goes on */
    forget(db);
    schemac_close(db);
    return true;
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    long n = 0;

    if (argc != 2)
        return 2;
    CHECK(lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK);
    schemac_close(db);
    while (fail_at(argv[1], n))
        n++;
    CHECK(n > 20);
    CHECK(alive == 0);
    printf("ok\n");
    return 0;
}
