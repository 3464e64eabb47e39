/*
 * Forms of definitions: the expressions that a domain, a routine, a trigger, a rule, a
 * policy or a statistics object holds, each in the form that the server keeps.
 */
#include <stdlib.h>
#include <string.h>

#include "dialect/postgres/form.h"
#include "model/naming.h"

static const struct domain *
domain_form(const struct form *f, const struct domain *from)
{
    struct domain *m = arena_copy(f->a, from, sizeof *m);

    memset(&m->checks, 0, sizeof m->checks);
    m->default_value = form_typed(f, &from->base, form_of(f, from->default_value));
    VEC_EACH (i, &from->checks) {
        struct domain_check c = from->checks.items[i];

        c.check = form_of(f, c.check);
        VEC_PUSH(f->a, &m->checks, c);
    }
    return m;
}

/* Names of settings have no capitals of their own: TimeZone is timezone. */
static struct settings
settings_form(const struct form *f, const struct settings *from)
{
    struct settings out = { 0 };

    VEC_EACH (i, &from->all) {
        struct setting s = from->all.items[i];

        s.name = slice_lower(f->a, s.name);
        VEC_PUSH(f->a, &out.all, s);
    }
    return out;
}

/* Of an aggregate: pg_catalog is looked through first, public where nothing is said. */
static struct settings
options_form(const struct form *f, const struct settings *from)
{
    static const char *const schemas[] = { "pg_catalog.", "public." };
    struct settings out = { 0 };

    VEC_EACH (i, &from->all) {
        struct setting s = from->all.items[i];

        for (size_t k = 0; k < ARRAY_LEN(schemas); k++)
            if (slice_starts(s.value, schemas[k]))
                s.value = slice_sub(s.value, strlen(schemas[k]), s.value.len);
        VEC_PUSH(f->a, &out.all, s);
    }
    return out;
}

/* Statements that are known are compared, not how they were written. */
static struct slice
body_form(const struct form *f, const struct definition *d)
{
    const struct routine *r = d->u.routine;
    struct text body;

    text_init(&body, f->a);
    VEC_EACH (i, &r->statements) {
        const struct expr *e = r->statements.items[i];

        if (i > 0)
            text_addz(&body, ";\n");
        if (r->body_kind == BODY_ATOMIC && !expr_is_query(e))
            text_addz(&body, "RETURN ");
        text_add(&body, expr_text(f->a, form_routine_statement(f, d, e)));
    }
    return text_slice(&body);
}

static const struct routine *
routine_form(const struct form *f, const struct definition *d)
{
    const struct routine *from = d->u.routine;
    struct routine *r = arena_copy(f->a, from, sizeof *r);

    memset(&r->arguments, 0, sizeof r->arguments);
    VEC_EACH (i, &from->arguments.all) {
        struct argument a = from->arguments.all.items[i];

        a.default_value = form_typed(f, &from->arguments.all.items[i].type,
                                     form_of(f, a.default_value));
        VEC_PUSH(f->a, &r->arguments.all, a);
    }
    r->settings = settings_form(f, &from->settings);
    r->options = options_form(f, &from->options);
    if (from->statements.count > 0)
        r->body = body_form(f, d);
    return r;
}

static const struct trigger *
trigger_form(const struct form *f, const struct trigger *from)
{
    struct trigger *t = arena_copy(f->a, from, sizeof *t);

    t->when = form_of(f, from->when);
    return t;
}

/* A query inside has its names in full; those outside of it stay as they are. */
static const struct expr *
whole_form(const struct form *f, const struct expr *e)
{
    return e == NULL ? NULL : form_of(f, form_queries_in(f, e));
}

/*
 * A policy TO CURRENT_USER is kept as one for the role that made it.  Who describes the
 * server is taken for that one: it is who would make the policy now.  One that another
 * role made is another policy, and a difference.
 */
static struct slice
role_form(const struct form *f, struct slice role)
{
    static const char *const words[] = { "current_user", "current_role", "session_user" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (slice_is(role, words[i]) && !slice_is_none(f->world->role))
            return f->world->role;
    return role;
}

static int
compare_roles(const void *left, const void *right)
{
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* As they are sorted when they are read. */
static struct slices
roles_form(const struct form *f, const struct slices *from)
{
    struct slices out = { 0 };

    VEC_EACH (i, &from->all)
        VEC_PUSH(f->a, &out.all, role_form(f, from->all.items[i]));
    if (out.all.count > 1)
        qsort(out.all.items, out.all.count, sizeof *out.all.items, compare_roles);
    return out;
}

static const struct policy *
policy_form(const struct form *f, const struct definition *d)
{
    const struct policy *from = d->u.policy;
    struct policy *p = arena_copy(f->a, from, sizeof *p);

    p->roles = roles_form(f, &from->roles);
    p->using = form_of(f, form_queries_on(f, d->schema, d->table, from->using));
    p->with_check = form_of(f, form_queries_on(f, d->schema, d->table, from->with_check));
    return p;
}

static const struct rule *
rule_form(const struct form *f, const struct definition *d)
{
    const struct rule *from = d->u.rule;
    struct rule *r = arena_copy(f->a, from, sizeof *r);

    r->where = whole_form(f, from->where);
    memset(&r->actions, 0, sizeof r->actions);
    VEC_EACH (i, &from->actions)
        VEC_PUSH(f->a, &r->actions, form_rule_action(f, d, from->actions.items[i]));
    return r;
}

static int
compare_keys(const void *left, const void *right)
{
    const struct expr *l = *(const struct expr *const *)left;
    const struct expr *r = *(const struct expr *const *)right;

    return slice_compare(l->text, r->text);
}

/* The server tells columns in its own order, which need not be the declared one: here
 * they go by name.  Expressions stand behind them, in the order in which it has them. */
static const struct statistics *
statistics_form(const struct form *f, const struct statistics *from)
{
    struct statistics *d = arena_copy(f->a, from, sizeof *d);
    size_t columns = 0;

    memset(&d->keys, 0, sizeof d->keys);
    VEC_EACH (i, &from->keys) {
        VEC_PUSH(f->a, &d->keys, form_of(f, from->keys.items[i]));
        columns += from->keys.items[i]->kind == EXPR_COLUMN;
    }
    qsort(d->keys.items, columns, sizeof *d->keys.items, compare_keys);
    return d;
}

static struct slice
multirange_name(const struct form *f, const struct definition *d)
{
    struct slice name = naming_multirange(f->a, d->name);

    return slice_is_none(d->schema)
               ? name
               : slice_format(f->a, "%.*s.%.*s", SLICE_ARG(d->schema), SLICE_ARG(name));
}

/* The name that the server gives to the type of several ranges is not said. */
static const struct range *
range_form(const struct form *f, const struct definition *d)
{
    struct range *r = arena_copy(f->a, d->u.range, sizeof *r);

    memset(&r->options, 0, sizeof r->options);
    VEC_EACH (i, &d->u.range->options.all) {
        const struct setting *o = &d->u.range->options.all.items[i];

        if (!slice_is(o->name, "multirange_type_name")
            || !slice_equal(o->value, multirange_name(f, d)))
            VEC_PUSH(f->a, &r->options.all, *o);
    }
    return r;
}

static void
detail_form(const struct form *f, struct definition *d)
{
    switch (d->detail) {
    case DETAIL_DOMAIN:
        d->u.domain = domain_form(f, d->u.domain);
        break;
    case DETAIL_ROUTINE:
        d->u.routine = routine_form(f, d);
        break;
    case DETAIL_TRIGGER:
        d->u.trigger = trigger_form(f, d->u.trigger);
        break;
    case DETAIL_RULE:
        d->u.rule = rule_form(f, d);
        break;
    case DETAIL_POLICY:
        d->u.policy = policy_form(f, d);
        break;
    case DETAIL_STATISTICS:
        d->u.statistics = statistics_form(f, d->u.statistics);
        break;
    case DETAIL_RANGE:
        d->u.range = range_form(f, d);
        break;
    case DETAIL_NONE:
    case DETAIL_EXTENSION:
    case DETAIL_SCHEMA:
    case DETAIL_COMPOSITE:
    case DETAIL_SEQUENCE:
    case DETAIL_GRANT:
    case DETAIL_VIRTUAL_TABLE:
    case DETAIL_COMMENT:
    case DETAIL_ROLE:
        break;
    }
}

const struct definition *
form_definition(const struct form_world *w, const struct definition *from)
{
    const struct form f = { w->a, w };
    struct definition *d = arena_copy(w->a, from, sizeof *d);

    detail_form(&f, d);
    if (d->detail == DETAIL_NONE)
        d->normal = form_text(w->a, d->kind, d->normal);
    definition_spell(w->a, d, &sql_style_canonical);
    return d;
}
