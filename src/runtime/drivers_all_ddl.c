/*
 * What migrations ask engines for, in the library `schemac` and the schemac command.
 */
#include "runtime/driver.h"

const struct schemac__ddl *const schemac__ddls[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__SQLITE] = &schemac__sqlite_ddl,
    [SCHEMAC__POSTGRES] = &schemac__postgres_ddl,
};
