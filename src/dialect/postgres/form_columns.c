/*
 * Which columns an item of FROM has, as far as that is known.
 */
#include "dialect/postgres/form.h"

void
form_add_column(const struct form *f, struct form_columns *to, struct slice name,
                const struct type *type)
{
    VEC_PUSH(f->a, &to->all, ((struct form_column){ name, type, false }));
}

const struct form_column *
form_find_column(const struct form_columns *columns, struct slice name)
{
    VEC_EACH (i, &columns->all)
        if (slice_equal(columns->all.items[i].name, name))
            return &columns->all.items[i];
    return NULL;
}

void
form_rename_columns(struct form_columns *columns, const struct expr *list)
{
    for (size_t i = 0; list != NULL && i < list->arg_count; i++)
        if (i < columns->all.count)
            columns->all.items[i].name = list->args[i]->text;
}

/* t may be NULL: not known. */
void
form_table_columns(const struct form *f, const struct table *t, struct form_columns *out)
{
    out->opaque = t == NULL;
    for (size_t i = 0; t != NULL && i < t->columns.count; i++) {
        const struct column *c = t->columns.items[i];

        form_add_column(f, out, c->name, c->has_type ? &c->type : NULL);
    }
}

void
form_relation_columns(const struct form *f, const struct expr *e,
                      struct form_columns *out)
{
    struct slice schema = e->arg_count > 2 ? e->args[e->arg_count - 1]->text : SLICE_NONE;
    const struct table *t = catalog_find_table(f->world->catalog, schema, e->text);
    const struct view *v = form_view(f, schema, e->text);

    form_table_columns(f, t, out);
    out->opaque = t == NULL && (v == NULL || v->columns.count == 0);
    for (size_t i = 0; t == NULL && v != NULL && i < v->columns.count; i++)
        form_add_column(f, out, v->columns.items[i].name, v->columns.items[i].type);
}

/* ---- of a function ---- */

/* Functions of the server, by the columns that they name, key before value, the key a
 * text; NULL: one, named as the item is. */
static const struct {
    const char *name;
    const char *key;
    const char *value;
    enum type_kind type; /* of the value */
} functions[] = {
    { "each", "key", "value", TYPE_TEXT }, /* of hstore */
    { "generate_series", NULL, NULL, TYPE_NAMED },
    { "generate_subscripts", NULL, NULL, TYPE_NAMED },
    { "json_array_elements", NULL, "value", TYPE_JSON },
    { "json_array_elements_text", NULL, "value", TYPE_TEXT },
    { "json_each", "key", "value", TYPE_JSON },
    { "json_each_text", "key", "value", TYPE_TEXT },
    { "json_object_keys", NULL, NULL, TYPE_NAMED },
    { "jsonb_array_elements", NULL, "value", TYPE_JSONB },
    { "jsonb_array_elements_text", NULL, "value", TYPE_TEXT },
    { "jsonb_each", "key", "value", TYPE_JSONB },
    { "jsonb_each_text", "key", "value", TYPE_TEXT },
    { "jsonb_object_keys", NULL, NULL, TYPE_NAMED },
    { "jsonb_path_query", NULL, NULL, TYPE_NAMED },
    { "regexp_matches", NULL, NULL, TYPE_NAMED },
    { "regexp_split_to_table", NULL, NULL, TYPE_NAMED },
    { "string_to_table", NULL, NULL, TYPE_NAMED },
    { "unnest", NULL, NULL, TYPE_NAMED },
};

/* An array of rows gives the columns of a row. */
static bool
may_give_rows(const struct expr *call)
{
    return slice_is(call->text, "unnest")
           && (call->arg_count > CALL_ARGS + 1 || call->result == NULL
               || call->result->kind == TYPE_NAMED);
}

static void
built_in_columns(const struct form *f, const struct expr *call, struct slice alias,
                 struct form_columns *out)
{
    for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
        if (!slice_is(call->text, functions[i].name) || may_give_rows(call))
            continue;
        if (functions[i].value == NULL)
            form_add_column(f, out, alias, call->result);
        if (functions[i].key != NULL)
            form_add_column(f, out, slice_from(functions[i].key), type_shared(TYPE_TEXT));
        if (functions[i].value != NULL)
            form_add_column(f, out, slice_from(functions[i].value),
                            type_shared(functions[i].type));
        out->opaque = false;
    }
}

/* A row of a relation or of a composite type gives its columns, other values one. */
static void
result_columns(const struct form *f, const struct type *t, struct slice alias,
               struct form_columns *out)
{
    const struct table *table = NULL;
    const struct form_type *type = NULL;

    if (t->kind == TYPE_NAMED && t->dimensions == 0) {
        table = catalog_find_table(f->world->catalog, form_schema(t->schema), t->name);
        type = form_named_type(f, t);
        if (table == NULL && type == NULL)
            return; /* a view, or another one that is not known here */
    }
    if (table != NULL) {
        form_table_columns(f, table, out);
        return;
    }
    out->opaque = false;
    if (type == NULL || type->composite == NULL) {
        form_add_column(f, out, alias, t);
        return;
    }
    VEC_EACH (i, &type->composite->attributes)
        form_add_column(f, out, type->composite->attributes.items[i].name,
                        &type->composite->attributes.items[i].type);
}

static void
routine_columns(const struct form *f, const struct routine *r, struct slice alias,
                struct form_columns *out)
{
    VEC_EACH (i, &r->arguments.all) {
        const struct argument *a = &r->arguments.all.items[i];

        if (a->mode == ARGUMENT_IN || a->mode == ARGUMENT_VARIADIC)
            continue;
        if (slice_is_none(a->name)) {
            out->opaque = true;
            return;
        }
        form_add_column(f, out, a->name, &a->type);
        out->opaque = false;
    }
    if (out->all.count == 0 && r->has_result)
        result_columns(f, &r->result, alias, out);
}

/* Those that it has before a list behind the alias names them; opaque: not known. */
void
form_call_columns(const struct form *f, const struct expr *from, struct slice alias,
                  struct form_columns *out)
{
    const struct expr *call = from->args[0];
    const struct expr *qualifier =
        call->kind != EXPR_CALL ? NULL : call->args[CALL_QUALIFIER];
    const struct routine *r;

    if (call->kind != EXPR_CALL
        || (from->args[2] != NULL && from->args[2]->args[0]->type != NULL))
        return;
    r = form_routine(f, qualifier == NULL ? SLICE_NONE : qualifier->text, call->text);
    if (r != NULL)
        routine_columns(f, r, alias, out);
    else if (qualifier == NULL)
        built_in_columns(f, call, alias, out);
    if (!out->opaque && (from->flags & EXPR_ORDINALITY) != 0)
        form_add_column(f, out, SLICE("ordinality"), type_shared(TYPE_INT8));
}

/* Of an item that the server calls u_1 where `column` is u. */
static bool
is_numbered(struct slice name, struct slice column)
{
    if (name.len < column.len + 2 || name.ptr[column.len] != '_'
        || !slice_equal(slice_sub(name, 0, column.len), column))
        return false;
    for (size_t i = column.len + 1; i < name.len; i++)
        if (name.ptr[i] < '0' || name.ptr[i] > '9')
            return false;
    return true;
}

/* f(x) AS a is f(x) a(a): the one column of a function is named after the alias, and
 * keeps that name where the item gets another one, f(x) a_1(a). */
bool
form_is_own_column(struct slice alias, const struct expr *list)
{
    return list != NULL && list->arg_count == 1 && list->args[0]->type == NULL
           && (slice_equal(list->args[0]->text, alias)
               || is_numbered(alias, list->args[0]->text));
}
