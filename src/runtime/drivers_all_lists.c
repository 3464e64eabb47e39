/*
 * What lists of keys need of an engine, in the library `schemac` and the schemac command.
 */
#include "runtime/row.h"

const struct schemac__lists *const schemac__lists[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__SQLITE] = &schemac__sqlite_lists,
    [SCHEMAC__POSTGRES] = &schemac__postgres_lists,
};
