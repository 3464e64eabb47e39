/*
 * Arrays to and from the JSON that SQLite keeps for them.
 *
 * Numbers and booleans are themselves, decimals with the digits of their scale; dates,
 * times and UUIDs are strings as the columns of these types have them, bytes a string of
 * \x and hexadecimal digits, an enum its label.  What is written has no blanks, so that
 * equal arrays are equal texts.
 */
#include "runtime/sqlite_array.h"

#include <float.h>
#include <math.h>

#include "runtime/sqlite_json.h"

#define FLOAT_END ((double)FLT_MAX + 0x1p103) /* below, the nearest float is FLT_MAX */

/* ---- reading ---- */

/* An item on its way in. */
struct item_in {
    const struct row_place *place;
    const struct schemac_column *column; /* as each item is one */
    enum json_kind kind;
    struct schemac_text text; /* of a number; of a string, in memory that stays */
};

static bool
read_integer(const struct item_in *in, void *to)
{
    int64_t v;

    return in->kind == JSON_NUMBER && schemac__json_int64(in->text, &v)
           && schemac__row_put_integer(in->column, to, v);
}

static bool
read_bool(const struct item_in *in, bool *to)
{
    *to = in->kind == JSON_TRUE;
    return in->kind == JSON_TRUE || in->kind == JSON_FALSE;
}

static bool
read_float(const struct item_in *in, float *to)
{
    double v;
    bool ok = in->kind == JSON_NUMBER && schemac__json_double(in->text, &v)
              && fabs(v) < FLOAT_END;

    *to = ok ? (float)v : 0;
    return ok;
}

/* A number has a text, too: digits that no C type holds. */
static bool
read_text(const struct item_in *in, struct schemac_text *to)
{
    *to = in->text;
    return in->kind == JSON_STRING || in->kind == JSON_NUMBER;
}

/* In place: two digits become a byte before them. */
static bool
read_bytes(const struct item_in *in, struct schemac_bytes *to)
{
    char *out = (char *)(uintptr_t)in->text.ptr;
    const char *from;
    size_t count;

    if (in->kind != JSON_STRING || in->text.len < 2 || in->text.len % 2 != 0
        || memcmp(in->text.ptr, "\\x", 2) != 0)
        return false;
    from = in->text.ptr + 2;
    count = in->text.len / 2 - 1;
    for (size_t i = 0; i < count; i++) {
        int high = schemac__hex_value(from[2 * i]);
        int low = schemac__hex_value(from[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out[i] = (char)(unsigned char)(high * 16 + low);
    }
    *to = (struct schemac_bytes){ out, count };
    return true;
}

static bool
read_from_text(const struct item_in *in, void *to)
{
    const struct schemac_texts *texts = schemac__row_texts(in->place, in->column);

    return texts != NULL && in->kind == JSON_STRING
           && texts->read(in->column, in->text, to);
}

/* NULL: it is there; else what it is not. */
static const char *
read_item(const struct item_in *in, void *to)
{
    switch ((enum schemac_codec)in->column->codec) {
    case SCHEMAC_CODEC_BOOL:
        return read_bool(in, to) ? NULL : "an array of booleans";
    case SCHEMAC_CODEC_INT16:
        return read_integer(in, to) ? NULL : "an array of 16-bit integers";
    case SCHEMAC_CODEC_INT32:
        return read_integer(in, to) ? NULL : "an array of 32-bit integers";
    case SCHEMAC_CODEC_INT64:
        return read_integer(in, to) ? NULL : "an array of 64-bit integers";
    case SCHEMAC_CODEC_DECIMAL:
        return in->kind == JSON_NUMBER
                       && schemac_decimal_from_text(in->text, in->column->scale, to)
                   ? NULL
                   : "an array of decimals with the digits of their type";
    case SCHEMAC_CODEC_FLOAT:
        return read_float(in, to) ? NULL : "an array of numbers that a float can hold";
    case SCHEMAC_CODEC_DOUBLE:
        return in->kind == JSON_NUMBER && schemac__json_double(in->text, to)
                   ? NULL
                   : "an array of numbers of floating point";
    case SCHEMAC_CODEC_TEXT:
        return read_text(in, to) ? NULL : "an array of texts";
    case SCHEMAC_CODEC_BYTES:
        return read_bytes(in, to) ? NULL : "an array of bytes in hexadecimal digits";
    case SCHEMAC_CODEC_DATE:
        return read_from_text(in, to) ? NULL : "an array of dates";
    case SCHEMAC_CODEC_TIME:
        return read_from_text(in, to) ? NULL : "an array of times";
    case SCHEMAC_CODEC_TIMESTAMP:
        return read_from_text(in, to) ? NULL : "an array of timestamps";
    case SCHEMAC_CODEC_UUID:
        return read_from_text(in, to) ? NULL : "an array of UUIDs";
    case SCHEMAC_CODEC_ENUM:
        return read_from_text(in, to) ? NULL : schemac__row_wanted(in->place, in->column);
    case SCHEMAC_CODEC_ARRAY:
        break;
    }
    return "an array that can be read";
}

/* How many items there are, and the bytes of their texts. */
static enum schemac_status
measure(const struct row_place *p, struct schemac_text json, size_t *count,
        size_t *bytes)
{
    struct json_reader r;
    struct json_item item;
    enum json_step step;

    *count = 0;
    *bytes = 0;
    if (!schemac__json_begin(&r, json))
        return schemac__row_holds(p, json, "a JSON array");
    while ((step = schemac__json_next(&r, &item)) == JSON_ITEM) {
        ++*count;
        *bytes += item.raw.len;
    }
    if (step == JSON_NESTED)
        return schemac__row_holds(p, json, "an array of one dimension");
    return step == JSON_END ? SCHEMAC_OK : schemac__row_holds(p, json, "a JSON array");
}

/* Where the texts of the items go, one behind the other. */
static struct schemac_text
text_of(const struct json_item *item, char **texts)
{
    char *to = *texts;
    size_t len = schemac__json_unescape(item->raw, to);

    *texts += len;
    return (struct schemac_text){ to, len };
}

static enum schemac_status
read_items(const struct row_place *p, struct schemac_text json, char *items,
           char *texts)
{
    const struct schemac_column column = schemac__row_item(p->column);
    size_t bytes = schemac__row_item_bytes(p->column);
    struct item_in in = { .place = p, .column = &column };
    struct json_reader r;
    struct json_item item;

    (void)schemac__json_begin(&r, json);
    for (; schemac__json_next(&r, &item) == JSON_ITEM; items += bytes) {
        const char *wanted;

        if (item.kind == JSON_NULL) {
            if ((column.flags & SCHEMAC_COLUMN_NULLABLE) == 0)
                return schemac__row_null_item(p);
            continue; /* zeros say it */
        }
        in.kind = item.kind;
        in.text = text_of(&item, &texts);
        wanted = read_item(&in, items);
        if (wanted != NULL)
            return schemac__row_holds(p, json, wanted);
        if (row_has_opt(&column))
            *(bool *)(items + row_is_set_offset(&column)) = true;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
read_array(const struct row_place *p, struct schemac_arena *into,
           struct schemac_text json, void *field)
{
    struct row_array array;
    enum schemac_status status;
    size_t text_bytes;
    char *texts;
    char *items;

    status = measure(p, json, &array.count, &text_bytes);
    if (status != SCHEMAC_OK)
        return status;
    items = schemac__row_new_items(p->db, p->column, array.count, into);
    if (items == NULL)
        return SCHEMAC_NO_MEMORY;
    texts = schemac_arena_alloc(into, text_bytes);
    if (texts == NULL)
        return schemac__no_memory(p->db);
    array.items = items;
    schemac__row_put_array(field, array);
    return read_items(p, json, items, texts);
}

/* ---- writing ---- */

/* An item on its way out. */
struct item_out {
    const struct row_place *place;
    const struct schemac_column *column; /* as each item is one */
    struct json_writer *to;
};

static enum schemac_status
put_integer(const struct item_out *out, int64_t v)
{
    char text[SCHEMAC_DECIMAL_TEXT_BYTES];

    schemac__json_put(out->to, text, schemac_decimal_to_text(v, 0, text));
    return SCHEMAC_OK;
}

static enum schemac_status
put_real(const struct item_out *out, double v, bool is_float)
{
    char text[JSON_NUMBER_BYTES];

    if (isnan(v) || isinf(v))
        return schemac__row_fail(out->place, SCHEMAC_CHECK,
                                 ": JSON has no NaN and no infinite numbers");
    schemac__json_put(out->to, text, schemac__json_number(v, is_float, text));
    return SCHEMAC_OK;
}

static enum schemac_status
put_decimal(const struct item_out *out, int64_t v)
{
    char text[SCHEMAC_DECIMAL_TEXT_BYTES];

    schemac__json_put(out->to, text,
                      schemac_decimal_to_text(v, out->column->scale, text));
    return SCHEMAC_OK;
}

static enum schemac_status
put_text(const struct item_out *out, const struct schemac_text *v)
{
    schemac__json_put_string(out->to, v->ptr, v->len);
    return SCHEMAC_OK;
}

static enum schemac_status
put_bytes(const struct item_out *out, const struct schemac_bytes *v)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *bytes = v->ptr;

    schemac__json_put(out->to, "\"\\\\x", 4);
    for (size_t i = 0; i < v->len; i++) {
        const char pair[] = { digits[bytes[i] / 16], digits[bytes[i] % 16] };

        schemac__json_put(out->to, pair, sizeof pair);
    }
    schemac__json_put(out->to, "\"", 1);
    return SCHEMAC_OK;
}

static enum schemac_status
put_as_text(const struct item_out *out, const void *value)
{
    const struct schemac_texts *texts = schemac__row_texts(out->place, out->column);
    char made[ROW_TEXT_BYTES];
    struct schemac_text text;

    if (texts == NULL)
        return SCHEMAC_MISUSE;
    text = texts->write(out->place, out->column, value, made);
    return text.ptr == NULL ? SCHEMAC_CHECK : put_text(out, &text);
}

static enum schemac_status
put_item(const struct item_out *out, const void *value)
{
    switch ((enum schemac_codec)out->column->codec) {
    case SCHEMAC_CODEC_BOOL:
        schemac__json_put(out->to, *(const bool *)value ? "true" : "false",
                          *(const bool *)value ? 4 : 5);
        return SCHEMAC_OK;
    case SCHEMAC_CODEC_INT16:
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_INT64:
        return put_integer(out, schemac__row_integer(out->column, value));
    case SCHEMAC_CODEC_DECIMAL:
        return put_decimal(out, *(const int64_t *)value);
    case SCHEMAC_CODEC_FLOAT:
        return put_real(out, (double)*(const float *)value, true);
    case SCHEMAC_CODEC_DOUBLE:
        return put_real(out, *(const double *)value, false);
    case SCHEMAC_CODEC_TEXT:
        return put_text(out, value);
    case SCHEMAC_CODEC_BYTES:
        return put_bytes(out, value);
    case SCHEMAC_CODEC_DATE:
    case SCHEMAC_CODEC_TIME:
    case SCHEMAC_CODEC_TIMESTAMP:
    case SCHEMAC_CODEC_UUID:
    case SCHEMAC_CODEC_ENUM:
        return put_as_text(out, value);
    case SCHEMAC_CODEC_ARRAY:
        break;
    }
    return SCHEMAC_MISUSE;
}

static enum schemac_status
put_items(const struct row_place *p, struct row_array array, struct json_writer *to)
{
    const struct schemac_column column = schemac__row_item(p->column);
    const struct item_out out = { .place = p, .column = &column, .to = to };
    size_t bytes = schemac__row_item_bytes(p->column);
    enum schemac_status status = SCHEMAC_OK;

    schemac__json_put(to, "[", 1);
    for (size_t i = 0; i < array.count && status == SCHEMAC_OK; i++) {
        const char *value = (const char *)array.items + i * bytes;

        schemac__json_put(to, ",", i == 0 ? 0 : 1);
        if (schemac__row_item_is_null(&column, value))
            schemac__json_put(to, "null", 4);
        else
            status = put_item(&out, value);
    }
    schemac__json_put(to, "]", 1);
    return status;
}

static enum schemac_status
write_array(const struct row_place *p, struct schemac_arena *into,
            struct row_array array, struct schemac_text *json)
{
    struct json_writer counter = { .to = NULL };
    struct json_writer writer = { .to = NULL };
    enum schemac_status status = schemac__row_check_array(p, array);

    if (status == SCHEMAC_OK)
        status = put_items(p, array, &counter);
    if (status != SCHEMAC_OK)
        return status;
    writer.to = schemac_arena_alloc(into, counter.len);
    if (writer.to == NULL)
        return schemac__no_memory(p->db);
    status = put_items(p, array, &writer);
    *json = (struct schemac_text){ writer.to, writer.len };
    return status;
}

const struct schemac__sqlite_arrays schemac__sqlite_arrays = {
    .read = read_array,
    .write = write_array,
};
