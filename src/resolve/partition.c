/*
 * PARTITION BY, and the bounds of partitions: that they fit the key of their parent and,
 * where that is certain, one another.
 */
#include "resolve/bounds.h"
#include "resolve/places.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "expr/sqlw.h"

/* ---- from the syntax ---- */

static const struct {
    const char *word;
    enum partition_strategy strategy;
} strategies[] = {
    { "range", PARTITION_RANGE },
    { "list", PARTITION_LIST },
    { "hash", PARTITION_HASH },
};

const struct partition_by *
partition_by_make(struct build *b, struct work_table *w,
                  const struct ast_partition_by *ast)
{
    struct partition_by *p = ARENA_NEW(b->a, struct partition_by);
    bool known = false;

    p->keys = keys_make(b, &ast->keys);
    p->span = ast->span;
    for (size_t i = 0; i < ARRAY_LEN(strategies); i++) {
        if (!slice_is_fold(ast->strategy, strategies[i].word))
            continue;
        p->strategy = strategies[i].strategy;
        known = true;
    }
    if (!known)
        diag_add(&b->s->diags, D_BAD_BOUND, ast->span,
                 "a table is partitioned by RANGE, LIST or HASH, not by \"%.*s\"",
                 SLICE_ARG(ast->strategy));
    if (p->strategy == PARTITION_LIST && p->keys.all.count > 1)
        diag_add(&b->s->diags, D_BAD_BOUND, ast->span,
                 "PARTITION BY LIST takes one column or expression");
    w->partition_keys = &p->keys;
    return p;
}

static bool
read_number(struct slice text, int64_t *out)
{
    char digits[24]; /* of any 64 bit number */
    char *end;

    if (slice_is_none(text) || text.len >= sizeof digits)
        return false;
    for (size_t i = 0; i < text.len; i++)
        digits[i] = text.ptr[i];
    digits[text.len] = '\0';
    errno = 0;
    *out = strtoll(digits, &end, 10);
    return errno == 0 && end != digits && *end == '\0';
}

static void
take_hash(struct build *b, struct partition_bound *to, const struct ast_bound *ast)
{
    bool good = true;

    to->remainder = -1;
    VEC_EACH (i, &ast->options.all) {
        const struct ast_option *o = &ast->options.all.items[i];

        if (slice_is(o->name, "modulus"))
            good &= read_number(o->value, &to->modulus);
        else if (slice_is(o->name, "remainder"))
            good &= read_number(o->value, &to->remainder);
        else
            good = false;
    }
    if (!good || to->modulus <= 0 || to->remainder < 0 || to->remainder >= to->modulus)
        diag_add(&b->s->diags, D_BAD_BOUND, ast->span,
                 "WITH (MODULUS m, REMAINDER r) needs two numbers, r below m");
}

const struct partition_bound *
bound_make(struct build *b, const struct ast_bound *ast)
{
    struct partition_bound *to = ARENA_NEW(b->a, struct partition_bound);

    to->kind = ast->kind;
    to->span = ast->span;
    VEC_EACH (i, &ast->from)
        VEC_PUSH(b->a, &to->from, ast->from.items[i]);
    VEC_EACH (i, &ast->to)
        VEC_PUSH(b->a, &to->to, ast->to.items[i]);
    if (ast->kind == BOUND_HASH)
        take_hash(b, to, ast);
    return to;
}

bool
partitioned_need(struct build *b, const struct work_table *parent, struct span span)
{
    struct diag *d;

    if (parent->table->partition_by != NULL)
        return true;
    d = diag_add(&b->s->diags, D_BAD_PARENT, span, "table \"%.*s\" is not partitioned",
                 SLICE_ARG(parent->table->name));
    diag_note(&b->s->diags, d, parent->table->span, "it is declared here");
    diag_hint(&b->s->diags, d,
              "its declaration ends in PARTITION BY RANGE (column), "
              "LIST (column) or HASH (column)");
    return false;
}

/* ---- values ---- */

static bool
is_limit(const struct expr *e)
{
    return e->kind == EXPR_NAME && e->arg_count == 0
           && (slice_is(e->text, "minvalue") || slice_is(e->text, "maxvalue"));
}

/* The value as its column keeps it; names other than MINVALUE and MAXVALUE are wrong. */
static const struct expr *
bound_value(struct build *b, const struct work_table *parent, size_t key, bool limits,
            const struct expr *e)
{
    const struct index_keys *keys = parent->partition_keys;
    const struct column *c = NULL;
    struct binder binder;

    if (limits && is_limit(e))
        return e;
    if (e->kind == EXPR_NAME) {
        diag_add(&b->s->diags, D_BAD_BOUND, e->span,
                 "a bound is a constant%s, not the name \"%.*s\"",
                 limits ? ", MINVALUE or MAXVALUE" : "", SLICE_ARG(e->text));
        return expr_leaf(b->a, EXPR_POISON, e->span, SLICE_NONE);
    }
    binder_init(&binder, b);
    e = bind_expr(&binder, NULL, e);
    if (key < keys->all.count && keys->all.items[key].expr == NULL)
        c = table_find_column(parent->table, keys->all.items[key].column);
    if (c != NULL && c->has_type && e->kind != EXPR_POISON && e->kind != EXPR_NULL
        && b->terms->checks_values)
        value_fits(b, c, e, D_BAD_BOUND, &e);
    return e;
}

static void
report_count(struct build *b, const struct partition_bound *bound, size_t count,
             size_t wanted)
{
    diag_add(&b->s->diags, D_BAD_BOUND, bound->span,
             "the bound has %zu values, and the key of the table %zu", count, wanted);
}

static void
bind_bound(struct build *b, const struct work_table *parent,
           struct partition_bound *bound)
{
    bool range = bound->kind == BOUND_RANGE;
    size_t keys = parent->partition_keys->all.count;

    VEC_EACH (i, &bound->from)
        bound->from.items[i] =
            bound_value(b, parent, range ? i : 0, range, bound->from.items[i]);
    VEC_EACH (i, &bound->to)
        bound->to.items[i] = bound_value(b, parent, i, true, bound->to.items[i]);
    if (range && bound->from.count != keys)
        report_count(b, bound, bound->from.count, keys);
    else if (range && bound->to.count != keys)
        report_count(b, bound, bound->to.count, keys);
}

/* ---- one bound beside another ---- */

static bool
fits_strategy(const struct partition_bound *bound, enum partition_strategy strategy)
{
    switch (bound->kind) {
    case BOUND_DEFAULT:
        return strategy != PARTITION_HASH;
    case BOUND_RANGE:
        return strategy == PARTITION_RANGE;
    case BOUND_LIST:
        return strategy == PARTITION_LIST;
    case BOUND_HASH:
        return strategy == PARTITION_HASH;
    }
    return false;
}

static const char *const bound_words[] = {
    [PARTITION_RANGE] = "FOR VALUES FROM (…) TO (…)",
    [PARTITION_LIST] = "FOR VALUES IN (…)",
    [PARTITION_HASH] = "FOR VALUES WITH (MODULUS m, REMAINDER r)",
};
static_assert(ARRAY_LEN(bound_words) == PARTITION_STRATEGY_COUNT, "a form for each");

static void
report_strategy(struct build *b, const struct work_table *parent,
                const struct partition_bound *bound)
{
    enum partition_strategy strategy = parent->table->partition_by->strategy;
    struct diag *d =
        diag_add(&b->s->diags, D_BAD_BOUND, bound->span,
                 "table \"%.*s\" is partitioned by %s, which has no such bound",
                 SLICE_ARG(parent->table->name), partition_strategy_words(strategy));

    diag_note(&b->s->diags, d, parent->table->partition_by->span,
              "it is partitioned here");
    diag_hint(&b->s->diags, d, "%s", bound_words[strategy]);
}

/* ---- keys must hold the partition key ---- */

static bool
covers(const struct constraint *k, const struct index_keys *keys, struct slice *missing)
{
    VEC_EACH (i, &keys->all) {
        if (keys->all.items[i].expr != NULL) {
            *missing = SLICE("an expression");
            return false;
        }
        *missing = keys->all.items[i].column;
        if (!column_is_in(&k->keys, *missing))
            return false;
    }
    return true;
}

static void
check_keys(struct build *b, const struct work_table *w)
{
    VEC_EACH (i, &w->constraints) {
        const struct work_constraint *c = w->constraints.items[i];
        const struct constraint *k = c->constraint;
        struct slice missing = SLICE_NONE;
        struct diag *d;

        if ((k->kind != CONSTRAINT_PRIMARY_KEY && k->kind != CONSTRAINT_UNIQUE)
            || c->broken || covers(k, w->partition_keys, &missing))
            continue;
        d = diag_add(&b->s->diags, D_BAD_CONSTRAINT, k->span,
                     "a %s of a partitioned table must hold its whole partition key",
                     constraint_kind_words(k->kind));
        diag_note(&b->s->diags, d, w->table->partition_by->span,
                  "%.*s of it is missing in the key", SLICE_ARG(missing));
    }
}

static void
check_partitioned(struct build *b, struct work_table *w)
{
    bool comparable = true;

    check_keys(b, w);
    VEC_EACH (i, &w->children) {
        const struct work_table *child = w->children.items[i];

        if (!is_partition(child))
            continue;
        if (!fits_strategy(child->table->bound, w->table->partition_by->strategy)) {
            report_strategy(b, w, child->table->bound);
            comparable = false;
            continue;
        }
        bind_bound(b, w, (struct partition_bound *)(uintptr_t)child->table->bound);
    }
    if (comparable)
        bounds_check(b, w);
}

void
partitions_check(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_TABLE
            && o->u.table->table->partition_by != NULL)
            check_partitioned(b, o->u.table);
    }
}
