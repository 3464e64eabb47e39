/*
 * Lists of keys on their way to PostgreSQL: arrays of the type of the column.
 */
#include "runtime/postgres_rows.h"

/* As a column that is an array of this one has them. */
static enum schemac_status
bind(struct schemac_stmt *stmt, size_t column, const void *values, size_t count)
{
    const struct schemac_table *table = stmt->plan->table;
    struct schemac_column listed = table->columns[column];
    struct postgres_statement *s = stmt->native;
    struct field_out f = {
        .place = { stmt->db, table, &listed },
        .slot = &s->slots[0],
    };
    enum schemac_status status = schemac__postgres_statement_fresh(stmt);

    listed.element = listed.codec;
    listed.codec = SCHEMAC_CODEC_ARRAY;
    listed.flags = 0;
    s->values[0] = NULL;
    if (status == SCHEMAC_OK)
        status = schemac__postgres_arrays.out(&f, (struct row_array){ values, count });
    if (status != SCHEMAC_OK)
        return status;
    s->values[0] = f.value;
    s->lengths[0] = f.len;
    s->formats[0] = f.format;
    return SCHEMAC_OK;
}

const struct schemac__lists schemac__postgres_lists = { .bind = bind };
