/*
 * Constraints: dropped first, under the old names; added last, foreign keys behind the
 * keys that they refer to.
 */
#include "dialect/postgres/alter.h"

static bool
calls_nothing_new(void *context, const struct expr *e)
{
    return e->kind != EXPR_CALL || !alter_is_new_routine(context, e->text);
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
    if (k->kind == CONSTRAINT_FOREIGN_KEY && alter_key_waits_for_parts(a, k))
        return alter_action(a, PHASE_INDEX, INDEX_FOREIGN_KEYS, c);
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

    if (foreign && alter_restate_key(a, c))
        return;
    if (online_add_constraint(a, c))
        return;
    to = adding(a, c);
    to->scans = !k->not_valid && alter_rows_before(a, c->new.table) != NULL;
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
    /* What a partition has of its whole is its own once it has left. */
    bool first = c->old.constraint->kind == CONSTRAINT_FOREIGN_KEY
                 && !c->old.constraint->inherited;
    struct action *to;
    struct postgres_statement st;

    if (alter_key_goes_with_another(a, c) || online_drop_constraint(a, c))
        return;
    to = alter_action(a, PHASE_CLEAR,
                      alter_constraint_is_held(a, c->old.table, c->old.constraint)
                          ? alter_holder_order(a)
                          : alter_clear_order(a, first),
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

/* Two types of which either may refer to the other: the server has an operator for both,
 * or casts the one that refers without a word. */
static bool
refer_to_each_other(const struct type *one, const struct type *other)
{
    static const enum type_kind kin[][3] = {
        { TYPE_INT2, TYPE_INT4, TYPE_INT8 },
        { TYPE_TEXT, TYPE_VARCHAR, TYPE_VARCHAR },
        { TYPE_DATE, TYPE_TIMESTAMP, TYPE_TIMESTAMPTZ },
        { TYPE_REAL, TYPE_DOUBLE, TYPE_DOUBLE },
    };

    if (one->kind == other->kind)
        return one->kind != TYPE_NAMED
               || (slice_equal(one->name, other->name)
                   && slice_equal(one->schema, other->schema));
    for (size_t i = 0; i < ARRAY_LEN(kin); i++) {
        bool has_one = false;
        bool has_other = false;

        for (size_t k = 0; k < ARRAY_LEN(kin[i]); k++) {
            has_one |= kin[i][k] == one->kind;
            has_other |= kin[i][k] == other->kind;
        }
        if (has_one && has_other)
            return true;
    }
    return false;
}

static bool
may_unsettle(const struct alter *a, const struct change *c)
{
    const struct constraint *k = c->old.constraint;

    if (c->kind == CHANGE_DROP_CONSTRAINT)
        return k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY;
    if (c->kind == CHANGE_DROP_INDEX)
        return c->old.index->unique && c->old.index->where == NULL;
    return c->kind == CHANGE_COLUMN_TYPE
           && !refer_to_each_other(alter_stored_type(a, &c->old.column->type),
                                   alter_stored_type(a, &c->new.column->type));
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

        if (t == NULL || !may_unsettle(a, c))
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

    if (alter_key_is_in_the_way(a, key))
        return true;
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
    bool any = unsettling->count > 0 || a->remade_types.count > 0 || a->rebound.count > 0;

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
    bool any = unsettling->count > 0 || a->remade_types.count > 0 || a->rebound.count > 0;

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
