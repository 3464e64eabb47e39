/*
 * Tables OF a type: untied before the type or the table changes, tied again when both
 * have done so.  The server would refuse each of the changes alone.
 */
#include "dialect/postgres/alter.h"

static bool
is_same_type(const struct table *old, const struct table *new)
{
    return slice_equal(old->of_type.name, new->of_type.name)
           && slice_equal(old->of_type.schema, new->of_type.schema);
}

static bool
touches(const struct change *c, const struct table *new)
{
    const struct definition *d = c->new.definition;

    if (c->kind == CHANGE_ADD_COLUMN || c->kind == CHANGE_DROP_COLUMN
        || c->kind == CHANGE_RENAME_COLUMN || c->kind == CHANGE_COLUMN_TYPE)
        return c->new.table == new;
    return d != NULL && d->detail == DETAIL_COMPOSITE && c->old.definition != NULL
           && slice_equal(d->name, new->of_type.name)
           && slice_equal(d->schema, new->of_type.schema);
}

static bool
is_touched(const struct alter *a, const struct table *new)
{
    if (slice_is_none(new->of_type.name))
        return false;
    VEC_EACH (i, &a->r->changes->all)
        if (touches(&a->r->changes->all.items[i], new))
            return true;
    return false;
}

static void
untie(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_CLEAR, CLEAR_TRIGGERS, c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->old.table, "NOT OF");
    alter_sql(a, to, postgres_end(&st));
}

static void
tie(struct alter *a, const struct change *c)
{
    const struct relation_name *type = &c->new.table->of_type;
    struct action *to = alter_action(a, PHASE_RESTORE, 0, c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "OF");
    sqlw_qualified(&st.w, type->schema, type->name);
    alter_sql(a, to, postgres_end(&st));
}

void
alter_typed_tables(struct alter *a)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *new = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, new);
        const struct change c = { .kind = CHANGE_TABLE_OPTIONS,
                                  .old.table = old,
                                  .new.table = new };

        if (old == NULL || (is_same_type(old, new) && !is_touched(a, new)))
            continue;
        if (!slice_is_none(old->of_type.name))
            untie(a, &c);
        if (!slice_is_none(new->of_type.name))
            tie(a, &c);
    }
}
