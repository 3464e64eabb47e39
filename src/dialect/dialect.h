/*
 * A dialect is a const table of functions and limits.  What differs between engines is
 * decided in src/dialect/NAME/ and nowhere else.
 */
#ifndef SCHEMAC_DIALECT_DIALECT_H
#define SCHEMAC_DIALECT_DIALECT_H

#include "dialect/action.h"
#include "dialect/keep.h"
#include "expr/sqlw.h"

struct alter_request {
    const struct catalog *from; /* lowered */
    const struct catalog *to;   /* lowered */
    const struct changes *changes;
    bool has_data_step; /* a @migrate section follows PHASE_FILL: grow first */
    /* Others read and write the tables meanwhile: take the least lock, and no lock for
       as long as a table is read.  SQLite has no such way. */
    bool online;
    /* Some are made anew and their rows moved (CHANGE_MOVE_ROWS), which is one
       transaction. */
    bool remakes_tables;
    /* The way back: values come from @back of from's columns, not from @from of to's. */
    bool down;
    const struct keep_request *keep; /* NULL: nothing is parked, nothing comes back */
};

/* How C stores a logical type in this engine; the generated code is told which codec to
 * use. */
enum storage {
    STORAGE_INTEGER, /* boolean, integers, decimal scaled by 10^scale */
    STORAGE_DECIMAL, /* an exact decimal of up to 18 digits, which the driver scales */
    STORAGE_REAL,
    STORAGE_TEXT, /* text as it is: varchar, json, enums, decimals beyond 18 digits */
    STORAGE_BYTES,
    STORAGE_DATE_TEXT,      /* 2024-12-31 */
    STORAGE_TIME_TEXT,      /* 23:59:59[.ffffff] */
    STORAGE_TIMESTAMP_TEXT, /* 2024-12-31 23:59:59[.ffffff], UTC; no fraction when it is
                               zero */
    STORAGE_UUID_TEXT,      /* 36 characters, lower case */
    STORAGE_ARRAY,          /* of one dimension or more: a JSON array, or the server's */
};

struct dialect {
    const char *name; /* "postgres", "sqlite" */
    bool plans_online; /* tables can be changed while others use them */
    const struct sql_style *style;
    /* How the engine keeps what is written, for comparison; NULL: as it is written. */
    const struct diff_forms *forms;
    /* A neutral catalog in this dialect's terms; a catalog that is in them already is
       returned as it is.  What is kept only in part becomes a D_LOWER_NOTE. */
    bool (*lower)(struct session *s, const struct catalog *c, struct catalog **out);
    /* SQL that creates everything from nothing, one statement per item, in order.  Needs:
     * lowered. */
    void (*create)(struct session *s, const struct catalog *c, struct actions *out);
    /* The actions for these changes.  False after reporting a change that cannot be made.
     */
    bool (*alter)(struct session *s, const struct alter_request *request,
                  struct actions *out);
    /* A single initial row as an INSERT that adds nothing where the row is there already.
     */
    struct slice (*insert_row)(struct session *s, const struct initial_rows *rows,
                               size_t row);
    /* Of a type that is replaced: is it another one under its name, which no ALTER makes
     * of it?  NULL: the engine has no types of its own. */
    bool (*replaces_type)(const struct change *c);
    /* Does no ALTER carry the change of a table out, so that another one takes its name
     * and its rows?  NULL: the engine's tables are rebuilt as any. */
    bool (*remakes_table)(const struct change *c);
    /* Is a value of `from` that becomes one of `to` another one, without being refused?
     * Types that are stored, no domains.  NULL: none is. */
    bool (*loses_digits)(const struct type *from, const struct type *to);
    /* Does a conversion that nobody declares lose something which no conversion back
     * gives again, so that --keep keeps the old values?  Types that are stored, no
     * domains.  NULL where `remakes_table` is. */
    bool (*converts_one_way)(const struct type *older, const struct type *newer);
    enum storage (*storage)(const struct catalog *c, const struct type *t);
    /* What finds a row again while triggers write it, "rowid"; NULL: this table has none.
     * A dialect without such a name has no such function. */
    const char *(*row_name)(const struct table *t);
    /* Lines around a whole script so that it is safe to run by hand (BEGIN, guards,
     * COMMIT). */
    void (*script_begin)(struct session *s, const struct actions *actions,
                         struct text *out);
    void (*script_end)(struct session *s, const struct actions *actions,
                       struct text *out);
};

extern const struct dialect dialect_postgres;
extern const struct dialect dialect_sqlite;

const struct dialect *dialect_find(struct slice name); /* NULL: there is none */
size_t dialect_count(void);
/* Is it the name of a table that schemac makes for itself, in whatever case?  Such tables
 * are in no description of a database, so none may be declared. */
bool dialect_is_own_table(struct slice name);
/* Folded names of the functions and procedures that are declared. */
void dialect_find_routines(struct arena *a, const struct catalog *c, struct map *out);
/* Has SQLite a function of that name, of which PostgreSQL has nothing like it? */
bool dialect_is_sqlite_function(struct slice name);
const struct dialect *dialect_at(size_t index);

#endif
