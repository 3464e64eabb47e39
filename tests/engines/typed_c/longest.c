/*
 * Values that together are longer than a statement can be: refused before anything is
 * sent, and the handle goes on.  The memory is mapped and never looked at, so that
 * nobody needs gigabytes to run this.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include <string.h>
#include <sys/mman.h>

#include "claims.h"
#include "longest.h"

#define HALF_BYTES ((size_t)600 * 1000 * 1000)

static struct schemac_bytes
half_of_a_statement(void)
{
    void *room = mmap(NULL, HALF_BYTES, PROT_READ,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (room == MAP_FAILED)
        exit(77);
    return (struct schemac_bytes){ room, HALF_BYTES };
}

static void
goes_on(struct schemac_db *db, int64_t wanted)
{
    struct longest_pages page;
    int64_t count;

    IS(SCHEMAC_OK, longest_pages_get(db, 1, &page));
    IS(SCHEMAC_OK, longest_pages_count(db, &count));
    CHECK(count == wanted);
}

static void
test_one_row(struct schemac_db *db, struct schemac_bytes half)
{
    struct longest_pages page = { .id = 2, .front = half, .back = half };

    IS(SCHEMAC_CHECK, longest_pages_insert(db, &page, LONGEST_PAGES_ALL));
    goes_on(db, 1);
    page.id = 1;
    IS(SCHEMAC_CHECK, longest_pages_update(db, &page, LONGEST_PAGES_ALL));
    goes_on(db, 1);
    IS(SCHEMAC_CHECK, longest_pages_upsert_by_id(db, &page, LONGEST_PAGES_ALL));
    goes_on(db, 1);
}

/* In a transaction of the program's own, which stays. */
static void
test_inside(struct schemac_db *db, struct schemac_bytes half)
{
    struct longest_pages page = { .id = 2 };

    IS(SCHEMAC_OK, schemac_begin(db));
    IS(SCHEMAC_OK, longest_pages_insert(db, &page, LONGEST_PAGES_ALL));
    page = (struct longest_pages){ .id = 3, .front = half, .back = half };
    IS(SCHEMAC_CHECK, longest_pages_insert(db, &page, LONGEST_PAGES_ALL));
    goes_on(db, 2);
    IS(SCHEMAC_OK, schemac_rollback(db));
    goes_on(db, 1);
}

/* The pipeline has sent others before it. */
static void
test_among_others(struct schemac_db *db, struct schemac_bytes half)
{
    struct longest_pages pages[12] = { { .id = 0 } };

    for (int i = 0; i < 12; i++)
        pages[i].id = 10 + i;
    pages[6].front = pages[6].back = half;
    IS(SCHEMAC_CHECK, longest_pages_insert_many(db, pages, 12, LONGEST_PAGES_ALL));
    CHECK(strncmp(schemac_error(db)->message, "row 7 of 12: ", 13) == 0);
    goes_on(db, 1);
}

int
main(int argc, char **argv)
{
    struct longest_pages page = { .id = 1 };
    struct schemac_bytes half = half_of_a_statement();
    struct schemac_db *db = NULL;

    if (argc != 2)
        return 2;
    IS(SCHEMAC_OK, longest_open(argv[1], SCHEMAC_POLICY_MIGRATE, &db));
    IS(SCHEMAC_OK, longest_pages_insert(db, &page, LONGEST_PAGES_ALL));
    test_one_row(db, half);
    test_inside(db, half);
    test_among_others(db, half);
    schemac_close(db);
    puts("ok");
    return 0;
}
