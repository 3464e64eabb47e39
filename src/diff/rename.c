/*
 * What the old side says, in the names of the new side.  Where nothing was renamed, the
 * old object itself comes back and no tree is copied.
 */
#include "diff/differ.h"

struct slice
differ_rename_column(const struct table_pair *pair, struct slice name)
{
    const struct column *c =
        pair->renames_columns ? table_find_column(pair->old, name) : NULL;
    size_t at = c == NULL ? MATCH_NONE : pair->columns.new_of_old[c->number];

    return at == MATCH_NONE ? name : pair->new->columns.items[at]->name;
}

void
differ_rename_type(const struct differ *d, const struct type *t, struct type *out)
{
    *out = *t;
    (void)retype_type(&d->types, out);
}

void
differ_add_type(struct differ *d, struct slice old_schema, struct slice old,
                struct slice schema, struct slice name)
{
    retyping_add(&d->types, old_schema, old, schema, name);
    d->renames = true;
}

struct rename_context {
    const struct differ *d;
    const struct table_pair *pair;
};

static const struct expr *
with_text(const struct rename_context *c, const struct expr *e, struct slice text)
{
    struct expr *copy;

    if (slice_equal(text, e->text))
        return e;
    copy = arena_copy(&c->d->s->arena, e, sizeof *e);
    copy->text = text;
    return copy;
}

/* A qualifier in a check or index can only be the table's own name. */
static const struct expr *
rename_node(void *context, const struct expr *e)
{
    const struct rename_context *c = context;

    e = retype_node(&c->d->types, e);
    if (c->pair == NULL)
        return e;
    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        return with_text(c, e, differ_rename_column(c->pair, e->text));
    if (e->kind == EXPR_PART && slice_equal(e->text, c->pair->old->name))
        return with_text(c, e, c->pair->new->name);
    return e;
}

const struct expr *
differ_rename_expr(const struct differ *d, const struct table_pair *pair,
                   const struct expr *e)
{
    struct rename_context context = { d, pair };

    if (!d->renames || e == NULL)
        return e;
    return expr_rewrite(&d->s->arena, e, rename_node, &context);
}

static struct slices
rename_columns(const struct differ *d, const struct table_pair *pair,
               const struct slices *names)
{
    struct slices out = { 0 };

    VEC_EACH (i, &names->all)
        VEC_PUSH(&d->s->arena, &out.all, differ_rename_column(pair, names->all.items[i]));
    return out;
}

static struct index_keys
rename_keys(const struct differ *d, const struct table_pair *pair,
            const struct index_keys *keys)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];

        if (!slice_is_none(k.column))
            k.column = differ_rename_column(pair, k.column);
        k.expr = differ_rename_expr(d, pair, k.expr);
        VEC_PUSH(&d->s->arena, &out.all, k);
    }
    return out;
}

/* The referenced table may have another name, and its columns too. */
static void
rename_reference(const struct differ *d, struct constraint *c)
{
    const struct table_pair *target = pair_of_old_table(d, c->ref_schema, c->ref_table);

    if (target == NULL)
        return;
    c->ref_schema = target->new->schema;
    c->ref_table = target->new->name;
    c->ref_columns = rename_columns(d, target, &c->ref_columns);
}

struct constraint
differ_rename_constraint(const struct differ *d, const struct table_pair *pair,
                         const struct constraint *c)
{
    struct constraint out = *c;

    if (!d->renames)
        return out;
    out.keys = rename_keys(d, pair, &c->keys);
    out.check = differ_rename_expr(d, pair, c->check);
    out.include = rename_columns(d, pair, &c->include);
    out.set_columns = rename_columns(d, pair, &c->set_columns);
    if (c->kind == CONSTRAINT_FOREIGN_KEY)
        rename_reference(d, &out);
    return out;
}

struct index
differ_rename_index(const struct differ *d, const struct table_pair *pair,
                    const struct index *i)
{
    struct index out = *i;

    out.table = pair->new;
    if (!d->renames)
        return out;
    out.keys = rename_keys(d, pair, &i->keys);
    out.include = rename_columns(d, pair, &i->include);
    out.where = differ_rename_expr(d, pair, i->where);
    return out;
}
