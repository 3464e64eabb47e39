/*
 * Many rows at once on PostgreSQL.
 *
 * Rows that come back travel as an array per column (postgres_columns.c), or in a
 * pipeline: a batch is sent without waiting, then its answers are read, each for its row.
 * Where nothing comes back and every value has a binary form, COPY takes them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/postgres_bits.h"
#include "runtime/postgres_rows.h"

#define BATCH_ROWS 256
#define COPY_ROWS_MIN 8 /* below, a pipeline is one round trip less */
#define COLUMNS_ROWS_MIN 8 /* below, one statement for all is not faster */
#define BUFFER_BYTES ((size_t)64 * 1024)
#define FIELD_COUNT_BYTES 2
#define LENGTH_BYTES 4

/* ---- a pipeline ---- */

struct batch {
    struct schemac_db *db;
    const struct schemac__statement *s;
    char *rows;   /* of the batch */
    size_t count; /* of them that were sent */
    bool is_torn; /* libpq could not send or read: nobody knows what comes next */
};

static enum schemac_status
send_row(struct batch *b, const char *row)
{
    const struct postgres_statement *p = b->s->stmt->native;
    enum schemac_status status =
        schemac__postgres_rows.bind(b->s->stmt, row, false);

    if (status == SCHEMAC_OK)
        status = schemac__postgres_values_fit(b->s->stmt);
    if (status != SCHEMAC_OK)
        return status;
    if (PQsendQueryPrepared(b->db->native, p->name, p->count, p->values, p->lengths,
                            p->formats, 1)
        == 0) {
        b->is_torn = true;
        return schemac__postgres_error(b->db, NULL);
    }
    return SCHEMAC_OK;
}

/* Up to `wanted` rows; b->count were sent.  Without its sync the server would keep its
 * answers, and we would wait for them. */
static enum schemac_status
send_batch(struct batch *b, size_t wanted)
{
    enum schemac_status status = SCHEMAC_OK;

    b->count = 0;
    while (b->count < wanted && status == SCHEMAC_OK) {
        status = send_row(b, b->rows + b->count * b->s->home->table->row_bytes);
        b->count += status == SCHEMAC_OK;
    }
    if (b->is_torn || PQpipelineSync(b->db->native) == 1)
        return status;
    b->is_torn = true;
    return status == SCHEMAC_OK ? schemac__postgres_error(b->db, NULL) : status;
}

/* The answer about row `i`. */
static enum schemac_status
take_answer(struct batch *b, size_t i, PGresult *result)
{
    struct postgres_statement *p = b->s->stmt->native;
    const ExecStatusType outcome = PQresultStatus(result);
    enum schemac_status status;

    if (outcome == PGRES_COMMAND_OK)
        return SCHEMAC_OK;
    if (outcome != PGRES_TUPLES_OK) {
        b->is_torn = PQresultErrorField(result, PG_DIAG_SQLSTATE) == NULL;
        return schemac__postgres_failed(b->s->stmt, result);
    }
    if (PQntuples(result) != 1)
        return schemac__row_gone(b->db, b->s->home->table);
    p->rows = result;
    p->row = 0;
    status = schemac__postgres_read_row(b->s->stmt,
                                        b->rows + i * b->s->home->table->row_bytes,
                                        &b->s->home->spare);
    p->rows = NULL; /* whoever took it clears it */
    return status;
}

/* NULL stands between the answers to two statements. */
static void
take_separator(struct batch *b)
{
    PGresult *result = PQgetResult(b->db->native);

    b->is_torn = b->is_torn || result != NULL;
    PQclear(result);
}

/* All answers up to the one for the sync, whatever happens: then the connection is free
 * again.  *failed: the first row whose answer was no. */
static enum schemac_status
take_answers(struct batch *b, size_t *failed)
{
    enum schemac_status status = SCHEMAC_OK;
    bool is_over = false;

    for (size_t i = 0; !is_over && !b->is_torn; i++) {
        PGresult *result = PQgetResult(b->db->native);

        is_over = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        b->is_torn = result == NULL;
        if (!is_over && status == SCHEMAC_OK) {
            status = take_answer(b, i, result);
            *failed = i;
        }
        PQclear(result);
        if (!is_over && !b->is_torn)
            take_separator(b);
    }
    if (b->is_torn && status == SCHEMAC_OK)
        status = schemac__fail(b->db, SCHEMAC_CONNECTION, "an answer is missing");
    return status;
}

/* Whoever waited for the rest might wait for ever. */
static void
give_up(struct batch *b)
{
    PGresult *result;

    schemac__postgres_cut_off(b->db);
    while ((result = PQgetResult(b->db->native)) != NULL)
        PQclear(result);
}

static enum schemac_status
run_batch(struct batch *b, size_t wanted, size_t *failed)
{
    enum schemac_status sent = send_batch(b, wanted);
    struct schemac__error why = b->db->error;
    enum schemac_status taken = b->is_torn ? SCHEMAC_OK : take_answers(b, failed);

    if (b->is_torn)
        give_up(b);
    if (taken != SCHEMAC_OK || sent == SCHEMAC_OK)
        return taken;
    *failed = b->count;
    schemac__error_restore(b->db, &why);
    return sent;
}

static enum schemac_status
run_batches(struct batch *b, size_t count, size_t *failed)
{
    for (size_t done = 0; done < count; done += BATCH_ROWS) {
        size_t wanted = count - done < BATCH_ROWS ? count - done : BATCH_ROWS;
        enum schemac_status status = run_batch(b, wanted, failed);

        *failed += done;
        if (status != SCHEMAC_OK)
            return status;
        b->rows += wanted * b->s->home->table->row_bytes;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
pipe_rows(struct row_writing *w)
{
    struct schemac_db *db = w->db;
    struct batch b = { .db = db, .s = w->s, .rows = w->rows };
    enum schemac_status status = schemac__postgres_ready(db);

    if (status == SCHEMAC_OK)
        status = schemac__postgres_statement_fresh(w->s->stmt);
    if (status != SCHEMAC_OK)
        return status;
    if (PQenterPipelineMode(db->native) == 0)
        return schemac__postgres_error(db, NULL);
    status = run_batches(&b, w->count, &w->failed);
    if (PQexitPipelineMode(db->native) == 0 && status == SCHEMAC_OK)
        status = schemac__postgres_error(db, NULL);
    return status;
}

/* ---- COPY ---- */

struct copy {
    struct schemac_db *db;
    struct row_plan *plan;
    struct postgres_slot *slots;
    char *buffer;
    size_t used;
};

static bool
is_binary(const struct schemac_table *table, const struct schemac_column *column,
          const struct postgres_slot *slot)
{
    if (column->codec != SCHEMAC_CODEC_ARRAY)
        return schemac__postgres_is_binary(column->codec, slot->wire);
    return table->arrays != NULL && table->arrays->postgres->is_binary(column, slot);
}

/* COPY has no other form. */
static bool
can_copy(const struct copy *c)
{
    for (size_t i = 0; i < c->plan->bound; i++)
        if (!is_binary(c->plan->table, c->plan->fields[i].column, &c->slots[i]))
            return false;
    return c->plan->bound > 0;
}

static enum schemac_status
flush(struct copy *c)
{
    int sent = PQputCopyData(c->db->native, c->buffer, (int)c->used);

    c->used = 0;
    return sent == 1 ? SCHEMAC_OK : schemac__postgres_error(c->db, NULL);
}

static enum schemac_status
put(struct copy *c, const char *bytes, size_t len)
{
    enum schemac_status status = SCHEMAC_OK;

    while (len > 0 && status == SCHEMAC_OK) {
        size_t room = BUFFER_BYTES - c->used;
        size_t part = len < room ? len : room;

        memcpy(c->buffer + c->used, bytes, part);
        c->used += part;
        bytes += part;
        len -= part;
        if (c->used == BUFFER_BYTES)
            status = flush(c);
    }
    return status;
}

/* Room for `bytes` in one piece. */
static enum schemac_status
make_room(struct copy *c, size_t bytes)
{
    return BUFFER_BYTES - c->used < bytes ? flush(c) : SCHEMAC_OK;
}

/* A number of 2 or 4 bytes. */
static inline enum schemac_status
put_number(struct copy *c, uint32_t v, int bytes)
{
    enum schemac_status status = make_room(c, LENGTH_BYTES);

    if (status != SCHEMAC_OK)
        return status;
    schemac__wire_put(c->buffer + c->used, v, bytes);
    c->used += (size_t)bytes;
    return SCHEMAC_OK;
}

/* A number that is the same bits here and there. */
static enum schemac_status
put_bits(struct copy *c, const char *field, int bytes)
{
    enum schemac_status status = make_room(c, LENGTH_BYTES + WIRE_FIXED_BYTES);
    char *to = c->buffer + c->used;

    if (status != SCHEMAC_OK)
        return status;
    schemac__wire_put(to, (uint64_t)bytes, LENGTH_BYTES);
    postgres_bits_put(to + LENGTH_BYTES, field, bytes);
    c->used += LENGTH_BYTES + (size_t)bytes;
    return SCHEMAC_OK;
}

static enum schemac_status
put_field(struct copy *c, struct field_out *f, const char *field)
{
    enum schemac_status status;
    int bytes = postgres_bits_of(f->place.column, f->slot->wire);

    if (bytes != 0 && !row_is_unset(f->place.column, field))
        return put_bits(c, field, bytes);
    status = schemac__postgres_field_out(f, field);
    if (status != SCHEMAC_OK)
        return status;
    if (f->value == NULL)
        return put_number(c, UINT32_MAX, LENGTH_BYTES); /* -1 is NULL */
    status = put_number(c, (uint32_t)f->len, LENGTH_BYTES);
    return status == SCHEMAC_OK ? put(c, f->value, (size_t)f->len) : status;
}

static enum schemac_status
put_row(struct copy *c, const char *row)
{
    struct field_out f = { .place = { .db = c->db, .table = c->plan->table },
                           .keeps = true };
    enum schemac_status status =
        put_number(c, (uint32_t)c->plan->bound, FIELD_COUNT_BYTES);

    for (size_t i = 0; i < c->plan->bound && status == SCHEMAC_OK; i++) {
        f.place.column = c->plan->fields[i].column;
        f.slot = &c->slots[i];
        status = put_field(c, &f, row + f.place.column->offset);
    }
    return status;
}

/* The head and the end of what COPY takes (SQL COPY, "Binary Format"). */
static const char copy_head[] = "PGCOPY\n\377\r\n\0"
                                "\0\0\0\0"  /* flags */
                                "\0\0\0\0"; /* length of what follows in the head */

static enum schemac_status
put_rows(struct copy *c, const char *rows, size_t count, size_t *failed)
{
    enum schemac_status status = put(c, copy_head, sizeof copy_head - 1);

    for (size_t i = 0; i < count && status == SCHEMAC_OK; i++) {
        *failed = i;
        status = put_row(c, rows + i * c->plan->table->row_bytes);
    }
    if (status == SCHEMAC_OK)
        status = put_number(c, UINT16_MAX, FIELD_COUNT_BYTES);
    return status == SCHEMAC_OK && c->used > 0 ? flush(c) : status;
}

/* "COPY vehicles, line 12, column id": the line, in whatever language; 0: not said. */
static size_t
line_of(const char *context, const char *table)
{
    size_t len = strlen(table);

    if (strncmp(context, "COPY ", 5) != 0 || strncmp(context + 5, table, len) != 0
        || context[5 + len] != ',')
        return 0;
    context += 5 + len;
    return strtoul(context + strcspn(context, "0123456789\n"), NULL, 10);
}

/*
 * The row that the server was at.  Where it was in a trigger, that stands in lines of the
 * context before.  Foreign keys, and triggers behind rows, come when all rows are read:
 * of those it does not say the row.
 */
static size_t
failed_row(const PGresult *result, const struct schemac_table *table)
{
    const char *context = PQresultErrorField(result, PG_DIAG_CONTEXT);
    size_t line = 0;

    while (context != NULL && *context != '\0') {
        size_t found = line_of(context, table->name);

        line = found > 0 ? found : line;
        context = strchr(context, '\n');
        context += context != NULL;
    }
    return line > 0 ? line - 1 : ROW_UNKNOWN;
}

/* Ends the COPY; a status that is not OK makes the server forget the rows. */
static enum schemac_status
end_copy(struct copy *c, enum schemac_status status, size_t *failed)
{
    struct schemac__error why = c->db->error;
    PGresult *result;
    bool is_first = true;

    if (PQputCopyEnd(c->db->native, status == SCHEMAC_OK ? NULL : "a row cannot be sent")
        != 1) {
        if (status == SCHEMAC_OK)
            status = schemac__postgres_error(c->db, NULL);
        why = c->db->error;
        schemac__postgres_cut_off(c->db);
    }
    while ((result = PQgetResult(c->db->native)) != NULL) {
        if (is_first && status == SCHEMAC_OK
            && PQresultStatus(result) != PGRES_COMMAND_OK) {
            status = schemac__postgres_error(c->db, result);
            why = c->db->error;
            *failed = failed_row(result, c->plan->table);
        }
        is_first = false;
        PQclear(result);
    }
    if (status != SCHEMAC_OK)
        schemac__error_restore(c->db, &why);
    return status;
}

static enum schemac_status
begin_copy(struct copy *c)
{
    static const struct row_pattern pattern = {
        "COPY %t (%c) FROM STDIN (FORMAT binary)", NULL
    };
    const struct row_request request = { .plan = c->plan, .pattern = &pattern };
    char *sql = schemac__row_sql(&schemac__postgres_rows, &request);
    enum schemac_status status = SCHEMAC_OK;
    PGresult *result;

    if (sql == NULL)
        return schemac__no_memory(c->db);
    result = PQexec(c->db->native, sql);
    if (PQresultStatus(result) != PGRES_COPY_IN)
        status = schemac__postgres_error(c->db, result);
    PQclear(result);
    schemac__free(sql);
    return status;
}

static enum schemac_status
copy_rows(struct copy *c, const void *rows, size_t count, size_t *failed)
{
    enum schemac_status status;

    c->buffer = schemac__alloc(BUFFER_BYTES);
    if (c->buffer == NULL)
        return schemac__no_memory(c->db);
    status = begin_copy(c);
    if (status == SCHEMAC_OK)
        status = end_copy(c, put_rows(c, rows, count, failed), failed);
    schemac__free(c->buffer);
    return status;
}

/*
 * COPY takes bytes for whatever the column is: 8 bytes of a number would become a wrong
 * double where another session has changed the type.  So the statement is prepared anew,
 * which tells the types, and keeps the table as it is until the transaction ends.
 */
static enum schemac_status
copy_if_binary(struct row_writing *w, bool *is_copied)
{
    struct postgres_statement *p = w->s->stmt->native;
    struct copy c = {
        .db = w->db, .plan = w->s->stmt->plan, .slots = p->slots
    };
    enum schemac_status status;

    *is_copied = false;
    if (!can_copy(&c))
        return SCHEMAC_OK;
    p->is_outdated = true;
    status = schemac__postgres_statement_fresh(w->s->stmt);
    *is_copied = status == SCHEMAC_OK && can_copy(&c);
    return *is_copied ? copy_rows(&c, w->rows, w->count, &w->failed) : status;
}

enum schemac_status
schemac__postgres_write_many(struct row_writing *w)
{
    enum row_op op = row_op_of(w->s->form);
    bool is_copied = false;
    enum schemac_status status = SCHEMAC_OK;

    if (op == ROW_INSERT && w->count >= COLUMNS_ROWS_MIN && !w->is_told_apart
        && schemac__postgres_insert_columns(w, &status))
        return status;
    if (op == ROW_LOAD && w->count >= COPY_ROWS_MIN)
        status = copy_if_binary(w, &is_copied);
    return status == SCHEMAC_OK && !is_copied ? pipe_rows(w) : status;
}
