/* main DATABASE: prints "ok" when a row comes back as it went in. */
#include <stdio.h>
#include <string.h>

#include "shop.h"

int
main(int argc, char **argv)
{
    struct shop_customers in = { .name = schemac_text("Ada") };
    struct shop_customers out;
    struct schemac_db *db;
    bool ok = shop_open(argc > 1 ? argv[1] : "", SCHEMAC_POLICY_MIGRATE, &db)
              == SCHEMAC_OK;

    ok = ok && shop_customers_insert(db, &in, SHOP_CUSTOMERS_NEW) == SCHEMAC_OK;
    ok = ok && shop_customers_get(db, in.id, &out) == SCHEMAC_OK;
    ok = ok && out.name.len == 3 && memcmp(out.name.ptr, "Ada", 3) == 0;
    puts(ok ? "ok" : schemac_error(db)->message);
    schemac_close(db);
    return ok ? 0 : 1;
}
