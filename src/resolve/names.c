/*
 * The names of what was not named, by PostgreSQL's rule (model/naming.h), when the names
 * of tables and columns are final.  Each schema has its own names.
 */
#include "resolve/build.h"

#include "model/naming.h"

#include <assert.h>

/* ---- which columns go into a name ---- */

static void
add_once(struct arena *a, struct slices *to, struct slice name)
{
    VEC_EACH (i, &to->all)
        if (slice_equal(to->all.items[i], name))
            return;
    VEC_PUSH(a, &to->all, name);
}

struct column_names {
    struct arena *arena;
    struct slices names;
};

static bool
collect_column(void *context, const struct expr *e)
{
    struct column_names *c = context;

    if (e->kind == EXPR_COLUMN || e->kind == EXPR_NAME)
        add_once(c->arena, &c->names, e->text);
    return true;
}

/* A CHECK is named after its column where it has just one. */
static struct slices
check_columns(struct build *b, const struct expr *check)
{
    struct column_names c = { .arena = b->a };

    if (check != NULL)
        expr_walk(check, collect_column, &c);
    if (c.names.all.count != 1)
        c.names.all.count = 0;
    return c.names;
}

static struct slices
key_columns(struct build *b, const struct constraint *c)
{
    struct slices names = { 0 };

    VEC_EACH (i, &c->keys.all)
        VEC_PUSH(b->a, &names.all, c->keys.all.items[i].column);
    return names;
}

static const char *const constraint_suffixes[] = {
    [CONSTRAINT_PRIMARY_KEY] = "pkey", [CONSTRAINT_UNIQUE] = "key",
    [CONSTRAINT_CHECK] = "check",      [CONSTRAINT_FOREIGN_KEY] = "fkey",
    [CONSTRAINT_EXCLUDE] = "excl",
};
static_assert(ARRAY_LEN(constraint_suffixes) == CONSTRAINT_KIND_COUNT,
              "a suffix for each");

struct slice
constraint_derive_name(struct build *b, struct map *taken, const struct table *t,
                       const struct constraint *c)
{
    struct slices columns = { 0 };

    if (c->kind == CONSTRAINT_CHECK)
        columns = check_columns(b, c->check);
    else if (c->kind == CONSTRAINT_FOREIGN_KEY)
        columns = key_columns(b, c);
    else
        naming_index_columns(b->s, &c->keys, &c->include, &columns);
    return naming_derive(b->s, taken, t->name, &columns,
                         constraint_suffixes[c->kind]);
}

static struct slice
index_derive_name(struct build *b, struct map *taken, const struct table *t,
                  const struct index *x)
{
    struct slices columns = { 0 };

    naming_index_columns(b->s, &x->keys, &x->include, &columns);
    return naming_derive(b->s, taken, t->name, &columns, "idx");
}

/* A CHECK or a foreign key has one name for a table, its children and its copies. */
static const struct work_constraint *
namesake(const struct work_constraint *c)
{
    if (c->constraint->kind != CONSTRAINT_CHECK
        && c->constraint->kind != CONSTRAINT_FOREIGN_KEY)
        return NULL;
    return c->parent != NULL ? c->parent : c->named_after;
}

struct slice
constraint_name(struct build *b, const struct work_constraint *c)
{
    struct map taken;

    while (namesake(c) != NULL)
        c = namesake(c);
    if (!slice_is_none(c->constraint->name))
        return c->constraint->name;
    map_init(&taken, b->a);
    return constraint_derive_name(b, &taken, c->owner->table, c->constraint);
}

struct work_index *
table_find_work_index(struct build *b, struct work_table *w, struct slice name)
{
    struct map taken;

    map_init(&taken, b->a);
    VEC_EACH (i, &w->indexes) {
        struct work_index *x = w->indexes.items[i];

        if (!slice_is_none(x->index->name)) {
            if (slice_equal(x->index->name, name))
                return x;
            continue;
        }
        if (slice_equal(index_derive_name(b, &taken, w->table, x->index), name))
            return x;
    }
    return NULL;
}

struct work_constraint *
table_find_work_constraint(struct build *b, struct work_table *w, struct slice name)
{
    struct map taken;

    VEC_EACH (i, &w->constraints)
        if (slice_equal(w->constraints.items[i]->constraint->name, name)
            && !slice_is_none(w->constraints.items[i]->constraint->name))
            return w->constraints.items[i];
    map_init(&taken, b->a);
    VEC_EACH (i, &w->constraints) {
        struct work_constraint *c = w->constraints.items[i];

        if (slice_is_none(c->constraint->name)
            && slice_equal(constraint_derive_name(b, &taken, w->table, c->constraint),
                           name))
            return c;
    }
    return NULL;
}

/* ---- names that are taken, by schema ---- */

static struct map *
taken_in(struct build *b, struct map *schemas, struct slice schema)
{
    struct slice key = slice_is_none(schema) ? SLICE("") : schema;
    struct map *taken = map_get(schemas, key);

    if (taken == NULL) {
        taken = ARENA_NEW(b->a, struct map);
        map_init(taken, b->a);
        map_put(schemas, key, taken);
    }
    return taken;
}

static bool
is_derived(struct slice name, bool flag)
{
    return flag || slice_is_none(name);
}

static void
take(struct map *taken, struct slice name)
{
    map_put(taken, name, taken);
}

/* Two tables may use one name; which of them a server meets first is not known here. */
static void
take_constraint(struct map *taken, struct constraint *c)
{
    struct constraint *other = map_get(taken, c->name);

    if (other == NULL) {
        map_put(taken, c->name, c);
        return;
    }
    c->shares_name = true;
    if ((void *)other != (void *)taken)
        other->shares_name = true;
}

/* A composite type is a relation, too; a virtual table is none of PostgreSQL's. */
static bool
is_relation(const struct definition *d)
{
    return d->detail == DETAIL_COMPOSITE || slice_is(d->kind, "sequence")
           || (slice_ends(d->kind, "table") && !slice_is(d->kind, "virtual table"));
}

static bool
is_relation_object(const struct object *o)
{
    return o->role == ROLE_TABLE || o->role == ROLE_VIEW
           || (o->role == ROLE_DEFINITION && is_relation(o->u.definition)
               && !slice_is_none(o->name));
}

static void
take_given(struct build *b, struct map *schemas, const struct object *o)
{
    struct map *taken = taken_in(b, schemas, o->schema);

    if (is_relation_object(o))
        take(taken, o->name);
    if (o->role == ROLE_INDEX
        && !is_derived(o->u.index->index->name, o->u.index->index->name_is_derived))
        take(taken, o->u.index->index->name);
    if (o->role != ROLE_TABLE)
        return;
    VEC_EACH (i, &o->u.table->constraints) {
        struct constraint *c = o->u.table->constraints.items[i]->constraint;

        if (is_derived(c->name, c->name_is_derived))
            continue;
        take_constraint(taken, c);
    }
}

/* ---- giving names ---- */

static void
take_other_names(struct build *b, struct work_table *w)
{
    VEC_EACH (i, &w->constraints) {
        struct work_constraint *c = w->constraints.items[i];
        const struct work_constraint *root = c;

        while (namesake(root) != NULL)
            root = namesake(root);
        if (root == c || (c->parent == NULL && !slice_is_none(c->constraint->name)))
            continue;
        if (c->parent == NULL) {
            root->constraint->shares_name = true;
            root->constraint->name_is_derived = false;
        }
        c->constraint->name =
            root->dropped ? constraint_name(b, c) : root->constraint->name;
        c->constraint->name_is_derived =
            c->parent != NULL && root->constraint->name_is_derived;
    }
}

static void
name_constraints(struct build *b, struct map *taken, struct work_table *w)
{
    VEC_EACH (i, &w->constraints) {
        struct constraint *c = w->constraints.items[i]->constraint;

        if (!is_derived(c->name, c->name_is_derived)
            || namesake(w->constraints.items[i]) != NULL)
            continue;
        c->name = constraint_derive_name(b, taken, w->table, c);
        c->name_is_derived = true;
    }
}

static void
name_indexes(struct build *b, struct map *taken, struct work_table *w)
{
    VEC_EACH (i, &w->indexes) {
        struct index *k = w->indexes.items[i]->index;

        if (!is_derived(k->name, k->name_is_derived))
            continue;
        k->name = index_derive_name(b, taken, w->table, k);
        k->name_is_derived = true;
    }
}

/* ---- names that are written as the rule gives them ---- */

/*
 * CONSTRAINT t_pkey PRIMARY KEY says what PRIMARY KEY says: the two are one declaration.
 * To know it, every name is derived once more beside those that cannot be the rule's.
 * Where the rule must number (t_x_check, t_x_check1), the order of declaration tells
 * which is which, and that counts for nothing: there the names stay.
 */

/* One that another table has as well needs its name. */
static bool
constraint_may_follow_rule(const struct work_constraint *c)
{
    const struct constraint *k = c->constraint;

    return !k->name_is_derived && !k->shares_name && c->parent == NULL
           && namesake(c) == NULL && slice_ends(k->name, constraint_suffixes[k->kind]);
}

static bool
index_may_follow_rule(const struct work_index *x)
{
    return !x->index->name_is_derived && x->parent == NULL
           && slice_ends(x->index->name, "idx");
}

/* The names that the rule must step aside for; true where one of `w` may be its own. */
static bool
take_other_than_rule(struct map *taken, const struct work_table *w)
{
    bool found = false;

    VEC_EACH (i, &w->constraints) {
        const struct work_constraint *c = w->constraints.items[i];

        if (constraint_may_follow_rule(c))
            found = true;
        else if (!c->constraint->name_is_derived)
            map_put(taken, c->constraint->name, NULL);
    }
    VEC_EACH (i, &w->indexes) {
        const struct work_index *x = w->indexes.items[i];

        if (index_may_follow_rule(x))
            found = true;
        else if (!x->index->name_is_derived)
            map_put(taken, x->index->name, NULL);
    }
    return found;
}

static struct slice
without_number(struct slice name)
{
    while (name.len > 0 && name.ptr[name.len - 1] >= '0' && name.ptr[name.len - 1] <= '9')
        name.len--;
    return name;
}

/*
 * `ruled` is what the rule gives now, `name` what the thing is called.  A name that was
 * found to be the rule's is taken with its flag, so that a second of its kind can end
 * that.
 */
static void
follow_rule_for(struct map *taken, struct slice ruled, struct slice name, bool may,
                bool *is_derived_flag)
{
    struct slice plain = without_number(ruled);
    bool *first = plain.len < ruled.len ? map_get(taken, plain) : NULL;

    if (first != NULL)
        *first = false;
    if (!slice_equal(ruled, name)) {
        map_put(taken, name, NULL);
    } else if (may && plain.len == ruled.len) {
        *is_derived_flag = true;
        map_put(taken, name, is_derived_flag);
    }
}

static void
follow_rule_in_table(struct build *b, struct map *taken, struct work_table *w)
{
    VEC_EACH (i, &w->constraints) {
        struct constraint *k = w->constraints.items[i]->constraint;
        bool may = constraint_may_follow_rule(w->constraints.items[i]);

        if (may || k->name_is_derived)
            follow_rule_for(taken, constraint_derive_name(b, taken, w->table, k), k->name,
                            may, &k->name_is_derived);
    }
    VEC_EACH (i, &w->indexes) {
        struct index *x = w->indexes.items[i]->index;
        bool may = index_may_follow_rule(w->indexes.items[i]);

        if (may || x->name_is_derived)
            follow_rule_for(taken, index_derive_name(b, taken, w->table, x), x->name, may,
                            &x->name_is_derived);
    }
}

/* Needs: every name is final.  Leaves: a name that the rule gives is a derived one. */
static void
follow_rule(struct build *b)
{
    struct map schemas;
    bool found = false;

    map_init(&schemas, b->a);
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct map *taken;

        if (o->dropped || !is_relation_object(o))
            continue;
        taken = taken_in(b, &schemas, o->schema);
        map_put(taken, o->name, NULL);
        if (o->role == ROLE_TABLE)
            found |= take_other_than_rule(taken, o->u.table);
    }
    if (!found)
        return;
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (!o->dropped && o->role == ROLE_TABLE)
            follow_rule_in_table(b, taken_in(b, &schemas, o->schema), o->u.table);
    }
}

void
names_derive(struct build *b)
{
    struct map schemas;

    map_init(&schemas, b->a);
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped)
            take_given(b, &schemas, b->objects.items[i]);
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];
        struct map *taken;

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        taken = taken_in(b, &schemas, o->schema);
        name_constraints(b, taken, o->u.table);
        name_indexes(b, taken, o->u.table);
    }
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_TABLE)
            take_other_names(b, b->objects.items[i]->u.table);
    follow_rule(b);
}
