/*
 * Arrays to and from the JSON that SQLite keeps for them.
 */
#ifndef SCHEMAC_RUNTIME_SQLITE_ARRAY_H
#define SCHEMAC_RUNTIME_SQLITE_ARRAY_H

#include "runtime/row.h"

/* `into`: where there is room for values. */
struct schemac__sqlite_arrays {
    /* The array that `json` says, into the field. */
    enum schemac_status (*read)(const struct row_place *p, struct schemac_arena *into,
                                struct schemac_text json, void *field);
    /* The JSON of an array that is not NULL. */
    enum schemac_status (*write)(const struct row_place *p, struct schemac_arena *into,
                                 struct row_array array, struct schemac_text *json);
};

#endif
