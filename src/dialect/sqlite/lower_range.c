/*
 * Ranges: their parts, and whether two have a point in common.
 */
#include "dialect/sqlite/lower_range.h"

/* ---- the types ---- */

static const struct {
    const char *name; /* of the type, and of the function that makes one */
    enum range_kind kind;
} kinds[] = {
    { "int4range", RANGE_INT4 },      { "int8range", RANGE_INT8 },
    { "daterange", RANGE_DATE },      { "tsrange", RANGE_TIMESTAMP },
    { "tstzrange", RANGE_TIMESTAMP },
};

static enum range_kind
kind_named(struct slice name)
{
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (slice_is(name, kinds[i].name))
            return kinds[i].kind;
    return RANGE_NONE;
}

enum range_kind
lite_range_kind(const struct type *t)
{
    if (t->kind != TYPE_NAMED || t->dimensions > 0 || !slice_is_none(t->schema))
        return RANGE_NONE;
    return kind_named(t->name);
}

/* ---- text ---- */

static const struct expr *
is_text(struct arena *a, const struct expr *e, const char *operator, const char *text)
{
    return lite_binary(a, operator, e, lite_stringz(a, text));
}

static const struct expr *
comma(struct arena *a, const struct expr *c)
{
    return lite_call_2(a, "instr", c, lite_stringz(a, ","));
}

/* substr(c, 2, instr(c, ',') - 2) */
const struct expr *
lite_range_low(struct arena *a, const struct expr *c)
{
    return lite_call_3(a, "substr", c, lite_number(a, 2),
                       lite_binary(a, "-", comma(a, c), lite_number(a, 2)));
}

/* substr(c, instr(c, ',') + 1, length(c) - instr(c, ',') - 1) */
const struct expr *
lite_range_high(struct arena *a, const struct expr *c)
{
    const struct expr *length = lite_binary(
        a, "-", lite_binary(a, "-", lite_call_1(a, "length", c), comma(a, c)),
        lite_number(a, 1));

    return lite_call_3(a, "substr", c,
                       lite_binary(a, "+", comma(a, c), lite_number(a, 1)), length);
}

static void
text_range(struct arena *a, const struct expr *c, enum range_kind kind,
           struct lite_range *out)
{
    *out = (struct lite_range){ .low = lite_range_low(a, c),
                                .high = lite_range_high(a, c) };
    out->no_low = is_text(a, out->low, "=", "");
    out->no_high = is_text(a, out->high, "=", "");
    out->full = is_text(a, c, "<>", "empty");
    if (kind == RANGE_INT4 || kind == RANGE_INT8) {
        out->low = lite_cast(a, TYPE_INT4, out->low);
        out->high = lite_cast(a, TYPE_INT4, out->high);
    }
    if (kind == RANGE_TIMESTAMP) {
        out->with_low = lite_glob(a, c, SLICE("[[]*"), false);
        out->with_high = lite_glob(a, c, SLICE("*]"), false);
    }
}

/* ---- two values ---- */

/* NULL: a column that is never NULL. */
static const struct expr *
may_be_null(const struct lite_scope *scope, const struct expr *neutral,
            const struct expr *e)
{
    const struct column *c = neutral->kind == EXPR_COLUMN && scope->table != NULL
                                 ? table_find_column(scope->table, neutral->text)
                                 : NULL;

    return c != NULL && c->not_null ? NULL : lite_is_null(&scope->s->arena, e, false);
}

static const struct expr *
any_of(struct arena *a, const struct expr *one, const struct expr *other)
{
    if (one == NULL || other == NULL)
        return one == NULL ? other : one;
    return lite_or(a, one, other);
}

static bool
pair_range(struct lite_scope *scope, const struct expr *call, struct lite_range *out)
{
    struct arena *a = &scope->s->arena;
    const struct expr *const *args = call->args + CALL_ARGS;
    size_t count = call->arg_count - CALL_ARGS;
    struct slice bounds = SLICE("[)");

    if (count == 3 && args[2]->kind == EXPR_STRING)
        bounds = args[2]->text;
    if (count < 2 || count > 3 || (count == 3 && args[2]->kind != EXPR_STRING)
        || (!slice_is(bounds, "[)") && !slice_is(bounds, "[]"))) {
        lite_problem(scope, call, "only ranges [) and [] can be compared in SQLite");
        return false;
    }
    *out = (struct lite_range){ .low = lite_lower_expr(scope, args[0]),
                                .high = lite_lower_expr(scope, args[1]),
                                .closed = slice_is(bounds, "[]") };
    if (lite_has_problem(scope) || out->low == NULL || out->high == NULL)
        return false;
    out->no_low = may_be_null(scope, args[0], out->low);
    out->no_high = may_be_null(scope, args[1], out->high);
    out->invalid = lite_binary(a, ">", out->low, out->high);
    if (!out->closed)
        out->full = any_of(a, any_of(a, out->no_low, out->no_high),
                           lite_binary(a, "<", out->low, out->high));
    return true;
}

/* ---- of an expression ---- */

bool
lite_range_of(struct lite_scope *scope, const struct expr *e, struct lite_range *out)
{
    const struct column *c = e->kind == EXPR_COLUMN && scope->table != NULL
                                 ? table_find_column(scope->table, e->text)
                                 : NULL;
    enum range_kind kind = c == NULL ? RANGE_NONE : lite_range_kind(&c->type);

    if (kind != RANGE_NONE) {
        text_range(&scope->s->arena, lite_column(&scope->s->arena, c->name), kind, out);
        return true;
    }
    if (e->kind == EXPR_CALL && kind_named(e->text) != RANGE_NONE)
        return pair_range(scope, e, out);
    lite_problem(scope, e,
                 "SQLite can exclude rows that are equal and ranges of whole numbers, "
                 "dates and times that overlap, and nothing else");
    return false;
}

/* ---- overlap ---- */

static struct lite_range
over_new(struct arena *a, const struct table *t, const struct lite_range *r)
{
    return (struct lite_range){
        .low = lite_over_row(a, t, r->low, "new"),
        .high = lite_over_row(a, t, r->high, "new"),
        .no_low = lite_over_row(a, t, r->no_low, "new"),
        .no_high = lite_over_row(a, t, r->no_high, "new"),
        .full = lite_over_row(a, t, r->full, "new"),
        .with_low = lite_over_row(a, t, r->with_low, "new"),
        .with_high = lite_over_row(a, t, r->with_high, "new"),
        .closed = r->closed,
    };
}

/* One begins before the other ends. */
static const struct expr *
begins_before_end(struct arena *a, const struct lite_range *one,
                  const struct lite_range *other)
{
    const struct expr *before =
        lite_binary(a, one->closed ? "<=" : "<", one->low, other->high);

    if (one->with_low != NULL)
        before = lite_or(a, before,
                         lite_and(a, lite_binary(a, "=", one->low, other->high),
                                  lite_and(a, one->with_low, other->with_high)));
    return any_of(a, any_of(a, one->no_low, other->no_high), before);
}

const struct expr *
lite_ranges_overlap(struct arena *a, const struct table *t,
                    const struct lite_range *range)
{
    struct lite_range new = over_new(a, t, range);
    const struct expr *full = lite_both(a, range->full, new.full);

    return lite_both(a, full,
                     lite_and(a, begins_before_end(a, range, &new),
                              begins_before_end(a, &new, range)));
}
