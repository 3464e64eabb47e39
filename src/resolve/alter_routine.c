/*
 * ALTER and DROP of functions, procedures and aggregates: ALTER makes a new one of what
 * there is.
 */
#include <string.h>

#include "expr/sqlw.h"
#include "resolve/routine.h"

static void
refuse_whole(struct build *b, const struct object *o, struct span span)
{
    struct diag *d = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, span,
                              "%.*s \"%.*s\" is kept as text and cannot be altered",
                              SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name));

    diag_note(&b->s->diags, d, o->span, "it is declared here");
    diag_hint(&b->s->diags, d, "drop it and create it again as it shall be");
}

/* A new detail with the options applied. */
static void
alter_options(struct build *b, struct object *o, const struct ast_alter_routine *ast)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct routine *r = arena_copy(b->a, d->u.routine, sizeof *r);

    memset(&r->settings, 0, sizeof r->settings);
    VEC_EACH (i, &d->u.routine->settings.all)
        VEC_PUSH(b->a, &r->settings.all, d->u.routine->settings.all.items[i]);
    routine_apply_options(b, r, ast->options.items, ast->options.count);
    d->u.routine = r;
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
}

static void
move_routine(struct build *b, struct object *o, struct slice schema, struct slice name,
             struct span span)
{
    struct definition *d = arena_copy(b->a, o->u.definition, sizeof *d);
    struct object *moved = arena_copy(b->a, o, sizeof *o);
    const struct overloads *list = map_get(&b->routines, catalog_key(b->a, schema, name));

    for (size_t i = 0; list != NULL && i < list->all.count; i++)
        if (routine_matches(list->all.items[i], ROUTINE_ANY, d->signature)) {
            diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
                     "there is a routine \"%.*s(%.*s)\" already", SLICE_ARG(name),
                     SLICE_ARG(d->signature));
            return;
        }
    /* A trigger function has no arguments, so that no other can have its name. */
    if (slice_is(d->u.routine->result.name, "trigger"))
        triggers_follow_function(b, o->schema, o->name, schema, name);
    d->schema = schema;
    d->name = name;
    definition_spell(b->a, d, &sql_style_canonical);
    definition_drop(b, o);
    moved->schema = schema;
    moved->name = name;
    moved->u.definition = d;
    VEC_PUSH(b->a, &b->objects, moved);
    definition_register(b, moved);
}

void
alter_routine(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_routine *ast = stmt->u.alter_routine;
    struct object *o = routine_need(b, ast->kind, &ast->signature, false);

    if (o == NULL)
        return;
    if (ast->change == ALTER_ROUTINE_OWNER) {
        note_owner(b, ast->signature.name.span, o->name);
        return;
    }
    if (o->u.definition->detail != DETAIL_ROUTINE) {
        refuse_whole(b, o, ast->signature.name.span);
        return;
    }
    if (ast->change == ALTER_ROUTINE_OPTIONS)
        alter_options(b, o, ast);
    else if (ast->change == ALTER_ROUTINE_RENAME)
        move_routine(b, o, o->schema, ast->new_name, ast->new_span);
    else
        move_routine(b, o, schema_plain(ast->new_name), o->name, ast->new_span);
}

void
drop_routines(struct build *b, const struct stmt *stmt)
{
    const struct ast_drop_routine *ast = stmt->u.drop_routine;

    VEC_EACH (i, &ast->signatures.all) {
        struct object *o =
            routine_need(b, ast->kind, &ast->signatures.all.items[i], ast->if_exists);

        if (o == NULL)
            continue;
        if (ast->cascade)
            triggers_drop_by_function(b, o->schema, o->name);
        definition_drop(b, o);
    }
}
