/*
 * The function that a trigger calls: it is declared, returns what it must and takes
 * nothing.
 */
#include "resolve/define.h"

struct trigger_call {
    struct slice schema, function;
    struct span span;
    const char *result; /* "trigger" */
};

/* What every server can have: in the core and in the modules that come with it. */
static bool
is_of_server(const struct trigger_call *t)
{
    static const char *const names[] = {
        "suppress_redundant_updates_trigger",
        "tsvector_update_trigger",
        "tsvector_update_trigger_column",
        "lo_manage",
        "moddatetime",
        "autoinc",
        "insert_username",
        "check_primary_key",
        "check_foreign_key",
        "triggered_change_notification",
    };

    return slice_is_one_of(t->function, names, ARRAY_LEN(names))
           || slice_is(t->schema, "pg_catalog") || slice_starts(t->function, "RI_FKey_");
}

static void
report_no_function(struct build *b, const struct trigger_call *t)
{
    struct diag *d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, t->span,
                              "there is no function \"%.*s\"", SLICE_ARG(t->function));
    struct slices names = { 0 };

    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_DEFINITION
            && slice_is(o->u.definition->kind, "function"))
            VEC_PUSH(b->a, &names.all, o->name);
    }
    hint_nearest(b->s, d, t->function, &names);
}

static void
report_no_trigger_function(struct build *b, const struct trigger_call *t,
                           const struct object *function)
{
    const struct routine *r = function->u.definition->u.routine;
    bool returns = r->has_result && slice_is(r->result.name, t->result);
    struct diag *d;

    if (returns)
        d = diag_add(&b->s->diags, D_BAD_CODE, t->span,
                     "function \"%.*s\" takes arguments, which no trigger gives",
                     SLICE_ARG(t->function));
    else
        d = diag_add(&b->s->diags, D_BAD_CODE, t->span,
                     "function \"%.*s\" does not return %s", SLICE_ARG(t->function),
                     t->result);

    diag_note(&b->s->diags, d, function->span, "it is declared here");
    if (returns)
        diag_hint(&b->s->diags, d, "a trigger hands its arguments over in TG_ARGV");
    else
        diag_hint(&b->s->diags, d, "it calls a function that RETURNS %s", t->result);
}

static bool
may_be_called(const struct trigger_call *t, const struct definition *d)
{
    if (d->detail != DETAIL_ROUTINE)
        return true; /* kept whole */
    return d->u.routine->arguments.all.count == 0 && d->u.routine->has_result
           && slice_is(d->u.routine->result.name, t->result);
}

static void
check_call(struct build *b, const struct trigger_call *t)
{
    const struct overloads *list = map_get(&b->routine_names, t->function);
    const struct object *other = NULL;

    for (size_t i = 0; list != NULL && i < list->all.count; i++) {
        const struct object *function = list->all.items[i];

        if (function->dropped)
            continue;
        if (may_be_called(t, function->u.definition))
            return;
        other = function;
    }
    if (other != NULL)
        report_no_trigger_function(b, t, other);
    else if (!b->has_extension && !b->has_hidden && !is_of_server(t)
             && !session_is_unread(b->s, t->function))
        report_no_function(b, t);
}

void
trigger_check_function(struct build *b, const struct object *o)
{
    const struct trigger *t = o->u.definition->u.trigger;
    const struct trigger_call call = { t->function_schema, t->function, t->function_span,
                                       "trigger" };

    if (!slice_is_none(t->function) && o->base == NULL && b->terms->checks_queries)
        check_call(b, &call);
}

void
event_triggers_check(struct build *b)
{
    VEC_EACH (i, &b->event_triggers) {
        const struct stmt *stmt = b->event_triggers.items[i];
        const struct ast_name *f = &stmt->u.raw->function;
        const struct trigger_call call = { schema_of(f), f->name, f->span,
                                           "event_trigger" };
        const struct object *o =
            map_get(&b->definitions, definition_key(b, stmt->u.raw->kind, SLICE_NONE,
                                                    stmt->u.raw->name.name, SLICE_NONE));

        if (o != NULL && !o->dropped && b->terms->checks_queries)
            check_call(b, &call);
    }
}
