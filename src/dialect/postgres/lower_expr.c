/*
 * Expressions in PostgreSQL's spelling.  What only SQLite has is said in PostgreSQL's
 * words where the meaning is the same, and refused where it is not.
 */
#include "dialect/postgres/postgres.h"

static void
refuse(struct lower_scope *scope, const struct expr *e, const char *what)
{
    struct diag *d = diag_add(&scope->s->diags, D_LOWER_IMPOSSIBLE, e->span,
                              "PostgreSQL has no %s", what);

    diag_hint(&scope->s->diags, d,
              "say it in standard SQL, or keep the declaration to SQLite: -- @only "
              "sqlite");
    scope->failed = true;
}

/* ---- booleans, which SQLite writes as 0 and 1 ---- */

static const struct type *
value_type(const struct lower_scope *scope, const struct expr *e)
{
    const struct column *c;

    if (e == NULL || e->result != NULL)
        return e == NULL ? NULL : e->result;
    if (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        return NULL;
    c = scope->table == NULL ? NULL : table_find_column(scope->table, e->text);
    return c == NULL || !c->has_type ? NULL : &c->type;
}

static bool
is_boolean(const struct lower_scope *scope, const struct expr *e)
{
    const struct type *t = value_type(scope, e);

    return t != NULL && t->kind == TYPE_BOOLEAN && t->dimensions == 0;
}

static const struct expr *
number_as_bool(struct lower_scope *scope, const struct expr *e)
{
    if (e->kind != EXPR_NUMBER || (!slice_is(e->text, "0") && !slice_is(e->text, "1")))
        return e;
    return expr_leaf(&scope->s->arena, EXPR_BOOL, e->span,
                     slice_is(e->text, "0") ? SLICE("false") : SLICE("true"));
}

static const struct expr *
with_arg(struct lower_scope *scope, const struct expr *e, size_t at,
         const struct expr *arg)
{
    struct expr *copy;

    if (arg == e->args[at])
        return e;
    copy = arena_copy(&scope->s->arena, e, sizeof *e);
    copy->args = arena_copy(&scope->s->arena, e->args, sizeof *e->args * e->arg_count);
    copy->args[at] = arg;
    return copy;
}

/* flag = 1, flag IS NOT 0: the number takes the type of the other side. */
static const struct expr *
lower_comparison(struct lower_scope *scope, const struct expr *e)
{
    if (is_boolean(scope, e->args[0]))
        return with_arg(scope, e, 1, number_as_bool(scope, e->args[1]));
    if (is_boolean(scope, e->args[1]))
        return with_arg(scope, e, 0, number_as_bool(scope, e->args[0]));
    return e;
}

/* MySQL makes a number of a moment, PostgreSQL has no such product. */
static const struct expr *
lower_product(struct lower_scope *scope, const struct expr *e)
{
    for (size_t i = 0; i < 2; i++) {
        const struct expr *clock =
            postgres_clock_as_number(&scope->s->arena, e->args[i]);
        const struct type *t = value_type(scope, e->args[i]);

        if (clock != NULL)
            e = with_arg(scope, e, i, clock);
        else if (t != NULL && t->dimensions == 0
            && (t->kind == TYPE_DATE || t->kind == TYPE_TIMESTAMP
                || t->kind == TYPE_TIMESTAMPTZ))
            refuse(scope, e->args[i], "product of a moment and a number");
    }
    return e;
}

/* flag IN (0, 1) */
static const struct expr *
lower_in(struct lower_scope *scope, const struct expr *e)
{
    const struct expr *list = e->args[1];

    if (!is_boolean(scope, e->args[0]) || list == NULL || list->kind != EXPR_LIST)
        return e;
    for (size_t i = 0; i < list->arg_count; i++)
        list = with_arg(scope, list, i, number_as_bool(scope, list->args[i]));
    return with_arg(scope, e, 1, list);
}

/* ---- calls ---- */

struct call_rule {
    const char *name;
    size_t arg_count; /* 0: two or more */
    const char *to;   /* NULL: refused */
};

/* SQLite's functions by another name; those without one have no equal in PostgreSQL. */
static const struct call_rule call_rules[] = {
    { "ifnull", 2, "coalesce" },
    { "instr", 2, "strpos" },
    { "min", 0, "least" },
    { "max", 0, "greatest" },
    { "group_concat", 2, "string_agg" },
};

static size_t
arg_count(const struct expr *call)
{
    return call->arg_count < CALL_ARGS ? 0 : call->arg_count - CALL_ARGS;
}

static const struct expr *
keyword(struct lower_scope *scope, const struct expr *e, struct slice word)
{
    struct expr *k = expr_new(&scope->s->arena, EXPR_CALL_KEYWORD, e->span, word, 0);

    k->result = e->result;
    return k;
}

/* datetime('now') is a keyword; with anything else it is SQLite's own arithmetic. */
static const struct expr *
lower_clock(struct lower_scope *scope, const struct expr *e, struct slice word)
{
    const struct expr *arg = arg_count(e) == 1 ? e->args[CALL_ARGS] : NULL;
    bool now = arg_count(e) == 0
               || (arg != NULL && arg->kind == EXPR_STRING && slice_is(arg->text, "now"));

    if (now)
        return keyword(scope, e, word);
    refuse(scope, e, "date arithmetic by modifiers");
    return e;
}

static const struct expr *
rename_call(struct lower_scope *scope, const struct expr *e, const char *to)
{
    struct expr *copy = arena_copy(&scope->s->arena, e, sizeof *e);

    copy->text = slice_from(to);
    return copy;
}

/* iif(a, b, c); MySQL calls it if() */
static const struct expr *
lower_iif(struct lower_scope *scope, const struct expr *e)
{
    struct expr *c = expr_new(&scope->s->arena, EXPR_CASE, e->span, SLICE_NONE, 4);

    c->args[1] = e->args[CALL_ARGS + 2];
    c->args[2] = e->args[CALL_ARGS];
    c->args[3] = e->args[CALL_ARGS + 1];
    c->result = e->result;
    return c;
}

static bool
is_datetime(const struct expr *e)
{
    return slice_is(e->text, "datetime") && arg_count(e) > 0;
}

static const struct expr *
lower_call(struct lower_scope *scope, const struct expr *e)
{
    const struct expr *clock;

    if (e->arg_count > CALL_QUALIFIER && e->args[CALL_QUALIFIER] != NULL)
        return e;
    if (map_has(scope->routines, e->text))
        return e;
    clock = postgres_lower_clock(&scope->s->arena, e);
    if (clock != NULL)
        return clock;
    if (is_datetime(e))
        return lower_clock(scope, e, SLICE("current_timestamp"));
    if (slice_is(e->text, "date") && arg_count(e) > 0
        && e->args[CALL_ARGS]->kind == EXPR_STRING)
        return lower_clock(scope, e, SLICE("current_date"));
    if ((slice_is(e->text, "iif") || slice_is(e->text, "if")) && arg_count(e) == 3)
        return lower_iif(scope, e);
    for (size_t i = 0; i < ARRAY_LEN(call_rules); i++) {
        const struct call_rule *r = &call_rules[i];

        if (slice_is(e->text, r->name)
            && (r->arg_count == 0 ? arg_count(e) > 1 : arg_count(e) == r->arg_count))
            return rename_call(scope, e, r->to);
    }
    if (dialect_is_sqlite_function(e->text))
        refuse(scope, e,
               slice_z(&scope->s->arena, slice_format(&scope->s->arena, "function %.*s()",
                                                      SLICE_ARG(e->text))));
    return e;
}

/* ---- the rest ---- */

static const struct expr *
lower_like(struct lower_scope *scope, const struct expr *e)
{
    bool negated = (e->flags & EXPR_NEGATED) != 0;

    if (slice_is(e->text, "regexp"))
        return expr_2(&scope->s->arena, EXPR_BINARY, e->span,
                      negated ? SLICE("!~") : SLICE("~"), e->args[0], e->args[1]);
    if (slice_is(e->text, "glob"))
        refuse(scope, e, "operator GLOB");
    if (slice_is(e->text, "match"))
        refuse(scope, e, "operator MATCH");
    return e;
}

static const struct expr *
lower_collate(struct lower_scope *scope, const struct expr *e)
{
    struct slice name = e->text;
    struct expr *copy;

    postgres_lower_collation(scope->s, &name, e->span, SLICE("COLLATE"));
    if (slice_is_none(name))
        return e->args[0];
    copy = arena_copy(&scope->s->arena, e, sizeof *e);
    copy->text = name;
    return copy;
}

/* A declared column of that name is bound, and no EXPR_NAME; of another version nothing
 * is known here, and the server says whether it is there. */
static const struct expr *
lower_name(struct lower_scope *scope, const struct expr *e)
{
    if (!scope->of_other_version
        && (slice_is(e->text, "rowid") || slice_is(e->text, "_rowid_")))
        refuse(scope, e, "rowid");
    return e;
}

struct type
postgres_lower_type(const struct type *t)
{
    struct type out = *t;

    if (out.dimensions > 1)
        out.dimensions = 1;
    return out;
}

static const struct expr *
lower_cast(struct lower_scope *scope, const struct expr *e)
{
    struct type t = postgres_lower_type(e->type);
    struct expr *cast;

    if (t.dimensions == e->type->dimensions)
        return e;
    cast = arena_copy(&scope->s->arena, e, sizeof *e);
    cast->type = arena_copy(&scope->s->arena, &t, sizeof t);
    return cast;
}

static const struct expr *
lower_node(void *context, const struct expr *e)
{
    struct lower_scope *scope = context;

    if (e->kind == EXPR_NAME)
        return lower_name(scope, e);
    if (e->kind == EXPR_CALL)
        return lower_call(scope, e);
    if (e->kind == EXPR_CAST)
        return lower_cast(scope, e);
    if (e->kind == EXPR_LIKE)
        return lower_like(scope, e);
    if (e->kind == EXPR_COLLATE)
        return lower_collate(scope, e);
    if (e->kind == EXPR_BINARY && slice_is(e->text, "*"))
        return lower_product(scope, e);
    if ((e->kind == EXPR_BINARY || e->kind == EXPR_IS_DISTINCT) && e->arg_count == 2)
        return lower_comparison(scope, e);
    if (e->kind == EXPR_FORM && e->arg_count > 0 && e->args[0]->kind == QUERY_TABLE)
        return e->args[0]; /* INDEXED BY: which index serves a query is no part of it */
    return e->kind == EXPR_IN ? lower_in(scope, e) : e;
}

const struct expr *
postgres_lower_expr(struct lower_scope *scope, const struct expr *e)
{
    return expr_rewrite(&scope->s->arena, e, lower_node, scope);
}

const struct expr *
postgres_lower_value(struct lower_scope *scope, const struct column *c,
                     const struct expr *e)
{
    if (e == NULL)
        return NULL;
    e = postgres_lower_expr(scope, e);
    if (!c->has_type || c->type.dimensions > 0)
        return e;
    if (c->type.kind == TYPE_BOOLEAN)
        return number_as_bool(scope, e);
    if (type_family(&c->type) == FAMILY_NUMBER && e->kind == EXPR_BOOL)
        return expr_leaf(&scope->s->arena, EXPR_NUMBER, e->span,
                         slice_is(e->text, "true") ? SLICE("1") : SLICE("0"));
    return e;
}

bool
postgres_is_zero_date(const struct column *c, const struct expr *value)
{
    return value != NULL && value->kind == EXPR_STRING && c->has_type
           && c->type.dimensions == 0 && c->type.kind != TYPE_TIME
           && type_family(&c->type) == FAMILY_TIME
           && slice_starts(slice_trim(value->text), "0000-00-00");
}
