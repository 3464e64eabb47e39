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

static enum schemac_status
bind(struct postgres_statement *s, int at, struct field_out *f,
     enum schemac_status status)
{
    s->values[at] = status == SCHEMAC_OK ? f->value : NULL;
    s->lengths[at] = f->len;
    s->formats[at] = f->format;
    return status;
}

static SCHEMAC__APART enum schemac_status
bind_with_care(struct schemac_stmt *stmt, const struct schemac_table *table,
               const struct schemac_column *column, int at, const void *field,
               bool keeps)
{
    struct postgres_statement *s = stmt->native;
    struct field_out f = {
        .place = { stmt->db, table, column },
        .slot = &s->slots[at],
        .keeps = keeps,
    };

    return bind(s, at, &f, schemac__postgres_field_out(&f, field));
}

static enum schemac_status
rows_bind(struct schemac_stmt *stmt, const struct schemac_table *table,
          struct row_columns columns, const void *row, bool copies)
{
    struct postgres_statement *s = stmt->native;
    enum schemac_status status = schemac__postgres_statement_fresh(stmt);

    if (status != SCHEMAC_OK)
        return status;
    for (size_t i = 0; i < columns.count; i++) {
        const struct schemac_column *c = &table->columns[row_column_at(columns, i)];
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
        status = bind_with_care(stmt, table, c, (int)i, field, !copies);
        if (status != SCHEMAC_OK)
            return status;
    }
    return SCHEMAC_OK;
}

static enum schemac_status
rows_bind_value(struct schemac_stmt *stmt, const struct schemac_table *table,
                size_t column, int at, const void *value)
{
    struct postgres_statement *s = stmt->native;
    struct field_out f = {
        .place = { stmt->db, table, &table->columns[column] },
        .slot = &s->slots[at - 1],
    };

    return bind(s, at - 1, &f, schemac__postgres_plain_out(&f, value));
}

static enum schemac_status
rows_next(struct schemac_stmt *stmt, const struct schemac_table *table, void *row,
          struct schemac_arena *into)
{
    enum schemac_status status = schemac__postgres_step(stmt);

    if (status != SCHEMAC_ROW)
        return status;
    status = schemac__postgres_read_row(stmt, table, row_all_columns(table), row, into);
    return status == SCHEMAC_OK ? SCHEMAC_ROW : status;
}

/* ---- what is asked for ---- */

/* Types whose binary form is their text, by the first word that declares them. */
static const char *const text_types[] = { "text",    "character", "char",
                                          "varchar", "bpchar",    "citext",
                                          "name",    "json",      "string" };

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
    return is_named(column, "jsonb");
}

/*
 * A cast to text of an address shows the mask of a single one, too; abbrev() is what the
 * server displays.  The text of an array has what it displays of each item.
 */
static struct row_reading
rows_read_as(const struct schemac_column *column)
{
    if (column->codec == SCHEMAC_CODEC_ARRAY && column->element == SCHEMAC_CODEC_TEXT
        && !is_text(column))
        return (struct row_reading){ "", "::text::text[]" };
    if (column->codec != SCHEMAC_CODEC_TEXT)
        return (struct row_reading){ "", "" };
    if ((column->flags & SCHEMAC_COLUMN_INET) != 0)
        return (struct row_reading){ "pg_catalog.abbrev(", ")" };
    return (struct row_reading){
        "", is_text(column) && strchr(column->type, '[') == NULL ? "" : "::text"
    };
}

static void
rows_will_be_read(struct schemac_stmt *stmt)
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
    .bind = rows_bind,
    .bind_value = rows_bind_value,
    .read = schemac__postgres_read_row,
    .next = rows_next,
    .is_listed = " = ANY($1)",
    .read_as = rows_read_as,
    .will_be_read = rows_will_be_read,
    .stream = rows_stream,
    .is_outdated = rows_is_outdated,
    .insert_many = schemac__postgres_insert_many,
    .load = schemac__postgres_load,
};
