/*
 * Statistics objects as statements.  The target is no part of CREATE: it stands in one of
 * its own behind that, as a dump has it.
 */
#include "model/define.h"

/* Calls go without parentheses, as columns do; any other expression must have them. */
static void
write_key(struct sqlw *w, const struct expr *key)
{
    if (key->kind == EXPR_COLUMN || key->kind == EXPR_NAME || key->kind == EXPR_CALL)
        sqlw_expr(w, key);
    else
        sqlw_expr_parens(w, key);
}

void
statistics_write_target(struct sqlw *w, const struct definition *d)
{
    sqlw_kw(w, "ALTER");
    definition_write_name(w, d);
    sqlw_kw(w, "SET STATISTICS");
    sqlw_number(w, d->u.statistics->target);
}

void
write_statistics(struct sqlw *w, const struct definition *d)
{
    const struct statistics *s = d->u.statistics;

    sqlw_kw(w, "CREATE STATISTICS");
    sqlw_qualified(w, d->schema, d->name);
    if (s->kinds.all.count > 0)
        sqlw_idents(w, s->kinds.all.items, s->kinds.all.count);
    sqlw_kw(w, "ON");
    VEC_EACH (i, &s->keys) {
        if (i > 0)
            sqlw_comma(w);
        write_key(w, s->keys.items[i]);
    }
    sqlw_kw(w, "FROM");
    sqlw_qualified(w, s->table_schema, s->table);
    if (s->target == STATISTICS_TARGET_DEFAULT)
        return;
    text_addc(w->out, ';');
    sqlw_newline(w);
    statistics_write_target(w, d);
}
