/*
 * What migrations ask an engine for, in the library `schemac-sqlite`.
 */
#include "runtime/driver.h"

const struct schemac__ddl *const schemac__ddls[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__SQLITE] = &schemac__sqlite_ddl,
};
