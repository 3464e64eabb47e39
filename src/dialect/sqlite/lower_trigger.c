/*
 * Triggers that stand in for what SQLite cannot declare, and the trees of what they do.
 * Which rules need one is decided by those who call.
 */
#include "dialect/sqlite/lower.h"

/* ---- conditions ---- */

const struct expr *
lite_row_column(struct arena *a, const char *row, struct slice column)
{
    return expr_1(a, EXPR_COLUMN, SPAN_NONE, column,
                  expr_leaf(a, EXPR_PART, SPAN_NONE, slice_from(row)));
}

struct row_names {
    struct arena *a;
    const struct table *t;
    const char *row;
};

static const struct expr *
name_row(void *context, const struct expr *e)
{
    const struct row_names *n = context;

    if ((e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        || table_find_column(n->t, e->text) == NULL)
        return e;
    return lite_row_column(n->a, n->row, e->text);
}

const struct expr *
lite_over_row(struct arena *a, const struct table *t, const struct expr *e,
              const char *row)
{
    struct row_names names = { a, t, row };

    return e == NULL ? NULL : expr_rewrite(a, e, name_row, &names);
}

const struct expr *
lite_both(struct arena *a, const struct expr *one, const struct expr *other)
{
    if (one == NULL || other == NULL)
        return one == NULL ? other : one;
    return lite_and(a, one, other);
}

static const struct expr *
same_column(struct arena *a, struct slice column)
{
    return lite_binary(a, "=", lite_column(a, column),
                       lite_row_column(a, "new", column));
}

const struct expr *
lite_key_row(struct arena *a, const struct table *t)
{
    const struct expr *all = NULL;

    if (t->primary_key == NULL)
        return same_column(a, slice_from(lite_rowid_name(t, t)));
    VEC_EACH (i, &t->primary_key->keys.all)
        all = lite_both(a, all,
                        same_column(a, t->primary_key->keys.all.items[i].column));
    return all;
}

bool
lite_row_is_known(const struct table *t)
{
    return t->primary_key != NULL || lite_rowid_name(t, t) != NULL;
}

const struct expr *
lite_own_row(struct arena *a, const struct table *t)
{
    const char *rowid = t->without_rowid ? NULL : lite_rowid_name(t, t);

    return rowid == NULL ? lite_key_row(a, t) : same_column(a, slice_from(rowid));
}

const struct expr *
lite_other_rows(struct arena *a, const struct table *t)
{
    const char *rowid = t->without_rowid ? NULL : lite_rowid_name(t, t);

    if (rowid == NULL)
        return lite_not(a, lite_key_row(a, t));
    return lite_binary(a, "<>", lite_column(a, slice_from(rowid)),
                       lite_row_column(a, "new", slice_from(rowid)));
}

/* ---- statements ---- */

static const struct expr *
list_of(struct arena *a, const struct expr *item)
{
    return expr_1(a, EXPR_LIST, SPAN_NONE, SLICE_NONE, item);
}

static const struct expr *
table_named(struct arena *a, struct slice name)
{
    return expr_new(a, QUERY_TABLE, SPAN_NONE, name, 2);
}

const struct expr *
lite_assign(struct arena *a, struct slice column, const struct expr *value)
{
    const struct expr *part = expr_leaf(a, EXPR_PART, SPAN_NONE, column);

    return expr_2(a, QUERY_ASSIGN, SPAN_NONE, SLICE_NONE, list_of(a, part), value);
}

const struct expr *
lite_update_all(struct arena *a, struct slice table, const struct expr *assigns,
                const struct expr *where)
{
    struct expr *e = expr_new(a, QUERY_UPDATE, SPAN_NONE, SLICE_NONE, UPDATE_SLOT_COUNT);

    e->args[UPDATE_TABLE] = table_named(a, table);
    e->args[UPDATE_ASSIGNS] = assigns;
    e->args[UPDATE_WHERE] = where;
    return e;
}

const struct expr *
lite_update(struct arena *a, struct slice table, struct slice column,
            const struct expr *value, const struct expr *where)
{
    return lite_update_all(a, table, list_of(a, lite_assign(a, column, value)), where);
}

const struct expr *
lite_select(struct arena *a, const struct expr *what, struct slice from,
            const struct expr *where)
{
    struct expr *e = expr_new(a, QUERY_SELECT, SPAN_NONE, SLICE_NONE, SELECT_SLOT_COUNT);

    e->args[SELECT_TARGETS] =
        list_of(a, expr_1(a, QUERY_TARGET, SPAN_NONE, SLICE_NONE, what));
    if (!slice_is_none(from))
        e->args[SELECT_FROM] = list_of(a, table_named(a, from));
    e->args[SELECT_WHERE] = where;
    return e;
}

const struct expr *
lite_subquery(struct arena *a, const struct expr *query)
{
    return expr_1(a, EXPR_SUBQUERY, SPAN_NONE, SLICE_NONE, query);
}

const struct expr *
lite_insert_query(struct arena *a, struct slice table, struct slice column,
                  const struct expr *query)
{
    struct expr *e = expr_new(a, QUERY_INSERT, SPAN_NONE, SLICE_NONE, INSERT_SLOT_COUNT);

    e->args[INSERT_TABLE] = table_named(a, table);
    e->args[INSERT_COLUMNS] = list_of(a, expr_leaf(a, EXPR_PART, SPAN_NONE, column));
    e->args[INSERT_QUERY] = query;
    return e;
}

const struct expr *
lite_raise(struct arena *a, struct slice why, struct slice from,
           const struct expr *where)
{
    struct expr *call = expr_new(a, EXPR_CALL, SPAN_NONE, SLICE("raise"), CALL_ARGS + 2);

    call->args[CALL_ARGS] = expr_leaf(a, EXPR_CALL_KEYWORD, SPAN_NONE, SLICE("abort"));
    call->args[CALL_ARGS + 1] = expr_leaf(a, EXPR_STRING, SPAN_NONE, why);
    return lite_select(a, call, from, where);
}

/* ---- the trigger ---- */

struct trigger *
lite_new_trigger(struct arena *a, enum trigger_timing timing, enum trigger_event event)
{
    struct trigger *trigger = ARENA_NEW(a, struct trigger);

    trigger->timing = timing;
    trigger->events = event;
    trigger->for_each_row = true;
    return trigger;
}

/* A condition is easier to read before BEGIN. */
static const struct trigger *
with_parens(struct arena *a, const struct trigger *trigger)
{
    struct trigger *out;
    struct expr *when;

    if (trigger->when == NULL)
        return trigger;
    out = arena_copy(a, trigger, sizeof *trigger);
    when = arena_copy(a, trigger->when, sizeof *when);
    expr_add_parens(when, 1, 1);
    out->when = when;
    return out;
}

void
lite_add_trigger(struct lite_lowering *l, struct slice table, struct slice name,
                 struct span span, const struct trigger *trigger)
{
    struct definition *r = ARENA_NEW(&l->s->arena, struct definition);

    r->kind = SLICE("trigger");
    r->name = name;
    r->table = table;
    r->span = span;
    r->detail = DETAIL_TRIGGER;
    r->u.trigger = with_parens(&l->s->arena, trigger);
    definition_spell(&l->s->arena, r, &lite_style);
    lite_claim_name(l, &l->triggers, name, span);
    VEC_PUSH(&l->s->arena, &l->to->definitions, r);
}
