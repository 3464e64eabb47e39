/*
 * The SQL of the row layer, made from the description of a table.  Names are always
 * quoted, and qualified where a name could otherwise be taken for a string (SQLite reads
 * "x" as a string where there is no column x).
 *
 * Each statement is a pattern, which stands where it is used; what a letter behind %
 * stands for, add_part says, or the pattern itself.
 */
#include <string.h>

#include "runtime/row.h"

static bool
grow(struct row_sql *q, size_t more)
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

void
schemac__sql_add_bytes(struct row_sql *q, const char *bytes, size_t count)
{
    if (q->failed || (q->size - q->len < count && !grow(q, count)))
        return;
    memcpy(q->ptr + q->len, bytes, count);
    q->len += count;
}

static void
add_name(struct row_sql *q, const char *name)
{
    schemac__sql_add_bytes(q, "\"", 1);
    for (; *name != '\0'; name++)
        schemac__sql_add_bytes(q, *name == '"' ? "\"\"" : name, *name == '"' ? 2 : 1);
    schemac__sql_add_bytes(q, "\"", 1);
}

static void
add_parameter(struct row_sql *q)
{
    char digits[24];
    size_t at = sizeof digits;

    for (size_t number = ++q->parameters; number > 0; number /= 10)
        digits[--at] = (char)('0' + number % 10);
    digits[--at] = q->driver->placeholder;
    schemac__sql_add_bytes(q, digits + at, sizeof digits - at);
}

static void
add_table(struct row_sql *q)
{
    const struct schemac_table *table = q->request->table;

    if (q->driver->has_schemas && table->schema != NULL) {
        add_name(q, table->schema);
        schemac__sql_add_bytes(q, ".", 1);
    }
    add_name(q, row_name_in(q->driver, table));
}

void
schemac__sql_add_list(struct row_sql *q, struct row_columns columns, const char *item,
                      const char *between)
{
    for (size_t i = 0; i < columns.count; i++) {
        q->column = &q->request->table->columns[row_column_at(columns, i)];
        if (i > 0)
            schemac__sql_add(q, between);
        schemac__sql_add(q, item);
    }
}

/* What stands around a column where it is read. */
static const char *
reading(const struct row_sql *q, bool before)
{
    struct row_reading found;

    if (q->driver->read_as == NULL)
        return "";
    found = q->driver->read_as(q->column);
    return before ? found.before : found.behind;
}

static void
add_returning(struct row_sql *q)
{
    if (q->request->returned.count == 0)
        return;
    schemac__sql_add(q, " RETURNING ");
    if (q->request->add_returned != NULL)
        q->request->add_returned(q);
    else
        schemac__sql_add_list(q, q->request->returned, "%[%n%]", ", ");
}

/* Letters that are lists of columns. */
static void
add_columns(struct row_sql *q, char letter)
{
    const struct row_request *request = q->request;

    switch (letter) {
    case 'a': /* all columns, read */
        schemac__sql_add_list(q, row_all_columns(request->table), "%[t.%n%]", ", ");
        break;
    case 'k': /* the row has this key */
        schemac__sql_add_list(
            q, row_key_columns(request->table, row_key_of(request->form)), "t.%n = %p",
            " AND ");
        break;
    case 'c': /* the columns that are given, */
        schemac__sql_add_list(q, request->bound, "%n", ", ");
        break;
    case 'v': /* their values, */
        schemac__sql_add_list(q, request->bound, "%p", ", ");
        break;
    case 's': /* and both */
        schemac__sql_add_list(q, request->bound, "%n = %p", ", ");
        break;
    default:
        request->pattern->add_part(q, letter);
    }
}

static void
add_part(struct row_sql *q, char letter)
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
        schemac__sql_add(q, reading(q, letter == '['));
        break;
    case 'p': /* the next parameter */
        add_parameter(q);
        break;
    case 'g': /* what is given */
        schemac__sql_add(q, q->request->bound.count == 0 ? " DEFAULT VALUES"
                                                         : " (%c) VALUES (%v)");
        break;
    case 'r': /* " RETURNING …" */
        add_returning(q);
        break;
    default:
        add_columns(q, letter);
    }
}

void
schemac__sql_add(struct row_sql *q, const char *pattern)
{
    for (; *pattern != '\0'; pattern++)
        if (*pattern == '%')
            add_part(q, *++pattern);
        else
            schemac__sql_add_bytes(q, pattern, 1);
}

char *
schemac__row_sql(const struct schemac__row_driver *driver,
                 const struct row_request *request)
{
    struct row_sql q = { .driver = driver, .request = request };

    schemac__sql_add(&q, request->pattern->text);
    schemac__sql_add_bytes(&q, "", 1);
    if (!q.failed)
        return q.ptr;
    schemac__free(q.ptr);
    return NULL;
}
