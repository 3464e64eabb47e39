/*
 * Domains, composite and range types: CREATE, ALTER, and what is checked at the end.
 */
#include "resolve/definitions.h"

#include <stdlib.h>
#include <string.h>

#include "expr/sqlw.h"
#include "model/naming.h"
#include "resolve/places.h"

static struct type
plain_type(const struct type *from)
{
    struct type t = *from;

    t.schema = schema_plain(t.schema);
    return t;
}

/* "default" is what a column has without a COLLATE. */
static struct slice
plain_collation(struct slice collation)
{
    return slice_is(collation, "default") ? SLICE_NONE : collation;
}

/* ---- domains ---- */

/* As the server does: domain_check, domain_check1, …; given names are taken. */
static void
derive_names(struct build *b, struct slice name, struct domain *m)
{
    struct map taken;

    map_init(&taken, b->a);
    VEC_EACH (i, &m->checks)
        if (!m->checks.items[i].name_is_derived)
            map_put(&taken, m->checks.items[i].name, m);
    VEC_EACH (i, &m->checks)
        if (m->checks.items[i].name_is_derived)
            m->checks.items[i].name = naming_derive(b->s, &taken, name, NULL, "check");
}

static struct domain_check *
find_check(const struct domain *m, struct slice name)
{
    VEC_EACH (i, &m->checks)
        if (slice_equal(m->checks.items[i].name, name))
            return &m->checks.items[i];
    return NULL;
}

static void
report_second_check(struct build *b, struct slice domain, struct slice name,
                    struct span span)
{
    diag_add(&b->s->diags, D_DUPLICATE_OBJECT, span,
             "domain \"%.*s\" has a constraint \"%.*s\" already", SLICE_ARG(domain),
             SLICE_ARG(name));
}

static void
add_check(struct build *b, struct slice domain, struct domain *m,
          const struct ast_constraint *ast)
{
    struct domain_check c = { .name = ast->name,
                              .name_is_derived = slice_is_none(ast->name),
                              .check = ast->check,
                              .not_valid = ast->not_valid };

    if (ast->kind != CONSTRAINT_CHECK)
        diag_add(&b->s->diags, D_BAD_CONSTRAINT, ast->span,
                 "a domain can only have CHECK constraints");
    else if (!c.name_is_derived && find_check(m, c.name) != NULL)
        report_second_check(b, domain, c.name, ast->span);
    else
        VEC_PUSH(b->a, &m->checks, c);
    derive_names(b, domain, m);
}

const struct domain *
type_domain(const struct build *b, const struct type *t)
{
    const struct object *o =
        t->kind != TYPE_NAMED
            ? NULL
            : object_find(b, &b->types, schema_plain(t->schema), t->name);

    return o != NULL && o->role == ROLE_DEFINITION
                   && o->u.definition->detail == DETAIL_DOMAIN
               ? o->u.definition->u.domain
               : NULL;
}

#define DOMAINS_MAX 100 /* over each other; no server accepts domains in a circle */

const struct type *
type_plain(const struct build *b, const struct type *t)
{
    for (size_t i = 0; t != NULL && t->dimensions == 0 && i < DOMAINS_MAX; i++) {
        const struct domain *m = type_domain(b, t);

        if (m == NULL)
            return t;
        t = &m->base;
    }
    return t;
}

/* The server copies it once: a later change below does not reach the domain above. */
static const struct expr *
inherited_default(const struct build *b, const struct type *base)
{
    const struct domain *m = base->dimensions > 0 ? NULL : type_domain(b, base);

    return m == NULL ? NULL : m->default_value;
}

void
declare_domain(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_domain *ast = stmt->u.create_domain;
    struct definition *d = definition_new(b, stmt, SLICE("domain"), &ast->name);
    struct domain *m = ARENA_NEW(b->a, struct domain);

    m->base = plain_type(ast->base);
    m->base_span = ast->base_span;
    m->collation = plain_collation(ast->collation);
    m->default_value = ast->default_value;
    if (m->default_value == NULL)
        m->default_value = inherited_default(b, &m->base);
    m->not_null = ast->not_null;
    VEC_EACH (i, &ast->checks)
        add_check(b, ast->name.name, m, ast->checks.items[i]);
    d->detail = DETAIL_DOMAIN;
    d->u.domain = m;
    definition_declare(b, stmt, d, false);
}

static struct domain *
edit_domain(struct build *b, struct object *o)
{
    const struct domain *from = o->u.definition->u.domain;
    struct domain *m = arena_copy(b->a, from, sizeof *m);

    memset(&m->checks, 0, sizeof m->checks);
    VEC_EACH (i, &from->checks)
        VEC_PUSH(b->a, &m->checks, from->checks.items[i]);
    o->u.definition->u.domain = m;
    return m;
}

static struct domain_check *
need_check(struct build *b, const struct object *o, const struct domain *m,
           const struct ast_alter *action)
{
    struct domain_check *c = find_check(m, action->name);
    struct slices names = { 0 };
    struct diag *d;

    if (c != NULL || action->if_exists)
        return c;
    d = diag_add(&b->s->diags, D_NO_SUCH_OBJECT, action->name_span,
                 "domain \"%.*s\" has no constraint \"%.*s\"", SLICE_ARG(o->name),
                 SLICE_ARG(action->name));
    VEC_EACH (i, &m->checks)
        VEC_PUSH(b->a, &names.all, m->checks.items[i].name);
    hint_nearest(b->s, d, action->name, &names);
    return NULL;
}

/* What is spoken of by its name keeps the name. */
void
check_comment(struct build *b, struct object *o, const struct ast_comment *ast)
{
    const struct ast_alter named = { .name = ast->part, .name_span = ast->name.span };
    struct domain_check *c = need_check(b, o, edit_domain(b, o), &named);

    if (c != NULL) {
        c->comment = ast->text;
        c->name_is_derived = false;
    }
    definition_respell(b, o);
}

static void
drop_check(struct domain *m, const struct domain_check *c)
{
    size_t at = (size_t)(c - m->checks.items);

    memmove(&m->checks.items[at], &m->checks.items[at + 1],
            (m->checks.count - at - 1) * sizeof *c);
    m->checks.count--;
}

static void
rename_check(struct build *b, const struct object *o, struct domain *m,
             const struct ast_alter *action)
{
    struct domain_check *c = need_check(b, o, m, action);

    if (c == NULL)
        return;
    if (find_check(m, action->new_name) != NULL) {
        report_second_check(b, o->name, action->new_name, action->name_span);
        return;
    }
    c->name = action->new_name;
    c->name_is_derived = false;
}

static void
alter_checks(struct build *b, const struct object *o, struct domain *m,
             const struct ast_alter *action)
{
    struct domain_check *c;

    if (action->kind == ALTER_ADD_CONSTRAINT) {
        add_check(b, o->name, m, action->constraint);
        return;
    }
    if (action->kind == ALTER_RENAME_CONSTRAINT) {
        rename_check(b, o, m, action);
        return;
    }
    c = need_check(b, o, m, action);
    if (c == NULL)
        return;
    if (action->kind == ALTER_DROP_CONSTRAINT)
        drop_check(m, c);
    else
        c->not_valid = false;
    /* A check that has its number keeps it: the others were named beside it. */
}

static void
alter_domain_action(struct build *b, struct object *o, const struct ast_alter *action,
                    struct span span)
{
    struct domain *m;

    if (action->kind == ALTER_RENAME_TABLE) {
        rename_type_definition(b, o, o->schema, action->new_name, span);
        return;
    }
    if (action->kind == ALTER_SET_SCHEMA) {
        rename_type_definition(b, o, schema_plain(action->new_name), o->name, span);
        return;
    }
    m = edit_domain(b, o);
    if (action->kind == ALTER_SET_DEFAULT || action->kind == ALTER_DROP_DEFAULT)
        m->default_value = action->expr;
    else if (action->kind == ALTER_SET_NOT_NULL || action->kind == ALTER_DROP_NOT_NULL)
        m->not_null = action->kind == ALTER_SET_NOT_NULL;
    else
        alter_checks(b, o, m, action);
    definition_respell(b, o);
}

void
alter_domain(struct build *b, const struct ast_alter_object *ast)
{
    struct object *o = definition_need(b, "domain", &ast->name, ast->if_exists);

    if (o == NULL)
        return;
    if (ast->kind == ALTER_OBJECT_ACTION && o->u.definition->detail == DETAIL_DOMAIN)
        alter_domain_action(b, o, ast->action, ast->name.span);
    else
        diag_add(&b->s->diags, D_SYNTAX, ast->name.span,
                 "a domain cannot be altered like this");
}

/* ---- composite types ---- */

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
                                       .type = plain_type(from->type),
                                       .collation = plain_collation(from->collation) };

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
                                       .type = plain_type(column->type),
                                       .collation = plain_collation(collation) };

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
        x->type = plain_type(column->type);
        x->collation = plain_collation(collation);
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

/* ---- range types ---- */

static struct slice
type_words(struct build *b, const struct type *t)
{
    struct text out;
    struct sqlw w;

    text_init(&out, b->a);
    sqlw_init(&w, &sql_style_canonical, &out);
    sqlw_type(&w, t);
    return text_slice(&out);
}

static int
compare_settings(const void *a, const void *b)
{
    return slice_compare(((const struct setting *)a)->name,
                         ((const struct setting *)b)->name);
}

static const char *const range_options[] = {
    "subtype_opclass", "collation", "canonical", "subtype_diff", "multirange_type_name",
};

static void
take_range_option(struct build *b, struct range *r, const struct ast_type_option *o)
{
    struct type value = plain_type(o->value);
    struct setting setting = { .name = o->name };
    struct slices names = { 0 };
    struct diag *d;

    if (slice_is(o->name, "subtype")) {
        r->subtype = value;
        return;
    }
    for (size_t i = 0; i < ARRAY_LEN(range_options); i++) {
        if (slice_is(o->name, range_options[i])) {
            setting.value = type_words(b, &value);
            VEC_PUSH(b->a, &r->options.all, setting);
            return;
        }
        VEC_PUSH(b->a, &names.all, slice_from(range_options[i]));
    }
    d = diag_add(&b->s->diags, D_BAD_TYPE, o->span, "a range type has no option \"%.*s\"",
                 SLICE_ARG(o->name));
    hint_nearest(b->s, d, o->name, &names);
}

static const struct ast_type_option *
find_option(const struct ast_create_range *ast, const char *name)
{
    VEC_EACH (i, &ast->options)
        if (slice_is(ast->options.items[i].name, name))
            return &ast->options.items[i];
    return NULL;
}

/* As the server names it: floatrange → floatmultirange, span → span_multirange. */
static struct slice
multirange_name(struct build *b, struct slice name)
{
    struct slice word = SLICE("range");

    for (size_t i = 0; i + word.len <= name.len; i++)
        if (slice_equal(slice_sub(name, i, i + word.len), word))
            return slice_format(b->a, "%.*smulti%.*s", (int)i, name.ptr,
                                SLICE_ARG(slice_sub(name, i, name.len)));
    return slice_format(b->a, "%.*s_multirange", SLICE_ARG(name));
}

void
range_register(struct build *b, struct object *o)
{
    const struct range *r = o->u.definition->u.range;
    struct slice name = multirange_name(b, o->name);
    struct slice schema = o->schema;

    VEC_EACH (i, &r->options.all)
        if (slice_is(r->options.all.items[i].name, "multirange_type_name"))
            name = r->options.all.items[i].value;
    names_put(b, &b->types, catalog_key(b->a, schema, name), o);
}

void
declare_range(struct build *b, const struct stmt *stmt)
{
    const struct ast_create_range *ast = stmt->u.create_range;
    struct definition *d = definition_new(b, stmt, SLICE("type"), &ast->name);
    struct range *r = ARENA_NEW(b->a, struct range);

    VEC_EACH (i, &ast->options)
        take_range_option(b, r, &ast->options.items[i]);
    if (find_option(ast, "subtype") == NULL) {
        diag_add(&b->s->diags, D_BAD_TYPE, ast->name.span,
                 "range type \"%.*s\" does not say its SUBTYPE",
                 SLICE_ARG(ast->name.name));
        return;
    }
    if (r->options.all.count > 1)
        qsort(r->options.all.items, r->options.all.count, sizeof *r->options.all.items,
              compare_settings);
    d->detail = DETAIL_RANGE;
    d->u.range = r;
    definition_declare(b, stmt, d, false);
}

/* ---- renames ---- */

void
rename_type_definition(struct build *b, struct object *o, struct slice schema,
                       struct slice name, struct span span)
{
    struct slice old_schema = o->schema;
    struct slice old = o->name;

    if (o->u.definition->detail == DETAIL_NONE) {
        struct diag *d = diag_add(&b->s->diags, D_CHANGE_IMPOSSIBLE, span,
                                  "%.*s \"%.*s\" is kept as text and cannot be renamed",
                                  SLICE_ARG(o->u.definition->kind), SLICE_ARG(o->name));

        diag_note(&b->s->diags, d, o->span, "it is declared here");
        return;
    }
    if (!definition_rename(b, o, schema, name, span))
        return;
    typed_rename(b, &(struct object){ .schema = old_schema, .name = old }, schema, name);
    types_follow(b, old_schema, old, schema, name);
    if (o->u.definition->detail == DETAIL_DOMAIN) {
        derive_names(b, name, edit_domain(b, o));
        definition_respell(b, o);
    }
}

/* ---- at the end ---- */

/* False after reporting a name that is not VALUE. */
static bool
names_only_value(void *context, const struct expr *e)
{
    const struct binder *b = context;
    struct diag *d;

    if (e->kind != EXPR_NAME || slice_is(e->text, "value"))
        return true;
    if (b->quiet)
        return false;
    d = diag_add(&b->s->diags, D_NO_SUCH_COLUMN, e->span,
                 "the CHECK of a domain knows no \"%.*s\"", SLICE_ARG(e->text));
    diag_hint(&b->s->diags, d, "the value that is checked is called VALUE");
    return false;
}

static const struct place_rules in_check = { D_BAD_CONSTRAINT, "a CHECK", 0 };
static const struct place_rules in_default = { D_BAD_DEFAULT, "a default", 0 };

/* VALUE is a column of the base type, and there is no other. */
static const struct expr *
bind_over_value(struct binder *b, const struct domain *m, const struct expr *e)
{
    struct table *t = ARENA_NEW(b->a, struct table);
    struct column *value = ARENA_NEW(b->a, struct column); /* the bound tree holds it */

    if ((!b->quiet && place_refuses(b->b, e, &in_check))
        || !expr_walk(e, names_only_value, b))
        return e;
    value->name = SLICE("value");
    value->has_type = true;
    value->type = m->base;
    t->name = value->name;
    map_init(&t->column_names, b->a);
    map_put(&t->column_names, value->name, value);
    VEC_PUSH(b->a, &t->columns, value);
    return bind_in_table(b, t, e);
}

static void
bind_checks(struct binder *b, struct domain *m)
{
    VEC_EACH (i, &m->checks)
        m->checks.items[i].check = bind_over_value(b, m, m->checks.items[i].check);
}

struct domain *
domain_edit(struct object *o, struct binder *binder)
{
    struct domain *m = edit_domain(binder->b, o);

    bind_checks(binder, m);
    return m;
}

static void
bind_domain(struct build *b, struct object *o)
{
    struct domain *m = edit_domain(b, o);
    struct binder binder;

    binder_init(&binder, b);
    type_check(b, &m->base, m->base_span);
    if (m->default_value != NULL)
        (void)place_refuses(b, m->default_value, &in_default);
    bind_checks(&binder, m);
    definition_respell(b, o);
}

static void
check_attributes(struct build *b, struct object *o)
{
    struct composite *c = edit_composite(b, o);

    VEC_EACH (i, &c->attributes)
        type_check(b, &c->attributes.items[i].type, o->span);
    definition_respell(b, o);
}

static void
check_range(struct build *b, struct object *o)
{
    struct range *r = arena_copy(b->a, o->u.definition->u.range, sizeof *r);

    type_check(b, &r->subtype, o->span);
    o->u.definition->u.range = r;
    definition_respell(b, o);
}

/* OWNED BY a column that is there; a table that is kept whole may have it. */
static void
check_owner(struct build *b, const struct object *o)
{
    const struct sequence *s = o->u.definition->u.sequence;
    const struct ast_name name = { s->owner_schema, s->owner_table, o->span };
    struct work_table *w;

    if (slice_is_none(s->owner_table) || is_definition_relation(b, &name))
        return;
    w = table_need(b, &name, false);
    if (w != NULL)
        table_need_column(b, w, s->owner_column, o->span, false);
}

void
definitions_bind(struct build *b)
{
    VEC_EACH (i, &b->objects) {
        struct object *o = b->objects.items[i];

        if (o->dropped || o->role != ROLE_DEFINITION)
            continue;
        if (o->u.definition->detail == DETAIL_DOMAIN)
            bind_domain(b, o);
        else if (o->u.definition->detail == DETAIL_COMPOSITE)
            check_attributes(b, o);
        else if (o->u.definition->detail == DETAIL_RANGE)
            check_range(b, o);
        else if (o->u.definition->detail == DETAIL_SEQUENCE)
            check_owner(b, o);
    }
}
