/*
 * Views: structs that are only read.
 *
 * Every column may be NULL.  A column whose type is not known is text, because any value
 * has a text; but not where a scaled decimal is in it, whose digits alone would be off by
 * a power of ten without anybody noticing: it has no field.
 */
#include <assert.h>

#include "gen/view_model.h"

/* Is none of these targets a `*`, which is any number of columns? */
static bool
has_no_star(const struct expr *targets, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (targets->args[i]->args[0]->kind == EXPR_STAR)
            return false;
    return true;
}

/* What the column is made from, by its place, as a view may have names of its own; NULL
 * where it is not written out. */
static const struct expr *
find_target(const struct view *v, size_t number)
{
    const struct expr *select = query_first_select(v->query);
    const struct expr *targets = select == NULL ? NULL : select->args[SELECT_TARGETS];
    size_t count = targets == NULL ? 0 : targets->arg_count;
    size_t from_end = v->columns.count - number;

    if (number < count && has_no_star(targets, 0, number + 1))
        return targets->args[number]->args[0];
    if (from_end <= count && has_no_star(targets, count - from_end, count))
        return targets->args[count - from_end]->args[0];
    return NULL;
}

/* Is it UNION and the like, whose first SELECT does not speak for all? */
static bool
is_set(const struct expr *query)
{
    while (query != NULL && query->kind == QUERY_ORDERED)
        query = query->args[ORDERED_QUERY];
    return query == NULL || query->kind != QUERY_SELECT;
}

static const struct type *
argument_type(const struct expr *call)
{
    const struct expr *argument =
        call->arg_count > CALL_ARGS ? call->args[CALL_ARGS] : NULL;

    return argument == NULL ? NULL : argument->result;
}

/* sum and avg: what SQL leaves to the engine, and every engine can give. */
static bool
aggregate_type(const struct expr *e, struct type *out)
{
    const struct type *of = e->kind == EXPR_CALL ? argument_type(e) : NULL;
    bool is_sum = e->kind == EXPR_CALL && slice_is_fold(e->text, "sum");
    bool is_average = e->kind == EXPR_CALL && slice_is_fold(e->text, "avg");

    if (of == NULL || of->dimensions > 0 || (!is_sum && !is_average))
        return false;
    *out = *of;
    if (of->kind == TYPE_REAL || of->kind == TYPE_DOUBLE || is_average)
        out->kind = TYPE_DOUBLE;
    else if (of->kind == TYPE_INT2 || of->kind == TYPE_INT4 || of->kind == TYPE_INT8)
        out->kind = TYPE_INT8;
    else
        return false;
    return type_family(of) == FAMILY_NUMBER && of->kind != TYPE_DECIMAL;
}

static bool
is_not_decimal(void *context, const struct expr *e)
{
    (void)context;
    return e->result == NULL || e->result->kind != TYPE_DECIMAL
           || e->result->arg_count == 0;
}

static bool
is_scaled(const struct type *t)
{
    return t != NULL && t->kind == TYPE_DECIMAL_INT && t->dimensions == 0;
}

/* As declared where that says the same; else by its scale alone. */
static const struct type *
decimal_type(struct gen_model *m, const struct type *declared, const struct type *stored)
{
    struct type *made;

    if (declared != NULL && declared->kind == TYPE_DECIMAL && declared->arg_count > 0
        && (declared->arg_count > 1 ? declared->args[1] : 0) == stored->args[1])
        return declared;
    made = arena_copy(&m->s->arena, stored, sizeof *stored);
    made->kind = TYPE_DECIMAL;
    return made;
}

/* The type of one column in the terms of each dialect; NULL: not known, or no view. */
struct stored_types {
    const struct type *of[GEN_CHAINS_MAX];
};

/* Where one engine counts a decimal in units of 10^-s, all of them do for C. */
static const struct type *
find_scaled(const struct stored_types *stored)
{
    for (size_t i = 0; i < GEN_CHAINS_MAX; i++)
        if (is_scaled(stored->of[i]))
            return stored->of[i];
    return NULL;
}

/* A numeric of any scale, whose digits each engine spells in its own way. */
static bool
is_any_numeric(const struct type *t)
{
    return t->kind == TYPE_DECIMAL && t->arg_count == 0 && t->dimensions == 0;
}

static const struct type *
choose_type(struct gen_model *m, const struct view *v, size_t number,
            const struct stored_types *stored)
{
    const struct view_column *c = &v->columns.items[number];
    const struct expr *target = find_target(v, number);
    const struct type *scaled = find_scaled(stored);
    struct type *made;

    if (scaled != NULL)
        return decimal_type(m, c->type, scaled);
    if (target == NULL
        || (c->type != NULL && (!is_any_numeric(c->type) || is_set(v->query))))
        return c->type;
    made = ARENA_NEW(&m->s->arena, struct type);
    return aggregate_type(target, made) ? made : c->type;
}

static void
report_no_field(struct gen_model *m, const struct view *v, const struct view_column *c)
{
    diag_add(&m->s->diags, D_LOWER_NOTE, v->span,
             "column \"%.*s\" of view \"%.*s\" has no field in C: it is made from a "
             "decimal, and its own type is not known",
             SLICE_ARG(c->name), SLICE_ARG(v->name));
}

static bool
add_column(struct gen_model *m, struct gen_table *t, struct column_names *names,
           size_t number, const struct stored_types *stored)
{
    struct arena *a = &m->s->arena;
    const struct view_column *c = &t->view->columns.items[number];
    const struct expr *target = find_target(t->view, number);
    const struct type *type = choose_type(m, t->view, number, stored);
    struct gen_column *out = ARENA_NEW(a, struct gen_column);
    struct column column = {
        .name = c->name, .has_type = type != NULL, .span = t->view->span
    };
    const struct gen_enum *e = type == NULL ? NULL : model_find_enum(m, type);
    struct lowered_columns lowered = { .of = { NULL } };

    if (type == NULL && target != NULL && !expr_walk(target, is_not_decimal, NULL)) {
        report_no_field(m, t->view, c);
        return true;
    }
    if (type != NULL)
        column.type = *type;
    *out = (struct gen_column){
        .name = slice_z(a, c->name),
        .type_text = type == NULL ? SLICE("") : type_text(a, type),
        .type = type == NULL ? NULL : model_base_type(m, type),
        .nullable = true,
        .is_generated = true,
    };
    column_name(m, names, SLICE_NONE, out);
    VEC_PUSH(a, &t->columns, out);
    for (size_t i = 0; i < m->request->chain_count; i++)
        lowered.of[i] = &column;
    if (!column_choose_codec(m, t, &column, &lowered, out))
        return false;
    if (e != NULL)
        column_use_enum(t, out, e);
    return true;
}

/* The view in the terms of each dialect; NULL: it has none. */
struct lowered_views {
    const struct view *of[GEN_CHAINS_MAX];
};

static void
name_view(struct gen_table *t, const struct lowered_views *lowered)
{
    t->name = t->schema = t->flat_name = SLICE_NONE;
    for (size_t i = 0; i < GEN_CHAINS_MAX; i++) {
        const struct view *low = lowered->of[i];

        if (low == NULL)
            continue;
        if (!slice_is_none(t->name) && !slice_equal(t->name, low->name))
            t->flat_name = t->name;
        t->name = low->name;
        t->schema = low->schema;
    }
}

static bool
add_view(struct gen_model *m, const struct view *view,
         const struct lowered_views *lowered)
{
    struct gen_table *t = ARENA_NEW(&m->s->arena, struct gen_table);
    struct column_names names;
    bool ok = true;

    t->view = view;
    t->comment = view->comment;
    name_view(t, lowered);
    column_names_init(m, &names);
    VEC_EACH (i, &view->columns) {
        struct stored_types stored = { .of = { NULL } };

        for (size_t k = 0; k < GEN_CHAINS_MAX; k++)
            if (lowered->of[k] != NULL)
                stored.of[k] = lowered->of[k]->columns.items[i].type;
        ok &= add_column(m, t, &names, i, &stored);
    }
    if (t->columns.count > 0) /* a query that we cannot see through has no struct */
        VEC_PUSH(&m->s->arena, &m->tables, t);
    return ok;
}

/* Lowering keeps the order of views, and leaves some out. */
static bool
find_lowered(const struct gen_model *m, const struct view *view,
             size_t at[GEN_CHAINS_MAX], struct lowered_views *out)
{
    bool is_there = false;

    *out = (struct lowered_views){ .of = { NULL } };
    for (size_t k = 0; k < m->request->chain_count; k++) {
        const struct catalog *lowered = m->request->chains[k]->lowered;

        if (at[k] >= lowered->views.count
            || !span_equal(view->span, lowered->views.items[at[k]]->span))
            continue;
        out->of[k] = lowered->views.items[at[k]++];
        is_there = true;
    }
    return is_there;
}

bool
model_add_views(struct gen_model *m)
{
    const struct catalog *c = m->request->catalog;
    size_t at[GEN_CHAINS_MAX] = { 0 };
    bool ok = true;

    VEC_EACH (i, &c->views) {
        struct lowered_views lowered;

        if (find_lowered(m, c->views.items[i], at, &lowered))
            ok &= add_view(m, c->views.items[i], &lowered);
    }
    for (size_t k = 0; k < m->request->chain_count; k++)
        assert(at[k] == m->request->chains[k]->lowered->views.count);
    return ok;
}
