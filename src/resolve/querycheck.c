/*
 * Rules about queries; those of GROUP BY are in group.c.
 */
#include "resolve/querycheck.h"

bool
query_is_checked(const struct binder *b)
{
    return b->b != NULL && !b->quiet && b->terms->checks_queries;
}

/* ---- what may stand in the parts of a query ---- */

static const struct place_rules in_where = { D_BAD_QUERY, "WHERE", PLACE_QUERY };
static const struct place_rules in_on = { D_BAD_QUERY, "a join condition", PLACE_QUERY };
static const struct place_rules in_group = { D_BAD_QUERY, "GROUP BY",
                                             PLACE_QUERY | PLACE_SET };
static const struct place_rules in_having = { D_BAD_QUERY, "HAVING",
                                              PLACE_QUERY | PLACE_AGGREGATE };
static const struct place_rules in_limit = { D_BAD_QUERY, "LIMIT", PLACE_QUERY };

/* An aggregate in a query inside of another may be one of that other query. */
static bool
is_inside(const struct scope *scope)
{
    for (scope = scope->outer; scope != NULL; scope = scope->outer)
        if (scope->items.count > 0)
            return true;
    return false;
}

static bool
refuses(struct binder *b, const struct scope *scope, const struct expr *e,
        const struct place_rules *place)
{
    struct place_rules here = *place;

    if (is_inside(scope))
        here.allows |= PLACE_AGGREGATE;
    if (e == NULL || !place_refuses(b->b, e, &here))
        return false;
    b->errors++;
    return true;
}

void
join_check(struct binder *b, const struct scope *scope, const struct expr *on)
{
    if (query_is_checked(b) && !refuses(b, scope, on, &in_on))
        (void)condition_check(b->b, on, "a join condition");
}

/* ---- expressions that are compared ---- */

static const struct expr *
without_qualifier(void *context, const struct expr *e)
{
    struct arena *a = context;

    return e->kind == EXPR_COLUMN && e->arg_count > 0
               ? expr_leaf(a, EXPR_COLUMN, e->span, e->text)
               : e;
}

bool
expr_same_unqualified(struct arena *a, const struct expr *x, const struct expr *y)
{
    return expr_equal(expr_rewrite(a, x, without_qualifier, a),
                      expr_rewrite(a, y, without_qualifier, a));
}

static bool
has_star(const struct expr *targets)
{
    for (size_t i = 0; i < targets->arg_count; i++)
        if (targets->args[i]->args[0]->kind == EXPR_STAR
            || targets->args[i]->args[0]->kind == EXPR_FIELD)
            return true;
    return false;
}

static const struct expr *
target_at(const struct expr *targets, struct slice number)
{
    size_t at = 0;

    for (size_t i = 0; i < number.len && at <= targets->arg_count; i++)
        at = at * 10 + (size_t)(number.ptr[i] - '0');
    return at >= 1 && at <= targets->arg_count ? targets->args[at - 1]->args[0] : NULL;
}

static bool
is_digits(struct slice s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

const struct expr *
select_meant(const struct expr *select, const struct expr *e)
{
    const struct expr *targets = select->args[SELECT_TARGETS];

    if (e->kind == EXPR_NUMBER && is_digits(e->text))
        return has_star(targets) ? NULL : target_at(targets, e->text);
    if (e->kind != EXPR_NAME || e->arg_count > 0)
        return e;
    for (size_t i = 0; i < targets->arg_count; i++)
        if (slice_equal(targets->args[i]->text, e->text)
            || (slice_is_none(targets->args[i]->text)
                && slice_equal(targets->args[i]->args[0]->text, e->text)))
            return targets->args[i]->args[0];
    return NULL;
}

/* ---- ORDER BY 3, GROUP BY 3 ---- */

static bool
refuses_number(struct binder *b, const struct expr *select, const struct expr *list)
{
    for (size_t i = 0; list != NULL && i < list->arg_count; i++) {
        const struct expr *e = list->args[i];

        if (e->kind == QUERY_ORDER)
            e = e->args[0];
        if (e->kind != EXPR_NUMBER || !is_digits(e->text)
            || select_meant(select, e) != NULL)
            continue;
        b->errors++;
        diag_add(&b->s->diags, D_BAD_QUERY, e->span,
                 "there is no column %.*s in a result of %u", SLICE_ARG(e->text),
                 (unsigned)select->args[SELECT_TARGETS]->arg_count);
        return true;
    }
    return false;
}

static bool
refuses_numbers(struct binder *b, const struct expr *select)
{
    return !has_star(select->args[SELECT_TARGETS])
           && (refuses_number(b, select, select->args[SELECT_GROUP])
               || refuses_number(b, select, select->args[SELECT_ORDER]));
}

/* ---- windows ---- */

static bool
has_window(const struct expr *list, struct slice name)
{
    for (size_t i = 0; list != NULL && i < list->arg_count; i++)
        if (slice_equal(list->args[i]->text, name))
            return true;
    return false;
}

/* The first OVER w whose w is not in WINDOW; NULL: there is none. */
static const struct expr *
find_lost_window(const struct expr *windows, const struct expr *e)
{
    const struct expr *over;
    const struct expr *found = NULL;

    if (e == NULL || expr_is_query(e))
        return NULL;
    over = e->kind == EXPR_CALL ? e->args[CALL_OVER] : NULL;
    if (over != NULL && over->kind == EXPR_WINDOW && !slice_is_none(over->text)
        && !has_window(windows, over->text))
        return over;
    for (size_t i = 0; i < e->arg_count && found == NULL; i++)
        found = find_lost_window(windows, e->args[i]);
    return found;
}

static bool
refuses_windows(struct binder *b, const struct expr *select)
{
    const struct expr *windows = select->args[SELECT_WINDOWS];
    const struct expr *lost = find_lost_window(windows, select->args[SELECT_TARGETS]);

    if (lost == NULL)
        lost = find_lost_window(windows, select->args[SELECT_ORDER]);
    if (lost == NULL)
        return false;
    b->errors++;
    diag_add(&b->s->diags, D_NO_SUCH_OBJECT, lost->span, "there is no window \"%.*s\"",
             SLICE_ARG(lost->text));
    return true;
}

/* ---- DISTINCT and ORDER BY ---- */

struct ordering {
    struct binder *b;
    const struct expr *select;
};

static bool
is_in_list(const struct ordering *o, const struct expr *list, const struct expr *e)
{
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *item = list->args[i];

        item = item->kind == QUERY_TARGET ? item->args[0] : select_meant(o->select, item);
        if (item == NULL || expr_same_unqualified(o->b->a, item, e))
            return true;
    }
    return false;
}

static void
report_order(struct binder *b, const struct expr *at, const char *what, const char *hint)
{
    struct diag *d = diag_add(&b->s->diags, D_BAD_QUERY, at->span, "%s", what);

    b->errors++;
    diag_hint(&b->s->diags, d, "%s", hint);
}

/* PostgreSQL's transformDistinctOnClause: those of DISTINCT ON come first. */
static void
check_distinct_on(struct ordering *o, const struct expr *on, const struct expr *order)
{
    size_t matched = 0;

    for (size_t i = 0; i < order->arg_count && matched < on->arg_count; i++) {
        const struct expr *e = select_meant(o->select, order->args[i]->args[0]);

        if (e == NULL)
            return;
        if (!is_in_list(o, on, e)) {
            report_order(o->b, order->args[i]->args[0],
                         "ORDER BY begins with another expression than DISTINCT ON",
                         "it begins with those of DISTINCT ON, in any order");
            return;
        }
        matched++;
    }
}

static void
check_distinct(struct ordering *o, const struct expr *order)
{
    const struct expr *targets = o->select->args[SELECT_TARGETS];

    if (has_star(targets))
        return;
    for (size_t i = 0; i < order->arg_count; i++) {
        const struct expr *e = select_meant(o->select, order->args[i]->args[0]);

        if (e == NULL || is_in_list(o, targets, e))
            continue;
        report_order(o->b, order->args[i]->args[0],
                     "ORDER BY of SELECT DISTINCT has an expression that is not selected",
                     "rows that became one have no single value of it: select it, too");
        return;
    }
}

static void
check_order(struct binder *b, const struct expr *select)
{
    struct ordering o = { b, select };
    const struct expr *order = select->args[SELECT_ORDER];
    const struct expr *on = select->args[SELECT_DISTINCT_ON];

    if (order == NULL)
        return;
    if (on != NULL)
        check_distinct_on(&o, on, order);
    else if (select->flags & EXPR_DISTINCT)
        check_distinct(&o, order);
}

void
select_check(struct binder *b, const struct scope *scope, const struct expr *select)
{
    if (!query_is_checked(b))
        return;
    if (refuses(b, scope, select->args[SELECT_WHERE], &in_where)
        || refuses(b, scope, select->args[SELECT_GROUP], &in_group)
        || refuses(b, scope, select->args[SELECT_HAVING], &in_having)
        || refuses(b, scope, select->args[SELECT_LIMIT], &in_limit)
        || refuses(b, scope, select->args[SELECT_OFFSET], &in_limit)
        || refuses_numbers(b, select) || refuses_windows(b, select)
        || !condition_check(b->b, select->args[SELECT_WHERE], "WHERE")
        || !condition_check(b->b, select->args[SELECT_HAVING], "HAVING"))
        return;
    check_order(b, select);
    group_check(b, scope, select);
}

/* ---- FROM ---- */

void
alias_check(struct binder *b, const struct scope *scope, struct span span)
{
    const struct from_item *last = scope->items.items[scope->items.count - 1];
    struct diag *d;

    if (!query_is_checked(b) || slice_is_none(last->alias))
        return;
    for (size_t i = 0; i + 1 < scope->items.count; i++) {
        const struct from_item *item = scope->items.items[i];

        if (!slice_equal(item->alias, last->alias) || item->qualified_only
            || (item->table != NULL && last->table != NULL && item->table != last->table))
            continue;
        b->errors++;
        d = diag_add(&b->s->diags, D_BAD_QUERY, span, "\"%.*s\" stands twice in one FROM",
                     SLICE_ARG(last->alias));
        diag_hint(&b->s->diags, d, "give one of them another name: %.*s AS x",
                  SLICE_ARG(slice_is_none(last->name) ? last->alias : last->name));
        return;
    }
}

/* ---- WITH ---- */

struct self_search {
    struct slice name;
    const struct expr *found;
};

static bool
finds_itself(void *context, const struct expr *e)
{
    struct self_search *s = context;

    if (e->kind == QUERY_CTE && slice_equal(e->text, s->name))
        return false; /* another one of that name inside */
    if (e->kind != QUERY_TABLE || e->arg_count > 2 || !slice_equal(e->text, s->name))
        return true;
    s->found = e;
    return false;
}

static void
check_recursion(struct binder *b, const struct expr *cte)
{
    const struct expr *query = cte->args[CTE_QUERY];
    struct self_search s = { cte->text, NULL };
    struct diag *d;

    if (query->kind == QUERY_ORDERED
        || (query->kind == QUERY_SET && slice_is(query->text, "union")))
        return;
    expr_walk(query, finds_itself, &s);
    if (s.found == NULL)
        return;
    b->errors++;
    d = diag_add(&b->s->diags, D_BAD_QUERY, s.found->span,
                 "\"%.*s\" reads itself and is no UNION", SLICE_ARG(cte->text));
    diag_hint(&b->s->diags, d, "SELECT … (the first rows) UNION ALL SELECT … FROM %.*s",
              SLICE_ARG(cte->text));
}

void
with_check(struct binder *b, const struct expr *list, bool recursive)
{
    struct map seen;

    if (!query_is_checked(b))
        return;
    map_init(&seen, b->a);
    for (size_t i = 0; i < list->arg_count; i++) {
        const struct expr *cte = list->args[i];
        const struct expr *first = map_get(&seen, cte->text);
        struct diag *d;

        if (first != NULL) {
            b->errors++;
            d = diag_add(&b->s->diags, D_BAD_QUERY, cte->span,
                         "WITH has two queries \"%.*s\"", SLICE_ARG(cte->text));
            diag_note(&b->s->diags, d, first->span, "the first is here");
        }
        map_put(&seen, cte->text, (void *)(uintptr_t)cte);
        if (recursive)
            check_recursion(b, cte);
    }
}

/* ---- how many columns ---- */

static bool
is_all_of_row(const struct expr *e)
{
    return e->kind == EXPR_STAR || (e->kind == EXPR_FIELD && slice_is(e->text, "*"));
}

/* t.* in a row stands for as many as the table has. */
bool
row_is_of_unknown_length(const struct expr *row)
{
    for (size_t i = 0; i < row->arg_count; i++)
        if (row->args[i] != NULL && is_all_of_row(row->args[i]))
            return true;
    return false;
}

void
values_check(struct binder *b, const struct expr *values)
{
    const struct expr *first = values->arg_count > 0 ? values->args[0] : NULL;
    struct diag *d;

    if (!query_is_checked(b) || first == NULL || row_is_of_unknown_length(first))
        return;
    for (size_t i = 1; i < values->arg_count; i++) {
        const struct expr *row = values->args[i];

        if (row->arg_count == first->arg_count || row_is_of_unknown_length(row))
            continue;
        b->errors++;
        d = diag_add(&b->s->diags, D_BAD_QUERY, row->span,
                     "the first row has %u values, and this one %u",
                     (unsigned)first->arg_count, (unsigned)row->arg_count);
        diag_note(&b->s->diags, d, first->span, "the first is here");
        return;
    }
}

void
names_count_check(struct binder *b, const struct expr *list, size_t given)
{
    if (!query_is_checked(b) || list->arg_count <= given)
        return;
    b->errors++;
    diag_add(&b->s->diags, D_BAD_QUERY, list->args[given]->span,
             "%u names for %zu column%s", (unsigned)list->arg_count, given,
             given == 1 ? "" : "s");
}

/* Of a query as it is written; 0: they cannot be counted. */
static size_t
count_columns(const struct expr *query)
{
    const struct expr *select = query_first_select(query);

    return select == NULL || has_star(select->args[SELECT_TARGETS])
               ? 0
               : select->args[SELECT_TARGETS]->arg_count;
}

void
value_query_check(struct binder *b, const struct expr *e)
{
    const struct expr *query = NULL;

    if (e->kind == EXPR_SUBQUERY)
        query = e->args[0];
    else if (e->kind == EXPR_IN && expr_is_query(e->args[1])
             && e->args[0]->kind != EXPR_ROW && e->args[0]->kind != EXPR_SUBQUERY
             && e->args[0]->kind != EXPR_NAME)
        query = e->args[1];
    if (query != NULL && count_columns(query) > 1)
        column_counts_check(b, query, 1, count_columns(query));
}

void
column_counts_check(struct binder *b, const struct expr *at, size_t wanted, size_t given)
{
    if (!query_is_checked(b) || wanted == given)
        return;
    b->errors++;
    diag_add(&b->s->diags, D_BAD_QUERY, at->span,
             "this gives %zu column%s where %zu %s wanted", given, given == 1 ? "" : "s",
             wanted, wanted == 1 ? "is" : "are");
}
