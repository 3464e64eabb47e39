/*
 * PostgreSQL's part of the row layer: whole rows, and how their columns are asked for.
 * Single fields: postgres_out.c, postgres_in.c.
 *
 * What the row layer calls text but the server calls otherwise (numeric of 30 digits) is
 * asked for as ::text.
 */
#include <string.h>

#include "runtime/postgres_bits.h"
#include "runtime/postgres_rows.h"

/* ---- binding and reading ---- */

/* By schemac__postgres_field_out or schemac__postgres_plain_out, to parameter `at`, from
 * 0. */
static SCHEMAC__APART enum schemac_status
bind_with_care(struct schemac_stmt *stmt, const struct row_place *place, int at,
               enum schemac_status (*out)(struct field_out *f, const void *value),
               const void *value, bool keeps)
{
    struct postgres_statement *s = stmt->native;
    struct field_out f = { .place = *place, .slot = &s->slots[at], .keeps = keeps };
    enum schemac_status status = out(&f, value);

    s->values[at] = status == SCHEMAC_OK ? f.value : NULL;
    s->lengths[at] = f.len;
    s->formats[at] = f.format;
    return status;
}

static enum schemac_status
rows_bind(struct schemac_stmt *stmt, const void *row, bool copies)
{
    const struct row_plan *plan = stmt->plan;
    struct row_place place = { .db = stmt->db, .table = plan->table };
    struct postgres_statement *s = stmt->native;
    enum schemac_status status = schemac__postgres_statement_fresh(stmt);

    if (status != SCHEMAC_OK)
        return status;
    for (size_t i = 0; i < plan->bound; i++) {
        const struct schemac_column *c = plan->fields[i].column;
        const char *field = (const char *)row + c->offset;
        struct postgres_slot *slot = &s->slots[i];
        int bytes = postgres_bits_of(c, slot->wire);

        if (bytes != 0 && (c->flags & SCHEMAC_COLUMN_NULLABLE) == 0) {
            postgres_bits_put(slot->fixed, field, bytes);
            s->values[i] = slot->fixed;
            s->lengths[i] = bytes;
            s->formats[i] = 1;
            continue;
        }
        place.column = c;
        status = bind_with_care(stmt, &place, (int)i, schemac__postgres_field_out, field,
                                !copies);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_bind_value(struct schemac_stmt *stmt, size_t column, int at, const void *value)
{
    const struct schemac_table *table = stmt->plan->table;
    const struct row_place place = { stmt->db, table, &table->columns[column] };

    return bind_with_care(stmt, &place, at - 1, schemac__postgres_plain_out, value,
                          false);
}

static enum schemac_status
rows_next(struct schemac_stmt *stmt, void *row, struct schemac_arena *into)
{
    enum schemac_status status = schemac__postgres_step(stmt);

    if (status != SCHEMAC_ROW)
        return status;
    status = schemac__postgres_read_row(stmt, row, into);
    return status == SCHEMAC_OK ? SCHEMAC_ROW : status;
}

/* "a, b" */
static void
list_columns(const struct schemac_table *table, const struct schemac_key *key, char *to,
             size_t size)
{
    for (size_t i = 0; i < key->column_count; i++) {
        const char *name = table->columns[key->columns[i]].name;

        schemac__append(to, size, ", ", i == 0 ? 0 : 2);
        schemac__append(to, size, name, strlen(name));
    }
}

/* The server says which constraint it was. */
static void
rows_name_key(struct schemac__error *e, const struct schemac_table *table)
{
    for (size_t i = 0; i < table->key_count && e->column[0] == '\0'; i++)
        if (e->constraint[0] != '\0' && strcmp(e->constraint, table->keys[i].name) == 0)
            list_columns(table, &table->keys[i], e->column, sizeof e->column);
}

/* ---- what is asked for ---- */

#define TYPE_WORD_BYTES 10 /* "character" */

/* Types whose binary form is their text (jsonb: behind a byte), by the first word that
 * declares them. */
static const char text_types[][TYPE_WORD_BYTES] = {
    "text",   "character", "char", "varchar", "bpchar",
    "citext", "name",      "json", "string",  "jsonb",
};

/* Is it one of these, or an array of them? */
static bool
is_named(const struct schemac_column *column, const char *name)
{
    size_t word = strcspn(column->type, " ([");

    return strlen(name) == word && strncmp(column->type, name, word) == 0;
}

static bool
is_text(const struct schemac_column *column)
{
    for (size_t i = 0; i < sizeof text_types / sizeof *text_types; i++)
        if (is_named(column, text_types[i]))
            return true;
    return false;
}

/*
 * A cast to text of an address shows the mask of a single one, too; abbrev() is what the
 * server displays.  The text of an array has what it displays of each item.
 */
static const char *
rows_read_as(const struct schemac_column *column)
{
    if (column->codec == SCHEMAC_CODEC_ARRAY && column->element == SCHEMAC_CODEC_TEXT
        && !is_text(column))
        return "%m::text::text[]";
    if (column->codec != SCHEMAC_CODEC_TEXT)
        return "%m";
    if ((column->flags & SCHEMAC_COLUMN_INET) != 0)
        return "pg_catalog.abbrev(%m)";
    return is_text(column) && strchr(column->type, '[') == NULL ? "%m" : "%m::text";
}

/* A bigint. */
static int64_t
rows_read_count(struct schemac_stmt *stmt)
{
    const struct postgres_statement *s = stmt->native;

    return (int64_t)schemac__wire_get(PQgetvalue(s->rows, s->row, 0), 8);
}

static void
rows_prepared(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;

    s->is_binary = true;
}

static bool
rows_is_outdated(const struct schemac_stmt *stmt)
{
    const struct postgres_statement *s = stmt->native;

    return s->is_outdated || s->connection == NOWHERE;
}

static void
rows_stream(struct schemac_stmt *stmt)
{
    struct postgres_statement *s = stmt->native;

    s->streams = true;
}

const struct schemac__row_driver schemac__postgres_rows = {
    .placeholder = '$',
    .has_schemas = true,
    .name_key = rows_name_key,
    .bind = rows_bind,
    .bind_value = rows_bind_value,
    .read = schemac__postgres_read_row,
    .next = rows_next,
    .is_listed = " = ANY(%p)",
    .read_count = rows_read_count,
    .read_as = rows_read_as,
    .prepared = rows_prepared,
    .stream = rows_stream,
    .is_outdated = rows_is_outdated,
};
