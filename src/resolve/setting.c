/*
 * The actions of ALTER TABLE that say how a relation is kept and not what is in it, and
 * ALTER INDEX and ALTER VIEW.
 */
#include "resolve/build.h"

struct alteration {
    struct build *b;
    struct work_table *w;
    const struct ast_alter *action;
};

static struct column *
need_column(const struct alteration *x)
{
    return table_need_column(x->b, x->w, x->action->name, x->action->name_span, false);
}

/* ---- the table ---- */

static void
set_options(const struct alteration *x)
{
    bool set = x->action->kind == ALTER_SET_OPTIONS;
    struct table *t = x->w->table;

    t->options = options_merge(x->b, t->options, set ? &x->action->options : NULL,
                               set ? NULL : &x->action->options, x->action->span);
}

static void
set_tablespace(const struct alteration *x)
{
    x->w->table->tablespace = tablespace_plain(x->action->new_name);
}

static void
set_method(const struct alteration *x)
{
    x->w->table->method =
        slice_is(x->action->new_name, "heap") ? SLICE_NONE : x->action->new_name;
}

static void
set_logged(const struct alteration *x)
{
    x->w->table->unlogged = x->action->kind == ALTER_SET_UNLOGGED;
}

static void
set_row_security(const struct alteration *x)
{
    struct slice word = x->action->new_name;
    struct table *t = x->w->table;

    if (slice_is(word, "enable") || slice_is(word, "disable"))
        t->row_security = slice_is(word, "enable");
    else
        t->force_row_security = slice_is(word, "force");
}

static void
say_nothing(const struct alteration *x)
{
    (void)x;
}

/* ---- an index that the table names ---- */

/* An index by its name, or the key that has one of that name: one of the two. */
static bool
need_index(const struct alteration *x, struct work_index **index,
           struct work_constraint **key)
{
    *index = table_find_work_index(x->b, x->w, x->action->name);
    *key =
        *index != NULL ? NULL : table_find_work_constraint(x->b, x->w, x->action->name);
    if (*index != NULL || *key != NULL)
        return true;
    diag_add(&x->b->s->diags, D_NO_SUCH_OBJECT, x->action->name_span,
             "table \"%.*s\" has no index \"%.*s\"", SLICE_ARG(x->w->table->name),
             SLICE_ARG(x->action->name));
    return false;
}

static void
cluster_on(const struct alteration *x)
{
    need_index(x, &x->w->cluster_index, &x->w->cluster_key);
}

static void
without_cluster(const struct alteration *x)
{
    x->w->cluster_index = NULL;
    x->w->cluster_key = NULL;
    x->w->table->clustered_on = SLICE_NONE;
}

static void
set_replica_identity(const struct alteration *x)
{
    static const char *const words[] = { "full", "nothing", "index", "default" };
    struct table *t = x->w->table;
    struct slice word = slice_lower(x->b->a, x->action->new_name);

    x->w->replica_index = NULL;
    x->w->replica_key = NULL;
    t->replica_index = SLICE_NONE;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!slice_is(word, words[i]))
            continue;
        t->replica_identity = slice_is(word, "default") ? SLICE_NONE : word;
        if (slice_is(word, "index")
            && !need_index(x, &x->w->replica_index, &x->w->replica_key))
            t->replica_identity = SLICE_NONE;
        return;
    }
    diag_add(&x->b->s->diags, D_SYNTAX, x->action->name_span,
             "REPLICA IDENTITY is FULL, NOTHING, DEFAULT or USING INDEX");
}

static struct slice
final_name(const struct work_index *index, const struct work_constraint *key,
           struct slice otherwise)
{
    if (index != NULL)
        return index->dropped ? SLICE_NONE : index->index->name;
    if (key != NULL)
        return key->dropped ? SLICE_NONE : key->constraint->name;
    return otherwise;
}

void
settings_finish(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct work_table *w = o->role == ROLE_TABLE ? o->u.table : NULL;

        if (o->dropped || w == NULL)
            continue;
        w->table->clustered_on =
            final_name(w->cluster_index, w->cluster_key, w->table->clustered_on);
        w->table->replica_index =
            final_name(w->replica_index, w->replica_key, w->table->replica_index);
        if (slice_is_none(w->table->replica_index)
            && slice_is(w->table->replica_identity, "index"))
            w->table->replica_identity = SLICE_NONE;
    }
}

/* ---- columns ---- */

static void
set_column_storage(const struct alteration *x)
{
    struct column *c = need_column(x);

    if (c != NULL)
        c->storage = slice_lower(x->b->a, x->action->new_name);
}

static void
set_column_compression(const struct alteration *x)
{
    struct column *c = need_column(x);

    if (c != NULL)
        c->compression = x->action->new_name;
}

static void
set_column_statistics(const struct alteration *x)
{
    struct column *c = need_column(x);

    if (c == NULL)
        return;
    c->has_statistics = x->action->value >= 0;
    c->statistics = c->has_statistics ? x->action->value : 0;
}

static void
set_column_options(const struct alteration *x)
{
    bool set = x->action->kind == ALTER_COLUMN_SET;
    struct column *c = need_column(x);

    if (c != NULL)
        c->options = options_merge(x->b, c->options, set ? &x->action->options : NULL,
                                   set ? NULL : &x->action->options, x->action->span);
}

/* ---- constraints ---- */

static void
set_deferral(const struct alteration *x)
{
    struct work_constraint *c = table_find_work_constraint(x->b, x->w, x->action->name);

    if (c == NULL)
        diag_add(&x->b->s->diags, D_NO_SUCH_OBJECT, x->action->name_span,
                 "table \"%.*s\" has no constraint \"%.*s\"",
                 SLICE_ARG(x->w->table->name), SLICE_ARG(x->action->name));
    else if (c->constraint->kind != CONSTRAINT_FOREIGN_KEY)
        diag_add(&x->b->s->diags, D_BAD_CONSTRAINT, x->action->name_span,
                 "constraint \"%.*s\" is no foreign key: only those can be altered so",
                 SLICE_ARG(x->action->name));
    else
        c->constraint->deferral = x->action->constraint->deferral;
}

/* ---- which action does what ---- */

typedef void setting_fn(const struct alteration *x);

static const struct {
    enum alter_kind kind;
    setting_fn *fn;
} settings[] = {
    { ALTER_SET_OPTIONS, set_options },
    { ALTER_RESET_OPTIONS, set_options },
    { ALTER_SET_TABLESPACE, set_tablespace },
    { ALTER_SET_METHOD, set_method },
    { ALTER_SET_LOGGED, set_logged },
    { ALTER_SET_UNLOGGED, set_logged },
    { ALTER_ROW_SECURITY, set_row_security },
    { ALTER_WITHOUT_OIDS, say_nothing },
    { ALTER_CLUSTER_ON, cluster_on },
    { ALTER_WITHOUT_CLUSTER, without_cluster },
    { ALTER_REPLICA_IDENTITY, set_replica_identity },
    { ALTER_COLUMN_STORAGE, set_column_storage },
    { ALTER_COLUMN_COMPRESSION, set_column_compression },
    { ALTER_COLUMN_STATISTICS, set_column_statistics },
    { ALTER_COLUMN_SET, set_column_options },
    { ALTER_COLUMN_RESET, set_column_options },
    { ALTER_CONSTRAINT, set_deferral },
};

bool
alter_setting(struct build *b, struct work_table *w, const struct ast_alter *action)
{
    const struct alteration x = { b, w, action };

    for (size_t i = 0; i < ARRAY_LEN(settings); i++)
        if (settings[i].kind == action->kind) {
            settings[i].fn(&x);
            return true;
        }
    return false;
}

/* ---- ALTER INDEX ---- */

static void
refuse_action(struct build *b, const struct ast_alter *action, const char *what)
{
    diag_add(&b->s->diags, D_SYNTAX, action->span, "%s has no such action", what);
}

/* The number of a key: from 1, as the server counts. */
static void
set_key_statistics(struct build *b, struct index *x, const struct ast_alter *action)
{
    size_t number = 0;

    for (size_t i = 0; i < action->name.len; i++)
        number = action->name.ptr[i] >= '0' && action->name.ptr[i] <= '9' && number < 1000
                     ? number * 10 + (size_t)(action->name.ptr[i] - '0')
                     : 0;
    if (number == 0 || number > x->keys.all.count) {
        diag_add(&b->s->diags, D_NO_SUCH_COLUMN, action->name_span,
                 "index \"%.*s\" has no column number %.*s", SLICE_ARG(x->name),
                 SLICE_ARG(action->name));
        return;
    }
    x->keys.all.items[number - 1].has_statistics = action->value >= 0;
    x->keys.all.items[number - 1].statistics = action->value >= 0 ? action->value : 0;
}

/* The key of that name, or an index that nobody gave a name to; one of the two. */
static void
find_unnamed(struct build *b, const struct ast_name *name, struct work_constraint **key,
             struct work_index **index)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE
            || !slice_equal(o->schema, schema_of(name)))
            continue;
        *key = table_find_work_constraint(b, o->u.table, name->name);
        if (*key != NULL && (*key)->constraint->kind != CONSTRAINT_CHECK
            && (*key)->constraint->kind != CONSTRAINT_FOREIGN_KEY)
            return;
        *key = NULL;
        *index = table_find_work_index(b, o->u.table, name->name);
        if (*index != NULL)
            return;
    }
}

static bool
is_on_child(const struct work_table *child, const struct work_table *parent)
{
    VEC_EACH (i, &child->parents)
        if (child->parents.items[i] == parent)
            return true;
    return false;
}

static void
attach_index(struct build *b, struct work_index *parent, const struct ast_alter *action)
{
    const struct ast_name *name = &action->table;
    struct object *o = object_find(b, &b->relations, schema_of(name), name->name);
    struct work_constraint *key = NULL;
    struct work_index *own = NULL;
    struct diag *d;

    if (o == NULL)
        find_unnamed(b, name, &key, &own);
    if (o != NULL && o->role == ROLE_INDEX)
        own = o->u.index;
    if (own == NULL && key != NULL && is_on_child(key->owner, parent->owner)) {
        key->part_of = parent;
        return;
    }
    if (own == NULL) {
        d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, name->span,
                     "there is no index \"%.*s\"", SLICE_ARG(name->name));
        hint_relation(b, d, name->name);
        return;
    }
    if (!is_on_child(own->owner, parent->owner)) {
        d = diag_add(&b->s->diags, D_BAD_PARENT, name->span,
                     "index \"%.*s\" is not on a partition of \"%.*s\"",
                     SLICE_ARG(name->name), SLICE_ARG(parent->owner->table->name));
        diag_note(&b->s->diags, d, own->index->span, "it is declared here");
        return;
    }
    own->parent = parent;
}

static void
apply_to_index(struct build *b, const struct stmt *stmt, struct work_index *w,
               const struct ast_alter *action)
{
    struct index *x = w->index;

    if (action->kind == ALTER_SET_OPTIONS)
        x->options = options_merge(b, x->options, &action->options, NULL, action->span);
    else if (action->kind == ALTER_RESET_OPTIONS)
        x->options = options_merge(b, x->options, NULL, &action->options, action->span);
    else if (action->kind == ALTER_SET_TABLESPACE)
        x->tablespace = tablespace_plain(action->new_name);
    else if (action->kind == ALTER_ATTACH_PARTITION)
        attach_index(b, w, action);
    else if (action->kind == ALTER_COLUMN_STATISTICS)
        set_key_statistics(b, x, action);
    else if (action->kind == ALTER_OTHER)
        declare_definition(b, stmt, SLICE("alter index"), &stmt->u.alter_table->name,
                           &stmt->u.alter_table->name);
    else
        refuse_action(b, action, "an index");
}

void
alter_index(struct build *b, const struct stmt *stmt, struct work_index *w)
{
    VEC_EACH (i, &stmt->u.alter_table->actions)
        apply_to_index(b, stmt, w, stmt->u.alter_table->actions.items[i]);
}

/* ---- an index that is the server's for a key ---- */

static void
attach_key(struct build *b, struct work_constraint *parent,
           const struct ast_alter *action)
{
    struct work_constraint *own = NULL;
    struct diag *d;

    VEC_EACH (i, &parent->owner->children) {
        struct work_constraint *c = table_find_work_constraint(
            b, parent->owner->children.items[i], action->table.name);

        if (c != NULL)
            own = c;
    }
    if (own != NULL) {
        own->parent = parent;
        own->constraint->is_local = false;
        return;
    }
    d = diag_add(&b->s->diags, D_BAD_PARENT, action->table.span,
                 "no partition of \"%.*s\" has a key \"%.*s\"",
                 SLICE_ARG(parent->owner->table->name), SLICE_ARG(action->table.name));
    diag_note(&b->s->diags, d, parent->constraint->span, "the key of the whole is here");
}

static void
apply_to_key(struct build *b, struct work_constraint *c, const struct ast_alter *action)
{
    struct constraint *k = c->constraint;

    if (action->kind == ALTER_SET_OPTIONS)
        k->options = options_merge(b, k->options, &action->options, NULL, action->span);
    else if (action->kind == ALTER_RESET_OPTIONS)
        k->options = options_merge(b, k->options, NULL, &action->options, action->span);
    else if (action->kind == ALTER_SET_TABLESPACE)
        k->tablespace = tablespace_plain(action->new_name);
    else if (action->kind == ALTER_ATTACH_PARTITION)
        attach_key(b, c, action);
    else
        refuse_action(b, action, "the index of a key");
}

bool
alter_unnamed(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_table *ast = stmt->u.alter_table;
    struct work_constraint *key = NULL;
    struct work_index *index = NULL;

    if (ast->object == OBJECT_INDEX)
        find_unnamed(b, &ast->name, &key, &index);
    if (index != NULL)
        alter_index(b, stmt, index);
    if (key != NULL)
        VEC_EACH (i, &ast->actions)
            apply_to_key(b, key, ast->actions.items[i]);
    return key != NULL || index != NULL;
}

/* ---- ALTER VIEW ---- */

/* False: it is kept as text, and with it the whole statement. */
static bool
apply_to_view(struct build *b, struct work_view *w, const struct ast_alter *action)
{
    struct view *v = w->view;

    if (action->kind == ALTER_SET_OPTIONS)
        v->options = options_merge(b, v->options, &action->options, NULL, action->span);
    else if (action->kind == ALTER_RESET_OPTIONS)
        v->options = options_merge(b, v->options, NULL, &action->options, action->span);
    else if (action->kind == ALTER_RENAME_COLUMN)
        view_rename_column(
            b, w,
            (struct view_rename){ action->name, action->new_name, action->name_span });
    else
        return false;
    return true;
}

void
alter_view(struct build *b, const struct stmt *stmt, struct work_view *w)
{
    const struct ast_name *name = &stmt->u.alter_table->name;
    bool whole = true;

    VEC_EACH (i, &stmt->u.alter_table->actions)
        whole &= apply_to_view(b, w, stmt->u.alter_table->actions.items[i]);
    if (!whole)
        declare_definition(b, stmt,
                           w->view->materialized ? SLICE("alter materialized view")
                                                 : SLICE("alter view"),
                           name, name);
}
