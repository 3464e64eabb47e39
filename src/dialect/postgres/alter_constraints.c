/*
 * Constraints: dropped first, under the old names; added last, foreign keys behind the
 * keys that they refer to.
 */
#include "dialect/postgres/postgres.h"

/* ---- what rows must hold before a constraint can be added ---- */

/* The column as it is now, of the same type; NULL: nothing can be asked beforehand. */
static const struct column *
column_before(const struct table *old, const struct table *new, struct slice name)
{
    const struct column *after = table_find_column(new, name);
    const struct column *before =
        after == NULL ? NULL : diff_old_column(old, new, after);

    return before != NULL && type_equal(&before->type, &after->type) ? before : NULL;
}

static bool
is_there_already(const struct table *old, const struct table *new, struct slice name)
{
    return column_before(old, new, name) != NULL;
}

struct mentions {
    const struct alter *a;
    const struct table *old;
    const struct table *new;
};

static bool
gets_values(const struct alter *a, const struct type *t)
{
    return t->kind == TYPE_NAMED
           && map_has(&a->growing_enums, catalog_key(&a->s->arena, t->schema, t->name));
}

/* A routine that is not there yet, or another one so far. */
static bool
is_new_routine(const struct alter *a, struct slice name)
{
    return map_has(&a->new_routines.by_name, name)
           && (!map_has(&a->old_routines.by_name, name) || map_has(&a->going, name));
}

static bool
is_askable_node(void *context, const struct expr *e)
{
    const struct mentions *m = context;

    if (e->kind == EXPR_PART)
        return slice_equal(m->old->name, m->new->name);
    if (e->kind == EXPR_CALL && is_new_routine(m->a, e->text))
        return false;
    if (e->kind == EXPR_FIELD) /* an attribute may have another name so far */
        return m->a->changed_definitions.count == 0;
    if (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        return true;
    return is_there_already(m->old, m->new, e->text)
           && !gets_values(m->a, &table_find_column(m->new, e->text)->type);
}

static bool
keys_are_askable(const struct table *old, const struct table *new,
                 const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        if (keys->all.items[i].expr != NULL
            || !is_there_already(old, new, keys->all.items[i].column))
            return false;
    return true;
}

/* In the names that the columns have so far. */
static const struct expr *
to_old_name(void *context, const struct expr *e)
{
    const struct mentions *m = context;
    struct expr *then;

    if (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        return e;
    then = arena_copy(&m->a->s->arena, e, sizeof *e);
    then->text = column_before(m->old, m->new, e->text)->name;
    return then;
}

/* Needs: is_askable_node of all of it; NULL stays NULL. */
static const struct expr *
expr_before(struct mentions *m, const struct expr *e)
{
    return e == NULL ? NULL : expr_rewrite(&m->a->s->arena, e, to_old_name, m);
}

/* Needs: all of them are askable. */
static struct index_keys
keys_before(struct mentions *m, const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];

        if (k.expr != NULL)
            k.expr = expr_before(m, k.expr);
        else
            k.column = column_before(m->old, m->new, k.column)->name;
        VEC_PUSH(&m->a->s->arena, &out.all, k);
    }
    return out;
}

static void
write_key_names(struct sqlw *w, const struct index_keys *keys, const char *between,
                const char *behind)
{
    VEC_EACH (i, &keys->all) {
        if (i > 0)
            sqlw_kw(w, between);
        sqlw_ident(w, keys->all.items[i].column);
        if (behind != NULL)
            sqlw_kw(w, behind);
    }
}

static struct slice
ask_for_duplicates(struct alter *a, const struct table *old, const struct constraint *k)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    write_key_names(&st.w, &k->keys, ",", NULL);
    sqlw_kw(&st.w, ", count(*) FROM");
    sqlw_qualified(&st.w, old->schema, old->name);
    sqlw_kw(&st.w, "WHERE");
    write_key_names(&st.w, &k->keys, "AND", "IS NOT NULL");
    sqlw_kw(&st.w, "GROUP BY");
    write_key_names(&st.w, &k->keys, ",", NULL);
    sqlw_kw(&st.w, "HAVING count(*) > 1");
    return postgres_end(&st);
}

static struct slice
ask_for_violations(struct alter *a, const struct table *old, const struct constraint *k)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    sqlw_raw(&st.w, alter_sample(a, old));
    sqlw_kw(&st.w, "FROM");
    sqlw_qualified(&st.w, old->schema, old->name);
    sqlw_kw(&st.w, "WHERE NOT");
    sqlw_expr_parens(&st.w, k->check);
    return postgres_end(&st);
}

/* child.a = parent.x AND … */
static void
write_join(struct sqlw *w, const struct constraint *k)
{
    VEC_EACH (i, &k->keys.all) {
        if (i > 0)
            sqlw_kw(w, "AND");
        sqlw_kw(w, "child.");
        w->need_blank = false;
        sqlw_ident(w, k->keys.all.items[i].column);
        sqlw_kw(w, "= parent.");
        w->need_blank = false;
        sqlw_ident(w, k->ref_columns.all.items[i]);
    }
}

static struct slice
ask_for_orphans(struct alter *a, const struct table *old, const struct constraint *k)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    sqlw_raw(&st.w, alter_sample(a, old));
    sqlw_kw(&st.w, ",");
    write_key_names(&st.w, &k->keys, ",", NULL);
    sqlw_kw(&st.w, "FROM");
    sqlw_qualified(&st.w, old->schema, old->name);
    sqlw_kw(&st.w, "AS child WHERE");
    write_key_names(&st.w, &k->keys, "AND", "IS NOT NULL");
    sqlw_kw(&st.w, "AND NOT EXISTS (SELECT 1 FROM");
    sqlw_qualified(&st.w, k->ref_schema, k->ref_table);
    sqlw_kw(&st.w, "AS parent WHERE");
    write_join(&st.w, k);
    sqlw_close(&st.w);
    return postgres_end(&st);
}

static bool
parent_is_askable(struct alter *a, const struct constraint *k)
{
    const struct table *new = catalog_find_table(a->r->to, k->ref_schema, k->ref_table);
    const struct table *old = catalog_find_table(a->r->from, k->ref_schema, k->ref_table);

    if (new == NULL || old == NULL || diff_old_table(a->r->changes, new) != old
        || k->keys.all.count != k->ref_columns.all.count)
        return false;
    VEC_EACH (i, &k->ref_columns.all) {
        struct slice name = k->ref_columns.all.items[i];
        const struct column *before = column_before(old, new, name);

        if (before == NULL || !slice_equal(before->name, name))
            return false;
    }
    return true;
}

static struct slice
violation_title(struct alter *a, const struct table *t, const struct constraint *k,
                const char *what)
{
    return slice_format(&a->s->arena, "%.*s has rows that %s (%.*s)", SLICE_ARG(t->name),
                        what, SLICE_ARG(k->name));
}

void
alter_require_rows(struct alter *a, struct action *to, const struct change *c)
{
    const struct constraint *k = c->new.constraint;
    const struct table *old = c->old.table;
    struct mentions m = { a, old, c->new.table };
    struct constraint then = *k; /* in the names of the old table */

    if (old == NULL || k->not_valid || a->r->has_data_step
        || !slice_equal(old->name, c->new.table->name))
        return;
    if (k->kind == CONSTRAINT_CHECK && expr_walk(k->check, is_askable_node, &m)) {
        then.check = expr_before(&m, k->check);
        alter_require(a, to, violation_title(a, old, k, "break the check"),
                      ask_for_violations(a, old, &then));
    }
    if (!keys_are_askable(old, c->new.table, &k->keys))
        return;
    then.keys = keys_before(&m, &k->keys);
    if (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY)
        alter_require(a, to, violation_title(a, old, k, "are alike"),
                      ask_for_duplicates(a, old, &then));
    if (k->kind == CONSTRAINT_FOREIGN_KEY && parent_is_askable(a, k))
        alter_require(a, to, violation_title(a, old, k, "refer to nothing"),
                      ask_for_orphans(a, old, &then));
}

/* ---- and before a unique index can be built ---- */

static bool
index_is_askable(struct alter *a, const struct table *old, const struct index *x)
{
    struct mentions m = { a, old, x->table };

    VEC_EACH (i, &x->keys.all) {
        const struct index_key *k = &x->keys.all.items[i];

        if (k->expr != NULL ? !expr_walk(k->expr, is_askable_node, &m)
                            : !is_there_already(old, x->table, k->column))
            return false;
    }
    return x->where == NULL || expr_walk(x->where, is_askable_node, &m);
}

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

static void
write_index_keys(struct sqlw *w, const struct index_keys *keys, const char *between,
                 const char *behind)
{
    bool is_first = true;

    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        if (!tells_rows_apart(k))
            continue;
        if (!is_first)
            sqlw_kw(w, between);
        is_first = false;
        if (k->expr != NULL)
            sqlw_expr_parens(w, k->expr);
        else
            sqlw_ident(w, k->column);
        if (behind != NULL)
            sqlw_kw(w, behind);
    }
}

/* NULLs are alike where the index says so, and to GROUP BY in any case. */
static void
write_index_rows(struct sqlw *w, const struct index *x)
{
    bool without_nulls = !x->nulls_not_distinct && any_tells_apart(&x->keys);

    if (!without_nulls && x->where == NULL)
        return;
    sqlw_kw(w, "WHERE");
    if (x->where != NULL)
        sqlw_expr_parens(w, x->where);
    if (x->where != NULL && without_nulls)
        sqlw_kw(w, "AND");
    if (without_nulls)
        write_index_keys(w, &x->keys, "AND", "IS NOT NULL");
}

static struct slice
ask_for_alike(struct alter *a, const struct table *old, const struct index *x)
{
    struct postgres_statement st;
    bool grouped = any_tells_apart(&x->keys);

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "SELECT");
    write_index_keys(&st.w, &x->keys, ",", NULL);
    sqlw_kw(&st.w, grouped ? ", count(*) FROM" : "count(*) FROM");
    sqlw_qualified(&st.w, old->schema, old->name);
    write_index_rows(&st.w, x);
    if (grouped)
        sqlw_kw(&st.w, "GROUP BY");
    write_index_keys(&st.w, &x->keys, ",", NULL);
    sqlw_kw(&st.w, "HAVING count(*) > 1");
    return postgres_end(&st);
}

/* What would stop it half way, and leave an INVALID one where it is built beside. */
void
alter_require_index_rows(struct alter *a, struct action *to, const struct index *x)
{
    const struct table *old = diff_old_table(a->r->changes, x->table);
    struct mentions m = { a, old, x->table };
    struct index then = *x; /* in the names of the old table */

    if (!x->unique || old == NULL || a->r->has_data_step
        || !slice_equal(old->name, x->table->name) || !index_is_askable(a, old, x))
        return;
    then.keys = keys_before(&m, &x->keys);
    then.where = expr_before(&m, x->where);
    alter_require(a, to,
                  slice_format(&a->s->arena, "%.*s has rows that are alike (%.*s)",
                               SLICE_ARG(old->name), SLICE_ARG(x->name)),
                  ask_for_alike(a, old, &then));
}

/* ---- the changes ---- */

static bool
calls_nothing_new(void *context, const struct expr *e)
{
    return e->kind != EXPR_CALL || !is_new_routine(context, e->text);
}

/* The rows are asked at once, so that the routine runs: what its body names, which
 * nothing says, may be anything that comes in this version. */
static struct action *
adding(struct alter *a, const struct change *c)
{
    const struct constraint *k = c->new.constraint;

    if (k->check != NULL
        && (alter_calls_late(a, k->check) || !expr_walk(k->check, calls_nothing_new, a)))
        return alter_late_action(a, c);
    return alter_action(a, PHASE_TIGHTEN,
                        k->kind == CONSTRAINT_FOREIGN_KEY ? TIGHTEN_FOREIGN_KEYS
                                                          : TIGHTEN_CONSTRAINTS,
                        c);
}

static void
add_constraint(struct alter *a, const struct change *c)
{
    const struct constraint *k = c->new.constraint;
    bool foreign = k->kind == CONSTRAINT_FOREIGN_KEY;
    struct action *to;

    if (online_add_constraint(a, c))
        return;
    to = adding(a, c);
    to->scans = !k->not_valid && alter_was_there(a, c->new.table);
    if (foreign)
        to->lock = "SHARE ROW EXCLUSIVE";
    alter_sql(a, to, postgres_add_constraint(a->s, c->new.table, k));
    if (k->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, NULL, k, k->comment));
    alter_require_rows(a, to, c);
    if (k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY)
        online_tell_why_whole(a, to, c->new.table);
}

static void
drop_constraint(struct alter *a, const struct change *c)
{
    bool foreign = c->old.constraint->kind == CONSTRAINT_FOREIGN_KEY;
    struct action *to;
    struct postgres_statement st;

    if (online_drop_constraint(a, c))
        return;
    to = alter_action(a, PHASE_CLEAR,
                      alter_constraint_is_held(a, c->old.table, c->old.constraint)
                          ? alter_holder_order(a)
                          : alter_clear_order(a, foreign),
                      c);
    postgres_begin_alter(a->s, &st, c->old.table, "DROP CONSTRAINT");
    sqlw_ident(&st.w, c->old.constraint->name);
    alter_sql(a, to, postgres_end(&st));
}

/* Readers and writers go on; the referenced table is only kept from being dropped. */
static void
validate_constraint(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_VALIDATE, c);

    alter_validate(a, to, c->new.table, c->new.constraint->name);
    alter_require_rows(a, to, c);
    alter_reason(a, to,
                 "Only the rows that were there before it have to be read: new ones "
                 "were checked all along.");
    if (online_is_in_use(a, c->new.table))
        online_settle(to, SETTLE_VALIDATE);
}

void
alter_validate(struct alter *a, struct action *to, const struct table *t,
               struct slice name)
{
    struct postgres_statement st;

    to->lock = "SHARE UPDATE EXCLUSIVE";
    to->scans = true;
    postgres_begin_alter(a->s, &st, t, "VALIDATE CONSTRAINT");
    sqlw_ident(&st.w, name);
    alter_sql(a, to, postgres_end(&st));
}

static void
rename_constraint(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_MEMBERS, c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "RENAME CONSTRAINT");
    sqlw_ident(&st.w, c->old.constraint->name);
    sqlw_kw(&st.w, "TO");
    sqlw_ident(&st.w, c->new.constraint->name);
    alter_sql(a, to, postgres_end(&st));
}

void
alter_constraints(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_ADD_CONSTRAINT)
        add_constraint(a, c);
    else if (c->kind == CHANGE_DROP_CONSTRAINT)
        drop_constraint(a, c);
    else if (c->kind == CHANGE_VALIDATE_CONSTRAINT)
        validate_constraint(a, c);
    else if (c->kind == CHANGE_RENAME_CONSTRAINT)
        rename_constraint(a, c);
}

/* ---- foreign keys that have not changed themselves ---- */

void
alter_find_changed_keys(struct alter *a)
{
    map_init(&a->changed_keys, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->new.constraint != NULL)
            map_put(&a->changed_keys,
                    order_constraint_key(&a->s->arena, c->new.table, c->new.constraint),
                    NULL);
    }
}

/* What happens to one table that foreign keys rely on. */
struct unsettling {
    VEC(const struct change *) changes;
};

static bool
may_unsettle(const struct change *c)
{
    const struct constraint *k = c->old.constraint;

    if (c->kind == CHANGE_DROP_CONSTRAINT)
        return k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY;
    if (c->kind == CHANGE_DROP_INDEX)
        return c->old.index->unique && c->old.index->where == NULL;
    return c->kind == CHANGE_COLUMN_TYPE
           && type_family(&c->old.column->type) != type_family(&c->new.column->type);
}

/* By the old name of the table; values are struct unsettling. */
void
alter_find_unsettling(struct alter *a, struct map *out)
{
    map_init(out, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct table *t =
            c->kind == CHANGE_DROP_INDEX ? c->old.index->table : c->old.table;
        struct unsettling *of_table;
        struct slice key;

        if (t == NULL || !may_unsettle(c))
            continue;
        key = catalog_key(&a->s->arena, t->schema, t->name);
        of_table = map_get(out, key);
        if (of_table == NULL) {
            of_table = ARENA_NEW(&a->s->arena, struct unsettling);
            map_put(out, key, of_table);
        }
        VEC_PUSH(&a->s->arena, &of_table->changes, c);
    }
}

static bool
refers_to(const struct constraint *key, struct slice column)
{
    return slices_have(&key->ref_columns, column);
}

/* The server takes the key whose columns are these, in whatever order; an index that is
 * no constraint's will do. */
static bool
stands_on(const struct constraint *key, const struct change *drop)
{
    const struct index_keys *unique = drop->kind == CHANGE_DROP_INDEX
                                          ? &drop->old.index->keys
                                          : &drop->old.constraint->keys;

    if (key->ref_columns.all.count != unique->all.count)
        return false;
    VEC_EACH (i, &unique->all)
        if (!refers_to(key, unique->all.items[i].column))
            return false;
    return true;
}

/*
 * Must the foreign key be down from PHASE_CLEAR to PHASE_TIGHTEN?  Only then: adding it
 * again reads both tables.  `t` and `key` are the old ones.
 */
bool
alter_key_is_unsettled(struct alter *a, const struct map *unsettling,
                       const struct table *t, const struct constraint *key)
{
    const struct unsettling *own =
        map_get(unsettling, catalog_key(&a->s->arena, t->schema, t->name));
    const struct unsettling *other =
        map_get(unsettling, catalog_key(&a->s->arena, key->ref_schema, key->ref_table));

    VEC_EACH (i, &key->keys.all) {
        const struct column *c = table_find_column(t, key->keys.all.items[i].column);

        if (c != NULL && c->has_type && alter_type_is_remade(a, &c->type))
            return true; /* for a moment its two sides are of two types */
    }
    for (size_t i = 0; own != NULL && i < own->changes.count; i++) {
        const struct change *c = own->changes.items[i];

        if (c->kind == CHANGE_COLUMN_TYPE
            && column_is_in(&key->keys, c->old.column->name))
            return true;
    }
    for (size_t i = 0; other != NULL && i < other->changes.count; i++) {
        const struct change *c = other->changes.items[i];

        if (c->kind == CHANGE_COLUMN_TYPE ? refers_to(key, c->old.column->name)
                                          : stands_on(key, c))
            return true;
    }
    return false;
}

/* Tables that get a key, or another type of column, only in PHASE_TIGHTEN. */
static bool
settles_late(const struct change *c)
{
    const struct constraint *k = c->new.constraint;

    if (c->kind == CHANGE_ADD_CONSTRAINT)
        return k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY;
    return c->kind == CHANGE_COLUMN_TYPE
           || (c->kind == CHANGE_CREATE_INDEX && c->new.index->unique);
}

/* By the name that the table will have. */
static void
mark_late_tables(struct alter *a, struct map *out)
{
    map_init(out, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct table *t =
            c->kind == CHANGE_CREATE_INDEX ? c->new.index->table : c->new.table;

        if (t != NULL && settles_late(c))
            map_put(out, catalog_key(&a->s->arena, t->schema, t->name), NULL);
    }
}

static bool
is_marked(struct alter *a, const struct map *marked, struct slice schema,
          struct slice name)
{
    return map_has(marked, catalog_key(&a->s->arena, schema, name));
}

static bool
is_new_table(const struct alter *a, struct slice schema, struct slice name)
{
    const struct table *t = catalog_find_table(a->r->to, schema, name);

    return t == NULL || diff_old_table(a->r->changes, t) == NULL;
}

void
alter_cut_keys_to_changed_tables(struct alter *a)
{
    struct map late;

    mark_late_tables(a, &late);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        for (size_t k = 0;
             c->kind == CHANGE_CREATE_TABLE && k < c->new.table->constraints.count; k++) {
            const struct constraint *key = c->new.table->constraints.items[k];

            if (key->kind == CONSTRAINT_FOREIGN_KEY
                && !is_new_table(a, key->ref_schema, key->ref_table)
                && is_marked(a, &late, key->ref_schema, key->ref_table))
                map_put(&a->new_order.cut,
                        order_constraint_key(&a->s->arena, c->new.table, key), NULL);
        }
    }
}

/* Dropped and added again around what happens to its columns or to the key it needs. */
static void
take_down(struct alter *a, const struct table *old, const struct table *new,
          const struct constraint *old_key, const struct constraint *new_key)
{
    struct change drop = { .kind = CHANGE_DROP_CONSTRAINT,
                           .old = { .table = old, .constraint = old_key },
                           .new = { .table = new } };
    struct change add = { .kind = CHANGE_ADD_CONSTRAINT,
                          .old = { .table = old },
                          .new = { .table = new, .constraint = new_key } };

    alter_constraints(a, &drop);
    alter_constraints(a, &add);
}

/* Those of tables that stay. */
static void
take_down_keys(struct alter *a, const struct map *unsettling)
{
    bool any = unsettling->count > 0 || a->remade_types.count > 0;

    for (size_t i = 0; any && i < a->r->to->tables.count; i++) {
        const struct table *t = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, t);

        for (size_t k = 0; old != NULL && k < t->constraints.count; k++) {
            const struct constraint *c = t->constraints.items[k];
            const struct constraint *was = table_find_constraint(old, c->name);

            if (c->kind == CONSTRAINT_FOREIGN_KEY && was != NULL && !c->inherited
                && !online_copies_key(a, old, was)
                && !map_has(&a->changed_keys, order_constraint_key(&a->s->arena, t, c))
                && alter_key_is_unsettled(a, unsettling, old, was))
                take_down(a, old, t, was, c);
        }
    }
}

/* Those of tables that go, but only after what they refer to has changed. */
static void
drop_keys(struct alter *a, const struct map *unsettling)
{
    bool any = unsettling->count > 0 || a->remade_types.count > 0;

    for (size_t i = 0; any && i < a->r->changes->all.count; i++) {
        const struct change *c = &a->r->changes->all.items[i];

        for (size_t k = 0;
             c->kind == CHANGE_DROP_TABLE && k < c->old.table->constraints.count; k++) {
            const struct constraint *key = c->old.table->constraints.items[k];
            struct change drop = { .kind = CHANGE_DROP_CONSTRAINT,
                                   .old = { .table = c->old.table, .constraint = key } };

            if (key->kind == CONSTRAINT_FOREIGN_KEY && !key->inherited
                && !alter_table_frees_key(a, c->old.table, key)
                && alter_key_is_unsettled(a, unsettling, c->old.table, key))
                alter_constraints(a, &drop);
        }
    }
}

void
alter_foreign_keys_in_the_way(struct alter *a)
{
    struct map unsettling;

    alter_find_unsettling(a, &unsettling);
    take_down_keys(a, &unsettling);
    drop_keys(a, &unsettling);
}
