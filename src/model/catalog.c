/*
 * Looking things up in a catalog, comparing what they say, copying a table.
 */
#include "model/catalog.h"

struct catalog *
catalog_new(struct arena *a)
{
    struct catalog *c = ARENA_NEW(a, struct catalog);

    map_init(&c->names.tables, a);
    map_init(&c->names.views, a);
    map_init(&c->names.enums, a);
    return c;
}

struct slice
catalog_key(struct arena *a, struct slice schema, struct slice name)
{
    struct text key;

    if (slice_is_none(schema))
        return name;
    text_init(&key, a);
    text_add(&key, schema);
    text_addc(&key, '.');
    text_add(&key, name);
    return text_slice(&key);
}

/* They are asked for by the thousand: the key is no part of anybody's memory. */
static void *
find_named(const struct map *names, struct slice schema, struct slice name)
{
    struct arena a = { 0 };
    void *found;

    if (names->count == 0)
        return NULL;
    a.out_of_memory = names->arena->out_of_memory;
    found = map_get(names, catalog_key(&a, schema, name));
    arena_free(&a);
    return found;
}

struct table *
catalog_find_table(const struct catalog *c, struct slice schema, struct slice name)
{
    return find_named(&c->names.tables, schema, name);
}

static struct table *
find_first_parent(const struct catalog *c, const struct table *t)
{
    const struct relation_name *name = &t->parents.all.items[0];

    return catalog_find_table(c, name->schema, name->name);
}

struct table *
catalog_whole_of(const struct catalog *c, const struct table *t)
{
    return t->bound == NULL ? NULL : find_first_parent(c, t);
}

const struct table *
catalog_root_of(const struct catalog *c, const struct table *t)
{
    const struct table *whole = t;

    while ((whole = catalog_whole_of(c, whole)) != NULL)
        t = whole;
    return t;
}

struct table *
catalog_only_parent(const struct catalog *c, const struct table *t)
{
    return t->parents.all.count != 1 ? NULL : find_first_parent(c, t);
}

struct view *
catalog_find_view(const struct catalog *c, struct slice schema, struct slice name)
{
    return find_named(&c->names.views, schema, name);
}

struct enum_type *
catalog_find_enum(const struct catalog *c, struct slice schema, struct slice name)
{
    return find_named(&c->names.enums, schema, name);
}

bool
enum_has_label(const struct enum_type *e, struct slice label)
{
    VEC_EACH (i, &e->values)
        if (slice_equal(e->values.items[i].label, label))
            return true;
    return false;
}

void
catalog_empty_tables(struct catalog *c, struct arena *a)
{
    c->tables.items = NULL;
    c->tables.count = c->tables.capacity = 0;
    map_init(&c->names.tables, a);
}

void
catalog_empty_views(struct catalog *c, struct arena *a)
{
    c->views.items = NULL;
    c->views.count = c->views.capacity = 0;
    map_init(&c->names.views, a);
}

void
catalog_add_table(struct catalog *c, struct arena *a, struct table *t)
{
    VEC_PUSH(a, &c->tables, t);
    map_put(&c->names.tables, catalog_key(a, t->schema, t->name), t);
}

void
catalog_add_view(struct catalog *c, struct arena *a, struct view *v)
{
    VEC_PUSH(a, &c->views, v);
    map_put(&c->names.views, catalog_key(a, v->schema, v->name), v);
}

void
catalog_add_enum(struct catalog *c, struct arena *a, struct enum_type *e)
{
    VEC_PUSH(a, &c->enums, e);
    map_put(&c->names.enums, catalog_key(a, e->schema, e->name), e);
}

struct column *
table_find_column(const struct table *t, struct slice name)
{
    return map_get(&t->column_names, name);
}

const struct column *
table_find_gone(const struct table *t, struct slice name)
{
    VEC_EACH (i, &t->gone)
        if (slice_equal(t->gone.items[i]->name, name))
            return t->gone.items[i];
    return NULL;
}

struct constraint *
table_find_constraint(const struct table *t, struct slice name)
{
    VEC_EACH (i, &t->constraints)
        if (slice_equal(t->constraints.items[i]->name, name))
            return t->constraints.items[i];
    return NULL;
}

/* A partition's columns are all its parent's; PARTITION OF says none of them again. */
bool
column_is_written(const struct table *t, const struct column *c)
{
    if (t->attached || !c->inherited || c->is_local)
        return true;
    return t->bound != NULL && (c->own_default || c->own_not_null);
}

const struct column *
column_as_made(struct arena *a, const struct table *t, const struct column *c)
{
    struct column *copy;

    if (!t->attached || c->identity != IDENTITY_SERIAL || c->shared_default == NULL)
        return c;
    copy = arena_copy(a, c, sizeof *copy);
    copy->identity = IDENTITY_NONE;
    copy->default_value = c->shared_default;
    copy->own_default = true;
    return copy;
}

bool
constraint_has_index(const struct constraint *c)
{
    return c->kind == CONSTRAINT_PRIMARY_KEY || c->kind == CONSTRAINT_UNIQUE
           || c->kind == CONSTRAINT_EXCLUDE;
}

/* Keys and foreign keys that a partition gets from its parent come with it anew. */
bool
constraint_is_written(const struct table *t, const struct constraint *c)
{
    if (c->on_only)
        return false; /* added when the partitions are there */
    if (!c->inherited)
        return true;
    if (t->attached)
        return c->kind != CONSTRAINT_FOREIGN_KEY || c->is_local;
    return c->is_local && t->bound == NULL;
}

/* The index on the parent makes the others, under the names that the server gives. */
bool
index_is_written(const struct index *x)
{
    return !x->inherited || !x->name_is_derived;
}

/*
 * A descending key is left out: `id INTEGER PRIMARY KEY DESC` is no alias
 * (https://www.sqlite.org/lang_createtable.html#rowid).
 */
const struct column *
table_rowid_column(const struct table *t)
{
    const struct index_key *key;
    const struct column *c;

    if (t->without_rowid || t->primary_key == NULL || t->primary_key->keys.all.count != 1)
        return NULL;
    key = &t->primary_key->keys.all.items[0];
    c = table_find_column(t, key->column);
    if (c == NULL || key->descending || !c->has_type)
        return NULL;
    return c->type.kind == TYPE_INT4 && c->type.dimensions == 0 ? c : NULL;
}

static bool
index_key_equal(const struct index_key *a, const struct index_key *b)
{
    return slice_equal(a->column, b->column) && expr_equal(a->expr, b->expr)
           && slice_equal(a->collation, b->collation)
           && slice_equal(a->opclass, b->opclass) && a->descending == b->descending
           && a->nulls == b->nulls && slice_equal(a->operator, b->operator);
}

bool
index_keys_equal(const struct index_keys *a, const struct index_keys *b)
{
    if (a->all.count != b->all.count)
        return false;
    VEC_EACH (i, &a->all)
        if (!index_key_equal(&a->all.items[i], &b->all.items[i]))
            return false;
    return true;
}

bool
slices_equal(const struct slices *a, const struct slices *b)
{
    if (a->all.count != b->all.count)
        return false;
    VEC_EACH (i, &a->all)
        if (!slice_equal(a->all.items[i], b->all.items[i]))
            return false;
    return true;
}

static bool
references_equal(const struct constraint *a, const struct constraint *b)
{
    return slice_equal(a->ref_schema, b->ref_schema)
           && slice_equal(a->ref_table, b->ref_table)
           && slices_equal(&a->ref_columns, &b->ref_columns) && a->match == b->match
           && a->on_delete == b->on_delete && a->on_update == b->on_update
           && slices_equal(&a->set_columns, &b->set_columns);
}

static bool
constraint_flags_equal(const struct constraint *a, const struct constraint *b)
{
    return a->deferral == b->deferral && a->nulls_not_distinct == b->nulls_not_distinct
           && a->not_valid == b->not_valid && a->no_inherit == b->no_inherit;
}

bool
constraint_equal(const struct constraint *a, const struct constraint *b)
{
    return a->kind == b->kind && index_keys_equal(&a->keys, &b->keys)
           && expr_equal(a->check, b->check) && references_equal(a, b)
           && constraint_flags_equal(a, b) && slices_equal(&a->include, &b->include)
           && slice_equal(a->method, b->method)
           && slice_equal(a->on_conflict, b->on_conflict) && a->on_only == b->on_only
           && slice_equal(a->tablespace, b->tablespace)
           && (a->options.len == 0 ? b->options.len == 0
                                   : slice_equal(a->options, b->options));
}

bool
column_is_in(const struct index_keys *keys, struct slice column)
{
    VEC_EACH (i, &keys->all)
        if (keys->all.items[i].expr == NULL
            && slice_equal(keys->all.items[i].column, column))
            return true;
    return false;
}

bool
index_keys_have_expression(const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        if (keys->all.items[i].expr != NULL)
            return true;
    return false;
}

bool
table_is_divided_by(const struct table *t, struct slice column)
{
    const struct index_keys *keys =
        t->partition_by == NULL ? NULL : &t->partition_by->keys;

    for (size_t i = 0; keys != NULL && i < keys->all.count; i++)
        if (slice_equal(keys->all.items[i].column, column)
            || expr_mentions_column(keys->all.items[i].expr, column))
            return true;
    return false;
}

bool
key_implies_not_null(const struct table *t, const struct column *c)
{
    return t->primary_key != NULL && !t->primary_key->on_only
           && column_is_in(&t->primary_key->keys, c->name);
}

static void
copy_columns(struct arena *a, struct table *t, const struct table *from)
{
    t->columns.items = NULL;
    t->columns.count = 0;
    t->columns.capacity = 0;
    map_init(&t->column_names, a);
    VEC_EACH (i, &from->columns) {
        struct column *c = arena_copy(a, from->columns.items[i], sizeof *c);

        VEC_PUSH(a, &t->columns, c);
        map_put(&t->column_names, c->name, c);
    }
}

static void
copy_gone(struct arena *a, struct table *t, const struct table *from)
{
    t->gone.items = NULL;
    t->gone.count = 0;
    t->gone.capacity = 0;
    VEC_EACH (i, &from->gone)
        VEC_PUSH(a, &t->gone,
                 arena_copy(a, from->gone.items[i], sizeof *from->gone.items[i]));
}

static void
copy_constraints(struct arena *a, struct table *t, const struct table *from)
{
    t->constraints.items = NULL;
    t->constraints.count = 0;
    t->constraints.capacity = 0;
    VEC_EACH (i, &from->constraints) {
        struct constraint *k = arena_copy(a, from->constraints.items[i], sizeof *k);

        VEC_PUSH(a, &t->constraints, k);
        if (from->primary_key == from->constraints.items[i])
            t->primary_key = k;
    }
}

struct table *
table_copy(struct arena *a, const struct table *t)
{
    struct table *copy = arena_copy(a, t, sizeof *t);

    copy_columns(a, copy, t);
    copy_gone(a, copy, t);
    copy_constraints(a, copy, t);
    return copy;
}

static void
copy_tables(struct arena *a, struct catalog *to, const struct catalog *from)
{
    catalog_empty_tables(to, a);
    VEC_EACH (i, &from->tables)
        catalog_add_table(to, a, table_copy(a, from->tables.items[i]));
    to->initial_rows.items = NULL;
    to->initial_rows.count = to->initial_rows.capacity = 0;
    VEC_EACH (i, &from->initial_rows) {
        const struct initial_rows *rows = from->initial_rows.items[i];
        struct initial_rows *copy = arena_copy(a, rows, sizeof *rows);

        copy->table = catalog_find_table(to, rows->table->schema, rows->table->name);
        VEC_PUSH(a, &to->initial_rows, copy);
    }
}

static void
copy_indexes(struct arena *a, struct catalog *to, const struct catalog *from)
{
    to->indexes.items = NULL;
    to->indexes.count = to->indexes.capacity = 0;
    VEC_EACH (i, &from->indexes) {
        const struct index *x = from->indexes.items[i];
        struct index *copy = arena_copy(a, x, sizeof *x);

        copy->table = catalog_find_table(to, x->table->schema, x->table->name);
        VEC_PUSH(a, &to->indexes, copy);
    }
}

static struct enum_type *
copy_enum(struct arena *a, const struct enum_type *from)
{
    struct enum_type *copy = arena_copy(a, from, sizeof *from);

    copy->values.items = NULL;
    copy->values.count = copy->values.capacity = 0;
    VEC_EACH (i, &from->values)
        VEC_PUSH(a, &copy->values, from->values.items[i]);
    return copy;
}

struct catalog *
catalog_copy(struct arena *a, const struct catalog *from)
{
    struct catalog *to = arena_copy(a, from, sizeof *from);

    copy_tables(a, to, from);
    copy_indexes(a, to, from);
    catalog_empty_views(to, a);
    VEC_EACH (i, &from->views)
        catalog_add_view(to, a, arena_copy(a, from->views.items[i], sizeof(struct view)));
    to->enums.items = NULL;
    to->enums.count = to->enums.capacity = 0;
    map_init(&to->names.enums, a);
    VEC_EACH (i, &from->enums)
        catalog_add_enum(to, a, copy_enum(a, from->enums.items[i]));
    to->definitions.items = NULL;
    to->definitions.count = to->definitions.capacity = 0;
    VEC_EACH (i, &from->definitions)
        VEC_PUSH(a, &to->definitions,
                 arena_copy(a, from->definitions.items[i], sizeof(struct definition)));
    return to;
}
