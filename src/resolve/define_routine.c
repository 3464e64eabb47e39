/*
 * Functions, procedures and aggregates: what is written becomes one struct routine,
 * whatever the order and the spelling.
 */
#include "expr/sqlw.h"
#include "resolve/routine.h"
#include "resolve/scope.h"

/* ---- arguments ---- */

static void
take_argument(struct build *b, struct routine *r, const struct ast_argument *from)
{
    struct argument a = {
        .mode = from->mode,
        .name = from->name,
        .type = routine_plain_type(from->type),
        .span = argument_type_span(from),
        .default_value = from->default_value,
    };

    VEC_PUSH(b->a, &r->arguments.all, a);
}

static void
check_argument_names(struct build *b, const struct ast_arguments *arguments)
{
    struct map seen[2];

    map_init(&seen[0], b->a);
    map_init(&seen[1], b->a);
    VEC_EACH (i, &arguments->all) {
        const struct ast_argument *a = &arguments->all.items[i];
        struct map *names = &seen[argument_is_input(a->mode) ? 0 : 1];
        const struct ast_argument *first;
        struct diag *d;

        if (slice_is_none(a->name))
            continue;
        first = map_get(names, a->name);
        if (first != NULL) {
            d = diag_add(&b->s->diags, D_BAD_CODE, a->span,
                         "two arguments are called \"%.*s\"", SLICE_ARG(a->name));
            diag_note(&b->s->diags, d, first->span, "the first is here");
        }
        map_put(names, a->name, (void *)a);
    }
}

/* Whoever leaves one out leaves out all that follow. */
static void
check_argument_defaults(struct build *b, const struct ast_arguments *arguments)
{
    const struct ast_argument *with = NULL;

    VEC_EACH (i, &arguments->all) {
        const struct ast_argument *a = &arguments->all.items[i];
        struct diag *d;

        if (!argument_is_input(a->mode) || a->mode == ARGUMENT_VARIADIC)
            continue;
        if (a->default_value != NULL)
            with = a;
        if (a->default_value != NULL || with == NULL)
            continue;
        d = diag_add(&b->s->diags, D_BAD_CODE, a->span,
                     "an argument behind one with a default needs a default, too");
        diag_note(&b->s->diags, d, with->span, "this one has a default");
        return;
    }
}

static void
take_arguments(struct build *b, struct routine *r, const struct ast_arguments *from)
{
    check_argument_names(b, from);
    check_argument_defaults(b, from);
    VEC_EACH (i, &from->all)
        take_argument(b, r, &from->all.items[i]);
    r->has_order_by = from->has_order_by;
    r->order_by = from->order_by;
}

static size_t
count_outputs(const struct routine *r)
{
    size_t count = 0;

    VEC_EACH (i, &r->arguments.all)
        if (r->arguments.all.items[i].mode == ARGUMENT_OUT
            || r->arguments.all.items[i].mode == ARGUMENT_INOUT)
            count++;
    return count;
}

/* What the output arguments say already: RETURNS record, or the type of the only one. */
static void
take_result(struct routine *r, const struct ast_create_routine *ast)
{
    size_t outputs = count_outputs(r);

    r->returns_set = ast->returns_set;
    r->has_result = ast->result != NULL;
    if (r->has_result)
        r->result = routine_plain_type(ast->result);
    r->result_span = ast->result_span;
    if (outputs > 0 && !r->returns_set)
        r->has_result = false;
}

/* ---- aggregates ---- */

/* What is the same without it.  An ordered-set aggregate modifies by default. */
static bool
says_nothing(const struct routine *r, const struct ast_option *o)
{
    return (slice_is(o->name, "parallel") && slice_is(o->value, "unsafe"))
           || ((slice_is(o->name, "finalfunc_modify")
                || slice_is(o->name, "mfinalfunc_modify"))
               && slice_is(o->value, r->has_order_by ? "read_write" : "read_only"))
           || ((slice_is(o->name, "sspace") || slice_is(o->name, "msspace"))
               && slice_is(o->value, "0"));
}

static void
take_aggregate(struct build *b, struct routine *r, const struct ast_options *from)
{
    static const struct {
        const char *old;
        const char *name;
    } renamed[] = { { "sfunc1", "sfunc" },
                    { "stype1", "stype" },
                    { "initcond1", "initcond" } };

    VEC_EACH (i, &from->all) {
        struct ast_option o = from->all.items[i];

        for (size_t k = 0; k < ARRAY_LEN(renamed); k++)
            if (slice_is(o.name, renamed[k].old))
                o.name = slice_from(renamed[k].name);
        if (o.type != NULL)
            VEC_PUSH(b->a, &r->option_types,
                     ((struct option_type){ type_plain_schema(o.type), o.type_span }));
        if (!says_nothing(r, &o))
            settings_add(b->a, &r->options, o.name, o.value);
    }
}

/* ---- CREATE ---- */

static bool
is_plain(void *context, const struct expr *e)
{
    (void)context;
    return e->kind != EXPR_POISON && !expr_is_query(e);
}

/* Bound over the arguments as over the columns of a table. */
static const struct expr *
bind_returned(struct build *b, const struct routine *r, const struct expr *e)
{
    struct table *t = ARENA_NEW(b->a, struct table);
    struct binder binder;

    if (!expr_walk(e, is_plain, NULL))
        return NULL;
    map_init(&t->column_names, b->a);
    VEC_EACH (i, &r->arguments.all) {
        const struct argument *a = &r->arguments.all.items[i];
        struct column *c = ARENA_NEW(b->a, struct column);

        c->name = a->name;
        c->has_type = true;
        c->type = a->type;
        if (slice_is_none(a->name))
            continue;
        VEC_PUSH(b->a, &t->columns, c);
        map_put(&t->column_names, c->name, c);
    }
    binder_init(&binder, b);
    binder.quiet = true;
    e = bind_in_table(&binder, t, e);
    return expr_walk(e, is_plain, NULL) ? e : NULL;
}

static void
take_body(struct build *b, struct routine *r, const struct ast_create_routine *ast)
{
    r->body_kind = ast->body_kind;
    r->body = ast->body;
    r->body2 = ast->body2;
    if (ast->returned != NULL) {
        r->body = expr_text(b->a, ast->returned);
        r->returned = bind_returned(b, r, ast->returned);
    }
    if (ast->body_kind == BODY_ATOMIC)
        r->body = definition_normal(b->a, ast->body);
    if (slice_is_none(r->language)
        && (ast->body_kind == BODY_RETURN || ast->body_kind == BODY_ATOMIC))
        r->language = SLICE("sql");
}

static void
check_routine(struct build *b, const struct routine *r,
              const struct ast_create_routine *ast)
{
    struct span span = ast->signature.name.span;

    if (r->kind == ROUTINE_AGGREGATE)
        return;
    if (ast->body_kind == BODY_NONE)
        diag_add(&b->s->diags, D_BAD_CODE, span, "%s \"%.*s\" has no body",
                 routine_kind_word(r->kind), SLICE_ARG(ast->signature.name.name));
    else if (slice_is_none(r->language))
        diag_add(&b->s->diags, D_BAD_CODE, span, "%s \"%.*s\" does not say its LANGUAGE",
                 routine_kind_word(r->kind), SLICE_ARG(ast->signature.name.name));
    else if (r->kind == ROUTINE_FUNCTION && ast->result == NULL && !ast->returns_set
             && count_outputs(r) == 0)
        diag_add(&b->s->diags, D_BAD_CODE, span,
                 "function \"%.*s\" does not say what it RETURNS",
                 SLICE_ARG(ast->signature.name.name));
}

static struct routine *
routine_make(struct build *b, const struct ast_create_routine *ast)
{
    struct routine *r = ARENA_NEW(b->a, struct routine);

    r->kind = ast->kind;
    take_arguments(b, r, &ast->signature.arguments);
    take_result(r, ast);
    routine_apply_options(b, r, ast->options.items, ast->options.count);
    take_aggregate(b, r, &ast->aggregate);
    take_body(b, r, ast);
    check_routine(b, r, ast);
    return r;
}

/* CREATE OR REPLACE puts the new one in the place of the old, whose comment stays. */
static bool
replace_routine(struct build *b, const struct ast_create_routine *ast,
                struct definition *d)
{
    size_t count;
    struct object *o = routine_find(b, ast->kind, &ast->signature, &count);
    struct diag *diag;

    if (o == NULL || slice_is_none(o->u.definition->signature)
        || only_differs(o->only, d->only))
        return false;
    if (!ast->or_replace) {
        diag = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, d->span,
                        "%.*s \"%.*s(%.*s)\" is declared twice", SLICE_ARG(d->kind),
                        SLICE_ARG(d->name), SLICE_ARG(d->signature));
        diag_note(&b->s->diags, diag, o->span, "it is declared here first");
        return true;
    }
    if (slice_is_none(d->comment))
        d->comment = o->u.definition->comment;
    o->u.definition = d;
    o->span = d->span;
    return true;
}

void
declare_routine(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_routine *ast = stmt->u.create_routine;
    struct definition *d = definition_new(
        b, stmt, slice_from(routine_kind_word(ast->kind)), &ast->signature.name);

    d->signature = signature_of(b->a, &ast->signature.arguments);
    d->detail = DETAIL_ROUTINE;
    d->u.routine = routine_make(b, ast);
    definition_spell(b->a, d, &sql_style_canonical);
    annotate_definition(b, d, &stmt->annotations);
    if (!replace_routine(b, ast, d))
        definition_put(b, d);
}
