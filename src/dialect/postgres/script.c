/*
 * A script in transactions: PostgreSQL undoes DDL like everything else.
 */
#include "dialect/postgres/postgres.h"

/* Others queue behind a lock that is waited for: better to give up and come again. */
#define LOCK_TIMEOUT "5s"

void
postgres_script_begin(struct session *s, const struct actions *actions, struct text *out)
{
    (void)s;
    text_addz(out, "BEGIN;\n");
    VEC_EACH (i, &actions->all)
        if (actions->all.items[i]->bounded_wait) {
            text_addz(out, "SET LOCAL lock_timeout = '" LOCK_TIMEOUT "';\n");
            break;
        }
}

void
postgres_script_end(struct session *s, const struct actions *actions, struct text *out)
{
    (void)s;
    (void)actions;
    text_addz(out, "COMMIT;\n");
}
