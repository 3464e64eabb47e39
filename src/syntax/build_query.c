/*
 * Queries: SELECT, VALUES, set operations, INSERT, UPDATE, DELETE.
 */
#include "syntax/build.h"

void
build_query(struct reader *rd, const struct expr *query)
{
    struct ast_query *q = ARENA_NEW(rd->arena, struct ast_query);

    q->query = query;
    rd->stmt->kind = STMT_QUERY;
    rd->stmt->u.query = q;
}

const struct expr *
build_select(struct reader *rd, struct span span, struct select_parts p)
{
    struct expr *e =
        expr_new(rd->arena, QUERY_SELECT, span, SLICE_NONE, SELECT_SLOT_COUNT);

    e->flags = p.distinct ? EXPR_DISTINCT : 0;
    e->args[SELECT_DISTINCT_ON] = exprs_list(rd, span, p.distinct_on);
    e->args[SELECT_TARGETS] = exprs_list(rd, span, p.targets);
    e->args[SELECT_FROM] = exprs_list(rd, span, p.from);
    e->args[SELECT_WHERE] = p.where;
    e->args[SELECT_GROUP] = exprs_list(rd, span, p.group);
    e->args[SELECT_HAVING] = p.having;
    e->args[SELECT_WINDOWS] = exprs_list(rd, span, p.windows);
    return e;
}

/* TABLE t is SELECT * FROM t. */
const struct expr *
build_select_all(struct reader *rd, struct span span, const struct expr *from)
{
    const struct expr *star = expr_leaf(rd->arena, EXPR_STAR, span, SLICE_NONE);
    struct select_parts p = {
        .targets = exprs_add(rd, NULL, build_target(rd, span, star, SLICE_NONE)),
        .from = exprs_add(rd, NULL, from),
    };

    return build_select(rd, span, p);
}

const struct expr *
build_set(struct reader *rd, struct span span, const char *word, uint32_t flags,
          const struct expr *a, const struct expr *b)
{
    struct expr *e = expr_2(rd->arena, QUERY_SET, span, slice_from(word), a, b);

    e->flags = flags;
    return e;
}

/* ---- WITH, ORDER BY, LIMIT ---- */

const struct expr *
build_recursive(struct reader *rd, struct span span, const struct exprs *ctes)
{
    struct expr *list = (struct expr *)exprs_list(rd, span, ctes);

    list->flags = EXPR_RECURSIVE; /* until build_attach_with moves it to the query */
    return list;
}

void
build_attach_with(struct expr *query, size_t slot, const struct expr *with)
{
    if (with == NULL)
        return;
    query->flags |= with->flags & EXPR_RECURSIVE;
    ((struct expr *)with)->flags = 0;
    query->args[slot] = with;
}

static bool
select_is_open(const struct expr *e)
{
    return e->kind == QUERY_SELECT && e->args[SELECT_WITH] == NULL
           && e->args[SELECT_ORDER] == NULL && e->args[SELECT_LIMIT] == NULL
           && e->args[SELECT_OFFSET] == NULL && e->args[SELECT_LOCKING] == NULL;
}

static const struct expr *
order_select(struct reader *rd, struct span span, const struct expr *with,
             const struct expr *query, const struct exprs *order, struct limits limits,
             const struct expr *locking)
{
    struct expr *e = (struct expr *)query;

    e->span = span;
    build_attach_with(e, SELECT_WITH, with);
    e->args[SELECT_ORDER] = exprs_list(rd, span, order);
    e->args[SELECT_LIMIT] = limits.limit;
    e->args[SELECT_OFFSET] = limits.offset;
    e->args[SELECT_LOCKING] = locking;
    e->flags |= limits.ties ? EXPR_WITH_TIES : 0;
    return e;
}

const struct expr *
build_ordered(struct reader *rd, struct span span, const struct expr *with,
              const struct expr *query, const struct exprs *order, struct limits limits,
              const struct expr *locking)
{
    struct expr *e;

    if (select_is_open(query))
        return order_select(rd, span, with, query, order, limits, locking);
    if (locking != NULL)
        reader_error(rd, D_SYNTAX, locking->span, "only a SELECT can lock rows");
    e = expr_new(rd->arena, QUERY_ORDERED, span, SLICE_NONE, ORDERED_SLOT_COUNT);
    build_attach_with(e, ORDERED_WITH, with);
    e->args[ORDERED_QUERY] = query;
    e->args[ORDERED_ORDER] = exprs_list(rd, span, order);
    e->args[ORDERED_LIMIT] = limits.limit;
    e->args[ORDERED_OFFSET] = limits.offset;
    e->flags |= limits.ties ? EXPR_WITH_TIES : 0;
    return e;
}

const struct expr *
build_cte(struct reader *rd, struct span span, struct slice name,
          const struct exprs *columns, uint32_t flags, const struct expr *query,
          const struct expr *search, const struct expr *cycle)
{
    bool plain = search == NULL && cycle == NULL;
    struct expr *e =
        expr_new(rd->arena, QUERY_CTE, span, name, plain ? CTE_SEARCH : CTE_CYCLE + 1);

    e->args[CTE_QUERY] = query;
    e->args[CTE_COLUMNS] = exprs_list(rd, span, columns);
    if (!plain) {
        e->args[CTE_SEARCH] = search;
        e->args[CTE_CYCLE] = cycle;
    }

    e->flags = flags;
    return e;
}

const struct expr *
build_order(struct reader *rd, struct span span, const struct expr *e, bool descending,
            enum nulls_order nulls)
{
    struct expr *o = expr_1(rd->arena, QUERY_ORDER, span, SLICE_NONE, e);

    if (descending)
        o->flags |= EXPR_DESC;
    if (nulls == NULLS_FIRST)
        o->flags |= EXPR_NULLS_FIRST;
    if (nulls == NULLS_LAST)
        o->flags |= EXPR_NULLS_LAST;
    return o;
}

const struct expr *
build_locking(struct reader *rd, struct span span, const char *strength,
              const struct exprs *tables, const char *wait)
{
    struct text words;

    text_init(&words, rd->arena);
    text_addf(&words, "for %s", strength);
    for (size_t i = 0; tables != NULL && i < tables->all.count; i++)
        text_addf(&words, "%s%.*s", i == 0 ? " of " : ", ",
                  SLICE_ARG(tables->all.items[i]->text));
    text_addz(&words, wait);
    return expr_leaf(rd->arena, QUERY_LOCKING, span, text_slice(&words));
}

const struct expr *
build_two_locks(struct reader *rd, struct span span, const struct expr *a,
                const struct expr *b)
{
    struct slice words =
        slice_format(rd->arena, "%.*s %.*s", SLICE_ARG(a->text), SLICE_ARG(b->text));

    return expr_leaf(rd->arena, QUERY_LOCKING, span, words);
}

/* ---- targets and FROM ---- */

const struct expr *
build_target(struct reader *rd, struct span span, const struct expr *e,
             struct slice alias)
{
    return expr_1(rd->arena, QUERY_TARGET, span, alias, e);
}

struct alias
build_alias(struct reader *rd, struct span span, struct slice name,
            const struct exprs *columns)
{
    return (struct alias){ expr_leaf(rd->arena, EXPR_PART, span, name),
                           exprs_list(rd, span, columns) };
}

/* name type, in FROM f() AS t (a int, b text) */
const struct expr *
build_typed_part(struct reader *rd, struct span span, struct slice name,
                 const struct type *type, struct slice collation)
{
    bool collated = !slice_is_none(collation);
    struct expr *e = expr_new(rd->arena, EXPR_PART, span, name, collated ? 1 : 0);

    if (collated)
        e->args[0] = expr_leaf(rd->arena, EXPR_PART, span, collation);
    e->type = type;
    return e;
}

const struct expr *
build_table(struct reader *rd, struct span span, struct relation r, struct alias alias)
{
    bool qualified = !slice_is_none(r.name.schema);
    struct expr *e =
        expr_new(rd->arena, QUERY_TABLE, span, r.name.name, qualified ? 3 : 2);

    e->flags = r.flags;
    e->args[0] = alias.name;
    e->args[1] = alias.columns;
    if (qualified)
        e->args[2] = expr_leaf(rd->arena, EXPR_PART, r.name.span, r.name.schema);
    return e;
}

const struct expr *
build_from_table(struct reader *rd, struct span span, struct ast_name name)
{
    return build_table(rd, span, (struct relation){ name, 0 },
                       (struct alias){ NULL, NULL });
}

const struct expr *
build_hinted(struct reader *rd, struct span span, const struct expr *table,
             const struct exprs *hint)
{
    return build_form(rd, span, SLICE_NONE, form_first(rd, table, hint));
}

static const struct expr *
from_item(struct reader *rd, enum expr_kind kind, struct span span, uint32_t flags,
          const struct expr *what, struct alias alias)
{
    struct expr *e = expr_new(rd->arena, kind, span, SLICE_NONE, 3);

    e->flags = flags;
    e->args[0] = what;
    e->args[1] = alias.name;
    e->args[2] = alias.columns;
    return e;
}

const struct expr *
build_from_call(struct reader *rd, struct span span, uint32_t flags,
                struct from_call call, struct alias alias)
{
    return from_item(rd, QUERY_FROM_CALL, span, flags | call.flags, call.call, alias);
}

const struct expr *
build_from_query(struct reader *rd, struct span span, uint32_t flags,
                 const struct expr *query, struct alias alias)
{
    return from_item(rd, QUERY_FROM_QUERY, span, flags, query, alias);
}

const struct expr *
build_joined(struct reader *rd, struct span span, const char *word, uint32_t flags,
             const struct expr *a, const struct expr *b, struct join_on on)
{
    struct expr *e = expr_new(rd->arena, QUERY_JOIN, span, slice_from(word), 4);

    e->flags = flags;
    e->args[0] = a;
    e->args[1] = b;
    e->args[2] = on.on;
    e->args[3] = on.using_columns;
    return e;
}

const struct expr *
build_grouping(struct reader *rd, struct span span, const char *word,
               const struct exprs *items)
{
    struct expr *e = (struct expr *)exprs_node(rd, QUERY_GROUPING, span, items);

    e->text = slice_from(word);
    return e;
}

/* ---- INSERT, UPDATE, DELETE ---- */

const struct expr *
build_insert(struct reader *rd, struct span span, const struct expr *with,
             struct slice or_word, const struct expr *target, struct insert_rest rest,
             const struct expr *conflict, const struct exprs *returning)
{
    struct slice text = rest.overriding != NULL ? slice_from(rest.overriding) : or_word;
    struct expr *e = expr_new(rd->arena, QUERY_INSERT, span, text, INSERT_SLOT_COUNT);

    build_attach_with(e, INSERT_WITH, with);
    e->args[INSERT_TABLE] = target;
    e->args[INSERT_COLUMNS] = exprs_list(rd, span, rest.columns);
    e->args[INSERT_QUERY] = rest.query;
    e->args[INSERT_CONFLICT] = conflict;
    e->args[INSERT_RETURNING] = exprs_list(rd, span, returning);
    return e;
}

const struct expr *
build_update(struct reader *rd, struct span span, struct update_parts p)
{
    struct expr *e =
        expr_new(rd->arena, QUERY_UPDATE, span, p.or_word, UPDATE_SLOT_COUNT);

    build_attach_with(e, UPDATE_WITH, p.with);
    e->args[UPDATE_TABLE] = p.target;
    e->args[UPDATE_ASSIGNS] = exprs_list(rd, span, p.assigns);
    e->args[UPDATE_FROM] = exprs_list(rd, span, p.from);
    e->args[UPDATE_WHERE] = p.where;
    e->args[UPDATE_ORDER] = exprs_list(rd, span, p.order);
    e->args[UPDATE_LIMIT] = p.limits.limit;
    e->args[UPDATE_OFFSET] = p.limits.offset;
    e->args[UPDATE_RETURNING] = exprs_list(rd, span, p.returning);
    return e;
}

const struct expr *
build_delete(struct reader *rd, struct span span, struct update_parts p)
{
    struct expr *e =
        expr_new(rd->arena, QUERY_DELETE, span, SLICE_NONE, DELETE_SLOT_COUNT);

    build_attach_with(e, DELETE_WITH, p.with);
    e->args[DELETE_TABLE] = p.target;
    e->args[DELETE_USING] = exprs_list(rd, span, p.from);
    e->args[DELETE_WHERE] = p.where;
    e->args[DELETE_ORDER] = exprs_list(rd, span, p.order);
    e->args[DELETE_LIMIT] = p.limits.limit;
    e->args[DELETE_OFFSET] = p.limits.offset;
    e->args[DELETE_RETURNING] = exprs_list(rd, span, p.returning);
    return e;
}

/* MySQL's INSERT INTO t SET a = 1, b = 2 */
struct insert_rest
build_insert_set(struct reader *rd, struct span span, const struct exprs *assigns)
{
    struct exprs *columns = exprs_none(rd);
    struct exprs *values = exprs_none(rd);

    VEC_EACH (i, &assigns->all) {
        const struct expr *assign = assigns->all.items[i];

        exprs_add(rd, columns, assign->args[0]->args[0]);
        exprs_add(rd, values, assign->args[1]);
    }
    return (struct insert_rest){
        columns, build_values(rd, span, NULL, exprs_list(rd, span, values)), NULL
    };
}

const struct expr *
build_excluded(struct reader *rd, struct span span, struct span name_span,
               struct slice name)
{
    const struct expr *part =
        expr_leaf(rd->arena, EXPR_PART, name_span, SLICE("excluded"));

    return expr_1(rd->arena, EXPR_NAME, span, name, part);
}

/* A column of INSERT or SET; a[1] and a.b are expressions. */
const struct expr *
build_assigned(struct reader *rd, struct span name_span, struct slice name,
               const struct exprs *items)
{
    if (items == NULL)
        return expr_leaf(rd->arena, EXPR_PART, name_span, name);
    return build_dotted(rd, name_span, name, items);
}

const struct expr *
build_assign(struct reader *rd, struct span span, const struct exprs *columns,
             const struct expr *value)
{
    return expr_2(rd->arena, QUERY_ASSIGN, span, SLICE_NONE,
                  exprs_list(rd, span, columns), value);
}

const struct expr *
build_conflict(struct reader *rd, struct span span, struct conflict_target target,
               const struct exprs *assigns, const struct expr *where,
               const struct expr *next)
{
    struct expr *e = expr_new(rd->arena, QUERY_CONFLICT, span, target.constraint,
                              next == NULL ? 4 : 5);

    e->flags = assigns == NULL ? EXPR_DO_NOTHING : 0;
    e->args[0] = target.keys;
    e->args[1] = target.where;
    e->args[2] = exprs_list(rd, span, assigns);
    e->args[3] = where;
    if (next != NULL)
        e->args[4] = next;
    return e;
}
