/*
 * A table that is made anew under its name, because no ALTER gives a table another
 * partition key: the rows of the old one, which was set aside (plan/remake.c), are moved
 * once its columns are what they will be, and it goes.
 *
 * Whatever the new table asks of rows is asked of the old one before anything changes.
 * Its indexes are built, its foreign keys checked and its triggers made behind the rows.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

/* ---- which ---- */

/* ATPrepAlterColumnType: "cannot alter column … because it is part of the partition
 * key". */
bool
alter_remakes_table(const struct change *c)
{
    if (c->kind == CHANGE_COLUMN_TYPE || c->kind == CHANGE_COLUMN_COLLATION)
        return table_is_divided_by(c->old.table, c->old.column->name);
    return c->kind == CHANGE_PARTITION_KEY;
}

void
alter_find_moves(struct alter *a)
{
    map_init(&a->moved, &a->s->arena);
    map_init(&a->moving, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind != CHANGE_MOVE_ROWS)
            continue;
        map_put(&a->moved,
                catalog_key(&a->s->arena, c->new.table->schema, c->new.table->name),
                (void *)(uintptr_t)c->old.table);
        map_put(&a->moving,
                catalog_key(&a->s->arena, c->old.table->schema, c->old.table->name),
                (void *)(uintptr_t)c);
    }
}

const struct table *
alter_rows_before(const struct alter *a, const struct table *t)
{
    const struct table *was = diff_old_table(a->r->changes, t);

    return was != NULL || a->moved.count == 0
               ? was
               : map_get(&a->moved, catalog_key(&a->s->arena, t->schema, t->name));
}

const struct change *
alter_move_of(const struct alter *a, const struct table *old)
{
    const struct change *found = NULL;

    while (found == NULL && old != NULL) {
        found = map_get(&a->moving, catalog_key(&a->s->arena, old->schema, old->name));
        old = catalog_only_parent(a->r->from, old);
    }
    return found;
}

bool
alter_is_parent(const struct alter *a, const struct table *old)
{
    return old->partition_by == NULL
           && map_has(&a->parents, catalog_key(&a->s->arena, old->schema, old->name));
}

bool
alter_takes_rows_of_children(const struct alter *a, const struct table *old)
{
    return alter_is_parent(a, old) && alter_move_of(a, old) != NULL;
}

/* Foreign keys of the new table and of its partitions wait for the rows of all. */
void
alter_cut_keys_of_moved(struct alter *a)
{
    for (size_t i = 0; a->moved.count > 0 && i < a->r->changes->all.count; i++) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind != CHANGE_CREATE_TABLE)
            continue;
        VEC_EACH (k, &c->new.table->constraints)
            if (c->new.table->constraints.items[k]->kind == CONSTRAINT_FOREIGN_KEY)
                map_put(&a->new_order.cut,
                        order_constraint_key(&a->s->arena, c->new.table,
                                             c->new.table->constraints.items[k]),
                        NULL);
    }
}

/* ---- columns ---- */

/* Of the table that is set aside; NULL: it has none that is moved. */
static const struct column *
column_there(const struct table *aside, const struct column *now)
{
    return now->generated != NULL ? NULL : table_find_column(aside, now->name);
}

static struct change
column_change(const struct change *c, const struct column *now)
{
    const struct column *was = diff_old_column(c->old.table, c->new.table, now);
    struct change out = { .kind = CHANGE_COLUMN_TYPE,
                          .old = { .table = c->old.table, .column = was },
                          .new = { .table = c->new.table, .column = now } };

    return out;
}

static bool
converts(const struct column *there, const struct column *now)
{
    return !type_equal(&there->type, &now->type);
}

static void
write_column(struct alter *a, struct sqlw *w, const struct change *c,
             const struct column *there, const struct column *now)
{
    const struct change column = column_change(c, now);

    if (converts(there, now))
        alter_write_converted(a, w, &column, true);
    else
        sqlw_ident(w, there->name);
}

static void
write_columns(struct alter *a, struct sqlw *w, const struct change *c,
              const struct table *aside, bool of_new)
{
    bool is_first = true;

    VEC_EACH (i, &c->new.table->columns) {
        const struct column *now = c->new.table->columns.items[i];
        const struct column *there = column_there(aside, now);

        if (there == NULL)
            continue;
        if (!is_first)
            sqlw_comma(w);
        is_first = false;
        if (of_new)
            sqlw_ident(w, now->name);
        else
            write_column(a, w, c, there, now);
    }
}

static bool
moves_any_column(const struct change *c, const struct table *aside)
{
    VEC_EACH (i, &c->new.table->columns)
        if (column_there(aside, c->new.table->columns.items[i]) != NULL)
            return true;
    return false;
}

static bool
counts_always(const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->identity == IDENTITY_ALWAYS)
            return true;
    return false;
}

/* The rows of `from`, which has the columns of the table that is set aside. */
static void
insert_rows(struct alter *a, struct action *to, const struct change *c,
            const struct table *aside, const struct table *target,
            const struct table *from, bool only)
{
    bool any = moves_any_column(c, aside);
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "INSERT INTO");
    sqlw_qualified(&st.w, target->schema, target->name);
    if (any) {
        sqlw_open(&st.w);
        write_columns(a, &st.w, c, aside, true);
        sqlw_close(&st.w);
    }
    if (any && counts_always(c->new.table))
        sqlw_kw(&st.w, "OVERRIDING SYSTEM VALUE");
    sqlw_kw(&st.w, "SELECT");
    write_columns(a, &st.w, c, aside, false);
    sqlw_kw(&st.w, only ? "FROM ONLY" : "FROM");
    sqlw_qualified(&st.w, from->schema, from->name);
    alter_sql(a, to, postgres_end(&st));
}

/* Is the old table moved by this change, perhaps as a part of another?  Changes are
 * copied between the stages of a plan. */
static bool
moves_with(const struct alter *a, const struct change *c, const struct table *old)
{
    const struct change *move = alter_move_of(a, old);

    return move != NULL && move->old.table == c->old.table;
}

/* The child by INHERITS that takes the name of what was a partition, and so its rows. */
static const struct table *
child_of_name(struct alter *a, const struct change *c, const struct table *part)
{
    const struct table *t = catalog_find_table(a->r->to, part->schema, part->name);

    return t == NULL || t->bound != NULL
                   || catalog_only_parent(a->r->to, t) != c->new.table
               ? NULL
               : t;
}

static bool
has_children(struct alter *a, const struct change *c)
{
    VEC_EACH (i, &a->r->from->tables)
        if (moves_with(a, c, a->r->from->tables.items[i])
            && child_of_name(a, c, a->r->from->tables.items[i]) != NULL)
            return true;
    return false;
}

/* Where children have rows of their own each part is moved by itself. */
static void
insert_parts(struct alter *a, struct action *to, const struct change *c,
             const struct table *aside)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];
        const struct table *there = diff_new_table(a->r->changes, t);
        const struct table *child = child_of_name(a, c, t);

        if (t->partition_by == NULL && there != NULL && there->successor != NULL
            && moves_with(a, c, t))
            insert_rows(a, to, c, aside, child == NULL ? c->new.table : child, there,
                        true);
    }
}

static void
insert_all(struct alter *a, struct action *to, const struct change *c,
           const struct table *aside)
{
    if (has_children(a, c))
        insert_parts(a, to, c, aside);
    else
        insert_rows(a, to, c, aside, c->new.table, aside, false);
}

/* It goes on where the old one was; the rights on that went with it. */
static void
hand_numbers_over(struct alter *a, struct action *to, const struct change *c,
                  const struct table *aside)
{
    VEC_EACH (i, &c->new.table->columns) {
        const struct column *now = c->new.table->columns.items[i];
        const struct column *there = column_there(aside, now);
        struct sequence before = numbering_of(there == NULL ? NULL : there->numbering);
        struct sequence then = numbering_of(now->numbering);
        bool goes_on;

        if (there == NULL || now->identity == IDENTITY_NONE)
            continue;
        goes_on = there->identity != IDENTITY_NONE
                  && (before.increment > 0) == (then.increment > 0);
        alter_loses_grants(a, c, "sequence", c->new.table->schema,
                           naming_sequence(a->s, c->new.table, now), SLICE_NONE);
        if (goes_on)
            alter_sql(a, to, postgres_note_number(a->s, aside, there));
        alter_sql(a, to, postgres_catch_up(a->s, c->new.table, now, goes_on));
    }
}

/* ---- rows that no policy may hide ---- */

static void
set_row_security(struct alter *a, struct action *to, const struct table *t,
                 const char *words)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, words);
    alter_sql(a, to, postgres_end(&st));
}

static void
move(struct alter *a, struct action *to, const struct change *c,
     const struct table *aside)
{
    const struct table *t = c->new.table;

    if (aside->row_security && aside->force_row_security)
        set_row_security(a, to, aside, "NO FORCE ROW LEVEL SECURITY");
    if (t->row_security && t->force_row_security)
        set_row_security(a, to, t, "NO FORCE ROW LEVEL SECURITY");
    insert_all(a, to, c, aside);
    if (t->row_security && t->force_row_security)
        set_row_security(a, to, t, "FORCE ROW LEVEL SECURITY");
    hand_numbers_over(a, to, c, aside);
}

/* ---- what is asked ---- */

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
    if (alter_is_kept(alter_stored_type(a, &older->column->type),
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
        const struct column *there = column_there(aside, now);
        const struct change column = column_change(c, now);

        if (there == NULL || column.old.column == NULL || !converts(there, now))
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
                column_there(aside, c->new.table->columns.items[k]) == there;
        if (!is_moved)
            alter_loses(to, what,
                        slice_format(&a->s->arena, "SELECT count(%.*s) FROM %.*s",
                                     SLICE_ARG(alter_ident(a, there->name)),
                                     SLICE_ARG(alter_name(a, c->old.table->schema,
                                                          c->old.table->name))));
    }
}

static void
drop_table(struct alter *a, struct action *to, const struct table *t)
{
    alter_sql(a, to,
              slice_format(&a->s->arena, "DROP TABLE %.*s",
                           SLICE_ARG(alter_name(a, t->schema, t->name))));
}

/* A partition goes with its whole, a child by INHERITS before its parent. */
static void
drop_children(struct alter *a, struct action *to, const struct change *c, size_t depth)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];
        const struct table *child = diff_new_table(a->r->changes, t);

        if (t->bound == NULL && t->depth == depth && child != NULL
            && child->successor != NULL && moves_with(a, c, t))
            drop_table(a, to, child);
    }
}

static void
drop_aside(struct alter *a, const struct change *c, const struct table *aside)
{
    struct action *to = alter_action(a, PHASE_SHRINK, 1, c);
    size_t deepest = c->old.table->depth;

    to->title = slice_format(&a->s->arena, "drop table %.*s", SLICE_ARG(aside->name));
    to->table = aside->name;
    VEC_EACH (i, &a->r->from->tables)
        if (moves_with(a, c, a->r->from->tables.items[i])
            && a->r->from->tables.items[i]->depth > deepest)
            deepest = a->r->from->tables.items[i]->depth;
    for (; deepest > c->old.table->depth; deepest--)
        drop_children(a, to, c, deepest);
    drop_table(a, to, aside);
}

void
alter_move_rows(struct alter *a, const struct change *c)
{
    const struct table *aside = diff_new_table(a->r->changes, c->old.table);
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_MOVE, c);

    to->rewrites = true;
    to->scans = true;
    to->hazards |= a->in_use ? HAZARD_LONG_LOCK | HAZARD_REWRITE : 0;
    move(a, to, c, aside);
    require_partition(a, to, c);
    require_columns(a, to, c, aside);
    require_rules(a, to, c);
    tell_lost_keys(a, to, c, aside);
    alter_reason(a, to,
                 "The server changes no table's partition key: another table takes its "
                 "name, and its rows in the same transaction.");
    drop_aside(a, c, aside);
}
