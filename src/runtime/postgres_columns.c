/*
 * Many rows as one INSERT over an array per column: the quickest way in of which
 * something comes back.
 *
 *   INSERT INTO t (a, b) SELECT * FROM unnest($1::integer[], $2::text[]) RETURNING id
 *
 * The rows of the function are inserted and come back in their order.  A table with
 * triggers or rules for INSERT is not written so: what they see of the rows around
 * theirs, and how often those of a statement run, would depend on how many are sent.
 */
#include <stdio.h>
#include <string.h>

#include "runtime/postgres_rows.h"

#define BATCH_ROWS 256
#define BATCH_BYTES ((size_t)1 << 20) /* of texts: rows that are long gain nothing */
#define NUMBER_BYTES 12               /* of a type, with what parts it from the next */

static struct row_plan *
plan_of(const struct row_writing *w)
{
    return w->s->stmt->plan;
}

/* ---- whether, and the names of the arrays ---- */

/* $1: the table; $2: the types of the parameters.  A row for each of those. */
static const char query[] =
    "WITH RECURSIVE parts (oid) AS (SELECT $1::pg_catalog.regclass::pg_catalog.oid "
    "UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i "
    "JOIN parts AS p ON i.inhparent = p.oid) "
    "SELECT pg_catalog.format_type(t.typarray, -1) "
    "FROM pg_catalog.unnest($2::pg_catalog.oid[]) WITH ORDINALITY AS p (type, nth) "
    "JOIN pg_catalog.pg_type AS t ON t.oid = p.type AND t.typarray <> 0 "
    "WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g JOIN parts AS s "
    "ON g.tgrelid = s.oid WHERE NOT g.tgisinternal AND g.tgtype & 4 <> 0) "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS r JOIN parts AS s "
    "ON r.ev_class = s.oid WHERE r.ev_type = '3') "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN parts AS s "
    "ON c.oid = s.oid WHERE c.relkind NOT IN ('r', 'p')) "
    "ORDER BY p.nth";

static void
add_quoted(char **to, const char *name)
{
    *(*to)++ = '"';
    for (; *name != '\0'; name++) {
        *(*to)++ = *name;
        if (*name == '"')
            *(*to)++ = '"';
    }
    *(*to)++ = '"';
}

/* `"schema"."table"` */
static void
write_table(char *to, const struct schemac_table *table)
{
    if (table->schema != NULL) {
        add_quoted(&to, table->schema);
        *to++ = '.';
    }
    add_quoted(&to, table->name);
    *to = '\0';
}

/* "{23,25}" */
static void
write_types(char *to, const struct postgres_statement *p)
{
    for (int i = 0; i < p->count; i++)
        to += sprintf(to, "%c%lu", i == 0 ? '{' : ',',
                      (unsigned long)PQparamtype(p->shape, i));
    (void)strcpy(to, "}");
}

/* The names of the arrays of its parameters, in a result to be cleared; NULL after a
 * failure. */
static PGresult *
ask(struct row_writing *w)
{
    const struct postgres_statement *p = w->s->stmt->native;
    const struct schemac_table *table = w->s->home->table;
    size_t name_bytes =
        2 * strlen(table->name)
        + (table->schema == NULL ? 0 : 2 * strlen(table->schema)) + 6;
    char *name = schemac__alloc(name_bytes + ((size_t)p->count + 1) * NUMBER_BYTES);
    PGresult *result = NULL;

    if (name != NULL) {
        const char *const values[] = { name, name + name_bytes };

        write_table(name, table);
        write_types(name + name_bytes, p);
        result = PQexecParams(w->db->native, query, 2, NULL, values, NULL, NULL, 0);
    }
    schemac__free(name);
    return result;
}

/* Each of the columns as an array. */
static void
add_arrays(struct row_sql *q, char letter)
{
    (void)letter; /* there is one */
    for (size_t i = 0; i < q->request->plan->bound; i++) {
        schemac__sql_add(q, i == 0 ? "%p::" : ", %p::");
        schemac__sql_add_bytes(q, q->request->array_types[i],
                               strlen(q->request->array_types[i]));
    }
}

static enum schemac_status
prepare_named(struct row_writing *w, const PGresult *names)
{
    static const struct row_pattern pattern = {
        "INSERT INTO %t (%c) SELECT * FROM unnest(%y)%r", add_arrays
    };
    struct row_request request = { .plan = plan_of(w), .pattern = &pattern };
    const char **types = schemac__alloc(plan_of(w)->bound * sizeof *types);
    enum schemac_status status;

    if (types == NULL)
        return schemac__no_memory(w->db);
    for (size_t i = 0; i < plan_of(w)->bound; i++)
        types[i] = PQgetvalue(names, (int)i, 0);
    request.array_types = types;
    status = schemac__row_prepare_second(w->db, &request, &w->s->many);
    schemac__free(types);
    return status;
}

/* w->s->many, or w->s->has_no_many. */
static enum schemac_status
prepare(struct row_writing *w)
{
    PGresult *names = ask(w);
    enum schemac_status status = SCHEMAC_OK;

    if (names == NULL)
        return schemac__no_memory(w->db);
    if (PQresultStatus(names) != PGRES_TUPLES_OK)
        status = schemac__postgres_error(w->db, names);
    else if ((size_t)PQntuples(names) != plan_of(w)->bound)
        w->s->has_no_many = true;
    else
        status = prepare_named(w, names);
    PQclear(names);
    if (status == SCHEMAC_ERROR)
        w->s->has_no_many = true; /* the rows go one by one */
    return status;
}

/* Then all that is known of the table is asked for anew. */
static void
note_outdated(const struct row_writing *w)
{
    struct postgres_statement *p = w->s->stmt->native;

    p->is_outdated = true;
}

/* What another session has changed may be what its types were found by. */
static enum schemac_status
be_ready(struct row_writing *w)
{
    enum schemac_status status = schemac__postgres_ready(w->db);

    if (status == SCHEMAC_OK && w->s->many != NULL
        && !schemac__postgres_is_fresh(w->db, w->s->many->native)) {
        note_outdated(w);
        schemac_finalize(w->s->many);
        w->s->many = NULL;
    }
    if (status == SCHEMAC_OK)
        status = schemac__postgres_statement_fresh(w->s->stmt);
    if (status == SCHEMAC_OK && w->s->many == NULL && !w->s->has_no_many)
        status = prepare(w);
    return status;
}

/* ---- the rows ---- */

struct batch {
    struct row_writing *w;
    char *rows;
    size_t count;
};

/* Of texts and bytes, which is what makes a row long. */
static size_t
text_bytes(const struct row_writing *w, const char *row)
{
    size_t total = 0;

    for (size_t i = 0; i < plan_of(w)->bound; i++) {
        const struct schemac_column *c = plan_of(w)->fields[i].column;

        if (c->codec == SCHEMAC_CODEC_TEXT || c->codec == SCHEMAC_CODEC_BYTES)
            total += schemac__row_array(row + c->offset).count;
    }
    return total;
}

/* One row at least. */
static size_t
batch_rows(const struct row_writing *w, const char *rows, size_t left)
{
    size_t most = left < BATCH_ROWS ? left : BATCH_ROWS;
    size_t count = 1;
    size_t bytes = text_bytes(w, rows);

    for (; count < most; count++) {
        bytes += text_bytes(w, rows + count * w->s->home->table->row_bytes);
        if (bytes > BATCH_BYTES)
            break;
    }
    return count;
}

static enum schemac_status
bind(const struct batch *b)
{
    const struct schemac_table *table = b->w->s->home->table;
    struct postgres_statement *p = b->w->s->many->native;

    for (size_t i = 0; i < plan_of(b->w)->bound; i++) {
        const struct schemac_column *c = plan_of(b->w)->fields[i].column;
        const struct postgres_items items = { c, b->rows + c->offset, table->row_bytes,
                                              b->count };
        struct field_out f = { .place = { b->w->db, table, c }, .slot = &p->slots[i] };
        enum schemac_status status = schemac__postgres_items_out(&f, &items);

        if (status != SCHEMAC_OK)
            return status;
        p->values[i] = f.value;
        p->lengths[i] = f.len;
        p->formats[i] = f.format;
    }
    return SCHEMAC_OK;
}

/* Each row that comes back is the next of ours. */
static enum schemac_status
take_rows(const struct batch *b)
{
    const struct row_writing *w = b->w;
    size_t wanted = w->s->returns ? b->count : 0;
    enum schemac_status status = SCHEMAC_OK;
    size_t i = 0;

    while (status == SCHEMAC_OK
           && (status = schemac__postgres_step(w->s->many)) == SCHEMAC_ROW && i < wanted)
        status = schemac__postgres_read_row(w->s->many,
                                            b->rows + i++ * w->s->home->table->row_bytes,
                                            &w->s->home->spare);
    if (status == SCHEMAC_ROW || (status == SCHEMAC_DONE && i < wanted))
        return schemac__row_gone(w->db, w->s->home->table);
    return status == SCHEMAC_DONE ? SCHEMAC_OK : status;
}

static enum schemac_status
insert_batches(struct row_writing *w)
{
    enum schemac_status status = SCHEMAC_OK;

    for (size_t done = 0; done < w->count && status == SCHEMAC_OK;) {
        struct batch b = {
            .w = w, .rows = w->rows + done * w->s->home->table->row_bytes
        };

        b.count = batch_rows(w, b.rows, w->count - done);
        status = bind(&b);
        if (status == SCHEMAC_OK)
            status = take_rows(&b);
        (void)schemac__postgres_reset(w->s->many);
        done += b.count;
    }
    return status;
}

/* unnest would take an array apart as far as it goes. */
static bool
holds_array(const struct row_writing *w)
{
    for (size_t i = 0; i < plan_of(w)->bound; i++)
        if (plan_of(w)->fields[i].column->codec == SCHEMAC_CODEC_ARRAY)
            return true;
    return false;
}

bool
schemac__postgres_insert_columns(struct row_writing *w, enum schemac_status *status)
{
    if (w->s->has_no_many || plan_of(w)->bound == 0 || holds_array(w))
        return false;
    *status = be_ready(w);
    if (*status == SCHEMAC_OK && w->s->has_no_many)
        return false;
    if (*status == SCHEMAC_OK)
        *status = insert_batches(w);
    if (*status == SCHEMAC_OK)
        return true;
    w->failed = ROW_UNKNOWN;
    if (w->s->many != NULL && schemac__postgres_rows.is_outdated(w->s->many))
        note_outdated(w);
    return true;
}
