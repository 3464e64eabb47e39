/*
 * Columns that a trigger of their own table sets, behind the INSERT or UPDATE that made
 * the row: those that count, @touch, and what a trigger in the declarations does.  What
 * the statement returns is older than that: the runtime is told to read the row again.
 *
 * Only `UPDATE t SET c = …` in a trigger AFTER a write of t is looked at: not what comes
 * back to t by way of another table, and no triggers whose body is a function.
 */
#include "gen/view_model.h"

/* The tables of one engine by their names, as it compares them. */
static void
list_tables(struct gen_model *m, size_t engine, struct map *by_name)
{
    map_init(by_name, &m->s->arena);
    VEC_EACH (i, &m->tables) {
        const struct table *low = m->tables.items[i]->lowered[engine];

        if (low != NULL)
            map_put(by_name, slice_lower(&m->s->arena, low->name), m->tables.items[i]);
    }
}

static void
mark_column(struct gen_table *t, struct slice name, unsigned events)
{
    VEC_EACH (i, &t->columns) {
        struct gen_column *c = t->columns.items[i];

        if (!slice_equal_fold(name, slice_from(c->name)))
            continue;
        c->after_insert |= (events & TRIGGER_INSERT) != 0;
        c->after_update |= (events & TRIGGER_UPDATE) != 0;
    }
}

static void
mark_assigned(struct gen_table *t, const struct expr *update, unsigned events)
{
    const struct expr *assigns = update->args[UPDATE_ASSIGNS];

    for (size_t i = 0; i < assigns->arg_count; i++) {
        const struct expr *names = assigns->args[i]->args[0];

        for (size_t j = 0; j < names->arg_count; j++)
            mark_column(t, names->args[j]->text, events);
    }
}

static bool
is_update_of(const struct table *t, const struct expr *statement)
{
    const struct expr *table =
        statement->kind == QUERY_UPDATE ? statement->args[UPDATE_TABLE] : NULL;

    return table != NULL && table->kind == QUERY_TABLE
           && slice_equal_fold(table->text, t->name);
}

/* A computed column is so anew once another one is set. */
static void
mark_computed(struct gen_table *t)
{
    bool after_insert = false;
    bool after_update = false;

    VEC_EACH (i, &t->columns) {
        after_insert |= t->columns.items[i]->after_insert;
        after_update |= t->columns.items[i]->after_update;
    }
    VEC_EACH (i, &t->columns) {
        t->columns.items[i]->after_insert |=
            after_insert && t->columns.items[i]->is_generated;
        t->columns.items[i]->after_update |=
            after_update && t->columns.items[i]->is_generated;
    }
}

static void
mark_by(struct gen_model *m, size_t engine, struct gen_table *t,
        const struct trigger *trigger)
{
    const struct table *lowered = t->lowered[engine];
    const char *row_name = m->request->chains[engine]->dialect->row_name(lowered);

    /* Nothing finds the row again: what was returned has to do. */
    if (trigger->timing != TRIGGER_AFTER || (row_name == NULL && !t->has_primary))
        return;
    VEC_EACH (i, &trigger->body) {
        if (!is_update_of(lowered, trigger->body.items[i]))
            continue;
        mark_assigned(t, trigger->body.items[i], trigger->events);
        t->row_name = row_name;
    }
}

static void
mark_in(struct gen_model *m, size_t engine)
{
    const struct catalog *lowered = m->request->chains[engine]->lowered;
    struct map by_name;

    list_tables(m, engine, &by_name);
    VEC_EACH (i, &lowered->definitions) {
        const struct definition *d = lowered->definitions.items[i];
        struct gen_table *t =
            d->detail == DETAIL_TRIGGER
                ? map_get(&by_name, slice_lower(&m->s->arena, d->table))
                : NULL;

        if (t != NULL)
            mark_by(m, engine, t, d->u.trigger);
    }
}

/* An engine without a name for rows returns what its triggers before the row have set. */
void
model_mark_triggered(struct gen_model *m)
{
    for (size_t i = 0; i < m->request->chain_count; i++)
        if (m->request->chains[i]->dialect->row_name != NULL)
            mark_in(m, i);
    VEC_EACH (i, &m->tables)
        mark_computed(m->tables.items[i]);
}
