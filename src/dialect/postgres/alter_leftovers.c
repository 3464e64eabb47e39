/*
 * What a run that was stopped left in a live database is cleared away before anything
 * else, so that the rest of the plan finds what is described: a partition that is half
 * detached leaves for good, and an INVALID index, which holds nothing, gives its name
 * back.
 *
 * Tables in use: each by itself, outside of transactions, as the step that was stopped.
 */
#include "dialect/postgres/alter.h"

static struct action *
clear_action(struct alter *a, const struct leftover *l, size_t order, const char *verb)
{
    struct action *to = ARENA_NEW(&a->s->arena, struct action);

    to->phase = PHASE_PREPARE;
    to->order = order;
    to->title = slice_format(&a->s->arena, "%s %.*s", verb, SLICE_ARG(l->name));
    to->outside_transaction = a->r->online;
    VEC_PUSH(&a->s->arena, &a->out->all, to);
    return to;
}

static void
finish_detach(struct alter *a, const struct leftover *l)
{
    struct action *to = clear_action(a, l, PREPARE_FINISH, "finish detaching");
    struct slice whole = alter_name(a, l->of_schema, l->of);
    struct slice part = alter_name(a, l->schema, l->name);
    struct arena *arena = &a->s->arena;
    struct postgres_statement st;

    to->table = l->name;
    to->lock = "ACCESS EXCLUSIVE";
    alter_sql(a, to,
              slice_format(arena, "ALTER TABLE %.*s DETACH PARTITION %.*s FINALIZE",
                           SLICE_ARG(whole), SLICE_ARG(part)));
    postgres_begin(a->s, &st);
    text_addz(&st.text, "SELECT count(*) = 0 FROM pg_catalog.pg_inherits WHERE "
                        "inhdetachpending AND inhrelid = pg_catalog.to_regclass(");
    sqlw_string(&st.w, part);
    text_addc(&st.text, ')');
    to->done = postgres_end(&st);
    action_add_occasion(arena, to,
                        SLICE("a DETACH … CONCURRENTLY that was interrupted"),
                        SPAN_NONE);
    alter_reason(a, to,
                 "It waits for those who still see the tie; nobody comes to the "
                 "partition by its parent any more, and the lock is on it alone.");
}

static void
drop_invalid(struct alter *a, const struct leftover *l)
{
    struct action *to = clear_action(a, l, PREPARE_ROOM, "drop invalid index");
    const struct index x = {
        .table = &(struct table){ .schema = l->schema },
        .name = l->name,
    };

    to->table = l->of;
    to->lock = a->r->online ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE";
    alter_sql(a, to,
              slice_format(&a->s->arena, "DROP INDEX %sIF EXISTS %.*s",
                           a->r->online ? "CONCURRENTLY " : "",
                           SLICE_ARG(alter_name(a, l->schema, l->name))));
    to->done = online_query_index(a, &x, "count(*) = 0", "true");
    action_add_occasion(&a->s->arena, to,
                        SLICE("a build, or a DROP, that failed or was stopped"),
                        SPAN_NONE);
    alter_reason(a, to,
                 "An INVALID index answers no query, costs every writer, and is in the "
                 "way of the next one of its name.");
}

void
alter_clear_leftovers(struct alter *a)
{
    VEC_EACH (i, &a->r->from->leftovers) {
        const struct leftover *l = &a->r->from->leftovers.items[i];

        if (l->is_partition)
            finish_detach(a, l);
        else
            drop_invalid(a, l);
    }
}
