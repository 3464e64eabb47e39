/*
 * Foreign keys that are asked for at the end of a transaction.
 *
 * The server alters no table, and builds no index on one, of which a row waits to be
 * asked for ("because it has pending trigger events").  So once all rows are written,
 * before tables change again, it is asked.
 */
#include "dialect/postgres/postgres.h"

static bool
waits(const struct constraint *c, bool by_choice)
{
    return c->kind == CONSTRAINT_FOREIGN_KEY
           && (c->deferral == DEFERRAL_DEFERRED
               || (by_choice && c->deferral != DEFERRAL_NONE));
}

static bool
has_waiting_key(const struct table *t, bool by_choice)
{
    VEC_EACH (i, &t->constraints)
        if (waits(t->constraints.items[i], by_choice))
            return true;
    return false;
}

/* A data step writes where it likes, and may defer what is deferrable. */
static bool
may_wait(const struct catalog *c, const struct map *filled, bool has_data_step)
{
    VEC_EACH (i, &c->tables) {
        const struct table *t = c->tables.items[i];

        if ((has_data_step || map_has(filled, t->name))
            && has_waiting_key(t, has_data_step))
            return true;
    }
    return false;
}

/* A table that goes is still there, with what a data step wrote in it. */
static bool
has_waiting_rows(const struct alter_request *r, const struct map *filled)
{
    return may_wait(r->to, filled, r->has_data_step)
           || (r->has_data_step && may_wait(r->from, filled, true));
}

void
postgres_ask_deferred(struct session *s, const struct alter_request *r, size_t order,
                      struct actions *out)
{
    const struct action *first = NULL;
    struct action *ask;
    struct map filled;

    map_init(&filled, &s->arena);
    VEC_EACH (i, &out->all) {
        const struct action *a = out->all.items[i];

        if (a->phase != PHASE_FILL || slice_is_none(a->table))
            continue;
        map_put(&filled, a->table, NULL);
        first = first == NULL ? a : first;
    }
    if (!has_waiting_rows(r, &filled))
        return;
    ask = ARENA_NEW(&s->arena, struct action);
    ask->phase = PHASE_TIGHTEN;
    ask->order = order;
    ask->title = SLICE("ask for foreign keys that are deferred");
    if (first != NULL) {
        ask->causes = first->causes;
        ask->occasions = first->occasions;
    } else {
        action_add_occasion(&s->arena, ask, SLICE("@migrate"), SPAN_NONE);
    }
    VEC_PUSH(&s->arena, &ask->sql, SLICE("SET CONSTRAINTS ALL IMMEDIATE"));
    VEC_PUSH(&s->arena, &ask->reasons,
             SLICE("PostgreSQL changes no table of which rows wait for the end of the "
                   "transaction to be asked for."));
    VEC_PUSH(&s->arena, &out->all, ask);
}
