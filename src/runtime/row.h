/*
 * The inside of the row layer: SQL made from a struct schemac_table (row_sql.c), prepared
 * once per connection and kept with what it binds and reads (row_cache.c), fields bound
 * and read by the engine's functions (row_sqlite.c), and the one road that an operation
 * over a row takes (row.c).  What tells the operations apart, a pattern each, is in a
 * file of its own, because a linker takes files.
 */
#ifndef SCHEMAC_RUNTIME_ROW_H
#define SCHEMAC_RUNTIME_ROW_H

#include <string.h>

#include "runtime/codec.h"
#include "runtime/driver.h"

/* ---- what an engine provides ---- */

struct row_request;
struct schemac__statement;

/* A statement knows its table and columns: its plan, which is set by `prepared`. */
struct schemac__row_driver {
    char placeholder; /* before the number of a parameter: '?', '$' */
    bool has_schemas; /* else their names are in those of the tables: flat_name */
    /* What else an engine does about what comes back of a row that is written: it may
     * take it out of the request, and set s->id or s->again.  NULL: nothing. */
    enum schemac_status (*returning)(struct schemac__statement *s,
                                     struct row_request *request);
    /* Add to a failure of the table what the engine leaves out, where it is about a key:
     * the name of the constraint, or its columns. */
    void (*name_key)(struct schemac__error *e, const struct schemac_table *table);
    /* The number of the row that was just inserted, to the field of s->id. */
    enum schemac_status (*read_id)(const struct schemac__statement *s, void *row);
    /* The first `count` result columns of `from` to parameters 1, 2, … of `to`. */
    enum schemac_status (*bind_results)(struct schemac_stmt *to,
                                        const struct schemac_stmt *from, size_t count);
    /* Fields of `row` to parameters 1, 2, … `copies`: texts may go before the statement
     * is reset. */
    enum schemac_status (*bind)(struct schemac_stmt *stmt, const void *row, bool copies);
    /* One value of the C type of a column, without _opt, to parameter `at`; copied. */
    enum schemac_status (*bind_value)(struct schemac_stmt *stmt, size_t column, int at,
                                      const void *value);
    /* Result columns 0, 1, … to fields of `row`.  into NULL: text and bytes stay where
     * the engine has them, until the next step. */
    enum schemac_status (*read)(struct schemac_stmt *stmt, void *row,
                                struct schemac_arena *into);
    /* A step, and all columns of its row: SCHEMAC_ROW, or what there is instead. */
    enum schemac_status (*next)(struct schemac_stmt *stmt, void *row,
                                struct schemac_arena *into);
    /* Behind a column: is it in the list that is the next parameter, %p? */
    const char *is_listed;
    /* The count that the one column of a row is. */
    int64_t (*read_count)(struct schemac_stmt *stmt);
    /* A pattern for a column that is read, which is %m; NULL: always that. */
    const char *(*read_as)(const struct schemac_column *column);
    /* A statement of the row layer, just prepared; NULL: it is like any other. */
    void (*prepared)(struct schemac_stmt *stmt);
    /* Rows are wanted as they come, by a cursor; NULL: they always come so. */
    void (*stream)(struct schemac_stmt *stmt);
    /* Did it fail because the table is not what it was when the statement was prepared,
     * so that it works when it is run again?  NULL: it never does. */
    bool (*is_outdated)(const struct schemac_stmt *stmt);
};

/* ---- row_sql.c: statements as text ---- */

enum row_op {
    ROW_COUNT, /* how many rows */
    ROW_SCAN,  /* all rows */
    /* By a key: */
    ROW_GET,    /* rows with the columns of it */
    ROW_EXISTS, /* 1 for each of them */
    ROW_LIST,   /* rows whose only column of it is in a list */
    ROW_RANGE,  /* eight forms: see enum row_range */
    /* By the primary key, of rows that may change: */
    ROW_DELETE,
    ROW_DELETE_LIST,
    /* The same with a mask: */
    ROW_UPDATE,
    /* With a mask alone: */
    ROW_INSERT,
    ROW_LOAD, /* an INSERT that nothing comes back from */
    ROW_UPSERT
};

enum row_range {
    ROW_RANGE_FROM = 1 << 0, /* has a lower end */
    ROW_RANGE_TO = 1 << 1,   /* has an upper end */
    ROW_RANGE_DESCENDING = 1 << 2,
};

/*
 * What tells statements of one table apart, in one number: the operation, the key (0
 * where there is none) and the enum row_range.
 */
typedef uint32_t row_form;

static inline row_form
row_form_of(enum row_op op, size_t key)
{
    return (row_form)op | (row_form)key << 8;
}

static inline row_form
row_form_of_range(size_t key, unsigned range)
{
    return row_form_of(ROW_RANGE, key) | (row_form)range << 4;
}

static inline enum row_op
row_op_of(row_form form)
{
    return (enum row_op)(form & 15);
}

static inline unsigned
row_range_of(row_form form)
{
    return form >> 4 & 15;
}

static inline size_t
row_key_of(row_form form)
{
    return form >> 8;
}

struct row_sql;

/* A pattern, whose letters behind % row_sql.c knows; and what knows those that only this
 * statement has, so that a program without such statements has none of it; or NULL. */
struct row_pattern {
    const char *text;
    void (*add_part)(struct row_sql *q, char letter);
};

struct row_request {
    struct row_plan *plan; /* of its table and columns */
    const struct row_pattern *pattern;
    row_form form;
    const char *const *array_types; /* of what is bound, where it is arrays */
    void (*add_returned)(struct row_sql *q); /* in its place; NULL: nothing else */
};

/* Text that is measured first, and then written. */
struct row_sql {
    char *to; /* NULL: it is measured */
    size_t len;
    const struct schemac__row_driver *driver;
    const struct row_request *request;
    const struct schemac_column *column; /* that %n names; NULL: none of its list yet */
    bool is_qualified;                   /* where it is read, %m */
    int parameters;                      /* so far: they are numbered as they come */
};

/* Terminated text to be freed with schemac__free; NULL when memory ran out. */
char *schemac__row_sql(const struct schemac__row_driver *driver,
                       const struct row_request *request);
/* For those who know parts of their own: */
void schemac__sql_add(struct row_sql *q, const char *pattern);
void schemac__sql_add_bytes(struct row_sql *q, const char *bytes, size_t count);
/* A column as `item` has it; q->column NULL: the first of its list. */
void schemac__sql_add_item(struct row_sql *q, const struct schemac_column *column,
                           const char *item, const char *between);
/* The columns of a key, which need not be bound. */
void schemac__sql_add_key(struct row_sql *q, size_t key, const char *item,
                          const char *between);

/* ---- row_cache.c: statements that stay prepared ---- */

struct schemac__statement {
    struct row_table *home;
    struct row_plan *plan; /* of stmt, which owns it; NULL: not made yet */
    struct schemac_stmt *stmt;
    struct schemac_stmt *again; /* reads what comes back; NULL: stmt returns it */
    struct schemac__statement *next;
    row_form form;
    bool busy; /* in use by a cursor: whoever needs it too prepares another */
    /* The same for many rows at once, on PostgreSQL; NULL: not made, or not possible. */
    bool has_no_many;
    struct schemac_stmt *many;
    bool returns;      /* something comes back, by RETURNING or otherwise */
    bool returns_text; /* texts, bytes or arrays are among it */
    bool gives_text;   /* and others are given, which do not come back */
    const struct schemac_column *id; /* what comes back without RETURNING, if so */
    uint64_t mask[]; /* as many words as the table needs, where there is one */
};

/* What a handle knows about one table. */
struct row_table {
    struct schemac_db *db;
    const struct schemac_table *table;
    struct row_table *next; /* of those that are found in the same place */
    struct schemac__statement *statements; /* the last used first */
    /* Texts of the row that was read last are in the one; in the other, those of the row
     * that is being read. */
    struct schemac_arena current;
    struct schemac_arena spare;
};

/* NULL after recording that memory ran out. */
struct row_table *schemac__row_table(struct schemac_db *db,
                                     const struct schemac_table *table);

/*
 * One that is not busy, prepared now if need be, as the last used of its table.  `mask`
 * NULL: it depends on none.  NULL: schemac__row_status has the failure, which is that an
 * argument is missing, too, or that this may not be done to the table.
 */
struct schemac__statement *
schemac__row_statement(struct schemac_db *db, const struct schemac_table *table,
                       const struct row_pattern *pattern, row_form form,
                       const uint64_t *mask, const void *argument);

/* Is the column, by its number, one of the key? */
bool schemac__row_is_in_key(const struct schemac_key *key, size_t column);

/* A statement as the row layer wants it, which owns the plan then. */
enum schemac_status schemac__row_prepare_request(struct schemac_db *db,
                                                 const struct row_request *request,
                                                 struct schemac_stmt **stmt);

/* ---- row_plan.c ---- */

/* The same with a copy of the plan. */
enum schemac_status schemac__row_prepare_second(struct schemac_db *db,
                                                const struct row_request *request,
                                                struct schemac_stmt **stmt);

/* ---- row.c: what all operations share ---- */

/* Record a failure of the table; its message is the name and the words. */
enum schemac_status schemac__row_refuse(struct schemac_db *db,
                                        const struct schemac_table *table,
                                        enum schemac_status status, const char *words);
/* NOT_FOUND: there is no such row; or, of a row that was written, it is not there. */
enum schemac_status schemac__row_not_found(struct schemac_db *db,
                                           const struct schemac_table *table);
enum schemac_status schemac__row_gone(struct schemac_db *db,
                                      const struct schemac_table *table);
/* Is the handle open, and is no argument missing?  False: the MISUSE is recorded where
 * there is a handle. */
bool schemac__row_ready(struct schemac_db *db, const struct schemac_table *table,
                        const void *argument);
/* And may this be done to the table?  Likewise. */
bool schemac__row_allows(struct schemac_db *db, const struct schemac_table *table,
                         row_form form, const void *argument);
enum schemac_status schemac__row_explain_failure(struct schemac_db *db,
                                                 const struct schemac_table *table,
                                                 enum schemac_status status);

/* Of what was recorded last. */
static inline enum schemac_status
schemac__row_status(const struct schemac_db *db)
{
    return db == NULL ? SCHEMAC_MISUSE : db->error.status;
}

/* What these rows give of the texts of the handle goes to where others come back. */
enum schemac_status schemac__row_keep_given(const struct schemac__statement *s,
                                            void *rows, size_t count);
/* One row, from the beginning of the statement to its end.  SCHEMAC_DONE: none has the
 * key. */
enum schemac_status schemac__row_run(const struct schemac__statement *s, void *row);
/* Texts that came back become those of the handle; where none did, those stay. */
void schemac__row_end(const struct schemac__statement *s);
/* All of it, with one row: NOT_FOUND, where none has the key. */
enum schemac_status schemac__row_do(struct schemac_db *db,
                                    const struct schemac_table *table,
                                    const struct row_pattern *pattern, row_form form,
                                    void *row, const uint64_t *mask);

/* A row that nothing comes back for is not written to. */
static inline void *
schemac__row_unwritten(const void *row)
{
    void *same;

    memcpy(&same, &row, sizeof same);
    return same;
}

/* Name the table, and the constraint where the columns tell it, in the recorded error. */
static inline enum schemac_status
schemac__row_explain(struct schemac_db *db, const struct schemac_table *table,
                     enum schemac_status status)
{
    return status == SCHEMAC_OK || status == SCHEMAC_ROW || status == SCHEMAC_DONE
               ? status
               : schemac__row_explain_failure(db, table, status);
}

/* ---- row_get.c, row_insert.c: patterns that others have, too ---- */

/* All columns of the rows that have the key. */
extern const struct row_pattern schemac__row_get_pattern;
extern const struct row_pattern schemac__row_insert_pattern;

/* ---- row_field.c: one field, whatever the engine ---- */

/* A column of a table in a handle: what is spoken of when its field cannot be moved. */
struct row_place {
    struct schemac_db *db;
    const struct schemac_table *table;
    const struct schemac_column *column;
};

/* Record a failure; its message is "table.column" and the words. */
enum schemac_status schemac__row_fail(const struct row_place *place,
                                      enum schemac_status status, const char *words);
/* The failures that engines have in common: */
enum schemac_status schemac__row_holds(const struct row_place *place,
                                       struct schemac_text text, const char *wanted);
/* A description that was made by hand and does not name what it needs: .arrays … */
enum schemac_status schemac__row_undescribed(const struct row_place *place);
/* What a value of the column, or of its items, is: "a date". */
const char *schemac__row_wanted(const struct row_place *place,
                                const struct schemac_column *c);

/* Codecs BOOL, INT16, INT32, INT64, DECIMAL.  False: the field cannot hold it. */
int64_t schemac__row_integer(const struct schemac_column *c, const void *field);
bool schemac__row_put_integer(const struct schemac_column *c, void *field, int64_t v);
/* FLOAT, DOUBLE; likewise. */
double schemac__row_real(const struct schemac_column *c, const void *field);
bool schemac__row_put_real(const struct schemac_column *c, void *field, double v);
/* DATE, TIME, TIMESTAMP, UUID: as the text that schemac_row.h has; ENUM: as its label. */
#define ROW_TEXT_BYTES SCHEMAC_UUID_TEXT_BYTES /* the longest, but for labels */
struct schemac_texts {
    /* At `to`, or a literal, which ends in a zero byte too; ptr NULL: there is none, and
     * the CHECK is recorded. */
    struct schemac_text (*write)(const struct row_place *place,
                                 const struct schemac_column *c, const void *field,
                                 char to[ROW_TEXT_BYTES]);
    /* False: it is none. */
    bool (*read)(const struct schemac_column *c, struct schemac_text text, void *field);
    const char *(*wanted)(const struct schemac_column *c); /* "a date" */
};
/* Those of a column, or of its items; NULL: the MISUSE is recorded. */
const struct schemac_texts *schemac__row_texts(const struct row_place *place,
                                               const struct schemac_column *c);
/* What TEXT and BYTES point to: a copy, or `from` where `into` is NULL; NULL after
 * recording that memory ran out. */
const void *schemac__row_keep(struct schemac_db *db, struct schemac_arena *into,
                              const void *from, size_t bytes);

/* SQL NULL; and, of any other value, that it is there. */
enum schemac_status schemac__row_put_null(const struct row_place *place, char *field);
void schemac__row_put_set(const struct schemac_column *c, char *field);

/* ---- row_tell.c ---- */

/* schemac__row_fail with a format. */
enum schemac_status schemac__row_tell(const struct row_place *place,
                                      enum schemac_status status, const char *format, ...)
    SCHEMAC__PRINTF(3, 4);

/* ---- row_cursor.c ---- */

/* With a statement of its own, nothing bound.  After a failure *cursor is at its end. */
enum schemac_status schemac__cursor_open(struct schemac_db *db,
                                         const struct schemac_table *table,
                                         const struct row_pattern *pattern,
                                         row_form form, struct schemac_cursor *cursor,
                                         const void *argument);
/* The next row into `row`; `into` NULL: its texts are views.  Needs: a statement. */
enum schemac_status schemac__cursor_step(struct schemac_cursor *cursor, void *row,
                                         struct schemac_arena *into);
/* The statement goes back to the handle; returns `status`, which the cursor keeps. */
enum schemac_status schemac__cursor_end(struct schemac_cursor *cursor,
                                        enum schemac_status status);

/* ---- row_again.c: what triggers set behind RETURNING ---- */

struct schemac_again {
    /* Set s->again, and what *request returns, where some of it is set later; the status
     * of a failure, which is recorded. */
    enum schemac_status (*prepare)(struct schemac__statement *s,
                                   struct row_request *request);
    /* By s->again, which is reset then, from what s->stmt tells to the row. */
    enum schemac_status (*read)(const struct schemac__statement *s, void *row);
};

/* ---- row_many.c: many rows, all or none ---- */

#define ROW_UNKNOWN SIZE_MAX

/* Rows on their way: each by the statement, or all at once. */
struct row_writing {
    struct schemac_db *db;
    struct schemac__statement *s;
    char *rows;
    size_t count;
    size_t failed; /* the first row that did, from 0; ROW_UNKNOWN: nobody says */
    bool is_told_apart; /* one row after the other, so that the one that fails is known */
};

/*
 * Write them inside a transaction, faster than one by one.  Nothing is written to them
 * where nothing comes back (ROW_LOAD).  NULL: nothing is faster, or the engine is not in
 * this library.  Apart from the drivers, so that the linker takes it for programs with
 * many rows alone: drivers_*_many.c.
 */
extern enum schemac_status (*const schemac__write_many[SCHEMAC__ENGINE_COUNT])(
    struct row_writing *w);
enum schemac_status schemac__postgres_write_many(struct row_writing *w);

/* ---- row_list.c: keys that are in a list ---- */

/* What an engine provides, apart from its driver, so that the linker takes it for
 * programs with lists alone: drivers_*_lists.c. */
struct schemac__lists {
    /* Once per handle, before a statement with a list is prepared; NULL: nothing. */
    enum schemac_status (*begin)(struct schemac_db *db);
    /* A copy of the values to parameter 1.  They have the plain C type of the column. */
    enum schemac_status (*bind)(struct schemac_stmt *stmt, size_t column,
                                const void *values, size_t count);
};

/* NULL: the engine is not in this library. */
extern const struct schemac__lists *const schemac__lists[SCHEMAC__ENGINE_COUNT];
extern const struct schemac__lists schemac__sqlite_lists;
extern const struct schemac__lists schemac__postgres_lists;

/* ---- row_field.c: the field of a column ---- */

/* Has the field a C type with is_set?  Text, bytes, enums and arrays say NULL by
 * themselves. */
static inline bool
row_has_opt(const struct schemac_column *c)
{
    return (c->flags & SCHEMAC_COLUMN_NULLABLE) != 0 && c->codec < SCHEMAC_CODEC_ENUM;
}

/* Does it point to what the handle may keep? */
static inline bool
row_is_text(const struct schemac_column *c)
{
    return c->codec >= SCHEMAC_CODEC_TEXT;
}

/* BOOL, INT16, INT32, INT64, DECIMAL. */
static inline bool
row_is_whole(const struct schemac_column *c)
{
    return c->codec <= SCHEMAC_CODEC_DECIMAL;
}

/* FLOAT, DOUBLE. */
static inline bool
row_is_real(const struct schemac_column *c)
{
    return !row_is_whole(c) && c->codec <= SCHEMAC_CODEC_DOUBLE;
}

/* DATE, TIME, TIMESTAMP, UUID, ENUM: has it struct schemac_texts? */
static inline bool
row_has_texts(const struct schemac_column *c)
{
    return c->codec > SCHEMAC_CODEC_DOUBLE && c->codec < SCHEMAC_CODEC_TEXT;
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
/* An array that is in home->current, or has items that point there, becomes one of
 * home->spare. */
enum schemac_status schemac__row_keep_array(struct row_table *home,
                                            const struct schemac_column *c, void *field);

/*
 * All that is asked of arrays outside of their own files, so that the linker takes those
 * for the tables that name them alone: drivers_*_arrays.c.
 */
struct schemac_arrays {
    enum schemac_status (*keep)(struct row_table *home, const struct schemac_column *c,
                                void *field);
    const struct schemac__sqlite_arrays *sqlite; /* NULL: not in this library */
    const struct schemac__postgres_arrays *postgres;
};

extern const struct schemac__sqlite_arrays schemac__sqlite_arrays;
extern const struct schemac__postgres_arrays schemac__postgres_arrays;

/* ---- tables, masks, keys ---- */

/* What the table is called in this engine's databases, without its schema. */
static inline const char *
row_name_in(const struct schemac__row_driver *engine, const struct schemac_table *table)
{
    return engine->has_schemas || table->flat_name == NULL ? table->name
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

/* ---- row_cache.c: what a statement binds, and how its rows are read ---- */

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
    const struct schemac_column *column;
    uint32_t offset;
    uint8_t simple; /* enum row_simple */
    bool is_nullable;
    int8_t move; /* PostgreSQL: how it is moved where it needs no look at it */
};

struct row_plan {
    const struct schemac_table *table;
    /* Where they end: */
    size_t given; /* fields that go to parameters 1, 2, …; */
    size_t bound; /* with those of a key, which stand behind them; */
    size_t end;   /* and with those that are read */
    struct row_field fields[];
};

static inline size_t
schemac__row_plan_bytes(size_t fields)
{
    return sizeof(struct row_plan) + fields * sizeof(struct row_field);
}

/* ---- row_arena.c ---- */

struct schemac_arena_block {
    struct schemac_arena_block *older;
    size_t used; /* of `size`, both without this head */
    size_t size;
};

static inline bool
row_arena_is_empty(const struct schemac_arena *arena)
{
    return arena->newest == NULL || arena->newest->used == 0;
}

/* A copy; NULL when memory ran out, never for what has no bytes. */
void *schemac__arena_copy(struct schemac_arena *arena, const void *from, size_t bytes);
bool schemac__arena_holds(const struct schemac_arena *arena, const void *p);

#endif
