/*
 * A change in words, and where it was declared.
 */
#include "diff/differ.h"

#include <assert.h>

static const char *const words[] = {
#define CHANGE(kind, words) [kind] = words,
#include "diff/change.def"
#undef CHANGE
};

static_assert(ARRAY_LEN(words) == CHANGE_KIND_COUNT, "name every change");

static struct slice
definition_name(struct arena *a, const struct definition *r)
{
    if (slice_is_none(r->name))
        return r->kind;
    return slice_format(a, "%.*s %.*s", SLICE_ARG(r->kind), SLICE_ARG(r->name));
}

static struct slice
member(struct arena *a, const struct table *t, struct slice name)
{
    if (t == NULL)
        return name;
    return slice_format(a, "%.*s.%.*s", SLICE_ARG(t->name), SLICE_ARG(name));
}

/* What one side is about: the innermost thing that it names. */
static struct slice
side_name(struct arena *a, const struct change_side *s)
{
    if (s->column != NULL)
        return member(a, s->table, s->column->name);
    if (s->constraint != NULL)
        return member(a, s->table, s->constraint->name);
    if (s->index != NULL)
        return s->index->name;
    if (s->view != NULL)
        return s->view->name;
    if (s->enum_type != NULL)
        return s->enum_type->name;
    if (s->definition != NULL)
        return definition_name(a, s->definition);
    return s->table == NULL ? SLICE_NONE : s->table->name;
}

/* The bare new name of what was renamed. */
static struct slice
new_name(const struct change_side *s)
{
    if (s->column != NULL)
        return s->column->name;
    if (s->constraint != NULL)
        return s->constraint->name;
    if (s->index != NULL)
        return s->index->name;
    if (s->enum_type != NULL)
        return s->enum_type->name;
    if (s->definition != NULL)
        return s->definition->name;
    return s->table->name;
}

static bool
is_rename(enum change_kind kind)
{
    return kind == CHANGE_RENAME_TABLE || kind == CHANGE_RENAME_COLUMN
           || kind == CHANGE_RENAME_CONSTRAINT || kind == CHANGE_RENAME_INDEX
           || kind == CHANGE_RENAME_ENUM || kind == CHANGE_RENAME_DEFINITION;
}

/* A member that only one side has is named by that side. */
static bool
old_side_names_it(const struct change *c)
{
    if (is_rename(c->kind) || c->kind == CHANGE_SET_ASIDE || c->kind == CHANGE_DROP_COLUMN
        || c->kind == CHANGE_DROP_CONSTRAINT)
        return true;
    return c->new.table == NULL && c->new.index == NULL && c->new.view == NULL
           && c->new.enum_type == NULL && c->new.definition == NULL;
}

/* "create function touch": the kind says what the object is. */
static struct slice
definition_title(struct arena *a, enum change_kind kind, struct slice name)
{
    const char *verb = kind == CHANGE_CREATE_DEFINITION ? "create"
                       : kind == CHANGE_DROP_DEFINITION ? "drop"
                                                        : "replace";

    return slice_format(a, "%s %.*s", verb, SLICE_ARG(name));
}

/* "none" of what is in no schema of its own. */
static const struct slice *
side_schema(const struct change_side *s)
{
    static const struct slice none = { NULL, 0 };

    if (s->column != NULL || s->constraint != NULL || s->index != NULL)
        return &none;
    if (s->enum_type != NULL)
        return &s->enum_type->schema;
    if (s->definition != NULL)
        return &s->definition->schema;
    return s->table == NULL ? &none : &s->table->schema;
}

static struct slice
schema_word(const struct change_side *s)
{
    const struct slice *schema = side_schema(s);

    return slice_is_none(*schema) ? SLICE("public") : *schema;
}

/* "rename table t of a to u of b" */
static struct slice
move_title(struct arena *a, const struct change *c, struct slice name)
{
    return slice_format(a, "%s %.*s of %.*s to %.*s of %.*s", words[c->kind],
                        SLICE_ARG(name), SLICE_ARG(schema_word(&c->old)),
                        SLICE_ARG(new_name(&c->new)), SLICE_ARG(schema_word(&c->new)));
}

struct slice
change_title(struct arena *a, const struct change *c)
{
    struct slice name = side_name(a, old_side_names_it(c) ? &c->old : &c->new);

    if (is_rename(c->kind) && !same_text(*side_schema(&c->old), *side_schema(&c->new)))
        return move_title(a, c, name);
    if (is_rename(c->kind))
        return slice_format(a, "%s %.*s to %.*s", words[c->kind], SLICE_ARG(name),
                            SLICE_ARG(new_name(&c->new)));
    if (c->kind == CHANGE_CREATE_DEFINITION || c->kind == CHANGE_DROP_DEFINITION
        || c->kind == CHANGE_REPLACE_DEFINITION)
        return definition_title(a, c->kind, name);
    return slice_format(a, "%s %.*s", words[c->kind], SLICE_ARG(name));
}

static struct span
side_span(const struct change_side *s)
{
    if (s->column != NULL)
        return s->column->span;
    if (s->constraint != NULL)
        return s->constraint->span;
    if (s->index != NULL)
        return s->index->span;
    if (s->view != NULL)
        return s->view->span;
    if (s->enum_type != NULL)
        return s->enum_type->span;
    if (s->definition != NULL)
        return s->definition->span;
    if (s->rows != NULL)
        return s->rows->span;
    return s->table == NULL ? SPAN_NONE : s->table->span;
}

struct span
change_span(const struct change *c)
{
    bool dropped = c->kind == CHANGE_DROP_COLUMN || c->kind == CHANGE_DROP_CONSTRAINT;
    struct span span = dropped ? side_span(&c->old) : side_span(&c->new);

    return span.source != 0 ? span : side_span(&c->old);
}
