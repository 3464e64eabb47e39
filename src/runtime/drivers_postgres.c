/*
 * The drivers of the library `schemac-postgres`, which needs no SQLite.
 */
#include "runtime/driver.h"

const struct schemac_driver *const schemac__drivers[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__POSTGRES] = &schemac__postgres,
};
