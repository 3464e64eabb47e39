/*
 * Routines, triggers and policies that changed: replaced or altered where PostgreSQL can
 * do so, else dropped and made again.
 */
#include "dialect/postgres/postgres.h"

#include <string.h>

/* ---- may OR REPLACE do it? ---- */

static bool
is_output(const struct argument *a)
{
    return a->mode == ARGUMENT_OUT || a->mode == ARGUMENT_TABLE;
}

/* A name may be added, never changed; a default may be added, never taken away. */
static bool
argument_may_become(const struct argument *old, const struct argument *new)
{
    bool same_name = slice_equal(old->name, new->name)
                     || (slice_is_none(old->name) && !is_output(old));

    return old->mode == new->mode &&same_name &&type_equal(&old->type, &new->type)
           && (old->default_value == NULL || new->default_value != NULL);
}

static bool
arguments_may_become(const struct routine *old, const struct routine *new)
{
    if (old->arguments.all.count != new->arguments.all.count)
        return false;
    VEC_EACH (i, &old->arguments.all)
        if (!argument_may_become(&old->arguments.all.items[i],
                                 &new->arguments.all.items[i]))
            return false;
    return true;
}

static struct slice
option_of(const struct routine *r, const char *name)
{
    VEC_EACH (i, &r->options.all)
        if (slice_is(r->options.all.items[i].name, name))
            return r->options.all.items[i].value;
    return SLICE_NONE;
}

/* What an aggregate gives is decided by its state and its last function. */
static bool
aggregate_gives_the_same(const struct routine *old, const struct routine *new)
{
    return slice_equal(option_of(old, "stype"), option_of(new, "stype"))
           && slice_equal(option_of(old, "finalfunc"), option_of(new, "finalfunc"))
           && old->has_order_by == new->has_order_by && old->order_by == new->order_by;
}

static bool
may_replace(const struct definition *old, const struct definition *new)
{
    const struct routine *from = old->u.routine;
    const struct routine *to = new->u.routine;

    if (old->detail != DETAIL_ROUTINE || new->detail != DETAIL_ROUTINE)
        return false;
    return from->kind == to->kind && from->window == to->window
           && from->returns_set == to->returns_set && from->has_result == to->has_result
           && (!from->has_result || type_equal(&from->result, &to->result))
           && arguments_may_become(from, to) && aggregate_gives_the_same(from, to);
}

/* CREATE FUNCTION becomes CREATE OR REPLACE FUNCTION: what calls it keeps calling it. */
static struct slice
replacing_text(struct alter *a, const struct definition *d)
{
    struct slice create = SLICE("CREATE ");

    return slice_format(&a->s->arena, "CREATE OR REPLACE %.*s",
                        SLICE_ARG(slice_sub(d->text, create.len, d->text.len)));
}

/* ---- who holds on to it ---- */

struct caller {
    struct slice name; /* of the routine */
    bool met;
};

static bool
meet_call(void *context, const struct expr *e)
{
    struct caller *c = context;

    c->met |= e->kind == EXPR_CALL && slice_equal(e->text, c->name);
    return !c->met;
}

static bool
calls(const struct expr *e, struct slice name)
{
    struct caller c = { name, false };

    if (e != NULL)
        expr_walk(e, meet_call, &c);
    return c.met;
}

static bool
keys_call(const struct index_keys *keys, struct slice name)
{
    VEC_EACH (i, &keys->all)
        if (calls(keys->all.items[i].expr, name))
            return true;
    return false;
}

static bool
table_calls(const struct table *t, struct slice name)
{
    VEC_EACH (i, &t->columns)
        if (calls(t->columns.items[i]->default_value, name)
            || calls(t->columns.items[i]->generated, name))
            return true;
    VEC_EACH (i, &t->constraints)
        if (calls(t->constraints.items[i]->check, name)
            || keys_call(&t->constraints.items[i]->keys, name))
            return true;
    return false;
}

/* The name of a table, index or view that calls the routine; none. */
static struct slice
find_caller(const struct catalog *c, struct slice name)
{
    VEC_EACH (i, &c->tables)
        if (table_calls(c->tables.items[i], name))
            return c->tables.items[i]->name;
    VEC_EACH (i, &c->indexes)
        if (calls(c->indexes.items[i]->where, name)
            || keys_call(&c->indexes.items[i]->keys, name))
            return c->indexes.items[i]->name;
    VEC_EACH (i, &c->views)
        if (calls(c->views.items[i]->query, name))
            return c->views.items[i]->name;
    return SLICE_NONE;
}

static bool
definition_calls(const struct definition *d, const struct definition *routine)
{
    if (d->detail == DETAIL_TRIGGER)
        return slice_equal(d->u.trigger->function, routine->name)
               && slice_equal(d->u.trigger->function_schema, routine->schema);
    if (d->detail == DETAIL_POLICY)
        return calls(d->u.policy->using, routine->name)
               || calls(d->u.policy->with_check, routine->name);
    return false;
}

static const struct definition *
find_same(const struct catalog *c, const struct definition *d)
{
    VEC_EACH (i, &c->definitions)
        if (slice_equal(c->definitions.items[i]->normal, d->normal))
            return c->definitions.items[i];
    return NULL;
}

/* Triggers and policies that did not change are out of the way meanwhile. */
static void
take_callers_down(struct alter *a, const struct definition *old)
{
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];
        const struct definition *same =
            definition_calls(d, old) ? find_same(a->r->to, d) : NULL;
        struct change c = { .kind = CHANGE_REPLACE_DEFINITION,
                            .old.definition = d,
                            .new.definition = same };

        if (same == NULL)
            continue;
        alter_drop_definition(a, &c);
        alter_make_definition(a, &c);
    }
}

/* ---- routines ---- */

static void
drop_and_make(struct alter *a, const struct change *c)
{
    const struct definition *old = c->old.definition;
    struct slice caller = find_caller(a->r->to, old->name);
    struct action *drop;
    struct action *make;

    if (!slice_is_none(caller)) {
        alter_refuse(a, c,
                     "what it gives or takes changes, so it must be dropped first, and "
                     "tables, indexes or views call it; do it in a @migrate section");
        return;
    }
    take_callers_down(a, old);
    drop = alter_action(a, PHASE_SHRINK, alter_code_order(a, old, false), c);
    drop->lock = NULL;
    alter_sql(a, drop, alter_drop_text(a, old));
    make =
        alter_action(a, PHASE_RESTORE, alter_code_order(a, c->new.definition, true), c);
    make->lock = NULL;
    postgres_create_definition(a->s, a->r->to, c->new.definition, make);
}

void
alter_replace_code(struct alter *a, const struct change *c)
{
    struct action *to;

    if (!may_replace(c->old.definition, c->new.definition)) {
        drop_and_make(a, c);
        return;
    }
    to = alter_action(a, PHASE_RESTORE, alter_code_order(a, c->new.definition, true), c);
    to->lock = NULL;
    alter_sql(a, to, replacing_text(a, c->new.definition));
}

/* ---- triggers and rules that are only turned on or off ---- */

static struct slice
enabling_words(struct slice state)
{
    if (slice_is(state, "disabled"))
        return SLICE("DISABLE");
    if (slice_is(state, "replica"))
        return SLICE("ENABLE REPLICA");
    return slice_is(state, "always") ? SLICE("ENABLE ALWAYS") : SLICE("ENABLE");
}

/* The same but for its state, which *state is on the new side. */
static bool
only_state_differs(struct alter *a, const struct change *c, struct slice *state)
{
    struct definition with = *c->old.definition;
    struct trigger trigger;
    struct rule rule;

    if (with.detail != c->new.definition->detail)
        return false;
    if (with.detail == DETAIL_TRIGGER) {
        trigger = *with.u.trigger;
        *state = c->new.definition->u.trigger->enabled;
        trigger.enabled = *state;
        with.u.trigger = &trigger;
    } else if (with.detail == DETAIL_RULE) {
        rule = *with.u.rule;
        *state = c->new.definition->u.rule->enabled;
        rule.enabled = *state;
        with.u.rule = &rule;
    } else {
        return false;
    }
    with.table = c->new.definition->table;
    return slice_equal(definition_text(&a->s->arena, &with, &sql_style_canonical),
                       c->new.definition->normal);
}

static void
set_state(struct alter *a, const struct change *c, struct slice state)
{
    const struct definition *d = c->new.definition;
    struct action *to = alter_action(a, PHASE_RESTORE, alter_code_order(a, d, true), c);
    struct slice table = alter_name(a, d->schema, d->table);
    struct slice name = alter_ident(a, d->name);

    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER TABLE %.*s %.*s %s %.*s",
                           SLICE_ARG(table), SLICE_ARG(enabling_words(state)),
                           d->detail == DETAIL_TRIGGER ? "TRIGGER" : "RULE",
                           SLICE_ARG(name)));
}

/* ---- policies ---- */

/* ALTER POLICY takes nothing away, and its columns must not change their types with it.
 */
static bool
may_alter_policy(const struct alter *a, const struct change *c)
{
    const struct policy *old = c->old.definition->u.policy;
    const struct policy *new = c->new.definition->u.policy;

    if (c->old.definition->detail != DETAIL_POLICY
        || c->new.definition->detail != DETAIL_POLICY)
        return false;
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *other = &a->r->changes->all.items[i];

        if (other->kind == CHANGE_COLUMN_TYPE || other->kind == CHANGE_RENAME_TABLE)
            return false;
    }
    return old->restrictive == new->restrictive &&slice_equal(old->command, new->command)
           && (old->using == NULL || new->using != NULL)
           && (old->with_check == NULL || new->with_check != NULL);
}

static void
alter_policy(struct alter *a, const struct change *c)
{
    const struct definition *d = c->new.definition;
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_POLICIES, c);
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "ALTER POLICY");
    sqlw_ident(&st.w, d->name);
    sqlw_kw(&st.w, "ON");
    sqlw_qualified(&st.w, d->schema, d->table);
    policy_write_clauses(&st.w, d->u.policy);
    alter_sql(a, to, postgres_end(&st));
}

/* ---- statistics of which only the target is another ---- */

static bool
only_target_differs(struct alter *a, const struct change *c)
{
    struct definition with = *c->old.definition;
    struct statistics statistics;

    if (with.detail != DETAIL_STATISTICS
        || c->new.definition->detail != DETAIL_STATISTICS)
        return false;
    statistics = *with.u.statistics;
    statistics.target = c->new.definition->u.statistics->target;
    with.u.statistics = &statistics;
    return slice_equal(definition_text(&a->s->arena, &with, &sql_style_canonical),
                       c->new.definition->normal);
}

static void
set_target(struct alter *a, const struct change *c)
{
    struct action *to = alter_action(
        a, PHASE_RESTORE, alter_code_order(a, c->new.definition, true), c);
    struct postgres_statement st;

    to->lock = "SHARE UPDATE EXCLUSIVE";
    postgres_begin(a->s, &st);
    statistics_write_target(&st.w, c->new.definition);
    alter_sql(a, to, postgres_end(&st));
}

bool
alter_replace_in_place(struct alter *a, const struct change *c)
{
    struct slice state = SLICE_NONE;

    if (only_target_differs(a, c)) {
        set_target(a, c);
        return true;
    }

    if (only_state_differs(a, c, &state)) {
        set_state(a, c, state);
        return true;
    }
    if (!may_alter_policy(a, c))
        return false;
    alter_policy(a, c);
    return true;
}
