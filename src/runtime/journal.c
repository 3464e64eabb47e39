#include "runtime/journal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/run.h"

#define FNV_OFFSET UINT64_C(14695981039346656037)
#define FNV_PRIME UINT64_C(1099511628211)

static void
copy_column(struct schemac_stmt *stmt, int at, char *to, size_t size)
{
    struct schemac_text text = schemac_column_text(stmt, at);

    if (text.ptr != NULL)
        schemac__copy(to, size, text.ptr, text.len);
}

static void
read_last(struct schemac_stmt *stmt, struct schemac__journal *journal)
{
    journal->count = (size_t)schemac_column_int64(stmt, 0);
    journal->done = journal->count - (schemac_column_int64(stmt, 1) != 0 ? 1 : 0);
    copy_column(stmt, 2, journal->from_version, sizeof journal->from_version);
    copy_column(stmt, 3, journal->to_version, sizeof journal->to_version);
    copy_column(stmt, 4, journal->sql_digest, sizeof journal->sql_digest);
    copy_column(stmt, 5, journal->schema_digest, sizeof journal->schema_digest);
}

enum schemac_status
schemac__journal_read(struct schemac_db *db, struct schemac__journal *journal)
{
    struct schemac_stmt *stmt;
    enum schemac_status status;
    bool exists;

    *journal = (struct schemac__journal){ .count = 0 };
    status = schemac__gives_row(db, schemac__ddl_of(db)->steps_exists, &exists);
    if (status != SCHEMAC_OK || !exists)
        return status;
    status = schemac_prepare(db,
                             "SELECT number, state = 'running', from_version, "
                             "to_version, sql_digest, schema_digest FROM schemac_steps "
                             "ORDER BY number DESC LIMIT 1",
                             &stmt);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac_step(stmt);
    if (status == SCHEMAC_ROW)
        read_last(stmt, journal);
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

enum schemac_status
schemac__journal_clear(struct schemac_db *db)
{
    bool exists;
    enum schemac_status status =
        schemac__gives_row(db, schemac__ddl_of(db)->steps_exists, &exists);

    if (status != SCHEMAC_OK || !exists)
        return status;
    return db->driver->exec(db, "DELETE FROM schemac_steps");
}

/* ---- writing ---- */

static uint64_t
hash_z(uint64_t hash, const char *z)
{
    for (; *z != '\0'; z++)
        hash = (hash ^ (unsigned char)*z) * FNV_PRIME;
    return hash * FNV_PRIME;
}

/* Of the steps [0, end). */
static void
digest_sql(const struct schemac_migration *m, size_t end, char to[17])
{
    uint64_t hash = FNV_OFFSET;

    for (size_t i = 0; i < end; i++)
        for (size_t j = 0; j < m->steps[i].sql_count; j++)
            hash = hash_z(hash, m->steps[i].sql[j]);
    (void)snprintf(to, 17, "%016" PRIx64, hash);
}

static enum schemac_status
create_table(struct schemac_db *db)
{
    bool exists;
    enum schemac_status status =
        schemac__gives_row(db, schemac__ddl_of(db)->steps_exists, &exists);

    if (status != SCHEMAC_OK || exists)
        return status;
    return db->driver->exec(db, schemac__ddl_of(db)->steps_create);
}

static enum schemac_status
insert(struct schemac__run *run, size_t at, const char *what, const char *schema_digest)
{
    const struct schemac_migration *m = run->migration;
    char sql_digest[17];
    char now[TIME_TEXT_BYTES];
    const char *texts[] = { m->from_version,
                            m->to_version,
                            m->steps[at].name,
                            sql_digest,
                            what,
                            schema_digest,
                            now };
    struct schemac_stmt *stmt;
    enum schemac_status status;

    digest_sql(m, at + 1, sql_digest);
    schemac__time_to_text(schemac_timestamp_now(), now);
    status = schemac_prepare(run->db,
                             "INSERT INTO schemac_steps (from_version, to_version, step, "
                             "sql_digest, state, schema_digest, started_at, number) "
                             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                             &stmt);
    if (status != SCHEMAC_OK)
        return status;
    for (int i = 0; status == SCHEMAC_OK && i < 7; i++)
        status = schemac_bind_text(stmt, i + 1, schemac_text(texts[i]));
    if (status == SCHEMAC_OK)
        status = schemac_bind_int64(stmt, 8, (int64_t)at + 1);
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* Rows of the same numbers are those of a step that ran, or of a try that failed. */
static enum schemac_status
delete_from(struct schemac_db *db, size_t at)
{
    char sql[80];

    (void)snprintf(sql, sizeof sql, "DELETE FROM schemac_steps WHERE number > %zu", at);
    return db->driver->exec(db, sql);
}

enum schemac_status
schemac__journal_write(struct schemac__run *run, size_t begin, size_t end,
                       const char *what)
{
    struct schemac__digest digest;
    enum schemac_status status = create_table(run->db);

    if (status == SCHEMAC_OK)
        status = delete_from(run->db, begin);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__digest_read(run->db, &digest);
    for (size_t i = begin; status == SCHEMAC_OK && i < end; i++)
        status = insert(run, i, what, digest.hex);
    schemac__digest_free(&digest);
    return status;
}

static bool
has_changed_nothing(struct schemac__run *run)
{
    struct schemac__journal journal;
    struct schemac__digest digest = { .objects = NULL };
    bool same = schemac__journal_read(run->db, &journal) == SCHEMAC_OK
                && schemac__digest_read(run->db, &digest) == SCHEMAC_OK
                && strcmp(journal.schema_digest, digest.hex) == 0;

    schemac__digest_free(&digest);
    return same;
}

void
schemac__journal_settle(struct schemac__run *run, size_t begin)
{
    struct schemac__error story = run->db->error;

    if (has_changed_nothing(run) && delete_from(run->db, begin) == SCHEMAC_OK)
        run->journal.count = begin;
    schemac__error_restore(run->db, &story);
}

/* ---- going on ---- */

enum schemac_status
schemac__journal_refuse(struct schemac__run *run, const char *wanted)
{
    const struct schemac__journal *j = &run->journal;

    return schemac__fail(
        run->db, SCHEMAC_STALE_SCHEMA,
        "the migration from %s to %s was interrupted, and %zu of its "
        "steps stand: migrate to %s before you migrate to %s",
        schemac__version_word(j->from_version), schemac__version_word(j->to_version),
        j->done, schemac__version_word(j->to_version), schemac__version_word(wanted));
}

enum schemac_status
schemac__journal_check(struct schemac__run *run)
{
    const struct schemac__journal *j = &run->journal;
    const struct schemac_migration *m = run->migration;
    char sql_digest[17];

    if (j->count == 0)
        return SCHEMAC_OK;
    if (strcmp(j->from_version, m->from_version) != 0
        || strcmp(j->to_version, m->to_version) != 0)
        return schemac__journal_refuse(run, m->to_version);
    digest_sql(m, j->count < m->step_count ? j->count : m->step_count, sql_digest);
    if (j->count <= m->step_count && strcmp(sql_digest, j->sql_digest) == 0)
        return SCHEMAC_OK;
    return schemac__fail(
        run->db, SCHEMAC_STALE_SCHEMA,
        "the migration from %s to %s was interrupted, and its steps were "
        "edited since, or planned another way: %zu of the old ones stand "
        "(schemac_steps has them)",
        schemac__version_word(j->from_version), schemac__version_word(j->to_version),
        j->done);
}
