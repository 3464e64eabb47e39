/*
 * What the catalog says of tables with parents when all statements are applied: what is
 * inherited and what is a table's own, and whether PARTITION OF and INHERITS would make
 * it as it is.
 */
#include <string.h>

#include "model/naming.h"
#include "resolve/definitions.h"

static const struct work_table *
parent_with(const struct work_table *w, struct slice column)
{
    VEC_EACH (i, &w->parents)
        if (table_find_column(w->parents.items[i]->table, column) != NULL)
            return w->parents.items[i];
    return NULL;
}

static const struct column *
parent_column(const struct work_table *w, struct slice name)
{
    const struct work_table *parent = parent_with(w, name);

    return parent == NULL ? NULL : table_find_column(parent->table, name);
}

/* The table above that has the sequence of an inherited serial column. */
static const struct work_table *
counting_table(const struct work_table *w, struct slice column)
{
    const struct work_table *above = parent_with(w, column);

    while (above != NULL && !table_find_column(above->table, column)->own_sequence
           && parent_with(above, column) != NULL)
        above = parent_with(above, column);
    return above;
}

void
family_counts_by(struct build *b, const struct table *t, const struct column *c)
{
    for (size_t i = 0; b->has_families && i < b->objects.count; i++) {
        const struct object *o = b->objects.items[i];
        const struct work_table *above;
        struct column *own;

        if (o->dropped || o->role != ROLE_TABLE || o->u.table->parents.count == 0)
            continue;
        above = counting_table(o->u.table, c->name);
        own = table_find_column(o->u.table->table, c->name);
        if (above == NULL || above->table != t || own == NULL || own->own_sequence
            || own->identity != IDENTITY_SERIAL)
            continue;
        own->identity = IDENTITY_NONE;
        own->default_value = c->default_value;
    }
}

/* A dump names the sequence of the parent in the child's default as well. */
static bool
shares_sequence(struct build *b, const struct work_table *w, const struct column *c,
                const struct column *from)
{
    const struct work_table *above = counting_table(w, c->name);

    return from->identity == IDENTITY_SERIAL
           && default_takes_serial(b, c->default_value, above->table, from);
}

static void
finish_column(struct build *b, const struct work_table *w, struct column *c)
{
    const struct column *from = parent_column(w, c->name);

    c->inherited = from != NULL;
    c->is_local = c->inherited && c->is_local;
    if (from == NULL)
        return;
    if (shares_sequence(b, w, c, from)) {
        c->identity = IDENTITY_SERIAL;
        c->default_value = NULL;
    }
    c->own_default = c->generated == NULL && c->identity != IDENTITY_SERIAL
                     && !expr_equal(c->default_value, from->default_value);
    c->own_not_null = c->not_null && !from->not_null;
}

/* A key whose name is the one that the server would have given needs no words. */
static void
finish_key(struct build *b, struct work_table *w, struct work_constraint *c)
{
    struct constraint *k = c->constraint;
    struct map taken;

    if (k->kind != c->parent->constraint->kind)
        w->table->attached = true;
    if (k->name_is_derived)
        return;
    map_init(&taken, b->a);
    k->name_is_derived =
        slice_equal(constraint_derive_name(b, &taken, w->table, k), k->name);
    if (!k->name_is_derived)
        w->table->attached = true;
}

static void
finish_constraints(struct build *b, struct work_table *w)
{
    VEC_EACH (i, &w->constraints) {
        struct work_constraint *c = w->constraints.items[i];
        struct constraint *k = c->constraint;

        k->inherited = c->parent != NULL;
        k->is_local = k->inherited && k->is_local;
        if (k->inherited && k->kind != CONSTRAINT_CHECK
            && k->kind != CONSTRAINT_FOREIGN_KEY)
            finish_key(b, w, c);
    }
}

static void
finish_indexes(struct build *b, struct work_table *w)
{
    VEC_EACH (i, &w->indexes) {
        const struct work_index *whole = w->indexes.items[i]->parent;
        struct index *k = w->indexes.items[i]->index;
        struct slices columns = { 0 };
        struct map taken;

        k->inherited = whole != NULL;
        k->part_of = whole == NULL ? SLICE_NONE : whole->index->name;
        if (!k->inherited || k->name_is_derived)
            continue;
        map_init(&taken, b->a);
        naming_index_columns(b->s, &k->keys, &k->include, &columns);
        k->name_is_derived = slice_equal(
            naming_derive(b->s, &taken, w->table->name, &columns, "idx"), k->name);
    }
}

/* Some partition has no part of it: it was made ON ONLY, and is not valid. */
static bool
index_is_whole(const struct work_table *w, const struct work_index *x)
{
    VEC_EACH (i, &w->children) {
        const struct work_table *child = w->children.items[i];
        bool found = false;

        VEC_EACH (k, &child->indexes)
            found |= child->indexes.items[k]->parent == x;
        VEC_EACH (k, &child->constraints)
            found |= child->constraints.items[k]->part_of == x;
        if (!found)
            return false;
    }
    return true;
}

static bool
key_is_whole(const struct work_table *w, const struct work_constraint *x)
{
    VEC_EACH (i, &w->children) {
        const struct work_table *child = w->children.items[i];
        bool found = false;

        VEC_EACH (k, &child->constraints)
            found |= child->constraints.items[k]->parent == x;
        if (!found)
            return false;
    }
    return true;
}

static void
finish_partitioned(struct work_table *w)
{
    if (w->table->partition_by == NULL)
        return;
    VEC_EACH (i, &w->indexes)
        w->indexes.items[i]->index->on_only = !index_is_whole(w, w->indexes.items[i]);
    VEC_EACH (i, &w->constraints) {
        struct constraint *k = w->constraints.items[i]->constraint;

        k->on_only = k->kind != CONSTRAINT_CHECK && k->kind != CONSTRAINT_FOREIGN_KEY
                     && !key_is_whole(w, w->constraints.items[i]);
    }
}

/* Would PARTITION OF give the columns in the order that they have? */
static bool
has_parents_order(const struct work_table *w)
{
    const struct table *parent = w->parents.items[0]->table;

    VEC_EACH (i, &parent->columns)
        if (i >= w->table->columns.count
            || !slice_equal(w->table->columns.items[i]->name,
                            parent->columns.items[i]->name))
            return false;
    return true;
}

static void
move_column(struct build *b, struct work_table *w, const struct work_table *from,
            struct slice name, struct map *moved)
{
    struct column *c = table_find_column(from->table, name);

    if (c == NULL || map_has(moved, name))
        return;
    map_put(moved, name, c);
    VEC_PUSH(b->a, &w->columns,
             *table_work_column((struct work_table *)(uintptr_t)from, c));
    VEC_PUSH(b->a, &w->table->columns, c);
}

/*
 * INHERITS gives the columns of the parents first, whenever they came; a dump of the
 * server says no more of the order either.
 */
static void
order_columns(struct build *b, struct work_table *w)
{
    struct work_table old = *w;
    struct table old_table = *w->table;
    struct map moved;

    old.table = &old_table;
    map_init(&moved, b->a);
    memset(&w->columns, 0, sizeof w->columns);
    memset(&w->table->columns, 0, sizeof w->table->columns);
    VEC_EACH (i, &w->parents)
        VEC_EACH (k, &w->parents.items[i]->table->columns)
            move_column(b, w, &old, w->parents.items[i]->table->columns.items[k]->name,
                        &moved);
    VEC_EACH (i, &old_table.columns)
        move_column(b, w, &old, old_table.columns.items[i]->name, &moved);
}

/* Parents first: their order is what the children follow. */
static void
finish_order(struct build *b, struct work_table *w)
{
    if (w->is_ordered)
        return;
    w->is_ordered = true;
    VEC_EACH (i, &w->parents)
        finish_order(b, w->parents.items[i]);
    w->table->depth = 0;
    VEC_EACH (i, &w->parents)
        if (w->parents.items[i]->table->depth >= w->table->depth)
            w->table->depth = w->parents.items[i]->table->depth + 1;
    if (w->parents.count > 0 && !is_partition(w))
        order_columns(b, w);
}

static void
finish_parents(struct build *b, struct work_table *w)
{
    struct table *t = w->table;

    t->parents = (struct relation_names){ 0 };
    VEC_EACH (i, &w->parents) {
        const struct work_table *parent = w->parents.items[i];
        struct relation_name name = { parent->table->schema, parent->table->name };

        VEC_PUSH(b->a, &t->parents.all, name);
        if (parent->object->dropped) {
            const struct span *span = find_drop(b, table_key(b, parent->table));
            struct diag *d = diag_add(&b->s->diags, D_DROP_HAS_DEPENDANTS,
                                      span != NULL ? *span : t->span,
                                      "table \"%.*s\" still inherits from \"%.*s\"",
                                      SLICE_ARG(t->name), SLICE_ARG(name.name));

            diag_note(&b->s->diags, d, t->span, "it is declared here");
            diag_hint(&b->s->diags, d, "DROP TABLE … CASCADE takes it along");
        }
    }
}

static bool
has_own_sequence(const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->columns.items[i]->inherited && t->columns.items[i]->own_sequence)
            return true;
    return false;
}

static void
find_shared_sequences(struct build *b, const struct work_table *w)
{
    VEC_EACH (i, &w->table->columns) {
        struct column *c = w->table->columns.items[i];
        const struct work_table *above = counting_table(w, c->name);

        c->shared_default = NULL;
        if (c->inherited && !c->own_sequence && c->identity == IDENTITY_SERIAL)
            c->shared_default = naming_nextval(b->s, above->table, c);
    }
}

void
inherit_finish(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct work_table *w = o->role == ROLE_TABLE ? o->u.table : NULL;

        if (o->dropped || w == NULL)
            continue;
        w->table->attached = false;
        finish_order(b, w);
        finish_parents(b, w);
        VEC_EACH (k, &w->table->columns)
            finish_column(b, w, w->table->columns.items[k]);
        find_shared_sequences(b, w);
        finish_constraints(b, w);
        finish_indexes(b, w);
        finish_partitioned(w);
        if (is_partition(w) && w->parents.count > 0
            && (!has_parents_order(w) || has_own_sequence(w->table)))
            w->table->attached = true;
    }
}
