/*
 * Which engine a handle speaks decides who describes it.
 */
#include "describe/describe.h"

#include <string.h>

#include "describe/engines.h"

static bool
refuse_postgres(struct session *s, struct schemac_db *db, struct slice *out)
{
    (void)db;
    *out = SLICE_NONE;
    diag_add(&s->diags, D_DATABASE, SPAN_NONE,
             "PostgreSQL databases cannot be described yet");
    return false;
}

static const struct {
    const char *dialect;
    bool (*describe)(struct session *s, struct schemac_db *db, struct slice *out);
} engines[] = {
    { "sqlite", describe_sqlite },
    { "postgres", refuse_postgres },
};

bool
describe_database(struct session *s, struct schemac_db *db, struct slice *out)
{
    const char *dialect = schemac_dialect(db);

    for (size_t i = 0; i < ARRAY_LEN(engines); i++)
        if (strcmp(engines[i].dialect, dialect) == 0)
            return engines[i].describe(s, db, out);
    *out = SLICE_NONE;
    diag_add(&s->diags, D_DATABASE, SPAN_NONE, "the database is not open");
    return false;
}
