/*
 * Moments and their text: dates, times and timestamps.  Nothing here depends on the
 * locale or on the machine's time zone.
 */
#include "runtime/row.h"
#include "runtime/times.h"

#define SECOND_US INT64_C(1000000)
#define DATE_PATTERN "4-2-2"
#define TIME_PATTERN "2:2:2"

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

/* The value of the next character; -1: it is no digit. */
static int
take_digit(struct reader *r)
{
    if (at_end(r) || *r->at < '0' || *r->at > '9')
        return -1;
    return *r->at++ - '0';
}

/* Numbers as a pattern has them: "4-2-2" is one of four digits, two of two digits, and
 * what stands between. */
static bool
take_numbers(struct reader *r, const char *pattern, int *values)
{
    for (; *pattern != '\0'; pattern++) {
        if (*pattern < '0' || *pattern > '9') {
            if (!take(r, *pattern))
                return false;
            continue;
        }
        *values = 0;
        for (int left = *pattern - '0'; left > 0; left--) {
            int digit = take_digit(r);

            if (digit < 0)
                return false;
            *values = *values * 10 + digit;
        }
        values++;
    }
    return true;
}

/* ".5" → 500000; no point: 0.  At most six digits. */
static bool
take_fraction(struct reader *r, int *microseconds)
{
    int unit = (int)SECOND_US;
    int digit;

    *microseconds = 0;
    if (!take(r, '.'))
        return true;
    while ((digit = take_digit(r)) >= 0) {
        unit /= 10;
        if (unit == 0)
            return false;
        *microseconds += digit * unit;
    }
    return unit < SECOND_US;
}

/* ---- the calendar ---- */

/*
 * Years are counted from March, so that the leap day is the last of its year, and from
 * 400 years before the year 0, so that none is negative; an era is 400 years.
 */
#define ERA_DAYS 146097
#define EPOCH_DAY (719468 + ERA_DAYS) /* of 1970-01-01, so counted */
/* 0000-01-01 to 9999-12-31, from 1970-01-01: four digits, so that the order of texts is
 * that of time. */
#define DAY_MIN (-719528)
#define DAY_MAX 2932896

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days since 1970-01-01, of a year, a month and a day. */
static int32_t
days_from_date(const int date[3])
{
    int year = date[0] + 400 - (date[1] <= 2 ? 1 : 0);
    int month = date[1] + (date[1] > 2 ? -3 : 9);
    int day_of_year = (153 * month + 2) / 5 + date[2] - 1;

    return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - EPOCH_DAY;
}

/* Needs: DAY_MIN to DAY_MAX. */
static void
date_from_days(int32_t days, int date[3])
{
    int era = (days + EPOCH_DAY) / ERA_DAYS;
    int day_of_era = (days + EPOCH_DAY) % ERA_DAYS;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;

    date[2] = day_of_year - (153 * month + 2) / 5 + 1;
    date[1] = month < 10 ? month + 3 : month - 9;
    date[0] = era * 400 + year_of_era - 400 + (date[1] <= 2 ? 1 : 0);
}

/* ---- writing ---- */

static char *
put_digits(char *to, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        to[i] = (char)('0' + value % 10);
    return to + count;
}

/* As take_numbers reads them. */
static char *
put_numbers(char *to, const char *pattern, const int *values)
{
    for (; *pattern != '\0'; pattern++)
        if (*pattern < '0' || *pattern > '9')
            *to++ = *pattern;
        else
            to = put_digits(to, *values++, *pattern - '0');
    return to;
}

static char *
put_time(char *to, int64_t microseconds)
{
    int seconds = (int)(microseconds / SECOND_US);
    int fraction = (int)(microseconds % SECOND_US);
    const int numbers[] = { seconds / 3600, seconds / 60 % 60, seconds % 60 };

    to = put_numbers(to, TIME_PATTERN, numbers);
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
    int date[3]; /* year, month, day */

    if (!take_numbers(r, DATE_PATTERN, date) || date[1] < 1 || date[1] > 12
        || date[2] < 1 || date[2] > days_in_month(date[0], date[1]))
        return false;
    *days = days_from_date(date);
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
    int date[3];

    to[0] = '\0';
    if (days < DAY_MIN || days > DAY_MAX)
        return 0;
    date_from_days(days, date);
    return finish(to, put_numbers(to, DATE_PATTERN, date));
}

/* ---- times of day ---- */

static bool
take_time(struct reader *r, int64_t *microseconds)
{
    int time[3]; /* hour, minute, second */
    int fraction;

    if (!take_numbers(r, TIME_PATTERN, time) || !take_fraction(r, &fraction)
        || time[1] > 59 || time[2] > 59)
        return false;
    *microseconds = ((time[0] * INT64_C(60) + time[1]) * 60 + time[2]) * SECOND_US
                    + fraction;
    return *microseconds <= DAY_MICROSECONDS;
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
    if (microseconds < 0 || microseconds > DAY_MICROSECONDS)
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
        || !take_time(&r, &time_of_day) || time_of_day == DAY_MICROSECONDS)
        return false;
    (void)take(&r, 'Z');
    if (!at_end(&r))
        return false;
    *microseconds = days * DAY_MICROSECONDS + time_of_day;
    return true;
}

size_t
schemac_timestamp_to_text(int64_t microseconds, char to[SCHEMAC_TIMESTAMP_TEXT_BYTES])
{
    int64_t days = microseconds / DAY_MICROSECONDS;
    int64_t time_of_day = microseconds % DAY_MICROSECONDS;
    char *at = to;

    if (time_of_day < 0) {
        time_of_day += DAY_MICROSECONDS;
        days--;
    }
    at += schemac_date_to_text((int32_t)days, to); /* |days| < 2^27: it fits */
    if (at == to)
        return 0;
    *at++ = ' ';
    return finish(to, put_time(at, time_of_day));
}

/* ---- fields ---- */

static struct schemac_text
write_moment(const struct row_place *place, const struct schemac_column *c,
             const void *field, char to[ROW_TEXT_BYTES])
{
    size_t len = c->codec == SCHEMAC_CODEC_DATE
                     ? schemac_date_to_text(*(const int32_t *)field, to)
                 : c->codec == SCHEMAC_CODEC_TIME
                     ? schemac_time_to_text(*(const int64_t *)field, to)
                     : schemac_timestamp_to_text(*(const int64_t *)field, to);

    if (len > 0)
        return (struct schemac_text){ to, len };
    (void)schemac__row_fail(place, SCHEMAC_CHECK,
                            ": the value is outside what can be stored "
                            "(years 0000 to 9999, times up to 24:00:00)");
    return (struct schemac_text){ NULL, 0 };
}

static bool
read_moment(const struct schemac_column *c, struct schemac_text text, void *field)
{
    if (c->codec == SCHEMAC_CODEC_DATE)
        return schemac_date_from_text(text, field);
    return c->codec == SCHEMAC_CODEC_TIME ? schemac_time_from_text(text, field)
                                          : schemac_timestamp_from_text(text, field);
}

static const char *
wanted(const struct schemac_column *c)
{
    return c->codec == SCHEMAC_CODEC_DATE   ? "a date"
           : c->codec == SCHEMAC_CODEC_TIME ? "a time of day"
                                            : "a timestamp that 64 bits can hold";
}

const struct schemac_texts schemac_moments = { write_moment, read_moment, wanted };
