/*
 * The SQL of the row layer, made from the description of a table.  Names are always
 * quoted, and qualified where a name could otherwise be taken for a string (SQLite reads
 * "x" as a string where there is no column x).
 *
 * Each statement is a pattern, which stands where it is used; what a letter behind %
 * stands for, add_part says, or the pattern itself.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/row.h"

#define PARAMETER_BYTES 16 /* "$2147483647" */

void
schemac__sql_add_bytes(struct row_sql *q, const char *bytes, size_t count)
{
    if (q->to != NULL)
        memcpy(q->to + q->len, bytes, count);
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
    char text[PARAMETER_BYTES];
    int len = snprintf(text, sizeof text, "%c%d", q->driver->placeholder,
                       ++q->parameters);

    schemac__sql_add_bytes(q, text, (size_t)len);
}

static void
add_table(struct row_sql *q)
{
    const struct schemac_table *table = q->request->plan->table;

    if (q->driver->has_schemas && table->schema != NULL) {
        add_name(q, table->schema);
        schemac__sql_add_bytes(q, ".", 1);
    }
    add_name(q, row_name_in(q->driver, table));
}

void
schemac__sql_add_item(struct row_sql *q, const struct schemac_column *column,
                      const char *item, const char *between)
{
    if (q->column != NULL)
        schemac__sql_add(q, between);
    q->column = column;
    schemac__sql_add(q, item);
}

void
schemac__sql_add_key(struct row_sql *q, size_t number, const char *item,
                     const char *between)
{
    const struct schemac_table *table = q->request->plan->table;
    const struct schemac_key *key = &table->keys[number];

    q->column = NULL;
    for (size_t i = 0; i < key->column_count; i++)
        schemac__sql_add_item(q, &table->columns[key->columns[i]], item, between);
}

/* Letters that are lists of columns: given, of a key behind them, or returned. */
enum { GIVEN, KEY, RETURNED };

static const struct list {
    char letter;
    uint8_t columns;
    char item[10];
    char between[6];
} lists[] = {
    { 'a', RETURNED, "%d", ", " },      /* what comes back, read of the table, */
    { 'b', RETURNED, "%d", ", " },      /* or of what was written */
    { 'k', KEY, "t.%n = %p", " AND " }, /* the row has this key */
    { 'c', GIVEN, "%n", ", " },         /* the columns that are given, */
    { 'v', GIVEN, "%p", ", " },         /* their values, */
    { 's', GIVEN, "%n = %p", ", " },    /* and both */
};

/* False: it is none of these letters. */
static bool
add_columns(struct row_sql *q, char letter)
{
    const struct row_plan *plan = q->request->plan;
    const struct list *list = lists;
    const size_t ends[] = { 0, plan->given, plan->bound, plan->end };

    while (list->letter != letter)
        if (++list == lists + sizeof lists / sizeof *lists)
            return false;
    q->is_qualified = letter == 'a';
    q->column = NULL;
    for (size_t i = ends[list->columns]; i < ends[list->columns + 1]; i++)
        schemac__sql_add_item(q, plan->fields[i].column, list->item, list->between);
    return true;
}

/* Of an INSERT. */
static void
add_returning(struct row_sql *q)
{
    const struct row_request *request = q->request;

    if (request->add_returned == NULL && request->plan->end == request->plan->bound)
        return;
    schemac__sql_add(q, " RETURNING ");
    if (request->add_returned != NULL)
        request->add_returned(q);
    else
        schemac__sql_add(q, "%b");
}

/* The column of a list that it is at.  False: it is none of these letters. */
static bool
add_column(struct row_sql *q, char letter)
{
    const char *(*read_as)(const struct schemac_column *column) = q->driver->read_as;

    if (letter == 'n') /* its name, */
        add_name(q, q->column->name);
    else if (letter == 'm') /* which is that of what is read, */
        schemac__sql_add(q, q->is_qualified ? "t.%n" : "%n");
    else if (letter == 'd') /* made ready for it */
        schemac__sql_add(q, read_as == NULL ? "%m" : read_as(q->column));
    else
        return false;
    return true;
}

static void
add_part(struct row_sql *q, char letter)
{
    if (letter == 't') /* the table */
        add_table(q);
    else if (letter == 'p') /* the next parameter */
        add_parameter(q);
    else if (letter == 'g') /* what is given */
        schemac__sql_add(q, q->request->plan->given == 0 ? " DEFAULT VALUES"
                                                         : " (%c) VALUES (%v)");
    else if (letter == 'r') /* " RETURNING …" */
        add_returning(q);
    else if (!add_columns(q, letter) && !add_column(q, letter))
        q->request->pattern->add_part(q, letter);
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

/* Its bytes, with the zero byte, to `to`; NULL: they are counted. */
static size_t
write_sql(const struct schemac__row_driver *driver, const struct row_request *request,
          char *to)
{
    struct row_sql q = { .to = to, .driver = driver, .request = request };

    schemac__sql_add(&q, request->pattern->text);
    schemac__sql_add_bytes(&q, "", 1);
    return q.len;
}

char *
schemac__row_sql(const struct schemac__row_driver *driver,
                 const struct row_request *request)
{
    char *sql = schemac__alloc(write_sql(driver, request, NULL));

    if (sql != NULL)
        (void)write_sql(driver, request, sql);
    return sql;
}
