/*
 * Roles.  One that only ALTER ROLE speaks of is the server's: it stays open, and nothing
 * is known of it but what is said.
 *
 * CREATE ROLE … IN ROLE r, ROLE m, ADMIN a is said as the GRANTs that it stands for.
 */
#include "resolve/definitions.h"

static struct role *
edit_role(struct build *b, struct object *o)
{
    struct role *r = arena_copy(b->a, o->u.definition->u.role, sizeof *r);

    r->settings.items = arena_copy(b->a, r->settings.items,
                                   r->settings.count * sizeof *r->settings.items);
    r->settings.capacity = r->settings.count;
    o->u.definition->u.role = r;
    return r;
}

/* ---- settings ---- */

static int
compare_settings(const struct role_setting *one, const struct role_setting *other)
{
    int order = slice_compare(one->database, other->database);

    return order != 0 ? order : slice_compare(one->name, other->name);
}

static void
reset_setting(struct role *r, const struct ast_role *ast)
{
    size_t kept = 0;

    VEC_EACH (i, &r->settings) {
        const struct role_setting *s = &r->settings.items[i];

        if (!slice_equal(s->database, ast->database)
            || (!slice_is_none(ast->setting) && !slice_equal(s->name, ast->setting)))
            r->settings.items[kept++] = *s;
    }
    r->settings.count = kept;
}

static void
change_setting(struct build *b, struct role *r, const struct ast_role *ast)
{
    struct role_setting s = { ast->database, ast->setting, ast->setting_value };
    size_t at;

    reset_setting(r, ast);
    if (slice_is_none(s.value))
        return;
    VEC_PUSH(b->a, &r->settings, s);
    for (at = r->settings.count - 1; at > 0; at--) {
        if (compare_settings(&r->settings.items[at - 1], &s) <= 0)
            break;
        r->settings.items[at] = r->settings.items[at - 1];
    }
    r->settings.items[at] = s;
}

/* ---- what is said of it ---- */

static void
take_slice(struct slice *to, struct slice said)
{
    if (!slice_is_none(said))
        *to = said;
}

static void
take_options(struct role *r, const struct ast_role *ast)
{
    r->powers = (r->powers & ~ast->said) | (ast->powers & ast->said);
    r->said |= ast->said;
    take_slice(&r->limit, ast->limit);
    take_slice(&r->valid_until, ast->valid_until);
    take_slice(&r->password, ast->password);
    if (!r->is_open && slice_is(r->limit, "-1"))
        r->limit = SLICE_NONE; /* as CREATE ROLE has it */
}

static struct role *
new_role(struct build *b)
{
    struct role *r = ARENA_NEW(b->a, struct role);

    r->limit = r->valid_until = r->password = SLICE_NONE;
    return r;
}

static void
put_role(struct build *b, const struct stmt *stmt, struct role *r)
{
    struct definition *d =
        definition_new(b, stmt, SLICE("role"), &stmt->u.role->names.all.items[0]);

    d->detail = DETAIL_ROLE;
    d->u.role = r;
    definition_declare(b, stmt, d, false);
}

/* ---- members ---- */

static void
grant(struct build *b, const struct stmt *stmt, const struct ast_name *role,
      const struct ast_name *member, bool admin)
{
    const struct ast_signature all = { .name = { .name = SLICE("roles") } };
    const struct ast_privilege privilege = { .name = role->name, .span = role->span };
    struct ast_grant *g = ARENA_NEW(b->a, struct ast_grant);
    struct stmt made = *stmt;

    g->kind = SLICE("role");
    g->option = admin;
    g->span = role->span;
    VEC_PUSH(b->a, &g->objects.all, all);
    VEC_PUSH(b->a, &g->privileges, privilege);
    VEC_PUSH(b->a, &g->grantees.all, *member);
    made.kind = STMT_GRANT;
    made.u.grant = g;
    declare_grant(b, &made);
}

static void
grant_members(struct build *b, const struct stmt *stmt)
{
    const struct ast_role *ast = stmt->u.role;
    const struct ast_name *self = &ast->names.all.items[0];

    VEC_EACH (i, &ast->in_roles.all)
        grant(b, stmt, &ast->in_roles.all.items[i], self, false);
    VEC_EACH (i, &ast->members.all)
        grant(b, stmt, self, &ast->members.all.items[i], false);
    VEC_EACH (i, &ast->admins.all)
        grant(b, stmt, self, &ast->admins.all.items[i], true);
}

/* ---- statements ---- */

static void
create_role(struct build *b, const struct stmt *stmt)
{
    const struct ast_role *ast = stmt->u.role;
    struct role *r = new_role(b);

    r->said = POWER_ALL;
    r->powers = ast->powers;
    take_options(r, ast);
    put_role(b, stmt, r);
    grant_members(b, stmt);
}

static void
alter_role(struct build *b, const struct stmt *stmt)
{
    const struct ast_role *ast = stmt->u.role;
    struct object *o =
        definition_find(b, "role", SLICE_NONE, ast->names.all.items[0].name);
    struct role *r = o == NULL ? new_role(b) : edit_role(b, o);

    r->is_open = r->is_open || o == NULL;
    if (ast->sets)
        change_setting(b, r, ast);
    else
        take_options(r, ast);
    if (o != NULL)
        definition_respell(b, o);
    else if (!ast->sets || !slice_is_none(ast->setting_value))
        put_role(b, stmt, r);
}

/* What nobody declares stays a statement that is kept whole. */
static void
drop_roles(struct build *b, const struct stmt *stmt)
{
    const struct ast_names *names = &stmt->u.role->names;

    VEC_EACH (i, &names->all) {
        struct object *o =
            definition_find(b, "role", SLICE_NONE, names->all.items[i].name);

        if (o != NULL)
            definition_drop(b, o);
        else
            declare_definition(b, stmt, SLICE("drop role"), &names->all.items[i], NULL);
    }
}

void
declare_role(struct build *b, const struct stmt *stmt)
{
    switch (stmt->u.role->action) {
    case ROLE_CREATE:
        create_role(b, stmt);
        break;
    case ROLE_ALTER:
        alter_role(b, stmt);
        break;
    case ROLE_DROP:
        drop_roles(b, stmt);
        break;
    }
}
