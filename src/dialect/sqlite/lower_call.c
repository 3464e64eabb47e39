/*
 * Functions and keywords in SQLite's words.  A function that is not in the table
 * does not exist in SQLite, where a CHECK that calls it would fail at CREATE TABLE.
 */
#include "dialect/sqlite/lower_expr.h"

struct function;
typedef struct lite_value call_fn(struct lite_scope *scope, const struct expr *e,
                                  const struct function *f);

struct function {
    const char *name; /* PostgreSQL's or SQLite's */
    const char *ours; /* SQLite's; NULL: the same */
    call_fn *lower;
};

static size_t
arg_count(const struct expr *e)
{
    return e->arg_count - CALL_ARGS;
}

static const struct expr *
arg(const struct expr *e, size_t i)
{
    return e->args[CALL_ARGS + i];
}

/* ---- what can be done with the arguments ---- */

/* The call with all its parts lowered; *values are those of the arguments. */
static struct expr *
lower_parts(struct lite_scope *scope, const struct expr *e, const struct function *f,
            struct lite_value **values)
{
    struct expr *copy = lite_copy(&scope->s->arena, e);
    size_t count = arg_count(e);

    *values = ARENA_ARRAY(&scope->s->arena, struct lite_value, count + 1);
    if (e->args[CALL_ORDER] != NULL)
        lite_problem(scope, e, "SQLite aggregates in no order of one's own");
    for (size_t i = CALL_ORDER; i < CALL_ARGS; i++)
        if (e->args[i] != NULL)
            copy->args[i] = lite_lower_node(scope, e->args[i]).e;
    for (size_t i = 0; i < count; i++) {
        (*values)[i] = lite_lower_node(scope, arg(e, i));
        copy->args[CALL_ARGS + i] = (*values)[i].e;
    }
    copy->args[CALL_QUALIFIER] = NULL;
    copy->flags &= ~(uint32_t)EXPR_SPECIAL;
    if (f->ours != NULL)
        copy->text = slice_from(f->ours);
    return copy;
}

static void
refuse_scaled(struct lite_scope *scope, const struct expr *e,
              const struct lite_value *values)
{
    for (size_t i = 0; i < arg_count(e); i++)
        if (values[i].scale > 0)
            lite_problem(scope, e,
                         "a decimal is stored as an integer, which %.*s() would take for "
                         "another number",
                         SLICE_ARG(e->text));
}

static struct lite_value
same(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value *values;
    struct expr *copy = lower_parts(scope, e, f, &values);

    refuse_scaled(scope, e, values);
    return lite_plain(copy, e->result);
}

/* Of a decimal it drops digits. */
static struct lite_value
fewer_digits(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value *values;
    struct expr *copy = lower_parts(scope, e, f, &values);
    struct lite_value out = lite_plain(copy, e->result);

    if (!lite_has_problem(scope)
        && !lite_drop_digits(scope, e, values, arg_count(e), &out))
        refuse_scaled(scope, e, values);
    return out;
}

/* lower, upper */
static struct lite_value
letters(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    lite_note(scope, e, "%.*s() changes the letters A to Z only in SQLite",
              SLICE_ARG(e->text));
    return same(scope, e, f);
}

/* count(x): whatever x is. */
static struct lite_value
any(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value *values;
    struct expr *copy = lower_parts(scope, e, f, &values);

    return lite_plain(copy, e->result);
}

/* The result has the scale of the arguments, which get one scale. */
static struct lite_value
unify(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value *values;
    struct expr *copy = lower_parts(scope, e, f, &values);
    struct lite_value out = lite_plain(copy, e->result);

    if (arg_count(e) == 0)
        return out;
    out.scale = lite_unify(scope, values, arg_count(e));
    if (out.type == NULL)
        out.type = values[0].type;
    for (size_t i = 0; i < arg_count(e); i++)
        copy->args[CALL_ARGS + i] = values[i].e;
    return out;
}

/* ---- functions that need more than a name ---- */

/* lag(x, 2, y), nth_value(x, 2): the second one counts rows. */
static struct lite_value
of_another_row(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value *values;
    struct expr *copy = lower_parts(scope, e, f, &values);
    struct lite_value out = lite_plain(copy, e->result);
    struct lite_value alike[2] = { { .e = NULL }, { .e = NULL } };

    for (size_t i = 0; i < arg_count(e) && i < 3; i += 2)
        alike[i / 2] = values[i];
    out.scale = lite_unify(scope, alike, 2);
    if (out.type == NULL)
        out.type = alike[0].type;
    for (size_t i = 0; i < arg_count(e) && i < 3; i += 2)
        copy->args[CALL_ARGS + i] = alike[i / 2].e;
    return out;
}

static bool
mentions_now(const struct expr *e)
{
    for (size_t i = 0; i < arg_count(e); i++)
        if (arg(e, i) != NULL && arg(e, i)->kind == EXPR_STRING
            && slice_is_fold(arg(e, i)->text, "now"))
            return true;
    return arg_count(e) == 0;
}

/* date('now') in a CHECK passes CREATE TABLE and fails at the first INSERT. */
static struct lite_value
time_function(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    if (scope->fixed && mentions_now(e))
        lite_problem(scope, e, "SQLite allows no current time here");
    return same(scope, e, f);
}

static struct lite_value
now(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    (void)f;
    if (scope->fixed)
        lite_problem(scope, e, "SQLite allows no current time here");
    return lite_plain(lite_keyword(&scope->s->arena, "current_timestamp"), e->result);
}

/* if(a, b, c), iif(a, b, c): one scale for both results. */
static struct lite_value
conditional(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value *values;
    struct expr *copy = lower_parts(scope, e, f, &values);
    struct lite_value out = lite_plain(copy, e->result);

    if (arg_count(e) != 3) {
        lite_problem(scope, e, "SQLite's iif() has three arguments");
        return out;
    }
    out.scale = lite_unify(scope, values + 1, 2);
    copy->args[CALL_ARGS + 1] = values[1].e;
    copy->args[CALL_ARGS + 2] = values[2].e;
    return out;
}

/* MySQL's unix_timestamp(), unix_timestamp(x): seconds as a number, not as text. */
static struct lite_value
seconds(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct arena *a = &scope->s->arena;
    const struct expr *at = lite_string(a, SLICE("now"));

    (void)f;
    if (arg_count(e) > 1 || (arg_count(e) == 0 && scope->fixed))
        lite_problem(scope, e, "SQLite allows no current time here");
    else if (arg_count(e) == 1)
        at = lite_lower_node(scope, arg(e, 0)).e;
    return lite_plain(
        lite_cast(a, TYPE_INT4, lite_call_2(a, "strftime", lite_stringz(a, "%s"), at)),
        e->result);
}

static const struct expr *
hex_bytes(struct arena *a, int64_t n)
{
    return lite_call_1(a, "hex", lite_call_1(a, "randomblob", lite_number(a, n)));
}

static const struct expr *
join(struct arena *a, const struct expr *left, const struct expr *right)
{
    return left == NULL ? right : lite_binary(a, "||", left, right);
}

/* A random uuid, version 4 variant 1, in lower case. */
static struct lite_value
random_uuid(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct arena *a = &scope->s->arena;
    const struct expr *digits =
        lite_call_2(a, "substr", hex_bytes(a, 2), lite_number(a, 2));
    const struct expr *pick =
        lite_binary(a, "+", lite_number(a, 1),
                    lite_binary(a, "%",
                                lite_call_1(a, "abs",
                                            expr_new(a, EXPR_CALL, SPAN_NONE,
                                                     SLICE("random"), CALL_ARGS)),
                                lite_number(a, 4)));
    const struct expr *variant =
        lite_call_3(a, "substr", lite_stringz(a, "89ab"), pick, lite_number(a, 1));
    const struct expr *parts[] = { hex_bytes(a, 4),
                                   lite_stringz(a, "-"),
                                   hex_bytes(a, 2),
                                   lite_stringz(a, "-4"),
                                   digits,
                                   lite_stringz(a, "-"),
                                   variant,
                                   digits,
                                   lite_stringz(a, "-"),
                                   hex_bytes(a, 6) };
    const struct expr *all = NULL;

    (void)f;
    if (scope->fixed)
        lite_problem(scope, e, "SQLite allows no random value here");
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        all = join(a, all, parts[i]);
    return lite_plain(lite_call_1(a, "lower", all), e->result);
}

/* position(x in s), strpos(s, x) → instr(s, x) */
static struct lite_value
swap_args(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value v = same(scope, e, f);
    struct expr *copy;

    if (lite_has_problem(scope) || arg_count(v.e) != 2)
        return v;
    copy = lite_copy(&scope->s->arena, v.e);
    copy->args[CALL_ARGS] = arg(v.e, 1);
    copy->args[CALL_ARGS + 1] = arg(v.e, 0);
    return lite_plain(copy, v.type);
}

/* PostgreSQL leaves NULLs out; max(a, b) is NULL as soon as one is. */
static const struct expr *
greater_of_two(struct arena *a, const char *name, const struct expr *x,
               const struct expr *y)
{
    return lite_call_3(a, "coalesce", lite_call_2(a, name, x, y), x, y);
}

#define GREATEST_ARGS_MAX 4 /* each argument more doubles the text */

static struct lite_value
greatest(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value v = unify(scope, e, f);
    const struct expr *all;

    if (lite_has_problem(scope))
        return v;
    if (arg_count(e) > GREATEST_ARGS_MAX)
        lite_problem(scope, e, "%.*s() of more than %d values is too long here",
                     SLICE_ARG(e->text), GREATEST_ARGS_MAX);
    all = arg(v.e, 0);
    for (size_t i = 1; i < arg_count(e) && !lite_has_problem(scope); i++)
        all = greater_of_two(&scope->s->arena, f->ours, all, arg(v.e, i));
    v.e = all;
    return v;
}

/* concat() takes NULL for an empty text. */
static struct lite_value
concat(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct arena *a = &scope->s->arena;
    struct lite_value v = same(scope, e, f);
    const struct expr *all = NULL;

    for (size_t i = 0; i < arg_count(e) && !lite_has_problem(scope); i++)
        all = join(a, all, lite_call_2(a, "coalesce", arg(v.e, i), lite_stringz(a, "")));
    v.e = all == NULL ? lite_stringz(a, "") : all;
    return v;
}

static struct lite_value
octet_length(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value v = same(scope, e, f);

    if (!lite_has_problem(scope) && arg_count(e) == 1)
        v.e = lite_call_1(&scope->s->arena, "length",
                          lite_cast(&scope->s->arena, TYPE_BYTES, arg(v.e, 0)));
    return v;
}

/* left(s, n) → substr(s, 1, n) */
static struct lite_value
left(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value v = same(scope, e, f);

    if (lite_has_problem(scope) || arg_count(e) != 2)
        return v;
    if (arg(e, 1)->kind != EXPR_NUMBER)
        lite_problem(scope, e, "left() needs a constant length here");
    v.e = lite_call_3(&scope->s->arena, "substr", arg(v.e, 0),
                      lite_number(&scope->s->arena, 1), arg(v.e, 1));
    return v;
}

/* right(s, n) → substr(s, -n) */
static struct lite_value
right(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value v = same(scope, e, f);

    if (lite_has_problem(scope) || arg_count(e) != 2)
        return v;
    if (arg(e, 1)->kind != EXPR_NUMBER)
        lite_problem(scope, e, "right() needs a constant length here");
    v.e = lite_call_2(&scope->s->arena, "substr", arg(v.e, 0),
                      lite_digits(&scope->s->arena, arg(e, 1)->text, true));
    return v;
}

static const struct {
    const char *field;
    const char *format;
} time_fields[] = {
    { "year", "%Y" },   { "month", "%m" }, { "day", "%d" }, { "hour", "%H" },
    { "minute", "%M" }, { "doy", "%j" },   { "dow", "%w" }, { "epoch", "%s" },
};

/* extract(year from x) → CAST(strftime('%Y', x) AS INTEGER) */
static struct lite_value
extract(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct arena *a = &scope->s->arena;
    struct lite_value v;

    (void)f;
    if (arg_count(e) != 2 || arg(e, 0)->kind != EXPR_STRING) {
        lite_problem(scope, e, "SQLite has no such %.*s()", SLICE_ARG(e->text));
        return lite_plain(e, NULL);
    }
    v = lite_lower_node(scope, arg(e, 1));
    for (size_t i = 0; i < ARRAY_LEN(time_fields); i++)
        if (slice_is_fold(arg(e, 0)->text, time_fields[i].field))
            return lite_plain(
                lite_cast(a, TYPE_INT4,
                          lite_call_2(a, "strftime",
                                      lite_stringz(a, time_fields[i].format), v.e)),
                e->result);
    lite_problem(scope, e, "SQLite cannot extract \"%.*s\" from a time",
                 SLICE_ARG(arg(e, 0)->text));
    return v;
}

static const struct {
    const char *field;
    const char *format;
} truncations[] = {
    { "year", "%Y-01-01 00:00:00" },   { "month", "%Y-%m-01 00:00:00" },
    { "day", "%Y-%m-%d 00:00:00" },    { "hour", "%Y-%m-%d %H:00:00" },
    { "minute", "%Y-%m-%d %H:%M:00" }, { "second", "%Y-%m-%d %H:%M:%S" },
};

static struct lite_value
date_trunc(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct arena *a = &scope->s->arena;

    (void)f;
    for (size_t i = 0; i < ARRAY_LEN(truncations); i++)
        if (arg_count(e) == 2 && arg(e, 0)->kind == EXPR_STRING
            && slice_is_fold(arg(e, 0)->text, truncations[i].field))
            return lite_plain(lite_call_2(a, "strftime",
                                          lite_stringz(a, truncations[i].format),
                                          lite_lower_node(scope, arg(e, 1)).e),
                              e->result);
    lite_problem(scope, e, "SQLite has no such date_trunc()");
    return lite_plain(e, NULL);
}

static struct lite_value
modulo(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    struct lite_value v = same(scope, e, f);

    if (!lite_has_problem(scope) && arg_count(e) == 2)
        v.e = lite_binary(&scope->s->arena, "%", arg(v.e, 0), arg(v.e, 1));
    return v;
}

/* PostgreSQL's lies between 0 and 1, SQLite's is any 64-bit integer. */
static struct lite_value
random_number(struct lite_scope *scope, const struct expr *e, const struct function *f)
{
    (void)f;
    lite_problem(scope, e,
                 "random() is a fraction in PostgreSQL and an integer in SQLite");
    return lite_plain(e, NULL);
}

/* ---- the table ---- */

static const struct function functions[] = {
    { "abs", NULL, unify },
    { "avg", NULL, same },
    { "bool_and", "min", any },
    { "bool_or", "max", any },
    { "btrim", "trim", same },
    { "ceil", NULL, fewer_digits },
    { "ceiling", "ceil", fewer_digits },
    { "changes", NULL, same },
    { "char", NULL, same },
    { "char_length", "length", same },
    { "character_length", "length", same },
    { "chr", "char", same },
    { "clock_timestamp", NULL, now },
    { "coalesce", NULL, unify },
    { "concat", NULL, concat },
    { "count", NULL, any },
    { "cume_dist", NULL, any },
    { "date", NULL, time_function },
    { "date_part", NULL, extract },
    { "date_trunc", NULL, date_trunc },
    { "datetime", NULL, time_function },
    { "dense_rank", NULL, any },
    { "every", "min", any },
    { "exp", NULL, same },
    { "extract", NULL, extract },
    { "first_value", NULL, unify },
    { "floor", NULL, fewer_digits },
    { "format", NULL, same },
    { "gen_random_uuid", NULL, random_uuid },
    { "glob", NULL, same },
    { "greatest", "max", greatest },
    { "group_concat", NULL, same },
    { "hex", NULL, same },
    { "if", "iif", conditional },
    { "ifnull", NULL, unify },
    { "iif", NULL, conditional },
    { "instr", NULL, same },
    { "json", NULL, same },
    { "json_agg", "json_group_array", same },
    { "json_array", NULL, same },
    { "json_array_length", NULL, same },
    { "json_build_array", "json_array", same },
    { "json_build_object", "json_object", same },
    { "json_each", NULL, same },
    { "json_extract", NULL, same },
    { "json_group_array", NULL, same },
    { "json_group_object", NULL, same },
    { "json_insert", NULL, same },
    { "json_object", NULL, same },
    { "json_object_agg", "json_group_object", same },
    { "json_patch", NULL, same },
    { "json_remove", NULL, same },
    { "json_replace", NULL, same },
    { "json_set", NULL, same },
    { "json_tree", NULL, same },
    { "json_type", NULL, same },
    { "json_valid", NULL, same },
    { "jsonb_agg", "json_group_array", same },
    { "jsonb_array_length", "json_array_length", same },
    { "jsonb_build_array", "json_array", same },
    { "jsonb_build_object", "json_object", same },
    { "jsonb_object_agg", "json_group_object", same },
    { "julianday", NULL, time_function },
    { "lag", NULL, of_another_row },
    { "last_value", NULL, unify },
    { "lead", NULL, of_another_row },
    { "least", "min", greatest },
    { "left", NULL, left },
    { "length", NULL, same },
    { "ln", NULL, same },
    { "log10", NULL, same },
    { "lower", NULL, letters },
    { "ltrim", NULL, same },
    { "max", NULL, unify },
    { "min", NULL, unify },
    { "mod", NULL, modulo },
    { "now", NULL, now },
    { "nth_value", NULL, of_another_row },
    { "ntile", NULL, same },
    { "nullif", NULL, unify },
    { "octet_length", NULL, octet_length },
    { "percent_rank", NULL, any },
    { "position", "instr", swap_args },
    { "pow", NULL, same },
    { "power", "pow", same },
    { "printf", NULL, same },
    { "quote", NULL, same },
    { "random", NULL, random_number },
    { "randomblob", NULL, same },
    { "rank", NULL, any },
    { "replace", NULL, same },
    { "right", NULL, right },
    { "round", NULL, fewer_digits },
    { "row_number", NULL, any },
    { "rtrim", NULL, same },
    { "sign", NULL, any },
    { "sqrt", NULL, same },
    { "statement_timestamp", NULL, now },
    { "strftime", NULL, time_function },
    { "string_agg", "group_concat", same },
    { "strpos", "instr", same },
    { "substr", NULL, same },
    { "substring", "substr", same },
    { "sum", NULL, unify },
    { "time", NULL, time_function },
    { "total", NULL, same },
    { "transaction_timestamp", NULL, now },
    { "trim", NULL, same },
    { "trunc", NULL, fewer_digits },
    { "typeof", NULL, any },
    { "unicode", NULL, same },
    { "unix_timestamp", NULL, seconds },
    { "unixepoch", NULL, time_function },
    { "upper", NULL, letters },
    { "uuid_generate_v4", NULL, random_uuid },
    { "zeroblob", NULL, same },
};

/* PostgreSQL's calls of that name mean what the schema declares, and no function here. */
static bool
is_declared(const struct lite_scope *scope, const struct expr *e)
{
    return scope->routines != NULL && map_has(scope->routines, e->text)
           && dialect_is_sqlite_function(e->text);
}

struct lite_value
lite_lower_call(struct lite_scope *scope, const struct expr *e)
{
    size_t count = is_declared(scope, e) ? 0 : ARRAY_LEN(functions);

    if (e->flags & EXPR_VARIADIC)
        lite_problem(scope, e, "SQLite has no VARIADIC");
    for (size_t i = 0; i < count; i++)
        if (slice_is_fold(e->text, functions[i].name))
            return functions[i].lower(scope, e, &functions[i]);
    lite_problem(scope, e, "SQLite has no function %.*s()", SLICE_ARG(e->text));
    return lite_plain(e, NULL);
}

/* ---- keywords ---- */

struct lite_value
lite_lower_call_keyword(struct lite_scope *scope, const struct expr *e)
{
    static const struct {
        const char *word;
        const char *ours;
    } words[] = {
        { "current_timestamp", "current_timestamp" },
        { "localtimestamp", "current_timestamp" },
        { "current_date", "current_date" },
        { "current_time", "current_time" },
        { "localtime", "current_time" },
    };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!slice_is_fold(e->text, words[i].word))
            continue;
        if (scope->fixed)
            lite_problem(scope, e, "SQLite allows no current time here");
        return lite_plain(lite_keyword(&scope->s->arena, words[i].ours), e->result);
    }
    lite_problem(scope, e, "SQLite knows no %.*s", SLICE_ARG(e->text));
    return lite_plain(e, NULL);
}
