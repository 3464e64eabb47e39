/*
 * Routines, triggers and policies that changed: replaced or altered where PostgreSQL can
 * do so, else dropped and made again.
 */
#include "dialect/postgres/alter.h"

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

bool
alter_may_replace_code(const struct definition *old, const struct definition *new)
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

/* ---- routines ---- */

/* What holds on to it is down by then, and comes back behind it (alter_holders.c). */
void
alter_remake_code(struct alter *a, const struct change *c)
{
    alter_drop_definition(a, c);
    alter_make_definition(a, c);
    alter_loses_grants(
        a, map_get(&a->going, c->new.definition->name),
        slice_is(c->new.definition->kind, "procedure") ? "procedure" : "function",
        c->new.definition->schema, c->new.definition->name, c->new.definition->signature);
}

/* What an index or a check is about to call is new by then: it may have become
 * IMMUTABLE. */
void
alter_replace_code(struct alter *a, const struct change *c)
{
    struct action *to;

    if (!alter_may_replace_code(c->old.definition, c->new.definition)
        || alter_body_disturbed_by(a, c->old.definition) != NULL) {
        alter_remake_code(a, c);
        return;
    }
    if (definition_stage(a->r->to, c->new.definition) == STAGE_LAST)
        to = alter_action(a, PHASE_RESTORE, alter_code_order(a, c->new.definition, true),
                          c);
    else
        to = alter_action(a, PHASE_GROW, alter_columns_order(a) + 1, c);
    to->lock = NULL;
    if (to->phase == PHASE_GROW)
        alter_sql(a, to, SLICE("SET LOCAL check_function_bodies = off"));
    alter_sql(a, to, replacing_text(a, c->new.definition));
}

/* ---- triggers and rules that are only turned on or off ---- */

struct slice
alter_enabling_words(struct slice state)
{
    if (slice_is(state, "disabled"))
        return SLICE("DISABLE");
    if (slice_is(state, "replica"))
        return SLICE("ENABLE REPLICA");
    return slice_is(state, "always") ? SLICE("ENABLE ALWAYS") : SLICE("ENABLE");
}

/* The same but for its state, which *state is on the new side. */
static bool
only_state_differs(const struct alter *a, const struct change *c, struct slice *state)
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

bool
alter_changes_state_only(const struct alter *a, const struct change *c)
{
    struct slice state = SLICE_NONE;

    return only_state_differs(a, c, &state);
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
                           SLICE_ARG(table), SLICE_ARG(alter_enabling_words(state)),
                           d->detail == DETAIL_TRIGGER ? "TRIGGER" : "RULE",
                           SLICE_ARG(name)));
}

/* ---- policies ---- */

/* ALTER POLICY takes nothing away, and its columns must not change their types with it.
 */
static bool
may_alter_policy(struct alter *a, const struct change *c)
{
    const struct policy *old = c->old.definition->u.policy;
    const struct policy *new = c->new.definition->u.policy;

    if (c->old.definition->detail != DETAIL_POLICY
        || c->new.definition->detail != DETAIL_POLICY
        || alter_calls_late(a, new->using) || alter_calls_late(a, new->with_check)
        || alter_view_of_policy(a, old, NULL) != NULL)
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
    struct action *to =
        alter_action(a, PHASE_RESTORE, alter_code_order(a, c->new.definition, true), c);
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

    if (alter_definition_is_held(a, c->old.definition))
        return false;
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
