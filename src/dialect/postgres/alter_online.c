/*
 * Changes to tables that others read and write meanwhile: what reads all rows of a table
 * holds a lock that stops neither, and what stops them reads no row.
 *
 * Indexes are built CONCURRENTLY, keys take a built index over, constraints are added NOT
 * VALID and validated in a later transaction, and what is replaced goes when its
 * successor stands.  Which lock each form takes is measured (the locks of the manual's
 * "Explicit Locking" and each command's page; facts pg15-ddl-locks).
 *
 * All of this comes in PHASE_SETTLE, behind everything that has to be done at once, so
 * that whatever is taken down is back before the long part begins.
 */
#include "dialect/postgres/alter.h"

#include "model/naming.h"

/* ---- which tables, which names ---- */

/* A table that moves to another schema takes the names of its indexes along. */
static void
note_taken_name(struct alter *a, const struct table *old, struct slice name)
{
    struct arena *arena = &a->s->arena;
    const struct table *now =
        map_get(&a->kept, catalog_key(arena, old->schema, old->name));

    map_put(&a->taken, catalog_key(arena, old->schema, name), NULL);
    if (now != NULL)
        map_put(&a->taken, catalog_key(arena, now->schema, name), NULL);
}

/* Names that are free only when who has them today is gone. */
static void
note_taken_names(struct alter *a)
{
    VEC_EACH (i, &a->r->from->indexes)
        note_taken_name(a, a->r->from->indexes.items[i]->table,
                        a->r->from->indexes.items[i]->name);
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        if (d->detail == DETAIL_SEQUENCE)
            map_put(&a->taken, catalog_key(&a->s->arena, d->schema, d->name), NULL);
    }
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->constraints)
            note_taken_name(a, t, t->constraints.items[k]->name);
    }
}

static bool
has_index(const struct constraint *k)
{
    return k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_PRIMARY_KEY;
}

/* Names that an index of today has to give up before a key can have them. */
static void
note_key_names(struct alter *a)
{
    VEC_EACH (i, &a->r->to->tables) {
        const struct table *t = a->r->to->tables.items[i];

        VEC_EACH (k, &t->constraints)
            if (has_index(t->constraints.items[k]))
                map_put(
                    &a->keys,
                    catalog_key(&a->s->arena, t->schema, t->constraints.items[k]->name),
                    NULL);
    }
}

static void
note_kept_tables(struct alter *a)
{
    VEC_EACH (i, &a->r->to->tables) {
        struct table *t = a->r->to->tables.items[i];
        const struct table *old = diff_old_table(a->r->changes, t);

        if (old != NULL)
            map_put(&a->kept, catalog_key(&a->s->arena, old->schema, old->name), t);
    }
}

static void
note_parents(struct alter *a)
{
    map_init(&a->parents, &a->s->arena);
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->parents.all)
            map_put(&a->parents,
                    catalog_key(&a->s->arena, t->parents.all.items[k].schema,
                                t->parents.all.items[k].name),
                    NULL);
    }
}

void
online_begin(struct alter *a)
{
    map_init(&a->taken, &a->s->arena);
    map_init(&a->kept, &a->s->arena);
    map_init(&a->keys, &a->s->arena);
    if (a->r->online) {
        note_kept_tables(a);
        note_taken_names(a);
        note_key_names(a);
    }
    online_find_parts(a);
    online_note_rests(a);
    online_note_triggers(a);
    online_note_counting(a);
    note_parents(a);
}

bool
online_is_in_use(const struct alter *a, const struct table *t)
{
    return a->r->online && t != NULL && alter_was_there(a, t);
}

void
online_settle(struct action *to, enum settle_order order)
{
    to->phase = PHASE_SETTLE;
    to->order = order;
    to->own_transaction = true;
}

static struct action *
settle_action(struct alter *a, enum settle_order order, const struct change *c)
{
    return alter_action(a, PHASE_SETTLE, order, c);
}

/* A run that was stopped may have left one behind. */
struct slice
online_name_for_now(struct alter *a, struct slice name, size_t number)
{
    struct slice own =
        number == 1
            ? slice_format(&a->s->arena, "schemac_new_%.*s", SLICE_ARG(name))
            : slice_format(&a->s->arena, "schemac_new%zu_%.*s", number, SLICE_ARG(name));

    return naming_clip(own, IDENTIFIER_BYTES_MAX);
}

bool
online_is_name_for_now(struct slice name)
{
    return slice_starts(name, "schemac_new");
}

/* The name that it will have, or, while another index has that one, a name for now. */
struct slice
online_name_now(struct alter *a, const struct table *t, struct slice name)
{
    struct slice own = name;

    for (size_t number = 1;; number++) {
        struct slice key = catalog_key(&a->s->arena, t->schema, own);

        if (!map_has(&a->taken, key)) {
            map_put(&a->taken, key, NULL);
            return own;
        }
        own = online_name_for_now(a, name, number);
    }
}

struct slice
online_spare_name(struct alter *a, const struct table *t, struct slice name)
{
    return online_name_now(a, t, online_name_for_now(a, name, 1));
}

/* ---- indexes ---- */

/* `what` of the index of that name, `i` of pg_index, if `condition` holds. */
struct slice
online_query_index(struct alter *a, const struct index *x, const char *what,
            const char *condition)
{
    struct slice schema = x->table->schema;
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    text_addf(&st.text,
              "SELECT %s FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
              "JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = ",
              what);
    sqlw_string(&st.w, slice_is_none(schema) ? SLICE("public") : schema);
    text_addz(&st.text, " AND c.relname = ");
    sqlw_string(&st.w, x->name);
    text_addf(&st.text, " AND %s", condition);
    return postgres_end(&st);
}

/* What a failed build leaves is in the way of the next. */
static void
make_build_repeatable(struct alter *a, struct action *to, const struct index *x)
{
    to->leftovers =
        online_query_index(a, x,
                           "format('DROP INDEX CONCURRENTLY %I.%I', n.nspname, "
                           "c.relname)",
                           "NOT i.indisvalid");
    to->done = online_query_index(a, x, "count(*) = 1", "i.indisvalid");
}

/* Alone, and without a bound: giving up would leave an index that holds nothing. */
void
online_build_index(struct alter *a, struct action *to, const struct index *x)
{
    make_build_repeatable(a, to, x);
    to->outside_transaction = true;
    to->lock = "SHARE UPDATE EXCLUSIVE";
    to->scans = true;
    alter_sql(a, to, postgres_create_index(a->s, x, true));
}

void
online_finish_index(struct alter *a, const struct change *c, const struct index *built)
{
    const struct index *x = c->new.index;
    struct action *to = settle_action(a, SETTLE_NAMES, c);

    to->title = slice_format(&a->s->arena, "finish index %.*s", SLICE_ARG(x->name));
    to->lock = "SHARE UPDATE EXCLUSIVE";
    if (!slice_equal(built->name, x->name))
        alter_sql(a, to,
                  slice_format(&a->s->arena, "ALTER INDEX %.*s RENAME TO %.*s",
                               SLICE_ARG(alter_name(a, x->table->schema, built->name)),
                               SLICE_ARG(alter_ident(a, x->name))));
    postgres_add_index_settings(a->s, x, to);
    if (x->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment(a->s, "INDEX", x->table->schema, x->name, x->comment));
    alter_leave_out_if_empty(a, to);
}

bool
online_create_index(struct alter *a, const struct change *c)
{
    const struct table *t = c->new.index->table;
    struct index now = *c->new.index;
    struct action *to;

    if (online_comes_with_whole(a, c->new.index))
        return true;
    if (online_goes_by_parts(a, t) && !now.on_only) {
        online_create_by_parts(a, c);
        return true;
    }
    if (!online_is_in_use(a, t) || t->partition_by != NULL)
        return false;
    now.name = online_name_now(a, t, now.name);
    to = settle_action(a, SETTLE_BUILD, c);
    online_build_index(a, to, &now);
    alter_require_index_rows(a, to, c->new.index);
    alter_reason(a, to,
                 "CONCURRENTLY lets others write meanwhile; a plain CREATE INDEX would "
                 "stop them for as long as it reads the table.");
    if (!slice_equal(now.name, c->new.index->name))
        alter_reason(a, to,
                     "It has another name until the old index, which is used so long, "
                     "is gone.");
    online_finish_index(a, c, &now);
    return true;
}

static bool
reads_column(const struct index_keys *keys, const struct slices *include,
             const struct expr *where, struct slice name)
{
    VEC_EACH (i, &keys->all)
        if (expr_mentions_column(keys->all.items[i].expr, name))
            return true;
    return column_is_in(keys, name) || slices_have(include, name)
           || expr_mentions_column(where, name);
}

/* Does nothing happen to the columns that would take it along or need it gone? */
static bool
is_left_alone(const struct table *old, const struct table *new,
              const struct index_keys *keys, const struct slices *include,
              const struct expr *where)
{
    VEC_EACH (i, &old->columns) {
        const struct column *c = old->columns.items[i];
        const struct column *now;

        if (!reads_column(keys, include, where, c->name))
            continue;
        now = table_find_column(new, c->name);
        if (now == NULL || diff_old_column(old, new, now) != c
            || !type_equal(&now->type, &c->type)
            || !slice_equal(now->collation, c->collation)
            || (c->not_null && !now->not_null))
            return false;
    }
    return true;
}

bool
online_keeps_columns(const struct table *old, const struct table *new,
                     const struct expr *value)
{
    const struct index_keys no_keys = { 0 };
    const struct slices no_names = { 0 };

    return is_left_alone(old, new, &no_keys, &no_names, value);
}

/* The server takes no CONCURRENTLY for one of a partitioned table. */
static void
drop_it(struct alter *a, struct action *to, const struct index *x, struct slice name)
{
    bool is_whole = x->table->partition_by != NULL;

    if (is_whole)
        online_wait_less(a, to);
    alter_sql(a, to,
              slice_format(&a->s->arena, "DROP INDEX %s%.*s",
                           is_whole ? "" : "CONCURRENTLY ", SLICE_ARG(name)));
    to->own_transaction = is_whole;
    if (is_whole)
        return;
    to->outside_transaction = true;
    to->done = online_query_index(a, x, "count(*) = 0", "true");
    to->lock = "SHARE UPDATE EXCLUSIVE";
}

static bool
takes_no_attribute(void *context, const struct expr *e)
{
    (void)context;
    return e->kind != EXPR_FIELD;
}

/* The server drops no attribute of a type that an index takes. */
static bool
may_hold_attribute(const struct alter *a, const struct index *x)
{
    bool takes_none =
        x->where == NULL || expr_walk(x->where, takes_no_attribute, NULL);

    VEC_EACH (i, &x->keys.all)
        takes_none &= x->keys.all.items[i].expr == NULL
                      || expr_walk(x->keys.all.items[i].expr, takes_no_attribute, NULL);
    return !takes_none && a->changed_definitions.count > 0;
}

/* A data step may write what a unique index that goes would not take. */
bool
online_drop_index(struct alter *a, const struct change *c)
{
    const struct index *x = c->old.index;
    const struct table *new;
    struct action *to;
    bool is_claimed;

    if (!a->r->online || x->inherited || (x->unique && a->r->has_data_step)
        || may_hold_attribute(a, x) || alter_needs_what_goes(a, x))
        return false;
    new = map_get(&a->kept, catalog_key(&a->s->arena, x->table->schema, x->table->name));
    if (new == NULL || !is_left_alone(x->table, new, &x->keys, &x->include, x->where)
        || alter_index_is_disturbed(a, x->table, &x->keys, &x->include, x->where)
        || (new->partition_by != NULL && !online_goes_by_parts(a, new)))
        return false;
    is_claimed = map_has(&a->keys, catalog_key(&a->s->arena, x->table->schema, x->name));
    to = settle_action(a, is_claimed ? SETTLE_DROP_KEYS : SETTLE_DROP, c);
    drop_it(a, to, x, alter_name(a, new->schema, x->name)); /* it moved with its table */
    alter_reason(a, to,
                 "It serves until here, so that there is no moment in which neither the "
                 "old index nor a new one does.");
    return true;
}

/* ---- keys ---- */

struct index
online_index_of_key(const struct table *t, const struct constraint *k, struct slice name)
{
    return (struct index){
        .name = name,
        .table = t,
        .unique = true,
        .method = SLICE("btree"),
        .keys = k->keys,
        .include = k->include,
        .nulls_not_distinct = k->nulls_not_distinct,
        .options = k->options,
        .tablespace = k->tablespace,
    };
}

struct slice
online_take_index_over(struct alter *a, const struct table *t, const struct constraint *k,
                       struct slice index)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, "ADD CONSTRAINT");
    sqlw_ident(&st.w, k->name);
    sqlw_kw(&st.w, k->kind == CONSTRAINT_UNIQUE ? "UNIQUE" : "PRIMARY KEY");
    sqlw_kw(&st.w, "USING INDEX");
    sqlw_ident(&st.w, index);
    if (k->deferral != DEFERRAL_NONE)
        sqlw_kw(&st.w, deferral_words(k->deferral));
    return postgres_end(&st);
}

static void
take_index_over(struct alter *a, const struct change *c, struct slice index)
{
    const struct constraint *k = c->new.constraint;
    struct action *to = settle_action(a, SETTLE_KEYS, c);

    alter_sql(a, to, online_take_index_over(a, c->new.table, k, index));
    alter_reason(a, to, "The index is built and checked: this reads no row.");
    if (k->comment.len > 0)
        alter_sql(a, to,
                  postgres_comment_member(a->s, c->new.table, NULL, k, k->comment));
}

static void
add_key(struct alter *a, const struct change *c)
{
    struct slice name = online_name_now(a, c->new.table, c->new.constraint->name);
    struct index x = online_index_of_key(c->new.table, c->new.constraint, name);
    struct action *to = settle_action(a, SETTLE_BUILD, c);

    to->title =
        slice_format(&a->s->arena, "build the index of %.*s.%.*s",
                     SLICE_ARG(c->new.table->name), SLICE_ARG(c->new.constraint->name));
    online_build_index(a, to, &x);
    alter_require_rows(a, to, c);
    alter_reason(a, to,
                 "ADD CONSTRAINT alone would build it while nobody may read or write the "
                 "table.");
    take_index_over(a, c, name);
}

/* ---- checks and foreign keys ---- */

static void
validate_later(struct alter *a, const struct change *c, enum settle_order order)
{
    struct action *to = settle_action(a, order, c);

    to->title =
        slice_format(&a->s->arena, "validate constraint %.*s.%.*s",
                     SLICE_ARG(c->new.table->name), SLICE_ARG(c->new.constraint->name));
    alter_validate(a, to, c->new.table, c->new.constraint->name);
    alter_require_rows(a, to, c);
    alter_reason(a, to,
                 "In a transaction of its own: the lock of the step that added it would "
                 "be held while the rows are read.");
    online_settle(to, order);
}

static struct action *
add_unchecked(struct alter *a, const struct change *c, enum phase phase, size_t order)
{
    struct constraint loose = *c->new.constraint;
    struct action *to = alter_action(a, phase, order, c);

    loose.not_valid = true;
    if (loose.kind == CONSTRAINT_FOREIGN_KEY)
        to->lock = "SHARE ROW EXCLUSIVE";
    alter_sql(a, to, postgres_add_constraint(a->s, c->new.table, &loose));
    if (loose.comment.len > 0)
        alter_sql(
            a, to,
            postgres_comment_member(a->s, c->new.table, NULL, &loose, loose.comment));
    alter_reason(a, to, "NOT VALID checks new rows from now on and reads no old one.");
    return to;
}

static void
add_check(struct alter *a, const struct change *c)
{
    (void)add_unchecked(a, c, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS);
    if (!c->new.constraint->not_valid)
        validate_later(a, c, SETTLE_VALIDATE);
}

/* Behind the keys, which one of them may need.  PostgreSQL 15 takes no NOT VALID on a
 * partitioned table. */
static void
add_foreign_key(struct alter *a, const struct change *c)
{
    struct action *to;

    if (online_is_in_use(a, c->new.table) && c->new.table->partition_by == NULL) {
        add_unchecked(a, c, PHASE_SETTLE, SETTLE_FOREIGN_KEYS)->own_transaction = true;
        if (!c->new.constraint->not_valid)
            validate_later(a, c, SETTLE_VALIDATE_KEYS);
        return;
    }
    to = settle_action(a, SETTLE_FOREIGN_KEYS, c);
    to->lock = "SHARE ROW EXCLUSIVE";
    to->scans = alter_was_there(a, c->new.table);
    alter_sql(a, to, postgres_add_constraint(a->s, c->new.table, c->new.constraint));
    alter_require_rows(a, to, c);
}

struct action *
online_restate_key(struct alter *a, const struct change *add,
                   const struct constraint *old)
{
    struct constraint loose = *add->new.constraint;
    struct action *to = settle_action(a, SETTLE_FOREIGN_KEYS, add);
    struct postgres_statement st;

    loose.not_valid = true;
    to->own_transaction = true;
    to->title =
        slice_format(&a->s->arena, "replace constraint %.*s.%.*s",
                     SLICE_ARG(add->new.table->name), SLICE_ARG(old->name));
    postgres_begin_alter(a->s, &st, add->new.table, "DROP CONSTRAINT");
    sqlw_ident(&st.w, old->name);
    alter_sql(a, to, postgres_end(&st));
    alter_sql(a, to, postgres_add_constraint(a->s, add->new.table, &loose));
    if (loose.comment.len > 0)
        alter_sql(
            a, to,
            postgres_comment_member(a->s, add->new.table, NULL, &loose, loose.comment));
    alter_reason(a, to,
                 "In one transaction, so that no row without a parent comes between the "
                 "two; NOT VALID reads no row.");
    if (!add->new.constraint->not_valid)
        validate_later(a, add, SETTLE_VALIDATE_KEYS);
    return to;
}

static const struct table *
referenced_table(const struct alter *a, const struct constraint *k)
{
    return catalog_find_table(a->r->to, k->ref_schema, k->ref_table);
}

bool
online_add_constraint(struct alter *a, const struct change *c)
{
    const struct constraint *k = c->new.constraint;
    bool in_use = online_is_in_use(a, c->new.table);

    switch (k->kind) {
    case CONSTRAINT_FOREIGN_KEY:
        if (!in_use && !online_is_in_use(a, referenced_table(a, k)))
            return false;
        add_foreign_key(a, c);
        return true;
    case CONSTRAINT_CHECK:
        if (in_use)
            add_check(a, c);
        return in_use;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
        in_use = in_use && !k->on_only
                 && (c->new.table->partition_by == NULL
                     || online_goes_by_parts(a, c->new.table));
        if (in_use && c->new.table->partition_by != NULL)
            online_add_key_by_parts(a, c);
        else if (in_use)
            add_key(a, c);
        return in_use;
    case CONSTRAINT_EXCLUDE:
        return false; /* neither NOT VALID nor USING INDEX */
    }
    return false;
}

bool
online_drop_constraint(struct alter *a, const struct change *c)
{
    const struct constraint *k = c->old.constraint;
    struct postgres_statement st;
    struct action *to;

    if (!has_index(k) || a->r->has_data_step || !online_is_in_use(a, c->new.table)
        || (c->new.table->partition_by != NULL && !online_goes_by_parts(a, c->new.table))
        || !is_left_alone(c->old.table, c->new.table, &k->keys, &k->include, NULL)
        || alter_index_is_disturbed(a, c->old.table, &k->keys, &k->include, NULL)
        || alter_relation_takes_name(a, c->old.table->schema, k->name))
        return false;
    to = settle_action(a, SETTLE_DROP_KEYS, c);
    to->own_transaction = c->new.table->partition_by != NULL;
    if (to->own_transaction)
        online_wait_less(a, to);
    postgres_begin_alter(a->s, &st, c->new.table, "DROP CONSTRAINT");
    sqlw_ident(&st.w, k->name);
    alter_sql(a, to, postgres_end(&st));
    alter_reason(a, to, "It guards the rows until here, when what follows it is built.");
    return true;
}

/* ---- what is left ---- */

static bool
stops_others(const struct action *to)
{
    return to->lock != NULL && strcmp(to->lock, "SHARE UPDATE EXCLUSIVE") != 0
           && strcmp(to->lock, "ROW EXCLUSIVE") != 0;
}

static bool
is_about_table_in_use(const struct alter *a, const struct action *to)
{
    VEC_EACH (i, &to->causes) {
        const struct change *c = &to->causes.items[i];
        const struct table *t = c->new.index != NULL ? c->new.index->table : c->new.table;

        if (online_is_in_use(a, t))
            return true;
    }
    return false;
}

void
online_finish(struct alter *a)
{
    if (a->r->online)
        online_lock_ahead(a);
    for (size_t i = 0; a->r->online && i < a->out->all.count; i++) {
        struct action *to = a->out->all.items[i];

        to->bounded_wait = to->lock != NULL && !to->outside_transaction;
        if (!stops_others(to) || !is_about_table_in_use(a, to))
            continue;
        if (to->rewrites)
            to->hazards |= HAZARD_REWRITE;
        else if (to->scans)
            to->hazards |= HAZARD_LONG_LOCK;
    }
}
