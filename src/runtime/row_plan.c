/*
 * A plan for a second statement over the same columns: what reads a row again, or writes
 * many at once.
 */
#include "runtime/row.h"

static struct row_plan *
copy_plan(struct schemac_db *db, const struct row_plan *plan)
{
    size_t bytes = schemac__row_plan_bytes(plan->end);
    struct row_plan *copy = schemac__alloc(bytes);

    if (copy == NULL)
        schemac__no_memory(db);
    else
        memcpy(copy, plan, bytes);
    return copy;
}

enum schemac_status
schemac__row_prepare_second(struct schemac_db *db, const struct row_request *request,
                            struct schemac_stmt **stmt)
{
    struct row_request second = *request;
    enum schemac_status status = SCHEMAC_NO_MEMORY;

    second.plan = copy_plan(db, request->plan);
    if (second.plan == NULL)
        return status;
    status = schemac__row_prepare_request(db, &second, stmt);
    if (status != SCHEMAC_OK)
        schemac__free(second.plan);
    return status;
}
