/*
 * Expressions in SQLite's words: operators, names, the scale of decimals.
 *
 * A decimal is stored as an integer times ten to its scale.  So each value carries its
 * scale upwards: sums and comparisons bring both sides to one scale, a product with a
 * whole number keeps it, and whatever would give a wrong number is refused.
 */
#include <assert.h>

#include "dialect/sqlite/lite.h"

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

/* ---- values ---- */

/*
 * A value without a scale.  Resolve calls every product of numbers a decimal; only that
 * of a column says how it is stored, so that type is forgotten here.
 */
struct lite_value
lite_plain(const struct expr *e, const struct type *type)
{
    bool vague = type != NULL && type->kind == TYPE_DECIMAL && type->dimensions == 0;

    return (
        struct lite_value){ .e = e, .type = vague ? NULL : type, .scale = SCALE_NONE };
}

static struct lite_value
scaled_value(const struct expr *e, const struct type *type, int scale)
{
    return (struct lite_value){ .e = e, .type = type, .scale = scale };
}

static bool
is_whole(const struct lite_value *v)
{
    if (lite_is_number(v->e))
        return lite_fraction_digits(v->e) == 0;
    return v->type != NULL && v->type->dimensions == 0
           && (v->type->kind == TYPE_INT2 || v->type->kind == TYPE_INT4
               || v->type->kind == TYPE_INT8);
}

static const struct expr *
times_ten(struct arena *a, const struct expr *e, int digits)
{
    int64_t factor = 1;

    if (digits == 0)
        return e;
    for (int i = 0; i < digits; i++)
        factor *= 10;
    return lite_binary(a, "*", e, lite_number(a, factor));
}

static const struct expr *rescaled(struct lite_scope *scope, const struct lite_value *v,
                                   int scale);

/* The results of CASE, one by one. */
static const struct expr *
rescaled_case(struct lite_scope *scope, const struct expr *e, int scale)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    for (size_t i = 1; i < e->arg_count; i += 2) {
        struct lite_value v = lite_plain(e->args[i], NULL);

        if (e->args[i] != NULL)
            copy->args[i] = rescaled(scope, &v, scale);
    }
    return copy;
}

/*
 * The value at another scale.  Needs: scale is at least the value's own.  A value that
 * has no scale must be a constant, a whole number, or made of such.
 */
static const struct expr *
rescaled(struct lite_scope *scope, const struct lite_value *v, int scale)
{
    struct arena *a = &scope->s->arena;

    if (v->e->kind == EXPR_NULL || v->e->kind == EXPR_PARAMETER)
        return v->e;
    if (v->scale != SCALE_NONE)
        return times_ten(a, v->e, scale - v->scale);
    if (lite_is_number(v->e) || v->e->kind == EXPR_STRING)
        return lite_scaled(scope, v->e, scale);
    if (v->e->kind == EXPR_CASE)
        return rescaled_case(scope, v->e, scale);
    if (is_whole(v))
        return times_ten(a, v->e, scale);
    lite_problem(scope, v->e, 
                 "a decimal is stored as an integer here, and meets a value that is "
                 "neither a decimal nor a whole number");
    return v->e;
}

static int
largest_scale(const struct lite_value *values, size_t count)
{
    int scale = SCALE_NONE;

    for (size_t i = 0; i < count; i++)
        if (values[i].e != NULL && values[i].scale > scale)
            scale = values[i].scale;
    return scale;
}

/* The first type that says how a constant beside it must be spelt. */
static const struct type *
first_type(const struct lite_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].e != NULL && values[i].type != NULL
            && !expr_is_constant(values[i].e))
            return values[i].type;
    return NULL;
}

static bool
is_decimal_text(const struct lite_scope *scope, const struct type *t)
{
    return t != NULL && t->dimensions == 0 && lite_scale(t, scope->neutral) == SCALE_NONE
           && (t->kind == TYPE_DECIMAL_TEXT
               || (scope->neutral && t->kind == TYPE_DECIMAL));
}

/* Digits in text compare as numbers only after a cast, which keeps 15 of them. */
static void
unify_decimal_texts(struct lite_scope *scope, struct lite_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].e == NULL || !is_decimal_text(scope, values[i].type)
            || expr_is_constant(values[i].e))
            continue;
        lite_note(scope, values[i].e,
                  "the digits of a decimal are kept as text and compared as a floating "
                  "point number");
        values[i].e = lite_cast(&scope->s->arena, TYPE_REAL, values[i].e);
        values[i].type = NULL;
    }
}

int
lite_unify(struct lite_scope *scope, struct lite_value *values, size_t count)
{
    int scale = largest_scale(values, count);
    const struct type *type = first_type(values, count);

    if (scale == SCALE_NONE && is_decimal_text(scope, type)) {
        unify_decimal_texts(scope, values, count);
        return scale;
    }
    for (size_t i = 0; i < count; i++) {
        if (values[i].e == NULL || lite_has_problem(scope))
            continue;
        if (scale != SCALE_NONE)
            values[i].e = rescaled(scope, &values[i], scale);
        else if (type != NULL && expr_is_constant(values[i].e))
            values[i].e = lite_literal(scope, values[i].e, type);
        values[i].scale = scale;
    }
    return scale;
}

/* ---- children ---- */

static struct lite_value
lower_child(struct lite_scope *scope, const struct expr *e)
{
    return e == NULL ? lite_plain(NULL, NULL) : lite_lower_node(scope, e);
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
        struct lite_value v = lower_child(scope, e->args[i]);

        copy->args[i] = v.e;
        if (!loose && v.scale > 0)
            lite_problem(scope, e->args[i], 
                         "a decimal is stored as an integer, which %s would read as "
                         "another number",
                         e->kind == EXPR_BINARY ? "this operator" : "this expression");
    }
    return lite_plain(copy, e->result);
}

static struct lite_value
lower_plain(struct lite_scope *scope, const struct expr *e)
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
        return scaled_value(out, known.type, known.scale);
    type = c == NULL ? e->result : lite_logical_type(c);
    return scaled_value(out, type, lite_scale(type, scope->neutral));
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

/* ---- operators ---- */

static const struct expr *
with_args(struct lite_scope *scope, const struct expr *e, const struct lite_value *values)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);

    for (size_t i = 0; i < e->arg_count; i++)
        copy->args[i] = values[i].e;
    return copy;
}

static struct lite_value
lower_comparison(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2] = { lower_child(scope, e->args[0]),
                               lower_child(scope, e->args[1]) };

    (void)lite_unify(scope, v, 2);
    return lite_plain(with_args(scope, e, v), e->result);
}

/* A sum of scaled integers is one itself, though numeric without digits is its type. */
static void
refuse_decimal_text(struct lite_scope *scope, const struct lite_value *v)
{
    if (v->scale == SCALE_NONE && is_decimal_text(scope, v->type)
        && !expr_is_constant(v->e))
        lite_problem(scope, v->e, 
                     "the digits of numeric beyond 18 are kept as text, which cannot be "
                     "calculated with");
}

static struct lite_value
lower_sum(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2];
    struct lite_value interval;
    int scale;

    if (lite_lower_interval_sum(scope, e, &interval))
        return interval;
    v[0] = lower_child(scope, e->args[0]);
    v[1] = lower_child(scope, e->args[1]);
    refuse_decimal_text(scope, &v[0]);
    refuse_decimal_text(scope, &v[1]);
    if (largest_scale(v, 2) == SCALE_NONE)
        return lite_plain(with_args(scope, e, v), e->result);
    scale = lite_unify(scope, v, 2);
    return scaled_value(with_args(scope, e, v), e->result, scale);
}

/* A constant with its own digits: 1.19 becomes 119 at scale 2. */
static void
scale_constant(struct lite_scope *scope, struct lite_value *v)
{
    if (v->scale != SCALE_NONE || !lite_is_number(v->e))
        return;
    v->scale = lite_fraction_digits(v->e);
    if (v->scale < 0)
        lite_problem(scope, v->e, "this number has an exponent");
    else
        v->e = lite_scaled(scope, v->e, v->scale);
}

static struct lite_value
lower_product(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2] = { lower_child(scope, e->args[0]),
                               lower_child(scope, e->args[1]) };

    refuse_decimal_text(scope, &v[0]);
    refuse_decimal_text(scope, &v[1]);
    if (v[0].scale == SCALE_NONE && v[1].scale == SCALE_NONE)
        return lite_plain(with_args(scope, e, v), e->result);
    if (v[0].scale > 0 && v[1].scale > 0)
        lite_problem(scope, e, 
                     "the product of two decimals that are stored as integers can "
                     "overflow 64 bits, which SQLite turns into a floating point number");
    scale_constant(scope, &v[0]);
    scale_constant(scope, &v[1]);
    for (size_t i = 0; i < 2; i++)
        if (v[i].scale == SCALE_NONE && !is_whole(&v[i]))
            lite_problem(scope, v[i].e, 
                         "a decimal that is stored as an integer can only be multiplied "
                         "by a constant or a whole number");
    return scaled_value(with_args(scope, e, v), e->result,
                        (v[0].scale > 0 ? v[0].scale : 0)
                            + (v[1].scale > 0 ? v[1].scale : 0));
}

static struct lite_value
lower_quotient(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2] = { lower_child(scope, e->args[0]),
                               lower_child(scope, e->args[1]) };

    refuse_decimal_text(scope, &v[0]);
    refuse_decimal_text(scope, &v[1]);
    if (largest_scale(v, 2) != SCALE_NONE)
        lite_problem(scope, e, 
                     "a decimal that is stored as an integer cannot be divided without "
                     "losing digits");
    if (e->args[1]->kind != EXPR_NUMBER)
        lite_note(scope, e, "dividing by zero gives NULL in SQLite, and no error");
    return lite_plain(with_args(scope, e, v), e->result);
}

static struct lite_value
lower_power(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lower_plain(scope, e);

    if (lite_has_problem(scope))
        return v;
    return lite_plain(lite_call_2(&scope->s->arena, "pow", v.e->args[0], v.e->args[1]),
                      e->result);
}

typedef struct lite_value lower_fn(struct lite_scope *scope, const struct expr *e);

static const struct {
    const char *operator;
    lower_fn *lower;
} binaries[] = {
    { "=", lower_comparison },  { "<>", lower_comparison },  { "<", lower_comparison },
    { ">", lower_comparison },  { "<=", lower_comparison },  { ">=", lower_comparison },
    { "+", lower_sum },         { "-", lower_sum },          { "*", lower_product },
    { "/", lower_quotient },    { "%", lower_quotient },     { "^", lower_power },
    { "||", lower_plain },      { "->", lower_plain },       { "->>", lower_plain },
    { "&", lower_plain },       { "|", lower_plain },        { "<<", lower_plain },
    { ">>", lower_plain },      { "~", lite_lower_regex },   { "~*", lite_lower_regex },
    { "!~", lite_lower_regex }, { "!~*", lite_lower_regex },
};

static struct lite_value
lower_binary(struct lite_scope *scope, const struct expr *e)
{
    for (size_t i = 0; i < ARRAY_LEN(binaries); i++)
        if (slice_is(e->text, binaries[i].operator))
            return binaries[i].lower(scope, e);
    lite_problem(scope, e, "SQLite has no operator %.*s", SLICE_ARG(e->text));
    return lite_plain(e, NULL);
}

static struct lite_value
lower_unary(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lower_child(scope, e->args[0]);
    bool sign = slice_is(e->text, "-") || slice_is(e->text, "+");

    if (!sign && !slice_is(e->text, "~"))
        lite_problem(scope, e, "SQLite has no operator %.*s", SLICE_ARG(e->text));
    if (!sign && v.scale > 0)
        lite_problem(scope, e, "a decimal is stored as an integer here");
    refuse_decimal_text(scope, &v);
    return scaled_value(with_args(scope, e, &v), v.type, v.scale);
}

static struct lite_value
lower_is(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v = lower_child(scope, e->args[0]);
    struct expr *copy = lite_copy(&scope->s->arena, e);

    copy->args[0] = v.e;
    if (slice_is(e->text, "unknown"))
        copy->text = SLICE("null");
    else if (!slice_is(e->text, "null") && !slice_is(e->text, "true")
             && !slice_is(e->text, "false"))
        lite_problem(scope, e, "SQLite has no IS %.*s", SLICE_ARG(e->text));
    return lite_plain(copy, e->result);
}

static struct lite_value
lower_between(struct lite_scope *scope, const struct expr *e)
{
    struct arena *a = &scope->s->arena;
    struct lite_value v[3] = { lower_child(scope, e->args[0]),
                               lower_child(scope, e->args[1]),
                               lower_child(scope, e->args[2]) };
    const struct expr *either;

    (void)lite_unify(scope, v, 3);
    if (!(e->flags & EXPR_SYMMETRIC))
        return lite_plain(with_args(scope, e, v), e->result);
    either = lite_or(a, lite_between(a, v[0].e, v[1].e, v[2].e),
                     lite_between(a, v[0].e, v[2].e, v[1].e));
    return lite_plain(e->flags & EXPR_NEGATED ? lite_not(a, either) : either, e->result);
}

/* x IN (list): one scale for all of them. */
static struct lite_value
lower_in_list(struct lite_scope *scope, const struct expr *e, const struct expr *list)
{
    size_t count = list->arg_count + 1;
    struct lite_value *v = ARENA_ARRAY(&scope->s->arena, struct lite_value, count);
    struct expr *copy = lite_copy(&scope->s->arena, e);

    v[0] = lower_child(scope, e->args[0]);
    for (size_t i = 1; i < count; i++)
        v[i] = lower_child(scope, list->args[i - 1]);
    (void)lite_unify(scope, v, count);
    copy->args[0] = v[0].e;
    copy->args[1] = with_args(scope, list, v + 1);
    return lite_plain(copy, e->result);
}

/* Of a query that gives one column. */
static int
query_scale(const struct lite_value *v)
{
    return v->outputs != NULL && v->outputs->all.count == 1
               ? v->outputs->all.items[0].scale
               : SCALE_NONE;
}

static struct lite_value
lower_in(struct lite_scope *scope, const struct expr *e)
{
    struct lite_value v[2];

    if (e->args[1]->kind == EXPR_LIST)
        return lower_in_list(scope, e, e->args[1]);
    v[0] = lower_child(scope, e->args[0]);
    v[1] = lower_child(scope, e->args[1]);
    if (query_scale(&v[1]) != v[0].scale && (query_scale(&v[1]) > 0 || v[0].scale > 0))
        lite_problem(scope, e, 
                     "decimals of different scale are stored as integers here");
    return lite_plain(with_args(scope, e, v), e->result);
}

/* x = ANY (ARRAY[…]) and x <> ALL (ARRAY[…]) are how PostgreSQL stores IN. */
static struct lite_value
lower_quantified(struct lite_scope *scope, const struct expr *e)
{
    const struct expr *array = e->args[1];
    bool all = (e->flags & EXPR_ALL) != 0;
    struct expr *in;
    struct expr *list;

    while (array->kind == EXPR_CAST)
        array = array->args[0];
    if (array->kind != EXPR_ARRAY || !slice_is(e->text, all ? "<>" : "=")) {
        lite_problem(scope, e, "SQLite has no arrays to compare with");
        return lite_plain(e, NULL);
    }
    list = lite_copy(&scope->s->arena, array);
    list->kind = EXPR_LIST;
    in = expr_2(&scope->s->arena, EXPR_IN, e->span, SLICE_NONE, e->args[0], list);
    in->flags = all ? EXPR_NEGATED : 0;
    return lower_in_list(scope, in, list);
}

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
        all[i] = lower_child(scope, e->args[i]);
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
    return scaled_value(with_args(scope, e, all), first_type(results, n), scale);
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
    struct lite_value v = lower_child(scope, e->args[0]);

    if (is_our_collation(e->text))
        return lite_plain(with_args(scope, e, &v), v.type);
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
    return lower_child(scope, e->args[0]);
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
    struct lite_value v = lower_child(scope, e->args[0]);

    return scaled_value(with_args(scope, e, &v), e->result, query_scale(&v));
}

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
    [EXPR_UNARY] = lower_unary,
    [EXPR_BINARY] = lower_binary,
    [EXPR_AND] = lower_loose,
    [EXPR_OR] = lower_loose,
    [EXPR_NOT] = lower_loose,
    [EXPR_IS] = lower_is,
    [EXPR_IS_DISTINCT] = lower_comparison,
    [EXPR_BETWEEN] = lower_between,
    [EXPR_IN] = lower_in,
    [EXPR_LIKE] = lite_lower_like,
    [EXPR_QUANTIFIED] = lower_quantified,
    [EXPR_CASE] = lower_case,
    [EXPR_CAST] = lite_lower_cast,
    [EXPR_COLLATE] = lower_collate,
    [EXPR_AT_TIME_ZONE] = lower_at_time_zone,
    [EXPR_SUBSCRIPT] = lower_impossible,
    [EXPR_SUBSCRIPT_SLICE] = lower_impossible,
    [EXPR_FIELD] = lower_impossible,
    [EXPR_ROW] = lower_plain,
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
    [EXPR_POISON] = lower_leaf,
};
static_assert(ARRAY_LEN(lowerers) == EXPR_KIND_COUNT, "lower every kind");

struct lite_value
lite_lower_node(struct lite_scope *scope, const struct expr *e)
{
    if (lite_has_problem(scope))
        return lite_plain(e, NULL);
    return lowerers[e->kind](scope, e);
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
                     "with %d: rounding would have to be said",
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
    v = lite_lower_node(scope, e);
    if (lite_has_problem(scope))
        return NULL;
    refuse_unscaled_target(scope, &v, type);
    scale = type == NULL ? SCALE_NONE : lite_scale(type, scope->neutral);
    if (lite_has_problem(scope) || type == NULL)
        return lite_has_problem(scope) ? NULL : v.e;
    out = scale != SCALE_NONE ? rescaled(scope, &v, scale)
                              : literal_results(scope, v.e, type);
    return lite_has_problem(scope) ? NULL : out;
}
