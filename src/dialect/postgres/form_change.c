/*
 * Forms of INSERT, UPDATE and DELETE, and of the bodies that hold them: functions with
 * BEGIN ATOMIC or RETURN, rules.
 *
 *   INSERT INTO t VALUES (1, 'x')       →  INSERT INTO t (a, b) VALUES (1, 'x'::text)
 *   UPDATE t SET (a, b) = (n, b || 'x') →  UPDATE t SET a = f.n, b = (t.b || 'x'::text)
 */
#include "dialect/postgres/form_scope.h"

/* The scopes of one statement: of its WITH, and of the tables that it names. */
struct changing {
    const struct form *f;
    struct form_level level;
    struct form_scope with;
    struct form_scope scope; /* its first item is the table that is changed */
    struct expr *copy;
};

/* `beside`: what stands in FROM or USING; NULL. */
static void
change_open(struct changing *c, const struct form *f, const struct form_scope *outer,
            const struct expr *q, size_t table, const struct expr *beside)
{
    const size_t with = 0; /* of each of the three */
    struct expr *all = expr_new(f->a, EXPR_LIST, q->span, SLICE_NONE, 2);

    all->args[0] = q->args[table];
    all->args[1] = beside;
    if (beside == NULL)
        all->arg_count = 1;
    *c = (struct changing){ .f = f };
    form_names_open(f, &c->level, outer->level, all);
    c->with = (struct form_scope){ .outer = outer, .level = &c->level };
    c->scope = (struct form_scope){ .outer = &c->with, .level = &c->level };
    c->copy = arena_copy(f->a, q, sizeof *q);
    c->copy->args = arena_copy(f->a, q->args, sizeof *q->args * q->arg_count);
    c->copy->args[with] =
        form_with(f, &c->with, q->args[with], (q->flags & EXPR_RECURSIVE) != 0);
    c->copy->args[table] = form_from(f, &c->scope, q->args[table]);
}

static const struct form_columns *
written_columns(const struct changing *c)
{
    return &c->scope.items.items[0].columns;
}

/* As a value of the column of that name. */
static const struct expr *
value_of(const struct changing *c, struct slice column, const struct expr *value)
{
    const struct form_column *to = form_find_column(written_columns(c), column);
    const struct type *t;

    if (to == NULL || to->type == NULL)
        return value;
    if (value->kind != EXPR_NULL)
        return form_typed(c->f, to->type, value);
    t = form_literal_type(c->f, to->type);
    return t == NULL ? value : form_cast(c->f, t, value);
}

static const struct expr *
returning_form(const struct changing *c, const struct expr *list,
               struct form_columns *out)
{
    return list == NULL ? NULL
                        : form_targets(c->f, &c->scope, list, TARGETS_NAMED, out);
}

/* ---- SET ---- */

struct assigns {
    VEC(const struct expr *) all;
};

static const struct expr *
make_assign(const struct changing *c, const struct expr *from, const struct expr *column,
            const struct expr *value)
{
    struct expr *columns = expr_new(c->f->a, EXPR_LIST, from->span, SLICE_NONE, 1);

    columns->args[0] = column;
    if (column->kind == EXPR_PART)
        value = value_of(c, column->text, value);
    return expr_2(c->f->a, QUERY_ASSIGN, from->span, from->text, columns, value);
}

/* (a, b) = (x, y) is two of them. */
static void
add_assign(const struct changing *c, const struct form_scope *scope, struct assigns *to,
           const struct expr *from)
{
    const struct expr *columns = from->args[0];
    const struct expr *value = form_name_in(c->f, scope, from->args[1]);
    bool is_row = value->kind == EXPR_ROW && value->arg_count == columns->arg_count;

    if (columns->arg_count == 1 && !is_row)
        VEC_PUSH(c->f->a, &to->all, make_assign(c, from, columns->args[0], value));
    else if (!is_row)
        VEC_PUSH(
            c->f->a, &to->all,
            expr_2(c->f->a, QUERY_ASSIGN, from->span, from->text, columns, value));
    for (size_t i = 0; is_row && i < columns->arg_count; i++)
        VEC_PUSH(c->f->a, &to->all,
                 make_assign(c, from, columns->args[i], value->args[i]));
}

static const struct expr *
assigns_form(const struct changing *c, const struct form_scope *scope,
             const struct expr *list)
{
    struct assigns assigns = { 0 };
    struct expr *copy;

    if (list == NULL)
        return NULL;
    for (size_t i = 0; i < list->arg_count; i++)
        add_assign(c, scope, &assigns, list->args[i]);
    copy = expr_new(c->f->a, list->kind, list->span, list->text, assigns.all.count);
    copy->flags = list->flags;
    VEC_EACH (i, &assigns.all)
        copy->args[i] = assigns.all.items[i];
    return copy;
}

/* ---- INSERT ---- */

/* The columns that get a value, where they are not written. */
static const struct expr *
column_list(const struct changing *c, size_t count)
{
    const struct form_columns *columns = written_columns(c);
    struct expr *list = expr_new(c->f->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, count);

    for (size_t i = 0; i < count; i++)
        list->args[i] =
            expr_leaf(c->f->a, EXPR_PART, SPAN_NONE, columns->all.items[i].name);
    return list;
}

static const struct expr *
row_values(const struct changing *c, const struct expr *row, const struct expr *columns)
{
    struct expr *copy = arena_copy(c->f->a, row, sizeof *row);

    copy->args = ARENA_ARRAY(c->f->a, const struct expr *, row->arg_count + 1);
    for (size_t i = 0; i < row->arg_count; i++) {
        const struct expr *value = form_name_in(c->f, &c->with, row->args[i]);

        copy->args[i] = columns == NULL || i >= columns->arg_count
                                || columns->args[i]->kind != EXPR_PART
                            ? value
                            : value_of(c, columns->args[i]->text, value);
    }
    return copy;
}

static const struct expr *
values_form(const struct changing *c, const struct expr *values,
            const struct expr *columns)
{
    struct expr *copy = arena_copy(c->f->a, values, sizeof *values);

    copy->args = ARENA_ARRAY(c->f->a, const struct expr *, values->arg_count + 1);
    for (size_t i = 0; i < values->arg_count; i++)
        copy->args[i] = row_values(c, values->args[i], columns);
    return copy;
}

/* How many columns its rows have; 0: not known. */
static size_t
rows_width(const struct expr *q, const struct form_columns *columns)
{
    if (q->kind == QUERY_VALUES)
        return q->args[0]->arg_count;
    return columns->opaque ? 0 : columns->all.count;
}

static void
insert_rows(struct changing *c, const struct expr *q)
{
    const struct expr *rows = q->args[INSERT_QUERY];
    const struct expr *columns = q->args[INSERT_COLUMNS];
    struct form_columns given = { 0 };
    size_t width;

    if (rows == NULL)
        return;
    if (rows->kind != QUERY_VALUES)
        rows = form_rows_in(c->f, &c->with, rows, &given);
    width = rows_width(rows, &given);
    if (columns == NULL && !written_columns(c)->opaque && width > 0
        && width <= written_columns(c)->all.count)
        columns = column_list(c, width);
    if (rows->kind == QUERY_VALUES)
        rows = values_form(c, rows, columns);
    c->copy->args[INSERT_QUERY] = rows;
    c->copy->args[INSERT_COLUMNS] = columns;
}

/* The target and its WHERE say their columns alone; the rest names t and excluded. */
static const struct expr *
conflict_form(struct changing *c, const struct expr *from)
{
    struct form_scope with_row = { .outer = &c->with, .level = &c->level };
    struct form_item excluded = c->scope.items.items[0];
    struct expr *copy;

    if (from == NULL)
        return NULL;
    VEC_PUSH(c->f->a, &with_row.items, c->scope.items.items[0]);
    excluded.alias = excluded.name = SLICE("excluded");
    excluded.qualified_only = true;
    VEC_PUSH(c->f->a, &with_row.items, excluded);
    copy = arena_copy(c->f->a, from, sizeof *from);
    copy->args = arena_copy(c->f->a, from->args, sizeof *from->args * from->arg_count);
    copy->args[2] = assigns_form(c, &with_row, from->args[2]);
    copy->args[3] = form_name_in(c->f, &with_row, from->args[3]);
    return copy;
}

static const struct expr *
insert_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
            struct form_columns *out)
{
    struct changing c;

    change_open(&c, f, outer, q, INSERT_TABLE, NULL);
    insert_rows(&c, q);
    c.copy->args[INSERT_CONFLICT] = conflict_form(&c, q->args[INSERT_CONFLICT]);
    c.copy->args[INSERT_RETURNING] =
        returning_form(&c, q->args[INSERT_RETURNING], out);
    return c.copy;
}

/* ---- UPDATE, DELETE ---- */

static const struct expr *
update_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
            struct form_columns *out)
{
    const struct expr *from = q->args[UPDATE_FROM];
    struct changing c;

    change_open(&c, f, outer, q, UPDATE_TABLE, from);
    if (from != NULL)
        c.copy->args[UPDATE_FROM] = form_from(f, &c.scope, from);
    c.copy->args[UPDATE_ASSIGNS] = assigns_form(&c, &c.scope, q->args[UPDATE_ASSIGNS]);
    c.copy->args[UPDATE_WHERE] = form_name_in(f, &c.scope, q->args[UPDATE_WHERE]);
    c.copy->args[UPDATE_RETURNING] =
        returning_form(&c, q->args[UPDATE_RETURNING], out);
    return c.copy;
}

static const struct expr *
delete_form(const struct form *f, const struct form_scope *outer, const struct expr *q,
            struct form_columns *out)
{
    const struct expr *using = q->args[DELETE_USING];
    struct changing c;

    change_open(&c, f, outer, q, DELETE_TABLE, using);
    if (using != NULL)
        c.copy->args[DELETE_USING] = form_from(f, &c.scope, using);
    c.copy->args[DELETE_WHERE] = form_name_in(f, &c.scope, q->args[DELETE_WHERE]);
    c.copy->args[DELETE_RETURNING] =
        returning_form(&c, q->args[DELETE_RETURNING], out);
    return c.copy;
}

const struct expr *
form_change(const struct form *f, const struct form_scope *outer, const struct expr *q,
            struct form_columns *out)
{
    if (q->kind == QUERY_INSERT)
        return insert_form(f, outer, q, out);
    return q->kind == QUERY_UPDATE ? update_form(f, outer, q, out)
                                   : delete_form(f, outer, q, out);
}

/* ---- bodies ---- */

static const struct expr *
statement_form(const struct form *f, const struct form_scope *scope,
               const struct expr *e)
{
    struct form_columns columns = { 0 };

    return form_of(f, expr_is_query(e)
                          ? form_whole_query(f, scope, e, TARGETS_NAMED, &columns)
                          : form_name_in(f, scope, e));
}

/* The server says f.a only where a query is around; here it is said everywhere. */
const struct expr *
form_routine_statement(const struct form *f, const struct definition *d,
                       const struct expr *e)
{
    struct form_level level;
    struct form_scope scope = { .level = &level };
    struct form_item arguments = { .alias = d->name, .name = d->name };

    form_names_open(f, &level, NULL, NULL);
    VEC_EACH (i, &d->u.routine->arguments.all) {
        const struct argument *a = &d->u.routine->arguments.all.items[i];

        if (!slice_is_none(a->name) && a->mode != ARGUMENT_OUT
            && a->mode != ARGUMENT_TABLE)
            form_add_column(f, &arguments.columns, a->name, &a->type);
    }
    VEC_PUSH(f->a, &scope.items, arguments);
    return statement_form(f, &scope, e);
}

const struct expr *
form_rule_action(const struct form *f, const struct definition *d, const struct expr *e)
{
    static const char *const rows[] = { "old", "new" };
    struct form_level level;
    struct form_scope scope = { .level = &level };

    form_names_open(f, &level, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct form_item row = { .alias = slice_from(rows[i]), .qualified_only = true };

        row.name = row.alias;
        form_names_reserve(f, &level, row.name);
        form_table_columns(f, catalog_find_table(f->world->catalog, d->schema, d->table),
                           &row.columns);
        VEC_PUSH(f->a, &scope.items, row);
    }
    return statement_form(f, &scope, e);
}
