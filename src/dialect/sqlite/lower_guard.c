/*
 * Constraints that SQLite cannot declare and a trigger can keep: EXCLUDE with && over
 * ranges, a CHECK that reads the clock, and a foreign key that sets some of its columns.
 *
 * They ask behind each row that is written, which is enough: one connection writes at a
 * time.  Rows that are there when the constraint comes are asked by checks.c.
 */
#include "dialect/sqlite/lower.h"
#include "dialect/sqlite/lower_range.h"

/* ---- EXCLUDE ---- */

static const struct expr *
key_expr(struct lite_lowering *l, const struct index_key *k)
{
    return k->expr != NULL ? k->expr : lite_column(&l->s->arena, k->column);
}

/* A key over the row of t and over new; *invalid: a range that ends before it begins. */
static const struct expr *
conflict_of(struct lite_lowering *l, struct lite_scope *scope, const struct table *t,
            const struct index_key *k, const struct expr **invalid)
{
    struct arena *a = &l->s->arena;
    const struct expr *e = key_expr(l, k);
    struct lite_range range;

    if (slice_is(k->operator, "&&")) {
        if (!lite_range_of(scope, e, &range))
            return NULL;
        if (range.invalid != NULL)
            *invalid = lite_both(a, *invalid, lite_over_row(a, t, range.invalid, "new"));
        return lite_ranges_overlap(a, t, &range);
    }
    if (!slice_is(k->operator, "=") && !slice_is(k->operator, "<>")) {
        lite_problem(scope, e, "SQLite has no operator %.*s", SLICE_ARG(k->operator));
        return NULL;
    }
    e = lite_lower_expr(scope, e);
    return e == NULL ? NULL
                     : lite_binary(a, slice_is(k->operator, "=") ? "=" : "<>", e,
                                   lite_over_row(a, t, e, "new"));
}

/* What finds the rows that may conflict: PostgreSQL has an index of this name, too. */
static void
add_guard_index(struct lite_lowering *l, const struct table *t,
                const struct constraint *k)
{
    struct index *x = ARENA_NEW(&l->s->arena, struct index);

    VEC_EACH (i, &k->keys.all) {
        struct index_key key = { .column = k->keys.all.items[i].column };

        if (k->keys.all.items[i].expr == NULL
            && slice_is(k->keys.all.items[i].operator, "="))
            VEC_PUSH(&l->s->arena, &x->keys.all, key);
    }
    if (x->keys.all.count == 0)
        return;
    x->name = k->name;
    x->table = t;
    x->method = SLICE("btree");
    x->options = SLICE("");
    x->span = k->span;
    VEC_PUSH(&l->s->arena, &l->to->indexes, x);
}

bool
lite_guard_overlap(struct lite_lowering *l, const struct table *neutral,
                   const struct table *t, const struct constraint *k)
{
    struct arena *a = &l->s->arena;
    struct lite_scope scope = lite_scope_of(l, neutral);
    struct slice title = slice_format(a, "constraint \"%.*s\" of \"%.*s\"",
                                      SLICE_ARG(k->name), SLICE_ARG(t->name));
    struct guard g = { .t = t, .k = k, .others = true, .span = k->span };

    g.why = slice_format(a, "conflicting key value violates exclusion constraint %.*s",
                         SLICE_ARG(k->name));
    if (!lite_row_is_known(t))
        lite_problem(&scope, key_expr(l, &k->keys.all.items[0]),
                     "its table has neither a key nor a name for rowids");
    VEC_EACH (i, &k->keys.all)
        if (!lite_has_problem(&scope))
            g.bad = lite_both(
                a, g.bad,
                conflict_of(l, &scope, t, &k->keys.all.items[i], &g.invalid));
    if (k->check != NULL && !lite_has_problem(&scope)) {
        const struct expr *where = lite_lower_expr(&scope, k->check);

        if (where != NULL) {
            const struct expr *given = lite_over_row(a, t, where, "new");

            g.bad = lite_and(a, g.bad, lite_and(a, where, given));
            g.invalid = g.invalid == NULL ? NULL : lite_and(a, given, g.invalid);
        }
    }
    if (lite_has_problem(&scope) || g.bad == NULL) {
        lite_report_left_out(l, &scope, k->span, title);
        return false;
    }
    add_guard_index(l, t, k);
    VEC_PUSH(a, &l->guards, g);
    return true;
}

/* ---- CHECK ---- */

void
lite_guard_check(struct lite_lowering *l, const struct table *t,
                 const struct constraint *k, const struct expr *check)
{
    struct arena *a = &l->s->arena;
    struct guard g = { .t = t, .k = k, .span = k->span };

    g.why = slice_format(a, "CHECK constraint failed: %.*s", SLICE_ARG(k->name));
    g.bad = lite_not(a, lite_over_row(a, t, check, "new"));
    VEC_PUSH(a, &l->guards, g);
}

/* ---- ON DELETE SET NULL (c) ---- */

void
lite_guard_set_columns(struct lite_lowering *l, const struct table *t,
                       const struct constraint *k)
{
    struct guard g = { .t = t, .k = k, .span = k->span, .why = SLICE_NONE };

    VEC_PUSH(&l->s->arena, &l->guards, g);
}

static const struct expr *
value_to_set(struct arena *a, const struct table *t, const struct constraint *k,
             struct slice column)
{
    const struct column *c = table_find_column(t, column);

    if (k->on_delete == FK_SET_DEFAULT && c != NULL && c->default_value != NULL)
        return c->default_value;
    return lite_null(a);
}

/* The key stays beside it, and is asked at the end of the statement. */
static void
add_set_columns(struct lite_lowering *l, const struct guard *g)
{
    struct arena *a = &l->s->arena;
    const struct constraint *k = g->k;
    struct trigger *trigger = lite_new_trigger(a, TRIGGER_AFTER, TRIGGER_DELETE);
    struct expr *assigns =
        expr_new(a, EXPR_LIST, SPAN_NONE, SLICE_NONE, k->set_columns.all.count);
    const struct expr *where = NULL;

    if (catalog_find_table(l->to, SLICE_NONE, k->ref_table) == NULL)
        return;
    VEC_EACH (i, &k->set_columns.all)
        assigns->args[i] =
            lite_assign(a, k->set_columns.all.items[i],
                        value_to_set(a, g->t, k, k->set_columns.all.items[i]));
    VEC_EACH (i, &k->keys.all)
        where = lite_both(
            a, where,
            lite_binary(a, "=", lite_column(a, k->keys.all.items[i].column),
                        lite_row_column(a, "old", k->ref_columns.all.items[i])));
    VEC_PUSH(a, &trigger->body, lite_update_all(a, g->t->name, assigns, where));
    lite_add_trigger(l, k->ref_table,
                     slice_format(a, "%.*s_delete", SLICE_ARG(k->name)), g->span,
                     trigger);
}

/* ---- all of them ---- */

static void
add_refusal(struct lite_lowering *l, const struct guard *g, enum trigger_event event,
            const char *suffix)
{
    struct arena *a = &l->s->arena;
    struct trigger *trigger = lite_new_trigger(a, TRIGGER_AFTER, event);
    const struct expr *where = g->bad;
    struct slice name =
        slice_format(a, "%.*s_%s", SLICE_ARG(g->k->name), suffix);

    trigger->keeps = g->k->name;
    if (g->invalid != NULL)
        VEC_PUSH(a, &trigger->body,
                 lite_raise(a, SLICE("a range must not end before it begins"),
                            SLICE_NONE, g->invalid));
    if (g->others)
        where = lite_and(a, lite_other_rows(a, g->t), where);
    VEC_PUSH(a, &trigger->body,
             lite_raise(a, g->why, g->others ? g->t->name : SLICE_NONE, where));
    lite_add_trigger(l, g->t->name, name, g->span, trigger);
}

void
lite_lower_guards(struct lite_lowering *l)
{
    VEC_EACH (i, &l->guards) {
        const struct guard *g = &l->guards.items[i];

        if (slice_is_none(g->why)) {
            add_set_columns(l, g);
            continue;
        }
        add_refusal(l, g, TRIGGER_INSERT, "insert");
        add_refusal(l, g, TRIGGER_UPDATE, "update");
    }
}
