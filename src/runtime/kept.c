#include "runtime/kept.h"

#include <string.h>

#include "runtime/run.h"

#define SECONDS_LENGTH 19 /* of "YYYY-MM-DD HH:MM:SS" */

static const char *
text_at(struct schemac_stmt *stmt, int at)
{
    const char *ptr = schemac_column_text(stmt, at).ptr;

    return ptr == NULL ? "" : ptr;
}

/* The texts of a row are terminated, as SQLite and libpq have them. */
static void
tell_row(struct schemac_stmt *stmt,
         void (*tell)(void *context, const struct schemac_kept *k), void *context)
{
    const struct schemac_kept k = {
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

enum schemac_status
schemac__kept_bind(struct schemac_stmt *stmt, const char *first, const char *second)
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

/* What `apply` has parked: the way back takes what its last run did. */
static const char list_applied[] =
    "SELECT k.side, k.version, k.what, k.row_count, k.kept_at, coalesce(k.keep_until, "
    "''), CASE WHEN k.row_count <> -1 AND k.version = (SELECT max(n.version) FROM "
    "schemac_kept n WHERE n.schema = '') THEN 1 ELSE 0 END, CASE WHEN k.keep_until <= $1 "
    "THEN 1 ELSE 0 END FROM schemac_kept k WHERE k.schema = '' "
    "ORDER BY k.kept_at, k.side";

enum schemac_status
schemac__kept_read(struct schemac_db *db, const char *schema,
                   void (*tell)(void *context, const struct schemac_kept *k),
                   void *context)
{
    bool is_applied = schema[0] == '\0';
    struct schemac__history last = { .id = 0 };
    struct schemac_stmt *stmt;
    enum schemac_status status;
    char now[TIME_TEXT_BYTES];
    bool there;

    status = schemac__gives_row(db, schemac__ddl_of(db)->kept_exists, &there);
    if (status != SCHEMAC_OK || !there)
        return status;
    if (!is_applied)
        status = schemac__history_read(db, &last);
    if (status != SCHEMAC_OK || (last.id == 0 && !is_applied))
        return status;
    status = schemac_prepare(db, is_applied ? list_applied : list, &stmt);
    if (status != SCHEMAC_OK)
        return status;
    schemac__time_to_text(schemac_timestamp_now(), now);
    status = schemac__kept_bind(stmt, now, is_applied ? NULL : schema);
    while (status == SCHEMAC_OK && (status = schemac_step(stmt)) == SCHEMAC_ROW) {
        tell_row(stmt, tell, context);
        status = SCHEMAC_OK;
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* ---- the way up, and back ---- */

/* SQLite numbers parameters as they come. */
static const char settle[] =
    "UPDATE schemac_kept SET keep_until = coalesce(keep_until, nullif($1, '')), "
    "migration = (SELECT max(id) FROM schemac_history) WHERE migration IS NULL AND "
    "schema = $2 AND version = $3";

enum schemac_status
schemac__kept_settle(struct schemac_db *db, const char *schema, const char *version,
                     unsigned days)
{
    struct schemac_stmt *stmt;
    char until[TIME_TEXT_BYTES] = "";
    bool there;
    enum schemac_status status =
        schemac__gives_row(db, schemac__ddl_of(db)->kept_exists, &there);

    if (status != SCHEMAC_OK || !there)
        return status;
    status = schemac_prepare(db, settle, &stmt);
    if (status != SCHEMAC_OK)
        return status;
    if (days > 0)
        schemac__time_to_text(schemac_timestamp_now() + days * DAY_MICROSECONDS, until);
    until[days > 0 ? SECONDS_LENGTH : 0] = '\0';
    status = schemac__kept_bind(stmt, until, schema);
    if (status == SCHEMAC_OK)
        status = schemac_bind_text(stmt, 3, schemac_text(version));
    if (status == SCHEMAC_OK)
        status = schemac_step(stmt);
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

struct returning {
    const struct schemac_version *v;
    size_t count;
};

static void
count_returning(void *context, const struct schemac_kept *k)
{
    struct returning *r = context;

    for (size_t i = 0; k->is_current && i < r->v->side_table_count; i++)
        if (strcmp(r->v->side_tables[i], k->side) == 0)
            r->count++;
}

enum schemac_status
schemac__kept_returns(struct schemac_db *db, const char *schema,
                      const struct schemac_version *v, bool *returns)
{
    struct returning r = { .v = v };
    enum schemac_status status = SCHEMAC_OK;

    if (v->side_table_count > 0)
        status = schemac__kept_read(db, schema, count_returning, &r);
    *returns = r.count > 0;
    if (status != SCHEMAC_OK || r.count == 0 || r.count == v->side_table_count)
        return status;
    return schemac__fail(db, SCHEMAC_REFUSED,
                         "of what version %s took away, %zu of %zu side tables are "
                         "there: `schemac migrate` goes back with those, or forget them "
                         "first",
                         v->version, r.count, v->side_table_count);
}

enum schemac_status
schemac_list_kept(struct schemac_db *db, const struct schemac_schema *schema,
                  void (*tell)(void *context, const struct schemac_kept *kept),
                  void *context)
{
    enum schemac_status status = schemac__schema_check(db, &schema);

    if (status == SCHEMAC_OK)
        status = schemac__enter(db, false);
    if (status != SCHEMAC_OK)
        return status;
    status = schemac__kept_read(db, schema->name, tell, context);
    schemac__leave(db);
    return status;
}
