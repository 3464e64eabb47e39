/*
 * schemac.h - the runtime library that applications link and the schemac command itself
 * uses.
 *
 * Threads: a handle (struct schemac_db) and everything made from it belong to one thread
 * at a time; different handles are independent.  There are no globals, nothing prints,
 * nothing exits.
 *
 * Errors: every function that can fail returns enum schemac_status; schemac_error(db)
 * tells the story of the last failure on that handle until the next call on it.
 *
 * Memory: what a function returns a pointer to says how long it lives; NULL pointers in
 * arguments are MISUSE unless allowed here.
 */
#ifndef SCHEMAC_H
#define SCHEMAC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SCHEMAC_API __attribute__((visibility("default")))
#else
#define SCHEMAC_API
#endif

/* Of the library and of the generator, written to each row of the history. */
#define SCHEMAC_VERSION "0.1.0"

enum schemac_status {
    SCHEMAC_OK,
    SCHEMAC_ROW,       /* a step gave a row */
    SCHEMAC_DONE,      /* a step found no more rows */
    SCHEMAC_NOT_FOUND, /* get, find, update, delete: no such row; open: no such database
                        */
    SCHEMAC_UNIQUE,    /* a UNIQUE or PRIMARY KEY refused the row */
    SCHEMAC_FOREIGN_KEY,
    SCHEMAC_NOT_NULL,
    SCHEMAC_CHECK, /* also: a trigger refused the row, a STRICT table its type */
    SCHEMAC_BUSY,  /* locked by another connection for longer than the busy timeout */
    SCHEMAC_RETRY, /* serialization failure or deadlock: run the transaction again */
    SCHEMAC_STALE_SCHEMA, /* the database is at another version than the program, or has
                             drifted */
    SCHEMAC_DECODE,       /* a stored value does not fit its C type */
    SCHEMAC_CONNECTION,   /* the server or the file is gone */
    SCHEMAC_NO_MEMORY,
    SCHEMAC_MISUSE,  /* wrong arguments or a wrong order of calls */
    SCHEMAC_REFUSED, /* migrate: a hazard that was not allowed, or a failed precondition
                      */
    SCHEMAC_FULL,    /* disk full */
    SCHEMAC_NOT_A_DATABASE, /* the file is something else, encrypted or damaged */
    SCHEMAC_READ_ONLY,
    SCHEMAC_ERROR /* anything else; the message says what */
};

struct schemac_db;
struct schemac_stmt;

/* Text and bytes of somebody else; ptr NULL is SQL NULL.  Text need not be terminated. */
struct schemac_text {
    const char *ptr;
    size_t len;
};
struct schemac_bytes {
    const void *ptr;
    size_t len;
};
struct schemac_uuid {
    uint8_t bytes[16];
};

/* Nullable scalars. */
struct schemac_bool_opt {
    bool value;
    bool is_set;
};
struct schemac_int16_opt {
    int16_t value;
    bool is_set;
};
struct schemac_int32_opt {
    int32_t value;
    bool is_set;
};
struct schemac_int64_opt {
    int64_t value;
    bool is_set;
};
struct schemac_float_opt {
    float value;
    bool is_set;
};
struct schemac_double_opt {
    double value;
    bool is_set;
};
struct schemac_uuid_opt {
    struct schemac_uuid value;
    bool is_set;
};

/*
 * Arrays of one dimension.  items NULL is NULL; an empty one has count 0 and items that
 * point anywhere.  Enums have arrays of their own, beside them.
 */
struct schemac_bool_array {
    const bool *items;
    size_t count;
};
struct schemac_int16_array {
    const int16_t *items;
    size_t count;
};
struct schemac_int32_array {
    const int32_t *items;
    size_t count;
};
struct schemac_int64_array {
    const int64_t *items;
    size_t count;
};
struct schemac_float_array {
    const float *items;
    size_t count;
};
struct schemac_double_array {
    const double *items;
    size_t count;
};
struct schemac_text_array {
    const struct schemac_text *items;
    size_t count;
};
struct schemac_bytes_array {
    const struct schemac_bytes *items;
    size_t count;
};
struct schemac_uuid_array {
    const struct schemac_uuid *items;
    size_t count;
};

/* The same where an item may be NULL and cannot say so itself: see @c. */
struct schemac_bool_opt_array {
    const struct schemac_bool_opt *items;
    size_t count;
};
struct schemac_int16_opt_array {
    const struct schemac_int16_opt *items;
    size_t count;
};
struct schemac_int32_opt_array {
    const struct schemac_int32_opt *items;
    size_t count;
};
struct schemac_int64_opt_array {
    const struct schemac_int64_opt *items;
    size_t count;
};
struct schemac_float_opt_array {
    const struct schemac_float_opt *items;
    size_t count;
};
struct schemac_double_opt_array {
    const struct schemac_double_opt *items;
    size_t count;
};
struct schemac_uuid_opt_array {
    const struct schemac_uuid_opt *items;
    size_t count;
};

/* C++ warns that the function hides the constructor, of which there is none. */
#if defined(__cplusplus) && defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif
SCHEMAC_API struct schemac_text schemac_text(const char *z); /* z may be NULL: SQL NULL */
#if defined(__cplusplus) && defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/* What the last failed call on a handle has to say.  Valid until the next call on the
 * handle. */
struct schemac_error_info {
    enum schemac_status status;
    const char *message; /* the engine's or ours, never NULL */
    const char *code; /* SQLSTATE, or the name of the extended SQLite code; "" if none */
    /* "" where the engine does not tell: SQLite names the table and columns of UNIQUE and
     * NOT NULL, the constraint of CHECK, nothing of FOREIGN KEY */
    const char *table;
    const char *column; /* several are separated by ", " */
    const char *constraint;
    unsigned hazards; /* migrate, REFUSED: enum schemac_hazard that were not allowed */
};

SCHEMAC_API const char *schemac_status_name(enum schemac_status status); /* "UNIQUE" */

/* ---- connections ---- */

/*
 * url: "sqlite:path", "sqlite::memory:", a bare path, or "postgresql://…" and what else
 * libpq takes: a text whose first word ends in "=", "host=db dbname=lot", is no path.
 * MISUSE in a library that is built without that driver.  A PostgreSQL database is never
 * created.  A SQLite file is created when missing unless SCHEMAC_OPEN_EXISTING or
 * SCHEMAC_OPEN_READ_ONLY: then NOT_FOUND.  On failure *db is still set (to ask
 * schemac_error), NULL only when memory ran out; close it in either case.
 *
 * A SQLite handle gets: foreign_keys=ON, busy_timeout 5000 ms, extended result codes, and
 * journal_mode=WAL unless SCHEMAC_OPEN_KEEP_JOURNAL or read-only (or other connections
 * are in the way at this moment; the next open tries again).  Closing finalizes the
 * statements that are left and rolls an open transaction back.
 */
enum schemac_open_flags {
    SCHEMAC_OPEN_EXISTING = 1 << 0,
    SCHEMAC_OPEN_READ_ONLY = 1 << 1,
    SCHEMAC_OPEN_KEEP_JOURNAL = 1 << 2
};

SCHEMAC_API enum schemac_status schemac_open(const char *url, struct schemac_db **db);
SCHEMAC_API enum schemac_status schemac_open_with(const char *url, unsigned flags,
                                                  struct schemac_db **db);
SCHEMAC_API void schemac_close(struct schemac_db *db); /* NULL is allowed */
SCHEMAC_API const struct schemac_error_info *schemac_error(const struct schemac_db *db);
SCHEMAC_API const char *
schemac_dialect(const struct schemac_db *db); /* "sqlite", "postgres" */
SCHEMAC_API enum schemac_status schemac_busy_timeout(struct schemac_db *db,
                                                     int milliseconds);
/* The engine's own handle (sqlite3 *, PGconn *), for what this library does not do. */
SCHEMAC_API void *schemac_native(struct schemac_db *db);

/* ---- statements ---- */

/* One or more statements separated by ';'; rows that they give are thrown away.  After a
 * failure those before the one that failed have been done. */
SCHEMAC_API enum schemac_status schemac_exec(struct schemac_db *db, const char *sql);

/*
 * Prepared statements.  Parameters count from 1, columns from 0.  Text and bytes are not
 * copied: they must live until the statement is reset or stepped to the end, and bound
 * again before it is stepped once more.  Column values are valid until the next step,
 * reset or finalize.  A step that fails resets the statement.  *stmt is NULL after a
 * failure; SQL that holds no statement, or more than one, is MISUSE.
 */
SCHEMAC_API enum schemac_status schemac_prepare(struct schemac_db *db, const char *sql,
                                                struct schemac_stmt **stmt);
SCHEMAC_API void schemac_finalize(struct schemac_stmt *stmt); /* NULL is allowed */
SCHEMAC_API enum schemac_status schemac_bind_null(struct schemac_stmt *stmt, int at);
SCHEMAC_API enum schemac_status schemac_bind_int64(struct schemac_stmt *stmt, int at,
                                                   int64_t v);
SCHEMAC_API enum schemac_status schemac_bind_double(struct schemac_stmt *stmt, int at,
                                                    double v);
SCHEMAC_API enum schemac_status schemac_bind_text(struct schemac_stmt *stmt, int at,
                                                  struct schemac_text v);
SCHEMAC_API enum schemac_status schemac_bind_bytes(struct schemac_stmt *stmt, int at,
                                                   struct schemac_bytes v);
SCHEMAC_API enum schemac_status
schemac_step(struct schemac_stmt *stmt); /* ROW, DONE or an error */
SCHEMAC_API enum schemac_status schemac_reset(struct schemac_stmt *stmt);
SCHEMAC_API int schemac_column_count(const struct schemac_stmt *stmt);
SCHEMAC_API const char *schemac_column_name(const struct schemac_stmt *stmt, int at);
SCHEMAC_API bool schemac_column_is_null(struct schemac_stmt *stmt, int at);
SCHEMAC_API int64_t schemac_column_int64(struct schemac_stmt *stmt, int at);
SCHEMAC_API double schemac_column_double(struct schemac_stmt *stmt, int at);
SCHEMAC_API struct schemac_text schemac_column_text(struct schemac_stmt *stmt, int at);
SCHEMAC_API struct schemac_bytes schemac_column_bytes(struct schemac_stmt *stmt, int at);
SCHEMAC_API int64_t
schemac_changes(const struct schemac_db *db); /* rows of the last statement */

/* ---- transactions ---- */

/*
 * A begin inside a transaction is a savepoint; commit and rollback end the innermost.  On
 * SQLite the outermost takes the write lock at once (BUSY after the busy timeout), so
 * that a transaction that reads first cannot fail later with RETRY.
 *
 * A commit that fails leaves the transaction open: commit again (BUSY) or roll back.
 * Where the engine has rolled back on its own (a full disk), begin and commit fail until
 * schemac_rollback is called.
 */
SCHEMAC_API enum schemac_status schemac_begin(struct schemac_db *db);
SCHEMAC_API enum schemac_status schemac_commit(struct schemac_db *db);
SCHEMAC_API enum schemac_status schemac_rollback(struct schemac_db *db);

/* ---- migrations ---- */

enum schemac_hazard {
    SCHEMAC_HAZARD_DATA_LOSS = 1 << 0,
    SCHEMAC_HAZARD_REWRITE = 1 << 1,
    SCHEMAC_HAZARD_LONG_LOCK = 1 << 2,
    SCHEMAC_HAZARD_UNTRACKED = 1 << 3,
    SCHEMAC_HAZARD_ALL = 15
};

struct schemac_check {
    const char *title; /* what a row means: "vehicles.number_plate holds NULL" */
    const char *sql;   /* a query that gives a row per violation */
};

/* All const data: generated code has them as tables, the command line builds them. */
struct schemac_step {
    const char *name; /* "rebuild table vehicles" */
    /* statements, without ';'; none may begin or end a transaction */
    const char *const *sql;
    size_t sql_count;
    unsigned hazards;                          /* enum schemac_hazard */
    const char *loss;                          /* "column vehicles.phone_number"; NULL */
    const char *stake;                         /* counts the rows at stake; NULL */
    const struct schemac_check *preconditions; /* asked before anything is changed */
    size_t precondition_count;
    const char *postcondition; /* gives one true value afterwards; NULL */
    bool is_verify; /* sql[0] must give true in each row, or no row; name is its title */
    /* PostgreSQL only.  May not be in a transaction: runs alone, once more after a crash;
     */
    bool outside_transaction;
    bool own_transaction; /* shares none: what comes before it is committed first */
    /* Of a step outside of transactions; NULL: none.  A query that gives statements to
     * run first, which clear away what a try that failed has left; and one that gives a
     * true value where a try that was interrupted has done the step. */
    const char *leftovers;
    const char *done;
};

struct schemac_migration {
    const char *from_version; /* "" from nothing */
    const char *to_version;   /* "" to nothing */
    const struct schemac_step *steps;
    size_t step_count;
    bool rebuilds; /* SQLite: foreign keys off around the transaction */
};

struct schemac_version {
    const char *version;             /* "1.2.0" */
    const char *fingerprint;         /* 64 hex digits */
    /* A line for each object with an expression: digest, TAB, kind, TAB, name; NULL: an
     * engine that keeps what it is told needs none. */
    const char *expressions;
    struct schemac_migration create; /* from nothing */
    struct schemac_migration up;     /* from the version before; no steps for the first */
    struct schemac_migration down;   /* to the version before; to nothing for the first */
    /* The same two ways with side tables: up_keep parks what it takes away, down_keep
     * gives it back.  No side tables: there is nothing to park between the versions. */
    struct schemac_migration up_keep;
    struct schemac_migration down_keep;
    const char *const *side_tables; /* names, "schemac_kept_1_2_0_people" */
    size_t side_table_count;
};

struct schemac_schema {
    const char *name;                       /* "parking" */
    const char *dialect;                    /* "sqlite" */
    const struct schemac_version *versions; /* oldest first */
    size_t version_count;
    bool keeps; /* the versions know how to park (schemac gen --keep) */
    /* The same schema for another engine; NULL: there is none.  Whoever takes a schema
     * takes the one of the handle's engine from this list. */
    const struct schemac_schema *next;
};

/* Told after each step, inside the transaction: the handle must not be used.  All text is
 * valid during the call only. */
struct schemac_progress {
    const char *from_version;
    const char *to_version;
    const char *step;   /* NULL when the version is reached and committed */
    size_t step_number; /* from 1 */
    size_t step_count;
    double seconds; /* that it took */
    /* Not 0: the step did not get a lock so many times, its transaction is rolled back,
     * and will be tried again in `seconds`. */
    int tries;
};

struct schemac_migrate_options {
    const char *target; /* NULL: the newest version; "": nothing, all is taken down */
    unsigned allow;     /* enum schemac_hazard */
    void (*progress)(void *context, const struct schemac_progress *p); /* may be NULL */
    void *context;
    /* Park what a version on the way up takes away, in side tables, for so many days; 0:
     * until it is forgotten (schemac_forget).  MISUSE unless the schema `keeps`. */
    bool keep;
    unsigned keep_days;
};

/*
 * Bring the database to options->target (options may be NULL), version by version, each
 * in one transaction with its row in schemac_history; a new database is created at the
 * target at once.  Either a version was reached completely or the database is as it was
 * before that version, and the message says which.  Steps that may not be in a
 * transaction, or want one of their own (PostgreSQL), cut the version in several; those
 * that stand are in schemac_steps: the next call goes on behind them.  Hazards of the
 * whole way are asked before its first change; preconditions before the first change of
 * the version concerned.  Programs that start together may all call this: one migrates,
 * the others find it done.
 *
 * The way back returns what was parked on the last way up to the version, whatever the
 * options say, if the schema `keeps`; what was parked by somebody else stays where it is.
 *
 * OK             the database is at the target (nothing to do is OK too)
 * REFUSED        a hazard is not allowed, rows break a precondition, only some of what
 *                was parked on the way up is there still, the connection's settings are
 *                unsafe, or the objects have no history of this schema
 * STALE_SCHEMA   the version is unknown to this program, or the objects have drifted
 * NOT_FOUND      the schema has no version `target`
 * FOREIGN_KEY    rows would refer to rows that are not there
 * CHECK          a postcondition or a verification does not hold
 * BUSY, FULL, READ_ONLY, NO_MEMORY, …   as anywhere
 */
SCHEMAC_API enum schemac_status
schemac_migrate(struct schemac_db *db, const struct schemac_schema *schema,
                const struct schemac_migrate_options *options);

enum schemac_state {
    SCHEMAC_STATE_NEW,     /* no history, no other object */
    SCHEMAC_STATE_FOREIGN, /* objects, but no history of this schema: baseline first */
    SCHEMAC_STATE_CURRENT, /* at the newest version */
    SCHEMAC_STATE_OLDER,
    SCHEMAC_STATE_NEWER, /* at a version that the schema does not know */
    /* between two versions: a migration of several transactions was interrupted */
    SCHEMAC_STATE_UNFINISHED,
    SCHEMAC_STATE_DRIFTED /* the objects are not those that the last migration left, or
                             the version's declaration was edited afterwards */
};

struct schemac_status_report {
    enum schemac_state state;
    char version[64]; /* where the history says it is; "" when there is none */
    char fingerprint[65];
    int64_t applied_at;  /* microseconds since 1970 UTC; 0 if never */
    size_t pending;      /* versions still to come; 0 unless NEW, OLDER or UNFINISHED */
    char to_version[64]; /* UNFINISHED: where the migration leads; else "" */
    size_t steps_done;   /* UNFINISHED: steps of it that stand */
};

SCHEMAC_API enum schemac_status
schemac_migration_status(struct schemac_db *db, const struct schemac_schema *schema,
                         struct schemac_status_report *report);

/*
 * Write a history row for `version` without changing anything else: adopt an existing
 * database, or accept a change that was made by hand.  Whether the objects are those of
 * the version is for the caller to know.  REFUSED for an empty database and for that of
 * another schema.
 */
SCHEMAC_API enum schemac_status schemac_baseline(struct schemac_db *db,
                                                 const struct schemac_schema *schema,
                                                 const char *version);

/* ---- what is parked ---- */

/* A side table; the texts are valid during the call only. */
struct schemac_kept {
    const char *side;    /* "schemac_kept_1_1_0_people" */
    const char *version; /* that took away what is in it */
    const char *what;    /* "column people.phone" */
    /* when it was made; -1: an interrupted migration fills it, -2: has not counted it */
    int64_t row_count;
    const char *kept_at; /* UTC, "YYYY-MM-DD HH:MM:SS" */
    const char *keep_until; /* "": until it is forgotten */
    bool is_current; /* by the last way up to its version: the way back takes it */
    bool is_expired;
};

/* All of the schema's, oldest first.  `tell` must not use the handle. */
SCHEMAC_API enum schemac_status
schemac_list_kept(struct schemac_db *db, const struct schemac_schema *schema,
                  void (*tell)(void *context, const struct schemac_kept *kept),
                  void *context);

struct schemac_forget_options {
    const char *version;      /* only what this one took away; NULL: any */
    unsigned older_than_days; /* only what was parked longer ago; 0: any */
    bool expired;             /* only what was to be kept until now */
};

/*
 * Drop side tables, all of the schema's that `options` mean (NULL: all of them), in one
 * transaction; what is in them is lost.  *count, which may be NULL: how many.  Nobody
 * migrates meanwhile.  REFUSED where an interrupted migration is filling one.
 */
SCHEMAC_API enum schemac_status schemac_forget(
    struct schemac_db *db, const struct schemac_schema *schema,
    const struct schemac_forget_options *options, size_t *count);

/* OK when the database is at exactly the newest version of `schema`; STALE_SCHEMA with a
 * message. */
SCHEMAC_API enum schemac_status
schemac_check_version(struct schemac_db *db, const struct schemac_schema *schema);

#ifdef __cplusplus
}
#endif

#endif
