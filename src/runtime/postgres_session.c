/*
 * What a connection is while it migrates or is looked at: alone with the database where
 * it is going to be changed, and under settings that make it say the same whoever asks.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/postgres.h"

/* "schemac" in ASCII; the lock is the database's, so that one number is enough. */
#define LOCK_KEY "32478922351141219"

#define LOCK_WAITS 10 /* times lock_timeout that another migration is waited for */
#define LOCK_PAUSE_MS 100

#define VALUE_BYTES 512 /* of a setting: a search_path is the longest */
#define SQL_BYTES 256

/*
 * Settings for the time being.  What the connection itself was told (PGOPTIONS, options
 * in the URL, SET) is kept where `yields`.
 */
static const struct setting {
    const char *name;
    const char *value;
    bool yields;
} settings[] = {
    /* What is declared without a schema is in public. */
    { "search_path", "public", false },
    /* A statement in the queue for a lock stops all that come behind it. */
    { "lock_timeout", "5s", true },
    /* Rows take the time that they take; a limit for short requests would stop us. */
    { "statement_timeout", "0", true },
    { "idle_in_transaction_session_timeout", "0", true },
    /* The same database is written the same, whatever its settings are. */
    { "datestyle", "ISO, YMD", false },
    { "intervalstyle", "postgres", false },
    { "timezone", "UTC", false },
    { "extra_float_digits", "3", false },
    { "bytea_output", "hex", false },
    { "quote_all_identifiers", "off", false },
    { "standard_conforming_strings", "on", false },
    /* Rows that a policy hides are an error, not rows that are not there. */
    { "row_security", "off", false },
};

#define SETTING_COUNT (sizeof settings / sizeof *settings)

/* A setting as it was. */
struct was {
    char value[VALUE_BYTES];
    bool is_told;    /* by the connection: when it began, or since */
    bool is_set;     /* since, so that RESET would not bring it back */
    bool is_changed; /* by us */
};

struct schemac__session {
    struct was settings[SETTING_COUNT];
    bool is_locked;
};

static enum schemac_status
set(struct schemac_db *db, const char *name, const char *value)
{
    struct schemac_stmt *stmt;
    enum schemac_status status =
        schemac_prepare(db, "SELECT set_config($1, $2, false)", &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac_bind_text(stmt, 1, schemac_text(name));
    if (status == SCHEMAC_OK)
        status = schemac_bind_text(stmt, 2, schemac_text(value));
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

static enum schemac_status
get(struct schemac_db *db, const char *name, struct was *was)
{
    struct schemac_stmt *stmt;
    enum schemac_status status =
        schemac_prepare(db,
                        "SELECT current_setting(name), source IN ('client', 'session'), "
                        "source = 'session' FROM pg_settings WHERE lower(name) = $1",
                        &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac_bind_text(stmt, 1, schemac_text(name));
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    if (status == SCHEMAC_ROW) {
        struct schemac_text text = schemac_column_text(stmt, 0);

        schemac__copy(was->value, VALUE_BYTES, text.ptr, text.len);
        was->is_told = schemac_column_int64(stmt, 1) != 0;
        was->is_set = schemac_column_int64(stmt, 2) != 0;
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

static enum schemac_status
change_settings(struct schemac_db *db, struct schemac__session *session)
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; status == SCHEMAC_OK && i < SETTING_COUNT; i++) {
        const struct setting *s = &settings[i];
        struct was *was = &session->settings[i];

        status = get(db, s->name, was);
        if (status != SCHEMAC_OK || (s->yields && was->is_told))
            continue;
        status = set(db, s->name, s->value);
        was->is_changed = status == SCHEMAC_OK;
    }
    return status;
}

static void
reset(struct schemac_db *db, const char *name)
{
    char sql[SQL_BYTES];

    (void)snprintf(sql, sizeof sql, "RESET %s", name);
    (void)db->driver->exec(db, sql);
}

/* What nobody had SET is RESET: else it would look, the next time, like something that
 * the connection was told, and be kept. */
static void
restore_settings(struct schemac_db *db, const struct schemac__session *session)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (session->settings[i].is_changed && session->settings[i].is_set)
            (void)set(db, settings[i].name, session->settings[i].value);
        else if (session->settings[i].is_changed)
            reset(db, settings[i].name);
}

int64_t
schemac__postgres_lock_timeout(struct schemac_db *db)
{
    int64_t milliseconds = 0;

    if (schemac__query_int64(db,
                             "SELECT setting FROM pg_settings WHERE name = "
                             "'lock_timeout'",
                             &milliseconds, NULL)
        != SCHEMAC_OK)
        return 0;
    return milliseconds;
}

enum schemac_status
schemac__postgres_set_lock_timeout(struct schemac_db *db, int64_t milliseconds)
{
    char value[32];

    (void)snprintf(value, sizeof value, "%" PRId64, milliseconds);
    return set(db, "lock_timeout", value);
}

/* ---- alone ---- */

static enum schemac_status
refuse_second(struct schemac_db *db)
{
    int64_t pid = 0;

    (void)schemac__query_int64(
        db,
        "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = "
        "current_database()) AND (classid::bigint << 32) + objid::bigint = " LOCK_KEY,
        &pid, NULL);
    return schemac__fail(db, SCHEMAC_BUSY,
                         "another process (server process %" PRId64
                         ") is migrating the database; nothing was changed",
                         pid);
}

/*
 * Asked again and again: who waits inside the server has a snapshot, and CREATE INDEX
 * CONCURRENTLY of the one who has the lock would wait for that.
 */
static enum schemac_status
lock(struct schemac_db *db, struct schemac__session *session)
{
    int64_t wait = LOCK_WAITS * schemac__postgres_lock_timeout(db);
    int64_t has_it = 0;

    for (int64_t waited = 0; waited <= wait; waited += LOCK_PAUSE_MS) {
        enum schemac_status status = schemac__query_int64(
            db, "SELECT pg_try_advisory_lock(" LOCK_KEY ")", &has_it, NULL);

        if (status != SCHEMAC_OK)
            return status;
        session->is_locked = has_it != 0;
        if (session->is_locked)
            return SCHEMAC_OK;
        schemac__pause(LOCK_PAUSE_MS);
    }
    return refuse_second(db);
}

enum schemac_status
schemac__postgres_enter(struct schemac_db *db, bool alone)
{
    enum schemac_status status;

    db->session = schemac__alloc(sizeof *db->session);
    if (db->session == NULL)
        return schemac__no_memory(db);
    status = change_settings(db, db->session);
    if (status == SCHEMAC_OK && alone)
        status = lock(db, db->session);
    if (status != SCHEMAC_OK)
        schemac__postgres_leave(db);
    return status;
}

void
schemac__postgres_leave(struct schemac_db *db)
{
    struct schemac__error story = db->error;

    if (PQstatus(db->native) == CONNECTION_OK) {
        if (db->session->is_locked)
            (void)db->driver->exec(db, "SELECT pg_advisory_unlock(" LOCK_KEY ")");
        restore_settings(db, db->session);
    }
    schemac__free(db->session);
    db->session = NULL;
    schemac__error_restore(db, &story);
}
