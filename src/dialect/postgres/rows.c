/*
 * Initial rows.  A row is inserted where it is not there yet: by its key where it has
 * one, else where no row has the same constants.
 */
#include "dialect/postgres/postgres.h"

#define NOTED_NUMBER "schemac.last_number" /* a setting of the transaction */

static bool
is_default(const struct expr *e)
{
    return e->kind == EXPR_DEFAULT;
}

static bool
needs_overriding(const struct initial_rows *rows)
{
    VEC_EACH (i, &rows->columns.all) {
        const struct column *c =
            table_find_column(rows->table, rows->columns.all.items[i]);

        if (c != NULL && c->identity == IDENTITY_ALWAYS)
            return true;
    }
    return false;
}

/* Columns whose value is DEFAULT are left to it. */
static void
write_columns(struct sqlw *w, const struct initial_rows *rows,
              const struct initial_row *row)
{
    bool first = true;

    sqlw_open(w);
    VEC_EACH (i, &row->values) {
        if (is_default(row->values.items[i]))
            continue;
        if (!first)
            sqlw_comma(w);
        first = false;
        sqlw_ident(w, rows->columns.all.items[i]);
    }
    sqlw_close(w);
}

static void
write_values(struct sqlw *w, const struct initial_row *row)
{
    bool first = true;

    VEC_EACH (i, &row->values) {
        if (is_default(row->values.items[i]))
            continue;
        if (!first)
            sqlw_comma(w);
        first = false;
        sqlw_expr(w, row->values.items[i]);
    }
}

static bool
is_all_default(const struct initial_row *row)
{
    VEC_EACH (i, &row->values)
        if (!is_default(row->values.items[i]))
            return false;
    return true;
}

static void
write_on_conflict(struct sqlw *w, const struct initial_rows *rows,
                  const struct initial_row *row)
{
    sqlw_kw(w, "VALUES");
    sqlw_open(w);
    write_values(w, row);
    sqlw_close(w);
    sqlw_kw(w, "ON CONFLICT");
    sqlw_idents(w, rows->key.all.items, rows->key.all.count);
    sqlw_kw(w, "DO NOTHING");
}

/* now() is another value each time: only constants can tell a row, those of the key where
 * it has one. */
static void
write_same_constants(struct sqlw *w, const struct initial_rows *rows,
                     const struct initial_row *row)
{
    bool first = true;

    VEC_EACH (i, &row->values) {
        struct slice column = rows->columns.all.items[i];

        if (!expr_is_constant(row->values.items[i])
            || (rows->key.all.count > 0 && !slices_have(&rows->key, column)))
            continue;
        sqlw_kw(w, first ? "WHERE" : "AND");
        first = false;
        sqlw_ident(w, column);
        sqlw_kw(w, "IS NOT DISTINCT FROM");
        sqlw_expr(w, row->values.items[i]);
    }
}

static void
write_where_not_exists(struct sqlw *w, const struct initial_rows *rows,
                       const struct initial_row *row)
{
    sqlw_kw(w, "SELECT");
    write_values(w, row);
    sqlw_kw(w, "WHERE NOT EXISTS");
    sqlw_open(w);
    sqlw_kw(w, "SELECT 1 FROM");
    sqlw_qualified(w, rows->table->schema, rows->table->name);
    write_same_constants(w, rows, row);
    sqlw_close(w);
}

static struct slice
insert_row(struct session *s, const struct initial_rows *rows, size_t at, bool has_key)
{
    const struct initial_row *row = &rows->rows.items[at];
    struct postgres_statement st;
    struct sqlw *w = &st.w;

    postgres_begin(s, &st);
    sqlw_kw(w, "INSERT INTO");
    sqlw_qualified(w, rows->table->schema, rows->table->name);
    if (is_all_default(row)) {
        sqlw_kw(w, "DEFAULT VALUES");
        return postgres_end(&st);
    }
    write_columns(w, rows, row);
    if (needs_overriding(rows))
        sqlw_kw(w, "OVERRIDING SYSTEM VALUE");
    if (has_key)
        write_on_conflict(w, rows, row);
    else
        write_where_not_exists(w, rows, row);
    return postgres_end(&st);
}

struct slice
postgres_insert_row(struct session *s, const struct initial_rows *rows, size_t at)
{
    return insert_row(s, rows, at, rows->key.all.count > 0);
}

void
postgres_write_sequence_of(struct session *s, struct sqlw *w, const struct table *t,
                           const struct column *c)
{
    struct postgres_statement name;

    postgres_begin(s, &name);
    sqlw_qualified(&name.w, t->schema, t->name);
    sqlw_kw(w, "pg_get_serial_sequence(");
    w->need_blank = false;
    sqlw_string(w, postgres_end(&name));
    sqlw_comma(w);
    sqlw_string(w, c->name);
    sqlw_close(w);
}

/* WHERE the number is one that the sequence of the column may be set to. */
static void
write_bounds(struct sqlw *w, const struct column *c)
{
    struct sequence q = numbering_of(c->numbering);

    q.type = c->type;
    sqlw_kw(w, "WHERE at BETWEEN");
    sqlw_number(w, sequence_lowest(&q));
    sqlw_kw(w, "AND");
    sqlw_number(w, sequence_highest(&q));
}

struct slice
postgres_note_number(struct session *s, const struct table *t, const struct column *c)
{
    struct postgres_statement st;
    struct sqlw *w = &st.w;

    postgres_begin(s, &st);
    sqlw_kw(w, "SELECT set_config(");
    w->need_blank = false;
    sqlw_string(w, SLICE(NOTED_NUMBER));
    sqlw_comma(w);
    sqlw_kw(w, "coalesce((SELECT at FROM pg_sequence_last_value(");
    w->need_blank = false;
    postgres_write_sequence_of(s, w, t, c);
    w->need_blank = false;
    sqlw_kw(w, "::regclass) AS at");
    write_bounds(w, c);
    w->need_blank = false;
    sqlw_kw(w, ")::text, ''), true)");
    return postgres_end(&st);
}

/* One number of the sequence is used up, which costs nothing; it never goes back. */
struct slice
postgres_catch_up(struct session *s, const struct table *t, const struct column *c,
                  bool is_noted)
{
    bool descends = numbering_of(c->numbering).increment < 0;
    struct postgres_statement st;
    struct sqlw *w = &st.w;

    postgres_begin(s, &st);
    sqlw_kw(w, "SELECT setval(");
    w->need_blank = false;
    postgres_write_sequence_of(s, w, t, c);
    sqlw_comma(w);
    sqlw_kw(w, descends ? "least(nextval(" : "greatest(nextval(");
    w->need_blank = false;
    postgres_write_sequence_of(s, w, t, c);
    sqlw_close(w);
    sqlw_comma(w);
    if (is_noted)
        sqlw_kw(w, "nullif(current_setting('" NOTED_NUMBER "'), '')::bigint,");
    sqlw_kw(w, descends ? "(SELECT min(" : "(SELECT max(");
    w->need_blank = false;
    sqlw_ident(w, c->name);
    sqlw_close(w);
    sqlw_kw(w, "FROM");
    sqlw_qualified(w, t->schema, t->name);
    sqlw_close(w);
    sqlw_close(w);
    sqlw_close(w);
    return postgres_end(&st);
}

static void
catch_up_sequences(struct session *s, const struct initial_rows *rows, struct action *to)
{
    VEC_EACH (i, &rows->columns.all) {
        const struct column *c =
            table_find_column(rows->table, rows->columns.all.items[i]);

        if (c != NULL && c->identity != IDENTITY_NONE)
            VEC_PUSH(&s->arena, &to->sql, postgres_catch_up(s, rows->table, c, false));
    }
}

void
postgres_add_rows(struct session *s, const struct initial_rows *rows, bool key_stands,
                  struct action *to)
{
    bool has_key = key_stands && rows->key.all.count > 0;

    VEC_EACH (i, &rows->rows)
        VEC_PUSH(&s->arena, &to->sql, insert_row(s, rows, i, has_key));
    catch_up_sequences(s, rows, to);
}
