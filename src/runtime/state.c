/*
 * Where a database is, compared with a schema: status, baseline and the check that
 * programs make when they start.
 */
#include <assert.h>
#include <string.h>

#include "runtime/run.h"

static_assert(sizeof((struct schemac_status_report *)0)->version
                  == HISTORY_VERSION_MAX + 1,
              "a version that the history holds can be reported");

/* ---- the schema ---- */

static enum schemac_status
check_versions(struct schemac_db *db, const struct schemac_schema *schema)
{
    for (size_t i = 0; i < schema->version_count; i++) {
        const struct schemac_version *v = &schema->versions[i];

        if (v->version == NULL || v->fingerprint == NULL || v->version[0] == '\0'
            || strlen(v->version) > HISTORY_VERSION_MAX || strlen(v->fingerprint) > 64)
            return schemac__fail(db, SCHEMAC_MISUSE,
                                 "version number %zu of schema \"%s\" has no name of at "
                                 "most %d bytes with a fingerprint of at most 64",
                                 i + 1, schema->name, HISTORY_VERSION_MAX);
    }
    return SCHEMAC_OK;
}

/* The one for the engine of the handle. */
static const struct schemac_schema *
schema_of_engine(const struct schemac_db *db, const struct schemac_schema *schema)
{
    while (schema != NULL
           && (schema->dialect == NULL
               || strcmp(schema->dialect, db->driver->name) != 0))
        schema = schema->next;
    return schema;
}

enum schemac_status
schemac__schema_check(struct schemac_db *db, const struct schemac_schema **of_engine)
{
    const struct schemac_schema *first = *of_engine;
    const struct schemac_schema *schema;

    if (!schemac__is_open(db))
        return SCHEMAC_MISUSE;
    schema = schema_of_engine(db, first);
    if (schema == NULL && first != NULL && first->name != NULL && first->dialect != NULL)
        return schemac__fail(
            db, SCHEMAC_MISUSE,
            "the migrations of schema \"%s\" are for %s, the database is "
            "%s",
            first->name, first->dialect, db->driver->name);
    if (schema == NULL || schema->name == NULL || schema->dialect == NULL
        || schema->versions == NULL || schema->version_count == 0)
        return schemac__fail(db, SCHEMAC_MISUSE, "the schema has no versions");
    if (strlen(schema->name) > HISTORY_NAME_MAX)
        return schemac__fail(db, SCHEMAC_MISUSE,
                             "the name of a schema has at most %d bytes",
                             HISTORY_NAME_MAX);
    *of_engine = schema;
    return check_versions(db, schema);
}

ptrdiff_t
schemac__schema_find(const struct schemac_schema *schema, const char *version)
{
    for (size_t i = 0; i < schema->version_count; i++)
        if (strcmp(schema->versions[i].version, version) == 0)
            return (ptrdiff_t)i;
    return AT_NOTHING;
}

const char *
schemac__schema_version(const struct schemac_schema *schema, ptrdiff_t at)
{
    return at == AT_NOTHING ? "" : schema->versions[at].version;
}

const char *
schemac__schema_expressions(const struct schemac_schema *schema, ptrdiff_t at)
{
    return at == AT_NOTHING ? NULL : schema->versions[at].expressions;
}

/* ---- the state ---- */

enum schemac_status
schemac__enter(struct schemac_db *db, bool alone)
{
    const struct schemac__ddl *ddl = schemac__ddl_of(db);

    return ddl->enter == NULL ? SCHEMAC_OK : ddl->enter(db, alone);
}

void
schemac__leave(struct schemac_db *db)
{
    if (schemac__ddl_of(db)->leave != NULL)
        schemac__ddl_of(db)->leave(db);
}

/* Where the engine gives up waiting for a lock. */
#define TRIES_MAX 10
#define PAUSE_FIRST_MS 100 /* doubled before each further try, up to the lock timeout */

static bool
is_newest(const struct schemac_schema *schema, ptrdiff_t at)
{
    return at + 1 == (ptrdiff_t)schema->version_count;
}

/* Needs: history and digest are read. */
static enum schemac_state
judge(const struct schemac_schema *schema, const struct schemac__state *s)
{
    bool is_nothing = s->last.version[0] == '\0';
    const char *digest = s->journal.count > 0 ? s->journal.schema_digest : s->last.digest;

    if (s->last.id == 0 && s->journal.count > 0)
        return SCHEMAC_STATE_UNFINISHED;
    if (s->last.id == 0)
        return s->digest.count == 0 ? SCHEMAC_STATE_NEW : SCHEMAC_STATE_FOREIGN;
    if (strcmp(s->last.schema, schema->name) != 0)
        return SCHEMAC_STATE_FOREIGN;
    if (!is_nothing && s->at == AT_NOTHING)
        return SCHEMAC_STATE_NEWER;
    /* What a step that was interrupted has done is not known: it is done again. */
    if (s->journal.count == s->journal.done && strcmp(digest, s->digest.hex) != 0)
        return SCHEMAC_STATE_DRIFTED;
    if (s->journal.count > 0)
        return SCHEMAC_STATE_UNFINISHED;
    if (is_nothing)
        return SCHEMAC_STATE_NEW;
    if (strcmp(s->last.fingerprint, schema->versions[s->at].fingerprint) != 0)
        return SCHEMAC_STATE_DRIFTED;
    return is_newest(schema, s->at) ? SCHEMAC_STATE_CURRENT : SCHEMAC_STATE_OLDER;
}

static enum schemac_status
read_all(struct schemac_db *db, struct schemac__state *state)
{
    enum schemac_status status = schemac__history_read(db, &state->last);

    if (status == SCHEMAC_OK)
        status = schemac__journal_read(db, &state->journal);
    return status == SCHEMAC_OK ? schemac__digest_read(db, &state->digest) : status;
}

/*
 * The history and the objects as they were at one moment: another process that migrates
 * between two reads would look like drift.
 */
static enum schemac_status
read_in_transaction(struct schemac_db *db, struct schemac__state *state)
{
    enum schemac_status status;
    struct schemac__error story;

    status = db->driver->exec(db, schemac__ddl_of(db)->begin_read);
    if (status != SCHEMAC_OK)
        return status;
    status = read_all(db, state);
    if (status == SCHEMAC_OK)
        return db->driver->exec(db, "COMMIT");
    story = db->error;
    (void)db->driver->exec(db, "ROLLBACK");
    schemac__error_restore(db, &story);
    return status;
}

int64_t
schemac__pause_before(struct schemac_db *db, enum schemac_status status, int tries)
{
    int64_t longest;
    int64_t pause = (int64_t)PAUSE_FIRST_MS << (tries - 1);

    if (schemac__ddl_of(db)->lock_timeout == NULL || tries >= TRIES_MAX
        || (status != SCHEMAC_BUSY && status != SCHEMAC_RETRY))
        return 0;
    longest = schemac__ddl_of(db)->lock_timeout(db);
    return pause < longest ? pause : longest;
}

/* A server that writes the definition of a view waits for who alters its tables. */
static enum schemac_status
read_at_once(struct schemac_db *db, struct schemac__state *state)
{
    enum schemac_status status;

    if (db->driver->in_transaction(db))
        return read_all(db, state);
    for (int tries = 1;; tries++) {
        struct schemac__error story;
        int64_t pause;

        status = read_in_transaction(db, state);
        story = db->error;
        pause = status == SCHEMAC_OK ? 0 : schemac__pause_before(db, status, tries);
        schemac__error_restore(db, &story);
        if (pause == 0)
            return status;
        schemac__digest_free(&state->digest);
        schemac__pause(pause);
    }
}

/* Nothing stands of a migration whose first step was begun and left no trace. */
static bool
begun_and_not_done(const struct schemac__journal *journal,
                   const struct schemac__digest *digest)
{
    return journal->count == 1 && journal->done == 0
           && strcmp(journal->schema_digest, digest->hex) == 0;
}

enum schemac_status
schemac__state_read(struct schemac_db *db, const struct schemac_schema *schema,
                    struct schemac__state *state)
{
    enum schemac_status status;

    *state = (struct schemac__state){ .at = AT_NOTHING };
    status = read_at_once(db, state);
    if (status != SCHEMAC_OK)
        return status;
    if (begun_and_not_done(&state->journal, &state->digest))
        state->journal = (struct schemac__journal){ .count = 0 };
    state->at = schemac__schema_find(schema, state->last.version);
    state->state = judge(schema, state);
    return SCHEMAC_OK;
}

void
schemac__state_free(struct schemac__state *state)
{
    schemac__digest_free(&state->digest);
}

const char *
schemac__version_word(const char *version)
{
    return version[0] == '\0' ? "nothing" : version;
}

static enum schemac_status
refuse_foreign(struct schemac_db *db, const struct schemac_schema *schema,
               const struct schemac__state *state)
{
    if (state->last.id != 0)
        return schemac__fail(db, SCHEMAC_REFUSED,
                             "the database belongs to schema \"%s\", not to \"%s\"",
                             state->last.schema, schema->name);
    return schemac__fail(db, SCHEMAC_REFUSED,
                         "the database holds %zu objects but no history of schema "
                         "\"%s\"; if they are those of a version of it, baseline the "
                         "database at that version",
                         state->digest.count, schema->name);
}

static enum schemac_status
refuse_drifted(struct schemac_db *db, const struct schemac_schema *schema,
               const struct schemac__state *state)
{
    if (strcmp(state->last.digest, state->digest.hex) == 0)
        return schemac__fail(db, SCHEMAC_STALE_SCHEMA,
                             "version %s of schema \"%s\" is not what it was when the "
                             "database was migrated to it: its fingerprint is %.12s…, "
                             "the database has %.12s…; declare what is new in a new "
                             "version",
                             state->last.version, schema->name,
                             schema->versions[state->at].fingerprint,
                             state->last.fingerprint);
    schemac__fail(db, SCHEMAC_STALE_SCHEMA,
                  "the database has been changed since it was migrated to %s",
                  schemac__version_word(state->last.version));
    schemac__digest_explain(db, &state->digest);
    return SCHEMAC_STALE_SCHEMA;
}

enum schemac_status
schemac__state_refuse(struct schemac_db *db, const struct schemac_schema *schema,
                      const struct schemac__state *state)
{
    switch (state->state) {
    case SCHEMAC_STATE_NEW:
    case SCHEMAC_STATE_CURRENT:
    case SCHEMAC_STATE_OLDER:
    case SCHEMAC_STATE_UNFINISHED:
        return SCHEMAC_OK;
    case SCHEMAC_STATE_FOREIGN:
        return refuse_foreign(db, schema, state);
    case SCHEMAC_STATE_NEWER:
        return schemac__fail(db, SCHEMAC_STALE_SCHEMA,
                             "the database is at version %s, which this program does not "
                             "know; its newest is %s",
                             state->last.version,
                             schema->versions[schema->version_count - 1].version);
    case SCHEMAC_STATE_DRIFTED:
        return refuse_drifted(db, schema, state);
    }
    return SCHEMAC_ERROR;
}

/* ---- public ---- */

/* Versions that are still to come; none where nothing can be migrated. */
static size_t
count_pending(const struct schemac_schema *schema, const struct schemac__state *state)
{
    if (state->state == SCHEMAC_STATE_NEW)
        return schema->version_count;
    if (state->state == SCHEMAC_STATE_OLDER || state->state == SCHEMAC_STATE_UNFINISHED)
        return schema->version_count - (size_t)(state->at + 1);
    return 0;
}

enum schemac_status
schemac_migration_status(struct schemac_db *db, const struct schemac_schema *schema,
                         struct schemac_status_report *report)
{
    enum schemac_status status = schemac__schema_check(db, &schema);
    struct schemac__state state;

    if (status != SCHEMAC_OK)
        return status;
    if (report == NULL)
        return schemac__fail(db, SCHEMAC_MISUSE, "schemac_migration_status: no report");
    *report = (struct schemac_status_report){ .state = SCHEMAC_STATE_NEW };
    status = schemac__enter(db, false);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__state_read(db, schema, &state);
    if (status == SCHEMAC_OK) {
        report->state = state.state;
        memcpy(report->version, state.last.version, sizeof report->version);
        memcpy(report->fingerprint, state.last.fingerprint, sizeof report->fingerprint);
        report->applied_at = state.last.applied_at;
        report->pending = count_pending(schema, &state);
        if (state.state == SCHEMAC_STATE_UNFINISHED)
            memcpy(report->to_version, state.journal.to_version,
                   sizeof report->to_version);
        report->steps_done = state.journal.done;
    }
    schemac__state_free(&state);
    schemac__leave(db);
    return status;
}

static enum schemac_status
judge_for_program(struct schemac_db *db, const struct schemac_schema *schema,
                  const struct schemac__state *state)
{
    const char *newest = schema->versions[schema->version_count - 1].version;

    if (state->state == SCHEMAC_STATE_CURRENT)
        return SCHEMAC_OK;
    if (state->state == SCHEMAC_STATE_NEW)
        return schemac__fail(db, SCHEMAC_STALE_SCHEMA,
                             "the database is empty, this program needs version %s of "
                             "schema \"%s\"",
                             newest, schema->name);
    if (state->state == SCHEMAC_STATE_UNFINISHED)
        return schemac__fail(db, SCHEMAC_STALE_SCHEMA,
                             "the migration from %s to %s was interrupted: migrate",
                             schemac__version_word(state->journal.from_version),
                             schemac__version_word(state->journal.to_version));
    if (state->state == SCHEMAC_STATE_OLDER)
        return schemac__fail(db, SCHEMAC_STALE_SCHEMA,
                             "the database is at version %s of schema \"%s\", this "
                             "program needs %s",
                             state->last.version, schema->name, newest);
    (void)schemac__state_refuse(db, schema, state);
    db->error.status = SCHEMAC_STALE_SCHEMA;
    db->info.status = SCHEMAC_STALE_SCHEMA;
    return SCHEMAC_STALE_SCHEMA;
}

enum schemac_status
schemac_check_version(struct schemac_db *db, const struct schemac_schema *schema)
{
    enum schemac_status status = schemac__schema_check(db, &schema);
    struct schemac__state state;

    if (status == SCHEMAC_OK)
        status = schemac__enter(db, false);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__state_read(db, schema, &state);
    if (status == SCHEMAC_OK)
        status = judge_for_program(db, schema, &state);
    schemac__state_free(&state);
    schemac__leave(db);
    return status;
}

/* A database that drifted may be baselined again: that is how a change made by hand is
 * accepted. */
static enum schemac_status
check_baseline(struct schemac_db *db, const struct schemac_schema *schema,
               const struct schemac__state *state)
{
    if (state->state == SCHEMAC_STATE_NEW)
        return schemac__fail(db, SCHEMAC_REFUSED,
                             "the database is empty: migrate it, there is nothing to "
                             "adopt");
    if (state->state == SCHEMAC_STATE_FOREIGN && state->last.id != 0)
        return schemac__state_refuse(db, schema, state);
    return SCHEMAC_OK;
}

static enum schemac_status
write_baseline(struct schemac_db *db, const struct schemac_schema *schema, ptrdiff_t at)
{
    struct schemac__state state;
    enum schemac_status status = schemac__state_read(db, schema, &state);

    if (status == SCHEMAC_OK)
        status = check_baseline(db, schema, &state);
    if (status == SCHEMAC_OK)
        status = schemac__journal_clear(db);
    if (status == SCHEMAC_OK)
        status =
            schemac__expressions_write(db, schemac__schema_expressions(schema, at));
    if (status == SCHEMAC_OK)
        status = schemac__history_write(
            db, &(struct schemac__history_row){
                    .schema = schema->name,
                    .version = schema->versions[at].version,
                    .from_version = state.last.version,
                    .direction = "baseline",
                    .fingerprint = schema->versions[at].fingerprint,
                    .started_at = schemac_timestamp_now(),
                });
    schemac__state_free(&state);
    return status;
}

/* Undo without losing the story of what failed. */
static void
roll_back(struct schemac_db *db)
{
    struct schemac__error story = db->error;

    (void)schemac_rollback(db);
    schemac__error_restore(db, &story);
}

static enum schemac_status
adopt(struct schemac_db *db, const struct schemac_schema *schema, ptrdiff_t at)
{
    enum schemac_status status = schemac_begin(db);

    if (status != SCHEMAC_OK)
        return status;
    status = write_baseline(db, schema, at);
    if (status == SCHEMAC_OK)
        status = schemac_commit(db);
    if (status != SCHEMAC_OK)
        roll_back(db);
    return status;
}

enum schemac_status
schemac_baseline(struct schemac_db *db, const struct schemac_schema *schema,
                 const char *version)
{
    enum schemac_status status = schemac__schema_check(db, &schema);
    ptrdiff_t at;

    if (status != SCHEMAC_OK)
        return status;
    if (version == NULL)
        return schemac__fail(db, SCHEMAC_MISUSE, "schemac_baseline: no version");
    at = schemac__schema_find(schema, version);
    if (at == AT_NOTHING)
        return schemac__fail(db, SCHEMAC_NOT_FOUND, "schema \"%s\" has no version %s",
                             schema->name, version);
    status = schemac__enter(db, true);
    if (status != SCHEMAC_OK)
        return status;
    status = adopt(db, schema, at);
    schemac__leave(db);
    return status;
}
