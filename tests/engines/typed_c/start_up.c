/*
 * start_up DATABASE refuse|migrate: what a program finds when it starts.  Prints the
 * status of opening, that of asking once more, what is in the way, and the names that it
 * can read.
 */
#include <stdio.h>
#include <string.h>

#include "store.h"

static void
print_goods(struct schemac_db *db)
{
    struct store_goods_cursor c;
    enum schemac_status status = store_goods_scan(db, &c);

    while (status == SCHEMAC_OK && store_goods_next(&c) == SCHEMAC_ROW)
        printf(" %.*s", (int)c.row.name.len, c.row.name.ptr);
    printf("\n");
    (void)store_goods_close(&c);
}

int
main(int argc, char **argv)
{
    struct schemac_db *db;
    enum schemac_policy policy;
    enum schemac_status status;
    enum schemac_status again;

    if (argc != 3)
        return 2;
    policy = strcmp(argv[2], "migrate") == 0 ? SCHEMAC_POLICY_MIGRATE
                                             : SCHEMAC_POLICY_REFUSE;
    status = store_open(argv[1], policy, &db);
    printf("%s", schemac_status_name(status));
    if (status != SCHEMAC_OK)
        fprintf(stderr, "%s\n", schemac_error(db)->message);
    again = store_attach(db, policy);
    if (again != status && schemac_native(db) != NULL)
        printf(" then %s", schemac_status_name(again));
    if (status == SCHEMAC_OK)
        print_goods(db);
    else
        printf("\n");
    schemac_close(db);
    return 0;
}
