/*
 * Partitions of one table beside one another: ranges that overlap or are empty, values in
 * two lists, remainders that two moduli share, two defaults.  Each is measured once:
 * ranges are sorted, the others found by a map.
 */
#include "resolve/bounds.h"

#include <stdlib.h>

#include "expr/sqlw.h"

struct bound_range {
    const struct work_table *partition;
    size_t at; /* as the partitions are declared */
    size_t key_count;
    const struct point *from;
    const struct point *to;
};

struct bounds {
    struct build *b;
    const struct work_table *parent;
    struct map claims; /* what one partition has alone → struct work_table * */
    VEC(struct bound_range) ranges;
    VEC(int64_t) moduli; /* that differ, rising: each a factor of the next */
    struct slice zone;   /* of the first point that has one */
};

/* ---- messages ---- */

static void
report_overlap(struct build *b, const struct work_table *w,
               const struct work_table *other, const char *what, struct slice value)
{
    struct diag *d = diag_add(&b->s->diags, D_BAD_BOUND, w->table->bound->span,
                              "partition \"%.*s\" %s%.*s already",
                              SLICE_ARG(other->table->name), what, SLICE_ARG(value));

    diag_note(&b->s->diags, d, other->table->bound->span, "it is declared here");
}

/* ---- one by one ---- */

static const struct type *
key_type(const struct bounds *all, size_t key)
{
    const struct index_keys *keys = all->parent->partition_keys;
    const struct column *c;

    if (key >= keys->all.count)
        return NULL;
    if (keys->all.items[key].expr != NULL)
        return keys->all.items[key].expr->result;
    c = table_find_column(all->parent->table, keys->all.items[key].column);
    return c == NULL || !c->has_type ? NULL : type_plain(all->b, &c->type);
}

static struct point
point_of(struct bounds *all, size_t key, const struct expr *e)
{
    struct point p = point_make(all->b, key_type(all, key), e);

    if (p.kind != POINT_VALUE || slice_is_none(p.zone))
        return p;
    if (slice_is_none(all->zone))
        all->zone = p.zone;
    if (!slice_equal(all->zone, p.zone))
        p.kind = POINT_UNKNOWN;
    return p;
}

static void
claim(struct bounds *all, const struct work_table *w, struct slice key, const char *what,
      struct slice value)
{
    const struct work_table *other = map_get(&all->claims, key);

    if (other != NULL && other != w)
        report_overlap(all->b, w, other, what, value);
    else
        map_put(&all->claims, key, (void *)(uintptr_t)w);
}

/* ---- lists ---- */

/* 1.0 and 1 are one value. */
static struct slice
value_key(struct bounds *all, const struct expr *value)
{
    struct point p = point_of(all, 0, value);

    if (p.kind != POINT_VALUE)
        return expr_text(all->b->a, value);
    return slice_format(all->b->a, "%s%.*s.%.*s", p.negative ? "-" : "",
                        SLICE_ARG(p.whole), SLICE_ARG(p.rest));
}

static void
check_list(struct bounds *all, const struct work_table *w)
{
    const struct partition_bound *bound = w->table->bound;
    size_t errors = all->b->s->diags.error_count;

    VEC_EACH (i, &bound->from) {
        const struct expr *value = bound->from.items[i];

        if (!expr_is_constant(value) || all->b->s->diags.error_count != errors)
            continue;
        claim(all, w, slice_format(all->b->a, "= %.*s", SLICE_ARG(value_key(all, value))),
              "has ", expr_text(all->b->a, value));
    }
}

/* ---- hashes ---- */

static void
add_modulus(struct bounds *all, size_t at, int64_t modulus)
{
    VEC_PUSH(all->b->a, &all->moduli, modulus);
    for (size_t i = all->moduli.count - 1; i > at; i--)
        all->moduli.items[i] = all->moduli.items[i - 1];
    all->moduli.items[at] = modulus;
}

/* PostgreSQL's check_new_partition_bound: each is a factor of the next larger one. */
static void
take_modulus(struct bounds *all, const struct partition_bound *bound)
{
    size_t at = 0;
    int64_t other = 0;

    while (at < all->moduli.count && all->moduli.items[at] < bound->modulus)
        at++;
    if (at < all->moduli.count && all->moduli.items[at] == bound->modulus)
        return;
    if (at > 0 && bound->modulus % all->moduli.items[at - 1] != 0)
        other = all->moduli.items[at - 1];
    else if (at < all->moduli.count && all->moduli.items[at] % bound->modulus != 0)
        other = all->moduli.items[at];
    if (other == 0)
        add_modulus(all, at, bound->modulus);
    else
        diag_add(&all->b->s->diags, D_BAD_BOUND, bound->span,
                 "modulus %lld beside %lld of another partition: the smaller must be a "
                 "factor of the larger",
                 (long long)bound->modulus, (long long)other);
}

static bool
has_modulus(const struct bounds *all, int64_t modulus)
{
    VEC_EACH (i, &all->moduli)
        if (all->moduli.items[i] == modulus)
            return true;
    return false; /* it was refused */
}

/* Not one of the numbers that are no modulus, which were reported when they were read. */
static bool
is_hash(const struct partition_bound *bound)
{
    return bound->kind == BOUND_HASH && bound->modulus > 0 && bound->remainder >= 0
           && bound->remainder < bound->modulus;
}

static void
take_moduli(struct bounds *all)
{
    VEC_EACH (i, &all->parent->children) {
        const struct partition_bound *bound =
            all->parent->children.items[i]->table->bound;

        if (bound != NULL && is_hash(bound))
            take_modulus(all, bound);
    }
}

static struct slice
hash_key(struct bounds *all, const char *what, int64_t modulus, int64_t remainder)
{
    return slice_format(all->b->a, "%s %lld/%lld", what, (long long)remainder,
                        (long long)modulus);
}

/*
 * A partition has its own remainder, and a part of the remainder of each smaller modulus:
 * so that it is met by a smaller one that comes later.
 * Needs: all moduli are known.
 */
static void
check_hash(struct bounds *all, const struct work_table *w)
{
    const struct partition_bound *bound = w->table->bound;
    const struct work_table *other;

    if (!is_hash(bound) || !has_modulus(all, bound->modulus))
        return;
    other =
        map_get(&all->claims, hash_key(all, "part", bound->modulus, bound->remainder));
    for (size_t i = 0; i < all->moduli.count && other == NULL; i++) {
        int64_t m = all->moduli.items[i];

        if (m <= bound->modulus)
            other = map_get(&all->claims, hash_key(all, "all", m, bound->remainder % m));
    }
    if (other != NULL) {
        report_overlap(all->b, w, other, "has this remainder", SLICE_NONE);
        return;
    }
    map_put(&all->claims, hash_key(all, "all", bound->modulus, bound->remainder),
            (void *)(uintptr_t)w);
    VEC_EACH (i, &all->moduli) {
        int64_t m = all->moduli.items[i];

        if (m < bound->modulus)
            map_put(&all->claims, hash_key(all, "part", m, bound->remainder % m),
                    (void *)(uintptr_t)w);
    }
}

/* ---- ranges ---- */

static const struct point *
points_of(struct bounds *all, const struct expr *const *values, size_t count, bool *known)
{
    struct point *points = ARENA_ARRAY(all->b->a, struct point, count);

    for (size_t i = 0; i < count; i++) {
        points[i] = point_of(all, i, values[i]);
        *known &= points[i].kind != POINT_UNKNOWN;
        if (points[i].kind == POINT_LOWEST || points[i].kind == POINT_HIGHEST) {
            for (size_t k = i + 1; k < count; k++)
                points[k] = points[i]; /* what follows means nothing */
            break;
        }
    }
    return points;
}

static int
compare_points(const struct point *x, const struct point *y, size_t count)
{
    int order = 0;

    for (size_t i = 0; i < count && order == 0; i++)
        order = point_compare(&x[i], &y[i]);
    return order;
}

/* NULL is in no range; what follows MINVALUE is MINVALUE, and MAXVALUE likewise. */
static bool
check_values(struct bounds *all, const struct expr *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *wrong = NULL;
        bool limit = values[i]->kind == EXPR_NAME;

        if (values[i]->kind == EXPR_POISON)
            return false;
        if (values[i]->kind == EXPR_NULL)
            wrong = "NULL is in no range: it goes to the DEFAULT partition";
        else if (i > 0 && values[i - 1]->kind == EXPR_NAME
                 && !(limit && slice_equal(values[i]->text, values[i - 1]->text)))
            wrong = "behind MINVALUE or MAXVALUE only the same may follow";
        if (wrong == NULL)
            continue;
        diag_add(&all->b->s->diags, D_BAD_BOUND, values[i]->span, "%s", wrong);
        return false;
    }
    return true;
}

/* What cannot be compared can still be the same. */
static struct slice
begin_key(struct bounds *all, const struct partition_bound *bound)
{
    struct text t;

    text_init(&t, all->b->a);
    VEC_EACH (i, &bound->from)
        text_addf(&t, "%.*s,", SLICE_ARG(expr_text(all->b->a, bound->from.items[i])));
    return text_slice(&t);
}

static void
check_range(struct bounds *all, const struct work_table *w, size_t at)
{
    const struct partition_bound *bound = w->table->bound;
    struct bound_range r = { .partition = w, .at = at };
    bool known = true;

    r.key_count = all->parent->partition_keys->all.count;
    if (bound->from.count != r.key_count || bound->to.count != r.key_count
        || !check_values(all, bound->from.items, r.key_count)
        || !check_values(all, bound->to.items, r.key_count))
        return;
    r.from = points_of(all, bound->from.items, r.key_count, &known);
    r.to = points_of(all, bound->to.items, r.key_count, &known);
    if (known && compare_points(r.from, r.to, r.key_count) >= 0)
        diag_add(&all->b->s->diags, D_BAD_BOUND, bound->span,
                 "the range is empty: FROM is not below TO");
    else if (known)
        VEC_PUSH(all->b->a, &all->ranges, r);
    else
        claim(all, w, begin_key(all, bound), "begins at the same value", SLICE_NONE);
}

static int
compare_ranges(const void *x, const void *y)
{
    const struct bound_range *a = x;
    const struct bound_range *b = y;
    int order = compare_points(a->from, b->from, a->key_count);

    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* The one that is declared later is the mistake; each is told once. */
static void
check_overlaps(struct bounds *all)
{
    const struct bound_range *far = NULL; /* of those so far, the one that ends last */

    if (all->ranges.count > 1)
        qsort(all->ranges.items, all->ranges.count, sizeof *all->ranges.items,
              compare_ranges);
    VEC_EACH (i, &all->ranges) {
        const struct bound_range *r = &all->ranges.items[i];

        if (far != NULL && compare_points(r->from, far->to, r->key_count) < 0)
            report_overlap(all->b, r->at > far->at ? r->partition : far->partition,
                           r->at > far->at ? far->partition : r->partition,
                           "has a part of this range", SLICE_NONE);
        if (far == NULL || compare_points(r->to, far->to, r->key_count) > 0)
            far = r;
    }
}

/* ---- all ---- */

void
bounds_check(struct build *b, const struct work_table *parent)
{
    struct bounds all = { .b = b, .parent = parent };

    map_init(&all.claims, b->a);
    take_moduli(&all);
    VEC_EACH (i, &parent->children) {
        const struct work_table *w = parent->children.items[i];

        if (w->table->bound == NULL)
            continue;
        switch (w->table->bound->kind) {
        case BOUND_DEFAULT:
            claim(&all, w, SLICE("default"), "is the DEFAULT", SLICE_NONE);
            break;
        case BOUND_LIST:
            check_list(&all, w);
            break;
        case BOUND_RANGE:
            check_range(&all, w, i);
            break;
        case BOUND_HASH:
            check_hash(&all, w);
            break;
        }
    }
    check_overlaps(&all);
}
