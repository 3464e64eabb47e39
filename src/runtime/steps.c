/*
 * Carrying out steps of a migration, inside the transaction that transact.c began, or
 * outside of any where a step may not be in one.
 */
#include <string.h>

#include "runtime/run.h"

/* A step must leave the transaction to the runner. */
static const char *const transaction_words[] = {
    "BEGIN", "START", "COMMIT", "END", "ABORT", "ROLLBACK", "SAVEPOINT", "RELEASE",
};

#define WORD_COUNT (sizeof transaction_words / sizeof *transaction_words)

/* A name is the database's: one thing at most is left under it. */
#define LEFTOVERS_MAX 2
#define LEFTOVER_BYTES 640 /* four names in quotes, of 63 bytes that may all be quotes */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Does the text begin with the word, in any case, and does the word end there? */
static bool
begins_with(const char *sql, const char *word)
{
    while (*word != '\0' && is_letter(*sql) && (*sql & ~0x20) == *word) {
        sql++;
        word++;
    }
    return *word == '\0' && !is_letter(*sql) && *sql != '_';
}

static bool
controls_transaction(const char *sql)
{
    sql = schemac__skip_blank(sql);
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (begins_with(sql, transaction_words[i]))
            return true;
    return false;
}

static enum schemac_status
run_statement(struct schemac__run *run, const char *sql)
{
    struct schemac_db *db = run->db;
    enum schemac_status status;

    if (controls_transaction(sql))
        return schemac__fail(db, SCHEMAC_MISUSE,
                             "a step must not begin or end a transaction: %.40s", sql);
    status = schemac_exec(db, sql);
    run->has_ended =
        status == SCHEMAC_OK && !run->is_outside && !db->driver->in_transaction(db);
    if (run->has_ended)
        return schemac__fail(db, SCHEMAC_MISUSE,
                             "a statement ended the transaction, so that what ran before "
                             "it is kept: %.40s",
                             sql);
    return status;
}

/* Is the first column true in every row?  `rows` says how many there were. */
static enum schemac_status
read_truth(struct schemac_db *db, const char *sql, bool *is_true, size_t *rows)
{
    struct schemac_stmt *stmt;
    enum schemac_status status = schemac_prepare(db, sql, &stmt);

    *is_true = true;
    *rows = 0;
    if (status != SCHEMAC_OK)
        return status;
    while (*is_true && (status = schemac_step(stmt)) == SCHEMAC_ROW) {
        *is_true = schemac_column_int64(stmt, 0) != 0; /* NULL reads as 0 */
        (*rows)++;
    }
    schemac_finalize(stmt);
    return status == SCHEMAC_ROW || status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
check_postcondition(struct schemac_db *db, const char *sql)
{
    enum schemac_status status;
    bool is_true;
    size_t rows;

    if (sql == NULL)
        return SCHEMAC_OK;
    status = read_truth(db, sql, &is_true, &rows);
    if (status != SCHEMAC_OK)
        return status;
    return is_true && rows > 0
               ? SCHEMAC_OK
               : schemac__fail(db, SCHEMAC_CHECK,
                               "what must hold afterwards does not: %s", sql);
}

static enum schemac_status
run_step(struct schemac__run *run, const struct schemac_step *step)
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; status == SCHEMAC_OK && i < step->sql_count; i++)
        status = run_statement(run, step->sql[i]);
    return status == SCHEMAC_OK ? check_postcondition(run->db, step->postcondition)
                                : status;
}

static enum schemac_status
verify_step(struct schemac__run *run, const struct schemac_step *step)
{
    enum schemac_status status = SCHEMAC_OK;
    bool is_true = true;
    size_t rows;

    for (size_t i = 0; status == SCHEMAC_OK && is_true && i < step->sql_count; i++)
        status = read_truth(run->db, step->sql[i], &is_true, &rows);
    if (status != SCHEMAC_OK || is_true)
        return status;
    return schemac__fail(run->db, SCHEMAC_CHECK, "it does not hold");
}

static void
tell_progress(const struct schemac__run *run, const struct schemac_step *step,
              int64_t began_at)
{
    if (run->options->progress == NULL)
        return;
    run->options->progress(run->options->context,
                           &(struct schemac_progress){
                               .from_version = run->migration->from_version,
                               .to_version = run->migration->to_version,
                               .step = step->name,
                               .step_number = run->step,
                               .step_count = run->migration->step_count,
                               .seconds =
                                   (double)(schemac_timestamp_now() - began_at) / 1e6,
                           });
}

/* Those of [begin, end) that are of one sort, in order.  After a failure run->step names
 * the one that failed.
 */
static enum schemac_status
run_all(struct schemac__run *run, size_t begin, size_t end, bool verify)
{
    for (size_t i = begin; i < end; i++) {
        const struct schemac_step *step = &run->migration->steps[i];
        int64_t began_at = schemac_timestamp_now();
        enum schemac_status status;

        if (step->is_verify != verify)
            continue;
        run->step = i + 1;
        status = verify ? verify_step(run, step) : run_step(run, step);
        if (status != SCHEMAC_OK)
            return status;
        tell_progress(run, step, began_at);
    }
    run->step = 0;
    return SCHEMAC_OK;
}

enum schemac_status
schemac__steps_run(struct schemac__run *run, size_t begin, size_t end)
{
    return run_all(run, begin, end, false);
}

/* ---- outside of transactions ---- */

/* Statements first, as they would be in the way of the query that gives them. */
static enum schemac_status
clear_leftovers(struct schemac__run *run, const struct schemac_step *step, bool *any)
{
    char sql[LEFTOVERS_MAX][LEFTOVER_BYTES];
    struct schemac_stmt *stmt;
    enum schemac_status status;
    size_t count = 0;

    *any = false;
    if (step->leftovers == NULL)
        return SCHEMAC_OK;
    status = schemac_prepare(run->db, step->leftovers, &stmt);
    if (status != SCHEMAC_OK)
        return status;
    while (count < LEFTOVERS_MAX && (status = schemac_step(stmt)) == SCHEMAC_ROW) {
        struct schemac_text text = schemac_column_text(stmt, 0);

        if (text.ptr != NULL)
            schemac__copy(sql[count++], LEFTOVER_BYTES, text.ptr, text.len);
    }
    schemac_finalize(stmt);
    if (status != SCHEMAC_ROW && status != SCHEMAC_DONE)
        return status;
    status = SCHEMAC_OK;
    *any = count > 0;
    for (size_t i = 0; status == SCHEMAC_OK && i < count; i++)
        status = run_statement(run, sql[i]);
    return status;
}

static enum schemac_status
ask_done(struct schemac__run *run, const struct schemac_step *step, bool was_tried,
         bool *is_done)
{
    enum schemac_status status;
    size_t rows;

    *is_done = false;
    if ((!run->is_repeated && !was_tried) || step->done == NULL)
        return SCHEMAC_OK;
    status = read_truth(run->db, step->done, is_done, &rows);
    *is_done = *is_done && rows > 0;
    return status;
}

/*
 * What gives up waiting outside of a transaction leaves its half behind, and it stops
 * nobody who reads or writes: so it waits without an end.
 */
enum schemac_status
schemac__steps_run_outside(struct schemac__run *run, size_t at)
{
    const struct schemac_step *step = &run->migration->steps[at];
    const struct schemac__ddl *ddl = schemac__ddl_of(run->db);
    int64_t timeout = ddl->lock_timeout(run->db);
    enum schemac_status status = ddl->set_lock_timeout(run->db, 0);
    struct schemac__error story;
    bool was_tried = false;
    bool is_done = false;

    run->step = at + 1;
    if (status == SCHEMAC_OK)
        status = clear_leftovers(run, step, &was_tried);
    if (status == SCHEMAC_OK)
        status = ask_done(run, step, was_tried, &is_done);
    if (status == SCHEMAC_OK && !is_done)
        status = run_all(run, at, at + 1, false);
    if (status == SCHEMAC_OK)
        return ddl->set_lock_timeout(run->db, timeout);
    story = run->db->error;
    (void)ddl->set_lock_timeout(run->db, timeout);
    schemac__error_restore(run->db, &story);
    return status;
}

enum schemac_status
schemac__steps_verify(struct schemac__run *run)
{
    return run_all(run, 0, run->migration->step_count, true);
}
