/*
 * Rules of a table that SQLite keeps by triggers: @touch and @append_only.
 */
#include "dialect/sqlite/lite.h"

#include <assert.h>

/* ---- the trees of what they do ---- */

/* new.c */
static const struct expr *
row_column(struct arena *a, const char *row, struct slice column)
{
    return expr_1(a, EXPR_COLUMN, SPAN_NONE, column,
                  expr_leaf(a, EXPR_PART, SPAN_NONE, slice_from(row)));
}

/* a IS b, a IS NOT b */
static const struct expr *
is(struct arena *a, uint32_t flags, const struct expr *left, const struct expr *right)
{
    struct expr *e = expr_2(a, EXPR_IS_DISTINCT, SPAN_NONE, SLICE_NONE, left, right);

    e->flags = flags;
    return e;
}

static const struct expr *
list_of(struct arena *a, const struct expr *item)
{
    return expr_1(a, EXPR_LIST, SPAN_NONE, SLICE_NONE, item);
}

static const struct expr *
key_condition(struct arena *a, struct slice key)
{
    return expr_2(a, EXPR_BINARY, SPAN_NONE, SLICE("="),
                  expr_leaf(a, EXPR_COLUMN, SPAN_NONE, key), row_column(a, "new", key));
}

/* id = new.id, over the primary key; the rowid where there is none. */
static const struct expr *
row_condition(struct arena *a, const struct table *t)
{
    struct expr *all;

    if (t->primary_key == NULL)
        return key_condition(a, slice_from(lite_rowid_name(t, t)));
    if (t->primary_key->keys.all.count == 1)
        return key_condition(a, t->primary_key->keys.all.items[0].column);
    all = expr_new(a, EXPR_AND, SPAN_NONE, SLICE_NONE, t->primary_key->keys.all.count);
    VEC_EACH (i, &t->primary_key->keys.all)
        all->args[i] = key_condition(a, t->primary_key->keys.all.items[i].column);
    return all;
}

/* UPDATE t SET c = value WHERE … */
static const struct expr *
update_row(struct arena *a, const struct table *t, struct slice column,
           const struct expr *value)
{
    struct expr *e = expr_new(a, QUERY_UPDATE, SPAN_NONE, SLICE_NONE, UPDATE_SLOT_COUNT);
    const struct expr *part = expr_leaf(a, EXPR_PART, SPAN_NONE, column);

    e->args[UPDATE_TABLE] = expr_new(a, QUERY_TABLE, SPAN_NONE, t->name, 2);
    e->args[UPDATE_ASSIGNS] = list_of(
        a, expr_2(a, QUERY_ASSIGN, SPAN_NONE, SLICE_NONE, list_of(a, part), value));
    e->args[UPDATE_WHERE] = row_condition(a, t);
    return e;
}

/* SELECT raise(ABORT, 'why') */
static const struct expr *
raise_abort(struct arena *a, struct slice why)
{
    struct expr *e = expr_new(a, QUERY_SELECT, SPAN_NONE, SLICE_NONE, SELECT_SLOT_COUNT);
    struct expr *call = expr_new(a, EXPR_CALL, SPAN_NONE, SLICE("raise"), CALL_ARGS + 2);

    call->args[CALL_ARGS] = expr_leaf(a, EXPR_CALL_KEYWORD, SPAN_NONE, SLICE("abort"));
    call->args[CALL_ARGS + 1] = expr_leaf(a, EXPR_STRING, SPAN_NONE, why);
    e->args[SELECT_TARGETS] =
        list_of(a, expr_1(a, QUERY_TARGET, SPAN_NONE, SLICE_NONE, call));
    return e;
}

static void
add_trigger(struct lite_lowering *l, const struct table *t, struct slice name,
            struct span span, const struct trigger *trigger)
{
    struct definition *r = ARENA_NEW(&l->s->arena, struct definition);

    r->kind = SLICE("trigger");
    r->name = name;
    r->table = t->name;
    r->span = span;
    r->detail = DETAIL_TRIGGER;
    r->u.trigger = trigger;
    definition_spell(&l->s->arena, r, &lite_style);
    VEC_PUSH(&l->s->arena, &l->to->definitions, r);
}

/* ---- @touch ---- */

static const struct expr *
now_for(struct arena *a, const struct column *c)
{
    const char *word = c->type.kind == TYPE_DATE   ? "current_date"
                       : c->type.kind == TYPE_TIME ? "current_time"
                                                   : "current_timestamp";

    return expr_leaf(a, EXPR_CALL_KEYWORD, SPAN_NONE, slice_from(word));
}

/*
 * Only where the statement itself left the column alone.  The last condition ends the
 * recursion where recursive_triggers is on.
 */
static void
add_touch(struct lite_lowering *l, const struct table *t, const struct column *neutral)
{
    struct arena *a = &l->s->arena;
    struct slice name =
        slice_format(a, "%.*s_%.*s_touch", SLICE_ARG(t->name), SLICE_ARG(neutral->name));
    struct trigger *trigger = ARENA_NEW(a, struct trigger);
    const struct expr *now = now_for(a, neutral);
    const struct expr *after = row_column(a, "new", neutral->name);
    const struct expr *before = row_column(a, "old", neutral->name);
    struct expr *when =
        expr_2(a, EXPR_AND, SPAN_NONE, SLICE_NONE, is(a, EXPR_NEGATED, after, before),
               is(a, 0, after, now));

    expr_add_parens(when, 1, 1); /* easier to read before BEGIN */
    trigger->timing = TRIGGER_AFTER;
    trigger->events = TRIGGER_UPDATE;
    trigger->for_each_row = true;
    trigger->when = when;
    VEC_PUSH(a, &trigger->body, update_row(a, t, neutral->name, now));
    add_trigger(l, t, name, neutral->span, trigger);
}

/* ---- @append_only ---- */

static void
add_append_only(struct lite_lowering *l, const struct table *t, enum trigger_event event,
                const char *word)
{
    struct arena *a = &l->s->arena;
    struct slice name = slice_format(a, "%.*s_append_only_%s", SLICE_ARG(t->name), word);
    struct trigger *trigger = ARENA_NEW(a, struct trigger);

    trigger->timing = TRIGGER_BEFORE;
    trigger->events = event;
    trigger->for_each_row = true;
    VEC_PUSH(
        a, &trigger->body,
        raise_abort(a, slice_format(a, "table %.*s is append-only", SLICE_ARG(t->name))));
    add_trigger(l, t, name, t->span, trigger);
}

void
lite_lower_rules(struct lite_lowering *l, const struct table *neutral,
                 const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = table_find_column(neutral, t->columns.items[i]->name);

        if (c->touch)
            add_touch(l, t, c);
    }
    if (!neutral->append_only)
        return;
    add_append_only(l, t, TRIGGER_UPDATE, "update");
    add_append_only(l, t, TRIGGER_DELETE, "delete");
}
