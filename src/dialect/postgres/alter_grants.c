/*
 * Grants: only what differs is given and taken, but for what is made anew: the rights on
 * that went with the old one.
 */
#include "dialect/postgres/alter.h"

static const struct privilege *
find_privilege(const struct privileges *all, const struct privilege *like)
{
    VEC_EACH (i, &all->all)
        if (slice_equal(all->all.items[i].name, like->name)
            && (all->all.items[i].columns.all.count > 0) == (like->columns.all.count > 0))
            return &all->all.items[i];
    return NULL;
}

/* What of `p` is not in `other`; false: nothing. */
static bool
rest_of(struct alter *a, const struct privilege *p, const struct privileges *other,
        struct privilege *out)
{
    const struct privilege *there = find_privilege(other, p);

    *out = (struct privilege){ .name = p->name, .grantable = p->grantable };
    if (there == NULL) {
        *out = *p;
        return true;
    }
    VEC_EACH (i, &p->columns.all)
        if (!slices_have(&there->columns, p->columns.all.items[i])
            || (p->grantable && !there->grantable))
            VEC_PUSH(&a->s->arena, &out->columns.all, p->columns.all.items[i]);
    if (p->columns.all.count == 0)
        return p->grantable && !there->grantable;
    return out->columns.all.count > 0;
}

static void
add_sql(struct alter *a, struct action *to, const struct definition *d,
        const struct privileges *p, enum grant_words words, bool grantable)
{
    struct postgres_statement st;

    if (!privileges_have(p, grantable))
        return;
    postgres_begin(a->s, &st);
    grant_write(&st.w, d, p, words, grantable);
    alter_sql(a, to, postgres_end(&st));
}

/* Behind all else, what was said of columns that are gone has gone with them. */
static bool
is_left(struct alter *a, const struct change *c, struct privilege *p)
{
    const struct definition *d = c->new.definition;
    const struct table *t = catalog_find_table(a->r->to, d->schema, d->name);
    struct slices columns = { 0 };

    if (c->kind == CHANGE_DROP_DEFINITION || t == NULL || p->columns.all.count == 0)
        return true;
    VEC_EACH (i, &p->columns.all)
        if (table_find_column(t, p->columns.all.items[i]) != NULL)
            VEC_PUSH(&a->s->arena, &columns.all, p->columns.all.items[i]);
    p->columns = columns;
    return columns.all.count > 0;
}

static void
take(struct alter *a, struct action *to, const struct change *c)
{
    const struct grant *old = c->old.definition->u.grant;
    const struct grant *new = c->new.definition->u.grant;
    struct privileges gone = { 0 };
    struct privileges options = { 0 };
    struct privileges revoked = { 0 };
    struct privilege rest;

    VEC_EACH (i, &old->granted.all) {
        const struct privilege *p = &old->granted.all.items[i];
        struct privilege plain = *p;
        const struct privilege *there = find_privilege(&new->granted, p);

        plain.grantable = false;
        if (rest_of(a, &plain, &new->granted, &rest)
            && is_left(a, c, &rest))
            VEC_PUSH(&a->s->arena, &gone.all, rest);
        if (there != NULL && p->grantable && !there->grantable
            && is_left(a, c, &plain))
            VEC_PUSH(&a->s->arena, &options.all, plain);
    }
    VEC_EACH (i, &new->revoked.all)
        if (rest_of(a, &new->revoked.all.items[i], &old->revoked, &rest))
            VEC_PUSH(&a->s->arena, &revoked.all, rest);
    add_sql(a, to, c->new.definition, &gone, GRANT_TAKE, false);
    add_sql(a, to, c->new.definition, &options, GRANT_TAKE_OPTION, false);
    add_sql(a, to, c->new.definition, &revoked, GRANT_TAKE, false);
}

static void
give(struct alter *a, struct action *to, const struct change *c)
{
    const struct grant *old = c->old.definition->u.grant;
    const struct grant *new = c->new.definition->u.grant;
    struct privileges back = { 0 };
    struct privileges fresh = { 0 };
    struct privilege rest;

    VEC_EACH (i, &old->revoked.all)
        if (rest_of(a, &old->revoked.all.items[i], &new->revoked, &rest))
            VEC_PUSH(&a->s->arena, &back.all, rest);
    VEC_EACH (i, &new->granted.all)
        if (rest_of(a, &new->granted.all.items[i], &old->granted, &rest))
            VEC_PUSH(&a->s->arena, &fresh.all, rest);
    add_sql(a, to, c->new.definition, &back, GRANT_GIVE, false);
    add_sql(a, to, c->new.definition, &fresh, GRANT_GIVE, false);
    add_sql(a, to, c->new.definition, &fresh, GRANT_GIVE, true);
}

/* The change with nothing for a side that it has not, or that is gone with its object. */
static void
carry_out(struct alter *a, struct action *to, const struct change *c, bool from_nothing)
{
    struct change full = *c;
    struct definition none =
        *(c->new.definition != NULL ? c->new.definition : c->old.definition);
    struct grant nothing = *none.u.grant;

    nothing.granted = (struct privileges){ 0 };
    nothing.revoked = (struct privileges){ 0 };
    none.u.grant = &nothing;
    if (full.old.definition == NULL || from_nothing)
        full.old.definition = &none;
    if (full.new.definition == NULL)
        full.new.definition = &none;
    to->lock = NULL;
    take(a, to, &full);
    give(a, to, &full);
}

static size_t
order_of_grants(const struct alter *a)
{
    return alter_restore_end(a) + DEFINITION_ORDER_END;
}

/* A right on a table that another one takes the place of. */
static bool
goes_with_table(const struct alter *a, const struct definition *d)
{
    const struct table *old = slice_is(d->u.grant->object_kind, "table")
                                  ? catalog_find_table(a->r->from, d->schema, d->name)
                                  : NULL;

    return old != NULL && a->r->remakes_tables && alter_move_of(a, old) != NULL;
}

static void
change_grant(struct alter *a, const struct change *c)
{
    struct action *to;

    if (c->new.definition == NULL && goes_with_table(a, c->old.definition))
        return;
    to = c->new.definition == NULL
             ? alter_action(a, PHASE_CLEAR, CLEAR_COMMENTS, c)
             : alter_action(a, PHASE_RESTORE, order_of_grants(a), c);
    carry_out(a, to, c, false);
    alter_leave_out_if_empty(a, to);
}

/* ---- rights on what is made anew ---- */

static struct slice
object_key(struct alter *a, struct slice kind, struct slice schema, struct slice name,
           struct slice arguments)
{
    return slice_format(&a->s->arena, "%.*s\1%.*s\1%.*s\1%.*s", SLICE_ARG(kind),
                        SLICE_ARG(schema), SLICE_ARG(name), SLICE_ARG(arguments));
}

void
alter_loses_grants(struct alter *a, const struct change *c, const char *kind,
                   struct slice schema, struct slice name, struct slice arguments)
{
    change_list_add(&a->s->arena, &a->bare,
                    object_key(a, slice_from(kind), schema, name, arguments), c);
}

/* What its object is made anew for; NULL: it is not. */
static const struct change_list *
bared_by(struct alter *a, const struct definition *d)
{
    return map_get(&a->bare, object_key(a, d->u.grant->object_kind, d->schema, d->name,
                                        d->u.grant->arguments));
}

/* A grant that changes itself, or comes with its object, is no less its own change. */
static void
give_all(struct alter *a, const struct change *c)
{
    carry_out(a, alter_action(a, PHASE_RESTORE, order_of_grants(a), c), c, true);
}

static void
put_back(struct alter *a, const struct definition *d, const struct change_list *changes)
{
    struct change c = { .kind = CHANGE_REPLACE_DEFINITION,
                        .old.definition = d,
                        .new.definition = d };
    struct action *to = alter_action(a, PHASE_RESTORE, order_of_grants(a), &c);

    carry_out(a, to, &c, true);
    alter_comes_back(a, to);
    to->causes.count = 0;
    action_makes_way_for_all(&a->s->arena, to, changes);
    alter_reason(a, to,
                 "The grant itself does not change: it went with what is made anew.");
}

static void
put_back_others(struct alter *a, const struct map *changed)
{
    VEC_EACH (i, &a->r->to->definitions) {
        const struct definition *d = a->r->to->definitions.items[i];
        const struct change_list *changes;

        if (d->detail == DETAIL_GRANT && !map_has(changed, d->normal)
            && (changes = bared_by(a, d)) != NULL)
            put_back(a, d, changes);
    }
}

void
alter_grants(struct alter *a)
{
    struct map changed;

    map_init(&changed, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct definition *d =
            c->new.definition != NULL ? c->new.definition : c->old.definition;

        if (d == NULL || d->detail != DETAIL_GRANT || online_is_right_for_now(a, d))
            continue;
        if (c->new.definition != NULL)
            map_put(&changed, d->normal, NULL);
        if (c->new.definition != NULL && bared_by(a, d) != NULL)
            give_all(a, c);
        else
            change_grant(a, c);
    }
    if (a->bare.count > 0)
        put_back_others(a, &changed);
}
