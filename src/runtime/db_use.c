/*
 * What programs ask of a handle besides opening and closing.  Apart from db.c, because
 * rows need none of it.
 */
#include "runtime/driver.h"

const char *
schemac_dialect(const struct schemac_db *db)
{
    return db == NULL || db->driver == NULL ? "" : db->driver->name;
}

void *
schemac_native(struct schemac_db *db)
{
    return db == NULL ? NULL : db->native;
}

enum schemac_status
schemac_busy_timeout(struct schemac_db *db, int milliseconds)
{
    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    if (milliseconds < 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "a busy timeout cannot be negative");
    return db->driver->busy_timeout(db, milliseconds);
}
