/*
 * Rules about primary keys, foreign keys, UNIQUE, EXCLUDE and indexes.
 */
#include "lint/rule.h"

/* ---- what the rules ask ---- */

static bool
may_be_null(const struct table *t, struct slice column)
{
    const struct column *c = table_find_column(t, column);

    return c != NULL && !c->not_null && c->generated == NULL;
}

static const struct column *
first_nullable(const struct table *t, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all)
        if (may_be_null(t, keys->all.items[i].column))
            return table_find_column(t, keys->all.items[i].column);
    return NULL;
}

/* Plain columns only, and the same ones in any order. */
static bool
same_columns(const struct index_keys *a, const struct index_keys *b)
{
    if (a->all.count != b->all.count)
        return false;
    VEC_EACH (i, &a->all)
        if (slice_is_none(a->all.items[i].column)
            || !column_is_in(b, a->all.items[i].column))
            return false;
    return true;
}

/* Do the first keys of `set` name nothing but the columns of `keys`, and all of them? */
static bool
begins_with_columns(const struct key_set *set, const struct index_keys *keys)
{
    if (set->keys->all.count < keys->all.count)
        return false;
    VEC_EACH (i, &keys->all) {
        struct slice column = set->keys->all.items[i].column;

        if (slice_is_none(column) || !column_is_in(keys, column))
            return false;
    }
    return true;
}

static bool
same_key(const struct index_key *a, const struct index_key *b)
{
    return slice_equal(a->column, b->column) && expr_equal(a->expr, b->expr)
           && slice_equal(a->collation, b->collation)
           && slice_equal(a->opclass, b->opclass) && a->descending == b->descending
           && a->nulls == b->nulls;
}

/* Are the keys of `a` the first keys of `b`, in their order? */
static bool
is_prefix(const struct index_keys *a, const struct index_keys *b)
{
    if (a->all.count > b->all.count)
        return false;
    VEC_EACH (i, &a->all)
        if (!same_key(&a->all.items[i], &b->all.items[i]))
            return false;
    return true;
}

/* ---- primary keys ---- */

void
rule_table_without_primary_key(struct lint *l, const struct table *t)
{
    struct diag *d;

    if (t->primary_key != NULL)
        return;
    d = lint_found(l, t->span, "table \"%.*s\" has no primary key", SLICE_ARG(t->name));
    lint_hint(l, d, "PRIMARY KEY (...) over what tells its rows apart");
}

/* ---- foreign keys ---- */

/* A partial index serves, where its WHERE only leaves the NULLs out. */
static bool
serves_all_rows(const struct key_set *set, const struct index_keys *keys)
{
    const struct expr *w = set->where;

    return w == NULL
           || (w->kind == EXPR_IS && (w->flags & EXPR_NEGATED) != 0
               && slice_is(w->text, "null") && w->args[0]->kind == EXPR_COLUMN
               && column_is_in(keys, w->args[0]->text));
}

static bool
has_index(struct lint *l, const struct table *t, const struct index_keys *keys)
{
    const struct key_sets *sets = lint_beginning(l, t, keys);

    VEC_EACH (i, &sets->all)
        if (begins_with_columns(sets->all.items[i], keys)
            && serves_all_rows(sets->all.items[i], keys))
            return true;
    return false;
}

void
rule_foreign_key_without_index(struct lint *l, const struct table *t,
                               const struct constraint *k)
{
    struct slice columns;
    struct diag *d;

    if (k->kind != CONSTRAINT_FOREIGN_KEY || has_index(l, t, &k->keys))
        return;
    columns = lint_key_text(l, &k->keys);
    d = lint_found(l, k->span,
                   "no index begins with %.*s: each change of \"%.*s\" reads all of "
                   "\"%.*s\"",
                   SLICE_ARG(columns), SLICE_ARG(k->ref_table), SLICE_ARG(t->name));
    lint_hint(l, d, "CREATE INDEX ON %.*s %.*s", SLICE_ARG(t->name), SLICE_ARG(columns));
}

/* Texts of different lengths compare as they are; a char(n) is padded. */
static bool
same_storage(const struct type *a, const struct type *b)
{
    return type_equal(a, b)
           || (type_family(a) == FAMILY_TEXT && type_family(b) == FAMILY_TEXT
               && a->kind != TYPE_CHAR && b->kind != TYPE_CHAR);
}

void
rule_foreign_key_type(struct lint *l, const struct table *t, const struct constraint *k)
{
    const struct table *to = catalog_find_table(l->catalog, k->ref_schema, k->ref_table);

    if (k->kind != CONSTRAINT_FOREIGN_KEY || to == NULL)
        return;
    VEC_EACH (i, &k->keys.all) {
        const struct column *from = table_find_column(t, k->keys.all.items[i].column);
        const struct column *target =
            i < k->ref_columns.all.count
                ? table_find_column(to, k->ref_columns.all.items[i])
                : NULL;
        struct slice from_type;
        struct slice to_type;
        struct diag *d;

        if (from == NULL || target == NULL || !from->has_type || !target->has_type
            || same_storage(&from->type, &target->type))
            continue;
        from_type = lint_type_text(l, &from->type);
        to_type = lint_type_text(l, &target->type);
        d = lint_found(l, from->span,
                       "\"%.*s\" is %.*s, and refers to \"%.*s\" of \"%.*s\", which is "
                       "%.*s",
                       SLICE_ARG(from->name), SLICE_ARG(from_type),
                       SLICE_ARG(target->name), SLICE_ARG(to->name), SLICE_ARG(to_type));
        lint_note(l, d, target->span, "it is declared here");
        lint_hint(l, d, "%.*s %.*s", SLICE_ARG(from->name), SLICE_ARG(to_type));
    }
}

void
rule_set_null_on_not_null(struct lint *l, const struct table *t,
                          const struct constraint *k)
{
    bool on_delete = k->on_delete == FK_SET_NULL;

    if (k->kind != CONSTRAINT_FOREIGN_KEY || (!on_delete && k->on_update != FK_SET_NULL))
        return;
    VEC_EACH (i, &k->keys.all) {
        const struct column *c = table_find_column(t, k->keys.all.items[i].column);
        bool is_set = k->set_columns.all.count == 0;
        struct diag *d;

        VEC_EACH (m, &k->set_columns.all)
            is_set = is_set || slice_equal(k->set_columns.all.items[m], c->name);
        if (c == NULL || !c->not_null || !is_set)
            continue;
        d = lint_found(l, k->span, "ON %s SET NULL fails: \"%.*s\" is NOT NULL",
                       on_delete ? "DELETE" : "UPDATE", SLICE_ARG(c->name));
        lint_note(l, d, c->span, "the column is declared here");
        lint_hint(l, d, "ON %s RESTRICT, or a column that may be NULL",
                  on_delete ? "DELETE" : "UPDATE");
        return;
    }
}

/* What the key does to its own rows when the other row goes or changes; NULL: nothing. */
static const char *
action_on_rows(enum fk_action action)
{
    switch (action) {
    case FK_CASCADE:
        return "CASCADE";
    case FK_SET_NULL:
        return "SET NULL";
    case FK_SET_DEFAULT:
        return "SET DEFAULT";
    case FK_NO_ACTION:
    case FK_RESTRICT:
        return NULL;
    }
    return NULL;
}

void
rule_append_only_key_acts(struct lint *l, const struct table *t,
                          const struct constraint *k)
{
    const char *on_delete = action_on_rows(k->on_delete);
    const char *action = on_delete != NULL ? on_delete : action_on_rows(k->on_update);
    struct diag *d;

    if (!t->append_only || k->kind != CONSTRAINT_FOREIGN_KEY || action == NULL
        || k->inherited)
        return;
    d = lint_found(l, k->span, "ON %s %s fails: \"%.*s\" is @append_only",
                   on_delete != NULL ? "DELETE" : "UPDATE", action, SLICE_ARG(t->name));
    lint_hint(l, d, "ON %s RESTRICT says so, and says it at once",
              on_delete != NULL ? "DELETE" : "UPDATE");
}

void
rule_nullable_key_member(struct lint *l, const struct table *t,
                         const struct constraint *k)
{
    const struct column *c;
    struct diag *d;

    if (k->kind != CONSTRAINT_FOREIGN_KEY || k->keys.all.count < 2
        || k->match != FK_MATCH_SIMPLE)
        return;
    c = first_nullable(t, &k->keys);
    if (c == NULL)
        return;
    d = lint_found(l, k->span,
                   "a row whose \"%.*s\" is NULL may refer to what is not there",
                   SLICE_ARG(c->name));
    lint_note(l, d, c->span, "the column may be NULL");
    lint_hint(l, d, "NOT NULL on the column, or MATCH FULL on the key");
}

/* ---- UNIQUE ---- */

/* One column that may be NULL is an optional key: nobody expects NULLs to clash. */
void
rule_nullable_unique(struct lint *l, const struct table *t, const struct constraint *k)
{
    const struct column *c;
    struct diag *d;

    if (k->kind != CONSTRAINT_UNIQUE || k->keys.all.count < 2 || k->nulls_not_distinct)
        return;
    c = first_nullable(t, &k->keys);
    if (c == NULL)
        return;
    d = lint_found(l, k->span, "rows whose \"%.*s\" is NULL may be there twice",
                   SLICE_ARG(c->name));
    lint_note(l, d, c->span, "the column may be NULL");
    lint_hint(l, d, "NOT NULL on the column, or UNIQUE NULLS NOT DISTINCT");
}

static const char *
key_word(const struct key_set *set)
{
    if (set->index != NULL)
        return "unique index";
    return set->constraint->kind == CONSTRAINT_PRIMARY_KEY ? "primary key" : "UNIQUE";
}

/* The key that was declared before it, over the same columns. */
static const struct key_set *
find_same_unique(struct lint *l, const struct table *t, const struct constraint *k)
{
    const struct key_sets *sets = lint_beginning(l, t, &k->keys);

    VEC_EACH (i, &sets->all) {
        const struct key_set *set = sets->all.items[i];

        if (set->constraint == k)
            return NULL; /* those behind it are later ones */
        if (set->constraint != NULL && same_columns(set->keys, &k->keys))
            return set;
    }
    return NULL;
}

void
rule_redundant_unique(struct lint *l, const struct table *t, const struct constraint *k)
{
    const struct key_set *other;
    struct diag *d;

    if (k->kind != CONSTRAINT_UNIQUE)
        return;
    other = find_same_unique(l, t, k);
    if (other == NULL)
        return;
    d = lint_found(l, k->span, "UNIQUE %.*s repeats a %s",
                   SLICE_ARG(lint_key_text(l, &k->keys)), key_word(other));
    lint_note(l, d, other->span, "it is here");
    lint_hint(l, d, "take the UNIQUE out");
}

/* Of several that are alike the first stands; tables have few. */
static const struct constraint *
find_same_check(const struct table *t, const struct constraint *k)
{
    VEC_EACH (i, &t->constraints) {
        const struct constraint *other = t->constraints.items[i];

        if (other == k)
            return NULL;
        if (other->kind == CONSTRAINT_CHECK && expr_equal(other->check, k->check))
            return other;
    }
    return NULL;
}

void
rule_redundant_check(struct lint *l, const struct table *t, const struct constraint *k)
{
    const struct constraint *other;
    struct diag *d;

    if (k->kind != CONSTRAINT_CHECK)
        return;
    other = find_same_check(t, k);
    if (other == NULL)
        return;
    d = lint_found(l, k->span, "this CHECK of \"%.*s\" repeats another one",
                   SLICE_ARG(t->name));
    lint_note(l, d, other->span, "it is here");
    lint_hint(l, d, "take the CHECK out");
}

/* ---- indexes ---- */

static bool
is_plain_btree(const struct index *i)
{
    return slice_is(i->method, "btree") && i->where == NULL && i->include.all.count == 0;
}

static const struct key_set *
find_repeated_constraint(struct lint *l, const struct index *i)
{
    const struct key_sets *sets = lint_beginning(l, i->table, &i->keys);

    VEC_EACH (k, &sets->all) {
        const struct key_set *set = sets->all.items[k];

        if (set->constraint != NULL && set->keys->all.count == i->keys.all.count
            && is_prefix(&i->keys, set->keys))
            return set;
    }
    return NULL;
}

void
rule_index_repeats_constraint(struct lint *l, const struct index *i)
{
    const struct key_set *other =
        is_plain_btree(i) ? find_repeated_constraint(l, i) : NULL;
    struct diag *d;

    if (other == NULL)
        return;
    d = lint_found(l, i->span, "index \"%.*s\" repeats that of a %s %.*s",
                   SLICE_ARG(i->name), key_word(other),
                   SLICE_ARG(lint_key_text(l, other->keys)));
    lint_note(l, d, other->span, "it has an index of its own");
    lint_hint(l, d, "DROP INDEX %.*s", SLICE_ARG(i->name));
}

static bool
same_include(const struct index *a, const struct index *b)
{
    return slices_equal(&a->include, &b->include);
}

/* Does `set` serve whatever the index serves? */
static bool
covers_index(const struct key_set *set, const struct index *i)
{
    bool longer = set->keys->all.count > i->keys.all.count;

    if (!is_prefix(&i->keys, set->keys))
        return false;
    if (set->constraint != NULL)
        return longer && is_plain_btree(i) && !i->unique;
    if (set->index == i || !slice_equal(set->index->method, i->method)
        || !expr_equal(set->where, i->where))
        return false;
    if (longer)
        return !i->unique && i->include.all.count == 0 && slice_is(i->method, "btree");
    return (same_include(set->index, i) || i->include.all.count == 0)
           && (set->unique || !i->unique);
}

/* Of two alike the later one is reported, or the one that is not unique. */
static const struct key_set *
find_covering(struct lint *l, const struct index *i)
{
    const struct key_sets *sets = lint_beginning(l, i->table, &i->keys);
    bool before = true; /* is what we look at declared before the index? */

    VEC_EACH (k, &sets->all) {
        const struct key_set *set = sets->all.items[k];
        bool alike = set->keys->all.count == i->keys.all.count && set->index != NULL
                     && set->unique == i->unique && same_include(set->index, i);

        if (set->index == i)
            before = false;
        else if (covers_index(set, i) && (before || !alike))
            return set;
    }
    return NULL;
}

void
rule_index_covered(struct lint *l, const struct index *i)
{
    const struct key_set *other = find_covering(l, i);
    struct slice columns;
    struct diag *d;

    if (other == NULL)
        return;
    columns = lint_key_text(l, other->keys);
    if (other->keys->all.count > i->keys.all.count)
        d = lint_found(l, i->span,
                       "index \"%.*s\" is the beginning of a longer one: %.*s",
                       SLICE_ARG(i->name), SLICE_ARG(columns));
    else
        d = lint_found(l, i->span, "index \"%.*s\" repeats index \"%.*s\" %.*s",
                       SLICE_ARG(i->name), SLICE_ARG(other->index->name),
                       SLICE_ARG(columns));
    lint_note(l, d, other->span, "this one serves the same queries");
    lint_hint(l, d, "DROP INDEX %.*s", SLICE_ARG(i->name));
}

void
rule_boolean_index(struct lint *l, const struct index *i)
{
    const struct column *c;
    struct diag *d;

    if (i->keys.all.count != 1 || i->unique || i->where != NULL)
        return;
    c = table_find_column(i->table, i->keys.all.items[0].column);
    if (c == NULL || !c->has_type || c->type.kind != TYPE_BOOLEAN
        || c->type.dimensions > 0)
        return;
    d = lint_found(l, i->span, "index \"%.*s\" tells two halves apart at best",
                   SLICE_ARG(i->name));
    lint_hint(l, d, "an index of what is looked for among the rare ones: WHERE %.*s",
              SLICE_ARG(c->name));
}

#define INDEX_COLUMNS_MAX 3 /* more seldom narrow a search: strong_migrations' limit */

void
rule_index_many_columns(struct lint *l, const struct index *i)
{
    if (i->unique || i->keys.all.count <= INDEX_COLUMNS_MAX)
        return;
    lint_found(l, i->span, "index \"%.*s\" has %zu columns", SLICE_ARG(i->name),
               i->keys.all.count);
}

/* ---- EXCLUDE ---- */

static bool
is_equality(const struct index_key *key)
{
    return slice_is(key->operator, "=");
}

/* Types of the server itself that have no gist operator class of their own. */
static bool
needs_btree_gist(const struct table *t, const struct index_key *key)
{
    const struct column *c = table_find_column(t, key->column);

    return c != NULL && c->has_type && c->type.kind != TYPE_NAMED
           && c->type.dimensions == 0 && slice_is_none(key->opclass);
}

void
rule_exclude_needs_extension(struct lint *l, const struct table *t,
                             const struct constraint *k)
{
    if (k->kind != CONSTRAINT_EXCLUDE || !slice_is_fold(k->method, "gist")
        || lint_has_extension(l, "btree_gist"))
        return;
    VEC_EACH (i, &k->keys.all) {
        const struct column *c = table_find_column(t, k->keys.all.items[i].column);
        struct diag *d;

        if (!needs_btree_gist(t, &k->keys.all.items[i]))
            continue;
        d = lint_found(l, k->span,
                       "gist has no operators for \"%.*s\", which is %.*s, without the "
                       "extension btree_gist",
                       SLICE_ARG(c->name), SLICE_ARG(lint_type_text(l, &c->type)));
        lint_note(l, d, c->span, "the column is declared here");
        lint_hint(l, d, "CREATE EXTENSION btree_gist;");
        return;
    }
}

void
rule_exclude_is_unique(struct lint *l, const struct table *t, const struct constraint *k)
{
    struct diag *d;

    if (k->kind != CONSTRAINT_EXCLUDE || k->deferral != DEFERRAL_NONE)
        return;
    VEC_EACH (i, &k->keys.all)
        if (!is_equality(&k->keys.all.items[i]))
            return;
    d = lint_found(l, k->span, "an EXCLUDE with nothing but = is a unique index");
    lint_hint(l, d, "CREATE UNIQUE INDEX ON %.*s %.*s%s", SLICE_ARG(t->name),
              SLICE_ARG(lint_key_text(l, &k->keys)),
              k->check != NULL ? " WHERE ..." : "");
}

/* ---- the rest ---- */

void
rule_not_valid_left(struct lint *l, const struct table *t, const struct constraint *k)
{
    struct diag *d;

    if (!k->not_valid)
        return;
    d = lint_found(l, k->span,
                   "constraint \"%.*s\" does not hold for rows that are older",
                   SLICE_ARG(k->name));
    lint_hint(l, d, "ALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", SLICE_ARG(t->name),
              SLICE_ARG(k->name));
}
