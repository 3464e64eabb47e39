/*
 * The values that a column takes from the old row, as @from and @back say: in the names
 * that hold by then, and of its type.
 */
#include "dialect/postgres/alter.h"

struct row_names {
    struct alter *a;
    const struct table *old;
    const struct table *new;
    bool by_label; /* @from is a column that goes over as it is */
};

static struct slice
name_by_then(const struct row_names *r, struct slice old_name)
{
    VEC_EACH (i, &r->new->columns) {
        const struct column *c = r->new->columns.items[i];
        const struct column *was = diff_old_column(r->old, r->new, c);

        if (was != NULL && slice_equal(was->name, old_name))
            return c->name;
    }
    return old_name;
}

/* An expression speaks of the labels that the old row had. */
static const struct expr *
with_old_label(const struct row_names *r, const struct expr *old, const struct expr *now)
{
    const struct column *c =
        r->by_label || (old->kind != EXPR_COLUMN && old->kind != EXPR_NAME)
            ? NULL
            : table_find_column(r->old, old->text);
    const struct column *then = c == NULL ? NULL : table_find_column(r->new, now->text);
    const struct expr *label =
        c == NULL || !c->has_type
            ? NULL
            : alter_label_before(r->a, &c->type, then == NULL ? NULL : &then->type, now);

    return label == NULL ? now : label;
}

static const struct expr *
rename_node(void *context, const struct expr *e)
{
    const struct row_names *r = context;
    struct slice name = e->text;
    struct expr *copy;

    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        name = name_by_then(r, e->text);
    else if (e->kind == EXPR_PART && slice_equal(e->text, r->old->name))
        name = r->new->name;
    else if (e->kind == EXPR_FIELD)
        name = alter_attribute_then(r->a, r->new, e);
    if (slice_is_none(name) || slice_equal(name, e->text))
        return with_old_label(r, e, e);
    copy = arena_copy(&r->a->s->arena, e, sizeof *e);
    copy->text = name;
    return with_old_label(r, e, copy);
}

/* A literal takes the type of its column; an expression that gives text does not, nor
 * does one of which nothing is known. */
static bool
needs_cast(const struct expr *value, const struct type *to)
{
    if (expr_is_constant(value) || value->kind == EXPR_CAST
        || type_family(to) == FAMILY_TEXT)
        return false;
    return value->result == NULL || type_family(value->result) == FAMILY_TEXT;
}

const struct expr *
alter_value_by_then(struct alter *a, const struct table *old, const struct table *new,
                    const struct expr *value, const struct type *to)
{
    struct row_names names = { a, old, new, false };

    names.by_label = to->kind == TYPE_NAMED
                     && (value->kind == EXPR_COLUMN || value->kind == EXPR_NAME);
    return alter_value_of_type(a, expr_rewrite(&a->s->arena, value, rename_node, &names),
                               to);
}

const struct expr *
alter_value_of_type(struct alter *a, const struct expr *value, const struct type *to)
{
    struct expr *cast;

    to = alter_stored_type(a, to); /* a cast to a domain would cut what is too long */
    if (!needs_cast(value, to))
        return value;
    cast = expr_1(&a->s->arena, EXPR_CAST, value->span, SLICE_NONE, value);
    cast->type = to;
    return cast;
}

void
alter_fill(struct alter *a, struct action *to, const struct table *old,
           const struct table *new, const struct column *c, const struct expr *value,
           bool only_nulls)
{
    struct postgres_statement st;

    alter_hold_back(a, to, old, new);
    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "UPDATE");
    sqlw_qualified(&st.w, new->schema, new->name);
    sqlw_kw(&st.w, "SET");
    sqlw_ident(&st.w, c->name);
    sqlw_kw(&st.w, "=");
    sqlw_expr(&st.w, alter_value_by_then(a, old, new, value, &c->type));
    if (only_nulls) {
        sqlw_kw(&st.w, "WHERE");
        sqlw_ident(&st.w, c->name);
        sqlw_kw(&st.w, alter_null_words(a, &c->type));
    }
    alter_sql(a, to, postgres_end(&st));
    alter_let_go(a, to, old, new);
    to->rewrites = true;
}
