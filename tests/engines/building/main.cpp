// The same in C++.
#include <iostream>
#include <string>

#include "shop.h"

int
main(int argc, char **argv)
{
    schemac_db *db = nullptr;
    shop_customers in = {}, out = {};
    in.name = schemac_text("Ada");
    bool ok =
        shop_open(argc > 1 ? argv[1] : "", SCHEMAC_POLICY_MIGRATE, &db) == SCHEMAC_OK
        && shop_customers_insert(db, &in, SHOP_CUSTOMERS_NEW) == SCHEMAC_OK
        && shop_customers_get(db, in.id, &out) == SCHEMAC_OK
        && std::string(out.name.ptr, out.name.len) == "Ada";

    std::cout << (ok ? "ok" : schemac_error(db)->message) << "\n";
    schemac_close(db);
    return ok ? 0 : 1;
}
