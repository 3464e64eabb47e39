/*
 * The SQL of the row layer, made from the description of a table.  Names are always
 * quoted, and qualified where a name could otherwise be taken for a string (SQLite reads
 * "x" as a string where there is no column x).
 */
#include <string.h>

#include "runtime/row.h"

/* Text that grows; once memory ran out, `failed` stays set and nothing is added. */
struct sql {
    char *ptr;
    size_t len;
    size_t size;
    bool failed;
    const struct schemac__row_driver *driver;
    const struct row_request *request;
};

static bool
grow(struct sql *q, size_t more)
{
    size_t size = q->size == 0 ? 256 : q->size * 2;
    char *ptr;

    while (size < q->len + more)
        size *= 2;
    ptr = schemac__resize(q->ptr, size);
    if (ptr == NULL) {
        q->failed = true;
        return false;
    }
    q->ptr = ptr;
    q->size = size;
    return true;
}

static void
add_bytes(struct sql *q, const char *bytes, size_t count)
{
    if (q->failed || (q->size - q->len < count && !grow(q, count)))
        return;
    memcpy(q->ptr + q->len, bytes, count);
    q->len += count;
}

static void
add(struct sql *q, const char *words)
{
    add_bytes(q, words, strlen(words));
}

static void
add_name(struct sql *q, const char *name)
{
    add(q, "\"");
    for (const char *quote; (quote = strchr(name, '"')) != NULL; name = quote + 1) {
        add_bytes(q, name, (size_t)(quote - name) + 1);
        add(q, "\"");
    }
    add(q, name);
    add(q, "\"");
}

static const char *
column_name(const struct sql *q, size_t column)
{
    return q->request->table->columns[column].name;
}

static void
add_parameter(struct sql *q, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;

    for (; number > 0; number /= 10)
        digits[--at] = (char)('0' + number % 10);
    digits[--at] = q->driver->placeholder;
    add_bytes(q, digits + at, sizeof digits - at);
}

static void
add_table(struct sql *q)
{
    const struct schemac_table *table = q->request->table;

    if (!q->driver->has_schemas && table->flat_name != NULL) {
        add_name(q, table->flat_name);
        return;
    }
    if (q->driver->has_schemas && table->schema != NULL) {
        add_name(q, table->schema);
        add(q, ".");
    }
    add_name(q, table->name);
}

/* `prefix` before each name: "t." or nothing. */
static void
add_columns(struct sql *q, struct row_columns columns, const char *prefix)
{
    for (size_t i = 0; i < columns.count; i++) {
        add(q, i == 0 ? "" : ", ");
        add(q, prefix);
        add_name(q, column_name(q, row_column_at(columns, i)));
    }
}

/* The same where the values are read. */
static void
add_read_columns(struct sql *q, struct row_columns columns, const char *prefix)
{
    const struct schemac_table *table = q->request->table;

    for (size_t i = 0; i < columns.count; i++) {
        size_t column = row_column_at(columns, i);
        struct row_reading as = { "", "" };

        if (q->driver->read_as != NULL)
            as = q->driver->read_as(&table->columns[column]);
        add(q, i == 0 ? "" : ", ");
        add(q, as.before);
        add(q, prefix);
        add_name(q, column_name(q, column));
        add(q, as.behind);
    }
}

/* What finds the row: its number, which is no name to quote, or the primary key. */
static void
add_place(struct sql *q)
{
    if (q->request->table->row_name != NULL)
        add(q, q->request->table->row_name);
    else
        add_columns(q, row_key_columns(q->request->table, 0), "");
}

static bool
has_list(enum row_op op)
{
    return op == ROW_LIST || op == ROW_DELETE_LIST;
}

/* " WHERE t."a" = ?1 AND t."b" = ?2", with numbers from `first`; of a list, of which
 * there is one column, " WHERE t."a" = ANY($1)". */
static void
add_where(struct sql *q, struct row_columns columns, size_t first)
{
    for (size_t i = 0; i < columns.count; i++) {
        add(q, i == 0 ? " WHERE t." : " AND t.");
        add_name(q, column_name(q, row_column_at(columns, i)));
        if (has_list(q->request->op)) {
            add(q, q->driver->is_listed);
            continue;
        }
        add(q, " = ");
        add_parameter(q, first + i);
    }
}

static void
add_from(struct sql *q)
{
    add(q, " FROM ");
    add_table(q);
    add(q, " AS t");
}

static void
add_select(struct sql *q, const char *what)
{
    add(q, "SELECT ");
    if (what == NULL)
        add_read_columns(q, row_all_columns(q->request->table), "t.");
    else
        add(q, what);
    add_from(q);
}

static void
write_again(struct sql *q)
{
    const struct schemac_table *table = q->request->table;

    add(q, "SELECT ");
    add_read_columns(q, q->request->returned, "t.");
    add_from(q);
    if (table->row_name == NULL) {
        add_where(q, row_key_columns(table, 0), 1);
        return;
    }
    add(q, " WHERE t.");
    add_place(q);
    add(q, " = ");
    add_parameter(q, 1);
}

static void
add_range_end(struct sql *q, const char *comparison, size_t parameter, size_t column)
{
    add(q, " AND t.");
    add_name(q, column_name(q, column));
    add(q, comparison);
    if (parameter > 0)
        add_parameter(q, parameter);
}

static void
write_range(struct sql *q, struct row_columns key)
{
    size_t last = row_column_at(key, key.count - 1);
    size_t next = key.count;
    unsigned range = q->request->range;

    add_select(q, NULL);
    if (key.count == 1)
        add(q, " WHERE true");
    add_where(q, (struct row_columns){ key.items, key.count - 1 }, 1);
    if ((range & ROW_RANGE_FROM) != 0)
        add_range_end(q, " >= ", next++, last);
    if ((range & ROW_RANGE_TO) != 0)
        add_range_end(q, " < ", next, last);
    if ((range & (ROW_RANGE_FROM | ROW_RANGE_TO)) == 0
        && (q->request->table->columns[last].flags & SCHEMAC_COLUMN_NULLABLE) != 0)
        add_range_end(q, " IS NOT NULL", 0, last);
    add(q, " ORDER BY t.");
    add_name(q, column_name(q, last));
    add(q, (range & ROW_RANGE_DESCENDING) != 0 ? " DESC" : "");
}

static void
add_returning(struct sql *q)
{
    if (q->request->returned.count == 0)
        return;
    add(q, " RETURNING ");
    if (q->request->returns_place)
        add_place(q);
    else
        add_read_columns(q, q->request->returned, "");
}

static void
add_insert(struct sql *q)
{
    struct row_columns given = q->request->bound;

    add(q, "INSERT INTO ");
    add_table(q);
    if (given.count == 0) {
        add(q, " DEFAULT VALUES");
        return;
    }
    add(q, " (");
    add_columns(q, given, "");
    add(q, ") VALUES (");
    for (size_t i = 0; i < given.count; i++) {
        add(q, i == 0 ? "" : ", ");
        add_parameter(q, i + 1);
    }
    add(q, ")");
}

static bool
is_in(struct row_columns columns, size_t column)
{
    for (size_t i = 0; i < columns.count; i++)
        if (row_column_at(columns, i) == column)
            return true;
    return false;
}

/* A row that is there keeps its key; with nothing else to set, the key is set to itself
 * so that the row still comes back. */
static void
add_conflict(struct sql *q, struct row_columns key)
{
    struct row_columns given = q->request->bound;
    bool only_key = given.count == key.count;
    const char *before = " DO UPDATE SET ";

    add(q, " ON CONFLICT (");
    add_columns(q, key, "");
    add(q, ")");
    for (size_t i = 0; i < given.count; i++) {
        size_t column = row_column_at(given, i);

        if (is_in(key, column) && !only_key)
            continue;
        add(q, before);
        add_name(q, column_name(q, column));
        add(q, " = excluded.");
        add_name(q, column_name(q, column));
        before = ", ";
    }
}

static void
write_update(struct sql *q, struct row_columns key)
{
    struct row_columns set = q->request->bound;

    add(q, "UPDATE ");
    add_table(q);
    add(q, " AS t SET ");
    for (size_t i = 0; i < set.count; i++) {
        add(q, i == 0 ? "" : ", ");
        add_name(q, column_name(q, row_column_at(set, i)));
        add(q, " = ");
        add_parameter(q, i + 1);
    }
    add_where(q, key, set.count + 1);
}

static void
write_copy(struct sql *q)
{
    add(q, "COPY ");
    add_table(q);
    add(q, " (");
    add_columns(q, q->request->bound, "");
    add(q, ") FROM STDIN (FORMAT binary)");
}

/* Is the statement about one of the keys? */
static bool
has_key(enum row_op op)
{
    return op != ROW_COUNT && op != ROW_SCAN && op != ROW_INSERT && op != ROW_LOAD
           && op != ROW_COPY && op != ROW_AGAIN;
}

static void
write_statement(struct sql *q)
{
    const struct row_request *request = q->request;
    struct row_columns key = { NULL, 0 };

    if (has_key(request->op))
        key = row_key_columns(request->table, request->key);
    switch (request->op) {
    case ROW_COUNT:
        add_select(q, "count(*)");
        break;
    case ROW_SCAN:
        add_select(q, NULL);
        break;
    case ROW_GET:
    case ROW_LIST:
        add_select(q, NULL);
        add_where(q, key, 1);
        break;
    case ROW_EXISTS:
        add_select(q, "1");
        add_where(q, key, 1);
        break;
    case ROW_DELETE:
    case ROW_DELETE_LIST:
        add(q, "DELETE");
        add_from(q);
        add_where(q, key, 1);
        break;
    case ROW_RANGE:
        write_range(q, key);
        break;
    case ROW_INSERT:
        add_insert(q);
        add_returning(q);
        break;
    case ROW_LOAD:
        add_insert(q);
        break;
    case ROW_COPY:
        write_copy(q);
        break;
    case ROW_UPDATE:
        write_update(q, key);
        break;
    case ROW_UPSERT:
        add_insert(q);
        add_conflict(q, key);
        add_returning(q);
        break;
    case ROW_AGAIN:
        write_again(q);
        break;
    }
}

char *
schemac__row_sql(const struct schemac__row_driver *driver,
                 const struct row_request *request)
{
    struct sql q = { .driver = driver, .request = request };

    write_statement(&q);
    add_bytes(&q, "", 1);
    if (!q.failed)
        return q.ptr;
    schemac__free(q.ptr);
    return NULL;
}
