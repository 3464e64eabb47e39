/*
 * The names of statuses.
 */
#include <assert.h>

#include "runtime/schemac.h"

static const char *const status_names[] = {
    [SCHEMAC_OK] = "OK",
    [SCHEMAC_ROW] = "ROW",
    [SCHEMAC_DONE] = "DONE",
    [SCHEMAC_NOT_FOUND] = "NOT_FOUND",
    [SCHEMAC_UNIQUE] = "UNIQUE",
    [SCHEMAC_FOREIGN_KEY] = "FOREIGN_KEY",
    [SCHEMAC_NOT_NULL] = "NOT_NULL",
    [SCHEMAC_CHECK] = "CHECK",
    [SCHEMAC_BUSY] = "BUSY",
    [SCHEMAC_RETRY] = "RETRY",
    [SCHEMAC_STALE_SCHEMA] = "STALE_SCHEMA",
    [SCHEMAC_DECODE] = "DECODE",
    [SCHEMAC_CONNECTION] = "CONNECTION",
    [SCHEMAC_NO_MEMORY] = "NO_MEMORY",
    [SCHEMAC_MISUSE] = "MISUSE",
    [SCHEMAC_REFUSED] = "REFUSED",
    [SCHEMAC_FULL] = "FULL",
    [SCHEMAC_NOT_A_DATABASE] = "NOT_A_DATABASE",
    [SCHEMAC_READ_ONLY] = "READ_ONLY",
    [SCHEMAC_ERROR] = "ERROR",
};

static_assert(sizeof status_names / sizeof *status_names == SCHEMAC_ERROR + 1,
              "name every status");

const char *
schemac_status_name(enum schemac_status status)
{
    return (size_t)status <= SCHEMAC_ERROR ? status_names[status] : "unknown status";
}
