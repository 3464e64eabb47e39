/*
 * Where the value of each column comes from when rows move to a new shape: the column
 * that it was, converted; @from on the way up; on the way down what was kept of it, or
 * @back; else its default.
 */
#include "dialect/sqlite/alter.h"

/* ---- which transform applies ---- */

static bool
type_differs(const struct column *old, const struct column *new)
{
    return old->has_type != new->has_type
           || (old->has_type && !type_equal(&old->type, &new->type));
}

static const struct column *
old_column(const struct lite_work *w, const struct column *c)
{
    return map_get(&w->old_columns, c->name);
}

/* Did the values that the type allows change?  A renamed check says the same. */
static bool
type_check_differs(const struct table *old_table, const struct table *new_table,
                   const struct column *old, const struct column *new)
{
    const struct constraint *before = lite_type_check(old_table, old);
    const struct constraint *after = lite_type_check(new_table, new);

    return before != NULL && after != NULL && slice_equal(old->name, new->name)
           && !expr_equal(before->check, after->check);
}

const struct expr *
lite_from(const struct table *old_table, const struct table *new_table,
          const struct column *old, const struct column *new)
{
    const struct expr *from = new->from;

    if (from == NULL)
        return NULL;
    if (from->span.source == 0) /* made by lowering, for values of an enum */
        return from->kind == EXPR_CASE
                       && type_check_differs(old_table, new_table, old, new)
                   ? from
                   : NULL;
    return type_differs(old, new) || (new->not_null && !old->not_null) ? from : NULL;
}

static const struct expr *
from_of(const struct lite_work *w, const struct column *c)
{
    const struct column *old = old_column(w, c);

    return old == NULL ? c->from : lite_from(w->old, w->new, old, c);
}

/* The newer column that this older one became; where it went, what @back says of it. */
static const struct column *
newer_column(const struct lite_work *w, const struct column *c)
{
    const struct column *newer = old_column(w, c);

    if (newer != NULL)
        return newer;
    VEC_EACH (i, &w->old->columns)
        if (slice_equal(w->old->columns.items[i]->name, c->name)
            || slice_equal(w->old->columns.items[i]->was, c->name))
            return w->old->columns.items[i];
    return table_find_gone(w->old, c->name);
}

static const struct expr *
back_of(const struct lite_work *w, const struct column *c)
{
    const struct column *newer = newer_column(w, c);

    if (newer == NULL || newer->back == NULL)
        return NULL;
    if (newer->back->span.source == 0)
        return type_check_differs(w->old, w->new, newer, c) ? newer->back : NULL;
    if (old_column(w, c) == NULL || type_differs(newer, c)
        || newer->not_null != c->not_null)
        return newer->back;
    return NULL;
}

static const struct expr *
declared_transform(struct lite_alter *x, const struct lite_work *w,
                   const struct column *c)
{
    return x->r->down ? back_of(w, c) : from_of(w, c);
}

bool
lite_has_transform(struct lite_alter *x, const struct lite_work *w,
                   const struct column *c)
{
    return declared_transform(x, w, c) != NULL;
}

const struct expr *
lite_transform(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const struct expr *kept = lite_kept_value(x, w, c, NULL, LITE_NOW);

    return kept != NULL ? kept : declared_transform(x, w, c);
}

/* ---- names of the old row ---- */

struct renaming {
    struct lite_alter *x;
    const struct lite_work *w;
    enum lite_when when;
};

/* A bare column of the row; a qualifier could only be the table, which may be moving. */
static const struct expr *
rename_node(void *context, const struct expr *e)
{
    const struct renaming *r = context;
    const struct column *c;

    if ((e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        || table_find_column(r->w->old, e->text) == NULL)
        return e;
    if (e->arg_count > 0 && e->args[e->arg_count - 1] != NULL
        && !slice_equal(e->args[e->arg_count - 1]->text, r->w->old->name))
        return e;
    c = map_get(&r->w->new_names, e->text);
    return lite_column(&r->x->s->arena,
                       r->when == LITE_NOW && c != NULL ? c->name : e->text);
}

const struct expr *
lite_in_new_names(struct lite_alter *x, const struct lite_work *w, const struct expr *e)
{
    struct renaming renaming = { x, w, LITE_NOW };

    return e == NULL ? NULL
                     : expr_rewrite(&x->s->arena, e, rename_node, &renaming);
}

/* ---- lowering of a transform ---- */

struct name_search {
    const struct table *t;
    const struct expr *missing;
    bool has_query;
};

static bool
search_name(void *context, const struct expr *e)
{
    struct name_search *n = context;

    n->has_query = n->has_query || expr_is_query(e);
    if ((e->kind == EXPR_NAME || e->kind == EXPR_COLUMN) && n->missing == NULL
        && table_find_column(n->t, e->text) == NULL)
        n->missing = e;
    return true;
}

static struct lite_scope
transform_scope(struct lite_alter *x, const struct lite_work *w)
{
    return (struct lite_scope){
        .s = x->s, .catalog = x->r->from, .table = w->old, .neutral = false
    };
}

/* Transforms of a file in SQLite's own words mean what SQLite makes of them. */
static bool
is_neutral_transform(const struct lite_alter *x)
{
    return x->r->down ? x->r->from->is_lowered : x->r->to->is_lowered;
}

static void
report_missing(struct lite_alter *x, const struct lite_work *w, const struct expr *name,
               const struct column *c)
{
    diag_add(&x->s->diags, D_CHANGE_IMPOSSIBLE, name->span,
             "%s of \"%.*s.%.*s\" names \"%.*s\", which is no column of \"%.*s\" before "
             "this change",
             x->r->down ? "@back" : "@from", SLICE_ARG(w->new->name), SLICE_ARG(c->name),
             SLICE_ARG(name->text), SLICE_ARG(w->old->name));
}

static bool
check_source(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const struct expr *e = declared_transform(x, w, c);
    struct name_search names = { .t = w->old };
    struct lite_scope scope = transform_scope(x, w);

    if (e == NULL || c->generated != NULL || e->span.source == 0)
        return true;
    (void)expr_walk(e, search_name, &names);
    if (names.missing != NULL && !names.has_query) {
        report_missing(x, w, names.missing, c);
        return false;
    }
    if (is_neutral_transform(x))
        (void)lite_lower_value(&scope, e, c->has_type ? &c->type : NULL);
    if (!lite_has_problem(&scope))
        return true;
    diag_add(&x->s->diags, D_CHANGE_IMPOSSIBLE, scope.span, "%s of \"%.*s.%.*s\": %.*s",
             x->r->down ? "@back" : "@from", SLICE_ARG(w->new->name), SLICE_ARG(c->name),
             SLICE_ARG(scope.problem));
    return false;
}

bool
lite_check_sources(struct lite_alter *x, const struct lite_work *w)
{
    bool ok = true;

    VEC_EACH (i, &w->new->columns)
        ok = check_source(x, w, w->new->columns.items[i]) && ok;
    return ok;
}

static const struct expr *
lowered_declared(struct lite_alter *x, const struct lite_work *w, const struct column *c,
                 enum lite_when when)
{
    struct renaming renaming = { x, w, when };
    struct lite_scope scope = transform_scope(x, w);
    const struct expr *e = declared_transform(x, w, c);

    if (e == NULL)
        return NULL;
    if (is_neutral_transform(x) && e->span.source != 0)
        e = lite_lower_value(&scope, e, c->has_type ? &c->type : NULL);
    return expr_rewrite(&x->s->arena, e, rename_node, &renaming);
}

struct slice
lite_from_text(struct lite_alter *x, const struct table *old_table,
               const struct table *new_table, const struct column *old,
               const struct column *new)
{
    const struct expr *e = lite_from(old_table, new_table, old, new);
    struct lite_scope scope = {
        .s = x->s, .catalog = x->r->from, .table = old_table, .neutral = false
    };

    if (is_neutral_transform(x) && e->span.source != 0)
        e = lite_lower_value(&scope, e, new->has_type ? &new->type : NULL);
    return slice_format(&x->s->arena, "(%.*s)",
                        SLICE_ARG(lite_expr_text(&x->s->arena, e)));
}

/* ---- sources ---- */

static const struct expr *
converted(struct lite_alter *x, const struct lite_work *w, const struct column *c,
          enum lite_when when)
{
    const struct column *old = old_column(w, c);
    const struct expr *value =
        lite_column(&x->s->arena, when == LITE_NOW ? c->name : old->name);

    return lite_convert_column(&x->s->arena, w, old, c, value).value;
}

/* What a row gets whose value was not kept. */
static const struct expr *
otherwise(struct lite_alter *x, const struct lite_work *w, const struct column *c,
          enum lite_when when)
{
    const struct expr *value = lowered_declared(x, w, c, when);
    const struct column *old = old_column(w, c);

    if (value != NULL)
        return value;
    return old != NULL ? converted(x, w, c, when) : c->default_value;
}

static const struct expr *
lowered_transform(struct lite_alter *x, const struct lite_work *w, const struct column *c,
                  enum lite_when when)
{
    if (x->r->down && lite_keeps(x, w->new, c) != NULL)
        return lite_kept_value(x, w, c, otherwise(x, w, c, when), when);
    return lowered_declared(x, w, c, when);
}

/* The rowid becomes a column: rows keep the number that they had. */
static const struct expr *
rowid_source(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const char *rowid = lite_rowid_name(w->old, w->new);

    if (table_rowid_column(w->new) != c || w->old->without_rowid || rowid == NULL
        || table_rowid_column(w->old) != NULL)
        return NULL;
    return lite_column(&x->s->arena, slice_from(rowid));
}

const struct expr *
lite_source(struct lite_alter *x, const struct lite_work *w, const struct column *c,
            enum lite_when when)
{
    const struct column *old = old_column(w, c);
    const struct expr *transform = lowered_transform(x, w, c, when);

    if (transform != NULL)
        return transform;
    return old == NULL ? rowid_source(x, w, c) : converted(x, w, c, when);
}

/* ---- rows filled in place ---- */

/* What an added column gets: @from; or its default, where it was added without it.  One
 * that is to be the rowid has the number of its row before a data step looks at it. */
static const struct expr *
fill_added(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const struct expr *value = lowered_transform(x, w, c, LITE_NOW);
    bool without_default = x->r->has_data_step && lite_is_rebuilt(w)
                           && c->default_value != NULL
                           && !expr_is_constant(c->default_value);

    if (c->generated != NULL)
        return NULL;
    if (value == NULL && without_default)
        return c->default_value;
    return value == NULL && x->r->has_data_step ? rowid_source(x, w, c) : value;
}

/* A column that stays gets its @from before the data step; after it, the step has the
 * last word. */
static const struct expr *
fill_value(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const struct column *old = old_column(w, c);

    if (old == NULL)
        return fill_added(x, w, c);
    if (!x->r->has_data_step || type_differs(old, c) || c->generated != NULL)
        return NULL;
    return lowered_transform(x, w, c, LITE_NOW);
}

void
lite_fill_columns(struct lite_alter *x, const struct lite_work *w)
{
    struct arena *a = &x->s->arena;
    struct slice table = lite_quoted(a, w->new->name);
    struct action *action;
    struct text sql;
    size_t count = 0;

    text_init(&sql, a);
    text_addf(&sql, "UPDATE %.*s SET ", SLICE_ARG(table));
    VEC_EACH (i, &w->new->columns) {
        const struct column *c = w->new->columns.items[i];
        const struct expr *value = fill_value(x, w, c);
        struct slice name = lite_quoted(a, c->name);

        if (value == NULL)
            continue;
        text_addf(&sql, "%s%.*s = ", count++ > 0 ? ", " : "", SLICE_ARG(name));
        text_add(&sql, lite_expr_text(a, value));
    }
    if (count == 0)
        return;
    action = lite_action(x->s, x->out, PHASE_FILL, w->new->name, "fill columns of %.*s",
                         SLICE_ARG(w->new->name));
    lite_add_fill_checks(x, w, action);
    VEC_PUSH(a, &action->sql, text_slice(&sql));
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].new.column != NULL
            && lite_fills_column(x, w, w->changes.items[i].new.column))
            action_makes_way(a, action, &w->changes.items[i]);
    action->rewrites = true;
    action->scans = true;
}

bool
lite_fills_column(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    return fill_value(x, w, c) != NULL;
}

bool
lite_needs_fill(struct lite_alter *x, const struct lite_work *w)
{
    VEC_EACH (i, &w->new->columns)
        if (fill_value(x, w, w->new->columns.items[i]) != NULL)
            return true;
    return false;
}

const struct expr *
lite_final_source(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    struct arena *a = &x->s->arena;
    const struct column *old = old_column(w, c);
    const struct expr *value = lite_column(a, c->name);

    if (!x->r->has_data_step || (old != NULL && type_differs(old, c)))
        return lite_source(x, w, c, LITE_NOW);
    /* Rows that the step wrote; a NULL that @from gave is refused, as without a step. */
    if (old == NULL && c->not_null && c->default_value != NULL
        && !lite_has_transform(x, w, c))
        return lite_call_2(a, "coalesce", value, c->default_value);
    return value;
}
