/*
 * Network addresses in SQLite's terms: text in the server's own spelling.
 */
#ifndef SCHEMAC_DIALECT_SQLITE_LOWER_NETWORK_H
#define SCHEMAC_DIALECT_SQLITE_LOWER_NETWORK_H

#include "dialect/sqlite/lite.h"

enum network_kind {
    NETWORK_NONE,
    NETWORK_INET, /* 10.0.0.1, 10.0.0.1/24 */
    NETWORK_CIDR, /* 10.0.0.0/24 */
    NETWORK_MAC,  /* 08:00:2b:01:02:03 */
};

enum network_kind lite_network_kind(const struct type *t);
/* Is it spelt as PostgreSQL would print it?  Of NULL it may be anything. */
const struct expr *lite_network_check(struct arena *a, enum network_kind kind,
                                      const struct expr *c);

#endif
