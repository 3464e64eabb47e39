/*
 * Domains: CREATE, ALTER and the binding of their checks, which are over VALUE.
 */
#include <string.h>

#include "model/naming.h"
#include "resolve/definitions.h"
#include "resolve/places.h"

/* As the server does: domain_check, domain_check1, …; given names are taken. */
static void
derive_names(struct build *b, struct slice name, struct domain *m)
{
    struct map taken;

    map_init(&taken, b->a);
    VEC_EACH (i, &m->checks)
        if (!m->checks.items[i].name_is_derived)
            map_put(&taken, m->checks.items[i].name, m);
    VEC_EACH (i, &m->checks)
        if (m->checks.items[i].name_is_derived)
            m->checks.items[i].name = naming_derive(b->s, &taken, name, NULL, "check");
}

static struct domain_check *
find_check(const struct domain *m, struct slice name)
{
    VEC_EACH (i, &m->checks)
        if (slice_equal(m->checks.items[i].name, name))
            return &m->checks.items[i];
    return NULL;
}

static void
report_second_check(struct build *b, struct slice domain, struct slice name,
                    struct span span)
{
    diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
             "domain \"%.*s\" has a constraint \"%.*s\" already", SLICE_ARG(domain),
             SLICE_ARG(name));
}

static void
add_check(struct build *b, struct slice domain, struct domain *m,
          const struct ast_constraint *ast)
{
    struct domain_check c = { .name = ast->name,
                              .name_is_derived = slice_is_none(ast->name),
                              .check = ast->check,
                              .not_valid = ast->not_valid };

    if (ast->kind != CONSTRAINT_CHECK)
        diag_add(&b->s->diags, D_BAD_CONSTRAINT, ast->span,
                 "a domain can only have CHECK constraints");
    else if (!c.name_is_derived && find_check(m, c.name) != NULL)
        report_second_check(b, domain, c.name, ast->span);
    else
        VEC_PUSH(b->a, &m->checks, c);
    derive_names(b, domain, m);
}

const struct domain *
type_domain(const struct build *b, const struct type *t)
{
    const struct object *o =
        t->kind != TYPE_NAMED
            ? NULL
            : object_find(b, &b->types, schema_plain(t->schema), t->name);

    return o != NULL && o->role == ROLE_DEFINITION
                   && o->u.definition->detail == DETAIL_DOMAIN
               ? o->u.definition->u.domain
               : NULL;
}

#define DOMAINS_MAX 100 /* over each other; no server accepts domains in a circle */

const struct type *
type_plain(const struct build *b, const struct type *t)
{
    for (size_t i = 0; t != NULL && t->dimensions == 0 && i < DOMAINS_MAX; i++) {
        const struct domain *m = type_domain(b, t);

        if (m == NULL)
            return t;
        t = &m->base;
    }
    return t;
}

/* The server copies it once: a later change below does not reach the domain above. */
static const struct expr *
inherited_default(const struct build *b, const struct type *base)
{
    const struct domain *m = base->dimensions > 0 ? NULL : type_domain(b, base);

    return m == NULL ? NULL : m->default_value;
}

void
declare_domain(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_domain *ast = stmt->u.create_domain;
    struct definition *d = definition_new(b, stmt, SLICE("domain"), &ast->name);
    struct domain *m = ARENA_NEW(b->a, struct domain);

    m->base = type_plain_schema(ast->base);
    m->base_span = ast->base_span;
    m->collation = collation_without_default(ast->collation);
    m->default_value = ast->default_value;
    if (m->default_value == NULL)
        m->default_value = inherited_default(b, &m->base);
    m->not_null = ast->not_null;
    VEC_EACH (i, &ast->checks)
        add_check(b, ast->name.name, m, ast->checks.items[i]);
    d->detail = DETAIL_DOMAIN;
    d->u.domain = m;
    definition_declare(b, stmt, d, false);
}

static struct domain *
edit_domain(struct build *b, struct object *o)
{
    const struct domain *from = o->u.definition->u.domain;
    struct domain *m = arena_copy(b->a, from, sizeof *m);

    memset(&m->checks, 0, sizeof m->checks);
    VEC_EACH (i, &from->checks)
        VEC_PUSH(b->a, &m->checks, from->checks.items[i]);
    o->u.definition->u.domain = m;
    return m;
}

static struct domain_check *
need_check(struct build *b, const struct object *o, const struct domain *m,
           const struct ast_alter *action)
{
    struct domain_check *c = find_check(m, action->name);
    struct slices names = { 0 };
    struct diag *d;

    if (c != NULL || action->if_exists)
        return c;
    d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, action->name_span,
                 "domain \"%.*s\" has no constraint \"%.*s\"", SLICE_ARG(o->name),
                 SLICE_ARG(action->name));
    VEC_EACH (i, &m->checks)
        VEC_PUSH(b->a, &names.all, m->checks.items[i].name);
    hint_nearest(b->s, d, action->name, &names);
    return NULL;
}

/* What is spoken of by its name keeps the name. */
void
check_comment(struct build *b, struct object *o, const struct ast_comment *ast)
{
    const struct ast_alter named = { .name = ast->part, .name_span = ast->name.span };
    struct domain_check *c = need_check(b, o, edit_domain(b, o), &named);

    if (c != NULL) {
        c->comment = ast->text;
        c->name_is_derived = false;
    }
    definition_respell(b, o);
}

static void
drop_check(struct domain *m, const struct domain_check *c)
{
    size_t at = (size_t)(c - m->checks.items);

    memmove(&m->checks.items[at], &m->checks.items[at + 1],
            (m->checks.count - at - 1) * sizeof *c);
    m->checks.count--;
}

static void
rename_check(struct build *b, const struct object *o, struct domain *m,
             const struct ast_alter *action)
{
    struct domain_check *c = need_check(b, o, m, action);

    if (c == NULL)
        return;
    if (find_check(m, action->new_name) != NULL) {
        report_second_check(b, o->name, action->new_name, action->name_span);
        return;
    }
    c->name = action->new_name;
    c->name_is_derived = false;
}

static void
alter_checks(struct build *b, const struct object *o, struct domain *m,
             const struct ast_alter *action)
{
    struct domain_check *c;

    if (action->kind == ALTER_ADD_CONSTRAINT) {
        add_check(b, o->name, m, action->constraint);
        return;
    }
    if (action->kind == ALTER_RENAME_CONSTRAINT) {
        rename_check(b, o, m, action);
        return;
    }
    c = need_check(b, o, m, action);
    if (c == NULL)
        return;
    if (action->kind == ALTER_DROP_CONSTRAINT)
        drop_check(m, c);
    else
        c->not_valid = false;
    /* A check that has its number keeps it: the others were named beside it. */
}

static void
alter_domain_action(struct build *b, struct object *o, const struct ast_alter *action,
                    struct span span)
{
    struct domain *m;

    if (action->kind == ALTER_RENAME_TABLE) {
        rename_type_definition(b, o, o->schema, action->new_name, span);
        return;
    }
    if (action->kind == ALTER_SET_SCHEMA) {
        rename_type_definition(b, o, schema_plain(action->new_name), o->name, span);
        return;
    }
    m = edit_domain(b, o);
    if (action->kind == ALTER_SET_DEFAULT || action->kind == ALTER_DROP_DEFAULT)
        m->default_value = action->expr;
    else if (action->kind == ALTER_SET_NOT_NULL || action->kind == ALTER_DROP_NOT_NULL)
        m->not_null = action->kind == ALTER_SET_NOT_NULL;
    else
        alter_checks(b, o, m, action);
    definition_respell(b, o);
}

void
alter_domain(struct build *b, const struct ast_alter_object *ast)
{
    struct object *o = definition_need(b, "domain", &ast->name, ast->if_exists);

    if (o == NULL)
        return;
    if (ast->kind == ALTER_OBJECT_ACTION && o->u.definition->detail == DETAIL_DOMAIN)
        alter_domain_action(b, o, ast->action, ast->name.span);
    else
        diag_add(&b->s->diags, D_SYNTAX, ast->name.span,
                 "a domain cannot be altered like this");
}

void
domain_derive_names(struct build *b, struct object *o, struct slice name)
{
    derive_names(b, name, edit_domain(b, o));
}

/* ---- at the end ---- */

/* False after reporting a name that is not VALUE. */
static bool
names_only_value(void *context, const struct expr *e)
{
    const struct binder *b = context;
    struct diag *d;

    if (e->kind != EXPR_NAME || slice_is(e->text, "value"))
        return true;
    if (b->quiet)
        return false;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, e->span,
                 "the CHECK of a domain knows no \"%.*s\"", SLICE_ARG(e->text));
    diag_hint(&b->s->diags, d, "the value that is checked is called VALUE");
    return false;
}

static const struct place_rules in_check = { D_BAD_CONSTRAINT, "a CHECK", 0 };
static const struct place_rules in_default = { D_BAD_DEFAULT, "a default", 0 };

/* VALUE is a column of the base type, and there is no other. */
static const struct expr *
bind_over_value(struct binder *b, const struct domain *m, const struct expr *e)
{
    struct table *t = ARENA_NEW(b->a, struct table);
    struct column *value = ARENA_NEW(b->a, struct column); /* the bound tree holds it */

    if ((!b->quiet && place_refuses(b->b, e, &in_check))
        || !expr_walk(e, names_only_value, b))
        return e;
    value->name = SLICE("value");
    value->has_type = true;
    value->type = m->base;
    t->name = value->name;
    map_init(&t->column_names, b->a);
    map_put(&t->column_names, value->name, value);
    VEC_PUSH(b->a, &t->columns, value);
    return bind_in_table(b, t, e);
}

static void
bind_checks(struct binder *b, struct domain *m)
{
    VEC_EACH (i, &m->checks)
        m->checks.items[i].check = bind_over_value(b, m, m->checks.items[i].check);
}

struct domain *
domain_edit(struct object *o, struct binder *binder)
{
    struct domain *m = edit_domain(binder->b, o);

    bind_checks(binder, m);
    return m;
}

void
domain_bind(struct build *b, struct object *o)
{
    struct domain *m = edit_domain(b, o);
    struct binder binder;

    binder_init(&binder, b);
    type_check(b, &m->base, m->base_span);
    if (m->default_value != NULL && !place_refuses(b, m->default_value, &in_default))
        m->default_value = bind_expr(&binder, NULL, m->default_value);
    m->default_varies = value_varies(b, m->default_value);
    bind_checks(&binder, m);
    definition_respell(b, o);
}
