/*
 * Bringing a database from the version where it is to another one, version by version.
 *
 * Each version is one transaction, or several where a step may not be in one
 * (transact.c).  Foreign keys are off around it where tables are rebuilt.
 *
 * Whatever fails, the transaction is rolled back, foreign keys are as they were before,
 * and the message says which step failed and at which version the database is.
 */
#include <string.h>

#include "runtime/kept.h"
#include "runtime/run.h"

/* Each round either moves a version or finds that another process did. */
#define ROUNDS_MAX 10000

static const struct schemac_migrate_options no_options = { .target = NULL };

/* ---- the way ---- */

/* The way back out of side tables, where those of the version are there. */
static enum schemac_status
choose_back(struct schemac__run *run, const struct schemac_version *v,
            const struct schemac_migration **out)
{
    bool returns;
    enum schemac_status status =
        schemac__kept_returns(run->db, run->schema->name, v, &returns);

    *out = returns ? &v->down_keep : &v->down;
    return status;
}

/* The migration that leads from `at` one stop nearer to `target`, and where it leads. */
static enum schemac_status
next_stop(struct schemac__run *run, ptrdiff_t at, ptrdiff_t target, ptrdiff_t *to,
          const struct schemac_migration **out)
{
    const struct schemac_version *versions = run->schema->versions;

    if (at == AT_NOTHING) {
        *to = target;
        *out = &versions[target].create;
        return SCHEMAC_OK;
    }
    *to = at < target ? at + 1 : at - 1;
    if (at > target)
        return choose_back(run, &versions[at], out);
    *out = run->options->keep && versions[*to].side_table_count > 0
               ? &versions[*to].up_keep
               : &versions[*to].up;
    return SCHEMAC_OK;
}

/* A refusal half way would leave the database between the two versions: ask for all. */
static enum schemac_status
check_hazards(struct schemac__run *run, ptrdiff_t target)
{
    ptrdiff_t at = run->at;
    enum schemac_status status = SCHEMAC_OK;

    while (status == SCHEMAC_OK && at != target) {
        bool is_next = at == run->at;
        const struct schemac_migration *m;

        status = next_stop(run, at, target, &at, &m);
        if (status == SCHEMAC_OK)
            status = schemac__guard_hazards(run->db, m, run->options->allow, is_next);
    }
    return status;
}

/* ---- one version ---- */

/* Turn foreign keys off where tables are rebuilt: dropping the old table would delete
 * what refers to it. */
static enum schemac_status
suspend_keys(struct schemac__run *run)
{
    const struct schemac__ddl *ddl = schemac__ddl_of(run->db);
    enum schemac_status status;
    bool suspend;

    run->keys_were_on = true;
    if (ddl->get_foreign_keys == NULL)
        return SCHEMAC_OK;
    status = ddl->get_foreign_keys(run->db, &run->keys_were_on);
    suspend = status == SCHEMAC_OK && run->keys_were_on && run->migration->rebuilds;
    run->keys_unchecked = suspend || !run->keys_were_on;
    return suspend ? ddl->set_foreign_keys(run->db, false) : status;
}

static enum schemac_status
restore_keys(struct schemac__run *run, enum schemac_status outcome)
{
    struct schemac_db *db = run->db;
    struct schemac__error story = db->error;

    if (!run->keys_were_on || !run->keys_unchecked)
        return outcome;
    if (schemac__ddl_of(db)->set_foreign_keys(db, true) == SCHEMAC_OK)
        return outcome;
    if (outcome == SCHEMAC_OK)
        return db->error.status;
    schemac__error_restore(db, &story);
    schemac__error_after(db, "; foreign keys are still off on this connection: close it");
    return outcome;
}

static void
tell_done(const struct schemac__run *run)
{
    const struct schemac_migration *m = run->migration;

    if (run->options->progress == NULL)
        return;
    run->options->progress(
        run->options->context,
        &(struct schemac_progress){
            .from_version = m->from_version,
            .to_version = m->to_version,
            .step_number = m->step_count,
            .step_count = m->step_count,
            .seconds = (double)(schemac_timestamp_now() - run->started_at) / 1e6,
        });
}

enum schemac_status
schemac__run_migration(struct schemac__run *run)
{
    enum schemac_status status;

    run->started_at = schemac_timestamp_now();
    status = schemac__ddl_of(run->db)->check_ready(run->db, run->migration->rebuilds);
    if (status == SCHEMAC_OK)
        status = suspend_keys(run);
    if (status != SCHEMAC_OK) {
        schemac__undo(run);
        return status;
    }
    status = restore_keys(run, schemac__transact(run));
    if (status == SCHEMAC_OK && !run->has_moved)
        tell_done(run);
    return status;
}

/* ---- the whole way ---- */

/* One round: look where the database is and, unless that is the target, move it. */
static enum schemac_status
move(struct schemac__run *run, ptrdiff_t target, bool *has_arrived)
{
    struct schemac_db *db = run->db;
    struct schemac__state state;
    enum schemac_status status = schemac__state_read(db, run->schema, &state);

    if (status == SCHEMAC_OK)
        status = schemac__state_refuse(db, run->schema, &state);
    run->at = state.at;
    run->last_id = state.last.id;
    run->journal = state.journal;
    schemac__state_free(&state);
    *has_arrived = status == SCHEMAC_OK && run->at == target && run->journal.count == 0;
    if (status != SCHEMAC_OK || *has_arrived)
        return status;
    if (run->at == target)
        return schemac__journal_refuse(run, schemac__schema_version(run->schema, target));
    status = check_hazards(run, target);
    if (status == SCHEMAC_OK)
        status = next_stop(run, run->at, target, &run->to, &run->migration);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__journal_check(run);
    return status == SCHEMAC_OK ? schemac__run_migration(run) : status;
}

static enum schemac_status
find_target(struct schemac_db *db, const struct schemac_schema *schema,
            const char *wanted, ptrdiff_t *target)
{
    *target = (ptrdiff_t)schema->version_count - 1;
    if (wanted == NULL)
        return SCHEMAC_OK;
    *target = schemac__schema_find(schema, wanted);
    if (*target != AT_NOTHING || wanted[0] == '\0')
        return SCHEMAC_OK;
    return schemac__fail(db, SCHEMAC_NOT_FOUND, "schema \"%s\" has no version %s",
                         schema->name, wanted);
}

static enum schemac_status
go(struct schemac_db *db, const struct schemac_schema *schema,
   const struct schemac_migrate_options *options, ptrdiff_t target)
{
    enum schemac_status status = SCHEMAC_OK;
    bool has_arrived = false;

    for (size_t i = 0; status == SCHEMAC_OK && !has_arrived && i < ROUNDS_MAX; i++) {
        struct schemac__run run = { .db = db, .schema = schema, .options = options };

        status = move(&run, target, &has_arrived);
    }
    if (status == SCHEMAC_OK && !has_arrived)
        return schemac__fail(db, SCHEMAC_BUSY,
                             "other processes keep migrating the "
                             "database back");
    return status;
}

enum schemac_status
schemac_migrate(struct schemac_db *db, const struct schemac_schema *schema,
                const struct schemac_migrate_options *options)
{
    enum schemac_status status = schemac__schema_check(db, &schema);
    ptrdiff_t target;

    if (options == NULL)
        options = &no_options;
    if (status == SCHEMAC_OK)
        status = find_target(db, schema, options->target, &target);
    if (status != SCHEMAC_OK)
        return status;
    if (db->driver->in_transaction(db))
        return schemac__fail(db, SCHEMAC_MISUSE, "end the transaction before migrating");
    if (options->keep && !schema->keeps)
        return schemac__fail(db, SCHEMAC_MISUSE,
                             "schema \"%s\" does not know how to park what is taken "
                             "away: generate it with --keep",
                             schema->name);
    status = schemac__enter(db, true);
    if (status != SCHEMAC_OK)
        return status;
    status = go(db, schema, options, target);
    schemac__leave(db);
    return status;
}
