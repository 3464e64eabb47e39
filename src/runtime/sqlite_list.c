/*
 * Lists of keys as a table of SQLite's: `SELECT value FROM schemac__list(?1)` has the
 * values of the list that ?1 points to.  JSON would be slower, has no bytes, and loses
 * what stands behind a zero byte of a text.
 */
#include <string.h>

#include "runtime/row.h"
#include "runtime/sqlite.h"

#define LIST_COLUMN 1      /* the argument of the function, hidden */
#define ROWS_EXPECTED 1000 /* of a list whose length is not known when it is planned */

/* What ?1 points to: a copy of the values, behind them their texts. */
struct list {
    const struct schemac_table *table;
    const struct schemac_column *column;
    size_t count;
    size_t item_bytes;
    char items[];
};

/* ---- the copy ---- */

/* Text and bytes begin with the pointer, and have the same shape. */
static bool
points(const struct schemac_column *c)
{
    return c->codec == SCHEMAC_CODEC_TEXT || c->codec == SCHEMAC_CODEC_BYTES;
}

static size_t
count_text_bytes(const char *items, size_t count, size_t item_bytes)
{
    size_t total = 0;

    for (size_t i = 0; i < count; i++)
        total += schemac__row_array(items + i * item_bytes).count;
    return total;
}

static void
copy_texts(struct list *list)
{
    char *to = list->items + list->count * list->item_bytes;

    for (size_t i = 0; i < list->count; i++) {
        char *item = list->items + i * list->item_bytes;
        struct row_array text = schemac__row_array(item);

        if (text.items == NULL)
            continue;
        memcpy(to, text.items, text.count);
        schemac__row_put_array(item, (struct row_array){ to, text.count });
        to += text.count;
    }
}

/* NULL: memory ran out. */
static struct list *
copy_list(const struct schemac_column *c, const void *values, size_t count)
{
    size_t item_bytes = schemac__codec_bytes((enum schemac_codec)c->codec);
    size_t bytes = count * item_bytes;
    size_t texts = points(c) ? count_text_bytes(values, count, item_bytes) : 0;
    struct list *list = schemac__alloc(sizeof *list + bytes + texts);

    if (list == NULL)
        return NULL;
    list->column = c;
    list->count = count;
    list->item_bytes = item_bytes;
    if (count > 0)
        memcpy(list->items, values, bytes);
    if (points(c))
        copy_texts(list);
    return list;
}

/* ---- what SQLite asks of a table ---- */

struct list_cursor {
    sqlite3_vtab_cursor base;
    const struct list *list; /* NULL: what the function was given is none */
    size_t at;
};

static int
list_connect(sqlite3 *db, void *ignored, int argc, const char *const *argv,
             sqlite3_vtab **out, char **error)
{
    int code = sqlite3_declare_vtab(db, "CREATE TABLE x(value, list HIDDEN)");

    (void)ignored;
    (void)argc;
    (void)argv;
    (void)error;
    if (code != SQLITE_OK)
        return code;
    *out = schemac__alloc(sizeof **out);
    return *out == NULL ? SQLITE_NOMEM : SQLITE_OK;
}

static int
list_disconnect(sqlite3_vtab *table)
{
    schemac__free(table);
    return SQLITE_OK;
}

static int
list_best_index(sqlite3_vtab *ignored, sqlite3_index_info *info)
{
    (void)ignored;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn != LIST_COLUMN
            || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ
            || info->aConstraint[i].usable == 0)
            continue;
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = ROWS_EXPECTED;
        info->estimatedRows = ROWS_EXPECTED;
        return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
}

static int
list_open(sqlite3_vtab *ignored, sqlite3_vtab_cursor **out)
{
    struct list_cursor *cursor = schemac__alloc(sizeof *cursor);

    (void)ignored;
    if (cursor == NULL)
        return SQLITE_NOMEM;
    *out = &cursor->base;
    return SQLITE_OK;
}

static struct list_cursor *
cursor_of(sqlite3_vtab_cursor *base)
{
    return (struct list_cursor *)(void *)base;
}

static int
list_close(sqlite3_vtab_cursor *base)
{
    schemac__free(cursor_of(base));
    return SQLITE_OK;
}

static int
list_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
            sqlite3_value **argv)
{
    struct list_cursor *cursor = cursor_of(base);

    (void)number;
    (void)text;
    cursor->list = argc < 1 ? NULL : sqlite3_value_pointer(argv[0], SQLITE_LIST);
    cursor->at = 0;
    return SQLITE_OK;
}

static int
list_next(sqlite3_vtab_cursor *base)
{
    cursor_of(base)->at++;
    return SQLITE_OK;
}

static int
list_eof(sqlite3_vtab_cursor *base)
{
    const struct list_cursor *cursor = cursor_of(base);

    return cursor->list == NULL || cursor->at >= cursor->list->count;
}

static int
list_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *to)
{
    *to = (sqlite3_int64)cursor_of(base)->at;
    return SQLITE_OK;
}

/* ---- values, as row_sqlite.c binds them ---- */

static void
put_characters(sqlite3_context *to, const struct schemac_text *v)
{
    sqlite3_result_text64(to, v->ptr, v->len, SQLITE_STATIC, SQLITE_UTF8);
}

static void
put_bytes(sqlite3_context *to, const struct schemac_bytes *v)
{
    if (v->ptr != NULL)
        sqlite3_result_blob64(to, v->ptr, v->len, SQLITE_STATIC);
}

static void
put_as_text(sqlite3_context *to, const struct list *list, const void *value)
{
    const struct row_place place = { NULL, list->table, list->column };
    const struct schemac_texts *texts = schemac__row_texts(&place, list->column);
    char made[ROW_TEXT_BYTES];
    struct schemac_text text = texts->write(&place, list->column, value, made);

    sqlite3_result_text64(to, text.ptr, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* Nothing is put for NULL.  Needs: the value could be bound. */
static void
put_value(sqlite3_context *to, const struct list *list, const void *value)
{
    const struct schemac_column *c = list->column;

    switch ((enum schemac_codec)c->codec) {
    case SCHEMAC_CODEC_BOOL:
    case SCHEMAC_CODEC_INT16:
    case SCHEMAC_CODEC_INT32:
    case SCHEMAC_CODEC_INT64:
    case SCHEMAC_CODEC_DECIMAL:
        sqlite3_result_int64(to, schemac__row_integer(c, value));
        break;
    case SCHEMAC_CODEC_FLOAT:
    case SCHEMAC_CODEC_DOUBLE:
        sqlite3_result_double(to, schemac__row_real(c, value));
        break;
    case SCHEMAC_CODEC_TEXT:
        put_characters(to, value);
        break;
    case SCHEMAC_CODEC_BYTES:
        put_bytes(to, value);
        break;
    case SCHEMAC_CODEC_DATE:
    case SCHEMAC_CODEC_TIME:
    case SCHEMAC_CODEC_TIMESTAMP:
    case SCHEMAC_CODEC_UUID:
        put_as_text(to, list, value);
        break;
    case SCHEMAC_CODEC_ENUM:
        if (row_enum_at(value) != 0)
            put_as_text(to, list, value);
        break;
    case SCHEMAC_CODEC_ARRAY: /* check_list has refused it */
        break;
    }
}

static int
list_column(sqlite3_vtab_cursor *base, sqlite3_context *to, int column)
{
    const struct list_cursor *cursor = cursor_of(base);

    if (column != LIST_COLUMN)
        put_value(to, cursor->list,
                  cursor->list->items + cursor->at * cursor->list->item_bytes);
    return SQLITE_OK;
}

/* Without xCreate it is a function that is always there, and never a table of a file. */
static const sqlite3_module module = {
    .xConnect = list_connect,
    .xBestIndex = list_best_index,
    .xDisconnect = list_disconnect,
    .xOpen = list_open,
    .xClose = list_close,
    .xFilter = list_filter,
    .xNext = list_next,
    .xEof = list_eof,
    .xColumn = list_column,
    .xRowid = list_rowid,
};

/* ---- what the row layer asks for ---- */

static enum schemac_status
begin(struct schemac_db *db)
{
    return sqlite3_create_module(db->native, SQLITE_LIST, &module, NULL) == SQLITE_OK
               ? SCHEMAC_OK
               : schemac__sqlite_error(db);
}

/* Each value is bound once, so that one that cannot be stored is refused here, with the
 * words that it always has. */
static enum schemac_status
check_values(struct schemac_stmt *stmt, size_t column, const void *values, size_t count)
{
    const struct schemac_column *c = &stmt->plan->table->columns[column];
    size_t bytes = schemac__codec_bytes((enum schemac_codec)c->codec);
    enum schemac_status status = SCHEMAC_OK;

    for (size_t i = 0; i < count && status == SCHEMAC_OK; i++)
        status = schemac__sqlite_rows.bind_value(stmt, column, 1,
                                                 (const char *)values + i * bytes);
    return status;
}

static enum schemac_status
bind(struct schemac_stmt *stmt, size_t column, const void *values, size_t count)
{
    const struct schemac_table *table = stmt->plan->table;
    enum schemac_status status = check_values(stmt, column, values, count);
    struct list *list;

    if (status != SCHEMAC_OK)
        return status;
    list = copy_list(&table->columns[column], values, count);
    if (list == NULL)
        return schemac__no_memory(stmt->db);
    list->table = table;
    return sqlite3_bind_pointer(stmt->native, 1, list, SQLITE_LIST, schemac__free)
                   == SQLITE_OK
               ? SCHEMAC_OK
               : schemac__row_explain(stmt->db, table, schemac__sqlite_error(stmt->db));
}

const struct schemac__lists schemac__sqlite_lists = {
    .begin = begin,
    .bind = bind,
};
