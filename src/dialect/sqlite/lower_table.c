/*
 * Tables in SQLite's terms: the columns and constraints that are declared for it, without
 * what belongs to a server's storage, its partitions and its inheritance.
 */
#include "dialect/sqlite/lower.h"

/* ---- which parts are ours ---- */

bool
lite_keys_are_there(const struct table *t, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all) {
        const struct index_key *k = &keys->all.items[i];

        if (k->expr == NULL && table_find_column(t, k->column) == NULL)
            return false;
    }
    return true;
}

struct missing {
    const struct table *neutral;
    const struct table *t;
};

static bool
is_there(void *context, const struct expr *e)
{
    const struct missing *m = context;

    return (e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
           || table_find_column(m->neutral, e->text) == NULL
           || table_find_column(m->t, e->text) != NULL;
}

/* Does it name no column that @only keeps for another dialect? */
bool
lite_expr_is_there(const struct table *neutral, const struct table *t,
                   const struct expr *e)
{
    struct missing m = { neutral, t };

    return e == NULL || expr_walk(e, is_there, &m);
}

static void
keep_our_columns(struct lite_lowering *l, struct table *t)
{
    size_t count = 0;

    map_init(&t->column_names, &l->s->arena);
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        if (!lite_is_ours(c->only))
            continue;
        c->number = count;
        t->columns.items[count++] = c;
        map_put(&t->column_names, c->name, c);
    }
    t->columns.count = count;
}

static void
keep_our_constraints(struct table *t, const struct table *neutral)
{
    size_t count = 0;

    VEC_EACH (i, &t->constraints) {
        struct constraint *k = t->constraints.items[i];

        if (lite_is_ours(k->only) && lite_keys_are_there(t, &k->keys)
            && lite_expr_is_there(neutral, t, k->check))
            t->constraints.items[count++] = k;
        else if (k == t->primary_key)
            t->primary_key = NULL;
    }
    t->constraints.count = count;
}

/* ---- tables ---- */

/* ---- the whole ---- */

static void
refuse_autoincrement_without_rowid(struct lite_lowering *l, const struct table *t)
{
    VEC_EACH (i, &t->columns)
        if (t->without_rowid && t->columns.items[i]->identity != IDENTITY_NONE)
            diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, t->columns.items[i]->span,
                     "%.*s: a WITHOUT ROWID table in SQLite counts up nothing",
                     SLICE_ARG(lite_column_title(l, t, t->columns.items[i])));
}

/* The rowid is never NULL, and SQLite's catalog says so only where it is written. */
static void
leave_rowid_unmarked(struct table *t)
{
    const struct column *rowid = table_rowid_column(t);

    if (rowid != NULL)
        t->columns.items[rowid->number]->not_null = false;
}

/* A partitioned table is one table that holds the rows of all partitions; of INHERITS
 * nothing stays but the columns. */
static void
tell_family(struct lite_lowering *l, const struct table *t)
{
    if (t->partition_by != NULL)
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, t->span,
                 "table \"%.*s\" has all its rows in one place: its partitions are left "
                 "out, SQLite has none",
                 SLICE_ARG(t->name));
    else if (t->parents.all.count > 0)
        diag_add(&l->s->diags, D_LOWER_LEFT_OUT, t->span,
                 "table \"%.*s\" has its parents' columns, and its rows are none of "
                 "theirs: SQLite has no INHERITS",
                 SLICE_ARG(t->name));
}

static void
forget_storage(struct table *t)
{
    t->options = SLICE("");
    t->unlogged = false;
    t->tablespace = SLICE_NONE;
    t->method = SLICE_NONE;
    t->clustered_on = SLICE_NONE;
    t->replica_identity = SLICE_NONE;
    t->replica_index = SLICE_NONE;
    t->row_security = false;
    t->force_row_security = false;
    t->partition_by = NULL;
    t->bound = NULL;
    t->of_type = (struct relation_name){ .name = SLICE_NONE };
    t->parents = (struct relation_names){ 0 };
    VEC_EACH (i, &t->columns) {
        struct column *c = t->columns.items[i];

        c->storage = SLICE_NONE;
        c->compression = SLICE_NONE;
        c->options = SLICE("");
        c->has_statistics = false;
        c->inherited = false;
        c->not_null_name = SLICE_NONE;
    }
    VEC_EACH (i, &t->constraints)
        t->constraints.items[i]->inherited = false;
}

/* PostgreSQL has tables of no columns, also once @only has left them out. */
static void
refuse_no_columns(struct lite_lowering *l, const struct table *t)
{
    if (t->columns.count == 0)
        diag_add(&l->s->diags, D_LOWER_IMPOSSIBLE, t->span,
                 "table \"%.*s\" has no column, and SQLite needs one",
                 SLICE_ARG(t->name));
}

void
lite_lower_table(struct lite_lowering *l, const struct table *neutral)
{
    struct table *t = table_copy(&l->s->arena, neutral);

    if (neutral->bound != NULL)
        return; /* its rows are in the partitioned table, which tells it */
    tell_family(l, neutral);
    t->name = lite_flat_name(&l->s->arena, neutral->schema, neutral->name);
    t->was = lite_flat_was(&l->s->arena, neutral->schema, neutral->was);
    t->schema = SLICE_NONE;
    t->only = SLICE_NONE;
    lite_note_storage(l, neutral);
    forget_storage(t);
    t->append_only = false;
    lite_claim_name(l, &l->names, t->name, t->span);
    keep_our_columns(l, t);
    keep_our_constraints(t, neutral);
    lite_make_counter_key(l, t);
    lite_lower_constraints(l, neutral, t);
    VEC_EACH (i, &t->columns)
        lite_lower_column(l, neutral, t, t->columns.items[i]);
    lite_open_checks(l, t);
    refuse_no_columns(l, t);
    refuse_autoincrement_without_rowid(l, t);
    leave_rowid_unmarked(t);
    catalog_add_table(l->to, &l->s->arena, t);
}

const struct table *
lite_our_table(const struct lite_lowering *l, const struct table *neutral)
{
    if (!lite_is_ours(neutral->only))
        return NULL;
    return catalog_find_table(
        l->to, SLICE_NONE, lite_flat_name(&l->s->arena, neutral->schema, neutral->name));
}
