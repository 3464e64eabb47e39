/*
 * The name that an engine gives to a column of a query without an alias (PostgreSQL:
 * FigureColname).  What names itself is strong: a column, a function, a field.  A cast
 * and a CASE have a word of their own, and give way to a strong name inside.
 */
#include "resolve/scope.h"

/* Names in pg_type, which casts give; NULL: it is no type of PostgreSQL. */
static const char *const catalog_names[TYPE_KIND_COUNT] = {
    [TYPE_BOOLEAN] = "bool",        [TYPE_INT2] = "int2",
    [TYPE_INT4] = "int4",           [TYPE_INT8] = "int8",
    [TYPE_DECIMAL] = "numeric",     [TYPE_REAL] = "float4",
    [TYPE_DOUBLE] = "float8",       [TYPE_TEXT] = "text",
    [TYPE_VARCHAR] = "varchar",     [TYPE_CHAR] = "bpchar",
    [TYPE_BYTES] = "bytea",         [TYPE_DATE] = "date",
    [TYPE_TIME] = "time",           [TYPE_TIMETZ] = "timetz",
    [TYPE_TIMESTAMP] = "timestamp", [TYPE_TIMESTAMPTZ] = "timestamptz",
    [TYPE_INTERVAL] = "interval",   [TYPE_UUID] = "uuid",
    [TYPE_JSON] = "json",           [TYPE_JSONB] = "jsonb",
};

/* The fields of an interval stand in the name of its type. */
static struct slice
type_word(const struct type *t)
{
    if (t->kind == TYPE_NAMED)
        return slice_starts(t->name, "interval ") ? SLICE("interval") : t->name;
    return catalog_names[t->kind] == NULL ? SLICE_NONE
                                          : slice_from(catalog_names[t->kind]);
}

/* What gives way to a strong name: a type, or "case"; none. */
static struct slice
weak_name(const struct expr *e)
{
    if (e->kind == EXPR_CAST || e->kind == EXPR_TYPED_STRING)
        return e->type == NULL ? SLICE_NONE : type_word(e->type);
    if (e->kind == EXPR_BOOL)
        return SLICE("bool");
    return e->kind == EXPR_CASE ? SLICE("case") : SLICE_NONE;
}

/* (SELECT max(x) FROM t) */
static const struct expr *
only_target(const struct expr *e)
{
    const struct expr *query = e->kind == EXPR_SUBQUERY ? e->args[0] : NULL;
    const struct expr *targets =
        query != NULL && query->kind == QUERY_SELECT ? query->args[SELECT_TARGETS] : NULL;

    return targets != NULL && targets->arg_count == 1 ? targets->args[0] : NULL;
}

/* The expression whose name this one takes where it is strong; NULL: none. */
static const struct expr *
inner(const struct expr *e)
{
    if (e->kind == EXPR_SUBQUERY)
        return only_target(e);
    if (e->kind == QUERY_TARGET)
        return e->args[0];
    if (e->kind == EXPR_CAST || e->kind == EXPR_COLLATE || e->kind == EXPR_SUBSCRIPT
        || e->kind == EXPR_SUBSCRIPT_SLICE)
        return e->args[0];
    return e->kind == EXPR_CASE ? e->args[1] : NULL;
}

static struct slice
strong_name(const struct expr *e)
{
    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME || e->kind == EXPR_CALL
        || e->kind == EXPR_FIELD || e->kind == EXPR_CALL_KEYWORD)
        return e->text;
    if (e->kind == QUERY_TARGET && !slice_is_none(e->text))
        return e->text;
    if (e->kind == EXPR_AT_TIME_ZONE)
        return SLICE("timezone");
    if (e->kind == EXPR_EXISTS)
        return SLICE("exists");
    if (e->kind == EXPR_ARRAY || e->kind == EXPR_ARRAY_QUERY)
        return SLICE("array");
    return e->kind == EXPR_ROW ? SLICE("row") : SLICE_NONE;
}

struct slice
output_name(const struct expr *e)
{
    struct slice weak = SLICE_NONE;

    for (; e != NULL; e = inner(e)) {
        struct slice name = strong_name(e);

        if (!slice_is_none(name))
            return name;
        if (slice_is_none(weak))
            weak = weak_name(e);
    }
    return slice_is_none(weak) ? SLICE("?column?") : weak;
}
