/*
 * The drivers of the library `schemac-sqlite`, which needs no libpq.
 */
#include "runtime/driver.h"

const struct schemac_driver *const schemac__drivers[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__SQLITE] = &schemac__sqlite,
};
