/*
 * A copy of a column beside the old one, in PHASE_PREPARE and under the old names, each
 * step by itself: the column is added, with a trigger that computes it for every row that
 * is written; batches compute it for the rows that are there (facts, safe recipe 5).
 *
 * The trigger's function reads the row as a table of one row, so that a declared value
 * says its columns there as it does in an UPDATE.
 */
#include "dialect/postgres/alter_copies.h"

#include "model/naming.h"

/* ---- what becomes of constraints and indexes ---- */

static struct slice
member_key(const struct alter *a, const struct table *t, const char *kind,
           struct slice name)
{
    struct slice table = catalog_key(&a->s->arena, t->schema, t->name);

    return slice_format(&a->s->arena, "%.*s\1%s\1%.*s", SLICE_ARG(table), kind,
                        SLICE_ARG(name));
}

static void
note_member(struct alter *a, const struct change *c)
{
    const struct index *x = c->old.index;
    const struct constraint *k = c->old.constraint;

    if (c->kind == CHANGE_DROP_INDEX)
        map_put(&a->leaving, member_key(a, x->table, "index", x->name), NULL);
    else if (c->kind == CHANGE_RENAME_INDEX)
        map_put(&a->renamed, member_key(a, x->table, "index", x->name),
                (void *)(uintptr_t)c->new.index);
    else if (c->kind == CHANGE_DROP_CONSTRAINT)
        map_put(&a->leaving, member_key(a, c->old.table, "constraint", k->name), NULL);
    else if (c->kind == CHANGE_RENAME_CONSTRAINT)
        map_put(&a->renamed, member_key(a, c->old.table, "constraint", k->name),
                (void *)(uintptr_t)c->new.constraint);
}

void
online_note_members(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all)
        note_member(a, &a->r->changes->all.items[i]);
}

/* NULL: a change drops it. */
const struct constraint *
copies_constraint_then(const struct alter *a, const struct table *old,
                       const struct table *new, const struct constraint *k)
{
    struct slice key = member_key(a, old, "constraint", k->name);
    const struct constraint *renamed = map_get(&a->renamed, key);

    if (map_has(&a->leaving, key))
        return NULL;
    return renamed != NULL ? renamed : table_find_constraint(new, k->name);
}

const struct index *
copies_index_then(const struct alter *a, const struct table_copy *t,
                  const struct index *x)
{
    struct slice key = member_key(a, t->old, "index", x->name);
    const struct index *renamed = map_get(&a->renamed, key);

    if (map_has(&a->leaving, key) || renamed != NULL)
        return map_has(&a->leaving, key) ? NULL : renamed;
    VEC_EACH (i, &a->r->to->indexes) {
        const struct index *then = a->r->to->indexes.items[i];

        if (then->table == t->new &&slice_equal(then->name, x->name))
            return then;
    }
    return NULL;
}

static bool
is_key_of(const struct constraint *key, const struct constraint *unique)
{
    if (unique->kind != CONSTRAINT_UNIQUE && unique->kind != CONSTRAINT_PRIMARY_KEY)
        return false;
    VEC_EACH (i, &unique->keys.all)
        if (!slices_have(&key->ref_columns, unique->keys.all.items[i].column))
            return false;
    return key->ref_columns.all.count == unique->keys.all.count;
}

/* Does the key that it refers to change?  Then it is down meanwhile. */
static bool
loses_its_key(const struct alter *a, const struct constraint *k)
{
    const struct table *t = catalog_find_table(a->r->from, k->ref_schema, k->ref_table);

    for (size_t i = 0; t != NULL && i < t->constraints.count; i++)
        if (is_key_of(k, t->constraints.items[i])
            && map_has(&a->leaving,
                       member_key(a, t, "constraint", t->constraints.items[i]->name)))
            return true;
    return false;
}

const struct table_copy *
copies_of(const struct alter *a, struct slice schema, struct slice table)
{
    const struct table_copy *t = online_copy_of(a, schema, table);

    return t == NULL || !slice_is_none(t->why_not) ? NULL : t;
}

static bool
refers_to_copies(const struct table_copy *t, const struct constraint *k)
{
    VEC_EACH (i, &k->ref_columns.all)
        if (online_copied_column(t, k->ref_columns.all.items[i]) != NULL)
            return true;
    return false;
}

bool
online_copies_key(const struct alter *a, const struct table *t,
                  const struct constraint *k)
{
    const struct table_copy *own;

    if (a->copies.count == 0 || k->kind != CONSTRAINT_FOREIGN_KEY
        || map_has(&a->leaving, member_key(a, t, "constraint", k->name)))
        return false;
    own = copies_of(a, t->schema, t->name);
    return ((own != NULL && online_copy_has_constraint(own, k))
            || refers_to_copies(copies_of(a, k->ref_schema, k->ref_table), k))
           && !loses_its_key(a, k);
}

/* ---- the same over the copies ---- */

static struct slice
copied_name(const struct table_copy *t, struct slice name)
{
    const struct column_copy *c =
        slice_is_none(name) ? NULL : online_copied_column(t, name);

    return c == NULL ? name : c->name;
}

void
copies_names(struct alter *a, const struct table_copy *t, const struct slices *names,
             struct slices *out)
{
    *out = (struct slices){ 0 };
    VEC_EACH (i, &names->all)
        VEC_PUSH(&a->s->arena, &out->all, copied_name(t, names->all.items[i]));
}

struct over_copies {
    struct alter *a;
    const struct table_copy *t;
};

static const struct expr *
rename_node(void *context, const struct expr *e)
{
    const struct over_copies *o = context;
    struct expr *copy;

    if ((e->kind != EXPR_COLUMN && e->kind != EXPR_NAME)
        || online_copied_column(o->t, e->text) == NULL)
        return e;
    copy = arena_copy(&o->a->s->arena, e, sizeof *e);
    copy->text = copied_name(o->t, e->text);
    return copy;
}

const struct expr *
copies_expr(struct alter *a, const struct table_copy *t, const struct expr *e)
{
    struct over_copies o = { a, t };

    return expr_rewrite(&a->s->arena, e, rename_node, &o);
}

void
copies_keys(struct alter *a, const struct table_copy *t, const struct index_keys *keys,
            struct index_keys *out)
{
    *out = (struct index_keys){ 0 };
    VEC_EACH (i, &keys->all) {
        struct index_key key = keys->all.items[i];

        key.column = copied_name(t, key.column);
        key.expr = copies_expr(a, t, key.expr);
        VEC_PUSH(&a->s->arena, &out->all, key);
    }
}

/* `t` NULL: the table has no copies, but refers to some. */
struct constraint
copies_constraint(struct alter *a, const struct table_copy *t, const struct constraint *k,
                  struct slice name)
{
    struct constraint out = *k;

    out.name = name;
    out.not_valid = true;
    copies_keys(a, t, &k->keys, &out.keys);
    copies_names(a, t, &k->include, &out.include);
    copies_names(a, t, &k->set_columns, &out.set_columns);
    out.check = copies_expr(a, t, k->check);
    if (k->kind == CONSTRAINT_FOREIGN_KEY)
        copies_names(a, copies_of(a, k->ref_schema, k->ref_table), &k->ref_columns,
                     &out.ref_columns);
    return out;
}

/* ---- steps ---- */

static struct slice
copies_title(struct alter *a, const struct table_copy *t, const char *verb)
{
    const struct change *c = t->columns.items[0].change;

    if (t->columns.count == 1)
        return slice_format(&a->s->arena, "%s the copy of %.*s.%.*s", verb,
                            SLICE_ARG(t->old->name), SLICE_ARG(c->old.column->name));
    return slice_format(&a->s->arena, "%s the copies of %zu columns of %.*s", verb,
                        t->columns.count, SLICE_ARG(t->old->name));
}

struct action *
copies_action(struct alter *a, enum phase phase, size_t order, const struct table_copy *t,
              const char *verb)
{
    struct action *to = alter_action(a, phase, order, t->columns.items[0].change);

    for (size_t i = 1; i < t->columns.count; i++)
        VEC_PUSH(&a->s->arena, &to->causes, *t->columns.items[i].change);
    to->title = copies_title(a, t, verb);
    to->table = phase == PHASE_PREPARE ? t->old->name : t->new->name;
    to->own_transaction = phase == PHASE_PREPARE;
    return to;
}

struct action *
copies_prepare(struct alter *a, enum prepare_order order, const struct table_copy *t,
               const char *verb)
{
    return copies_action(a, PHASE_PREPARE, order, t, verb);
}

struct action *
copies_validate(struct alter *a, enum prepare_order order, const struct table_copy *t,
                const struct table *table, struct slice name)
{
    struct action *to = copies_prepare(a, order, t, "");

    to->title = slice_format(&a->s->arena, "validate constraint %.*s.%.*s",
                             SLICE_ARG(table->name), SLICE_ARG(name));
    to->table = table->name;
    alter_validate(a, to, table, name);
    alter_reason(a, to, "Others read and write while the rows are read.");
    return to;
}

/* ---- the copies, and the trigger ---- */

static void
write_value(struct alter *a, struct sqlw *w, const struct table_copy *t,
            const struct column_copy *copy, bool by_then)
{
    const struct change *c = copy->change;
    const struct expr *value = alter_declared_value(a, c);
    const struct type *type = &c->new.column->type;
    struct slice name = by_then ? c->new.column->name : c->old.column->name;

    if (c->kind == CHANGE_COLUMN_COLLATION)
        sqlw_ident(w, name);
    else if (value == NULL)
        alter_write_converted(a, w, c, by_then);
    else if (by_then)
        sqlw_expr(w, alter_value_by_then(a, t->old, t->new, value, type));
    else
        sqlw_expr(w, alter_value_of_type(a, value, type));
}

static struct slice
value_text(struct alter *a, const struct table_copy *t, const struct column_copy *copy,
           bool by_then)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    write_value(a, &st.w, t, copy, by_then);
    return postgres_end(&st);
}

static void
write_values(struct alter *a, struct text *out, const struct table_copy *t, bool by_then)
{
    VEC_EACH (i, &t->columns)
        text_addf(out, "%s%.*s", i == 0 ? "" : ", ",
                  SLICE_ARG(value_text(a, t, &t->columns.items[i], by_then)));
    VEC_EACH (i, &t->columns)
        text_addf(out, "%sNEW.%.*s", i == 0 ? "\n    INTO " : ", ",
                  SLICE_ARG(alter_ident(a, t->columns.items[i].name)));
}

struct slice
copies_routine_name(struct alter *a, const struct table_copy *t)
{
    return alter_name(a, t->old->schema, t->routine);
}

struct slice
copies_make_routine(struct alter *a, const struct table_copy *t, bool by_then)
{
    const struct table *now = by_then ? t->new : t->old;
    struct text body;

    text_init(&body, &a->s->arena);
    text_addz(&body, "#variable_conflict use_column\n"
                     "BEGIN\n"
                     "    SELECT ");
    write_values(a, &body, t, by_then);
    text_addf(&body,
              "\n"
              "    FROM (SELECT NEW.*) AS %.*s;\n"
              "    RETURN NEW;\n"
              "END\n",
              SLICE_ARG(alter_ident(a, now->name)));
    return slice_format(&a->s->arena,
                        "CREATE %sFUNCTION %.*s() RETURNS trigger\n"
                        "LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp\n"
                        "AS %.*s",
                        by_then ? "OR REPLACE " : "",
                        SLICE_ARG(copies_routine_name(a, t)),
                        SLICE_ARG(postgres_code(a->s, text_slice(&body))));
}

/* Always: also for rows that replication writes. */
static void
make_trigger(struct alter *a, struct action *to, const struct table_copy *t)
{
    struct slice table = alter_name(a, t->old->schema, t->old->name);
    struct slice trigger = alter_ident(a, t->trigger);

    alter_sql(a, to, copies_make_routine(a, t, false));
    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "CREATE TRIGGER %.*s BEFORE INSERT OR UPDATE ON %.*s FOR EACH "
                           "ROW EXECUTE FUNCTION %.*s()",
                           SLICE_ARG(trigger), SLICE_ARG(table),
                           SLICE_ARG(copies_routine_name(a, t))));
    alter_sql(a, to,
              slice_format(&a->s->arena, "ALTER TABLE %.*s ENABLE ALWAYS TRIGGER %.*s",
                           SLICE_ARG(table), SLICE_ARG(trigger)));
}

static void
add_column(struct alter *a, struct action *to, const struct table_copy *t,
           const struct column_copy *copy)
{
    struct postgres_statement st;
    struct column bare = { .name = copy->name,
                           .type = copy->change->new.column->type,
                           .has_type = true,
                           .collation = copy->change->new.column->collation,
                           .not_null_name = SLICE_NONE };

    postgres_begin_alter(a->s, &st, t->old, "ADD COLUMN");
    postgres_write_column(&st.w, &bare, false);
    alter_sql(a, to, postgres_end(&st));
}

/* NOT NULL before and behind it: the copy has it from the first moment on. */
bool
copies_stay_not_null(const struct column_copy *copy)
{
    return copy->change->old.column->not_null && copy->change->new.column->not_null;
}

struct slice
copies_not_null_check(struct alter *a, const struct table_copy *t,
                      const struct column_copy *copy)
{
    struct slice name =
        slice_format(&a->s->arena, "%.*s_not_null", SLICE_ARG(copy->name));

    for (size_t number = 1; name.len > IDENTIFIER_BYTES_MAX
                            || table_find_constraint(t->old, name) != NULL;
         number++)
        name = slice_format(&a->s->arena, "schemac_new%zu_column_%zu_not_null", number,
                            copy->change->old.column->number + 1);
    return name;
}

/* Without reading rows: those that are there are filled first. */
static void
check_not_null(struct alter *a, struct action *to, const struct table_copy *t,
               const struct column_copy *copy)
{
    struct slice name = copies_not_null_check(a, t, copy);

    alter_sql(a, to,
              slice_format(&a->s->arena,
                           "ALTER TABLE %.*s ADD CONSTRAINT %.*s CHECK (%.*s IS NOT "
                           "NULL) NOT VALID",
                           SLICE_ARG(alter_name(a, t->old->schema, t->old->name)),
                           SLICE_ARG(alter_ident(a, name)),
                           SLICE_ARG(alter_ident(a, copy->name))));
    copies_validate(a, PREPARE_VALIDATE, t, t->old, name);
}

struct action *
copies_begin(struct alter *a, const struct table_copy *t)
{
    struct action *to = copies_prepare(a, PREPARE_COLUMNS, t, "begin");

    VEC_EACH (i, &t->columns)
        add_column(a, to, t, &t->columns.items[i]);
    make_trigger(a, to, t);
    VEC_EACH (i, &t->held)
        online_hold_trigger(a, to, t->held.items[i]);
    if (t->held.count > 0)
        alter_reason(a, to,
                     "Triggers that would run for each row that is filled are held back "
                     "from the session that fills, and from no other.");
    VEC_EACH (i, &t->columns) {
        if (copies_stay_not_null(&t->columns.items[i]))
            check_not_null(a, to, t, &t->columns.items[i]);
        if (t->columns.items[i].change->kind == CHANGE_COLUMN_TYPE)
            alter_require_castable(a, to, t->columns.items[i].change);
    }
    alter_reason(a, to,
                 "ALTER COLUMN TYPE would write the table or its indexes again while "
                 "nobody may read it.  So the new values are kept beside the old ones, "
                 "and a trigger computes them for every row that is written, until they "
                 "are complete.");
    return to;
}

/* ---- the rows that are there ---- */

static struct slice
assignments(struct alter *a, const struct table_copy *t)
{
    struct text out;

    text_init(&out, &a->s->arena);
    VEC_EACH (i, &t->columns)
        text_addf(&out, "%s%.*s = %.*s", i == 0 ? "" : ", ",
                  SLICE_ARG(alter_ident(a, t->columns.items[i].name)),
                  SLICE_ARG(value_text(a, t, &t->columns.items[i], false)));
    return text_slice(&out);
}

static struct slice
is_not_filled(struct alter *a, const struct table_copy *t)
{
    struct text out;

    text_init(&out, &a->s->arena);
    VEC_EACH (i, &t->columns)
        text_addf(&out, "%s%.*s IS NULL AND (%.*s) IS NOT NULL", i == 0 ? "(" : " OR ",
                  SLICE_ARG(alter_ident(a, t->columns.items[i].name)),
                  SLICE_ARG(value_text(a, t, &t->columns.items[i], false)));
    text_addc(&out, ')');
    return text_slice(&out);
}

static void
put_back_triggers(struct alter *a, const struct table_copy *t)
{
    struct action *to;

    if (t->held.count == 0)
        return;
    to = copies_prepare(a, PREPARE_TRIGGERS, t, "");
    to->title = slice_format(&a->s->arena, "put back the triggers of %.*s",
                             SLICE_ARG(t->old->name));
    VEC_EACH (i, &t->held)
        online_put_back_trigger(a, to, t->held.items[i]);
    alter_reason(a, to, "They ran for everybody else all the while.");
}

void
copies_fill(struct alter *a, const struct table_copy *t)
{
    struct action *to = copies_prepare(a, PREPARE_FILL, t, "fill");
    struct slice condition = is_not_filled(a, t);

    to->own_transaction = false;
    to->outside_transaction = true;
    to->lock = "ROW EXCLUSIVE";
    to->scans = true;
    alter_sql(a, to,
              online_batches(a, t->old, assignments(a, t), condition,
                             t->held.count == 0 ? NULL : t->held.items[0]));
    to->postcondition = slice_format(
        &a->s->arena, "SELECT NOT EXISTS (SELECT 1 FROM %.*s WHERE %.*s)",
        SLICE_ARG(alter_name(a, t->old->schema, t->old->name)), SLICE_ARG(condition));
    alter_reason(a, to,
                 "In batches that are committed one by one.  Rows that have a copy "
                 "already are left alone: run again, it goes on where it was.");
    put_back_triggers(a, t);
}
