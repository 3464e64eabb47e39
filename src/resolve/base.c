/*
 * A delta starts from the catalog that it extends: everything is copied, nothing of the
 * base is edited.  What described the way to the base (@was, @from, @back, @map) is not
 * inherited, nor are its sections.
 */
#include "resolve/definitions.h"

#include <string.h>

struct index_keys
keys_copy(struct build *b, const struct index_keys *from)
{
    struct index_keys keys = { 0 };

    VEC_EACH (i, &from->all)
        VEC_PUSH(b->a, &keys.all, from->all.items[i]);
    return keys;
}

static struct slices
copy_slices(struct build *b, const struct slices *from)
{
    struct slices to = { 0 };

    VEC_EACH (i, &from->all)
        VEC_PUSH(b->a, &to.all, from->all.items[i]);
    return to;
}

struct constraint *
constraint_copy(struct build *b, const struct constraint *from)
{
    struct constraint *c = arena_copy(b->a, from, sizeof *from);

    c->was = SLICE_NONE;
    c->keys = keys_copy(b, &from->keys);
    c->ref_columns = copy_slices(b, &from->ref_columns);
    c->set_columns = copy_slices(b, &from->set_columns);
    c->include = copy_slices(b, &from->include);
    return c;
}

static void
take_constraints(struct build *b, struct work_table *w, const struct table *from)
{
    VEC_EACH (i, &from->constraints) {
        struct work_constraint *c = ARENA_NEW(b->a, struct work_constraint);

        c->constraint = constraint_copy(b, from->constraints.items[i]);
        c->base_name = c->constraint->name;
        table_adopt_constraint(b, w, c);
    }
}

static void
take_columns(struct build *b, struct work_table *w, const struct table *from)
{
    VEC_EACH (i, &from->columns) {
        struct column *c = column_copy(b, from->columns.items[i]);
        struct work_column column = { .column = c, .base_name = c->name };

        table_push_column(b, w, column);
    }
}

static void
take_partition_by(struct build *b, struct work_table *w, const struct table *from)
{
    struct partition_by *p;

    if (from->partition_by == NULL)
        return;
    p = arena_copy(b->a, from->partition_by, sizeof *p);
    p->keys = keys_copy(b, &from->partition_by->keys);
    w->table->partition_by = p;
    w->partition_keys = &p->keys;
}

static void
take_table(struct build *b, const struct table *from)
{
    struct work_table *w = ARENA_NEW(b->a, struct work_table);
    struct object *o = object_add(b, ROLE_TABLE, from->schema, from->name, from->span);
    struct table *t = arena_copy(b->a, from, sizeof *from);

    o->u.table = w;
    w->table = t;
    w->base = from;
    w->object = o;
    t->was = SLICE_NONE;
    memset(&t->columns, 0, sizeof t->columns);
    memset(&t->gone, 0, sizeof t->gone);
    memset(&t->constraints, 0, sizeof t->constraints);
    take_partition_by(b, w, from);
    map_init(&t->column_names, b->a);
    names_put(b, &b->relations, table_key(b, t), o);
    take_columns(b, w, from);
    take_constraints(b, w, from);
}

static void
take_index(struct build *b, const struct index *from)
{
    struct work_table *owner = table_find(b, from->table->schema, from->table->name);
    struct work_index *w = ARENA_NEW(b->a, struct work_index);

    if (owner == NULL)
        return;
    w->index = arena_copy(b->a, from, sizeof *from);
    w->index->was = SLICE_NONE;
    w->index->table = owner->table;
    w->index->keys = keys_copy(b, &from->keys);
    w->index->include = copy_slices(b, &from->include);
    w->base_name = from->name;
    w->owner = owner;
    w->object = object_add(b, ROLE_INDEX, owner->table->schema, from->name, from->span);
    w->object->only = from->only;
    w->object->u.index = w;
    names_put(b, &b->relations, catalog_key(b->a, w->object->schema, from->name),
              w->object);
    VEC_PUSH(b->a, &owner->indexes, w);
}

static void
take_view(struct build *b, const struct view *from)
{
    struct work_view *w = ARENA_NEW(b->a, struct work_view);

    w->view = arena_copy(b->a, from, sizeof *from);
    w->view->was = SLICE_NONE;
    w->base_name = from->name;
    w->object = object_add(b, ROLE_VIEW, from->schema, from->name, from->span);
    w->object->u.view = w;
    names_put(b, &b->relations, catalog_key(b->a, from->schema, from->name), w->object);
    view_register(b, w);
}

static void
take_enum(struct build *b, const struct enum_type *from)
{
    struct work_enum *w = ARENA_NEW(b->a, struct work_enum);
    struct object *o = object_add(b, ROLE_ENUM, from->schema, from->name, from->span);
    struct enum_type *t = arena_copy(b->a, from, sizeof *from);

    t->was = SLICE_NONE;
    memset(&t->maps, 0, sizeof t->maps);
    memset(&t->values, 0, sizeof t->values);
    VEC_EACH (i, &from->values) {
        struct enum_value value = from->values.items[i];

        value.was = SLICE_NONE;
        VEC_PUSH(b->a, &t->values, value);
    }
    w->type = t;
    w->base = from;
    o->u.enum_type = w;
    names_put(b, &b->types, catalog_key(b->a, from->schema, from->name), o);
}

static void
take_definition(struct build *b, const struct definition *from)
{
    struct object *o =
        object_add(b, ROLE_DEFINITION, from->schema, from->name, from->span);

    o->only = from->only;
    o->base = from;
    o->u.definition = arena_copy(b->a, from, sizeof *from);
    o->u.definition->was = SLICE_NONE;
    definition_forget_names(b, o);
    definition_register(b, o);
}

static void
take_row(struct build *b, struct initial_rows *rows, const struct initial_row *from)
{
    struct initial_row row = { .span = from->span };

    VEC_EACH (i, &from->values)
        VEC_PUSH(b->a, &row.values, from->values.items[i]);
    VEC_PUSH(b->a, &rows->rows, row);
}

static void
take_rows(struct build *b, const struct initial_rows *from)
{
    struct work_table *w = table_find(b, from->table->schema, from->table->name);
    struct initial_rows *rows = ARENA_NEW(b->a, struct initial_rows);

    if (w == NULL)
        return;
    rows->table = w->table;
    rows->columns = copy_slices(b, &from->columns);
    rows->span = from->span;
    VEC_EACH (i, &from->rows)
        take_row(b, rows, &from->rows.items[i]);
    rows_add(b, w, rows)->base = from;
}

void
build_take_base(struct build *b, const struct catalog *base)
{
    VEC_EACH (i, &base->enums)
        take_enum(b, base->enums.items[i]);
    VEC_EACH (i, &base->tables)
        take_table(b, base->tables.items[i]);
    VEC_EACH (i, &base->indexes)
        take_index(b, base->indexes.items[i]);
    tables_retie(b);
    VEC_EACH (i, &base->views)
        take_view(b, base->views.items[i]);
    VEC_EACH (i, &base->definitions)
        take_definition(b, base->definitions.items[i]);
    VEC_EACH (i, &base->initial_rows)
        take_rows(b, base->initial_rows.items[i]);
    VEC_EACH (i, &base->lint_offs) {
        struct lint_off off = base->lint_offs.items[i];

        off.inherited = true;
        VEC_PUSH(b->a, &b->out->lint_offs, off);
    }
}
