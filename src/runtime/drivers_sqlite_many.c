/*
 * What writes many rows at once, in the library `schemac-sqlite`.
 */
#include "runtime/row.h"

enum schemac_status (*const schemac__write_many[SCHEMAC__ENGINE_COUNT])(
    struct row_writing *w) = {
    [SCHEMAC__SQLITE] = NULL,
};
