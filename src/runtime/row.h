/*
 * The inside of the row layer: SQL made from a struct schemac_table (row_sql.c), prepared
 * once per connection and kept (row_cache.c), fields bound and read by the engine's
 * functions (row_sqlite.c), and the operations over them: row.c, and a file for each that
 * not every program calls, because a linker takes files.
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
    /* The first `count` result columns of `from` to parameters 1, 2, … of `to`; NULL:
     * RETURNING shows a row as the triggers behind it have left it. */
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
    /* Behind a column: is it in the list that is the next parameter, %p? */
    const char *is_listed;
    /* The count that the one column of a row is. */
    int64_t (*read_count)(struct schemac_stmt *stmt);
    /* What stands around a column that is read; NULL: nothing ever. */
    struct row_reading (*read_as)(const struct schemac_column *column);
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
    ROW_COUNT,  /* how many rows */
    ROW_SCAN,   /* all rows */
    ROW_GET,    /* rows with the columns of a key */
    ROW_EXISTS, /* 1 for each of them */
    ROW_DELETE,
    ROW_LIST, /* rows whose only column of a key is in a list */
    ROW_DELETE_LIST,
    ROW_RANGE, /* eight forms: see enum row_range */
    /* With a mask: */
    ROW_INSERT,
    ROW_UPDATE,
    ROW_UPSERT,
    ROW_LOAD, /* an INSERT that nothing comes back from */
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
    const struct schemac_table *table;
    const struct row_pattern *pattern;
    row_form form;
    struct row_columns bound;    /* INSERT, UPSERT: all that are given; UPDATE: to set */
    struct row_columns returned; /* INSERT, UPSERT: what comes back; count 0: nothing */
    const char *const *array_types; /* of what is bound, where it is arrays */
    void (*add_returned)(struct row_sql *q); /* in its place; NULL: nothing else */
};

/* Text that grows; once memory ran out, `failed` stays set and nothing is added. */
struct row_sql {
    char *ptr;
    size_t len;
    size_t size;
    bool failed;
    const struct schemac__row_driver *driver;
    const struct row_request *request;
    const struct schemac_column *column; /* that %n names */
    size_t parameters;                   /* so far: they are numbered as they come */
};

/* Terminated text to be freed with schemac__free; NULL when memory ran out. */
char *schemac__row_sql(const struct schemac__row_driver *driver,
                       const struct row_request *request);
/* For those who know parts of their own: */
void schemac__sql_add(struct row_sql *q, const char *pattern);
void schemac__sql_add_bytes(struct row_sql *q, const char *bytes, size_t count);
/* Each of the columns as `item` has it. */
void schemac__sql_add_list(struct row_sql *q, struct row_columns columns,
                           const char *item, const char *between);

/* ---- row_cache.c: statements that stay prepared ---- */

struct schemac__statement {
    struct schemac_stmt *stmt;
    struct schemac_stmt *again; /* reads what comes back; NULL: stmt returns it */
    struct schemac__statement *next;
    row_form form;
    bool busy; /* in use by a cursor: whoever needs it too prepares another */
    /* The same for many rows at once, on PostgreSQL; NULL: not made, or not possible. */
    bool has_no_many;
    struct schemac_stmt *many;
    /* Statements that depend on a mask only: */
    bool inserted_id_is_enough; /* nothing to return but the rowid */
    bool returns_text;          /* texts, bytes or arrays come back */
    struct row_columns bound;
    struct row_columns returned;
    uint64_t mask[]; /* as many words as the table needs */
};

/* What a handle knows about one table. */
struct row_table {
    const struct schemac_table *table;
    struct row_table *next; /* of those that are found in the same place */
    struct schemac__statement *statements; /* the last used first */
    size_t masked_count;
    /* Texts of the row that was read last are in the one, the other is empty. */
    struct schemac_arena current;
    struct schemac_arena spare;
};

#define ROW_PLACES_BITS 8 /* 5,000 tables in use are 20 to each place */
#define ROW_PLACES (1 << ROW_PLACES_BITS)

/* What a handle keeps for all tables. */
struct schemac__rows {
    struct row_table *last; /* most calls are for the table of the call before */
    bool takes_lists; /* what row_list.c needs of the engine was begun */
    struct row_table *places[ROW_PLACES];
};

/* NULL after recording that memory ran out. */
struct row_table *schemac__row_table(struct schemac_db *db,
                                     const struct schemac_table *table);

/* `mask` NULL: the statement depends on none. */
enum schemac_status schemac__row_find_statement(struct schemac_db *db,
                                                struct row_table *home,
                                                const struct row_pattern *pattern,
                                                row_form form, const uint64_t *mask,
                                                struct schemac__statement **out);

/* A statement as the row layer wants it. */
enum schemac_status schemac__row_prepare_request(struct schemac_db *db,
                                                 const struct row_request *request,
                                                 struct schemac_stmt **stmt);

/* One that is not busy, prepared now if need be. */
static inline enum schemac_status
schemac__row_statement(struct schemac_db *db, struct row_table *home,
                       const struct row_pattern *pattern, row_form form,
                       const uint64_t *mask, struct schemac__statement **out)
{
    *out = home->statements;
    return *out != NULL && (*out)->form == form && !(*out)->busy && mask == NULL
               ? SCHEMAC_OK
               : schemac__row_find_statement(db, home, pattern, form, mask, out);
}

/* ---- row.c: what all operations share ---- */

/* Is the handle open, and is no argument missing?  False: the MISUSE is recorded where
 * there is a handle. */
bool schemac__row_ready(struct schemac_db *db, const struct schemac_table *table,
                        const void *argument);
/* The same, and what the handle knows of the table. */
enum schemac_status schemac__row_home(struct schemac_db *db,
                                      const struct schemac_table *table,
                                      const void *argument, struct row_table **home);
enum schemac_status schemac__row_explain_failure(struct schemac_db *db,
                                                 const struct schemac_table *table,
                                                 enum schemac_status status);

/*
 * A statement from its beginning to its end.  It is bound to the key of `row` (NULL: to
 * nothing), or to what the mask gives (NULL: it depends on none); `read` has its first
 * row, if there is one, and `to` (NULL: the row says enough).  SCHEMAC_ROW, SCHEMAC_DONE,
 * what `read` returned, or what went wrong.
 */
typedef enum schemac_status row_reader(struct schemac_db *db, struct row_table *home,
                                       struct schemac_stmt *stmt, void *to);
enum schemac_status schemac__row_ask(struct schemac_db *db, struct row_table *home,
                                     const struct row_pattern *pattern, row_form form,
                                     const void *row, const uint64_t *mask,
                                     row_reader *read, void *to);

/*
 * The whole row that `stmt` is at, with its texts in home->spare, which becomes
 * home->current.  What was current stays until the spare is reset: the key of the
 * statement may be in it.
 */
row_reader schemac__row_take;

/* Name the table, and the constraint where the columns tell it, in the recorded error. */
static inline enum schemac_status
schemac__row_explain(struct schemac_db *db, const struct schemac_table *table,
                     enum schemac_status status)
{
    return status == SCHEMAC_OK || status == SCHEMAC_ROW || status == SCHEMAC_DONE
               ? status
               : schemac__row_explain_failure(db, table, status);
}

/* ---- row_key.c: what goes by a key ---- */

/* All columns of the rows that have the key. */
extern const struct row_pattern schemac__row_get_pattern;

/* False, and the MISUSE is recorded. */
bool schemac__row_has_key(struct schemac_db *db, const struct schemac_table *table,
                          size_t key);
/* Records it, and returns NOT_FOUND. */
enum schemac_status schemac__row_not_found(struct schemac_db *db,
                                           const struct schemac_table *table);
/* Are its rows changed by primary key?  False: the MISUSE is recorded. */
bool schemac__row_changes(struct schemac_db *db, const struct schemac_table *table);
/* Change the row that has the primary key of `row`: NOT_FOUND, where there is none. */
enum schemac_status schemac__row_change(struct schemac_db *db,
                                        const struct schemac_table *table,
                                        const struct row_pattern *pattern, row_form form,
                                        const void *row, const uint64_t *mask);

/* ---- row_write.c ---- */

/* Of a row that was written and is not there. */
enum schemac_status schemac__row_gone(struct schemac_db *db,
                                      const struct schemac_table *table);

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
enum schemac_status schemac__row_cannot_store(const struct row_place *place,
                                              const char *why);
enum schemac_status schemac__row_has_no_text(const struct row_place *place);
enum schemac_status schemac__row_holds(const struct row_place *place,
                                       struct schemac_text text, const char *wanted);
/* A description that was made by hand and does not name what it needs: .arrays … */
enum schemac_status schemac__row_undescribed(const struct row_place *place);
/* What a value of the column is: "a date". */
const char *schemac__row_wanted(const struct schemac_column *c);

/* Codecs BOOL, INT16, INT32, INT64, DECIMAL.  False: the field cannot hold it. */
int64_t schemac__row_integer(const struct schemac_column *c, const void *field);
bool schemac__row_put_integer(const struct schemac_column *c, void *field, int64_t v);
/* FLOAT, DOUBLE; likewise. */
double schemac__row_real(const struct schemac_column *c, const void *field);
bool schemac__row_put_real(const struct schemac_column *c, void *field, double v);
/* DATE, TIME, TIMESTAMP, UUID: as the text that schemac_row.h has.  0, false: there is
 * none. */
#define ROW_TEXT_BYTES SCHEMAC_UUID_TEXT_BYTES /* the longest */
struct schemac_texts {
    size_t (*write)(const struct schemac_column *c, const void *field,
                    char to[ROW_TEXT_BYTES]);
    bool (*read)(const struct schemac_column *c, struct schemac_text text, void *field);
};
/* Those of a column, or of its items; NULL: the MISUSE is recorded. */
const struct schemac_texts *schemac__row_texts(const struct row_place *place,
                                               const struct schemac_column *c);
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

/* ---- row_tell.c ---- */

/* schemac__row_fail with a format. */
enum schemac_status schemac__row_tell(const struct row_place *place,
                                      enum schemac_status status, const char *format, ...)
    SCHEMAC__PRINTF(3, 4);

/* ---- row_cursor.c, row_cursor_key.c ---- */

/* False, and *cursor is as after a MISUSE, which is recorded where there is a handle. */
bool schemac__cursor_check(struct schemac_db *db, const struct schemac_table *table,
                           size_t key, struct schemac_cursor *cursor,
                           const void *argument);
/* With a statement of its own, nothing bound. */
enum schemac_status schemac__cursor_open(struct schemac_db *db,
                                         const struct schemac_table *table,
                                         const struct row_pattern *pattern,
                                         row_form form, struct schemac_cursor *cursor);
/* The next row into `row`; `into` NULL: its texts are views.  Needs: a statement. */
enum schemac_status schemac__cursor_step(struct schemac_cursor *cursor, void *row,
                                         struct schemac_arena *into);
/* The statement goes back to the handle; returns `status`, which the cursor keeps. */
enum schemac_status schemac__cursor_end(struct schemac_cursor *cursor,
                                        enum schemac_status status);

/* ---- row_write.c: rows on their way in ---- */

/* Each by the statement, or all at once. */
struct row_writing {
    struct schemac_db *db;
    struct row_table *home;
    struct schemac__statement *s;
    char *rows;
    size_t count;
    size_t failed; /* the first row that did, from 0; ROW_UNKNOWN: nobody says */
    bool is_told_apart; /* one row after the other, so that the one that fails is known */
};

/* Set home and s for these rows, with a place for the texts that come back. */
enum schemac_status schemac__row_prepare(struct row_writing *w,
                                         const struct schemac_table *table,
                                         const struct row_pattern *pattern, row_form form,
                                         const uint64_t *mask);
enum schemac_status schemac__row_write(const struct row_writing *w, void *row);
extern const struct row_pattern schemac__row_insert_pattern;

/* ---- row_again.c: what triggers set behind RETURNING ---- */

struct schemac_again {
    /* Set s->again, and what *request returns, where some of it is set later. */
    enum schemac_status (*prepare)(struct schemac_db *db, struct schemac__statement *s,
                                   struct row_request *request);
    /* Let w->s->again, which is to be reset then, be at the row that w->s->stmt tells. */
    enum schemac_status (*find)(const struct row_writing *w);
};

/* ---- row_many.c: many rows, all or none ---- */

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
    enum schemac_status (*bind)(struct schemac_stmt *stmt,
                                const struct schemac_table *table, size_t column,
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
