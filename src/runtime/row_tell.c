/*
 * What is said of a field with numbers in it: of arrays and lists.
 */
#include "runtime/row.h"

enum schemac_status
schemac__row_tell(const struct row_place *place, enum schemac_status status,
                  const char *format, ...)
{
    char *message = place->db->error.message;
    size_t at;
    va_list args;

    (void)schemac__row_fail(place, status, "");
    at = strlen(message);
    va_start(args, format);
    schemac__format(message + at, sizeof place->db->error.message - at, format, args);
    va_end(args);
    return status;
}
