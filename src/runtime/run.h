/*
 * What the files of the migration runner share: where a database is (state.c), what must
 * be true before a change (guard.c), carrying the change out (steps.c) in transactions
 * (transact.c).  migrate.c ties them together.
 */
#ifndef SCHEMAC_RUNTIME_RUN_H
#define SCHEMAC_RUNTIME_RUN_H

#include "runtime/digest.h"
#include "runtime/expressions.h"
#include "runtime/history.h"
#include "runtime/journal.h"

/* An index into schema->versions; nothing stands before the first. */
#define AT_NOTHING ((ptrdiff_t)-1)

/* Where a database is.  Free with schemac__state_free, also after a failure. */
struct schemac__state {
    enum schemac_state state;
    struct schemac__history last;
    struct schemac__journal journal;
    struct schemac__digest digest; /* of the objects as they are now */
    /* AT_NOTHING unless the state is CURRENT, OLDER, UNFINISHED or DRIFTED */
    ptrdiff_t at;
};

/* One migration while it runs. */
struct schemac__run {
    struct schemac_db *db;
    const struct schemac_schema *schema; /* NULL: nothing is recorded (apply.c) */
    const struct schemac_migrate_options *options;
    const struct schemac_migration *migration;
    char digest[17]; /* where schema is NULL: of the objects, as this run has left them */
    char next_digest[17];            /* the same, if the transaction is committed */
    ptrdiff_t at;                    /* where the database is, */
    ptrdiff_t to;                    /* and where the migration leads */
    int64_t last_id;                 /* newest row of the history when that was decided */
    struct schemac__journal journal; /* of this migration; moves on with it */
    size_t resumed_at;               /* the first step that this run is to do, from 0 */
    int64_t started_at;              /* microseconds since 1970 UTC */
    int64_t rows_at_stake;
    size_t step;         /* number of the step that runs, from 1; 0 outside steps */
    bool keys_were_on;   /* foreign keys were enforced before */
    bool keys_unchecked; /* they are not while the steps run: check them before COMMIT */
    bool has_ended;      /* a step ended the transaction: nothing can be undone */
    bool has_moved;      /* another process changed the database in between */
    bool is_outside;     /* the step that runs is in no transaction */
    bool is_repeated;    /* an earlier try of it may have been interrupted */
    bool is_unknown;     /* whether COMMIT was heard is not known */
};

/* ---- state.c ---- */

/* Are the arguments of a public function such as the others may rely on?  Leaves in
 * *schema the one for the engine of the handle. */
enum schemac_status schemac__schema_check(struct schemac_db *db,
                                          const struct schemac_schema **schema);
/* AT_NOTHING: the schema has no such version. */
ptrdiff_t schemac__schema_find(const struct schemac_schema *schema, const char *version);
const char *schemac__schema_expressions(const struct schemac_schema *schema,
                                        ptrdiff_t at); /* NULL: none */
const char *schemac__schema_version(const struct schemac_schema *schema, ptrdiff_t at);
/* The engine made ready for being looked at, and for being changed by nobody else where
 * `alone`.  leave keeps the recorded error. */
enum schemac_status schemac__enter(struct schemac_db *db, bool alone);
void schemac__leave(struct schemac_db *db);
enum schemac_status schemac__state_read(struct schemac_db *db,
                                        const struct schemac_schema *schema,
                                        struct schemac__state *state);
void schemac__state_free(struct schemac__state *state);
/* Nothing can be migrated from FOREIGN, NEWER and DRIFTED: say why. */
enum schemac_status schemac__state_refuse(struct schemac_db *db,
                                          const struct schemac_schema *schema,
                                          const struct schemac__state *state);
/* "nothing" for the empty version */
const char *schemac__version_word(const char *version);

/* May what failed for want of a lock be tried once more, and after which pause?  `tries`
 * counts those that failed; 0: no. */
int64_t schemac__pause_before(struct schemac_db *db, enum schemac_status status,
                              int tries);

/* ---- guard.c ---- */

/*
 * Refuse steps with a hazard that is not allowed.  The rows at stake are counted only
 * where `is_next`: what a later version puts at stake is not known yet.
 */
enum schemac_status schemac__guard_hazards(struct schemac_db *db,
                                           const struct schemac_migration *migration,
                                           unsigned allow, bool is_next);
/* Ask all preconditions; report each that fails with a count and sample rows. */
enum schemac_status schemac__guard_preconditions(struct schemac__run *run);
/* Count the rows at stake, before they are gone. */
enum schemac_status schemac__guard_stakes(struct schemac__run *run);
/* Refuse rows that break a foreign key. */
enum schemac_status schemac__guard_foreign_keys(struct schemac__run *run);

/* ---- steps.c ---- */

/* Those of [begin, end) but verifications, which come last and together. */
enum schemac_status schemac__steps_run(struct schemac__run *run, size_t begin,
                                       size_t end);
enum schemac_status schemac__steps_verify(struct schemac__run *run);
/* The one that may not be in a transaction, behind what an earlier try of it left. */
enum schemac_status schemac__steps_run_outside(struct schemac__run *run, size_t at);

/* ---- transact.c ---- */

/* Carry run->migration out.  OK with run->has_moved: somebody else changed the database
 * before the first change; look again. */
enum schemac_status schemac__transact(struct schemac__run *run);
/* Roll back what failed, and put into the recorded error where that leaves things. */
void schemac__undo(struct schemac__run *run);

/* ---- migrate.c ---- */

/* Foreign keys off where they have to be, and all transactions of run->migration. */
enum schemac_status schemac__run_migration(struct schemac__run *run);

/* ---- journal.c ---- */

/* Does the journal belong to run->migration?  Otherwise say what has to be done first. */
enum schemac_status schemac__journal_check(struct schemac__run *run);
enum schemac_status schemac__journal_refuse(struct schemac__run *run, const char *wanted);
/* A step outside a transaction failed: take its row back where it has changed nothing.
 * Keeps the recorded error. */
void schemac__journal_settle(struct schemac__run *run, size_t begin);
/* Say that the steps [begin, end) of the migration are `what`, in a transaction. */
enum schemac_status schemac__journal_write(struct schemac__run *run, size_t begin,
                                           size_t end, const char *what);

#endif
