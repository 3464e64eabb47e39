/*
 * no_memory_anywhere DATABASE: each allocation fails once, in turn, whoever asks for it:
 * generated code, the library, libpq, SQLite.  The call that it hits says so by an error,
 * nothing is half done, nothing leaks, and the handle works again afterwards.
 *
 * malloc is replaced for the whole process (the C library lets a program do that), which
 * is why this does not go together with sanitizers and valgrind.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lot.h"

#define CHECK(condition) check(db, (condition), #condition, __LINE__)
#define LOADED 20 /* enough for COPY */

/*
 * libpq 15 waits without an end in three places: where it cannot note the end of a
 * pipeline, and twice where it cannot note that the server waits for the rows of a COPY.
 * The alarm cuts it off.
 */
static PGconn *native;
static int waits;
#define WAITS 3

static void
cut_off(int number)
{
    (void)number;
    waits++;
    (void)shutdown(PQsocket(native), SHUT_RDWR);
}

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *p, size_t bytes);
extern void __libc_free(void *p);

static long until_failure = -1; /* allocations that still succeed; -1: all */
static long alive;
static long n;

static bool
fails(void)
{
    if (until_failure < 0 || until_failure-- > 0)
        return false;
    errno = ENOMEM;
    return true;
}

void *
malloc(size_t bytes)
{
    void *p = fails() ? NULL : __libc_malloc(bytes);

    alive += p != NULL;
    return p;
}

void *
calloc(size_t count, size_t bytes)
{
    void *p = fails() ? NULL : __libc_calloc(count, bytes);

    alive += p != NULL;
    return p;
}

void *
realloc(void *p, size_t bytes)
{
    void *grown = fails() ? NULL : __libc_realloc(p, bytes);

    alive += p == NULL && grown != NULL;
    return grown;
}

void
free(void *p)
{
    alive -= p != NULL;
    __libc_free(p);
}

static void
check(struct schemac_db *db, bool ok, const char *what, int line)
{
    if (ok)
        return;
    until_failure = -1;
    fprintf(stderr,
            "no_memory_anywhere.c:%d: allocation %ld: %s is not so: %s: %s\n", line,
            n, what, schemac_status_name(schemac_error(db)->status),
            schemac_error(db)->message);
    exit(1);
}

/* The cursor and two calls while its rows come. */
static enum schemac_status
read_rows(struct schemac_db *db, int64_t *seen)
{
    struct lot_owners_cursor c;
    enum schemac_status status = lot_owners_scan(db, &c);
    int64_t count;

    if (status != SCHEMAC_OK)
        return status;
    *seen = 0;
    while ((status = lot_owners_next(&c)) == SCHEMAC_ROW)
        if (++*seen == 2) {
            status = lot_owners_count(db, &count);
            if (status != SCHEMAC_OK)
                break;
        }
    (void)lot_owners_close(&c);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
write_rows(struct schemac_db *db)
{
    struct lot_owners rows[] = { { .name = schemac_text("a") },
                                 { .name = schemac_text("b") } };
    struct lot_tickets ticket = { .shop = 1, .code = schemac_text("x") };
    struct lot_notes notes[LOADED];
    struct lot_owners found;
    enum schemac_status status;

    for (size_t i = 0; i < LOADED; i++)
        notes[i].note = schemac_text("loaded");
    status = lot_owners_insert_many(db, rows, 2, LOT_OWNERS_NEW);
    if (status == SCHEMAC_OK)
        status = lot_notes_load(db, notes, LOADED, LOT_NOTES_NEW);
    if (status == SCHEMAC_OK)
        status = lot_owners_find_by_name(db, schemac_text("a"), &found);
    if (status == SCHEMAC_OK)
        status = lot_owners_upsert_by_name(db, &found, LOT_OWNERS_COL_NAME);
    if (status == SCHEMAC_OK)
        status = lot_tickets_insert(db, &ticket, LOT_TICKETS_NEW);
    return status;
}

/* What stands there by a list, and nothing by another. */
static enum schemac_status
read_lists(struct schemac_db *db, int64_t *seen)
{
    const struct schemac_text names[] = { schemac_text("b"), schemac_text("a"),
                                          schemac_text("none") };
    struct lot_owners_cursor c;
    enum schemac_status status = lot_owners_by_name_list(db, names, 3, &c);
    int64_t deleted;

    if (status != SCHEMAC_OK)
        return status;
    *seen = 0;
    while ((status = lot_owners_next(&c)) == SCHEMAC_ROW)
        ++*seen;
    (void)lot_owners_close(&c);
    if (status != SCHEMAC_DONE)
        return status;
    return lot_owners_delete_list(db, &(int32_t){ -1 }, 1, &deleted);
}

/* All of it in a transaction; how many rows are there then. */
static enum schemac_status
work(struct schemac_db *db, int64_t *seen)
{
    struct schemac_arena arena = { NULL };
    enum schemac_status status = schemac_begin(db);
    struct lot_owners *all;
    size_t count;

    *seen = -1;
    if (status != SCHEMAC_OK)
        return status;
    status = write_rows(db);
    if (status == SCHEMAC_OK)
        status = read_rows(db, seen);
    if (status == SCHEMAC_OK)
        status = read_lists(db, seen);
    if (status == SCHEMAC_OK)
        status = lot_owners_all(db, &arena, &all, &count);
    if (status == SCHEMAC_OK && (int64_t)count != *seen)
        status = SCHEMAC_MISUSE;
    schemac_arena_free(&arena);
    if (status == SCHEMAC_OK)
        status = schemac_commit(db);
    if (status == SCHEMAC_OK)
        return status;
    until_failure = -1;
    CHECK(schemac_rollback(db) == SCHEMAC_OK);
    return status;
}

static void
forget(struct schemac_db *db)
{
    CHECK(schemac_exec(db, "DELETE FROM owners; DELETE FROM notes; DELETE FROM tickets")
          == SCHEMAC_OK);
}

/* Out of memory, or what libpq makes of it: it gives the connection up. */
static bool
is_told(enum schemac_status status)
{
    return status == SCHEMAC_NO_MEMORY || status == SCHEMAC_CONNECTION;
}

/* The n-th allocation of the work fails; false when there is no n-th. */
static bool
fail_at(const char *url)
{
    enum schemac_status status;
    struct schemac_db *db;
    int64_t seen = 0;
    bool was_reached;

    CHECK(schemac_open(url, &db) == SCHEMAC_OK);
    if (strcmp(schemac_dialect(db), "sqlite") == 0)
        CHECK(schemac_exec(db, "PRAGMA synchronous = OFF") == SCHEMAC_OK);
    native = strcmp(schemac_dialect(db), "postgres") == 0 ? schemac_native(db) : NULL;
    until_failure = n;
    (void)alarm(native == NULL ? 0 : 1);
    status = work(db, &seen);
    (void)alarm(0);
    was_reached = until_failure < 0;
    until_failure = -1;
    /* Libraries have places where they do without: then the work is done, and whole. */
    CHECK(is_told(status) || (status == SCHEMAC_OK && seen == 2));
    CHECK(status == SCHEMAC_OK || schemac_error(db)->status == status);
    forget(db);
    CHECK(work(db, &seen) == SCHEMAC_OK && seen == 2); /* the handle goes on */
    forget(db);
    schemac_close(db);
    return was_reached;
}

/* The same while the handle is opened. */
static bool
fail_to_open(const char *url)
{
    struct schemac_db *db = NULL;
    enum schemac_status status;
    bool was_reached;

    until_failure = n;
    status = schemac_open(url, &db);
    was_reached = until_failure < 0;
    until_failure = -1;
    CHECK(status == SCHEMAC_OK || is_told(status));
    CHECK(status == SCHEMAC_OK || schemac_error(db)->message[0] != '\0');
    schemac_close(db);
    return was_reached;
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    long opened, before;
    int64_t seen;

    if (argc != 2)
        return 2;
    CHECK(lot_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK);
    CHECK(work(db, &seen) == SCHEMAC_OK && seen == 2);
    forget(db);
    schemac_close(db);
    before = alive;
    CHECK(sigaction(SIGALRM, &(struct sigaction){ .sa_handler = cut_off }, NULL) == 0);
    while (fail_to_open(argv[1]))
        n++;
    opened = n;
    for (n = 0; fail_at(argv[1]); n++)
        CHECK(alive == before);
    CHECK(opened > 10 && n > 50);
    CHECK(alive == before && waits <= WAITS);
    printf("%ld allocations of opening and %ld of work failed\n", opened, n);
    printf("ok\n");
    return 0;
}
