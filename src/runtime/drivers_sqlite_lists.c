/*
 * What lists of keys need of an engine, in the library `schemac-sqlite`.
 */
#include "runtime/row.h"

const struct schemac__lists *const schemac__lists[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__SQLITE] = &schemac__sqlite_lists,
};
