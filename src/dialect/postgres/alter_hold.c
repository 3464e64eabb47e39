/*
 * Triggers and rules of tables whose rows a step of ours writes.  They are held back
 * meanwhile and then as they were: one that ran would tell of a change that nobody made,
 * and a rule may put another one in its place.
 *
 * (What is filled in batches while others use the table is the business of
 * alter_online_triggers.c.)
 */
#include "dialect/postgres/alter.h"

struct held_back {
    VEC(const struct definition *) all;
};

/* ---- which there are ---- */

/* An UPDATE runs it; of one that is kept as text nobody knows. */
static bool
may_run(const struct definition *d)
{
    if (slice_is_none(d->table))
        return false;
    if (slice_is(d->kind, "trigger"))
        return true;
    return slice_is(d->kind, "rule")
           && (d->detail != DETAIL_RULE
               || (slice_is(d->u.rule->event, "update")
                   && !slice_is(d->u.rule->enabled, "disabled")));
}

/* Only a data step asks for one later that is not deferred by itself. */
static bool
may_be_asked_later(const struct alter *a, const struct constraint *k)
{
    return k->kind == CONSTRAINT_FOREIGN_KEY
           && (k->deferral == DEFERRAL_DEFERRED
               || (k->deferral != DEFERRAL_NONE && a->r->has_data_step));
}

/* Both tables of each foreign key that may be asked for at the end. */
static void
note_asked_later(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->asked_later, arena);
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (n, &t->constraints) {
            const struct constraint *k = t->constraints.items[n];

            if (!may_be_asked_later(a, k))
                continue;
            map_put(&a->asked_later, catalog_key(arena, t->schema, t->name), NULL);
            map_put(&a->asked_later, catalog_key(arena, k->ref_schema, k->ref_table),
                    NULL);
        }
    }
}

void
alter_note_held_back(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->held_back, arena);
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];
        struct slice key = catalog_key(arena, d->schema, d->table);
        struct held_back *own;

        if (!may_run(d))
            continue;
        own = map_get(&a->held_back, key);
        if (own == NULL) {
            own = ARENA_NEW(arena, struct held_back);
            map_put(&a->held_back, key, own);
        }
        VEC_PUSH(arena, &own->all, d);
    }
    note_asked_later(a);
}

/* Nothing that goes, changes or is in the way is there while rows are written. */
static bool
is_there(const struct alter *a, const struct definition *d)
{
    const struct change *c = map_get(&a->changed_definitions, alter_definition_key(a, d));

    if (alter_definition_is_held(a, d))
        return false;
    return c == NULL
           || (c->kind == CHANGE_REPLACE_DEFINITION && alter_changes_state_only(a, c));
}

static struct slice
state_of(const struct definition *d)
{
    if (d->detail == DETAIL_TRIGGER)
        return d->u.trigger->enabled;
    return d->detail == DETAIL_RULE ? d->u.rule->enabled : SLICE_NONE;
}

bool
alter_has_update_rule(const struct alter *a, const struct table *t)
{
    const struct held_back *own =
        map_get(&a->held_back, catalog_key(&a->s->arena, t->schema, t->name));

    for (size_t i = 0; own != NULL && i < own->all.count; i++)
        if (slice_is(own->all.items[i]->kind, "rule"))
            return true;
    return false;
}

/* ---- held back ---- */

static void
write_switch(struct alter *a, struct action *to, const struct table *t,
             struct slice state, const char *what, struct slice name)
{
    struct slice words = slice_format(&a->s->arena, "%.*s %s",
                                      SLICE_ARG(alter_enabling_words(state)), what);
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, slice_z(&a->s->arena, words));
    if (!slice_is_none(name))
        sqlw_ident(&st.w, name);
    alter_sql(a, to, postgres_end(&st));
}

static bool
has_trigger(const struct held_back *own)
{
    VEC_EACH (i, &own->all)
        if (slice_is(own->all.items[i]->kind, "trigger"))
            return true;
    return false;
}

static void
hold_table(struct alter *a, struct action *to, const struct held_back *own,
           const struct table *t, bool rules)
{
    if (has_trigger(own)) {
        to->lock = "SHARE ROW EXCLUSIVE";
        write_switch(a, to, t, SLICE("disabled"), "TRIGGER USER", SLICE_NONE);
    }
    VEC_EACH (i, &own->all) {
        const struct definition *d = own->all.items[i];

        if (!rules || !slice_is(d->kind, "rule") || !is_there(a, d))
            continue;
        to->lock = "ACCESS EXCLUSIVE";
        write_switch(a, to, t, SLICE("disabled"), "RULE", d->name);
    }
}

/* All triggers are switched on at once, so those that were off are told again. */
static void
let_go_of_table(struct alter *a, struct action *to, const struct held_back *own,
                const struct table *t, bool rules)
{
    if (has_trigger(own))
        write_switch(a, to, t, SLICE_NONE, "TRIGGER USER", SLICE_NONE);
    VEC_EACH (i, &own->all) {
        const struct definition *d = own->all.items[i];
        bool is_rule = slice_is(d->kind, "rule");

        if (is_there(a, d) && (is_rule ? rules : !slice_is_none(state_of(d))))
            write_switch(a, to, t, state_of(d), is_rule ? "RULE" : "TRIGGER", d->name);
    }
}

typedef void hold_function(struct alter *a, struct action *to,
                           const struct held_back *own, const struct table *t,
                           bool rules);

/* An UPDATE of a parent runs the triggers of its children, but not their rules. */
static void
for_table(struct alter *a, struct action *to, const struct table *old,
          const struct table *t, bool is_child, hold_function *hold)
{
    const struct held_back *own =
        map_get(&a->held_back, catalog_key(&a->s->arena, old->schema, old->name));

    if (own != NULL)
        hold(a, to, own, t, !is_child);
    for (size_t i = 0; a->held_back.count > 0 && a->has_parents
                       && i < a->r->to->tables.count; i++) {
        const struct table *child = a->r->to->tables.items[i];
        const struct table *was = diff_old_table(a->r->changes, child);

        if (was != NULL && alter_is_child_of(child, t))
            for_table(a, to, was, child, true, hold);
    }
}

void
alter_hold_back(struct alter *a, struct action *to, const struct table *old,
                const struct table *t)
{
    for_table(a, to, old, t, false, hold_table);
}

/* May a foreign key of the table, or one to it, be asked for later than the rows are
 * written?  The server alters no table of which something is left to be asked, and what
 * one transaction writes twice is asked for even where the key stays as it is. */
static bool
is_asked_later(const struct alter *a, const struct table *old)
{
    return map_has(&a->asked_later,
                   catalog_key(&a->s->arena, old->schema, old->name));
}

void
alter_let_go(struct alter *a, struct action *to, const struct table *old,
             const struct table *t)
{
    bool asked_later = is_asked_later(a, old);

    if (asked_later)
        alter_sql(a, to, SLICE("SET CONSTRAINTS ALL IMMEDIATE"));
    for_table(a, to, old, t, false, let_go_of_table);
    if (asked_later && a->r->has_data_step)
        alter_sql(a, to, SLICE("SET CONSTRAINTS ALL DEFERRED"));
}
