/*
 * Tables OF a composite type: ordinary columns that agree with the attributes of the
 * type, as long as the table is tied to it.
 * [PostgreSQL: CREATE TABLE … OF, ALTER TABLE … OF, ALTER TYPE … CASCADE]
 */
#include "resolve/definitions.h"
#include "resolve/scope.h"

/* NULL after reporting that there is no composite type of that name. */
static const struct composite *
need_composite(struct build *b, const struct ast_name *name)
{
    const struct object *o = object_find(b, &b->types, schema_of(name), name->name);

    if (o != NULL && o->role == ROLE_DEFINITION
        && o->u.definition->detail == DETAIL_COMPOSITE)
        return o->u.definition->u.composite;
    if (o != NULL)
        report_wrong_kind(b, o, name->span, "a composite type");
    else
        diag_add(&b->s->diags, D_NO_SUCH_TYPE, name->span, "there is no type \"%.*s\"",
                 SLICE_ARG(name->name));
    return NULL;
}

static void
add_attribute(struct build *b, struct work_table *w, const struct attribute *from,
              struct span span)
{
    struct ast_column *column = ARENA_NEW(b->a, struct ast_column);
    struct ast_column_rare *rare = ARENA_NEW(b->a, struct ast_column_rare);

    rare->collation = from->collation;
    column->rare = rare;
    column->name = from->name;
    column->type = arena_copy(b->a, &from->type, sizeof from->type);
    column->span = column->name_span = column->type_span = span;
    (void)table_add_column(b, w, column);
}

/* What CREATE TABLE … OF t (a WITH OPTIONS …) adds to a column of the type. */
static void
take_options(struct build *b, struct work_table *w, const struct ast_column *ast)
{
    struct column *c = find_column(w->table, ast->name);
    const struct column *made = column_make(b, ast);
    const struct ast_options *numbering = &ast_column_rare(ast)->identity_options;

    c->default_value = made->default_value;
    c->generated = made->generated;
    c->generated_stored = made->generated_stored;
    c->identity = made->identity;
    c->not_null = made->not_null || made->identity != IDENTITY_NONE;
    if (numbering->all.count > 0)
        column_number(b, c, numbering, true);
    annotate_column(b, c, &ast->annotations);
    VEC_EACH (i, &ast->constraints)
        table_add_constraint(b, w, ast->constraints.items[i], ast->name);
}

bool
table_take_type(struct build *b, struct work_table *w, const struct ast_create_table *ast)
{
    const struct composite *type = need_composite(b, &ast->of_type);

    if (type == NULL)
        return false;
    VEC_EACH (i, &type->attributes)
        add_attribute(b, w, &type->attributes.items[i], ast->of_type.span);
    VEC_EACH (i, &ast->columns) {
        const struct ast_column *column = ast->columns.items[i];

        if (table_need_column(b, w, column->name, column->name_span, false) != NULL)
            take_options(b, w, column);
    }
    return true;
}

void
table_tie(struct build *b, struct work_table *w, const struct ast_name *type)
{
    if (need_composite(b, type) == NULL)
        return;
    w->table->of_type.schema = schema_of(type);
    w->table->of_type.name = type->name;
}

/* ---- ALTER TYPE ---- */

static bool
is_tied_to(const struct object *o, const struct object *type)
{
    return !o->dropped && o->role == ROLE_TABLE
           && slice_equal(o->u.table->table->of_type.name, type->name)
           && slice_equal(o->u.table->table->of_type.schema, type->schema);
}

static void
alter_table_of(struct build *b, struct work_table *w, const struct ast_alter *action)
{
    struct column *c = find_column(w->table, action->name);
    const struct attribute attribute = {
        .name = action->name,
        .type = action->column == NULL ? (struct type){ .kind = TYPE_TEXT }
                                       : *action->column->type,
    };

    if (action->kind == ALTER_ADD_COLUMN)
        add_attribute(b, w, &attribute, action->name_span);
    else if (c == NULL)
        return; /* said of the type already */
    else if (action->kind == ALTER_DROP_COLUMN)
        drop_column(b, w, c, true, action->name_span);
    else if (action->kind == ALTER_RENAME_COLUMN)
        rename_column(b, w, c, action->new_name, action->name_span);
    else
        c->type = attribute.type;
}

/* Without CASCADE the type and its tables differ, which typed_check says. */
void
typed_follow(struct build *b, const struct object *type, const struct ast_alter *action)
{
    size_t count = b->objects.count;

    for (size_t i = 0; action->cascade && i < count; i++)
        if (is_tied_to(b->objects.items[i], type))
            alter_table_of(b, b->objects.items[i]->u.table, action);
}

void
typed_rename(struct build *b, const struct object *type, struct slice schema,
             struct slice name)
{
    VEC_EACH (i, &b->objects)
        if (is_tied_to(b->objects.items[i], type)) {
            b->objects.items[i]->u.table->table->of_type.schema = schema;
            b->objects.items[i]->u.table->table->of_type.name = name;
        }
}

/* ---- at the end ---- */

static bool
agrees(const struct table *t, const struct composite *type)
{
    if (t->columns.count != type->attributes.count)
        return false;
    VEC_EACH (i, &t->columns)
        if (!slice_equal(t->columns.items[i]->name, type->attributes.items[i].name)
            || !type_equal(&t->columns.items[i]->type, &type->attributes.items[i].type))
            return false;
    return true;
}

static void
check_table(struct build *b, const struct table *t)
{
    const struct object *o =
        object_find(b, &b->types, t->of_type.schema, t->of_type.name);
    struct diag *d;

    if (slice_is_none(t->of_type.name))
        return;
    if (o == NULL || o->role != ROLE_DEFINITION
        || o->u.definition->detail != DETAIL_COMPOSITE) {
        diag_add(&b->s->diags, D_NO_SUCH_TYPE, t->span,
                 "table \"%.*s\" is of a type \"%.*s\" that is not there",
                 SLICE_ARG(t->name), SLICE_ARG(t->of_type.name));
        return;
    }
    if (agrees(t, o->u.definition->u.composite))
        return;
    d = diag_add(&b->s->diags, D_BAD_PARENT, t->span,
                 "the columns of table \"%.*s\" are not the attributes of its type "
                 "\"%.*s\"",
                 SLICE_ARG(t->name), SLICE_ARG(t->of_type.name));
    diag_note(&b->s->diags, d, o->span, "the type is declared here");
    diag_hint(&b->s->diags, d,
              "change the type with CASCADE, or untie the table: ALTER TABLE … NOT OF");
}

void
typed_check(struct build *b)
{
    VEC_EACH (i, &b->objects)
        if (!b->objects.items[i]->dropped && b->objects.items[i]->role == ROLE_TABLE
            && !b->objects.items[i]->u.table->doubtful)
            check_table(b, b->objects.items[i]->u.table->table);
}
