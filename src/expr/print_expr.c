/*
 * Printing expressions: one function per kind, in the order of expr.def, and the table
 * that finds it.  Calls are in print_call.c, queries in print_query.c, parentheses in
 * precedence.c.
 */
#include <assert.h>

#include "base/vec.h"
#include "expr/print.h"

void
sqlw_operand(struct sqlw *w, const struct expr *parent, size_t arg)
{
    const struct expr *child = parent->args[arg];

    if (precedence_needs_parens(parent, arg, child))
        sqlw_expr_grouped(w, child);
    else
        sqlw_expr(w, child);
}

void
print_args(struct sqlw *w, const struct expr *e, size_t first)
{
    for (size_t i = first; i < e->arg_count; i++) {
        if (i > first)
            sqlw_comma(w);
        sqlw_expr(w, e->args[i]);
    }
}

void
print_list_in_parens(struct sqlw *w, const struct expr *list)
{
    sqlw_open(w);
    print_args(w, list, 0);
    sqlw_close(w);
}

/* ---- literals ---- */

static void
print_null(struct sqlw *w, const struct expr *e)
{
    (void)e;
    sqlw_kw(w, "NULL");
}

static void
print_upper_text(struct sqlw *w, const struct expr *e)
{
    print_upper(w, e->text);
}

static void
print_text(struct sqlw *w, const struct expr *e)
{
    sqlw_raw(w, e->text);
}

static void
print_string(struct sqlw *w, const struct expr *e)
{
    sqlw_string(w, e->text);
}

/* x'00ff', b'0101' */
static void
print_prefixed_string(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, e->kind == EXPR_BLOB ? "x" : "b");
    w->need_blank = false;
    sqlw_string(w, e->text);
}

static void
print_typed_string(struct sqlw *w, const struct expr *e)
{
    sqlw_type(w, e->type);
    sqlw_string(w, e->text);
}

/* ---- names ---- */

void
print_qualifiers(struct sqlw *w, const struct expr *e, size_t first)
{
    for (size_t i = first; i < e->arg_count; i++)
        if (e->args[i] != NULL) {
            sqlw_ident(w, e->args[i]->text);
            sqlw_dot(w);
        }
}

static void
print_name(struct sqlw *w, const struct expr *e)
{
    print_qualifiers(w, e, 0);
    if ((e->flags & EXPR_OWN_TABLE) && !slice_is_none(w->own_table)) {
        sqlw_raw(w, w->own_table);
        sqlw_dot(w);
    }
    sqlw_ident(w, e->text);
}

/* FROM f() AS t (a integer) gives its columns types. */
static void
print_part(struct sqlw *w, const struct expr *e)
{
    sqlw_ident(w, e->text);
    if (e->type != NULL)
        sqlw_type(w, e->type);
    if (e->arg_count > 0) {
        sqlw_kw(w, "COLLATE");
        sqlw_expr(w, e->args[0]);
    }
}

static void
print_star(struct sqlw *w, const struct expr *e)
{
    print_qualifiers(w, e, 0);
    sqlw_kw(w, "*");
}

static void
print_default(struct sqlw *w, const struct expr *e)
{
    (void)e;
    sqlw_kw(w, "DEFAULT");
}

/* ---- operators ---- */

/*
 * Would operator and operand run together: --1 (a comment), ~-1 (one operator), @a (a
 * parameter)?  An operand that is an operator may begin with another prefix operator, and
 * a pass may have made a number with a sign.
 */
static bool
needs_blank_after(const struct sqlw *w, const struct expr *prefix)
{
    const struct expr *operand = prefix->args[0];
    bool tight = slice_is(prefix->text, "-") || slice_is(prefix->text, "+")
                 || slice_is(prefix->text, "~");

    if (!tight)
        return true;
    if (precedence_needs_parens(prefix, 0, operand)
        || (w->style->keeps_parens && expr_parens(operand) > 0))
        return false;
    return !precedence_is_primary(operand) || slice_starts(operand->text, "-");
}

static void
print_unary(struct sqlw *w, const struct expr *e)
{
    sqlw_raw(w, e->text);
    w->need_blank = needs_blank_after(w, e);
    sqlw_operand(w, e, 0);
}

static void
print_binary(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    sqlw_raw(w, e->text);
    sqlw_operand(w, e, 1);
}

/*
 * Do the parentheses that go around several operands come in pairs?  A pass that has put
 * another operand into the chain may have taken one of a pair with it.
 */
static bool
groups_are_whole(const struct expr *chain)
{
    uint32_t open = 0;

    for (size_t i = 0; i < chain->arg_count; i++) {
        open += expr_opened(chain->args[i]);
        if (expr_closed(chain->args[i]) > open)
            return false;
        open -= expr_closed(chain->args[i]);
    }
    return open == 0;
}

/* a AND (b AND c): the chain is flat, and the writer's groups stand on its operands. */
static void
print_and_or(struct sqlw *w, const struct expr *e)
{
    bool groups = w->style->keeps_parens && groups_are_whole(e);

    for (size_t i = 0; i < e->arg_count; i++) {
        const struct expr *arg = e->args[i];
        uint32_t own = expr_parens(arg);

        if (i > 0)
            sqlw_kw(w, e->kind == EXPR_AND ? "AND" : "OR");
        for (uint32_t n = expr_opened(arg); groups && n > own; n--)
            sqlw_open(w);
        sqlw_operand(w, e, i);
        for (uint32_t n = expr_closed(arg); groups && n > own; n--)
            sqlw_close(w);
    }
}

static void
print_not(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "NOT");
    sqlw_operand(w, e, 0);
}

/* The NOT inside an operator: IS NOT NULL, NOT IN, NOT LIKE. */
static void
print_negation(struct sqlw *w, const struct expr *e)
{
    if (e->flags & EXPR_NEGATED)
        sqlw_kw(w, "NOT");
}

static void
print_is(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    sqlw_kw(w, "IS");
    print_negation(w, e);
    print_upper(w, e->text);
}

static void
print_is_distinct(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    sqlw_kw(w, "IS");
    print_negation(w, e);
    sqlw_kw(w, "DISTINCT FROM");
    sqlw_operand(w, e, 1);
}

static void
print_between(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    print_negation(w, e);
    sqlw_kw(w, e->flags & EXPR_SYMMETRIC ? "BETWEEN SYMMETRIC" : "BETWEEN");
    sqlw_operand(w, e, 1);
    sqlw_kw(w, "AND");
    sqlw_operand(w, e, 2);
}

static void
print_in(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    print_negation(w, e);
    sqlw_kw(w, "IN");
    if (e->args[1]->kind == EXPR_LIST)
        print_list_in_parens(w, e->args[1]);
    else
        sqlw_expr_parens(w, e->args[1]);
}

static void
print_like(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    print_negation(w, e);
    if (slice_is(e->text, "similar"))
        sqlw_kw(w, "SIMILAR TO");
    else
        print_upper(w, e->text);
    sqlw_operand(w, e, 1);
    if (e->arg_count > 2 && e->args[2] != NULL) {
        sqlw_kw(w, "ESCAPE");
        sqlw_operand(w, e, 2);
    }
}

static void
print_quantified(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    sqlw_raw(w, e->text);
    sqlw_kw(w, e->flags & EXPR_ALL ? "ALL" : "ANY");
    sqlw_expr_parens(w, e->args[1]);
}

/* args: operand?, else?, then pairs: when, then */
static void
print_case(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "CASE");
    if (e->args[0] != NULL)
        sqlw_expr(w, e->args[0]);
    for (size_t i = 2; i + 1 < e->arg_count; i += 2) {
        sqlw_kw(w, "WHEN");
        sqlw_expr(w, e->args[i]);
        sqlw_kw(w, "THEN");
        sqlw_expr(w, e->args[i + 1]);
    }
    if (e->args[1] != NULL) {
        sqlw_kw(w, "ELSE");
        sqlw_expr(w, e->args[1]);
    }
    sqlw_kw(w, "END");
}

static void
print_cast(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "CAST");
    print_open_tight(w);
    sqlw_expr(w, e->args[0]);
    sqlw_kw(w, "AS");
    sqlw_type(w, e->type);
    sqlw_close(w);
}

static void
print_collate(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    sqlw_kw(w, "COLLATE");
    sqlw_ident(w, e->text);
}

static void
print_at_time_zone(struct sqlw *w, const struct expr *e)
{
    sqlw_operand(w, e, 0);
    sqlw_kw(w, "AT TIME ZONE");
    sqlw_operand(w, e, 1);
}

/* Only names and parameters take a subscript without parentheses. */
static void
print_subscripted(struct sqlw *w, const struct expr *base)
{
    bool bare = base->kind == EXPR_NAME || base->kind == EXPR_COLUMN
                || base->kind == EXPR_PART || base->kind == EXPR_PARAMETER
                || base->kind == EXPR_SUBSCRIPT || base->kind == EXPR_SUBSCRIPT_SLICE;

    if (bare)
        sqlw_expr(w, base);
    else
        sqlw_expr_grouped(w, base);
}

/* "[" and "]", without blanks inside. */
static void
print_open_bracket(struct sqlw *w)
{
    text_addc(w->out, '[');
    w->need_blank = false;
}

static void
print_close_bracket(struct sqlw *w)
{
    text_addc(w->out, ']');
    w->need_blank = true;
}

static void
print_subscript(struct sqlw *w, const struct expr *e)
{
    print_subscripted(w, e->args[0]);
    print_open_bracket(w);
    sqlw_expr(w, e->args[1]);
    print_close_bracket(w);
}

/* The blanks around ':' keep `[1 : n]` from being read as the parameter :n. */
static void
print_slice(struct sqlw *w, const struct expr *e)
{
    print_subscripted(w, e->args[0]);
    print_open_bracket(w);
    if (e->args[1] != NULL)
        sqlw_expr(w, e->args[1]);
    sqlw_kw(w, ":");
    if (e->args[2] != NULL)
        sqlw_expr(w, e->args[2]);
    print_close_bracket(w);
}

static void
print_field(struct sqlw *w, const struct expr *e)
{
    sqlw_expr_parens(w, e->args[0]);
    sqlw_dot(w);
    if (slice_is(e->text, "*"))
        sqlw_kw(w, "*");
    else
        sqlw_ident(w, e->text);
}

/* (a, b); ROW(a) where parentheses alone would be read as grouping. */
static void
print_row(struct sqlw *w, const struct expr *e)
{
    if (e->arg_count < 2) {
        sqlw_kw(w, "ROW");
        w->need_blank = false;
    }
    print_list_in_parens(w, e);
}

static void
print_array(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "ARRAY");
    print_open_bracket(w);
    print_args(w, e, 0);
    print_close_bracket(w);
}

static void
print_array_query(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "ARRAY");
    w->need_blank = false;
    sqlw_expr_parens(w, e->args[0]);
}

static void
print_exists(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "EXISTS");
    sqlw_expr_parens(w, e->args[0]);
}

static void
print_subquery(struct sqlw *w, const struct expr *e)
{
    sqlw_expr_parens(w, e->args[0]);
}

static void
print_verbatim(struct sqlw *w, const struct expr *e)
{
    sqlw_raw(w, e->text);
    w->need_blank = true;
}

/* Only messages show what could not be understood. */
static void
print_poison(struct sqlw *w, const struct expr *e)
{
    (void)e;
    sqlw_kw(w, "<error>");
}

/* ---- the table ---- */

typedef void print_fn(struct sqlw *w, const struct expr *e);

static print_fn *const printers[] = {
    [EXPR_NULL] = print_null,
    [EXPR_BOOL] = print_upper_text,
    [EXPR_NUMBER] = print_text,
    [EXPR_STRING] = print_string,
    [EXPR_BLOB] = print_prefixed_string,
    [EXPR_BITS] = print_prefixed_string,
    [EXPR_TYPED_STRING] = print_typed_string,
    [EXPR_NAME] = print_name,
    [EXPR_PART] = print_part,
    [EXPR_COLUMN] = print_name,
    [EXPR_STAR] = print_star,
    [EXPR_PARAMETER] = print_text,
    [EXPR_DEFAULT] = print_default,
    [EXPR_UNARY] = print_unary,
    [EXPR_BINARY] = print_binary,
    [EXPR_AND] = print_and_or,
    [EXPR_OR] = print_and_or,
    [EXPR_NOT] = print_not,
    [EXPR_IS] = print_is,
    [EXPR_IS_DISTINCT] = print_is_distinct,
    [EXPR_BETWEEN] = print_between,
    [EXPR_IN] = print_in,
    [EXPR_LIKE] = print_like,
    [EXPR_QUANTIFIED] = print_quantified,
    [EXPR_CASE] = print_case,
    [EXPR_CAST] = print_cast,
    [EXPR_COLLATE] = print_collate,
    [EXPR_AT_TIME_ZONE] = print_at_time_zone,
    [EXPR_SUBSCRIPT] = print_subscript,
    [EXPR_SUBSCRIPT_SLICE] = print_slice,
    [EXPR_FIELD] = print_field,
    [EXPR_ROW] = print_row,
    [EXPR_ARRAY] = print_array,
    [EXPR_ARRAY_QUERY] = print_array_query,
    [EXPR_EXISTS] = print_exists,
    [EXPR_SUBQUERY] = print_subquery,
    [EXPR_LIST] = print_list_in_parens,
    [EXPR_CALL] = print_call,
    [EXPR_CALL_KEYWORD] = print_call_keyword,
    [EXPR_NAMED_ARGUMENT] = print_named_argument,
    [EXPR_WINDOW] = print_window,
    [EXPR_FORM] = print_form,
    [EXPR_WORDS] = print_words,
    [EXPR_FRAME] = print_frame,
    [QUERY_SELECT] = print_query,
    [QUERY_VALUES] = print_query,
    [QUERY_SET] = print_query,
    [QUERY_ORDERED] = print_query,
    [QUERY_INSERT] = print_query,
    [QUERY_UPDATE] = print_query,
    [QUERY_DELETE] = print_query,
    [QUERY_MERGE] = print_query,
    [QUERY_SAMPLE] = print_query,
    [QUERY_TARGET] = print_query,
    [QUERY_TABLE] = print_query,
    [QUERY_FROM_QUERY] = print_query,
    [QUERY_FROM_CALL] = print_query,
    [QUERY_JOIN] = print_query,
    [QUERY_ORDER] = print_query,
    [QUERY_CTE] = print_query,
    [QUERY_GROUPING] = print_query,
    [QUERY_ASSIGN] = print_query,
    [QUERY_CONFLICT] = print_query,
    [QUERY_LOCKING] = print_query,
    [EXPR_VERBATIM] = print_verbatim,
    [EXPR_POISON] = print_poison,
};
static_assert(ARRAY_LEN(printers) == EXPR_KIND_COUNT, "print every kind");

static void
print_node(struct sqlw *w, const struct expr *e)
{
    if (w->style->write_expr != NULL && w->style->write_expr(w, e))
        return;
    printers[e->kind](w, e);
}

void
sqlw_expr(struct sqlw *w, const struct expr *e)
{
    uint32_t parens = w->style->keeps_parens ? expr_parens(e) : 0;

    for (uint32_t i = 0; i < parens; i++)
        sqlw_open(w);
    print_node(w, e);
    for (uint32_t i = 0; i < parens; i++)
        sqlw_close(w);
}

void
sqlw_expr_grouped(struct sqlw *w, const struct expr *e)
{
    if (w->style->keeps_parens && expr_parens(e) > 0)
        sqlw_expr(w, e);
    else
        sqlw_expr_parens(w, e);
}

void
sqlw_expr_parens(struct sqlw *w, const struct expr *e)
{
    sqlw_open(w);
    sqlw_expr(w, e);
    sqlw_close(w);
}
