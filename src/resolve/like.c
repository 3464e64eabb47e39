/*
 * Columns from elsewhere: LIKE, and the query of CREATE TABLE AS.
 */
#include "resolve/definitions.h"
#include "resolve/scope.h"

#include "model/naming.h"

/* ---- LIKE ---- */

static bool
copies(const struct ast_like *ast, enum like_part part)
{
    return ast->parts & part;
}

/* What fills the column: nothing of it is copied that is not asked for. */
static void
like_value(struct build *b, const struct ast_like *ast, const struct work_table *source,
           struct column *c)
{
    bool is_serial = c->identity == IDENTITY_SERIAL;

    c->not_null |= c->identity != IDENTITY_NONE || table_key_has(source, c->name);
    c->null_default = c->null_default && copies(ast, LIKE_DEFAULTS);
    if (!copies(ast, LIKE_DEFAULTS))
        c->default_value = NULL;
    else if (is_serial) /* a copy counts by the sequence of its source */
        c->default_value = naming_nextval(b->s, source->table, c);
    if (is_serial || !copies(ast, LIKE_IDENTITY)) {
        c->identity = IDENTITY_NONE;
        c->numbering = NULL;
    }
    if (!copies(ast, LIKE_GENERATED))
        c->generated = NULL;
}

static void
like_column(struct build *b, struct work_table *w, const struct ast_like *ast,
            const struct work_table *source, const struct column *from)
{
    const struct column *other = table_find_column(w->table, from->name);
    struct column *c;
    struct diag *d;

    if (other != NULL) {
        d = diag_add(&b->s->diags, D_DUPLICATE_COLUMN, ast->span,
                     "LIKE brings a second column \"%.*s\" into table \"%.*s\"",
                     SLICE_ARG(from->name), SLICE_ARG(w->table->name));
        diag_note(&b->s->diags, d, other->span, "the first is here");
        return;
    }
    c = column_copy(b, from);
    c->inherited = false;
    c->is_local = false;
    c->has_statistics = false;
    c->options = SLICE("");
    if (!copies(ast, LIKE_COMMENTS))
        c->comment = SLICE_NONE;
    if (!copies(ast, LIKE_STORAGE))
        c->storage = SLICE_NONE;
    if (!copies(ast, LIKE_COMPRESSION))
        c->compression = SLICE_NONE;
    like_value(b, ast, source, c);
    table_push_column(b, w, (struct work_column){ .column = c });
}

static struct work_constraint *
like_constraint(struct build *b, struct work_table *w, const struct ast_like *ast,
                const struct work_constraint *from)
{
    struct work_constraint *c = ARENA_NEW(b->a, struct work_constraint);
    bool is_check = from->constraint->kind == CONSTRAINT_CHECK;

    c->constraint = constraint_copy(b, from->constraint);
    c->constraint->inherited = false;
    c->constraint->is_local = false;
    c->broken = from->broken;
    if (!is_check || from->constraint->name_is_derived)
        c->constraint->name = SLICE_NONE;
    if (is_check)
        c->named_after = from;
    c->constraint->name_is_derived = false;
    if (!copies(ast, LIKE_COMMENTS))
        c->constraint->comment = SLICE_NONE;
    table_adopt_constraint(b, w, c);
    return c;
}

static bool
copies_constraint(const struct ast_like *ast, const struct constraint *k)
{
    switch (k->kind) {
    case CONSTRAINT_CHECK:
        return copies(ast, LIKE_CONSTRAINTS);
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_EXCLUDE:
        return copies(ast, LIKE_INDEXES);
    case CONSTRAINT_FOREIGN_KEY:
        return false;
    }
    return false;
}

static void
like_table(struct build *b, struct work_table *w, const struct ast_like *ast,
           const struct work_table *source)
{
    VEC_EACH (i, &source->table->columns)
        like_column(b, w, ast, source, source->table->columns.items[i]);
    VEC_EACH (i, &source->constraints)
        if (copies_constraint(ast, source->constraints.items[i]->constraint))
            like_constraint(b, w, ast, source->constraints.items[i]);
    if (copies(ast, LIKE_INDEXES))
        VEC_EACH (i, &source->indexes) {
            struct work_index *x = index_copy(b, w, source->indexes.items[i]);

            x->index->comment = copies(ast, LIKE_COMMENTS)
                                    ? source->indexes.items[i]->index->comment
                                    : SLICE_NONE;
        }
    if (copies(ast, LIKE_STATISTICS))
        statistics_copy(b, source->table, w->table, copies(ast, LIKE_COMMENTS));
}

/* ---- columns of a query ---- */

static bool
all_known(const struct scope_columns *columns)
{
    VEC_EACH (i, &columns->all)
        if (columns->all.items[i].type == NULL || columns->all.items[i].name.len == 0)
            return false;
    return columns->all.count > 0;
}

static void
add_query_column(struct build *b, struct work_table *w, struct slice name,
                 const struct type *type, struct span span)
{
    struct column *c = ARENA_NEW(b->a, struct column);

    if (table_find_column(w->table, name) != NULL) {
        diag_add(&b->s->diags, D_DUPLICATE_COLUMN, span,
                 "the query gives table \"%.*s\" two columns \"%.*s\"",
                 SLICE_ARG(w->table->name), SLICE_ARG(name));
        return;
    }
    c->name = name;
    c->type = *type;
    c->has_type = true;
    c->span = span;
    table_push_column(b, w, (struct work_column){ .column = c });
}

/* SELECT * FROM name */
static const struct expr *
all_of(struct build *b, const struct ast_name *name)
{
    struct expr *select =
        expr_new(b->a, QUERY_SELECT, name->span, SLICE_NONE, SELECT_SLOT_COUNT);
    bool qualified = !slice_is_none(name->schema);
    struct expr *table =
        expr_new(b->a, QUERY_TABLE, name->span, name->name, qualified ? 3 : 2);
    const struct expr *star = expr_leaf(b->a, EXPR_STAR, SPAN_NONE, SLICE_NONE);
    struct expr *target = expr_1(b->a, QUERY_TARGET, SPAN_NONE, SLICE_NONE, star);

    if (qualified)
        table->args[2] = expr_leaf(b->a, EXPR_PART, name->span, name->schema);
    select->args[SELECT_TARGETS] = expr_1(b->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, target);
    select->args[SELECT_FROM] = expr_1(b->a, EXPR_LIST, SPAN_NONE, SLICE_NONE, table);
    return select;
}

static bool
is_view(struct build *b, const struct ast_name *name)
{
    const struct object *o = object_find(b, &b->relations, schema_of(name), name->name);

    return o != NULL && o->role == ROLE_VIEW;
}

/* Of a view only the names and types of its columns are copied. */
static void
like_view(struct build *b, struct work_table *w, const struct ast_like *ast)
{
    struct scope_columns columns = { 0 };
    struct binder binder;
    bool opaque = false;

    binder_init(&binder, b);
    bind_query(&binder, NULL, all_of(b, &ast->source), &columns, &opaque);
    if (opaque || !all_known(&columns)) {
        diag_add(&b->s->diags, D_NOT_MODELLED, ast->source.span,
                 "the columns of view \"%.*s\" are not all known: write them out",
                 SLICE_ARG(ast->source.name));
        w->doubtful = true;
        return;
    }
    VEC_EACH (i, &columns.all)
        add_query_column(b, w, columns.all.items[i].name, columns.all.items[i].type,
                         ast->source.span);
}

void
table_add_like(struct build *b, struct work_table *w, const struct ast_like *ast)
{
    const struct work_table *source;

    if (is_view(b, &ast->source)) {
        like_view(b, w, ast);
        return;
    }
    source = table_need(b, &ast->source, false);
    if (source == w)
        diag_add(&b->s->diags, D_NO_SUCH_TABLE, ast->source.span,
                 "table \"%.*s\" cannot be like itself", SLICE_ARG(w->table->name));
    else if (source != NULL)
        like_table(b, w, ast, source);
    else
        w->doubtful = true; /* its columns are not known: that was reported */
}

/* ---- CREATE TABLE AS ---- */

/* A collation goes on into the new table by rules that we do not follow. */
static bool
reads_collation(const struct build *b, const struct slices *reads)
{
    VEC_EACH (i, &reads->all) {
        const struct object *o = map_get(&b->relations.exact, reads->all.items[i]);

        if (o == NULL || o->role != ROLE_TABLE)
            continue;
        VEC_EACH (k, &o->u.table->table->columns)
            if (!slice_is_none(o->u.table->table->columns.items[k]->collation))
                return true;
    }
    return false;
}

bool
table_add_query(struct build *b, struct work_table *w, const struct ast_create_table *ast)
{
    struct scope_columns columns = { 0 };
    struct slices reads = { 0 };
    struct binder binder;
    struct map seen;
    bool opaque = false;

    map_init(&seen, b->a);
    binder_init(&binder, b);
    binder.reads = &reads;
    binder.reads_seen = &seen;
    bind_query(&binder, NULL, ast->query, &columns, &opaque);
    if (reads_collation(b, &reads) || opaque || !all_known(&columns)
        || ast->columns.count > columns.all.count)
        return false;
    VEC_EACH (i, &columns.all)
        add_query_column(b, w,
                         i < ast->columns.count ? ast->columns.items[i]->name
                                                : columns.all.items[i].name,
                         columns.all.items[i].type, ast->name.span);
    return true;
}
