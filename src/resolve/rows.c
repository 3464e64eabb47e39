/*
 * INSERT outside a section declares initial rows.  They are taken as the table stands at
 * that statement, follow renames and drops of columns, and are checked at the end
 * against the columns as they are then.
 */
#include "resolve/scope.h"

#include "expr/sqlw.h"

/* ---- taking them ---- */

struct work_rows *
rows_add(struct build *b, struct work_table *w, struct initial_rows *rows)
{
    struct work_rows *work = ARENA_NEW(b->a, struct work_rows);

    work->rows = rows;
    VEC_PUSH(b->a, &w->rows, work);
    VEC_PUSH(b->a, &b->rows, work);
    return work;
}

/* In a file of somebody else's it is passed over; in a declaration it would be lost. */
static void
refuse_data(struct build *b, struct span span, const char *what)
{
    struct diag *d;

    if (b->is_bare)
        d = diag_add(&b->s->diags, D_DATA_NOT_READ, span,
                     "%s is not read: only INSERT … VALUES declares initial rows", what);
    else
        d = diag_add(&b->s->diags, D_STATEMENT_MISPLACED, span,
                     "%s outside a section: only INSERT … VALUES declares initial rows",
                     what);
    diag_hint(&b->s->diags, d,
              "statements that change data stand between -- @migrate and -- @end");
}

/* A SELECT that stands alone says something to whoever runs the file. */
static void
refuse_query(struct build *b, struct span span)
{
    if (b->is_bare)
        diag_add(&b->s->diags, D_DATA_STEP, span,
                 "a query: it counts for nothing in the schema");
    else
        refuse_data(b, span, "a query");
}

/* SELECT set_config(…) and setval(…), as pg_dump writes them. */
static bool
is_dump_setting(const struct expr *query)
{
    const struct expr *targets;
    const struct expr *call;

    if (query->kind != QUERY_SELECT || query->args[SELECT_FROM] != NULL)
        return false;
    targets = query->args[SELECT_TARGETS];
    if (targets->arg_count != 1 || targets->args[0]->arg_count != 1)
        return false;
    call = targets->args[0]->args[0];
    return call != NULL && call->kind == EXPR_CALL
           && (slice_is(call->text, "set_config") || slice_is(call->text, "setval"));
}

static bool
is_plain_insert(struct build *b, const struct expr *insert)
{
    const struct expr *values = insert->args[INSERT_QUERY];
    const struct expr *conflict = insert->args[INSERT_CONFLICT];

    if (values != NULL && values->kind == QUERY_VALUES
        && insert->args[INSERT_WITH] == NULL && insert->args[INSERT_RETURNING] == NULL
        && (conflict == NULL || (conflict->flags & EXPR_DO_NOTHING))
        && !slice_is_fold(insert->text, "replace"))
        return true;
    refuse_data(b, insert->span,
                values == NULL                 ? "INSERT … DEFAULT VALUES"
                : values->kind != QUERY_VALUES ? "INSERT … SELECT"
                : conflict != NULL             ? "ON CONFLICT … DO UPDATE"
                : slice_is_fold(insert->text, "replace")
                    ? "INSERT OR REPLACE"
                    : "INSERT with WITH or RETURNING");
    return false;
}

/* AUTOINCREMENT's counters, as dumps carry them along: they are data. */
static bool
is_counter_table(const struct expr *insert)
{
    return slice_is(insert->args[INSERT_TABLE]->text, "sqlite_sequence");
}

static struct work_table *
insert_table(struct build *b, const struct expr *insert)
{
    const struct expr *table = insert->args[INSERT_TABLE];
    struct ast_name name = { .name = table->text, .span = table->span };

    if (table->arg_count > 2)
        name.schema = table->args[table->arg_count - 1]->text;
    return table_need(b, &name, false);
}

static bool
has_column_twice(struct build *b, const struct initial_rows *rows,
                 const struct expr *part)
{
    VEC_EACH (i, &rows->columns.all) {
        if (!slice_equal(rows->columns.all.items[i], part->text))
            continue;
        diag_add(&b->s->diags, D_BAD_INITIAL_ROW, part->span,
                 "column \"%.*s\" is given twice", SLICE_ARG(part->text));
        return true;
    }
    return false;
}

static bool
take_given_columns(struct build *b, struct work_table *w, struct initial_rows *rows,
                   const struct expr *list)
{
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *part = list->args[i];
        const struct column *c = table_need_column(b, w, part->text, part->span, false);

        if (c == NULL || has_column_twice(b, rows, part))
            return false;
        VEC_PUSH(b->a, &rows->columns.all, c->name);
    }
    return true;
}

/* Without a list: all columns that can be given, in order. */
static bool
take_columns(struct build *b, struct work_table *w, struct initial_rows *rows,
             const struct expr *insert)
{
    if (insert->args[INSERT_COLUMNS] != NULL)
        return take_given_columns(b, w, rows, insert->args[INSERT_COLUMNS]);
    VEC_EACH (i, &w->table->columns)
        if (w->table->columns.items[i]->generated == NULL)
            VEC_PUSH(b->a, &rows->columns.all, w->table->columns.items[i]->name);
    return true;
}

static void
take_row(struct build *b, struct initial_rows *rows, const struct expr *list)
{
    struct initial_row row = { .span = list->span };
    struct diag *d;

    if (list->arg_count != rows->columns.all.count) {
        d = diag_add(&b->s->diags, D_BAD_INITIAL_ROW, list->span,
                     "the row has %u value%s for %zu column%s", list->arg_count,
                     list->arg_count == 1 ? "" : "s", rows->columns.all.count,
                     rows->columns.all.count == 1 ? "" : "s");
        diag_note(&b->s->diags, d, rows->table->span, "the table is declared here");
        return;
    }
    for (size_t i = 0; i < list->arg_count; i++)
        VEC_PUSH(b->a, &row.values, list->args[i]);
    VEC_PUSH(b->a, &rows->rows, row);
}

static void
take_insert(struct build *b, const struct expr *insert)
{
    struct work_table *w = insert_table(b, insert);
    struct initial_rows *rows;
    const struct expr *values = insert->args[INSERT_QUERY];

    if (w == NULL)
        return;
    rows = ARENA_NEW(b->a, struct initial_rows);
    rows->table = w->table;
    rows->span = insert->span;
    if (!take_columns(b, w, rows, insert))
        return;
    for (size_t i = 0; i < values->arg_count; i++)
        take_row(b, rows, values->args[i]);
    if (rows->rows.count == 0)
        return;
    rows_add(b, w, rows);
    account_say(b, FATE_ROWS);
}

void
rows_declare(struct build *b, const struct stmt *stmt)
{
    const struct expr *query = stmt->u.query->query;

    if (query->kind == QUERY_INSERT) {
        if (!is_counter_table(query) && is_plain_insert(b, query))
            take_insert(b, query);
    } else if (query->kind == QUERY_UPDATE) {
        refuse_data(b, stmt->span, "UPDATE");
    } else if (query->kind == QUERY_DELETE) {
        refuse_data(b, stmt->span, "DELETE");
    } else if (!is_dump_setting(query)) {
        refuse_query(b, stmt->span);
    }
}

/* ---- following the columns ---- */

void
rows_rename_column(struct work_table *w, struct slice old, struct slice name)
{
    VEC_EACH (i, &w->rows) {
        struct slices *columns = &w->rows.items[i]->rows->columns;

        VEC_EACH (k, &columns->all)
            if (slice_equal(columns->all.items[k], old))
                columns->all.items[k] = name;
    }
}

static void
drop_value(struct initial_rows *rows, size_t at)
{
    for (size_t k = at; k + 1 < rows->columns.all.count; k++)
        rows->columns.all.items[k] = rows->columns.all.items[k + 1];
    rows->columns.all.count--;
    VEC_EACH (i, &rows->rows) {
        struct initial_row *row = &rows->rows.items[i];

        for (size_t k = at; k + 1 < row->values.count; k++)
            row->values.items[k] = row->values.items[k + 1];
        row->values.count--;
    }
}

void
rows_drop_column(struct work_table *w, struct slice name)
{
    VEC_EACH (i, &w->rows) {
        struct initial_rows *rows = w->rows.items[i]->rows;

        for (size_t k = rows->columns.all.count; k-- > 0;)
            if (slice_equal(rows->columns.all.items[k], name))
                drop_value(rows, k);
        if (rows->columns.all.count == 0)
            w->rows.items[i]->dropped = true;
    }
}

/* ---- checking them at the end ---- */

/* DEFAULT among the values stands for what the column's default is. */
static const struct expr *
expand_default(struct build *b, const struct column *c, const struct expr *value)
{
    if (value->kind != EXPR_DEFAULT)
        return value;
    if (c->identity != IDENTITY_NONE) {
        diag_add(&b->s->diags, D_BAD_INITIAL_ROW, value->span,
                 "column \"%.*s\" counts by itself: leave it out of the list",
                 SLICE_ARG(c->name));
        return NULL;
    }
    if (c->default_value != NULL)
        return c->default_value;
    return expr_leaf(b->a, EXPR_NULL, value->span, SLICE_NONE);
}

static void
report_null(struct build *b, const struct column *c, struct span span)
{
    struct diag *d = diag_add(&b->s->diags, D_BAD_INITIAL_ROW, span,
                              "column \"%.*s\" is NOT NULL", SLICE_ARG(c->name));

    diag_note(&b->s->diags, d, c->span, "it is declared here");
}

/* A value has no row to read columns from. */
static bool
value_names_column(void *context, const struct expr *e)
{
    const struct expr **found = context;

    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN)
        *found = e;
    return *found == NULL && !expr_is_query(e);
}

static bool
refuse_names(struct build *b, const struct expr *value)
{
    const struct expr *found = NULL;
    struct diag *d;

    expr_walk(value, value_names_column, &found);
    if (found == NULL)
        return false;
    d = diag_add(&b->s->diags, D_BAD_INITIAL_ROW, found->span,
                 "an initial row cannot read column \"%.*s\"", SLICE_ARG(found->text));
    diag_hint(&b->s->diags, d, "a text is written in single quotes: '%.*s'",
              SLICE_ARG(found->text));
    return true;
}

/* The value as it is kept, or NULL after reporting an error. */
static const struct expr *
check_value(struct build *b, const struct table *t, const struct column *c,
            const struct expr *value)
{
    struct binder binder;

    value = expand_default(b, c, value);
    if (value == NULL || refuse_names(b, value))
        return NULL;
    binder_init(&binder, b);
    value = bind_expr(&binder, NULL, value);
    if (value->kind == EXPR_NULL) {
        if (c->not_null && c->identity == IDENTITY_NONE && table_rowid_column(t) != c) {
            report_null(b, c, value->span);
            return NULL;
        }
        return value;
    }
    if (!b->terms->checks_values || !c->has_type)
        return value;
    return value_fits(b, c, value, D_BAD_INITIAL_ROW, &value) ? value : NULL;
}

static void
check_row(struct build *b, const struct initial_rows *rows, struct initial_row *row)
{
    VEC_EACH (i, &rows->columns.all) {
        const struct column *c =
            table_find_column(rows->table, rows->columns.all.items[i]);
        const struct expr *value;

        if (c == NULL)
            continue;
        value = check_value(b, rows->table, c, row->values.items[i]);
        if (value != NULL)
            row->values.items[i] = value;
    }
}

static bool
rows_give(const struct initial_rows *rows, struct slice column)
{
    return slices_have(&rows->columns, column);
}

/* A NOT NULL column that nothing fills; SQLite fills its rowid alias. */
static void
check_left_out(struct build *b, const struct initial_rows *rows)
{
    VEC_EACH (i, &rows->table->columns) {
        const struct column *c = rows->table->columns.items[i];
        struct diag *d;

        if (!c->not_null || c->default_value != NULL || c->generated != NULL
            || c->identity != IDENTITY_NONE || rows_give(rows, c->name)
            || table_rowid_column(rows->table) == c)
            continue;
        d = diag_add(&b->s->diags, D_BAD_INITIAL_ROW, rows->span,
                     "the rows leave out column \"%.*s\", which is NOT NULL and has no "
                     "default",
                     SLICE_ARG(c->name));
        diag_note(&b->s->diags, d, c->span, "it is declared here");
    }
}

static void
check_generated(struct build *b, const struct initial_rows *rows)
{
    VEC_EACH (i, &rows->columns.all) {
        const struct column *c =
            table_find_column(rows->table, rows->columns.all.items[i]);

        if (c != NULL && c->generated != NULL)
            diag_add(&b->s->diags, D_BAD_INITIAL_ROW, rows->span,
                     "column \"%.*s\" is generated and cannot be given",
                     SLICE_ARG(c->name));
    }
}

/* ---- the key that tells whether a row is there ---- */

static bool
rows_give_all(const struct initial_rows *rows, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        if (keys->all.items[i].expr != NULL
            || !rows_give(rows, keys->all.items[i].column))
            return false;
    return keys->all.count > 0;
}

static bool
is_key(const struct constraint *c)
{
    return c->kind == CONSTRAINT_PRIMARY_KEY || c->kind == CONSTRAINT_UNIQUE;
}

/* The primary key first, then unique constraints and whole unique indexes as declared. */
static const struct index_keys *
find_key(const struct work_table *w, const struct initial_rows *rows)
{
    VEC_EACH (i, &w->constraints) {
        const struct constraint *c = w->constraints.items[i]->constraint;

        if (c->kind == CONSTRAINT_PRIMARY_KEY && rows_give_all(rows, &c->keys))
            return &c->keys;
    }
    VEC_EACH (i, &w->constraints) {
        const struct constraint *c = w->constraints.items[i]->constraint;

        if (is_key(c) && rows_give_all(rows, &c->keys))
            return &c->keys;
    }
    VEC_EACH (i, &w->indexes) {
        const struct index *k = w->indexes.items[i]->index;

        if (k->unique && k->where == NULL && rows_give_all(rows, &k->keys))
            return &k->keys;
    }
    return NULL;
}

static void
choose_key(struct build *b, const struct work_table *w, struct initial_rows *rows)
{
    const struct index_keys *keys = find_key(w, rows);

    if (keys == NULL)
        return;
    VEC_EACH (i, &keys->all)
        VEC_PUSH(b->a, &rows->key.all, keys->all.items[i].column);
}

/* The key's values as one text; none where one of them is NULL or not constant. */
static struct slice
key_text(struct build *b, const struct initial_rows *rows, const struct initial_row *row)
{
    struct text out;

    text_init(&out, b->a);
    VEC_EACH (i, &rows->columns.all) {
        const struct expr *value = row->values.items[i];

        if (!rows_give(&(struct initial_rows){ .columns = rows->key },
                       rows->columns.all.items[i]))
            continue;
        if (value->kind == EXPR_NULL || !expr_is_constant(value))
            return SLICE_NONE;
        text_add(&out, expr_text(b->a, value));
        text_addc(&out, '\n');
    }
    return text_slice(&out);
}

static void
check_repeats(struct build *b, const struct initial_rows *rows)
{
    struct map seen;

    map_init(&seen, b->a);
    VEC_EACH (i, &rows->rows) {
        struct initial_row *row = &rows->rows.items[i];
        struct slice key = key_text(b, rows, row);
        const struct initial_row *first;
        struct diag *d;

        if (slice_is_none(key) || key.len == 0)
            continue;
        first = map_put(&seen, key, row);
        if (first == NULL)
            continue;
        d = diag_add(&b->s->diags, D_BAD_INITIAL_ROW, row->span,
                     "two initial rows have the same key");
        diag_note(&b->s->diags, d, first->span, "the first is here");
    }
}

static void
check_rows(struct build *b, struct work_table *w, struct initial_rows *rows)
{
    VEC_EACH (i, &rows->rows)
        check_row(b, rows, &rows->rows.items[i]);
    check_generated(b, rows);
    check_left_out(b, rows);
    choose_key(b, w, rows);
    check_repeats(b, rows);
}

void
rows_check(struct build *b)
{
    VEC_EACH (i, &b->rows) {
        struct work_rows *work = b->rows.items[i];

        if (work->dropped)
            continue;
        rows_compute(b, work->rows->table, work);
        check_rows(b, table_find(b, work->rows->table->schema, work->rows->table->name),
                   work->rows);
    }
}
