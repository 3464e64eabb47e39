/*
 * Rows that come back are read again where triggers set them behind RETURNING.
 *
 * SQLite's RETURNING comes before the triggers behind the row, so that it shows neither
 * what they count nor what they touch.  Then it returns what finds the row, which is read
 * again before the statement ends: all of its changes are made, its commit is not.
 *
 * The tables that have such triggers name this (`.again`), so that a program without them
 * has nothing of it.
 */
#include "runtime/row.h"

/* Does a trigger set what comes back, once it came back? */
static bool
comes_back_early(const struct row_request *request)
{
    const struct row_plan *plan = request->plan;
    const struct schemac_table *table = plan->table;
    const unsigned on_insert = SCHEMAC_COLUMN_AFTER_INSERT;
    const unsigned any = on_insert | SCHEMAC_COLUMN_AFTER_UPDATE;
    unsigned returned = 0;
    unsigned all = 0;

    for (size_t i = plan->bound; i < plan->end; i++)
        returned |= plan->fields[i].column->flags;
    for (size_t i = 0; i < table->column_count; i++)
        all |= table->columns[i].flags;
    /* What counts behind an INSERT does so by an UPDATE, which has triggers, too. */
    return (returned & any) != 0
           && (row_op_of(request->form) == ROW_UPSERT || (all & on_insert) != 0);
}

/* What finds the row: its number, which is no name to quote, or the primary key. */
static void
add_place(struct row_sql *q, const char *number, const char *behind, const char *key,
          const char *between)
{
    const char *row_name = q->request->plan->table->row_name;

    if (row_name == NULL) {
        schemac__sql_add_key(q, 0, key, between);
        return;
    }
    schemac__sql_add(q, number);
    schemac__sql_add(q, row_name);
    schemac__sql_add(q, behind);
}

static void
add_returned_place(struct row_sql *q)
{
    add_place(q, "", "", "%n", ", ");
}

static void
add_again(struct row_sql *q, char letter)
{
    (void)letter; /* there is one */
    add_place(q, "t.", " = %p", "t.%n = %p", " AND ");
}

static enum schemac_status
prepare(struct schemac__statement *s, struct row_request *request)
{
    static const struct row_pattern pattern = { "SELECT %a FROM %t AS t WHERE %f",
                                                add_again };
    const struct schemac_table *table = request->plan->table;
    struct schemac_db *db = s->home->db;
    struct row_request again = *request;
    enum schemac_status status;

    if (!comes_back_early(request))
        return SCHEMAC_OK;
    if (table->row_name == NULL && table->key_count == 0)
        return schemac__row_refuse(db, table, SCHEMAC_MISUSE,
                                   ": nothing finds a row again");
    again.pattern = &pattern;
    status = schemac__row_prepare_second(db, &again, &s->again);
    request->add_returned = add_returned_place;
    request->plan->end = request->plan->bound;
    return status;
}

/* How many values of RETURNING find a row: its number, or those of its primary key. */
static size_t
place_width(const struct schemac_table *table)
{
    return table->row_name != NULL ? 1 : table->keys[0].column_count;
}

static enum schemac_status
find(const struct schemac__statement *s)
{
    const struct schemac_table *table = s->home->table;
    struct schemac_db *db = s->home->db;
    enum schemac_status status =
        db->driver->rows->bind_results(s->again, s->stmt, place_width(table));

    if (status == SCHEMAC_OK)
        status = db->driver->step(s->again);
    if (status == SCHEMAC_DONE)
        return schemac__row_gone(db, table);
    return status == SCHEMAC_ROW ? SCHEMAC_OK : status;
}

static enum schemac_status
read_again(const struct schemac__statement *s, void *row)
{
    const struct schemac_driver *driver = s->home->db->driver;
    enum schemac_status status = find(s);

    if (status == SCHEMAC_OK)
        status = driver->rows->read(s->again, row, &s->home->spare);
    (void)driver->reset(s->again);
    return status;
}

const struct schemac_again schemac_again = { prepare, read_again };
