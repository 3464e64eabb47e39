/*
 * How many rows the tables of a live database have, and how many bytes they take: for
 * people who have to judge what a migration will cost.  On a server one query about its
 * catalogs, which estimates; in a SQLite file the named tables are counted up to a bound.
 */
#ifndef SCHEMAC_DESCRIBE_SIZES_H
#define SCHEMAC_DESCRIBE_SIZES_H

#include "describe/describe.h"

enum rows_known {
    ROWS_UNKNOWN,  /* never analysed */
    ROWS_ESTIMATE, /* as the server's statistics have it */
    ROWS_EXACT,
    ROWS_AT_LEAST, /* counting ended there */
};

struct table_size {
    struct slice schema; /* none in a SQLite file */
    struct slice name;
    enum rows_known rows_known;
    int64_t rows;       /* 0 where they are not known */
    bool bytes_known;   /* of the table itself, without its indexes */
    int64_t bytes;
};

struct table_sizes {
    VEC(struct table_size) all;
};

/* Of these tables at least; false after reporting D_DATABASE. */
bool describe_sizes(struct session *s, struct schemac_db *db,
                    const struct name_list *tables, struct table_sizes *out);

#endif
