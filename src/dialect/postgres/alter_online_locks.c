/*
 * Locks on several tables that others use, taken at once: whoever holds one and waits for
 * another can meet somebody who does so the other way round.
 */
#include "dialect/postgres/postgres.h"

static size_t
place_of(struct alter *a, const struct table *t)
{
    return order_of_table(a->s, &a->old_order, t);
}

/* What is referred to comes first, as in most programs. */
void
online_list_table(struct alter *a, struct table_list *tables, const struct table *t)
{
    size_t at = tables->all.count;

    for (size_t i = 0; i < tables->all.count; i++)
        if (tables->all.items[i] == t)
            return;
    VEC_PUSH(&a->s->arena, &tables->all, t);
    for (; at > 0 && place_of(a, tables->all.items[at - 1]) > place_of(a, t); at--)
        tables->all.items[at] = tables->all.items[at - 1];
    tables->all.items[at] = t;
}

/*
 * Waiting no longer than half of deadlock_timeout: the one that finds a deadlock is the
 * one that is ended, and it looks for it after that time (manual, 20.12).
 */
void
online_wait_less(struct alter *a, struct action *to)
{
    alter_sql(
        a, to,
        SLICE("SELECT set_config('lock_timeout', (SELECT least(nullif("
              "l.setting::integer, 0), d.setting::integer / 2)::text FROM pg_settings "
              "AS l, pg_settings AS d WHERE l.name = 'lock_timeout' AND d.name = "
              "'deadlock_timeout'), true)"));
}

void
online_lock_tables(struct alter *a, struct action *to, const struct table_list *tables,
                   bool by_then)
{
    struct postgres_statement st;

    if (tables->all.count < 2)
        return;
    online_wait_less(a, to);
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "LOCK TABLE");
    VEC_EACH (i, &tables->all) {
        const struct table *t = tables->all.items[i];

        if (by_then)
            t = map_get(&a->kept, catalog_key(&a->s->arena, t->schema, t->name));
        if (i > 0)
            sqlw_comma(&st.w);
        sqlw_qualified(&st.w, t->schema, t->name);
    }
    sqlw_kw(&st.w, "IN");
    sqlw_kw(&st.w, to->lock);
    sqlw_kw(&st.w, "MODE");
    alter_sql(a, to, postgres_end(&st));
}
