/*
 * One field of a row, whatever the engine: what is said of it when it cannot be moved,
 * and the values whose C types differ while what the engines have is the same.
 */
#include <string.h>

#include "runtime/row.h"

/* ---- what is said of it ---- */

enum schemac_status
schemac__row_fail(const struct row_place *place, enum schemac_status status,
                  const char *words)
{
    const char *column = place->column->name;
    struct schemac_db *db = place->db;

    (void)schemac__row_refuse(db, place->table, status, ".");
    schemac__error_add(db, column);
    schemac__error_add(db, words);
    schemac__copy(db->error.column, sizeof db->error.column, column, strlen(column));
    return status;
}

enum schemac_status
schemac__row_undescribed(const struct row_place *place)
{
    return schemac__row_fail(place, SCHEMAC_MISUSE,
                             ": its table does not name what moves such values");
}

enum schemac_status
schemac__row_holds(const struct row_place *place, struct schemac_text text,
                   const char *wanted)
{
    char sample[SAMPLE_BYTES_MAX];

    schemac__copy(sample, sizeof sample, text.ptr, text.len);
    (void)schemac__row_fail(place, SCHEMAC_DECODE, " holds '");
    schemac__error_add(place->db, sample);
    schemac__error_add(place->db, "', which is not ");
    schemac__error_add(place->db, wanted);
    return SCHEMAC_DECODE;
}

static const struct schemac_texts *
texts_of(const struct schemac_table *table, const struct schemac_column *c)
{
    if (c->codec == SCHEMAC_CODEC_UUID)
        return table->uuids;
    if (c->codec == SCHEMAC_CODEC_ENUM)
        return c->labels == NULL ? NULL : table->enums;
    return table->moments;
}

const struct schemac_texts *
schemac__row_texts(const struct row_place *place, const struct schemac_column *c)
{
    const struct schemac_texts *texts = texts_of(place->table, c);

    if (texts == NULL)
        (void)schemac__row_undescribed(place);
    return texts;
}

const char *
schemac__row_wanted(const struct row_place *place, const struct schemac_column *c)
{
    /* One behind the other, each with its zero byte, in the order of the codecs. */
    const char *wanted = "a boolean (0 or 1)\0"
                         "a 16-bit integer\0"
                         "a 32-bit integer\0"
                         "a 64-bit integer\0"
                         "a decimal of 64 bits with the digits of its type\0"
                         "a number that a float can hold\0"
                         "a number\0"
                         "text\0"
                         "bytes\0"
                         "an array";
    const struct schemac_texts *texts =
        row_has_texts(c) ? texts_of(place->table, c) : NULL;
    int nth = c->codec;

    if (texts != NULL)
        return texts->wanted(c);
    if (row_is_text(c))
        nth -= SCHEMAC_CODEC_TEXT - SCHEMAC_CODEC_DATE;
    for (; nth > 0; nth--)
        wanted += strlen(wanted) + 1;
    return wanted;
}

/* ---- values ---- */

int64_t
schemac__row_integer(const struct schemac_column *c, const void *field)
{
    if (c->codec == SCHEMAC_CODEC_BOOL)
        return *(const bool *)field;
    if (c->codec == SCHEMAC_CODEC_INT16)
        return *(const int16_t *)field;
    return c->codec == SCHEMAC_CODEC_INT32 ? *(const int32_t *)field
                                           : *(const int64_t *)field;
}

bool
schemac__row_put_integer(const struct schemac_column *c, void *field, int64_t v)
{
    if (c->codec == SCHEMAC_CODEC_BOOL) {
        *(bool *)field = v != 0;
        return v == 0 || v == 1;
    }
    if (c->codec == SCHEMAC_CODEC_INT16) {
        *(int16_t *)field = (int16_t)v;
        return v == (int16_t)v;
    }
    if (c->codec == SCHEMAC_CODEC_INT32) {
        *(int32_t *)field = (int32_t)v;
        return v == (int32_t)v;
    }
    *(int64_t *)field = v;
    return true;
}

double
schemac__row_real(const struct schemac_column *c, const void *field)
{
    return c->codec == SCHEMAC_CODEC_FLOAT ? (double)*(const float *)field
                                           : *(const double *)field;
}

bool
schemac__row_put_real(const struct schemac_column *c, void *field, double v)
{
    float single;

    if (c->codec == SCHEMAC_CODEC_DOUBLE) {
        *(double *)field = v;
        return true;
    }
    single = (float)v;
    *(float *)field = single;
    /* Only what is infinite, or no number, has a difference from itself. */
    return single - single == 0 || v - v != 0;
}

size_t
schemac__codec_bytes(enum schemac_codec codec)
{
    static const uint8_t bytes[] = {
        [SCHEMAC_CODEC_BOOL] = sizeof(bool),
        [SCHEMAC_CODEC_INT16] = sizeof(int16_t),
        [SCHEMAC_CODEC_INT32] = sizeof(int32_t),
        [SCHEMAC_CODEC_INT64] = sizeof(int64_t),
        [SCHEMAC_CODEC_FLOAT] = sizeof(float),
        [SCHEMAC_CODEC_DOUBLE] = sizeof(double),
        [SCHEMAC_CODEC_DECIMAL] = sizeof(int64_t),
        [SCHEMAC_CODEC_TEXT] = sizeof(struct schemac_text),
        [SCHEMAC_CODEC_BYTES] = sizeof(struct schemac_bytes),
        [SCHEMAC_CODEC_DATE] = sizeof(int32_t),
        [SCHEMAC_CODEC_TIME] = sizeof(int64_t),
        [SCHEMAC_CODEC_TIMESTAMP] = sizeof(int64_t),
        [SCHEMAC_CODEC_UUID] = sizeof(struct schemac_uuid),
        [SCHEMAC_CODEC_ENUM] = sizeof(int),
        [SCHEMAC_CODEC_ARRAY] = sizeof(struct schemac_int32_array),
    };

    return bytes[codec];
}

const void *
schemac__row_keep(struct schemac_db *db, struct schemac_arena *into, const void *from,
                  size_t bytes)
{
    const void *copy = into == NULL ? from : schemac__arena_copy(into, from, bytes);

    if (copy == NULL)
        schemac__no_memory(db);
    return copy;
}

/* ---- NULL ---- */

/* All codecs say it with zeros; an _opt has its is_set behind the value. */
enum schemac_status
schemac__row_put_null(const struct row_place *place, char *field)
{
    const struct schemac_column *c = place->column;
    size_t bytes = row_is_set_offset(c);

    if ((c->flags & SCHEMAC_COLUMN_NULLABLE) == 0)
        return schemac__row_fail(place, SCHEMAC_DECODE,
                                 " holds NULL, which its type does not allow");
    memset(field, 0, bytes);
    if (row_has_opt(c))
        *(bool *)(field + bytes) = false;
    return SCHEMAC_OK;
}

void
schemac__row_put_set(const struct schemac_column *c, char *field)
{
    if (row_has_opt(c))
        *(bool *)(field + row_is_set_offset(c)) = true;
}
