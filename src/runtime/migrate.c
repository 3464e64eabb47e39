/*
 * Bringing a database from the version where it is to another one, version by version.
 *
 * Each version is one transaction:
 *
 *     foreign keys off (where tables are rebuilt)
 *     BEGIN; is the database still where it was?
 *     preconditions; steps with their postconditions; foreign keys hold; @verify
 *     history row; COMMIT
 *     foreign keys on again
 *
 * Whatever fails, the transaction is rolled back, foreign keys are as they were before,
 * and the message says which step failed and at which version the database is.
 */
#include <string.h>

#include "runtime/run.h"

/* Each round either moves a version or finds that another process did. */
#define ROUNDS_MAX 10000

static const struct schemac_migrate_options no_options = { .target = NULL };

/* ---- the way ---- */

/* The migration that leads from `at` one stop nearer to `target`, and where it leads. */
static const struct schemac_migration *
next_stop(const struct schemac_schema *schema, ptrdiff_t at, ptrdiff_t target,
          ptrdiff_t *to)
{
    if (at == AT_NOTHING) {
        *to = target;
        return &schema->versions[target].create;
    }
    *to = at < target ? at + 1 : at - 1;
    return at < target ? &schema->versions[at + 1].up : &schema->versions[at].down;
}

static const char *
direction(ptrdiff_t at, ptrdiff_t to)
{
    if (at == AT_NOTHING)
        return "create";
    return at < to ? "up" : "down";
}

/* A refusal half way would leave the database between the two versions: ask for all. */
static enum schemac_status
check_hazards(struct schemac_db *db, const struct schemac_schema *schema, ptrdiff_t at,
              ptrdiff_t target, unsigned allow)
{
    const ptrdiff_t start = at;
    enum schemac_status status = SCHEMAC_OK;

    while (status == SCHEMAC_OK && at != target) {
        bool is_next = at == start;
        const struct schemac_migration *m = next_stop(schema, at, target, &at);

        status = schemac__guard_hazards(db, m, allow, is_next);
    }
    return status;
}

/* ---- failures ---- */

/* Put back what was done.  An engine that has rolled back on its own has done that. */
static bool
roll_back(struct schemac_db *db)
{
    struct schemac__error story = db->error;
    bool is_undone =
        !db->driver->in_transaction(db) || db->driver->exec(db, "ROLLBACK") == SCHEMAC_OK;

    schemac__error_restore(db, &story);
    return is_undone;
}

/* Were there rows that break a foreign key already?  Then the migration is not to blame.
 */
static void
explain_foreign_keys(struct schemac_db *db)
{
    struct schemac__error story = db->error;
    struct schemac_stmt *stmt;
    bool was_so = false;

    if (schemac_prepare(db, db->driver->ddl->broken_keys, &stmt) == SCHEMAC_OK) {
        was_so = schemac_step(stmt) == SCHEMAC_ROW;
        schemac_finalize(stmt);
    }
    schemac__error_restore(db, &story);
    if (was_so)
        schemac__error_after(db, "; there were such rows before the migration: repair "
                                 "them first");
}

static void
tell_where(struct schemac_db *db, const char *version)
{
    if (version[0] == '\0')
        schemac__error_after(db, "; the database is as it was, empty");
    else
        schemac__error_after(db, "; the database is as it was, at version %s", version);
}

/* Which step of which migration the recorded failure is about. */
static void
tell_step(struct schemac__run *run)
{
    const struct schemac_migration *m = run->migration;
    bool refused = run->db->error.status == SCHEMAC_REFUSED;

    if (run->step == 0)
        schemac__error_before(run->db, ": ");
    else
        schemac__error_before(run->db, " in step %zu of %zu (%s): ", run->step,
                              m->step_count, m->steps[run->step - 1].name);
    schemac__error_before(
        run->db, "the migration from %s to %s %s", schemac__version_word(m->from_version),
        schemac__version_word(m->to_version), refused ? "was refused" : "failed");
}

static void
undo(struct schemac__run *run)
{
    struct schemac_db *db = run->db;

    tell_step(run);
    if (run->has_ended)
        return;
    if (!roll_back(db)) {
        schemac__error_after(db, "; it could not be rolled back: closing the database "
                                 "undoes it");
        return;
    }
    if (db->error.status == SCHEMAC_FOREIGN_KEY && run->keys_unchecked && run->step == 0)
        explain_foreign_keys(db);
    tell_where(db, run->migration->from_version);
}

/* ---- one version ---- */

static enum schemac_status
write_history(struct schemac__run *run)
{
    const struct schemac_schema *schema = run->schema;
    const struct schemac__history_row row = {
        .schema = schema->name,
        .version = schemac__schema_version(schema, run->to),
        .from_version = schemac__schema_version(schema, run->at),
        .direction = direction(run->at, run->to),
        .fingerprint = run->to == AT_NOTHING ? "" : schema->versions[run->to].fingerprint,
        .started_at = run->started_at,
        .steps = run->migration->step_count,
        .rows_at_stake = run->rows_at_stake,
    };

    return schemac__history_write(run->db, &row);
}

/* Everything between BEGIN and COMMIT. */
static enum schemac_status
change(struct schemac__run *run)
{
    enum schemac_status status = schemac__guard_preconditions(run);

    if (status == SCHEMAC_OK)
        status = schemac__guard_stakes(run);
    if (status == SCHEMAC_OK)
        status = schemac__steps_run(run);
    if (status == SCHEMAC_OK && run->keys_unchecked)
        status = schemac__guard_foreign_keys(run);
    if (status == SCHEMAC_OK)
        status = schemac__steps_verify(run);
    return status == SCHEMAC_OK ? write_history(run) : status;
}

/* Between looking and BEGIN another process may have migrated: two programs that start
 * together are the usual case. */
static enum schemac_status
look_again(struct schemac__run *run)
{
    struct schemac__state state;
    enum schemac_status status = schemac__state_read(run->db, run->schema, &state);

    if (status == SCHEMAC_OK)
        run->has_moved =
            state.last.id != run->last_id
            || schemac__state_refuse(run->db, run->schema, &state) != SCHEMAC_OK
            || (run->last_id == 0 && state.state != SCHEMAC_STATE_NEW);
    schemac__state_free(&state);
    return status;
}

static enum schemac_status
transact(struct schemac__run *run)
{
    struct schemac_db *db = run->db;
    enum schemac_status status = db->driver->exec(db, db->driver->ddl->begin);

    if (status == SCHEMAC_OK)
        status = look_again(run);
    if (run->has_moved) {
        (void)roll_back(db);
        return SCHEMAC_OK;
    }
    if (status == SCHEMAC_OK)
        status = change(run);
    if (status == SCHEMAC_OK)
        status = db->driver->exec(db, "COMMIT");
    if (status != SCHEMAC_OK)
        undo(run);
    return status;
}

/* Turn foreign keys off where tables are rebuilt: dropping the old table would delete
 * what refers to it. */
static enum schemac_status
suspend_keys(struct schemac__run *run)
{
    const struct schemac__ddl *ddl = run->db->driver->ddl;
    enum schemac_status status = ddl->get_foreign_keys(run->db, &run->keys_were_on);
    bool suspend = status == SCHEMAC_OK && run->keys_were_on && run->migration->rebuilds;

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
    if (db->driver->ddl->set_foreign_keys(db, true) == SCHEMAC_OK)
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
            .seconds = (double)(schemac__now() - run->started_at) / 1e6,
        });
}

static enum schemac_status
run_migration(struct schemac__run *run)
{
    enum schemac_status status;

    run->started_at = schemac__now();
    status = run->db->driver->ddl->check_ready(run->db, run->migration->rebuilds);
    if (status == SCHEMAC_OK)
        status = suspend_keys(run);
    if (status != SCHEMAC_OK) {
        undo(run);
        return status;
    }
    status = restore_keys(run, transact(run));
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
    schemac__state_free(&state);
    *has_arrived = status == SCHEMAC_OK && run->at == target;
    if (status != SCHEMAC_OK || *has_arrived)
        return status;
    status = check_hazards(db, run->schema, run->at, target, run->options->allow);
    if (status != SCHEMAC_OK)
        return status;
    run->migration = next_stop(run->schema, run->at, target, &run->to);
    return run_migration(run);
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

enum schemac_status
schemac_migrate(struct schemac_db *db, const struct schemac_schema *schema,
                const struct schemac_migrate_options *options)
{
    enum schemac_status status = schemac__schema_check(db, schema);
    bool has_arrived = false;
    ptrdiff_t target;

    if (options == NULL)
        options = &no_options;
    if (status == SCHEMAC_OK)
        status = find_target(db, schema, options->target, &target);
    if (status != SCHEMAC_OK)
        return status;
    if (db->driver->in_transaction(db))
        return schemac__fail(db, SCHEMAC_MISUSE, "end the transaction before migrating");
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
