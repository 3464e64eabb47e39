/*
 * What triggers, rules and policies have in common: they stand on a relation, hold
 * expressions over it, and follow its renames.
 */
#include "resolve/define.h"
#include "resolve/definitions.h"

#include "expr/sqlw.h"

/* ---- declaring ---- */

struct object *
code_need_relation(struct build *b, const struct ast_name *name)
{
    struct object *o = object_find(b, &b->relations, schema_of(name), name->name);

    if (o == NULL || o->role == ROLE_INDEX) {
        table_need(b, name, false); /* reports it */
        return NULL;
    }
    if (is_virtual(o)) {
        report_wrong_kind(b, o, name->span, "a table that triggers and rules stand on");
        return NULL;
    }
    return o;
}

struct definition *
code_new(struct build *b, const struct stmt *stmt, const char *kind,
         const struct ast_name *name, const struct object *on)
{
    struct definition *d = definition_new(b, stmt, slice_from(kind), name);

    d->schema = on->schema;
    d->table = on->name;
    return d;
}

struct code_reading {
    struct build *b;
    struct object *o;
};

void
code_add_reader(struct build *b, struct object *o, struct slice schema, struct slice name)
{
    struct readers *readers = readers_of(b, catalog_key(b->a, schema, name));
    size_t count = readers->code.count;

    if (count == 0 || readers->code.items[count - 1] != o)
        VEC_PUSH(b->a, &readers->code, o);
}

static bool
register_read(void *context, const struct expr *e)
{
    const struct code_reading *r = context;

    if (e->kind == QUERY_TABLE)
        code_add_reader(r->b, r->o,
                        e->arg_count > 2 ? schema_plain(e->args[e->arg_count - 1]->text)
                                         : SLICE_NONE,
                        e->text);
    return true;
}

static void
register_in(struct code_reading *r, const struct expr *e)
{
    if (e != NULL)
        expr_walk(e, register_read, r);
}

void
code_register(struct build *b, struct object *o)
{
    const struct definition *d = o->u.definition;
    struct code_reading r = { b, o };

    if (d->detail == DETAIL_ROUTINE)
        routine_register_types(b, o);
    if (d->detail == DETAIL_STATISTICS)
        code_add_reader(b, o, d->u.statistics->table_schema, d->u.statistics->table);
    if (slice_is_none(d->table))
        return;
    code_add_reader(b, o, d->schema, d->table);
    if (d->detail == DETAIL_TRIGGER) {
        register_in(&r, d->u.trigger->when);
        if (!slice_is_none(d->u.trigger->from_table))
            code_add_reader(b, o, d->u.trigger->from_schema, d->u.trigger->from_table);
        VEC_EACH (i, &d->u.trigger->body)
            register_in(&r, d->u.trigger->body.items[i]);
    } else if (d->detail == DETAIL_RULE) {
        register_in(&r, d->u.rule->where);
        VEC_EACH (i, &d->u.rule->actions)
            register_in(&r, d->u.rule->actions.items[i]);
    } else if (d->detail == DETAIL_POLICY) {
        register_in(&r, d->u.policy->using);
        register_in(&r, d->u.policy->with_check);
    }
}

static struct object *
find_code(struct build *b, struct slice kind, struct slice name, const struct object *on)
{
    struct object *o =
        map_get(&b->definitions, definition_key(b, kind, on->schema, name, on->name));

    return o == NULL || o->dropped ? NULL : o;
}

void
code_declare(struct build *b, const struct stmt *stmt, struct definition *d,
             bool or_replace, bool if_not_exists)
{
    struct object on = { .schema = d->schema, .name = d->table };
    struct object *other = find_code(b, d->kind, d->name, &on);
    struct diag *diag;

    annotate_definition(b, d, &stmt->annotations);
    definition_spell(b->a, d, &sql_style_canonical);
    if (other == NULL || only_differs(other->only, d->only)) {
        definition_put(b, d);
        return;
    }
    if (or_replace) {
        d->comment = other->u.definition->comment;
        other->u.definition = d;
        other->span = d->span;
        code_register(b, other);
    } else if (!if_not_exists) {
        diag = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, d->span,
                        "%.*s \"%.*s\" is declared twice", SLICE_ARG(d->kind),
                        SLICE_ARG(d->name));
        diag_note(&b->s->diags, diag, other->span, "it is declared here first");
    }
}

static void
add_names_on(struct build *b, struct slices *names, struct slice kind,
             const struct object *on)
{
    const struct readers *readers =
        readers_of(b, catalog_key(b->a, on->schema, on->name));

    VEC_EACH (i, &readers->code) {
        const struct object *o = readers->code.items[i];

        if (!o->dropped && slice_equal(o->u.definition->kind, kind)
            && slice_equal(o->u.definition->table, on->name))
            VEC_PUSH(b->a, &names->all, o->name);
    }
}

struct object *
code_need(struct build *b, const char *kind, const struct ast_name *name,
          const struct object *on, bool if_exists)
{
    struct object *o = find_code(b, slice_from(kind), name->name, on);
    struct slices names = { 0 };
    struct diag *d;

    if (o != NULL || if_exists)
        return o;
    d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, name->span,
                 "\"%.*s\" has no %s \"%.*s\"", SLICE_ARG(on->name), kind,
                 SLICE_ARG(name->name));
    add_names_on(b, &names, slice_from(kind), on);
    hint_nearest(b->s, d, name->name, &names);
    return NULL;
}

/* ---- binding ---- */

static struct relation
relation_on(const struct build *b, const struct definition *d)
{
    bool apart = d->detail == DETAIL_STATISTICS; /* in a schema of its own */
    const struct object *o =
        object_find(b, &b->relations, apart ? d->u.statistics->table_schema : d->schema,
                    apart ? d->u.statistics->table : d->table);
    struct relation r = { .found = o != NULL };

    if (o != NULL && o->role == ROLE_TABLE)
        r.table = o->u.table->table;
    if (o != NULL && o->role == ROLE_VIEW)
        r.view = o->u.view->view;
    return r;
}

void
code_add_rows(struct code_binding *c, bool has_new, bool has_old)
{
    if (has_new)
        VEC_PUSH(c->binder.a, &c->scope.items,
                 scope_row_item(&c->binder, c->on, SLICE("new")));
    if (has_old)
        VEC_PUSH(c->binder.a, &c->scope.items,
                 scope_row_item(&c->binder, c->on, SLICE("old")));
}

void
code_check_place(struct code_binding *c, const struct expr *e,
                 const struct place_rules *place)
{
    if (!c->binder.quiet && e != NULL)
        (void)place_refuses(c->binder.b, e, place);
}

const struct expr *
code_bind_statement(struct code_binding *c, const struct expr *query)
{
    struct scope_columns columns = { 0 };
    bool opaque = false;

    return bind_query(&c->binder, &c->scope, query, &columns, &opaque);
}

/* A new definition in the place of the old, which a base catalog may hold as well. */
static void
bind_one(struct build *b, struct object *o, struct binder binder)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct code_binding c = { .binder = binder };

    c.on = relation_on(b, d);
    if (d->detail == DETAIL_TRIGGER)
        trigger_bind(&c, d);
    else if (d->detail == DETAIL_RULE)
        rule_bind(&c, d);
    else if (d->detail == DETAIL_POLICY)
        policy_bind(&c, d);
    else if (d->detail == DETAIL_STATISTICS)
        statistics_bind(&c, d);
    else if (d->detail == DETAIL_ROUTINE && routine_is_read(d->u.routine))
        routine_bind(&c, d);
    else if (d->detail == DETAIL_COMMENT && !binder.quiet)
        comment_check(b, o);
    else
        return;
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}

static void
bind_all(struct build *b, struct binder binder)
{
    event_triggers_check(b);
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_DEFINITION)
            continue;
        if (!binder.quiet && o->u.definition->detail == DETAIL_TRIGGER)
            trigger_check_function(b, o);
        bind_one(b, o, binder);
    }
}

void
code_bind(struct build *b)
{
    struct binder binder;

    binder_init(&binder, b);
    bind_all(b, binder);
}

void
code_edit(struct build *b, expr_edit_fn *edit, void *context)
{
    struct binder binder;

    binder_init(&binder, b);
    binder.quiet = true;
    binder.edit = edit;
    binder.edit_context = context;
    bind_all(b, binder);
}

/* ---- renames ---- */

static bool
stands_on(const struct object *o, struct slice schema, struct slice name)
{
    return slice_equal(o->u.definition->table, name)
           && slice_equal(o->u.definition->schema, schema);
}

void
code_follow(struct build *b, struct slice key, const struct follow *what)
{
    const struct readers *readers = readers_of(b, key);
    struct binder binder;

    binder_init(&binder, b);
    binder.quiet = true;
    binder.follow = *what;
    VEC_EACH (i, &readers->code)
        if (!readers->code.items[i]->dropped)
            bind_one(b, readers->code.items[i], binder);
}

/* What stands on the relation stands on it by its new name; who reads it reads that. */
void
code_move(struct build *b, struct slice schema, struct slice name,
          struct slice schema_now, struct slice name_now)
{
    struct readers *old = readers_of(b, catalog_key(b->a, schema, name));
    struct readers *now = readers_of(b, catalog_key(b->a, schema_now, name_now));

    VEC_EACH (i, &old->code) {
        struct object *o = old->code.items[i];
        struct definition *d;

        VEC_PUSH(b->a, &now->code, o);
        if (!o->dropped && o->u.definition->detail == DETAIL_ROUTINE)
            routine_rename_type(b, o, schema, name, schema_now, name_now);
        if (!o->dropped && o->u.definition->detail == DETAIL_TRIGGER)
            trigger_rename_from(b, o, schema, name, schema_now, name_now);
        if (!o->dropped && o->u.definition->detail == DETAIL_STATISTICS)
            statistics_move(b, o, schema_now, name_now);
        if (o->dropped || !stands_on(o, schema, name))
            continue;
        d = arena_copy(b->a, o->u.definition, sizeof *d);
        map_put(&b->definitions, definition_key(b, d->kind, d->schema, d->name, d->table),
                NULL);
        d->schema = schema_now;
        d->table = name_now;
        definition_spell(b->a, d, &sql_style_canonical);
        o->schema = schema_now;
        o->u.definition = d;
        map_put(&b->definitions, definition_key(b, d->kind, d->schema, d->name, d->table),
                o);
    }
    old->code.count = 0;
}

void
code_drop_readers(struct build *b, struct slice key)
{
    const struct readers *readers = readers_of(b, key);

    VEC_EACH (i, &readers->code)
        if (!readers->code.items[i]->dropped
            && readers->code.items[i]->u.definition->detail != DETAIL_NONE)
            definition_drop(b, readers->code.items[i]);
}

/* ALTER TRIGGER, RULE, POLICY … RENAME TO. */
void
rename_on_table(struct build *b, const struct stmt *stmt)
{
    const struct ast_rename_on *ast = stmt->u.rename_on;
    const struct object *on = code_need_relation(b, &ast->table);
    struct object *o =
        on == NULL ? NULL : code_need(b, ast->kind, &ast->name, on, ast->if_exists);
    struct definition *d;
    struct diag *diag;

    if (o == NULL)
        return;
    if (o->u.definition->detail == DETAIL_NONE) {
        diag = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, ast->name.span,
                        "%s \"%.*s\" is kept as text and cannot be renamed", ast->kind,
                        SLICE_ARG(o->name));
        diag_note(&b->s->diags, diag, o->span, "it is declared here");
        return;
    }
    if (find_code(b, o->u.definition->kind, ast->new_name, on) != NULL) {
        diag_add(&b->s->diags, D_DUPLICATE_OBJECT, ast->name.span,
                 "\"%.*s\" has a %s \"%.*s\" already", SLICE_ARG(on->name), ast->kind,
                 SLICE_ARG(ast->new_name));
        return;
    }
    d = arena_copy(b->a, o->u.definition, sizeof *d);
    map_put(&b->definitions, definition_key(b, d->kind, d->schema, d->name, d->table),
            NULL);
    d->name = ast->new_name;
    definition_spell(b->a, d, &sql_style_canonical);
    o->name = ast->new_name;
    o->u.definition = d;
    map_put(&b->definitions, definition_key(b, d->kind, d->schema, d->name, d->table), o);
}
