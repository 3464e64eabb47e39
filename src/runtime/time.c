/*
 * Times of the history: microseconds since 1970 in UTC, and their text with
 * milliseconds. The calendar is the proleptic Gregorian one; years 1 to 9999.
 */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "runtime/history.h"

#define SECONDS_PER_DAY 86400
#define DAYS_PER_ERA 146097 /* 400 years */
#define EPOCH_DAY 719468    /* days from 0000-03-01 to 1970-01-01 */

void
schemac__pause(int64_t milliseconds)
{
    const struct timespec wait = {
        .tv_sec = (time_t)(milliseconds / 1000),
        .tv_nsec = (long)(milliseconds % 1000) * 1000000,
    };

    (void)nanosleep(&wait, NULL); /* cut short by a signal: no matter */
}

/* Years begin in March here, so that the leap day is the last of its year. */
static int64_t
days_from_date(int64_t year, int64_t month, int64_t day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = y / 400;
    int64_t year_of_era = y % 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100
           + day_of_year - EPOCH_DAY;
}

static void
date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    int64_t n = days + EPOCH_DAY;
    int64_t era = n / DAYS_PER_ERA;
    int64_t day_of_era = n % DAYS_PER_ERA;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t m = (5 * day_of_year + 2) / 153;

    *day = day_of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

void
schemac__time_to_text(int64_t microseconds, char to[TIME_TEXT_BYTES])
{
    int64_t milliseconds = microseconds < 0 ? 0 : microseconds / 1000;
    int64_t seconds = milliseconds / 1000;
    int64_t of_day = seconds % SECONDS_PER_DAY;
    int64_t year, month, day;

    date_from_days(seconds / SECONDS_PER_DAY, &year, &month, &day);
    (void)snprintf(to, TIME_TEXT_BYTES,
                   "%04" PRId64 "-%02" PRId64 "-%02" PRId64 " %02" PRId64 ":%02" PRId64
                   ":%02" PRId64 ".%03" PRId64,
                   year % 10000, month, day, of_day / 3600, of_day / 60 % 60, of_day % 60,
                   milliseconds % 1000);
}

int64_t
schemac__time_from_text(const char *text)
{
    int year, month, day, hour, minute, second, millisecond;
    int64_t days;

    if (sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d.%3d", &year, &month, &day, &hour, &minute,
               &second, &millisecond)
            != 7
        || year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    days = days_from_date(year, month, day);
    return ((days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) * 1000
            + millisecond)
           * 1000;
}
