/*
 * The expressions of a table and its indexes, bound to its columns: DEFAULT, generated,
 * @back, CHECK, keys, WHERE.  Also that every column of a key is there.
 */
#include "resolve/places.h"

/* ---- the places of a table, each of which one row fills ---- */

static const struct place_rules in_generated = { D_BAD_GENERATED, "a generated column",
                                                 PLACE_FIXED };
static const struct place_rules in_index = { D_BAD_CONSTRAINT, "an index", PLACE_FIXED };
static const struct place_rules in_check = { D_BAD_CONSTRAINT, "a CHECK", 0 };
static const struct place_rules in_default = { D_BAD_DEFAULT, "a default", 0 };
static const struct place_rules in_predicate = { D_BAD_CONSTRAINT, "a partial index",
                                                 PLACE_FIXED };
static const struct place_rules in_partition_key = { D_BAD_CONSTRAINT, "a partition key",
                                                     PLACE_FIXED };

static const struct expr *
poison(struct build *b, const struct expr *e)
{
    return expr_leaf(b->a, EXPR_POISON, e->span, SLICE_NONE);
}

/*
 * A child shares the expressions of its parent until they are bound: each is bound once,
 * so that a mistake in it is told once.  A key of the map is the address of the tree.
 */
static struct slice
address_of(struct build *b, const struct expr *e)
{
    const void *address = e;

    return (struct slice){ arena_copy(b->a, &address, sizeof address), sizeof address };
}

const struct expr *
expr_find_known(struct build *b, const struct expr *e)
{
    return b->bound.count == 0 ? NULL : map_get(&b->bound, address_of(b, e));
}

/* Only tables of a family ask again. */
const struct expr *
expr_remember(struct build *b, const struct expr *e, const struct expr *bound)
{
    if (b->has_families)
        map_put(&b->bound, address_of(b, e), (void *)(uintptr_t)bound);
    return bound;
}

static const struct expr *
bind_own(struct build *b, const struct table *t, const struct expr *e,
         const struct place_rules *place)
{
    const struct expr *known = e == NULL ? NULL : expr_find_known(b, e);
    struct binder binder;

    if (e == NULL || known != NULL)
        return known;
    if (place_refuses(b, e, place))
        return expr_remember(b, e, poison(b, e));
    binder_init(&binder, b);
    return expr_remember(b, e, bind_in_table(&binder, t, e));
}

/* ---- DEFAULT: no row is there yet, so a name can only be a text ---- */

struct default_names {
    struct build *b;
    const struct column *column;
    bool reported;
};

static const struct expr *
default_node(void *context, const struct expr *e)
{
    struct default_names *d = context;
    struct expr *text;
    struct diag *diag;

    if (e->kind != EXPR_NAME && e->kind != EXPR_COLUMN)
        return e;
    if (e->arg_count == 0
        && ((e->flags & EXPR_QUOTED) || d->b->terms->quoted_may_be_text)) {
        text = expr_leaf(d->b->a, EXPR_STRING, e->span, e->text);
        text->flags = (d->b->terms->quoted_may_be_text ? EXPR_QUOTED : 0)
                      | (e->flags & EXPR_PARENS_BITS);
        return text;
    }
    if (e->arg_count == 0 && bind_is_word_of_session(e->text))
        return expr_leaf(d->b->a, EXPR_CALL_KEYWORD, e->span, e->text);
    if (!d->reported) {
        diag = diag_add(&d->b->s->diags, D_BAD_DEFAULT, e->span,
                        "the default of \"%.*s\" cannot read column \"%.*s\"",
                        SLICE_ARG(d->column->name), SLICE_ARG(e->text));
        diag_hint(&d->b->s->diags, diag, "a text is written in single quotes: '%.*s'",
                  SLICE_ARG(e->text));
    }
    d->reported = true;
    return poison(d->b, e);
}

static void
bind_default(struct build *b, struct column *c)
{
    struct default_names names = { b, c, false };
    struct binder binder;
    const struct expr *e = c->default_value;
    const struct expr *known = e == NULL ? NULL : expr_find_known(b, e);

    if (e == NULL)
        return;
    if (known != NULL) {
        c->default_value = known;
        return;
    }
    if (place_refuses(b, e, &in_default)) {
        c->default_value = poison(b, e);
        return;
    }
    e = expr_rewrite(b->a, e, default_node, &names);
    binder_init(&binder, b);
    c->default_value = expr_remember(b, c->default_value, bind_expr(&binder, NULL, e));
}

/* ---- generated columns ---- */

struct generated_names {
    struct build *b;
    const struct table *table;
    const struct column *column;
    bool reported;
};

static bool
generated_node(void *context, const struct expr *e)
{
    struct generated_names *g = context;
    const struct column *c =
        e->kind == EXPR_COLUMN ? table_find_column(g->table, e->text) : NULL;
    struct diag *d;

    if (c == NULL || c->generated == NULL
        || (g->b->terms->chains_generated && c != g->column))
        return true;
    g->reported = true;
    if (c == g->column) {
        diag_add(&g->b->s->diags, D_BAD_GENERATED, e->span,
                 "generated column \"%.*s\" refers to itself", SLICE_ARG(c->name));
        return false;
    }
    d = diag_add(&g->b->s->diags, D_BAD_GENERATED, e->span,
                 "generated column \"%.*s\" refers to generated column \"%.*s\"",
                 SLICE_ARG(g->column->name), SLICE_ARG(c->name));
    diag_note(&g->b->s->diags, d, c->span, "it is declared here");
    diag_hint(&g->b->s->diags, d, "PostgreSQL computes from stored columns only");
    return false;
}

static void
bind_generated(struct build *b, const struct table *t, struct column *c)
{
    struct generated_names g = { b, t, c, false };

    if (c->generated == NULL)
        return;
    c->generated = bind_own(b, t, c->generated, &in_generated);
    if (!c->inherited)
        expr_walk(c->generated, generated_node, &g);
}

static void
bind_columns(struct build *b, const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];
        struct binder binder;

        bind_default(b, c);
        bind_generated(b, t, c);
        binder_init(&binder, b);
        if (c->back != NULL)
            c->back = bind_in_table(&binder, t, c->back);
    }
}

/* @back of columns that went: over the row as it is without them. */
static void
bind_gone(struct build *b, const struct table *t)
{
    VEC_EACH (i, &t->gone) {
        struct column *c = t->gone.items[i];
        const struct column *there = table_find_column(t, c->name);
        struct binder binder;

        if (there != NULL) {
            struct diag *d = diag_add(&b->s->diags, D_ANNOTATION_MISPLACED, c->span,
                                      "@back computes \"%.*s\", which is there",
                                      SLICE_ARG(c->name));

            diag_note(&b->s->diags, d, there->span, "it is declared here");
            continue;
        }
        binder_init(&binder, b);
        c->back = bind_in_table(&binder, t, c->back);
    }
}

/* ---- keys ---- */

static struct span
key_span(const struct ast_keys *ast, size_t i, struct span otherwise)
{
    if (ast == NULL || i >= ast->all.count || ast->all.items[i].span.source == 0)
        return otherwise;
    return ast->all.items[i].span;
}

/* An expression that is only a column, perhaps with a COLLATE, is a plain key. */
static void
make_plain(struct index_key *k)
{
    const struct expr *e = k->expr;

    if (e->kind == EXPR_COLLATE && e->args[0]->kind == EXPR_COLUMN) {
        k->collation = e->text;
        e = e->args[0];
    }
    if (e->kind != EXPR_COLUMN)
        return;
    k->column = e->text;
    k->expr = NULL;
}

/* The column as it is declared.  No place: of a copy, whose original was reported. */
static bool
bind_name(struct build *b, struct work_table *w, struct slice *name, struct span span)
{
    const struct column *c = table_need_column(b, w, *name, span, span.source == 0);

    if (c != NULL)
        *name = c->name;
    return c != NULL;
}

static bool
bind_keys(struct build *b, struct work_table *w, struct index_keys *keys,
          const struct ast_keys *ast, struct span span, const struct place_rules *place)
{
    bool good = true;

    VEC_EACH (i, &keys->all) {
        struct index_key *k = &keys->all.items[i];
        size_t errors = b->s->diags.error_count;

        if (k->expr == NULL) {
            good &= bind_name(b, w, &k->column, key_span(ast, i, span));
            continue;
        }
        k->expr = bind_own(b, w->table, k->expr, place);
        good &= b->s->diags.error_count == errors;
        make_plain(k);
    }
    return good;
}

static bool
bind_names(struct build *b, struct work_table *w, struct slices *names,
           const struct ast_names *ast, struct span span)
{
    bool good = true;

    VEC_EACH (i, &names->all)
        good &=
            bind_name(b, w, &names->all.items[i],
                      ast != NULL && i < ast->all.count ? ast->all.items[i].span : span);
    return good;
}

static void
bind_constraint(struct build *b, struct work_table *w, struct work_constraint *c)
{
    struct constraint *k = c->constraint;
    const struct ast_constraint *ast = c->ast;
    size_t errors = b->s->diags.error_count;
    struct span span = c->parent != NULL ? SPAN_NONE : k->span;
    bool good =
        bind_keys(b, w, &k->keys, ast == NULL ? NULL : &ast->keys, span, &in_index);

    good &= bind_names(b, w, &k->include, ast == NULL ? NULL : &ast->include, span);
    good &=
        bind_names(b, w, &k->set_columns, ast == NULL ? NULL : &ast->set_columns, span);
    k->check = bind_own(b, w->table, k->check, &in_check);
    good &= condition_check(b, k->check, "a CHECK");
    c->broken |= !good || b->s->diags.error_count != errors;
}

static void
bind_index(struct build *b, struct work_table *w, struct work_index *i)
{
    struct index *k = i->index;
    const struct ast_create_index *ast = i->ast;

    struct span span = i->parent != NULL ? SPAN_NONE : k->span;

    bind_keys(b, w, &k->keys, ast == NULL ? NULL : &ast->keys, span, &in_index);
    bind_names(b, w, &k->include, ast == NULL ? NULL : &ast->include, span);
    k->where = bind_own(b, w->table, k->where, &in_predicate);
    condition_check(b, k->where, "a partial index");
}

void
tables_bind(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        bind_columns(b, o->u.table->table);
        bind_gone(b, o->u.table->table);
        if (o->u.table->partition_keys != NULL)
            bind_keys(b, o->u.table, o->u.table->partition_keys, NULL,
                      o->u.table->table->partition_by->span, &in_partition_key);
        VEC_EACH (k, &o->u.table->constraints)
            bind_constraint(b, o->u.table, o->u.table->constraints.items[k]);
        VEC_EACH (k, &o->u.table->indexes)
            bind_index(b, o->u.table, o->u.table->indexes.items[k]);
    }
}
