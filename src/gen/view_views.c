/*
 * Views: structs that are only read.
 *
 * Every column may be NULL.  A column whose type is not known is text, because any value
 * has a text; but not where a scaled decimal is in it, whose digits alone would be off by
 * a power of ten without anybody noticing: it has no field.
 */
#include <assert.h>

#include "gen/view_model.h"

/* What the column is made from; NULL where it is not written out. */
static const struct expr *
find_target(const struct expr *query, struct slice name)
{
    const struct expr *select = query_first_select(query);
    const struct expr *targets = select == NULL ? NULL : select->args[SELECT_TARGETS];

    for (size_t i = 0; targets != NULL && i < targets->arg_count; i++) {
        const struct expr *target = targets->args[i];
        const struct expr *e = target->args[0];

        if (slice_equal(slice_is_none(target->text) ? e->text : target->text, name))
            return e;
    }
    return NULL;
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

/* `stored`: in the dialect's terms, which alone know how far a decimal is scaled. */
static const struct type *
choose_type(struct gen_model *m, const struct view_column *c, const struct type *stored,
            const struct expr *target)
{
    struct type *made;

    if (is_scaled(stored))
        return decimal_type(m, c->type, stored);
    if (c->type != NULL || target == NULL)
        return c->type;
    made = ARENA_NEW(&m->s->arena, struct type);
    return aggregate_type(target, made) ? made : NULL;
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
           const struct view_column *c, const struct type *stored)
{
    struct arena *a = &m->s->arena;
    const struct expr *target = find_target(t->view->query, c->name);
    const struct type *type = choose_type(m, c, stored, target);
    struct gen_column *out = ARENA_NEW(a, struct gen_column);
    struct column column = { .name = c->name, .has_type = type != NULL };
    const struct gen_enum *e = type == NULL ? NULL : model_find_enum(m, type);

    if (type == NULL && target != NULL && !expr_walk(target, is_not_decimal, NULL)) {
        report_no_field(m, t->view, c);
        return true;
    }
    if (type != NULL)
        column.type = *type;
    *out = (struct gen_column){
        .name = slice_z(a, c->name),
        .type_text = type == NULL ? SLICE("") : type_text(a, type),
        .nullable = true,
        .is_generated = true,
    };
    column_name(m, names, SLICE_NONE, out);
    VEC_PUSH(a, &t->columns, out);
    if (!column_choose_codec(m, &column, &column, out))
        return false;
    if (e != NULL)
        column_use_enum(t, out, e);
    return true;
}

static bool
add_view(struct gen_model *m, const struct view *view, const struct view *lowered)
{
    struct gen_table *t = ARENA_NEW(&m->s->arena, struct gen_table);
    struct column_names names;
    bool ok = true;

    t->view = view;
    t->name = lowered->name;
    t->schema = lowered->schema;
    t->comment = view->comment;
    column_names_init(m, &names);
    VEC_EACH (i, &view->columns)
        ok &= add_column(m, t, &names, &view->columns.items[i],
                         lowered->columns.items[i].type);
    if (t->columns.count > 0) /* a query that we cannot see through has no struct */
        VEC_PUSH(&m->s->arena, &m->tables, t);
    return ok;
}

bool
model_add_views(struct gen_model *m)
{
    const struct catalog *c = m->request->catalog;
    const struct catalog *lowered = m->request->lowered;
    size_t at = 0;
    bool ok = true;

    VEC_EACH (i, &c->views)
        if (at < lowered->views.count
            && span_equal(c->views.items[i]->span, lowered->views.items[at]->span))
            ok &= add_view(m, c->views.items[i], lowered->views.items[at++]);
    assert(at == lowered->views.count);
    return ok;
}
