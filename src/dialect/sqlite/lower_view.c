/*
 * Views in SQLite's terms, in the order of what they read.
 *
 * What a view gives is remembered with its scales: whoever reads it must know which of
 * its columns are decimals stored as integers.
 */
#include <string.h>

#include "dialect/sqlite/lower.h"

static struct slice
depend_name(struct lite_lowering *l, struct slice name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] == '.')
            return lite_flat_name(&l->s->arena, slice_sub(name, 0, i),
                                  slice_sub(name, i + 1, name.len));
    return name;
}

/* What the view gives, for the views that read it. */
static void
remember_outputs(struct lite_lowering *l, const struct view *v,
                 const struct lite_outputs *outputs)
{
    struct lite_outputs *named = ARENA_NEW(&l->s->arena, struct lite_outputs);

    VEC_EACH (i, &outputs->all) {
        struct lite_output o = outputs->all.items[i];

        if (i < v->columns.count && v->columns.count == outputs->all.count)
            o.name = v->columns.items[i].name;
        VEC_PUSH(&l->s->arena, &named->all, o);
    }
    map_put(&l->views, v->name, named);
}

static const struct expr *
lower_view_query(struct lite_lowering *l, const struct view *from, const struct view *v)
{
    struct lite_scope scope = lite_scope_of(l, NULL);
    struct slice title = slice_format(&l->s->arena, "view \"%.*s\"", SLICE_ARG(v->name));
    struct lite_value value = lite_lower_node(
        &scope, from->spread != NULL ? from->spread : from->query);

    lite_report_note(l, &scope, from->span, title);
    if (lite_has_problem(&scope)) {
        lite_report_left_out(l, &scope, from->span, title);
        return NULL;
    }
    if (value.outputs != NULL)
        remember_outputs(l, v, value.outputs);
    return value.e;
}

static const struct type *
scaled_type(struct arena *a, int scale)
{
    struct type *t = ARENA_NEW(a, struct type);

    *t = (struct type){
        .kind = TYPE_DECIMAL_INT,
        .args = { DECIMAL_INT_DIGITS_MAX, scale },
        .arg_count = 2,
    };
    return t;
}

/* Only what was lowered knows that `price * quantity` is scaled: whoever reads the view
 * must know it too. */
static void
set_scales(struct lite_lowering *l, const struct view *from, struct view *v)
{
    const struct lite_outputs *outputs = map_get(&l->views, v->name);
    bool is_known = outputs != NULL && outputs->all.count == from->columns.count;

    memset(&v->columns, 0, sizeof v->columns);
    VEC_EACH (i, &from->columns) {
        struct view_column c = from->columns.items[i];

        if (is_known && outputs->all.items[i].scale != SCALE_NONE)
            c.type = scaled_type(&l->s->arena, outputs->all.items[i].scale);
        VEC_PUSH(&l->s->arena, &v->columns, c);
    }
}

static void
lower_materialized(struct lite_lowering *l, struct view *v)
{
    if (v->materialized)
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, v->span,
                 "view \"%.*s\" gives the rows of now, not those of the last REFRESH: "
                 "SQLite has no materialized views",
                 SLICE_ARG(v->name));
    v->materialized = false;
}

/* The options are "name = value, …" with the names sorted. */
static bool
has_check_option(struct slice options)
{
    const struct slice name = SLICE("check_option");

    for (size_t i = 0; i + name.len <= options.len; i++)
        if (slice_equal(slice_sub(options, i, i + name.len), name))
            return true;
    return false;
}

static void
lower_view_options(struct lite_lowering *l, struct view *v)
{
    if (has_check_option(v->options))
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, v->span,
                 "view \"%.*s\": the CHECK OPTION is left out: SQLite writes nothing "
                 "through a view",
                 SLICE_ARG(v->name));
    if (v->options.len > 0)
        diag_add(&l->s->diags, D_LOWER_FORM, v->span,
                 "view \"%.*s\": SQLite has no options of views: %.*s is not kept",
                 SLICE_ARG(v->name), SLICE_ARG(v->options));
    v->options = SLICE("");
}

/* SQLite makes a view of what is not there, and stops when it is read. */
static bool
reads_left_out(struct lite_lowering *l, const struct view *v)
{
    VEC_EACH (i, &v->depends.all) {
        struct slice name = v->depends.all.items[i];

        if (!map_has(&l->left_out, name))
            continue;
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, v->span,
                 "view \"%.*s\" is left out: it reads \"%.*s\", which is left out",
                 SLICE_ARG(v->name), SLICE_ARG(name));
        return true;
    }
    return false;
}

/* NULL after reporting what SQLite cannot say. */
static struct view *
lower_view(struct lite_lowering *l, const struct view *from)
{
    struct view *v = arena_copy(&l->s->arena, from, sizeof *from);
    struct slices depends = { 0 };

    v->name = lite_flat_name(&l->s->arena, from->schema, from->name);
    v->schema = SLICE_NONE;
    v->only = SLICE_NONE;
    if (reads_left_out(l, from))
        return NULL;
    lower_materialized(l, v);
    lower_view_options(l, v);
    v->query = lower_view_query(l, from, v);
    if (v->query == NULL)
        return NULL;
    set_scales(l, from, v);
    v->text = lite_expr_text(&l->s->arena, v->query);
    VEC_EACH (i, &from->depends.all)
        VEC_PUSH(&l->s->arena, &depends.all, depend_name(l, from->depends.all.items[i]));
    v->depends = depends;
    lite_claim_name(l, &l->names, v->name, v->span);
    return v;
}

/*
 * Lowered in the order of what they read: a view's columns are known before it is read.
 * They stay in the order of the declarations, so that whoever reads both finds each.
 */
void
lite_lower_views(struct lite_lowering *l)
{
    struct arena *a = &l->s->arena;
    const struct view **sorted =
        ARENA_ARRAY(a, const struct view *, l->from->views.count + 1);
    struct map lowered; /* flat name → struct view * */
    struct view *v;

    map_init(&lowered, a);
    lite_sort_views(a, l->from, sorted);
    VEC_EACH (i, &l->from->views) {
        v = lite_is_ours(sorted[i]->only) ? lower_view(l, sorted[i]) : NULL;
        if (v != NULL)
            map_put(&lowered, v->name, v);
        else
            map_put(&l->left_out, catalog_key(a, sorted[i]->schema, sorted[i]->name),
                    NULL);
    }
    VEC_EACH (i, &l->from->views) {
        const struct view *from = l->from->views.items[i];

        v = map_get(&lowered, lite_flat_name(a, from->schema, from->name));
        if (lite_is_ours(from->only) && v != NULL)
            catalog_add_view(l->to, a, v);
    }
}
