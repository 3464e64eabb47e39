/*
 * Fields of rows to and from PostgreSQL.
 *
 * Values travel in binary where the type that the server wants has a form that we know
 * (postgres_wire.h), else as text, which every type reads.  What row layer calls text but
 * the server calls otherwise (inet, numeric of 30 digits) is asked for as ::text.
 *
 * What a row points to is sent without being copied, but for texts that must end in a
 * zero byte: those that travel as text.
 */
#include <float.h>
#include <math.h>
#include <stdio.h>

#include "runtime/postgres_bits.h"
#include "runtime/postgres_rows.h"

#define SAMPLE_BYTES_MAX 60 /* of a value that is quoted in a message */
#define TEXT_BYTES 40       /* the longest text of a number or a moment */

/* ---- from C ---- */

static enum schemac_status
cannot_be_stored(const struct field_out *f, const char *why)
{
    return schemac__row_fail(f->db, f->table, f->column, SCHEMAC_CHECK, "%s.%s: %s",
                             f->table->name, f->column->name, why);
}

static enum schemac_status
out_fixed(struct field_out *f)
{
    f->value = f->fixed;
    f->len = schemac__wire_bytes(f->slot->wire);
    f->format = 1;
    return SCHEMAC_OK;
}

static enum schemac_status
out_numeric(struct field_out *f, int64_t v, int scale)
{
    f->value = f->fixed;
    f->len = schemac__wire_put_numeric(f->fixed, v, scale);
    f->format = 1;
    return SCHEMAC_OK;
}

/* A short text that was made here, which ends in a zero byte. */
static enum schemac_status
out_made_text(struct field_out *f, const char *text, size_t len)
{
    char *room;

    if (len == 0)
        return cannot_be_stored(f, "the value is outside what can be stored "
                                   "(years 0000 to 9999, times up to 24:00:00)");
    room = schemac__postgres_slot_room(f->db, f->slot, len + 1);
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
    if (schemac__wire_is_integer(f->slot->wire)) {
        if (!schemac__wire_put_integer(f->fixed, f->slot->wire, v))
            return cannot_be_stored(f, "the number is too large for the column");
        return out_fixed(f);
    }
    len = snprintf(text, sizeof text, "%lld", (long long)v);
    return out_made_text(f, text, (size_t)len);
}

static enum schemac_status
out_bool(struct field_out *f, bool v)
{
    if (f->slot->wire != WIRE_BOOL)
        return out_made_text(f, v ? "true" : "false", v ? 4 : 5);
    f->fixed[0] = v ? 1 : 0;
    return out_fixed(f);
}

static enum schemac_status
out_real(struct field_out *f, double v)
{
    char text[TEXT_BYTES];
    int len;

    if (f->slot->wire == WIRE_FLOAT8) {
        schemac__wire_put_double(f->fixed, v);
        return out_fixed(f);
    }
    if (f->slot->wire == WIRE_FLOAT4) {
        if (isfinite(v) && fabs(v) > (double)FLT_MAX)
            return cannot_be_stored(f, "the number is too large for the column");
        schemac__wire_put_float(f->fixed, (float)v);
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

    if (f->slot->wire != WIRE_NUMERIC)
        return out_made_text(f, text, schemac_decimal_to_text(v, f->column->scale, text));
    return out_numeric(f, v, f->column->scale);
}

/* With `before` bytes of room that the caller fills. */
static enum schemac_status
out_copy(struct field_out *f, const void *bytes, size_t len, size_t before, char **room)
{
    *room = schemac__postgres_slot_room(f->db, f->slot, before + len + 1);
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
        return cannot_be_stored(f, "the value is longer than 1 GiB");
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
        return cannot_be_stored(f, "PostgreSQL keeps no text with a zero byte");
    return out_characters(f, v.ptr, v.len);
}

/* Where it is no bytea, \x and hexadecimal digits would be meant for a text: refused. */
static enum schemac_status
out_bytes(struct field_out *f, const struct schemac_bytes *v)
{
    if (v->ptr == NULL)
        return SCHEMAC_OK;
    if (f->slot->wire != WIRE_BYTES)
        return cannot_be_stored(f, "the column is no bytea in this database");
    return out_characters(f, v->ptr, v->len);
}

static enum schemac_status
out_date(struct field_out *f, int32_t days)
{
    char text[SCHEMAC_DATE_TEXT_BYTES];

    if (f->slot->wire != WIRE_DATE)
        return out_made_text(f, text, schemac_date_to_text(days, text));
    if (!schemac__wire_put_date(f->fixed, days))
        return cannot_be_stored(f, "the date is before those of PostgreSQL");
    return out_fixed(f);
}

static enum schemac_status
out_time(struct field_out *f, int64_t microseconds)
{
    char text[SCHEMAC_TIME_TEXT_BYTES];
    size_t len = schemac_time_to_text(microseconds, text);

    if (f->slot->wire != WIRE_TIME || len == 0)
        return out_made_text(f, text, len);
    schemac__wire_put(f->fixed, (uint64_t)microseconds, 8);
    return out_fixed(f);
}

static enum schemac_status
out_timestamp(struct field_out *f, int64_t microseconds)
{
    char text[SCHEMAC_TIMESTAMP_TEXT_BYTES];

    if (f->slot->wire != WIRE_TIMESTAMP)
        return out_made_text(f, text, schemac_timestamp_to_text(microseconds, text));
    if (!schemac__wire_put_timestamp(f->fixed, microseconds))
        return cannot_be_stored(f, "the moment is before those of PostgreSQL");
    return out_fixed(f);
}

static enum schemac_status
out_uuid(struct field_out *f, const struct schemac_uuid *uuid)
{
    char text[SCHEMAC_UUID_TEXT_BYTES];

    if (f->slot->wire != WIRE_UUID)
        return out_made_text(f, text, schemac_uuid_to_text(uuid, text));
    memcpy(f->fixed, uuid->bytes, sizeof uuid->bytes);
    return out_fixed(f);
}

static enum schemac_status
out_enum(struct field_out *f, int value)
{
    const struct schemac_labels *labels = f->column->labels;

    if (value == 0)
        return SCHEMAC_OK;
    if (value < 0 || (size_t)value > labels->count)
        return schemac__row_fail(f->db, f->table, f->column, SCHEMAC_CHECK,
                                 "%s.%s: %d is no value of %s", f->table->name,
                                 f->column->name, value, labels->name);
    /* Labels are literals of generated code: they stay, and end in a zero byte. */
    f->value = labels->items[value - 1].ptr;
    f->len = (int)labels->items[value - 1].len;
    f->format = 0;
    return SCHEMAC_OK;
}

static enum schemac_status
out_plain(struct field_out *f, const void *value)
{
    switch ((enum schemac_codec)f->column->codec) {
    case SCHEMAC_CODEC_BOOL:
        return out_bool(f, *(const bool *)value);
    case SCHEMAC_CODEC_INT16:
        return out_integer(f, *(const int16_t *)value);
    case SCHEMAC_CODEC_INT32:
        return out_integer(f, *(const int32_t *)value);
    case SCHEMAC_CODEC_INT64:
        return out_integer(f, *(const int64_t *)value);
    case SCHEMAC_CODEC_DECIMAL:
        return out_decimal(f, *(const int64_t *)value);
    case SCHEMAC_CODEC_FLOAT:
        return out_real(f, (double)*(const float *)value);
    case SCHEMAC_CODEC_DOUBLE:
        return out_real(f, *(const double *)value);
    case SCHEMAC_CODEC_TEXT:
        return out_text(f, *(const struct schemac_text *)value);
    case SCHEMAC_CODEC_BYTES:
        return out_bytes(f, value);
    case SCHEMAC_CODEC_DATE:
        return out_date(f, *(const int32_t *)value);
    case SCHEMAC_CODEC_TIME:
        return out_time(f, *(const int64_t *)value);
    case SCHEMAC_CODEC_TIMESTAMP:
        return out_timestamp(f, *(const int64_t *)value);
    case SCHEMAC_CODEC_UUID:
        return out_uuid(f, value);
    case SCHEMAC_CODEC_ENUM:
        return out_enum(f, row_enum_at(value));
    }
    return SCHEMAC_MISUSE;
}

enum schemac_status
schemac__postgres_field_out(struct field_out *f, const void *field)
{
    int bytes = postgres_bits_of(f->column, f->slot->wire);

    f->value = NULL;
    if (row_has_opt(f->column)
        && !*(const bool *)((const char *)field + row_is_set_offset(f->column)))
        return SCHEMAC_OK;
    if (bytes == 0)
        return out_plain(f, field);
    postgres_bits_put(f->fixed, field, bytes);
    f->value = f->fixed;
    f->len = bytes;
    f->format = 1;
    return SCHEMAC_OK;
}

static enum schemac_status
bind(struct postgres_statement *s, int at, struct field_out *f,
     enum schemac_status status)
{
    s->values[at] = status == SCHEMAC_OK ? f->value : NULL;
    s->lengths[at] = f->len;
    s->formats[at] = f->format;
    return status;
}

static enum schemac_status
rows_bind(struct schemac_stmt *stmt, const struct schemac_table *table,
          struct row_columns columns, const void *row, bool copies)
{
    struct postgres_statement *s = stmt->native;
    struct field_out f = { .db = stmt->db, .table = table, .keeps = !copies };
    enum schemac_status fresh = schemac__postgres_statement_fresh(stmt);

    if (fresh != SCHEMAC_OK)
        return fresh;
    for (size_t i = 0; i < columns.count; i++) {
        const void *field;
        enum schemac_status status;

        f.column = &table->columns[row_column_at(columns, i)];
        f.slot = &s->slots[i];
        f.fixed = f.slot->fixed;
        field = (const char *)row + f.column->offset;
        status = bind(s, (int)i, &f, schemac__postgres_field_out(&f, field));
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_bind_value(struct schemac_stmt *stmt, const struct schemac_table *table,
                size_t column, int at, const void *value)
{
    struct postgres_statement *s = stmt->native;
    struct field_out f = {
        .db = stmt->db,
        .table = table,
        .column = &table->columns[column],
        .slot = &s->slots[at - 1],
        .fixed = s->slots[at - 1].fixed,
    };

    return bind(s, at - 1, &f, out_plain(&f, value));
}

/* ---- to C ---- */

struct field_in {
    struct schemac_db *db;
    const struct schemac_table *table;
    const struct schemac_column *column;
    const char *ptr; /* terminated by libpq */
    int len;
    enum wire wire;
    struct schemac_arena *into; /* NULL: texts are not copied */
};

/* `wanted`: "a date". */
static enum schemac_status
refuse(const struct field_in *f, const char *wanted)
{
    char sample[SAMPLE_BYTES_MAX];

    if (f->wire != WIRE_CHARACTERS && f->wire != WIRE_OTHER)
        return schemac__row_fail(f->db, f->table, f->column, SCHEMAC_DECODE,
                                 "%s.%s holds a value that is not %s", f->table->name,
                                 f->column->name, wanted);
    schemac__copy(sample, sizeof sample, f->ptr, (size_t)f->len);
    return schemac__row_fail(f->db, f->table, f->column, SCHEMAC_DECODE,
                             "%s.%s holds '%s', which is not %s", f->table->name,
                             f->column->name, sample, wanted);
}

static enum schemac_status
in_integer(const struct field_in *f, int64_t low, int64_t high, const char *wanted,
           int64_t *to)
{
    if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, to) || *to < low
        || *to > high)
        return refuse(f, wanted);
    return SCHEMAC_OK;
}

static enum schemac_status
in_bool(const struct field_in *f, bool *to)
{
    int64_t v = 0;
    enum schemac_status status;

    if (f->wire == WIRE_BOOL) {
        *to = f->ptr[0] != 0;
        return SCHEMAC_OK;
    }
    status = in_integer(f, 0, 1, "a boolean", &v);
    *to = v != 0;
    return status;
}

static enum schemac_status
in_int16(const struct field_in *f, int16_t *to)
{
    int64_t v = 0;
    enum schemac_status status =
        in_integer(f, INT16_MIN, INT16_MAX, "a 16-bit integer", &v);

    *to = status == SCHEMAC_OK ? (int16_t)v : 0;
    return status;
}

static enum schemac_status
in_int32(const struct field_in *f, int32_t *to)
{
    int64_t v = 0;
    enum schemac_status status =
        in_integer(f, INT32_MIN, INT32_MAX, "a 32-bit integer", &v);

    *to = status == SCHEMAC_OK ? (int32_t)v : 0;
    return status;
}

/* A sum of whole numbers is a numeric, too. */
static enum schemac_status
in_decimal(const struct field_in *f, int64_t *to)
{
    int64_t v = 0;

    if (f->wire == WIRE_NUMERIC) {
        if (!schemac__wire_get_numeric(f->ptr, f->len, f->column->scale, to))
            return refuse(f, "a decimal of 64 bits with the digits of its type");
        return SCHEMAC_OK;
    }
    if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, &v))
        return refuse(f, "a decimal");
    for (int i = 0; i < f->column->scale; i++) {
        if (v > INT64_MAX / 10 || v < INT64_MIN / 10)
            return refuse(f, "a decimal of 64 bits");
        v *= 10;
    }
    *to = v;
    return SCHEMAC_OK;
}

static enum schemac_status
in_double(const struct field_in *f, double *to)
{
    int64_t v = 0;

    if (f->wire == WIRE_FLOAT4 || f->wire == WIRE_FLOAT8) {
        *to = schemac__wire_get_double(f->ptr, f->wire);
        return SCHEMAC_OK;
    }
    if (f->wire == WIRE_NUMERIC && schemac__wire_numeric_to_double(f->ptr, f->len, to))
        return SCHEMAC_OK;
    if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, &v))
        return refuse(f, "a number of floating point");
    *to = (double)v;
    return SCHEMAC_OK;
}

static enum schemac_status
in_float(const struct field_in *f, float *to)
{
    double v = 0;
    enum schemac_status status = in_double(f, &v);

    *to = 0;
    if (status != SCHEMAC_OK)
        return status;
    if (isfinite(v) && fabs(v) > (double)FLT_MAX)
        return refuse(f, "a number that a float can hold");
    *to = (float)v;
    return SCHEMAC_OK;
}

/* Copies where there is somewhere to copy to; never NULL for a value that is there. */
static enum schemac_status
place(const struct field_in *f, const char *from, size_t len, const void **to)
{
    void *copy;

    *to = from;
    if (f->into == NULL)
        return SCHEMAC_OK;
    copy = schemac_arena_alloc(f->into, len);
    if (copy == NULL)
        return schemac__no_memory(f->db);
    memcpy(copy, from, len);
    *to = copy;
    return SCHEMAC_OK;
}

/* The binary form of an enum, and of most types that extensions make of text, is text. */
static enum schemac_status
in_text(const struct field_in *f, struct schemac_text *to)
{
    size_t skipped = f->wire == WIRE_JSONB ? 1 : 0;
    const void *placed;
    enum schemac_status status;

    if (f->wire != WIRE_CHARACTERS && f->wire != WIRE_JSONB && f->wire != WIRE_OTHER)
        return refuse(f, "text");
    status = place(f, f->ptr + skipped, (size_t)f->len - skipped, &placed);
    *to = (struct schemac_text){ placed, (size_t)f->len - skipped };
    return status;
}

static enum schemac_status
in_bytes(const struct field_in *f, struct schemac_bytes *to)
{
    if (f->wire != WIRE_BYTES)
        return refuse(f, "bytes");
    to->len = (size_t)f->len;
    return place(f, f->ptr, to->len, &to->ptr);
}

static enum schemac_status
in_date(const struct field_in *f, int32_t *to)
{
    if (f->wire != WIRE_DATE || !schemac__wire_get_date(f->ptr, to))
        return refuse(f, "a date");
    return SCHEMAC_OK;
}

static enum schemac_status
in_time(const struct field_in *f, int64_t *to)
{
    if (f->wire != WIRE_TIME)
        return refuse(f, "a time of day");
    *to = (int64_t)schemac__wire_get(f->ptr, 8);
    return SCHEMAC_OK;
}

static enum schemac_status
in_timestamp(const struct field_in *f, int64_t *to)
{
    if (f->wire != WIRE_TIMESTAMP || !schemac__wire_get_timestamp(f->ptr, to))
        return refuse(f, "a timestamp of 64 bits");
    return SCHEMAC_OK;
}

static enum schemac_status
in_uuid(const struct field_in *f, struct schemac_uuid *to)
{
    if (f->wire != WIRE_UUID)
        return refuse(f, "a UUID");
    memcpy(to->bytes, f->ptr, sizeof to->bytes);
    return SCHEMAC_OK;
}

static enum schemac_status
in_enum(const struct field_in *f, void *to)
{
    bool is_text = f->wire == WIRE_CHARACTERS || f->wire == WIRE_OTHER;
    int v = is_text ? schemac_labels_find(f->column->labels,
                                          (struct schemac_text){ f->ptr, (size_t)f->len })
                    : 0;

    memcpy(to, &v, sizeof v);
    return v == 0 ? refuse(f, f->column->labels->name) : SCHEMAC_OK;
}

static enum schemac_status
in_plain(const struct field_in *f, void *to)
{
    switch ((enum schemac_codec)f->column->codec) {
    case SCHEMAC_CODEC_BOOL:
        return in_bool(f, to);
    case SCHEMAC_CODEC_INT16:
        return in_int16(f, to);
    case SCHEMAC_CODEC_INT32:
        return in_int32(f, to);
    case SCHEMAC_CODEC_INT64:
        return in_integer(f, INT64_MIN, INT64_MAX, "a 64-bit integer", to);
    case SCHEMAC_CODEC_DECIMAL:
        return in_decimal(f, to);
    case SCHEMAC_CODEC_FLOAT:
        return in_float(f, to);
    case SCHEMAC_CODEC_DOUBLE:
        return in_double(f, to);
    case SCHEMAC_CODEC_TEXT:
        return in_text(f, to);
    case SCHEMAC_CODEC_BYTES:
        return in_bytes(f, to);
    case SCHEMAC_CODEC_DATE:
        return in_date(f, to);
    case SCHEMAC_CODEC_TIME:
        return in_time(f, to);
    case SCHEMAC_CODEC_TIMESTAMP:
        return in_timestamp(f, to);
    case SCHEMAC_CODEC_UUID:
        return in_uuid(f, to);
    case SCHEMAC_CODEC_ENUM:
        return in_enum(f, to);
    }
    return SCHEMAC_MISUSE;
}

/* All codecs say NULL with zeros; an _opt has its is_set behind the value. */
static enum schemac_status
in_null(const struct field_in *f, char *field)
{
    size_t bytes = row_is_set_offset(f->column);

    if ((f->column->flags & SCHEMAC_COLUMN_NULLABLE) == 0)
        return schemac__row_fail(f->db, f->table, f->column, SCHEMAC_DECODE,
                                 "%s.%s holds NULL, which its type does not allow",
                                 f->table->name, f->column->name);
    memset(field, 0, bytes);
    if (row_has_opt(f->column))
        *(bool *)(field + bytes) = false;
    return SCHEMAC_OK;
}

/* A value that has not the length of its form came from no server that we know. */
static SCHEMAC__APART enum schemac_status
in_field(const struct field_in *f, char *field)
{
    int wanted = schemac__wire_bytes(f->wire);

    if (f->ptr == NULL)
        return in_null(f, field);
    if ((wanted != 0 && f->len != wanted) || (f->wire == WIRE_JSONB && f->len < 1))
        return refuse(f, "one of this library's lengths");
    if (row_has_opt(f->column))
        *(bool *)(field + row_is_set_offset(f->column)) = true;
    return in_plain(f, field);
}

/* What needs no look at it but its length: most fields of most rows.  False: in_field. */
static inline bool
in_quickly(const struct schemac_column *c, enum wire wire, const char *ptr, int len,
           char *field)
{
    int bytes = postgres_bits_of(c, wire);

    if (bytes == 0 || bytes != len)
        return false;
    postgres_bits_get(ptr, field, bytes);
    if ((c->flags & SCHEMAC_COLUMN_NULLABLE) != 0)
        *(bool *)(field + bytes) = true; /* _opt: behind the value */
    return true;
}

enum schemac_status
schemac__postgres_read_row(struct schemac_db *db, const struct schemac_table *table,
                           const struct postgres_row *from, struct row_columns columns,
                           void *row, struct schemac_arena *into)
{
    const struct schemac_column *first = table->columns;
    const PGresult *result = from->result;
    int count = (int)columns.count;

    for (int i = 0; i < count; i++) {
        const struct schemac_column *c = first + row_column_at(columns, (size_t)i);
        enum wire wire = (enum wire)from->wires[i];
        char *field = (char *)row + c->offset;
        int len = PQgetlength(result, from->number, i);
        const char *ptr = NULL;
        enum schemac_status status;

        if (len > 0 || PQgetisnull(result, from->number, i) == 0)
            ptr = PQgetvalue(result, from->number, i);
        if (in_quickly(c, wire, ptr, len, field))
            continue;
        status = in_field(&(struct field_in){ db, table, c, ptr, len, wire, into }, field);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_read(struct schemac_stmt *stmt, const struct schemac_table *table,
          struct row_columns columns, void *row, struct schemac_arena *into)
{
    const struct postgres_statement *s = stmt->native;
    const struct postgres_row from = { s->rows, s->row, s->wires };

    return schemac__postgres_read_row(stmt->db, table, &from, columns, row, into);
}

/* ---- what is asked for ---- */

/* Types whose binary form is their text, by the first word that declares them. */
static const char *const text_types[] = { "text",    "character", "char",
                                          "varchar", "bpchar",    "citext",
                                          "name",    "json",      "string" };

static const char *
rows_read_as(const struct schemac_column *column)
{
    size_t word = strcspn(column->type, " (");
    bool is_array = strchr(column->type, '[') != NULL;

    if (column->codec != SCHEMAC_CODEC_TEXT)
        return "";
    if (word == 5 && strncmp(column->type, "jsonb", 5) == 0 && !is_array)
        return "";
    for (size_t i = 0; i < sizeof text_types / sizeof *text_types && !is_array; i++)
        if (strlen(text_types[i]) == word
            && strncmp(column->type, text_types[i], word) == 0)
            return "";
    return "::text";
}

static void
rows_will_be_read(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;

    s->is_binary = true;
}

static bool
rows_is_outdated(const struct schemac_stmt *stmt)
{
    const struct postgres_statement *s = stmt->native;

    return s->is_outdated || s->connection == NOWHERE;
}

static void
rows_stream(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;

    s->streams = true;
}

const struct schemac__row_driver schemac__postgres_rows = {
    .placeholder = '$',
    .has_schemas = true,
    .bind = rows_bind,
    .bind_value = rows_bind_value,
    .read = rows_read,
    .read_as = rows_read_as,
    .will_be_read = rows_will_be_read,
    .stream = rows_stream,
    .is_outdated = rows_is_outdated,
    .insert_many = schemac__postgres_insert_many,
    .load = schemac__postgres_load,
};
