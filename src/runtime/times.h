/*
 * Times in the tables of schemac: microseconds since 1970 in UTC, and their text with
 * milliseconds, whose order is that of time.  Values of columns: schemac_row.h.
 */
#ifndef SCHEMAC_RUNTIME_TIMES_H
#define SCHEMAC_RUNTIME_TIMES_H

#include <stdint.h>

#define DAY_MICROSECONDS (INT64_C(24) * 60 * 60 * 1000 * 1000)

#define TIME_TEXT_BYTES 32 /* "2024-12-31 23:59:59.123" */

/* The first moment of 1970 for what is earlier, the last of 9999 for what is later. */
void schemac__time_to_text(int64_t microseconds, char to[TIME_TEXT_BYTES]);
int64_t schemac__time_from_text(const char *text); /* 0 for what is no time */

#endif
