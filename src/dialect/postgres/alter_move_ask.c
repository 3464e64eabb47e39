/*
 * What is asked before the rows of a table that is made anew are moved (alter_move.c): of
 * the old table, whether the new one takes all of them, and what they lose.
 */
#include "dialect/postgres/alter_move.h"

/* ---- which partition takes a row ---- */

struct partitions {
    VEC(const struct table *) all;
};

static struct partitions
partitions_of(struct alter *a, const struct table *t)
{
    struct partitions out = { 0 };

    VEC_EACH (i, &a->r->to->tables)
        if (catalog_whole_of(a->r->to, a->r->to->tables.items[i]) == t)
            VEC_PUSH(&a->s->arena, &out.all, a->r->to->tables.items[i]);
    return out;
}

/* A remainder is told by the parent's name, which is another table's so far. */
static bool
can_be_asked(const struct alter *a, const struct table *t)
{
    if (!online_bound_can_be_written(a, t))
        return false;
    for (; t->bound != NULL; t = catalog_whole_of(a->r->to, t))
        if (t->bound->kind == BOUND_HASH)
            return false;
    return true;
}

/* Bounds of which a row has to be within one; false: it need not, or one cannot tell. */
static bool
find_bounds(struct alter *a, const struct table *t, struct partitions *out)
{
    const struct partitions parts = partitions_of(a, t);

    if (t->partition_by == NULL) {
        VEC_PUSH(&a->s->arena, &out->all, t);
        return can_be_asked(a, t);
    }
    VEC_EACH (i, &parts.all)
        if (parts.all.items[i]->bound->kind == BOUND_DEFAULT
            && parts.all.items[i]->partition_by == NULL) {
            VEC_PUSH(&a->s->arena, &out->all, t); /* whatever is within its own */
            return t->bound != NULL && can_be_asked(a, t);
        }
    VEC_EACH (i, &parts.all)
        if (!find_bounds(a, parts.all.items[i], out))
            return false;
    return true;
}

/* The columns that the bounds speak of. */
static struct slices
keys_of(struct alter *a, const struct partitions *bounds)
{
    struct slices out = { 0 };

    VEC_EACH (i, &bounds->all)
        for (const struct table *t = bounds->all.items[i]; t->bound != NULL;
             t = catalog_whole_of(a->r->to, t)) {
            const struct table *whole = catalog_whole_of(a->r->to, t);
            const struct index_keys *keys = &whole->partition_by->keys;

            VEC_EACH (k, &keys->all)
                if (!slices_have(&out, keys->all.items[k].column))
                    VEC_PUSH(&a->s->arena, &out.all, keys->all.items[k].column);
        }
    return out;
}

/* "id, day" of (SELECT id, CAST(d AS date) AS day FROM old): what tells a row, and what
 * it will hold in the columns of the key.  False: its rows do not tell. */
static bool
write_rows(struct alter *a, struct text *list, struct sqlw *from, const struct change *c,
           const struct slices *keys)
{
    const struct constraint *key = c->old.table->primary_key;

    sqlw_kw(from, "(SELECT");
    VEC_EACH (i, &keys->all) {
        const struct column *now = table_find_column(c->new.table, keys->all.items[i]);
        const struct expr *value =
            now == NULL ? NULL : alter_value_then(a, c->old.table, c->new.table, now);

        if (value == NULL)
            return false;
        if (i > 0)
            sqlw_comma(from);
        sqlw_expr(from, value);
        sqlw_kw(from, "AS");
        sqlw_ident(from, keys->all.items[i]);
        text_addf(list, "%s%.*s", i > 0 ? ", " : "",
                  SLICE_ARG(alter_ident(a, keys->all.items[i])));
    }
    for (size_t i = 0; key != NULL && i < key->keys.all.count; i++) {
        struct slice name = key->keys.all.items[i].column;

        if (slices_have(keys, name))
            continue;
        sqlw_comma(from);
        sqlw_ident(from, name);
        text_addf(list, ", %.*s", SLICE_ARG(alter_ident(a, name)));
    }
    sqlw_kw(from, "FROM");
    sqlw_qualified(from, c->old.table->schema, c->old.table->name);
    sqlw_close(from);
    return true;
}

static bool
are_as_they_were(const struct change *c, const struct slices *keys)
{
    VEC_EACH (i, &keys->all) {
        const struct column *was = table_find_column(c->old.table, keys->all.items[i]);
        const struct column *now = table_find_column(c->new.table, keys->all.items[i]);

        if (was == NULL || now == NULL || !type_equal(&was->type, &now->type)
            || diff_old_column(c->old.table, c->new.table, now) != was)
            return false;
    }
    return true;
}

/* SELECT … FROM …, of the rows as they are or as they will be; none: they do not tell. */
static struct slice
select_rows(struct alter *a, const struct change *c, const struct slices *keys)
{
    struct postgres_statement from;
    struct text list;

    if (are_as_they_were(c, keys))
        return slice_format(&a->s->arena, "SELECT %.*s FROM %.*s",
                            SLICE_ARG(alter_sample(a, c->old.table)),
                            SLICE_ARG(alter_name(a, c->old.table->schema,
                                                 c->old.table->name)));
    text_init(&list, &a->s->arena);
    postgres_begin(a->s, &from);
    if (!write_rows(a, &list, &from.w, c, keys))
        return SLICE_NONE;
    return slice_format(&a->s->arena, "SELECT %.*s FROM %.*s AS moved",
                        SLICE_ARG(text_slice(&list)), SLICE_ARG(postgres_end(&from)));
}

static void
require_partition(struct alter *a, struct action *to, const struct change *c)
{
    struct partitions bounds = { 0 };
    struct slices keys;
    struct slice rows;
    struct text query;

    if (c->new.table->partition_by == NULL || !find_bounds(a, c->new.table, &bounds))
        return;
    keys = keys_of(a, &bounds);
    rows = select_rows(a, c, &keys);
    if (slice_is_none(rows))
        return;
    text_init(&query, &a->s->arena);
    text_add(&query, rows);
    VEC_EACH (i, &bounds.all)
        text_addf(&query, "%s(%.*s)", i == 0 ? " WHERE (" : " OR ",
                  SLICE_ARG(online_bound(a, bounds.all.items[i], false)));
    if (bounds.all.count > 0)
        text_addz(&query, ") IS NOT TRUE");
    alter_require(a, to,
                  slice_format(&a->s->arena, "%.*s has rows that no partition takes",
                               SLICE_ARG(c->old.table->name)),
                  text_slice(&query));
}

/* ---- columns ---- */

/* Nor does --keep keep what the key of a table becomes. */
static void
tell_rounded(struct alter *a, struct action *to, const struct change *column)
{
    const struct change_side *older = a->r->down ? &column->new : &column->old;
    const struct change_side *newer = a->r->down ? &column->old : &column->new;
    struct slice rounded = alter_rounding(a, column);

    if (!slice_is_none(rounded))
        alter_loses(to,
                    alter_member_title(a, "digits of", column->old.table,
                                       column->old.column),
                    rounded);
    if (alter_converts_one_way(alter_stored_type(a, &older->column->type),
                               alter_stored_type(a, &newer->column->type)))
        alter_tell_missing(
            a, alter_member_title(a, "the values of", older->table, older->column),
            rounded);
}

static void
require_columns(struct alter *a, struct action *to, const struct change *c,
                const struct table *aside)
{
    VEC_EACH (i, &c->new.table->columns) {
        const struct column *now = c->new.table->columns.items[i];
        const struct column *there = move_column_there(aside, now);
        const struct change column = move_column_change(c, now);

        if (there == NULL || column.old.column == NULL || !move_converts(there, now))
            continue;
        if (alter_declared_value(a, &column) != NULL)
            alter_refuse(a, &column,
                         "the table is partitioned by it and made anew; say the values "
                         "in a version before, in a column beside it");
        (void)alter_refuse_without_cast(a, &column);
        alter_require_castable(a, to, &column);
        tell_rounded(a, to, &column);
    }
}

/* A column that nobody could drop before, as the rows were divided by it. */
static void
tell_lost_keys(struct alter *a, struct action *to, const struct change *c,
               const struct table *aside)
{
    VEC_EACH (i, &aside->columns) {
        const struct column *there = aside->columns.items[i];
        struct slice what = alter_member_title(a, "column", c->old.table, there);
        bool is_moved = there->generated != NULL;

        for (size_t k = 0; !is_moved && k < c->new.table->columns.count; k++)
            is_moved =
                move_column_there(aside, c->new.table->columns.items[k]) == there;
        if (!is_moved)
            alter_loses(to, what,
                        slice_format(&a->s->arena, "SELECT count(%.*s) FROM %.*s",
                                     SLICE_ARG(alter_ident(a, there->name)),
                                     SLICE_ARG(alter_name(a, c->old.table->schema,
                                                          c->old.table->name))));
    }
}

/* ---- keys, checks and indexes ---- */

/* What stands on a parent holds for none of its children by INHERITS. */
static bool
has_equal(struct alter *a, const struct table *old, const struct constraint *key)
{
    if (alter_takes_rows_of_children(a, old))
        return false;
    VEC_EACH (i, &old->constraints)
        if (!old->constraints.items[i]->not_valid
            && constraint_equal(old->constraints.items[i], key))
            return true;
    return false;
}

static void
require_rules(struct alter *a, struct action *to, const struct change *c)
{
    const struct table_indexes *indexes = alter_indexes_of(a, c->new.table);

    VEC_EACH (i, &c->new.table->constraints) {
        const struct constraint *k = c->new.table->constraints.items[i];
        const struct change add = { .kind = CHANGE_ADD_CONSTRAINT,
                                    .old = { .table = c->old.table },
                                    .new = { .table = c->new.table, .constraint = k } };

        if (!has_equal(a, c->old.table, k))
            alter_require_rows(a, to, &add);
    }
    VEC_EACH (i, &indexes->all)
        alter_require_index_rows(a, to, indexes->all.items[i]);
}

/* ---- all of it ---- */

void
move_require(struct alter *a, struct action *to, const struct change *c,
             const struct table *aside)
{
    require_partition(a, to, c);
    require_columns(a, to, c, aside);
    require_rules(a, to, c);
    tell_lost_keys(a, to, c, aside);
}
