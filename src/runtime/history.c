#include "runtime/history.h"

#include <string.h>

#include "runtime/digest.h"
#include "runtime/kept.h"

/* None of the columns is NULL, so a text that is not there found no memory. */
static bool
copy_column(struct schemac_stmt *stmt, int at, char *to, size_t size)
{
    struct schemac_text text = schemac_column_text(stmt, at);

    if (text.ptr != NULL)
        schemac__copy(to, size, text.ptr, text.len);
    return text.ptr != NULL;
}

static enum schemac_status
read_row(struct schemac_stmt *stmt, struct schemac__history *last)
{
    char finished[TIME_TEXT_BYTES];

    last->id = schemac_column_int64(stmt, 0);
    if (!copy_column(stmt, 1, last->schema, sizeof last->schema)
        || !copy_column(stmt, 2, last->version, sizeof last->version)
        || !copy_column(stmt, 3, last->fingerprint, sizeof last->fingerprint)
        || !copy_column(stmt, 4, last->digest, sizeof last->digest)
        || !copy_column(stmt, 5, finished, sizeof finished))
        return schemac__no_memory(stmt->db);
    last->applied_at = schemac__time_from_text(finished);
    return SCHEMAC_OK;
}

enum schemac_status
schemac__history_read(struct schemac_db *db, struct schemac__history *last)
{
    struct schemac_stmt *stmt;
    enum schemac_status status;
    bool exists;

    *last = (struct schemac__history){ .id = 0 };
    status = schemac__gives_row(db, schemac__ddl_of(db)->history_exists, &exists);
    if (status != SCHEMAC_OK || !exists)
        return status;
    status = schemac_prepare(db,
                             "SELECT id, schema, version, fingerprint, schema_digest, "
                             "finished_at FROM schemac_history ORDER BY id DESC LIMIT 1",
                             &stmt);
    if (status == SCHEMAC_ERROR)
        schemac__error_before(db, "the table schemac_history is not one of schemac: ");
    if (status != SCHEMAC_OK)
        return status;
    status = schemac_step(stmt);
    if (status == SCHEMAC_ROW)
        status = read_row(stmt, last);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* ---- writing ---- */

static enum schemac_status
create_table(struct schemac_db *db)
{
    enum schemac_status status;
    bool exists;

    status = schemac__gives_row(db, schemac__ddl_of(db)->history_exists, &exists);
    if (status != SCHEMAC_OK || exists)
        return status;
    return schemac_exec(db, schemac__ddl_of(db)->history_create);
}

/* Parameters are bound in the order of `texts`, then of `numbers`. */
static enum schemac_status
bind_all(struct schemac_stmt *stmt, const char *const *texts, int text_count,
         const int64_t *numbers, int number_count)
{
    enum schemac_status status = SCHEMAC_OK;

    for (int i = 0; status == SCHEMAC_OK && i < text_count; i++)
        status = schemac_bind_text(stmt, i + 1, schemac_text(texts[i]));
    for (int i = 0; status == SCHEMAC_OK && i < number_count; i++)
        status = schemac_bind_int64(stmt, text_count + i + 1, numbers[i]);
    return status;
}

static enum schemac_status
bind_row(struct schemac_stmt *stmt, const struct schemac__history_row *row,
         const struct schemac__digest *digest, char started[TIME_TEXT_BYTES],
         char finished[TIME_TEXT_BYTES])
{
    const int64_t now = schemac_timestamp_now();
    const char *const texts[] = {
        row->schema,       row->version,
        row->from_version, row->direction,
        row->fingerprint,  started,
        finished,          SCHEMAC_VERSION,
        digest->hex,       digest->objects == NULL ? "" : digest->objects,
    };
    const int64_t numbers[] = {
        now > row->started_at ? (now - row->started_at) / 1000 : 0,
        (int64_t)row->steps,
        row->rows_at_stake,
    };

    schemac__time_to_text(row->started_at, started);
    schemac__time_to_text(now, finished);
    return bind_all(stmt, texts, sizeof texts / sizeof *texts, numbers,
                    sizeof numbers / sizeof *numbers);
}

static enum schemac_status
insert_row(struct schemac_db *db, const struct schemac__history_row *row,
           const struct schemac__digest *digest)
{
    char started[TIME_TEXT_BYTES];
    char finished[TIME_TEXT_BYTES];
    struct schemac_stmt *stmt;
    enum schemac_status status;

    status = schemac_prepare(
        db,
        "INSERT INTO schemac_history (schema, version, from_version, direction, "
        "fingerprint, started_at, finished_at, tool_version, schema_digest, objects, "
        "duration_ms, steps, rows_at_stake) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &stmt);
    if (status != SCHEMAC_OK)
        return status;
    status = bind_row(stmt, row, digest, started, finished);
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

enum schemac_status
schemac__history_write(struct schemac_db *db, const struct schemac__history_row *row)
{
    struct schemac__digest digest;
    enum schemac_status status = create_table(db);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac__digest_read(db, &digest);
    if (status == SCHEMAC_OK)
        status = schemac_exec(db, "UPDATE schemac_history SET objects = NULL "
                                  "WHERE objects IS NOT NULL");
    if (status == SCHEMAC_OK)
        status = insert_row(db, row, &digest);
    if (status == SCHEMAC_OK && strcmp(row->direction, "up") == 0)
        status = schemac__kept_settle(db, row->schema, row->version, row->keep_days);
    schemac__digest_free(&digest);
    return status;
}
