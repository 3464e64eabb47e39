/*
 * What must be true before a change is made, and before it is kept: allowances,
 * preconditions, foreign keys.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/run.h"

#define SAMPLE_ROWS 3    /* enough to recognise what is wrong */
#define SAMPLE_COLUMNS 6 /* of each row */
#define SAMPLE_VALUE_BYTES 40
#define SAMPLE_BYTES                                                                     \
    (SAMPLE_ROWS * (SAMPLE_COLUMNS * (SAMPLE_VALUE_BYTES + 40) + 4)) /* names cut at 32  \
                                                                      */
#define SAMPLE_NAME_BYTES 32
#define REFUSALS_MAX                                                                     \
    6 /* steps or checks that are told in one message; others counted                    \
       */

/* ---- hazards ---- */

static const struct {
    enum schemac_hazard hazard;
    const char *name; /* as in --allow */
} hazards[] = {
    { SCHEMAC_HAZARD_DATA_LOSS, "data-loss" },
    { SCHEMAC_HAZARD_REWRITE, "rewrite" },
    { SCHEMAC_HAZARD_LONG_LOCK, "long-lock" },
    { SCHEMAC_HAZARD_UNTRACKED, "untracked" },
};

#define HAZARD_COUNT (sizeof hazards / sizeof *hazards)

static void
say_hazards(struct schemac_db *db, unsigned refused)
{
    const char *between = "";

    for (size_t i = 0; i < HAZARD_COUNT; i++) {
        if ((refused & (unsigned)hazards[i].hazard) == 0)
            continue;
        schemac__error_after(db, "%s%s", between, hazards[i].name);
        between = ", ";
    }
}

/* The query may fail, because the database is not as the plan expects: then nothing is
 * said, and the message that is being written stays. */
static void
say_stake(struct schemac_db *db, const char *stake)
{
    struct schemac__error story = db->error;
    int64_t rows = 0;
    bool is_known = schemac__query_int64(db, stake, &rows, NULL) == SCHEMAC_OK;

    schemac__error_restore(db, &story);
    if (is_known)
        schemac__error_after(db, ", %" PRId64 " %s at stake", rows,
                             rows == 1 ? "row" : "rows");
}

static void
say_refusal(struct schemac_db *db, const struct schemac_step *step, size_t number,
            unsigned refused, bool is_next)
{
    schemac__error_after(db, "; step %zu (%s) is ", number, step->name);
    say_hazards(db, refused);
    if (step->loss != NULL)
        schemac__error_after(db, ": %s", step->loss);
    if (step->stake != NULL && is_next)
        say_stake(db, step->stake);
}

enum schemac_status
schemac__guard_hazards(struct schemac_db *db, const struct schemac_migration *migration,
                       unsigned allow, bool is_next)
{
    size_t count = 0;
    unsigned all_refused = 0;

    for (size_t i = 0; i < migration->step_count; i++) {
        unsigned refused = migration->steps[i].hazards & ~allow;

        if (refused == 0)
            continue;
        all_refused |= refused;
        if (count++ == 0)
            schemac__fail(db, SCHEMAC_REFUSED,
                          "the migration from %s to %s was refused, nothing was changed",
                          schemac__version_word(migration->from_version),
                          schemac__version_word(migration->to_version));
        if (count <= REFUSALS_MAX)
            say_refusal(db, &migration->steps[i], i + 1, refused, is_next);
    }
    if (count > REFUSALS_MAX)
        schemac__error_after(db, "; and %zu more steps", count - REFUSALS_MAX);
    if (count > 0) {
        schemac__error_after(db, "; allow this if it is what you want");
        db->error.hazards = all_refused;
        db->info.hazards = all_refused;
    }
    return count > 0 ? SCHEMAC_REFUSED : SCHEMAC_OK;
}

/* ---- samples ---- */

/* Rows of a query: how many, and the first few as "(id 3, plate NULL), (id 4, …)". */
struct sample {
    int64_t count;
    char text[SAMPLE_BYTES];
};

/* Text for a message: no control characters, nothing that is not UTF-8, cut when long. */
static void
clean(char *to, size_t size, struct schemac_text from)
{
    size_t used = 0;

    for (size_t i = 0; i < from.len;) {
        size_t length = schemac__utf8_length(from.ptr + i, from.len - i);
        bool is_plain = length > 0 && (unsigned char)from.ptr[i] >= ' ';
        size_t take = is_plain ? length : 1;

        if (used + take + 1 > size)
            break;
        memcpy(to + used, is_plain ? from.ptr + i : "?", take);
        used += take;
        i += take;
    }
    to[used] = '\0';
}

static void
add_value(struct sample *sample, size_t *used, struct schemac_stmt *stmt, int at)
{
    char name[SAMPLE_NAME_BYTES];
    char value[SAMPLE_VALUE_BYTES] = "NULL";
    struct schemac_text text = schemac_column_text(stmt, at);

    clean(name, sizeof name, schemac_text(schemac_column_name(stmt, at)));
    if (text.ptr != NULL)
        clean(value, sizeof value, text);
    *used += (size_t)snprintf(sample->text + *used, sizeof sample->text - *used,
                              "%s%s %s", at == 0 ? "" : ", ", name, value);
}

static void
add_row(struct sample *sample, struct schemac_stmt *stmt, int columns)
{
    size_t used = strlen(sample->text);

    used += (size_t)snprintf(sample->text + used, sizeof sample->text - used, "%s(",
                             used == 0 ? "" : ", ");
    for (int i = 0; i < columns && i < SAMPLE_COLUMNS; i++)
        add_value(sample, &used, stmt, i);
    (void)snprintf(sample->text + used, sizeof sample->text - used, ")");
}

/* All rows are fetched at once where the engine is a server: there it counts them. */
static enum schemac_status
prepare_sample(struct schemac_db *db, const char *sql, struct schemac_stmt **stmt)
{
    const struct schemac__ddl *ddl = schemac__ddl_of(db);
    enum schemac_status status;
    size_t size;
    char *whole;

    if (ddl->sample_begin == NULL)
        return schemac_prepare(db, sql, stmt);
    size = strlen(ddl->sample_begin) + strlen(sql) + strlen(ddl->sample_end) + 1;
    whole = schemac__alloc(size);
    if (whole == NULL)
        return schemac__no_memory(db);
    (void)snprintf(whole, size, "%s%s%s", ddl->sample_begin, sql, ddl->sample_end);
    status = schemac_prepare(db, whole, stmt);
    schemac__free(whole);
    return status;
}

static enum schemac_status
read_sample(struct schemac_db *db, const char *sql, struct sample *sample)
{
    bool is_counted = schemac__ddl_of(db)->sample_begin != NULL;
    struct schemac_stmt *stmt;
    enum schemac_status status;
    int columns;

    sample->count = 0;
    sample->text[0] = '\0';
    status = prepare_sample(db, sql, &stmt);
    if (status != SCHEMAC_OK)
        return status;
    columns = schemac_column_count(stmt) - (is_counted ? 1 : 0);
    while ((status = schemac_step(stmt)) == SCHEMAC_ROW) {
        if (sample->count < SAMPLE_ROWS || is_counted)
            add_row(sample, stmt, columns);
        sample->count =
            is_counted ? schemac_column_int64(stmt, columns) : sample->count + 1;
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

/* ", 12 rows, for instance (id 3, plate NULL)" */
static void
say_sample(struct schemac_db *db, const char *title, const struct sample *sample)
{
    schemac__error_after(db, "%s (%" PRId64 " %s, for instance %s)", title, sample->count,
                         sample->count == 1 ? "row" : "rows", sample->text);
}

/* ---- preconditions ---- */

/* Ask one; the failures before it are in the recorded message, which a query that cannot
 * be asked replaces. */
static enum schemac_status
ask(struct schemac__run *run, const struct schemac_check *check, size_t *failures)
{
    struct sample sample;
    enum schemac_status status = read_sample(run->db, check->sql, &sample);

    if (status != SCHEMAC_OK) {
        schemac__error_before(run->db,
                              "the precondition \"%s\" cannot be asked: ", check->title);
        return status;
    }
    if (sample.count == 0)
        return SCHEMAC_OK;
    if ((*failures)++ == 0)
        schemac__fail(run->db, SCHEMAC_REFUSED, "the rows do not allow it: ");
    else if (*failures <= REFUSALS_MAX)
        schemac__error_after(run->db, "; ");
    if (*failures <= REFUSALS_MAX)
        say_sample(run->db, check->title, &sample);
    return SCHEMAC_OK;
}

enum schemac_status
schemac__guard_preconditions(struct schemac__run *run)
{
    const struct schemac_migration *migration = run->migration;
    size_t failures = 0;

    for (size_t i = run->resumed_at; i < migration->step_count; i++) {
        const struct schemac_step *step = &migration->steps[i];

        for (size_t j = 0; j < step->precondition_count; j++) {
            enum schemac_status status = ask(run, &step->preconditions[j], &failures);

            if (status != SCHEMAC_OK)
                return status;
        }
    }
    if (failures > REFUSALS_MAX)
        schemac__error_after(run->db, "; and %zu more", failures - REFUSALS_MAX);
    return failures > 0 ? SCHEMAC_REFUSED : SCHEMAC_OK;
}

enum schemac_status
schemac__guard_stakes(struct schemac__run *run)
{
    const struct schemac_migration *migration = run->migration;

    for (size_t i = run->resumed_at; i < migration->step_count; i++) {
        const struct schemac_step *step = &migration->steps[i];
        enum schemac_status status;
        int64_t rows;

        if (step->stake == NULL)
            continue;
        status = schemac__query_int64(run->db, step->stake, &rows, NULL);
        if (status != SCHEMAC_OK) {
            schemac__error_before(run->db,
                                  "the rows at stake in step %zu (%s) cannot be "
                                  "counted: ",
                                  i + 1, step->name);
            return status;
        }
        run->rows_at_stake += rows;
    }
    return SCHEMAC_OK;
}

enum schemac_status
schemac__guard_foreign_keys(struct schemac__run *run)
{
    struct sample sample;
    enum schemac_status status =
        read_sample(run->db, schemac__ddl_of(run->db)->broken_keys, &sample);

    if (status != SCHEMAC_OK || sample.count == 0)
        return status;
    schemac__fail(run->db, SCHEMAC_FOREIGN_KEY,
                  "rows refer to rows that are not there: ");
    say_sample(run->db, "foreign keys", &sample);
    return SCHEMAC_FOREIGN_KEY;
}
