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

/* Functions that give one column without a name of its own. */
static bool
gives_one_column(struct slice name)
{
    static const char *const names[] = {
        "generate_series",  "generate_subscripts",
        "json_object_keys", "jsonb_object_keys",
        "regexp_matches",   "regexp_split_to_table",
        "string_to_table",  "unnest",
    };

    return slice_is_one_of(name, names, ARRAY_LEN(names));
}

/* An array of rows gives the columns of a row. */
static bool
may_give_rows(const struct expr *call)
{
    return slice_is(call->text, "unnest")
           && (call->arg_count > CALL_ARGS + 1 || call->result == NULL
               || call->result->kind == TYPE_NAMED);
}

/* Where it is certain that there is one: the list names it, or the alias does. */
void
form_call_columns(const struct form *f, const struct expr *from, struct slice alias,
                  struct form_columns *out)
{
    const struct expr *call = from->args[0];
    const struct expr *list = from->args[2];

    if (call->kind != EXPR_CALL || call->args[CALL_QUALIFIER] != NULL
        || !gives_one_column(call->text) || call->arg_count < CALL_ARGS + 1
        || may_give_rows(call) || (from->flags & EXPR_ORDINALITY) != 0
        || (list != NULL && list->arg_count != 1))
        return;
    form_add_column(f, out, list == NULL ? alias : list->args[0]->text, call->result);
    out->opaque = false;
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
