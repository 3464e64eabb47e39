/*
 * Forms of ||, of which the server has several: arrays, JSON, bytes, bits and the types
 * of text search have one of their own, and so may an extension's types.  Any other value
 * is joined with a text as it is, and what is beside it becomes one.
 * [PostgreSQL: String Functions and Operators, anynonarray || text]
 */
#include "dialect/postgres/form.h"

enum joining {
    JOINS_ANYHOW,  /* nothing is known of it */
    JOINS_UNTYPED, /* a string or NULL: what stands beside it decides */
    JOINS_OWN,     /* with its own kind only */
    JOINS_TEXT,    /* as a text */
    JOINS_VALUE,   /* as it is, with a text */
};

static enum joining
joining_of_named(const struct form *s, const struct type *t)
{
    static const char *const texts[] = { "name", "bpchar", "citext" };
    static const char *const own[] = { "bit", "varbit", "tsvector", "tsquery" };
    static const char *const values[] = {
        "box",       "cidr",     "circle",   "daterange", "inet",      "int4range",
        "int8range", "line",     "lseg",     "macaddr",   "macaddr8",  "money",
        "numrange",  "oid",      "path",     "pg_lsn",    "point",     "polygon",
        "regclass",  "regproc",  "regtype",  "tid",       "tsrange",   "tstzrange",
        "xid",       "xid8",     "xml",
    };
    const struct form_type *type = form_named_type(s, t);

    if (type != NULL)
        return type->domain == NULL ? JOINS_VALUE : JOINS_ANYHOW;
    if (slice_is_one_of(t->name, texts, ARRAY_LEN(texts)))
        return JOINS_TEXT;
    if (slice_is_one_of(t->name, own, ARRAY_LEN(own)))
        return JOINS_OWN;
    return slice_is_one_of(t->name, values, ARRAY_LEN(values)) ? JOINS_VALUE
                                                              : JOINS_ANYHOW;
}

static enum joining
joining_of(const struct form *s, const struct expr *e)
{
    const struct type *t = e->result;

    if (form_is_unknown(e) || e->kind == EXPR_NULL)
        return JOINS_UNTYPED;
    if (t == NULL)
        return JOINS_ANYHOW;
    if (t->dimensions > 0 || t->kind == TYPE_JSONB || t->kind == TYPE_BYTES)
        return JOINS_OWN;
    if (t->kind == TYPE_TEXT || t->kind == TYPE_VARCHAR || t->kind == TYPE_CHAR)
        return JOINS_TEXT;
    return t->kind == TYPE_NAMED ? joining_of_named(s, t) : JOINS_VALUE;
}

/* A domain is used as what it is over where that has a || of its own. */
static const struct expr *
without_domain(const struct form *s, const struct expr *e, enum joining *how)
{
    const struct expr *base = form_as_base(s, e);

    *how = joining_of(s, base);
    return *how == JOINS_VALUE ? e : base;
}

static bool
can_be_text(enum joining how)
{
    return how == JOINS_TEXT || how == JOINS_UNTYPED;
}

static const struct expr *
as_text(const struct form *s, const struct expr *e, enum joining how)
{
    return can_be_text(how) && !form_is_type(e, TYPE_TEXT)
               ? form_cast(s, type_shared(TYPE_TEXT), e)
               : e;
}

static const struct expr *
as_item(const struct form *s, const struct expr *e, const struct expr *array)
{
    const struct type *t = array->result;

    return t != NULL && t->dimensions == 1 && t->kind == TYPE_TEXT ? form_as_text(s, e)
                                                                   : e;
}

bool
form_concat(const struct form *s, const struct expr **sides)
{
    enum joining left;
    enum joining right;
    const struct expr *one = without_domain(s, sides[0], &left);
    const struct expr *other = without_domain(s, sides[1], &right);

    sides[0] = one;
    sides[1] = other;
    if ((can_be_text(left) && (can_be_text(right) || right == JOINS_VALUE))
        || (left == JOINS_VALUE && can_be_text(right))) {
        sides[0] = as_text(s, one, left);
        sides[1] = as_text(s, other, right);
        return true;
    }
    if (left == JOINS_OWN && right == JOINS_TEXT)
        sides[1] = as_item(s, other, one);
    else if (left == JOINS_TEXT && right == JOINS_OWN)
        sides[0] = as_item(s, one, other);
    else if (left == JOINS_UNTYPED || right == JOINS_UNTYPED) {
        sides[0] = form_typed(s, form_compared_type(other), one);
        sides[1] = form_typed(s, form_compared_type(one), other);
    }
    return false;
}
