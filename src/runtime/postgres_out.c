/*
 * Fields of rows on their way to PostgreSQL.
 *
 * Values travel in binary where the type that the server wants has a form that we know
 * (postgres_wire.h), else as text, which every type reads.
 *
 * What a row points to is sent without being copied, but for texts that must end in a
 * zero byte: those that travel as text.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "runtime/postgres_rows.h"
#include "runtime/times.h"

#define TEXT_BYTES 40 /* the longest text of a number */

static enum schemac_status
cannot_store(const struct field_out *f, const char *why)
{
    return schemac__row_fail(&f->place, SCHEMAC_CHECK, why);
}

static enum schemac_status
out_fixed(struct field_out *f)
{
    f->value = f->slot->fixed;
    f->len = schemac__wire_bytes(f->slot->wire);
    f->format = 1;
    return SCHEMAC_OK;
}

static enum schemac_status
out_numeric(struct field_out *f, int64_t v, int scale)
{
    f->value = f->slot->fixed;
    f->len = schemac__wire_put_numeric(f->slot->fixed, v, scale);
    f->format = 1;
    return SCHEMAC_OK;
}

/* A short text that was made here, which ends in a zero byte. */
static enum schemac_status
out_made_text(struct field_out *f, const char *text, size_t len)
{
    char *room;

    room = schemac__postgres_slot_room(f->place.db, f->slot, len + 1);
    if (room == NULL)
        return SCHEMAC_NO_MEMORY;
    memcpy(room, text, len + 1);
    f->value = room;
    f->len = (int)len;
    f->format = 0;
    return SCHEMAC_OK;
}

static enum schemac_status
out_integer(struct field_out *f, int64_t v)
{
    char text[TEXT_BYTES];
    int len;

    if (f->slot->wire == WIRE_NUMERIC)
        return out_numeric(f, v, 0);
    if (f->slot->wire == WIRE_BOOL) {
        if (v != 0 && v != 1)
            return cannot_store(f, ": the number is no boolean, 0 or 1");
        f->slot->fixed[0] = (char)v;
        return out_fixed(f);
    }
    if (schemac__wire_is_integer(f->slot->wire)) {
        if (!schemac__wire_put_integer(f->slot->fixed, f->slot->wire, v))
            return cannot_store(f, ": the number is too large for the column");
        return out_fixed(f);
    }
    len = snprintf(text, sizeof text, "%lld", (long long)v);
    return out_made_text(f, text, (size_t)len);
}

static enum schemac_status
out_bool(struct field_out *f, bool v)
{
    if (f->slot->wire == WIRE_OTHER || f->slot->wire == WIRE_CHARACTERS)
        return out_made_text(f, v ? "true" : "false", v ? 4 : 5);
    return out_integer(f, v);
}

static enum schemac_status
out_real(struct field_out *f, double v)
{
    char text[TEXT_BYTES];
    int len;

    if (f->slot->wire == WIRE_FLOAT8) {
        schemac__wire_put_double(f->slot->fixed, v);
        return out_fixed(f);
    }
    if (f->slot->wire == WIRE_FLOAT4) {
        if (isfinite(v) && fabs(v) > (double)FLT_MAX)
            return cannot_store(f, ": the number is too large for the column");
        schemac__wire_put_float(f->slot->fixed, (float)v);
        return out_fixed(f);
    }
    if (isnan(v))
        return out_made_text(f, "NaN", 3);
    if (isinf(v))
        return out_made_text(f, v > 0 ? "Infinity" : "-Infinity", v > 0 ? 8 : 9);
    len = snprintf(text, sizeof text, "%.17g", v);
    return out_made_text(f, text, (size_t)len);
}

static enum schemac_status
out_decimal(struct field_out *f, int64_t v)
{
    char text[SCHEMAC_DECIMAL_TEXT_BYTES];
    int scale = f->place.column->scale;

    if (f->slot->wire != WIRE_NUMERIC)
        return out_made_text(f, text, schemac_decimal_to_text(v, scale, text));
    return out_numeric(f, v, scale);
}

/* With `before` bytes of room that the caller fills. */
static enum schemac_status
out_copy(struct field_out *f, const void *bytes, size_t len, size_t before, char **room)
{
    *room = schemac__postgres_slot_room(f->place.db, f->slot, before + len + 1);
    if (*room == NULL)
        return SCHEMAC_NO_MEMORY;
    memcpy(*room + before, bytes, len);
    (*room)[before + len] = '\0';
    f->value = *room;
    f->len = (int)(before + len);
    return SCHEMAC_OK;
}

/* In place where the server wants the bytes as they are; `keeps`: they stay there. */
static enum schemac_status
out_characters(struct field_out *f, const void *bytes, size_t len)
{
    bool in_place = f->slot->wire == WIRE_CHARACTERS || f->slot->wire == WIRE_BYTES;
    bool is_jsonb = f->slot->wire == WIRE_JSONB;
    enum schemac_status status;
    char *room;

    if (len > WIRE_BYTES_MAX)
        return cannot_store(f, ": the value is longer than 1 GiB");
    f->format = in_place || is_jsonb ? 1 : 0;
    if (in_place && f->keeps) {
        f->value = bytes;
        f->len = (int)len;
        return SCHEMAC_OK;
    }
    status = out_copy(f, bytes, len, is_jsonb ? 1 : 0, &room);
    if (status == SCHEMAC_OK && is_jsonb)
        room[0] = WIRE_JSONB_VERSION;
    return status;
}

static enum schemac_status
out_text(struct field_out *f, struct schemac_text v)
{
    if (v.ptr == NULL)
        return SCHEMAC_OK;
    if (memchr(v.ptr, '\0', v.len) != NULL)
        return cannot_store(f, ": PostgreSQL keeps no text with a zero byte");
    return out_characters(f, v.ptr, v.len);
}

/* Where it is no bytea, \x and hexadecimal digits would be meant for a text: refused. */
static enum schemac_status
out_bytes(struct field_out *f, const struct schemac_bytes *v)
{
    if (v->ptr == NULL)
        return SCHEMAC_OK;
    if (f->slot->wire != WIRE_BYTES)
        return cannot_store(f, ": the column is no bytea in this database");
    return out_characters(f, v->ptr, v->len);
}

/* An enum; a moment or a UUID for a column of another type. */
static enum schemac_status
out_as_text(struct field_out *f, const void *value)
{
    const struct schemac_texts *texts = schemac__row_texts(&f->place, f->place.column);
    char made[ROW_TEXT_BYTES];
    struct schemac_text text;

    if (texts == NULL)
        return SCHEMAC_MISUSE;
    text = texts->write(&f->place, f->place.column, value, made);
    if (text.ptr == NULL)
        return SCHEMAC_CHECK;
    if (text.ptr == made)
        return out_made_text(f, text.ptr, text.len);
    f->value = text.ptr; /* it stays */
    f->len = (int)text.len;
    f->format = 0;
    return SCHEMAC_OK;
}

static enum schemac_status
out_date(struct field_out *f, const int32_t *days)
{
    if (f->slot->wire != WIRE_DATE)
        return out_as_text(f, days);
    if (!schemac__wire_put_date(f->slot->fixed, *days))
        return cannot_store(f, ": the date is before those of PostgreSQL");
    return out_fixed(f);
}

static enum schemac_status
out_time(struct field_out *f, const int64_t *microseconds)
{
    if (f->slot->wire != WIRE_TIME || *microseconds < 0
        || *microseconds > DAY_MICROSECONDS)
        return out_as_text(f, microseconds);
    schemac__wire_put(f->slot->fixed, (uint64_t)*microseconds, 8);
    return out_fixed(f);
}

static enum schemac_status
out_timestamp(struct field_out *f, const int64_t *microseconds)
{
    if (f->slot->wire != WIRE_TIMESTAMP)
        return out_as_text(f, microseconds);
    if (!schemac__wire_put_timestamp(f->slot->fixed, *microseconds))
        return cannot_store(f, ": the moment is before those of PostgreSQL");
    return out_fixed(f);
}

static enum schemac_status
out_uuid(struct field_out *f, const struct schemac_uuid *uuid)
{
    if (f->slot->wire != WIRE_UUID)
        return out_as_text(f, uuid);
    memcpy(f->slot->fixed, uuid->bytes, sizeof uuid->bytes);
    return out_fixed(f);
}

static enum schemac_status
out_array(struct field_out *f, const void *value)
{
    const struct schemac_arrays *arrays = f->place.table->arrays;

    return arrays == NULL ? schemac__row_undescribed(&f->place)
                          : arrays->postgres->out(f, schemac__row_array(value));
}

enum schemac_status
schemac__postgres_plain_out(struct field_out *f, const void *value)
{
    switch ((enum schemac_codec)f->place.column->codec) {
    case SCHEMAC_CODEC_BOOL:
        return out_bool(f, *(const bool *)value);
    case SCHEMAC_CODEC_INT16:
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_INT64:
        return out_integer(f, schemac__row_integer(f->place.column, value));
    case SCHEMAC_CODEC_DECIMAL:
        return out_decimal(f, *(const int64_t *)value);
    case SCHEMAC_CODEC_FLOAT:
    case SCHEMAC_CODEC_DOUBLE:
        return out_real(f, schemac__row_real(f->place.column, value));
    case SCHEMAC_CODEC_TEXT:
        return out_text(f, *(const struct schemac_text *)value);
    case SCHEMAC_CODEC_BYTES:
        return out_bytes(f, value);
    case SCHEMAC_CODEC_DATE:
        return out_date(f, value);
    case SCHEMAC_CODEC_TIME:
        return out_time(f, value);
    case SCHEMAC_CODEC_TIMESTAMP:
        return out_timestamp(f, value);
    case SCHEMAC_CODEC_UUID:
        return out_uuid(f, value);
    case SCHEMAC_CODEC_ENUM:
        return row_enum_at(value) == 0 ? SCHEMAC_OK : out_as_text(f, value);
    case SCHEMAC_CODEC_ARRAY:
        return out_array(f, value);
    }
    return SCHEMAC_MISUSE;
}

enum schemac_status
schemac__postgres_field_out(struct field_out *f, const void *field)
{
    f->value = NULL;
    return row_is_unset(f->place.column, field) ? SCHEMAC_OK
                                                : schemac__postgres_plain_out(f, field);
}

/* ---- what travels in binary ---- */

#define SET(wire) (1u << (wire))
#define INTEGERS                                                                         \
    (SET(WIRE_BOOL) | SET(WIRE_INT2) | SET(WIRE_INT4) | SET(WIRE_INT8)                   \
     | SET(WIRE_NUMERIC))

/* The forms in which a value of this codec is sent in binary. */
static const unsigned binary_wires[] = {
    [SCHEMAC_CODEC_BOOL] = INTEGERS,
    [SCHEMAC_CODEC_INT16] = INTEGERS,
    [SCHEMAC_CODEC_INT32] = INTEGERS,
    [SCHEMAC_CODEC_INT64] = INTEGERS,
    [SCHEMAC_CODEC_FLOAT] = SET(WIRE_FLOAT4) | SET(WIRE_FLOAT8),
    [SCHEMAC_CODEC_DOUBLE] = SET(WIRE_FLOAT4) | SET(WIRE_FLOAT8),
    [SCHEMAC_CODEC_DECIMAL] = SET(WIRE_NUMERIC),
    [SCHEMAC_CODEC_TEXT] = SET(WIRE_CHARACTERS) | SET(WIRE_JSONB),
    [SCHEMAC_CODEC_BYTES] = SET(WIRE_BYTES),
    [SCHEMAC_CODEC_DATE] = SET(WIRE_DATE),
    [SCHEMAC_CODEC_TIME] = SET(WIRE_TIME),
    [SCHEMAC_CODEC_TIMESTAMP] = SET(WIRE_TIMESTAMP),
    [SCHEMAC_CODEC_UUID] = SET(WIRE_UUID),
    /* enum_recv takes the label; so does a text with a CHECK */
    [SCHEMAC_CODEC_ENUM] = SET(WIRE_CHARACTERS) | SET(WIRE_OTHER),
    [SCHEMAC_CODEC_ARRAY] = 0, /* it depends on the items */
};

bool
schemac__postgres_is_binary(uint8_t codec, enum wire wire)
{
    return (binary_wires[codec] & SET(wire)) != 0;
}
