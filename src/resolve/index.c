/*
 * CREATE INDEX, and MySQL's KEY inside CREATE TABLE.
 *
 * An index on a materialized view or on a table that is kept as text is kept as text,
 * too, as the catalog's indexes stand on tables.
 */
#include "resolve/definitions.h"

#include "base/text.h"
#include "model/naming.h"
#include "model/print.h"

static struct index *
index_make(struct build *b, const struct ast_create_index *ast, struct span span)
{
    struct index *i = ARENA_NEW(b->a, struct index);

    i->name = name_kept(b, ast->name);
    i->name_is_derived = slice_is_none(ast->name);
    i->unique = ast->unique;
    i->method = slice_is_none(ast->method) ? SLICE("btree") : ast->method;
    i->keys = keys_make(b, &ast->keys);
    if (ast->unique)
        keys_tell_prefixes(b, &ast->keys);
    i->include = slices_from_names(b, &ast->include);
    i->nulls_not_distinct = ast->nulls_not_distinct;
    i->where = ast->where;
    i->comment = ast->comment;
    i->span = slice_is_none(ast->name) ? span : ast->name_span;
    i->options = options_text(b, &ast->options, i->span);
    i->tablespace = tablespace_plain(ast->tablespace);
    return i;
}

/* MySQL's KEY names live in their table: one that is taken elsewhere is made up anew. */
static void
free_inline_name(struct build *b, const struct work_table *w, struct work_index *i)
{
    const struct object *o =
        object_find(b, &b->relations, w->table->schema, i->index->name);

    if (o == NULL || (o->role == ROLE_INDEX && o->u.index->owner == w))
        return; /* a second one on this table is a mistake there, too */
    i->index->name = SLICE_NONE;
    i->index->name_is_derived = true;
}

/* Has an index the name that said in MySQL's words that it is MySQL's? */
static bool
is_local_name(struct build *b, const struct work_table *w, struct slice name)
{
    const struct object *o = object_find(b, &b->relations, w->table->schema, name);

    return o != NULL && o->role == ROLE_INDEX && o->u.index->owner != w
           && o->u.index->ast != NULL && o->u.index->ast->name_is_local;
}

void
table_add_index(struct build *b, struct work_table *w, const struct ast_create_index *ast,
                const struct annotations *annotations, struct span span)
{
    struct work_index *i = ARENA_NEW(b->a, struct work_index);

    i->ast = ast;
    i->owner = w;
    i->index = index_make(b, ast, span);
    i->index->table = w->table;
    if (!slice_is_none(ast->name)
        && (annotations == NULL || ast->name_is_local || is_local_name(b, w, ast->name)))
        free_inline_name(b, w, i);
    i->object =
        object_add(b, ROLE_INDEX, w->table->schema, i->index->name, i->index->span);
    i->object->u.index = i;
    if (annotations != NULL)
        annotate_index(b, i->index, annotations);
    i->object->only = i->index->only;
    if (!slice_is_none(i->index->name) && !object_declare(b, &b->relations, i->object))
        return;
    rowtype_check(b, i->object);
    VEC_PUSH(b->a, &w->indexes, i);
    if (!ast->only)
        children_add_index(b, w, i);
}

struct work_index *
index_copy(struct build *b, struct work_table *w, const struct work_index *from)
{
    struct work_index *i = ARENA_NEW(b->a, struct work_index);
    struct index *k = arena_copy(b->a, from->index, sizeof *k);

    k->name = SLICE_NONE;
    k->name_is_derived = true;
    k->was = SLICE_NONE;
    k->comment = SLICE_NONE;
    k->keys = keys_copy(b, &from->index->keys);
    k->include = (struct slices){ 0 };
    VEC_EACH (n, &from->index->include.all)
        VEC_PUSH(b->a, &k->include.all, from->index->include.all.items[n]);
    k->table = w->table;
    i->index = k;
    i->owner = w;
    i->object = object_add(b, ROLE_INDEX, w->table->schema, SLICE_NONE, k->span);
    i->object->only = k->only;
    i->object->u.index = i;
    VEC_PUSH(b->a, &w->indexes, i);
    return i;
}

void
index_drop(struct build *b, struct work_index *i)
{
    size_t kept = 0;

    i->dropped = true;
    children_drop_index(b, i->owner, i);
    object_drop(b, &b->relations, i->object);
    VEC_EACH (k, &i->owner->indexes)
        if (i->owner->indexes.items[k] != i)
            i->owner->indexes.items[kept++] = i->owner->indexes.items[k];
    i->owner->indexes.count = kept;
}

static bool
exists_already(struct build *b, const struct ast_create_index *ast)
{
    const struct object *o;

    if (!ast->if_not_exists || slice_is_none(ast->name))
        return false;
    o = object_find(b, &b->relations, schema_of(&ast->table), ast->name);
    return o != NULL && o->role == ROLE_INDEX;
}

static bool
is_on_view(struct build *b, const struct ast_create_index *ast)
{
    const struct object *o =
        object_find(b, &b->relations, schema_of(&ast->table), ast->table.name);

    return o != NULL && o->role == ROLE_VIEW && o->u.view->view->materialized;
}

/*
 * An index on a materialized view: kept as text, in the canonical spelling, so that a
 * dump of it says the same.
 */
static void
declare_view_index(struct build *b, const struct stmt *stmt,
                   const struct ast_create_index *ast)
{
    struct table view = { .schema = schema_of(&ast->table), .name = ast->table.name };
    struct index *x = index_make(b, ast, stmt->span);
    struct ast_name name = { .name = ast->name, .span = ast->name_span };
    struct slices columns = { 0 };
    struct definition *d;
    struct map taken;

    map_init(&taken, b->a);
    naming_index_columns(b->s, &x->keys, &x->include, &columns);
    if (slice_is_none(name.name))
        name.name = naming_derive(b->s, &taken, view.name, &columns, "idx");
    name.schema = view.schema;
    x->table = &view;
    x->name = name.name;
    x->name_is_derived = false;
    d = definition_new(b, stmt, SLICE("index"), &name);
    d->table = view.name;
    d->text = index_canonical(b->a, x);
    d->normal = definition_normal(b->a, d->text);
    definition_add(b, d, stmt, false);
}

/* True after reporting that it is a virtual table, which cannot have indexes. */
static bool
refuse_virtual(struct build *b, const struct ast_name *name)
{
    const struct object *o = object_find(b, &b->relations, schema_of(name), name->name);

    if (!is_virtual(o))
        return false;
    report_wrong_kind(b, o, name->span, "a table that can have indexes");
    return true;
}

void
declare_index(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_index *ast = stmt->u.create_index;
    const struct ast_name name = { .name = ast->name, .span = ast->name_span };
    struct work_table *w;

    if (exists_already(b, ast))
        return;
    if (refuse_virtual(b, &ast->table))
        return;
    if (is_on_view(b, ast)) {
        declare_view_index(b, stmt, ast);
        return;
    }
    if (is_definition_relation(b, &ast->table)) {
        declare_definition(b, stmt, SLICE("index"), &name, &ast->table);
        return;
    }
    w = table_need(b, &ast->table, false);
    if (w == NULL)
        return;
    table_add_index(b, w, ast, &stmt->annotations, stmt->span);
    account_say(b, FATE_INDEX);
}
