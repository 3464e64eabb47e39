/*
 * Times of the history, and pauses.
 */
#define _POSIX_C_SOURCE 200809L

#include "runtime/times.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "runtime/driver.h"
#include "runtime/schemac_row.h"

#define LAST_MILLISECOND INT64_C(253402300799999) /* of the year 9999 */

void
schemac__pause(int64_t milliseconds)
{
    const struct timespec wait = {
        .tv_sec = (time_t)(milliseconds / 1000),
        .tv_nsec = (long)(milliseconds % 1000) * 1000000,
    };

    (void)nanosleep(&wait, NULL); /* cut short by a signal: no matter */
}

/* Always three digits behind the second: "9.5" stands behind "9.25" as a text. */
void
schemac__time_to_text(int64_t microseconds, char to[TIME_TEXT_BYTES])
{
    char second[SCHEMAC_TIMESTAMP_TEXT_BYTES];
    int64_t milliseconds = microseconds < 0 ? 0 : microseconds / 1000;

    if (milliseconds > LAST_MILLISECOND)
        milliseconds = LAST_MILLISECOND;
    (void)schemac_timestamp_to_text(milliseconds / 1000 * 1000000, second);
    (void)snprintf(to, TIME_TEXT_BYTES, "%s.%03" PRId64, second, milliseconds % 1000);
}

int64_t
schemac__time_from_text(const char *text)
{
    int64_t microseconds;

    return schemac_timestamp_from_text(schemac_text(text), &microseconds) ? microseconds
                                                                          : 0;
}
