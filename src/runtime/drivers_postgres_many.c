/*
 * What writes many rows at once, in the library `schemac-postgres`.
 */
#include "runtime/row.h"

enum schemac_status (*const schemac__write_many[SCHEMAC__ENGINE_COUNT])(
    struct row_writing *w) = {
    [SCHEMAC__POSTGRES] = schemac__postgres_write_many,
};
