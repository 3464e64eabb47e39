/*
 * What lists of keys need of an engine, in the library `schemac-postgres`.
 */
#include "runtime/row.h"

const struct schemac__lists *const schemac__lists[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__POSTGRES] = &schemac__postgres_lists,
};
