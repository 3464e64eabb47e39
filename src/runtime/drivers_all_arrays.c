/*
 * What moves arrays, in the library `schemac` and the schemac command.
 */
#include "runtime/row.h"

const struct schemac_arrays schemac_arrays = {
    .keep = schemac__row_keep_array,
    .sqlite = &schemac__sqlite_arrays,
    .postgres = &schemac__postgres_arrays,
};
