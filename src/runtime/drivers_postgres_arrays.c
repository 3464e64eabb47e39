/*
 * What moves arrays, in the library `schemac-postgres`.
 */
#include "runtime/row.h"

const struct schemac_arrays schemac_arrays = {
    .bytes_in = schemac__row_array_bytes_in,
    .copy = schemac__row_copy_array,
    .postgres = &schemac__postgres_arrays,
};
