/*
 * Forms: which type a value has, and the casts that the server writes by itself.
 */
#include <string.h>

#include "dialect/postgres/form.h"

bool
form_is_unknown(const struct expr *e)
{
    return e->kind == EXPR_STRING;
}

bool
form_is_type(const struct expr *e, enum type_kind kind)
{
    return !form_is_unknown(e) && e->result != NULL && e->result->dimensions == 0
           && e->result->kind == kind;
}

bool
form_is_whole(const struct expr *e)
{
    return form_is_type(e, TYPE_INT2) || form_is_type(e, TYPE_INT4)
           || form_is_type(e, TYPE_INT8);
}

bool
form_is_floating(const struct expr *e)
{
    return form_is_type(e, TYPE_REAL) || form_is_type(e, TYPE_DOUBLE);
}

bool
form_is_texty(const struct expr *e)
{
    return form_is_type(e, TYPE_TEXT) || form_is_type(e, TYPE_VARCHAR);
}

/* Digits, perhaps with a sign before them and one point among them. */
static bool
is_decimal(struct slice text, bool *has_point)
{
    size_t at = text.len > 1 && text.ptr[0] == '-' ? 1 : 0;
    size_t digits = 0;

    *has_point = false;
    for (; at < text.len; at++) {
        bool point = text.ptr[at] == '.';

        if (point ? *has_point || digits == 0 : text.ptr[at] < '0' || text.ptr[at] > '9')
            return false;
        *has_point |= point;
        digits += point ? 0 : 1;
    }
    return digits > 0 && text.ptr[text.len - 1] != '.';
}

bool
form_is_whole_text(struct slice text)
{
    bool point;
    size_t sign = slice_starts(text, "-") ? 1 : 0;

    return is_decimal(text, &point) && !point
           && (text.len - sign == 1 || text.ptr[sign] != '0') && !slice_is(text, "-0");
}

/* Ten digits are an integer up to its last one, and a bigint from there. */
static bool
fits_integer(struct slice digits)
{
    static const char last[] = "2147483647";

    return digits.len < strlen(last)
           || (digits.len == strlen(last) && memcmp(digits.ptr, last, strlen(last)) <= 0);
}

/* A number that is of that type without a word. */
static bool
is_number_of(enum type_kind kind, struct slice text)
{
    size_t sign = text.len > 0 && text.ptr[0] == '-' ? 1 : 0;
    size_t digits = text.len - sign;
    bool point;

    if (!is_decimal(text, &point)
        || (digits > 1 && text.ptr[sign] == '0' && text.ptr[sign + 1] != '.'))
        return false;
    if (kind == TYPE_DECIMAL)
        return point;
    if (point || (sign == 1 && text.ptr[1] == '0'))
        return false;
    if (digits > 18)
        return false;
    return fits_integer(slice_sub(text, sign, text.len)) ? kind == TYPE_INT4
                                                         : kind == TYPE_INT8;
}

static const struct expr *
constant(const struct form *s, const struct type *t, const struct expr *e)
{
    struct expr *c = arena_copy(s->a, e, sizeof *e);

    c->text = form_literal_text(s, t, e->text);
    return c;
}

const struct expr *
form_cast(const struct form *s, const struct type *t, const struct expr *e)
{
    const struct expr *boolean = NULL;
    struct expr *c;

    if (form_is_unknown(e) && t->kind == TYPE_BOOLEAN && t->dimensions == 0)
        boolean = form_boolean(s, e);
    if (boolean != NULL) {
        c = arena_copy(s->a, boolean, sizeof *boolean);
        c->result = t;
        return c;
    }
    if (form_is_unknown(e))
        e = constant(s, t, e);
    if (e->kind == EXPR_STRING && t->dimensions == 0 && t->arg_count == 0
        && is_number_of(t->kind, e->text)) {
        c = expr_leaf(s->a, EXPR_NUMBER, e->span, e->text); /* '-5'::integer is -5 */
    } else {
        c = expr_1(s->a, EXPR_CAST, e->span, SLICE_NONE, e);
        c->type = t;
    }
    c->result = t;
    return c;
}

/* Types that are known by name: what a string is read as there. */
static bool
takes_strings(const struct form *s, const struct type *t)
{
    static const char *const known[] = {
        "box",       "circle",    "line",      "lseg",     "path",
        "point",     "polygon",   "macaddr8",  "pg_lsn",
        "bpchar",    "cidr",      "citext",    "hstore",   "inet",
        "int4range", "int8range", "ltree",     "macaddr",  "name",
        "numrange",  "oid",       "regclass",  "regconfig", "tsquery",
        "tsrange",   "tstzrange", "tsvector",  "daterange", "xml",
    };
    const struct form_type *type = form_named_type(s, t);

    return type != NULL || slice_is_one_of(t->name, known, ARRAY_LEN(known));
}

/* What is below a domain; any other type itself. */
static const struct type *
below_domain(const struct form *s, const struct type *t)
{
    const struct form_type *type = NULL;

    while (t != NULL && t->kind == TYPE_NAMED && t->dimensions == 0
           && (type = form_named_type(s, t)) != NULL && type->domain != NULL)
        t = &type->domain->base;
    return t;
}

/* A string takes the type of its place, without a length, and below a domain; NULL where
 * that is not known: an extension's type has rules of its own. */
const struct type *
form_literal_type(const struct form *s, const struct type *t)
{
    struct type *bare;

    t = below_domain(s, t);
    if (t == NULL || (t->kind == TYPE_NAMED && !takes_strings(s, t)))
        return NULL;
    bare = arena_copy(s->a, t, sizeof *t);
    if (t->kind == TYPE_CHAR) {
        *bare = type_from_words(SLICE_NONE, SLICE("bpchar"), false, NULL);
        bare->dimensions = t->dimensions;
    }
    bare->arg_count = 0;
    memset(bare->args, 0, sizeof bare->args);
    return bare;
}

const struct type *
form_domain_literal(const struct form *s, const struct type *t)
{
    return below_domain(s, t) == t ? NULL : form_literal_type(s, t);
}

const struct expr *
form_typed(const struct form *s, const struct type *t, const struct expr *e)
{
    if (e == NULL)
        return NULL;
    t = form_is_unknown(e) ? form_literal_type(s, t) : NULL;
    return t == NULL ? e : form_cast(s, t, e);
}

/* A domain's values are used as what it is over. */
const struct expr *
form_as_base(const struct form *s, const struct expr *e)
{
    const struct type *below = below_domain(s, e->result);
    struct type *base;

    if (form_is_unknown(e) || below == e->result)
        return e;
    if (below->kind == TYPE_VARCHAR && below->dimensions == 0)
        return form_cast(s, type_shared(TYPE_TEXT), e); /* whose operators it uses */
    base = arena_copy(s->a, below, sizeof *below);
    base->arg_count = 0;
    return form_cast(s, base, e);
}

bool
form_is_of(const struct form *s, const struct expr *e, const char *name)
{
    return form_is_type(e, TYPE_NAMED) && slice_is(e->result->name, name)
           && form_named_type(s, e->result) == NULL;
}

const struct expr *
form_row_as(const struct form *s, const struct type *t, const struct expr *e)
{
    const struct form_type *type =
        t->kind != TYPE_NAMED || t->dimensions > 0 ? NULL : form_named_type(s, t);
    const struct composite *c = type == NULL ? NULL : type->composite;
    struct expr *out;

    if (e->kind != EXPR_ROW || c == NULL || c->attributes.count != e->arg_count)
        return e;
    out = arena_copy(s->a, e, sizeof *e);
    out->args = ARENA_ARRAY(s->a, const struct expr *, e->arg_count);
    for (size_t i = 0; i < e->arg_count; i++)
        out->args[i] = form_as(s, &c->attributes.items[i].type, e->args[i]);
    return out;
}

const struct expr *
form_as_texts(const struct form *s, const struct expr *e)
{
    struct type *t;

    if (e->result == NULL || e->result->dimensions == 0
        || e->result->kind != TYPE_VARCHAR || e->kind == EXPR_ARRAY)
        return e;
    t = arena_copy(s->a, type_shared(TYPE_TEXT), sizeof *t);
    t->dimensions = e->result->dimensions;
    return form_cast(s, t, e);
}

const struct expr *
form_as_text(const struct form *s, const struct expr *e)
{
    struct expr *collated;

    if (e->kind == EXPR_COLLATE && form_is_type(e->args[0], TYPE_VARCHAR)) {
        collated = arena_copy(s->a, e, sizeof *e);
        collated->args = ARENA_ARRAY(s->a, const struct expr *, 1);
        collated->args[0] = form_as_text(s, e->args[0]);
        collated->result = type_shared(TYPE_TEXT);
        return collated;
    }
    return form_is_unknown(e) || form_is_type(e, TYPE_VARCHAR)
                   || form_is_of(s, e, "citext")
               ? form_cast(s, type_shared(TYPE_TEXT), e)
               : e;
}
