/*
 * Which values of a column do not convert to its new type, asked before anything changes.
 *
 * PostgreSQL 15 cannot be asked whether a text is a value of a type (pg_input_is_valid
 * came with 16).  A pattern describes the texts of some types; of others, times, JSON and
 * the like, the question is a conversion that fails as the step would, before anything is
 * changed.
 */
#include "dialect/postgres/alter.h"

#define NUMBER "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[+-]?[0-9]+)?"
#define BLANKS "[[:space:]]*"

static const char *
least(enum type_kind k)
{
    if (k == TYPE_INT2)
        return "-32768";
    return k == TYPE_INT4 ? "-2147483648" : "-9223372036854775808";
}

static const char *
greatest(enum type_kind k)
{
    if (k == TYPE_INT2)
        return "32767";
    return k == TYPE_INT4 ? "2147483647" : "9223372036854775807";
}

static bool
is_integer(enum type_kind k)
{
    return k == TYPE_INT2 || k == TYPE_INT4 || k == TYPE_INT8;
}

static bool
is_float(enum type_kind k)
{
    return k == TYPE_REAL || k == TYPE_DOUBLE;
}

/* Digits before the point. */
static int32_t
whole_digits(const struct type *t)
{
    if (t->kind == TYPE_DECIMAL && t->arg_count > 0)
        return t->args[0] - (t->arg_count > 1 ? t->args[1] : 0);
    if (t->kind == TYPE_INT2)
        return 5;
    if (t->kind == TYPE_INT4)
        return 10;
    return t->kind == TYPE_INT8 ? 19 : INT32_MAX;
}

/* Digits behind the point that a value may have; a binary fraction has many. */
static int32_t
scale_of(const struct type *t)
{
    if (t->kind == TYPE_DECIMAL && t->arg_count > 0)
        return t->arg_count > 1 ? t->args[1] : 0;
    return is_integer(t->kind) ? 0 : INT32_MAX;
}

/* 99.95 of numeric(4,2) is 100.0 of numeric(3,1): rounded, it may be a digit longer. */
static bool
has_digits(const struct type *old, const struct type *new)
{
    return whole_digits(old) <= whole_digits(new) && scale_of(old) <= scale_of(new);
}

/* Where the server would round to infinity, or to zero, it refuses; what is one of them
 * already is taken. */
static struct slice
out_of_float(struct alter *a, struct slice number, const struct type *old,
             const struct type *new)
{
    bool is_real = new->kind == TYPE_REAL;

    if (is_integer(old->kind) || old->kind == TYPE_REAL
        || (old->kind == TYPE_DOUBLE && !is_real))
        return SLICE_NONE;
    return slice_format(&a->s->arena,
                        "abs(%.*s) NOT IN (0, 'Infinity', 'NaN') AND abs(%.*s) NOT "
                        "BETWEEN %s AND %s",
                        SLICE_ARG(number), SLICE_ARG(number),
                        is_real ? "7.006492321624086e-46" : "2.4703282292062328e-324",
                        is_real ? "3.4028235677973365e38" : "1.797693134862315807e308");
}

/* Numbers that the new type has no room for; none: there are none. */
static struct slice
out_of_range(struct alter *a, struct slice number, const struct type *old,
             const struct type *new)
{
    if (is_integer(new->kind) && (!is_integer(old->kind) || old->kind > new->kind))
        return slice_format(&a->s->arena,
                            "round(CAST(%.*s AS numeric)) NOT BETWEEN %s AND %s",
                            SLICE_ARG(number), least(new->kind), greatest(new->kind));
    if (is_float(new->kind))
        return out_of_float(a, number, old, new);
    if (new->kind != TYPE_DECIMAL || new->arg_count == 0 || has_digits(old, new))
        return SLICE_NONE;
    return slice_format(&a->s->arena, "abs(round(CAST(%.*s AS numeric), %d)) >= 1e%d",
                        SLICE_ARG(number), new->arg_count > 1 ? new->args[1] : 0,
                        whole_digits(new));
}

static struct slice
unlike(struct alter *a, struct slice column, const char *pattern)
{
    return slice_format(&a->s->arena, "%.*s !~* '^" BLANKS "%s" BLANKS "$'",
                        SLICE_ARG(column), pattern);
}

static struct slice
no_number(struct alter *a, struct slice column, const struct type *old,
          const struct type *new)
{
    struct slice range = out_of_range(a, column, old, new);

    if (is_integer(new->kind))
        return slice_format(&a->s->arena, "CASE WHEN %.*s THEN true ELSE %.*s END",
                            SLICE_ARG(unlike(a, column, "[+-]?[0-9]+")),
                            SLICE_ARG(range));
    if (is_float(new->kind) || slice_is_none(range)) /* a text's size is not asked */
        return unlike(a, column, "(" NUMBER "|nan|[+-]?inf(inity)?)");
    return slice_format(&a->s->arena, "CASE WHEN %.*s THEN true ELSE %.*s END",
                        SLICE_ARG(unlike(a, column, NUMBER)), SLICE_ARG(range));
}

static struct slice
no_label(struct alter *a, struct slice column, const struct type *new)
{
    const struct enum_type *e = catalog_find_enum(a->r->to, new->schema, new->name);
    struct postgres_statement st;

    if (e == NULL || e->values.count == 0)
        return SLICE_NONE;
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "CAST(");
    st.w.need_blank = false;
    sqlw_raw(&st.w, column);
    sqlw_kw(&st.w, "AS text) NOT IN (");
    st.w.need_blank = false;
    VEC_EACH (i, &e->values) {
        if (i > 0)
            sqlw_comma(&st.w);
        sqlw_string(&st.w, e->values.items[i].label);
    }
    sqlw_close(&st.w);
    return postgres_end(&st);
}

bool
alter_server_reads(const struct type *t)
{
    static const enum type_kind kinds[] = {
        TYPE_DATE,        TYPE_TIME,     TYPE_TIMETZ, TYPE_TIMESTAMP,
        TYPE_TIMESTAMPTZ, TYPE_INTERVAL, TYPE_JSON,   TYPE_JSONB,
    };
    static const char *const names[] = { "inet", "cidr", "macaddr", "macaddr8", "xml" };

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (t->kind == kinds[i])
            return true;
    for (size_t i = 0; t->kind == TYPE_NAMED && i < ARRAY_LEN(names); i++)
        if (slice_is_none(t->schema) && slice_is(t->name, names[i]))
            return true;
    return false;
}

/* True for no row: to ask is to have each value read, and the server says which it does
 * not read. */
static struct slice
read_at_once(struct alter *a, struct slice column, const struct type *new)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "CAST(");
    st.w.need_blank = false;
    sqlw_raw(&st.w, column);
    sqlw_kw(&st.w, "AS");
    sqlw_type(&st.w, new);
    sqlw_close(&st.w);
    sqlw_kw(&st.w, "IS NULL AND");
    sqlw_raw(&st.w, column);
    sqlw_kw(&st.w, "IS NOT NULL");
    return postgres_end(&st);
}

static struct slice
unreadable(struct alter *a, struct slice column, const struct type *old,
           const struct type *new)
{
    if (type_family(new) == FAMILY_NUMBER)
        return is_integer(new->kind) || is_float(new->kind) || new->kind == TYPE_DECIMAL
                   ? no_number(a, column, old, new)
                   : SLICE_NONE;
    if (new->kind == TYPE_BOOLEAN)
        return unlike(a, column,
                      "(t|tr|tru|true|y|ye|yes|on|1|f|fa|fal|fals|false|n|no|of|off|0)");
    if (new->kind == TYPE_UUID)
        return slice_format(&a->s->arena,
                            "%.*s !~* '^({([0-9a-f]{4}-?){7}[0-9a-f]{4}}|([0-9a-f]{4}-?)"
                            "{7}[0-9a-f]{4})$'",
                            SLICE_ARG(column));
    if (alter_server_reads(new)) /* each cidr is an inet */
        return slice_is(old->name, "cidr") ? SLICE_NONE : read_at_once(a, column, new);
    return new->kind == TYPE_NAMED ? no_label(a, column, new) : SLICE_NONE;
}

static bool
has_room(const struct type *old, const struct type *new)
{
    return new->arg_count == 0
           || ((old->kind == TYPE_VARCHAR || old->kind == TYPE_CHAR) && old->arg_count > 0
               && old->args[0] <= new->args[0]);
}

/* The server would cut blanks at the end without a word; to a char they say nothing. */
static struct slice
too_long(struct alter *a, struct slice column, const struct type *new)
{
    if (new->kind == TYPE_VARCHAR)
        return slice_format(&a->s->arena, "length(%.*s) > %d", SLICE_ARG(column),
                            new->args[0]);
    return slice_format(&a->s->arena, "rtrim(substr(%.*s, %d), ' ') <> ''",
                        SLICE_ARG(column), new->args[0] + 1);
}

/* A condition that holds for values which do not convert; none: none is known. */
struct slice
alter_no_value(struct alter *a, struct slice column, const struct type *old,
               const struct type *new)
{
    bool from_text = type_family(old) == FAMILY_TEXT;

    if (old->dimensions > 0 || new->dimensions > 0)
        return SLICE_NONE;
    if (from_text && (new->kind == TYPE_VARCHAR || new->kind == TYPE_CHAR))
        return has_room(old, new) ? SLICE_NONE : too_long(a, column, new);
    if (from_text || (old->kind == TYPE_NAMED && new->kind == TYPE_NAMED))
        return unreadable(a, column, old, new);
    if (is_integer(old->kind) || is_float(old->kind) || old->kind == TYPE_DECIMAL)
        return out_of_range(a, column, old, new);
    return SLICE_NONE;
}

bool
alter_was_enum(const struct alter *a, const struct type *t)
{
    return t->kind == TYPE_NAMED
           && catalog_find_enum(a->r->from, t->schema, t->name) != NULL;
}

/* A label has no cast but to a text, and goes by that. */
struct slice
alter_does_not_convert(struct alter *a, const struct change *c, struct slice column)
{
    const struct type *old = alter_stored_type(a, &c->old.column->type);
    const struct type *new = alter_stored_type(a, &c->new.column->type);

    if (!alter_was_enum(a, old) || new->kind == TYPE_NAMED || old->dimensions > 0)
        return alter_no_value(a, column, old, new);
    column = slice_format(&a->s->arena, "CAST(%.*s AS text)", SLICE_ARG(column));
    return alter_no_value(a, column, type_shared(TYPE_TEXT), new);
}

void
alter_require_castable(struct alter *a, struct action *to, const struct change *c)
{
    struct slice column = alter_ident(a, c->old.column->name);
    struct slice condition;

    alter_require_values(a, to, c, false);
    alter_require_standing(a, to, c);
    if (alter_declared_value(a, c) != NULL || a->r->has_data_step)
        return;
    alter_require_domain(a, to, c);
    condition = alter_does_not_convert(a, c, column);
    if (slice_is_none(condition))
        return;
    alter_require(
        a, to,
        slice_format(&a->s->arena, "%.*s.%.*s holds what is no value of its new type",
                     SLICE_ARG(c->old.table->name), SLICE_ARG(c->old.column->name)),
        slice_format(&a->s->arena, "SELECT %.*s, %.*s FROM %.*s WHERE %.*s",
                     SLICE_ARG(alter_sample(a, c->old.table)), SLICE_ARG(column),
                     SLICE_ARG(alter_name(a, c->old.table->schema, c->old.table->name)),
                     SLICE_ARG(condition)));
}
