/*
 * What shows only where two statements of a script are read together: an enum value that
 * is used before its transaction ends, a view that loses its rights or its columns, a
 * CHECK that was there, an index whose leftover nobody takes away.
 */
#include "lint/script.h"

void
script_pairs_init(struct script_pairs *p, struct arena *a)
{
    map_init(&p->labels, a);
    map_init(&p->indexes, a);
    map_init(&p->cleared, a);
    map_init(&p->built_names, a);
    map_init(&p->checks, a);
    map_init(&p->check_names, a);
    map_init(&p->views, a);
}

/* ---- enum values ---- */

struct new_label {
    size_t transaction;
    struct slice type;
};

static void
add_label(struct script *sc, const struct ast_alter_type *t)
{
    struct new_label *label = ARENA_NEW(sc->a, struct new_label);

    *label = (struct new_label){ sc->transaction, t->name.name };
    map_put(&sc->pairs.labels, slice_format(sc->a, "'%.*s'", SLICE_ARG(t->label)), label);
    sc->pairs.label_transaction = sc->transaction;
}

/* ALTER TYPE may name it as a neighbour; a comment and another type mean no value. */
static bool
may_use_label(const struct stmt *stmt)
{
    return stmt->kind != STMT_ALTER_TYPE && stmt->kind != STMT_COMMENT
           && stmt->kind != STMT_CREATE_ENUM;
}

/* A literal that is spelt like it counts: of what type it is, the database knows. */
static void
find_new_label(struct script *sc, const struct stmt *stmt)
{
    size_t at = 0;

    if (!sc->in_transaction || sc->pairs.label_transaction != sc->transaction
        || !may_use_label(stmt))
        return;
    for (;;) {
        struct slice word = script_next_word(stmt->text, &at);
        const struct new_label *label;
        struct operation *o;

        if (slice_is_none(word))
            return;
        label = map_get(&sc->pairs.labels, word);
        if (label == NULL || label->transaction != sc->transaction)
            continue;
        o = script_add(sc, OPERATION_ENUM_USED, stmt->span, NULL);
        o->table = label->type;
        o->name = word;
        return;
    }
}

/* ---- CHECKs ---- */

struct seen_check {
    const struct expr *check;
    struct slice name;
    bool is_dropped;
};

static struct slice
check_key(struct script *sc, const struct ast_name *table, const struct expr *check)
{
    struct slice key = script_key(sc, table);

    return slice_format(sc->a, "%.*s %llx", SLICE_ARG(key),
                        (unsigned long long)expr_hash(check));
}

static void
remember_check(struct script *sc, const struct ast_name *table,
               const struct ast_constraint *k)
{
    struct seen_check *seen = ARENA_NEW(sc->a, struct seen_check);

    seen->check = k->check;
    seen->name = slice_is_none(k->name) ? SLICE("a CHECK") : k->name;
    map_put(&sc->pairs.checks, check_key(sc, table, k->check), seen);
    if (!slice_is_none(k->name))
        map_put(&sc->pairs.check_names, script_member(sc, table, k->name), seen);
}

static void
add_check(struct script *sc, const struct ast_name *table, const struct ast_constraint *k)
{
    const struct seen_check *seen =
        map_get(&sc->pairs.checks, check_key(sc, table, k->check));
    struct operation *o;

    if (seen == NULL || seen->is_dropped || !expr_equal(seen->check, k->check)) {
        remember_check(sc, table, k);
        return;
    }
    o = script_add(sc, OPERATION_CHECK_REPEATED, k->span, table);
    o->name = seen->name;
}

static void
drop_check(struct script *sc, const struct ast_name *table, struct slice name)
{
    struct seen_check *seen =
        map_get(&sc->pairs.check_names, script_member(sc, table, name));

    if (seen != NULL)
        seen->is_dropped = true;
}

/* ---- indexes ---- */

bool
script_knows_index(const struct script *sc, struct slice name)
{
    return map_has(&sc->pairs.indexes, name);
}

struct built_index {
    size_t operation;
};

static void
mark_looked_at(struct script *sc, const struct built_index *built)
{
    if (built != NULL)
        sc->operations->all.items[built->operation].proven = true;
}

/* What may leave an INVALID one behind, or take one that was left for what is wanted. */
static void
build_index(struct script *sc, const struct ast_create_index *x)
{
    struct built_index *built = ARENA_NEW(sc->a, struct built_index);
    struct operation *o;

    if (!slice_is_none(x->name))
        map_put(&sc->pairs.indexes, x->name, sc);
    if (!x->concurrently || (!x->unique && !x->if_not_exists))
        return;
    o = script_add(sc, OPERATION_INDEX_BESIDE, sc->statement, &x->table);
    o->name = x->name;
    o->if_not_exists = x->if_not_exists;
    o->proven = !slice_is_none(x->name) && map_has(&sc->pairs.cleared, x->name);
    built->operation = sc->operations->all.count - 1;
    VEC_PUSH(sc->a, &sc->pairs.built, built);
    if (!slice_is_none(x->name))
        map_put(&sc->pairs.built_names, x->name, built);
}

static void
drop_index(struct script *sc, const struct ast_drop *d)
{
    VEC_EACH (i, &d->names.all) {
        map_put(&sc->pairs.indexes, d->names.all.items[i].name, sc);
        if (d->if_exists)
            map_put(&sc->pairs.cleared, d->names.all.items[i].name, sc);
    }
}

/* SELECT … FROM pg_index WHERE NOT indisvalid, also in a DO block. */
static void
look_for_valid(struct script *sc, const struct stmt *stmt)
{
    size_t at = 0;
    struct slice word;

    if (sc->pairs.built.count == 0)
        return;
    do
        word = script_next_word(stmt->text, &at);
    while (!slice_is_none(word) && !slice_equal_fold(word, SLICE("indisvalid")));
    if (slice_is_none(word))
        return;
    VEC_EACH (i, &sc->pairs.built)
        mark_looked_at(sc, sc->pairs.built.items[i]);
    sc->pairs.built.count = 0;
}

/* ---- ALTER TABLE ---- */

static void
alter_table(struct script *sc, const struct ast_alter_table *t)
{
    VEC_EACH (i, &t->actions) {
        const struct ast_alter *x = t->actions.items[i];
        const struct ast_constraint *k = x->constraint;

        if (x->kind == ALTER_DROP_CONSTRAINT)
            drop_check(sc, &t->name, x->name);
        if (x->kind != ALTER_ADD_CONSTRAINT)
            continue;
        if (k->kind == CONSTRAINT_CHECK)
            add_check(sc, &t->name, k);
        if (!slice_is_none(k->using_index)) /* the server refuses an INVALID one */
            mark_looked_at(sc, map_get(&sc->pairs.built_names, k->using_index));
    }
}

/* ---- views ---- */

struct seen_view {
    bool is_made; /* here, when nobody had a right to it */
    bool is_dropped;
    size_t again;          /* its operation, from 1 on; 0: it was not made again */
    struct slices columns; /* none: a name that is not known */
    bool knows_columns;
};

static struct seen_view *
seen_view(struct script *sc, const struct ast_name *name)
{
    struct slice key = script_key(sc, name);
    struct seen_view *v = map_get(&sc->pairs.views, key);

    if (v == NULL) {
        v = ARENA_NEW(sc->a, struct seen_view);
        map_put(&sc->pairs.views, key, v);
    }
    return v;
}

static struct slice
target_name(const struct expr *target)
{
    if (!slice_is_none(target->text))
        return target->text;
    return target->args[0]->kind == EXPR_NAME || target->args[0]->kind == EXPR_COLUMN
               ? target->args[0]->text
               : SLICE_NONE;
}

/* False: a * hides how many there are. */
static bool
view_columns(struct arena *a, const struct ast_create_view *v, struct slices *out)
{
    const struct expr *select = query_first_select(v->query);
    const struct expr *targets = select == NULL ? NULL : select->args[SELECT_TARGETS];

    for (uint32_t i = 0; targets != NULL && i < targets->arg_count; i++) {
        const struct expr *target = targets->args[i];

        if (target->kind == EXPR_STAR
            || (target->kind == QUERY_TARGET && target->args[0]->kind == EXPR_STAR))
            return false;
        if (i < v->columns.all.count)
            VEC_PUSH(a, &out->all, v->columns.all.items[i].name);
        else
            VEC_PUSH(a, &out->all, target_name(target));
    }
    return targets != NULL;
}

static bool
may_be_same(struct slice a, struct slice b)
{
    return slice_is_none(a) || slice_is_none(b) || slice_equal(a, b);
}

static void
compare_columns(struct script *sc, const struct ast_name *name, const struct slices *old,
                const struct slices *new)
{
    VEC_EACH (i, &old->all) {
        struct slice was = old->all.items[i];
        struct slice is = i < new->all.count ? new->all.items[i] : SLICE_NONE;
        struct operation *o;

        if (i < new->all.count && may_be_same(was, is))
            continue;
        o = script_add(sc, OPERATION_VIEW_COLUMNS, sc->statement, name);
        o->name = was;
        o->count = i + 1;
        return;
    }
}

static void
create_view(struct script *sc, const struct ast_create_view *v)
{
    struct seen_view *seen = seen_view(sc, &v->name);
    struct slices columns = { 0 };
    bool knows = view_columns(sc->a, v, &columns);

    if (seen->is_dropped && !seen->is_made && seen->again == 0) {
        script_add(sc, OPERATION_VIEW_AGAIN, sc->statement, &v->name);
        seen->again = sc->operations->all.count;
        VEC_PUSH(sc->a, &sc->pairs.views_again, seen);
    }
    if (v->or_replace && seen->knows_columns && knows)
        compare_columns(sc, &v->name, &seen->columns, &columns);
    if (!v->or_replace && !seen->is_dropped)
        seen->is_made = true;
    seen->is_dropped = false;
    seen->columns = columns;
    seen->knows_columns = knows;
}

static void
drop_view(struct script *sc, const struct ast_drop *d)
{
    VEC_EACH (i, &d->names.all) {
        struct seen_view *seen = seen_view(sc, &d->names.all.items[i]);

        seen->is_dropped = true;
        seen->knows_columns = false;
    }
}

static void
keep_rights(struct script *sc, const struct seen_view *v)
{
    if (v->again > 0)
        sc->operations->all.items[v->again - 1].proven = true;
}

static void
grant(struct script *sc, const struct ast_grant *g)
{
    if (g->revoke || !slice_is(g->kind, "table"))
        return;
    VEC_EACH (i, &g->objects.all)
        if (!g->in_schema)
            keep_rights(sc, seen_view(sc, &g->objects.all.items[i].name));
    if (!g->in_schema)
        return;
    VEC_EACH (i, &sc->pairs.views_again)
        keep_rights(sc, sc->pairs.views_again.items[i]);
    sc->pairs.views_again.count = 0;
}

/* ---- statements ---- */

static void
drop(struct script *sc, const struct ast_drop *d)
{
    if (d->object == OBJECT_INDEX)
        drop_index(sc, d);
    else if (d->object == OBJECT_VIEW || d->object == OBJECT_MATERIALIZED_VIEW)
        drop_view(sc, d);
}

void
script_pairs_read(struct script *sc, const struct stmt *stmt)
{
    find_new_label(sc, stmt);
    if (stmt->kind == STMT_ALTER_TYPE
        && stmt->u.alter_type->kind == ALTER_TYPE_ADD_VALUE)
        add_label(sc, stmt->u.alter_type);
    else if (stmt->kind == STMT_CREATE_INDEX)
        build_index(sc, stmt->u.create_index);
    else if (stmt->kind == STMT_CREATE_VIEW)
        create_view(sc, stmt->u.create_view);
    else if (stmt->kind == STMT_DROP)
        drop(sc, stmt->u.drop);
    else if (stmt->kind == STMT_GRANT)
        grant(sc, stmt->u.grant);
    else if (stmt->kind == STMT_RENAME && stmt->u.rename->object == OBJECT_INDEX)
        map_put(&sc->pairs.indexes, stmt->u.rename->new_name, sc);
    else if (stmt->kind == STMT_ALTER_TABLE)
        alter_table(sc, stmt->u.alter_table);
    else if (stmt->kind == STMT_QUERY || stmt->kind == STMT_RAW)
        look_for_valid(sc, stmt);
}
