/*
 * Tables in use that become partitions.  ATTACH PARTITION reads the table, and the
 * default partition, while nobody may read them, unless a validated CHECK proves what it
 * looks for; and it builds what the table lacks of the parent's indexes and keys.  So all
 * that is there before it, and the checks go with it (facts pg15-ddl-locks,
 * part.attach*).
 *
 * The server has to find the proof itself, so it is given in the words that it uses for a
 * bound: of one plain column, by range or list, and of types whose comparison needs no
 * cast.  A table that is partitioned itself, is the default partition or lacks a foreign
 * key of the parent is read all the same.
 */
#include "dialect/postgres/postgres.h"

#include "model/naming.h"

#define LIST_VALUES_MAX 100 /* the server looks into no more (MAX_SAOP_ARRAY_SIZE) */

/* ---- which bounds ---- */

static bool
compares_plainly(const struct type *t)
{
    return t->dimensions == 0
           && (t->kind == TYPE_INT2 || t->kind == TYPE_INT4 || t->kind == TYPE_INT8
               || t->kind == TYPE_DATE || t->kind == TYPE_TIMESTAMP
               || t->kind == TYPE_TIMESTAMPTZ || t->kind == TYPE_TEXT);
}

static const struct column *
key_column(const struct table *parent)
{
    const struct index_keys *keys = &parent->partition_by->keys;
    const struct index_key *key = &keys->all.items[0];
    const struct column *c =
        keys->all.count != 1 || key->expr != NULL || !slice_is_none(key->collation)
                || !slice_is_none(key->opclass)
            ? NULL
            : table_find_column(parent, key->column);

    return c == NULL || !compares_plainly(&c->type) || !slice_is_none(c->collation)
               ? NULL
               : c;
}

static bool
has_null(const struct partition_bound *b)
{
    VEC_EACH (i, &b->from)
        if (b->from.items[i]->kind == EXPR_NULL)
            return true;
    return false;
}

static bool
lacks_foreign_key(const struct alter *a, const struct table *t)
{
    VEC_EACH (i, &t->constraints)
        if (t->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY
            && t->constraints.items[i]->inherited
            && !online_key_stands(a, t, t->constraints.items[i]))
            return true;
    return false;
}

/* By the table that joins: the default partition makes room for several. */
static struct slice
check_name(struct alter *a, const struct table *joins)
{
    return slice_format(&a->s->arena, "schemac_bound_%.*s", SLICE_ARG(joins->name));
}

static bool
can_be_proved(struct alter *a, const struct table *parent, const struct table *t)
{
    bool is_range = t->bound->kind == BOUND_RANGE;
    bool is_list = t->bound->kind == BOUND_LIST;

    return (is_range || is_list) && key_column(parent) != NULL && t->partition_by == NULL
           && !lacks_foreign_key(a, t)
           && check_name(a, t).len <= IDENTIFIER_BYTES_MAX
           && (is_range
               || (!has_null(t->bound) && t->bound->from.count <= LIST_VALUES_MAX));
}

/* NULL: there is none, or it is new and empty. */
static const struct table *
default_partition(const struct alter *a, const struct table *parent)
{
    const struct table *t =
        map_get(&a->new_rests, catalog_key(&a->s->arena, parent->schema, parent->name));

    return t != NULL && alter_was_there(a, t) ? t : NULL;
}

/* ---- a bound as a condition ---- */

static void
write_value(struct sqlw *w, const struct column *c, const struct expr *value)
{
    sqlw_kw(w, "CAST(");
    w->need_blank = false;
    sqlw_expr(w, value);
    sqlw_kw(w, "AS");
    postgres_write_column_type(w, c);
    sqlw_close(w);
}

static void
write_end(struct sqlw *w, const struct column *c, const char *operator,
          const struct expr *value)
{
    if (value->kind == EXPR_NAME)
        return; /* MINVALUE, MAXVALUE */
    sqlw_kw(w, "AND");
    sqlw_ident(w, c->name);
    sqlw_kw(w, operator);
    write_value(w, c, value);
}

static void
write_bound(struct sqlw *w, const struct column *c, const struct partition_bound *b)
{
    sqlw_ident(w, c->name);
    sqlw_kw(w, "IS NOT NULL");
    if (b->kind == BOUND_RANGE) {
        write_end(w, c, ">=", b->from.items[0]);
        write_end(w, c, "<", b->to.items[0]);
        return;
    }
    sqlw_kw(w, "AND");
    sqlw_ident(w, c->name);
    sqlw_kw(w, "IN");
    sqlw_open(w);
    VEC_EACH (i, &b->from) {
        if (i > 0)
            sqlw_comma(w);
        write_value(w, c, b->from.items[i]);
    }
    sqlw_close(w);
}

/* ---- steps ---- */

static struct slice
condition(struct alter *a, const struct column *key, const struct partition_bound *b,
          bool outside)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    if (outside) {
        sqlw_kw(&st.w, "NOT");
        sqlw_open(&st.w);
    }
    write_bound(&st.w, key, b);
    if (outside)
        sqlw_close(&st.w);
    return postgres_end(&st);
}

/* Rows in the way, before anything changes: in the names that hold now. */
static void
require_bound(struct alter *a, struct action *to, const struct change *c,
              const struct column *key, const struct table *t, bool is_default)
{
    const struct table *old = diff_old_table(a->r->changes, t);
    const struct column *now = table_find_column(old, key->name);

    if (a->r->has_data_step || now == NULL || !type_equal(&now->type, &key->type))
        return;
    alter_require(
        a, to,
        slice_format(&a->s->arena, "%.*s has rows %s the bound of %.*s",
                     SLICE_ARG(old->name), is_default ? "within" : "outside of",
                     SLICE_ARG(c->new.table->name)),
        slice_format(&a->s->arena, "SELECT %.*s FROM %.*s WHERE %.*s",
                     SLICE_ARG(alter_sample(a, old)),
                     SLICE_ARG(alter_name(a, old->schema, old->name)),
                     SLICE_ARG(condition(a, key, c->new.table->bound, !is_default))));
}

static void
prove(struct alter *a, const struct change *c, const struct table *parent,
      const struct table *t)
{
    const struct column *key = key_column(parent);
    bool is_default = t != c->new.table;
    struct action *to = alter_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, c);
    struct postgres_statement st;

    to->title = slice_format(&a->s->arena, "hold the rows of %.*s to the bound",
                             SLICE_ARG(t->name));
    to->table = t->name;
    postgres_begin_alter(a->s, &st, t, "ADD CONSTRAINT");
    sqlw_ident(&st.w, check_name(a, c->new.table));
    sqlw_kw(&st.w, "CHECK");
    sqlw_open(&st.w);
    sqlw_raw(&st.w, condition(a, key, c->new.table->bound, is_default));
    sqlw_close(&st.w);
    sqlw_kw(&st.w, "NOT VALID");
    alter_sql(a, to, postgres_end(&st));
    alter_reason(a, to, "NOT VALID checks new rows from now on and reads no old one.");

    to = alter_action(a, PHASE_SETTLE, SETTLE_VALIDATE, c);
    to->title =
        slice_format(&a->s->arena, "look at the rows of %.*s", SLICE_ARG(t->name));
    to->table = t->name;
    alter_validate(a, to, t, check_name(a, c->new.table));
    require_bound(a, to, c, key, t, is_default);
    alter_reason(a, to, "Others read and write while the rows are read.");
    online_settle(to, SETTLE_VALIDATE);
}

static void
drop_proof(struct alter *a, struct action *to, const struct table *t,
           const struct table *joins)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, "DROP CONSTRAINT");
    sqlw_ident(&st.w, check_name(a, joins));
    alter_sql(a, to, postgres_end(&st));
}

bool
online_attach(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.table;
    const struct table *parent =
        t->bound == NULL ? NULL
                         : catalog_find_table(a->r->to, t->parents.all.items[0].schema,
                                              t->parents.all.items[0].name);
    const struct table *rest;
    struct action *to;
    bool is_proved;

    if (parent == NULL || !online_is_in_use(a, t) || !online_is_in_use(a, parent))
        return false;
    is_proved = can_be_proved(a, parent, t);
    rest = default_partition(a, parent);
    if (is_proved)
        prove(a, c, parent, t);
    if (is_proved && rest != NULL)
        prove(a, c, parent, rest);
    online_build_missing_parts(a, c);
    to = alter_action(a, PHASE_SETTLE, SETTLE_JOIN, c);
    to->own_transaction = true;
    to->scans = !is_proved;
    online_wait_less(a, to);
    alter_sql(a, to, postgres_attach(a->s, t));
    if (is_proved)
        drop_proof(a, to, t, t);
    if (is_proved && rest != NULL)
        drop_proof(a, to, rest, t);
    alter_reason(a, to,
                 is_proved ? "The validated checks prove the bound, and its indexes are "
                             "there: no row is read."
                           : "No check can prove this bound to the server, or a foreign "
                             "key of the parent is missing: the rows are read.");
    return true;
}
