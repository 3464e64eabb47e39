/*
 * Fields of rows to and from SQLite.
 *
 * Binds are SQLITE_STATIC: what a row points to must live until the statement is done,
 * which for all operations but cursors is before the call returns.  Values are read
 * through sqlite3_column_value, one look-up per column; that is safe because a handle is
 * opened without a mutex of its own and used by one thread at a time.
 *
 * SQLite stores what it is given, whatever the column's type says, so that every value is
 * looked at before it becomes a field.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "runtime/row.h"
#include "runtime/sqlite.h"
#include "runtime/sqlite_array.h"

/* ---- binding ---- */

/* Where a value goes, and what to say if it cannot. */
struct target {
    struct schemac_db *db;
    sqlite3_stmt *native;
    struct schemac_arena *items; /* where arrays become texts */
    const struct schemac_table *table;
    const struct schemac_column *column;
    int at;
    sqlite3_destructor_type keep; /* SQLITE_STATIC or SQLITE_TRANSIENT */
};

static enum schemac_status
bound(const struct target *t, int code)
{
    if (code == SQLITE_OK)
        return SCHEMAC_OK;
    return schemac__row_explain(t->db, t->table, schemac__sqlite_error(t->db));
}

static enum schemac_status
bind_integer(const struct target *t, int64_t v)
{
    return bound(t, sqlite3_bind_int64(t->native, t->at, v));
}

/* SQLite would store NULL for what is not a number. */
static enum schemac_status
bind_real(const struct target *t, double v)
{
    if (isnan(v))
        return schemac__row_fail(t->db, t->table, t->column, SCHEMAC_CHECK,
                                 "%s.%s: NaN cannot be stored", t->table->name,
                                 t->column->name);
    return bound(t, sqlite3_bind_double(t->native, t->at, v));
}

static enum schemac_status
bind_text(const struct target *t, struct schemac_text v)
{
    return bound(
        t, sqlite3_bind_text64(t->native, t->at, v.ptr, v.len, t->keep, SQLITE_UTF8));
}

static enum schemac_status
bind_bytes(const struct target *t, const struct schemac_bytes *v)
{
    return bound(t, sqlite3_bind_blob64(t->native, t->at, v->ptr, v->len, t->keep));
}

/* A text that was made here; `len` 0: the value has none. */
static enum schemac_status
bind_made_text(const struct target *t, const char *text, size_t len)
{
    if (len == 0)
        return schemac__row_fail(t->db, t->table, t->column, SCHEMAC_CHECK,
                                 "%s.%s: the value is outside what can be stored "
                                 "(years 0000 to 9999, times up to 24:00:00)",
                                 t->table->name, t->column->name);
    return bound(t, sqlite3_bind_text64(t->native, t->at, text, len, SQLITE_TRANSIENT,
                                        SQLITE_UTF8));
}

static enum schemac_status
bind_date(const struct target *t, int32_t days)
{
    char text[SCHEMAC_DATE_TEXT_BYTES];

    return bind_made_text(t, text, schemac_date_to_text(days, text));
}

static enum schemac_status
bind_time(const struct target *t, int64_t microseconds)
{
    char text[SCHEMAC_TIME_TEXT_BYTES];

    return bind_made_text(t, text, schemac_time_to_text(microseconds, text));
}

static enum schemac_status
bind_timestamp(const struct target *t, int64_t microseconds)
{
    char text[SCHEMAC_TIMESTAMP_TEXT_BYTES];

    return bind_made_text(t, text, schemac_timestamp_to_text(microseconds, text));
}

static enum schemac_status
bind_uuid(const struct target *t, const struct schemac_uuid *uuid)
{
    char text[SCHEMAC_UUID_TEXT_BYTES];

    return bind_made_text(t, text, schemac_uuid_to_text(uuid, text));
}

static enum schemac_status
bind_enum(const struct target *t, int value)
{
    const struct schemac_labels *labels = t->column->labels;

    if (value == 0)
        return bound(t, sqlite3_bind_null(t->native, t->at));
    if (value < 0 || (size_t)value > labels->count)
        return schemac__row_fail(t->db, t->table, t->column, SCHEMAC_CHECK,
                                 "%s.%s: %d is no value of %s", t->table->name,
                                 t->column->name, value, labels->name);
    return bound(t, sqlite3_bind_text64(t->native, t->at, labels->items[value - 1].ptr,
                                        labels->items[value - 1].len, SQLITE_STATIC,
                                        SQLITE_UTF8));
}

static enum schemac_status
bind_array(const struct target *t, const void *field)
{
    const struct array_place place = { t->db, t->table, t->column, t->items };
    const struct schemac_arrays *arrays = t->table->arrays;
    const struct row_array array = schemac__row_array(field);
    struct schemac_text json = { NULL, 0 };
    enum schemac_status status = SCHEMAC_OK;

    if (arrays == NULL)
        return schemac__row_no_arrays(t->db, t->table, t->column);
    if (array.items != NULL || array.count != 0)
        status = arrays->sqlite->write(&place, array, &json);
    return status == SCHEMAC_OK ? bind_text(t, json) : status;
}

/* `value` is of the plain C type of the column. */
static enum schemac_status
bind_plain(const struct target *t, const void *value)
{
    switch ((enum schemac_codec)t->column->codec) {
    case SCHEMAC_CODEC_BOOL:
        return bind_integer(t, *(const bool *)value ? 1 : 0);
    case SCHEMAC_CODEC_INT16:
        return bind_integer(t, *(const int16_t *)value);
    case SCHEMAC_CODEC_INT32:
        return bind_integer(t, *(const int32_t *)value);
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
        return bind_integer(t, *(const int64_t *)value);
    case SCHEMAC_CODEC_FLOAT:
        return bind_real(t, (double)*(const float *)value);
    case SCHEMAC_CODEC_DOUBLE:
        return bind_real(t, *(const double *)value);
    case SCHEMAC_CODEC_TEXT:
        return bind_text(t, *(const struct schemac_text *)value);
    case SCHEMAC_CODEC_BYTES:
        return bind_bytes(t, value);
    case SCHEMAC_CODEC_DATE:
        return bind_date(t, *(const int32_t *)value);
    case SCHEMAC_CODEC_TIME:
        return bind_time(t, *(const int64_t *)value);
    case SCHEMAC_CODEC_TIMESTAMP:
        return bind_timestamp(t, *(const int64_t *)value);
    case SCHEMAC_CODEC_UUID:
        return bind_uuid(t, value);
    case SCHEMAC_CODEC_ENUM:
        return bind_enum(t, row_enum_at(value));
    case SCHEMAC_CODEC_ARRAY:
        return bind_array(t, value);
    }
    return SCHEMAC_MISUSE;
}

static enum schemac_status
bind_field(const struct target *t, const char *field)
{
    if (row_has_opt(t->column) && !*(const bool *)(field + row_is_set_offset(t->column)))
        return bound(t, sqlite3_bind_null(t->native, t->at));
    return bind_plain(t, field);
}

static enum schemac_status
rows_bind(struct schemac_stmt *stmt, const struct schemac_table *table,
          struct row_columns columns, const void *row, bool copies)
{
    struct target t = {
        .db = stmt->db,
        .native = stmt->native,
        .items = &stmt->items,
        .table = table,
        .keep = copies ? SQLITE_TRANSIENT : SQLITE_STATIC,
    };

    if (stmt->items.newest != NULL)
        schemac_arena_reset(&stmt->items);
    for (size_t i = 0; i < columns.count; i++) {
        enum schemac_status status;

        t.column = &table->columns[row_column_at(columns, i)];
        t.at = (int)i + 1;
        status = bind_field(&t, (const char *)row + t.column->offset);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_bind_value(struct schemac_stmt *stmt, const struct schemac_table *table,
                size_t column, int at, const void *value)
{
    const struct target t = {
        .db = stmt->db,
        .native = stmt->native,
        .items = &stmt->items,
        .table = table,
        .column = &table->columns[column],
        .at = at,
        .keep = SQLITE_TRANSIENT,
    };

    return bind_plain(&t, value);
}

/* ---- reading ---- */

struct source {
    struct schemac_db *db;
    const struct schemac_table *table;
    const struct schemac_column *column;
    sqlite3_value *value;
    int type;                   /* SQLITE_INTEGER … SQLITE_NULL */
    struct schemac_arena *into; /* NULL: texts are not copied */
    struct schemac_arena *items; /* where arrays are made */
};

/* A value that is not what the field can hold; `wanted`: "a date". */
static enum schemac_status
refuse(const struct source *s, const char *wanted)
{
    const char *text;
    char sample[SAMPLE_BYTES_MAX];

    if (s->type == SQLITE_NULL)
        return schemac__row_fail(s->db, s->table, s->column, SCHEMAC_DECODE,
                                 "%s.%s holds NULL, which its type does not allow",
                                 s->table->name, s->column->name);
    if (s->type == SQLITE_BLOB)
        return schemac__row_fail(s->db, s->table, s->column, SCHEMAC_DECODE,
                                 "%s.%s holds bytes, not %s", s->table->name,
                                 s->column->name, wanted);
    text = (const char *)sqlite3_value_text(s->value);
    if (text == NULL)
        return schemac__no_memory(s->db);
    schemac__copy(sample, sizeof sample, text, strlen(text));
    return schemac__row_fail(s->db, s->table, s->column, SCHEMAC_DECODE,
                             "%s.%s holds '%s', which is not %s", s->table->name,
                             s->column->name, sample, wanted);
}

static struct schemac_text
text_of(const struct source *s)
{
    const char *ptr = (const char *)sqlite3_value_text(s->value);

    return (struct schemac_text){ ptr, ptr == NULL
                                           ? 0
                                           : (size_t)sqlite3_value_bytes(s->value) };
}

static enum schemac_status
read_integer(const struct source *s, int64_t low, int64_t high, const char *wanted,
             int64_t *to)
{
    if (s->type != SQLITE_INTEGER)
        return refuse(s, wanted);
    *to = sqlite3_value_int64(s->value);
    return *to >= low && *to <= high ? SCHEMAC_OK : refuse(s, wanted);
}

static enum schemac_status
read_bool(const struct source *s, bool *to)
{
    int64_t v = 0;
    enum schemac_status status = read_integer(s, 0, 1, "a boolean (0 or 1)", &v);

    *to = v != 0;
    return status;
}

static enum schemac_status
read_int16(const struct source *s, int16_t *to)
{
    int64_t v = 0;
    enum schemac_status status =
        read_integer(s, INT16_MIN, INT16_MAX, "a 16-bit integer", &v);

    *to = status == SCHEMAC_OK ? (int16_t)v : 0;
    return status;
}

static enum schemac_status
read_int32(const struct source *s, int32_t *to)
{
    int64_t v = 0;
    enum schemac_status status =
        read_integer(s, INT32_MIN, INT32_MAX, "a 32-bit integer", &v);

    *to = status == SCHEMAC_OK ? (int32_t)v : 0;
    return status;
}

static enum schemac_status
read_double(const struct source *s, double *to)
{
    if (s->type != SQLITE_FLOAT && s->type != SQLITE_INTEGER)
        return refuse(s, "a number");
    *to = sqlite3_value_double(s->value);
    return SCHEMAC_OK;
}

static enum schemac_status
read_float(const struct source *s, float *to)
{
    double v = 0;
    enum schemac_status status = read_double(s, &v);

    *to = 0;
    if (status != SCHEMAC_OK)
        return status;
    if (!isinf(v) && (v > (double)FLT_MAX || v < -(double)FLT_MAX))
        return refuse(s, "a number that a float can hold");
    *to = (float)v;
    return SCHEMAC_OK;
}

/* Copies where there is somewhere to copy to; never NULL for a value that is there. */
static enum schemac_status
place(const struct source *s, const void *from, size_t len, const void **to)
{
    void *copy;

    *to = from;
    if (s->into == NULL)
        return SCHEMAC_OK;
    copy = schemac_arena_alloc(s->into, len);
    if (copy == NULL)
        return schemac__no_memory(s->db);
    memcpy(copy, from, len);
    *to = copy;
    return SCHEMAC_OK;
}

/* Numbers have a text too: a column of a view need not have a type. */
static enum schemac_status
read_text(const struct source *s, struct schemac_text *to)
{
    struct schemac_text text;
    const void *placed;
    enum schemac_status status;

    if (s->type == SQLITE_BLOB)
        return refuse(s, "text");
    text = text_of(s);
    if (text.ptr == NULL)
        return schemac__no_memory(s->db);
    status = place(s, text.ptr, text.len, &placed);
    *to = (struct schemac_text){ placed, text.len };
    return status;
}

static enum schemac_status
read_bytes(const struct source *s, struct schemac_bytes *to)
{
    const void *ptr;
    size_t len;
    enum schemac_status status;

    if (s->type != SQLITE_BLOB)
        return refuse(s, "bytes");
    ptr = sqlite3_value_blob(s->value);
    len = (size_t)sqlite3_value_bytes(s->value);
    if (ptr == NULL && len > 0)
        return schemac__no_memory(s->db);
    status = place(s, ptr == NULL ? "" : ptr, len, &to->ptr);
    to->len = len;
    return status;
}

static enum schemac_status
read_date(const struct source *s, int32_t *to)
{
    if (s->type != SQLITE_TEXT || !schemac_date_from_text(text_of(s), to))
        return refuse(s, "a date");
    return SCHEMAC_OK;
}

static enum schemac_status
read_time(const struct source *s, int64_t *to)
{
    if (s->type != SQLITE_TEXT || !schemac_time_from_text(text_of(s), to))
        return refuse(s, "a time of day");
    return SCHEMAC_OK;
}

static enum schemac_status
read_timestamp(const struct source *s, int64_t *to)
{
    if (s->type != SQLITE_TEXT || !schemac_timestamp_from_text(text_of(s), to))
        return refuse(s, "a timestamp");
    return SCHEMAC_OK;
}

static enum schemac_status
read_uuid(const struct source *s, struct schemac_uuid *to)
{
    if (s->type != SQLITE_TEXT || !schemac_uuid_from_text(text_of(s), to))
        return refuse(s, "a UUID");
    return SCHEMAC_OK;
}

static enum schemac_status
read_enum(const struct source *s, void *to)
{
    int v =
        s->type == SQLITE_TEXT ? schemac_labels_find(s->column->labels, text_of(s)) : 0;

    memcpy(to, &v, sizeof v);
    return v == 0 ? refuse(s, s->column->labels->name) : SCHEMAC_OK;
}

static enum schemac_status
read_array(const struct source *s, void *to)
{
    const struct array_place place = { s->db, s->table, s->column, s->items };
    const struct schemac_arrays *arrays = s->table->arrays;
    struct schemac_text json;

    if (arrays == NULL)
        return schemac__row_no_arrays(s->db, s->table, s->column);
    if (s->type != SQLITE_TEXT)
        return refuse(s, "a JSON array");
    json = text_of(s);
    return json.ptr == NULL ? schemac__no_memory(s->db)
                            : arrays->sqlite->read(&place, json, to);
}

static enum schemac_status
read_plain(const struct source *s, void *to)
{
    switch ((enum schemac_codec)s->column->codec) {
    case SCHEMAC_CODEC_BOOL:
        return read_bool(s, to);
    case SCHEMAC_CODEC_INT16:
        return read_int16(s, to);
    case SCHEMAC_CODEC_INT32:
        return read_int32(s, to);
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
        return read_integer(s, INT64_MIN, INT64_MAX, "an integer", to);
    case SCHEMAC_CODEC_FLOAT:
        return read_float(s, to);
    case SCHEMAC_CODEC_DOUBLE:
        return read_double(s, to);
    case SCHEMAC_CODEC_TEXT:
        return read_text(s, to);
    case SCHEMAC_CODEC_BYTES:
        return read_bytes(s, to);
    case SCHEMAC_CODEC_DATE:
        return read_date(s, to);
    case SCHEMAC_CODEC_TIME:
        return read_time(s, to);
    case SCHEMAC_CODEC_TIMESTAMP:
        return read_timestamp(s, to);
    case SCHEMAC_CODEC_UUID:
        return read_uuid(s, to);
    case SCHEMAC_CODEC_ENUM:
        return read_enum(s, to);
    case SCHEMAC_CODEC_ARRAY:
        return read_array(s, to);
    }
    return SCHEMAC_MISUSE;
}

/* All codecs say NULL with zeros; an _opt has its is_set behind the value. */
static enum schemac_status
read_null(const struct source *s, char *field)
{
    size_t bytes = row_is_set_offset(s->column);

    if ((s->column->flags & SCHEMAC_COLUMN_NULLABLE) == 0)
        return refuse(s, "");
    memset(field, 0, bytes);
    if (row_has_opt(s->column))
        *(bool *)(field + bytes) = false;
    return SCHEMAC_OK;
}

static enum schemac_status
read_field(const struct source *s, char *field)
{
    if (s->type == SQLITE_NULL)
        return read_null(s, field);
    if (row_has_opt(s->column))
        *(bool *)(field + row_is_set_offset(s->column)) = true;
    return read_plain(s, field);
}

/* ---- reading what is stored as the field has it: most fields of most rows ---- */

enum quick {
    QUICK_NO, /* the functions above have to look at it */
    QUICK_DONE,
    QUICK_NO_MEMORY
};

static SCHEMAC__WITHIN enum quick
quick_int64(const struct row_field *f, sqlite3_value *value, char *row)
{
    int64_t v;

    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return QUICK_NO;
    v = sqlite3_value_int64(value);
    memcpy(row + f->offset, &v, sizeof v);
    return QUICK_DONE;
}

static SCHEMAC__WITHIN enum quick
quick_int32(const struct row_field *f, sqlite3_value *value, char *row)
{
    int64_t v;
    int32_t narrow;

    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return QUICK_NO;
    v = sqlite3_value_int64(value);
    narrow = (int32_t)v;
    memcpy(row + f->offset, &narrow, sizeof narrow);
    return v == narrow ? QUICK_DONE : QUICK_NO;
}

static SCHEMAC__WITHIN enum quick
quick_double(const struct row_field *f, sqlite3_value *value, char *row)
{
    double v;

    if (sqlite3_value_type(value) != SQLITE_FLOAT)
        return QUICK_NO;
    v = sqlite3_value_double(value);
    memcpy(row + f->offset, &v, sizeof v);
    return QUICK_DONE;
}

static SCHEMAC__WITHIN enum quick
quick_text(const struct row_field *f, sqlite3_value *value, char *row,
           struct schemac_arena *into)
{
    struct schemac_text text = { NULL, 0 };
    int type = sqlite3_value_type(value);

    if (type == SQLITE_TEXT) {
        text.ptr = (const char *)sqlite3_value_text(value);
        text.len = (size_t)sqlite3_value_bytes(value);
        if (into != NULL && text.ptr != NULL)
            text.ptr = schemac__arena_copy(into, text.ptr, text.len);
        if (text.ptr == NULL)
            return QUICK_NO_MEMORY;
    } else if (type != SQLITE_NULL || !f->is_nullable) {
        return QUICK_NO;
    }
    memcpy(row + f->offset, &text, sizeof text);
    return QUICK_DONE;
}

static SCHEMAC__WITHIN enum quick
read_quickly(const struct row_field *f, sqlite3_value *value, char *row,
             struct schemac_arena *into)
{
    if (f->simple == ROW_SIMPLE_INT64)
        return quick_int64(f, value, row);
    if (f->simple == ROW_SIMPLE_TEXT)
        return quick_text(f, value, row, into);
    if (f->simple == ROW_SIMPLE_INT32)
        return quick_int32(f, value, row);
    return f->simple == ROW_SIMPLE_DOUBLE ? quick_double(f, value, row) : QUICK_NO;
}

/* ---- a row ---- */

static SCHEMAC__APART enum schemac_status
read_with_care(struct schemac_stmt *stmt, const struct row_plan *plan, int at,
               void *row, struct schemac_arena *into)
{
    size_t column = row_column_at(plan->columns, (size_t)at);
    struct source s = {
        .db = stmt->db,
        .table = plan->table,
        .column = &plan->table->columns[column],
        .value = sqlite3_column_value(stmt->native, at),
        .into = into,
        .items = into == NULL ? &stmt->items : into,
    };

    s.type = sqlite3_value_type(s.value);
    return read_field(&s, (char *)row + s.column->offset);
}

static SCHEMAC__WITHIN enum schemac_status
read_row(struct schemac_stmt *stmt, const struct schemac_table *table,
         struct row_columns columns, void *row, struct schemac_arena *into)
{
    const struct row_plan *plan = schemac__row_plan(stmt, table, columns);
    sqlite3_stmt *native = stmt->native;
    const struct row_field *f;
    const struct row_field *end;

    if (plan == NULL)
        return SCHEMAC_NO_MEMORY;
    if (into == NULL && stmt->items.newest != NULL)
        schemac_arena_reset(&stmt->items);
    f = plan->fields;
    end = f + columns.count;
    for (int i = 0; f < end; i++, f++) {
        sqlite3_value *value = sqlite3_column_value(native, i);
        enum quick quick = read_quickly(f, value, row, into);
        enum schemac_status status;

        if (quick == QUICK_DONE)
            continue;
        status = quick == QUICK_NO ? read_with_care(stmt, plan, i, row, into)
                                   : schemac__no_memory(stmt->db);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_read(struct schemac_stmt *stmt, const struct schemac_table *table,
          struct row_columns columns, void *row, struct schemac_arena *into)
{
    return read_row(stmt, table, columns, row, into);
}

static enum schemac_status
rows_next(struct schemac_stmt *stmt, const struct schemac_table *table, void *row,
          struct schemac_arena *into)
{
    int code = sqlite3_step(stmt->native);
    enum schemac_status status;

    if (code != SQLITE_ROW)
        return schemac__sqlite_stepped(stmt, code);
    status = read_row(stmt, table, row_all_columns(table), row, into);
    return status == SCHEMAC_OK ? SCHEMAC_ROW : status;
}

static enum schemac_status
rows_bind_results(struct schemac_stmt *to, const struct schemac_stmt *from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (sqlite3_bind_value(to->native, (int)i + 1,
                               sqlite3_column_value(from->native, (int)i))
            != SQLITE_OK)
            return schemac__sqlite_error(to->db);
    return SCHEMAC_OK;
}

static int64_t
rows_inserted_id(struct schemac_db *db)
{
    return sqlite3_last_insert_rowid(db->native);
}

const struct schemac__row_driver schemac__sqlite_rows = {
    .placeholder = '?',
    .inserted_id = rows_inserted_id,
    .returns_early = true,
    .bind_results = rows_bind_results,
    .is_listed = " IN (SELECT value FROM " SQLITE_LIST "(?1))",
    .bind = rows_bind,
    .bind_value = rows_bind_value,
    .read = rows_read,
    .next = rows_next,
};
