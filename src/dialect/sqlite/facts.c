/*
 * What ALTER TABLE can do for a definition.  Decided from the definition, never from the
 * data: several forms pass on an empty table and fail on one with rows.
 *
 * The facts were measured on SQLite 3.40; each function says which.
 */
#include "dialect/sqlite/lite.h"

#include <assert.h>

/* ---- checks ---- */

struct single {
    const struct table *t;
    const struct column *column; /* the first one met */
    bool several;
};

static bool
visit_column(void *context, const struct expr *e)
{
    struct single *one = context;
    const struct column *c;

    if (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        return true;
    c = table_find_column(one->t, e->text);
    if (c != NULL && one->column != NULL && c != one->column)
        one->several = true;
    if (c != NULL && one->column == NULL)
        one->column = c;
    return true;
}

const struct column *
lite_only_column(const struct table *t, const struct constraint *k)
{
    struct single one = { .t = t };

    if (k->kind != CONSTRAINT_CHECK)
        return NULL;
    (void)expr_walk(k->check, visit_column, &one);
    return one.several ? NULL : one.column;
}

bool
lite_check_mentions(const struct constraint *k, struct slice column)
{
    return k->kind == CONSTRAINT_CHECK && expr_mentions_column(k->check, column);
}

const struct constraint *
lite_type_check(const struct table *t, const struct column *c)
{
    size_t len = t->name.len + c->name.len + sizeof "__type" - 1;

    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if (k->kind == CONSTRAINT_CHECK && !k->name_is_derived && k->name.len == len
            && slice_ends(k->name, "_type")
            && slice_equal(slice_sub(k->name, 0, t->name.len), t->name)
            && slice_equal(slice_sub(k->name, t->name.len + 1, len - 5), c->name))
            return k;
    }
    return NULL;
}

/* ---- obstacles ---- */

static const struct lite_refusal obstacles[] = {
    [LITE_CAN] = { "", { "", "" } },
#define OBSTACLE(id, what, form, cost) [id] = { what, { form, cost } },
#include "dialect/sqlite/obstacles.def"
#undef OBSTACLE
};

const struct lite_refusal *
lite_refusal(enum lite_obstacle o)
{
    assert(o != LITE_CAN);
    return &obstacles[o];
}

/* ---- ADD COLUMN ---- */

/* A literal, perhaps signed: `(1 + 1)` is "non-constant" to SQLite. */
/* By affinity: what is no number, text or blob for certain is ANY. */
static const enum type_kind strict_kinds[] = {
    [TYPE_BOOLEAN] = TYPE_INT4,     [TYPE_INT2] = TYPE_INT4,
    [TYPE_INT4] = TYPE_INT4,        [TYPE_INT8] = TYPE_INT4,
    [TYPE_DECIMAL] = TYPE_NAMED,    [TYPE_REAL] = TYPE_REAL,
    [TYPE_DOUBLE] = TYPE_REAL,      [TYPE_TEXT] = TYPE_TEXT,
    [TYPE_VARCHAR] = TYPE_TEXT,     [TYPE_CHAR] = TYPE_TEXT,
    [TYPE_BYTES] = TYPE_BYTES,      [TYPE_DATE] = TYPE_TEXT,
    [TYPE_TIME] = TYPE_TEXT,        [TYPE_TIMETZ] = TYPE_TEXT,
    [TYPE_TIMESTAMP] = TYPE_TEXT,   [TYPE_TIMESTAMPTZ] = TYPE_TEXT,
    [TYPE_INTERVAL] = TYPE_TEXT,    [TYPE_UUID] = TYPE_TEXT,
    [TYPE_JSON] = TYPE_NAMED,       [TYPE_JSONB] = TYPE_NAMED,
    [TYPE_DECIMAL_INT] = TYPE_INT4, [TYPE_DECIMAL_TEXT] = TYPE_TEXT,
    [TYPE_JSON_TEXT] = TYPE_TEXT,   [TYPE_ARRAY_TEXT] = TYPE_TEXT,
    [TYPE_NAMED] = TYPE_NAMED,
};
static_assert(ARRAY_LEN(strict_kinds) == TYPE_KIND_COUNT, "a STRICT type for every type");

struct type
lite_strict_type(const struct type *t)
{
    struct type out = { .kind = strict_kinds[t->kind] };

    if (out.kind == TYPE_NAMED)
        out.name = SLICE("any");
    return out;
}

static bool
is_constant_default(const struct expr *e)
{
    if (e->kind == EXPR_UNARY && (slice_is(e->text, "-") || slice_is(e->text, "+")))
        return e->args[0]->kind == EXPR_NUMBER;
    return e->kind == EXPR_NULL || e->kind == EXPR_BOOL || e->kind == EXPR_NUMBER
           || e->kind == EXPR_STRING || e->kind == EXPR_BLOB;
}

static bool
is_whole_number(const struct expr *e)
{
    if (e->kind == EXPR_UNARY)
        e = e->args[0];
    for (size_t i = 0; i < e->text.len; i++)
        if (e->text.ptr[i] < '0' || e->text.ptr[i] > '9')
            return false;
    return e->kind == EXPR_NUMBER;
}

/* Is the default a value of the five types of STRICT as it is written? */
static bool
fits_strict_type(const struct type *type, const struct expr *e)
{
    enum type_kind kind = strict_kinds[type->kind];
    bool whole = kind == TYPE_INT4
                 || (type->kind == TYPE_NAMED && slice_is_fold(type->name, "int"));

    if (whole)
        return e->kind == EXPR_BOOL || is_whole_number(e);
    if (kind == TYPE_REAL)
        return e->kind == EXPR_NUMBER || e->kind == EXPR_UNARY;
    if (kind == TYPE_TEXT)
        return e->kind == EXPR_STRING;
    return kind != TYPE_BYTES || e->kind == EXPR_BLOB; /* ANY takes all of them */
}

/* STRICT does not look at the default of an added column, and the rows then break it. */
static bool
strict_would_break(const struct table *t, const struct column *c)
{
    const struct expr *e = c->default_value;

    if (!t->strict || e == NULL || e->kind == EXPR_NULL)
        return false;
    return !fits_strict_type(&c->type, e);
}

static enum lite_obstacle
key_reason(const struct table *t, const struct column *c)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if (k->kind == CONSTRAINT_FOREIGN_KEY || k->kind == CONSTRAINT_CHECK
            || !column_is_in(&k->keys, c->name))
            continue;
        return k->kind == CONSTRAINT_PRIMARY_KEY ? LITE_ADD_KEY
                                                 : LITE_ADD_UNIQUE;
    }
    return LITE_CAN;
}

static enum lite_obstacle
constraint_reason(const struct table *t, const struct column *c)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if (lite_check_mentions(k, c->name)
            && (lite_only_column(t, k) != c || !slice_is_none(k->on_conflict)))
            return LITE_ADD_WIDE_CHECK;
        if (k->kind != CONSTRAINT_FOREIGN_KEY || !column_is_in(&k->keys, c->name))
            continue;
        if (k->keys.all.count > 1)
            return LITE_ADD_WIDE_KEY;
        if (c->default_value != NULL && c->default_value->kind != EXPR_NULL)
            return LITE_ADD_REFERENCES;
    }
    return LITE_CAN;
}

/* With a check SQLite looks at all rows, and takes columns of a table WITHOUT ROWID for
 * others where its last one is in the key. */
static bool
has_check(const struct table *t, const struct column *c)
{
    VEC_EACH (i, &t->constraints)
        if (lite_check_mentions(t->constraints.items[i], c->name))
            return true;
    return c->not_null || t->strict;
}

static enum lite_obstacle
generated_reason(const struct table *t, const struct column *c)
{
    if (c->generated_stored)
        return LITE_ADD_STORED;
    return t->without_rowid && has_check(t, c) ? LITE_ADD_VIRTUAL : LITE_CAN;
}

enum lite_obstacle
lite_cannot_add(const struct table *t, const struct column *c)
{
    enum lite_obstacle reason = key_reason(t, c);
    bool no_default = c->default_value == NULL || c->default_value->kind == EXPR_NULL;

    if (reason == LITE_CAN)
        reason = constraint_reason(t, c);
    if (reason != LITE_CAN)
        return reason;
    if (c->generated != NULL)
        return generated_reason(t, c);
    if (c->not_null && no_default)
        return LITE_ADD_NOT_NULL;
    if (c->default_value != NULL && !is_constant_default(c->default_value))
        return LITE_ADD_DEFAULT;
    if (strict_would_break(t, c))
        return LITE_ADD_STRICT;
    return LITE_CAN;
}

/* ---- DROP COLUMN ---- */

static enum lite_obstacle
dropped_in_constraint(const struct table *t, const struct column *c)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *k = t->constraints.items[i];

        if (k->kind == CONSTRAINT_PRIMARY_KEY && column_is_in(&k->keys, c->name))
            return LITE_DROP_KEY;
        if (k->kind == CONSTRAINT_UNIQUE && column_is_in(&k->keys, c->name))
            return LITE_DROP_UNIQUE;
        if (k->kind == CONSTRAINT_FOREIGN_KEY && column_is_in(&k->keys, c->name))
            return LITE_DROP_FOREIGN_KEY;
        /* The check of the type stands on the column itself and goes with it. */
        if (lite_check_mentions(k, c->name) && k != lite_type_check(t, c))
            return LITE_DROP_CHECKED;
    }
    return LITE_CAN;
}

enum lite_obstacle
lite_cannot_drop(const struct table *t, const struct column *c)
{
    enum lite_obstacle reason = dropped_in_constraint(t, c);

    if (reason != LITE_CAN)
        return reason;
    if (t->columns.count == 1)
        return LITE_DROP_LAST;
    VEC_EACH (i, &t->columns) {
        const struct column *other = t->columns.items[i];

        if (other != c && other->generated != NULL
            && expr_mentions_column(other->generated, c->name))
            return LITE_DROP_SOURCE;
    }
    return LITE_CAN;
}

/* ---- rowids ---- */

static bool
has_column_fold(const struct table *t, const char *name)
{
    VEC_EACH (i, &t->columns)
        if (slice_is_fold(t->columns.items[i]->name, name))
            return true;
    return false;
}

/* A column that is called like the rowid hides it; there are three names. */
static const char *const rowid_names[] = { "rowid", "_rowid_", "oid" };

const char *
lite_rowid_name(const struct table *old, const struct table *new)
{
    for (size_t i = 0; i < ARRAY_LEN(rowid_names); i++)
        if (!has_column_fold(old, rowid_names[i])
            && !has_column_fold(new, rowid_names[i]))
            return rowid_names[i];
    return NULL;
}

bool
lite_hides_rowid(const struct table *t, struct slice column)
{
    for (size_t i = 0; i < ARRAY_LEN(rowid_names); i++)
        if (slice_is_fold(column, rowid_names[i]))
            return !t->without_rowid;
    return false;
}
