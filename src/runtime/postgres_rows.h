/*
 * What the files of PostgreSQL's row layer share: one field on its way out
 * (postgres_out.c), one row on its way in (postgres_in.c), and many rows at once
 * (postgres_bulk.c).
 */
#ifndef SCHEMAC_RUNTIME_POSTGRES_ROWS_H
#define SCHEMAC_RUNTIME_POSTGRES_ROWS_H

#include "runtime/postgres_stmt.h"
#include "runtime/row.h"

#define WIRE_BYTES_MAX ((size_t)WIRE_MESSAGE_BYTES_MAX) /* of one value */

/* ---- postgres_out.c ---- */

/* The value of a field for the server. */
struct field_out {
    struct row_place place;
    struct postgres_slot *slot; /* the wire that is wanted, and room */
    bool keeps;                 /* the row stays while the statement runs */
    /* the answer: */
    const char *value; /* NULL: SQL NULL */
    int len;
    int format; /* 0: text, terminated; 1: binary */
};

/* From the field of a row, to f->value and what follows it. */
enum schemac_status schemac__postgres_field_out(struct field_out *f, const void *field);
/* The same from a value of the plain C type of the column. */
enum schemac_status schemac__postgres_plain_out(struct field_out *f, const void *value);

/* Is a value of this codec sent in binary where the server wants this form? */
bool schemac__postgres_is_binary(uint8_t codec, enum wire wire);

/* ---- postgres_in.c ---- */

/* A value from the server, which is NULL where `ptr` is. */
struct field_in {
    struct row_place place;
    const char *ptr;
    int len;
    enum wire wire;
    struct schemac_arena *into;  /* NULL: texts are not copied */
    struct schemac_arena *items; /* where arrays are made */
};

enum schemac_status schemac__postgres_field_in(const struct field_in *f, char *field);
/* Record that the value is not what is wanted: "a date". */
enum schemac_status schemac__postgres_refuse(const struct field_in *f,
                                             const char *wanted);

/* The row that the statement is at, of a binary result. */
enum schemac_status schemac__postgres_read_row(struct schemac_stmt *stmt, void *row,
                                               struct schemac_arena *into);

/* ---- postgres_array.c ---- */

/* Values that become an array. */
struct postgres_items {
    const struct schemac_column *column; /* as each of them is one */
    const char *first;
    size_t stride; /* bytes from one to the next */
    size_t count;
};

/* As the array `out` of schemac__postgres_arrays. */
enum schemac_status schemac__postgres_items_out(struct field_out *f,
                                                const struct postgres_items *items);

struct schemac__postgres_arrays {
    /* The array for the server, into f->value and what follows it. */
    enum schemac_status (*out)(struct field_out *f, struct row_array array);
    /* Is it sent in binary to such a parameter? */
    bool (*is_binary)(const struct schemac_column *column,
                      const struct postgres_slot *slot);
    enum schemac_status (*in)(const struct field_in *f, void *field);
};

/* ---- postgres_columns.c ---- */

/*
 * An INSERT of many rows as one statement over an array per column.  A failure does not
 * say the row (w->failed is ROW_UNKNOWN).  False: not for this table, nothing was done.
 */
bool schemac__postgres_insert_columns(struct row_writing *w, enum schemac_status *status);

#endif
