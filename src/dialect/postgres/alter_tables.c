/*
 * Tables: made, dropped, and renamed with the sequences of their columns.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

/* A partition that is made as one locks its parent; one that is attached lets others read
 * and write it (facts pg15-ddl-locks, table.create_partition_of, part.attach). */
static void
lock_parent(struct alter *a, struct action *to, const struct table *t)
{
    const struct table *parent = catalog_whole_of(a->r->to, t);

    if (parent != NULL && alter_was_there(a, parent))
        to->lock = t->attached ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
}

/* ---- indexes that a new partition brings along ---- */

static const struct index *
find_index(struct alter *a, const struct table *t, struct slice name)
{
    const struct table_indexes *indexes = alter_indexes_of(a, t);

    VEC_EACH (i, &indexes->all)
        if (slice_equal(indexes->all.items[i]->name, name))
            return indexes->all.items[i];
    return NULL;
}

/* NULL: it is no part of another. */
static const struct index *
find_whole(struct alter *a, const struct index *part)
{
    const struct table *parent =
        slice_is_none(part->part_of) ? NULL : catalog_whole_of(a->r->to, part->table);

    return parent == NULL ? NULL : find_index(a, parent, part->part_of);
}

/* Is it, or what it is a part of, there before the version? */
static bool
stands(struct alter *a, const struct index *x)
{
    while (x != NULL && !alter_was_there(a, x->table))
        x = find_whole(a, x);
    return x != NULL
           && !map_has(&a->made_indexes,
                       catalog_key(&a->s->arena, x->table->schema, x->name));
}

bool
alter_comes_with_table(struct alter *a, const struct index *x)
{
    return index_is_written(x) && !alter_was_there(a, x->table)
           && stands(a, find_whole(a, x));
}

static bool
has_part(struct alter *a, const struct table *t, const struct index *whole)
{
    const struct table_indexes *indexes = alter_indexes_of(a, t);

    VEC_EACH (i, &indexes->all)
        if (slice_equal(indexes->all.items[i]->part_of, whole->name))
            return true;
    return false;
}

/* Is a key of its own the part of an index that stands? */
static bool
brings_key(struct alter *a, const struct table *t)
{
    const struct table *parent = catalog_whole_of(a->r->to, t);
    const struct table_indexes *wholes =
        parent == NULL ? NULL : alter_indexes_of(a, parent);

    for (size_t i = 0; wholes != NULL && i < wholes->all.count; i++) {
        const struct index *whole = wholes->all.items[i];

        if (!has_part(a, t, whole) && online_find_key_as_part(whole, t) != NULL
            && stands(a, whole))
            return true;
    }
    return false;
}

static bool
brings_index(struct alter *a, const struct table *t)
{
    const struct table_indexes *indexes = alter_indexes_of(a, t);

    VEC_EACH (i, &indexes->all)
        if (alter_comes_with_table(a, indexes->all.items[i]))
            return true;
    return false;
}

/* As one that is given to its parents when it has its indexes; NULL: it has none of which
 * the server would make another part. */
static const struct table *
attached_with_indexes(struct alter *a, const struct table *t)
{
    struct table *copy;

    if (t->bound == NULL || (!brings_index(a, t) && !brings_key(a, t)))
        return NULL;
    copy = table_copy(&a->s->arena, t);
    copy->attached = true;
    return copy;
}

static void
add_own_indexes(struct alter *a, struct action *to, const struct table *t)
{
    const struct table_indexes *indexes = alter_indexes_of(a, t);

    VEC_EACH (i, &indexes->all) {
        const struct index *x = indexes->all.items[i];
        struct change c = { .kind = CHANGE_CREATE_INDEX, .new.index = x };

        if (!alter_comes_with_table(a, x))
            continue;
        alter_sql(a, to, postgres_create_index(a->s, x, false));
        postgres_add_index_settings(a->s, x, to);
        VEC_PUSH(&a->s->arena, &to->causes, c);
        if (x->comment.len > 0)
            alter_sql(a, to,
                      postgres_comment(a->s, "INDEX", t->schema, x->name, x->comment));
    }
    alter_reason(a, to,
                 "It brings its indexes along: the server would make parts of its own "
                 "beside them.");
}

static struct action *
add_table(struct alter *a, const struct change *c)
{
    const struct table *alone = attached_with_indexes(a, c->new.table);
    const struct table *t = alone == NULL ? c->new.table : alone;
    struct action *to = postgres_begin_table(a->s, t, &a->new_order, a->out);

    if (alone != NULL)
        add_own_indexes(a, to, c->new.table);
    postgres_finish_table(a->s, t, &a->new_order, to);
    to->causes.items[0].new.table = c->new.table;
    lock_parent(a, to, t);
    return to;
}

/* Of the table that another one becomes, or of one of its partitions. */
static bool
takes_rows_over(const struct alter *a, const struct table *t)
{
    while (t != NULL && alter_rows_before(a, t) == NULL)
        t = catalog_whole_of(a->r->to, t);
    return t != NULL && !alter_was_there(a, t);
}

static void
create_table(struct alter *a, const struct change *c)
{
    struct action *to = add_table(a, c);

    to->takes_rows_over = takes_rows_over(a, c->new.table);
    online_create_beside_rest(a, c, to);
    to->order = GROW_TABLES + order_of_table(a->s, &a->new_order, c->new.table);
    alter_late_defaults(a, c);
    postgres_settle_table(a->s, c->new.table, a->out);
}

static size_t
drop_order(struct alter *a, const struct table *t)
{
    size_t count = a->r->from->tables.count;

    return count - order_of_table(a->s, &a->old_order, t);
}

/* A key to a partitioned table stands on each of its partitions, which go before it. */
static bool
is_to_partitioned(const struct alter *a, const struct constraint *k)
{
    const struct table *t =
        k->kind != CONSTRAINT_FOREIGN_KEY
            ? NULL
            : catalog_find_table(a->r->from, k->ref_schema, k->ref_table);

    return t != NULL && t->partition_by != NULL;
}

bool
alter_table_frees_key(struct alter *a, const struct table *t, const struct constraint *k)
{
    return order_closes_cycle(a->s, &a->old_order, t, k) || is_to_partitioned(a, k);
}

/* Tables that refer to each other can only go once one of the keys is gone. */
static void
drop_cut_keys(struct alter *a, const struct change *c)
{
    const struct table *t = c->old.table;

    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];
        struct change drop = { .kind = CHANGE_DROP_CONSTRAINT,
                               .old = { .table = t, .constraint = k } };

        if (!k->inherited && alter_table_frees_key(a, t, k))
            alter_constraints(a, &drop);
    }
}

/* A key from a table that stays is a change of its own and gone by then. */
static void
drop_table(struct alter *a, const struct change *c)
{
    const struct table *t = c->old.table;
    struct slice name = alter_name(a, t->schema, t->name);
    struct slice then = alter_name(a, t->schema, alter_name_then(a, t->schema, t->name));
    struct action *to = alter_action(a, PHASE_SHRINK, 1 + drop_order(a, t), c);
    bool is_parked = alter_parks(a, t, NULL, to);

    if (!is_parked || !alter_moves_away(a, t, to))
        alter_sql(a, to, slice_format(&a->s->arena, "DROP TABLE %.*s", SLICE_ARG(then)));
    if (!is_parked)
        alter_loses(
            to, slice_format(&a->s->arena, "table %.*s", SLICE_ARG(t->name)),
            slice_format(&a->s->arena, "SELECT count(*) FROM %.*s", SLICE_ARG(name)));
    alter_detach_dropped(a, c);
    drop_cut_keys(a, c);
}

static void
rename_sequence(struct alter *a, struct action *to, const struct table *old_table,
                const struct column *old, const struct table *table,
                const struct column *new)
{
    struct slice before;
    struct slice after;

    if (old->identity == IDENTITY_NONE || new->identity == IDENTITY_NONE)
        return;
    if (old->inherited && !old->own_sequence)
        return; /* it counts by its parent's */
    before = naming_sequence(a->s, old_table, old);
    after = naming_sequence(a->s, table, new);
    if (slice_equal(before, after))
        return;
    before = alter_name(a, table->schema, before);
    after = alter_ident(a, after);
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER SEQUENCE IF EXISTS %.*s RENAME TO %.*s",
                           SLICE_ARG(before), SLICE_ARG(after)));
}

static bool
same_schema(const struct table *a, const struct table *b)
{
    return a->schema.len == b->schema.len
           && (a->schema.len == 0 || slice_equal(a->schema, b->schema));
}

static void
rename_table(struct alter *a, const struct change *c)
{
    const struct table *old = c->old.table;
    const struct table *new = c->new.table;
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_TABLES, c);
    struct slice name = alter_name(a, old->schema, old->name);
    struct slice target = alter_ident(a, new->name);
    struct slice schema =
        alter_ident(a, slice_is_none(new->schema) ? SLICE("public") : new->schema);

    if (!same_schema(old, new)) {
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s SET SCHEMA %.*s",
                               SLICE_ARG(name), SLICE_ARG(schema)));
        name = alter_name(a, new->schema, old->name);
    }
    if (!slice_equal(old->name, new->name))
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER TABLE %.*s RENAME TO %.*s",
                               SLICE_ARG(name), SLICE_ARG(target)));
    VEC_EACH (i, &new->columns) {
        const struct column *column = new->columns.items[i];
        const struct column *was = diff_old_column(old, new, column);

        if (was != NULL && slice_equal(was->name, column->name))
            rename_sequence(a, to, old, was, new, column);
    }
}

static void
rename_column(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_GROW, GROW_RENAME_MEMBERS, c);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, c->new.table, "RENAME COLUMN");
    sqlw_ident(&st.w, c->old.column->name);
    sqlw_kw(&st.w, "TO");
    sqlw_ident(&st.w, c->new.column->name);
    alter_sql(a, to, postgres_end(&st));
    rename_sequence(a, to, c->old.table, c->old.column, c->new.table, c->new.column);
}

static void
comment_table(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(a, PHASE_RESTORE, 0, c);
    const struct table *t = c->new.table;

    to->lock = "SHARE UPDATE EXCLUSIVE";
    alter_sql(a, to, postgres_comment(a->s, "TABLE", t->schema, t->name, t->comment));
}

void
alter_tables(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_CREATE_TABLE)
        create_table(a, c);
    else if (c->kind == CHANGE_DROP_TABLE)
        drop_table(a, c);
    else if (c->kind == CHANGE_RENAME_TABLE)
        rename_table(a, c);
    else if (c->kind == CHANGE_RENAME_COLUMN)
        rename_column(a, c);
    else if (c->kind == CHANGE_TABLE_OPTIONS)
        alter_options(a, c);
    else if (c->kind == CHANGE_TABLE_PARENTS)
        alter_parents(a, c);
    else if (c->kind == CHANGE_TABLE_COMMENT)
        comment_table(a, c);
}
