/*
 * Forms of index keys: what is the engine's own choice is not said.  And of the bounds of
 * partitions, which are constants of the type of the key.
 */
#include "dialect/postgres/form.h"

/* The operator class that a type has without a word, by the access method: of those, an
 * operator class bears the name only where it is for its own type (manual, "Operator
 * Classes and Operator Families"). */
static bool
is_default_class(struct slice method, struct slice opclass)
{
    static const char *const ordered[] = {
        "bool_ops",        "bpchar_ops",   "bytea_ops", "date_ops",   "enum_ops",
        "float4_ops",      "float8_ops",   "inet_ops",  "int2_ops",   "int4_ops",
        "int8_ops",        "interval_ops", "jsonb_ops", "name_ops",   "numeric_ops",
        "range_ops",       "text_ops",     "time_ops",  "timetz_ops", "timestamp_ops",
        "timestamptz_ops", "uuid_ops",
    };
    static const char *const inverted[] = { "array_ops", "jsonb_ops", "tsvector_ops" };

    if (slice_is(method, "btree") || slice_is(method, "hash"))
        return slice_is_one_of(opclass, ordered, ARRAY_LEN(ordered));
    return slice_is(method, "gin")
           && slice_is_one_of(opclass, inverted, ARRAY_LEN(inverted));
}

struct index_key
form_key(const struct form_world *w, struct slice method, const struct index_key *key)
{
    const struct form f = { w->a, w };
    struct index_key k = *key;

    k.expr = form_of(&f, k.expr);
    if (k.nulls == (k.descending ? NULLS_FIRST : NULLS_LAST))
        k.nulls = NULLS_DEFAULT;
    if (slice_is(k.collation, "default"))
        k.collation = SLICE_NONE;
    if (is_default_class(method, k.opclass))
        k.opclass = SLICE_NONE;
    return k;
}

static bool
is_text_of_constant(const struct expr *e)
{
    return e->kind == EXPR_STRING || e->kind == EXPR_NUMBER || e->kind == EXPR_BOOL
           || e->kind == EXPR_BITS;
}

/* 100 of a numeric(8, 2) is 100.00 to the server: the zeros behind the point say nothing.
 */
static struct slice
without_last_zeros(struct slice number)
{
    bool has_point = false;
    size_t n = number.len;

    for (size_t i = 0; i < number.len; i++) {
        if ((number.ptr[i] < '0' || number.ptr[i] > '9')
            && (number.ptr[i] != '.' || has_point) && (number.ptr[i] != '-' || i > 0))
            return number;
        has_point |= number.ptr[i] == '.';
    }
    while (has_point && n > 0 && number.ptr[n - 1] == '0')
        n--;
    return slice_sub(number, 0, n > 0 && number.ptr[n - 1] == '.' ? n - 1 : n);
}

/* TIMESTAMP '2024-01-01' and '2024-01-01'::date are '2024-01-01 00:00:00' for a key that
 * is a timestamp: the server keeps the value and no word about its type. */
const struct expr *
form_bound(const struct form_world *w, const struct type *t, const struct expr *e)
{
    const struct form f = { w->a, w };
    const struct expr *value;
    struct type *bare;

    e = form_of(&f, e);
    for (value = e; value->kind == EXPR_CAST;)
        value = value->args[0];
    if (t == NULL || !is_text_of_constant(value))
        return e;
    bare = arena_copy(w->a, t, sizeof *t);
    bare->arg_count = 0;
    value = expr_leaf(w->a, EXPR_STRING, e->span,
                      t->kind == TYPE_DECIMAL ? without_last_zeros(value->text)
                                              : value->text);
    return form_cast(&f, bare, value);
}
