/*
 * A table that is made anew under its name, because no ALTER gives a table another
 * partition key: the rows of the old one, which was set aside (plan/remake.c), are moved
 * once its columns are what they will be, and it goes.
 *
 * Whatever the new table asks of rows is asked of the old one before anything changes
 * (alter_move_ask.c).  Its indexes are built, its foreign keys checked and its triggers
 * made behind the rows.
 */
#include "dialect/postgres/alter_move.h"

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

const struct column *
move_column_there(const struct table *aside, const struct column *now)
{
    return now->generated != NULL ? NULL : table_find_column(aside, now->name);
}

struct change
move_column_change(const struct change *c, const struct column *now)
{
    const struct column *was = diff_old_column(c->old.table, c->new.table, now);
    struct change out = { .kind = CHANGE_COLUMN_TYPE,
                          .old = { .table = c->old.table, .column = was },
                          .new = { .table = c->new.table, .column = now } };

    return out;
}

bool
move_converts(const struct column *there, const struct column *now)
{
    return !type_equal(&there->type, &now->type);
}

static void
write_column(struct alter *a, struct sqlw *w, const struct change *c,
             const struct column *there, const struct column *now)
{
    const struct change column = move_column_change(c, now);

    if (move_converts(there, now))
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
        const struct column *there = move_column_there(aside, now);

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
        if (move_column_there(aside, c->new.table->columns.items[i]) != NULL)
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
        const struct column *there = move_column_there(aside, now);
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

/* ---- all of it ---- */

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
    move_require(a, to, c, aside);
    alter_reason(a, to,
                 "The server changes no table's partition key: another table takes its "
                 "name, and its rows in the same transaction.");
    drop_aside(a, c, aside);
}
