/*
 * Sequences: the options in one order, those that say what is usual left out.
 */
#include "model/define.h"

static void
write_options(struct sqlw *w, const struct sequence *s)
{
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
    if (s->type.kind != TYPE_INT8) {
        sqlw_kw(w, "AS");
        sqlw_type(w, &s->type);
    }
    write_options(w, s);
    if (!slice_is_none(s->owner_table)) {
        sqlw_kw(w, "OWNED BY");
        sqlw_qualified(w, s->owner_schema, s->owner_table);
        sqlw_dot(w);
        sqlw_ident(w, s->owner_column);
    }
}

int64_t
sequence_lowest(const struct sequence *s)
{
    if (s->has_min)
        return s->min;
    if (s->increment > 0)
        return 1;
    return s->type.kind == TYPE_INT2   ? INT16_MIN
           : s->type.kind == TYPE_INT4 ? INT32_MIN
                                       : INT64_MIN;
}

int64_t
sequence_highest(const struct sequence *s)
{
    if (s->has_max)
        return s->max;
    if (s->increment < 0)
        return -1;
    return s->type.kind == TYPE_INT2   ? INT16_MAX
           : s->type.kind == TYPE_INT4 ? INT32_MAX
                                       : INT64_MAX;
}

/* ---- identity columns ---- */

struct sequence
numbering_of(const struct sequence *s)
{
    const struct sequence usual = { .type = { .kind = TYPE_INT8 },
                                    .increment = 1,
                                    .cache = 1 };

    return s == NULL ? usual : *s;
}

bool
numbering_is_usual(const struct sequence *s)
{
    return s->increment == 1 && s->cache == 1 && !s->cycle && !s->has_min && !s->has_max
           && !s->has_start && slice_is_none(s->own_name);
}

static bool
same_value(bool has, int64_t value, bool also, int64_t other)
{
    return has == also && (!has || value == other);
}

bool
numbering_is_same(const struct sequence *one, const struct sequence *other)
{
    struct sequence a = numbering_of(one);
    struct sequence b = numbering_of(other);

    return a.increment == b.increment && a.cache == b.cache && a.cycle == b.cycle
           && same_value(a.has_min, a.min, b.has_min, b.min)
           && same_value(a.has_max, a.max, b.has_max, b.max)
           && same_value(a.has_start, a.start, b.has_start, b.start);
}

void
numbering_write(struct sqlw *w, const struct sequence *s)
{
    if (s == NULL)
        return;
    sqlw_open(w);
    if (!slice_is_none(s->own_name)) {
        sqlw_kw(w, "SEQUENCE NAME");
        sqlw_ident(w, s->own_name);
    }
    write_options(w, s);
    sqlw_close(w);
}
