/*
 * What the rows must hold before a constraint can be added or a unique index be built,
 * asked before anything is changed: of the rows as they are, in the names that they have
 * so far.  A column whose values are computed by then is asked for what it will hold
 * (alter_ask_values.c).  What the old rows cannot tell is left to the step.
 */
#include "dialect/postgres/alter.h"

static bool
is_plain(const struct expr *e)
{
    return e->kind == EXPR_COLUMN;
}

/* False: the rows do not tell, or one key is NULL in all of them. */
static bool
keys_before(struct alter *a, const struct table *old, const struct table *new,
            const struct index_keys *keys, struct index_keys *out)
{
    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];
        const struct column *c = k.expr == NULL ? table_find_column(new, k.column) : NULL;

        if (k.expr != NULL)
            k.expr = alter_expr_then(a, old, new, k.expr);
        else
            k.expr = c == NULL ? NULL : alter_value_then(a, old, new, c);
        if (k.expr == NULL || alter_is_null(k.expr))
            return false;
        if (is_plain(k.expr)) {
            k.column = k.expr->text;
            k.expr = NULL;
        }
        VEC_PUSH(&a->s->arena, &out->all, k);
    }
    return true;
}

/* ---- alike ---- */

/* The same for all rows, as in ((true)), which lets one row in: GROUP BY takes none. */
static bool
tells_rows_apart(const struct index_key *k)
{
    return k->expr == NULL || !expr_is_constant(k->expr);
}

static bool
any_tells_apart(const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        if (tells_rows_apart(&keys->all.items[i]))
            return true;
    return false;
}

/* a, b; with `condition` a IS NOT NULL AND b IS NOT NULL */
static void
write_keys(struct sqlw *w, const struct index_keys *keys, const char *condition)
{
    bool is_first = true;

    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        if (!tells_rows_apart(k))
            continue;
        if (!is_first && condition == NULL)
            sqlw_comma(w);
        else if (!is_first)
            sqlw_kw(w, "AND");
        is_first = false;
        if (k->expr != NULL)
            sqlw_expr_parens(w, k->expr);
        else
            sqlw_ident(w, k->column);
        if (condition != NULL)
            sqlw_kw(w, condition);
        else if (k->expr != NULL && !slice_is_none(k->column)) {
            sqlw_kw(w, "AS");
            sqlw_ident(w, k->column);
        }
    }
}

/* An expression by its place, as it may be long. */
static void
write_groups(struct sqlw *w, const struct index_keys *keys)
{
    int64_t place = 0;

    VEC_EACH (i, &keys->all) {
        if (!tells_rows_apart(&keys->all.items[i]))
            continue;
        if (place++ > 0)
            sqlw_comma(w);
        if (keys->all.items[i].expr != NULL)
            sqlw_number(w, place);
        else
            sqlw_ident(w, keys->all.items[i].column);
    }
}

/* Keys and references of a parent by INHERITS are about its own rows, and not about those
 * of its children. */
static void
write_own_rows(struct alter *a, struct sqlw *w, const struct table *old)
{
    if (alter_is_parent(a, old) && !alter_takes_rows_of_children(a, old))
        sqlw_kw(w, "ONLY");
    sqlw_qualified(w, old->schema, old->name);
}

/* What is to be unique, in the words of the old table. */
struct unique {
    struct index_keys keys;
    const struct expr *where; /* NULL: all rows */
    bool nulls_are_alike;
};

/* NULLs are alike where the index says so, and to GROUP BY in any case. */
static void
write_unique_rows(struct sqlw *w, const struct unique *u)
{
    bool without_nulls = !u->nulls_are_alike && any_tells_apart(&u->keys);

    if (!without_nulls && u->where == NULL)
        return;
    sqlw_kw(w, "WHERE");
    if (u->where != NULL)
        sqlw_expr_parens(w, u->where);
    if (u->where != NULL && without_nulls)
        sqlw_kw(w, "AND");
    if (without_nulls)
        write_keys(w, &u->keys, "IS NOT NULL");
}

static struct slice
ask_for_alike(struct alter *a, const struct table *old, const struct unique *u)
{
    struct postgres_statement st;
    bool grouped = any_tells_apart(&u->keys);

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    write_keys(&st.w, &u->keys, NULL);
    if (grouped)
        sqlw_comma(&st.w);
    sqlw_kw(&st.w, "count(*) FROM");
    write_own_rows(a, &st.w, old);
    write_unique_rows(&st.w, u);
    if (grouped)
        sqlw_kw(&st.w, "GROUP BY");
    write_groups(&st.w, &u->keys);
    sqlw_kw(&st.w, "HAVING count(*) > 1");
    return postgres_end(&st);
}

/* ---- against a check ---- */

static struct slice
ask_for_violations(struct alter *a, const struct table *old, const struct expr *check)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    sqlw_raw(&st.w, alter_sample(a, old));
    sqlw_kw(&st.w, "FROM");
    sqlw_qualified(&st.w, old->schema, old->name);
    sqlw_kw(&st.w, "WHERE NOT");
    sqlw_expr_parens(&st.w, check);
    return postgres_end(&st);
}

/* ---- without a row to refer to ---- */

/* The side that is referred to, as it is called so far. */
struct parent {
    const struct table *table;
    struct slices columns;
};

/* False: its rows do not tell. */
static bool
find_parent(struct alter *a, const struct constraint *k, struct parent *out)
{
    const struct table *new = catalog_find_table(a->r->to, k->ref_schema, k->ref_table);

    out->table = new == NULL ? NULL : alter_rows_before(a, new);
    if (out->table == NULL || k->keys.all.count != k->ref_columns.all.count)
        return false;
    VEC_EACH (i, &k->ref_columns.all) {
        const struct column *c = table_find_column(new, k->ref_columns.all.items[i]);
        const struct expr *value =
            c == NULL ? NULL : alter_value_then(a, out->table, new, c);

        if (value == NULL || !is_plain(value))
            return false;
        VEC_PUSH(&a->s->arena, &out->columns.all, value->text);
    }
    return true;
}

/* What is computed gets a name, for `orphans` to say it. */
static struct index_keys
named_keys(struct alter *a, const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];

        if (k.expr != NULL)
            k.column = slice_format(&a->s->arena, "schemac_%zu", i + 1);
        k.expr = NULL;
        VEC_PUSH(&a->s->arena, &out.all, k);
    }
    return out;
}

/* t, or (SELECT *, a / 10 AS schemac_1 FROM t) */
static void
write_children(struct alter *a, struct sqlw *w, const struct table *old,
               const struct index_keys *keys, const struct index_keys *names)
{
    bool any = index_keys_have_expression(keys);

    if (any)
        sqlw_kw(w, "(SELECT *");
    VEC_EACH (i, &keys->all) {
        if (keys->all.items[i].expr == NULL)
            continue;
        sqlw_comma(w);
        sqlw_expr(w, keys->all.items[i].expr);
        sqlw_kw(w, "AS");
        sqlw_ident(w, names->all.items[i].column);
    }
    if (any)
        sqlw_kw(w, "FROM");
    write_own_rows(a, w, old);
    if (any)
        sqlw_close(w);
}

void
alter_write_join(struct sqlw *w, const struct index_keys *child,
                 const struct slices *parent)
{
    VEC_EACH (i, &child->all) {
        if (i > 0)
            sqlw_kw(w, "AND");
        sqlw_kw(w, "child.");
        w->need_blank = false;
        sqlw_ident(w, child->all.items[i].column);
        sqlw_kw(w, "= parent.");
        w->need_blank = false;
        sqlw_ident(w, parent->all.items[i]);
    }
}

static struct slice
ask_for_orphans(struct alter *a, const struct table *old, const struct index_keys *keys,
                const struct parent *parent)
{
    const struct index_keys names = named_keys(a, keys);
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    sqlw_raw(&st.w, alter_sample(a, old));
    sqlw_comma(&st.w);
    write_keys(&st.w, &names, NULL);
    sqlw_kw(&st.w, "FROM");
    write_children(a, &st.w, old, keys, &names);
    sqlw_kw(&st.w, "AS child WHERE");
    write_keys(&st.w, &names, "IS NOT NULL");
    sqlw_kw(&st.w, "AND NOT EXISTS (SELECT 1 FROM");
    write_own_rows(a, &st.w, parent->table);
    sqlw_kw(&st.w, "AS parent WHERE");
    alter_write_join(&st.w, &names, &parent->columns);
    sqlw_close(&st.w);
    return postgres_end(&st);
}

/* ---- what is asked ---- */

static struct slice
title(struct alter *a, const struct table *t, const char *what, struct slice name)
{
    return slice_format(&a->s->arena, "%.*s has rows that %s (%.*s)", SLICE_ARG(t->name),
                        what, SLICE_ARG(name));
}

static void
require_check(struct alter *a, struct action *to, const struct change *c)
{
    const struct constraint *k = c->new.constraint;
    const struct table *old = c->old.table;
    const struct expr *check = alter_expr_then(a, old, c->new.table, k->check);
    struct question q = { .old = old };

    if (check == NULL)
        return;
    q.title = title(a, old, "break the check", k->name);
    q.query = ask_for_violations(a, old, check);
    q.then = ask_for_violations(a, c->new.table, k->check);
    alter_require_of_old(a, to, &q);
}

/* A column of a key, whose values are as far apart then as they are so far. */
static bool
stays_apart(const struct table *old, const struct index_key *before,
            const struct table *new, const struct index_key *then)
{
    const struct column *was =
        before->expr == NULL ? table_find_column(old, before->column) : NULL;
    const struct column *is =
        then->expr == NULL ? table_find_column(new, then->column) : NULL;

    return was != NULL && is != NULL && type_equal(&was->type, &is->type)
           && slice_equal(was->collation, is->collation)
           && slice_equal(before->collation, then->collation)
           && slice_equal(before->opclass, then->opclass);
}

/* The column of the key that stands among those of the new one. */
static bool
has_column(const struct table *old, const struct unique *before, const struct table *new,
           const struct unique *then, const struct index_key *stands)
{
    VEC_EACH (i, &before->keys.all) {
        const struct index_key *k = &before->keys.all.items[i];

        if (stands->expr == NULL && k->expr == NULL
            && slice_equal(k->column, stands->column)
            && slice_equal(k->collation, stands->collation)
            && slice_equal(k->opclass, stands->opclass)
            && stays_apart(old, k, new, &then->keys.all.items[i]))
            return true;
    }
    return false;
}

/* Rows that are told apart by some of its columns are told apart by all of them. */
static bool
follows_from(const struct table *old, const struct unique *before,
             const struct table *new, const struct unique *then,
             const struct index_keys *stands, bool nulls_are_alike)
{
    VEC_EACH (i, &stands->all) {
        const struct index_key *k = &stands->all.items[i];
        const struct column *c = table_find_column(old, k->column);

        if (c == NULL || !has_column(old, before, new, then, k)
            || (before->nulls_are_alike && !nulls_are_alike && !c->not_null
                && !key_implies_not_null(old, c)))
            return false;
    }
    return stands->all.count > 0;
}

/* By a key or an index that stands. */
static bool
is_unique_already(struct alter *a, const struct table *old, const struct unique *before,
                  const struct table *new, const struct unique *then)
{
    const struct table_indexes *indexes = alter_old_indexes_of(a, old);

    VEC_EACH (i, &old->constraints) {
        const struct constraint *k = old->constraints.items[i];

        if ((k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY)
            && !k->on_only
            && follows_from(old, before, new, then, &k->keys, k->nulls_not_distinct))
            return true;
    }
    VEC_EACH (i, &indexes->all) {
        const struct index *x = indexes->all.items[i];

        if (x->unique && x->where == NULL && !x->on_only
            && follows_from(old, before, new, then, &x->keys, x->nulls_not_distinct))
            return true;
    }
    return false;
}

static void
require_unique(struct alter *a, struct action *to, const struct table *old,
               const struct unique *before, const struct table *new,
               const struct unique *then, struct slice name)
{
    struct question q = { .old = old, .title = title(a, old, "are alike", name) };

    if (!alter_takes_rows_of_children(a, old)
        && is_unique_already(a, old, before, new, then))
        return;
    q.query = ask_for_alike(a, old, before);
    q.then = ask_for_alike(a, new, then);
    alter_require_of_old(a, to, &q);
}

static void
require_parents(struct alter *a, struct action *to, const struct change *c,
                const struct index_keys *keys)
{
    const struct constraint *k = c->new.constraint;
    const struct table *old = c->old.table;
    struct question q = { .old = old,
                          .title = title(a, old, "refer to nothing", k->name) };
    struct parent before = { 0 };
    struct parent then = { catalog_find_table(a->r->to, k->ref_schema, k->ref_table),
                           k->ref_columns };

    if (!find_parent(a, k, &before))
        return;
    q.parent = before.table;
    q.query = ask_for_orphans(a, old, keys, &before);
    q.then = ask_for_orphans(a, c->new.table, &k->keys, &then);
    alter_require_of_old(a, to, &q);
}

void
alter_require_rows(struct alter *a, struct action *to, const struct change *c)
{
    const struct constraint *k = c->new.constraint;
    const struct table *old = c->old.table;
    struct unique then = { k->keys, NULL, k->nulls_not_distinct };
    struct unique u = { .nulls_are_alike = k->nulls_not_distinct };

    if (k->not_valid || old == NULL || a->r->has_data_step)
        return;
    if (k->kind == CONSTRAINT_CHECK)
        require_check(a, to, c);
    if (!keys_before(a, old, c->new.table, &k->keys, &u.keys))
        return;
    if (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY)
        require_unique(a, to, old, &u, c->new.table, &then, k->name);
    if (k->kind == CONSTRAINT_FOREIGN_KEY && alter_restated_key(a, c) == NULL)
        require_parents(a, to, c, &u.keys);
}

/* The whole has the key, and never asked about rows of this table. */
void
alter_require_key_of_part(struct alter *a, struct action *to, const struct table *t,
                          const struct constraint *k)
{
    const struct change as = { .kind = CHANGE_ADD_CONSTRAINT,
                               .old = { .table = diff_old_table(a->r->changes, t) },
                               .new = { .table = t, .constraint = k } };

    alter_require_rows(a, to, &as);
}

/* What would stop it half way, and leave an INVALID one where it is built beside. */
void
alter_require_index_rows(struct alter *a, struct action *to, const struct index *x)
{
    const struct table *old = alter_rows_before(a, x->table);
    struct unique then = { x->keys, x->where, x->nulls_not_distinct };
    struct unique u = { .nulls_are_alike = x->nulls_not_distinct };

    if (!x->unique || old == NULL || a->r->has_data_step
        || !keys_before(a, old, x->table, &x->keys, &u.keys))
        return;
    if (x->where != NULL) {
        u.where = alter_expr_then(a, old, x->table, x->where);
        if (u.where == NULL)
            return;
    }
    require_unique(a, to, old, &u, x->table, &then, x->name);
}

/* ---- conditions that stand ---- */

/* May values that were apart become one, or break what they satisfied? */
static bool
changes_values(const struct alter *a, const struct change *c)
{
    const struct type *old = alter_stored_type(a, &c->old.column->type);
    const struct type *new = alter_stored_type(a, &c->new.column->type);

    return !type_equal(old, new)
           && (alter_declared_value(a, c) != NULL || !alter_keeps_apart(old, new));
}

struct first_computed {
    struct alter *a;
    const struct table *old;
    const struct table *new;
    const struct column *found;
};

static void
meet_column(struct first_computed *f, struct slice name)
{
    const struct column *c = table_find_column(f->new, name);
    const struct column *before = c == NULL ? NULL : diff_old_column(f->old, f->new, c);
    struct change as = { .old = { .table = f->old, .column = before },
                         .new = { .table = f->new, .column = c } };

    if (before != NULL && changes_values(f->a, &as))
        f->found = c;
}

static bool
goes_on_to_computed(void *context, const struct expr *e)
{
    struct first_computed *f = context;

    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        meet_column(f, e->text);
    return f->found == NULL;
}

/* Several may be computed: with the first of them all are asked for. */
static bool
is_first_computed(struct alter *a, const struct change *c, const struct index_keys *keys,
                  const struct expr *condition)
{
    struct first_computed f = { a, c->old.table, c->new.table, NULL };

    for (size_t i = 0; f.found == NULL && i < keys->all.count; i++)
        if (keys->all.items[i].expr != NULL)
            (void)expr_walk(keys->all.items[i].expr, goes_on_to_computed, &f);
        else
            meet_column(&f, keys->all.items[i].column);
    if (f.found == NULL && condition != NULL)
        (void)expr_walk(condition, goes_on_to_computed, &f);
    return f.found == c->new.column;
}

void
alter_require_standing(struct alter *a, struct action *to, const struct change *c)
{
    const struct table *t = c->new.table;
    const struct table_indexes *indexes = alter_indexes_of(a, t);

    if (!changes_values(a, c))
        return;
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];
        struct change as = *c;

        as.new.constraint = k;
        if (is_first_computed(a, c, &k->keys, k->check)
            && !map_has(&a->added_constraints, order_constraint_key(&a->s->arena, t, k)))
            alter_require_rows(a, to, &as);
    }
    VEC_EACH (i, &indexes->all) {
        const struct index *x = indexes->all.items[i];

        if (is_first_computed(a, c, &x->keys, x->where)
            && !map_has(&a->made_indexes, catalog_key(&a->s->arena, t->schema, x->name)))
            alter_require_index_rows(a, to, x);
    }
}
