/*
 * What migrations ask an engine for, in the library `schemac-postgres`.
 */
#include "runtime/driver.h"

const struct schemac__ddl *const schemac__ddls[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__POSTGRES] = &schemac__postgres_ddl,
};
