/*
 * What inserts many rows at once, in the library `schemac` and the schemac command.
 */
#include "runtime/row.h"

const struct schemac__many *const schemac__many[SCHEMAC__ENGINE_COUNT] = {
    [SCHEMAC__POSTGRES] = &schemac__postgres_many,
};
