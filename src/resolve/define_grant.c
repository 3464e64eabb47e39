/*
 * GRANT and REVOKE: one definition for what one grantee may do with one object, whatever
 * the statements were that led there.
 *
 * A grant follows its object by pointer; its names are written at the end
 * (grants_finish), so that renames and drops need to know nothing of it.
 */
#include <stdlib.h>
#include <string.h>

#include "model/privileges.h"
#include "resolve/definitions.h"

/* ---- the object ---- */

/* What is granted on; `object` NULL: the server's, or the default schema. */
struct target {
    struct object *object;
    struct slice kind; /* "table", "sequence", "function", … */
    struct slice schema;
    struct slice name;
    struct slice arguments; /* of routines; none */
};

static struct target
target_of(struct slice kind, struct object *o)
{
    struct target t = { .object = o, .kind = kind, .schema = o->schema, .name = o->name };

    if (o->role == ROLE_DEFINITION && o->u.definition->detail == DETAIL_ROUTINE) {
        t.kind = slice_is(o->u.definition->kind, "procedure") ? SLICE("procedure")
                                                              : SLICE("function");
        t.arguments = o->u.definition->signature;
        if (slice_is_none(t.arguments))
            t.arguments = SLICE("");
    }
    if (o->role == ROLE_DEFINITION && o->u.definition->detail == DETAIL_SEQUENCE)
        t.kind = SLICE("sequence");
    if (o->role == ROLE_DEFINITION && slice_is(o->u.definition->kind, "foreign table"))
        t.kind = SLICE("table");
    return t;
}

/* NULL: there is none that is declared. */
static struct object *
find_object(struct build *b, struct slice kind, const struct ast_signature *s)
{
    const struct ast_name *name = &s->name;
    struct object *o = NULL;
    size_t count;

    if (slice_is(kind, "table") || slice_is(kind, "sequence")) {
        o = object_find(b, &b->relations, schema_of(name), name->name);
        return o != NULL ? o : serial_unfold(b, schema_of(name), name->name);
    }
    if (slice_is(kind, "type"))
        return object_find(b, &b->types, schema_of(name), name->name);
    if (slice_is(kind, "schema"))
        return definition_find(b, "schema", SLICE_NONE, name->name);
    for (int k = ROUTINE_FUNCTION; o == NULL && k <= ROUTINE_AGGREGATE; k++)
        o = routine_find(b, (enum routine_kind)k, s, &count);
    return o;
}

static void
report_none(struct build *b, struct slice kind, const struct ast_signature *s)
{
    struct diag *d;

    if (slice_is(kind, "function") || slice_is(kind, "procedure")) {
        routine_need(b,
                     slice_is(kind, "procedure") ? ROUTINE_PROCEDURE : ROUTINE_FUNCTION,
                     s, false);
        return;
    }
    d = diag_add(&b->s->diags,
                 slice_is(kind, "table") ? D_NO_SUCH_TABLE : D_NO_SUCH_OBJECT,
                 s->name.span, "there is no %.*s \"%.*s\"", SLICE_ARG(kind),
                 SLICE_ARG(s->name.name));
    hint_relation(b, d, s->name.name);
}

/* A database, a language, a role, the schema public: nobody declares them. */
static bool
is_of_the_server(struct slice kind, const struct ast_signature *s)
{
    if (slice_is(kind, "schema"))
        return slice_is_none(schema_plain(s->name.name));
    return !slice_is(kind, "table") && !slice_is(kind, "sequence")
           && !slice_is(kind, "type") && !slice_is(kind, "function")
           && !slice_is(kind, "procedure");
}

/* False after reporting that there is none.  With an extension, it may be from there. */
static bool
find_target(struct build *b, const struct ast_grant *ast, const struct ast_signature *s,
            struct target *out)
{
    bool free = is_of_the_server(ast->kind, s);
    struct object *o = free ? NULL : find_object(b, ast->kind, s);

    if (o != NULL) {
        *out = target_of(ast->kind, o);
        return true;
    }
    *out = (struct target){ .kind = ast->kind,
                            .schema = schema_of(&s->name),
                            .name = s->name.name };
    if (s->has_arguments)
        out->arguments = signature_of(b->a, &s->arguments);
    if (free || b->has_extension)
        return true;
    if (!session_is_unread(b->s, s->name.name))
        report_none(b, ast->kind, s);
    return false;
}

/* ---- privileges ---- */

static int
compare_slices(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static struct privilege *
find_privilege(struct privileges *all, struct slice name, bool columns)
{
    VEC_EACH (i, &all->all)
        if (slice_equal(all->all.items[i].name, name)
            && (all->all.items[i].columns.all.count > 0) == columns)
            return &all->all.items[i];
    return NULL;
}

static void
add_columns(struct build *b, struct privilege *to, const struct slices *columns)
{
    VEC_EACH (i, &columns->all)
        if (!slices_have(&to->columns, columns->all.items[i]))
            VEC_PUSH(b->a, &to->columns.all, columns->all.items[i]);
    if (to->columns.all.count > 1)
        qsort(to->columns.all.items, to->columns.all.count, sizeof(struct slice),
              compare_slices);
}

static void
add_privilege(struct build *b, struct privileges *to, struct slice name,
              const struct slices *columns, bool grantable)
{
    struct privilege *p = find_privilege(to, name, columns->all.count > 0);
    struct privilege fresh = { .name = name };

    if (p == NULL) {
        VEC_PUSH(b->a, &to->all, fresh);
        p = &to->all.items[to->all.count - 1];
    }
    add_columns(b, p, columns);
    p->grantable |= grantable;
}

static void
remove_at(struct privileges *from, size_t at)
{
    memmove(&from->all.items[at], &from->all.items[at + 1],
            (from->all.count - at - 1) * sizeof *from->all.items);
    from->all.count--;
}

/* From some columns, or from all and the object itself.  True: there was something. */
static bool
remove_privilege(struct privileges *from, struct slice name, const struct slices *columns)
{
    bool found = false;

    for (size_t i = from->all.count; i-- > 0;) {
        struct privilege *p = &from->all.items[i];
        size_t kept = 0;

        if (!slice_equal(p->name, name))
            continue;
        if (columns->all.count == 0) {
            remove_at(from, i);
            found = true;
            continue;
        }
        VEC_EACH (k, &p->columns.all)
            if (!slices_have(columns, p->columns.all.items[k]))
                p->columns.all.items[kept++] = p->columns.all.items[k];
        found |= kept < p->columns.all.count;
        if (kept == 0 && p->columns.all.count > 0)
            remove_at(from, i);
        else
            p->columns.all.count = kept;
    }
    return found;
}

/* ---- one grantee, one object ---- */

static struct slice
key_of_free(struct build *b, const struct target *t)
{
    return slice_format(b->a, "%.*s.%.*s(%.*s)", SLICE_ARG(t->schema), SLICE_ARG(t->name),
                        SLICE_ARG(t->arguments));
}

static struct work_grant *
find_grant(struct build *b, const struct target *t, struct slice grantee)
{
    struct slice key =
        slice_format(b->a, "%.*s %.*s %p %.*s", SLICE_ARG(t->kind),
                     SLICE_ARG(t->object == NULL ? key_of_free(b, t) : SLICE("")),
                     (void *)t->object, SLICE_ARG(grantee));
    struct work_grant *w = map_get(&b->grants, key);

    if (w != NULL)
        return w;
    w = ARENA_NEW(b->a, struct work_grant);
    w->on = t->object;
    map_put(&b->grants, key, w);
    VEC_PUSH(b->a, &b->all_grants, w);
    return w;
}

/* Written anew for the statement; the names are those of now. */
static void
open_grant(struct build *b, struct work_grant *w, const struct target *t,
           struct slice grantee, struct span span)
{
    struct definition *d = ARENA_NEW(b->a, struct definition);
    struct grant *g = ARENA_NEW(b->a, struct grant);

    g->object_kind = t->kind;
    g->arguments = t->arguments;
    g->grantee = grantee;
    d->kind = SLICE("grant");
    d->schema = t->schema;
    d->name = t->name;
    d->span = span;
    d->detail = DETAIL_GRANT;
    d->u.grant = g;
    w->object = object_add(b, ROLE_DEFINITION, d->schema, d->name, span);
    w->object->u.definition = d;
    w->grant = g;
}

/* Does the server give it to everybody?  Of schemas, only public is for all to use. */
static bool
is_default(const struct work_grant *w, struct slice name)
{
    const struct grant *g = w->grant;

    if (!slice_is(g->grantee, "public"))
        return false;
    if (slice_is(g->object_kind, "schema"))
        return slice_is(w->object->name, "public") && slice_is(name, "usage");
    return privilege_is_public(g->object_kind, name);
}

static void
note_idle(struct build *b, const struct ast_grant *ast, const struct grant *g,
          struct slice object)
{
    diag_add(&b->s->diags, D_OWNER, ast->span,
             "nothing of this was granted to \"%.*s\" on \"%.*s\": only of its owner the "
             "REVOKE would take it, and owners are not kept",
             SLICE_ARG(g->grantee), SLICE_ARG(object));
}

static void
revoke(struct build *b, struct work_grant *w, const struct ast_grant *ast,
       struct slice name, const struct slices *columns, bool *idle)
{
    struct privilege *p;

    if (ast->option) {
        p = find_privilege(&w->grant->granted, name, columns->all.count > 0);
        if (p != NULL)
            p->grantable = false;
        *idle &= p == NULL;
        return;
    }
    if (remove_privilege(&w->grant->granted, name, columns))
        *idle = false;
    if (is_default(w, name) && columns->all.count == 0) {
        add_privilege(b, &w->grant->revoked, name, columns, false);
        *idle = false;
    }
}

static void
apply(struct build *b, struct work_grant *w, const struct ast_grant *ast,
      struct slice name, const struct slices *columns, bool *idle)
{
    if (ast->revoke) {
        revoke(b, w, ast, name, columns, idle);
        return;
    }
    remove_privilege(&w->grant->revoked, name, columns);
    if (!is_default(w, name) || columns->all.count > 0)
        add_privilege(b, &w->grant->granted, name, columns, ast->option);
}

static void
report_privilege(struct build *b, const struct ast_privilege *p, struct slice kind)
{
    struct slices names = { 0 };
    struct diag *d;

    d = diag_add(&b->s->diags, D_BAD_GRANT, p->span, "a %.*s has no privilege \"%.*s\"",
                 SLICE_ARG(kind), SLICE_ARG(p->name));
    for (size_t i = 0; i < privilege_count(kind); i++)
        VEC_PUSH(b->a, &names.all, privilege_at(kind, i));
    hint_nearest(b->s, d, p->name, &names);
}

static void
apply_privilege(struct build *b, struct work_grant *w, const struct ast_grant *ast,
                const struct ast_privilege *p, bool *idle)
{
    struct slices columns = slices_from_names(b, &p->columns);
    struct slice kind = w->grant->object_kind;
    struct slice name = slice_is(p->name, "temp") ? SLICE("temporary") : p->name;

    if (slice_is(kind, "role") || privilege_is_of(kind, name)) {
        apply(b, w, ast, name, &columns, idle);
        return;
    }
    if (!slice_is(name, "all")) {
        report_privilege(b, p, kind);
        *idle = false;
        return;
    }
    for (size_t i = 0; i < privilege_count(kind); i++)
        if (columns.all.count == 0 || privilege_has_columns(privilege_at(kind, i)))
            apply(b, w, ast, privilege_at(kind, i), &columns, idle);
}

static int
compare_privileges(const void *a, const void *b)
{
    const struct privilege *x = a;
    const struct privilege *y = b;
    int order = slice_compare(x->name, y->name);

    return order != 0 ? order : (x->columns.all.count > 0) - (y->columns.all.count > 0);
}

static void
sort_privileges(struct privileges *p)
{
    if (p->all.count > 1)
        qsort(p->all.items, p->all.count, sizeof *p->all.items, compare_privileges);
}

static void
grant_on(struct build *b, const struct ast_grant *ast, const struct target *t)
{
    VEC_EACH (i, &ast->grantees.all) {
        struct slice grantee = ast->grantees.all.items[i].name;
        struct work_grant *w = find_grant(b, t, grantee);
        bool idle = ast->revoke;

        if (w->grant == NULL)
            open_grant(b, w, t, grantee, ast->span);
        VEC_EACH (k, &ast->privileges)
            apply_privilege(b, w, ast, &ast->privileges.items[k], &idle);
        sort_privileges(&w->grant->granted);
        sort_privileges(&w->grant->revoked);
        if (idle)
            note_idle(b, ast, w->grant, t->name);
    }
}

/* ALL TABLES IN SCHEMA s: those that are there now. */
static bool
is_meant(const struct object *o, struct slice kind, struct slice schema)
{
    bool definition = o->role == ROLE_DEFINITION;

    if (o->dropped || !slice_equal(o->schema, schema))
        return false;
    if (slice_is(kind, "table"))
        return o->role == ROLE_TABLE || o->role == ROLE_VIEW;
    if (slice_is(kind, "sequence"))
        return definition && o->u.definition->detail == DETAIL_SEQUENCE;
    return definition && o->u.definition->detail == DETAIL_ROUTINE
           && (slice_is(kind, "routine")
               || slice_is(kind, "procedure")
                      == slice_is(o->u.definition->kind, "procedure"));
}

static void
grant_in_schema(struct build *b, const struct ast_grant *ast, struct slice schema)
{
    size_t count = b->objects.count;

    for (size_t i = 0; i < count; i++)
        if (is_meant(b->objects.items[i], ast->kind, schema_plain(schema))) {
            struct target t = target_of(ast->kind, b->objects.items[i]);

            grant_on(b, ast, &t);
        }
}

void
declare_grant(struct build *b, const struct stmt *stmt)
{
    const struct ast_grant *ast = stmt->u.grant;
    struct target t;

    VEC_EACH (i, &ast->objects.all) {
        const struct ast_signature *s = &ast->objects.all.items[i];

        if (ast->in_schema)
            grant_in_schema(b, ast, s->name.name);
        else if (find_target(b, ast, s, &t))
            grant_on(b, ast, &t);
    }
}

/* ---- what happens to the object ---- */

void
grants_follow_column(struct build *b, const struct object *on, struct slice column,
                     struct slice name)
{
    VEC_EACH (i, &b->all_grants) {
        struct work_grant *w = b->all_grants.items[i];

        if (w->on != on)
            continue;
        VEC_EACH (k, &w->grant->granted.all) {
            struct slices *columns = &w->grant->granted.all.items[k].columns;

            VEC_EACH (c, &columns->all)
                if (slice_equal(columns->all.items[c], column))
                    columns->all.items[c] = name;
        }
    }
}

/* A serial column has taken the sequence in: it is there, but not declared. */
void
grants_detach(struct build *b, const struct object *on)
{
    VEC_EACH (i, &b->all_grants)
        if (b->all_grants.items[i]->on == on)
            b->all_grants.items[i]->on = NULL;
}

static struct grant *
copy_grant(struct build *b, const struct grant *from)
{
    struct grant *g = arena_copy(b->a, from, sizeof *g);

    memset(&g->granted, 0, sizeof g->granted);
    memset(&g->revoked, 0, sizeof g->revoked);
    VEC_EACH (i, &from->granted.all)
        add_privilege(b, &g->granted, from->granted.all.items[i].name,
                      &from->granted.all.items[i].columns,
                      from->granted.all.items[i].grantable);
    VEC_EACH (i, &from->revoked.all)
        add_privilege(b, &g->revoked, from->revoked.all.items[i].name,
                      &from->revoked.all.items[i].columns, false);
    return g;
}

static struct object *
inherited_object(struct build *b, const struct definition *d)
{
    const struct grant *g = d->u.grant;
    struct object *o = NULL;

    if (slice_is(g->object_kind, "table") || slice_is(g->object_kind, "sequence"))
        return object_find(b, &b->relations, d->schema, d->name);
    if (slice_is(g->object_kind, "type"))
        return object_find(b, &b->types, d->schema, d->name);
    if (slice_is(g->object_kind, "schema"))
        return definition_find(b, "schema", SLICE_NONE, d->name);
    VEC_EACH (i, &b->objects) {
        o = b->objects.items[i];
        if (o->role == ROLE_DEFINITION && o->u.definition->detail == DETAIL_ROUTINE
            && slice_equal(o->name, d->name) && slice_equal(o->schema, d->schema)
            && slice_equal(o->u.definition->signature, g->arguments))
            return o;
    }
    return NULL;
}

void
grant_register(struct build *b, struct object *o)
{
    struct definition *d = o->u.definition;
    struct grant *g = copy_grant(b, d->u.grant);
    struct target t = { .object = inherited_object(b, d),
                        .kind = g->object_kind,
                        .schema = d->schema,
                        .name = d->name,
                        .arguments = g->arguments };
    struct work_grant *w = find_grant(b, &t, g->grantee);

    d->u.grant = g;
    w->grant = g;
    w->object = o;
}

/* ---- at the end ---- */

static void
drop_lost_columns(struct work_grant *w)
{
    struct privileges *p = &w->grant->granted;

    if (w->on == NULL || w->on->role != ROLE_TABLE)
        return;
    for (size_t i = p->all.count; i-- > 0;) {
        struct slices *columns = &p->all.items[i].columns;
        size_t kept = 0;

        VEC_EACH (k, &columns->all)
            if (table_find_column(w->on->u.table->table, columns->all.items[k]) != NULL)
                columns->all.items[kept++] = columns->all.items[k];
        if (kept == 0 && columns->all.count > 0)
            remove_at(p, i);
        else
            columns->all.count = kept;
    }
}

static void
finish_grant(struct build *b, struct work_grant *w)
{
    struct definition *d = w->object->u.definition;
    struct target t;

    if (w->on != NULL && w->on->dropped) {
        w->object->dropped = true;
        return;
    }
    drop_lost_columns(w);
    if (w->grant->granted.all.count + w->grant->revoked.all.count == 0) {
        w->object->dropped = true;
        return;
    }
    if (w->on != NULL) {
        t = target_of(w->grant->object_kind, w->on);
        d->schema = w->object->schema = t.schema;
        d->name = w->object->name = t.name;
        w->grant->arguments = t.arguments;
    }
    if (slice_is(w->grant->object_kind, "table"))
        d->table = d->name;
    d->signature = slice_format(b->a, "%.*s to %.*s", SLICE_ARG(w->grant->arguments),
                                SLICE_ARG(w->grant->grantee));
    definition_respell(b, w->object);
}

void
grants_finish(struct build *b)
{
    VEC_EACH (i, &b->all_grants)
        finish_grant(b, b->all_grants.items[i]);
}
