/*
 * What moves arrays, in the library `schemac-sqlite`.
 */
#include "runtime/row.h"

const struct schemac_arrays schemac_arrays = {
    .keep = schemac__row_keep_array,
    .sqlite = &schemac__sqlite_arrays,
};
