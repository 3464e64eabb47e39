/*
 * Views: bound when all tables stand, each after those that it reads; and rewritten when
 * something that they read is renamed.
 */
#include "resolve/definitions.h"
#include "resolve/querycheck.h"
#include "resolve/scope.h"

#include "expr/sqlw.h"

/* A view that reads a view that reads …: each level is a level of recursion here. */
#define VIEW_DEPTH_MAX 200

static void bind_view(struct build *b, struct work_view *w);

static struct relation
find_relation(struct binder *binder, struct slice schema, struct slice name)
{
    struct build *b = binder->b;
    const struct object *o = object_find(b, &b->relations, schema, name);
    struct relation r = { .found = o != NULL && o->role != ROLE_INDEX };

    if (o == NULL) {
        r.found = virtual_owner(b, schema, name) != NULL;
        return r;
    }
    if (is_virtual(o)) {
        r.module = o->u.definition->u.virtual_table;
        r.table = r.module->shape;
    }
    if (o->role == ROLE_TABLE)
        r.table = o->u.table->table;
    if (o->role != ROLE_VIEW)
        return r;
    if (!binder->quiet)
        bind_view(b, o->u.view);
    r.view = o->u.view->view;
    return r;
}

void
binder_init(struct binder *binder, struct build *b)
{
    *binder = (struct binder){
        .s = b->s, .a = b->a, .terms = b->terms, .b = b, .find = find_relation
    };
}

/* ---- CREATE VIEW v (a, b) AS …: the names become aliases of the query ---- */

static bool
takes_aliases(const struct expr *query, const struct slices *names)
{
    const struct expr *targets;

    if (query->kind != QUERY_SELECT)
        return false;
    targets = query->args[SELECT_TARGETS];
    for (size_t i = 0; i < targets->arg_count; i++)
        if (targets->args[i]->args[0]->kind == EXPR_STAR)
            return false;
    return targets->arg_count == names->all.count;
}

static const struct expr *
with_aliases(struct build *b, const struct expr *query, const struct slices *names)
{
    struct expr *select = arena_copy(b->a, query, sizeof *query);
    const struct expr *targets = query->args[SELECT_TARGETS];
    struct expr *list =
        expr_new(b->a, targets->kind, targets->span, targets->text, targets->arg_count);

    for (size_t i = 0; i < targets->arg_count; i++) {
        struct expr *target =
            arena_copy(b->a, targets->args[i], sizeof *targets->args[i]);

        target->text = names->all.items[i];
        list->args[i] = target;
    }
    select->args = ARENA_ARRAY(b->a, const struct expr *, query->arg_count);
    for (size_t i = 0; i < query->arg_count; i++)
        select->args[i] = query->args[i];
    select->args[SELECT_TARGETS] = list;
    return select;
}

static const struct expr *
name_list(struct build *b, const struct slices *names)
{
    struct expr *list =
        expr_new(b->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, names->all.count);

    VEC_EACH (i, &names->all)
        list->args[i] = expr_leaf(b->a, EXPR_PART, SPAN_NONE, names->all.items[i]);
    return list;
}

/* WITH v (a, b) AS (query) SELECT * FROM v: right for any query, in every dialect. */
static const struct expr *
with_cte(struct build *b, const struct view *v, const struct expr *query,
         const struct slices *names)
{
    struct expr *select =
        expr_new(b->a, QUERY_SELECT, query->span, SLICE_NONE, SELECT_SLOT_COUNT);
    struct expr *table = expr_new(b->a, QUERY_TABLE, SPAN_NONE, v->name, 2);
    struct expr *cte =
        expr_2(b->a, QUERY_CTE, SPAN_NONE, v->name, query, name_list(b, names));
    struct expr *star = expr_leaf(b->a, EXPR_STAR, SPAN_NONE, SLICE_NONE);
    struct expr *target = expr_1(b->a, QUERY_TARGET, SPAN_NONE, SLICE_NONE, star);

    select->args[SELECT_WITH] = expr_1(b->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, cte);
    select->args[SELECT_TARGETS] = expr_1(b->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, target);
    select->args[SELECT_FROM] = expr_1(b->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, table);
    return select;
}

/* Are they the names that the query gives anyway? */
static bool
names_say_nothing(const struct slices *names, const struct scope_columns *columns)
{
    if (names->all.count > columns->all.count)
        return false;
    VEC_EACH (i, &names->all)
        if (!slice_equal(names->all.items[i], columns->all.items[i].name))
            return false;
    return true;
}

/* `*` as the columns that it stands for, as far as they are known. */
static const struct expr *
without_stars(struct build *b, const struct expr *query)
{
    struct scope_columns columns = { 0 };
    struct binder binder;
    bool opaque = false;

    binder_init(&binder, b);
    binder.quiet = true;
    binder.expands_stars = true;
    return bind_query(&binder, NULL, query, &columns, &opaque);
}

/* Names say which columns are meant: each has one. */
static void
name_columns(struct build *b, struct work_view *w, const struct scope_columns *columns)
{
    struct view *v = w->view;
    const struct expr *written_out;

    if (names_say_nothing(&w->names, columns)) {
        w->names.all.count = 0;
        return;
    }
    if (!takes_aliases(v->query, &w->names)) {
        written_out = without_stars(b, v->query);
        if (takes_aliases(written_out, &w->names))
            v->query = written_out;
    }
    v->query = takes_aliases(v->query, &w->names) ? with_aliases(b, v->query, &w->names)
                                                  : with_cte(b, v, v->query, &w->names);
    v->text = expr_text(b->a, v->query);
}

/* ---- ALTER VIEW v RENAME COLUMN ---- */

static bool
find_renamed(struct build *b, const struct work_view *w, const struct view_rename *rename)
{
    const struct view *v = w->view;

    VEC_EACH (i, &v->columns)
        if (slice_equal(v->columns.items[i].name, rename->from)) {
            v->columns.items[i].name = rename->to;
            return true;
        }
    if (v->columns.count > 0)
        diag_add(&b->s->diags, D_NO_SUCH_COLUMN, rename->span,
                 "view \"%.*s\" has no column \"%.*s\"", SLICE_ARG(v->name),
                 SLICE_ARG(rename->from));
    else
        diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, rename->span,
                 "the columns of view \"%.*s\" are not all known, so none can be renamed",
                 SLICE_ARG(v->name));
    return false;
}

static void
apply_renames(struct build *b, struct work_view *w)
{
    struct view *v = w->view;
    struct slices names = { 0 };
    bool changed = false;

    VEC_EACH (i, &w->renames)
        changed |= find_renamed(b, w, &w->renames.items[i]);
    w->renames.count = 0;
    if (!changed)
        return;
    VEC_EACH (i, &v->columns)
        VEC_PUSH(b->a, &names.all, v->columns.items[i].name);
    v->query = takes_aliases(v->query, &names) ? with_aliases(b, v->query, &names)
                                               : with_cte(b, v, v->query, &names);
    v->text = expr_text(b->a, v->query);
}

void
view_rename_column(struct build *b, struct work_view *w, struct view_rename rename)
{
    if (view_refuses_text(b, w->view, rename.from, rename.span))
        return;
    VEC_PUSH(b->a, &w->renames, rename);
    if (w->state == VIEW_BOUND)
        apply_renames(b, w);
}

/* ---- binding ---- */

static void
report_cycle(struct build *b, const struct work_view *w)
{
    diag_add(&b->s->diags, D_VIEW_CYCLE, w->view->span,
             "view \"%.*s\" reads itself, perhaps through other views",
             SLICE_ARG(w->view->name));
}

static void
check_name_count(struct build *b, const struct work_view *w, size_t columns)
{
    if (w->names.all.count > columns)
        diag_add(&b->s->diags, D_VIEW_COLUMNS,
                 w->ast != NULL ? w->ast->columns.all.items[columns].span : w->view->span,
                 "view \"%.*s\" names %zu columns and its query gives %zu",
                 SLICE_ARG(w->view->name), w->names.all.count, columns);
}

/* Of the column of that number where it is written on its own. */
static struct span
target_span(const struct expr *query, size_t at, struct span otherwise)
{
    const struct expr *select = query_first_select(query);
    const struct expr *targets = select == NULL ? NULL : select->args[SELECT_TARGETS];

    for (size_t i = 0; targets != NULL && i < targets->arg_count; i++)
        if (targets->args[i]->args[0]->kind == EXPR_STAR)
            return targets->args[i]->args[0]->span;
    return targets != NULL && at < targets->arg_count
                   && targets->args[at]->args[0]->span.source != 0
               ? targets->args[at]->args[0]->span
               : otherwise;
}

/* SQLite gives the second another name; PostgreSQL and MySQL refuse it. */
static void
check_column_names(struct build *b, const struct work_view *w,
                   const struct scope_columns *columns)
{
    struct map seen;
    struct diag *d;

    map_init(&seen, b->a);
    VEC_EACH (i, &columns->all) {
        struct slice name = columns->all.items[i].name;

        if (slice_is_none(name))
            continue;
        if (map_has(&seen, name)) {
            d = diag_add(&b->s->diags, D_DUPLICATE_COLUMN,
                         target_span(w->view->query, i, w->view->span),
                         "view \"%.*s\" has two columns \"%.*s\"",
                         SLICE_ARG(w->view->name), SLICE_ARG(name));
            diag_hint(&b->s->diags, d, "give one of them another name: … AS x");
            return;
        }
        map_put(&seen, name, b);
    }
}

static void
set_columns(struct build *b, struct view *v, const struct scope_columns *columns,
            bool opaque)
{
    v->columns.items = NULL;
    v->columns.count = 0;
    v->columns.capacity = 0;
    if (opaque)
        return;
    VEC_EACH (i, &columns->all) {
        struct view_column column = { columns->all.items[i].name,
                                      columns->all.items[i].type };

        VEC_PUSH(b->a, &v->columns, column);
    }
}

/* The server writes `*` out when it makes the view: later columns are none of it. */
void
view_freeze(struct build *b, struct work_view *w)
{
    w->view->query = without_stars(b, w->view->query);
}

/* A view takes no more columns than a table. */
static void
check_width(struct build *b, const struct work_view *w, size_t count)
{
    if (count > b->terms->columns_max)
        diag_add(&b->s->diags, D_TOO_MANY, w->view->span,
                 "view \"%.*s\" has %zu columns; %zu is the most",
                 SLICE_ARG(w->view->name), count, b->terms->columns_max);
}

static void
bind_view_query(struct build *b, struct work_view *w)
{
    struct scope_columns columns = { 0 };
    struct slices reads = { 0 };
    struct binder binder;
    struct map seen;
    bool opaque = false;

    map_init(&seen, b->a);
    binder_init(&binder, b);
    binder.reads = &reads;
    binder.reads_seen = &seen;
    w->view->query = bind_query(&binder, NULL, w->view->query, &columns, &opaque);
    check_width(b, w, columns.all.count);
    if (!opaque)
        check_name_count(b, w, columns.all.count);
    w->view->depends = reads;
    name_columns(b, w, &columns);
    VEC_EACH (i, &w->names.all)
        if (i < columns.all.count)
            columns.all.items[i].name = w->names.all.items[i];
    if (!opaque && binder.errors == 0 && query_is_checked(&binder))
        check_column_names(b, w, &columns);
    set_columns(b, w->view, &columns, opaque);
    apply_renames(b, w);
}

static void
bind_view(struct build *b, struct work_view *w)
{
    if (w->state == VIEW_BOUND)
        return;
    if (w->state == VIEW_BINDING) {
        report_cycle(b, w);
        w->state = VIEW_BOUND; /* said once */
        return;
    }
    if (b->view_depth == VIEW_DEPTH_MAX) {
        diag_add(&b->s->diags, D_TOO_DEEP, w->view->span,
                 "views are nested more than %d deep", VIEW_DEPTH_MAX);
        return;
    }
    w->state = VIEW_BINDING;
    b->view_depth++;
    bind_view_query(b, w);
    b->view_depth--;
    w->state = VIEW_BOUND;
}

static bool
is_no_join_by_names(void *context, const struct expr *e)
{
    (void)context;
    return e->kind != QUERY_JOIN
           || ((e->flags & EXPR_NATURAL) == 0 && e->args[3] == NULL);
}

/* `*` over such a join has its columns in another order on other engines.  Only what is
 * written for them says it: declared is the star, also of columns that come later. */
static void
spread_stars(struct build *b, struct view *v)
{
    struct scope_columns columns = { 0 };
    struct binder binder;
    bool opaque = false;

    v->spread = NULL;
    if (v->query == NULL || b->engine->dialect[0] != '\0'
        || expr_walk(v->query, is_no_join_by_names, NULL))
        return;
    binder_init(&binder, b);
    binder.quiet = true;
    binder.expands_joined = true;
    v->spread = bind_query(&binder, NULL, v->query, &columns, &opaque);
}

/* Needs: all names as they are in the end. */
void
views_bind(struct build *b)
{
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_VIEW)
            bind_view(b, b->objects.items[i]->u.view);
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_VIEW)
            spread_stars(b, b->objects.items[i]->u.view->view);
}

/* ---- following renames ---- */

static void
follow(struct build *b, struct work_view *w, const struct follow *what)
{
    struct scope_columns columns = { 0 };
    struct binder binder;
    bool opaque = false;

    if (w->object->dropped)
        return;
    binder_init(&binder, b);
    binder.quiet = true;
    binder.follow = *what;
    w->view->query = bind_query(&binder, NULL, w->view->query, &columns, &opaque);
    w->view->text = expr_text(b->a, w->view->query);
}

static void
follow_all(struct build *b, struct slice key, const struct follow *what)
{
    struct readers *readers = readers_of(b, key);

    VEC_EACH (i, &readers->all)
        follow(b, readers->all.items[i], what);
    code_follow(b, key, what);
}

/* Views that read the old name read the new one. */
static void
move_readers(struct build *b, struct slice from, struct slice to)
{
    struct readers *old = readers_of(b, from);
    struct readers *now = readers_of(b, to);

    VEC_EACH (i, &old->all)
        VEC_PUSH(b->a, &now->all, old->all.items[i]);
    old->all.count = 0;
}

void
views_follow_column(struct build *b, const struct table *t, struct slice column,
                    struct slice name)
{
    const struct follow what = { .table = t, .column = column, .name = name };

    follow_all(b, table_key(b, t), &what);
}

void
views_follow_table(struct build *b, const struct table *t, struct slice schema,
                   struct slice name)
{
    const struct follow what = { .table = t, .schema = schema, .name = name };

    follow_all(b, table_key(b, t), &what);
    move_readers(b, table_key(b, t), catalog_key(b->a, schema, name));
    code_move(b, t->schema, t->name, schema, name);
}

void
views_follow_view(struct build *b, const struct view *v, struct slice schema,
                  struct slice name)
{
    const struct follow what = { .view = v, .schema = schema, .name = name };
    struct slice key = catalog_key(b->a, v->schema, v->name);

    follow_all(b, key, &what);
    move_readers(b, key, catalog_key(b->a, schema, name));
    code_move(b, v->schema, v->name, schema, name);
}

bool
view_uses_column(struct build *b, struct work_view *w, const struct table *t,
                 struct slice column)
{
    struct scope_columns columns = { 0 };
    struct binder binder;
    bool opaque = false;
    bool met = false;

    binder_init(&binder, b);
    binder.quiet = true;
    binder.follow = (struct follow){ .table = t, .column = column, .met = &met };
    bind_query(&binder, NULL, w->view->query, &columns, &opaque);
    return met;
}
