/*
 * Composite types that PostgreSQL alters where they stand, attribute by attribute.
 */
#include "dialect/postgres/alter.h"

static const struct attribute *
find_attribute(const struct composite *c, struct slice name)
{
    VEC_EACH (i, &c->attributes)
        if (slice_equal(c->attributes.items[i].name, name))
            return &c->attributes.items[i];
    return NULL;
}

/* On the way back: what has gone, and was called so before. */
static const struct attribute *
attribute_that_was(const struct composite *old, const struct composite *new,
                   struct slice name)
{
    VEC_EACH (i, &old->attributes) {
        const struct attribute *x = &old->attributes.items[i];

        if (slice_equal(x->was, name) && find_attribute(new, x->name) == NULL)
            return x;
    }
    return NULL;
}

/* The old attribute that became this one: by @was, of either side, else by name. */
static const struct attribute *
old_attribute(const struct composite *old, const struct composite *new,
              const struct attribute *x)
{
    const struct attribute *was =
        slice_is_none(x->was) ? NULL : find_attribute(old, x->was);

    if (was == NULL)
        was = attribute_that_was(old, new, x->name);
    return was != NULL ? was : find_attribute(old, x->name);
}

static const struct attribute *
new_attribute(const struct composite *old, const struct composite *new,
              const struct attribute *x)
{
    VEC_EACH (i, &new->attributes)
        if (old_attribute(old, new, &new->attributes.items[i]) == x)
            return &new->attributes.items[i];
    return NULL;
}

/* ---- NULL ---- */

bool
alter_is_composite(const struct alter *a, const struct type *t)
{
    const struct definition named = { .kind = SLICE("type"),
                                      .schema = t->schema,
                                      .name = t->name };
    const struct definition *d;

    if (t->kind != TYPE_NAMED || t->dimensions > 0)
        return false;
    d = map_get(&a->new_definitions, alter_definition_key(a, &named));
    return d != NULL && d->detail == DETAIL_COMPOSITE;
}

const char *
alter_null_words(const struct alter *a, const struct type *t)
{
    return alter_is_composite(a, t) ? "IS NOT DISTINCT FROM NULL" : "IS NULL";
}

/* ---- an attribute under its other name ---- */

static bool
is_of_composite(const struct change *c)
{
    return c->old.definition != NULL && c->new.definition != NULL
           && c->old.definition->detail == DETAIL_COMPOSITE
           && c->new.definition->detail == DETAIL_COMPOSITE;
}

void
alter_find_composites(struct alter *a)
{
    struct arena *arena = &a->s->arena;

    map_init(&a->composites, arena);
    VEC_EACH (i, &a->r->changes->all) {
        const struct change *c = &a->r->changes->all.items[i];

        if (!is_of_composite(c))
            continue;
        map_put(&a->composites,
                catalog_key(arena, c->old.definition->schema, c->old.definition->name),
                (void *)(uintptr_t)c);
        map_put(&a->composites,
                catalog_key(arena, c->new.definition->schema, c->new.definition->name),
                (void *)(uintptr_t)c);
    }
}

/* @from and @back are kept as they were read: their names have no type. */
static const struct type *
type_of_base(const struct table *t, const struct expr *base)
{
    const struct column *c = base->kind == EXPR_NAME || base->kind == EXPR_COLUMN
                                 ? table_find_column(t, base->text)
                                 : NULL;

    return base->result == NULL && c != NULL ? &c->type : base->result;
}

/* The change of the type whose attribute the field is; NULL: none, or not known. */
static const struct change *
change_of_field(const struct alter *a, const struct table *table,
                const struct expr *field)
{
    const struct type *t = type_of_base(table, field->args[0]);

    return t == NULL || t->kind != TYPE_NAMED
               ? NULL
               : map_get(&a->composites, catalog_key(&a->s->arena, t->schema, t->name));
}

struct slice
alter_attribute_then(const struct alter *a, const struct table *t,
                     const struct expr *field)
{
    const struct change *c = change_of_field(a, t, field);
    const struct attribute *x =
        c == NULL ? NULL : find_attribute(c->old.definition->u.composite, field->text);

    x = x == NULL ? NULL
                  : new_attribute(c->old.definition->u.composite,
                                  c->new.definition->u.composite, x);
    return x == NULL ? field->text : x->name;
}

struct slice
alter_attribute_before(const struct alter *a, const struct table *t,
                       const struct expr *field)
{
    const struct change *c = change_of_field(a, t, field);
    const struct attribute *x =
        c == NULL ? NULL : find_attribute(c->new.definition->u.composite, field->text);

    if (x == NULL)
        return a->composites.count == 0 ? field->text : SLICE_NONE;
    x = old_attribute(c->old.definition->u.composite, c->new.definition->u.composite, x);
    return x == NULL ? SLICE_NONE : x->name;
}

/* ---- what goes ---- */

/* Attributes of the older version that the newer has not. */
void
alter_tell_gone_attributes(struct alter *a, const struct change *c)
{
    const struct definition *older = a->r->down ? c->new.definition : c->old.definition;
    const struct composite *old;
    const struct composite *new;

    if (!is_of_composite(c))
        return;
    old = c->old.definition->u.composite;
    new = c->new.definition->u.composite;
    VEC_EACH (i, &older->u.composite->attributes) {
        const struct attribute *x = &older->u.composite->attributes.items[i];

        if (a->r->down ? old_attribute(old, new, x) == NULL
                       : new_attribute(old, new, x) == NULL)
            alter_tell_missing(a,
                               slice_format(&a->s->arena, "attribute %.*s.%.*s",
                                            SLICE_ARG(older->name), SLICE_ARG(x->name)),
                               SLICE_NONE);
    }
}

/* ---- in place ---- */

static void
write_attribute(struct sqlw *w, const struct attribute *x, const char *words)
{
    sqlw_ident(w, x->name);
    if (words[0] != '\0')
        sqlw_kw(w, words);
    sqlw_type(w, &x->type);
    if (!slice_is_none(x->collation)) {
        sqlw_kw(w, "COLLATE");
        sqlw_ident(w, x->collation);
    }
}

static void
drop_attributes(struct alter *a, struct action *to, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;

    VEC_EACH (i, &old->attributes) {
        const struct attribute *x = &old->attributes.items[i];
        struct postgres_statement st;

        if (new_attribute(old, c->new.definition->u.composite, x) != NULL)
            continue;
        alter_definition_begin(a, &st, c->new.definition, "DROP ATTRIBUTE");
        sqlw_ident(&st.w, x->name);
        alter_definition_add(a, to, &st);
        alter_loses(to,
                    slice_format(&a->s->arena, "attribute %.*s.%.*s",
                                 SLICE_ARG(c->new.definition->name), SLICE_ARG(x->name)),
                    SLICE_NONE);
    }
}

static void
add_attribute(struct alter *a, struct action *to, const struct definition *d,
              const struct attribute *x)
{
    struct postgres_statement st;

    alter_definition_begin(a, &st, d, "ADD ATTRIBUTE");
    write_attribute(&st.w, x, "");
    alter_definition_add(a, to, &st);
}

static void
rename_attribute(struct alter *a, struct action *to, const struct definition *d,
                 const struct attribute *old, const struct attribute *x)
{
    struct postgres_statement st;

    if (slice_equal(old->name, x->name))
        return;
    alter_definition_begin(a, &st, d, "RENAME ATTRIBUTE");
    sqlw_ident(&st.w, old->name);
    sqlw_kw(&st.w, "TO");
    sqlw_ident(&st.w, x->name);
    alter_definition_add(a, to, &st);
}

static void
retype_attribute(struct alter *a, struct action *to, const struct definition *d,
                 const struct attribute *old, const struct attribute *x)
{
    struct postgres_statement st;

    if (type_equal(&old->type, &x->type) && slice_equal(old->collation, x->collation))
        return;
    alter_definition_begin(a, &st, d, "ALTER ATTRIBUTE");
    write_attribute(&st.w, x, "TYPE");
    alter_definition_add(a, to, &st);
}

/* New attributes come last; the others must stand as they stood. */
static bool
keeps_order(const struct composite *old, const struct composite *new)
{
    const struct attribute *last = NULL;
    bool fresh = false;

    VEC_EACH (i, &new->attributes) {
        const struct attribute *was = old_attribute(old, new, &new->attributes.items[i]);

        if (was == NULL) {
            fresh = true;
            continue;
        }
        if (fresh || (last != NULL && was < last))
            return false;
        last = was;
    }
    return true;
}

static bool
is_in_a_table(const struct alter *a, const struct definition *d)
{
    VEC_EACH (i, &a->r->from->tables) {
        const struct table *t = a->r->from->tables.items[i];

        VEC_EACH (k, &t->columns) {
            const struct type *type = &t->columns.items[k]->type;

            if (type->kind == TYPE_NAMED && slice_equal(type->name, d->name)
                && slice_equal(type->schema, d->schema))
                return true;
        }
    }
    return false;
}

static bool
retypes(const struct composite *old, const struct composite *new)
{
    VEC_EACH (i, &new->attributes) {
        const struct attribute *x = &new->attributes.items[i];
        const struct attribute *was = old_attribute(old, new, x);

        if (was != NULL
            && (!type_equal(&was->type, &x->type)
                || !slice_equal(was->collation, x->collation)))
            return true;
    }
    return false;
}

/* The row of a table that comes is a type behind all others. */
static bool
is_row_of_new_table(const struct alter *a, const struct type *t)
{
    const struct table *new =
        t->kind == TYPE_NAMED ? catalog_find_table(a->r->to, t->schema, t->name) : NULL;

    return new != NULL && diff_old_table(a->r->changes, new) == NULL;
}

/* One that goes has the name until then. */
static bool
waits_for_name(const struct composite *old, const struct composite *new,
               const struct attribute *x)
{
    const struct attribute *holder = find_attribute(old, x->name);

    return holder != NULL && new_attribute(old, new, holder) == NULL;
}

/* Before the tables whose conditions name the attributes, but behind the types. */
static void
grow(struct alter *a, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;
    const struct composite *new = c->new.definition->u.composite;
    struct action *to = alter_action(a, PHASE_GROW, GROW_CODE - 1, c);

    VEC_EACH (i, &new->attributes) {
        const struct attribute *x = &new->attributes.items[i];
        const struct attribute *was = old_attribute(old, new, x);

        if (was != NULL && !waits_for_name(old, new, x))
            rename_attribute(a, to, c->new.definition, was, x);
        else if (was == NULL && !is_row_of_new_table(a, &x->type))
            add_attribute(a, to, c->new.definition, x);
    }
    alter_leave_out_if_empty(a, to);
}

/* Late, when the columns and tables that read what goes have gone; but before conditions
 * name what is called so only then. */
static struct action *
shrinking(struct alter *a, const struct change *c)
{
    const struct composite *new = c->new.definition->u.composite;

    VEC_EACH (i, &new->attributes)
        if (waits_for_name(c->old.definition->u.composite, new,
                           &new->attributes.items[i]))
            return alter_action(a, PHASE_TIGHTEN, TIGHTEN_TYPES, c);
    return alter_action(a, PHASE_SHRINK, a->r->from->tables.count + 1, c);
}

static void
shrink(struct alter *a, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;
    const struct composite *new = c->new.definition->u.composite;
    struct action *to = shrinking(a, c);

    drop_attributes(a, to, c);
    VEC_EACH (i, &new->attributes) {
        const struct attribute *x = &new->attributes.items[i];
        const struct attribute *was = old_attribute(old, new, x);

        if (was != NULL && waits_for_name(old, new, x))
            rename_attribute(a, to, c->new.definition, was, x);
        if (was != NULL)
            retype_attribute(a, to, c->new.definition, was, x);
        else if (is_row_of_new_table(a, &x->type))
            add_attribute(a, to, c->new.definition, x);
        if (!alter_same_comment(was == NULL ? SLICE_NONE : was->comment, x->comment))
            alter_member_comment(a, to, c->new.definition, x->name, x->comment);
    }
    alter_leave_out_if_empty(a, to);
}

void
alter_composite_in_place(struct alter *a, const struct change *c)
{
    const struct composite *old = c->old.definition->u.composite;
    const struct composite *new = c->new.definition->u.composite;

    if (!keeps_order(old, new)) {
        alter_refuse(a, c,
                     "the attributes of a composite type keep their order, and new "
                     "ones come last");
        return;
    }
    if (retypes(old, new) && is_in_a_table(a, c->old.definition)) {
        alter_refuse(a, c,
                     "PostgreSQL changes no attribute's type while a table has a "
                     "column of the type; do it in a @migrate section");
        return;
    }
    grow(a, c);
    shrink(a, c);
}
