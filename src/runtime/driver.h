/*
 * The inside of a handle, and what an engine has to provide.
 *
 * Public functions (schemac_*) check their arguments and call through the driver; a
 * driver is a const table, so that a second engine is a second table, its URLs in db.c
 * and its line in drivers_all.c.  Symbols of the library that applications must not use
 * begin with schemac__.
 */
#ifndef SCHEMAC_RUNTIME_DRIVER_H
#define SCHEMAC_RUNTIME_DRIVER_H

#include <stdarg.h>

#include "runtime/schemac_row.h"

#if defined(__GNUC__)
#define SCHEMAC__PRINTF(at, first) __attribute__((__format__(__printf__, at, first)))
/* What a loop seldom calls: inside of it, it would take its registers. */
#define SCHEMAC__APART __attribute__((__noinline__))
/* What is the whole of several functions, where speed is wanted before size; and is there
 * to be a shorter way beside the one that always goes? */
#if defined(__OPTIMIZE_SIZE__)
#define SCHEMAC__WITHIN inline
#define SCHEMAC__QUICK false
#else
#define SCHEMAC__WITHIN inline __attribute__((__always_inline__))
#define SCHEMAC__QUICK true
#endif
#else
#define SCHEMAC__PRINTF(at, first)
#define SCHEMAC__APART
#define SCHEMAC__WITHIN inline
#define SCHEMAC__QUICK true
#endif

/*
 * The story of a failure.  The texts have fixed places, so that running out of memory can
 * be told too; longer ones are cut at a character, never in the middle of one.
 */
struct schemac__error {
    enum schemac_status status;
    unsigned hazards;   /* enum schemac_hazard that were not allowed */
    char message[4096]; /* a refused migration lists objects with sample rows */
    char code[40];      /* the longest name of a SQLite code has 34 bytes */
    char table[128];  /* PostgreSQL's names have at most 63 bytes, SQLite's any number */
    char column[256]; /* several, separated by ", ", for a key over several columns */
    char constraint[128];
};

struct row_table;
struct schemac__row_driver;
struct schemac__session;
struct schemac__types;
struct row_plan;

#define ROW_PLACES_BITS 8 /* 5,000 tables in use are 20 to each place */
#define ROW_PLACES (1 << ROW_PLACES_BITS)

/* What a handle keeps for tables: row_cache.c. */
struct schemac__rows {
    struct row_table *last; /* most calls are for the table of the call before */
    bool takes_lists; /* what row_list.c needs of the engine was begun */
    struct row_table *places[ROW_PLACES];
};

struct schemac_db {
    const struct schemac_driver *driver; /* NULL: the URL named none */
    void *native;                        /* sqlite3 *, PGconn *; NULL: not open */
    struct schemac_stmt *statements;     /* all that are not finalized; newest first */
    int depth;                           /* transactions begun by schemac_begin */
    bool outer_is_savepoint; /* the outermost of them began inside another transaction */
    struct schemac__session *session; /* of the driver, between enter and leave */
    int64_t changed;   /* rows of the last statement, where the engine does not keep it */
    /* Of an engine behind a connection: */
    uint64_t prepared;    /* statements so far, for their names */
    uint64_t connections; /* how often it was lost and made again */
    struct schemac_stmt *streaming; /* whose rows are still coming; NULL: none */
    struct schemac__types *types;   /* of users, that were asked for; NULL: none yet */
    bool is_read_only;
    int wait_milliseconds; /* for a lock; 0: as the server has it */
    bool is_unsettled;     /* the connection has yet to be told these two */
    /* Last, because all else is near the beginning so: */
    struct schemac_error_info info; /* points into `error` */
    struct schemac__error error;
    struct schemac__rows rows;
};

struct schemac_stmt {
    struct schemac_db *db;
    void *native; /* sqlite3_stmt *; what the driver keeps for it */
    /* Arrays of the row that it is at, or on their way to it: given back by the next row
     * or value, so that a loop uses the same memory over and over. */
    struct schemac_arena items;
    struct row_plan *plan; /* row.h: how its rows are read; NULL: not known yet */
    struct schemac_stmt *newer;
    struct schemac_stmt *older;
};

/*
 * What the migration runner needs from an engine.  Queries are texts, because what the
 * runner does with their rows is the same everywhere.
 */
struct schemac__ddl {
    const char *begin;          /* starts a transaction that nobody else can write in */
    const char *begin_read;     /* starts one in which all reads see the same state */
    const char *history_create; /* CREATE TABLE schemac_history …, documented in
                                   history.h */
    const char *history_exists; /* gives a row when the table is there */
    const char *kept_exists;    /* the same for schemac_kept (kept.h) */
    bool keeps_beside; /* a side table may have a routine of its name that fills it */
    /* The same for schemac_steps (journal.h); NULL: no step is outside a transaction. */
    const char *steps_create;
    const char *steps_exists;
    /* The same for schemac_expressions (expressions.h), its rows from lines, and a row
     * with the lines of what is unchanged; NULL: the engine keeps what it is told. */
    const char *expressions_create;
    const char *expressions_exists;
    const char *expressions_insert;
    const char *expressions_unchanged;
    /* Queries, ended by NULL, that together give kind, name, text of everything but
     * system objects and tables of ours, in the order of kind and name, which does not
     * depend on how the database came about. */
    const char *const *objects;
    /* The same of comments, which come first by their kind, and a row where there is a
     * table of them; both NULL: `objects` have them, or there are none. */
    const char *comments;
    const char *comments_exists;
    /* a row per row that breaks a foreign key: table, row, the table it refers to */
    const char *broken_keys;
    /* Refuse a connection or database on which a change would not be safe.  `rewrites`:
     * tables are going to be written again, so space is needed. */
    enum schemac_status (*check_ready)(struct schemac_db *db, bool rewrites);
    /* Before the database is looked at, and, `alone`, before it is changed: nobody else
     * is let in until `leave`.  Both may be NULL. */
    enum schemac_status (*enter)(struct schemac_db *db, bool alone);
    /* Stand around a query of which only some rows are wanted, and the number of all, in
     * the last column of each; NULL: the engine gives rows one at a time. */
    const char *sample_begin;
    const char *sample_end;
    bool is_remote; /* a COMMIT may be carried out although its answer is lost */
    /* How long a statement waits for a lock, in milliseconds; NULL: what does not get one
     * is not tried again. */
    int64_t (*lock_timeout)(struct schemac_db *db);
    /* 0: without an end.  Not NULL where lock_timeout is not. */
    enum schemac_status (*set_lock_timeout)(struct schemac_db *db, int64_t milliseconds);
    void (*leave)(struct schemac_db *db); /* keeps the recorded error */
    /* Turn the enforcement of foreign keys on or off, outside a transaction.  NULL, with
     * get_foreign_keys and broken_keys: they always are. */
    enum schemac_status (*set_foreign_keys)(struct schemac_db *db, bool on);
    enum schemac_status (*get_foreign_keys)(struct schemac_db *db, bool *on);
};

enum schemac__engine { SCHEMAC__SQLITE, SCHEMAC__POSTGRES, SCHEMAC__ENGINE_COUNT };

/*
 * Needs, everywhere: the handle is open, pointers are not NULL.  A function that fails
 * has recorded the error in db->error.
 */
struct schemac_driver {
    const char *name; /* what schemac_dialect says: "sqlite" */
    enum schemac__engine engine;
    const struct schemac__row_driver *rows; /* row.h: fields bound and read */
    /* Sets db->native, also on failure if there is something to close. */
    enum schemac_status (*open)(struct schemac_db *db, const char *target,
                                unsigned flags);
    void (*close)(struct schemac_db *db); /* all statements are finalized already */
    enum schemac_status (*busy_timeout)(struct schemac_db *db, int milliseconds);
    enum schemac_status (*exec)(struct schemac_db *db, const char *sql);
    int64_t (*changes)(const struct schemac_db *db);
    bool (*in_transaction)(const struct schemac_db *db);
    /* Is the connection gone, and what was under way with it?  NULL: it never is. */
    bool (*is_lost)(const struct schemac_db *db);
    const char *(*begin)(const struct schemac_db *db); /* SQL for the outermost begin */

    /* stmt->db is set; sets stmt->native. */
    enum schemac_status (*prepare)(struct schemac_stmt *stmt, const char *sql);
    void (*finalize)(struct schemac_stmt *stmt);
    enum schemac_status (*step)(struct schemac_stmt *stmt);
    enum schemac_status (*reset)(struct schemac_stmt *stmt);
};

/* The values of a statement that is SQL of the program's own, likewise. */
struct schemac__values {
    /* Is there more in the SQL than the statement that was made of it?  NULL: that is a
     * failure already. */
    bool (*has_more)(const struct schemac_stmt *stmt, const char *sql);
    enum schemac_status (*bind_null)(struct schemac_stmt *stmt, int at);
    enum schemac_status (*bind_int64)(struct schemac_stmt *stmt, int at, int64_t v);
    enum schemac_status (*bind_double)(struct schemac_stmt *stmt, int at, double v);
    enum schemac_status (*bind_text)(struct schemac_stmt *stmt, int at,
                                     struct schemac_text v);
    enum schemac_status (*bind_bytes)(struct schemac_stmt *stmt, int at,
                                      struct schemac_bytes v);
    int (*column_count)(const struct schemac_stmt *stmt);
    const char *(*column_name)(const struct schemac_stmt *stmt, int at);
    bool (*column_is_null)(struct schemac_stmt *stmt, int at);
    int64_t (*column_int64)(struct schemac_stmt *stmt, int at);
    double (*column_double)(struct schemac_stmt *stmt, int at);
    struct schemac_text (*column_text)(struct schemac_stmt *stmt, int at);
    struct schemac_bytes (*column_bytes)(struct schemac_stmt *stmt, int at);
};

extern const struct schemac_driver schemac__sqlite;
int schemac__sqlite_version(void); /* of the library that is linked: 3040 for 3.40 */
extern const struct schemac_driver schemac__postgres;
extern const struct schemac__values schemac__sqlite_values;
extern const struct schemac__values schemac__postgres_values;
extern const struct schemac__ddl schemac__sqlite_ddl;
extern const struct schemac__ddl schemac__postgres_ddl;

/* ---- drivers_*.c: those of one library are linked, and say what it speaks to ---- */

/* NULL: the engine is known, but not in this library. */
extern const struct schemac_driver *const schemac__drivers[SCHEMAC__ENGINE_COUNT];

/*
 * What their migrations need, likewise.  Apart from the drivers, so that a program with
 * rows and no migrations has none of it in it.
 */
extern const struct schemac__ddl *const schemac__ddls[SCHEMAC__ENGINE_COUNT];

/* Rows have their own ways for values, so that a program without other SQL has none of
 * these in it. */
extern const struct schemac__values *const schemac__values[SCHEMAC__ENGINE_COUNT];

static inline const struct schemac__ddl *
schemac__ddl_of(const struct schemac_db *db)
{
    return schemac__ddls[db->driver->engine];
}

/* ---- memory.c: the only place that calls malloc ---- */

/* A program that is linked with its own three functions of these names uses those: that
 * is how running out of memory is tested. */
void *schemac__alloc(size_t bytes); /* zeroed; NULL when there is none */
void *schemac__resize(void *p, size_t bytes);
void schemac__free(void *p);

/* ---- error.c ---- */

/* Record a failure of ours and return its status; nothing of an earlier one stays.  Its
 * message is the subject, which may be part of the message before, and the words. */
enum schemac_status schemac__refuse(struct schemac_db *db, enum schemac_status status,
                                    const char *subject, const char *words);
enum schemac_status schemac__no_memory(struct schemac_db *db);
/* Put back what was recorded before something else was done because of it. */
void schemac__error_restore(struct schemac_db *db, const struct schemac__error *story);
/* Put words behind the message that is there. */
void schemac__error_add(struct schemac_db *db, const char *words);
/* Copy at most size - 1 bytes, never half a character, and terminate. */
void schemac__copy(char *to, size_t size, const char *from, size_t len);
/* The same behind what is there. */
void schemac__append(char *to, size_t size, const char *from, size_t len);
#define SAMPLE_BYTES_MAX 60 /* of a value that is quoted in a message */
/* Bytes of the UTF-8 character at p, of which `left` bytes are there; 0: it is none. */
size_t schemac__utf8_length(const char *p, size_t left);

/* ---- error_format.c ---- */

/* schemac__refuse with a format.  Rows have no use for it, so that a program with nothing
 * else does without. */
enum schemac_status schemac__fail(struct schemac_db *db, enum schemac_status status,
                                  const char *format, ...) SCHEMAC__PRINTF(3, 4);
/* vsnprintf, but what does not fit is cut at a character. */
void schemac__format(char *to, size_t size, const char *format, va_list args)
    SCHEMAC__PRINTF(3, 0);

/* ---- error_story.c ---- */

/* Put text before or behind the message that is there. */
void schemac__error_before(struct schemac_db *db, const char *format, ...)
    SCHEMAC__PRINTF(2, 3);
void schemac__error_after(struct schemac_db *db, const char *format, ...)
    SCHEMAC__PRINTF(2, 3);

/* ---- time.c ---- */

void schemac__pause(int64_t milliseconds);

/* ---- row_cache.c ---- */

/* Everything that the row layer keeps for a handle, statements too. */
void schemac__rows_free(struct schemac_db *db);

/* ---- stmt.c ---- */

/* SQL of ours, which is one statement.  Needs: the handle is open. */
enum schemac_status schemac__prepare(struct schemac_db *db, const char *sql,
                                     struct schemac_stmt **stmt);
/* Is the handle open?  Otherwise the misuse is recorded (where db is not NULL). */
bool schemac__is_open(struct schemac_db *db);

/* ---- stmt_use.c ---- */

/* Where the first word of the SQL begins, behind white space and comments. */
const char *schemac__skip_blank(const char *sql);
/* The first column of the first row as a number; `found` may be NULL (no row is 0). */
enum schemac_status schemac__query_int64(struct schemac_db *db, const char *sql,
                                         int64_t *value, bool *found);
/* Does the query give a row?  NULL, where an engine has no such table: it does not. */
enum schemac_status schemac__gives_row(struct schemac_db *db, const char *sql,
                                       bool *does);

#endif
