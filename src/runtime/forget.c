/*
 * Side tables are forgotten: by the command line, which has shown them, and by programs.
 */
#include <string.h>

#include "runtime/kept.h"
#include "runtime/run.h"

#define SIDE_BYTES 256 /* names have 63 bytes at most */

/* ---- one ---- */

static enum schemac_status
run_about(struct schemac_db *db, const char *sql, const char *side)
{
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac_prepare(db, sql, &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = schemac__kept_bind(stmt, side, NULL);
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE || status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

/* `before`, the name in quotes, `after`.  The name is one that a plan has made: quotes in
 * it are doubled all the same. */
static enum schemac_status
run_named(struct schemac_db *db, const char *before, const char *side, const char *after)
{
    char sql[512];
    size_t n = strlen(before);
    size_t room = sizeof sql - strlen(after) - 2; /* and for a quote */

    memcpy(sql, before, n);
    sql[n++] = '"';
    for (const char *at = side; *at != '\0'; at++) {
        if (n + 2 > room)
            return schemac__fail(db, SCHEMAC_MISUSE,
                                 "the name of a side table is too long");
        sql[n++] = *at;
        if (*at == '"')
            sql[n++] = '"';
    }
    sql[n++] = '"';
    memcpy(sql + n, after, strlen(after) + 1);
    return schemac_exec(db, sql);
}

/* What fills it goes first, where a script that stopped has left it. */
static enum schemac_status
drop_side(struct schemac_db *db, const char *side)
{
    enum schemac_status status = SCHEMAC_OK;

    if (schemac__ddl_of(db)->keeps_beside)
        status = run_named(db, "DROP FUNCTION IF EXISTS public.", side, "() CASCADE");
    return status == SCHEMAC_OK ? run_named(db, "DROP TABLE IF EXISTS ", side, "")
                                : status;
}

/* A migration that was interrupted goes on with those that it fills. */
static enum schemac_status
refuse_unfinished(struct schemac_db *db, const char *side)
{
    struct schemac__journal journal;
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac__journal_read(db, &journal);

    if (status != SCHEMAC_OK || journal.count == 0)
        return status;
    status = schemac_prepare(
        db, "SELECT 1 FROM schemac_kept WHERE side = $1 AND row_count < 0", &stmt);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__kept_bind(stmt, side, NULL);
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    if (status == SCHEMAC_ROW)
        return schemac__fail(db, SCHEMAC_REFUSED,
                             "%s is not complete: an interrupted migration fills it, and "
                             "has to be finished first",
                             side);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* ---- all or none ---- */

static enum schemac_status
forget_all(struct schemac_db *db, const char *const *sides, size_t count)
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; status == SCHEMAC_OK && i < count; i++) {
        status = refuse_unfinished(db, sides[i]);
        if (status == SCHEMAC_OK)
            status = drop_side(db, sides[i]);
        if (status == SCHEMAC_OK)
            status = run_about(db, "DELETE FROM schemac_kept WHERE side = $1", sides[i]);
    }
    return status;
}

enum schemac_status
schemac__kept_forget(struct schemac_db *db, const char *const *sides, size_t count)
{
    enum schemac_status status = schemac_begin(db);
    struct schemac__error story;

    if (status != SCHEMAC_OK)
        return status;
    status = forget_all(db, sides, count);
    if (status == SCHEMAC_OK)
        status = schemac_commit(db);
    if (status == SCHEMAC_OK)
        return status;
    story = db->error;
    (void)schemac_rollback(db);
    schemac__error_restore(db, &story);
    return status;
}

/* ---- for programs ---- */

struct forgetting {
    const struct schemac_forget_options *options;
    char cutoff[TIME_TEXT_BYTES]; /* "": any time */
    char (*sides)[SIDE_BYTES];
    size_t count;
    size_t room;
};

static bool
is_meant(const struct forgetting *f, const struct schemac_kept *k)
{
    const struct schemac_forget_options *o = f->options;

    if (o == NULL)
        return true;
    if (o->version != NULL && strcmp(o->version, k->version) != 0)
        return false;
    return (!o->expired || k->is_expired)
           && (f->cutoff[0] == '\0' || strcmp(k->kept_at, f->cutoff) < 0);
}

/* Counts them, and notes as many as there is room for. */
static void
note_meant(void *context, const struct schemac_kept *k)
{
    struct forgetting *f = context;

    if (!is_meant(f, k))
        return;
    if (f->count < f->room)
        schemac__copy(f->sides[f->count], SIDE_BYTES, k->side, strlen(k->side));
    f->count++;
}

/* Nobody else changes what there is between the two times of looking. */
static enum schemac_status
forget_meant(struct schemac_db *db, const char *schema, struct forgetting *f)
{
    enum schemac_status status = schemac__kept_read(db, schema, note_meant, f);
    const char **names;

    if (status != SCHEMAC_OK || f->count == 0)
        return status;
    f->sides = schemac__alloc(f->count * sizeof *f->sides);
    names = schemac__alloc(f->count * sizeof *names);
    f->room = f->sides == NULL || names == NULL ? 0 : f->count;
    if (f->room == 0)
        status = schemac__no_memory(db);
    f->count = 0;
    if (status == SCHEMAC_OK)
        status = schemac__kept_read(db, schema, note_meant, f);
    for (size_t i = 0; i < f->count && i < f->room; i++)
        names[i] = f->sides[i];
    if (status == SCHEMAC_OK)
        status = schemac__kept_forget(db, names, f->count);
    schemac__free(names);
    schemac__free(f->sides);
    return status;
}

enum schemac_status
schemac_forget(struct schemac_db *db, const struct schemac_schema *schema,
               const struct schemac_forget_options *options, size_t *count)
{
    struct forgetting f = { .options = options };
    enum schemac_status status = schemac__schema_check(db, &schema);

    if (status == SCHEMAC_OK && db->driver->in_transaction(db))
        return schemac__fail(db, SCHEMAC_MISUSE, "end the transaction before forgetting");
    if (status == SCHEMAC_OK)
        status = schemac__enter(db, true);
    if (status != SCHEMAC_OK)
        return status;
    if (options != NULL && options->older_than_days > 0)
        schemac__time_to_text(
            schemac_timestamp_now() - options->older_than_days * DAY_MICROSECONDS,
            f.cutoff);
    status = forget_meant(db, schema->name, &f);
    schemac__leave(db);
    if (count != NULL)
        *count = status == SCHEMAC_OK ? f.count : 0;
    return status;
}
