/*
 * Constraints and indexes of a table in SQLite's terms: what stays, what becomes an
 * index, what is left out with a note.
 */
#include "dialect/sqlite/comments.h"
#include "dialect/sqlite/lower.h"

/* ---- constraints ---- */

static struct slice
constraint_title(struct lite_lowering *l, const struct table *t,
                 const struct constraint *k)
{
    return slice_format(&l->s->arena, "constraint \"%.*s\" of \"%.*s\"",
                        SLICE_ARG(k->name), SLICE_ARG(t->name));
}

static void
note_constraint(struct lite_lowering *l, const struct table *t,
                const struct constraint *k, const char *loss)
{
    diag_add(&l->s->diags, D_LOWER_NOTE, k->span, "%.*s: %s",
             SLICE_ARG(constraint_title(l, t, k)), loss);
}

static void
leave_out_constraint(struct lite_lowering *l, const struct table *t,
                  const struct constraint *k, const char *why)
{
    diag_add(&l->s->diags, D_LOWER_LEFT_OUT, k->span, "%.*s is left out: %s",
             SLICE_ARG(constraint_title(l, t, k)), why);
}

/* A check that reads the clock, or a row of another query: a trigger may ask for it. */
static bool
guard_check(struct lite_lowering *l, const struct table *neutral, const struct table *t,
            const struct constraint *k)
{
    struct lite_scope fixed = lite_scope_of(l, neutral);
    struct lite_scope scope = lite_scope_of(l, neutral);
    const struct expr *check;

    fixed.fixed = true;
    (void)lite_lower_expr(&fixed, k->check);
    if (!lite_has_problem(&fixed))
        return false;
    check = lite_lower_expr(&scope, k->check);
    if (lite_has_problem(&scope))
        return false;
    lite_report_note(l, &scope, k->span, constraint_title(l, neutral, k));
    lite_guard_check(l, t, k, check);
    return true;
}

/*
 * A check that SQLite has no words for is left out with a note; one that would be wrong
 * about numbers is an error.
 */
static bool
lower_check(struct lite_lowering *l, const struct table *neutral, const struct table *t,
            struct constraint *k)
{
    struct lite_scope scope = lite_scope_of(l, neutral);
    struct slice title = constraint_title(l, neutral, k);
    const struct expr *check;
    bool no_zero;

    if (guard_check(l, neutral, t, k))
        return false;
    scope.fixed = true;
    check = lite_lower_expr(&scope, k->check);
    if (lite_has_problem(&scope)) {
        lite_report_left_out(l, &scope, k->span, title);
        lite_report_note(l, &scope, k->span, title);
        return false;
    }
    k->check = lite_refuse_zero(&l->s->arena, neutral, check, &no_zero);
    if (!no_zero || !slice_starts(scope.note, LITE_NOTE_ZERO))
        lite_report_note(l, &scope, k->span, title);
    return true;
}

/* True when it stays. */
static bool
lower_foreign_key(struct lite_lowering *l, const struct table *t, struct constraint *k)
{
    const struct table *target = catalog_find_table(l->from, k->ref_schema, k->ref_table);

    if (target != NULL && target->bound != NULL) {
        leave_out_constraint(l, t, k, "it refers to a partition, and SQLite has none");
        return false;
    }
    k->ref_table = lite_flat_name(&l->s->arena, k->ref_schema, k->ref_table);
    k->ref_schema = SLICE_NONE;
    if (k->match == FK_MATCH_FULL && k->keys.all.count > 1)
        note_constraint(l, t, k,
                        "SQLite has MATCH SIMPLE only: a key that is partly "
                        "NULL is not checked");
    k->match = FK_MATCH_SIMPLE;
    if (k->set_columns.all.count > 0)
        lite_guard_set_columns(l, t, arena_copy(&l->s->arena, k, sizeof *k));
    if (k->set_columns.all.count > 0)
        k->on_delete = FK_NO_ACTION;
    k->set_columns = (struct slices){ 0 };
    return true;
}

/* The collations that SQLite has, and those that compare by bytes as it does. */
static void
drop_key_collation(struct lite_lowering *l, struct index_key *k, struct span span,
                   struct slice title)
{
    static const char *const ours[] = { "nocase", "rtrim", "binary" };
    static const char *const by_bytes[] = { "C", "POSIX", "default", "ucs_basic" };
    struct slice name = k->collation;

    for (size_t i = 0; i < ARRAY_LEN(ours); i++)
        if (slice_is_none(name) || slice_is_fold(name, ours[i]))
            return;
    k->collation = SLICE_NONE;
    for (size_t i = 0; i < ARRAY_LEN(by_bytes); i++)
        if (slice_is(name, by_bytes[i]))
            return;
    diag_add(&l->s->diags, D_LOWER_NOTE, span,
             "%.*s: SQLite compares by bytes and has no collation \"%.*s\"",
             SLICE_ARG(title), SLICE_ARG(name));
}

static void
drop_key_extras(struct lite_lowering *l, struct index_keys *keys, struct span span,
                struct slice title)
{
    struct index_keys out = { 0 };

    VEC_EACH (i, &keys->all) {
        struct index_key k = keys->all.items[i];

        lite_note_key_extras(l, &k, span, title);
        drop_key_collation(l, &k, span, title);
        k.opclass = SLICE_NONE;
        k.operator= SLICE_NONE;
        k.nulls = NULLS_DEFAULT;
        VEC_PUSH(&l->s->arena, &out.all, k);
    }
    *keys = out;
}

static struct index *
new_index(struct lite_lowering *l, const struct table *t, struct slice name)
{
    struct index *x = ARENA_NEW(&l->s->arena, struct index);

    x->name = name;
    x->table = t;
    x->method = SLICE("btree");
    VEC_PUSH(&l->s->arena, &l->to->indexes, x);
    return x;
}

/* (a IS NULL, ifnull(a, 0)) tells NULL from everything else, and NULL from nothing. */
static void
add_null_proof_keys(struct lite_lowering *l, const struct table *t,
                    const struct index_keys *from, struct index_keys *out)
{
    struct arena *a = &l->s->arena;

    VEC_EACH (i, &from->all) {
        struct index_key k = from->all.items[i];
        const struct column *c = k.expr != NULL ? NULL : table_find_column(t, k.column);
        const struct expr *e = c == NULL ? k.expr : lite_column(a, c->name);
        struct index_key is_null = { 0 };

        if (c != NULL && c->not_null) {
            VEC_PUSH(a, &out->all, k);
            continue;
        }
        is_null.expr = lite_is_null(a, e, false);
        k.column = SLICE_NONE;
        k.expr = lite_call_2(a, "ifnull", e, lite_number(a, 0));
        VEC_PUSH(a, &out->all, is_null);
        VEC_PUSH(a, &out->all, k);
    }
}

static bool
has_nullable_key(const struct table *t, const struct index_keys *keys)
{
    VEC_EACH (i, &keys->all) {
        const struct column *c = table_find_column(t, keys->all.items[i].column);

        if (keys->all.items[i].expr != NULL || c == NULL || !c->not_null)
            return true;
    }
    return false;
}

/* What an index of SQLite cannot do for a key. */
static void
drop_unique_extras(struct lite_lowering *l, const struct table *t, struct constraint *k)
{
    struct slice title = constraint_title(l, t, k);

    if (k->deferral != DEFERRAL_NONE)
        note_constraint(l, t, k,
                        "SQLite checks it with each row, never at the end of "
                        "the transaction");
    if (k->include.all.count > 0)
        diag_add(&l->s->diags, D_LOWER_FORM, k->span,
                 "%.*s: a unique index in SQLite cannot INCLUDE columns",
                 SLICE_ARG(title));
    lite_note_options(l, k->span, title, k->options);
    lite_warn_tablespace(l, k->span, k->tablespace);
    k->tablespace = SLICE_NONE;
    drop_key_extras(l, &k->keys, k->span, title);
    k->deferral = DEFERRAL_NONE;
    k->include = (struct slices){ 0 };
    k->options = SLICE("");
}

/* True when it stays a constraint. */
static bool
lower_unique(struct lite_lowering *l, const struct table *t, struct constraint *k)
{
    bool null_proof = k->nulls_not_distinct && has_nullable_key(t, &k->keys);
    struct index *x;

    k->nulls_not_distinct = false;
    drop_unique_extras(l, t, k);
    if (!null_proof)
        return true;
    x = new_index(l, t, k->name);
    x->unique = true;
    x->span = k->span;
    x->comment = k->comment;
    add_null_proof_keys(l, t, &k->keys, &x->keys);
    return false;
}

static bool
excludes_equals_only(const struct constraint *k)
{
    VEC_EACH (i, &k->keys.all)
        if (!slice_is(k->keys.all.items[i].operator, "="))
            return false;
    return true;
}

/* EXCLUDE (c WITH =) WHERE (p) is a partial unique index. */
static void
lower_exclude(struct lite_lowering *l, const struct table *neutral, const struct table *t,
              struct constraint *k)
{
    struct lite_scope scope = lite_scope_of(l, neutral);
    const struct expr *where = NULL;
    struct index *x;

    if (!excludes_equals_only(k)) {
        if (lite_guard_overlap(l, neutral, t, k))
            drop_unique_extras(l, t, k);
        return;
    }
    scope.fixed = true;
    drop_unique_extras(l, t, k);
    if (k->check != NULL) {
        where = lite_lower_or_leave(l, &scope, k->check, NULL, k->span,
                                    constraint_title(l, t, k));
        if (where == NULL)
            return;
    }
    x = new_index(l, t, k->name);
    x->unique = true;
    x->span = k->span;
    x->comment = k->comment;
    x->keys = k->keys;
    x->where = where;
}

/* True when the constraint stays. */
static bool
lower_constraint(struct lite_lowering *l, const struct table *neutral,
                 const struct table *t, struct constraint *k)
{
    k->comment = lite_constraint_comment(l->s, t, k);
    k->only = SLICE_NONE;
    k->no_inherit = false; /* no table inherits from another */
    if (k->not_valid)
        note_constraint(l, t, k,
                        "SQLite has no NOT VALID: a migration that writes the table "
                        "again stops at rows that break it");
    k->not_valid = false;
    switch (k->kind) {
    case CONSTRAINT_PRIMARY_KEY:
        drop_unique_extras(l, t, k);
        return true;
    case CONSTRAINT_UNIQUE:
        return lower_unique(l, t, k);
    case CONSTRAINT_CHECK:
        return lower_check(l, neutral, t, k);
    case CONSTRAINT_FOREIGN_KEY:
        return lower_foreign_key(l, t, k);
    case CONSTRAINT_EXCLUDE:
        lower_exclude(l, neutral, t, k);
        return false;
    }
    return true;
}

void
lite_lower_constraints(struct lite_lowering *l, const struct table *neutral,
                       struct table *t)
{
    size_t count = 0;
    size_t declared = t->constraints.count;

    for (size_t i = 0; i < declared; i++) {
        struct constraint *k = t->constraints.items[i];

        if (lower_constraint(l, neutral, t, k))
            t->constraints.items[count++] = k;
    }
    t->constraints.count = count;
}

/* ---- indexes ---- */

static bool
index_is_ours(const struct lite_lowering *l, const struct index *x,
              const struct table **table)
{
    *table = lite_our_table(l, x->table);
    if (!lite_is_ours(x->only) || *table == NULL || !lite_keys_are_there(*table, &x->keys)
        || !lite_expr_is_there(x->table, *table, x->where))
        return false;
    VEC_EACH (i, &x->keys.all)
        if (!lite_expr_is_there(x->table, *table, x->keys.all.items[i].expr))
            return false;
    return true;
}

/* gin, gist, brin and kin: they answer questions that SQLite cannot ask. */
static bool
has_our_method(struct lite_lowering *l, const struct index *x)
{
    if (slice_is_none(x->method) || slice_is(x->method, "btree")
        || slice_is(x->method, "hash"))
        return true;
    diag_add(&l->s->diags, D_LOWER_LEFT_OUT, x->span,
             "index \"%.*s\" is left out: SQLite has no %.*s indexes", SLICE_ARG(x->name),
             SLICE_ARG(x->method));
    return false;
}

static struct slice
index_title(struct lite_lowering *l, const struct index *x)
{
    return slice_format(&l->s->arena, "index \"%.*s\"", SLICE_ARG(x->name));
}

/* False after reporting: an index without a part of it is another. */
static bool
lower_index_expr(struct lite_lowering *l, const struct index *from,
                 const struct expr **e)
{
    struct lite_scope scope = lite_scope_of(l, from->table);

    if (*e == NULL)
        return true;
    scope.fixed = true;
    *e = lite_lower_or_leave(l, &scope, *e, NULL, from->span, index_title(l, from));
    return *e != NULL;
}

static bool
lower_index_exprs(struct lite_lowering *l, const struct index *from, struct index *x)
{
    struct index_keys keys = { 0 };

    VEC_EACH (i, &x->keys.all) {
        struct index_key k = x->keys.all.items[i];

        if (!lower_index_expr(l, from, &k.expr))
            return false;
        VEC_PUSH(&l->s->arena, &keys.all, k);
    }
    x->keys = keys;
    return lower_index_expr(l, from, &x->where);
}

/* INCLUDE: columns behind the key cover the same queries, but only where the key may
 * repeat. */
static void
lower_include(struct lite_lowering *l, struct index *x)
{
    if (x->include.all.count > 0 && x->unique)
        diag_add(&l->s->diags, D_LOWER_FORM, x->span,
                 "index \"%.*s\": a unique index in SQLite cannot INCLUDE columns",
                 SLICE_ARG(x->name));
    VEC_EACH (i, &x->include.all) {
        struct index_key k = { .column = x->include.all.items[i] };

        if (!x->unique && !column_is_in(&x->keys, k.column))
            VEC_PUSH(&l->s->arena, &x->keys.all, k);
    }
    x->include = (struct slices){ 0 };
}

void
lite_lower_index(struct lite_lowering *l, const struct index *from)
{
    const struct table *t;
    struct index lowered = *from;
    struct index *x;
    struct index_keys null_proof = { 0 };

    if (!index_is_ours(l, from, &t) || !has_our_method(l, from)
        || !lower_index_exprs(l, from, &lowered))
        return;
    x = new_index(l, t, from->name);
    x->was = from->was;
    x->unique = from->unique;
    x->keys = lowered.keys;
    x->include = from->include;
    x->where = lowered.where;
    x->options = SLICE("");
    x->span = from->span;
    x->comment = from->comment;
    lite_note_options(l, from->span, index_title(l, from), from->options);
    lite_warn_tablespace(l, from->span, from->tablespace);
    drop_key_extras(l, &x->keys, from->span, index_title(l, from));
    lower_include(l, x);
    if (!from->nulls_not_distinct || !from->unique || !has_nullable_key(t, &x->keys))
        return;
    add_null_proof_keys(l, t, &x->keys, &null_proof);
    x->keys = null_proof;
}
