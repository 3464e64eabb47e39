/*
 * Columns in SQLite's terms: their types, collations, defaults and counters, and the
 * check that keeps what a type means.
 */
#include "dialect/sqlite/lower.h"

struct slice
lite_column_title(struct lite_lowering *l, const struct table *t, const struct column *c)
{
    return slice_format(&l->s->arena, "column \"%.*s.%.*s\"", SLICE_ARG(t->name),
                        SLICE_ARG(c->name));
}

static void
lower_collation(struct lite_lowering *l, const struct table *t, struct column *c)
{
    static const char *const ours[] = { "nocase", "rtrim", "binary" };
    static const char *const by_bytes[] = { "C", "POSIX", "default", "ucs_basic" };
    struct slice name = c->collation;

    if (slice_is_none(name))
        return;
    for (size_t i = 0; i < ARRAY_LEN(ours); i++)
        if (slice_is_fold(name, ours[i])) {
            c->collation = slice_from(ours[i]);
            return;
        }
    c->collation = SLICE_NONE;
    for (size_t i = 0; i < ARRAY_LEN(by_bytes); i++)
        if (slice_is(name, by_bytes[i]))
            return;
    diag_add(&l->s->diags, D_LOWER_NOTE, c->span,
             "%.*s: SQLite compares by bytes and has no collation \"%.*s\"",
             SLICE_ARG(lite_column_title(l, t, c)), SLICE_ARG(name));
}

static void
lower_default(struct lite_lowering *l, const struct table *neutral, struct column *c,
              const struct type *target)
{
    struct lite_scope scope = lite_scope_of(l, neutral);

    if (c->default_value != NULL)
        c->default_value = lite_lower_or_leave(
            l, &scope, c->default_value, target, c->span,
            slice_format(&l->s->arena, "the default of %.*s",
                         SLICE_ARG(lite_column_title(l, neutral, c))));
}

static void
lower_generated(struct lite_lowering *l, const struct table *neutral, struct column *c,
                const struct type *target)
{
    struct lite_scope scope = lite_scope_of(l, neutral);

    scope.fixed = true;
    if (c->generated != NULL)
        c->generated = lite_lower_or_leave(
            l, &scope, c->generated, target, c->span,
            slice_format(&l->s->arena, "the expression of %.*s",
                         SLICE_ARG(lite_column_title(l, neutral, c))));
}

struct value_pairs {
    VEC(const struct expr *) all; /* when, then */
};

static void
add_pair(struct arena *a, struct value_pairs *pairs, struct slice from, struct slice to)
{
    VEC_PUSH(a, &pairs->all, lite_string(a, from));
    VEC_PUSH(a, &pairs->all, lite_string(a, to));
}

/* CASE c WHEN 'x' THEN 'y' … ELSE c END; NULL where there are no pairs. */
static const struct expr *
mapped_values(struct arena *a, struct slice column, const struct value_pairs *pairs)
{
    struct expr *e;

    if (pairs->all.count == 0)
        return NULL;
    e = expr_new(a, EXPR_CASE, SPAN_NONE, SLICE_NONE, pairs->all.count + 2);
    e->args[0] = lite_column(a, column);
    e->args[1] = e->args[0];
    VEC_EACH (i, &pairs->all)
        e->args[i + 2] = pairs->all.items[i];
    return e;
}

/*
 * Values that an enum has lost, and those that were renamed, become others by a @from of
 * our own, and renamed ones come back by a @back.  Their span is none: alter uses them
 * where the check of the type has changed.
 */
static void
map_enum_values(struct lite_lowering *l, const struct column *neutral, struct column *c)
{
    struct arena *a = &l->s->arena;
    const struct enum_type *e =
        neutral->type.kind == TYPE_NAMED && neutral->type.dimensions == 0
            ? catalog_find_enum(l->from, neutral->type.schema, neutral->type.name)
            : NULL;
    struct value_pairs up = { 0 };
    struct value_pairs down = { 0 };

    if (e == NULL)
        return;
    VEC_EACH (i, &e->values)
        if (!slice_is_none(e->values.items[i].was)) {
            add_pair(a, &up, e->values.items[i].was, e->values.items[i].label);
            add_pair(a, &down, e->values.items[i].label, e->values.items[i].was);
        }
    VEC_EACH (i, &e->maps)
        add_pair(a, &up, e->maps.items[i].from, e->maps.items[i].to);
    if (c->from == NULL)
        c->from = mapped_values(a, slice_is_none(c->was) ? c->name : c->was, &up);
    if (c->back == NULL)
        c->back = mapped_values(a, c->name, &down);
}

static bool
says_nextval(const struct column *c)
{
    const struct expr *e = c->default_value;

    while (e != NULL && e->kind == EXPR_CAST)
        e = e->args[0];
    return e != NULL && e->kind == EXPR_CALL && slice_is(e->text, "nextval");
}

/* DEFAULT nextval('…'): a serial column by another name. */
static void
take_counter(struct column *c)
{
    if (!says_nextval(c))
        return;
    c->default_value = NULL;
    c->identity = IDENTITY_SERIAL;
}

static bool
is_key_of_counter(const struct table *t, const struct constraint *k)
{
    const struct column *c;

    if (k->kind != CONSTRAINT_UNIQUE || k->keys.all.count != 1
        || k->deferral != DEFERRAL_NONE)
        return false;
    c = table_find_column(t, k->keys.all.items[0].column);
    if (c == NULL || !c->not_null || c->type.dimensions > 0)
        return false;
    return c->identity != IDENTITY_NONE && c->numbering == NULL
           && (c->type.kind == TYPE_INT2 || c->type.kind == TYPE_INT4
               || c->type.kind == TYPE_INT8);
}

/*
 * id serial NOT NULL UNIQUE in a table without a primary key counts where it is the
 * INTEGER PRIMARY KEY, which is unique as well.
 */
void
lite_make_counter_key(struct lite_lowering *l, struct table *t)
{
    if (t->primary_key != NULL || t->without_rowid)
        return;
    VEC_EACH (i, &t->constraints) {
        struct constraint *k = t->constraints.items[i];

        if (!is_key_of_counter(t, k))
            continue;
        k = arena_copy(&l->s->arena, k, sizeof *k);
        k->kind = CONSTRAINT_PRIMARY_KEY;
        t->constraints.items[i] = k;
        t->primary_key = k;
        return;
    }
}

static void
lower_identity(struct lite_lowering *l, const struct table *neutral, struct table *t,
               struct column *c)
{
    struct diag *d;

    if (c->identity == IDENTITY_NONE || lite_lower_counter(l, neutral, t, c))
        return;
    d = diag_add(&l->s->diags, D_LOWER_LEFT_OUT, c->span,
                 "%.*s does not count by itself: SQLite counts whole numbers only, in a "
                 "table with a key or rowids",
                 SLICE_ARG(lite_column_title(l, t, c)));
    diag_hint(&l->s->diags, d,
              "make it the primary key, or write `-- @only postgres` behind it");
    c->identity = IDENTITY_NONE;
    c->numbering = NULL;
}

static void
add_type_check(struct lite_lowering *l, struct table *t, const struct column *c,
               const struct expr *check)
{
    struct constraint *k;

    if (check == NULL)
        return;
    k = ARENA_NEW(&l->s->arena, struct constraint);
    k->kind = CONSTRAINT_CHECK;
    k->check = check;
    k->span = c->span;
    k->name = slice_format(&l->s->arena, "%.*s_%.*s_type", SLICE_ARG(t->name),
                           SLICE_ARG(c->name));
    VEC_PUSH(&l->s->arena, &t->constraints, k);
}

void
lite_lower_column(struct lite_lowering *l, const struct table *neutral, struct table *t,
                  struct column *c)
{
    const struct column *before = table_find_column(neutral, c->name);
    const struct type *target = lite_logical_type(before);
    const struct expr *check;

    take_counter(c);
    lite_lower_column_type(l, t, c, &check);
    lower_collation(l, t, c);
    if (target != NULL && target->kind == TYPE_CHAR && target->dimensions == 0
        && slice_is_none(c->collation))
        c->collation = SLICE("rtrim");
    lower_default(l, neutral, c, target);
    lower_generated(l, neutral, c, target);
    map_enum_values(l, before, c);
    lower_identity(l, neutral, t, c);
    add_type_check(l, t, c, check);
    c->touch = false;
    c->only = SLICE_NONE;
}
