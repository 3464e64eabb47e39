#include "runtime/kept.h"

#include "runtime/history.h"

static const char *
text_at(struct schemac_stmt *stmt, int at)
{
    const char *ptr = schemac_column_text(stmt, at).ptr;

    return ptr == NULL ? "" : ptr;
}

/* The texts of a row are terminated, as SQLite and libpq have them. */
static void
tell_row(struct schemac_stmt *stmt,
         void (*tell)(void *context, const struct schemac__kept *k), void *context)
{
    const struct schemac__kept k = {
        .side = text_at(stmt, 0),
        .version = text_at(stmt, 1),
        .what = text_at(stmt, 2),
        .row_count = schemac_column_int64(stmt, 3),
        .kept_at = text_at(stmt, 4),
        .keep_until = text_at(stmt, 5),
        .is_current = schemac_column_int64(stmt, 6) != 0,
        .is_expired = schemac_column_int64(stmt, 7) != 0,
    };

    tell(context, &k);
}

static enum schemac_status
bind_texts(struct schemac_stmt *stmt, const char *first, const char *second)
{
    enum schemac_status status = schemac_bind_text(stmt, 1, schemac_text(first));

    if (status != SCHEMAC_OK || second == NULL)
        return status;
    return schemac_bind_text(stmt, 2, schemac_text(second));
}

static const char list[] =
    "SELECT k.side, k.version, k.what, k.row_count, k.kept_at, coalesce(k.keep_until, "
    "''), CASE WHEN k.migration = (SELECT max(h.id) FROM schemac_history h WHERE "
    "h.schema = k.schema AND h.version = k.version AND h.direction = 'up') THEN 1 ELSE 0 "
    "END, CASE WHEN k.keep_until <= $1 THEN 1 ELSE 0 END FROM schemac_kept k "
    "WHERE k.schema = $2 ORDER BY k.kept_at, k.side";

enum schemac_status
schemac__kept_read(struct schemac_db *db, const char *schema,
                   void (*tell)(void *context, const struct schemac__kept *k),
                   void *context)
{
    struct schemac__history last;
    struct schemac_stmt *stmt;
    enum schemac_status status;
    char now[TIME_TEXT_BYTES];
    bool there;

    status = schemac__gives_row(db, db->driver->ddl->kept_exists, &there);
    if (status != SCHEMAC_OK || !there)
        return status;
    status = schemac__history_read(db, &last);
    if (status != SCHEMAC_OK || last.id == 0)
        return status;
    status = schemac_prepare(db, list, &stmt);
    if (status != SCHEMAC_OK)
        return status;
    schemac__time_to_text(schemac__now(), now);
    status = bind_texts(stmt, now, schema);
    while (status == SCHEMAC_OK && (status = schemac_step(stmt)) == SCHEMAC_ROW) {
        tell_row(stmt, tell, context);
        status = SCHEMAC_OK;
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* ---- forgetting ---- */

static enum schemac_status
run_about(struct schemac_db *db, const char *sql, const char *side)
{
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac_prepare(db, sql, &stmt);

    if (status != SCHEMAC_OK)
        return status;
    status = bind_texts(stmt, side, NULL);
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE || status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

/* The name is one that a plan has made: quotes in it are doubled all the same. */
static enum schemac_status
drop_side(struct schemac_db *db, const char *side)
{
    char sql[512];
    size_t n = 0;
    const char *begin = "DROP TABLE IF EXISTS \"";

    while (*begin != '\0')
        sql[n++] = *begin++;
    for (const char *at = side; *at != '\0'; at++) {
        if (n + 4 > sizeof sql)
            return schemac__fail(db, SCHEMAC_MISUSE,
                                 "the name of a side table is too "
                                 "long");
        sql[n++] = *at;
        if (*at == '"')
            sql[n++] = '"';
    }
    sql[n++] = '"';
    sql[n] = '\0';
    return schemac_exec(db, sql);
}

static enum schemac_status
forget_all(struct schemac_db *db, const char *const *sides, size_t count)
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; status == SCHEMAC_OK && i < count; i++) {
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

enum schemac_status
schemac__kept_settle(struct schemac_db *db)
{
    bool there;
    enum schemac_status status =
        schemac__gives_row(db, db->driver->ddl->kept_exists, &there);

    if (status != SCHEMAC_OK || !there)
        return status;
    return schemac_exec(db, "UPDATE schemac_kept SET migration = (SELECT max(id) FROM "
                            "schemac_history) WHERE migration IS NULL");
}
