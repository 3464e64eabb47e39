/*
 * CREATE of what is no table and no index: views, enum types, and what is kept whole.
 */
#include "base/sqltext.h"
#include "resolve/definitions.h"

#include <assert.h>
#include <string.h>

#include "expr/sqlw.h"

/* ---- views ---- */

static bool
register_reader(void *context, const struct expr *e)
{
    struct work_view *w = ((void **)context)[1];
    struct build *b = ((void **)context)[0];
    struct slice schema = SLICE_NONE;

    if (e->kind != QUERY_TABLE)
        return true;
    if (e->arg_count > 2)
        schema = schema_plain(e->args[e->arg_count - 1]->text);
    VEC_PUSH(b->a, &readers_of(b, catalog_key(b->a, schema, e->text))->all, w);
    return true;
}

void
view_register(struct build *b, struct work_view *w)
{
    void *context[2] = { b, w };

    expr_walk(w->view->query, register_reader, context);
}

static struct work_view *
work_view_new(struct build *b, const struct ast_create_view *ast)
{
    struct work_view *w = ARENA_NEW(b->a, struct work_view);
    struct view *v = ARENA_NEW(b->a, struct view);

    v->schema = schema_of(&ast->name);
    v->name = ast->name.name;
    v->query = ast->query;
    v->text = source_slice(&b->s->sources, ast->query_span);
    v->materialized = ast->materialized;
    v->span = ast->name.span;
    v->options = options_text(b, &ast->options, v->span);
    w->ast = ast;
    w->view = v;
    w->names = slices_from_names(b, &ast->columns);
    return w;
}

/* CREATE OR REPLACE VIEW puts the new query in the place of the old, which is *old. */
static bool
replaces(struct build *b, const struct ast_create_view *ast, const struct work_view **old)
{
    struct object *o =
        object_find(b, &b->relations, schema_of(&ast->name), ast->name.name);

    if (o == NULL || o->role != ROLE_VIEW)
        return false;
    if (ast->or_replace) {
        *old = o->u.view;
        object_drop(b, &b->relations, o);
    }
    return ast->if_not_exists;
}

/* A dump writes it on each materialized view: it is about the moment, not the schema. */
static void
note_no_data(struct build *b, const struct ast_create_view *ast)
{
    if (ast->with_no_data)
        diag_add(&b->s->diags, D_NO_DATA, ast->name.span,
                 "materialized view \"%.*s\" is filled when it is made: WITH NO DATA is "
                 "not kept",
                 SLICE_ARG(ast->name.name));
}

void
temporary_add(struct build *b, const struct ast_name *name, const char *what)
{
    map_put(&b->temporaries, name->name, b);
    diag_add(&b->s->diags, D_TEMPORARY, name->span,
             "temporary %s \"%.*s\" is left out: it is no part of a schema", what,
             SLICE_ARG(name->name));
    account_say(b, FATE_SKIPPED);
}

bool
is_temporary(const struct build *b, const struct ast_name *name)
{
    if (slice_is(name->schema, "temp") || slice_is(name->schema, "pg_temp"))
        return true;
    return slice_is_none(name->schema) && b->temporaries.count > 0
           && map_get(&b->temporaries, name->name) != NULL;
}

void
declare_view(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_view *ast = stmt->u.create_view;
    const struct work_view *old = NULL;
    struct work_view *w;

    if (replaces(b, ast, &old))
        return;
    if (ast->temporary) {
        temporary_add(b, &ast->name, "view");
        return;
    }
    w = work_view_new(b, ast);
    w->object = object_add(b, ROLE_VIEW, w->view->schema, w->view->name, w->view->span);
    w->object->u.view = w;
    if (!object_declare(b, &b->relations, w->object))
        return;
    account_say(b, FATE_VIEW);
    annotate_view(b, w->view, &stmt->annotations);
    rowtype_check(b, w->object);
    note_no_data(b, ast);
    if (b->mode == RESOLVE_SCRIPT && b->engine->freezes_stars)
        view_freeze(b, w);
    if (old != NULL)
        view_check_replaced(b, old, w);
    view_register(b, w);
}

/* ---- enum types ---- */

static void
report_second_value(struct build *b, const struct enum_type *t, struct slice label,
                    struct span span, struct span first)
{
    struct diag *d =
        diag_add(&b->s->diags, D_BAD_ENUM, span, "type \"%.*s\" has two values '%.*s'",
                 SLICE_ARG(t->name), SLICE_ARG(label));

    diag_note(&b->s->diags, d, first, "the first is here");
}

static void
take_values(struct build *b, struct enum_type *t, const struct ast_create_enum *ast)
{
    struct map seen;

    map_init(&seen, b->a);
    VEC_EACH (i, &ast->values) {
        const struct ast_enum_value *from = &ast->values.items[i];
        struct enum_value value = { .label = from->label, .span = from->span };
        const struct ast_enum_value *first = map_get(&seen, from->label);

        if (first != NULL) {
            report_second_value(b, t, from->label, from->span, first->span);
            continue;
        }
        map_put(&seen, from->label, (void *)from);
        annotate_value(b, t, &value, &from->annotations);
        VEC_PUSH(b->a, &t->values, value);
    }
}

static void
declare_enum(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_enum *ast = stmt->u.create_enum;
    struct work_enum *w = ARENA_NEW(b->a, struct work_enum);
    struct object *o =
        object_add(b, ROLE_ENUM, schema_of(&ast->name), ast->name.name, ast->name.span);

    w->type = ARENA_NEW(b->a, struct enum_type);
    w->type->schema = o->schema;
    w->type->name = o->name;
    w->type->span = o->span;
    o->u.enum_type = w;
    if (!object_declare(b, &b->types, o))
        return;
    account_say(b, FATE_TYPE);
    annotate_enum(b, w->type, &stmt->annotations);
    rowtype_check(b, o);
    take_values(b, w->type, ast);
}

/* ---- kept whole ---- */

static bool
is_create(const struct definition *r)
{
    return slice_equal_fold(slice_sub(r->normal, 0, 6), SLICE("create"));
}

void
definition_register(struct build *b, struct object *o)
{
    const struct definition *r = o->u.definition;

    if (r->detail == DETAIL_GRANT) {
        grant_register(b, o);
        return;
    }
    if (r->detail == DETAIL_COMMENT) {
        map_put(&b->definitions, definition_key(b, r->kind, r->schema, r->name, r->table),
                o);
        code_register(b, o);
        return;
    }
    if (slice_is(r->kind, "extension"))
        b->has_extension = true;
    if (slice_is(r->kind, "do"))
        b->has_hidden = true;
    if (slice_is_none(r->name) || !is_create(r))
        return;
    map_put(&b->definitions, definition_key(b, r->kind, r->schema, r->name, r->table), o);
    routine_register(b, o);
    trigger_register(b, o);
    code_register(b, o);
    if (is_type_kind(r->kind))
        names_put(b, &b->types, catalog_key(b->a, r->schema, r->name), o);
    if (r->detail == DETAIL_RANGE)
        range_register(b, o);
    if (slice_is(r->kind, "sequence"))
        VEC_PUSH(b->a, &b->declared_sequences, o);
    if (slice_ends(r->kind, "table") || slice_is(r->kind, "sequence")
        || slice_is(r->kind, "index"))
        names_put(b, &b->relations, catalog_key(b->a, r->schema, r->name), o);
}

/* Functions may share a name (their arguments differ), and ALTER … declares nothing. */
static bool
definition_is_unique(const struct definition *r)
{
    struct slice kind = r->kind;

    if (!is_create(r))
        return false;
    return slice_is(kind, "trigger") || slice_is(kind, "extension")
           || slice_is(kind, "schema") || slice_is(kind, "domain")
           || slice_is(kind, "sequence") || slice_is(kind, "virtual table")
           || slice_is(kind, "statistics");
}

/* False when one of that kind and name is there; reported unless `quiet`. */
static bool
definition_is_free(struct build *b, const struct definition *r, bool quiet)
{
    const struct object *other = map_get(
        &b->definitions, definition_key(b, r->kind, r->schema, r->name, r->table));
    struct diag *d;

    if (other == NULL || other->dropped || !definition_is_unique(r)
        || only_differs(other->only, r->only))
        return true;
    if (quiet)
        return false;
    d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, r->span,
                 "%.*s \"%.*s\" is declared twice", SLICE_ARG(r->kind),
                 SLICE_ARG(r->name));
    diag_note(&b->s->diags, d, other->span, "it is declared here first");
    return false;
}

/* Sequences and virtual tables share the names of tables, domains those of enums. */
static bool
name_is_free(struct build *b, const struct definition *r, bool quiet)
{
    bool is_relation =
        slice_is(r->kind, "sequence") || slice_is(r->kind, "virtual table");
    struct names *names = is_type_kind(r->kind) ? &b->types
                          : is_relation         ? &b->relations
                                                : NULL;
    const struct object *other;
    struct diag *d;

    if (names == NULL || !is_create(r))
        return true;
    other = map_get(&names->exact, catalog_key(b->a, r->schema, r->name));
    if (other == NULL || only_differs(other->only, r->only)
        || (other->role == ROLE_DEFINITION && other->u.definition->detail == DETAIL_NONE))
        return true;
    if (quiet)
        return false;
    d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, r->span,
                 "%.*s \"%.*s\" has the name of %s", SLICE_ARG(r->kind),
                 SLICE_ARG(r->name), object_a_word(b, other));
    diag_note(&b->s->diags, d, other->span, "it is declared here first");
    return false;
}

void
definition_put(struct build *b, struct definition *d)
{
    struct object *o = object_add(b, ROLE_DEFINITION, d->schema, d->name, d->span);

    o->only = d->only;
    o->u.definition = d;
    if (d->detail == DETAIL_RANGE)
        (void)multirange_allows(b, o, o->schema, o->name, o->span);
    definition_register(b, o);
    rowtype_check(b, o);
    account_say(b, d->detail == DETAIL_NONE ? FATE_WHOLE : FATE_DEFINITION);
}

void
definition_add(struct build *b, struct definition *r, const struct stmt *stmt, bool quiet)
{
    annotate_definition(b, r, &stmt->annotations);
    if (slice_is_none(r->name)
        || (definition_is_free(b, r, quiet) && name_is_free(b, r, quiet)))
        definition_put(b, r);
}

struct definition *
definition_new(struct build *b, const struct stmt *stmt, struct slice kind,
               const struct ast_name *name)
{
    struct definition *r = ARENA_NEW(b->a, struct definition);

    r->kind = kind;
    r->span = name != NULL && name->span.source != 0 ? name->span : stmt->span;
    if (name != NULL) {
        r->schema = schema_of(name);
        r->name = name->name;
    }
    r->text = stmt->text;
    r->normal = definition_normal(b->a, stmt->text);
    return r;
}

static void
note_definition(struct build *b, const struct definition *r)
{
    bool named = !slice_is_none(r->name);

    diag_add(&b->s->diags, D_RAW_STATEMENT, r->span,
             "%.*s%s%.*s%s is kept whole and compared by its text", SLICE_ARG(r->kind),
             named ? " \"" : "", SLICE_ARG(r->name), named ? "\"" : "");
}

void
declare_definition(struct build *b, const struct stmt *stmt, struct slice kind,
                   const struct ast_name *name, const struct ast_name *table)
{
    struct definition *r = definition_new(b, stmt, kind, name);

    if (table != NULL && !slice_is_none(table->name)) {
        r->table = table->name;
        r->schema = schema_of(table);
    }
    definition_add(b, r, stmt, false);
    note_definition(b, r);
}

/* One with a detail: IF NOT EXISTS and spelling are no difference. */
void
definition_declare(struct build *b, const struct stmt *stmt, struct definition *d,
                   bool if_not_exists)
{
    definition_spell(b->a, d, &sql_style_canonical);
    definition_add(b, d, stmt, if_not_exists);
}

static void
declare_extension(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_extension *ast = stmt->u.create_extension;
    const struct ast_name name = { .name = ast->name };
    struct definition *d = definition_new(b, stmt, SLICE("extension"), &name);
    struct extension *e = ARENA_NEW(b->a, struct extension);

    if (slice_is(ast->name, "plpgsql"))
        return; /* every database has it */
    e->in_schema = schema_plain(ast->schema);
    e->version = ast->version;
    d->detail = DETAIL_EXTENSION;
    d->u.extension = e;
    definition_declare(b, stmt, d, ast->if_not_exists);
}

/* As PostgreSQL does: what others may stand on comes first. */
static void
declare_elements(struct build *b, const struct ast_create_schema *ast)
{
    static const enum stmt_kind order[] = { STMT_CREATE_SEQUENCE, STMT_CREATE_TABLE,
                                            STMT_CREATE_VIEW,     STMT_CREATE_INDEX,
                                            STMT_CREATE_TRIGGER,  STMT_GRANT };

    for (size_t k = 0; k < ARRAY_LEN(order); k++)
        VEC_EACH (i, &ast->elements)
            if (ast->elements.items[i]->kind == order[k])
                declare_statement(b, ast->elements.items[i]);
}

static void
declare_schema(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_schema *ast = stmt->u.create_schema;
    const struct ast_name name = { .name = ast->name };
    struct definition *d = definition_new(b, stmt, SLICE("schema"), &name);

    if (!slice_is_none(ast->owner))
        note_owner(b, stmt->span, ast->name);
    d->detail = DETAIL_SCHEMA;
    if (!slice_is_none(schema_plain(ast->name))) /* the default schema is there */
        definition_declare(b, stmt, d, ast->if_not_exists);
    declare_elements(b, ast);
}

/* ALTER VIEW v …: it stands on v, and goes and comes with it. */
static bool
acts_on_its_name(const struct ast_raw *ast)
{
    return slice_is_none(ast->table.name)
           && (slice_is(ast->kind, "alter view")
               || slice_is(ast->kind, "alter materialized view")
               || slice_is(ast->kind, "alter index"));
}

static void
declare_whole_statement(struct build *b, const struct stmt *stmt)
{
    const struct ast_raw *ast = stmt->u.raw;

    if (ast->is_owner) {
        note_owner(b, stmt->span, ast->name.name);
        return;
    }
    if (!slice_is_none(ast->function.name))
        VEC_PUSH(b->a, &b->event_triggers, stmt);
    declare_definition(b, stmt, ast->kind, &ast->name,
                       acts_on_its_name(ast) ? &ast->name : &ast->table);
}

/* COPY … FROM, and not COPY … TO; what stands in parentheses may say either. */
static bool
brings_rows(struct slice copy)
{
    struct sqltext rest = { .rest = copy };
    struct sqltext_token token = sqltext_next_code(&rest);
    size_t depth = 0;

    for (; token.kind != SQLTEXT_END; token = sqltext_next_code(&rest)) {
        depth += token.kind == SQLTEXT_OTHER && token.text.ptr[0] == '(';
        depth -= token.kind == SQLTEXT_OTHER && token.text.ptr[0] == ')' && depth > 0;
        if (depth == 0 && sqltext_is_word(token, "from"))
            return true;
        if (depth == 0 && sqltext_is_word(token, "to"))
            return false;
    }
    return true;
}

/* What a dump moves by COPY is data; rows that belong to the schema come by INSERT. */
static void
warn_of_rows(struct build *b, const struct stmt *stmt)
{
    if (slice_equal_fold(slice_sub(stmt->text, 0, strlen("copy")), SLICE("copy"))
        && brings_rows(stmt->text))
        diag_add(&b->s->diags, D_ROWS_NOT_READ, stmt->span,
                 "the rows of COPY are not read: initial rows come by INSERT … VALUES");
}

static void
alter_object(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_object *ast = stmt->u.alter_object;

    if (slice_is(ast->object, "domain"))
        alter_domain(b, ast);
    else if (slice_is(ast->object, "sequence"))
        alter_sequence(b, ast);
    else if (slice_is(ast->object, "schema"))
        alter_schema(b, ast);
    else if (slice_is(ast->object, "extension"))
        alter_extension(b, ast);
    else if (slice_is(ast->object, "statistics"))
        alter_statistics(b, ast);
}

typedef void declare_fn(struct build *b, const struct stmt *stmt);

static declare_fn *const declarations[] = {
    [STMT_CREATE_TABLE] = declare_table,
    [STMT_CREATE_INDEX] = declare_index,
    [STMT_CREATE_VIEW] = declare_view,
    [STMT_CREATE_ENUM] = declare_enum,
    [STMT_CREATE_EXTENSION] = declare_extension,
    [STMT_CREATE_SCHEMA] = declare_schema,
    [STMT_CREATE_TRIGGER] = declare_trigger,
    [STMT_CREATE_DOMAIN] = declare_domain,
    [STMT_CREATE_COMPOSITE] = declare_composite,
    [STMT_CREATE_RANGE] = declare_range,
    [STMT_CREATE_SEQUENCE] = declare_sequence,
    [STMT_CREATE_STATISTICS] = declare_statistics,
    [STMT_CREATE_VIRTUAL] = declare_virtual,
    [STMT_ROLE] = declare_role,
    [STMT_ALTER_OBJECT] = alter_object,
    [STMT_GRANT] = declare_grant,
    [STMT_CREATE_ROUTINE] = declare_routine,
    [STMT_ALTER_ROUTINE] = alter_routine,
    [STMT_DROP_ROUTINE] = drop_routines,
    [STMT_CREATE_RULE] = declare_rule,
    [STMT_CREATE_POLICY] = declare_policy,
    [STMT_ALTER_POLICY] = alter_policy,
    [STMT_RENAME_ON] = rename_on_table,
    [STMT_ALTER_TABLE] = alter_table,
    [STMT_ALTER_TYPE] = alter_type,
    [STMT_RENAME] = rename_object,
    [STMT_DROP] = drop_objects,
    [STMT_COMMENT] = comment_object,
    [STMT_QUERY] = rows_declare,
    [STMT_RAW] = declare_whole_statement,
    [STMT_SKIPPED] = warn_of_rows,
};
static_assert(ARRAY_LEN(declarations) == STMT_SKIPPED + 1, "declare every statement");

void
declare_statement(struct build *b, const struct stmt *stmt)
{
    declarations[stmt->kind](b, stmt);
}
