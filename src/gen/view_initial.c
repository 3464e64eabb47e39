/*
 * Initial rows as constants of C.
 *
 * A column is in the constants where each row of the table has a value for it that is
 * known here and is the same on every engine: a literal, or the literal of its DEFAULT.
 * What the database counts, computes or spells its own way (now(), jsonb, a numeric of
 * any scale) is left out for all rows, and the mask says so.
 */
#include "base/array_text.h"
#include "gen/view_model.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LITERAL_BYTES_MAX 4000 /* a compiler need not take more than 4,095 */
#define PIECE_BYTES_MAX 56     /* of a literal on a line, as it is escaped */
#define DECIMAL_DIGITS_MAX 18
#define INTEGER_DIGITS_MAX 19

/* ---- which rows ---- */

void
model_collect_initial(struct gen_model *m)
{
    const struct catalog *c = m->request->catalog;
    struct arena *a = &m->s->arena;
    struct map tables;

    map_init(&tables, a);
    VEC_EACH (i, &m->tables) {
        struct gen_table *t = m->tables.items[i];

        if (t->table != NULL)
            map_put(&tables, catalog_key(a, t->table->schema, t->table->name), t);
    }
    VEC_EACH (i, &c->initial_rows) {
        const struct initial_rows *rows = c->initial_rows.items[i];
        struct gen_table *t =
            map_get(&tables, catalog_key(a, rows->table->schema, rows->table->name));

        if (t != NULL && rows->rows.count > 0)
            VEC_PUSH(a, &t->initial, rows);
    }
}

/* What the statement says or the column has by itself; NULL: not known. */
static const struct expr *
value_of(const struct initial_rows *rows, const struct initial_row *row,
         const struct gen_column *c)
{
    static const struct expr null = { .kind = EXPR_NULL };
    const struct column *column = c->column;

    VEC_EACH (i, &rows->columns.all)
        if (slice_is(rows->columns.all.items[i], c->name)
            && row->values.items[i]->kind != EXPR_DEFAULT)
            return row->values.items[i];
    if (column->default_value != NULL)
        return column->default_value;
    /* A domain may have a default of its own. */
    if (!c->nullable || c->has_default || c->is_generated
        || (column->has_type && column->type.kind == TYPE_NAMED
            && c->enumeration == NULL))
        return NULL;
    return &null;
}

/* ---- one value ---- */

/* Of a literal, how it stands in C: `text`, or a string of these bytes. */
struct constant {
    bool is_null;
    bool is_string;
    struct slice text;
    struct constants *items; /* of an array; else NULL */
};

struct constants {
    VEC(struct constant) all;
};

struct conversion {
    struct arena *a;
    const struct gen_column *column;
    const struct record *record; /* of the column */
    bool is_negative;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* As many digits as that, and no others; the number. */
static bool
take_digits(struct slice *s, size_t count, int *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (i >= s->len || !is_digit(s->ptr[i]))
            return false;
        *out = *out * 10 + (s->ptr[i] - '0');
    }
    *s = slice_sub(*s, count, s->len);
    return true;
}

static bool
take_char(struct slice *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c)
        return false;
    *s = slice_sub(*s, 1, s->len);
    return true;
}

/* Digits, a point and digits: whole × 10^-scale; no exponent, no rounding. */
static bool
read_decimal(struct slice s, size_t scale, size_t digits_max, uint64_t *out)
{
    size_t point = 0;
    size_t behind = 0;
    size_t digits = 0;

    while (point < s.len && s.ptr[point] != '.')
        point++;
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (i == point)
            continue;
        if (!is_digit(s.ptr[i]))
            return false;
        behind += i > point;
        if (behind > scale && s.ptr[i] != '0')
            return false;
        if (i > point && behind > scale)
            continue;
        digits += digits > 0 || s.ptr[i] != '0';
        if (digits > digits_max)
            return false;
        *out = *out * 10 + (uint64_t)(s.ptr[i] - '0');
    }
    for (; behind < scale; behind++) {
        digits += *out > 0;
        if (digits > digits_max)
            return false;
        *out *= 10;
    }
    return s.len > (point < s.len ? 1U : 0U);
}

static bool
is_of_kind(const struct conversion *v, const enum type_kind *kinds, size_t count)
{
    const struct type *t = v->column->type;

    for (size_t i = 0; t != NULL && t->dimensions == 0 && i < count; i++)
        if (t->kind == kinds[i])
            return true;
    return false;
}

#define IS_OF_KIND(v, ...)                                                               \
    is_of_kind(v, (const enum type_kind[]){ __VA_ARGS__ },                               \
               sizeof(const enum type_kind[]){ __VA_ARGS__ } / sizeof(enum type_kind))

static bool
convert_integer(const struct conversion *v, const struct expr *e, uint64_t max,
                struct constant *out)
{
    uint64_t n;

    if (!IS_OF_KIND(v, TYPE_INT2, TYPE_INT4, TYPE_INT8) || e->kind != EXPR_NUMBER
        || !read_decimal(e->text, 0, INTEGER_DIGITS_MAX, &n) || n > max)
        return false;
    out->text = slice_format(
        v->a, v->column->codec == CODEC_INT64 ? "%sINT64_C(%" PRIu64 ")" : "%s%" PRIu64,
        v->is_negative ? "-" : "", n);
    return true;
}

static bool
convert_decimal(const struct conversion *v, const struct expr *e, struct constant *out)
{
    uint64_t n;

    if (e->kind != EXPR_NUMBER || v->column->scale < 0
        || !read_decimal(e->text, (size_t)v->column->scale, DECIMAL_DIGITS_MAX, &n))
        return false;
    out->text =
        slice_format(v->a, "%sINT64_C(%" PRIu64 ")", v->is_negative ? "-" : "", n);
    return true;
}

/* The nearest binary number to the digits: C and every engine agree about it. */
static bool
convert_real(const struct conversion *v, const struct expr *e, struct constant *out)
{
    bool has_point = false;

    if (!IS_OF_KIND(v, TYPE_REAL, TYPE_DOUBLE) || e->kind != EXPR_NUMBER
        || e->text.len == 0 || e->text.len > 40 || !is_digit(e->text.ptr[0]))
        return false;
    for (size_t i = 0; i < e->text.len; i++) {
        if (e->text.ptr[i] == '.' && !has_point)
            has_point = true;
        else if (!is_digit(e->text.ptr[i]))
            return false;
    }
    out->text = slice_format(v->a, "%s%.*s%s%s", v->is_negative ? "-" : "",
                             SLICE_ARG(e->text), has_point ? "" : ".0",
                             v->column->codec == CODEC_FLOAT ? "f" : "");
    return true;
}

static bool
convert_text(const struct conversion *v, const struct expr *e, struct constant *out)
{
    /* char(n) comes back with its blanks, jsonb as the server spells it. */
    if (!v->column->is_text || !IS_OF_KIND(v, TYPE_TEXT, TYPE_VARCHAR)
        || e->kind != EXPR_STRING || e->text.len > LITERAL_BYTES_MAX)
        return false;
    out->is_string = true;
    out->text = e->text;
    return true;
}

static bool
convert_enum(const struct conversion *v, const struct expr *e, struct constant *out)
{
    const struct list *labels = record_find(v->record, SLICE("labels"))->u.list;

    if (e->kind != EXPR_STRING)
        return false;
    VEC_EACH (i, &labels->items) {
        const struct record *label = labels->items.items[i].u.record;

        if (!slice_equal(record_find(label, SLICE("label"))->u.text, e->text))
            continue;
        out->text = record_find(label, SLICE("c"))->u.text;
        return true;
    }
    return false;
}

static bool
hex_bytes(struct arena *a, struct slice hex, struct slice *out)
{
    struct text bytes;
    char pair[3] = "";

    text_init(&bytes, a);
    if (hex.len % 2 != 0)
        return false;
    for (size_t i = 0; i < hex.len; i += 2) {
        if (strspn(memcpy(pair, hex.ptr + i, 2), "0123456789abcdefABCDEF") != 2)
            return false;
        text_addc(&bytes, (char)strtol(pair, NULL, 16));
    }
    *out = text_slice(&bytes);
    return true;
}

static bool
convert_bytes(const struct conversion *v, const struct expr *e, struct constant *out)
{
    struct slice hex = e->text;

    if (!IS_OF_KIND(v, TYPE_BYTES) || (e->kind != EXPR_BLOB && e->kind != EXPR_STRING))
        return false;
    if (e->kind == EXPR_STRING && !(take_char(&hex, '\\') && take_char(&hex, 'x')))
        return false;
    out->is_string = true;
    return hex.len <= 2 * LITERAL_BYTES_MAX && hex_bytes(v->a, hex, &out->text);
}

/* Days since 1970-01-01 of the Gregorian calendar, for years from 1 on. */
static bool
take_date(struct slice *s, int64_t *days)
{
    static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
                                  365 };
    int year, month, day;
    bool is_leap;

    if (!take_digits(s, 4, &year) || !take_char(s, '-') || !take_digits(s, 2, &month)
        || !take_char(s, '-') || !take_digits(s, 2, &day) || year < 1 || month < 1
        || month > 12 || day < 1)
        return false;
    is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > before[month] - before[month - 1] + (month == 2 && is_leap))
        return false;
    year--;
    *days = (int64_t)365 * year + year / 4 - year / 100 + year / 400 + before[month - 1]
            + (month > 2 && is_leap) + day - 719163;
    return true;
}

/* A fraction only where the type keeps all of it. */
static bool
take_time(struct slice *s, const struct type *t, int64_t *microseconds)
{
    int hour, minute, second;
    int64_t unit = 100000;

    if (!take_digits(s, 2, &hour) || !take_char(s, ':') || !take_digits(s, 2, &minute)
        || !take_char(s, ':') || !take_digits(s, 2, &second) || hour > 23 || minute > 59
        || second > 59)
        return false;
    *microseconds = (((int64_t)hour * 60 + minute) * 60 + second) * 1000000;
    if (!take_char(s, '.'))
        return true;
    for (; s->len > 0 && is_digit(s->ptr[0]) && unit > 0; unit /= 10) {
        *microseconds += unit * (s->ptr[0] - '0');
        *s = slice_sub(*s, 1, s->len);
    }
    return t->arg_count == 0 || t->args[0] >= 6;
}

static bool
take_utc(struct slice *s)
{
    return slice_is(*s, "Z") || slice_is(*s, "+00") || slice_is(*s, "+00:00");
}

static bool
convert_moment(const struct conversion *v, const struct expr *e, struct constant *out)
{
    struct slice s = e->text;
    int64_t days = 0;
    int64_t microseconds = 0;
    bool is_zoned = IS_OF_KIND(v, TYPE_TIMESTAMPTZ);
    bool has_date = v->column->codec != CODEC_TIME;
    bool has_time = v->column->codec != CODEC_DATE;

    if (!IS_OF_KIND(v, TYPE_DATE, TYPE_TIME, TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ)
        || (e->kind != EXPR_STRING && e->kind != EXPR_TYPED_STRING)
        || (e->kind == EXPR_TYPED_STRING && e->type->kind != v->column->type->kind))
        return false;
    if ((has_date && !take_date(&s, &days))
        || (has_date && has_time && !take_char(&s, ' ') && !take_char(&s, 'T'))
        || (has_time && !take_time(&s, v->column->type, &microseconds))
        || (is_zoned ? !take_utc(&s) : s.len > 0))
        return false;
    if (has_time)
        out->text = slice_format(v->a, "INT64_C(%" PRId64 ")",
                                 days * INT64_C(86400000000) + microseconds);
    else
        out->text = slice_format(v->a, "%" PRId64, days);
    return true;
}

static bool
convert_uuid(const struct conversion *v, const struct expr *e, struct constant *out)
{
    struct text hex;
    struct text c;
    struct slice bytes;

    if (!IS_OF_KIND(v, TYPE_UUID) || e->kind != EXPR_STRING || e->text.len != 36)
        return false;
    text_init(&hex, v->a);
    for (size_t i = 0; i < 36; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (is_dash != (e->text.ptr[i] == '-'))
            return false;
        if (!is_dash)
            text_addc(&hex, e->text.ptr[i]);
    }
    if (!hex_bytes(v->a, text_slice(&hex), &bytes))
        return false;
    text_init(&c, v->a);
    text_addz(&c, "{ {");
    for (size_t i = 0; i < bytes.len; i++)
        text_addf(&c, "%s%s%u", i == 0 ? "" : ",", i % 8 == 0 ? "\n            " : " ",
                  (unsigned char)bytes.ptr[i]);
    text_addz(&c, " } }");
    out->text = text_slice(&c);
    return true;
}

static bool
convert_bool(const struct expr *e, struct constant *out)
{
    out->text = e->text;
    return e->kind == EXPR_BOOL;
}

/* 'x'::text of a text column, - before a number; what says nothing goes. */
static const struct expr *
peel(struct conversion *v, const struct expr *e)
{
    const struct type *t = v->column->type;

    while (e->kind == EXPR_CAST && t != NULL && e->type->kind == t->kind
           && e->type->dimensions == t->dimensions && e->type->arg_count == 0
           && t->kind != TYPE_NAMED)
        e = e->args[0];
    if (e->kind == EXPR_UNARY && slice_is(e->text, "-")
        && e->args[0]->kind == EXPR_NUMBER) {
        v->is_negative = true;
        e = e->args[0];
    }
    return e;
}

static bool convert_array(const struct conversion *v, const struct expr *e,
                          struct constant *out);

static bool
convert(struct conversion *v, const struct expr *e, struct constant *out)
{
    e = peel(v, e);
    out->is_null = e->kind == EXPR_NULL;
    if (out->is_null)
        return v->column->nullable;
    switch (v->column->codec) {
    case CODEC_BOOL:
        return convert_bool(e, out);
    case CODEC_INT16:
        return convert_integer(v, e, INT16_MAX, out);
    case CODEC_INT32:
        return convert_integer(v, e, INT32_MAX, out);
    case CODEC_INT64:
        return convert_integer(v, e, INT64_MAX, out);
    case CODEC_FLOAT:
    case CODEC_DOUBLE:
        return convert_real(v, e, out);
    case CODEC_DECIMAL:
        return convert_decimal(v, e, out);
    case CODEC_TEXT:
        return convert_text(v, e, out);
    case CODEC_BYTES:
        return convert_bytes(v, e, out);
    case CODEC_DATE:
    case CODEC_TIME:
    case CODEC_TIMESTAMP:
        return convert_moment(v, e, out);
    case CODEC_UUID:
        return convert_uuid(v, e, out);
    case CODEC_ENUM:
        return convert_enum(v, e, out);
    case CODEC_ARRAY:
        return convert_array(v, e, out);
    case CODEC_COUNT:
        break;
    }
    return false;
}

/* ---- arrays ---- */

static bool
can_hold_null(const struct gen_column *c)
{
    return c->opt_items || c->element == CODEC_TEXT || c->element == CODEC_BYTES
           || c->element == CODEC_ENUM;
}

/* A column as each item is one. */
static struct gen_column
item_column(struct arena *a, const struct gen_column *c)
{
    struct gen_column item = *c;
    struct type *type = arena_copy(a, c->type, sizeof *c->type);

    type->dimensions = 0;
    item.codec = c->element;
    item.type = type;
    item.is_text = type->kind == TYPE_TEXT || type->kind == TYPE_VARCHAR;
    item.nullable = can_hold_null(c);
    return item;
}

/* "-5" of '{-5}' as the expression that it would be outside; NULL: of another kind. */
static const struct expr *
item_expr(struct conversion *item, const struct array_item *from, struct span span)
{
    struct arena *a = item->a;
    struct slice text = from->text;

    if (from->is_null)
        return expr_leaf(a, EXPR_NULL, span, SLICE("null"));
    if (type_family(item->column->type) == FAMILY_NUMBER) {
        item->is_negative = take_char(&text, '-');
        return expr_leaf(a, EXPR_NUMBER, span, text);
    }
    if (item->column->codec != CODEC_BOOL)
        return expr_leaf(a, EXPR_STRING, span, text);
    if (slice_is(text, "t") || slice_is(text, "true"))
        return expr_leaf(a, EXPR_BOOL, span, SLICE("true"));
    if (slice_is(text, "f") || slice_is(text, "false"))
        return expr_leaf(a, EXPR_BOOL, span, SLICE("false"));
    return NULL;
}

static bool
add_item(struct conversion *item, const struct expr *e, struct constants *to)
{
    struct constant c = { .text = SLICE_NONE };

    if (e == NULL || !convert(item, e, &c))
        return false;
    VEC_PUSH(item->a, &to->all, c);
    item->is_negative = false;
    return true;
}

/* ARRAY[…], or '{…}' */
static bool
convert_array(const struct conversion *v, const struct expr *e, struct constant *out)
{
    struct gen_column column = item_column(v->a, v->column);
    struct conversion item = { .a = v->a, .column = &column, .record = v->record };
    struct array_items items;

    out->items = ARENA_NEW(v->a, struct constants);
    for (size_t i = 0; e->kind == EXPR_ARRAY && i < e->arg_count; i++)
        if (!add_item(&item, e->args[i], out->items))
            return false;
    if (e->kind == EXPR_ARRAY)
        return true;
    if (e->kind != EXPR_STRING || !array_text_read(v->a, e->text, &items))
        return false;
    VEC_EACH (i, &items.all)
        if (!add_item(&item, item_expr(&item, &items.all.items[i], e->span), out->items))
            return false;
    return true;
}

/* ---- all rows ---- */

static bool
convert_value(struct gen_model *m, const struct gen_column *c,
              const struct record *column, const struct initial_rows *rows,
              const struct initial_row *row, struct constant *out)
{
    struct conversion v = { .a = &m->s->arena, .column = c, .record = column };
    const struct expr *e = value_of(rows, row, c);

    *out = (struct constant){ .text = SLICE_NONE };
    return e != NULL && c->column->generated == NULL && !c->after_insert
           && convert(&v, e, out);
}

static bool
is_constant_in_all(struct gen_model *m, const struct gen_table *t,
                   const struct gen_column *c, const struct record *column)
{
    VEC_EACH (i, &t->initial) {
        const struct initial_rows *rows = t->initial.items[i];

        VEC_EACH (k, &rows->rows) {
            struct constant ignored;

            if (!convert_value(m, c, column, rows, &rows->rows.items[k], &ignored))
                return false;
        }
    }
    return t->initial.count > 0;
}

void
add_pieces(struct slice s, struct list *pieces)
{
    size_t begin = 0;
    size_t bytes = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        bytes += c < 0x20 || c >= 0x7F ? 4 : c == '"' || c == '\\' || c == '?' ? 2 : 1;
        if (bytes <= PIECE_BYTES_MAX)
            continue;
        list_text(pieces, slice_sub(s, begin, i));
        begin = i;
        bytes = 4;
    }
    list_text(pieces, slice_sub(s, begin, s.len));
}

static void
add_constant(const struct constant *c, struct record *r)
{
    struct list *pieces;

    record_text(r, "c", c->is_string || c->items != NULL ? SLICE("") : c->text);
    record_number(r, "bytes", c->is_string ? (int64_t)c->text.len : 0);
    pieces = record_list(r, "pieces");
    if (c->is_string)
        add_pieces(c->text, pieces);
}

/* `row`: its number, so that the items have a name. */
static void
add_value(const struct record *column, const struct constant *c, size_t row,
          struct list *values)
{
    struct record *r = list_record(values);
    struct list *items;

    record_share(r, "column", column);
    add_constant(c, r);
    record_bool(r, "is_array", c->items != NULL);
    record_textf(r, "items_name", "initial_items_%zu_%" PRId64, row,
                 record_find(column, SLICE("number"))->u.number);
    record_number(r, "count", c->items == NULL ? 0 : (int64_t)c->items->all.count);
    items = record_list(r, "items");
    for (size_t i = 0; c->items != NULL && i < c->items->all.count; i++) {
        struct record *item = list_record(items);

        add_constant(&c->items->all.items[i], item);
        record_bool(item, "is_null", c->items->all.items[i].is_null);
    }
}

/* NULL needs no words: it is what a field is that is not named. */
static void
add_row(struct gen_model *m, const struct gen_table *t, const struct list *columns,
        const bool *is_constant, const struct initial_rows *rows,
        const struct initial_row *row, struct list *to)
{
    size_t row_number = to->items.count;
    struct list *values = record_list(list_record(to), "values");

    VEC_EACH (i, &t->columns) {
        const struct record *column = columns->items.items[i].u.record;
        struct constant c;

        if (is_constant[i]
            && convert_value(m, t->columns.items[i], column, rows, row, &c) && !c.is_null)
            add_value(column, &c, row_number, values);
    }
}

static void
add_words(struct gen_model *m, const struct gen_table *t, const bool *is_constant,
          struct list *words)
{
    for (size_t word = 0; word * 64 < t->columns.count; word++) {
        uint64_t bits = 0;

        for (size_t i = word * 64; i < t->columns.count && i < word * 64 + 64; i++)
            bits |= is_constant[i] ? UINT64_C(1) << i % 64 : 0;
        list_text(words, slice_format(&m->s->arena, "0x%" PRIx64, bits));
    }
}

void
add_initial(struct gen_model *m, const struct gen_table *t, struct record *r)
{
    const struct list *columns = record_find(r, SLICE("columns"))->u.list;
    bool *is_constant = ARENA_ARRAY(&m->s->arena, bool, t->columns.count);
    struct list *words = record_list(r, "initial_mask");
    struct list *initial = record_list(r, "initial");
    bool has_constant = false;

    VEC_EACH (i, &t->columns) {
        is_constant[i] = is_constant_in_all(m, t, t->columns.items[i],
                                            columns->items.items[i].u.record);
        has_constant |= is_constant[i];
    }
    for (size_t i = 0; has_constant && i < t->initial.count; i++)
        VEC_EACH (k, &t->initial.items[i]->rows)
            add_row(m, t, columns, is_constant, t->initial.items[i],
                    &t->initial.items[i]->rows.items[k], initial);
    if (has_constant)
        add_words(m, t, is_constant, words);
    record_number(r, "initial_count", (int64_t)initial->items.count);
}
