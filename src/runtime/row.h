/*
 * The inside of the row layer: SQL made from a struct schemac_table (row_sql.c), prepared
 * once per connection and kept (row_cache.c), fields bound and read by the engine's
 * functions (row_sqlite.c), and the operations over them (row.c, row_write.c,
 * row_cursor.c).
 */
#ifndef SCHEMAC_RUNTIME_ROW_H
#define SCHEMAC_RUNTIME_ROW_H

#include <string.h>

#include "runtime/codec.h"
#include "runtime/driver.h"

/* ---- what an engine provides ---- */

/* Numbers of columns; items NULL stands for 0, 1, 2 … count - 1. */
struct row_columns {
    const uint16_t *items;
    size_t count;
};

struct row_table;
struct schemac__statement;

#define ROW_UNKNOWN SIZE_MAX

struct row_reading {
    const char *before;
    const char *behind; /* "::text" */
};

struct schemac__row_driver {
    char placeholder; /* before the number of a parameter: '?', '$' */
    bool has_schemas; /* else their names are in those of the tables: flat_name */
    /* Can the engine tell the rowid that an INSERT gave, without RETURNING? */
    int64_t (*inserted_id)(struct schemac_db *db); /* NULL: it cannot */
    /* Does RETURNING show a row as it was before the triggers behind it? */
    bool returns_early;
    /* The first `count` result columns of `from` to parameters 1, 2, … of `to`; NULL
     * where nothing returns early. */
    enum schemac_status (*bind_results)(struct schemac_stmt *to,
                                        const struct schemac_stmt *from, size_t count);
    /* Fields of `row` to parameters 1, 2, … `copies`: texts may go before the statement
     * is reset. */
    enum schemac_status (*bind)(struct schemac_stmt *stmt,
                                const struct schemac_table *table,
                                struct row_columns columns, const void *row, bool copies);
    /* One value of the C type of a column, without _opt, to parameter `at`; copied. */
    enum schemac_status (*bind_value)(struct schemac_stmt *stmt,
                                      const struct schemac_table *table, size_t column,
                                      int at, const void *value);
    /* Result columns 0, 1, … to fields of `row`.  into NULL: text and bytes stay where
     * the engine has them, until the next step. */
    enum schemac_status (*read)(struct schemac_stmt *stmt,
                                const struct schemac_table *table,
                                struct row_columns columns, void *row,
                                struct schemac_arena *into);
    /* A step, and all columns of its row: SCHEMAC_ROW, or what there is instead. */
    enum schemac_status (*next)(struct schemac_stmt *stmt,
                                const struct schemac_table *table, void *row,
                                struct schemac_arena *into);
    /* Behind a column: is it a value of the list that is parameter 1? */
    const char *is_listed;
    /* What stands around a column that is read; NULL: nothing ever. */
    struct row_reading (*read_as)(const struct schemac_column *column);
    /* A statement of which `read` will read rows, just prepared; NULL: no matter. */
    void (*will_be_read)(struct schemac_stmt *stmt);
    /* Rows are wanted as they come, by a cursor; NULL: they always come so. */
    void (*stream)(struct schemac_stmt *stmt);
    /* Did it fail because the table is not what it was when the statement was prepared,
     * so that it works when it is run again?  NULL: it never does. */
    bool (*is_outdated)(const struct schemac_stmt *stmt);
    /* Write rows that are bound like those of `s`, inside a transaction, faster than one
     * by one; the first that fails is counted in *failed, from 0, ROW_UNKNOWN where the
     * engine does not tell.  NULL: nothing is. */
    enum schemac_status (*insert_many)(struct schemac_db *db, struct row_table *home,
                                       const struct schemac__statement *s, void *rows,
                                       size_t count, size_t *failed);
    /* The same where nothing comes back; NULL likewise. */
    enum schemac_status (*load)(struct schemac_db *db, const struct schemac_table *table,
                                const struct schemac__statement *s, const void *rows,
                                size_t count, size_t *failed);
};

/* ---- row_sql.c: statements as text ---- */

enum row_op {
    /* Without a mask: their numbers count on this order. */
    ROW_COUNT,  /* how many rows */
    ROW_SCAN,   /* all rows */
    ROW_GET,    /* rows with the columns of a key */
    ROW_EXISTS, /* 1 for each of them */
    ROW_DELETE,
    ROW_LIST,        /* rows whose only column of a key is in a list */
    ROW_DELETE_LIST,
    ROW_RANGE, /* eight forms: see enum row_range */
    /* With one: */
    ROW_INSERT,
    ROW_UPDATE,
    ROW_UPSERT,
    ROW_LOAD,  /* an INSERT that nothing comes back from */
    ROW_COPY,  /* the same as PostgreSQL's COPY */
    ROW_AGAIN, /* what comes back, of the row that an INSERT or UPSERT told */
};

enum row_range {
    ROW_RANGE_FROM = 1 << 0, /* has a lower end */
    ROW_RANGE_TO = 1 << 1,   /* has an upper end */
    ROW_RANGE_DESCENDING = 1 << 2,
    ROW_RANGE_FORMS = 1 << 3,
};

struct row_request {
    const struct schemac_table *table;
    enum row_op op;
    size_t key;                  /* of all but COUNT, SCAN, INSERT, LOAD, COPY, AGAIN */
    unsigned range;              /* RANGE: enum row_range */
    struct row_columns bound;    /* INSERT, UPSERT: all that are given; UPDATE: to set */
    struct row_columns returned; /* INSERT, UPSERT: what comes back; count 0: nothing */
    bool returns_place;          /* what finds the row comes back in its place */
};

/* Terminated text to be freed with schemac__free; NULL when memory ran out. */
char *schemac__row_sql(const struct schemac__row_driver *driver,
                       const struct row_request *request);

/* ---- row_cache.c: statements that stay prepared ---- */

struct schemac__statement {
    struct schemac_stmt *stmt;
    struct schemac_stmt *again; /* reads what comes back; NULL: stmt returns it */
    struct schemac__statement *next;
    bool busy; /* in use by a cursor: whoever needs it too prepares another */
    /* Statements that depend on a mask only: */
    enum row_op op;
    size_t key;
    struct row_columns bound;
    struct row_columns returned;
    bool inserted_id_is_enough; /* nothing to return but the rowid */
    bool returns_text;          /* texts, bytes or arrays come back */
    uint64_t mask[];            /* as many words as the table needs */
};

/* A statement that depends on no mask. */
struct row_fixed {
    enum row_op op;
    unsigned range; /* RANGE: enum row_range */
    size_t key;     /* of all but COUNT, SCAN */
};

#define ROW_NUMBERS_PER_KEY (ROW_RANGE - ROW_GET + ROW_RANGE_FORMS)

/* Those of no key come first, then those of each key; what a statement has not is 0. */
static inline size_t
row_number(struct row_fixed fixed)
{
    return (size_t)fixed.op + fixed.key * ROW_NUMBERS_PER_KEY + fixed.range;
}

/* What a handle knows about one table. */
struct row_table {
    const struct schemac_table *table;
    struct schemac__statement *masked; /* the last used first */
    size_t masked_count;
    /* Texts of the row that was read last are in the one, the other is empty. */
    struct schemac_arena current;
    struct schemac_arena spare;
    struct schemac__statement *fixed[]; /* by row_number; each a list */
};

/* What a handle keeps for all tables. */
struct schemac__rows {
    struct row_table *last;   /* most calls are for the table of the call before */
    struct row_table **slots; /* open addressing; NULL: free */
    size_t slot_count;        /* a power of two */
    size_t count;
    bool takes_lists; /* what row_list.c needs of the engine was begun */
};

struct row_table *schemac__row_find_table(struct schemac_db *db,
                                          const struct schemac_table *table);

/* NULL after recording that memory ran out. */
static inline struct row_table *
schemac__row_table(struct schemac_db *db, const struct schemac_table *table)
{
    struct schemac__rows *rows = db->rows;

    return rows != NULL && rows->last != NULL && rows->last->table == table
               ? rows->last
               : schemac__row_find_table(db, table);
}
enum schemac_status schemac__row_find_statement(struct schemac_db *db,
                                                struct row_table *home,
                                                struct row_fixed fixed,
                                                struct schemac__statement **out);

/* One that is not busy, prepared now if need be. */
static inline enum schemac_status
schemac__row_statement(struct schemac_db *db, struct row_table *home,
                       struct row_fixed fixed, struct schemac__statement **out)
{
    *out = home->fixed[row_number(fixed)];
    return *out != NULL && !(*out)->busy
               ? SCHEMAC_OK
               : schemac__row_find_statement(db, home, fixed, out);
}

enum schemac_status schemac__row_masked(struct schemac_db *db, struct row_table *home,
                                        enum row_op op, size_t key, const uint64_t *mask,
                                        struct schemac__statement **out);

/* ---- row.c: what all operations share ---- */

/* False, and the MISUSE is recorded where there is a handle. */
bool schemac__row_refuse(struct schemac_db *db, const struct schemac_table *table,
                         const void *argument);

/* Records a MISUSE where the handle is closed or an argument is missing. */
static inline bool
schemac__row_ready(struct schemac_db *db, const struct schemac_table *table,
                   const void *argument)
{
    return (db != NULL && db->native != NULL && table != NULL && argument != NULL)
           || schemac__row_refuse(db, table, argument);
}
/*
 * The whole row that `stmt` is at, with its texts in home->spare, which becomes
 * home->current.  What was current stays until schemac__row_forget: the key of the
 * statement may be in it.
 */
enum schemac_status schemac__row_take(struct schemac_db *db, struct row_table *home,
                                      struct schemac_stmt *stmt, void *row);
void schemac__row_forget(struct row_table *home);
/* Are its rows changed by primary key?  False: the MISUSE is recorded. */
bool schemac__row_changes(struct schemac_db *db, const struct schemac_table *table);
enum schemac_status schemac__row_explain_failure(struct schemac_db *db,
                                                 const struct schemac_table *table,
                                                 enum schemac_status status);

/* Name the table, and the constraint where the columns tell it, in the recorded error. */
static inline enum schemac_status
schemac__row_explain(struct schemac_db *db, const struct schemac_table *table,
                     enum schemac_status status)
{
    return status == SCHEMAC_OK || status == SCHEMAC_ROW || status == SCHEMAC_DONE
               ? status
               : schemac__row_explain_failure(db, table, status);
}
/* ---- row_field.c: one field, whatever the engine ---- */

/* A column of a table in a handle: what is spoken of when its field cannot be moved. */
struct row_place {
    struct schemac_db *db;
    const struct schemac_table *table;
    const struct schemac_column *column;
};

/* Record a failure; its message begins with "table.column". */
enum schemac_status schemac__row_fail(const struct row_place *place,
                                      enum schemac_status status, const char *format, ...)
    SCHEMAC__PRINTF(3, 4);
/* The failures that engines have in common: */
enum schemac_status schemac__row_cannot_store(const struct row_place *place,
                                              const char *why);
enum schemac_status schemac__row_has_no_text(const struct row_place *place);
enum schemac_status schemac__row_holds(const struct row_place *place,
                                       struct schemac_text text, const char *wanted);
/* A description that was made by hand and does not name its arrays. */
enum schemac_status schemac__row_no_arrays(const struct row_place *place);
/* What a value of the column is: "a date". */
const char *schemac__row_wanted(const struct schemac_column *c);

/* Codecs BOOL, INT16, INT32, INT64, DECIMAL.  False: the field cannot hold it. */
int64_t schemac__row_integer(const struct schemac_column *c, const void *field);
bool schemac__row_put_integer(const struct schemac_column *c, void *field, int64_t v);
/* FLOAT, DOUBLE; likewise. */
double schemac__row_real(const struct schemac_column *c, const void *field);
bool schemac__row_put_real(const struct schemac_column *c, void *field, double v);
/* DATE, TIME, TIMESTAMP, UUID; their texts are those of schemac_row.h.  0, false: there
 * is none. */
#define ROW_TEXT_BYTES SCHEMAC_UUID_TEXT_BYTES /* the longest */
size_t schemac__row_to_text(const struct schemac_column *c, const void *field,
                            char to[ROW_TEXT_BYTES]);
bool schemac__row_from_text(const struct schemac_column *c, struct schemac_text text,
                            void *field);
/* ENUM.  NULL after recording that it is no value; false: it is no label. */
const struct schemac_text *schemac__row_label(const struct row_place *place, int value);
bool schemac__row_put_label(const struct schemac_column *c, void *field,
                            struct schemac_text label);
/* What TEXT and BYTES point to: a copy, or `from` where `into` is NULL; NULL after
 * recording that memory ran out. */
const void *schemac__row_keep(struct schemac_db *db, struct schemac_arena *into,
                              const void *from, size_t bytes);

/* SQL NULL; and, of any other value, that it is there. */
enum schemac_status schemac__row_put_null(const struct row_place *place, char *field);
void schemac__row_put_set(const struct schemac_column *c, char *field);

/* ---- row_cursor.c ---- */

/* False, and *cursor is as after a MISUSE, which is recorded where there is a handle. */
bool schemac__cursor_check(struct schemac_db *db, const struct schemac_table *table,
                           size_t key, struct schemac_cursor *cursor,
                           const void *argument);
/* With a statement of its own, nothing bound. */
enum schemac_status schemac__cursor_open(struct schemac_db *db,
                                         const struct schemac_table *table,
                                         struct row_fixed fixed,
                                         struct schemac_cursor *cursor);
/* The statement goes back to the handle; returns `status`, which the cursor keeps. */
enum schemac_status schemac__cursor_end(struct schemac_cursor *cursor,
                                        enum schemac_status status);

/* ---- row_list.c: keys that are in a list ---- */

/* What an engine provides, apart from its driver, so that the linker takes it for
 * programs with lists alone: drivers_*_lists.c. */
struct schemac__lists {
    /* Once per handle, before a statement with a list is prepared; NULL: nothing. */
    enum schemac_status (*begin)(struct schemac_db *db);
    /* A copy of the values to parameter 1.  They have the plain C type of the column. */
    enum schemac_status (*bind)(struct schemac_stmt *stmt,
                                const struct schemac_table *table, size_t column,
                                const void *values, size_t count);
};

/* NULL: the engine is not in this library. */
extern const struct schemac__lists *const schemac__lists[SCHEMAC__ENGINE_COUNT];
extern const struct schemac__lists schemac__sqlite_lists;
extern const struct schemac__lists schemac__postgres_lists;

/* ---- codec.c ---- */

/* Has the field a C type with is_set?  Text, bytes, enums and arrays say NULL by
 * themselves. */
static inline bool
row_has_opt(const struct schemac_column *c)
{
    return (c->flags & SCHEMAC_COLUMN_NULLABLE) != 0 && c->codec != SCHEMAC_CODEC_TEXT
           && c->codec != SCHEMAC_CODEC_BYTES && c->codec != SCHEMAC_CODEC_ENUM
           && c->codec != SCHEMAC_CODEC_ARRAY;
}

/* Where is_set stands in such a field, and the bytes of the plain type. */
static inline size_t
row_is_set_offset(const struct schemac_column *c)
{
    return schemac__codec_bytes((enum schemac_codec)c->codec);
}

/* Is the field NULL, where only its is_set can say so? */
static inline bool
row_is_unset(const struct schemac_column *c, const void *field)
{
    return row_has_opt(c) && !*((const bool *)field + row_is_set_offset(c));
}

static inline int
row_enum_at(const void *field)
{
    int v;

    memcpy(&v, field, sizeof v); /* generated code asserts that an enum is an int */
    return v;
}

/* ---- row_items.c: arrays ---- */

#define ROW_ITEMS_MAX ((size_t)134217727) /* PostgreSQL stores no more */

/* Every struct …_array has this shape. */
struct row_array {
    const void *items; /* NULL: no array */
    size_t count;
};

static inline struct row_array
schemac__row_array(const void *field)
{
    struct row_array array;

    memcpy(&array, field, sizeof array); /* all pointers to objects look alike */
    return array;
}

static inline void
schemac__row_put_array(void *field, struct row_array array)
{
    memcpy(field, &array, sizeof array);
}

/* The column as each of its items is one: NULLABLE where an item can say NULL. */
struct schemac_column schemac__row_item(const struct schemac_column *c);
/* Of an item, with its is_set. */
size_t schemac__row_item_bytes(const struct schemac_column *c);
/* Is the item NULL?  `item`: its column. */
bool schemac__row_item_is_null(const struct schemac_column *item, const void *value);
/* Room for that many items, also where there are none; NULL after recording that memory
 * ran out. */
void *schemac__row_new_items(struct schemac_db *db, const struct schemac_column *c,
                             size_t count, struct schemac_arena *into);
/* What is read of an array that holds NULL where its items cannot be. */
enum schemac_status schemac__row_null_item(const struct row_place *place);
/* Is it an array that can be written?  Its count is right, and no longer than arrays
 * are. */
enum schemac_status schemac__row_check_array(const struct row_place *place,
                                             struct row_array array);
/* The room for a copy of an array that is in `arena`, or has items that point there; 0:
 * nothing of it is. */
size_t schemac__row_array_bytes_in(const struct schemac_arena *arena,
                                   const struct schemac_column *c,
                                   struct row_array array);
/* That copy, at `to`, with what its items point to; *field points to it then. */
void schemac__row_copy_array(const struct schemac_column *c, void *field, char *to);

/*
 * All that is asked of arrays outside of their own files, so that the linker takes those
 * for the tables that name them alone: drivers_*_arrays.c.
 */
struct schemac_arrays {
    size_t (*bytes_in)(const struct schemac_arena *arena, const struct schemac_column *c,
                       struct row_array array);
    void (*copy)(const struct schemac_column *c, void *field, char *to);
    const struct schemac__sqlite_arrays *sqlite; /* NULL: not in this library */
    const struct schemac__postgres_arrays *postgres;
};

extern const struct schemac__sqlite_arrays schemac__sqlite_arrays;
extern const struct schemac__postgres_arrays schemac__postgres_arrays;

/* ---- tables, masks, keys ---- */

/* What the table is called in this database, without its schema. */
static inline const char *
row_table_name(const struct schemac_db *db, const struct schemac_table *table)
{
    return db->driver->rows->has_schemas || table->flat_name == NULL ? table->name
                                                                     : table->flat_name;
}

static inline size_t
row_mask_words(const struct schemac_table *table)
{
    return SCHEMAC_MASK_WORDS((size_t)table->column_count);
}

static inline bool
row_mask_has(const uint64_t *mask, size_t column)
{
    return (mask[column / 64] >> column % 64 & 1) != 0;
}

static inline size_t
row_column_at(struct row_columns columns, size_t i)
{
    return columns.items == NULL ? i : columns.items[i];
}

static inline struct row_columns
row_all_columns(const struct schemac_table *table)
{
    return (struct row_columns){ NULL, table->column_count };
}

/* How many values of RETURNING find a row: its number, or those of its primary key. */
static inline size_t
row_place_width(const struct schemac_table *table)
{
    return table->row_name != NULL ? 1 : table->keys[0].column_count;
}

static inline struct row_columns
row_key_columns(const struct schemac_table *table, size_t key)
{
    return (struct row_columns){ table->keys[key].columns,
                                 table->keys[key].column_count };
}

/* ---- row_plan.c: how the rows of a statement are read ---- */

/* What most fields are, so that a reader of rows has little to ask: one value, and beside
 * it no is_set. */
enum row_simple {
    ROW_NOT_SIMPLE,
    ROW_SIMPLE_INT64,
    ROW_SIMPLE_TEXT, /* NULL too, by its ptr */
    ROW_SIMPLE_INT32,
    ROW_SIMPLE_DOUBLE,
    ROW_SIMPLE_COUNT
};

struct row_field {
    enum row_simple simple;
    uint32_t offset;
    bool is_nullable;
    int8_t move; /* PostgreSQL: how it is moved where it needs no look at it */
};

struct row_plan {
    const struct schemac_table *table;
    struct row_columns columns;
    struct row_field fields[]; /* one for each of them */
};

/* NULL after recording that memory ran out. */
struct row_plan *schemac__row_new_plan(struct schemac_stmt *stmt,
                                       const struct schemac_table *table,
                                       struct row_columns columns);

/* NULL: there is none yet.  A statement reads the same columns each time. */
static inline struct row_plan *
schemac__row_kept_plan(const struct schemac_stmt *stmt, const struct schemac_table *table,
                       struct row_columns columns)
{
    struct row_plan *plan = stmt->plan;

    return plan != NULL && plan->table == table && plan->columns.items == columns.items
                   && plan->columns.count == columns.count
               ? plan
               : NULL;
}

/* NULL after recording that memory ran out. */
static inline const struct row_plan *
schemac__row_plan(struct schemac_stmt *stmt, const struct schemac_table *table,
                  struct row_columns columns)
{
    const struct row_plan *plan = schemac__row_kept_plan(stmt, table, columns);

    return plan != NULL ? plan : schemac__row_new_plan(stmt, table, columns);
}

/* ---- row_arena.c ---- */

/* A copy; NULL when memory ran out, never for what has no bytes. */
void *schemac__arena_copy(struct schemac_arena *arena, const void *from, size_t bytes);
bool schemac__arena_holds(const struct schemac_arena *arena, const void *p);

#endif
