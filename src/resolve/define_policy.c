/*
 * Policies of row-level security.
 */
#include "resolve/define.h"

#include <stdlib.h>

#include "expr/sqlw.h"

static int
compare_roles(const void *left, const void *right)
{
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* Sorted, because their order means nothing; PUBLIC is everybody, whoever else is. */
static void
take_roles(struct build *b, struct policy *p, const struct ast_names *roles)
{
    p->roles.all.count = 0;
    VEC_EACH (i, &roles->all) {
        if (slice_is(roles->all.items[i].name, "public")) {
            p->roles.all.count = 0;
            return;
        }
        VEC_PUSH(b->a, &p->roles.all, roles->all.items[i].name);
    }
    if (p->roles.all.count > 1)
        qsort(p->roles.all.items, p->roles.all.count, sizeof *p->roles.all.items,
              compare_roles);
}

/* USING looks at rows that are there, WITH CHECK at rows that come. */
static void
check_policy(struct build *b, const struct policy *p, const struct ast_policy *ast)
{
    bool reads = slice_is(p->command, "select") || slice_is(p->command, "delete");

    if (reads && p->with_check != NULL)
        diag_add(&b->s->diags, D_BAD_CODE, ast->name.span,
                 "a policy for %.*s has USING alone: no row comes that WITH CHECK could "
                 "look at",
                 SLICE_ARG(p->command));
    if (slice_is(p->command, "insert") && p->using != NULL)
        diag_add(&b->s->diags, D_BAD_CODE, ast->name.span,
                 "a policy for insert has WITH CHECK alone: there is no row yet that "
                 "USING could look at");
}

void
declare_policy(struct build *b, const struct stmt *stmt)
{
    const struct ast_policy *ast = stmt->u.policy;
    const struct object *on = code_need_relation(b, &ast->table);
    struct definition *d;
    struct policy *p;

    if (on == NULL)
        return;
    d = code_new(b, stmt, "policy", &ast->name, on);
    p = ARENA_NEW(b->a, struct policy);
    p->restrictive = ast->restrictive;
    p->command = slice_is_none(ast->command) ? SLICE("all") : ast->command;
    take_roles(b, p, &ast->roles);
    p->using = ast->using_expr;
    p->with_check = ast->with_check;
    check_policy(b, p, ast);
    d->detail = DETAIL_POLICY;
    d->u.policy = p;
    code_declare(b, stmt, d, false, false);
}

void
alter_policy(struct build *b, const struct stmt *stmt)
{
    const struct ast_policy *ast = stmt->u.policy;
    const struct object *on = code_need_relation(b, &ast->table);
    struct object *o = on == NULL ? NULL : code_need(b, "policy", &ast->name, on, false);
    struct definition *d;
    struct policy *p;

    if (o == NULL || o->u.definition->detail != DETAIL_POLICY)
        return;
    d = arena_copy(b->a, o->u.definition, sizeof *d);
    p = arena_copy(b->a, d->u.policy, sizeof *p);
    if (ast->roles.all.count > 0) {
        p->roles = (struct slices){ 0 };
        take_roles(b, p, &ast->roles);
    }
    if (ast->using_expr != NULL)
        p->using = ast->using_expr;
    if (ast->with_check != NULL)
        p->with_check = ast->with_check;
    check_policy(b, p, ast);
    d->u.policy = p;
    definition_spell(b->a, d, &sql_style_canonical);
    o->u.definition = d;
    code_register(b, o);
}

static const struct expr *
bind_clause(struct code_binding *c, const struct expr *e)
{
    return e == NULL ? NULL : bind_in_table(&c->binder, c->on.table, e);
}

static const struct place_rules in_policy = { D_BAD_CODE, "a policy", PLACE_QUERY };

void
policy_bind(struct code_binding *c, struct definition *d)
{
    struct policy *p = arena_copy(c->binder.a, d->u.policy, sizeof *p);

    if (c->on.table == NULL)
        return; /* its columns are not known */
    code_check_place(c, p->using, &in_policy);
    code_check_place(c, p->with_check, &in_policy);
    p->using = bind_clause(c, p->using);
    p->with_check = bind_clause(c, p->with_check);
    d->u.policy = p;
}
