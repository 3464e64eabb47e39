/*
 * Annotations into the fields of the catalog.  The parser has checked that each stands
 * where it may and has its argument; what an object has no field for is said here.
 */
#include "model/was.h"
#include "resolve/build.h"

static void
refuse(struct build *b, const struct annotation *a, const char *on, const char *hint)
{
    struct diag *d = diag_add(&b->s->diags, D_ANNOTATION_MISPLACED, a->span,
                              "this annotation does not apply to %s", on);

    if (hint != NULL)
        diag_hint(&b->s->diags, d, "%s", hint);
}

/* Fields that every object has; NULL: this kind of object has it not. */
struct common {
    const char *on; /* "a table", for messages */
    struct slice *was;
    struct slice *only;
    const struct slice *schema; /* that it is in; NULL: its names have none */
    bool stays;                 /* in its schema, as long as it is the same object */
    const struct slice *name;   /* set where schema is */
};

/* @was schema.old: of what may move. */
static struct slice
old_name(struct build *b, const struct common *to, const struct annotation *a)
{
    struct slice said;

    if (slice_is_none(a->second))
        return a->first;
    if (to->schema == NULL) {
        diag_add(&b->s->diags, D_ANNOTATION_ARGUMENT, a->span,
                 "@was names what %s was called, and that is in no schema of its own",
                 to->on);
        return a->first;
    }
    said = was_said(b->a, &(struct relation_name){ a->second, a->first },
                    &(struct relation_name){ *to->schema, *to->name });
    if (to->stays && was_is_moved(said))
        diag_add(&b->s->diags, D_ANNOTATION_ARGUMENT, a->span,
                 "@was names what %s was called in its own schema, and not in \"%.*s\"",
                 to->on, SLICE_ARG(a->second));
    return said;
}

/* True when the annotation was one of them (or was refused). */
static void
annotate_common(struct build *b, const struct common *to, const struct annotation *a)
{
    if (a->kind == ANNOTATION_LINT)
        return; /* resolve.c takes them all, wherever they stand */
    if (a->kind == ANNOTATION_WAS && to->was != NULL)
        *to->was = old_name(b, to, a);
    else if (a->kind == ANNOTATION_ONLY && to->only != NULL)
        *to->only = a->dialect;
    else if (a->kind == ANNOTATION_MAP)
        refuse(b, a, to->on,
               "a removed value of an enum type can be mapped; for other "
               "columns write an UPDATE between @migrate and @end");
    else
        refuse(b, a, to->on, NULL);
}

/* ---- columns that went ---- */

static void
add_gone(struct build *b, struct table *t, struct slice name, const struct expr *back,
         struct span span)
{
    struct column *c = ARENA_NEW(b->a, struct column);

    if (table_find_gone(t, name) != NULL) {
        diag_add(&b->s->diags, D_ANNOTATION_MISPLACED, span,
                 "column \"%.*s\" has one @back only", SLICE_ARG(name));
        return;
    }
    c->name = name;
    c->back = back;
    c->span = span;
    VEC_PUSH(b->a, &t->gone, c);
}

/* @back NAME = EXPR: an equation to the parser. */
static void
annotate_gone_named(struct build *b, struct table *t, const struct annotation *a)
{
    const struct expr *e = a->expr;
    bool fits = e != NULL && e->kind == EXPR_BINARY && slice_is(e->text, "=")
                && e->args[0]->kind == EXPR_NAME && e->args[0]->arg_count == 0;

    if (fits) {
        add_gone(b, t, e->args[0]->text, e->args[1], a->span);
    } else if (e != NULL) {
        struct diag *d = diag_add(&b->s->diags, D_ANNOTATION_ARGUMENT, a->span,
                                  "@back of a table names a column that it has no more");

        diag_hint(&b->s->diags, d, "@back COLUMN = (EXPRESSION)");
    }
}

void
annotate_drop_column(struct build *b, struct table *t, const struct column *c,
                     const struct annotations *from)
{
    const struct common common = { .on = "a column that is dropped" };

    VEC_EACH (i, &from->all) {
        const struct annotation *a = from->all.items[i];

        if (a->kind == ANNOTATION_BACK && a->expr != NULL)
            add_gone(b, t, c->name, a->expr, a->span);
        else if (a->kind != ANNOTATION_BACK && a->kind != ANNOTATION_ONLY)
            annotate_common(b, &common, a);
    }
}

void
annotate_no_action(struct build *b, const struct annotations *from)
{
    const struct common common = { .on = "this action" };

    VEC_EACH (i, &from->all)
        if (from->all.items[i]->kind != ANNOTATION_ONLY) /* alter.c looks at that one */
            annotate_common(b, &common, from->all.items[i]);
}

void
annotate_table(struct build *b, struct table *t, const struct annotations *from)
{
    const struct common common = { "a table", &t->was, &t->only,
                                   &t->schema, false, &t->name };

    VEC_EACH (i, &from->all) {
        const struct annotation *a = from->all.items[i];

        if (a->kind == ANNOTATION_APPEND_ONLY)
            t->append_only = true;
        else if (a->kind == ANNOTATION_BACK)
            annotate_gone_named(b, t, a);
        else if (a->kind == ANNOTATION_C)
            t->c_name = a->second;
        else
            annotate_common(b, &common, a);
    }
}

static void
annotate_column_c(struct column *c, const struct annotation *a)
{
    if (slice_is(a->first, "name"))
        c->c_name = a->second;
    else
        c->c_type = a->argument;
}

static void
annotate_column_type(struct build *b, struct column *c, const struct annotation *a)
{
    if (a->type == NULL)
        return; /* the parser has reported it */
    if (!slice_is_none(c->type_override_dialect)) {
        diag_add(&b->s->diags, D_ANNOTATION_MISPLACED, a->span,
                 "column \"%.*s\" has one @type only", SLICE_ARG(c->name));
        return;
    }
    c->type_override_dialect = a->dialect;
    c->type_override = a->type;
}

/* True when it is one that only columns have. */
static bool
annotate_column_one(struct build *b, struct column *c, const struct annotation *a)
{
    if (a->kind == ANNOTATION_FROM)
        c->from = a->expr;
    else if (a->kind == ANNOTATION_BACK)
        c->back = a->expr;
    else if (a->kind == ANNOTATION_TOUCH)
        c->touch = true;
    else if (a->kind == ANNOTATION_C)
        annotate_column_c(c, a);
    else if (a->kind == ANNOTATION_TYPE)
        annotate_column_type(b, c, a);
    else
        return false;
    return true;
}

void
annotate_column(struct build *b, struct column *c, const struct annotations *from)
{
    const struct common common = { .on = "a column", .was = &c->was, .only = &c->only };

    VEC_EACH (i, &from->all)
        if (!annotate_column_one(b, c, from->all.items[i]))
            annotate_common(b, &common, from->all.items[i]);
}

static void
annotate_plain(struct build *b, const struct common *to, const struct annotations *from)
{
    VEC_EACH (i, &from->all)
        annotate_common(b, to, from->all.items[i]);
}

void
annotate_constraint(struct build *b, struct constraint *c, const struct annotations *from)
{
    const struct common common = { .on = "a constraint",
                                   .was = &c->was,
                                   .only = &c->only };

    annotate_plain(b, &common, from);
}

void
annotate_index(struct build *b, struct index *i, const struct annotations *from)
{
    const struct common common = { "an index", &i->was, &i->only,
                                   i->table != NULL ? &i->table->schema : NULL, true,
                                   &i->name };

    annotate_plain(b, &common, from);
}

void
annotate_view(struct build *b, struct view *v, const struct annotations *from)
{
    const struct common common = { "a view", &v->was, &v->only,
                                   &v->schema, true, &v->name };

    annotate_plain(b, &common, from);
}

void
annotate_definition(struct build *b, struct definition *r, const struct annotations *from)
{
    bool has_name = r->detail != DETAIL_NONE && slice_is_none(r->table)
                    && slice_is_none(r->signature);
    const struct common common = { has_name ? slice_z(b->a, r->kind) : "this statement",
                                   has_name ? &r->was : NULL, &r->only,
                                   &r->schema, false, &r->name };

    annotate_plain(b, &common, from);
}

static void
take_map(struct build *b, struct enum_type *t, const struct annotation *a)
{
    struct value_map map = { .from = a->first, .to = a->second };

    VEC_PUSH(b->a, &t->maps, map);
}

void
annotate_enum(struct build *b, struct enum_type *t, const struct annotations *from)
{
    const struct common common = { "a type", &t->was, &t->only,
                                   &t->schema, false, &t->name };

    VEC_EACH (i, &from->all) {
        const struct annotation *a = from->all.items[i];

        if (a->kind == ANNOTATION_MAP)
            take_map(b, t, a);
        else
            annotate_common(b, &common, a);
    }
}

void
annotate_attribute(struct build *b, struct attribute *x, const struct annotations *from)
{
    const struct common common = { .on = "an attribute", .was = &x->was };

    annotate_plain(b, &common, from);
}

void
annotate_value(struct build *b, struct enum_type *t, struct enum_value *v,
               const struct annotations *from)
{
    const struct common common = { .on = "an enum value", .was = &v->was };

    VEC_EACH (i, &from->all) {
        const struct annotation *a = from->all.items[i];

        if (a->kind == ANNOTATION_MAP)
            take_map(b, t, a);
        else
            annotate_common(b, &common, a);
    }
}
