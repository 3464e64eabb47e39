/*
 * Values of a statement of the program's own SQL on PostgreSQL: all travel as text but
 * bytes on their way there, so that the server finds out what they mean.
 */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/postgres_stmt.h"

#define NUMBER_BYTES 40 /* of an integer, or a double with 17 digits */
#define BOOL_OID 16     /* of pg_type, in every server */

/* ---- parameters ---- */

/* A copy of the value to parameter `at`, from 1; bytes NULL: SQL NULL. */
static enum schemac_status
bind_copy(struct schemac_stmt *stmt, int at, const void *bytes, size_t len, int format)
{
    struct postgres_statement *s = stmt->native;
    char *copy;

    if (at < 1 || at > s->count)
        return schemac__fail(stmt->db, SCHEMAC_MISUSE, "there is no parameter %d", at);
    if (len > INT_MAX - 1)
        return schemac__fail(stmt->db, SCHEMAC_CHECK, "a value is longer than 2 GiB");
    s->values[at - 1] = NULL;
    s->lengths[at - 1] = 0;
    if (bytes == NULL)
        return SCHEMAC_OK;
    copy = schemac__postgres_slot_room(stmt->db, &s->slots[at - 1], len + 1);
    if (copy == NULL)
        return SCHEMAC_NO_MEMORY;
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    s->values[at - 1] = copy;
    s->lengths[at - 1] = (int)len;
    s->formats[at - 1] = format;
    return SCHEMAC_OK;
}

static enum schemac_status
bind_null(struct schemac_stmt *stmt, int at)
{
    return bind_copy(stmt, at, NULL, 0, 0);
}

static enum schemac_status
bind_int64(struct schemac_stmt *stmt, int at, int64_t v)
{
    char text[NUMBER_BYTES];
    int len = snprintf(text, sizeof text, "%" PRId64, v);

    return bind_copy(stmt, at, text, (size_t)len, 0);
}

static enum schemac_status
bind_double(struct schemac_stmt *stmt, int at, double v)
{
    char text[NUMBER_BYTES];
    int len = snprintf(text, sizeof text, "%.17g", v);

    return bind_copy(stmt, at, text, (size_t)len, 0);
}

static enum schemac_status
bind_text(struct schemac_stmt *stmt, int at, struct schemac_text v)
{
    if (v.ptr != NULL && memchr(v.ptr, '\0', v.len) != NULL)
        return schemac__fail(stmt->db, SCHEMAC_DECODE,
                             "PostgreSQL keeps no text with a zero byte");
    return bind_copy(stmt, at, v.ptr, v.len, 0);
}

static enum schemac_status
bind_bytes(struct schemac_stmt *stmt, int at, struct schemac_bytes v)
{
    return bind_copy(stmt, at, v.ptr, v.len, 1);
}

/* ---- columns ---- */

static int
column_count(const struct schemac_stmt *stmt)
{
    const struct postgres_statement *s = stmt->native;

    return PQnfields(s->shape);
}

static const char *
column_name(const struct schemac_stmt *stmt, int at)
{
    const struct postgres_statement *s = stmt->native;

    return PQfname(s->shape, at);
}

/* NULL for SQL NULL, and where there is no such column or no row. */
static const char *
value_of(const struct schemac_stmt *stmt, int at)
{
    const struct postgres_statement *s = stmt->native;

    if (s->rows == NULL || at < 0 || at >= PQnfields(s->rows)
        || PQgetisnull(s->rows, s->row, at) == 1)
        return NULL;
    return PQgetvalue(s->rows, s->row, at);
}

static bool
column_is_null(struct schemac_stmt *stmt, int at)
{
    return value_of(stmt, at) == NULL;
}

static int64_t
column_int64(struct schemac_stmt *stmt, int at)
{
    const struct postgres_statement *s = stmt->native;
    const char *text = value_of(stmt, at);

    if (text == NULL)
        return 0;
    if (PQftype(s->rows, at) == BOOL_OID)
        return text[0] == 't';
    return strtoll(text, NULL, 10);
}

static double
column_double(struct schemac_stmt *stmt, int at)
{
    const char *text = value_of(stmt, at);

    return text == NULL ? 0 : strtod(text, NULL);
}

static struct schemac_text
column_text(struct schemac_stmt *stmt, int at)
{
    return schemac_text(value_of(stmt, at));
}

static struct schemac_bytes
column_bytes(struct schemac_stmt *stmt, int at)
{
    struct postgres_statement *s = stmt->native;
    const char *text = value_of(stmt, at);
    struct schemac_bytes bytes = { NULL, 0 };

    if (text == NULL)
        return bytes;
    PQfreemem(s->unescaped);
    s->unescaped = PQunescapeBytea((const unsigned char *)text, &bytes.len);
    bytes.ptr = s->unescaped;
    return bytes;
}

const struct schemac__values schemac__postgres_values = {
    .bind_null = bind_null,
    .bind_int64 = bind_int64,
    .bind_double = bind_double,
    .bind_text = bind_text,
    .bind_bytes = bind_bytes,
    .column_count = column_count,
    .column_name = column_name,
    .column_is_null = column_is_null,
    .column_int64 = column_int64,
    .column_double = column_double,
    .column_text = column_text,
    .column_bytes = column_bytes,
};
