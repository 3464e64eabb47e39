/*
 * What moves arrays, in the library `schemac` and the schemac command.
 */
#include "runtime/row.h"

const struct schemac_arrays schemac_arrays = {
    .bytes_in = schemac__row_array_bytes_in,
    .copy = schemac__row_copy_array,
    .sqlite = &schemac__sqlite_arrays,
    .postgres = &schemac__postgres_arrays,
};
