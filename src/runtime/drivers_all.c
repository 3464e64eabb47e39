/*
 * What a URL may begin with in a library that speaks to every engine, as the schemac
 * command does.  Linked instead of drivers_sqlite.c.
 */
#include "runtime/driver.h"

const struct schemac__scheme schemac__schemes[] = {
    { "sqlite:", &schemac__sqlite, false },
    { "postgresql://", &schemac__postgres, true },
    { "postgres://", &schemac__postgres, true },
    /* libpq's keywords that a connection string begins with */
    { "service=", &schemac__postgres, true },
    { "host=", &schemac__postgres, true },
    { "hostaddr=", &schemac__postgres, true },
    { "port=", &schemac__postgres, true },
    { "user=", &schemac__postgres, true },
    { "dbname=", &schemac__postgres, true },
    { "password=", &schemac__postgres, true },
    { "passfile=", &schemac__postgres, true },
    { "sslmode=", &schemac__postgres, true },
    { "connect_timeout=", &schemac__postgres, true },
    { "options=", &schemac__postgres, true },
    { "application_name=", &schemac__postgres, true },
    { NULL, NULL, false },
};
