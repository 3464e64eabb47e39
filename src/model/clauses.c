#include "model/clauses.h"

void
clause_names(struct sqlw *w, const char *words, const struct slices *names)
{
    if (names->all.count == 0)
        return;
    if (words != NULL)
        sqlw_kw(w, words);
    sqlw_idents(w, names->all.items, names->all.count);
}

/* A call may stand as it is; any other expression needs parentheses of its own. */
static void
write_member(struct sqlw *w, const struct index_key *k)
{
    if (k->expr == NULL)
        sqlw_ident(w, k->column);
    else if (k->expr->kind == EXPR_CALL && (k->expr->flags & EXPR_SPECIAL) == 0)
        sqlw_expr(w, k->expr);
    else
        sqlw_expr_grouped(w, k->expr);
}

static void
write_key(struct sqlw *w, const struct index_key *k)
{
    write_member(w, k);
    if (!slice_is_none(k->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, k->collation);
    }
    if (!slice_is_none(k->opclass))
        sqlw_raw(w, k->opclass);
    if (k->descending)
        sqlw_kw(w, "DESC");
    if (k->nulls != NULLS_DEFAULT)
        sqlw_kw(w, nulls_order_words(k->nulls));
    if (!slice_is_none(k->operator)) {
        sqlw_kw(w, "WITH");
        sqlw_raw(w, k->operator);
    }
}

void
clause_keys(struct sqlw *w, const struct index_keys *keys)
{
    sqlw_open(w);
    VEC_EACH (i, &keys->all) {
        if (i > 0)
            sqlw_comma(w);
        write_key(w, &keys->all.items[i]);
    }
    sqlw_close(w);
}

static void
write_action(struct sqlw *w, const char *event, enum fk_action action)
{
    if (action == FK_NO_ACTION)
        return;
    sqlw_kw(w, event);
    sqlw_kw(w, fk_action_words(action));
}

void
clause_references(struct sqlw *w, const struct constraint *k)
{
    sqlw_kw(w, "REFERENCES");
    sqlw_qualified(w, k->ref_schema, k->ref_table);
    clause_names(w, NULL, &k->ref_columns);
    if (k->match != FK_MATCH_SIMPLE)
        sqlw_kw(w, fk_match_words(k->match));
    write_action(w, "ON DELETE", k->on_delete);
    clause_names(w, NULL, &k->set_columns);
    write_action(w, "ON UPDATE", k->on_update);
}

/* ---- tables made of tables ---- */

void
clause_partition_by(struct sqlw *w, const struct partition_by *p)
{
    if (p == NULL)
        return;
    sqlw_kw(w, "PARTITION BY");
    sqlw_kw(w, partition_strategy_words(p->strategy));
    clause_keys(w, &p->keys);
}

static void
write_bound_values(struct sqlw *w, const struct expr *const *values, size_t count)
{
    sqlw_open(w);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sqlw_comma(w);
        if (values[i]->kind == EXPR_NAME)
            sqlw_kw(w, slice_is(values[i]->text, "minvalue") ? "MINVALUE" : "MAXVALUE");
        else
            sqlw_expr(w, values[i]);
    }
    sqlw_close(w);
}

static void
write_hash(struct sqlw *w, const struct partition_bound *b)
{
    sqlw_kw(w, "FOR VALUES WITH");
    sqlw_open(w);
    sqlw_kw(w, "MODULUS");
    sqlw_number(w, b->modulus);
    sqlw_comma(w);
    sqlw_kw(w, "REMAINDER");
    sqlw_number(w, b->remainder);
    sqlw_close(w);
}

void
clause_bound(struct sqlw *w, const struct partition_bound *b)
{
    switch (b->kind) {
    case BOUND_DEFAULT:
        sqlw_kw(w, "DEFAULT");
        break;
    case BOUND_RANGE:
        sqlw_kw(w, "FOR VALUES FROM");
        write_bound_values(w, b->from.items, b->from.count);
        sqlw_kw(w, "TO");
        write_bound_values(w, b->to.items, b->to.count);
        break;
    case BOUND_LIST:
        sqlw_kw(w, "FOR VALUES IN");
        write_bound_values(w, b->from.items, b->from.count);
        break;
    case BOUND_HASH:
        write_hash(w, b);
        break;
    }
}

void
clause_parents(struct sqlw *w, const struct relation_names *parents)
{
    sqlw_kw(w, "INHERITS");
    sqlw_open(w);
    VEC_EACH (i, &parents->all) {
        if (i > 0)
            sqlw_comma(w);
        sqlw_qualified(w, parents->all.items[i].schema, parents->all.items[i].name);
    }
    sqlw_close(w);
}

/* ---- how a relation is kept ---- */

/* What CREATE TABLE cannot say of a column, so that ALTER TABLE does. */
enum kept_facet {
    KEPT_DEFAULT, /* of a column that INHERITS brings */
    KEPT_NOT_NULL,
    KEPT_STORAGE,
    KEPT_COMPRESSION,
    KEPT_STATISTICS,
    KEPT_OPTIONS,
};

static void
begin_setting(struct sqlw *w, const struct table *t)
{
    sqlw_kw(w, "ALTER TABLE ONLY");
    sqlw_qualified(w, t->schema, t->name);
}

static void
begin_column(struct sqlw *w, const struct table *t, const struct column *c)
{
    begin_setting(w, t);
    sqlw_kw(w, "ALTER COLUMN");
    sqlw_ident(w, c->name);
}

/* INHERITS brings the column, and only ALTER can say more of it. */
static bool
says_more(const struct table *t, const struct column *c)
{
    return t->parents.all.count > 0 && t->bound == NULL && !t->attached && c->inherited
           && !c->is_local;
}

static void
write_own_default(struct sqlw *w, const struct table *t, const struct column *c)
{
    begin_column(w, t, c);
    if (c->default_value == NULL) {
        sqlw_kw(w, "DROP DEFAULT");
        return;
    }
    sqlw_kw(w, "SET DEFAULT");
    sqlw_expr(w, c->default_value);
}

static void
write_column_facet(struct sqlw *w, const struct table *t, const struct column *c,
                   enum kept_facet facet)
{
    if (facet == KEPT_DEFAULT) {
        write_own_default(w, t, c);
        return;
    }
    begin_column(w, t, c);
    sqlw_kw(w, facet == KEPT_NOT_NULL     ? "SET NOT NULL"
               : facet == KEPT_STORAGE    ? "SET STORAGE"
               : facet == KEPT_STATISTICS ? "SET STATISTICS"
               : facet == KEPT_OPTIONS    ? "SET"
                                          : "SET COMPRESSION");
    if (facet == KEPT_STORAGE)
        sqlw_raw(w, c->storage);
    if (facet == KEPT_COMPRESSION)
        sqlw_raw(w, c->compression);
    if (facet == KEPT_STATISTICS)
        sqlw_number(w, c->statistics);
    if (facet == KEPT_OPTIONS) {
        sqlw_open(w);
        sqlw_raw(w, c->options);
        sqlw_close(w);
    }
}

static bool
has_facet(const struct table *t, const struct column *c, enum kept_facet facet)
{
    switch (facet) {
    case KEPT_DEFAULT:
        return says_more(t, c) && c->own_default;
    case KEPT_NOT_NULL:
        return says_more(t, c) && c->own_not_null;
    case KEPT_STORAGE:
        return !slice_is_none(c->storage);
    case KEPT_COMPRESSION:
        return !slice_is_none(c->compression);
    case KEPT_STATISTICS:
        return c->has_statistics;
    case KEPT_OPTIONS:
        return c->options.len > 0;
    }
    return false;
}

static void
write_replica_identity(struct sqlw *w, const struct table *t)
{
    begin_setting(w, t);
    sqlw_kw(w, "REPLICA IDENTITY");
    if (slice_is(t->replica_identity, "index")) {
        sqlw_kw(w, "USING INDEX");
        sqlw_ident(w, t->replica_index);
    } else {
        sqlw_kw(w, slice_is(t->replica_identity, "full") ? "FULL" : "NOTHING");
    }
}

static void
write_facets(const struct table *t, enum kept_facet first, enum kept_facet last,
             settings_fn *write, void *context)
{
    VEC_EACH (i, &t->columns)
        for (enum kept_facet k = first; k <= last; k++) {
            const struct column *c = t->columns.items[i];
            struct sqlw *w;

            if (!has_facet(t, c, k))
                continue;
            w = write(context, false);
            write_column_facet(w, t, c, k);
            write(context, true);
        }
}

void
clause_column_rules(const struct table *t, settings_fn *write, void *context)
{
    write_facets(t, KEPT_DEFAULT, KEPT_NOT_NULL, write, context);
}

void
clause_column_settings(const struct table *t, settings_fn *write, void *context)
{
    write_facets(t, KEPT_STORAGE, KEPT_OPTIONS, write, context);
}

void
clause_index_choices(const struct table *t, settings_fn *write, void *context)
{
    struct sqlw *w;

    if (!slice_is_none(t->clustered_on)) {
        w = write(context, false);
        sqlw_kw(w, "ALTER TABLE");
        sqlw_qualified(w, t->schema, t->name);
        sqlw_kw(w, "CLUSTER ON");
        sqlw_ident(w, t->clustered_on);
        write(context, true);
    }
    if (!slice_is_none(t->replica_identity)) {
        w = write(context, false);
        write_replica_identity(w, t);
        write(context, true);
    }
}

void
clause_of_type(const struct table *t, settings_fn *write, void *context)
{
    struct sqlw *w;

    if (slice_is_none(t->of_type.name))
        return;
    w = write(context, false);
    sqlw_kw(w, "ALTER TABLE");
    sqlw_qualified(w, t->schema, t->name);
    sqlw_kw(w, "OF");
    sqlw_qualified(w, t->of_type.schema, t->of_type.name);
    write(context, true);
}

void
clause_row_security(const struct table *t, settings_fn *write, void *context)
{
    for (size_t i = 0; i < 2; i++) {
        struct sqlw *w;

        if (!(i == 0 ? t->row_security : t->force_row_security))
            continue;
        w = write(context, false);
        sqlw_kw(w, "ALTER TABLE");
        sqlw_qualified(w, t->schema, t->name);
        sqlw_kw(w, i == 0 ? "ENABLE ROW LEVEL SECURITY" : "FORCE ROW LEVEL SECURITY");
        write(context, true);
    }
}

void
clause_index_settings(const struct index *x, settings_fn *write, void *context)
{
    VEC_EACH (i, &x->keys.all) {
        struct sqlw *w;

        if (!x->keys.all.items[i].has_statistics)
            continue;
        w = write(context, false);
        sqlw_kw(w, "ALTER INDEX");
        sqlw_qualified(w, x->table->schema, x->name);
        sqlw_kw(w, "ALTER COLUMN");
        sqlw_number(w, (int64_t)i + 1);
        sqlw_kw(w, "SET STATISTICS");
        sqlw_number(w, x->keys.all.items[i].statistics);
        write(context, true);
    }
}
