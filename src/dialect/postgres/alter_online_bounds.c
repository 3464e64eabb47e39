/*
 * The bound of a partition as a condition, in the words that the server has for it
 * (get_qual_from_partbound): a validated CHECK that says so proves the bound of a table
 * that joins, and one that says the opposite proves that the default partition has none
 * of its rows.  Only what is said alike is found to be proved in each case, as the server
 * looks into no OR behind a NOT.
 *
 * Not written are keys that are expressions, whose types are not known here, those with a
 * collation or an operator class of their own, arrays, and types that are made of others.
 */
#include "dialect/postgres/alter.h"

/* ---- which bounds ---- */

/* A domain is compared as what it is made of. */
static bool
is_made_of_others(const struct alter *a, const struct type *t)
{
    for (size_t i = 0; t->kind == TYPE_NAMED && i < a->r->to->definitions.count; i++) {
        const struct definition *d = a->r->to->definitions.items[i];

        if ((d->detail == DETAIL_DOMAIN || d->detail == DETAIL_COMPOSITE)
            && slice_equal(d->name, t->name))
            return true;
    }
    return false;
}

static bool
key_can_be_written(const struct alter *a, const struct table *parent,
                   const struct index_key *key)
{
    const struct column *c =
        key->expr != NULL ? NULL : table_find_column(parent, key->column);

    return c != NULL && slice_is_none(key->collation) && slice_is_none(key->opclass)
           && c->type.dimensions == 0 && !is_made_of_others(a, &c->type);
}

/* The server calls the function that tells a remainder without a collation, which no
 * CHECK can do: the two are not alike. */
static bool
has_collation(const struct alter *a, const struct type *t)
{
    return type_family(t) == FAMILY_TEXT
           || (t->kind == TYPE_NAMED
               && catalog_find_enum(a->r->to, t->schema, t->name) == NULL);
}

static bool
can_be_written(const struct alter *a, const struct table *parent,
               const struct partition_bound *b)
{
    VEC_EACH (i, &parent->partition_by->keys.all) {
        const struct index_key *key = &parent->partition_by->keys.all.items[i];

        if (!key_can_be_written(a, parent, key)
            || (b->kind == BOUND_HASH
                && has_collation(a, &table_find_column(parent, key->column)->type)))
            return false;
    }
    return b->kind != BOUND_DEFAULT;
}

/* A partition of a partition is within the bounds of both. */
bool
online_bound_can_be_written(const struct alter *a, const struct table *t)
{
    const struct table *parent;

    for (; t->bound != NULL; t = parent) {
        parent = catalog_whole_of(a->r->to, t);
        if (parent == NULL || !can_be_written(a, parent, t->bound))
            return false;
    }
    return true;
}

/* ---- values ---- */

struct bound_words {
    struct alter *a;
    struct sqlw *w;
    const struct table *parent;
    const struct partition_bound *bound;
};

static size_t
key_count(const struct bound_words *x)
{
    return x->parent->partition_by->keys.all.count;
}

static const struct column *
key_column(const struct bound_words *x, size_t i)
{
    const struct index_key *key = &x->parent->partition_by->keys.all.items[i];

    return table_find_column(x->parent, key->column);
}

static void
write_value(const struct bound_words *x, size_t key, const struct expr *value)
{
    sqlw_kw(x->w, "CAST(");
    x->w->need_blank = false;
    sqlw_expr(x->w, value);
    sqlw_kw(x->w, "AS");
    sqlw_type(x->w, &key_column(x, key)->type);
    sqlw_close(x->w);
}

static void
compare(const struct bound_words *x, size_t key, const char *operator,
        const struct expr *value)
{
    sqlw_ident(x->w, key_column(x, key)->name);
    sqlw_kw(x->w, operator);
    write_value(x, key, value);
}

/* ---- by range ---- */

static bool
is_value(const struct expr *e)
{
    return e->kind != EXPR_NAME; /* MINVALUE, MAXVALUE */
}

static bool
is_word(const struct expr *e, const char *word)
{
    return e->kind == EXPR_NAME && slice_equal_fold(e->text, slice_from(word));
}

static const char *
end_operator(const struct bound_words *x, bool is_from, size_t key)
{
    bool is_last = key + 1 == key_count(x);

    if (is_from)
        return is_last || is_word(x->bound->from.items[key + 1], "minvalue") ? ">=" : ">";
    return !is_last && is_word(x->bound->to.items[key + 1], "maxvalue") ? "<=" : "<";
}

static const struct expr *
end_value(const struct bound_words *x, bool is_from, size_t key)
{
    return is_from ? x->bound->from.items[key] : x->bound->to.items[key];
}

/* (a > 1 OR a = 1 AND b >= 2), from the key number `first` on. */
static void
write_end(const struct bound_words *x, bool is_from, size_t first)
{
    size_t last = first;

    while (last < key_count(x) && is_value(end_value(x, is_from, last)))
        last++;
    if (last == first)
        return;
    sqlw_kw(x->w, "AND");
    if (last > first + 1)
        sqlw_open(x->w);
    for (size_t arm = first; arm < last; arm++) {
        if (arm > first)
            sqlw_kw(x->w, "OR");
        for (size_t i = first; i < arm; i++) {
            compare(x, i, "=", end_value(x, is_from, i));
            sqlw_kw(x->w, "AND");
        }
        compare(x, arm, end_operator(x, is_from, arm), end_value(x, is_from, arm));
    }
    if (last > first + 1)
        sqlw_close(x->w);
}

static void
write_range(const struct bound_words *x)
{
    size_t first = 0;

    for (size_t i = 0; i < key_count(x); i++) {
        if (i > 0)
            sqlw_kw(x->w, "AND");
        sqlw_ident(x->w, key_column(x, i)->name);
        sqlw_kw(x->w, "IS NOT NULL");
    }
    for (; first + 1 < key_count(x) && is_value(x->bound->from.items[first])
           && is_value(x->bound->to.items[first])
           && expr_equal(x->bound->from.items[first], x->bound->to.items[first]);
         first++) {
        sqlw_kw(x->w, "AND");
        compare(x, first, "=", x->bound->from.items[first]);
    }
    write_end(x, true, first);
    write_end(x, false, first);
}

/* ---- by list and by hash ---- */

static void
write_list(const struct bound_words *x)
{
    const struct partition_bound *b = x->bound;
    bool has_null = false;
    bool any = false;

    VEC_EACH (i, &b->from)
        has_null |= b->from.items[i]->kind == EXPR_NULL;
    sqlw_ident(x->w, key_column(x, 0)->name);
    sqlw_kw(x->w, has_null ? "IS NULL" : "IS NOT NULL");
    VEC_EACH (i, &b->from) {
        if (b->from.items[i]->kind == EXPR_NULL)
            continue;
        if (any) {
            sqlw_comma(x->w);
        } else {
            sqlw_kw(x->w, has_null ? "OR" : "AND");
            sqlw_ident(x->w, key_column(x, 0)->name);
            sqlw_kw(x->w, "IN");
            sqlw_open(x->w);
        }
        any = true;
        write_value(x, 0, b->from.items[i]);
    }
    if (any)
        sqlw_close(x->w);
}

static void
write_hash(const struct bound_words *x)
{
    sqlw_kw(x->w, "satisfies_hash_partition(");
    x->w->need_blank = false;
    sqlw_string(x->w, alter_name(x->a, x->parent->schema, x->parent->name));
    postgres_write_cast(x->w, SLICE("regclass"));
    sqlw_comma(x->w);
    sqlw_number(x->w, x->bound->modulus);
    sqlw_comma(x->w);
    sqlw_number(x->w, x->bound->remainder);
    for (size_t i = 0; i < key_count(x); i++) {
        sqlw_comma(x->w);
        sqlw_ident(x->w, key_column(x, i)->name);
    }
    sqlw_close(x->w);
}

/* ---- all of it ---- */

static void
write_bound(const struct bound_words *x)
{
    switch (x->bound->kind) {
    case BOUND_RANGE:
        write_range(x);
        break;
    case BOUND_LIST:
        write_list(x);
        break;
    case BOUND_HASH:
        write_hash(x);
        break;
    case BOUND_DEFAULT: /* not written */
        break;
    }
}

/* The rows of a default partition are within the bounds above it anyway. */
struct slice
online_bound(struct alter *a, const struct table *t, bool outside)
{
    struct postgres_statement st;
    bool alone = !outside && catalog_whole_of(a->r->to, t)->bound == NULL;
    bool first = true;

    postgres_begin(a->s, &st);
    for (; t->bound != NULL && (first || !outside); t = catalog_whole_of(a->r->to, t)) {
        struct bound_words x = { a, &st.w, catalog_whole_of(a->r->to, t), t->bound };

        if (!first)
            sqlw_kw(&st.w, "AND");
        first = false;
        if (outside)
            sqlw_kw(&st.w, "NOT");
        if (!alone)
            sqlw_open(&st.w);
        write_bound(&x);
        if (!alone)
            sqlw_close(&st.w);
    }
    return postgres_end(&st);
}
