/*
 * The SQL of the row layer, made from the description of a table.  Names are always
 * quoted, and qualified where a name could otherwise be taken for a string (SQLite reads
 * "x" as a string where there is no column x).
 *
 * Each statement is a pattern; what a letter behind % stands for, add_part says.
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
    const struct schemac_column *column; /* that %n names */
    size_t parameters;                   /* so far: they are numbered as they come */
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

static void add_part(struct sql *q, char letter);

static void
add(struct sql *q, const char *pattern)
{
    for (;;) {
        size_t plain = strcspn(pattern, "%");

        add_bytes(q, pattern, plain);
        if (pattern[plain] == '\0')
            return;
        add_part(q, pattern[plain + 1]);
        pattern += plain + 2;
    }
}

static void
add_name(struct sql *q, const char *name)
{
    add_bytes(q, "\"", 1);
    for (const char *quote; (quote = strchr(name, '"')) != NULL; name = quote + 1) {
        add_bytes(q, name, (size_t)(quote - name) + 1);
        add_bytes(q, "\"", 1);
    }
    add_bytes(q, name, strlen(name));
    add_bytes(q, "\"", 1);
}

static void
add_parameter(struct sql *q)
{
    char digits[24];
    size_t at = sizeof digits;

    for (size_t number = ++q->parameters; number > 0; number /= 10)
        digits[--at] = (char)('0' + number % 10);
    digits[--at] = q->driver->placeholder;
    add_bytes(q, digits + at, sizeof digits - at);
}

static void
add_table(struct sql *q)
{
    const struct schemac_table *table = q->request->table;

    if (q->driver->has_schemas && table->schema != NULL) {
        add_name(q, table->schema);
        add(q, ".");
    }
    add_name(q, row_name_in(q->driver, table));
}

/* Each of the columns as `item` has it. */
static void
add_list(struct sql *q, struct row_columns columns, const char *item,
         const char *between)
{
    for (size_t i = 0; i < columns.count; i++) {
        q->column = &q->request->table->columns[row_column_at(columns, i)];
        add(q, i == 0 ? "" : between);
        add(q, item);
    }
}

static struct row_reading
reading_of(const struct sql *q)
{
    return q->driver->read_as == NULL ? (struct row_reading){ "", "" }
                                      : q->driver->read_as(q->column);
}

static struct row_columns
key_of(const struct sql *q)
{
    return row_key_columns(q->request->table, q->request->key);
}

/* What finds the row: its number, which is no name to quote, or the primary key. */
static void
add_place(struct sql *q, const char *number, const char *key_column, const char *between)
{
    const struct schemac_table *table = q->request->table;

    if (table->row_name == NULL)
        add_list(q, row_key_columns(table, 0), key_column, between);
    else
        add(q, number);
}

static void
add_values(struct sql *q)
{
    add(q, q->request->bound.count == 0 ? " DEFAULT VALUES" : " (%c) VALUES (%v)");
}

static void
add_arrays(struct sql *q)
{
    for (size_t i = 0; i < q->request->bound.count; i++) {
        add(q, i == 0 ? "%p::" : ", %p::");
        add_bytes(q, q->request->array_types[i], strlen(q->request->array_types[i]));
    }
}

static void
add_returning(struct sql *q)
{
    if (q->request->returned.count == 0)
        return;
    add(q, " RETURNING ");
    if (q->request->returns_place)
        add_place(q, "%i", "%n", ", ");
    else
        add_list(q, q->request->returned, "%[%n%]", ", ");
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
add_replaced(struct sql *q)
{
    struct row_columns given = q->request->bound;
    struct row_columns key = key_of(q);
    const char *between = "";

    for (size_t i = 0; i < given.count; i++) {
        size_t column = row_column_at(given, i);

        if (is_in(key, column) && given.count > key.count)
            continue;
        q->column = &q->request->table->columns[column];
        add(q, between);
        add(q, "%n = excluded.%n");
        between = ", ";
    }
}

/* All columns of the key but the last are given; that is between two ends, or any. */
static void
add_range(struct sql *q)
{
    struct row_columns key = key_of(q);
    unsigned range = q->request->range;

    for (size_t i = 0; i < key.count; i++) {
        q->column = &q->request->table->columns[row_column_at(key, i)];
        if (i + 1 < key.count)
            add(q, " AND t.%n = %p");
    }
    if ((range & ROW_RANGE_FROM) != 0)
        add(q, " AND t.%n >= %p");
    if ((range & ROW_RANGE_TO) != 0)
        add(q, " AND t.%n < %p");
    if ((range & (ROW_RANGE_FROM | ROW_RANGE_TO)) == 0
        && (q->column->flags & SCHEMAC_COLUMN_NULLABLE) != 0)
        add(q, " AND t.%n IS NOT NULL");
    add(q, " ORDER BY t.%n");
    add(q, (range & ROW_RANGE_DESCENDING) != 0 ? " DESC" : "");
}

static const char *const statements[] = {
    [ROW_COUNT] = "SELECT count(*) FROM %t AS t",
    [ROW_SCAN] = "SELECT %a FROM %t AS t",
    [ROW_GET] = "SELECT %a FROM %t AS t WHERE %k",
    [ROW_EXISTS] = "SELECT 1 FROM %t AS t WHERE %k",
    [ROW_DELETE] = "DELETE FROM %t AS t WHERE %k",
    [ROW_LIST] = "SELECT %a FROM %t AS t WHERE %l",
    [ROW_DELETE_LIST] = "DELETE FROM %t AS t WHERE %l",
    [ROW_RANGE] = "SELECT %a FROM %t AS t WHERE true%e",
    [ROW_INSERT] = "INSERT INTO %t%g%r",
    [ROW_UPDATE] = "UPDATE %t AS t SET %s WHERE %k",
    [ROW_UPSERT] = "INSERT INTO %t%g ON CONFLICT (%u) DO UPDATE SET %x%r",
    [ROW_LOAD] = "INSERT INTO %t%g",
    [ROW_COPY] = "COPY %t (%c) FROM STDIN (FORMAT binary)",
    [ROW_INSERT_COLUMNS] = "INSERT INTO %t (%c) SELECT * FROM unnest(%y)%r",
    [ROW_AGAIN] = "SELECT %b FROM %t AS t WHERE %f",
};

/* What has to do with the key of the statement. */
static void
add_key_part(struct sql *q, char letter)
{
    switch (letter) {
    case 'k': /* the row has this key */
        add_list(q, key_of(q), "t.%n = %p", " AND ");
        break;
    case 'l': /* its one column is in the list */
        add_list(q, key_of(q), "t.%n", "");
        add(q, q->driver->is_listed);
        break;
    case 'u': /* the columns of the key */
        add_list(q, key_of(q), "%n", ", ");
        break;
    case 'x': /* what is given, in the place of what is there */
        add_replaced(q);
        break;
    case 'e': /* the ends of a range, and its order */
        add_range(q);
        break;
    }
}

static void
add_reading(struct sql *q, bool before)
{
    add(q, before ? reading_of(q).before : reading_of(q).behind);
}

static void
add_part(struct sql *q, char letter)
{
    switch (letter) {
    case 't': /* the table */
        add_table(q);
        break;
    case 'n': /* the column of a list that it is at */
        add_name(q, q->column->name);
        break;
    case '[': /* what stands around it where it is read */
    case ']':
        add_reading(q, letter == '[');
        break;
    case 'p': /* the next parameter */
        add_parameter(q);
        break;
    case 'i': /* the row's number */
        add(q, q->request->table->row_name);
        break;
    case 'a': /* all columns, read */
        add_list(q, row_all_columns(q->request->table), "%[t.%n%]", ", ");
        break;
    case 'b': /* what comes back, read once more, */
        add_list(q, q->request->returned, "%[t.%n%]", ", ");
        break;
    case 'f': /* of the row that was found */
        add_place(q, "t.%i = %p", "t.%n = %p", " AND ");
        break;
    case 'c': /* the columns that are given, */
        add_list(q, q->request->bound, "%n", ", ");
        break;
    case 'v': /* their values, */
        add_list(q, q->request->bound, "%p", ", ");
        break;
    case 's': /* and both */
        add_list(q, q->request->bound, "%n = %p", ", ");
        break;
    case 'y': /* each of them as an array */
        add_arrays(q);
        break;
    case 'g': /* " (…) VALUES (…)" */
        add_values(q);
        break;
    case 'r': /* " RETURNING …" */
        add_returning(q);
        break;
    default:
        add_key_part(q, letter);
    }
}

char *
schemac__row_sql(const struct schemac__row_driver *driver,
                 const struct row_request *request)
{
    struct sql q = { .driver = driver, .request = request };

    add(&q, statements[request->op]);
    add_bytes(&q, "", 1);
    if (!q.failed)
        return q.ptr;
    schemac__free(q.ptr);
    return NULL;
}
