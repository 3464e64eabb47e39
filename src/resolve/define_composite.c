/*
 * Composite types: CREATE, and ALTER of their attributes.
 */
#include <string.h>

#include "resolve/definitions.h"

static size_t
find_attribute(const struct composite *c, struct slice name)
{
    size_t i = 0;

    while (i < c->attributes.count && !slice_equal(c->attributes.items[i].name, name))
        i++;
    return i; /* count: not there */
}

static void
add_attribute(struct build *b, struct slice type, struct composite *c,
              const struct attribute *attribute, struct span span)
{
    if (find_attribute(c, attribute->name) < c->attributes.count)
        diag_add(&b->s->diags, D_DUPLICATE_COLUMN, span,
                 "type \"%.*s\" has an attribute \"%.*s\" already", SLICE_ARG(type),
                 SLICE_ARG(attribute->name));
    else
        VEC_PUSH(b->a, &c->attributes, *attribute);
}

void
declare_composite(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_composite *ast = stmt->u.create_composite;
    struct definition *d = definition_new(b, stmt, SLICE("type"), &ast->name);
    struct composite *c = ARENA_NEW(b->a, struct composite);

    VEC_EACH (i, &ast->attributes) {
        const struct ast_attribute *from = &ast->attributes.items[i];
        struct attribute attribute = { .name = from->name,
                                       .type = type_plain_schema(from->type),
                                       .collation =
                                           collation_without_default(from->collation) };

        annotate_attribute(b, &attribute, &from->annotations);
        add_attribute(b, ast->name.name, c, &attribute, from->span);
    }
    d->detail = DETAIL_COMPOSITE;
    d->u.composite = c;
    definition_declare(b, stmt, d, false);
}

static struct composite *
edit_composite(struct build *b, struct object *o)
{
    const struct composite *from = o->u.definition->u.composite;
    struct composite *c = ARENA_NEW(b->a, struct composite);

    VEC_EACH (i, &from->attributes)
        VEC_PUSH(b->a, &c->attributes, from->attributes.items[i]);
    o->u.definition->u.composite = c;
    return c;
}

/* What was called otherwise before the base is called as there by now. */
void
definition_forget_names(struct build *b, struct object *o)
{
    struct composite *c;

    if (o->u.definition->detail != DETAIL_COMPOSITE)
        return;
    c = edit_composite(b, o);
    VEC_EACH (i, &c->attributes)
        c->attributes.items[i].was = SLICE_NONE;
}

/* NULL after reporting that the type has no such attribute. */
static struct attribute *
need_attribute(struct build *b, const struct object *o, const struct composite *c,
               const struct ast_alter *action)
{
    size_t at = find_attribute(c, action->name);
    struct slices names = { 0 };
    struct diag *d;

    if (at < c->attributes.count)
        return &c->attributes.items[at];
    if (action->if_exists)
        return NULL;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, action->name_span,
                 "type \"%.*s\" has no attribute \"%.*s\"", SLICE_ARG(o->name),
                 SLICE_ARG(action->name));
    VEC_EACH (i, &c->attributes)
        VEC_PUSH(b->a, &names.all, c->attributes.items[i].name);
    hint_nearest(b->s, d, action->name, &names);
    return NULL;
}

void
attribute_comment(struct build *b, struct object *o, const struct ast_comment *ast)
{
    const struct ast_alter named = { .name = ast->part, .name_span = ast->name.span };
    struct composite *c = edit_composite(b, o);
    struct attribute *x = need_attribute(b, o, c, &named);

    if (x != NULL)
        x->comment = ast->text;
    definition_respell(b, o);
}

static void
drop_attribute(struct composite *c, const struct attribute *x)
{
    size_t at = (size_t)(x - c->attributes.items);

    memmove(&c->attributes.items[at], &c->attributes.items[at + 1],
            (c->attributes.count - at - 1) * sizeof *x);
    c->attributes.count--;
}

void
drop_attributes_of_type(struct build *b, struct object *o, const struct object *type)
{
    struct composite *c = edit_composite(b, o);

    for (size_t i = c->attributes.count; i-- > 0;) {
        const struct type *t = &c->attributes.items[i].type;

        if (t->kind == TYPE_NAMED && slice_equal(t->name, type->name)
            && slice_equal(t->schema, type->schema))
            drop_attribute(c, &c->attributes.items[i]);
    }
    definition_respell(b, o);
}

static void
rename_attribute(struct build *b, const struct object *o, struct composite *c,
                 struct attribute *x, const struct ast_alter *action)
{
    if (find_attribute(c, action->new_name) < c->attributes.count)
        diag_add(&b->s->diags, D_DUPLICATE_COLUMN, action->name_span,
                 "type \"%.*s\" has an attribute \"%.*s\" already", SLICE_ARG(o->name),
                 SLICE_ARG(action->new_name));
    else {
        x->was = slice_is_none(x->was) ? x->name : x->was;
        if (slice_equal(x->was, action->new_name))
            x->was = SLICE_NONE;
        x->name = action->new_name;
    }
}

static void
alter_attribute(struct build *b, struct object *o, struct composite *c,
                const struct ast_alter *action)
{
    const struct ast_column *column = action->column;
    struct slice collation =
        column == NULL ? SLICE_NONE : ast_column_rare(column)->collation;
    struct attribute *x;

    if (action->kind == ALTER_ADD_COLUMN) {
        struct attribute attribute = { .name = action->name,
                                       .type = type_plain_schema(column->type),
                                       .collation =
                                           collation_without_default(collation) };

        add_attribute(b, o->name, c, &attribute, action->name_span);
        return;
    }
    x = need_attribute(b, o, c, action);
    if (x == NULL)
        return;
    if (action->kind == ALTER_DROP_COLUMN) {
        drop_attribute(c, x);
    } else if (action->kind == ALTER_RENAME_COLUMN) {
        rename_attribute(b, o, c, x, action);
    } else {
        x->type = type_plain_schema(column->type);
        x->collation = collation_without_default(collation);
    }
}

void
alter_attributes(struct build *b, struct object *o, const struct ast_alter_type *ast)
{
    struct composite *c;

    if (o->role != ROLE_DEFINITION || o->u.definition->detail != DETAIL_COMPOSITE) {
        report_wrong_kind(b, o, ast->name.span, "a composite type");
        return;
    }
    c = edit_composite(b, o);
    VEC_EACH (i, &ast->actions) {
        alter_attribute(b, o, c, ast->actions.items[i]);
        typed_follow(b, o, ast->actions.items[i]);
    }
    definition_respell(b, o);
}

void
composite_check(struct build *b, struct object *o)
{
    struct composite *c = edit_composite(b, o);

    VEC_EACH (i, &c->attributes)
        type_check(b, &c->attributes.items[i].type, o->span);
    definition_respell(b, o);
}
