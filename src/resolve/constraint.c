/*
 * Constraints, written on a column or on the table: both become constraints of the
 * table, so that every later stage sees one form.
 */
#include "resolve/build.h"

#include <string.h>

struct slices
slices_from_names(struct build *b, const struct ast_names *from)
{
    struct slices to = { 0 };

    VEC_EACH (i, &from->all)
        VEC_PUSH(b->a, &to.all, from->all.items[i].name);
    return to;
}

/* schema.class (option='value'), without what says nothing. */
static struct slice
opclass_text(struct build *b, const struct ast_key *key)
{
    struct slice schema = schema_of(&key->opclass);
    struct slice text = key->opclass.name;

    if (!slice_is_none(schema) && !slice_is(schema, "pg_catalog"))
        text = slice_format(b->a, "%.*s.%.*s", SLICE_ARG(schema), SLICE_ARG(text));
    if (key->opclass_options != NULL)
        text = slice_format(b->a, "%.*s (%.*s)", SLICE_ARG(text),
                            SLICE_ARG(options_text(b, key->opclass_options, key->span)));
    return text;
}

/* DESC NULLS FIRST is DESC, ASC NULLS LAST is ASC: what pg_dump leaves out. */
static enum nulls_order
meant_nulls(const struct ast_key *key)
{
    enum nulls_order usual = key->descending ? NULLS_FIRST : NULLS_LAST;

    return key->nulls == usual ? NULLS_DEFAULT : key->nulls;
}

static struct index_key
key_make(struct build *b, const struct ast_key *from)
{
    struct index_key key = { .column = from->column,
                             .expr = from->expr,
                             .collation = from->collation,
                             .opclass = opclass_text(b, from),
                             .descending = from->descending,
                             .nulls = meant_nulls(from),
                             .operator= from->operator, };

    return key;
}

struct index_keys
keys_make(struct build *b, const struct ast_keys *from)
{
    struct index_keys keys = { 0 };

    VEC_EACH (i, &from->all)
        VEC_PUSH(b->a, &keys.all, key_make(b, &from->all.items[i]));
    return keys;
}

void
keys_tell_prefixes(struct build *b, const struct ast_keys *keys)
{
    VEC_EACH (i, &keys->all) {
        const struct ast_key *key = &keys->all.items[i];

        if (!slice_is_none(key->prefix))
            diag_add(&b->s->diags, D_LOWER_NOTE, key->span,
                     "\"%.*s\" is unique as a whole: rows that are alike in the first "
                     "%.*s letters only are taken",
                     SLICE_ARG(key->column), SLICE_ARG(key->prefix));
    }
}

static struct constraint *
constraint_make(struct build *b, const struct ast_constraint *ast, struct slice on)
{
    struct constraint *c = ARENA_NEW(b->a, struct constraint);

    c->kind = ast->kind;
    c->name = ast->name;
    c->keys = keys_make(b, &ast->keys);
    if (ast->kind == CONSTRAINT_UNIQUE || ast->kind == CONSTRAINT_PRIMARY_KEY)
        keys_tell_prefixes(b, &ast->keys);
    if (ast->keys.all.count == 0 && !slice_is_none(on) && ast->kind != CONSTRAINT_CHECK)
        VEC_PUSH(b->a, &c->keys.all, ((struct index_key){ .column = on }));
    c->check = ast->check;
    c->match = ast->match;
    c->on_delete = ast->on_delete;
    c->on_update = ast->on_update;
    c->set_columns = slices_from_names(b, &ast->set_columns);
    c->deferral = ast->deferral;
    c->nulls_not_distinct = ast->nulls_not_distinct;
    c->not_valid = ast->not_valid;
    c->no_inherit = ast->no_inherit;
    c->include = slices_from_names(b, &ast->include);
    if (!slice_is(ast->method, "btree")) /* what it has without a word */
        c->method = ast->method;
    c->on_conflict = ast->on_conflict;
    c->span = ast->span;
    c->options = options_text(b, &ast->options, ast->span);
    c->tablespace = tablespace_plain(ast->tablespace);
    if (ast->kind == CONSTRAINT_FOREIGN_KEY) {
        c->ref_schema = schema_of(&ast->ref_table);
        c->ref_table = ast->ref_table.name;
        c->ref_columns = slices_from_names(b, &ast->ref_columns);
    }
    annotate_constraint(b, c, &ast->annotations);
    return c;
}

void
table_adopt_constraint(struct build *b, struct work_table *w, struct work_constraint *c)
{
    const struct constraint *k = c->constraint;

    c->owner = w;
    VEC_PUSH(b->a, &w->constraints, c);
    if (k->kind == CONSTRAINT_FOREIGN_KEY)
        VEC_PUSH(b->a,
                 &referrers_of(b, catalog_key(b->a, k->ref_schema, k->ref_table))->all,
                 c);
}

void
table_remove_constraint(struct work_table *w, struct work_constraint *c)
{
    size_t kept = 0;

    c->dropped = true;
    VEC_EACH (i, &w->constraints)
        if (w->constraints.items[i] != c)
            w->constraints.items[kept++] = w->constraints.items[i];
    w->constraints.count = kept;
}

struct work_constraint *
table_primary_key(const struct work_table *w)
{
    VEC_EACH (i, &w->constraints)
        if (w->constraints.items[i]->constraint->kind == CONSTRAINT_PRIMARY_KEY)
            return w->constraints.items[i];
    return NULL;
}

bool
table_key_has(const struct work_table *w, struct slice column)
{
    const struct work_constraint *key = table_primary_key(w);

    return key != NULL && column_is_in(&key->constraint->keys, column);
}

static struct slice
only_of(const struct ast_constraint *ast)
{
    VEC_EACH (i, &ast->annotations.all)
        if (ast->annotations.all.items[i]->kind == ANNOTATION_ONLY)
            return ast->annotations.all.items[i]->dialect;
    return SLICE_NONE;
}

static const struct work_constraint *
find_named(const struct work_table *w, struct slice name)
{
    VEC_EACH (i, &w->constraints)
        if (!slice_is_none(name)
            && slice_equal(w->constraints.items[i]->constraint->name, name))
            return w->constraints.items[i];
    return NULL;
}

static bool
refuse_second_key(struct build *b, const struct work_table *w,
                  const struct ast_constraint *ast)
{
    const struct work_constraint *other = table_primary_key(w);
    struct diag *d;

    if (ast->kind != CONSTRAINT_PRIMARY_KEY || other == NULL)
        return false;
    d = diag_add(&b->s->diags, D_SECOND_PRIMARY_KEY, ast->span,
                 "table \"%.*s\" has two primary keys", SLICE_ARG(w->table->name));
    diag_note(&b->s->diags, d, other->constraint->span, "the first is here");
    diag_hint(&b->s->diags, d,
              "one PRIMARY KEY (a, b) for a key of two columns, or UNIQUE");
    return true;
}

static bool
refuse_second_name(struct build *b, const struct work_table *w,
                   const struct ast_constraint *ast)
{
    const struct work_constraint *other = find_named(w, ast->name);
    struct diag *d;

    if (other == NULL || !b->terms->unique_constraints
        || only_differs(other->constraint->only, only_of(ast)))
        return false;
    d = diag_add(&b->s->diags, D_DUPLICATE_OBJECT, ast->span,
                 "table \"%.*s\" has two constraints named \"%.*s\"",
                 SLICE_ARG(w->table->name), SLICE_ARG(ast->name));
    diag_note(&b->s->diags, d, other->constraint->span, "the first is here");
    return true;
}

/* ADD CONSTRAINT … UNIQUE USING INDEX i: the index becomes the constraint. */
static void
take_index(struct build *b, struct work_table *w, struct work_constraint *c,
           const struct ast_constraint *ast)
{
    struct work_index *x = table_find_work_index(b, w, ast->using_index);
    struct constraint *k = c->constraint;

    if (x == NULL) {
        diag_add(&b->s->diags, D_NO_SUCH_OBJECT, ast->span,
                 "table \"%.*s\" has no index \"%.*s\"", SLICE_ARG(w->table->name),
                 SLICE_ARG(ast->using_index));
        return;
    }
    k->keys = x->index->keys;
    k->include = x->index->include;
    k->nulls_not_distinct = x->index->nulls_not_distinct;
    k->options = x->index->options;
    k->tablespace = x->index->tablespace;
    if (slice_is_none(k->name))
        k->name = ast->using_index;
    c->part_of = x->parent;
    index_drop(b, x);
}

/* A CHECK that a parent has under that name, written here as well, is one. */
static struct work_constraint *
merge_check(struct build *b, struct work_table *w, const struct ast_constraint *ast)
{
    VEC_EACH (i, &w->constraints) {
        struct work_constraint *c = w->constraints.items[i];

        if (ast->kind != CONSTRAINT_CHECK || slice_is_none(ast->name) || c->parent == NULL
            || c->constraint->is_local || !slice_equal(constraint_name(b, c), ast->name)
            || !expr_equal(c->constraint->check, ast->check))
            continue;
        c->constraint->is_local = !is_partition(w);
        return c;
    }
    return NULL;
}

struct work_constraint *
table_add_constraint(struct build *b, struct work_table *w,
                     const struct ast_constraint *ast, struct slice on)
{
    struct work_constraint *c;

    c = merge_check(b, w, ast);
    if (c != NULL)
        return c;
    if (refuse_second_key(b, w, ast) || refuse_second_name(b, w, ast))
        return NULL;
    c = ARENA_NEW(b->a, struct work_constraint);
    c->ast = ast;
    c->constraint = constraint_make(b, ast, on);
    if (!slice_is_none(ast->using_index))
        take_index(b, w, c, ast);
    table_adopt_constraint(b, w, c);
    return c;
}
