/*
 * Rules.  The rule _RETURN of an old dump is what makes a view of a table.
 */
#include "resolve/define.h"

#include "expr/sqlw.h"

static struct slice
event_word(enum trigger_event event)
{
    switch (event) {
    case TRIGGER_INSERT:
        return SLICE("insert");
    case TRIGGER_UPDATE:
        return SLICE("update");
    case TRIGGER_DELETE:
        return SLICE("delete");
    case TRIGGER_TRUNCATE:
        break;
    }
    return SLICE("select");
}

/* CREATE TABLE v (…); CREATE RULE "_RETURN" AS ON SELECT TO v DO INSTEAD SELECT … */
static void
make_view(struct build *b, const struct stmt *stmt, struct object *on)
{
    const struct ast_create_rule *ast = stmt->u.create_rule;
    struct ast_create_view *view = ARENA_NEW(b->a, struct ast_create_view);
    struct stmt *as = arena_copy(b->a, stmt, sizeof *stmt);

    if (ast->actions.count != 1 || !ast->instead || on->role != ROLE_TABLE) {
        diag_add(&b->s->diags, D_BAD_CODE, ast->name.span,
                 "a rule on SELECT makes a view of a table: DO INSTEAD and one query");
        return;
    }
    view->name = ast->table;
    view->query = ast->actions.items[0];
    view->query_span = ast->actions.items[0]->span;
    as->kind = STMT_CREATE_VIEW;
    as->u.create_view = view;
    object_drop(b, &b->relations, on);
    declare_view(b, as);
}

void
declare_rule(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_rule *ast = stmt->u.create_rule;
    struct object *on = code_need_relation(b, &ast->table);
    struct definition *d;
    struct rule *r;

    if (on == NULL)
        return;
    if (ast->event == TRIGGER_TRUNCATE) {
        make_view(b, stmt, on);
        return;
    }
    d = code_new(b, stmt, "rule", &ast->name, on);
    r = ARENA_NEW(b->a, struct rule);
    r->event = event_word(ast->event);
    r->instead = ast->instead;
    r->where = ast->where;
    VEC_EACH (i, &ast->actions)
        VEC_PUSH(b->a, &r->actions, ast->actions.items[i]);
    d->detail = DETAIL_RULE;
    d->u.rule = r;
    code_declare(b, stmt, d, ast->or_replace, false);
}

void
rule_bind(struct code_binding *c, struct definition *d)
{
    const struct rule *old = d->u.rule;
    struct rule *r = arena_copy(c->binder.a, old, sizeof *r);

    code_add_rows(c, !slice_is(r->event, "delete"), !slice_is(r->event, "insert"));
    r->where = bind_expr(&c->binder, &c->scope, r->where);
    r->actions.items = NULL;
    r->actions.count = 0;
    r->actions.capacity = 0;
    VEC_EACH (i, &old->actions)
        VEC_PUSH(c->binder.a, &r->actions, code_bind_statement(c, old->actions.items[i]));
    d->u.rule = r;
}
