/*
 * What moves arrays, in the library `schemac-postgres`.
 */
#include "runtime/row.h"

const struct schemac_arrays schemac_arrays = {
    .keep = schemac__row_keep_array,
    .postgres = &schemac__postgres_arrays,
};
