/*
 * Fields of rows as they come from PostgreSQL.
 *
 * Results are in binary; a value that is not what the field can hold is refused.
 */
#include <string.h>

#include "runtime/postgres_bits.h"
#include "runtime/postgres_rows.h"

/* The binary form of an enum, and of most types that extensions make of text, is text. */
static bool
is_text(const struct field_in *f)
{
    return f->wire == WIRE_CHARACTERS || f->wire == WIRE_OTHER;
}

enum schemac_status
schemac__postgres_refuse(const struct field_in *f, const char *wanted)
{
    const struct schemac_text text = { f->ptr, (size_t)f->len };

    if (is_text(f))
        return schemac__row_holds(&f->place, text, wanted);
    (void)schemac__row_fail(&f->place, SCHEMAC_DECODE, " holds a value that is not ");
    schemac__error_add(f->place.db, wanted);
    return SCHEMAC_DECODE;
}

static enum schemac_status
refuse(const struct field_in *f)
{
    return schemac__postgres_refuse(f, schemac__row_wanted(&f->place, f->place.column));
}

/* A boolean is 0 or 1, where @c asks for a number. */
static bool
in_integer(const struct field_in *f, void *to)
{
    int64_t v;

    if (f->wire == WIRE_BOOL)
        v = f->ptr[0] != 0;
    else if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, &v))
        return false;
    return schemac__row_put_integer(f->place.column, to, v);
}

/* A sum of whole numbers is a numeric, too. */
static bool
in_decimal(const struct field_in *f, int64_t *to)
{
    int scale = f->place.column->scale;
    int64_t v;

    if (f->wire == WIRE_NUMERIC)
        return schemac__wire_get_numeric(f->ptr, f->len, scale, to);
    if (!schemac__wire_get_integer(f->ptr, f->len, f->wire, &v))
        return false;
    for (; scale > 0; scale--, v *= 10)
        if (v > INT64_MAX / 10 || v < INT64_MIN / 10)
            return false;
    *to = v;
    return true;
}

static bool
in_real(const struct field_in *f, void *to)
{
    double v;
    int64_t whole;

    if (f->wire == WIRE_FLOAT4 || f->wire == WIRE_FLOAT8)
        v = schemac__wire_get_double(f->ptr, f->wire);
    else if (f->wire == WIRE_NUMERIC) {
        if (!schemac__wire_numeric_to_double(f->ptr, f->len, &v))
            return false;
    } else if (schemac__wire_get_integer(f->ptr, f->len, f->wire, &whole))
        v = (double)whole;
    else
        return false;
    return schemac__row_put_real(f->place.column, to, v);
}

static bool
in_time(const struct field_in *f, int64_t *to)
{
    if (f->wire != WIRE_TIME)
        return false;
    *to = (int64_t)schemac__wire_get(f->ptr, 8);
    return true;
}

static bool
in_uuid(const struct field_in *f, struct schemac_uuid *to)
{
    if (f->wire != WIRE_UUID)
        return false;
    memcpy(to->bytes, f->ptr, sizeof to->bytes);
    return true;
}

static enum schemac_status
in_enum(const struct field_in *f, void *to)
{
    const struct schemac_texts *texts = schemac__row_texts(&f->place, f->place.column);
    const struct schemac_text label = { f->ptr, (size_t)f->len };

    if (texts == NULL)
        return SCHEMAC_MISUSE;
    return is_text(f) && texts->read(f->place.column, label, to)
               ? SCHEMAC_OK
               : refuse(f);
}

/* Text and bytes: a pointer, and how many; never NULL for a value that is there. */
static enum schemac_status
in_characters(const struct field_in *f, void *to)
{
    size_t skipped = f->wire == WIRE_JSONB ? 1 : 0;
    size_t len = (size_t)f->len - skipped;
    const void *kept =
        schemac__row_keep(f->place.db, f->into, f->ptr + skipped, len);

    schemac__row_put_array(to, (struct row_array){ kept, len });
    return kept == NULL ? SCHEMAC_NO_MEMORY : SCHEMAC_OK;
}

static enum schemac_status
in_array(const struct field_in *f, void *to)
{
    const struct schemac_arrays *arrays = f->place.table->arrays;

    return arrays == NULL ? schemac__row_undescribed(&f->place)
                          : arrays->postgres->in(f, to);
}

static enum schemac_status
in_plain(const struct field_in *f, void *to)
{
    bool fits = false;

    switch ((enum schemac_codec)f->place.column->codec) {
    case SCHEMAC_CODEC_BOOL:
    case SCHEMAC_CODEC_INT16:
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_INT64:
        fits = in_integer(f, to);
        break;
    case SCHEMAC_CODEC_DECIMAL:
        fits = in_decimal(f, to);
        break;
    case SCHEMAC_CODEC_FLOAT:
    case SCHEMAC_CODEC_DOUBLE:
        fits = in_real(f, to);
        break;
    case SCHEMAC_CODEC_DATE:
        fits = f->wire == WIRE_DATE && schemac__wire_get_date(f->ptr, to);
        break;
    case SCHEMAC_CODEC_TIME:
        fits = in_time(f, to);
        break;
    case SCHEMAC_CODEC_TIMESTAMP:
        fits = f->wire == WIRE_TIMESTAMP && schemac__wire_get_timestamp(f->ptr, to);
        break;
    case SCHEMAC_CODEC_UUID:
        fits = in_uuid(f, to);
        break;
    case SCHEMAC_CODEC_ENUM:
        return in_enum(f, to);
    case SCHEMAC_CODEC_TEXT:
        if (is_text(f) || f->wire == WIRE_JSONB)
            return in_characters(f, to);
        break;
    case SCHEMAC_CODEC_BYTES:
        if (f->wire == WIRE_BYTES)
            return in_characters(f, to);
        break;
    case SCHEMAC_CODEC_ARRAY:
        return in_array(f, to);
    }
    return fits ? SCHEMAC_OK : refuse(f);
}

/* A value that has not the length of its form came from no server that we know. */
SCHEMAC__APART enum schemac_status
schemac__postgres_field_in(const struct field_in *f, char *field)
{
    int wanted = schemac__wire_bytes(f->wire);

    if (f->ptr == NULL)
        return schemac__row_put_null(&f->place, field);
    if ((wanted != 0 && f->len != wanted) || (f->wire == WIRE_JSONB && f->len < 1))
        return schemac__postgres_refuse(f, "one of this library's lengths");
    schemac__row_put_set(f->place.column, field);
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
static SCHEMAC__APART void
plan_moves(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;
    struct row_plan *plan = stmt->plan;
    struct row_field *f = plan->fields + plan->bound;

    for (size_t i = 0; i < plan->end - plan->bound; i++, f++)
        f->move = move_of(f, (enum wire)s->wires[i]);
    s->is_planned = true;
}

static SCHEMAC__APART enum schemac_status
in_with_care(struct schemac_stmt *stmt, int at, char *row, struct schemac_arena *into)
{
    const struct postgres_statement *s = stmt->native;
    const struct row_plan *plan = stmt->plan;
    const struct field_in f = {
        .place = { stmt->db, plan->table, plan->fields[plan->bound + (size_t)at].column },
        .ptr = PQgetisnull(s->rows, s->row, at) == 1 ? NULL
                                                     : PQgetvalue(s->rows, s->row, at),
        .len = PQgetlength(s->rows, s->row, at),
        .wire = (enum wire)s->wires[at],
        .into = into,
        .items = into == NULL ? &stmt->items : into,
    };

    return schemac__postgres_field_in(&f, row + f.place.column->offset);
}

/* A text of `len` bytes, or NULL, which has none. */
static enum schemac_status
in_quick_text(struct schemac_stmt *stmt, int at, size_t len, char *row,
              struct schemac_arena *into)
{
    const struct postgres_statement *s = stmt->native;
    const struct row_field *f = &stmt->plan->fields[stmt->plan->bound + (size_t)at];
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
schemac__postgres_read_row(struct schemac_stmt *stmt, void *row,
                           struct schemac_arena *into)
{
    const struct postgres_statement *s = stmt->native;
    const struct row_field *f = stmt->plan->fields + stmt->plan->bound;
    const PGresult *result = s->rows;
    int count = (int)(stmt->plan->end - stmt->plan->bound);
    int number = s->row;

    if (!s->is_planned)
        plan_moves(stmt);
    if (into == NULL && stmt->items.newest != NULL)
        schemac_arena_reset(&stmt->items);
    for (int i = 0; i < count; i++, f++) {
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
