/*
 * Fields of rows as they come from PostgreSQL.
 *
 * Results are in binary; a value that is not what the field can hold is refused.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "runtime/postgres_bits.h"
#include "runtime/postgres_rows.h"

enum schemac_status
schemac__postgres_refuse(const struct field_in *f, const char *wanted)
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

/* A boolean is 0 or 1, where @c asks for a number. */
static enum schemac_status
in_integer(const struct field_in *f, int64_t low, int64_t high, const char *wanted,
           int64_t *to)
{
    if (f->wire == WIRE_BOOL)
        *to = f->ptr[0] != 0;
    else if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, to) || *to < low
             || *to > high)
        return schemac__postgres_refuse(f, wanted);
    return SCHEMAC_OK;
}

static enum schemac_status
in_bool(const struct field_in *f, bool *to)
{
    int64_t v = 0;
    enum schemac_status status = in_integer(f, 0, 1, "a boolean", &v);

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
            return schemac__postgres_refuse(
                f, "a decimal of 64 bits with the digits of its type");
        return SCHEMAC_OK;
    }
    if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, &v))
        return schemac__postgres_refuse(f, "a decimal");
    for (int i = 0; i < f->column->scale; i++) {
        if (v > INT64_MAX / 10 || v < INT64_MIN / 10)
            return schemac__postgres_refuse(f, "a decimal of 64 bits");
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
        return schemac__postgres_refuse(f, "a number of floating point");
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
        return schemac__postgres_refuse(f, "a number that a float can hold");
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
        return schemac__postgres_refuse(f, "text");
    status = place(f, f->ptr + skipped, (size_t)f->len - skipped, &placed);
    *to = (struct schemac_text){ placed, (size_t)f->len - skipped };
    return status;
}

static enum schemac_status
in_bytes(const struct field_in *f, struct schemac_bytes *to)
{
    if (f->wire != WIRE_BYTES)
        return schemac__postgres_refuse(f, "bytes");
    to->len = (size_t)f->len;
    return place(f, f->ptr, to->len, &to->ptr);
}

static enum schemac_status
in_date(const struct field_in *f, int32_t *to)
{
    if (f->wire != WIRE_DATE || !schemac__wire_get_date(f->ptr, to))
        return schemac__postgres_refuse(f, "a date");
    return SCHEMAC_OK;
}

static enum schemac_status
in_time(const struct field_in *f, int64_t *to)
{
    if (f->wire != WIRE_TIME)
        return schemac__postgres_refuse(f, "a time of day");
    *to = (int64_t)schemac__wire_get(f->ptr, 8);
    return SCHEMAC_OK;
}

static enum schemac_status
in_timestamp(const struct field_in *f, int64_t *to)
{
    if (f->wire != WIRE_TIMESTAMP || !schemac__wire_get_timestamp(f->ptr, to))
        return schemac__postgres_refuse(f, "a timestamp of 64 bits");
    return SCHEMAC_OK;
}

static enum schemac_status
in_uuid(const struct field_in *f, struct schemac_uuid *to)
{
    if (f->wire != WIRE_UUID)
        return schemac__postgres_refuse(f, "a UUID");
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
    return v == 0 ? schemac__postgres_refuse(f, f->column->labels->name) : SCHEMAC_OK;
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
    case SCHEMAC_CODEC_ARRAY:
        return f->table->arrays == NULL
                   ? schemac__row_no_arrays(f->db, f->table, f->column)
                   : f->table->arrays->postgres->in(f, to);
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
SCHEMAC__APART enum schemac_status
schemac__postgres_field_in(const struct field_in *f, char *field)
{
    int wanted = schemac__wire_bytes(f->wire);

    if (f->ptr == NULL)
        return in_null(f, field);
    if ((wanted != 0 && f->len != wanted) || (f->wire == WIRE_JSONB && f->len < 1))
        return schemac__postgres_refuse(f, "one of this library's lengths");
    if (row_has_opt(f->column))
        *(bool *)(field + row_is_set_offset(f->column)) = true;
    return in_plain(f, field);
}

/* How a field is moved that needs no look at what it means: so many bytes of a number, or
 * a text. */
enum { MOVE_TEXT = -1, MOVE_WITH_CARE = -2 };

static int8_t
move_of(const struct row_field *f, enum wire wire)
{
    if (f->simple == ROW_SIMPLE_TEXT && wire == WIRE_CHARACTERS)
        return MOVE_TEXT;
    if ((f->simple == ROW_SIMPLE_INT64 && wire == WIRE_INT8)
        || (f->simple == ROW_SIMPLE_DOUBLE && wire == WIRE_FLOAT8))
        return 8;
    return f->simple == ROW_SIMPLE_INT32 && wire == WIRE_INT4 ? 4 : MOVE_WITH_CARE;
}

/* Holds for as long as the columns of the statement have these wires. */
static SCHEMAC__APART const struct row_plan *
plan_moves(struct schemac_stmt *stmt, const struct schemac_table *table,
           struct row_columns columns)
{
    const struct postgres_statement *s = stmt->native;
    struct row_plan *plan = schemac__row_new_plan(stmt, table, columns);

    for (size_t i = 0; plan != NULL && i < columns.count; i++)
        plan->fields[i].move = move_of(&plan->fields[i], (enum wire)s->wires[i]);
    return plan;
}

static SCHEMAC__APART enum schemac_status
in_with_care(struct schemac_stmt *stmt, int at, char *row, struct schemac_arena *into)
{
    const struct postgres_statement *s = stmt->native;
    const struct row_plan *plan = stmt->plan;
    size_t column = row_column_at(plan->columns, (size_t)at);
    const struct field_in f = {
        .db = stmt->db,
        .table = plan->table,
        .column = &plan->table->columns[column],
        .ptr = PQgetisnull(s->rows, s->row, at) == 1 ? NULL
                                                     : PQgetvalue(s->rows, s->row, at),
        .len = PQgetlength(s->rows, s->row, at),
        .wire = (enum wire)s->wires[at],
        .into = into,
        .items = into == NULL ? &stmt->items : into,
    };

    return schemac__postgres_field_in(&f, row + f.column->offset);
}

/* A text of `len` bytes, or NULL, which has none. */
static enum schemac_status
in_quick_text(struct schemac_stmt *stmt, int at, size_t len, char *row,
              struct schemac_arena *into)
{
    const struct postgres_statement *s = stmt->native;
    const struct row_field *f = &((const struct row_plan *)stmt->plan)->fields[at];
    const char *ptr = NULL;
    struct schemac_text text;

    if (len > 0 || PQgetisnull(s->rows, s->row, at) == 0)
        ptr = PQgetvalue(s->rows, s->row, at);
    else if (!f->is_nullable)
        return in_with_care(stmt, at, row, into);
    if (ptr != NULL && into != NULL) {
        ptr = schemac__arena_copy(into, ptr, len);
        if (ptr == NULL)
            return schemac__no_memory(stmt->db);
    }
    text = (struct schemac_text){ ptr, len };
    memcpy(row + f->offset, &text, sizeof text);
    return SCHEMAC_OK;
}

enum schemac_status
schemac__postgres_read_row(struct schemac_stmt *stmt, const struct schemac_table *table,
                           struct row_columns columns, void *row,
                           struct schemac_arena *into)
{
    const struct row_plan *plan = schemac__row_kept_plan(stmt, table, columns);
    const struct postgres_statement *s = stmt->native;
    const PGresult *result = s->rows;
    int count = (int)columns.count;
    int number = s->row;

    if (plan == NULL)
        plan = plan_moves(stmt, table, columns);
    if (plan == NULL)
        return SCHEMAC_NO_MEMORY;
    if (into == NULL && stmt->items.newest != NULL)
        schemac_arena_reset(&stmt->items);
    for (int i = 0; i < count; i++) {
        const struct row_field *f = &plan->fields[i];
        int len = PQgetlength(result, number, i); /* of NULL: 0 */
        enum schemac_status status;

        if (len == f->move) {
            postgres_bits_get(PQgetvalue(result, number, i), (char *)row + f->offset,
                              f->move);
            continue;
        }
        status = f->move == MOVE_TEXT
                     ? in_quick_text(stmt, i, (size_t)len, row, into)
                     : in_with_care(stmt, i, row, into);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}
