/*
 * Triggers of tables whose rows are filled in batches while others use them: one that
 * runs for each row that is filled would tell of a change that nobody made.
 *
 * While the copies of columns are filled, such a trigger is held back for who fills and
 * for nobody else: it is replaced by itself with a WHEN that looks at a setting which
 * only the transactions of the batches have.  Who may not make triggers on the table
 * cannot hold it back by that setting either; who may, could replace it anyway (CREATE
 * TRIGGER asks for the same right).  session_user, as a routine with the rights of its
 * owner runs on behalf of others.
 */
#include <string.h>

#include "dialect/postgres/alter.h"

struct online_triggers {
    VEC(const struct definition *) all;
};

/* ---- which there are ---- */

void
online_note_triggers(struct alter *a)
{
    map_init(&a->triggers, &a->s->arena);
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];
        struct online_triggers *own;
        struct slice key;

        if (!slice_is(d->kind, "trigger") || slice_is_none(d->table))
            continue;
        key = catalog_key(&a->s->arena, d->schema, d->table);
        own = map_get(&a->triggers, key);
        if (own == NULL) {
            own = ARENA_NEW(&a->s->arena, struct online_triggers);
            map_put(&a->triggers, key, own);
        }
        VEC_PUSH(&a->s->arena, &own->all, d);
    }
}

/* ---- which run ---- */

/* A generated column is computed anew with each row that is written while a BEFORE
 * trigger is there, as that of a copy is: the server takes it for written. */
static bool
names_generated(const struct slices *names, const struct table *t)
{
    for (size_t i = 0; i < names->all.count; i++) {
        const struct column *c = table_find_column(t, names->all.items[i]);

        if (c != NULL && c->generated != NULL)
            return true;
    }
    return false;
}

/* Those that the version makes come behind the filling.  One that is kept as text may do
 * anything. */
bool
online_trigger_fires(const struct definition *d, const struct table *t,
                     struct slice column)
{
    const struct trigger *g = d->u.trigger;

    if (d->detail != DETAIL_TRIGGER)
        return true;
    return (g->events & TRIGGER_UPDATE) != 0 && !slice_is(g->enabled, "disabled")
           && (g->columns.all.count == 0 || slices_have(&g->columns, column)
               || names_generated(&g->columns, t));
}

static bool
any_fires(const struct alter *a, const struct table *t, struct slice column)
{
    const struct online_triggers *own =
        map_get(&a->triggers, catalog_key(&a->s->arena, t->schema, t->name));

    for (size_t i = 0; own != NULL && i < own->all.count; i++)
        if (online_trigger_fires(own->all.items[i], t, column))
            return true;
    return false;
}

bool
online_fires_on_filling(const struct alter *a, const struct change *c)
{
    return alter_has_update_rule(a, c->old.table)
           || any_fires(a, c->old.table,
                        c->old.column != NULL ? c->old.column->name
                                              : c->new.column->name);
}

/* ---- held back ---- */

#define FILLING "schemac.filling"

bool
online_can_be_held(const struct definition *d)
{
    return d->detail == DETAIL_TRIGGER && !d->u.trigger->is_constraint
           && !slice_is_none(d->u.trigger->function);
}

static bool
is_held(const struct definition *d)
{
    return slice_holds(d->text, SLICE(FILLING));
}

/* What a run that was stopped holds back still is what the new side says of it. */
const struct definition *
online_trigger_itself(const struct alter *a, const struct definition *d)
{
    if (!is_held(d))
        return d;
    VEC_EACH (i, &a->r->to->definitions) {
        const struct definition *then = a->r->to->definitions.items[i];

        if (then->detail == DETAIL_TRIGGER && slice_equal(then->name, d->name)
            && slice_equal(then->table, d->table) && slice_equal(then->schema, d->schema))
            return then;
    }
    return d;
}

/* Replacing it has it run as usual again. */
static void
replace(struct alter *a, struct action *to, const struct definition *d,
        const struct expr *when)
{
    struct trigger g = *d->u.trigger;
    struct definition now = *d;

    g.when = when;
    g.enabled = SLICE_NONE;
    now.u.trigger = &g;
    definition_spell(&a->s->arena, &now, &postgres_style);
    alter_sql(a, to,
              slice_format(&a->s->arena, "CREATE OR REPLACE %.*s",
                           SLICE_ARG(slice_sub(now.text, strlen("CREATE "),
                                               now.text.len))));
    if (slice_is_none(d->u.trigger->enabled))
        return;
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER TABLE %.*s ENABLE %s TRIGGER %.*s",
                           SLICE_ARG(alter_name(a, d->schema, d->table)),
                           slice_is(d->u.trigger->enabled, "always") ? "ALWAYS"
                                                                     : "REPLICA",
                           SLICE_ARG(alter_ident(a, d->name))));
}

static void
write_right(struct alter *a, struct postgres_statement *st, const struct definition *d)
{
    text_addz(&st->text, "has_table_privilege(session_user, ");
    st->w.need_blank = false;
    sqlw_string(&st->w, alter_name(a, d->schema, d->table));
    text_addz(&st->text, "::regclass, 'TRIGGER')");
}

void
online_hold_trigger(struct alter *a, struct action *to, const struct definition *d)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    text_addc(&st.text, '(');
    if (d->u.trigger->when != NULL) {
        sqlw_expr_parens(&st.w, d->u.trigger->when);
        text_addz(&st.text, " AND ");
    }
    text_addz(&st.text,
              "(current_setting('" FILLING "', true) IS DISTINCT FROM 'on' OR NOT ");
    write_right(a, &st, d);
    text_addz(&st.text, "))");
    replace(a, to, d,
            expr_leaf(&a->s->arena, EXPR_VERBATIM, SPAN_NONE, postgres_end(&st)));
}

void
online_put_back_trigger(struct alter *a, struct action *to, const struct definition *d)
{
    replace(a, to, d, d->u.trigger->when);
}

struct slice
online_filling_right(struct alter *a, const struct definition *d)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    write_right(a, &st, d);
    return postgres_end(&st);
}
