/*
 * Renames: whatever refers to the old name follows, as it does in an engine.
 *
 * Inside a table's own expressions a name can only mean a column of that table, so they
 * are rewritten by name.  Views have scopes: view_follow binds them with the rename.
 * Triggers and other definitions are text; one that says the old name is refused.
 */
#include "base/sqltext.h"
#include "model/was.h"
#include "resolve/definitions.h"
#include "resolve/scope.h"

/* ---- expressions of one table ---- */

struct renaming {
    struct arena *arena;
    struct slice old;
    struct slice name;
};

static const struct expr *
rename_in_node(void *context, const struct expr *e)
{
    const struct renaming *r = context;
    struct expr *copy;

    if (e->kind != EXPR_NAME && e->kind != EXPR_COLUMN)
        return e;
    if (!slice_equal(e->text, r->old))
        return e;
    copy = arena_copy(r->arena, e, sizeof *e);
    copy->text = r->name;
    return copy;
}

static const struct expr *
rename_in_expr(void *context, enum visit_place place, const struct expr *e)
{
    struct renaming *r = context;

    return place == PLACE_ALONE ? e : expr_rewrite(r->arena, e, rename_in_node, r);
}

static void
rename_in_keys(const struct renaming *r, struct index_keys *keys)
{
    VEC_EACH (i, &keys->all) {
        struct index_key *k = &keys->all.items[i];

        if (!slice_is_none(k->column) && slice_equal(k->column, r->old))
            k->column = r->name;
    }
}

static void
rename_in_slices(const struct renaming *r, struct slices *names)
{
    VEC_EACH (i, &names->all)
        if (slice_equal(names->all.items[i], r->old))
            names->all.items[i] = r->name;
}

static void
rename_in_table(struct renaming *r, struct work_table *w)
{
    table_edit(w, rename_in_expr, r);
    if (w->partition_keys != NULL)
        rename_in_keys(r, w->partition_keys);
    VEC_EACH (i, &w->constraints) {
        struct constraint *c = w->constraints.items[i]->constraint;

        rename_in_keys(r, &c->keys);
        rename_in_slices(r, &c->set_columns);
        rename_in_slices(r, &c->include);
    }
    VEC_EACH (i, &w->indexes) {
        struct index *k = w->indexes.items[i]->index;

        rename_in_keys(r, &k->keys);
        rename_in_slices(r, &k->include);
    }
}

static void
rename_in_referrers(struct build *b, const struct renaming *r, const struct table *t)
{
    struct referrers *all = referrers_of(b, table_key(b, t));

    VEC_EACH (i, &all->all)
        if (!all->all.items[i]->dropped)
            rename_in_slices(r, &all->all.items[i]->constraint->ref_columns);
}

/* ---- text that cannot follow ---- */

static bool
says_name(struct slice text, struct slice name)
{
    return sqltext_says_name((struct sqltext){ .rest = text }, name);
}

/*
 * Text that stands on the table, or that the server reads as soon as it is made: BEGIN
 * ATOMIC.  The server itself follows a rename there; a body in quotes it does not.
 */
static bool
goes_stale(const struct definition *d, const struct table *t, struct slice word)
{
    if (d->detail == DETAIL_ROUTINE)
        return d->u.routine->body_kind == BODY_ATOMIC
               && says_name(d->u.routine->body, t->name)
               && says_name(d->u.routine->body, word);
    return d->detail == DETAIL_NONE && !slice_is_none(d->table)
           && slice_equal(d->table, t->name) && slice_equal(d->schema, t->schema)
           && says_name(d->normal, word);
}

static bool
refuse_stale_text(struct build *b, const struct table *t, struct slice word,
                  struct span span)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct diag *d;

        if (o->dropped || o->role != ROLE_DEFINITION
            || !goes_stale(o->u.definition, t, word))
            continue;
        d = diag_add(&b->s->diags, D_DROP_HAS_DEPENDANTS, span,
                     "%.*s \"%.*s\" is kept as text and says the old name \"%.*s\"",
                     SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name),
                     SLICE_ARG(word));
        diag_note(&b->s->diags, d, o->span, "it is declared here");
        diag_hint(&b->s->diags, d,
                  "drop it before the rename and create it again after it");
        return true;
    }
    return false;
}

/* Of a materialized view: its indexes and settings are text. */
bool
view_refuses_text(struct build *b, const struct view *v, struct slice word,
                  struct span span)
{
    const struct table on = { .schema = v->schema, .name = v->name };

    return refuse_stale_text(b, &on, word, span);
}

/* ---- columns ---- */

void
rename_column(struct build *b, struct work_table *w, struct column *c, struct slice name,
              struct span span)
{
    struct renaming r = { b->a, c->name, name };
    const struct column *other = table_find_column(w->table, name);
    struct diag *d;

    if (slice_equal(c->name, name))
        return;
    if (other != NULL) {
        d = diag_add(&b->s->diags, D_DUPLICATE_COLUMN, span,
                     "table \"%.*s\" has a column \"%.*s\" already",
                     SLICE_ARG(w->table->name), SLICE_ARG(name));
        diag_note(&b->s->diags, d, other->span, "it is declared here");
        return;
    }
    if (refuse_stale_text(b, w->table, c->name, span))
        return;
    serials_keep_names(b, w->table, c);
    views_follow_column(b, w->table, c->name, name);
    rename_in_table(&r, w);
    rename_in_referrers(b, &r, w->table);
    sequences_follow_column(b, w->table, c->name, name);
    grants_follow_column(b, w->object, c->name, name);
    rows_rename_column(w, c->name, name);
    table_rename_column(w, c, name);
}

/* ---- tables ---- */

/* Those that referred to the old name refer to the new one. */
static void
move_referrers(struct build *b, struct slice from, const struct table *t)
{
    struct referrers *old = referrers_of(b, from);
    struct referrers *now = referrers_of(b, table_key(b, t));

    VEC_EACH (i, &old->all) {
        struct work_constraint *c = old->all.items[i];

        c->constraint->ref_schema = t->schema;
        c->constraint->ref_table = t->name;
        VEC_PUSH(b->a, &now->all, c);
    }
    old->all.count = 0;
}

/* Indexes live in the schema of their table. */
static void
move_indexes(struct build *b, struct work_table *w)
{
    VEC_EACH (i, &w->indexes) {
        struct object *o = w->indexes.items[i]->object;

        if (slice_is_none(o->name))
            o->schema = w->table->schema;
        else
            object_rename(b, &b->relations, o, w->table->schema, o->name);
    }
}

void
rename_table(struct build *b, struct work_table *w, struct slice schema,
             struct slice name, struct span span)
{
    struct table *t = w->table;
    struct slice key = table_key(b, t);

    if (!object_may_rename(b, &b->relations, w->object, schema, name, span))
        return;
    script_follow_table(b, t, schema, name);
    if (refuse_stale_text(b, t, t->name, span))
        return;
    if (!slice_equal(t->name, name))
        serials_keep_names(b, t, NULL);
    views_follow_table(b, t, schema, name);
    sequences_follow_table(b, t, schema, name);
    object_rename(b, &b->relations, w->object, schema, name);
    t->schema = schema;
    t->name = name;
    if (w->base != NULL)
        t->was = was_said(b->a, &(struct relation_name){ w->base->schema, w->base->name },
                          &(struct relation_name){ schema, name });
    move_referrers(b, key, t);
    move_indexes(b, w);
}

/* ---- ALTER INDEX, VIEW … RENAME TO ---- */

static struct slice
was_of(struct slice base_name, struct slice name)
{
    return slice_is_none(base_name) || slice_equal(base_name, name) ? SLICE_NONE
                                                                    : base_name;
}

void
rename_work_index(struct build *b, struct work_index *w, struct slice name,
                  struct span span)
{
    struct object *o = w->object;

    name = name_kept(b, name);
    if (!object_may_rename(b, &b->relations, o, o->schema, name, span))
        return;
    if (slice_is_none(o->name)) {
        o->name = name;
        names_put(b, &b->relations, catalog_key(b->a, o->schema, name), o);
    } else {
        object_rename(b, &b->relations, o, o->schema, name);
    }
    w->index->name = name;
    w->index->name_is_derived = false;
    w->index->was = was_of(w->base_name, name);
}

static void
rename_view(struct build *b, struct object *o, const struct ast_rename *ast)
{
    struct work_view *w = o->u.view;

    if (!object_may_rename(b, &b->relations, o, o->schema, ast->new_name, ast->name.span)
        || view_refuses_text(b, w->view, w->view->name, ast->name.span))
        return;
    views_follow_view(b, w->view, o->schema, ast->new_name);
    object_rename(b, &b->relations, o, o->schema, ast->new_name);
    w->view->name = ast->new_name;
    w->view->was = was_of(w->base_name, ast->new_name);
}

void
move_view(struct build *b, struct object *o, struct slice schema, struct span span)
{
    if (!object_may_rename(b, &b->relations, o, schema, o->name, span)
        || view_refuses_text(b, o->u.view->view, o->name, span))
        return;
    views_follow_view(b, o->u.view->view, schema, o->name);
    object_rename(b, &b->relations, o, schema, o->name);
    o->u.view->view->schema = schema;
}

static void
refuse_definition(struct build *b, const struct ast_rename *ast, const struct object *o)
{
    struct diag *d = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, ast->name.span,
                              "%.*s \"%.*s\" is kept as text and cannot be renamed",
                              SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name));

    diag_note(&b->s->diags, d, o->span, "it is declared here");
    diag_hint(&b->s->diags, d, "drop it and create it again by its new name");
}

static void
rename_unknown(struct build *b, const struct ast_rename *ast)
{
    const struct object *definition =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);
    struct diag *d;

    if (definition == NULL)
        definition = object_find(b, &b->types, schema_of(&ast->name), ast->name.name);
    if (definition != NULL && definition->role == ROLE_DEFINITION) {
        refuse_definition(b, ast, definition);
        return;
    }
    if (ast->if_exists || session_is_unread(b->s, ast->name.name))
        return;
    d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->name.span, "there is no \"%.*s\"",
                 SLICE_ARG(ast->name.name));
    hint_relation(b, d, ast->name.name);
}

/* ALTER INDEX on the index of a UNIQUE or PRIMARY KEY renames the constraint. */
static bool
rename_constraint_index(struct build *b, const struct ast_rename *ast)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct work_constraint *c = NULL;

        if (!o->dropped && o->role == ROLE_TABLE)
            c = table_find_work_constraint(b, o->u.table, ast->name.name);
        if (c == NULL)
            continue;
        c->constraint->name = ast->new_name;
        c->constraint->name_is_derived = false;
        c->constraint->was = was_of(c->base_name, ast->new_name);
        return true;
    }
    return false;
}

void
rename_one(struct build *b, const struct ast_rename *ast)
{
    struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);

    if (o != NULL && o->role == ROLE_TABLE)
        rename_table(b, o->u.table, o->schema, ast->new_name, ast->name.span);
    else if (o != NULL && o->role == ROLE_INDEX)
        rename_work_index(b, o->u.index, ast->new_name, ast->name.span);
    else if (o != NULL && o->role == ROLE_VIEW)
        rename_view(b, o, ast);
    else if (is_virtual(o))
        rename_virtual(b, o, ast->new_name, ast->name.span);
    else if (ast->object != OBJECT_INDEX || !rename_constraint_index(b, ast))
        rename_unknown(b, ast);
}

void
rename_object(struct build *b, const struct stmt *stmt)
{
    for (const struct ast_rename *r = stmt->u.rename; r != NULL; r = r->next)
        rename_one(b, r);
}
