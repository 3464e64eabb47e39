/*
 * What must hold of the rows before a change, as queries that give a row per violation.
 *
 * They are asked before anything is changed, in the names of the old catalog.  Where a
 * data step comes first that would be too early: the step is there to put things right.
 * Then the same queries become guards inside the action.
 */
#include "dialect/sqlite/alter.h"
#include "model/functions.h"

static enum lite_when
when(const struct lite_alter *x)
{
    return x->r->has_data_step ? LITE_NOW : LITE_BEFORE;
}

static struct slice
table_name(const struct lite_alter *x, const struct lite_work *w)
{
    return lite_quoted(&x->s->arena, when(x) == LITE_NOW ? w->new->name : w->old->name);
}

static struct slice
as_identifier(struct arena *a, struct slice title)
{
    struct text out;

    text_init(&out, a);
    text_add_quoted(&out, '"', title);
    return text_slice(&out);
}

static void
add_guard(struct lite_alter *x, struct action *a, struct slice title, struct slice query)
{
    lite_sql(x->s, a,
             "CREATE TEMP TABLE schemac_guard (ok INTEGER CONSTRAINT %.*s CHECK (ok))",
             SLICE_ARG(as_identifier(&x->s->arena, title)));
    lite_sql(x->s, a, "INSERT INTO temp.schemac_guard SELECT NOT EXISTS (%.*s)",
             SLICE_ARG(query));
    lite_sql(x->s, a, "DROP TABLE temp.schemac_guard");
}

static void
add_check(struct lite_alter *x, struct action *a, struct slice title, struct slice query)
{
    if (when(x) == LITE_NOW) {
        add_guard(x, a, title, query);
        return;
    }
    VEC_PUSH(&x->s->arena, &a->preconditions, query);
    VEC_PUSH(&x->s->arena, &a->precondition_titles, title);
}

/* ---- values ---- */

static const struct column *
old_column(const struct lite_work *w, const struct column *c)
{
    return map_get(&w->old_columns, c->name);
}

/* Does anything but its own default decide about the column? */
static bool
has_history(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    return old_column(w, c) != NULL || lite_transform(x, w, c) != NULL
           || x->r->has_data_step;
}

static bool
is_steady(const struct expr *e)
{
    struct function_facts facts;

    return e->kind == EXPR_CALL && function_find_facts(e, &facts)
           && facts.kind == FUNCTION_SCALAR && facts.volatility == VOLATILITY_IMMUTABLE;
}

/* (1 + 1), -2 || 'x', lower('X'): the same for each row and at any time. */
static bool
visit_computed(void *context, const struct expr *e)
{
    bool *same = context;

    *same = *same
            && (e->kind == EXPR_NULL || e->kind == EXPR_BOOL || e->kind == EXPR_NUMBER
                || e->kind == EXPR_STRING || e->kind == EXPR_BLOB || e->kind == EXPR_UNARY
                || e->kind == EXPR_BINARY || e->kind == EXPR_CAST || is_steady(e));
    return *same;
}

static bool
is_same_for_all(const struct expr *e)
{
    bool same = true;

    if (e->kind == EXPR_CALL_KEYWORD)
        return true; /* CURRENT_TIMESTAMP is one value for all rows of a statement */
    (void)expr_walk(e, visit_computed, &same);
    return same;
}

/* The value that the row will have; NULL: it cannot be told beforehand. */
static const struct expr *
value_of(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const struct expr *value;

    if (c->generated != NULL)
        return NULL;
    if (when(x) == LITE_NOW)
        return lite_final_source(x, w, c);
    value = lite_source(x, w, c, LITE_BEFORE);
    if (value != NULL)
        return value;
    if (c->default_value == NULL)
        return lite_null(&x->s->arena);
    return is_same_for_all(c->default_value) ? c->default_value : NULL;
}

static bool
visit_random(void *context, const struct expr *e)
{
    bool *random = context;

    *random = *random
              || (e->kind == EXPR_CALL
                  && (slice_is(e->text, "randomblob") || slice_is(e->text, "random")));
    return !*random;
}

/* A new column with a random default: what no other row refers to. */
static bool
will_be_random(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    bool random = false;

    if (c->generated == NULL && c->default_value != NULL && !has_history(x, w, c))
        (void)expr_walk(c->default_value, visit_random, &random);
    return random;
}

struct substitution {
    struct lite_alter *x;
    const struct lite_work *w;
    bool is_parent; /* what is random equals nothing, as NULL does */
    bool unknown;
    bool has_history;
    bool changes; /* a column that was there has another value than before */
};

/* Is it the column itself, by the name that it has then? */
static bool
is_itself(const struct lite_alter *x, const struct lite_work *w, const struct column *c,
          const struct expr *value)
{
    const struct column *old = old_column(w, c);
    struct slice name = when(x) == LITE_NOW || old == NULL ? c->name : old->name;

    return (value->kind == EXPR_COLUMN || value->kind == EXPR_NAME)
           && slice_equal(value->text, name);
}

static const struct expr *
substitute(void *context, const struct expr *e)
{
    struct substitution *s = context;
    const struct column *c;
    const struct expr *value;

    if (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        return e;
    c = table_find_column(s->w->new, e->text);
    if (c == NULL)
        return e;
    if (c->generated != NULL) /* SQLite lets none depend on itself */
        return expr_rewrite(&s->x->s->arena, c->generated, substitute, s);
    value = value_of(s->x, s->w, c);
    if (value == NULL && s->is_parent && will_be_random(s->x, s->w, c))
        value = lite_null(&s->x->s->arena);
    s->unknown = s->unknown || value == NULL;
    s->has_history = s->has_history || has_history(s->x, s->w, c);
    s->changes = s->changes || (value != NULL && !is_itself(s->x, s->w, c, value));
    return value == NULL ? e : value;
}

/* The expression over the old row; NULL where that cannot be told. */
static const struct expr *
over_old_row(struct lite_alter *x, const struct lite_work *w, const struct expr *e,
             bool *has_history)
{
    struct substitution s = { .x = x, .w = w };
    const struct expr *out = expr_rewrite(&x->s->arena, e, substitute, &s);

    *has_history = s.has_history;
    return s.unknown ? NULL : out;
}

/* ---- NOT NULL ---- */

static struct slice
column_title(struct lite_alter *x, const struct lite_work *w, const struct column *c,
             const char *what)
{
    const struct column *old = old_column(w, c);
    bool now = when(x) == LITE_NOW || old == NULL;

    return slice_format(&x->s->arena, "%.*s.%.*s %s",
                        SLICE_ARG(now ? w->new->name : w->old->name),
                        SLICE_ARG(now ? c->name : old->name), what);
}

static void
check_empty(struct lite_alter *x, const struct lite_work *w, const struct column *c,
            struct action *a)
{
    struct slice table = table_name(x, w);

    add_check(
        x, a,
        slice_format(&x->s->arena,
                     "%.*s holds a row, and its new column %.*s is NOT NULL without "
                     "a default and without %s",
                     SLICE_ARG(w->new->name), SLICE_ARG(c->name),
                     x->r->down ? "@back" : "@from"),
        slice_format(&x->s->arena, "SELECT * FROM %.*s", SLICE_ARG(table)));
}

/* A column that becomes the rowid must not: SQLite would put a number for each NULL. */
static bool
becomes_not_null(struct lite_alter *x, const struct lite_work *w, const struct column *c)
{
    const struct column *old = old_column(w, c);
    bool is_rowid = table_rowid_column(w->new) == c;

    if (is_rowid && old != NULL && table_rowid_column(w->old) != old)
        return !old->not_null;
    if (!c->not_null || is_rowid || c->generated != NULL)
        return false;
    return old == NULL || !old->not_null || lite_transform(x, w, c) != NULL;
}

static void
check_not_null(struct lite_alter *x, const struct lite_work *w, const struct column *c,
               struct action *a)
{
    const struct expr *value = value_of(x, w, c);
    struct slice table = table_name(x, w);
    struct slice text;

    if (!becomes_not_null(x, w, c) || value == NULL
        || (old_column(w, c) == NULL && !has_history(x, w, c)
            && c->default_value != NULL))
        return;
    if (value->kind == EXPR_NULL) {
        check_empty(x, w, c, a);
        return;
    }
    if (value->kind == EXPR_STRING || value->kind == EXPR_NUMBER)
        return; /* never NULL: a query would say nothing */
    text = lite_expr_text(&x->s->arena, lite_is_null(&x->s->arena, value, false));
    add_check(x, a, column_title(x, w, c, "holds NULL"),
              slice_format(&x->s->arena, "SELECT * FROM %.*s WHERE %.*s",
                           SLICE_ARG(table), SLICE_ARG(text)));
}

/* ---- values that do not survive a change of type ---- */

static void
check_conversion(struct lite_alter *x, const struct lite_work *w, const struct column *c,
                 struct action *a)
{
    const struct column *old = old_column(w, c);
    struct lite_conversion conversion;
    struct slice table = table_name(x, w);
    struct slice bad;
    struct slice kept;

    if (old == NULL || c->generated != NULL || lite_has_transform(x, w, c))
        return;
    conversion = lite_convert_column(
        &x->s->arena, w, old, c,
        lite_column(&x->s->arena, when(x) == LITE_NOW ? c->name : old->name));
    if (conversion.bad == NULL)
        return;
    bad = lite_expr_text(&x->s->arena, conversion.bad);
    kept = lite_but_kept(x, w, c, when(x));
    if (kept.len > 0)
        bad = slice_format(&x->s->arena, "(%.*s)%.*s", SLICE_ARG(bad), SLICE_ARG(kept));
    add_check(x, a, column_title(x, w, c, "holds a value that does not fit the new type"),
              slice_format(&x->s->arena, "SELECT * FROM %.*s WHERE %.*s",
                           SLICE_ARG(table), SLICE_ARG(bad)));
}

/* ---- CHECK ---- */

/* The check of a type that says the same as before, but for NULL. */
static bool
says_the_same(const struct lite_work *w, const struct constraint *k)
{
    const struct column *c = lite_only_column(w->new, k);
    const struct column *old = c == NULL ? NULL : old_column(w, c);
    const struct constraint *before;

    if (old == NULL || lite_type_check(w->new, c) != k)
        return false;
    before = lite_type_check(w->old, old);
    return before != NULL && slice_equal(old->name, c->name)
           && expr_equal(lite_without_null(before->check), lite_without_null(k->check));
}

static void
check_check(struct lite_alter *x, const struct lite_work *w, const struct constraint *k,
            struct action *a)
{
    bool has_history;
    const struct expr *over = over_old_row(x, w, k->check, &has_history);
    struct slice table = table_name(x, w);
    struct slice text;

    if (over == NULL || !has_history || (says_the_same(w, k) && !x->r->has_data_step))
        return;
    text = lite_expr_text(&x->s->arena, lite_not(&x->s->arena, over));
    add_check(x, a,
              slice_format(&x->s->arena, "%.*s holds a row that breaks %.*s",
                           SLICE_ARG(w->new->name), SLICE_ARG(k->name)),
              slice_format(&x->s->arena, "SELECT * FROM %.*s WHERE %.*s",
                           SLICE_ARG(table), SLICE_ARG(text)));
}

/* ---- UNIQUE ---- */

static struct slice
key_collation(const struct lite_work *w, const struct index_key *k)
{
    const struct column *c =
        k->expr == NULL ? table_find_column(w->new, k->column) : NULL;

    return slice_is_none(k->collation) && c != NULL ? c->collation : k->collation;
}

struct key_texts {
    struct text values; /* a AS k0, b AS k1 */
    struct text names;  /* k0 COLLATE nocase, k1 */
    struct text shown;  /* k0 AS a, k1 AS b: what a message shows of a row */
    struct text not_null;
};

/* False: a value cannot be told beforehand. */
static bool
key_texts(struct lite_alter *x, const struct lite_work *w, const struct index_keys *keys,
          bool is_parent, struct key_texts *out)
{
    struct arena *a = &x->s->arena;

    text_init(&out->values, a);
    text_init(&out->names, a);
    text_init(&out->shown, a);
    text_init(&out->not_null, a);
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];
        struct substitution s = { .x = x, .w = w, .is_parent = is_parent };
        struct slice collation = key_collation(w, k);
        const struct expr *e = expr_rewrite(
            a, k->expr != NULL ? k->expr : lite_column(a, k->column), substitute, &s);

        if (s.unknown)
            return false;
        text_addf(&out->values, "%s%.*s AS k%zu", i > 0 ? ", " : "",
                  SLICE_ARG(lite_expr_text(a, e)), i);
        text_addf(&out->names, "%sk%zu", i > 0 ? ", " : "", i);
        if (!slice_is_none(collation))
            text_addf(&out->names, " COLLATE %.*s", SLICE_ARG(lite_quoted(a, collation)));
        text_addf(&out->shown, "%sk%zu", i > 0 ? ", " : "", i);
        if (k->expr == NULL)
            text_addf(&out->shown, " AS %.*s", SLICE_ARG(lite_quoted(a, k->column)));
        text_addf(&out->not_null, "%sk%zu IS NOT NULL", i > 0 ? " AND " : "", i);
    }
    return keys->all.count > 0;
}

static struct slice
keys_title(struct lite_alter *x, const struct lite_work *w, const struct index_keys *keys)
{
    struct text out;

    text_init(&out, &x->s->arena);
    text_addf(&out, "%.*s (", SLICE_ARG(w->new->name));
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        text_addz(&out, i > 0 ? ", " : "");
        text_add(&out,
                 k->expr == NULL ? k->column : lite_expr_text(&x->s->arena, k->expr));
    }
    text_addz(&out, ") holds duplicates");
    return text_slice(&out);
}

static void
check_unique(struct lite_alter *x, const struct lite_work *w,
             const struct index_keys *keys, const struct expr *where, struct action *a)
{
    struct key_texts texts;
    struct slice table = table_name(x, w);
    struct slice condition = SLICE("");

    if (!key_texts(x, w, keys, false, &texts))
        return;
    if (where != NULL) {
        bool has_history;
        const struct expr *over = over_old_row(x, w, where, &has_history);

        if (over == NULL)
            return;
        condition = slice_format(&x->s->arena, " WHERE %.*s",
                                 SLICE_ARG(lite_expr_text(&x->s->arena, over)));
    }
    add_check(x, a, keys_title(x, w, keys),
              slice_format(&x->s->arena,
                           "SELECT %.*s, count(*) FROM (SELECT %.*s FROM %.*s%.*s) "
                           "WHERE %.*s GROUP BY %.*s HAVING count(*) > 1",
                           SLICE_ARG(text_slice(&texts.shown)),
                           SLICE_ARG(text_slice(&texts.values)), SLICE_ARG(table),
                           SLICE_ARG(condition), SLICE_ARG(text_slice(&texts.not_null)),
                           SLICE_ARG(text_slice(&texts.names))));
}

/* ---- FOREIGN KEY ---- */

static bool
has_initial_rows(const struct catalog *c, const struct table *t)
{
    VEC_EACH (i, &c->initial_rows)
        if (c->initial_rows.items[i]->table == t)
            return true;
    return false;
}

/*
 * The key of each parent, behind FROM.  After a data step the names are the new ones, and
 * what was added is there; false: it cannot be told.
 */
static bool
parent_keys(struct lite_alter *x, const struct lite_work *parent,
            const struct constraint *k, struct slice *out)
{
    struct arena *a = &x->s->arena;
    struct slice table =
        lite_quoted(a, when(x) == LITE_NOW ? k->ref_table : parent->old->name);
    struct index_keys keys = { 0 };
    struct key_texts texts;

    VEC_EACH (i, &k->ref_columns.all)
        VEC_PUSH(a, &keys.all,
                 ((struct index_key){ .column = k->ref_columns.all.items[i] }));
    text_init(&texts.values, a);
    if (when(x) == LITE_BEFORE && !key_texts(x, parent, &keys, true, &texts))
        return false;
    for (size_t i = 0; when(x) == LITE_NOW && i < keys.all.count; i++)
        text_addf(&texts.values, "%s%.*s AS k%zu", i > 0 ? ", " : "",
                  SLICE_ARG(lite_quoted(a, keys.all.items[i].column)), i);
    *out = slice_format(a, "(SELECT %.*s FROM %.*s)",
                        SLICE_ARG(text_slice(&texts.values)), SLICE_ARG(table));
    return true;
}

/*
 * The condition that keeps a child from being an orphan, behind AND; none: it cannot be
 * told.  In a table that is yet to come no row can be: the condition is empty.
 */
static struct slice
no_parent(struct lite_alter *x, const struct constraint *k)
{
    struct arena *a = &x->s->arena;
    const struct lite_work *parent = map_get(&x->works, k->ref_table);
    const struct table *t = catalog_find_table(x->r->to, SLICE_NONE, k->ref_table);
    struct slice keys;
    struct text match;

    if (t == NULL || k->ref_columns.all.count != k->keys.all.count)
        return SLICE_NONE;
    if (parent == NULL && lite_brings_back(x, t) != NULL)
        return SLICE_NONE; /* its rows come back: foreign keys are checked at the end */
    if (parent == NULL && when(x) == LITE_BEFORE)
        return has_initial_rows(x->r->to, t) ? SLICE_NONE : SLICE("");
    if (!parent_keys(x, parent, k, &keys))
        return SLICE_NONE;
    text_init(&match, a);
    for (size_t i = 0; i < k->keys.all.count; i++)
        text_addf(&match, "%sp.k%zu = c.k%zu", i > 0 ? " AND " : "", i, i);
    return slice_format(a, " AND NOT EXISTS (SELECT 1 FROM %.*s AS p WHERE %.*s)",
                        SLICE_ARG(keys), SLICE_ARG(text_slice(&match)));
}

static void
check_foreign_key(struct lite_alter *x, const struct lite_work *w,
                  const struct constraint *k, struct action *a)
{
    struct arena *arena = &x->s->arena;
    struct slice orphan = no_parent(x, k);
    struct key_texts texts;

    if (slice_is_none(orphan) || !key_texts(x, w, &k->keys, false, &texts))
        return;
    add_check(x, a,
              slice_format(arena, "%.*s holds a row without its parent in %.*s",
                           SLICE_ARG(w->new->name), SLICE_ARG(k->ref_table)),
              slice_format(
                  arena, "SELECT %.*s FROM (SELECT %.*s FROM %.*s) AS c WHERE %.*s%.*s",
                  SLICE_ARG(text_slice(&texts.shown)),
                  SLICE_ARG(text_slice(&texts.values)), SLICE_ARG(table_name(x, w)),
                  SLICE_ARG(text_slice(&texts.not_null)), SLICE_ARG(orphan)));
}

/* ---- all of them ---- */

static void
check_constraint(struct lite_alter *x, const struct lite_work *w,
                 const struct constraint *k, struct action *a)
{
    switch (k->kind) {
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
        check_unique(x, w, &k->keys, NULL, a);
        break;
    case CONSTRAINT_CHECK:
        check_check(x, w, k, a);
        break;
    case CONSTRAINT_FOREIGN_KEY:
        check_foreign_key(x, w, k, a);
        break;
    case CONSTRAINT_EXCLUDE:
        break;
    }
}

/* Do columns that were there have other values than before?  `condition`: NULL, too. */
static bool
reads_changed_value(struct lite_alter *x, const struct lite_work *w,
                    const struct index_keys *keys, const struct expr *condition)
{
    struct arena *a = &x->s->arena;
    struct substitution s = { .x = x, .w = w };

    if (condition != NULL)
        (void)expr_rewrite(a, condition, substitute, &s);
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        (void)expr_rewrite(a, k->expr != NULL ? k->expr : lite_column(a, k->column),
                           substitute, &s);
    }
    return s.changes;
}

static bool
is_added(const struct lite_work *w, const struct constraint *k)
{
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].kind == CHANGE_ADD_CONSTRAINT
            && w->changes.items[i].new.constraint == k)
            return true;
    return false;
}

/* The rows satisfied it with the values that they had. */
static void
check_standing(struct lite_alter *x, const struct lite_work *w, struct action *a)
{
    VEC_EACH (i, &w->new->constraints) {
        const struct constraint *k = w->new->constraints.items[i];

        if (!is_added(w, k) && reads_changed_value(x, w, &k->keys, k->check))
            check_constraint(x, w, k, a);
    }
}

void
lite_add_checks(struct lite_alter *x, const struct lite_work *w, struct action *a)
{
    VEC_EACH (i, &w->new->columns) {
        check_conversion(x, w, w->new->columns.items[i], a);
        check_not_null(x, w, w->new->columns.items[i], a);
    }
    VEC_EACH (i, &w->changes)
        if (w->changes.items[i].kind == CHANGE_ADD_CONSTRAINT)
            check_constraint(x, w, w->changes.items[i].new.constraint, a);
    check_standing(x, w, a);
}

void
lite_add_rule_checks(struct lite_alter *x, const struct lite_work *w,
                     const struct change *c, struct action *a)
{
    if (c->kind == CHANGE_ADD_CONSTRAINT)
        check_constraint(x, w, c->new.constraint, a);
    else if (c->kind == CHANGE_COLUMN_NULLABILITY)
        check_not_null(x, w, c->new.column, a);
}

/* A column that is added in place is NOT NULL from the begin: a data step comes too late
 * for what @from gives, so it is asked before anything changes. */
static void
require_fill(struct lite_alter *x, const struct lite_work *w, const struct column *c,
             struct action *a)
{
    struct arena *arena = &x->s->arena;
    struct slice is_null;

    if (old_column(w, c) != NULL || !c->not_null || c->default_value == NULL
        || !lite_has_transform(x, w, c))
        return;
    is_null = lite_expr_text(
        arena, lite_is_null(arena, lite_source(x, w, c, LITE_BEFORE), false));
    VEC_PUSH(arena, &a->preconditions,
             slice_format(arena, "SELECT * FROM %.*s WHERE %.*s",
                          SLICE_ARG(lite_quoted(arena, w->old->name)),
                          SLICE_ARG(is_null)));
    VEC_PUSH(arena, &a->precondition_titles, column_title(x, w, c, "holds NULL"));
}

void
lite_add_fill_checks(struct lite_alter *x, const struct lite_work *w, struct action *a)
{
    if (lite_is_rebuilt(w))
        return; /* the rebuild asks */
    VEC_EACH (i, &w->new->columns) {
        const struct column *c = w->new->columns.items[i];

        if (when(x) == LITE_NOW)
            require_fill(x, w, c, a);
        else if (lite_transform(x, w, c) != NULL)
            check_not_null(x, w, c, a);
    }
}

/* ---- constraints that triggers keep ---- */

/*
 * The rows as they will be, with all columns that can be told beforehand and what finds a
 * row: "(SELECT a, b AS c, rowid FROM t)".
 */
static struct slice
rows_to_be(struct lite_alter *x, const struct lite_work *w)
{
    struct arena *a = &x->s->arena;
    const char *rowid = lite_rowid_name(w->old, w->new);
    const char *comma = "";
    struct text out;

    text_init(&out, a);
    text_addz(&out, "(SELECT ");
    VEC_EACH (i, &w->new->columns) {
        struct substitution s = { .x = x, .w = w };
        struct slice name = w->new->columns.items[i]->name;
        const struct expr *e = expr_rewrite(a, lite_column(a, name), substitute, &s);

        if (s.unknown)
            continue;
        text_addf(&out, "%s%.*s AS %.*s", comma, SLICE_ARG(lite_expr_text(a, e)),
                  SLICE_ARG(lite_quoted(a, name)));
        comma = ", ";
    }
    if (!w->old->without_rowid && !w->new->without_rowid && rowid != NULL)
        text_addf(&out, "%s%s AS %s", comma, rowid, rowid);
    text_addf(&out, " FROM %.*s)", SLICE_ARG(table_name(x, w)));
    return text_slice(&out);
}

/* Can the rows be asked, and by what: the table itself where it has all that is said. */
static bool
find_rows(struct lite_alter *x, const struct lite_work *w, const struct expr *condition,
          struct slice *rows)
{
    bool has_history;

    *rows = table_name(x, w);
    if (when(x) == LITE_NOW)
        return true;
    if (over_old_row(x, w, condition, &has_history) == NULL
        || w->old->without_rowid != w->new->without_rowid)
        return false;
    *rows = rows_to_be(x, w);
    return true;
}

/*
 * SELECT raise(abort, …) FROM t WHERE rowid <> new.rowid AND c = new.c, asked of each row
 * by that name:
 *
 *     SELECT * FROM t AS new
 *     WHERE EXISTS (SELECT 1 FROM t WHERE rowid <> new.rowid AND c = new.c)
 */
static void
check_refusal(struct lite_alter *x, const struct lite_work *w, struct slice title,
              const struct expr *refusal, struct action *a)
{
    struct arena *arena = &x->s->arena;
    const struct expr *condition = refusal->args[SELECT_WHERE];
    struct slice rows, where;

    if (condition == NULL || !find_rows(x, w, condition, &rows))
        return;
    where = lite_expr_text(arena, condition);
    if (refusal->args[SELECT_FROM] != NULL)
        where = slice_format(arena, "EXISTS (SELECT 1 FROM %.*s WHERE %.*s)",
                             SLICE_ARG(rows), SLICE_ARG(where));
    add_check(x, a, title,
              slice_format(arena, "SELECT * FROM %.*s AS new WHERE %.*s", SLICE_ARG(rows),
                           SLICE_ARG(where)));
}

/* One of the two triggers is asked: that behind an INSERT. */
void
lite_add_trigger_check(struct lite_alter *x, const struct lite_work *w,
                       const struct definition *r, struct action *a)
{
    const struct trigger *t = r->u.trigger;
    struct slice create = a->sql.items[--a->sql.count];

    VEC_EACH (i, &t->body)
        if (!slice_is_none(t->keeps) && t->events == TRIGGER_INSERT)
            check_refusal(x, w,
                          slice_format(&x->s->arena, "%.*s holds a row that breaks %.*s",
                                       SLICE_ARG(w->new->name), SLICE_ARG(t->keeps)),
                          t->body.items[i], a);
    VEC_PUSH(&x->s->arena, &a->sql, create);
}

/* A guard inside the action stands before the CREATE INDEX, which is there already. */
void
lite_add_index_check(struct lite_alter *x, const struct lite_work *w,
                     const struct index *index, bool is_new, struct action *a)
{
    struct slice create;

    if (!is_new && !reads_changed_value(x, w, &index->keys, index->where))
        return;
    create = a->sql.items[--a->sql.count];
    check_unique(x, w, &index->keys, index->where, a);
    VEC_PUSH(&x->s->arena, &a->sql, create);
}
