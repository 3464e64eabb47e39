/*
 * One table that is made anew (remake.c): what is set aside of the old one, with columns
 * that its rows can be moved from, the partitions that go with it, and the moves.
 */
#include "model/was.h"
#include "plan/remake.h"

/* ---- columns ---- */

/* The new column that an old one is; NULL: none. */
static const struct column *
column_now(const struct table *old, const struct column *c, const struct table *new)
{
    const struct column *same = table_find_column(new, c->name); /* nearly always */

    if (same != NULL && diff_old_column(old, new, same) == c)
        return same;
    VEC_EACH (i, &new->columns)
        if (diff_old_column(old, new, new->columns.items[i]) == c)
            return new->columns.items[i];
    return NULL;
}

struct sides {
    const struct table *old;
    const struct table *new;
};

static struct slice
name_now(const struct sides *t, struct slice name)
{
    const struct column *c = table_find_column(t->old, name);
    const struct column *now = c == NULL ? NULL : column_now(t->old, c, t->new);

    return now == NULL ? name : now->name;
}

struct renaming {
    struct arena *a;
    const struct sides *sides;
};

static const struct expr *
rename_node(void *context, const struct expr *e)
{
    const struct renaming *r = context;
    struct expr *out;

    if (e->kind != EXPR_COLUMN || slice_equal(name_now(r->sides, e->text), e->text))
        return e;
    out = arena_copy(r->a, e, sizeof *e);
    out->text = name_now(r->sides, e->text);
    return out;
}

static const struct expr *
expr_now(struct arena *a, const struct sides *t, const struct expr *e)
{
    struct renaming r = { a, t };

    return e == NULL ? NULL : expr_rewrite(a, e, rename_node, &r);
}

static const struct partition_by *
partition_by_now(struct arena *a, const struct sides *t, const struct partition_by *from)
{
    struct partition_by *by;

    if (from == NULL)
        return NULL;
    by = arena_copy(a, from, sizeof *by);
    memset(&by->keys, 0, sizeof by->keys);
    VEC_EACH (i, &from->keys.all) {
        struct index_key k = from->keys.all.items[i];

        if (!slice_is_none(k.column))
            k.column = name_now(t, k.column);
        k.expr = expr_now(a, t, k.expr);
        VEC_PUSH(a, &by->keys.all, k);
    }
    return by;
}

static void
take_name(struct column *c, const struct column *old, struct slice name)
{
    c->name = name;
    c->was = slice_equal(old->name, name) ? SLICE_NONE : old->name;
}

/* It has the values that @from or @back says; the rest of what is new is of no use to a
 * table that goes. */
static void
take_type(struct column *c, const struct column *now)
{
    c->type = now->type;
    c->collation = now->collation;
    c->from = now->from;
    c->back = now->back;
    c->span = now->span;
    c->default_value = NULL; /* may be no value of the new type */
    c->null_default = false;
    if (now->identity == IDENTITY_NONE) {
        c->identity = IDENTITY_NONE;
        c->numbering = NULL;
    }
}

/* What a conversion takes away is kept beside the table whose column changes. */
static bool
can_be_kept(const struct remaking *x, const struct sides *t, const struct column *old,
            const struct column *now)
{
    const struct type *from = diff_stored(x->declared, &old->type);
    const struct type *to = diff_stored(x->declared, &now->type);

    if (table_is_divided_by(t->old, old->name) || table_is_divided_by(t->new, now->name))
        return false;
    return x->r->direction == PLAN_DOWN
               ? x->r->dialect->converts_one_way(to, from)
               : x->r->dialect->converts_one_way(from, to);
}

/* NULL: it is dropped there.  Values that only convert do so when they are moved. */
static struct column *
aside_column(const struct remaking *x, const struct sides *t, const struct column *old)
{
    bool down = x->r->direction == PLAN_DOWN;
    bool divides = table_is_divided_by(t->old, old->name);
    const struct column *now = column_now(t->old, old, t->new);
    struct column *c = arena_copy(&x->s->arena, old, sizeof *c);

    take_name(c, old, now == NULL ? old->name : now->name);
    c->generated = expr_now(&x->s->arena, t, old->generated);
    if (divides && now != NULL)
        c->not_null = old->not_null || now->not_null;
    if (divides || (now != NULL && old->generated != NULL && now->generated != NULL))
        return c;
    if (now == NULL || (now->generated != NULL && old->generated == NULL))
        return NULL;
    if (!type_equal(&old->type, &now->type)
        && ((down ? old->back : now->from) != NULL || can_be_kept(x, t, old, now)))
        take_type(c, now);
    c->not_null = old->not_null || now->not_null;
    c->generated = NULL;
    if (c->not_null && !old->not_null) {
        c->from = now->from;
        c->span = now->span;
    }
    return c;
}

static void
empty_columns(struct arena *a, struct table *t)
{
    t->columns.items = NULL;
    t->columns.count = t->columns.capacity = 0;
    map_init(&t->column_names, a);
}

static void
add_column(struct arena *a, struct table *t, struct column *c)
{
    if (c == NULL)
        return;
    c->number = t->columns.count;
    VEC_PUSH(a, &t->columns, c);
    map_put(&t->column_names, c->name, c);
}

static void
add_columns(const struct remaking *x, struct table *aside, const struct table *old,
            const struct table *new)
{
    struct arena *a = &x->s->arena;
    const struct sides sides = { old, new };

    empty_columns(a, aside);
    VEC_EACH (i, &old->columns)
        add_column(a, aside, aside_column(x, &sides, old->columns.items[i]));
    VEC_EACH (i, &new->columns) {
        struct column *c;

        if (new->columns.items[i]->generated != NULL
            || diff_old_column(old, new, new->columns.items[i]) != NULL)
            continue;
        c = arena_copy(a, new->columns.items[i], sizeof *c);
        c->comment = SLICE_NONE;
        add_column(a, aside, c);
    }
}

/* ---- tables ---- */

/* What it says of itself stays as it was. */
static struct table *
bare_table(struct remaking *x, const struct table *old, struct slice schema,
           const struct table *successor)
{
    struct arena *a = &x->s->arena;
    struct table *t = table_copy(a, old);
    const struct relation_name before = { .schema = old->schema, .name = old->name };
    struct relation_name now = { .schema = schema };

    now.name = plan_name_aside(a, &x->taken, schema, old->name);
    t->schema = now.schema;
    t->name = now.name;
    t->was = was_said(a, &before, &now);
    t->successor = successor;
    t->span = successor->span; /* which is why it goes */
    t->constraints.items = NULL;
    t->constraints.count = t->constraints.capacity = 0;
    t->primary_key = NULL;
    map_put(&x->done, remake_key(x, old), t);
    return t;
}

/* It leaves its parents, whose child the new one may be. */
static void
leave_parents(struct table *t)
{
    if (t->parents.all.count == 0)
        return;
    t->bound = NULL;
    t->depth = 0;
    t->attached = false;
    memset(&t->parents, 0, sizeof t->parents);
    VEC_EACH (i, &t->columns) {
        t->columns.items[i]->inherited = false;
        t->columns.items[i]->is_local = true;
    }
}

/* Is it a partition or a child of the new table, on whatever level, so that its name is
 * needed? */
static bool
stays_below(const struct remaking *x, const struct table *part, const struct table *new)
{
    const struct table *t = catalog_only_parent(x->to, part);

    while (t != NULL && t != new)
        t = catalog_only_parent(x->to, t);
    return t != NULL;
}

static struct column *
column_of_part(struct arena *a, const struct column *old, const struct column *of_whole)
{
    struct column *c = arena_copy(a, old, sizeof *c);

    c->type = of_whole->type;
    c->collation = of_whole->collation;
    c->not_null = old->not_null || of_whole->not_null;
    c->generated = of_whole->generated;
    c->default_value = of_whole->default_value == NULL ? NULL : old->default_value;
    c->from = of_whole->from;
    c->back = of_whole->back;
    take_name(c, old, of_whole->name);
    return c;
}

static void
add_columns_of_part(struct arena *a, struct table *t, const struct table *old,
                    const struct table *whole)
{
    empty_columns(a, t);
    VEC_EACH (i, &old->columns) {
        const struct column *c = old->columns.items[i];
        const struct column *of_whole = column_now(old, c, whole);

        if (of_whole != NULL)
            add_column(a, t, column_of_part(a, c, of_whole));
    }
    VEC_EACH (i, &whole->columns) {
        struct column *c;

        if (diff_old_column(old, whole, whole->columns.items[i]) != NULL)
            continue;
        c = arena_copy(a, whole->columns.items[i], sizeof *c);
        c->inherited = true;
        c->is_local = false;
        c->own_default = c->own_not_null = false;
        add_column(a, t, c);
    }
}

/* Those that become tables of their own, or parts of others, leave with their rows. */
static void
set_parts_aside(struct remaking *x, const struct table *old, const struct table *aside,
                const struct table *new)
{
    struct arena *a = &x->s->arena;
    const struct family *parts = map_get(&x->partitions, remake_key(x, old));

    for (size_t i = 0; parts != NULL && i < parts->all.count; i++) {
        const struct table *part = parts->all.items[i];
        const struct table *now = diff_new_table(x->declared, part);
        struct table *mine =
            now == NULL ? NULL : catalog_find_table(x->to, now->schema, now->name);
        struct relation_name parent = { .schema = aside->schema, .name = aside->name };
        struct table *t;

        if (mine != NULL && !stays_below(x, mine, new))
            continue;
        t = bare_table(x, part, aside->schema, mine == NULL ? new : mine);
        memset(&t->parents, 0, sizeof t->parents);
        VEC_PUSH(a, &t->parents.all, parent);
        add_columns_of_part(a, t, part, aside);
        t->partition_by =
            partition_by_now(a, &(struct sides){ part, t }, part->partition_by);
        catalog_add_table(x->to, a, t);
        if (mine != NULL)
            mine->was = SLICE_NONE;
        set_parts_aside(x, part, t, new);
    }
}

static void
leave_rows_out(struct catalog *to, const struct table *t)
{
    size_t left = 0;

    VEC_EACH (i, &to->initial_rows)
        if (to->initial_rows.items[i]->table != t)
            to->initial_rows.items[left++] = to->initial_rows.items[i];
    to->initial_rows.count = left;
}

/* Those that the version brings, and not all of a table that is new. */
static void
add_new_rows(struct remaking *x, const struct table *declared, const struct table *new)
{
    leave_rows_out(x->to, new);
    VEC_EACH (i, &x->declared->all) {
        struct change c = x->declared->all.items[i];
        struct initial_rows *rows;

        if (c.kind != CHANGE_INITIAL_ROWS || c.new.rows->table != declared)
            continue;
        rows = arena_copy(&x->s->arena, c.new.rows, sizeof *rows);
        rows->table = new;
        c.new.rows = rows;
        c.new.table = new;
        VEC_PUSH(&x->s->arena, &x->moves, c);
    }
}

/* ---- all of one table ---- */

void
remake_table(struct remaking *x, const struct change *c)
{
    struct table *new =
        catalog_find_table(x->to, c->new.table->schema, c->new.table->name);
    const struct table *old = c->old.table;
    struct table *aside = bare_table(x, old, new->schema, new);
    struct change move = { .kind = CHANGE_MOVE_ROWS,
                           .old.table = old,
                           .new.table = new };

    new->was = SLICE_NONE;
    add_columns(x, aside, old, new);
    aside->partition_by =
        partition_by_now(&x->s->arena, &(struct sides){ old, aside }, old->partition_by);
    leave_parents(aside);
    catalog_add_table(x->to, &x->s->arena, aside);
    set_parts_aside(x, old, aside, new);
    VEC_PUSH(&x->s->arena, &x->moves, move);
    add_new_rows(x, c->new.table, new);
}
