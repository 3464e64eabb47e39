/*
 * Constants as the columns store them: decimals scaled to integers, times in UTC and in
 * the one spelling that the checks accept, uuids in lower case, arrays as JSON.
 */
#include <string.h>

#include "base/array_text.h"
#include "dialect/sqlite/lite.h"

/* ---- numbers ---- */

static const struct expr *
unsigned_part(const struct expr *e, bool *negative)
{
    *negative = false;
    while (e->kind == EXPR_UNARY && e->arg_count == 1
           && (slice_is(e->text, "-") || slice_is(e->text, "+"))) {
        *negative ^= slice_is(e->text, "-");
        e = e->args[0];
    }
    return e;
}

bool
lite_is_number(const struct expr *e)
{
    bool negative;

    return e != NULL && unsigned_part(e, &negative)->kind == EXPR_NUMBER;
}

static size_t
digit_count(struct slice s)
{
    size_t n = 0;

    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9')
        n++;
    return n;
}

/* "12.50" → "12" and "50"; false for 1e3, 0xff and everything else. */
static bool
split_number(struct slice text, struct slice *whole, struct slice *fraction)
{
    size_t n = digit_count(text);
    struct slice rest = slice_sub(text, n, text.len);

    *whole = slice_sub(text, 0, n);
    *fraction = SLICE("");
    if (rest.len == 0)
        return n > 0;
    if (rest.ptr[0] != '.')
        return false;
    *fraction = slice_sub(rest, 1, rest.len);
    return digit_count(*fraction) == fraction->len && n + fraction->len > 0;
}

static struct slice
without_zeros_behind(struct slice digits)
{
    while (digits.len > 0 && digits.ptr[digits.len - 1] == '0')
        digits.len--;
    return digits;
}

int
lite_fraction_digits(const struct expr *number)
{
    bool negative;
    struct slice whole;
    struct slice fraction;
    const struct expr *e = unsigned_part(number, &negative);

    if (e->kind != EXPR_NUMBER || !split_number(e->text, &whole, &fraction))
        return -1;
    return (int)without_zeros_behind(fraction).len;
}

static struct slice
without_zeros_before(struct slice digits)
{
    while (digits.len > 1 && digits.ptr[0] == '0')
        digits = slice_sub(digits, 1, digits.len);
    return digits;
}

/* Of a whole number, in digits and without zeros before; none: it is none. */
static struct slice
whole_digits(const struct expr *number)
{
    bool negative;
    struct slice whole;
    struct slice fraction;
    const struct expr *e = unsigned_part(number, &negative);

    if (negative || e->kind != EXPR_NUMBER || !split_number(e->text, &whole, &fraction)
        || without_zeros_behind(fraction).len > 0)
        return SLICE_NONE;
    return without_zeros_before(whole);
}

int
lite_small_number(const struct expr *number, int max)
{
    struct slice digits = whole_digits(number);
    int n = 0;

    for (size_t i = 0; i < digits.len && n <= max; i++)
        n = n * 10 + (digits.ptr[i] - '0');
    return slice_is_none(digits) || n > max ? -1 : n;
}

int
lite_power_of_ten(const struct expr *number)
{
    struct slice digits = whole_digits(number);

    if (digits.len == 0 || digits.ptr[0] != '1'
        || without_zeros_behind(digits).len > 1)
        return -1;
    return (int)digits.len - 1;
}

#define SCALED_DIGITS_MAX 18 /* what surely fits a 64-bit integer */

static const struct expr *
scaled_text(struct lite_scope *scope, const struct expr *at, struct slice text, int scale,
            bool negative)
{
    struct slice whole;
    struct slice fraction;
    struct text digits;
    struct slice result;

    if (!split_number(text, &whole, &fraction)) {
        lite_problem(scope, at, "\"%.*s\" is not a plain decimal number",
                     SLICE_ARG(text));
        return NULL;
    }
    fraction = without_zeros_behind(fraction);
    if (fraction.len > (size_t)scale) {
        lite_problem(scope, at, "%.*s has more than %d digits behind the point",
                     SLICE_ARG(text), scale);
        return NULL;
    }
    text_init(&digits, &scope->s->arena);
    text_add(&digits, whole);
    text_add(&digits, fraction);
    text_repeat(&digits, '0', (size_t)scale - fraction.len);
    result = without_zeros_before(text_slice(&digits));
    if (result.len > SCALED_DIGITS_MAX) {
        lite_problem(scope, at, "%.*s has too many digits", SLICE_ARG(text));
        return NULL;
    }
    return lite_digits(&scope->s->arena, result, negative && !slice_is(result, "0"));
}

const struct expr *
lite_scaled(struct lite_scope *scope, const struct expr *number, int scale)
{
    bool negative;
    const struct expr *e = unsigned_part(number, &negative);
    struct slice text = slice_trim(e->text);

    if (e->kind == EXPR_STRING && text.len > 0 && text.ptr[0] == '-') {
        negative = !negative;
        text = slice_sub(text, 1, text.len);
    }
    return scaled_text(scope, number, text, scale, negative);
}

/* ---- times ---- */

struct clock {
    int64_t days; /* since 1970-01-01 */
    int64_t micros;
};

#define MICROS_PER_SECOND ((int64_t)1000000)
#define MICROS_PER_MINUTE (60 * MICROS_PER_SECOND)
#define MICROS_PER_DAY (24 * 60 * MICROS_PER_MINUTE)

/* The next `width` digits as a number; false where there are fewer. */
static bool
take_digits(struct slice *s, size_t width, int64_t *out)
{
    *out = 0;
    if (digit_count(*s) < width)
        return false;
    for (size_t i = 0; i < width; i++)
        *out = *out * 10 + (s->ptr[i] - '0');
    *s = slice_sub(*s, width, s->len);
    return true;
}

static bool
take_char(struct slice *s, const char *any_of)
{
    if (s->len == 0 || strchr(any_of, s->ptr[0]) == NULL)
        return false;
    *s = slice_sub(*s, 1, s->len);
    return true;
}

/* Days since 1970 of a date in the Gregorian calendar (Howard Hinnant's algorithm). */
static int64_t
days_from_civil(int64_t y, int64_t m, int64_t d)
{
    int64_t era;
    int64_t year_of_era;
    int64_t day_of_year;

    y -= m <= 2;
    era = y / 400;
    year_of_era = y - era * 400;
    day_of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
           + day_of_year - 719468;
}

static void
civil_from_days(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
    int64_t z = days + 719468;
    int64_t era = z / 146097;
    int64_t day = z - era * 146097;
    int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int64_t month;

    day -= 365 * year + year / 4 - year / 100;
    month = (5 * day + 2) / 153;
    *d = day - (153 * month + 2) / 5 + 1;
    *m = month < 10 ? month + 3 : month - 9;
    *y = year + era * 400 + (*m <= 2);
}

static bool
take_date(struct slice *s, int64_t *days)
{
    int64_t y;
    int64_t m;
    int64_t d;
    int64_t y2;
    int64_t m2;
    int64_t d2;

    if (!take_digits(s, 4, &y) || !take_char(s, "-") || !take_digits(s, 2, &m)
        || !take_char(s, "-") || !take_digits(s, 2, &d) || m < 1 || m > 12 || y < 1)
        return false;
    *days = days_from_civil(y, m, d);
    civil_from_days(*days, &y2, &m2, &d2);
    return y == y2 && m == m2 && d == d2; /* no 30 February */
}

static bool
take_fraction(struct slice *s, int64_t *micros)
{
    int64_t unit = MICROS_PER_SECOND / 10;
    int64_t digit;

    if (!take_char(s, "."))
        return true;
    if (digit_count(*s) == 0 || digit_count(*s) > 6)
        return false;
    while (take_digits(s, 1, &digit)) {
        *micros += digit * unit;
        unit /= 10;
    }
    return true;
}

static bool
take_time(struct slice *s, int64_t *micros)
{
    int64_t h;
    int64_t m;
    int64_t sec = 0;

    if (!take_digits(s, 2, &h) || !take_char(s, ":") || !take_digits(s, 2, &m))
        return false;
    *micros = 0;
    if (take_char(s, ":") && (!take_digits(s, 2, &sec) || !take_fraction(s, micros)))
        return false;
    *micros += sec * MICROS_PER_SECOND + (h * 60 + m) * MICROS_PER_MINUTE;
    return h < 24 && m < 60 && sec < 60;
}

/* Z, +02, +0200, +02:00: what must be subtracted to come to UTC. */
static bool
take_zone(struct slice *s, int64_t *micros)
{
    bool west = s->len > 0 && s->ptr[0] == '-';
    int64_t h;
    int64_t m = 0;

    *micros = 0;
    if (s->len == 0 || take_char(s, "Zz"))
        return true;
    if (!take_char(s, "+-") || !take_digits(s, 2, &h))
        return false;
    (void)take_char(s, ":");
    if (s->len > 0 && !take_digits(s, 2, &m))
        return false;
    *micros = (h * 60 + m) * MICROS_PER_MINUTE * (west ? -1 : 1);
    return true;
}

static bool
parse_timestamp(struct slice s, bool zoned, struct clock *out)
{
    int64_t zone = 0;

    out->micros = 0;
    if (!take_date(&s, &out->days))
        return false;
    if (s.len == 0)
        return true;
    if (!take_char(&s, " Tt") || !take_time(&s, &out->micros) || !take_zone(&s, &zone)
        || s.len > 0)
        return false;
    if (zoned) /* timestamp without time zone ignores what it is given */
        out->micros -= zone;
    out->days += out->micros < 0 ? -1 : out->micros / MICROS_PER_DAY;
    out->micros = (out->micros + MICROS_PER_DAY) % MICROS_PER_DAY;
    return true;
}

static void
add_time(struct text *out, int64_t micros)
{
    int64_t seconds = micros / MICROS_PER_SECOND;
    int64_t fraction = micros % MICROS_PER_SECOND;
    size_t before;

    text_addf(out, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
              (int)(seconds % 60));
    if (fraction == 0)
        return;
    before = out->len;
    text_addf(out, ".%06d", (int)fraction);
    while (out->len > before && out->ptr[out->len - 1] == '0')
        out->len--;
}

static void
add_date(struct text *out, int64_t days)
{
    int64_t y;
    int64_t m;
    int64_t d;

    civil_from_days(days, &y, &m, &d);
    text_addf(out, "%04d-%02d-%02d", (int)y, (int)m, (int)d);
}

/* The text of a time constant; what is none comes back as it is, for the check to refuse.
 */
static struct slice
time_text(struct arena *a, struct slice s, enum type_kind kind)
{
    struct clock at;
    struct text out;
    struct slice rest = slice_trim(s);

    text_init(&out, a);
    if (kind == TYPE_TIME) {
        if (!take_time(&rest, &at.micros) || rest.len > 0)
            return s;
        add_time(&out, at.micros);
        return text_slice(&out);
    }
    if (!parse_timestamp(rest, kind == TYPE_TIMESTAMPTZ, &at))
        return s;
    add_date(&out, at.days);
    if (kind == TYPE_DATE)
        return text_slice(&out);
    text_addc(&out, ' ');
    add_time(&out, at.micros);
    return text_slice(&out);
}

/* ---- other constants ---- */

static const struct expr *
boolean_literal(struct arena *a, const struct expr *e)
{
    static const char *const yes[] = { "t", "true", "y", "yes", "on", "1" };
    static const char *const no[] = { "f", "false", "n", "no", "off", "0" };
    struct slice s = slice_trim(e->text);

    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (slice_is_fold(s, yes[i]))
            return expr_leaf(a, EXPR_BOOL, e->span, SLICE("true"));
        if (slice_is_fold(s, no[i]))
            return expr_leaf(a, EXPR_BOOL, e->span, SLICE("false"));
    }
    return e;
}

/* '\xDEAD' is how PostgreSQL writes bytes in a string. */
static const struct expr *
bytes_literal(struct arena *a, const struct expr *e)
{
    static const char digits[] = "0123456789abcdef";
    struct text hex;

    if (slice_starts(e->text, "\\x"))
        return expr_leaf(a, EXPR_BLOB, e->span,
                         slice_lower(a, slice_sub(e->text, 2, e->text.len)));
    text_init(&hex, a);
    for (size_t i = 0; i < e->text.len; i++) {
        unsigned char c = (unsigned char)e->text.ptr[i];

        text_addc(&hex, digits[c >> 4]);
        text_addc(&hex, digits[c & 15]);
    }
    return expr_leaf(a, EXPR_BLOB, e->span, text_slice(&hex));
}

static void
add_json_string(struct text *out, struct slice s)
{
    text_addc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c == '"' || c == '\\')
            text_addc(out, '\\');
        if (c < 0x20)
            text_addf(out, "\\u%04x", c);
        else
            text_addc(out, (char)c);
    }
    text_addc(out, '"');
}

static bool
add_json_constant(struct text *out, const struct expr *e)
{
    bool negative;
    const struct expr *x = unsigned_part(e, &negative);

    if (x->kind == EXPR_NUMBER)
        text_addf(out, "%s%.*s", negative ? "-" : "", SLICE_ARG(x->text));
    else if (e->kind == EXPR_STRING)
        add_json_string(out, e->text);
    else if (e->kind == EXPR_BOOL)
        text_add(out, e->text);
    else if (e->kind == EXPR_NULL)
        text_addz(out, "null");
    else
        return false;
    return true;
}

/* ARRAY['a', 'b'] → '["a","b"]' */
const struct expr *
lite_array_literal(struct lite_scope *scope, const struct expr *e)
{
    struct text out;

    text_init(&out, &scope->s->arena);
    text_addc(&out, '[');
    for (size_t i = 0; i < e->arg_count; i++) {
        if (i > 0)
            text_addc(&out, ',');
        if (!add_json_constant(&out, e->args[i])) {
            lite_problem(scope, e, "SQLite has no arrays");
            return e;
        }
    }
    text_addc(&out, ']');
    return lite_string(&scope->s->arena, text_slice(&out));
}

/* What 'now' is as a date, a time or a moment. */
static const char *
clock_of(enum type_kind kind)
{
    if (kind == TYPE_DATE)
        return "current_date";
    return kind == TYPE_TIME ? "current_time" : "current_timestamp";
}

/*
 * What the check of the type would refuse in each row must not get that far: words for a
 * day, and MySQL's zero date, which is none.
 */
static const struct expr *
time_literal(struct lite_scope *scope, const struct expr *e, enum type_kind kind)
{
    static const char *const words[] = { "today",    "tomorrow",  "yesterday",
                                         "infinity", "-infinity", "allballs" };
    struct arena *a = &scope->s->arena;
    struct slice said = slice_trim(e->text);

    if (slice_is_fold(said, "now") && !scope->fixed)
        return lite_keyword(a, clock_of(kind));
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (slice_is_fold(said, words[i]))
            lite_problem(scope, e, "SQLite knows no '%s'", words[i]);
    if (kind != TYPE_TIME && slice_starts(slice_trim(e->text), "0000-00-00"))
        lite_problem(scope, e, "there is no day 0000-00-00");
    return lite_string(a, time_text(a, e->text, kind));
}

static const struct expr *array_text_literal(struct lite_scope *scope,
                                             const struct expr *e,
                                             const struct type *type);

static const struct expr *
string_literal(struct lite_scope *scope, const struct expr *e, const struct type *type)
{
    struct arena *a = &scope->s->arena;

    if (type->dimensions > 0)
        return array_text_literal(scope, e, type);
    if (type->kind == TYPE_DATE || type->kind == TYPE_TIME || type->kind == TYPE_TIMESTAMP
        || type->kind == TYPE_TIMESTAMPTZ)
        return time_literal(scope, e, type->kind);
    if (type->kind == TYPE_INTERVAL)
        return lite_interval_literal(scope, e);
    if (type->kind == TYPE_UUID)
        return lite_string(a, slice_lower(a, e->text));
    if (type->kind == TYPE_BOOLEAN)
        return boolean_literal(a, e);
    if (type->kind == TYPE_BYTES)
        return bytes_literal(a, e);
    return e;
}

/* ---- arrays ---- */

/* "+01.50" → "1.50", as JSON writes numbers; what is none comes back as none. */
static struct slice
json_number(struct arena *a, struct slice s)
{
    struct text out;
    size_t i = 0;
    size_t digits;

    text_init(&out, a);
    s = slice_trim(s);
    if (s.len > 0 && (s.ptr[0] == '+' || s.ptr[0] == '-'))
        text_addz(&out, s.ptr[i++] == '-' ? "-" : "");
    while (i + 1 < s.len && s.ptr[i] == '0' && s.ptr[i + 1] >= '0' && s.ptr[i + 1] <= '9')
        i++;
    text_addz(&out, i < s.len && s.ptr[i] == '.' ? "0" : "");
    digits = i;
    while (i < s.len && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '.'))
        text_addc(&out, s.ptr[i++]);
    if (i == digits || s.ptr[i - 1] == '.')
        return SLICE_NONE;
    return i == s.len ? text_slice(&out) : SLICE_NONE;
}

/* One item as a column of its type has it, in JSON. */
static bool
add_json_item(struct lite_scope *scope, struct text *out, const struct expr *e,
              const struct type *type)
{
    const struct expr *x;

    if (type_family(type) == FAMILY_NUMBER) {
        struct slice number = json_number(&scope->s->arena, e->text);

        text_add(out, slice_is_none(number) ? SLICE("") : number);
        return !slice_is_none(number);
    }
    x = string_literal(scope, e, type);
    if (x->kind == EXPR_BLOB)
        add_json_string(out, slice_format(&scope->s->arena, "\\x%.*s",
                                          SLICE_ARG(x->text)));
    else
        return add_json_constant(out, x);
    return true;
}

/* PostgreSQL's own text of an array: '{a,b}'. */
static const struct expr *
array_text_literal(struct lite_scope *scope, const struct expr *e,
                   const struct type *type)
{
    struct arena *a = &scope->s->arena;
    struct type item_type = *type;
    struct array_items items;
    struct text out;

    if (!slice_starts(slice_trim(e->text), "{"))
        return e; /* JSON already, or nothing that the check lets through */
    if (!array_text_read(a, e->text, &items)) {
        lite_problem(scope, e, "the text of this array has no form in JSON");
        return e;
    }
    item_type.dimensions = 0;
    text_init(&out, a);
    text_addc(&out, '[');
    VEC_EACH (i, &items.all) {
        const struct array_item *item = &items.all.items[i];
        const struct expr *x = expr_leaf(a, EXPR_STRING, e->span, item->text);

        text_addz(&out, i > 0 ? "," : "");
        if (item->is_null) {
            text_addz(&out, "null");
        } else if (!add_json_item(scope, &out, x, &item_type)) {
            lite_problem(scope, e, "an item of the array has no form in JSON");
            return e;
        }
    }
    text_addc(&out, ']');
    return lite_string(a, text_slice(&out));
}

const struct expr *
lite_literal(struct lite_scope *scope, const struct expr *e, const struct type *type)
{
    bool text_digits = type->dimensions == 0
                       && (type->kind == TYPE_DECIMAL || type->kind == TYPE_DECIMAL_TEXT);
    int scale = lite_scale(type, scope->neutral);

    if (scale != SCALE_NONE && (lite_is_number(e) || e->kind == EXPR_STRING))
        return lite_scaled(scope, e, scale);
    if (text_digits && scope->neutral && lite_is_number(e))
        return lite_string(&scope->s->arena, lite_expr_text(&scope->s->arena, e));
    if (e->kind == EXPR_STRING)
        return string_literal(scope, e, type);
    return e;
}
