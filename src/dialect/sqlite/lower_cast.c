/*
 * Casts in SQLite's words: CAST to one of its storage classes, or what brings a value
 * into the form that a type without a class is stored in.
 */
#include "dialect/sqlite/lower_expr.h"

static bool
is_constant_of(const struct expr *e, enum expr_kind kind)
{
    return e->kind == kind;
}

static struct lite_value
cast_to_decimal(struct lite_scope *scope, const struct expr *e,
                const struct lite_value *v)
{
    struct lite_value out = lite_plain(NULL, e->type);
    int scale = lite_scale(e->type, true);

    if (v->scale > scale)
        return lite_rounded(scope, v, scale);
    out.e = lite_lower_value(scope, e->args[0], e->type);
    out.scale = scale;
    return lite_has_problem(scope) ? *v : out;
}

/* What CAST(x AS …) is for a type without a class of its own in SQLite. */
static const struct expr *
cast_by_function(struct lite_scope *scope, const struct expr *e, const struct expr *x)
{
    struct arena *a = &scope->s->arena;

    if (e->type->dimensions > 0)
        return x;
    if (e->type->kind == TYPE_DATE)
        return lite_call_1(a, "date", x);
    if (e->type->kind == TYPE_TIME)
        return lite_call_1(a, "time", x);
    if (e->type->kind == TYPE_TIMESTAMP || e->type->kind == TYPE_TIMESTAMPTZ)
        return lite_call_1(a, "datetime", x);
    if (e->type->kind == TYPE_UUID)
        return lite_call_1(a, "lower", x);
    if (e->type->kind == TYPE_BOOLEAN)
        return lite_binary(a, "<>", x, lite_number(a, 0));
    if (e->type->kind == TYPE_INTERVAL)
        lite_problem(scope, e, "SQLite has no intervals");
    return x;
}

/* The storage class of a cast; TYPE_NAMED: none of them. */
static enum type_kind
cast_class(enum type_kind kind)
{
    static const enum type_kind classes[][2] = {
        { TYPE_INT2, TYPE_INT4 },    { TYPE_INT4, TYPE_INT4 },
        { TYPE_INT8, TYPE_INT4 },    { TYPE_REAL, TYPE_REAL },
        { TYPE_DOUBLE, TYPE_REAL },  { TYPE_TEXT, TYPE_TEXT },
        { TYPE_VARCHAR, TYPE_TEXT }, { TYPE_CHAR, TYPE_TEXT },
        { TYPE_BYTES, TYPE_BYTES },  { TYPE_DECIMAL, TYPE_DECIMAL },
    };

    for (size_t i = 0; i < ARRAY_LEN(classes); i++)
        if (classes[i][0] == kind)
            return classes[i][1];
    return TYPE_NAMED;
}

/* varchar(n) cuts in PostgreSQL; the length is not forgotten. */
static const struct expr *
cut_to_length(struct lite_scope *scope, const struct expr *e, const struct expr *x)
{
    struct arena *a = &scope->s->arena;

    if (e->type->kind != TYPE_VARCHAR || e->type->arg_count == 0)
        return x;
    return lite_call_3(a, "substr", x, lite_number(a, 1),
                       lite_number(a, e->type->args[0]));
}

/*
 * status::text, as a server prints it of a varchar, is what the column holds already;
 * and SQLite uses a partial index only where the query has the words of the index.  A
 * column of a view may hold something else: `d ->> 'n'` is a number here.
 */
static bool
is_kept_so(const struct lite_scope *scope, const struct expr *e, enum type_kind class)
{
    const struct type *from = e->args[0]->result;

    if (scope->table == NULL || e->args[0]->kind != EXPR_COLUMN || from == NULL
        || from->dimensions > 0 || from->kind == TYPE_CHAR
        || cast_class(from->kind) != class)
        return false;
    return class == TYPE_INT4 || (class == TYPE_TEXT && e->type->arg_count == 0);
}

static struct lite_value
cast_scaled(struct lite_scope *scope, const struct expr *e, const struct lite_value *v)
{
    struct lite_value out = *v;

    if (!lite_cast_decimal(scope, e, v, cast_class(e->type->kind), &out))
        lite_problem(scope, e,
                     "a decimal is stored as an integer, and a cast would read another "
                     "number");
    else
        out.e = cut_to_length(scope, e, out.e);
    return out;
}

struct lite_value
lite_lower_cast(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lite_lower_node(scope, e->args[0]);
    enum type_kind class = cast_class(e->type->kind);
    bool text;

    if (lite_has_problem(scope))
        return v;
    /* The words of a cast are the declaration's, whatever the columns' types are. */
    if (lite_scale(e->type, true) != SCALE_NONE)
        return cast_to_decimal(scope, e, &v);
    text = is_constant_of(v.e, EXPR_STRING);
    if (v.scale > 0)
        return cast_scaled(scope, e, &v);
    if (is_constant_of(v.e, EXPR_NULL)
        || (text && class != TYPE_INT4 && class != TYPE_REAL))
        return lite_plain(lite_literal(scope, v.e, e->type), e->type);
    if (e->type->dimensions > 0 || class == TYPE_NAMED)
        return lite_plain(cast_by_function(scope, e, v.e), e->type);
    if (is_kept_so(scope, e, class))
        return lite_plain(v.e, e->type);
    return lite_plain(cut_to_length(scope, e, lite_cast(&scope->s->arena, class, v.e)),
                      e->type);
}
