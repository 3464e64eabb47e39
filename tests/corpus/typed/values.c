/*
 * Random values of every codec, with the edges of each; see values.h.
 */
#include "values.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define DAY INT64_C(86400000000)
#define LONG_TEXT ((size_t)1 << 20)
#define SHORT_TEXT 24
#define LONG_ARRAY 3000
#define SHORT_ARRAY 5

uint64_t
random_below(struct maker *m, uint64_t limit)
{
    m->state ^= m->state << 13;
    m->state ^= m->state >> 7;
    m->state ^= m->state << 17;
    return limit == 0 ? 0 : m->state % limit;
}

/* ---- what a declared type says ---- */

/* The n-th number behind the '(' of "numeric(10, 2)", from 0; or `otherwise`. */
static long
type_argument(const char *type, int n, long otherwise)
{
    const char *at = strchr(type, '(');

    for (; at != NULL && n > 0; n--)
        at = strchr(at + 1, ',');
    return at == NULL ? otherwise : strtol(at + 1, NULL, 10);
}

static bool
type_is(const char *type, const char *name)
{
    size_t len = strlen(name);

    return strncmp(type, name, len) == 0 && !isalnum((unsigned char)type[len])
           && type[len] != '_';
}

/* Of any number of dimensions. */
static bool
type_is_array(const char *type)
{
    size_t len = strlen(type);

    return len > 2 && strcmp(type + len - 2, "[]") == 0;
}

/* ---- numbers ---- */

static int64_t
any_integer(struct maker *m, int64_t least, int64_t most, enum wish wish)
{
    const int64_t edges[] = { least, most, 0, 1, -1 };
    uint64_t span = (uint64_t)most - (uint64_t)least;
    int64_t v = most;

    if (wish == WISH_EDGE) {
        v = edges[random_below(m, COUNT(edges))];
    } else if (wish == WISH_WORD && m->words.count > 0) {
        struct schemac_text w = m->words.items[random_below(m, m->words.count)];

        v = strtoll(w.ptr, NULL, 10);
    } else if (wish == WISH_ANY && span != 0) {
        v = (int64_t)((uint64_t)least + random_below(m, span));
    } else {
        v = (int64_t)random_below(m, 100);
    }
    return v < least ? least : v > most ? most : v;
}

static double
any_double(struct maker *m, enum wish wish, double most, double least)
{
    const double edges[] = { most, -most, least, 0.0, -0.5, INFINITY, -INFINITY, NAN };

    if (wish == WISH_EDGE)
        return edges[random_below(m, COUNT(edges) - (m->is_postgres ? 0 : 1))];
    if (wish == WISH_ANY)
        return (double)any_integer(m, -1000000, 1000000, WISH_ANY) / 64.0;
    return (double)random_below(m, 100);
}

static int64_t
decimal_most(const struct schemac_column *c)
{
    long digits = type_argument(c->type, 0, 18);
    int64_t v = 1;

    for (long i = 0; i < digits && i < 18; i++)
        v *= 10;
    return v - 1;
}

/* A multiple of what the type keeps of a second: "timestamp(3)". */
static int64_t
to_precision(const struct schemac_column *c, int64_t microseconds)
{
    int64_t unit = 1;

    for (long i = type_argument(c->type, 0, 6); i < 6; i++)
        unit *= 10;
    return microseconds - microseconds % unit;
}

static int64_t
any_timestamp(struct maker *m, enum wish wish)
{
    /* Years 0000 to 9999, and what PostgreSQL and 64 bits have in common. */
    int64_t least = m->is_postgres ? INT64_C(-210866803200000000) : -719528 * DAY;
    int64_t most = m->is_postgres ? INT64_MAX : 2932897 * DAY - 1;

    if (wish == WISH_EDGE)
        return any_integer(m, least, most, wish);
    return any_integer(m, 0, 20000 * DAY, WISH_ANY);
}

static int32_t
any_date(struct maker *m, enum wish wish)
{
    int64_t least = m->is_postgres ? -2440588 : -719528;
    int64_t most = m->is_postgres ? 2145031948 : 2932896;

    if (wish == WISH_EDGE)
        return (int32_t)any_integer(m, least, most, wish);
    return (int32_t)random_below(m, 20000);
}

/* ---- texts ---- */

static struct schemac_text
kept_text(struct maker *m, const char *ptr, size_t len)
{
    char *to = schemac_arena_alloc(m->arena, len + 1);

    if (to == NULL)
        abort();
    memcpy(to, ptr, len);
    to[len] = '\0';
    return (struct schemac_text){ to, len };
}

static struct schemac_text
repeated(struct maker *m, char c, size_t len)
{
    char *to = schemac_arena_alloc(m->arena, len + 1);

    if (to == NULL)
        abort();
    memset(to, c, len);
    to[len] = '\0';
    return (struct schemac_text){ to, len };
}

static struct schemac_text
random_word(struct maker *m, size_t len)
{
    struct schemac_text t = repeated(m, 'a', len);
    char *to = (char *)(uintptr_t)t.ptr;

    for (size_t i = 0; i < len; i++)
        to[i] = (char)('a' + random_below(m, 26));
    return t;
}

/* What the engines spell as it is spelled here. */
struct spelling {
    const char *type;
    const char *values[7];
};

static const struct spelling spellings[] = {
    { "jsonb",
      { "{}", "[]", "[1, 2]", "{\"a\": \"\360\237\232\227\"}", "\"\"", "null" } },
    { "json", { "{}", "[]", "[1,2]", "{\"a\" : \"\\u00e9\"}", "\"\"", "null" } },
    { "interval", { "00:00:00", "1 day", "-1 days", "1 year 2 mons 3 days 04:05:06" } },
    { "timetz", { "12:00:00+00", "00:00:00-01" } },
    { "time with time zone", { "12:00:00+00", "00:00:00-01" } },
    /* As the server displays them. */
    { "inet", { "10.0.0.1", "::1", "10.0.0.0/8", "255.255.255.255" } },
    { "cidr", { "10.0.0.0/8", "::/0" } },
    { "macaddr", { "08:00:2b:01:02:03" } },
    { "tsvector", { "", "'a' 'b'" } },
    { "tsquery", { "'a'", "'a' & 'b'" } },
    { "xml", { "<a/>", "<a>b</a>" } },
    { "point", { "(0,0)", "(1.5,-2)" } },
    { "hstore", { "", "\"a\"=>\"1\"" } },
    { "ltree", { "", "a.b" } },
    { "money", { "$0.00", "$1.50" } },
    { "int4range", { "empty", "[1,5)" } },
    { "int8range", { "empty", "[1,5)" } },
    { "numrange", { "empty", "[1,5)" } },
    { "tsrange", { "empty", "(,)" } },
    { "tstzrange", { "empty", "(,)" } },
    { "daterange", { "empty", "(,)" } },
    { "oid", { "1", "4294967295" } },
    { "year", { "2001", "1999" } },
};

static const char *const text_edges[] = {
    "", " ", "a", "'\"\\;-- ?$1\n\t\r", "\360\237\232\227 na\303\257ve \364\217\277\277",
    "NULL", "\\N", "{}", "0",
};

/* Code points, as varchar(n) counts them. */
static size_t
text_length(struct schemac_text t)
{
    size_t count = 0;

    for (size_t i = 0; i < t.len; i++)
        count += ((unsigned char)t.ptr[i] & 0xC0) != 0x80;
    return count;
}

static struct schemac_text
cut(struct schemac_text t, size_t most)
{
    while (text_length(t) > most) {
        while (((unsigned char)t.ptr[t.len - 1] & 0xC0) == 0x80)
            t.len--;
        t.len--;
    }
    return t;
}

static struct schemac_text
plain_text(struct maker *m, enum wish wish, bool may_be_long, size_t most)
{
    if (wish == WISH_WORD && m->words.count > 0)
        return cut(m->words.items[random_below(m, m->words.count)], most);
    if (wish == WISH_EDGE && may_be_long)
        return repeated(m, 'x', most < LONG_TEXT ? most : LONG_TEXT);
    if (wish == WISH_EDGE)
        return cut(schemac_text(text_edges[random_below(m, COUNT(text_edges))]), most);
    return cut(random_word(m, wish == WISH_SMALL ? 6 : 1 + random_below(m, SHORT_TEXT)),
               most);
}

/* "-12.30" for numeric(30, 2), which no 64 bits hold. */
static struct schemac_text
digits_text(struct maker *m, const char *type, enum wish wish)
{
    long digits = type_argument(type, 0, 0);
    long scale = strchr(type, ',') == NULL ? 0 : type_argument(type, 1, 0);
    char text[2100];
    size_t at = 0;

    if (digits <= 0) {
        static const char *const any[] = { "0", "1", "-1.50", "98765432109876543210.5",
                                           "0.000000000000000000000001" };
        return schemac_text(any[random_below(m, wish == WISH_SMALL ? 2 : COUNT(any))]);
    }
    if (digits > 1000)
        digits = 1000;
    if (wish != WISH_SMALL && random_below(m, 2) == 0)
        text[at++] = '-';
    if (wish == WISH_EDGE && digits > scale)
        for (long i = 0; i < digits - scale; i++)
            text[at++] = '9';
    else
        text[at++] = digits > scale ? (char)('1' + random_below(m, 9)) : '0';
    if (scale > 0)
        text[at++] = '.';
    for (long i = 0; i < scale; i++)
        text[at++] = (char)('1' + random_below(m, 9));
    return kept_text(m, text, at);
}

static struct schemac_text
spelled(struct maker *m, const struct spelling *s)
{
    size_t count = 0;

    while (count < COUNT(s->values) && s->values[count] != NULL)
        count++;
    return schemac_text(s->values[random_below(m, count)]);
}

static struct schemac_text
any_text(struct maker *m, const char *type, enum wish wish, bool may_be_long)
{
    long most = type_argument(type, 0, 0);

    if (type_is_array(type))
        return schemac_text(m->is_postgres ? "{}" : "[]");
    for (size_t i = 0; i < COUNT(spellings); i++)
        if (type_is(type, spellings[i].type))
            return spelled(m, &spellings[i]);
    if (type_is(type, "numeric") || type_is(type, "decimal"))
        return digits_text(m, type, wish);
    if (type_is(type, "bit") && !type_is(type, "bit varying"))
        return repeated(m, '1', most > 0 ? (size_t)most : 1);
    if (type_is(type, "char") || type_is(type, "bpchar"))
        return random_word(m, most > 0 ? (size_t)most : 1);
    return plain_text(m, wish, may_be_long, most > 0 ? (size_t)most : LONG_TEXT);
}

/* The 20 of "bytea20", as domains are called whose CHECK wants so many; 0: none. */
static size_t
length_in_name(const char *type)
{
    size_t end = strlen(type);
    size_t at = end;

    while (at > 0 && isdigit((unsigned char)type[at - 1]))
        at--;
    return at < end ? strtoul(type + at, NULL, 10) % SHORT_TEXT : 0;
}

static struct schemac_bytes
any_bytes(struct maker *m, const char *type, enum wish wish, bool may_be_long)
{
    static const unsigned char edge[] = { 0x00, 0xFF, 0x80, 0x0A, '\\', 0x27, 0x00 };
    long most = type_argument(type, 0, 0);
    size_t len = random_below(m, SHORT_TEXT);
    struct schemac_text t;

    if ((wish == WISH_WORD || wish == WISH_SMALL) && length_in_name(type) > 0)
        len = length_in_name(type);
    if (wish == WISH_EDGE && !may_be_long) {
        len = random_below(m, 2) == 0 ? 0 : sizeof edge;
        t = kept_text(m, (const char *)edge, len);
    } else {
        t = repeated(m, '\0', wish == WISH_EDGE ? LONG_TEXT : len);
        for (size_t i = 0; i < t.len; i++)
            ((char *)(uintptr_t)t.ptr)[i] = (char)random_below(m, 256);
    }
    if (most > 0 && t.len > (size_t)most)
        t.len = (size_t)most;
    return (struct schemac_bytes){ t.ptr, t.len };
}

/* ---- fields ---- */

static const size_t codec_bytes[] = {
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

/* Of the codecs that this program knows. */
static size_t
bytes_of(const struct schemac_column *c)
{
    return c->codec < COUNT(codec_bytes) ? codec_bytes[c->codec] : 0;
}

static bool
has_flag(const struct schemac_column *c)
{
    return (c->flags & SCHEMAC_COLUMN_NULLABLE) != 0 && c->codec != SCHEMAC_CODEC_TEXT
           && c->codec != SCHEMAC_CODEC_BYTES && c->codec != SCHEMAC_CODEC_ENUM
           && c->codec != SCHEMAC_CODEC_ARRAY;
}

static char *
field_of(const struct schemac_column *c, void *row)
{
    return (char *)row + c->offset;
}

static const char *
field_in(const struct schemac_column *c, const void *row)
{
    return (const char *)row + c->offset;
}

/* is_set stands behind the value, as each struct …_opt has it. */
static void
put(const struct schemac_column *c, void *row, const void *value)
{
    memcpy(field_of(c, row), value, bytes_of(c));
    if (has_flag(c))
        *(bool *)(field_of(c, row) + bytes_of(c)) = true;
}

bool
make_null(const struct schemac_column *c, void *row)
{
    if ((c->flags & SCHEMAC_COLUMN_NULLABLE) == 0)
        return false;
    memset(field_of(c, row), 0, bytes_of(c) + (has_flag(c) ? sizeof(bool) : 0));
    return true;
}

bool
field_is_null(const struct schemac_column *c, const void *row)
{
    int label;
    const void *ptr;

    if ((c->flags & SCHEMAC_COLUMN_NULLABLE) == 0)
        return false;
    if (has_flag(c))
        return !*(const bool *)(field_in(c, row) + bytes_of(c));
    memcpy(&label, field_in(c, row), sizeof label);
    memcpy(&ptr, field_in(c, row), sizeof ptr);
    return c->codec == SCHEMAC_CODEC_ENUM ? label == 0 : ptr == NULL;
}

void
copy_field(const struct schemac_column *from, const void *row,
           const struct schemac_column *to, void *other)
{
    if (field_is_null(from, row))
        (void)make_null(to, other);
    else
        put(to, other, field_in(from, row));
}

static void
put_integer(const struct schemac_column *c, void *row, int64_t v)
{
    int16_t half = (int16_t)v;
    int32_t single = (int32_t)v;
    bool flag = (v & 1) != 0;

    if (bytes_of(c) == sizeof flag)
        put(c, row, &flag);
    else if (bytes_of(c) == sizeof half)
        put(c, row, &half);
    else if (bytes_of(c) == sizeof single)
        put(c, row, &single);
    else
        put(c, row, &v);
}

static void
put_float(struct maker *m, const struct schemac_column *c, enum wish wish, void *row)
{
    double twofold = any_double(m, wish, DBL_MAX, DBL_MIN);
    float single = (float)any_double(m, wish, FLT_MAX, FLT_MIN);

    put(c, row, c->codec == SCHEMAC_CODEC_FLOAT ? (void *)&single : (void *)&twofold);
}

static void
put_uuid(struct maker *m, const struct schemac_column *c, enum wish wish, void *row)
{
    struct schemac_uuid v;

    memset(&v, random_below(m, 2) == 0 ? 0x00 : 0xFF, sizeof v);
    for (size_t i = 0; wish != WISH_EDGE && i < sizeof v.bytes; i++)
        v.bytes[i] = (uint8_t)random_below(m, 256);
    put(c, row, &v);
}

/* The least number of a column that a trigger counts up stands for "none was given". */
static int64_t
no_mark(const struct schemac_column *c)
{
    return (c->flags & SCHEMAC_COLUMN_AFTER_INSERT) != 0 ? 1 : 0;
}

/* Numbers that SQLite goes on from: behind the last one of the type comes one that does
 * not fit, so some room is left. */
static int64_t
room_to_count(const struct schemac_column *c)
{
    return (c->flags & SCHEMAC_COLUMN_ROWID) != 0 ? 1000 : 0;
}

static int64_t
integer_value(struct maker *m, const struct schemac_column *c, enum wish wish)
{
    switch (c->codec) {
    case SCHEMAC_CODEC_BOOL:
        return (int64_t)random_below(m, 2);
    case SCHEMAC_CODEC_INT16:
        return any_integer(m, INT16_MIN + no_mark(c), INT16_MAX - room_to_count(c), wish);
    case SCHEMAC_CODEC_INT32:
        return any_integer(m, INT32_MIN + no_mark(c), INT32_MAX - room_to_count(c), wish);
    case SCHEMAC_CODEC_DECIMAL:
        return any_integer(m, -decimal_most(c), decimal_most(c), wish);
    case SCHEMAC_CODEC_DATE:
        return any_date(m, wish);
    case SCHEMAC_CODEC_TIME:
        return to_precision(c, any_integer(m, 0, DAY - 1, wish));
    case SCHEMAC_CODEC_TIMESTAMP:
        return to_precision(c, any_timestamp(m, wish));
    case SCHEMAC_CODEC_ENUM:
        return 1 + (int64_t)random_below(m, c->labels->count);
    default:
        return any_integer(m, INT64_MIN + no_mark(c), INT64_MAX - room_to_count(c), wish);
    }
}

/* ---- arrays ---- */

/* All of them have this shape. */
struct any_array {
    char *items;
    size_t count;
};

static struct any_array
array_of(const void *field)
{
    struct any_array array;

    memcpy(&array, field, sizeof array);
    return array;
}

/* The column as each item is one.  Nothing that is made for any schema has items with
 * is_set: those are asked for. */
static struct schemac_column
item_of(struct maker *m, const struct schemac_column *c)
{
    bool can_be_null = c->element == SCHEMAC_CODEC_TEXT
                       || c->element == SCHEMAC_CODEC_BYTES
                       || c->element == SCHEMAC_CODEC_ENUM;
    struct schemac_column item = *c;

    item.codec = c->element;
    item.offset = 0;
    item.flags = can_be_null ? SCHEMAC_COLUMN_NULLABLE : 0;
    if (m != NULL && type_is_array(c->type))
        item.type = kept_text(m, c->type, strlen(c->type) - 2).ptr;
    return item;
}

static void
make_array(struct maker *m, const struct schemac_column *c, enum wish wish,
           bool may_be_long, void *row)
{
    const struct schemac_column item = item_of(m, c);
    const struct schemac_table table = { .columns = &item, .column_count = 1 };
    struct any_array array = { NULL, random_below(m, SHORT_ARRAY) };

    if (wish == WISH_EDGE && may_be_long)
        array.count = LONG_ARRAY;
    array.items = schemac_arena_alloc(m->arena, array.count * bytes_of(&item) + 1);
    if (array.items == NULL)
        abort();
    for (size_t i = 0; i < array.count; i++) {
        char *to = array.items + i * bytes_of(&item);

        memset(to, 0, bytes_of(&item));
        if (random_below(m, 6) != 0 || !make_null(&item, to))
            make_value(m, &table, 0, wish, false, to);
    }
    put(c, row, &array);
}

static bool
same_array(const struct schemac_column *c, struct any_array x, struct any_array y)
{
    const struct schemac_column item = item_of(NULL, c);

    if (x.count != y.count)
        return false;
    for (size_t i = 0; i < x.count; i++)
        if (!same_field(&item, x.items + i * bytes_of(&item),
                        y.items + i * bytes_of(&item)))
            return false;
    return true;
}

static struct schemac_text
keep_text(struct maker *m, struct schemac_text t)
{
    return t.ptr == NULL ? t : kept_text(m, t.ptr, t.len);
}

void
keep_value(struct maker *m, const struct schemac_column *c, void *row)
{
    const struct schemac_column item = item_of(NULL, c);
    struct any_array array = array_of(field_in(c, row));
    struct schemac_text t;

    memcpy(&t, field_in(c, row), sizeof t);
    if (field_is_null(c, row) || t.ptr == NULL)
        return;
    if (c->codec != SCHEMAC_CODEC_ARRAY) {
        t = keep_text(m, t);
        memcpy(field_of(c, row), &t, sizeof t);
        return;
    }
    t = kept_text(m, array.items, array.count * bytes_of(&item));
    memcpy(&array.items, &t.ptr, sizeof t.ptr);
    for (size_t i = 0; i < array.count; i++)
        if (has_text(&item))
            keep_value(m, &item, array.items + i * bytes_of(&item));
    put(c, row, &array);
}

bool
has_text(const struct schemac_column *c)
{
    return c->codec == SCHEMAC_CODEC_TEXT || c->codec == SCHEMAC_CODEC_BYTES
           || c->codec == SCHEMAC_CODEC_ARRAY;
}

void
make_value(struct maker *m, const struct schemac_table *table, size_t column,
           enum wish wish, bool may_be_long, void *row)
{
    const struct schemac_column *c = &table->columns[column];
    struct schemac_text text;
    struct schemac_bytes bytes;

    switch (c->codec) {
    case SCHEMAC_CODEC_TEXT:
        text = any_text(m, c->type, wish, may_be_long);
        put(c, row, &text);
        break;
    case SCHEMAC_CODEC_BYTES:
        bytes = any_bytes(m, c->type, wish, may_be_long);
        put(c, row, &bytes);
        break;
    case SCHEMAC_CODEC_ARRAY:
        make_array(m, c, wish, may_be_long, row);
        break;
    case SCHEMAC_CODEC_FLOAT:
    case SCHEMAC_CODEC_DOUBLE:
        put_float(m, c, wish, row);
        break;
    case SCHEMAC_CODEC_UUID:
        put_uuid(m, c, wish, row);
        break;
    default:
        put_integer(c, row, integer_value(m, c, wish));
    }
}

/* ---- the same ---- */

static bool
same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* char(n) is filled up with spaces, which say nothing. */
static struct schemac_text
text_of(const struct schemac_column *c, const void *field)
{
    struct schemac_text t;

    memcpy(&t, field, sizeof t);
    while (c->codec == SCHEMAC_CODEC_TEXT && type_is(c->type, "char") && t.len > 0
           && t.ptr[t.len - 1] == ' ')
        t.len--;
    return t;
}

static bool
same_text(struct schemac_text x, struct schemac_text y)
{
    return (x.ptr == NULL) == (y.ptr == NULL) && x.len == y.len
           && (x.len == 0 || memcmp(x.ptr, y.ptr, x.len) == 0);
}

bool
same_field(const struct schemac_column *c, const void *a, const void *b)
{
    const char *x = field_in(c, a), *y = field_in(c, b);
    double twofold[2];
    float single[2];

    if (field_is_null(c, a) || field_is_null(c, b))
        return field_is_null(c, a) && field_is_null(c, b);
    switch (c->codec) {
    case SCHEMAC_CODEC_TEXT:
    case SCHEMAC_CODEC_BYTES:
        return same_text(text_of(c, x), text_of(c, y));
    case SCHEMAC_CODEC_ARRAY:
        return same_array(c, array_of(x), array_of(y));
    case SCHEMAC_CODEC_FLOAT:
        memcpy(&single[0], x, sizeof *single);
        memcpy(&single[1], y, sizeof *single);
        return same_number((double)single[0], (double)single[1]);
    case SCHEMAC_CODEC_DOUBLE:
        memcpy(&twofold[0], x, sizeof *twofold);
        memcpy(&twofold[1], y, sizeof *twofold);
        return same_number(twofold[0], twofold[1]);
    default:
        return memcmp(x, y, bytes_of(c)) == 0;
    }
}

void
print_field(const struct schemac_column *c, const void *row)
{
    struct schemac_text t;
    const char *field = field_in(c, row);

    if (field_is_null(c, row)) {
        printf("NULL");
    } else if (c->codec == SCHEMAC_CODEC_ARRAY) {
        printf("%zu items", array_of(field).count);
    } else if (c->codec == SCHEMAC_CODEC_TEXT || c->codec == SCHEMAC_CODEC_BYTES) {
        memcpy(&t, field, sizeof t);
        printf("%zu bytes '%.*s'", t.len, (int)(t.len < 40 ? t.len : 40), t.ptr);
    } else {
        printf("0x");
        for (size_t i = bytes_of(c); i-- > 0;)
            printf("%02x", (unsigned)(unsigned char)field[i]);
    }
}
