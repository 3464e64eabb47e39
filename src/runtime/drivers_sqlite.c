/*
 * What a URL may begin with in the library that is installed: it needs SQLite only.
 */
#include "runtime/driver.h"

const struct schemac__scheme schemac__schemes[] = {
    { "sqlite:", &schemac__sqlite, false },
    { "postgresql://", NULL, true },
    { "postgres://", NULL, true },
    { NULL, NULL, false },
};
