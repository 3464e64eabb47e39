/*
 * Domains that PostgreSQL alters where they stand.
 */
#include "dialect/postgres/alter.h"

static const struct domain_check *
find_check(const struct domain *m, const struct domain_check *like)
{
    VEC_EACH (i, &m->checks)
        if (slice_equal(m->checks.items[i].name, like->name))
            return &m->checks.items[i];
    return NULL;
}

static bool
same_check(const struct domain_check *a, const struct domain_check *b)
{
    return b != NULL && expr_equal(a->check, b->check) && (a->not_valid || !b->not_valid);
}

static void
drop_checks(struct alter *a, struct action *to, const struct change *c)
{
    const struct domain *old = c->old.definition->u.domain;

    VEC_EACH (i, &old->checks) {
        const struct domain_check *k = &old->checks.items[i];
        const struct domain_check *kept = find_check(c->new.definition->u.domain, k);
        struct postgres_statement st;

        if (alter_is_held(a, NULL, k->check)
            || (kept != NULL && expr_equal(k->check, kept->check)
                && (k->not_valid || !kept->not_valid)))
            continue;
        alter_definition_begin(a, &st, c->new.definition, "DROP CONSTRAINT");
        sqlw_ident(&st.w, k->name);
        alter_definition_add(a, to, &st);
    }
}

static void
add_check(struct alter *a, struct action *to, const struct definition *d,
          const struct domain_check *k)
{
    struct postgres_statement st;

    alter_definition_begin(a, &st, d, "ADD CONSTRAINT");
    sqlw_ident(&st.w, k->name);
    sqlw_kw(&st.w, "CHECK");
    sqlw_expr_parens(&st.w, k->check);
    if (k->not_valid)
        sqlw_kw(&st.w, "NOT VALID");
    alter_definition_add(a, to, &st);
}

/* True: the server asks the rows that are there. */
static bool
add_checks(struct alter *a, struct action *to, const struct change *c)
{
    const struct domain *new = c->new.definition->u.domain;
    bool asks = false;

    VEC_EACH (i, &new->checks) {
        const struct domain_check *k = &new->checks.items[i];
        const struct domain_check *was = find_check(c->old.definition->u.domain, k);
        struct postgres_statement st;

        if (was != NULL && alter_is_held(a, NULL, was->check))
            was = NULL; /* down already */
        if (was == NULL || !same_check(was, k)) {
            add_check(a, to, c->new.definition, k);
            asks |= !k->not_valid;
        } else if (was->not_valid && !k->not_valid) {
            alter_definition_begin(a, &st, c->new.definition, "VALIDATE CONSTRAINT");
            sqlw_ident(&st.w, k->name);
            alter_definition_add(a, to, &st);
            asks = true;
        }
        if (was == NULL || !same_check(was, k)
                ? k->comment.len > 0
                : !alter_same_comment(was->comment, k->comment))
            alter_member_comment(a, to, c->new.definition, k->name, k->comment);
    }
    return asks;
}

/* Rows are read under a lock on each table that has a column of the domain. */
static void
set_domain_cost(struct alter *a, struct action *to, const struct definition *old,
                bool asks)
{
    to->scans = asks && alter_domain_is_stored(a, old);
    to->lock = to->scans ? "SHARE" : NULL;
}

/* ---- values that it will not take ---- */

struct value_search {
    struct alter *a;
    const struct expr *column;
    bool unknown;
};

static const struct expr *
value_to_column(void *context, const struct expr *e)
{
    struct value_search *v = context;

    if (e->kind == EXPR_CALL)
        v->unknown |= alter_is_new_routine(v->a, e->text);
    return e->kind == EXPR_COLUMN || e->kind == EXPR_NAME ? v->column : e;
}

static void
write_rows(struct alter *a, struct postgres_statement *st, const struct table *t)
{
    postgres_begin(a->s, st);
    sqlw_kw(&st->w, "SELECT");
    sqlw_raw(&st->w, alter_sample(a, t));
    sqlw_kw(&st->w, "FROM");
    sqlw_qualified(&st->w, t->schema, t->name);
    sqlw_kw(&st->w, "WHERE");
}

static void
require_check(struct alter *a, struct action *to, const struct table *t,
              struct slice name, const struct expr *column, const struct domain_check *k)
{
    struct value_search v = { a, column, false };
    const struct expr *check = alter_said_before(
        a, expr_rewrite(&a->s->arena, k->check, value_to_column, &v));
    struct postgres_statement st;

    if (v.unknown || check == NULL || k->not_valid)
        return;
    write_rows(a, &st, t);
    sqlw_kw(&st.w, "NOT");
    sqlw_expr_parens(&st.w, check);
    alter_require(a, to,
                  slice_format(&a->s->arena,
                               "%.*s.%.*s holds what its domain refuses (%.*s)",
                               SLICE_ARG(t->name), SLICE_ARG(name), SLICE_ARG(k->name)),
                  postgres_end(&st));
}

static void
require_no_null(struct alter *a, struct action *to, const struct table *t,
                struct slice name, const struct expr *column)
{
    struct postgres_statement st;

    write_rows(a, &st, t);
    sqlw_expr(&st.w, column);
    sqlw_kw(&st.w, "IS NULL");
    alter_require(a, to,
                  slice_format(&a->s->arena,
                               "%.*s.%.*s holds NULL, which its domain refuses",
                               SLICE_ARG(t->name), SLICE_ARG(name)),
                  postgres_end(&st));
}

static bool
is_of(const struct type *t, const struct definition *d)
{
    return t->kind == TYPE_NAMED && t->dimensions == 0 && slice_equal(t->name, d->name)
           && slice_equal(t->schema, d->schema);
}

static void
require_of_column(struct alter *a, struct action *to, const struct change *c,
                  const struct table *t, const struct expr *column)
{
    const struct domain *old = c->old.definition->u.domain;
    const struct domain *new = c->new.definition->u.domain;

    if (new->not_null && !old->not_null)
        require_no_null(a, to, t, column->text, column);
    VEC_EACH (i, &new->checks) {
        const struct domain_check *k = &new->checks.items[i];
        const struct domain_check *was = find_check(old, k);

        if (was == NULL || !same_check(was, k))
            require_check(a, to, t, column->text, column, k);
    }
}

/* Of columns that are of the domain before and after: what others will hold, the steps
 * that fill them tell.  A parent's rows are those of its partitions. */
static void
require_values(struct alter *a, struct action *to, const struct change *c)
{
    for (size_t i = 0; !a->r->has_data_step && i < a->r->to->tables.count; i++) {
        const struct table *new = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, new);

        for (size_t k = 0; old != NULL && old->bound == NULL && k < new->columns.count;
             k++) {
            const struct column *col = new->columns.items[k];
            const struct expr *then = is_of(&col->type, c->new.definition)
                                          ? alter_value_then(a, old, new, col)
                                          : NULL;

            if (then != NULL && then->kind == EXPR_COLUMN)
                require_of_column(a, to, c, old, then);
        }
    }
}

/* ---- a column becomes one of it ---- */

/* Where the values stay what they are, as does the type below, a rule that the old domain
 * has as well holds for all of them. */
static bool
held_before(struct alter *a, const struct change *c, const struct domain_check *k)
{
    const struct type *t = c->old.column == NULL ? NULL : &c->old.column->type;
    const struct domain *d;

    if (t == NULL || alter_declared_value(a, c) != NULL
        || !type_equal(alter_stored_type(a, t),
                       alter_stored_type(a, &c->new.column->type)))
        return false;
    for (; (d = alter_domain_of(a, a->r->from, t)) != NULL; t = &d->base)
        VEC_EACH (i, &d->checks)
            if (same_check(k, &d->checks.items[i]))
                return true;
    return false;
}

static bool
refused_null_before(struct alter *a, const struct change *c)
{
    const struct type *t = &c->old.column->type;

    if (c->old.column->not_null)
        return true;
    for (const struct domain *d; (d = alter_domain_of(a, a->r->from, t)) != NULL;
         t = &d->base)
        if (d->not_null)
            return true;
    return false;
}

/* NULL where nothing is declared is asked of the column itself: of a value that does not
 * convert the type is asked. */
static void
require_of_domain(struct alter *a, struct action *to, const struct change *c,
                  const struct domain *d, const struct expr *value)
{
    const struct table *t = c->old.table;
    struct slice name = c->new.column->name;

    if (d->not_null && alter_declared_value(a, c) != NULL)
        require_no_null(a, to, t, name, value);
    else if (d->not_null && c->old.column != NULL && !refused_null_before(a, c))
        require_no_null(a, to, t, name,
                        expr_leaf(&a->s->arena, EXPR_COLUMN, c->new.column->span,
                                  c->old.column->name));
    VEC_EACH (i, &d->checks)
        if (!held_before(a, c, &d->checks.items[i]))
            require_check(a, to, t, name, value, &d->checks.items[i]);
}

void
alter_require_domain(struct alter *a, struct action *to, const struct change *c)
{
    const struct type *t = &c->new.column->type;
    const struct domain *d = alter_domain_of(a, a->r->to, t);
    const struct expr *value;

    if (d == NULL || a->r->has_data_step || c->old.table == NULL
        || (c->old.column == NULL && alter_declared_value(a, c) == NULL))
        return;
    value = alter_value_then(a, c->old.table, c->new.table, c->new.column);
    for (; value != NULL && d != NULL; d = alter_domain_of(a, a->r->to, t)) {
        require_of_domain(a, to, c, d, value);
        t = &d->base;
    }
}

/* ---- the domain ---- */

static void
alter_default(struct alter *a, struct action *to, const struct change *c)
{
    const struct expr *value = c->new.definition->u.domain->default_value;
    struct postgres_statement st;

    if (expr_equal(c->old.definition->u.domain->default_value, value))
        return;
    alter_definition_begin(a, &st, c->new.definition,
                           value == NULL ? "DROP DEFAULT" : "SET DEFAULT");
    if (value != NULL)
        sqlw_expr(&st.w, value);
    alter_definition_add(a, to, &st);
}

/* Its checks that hold on to what is made anew.  alter_domain_in_place puts back those of
 * a domain that changes, too. */
void
alter_free_domain(struct alter *a, const struct definition *d,
                  const struct definition *then)
{
    struct change c = { .kind = CHANGE_REPLACE_DEFINITION,
                        .old.definition = d,
                        .new.definition = then };

    VEC_EACH (i, &d->u.domain->checks) {
        const struct domain_check *k = &d->u.domain->checks.items[i];
        struct postgres_statement st;
        struct action *to;

        if (!alter_is_held(a, NULL, k->check))
            continue;
        to = alter_action(a, PHASE_CLEAR, alter_holder_order(a), &c);
        alter_definition_begin(a, &st, d, "DROP CONSTRAINT");
        sqlw_ident(&st.w, k->name);
        alter_definition_add(a, to, &st);
        if (then == NULL)
            continue;
        to = alter_back_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, &c);
        set_domain_cost(a, to, d, !k->not_valid);
        add_check(a, to, then, k);
        if (k->comment.len > 0)
            alter_member_comment(a, to, then, k->name, k->comment);
    }
}

/* Early, so that no value is refused which the new version takes. */
static void
loosen(struct alter *a, const struct change *c)
{
    const struct domain *old = c->old.definition->u.domain;
    const struct domain *new = c->new.definition->u.domain;
    struct action *to = alter_action(a, PHASE_GROW, GROW_TABLES - 1, c);

    drop_checks(a, to, c);
    if (!alter_calls_late(a, new->default_value))
        alter_default(a, to, c);
    if (old->not_null && !new->not_null)
        alter_definition_words(a, to, c->new.definition, "DROP NOT NULL");
    alter_leave_out_if_empty(a, to);
}

/* Late, when columns that leave the domain or go have done so: the server asks the values
 * of all that are there. */
static void
tighten(struct alter *a, const struct change *c)
{
    const struct domain *old = c->old.definition->u.domain;
    const struct domain *new = c->new.definition->u.domain;
    struct action *to =
        alter_action(a, PHASE_SHRINK, a->r->from->tables.count + 1, c);
    bool asks = new->not_null && !old->not_null;

    if (alter_calls_late(a, new->default_value))
        alter_default(a, to, c);
    if (asks)
        alter_definition_words(a, to, c->new.definition, "SET NOT NULL");
    asks = add_checks(a, to, c) || asks;
    set_domain_cost(a, to, c->old.definition, asks);
    if (asks)
        require_values(a, to, c);
    alter_leave_out_if_empty(a, to);
}

void
alter_domain_in_place(struct alter *a, const struct change *c)
{
    loosen(a, c);
    tighten(a, c);
}
