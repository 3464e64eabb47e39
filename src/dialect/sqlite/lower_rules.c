/*
 * Rules of a table that SQLite keeps by triggers: @touch and @append_only.
 */
#include "dialect/sqlite/lower.h"

/* ---- @touch ---- */

static const struct expr *
now_for(struct arena *a, const struct column *c)
{
    const char *word = c->type.kind == TYPE_DATE   ? "current_date"
                       : c->type.kind == TYPE_TIME ? "current_time"
                                                   : "current_timestamp";

    return expr_leaf(a, EXPR_CALL_KEYWORD, SPAN_NONE, slice_from(word));
}

/* a IS NOT b */
static const struct expr *
is_not(struct arena *a, const struct expr *left, const struct expr *right)
{
    return expr_2(a, EXPR_IS_DISTINCT, SPAN_NONE, SLICE_NONE, left, right);
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
    struct trigger *trigger = lite_new_trigger(a, TRIGGER_AFTER, TRIGGER_UPDATE);
    const struct expr *now = now_for(a, neutral);
    const struct expr *after = lite_row_column(a, "new", neutral->name);
    const struct expr *before = lite_row_column(a, "old", neutral->name);

    trigger->when =
        lite_both(a, lite_and(a, lite_is(a, after, before), is_not(a, after, now)),
                  lite_row_is_counted(l, t));
    VEC_PUSH(a, &trigger->body,
             lite_update(a, t->name, neutral->name, now, lite_key_row(a, t)));
    lite_add_trigger(l, t->name, name, neutral->span, trigger);
}

/* ---- @append_only ---- */

static void
add_append_only(struct lite_lowering *l, const struct table *t, enum trigger_event event,
                const char *word)
{
    struct arena *a = &l->s->arena;
    struct slice name = slice_format(a, "%.*s_append_only_%s", SLICE_ARG(t->name), word);
    struct trigger *trigger = lite_new_trigger(a, TRIGGER_BEFORE, event);
    struct slice why = slice_format(a, "table %.*s is append-only", SLICE_ARG(t->name));

    if (event == TRIGGER_UPDATE)
        trigger->when = lite_row_is_counted(l, t);
    VEC_PUSH(a, &trigger->body, lite_raise(a, why, SLICE_NONE, NULL));
    lite_add_trigger(l, t->name, name, t->span, trigger);
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
