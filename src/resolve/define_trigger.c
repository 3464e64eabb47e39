/*
 * Triggers: PostgreSQL's, which call a function, and SQLite's, which have statements.
 * MySQL's are kept whole.
 */
#include "resolve/define.h"

#include "expr/sqlw.h"

/* ---- what no engine accepts ---- */

/* SQLite's may ask a query. */
static const struct place_rules in_when = { D_BAD_CODE, "WHEN of a trigger", 0 };

static void
refuse(struct build *b, const struct ast_create_trigger *ast, const char *why)
{
    diag_add(&b->s->diags, D_BAD_CODE, ast->name.span, "trigger \"%.*s\" %s",
             SLICE_ARG(ast->name.name), why);
}

static void
check_timing(struct build *b, const struct ast_create_trigger *ast,
             const struct trigger *t, const struct object *on)
{
    bool view = on->role == ROLE_VIEW;
    bool call = !slice_is_none(t->function);

    if (t->timing == TRIGGER_INSTEAD_OF && on->role == ROLE_TABLE)
        refuse(b, ast, "stands on a table: INSTEAD OF is for views");
    else if (t->timing == TRIGGER_INSTEAD_OF && call && !t->for_each_row)
        refuse(b, ast, "is INSTEAD OF, which is always FOR EACH ROW");
    else if (t->timing != TRIGGER_INSTEAD_OF && view && t->for_each_row)
        refuse(b, ast, "stands on a view, where a row has only INSTEAD OF");
    else if (t->timing == TRIGGER_INSTEAD_OF && call && t->when != NULL)
        refuse(b, ast, "is INSTEAD OF, which takes no WHEN");
    else if ((t->events & TRIGGER_TRUNCATE) && t->for_each_row)
        refuse(b, ast, "is for TRUNCATE, which knows no rows: FOR EACH STATEMENT");
    else if (t->is_constraint && (t->timing != TRIGGER_AFTER || !t->for_each_row))
        refuse(b, ast, "is a constraint, which is AFTER and FOR EACH ROW");
}

/* ---- CREATE ---- */

static void
take_call(struct build *b, struct trigger *t, const struct ast_create_trigger *ast)
{
    t->function_schema = schema_of(&ast->function);
    t->function = ast->function.name;
    t->function_span = ast->function.span;
    VEC_EACH (i, &ast->arguments.all)
        VEC_PUSH(b->a, &t->arguments.all, ast->arguments.all.items[i].name);
}

static struct trigger *
trigger_make(struct build *b, const struct ast_create_trigger *ast)
{
    struct trigger *t = ARENA_NEW(b->a, struct trigger);

    t->timing = ast->timing;
    t->events = ast->events;
    t->columns = slices_from_names(b, &ast->columns);
    t->is_constraint = ast->is_constraint;
    t->deferral = ast->deferral;
    t->from_schema = schema_of(&ast->from_table);
    t->from_table = ast->from_table.name;
    t->old_table = ast->old_table;
    t->new_table = ast->new_table;
    t->when = ast->when;
    take_call(b, t, ast);
    VEC_EACH (i, &ast->body)
        VEC_PUSH(b->a, &t->body, ast->body.items[i]);
    t->for_each_row = ast->for_each_row || slice_is_none(t->function);
    t->row_is_implied = !ast->for_each_row && t->for_each_row;
    return t;
}

/* Whole, on a table that is there: MySQL's. */
static void
declare_whole(struct build *b, const struct stmt *stmt, const struct object *on)
{
    const struct ast_name table = { .schema = on->schema, .name = on->name };

    declare_definition(b, stmt, SLICE("trigger"), &stmt->u.create_trigger->name, &table);
}

static void
check_columns(struct build *b, const struct ast_create_trigger *ast,
              const struct object *on)
{
    if (on->role != ROLE_TABLE)
        return;
    VEC_EACH (i, &ast->columns.all)
        (void)table_need_column(b, on->u.table, ast->columns.all.items[i].name,
                                ast->columns.all.items[i].span, false);
}

/* Those of SQLite have names in common, whatever they stand on. */
static bool
is_taken(struct build *b, const struct definition *d,
         const struct ast_create_trigger *ast)
{
    struct slice key =
        definition_key(b, SLICE("trigger with a body"), SLICE_NONE, d->name, SLICE_NONE);
    const struct object *other = map_get(&b->definitions, key);
    struct diag *diag;

    if (other == NULL || other->dropped || other->role != ROLE_DEFINITION
        || slice_equal(other->u.definition->table, d->table)
        || only_differs(other->only, d->only))
        return false;
    if (ast->if_not_exists)
        return true;
    diag = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, d->span,
                    "trigger \"%.*s\" is declared twice", SLICE_ARG(d->name));
    diag_note(&b->s->diags, diag, other->span, "it is declared here first");
    return true;
}

void
trigger_register(struct build *b, struct object *o)
{
    const struct definition *d = o->u.definition;

    if (d->detail == DETAIL_TRIGGER && slice_is_none(d->u.trigger->function))
        map_put(&b->definitions,
                definition_key(b, SLICE("trigger with a body"), SLICE_NONE, d->name,
                               SLICE_NONE),
                o);
}

void
declare_trigger(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_trigger *ast = stmt->u.create_trigger;
    const struct object *on = code_need_relation(b, &ast->table);
    struct definition *d;
    struct trigger *t;

    if (on == NULL)
        return;
    if (ast->is_whole) {
        declare_whole(b, stmt, on);
        return;
    }
    if (ast->temporary) {
        diag_add(&b->s->diags, D_STATEMENT_MISPLACED, ast->name.span,
                 "temporary trigger \"%.*s\" is no part of a schema",
                 SLICE_ARG(ast->name.name));
        return;
    }
    d = code_new(b, stmt, "trigger", &ast->name, on);
    t = trigger_make(b, ast);
    check_timing(b, ast, t, on);
    check_columns(b, ast, on);
    d->detail = DETAIL_TRIGGER;
    d->u.trigger = t;
    if (!slice_is_none(t->function) || !is_taken(b, d, ast))
        code_declare(b, stmt, d, ast->or_replace, ast->if_not_exists);
}

/* ---- binding ---- */

static struct slices
bind_columns(struct code_binding *c, const struct slices *from)
{
    struct from_item *item = scope_row_item(&c->binder, c->on, SLICE("new"));
    struct slices out = { 0 };

    VEC_EACH (i, &from->all) {
        struct slice name = from->all.items[i];

        (void)scope_item_column(&c->binder, item, &name);
        VEC_PUSH(c->binder.a, &out.all, name);
    }
    return out;
}

/* A row that some of its events do not have cannot be named in WHEN. */
void
trigger_bind(struct code_binding *c, struct definition *d)
{
    const struct trigger *old = d->u.trigger;
    struct trigger *t = arena_copy(c->binder.a, old, sizeof *t);

    if (t->for_each_row)
        code_add_rows(c, !(t->events & TRIGGER_DELETE), !(t->events & TRIGGER_INSERT));
    c->binder.own = c->on.table;
    t->columns = bind_columns(c, &old->columns);
    if (!slice_is_none(t->function))
        code_check_place(c, t->when, &in_when);
    t->when = bind_expr(&c->binder, &c->scope, t->when);
    t->body.items = NULL;
    t->body.count = 0;
    t->body.capacity = 0;
    VEC_EACH (i, &old->body)
        VEC_PUSH(c->binder.a, &t->body, code_bind_statement(c, old->body.items[i]));
    d->u.trigger = t;
}

void
trigger_rename_from(struct build *b, struct object *o, struct slice schema,
                    struct slice name, struct slice schema_now, struct slice name_now)
{
    struct definition *d;
    struct trigger *t;

    if (!slice_equal(o->u.definition->u.trigger->from_table, name)
        || !slice_equal(o->u.definition->u.trigger->from_schema, schema))
        return;
    d = arena_copy(b->a, o->u.definition, sizeof *d);
    t = arena_copy(b->a, d->u.trigger, sizeof *t);
    t->from_schema = schema_now;
    t->from_table = name_now;
    d->u.trigger = t;
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}

/* ---- ALTER TABLE … ENABLE, DISABLE TRIGGER ---- */

static struct slice
state_of(struct slice words)
{
    if (slice_starts(words, "disable"))
        return SLICE("disabled");
    if (slice_starts(words, "enable replica"))
        return SLICE("replica");
    return slice_starts(words, "enable always") ? SLICE("always") : SLICE_NONE;
}

static void
set_state(struct build *b, struct object *o, struct slice state)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);

    if (d->detail == DETAIL_TRIGGER) {
        struct trigger *t = arena_copy(b->a, d->u.trigger, sizeof *t);

        t->enabled = state;
        d->u.trigger = t;
    } else if (d->detail == DETAIL_RULE) {
        struct rule *r = arena_copy(b->a, d->u.rule, sizeof *r);

        r->enabled = state;
        d->u.rule = r;
    }
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}

void
alter_enable(struct build *b, struct slice schema, struct slice table,
             const struct ast_alter *action)
{
    const char *kind = slice_ends(action->text, "rule") ? "rule" : "trigger";
    const struct object on = { .schema = schema, .name = table };
    const struct ast_name name = { .name = action->name, .span = action->name_span };
    const struct readers *readers = readers_of(b, catalog_key(b->a, schema, table));
    struct object *o;

    if (!action->is_keyword) {
        o = code_need(b, kind, &name, &on, false);
        if (o != NULL)
            set_state(b, o, state_of(action->text));
        return;
    }
    VEC_EACH (i, &readers->code) {
        o = readers->code.items[i];
        if (!o->dropped && slice_is(o->u.definition->kind, kind)
            && slice_equal(o->u.definition->table, table))
            set_state(b, o, state_of(action->text));
    }
}

static bool
calls(const struct object *o, struct slice schema, struct slice name)
{
    return !o->dropped && o->role == ROLE_DEFINITION
           && o->u.definition->detail == DETAIL_TRIGGER
           && slice_equal(o->u.definition->u.trigger->function, name)
           && slice_equal(o->u.definition->u.trigger->function_schema, schema);
}

/* The server knows the function itself, whatever it is called. */
void
triggers_follow_function(struct build *b, struct slice schema, struct slice name,
                         struct slice schema_now, struct slice name_now)
{
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];
        struct definition *d;
        struct trigger *t;

        if (!calls(o, schema, name))
            continue;
        d = arena_copy(b->a, o->u.definition, sizeof *d);
        t = arena_copy(b->a, d->u.trigger, sizeof *t);
        t->function_schema = schema_now;
        t->function = name_now;
        d->u.trigger = t;
        definition_spell(b->a, d, &sql_style_canonical);
        o->u.definition = d;
    }
}

void
triggers_drop_by_function(struct build *b, struct slice schema, struct slice name)
{
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (calls(o, schema, name))
            definition_drop(b, o);
    }
}
