/*
 * Tables with parents: INHERITS, PARTITION OF, ATTACH PARTITION, INHERIT and back.
 *
 * A child holds copies of what its parents give it, made when the two are tied together
 * and kept true by whatever changes a parent later, as the server does it: columns and
 * CHECKs for every child, keys, foreign keys and indexes for partitions.  A copy knows
 * what it is a copy of (`parent`), so that it goes and is renamed with it.
 */
#include "resolve/build.h"

#define INHERIT_DEPTH_MAX 200 /* applying a change to all children recurses */

bool
is_partition(const struct work_table *w)
{
    return w->table->bound != NULL;
}

/* ---- ties ---- */

static size_t
height_of(const struct work_table *w, size_t limit)
{
    size_t height = 0;

    VEC_EACH (i, &w->children) {
        size_t h = limit == 0 ? 0 : 1 + height_of(w->children.items[i], limit - 1);

        if (h > height)
            height = h;
    }
    return height;
}

static bool
is_ancestor(const struct work_table *of, const struct work_table *w, size_t limit)
{
    if (of == w)
        return true;
    VEC_EACH (i, &of->parents)
        if (limit > 0 && is_ancestor(of->parents.items[i], w, limit - 1))
            return true;
    return false;
}

static bool
has_parent(const struct work_table *child, const struct work_table *parent)
{
    VEC_EACH (i, &child->parents)
        if (child->parents.items[i] == parent)
            return true;
    return false;
}

/* False after reporting why the two cannot be tied. */
static bool
may_tie(struct build *b, const struct work_table *child, const struct work_table *parent,
        struct span span)
{
    size_t height = height_of(child, INHERIT_DEPTH_MAX);

    if (has_parent(child, parent)) {
        diag_add(&b->s->diags, D_BAD_PARENT, span,
                 "table \"%.*s\" is a parent of \"%.*s\" already",
                 SLICE_ARG(parent->table->name), SLICE_ARG(child->table->name));
        return false;
    }
    if (is_ancestor(parent, child, INHERIT_DEPTH_MAX)) {
        diag_add(&b->s->diags, D_BAD_PARENT, span,
                 "table \"%.*s\" cannot inherit from itself",
                 SLICE_ARG(child->table->name));
        return false;
    }
    if (parent->depth + 1 + height > INHERIT_DEPTH_MAX) {
        diag_add(&b->s->diags, D_TOO_MANY, span,
                 "more than %d tables that inherit from each other in a row",
                 INHERIT_DEPTH_MAX);
        return false;
    }
    return true;
}

static void
set_depth(struct work_table *w, size_t depth)
{
    if (depth > w->depth)
        w->depth = depth;
    VEC_EACH (i, &w->children)
        set_depth(w->children.items[i], w->depth + 1);
}

static void
tie(struct build *b, struct work_table *child, struct work_table *parent)
{
    b->has_families = true;
    VEC_PUSH(b->a, &child->parents, parent);
    VEC_PUSH(b->a, &parent->children, child);
    set_depth(child, parent->depth + 1);
}

#define REMOVE_FROM(list, item)                                                          \
    do {                                                                                 \
        size_t kept_ = 0;                                                                \
        VEC_EACH (at_, (list))                                                           \
            if ((list)->items[at_] != (item))                                            \
                (list)->items[kept_++] = (list)->items[at_];                             \
        (list)->count = kept_;                                                           \
    } while (0)

static void
untie(struct work_table *child, struct work_table *parent)
{
    REMOVE_FROM(&child->parents, parent);
    REMOVE_FROM(&parent->children, child);
}

/* ---- columns ---- */

static bool
refuses_null(const struct work_table *w, const struct column *c)
{
    return c->not_null || c->identity != IDENTITY_NONE || table_key_has(w, c->name);
}

/* An identity stays with the parent; a serial column shares the sequence. */
static void
take_column(struct build *b, struct work_table *child, const struct work_table *parent,
            const struct column *from)
{
    struct column *c = column_copy(b, from);

    c->was = from->was; /* a rename reaches the children */
    c->touch = false;
    c->comment = SLICE_NONE;
    c->has_statistics = false;
    c->options = SLICE("");
    c->not_null_name = SLICE_NONE;
    c->not_null = refuses_null(parent, from);
    c->inherited = true;
    c->is_local = false;
    c->own_sequence = false;
    if (c->identity != IDENTITY_SERIAL) {
        c->identity = IDENTITY_NONE;
        c->numbering = NULL;
    }
    table_push_column(b, child, (struct work_column){ .column = c });
}

static void
report_type_clash(struct build *b, const struct work_table *w, const struct column *own,
                  const struct column *from, struct span span)
{
    struct diag *d =
        diag_add(&b->s->diags, D_BAD_PARENT, span,
                 "column \"%.*s\" of \"%.*s\" has another type in its parent",
                 SLICE_ARG(own->name), SLICE_ARG(w->table->name));

    diag_note(&b->s->diags, d, from->span, "it is declared here");
}

/* Only what is certain: a name may be another name of the same type. */
static bool
types_differ(const struct column *a, const struct column *b)
{
    return a->has_type && b->has_type && a->type.kind != TYPE_NAMED
           && b->type.kind != TYPE_NAMED && !type_equal(&a->type, &b->type);
}

static void
merge_column(struct build *b, struct work_table *child, struct column *own,
             const struct work_table *parent, const struct column *from, struct span span)
{
    own->inherited = true;
    own->own_sequence = own->identity == IDENTITY_SERIAL;
    if (slice_is_none(own->was))
        own->was = from->was;
    if (types_differ(own, from))
        report_type_clash(b, child, own, from, span.source != 0 ? span : own->span);
    if (span.source == 0)
        own->not_null |= refuses_null(parent, from);
}

/* `span`: of ATTACH or INHERIT, where the child must have the column already. */
static void
inherit_columns(struct build *b, struct work_table *child,
                const struct work_table *parent, struct span span)
{
    VEC_EACH (i, &parent->table->columns) {
        const struct column *from = parent->table->columns.items[i];
        struct column *own = table_find_column(child->table, from->name);
        struct diag *d;

        if (own != NULL) {
            merge_column(b, child, own, parent, from, span);
        } else if (span.source == 0) {
            take_column(b, child, parent, from);
        } else {
            d = diag_add(&b->s->diags, D_BAD_PARENT, span,
                         "table \"%.*s\" has no column \"%.*s\" as its parent has",
                         SLICE_ARG(child->table->name), SLICE_ARG(from->name));
            diag_note(&b->s->diags, d, from->span, "it is declared here");
        }
    }
}

/* ---- constraints ---- */

static bool
passes_on(const struct work_table *parent, const struct constraint *c)
{
    if (c->no_inherit)
        return false;
    return c->kind == CONSTRAINT_CHECK || parent->table->partition_by != NULL;
}

static bool
same_reference(const struct constraint *a, const struct constraint *b)
{
    return slice_equal(a->ref_schema, b->ref_schema)
           && slice_equal(a->ref_table, b->ref_table) && a->match == b->match
           && (a->ref_columns.all.count == 0 || b->ref_columns.all.count == 0
               || slices_equal(&a->ref_columns, &b->ref_columns))
           && a->on_delete == b->on_delete && a->on_update == b->on_update;
}

static bool
is_counterpart(const struct constraint *own, const struct constraint *from)
{
    if (own->kind != from->kind)
        return false;
    if (own->kind == CONSTRAINT_CHECK)
        return !slice_is_none(own->name) && !slice_is_none(from->name)
                       && !own->name_is_derived && !from->name_is_derived
                   ? slice_equal(own->name, from->name)
                   : expr_equal(own->check, from->check);
    return index_keys_equal(&own->keys, &from->keys)
           && slices_equal(&own->include, &from->include)
           && own->nulls_not_distinct == from->nulls_not_distinct
           && own->deferral == from->deferral
           && (own->kind != CONSTRAINT_FOREIGN_KEY || same_reference(own, from));
}

/* A primary key does for a UNIQUE of the whole, where it is there first. */
static bool
does_for(const struct constraint *own, const struct constraint *from)
{
    return own->kind == CONSTRAINT_PRIMARY_KEY && from->kind == CONSTRAINT_UNIQUE
           && index_keys_equal(&own->keys, &from->keys)
           && slices_equal(&own->include, &from->include) && !from->nulls_not_distinct
           && own->deferral == from->deferral;
}

/* `is_attached`: it has its own before it gets those of the parent. */
static struct work_constraint *
find_counterpart(const struct work_table *child, const struct constraint *from,
                 bool is_attached)
{
    struct work_constraint *other = NULL;

    VEC_EACH (i, &child->constraints) {
        struct work_constraint *c = child->constraints.items[i];

        if (c->parent == NULL && is_counterpart(c->constraint, from))
            return c;
        if (c->parent == NULL && is_attached && does_for(c->constraint, from))
            other = c;
    }
    return other;
}

static struct work_constraint *
copy_constraint(struct build *b, struct work_table *child, struct work_constraint *from)
{
    struct work_constraint *c = ARENA_NEW(b->a, struct work_constraint);
    struct constraint *k = constraint_copy(b, from->constraint);

    if (k->name_is_derived
        || (k->kind != CONSTRAINT_CHECK && k->kind != CONSTRAINT_FOREIGN_KEY)) {
        k->name = SLICE_NONE;
        k->name_is_derived = false;
    }
    k->comment = SLICE_NONE;
    k->inherited = true;
    k->is_local = false;
    c->constraint = k;
    c->parent = from;
    c->broken = from->broken;
    table_adopt_constraint(b, child, c);
    return c;
}

static void
report_missing_check(struct build *b, const struct work_table *child,
                     const struct constraint *from, struct span span)
{
    struct diag *d = diag_add(&b->s->diags, D_BAD_PARENT, span,
                              "table \"%.*s\" lacks a CHECK that its parent has",
                              SLICE_ARG(child->table->name));

    diag_note(&b->s->diags, d, from->span, "it is declared here");
    diag_hint(&b->s->diags, d, "add the same CHECK to \"%.*s\" first",
              SLICE_ARG(child->table->name));
}

/* One constraint of a parent comes to one child and on to its children. */
static void
inherit_constraint(struct build *b, struct work_table *child,
                   struct work_constraint *from, struct span span)
{
    struct work_constraint *own =
        find_counterpart(child, from->constraint, span.source != 0);

    if (own != NULL) {
        own->parent = from;
        if (own->constraint->kind == CONSTRAINT_CHECK)
            own->constraint->name = from->constraint->name; /* the server has one */
        own->constraint->inherited = true;
        own->constraint->is_local = !is_partition(child);
        return;
    }
    if (span.source != 0 && from->constraint->kind == CONSTRAINT_CHECK) {
        report_missing_check(b, child, from->constraint, span);
        return;
    }
    own = copy_constraint(b, child, from);
    children_add_constraint(b, child, own);
}

void
children_add_constraint(struct build *b, struct work_table *w, struct work_constraint *c)
{
    if (passes_on(w, c->constraint))
        VEC_EACH (i, &w->children)
            inherit_constraint(b, w->children.items[i], c, SPAN_NONE);
}

static void
inherit_constraints(struct build *b, struct work_table *child, struct work_table *parent,
                    struct span span)
{
    VEC_EACH (i, &parent->constraints)
        if (passes_on(parent, parent->constraints.items[i]->constraint))
            inherit_constraint(b, child, parent->constraints.items[i], span);
}

/* ---- indexes ---- */

static bool
is_part_of(const struct index *own, const struct index *from)
{
    return own->unique == from->unique && slice_equal(own->method, from->method)
           && own->nulls_not_distinct == from->nulls_not_distinct
           && index_keys_equal(&own->keys, &from->keys)
           && slices_equal(&own->include, &from->include)
           && expr_equal(own->where, from->where);
}

/* The server's index of a key is a part of an index like any other. */
static bool
key_is_part_of(const struct work_constraint *c, const struct index *from)
{
    const struct constraint *k = c->constraint;

    return c->parent == NULL && c->part_of == NULL && from->unique && from->where == NULL
           && (k->kind == CONSTRAINT_PRIMARY_KEY || k->kind == CONSTRAINT_UNIQUE)
           && slice_is(from->method, "btree")
           && k->nulls_not_distinct == from->nulls_not_distinct
           && index_keys_equal(&k->keys, &from->keys)
           && slices_equal(&k->include, &from->include);
}

static bool
take_key_as_part(struct work_table *child, struct work_index *from)
{
    VEC_EACH (i, &child->constraints)
        if (key_is_part_of(child->constraints.items[i], from->index)) {
            child->constraints.items[i]->part_of = from;
            return true;
        }
    return false;
}

static void
inherit_index(struct build *b, struct work_table *child, struct work_index *from)
{
    struct work_index *own = NULL;

    VEC_EACH (i, &child->indexes)
        if (own == NULL && child->indexes.items[i]->parent == NULL
            && is_part_of(child->indexes.items[i]->index, from->index))
            own = child->indexes.items[i];
    if (own == NULL && take_key_as_part(child, from))
        return;
    if (own == NULL) {
        own = index_copy(b, child, from);
        children_add_index(b, child, own);
    }
    own->parent = from;
}

void
children_add_index(struct build *b, struct work_table *w, struct work_index *i)
{
    if (w->table->partition_by == NULL)
        return;
    VEC_EACH (k, &w->children)
        inherit_index(b, w->children.items[k], i);
}

/* ---- tying, all of it ---- */

static void
inherit_all(struct build *b, struct work_table *child, struct work_table *parent,
            struct span span)
{
    inherit_columns(b, child, parent, span);
    inherit_constraints(b, child, parent, span);
    if (is_partition(child))
        VEC_EACH (i, &parent->indexes)
            inherit_index(b, child, parent->indexes.items[i]);
}

bool
table_inherit(struct build *b, struct work_table *child, struct work_table *parent,
              struct span span)
{
    if (!may_tie(b, child, parent, span))
        return false;
    tie(b, child, parent);
    inherit_all(b, child, parent, SPAN_NONE);
    if (slice_is_none(child->table->only))
        child->table->only = parent->table->only;
    return true;
}

/* A partition has no columns of its own. */
static void
refuse_own_columns(struct build *b, const struct work_table *child,
                   const struct work_table *parent, struct span span)
{
    VEC_EACH (i, &child->table->columns) {
        struct column *c = child->table->columns.items[i];
        struct diag *d;

        c->is_local = false;
        if (table_find_column(parent->table, c->name) != NULL)
            continue;
        d = diag_add(&b->s->diags, D_BAD_PARENT, span,
                     "partition \"%.*s\" has a column \"%.*s\" that its parent lacks",
                     SLICE_ARG(child->table->name), SLICE_ARG(c->name));
        diag_note(&b->s->diags, d, c->span, "it is declared here");
    }
}

void
table_attach(struct build *b, struct work_table *child, struct work_table *parent,
             struct span span)
{
    if (!may_tie(b, child, parent, span))
        return;
    if (is_partition(child))
        refuse_own_columns(b, child, parent, span);
    else
        VEC_EACH (i, &child->table->columns)
            if (!child->table->columns.items[i]->inherited)
                child->table->columns.items[i]->is_local = true;
    tie(b, child, parent);
    inherit_all(b, child, parent, span);
}

/* ---- and back ---- */

/* What it was called by its parent's name it goes on to be called. */
static void
free_constraint(struct work_constraint *c)
{
    if (slice_is_none(c->constraint->name) || c->constraint->name_is_derived)
        c->named_after = c->parent;
    c->parent = NULL;
    c->constraint->inherited = false;
}

void
table_detach(struct work_table *child, struct work_table *parent)
{
    untie(child, parent);
    VEC_EACH (i, &child->constraints) {
        struct work_constraint *c = child->constraints.items[i];

        if (c->parent != NULL && c->parent->owner == parent)
            free_constraint(c);
        if (c->part_of != NULL && c->part_of->owner == parent)
            c->part_of = NULL;
    }
    VEC_EACH (i, &child->indexes)
        if (child->indexes.items[i]->parent != NULL
            && child->indexes.items[i]->parent->owner == parent)
            child->indexes.items[i]->parent = NULL;
    child->table->bound = NULL;
}

/* A table that goes leaves its parents. */
void
table_leave_parents(struct work_table *w)
{
    VEC_EACH (i, &w->parents)
        REMOVE_FROM(&w->parents.items[i]->children, w);
}

/* ---- a parent changes ---- */

void
children_add_column(struct build *b, struct work_table *w, const struct column *c)
{
    VEC_EACH (i, &w->children) {
        struct work_table *child = w->children.items[i];
        struct column *own = table_find_column(child->table, c->name);

        if (own != NULL) {
            merge_column(b, child, own, w, c, SPAN_NONE);
            continue;
        }
        take_column(b, child, w, c);
        children_add_column(b, child, table_find_column(child->table, c->name));
    }
}

bool
column_is_inherited(const struct work_table *w, struct slice name)
{
    VEC_EACH (i, &w->parents)
        if (table_find_column(w->parents.items[i]->table, name) != NULL)
            return true;
    return false;
}

/* Needs: the column is gone from `w`. */
void
children_drop_column(struct build *b, struct work_table *w, struct slice name,
                     bool cascade, struct span span)
{
    VEC_EACH (i, &w->children) {
        struct work_table *child = w->children.items[i];
        struct column *own = table_find_column(child->table, name);

        if (own == NULL || own->is_local || column_is_inherited(child, name))
            continue;
        drop_column(b, child, own, cascade, span);
    }
}

void
children_drop_constraint(struct build *b, struct work_table *w,
                         const struct work_constraint *c)
{
    VEC_EACH (i, &w->children) {
        struct work_table *child = w->children.items[i];

        for (size_t k = child->constraints.count; k-- > 0;) {
            struct work_constraint *own = child->constraints.items[k];

            if (own->parent != c)
                continue;
            if (own->constraint->is_local)
                free_constraint(own);
            else
                drop_constraint(b, own, false);
        }
    }
}

void
children_drop_index(struct build *b, struct work_table *w, const struct work_index *x)
{
    VEC_EACH (i, &w->children) {
        struct work_table *child = w->children.items[i];

        for (size_t k = child->indexes.count; k-- > 0;)
            if (child->indexes.items[k]->parent == x)
                index_drop(b, child->indexes.items[k]);
    }
}

/* ---- from a base catalog ---- */

static void
retie_constraints(struct work_table *child, struct work_table *parent)
{
    VEC_EACH (i, &parent->constraints) {
        struct work_constraint *from = parent->constraints.items[i];

        VEC_EACH (k, &child->constraints) {
            struct work_constraint *own = child->constraints.items[k];

            if (own->parent != NULL || !own->constraint->inherited
                || !is_counterpart(own->constraint, from->constraint))
                continue;
            own->parent = from;
            break;
        }
    }
}

static void
retie_indexes(struct work_table *child, struct work_table *parent)
{
    VEC_EACH (i, &parent->indexes) {
        struct work_index *from = parent->indexes.items[i];

        VEC_EACH (k, &child->indexes) {
            struct work_index *own = child->indexes.items[k];

            if (own->parent != NULL || !own->index->inherited
                || !is_part_of(own->index, from->index))
                continue;
            own->parent = from;
            break;
        }
        take_key_as_part(child, from);
    }
}

void
tables_retie(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        struct work_table *w =
            b->objects.items[i]->role == ROLE_TABLE ? b->objects.items[i]->u.table : NULL;

        if (w == NULL)
            continue;
        VEC_EACH (k, &w->table->parents.all) {
            const struct relation_name *n = &w->table->parents.all.items[k];
            struct work_table *parent = table_find(b, n->schema, n->name);

            if (parent == NULL)
                continue;
            tie(b, w, parent);
            retie_constraints(w, parent);
            retie_indexes(w, parent);
        }
    }
}
