/*
 * The drivers of the library `schemac`, and of the schemac command: all there are.
 */
#include "runtime/driver.h"

const struct schemac_driver *const schemac__drivers[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__SQLITE] = &schemac__sqlite,
    [SCHEMAC__POSTGRES] = &schemac__postgres,
};
