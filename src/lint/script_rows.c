/*
 * What a script says of rows, columns that it names twice, and the code whose statements
 * nobody reads: DO blocks and the bodies of functions.
 */
#include <assert.h>

#include "lint/script.h"

static_assert((int)INSERT_TABLE == (int)UPDATE_TABLE
                  && (int)INSERT_TABLE == (int)DELETE_TABLE,
              "one place of the table in all three");

/* ---- rows ---- */

static void
name_twice(struct script *sc, struct map *seen, struct slice column, struct span span,
           struct slice table)
{
    struct operation *o;

    if (map_put(seen, column, seen) == NULL)
        return;
    o = script_add(sc, OPERATION_COLUMN_TWICE, span, NULL);
    o->table = table;
    o->name = column;
}

static const struct expr *
argument(const struct expr *e, uint32_t at)
{
    return at < e->arg_count ? e->args[at] : NULL;
}

/* SET a = 1, (b, a) = (2, 3); a part of one, as in SET a[1] = 1, may be named again. */
static void
find_assigned_twice(struct script *sc, const struct expr *assigns, struct slice table)
{
    struct map seen;

    map_init(&seen, sc->a);
    for (uint32_t i = 0; assigns != NULL && i < assigns->arg_count; i++) {
        const struct expr *columns = argument(assigns->args[i], 0);

        for (uint32_t k = 0; columns != NULL && k < columns->arg_count; k++) {
            const struct expr *c = columns->args[k];

            if (c->kind == EXPR_PART || c->kind == EXPR_NAME)
                name_twice(sc, &seen, c->text, c->span, table);
        }
    }
}

static void
find_inserted_twice(struct script *sc, const struct expr *columns, struct slice table)
{
    struct map seen;

    map_init(&seen, sc->a);
    for (uint32_t i = 0; columns != NULL && i < columns->arg_count; i++)
        if (columns->args[i]->kind == EXPR_PART || columns->args[i]->kind == EXPR_NAME)
            name_twice(sc, &seen, columns->args[i]->text, columns->args[i]->span, table);
}

static void
write_all(struct script *sc, const struct expr *table, const char *verb)
{
    const struct expr *schema = argument(table, 2);
    struct ast_name name = { .schema = schema == NULL ? SLICE_NONE : schema->text,
                             .name = table->text };

    script_add(sc, OPERATION_WRITE_ALL, sc->statement, &name)->name = slice_from(verb);
}

static bool
is_about_all(const struct expr *query, uint32_t with, uint32_t from, uint32_t where,
             uint32_t limit)
{
    return argument(query, with) == NULL && argument(query, from) == NULL
           && argument(query, where) == NULL && argument(query, limit) == NULL;
}

void
script_read_query(struct script *sc, const struct expr *query)
{
    const struct expr *table =
        query->kind == QUERY_UPDATE || query->kind == QUERY_DELETE
                || query->kind == QUERY_INSERT
            ? argument(query, INSERT_TABLE)
            : NULL;

    if (table == NULL || table->kind != QUERY_TABLE)
        return;
    if (query->kind == QUERY_INSERT)
        find_inserted_twice(sc, argument(query, INSERT_COLUMNS), table->text);
    if (query->kind == QUERY_UPDATE)
        find_assigned_twice(sc, argument(query, UPDATE_ASSIGNS), table->text);
    if (query->kind == QUERY_UPDATE
        && is_about_all(query, UPDATE_WITH, UPDATE_FROM, UPDATE_WHERE, UPDATE_LIMIT))
        write_all(sc, table, "UPDATE");
    if (query->kind == QUERY_DELETE
        && is_about_all(query, DELETE_WITH, DELETE_USING, DELETE_WHERE, DELETE_LIMIT))
        write_all(sc, table, "DELETE");
}

void
script_find_columns_twice(struct script *sc, const struct ast_create_table *t)
{
    struct map seen;

    map_init(&seen, sc->a);
    VEC_EACH (i, &t->columns)
        name_twice(sc, &seen, t->columns.items[i]->name, t->columns.items[i]->span,
                   t->name.name);
}

void
script_find_added_twice(struct script *sc, const struct ast_alter_table *t)
{
    struct map seen;

    map_init(&seen, sc->a);
    VEC_EACH (i, &t->actions)
        if (t->actions.items[i]->kind == ALTER_ADD_COLUMN)
            name_twice(sc, &seen, t->actions.items[i]->column->name,
                       t->actions.items[i]->span, t->name.name);
}

/* ---- code ---- */

/* What begins a statement that rules are asked about; EXECUTE hides any. */
static const char *const telling_words[] = {
    "alter", "cluster", "create", "drop", "execute", "refresh", "reindex", "truncate",
};

static bool
is_telling(struct slice word)
{
    return slice_is_one_of_fold(word, telling_words, ARRAY_LEN(telling_words));
}

/* What stands in quotes in a body says nothing, unless EXECUTE says it. */
static struct slice
find_telling(struct slice text)
{
    size_t at = 0;
    struct slice word;

    do
        word = script_next_word(text, &at);
    while (!slice_is_none(word) && !is_telling(word));
    return word;
}

/* DO 'body', DO $$ body $$ */
static struct slice
body_of_do(struct slice text)
{
    size_t begin = 0;
    size_t end = text.len;

    while (begin < end && text.ptr[begin] != '\'' && text.ptr[begin] != '$')
        begin++;
    if (begin == end || text.ptr[begin] == '$')
        return text;
    while (end > begin + 1 && text.ptr[end - 1] != '\'')
        end--;
    return slice_sub(text, begin + 1, end - 1);
}

static struct slice
body_of(const struct stmt *stmt)
{
    if (stmt->kind == STMT_RAW && slice_is(stmt->u.raw->kind, "do"))
        return body_of_do(stmt->text);
    return stmt->kind == STMT_CREATE_ROUTINE
                   && stmt->u.create_routine->body_kind == BODY_STRING
               ? stmt->u.create_routine->body
               : SLICE_NONE;
}

/* It is told once, at the first, how many there are. */
void
script_read_body(struct script *sc, const struct stmt *stmt)
{
    struct slice body = body_of(stmt);
    struct slice word = slice_is_none(body) ? SLICE_NONE : find_telling(body);
    struct operation *o;

    if (slice_is_none(word))
        return;
    if (sc->unread > 0) {
        sc->operations->all.items[sc->unread - 1].count++;
        return;
    }
    o = script_add(sc, OPERATION_NOT_READ, stmt->span, NULL);
    o->cause = word;
    o->count = 1;
    sc->unread = sc->operations->all.count;
}
