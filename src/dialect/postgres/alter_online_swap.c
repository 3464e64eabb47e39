/*
 * Copies of columns take the places of the old ones, with what stands on them.
 *
 * In PHASE_PREPARE, still under the old names, checks and foreign keys over a copy are
 * added NOT VALID and validated, its indexes are built CONCURRENTLY.  Then, where ALTER
 * COLUMN TYPE would stand, the old column is dropped with all that is over it, and the
 * copy and what is over that get the names: no row is read (facts dropcol.*,
 * con.*_using_index, col.set_not_null*).
 */
#include "dialect/postgres/alter_copies.h"

#include "model/naming.h"

/* ---- constraints and indexes ---- */

struct swap {
    const struct table_copy *t;
    struct action *to;
    struct action *begin;   /* the step that adds the columns */
    VEC(struct slice) last; /* statements behind those that drop the old columns */
};

static void
later(struct alter *a, struct swap *w, struct slice sql)
{
    VEC_PUSH(&a->s->arena, &w->last, sql);
}

static void
later_comment(struct alter *a, struct swap *w, const struct constraint *k)
{
    if (k->comment.len > 0)
        later(a, w, postgres_comment_member(a->s, w->t->new, NULL, k, k->comment));
}

static void
rename_member(struct alter *a, struct action *to, const struct table *t,
              const char *words, struct slice from, struct slice name)
{
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, t, words);
    sqlw_ident(&st.w, from);
    sqlw_kw(&st.w, "TO");
    sqlw_ident(&st.w, name);
    alter_sql(a, to, postgres_end(&st));
}

static void
copy_check(struct alter *a, struct swap *w, const struct constraint *k,
           const struct constraint *then)
{
    struct slice name = online_spare_name(a, w->t->old, k->name);
    struct constraint copy = copies_constraint(a, w->t, k, name);
    struct postgres_statement st;

    alter_sql(a, w->begin, postgres_add_constraint(a->s, w->t->old, &copy));
    if (!k->not_valid)
        copies_validate(a, PREPARE_VALIDATE, w->t, w->t->old, name);
    postgres_begin_alter(a->s, &st, w->t->new, "RENAME CONSTRAINT");
    sqlw_ident(&st.w, name);
    sqlw_kw(&st.w, "TO");
    sqlw_ident(&st.w, then->name);
    later(a, w, postgres_end(&st));
    later_comment(a, w, then);
}

static void
build(struct alter *a, struct swap *w, const struct index *x, struct slice of)
{
    struct action *to = copies_prepare(a, PREPARE_BUILD, w->t, "");

    to->title =
        slice_format(&a->s->arena, "build index %.*s over the copy", SLICE_ARG(of));
    to->own_transaction = false;
    online_build_index(a, to, x);
    alter_reason(a, to, "CONCURRENTLY lets others write meanwhile.");
}

static void
copy_key(struct alter *a, struct swap *w, const struct constraint *k,
         const struct constraint *then)
{
    struct slice name = online_spare_name(a, w->t->old, k->name);
    struct constraint copy = copies_constraint(a, w->t, k, name);
    struct index x = online_index_of_key(w->t->old, &copy, name);
    struct postgres_statement st;

    build(a, w, &x, k->name);
    postgres_begin_alter(a->s, &st, w->t->new, "ADD CONSTRAINT");
    sqlw_ident(&st.w, then->name);
    sqlw_kw(&st.w, k->kind == CONSTRAINT_UNIQUE ? "UNIQUE" : "PRIMARY KEY");
    sqlw_kw(&st.w, "USING INDEX");
    sqlw_ident(&st.w, name);
    if (k->deferral != DEFERRAL_NONE)
        sqlw_kw(&st.w, deferral_words(k->deferral));
    later(a, w, postgres_end(&st));
    later_comment(a, w, then);
}

static void
copy_constraint(struct alter *a, struct swap *w, const struct constraint *k)
{
    const struct constraint *then = copies_constraint_then(a, w->t->old, w->t->new, k);

    if (then == NULL || !online_copy_has_constraint(w->t, k))
        return;
    switch (k->kind) {
    case CONSTRAINT_CHECK:
        copy_check(a, w, k, then);
        break;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
        copy_key(a, w, k, then);
        break;
    case CONSTRAINT_FOREIGN_KEY: /* with those of other tables */
    case CONSTRAINT_EXCLUDE:     /* refused */
        break;
    }
}

static void
copy_index(struct alter *a, struct swap *w, const struct index *x)
{
    const struct index *then = copies_index_then(a, w->t, x);
    struct action settings = { 0 };
    struct index copy = *x;

    if (then == NULL)
        return;
    copy.name = online_spare_name(a, w->t->old, x->name);
    copies_keys(a, w->t, &x->keys, &copy.keys);
    copies_names(a, w->t, &x->include, &copy.include);
    copy.where = copies_expr(a, w->t, x->where);
    build(a, w, &copy, x->name);
    later(a, w,
          slice_format(&a->s->arena, "ALTER INDEX %.*s RENAME TO %.*s",
                       SLICE_ARG(alter_name(a, w->t->new->schema, copy.name)),
                       SLICE_ARG(alter_ident(a, then->name))));
    postgres_add_index_settings(a->s, then, &settings);
    VEC_EACH (i, &settings.sql)
        later(a, w, settings.sql.items[i]);
    if (then->comment.len > 0)
        later(a, w,
              postgres_comment(a->s, "INDEX", w->t->new->schema, then->name,
                               then->comment));
}

static void
copy_members(struct alter *a, struct swap *w)
{
    VEC_EACH (i, &w->t->old->constraints)
        copy_constraint(a, w, w->t->old->constraints.items[i]);
    VEC_EACH (i, &a->r->from->indexes)
        if (online_copy_has_index(w->t, a->r->from->indexes.items[i]))
            copy_index(a, w, a->r->from->indexes.items[i]);
}

/* ---- the swap ---- */

static struct slice
swap_table(struct alter *a, const struct swap *w)
{
    return alter_name(a, w->t->new->schema, w->t->new->name);
}

static void
column_words(struct alter *a, struct swap *w, struct slice column, const char *words)
{
    alter_sql(a, w->to,
              slice_format(&a->s->arena, "ALTER TABLE %.*s ALTER COLUMN %.*s %s",
                           SLICE_ARG(swap_table(a, w)), SLICE_ARG(alter_ident(a, column)),
                           words));
}

static void
drop_trigger(struct alter *a, struct swap *w)
{
    alter_sql(a, w->to,
              slice_format(&a->s->arena, "DROP TRIGGER %.*s ON %.*s",
                           SLICE_ARG(alter_ident(a, w->t->trigger)),
                           SLICE_ARG(swap_table(a, w))));
    alter_sql(a, w->to,
              slice_format(&a->s->arena, "DROP FUNCTION %.*s()",
                           SLICE_ARG(copies_routine_name(a, w->t))));
}

static void
take_not_null(struct alter *a, struct swap *w, const struct column_copy *copy)
{
    if (!copies_stay_not_null(copy))
        return;
    column_words(a, w, copy->name, "SET NOT NULL");
    alter_sql(
        a, w->to,
        slice_format(&a->s->arena, "ALTER TABLE %.*s DROP CONSTRAINT %.*s",
                     SLICE_ARG(swap_table(a, w)),
                     SLICE_ARG(alter_ident(a, copies_not_null_check(a, w->t, copy)))));
}

/* Dropping the old column would drop it. */
static void
take_sequence(struct alter *a, struct swap *w, const struct column_copy *copy)
{
    const struct change *c = copy->change;
    struct slice sequence =
        alter_name(a, w->t->new->schema, naming_sequence(a->s, w->t->new, c->new.column));

    alter_sql(
        a, w->to,
        slice_format(&a->s->arena, "ALTER SEQUENCE %.*s AS %s OWNED BY %.*s.%.*s",
                     SLICE_ARG(sequence), type_canonical_name(c->new.column->type.kind),
                     SLICE_ARG(swap_table(a, w)), SLICE_ARG(alter_ident(a, copy->name))));
    later(a, w,
          slice_format(&a->s->arena,
                       "ALTER TABLE %.*s ALTER COLUMN %.*s SET DEFAULT nextval('%.*s')",
                       SLICE_ARG(swap_table(a, w)),
                       SLICE_ARG(alter_ident(a, c->new.column->name)),
                       SLICE_ARG(sequence)));
}

static struct slice
sequence_call(struct alter *a, const struct swap *w, struct slice column)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "pg_get_serial_sequence(");
    st.w.need_blank = false;
    sqlw_string(&st.w, swap_table(a, w));
    sqlw_comma(&st.w);
    sqlw_string(&st.w, column);
    sqlw_close(&st.w);
    return postgres_end(&st);
}

/* An identity cannot change its column: a new one goes on where the old one is. */
static void
take_identity(struct alter *a, struct swap *w, const struct column_copy *copy)
{
    const struct column *new = copy->change->new.column;
    struct sequence numbering = numbering_of(new->numbering);
    struct column column = *new;
    struct slice name = numbering.own_name;
    struct postgres_statement st;

    numbering.own_name = SLICE_NONE;
    numbering.type = new->type;
    column.name = copy->name;
    column.numbering = numbering_is_usual(&numbering) ? NULL : &numbering;
    postgres_begin_alter(a->s, &st, w->t->new, "ALTER COLUMN");
    sqlw_ident(&st.w, copy->name);
    sqlw_kw(&st.w, "ADD");
    postgres_write_identity(&st.w, &column);
    alter_sql(a, w->to, postgres_end(&st));
    alter_sql(a, w->to,
              slice_format(&a->s->arena,
                           "SELECT setval(%.*s, at) FROM "
                           "pg_sequence_last_value(%.*s::regclass) AS at WHERE at IS NOT "
                           "NULL",
                           SLICE_ARG(sequence_call(a, w, copy->name)),
                           SLICE_ARG(sequence_call(a, w, new->name))));
    if (slice_is_none(name))
        name = naming_sequence(a->s, w->t->new, new);
    alter_loses_grants(a, copy->change, "sequence", w->t->new->schema, name, SLICE_NONE);
    later(a, w,
          slice_format(&a->s->arena, "ALTER SEQUENCE %.*s RENAME TO %.*s",
                       SLICE_ARG(alter_name(a, w->t->new->schema,
                                            naming_sequence(a->s, w->t->new, &column))),
                       SLICE_ARG(alter_ident(a, name))));
}

static void
take_numbers(struct alter *a, struct swap *w, const struct column_copy *copy)
{
    enum identity_kind kind = copy->change->new.column->identity;

    if (kind == IDENTITY_SERIAL)
        take_sequence(a, w, copy);
    else if (kind == IDENTITY_ALWAYS || kind == IDENTITY_BY_DEFAULT)
        take_identity(a, w, copy);
}

static void
take_place(struct alter *a, struct swap *w, const struct column_copy *copy)
{
    const struct column *new = copy->change->new.column;
    struct postgres_statement st;

    postgres_begin_alter(a->s, &st, w->t->new, "DROP COLUMN");
    sqlw_ident(&st.w, new->name);
    alter_sql(a, w->to, postgres_end(&st));
    rename_member(a, w->to, w->t->new, "RENAME COLUMN", copy->name, new->name);
    if (new->null_default
        || (new->default_value != NULL && !alter_calls_late(a, new->default_value)))
        alter_set_default(a, w->to, copy->change);
    if (new->comment.len > 0)
        alter_sql(a, w->to,
                  postgres_comment_member(a->s, w->t->new, new, NULL, new->comment));
}

static bool
has_settings(const struct table_copy *t)
{
    VEC_EACH (i, &t->columns) {
        const struct column *c = t->columns.items[i].change->new.column;

        if (!slice_is_none(c->storage) || !slice_is_none(c->compression)
            || c->has_statistics || c->options.len > 0)
            return true;
    }
    return false;
}

/* What a table says of its columns and indexes, and forgot with the old ones. */
static void
say_choices(struct alter *a, struct swap *w)
{
    if (has_settings(w->t))
        postgres_add_column_settings(a->s, w->t->new, w->to);
    if (!slice_is_none(w->t->old->clustered_on)
        || !slice_is_none(w->t->old->replica_index))
        postgres_add_index_choices(a->s, w->t->new, w->to);
}

/* ---- rights on single columns ---- */

static bool
is_dropped(const struct alter *a, const struct definition *d)
{
    VEC_EACH (i, &a->r->changes->all)
        if (a->r->changes->all.items[i].kind == CHANGE_DROP_DEFINITION
            && a->r->changes->all.items[i].old.definition == d)
            return true;
    return false;
}

static void
grant_again(struct alter *a, struct swap *w, const struct definition *d)
{
    struct grant granted = *d->u.grant;
    struct definition on = *d;
    struct postgres_statement st;

    granted.granted = (struct privileges){ 0 };
    VEC_EACH (i, &d->u.grant->granted.all) {
        struct privilege p = d->u.grant->granted.all.items[i];
        struct slices columns = { 0 };

        VEC_EACH (k, &p.columns.all) {
            const struct column_copy *c =
                online_copied_column(w->t, p.columns.all.items[k]);

            if (c != NULL)
                VEC_PUSH(&a->s->arena, &columns.all, c->change->new.column->name);
        }
        p.columns = columns;
        if (columns.all.count > 0)
            VEC_PUSH(&a->s->arena, &granted.granted.all, p);
    }
    on.schema = w->t->new->schema;
    on.name = w->t->new->name;
    on.u.grant = &granted;
    for (int grantable = 0; grantable < 2; grantable++) {
        if (!privileges_have(&granted.granted, grantable != 0))
            continue;
        postgres_begin(a->s, &st);
        grant_write(&st.w, &on, &granted.granted, GRANT_GIVE, grantable != 0);
        alter_sql(a, w->to, postgres_end(&st));
    }
}

static void
grant_all_again(struct alter *a, struct swap *w)
{
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        if (d->detail == DETAIL_GRANT && slice_is(d->u.grant->object_kind, "table")
            && slice_equal(d->name, w->t->old->name)
            && d->schema.len == w->t->old->schema.len
            && (d->schema.len == 0 || slice_equal(d->schema, w->t->old->schema))
            && !is_dropped(a, d))
            grant_again(a, w, d);
    }
}

/* ---- one table ---- */

static void
lose_digits(struct alter *a, struct swap *w)
{
    struct slice stake = SLICE_NONE;
    struct slice loss = SLICE_NONE;

    VEC_EACH (i, &w->t->columns) {
        const struct change *c = w->t->columns.items[i].change;
        struct slice query = alter_rounding(a, c);

        if (slice_is_none(query))
            continue;
        loss = slice_is_none(loss)
                   ? alter_member_title(a, "digits of", c->old.table, c->old.column)
                   : slice_format(&a->s->arena, "%.*s and %.*s.%.*s", SLICE_ARG(loss),
                                  SLICE_ARG(c->old.table->name),
                                  SLICE_ARG(c->old.column->name));
        stake = slice_is_none(stake)
                    ? query
                    : slice_format(&a->s->arena, "SELECT (%.*s) + (%.*s)",
                                   SLICE_ARG(stake), SLICE_ARG(query));
    }
    if (!slice_is_none(loss))
        alter_loses(w->to, loss, stake);
}

static void
swap(struct alter *a, struct swap *w)
{
    drop_trigger(a, w);
    VEC_EACH (i, &w->t->columns)
        take_not_null(a, w, &w->t->columns.items[i]);
    VEC_EACH (i, &w->t->columns)
        take_numbers(a, w, &w->t->columns.items[i]);
    VEC_EACH (i, &w->t->columns)
        take_place(a, w, &w->t->columns.items[i]);
    VEC_EACH (i, &w->last)
        alter_sql(a, w->to, w->last.items[i]);
    say_choices(a, w);
    grant_all_again(a, w);
    lose_digits(a, w);
    alter_reason(a, w->to,
                 "The copy is complete, and so is what stands on it: this reads no row.  "
                 "The column is the last one of its table from now on: name columns "
                 "where rows are inserted.");
}

/* By another name, or labels by other names. */
static bool
reads_otherwise(struct alter *a, const struct column *was, const struct column *c)
{
    const struct expr *column = expr_leaf(&a->s->arena, EXPR_COLUMN, SPAN_NONE, c->name);

    return !slice_equal(was->name, c->name)
           || (was->has_type
               && alter_label_before(a, &was->type, &c->type, column) != NULL);
}

/* The routine reads a row of the table, which has other names from here on. */
static void
follow_renames(struct alter *a, const struct table_copy *t)
{
    VEC_EACH (i, &t->new->columns) {
        const struct column *c = t->new->columns.items[i];
        const struct column *was = diff_old_column(t->old, t->new, c);
        struct action *to;

        if (was == NULL || !reads_otherwise(a, was, c))
            continue;
        to = copies_action(a, PHASE_GROW, GROW_DEFINITIONS, t, "rename columns for");
        to->lock = NULL;
        alter_sql(a, to, copies_make_routine(a, t, true));
        alter_reason(a, to, "Rows are written while the trigger is still there.");
        return;
    }
}

static void
copy_table(struct alter *a, const struct table_copy *t)
{
    struct swap w = { .t = t };

    w.begin = copies_begin(a, t);
    copies_fill(a, t);
    follow_renames(a, t);
    copy_members(a, &w);
    w.to = copies_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, t, "take");
    swap(a, &w);
}

/* ---- foreign keys ---- */

static void
copy_foreign_key(struct alter *a, const struct table *t, const struct constraint *k)
{
    const struct table_copy *own = copies_of(a, t->schema, t->name);
    const struct table_copy *of = own != NULL && online_copy_has_constraint(own, k)
                                      ? own
                                      : copies_of(a, k->ref_schema, k->ref_table);
    const struct table *new =
        map_get(&a->kept, catalog_key(&a->s->arena, t->schema, t->name));
    const struct constraint *then = copies_constraint_then(a, t, new, k);
    struct slice name = online_spare_name(a, t, k->name);
    struct constraint copy = copies_constraint(a, own, k, name);
    struct postgres_statement st;
    struct action *to;

    if (then == NULL)
        return;
    to = copies_prepare(a, PREPARE_FOREIGN_KEYS, of, "");
    to->title = slice_format(&a->s->arena, "add constraint %.*s.%.*s", SLICE_ARG(t->name),
                             SLICE_ARG(name));
    to->table = t->name;
    to->lock = "SHARE ROW EXCLUSIVE";
    alter_sql(a, to, postgres_add_constraint(a->s, t, &copy));
    alter_reason(a, to, "NOT VALID checks new rows from now on and reads no old one.");
    if (!k->not_valid)
        copies_validate(a, PREPARE_VALIDATE_KEYS, of, t, name);
    to = copies_action(a, PHASE_TIGHTEN, TIGHTEN_KEYS, of, "");
    to->title = slice_format(&a->s->arena, "take constraint %.*s.%.*s over the copy",
                             SLICE_ARG(new->name), SLICE_ARG(then->name));
    to->table = new->name;
    postgres_begin_alter(a->s, &st, new, "DROP CONSTRAINT");
    sqlw_ident(&st.w, then->name);
    alter_sql(a, to, postgres_end(&st));
    rename_member(a, to, new, "RENAME CONSTRAINT", name, then->name);
    if (then->comment.len > 0)
        alter_sql(a, to, postgres_comment_member(a->s, new, NULL, then, then->comment));
    alter_reason(a, to, "The other one says the same of the copy, and was validated.");
}

void
online_copy_columns(struct alter *a)
{
    VEC_EACH (i, &a->copy_list) {
        const struct table_copy *t = a->copy_list.items[i];

        if (slice_is_none(t->why_not))
            copy_table(a, t);
    }
    for (size_t i = 0; a->copy_list.count > 0 && i < a->r->from->tables.count; i++) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->constraints)
            if (online_copies_key(a, t, t->constraints.items[k]))
                copy_foreign_key(a, t, t->constraints.items[k]);
    }
}
