/*
 * What SQL of a program's own needs of engines, in the library `schemac-postgres`.
 */
#include "runtime/driver.h"

const struct schemac__values *const schemac__values[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__POSTGRES] = &schemac__postgres_values,
};
