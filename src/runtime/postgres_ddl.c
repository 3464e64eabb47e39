/*
 * What the migration runner needs from PostgreSQL: the tables that it keeps, and the
 * refusal to change a database in a state in which a setting could spoil it.
 */
#include <string.h>

#include "runtime/postgres.h"

static enum schemac_status
check_version(struct schemac_db *db)
{
    int version = PQserverVersion(db->native);

    if (version >= POSTGRES_VERSION_MIN)
        return SCHEMAC_OK;
    return schemac__fail(db, SCHEMAC_REFUSED,
                         "the server is PostgreSQL %d, and %d is the oldest that is "
                         "migrated",
                         version / 10000, POSTGRES_VERSION_MIN / 10000);
}

static enum schemac_status
check_ready(struct schemac_db *db, bool rewrites)
{
    enum schemac_status status = check_version(db);
    int64_t answer = 0;

    (void)rewrites; /* the server does not say how much room its disk has */
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__query_int64(db,
                                  "SELECT current_setting('transaction_read_only')"
                                  " = 'on'",
                                  &answer, NULL);
    if (status == SCHEMAC_OK && answer != 0)
        return schemac__fail(db, SCHEMAC_READ_ONLY,
                             "the database is read-only: a standby, or "
                             "default_transaction_read_only is on");
    if (status == SCHEMAC_OK)
        status = schemac__query_int64(
            db, "SELECT current_setting('session_replication_role') <> 'origin'", &answer,
            NULL);
    if (status == SCHEMAC_OK && answer != 0)
        return schemac__fail(db, SCHEMAC_REFUSED,
                             "session_replication_role is not origin, so foreign keys "
                             "and triggers would not be enforced");
    return status;
}

const struct schemac__ddl schemac__postgres_ddl = {
    .begin = "BEGIN ISOLATION LEVEL READ COMMITTED",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .history_create =
        "CREATE TABLE public.schemac_history (\n"
        "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n"
        "    schema text NOT NULL,\n"
        "    version text NOT NULL,\n"
        "    from_version text NOT NULL,\n"
        "    direction text NOT NULL\n"
        "        CHECK (direction IN ('create', 'up', 'down', 'baseline')),\n"
        "    fingerprint text NOT NULL,\n"
        "    started_at text NOT NULL,\n"
        "    finished_at text NOT NULL,\n"
        "    duration_ms bigint NOT NULL,\n"
        "    steps bigint NOT NULL,\n"
        "    rows_at_stake bigint NOT NULL,\n"
        "    tool_version text NOT NULL,\n"
        "    schema_digest text NOT NULL,\n"
        "    objects text\n"
        ")",
    .history_exists = "SELECT 1 WHERE to_regclass('public.schemac_history') IS NOT NULL",
    .kept_exists = "SELECT 1 WHERE to_regclass('public.schemac_kept') IS NOT NULL",
    .keeps_beside = true,
    .steps_create = "CREATE TABLE public.schemac_steps (\n"
                    "    number bigint PRIMARY KEY,\n"
                    "    from_version text NOT NULL,\n"
                    "    to_version text NOT NULL,\n"
                    "    step text NOT NULL,\n"
                    "    sql_digest text NOT NULL,\n"
                    "    state text NOT NULL CHECK (state IN ('running', 'done')),\n"
                    "    schema_digest text NOT NULL,\n"
                    "    started_at text NOT NULL\n"
                    ")",
    .steps_exists = "SELECT 1 WHERE to_regclass('public.schemac_steps') IS NOT NULL",
    .expressions_create = "CREATE TABLE public.schemac_expressions (\n"
                          "    kind text NOT NULL,\n"
                          "    name text NOT NULL,\n"
                          "    declared text NOT NULL,\n"
                          "    server text NOT NULL,\n"
                          "    PRIMARY KEY (kind, name)\n"
                          ")",
    .expressions_exists =
        "SELECT 1 WHERE to_regclass('public.schemac_expressions') IS NOT NULL",
    .expressions_insert = schemac__postgres_expressions_insert,
    .expressions_unchanged = schemac__postgres_expressions_unchanged,
    .objects = schemac__postgres_objects,
    .check_ready = check_ready,
    .enter = schemac__postgres_enter,
    .leave = schemac__postgres_leave,
    .sample_begin = "SELECT q.*, count(*) OVER () FROM (",
    .sample_end = "\n) AS q LIMIT 3",
    .is_remote = true,
    .lock_timeout = schemac__postgres_lock_timeout,
    .set_lock_timeout = schemac__postgres_set_lock_timeout,
};
