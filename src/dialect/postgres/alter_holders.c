/*
 * What holds on to a routine, a table or an enum type that is made anew: defaults,
 * checks, partial and expression indexes, domains, policies and triggers.  The server
 * drops nothing that something else needs, so that these go first, in PHASE_CLEAR, and
 * come back as soon as the new one is there.  Rows are never touched: they are checked
 * again, that is all.
 *
 * Views that hold on are the business of alter_views.c; generated columns, domains and
 * composite types over such a type are refused, because they hold rows.
 */
#include "dialect/postgres/alter.h"

#include "base/sqltext.h"

/* ---- what goes ---- */

/* The change that makes the type anew; NULL: it stays. */
static const struct change *
remaking(const struct alter *a, const struct type *t)
{
    if (t == NULL || t->kind != TYPE_NAMED)
        return NULL;
    return map_get(&a->remade_types, catalog_key(&a->s->arena, t->schema, t->name));
}

static bool
is_remade(const struct alter *a, const struct type *t)
{
    return remaking(a, t) != NULL;
}

/* The change of the first routine that goes, or of the first table with columns of a type
 * that does, which the text names: of any schema; NULL. */
static const struct change *
change_of_words(const struct alter *a, struct slice text)
{
    struct sqltext t = { .rest = text };
    const struct change *found = NULL;
    struct slice name;

    while (found == NULL && sqltext_next_name(&t, &a->s->arena, &name)) {
        found = map_get(&a->going, name);
        if (found == NULL)
            found = map_get(&a->remade_tables, name);
    }
    return found;
}

struct search {
    const struct alter *a;
    const struct table *table; /* that plain columns belong to; NULL: none */
    bool is_view;              /* whose tables are looked at column by column */
    const struct change *found;
};

static const struct change *
change_of_column(const struct search *s, struct slice name)
{
    const struct column *c = s->table == NULL ? NULL : table_find_column(s->table, name);

    return c != NULL && c->has_type ? remaking(s->a, &c->type) : NULL;
}

static bool
holds_on_to_nothing(void *context, const struct expr *e)
{
    struct search *s = context;

    if (e->kind == EXPR_CALL)
        s->found = map_get(&s->a->going, e->text);
    if (e->kind == QUERY_TABLE && !s->is_view)
        s->found = map_get(&s->a->remade_tables, e->text);
    if (s->found == NULL)
        s->found = remaking(s->a, e->type);
    if (s->found == NULL && (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME))
        s->found = change_of_column(s, e->text);
    return s->found == NULL;
}

const struct change *
alter_holds_on_to(const struct alter *a, const struct table *t, const struct expr *e)
{
    struct search s = { .a = a, .table = t };

    if (e != NULL && (a->going.count > 0 || a->remade_types.count > 0))
        (void)expr_walk(e, holds_on_to_nothing, &s);
    return s.found;
}

const struct change *
alter_view_held_by(const struct alter *a, const struct view *v)
{
    struct search s = { .a = a, .is_view = true };

    if (a->going.count > 0 || a->remade_types.count > 0)
        (void)expr_walk(v->query, holds_on_to_nothing, &s);
    return s.found;
}

const struct change *
alter_type_remade_by(const struct alter *a, const struct type *t)
{
    return a->remade_types.count > 0 ? remaking(a, t) : NULL;
}

bool
alter_is_held(const struct alter *a, const struct table *t, const struct expr *e)
{
    return alter_holds_on_to(a, t, e) != NULL;
}

static bool
is_read(const struct routine *r)
{
    return r->body_kind == BODY_RETURN || r->body_kind == BODY_ATOMIC;
}

/* Does its signature hold on, or what the server reads when it makes it?  NULL: no. */
static const struct change *
change_of_routine(const struct alter *a, const struct routine *r)
{
    const struct change *found = r->has_result ? remaking(a, &r->result) : NULL;

    for (size_t i = 0; found == NULL && i < r->arguments.all.count; i++) {
        const struct argument *x = &r->arguments.all.items[i];

        found = remaking(a, &x->type);
        if (found == NULL)
            found = alter_holds_on_to(a, NULL, x->default_value);
    }
    for (size_t i = 0; found == NULL && i < r->options.all.count; i++)
        if (!slice_is_none(r->options.all.items[i].value))
            found = change_of_words(a, r->options.all.items[i].value);
    return found == NULL && is_read(r) ? change_of_words(a, r->body) : found;
}

struct slice
alter_definition_key(const struct alter *a, const struct definition *d)
{
    struct slice object = catalog_key(&a->s->arena, d->schema, d->name);

    return slice_format(&a->s->arena, "%.*s\1%.*s\1%.*s\1%.*s", SLICE_ARG(object),
                        SLICE_ARG(d->kind), SLICE_ARG(d->table), SLICE_ARG(d->signature));
}

/* The definition that says the same on the new side; NULL: it changes or goes. */
static const struct definition *
find_same(const struct alter *a, const struct definition *d)
{
    struct slice key = alter_definition_key(a, d);
    const struct definition *same = map_get(&a->new_definitions, key);
    const struct change *c = map_get(&a->changed_definitions, key);

    /* The same words may say another thing once a column has another type. */
    if (c != NULL
        && (c->kind == CHANGE_REPLACE_DEFINITION || c->kind == CHANGE_DROP_DEFINITION))
        return NULL;
    /* The server spells what it has read in its own way: no change, no difference. */
    return same != NULL && (c == NULL || slice_equal(same->normal, d->normal)) ? same
                                                                              : NULL;
}

static void
note_new_definitions(struct alter *a)
{
    map_init(&a->new_definitions, &a->s->arena);
    VEC_EACH (i, &a->r->to->definitions) {
        const struct definition *d = a->r->to->definitions.items[i];

        map_put(&a->new_definitions, alter_definition_key(a, d), (void *)(uintptr_t)d);
    }
}

static void
note_remade_types(struct alter *a)
{
    map_init(&a->remade_types, &a->s->arena);
    map_init(&a->growing_enums, &a->s->arena);
    map_init(&a->relabelled, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind != CHANGE_ENUM_VALUES)
            continue;
        map_put(
            &a->growing_enums,
            catalog_key(&a->s->arena, c->new.enum_type->schema, c->new.enum_type->name),
            NULL);
        if (alter_enum_only_grows(c)) {
            map_put(&a->relabelled,
                    catalog_key(&a->s->arena, c->old.enum_type->schema,
                                c->old.enum_type->name),
                    (void *)(uintptr_t)c);
            continue;
        }
        map_put(
            &a->remade_types,
            catalog_key(&a->s->arena, c->old.enum_type->schema, c->old.enum_type->name),
            (void *)(uintptr_t)c);
        map_put(
            &a->remade_types,
            catalog_key(&a->s->arena, c->new.enum_type->schema, c->new.enum_type->name),
            (void *)(uintptr_t)c);
    }
}

static void
note_going(struct alter *a, const struct definition *d, const struct change *c)
{
    map_put(&a->going, d->name, (void *)(uintptr_t)c);
    a->comes_back_last |= definition_stage(a->r->to, d) == STAGE_LAST;
}

/* One that is replaced by another of its name, with what else it takes or gives. */
static void
note_replaced_routines(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct definition *old = c->old.definition;

        if (old == NULL || old->detail != DETAIL_ROUTINE)
            continue;
        if (c->kind == CHANGE_REPLACE_DEFINITION
            && (!alter_may_replace_code(old, c->new.definition)
                || alter_body_disturbed_by(a, old) != NULL))
            note_going(a, c->new.definition, c);
        if (c->kind == CHANGE_DROP_DEFINITION
            && (map_has(&a->new_routines.by_name, old->name)
                || alter_body_disturbed_by(a, old) != NULL))
            note_going(a, old, c);
    }
}

/* What keeps the routine from staying as it is; NULL: nothing. */
static const struct change *
change_of_held(struct alter *a, const struct definition *d)
{
    const struct change *found = change_of_routine(a, d->u.routine);

    return found != NULL ? found : alter_body_disturbed_by(a, d);
}

/* A routine that does not change, but needs one that does, takes a type that does or
 * reads a column that does: dropped and made again like those. */
static bool
note_held_routines(struct alter *a, struct map *met)
{
    bool more = false;

    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];
        const struct change *c;

        if (d->detail != DETAIL_ROUTINE || map_has(met, d->normal)
            || find_same(a, d) == NULL
            || (c = change_of_held(a, d)) == NULL)
            continue;
        map_put(met, d->normal, NULL);
        VEC_PUSH(&a->s->arena, &a->held_routines, d);
        note_going(a, d, c);
        more = true;
    }
    return more;
}

#define HELD_ROUNDS_MAX 64 /* the longest chain of routines that call each other */

/* What the bodies say that the server has read, of routines that are replaced. */
static void
note_read_names(struct alter *a)
{
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];
        const struct definition *d = c->old.definition;
        struct slice name;
        struct sqltext t;

        if (c->kind != CHANGE_REPLACE_DEFINITION || d->detail != DETAIL_ROUTINE
            || !is_read(d->u.routine))
            continue;
        t = (struct sqltext){ .rest = d->u.routine->body };
        while (sqltext_next_name(&t, &a->s->arena, &name))
            map_put(&a->read_names, name, NULL);
    }
}

static const struct change *
change_of_columns(const struct alter *a, const struct table *t)
{
    const struct change *found = NULL;

    for (size_t i = 0; t != NULL && found == NULL && i < t->columns.count; i++)
        if (t->columns.items[i]->has_type)
            found = remaking(a, &t->columns.items[i]->type);
    return found;
}

/* Tables that others take the place of, and their rows, which are values of a type. */
static void
note_moved_tables(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (c->kind == CHANGE_MOVE_ROWS)
            map_put(&a->remade_types,
                    catalog_key(arena, c->old.table->schema, c->old.table->name),
                    (void *)(uintptr_t)c);
    }
    for (size_t i = 0; a->r->remakes_tables && i < a->r->from->tables.count; i++) {
        const struct table *t = a->r->from->tables.items[i];
        const struct change *c = alter_move_of(a, t);

        if (c != NULL)
            map_put(&a->remade_tables, t->name, (void *)(uintptr_t)c);
    }
}

/* Their names alone: who says one is told by words, and what is made again needlessly is
 * as good. */
static void
note_remade_tables(struct alter *a)
{
    map_init(&a->remade_tables, &a->s->arena);
    note_moved_tables(a);
    for (size_t i = 0; a->remade_types.count > 0 && i < a->r->from->tables.count; i++) {
        const struct table *t = a->r->from->tables.items[i];
        const struct change *c = change_of_columns(a, t);

        if (c != NULL)
            map_put(&a->remade_tables, t->name, (void *)(uintptr_t)c);
    }
}

void
alter_find_holders(struct alter *a)
{
    struct map met;
    size_t rounds = 0;
    bool more = true;

    map_init(&a->going, &a->s->arena);
    map_init(&a->read_names, &a->s->arena);
    map_init(&met, &a->s->arena);
    a->held_routines.count = 0;
    note_read_names(a);
    note_new_definitions(a);
    alter_note_whole(a);
    note_remade_types(a);
    note_remade_tables(a);
    while (more && rounds++ < HELD_ROUNDS_MAX) {
        size_t before = a->going.count;

        alter_find_views_down(a);
        note_replaced_routines(a);
        more = (a->going.count > 0 || a->remade_types.count > 0 || a->disturbed.count > 0
                || a->views_down.count > 0)
               && note_held_routines(a, &met);
        more = more || a->going.count > before;
    }
}

/* ---- who holds on ---- */

/* A trigger says columns only by UPDATE OF and WHEN. */
static const struct change *
change_of_trigger(const struct alter *a, const struct table *t, const struct trigger *g)
{
    bool reads = g->when != NULL || g->columns.all.count > 0;
    const struct change *found = map_get(&a->going, g->function);

    if (found == NULL)
        found = alter_holds_on_to(a, t, g->when);
    return found == NULL && reads ? change_of_columns(a, t) : found;
}

static const struct change *
change_of_policy(const struct alter *a, const struct table *t, const struct policy *p)
{
    const struct change *found = alter_holds_on_to(a, t, p->using);

    return found != NULL ? found : alter_holds_on_to(a, t, p->with_check);
}

/* OLD and NEW are its table's, and what it does has tables of its own. */
static const struct change *
change_of_rule(const struct alter *a, const struct table *t, const struct definition *d)
{
    const struct change *found = change_of_columns(a, t);

    return found != NULL ? found : change_of_words(a, d->text);
}

/* What it holds on to; NULL: nothing that changes. */
static const struct change *
change_of_definition(const struct alter *a, const struct definition *d)
{
    const struct change *found = alter_reads_changed_column(a, d);
    const struct table *t;

    if (found != NULL || (a->going.count == 0 && a->remade_types.count == 0))
        return found;
    t = catalog_find_table(a->r->from, d->schema, d->table);
    if (d->detail == DETAIL_TRIGGER)
        return change_of_trigger(a, t, d->u.trigger);
    if (d->detail == DETAIL_RULE)
        return change_of_rule(a, t, d);
    return d->detail == DETAIL_POLICY ? change_of_policy(a, t, d->u.policy) : NULL;
}

bool
alter_definition_is_held(const struct alter *a, const struct definition *d)
{
    return change_of_definition(a, d) != NULL;
}

/* What a condition or a key holds on to; NULL: neither does. */
static const struct change *
held_by(const struct alter *a, const struct table *t, const struct expr *condition,
        const struct index_keys *keys)
{
    const struct change *found = alter_holds_on_to(a, t, condition);

    for (size_t i = 0; found == NULL && i < keys->all.count; i++)
        found = alter_holds_on_to(a, t, keys->all.items[i].expr);
    return found;
}

bool
alter_constraint_is_held(const struct alter *a, const struct table *t,
                         const struct constraint *k)
{
    return held_by(a, t, k->check, &k->keys) != NULL;
}

bool
alter_index_is_held(const struct alter *a, const struct index *x)
{
    return held_by(a, x->table, x->where, &x->keys) != NULL;
}

bool
alter_type_is_remade(const struct alter *a, const struct type *t)
{
    return a->remade_types.count > 0 && is_remade(a, t);
}

/* ---- down and up again ---- */

struct holders {
    struct alter *a;
    struct map stays;   /* catalog_key of an old table → the new one */
    struct map changed; /* what a change takes down or sets by itself */
    struct map indexes; /* catalog_key of a new index → it */
};

/* Where something is put back: as early as it can be. */
struct action *
alter_back_action(struct alter *a, enum phase phase, size_t order, const struct change *c)
{
    struct action *to =
        a->comes_back_last ? alter_action(
            a, PHASE_RESTORE, alter_restore_end(a) + DEFINITION_ORDER_END + 1, c)
                           : alter_action(a, phase, order, c);

    alter_comes_back(a, to);
    alter_reason(a, to, "It does not change itself: it needs what is made anew.");
    return to;
}

static struct slice
member_key(const struct holders *h, const struct table *t, struct slice member,
           const char *kind)
{
    struct slice table = catalog_key(&h->a->s->arena, t->schema, t->name);

    return slice_format(&h->a->s->arena, "%.*s\1%s\1%.*s", SLICE_ARG(table), kind,
                        SLICE_ARG(member));
}

static void
note_change(struct holders *h, const struct change *c)
{
    if (c->kind == CHANGE_DROP_CONSTRAINT)
        map_put(&h->changed,
                member_key(h, c->old.table, c->old.constraint->name, "constraint"), NULL);
    else if (c->kind == CHANGE_DROP_INDEX)
        map_put(&h->changed,
                member_key(h, c->old.index->table, c->old.index->name, "index"), NULL);
    else if (c->kind == CHANGE_COLUMN_DEFAULT)
        map_put(&h->changed, member_key(h, c->old.table, c->old.column->name, "default"),
                NULL);
}

/* ONLY: a table with parents or children has its own. */
static struct slice
default_text(struct alter *a, const struct table *t, const struct column *c, bool set)
{
    struct postgres_statement st;

    postgres_begin(a->s, &st);
    sqlw_kw(&st.w, "ALTER TABLE ONLY");
    sqlw_qualified(&st.w, t->schema, t->name);
    sqlw_kw(&st.w, "ALTER COLUMN");
    sqlw_ident(&st.w, c->name);
    if (set)
        alter_write_default(&st.w, c);
    else
        sqlw_kw(&st.w, "DROP DEFAULT");
    return postgres_end(&st);
}

static void
free_default(struct holders *h, const struct table *old, const struct column *c,
             const struct table *new, const struct column *then)
{
    struct alter *a = h->a;
    struct change change = { .kind = CHANGE_COLUMN_DEFAULT,
                             .old = { .table = old, .column = c },
                             .new = { .table = new, .column = then } };
    const struct change *held = alter_holds_on_to(a, old, c->default_value);
    struct action *to;

    if (held == NULL || alter_type_is_remade(a, &c->type))
        return;
    to = alter_action(a, PHASE_CLEAR, alter_holder_order(a), &change);
    action_makes_way(&a->s->arena, to, held);
    alter_sql(a, to, default_text(a, old, c, false));
    if (then == NULL || then->default_value == NULL
        || map_has(&h->changed, member_key(h, old, c->name, "default")))
        return;
    alter_comes_back(a, to);
    to = alter_back_action(a, PHASE_GROW,
                           alter_columns_order(a) + DEFINITION_ORDER_END + 2, &change);
    action_makes_way(&a->s->arena, to, held);
    alter_sql(a, to, default_text(a, new, then, true));
}

static void
refuse_generated(struct alter *a, const struct table *old, const struct column *c,
                 const struct table *new, const struct column *then)
{
    struct change change = { .kind = CHANGE_COLUMN_GENERATED,
                             .old = { .table = old, .column = c },
                             .new = { .table = new, .column = then } };

    if (then != NULL && then->generated != NULL && alter_is_held(a, old, c->generated)
        && alter_is_held(a, new, then->generated))
        alter_refuse(a, &change,
                     "its expression needs a routine or a type that has to be dropped "
                     "and made anew; drop the column in a version of its own");
}

static const struct column *
column_then(const struct table *old, const struct table *new, const struct column *c)
{
    for (size_t i = 0; new != NULL &&i < new->columns.count; i++)
        if (diff_old_column(old, new, new->columns.items[i]) == c)
            return new->columns.items[i];
    return NULL;
}

const struct column *
alter_column_then(const struct alter *a, const struct table *old, const struct column *c)
{
    return column_then(old, diff_new_table(a->r->changes, old), c);
}

static void
free_constraint(struct holders *h, const struct table *old, const struct constraint *k,
                const struct table *new)
{
    struct alter *a = h->a;
    const struct constraint *then =
        new == NULL ? NULL : table_find_constraint(new, k->name);
    struct change change = { .kind = CHANGE_DROP_CONSTRAINT,
                             .old = { .table = old, .constraint = k },
                             .new = { .table = new, .constraint = then } };
    const struct change *held = held_by(a, old, k->check, &k->keys);
    struct action *to;
    struct postgres_statement st;

    if ((k->inherited && !alter_changes_parents(a, old)) || held == NULL
        || map_has(&h->changed, member_key(h, old, k->name, "constraint")))
        return;
    to = alter_action(a, PHASE_CLEAR, alter_holder_order(a), &change);
    action_makes_way(&a->s->arena, to, held);
    postgres_begin_alter(a->s, &st, old, "DROP CONSTRAINT");
    sqlw_ident(&st.w, k->name);
    alter_sql(a, to, postgres_end(&st));
    if (then == NULL)
        return;
    alter_comes_back(a, to);
    change.kind = CHANGE_ADD_CONSTRAINT;
    to = alter_back_action(a, PHASE_TIGHTEN, TIGHTEN_CONSTRAINTS, &change);
    action_makes_way(&a->s->arena, to, held);
    to->scans = !then->not_valid;
    alter_sql(a, to, postgres_add_constraint(a->s, new, then));
    if (then->comment.len > 0)
        alter_sql(a, to, postgres_comment_member(a->s, new, NULL, then, then->comment));
}

static void
free_members(struct holders *h, const struct table *old)
{
    const struct table *new =
        map_get(&h->stays, catalog_key(&h->a->s->arena, old->schema, old->name));

    VEC_EACH (i, &old->columns) {
        const struct column *c = old->columns.items[i];
        const struct column *then;

        if (c->default_value == NULL && c->generated == NULL)
            continue;
        then = column_then(old, new, c);
        free_default(h, old, c, new, then);
        refuse_generated(h->a, old, c, new, then);
    }
    VEC_EACH (i, &old->constraints)
        free_constraint(h, old, old->constraints.items[i], new);
}

static void
note_indexes(struct holders *h)
{
    map_init(&h->indexes, &h->a->s->arena);
    VEC_EACH (i, &h->a->r->to->indexes) {
        const struct index *x = h->a->r->to->indexes.items[i];

        map_put(&h->indexes, catalog_key(&h->a->s->arena, x->table->schema, x->name),
                (void *)(uintptr_t)x);
    }
}

static void
free_index(struct holders *h, const struct index *x)
{
    struct alter *a = h->a;
    const struct table *new =
        map_get(&h->stays, catalog_key(&a->s->arena, x->table->schema, x->table->name));
    struct change change = { .kind = CHANGE_DROP_INDEX, .old.index = x };
    struct slice name = alter_name(a, x->table->schema, x->name);
    const struct change *held = held_by(a, x->table, x->where, &x->keys);
    struct action *to;

    if (x->inherited || map_has(&h->changed, member_key(h, x->table, x->name, "index"))
        || held == NULL)
        return;
    to = alter_action(a, PHASE_CLEAR, alter_holder_order(a), &change);
    action_makes_way(&a->s->arena, to, held);
    alter_sql(a, to, slice_format(&a->s->arena, "DROP INDEX %.*s", SLICE_ARG(name)));
    change.kind = CHANGE_CREATE_INDEX;
    if (new == NULL)
        return;
    change.new.index =
        map_get(&h->indexes, catalog_key(&a->s->arena, new->schema, x->name));
    if (change.new.index == NULL || change.new.index->table != new)
        return;
    alter_comes_back(a, to);
    to = alter_back_action(a, PHASE_INDEX, order_of_index(change.new.index), &change);
    action_makes_way(&a->s->arena, to, held);
    alter_create_index_now(a, to, change.new.index);
}

/* Those of one name in all schemas. */
struct view_names {
    VEC(const struct view *) all;
};

static void
note_view_name(struct alter *a, const struct view *v)
{
    struct view_names *names = map_get(&a->views_by_name, v->name);

    if (names == NULL) {
        names = ARENA_NEW(&a->s->arena, struct view_names);
        map_put(&a->views_by_name, v->name, names);
    }
    VEC_PUSH(&a->s->arena, &names->all, v);
}

/* Made when the first policy asks: most schemas have none. */
static void
note_view_names(struct alter *a)
{
    if (a->views_by_name.count > 0)
        return;
    map_init(&a->views_by_name, &a->s->arena);
    VEC_EACH (i, &a->r->from->views)
        note_view_name(a, a->r->from->views.items[i]);
}

struct view_search {
    const struct alter *a;
    const struct map *views; /* NULL: any */
    const struct view *found;
};

static const struct view *
find_named(const struct view_search *s, const struct view_names *names)
{
    for (size_t i = 0; names != NULL && i < names->all.count; i++) {
        const struct view *v = names->all.items[i];

        if (s->views == NULL
            || map_has(s->views, catalog_key(&s->a->s->arena, v->schema, v->name)))
            return v;
    }
    return NULL;
}

/* A name without a schema may be that of any schema here: a policy that is made again
 * needlessly is as good. */
static bool
reads_no_view(void *context, const struct expr *e)
{
    struct view_search *s = context;

    if (e->kind == QUERY_TABLE)
        s->found = find_named(s, map_get(&s->a->views_by_name, e->text));
    return s->found == NULL;
}

const struct view *
alter_view_read(struct alter *a, const struct expr *e, const struct map *views)
{
    struct view_search s = { a, views, NULL };

    note_view_names(a);
    if (e != NULL)
        (void)expr_walk(e, reads_no_view, &s);
    return s.found;
}

const struct view *
alter_view_of_policy(struct alter *a, const struct policy *p, const struct map *views)
{
    const struct view *found = alter_view_read(a, p->using, views);

    return found != NULL ? found : alter_view_read(a, p->with_check, views);
}

/* The actions from `first` on carry out no change: they make way for `held`. */
static void
tell_unchanged(struct alter *a, size_t first, const struct change *held)
{
    for (size_t i = first; i < a->out->all.count; i++) {
        struct action *to = a->out->all.items[i];

        alter_comes_back(a, to);
        to->causes.count = 0;
        action_makes_way(&a->s->arena, to, held);
        alter_reason(a, to, "It does not change itself: it comes back as it was.");
    }
}

void
alter_free_definition(struct alter *a, const struct definition *d,
                      const struct change *held)
{
    size_t first = a->out->all.count;
    struct change c = { .kind = CHANGE_REPLACE_DEFINITION,
                        .old.definition = d,
                        .new.definition = find_same(a, d) };

    if (c.new.definition == NULL)
        c.new.definition = alter_definition_then(a, d);
    if (c.new.definition != NULL) {
        alter_drop_definition(a, &c);
        alter_make_definition(a, &c);
        tell_unchanged(a, first, held);
    } else if (map_has(&a->dropped_tables,
                       catalog_key(&a->s->arena, d->schema, d->table))) {
        alter_drop_definition(a, &c); /* before its table goes */
    }
}

/* Those that did not change; alter_definitions has the others. */
static void
free_definitions(struct alter *a)
{
    VEC_EACH (i, &a->r->from->definitions) {
        const struct definition *d = a->r->from->definitions.items[i];

        const struct change *held = change_of_definition(a, d);

        if (d->detail == DETAIL_DOMAIN)
            alter_free_domain(a, d, find_same(a, d));
        if (held != NULL)
            alter_free_definition(a, d, held);
    }
}

static void
remake_held_routines(struct alter *a)
{
    VEC_EACH (i, &a->held_routines) {
        const struct definition *d = a->held_routines.items[i];
        struct change c = { .kind = CHANGE_REPLACE_DEFINITION,
                            .old.definition = d,
                            .new.definition = find_same(a, d) };
        size_t first = a->out->all.count;

        alter_remake_code(a, &c);
        tell_unchanged(a, first, map_get(&a->going, d->name));
    }
}

static void
note_tables_that_stay(struct holders *h)
{
    map_init(&h->stays, &h->a->s->arena);
    VEC_EACH (i, &h->a->r->to->tables) {
        const struct table *t = h->a->r->to->tables.items[i];
        const struct table *old = diff_old_table(h->a->r->changes, t);

        if (old != NULL)
            map_put(&h->stays, catalog_key(&h->a->s->arena, old->schema, old->name),
                    (void *)(uintptr_t)t);
    }
}

void
alter_free_holders(struct alter *a)
{
    struct holders h = { .a = a };

    if (a->disturbed.count > 0 && a->going.count == 0 && a->remade_types.count == 0)
        free_definitions(a);
    if (a->going.count == 0 && a->remade_types.count == 0)
        return;
    note_tables_that_stay(&h);
    note_indexes(&h);
    map_init(&h.changed, &a->s->arena);
    VEC_EACH (i, &a->r->changes->all)
        note_change(&h, &a->r->changes->all.items[i]);
    VEC_EACH (i, &a->r->from->tables)
        free_members(&h, a->r->from->tables.items[i]);
    VEC_EACH (i, &a->r->from->indexes)
        free_index(&h, a->r->from->indexes.items[i]);
    free_definitions(a);
    remake_held_routines(a);
}
