/*
 * Foreign keys that refer to what they referred to, and only do something else when a
 * row goes, or check at another time.
 *
 * The rows keep to the old one, so nothing is asked of them.  When it checks is changed
 * in the catalog alone.  What it does is said by another key; on tables in use that takes
 * the old one's place in one transaction, or rows without a parent could come in between.
 */
#include "dialect/postgres/alter.h"

struct alter_restating {
    struct map drops; /* order_constraint_key → const struct change *, of foreign keys */
    struct map adds;
    struct map unsettling; /* alter_find_unsettling */
};

static const struct alter_restating *
find_restating(struct alter *a)
{
    struct alter_restating *r = a->restating;

    if (r != NULL)
        return r;
    r = a->restating = ARENA_NEW(&a->s->arena, struct alter_restating);
    map_init(&r->drops, &a->s->arena);
    map_init(&r->adds, &a->s->arena);
    alter_find_unsettling(a, &r->unsettling);
    VEC_EACH (i, &a->r->changes->all) {
        struct change *c = &a->r->changes->all.items[i];
        bool drops = c->kind == CHANGE_DROP_CONSTRAINT;
        const struct change_side *side = drops ? &c->old : &c->new;

        if ((drops || c->kind == CHANGE_ADD_CONSTRAINT)
            && side->constraint->kind == CONSTRAINT_FOREIGN_KEY)
            map_put(drops ? &r->drops : &r->adds,
                    order_constraint_key(&a->s->arena, side->table, side->constraint), c);
    }
    return r;
}

/* ---- the same reference ---- */

/* But for what is done, or when. */
static bool
refers_to_the_same(const struct constraint *old, const struct constraint *new)
{
    struct constraint as = *old;

    as.on_delete = new->on_delete;
    as.on_update = new->on_update;
    as.set_columns = new->set_columns;
    as.deferral = new->deferral;
    return constraint_equal(&as, new) && !constraint_equal(old, new) && !old->inherited
           && !new->inherited;
}

/* By its old name, and with the values that it had. */
static bool
column_stays(struct alter *a, const struct table *old, const struct table *new,
             struct slice name)
{
    const struct column *before = table_find_column(old, name);
    const struct column *after = table_find_column(new, name);
    struct change as = { .old = { .table = old, .column = before },
                         .new = { .table = new, .column = after } };

    return before != NULL && after != NULL
           && diff_old_column(old, new, after) == before
           && type_equal(&before->type, &after->type)
           && alter_declared_value(a, &as) == NULL;
}

static bool
table_stays(struct alter *a, const struct table *old, const struct table *new)
{
    return old != NULL && new != NULL && diff_old_table(a->r->changes, new) == old
           && slice_equal(old->name, new->name) && slice_equal(old->schema, new->schema)
           && !alter_changes_parents(a, new);
}

static bool
sides_stay(struct alter *a, const struct change *add)
{
    const struct constraint *k = add->new.constraint;
    const struct table *old = catalog_find_table(a->r->from, k->ref_schema, k->ref_table);
    const struct table *new = catalog_find_table(a->r->to, k->ref_schema, k->ref_table);

    if (!table_stays(a, add->old.table, add->new.table) || !table_stays(a, old, new))
        return false;
    VEC_EACH (i, &k->keys.all)
        if (!column_stays(a, add->old.table, add->new.table, k->keys.all.items[i].column))
            return false;
    VEC_EACH (i, &k->ref_columns.all)
        if (!column_stays(a, old, new, k->ref_columns.all.items[i]))
            return false;
    return true;
}

/* The change that drops the key which `c` adds, or adds the one which it drops. */
static const struct change *
other_half(const struct alter_restating *r, struct alter *a, const struct change *c)
{
    bool drops = c->kind == CHANGE_DROP_CONSTRAINT;
    const struct change_side *side = drops ? &c->old : &c->new;

    return map_get(drops ? &r->adds : &r->drops,
                   order_constraint_key(&a->s->arena, side->table, side->constraint));
}

const struct constraint *
alter_restated_key(struct alter *a, const struct change *add)
{
    const struct alter_restating *r = find_restating(a);
    const struct change *drop = other_half(r, a, add);

    return drop != NULL && !a->r->has_data_step
                   && refers_to_the_same(drop->old.constraint, add->new.constraint)
                   && sides_stay(a, add)
                   && !alter_key_is_unsettled(a, &r->unsettling, drop->old.table,
                                              drop->old.constraint)
               ? drop->old.constraint
               : NULL;
}

/* ---- in one step ---- */

static bool
acts_alike(const struct constraint *old, const struct constraint *new)
{
    struct constraint as = *old;

    as.deferral = new->deferral;
    return constraint_equal(&as, new);
}

/* PostgreSQL 15 takes no NOT VALID on a partitioned table. */
static bool
is_one_step(struct alter *a, const struct constraint *old, const struct change *add)
{
    const struct constraint *k = add->new.constraint;
    const struct table *parent =
        catalog_find_table(a->r->to, k->ref_schema, k->ref_table);

    return acts_alike(old, k)
           || (add->new.table->partition_by == NULL
               && (online_is_in_use(a, add->new.table) || online_is_in_use(a, parent)));
}

static struct action *
check_at_another_time(struct alter *a, const struct change *c,
                      const struct constraint *old)
{
    const struct constraint *k = c->new.constraint;
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_FOREIGN_KEYS, c);
    struct postgres_statement st;

    to->title = slice_format(&a->s->arena, "change constraint %.*s.%.*s",
                             SLICE_ARG(c->new.table->name), SLICE_ARG(k->name));
    postgres_begin_alter(a->s, &st, c->new.table, "ALTER CONSTRAINT");
    sqlw_ident(&st.w, k->name);
    sqlw_kw(&st.w, k->deferral == DEFERRAL_NONE ? "NOT DEFERRABLE"
                                                : deferral_words(k->deferral));
    alter_sql(a, to, postgres_end(&st));
    if (!alter_same_comment(old->comment, k->comment))
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, NULL, k, k->comment));
    alter_reason(a, to, "Only the catalog says when it is checked: no row is read.");
    return to;
}

bool
alter_key_goes_with_another(struct alter *a, const struct change *drop)
{
    const struct change *add = drop->old.constraint->kind == CONSTRAINT_FOREIGN_KEY
                                   ? other_half(find_restating(a), a, drop)
                                   : NULL;
    const struct constraint *old = add == NULL ? NULL : alter_restated_key(a, add);

    return old != NULL && is_one_step(a, old, add);
}

bool
alter_restate_key(struct alter *a, const struct change *add)
{
    const struct constraint *old = alter_restated_key(a, add);
    struct action *to;

    if (old == NULL || !is_one_step(a, old, add))
        return false;
    to = acts_alike(old, add->new.constraint) ? check_at_another_time(a, add, old)
                                              : online_restate_key(a, add, old);
    VEC_PUSH(&a->s->arena, &to->causes, *other_half(find_restating(a), a, add));
    return true;
}
