/*
 * The rules that hold in every dialect, table by table, and what follows from them:
 * members of a primary key are NOT NULL, a default of NULL is none, a key that repeats
 * another is left out.
 */
#include "resolve/places.h"

/* ---- sizes ---- */

static void
check_size(struct build *b, const struct work_table *w)
{
    const struct table *t = w->table;
    struct diag *d;

    if (t->columns.count == 0 && b->terms->needs_columns)
        diag_add(&b->s->diags, D_NO_COLUMNS, t->span, "table \"%.*s\" has no column",
                 SLICE_ARG(t->name));
    if (t->columns.count <= b->terms->columns_max)
        return;
    d = diag_add(&b->s->diags, D_TOO_MANY, t->span,
                 "table \"%.*s\" has %zu columns; %zu is the most", SLICE_ARG(t->name),
                 t->columns.count, b->terms->columns_max);
    diag_note(&b->s->diags, d, t->columns.items[b->terms->columns_max]->span,
              "this one is too many");
}

static void
check_key_size(struct build *b, const struct index_keys *keys, struct span span)
{
    if (keys->all.count > b->terms->keys_max)
        diag_add(&b->s->diags, D_TOO_MANY, span, "a key of %zu columns; %zu is the most",
                 keys->all.count, b->terms->keys_max);
}

/* ---- primary key ---- */

/*
 * SQLite's own rule: STRICT and WITHOUT ROWID tables mark their key NOT NULL; the rowid
 * is never NULL either, but only marked so where that is written.
 */
static bool
key_refuses_null(const struct build *b, const struct table *t)
{
    return b->terms->key_is_not_null
           || ((t->strict || t->without_rowid) && table_rowid_column(t) == NULL);
}

static void
imply_not_null(struct build *b, struct work_table *w)
{
    struct table *t = w->table;
    const struct work_constraint *own = table_primary_key(w);
    struct constraint *key = own == NULL ? NULL : own->constraint;

    t->primary_key = key; /* table_rowid_column asks for it */
    if (key != NULL && key_refuses_null(b, t))
        VEC_EACH (i, &key->keys.all) {
            struct column *c = table_find_column(t, key->keys.all.items[i].column);

            if (c != NULL)
                c->not_null = true;
        }
    if (b->terms->identity_is_not_null)
        VEC_EACH (i, &t->columns)
            t->columns.items[i]->not_null |=
                t->columns.items[i]->identity != IDENTITY_NONE;
}

/* ---- columns ---- */

static bool
is_null(const struct expr *e)
{
    while (e->kind == EXPR_CAST)
        e = e->args[0];
    return e->kind == EXPR_NULL;
}

static void
check_default(struct build *b, struct column *c)
{
    const struct expr *known;

    if (c->default_value == NULL || c->default_value->kind == EXPR_POISON)
        return;
    c->null_default = is_null(c->default_value);
    if (is_null(c->default_value)) {
        c->default_value = NULL;
        return;
    }
    if (!b->terms->checks_values || !c->has_type)
        return;
    known = expr_find_known(b, c->default_value);
    if (known != NULL) {
        c->default_value = known;
        return;
    }
    known = c->default_value;
    value_fits(b, c, known, D_BAD_DEFAULT, &c->default_value);
    expr_remember(b, known, c->default_value);
}

static void
check_generated(struct build *b, const struct column *c)
{
    if (c->generated == NULL)
        return;
    if (c->default_value != NULL)
        diag_add(&b->s->diags, D_BAD_GENERATED, c->default_value->span,
                 "generated column \"%.*s\" cannot have a default", SLICE_ARG(c->name));
    else if (c->identity != IDENTITY_NONE)
        diag_add(&b->s->diags, D_BAD_GENERATED, c->span,
                 "generated column \"%.*s\" cannot count by itself", SLICE_ARG(c->name));
}

static bool
is_whole_number(const struct column *c)
{
    return c->type.dimensions == 0
           && (c->type.kind == TYPE_INT2 || c->type.kind == TYPE_INT4
               || c->type.kind == TYPE_INT8);
}

static void
check_identity(struct build *b, const struct column *c)
{
    struct diag *d;

    if (c->identity == IDENTITY_NONE || !b->terms->checks_values)
        return;
    if (c->default_value != NULL) {
        diag_add(&b->s->diags, D_BAD_DEFAULT, c->default_value->span,
                 "column \"%.*s\" counts by itself and cannot have a default",
                 SLICE_ARG(c->name));
    } else if (c->has_type && !is_whole_number(c)) {
        d = diag_add(
            &b->s->diags, D_BAD_CONSTRAINT, c->span,
            "column \"%.*s\" cannot count by itself: its type is no whole number",
            SLICE_ARG(c->name));
        diag_hint(&b->s->diags, d, "smallint, integer or bigint");
    }
}

/* @touch sets the current time. */
static void
check_touch(struct build *b, const struct column *c)
{
    struct diag *d;

    if (!c->touch || !c->has_type || !b->terms->checks_values
        || type_family(&c->type) == FAMILY_TIME || type_family(&c->type) == FAMILY_TEXT)
        return;
    d = diag_add(&b->s->diags, D_ANNOTATION_MISPLACED, c->span,
                 "column \"%.*s\" cannot be set to the current time by each UPDATE",
                 SLICE_ARG(c->name));
    diag_hint(&b->s->diags, d, "a timestamp, or text");
}

static void
check_columns(struct build *b, const struct table *t)
{
    VEC_EACH (i, &t->columns) {
        check_generated(b, t->columns.items[i]);
        check_identity(b, t->columns.items[i]);
        check_default(b, t->columns.items[i]);
        check_touch(b, t->columns.items[i]);
        t->columns.items[i]->default_varies =
            value_varies(b, t->columns.items[i]->default_value);
    }
}

/* ---- keys ---- */

static bool
repeats_column(const struct index_keys *keys, size_t at)
{
    const struct index_key *k = &keys->all.items[at];

    for (size_t i = 0; i < at; i++)
        if (!slice_is_none(k->column)
            && slice_equal(keys->all.items[i].column, k->column))
            return true;
    return false;
}

static void
check_repeats(struct build *b, const struct work_constraint *w)
{
    const struct constraint *c = w->constraint;

    if (w->broken || !b->terms->checks_references || c->kind == CONSTRAINT_EXCLUDE)
        return;
    VEC_EACH (i, &c->keys.all) {
        if (!repeats_column(&c->keys, i))
            continue;
        diag_add(&b->s->diags, D_BAD_CONSTRAINT,
                 w->ast != NULL && i < w->ast->keys.all.count
                     ? w->ast->keys.all.items[i].span
                     : c->span,
                 "the key names column \"%.*s\" twice",
                 SLICE_ARG(c->keys.all.items[i].column));
        return;
    }
}

static bool
is_same_key(const struct constraint *a, const struct constraint *b)
{
    return a->nulls_not_distinct == b->nulls_not_distinct && a->deferral == b->deferral
           && index_keys_equal(&a->keys, &b->keys)
           && slices_equal(&a->include, &b->include) && slice_equal(a->only, b->only);
}

/* UNIQUE PRIMARY KEY, UNIQUE UNIQUE: the unnamed second one says nothing.  A partition
 * has its part of the whole's key beside a key of its own (measured, PostgreSQL 15). */
static bool
is_repeated(const struct work_table *w, size_t at)
{
    const struct constraint *c = w->constraints.items[at]->constraint;

    if (c->kind != CONSTRAINT_UNIQUE || !slice_is_none(c->name)
        || w->constraints.items[at]->parent != NULL)
        return false;
    VEC_EACH (i, &w->constraints) {
        const struct constraint *other = w->constraints.items[i]->constraint;
        bool stays = other->kind == CONSTRAINT_PRIMARY_KEY
                     || (other->kind == CONSTRAINT_UNIQUE
                         && (!slice_is_none(other->name) || i < at));

        if (i != at && stays && is_same_key(other, c))
            return true;
    }
    return false;
}

static void
fold_repeats(struct work_table *w)
{
    for (size_t i = w->constraints.count; i-- > 0;)
        if (is_repeated(w, i))
            table_remove_constraint(w, w->constraints.items[i]);
}

static void
check_rowid(struct build *b, const struct table *t)
{
    if (t->without_rowid && t->primary_key == NULL)
        diag_add(&b->s->diags, D_BAD_CONSTRAINT, t->span,
                 "table \"%.*s\" is WITHOUT ROWID and has no primary key",
                 SLICE_ARG(t->name));
}

static void
check_keys(struct build *b, const struct work_table *w)
{
    VEC_EACH (i, &w->constraints) {
        const struct work_constraint *c = w->constraints.items[i];

        check_key_size(b, &c->constraint->keys, c->constraint->span);
        check_repeats(b, c);
    }
    VEC_EACH (i, &w->indexes)
        check_key_size(b, &w->indexes.items[i]->index->keys,
                       w->indexes.items[i]->index->span);
}

/* ---- enum types ---- */

/* @map 'old' = 'new': the new value is one that is there. */
static void
check_maps(struct build *b, const struct enum_type *t)
{
    struct slices labels = { 0 };

    VEC_EACH (i, &t->values)
        VEC_PUSH(b->a, &labels.all, t->values.items[i].label);
    VEC_EACH (i, &t->maps) {
        struct slice to = t->maps.items[i].to;
        bool known = false;
        struct diag *d;

        VEC_EACH (k, &labels.all)
            known |= slice_equal(labels.all.items[k], to);
        if (known)
            continue;
        d = diag_add(&b->s->diags, D_BAD_ENUM, t->span,
                     "type \"%.*s\" has no value '%.*s' for rows to become",
                     SLICE_ARG(t->name), SLICE_ARG(to));
        hint_nearest(b->s, d, to, &labels);
    }
}

void
enums_check(struct build *b)
{
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_ENUM)
            check_maps(b, b->objects.items[i]->u.enum_type->type);
}

void
tables_check(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        const struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_TABLE)
            continue;
        fold_repeats(o->u.table);
        check_size(b, o->u.table);
        imply_not_null(b, o->u.table);
        check_rowid(b, o->u.table->table);
        check_columns(b, o->u.table->table);
        check_keys(b, o->u.table);
    }
}
