/*
 * Which columns of tables in use get their new type or collation by way of a copy, and
 * why others do not: what else holds on to a column must be able to go over to the copy.
 *
 * All columns of a table go one way: one that is changed in place has the server write
 * the table again, or read it, under a lock that stops everybody, so that copies of the
 * others would spare nobody anything.  How it is done: alter_online_swap.c.
 */
#include "dialect/postgres/alter.h"

#include "base/sqltext.h"

#define OWN_PREFIX "schemac_new"
#define OWN_PREFIX_LAST "~schemac_new" /* sorts behind all plain names */

/* ---- the columns that are copied ---- */

struct table_copy *
online_copy_of(const struct alter *a, struct slice schema, struct slice table)
{
    return a->copies.count == 0
               ? NULL
               : map_get(&a->copies, catalog_key(&a->s->arena, schema, table));
}

const struct column_copy *
online_copied_column(const struct table_copy *t, struct slice name)
{
    for (size_t i = 0; t != NULL && i < t->columns.count; i++)
        if (slice_equal(t->columns.items[i].change->old.column->name, name))
            return &t->columns.items[i];
    return NULL;
}

static bool
mentions(const struct table_copy *t, const struct expr *e)
{
    for (size_t i = 0; e != NULL && i < t->columns.count; i++)
        if (expr_mentions_column(e, t->columns.items[i].change->old.column->name))
            return true;
    return false;
}

static bool
keys_mention(const struct table_copy *t, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        if (online_copied_column(t, keys->all.items[i].column) != NULL
            || mentions(t, keys->all.items[i].expr))
            return true;
    return false;
}

static bool
names_mention(const struct table_copy *t, const struct slices *names)
{
    VEC_EACH (i, &names->all)
        if (online_copied_column(t, names->all.items[i]) != NULL)
            return true;
    return false;
}

bool
online_copy_has_constraint(const struct table_copy *t, const struct constraint *k)
{
    return mentions(t, k->check) || keys_mention(t, &k->keys)
           || names_mention(t, &k->include);
}

bool
online_copy_has_index(const struct table_copy *t, const struct index *x)
{
    return x->table == t->old
           && (mentions(t, x->where) || keys_mention(t, &x->keys)
               || names_mention(t, &x->include));
}

bool
online_copies(const struct alter *a, const struct change *c)
{
    const struct table_copy *t =
        online_copy_of(a, c->old.table->schema, c->old.table->name);

    return t != NULL && slice_is_none(t->why_not)
           && online_copied_column(t, c->old.column->name) != NULL;
}

/* A copy that a run left which was stopped: all that is in it is in the column itself. */
bool
online_is_left_over(const struct alter *a, const struct table *t, const struct column *c)
{
    return a->r->online && slice_starts(c->name, OWN_PREFIX)
           && map_has(&a->synced, catalog_key(&a->s->arena, t->schema, t->name));
}

/* ---- why not ---- */

static void
refuse(struct alter *a, struct table_copy *t, const char *what, struct slice name,
       const char *why)
{
    if (slice_is_none(t->why_not))
        t->why_not = slice_format(&a->s->arena, "%s%.*s %s", what, SLICE_ARG(name), why);
}

/* Does something of the table go to a side table, or come back from one? */
static bool
is_parked_or_back(const struct alter *a, const struct table_copy *t)
{
    const struct keep_side *side =
        keep_of_table(&a->sides, a->r->down ? t->new : t->old);

    return side != NULL && (a->r->down ? side->is_there : a->r->keep != NULL);
}

static void
look_at_table(struct alter *a, struct table_copy *t)
{
    const struct table *old = t->old;
    struct slice name = old->name;

    if (a->r->has_data_step)
        refuse(a, t, "", SLICE("a data step"), "may still change its values");
    if (is_parked_or_back(a, t))
        refuse(a, t, "what --keep parks of ", name,
               "is copied in the transaction in which it goes");
    if (old->partition_by != NULL || old->bound != NULL || old->parents.all.count > 0
        || t->new->parents.all.count > 0
        || map_has(&a->parents, catalog_key(&a->s->arena, old->schema, name)))
        refuse(a, t, "", name, "has partitions, parents or children");
    if (!slice_is_none(old->of_type.name) || !slice_is_none(t->new->of_type.name))
        refuse(a, t, "", name, "is a table of a type");
    if (old->force_row_security)
        refuse(a, t, "", name,
               "forces row security on its owner, who might not see all rows");
}

/* ---- values ---- */

struct value_search {
    const struct alter *a;
    const struct table *t;
    bool is_new_routine;
    bool is_generated;
};

/* A BEFORE trigger sees no generated values. */
static bool
note_value_node(void *context, const struct expr *e)
{
    struct value_search *s = context;
    const struct column *c;

    if (e->kind == EXPR_CALL && map_has(&s->a->new_routines.by_name, e->text)
        && (!map_has(&s->a->old_routines.by_name, e->text)
            || map_has(&s->a->going, e->text)))
        s->is_new_routine = true;
    c = e->kind == EXPR_COLUMN || e->kind == EXPR_NAME ? table_find_column(s->t, e->text)
                                                       : NULL;
    s->is_generated |= c != NULL && c->generated != NULL;
    return true;
}

static void
look_at_value(struct alter *a, struct table_copy *t, const struct change *c)
{
    const struct expr *value = alter_declared_value(a, c);
    struct value_search s = { .a = a, .t = t->old };

    if (value == NULL)
        return;
    expr_walk(value, note_value_node, &s);
    if (s.is_new_routine)
        refuse(a, t, "the value of ", c->new.column->name,
               "calls a routine that is not there before");
    if (s.is_generated)
        refuse(a, t, "the value of ", c->new.column->name, "reads a generated column");
}

/* ---- types ---- */

/* Of a type that this version makes nothing is known, but an enum can be made first. */
static bool
is_new_name(const struct alter *a, const struct type *t)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct definition *d = c->new.definition;

        if (d != NULL && d->detail == DETAIL_EXTENSION)
            return true; /* which may bring it */
        if (c->kind == CHANGE_RENAME_ENUM
            && c->new.enum_type != NULL &&slice_equal(c->new.enum_type->name, t->name))
            return true;
    }
    return false;
}

static bool
schema_was_there(const struct alter *a, struct slice schema)
{
    if (slice_is_none(schema))
        return true;
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        if (d->detail == DETAIL_SCHEMA && slice_equal(d->name, schema))
            return true;
    }
    return false;
}

/* Of a type that was another one: whoever names it means that of the columns.  Or of a
 * relation, which has it still when copies are made. */
static bool
takes_a_name(const struct alter *a, const struct type *t)
{
    if (alter_is_new_enum(a, t) && alter_name_is_there(a, t->schema, t->name))
        return true;
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct enum_type *e = c->old.enum_type;
        const struct definition *d = c->old.definition;

        if (c->kind != CHANGE_SET_ASIDE)
            break; /* they are the first */
        if (e != NULL ? slice_equal(e->name, t->name) : slice_equal(d->name, t->name))
            return true;
    }
    return false;
}

static void
look_at_type(struct alter *a, struct table_copy *t, const struct type *type)
{
    const bool is_new = alter_is_new_type(a, type) && !alter_is_new_enum(a, type);
    struct slice key;
    const struct definition *d;

    if (type->kind != TYPE_NAMED)
        return;
    key = catalog_key(&a->s->arena, type->schema, type->name);
    d = alter_type_definition(a, type);
    if (d != NULL && d->detail != DETAIL_RANGE)
        refuse(a, t, "the type ", type->name, "is no plain one");
    if (takes_a_name(a, type))
        refuse(a, t, "others would meet the new type ", type->name,
               "before the columns are of it");
    if (is_new || is_new_name(a, type) || map_has(&a->growing_enums, key)
        || map_has(&a->remade_types, key))
        refuse(a, t, "the type ", type->name, "changes in the same version");
    if (alter_is_new_enum(a, type) && !schema_was_there(a, type->schema))
        refuse(a, t, "the schema of ", type->name, "is new");
}

static bool
is_numbering_kept(const struct column *old, const struct column *new)
{
    return old->identity == new->identity
           && (old->identity == IDENTITY_NONE || old->identity == IDENTITY_SERIAL
               || numbering_is_same(old->numbering, new->numbering));
}

static void
look_at_column(struct alter *a, struct table_copy *t, const struct change *c)
{
    const struct column *old = c->old.column;
    const struct column *new = c->new.column;

    if (old->generated != NULL || new->generated != NULL)
        refuse(a, t, "", old->name, "is a generated column");
    if (!is_numbering_kept(old, new))
        refuse(a, t, "", old->name, "counts otherwise from now on");
    look_at_type(a, t, &new->type);
    look_at_value(a, t, c);
}

/* ---- what holds on to them ---- */

static void
look_at_generated(struct alter *a, struct table_copy *t, const struct table *side)
{
    VEC_EACH (i, &side->columns)
        if (mentions(t, side->columns.items[i]->generated))
            refuse(a, t, "the generated column ", side->columns.items[i]->name,
                   "reads it");
}

static void
look_at_constraints(struct alter *a, struct table_copy *t)
{
    VEC_EACH (i, &t->old->constraints) {
        const struct constraint *k = t->old->constraints.items[i];

        if (k->kind == CONSTRAINT_EXCLUDE && online_copy_has_constraint(t, k))
            refuse(a, t, "the EXCLUDE constraint ", k->name, "cannot be built beside");
    }
}

static bool
text_names_columns(const struct table_copy *t, struct slice text)
{
    struct sqltext all = { .rest = text };

    VEC_EACH (i, &t->columns)
        if (sqltext_says_name(all, t->columns.items[i].change->old.column->name))
            return true;
    return false;
}

static bool
stands_on(const struct table_copy *t, const struct definition *d)
{
    return !slice_is_none(d->table) && slice_equal(d->table, t->old->name)
           && d->schema.len == t->old->schema.len
           && (d->schema.len == 0 || slice_equal(d->schema, t->old->schema));
}

/* A column of that name and the table: it may be the one. */
static bool
text_may_read(const struct table_copy *t, const struct definition *d)
{
    return text_names_columns(t, d->text)
           && (stands_on(t, d)
               || sqltext_says_name((struct sqltext){ .rest = d->text }, t->old->name));
}

static bool
is_own_trigger(const struct definition *d)
{
    return slice_starts(d->name, OWN_PREFIX) || slice_starts(d->name, OWN_PREFIX_LAST);
}

/* BEFORE triggers run in the order of their names: ours has to see what others did. */
static void
look_at_trigger(struct alter *a, struct table_copy *t, const struct definition *d)
{
    const struct trigger *g = d->u.trigger;
    bool fires = online_trigger_fires(d, t->old, SLICE_NONE); /* no list has the copy */

    if (!stands_on(t, d) || is_own_trigger(d))
        return;
    d = online_trigger_itself(a, d);
    if (fires && online_can_be_held(d))
        VEC_PUSH(&a->s->arena, &t->held, d);
    else if (fires)
        refuse(a, t, "the trigger ", d->name, "would run for each row that is filled");
    if (text_names_columns(t, d->text))
        refuse(a, t, "the trigger ", d->name, "names it");
    if (g->timing == TRIGGER_BEFORE && slice_compare(d->name, t->trigger) > 0)
        t->trigger = slice_format(&a->s->arena, "~%.*s", SLICE_ARG(t->routine));
    if (g->timing == TRIGGER_BEFORE && slice_compare(d->name, t->trigger) > 0)
        refuse(a, t, "the trigger ", d->name, "runs behind any of ours");
}

static bool
owns_sequence(const struct table_copy *t, const struct sequence *q)
{
    return !slice_is_none(q->owner_table) && slice_equal(q->owner_table, t->old->name)
           && online_copied_column(t, q->owner_column) != NULL;
}

static void
look_at_definition(struct alter *a, struct table_copy *t, const struct definition *d)
{
    bool holds = false;

    switch (d->detail) {
    case DETAIL_TRIGGER:
        look_at_trigger(a, t, d);
        return;
    case DETAIL_SEQUENCE:
        holds = owns_sequence(t, d->u.sequence);
        break;
    case DETAIL_ROUTINE:
        holds = (d->u.routine->body_kind == BODY_RETURN
                 || d->u.routine->body_kind == BODY_ATOMIC)
                && text_may_read(t, d);
        break;
    case DETAIL_RULE:
        holds = stands_on(t, d) || text_may_read(t, d);
        break;
    case DETAIL_NONE:
        holds = stands_on(t, d) || text_may_read(t, d);
        break;
    case DETAIL_POLICY:
    case DETAIL_STATISTICS:
        holds = text_may_read(t, d);
        break;
    case DETAIL_EXTENSION:
    case DETAIL_SCHEMA:
    case DETAIL_DOMAIN:
    case DETAIL_COMPOSITE:
    case DETAIL_RANGE:
    case DETAIL_GRANT:
    case DETAIL_VIRTUAL_TABLE:
    case DETAIL_COMMENT:
    case DETAIL_ROLE:
        break;
    }
    if (holds)
        refuse(a, t, "",
               slice_format(&a->s->arena, "the %.*s %.*s", SLICE_ARG(d->kind),
                            SLICE_ARG(d->name)),
               "holds on to it");
}

/* ---- foreign keys ---- */

/* Does the change need its columns copied, but they are not? */
static bool
is_retyped_in_place(struct alter *a, const struct table *t,
                    const struct table_copy *copy, const struct slices *columns)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_COLUMN_TYPE && c->old.table == t
            && slices_have(columns, c->old.column->name) && alter_rewrites_type(a, c)
            && (copy == NULL || !slice_is_none(copy->why_not)
                || online_copied_column(copy, c->old.column->name) == NULL))
            return true;
    }
    return false;
}

static struct slices
key_columns(struct alter *a, const struct constraint *k)
{
    struct slices out = { 0 };

    VEC_EACH (i, &k->keys.all)
        VEC_PUSH(&a->s->arena, &out.all, k->keys.all.items[i].column);
    return out;
}

static void
look_at_key(struct alter *a, const struct table *t, const struct constraint *k,
            bool *changed)
{
    struct table_copy *own = online_copy_of(a, t->schema, t->name);
    struct table_copy *other = online_copy_of(a, k->ref_schema, k->ref_table);
    const struct table *target =
        catalog_find_table(a->r->from, k->ref_schema, k->ref_table);
    struct slices columns = key_columns(a, k);
    bool own_side = own != NULL && online_copy_has_constraint(own, k);
    bool other_side = other != NULL && names_mention(other, &k->ref_columns);
    struct slice why = SLICE_NONE;

    if (!own_side && !other_side)
        return;
    if (other_side && !map_has(&a->kept, catalog_key(&a->s->arena, t->schema, t->name)))
        why = SLICE("refers to it from a table that goes");
    else if (t->partition_by != NULL || t->bound != NULL
             || (target != NULL && (target->partition_by != NULL)))
        why = SLICE("is one of a partitioned table");
    else if (is_retyped_in_place(a, t, own, &columns)
             || (target != NULL
                 && is_retyped_in_place(a, target, other, &k->ref_columns)))
        why = SLICE("has another side that is changed in place");
    if (slice_is_none(why))
        return;
    for (int side = 0; side < 2; side++) {
        struct table_copy *copy = side == 0 ? own : other;

        if (!(side == 0 ? own_side : other_side) || !slice_is_none(copy->why_not))
            continue;
        copy->why_not = slice_format(&a->s->arena, "the foreign key %.*s %.*s",
                                     SLICE_ARG(k->name), SLICE_ARG(why));
        *changed = true;
    }
}

/* One that is changed in place has those at the other ends of its keys follow. */
static void
look_at_keys(struct alter *a)
{
    bool changed = true;

    for (size_t round = 0; changed && round <= a->copy_list.count; round++) {
        changed = false;
        VEC_EACH (i, &a->r->from->tables) {
            const struct table *t = a->r->from->tables.items[i];

            VEC_EACH (k, &t->constraints)
                if (t->constraints.items[k]->kind == CONSTRAINT_FOREIGN_KEY)
                    look_at_key(a, t, t->constraints.items[k], &changed);
        }
    }
}

/* ---- all of them ---- */

static bool
has_column(const struct table *t, struct slice name)
{
    return table_find_column(t, name) != NULL;
}

/* A name that neither side of the table has, however many runs were stopped. */
static struct slice
free_column_name(struct alter *a, const struct table_copy *t, struct slice column)
{
    for (size_t number = 1;; number++) {
        struct slice name = online_name_for_now(a, column, number);

        if (!has_column(t->old, name) && !has_column(t->new, name)
            && online_copied_column(t, name) == NULL)
            return name;
    }
}

static bool
has_routine(const struct alter *a, struct slice name)
{
    return map_has(&a->old_routines.by_name, name)
           || map_has(&a->new_routines.by_name, name);
}

static struct table_copy *
begin_copy(struct alter *a, const struct change *c)
{
    struct slice key =
        catalog_key(&a->s->arena, c->old.table->schema, c->old.table->name);
    struct table_copy *out = map_get(&a->copies, key);

    if (out != NULL)
        return out;
    out = ARENA_NEW(&a->s->arena, struct table_copy);
    out->old = c->old.table;
    out->new = c->new.table;
    out->why_not = SLICE_NONE;
    for (size_t number = 1; number == 1 || has_routine(a, out->routine); number++)
        out->routine = online_name_for_now(a, out->old->name, number);
    out->trigger = out->routine;
    map_put(&a->copies, key, out);
    VEC_PUSH(&a->s->arena, &a->copy_list, out);
    return out;
}

/* An index holds its keys in the order of a collation, and a check compares by it. */
static bool
is_collation_kept(const struct alter *a, const struct change *c)
{
    struct slice name = c->old.column->name;

    VEC_EACH (i, &c->old.table->constraints) {
        const struct constraint *k = c->old.table->constraints.items[i];

        if (column_is_in(&k->keys, name) || expr_mentions_column(k->check, name))
            return true;
    }
    VEC_EACH (i, &a->r->from->indexes) {
        const struct index *x = a->r->from->indexes.items[i];

        if (x->table != c->old.table)
            continue;
        VEC_EACH (k, &x->keys.all)
            if (expr_mentions_column(x->keys.all.items[k].expr, name))
                return true;
        if (column_is_in(&x->keys, name) || expr_mentions_column(x->where, name))
            return true;
    }
    return false;
}

static bool
wants_copy(struct alter *a, const struct change *c)
{
    if (c->kind == CHANGE_COLUMN_TYPE)
        return alter_rewrites_type(a, c);
    return c->kind == CHANGE_COLUMN_COLLATION
           && type_equal(&c->old.column->type, &c->new.column->type)
           && is_collation_kept(a, c);
}

static void
find_columns(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        struct column_copy copy = { .change = c };
        struct table_copy *t;

        if ((c->kind != CHANGE_COLUMN_TYPE && c->kind != CHANGE_COLUMN_COLLATION)
            || !online_is_in_use(a, c->new.table) || !wants_copy(a, c))
            continue;
        t = begin_copy(a, c);
        copy.name = free_column_name(a, t, c->old.column->name);
        VEC_PUSH(&a->s->arena, &t->columns, copy);
    }
}

static void
note_own_triggers(struct alter *a)
{
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        if (d->detail == DETAIL_TRIGGER && is_own_trigger(d))
            map_put(&a->synced, catalog_key(&a->s->arena, d->schema, d->table), NULL);
    }
}

static void
look_at(struct alter *a, struct table_copy *t)
{
    look_at_table(a, t);
    VEC_EACH (i, &t->columns)
        look_at_column(a, t, t->columns.items[i].change);
    look_at_generated(a, t, t->old);
    look_at_generated(a, t, t->new);
    look_at_constraints(a, t);
    VEC_EACH (i, &a->r->from->definitions)
        look_at_definition(a, t, a->r->from->definitions.items[i]);
}

/* A copy of that type is made before anything else is. */
static void
note_early_types(struct alter *a)
{
    VEC_EACH (i, &a->copy_list) {
        const struct table_copy *t = a->copy_list.items[i];

        for (size_t k = 0; slice_is_none(t->why_not) && k < t->columns.count; k++) {
            const struct type *type = &t->columns.items[k].change->new.column->type;

            if (alter_is_new_enum(a, type))
                map_put(&a->early_types,
                        catalog_key(&a->s->arena, type->schema, type->name), NULL);
        }
    }
}

void
online_find_copies(struct alter *a)
{
    map_init(&a->copies, &a->s->arena);
    map_init(&a->synced, &a->s->arena);
    map_init(&a->early_types, &a->s->arena);
    map_init(&a->leaving, &a->s->arena);
    map_init(&a->renamed, &a->s->arena);
    if (!a->r->online)
        return;
    note_own_triggers(a);
    find_columns(a);
    if (a->copy_list.count == 0)
        return;
    online_note_members(a);
    VEC_EACH (i, &a->copy_list)
        look_at(a, a->copy_list.items[i]);
    look_at_keys(a);
    note_early_types(a);
}

bool
online_makes_early(const struct alter *a, const struct enum_type *e)
{
    return a->early_types.count > 0
           && map_has(&a->early_types, catalog_key(&a->s->arena, e->schema, e->name));
}

void
online_tell_why_short(struct alter *a, struct action *to, const struct change *c)
{
    const struct table_copy *t =
        online_copy_of(a, c->old.table->schema, c->old.table->name);

    if (t == NULL || slice_is_none(t->why_not))
        return;
    VEC_PUSH(&a->s->arena, &to->reasons,
             slice_format(&a->s->arena,
                          "Not by way of a copy beside the old column, while others "
                          "use the table: %.*s.",
                          SLICE_ARG(t->why_not)));
}
