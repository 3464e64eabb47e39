/*
 * schemac_row.h - rows as C structs: what generated code includes besides schemac.h.
 *
 * Generated code describes each table by one const struct schemac_table; the functions
 * here do the work for all of them, and the generated functions add the types.
 * Applications use the generated functions, the arena, and the conversions between values
 * and text (decimals, dates, times, UUIDs).
 */
#ifndef SCHEMAC_ROW_H
#define SCHEMAC_ROW_H

#include "schemac.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- memory of the caller ---- */

struct schemac_arena_block;

/*
 * Memory that is given back all at once.  `struct schemac_arena arena = { 0 };` is an
 * empty one; each block is twice as large as the one before.
 */
struct schemac_arena {
    struct schemac_arena_block *newest;
};

/* Aligned for every type and not zeroed; NULL when memory ran out. */
SCHEMAC_API void *schemac_arena_alloc(struct schemac_arena *arena, size_t bytes);
/* Forget what is in it, keep one block for the next use. */
SCHEMAC_API void schemac_arena_reset(struct schemac_arena *arena);
SCHEMAC_API void schemac_arena_free(struct schemac_arena *arena);

/* ---- values and text ---- */

/*
 * Each _from_text is exact or refuses (false: *to is not changed): no rounding, no
 * leftovers behind the value.  Each _to_text writes a terminated text into a buffer of
 * the given size and returns its length, 0 for a value that has no text.
 */
#define SCHEMAC_DECIMAL_TEXT_BYTES 24
#define SCHEMAC_DATE_TEXT_BYTES 12
#define SCHEMAC_TIME_TEXT_BYTES 16
#define SCHEMAC_TIMESTAMP_TEXT_BYTES 28
#define SCHEMAC_UUID_TEXT_BYTES 37
#define SCHEMAC_DECIMAL_SCALE_MAX 18

/* "12.3", scale 2 → 1230.  More digits behind the point than `scale` are refused unless
 * they are zeros. */
SCHEMAC_API bool schemac_decimal_from_text(struct schemac_text text, int scale,
                                           int64_t *to);
/* 1230, scale 2 → "12.30" */
SCHEMAC_API size_t schemac_decimal_to_text(int64_t value, int scale,
                                           char to[SCHEMAC_DECIMAL_TEXT_BYTES]);
/* "2024-12-31" ↔ days since 1970-01-01; years 0000 to 9999, proleptic Gregorian. */
SCHEMAC_API bool schemac_date_from_text(struct schemac_text text, int32_t *days);
SCHEMAC_API size_t schemac_date_to_text(int32_t days, char to[SCHEMAC_DATE_TEXT_BYTES]);
/* "23:59:59.5" ↔ microseconds since midnight; "24:00:00" is the end of the day. */
SCHEMAC_API bool schemac_time_from_text(struct schemac_text text, int64_t *microseconds);
SCHEMAC_API size_t schemac_time_to_text(int64_t microseconds,
                                        char to[SCHEMAC_TIME_TEXT_BYTES]);
/* "2024-12-31 23:59:59.5" ↔ microseconds since 1970 UTC.  Reading also takes a T between
 * date and time and a Z behind them. */
SCHEMAC_API bool schemac_timestamp_from_text(struct schemac_text text,
                                             int64_t *microseconds);
SCHEMAC_API size_t schemac_timestamp_to_text(int64_t microseconds,
                                             char to[SCHEMAC_TIMESTAMP_TEXT_BYTES]);
SCHEMAC_API int64_t schemac_timestamp_now(void);
/* 36 characters, either case; written in lower case. */
SCHEMAC_API bool schemac_uuid_from_text(struct schemac_text text,
                                        struct schemac_uuid *to);
SCHEMAC_API size_t schemac_uuid_to_text(const struct schemac_uuid *uuid,
                                        char to[SCHEMAC_UUID_TEXT_BYTES]);

SCHEMAC_API bool schemac_text_equal(struct schemac_text a, struct schemac_text b);

/* ---- what generated code says about a table ---- */

/* The C type of a field, and what it means.  A nullable scalar is a struct …_opt.  Kinds
 * follow each other: whole numbers, real ones, what an engine may keep as text, and what
 * points to its bytes. */
enum schemac_codec {
    SCHEMAC_CODEC_BOOL,      /* bool */
    SCHEMAC_CODEC_INT16,     /* int16_t */
    SCHEMAC_CODEC_INT32,     /* int32_t */
    SCHEMAC_CODEC_INT64,     /* int64_t */
    SCHEMAC_CODEC_DECIMAL,   /* int64_t: value × 10^scale */
    SCHEMAC_CODEC_FLOAT,     /* float */
    SCHEMAC_CODEC_DOUBLE,    /* double */
    SCHEMAC_CODEC_DATE,      /* int32_t: days since 1970-01-01 */
    SCHEMAC_CODEC_TIME,      /* int64_t: microseconds since midnight */
    SCHEMAC_CODEC_TIMESTAMP, /* int64_t: microseconds since 1970 UTC */
    SCHEMAC_CODEC_UUID,      /* struct schemac_uuid */
    SCHEMAC_CODEC_ENUM,      /* an enum counted from 1; 0 is NULL */
    SCHEMAC_CODEC_TEXT,      /* struct schemac_text; ptr NULL is NULL */
    SCHEMAC_CODEC_BYTES,     /* struct schemac_bytes; ptr NULL is NULL */
    SCHEMAC_CODEC_ARRAY      /* struct …_array of `element`; items NULL is NULL */
};

enum schemac_column_flags {
    SCHEMAC_COLUMN_NULLABLE = 1 << 0,
    SCHEMAC_COLUMN_DEFAULT = 1 << 1,   /* the database has a value for it */
    SCHEMAC_COLUMN_GENERATED = 1 << 2, /* computed, or always counted: never written */
    SCHEMAC_COLUMN_ROWID = 1 << 3,     /* SQLite: another name of the rowid */
    /* A trigger sets it once the row is there, behind what RETURNING tells: */
    SCHEMAC_COLUMN_AFTER_INSERT = 1 << 4,
    SCHEMAC_COLUMN_AFTER_UPDATE = 1 << 5,
    SCHEMAC_COLUMN_OPT_ITEMS = 1 << 6, /* the items of an array are structs …_opt */
    SCHEMAC_COLUMN_INET = 1 << 7       /* PostgreSQL: inet, or made of it */
};

/* The labels of an enum; items[0] is the label of the value 1. */
struct schemac_labels {
    const char *name; /* of the type, or "table.column" */
    const struct schemac_text *items;
    size_t count;
};

struct schemac_column {
    const char *name;
    const char *type;                    /* as declared: "numeric(10, 2)" */
    const struct schemac_labels *labels; /* of a SCHEMAC_CODEC_ENUM; else NULL */
    uint32_t offset;                     /* of the field in the row */
    uint8_t codec;                       /* enum schemac_codec */
    uint8_t element;                     /* the same of a SCHEMAC_CODEC_ARRAY's items */
    uint8_t scale;                       /* of a SCHEMAC_CODEC_DECIMAL */
    uint8_t flags;                       /* enum schemac_column_flags */
};

enum schemac_key_kind {
    SCHEMAC_KEY_PRIMARY,
    SCHEMAC_KEY_UNIQUE,
    SCHEMAC_KEY_INDEX,
    SCHEMAC_KEY_FOREIGN
};

struct schemac_key {
    const char *name;        /* of the constraint or index */
    const char *refers_to;   /* table of a foreign key; else NULL */
    const char *const *refers_to_columns; /* as many as columns; else NULL */
    const uint16_t *columns; /* numbers of columns, in the order of the key */
    uint16_t column_count;
    uint16_t kind; /* enum schemac_key_kind */
};

/* What moves arrays: a program has it in it where one of its tables has them. */
struct schemac_arrays;
extern SCHEMAC_API const struct schemac_arrays schemac_arrays;
/* The same of what an engine may keep as text: dates, times and timestamps; UUIDs; the
 * labels of enums. */
struct schemac_texts;
extern SCHEMAC_API const struct schemac_texts schemac_moments;
extern SCHEMAC_API const struct schemac_texts schemac_uuids;
extern SCHEMAC_API const struct schemac_texts schemac_enums;
/* The same of what reads a row again that triggers have set behind an insert. */
struct schemac_again;
extern SCHEMAC_API const struct schemac_again schemac_again;

struct schemac_table {
    const char *schema; /* NULL: whatever the connection finds first */
    const char *name;
    const char *flat_name; /* where there are no schemas: "app__users"; NULL: as `name` */
    const struct schemac_column *columns; /* in the order of the fields */
    const struct schemac_key *keys;       /* the primary key first, where there is one */
    const char *comment;         /* COMMENT ON; NULL */
    const char *const *comments; /* of the columns, each or NULL; NULL: none has one */
    const struct schemac_arrays *arrays; /* &schemac_arrays; NULL: no column is one */
    /* &schemac_moments, &schemac_uuids, &schemac_enums; NULL: no column is one, nor an
     * array of them */
    const struct schemac_texts *moments;
    const struct schemac_texts *uuids;
    const struct schemac_texts *enums;
    /* &schemac_again; NULL: no column has SCHEMAC_COLUMN_AFTER_… */
    const struct schemac_again *again;
    const char *row_name; /* SQLite: what finds a row again, "rowid"; NULL: its keys do */
    size_t row_bytes;
    uint16_t column_count;
    uint16_t key_count;
    bool is_view;
    bool is_append_only;
};

/* A column mask has as many words as 64-bit words are needed for all columns. */
#define SCHEMAC_MASK_WORDS(column_count) (((column_count) + 63) / 64)

/* ---- the work, for all tables ---- */

/*
 * Generated functions are inline calls of these, so that a program has in it what it
 * calls.
 *
 * Everywhere: `row` points to the struct of `table`, `key` counts from 0 in table->keys,
 * and a mask has the words that the table needs.  What is read into a row by insert,
 * upsert and get lives in the handle until the next of these calls for the same table
 * (and at the longest until schemac_close).
 */
SCHEMAC_API enum schemac_status schemac_row_insert(struct schemac_db *db,
                                                   const struct schemac_table *table,
                                                   void *row, const uint64_t *mask);
/* All rows or none; a failure says which row in its message. */
SCHEMAC_API enum schemac_status schemac_row_insert_many(struct schemac_db *db,
                                                        const struct schemac_table *table,
                                                        void *rows, size_t count,
                                                        const uint64_t *mask);
/*
 * The fastest way in: all rows or none, and nothing comes back.  On PostgreSQL the rows
 * go as COPY where every column has a binary form, which fires triggers but no rules, and
 * is refused by the server where row-level security applies to the role.
 */
SCHEMAC_API enum schemac_status schemac_row_load(struct schemac_db *db,
                                                 const struct schemac_table *table,
                                                 const void *rows, size_t count,
                                                 const uint64_t *mask);
SCHEMAC_API enum schemac_status schemac_row_upsert(struct schemac_db *db,
                                                   const struct schemac_table *table,
                                                   size_t key, void *row,
                                                   const uint64_t *mask);
/* The columns of the key are taken from the row, which is then filled. */
SCHEMAC_API enum schemac_status schemac_row_get(struct schemac_db *db,
                                                const struct schemac_table *table,
                                                size_t key, void *row);
SCHEMAC_API enum schemac_status schemac_row_exists(struct schemac_db *db,
                                                   const struct schemac_table *table,
                                                   size_t key, const void *row,
                                                   bool *exists);
/* The row with the primary key in *row gets the fields that the mask names. */
SCHEMAC_API enum schemac_status schemac_row_update(struct schemac_db *db,
                                                   const struct schemac_table *table,
                                                   const void *row, const uint64_t *mask);
/* The same for a table of at most 64 columns, whose mask is a number: half the code for
 * each of its functions. */
SCHEMAC_API enum schemac_status schemac_row_insert_64(struct schemac_db *db,
                                                      const struct schemac_table *table,
                                                      void *row, uint64_t mask);
SCHEMAC_API enum schemac_status
schemac_row_insert_many_64(struct schemac_db *db, const struct schemac_table *table,
                           void *rows, size_t count, uint64_t mask);
SCHEMAC_API enum schemac_status schemac_row_load_64(struct schemac_db *db,
                                                    const struct schemac_table *table,
                                                    const void *rows, size_t count,
                                                    uint64_t mask);
SCHEMAC_API enum schemac_status schemac_row_upsert_64(struct schemac_db *db,
                                                      const struct schemac_table *table,
                                                      size_t key, void *row,
                                                      uint64_t mask);
SCHEMAC_API enum schemac_status schemac_row_update_64(struct schemac_db *db,
                                                      const struct schemac_table *table,
                                                      const void *row, uint64_t mask);
SCHEMAC_API enum schemac_status schemac_row_delete(struct schemac_db *db,
                                                   const struct schemac_table *table,
                                                   const void *row);
/* The rows whose primary key, which has one column, is one of these; *deleted: how many
 * there were. */
SCHEMAC_API enum schemac_status
schemac_row_delete_list(struct schemac_db *db, const struct schemac_table *table,
                        const void *values, size_t count, int64_t *deleted);
SCHEMAC_API enum schemac_status schemac_row_count(struct schemac_db *db,
                                                  const struct schemac_table *table,
                                                  int64_t *count);
/* `rows`: the address of a pointer to the table's struct, which is NULL where nothing was
 * read; so in schemac_cursor_collect. */
SCHEMAC_API enum schemac_status schemac_row_all(struct schemac_db *db,
                                                const struct schemac_table *table,
                                                struct schemac_arena *arena, void *rows,
                                                size_t *count);

struct schemac__statement;

/*
 * A query in progress.  An open cursor keeps its statement, and on SQLite the read
 * transaction; cursors may be nested and recursive.  Close each one before the handle.
 */
struct schemac_cursor {
    struct schemac_db *db; /* NULL: not open */
    const struct schemac_table *table;
    struct schemac__statement *statement; /* NULL: at the end, or not open */
    enum schemac_status ended;            /* what ended it: SCHEMAC_OK while it goes on */
};

enum schemac_order { SCHEMAC_ASCENDING, SCHEMAC_DESCENDING };

/* All rows, in no particular order. */
SCHEMAC_API enum schemac_status schemac_cursor_scan(struct schemac_db *db,
                                                    const struct schemac_table *table,
                                                    struct schemac_cursor *cursor);
/* The rows whose columns of the key are those in *row. */
SCHEMAC_API enum schemac_status
schemac_cursor_by(struct schemac_db *db, const struct schemac_table *table, size_t key,
                  struct schemac_cursor *cursor, const void *row);
/*
 * All columns of the key but the last are those in *row; the last is at least *from and
 * less than *to (NULL: no end on that side), both of the C type of the field without
 * _opt.  In the order of the last column; NULL is in no range.
 */
SCHEMAC_API enum schemac_status
schemac_cursor_range(struct schemac_db *db, const struct schemac_table *table, size_t key,
                     struct schemac_cursor *cursor, const void *row, const void *from,
                     const void *to, enum schemac_order order);
/*
 * The rows whose key, which has one column, is one of `count` values; those have the C
 * type of the field without _opt, and are copied.  Each row once, in no particular order;
 * NULL finds none.  One statement, however many values there are.
 */
SCHEMAC_API enum schemac_status
schemac_cursor_list(struct schemac_db *db, const struct schemac_table *table, size_t key,
                    struct schemac_cursor *cursor, const void *values, size_t count);
/* SCHEMAC_ROW: text, bytes and arrays in *row are valid until the next call on this
 * cursor. */
SCHEMAC_API enum schemac_status schemac_cursor_next(struct schemac_cursor *cursor,
                                                    void *row);
/* All rows that are left, copied into the arena; the cursor is at its end then. */
SCHEMAC_API enum schemac_status schemac_cursor_collect(struct schemac_cursor *cursor,
                                                       struct schemac_arena *arena,
                                                       void *rows, size_t *count);
/* SCHEMAC_OK, or the failure that ended the cursor.  Closing twice is allowed. */
SCHEMAC_API enum schemac_status schemac_cursor_close(struct schemac_cursor *cursor);

/* The value of a label: 1 and up; 0: there is no such label. */
SCHEMAC_API int schemac_labels_find(const struct schemac_labels *labels,
                                    struct schemac_text label);
/* NULL for a value without a label. */
SCHEMAC_API const char *schemac_labels_text(const struct schemac_labels *labels,
                                            int value);

/* ---- opening with a schema ---- */

/* What to do with a database that is not at the version that the program was made for. */
enum schemac_policy {
    SCHEMAC_POLICY_REFUSE, /* STALE_SCHEMA */
    SCHEMAC_POLICY_MIGRATE, /* bring a new or older one there; lose nothing on the way */
    SCHEMAC_POLICY_KEEP /* the same, and park what is taken away (schemac gen --keep) */
};

/* schemac_open, then what the policy says.  Close *db also after a failure. */
SCHEMAC_API enum schemac_status schemac_open_schema(const char *url,
                                                    const struct schemac_schema *schema,
                                                    enum schemac_policy policy,
                                                    struct schemac_db **db);
/* Apply the policy to a handle that is open already. */
SCHEMAC_API enum schemac_status schemac_attach_schema(struct schemac_db *db,
                                                      const struct schemac_schema *schema,
                                                      enum schemac_policy policy);

#ifdef __cplusplus
}
#endif

#endif
