/*
 * Sequences: the options in one order, those that say what is usual left out.
 */
#include "model/define.h"

void
write_sequence_options(struct sqlw *w, const struct sequence *s)
{
    if (s->type.kind != TYPE_INT8) {
        sqlw_kw(w, "AS");
        sqlw_type(w, &s->type);
    }
    if (s->increment != 1) {
        sqlw_kw(w, "INCREMENT BY");
        sqlw_number(w, s->increment);
    }
    if (s->has_min) {
        sqlw_kw(w, "MINVALUE");
        sqlw_number(w, s->min);
    }
    if (s->has_max) {
        sqlw_kw(w, "MAXVALUE");
        sqlw_number(w, s->max);
    }
    if (s->has_start) {
        sqlw_kw(w, "START WITH");
        sqlw_number(w, s->start);
    }
    if (s->cache != 1) {
        sqlw_kw(w, "CACHE");
        sqlw_number(w, s->cache);
    }
    if (s->cycle)
        sqlw_kw(w, "CYCLE");
}

void
write_sequence(struct sqlw *w, const struct definition *d)
{
    const struct sequence *s = d->u.sequence;

    sqlw_kw(w, s->unlogged ? "CREATE UNLOGGED SEQUENCE" : "CREATE SEQUENCE");
    sqlw_qualified(w, d->schema, d->name);
    write_sequence_options(w, s);
    if (!slice_is_none(s->owner_table)) {
        sqlw_kw(w, "OWNED BY");
        sqlw_qualified(w, s->owner_schema, s->owner_table);
        sqlw_dot(w);
        sqlw_ident(w, s->owner_column);
    }
}
