/*
 * Printing queries: one function per kind, in the order of expr.def.  Clauses begin
 * lines only in the query that was given to sqlw_query.
 */
#include <assert.h>

#include "base/vec.h"
#include "expr/print.h"

#define JOIN_INDENT 4 /* JOIN stands deeper than the FROM that it belongs to */

/* An argument behind its words; nothing where there is none. */
static void
print_clause(struct sqlw *w, const char *words, const struct expr *e)
{
    if (e == NULL)
        return;
    print_line_break(w, 0);
    sqlw_kw(w, words);
    sqlw_expr(w, e);
}

/* The items of a list behind its words; nothing where there is none. */
static void
print_list_clause(struct sqlw *w, const char *words, const struct expr *list)
{
    if (list == NULL)
        return;
    print_line_break(w, 0);
    sqlw_kw(w, words);
    print_args(w, list, 0);
}

static void
print_with(struct sqlw *w, const struct expr *query, const struct expr *with)
{
    if (with == NULL)
        return;
    sqlw_kw(w, query->flags & EXPR_RECURSIVE ? "WITH RECURSIVE" : "WITH");
    print_args(w, with, 0);
    print_line_break(w, 0);
}

/* Columns of an alias or an INSERT. */
static void
print_columns(struct sqlw *w, const struct expr *list)
{
    if (list != NULL)
        print_list_in_parens(w, list);
}

/* ---- SELECT ---- */

static void
print_window_definition(struct sqlw *w, const struct expr *window)
{
    sqlw_ident(w, window->text);
    sqlw_kw(w, "AS");
    sqlw_open(w);
    if (window->arg_count > WINDOW_BASE && window->args[WINDOW_BASE] != NULL)
        sqlw_expr(w, window->args[WINDOW_BASE]);
    print_window_body(w, window, false);
    sqlw_close(w);
}

static void
print_windows(struct sqlw *w, const struct expr *list)
{
    if (list == NULL)
        return;
    print_line_break(w, 0);
    sqlw_kw(w, "WINDOW");
    for (size_t i = 0; i < list->arg_count; i++) {
        if (i > 0)
            sqlw_comma(w);
        print_window_definition(w, list->args[i]);
    }
}

static void
print_distinct(struct sqlw *w, const struct expr *select)
{
    if (select->args[SELECT_DISTINCT_ON] != NULL) {
        sqlw_kw(w, "DISTINCT ON");
        print_list_in_parens(w, select->args[SELECT_DISTINCT_ON]);
    } else if (select->flags & EXPR_DISTINCT) {
        sqlw_kw(w, "DISTINCT");
    }
}

/* GROUP BY DISTINCT leaves out grouping sets that are there already. */
static void
print_group(struct sqlw *w, const struct expr *list)
{
    bool distinct = list != NULL && (list->flags & EXPR_DISTINCT) != 0;

    print_list_clause(w, distinct ? "GROUP BY DISTINCT" : "GROUP BY", list);
}

/* Standard SQL puts FETCH behind OFFSET, and only FETCH knows WITH TIES. */
static void
print_limits(struct sqlw *w, const struct expr *query, const struct expr *limit,
             const struct expr *offset)
{
    bool ties = (query->flags & EXPR_WITH_TIES) != 0 && limit != NULL;

    if (!ties)
        print_clause(w, "LIMIT", limit);
    print_clause(w, "OFFSET", offset);
    if (!ties)
        return;
    print_line_break(w, 0);
    sqlw_kw(w, "FETCH FIRST");
    sqlw_expr_parens(w, limit);
    sqlw_kw(w, "ROWS WITH TIES");
}

static void
print_select(struct sqlw *w, const struct expr *e)
{
    const struct expr *const *args = e->args;

    print_with(w, e, args[SELECT_WITH]);
    sqlw_kw(w, "SELECT");
    print_distinct(w, e);
    if (args[SELECT_TARGETS] != NULL)
        print_args(w, args[SELECT_TARGETS], 0);
    print_list_clause(w, "FROM", args[SELECT_FROM]);
    print_clause(w, "WHERE", args[SELECT_WHERE]);
    print_group(w, args[SELECT_GROUP]);
    print_clause(w, "HAVING", args[SELECT_HAVING]);
    print_windows(w, args[SELECT_WINDOWS]);
    print_list_clause(w, "ORDER BY", args[SELECT_ORDER]);
    print_limits(w, e, args[SELECT_LIMIT], args[SELECT_OFFSET]);
    if (args[SELECT_LOCKING] != NULL)
        sqlw_expr(w, args[SELECT_LOCKING]);
}

static void
print_values(struct sqlw *w, const struct expr *e)
{
    sqlw_kw(w, "VALUES");
    print_args(w, e, 0);
}

/* ---- set operations ---- */

static bool
is_intersect(const struct expr *e)
{
    return slice_is(e->text, "intersect");
}

static bool
select_has_tail(const struct expr *e)
{
    return e->args[SELECT_WITH] != NULL || e->args[SELECT_ORDER] != NULL
           || e->args[SELECT_LIMIT] != NULL || e->args[SELECT_OFFSET] != NULL
           || e->args[SELECT_LOCKING] != NULL;
}

/* INTERSECT binds tighter than UNION and EXCEPT, which bind from the left. */
static bool
side_needs_parens(const struct expr *set, size_t arg)
{
    const struct expr *side = set->args[arg];

    if (side->kind == QUERY_SELECT)
        return select_has_tail(side);
    if (side->kind != QUERY_SET)
        return side->kind != QUERY_VALUES;
    if (is_intersect(set) != is_intersect(side))
        return is_intersect(set);
    return arg > 0;
}

static void
print_side(struct sqlw *w, const struct expr *set, size_t arg)
{
    if (side_needs_parens(set, arg))
        sqlw_expr_parens(w, set->args[arg]);
    else
        sqlw_expr(w, set->args[arg]);
}

static void
print_set(struct sqlw *w, const struct expr *e)
{
    print_side(w, e, 0);
    print_line_break(w, 0);
    print_upper(w, e->text);
    if (e->flags & EXPR_ALL)
        sqlw_kw(w, "ALL");
    print_line_break(w, 0);
    print_side(w, e, 1);
}

/* What would take a second ORDER BY or WITH for its own. */
static bool
inner_needs_parens(const struct expr *inner)
{
    return inner->kind == QUERY_ORDERED
           || (inner->kind == QUERY_SELECT && select_has_tail(inner));
}

static void
print_ordered(struct sqlw *w, const struct expr *e)
{
    print_with(w, e, e->args[ORDERED_WITH]);
    if (inner_needs_parens(e->args[ORDERED_QUERY]))
        sqlw_expr_parens(w, e->args[ORDERED_QUERY]);
    else
        sqlw_expr(w, e->args[ORDERED_QUERY]);
    print_list_clause(w, "ORDER BY", e->args[ORDERED_ORDER]);
    print_limits(w, e, e->args[ORDERED_LIMIT], e->args[ORDERED_OFFSET]);
}

/* ---- statements that change rows ---- */

/* OR REPLACE, OR IGNORE, … of SQLite. */
static void
print_or_word(struct sqlw *w, struct slice word)
{
    if (word.len == 0)
        return;
    sqlw_kw(w, "OR");
    print_upper(w, word);
}

static void
print_insert(struct sqlw *w, const struct expr *e)
{
    bool overriding = slice_starts(e->text, "overriding ");

    print_with(w, e, e->args[INSERT_WITH]);
    sqlw_kw(w, "INSERT");
    if (!overriding)
        print_or_word(w, e->text);
    sqlw_kw(w, "INTO");
    sqlw_expr(w, e->args[INSERT_TABLE]);
    print_columns(w, e->args[INSERT_COLUMNS]);
    if (overriding) {
        print_upper(w, e->text);
        sqlw_kw(w, "VALUE");
    }
    if (e->args[INSERT_QUERY] == NULL)
        sqlw_kw(w, "DEFAULT VALUES");
    if (e->args[INSERT_QUERY] != NULL) {
        print_line_break(w, 0);
        sqlw_expr(w, e->args[INSERT_QUERY]);
    }
    if (e->args[INSERT_CONFLICT] != NULL)
        sqlw_expr(w, e->args[INSERT_CONFLICT]);
    print_list_clause(w, "RETURNING", e->args[INSERT_RETURNING]);
}

/* A table, or several of MySQL. */
static void
print_changed(struct sqlw *w, const struct expr *target)
{
    if (target->kind == EXPR_LIST)
        print_args(w, target, 0);
    else
        sqlw_expr(w, target);
}

static void
print_update(struct sqlw *w, const struct expr *e)
{
    print_with(w, e, e->args[UPDATE_WITH]);
    sqlw_kw(w, "UPDATE");
    print_or_word(w, e->text);
    print_changed(w, e->args[UPDATE_TABLE]);
    print_list_clause(w, "SET", e->args[UPDATE_ASSIGNS]);
    print_list_clause(w, "FROM", e->args[UPDATE_FROM]);
    print_clause(w, "WHERE", e->args[UPDATE_WHERE]);
    print_list_clause(w, "ORDER BY", e->args[UPDATE_ORDER]);
    print_limits(w, e, e->args[UPDATE_LIMIT], e->args[UPDATE_OFFSET]);
    print_list_clause(w, "RETURNING", e->args[UPDATE_RETURNING]);
}

static void
print_delete(struct sqlw *w, const struct expr *e)
{
    print_with(w, e, e->args[DELETE_WITH]);
    sqlw_kw(w, "DELETE FROM");
    print_changed(w, e->args[DELETE_TABLE]);
    print_list_clause(w, "USING", e->args[DELETE_USING]);
    print_clause(w, "WHERE", e->args[DELETE_WHERE]);
    print_list_clause(w, "ORDER BY", e->args[DELETE_ORDER]);
    print_limits(w, e, e->args[DELETE_LIMIT], e->args[DELETE_OFFSET]);
    print_list_clause(w, "RETURNING", e->args[DELETE_RETURNING]);
}

static void
print_merge(struct sqlw *w, const struct expr *e)
{
    print_with(w, e, e->args[MERGE_WITH]);
    sqlw_kw(w, "MERGE INTO");
    sqlw_expr(w, e->args[MERGE_TABLE]);
    print_clause(w, "USING", e->args[MERGE_SOURCE]);
    print_clause(w, "ON", e->args[MERGE_ON]);
    for (size_t i = MERGE_WHENS; i < e->arg_count; i++) {
        print_line_break(w, 0);
        sqlw_expr(w, e->args[i]);
    }
    print_list_clause(w, "RETURNING", e->args[MERGE_RETURNING]);
}

static void
print_assign(struct sqlw *w, const struct expr *e)
{
    const struct expr *columns = e->args[0];

    if (columns->arg_count == 1)
        sqlw_expr(w, columns->args[0]);
    else
        print_list_in_parens(w, columns);
    sqlw_kw(w, "=");
    sqlw_expr(w, e->args[1]);
}

/* The parts of QUERY_CONFLICT. */
enum conflict_slot {
    CONFLICT_TARGET,
    CONFLICT_TARGET_WHERE,
    CONFLICT_ASSIGNS,
    CONFLICT_WHERE,
    CONFLICT_NEXT, /* only where there is one */
};

/* An index key: PostgreSQL wants parentheses around all but names and calls. */
static void
print_conflict_key(struct sqlw *w, const struct expr *key)
{
    const struct expr *e = key->kind == EXPR_COLLATE ? key->args[0] : key;

    if (e->kind == EXPR_NAME || e->kind == EXPR_COLUMN || e->kind == EXPR_PART
        || e->kind == EXPR_CALL)
        sqlw_expr(w, key);
    else
        sqlw_expr_grouped(w, key);
}

static void
print_conflict_target(struct sqlw *w, const struct expr *e)
{
    const struct expr *keys = e->args[CONFLICT_TARGET];

    if (e->text.len > 0) {
        sqlw_kw(w, "ON CONSTRAINT");
        sqlw_ident(w, e->text);
    }
    if (keys == NULL)
        return;
    sqlw_open(w);
    for (size_t i = 0; i < keys->arg_count; i++) {
        if (i > 0)
            sqlw_comma(w);
        print_conflict_key(w, keys->args[i]);
    }
    sqlw_close(w);
    if (e->args[CONFLICT_TARGET_WHERE] != NULL) {
        sqlw_kw(w, "WHERE");
        sqlw_expr(w, e->args[CONFLICT_TARGET_WHERE]);
    }
}

static void
print_conflict(struct sqlw *w, const struct expr *e)
{
    print_line_break(w, 0);
    sqlw_kw(w, "ON CONFLICT");
    print_conflict_target(w, e);
    if (e->flags & EXPR_DO_NOTHING)
        sqlw_kw(w, "DO NOTHING");
    else
        print_list_clause(w, "DO UPDATE SET", e->args[CONFLICT_ASSIGNS]);
    print_clause(w, "WHERE", e->args[CONFLICT_WHERE]);
    if (e->arg_count > CONFLICT_NEXT)
        sqlw_expr(w, e->args[CONFLICT_NEXT]);
}

/* ---- parts of a query ---- */

static void
print_target(struct sqlw *w, const struct expr *e)
{
    sqlw_expr(w, e->args[0]);
    if (e->text.len > 0) {
        sqlw_kw(w, "AS");
        sqlw_ident(w, e->text);
    }
}

static void
print_alias(struct sqlw *w, const struct expr *alias, const struct expr *columns)
{
    if (alias == NULL)
        return;
    sqlw_kw(w, "AS");
    if (alias->text.len > 0)
        sqlw_ident(w, alias->text);
    print_columns(w, columns);
}

static void
print_table(struct sqlw *w, const struct expr *e)
{
    if (e->flags & EXPR_ONLY)
        sqlw_kw(w, "ONLY");
    print_qualifiers(w, e, 2);
    sqlw_ident(w, e->text);
    if (e->arg_count > 1)
        print_alias(w, e->args[0], e->args[1]);
}

static void
print_from_query(struct sqlw *w, const struct expr *e)
{
    if (e->flags & EXPR_LATERAL)
        sqlw_kw(w, "LATERAL");
    sqlw_expr_parens(w, e->args[0]);
    print_alias(w, e->args[1], e->args[2]);
}

static void
print_from_call(struct sqlw *w, const struct expr *e)
{
    if (e->flags & EXPR_LATERAL)
        sqlw_kw(w, "LATERAL");
    sqlw_expr(w, e->args[0]);
    if (e->flags & EXPR_ORDINALITY)
        sqlw_kw(w, "WITH ORDINALITY");
    print_alias(w, e->args[1], e->args[2]);
}

static void
print_join(struct sqlw *w, const struct expr *e)
{
    sqlw_expr(w, e->args[0]);
    print_line_break(w, JOIN_INDENT);
    if (e->flags & EXPR_NATURAL)
        sqlw_kw(w, "NATURAL");
    if (!slice_is(e->text, "inner"))
        print_upper(w, e->text);
    sqlw_kw(w, "JOIN");
    if (e->args[1]->kind == QUERY_JOIN)
        sqlw_expr_parens(w, e->args[1]);
    else
        sqlw_expr(w, e->args[1]);
    if (e->args[2] != NULL) {
        sqlw_kw(w, "ON");
        sqlw_expr(w, e->args[2]);
    }
    if (e->args[3] != NULL) {
        sqlw_kw(w, "USING");
        print_list_in_parens(w, e->args[3]);
        if (e->args[3]->text.len > 0) {
            sqlw_kw(w, "AS");
            sqlw_ident(w, e->args[3]->text);
        }
    }
}

/* t TABLESAMPLE bernoulli (10) REPEATABLE (1) */
static void
print_sample(struct sqlw *w, const struct expr *e)
{
    sqlw_expr(w, e->args[0]);
    sqlw_kw(w, "TABLESAMPLE");
    sqlw_ident(w, e->text);
    print_list_in_parens(w, e->args[1]);
    if (e->args[2] != NULL) {
        sqlw_kw(w, "REPEATABLE");
        sqlw_expr_parens(w, e->args[2]);
    }
}

static void
print_order(struct sqlw *w, const struct expr *e)
{
    sqlw_expr(w, e->args[0]);
    if (e->flags & EXPR_DESC)
        sqlw_kw(w, "DESC");
    if (e->flags & EXPR_NULLS_FIRST)
        sqlw_kw(w, "NULLS FIRST");
    if (e->flags & EXPR_NULLS_LAST)
        sqlw_kw(w, "NULLS LAST");
}

static void
print_cte(struct sqlw *w, const struct expr *e)
{
    sqlw_ident(w, e->text);
    print_columns(w, e->args[1]);
    sqlw_kw(w, "AS");
    if (e->flags & EXPR_MATERIALIZED)
        sqlw_kw(w, "MATERIALIZED");
    if (e->flags & EXPR_NOT_MATERIALIZED)
        sqlw_kw(w, "NOT MATERIALIZED");
    sqlw_expr_parens(w, e->args[0]);
    for (size_t i = CTE_SEARCH; i < e->arg_count; i++)
        if (e->args[i] != NULL)
            sqlw_expr(w, e->args[i]);
}

/* rollup (a, b), cube (…), grouping sets (…), and () which is "empty". */
static void
print_grouping(struct sqlw *w, const struct expr *e)
{
    if (slice_is(e->text, "sets"))
        sqlw_kw(w, "GROUPING SETS");
    else if (!slice_is(e->text, "empty"))
        print_upper(w, e->text);
    print_list_in_parens(w, e);
}

static bool
is_locking_word(struct slice word)
{
    static const char *const words[] = { "for", "update", "no",     "key",  "share",
                                         "of",  "nowait", "locked", "skip", "and" };

    return slice_is_one_of(word, words, ARRAY_LEN(words));
}

/* The words of FOR UPDATE OF t SKIP LOCKED; table names stay as they are. */
static void
print_locking(struct sqlw *w, const struct expr *e)
{
    size_t begin = 0;

    for (size_t i = 0; i <= e->text.len; i++)
        if (i == e->text.len || e->text.ptr[i] == ' ') {
            struct slice word = slice_sub(e->text, begin, i);

            if (is_locking_word(word))
                print_upper(w, word);
            else
                sqlw_raw(w, word);
            begin = i + 1;
        }
}

/* ---- the table ---- */

typedef void print_fn(struct sqlw *w, const struct expr *e);

static print_fn *const printers[EXPR_KIND_COUNT] = {
    [QUERY_SELECT] = print_select,
    [QUERY_VALUES] = print_values,
    [QUERY_SET] = print_set,
    [QUERY_ORDERED] = print_ordered,
    [QUERY_INSERT] = print_insert,
    [QUERY_UPDATE] = print_update,
    [QUERY_DELETE] = print_delete,
    [QUERY_MERGE] = print_merge,
    [QUERY_SAMPLE] = print_sample,
    [QUERY_TARGET] = print_target,
    [QUERY_TABLE] = print_table,
    [QUERY_FROM_QUERY] = print_from_query,
    [QUERY_FROM_CALL] = print_from_call,
    [QUERY_JOIN] = print_join,
    [QUERY_ORDER] = print_order,
    [QUERY_CTE] = print_cte,
    [QUERY_GROUPING] = print_grouping,
    [QUERY_ASSIGN] = print_assign,
    [QUERY_CONFLICT] = print_conflict,
    [QUERY_LOCKING] = print_locking,
};

void
print_query(struct sqlw *w, const struct expr *e)
{
    assert(printers[e->kind] != NULL);
    printers[e->kind](w, e);
}
