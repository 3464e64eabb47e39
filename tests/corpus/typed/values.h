/*
 * values.h - random values of every codec for the rows of any table, and whether two
 * fields are the same; what is known of a column is what generated code says about it.
 */
#ifndef TYPED_VALUES_H
#define TYPED_VALUES_H

#include <schemac_row.h>

struct words {
    struct schemac_text *items;
    size_t count;
};

struct maker {
    uint64_t state; /* of the random numbers */
    bool is_postgres;
    struct schemac_arena *arena; /* where texts are made */
    struct words words;          /* literals that the declarations mention */
};

/* Less than `limit`. */
uint64_t random_below(struct maker *m, uint64_t limit);

/* What kind of value is wanted. */
enum wish {
    WISH_EDGE,  /* an end of the type's range, an empty or a long text */
    WISH_ANY,
    WISH_SMALL, /* what most CHECKs let through: 0 to 100, a short word */
    WISH_WORD   /* what the declarations mention */
};

/* A megabyte, which an index does not take, is made where `may_be_long` only. */
void make_value(struct maker *m, const struct schemac_table *table, size_t column,
                enum wish wish, bool may_be_long, void *row);
/* NULL, where the column may be; else false. */
bool make_null(const struct schemac_column *c, void *row);
bool field_is_null(const struct schemac_column *c, const void *row);
bool same_field(const struct schemac_column *c, const void *a, const void *b);
/* From a column of one row to a column of the same codec of another. */
void copy_field(const struct schemac_column *from, const void *row,
                const struct schemac_column *to, void *other);
/* Text, bytes, or an array: what it has is somewhere else. */
bool has_text(const struct schemac_column *c);
/* Copies that, where has_text, to memory that stays. */
void keep_value(struct maker *m, const struct schemac_column *c, void *row);
void print_field(const struct schemac_column *c, const void *row);

#endif
