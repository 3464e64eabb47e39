/*
 * Values and their text: dates, times, timestamps and UUIDs.  (Decimals:
 * codec_decimal.c.) Nothing here depends on the locale or on the machine's time zone.
 */
#include <string.h>
#include <time.h>

#include "runtime/codec.h"

#define DAY_US INT64_C(86400000000)
#define SECOND_US INT64_C(1000000)
#define YEAR_MAX 9999 /* four digits, so that text order is time order */

/* ---- reading: a position in a text ---- */

struct reader {
    const char *at;
    const char *end;
};

static struct reader
reader_of(struct schemac_text text)
{
    return (struct reader){ text.ptr, text.ptr == NULL ? NULL : text.ptr + text.len };
}

static bool
at_end(const struct reader *r)
{
    return r->at == r->end;
}

static bool
take(struct reader *r, char c)
{
    if (at_end(r) || *r->at != c)
        return false;
    r->at++;
    return true;
}

/* Exactly `count` digits. */
static bool
take_digits(struct reader *r, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, r->at++) {
        if (at_end(r) || *r->at < '0' || *r->at > '9')
            return false;
        *value = *value * 10 + (*r->at - '0');
    }
    return true;
}

/* ".5" → 500000; no point: 0.  At most six digits. */
static bool
take_fraction(struct reader *r, int *microseconds)
{
    int unit = 100000;

    *microseconds = 0;
    if (!take(r, '.'))
        return true;
    if (at_end(r) || *r->at < '0' || *r->at > '9')
        return false;
    for (; !at_end(r) && *r->at >= '0' && *r->at <= '9'; r->at++, unit /= 10) {
        if (unit == 0)
            return false;
        *microseconds += (*r->at - '0') * unit;
    }
    return true;
}

/* ---- the calendar ---- */

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/*
 * Days since 1970-01-01.  Years are counted from March, so that the leap day is the last
 * of its year; an era is 400 years, 146,097 days.
 */
static int32_t
days_from_date(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static void
date_from_days(int32_t days, int *year, int *month, int *day)
{
    int64_t shifted = (int64_t)days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int day_of_era = (int)(shifted - era * 146097);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

/* ---- writing ---- */

static char *
put_digits(char *to, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + count;
}

static char *
put_time(char *to, int64_t microseconds)
{
    int seconds = (int)(microseconds / SECOND_US);
    int fraction = (int)(microseconds % SECOND_US);

    to = put_digits(to, seconds / 3600, 2);
    *to++ = ':';
    to = put_digits(to, seconds / 60 % 60, 2);
    *to++ = ':';
    to = put_digits(to, seconds % 60, 2);
    if (fraction == 0)
        return to;
    *to++ = '.';
    to = put_digits(to, fraction, 6);
    while (to[-1] == '0')
        to--;
    return to;
}

static size_t
finish(char *begin, char *end)
{
    *end = '\0';
    return (size_t)(end - begin);
}

/* ---- dates ---- */

static bool
take_date(struct reader *r, int32_t *days)
{
    int year;
    int month;
    int day;

    if (!take_digits(r, 4, &year) || !take(r, '-') || !take_digits(r, 2, &month)
        || !take(r, '-') || !take_digits(r, 2, &day))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    *days = days_from_date(year, month, day);
    return true;
}

bool
schemac_date_from_text(struct schemac_text text, int32_t *days)
{
    struct reader r = reader_of(text);
    int32_t value;

    if (!take_date(&r, &value) || !at_end(&r))
        return false;
    *days = value;
    return true;
}

size_t
schemac_date_to_text(int32_t days, char to[SCHEMAC_DATE_TEXT_BYTES])
{
    char *at = to;
    int year;
    int month;
    int day;

    to[0] = '\0';
    date_from_days(days, &year, &month, &day);
    if (year < 0 || year > YEAR_MAX)
        return 0;
    at = put_digits(at, year, 4);
    *at++ = '-';
    at = put_digits(at, month, 2);
    *at++ = '-';
    return finish(to, put_digits(at, day, 2));
}

/* ---- times of day ---- */

static bool
take_time(struct reader *r, int64_t *microseconds)
{
    int hour;
    int minute;
    int second;
    int fraction;

    if (!take_digits(r, 2, &hour) || !take(r, ':') || !take_digits(r, 2, &minute)
        || !take(r, ':') || !take_digits(r, 2, &second) || !take_fraction(r, &fraction))
        return false;
    if (minute > 59 || second > 59)
        return false;
    *microseconds = ((hour * INT64_C(60) + minute) * 60 + second) * SECOND_US + fraction;
    return *microseconds <= DAY_US;
}

bool
schemac_time_from_text(struct schemac_text text, int64_t *microseconds)
{
    struct reader r = reader_of(text);
    int64_t value;

    if (!take_time(&r, &value) || !at_end(&r))
        return false;
    *microseconds = value;
    return true;
}

size_t
schemac_time_to_text(int64_t microseconds, char to[SCHEMAC_TIME_TEXT_BYTES])
{
    to[0] = '\0';
    if (microseconds < 0 || microseconds > DAY_US)
        return 0;
    return finish(to, put_time(to, microseconds));
}

/* ---- timestamps ---- */

bool
schemac_timestamp_from_text(struct schemac_text text, int64_t *microseconds)
{
    struct reader r = reader_of(text);
    int64_t time_of_day;
    int32_t days;

    if (!take_date(&r, &days) || !(take(&r, ' ') || take(&r, 'T'))
        || !take_time(&r, &time_of_day) || time_of_day == DAY_US)
        return false;
    (void)take(&r, 'Z');
    if (!at_end(&r))
        return false;
    *microseconds = days * DAY_US + time_of_day;
    return true;
}

size_t
schemac_timestamp_to_text(int64_t microseconds, char to[SCHEMAC_TIMESTAMP_TEXT_BYTES])
{
    int64_t days = microseconds / DAY_US;
    int64_t time_of_day = microseconds % DAY_US;
    char *at = to;

    if (time_of_day < 0) {
        time_of_day += DAY_US;
        days--;
    }
    at += schemac_date_to_text((int32_t)days, to); /* |days| < 2^27: it fits */
    if (at == to)
        return 0;
    *at++ = ' ';
    return finish(to, put_time(at, time_of_day));
}

int64_t
schemac_timestamp_now(void)
{
    struct timespec now;

    if (timespec_get(&now, TIME_UTC) != TIME_UTC)
        return 0;
    return (int64_t)now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

/* ---- UUIDs ---- */

int
schemac__hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Is there a hyphen before this byte?  8-4-4-4-12 digits. */
static bool
hyphen_before(int byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

bool
schemac_uuid_from_text(struct schemac_text text, struct schemac_uuid *to)
{
    struct reader r = reader_of(text);
    struct schemac_uuid value;

    if (text.len != SCHEMAC_UUID_TEXT_BYTES - 1)
        return false;
    for (int i = 0; i < 16; i++, r.at += 2) {
        int high;
        int low;

        if (hyphen_before(i) && !take(&r, '-'))
            return false;
        high = schemac__hex_value(r.at[0]);
        low = schemac__hex_value(r.at[1]);
        if (high < 0 || low < 0)
            return false;
        value.bytes[i] = (uint8_t)(high * 16 + low);
    }
    *to = value;
    return true;
}

size_t
schemac_uuid_to_text(const struct schemac_uuid *uuid, char to[SCHEMAC_UUID_TEXT_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    char *at = to;

    for (int i = 0; i < 16; i++) {
        if (hyphen_before(i))
            *at++ = '-';
        *at++ = digits[uuid->bytes[i] / 16];
        *at++ = digits[uuid->bytes[i] % 16];
    }
    return finish(to, at);
}

/* ---- text and labels ---- */

bool
schemac_text_equal(struct schemac_text a, struct schemac_text b)
{
    if (a.ptr == NULL || b.ptr == NULL)
        return a.ptr == b.ptr;
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

int
schemac_labels_find(const struct schemac_labels *labels, struct schemac_text label)
{
    for (size_t i = 0; i < labels->count; i++)
        if (schemac_text_equal(labels->items[i], label))
            return (int)i + 1;
    return 0;
}

const char *
schemac_labels_text(const struct schemac_labels *labels, int value)
{
    return value >= 1 && (size_t)value <= labels->count ? labels->items[value - 1].ptr
                                                        : NULL;
}

size_t
schemac__codec_bytes(enum schemac_codec codec)
{
    switch (codec) {
    case SCHEMAC_CODEC_BOOL:
        return sizeof(bool);
    case SCHEMAC_CODEC_INT16:
        return sizeof(int16_t);
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_DATE:
        return sizeof(int32_t);
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
    case SCHEMAC_CODEC_TIME:
    case SCHEMAC_CODEC_TIMESTAMP:
        return sizeof(int64_t);
    case SCHEMAC_CODEC_FLOAT:
        return sizeof(float);
    case SCHEMAC_CODEC_DOUBLE:
        return sizeof(double);
    case SCHEMAC_CODEC_TEXT:
        return sizeof(struct schemac_text);
    case SCHEMAC_CODEC_BYTES:
        return sizeof(struct schemac_bytes);
    case SCHEMAC_CODEC_UUID:
        return sizeof(struct schemac_uuid);
    case SCHEMAC_CODEC_ENUM:
        return sizeof(int);
    case SCHEMAC_CODEC_ARRAY:
        return sizeof(struct schemac_int32_array);
    }
    return 0;
}

size_t
schemac__codec_opt_bytes(enum schemac_codec codec)
{
    switch (codec) {
    case SCHEMAC_CODEC_BOOL:
        return sizeof(struct schemac_bool_opt);
    case SCHEMAC_CODEC_INT16:
        return sizeof(struct schemac_int16_opt);
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_DATE:
        return sizeof(struct schemac_int32_opt);
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
    case SCHEMAC_CODEC_TIME:
    case SCHEMAC_CODEC_TIMESTAMP:
        return sizeof(struct schemac_int64_opt);
    case SCHEMAC_CODEC_FLOAT:
        return sizeof(struct schemac_float_opt);
    case SCHEMAC_CODEC_DOUBLE:
        return sizeof(struct schemac_double_opt);
    case SCHEMAC_CODEC_UUID:
        return sizeof(struct schemac_uuid_opt);
    case SCHEMAC_CODEC_TEXT:
    case SCHEMAC_CODEC_BYTES:
    case SCHEMAC_CODEC_ENUM:
    case SCHEMAC_CODEC_ARRAY:
        break;
    }
    return schemac__codec_bytes(codec);
}
