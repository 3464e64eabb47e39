/*
 * One field of a row, whatever the engine: what is said of it when it cannot be moved,
 * and the values whose C types differ while what the engines have is the same.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runtime/row.h"

/* ---- what is said of it ---- */

enum schemac_status
schemac__row_fail(const struct row_place *place, enum schemac_status status,
                  const char *words)
{
    const char *table = place->table->name;
    const char *column = place->column->name;
    struct schemac__error *e = &place->db->error;

    schemac__fail(place->db, status, "%s.%s%s", table, column, words);
    schemac__copy(e->table, sizeof e->table, table, strlen(table));
    schemac__copy(e->column, sizeof e->column, column, strlen(column));
    return status;
}

enum schemac_status
schemac__row_undescribed(const struct row_place *place)
{
    return schemac__row_fail(place, SCHEMAC_MISUSE,
                             ": its table does not name what moves such values");
}

enum schemac_status
schemac__row_cannot_store(const struct row_place *place, const char *why)
{
    (void)schemac__row_fail(place, SCHEMAC_CHECK, ": ");
    schemac__error_add(place->db, why);
    return SCHEMAC_CHECK;
}

enum schemac_status
schemac__row_has_no_text(const struct row_place *place)
{
    return schemac__row_cannot_store(place,
                                     "the value is outside what can be stored "
                                     "(years 0000 to 9999, times up to 24:00:00)");
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

const char *
schemac__row_wanted(const struct schemac_column *c)
{
    static const char *const wanted[] = {
        [SCHEMAC_CODEC_BOOL] = "a boolean (0 or 1)",
        [SCHEMAC_CODEC_INT16] = "a 16-bit integer",
        [SCHEMAC_CODEC_INT32] = "a 32-bit integer",
        [SCHEMAC_CODEC_INT64] = "a 64-bit integer",
        [SCHEMAC_CODEC_FLOAT] = "a number that a float can hold",
        [SCHEMAC_CODEC_DOUBLE] = "a number",
        [SCHEMAC_CODEC_DECIMAL] = "a decimal of 64 bits with the digits of its type",
        [SCHEMAC_CODEC_TEXT] = "text",
        [SCHEMAC_CODEC_BYTES] = "bytes",
        [SCHEMAC_CODEC_DATE] = "a date",
        [SCHEMAC_CODEC_TIME] = "a time of day",
        [SCHEMAC_CODEC_TIMESTAMP] = "a timestamp that 64 bits can hold",
        [SCHEMAC_CODEC_UUID] = "a UUID",
        [SCHEMAC_CODEC_ENUM] = "", /* that has a name */
        [SCHEMAC_CODEC_ARRAY] = "an array",
    };

    return c->codec == SCHEMAC_CODEC_ENUM ? c->labels->name : wanted[c->codec];
}

/* ---- values ---- */

int64_t
schemac__row_integer(const struct schemac_column *c, const void *field)
{
    if (c->codec == SCHEMAC_CODEC_BOOL)
        return *(const bool *)field;
    if (c->codec == SCHEMAC_CODEC_INT16)
        return *(const int16_t *)field;
    if (c->codec == SCHEMAC_CODEC_INT32)
        return *(const int32_t *)field;
    return *(const int64_t *)field;
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
    if (c->codec == SCHEMAC_CODEC_DOUBLE) {
        *(double *)field = v;
        return true;
    }
    if (isfinite(v) && fabs(v) > (double)FLT_MAX)
        return false;
    *(float *)field = (float)v;
    return true;
}

const struct schemac_text *
schemac__row_label(const struct row_place *place, int value)
{
    const struct schemac_labels *labels = place->column->labels;
    char number[16];

    if (value > 0 && (size_t)value <= labels->count)
        return &labels->items[value - 1];
    (void)snprintf(number, sizeof number, ": %d", value);
    (void)schemac__row_fail(place, SCHEMAC_CHECK, number);
    schemac__error_add(place->db, " is no value of ");
    schemac__error_add(place->db, labels->name);
    return NULL;
}

bool
schemac__row_put_label(const struct schemac_column *c, void *field,
                       struct schemac_text label)
{
    int v = schemac_labels_find(c->labels, label);

    memcpy(field, &v, sizeof v);
    return v != 0;
}

const struct schemac_texts *
schemac__row_texts(const struct row_place *place, const struct schemac_column *c)
{
    const struct schemac_texts *texts = c->codec == SCHEMAC_CODEC_UUID
                                            ? place->table->uuids
                                            : place->table->moments;

    if (texts == NULL)
        (void)schemac__row_undescribed(place);
    return texts;
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
