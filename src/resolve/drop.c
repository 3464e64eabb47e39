/*
 * DROP, and what goes with it.
 *
 * CASCADE takes dependants along at once.  Without it a drop is only remembered: whoever
 * still refers to what is gone when the last statement has been applied is reported
 * there (D_DROP_HAS_DEPENDANTS), so that a dependant may be dropped or changed later in
 * the same file.
 */
#include "resolve/definitions.h"
#include "resolve/scope.h"

static void drop_view(struct build *b, struct object *o, bool cascade, struct span span);

/* Views that read it; a view dropped here was in the list of what it reads, marked now.
 */
static void
drop_readers(struct build *b, struct slice key, struct span span)
{
    struct readers *readers = readers_of(b, key);

    VEC_EACH (i, &readers->all)
        if (!readers->all.items[i]->object->dropped)
            drop_view(b, readers->all.items[i]->object, true, span);
    code_drop_readers(b, key);
}

void
definition_drop(struct build *b, struct object *o)
{
    const struct definition *r = o->u.definition;

    map_put(&b->definitions, definition_key(b, r->kind, o->schema, o->name, r->table),
            NULL);
    if (r->detail == DETAIL_RANGE)
        range_forget(b, o);
    object_drop(b, &b->types, o);
    object_drop(b, &b->relations, o);
}

/* Triggers, policies, settings and comments go with their table or view. */
static void
drop_definitions_on(struct build *b, struct slice schema, struct slice table)
{
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_DEFINITION
            && !slice_is_none(o->u.definition->table)
            && slice_equal(o->u.definition->table, table)
            && slice_equal(o->u.definition->schema, schema))
            definition_drop(b, o);
    }
}

static void
drop_view(struct build *b, struct object *o, bool cascade, struct span span)
{
    struct slice key = catalog_key(b->a, o->schema, o->name);

    drop_definitions_on(b, o->schema, o->name);
    object_drop(b, &b->relations, o);
    remember_drop(b, key, span);
    if (cascade)
        drop_readers(b, key, span);
}

/* ---- tables ---- */

static void
drop_referrers(struct build *b, const struct table *t)
{
    struct referrers *all = referrers_of(b, table_key(b, t));

    VEC_EACH (i, &all->all)
        if (!all->all.items[i]->dropped)
            table_remove_constraint(all->all.items[i]->owner, all->all.items[i]);
}

static void
drop_table(struct build *b, struct object *o, bool cascade, struct span span)
{
    struct work_table *w = o->u.table;
    struct slice key = table_key(b, w->table);

    while (w->indexes.count > 0)
        index_drop(b, w->indexes.items[0]);
    VEC_EACH (i, &w->constraints)
        w->constraints.items[i]->dropped = true;
    VEC_EACH (i, &w->rows)
        w->rows.items[i]->dropped = true;
    drop_definitions_on(b, w->table->schema, w->table->name);
    sequences_drop_owned(b, w->table, SLICE_NONE);
    statistics_drop(b, w->table, SLICE_NONE);
    object_drop(b, &b->relations, o);
    remember_drop(b, key, span);
    table_leave_parents(w);
    for (size_t i = w->children.count; i-- > 0;)
        if (cascade || is_partition(w->children.items[i]))
            drop_table(b, w->children.items[i]->object, cascade, span);
    if (!cascade)
        return;
    drop_referrers(b, w->table);
    drop_readers(b, key, span);
}

/* ---- columns ---- */

static bool
keys_use(const struct index_keys *keys, struct slice column)
{
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        if (k->expr == NULL ? slice_equal(k->column, column)
                            : expr_mentions_column(k->expr, column))
            return true;
    }
    return false;
}

/* As in PostgreSQL: constraints and indexes go with any of their columns. */
static void
drop_what_uses(struct build *b, struct work_table *w, struct slice column)
{
    for (size_t i = w->constraints.count; i-- > 0;) {
        struct work_constraint *c = w->constraints.items[i];
        const struct constraint *k = c->constraint;

        if (keys_use(&k->keys, column) || slices_have(&k->include, column)
            || (k->check != NULL && expr_mentions_column(k->check, column)))
            table_remove_constraint(w, c);
    }
    for (size_t i = w->indexes.count; i-- > 0;) {
        const struct index *k = w->indexes.items[i]->index;

        if (keys_use(&k->keys, column) || slices_have(&k->include, column)
            || (k->where != NULL && expr_mentions_column(k->where, column)))
            index_drop(b, w->indexes.items[i]);
    }
}

static void
cascade_column(struct build *b, struct work_table *w, struct slice column,
               struct span span)
{
    struct referrers *all = referrers_of(b, table_key(b, w->table));
    struct readers *readers = readers_of(b, table_key(b, w->table));

    VEC_EACH (i, &all->all) {
        struct work_constraint *c = all->all.items[i];

        if (!c->dropped && slices_have(&c->constraint->ref_columns, column))
            table_remove_constraint(c->owner, c);
    }
    VEC_EACH (i, &readers->all) {
        struct work_view *v = readers->all.items[i];

        if (!v->object->dropped && view_uses_column(b, v, w->table, column))
            drop_view(b, v->object, true, span);
    }
    for (size_t i = w->table->columns.count; i-- > 0;) {
        struct column *c = w->table->columns.items[i];

        if (c->generated != NULL && !slice_equal(c->name, column)
            && expr_mentions_column(c->generated, column))
            drop_column(b, w, c, false, span);
    }
}

void
drop_column(struct build *b, struct work_table *w, struct column *c, bool cascade,
            struct span span)
{
    if (cascade)
        cascade_column(b, w, c->name, span);
    drop_what_uses(b, w, c->name);
    rows_drop_column(w, c->name);
    sequences_drop_owned(b, w->table, c->name);
    statistics_drop(b, w->table, c->name);
    remember_drop(b, column_key(b, w->table, c->name), span);
    table_remove_column(w, c);
    children_drop_column(b, w, c->name, cascade, span);
}

/* ---- constraints ---- */

static bool
refers_to_key(const struct constraint *fk, const struct constraint *key)
{
    if (fk->ref_columns.all.count == 0)
        return key->kind == CONSTRAINT_PRIMARY_KEY;
    if (fk->ref_columns.all.count != key->keys.all.count)
        return false;
    VEC_EACH (i, &fk->ref_columns.all)
        if (!column_is_in(&key->keys, fk->ref_columns.all.items[i]))
            return false;
    return true;
}

void
drop_constraint(struct build *b, struct work_constraint *c, bool cascade)
{
    struct referrers *all = referrers_of(b, table_key(b, c->owner->table));

    table_remove_constraint(c->owner, c);
    children_drop_constraint(b, c->owner, c);
    if (!cascade)
        return;
    VEC_EACH (i, &all->all)
        if (!all->all.items[i]->dropped
            && refers_to_key(all->all.items[i]->constraint, c->constraint))
            table_remove_constraint(all->all.items[i]->owner, all->all.items[i]);
}

/* ---- what is not there ---- */

/* A name of the wrong kind, or of nothing. */
static void
report_missing(struct build *b, const struct ast_drop *ast, const struct ast_name *name,
               const struct object *found)
{
    struct diag *d;

    if (ast->if_exists || session_is_unread(b->s, name->name))
        return;
    if (found != NULL) {
        d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, name->span,
                     "\"%.*s\" is %s: DROP says something else", SLICE_ARG(name->name),
                     object_a_word(b, found));
        diag_note(&b->s->diags, d, found->span, "it is declared here");
        return;
    }
    d = diag_add(&b->s->diags,
                 ast->object == OBJECT_TABLE ? D_NO_SUCH_TABLE : D_NO_SUCH_OBJECT,
                 name->span, "there is no \"%.*s\" to drop", SLICE_ARG(name->name));
    hint_relation(b, d, name->name);
}

/* ---- types ---- */

static void
drop_columns_of_type(struct build *b, const struct object *type, struct work_table *w,
                     struct span span)
{
    for (size_t i = w->table->columns.count; i-- > 0;) {
        struct column *c = w->table->columns.items[i];

        if (c->has_type && c->type.kind == TYPE_NAMED
            && slice_equal(c->type.name, type->name)
            && slice_equal(c->type.schema, type->schema))
            drop_column(b, w, c, true, span);
    }
}

static void
drop_type(struct build *b, struct object *o, bool cascade, struct span span)
{
    if (o->role == ROLE_DEFINITION)
        definition_drop(b, o);
    else
        object_drop(b, &b->types, o);
    remember_drop(b, catalog_key(b->a, o->schema, o->name), span);
    if (!cascade)
        return;
    VEC_EACH (i, &b->objects) {
        struct object *user = b->objects.items[i];

        if (user->dropped)
            continue;
        if (user->role == ROLE_TABLE)
            drop_columns_of_type(b, o, user->u.table, span);
        else if (user->role == ROLE_DEFINITION
                 && user->u.definition->detail == DETAIL_COMPOSITE)
            drop_attributes_of_type(b, user, o);
        else if (user->role == ROLE_DEFINITION && type_is_made_of(user, o))
            drop_type(b, user, true, span);
    }
}

/* DROP DOMAIN names a domain; DROP TYPE any type but one. */
static bool
is_right_type(struct build *b, const struct ast_drop *ast, const struct ast_name *name,
              const struct object *o)
{
    bool domain = o->role == ROLE_DEFINITION && slice_is(o->u.definition->kind, "domain");

    if (ast->object == OBJECT_TYPE || domain)
        return true;
    report_wrong_kind(b, o, name->span, "a domain");
    return false;
}

static void
drop_type_named(struct build *b, const struct ast_drop *ast, const struct ast_name *name)
{
    struct object *o = object_find(b, &b->types, schema_of(name), name->name);
    const struct object *other =
        object_find(b, &b->relations, schema_of(name), name->name);

    if (o == NULL && other != NULL)
        report_wrong_kind(b, other, name->span, "a type");
    else if (o == NULL)
        report_missing(b, ast, name, NULL);
    else if (is_right_type(b, ast, name, o))
        drop_type(b, o, ast->cascade, name->span);
}

/* ---- what is kept whole ---- */

static const char *const definition_kinds[] = {
    [OBJECT_DOMAIN] = "domain",     [OBJECT_SCHEMA] = "schema",
    [OBJECT_SEQUENCE] = "sequence", [OBJECT_EXTENSION] = "extension",
    [OBJECT_FUNCTION] = "function", [OBJECT_TRIGGER] = "trigger",
    [OBJECT_POLICY] = "policy",     [OBJECT_RULE] = "rule",
    [OBJECT_OTHER] = NULL, /* drop_one */
};

static bool
is_the_definition(const struct object *o, const struct ast_drop *ast,
                  const struct ast_name *name)
{
    const struct definition *r = o->u.definition;
    const char *kind = definition_kinds[ast->object];

    return o->role == ROLE_DEFINITION && !o->dropped && kind != NULL
           && slice_is(r->kind, kind) && slice_equal(r->name, name->name)
           && (slice_is_none(ast->on_table) || slice_equal(r->table, ast->on_table));
}

static bool
drop_definition(struct build *b, const struct ast_drop *ast, const struct ast_name *name)
{
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (!is_the_definition(o, ast, name))
            continue;
        definition_drop(b, o);
        return true;
    }
    return false;
}

/* ---- the statement ---- */

void
drop_object(struct build *b, struct object *o, struct span span)
{
    switch (o->role) {
    case ROLE_TABLE:
        drop_table(b, o, true, span);
        break;
    case ROLE_VIEW:
        drop_view(b, o, true, span);
        break;
    case ROLE_ENUM:
        drop_type(b, o, true, span);
        break;
    case ROLE_DEFINITION:
        if (is_type_kind(o->u.definition->kind))
            drop_type(b, o, true, span);
        else if (o->u.definition->detail == DETAIL_SEQUENCE)
            drop_sequence(b, o, true, span);
        else
            definition_drop(b, o);
        break;
    case ROLE_INDEX:
        index_drop(b, o->u.index);
        break;
    }
}

/* MySQL's DROP INDEX i ON t, where i may be another table's index as well. */
static struct object *
find_index_on(struct build *b, const struct ast_drop *ast, const struct ast_name *name)
{
    const struct work_table *w = table_find(b, SLICE_NONE, ast->on_table);
    const struct work_index *i = w == NULL ? NULL : table_find_index(w, name->name);

    return i == NULL ? NULL : i->object;
}

static void
drop_definition_relation(struct build *b, struct object *o, bool cascade,
                         struct span span)
{
    struct slice key = catalog_key(b->a, o->schema, o->name);

    drop_definitions_on(b, o->schema, o->name);
    definition_drop(b, o);
    remember_drop(b, key, span);
    if (cascade)
        drop_readers(b, key, span);
}

static void
drop_relation(struct build *b, const struct ast_drop *ast, const struct ast_name *name,
              enum object_role role)
{
    struct object *o = role == ROLE_INDEX && !slice_is_none(ast->on_table)
                           ? find_index_on(b, ast, name)
                           : object_find(b, &b->relations, schema_of(name), name->name);

    if (is_virtual(o) && role != ROLE_TABLE) {
        report_missing(b, ast, name, o);
    } else if (o != NULL && o->role == ROLE_DEFINITION) {
        drop_definition_relation(b, o, ast->cascade, name->span);
    } else if (o == NULL || o->role != role) {
        report_missing(b, ast, name, o);
    } else if (role == ROLE_TABLE) {
        drop_table(b, o, ast->cascade, name->span);
    } else if (role == ROLE_VIEW) {
        drop_view(b, o, ast->cascade, name->span);
    } else {
        index_drop(b, o->u.index);
    }
}

static void
drop_one(struct build *b, const struct ast_drop *ast, const struct ast_name *name)
{
    struct object *o;

    switch (ast->object) {
    case OBJECT_TABLE:
        drop_relation(b, ast, name, ROLE_TABLE);
        break;
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW:
        drop_relation(b, ast, name, ROLE_VIEW);
        break;
    case OBJECT_INDEX:
        drop_relation(b, ast, name, ROLE_INDEX);
        break;
    case OBJECT_TYPE:
    case OBJECT_DOMAIN:
        drop_type_named(b, ast, name);
        break;
    case OBJECT_SEQUENCE:
        o = definition_need(b, "sequence", name, ast->if_exists);
        if (o != NULL)
            drop_sequence(b, o, ast->cascade, name->span);
        break;
    case OBJECT_SCHEMA:
        o = definition_need(b, "schema", name, ast->if_exists);
        if (o != NULL)
            drop_schema(b, o, ast->cascade, name->span);
        break;
    case OBJECT_EXTENSION:
    case OBJECT_FUNCTION:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE:
        if (!drop_definition(b, ast, name))
            report_missing(b, ast, name, NULL);
        break;
    case OBJECT_OTHER:
        o = definition_need(b, slice_z(b->a, ast->kind), name, ast->if_exists);
        if (o != NULL)
            drop_definition_relation(b, o, ast->cascade, name->span);
        break;
    case OBJECT_COLUMN:
    case OBJECT_CONSTRAINT:
        break; /* COMMENT ON only */
    }
}

void
drop_objects(struct build *b, const struct stmt *stmt)
{
    const struct ast_drop *ast = stmt->u.drop;

    VEC_EACH (i, &ast->names.all)
        drop_one(b, ast, &ast->names.all.items[i]);
}
