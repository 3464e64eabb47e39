/*
 * Carrying one migration out, in transactions.
 *
 *     BEGIN; is the database still where it was?
 *     preconditions; steps with their postconditions; foreign keys hold; @verify
 *     history row; COMMIT
 *
 * A step that may not be in a transaction, or wants one of its own, cuts the migration in
 * units.  Each unit but the
 * last keeps in the journal which steps stand, in the transaction that makes them stand;
 * of a step outside of one, that it begins and then that it is done.  So whoever comes
 * after a failure or a kill knows where to go on.
 *
 * Where the engine waits for locks for a limited time, a unit that did not get one is
 * rolled back, so that nobody waits for us, and tried again.
 */
#include <inttypes.h>
#include <string.h>

#include "runtime/run.h"

/* Steps that stand or fall together. */
struct unit {
    size_t begin;
    size_t end;
    bool outside; /* one step, which may not be in a transaction */
    bool is_last; /* reaches the version */
};

static const char *
direction(ptrdiff_t at, ptrdiff_t to)
{
    if (at == AT_NOTHING)
        return "create";
    return at < to ? "up" : "down";
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

    if (schemac_prepare(db, schemac__ddl_of(db)->broken_keys, &stmt) == SCHEMAC_OK) {
        was_so = schemac_step(stmt) == SCHEMAC_ROW;
        schemac_finalize(stmt);
    }
    schemac__error_restore(db, &story);
    if (was_so)
        schemac__error_after(db, "; there were such rows before the migration: repair "
                                 "them first");
}

static void
tell_what_stands(struct schemac__run *run)
{
    size_t done = run->journal.done;

    if (run->schema == NULL) {
        schemac__error_after(run->db,
                             "; steps 1 to %zu of %zu stand: a new plan leads on", done,
                             run->migration->step_count);
        return;
    }
    schemac__error_after(run->db,
                         "; steps 1 to %zu of %zu stand, migrating to %s goes on with "
                         "step %zu",
                         done, run->migration->step_count,
                         schemac__version_word(run->migration->to_version), done + 1);
}

static void
tell_where(struct schemac__run *run, const char *version)
{
    struct schemac_db *db = run->db;

    if (run->is_unknown)
        schemac__error_after(db, "; the connection was lost during COMMIT: ask for the "
                                 "status before anything else");
    else if (run->schema == NULL && run->journal.done == 0)
        schemac__error_after(db, run->journal.count > 0 ? "; a new plan leads on"
                                                        : "; the database is as it was");
    else if (run->schema != NULL && run->journal.count > run->journal.done)
        schemac__error_after(db,
                             "; how much of the step was done is not known: migrating to "
                             "%s does it again",
                             schemac__version_word(run->migration->to_version));
    else if (run->journal.done > 0)
        tell_what_stands(run);
    else if (version[0] == '\0')
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

void
schemac__undo(struct schemac__run *run)
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
    tell_where(run, run->migration->from_version);
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
        .keep_days = run->options->keep ? run->options->keep_days : 0,
    };

    return schemac__history_write(run->db, &row);
}

static enum schemac_status
read_objects(struct schemac__run *run, char hex[17])
{
    struct schemac__digest digest;
    enum schemac_status status = schemac__digest_read(run->db, &digest);

    memcpy(hex, digest.hex, sizeof digest.hex);
    schemac__digest_free(&digest);
    return status;
}

static enum schemac_status
compare_objects(struct schemac__run *run)
{
    char now[17];
    enum schemac_status status = read_objects(run, now);

    run->has_moved = status == SCHEMAC_OK && strcmp(now, run->digest) != 0;
    return status;
}

/* How far the migration has come, for whoever goes on with it. */
static enum schemac_status
keep_place(struct schemac__run *run, const struct unit *u, const char *what)
{
    return run->schema == NULL ? read_objects(run, run->next_digest)
                               : schemac__journal_write(run, u->begin, u->end, what);
}

/* Between looking and BEGIN another process may have migrated: two programs that start
 * together are the usual case. */
static enum schemac_status
look_again(struct schemac__run *run)
{
    struct schemac__state state;
    enum schemac_status status;

    if (run->schema == NULL)
        return compare_objects(run);
    status = schemac__state_read(run->db, run->schema, &state);
    if (status == SCHEMAC_OK)
        run->has_moved =
            state.last.id != run->last_id || state.journal.count != run->journal.count
            || schemac__state_refuse(run->db, run->schema, &state) != SCHEMAC_OK
            || (run->last_id == 0 && state.state != SCHEMAC_STATE_NEW);
    schemac__state_free(&state);
    return status;
}

/* ---- units ---- */

/* Verifications come last and together: those of a version are one unit. */
static bool
stands_alone(const struct schemac_migration *m, size_t at)
{
    return at < m->step_count && m->steps[at].own_transaction && !m->steps[at].is_verify;
}

static bool
may_join(const struct schemac_migration *m, const struct unit *u)
{
    const struct schemac_step *next = &m->steps[u->end];

    if (u->end == m->step_count || next->outside_transaction)
        return false;
    if (u->end == u->begin)
        return true;
    return !next->own_transaction
               ? !m->steps[u->begin].own_transaction
               : next->is_verify && m->steps[u->begin].is_verify;
}

/* Needs: `at` is a step, or behind the last one. */
static struct unit
unit_at(const struct schemac_migration *m, size_t at)
{
    struct unit u = { .begin = at, .end = at };

    u.outside = at < m->step_count && m->steps[at].outside_transaction;
    if (u.outside || stands_alone(m, at))
        u.end++;
    while (!u.outside && may_join(m, &u))
        u.end++;
    u.is_last = !u.outside && u.end == m->step_count;
    return u;
}

/* What is asked before the first change, of all steps that do not stand yet. */
static enum schemac_status
ask_first(struct schemac__run *run, const struct unit *u)
{
    enum schemac_status status;

    if (u->begin != run->resumed_at)
        return SCHEMAC_OK;
    run->rows_at_stake = 0;
    status = schemac__guard_preconditions(run);
    return status == SCHEMAC_OK ? schemac__guard_stakes(run) : status;
}

static enum schemac_status
reach_version(struct schemac__run *run)
{
    enum schemac_status status = SCHEMAC_OK;

    if (run->keys_unchecked)
        status = schemac__guard_foreign_keys(run);
    if (status == SCHEMAC_OK)
        status = schemac__steps_verify(run);
    if (run->schema == NULL)
        return status;
    if (status == SCHEMAC_OK)
        status = schemac__journal_clear(run->db);
    if (status == SCHEMAC_OK)
        status = schemac__expressions_write(
            run->db, schemac__schema_expressions(run->schema, run->to));
    return status == SCHEMAC_OK ? write_history(run) : status;
}

/* Everything between BEGIN and COMMIT. */
static enum schemac_status
change(struct schemac__run *run, const struct unit *u)
{
    enum schemac_status status = ask_first(run, u);

    if (status != SCHEMAC_OK)
        return status;
    /* The first try wrote it, and knew what the objects were before any. */
    if (u->outside && run->schema != NULL && run->is_repeated)
        return SCHEMAC_OK;
    if (u->outside)
        return keep_place(run, u, JOURNAL_RUNNING);
    status = schemac__steps_run(run, u->begin, u->end);
    if (status != SCHEMAC_OK)
        return status;
    return u->is_last ? reach_version(run)
                      : keep_place(run, u, JOURNAL_DONE);
}

static enum schemac_status
commit(struct schemac__run *run)
{
    enum schemac_status status = run->db->driver->exec(run->db, "COMMIT");

    run->is_unknown = schemac__ddl_of(run->db)->is_remote && status == SCHEMAC_CONNECTION;
    return status;
}

static enum schemac_status
run_in_transaction(struct schemac__run *run, const struct unit *u)
{
    struct schemac_db *db = run->db;
    enum schemac_status status = db->driver->exec(db, schemac__ddl_of(db)->begin);

    if (status == SCHEMAC_OK)
        status = look_again(run);
    if (status == SCHEMAC_OK && run->has_moved) {
        (void)roll_back(db);
        return SCHEMAC_OK;
    }
    if (status == SCHEMAC_OK)
        status = change(run, u);
    return status == SCHEMAC_OK ? commit(run) : status;
}

/* The step is begun in the journal; do it, and say that it is done. */
static enum schemac_status
run_outside(struct schemac__run *run, const struct unit *u)
{
    struct schemac_db *db = run->db;
    enum schemac_status status;

    run->is_outside = true;
    status = schemac__steps_run_outside(run, u->begin);
    run->is_outside = false;
    if (status != SCHEMAC_OK && run->schema != NULL)
        schemac__journal_settle(run, u->begin);
    if (status != SCHEMAC_OK)
        return status;
    status = db->driver->exec(db, schemac__ddl_of(db)->begin);
    if (status == SCHEMAC_OK)
        status = keep_place(run, u, JOURNAL_DONE);
    return status == SCHEMAC_OK ? commit(run) : status;
}

static enum schemac_status
run_once(struct schemac__run *run, const struct unit *u)
{
    enum schemac_status status;

    run->is_repeated = run->journal.count > run->journal.done;
    status = run_in_transaction(run, u);
    if (status != SCHEMAC_OK || run->has_moved)
        return status;
    if (u->outside) {
        run->journal.count = u->end;
        status = run_outside(run, u);
    }
    if (status == SCHEMAC_OK)
        memcpy(run->digest, run->next_digest, sizeof run->digest);
    if (status == SCHEMAC_OK && !u->is_last) {
        run->journal.count = u->end;
        run->journal.done = u->end;
    }
    return status;
}

/* ---- locks ---- */

static void
tell_waiting(const struct schemac__run *run, int64_t milliseconds, int tries)
{
    const struct schemac_migration *m = run->migration;

    if (run->options->progress == NULL)
        return;
    run->options->progress(run->options->context,
                           &(struct schemac_progress){
                               .from_version = m->from_version,
                               .to_version = m->to_version,
                               .step = run->step == 0 ? "the version's record"
                                                      : m->steps[run->step - 1].name,
                               .step_number = run->step,
                               .step_count = m->step_count,
                               .seconds = (double)milliseconds / 1e3,
                               .tries = tries,
                           });
}

static enum schemac_status
run_unit(struct schemac__run *run, const struct unit *u)
{
    struct schemac_db *db = run->db;
    enum schemac_status status = run_once(run, u);

    for (int tries = 1; status != SCHEMAC_OK && !run->is_unknown; tries++) {
        struct schemac__error story = db->error;
        int64_t pause;

        if (!roll_back(db))
            return status;
        pause = schemac__pause_before(db, status, tries);
        schemac__error_restore(db, &story);
        if (pause == 0)
            return status;
        tell_waiting(run, pause, tries);
        schemac__pause(pause);
        run->step = 0;
        status = run_once(run, u);
    }
    return status;
}

enum schemac_status
schemac__transact(struct schemac__run *run)
{
    const struct schemac_migration *m = run->migration;
    enum schemac_status status = SCHEMAC_OK;
    struct unit u = { .is_last = false };

    run->resumed_at = run->journal.done;
    for (size_t at = run->resumed_at; status == SCHEMAC_OK && !u.is_last; at = u.end) {
        u = unit_at(m, at);
        status = run_unit(run, &u);
        if (run->has_moved)
            return status;
    }
    if (status != SCHEMAC_OK)
        schemac__undo(run);
    return status;
}
