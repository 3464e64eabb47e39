/*
 * A handle and the schema that a program was compiled with.
 */
#include "runtime/row.h"

enum schemac_status
schemac_attach_schema(struct schemac_db *db, const struct schemac_schema *schema,
                      enum schemac_policy policy)
{
    const struct schemac_migrate_options options = {
        .keep = policy == SCHEMAC_POLICY_KEEP,
    };
    enum schemac_status status = schemac_check_version(db, schema);

    if (status != SCHEMAC_STALE_SCHEMA || policy == SCHEMAC_POLICY_REFUSE)
        return status;
    return schemac_migrate(db, schema, &options);
}

enum schemac_status
schemac_open_schema(const char *url, const struct schemac_schema *schema,
                    enum schemac_policy policy, struct schemac_db **db)
{
    /* Whoever refuses to migrate does not want an empty database made for him. */
    unsigned flags = policy == SCHEMAC_POLICY_REFUSE ? SCHEMAC_OPEN_EXISTING : 0;
    enum schemac_status status = schemac_open_with(url, flags, db);

    return status == SCHEMAC_OK ? schemac_attach_schema(*db, schema, policy) : status;
}
