/*
 * Forms of constants: the server reads them when a thing is declared and writes what it
 * has read.  '12 months' is '1 year', 'T' is true, '{"b":1}' is '{"b": 1}'.
 *
 * A text that is not understood here stays as it is, and differs where the server says it
 * in another way.  A moment without a zone is one of UTC: whoever compares with a dump of
 * a server in another zone sees a difference.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/postgres/form.h"

struct reading {
    struct slice text;
    size_t at;
};

static char
peek(const struct reading *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool
take(struct reading *r, char c)
{
    if (peek(r) != c || c == '\0')
        return false;
    r->at++;
    return true;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* At most nine digits: nothing here needs more. */
static bool
take_number(struct reading *r, long *out)
{
    size_t begin = r->at;

    *out = 0;
    while (is_digit(peek(r)) && r->at - begin < 9)
        *out = *out * 10 + (r->text.ptr[r->at++] - '0');
    return r->at > begin && !is_digit(peek(r));
}

/* ---- booleans ---- */

static const char *
boolean_word(struct slice text)
{
    static const char *const yes[] = { "t",  "tr",  "tru", "true", "y",
                                       "ye", "yes", "on",  "1" };
    static const char *const no[] = { "f", "fa", "fal", "fals", "false",
                                      "n", "no", "of",  "off",  "0" };

    for (size_t i = 0; i < ARRAY_LEN(yes); i++)
        if (slice_is_fold(text, yes[i]))
            return "true";
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (slice_is_fold(text, no[i]))
            return "false";
    return NULL;
}

const struct expr *
form_boolean(const struct form *s, const struct expr *e)
{
    const char *word = boolean_word(e->text);

    return word == NULL ? NULL : expr_leaf(s->a, EXPR_BOOL, e->span, slice_from(word));
}

/* ---- moments ---- */

struct moment {
    long year, month, day, hour, minute, second;
    struct slice fraction; /* digits, no zeros at the end; empty */
};

static struct slice
take_fraction(struct reading *r)
{
    size_t begin = r->at;
    size_t end;

    while (is_digit(peek(r)))
        r->at++;
    end = r->at;
    while (end > begin && r->text.ptr[end - 1] == '0')
        end--;
    return slice_sub(r->text, begin, end);
}

static bool
take_clock(struct reading *r, struct moment *m)
{
    if (!take_number(r, &m->hour) || !take(r, ':') || !take_number(r, &m->minute))
        return false;
    if (!take(r, ':'))
        return true;
    if (!take_number(r, &m->second))
        return false;
    if (take(r, '.'))
        m->fraction = take_fraction(r);
    return m->fraction.len <= 6;
}

static bool
take_date(struct reading *r, struct moment *m)
{
    return take_number(r, &m->year) && m->year >= 1000 && take(r, '-')
           && take_number(r, &m->month) && take(r, '-') && take_number(r, &m->day)
           && m->month >= 1 && m->month <= 12 && m->day >= 1 && m->day <= 31;
}

/* Nothing, Z, +02, -03:30: how many minutes before UTC.  Names of zones are not known. */
static bool
take_zone(struct reading *r, long *minutes)
{
    bool west;
    long hours = 0;

    *minutes = 0;
    if (take(r, 'Z') || take(r, 'z') || peek(r) == '\0')
        return true;
    west = peek(r) == '-';
    if ((!take(r, '+') && !take(r, '-')) || !take_number(r, &hours) || hours > 15
        || (take(r, ':') && !take_number(r, minutes)) || *minutes > 59)
        return false;
    *minutes = (hours * 60 + *minutes) * (west ? -1 : 1);
    return true;
}

static long
days_of_month(long year, long month)
{
    static const unsigned char days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (leap && month == 2 ? 1 : 0);
}

/* By less than a day: a zone is not further away. */
static void
shift_minutes(struct moment *m, long minutes)
{
    long of_day = m->hour * 60 + m->minute - minutes;

    m->day += of_day < 0 ? -1 : of_day / 1440;
    of_day = (of_day + 1440) % 1440;
    m->hour = of_day / 60;
    m->minute = of_day % 60;
    if (m->day == 0) {
        m->month = m->month == 1 ? 12 : m->month - 1;
        m->year -= m->month == 12 ? 1 : 0;
        m->day = days_of_month(m->year, m->month);
    } else if (m->day > days_of_month(m->year, m->month)) {
        m->month = m->month == 12 ? 1 : m->month + 1;
        m->year += m->month == 1 ? 1 : 0;
        m->day = 1;
    }
}

static struct slice
moment_form(const struct form *s, struct slice text, bool has_zone)
{
    struct reading r = { text, 0 };
    struct moment m = { 0 };
    const char *point;
    long east = 0;

    if (slice_is(text, "epoch"))
        m = (struct moment){ .year = 1970, .month = 1, .day = 1 };
    else if (!take_date(&r, &m)
             || ((take(&r, ' ') || take(&r, 'T')) && !take_clock(&r, &m))
             || (has_zone && !take_zone(&r, &east)) || peek(&r) != '\0')
        return text;
    shift_minutes(&m, east);
    point = m.fraction.len > 0 ? "." : "";
    return slice_format(s->a, "%04ld-%02ld-%02ld %02ld:%02ld:%02ld%s%.*s%s", m.year,
                        m.month, m.day, m.hour, m.minute, m.second, point,
                        SLICE_ARG(m.fraction), has_zone ? "+00" : "");
}

/* The time of a day is read and not kept. */
static struct slice
day_form(const struct form *s, struct slice text)
{
    struct reading r = { text, 0 };
    struct moment m = { 0 };

    if (!take_date(&r, &m) || ((take(&r, ' ') || take(&r, 'T')) && !take_clock(&r, &m))
        || peek(&r) != '\0')
        return text;
    return slice_format(s->a, "%04ld-%02ld-%02ld", m.year, m.month, m.day);
}

/* ---- intervals ---- */

struct interval {
    long months, days, seconds;
    struct slice fraction;
};

/* One unit, as a factor of months, days or seconds. */
struct unit {
    const char *names[6];
    long months, days, seconds;
};

static const struct unit units[] = {
    { { "year", "years", "y", "yr", "yrs" }, 12, 0, 0 },
    { { "month", "months", "mon", "mons" }, 1, 0, 0 },
    { { "week", "weeks", "w" }, 0, 7, 0 },
    { { "day", "days", "d" }, 0, 1, 0 },
    { { "hour", "hours", "h", "hr", "hrs" }, 0, 0, 3600 },
    { { "minute", "minutes", "m", "min", "mins" }, 0, 0, 60 },
    { { "second", "seconds", "s", "sec", "secs" }, 0, 0, 1 },
};

static const struct unit *
find_unit(struct slice word)
{
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        for (size_t k = 0; units[i].names[k] != NULL; k++)
            if (slice_is_fold(word, units[i].names[k]))
                return &units[i];
    return NULL;
}

static void
add_units(struct interval *to, long count, const struct unit *u)
{
    to->months += count * u->months;
    to->days += count * u->days;
    to->seconds += count * u->seconds;
}

static bool
take_unit(struct reading *r, long count, struct interval *out)
{
    const struct unit *unit;
    size_t begin;

    while (take(r, ' '))
        ;
    begin = r->at;
    while (is_letter(peek(r)))
        r->at++;
    unit = find_unit(slice_sub(r->text, begin, r->at));
    if (unit != NULL)
        add_units(out, count, unit);
    return unit != NULL;
}

#define INTERVAL_COUNT_MAX 100000 /* times the seconds of an hour, it fits a long */

static bool
take_part(struct reading *r, struct interval *out)
{
    struct reading clock = *r;
    struct moment m = { 0 };
    long count;

    if (take_clock(&clock, &m)) {
        *r = clock;
        out->seconds += m.hour * 3600 + m.minute * 60 + m.second;
        out->fraction = m.fraction;
        return m.hour <= INTERVAL_COUNT_MAX;
    }
    return take_number(r, &count) && count <= INTERVAL_COUNT_MAX
           && take_unit(r, count, out);
}

/* P1Y2M3DT4H5M6S: M is a month before the T and a minute behind it. */
static bool
take_iso(struct reading *r, struct interval *out)
{
    bool time = false;

    while (peek(r) != '\0') {
        static const char letters[] = "YMWDHMS";
        const char *letter;
        long count;

        if (!time && take(r, 'T'))
            time = true;
        if (!take_number(r, &count) || count > INTERVAL_COUNT_MAX || peek(r) == '\0')
            return false;
        letter = strchr(time ? letters + 4 : letters, r->text.ptr[r->at++]);
        if (letter == NULL)
            return false;
        add_units(out, count, &units[letter - letters]);
    }
    return true;
}

static bool
read_interval(struct slice text, struct interval *out)
{
    struct reading r = { text, 0 };

    if (take(&r, 'P'))
        return peek(&r) != '\0' && take_iso(&r, out);
    if (text.len == 0)
        return false;
    while (peek(&r) != '\0') {
        if (!take_part(&r, out))
            return false;
        while (take(&r, ' '))
            ;
    }
    return true;
}

static void
add_count(struct text *out, long count, const char *word)
{
    if (count != 0)
        text_addf(out, "%s%ld %s%s", text_slice(out).len > 0 ? " " : "", count, word,
                  count == 1 ? "" : "s");
}

static struct slice
interval_form(const struct form *s, struct slice text)
{
    struct interval v = { 0 };
    struct text out;
    bool clock;

    if (!read_interval(text, &v))
        return text;
    text_init(&out, s->a);
    add_count(&out, v.months / 12, "year");
    add_count(&out, v.months % 12, "mon");
    add_count(&out, v.days, "day");
    clock = v.seconds > 0 || v.fraction.len > 0 || text_slice(&out).len == 0;
    if (clock)
        text_addf(&out, "%s%02ld:%02ld:%02ld%s%.*s", text_slice(&out).len > 0 ? " " : "",
                  v.seconds / 3600, v.seconds / 60 % 60, v.seconds % 60,
                  v.fraction.len > 0 ? "." : "", SLICE_ARG(v.fraction));
    return text_slice(&out);
}

/* ---- bytes ---- */

static struct slice
bytes_form(const struct form *s, struct slice text)
{
    struct text out;

    if (slice_starts(text, "\\x"))
        return slice_lower(s->a, text);
    text_init(&out, s->a);
    text_addz(&out, "\\x");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\\')
            return text; /* octal escapes */
        text_addf(&out, "%02x", (unsigned char)text.ptr[i]);
    }
    return text_slice(&out);
}

/* ---- arrays ---- */

static void
skip_blanks(struct reading *r)
{
    while (slice_is_blank(peek(r)))
        r->at++;
}

/* Without quotes it would be read as something else. */
static bool
needs_quotes(struct slice item)
{
    for (size_t i = 0; i < item.len; i++)
        if (strchr("{},\"\\", item.ptr[i]) != NULL || slice_is_blank(item.ptr[i]))
            return true;
    return item.len == 0 || slice_is_fold(item, "null");
}

/* What stands between commas: the quotes around it, or the blanks, are not its own. */
static bool
take_item(struct reading *r, bool *quoted, struct slice *out)
{
    size_t begin;
    size_t end;

    skip_blanks(r);
    *quoted = take(r, '"');
    begin = r->at;
    while (peek(r) != '\0' && strchr(*quoted ? "\"\\" : "\"\\{},", peek(r)) == NULL)
        r->at++;
    for (end = r->at; !*quoted && end > begin && slice_is_blank(r->text.ptr[end - 1]);)
        end--;
    *out = slice_sub(r->text, begin, end);
    if (*quoted ? !take(r, '"') : out->len == 0)
        return false;
    skip_blanks(r);
    return true;
}

static struct slice
item_form(const struct form *s, const struct type *t, struct slice item)
{
    const char *word = t->kind == TYPE_BOOLEAN ? boolean_word(item) : NULL;

    return word != NULL ? slice_sub(slice_from(word), 0, 1)
                        : form_literal_text(s, t, item);
}

static bool
add_item(const struct form *s, const struct type *t, struct reading *r, struct text *out)
{
    struct slice item;
    bool quoted;

    if (!take_item(r, &quoted, &item))
        return false;
    if (!quoted && slice_is_fold(item, "null")) {
        text_addz(out, "NULL");
        return true;
    }
    item = item_form(s, t, item);
    text_addf(out, needs_quotes(item) ? "\"%.*s\"" : "%.*s", SLICE_ARG(item));
    return true;
}

/* { "a", b } is {a,b}.  What has a backslash in it, and an array of arrays, stays. */
static struct slice
array_form(const struct form *s, const struct type *array, struct slice text)
{
    struct type *t = arena_copy(s->a, array, sizeof *array);
    struct reading r = { text, 0 };
    struct text out;

    t->dimensions = 0;
    text_init(&out, s->a);
    text_addc(&out, '{');
    if (!take(&r, '{') || !add_item(s, t, &r, &out))
        return text;
    while (take(&r, ',')) {
        text_addc(&out, ',');
        if (!add_item(s, t, &r, &out))
            return text;
    }
    if (!take(&r, '}') || peek(&r) != '\0')
        return text;
    text_addc(&out, '}');
    return text_slice(&out);
}

/* ---- ranges and addresses ---- */

static bool
take_bound(struct reading *r, long *out)
{
    bool negative = take(r, '-');

    if (!take_number(r, out))
        return false;
    *out = negative ? -*out : *out;
    return true;
}

/* [1,5] and (0,5] are [1,6): ranges of whole numbers begin with one and end before one.
 */
static struct slice
whole_range_form(const struct form *s, struct slice text)
{
    struct reading r = { text, 0 };
    bool open = take(&r, '(');
    long low, high;

    if ((!open && !take(&r, '[')) || !take_bound(&r, &low) || !take(&r, ',')
        || !take_bound(&r, &high))
        return text;
    low += open ? 1 : 0;
    if (take(&r, ']'))
        high++;
    else if (!take(&r, ')'))
        return text;
    if (peek(&r) != '\0' || low >= high)
        return text; /* an empty one, or an error */
    return slice_format(s->a, "[%ld,%ld)", low, high);
}

/* An address of version 4 is of one host where no other width is said. */
static struct slice
address_form(struct slice text)
{
    static const char host[] = "/32";
    size_t width = strlen(host);

    if (text.len <= width || memchr(text.ptr, ':', text.len) != NULL
        || !slice_is(slice_sub(text, text.len - width, text.len), host))
        return text;
    return slice_sub(text, 0, text.len - width);
}

static struct slice
named_form(const struct form *s, struct slice name, struct slice text)
{
    if (slice_is(name, "inet"))
        return address_form(text);
    if (slice_is(name, "int4range") || slice_is(name, "int8range"))
        return whole_range_form(s, text);
    return slice_is(name, "hstore") ? form_hstore(s, text) : text;
}

/* 9:30 is 09:30:00. */
static struct slice
time_form(const struct form *s, struct slice text)
{
    struct reading r = { text, 0 };
    long hours, minutes;

    if (!take_number(&r, &hours) || !take(&r, ':') || !take_number(&r, &minutes)
        || r.at != text.len || hours > 23 || minutes > 59)
        return text;
    return slice_format(s->a, "%02ld:%02ld:00", hours, minutes);
}

/* ---- all of them ---- */

struct slice
form_literal_text(const struct form *s, const struct type *t, struct slice text)
{
    if (t->arg_count > 0)
        return text;
    if (t->dimensions > 0)
        return array_form(s, t, text);
    switch ((int)t->kind) {
    case TYPE_UUID:
        return text.len == 36 ? slice_lower(s->a, text) : text;
    case TYPE_BYTES:
        return bytes_form(s, text);
    case TYPE_DATE:
        return day_form(s, text);
    case TYPE_TIMESTAMP:
        return moment_form(s, text, false);
    case TYPE_TIMESTAMPTZ:
        return moment_form(s, text, true);
    case TYPE_TIME:
        return time_form(s, text);
    case TYPE_INTERVAL:
        return interval_form(s, text);
    case TYPE_JSONB:
        return form_jsonb(s, text);
    case TYPE_NAMED:
        return named_form(s, t->name, text);
    default:
        return text;
    }
}
