/*
 * ALTER TYPE of an enum type.  A renamed value or type is renamed wherever the catalog
 * says it: in column types, casts, defaults and initial rows.
 */
#include "model/was.h"
#include "resolve/definitions.h"

#include <string.h>

/* ---- values ---- */

static size_t
find_value(const struct enum_type *t, struct slice label)
{
    size_t i = 0;

    while (i < t->values.count && !slice_equal(t->values.items[i].label, label))
        i++;
    return i; /* count: not there */
}

static void
report_no_value(struct build *b, const struct enum_type *t, struct slice label,
                struct span span)
{
    struct slices labels = { 0 };
    struct diag *d =
        diag_add(&b->s->diags, D_BAD_ENUM, span, "type \"%.*s\" has no value '%.*s'",
                 SLICE_ARG(t->name), SLICE_ARG(label));

    VEC_EACH (i, &t->values)
        VEC_PUSH(b->a, &labels.all, t->values.items[i].label);
    hint_nearest(b->s, d, label, &labels);
}

static void
insert_value(struct build *b, struct enum_type *t, size_t at, struct enum_value value)
{
    VEC_PUSH(b->a, &t->values, value);
    memmove(&t->values.items[at + 1], &t->values.items[at],
            (t->values.count - 1 - at) * sizeof value);
    t->values.items[at] = value;
}

static void
add_value(struct build *b, struct enum_type *t, const struct stmt *stmt)
{
    const struct ast_alter_type *ast = stmt->u.alter_type;
    struct enum_value value = { .label = ast->label, .span = stmt->span };
    size_t at = t->values.count;

    if (find_value(t, ast->label) < t->values.count) {
        if (!ast->if_not_exists)
            diag_add(&b->s->diags, D_BAD_ENUM, stmt->span,
                     "type \"%.*s\" has a value '%.*s' already", SLICE_ARG(t->name),
                     SLICE_ARG(ast->label));
        return;
    }
    if (!slice_is_none(ast->neighbour)) {
        at = find_value(t, ast->neighbour);
        if (at == t->values.count) {
            report_no_value(b, t, ast->neighbour, stmt->span);
            return;
        }
        at += !ast->before;
    }
    insert_value(b, t, at, value);
}

/* ---- what says the old name ---- */

struct retyping {
    struct build *b;
    const struct enum_type *type;
    struct slice old; /* label or type name */
    struct slice name;
};

static bool
is_this(const struct retyping *r, const struct type *t)
{
    return t->kind == TYPE_NAMED && slice_equal(t->name, r->type->name)
           && slice_equal(schema_plain(t->schema), r->type->schema);
}

static const struct expr *
relabel_node(void *context, const struct expr *e)
{
    const struct retyping *r = context;
    struct expr *copy;

    if (e->kind != EXPR_STRING || !slice_equal(e->text, r->old))
        return e;
    copy = arena_copy(r->b->a, e, sizeof *e);
    copy->text = r->name;
    return copy;
}

static void
relabel_rows(struct retyping *r, struct work_table *w, struct slice column)
{
    VEC_EACH (i, &w->rows) {
        struct initial_rows *rows = w->rows.items[i]->rows;

        VEC_EACH (c, &rows->columns.all) {
            if (!slice_equal(rows->columns.all.items[c], column))
                continue;
            VEC_EACH (k, &rows->rows)
                rows->rows.items[k].values.items[c] = expr_rewrite(
                    r->b->a, rows->rows.items[k].values.items[c], relabel_node, r);
        }
    }
}

static void
relabel_table(struct retyping *r, struct work_table *w)
{
    VEC_EACH (i, &w->table->columns) {
        struct column *c = w->table->columns.items[i];

        if (!c->has_type || !is_this(r, &c->type))
            continue;
        if (c->default_value != NULL)
            c->default_value = expr_rewrite(r->b->a, c->default_value, relabel_node, r);
        relabel_rows(r, w, c->name);
    }
}

/* A value of the base remembers its name there; one that gets it back was not renamed. */
static void
rename_label(const struct work_enum *w, size_t at, struct slice name)
{
    struct enum_value *value = &w->type->values.items[at];
    struct slice was = slice_is_none(value->was) ? value->label : value->was;

    value->label = name;
    value->was = SLICE_NONE;
    if (w->base != NULL && find_value(w->base, was) < w->base->values.count
        && !slice_equal(was, name))
        value->was = was;
}

static void
rename_value(struct build *b, struct work_enum *w, const struct stmt *stmt)
{
    const struct ast_alter_type *ast = stmt->u.alter_type;
    struct enum_type *t = w->type;
    struct retyping r = { b, t, ast->label, ast->new_name };
    size_t at = find_value(t, ast->label);

    if (at == t->values.count) {
        report_no_value(b, t, ast->label, stmt->span);
        return;
    }
    if (find_value(t, ast->new_name) < t->values.count) {
        diag_add(&b->s->diags, D_BAD_ENUM, stmt->span,
                 "type \"%.*s\" has a value '%.*s' already", SLICE_ARG(t->name),
                 SLICE_ARG(ast->new_name));
        return;
    }
    rename_label(w, at, ast->new_name);
    labels_rename(b, t, ast->label, ast->new_name);
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_TABLE)
            relabel_table(&r, b->objects.items[i]->u.table);
}

/* ---- the type itself ---- */

static void
rename_type(struct build *b, struct object *o, struct slice schema, struct slice name,
            struct span span)
{
    struct work_enum *w = o->u.enum_type;

    if (!object_may_rename(b, &b->types, o, schema, name, span))
        return;
    types_follow(b, o->schema, o->name, schema, name);
    object_rename(b, &b->types, o, schema, name);
    w->type->schema = schema;
    w->type->name = name;
    if (w->base != NULL)
        w->type->was = was_said(
            b->a, &(struct relation_name){ w->base->schema, w->base->name },
            &(struct relation_name){ schema, name });
}

/* Of an enum, or of what is kept as a definition. */
void
rename_any_type(struct build *b, struct object *o, struct slice schema, struct slice name,
                struct span span)
{
    if (o->role == ROLE_ENUM)
        rename_type(b, o, schema, name, span);
    else
        rename_type_definition(b, o, schema, name, span);
}

static struct object *
need_type(struct build *b, const struct ast_name *name)
{
    struct object *o = object_find(b, &b->types, schema_of(name), name->name);
    struct slices names = { 0 };
    struct diag *d;

    if (o != NULL || session_is_unread(b->s, name->name))
        return o;
    d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, name->span, "there is no type \"%.*s\"",
                 SLICE_ARG(name->name));
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && is_type_object(b->objects.items[i]))
            VEC_PUSH(b->a, &names.all, b->objects.items[i]->name);
    hint_nearest(b->s, d, name->name, &names);
    return NULL;
}

static void
alter_other(struct build *b, const struct ast_alter_type *ast)
{
    struct slice owner = SLICE("owner to");

    if (slice_equal_fold(slice_sub(ast->text, 0, owner.len), owner))
        note_owner(b, ast->name.span, ast->name.name);
    else
        diag_add(&b->s->diags, D_NOT_MODELLED, ast->name.span,
                 "type \"%.*s\" cannot be altered like this: declare it as it is to be",
                 SLICE_ARG(ast->name.name));
}

static void
alter_values(struct build *b, struct object *o, const struct stmt *stmt)
{
    if (o->role != ROLE_ENUM)
        report_wrong_kind(b, o, stmt->u.alter_type->name.span, "an enum type");
    else if (stmt->u.alter_type->kind == ALTER_TYPE_ADD_VALUE)
        add_value(b, o->u.enum_type->type, stmt);
    else
        rename_value(b, o->u.enum_type, stmt);
}

void
alter_type(struct build *b, const struct stmt *stmt)
{
    const struct ast_alter_type *ast = stmt->u.alter_type;
    struct object *o = need_type(b, &ast->name);

    if (o == NULL)
        return;
    switch (ast->kind) {
    case ALTER_TYPE_ADD_VALUE:
    case ALTER_TYPE_RENAME_VALUE:
        alter_values(b, o, stmt);
        break;
    case ALTER_TYPE_RENAME:
        rename_any_type(b, o, o->schema, ast->new_name, stmt->span);
        break;
    case ALTER_TYPE_SET_SCHEMA:
        rename_any_type(b, o, schema_plain(ast->new_name), o->name, stmt->span);
        break;
    case ALTER_TYPE_ATTRIBUTES:
        alter_attributes(b, o, ast);
        break;
    case ALTER_TYPE_OTHER:
        alter_other(b, ast);
        break;
    }
}
