/*
 * A script in one transaction: PostgreSQL undoes DDL like everything else.
 */
#include "dialect/postgres/postgres.h"

void
postgres_script_begin(struct session *s, const struct actions *actions, struct text *out)
{
    (void)s;
    (void)actions;
    text_addz(out, "BEGIN;\n");
}

void
postgres_script_end(struct session *s, const struct actions *actions, struct text *out)
{
    (void)s;
    (void)actions;
    text_addz(out, "COMMIT;\n");
}
