/*
 * The hand-written side on PostgreSQL: PQexecPrepared in binary, COPY … BINARY by the
 * buffer.
 */
#include <endian.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define COLUMNS "id, device, value, amount, label, note"
#define BUFFER_BYTES ((size_t)64 * 1024)

bool
hand_postgres_prepare_get(struct work *w)
{
    static const char sql[] = "SELECT " COLUMNS " FROM readings WHERE id = $1";
    PGresult *result = PQprepare(schemac_native(w->db), "by_hand", sql, 1, NULL);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;

    PQclear(result);
    return ok;
}

static int64_t
int64_at(const PGresult *result, int column)
{
    uint64_t v;

    memcpy(&v, PQgetvalue(result, 0, column), sizeof v);
    return (int64_t)be64toh(v);
}

static double
double_at(const PGresult *result, int column)
{
    int64_t bits = int64_at(result, column);
    double v;

    memcpy(&v, &bits, sizeof v);
    return v;
}

static int32_t
int32_at(const PGresult *result, int column)
{
    uint32_t v;

    memcpy(&v, PQgetvalue(result, 0, column), sizeof v);
    return (int32_t)be32toh(v);
}

/* Room for a text of any length, used again for the next row. */
struct room {
    char *ptr;
    size_t size;
};

static bool
grow(struct room *room, size_t size)
{
    char *grown = realloc(room->ptr, size);

    if (grown == NULL)
        return false;
    *room = (struct room){ grown, size };
    return true;
}

/* A copy, as the result is cleared before the row is used. */
static bool
text_at(const PGresult *result, int column, struct room *room, struct schemac_text *to)
{
    size_t len = (size_t)PQgetlength(result, 0, column);

    *to = (struct schemac_text){ NULL, 0 };
    if (PQgetisnull(result, 0, column))
        return true;
    if (room->size < len + 1 && !grow(room, len + 1))
        return false;
    memcpy(room->ptr, PQgetvalue(result, 0, column), len + 1);
    *to = (struct schemac_text){ room->ptr, len };
    return true;
}

static bool
get(PGconn *connection, int64_t id, struct bench_readings *row, struct room rooms[2])
{
    uint64_t wire = htobe64((uint64_t)id);
    const char *values[] = { (const char *)&wire };
    const int lengths[] = { (int)sizeof wire }, formats[] = { 1 };
    PGresult *result =
        PQexecPrepared(connection, "by_hand", 1, values, lengths, formats, 1);
    bool ok = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;

    if (ok) {
        row->id = int64_at(result, 0);
        row->device = int32_at(result, 1);
        row->value = double_at(result, 2);
        row->amount = int64_at(result, 3);
        ok = text_at(result, 4, &rooms[0], &row->label)
             && text_at(result, 5, &rooms[1], &row->note);
    }
    PQclear(result);
    return ok;
}

bool
hand_postgres_get(struct work *w)
{
    struct room rooms[2] = { { NULL, 0 }, { NULL, 0 } };
    bool ok = true;

    for (size_t i = 0; ok && i < w->count; i++) {
        struct bench_readings row;

        ok = get(schemac_native(w->db), (int64_t)(i * 7919 % w->count), &row, rooms);
        w->sum += ok ? sum_of(&row) : 0;
    }
    free(rooms[0].ptr);
    free(rooms[1].ptr);
    return ok;
}

/* ---- COPY ---- */

struct buffer {
    char bytes[BUFFER_BYTES];
    size_t len;
};

static void
put_16(struct buffer *b, uint16_t v)
{
    uint16_t wire = htobe16(v);

    memcpy(b->bytes + b->len, &wire, sizeof wire);
    b->len += sizeof wire;
}

static void
put_32(struct buffer *b, uint32_t v)
{
    uint32_t wire = htobe32(v);

    memcpy(b->bytes + b->len, &wire, sizeof wire);
    b->len += sizeof wire;
}

static void
put_64(struct buffer *b, uint64_t v)
{
    uint64_t wire = htobe64(v);

    put_32(b, sizeof wire);
    memcpy(b->bytes + b->len, &wire, sizeof wire);
    b->len += sizeof wire;
}

static void
put_text(struct buffer *b, struct schemac_text t)
{
    put_32(b, t.ptr == NULL ? UINT32_MAX : (uint32_t)t.len);
    if (t.ptr == NULL)
        return;
    memcpy(b->bytes + b->len, t.ptr, t.len);
    b->len += t.len;
}

static void
put_row(struct buffer *b, const struct bench_readings *row)
{
    uint64_t bits;

    memcpy(&bits, &row->value, sizeof bits);
    put_16(b, 6);
    put_64(b, (uint64_t)row->id);
    put_32(b, sizeof row->device);
    put_32(b, (uint32_t)row->device);
    put_64(b, bits);
    put_64(b, (uint64_t)row->amount);
    put_text(b, row->label);
    put_text(b, row->note);
}

static bool
copy_rows(PGconn *connection, const struct bench_readings *rows, size_t count)
{
    static const char begin[19] = "PGCOPY\n\377\r\n\0";
    static struct buffer b;
    bool ok = true;

    b.len = sizeof begin;
    memcpy(b.bytes, begin, sizeof begin);
    for (size_t i = 0; ok && i < count; i++) {
        size_t room = 64 + rows[i].label.len + rows[i].note.len;

        if (b.len + room > sizeof b.bytes) {
            ok = PQputCopyData(connection, b.bytes, (int)b.len) == 1;
            b.len = 0;
        }
        put_row(&b, &rows[i]);
    }
    put_16(&b, UINT16_MAX);
    return ok && PQputCopyData(connection, b.bytes, (int)b.len) == 1
           && PQputCopyEnd(connection, NULL) == 1;
}

static bool
command(PGconn *connection, const char *sql, ExecStatusType wanted)
{
    PGresult *result = PQexec(connection, sql);
    bool ok = PQresultStatus(result) == wanted;

    PQclear(result);
    return ok;
}

static bool
end_copy(PGconn *connection)
{
    bool ok = true;

    for (PGresult *result; (result = PQgetResult(connection)) != NULL; PQclear(result))
        ok = ok && PQresultStatus(result) == PGRES_COMMAND_OK;
    return ok;
}

bool
hand_postgres_load(struct work *w)
{
    static const char sql[] = "COPY readings (" COLUMNS ") FROM STDIN (FORMAT binary)";
    PGconn *connection = schemac_native(w->db);

    return command(connection, "BEGIN", PGRES_COMMAND_OK)
           && command(connection, sql, PGRES_COPY_IN)
           && copy_rows(connection, w->rows, w->count) && end_copy(connection)
           && command(connection, "COMMIT", PGRES_COMMAND_OK);
}
