/*
 * What time it is.
 */
#include <time.h>

#include "runtime/schemac_row.h"

int64_t
schemac_timestamp_now(void)
{
    struct timespec now;

    if (timespec_get(&now, TIME_UTC) != TIME_UTC)
        return 0;
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
