/*
 * A neutral catalog in SQLite's terms: what is left out, what is renamed, and which
 * checks, indexes and triggers stand in for what SQLite does not have.
 *
 * Needs: a resolved catalog.  Leaves: a new one that equals what is read back from a
 * database made of it.  The input is never edited.
 */
#include <string.h>

#include "base/sqltext.h"
#include "dialect/sqlite/lower.h"

/* ---- names ---- */

bool
lite_is_ours(struct slice only)
{
    return slice_is_none(only) || slice_is(only, "sqlite");
}

struct slice
lite_flat_name(struct arena *a, struct slice schema, struct slice name)
{
    if (slice_is_none(schema) || slice_is(schema, "public") || slice_is(schema, "main"))
        return name;
    return slice_format(a, "%.*s__%.*s", SLICE_ARG(schema), SLICE_ARG(name));
}

/* SQLite compares names without case, and keeps tables, views and indexes in one bag. */
static void
claim_name(struct lite_lowering *l, struct map *names, struct slice name,
           struct span span)
{
    struct slice folded = slice_lower(&l->s->arena, name);
    const struct span *other = map_get(names, folded);
    struct diag *d;

    if (other != NULL) {
        d = diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span,
                     "the name \"%.*s\" is taken: SQLite has one set of names for "
                     "tables, views and indexes, and one for triggers, without case",
                     SLICE_ARG(name));
        diag_note(&l->s->diags, d, *other, "it is used here");
    } else if (slice_starts(folded, "sqlite_")) {
        diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span,
                 "the name \"%.*s\" is reserved in SQLite", SLICE_ARG(name));
    }
    map_put(names, folded, arena_copy(&l->s->arena, &span, sizeof span));
}

/* ---- expressions ---- */

struct lite_scope
lite_scope_of(const struct lite_lowering *l, const struct table *neutral)
{
    return (struct lite_scope){
        .s = l->s,
        .catalog = l->from,
        .table = neutral,
        .views = &l->views,
        .neutral = true,
    };
}

struct span
lite_span_or(struct span span, struct span other)
{
    return span.source != 0 ? span : other;
}

void
lite_report_note(struct lite_lowering *l, const struct lite_scope *scope,
                 struct span span, struct slice what)
{
    if (!slice_is_none(scope->note))
        diag_add(&l->s->diags, D_LOWER_NOTE, lite_span_or(scope->note_span, span),
                 "%.*s: %.*s", SLICE_ARG(what), SLICE_ARG(scope->note));
}

void
lite_report_left_out(struct lite_lowering *l, const struct lite_scope *scope,
                     struct span span, struct slice what)
{
    struct diag *d;

    span = lite_span_or(scope->span, span);
    if (scope->is_needed)
        d = diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, span, "%.*s: %.*s",
                     SLICE_ARG(what), SLICE_ARG(scope->problem));
    else
        d = diag_add(&l->s->diags, D_LOWER_LEFT_OUT, span, "%.*s is left out: %.*s",
                     SLICE_ARG(what), SLICE_ARG(scope->problem));
    if (!slice_is_none(scope->hint))
        diag_hint(&l->s->diags, d, "%.*s", SLICE_ARG(scope->hint));
}

static struct slice
column_title(struct lite_lowering *l, const struct table *t, const struct column *c)
{
    return slice_format(&l->s->arena, "column \"%.*s.%.*s\"", SLICE_ARG(t->name),
                        SLICE_ARG(c->name));
}

/* The expression of an object that goes without it, or goes itself. */
const struct expr *
lite_lower_or_leave(struct lite_lowering *l, struct lite_scope *scope,
                    const struct expr *e, const struct type *target, struct span span,
                    struct slice what)
{
    const struct expr *out =
        target == NULL ? lite_lower_expr(scope, e) : lite_lower_value(scope, e, target);

    if (lite_has_problem(scope))
        lite_report_left_out(l, scope, span, what);
    lite_report_note(l, scope, span, what);
    return lite_has_problem(scope) ? NULL : out;
}

/* ---- columns ---- */

static void
lower_collation(struct lite_lowering *l, const struct table *t, struct column *c)
{
    static const char *const ours[] = { "nocase", "rtrim", "binary" };
    static const char *const by_bytes[] = { "C", "POSIX", "default", "ucs_basic" };
    struct slice name = c->collation;

    if (slice_is_none(name))
        return;
    for (size_t i = 0; i < ARRAY_LEN(ours); i++)
        if (slice_is_fold(name, ours[i])) {
            c->collation = slice_from(ours[i]);
            return;
        }
    c->collation = SLICE_NONE;
    for (size_t i = 0; i < ARRAY_LEN(by_bytes); i++)
        if (slice_is(name, by_bytes[i]))
            return;
    diag_add(&l->s->diags, D_LOWER_NOTE, c->span,
             "%.*s: SQLite compares by bytes and has no collation \"%.*s\"",
             SLICE_ARG(column_title(l, t, c)), SLICE_ARG(name));
}

static void
lower_default(struct lite_lowering *l, const struct table *neutral, struct column *c,
              const struct type *target)
{
    struct lite_scope scope = lite_scope_of(l, neutral);

    if (c->default_value != NULL)
        c->default_value =
            lite_lower_or_leave(l, &scope, c->default_value, target, c->span,
                              slice_format(&l->s->arena, "the default of %.*s",
                                           SLICE_ARG(column_title(l, neutral, c))));
}

static void
lower_generated(struct lite_lowering *l, const struct table *neutral, struct column *c,
                const struct type *target)
{
    struct lite_scope scope = lite_scope_of(l, neutral);

    scope.fixed = true;
    if (c->generated != NULL)
        c->generated =
            lite_lower_or_leave(l, &scope, c->generated, target, c->span,
                                slice_format(&l->s->arena, "the expression of %.*s",
                                             SLICE_ARG(column_title(l, neutral, c))));
}

struct value_pairs {
    VEC(const struct expr *) all; /* when, then */
};

static void
add_pair(struct arena *a, struct value_pairs *pairs, struct slice from, struct slice to)
{
    VEC_PUSH(a, &pairs->all, lite_string(a, from));
    VEC_PUSH(a, &pairs->all, lite_string(a, to));
}

/* CASE c WHEN 'x' THEN 'y' … ELSE c END; NULL where there are no pairs. */
static const struct expr *
mapped_values(struct arena *a, struct slice column, const struct value_pairs *pairs)
{
    struct expr *e;

    if (pairs->all.count == 0)
        return NULL;
    e = expr_new(a, EXPR_CASE, SPAN_NONE, SLICE_NONE, pairs->all.count + 2);
    e->args[0] = lite_column(a, column);
    e->args[1] = e->args[0];
    VEC_EACH (i, &pairs->all)
        e->args[i + 2] = pairs->all.items[i];
    return e;
}

/*
 * Values that an enum has lost, and those that were renamed, become others by a @from of
 * our own, and renamed ones come back by a @back.  Their span is none: alter uses them
 * where the check of the type has changed.
 */
static void
map_enum_values(struct lite_lowering *l, const struct column *neutral, struct column *c)
{
    struct arena *a = &l->s->arena;
    const struct enum_type *e =
        neutral->type.kind == TYPE_NAMED && neutral->type.dimensions == 0
            ? catalog_find_enum(l->from, neutral->type.schema, neutral->type.name)
            : NULL;
    struct value_pairs up = { 0 };
    struct value_pairs down = { 0 };

    if (e == NULL)
        return;
    VEC_EACH (i, &e->values)
        if (!slice_is_none(e->values.items[i].was)) {
            add_pair(a, &up, e->values.items[i].was, e->values.items[i].label);
            add_pair(a, &down, e->values.items[i].label, e->values.items[i].was);
        }
    VEC_EACH (i, &e->maps)
        add_pair(a, &up, e->maps.items[i].from, e->maps.items[i].to);
    if (c->from == NULL)
        c->from = mapped_values(a, slice_is_none(c->was) ? c->name : c->was, &up);
    if (c->back == NULL)
        c->back = mapped_values(a, c->name, &down);
}

static struct slice
numbering_text(struct session *s, const struct sequence *numbering)
{
    struct text out;
    struct sqlw w;

    text_init(&out, &s->arena);
    sqlw_init(&w, &lite_style, &out);
    numbering_write(&w, numbering);
    return text_slice(&out);
}

/* DEFAULT nextval('…'): a serial column by another name. */
static void
take_counter(struct column *c)
{
    const struct expr *e = c->default_value;

    while (e != NULL && e->kind == EXPR_CAST)
        e = e->args[0];
    if (e == NULL || e->kind != EXPR_CALL || !slice_is(e->text, "nextval"))
        return;
    c->default_value = NULL;
    c->identity = IDENTITY_SERIAL;
}

static void
lower_identity(struct lite_lowering *l, const struct table *t, struct column *c)
{
    struct diag *d;

    if (c->identity == IDENTITY_NONE)
        return;
    if (table_rowid_column(t) != c) {
        d = diag_add(&l->s->diags, D_LOWER_LEFT_OUT, c->span,
                     "%.*s does not count by itself: SQLite counts up nothing but the "
                     "INTEGER PRIMARY KEY of a table with rowids",
                     SLICE_ARG(column_title(l, t, c)));
        diag_hint(&l->s->diags, d,
                  "make it the primary key, or write `-- @only "
                  "postgres` behind it");
        c->identity = IDENTITY_NONE;
        c->numbering = NULL;
        return;
    }
    if (c->identity == IDENTITY_ALWAYS) {
        diag_add(&l->s->diags, D_LOWER_NOTE, c->span,
                 "%.*s: SQLite accepts a value that is given, as BY DEFAULT does",
                 SLICE_ARG(column_title(l, t, c)));
    }
    if (c->numbering != NULL)
        diag_add(&l->s->diags, D_LOWER_NOTE, c->span,
                 "%.*s: SQLite counts from 1 in steps of 1;%.*s is not kept",
                 SLICE_ARG(column_title(l, t, c)),
                 SLICE_ARG(numbering_text(l->s, c->numbering)));
    c->identity = IDENTITY_BY_DEFAULT;
    c->numbering = NULL;
}

static void
add_type_check(struct lite_lowering *l, struct table *t, const struct column *c,
               const struct expr *check)
{
    struct constraint *k;

    if (check == NULL)
        return;
    k = ARENA_NEW(&l->s->arena, struct constraint);
    k->kind = CONSTRAINT_CHECK;
    k->check = check;
    k->span = c->span;
    k->name = slice_format(&l->s->arena, "%.*s_%.*s_type", SLICE_ARG(t->name),
                           SLICE_ARG(c->name));
    VEC_PUSH(&l->s->arena, &t->constraints, k);
}

static void
lower_column(struct lite_lowering *l, const struct table *neutral, struct table *t,
             struct column *c)
{
    const struct column *before = table_find_column(neutral, c->name);
    const struct type *target = lite_logical_type(before);
    const struct expr *check;

    take_counter(c);
    lite_lower_column_type(l, t, c, &check);
    lower_collation(l, t, c);
    lower_default(l, neutral, c, target);
    lower_generated(l, neutral, c, target);
    map_enum_values(l, before, c);
    lower_identity(l, t, c);
    add_type_check(l, t, c, check);
    c->comment = SLICE_NONE;
    c->touch = false;
    c->only = SLICE_NONE;
}

/* ---- which parts of a table are ours ---- */

bool
lite_keys_are_there(const struct table *t, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        if (k->expr == NULL && table_find_column(t, k->column) == NULL)
            return false;
    }
    return true;
}

struct missing {
    const struct table *neutral;
    const struct table *t;
};

static bool
is_there(void *context, const struct expr *e)
{
    const struct missing *m = context;

    return (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
           || table_find_column(m->neutral, e->text) == NULL
           || table_find_column(m->t, e->text) != NULL;
}

/* Does it name no column that @only keeps for another dialect? */
bool
lite_expr_is_there(const struct table *neutral, const struct table *t,
                   const struct expr *e)
{
    struct missing m = { neutral, t };

    return e == NULL || expr_walk(e, is_there, &m);
}

static void
keep_our_columns(struct lite_lowering *l, struct table *t)
{
    size_t count = 0;

    map_init(&t->column_names, &l->s->arena);
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        if (!lite_is_ours(c->only))
            continue;
        c->number = count;
        t->columns.items[count++] = c;
        map_put(&t->column_names, c->name, c);
    }
    t->columns.count = count;
}

static void
keep_our_constraints(struct table *t, const struct table *neutral)
{
    size_t count = 0;

    VEC_EACH (i, &t->constraints) {
        struct constraint *k = t->constraints.items[i];

        if (lite_is_ours(k->only) && lite_keys_are_there(t, &k->keys)
            && lite_expr_is_there(neutral, t, k->check))
            t->constraints.items[count++] = k;
        else if (k == t->primary_key)
            t->primary_key = NULL;
    }
    t->constraints.count = count;
}

/* ---- tables ---- */

static void
refuse_autoincrement_without_rowid(struct lite_lowering *l, const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->without_rowid && t->columns.items[i]->identity != IDENTITY_NONE)
            diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, t->columns.items[i]->span,
                     "%.*s: a WITHOUT ROWID table in SQLite counts up nothing",
                     SLICE_ARG(column_title(l, t, t->columns.items[i])));
}

/* The rowid is never NULL, and SQLite's catalog says so only where it is written. */
static void
leave_rowid_unmarked(struct table *t)
{
    const struct column *rowid = table_rowid_column(t);

    if (rowid != NULL)
        t->columns.items[rowid->number]->not_null = false;
}

/* A partitioned table is one table that holds the rows of all partitions; of INHERITS
 * nothing stays but the columns. */
static void
tell_family(struct lite_lowering *l, const struct table *t)
{
    if (t->partition_by != NULL)
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, t->span,
                 "table \"%.*s\" has all its rows in one place: its partitions are left "
                 "out, SQLite has none",
                 SLICE_ARG(t->name));
    else if (t->parents.all.count > 0)
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, t->span,
                 "table \"%.*s\" has its parents' columns, and its rows are none of "
                 "theirs: SQLite has no INHERITS",
                 SLICE_ARG(t->name));
}

static void
forget_storage(struct table *t)
{
    t->options = SLICE("");
    t->unlogged = false;
    t->tablespace = SLICE_NONE;
    t->method = SLICE_NONE;
    t->clustered_on = SLICE_NONE;
    t->replica_identity = SLICE_NONE;
    t->replica_index = SLICE_NONE;
    t->row_security = false;
    t->force_row_security = false;
    t->partition_by = NULL;
    t->bound = NULL;
    t->of_type = (struct relation_name){ .name = SLICE_NONE };
    t->parents = (struct relation_names){ 0 };
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        c->storage = SLICE_NONE;
        c->compression = SLICE_NONE;
        c->options = SLICE("");
        c->has_statistics = false;
        c->inherited = false;
        c->not_null_name = SLICE_NONE;
    }
    VEC_EACH (i, &t->constraints)
        t->constraints.items[i]->inherited = false;
}

/* PostgreSQL has tables of no columns, also once @only has left them out. */
static void
refuse_no_columns(struct lite_lowering *l, const struct table *t)
{
    if (t->columns.count == 0)
        diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, t->span,
                 "table \"%.*s\" has no column, and SQLite needs one",
                 SLICE_ARG(t->name));
}

static void
lower_table(struct lite_lowering *l, const struct table *neutral)
{
    struct table *t = table_copy(&l->s->arena, neutral);

    if (neutral->bound != NULL)
        return; /* its rows are in the partitioned table, which tells it */
    tell_family(l, neutral);
    t->name = lite_flat_name(&l->s->arena, neutral->schema, neutral->name);
    t->schema = SLICE_NONE;
    t->comment = SLICE_NONE;
    t->only = SLICE_NONE;
    lite_note_storage(l, neutral);
    forget_storage(t);
    t->append_only = false;
    claim_name(l, &l->names, t->name, t->span);
    keep_our_columns(l, t);
    keep_our_constraints(t, neutral);
    lite_lower_constraints(l, neutral, t);
    VEC_EACH (i, &t->columns)
        lower_column(l, neutral, t, t->columns.items[i]);
    refuse_no_columns(l, t);
    refuse_autoincrement_without_rowid(l, t);
    leave_rowid_unmarked(t);
    VEC_PUSH(&l->s->arena, &l->to->tables, t);
    map_put(&l->to->relation_names, t->name, t);
}

const struct table *
lite_our_table(const struct lite_lowering *l, const struct table *neutral)
{
    if (!lite_is_ours(neutral->only))
        return NULL;
    return catalog_find_table(
        l->to, SLICE_NONE, lite_flat_name(&l->s->arena, neutral->schema, neutral->name));
}

static void
claim_index_names(struct lite_lowering *l)
{
    VEC_EACH (i, &l->to->indexes)
        claim_name(l, &l->names, l->to->indexes.items[i]->name,
                   l->to->indexes.items[i]->span);
}

/* ---- views ---- */

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
    struct lite_value value = lite_lower_node(&scope, from->query);

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
        diag_add(&l->s->diags, D_LOWER_NOTE, v->span,
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
    v->comment = SLICE_NONE;
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
    claim_name(l, &l->names, v->name, v->span);
    return v;
}

/*
 * Lowered in the order of what they read: a view's columns are known before it is read.
 * They stay in the order of the declarations, so that whoever reads both finds each.
 */
static void
lower_views(struct lite_lowering *l)
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
            map_put(&l->left_out,
                    catalog_key(a, sorted[i]->schema, sorted[i]->name), NULL);
    }
    VEC_EACH (i, &l->from->views) {
        const struct view *from = l->from->views.items[i];

        v = map_get(&lowered, lite_flat_name(a, from->schema, from->name));
        if (lite_is_ours(from->only) && v != NULL)
            VEC_PUSH(a, &l->to->views, v);
    }
}

/* ---- what is kept whole ---- */

/* CREATE TRIGGER … BEGIN … END and CREATE VIRTUAL TABLE are SQLite's own. */
static bool
is_our_definition(const struct definition *r)
{
    struct sqltext t = { .rest = r->normal };

    if (r->detail == DETAIL_TRIGGER)
        return slice_is_none(r->u.trigger->function);
    if (slice_is(r->kind, "trigger"))
        return sqltext_says_word(t, "begin");
    return r->detail == DETAIL_VIRTUAL_TABLE;
}

static void
lower_definition(struct lite_lowering *l, const struct definition *from)
{
    struct definition *r;

    if (!lite_is_ours(from->only) || lite_is_needless(l, from))
        return;
    if (!is_our_definition(from)) {
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, from->span,
                 "%.*s%s%.*s is left out: SQLite has none", SLICE_ARG(from->kind),
                 slice_is_none(from->name) ? "" : " ", SLICE_ARG(from->name));
        return;
    }
    r = arena_copy(&l->s->arena, from, sizeof *from);
    r->only = SLICE_NONE;
    r->comment = SLICE_NONE;
    definition_spell(&l->s->arena, r, &lite_style);
    claim_name(l, slice_is(r->kind, "trigger") ? &l->triggers : &l->names, r->name,
               r->span);
    VEC_PUSH(&l->s->arena, &l->to->definitions, r);
}

/* ---- initial rows and sections ---- */

/* A row without one of its values is another row. */
static const struct expr *
lower_row_value(struct lite_lowering *l, struct lite_scope *scope, const struct expr *e,
                const struct type *target, struct span span, struct slice what)
{
    scope->is_needed = true;
    return lite_lower_or_leave(l, scope, e, target, span, what);
}

/* Where the rows of a partition are. */
static const struct table *
whole_table(const struct lite_lowering *l, const struct table *t)
{
    while (t != NULL && t->bound != NULL)
        t = catalog_find_table(l->from, t->parents.all.items[0].schema,
                               t->parents.all.items[0].name);
    return t;
}

static void
lower_rows(struct lite_lowering *l, const struct initial_rows *from)
{
    const struct table *t = lite_our_table(l, whole_table(l, from->table));
    struct initial_rows *rows;

    if (t == NULL)
        return;
    rows = arena_copy(&l->s->arena, from, sizeof *from);
    rows->table = t;
    rows->rows.items = NULL;
    rows->rows.count = rows->rows.capacity = 0;
    VEC_EACH (i, &from->rows) {
        struct initial_row row = { .span = from->rows.items[i].span };

        VEC_EACH (j, &from->columns.all) {
            const struct column *c =
                table_find_column(from->table, from->columns.all.items[j]);
            struct lite_scope scope = lite_scope_of(l, NULL);

            VEC_PUSH(&l->s->arena, &row.values,
                     lower_row_value(l, &scope, from->rows.items[i].values.items[j],
                                       c == NULL ? NULL : lite_logical_type(c), row.span,
                                       SLICE("initial row")));
        }
        VEC_PUSH(&l->s->arena, &rows->rows, row);
    }
    VEC_PUSH(&l->s->arena, &l->to->initial_rows, rows);
}

static void
lower_sections(struct lite_lowering *l)
{
    VEC_EACH (i, &l->from->sections)
        if (lite_is_ours(l->from->sections.items[i]->dialect))
            VEC_PUSH(&l->s->arena, &l->to->sections, l->from->sections.items[i]);
}

/* ---- the whole ---- */

static struct catalog *
new_catalog(struct lite_lowering *l)
{
    struct catalog *to = ARENA_NEW(&l->s->arena, struct catalog);

    to->name = l->from->name;
    to->version = l->from->version;
    to->dialect = SLICE("sqlite");
    to->is_lowered = true;
    map_init(&to->relation_names, &l->s->arena);
    return to;
}

static void
lower_all(struct lite_lowering *l)
{
    lite_note_comments(l);
    VEC_EACH (i, &l->from->tables) {
        const struct table *t = l->from->tables.items[i];

        if (lite_is_ours(t->only))
            lower_table(l, t);
        if (lite_our_table(l, t) == NULL)
            map_put(&l->left_out, catalog_key(&l->s->arena, t->schema, t->name), NULL);
    }
    VEC_EACH (i, &l->from->indexes)
        lite_lower_index(l, l->from->indexes.items[i]);
    claim_index_names(l);
    lower_views(l);
    VEC_EACH (i, &l->from->definitions)
        lower_definition(l, l->from->definitions.items[i]);
    VEC_EACH (i, &l->from->tables) {
        const struct table *t = lite_our_table(l, l->from->tables.items[i]);

        if (t != NULL)
            lite_lower_rules(l, l->from->tables.items[i], t);
    }
    VEC_EACH (i, &l->from->initial_rows)
        lower_rows(l, l->from->initial_rows.items[i]);
    lower_sections(l);
}

bool
lite_lower(struct session *s, const struct catalog *c, struct catalog **out)
{
    struct lite_lowering l = { .s = s, .from = c };
    size_t errors = s->diags.error_count;

    if (slice_is(c->dialect, "sqlite")) {
        *out = arena_copy(&s->arena, c, sizeof *c);
        return true;
    }
    if (!slice_is_none(c->dialect)) {
        diag_add(&s->diags, D_WRONG_DIALECT, SPAN_NONE,
                 "declarations in the terms of %.*s cannot be turned into those of "
                 "SQLite",
                 SLICE_ARG(c->dialect));
        return false;
    }
    l.from = lite_inline_domains(s, c);
    l.to = new_catalog(&l);
    map_init(&l.names, &s->arena);
    map_init(&l.triggers, &s->arena);
    map_init(&l.views, &s->arena);
    map_init(&l.left_out, &s->arena);
    *out = l.to;
    lower_all(&l);
    return s->diags.error_count == errors;
}
