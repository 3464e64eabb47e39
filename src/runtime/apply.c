/*
 * One migration without a history: what was looked at when the plan was made must still
 * be there when it runs, and at the beginning of each of its transactions.
 */
#include "runtime/apply.h"

#include <string.h>

#include "runtime/run.h"

static enum schemac_status
read_look(struct schemac_db *db, struct schemac__look *out)
{
    struct schemac__digest digest = { .objects = NULL };
    enum schemac_status status = schemac__history_read(db, &out->last);

    if (status == SCHEMAC_OK)
        status = schemac__journal_read(db, &out->journal);
    if (status == SCHEMAC_OK)
        status = schemac__digest_read(db, &digest);
    memcpy(out->digest, digest.hex, sizeof out->digest);
    schemac__digest_free(&digest);
    return status;
}

enum schemac_status
schemac__apply_look(struct schemac_db *db, struct schemac__look *out)
{
    enum schemac_status status = schemac__enter(db, false);

    if (status != SCHEMAC_OK)
        return status;
    status = read_look(db, out);
    schemac__leave(db);
    return status;
}

enum schemac_status
schemac__apply_refuse(struct schemac_db *db, const struct schemac__look *look,
                      const char *fingerprint)
{
    const struct schemac__history *last = &look->last;
    const struct schemac__journal *journal = &look->journal;

    if (journal->count > 0)
        return schemac__fail(db, SCHEMAC_REFUSED,
                             "a migration from %s to %s was interrupted: finish it with "
                             "migrate",
                             schemac__version_word(journal->from_version),
                             schemac__version_word(journal->to_version));
    if (last->id == 0
        || (last->version[0] != '\0' && strcmp(last->fingerprint, fingerprint) == 0))
        return SCHEMAC_OK;
    return schemac__fail(db, SCHEMAC_REFUSED,
                         "the database has a history: it is at %s of schema \"%s\", and "
                         "what is declared is something else; migrate it",
                         schemac__version_word(last->version), last->schema);
}

static enum schemac_status
refuse_moved(const struct schemac__run *run)
{
    size_t done = run->journal.done;

    schemac__fail(run->db, SCHEMAC_STALE_SCHEMA,
                  "the database was changed by other hands since it was looked at");
    if (done == 0)
        schemac__error_after(run->db, "; nothing was changed");
    else
        schemac__error_after(run->db, "; steps 1 to %zu of %zu stand", done,
                             run->migration->step_count);
    return SCHEMAC_STALE_SCHEMA;
}

enum schemac_status
schemac__apply(struct schemac_db *db, const struct schemac_migration *migration,
               const struct schemac__look *look,
               const struct schemac_migrate_options *options)
{
    struct schemac__run run = { .db = db, .migration = migration, .options = options };
    enum schemac_status status;

    if (db->driver->in_transaction(db))
        return schemac__fail(db, SCHEMAC_MISUSE, "end the transaction before migrating");
    memcpy(run.digest, look->digest, sizeof run.digest);
    status = schemac__enter(db, true);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__guard_hazards(db, migration, options->allow, true);
    if (status == SCHEMAC_OK)
        status = schemac__run_migration(&run);
    if (status == SCHEMAC_OK && run.has_moved)
        status = refuse_moved(&run);
    schemac__leave(db);
    return status;
}
