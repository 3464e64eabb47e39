/*
 * Are constant rows those of a database?  Fields are compared by the description of their
 * table, so that one function does it for all; the columns are those of the mask.
 */
#ifndef INITIAL_H
#define INITIAL_H

#include <stdio.h>
#include <string.h>

#include <schemac_row.h>

#define SAME(type)                                                                       \
    (nullable ? ((const struct schemac_##type##_opt *)a)->is_set                         \
                        == ((const struct schemac_##type##_opt *)b)->is_set              \
                    && ((const struct schemac_##type##_opt *)a)->value                   \
                           == ((const struct schemac_##type##_opt *)b)->value            \
              : *(const plain_##type *)a == *(const plain_##type *)b)

typedef bool plain_bool;
typedef int16_t plain_int16;
typedef int32_t plain_int32;
typedef int64_t plain_int64;
typedef float plain_float;
typedef double plain_double;

static bool
same_bytes(const struct schemac_text *a, const struct schemac_text *b)
{
    return (a->ptr == NULL) == (b->ptr == NULL) && a->len == b->len
           && (a->len == 0 || memcmp(a->ptr, b->ptr, a->len) == 0);
}

static bool
same_uuid(const struct schemac_column *c, const void *a, const void *b)
{
    const struct schemac_uuid_opt *one = a, *other = b;

    if ((c->flags & SCHEMAC_COLUMN_NULLABLE) == 0)
        return memcmp(a, b, sizeof(struct schemac_uuid)) == 0;
    return one->is_set == other->is_set
           && (!one->is_set
               || memcmp(&one->value, &other->value, sizeof one->value) == 0);
}

/* Of texts, or of items without padding and pointers. */
static bool
same_array(const struct schemac_column *c, const void *a, const void *b)
{
    static const size_t bytes[] = {
        [SCHEMAC_CODEC_BOOL] = sizeof(bool),       [SCHEMAC_CODEC_INT16] = 2,
        [SCHEMAC_CODEC_INT32] = 4,                 [SCHEMAC_CODEC_INT64] = 8,
        [SCHEMAC_CODEC_FLOAT] = 4,                 [SCHEMAC_CODEC_DOUBLE] = 8,
        [SCHEMAC_CODEC_DECIMAL] = 8,               [SCHEMAC_CODEC_DATE] = 4,
        [SCHEMAC_CODEC_TIME] = 8,                  [SCHEMAC_CODEC_TIMESTAMP] = 8,
        [SCHEMAC_CODEC_UUID] = sizeof(struct schemac_uuid),
        [SCHEMAC_CODEC_ENUM] = sizeof(int),
    };
    const struct schemac_text_array *one = a, *other = b;

    if ((one->items == NULL) != (other->items == NULL) || one->count != other->count)
        return false;
    if (c->element != SCHEMAC_CODEC_TEXT && c->element != SCHEMAC_CODEC_BYTES)
        return one->count == 0
               || memcmp(one->items, other->items, one->count * bytes[c->element]) == 0;
    for (size_t i = 0; i < one->count; i++)
        if (!same_bytes(&one->items[i], &other->items[i]))
            return false;
    return true;
}

static bool
same_field(const struct schemac_column *c, const void *a, const void *b)
{
    bool nullable = (c->flags & SCHEMAC_COLUMN_NULLABLE) != 0;

    switch ((enum schemac_codec)c->codec) {
    case SCHEMAC_CODEC_BOOL:
        return SAME(bool);
    case SCHEMAC_CODEC_INT16:
        return SAME(int16);
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_DATE:
        return SAME(int32);
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
    case SCHEMAC_CODEC_TIME:
    case SCHEMAC_CODEC_TIMESTAMP:
        return SAME(int64);
    case SCHEMAC_CODEC_FLOAT:
        return SAME(float);
    case SCHEMAC_CODEC_DOUBLE:
        return SAME(double);
    case SCHEMAC_CODEC_TEXT:
    case SCHEMAC_CODEC_BYTES:
        return same_bytes(a, b);
    case SCHEMAC_CODEC_UUID:
        return same_uuid(c, a, b);
    case SCHEMAC_CODEC_ENUM:
        return *(const int *)a == *(const int *)b;
    case SCHEMAC_CODEC_ARRAY:
        return same_array(c, a, b);
    }
    return false;
}

static bool
same_row(const struct schemac_table *t, const char *a, const char *b, uint64_t mask,
         const char **differs)
{
    for (unsigned i = 0; i < t->column_count; i++) {
        const struct schemac_column *c = &t->columns[i];

        if ((mask >> i & 1) == 0 || same_field(c, a + c->offset, b + c->offset))
            continue;
        *differs = c->name;
        return false;
    }
    return true;
}

/* Each constant row is a row of the table, and there are no others. */
static int
compare_initial(struct schemac_db *db, const struct schemac_table *t, const void *initial,
                size_t count, uint64_t mask)
{
    struct schemac_arena arena = { 0 };
    void *rows = NULL;
    size_t found = 0;
    int wrong = 0;

    if (schemac_row_all(db, t, &arena, &rows, &found) != SCHEMAC_OK || found != count)
        wrong = printf("%s: %zu rows, not %zu\n", t->name, found, count);
    for (size_t i = 0; wrong == 0 && i < count; i++) {
        const char *differs = NULL;
        size_t k = 0;

        while (k < found
               && !same_row(t, (const char *)initial + i * t->row_bytes,
                            (const char *)rows + k * t->row_bytes, mask, &differs))
            k++;
        if (k == found)
            wrong = printf("%s: row %zu is not there: %s\n", t->name, i + 1, differs);
    }
    schemac_arena_free(&arena);
    return wrong;
}

#endif
