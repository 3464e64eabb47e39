/*
 * Arrays to and from the JSON that SQLite keeps for them.
 */
#ifndef SCHEMAC_RUNTIME_SQLITE_ARRAY_H
#define SCHEMAC_RUNTIME_SQLITE_ARRAY_H

#include "runtime/row.h"

/* A column of a handle that is spoken of, and where there is room for its values. */
struct array_place {
    struct schemac_db *db;
    const struct schemac_table *table;
    const struct schemac_column *column;
    struct schemac_arena *into;
};

struct schemac__sqlite_arrays {
    /* The array that `json` says, into the field. */
    enum schemac_status (*read)(const struct array_place *p, struct schemac_text json,
                                void *field);
    /* The JSON of an array that is not NULL. */
    enum schemac_status (*write)(const struct array_place *p, struct row_array array,
                                 struct schemac_text *json);
};

#endif
