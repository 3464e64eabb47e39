/*
 * Expressions in SQLite's words: one way for each kind of node (lowerers), and the names,
 * the problems and what has no file of its own.
 */
#include <assert.h>

#include "dialect/sqlite/lower_expr.h"

/* ---- problems ---- */

bool
lite_has_problem(const struct lite_scope *scope)
{
    return !slice_is_none(scope->problem);
}

void
lite_problem(struct lite_scope *scope, const struct expr *at, const char *format, ...)
{
    struct text message;
    va_list args;

    if (lite_has_problem(scope))
        return;
    text_init(&message, &scope->s->arena);
    va_start(args, format);
    text_vaddf(&message, format, args);
    va_end(args);
    scope->problem = text_slice(&message);
    scope->span = at->span;
}

void
lite_note(struct lite_scope *scope, const struct expr *at, const char *format, ...)
{
    struct text message;
    va_list args;

    if (!slice_is_none(scope->note))
        return;
    text_init(&message, &scope->s->arena);
    va_start(args, format);
    text_vaddf(&message, format, args);
    va_end(args);
    scope->note = text_slice(&message);
    scope->note_span = at->span;
}

/* ---- children ---- */

struct lite_value
lite_lower_child(struct lite_scope *scope, const struct expr *e)
{
    return e == NULL ? lite_plain(NULL, NULL) : lite_lower_node(scope, e);
}

const struct expr *
lite_with_args(struct lite_scope *scope, const struct expr *e,
               const struct lite_value *values)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    for (size_t i = 0; i < e->arg_count; i++)
        copy->args[i] = values[i].e;
    return copy;
}

/* All arguments lowered; scaled ones are refused unless `loose`. */
static struct lite_value
lower_args(struct lite_scope *scope, const struct expr *e, bool loose)
{
    struct expr *copy;

    if (e->arg_count == 0)
        return lite_plain(e, e->result);
    copy = lite_copy(&scope->s->arena, e);
    for (size_t i = 0; i < e->arg_count; i++) {
        struct lite_value v = lite_lower_child(scope, e->args[i]);

        copy->args[i] = v.e;
        if (!loose && v.scale > 0)
            lite_problem(scope, e->args[i],
                         "a decimal is stored as an integer, which %s would read as "
                         "another number",
                         e->kind == EXPR_BINARY ? "this operator" : "this expression");
    }
    return lite_plain(copy, e->result);
}

struct lite_value
lite_lower_plain(struct lite_scope *scope, const struct expr *e)
{
    return lower_args(scope, e, false);
}

static struct lite_value
lower_loose(struct lite_scope *scope, const struct expr *e)
{
    return lower_args(scope, e, true);
}

static struct lite_value
lower_leaf(struct lite_scope *scope, const struct expr *e)
{
    (void)scope;
    return lite_plain(e, e->result);
}

static struct lite_value
lower_impossible(struct lite_scope *scope, const struct expr *e)
{
    static const struct {
        enum expr_kind kind;
        const char *what;
    } whats[] = {
        { EXPR_BITS, "bit strings" },
        { EXPR_SUBSCRIPT, "arrays" },
        { EXPR_SUBSCRIPT_SLICE, "arrays" },
        { EXPR_ARRAY_QUERY, "arrays" },
        { EXPR_FIELD, "composite values" },
        { EXPR_NAMED_ARGUMENT, "named arguments" },
        { EXPR_PARAMETER, "parameters in declarations" },
        { QUERY_GROUPING, "grouping sets" },
        { QUERY_MERGE, "MERGE" },
        { QUERY_SAMPLE, "TABLESAMPLE" },
    };
    const char *what = "such expressions";

    for (size_t i = 0; i < ARRAY_LEN(whats); i++)
        if (whats[i].kind == e->kind)
            what = whats[i].what;
    lite_problem(scope, e, "SQLite has no %s", what);
    return lite_plain(e, NULL);
}

/* Only INDEXED BY is SQLite's own. */
static struct lite_value
lower_form(struct lite_scope *scope, const struct expr *e)
{
    struct expr *copy;

    if (e->arg_count == 0 || e->args[0]->kind != QUERY_TABLE)
        return lower_impossible(scope, e);
    copy = lite_copy(&scope->s->arena, e);
    copy->args[0] = lite_lower_node(scope, e->args[0]).e;
    return lite_plain(copy, NULL);
}

/* ---- names and literals ---- */

const struct type *
lite_logical_type(const struct column *c)
{
    bool ours = !slice_is_none(c->type_override_dialect)
                && lite_is_ours(c->type_override_dialect);

    if (ours)
        return c->type_override;
    return c->has_type ? &c->type : NULL;
}

/* Schemas are part of the table's name here: s.t.c becomes s__t.c. */
static const struct expr *
flat_qualifier(struct lite_scope *scope, const struct expr *e)
{
    struct expr *flat;

    if (e->arg_count < 2)
        return e;
    flat = lite_copy(&scope->s->arena, e);
    flat->arg_count = 1;
    flat->args[0] =
        expr_leaf(&scope->s->arena, EXPR_PART, e->span,
                  lite_flat_name(&scope->s->arena, e->args[e->arg_count - 2]->text,
                                 e->args[e->arg_count - 1]->text));
    return flat;
}

static struct lite_value
lower_column(struct lite_scope *scope, const struct expr *e)
{
    const struct column *c =
        scope->table == NULL ? NULL : table_find_column(scope->table, e->text);
    const struct expr *out = flat_qualifier(scope, e);
    struct lite_output known;
    const struct type *type;

    if (lite_find_output(scope, e, &known))
        return lite_scaled_value(out, known.type, known.scale);
    type = c == NULL ? e->result : lite_logical_type(c);
    return lite_scaled_value(out, type, lite_scale(type, scope->neutral));
}

/* What is not bound may be what PostgreSQL adds to every row. */
static struct lite_value
lower_name(struct lite_scope *scope, const struct expr *e)
{
    static const char *const added[] = {
        "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"
    };

    for (size_t i = 0; i < ARRAY_LEN(added); i++)
        if (slice_is(e->text, added[i]))
            lite_problem(scope, e, "SQLite has no %s", added[i]);
    return lower_column(scope, e);
}

static struct lite_value
lower_typed(struct lite_scope *scope, const struct expr *e)
{
    const struct expr *text = lite_string(&scope->s->arena, e->text);

    if (e->type->kind == TYPE_INTERVAL)
        lite_problem(scope, e, "SQLite has no intervals");
    return lite_plain(lite_literal(scope, text, e->type), e->type);
}

/* ---- CASE, COLLATE and the rest ---- */

/* args: operand?, else?, then pairs: when, then */
static struct lite_value
lower_case(struct lite_scope *scope, const struct expr *e)
{
    size_t count = e->arg_count;
    struct lite_value *all = ARENA_ARRAY(&scope->s->arena, struct lite_value, count + 1);
    struct lite_value *results = ARENA_ARRAY(&scope->s->arena, struct lite_value, count);
    struct lite_value *whens = ARENA_ARRAY(&scope->s->arena, struct lite_value, count);
    size_t n = 0;
    int scale;

    for (size_t i = 0; i < count; i++)
        all[i] = lite_lower_child(scope, e->args[i]);
    for (size_t i = 1; i < count; i += 2, n++) { /* else, then the thens */
        results[n] = all[i];
        whens[n] = all[i - 1]; /* operand, then the whens */
    }
    scale = lite_unify(scope, results, n);
    if (e->args[0] != NULL)
        (void)lite_unify(scope, whens, n);
    for (size_t i = 0; i < n; i++) {
        all[2 * i + 1] = results[i];
        all[2 * i] = whens[i];
    }
    return lite_scaled_value(lite_with_args(scope, e, all), lite_first_type(results, n),
                             scale);
}

static bool
is_our_collation(struct slice name)
{
    return slice_is_fold(name, "nocase") || slice_is_fold(name, "rtrim")
           || slice_is_fold(name, "binary");
}

static struct lite_value
lower_collate(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lite_lower_child(scope, e->args[0]);

    if (is_our_collation(e->text))
        return lite_plain(lite_with_args(scope, e, &v), v.type);
    if (!slice_is(e->text, "C") && !slice_is(e->text, "POSIX"))
        lite_note(scope, e, "SQLite compares by bytes and has no collation \"%.*s\"",
                  SLICE_ARG(e->text));
    return v;
}

static struct lite_value
lower_at_time_zone(struct lite_scope *scope, const struct expr *e)
{
    bool utc = e->args[1]->kind == EXPR_STRING
               && (slice_is_fold(e->args[1]->text, "utc")
                   || slice_is_fold(e->args[1]->text, "z"));

    if (!utc)
        lite_problem(scope, e, "SQLite knows UTC and no other time zone");
    return lite_lower_child(scope, e->args[0]);
}

static struct lite_value
lower_array(struct lite_scope *scope, const struct expr *e)
{
    return lite_plain(lite_array_literal(scope, e), e->result);
}

/* (SELECT …) as a value has the scale of what it selects. */
static struct lite_value
lower_subquery(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lite_lower_child(scope, e->args[0]);

    return lite_scaled_value(lite_with_args(scope, e, &v), e->result,
                             lite_query_scale(&v));
}

typedef struct lite_value lower_fn(struct lite_scope *scope, const struct expr *e);

static lower_fn *const lowerers[] = {
    [EXPR_NULL] = lower_leaf,
    [EXPR_BOOL] = lower_leaf,
    [EXPR_NUMBER] = lower_leaf,
    [EXPR_STRING] = lower_leaf,
    [EXPR_BLOB] = lower_leaf,
    [EXPR_BITS] = lower_impossible,
    [EXPR_TYPED_STRING] = lower_typed,
    [EXPR_NAME] = lower_name,
    [EXPR_PART] = lower_leaf,
    [EXPR_COLUMN] = lower_column,
    [EXPR_STAR] = lower_leaf,
    [EXPR_PARAMETER] = lower_impossible,
    [EXPR_DEFAULT] = lower_leaf,
    [EXPR_UNARY] = lite_lower_unary,
    [EXPR_BINARY] = lite_lower_binary,
    [EXPR_AND] = lower_loose,
    [EXPR_OR] = lower_loose,
    [EXPR_NOT] = lower_loose,
    [EXPR_IS] = lite_lower_is,
    [EXPR_IS_DISTINCT] = lite_lower_comparison,
    [EXPR_BETWEEN] = lite_lower_between,
    [EXPR_IN] = lite_lower_in,
    [EXPR_LIKE] = lite_lower_like,
    [EXPR_QUANTIFIED] = lite_lower_quantified,
    [EXPR_CASE] = lower_case,
    [EXPR_CAST] = lite_lower_cast,
    [EXPR_COLLATE] = lower_collate,
    [EXPR_AT_TIME_ZONE] = lower_at_time_zone,
    [EXPR_SUBSCRIPT] = lower_impossible,
    [EXPR_SUBSCRIPT_SLICE] = lower_impossible,
    [EXPR_FIELD] = lower_impossible,
    [EXPR_ROW] = lite_lower_plain,
    [EXPR_ARRAY] = lower_array,
    [EXPR_ARRAY_QUERY] = lower_impossible,
    [EXPR_EXISTS] = lower_loose,
    [EXPR_SUBQUERY] = lower_subquery,
    [EXPR_LIST] = lower_loose,
    [EXPR_CALL] = lite_lower_call,
    [EXPR_CALL_KEYWORD] = lite_lower_call_keyword,
    [EXPR_NAMED_ARGUMENT] = lower_impossible,
    [EXPR_WINDOW] = lower_loose,
    [EXPR_FORM] = lower_form,
    [EXPR_WORDS] = lower_impossible,
    [EXPR_FRAME] = lower_loose,
    [QUERY_SELECT] = lite_lower_query,
    [QUERY_VALUES] = lite_lower_query,
    [QUERY_SET] = lite_lower_query,
    [QUERY_ORDERED] = lite_lower_query,
    [QUERY_INSERT] = lite_lower_query,
    [QUERY_UPDATE] = lite_lower_query,
    [QUERY_DELETE] = lite_lower_query,
    [QUERY_MERGE] = lower_impossible,
    [QUERY_SAMPLE] = lower_impossible,
    [QUERY_TARGET] = lite_lower_query,
    [QUERY_TABLE] = lite_lower_query,
    [QUERY_FROM_QUERY] = lite_lower_query,
    [QUERY_FROM_CALL] = lite_lower_query,
    [QUERY_JOIN] = lower_loose,
    [QUERY_ORDER] = lower_loose,
    [QUERY_CTE] = lite_lower_query,
    [QUERY_GROUPING] = lower_impossible,
    [QUERY_ASSIGN] = lite_lower_query,
    [QUERY_CONFLICT] = lite_lower_query,
    [QUERY_LOCKING] = lower_leaf,
    [EXPR_VERBATIM] = lower_leaf,
    [EXPR_POISON] = lower_leaf,
};
static_assert(ARRAY_LEN(lowerers) == EXPR_KIND_COUNT, "lower every kind");

struct lite_value
lite_lower_node(struct lite_scope *scope, const struct expr *e)
{
    if (lite_has_problem(scope))
        return lite_plain(e, NULL);
    return lowerers[e->kind](scope, expr_unwrapped(&scope->s->arena, e));
}

const struct expr *
lite_lower_expr(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v;

    if (e == NULL)
        return NULL;
    v = lite_lower_node(scope, e);
    return lite_has_problem(scope) ? NULL : v.e;
}

static void
refuse_unscaled_target(struct lite_scope *scope, const struct lite_value *v,
                       const struct type *type)
{
    int scale = type == NULL ? SCALE_NONE : lite_scale(type, scope->neutral);

    if (v->scale > (scale == SCALE_NONE ? 0 : scale))
        lite_problem(scope, v->e,
                     "a decimal with %d digits behind the point does not fit a column "
                     "with %d: say how with CAST, round() or trunc()",
                     v->scale, scale == SCALE_NONE ? 0 : scale);
}

/* A day or a time of day out of the time of now. */
static const struct expr *
fitting_now(struct lite_scope *scope, const struct expr *e, const struct type *type)
{
    if (e->kind != EXPR_CALL_KEYWORD || !slice_is(e->text, "current_timestamp"))
        return e;
    if (type->kind == TYPE_DATE)
        return lite_keyword(&scope->s->arena, "current_date");
    if (type->kind == TYPE_TIME)
        return lite_keyword(&scope->s->arena, "current_time");
    return e;
}

static const struct expr *
literal_results(struct lite_scope *scope, const struct expr *e, const struct type *type)
{
    struct expr *copy;

    if (e == NULL || e->kind != EXPR_CASE)
        return e == NULL ? NULL : lite_literal(scope, fitting_now(scope, e, type), type);
    copy = lite_copy(&scope->s->arena, e);
    for (size_t i = 1; i < e->arg_count; i += 2)
        copy->args[i] = literal_results(scope, e->args[i], type);
    return copy;
}

const struct expr *
lite_lower_value(struct lite_scope *scope, const struct expr *e, const struct type *type)
{
    struct lite_value v;
    const struct expr *out;
    int scale;

    if (e == NULL)
        return NULL;
    if (type != NULL && type->kind == TYPE_INTERVAL && type->dimensions == 0) {
        const struct expr *constant = lite_interval_constant(&scope->s->arena, e);

        e = constant == NULL ? e : constant;
    }
    v = lite_lower_node(scope, e);
    if (lite_has_problem(scope))
        return NULL;
    refuse_unscaled_target(scope, &v, type);
    scale = type == NULL ? SCALE_NONE : lite_scale(type, scope->neutral);
    if (lite_has_problem(scope) || type == NULL)
        return lite_has_problem(scope) ? NULL : v.e;
    out = scale != SCALE_NONE ? lite_rescaled(scope, &v, scale)
                              : literal_results(scope, v.e, type);
    return lite_has_problem(scope) ? NULL : out;
}
